#include "plan/fit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/parallel.h"
#include "mujun/rooms.h"

const char *mj__bind_code(mj__bind bind) {
  static const char *const codes[] = {
#define BIND(name, code) code,
#include "plan/bind.def"
#undef BIND
  };
  return codes[bind];
}

enum { CHUNK = 16, SMALL_PAGE = 65536 };

typedef struct {
  mj__fit fit;
  mj__fit_columns columns;
  const int64_t *row;     /* [n] of parcels */
  mj__fit_parcel *parcel; /* [n] */
  int64_t n;
  mj__fit_scratch *scratch[64]; /* by worker */
  mj_arena arena[64];
  mj_geom shapes[64];
} run;

/* ---- which parcels ---- */

bool mj__fit_is_named(const char *name, const char *id, int64_t row) {
  char number[32];
  if (id && !strcmp(name, id)) return true;
  if (*name != '#') return false;
  snprintf(number, sizeof number, "%lld", (long long)row + 1);
  return !strcmp(name + 1, number);
}

static bool named(const mj_project *p, const char *id, int64_t i) {
  for (int32_t k = 0; k < p->n_fit_parcels; k++)
    if (mj__fit_is_named(p->fit_parcels[k], id, i)) return true;
  return false;
}

int64_t mj__fit_rows(const mj_park *park, int64_t *row) {
  const mj_table *t = &park->table[MJ_PARCELS];
  const mj_project *p = &park->project;
  const uint8_t *candidate = mj_table_tri(t, "candidate"), *industrial = mj_table_tri(t, "industrial");
  const char **id = mj_table_text(t, "parcel_id");
  int64_t n = 0;
  for (int64_t i = 0; i < t->n && p->fit_of != MJ_FIT_NONE; i++) {
    bool factory = !industrial || industrial[i] != MJ_NO;
    bool wanted = p->n_fit_parcels          ? named(p, id ? id[i] : NULL, i)
                  : p->fit_of == MJ_FIT_ALL ? factory
                                            : factory && candidate && candidate[i] == MJ_YES;
    if (wanted) row[n++] = i;
  }
  return n;
}

/* ---- one parcel ---- */

static double first_known(const double *a, const double *b, int64_t i, double otherwise) {
  double x = a ? a[i] : (double)NAN, y = b ? b[i] : (double)NAN;
  if (isnan(x) && isnan(y)) return otherwise;
  return isnan(x) || y < x ? y : x; /* both hold */
}

mj__fit_facts mj__fit_facts_of(const mj__fit_columns *r, const mj_project *p, int64_t i) {
  const mj_fit_limits *l = &p->fit.limits;
  double floor_m2 = r->countable ? r->countable[i] : (double)NAN;
  return (mj__fit_facts){.row = i,
                         .land_m2 = mj__land_m2(&r->land, i),
                         .cap = p->fit_cap > 0 ? p->fit_cap
                                : r->cap       ? r->cap[i]
                                               : (double)NAN,
                         .height_m = first_known(r->height_cap, r->plan_height, i, l->height_max_m),
                         .coverage = first_known(r->coverage_cap, r->plan_coverage, i, l->coverage_max),
                         .floor_m2 = floor_m2,
                         .standing_m2 = r->footprint ? r->footprint[i] : (double)NAN};
}

/* Plates that find a place where nothing stands, the fire distances are the least and heights do not matter. */
static mj_status free_plates(const mj__fit *fit, mj__fit_scratch *s, const mj__site *site, double *m2) {
  *m2 = 0;
  MJ_TRY(mj_pack_plot(&s->pack, &site->plot, 0, false, &fit->catalogue.low));
  for (int32_t i = 0; i < s->pack.n_placed; i++) *m2 += s->pack.placed[i].w_m * s->pack.placed[i].h_m;
  return MJ_OK;
}

static void settle(mj__fit_parcel *p) {
  mj__fit_result *rebuild = &p->way[MJ__FIT_REBUILD];
  rebuild->demolished_m2 = p->facts.floor_m2;
  p->best = -1;
  for (int w = 0; w < MJ__FIT_WAYS; w++) {
    mj__fit_result *r = &p->way[w];
    r->net_m2 = r->known ? r->gross_m2 - r->demolished_m2 : (double)NAN;
    if (r->net_m2 > (p->best < 0 ? 0 : p->way[p->best].net_m2)) p->best = w;
  }
}

