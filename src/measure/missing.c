#include <math.h>
#include <stdlib.h>

#include "base/bare_table.h"
#include "base/parallel.h"
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
  int64_t *const *rows; /* [MJ__YEARS][parcels] */
  const bool *complete;
  const double *figure[N_FIELDS]; /* of table enterprises; NULL: it has no such column */
  int64_t *from;                  /* [ranges] how many gaps it has, and then where they begin in the table */
  /* columns of the table */
  int64_t *parcel, *row, *year;
  const char **measure, **layer, **field, **code;
  uint8_t *sure;
} gaps;

/* Where the next gap goes. Ranges are gone through twice: to count, and to write. */
typedef struct {
  bool writes;
  int64_t at;
} pen;

static void put(const gaps *g, pen *p, gap item) {
  int64_t i = p->at++;
  if (!p->writes) return;
  g->parcel[i] = item.parcel + 1;
  g->row[i] = item.row == MJ_I64_NULL ? MJ_I64_NULL : item.row + 1;
  g->year[i] = item.year;
  g->measure[i] = item.measure;
  g->layer[i] = mj_table_id_name(item.layer);
  g->field[i] = item.field;
  g->code[i] = item.code == MJ_LEDGER_END ? NULL : mj_ledger_code_name(item.code);
  g->sure[i] = item.sure ? MJ_YES : MJ_NO;
}

/* A parcel that no row can name: without a code, or with one that stands on another parcel too. What rows there are for
 * its right code is not known. */
static void unnamed(const gaps *g, pen *p, int64_t parcel, mj_ledger_code code) {
  put(g, p,
      (gap){.parcel = parcel,
            .year = MJ_I64_NULL,
            .row = parcel,
            .layer = MJ_PARCELS,
            .field = "parcel_id",
            .code = code});
}

static void no_row(const gaps *g, pen *p, int64_t parcel, int64_t year) {
  put(g, p,
      (gap){.parcel = parcel,
            .year = year,
            .row = MJ_I64_NULL,
            .layer = MJ_ENTERPRISES,
            .code = MJ_LEDGER_END,
            .sure = true});
}

static void of_parcel(const gaps *g, pen *p, int64_t i) {
  const mj__use_tables *tables = &g->places->tables;
  int32_t k = tables->parcel_code[i];
  if (k < 0 || tables->parcels.count[k] > 1) {
    unnamed(g, p, i, k < 0 ? MJ_L_ID_MISSING : MJ_L_ID_DUPLICATE);
    return;
  }
  for (int back = 0; back < MJ__YEARS; back++)
    if (!g->rows[back][i] && !g->complete[back]) no_row(g, p, i, g->park->project.year - back);
}

/* Figures that the row itself lacks, on one parcel. */
static void lacks_figures(const gaps *g, pen *p, int64_t row, int64_t parcel) {
  for (int f = 0; f < N_FIELDS; f++)
    if (g->figure[f] && isnan(g->figure[f][row]))
      put(g, p,
          (gap){.parcel = parcel,
                .year = g->places->year[row],
                .row = row,
                .measure = fields[f],
                .layer = MJ_ENTERPRISES,
                .field = fields[f],
                .code = MJ_L_ENTERPRISE_VALUE_MISSING,
                .sure = true});
}

static bool in_years(const gaps *g, int64_t row) {
  int32_t back = g->park->project.year - g->places->year[row];
  return g->places->year[row] != MJ_DATE_NULL && back >= 0 && back < MJ__YEARS;
}

