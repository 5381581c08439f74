#include <string.h>

#include "analyze.h"

/* What analyze and check do alike. */

/* What can be seen to be missing before any file is opened. */
static int check_usage(const cli_context *cli, const analyze_options *asked, const GPtrArray *files, bool check) {
  if (files->len > 1) return cli_usage_error(cli, "%s", mj_tr(cli->lang, "one project file at most"));
  const char *yaml = files->len ? g_ptr_array_index(files, 0) : NULL;
  if (yaml && !g_str_has_suffix(yaml, ".yaml") && !g_str_has_suffix(yaml, ".yml"))
    return cli_usage_error(cli, mj_tr(cli->lang, "'%s' is no project file (.yaml); give layers as --parcels %s"), yaml,
                           yaml);
  if (!yaml && !asked->inputs[MJ_PARCELS])
    return cli_usage_error(cli, "%s", mj_tr(cli->lang, "no parcels: give --parcels FILE or a project file"));
  if (!asked->output && !check)
    return cli_usage_error(cli, "%s", mj_tr(cli->lang, "no folder for the results: give -o DIR"));
  bool no_page = asked->files ? !g_ptr_array_find_with_equal_func(asked->files, "report.html", g_str_equal, NULL)
                              : asked->only && !(asked->only & CLI_HTML);
  if (asked->pdf && no_page)
    return cli_usage_error(cli, "%s", mj_tr(cli->lang, "--pdf prints report.html: ask for that too"));
  if (check && (asked->only & CLI_HTML)) return analyze_no_page(cli);
  if (asked->only && asked->files)
    return cli_usage_error(cli, "%s",
                           mj_tr(cli->lang, "--only names kinds of results and --files single ones: give one of them"));
  return CLI_DONE;
}

int analyze_no_page(const cli_context *cli) {
  return cli_usage_error(cli, "%s", mj_tr(cli->lang, "report.html is about a whole analysis: mujun analyze writes it"));
}

int analyze_no_date(const cli_context *cli) {
  return cli_usage_error(cli, "%s",
                         mj_tr(cli->lang,
                               "no reference date: give --as-of YYYY-MM-DD or as_of in "
                               "the project file (it decides which rules are in "
                               "force and how long land has lain idle; today's date is "
                               "never assumed, so that the same input gives the "
                               "same result)"));
}

typedef struct {
  long long set_aside, warnings, notes;
} ledger_counts;

static ledger_counts count_ledger(const mj_ledger *ledger) {
  int64_t all = mj_ledger_count(ledger, MJ_NOTE), warned = mj_ledger_count(ledger, MJ_WARN);
  int64_t aside = mj_ledger_count(ledger, MJ_SET_ASIDE);
  return (ledger_counts){.set_aside = aside, .warnings = warned - aside, .notes = all - warned};
}

static void done_event(const mj_park *park, const analyze_options *asked) {
  ledger_counts n = count_ledger(&park->ledger);
  double seconds = 0;
  for (int i = 0; i < park->progress.n_stages; i++) seconds += park->progress.stage[i].seconds;
  GString *line = g_string_new("{\"event\":\"done\",\"output\":");
  cli_json(line, asked->output ? asked->output : "");
  g_string_append_printf(line,
                         ",\"set_aside\":%lld,\"warnings\":%lld,\"notes\":%lld,"
                         "\"seconds\":%.3f}\n",
                         n.set_aside, n.warnings, n.notes, seconds);
  fputs(line->str, stderr);
  g_string_free(line, TRUE);
}

static void events(const mj_park *park, const analyze_options *asked, cli_progress *progress, mj_lang lang) {
  cli_progress_warnings(progress, lang);
  done_event(park, asked);
}

/* Where to look next: what people open, of the files that this run has written. */
static void say_where_to_look(const analyze_options *asked, bool whole, mj_lang lang) {
  static const struct {
    const char *file, *zh, *en;
    unsigned kind;
  } shown[] = {{"report.html", "浏览器", "browser", CLI_HTML},
               {"summary.xlsx", "Excel", "Excel", CLI_XLSX},
               {"mujun.qgs", "QGIS", "QGIS", CLI_GPKG}};
  bool zh = lang == MJ_ZH;
  GString *line = g_string_new(NULL);
  for (size_t i = 0; i < G_N_ELEMENTS(shown); i++) {
    if ((asked->only && !(asked->only & shown[i].kind)) || (shown[i].kind == CLI_HTML && !whole)) continue;
    if (asked->files && !g_ptr_array_find_with_equal_func(asked->files, shown[i].file, g_str_equal, NULL)) continue;
    char *path = g_build_filename(asked->output, shown[i].file, NULL);
    if (g_file_test(path, G_FILE_TEST_EXISTS)) {
      g_string_append(line, line->len ? zh ? "、" : ", " : mj_tr(lang, "first look at: "));
      g_string_append_printf(line, zh ? "%s（%s）" : "%s (%s)", shown[i].file, zh ? shown[i].zh : shown[i].en);
    }
    g_free(path);
  }
  if (line->len) puts(line->str);
  g_string_free(line, TRUE);
}

