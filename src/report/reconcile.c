#include <math.h>
#include <string.h>

#include "base/sum.h"
#include "report/run.h"

/* Unknown figures add nothing. */
static void add(mj_sum *t, double v) {
  if (!isnan(v)) mj_sum_add(t, v);
}

/* NaN where there is no such column: nothing is known, which is not 0. */
static double sum_column(const mj_table *t, const char *name) {
  const double *v = t->name ? mj_table_f64(t, name) : NULL;
  mj_sum sum = {0};
  if (!v) return (double)NAN;
  for (int64_t i = 0; i < t->n; i++) add(&sum, v[i]);
  return mj_sum_value(&sum);
}

static void put_number(mj_text *out, const char *key, double v, bool comma) {
  char text[32];
  mj_double_shortest(v, text);
  mj_text_format(out, "%s\"%s\": %s", comma ? ", " : "", key, text);
}

/* Sum over the named zones of the summary: its first rows. */
static double sum_zones(const mj_table *zones, const char *column, int64_t n_named) {
  const double *v = mj_table_f64(zones, column);
  mj_sum sum = {0};
  for (int64_t i = 0; v && i < n_named; i++) add(&sum, v[i]);
  return mj_sum_value(&sum);
}

static double row_of(const mj_table *zones, const char *column, int64_t row) {
  const double *v = mj_table_f64(zones, column);
  return v && row < zones->n ? v[row] : (double)NAN;
}

/* What lies outside every zone: value x (1 - shares), parcel by parcel. */
static mj_status outside_split(const mj_park *park, const char *column, double *out) {
  const mj_table *parcels = &park->table[MJ_PARCELS], *shares = &park->table[MJ_PARCEL_ZONES];
  const double *v = mj_table_f64(parcels, column), *share = mj_table_f64(shares, "share");
  const int64_t *row = mj_table_i64(shares, "parcel_row");
  const char **zone = mj_table_text(shares, "zone");
  mj_arena arena = {0};
  double *left = mj_arena_alloc(&arena, (size_t)parcels->n + 1, sizeof *left);
  mj_sum sum = {0};
  *out = (double)NAN;
  if (!left) return MJ_ENOMEM;
  for (int64_t i = 0; i < parcels->n; i++) left[i] = 1;
  for (int64_t k = 0; share && row && k < shares->n; k++)
    if (row[k] >= 1 && row[k] <= parcels->n && (!zone || zone[k])) left[row[k] - 1] -= share[k];
  for (int64_t i = 0; v && i < parcels->n; i++) add(&sum, v[i] * left[i]);
  mj_arena_reset(&arena);
  if (v && share && row) *out = mj_sum_value(&sum);
  return MJ_OK;
}

typedef struct {
  const char *measure, *assigned, *split;
} figure;

/* parcels = zones + outside = park, once by whole parcels and once by shares.
 */
static void put_figure(const mj_run *run, const mj_table *zones, const figure *f, int64_t n_named, bool has_outside,
                       mj_text *out) {
  double parcels = sum_column(&run->park->table[MJ_PARCELS], f->measure),
         outside = has_outside ? row_of(zones, f->assigned, n_named) : 0, split_out;
  double assigned = sum_zones(zones, f->assigned, n_named), park = row_of(zones, f->assigned, zones->n - 1);
  mj_text_format(out, "{\"measure\": \"%s\"", f->measure);
  put_number(out, "parcels", parcels, true);
  put_number(out, "zones", assigned, true);
  put_number(out, "outside", isnan(outside) ? 0 : outside, true);
  put_number(out, "park", isnan(park) ? 0 : park, true);
  put_number(out, "residual_zones", parcels - assigned - (isnan(outside) ? 0 : outside), true);
  put_number(out, "residual_park", parcels - (isnan(park) ? 0 : park), true);
  if (f->split) {
    double split = sum_zones(zones, f->split, n_named);
    if (outside_split(run->park, f->measure, &split_out)) out->failed = true;
    put_number(out, "zones_split", split, true);
    put_number(out, "outside_split", split_out, true);
    put_number(out, "residual_split", parcels - split - split_out, true);
  }
  mj_text_add(out, "}");
}

static void put_figures(const mj_run *run, mj_text *out) {
  static const figure figures[] = {{"area_mu", "assigned_mu", "split_mu"},
                                   {"floor_area_m2", "floor_area_m2", NULL},
                                   {"output_wan", "output_wan", "split_output_wan"},
                                   {"tax_wan", "tax_wan", "split_tax_wan"}};
  const mj_table *zones = mj_summaries_find(&run->summaries, "zones");
  const char **name = zones ? mj_table_text(zones, "zone") : NULL;
  mj_text_add(out, "\"sums\": [");
  if (name && zones->n && mj_park_has(run->park, MJ_ZONES)) {
    bool has_outside = zones->n > 1 && name[zones->n - 2] && !strcmp(name[zones->n - 2], "outside");
    int64_t n_named = zones->n - 1 - has_outside;
    for (size_t i = 0, n = 0; i < sizeof figures / sizeof *figures; i++) {
      if (!mj_table_f64(&run->park->table[MJ_PARCELS], figures[i].measure)) continue;
      mj_text_add(out, n++ ? ",\n      " : "\n      ");
      put_figure(run, zones, &figures[i], n_named, has_outside, out);
    }
  }
  mj_text_add(out, "]");
}

