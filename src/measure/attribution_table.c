#include <math.h>

#include "measure/attribute.h"
#include "measure/measure.h"

static const char *const ways[MJ__N_WAYS] = {"owner", "merged", "floor_area", "apart"};

/* The columns, and the row that is written next. */
typedef struct {
  const mj__firms *firms;
  const int32_t *first_row;
  int64_t at, *enterprises, *parcels, *row, *unit_row;
  const char **code, **name, **way, **unit_code, **unit_name;
  uint8_t *measured;
  double *land, *floor, *figure[MJ__N_AMOUNTS], *output_per_mu, *tax_per_mu;
} writer;

static void open_writer(mj_table *t, const mj__places *places, writer *w) {
  *w = (writer){.firms = &places->tables.firms,
                .first_row = places->first_row,
                .enterprises = mj_table_i64(t, "unit_enterprises"),
                .parcels = mj_table_i64(t, "unit_parcels"),
                .row = mj_table_i64(t, "enterprise_row"),
                .unit_row = mj_table_i64(t, "unit_row"),
                .code = mj_table_text(t, "credit_code"),
                .name = mj_table_text(t, "enterprise_name"),
                .way = mj_table_text(t, "attribution"),
                .unit_code = mj_table_text(t, "unit_code"),
                .unit_name = mj_table_text(t, "unit_name"),
                .measured = mj_table_tri(t, "measured"),
                .land = mj_table_f64(t, "land_mu"),
                .floor = mj_table_f64(t, "floor_area_m2"),
                .output_per_mu = mj_table_f64(t, "output_wan_per_mu"),
                .tax_per_mu = mj_table_f64(t, "tax_wan_per_mu")};
  for (int a = MJ__FIGURE; a < MJ__N_AMOUNTS; a++) w->figure[a] = mj_table_f64(t, mj__figure_name(a));
}

static void write_row(writer *w, int32_t firm, const char *way, const mj__unit *u) {
  int64_t i = w->at++;
  w->code[i] = w->firms->code[firm];
  w->name[i] = w->firms->name[firm];
  w->way[i] = way;
  w->measured[i] = u->head == firm ? MJ_YES : MJ_NO;
  w->unit_code[i] = w->firms->code[u->head];
  w->unit_name[i] = w->firms->name[u->head];
  w->enterprises[i] = u->firms;
  w->parcels[i] = u->parcels;
  w->land[i] = u->amount[MJ__LAND_M2] / MJ__M2_PER_MU;
  w->floor[i] = u->amount[MJ__FLOOR_M2];
  for (int a = MJ__FIGURE; a < MJ__N_AMOUNTS; a++) w->figure[a][i] = u->amount[a];
  w->output_per_mu[i] = w->land[i] > 0 ? u->amount[MJ__FIGURE] / w->land[i] : (double)NAN;
  w->tax_per_mu[i] = w->land[i] > 0 ? u->amount[MJ__FIGURE + 1] / w->land[i] : (double)NAN;
  if (w->first_row[firm] >= 0) w->row[i] = w->first_row[firm] + 1;
  if (w->first_row[u->head] >= 0) w->unit_row[i] = w->first_row[u->head] + 1;
}

mj_status mj__attribution_table(mj_park *park, const mj__places *places, const mj__attribution way[MJ__N_WAYS]) {
  const mj__firms *firms = &places->tables.firms;
  int64_t n = 0;
  writer w;
  for (int32_t f = 0; f < firms->n; f++)
    for (int k = 0; k < MJ__N_WAYS; k++) n += way[k].of_firm[f] >= 0;
  MJ_TRY(mj_park_new_table(park, MJ_ATTRIBUTIONS, n, NULL));
  open_writer(&park->table[MJ_ATTRIBUTIONS], places, &w);
  for (int32_t f = 0; f < firms->n; f++)
    for (int k = 0; k < MJ__N_WAYS; k++)
      if (way[k].of_firm[f] >= 0) write_row(&w, f, ways[k], &way[k].unit[way[k].of_firm[f]]);
  return MJ_OK;
}
