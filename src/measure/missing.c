#include <math.h>
#include <stdlib.h>

#include "base/grow.h"
#include "measure/enterprises.h"
#include "measure/measure.h"

/* A row of table gaps; texts are literals. */
typedef struct {
  int64_t parcel, year, row; /* year and row: MJ_I64_NULL where it is not of one */
  const char *measure;       /* column of parcels, NULL: every figure of the year */
  mj_table_id layer;
  const char *field;
  mj_ledger_code code; /* MJ_LEDGER_END: there is no row to speak of */
  bool sure;
} gap;

enum { N_FIELDS = 8 };
static const char *const fields[N_FIELDS] = {"output_wan", "tax_wan",         "profit_wan", "staff",
                                             "rd_wan",     "added_value_wan", "energy_tce", "electricity_kwh"};

typedef struct {
  mj_park *park;
  const mj__places *places;
  const double *figure[N_FIELDS]; /* of table enterprises; NULL: it has no such column */
  gap *item;
  int64_t n, cap;
} gaps;

static mj_status push(gaps *g, gap item) {
  gap *grown = mj_grown(g->item, g->n, &g->cap, sizeof *grown);
  if (!grown) return MJ_ENOMEM;
  g->item = grown;
  g->item[g->n++] = item;
  return MJ_OK;
}

/* A parcel that no row can name: without a code, or with one that stands on another parcel too. What rows there are for
 * its right code is not known. */
static mj_status unnamed(gaps *g, int64_t parcel, mj_ledger_code code) {
  return push(g, (gap){.parcel = parcel,
                       .year = MJ_I64_NULL,
                       .row = parcel,
                       .layer = MJ_PARCELS,
                       .field = "parcel_id",
                       .code = code});
}

static mj_status no_row(gaps *g, int64_t parcel, int64_t year) {
  return push(g, (gap){.parcel = parcel,
                       .year = year,
                       .row = MJ_I64_NULL,
                       .layer = MJ_ENTERPRISES,
                       .code = MJ_LEDGER_END,
                       .sure = true});
}

static mj_status by_parcel(gaps *g, const mj_keymap *ids, int64_t *const *rows, const bool *complete) {
  const mj_table *t = &g->park->table[MJ_PARCELS];
  const char **id = mj_table_text(t, "parcel_id");
  for (int64_t i = 0; i < t->n; i++) {
    int32_t k = id && id[i] ? mj_keymap_find(ids, id[i]) : -1;
    if (k < 0 || ids->count[k] > 1) {
      MJ_TRY(unnamed(g, i, k < 0 ? MJ_L_ID_MISSING : MJ_L_ID_DUPLICATE));
      continue;
    }
    for (int back = 0; back < MJ__YEARS; back++)
      if (!rows[back][i] && !complete[back]) MJ_TRY(no_row(g, i, g->park->project.year - back));
  }
  return MJ_OK;
}

/* Figures that the row itself lacks, on one parcel. */
static mj_status lacks_figures(gaps *g, int64_t row, int64_t parcel) {
  for (int f = 0; f < N_FIELDS; f++)
    if (g->figure[f] && isnan(g->figure[f][row]))
      MJ_TRY(push(g, (gap){.parcel = parcel,
                           .year = g->places->year[row],
                           .row = row,
                           .measure = fields[f],
                           .layer = MJ_ENTERPRISES,
                           .field = fields[f],
                           .code = MJ_L_ENTERPRISE_VALUE_MISSING,
                           .sure = true}));
  return MJ_OK;
}

static bool in_years(const gaps *g, int64_t row) {
  int32_t back = g->park->project.year - g->places->year[row];
  return g->places->year[row] != MJ_DATE_NULL && back >= 0 && back < MJ__YEARS;
}

static mj_status by_placed_row(gaps *g) {
  for (int64_t r = 0; r < g->places->n; r++)
    for (int32_t k = g->places->at[r]; !g->places->fate[r] && in_years(g, r) && k < g->places->at[r + 1]; k++)
      MJ_TRY(lacks_figures(g, r, g->places->place[k].parcel));
  return MJ_OK;
}

