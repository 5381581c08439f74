/* Table occupancy_shares: every parcel's users, and what they leave. */
#include <math.h>
#include <string.h>

#include "base/parallel.h"
#include "measure/enterprises.h"
#include "measure/measure.h"

static const char *const roles[] = {
    [MJ__OWNER] = "owner", [MJ__LESSEE] = "lessee", [MJ__SUBLESSEE] = "sublessee", [MJ__USER] = "user"};
static const char *const source_names[] = {[MJ__FROM_OCCUPANCY] = "occupancy",
                                           [MJ__FROM_UNIT] = "unit",
                                           [MJ__FROM_CODE] = "code",
                                           [MJ__FROM_LIST] = "list",
                                           [MJ__FROM_POINT] = "point"};
static const mj_table_id source_ids[] = {[MJ__FROM_OCCUPANCY] = MJ_OCCUPANCIES,
                                         [MJ__FROM_UNIT] = MJ_FACTORY_UNITS,
                                         [MJ__FROM_CODE] = MJ_ENTERPRISES,
                                         [MJ__FROM_LIST] = MJ_ENTERPRISES,
                                         [MJ__FROM_POINT] = MJ_ENTERPRISES};

/* Floor below this is rounding of the areas that were delivered. */
static const double LEAST_M2 = 0.005;

static const char *const figures[] = {"output_wan", "tax_wan", "staff", "energy_tce", "electricity_kwh"};
enum { N_FIGURES = sizeof figures / sizeof *figures };

/* The table's columns, the columns that are copied, and the row that is written next. */
typedef struct {
  const char **parcel_id, **parcel_zone, **house;
  const double *mu;
  mj_park *park;
  const mj__places *places;
  mj_table *out;
  int64_t *first; /* [parcels + 1] the first row of each parcel */
  int64_t at;
  double *in_use, *unused, *vacant, *unknown, *excess; /* [parcels] floor by what becomes of it */
  int64_t *parcel_row, *source_row;
  const char **parcel, **zone, **role, **code, **name, **building, **source, **floor_source;
  double *year_share, *stated, *let, *floor, *share, *land, *figure[N_FIGURES];
  int64_t *row_of_use; /* [uses] */
} writer;

static bool has_unknown(const mj__rest *r) { return r->unknown_m2 >= LEAST_M2 || r->unknown_share > 1e-12; }

/* Rows of each parcel, in first[p + 1]. */
static mj_status count_rows(void *ctx, int64_t first, int64_t last, int worker) {
  const writer *w = ctx;
  const mj__uses *uses = &w->places->uses;
  (void)worker;
  for (int64_t p = first; p < last; p++) {
    const mj__rest *r = &uses->rest[p];
    int64_t n = (r->vacant_m2 > 0) + has_unknown(r) + (r->excess_m2 >= LEAST_M2);
    for (int32_t u = uses->at[p]; u < uses->at[p + 1]; u++) n += 1 + (uses->use[u].unused_m2 >= LEAST_M2);
    w->first[p + 1] = n;
  }
  return MJ_OK;
}

static void write_row(writer *w, int64_t p, const char *role, double floor, double share) {
  int64_t i = w->at++;
  w->parcel_row[i] = p + 1;
  w->parcel[i] = w->parcel_id ? w->parcel_id[p] : NULL;
  w->zone[i] = w->parcel_zone ? w->parcel_zone[p] : NULL;
  w->role[i] = role;
  w->floor[i] = floor;
  w->share[i] = share;
  w->land[i] = w->mu ? share * w->mu[p] * MJ__M2_PER_MU : (double)NAN;
}

static void write_use(writer *w, int32_t number) {
  const mj__use *u = &w->places->uses.use[number];
  const mj__firms *firms = &w->places->tables.firms;
  for (int unused = 0; unused <= (u->unused_m2 >= LEAST_M2); unused++) {
    int64_t i = w->at;
    write_row(w, u->parcel, unused ? "unused" : roles[u->role], unused ? u->unused_m2 : u->floor_m2,
              unused ? u->unused_share : u->share);
    if (!unused) w->row_of_use[number] = i;
    w->code[i] = u->firm < 0 ? NULL : firms->code[u->firm];
    w->name[i] = u->firm < 0 ? NULL : firms->name[u->firm];
    w->building[i] = w->house && u->building >= 0 ? w->house[u->building] : NULL;
    w->source[i] = source_names[u->source];
    w->source_row[i] = mj_table_source_row(&w->park->table[source_ids[u->source]], u->row);
    w->year_share[i] = u->year_share;
    if (unused) continue;
    w->stated[i] = u->stated_m2;
    w->let[i] = u->let_m2;
    w->floor_source[i] = u->rest ? "rest" : !isnan(u->own_m2) ? "used" : isnan(u->floor_m2) ? NULL : "stated";
  }
}

static void write_parcel(writer *w, int64_t p) {
  const mj__uses *uses = &w->places->uses;
  const mj__rest *r = &uses->rest[p];
  for (int32_t u = uses->at[p]; u < uses->at[p + 1]; u++) write_use(w, u);
  if (r->vacant_m2 > 0) write_row(w, p, "vacant", r->vacant_m2, r->vacant_share);
  if (has_unknown(r)) write_row(w, p, "unknown", r->unknown_m2, r->unknown_share);
  if (r->excess_m2 >= LEAST_M2) write_row(w, p, "excess", -r->excess_m2, 0);
}

