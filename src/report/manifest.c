#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/fnv.h"
#include "mujun/version.h"
#include "report/run.h"

/* The end counts too: "a","b" is not "ab","". */
static uint64_t mix(uint64_t h, const char *text) {
  return text ? mj_fnv64(h, text, strlen(text) + 1) : mj_fnv64(h, "\1", 2);
}

static uint64_t mix_number(uint64_t h, double v) {
  char text[32];
  mj_double_shortest(v, text);
  return mix(h, text);
}

static const char *base_name(const char *path) {
  const char *slash = path ? strrchr(path, '/') : NULL;
  return slash ? slash + 1 : path;
}

static uint64_t mix_shift(uint64_t h, const double *shift) {
  return shift ? mj_fnv64(h, shift, 7 * sizeof *shift) : mix(h, NULL);
}

/* What the standard-factory fit went by. */
static uint64_t mix_fit(uint64_t h, const mj_project *p) {
  h = mix_number(mix_number(h, p->fit_of), p->fit_cap);
  for (int i = 0; i < p->n_fit_parcels; i++) h = mix(h, p->fit_parcels[i]);
  return mj_run_mix_fit(h, &p->fit);
}

static uint64_t mix_project(uint64_t h, const mj_project *p) {
  char as_of[11];
  mj_date_format(p->as_of, as_of);
  h = mix(mix_shift(mix(mix(mix(h, p->name), as_of), p->crs), p->datum_shift), p->land_use_scheme);
  h = mix_number(mix_number(mix_number(mix_number(h, p->year), p->lang), p->headroom_min_m2), p->area_tolerance);
  if (p->all_reasons) h = mix(h, "all reasons");
  for (int i = 0; i < MJ_MAX_BASES; i++)
    h = mix_number(mix_number(mix_number(h, p->basis_yield[i]), p->basis_plot_ratio[i]), p->basis_coverage[i]);
  h = mix_fit(mj_fnv64(h, &p->checks, sizeof p->checks), p);
  for (int i = 0; i < p->n_rulebooks; i++) h = mix(h, base_name(p->rulebooks[i]));
  for (int i = 0; i < p->n_lookups; i++) {
    const mj_lookup *l = &p->lookups[i];
    h = mix(mix(mix(mix(mix(h, l->name), base_name(l->path)), l->key), l->match), l->value);
  }
  for (int i = 0; i < p->n_facts; i++) h = mix(mix(h, p->facts[i].name), p->facts[i].sql);
  for (int i = 0; i < p->n_inputs; i++) {
    const mj_input *in = &p->inputs[i];
    h = mix_number(mix_number(mix(mix(h, mj_table_id_name(in->role)), in->crs), in->year), in->complete);
    h = mix_shift(h, in->datum_shift);
    for (int k = 0; k < in->n_fields; k++)
      h = mix(mix(mix(mix(h, in->fields[k].field), in->fields[k].column), in->fields[k].unit), in->fields[k].value);
    for (int k = 0; k < in->n_values; k++)
      h = mix(mix(mix(h, in->values[k].field), in->values[k].from), in->values[k].to);
  }
  return h;
}

void mj_run_id(const mj_park *park, const mj_report_options *o, char id[17]) {
  uint64_t h = mix(mix_project(MJ_FNV64_START, &park->project), o->version ? o->version : MJ_VERSION);
  for (int i = 0; i < park->n_sources; i++) {
    const mj_source *s = &park->sources[i];
    h = mix_number(mix(mix(mix(mix(h, mj_table_id_name(s->role)), base_name(s->path)), s->layer), s->sha256),
                   (double)s->rows_kept);
  }
  for (int i = 0; i < park->n_rulebooks; i++) h = mix(h, park->rulebook_facts[i].fnv1a64);
  for (int i = 0; i < park->n_queries; i++) h = mix(mix(h, park->queries[i].name), park->queries[i].fnv1a64);
  h = mix_number(mix_number(h, o->decimals), o->geojson + 2 * o->csv + 4 * o->gpkg + 8 * o->xlsx + 16 * o->checks_only +
                                                 32 * o->fit_only + 64 * o->html + 128 * o->pdf);
  for (int i = 0; i < o->n_files; i++) h = mix(h, o->files[i]);
  snprintf(id, 17, "%016" PRIx64, h);
}