/* Rows of the role that the ledger sets aside, by the lines of table reconciliation: whatever is neither the source nor
 * where its rows are. */
static int64_t rows_set_aside(const mj_table *lines, const char *role) {
  static const char *const others[] = {"source", "table", "used", "residual"};
  const char **layer = lines->name ? mj_table_text(lines, "layer") : NULL;
  const char **measure = lines->name ? mj_table_text(lines, "measure") : NULL;
  const char **item = lines->name ? mj_table_text(lines, "item") : NULL;
  const int64_t *rows = lines->name ? mj_table_i64(lines, "rows") : NULL;
  int64_t n = 0;
  for (int64_t i = 0; layer && measure && item && rows && i < lines->n; i++) {
    bool aside = !strcmp(layer[i], role) && (!strcmp(measure[i], "rows") || !strcmp(measure[i], "rows_used"));
    for (size_t k = 0; k < sizeof others / sizeof *others; k++) aside = aside && strcmp(item[i], others[k]) != 0;
    if (aside) n += rows[i];
  }
  return n;
}

/* Rows of every role: how many there were, came into the table, and take no part in the figures they belong to (a
 * parcel without a shape is in the table and has no measures). */
static void put_rows(const mj_run *run, mj_text *out) {
  bool first = true;
  mj_text_add(out, "\"rows\": [");
  for (int role = 0; role < MJ_ROLE_END; role++) {
    int64_t in = 0, kept = 0;
    for (int i = 0; i < run->park->n_sources; i++)
      if ((int)run->park->sources[i].role == role) {
        in += run->park->sources[i].rows_in;
        kept += run->park->sources[i].rows_kept;
      }
    if (!mj_park_has(run->park, (mj_table_id)role)) continue;
    int64_t aside = rows_set_aside(&run->park->table[MJ_RECONCILIATION], mj_table_id_name((mj_table_id)role));
    mj_text_format(out,
                   "%s\n      {\"role\": \"%s\", \"rows_in\": %lld, "
                   "\"rows_kept\": %lld, \"rows_set_aside\": %lld, "
                   "\"rows_in_table\": %lld, \"residual\": %lld}",
                   first ? "" : ",", mj_table_id_name((mj_table_id)role), (long long)in, (long long)kept,
                   (long long)aside, (long long)run->park->table[role].n, (long long)(kept - run->park->table[role].n));
    first = false;
  }
  mj_text_add(out, "]");
}

/* Lines of table reconciliation, those of the enterprises' figures or the others. */
static void put_lines(const mj_run *run, const char *key, bool figures, mj_text *out) {
  const mj_table *t = &run->park->table[MJ_RECONCILIATION];
  const char **layer = t->name ? mj_table_text(t, "layer") : NULL,
             **measure = t->name ? mj_table_text(t, "measure") : NULL,
             **item = t->name ? mj_table_text(t, "item") : NULL;
  const int64_t *rows = t->name ? mj_table_i64(t, "rows") : NULL;
  const double *v = t->name ? mj_table_f64(t, "value") : NULL;
  bool first = true;
  mj_text_format(out, "\"%s\": [", key);
  for (int64_t i = 0; layer && measure && item && rows && v && i < t->n; i++) {
    if (mj_run_is_figure(layer[i], measure[i]) != figures) continue;
    mj_text_add(out, first ? "\n      {" : ",\n      {");
    first = false;
    if (!figures) mj_text_format(out, "\"layer\": \"%s\", ", layer[i]);
    mj_text_add(out, "\"measure\": ");
    mj_text_json(out, measure[i]);
    mj_text_add(out, ", \"item\": ");
    mj_text_json(out, item[i]);
    if (rows[i] != MJ_I64_NULL) mj_text_format(out, ", \"rows\": %lld", (long long)rows[i]);
    put_number(out, "value", v[i], true);
    mj_text_add(out, "}");
  }
  mj_text_add(out, "]");
}

void mj_run_reconcile(const mj_run *run, mj_text *out) {
  const mj_park *park = run->park;
  put_rows(run, out);
  mj_text_add(out, ",\n    ");
  put_figures(run, out);
  mj_text_add(out, ",\n    \"buildings\": {");
  put_number(out, "floor_area_m2", sum_column(&park->table[MJ_BUILDINGS], "floor_area_m2"), false);
  put_number(out, "inside_parcels_m2", sum_column(&park->table[MJ_PARCEL_BUILDINGS], "floor_area_m2"), true);
  put_number(out, "parcels_m2", sum_column(&park->table[MJ_PARCELS], "floor_area_m2"), true);
  mj_text_add(out, "},\n    ");
  put_lines(run, "enterprises", true, out);
  mj_text_add(out, ",\n    ");
  put_lines(run, "lines", false, out);
}
