#include <string.h>

#include "analyze.h"

static bool is_project(const char *name) { return g_str_has_suffix(name, ".yaml") || g_str_has_suffix(name, ".yml"); }

/* What can be seen to be missing before any file is opened. */
static int check_usage(const cli_context *cli, const analyze_options *asked, const char *yaml, int n_parcels) {
  if (!yaml && !asked->on && !asked->inputs[MJ_PARCELS])
    return cli_usage_error(cli, "%s", mj_tr(cli->lang, "no land: give PARK.YAML, --parcels FILE or --on FILE"));
  if (asked->on && n_parcels)
    return cli_usage_error(cli, "%s", mj_tr(cli->lang, "parcels are named, or a draft is fitted with --on, not both"));
  if (asked->only & CLI_HTML) return analyze_no_page(cli);
  return CLI_DONE;
}

static mj_status name_parcels(mj_project *p, const GPtrArray *words, guint first, mj_error *err) {
  p->fit_of = MJ_FIT_ALL;
  if (words->len == first) return MJ_OK;
  p->fit_parcels = mj_arena_alloc(&p->arena, words->len, sizeof *p->fit_parcels);
  for (guint i = first; i < words->len && p->fit_parcels; i++) {
    const char *word = g_ptr_array_index(words, i);
    p->fit_parcels[p->n_fit_parcels] = mj_arena_text(&p->arena, word, strlen(word));
    if (!p->fit_parcels[p->n_fit_parcels++]) return mj_fail(err, MJ_ENOMEM, "out of memory");
  }
  return p->fit_parcels ? MJ_OK : mj_fail(err, MJ_ENOMEM, "out of memory");
}

/* The words behind the options, for the manifest, as they were typed. */
static GPtrArray *parameters_of(const analyze_options *asked, const char *yaml, const GPtrArray *words, guint first) {
  GPtrArray *out = analyze_parameters(fit_option_list, asked, yaml);
  for (guint i = first; i < words->len; i++) g_ptr_array_add(out, g_strdup(g_ptr_array_index(words, i)));
  return out;
}

static int fit(cli_context *cli, const analyze_options *asked, const fit_values *values, const GPtrArray *words,
               const char *yaml, mj_park *park) {
  mj_error err = {.lang = cli->lang};
  guint first = yaml != NULL;
  mj_status status = analyze_project(cli, asked, yaml, &park->project, &err);
  if (!status) status = name_parcels(&park->project, words, first, &err);
  if (status) {
    cli_error(cli, err.message);
    return CLI_FAILED;
  }
  cli->lang = err.lang = park->project.lang; /* as the project file says, unless --lang did */
  bool dated = park->project.as_of != MJ_DATE_NULL && park->project.as_of != 0;
  if (!dated && !asked->on) return analyze_no_date(cli);
  GPtrArray *parameters = parameters_of(asked, yaml, words, first);
  mj_report_options options = analyze_report_options(asked, parameters);
  options.fit_only = true;
  cli_progress progress;
  cli_progress_start(&progress, &park->progress, cli->lang, (cli_progress_kind)asked->progress, asked->quiet);
  progress.ledger = &park->ledger;
  status = mj_fit_land(park, asked->on, &values->values, asked->output ? &options : NULL, &err);
  analyze_ending ending = {.summary = mj_fit_summary, .progress = &progress};
  g_ptr_array_unref(parameters);
  return analyze_end(cli, asked, park, &ending, status, &err);
}

static int run(cli_context *cli, int argc, char **argv) {
  analyze_options asked = ANALYZE_NOTHING_SAID;
  GPtrArray *words = g_ptr_array_new();
  mj_park park = {0};
  fit_values values = {0};
  int code = cli_parse(cli, &cmd_fit, argc, argv, &asked, words);
  cli->json_events = asked.progress == CLI_PROGRESS_JSON;
  const char *yaml = words->len && is_project(g_ptr_array_index(words, 0)) ? g_ptr_array_index(words, 0) : NULL;
  if (!code) code = check_usage(cli, &asked, yaml, (int)words->len - (yaml != NULL));
  if (!code) code = fit_values_read(cli, &asked, &values);
  if (!code) code = fit(cli, &asked, &values, words, yaml, &park);
  mj_park_reset(&park);
  fit_values_reset(&values);
  g_ptr_array_unref(words);
  cli_options_free(fit_option_list, &asked);
  return code;
}

const cli_command cmd_fit = {
    .name = "fit",
    .run = run,
    .arguments = "[PARK.YAML] [PARCEL...]",
    .summary = "standard factories that fit: on open land, as added storeys, by clearing and rebuilding",
    .detail =
        "Fits on all parcels that may be industrial, or on those named (by id, or '#17' by row), or on a hand-drawn "
        "layer with --on, which needs no park. Prints paper headroom against what can be built by zone and way and "
        "what "
        "binds; of a few parcels a report of each. With -o it writes the layer fit and the tables. One value of --cap, "
        "--module, --setback changes the run; several are tried out in every combination (table fit_sweep).",
    .options = fit_option_list,
    .examples = {{"mujun fit samples/park/park.yaml --cap 1.5..3.0/0.5 -o out",
                  "the sample park, and four caps tried out"},
                 {"mujun fit samples/park/park.yaml 350502901001GB00001", "one parcel on the terminal"}},
    .exit_codes = "0123",
};