void mj_run_put(mj_text *out, const char *before, const char *value) {
  mj_text_add(out, before);
  if (value) mj_text_json(out, value);
  else mj_text_add(out, "null");
}

void mj_run_put_number(mj_text *out, const char *before, double v) {
  char text[32];
  mj_double_shortest(v, text);
  mj_text_format(out, "%s%s", before, text);
}

static void put_checks(const mj_check_limits *checks, mj_text *out) {
  int n;
  const mj_check_fact *fact = mj_check_facts(&n);
  mj_text_add(out, ", \"checks\": {");
  for (int i = 0; i < n; i++) {
    mj_run_put(out, i ? ", " : "", fact[i].name);
    mj_run_put_number(out, ": ", ((const double *)checks)[i]);
  }
  mj_text_add(out, "}");
}

/* The norms as they were used. */
static void put_fit(const mj_project *p, mj_text *out) {
  static const char *const of[] = {"candidates", "all", "none"};
  mj_run_put(out, ", \"fit_of\": ", p->n_fit_parcels ? "named" : of[p->fit_of]);
  if (p->fit_cap > 0) mj_run_put_number(out, ", \"fit_cap\": ", p->fit_cap);
  mj_run_put_fit(&p->fit, out);
}

/* Options that say where and how fast, not what: the same analysis into another
 * folder has the same manifest. */
static int beside_the_result(const char *arg) {
  static const char *const with_value[] = {"-o", "--out", "--output", "-j", "--threads"};
  static const char *const flag[] = {"--overwrite", "--quiet", "-q", "--no-sync", "--progress", "--verbose", "-v"};
  for (size_t i = 0; i < sizeof with_value / sizeof *with_value; i++) {
    size_t n = strlen(with_value[i]);
    if (!strcmp(arg, with_value[i])) return 2;
    if (!strncmp(arg, with_value[i], n) && (arg[n] == '=' || (n == 2 && arg[n]))) return 1;
  }
  for (size_t i = 0; i < sizeof flag / sizeof *flag; i++) {
    size_t n = strlen(flag[i]);
    if (!strncmp(arg, flag[i], n) && (!arg[n] || arg[n] == '=')) return 1;
  }
  return 0;
}

static void put_parameters(const mj_run *run, mj_text *out) {
  const mj_project *p = &run->park->project;
  const mj_report_options *o = &run->options;
  bool first = true;
  mj_text_add(out, "  \"parameters\": {\"command\": [");
  for (int i = 1; i < o->argc;) {
    int skip = beside_the_result(o->argv[i]);
    if (!skip) {
      mj_run_put(out, first ? "" : ", ", o->argv[i]);
      first = false;
    }
    i += skip ? skip : 1;
  }
  mj_text_format(out,
                 "], \"decimals\": %d, \"geojson\": %s, \"csv\": %s, \"gpkg\": "
                 "%s, \"xlsx\": %s, \"html\": %s, \"pdf\": %s",
                 o->decimals, o->geojson ? "true" : "false", o->csv ? "true" : "false", o->gpkg ? "true" : "false",
                 o->xlsx ? "true" : "false", o->html ? "true" : "false", o->pdf ? "true" : "false");
  mj_run_put_number(out, ", \"headroom_min_m2\": ", p->headroom_min_m2);
  mj_run_put_number(out, ", \"area_tolerance\": ", p->area_tolerance);
  put_checks(&p->checks, out);
  put_fit(p, out);
  for (int i = 0; i < p->n_facts; i++) {
    mj_run_put(out, i ? ", " : ", \"facts\": {", p->facts[i].name);
    mj_run_put(out, ": ", p->facts[i].sql);
  }
  if (p->n_facts) mj_text_add(out, "}");
  mj_run_put(out, ", \"land_use_scheme\": ", p->land_use_scheme);
  const struct {
    const char *name;
    const mj_basis *basis;
  } order[] = {{"yield", p->basis_yield}, {"plot_ratio", p->basis_plot_ratio}, {"coverage", p->basis_coverage}};
  for (int k = 0; k < 3; k++) {
    mj_text_format(out, ", \"area_basis_%s\": [", order[k].name);
    for (int i = 0; i < MJ_MAX_BASES && order[k].basis[i]; i++)
      mj_run_put(out, i ? ", " : "", mj_basis_name(order[k].basis[i]));
    mj_text_add(out, "]");
  }
  mj_text_add(out, "},\n");
}