mj_status mj__fit_ways(const mj__fit *fit, mj__fit_scratch *s, mj_arena *arena, mj__fit_parcel *p) {
  const mj_plot *plot = &p->site.plot;
  double free_m2;
  p->buildable = p->lane = -1;
  for (int w = 0; w < MJ__FIT_WAYS; w++) p->way[w].strip_m = p->way[w].need_m = p->way[w].buildable_m2 = (double)NAN;
  if (plot->edge0 && plot->edge0[0] && p->facts.land_m2 > 0) {
    bool stands = !isnan(p->facts.floor_m2) && !isnan(p->facts.standing_m2);
    MJ_TRY(free_plates(fit, s, &p->site, &free_m2));
    MJ_TRY(mj__fit_build(fit, s, arena, p, plot->n_fixed, 0, 0, free_m2, &p->way[MJ__FIT_REBUILD],
                         &p->module[MJ__FIT_REBUILD]));
    if (stands) {
      MJ_TRY(mj__fit_build(fit, s, arena, p, plot->n_obstacles, p->facts.standing_m2, p->facts.floor_m2, free_m2,
                           &p->way[MJ__FIT_OPEN], &p->module[MJ__FIT_OPEN]));
      MJ_TRY(mj__fit_add_storeys(fit, arena, p, p->facts.standing_m2, p->facts.floor_m2, &p->way[MJ__FIT_STOREYS],
                                 &p->added));
    }
  }
  settle(p);
  return MJ_OK;
}

static mj_status fit_parcel(run *r, int64_t i, int worker, mj_arena *scratch) {
  mj__fit_parcel *p = &r->parcel[i];
  p->facts = mj__fit_facts_of(&r->columns, &r->fit.park->project, r->row[i]);
  MJ_TRY(mj__ground_plot(r->fit.ground, r->row[i], scratch, &p->site));
  MJ_TRY(mj__fit_ways(&r->fit, r->scratch[worker], &r->arena[worker], p));
  for (int w = 0; w < MJ__FIT_WAYS; w++)
    MJ_TRY(mj__fit_reason(&r->fit, r->scratch[worker], &r->arena[worker], p, (mj__fit_way)w));
  return mj__fit_shapes(&r->fit, r->scratch[worker], scratch, p, &r->shapes[worker]);
}

static mj_status fit_range(void *ctx, int64_t first, int64_t last, int worker) {
  run *r = ctx;
  mj_arena scratch = {.page_size = SMALL_PAGE};
  mj_status status = MJ_OK;
  if (!r->scratch[worker] && !(r->scratch[worker] = calloc(1, sizeof *r->scratch[worker]))) return MJ_ENOMEM;
  for (int64_t i = first; i < last && !status; i++) {
    status = fit_parcel(r, i, worker, &scratch);
    r->parcel[i].site.plot = (mj_plot){0}; /* it goes with the scratch */
    r->parcel[i].site.row = NULL;
    r->parcel[i].site.road = NULL;
    mj_arena_reset(&scratch);
  }
  return status;
}

/* ---- the park ---- */

mj__fit_columns mj__fit_columns_of(const mj_table *t) {
  return (mj__fit_columns){.land = mj__land_of(t),
                           .cap = mj_table_f64(t, "plot_ratio_cap"),
                           .countable = mj_table_f64(t, "countable_floor_area_m2"),
                           .footprint = mj_table_f64(t, "footprint_m2"),
                           .height_cap = mj_table_f64(t, "height_cap_m"),
                           .plan_height = mj_table_f64(t, "plan_height_cap_m"),
                           .coverage_cap = mj_table_f64(t, "coverage_cap"),
                           .plan_coverage = mj_table_f64(t, "plan_coverage_cap")};
}

static mj_status all_parcels(run *r, mj_park *park, mj_error *err) {
  r->fit.park = park;
  r->columns = mj__fit_columns_of(&park->table[MJ_PARCELS]);
  MJ_TRY(mj__catalogue_make(&r->fit.catalogue, &park->project.fit, mj__fit_widest_m(park), err));
  MJ_TRY(mj__ground_open(park, park->project.threads, &r->fit.ground, err));
  mj_status status = mj_parallel(park->project.threads, r->n, CHUNK, fit_range, r);
  if (!status) status = mj__fit_tables(park, r->parcel, r->n);
  return status ? mj_fail(err, status, "out of memory fitting factories") : MJ_OK;
}

static void close_run(run *r) {
  mj__catalogue_reset(&r->fit.catalogue);
  mj__ground_close(r->fit.ground);
  for (int k = 0; k < 64; k++) {
    if (r->scratch[k]) mj__fit_scratch_reset(r->scratch[k]);
    free(r->scratch[k]);
    mj_arena_reset(&r->arena[k]);
    mj_geom_reset(&r->shapes[k]);
  }
  free(r->parcel);
  free(r);
}

mj_status mj__fit_run(mj_park *park, mj_error *err) {
  int64_t *row = malloc(((size_t)park->table[MJ_PARCELS].n + 1) * sizeof *row);
  run *r = calloc(1, sizeof *r);
  mj_status status = row && r ? MJ_OK : MJ_ENOMEM;
  if (!status && park->project.fit.n_modules && (r->n = mj__fit_rows(park, row)) > 0) {
    mj_progress_stage(&park->progress, "standard factories");
    r->row = row;
    r->parcel = calloc((size_t)r->n, sizeof *r->parcel);
    status = r->parcel ? all_parcels(r, park, err) : MJ_ENOMEM;
  }
  if (r) close_run(r);
  free(row);
  return status == MJ_ENOMEM ? mj_fail(err, status, "out of memory fitting factories") : status;
}