static void of_row(const gaps *g, pen *p, int64_t r) {
  for (int32_t k = g->places->at[r]; !g->places->fate[r] && in_years(g, r) && k < g->places->at[r + 1]; k++)
    lacks_figures(g, p, r, g->places->place[k].parcel);
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
static void of_doubt(const gaps *g, pen *to, const mj__doubt *d) {
  const mj__places *p = g->places;
  gap item = {
      .parcel = d->parcel, .year = d->year, .layer = MJ_OCCUPANCIES, .code = mj__fate_code((mj__fate)p->fate[d->row])};
  int64_t k = first_lack(p, d->row), first = k;
  if (!in_years(g, d->row)) return;
  item.sure = p->fate[d->row] == NO_AREA_TO_SHARE || p->fate[d->row] == MIXED_AREAS;
  for (; k < p->n_lacks && p->lack[k].row == d->row; k++) {
    item.row = p->lack[k].occupancy;
    item.field = p->lack[k].field;
    put(g, to, item);
  }
  if (k > first) {
    lacks_figures(g, to, d->row, d->parcel);
    return;
  }
  item.layer = MJ_ENTERPRISES;
  item.row = d->row;
  item.field = "parcel_id";
  item.sure = false;
  put(g, to, item);
}

/* The table begins with what parcels lack, then come rows of enterprises, then doubts: one list of things to look at.
 */
enum { CHUNK = 16384 };
static void of_range(const gaps *g, pen *p, int64_t first, int64_t last) {
  int64_t parcels = g->park->table[MJ_PARCELS].n, rows = g->places->n, i = first;
  for (; i < last && i < parcels; i++) of_parcel(g, p, i);
  for (; i < last && i - parcels < rows; i++) of_row(g, p, i - parcels);
  for (; i < last; i++) of_doubt(g, p, &g->places->doubt[i - parcels - rows]);
}

static mj_status count_range(void *ctx, int64_t first, int64_t last, int worker) {
  const gaps *g = ctx;
  pen p = {.writes = false};
  (void)worker;
  of_range(g, &p, first, last);
  g->from[first / CHUNK] = p.at;
  return MJ_OK;
}

static mj_status write_range(void *ctx, int64_t first, int64_t last, int worker) {
  const gaps *g = ctx;
  pen p = {.writes = true, .at = g->from[first / CHUNK]};
  (void)worker;
  of_range(g, &p, first, last);
  return MJ_OK;
}

static void *bare(mj_table *t, const char *name, mj_type type, mj_status *status) {
  mj_column *column = *status ? NULL : mj_table_add_bare(t, name, type);
  if (!column) *status = MJ_ENOMEM;
  return column ? column->data : NULL;
}

/* Columns for n gaps; every value is written. */
static mj_status open_table(gaps *g, int64_t n) {
  mj_table *t = &g->park->table[MJ_GAPS];
  mj_status status = mj_table_init(t, mj_table_id_name(MJ_GAPS), n);
  g->parcel = bare(t, "parcel_row", MJ_I64, &status);
  g->row = bare(t, "row", MJ_I64, &status);
  g->year = bare(t, "year", MJ_I64, &status);
  g->measure = bare(t, "measure", MJ_TEXT, &status);
  g->layer = bare(t, "layer", MJ_TEXT, &status);
  g->field = bare(t, "field", MJ_TEXT, &status);
  g->code = bare(t, "code", MJ_TEXT, &status);
  g->sure = bare(t, "sure", MJ_TRI, &status);
  return status;
}

mj_status mj__enterprise_gaps(mj_park *park, const mj__places *places, int64_t *const *rows, const bool *complete) {
  gaps g = {.park = park, .places = places, .rows = rows, .complete = complete};
  int64_t all = park->table[MJ_PARCELS].n + places->n + places->n_doubts, n = 0;
  for (int f = 0; f < N_FIELDS; f++) g.figure[f] = mj_table_f64(&park->table[MJ_ENTERPRISES], fields[f]);
  g.from = malloc((size_t)(all / CHUNK + 1) * sizeof *g.from);
  if (!g.from) return MJ_ENOMEM;
  mj_status status = mj_parallel(park->project.threads, all, CHUNK, count_range, &g);
  for (int64_t c = 0; c * CHUNK < all && !status; c++) {
    int64_t of_chunk = g.from[c];
    g.from[c] = n;
    n += of_chunk;
  }
  if (!status) status = open_table(&g, n);
  if (!status) status = mj_parallel(park->project.threads, all, CHUNK, write_range, &g);
  free(g.from);
  return status;
}
