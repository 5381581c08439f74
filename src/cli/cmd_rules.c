#include <string.h>

#include "analyze.h"

typedef struct {
  int32_t as_of; /* or MJ_DATE_NULL */
  int year, threads, progress;
  char *output;
  bool overwrite;
} rules_options;

static const cli_option options[] = {
    {.name = "as-of",
     .kind = CLI_DATE,
     .value = "DATE",
     .fallback = "as_of in PARK.YAML",
     .offset = offsetof(rules_options, as_of),
     .help = "diff on a park: reference date, YYYY-MM-DD"},
    {.name = "year",
     .kind = CLI_INT,
     .value = "YEAR",
     .low = 1950,
     .high = 2200,
     .fallback = "the year before the reference date's",
     .offset = offsetof(rules_options, year),
     .help = "diff on a park: year of the enterprise figures"},
    {.name = "output",
     .letter = 'o',
     .kind = CLI_TEXT,
     .value = "FILE",
     .offset = offsetof(rules_options, output),
     .help = "diff on a park: write every parcel that is judged differently to this CSV file"},
    {.name = "overwrite",
     .kind = CLI_FLAG,
     .offset = offsetof(rules_options, overwrite),
     .help = "replace the file of --output"},
    {.name = "threads",
     .kind = CLI_INT,
     .value = "N",
     .low = 0,
     .high = 64,
     .fallback = "one per core",
     .offset = offsetof(rules_options, threads),
     .help = "threads; results do not depend on it"},
    {.name = "progress",
     .kind = CLI_CHOICE,
     .value = "HOW",
     .choices = "auto|json|none",
     .fallback = "auto",
     .offset = offsetof(rules_options, progress),
     .help = "progress on stderr: a line on a terminal, JSON lines for programs, or nothing"},
    {.name = NULL}};

/* One rulebook after the other, also after one that is wrong. */
static int each(const cli_context *cli, const GPtrArray *words, bool check) {
  int code = CLI_DONE;
  for (guint i = 1; i < words->len; i++) {
    mj_text text = {0};
    mj_error err = {.lang = cli->lang};
    const char *name = g_ptr_array_index(words, i);
    int doubts = 0;
    mj_status status =
        check ? mj_rules_check(name, cli->lang, &text, &doubts, &err) : mj_rules_show(name, cli->lang, &text, &err);
    if (text.data) printf("%s%s", i > 1 && !check ? "\n" : "", text.data);
    if (status) cli_error(cli, err.message);
    if (status) code = CLI_FAILED;
    mj_text_reset(&text);
  }
  return code;
}

static int list(const cli_context *cli) {
  mj_text text = {0};
  mj_error err = {.lang = cli->lang};
  mj_status status = mj_rules_list(cli->lang, &text, &err);
  if (!status && text.data) fputs(text.data, stdout);
  if (status) cli_error(cli, err.message);
  mj_text_reset(&text);
  return status ? CLI_FAILED : CLI_DONE;
}

/* The project's rulebooks with @p name where one of the two stood, or behind them. */
static mj_status put_rulebook(mj_project *project, const char *name, const char *other, mj_error *err) {
  const char **list = mj_arena_alloc(&project->arena, (size_t)project->n_rulebooks + 1, sizeof *list);
  int32_t n = 0;
  bool stands = false;
  if (!list) return mj_fail(err, MJ_ENOMEM, "out of memory");
  for (int32_t i = 0; i < project->n_rulebooks; i++) {
    const char *r = project->rulebooks[i];
    bool one = !strcmp(r, name) || !strcmp(r, other);
    if (!one || !stands) list[n++] = one ? name : r;
    stands = stands || one;
  }
  if (!stands) list[n++] = name;
  project->rulebooks = list;
  project->n_rulebooks = n;
  return MJ_OK;
}

/* The whole analysis of the park under one of the two, nothing written. */
static mj_status analyze_under(cli_context *cli, const rules_options *asked, const GPtrArray *words, int side,
                               mj_park *park, mj_error *err) {
  analyze_options given = {
      .as_of = asked->as_of, .year = asked->year, .threads = asked->threads, .decimals = CLI_NOT_GIVEN};
  cli_progress progress;
  MJ_TRY(analyze_project(cli, &given, g_ptr_array_index(words, 3), &park->project, err));
  cli->lang = err->lang = park->project.lang;
  MJ_TRY(put_rulebook(&park->project, g_ptr_array_index(words, 1 + side), g_ptr_array_index(words, 2 - side), err));
  cli_progress_start(&progress, &park->progress, cli->lang, (cli_progress_kind)asked->progress, false);
  mj_status status = mj_analyze(park, NULL, err);
  cli_erase_line();
  return status;
}

