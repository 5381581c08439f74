#include <math.h>
#include <string.h>

#include "base/parallel.h"
#include "measure/attribute.h"
#include "measure/measure.h"

/* A sum and the rows that went into it. */
typedef struct {
  mj_sum sum;
  int64_t rows;
} total;

static void add(total *t, double v) { mj_sum_add(&t->sum, v); }

/* Items of one figure: what the table says, where it went, why the rest did not arrive. */
enum { SOURCE, PARCELS, ON_INCOMPLETE, FATES, N_ITEMS = FATES + N_FATES - 1 };
static const char *const item_names[N_ITEMS] = {"source",           "parcels",        "on_parcels_with_missing_figures",
                                                "no_parcel_code",   "unknown_parcel", "duplicate_parcel_id",
                                                "no_area_to_share", "mixed_areas",    "no_year"};

static void split(const mj_park *park, const mj__places *p, const double *value, const double *on_parcel,
                  total *items) {
  for (int64_t r = 0; r < p->n; r++) {
    if (p->year[r] != park->project.year && p->fate[r] != NO_YEAR) continue;
    items[SOURCE].rows++;
    double v = isnan(value[r]) ? 0 : value[r];
    add(&items[SOURCE], v);
    if (p->fate[r]) {
      total *t = &items[FATES + p->fate[r] - 1];
      t->rows++;
      add(t, v);
      continue;
    }
    bool whole = true;
    for (int32_t k = p->at[r]; k < p->at[r + 1]; k++) {
      bool lost = isnan(on_parcel[p->place[k].parcel]);
      if (lost) {
        add(&items[ON_INCOMPLETE], v * p->place[k].share);
        whole = false;
      }
    }
    items[whole ? PARCELS : ON_INCOMPLETE].rows++;
  }
  for (int64_t i = 0; i < park->table[MJ_PARCELS].n; i++)
    if (!isnan(on_parcel[i])) add(&items[PARCELS], on_parcel[i]);
}

/* Lines of the table on their way. */
typedef struct {
  const char **layer, **measure, **item;
  int64_t *rows, n;
  double *value;
} lines;

static void put(lines *l, const char *layer, const char *measure, const char *item, int64_t rows, double value) {
  l->layer[l->n] = layer;
  l->measure[l->n] = measure;
  l->item[l->n] = item;
  l->rows[l->n] = rows;
  l->value[l->n++] = value;
}

static const char *const figures[] = {"output_wan", "tax_wan",         "staff",  "energy_tce",
                                      "profit_wan", "added_value_wan", "rd_wan", "electricity_kwh"};
enum { N_FIGURES = sizeof figures / sizeof *figures };

/* The items of every figure; figures side by side. */
typedef struct {
  const mj_park *park;
  const mj__places *places;
  total items[N_FIGURES][N_ITEMS];
} splitting;

static mj_status split_figure(void *ctx, int64_t f, int64_t last, int worker) {
  splitting *s = ctx;
  const double *source = mj_table_f64(&s->park->table[MJ_ENTERPRISES], figures[f]);
  (void)last, (void)worker;
  if (source) split(s->park, s->places, source, mj_table_f64(&s->park->table[MJ_PARCELS], figures[f]), s->items[f]);
  return MJ_OK;
}

static void put_figure(lines *l, const char *figure, const total *items) {
  total residual = {0};
  for (int k = 0; k < N_ITEMS; k++) {
    double v = mj_sum_value(&items[k].sum);
    put(l, "enterprises", figure, item_names[k], items[k].rows, v);
    add(&residual, k == SOURCE ? v : -v);
  }
  put(l, "enterprises", figure, "residual", MJ_I64_NULL, mj_sum_value(&residual.sum));
}

static const int attributed[] = {MJ__LAND_M2, MJ__FIGURE, MJ__FIGURE + 1}; /* land, output, tax */
enum { N_ATTRIBUTED = sizeof attributed / sizeof *attributed };

static void put_way(lines *l, const mj__attribution *a, int amount, const char *measure) {
  static const char *const names[MJ__N_LEFT] = {"no_owner",    "no_user",  "let_not_in_use",         "vacant",
                                                "unknown_use", "unplaced", "in_units_that_lack_some"};
  double source = mj_sum_value(&a->source[amount]), units = mj_sum_value(&a->units[amount]);
  total residual = {0};
  add(&residual, source);
  add(&residual, -units);
  put(l, "attributions", measure, "source", MJ_I64_NULL, source);
  put(l, "attributions", measure, "units", a->n, units);
  for (int k = 0; k < MJ__N_LEFT; k++) {
    double v = mj_sum_value(&a->left[amount][k]);
    if (v != 0) put(l, "attributions", measure, names[k], MJ_I64_NULL, v);
    add(&residual, -v);
  }
  put(l, "attributions", measure, "residual", MJ_I64_NULL, mj_sum_value(&residual.sum));
}

mj_status mj__reconcile(mj_park *park, const mj__places *places, const mj__attribution *way) {
  static const char *const measures[MJ__N_WAYS][N_ATTRIBUTED] = {
      {"land_m2_by_owner", "output_wan_by_owner", "tax_wan_by_owner"},
      {"land_m2_merged", "output_wan_merged", "tax_wan_merged"},
      {"land_m2_by_floor_area", "output_wan_by_floor_area", "tax_wan_by_floor_area"},
      {"land_m2_apart", "output_wan_apart", "tax_wan_apart"}};
  splitting s = {.park = park, .places = places};
  mj_table *t = &park->table[MJ_RECONCILIATION];
  const mj_table *et = &park->table[MJ_ENTERPRISES];
  mj_status status =
      mj_table_init(t, "reconciliation", N_FIGURES * (N_ITEMS + 1) + MJ__N_WAYS * N_ATTRIBUTED * (MJ__N_LEFT + 3));
  lines l = {.layer = mj__text(t, "layer", &status),
             .measure = mj__text(t, "measure", &status),
             .item = mj__text(t, "item", &status),
             .rows = mj__i64(t, "rows", &status),
             .value = mj__f64(t, "value", &status)};
  if (status) return status;
  MJ_TRY(mj_parallel(park->project.threads, N_FIGURES, 1, split_figure, &s));
  for (int f = 0; f < N_FIGURES; f++)
    if (mj_table_f64(et, figures[f])) put_figure(&l, figures[f], s.items[f]);
  for (int w = 0; way && w < MJ__N_WAYS; w++)
    for (int k = 0; k < N_ATTRIBUTED; k++)
      if (attributed[k] < MJ__FIGURE || mj_table_f64(et, mj__figure_name(attributed[k])))
        put_way(&l, &way[w], attributed[k], measures[w][k]);
  t->n = l.n;
  return MJ_OK;
}
