#include <string.h>

#include "cli.h"

enum { HELP_WIDTH = 80, OPTION_COLUMN = 28 };

/* Whether a line may end between two characters: around a wide one, but not behind an opening or before another mark.
 */
static bool may_break(gunichar before, gunichar after) {
  if (g_unichar_type(before) == G_UNICODE_OPEN_PUNCTUATION) return false;
  if (g_unichar_iswide(after) && g_unichar_ispunct(after)) return g_unichar_type(after) == G_UNICODE_OPEN_PUNCTUATION;
  return g_unichar_iswide(before) || g_unichar_iswide(after);
}

/* Bytes of the piece at @p p that must stay on one line. */
static size_t piece(const char *p) {
  const char *end = p;
  gunichar here, next = g_utf8_get_char(p);
  do {
    here = next;
    end += g_utf8_skip[(guchar)*end];
    next = g_utf8_get_char(end);
  } while (next && next != ' ' && next != '\n' && !may_break(here, next));
  return (size_t)(end - p);
}

void cli_wrap(GString *out, const char *text, int column, int indent, int right) {
  bool space = false, fresh = true;
  for (const char *p = text; *p;) {
    if (*p == ' ' || *p == '\n') {
      space = true;
      p++;
      continue;
    }
    size_t n = piece(p);
    char *word = g_strndup(p, n);
    int width = cli_width(word);
    if (!fresh && column + (space ? 1 : 0) + width > right) {
      g_string_append_printf(out, "\n%*s", indent, "");
      column = indent;
    } else if (!fresh && space) {
      g_string_append_c(out, ' ');
      column++;
    }
    g_string_append(out, word);
    g_free(word);
    column += width;
    p += n;
    space = fresh = false;
  }
  g_string_append_c(out, '\n');
}

/* "one of zh, en; default: zh" behind the sentence of an option. */
static char *sentence(mj_lang lang, const cli_option *o) {
  GString *text = g_string_new(mj_tr(lang, o->help));
  if (o->kind == CLI_CHOICE) g_string_append_printf(text, mj_tr(lang, "; one of %s"), o->choices);
  if (o->kind == CLI_CHOICES)
    g_string_append_printf(text, mj_tr(lang, "; some of %s, with commas between"), o->choices);
  if (o->kind == CLI_INT) g_string_append_printf(text, mj_tr(lang, "; %d to %d"), o->low, o->high);
  if (o->fallback) g_string_append_printf(text, mj_tr(lang, " (default: %s)"), mj_tr(lang, o->fallback));
  return g_string_free(text, FALSE);
}

static void option_line(GString *out, mj_lang lang, const cli_option *o) {
  GString *left = g_string_new("  ");
  if (o->letter) g_string_append_printf(left, "-%c, ", o->letter);
  else g_string_append(left, "    ");
  g_string_append_printf(left, "--%s%s%s", o->name, o->value ? " " : "", o->value ? o->value : "");
  bool fits = cli_width(left->str) < OPTION_COLUMN - 1;
  cli_pad(out, left->str, fits ? OPTION_COLUMN : 0);
  if (!fits) g_string_append_printf(out, "\n%*s", OPTION_COLUMN, "");
  char *help = sentence(lang, o);
  cli_wrap(out, help, OPTION_COLUMN, OPTION_COLUMN, HELP_WIDTH);
  g_free(help);
  g_string_free(left, TRUE);
}

const char *cli_exit_meaning(int code) {
  switch (code) {
    case CLI_DONE:
      return "done";
    case CLI_FAILED:
      return "the work failed; one line on stderr says why";
    case CLI_USAGE:
      return "the command line is wrong";
    default:
      return "done, but rows were set aside and --strict was given";
  }
}

static void section(GString *out, mj_lang lang, const char *title) {
  g_string_append_printf(out, "\n%s\n", mj_tr(lang, title));
}

void cli_help(GString *out, mj_lang lang, const cli_command *command) {
  const char *gap = *command->arguments ? " " : "";
  g_string_append_printf(out, mj_tr(lang, "Usage: mujun %s [options]%s%s"), command->name, gap, command->arguments);
  g_string_append(out, "\n\n");
  char *summary = cli_sentence(mj_tr(lang, command->summary), lang);
  cli_wrap(out, summary, 0, 0, HELP_WIDTH);
  g_free(summary);
  if (command->detail) {
    g_string_append_c(out, '\n');
    cli_wrap(out, mj_tr(lang, command->detail), 0, 0, HELP_WIDTH);
  }
  section(out, lang, "Options:");
  for (const cli_option *o = command->options; o->name; o++) option_line(out, lang, o);
  for (const cli_option *o = cli_common_options(); o->name; o++) option_line(out, lang, o);
  section(out, lang, "Examples:");
  for (size_t i = 0; i < G_N_ELEMENTS(command->examples); i++) {
    g_string_append_printf(out, "  # %s\n  ", mj_tr(lang, command->examples[i].what));
    g_string_append_printf(out, "%s\n", command->examples[i].command);
  }
  section(out, lang, "Exit codes:");
  for (const char *c = command->exit_codes; *c; c++)
    g_string_append_printf(out, "  %c  %s\n", *c, mj_tr(lang, cli_exit_meaning(*c - '0')));
}

void cli_help_all(GString *out, mj_lang lang) {
  g_string_append_printf(out, "%s\n\n", mj_tr(lang, "Usage: mujun COMMAND [options] [arguments]"));
  cli_wrap(out,
           mj_tr(lang,
                 "What the land of an industrial park yields, and what "
                 "can still be built on it."),
           0, 0, HELP_WIDTH);
  section(out, lang, "Commands:");
  for (const cli_command *const *c = cli_commands(); *c; c++) {
    g_string_append(out, "  ");
    cli_pad(out, (*c)->name, 10);
    cli_wrap(out, mj_tr(lang, (*c)->summary), 12, 12, HELP_WIDTH);
  }
  g_string_append_c(out, '\n');
  cli_wrap(out, mj_tr(lang, "'mujun COMMAND --help' explains one command. Start with:"), 0, 0, HELP_WIDTH);
  g_string_append(out, "  mujun analyze samples/park/park.yaml -o out\n");
}