static mj_status print_summary(const mj_park *park, const analyze_options *asked, const analyze_ending *ending,
                               mj_error *err) {
  mj_text text = {0};
  mj_lang lang = park->project.lang;
  mj_status status = ending->summary(park, &text, err);
  if (!status && text.data) fputs(text.data, stdout);
  mj_text_reset(&text);
  if (!status && ending->without_folder && !asked->output) puts(mj_tr(lang, ending->without_folder));
  if (status || !asked->output) return status;
  char *ledger = g_build_filename(asked->output, "ledger.csv", NULL);
  printf(mj_tr(lang, "Results: %s (ledger: %s)"), asked->output, ledger);
  putchar('\n');
  g_free(ledger);
  say_where_to_look(asked, ending->summary == mj_report_summary, lang);
  return MJ_OK;
}

static int strict_code(const cli_context *cli, const mj_ledger *ledger) {
  long long aside = mj_ledger_set_aside(ledger);
  if (!aside) return CLI_DONE;
  char *message = g_strdup_printf(mj_tr(cli->lang, "--strict: rows or values set aside: %lld"), aside);
  cli_error(cli, message);
  g_free(message);
  return CLI_SET_ASIDE;
}

/* The result stands without it; a person who asked for it is told. */
static void pdf_missing(const cli_context *cli, const analyze_options *asked) {
  char *path = g_build_filename(asked->output, "report.pdf", NULL);
  if (!g_file_test(path, G_FILE_TEST_EXISTS))
    fprintf(stderr, "mujun: %s\n",
            mj_tr(cli->lang,
                  "report.pdf was not written: it takes Chromium (chromium, "
                  "chromium-browser or google-chrome in PATH), which is not there or failed; "
                  "report.html can be printed from any browser"));
  g_free(path);
}

int analyze_end(cli_context *cli, const analyze_options *asked, const mj_park *park, const analyze_ending *ending,
                mj_status status, mj_error *err) {
  cli_erase_line();
  if (!status && !asked->quiet) status = print_summary(park, asked, ending, err);
  if (!status && ending->progress->kind == CLI_PROGRESS_JSON) events(park, asked, ending->progress, cli->lang);
  if (!status && asked->pdf) pdf_missing(cli, asked);
  if (asked->profile) cli_profile(&park->progress, cli->lang);
  if (status) cli_error(cli, err->message);
  if (status) return CLI_FAILED;
  return asked->strict ? strict_code(cli, &park->ledger) : CLI_DONE;
}

mj_report_options analyze_report_options(const analyze_options *asked, const GPtrArray *parameters) {
  unsigned only = asked->only ? asked->only : CLI_GEOJSON | CLI_CSV | CLI_GPKG | CLI_XLSX | CLI_HTML;
  return (mj_report_options){.out_dir = asked->output,
                             .overwrite = asked->overwrite,
                             .geojson = only & CLI_GEOJSON,
                             .csv = only & CLI_CSV,
                             .gpkg = only & CLI_GPKG,
                             .xlsx = only & CLI_XLSX,
                             .html = only & CLI_HTML,
                             .pdf = asked->pdf,
                             .files = asked->files ? (const char *const *)asked->files->pdata : NULL,
                             .n_files = asked->files ? (int)asked->files->len : 0,
                             .decimals = asked->decimals == CLI_NOT_GIVEN ? 8 : asked->decimals,
                             .no_sync = asked->no_sync,
                             .version = MJ_VERSION,
                             .argv = (const char *const *)parameters->pdata,
                             .argc = (int)parameters->len};
}

static int analyze(cli_context *cli, const analyze_options *asked, const char *yaml, bool check, mj_park *park) {
  mj_error err = {.lang = cli->lang};
  if (analyze_project(cli, asked, yaml, &park->project, &err)) {
    cli_error(cli, err.message);
    return CLI_FAILED;
  }
  cli->lang = err.lang = park->project.lang; /* as the project file says, unless --lang did */
  bool dated = park->project.as_of != MJ_DATE_NULL && park->project.as_of != 0;
  if (!dated && !check) return analyze_no_date(cli);
  GPtrArray *parameters = analyze_parameters(analyze_option_list, asked, yaml);
  mj_report_options options = analyze_report_options(asked, parameters);
  options.checks_only = check;
  cli_progress progress;
  cli_progress_start(&progress, &park->progress, cli->lang, (cli_progress_kind)asked->progress, asked->quiet);
  progress.ledger = &park->ledger;
  mj_status status =
      check ? mj_check_data(park, asked->output ? &options : NULL, &err) : mj_analyze(park, &options, &err);
  analyze_ending ending = {.summary = check ? mj_report_findings : mj_report_summary,
                           .without_folder = check ? "rows, places and what to do: give -o DIR" : NULL,
                           .progress = &progress};
  g_ptr_array_unref(parameters);
  return analyze_end(cli, asked, park, &ending, status, &err);
}

int analyze_run(cli_context *cli, const cli_command *command, int argc, char **argv) {
  bool check = command == &cmd_check;
  analyze_options asked = ANALYZE_NOTHING_SAID;
  GPtrArray *files = g_ptr_array_new();
  mj_park park = {0};
  int code = cli_parse(cli, command, argc, argv, &asked, files);
  cli->json_events = asked.progress == CLI_PROGRESS_JSON;
  if (!code) code = check_usage(cli, &asked, files, check);
  if (!code) code = analyze(cli, &asked, files->len ? g_ptr_array_index(files, 0) : NULL, check, &park);
  mj_park_reset(&park);
  g_ptr_array_unref(files);
  cli_options_free(analyze_option_list, &asked);
  return code;
}