/* Floor of a parcel by what becomes of it. */
static void write_columns(const writer *w, int64_t p) {
  const mj__uses *uses = &w->places->uses;
  const mj__rest *r = &uses->rest[p];
  w->in_use[p] = w->unused[p] = 0;
  for (int32_t u = uses->at[p]; u < uses->at[p + 1]; u++) {
    w->in_use[p] += uses->use[u].floor_m2;
    w->unused[p] += uses->use[u].unused_m2;
  }
  w->vacant[p] = uses->open[p] ? (double)NAN : r->vacant_m2;
  w->unknown[p] = isnan(w->in_use[p]) ? (double)NAN : r->unknown_m2;
  w->excess[p] = r->excess_m2;
}

static mj_status write_parcels(void *ctx, int64_t first, int64_t last, int worker) {
  writer w = *(const writer *)ctx;
  (void)worker;
  w.at = w.first[first];
  for (int64_t p = first; p < last; p++) {
    write_parcel(&w, p);
    write_columns(&w, p);
  }
  return MJ_OK;
}

/* The figures of the year's rows, each on the use of its place; where an enterprise has several uses on the parcel and
 * their areas do not tell them apart, on the first. */
static mj_status write_figures(writer *w) {
  const mj__places *p = w->places;
  const mj_table *et = &w->park->table[MJ_ENTERPRISES];
  const double *value[N_FIGURES];
  for (int f = 0; f < N_FIGURES; f++) value[f] = mj_table_f64(et, figures[f]);
  int32_t *rows = mj_arena_alloc(&w->park->arena, (size_t)w->out->n + 1, sizeof *rows); /* so far on the use */
  if (!rows) return MJ_ENOMEM;
  for (int64_t r = 0; r < p->n; r++) {
    if (p->fate[r] || p->year[r] != w->park->project.year) continue;
    for (int32_t k = p->at[r]; k < p->at[r + 1]; k++) {
      int32_t use = mj__use_of_place(p, r, k);
      if (use < 0) continue;
      int64_t at = w->row_of_use[use];
      bool first = rows[at]++ == 0; /* a row that lacks the figure makes the sum unknown */
      for (int f = 0; f < N_FIGURES; f++) {
        double add = value[f] ? value[f][r] * p->place[k].share : (double)NAN, *sum = &w->figure[f][at];
        *sum = first ? add : *sum + add;
      }
    }
  }
  return MJ_OK;
}

enum { CHUNK = 4096 };

static mj_status open_table(writer *w) {
  mj_table *t = w->out, *pt = &w->park->table[MJ_PARCELS];
  w->first = mj_arena_alloc(&w->park->arena, (size_t)pt->n + 1, sizeof *w->first);
  if (!w->first) return MJ_ENOMEM;
  MJ_TRY(mj_parallel(w->park->project.threads, pt->n, CHUNK, count_rows, w));
  for (int64_t p = 0; p < pt->n; p++) w->first[p + 1] += w->first[p];
  MJ_TRY(mj_park_new_table(w->park, MJ_OCCUPANCY_SHARES, w->first[pt->n], NULL));
  w->parcel_id = mj_table_text(pt, "parcel_id");
  w->parcel_zone = mj_table_text(pt, "zone");
  w->mu = mj_table_f64(pt, "area_mu");
  w->house = mj_table_text(&w->park->table[MJ_BUILDINGS], "building_id");
  w->parcel_row = mj_table_i64(t, "parcel_row");
  w->source_row = mj_table_i64(t, "source_row");
  w->parcel = mj_table_text(t, "parcel_id");
  w->zone = mj_table_text(t, "zone");
  w->role = mj_table_text(t, "use_role");
  w->code = mj_table_text(t, "credit_code");
  w->name = mj_table_text(t, "enterprise_name");
  w->building = mj_table_text(t, "building_id");
  w->source = mj_table_text(t, "use_source");
  w->floor_source = mj_table_text(t, "floor_source");
  w->year_share = mj_table_f64(t, "year_share");
  w->stated = mj_table_f64(t, "stated_m2");
  w->let = mj_table_f64(t, "let_m2");
  w->floor = mj_table_f64(t, "floor_m2");
  w->share = mj_table_f64(t, "land_share");
  w->land = mj_table_f64(t, "land_m2");
  for (int f = 0; f < N_FIGURES; f++) w->figure[f] = mj_table_f64(t, figures[f]);
  w->row_of_use = mj_arena_alloc(&w->park->arena, (size_t)w->places->uses.n + 1, sizeof *w->row_of_use);
  mj_status status = w->row_of_use ? MJ_OK : MJ_ENOMEM;
  w->in_use = mj__f64(pt, "floor_in_use_m2", &status);
  w->unused = mj__f64(pt, "floor_unused_m2", &status);
  w->vacant = mj__f64(pt, "floor_vacant_m2", &status);
  w->unknown = mj__f64(pt, "floor_unknown_m2", &status);
  w->excess = mj__f64(pt, "floor_excess_m2", &status);
  return status;
}

mj_status mj__use_table(mj_park *park, const mj__places *places) {
  writer w = {.park = park, .places = places, .out = &park->table[MJ_OCCUPANCY_SHARES]};
  if (!mj_park_has(park, MJ_OCCUPANCIES) && !mj_park_has(park, MJ_FACTORY_UNITS)) return MJ_OK;
  MJ_TRY(open_table(&w));
  MJ_TRY(mj_parallel(park->project.threads, park->table[MJ_PARCELS].n, CHUNK, write_parcels, &w));
  return write_figures(&w);
}
