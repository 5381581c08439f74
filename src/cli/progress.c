#define _DEFAULT_SOURCE /* struct winsize */
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli.h"

enum { DEFAULT_COLUMNS = 80 };
static const double redraw_s = 0.1;

/* Whether a line stands on the terminal: all that a signal handler may look at.
 */
static volatile sig_atomic_t line_drawn;

void cli_erase_line(void) {
  static const char erase[] = "\r\033[K";
  if (line_drawn && write(STDERR_FILENO, erase, sizeof erase - 1) < 0) return;
  line_drawn = 0;
}

static int terminal_columns(void) {
  struct winsize size;
  if (!ioctl(STDERR_FILENO, TIOCGWINSZ, &size) && size.ws_col > 0) return size.ws_col;
  return DEFAULT_COLUMNS;
}

/* Cut at @p columns, so that the line never breaks into two that \r cannot
 * reach. */
static void truncate_to(GString *text, int columns) {
  while (text->len && cli_width(text->str) > columns)
    g_string_truncate(text, (gsize)(g_utf8_find_prev_char(text->str, text->str + text->len) - text->str));
}

static void draw(const cli_progress *state, int64_t done, int64_t total) {
  GString *text = g_string_new("mujun: ");
  g_string_append(text, mj_tr(state->lang, state->stage));
  if (total > 0)
    g_string_append_printf(text, "  %lld / %lld  %d %%", (long long)done, (long long)total,
                           (int)(100.0 * (double)done / (double)total));
  else if (done > 0) g_string_append_printf(text, "  %lld", (long long)done);
  truncate_to(text, terminal_columns() - 1);
  fprintf(stderr, "\r\033[K%s", text->str);
  fflush(stderr);
  line_drawn = 1;
  g_string_free(text, TRUE);
}

/* Where a stage of the whole run begins, as a share of the time the sample takes. A command that leaves stages out
 * jumps over them; what is not listed leaves the share as it was. */
static const struct {
  const char *stage;
  double from;
} road[] = {{"reading", 0},
            {"checking shapes", 0.10},
            {"measure areas", 0.11},
            {"choose area basis", 0.12},
            {"assign zones", 0.12},
            {"overlay plans", 0.12},
            {"measure buildings", 0.13},
            {"measure ratios", 0.14},
            {"check topology", 0.14},
            {"join enterprises", 0.15},
            {"look up", 0.16},
            {"list factory units", 0.16},
            {"list projects", 0.16},
            {"compare contracts", 0.16},
            {"doubt figures", 0.16},
            {"reconcile", 0.16},
            {"apply rulebooks", 0.17},
            {"headroom and candidates", 0.20},
            {"standard factories", 0.21},
            {"standard factories, tried out", 0.55},
            {"summaries", 0.60},
            {"writing GeoJSON", 0.62},
            {"writing tables", 0.68},
            {"writing workbook", 0.75},
            {"writing report", 0.97},
            {"writing GeoPackage", 0.98},
            {"waiting for the disk", 0.99}};

static double fraction(const cli_progress *state, int64_t done, int64_t total) {
  for (size_t i = 0; i < G_N_ELEMENTS(road); i++) {
    if (strcmp(road[i].stage, state->stage) != 0) continue;
    double to = i + 1 < G_N_ELEMENTS(road) ? road[i + 1].from : 1;
    double within = total > 0 ? CLAMP((double)done / (double)total, 0, 1) : 0;
    return MAX(state->fraction, road[i].from + within * (to - road[i].from));
  }
  return state->fraction;
}

static void event(cli_progress *state, int64_t done, int64_t total) {
  state->fraction = fraction(state, done, total);
  GString *text = g_string_new("{\"event\":\"progress\",\"stage\":");
  cli_json(text, state->stage);
  g_string_append(text, ",\"label\":");
  cli_json(text, mj_tr(state->lang, state->stage));
  g_string_append_printf(text, ",\"done\":%lld,\"total\":%lld,\"fraction\":%.3f}\n", (long long)done, (long long)total,
                         state->fraction);
  fputs(text->str, stderr);
  g_string_free(text, TRUE);
}

static void warning(mj_lang lang, mj_ledger_code code, int64_t count) {
  GString *line = g_string_new("{\"event\":\"warning\",\"code\":");
  cli_json(line, mj_ledger_code_name(code));
  g_string_append_printf(line, ",\"set_aside\":%s,\"count\":%lld,\"message\":",
                         mj_ledger_severity(code) == MJ_SET_ASIDE ? "true" : "false", (long long)count);
  cli_json(line, mj_ledger_meaning(code, lang));
  fprintf(stderr, "%s}\n", line->str);
  g_string_free(line, TRUE);
}

void cli_progress_warnings(cli_progress *state, mj_lang lang) {
  int64_t count[MJ_LEDGER_END] = {0};
  if (!state->ledger || state->kind != CLI_PROGRESS_JSON) return;
  for (; state->told < state->ledger->n; state->told++) count[state->ledger->entry[state->told].code]++;
  for (int i = 0; i < MJ_LEDGER_END; i++)
    if (count[i] && mj_ledger_severity((mj_ledger_code)i) >= MJ_WARN) warning(lang, (mj_ledger_code)i, count[i]);
}

static void report(void *user, const char *stage, int64_t done, int64_t total) {
  cli_progress *state = user;
  double now = mj_clock();
  bool same = state->stage && !strcmp(state->stage, stage);
  bool whole = total > 0 && done >= total;
  if (same && !whole && now - state->last < redraw_s) return;
  if (!same) cli_progress_warnings(state, state->lang);
  state->stage = stage;
  state->last = now;
  if (state->kind == CLI_PROGRESS_JSON) event(state, done, total);
  else draw(state, done, total);
}

void cli_progress_start(cli_progress *state, mj_progress *progress, mj_lang lang, cli_progress_kind kind, bool quiet) {
  const char *terminal = g_getenv("TERM");
  bool can_draw = isatty(STDERR_FILENO) && terminal && strcmp(terminal, "dumb") != 0;
  if (kind != CLI_PROGRESS_JSON && !can_draw) kind = CLI_PROGRESS_NONE;
  if (quiet) kind = CLI_PROGRESS_NONE;
  *state = (cli_progress){.lang = lang, .kind = kind};
  if (kind == CLI_PROGRESS_NONE) return;
  progress->report = report;
  progress->user = state;
}

/* One line; of @p whole seconds where that is above 0. */
static void profile_line(const char *name, double seconds, double whole, mj_lang lang) {
  GString *text = g_string_new("  ");
  cli_pad(text, mj_tr(lang, name), 40);
  g_string_append_printf(text, "%9.3f s", seconds);
  if (whole > 0) g_string_append_printf(text, " %5.1f %%", 100 * seconds / whole);
  fprintf(stderr, "%s\n", text->str);
  g_string_free(text, TRUE);
}

void cli_profile(const mj_progress *progress, mj_lang lang) {
  double sum = 0;
  for (int i = 0; i < progress->n_stages; i++) sum += progress->stage[i].seconds;
  for (int i = 0; i < progress->n_stages; i++)
    profile_line(progress->stage[i].name, progress->stage[i].seconds, sum, lang);
  profile_line("all stages", sum, 0, lang);
  for (int i = 0; i < progress->n_beside; i++)
    profile_line(progress->beside[i].name, progress->beside[i].seconds, 0, lang);
}