static void put_date(mj_text *out, const char *before, int32_t date) {
  char text[11];
  mj_date_format(date, text);
  mj_run_put(out, before, *text ? text : NULL);
}

static void put_rulebooks(const mj_park *park, mj_text *out) {
  mj_text_add(out, "  \"rulebooks\": [");
  for (int i = 0; i < park->n_rulebooks; i++) {
    const mj_rulebook_facts *b = &park->rulebook_facts[i];
    mj_run_put(out, i ? ",\n    {\"rulebook\": " : "\n    {\"rulebook\": ", b->code);
    mj_run_put(out, ", \"given\": ", i < park->project.n_rulebooks ? park->project.rulebooks[i] : NULL);
    mj_run_put(out, ", \"version\": ", b->version);
    mj_run_put(out, ", \"name\": ", b->name);
    mj_run_put(out, ", \"document\": ", b->document);
    put_date(out, ", \"from\": ", b->from);
    put_date(out, ", \"to\": ", b->to);
    mj_text_add(out, b->in_force ? ", \"in_force\": true" : ", \"in_force\": false");
    mj_run_put(out, ", \"fnv1a64\": ", b->fnv1a64);
    mj_text_add(out, "}");
  }
  mj_text_add(out, "],\n");
}

static void put_queries(const mj_park *park, mj_text *out) {
  mj_text_add(out, "  \"summaries\": [");
  for (int i = 0; i < park->n_queries; i++) {
    mj_run_put(out, i ? ",\n    {\"name\": " : "\n    {\"name\": ", park->queries[i].name);
    mj_run_put(out, ", \"file\": ", base_name(park->queries[i].path));
    mj_run_put(out, ", \"fnv1a64\": ", park->queries[i].fnv1a64);
    mj_text_add(out, "}");
  }
  mj_text_add(out, "],\n");
}

static void put_inputs(const mj_run *run, mj_text *out) {
  mj_text_add(out, "  \"inputs\": [");
  for (int i = 0; i < run->park->n_sources; i++) {
    const mj_source *s = &run->park->sources[i];
    mj_run_put(out, i ? ",\n    {\"role\": " : "\n    {\"role\": ", mj_table_id_name(s->role));
    mj_run_put(out, ", \"name\": ", base_name(s->path));
    mj_run_put(out, ", \"path\": ", s->path);
    mj_run_put(out, ", \"layer\": ", s->layer);
    mj_run_put(out, ", \"format\": ", s->format);
    mj_run_put(out, ", \"crs\": ", s->crs);
    mj_run_put(out, ", \"encoding\": ", s->encoding);
    mj_text_format(out, ", \"rows_in\": %lld, \"rows_kept\": %lld", (long long)s->rows_in, (long long)s->rows_kept);
    mj_run_put(out, ", \"sha256\": ", s->sha256);
    mj_text_add(out, "}");
  }
  mj_text_add(out, "],\n");
}

static void put_frame(const mj_frame *f, mj_text *out) {
  mj_run_put(out, "  \"frame\": {\"delivered\": ", f->source_name);
  mj_text_format(out, ", \"degrees\": %s", f->source_degrees ? "true" : "false");
  mj_run_put_number(out, ", \"middle_lon_deg\": ", f->lon_deg);
  mj_run_put_number(out, ", \"middle_lat_deg\": ", f->lat_deg);
  mj_run_put_number(out, ", \"metres_per_unit\": ", f->unit_m);
  mj_run_put_number(out, ", \"ellipsoid_a_m\": ", f->a_m);
  mj_run_put_number(out, ", \"ellipsoid_inv_f\": ", f->inv_f);
  mj_run_put(out, ", \"wkt\": ", f->wkt);
  mj_text_add(out, "},\n");
}