/* First lack of the row: they are in order of rows. */
static int64_t first_lack(const mj__places *p, int64_t row) {
  int64_t low = 0, high = p->n_lacks;
  while (low < high) {
    int64_t middle = low + (high - low) / 2;
    if (p->lack[middle].row < row) low = middle + 1;
    else high = middle;
  }
  return low;
}

/* A row that was not placed leaves the parcels it may belong to without a sum: for want of areas, which can be told, or
 * of a place, where nobody can say which figures then arrive. */
static mj_status by_doubt(gaps *g, const mj__doubt *d) {
  const mj__places *p = g->places;
  gap item = {
      .parcel = d->parcel, .year = d->year, .layer = MJ_OCCUPANCIES, .code = mj__fate_code((mj__fate)p->fate[d->row])};
  int64_t k = first_lack(p, d->row), first = k;
  item.sure = p->fate[d->row] == NO_AREA_TO_SHARE || p->fate[d->row] == MIXED_AREAS;
  for (; k < p->n_lacks && p->lack[k].row == d->row; k++) {
    item.row = p->lack[k].occupancy;
    item.field = p->lack[k].field;
    MJ_TRY(push(g, item));
  }
  if (k > first) return lacks_figures(g, d->row, d->parcel);
  item.layer = MJ_ENTERPRISES;
  item.row = d->row;
  item.field = "parcel_id";
  item.sure = false;
  return push(g, item);
}

static mj_status write_table(const gaps *g) {
  mj_table *t = &g->park->table[MJ_GAPS];
  mj_status status = mj_table_init(t, mj_table_id_name(MJ_GAPS), g->n);
  int64_t *parcel = mj__i64(t, "parcel_row", &status), *row = mj__i64(t, "row", &status),
          *year = mj__i64(t, "year", &status);
  const char **measure = mj__text(t, "measure", &status), **layer = mj__text(t, "layer", &status),
             **field = mj__text(t, "field", &status), **code = mj__text(t, "code", &status);
  mj_column *sure = status ? NULL : mj_table_add(t, "sure", MJ_TRI);
  if (!sure) return MJ_ENOMEM;
  for (int64_t i = 0; i < g->n; i++) {
    const gap *item = &g->item[i];
    parcel[i] = item->parcel + 1;
    row[i] = item->row == MJ_I64_NULL ? MJ_I64_NULL : item->row + 1;
    year[i] = item->year;
    measure[i] = item->measure;
    layer[i] = mj_table_id_name(item->layer);
    field[i] = item->field;
    code[i] = item->code == MJ_LEDGER_END ? NULL : mj_ledger_code_name(item->code);
    sure->tri[i] = item->sure ? MJ_YES : MJ_NO;
  }
  return MJ_OK;
}

mj_status mj__enterprise_gaps(mj_park *park, const mj__places *places, int64_t *const *rows, const bool *complete) {
  const mj_table *t = &park->table[MJ_PARCELS];
  const char **id = mj_table_text(t, "parcel_id");
  gaps g = {.park = park, .places = places};
  for (int f = 0; f < N_FIELDS; f++) g.figure[f] = mj_table_f64(&park->table[MJ_ENTERPRISES], fields[f]);
  mj_keymap ids = {0};
  mj_status status = MJ_OK;
  int32_t number;
  for (int64_t i = 0; id && i < t->n && !status; i++)
    if (id[i]) status = mj_keymap_add(&ids, id[i], (int32_t)i, &number);
  if (!status) status = by_parcel(&g, &ids, rows, complete);
  if (!status) status = by_placed_row(&g);
  for (int64_t d = 0; d < places->n_doubts && !status; d++)
    if (in_years(&g, places->doubt[d].row)) status = by_doubt(&g, &places->doubt[d]);
  if (!status) status = write_table(&g);
  mj_keymap_reset(&ids);
  free(g.item);
  return status;
}