static mj_status flips(cli_context *cli, const rules_options *asked, const GPtrArray *words, mj_error *err) {
  mj_park park[2] = {0};
  mj_text text = {0};
  mj_status status = analyze_under(cli, asked, words, 0, &park[0], err);
  if (!status) status = analyze_under(cli, asked, words, 1, &park[1], err);
  if (!status) status = mj_flips(&park[0], &park[1], err);
  if (!status && asked->output) status = mj_flips_write(&park[1], asked->output, asked->overwrite, err);
  if (!status) status = mj_flips_summary(&park[1], &text, err);
  if (!status && text.data) printf("\n%s", text.data);
  mj_text_reset(&text);
  mj_park_reset(&park[0]);
  mj_park_reset(&park[1]);
  return status;
}

/* What the two say otherwise; then, with a park, which parcels that makes a difference for. */
static int diff(cli_context *cli, const rules_options *asked, const GPtrArray *words) {
  mj_text text = {0};
  mj_error err = {.lang = cli->lang};
  int n;
  mj_status status =
      mj_rules_diff(g_ptr_array_index(words, 1), g_ptr_array_index(words, 2), cli->lang, &text, &n, &err);
  if (!status) printf("%s", n ? text.data : mj_tr(cli->lang, "The two say the same.\n"));
  mj_text_reset(&text);
  if (!status && words->len == 4) status = flips(cli, asked, words, &err);
  if (status) cli_error(cli, err.message);
  return status ? CLI_FAILED : CLI_DONE;
}

static int act(cli_context *cli, const rules_options *asked, const GPtrArray *words) {
  const char *what = words->len ? g_ptr_array_index(words, 0) : "";
  bool on_park = asked->output || asked->overwrite || asked->as_of != MJ_DATE_NULL || asked->year != CLI_NOT_GIVEN;
  if (on_park && (strcmp(what, "diff") != 0 || words->len != 4))
    return cli_usage_error(
        cli, "%s", mj_tr(cli->lang, "--as-of, --year, --output and --overwrite are for: rules diff A B PARK.YAML"));
  if (!strcmp(what, "list") && words->len == 1) return list(cli);
  if (!strcmp(what, "diff") && (words->len == 3 || words->len == 4)) return diff(cli, asked, words);
  bool check = !strcmp(what, "check");
  if (!check && strcmp(what, "show") != 0)
    return cli_usage_error(
        cli, "%s",
        mj_tr(cli->lang, "say what to do: list, show RULEBOOK..., check RULEBOOK..., or diff A B [PARK.YAML]"));
  if (words->len < 2) return cli_usage_error(cli, "%s", mj_tr(cli->lang, "no rulebook given: a name or a .yaml file"));
  return each(cli, words, check);
}

static int run(cli_context *cli, int argc, char **argv) {
  rules_options asked = {
      .as_of = MJ_DATE_NULL, .year = CLI_NOT_GIVEN, .threads = CLI_NOT_GIVEN, .progress = CLI_PROGRESS_AUTO};
  GPtrArray *words = g_ptr_array_new();
  int code = cli_parse(cli, &cmd_rules, argc, argv, &asked, words);
  cli->json_events = asked.progress == CLI_PROGRESS_JSON;
  if (!code) code = act(cli, &asked, words);
  g_ptr_array_unref(words);
  cli_options_free(options, &asked);
  return code;
}

const cli_command cmd_rules = {
    .name = "rules",
    .run = run,
    .arguments = "list | show RULEBOOK... | check RULEBOOK... | diff A B [PARK.YAML]",
    .summary = "list the rulebooks, show one in words, check one that is being written, or compare two",
    .detail =
        "A rulebook is a name such as quanzhou-2025 or a YAML file. check reads it, tries every expression on a parcel "
        "that has all canonical columns, and names what is wrong or doubtful with line and column; columns of your own "
        "layers and lookups are not known to it. diff says in words what B says otherwise than A; with a project file "
        "it "
        "analyses the park under each, its other rulebooks as they are, and names the parcels that are judged "
        "differently, by which rule, with mu and floor area.",
    .options = options,
    .examples = {{"mujun rules list", "the rulebooks that come with the program"},
                 {"mujun rules diff quanzhou-2025 samples/park/draft.yaml samples/park/park.yaml",
                  "what a revision would change"}},
    .exit_codes = "012",
};