static void put_joins(const mj_park *park, mj_text *out) {
  mj_text_add(out, "  \"joins\": [");
  for (int i = 0; i < park->n_joins; i++) {
    const mj_join *j = &park->joins[i];
    mj_run_put(out, i ? ",\n    {\"left\": " : "\n    {\"left\": ", j->left);
    mj_run_put(out, ", \"right\": ", j->right);
    mj_run_put(out, ", \"key\": ", j->key);
    const struct {
      const char *name;
      int64_t n;
    } count[] = {
        {"left_rows", j->left_rows},           {"right_rows", j->right_rows},     {"left_keys", j->left_keys},
        {"right_keys", j->right_keys},         {"matched_keys", j->matched_keys}, {"only_left", j->only_left},
        {"only_right", j->only_right},         {"left_null", j->left_null},       {"right_null", j->right_null},
        {"right_repeated", j->right_repeated}, {"right_most", j->right_most}};
    for (size_t k = 0; k < sizeof count / sizeof *count; k++)
      mj_text_format(out, ", \"%s\": %lld", count[k].name, (long long)count[k].n);
    mj_text_add(out, "}");
  }
  mj_text_add(out, "],\n");
}

static void put_versions(mj_text *out) {
  const char *name, *version;
  mj_text_add(out, "  \"versions\": {");
  for (int i = 1; (name = mj_library_version(i, &version)); i++) {
    mj_run_put(out, i > 1 ? ", " : "", name);
    mj_run_put(out, ": ", version);
  }
  mj_text_add(out, "},\n");
}

/* One output a line: the next run reads them to know which files are ours
 * (leftovers.c). */
static void put_outputs(const mj_folder *folder, mj_text *out) {
  bool first = true;
  mj_text_add(out, "  \"outputs\": [");
  for (int i = 0; i < folder->n; i++) {
    const mj_out_file *f = &folder->file[i];
    bool pdf = !strcmp(f->name, "report.pdf"); /* named, so that the next run knows it is ours */
    if ((f->exempt && !pdf) || !strcmp(f->name, "manifest.json")) continue;
    mj_run_put(out, first ? "\n    {\"file\": " : ",\n    {\"file\": ", f->name);
    if (pdf) mj_text_add(out, ", \"may_differ\": true"); /* Chromium dates it */
    else mj_text_format(out, ", \"bytes\": %lld", (long long)f->bytes);
    if (f->rows >= 0) mj_text_format(out, ", \"rows\": %lld", (long long)f->rows);
    mj_run_put(out, ", \"run_id\": ", folder->run_id);
    mj_text_add(out, "}");
    first = false;
  }
  mj_text_add(out, "]\n}\n");
}

mj_status mj_run_manifest(const mj_run *run, mj_text *out, mj_error *err) {
  const mj_project *p = &run->park->project;
  char as_of[11];
  mj_date_format(p->as_of, as_of);
  mj_run_put(out, "{\n  \"mujun\": ", run->options.version ? run->options.version : MJ_VERSION);
  mj_run_put(out, ",\n  \"run_id\": ", run->folder.run_id);
  mj_run_put(out, ",\n  \"park\": ", p->name);
  mj_run_put(out, ",\n  \"as_of\": ", as_of);
  mj_text_format(out, ",\n  \"year\": %d", (int)p->year);
  mj_run_put(out, ",\n  \"lang\": ", run->lang == MJ_ZH ? "zh" : "en");
  mj_text_add(out, ",\n");
  put_parameters(run, out);
  put_rulebooks(run->park, out);
  put_queries(run->park, out);
  put_versions(out);
  put_inputs(run, out);
  put_frame(&run->park->frame, out);
  put_joins(run->park, out);
  mj_text_format(
      out,
      "  \"ledger\": {\"set_aside\": %lld, \"warnings\": %lld, "
      "\"notes\": %lld},\n",
      (long long)mj_ledger_count(&run->park->ledger, MJ_SET_ASIDE),
      (long long)(mj_ledger_count(&run->park->ledger, MJ_WARN) - mj_ledger_count(&run->park->ledger, MJ_SET_ASIDE)),
      (long long)(run->park->ledger.n - mj_ledger_count(&run->park->ledger, MJ_WARN)));
  mj_text_add(out, "  \"reconciliation\": {\n    ");
  mj_run_reconcile(run, out);
  mj_text_add(out, "\n  },\n");
  put_outputs(&run->folder, out);
  return out->failed ? mj_fail(err, MJ_ENOMEM, "out of memory") : MJ_OK;
}
