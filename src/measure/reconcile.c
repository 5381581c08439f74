#include <math.h>
#include <string.h>

#include "measure/enterprises.h"
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

mj_status mj__reconcile(mj_park *park, const mj__places *places) {
  static const char *const figures[] = {"output_wan", "tax_wan",         "staff",  "energy_tce",
                                        "profit_wan", "added_value_wan", "rd_wan", "electricity_kwh"};
  enum { N = sizeof figures / sizeof *figures };
  mj_table *t = &park->table[MJ_RECONCILIATION];
  int present = 0;
  for (int f = 0; f < N; f++) present += mj_table_f64(&park->table[MJ_ENTERPRISES], figures[f]) != NULL;
  mj_status status = mj_table_init(t, "reconciliation", (int64_t)present * (N_ITEMS + 1));
  const char **layer = mj__text(t, "layer", &status), **measure = mj__text(t, "measure", &status),
             **item = mj__text(t, "item", &status);
  int64_t *rows = mj__i64(t, "rows", &status), at = 0;
  double *value = mj__f64(t, "value", &status);
  for (int f = 0; f < N && !status; f++) {
    const double *source = mj_table_f64(&park->table[MJ_ENTERPRISES], figures[f]);
    total items[N_ITEMS] = {{{0}, 0}}, residual = {0};
    if (!source) continue;
    split(park, places, source, mj_table_f64(&park->table[MJ_PARCELS], figures[f]), items);
    for (int k = 0; k < N_ITEMS; k++, at++) {
      layer[at] = "enterprises";
      measure[at] = figures[f];
      item[at] = item_names[k];
      rows[at] = items[k].rows;
      value[at] = mj_sum_value(&items[k].sum);
      add(&residual, k == SOURCE ? value[at] : -value[at]);
    }
    layer[at] = "enterprises";
    measure[at] = figures[f];
    item[at] = "residual";
    value[at++] = mj_sum_value(&residual.sum);
  }
  return status;
}
