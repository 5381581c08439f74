#include <math.h>
#include <stdlib.h>

#include "base/parallel.h"
#include "gis/overlay.h"
#include "measure/distinct.h"
#include "measure/measure.h"

enum { CHUNK = 64, MAX_WORKERS = 64 };

typedef struct {
  mj_polys a, b;
  mj_pair *pair;
  const int64_t *crossing;
  mj_overlay *overlay[MAX_WORKERS];
} cross_job;

static mj_status cross_range(void *ctx, int64_t first, int64_t last, int worker) {
  cross_job *job = ctx;
  for (int64_t i = first; i < last; i++) {
    mj_pair *p = &job->pair[job->crossing[i]];
    p->area = mj_overlay_area(job->overlay[worker], &job->a, p->a, &job->b, p->b);
  }
  return MJ_OK;
}

static mj_status solve_crossings(mj_park *park, cross_job *job, const mj_pairs *pairs, mj_error *err) {
  int64_t n = 0, *list = mj_arena_alloc(&park->scratch, (size_t)pairs->n + 1, sizeof *list);
  int workers = mj_threads(park->project.threads);
  mj_status status = list ? MJ_OK : mj_fail(err, MJ_ENOMEM, "out of memory overlaying layers");
  for (int64_t i = 0; i < pairs->n && !status; i++)
    if (isnan(pairs->pair[i].area)) list[n++] = i;
  job->pair = pairs->pair;
  job->crossing = list;
  for (int i = 0; i < workers && !status; i++) status = mj_overlay_open(&job->overlay[i], err);
  if (!status) status = mj_parallel(park->project.threads, n, CHUNK, cross_range, job);
  for (int i = 0; i < workers; i++) mj_overlay_close(job->overlay[i]);
  return status;
}

mj_status mj__measure_overlaps(mj_park *park, mj_table_id id, mj_pairs *out, mj_error *err) {
  cross_job job = {.a = mj_geom_view(&park->table[MJ_PARCELS].geom), .b = mj_geom_view(&park->table[id].geom)};
  double unit2 = park->frame.unit_m * park->frame.unit_m;
  mj_status status = mj_overlap_pairs(&job.a, &job.b, park->project.threads, out);
  if (status) return mj_fail(err, status, "out of memory overlaying layers");
  MJ_TRY(solve_crossings(park, &job, out, err));
  int64_t kept = 0;
  for (int64_t i = 0; i < out->n; i++) {
    mj_pair p = out->pair[i];
    p.area *= unit2;
    if (isnan(p.area) && mj__note(park, MJ_L_OVERLAY_FAILED, MJ_PARCELS, p.a, mj_table_id_name(id), NULL, NULL))
      return mj_fail(err, MJ_ENOMEM, "out of memory overlaying layers");
    if (isnan(p.area) || p.area > mj__no_overlap_m2) out->pair[kept++] = p;
  }
  out->n = kept;
  return MJ_OK;
}

/* Pairs of shapes as pairs of rows with their areas in the frame's unit. */
static mj_status pairs_of_rows(const mj__distinct *shapes, const mj_pairs *found, mj_pairs *out) {
  double *area = malloc(((size_t)shapes->polys.n + 1) * sizeof *area);
  if (!area) return MJ_ENOMEM;
  mj_area_planar(&shapes->polys, area);
  mj_status status = mj__distinct_pairs(shapes, area, found, out);
  free(area);
  return status;
}

/* Overlaps of the shapes, and those that cannot be computed by signs by GEOS. */
static mj_status overlap_shapes(mj_park *park, const mj_polys *shapes, mj_pairs *found, mj_error *err) {
  cross_job job = {.a = *shapes, .b = *shapes};
  mj_status status = mj_overlap_self(shapes, park->project.threads, found);
  if (status) return mj_fail(err, status, "out of memory overlaying layers");
  return solve_crossings(park, &job, found, err);
}

mj_status mj__self_overlaps(mj_park *park, mj_table_id id, double least_m2, mj_pairs *out, mj_error *err) {
  mj_polys polys = mj_geom_view(&park->table[id].geom);
  double unit2 = park->frame.unit_m * park->frame.unit_m;
  mj__distinct shapes;
  mj_pairs found = {0};
  mj_status status = mj__distinct_make(&polys, park->project.threads, &shapes);
  if (status) return mj_fail(err, status, "out of memory overlaying layers");
  status = overlap_shapes(park, &shapes.polys, &found, err);
  if (!status && (status = pairs_of_rows(&shapes, &found, out)))
    mj_fail(err, status, "out of memory overlaying layers");
  mj_pairs_reset(&found);
  mj__distinct_reset(&shapes);
  int64_t kept = 0;
  for (int64_t i = 0; i < out->n && !status; i++) {
    mj_pair p = out->pair[i];
    p.area *= unit2;
    if (isnan(p.area) && mj__note(park, MJ_L_OVERLAY_FAILED, id, p.a, mj_table_id_name(id), NULL, NULL))
      status = mj_fail(err, MJ_ENOMEM, "out of memory overlaying layers");
    if (p.area > least_m2) out->pair[kept++] = p;
  }
  out->n = kept;
  return status;
}

static void *added(mj_table *table, const char *name, mj_type type, mj_status *status) {
  mj_column *column = *status ? NULL : mj_table_add(table, name, type);
  if (!column && !*status) *status = MJ_ENOMEM;
  return column ? column->data : NULL;
}

double *mj__f64(mj_table *table, const char *name, mj_status *status) { return added(table, name, MJ_F64, status); }
int64_t *mj__i64(mj_table *table, const char *name, mj_status *status) { return added(table, name, MJ_I64, status); }
const char **mj__text(mj_table *table, const char *name, mj_status *status) {
  return added(table, name, MJ_TEXT, status);
}
