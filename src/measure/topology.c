#include "measure/topology.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/parallel.h"
#include "base/text.h"
#include "geom/facing.h"

enum { CHUNK = 32, MAX_WORKERS = 64 };

typedef struct {
  mj__shape_fn make;
  const void *ctx;
  mj_overlay *overlay[MAX_WORKERS];
  mj_geom *made; /* [chunks] */
  mj_left *left; /* [n] */
} shape_job;

static mj_status make_range(void *ctx, int64_t first, int64_t last, int worker) {
  shape_job *job = ctx;
  for (int64_t k = first; k < last; k++)
    MJ_TRY(job->make(job->ctx, job->overlay[worker], k, &job->made[first / CHUNK], &job->left[k], NULL));
  return MJ_OK;
}

mj_status mj__make_shapes(mj_park *park, int64_t n, mj__shape_fn make, const void *ctx, mj_geom *out,
                          const mj_left **left, mj_error *err) {
  shape_job job = {.make = make, .ctx = ctx};
  int workers = n ? mj_threads(park->project.threads) : 0;
  int64_t chunks = n ? (n - 1) / CHUNK + 1 : 0;
  mj_status status = MJ_OK;
  out->kind = MJ_GEOM_POLYGON;
  *left = job.left = mj_arena_alloc(&park->scratch, (size_t)n + 1, sizeof *job.left);
  if (!job.left) return mj_fail(err, MJ_ENOMEM, "out of memory");
  if (!(job.made = calloc((size_t)chunks + 1, sizeof *job.made))) return mj_fail(err, MJ_ENOMEM, "out of memory");
  for (int i = 0; i < workers && !status; i++) status = mj_overlay_open(&job.overlay[i], err);
  if (!status && (status = mj_parallel(park->project.threads, n, CHUNK, make_range, &job)))
    mj_fail(err, status, "out of memory");
  for (int64_t c = 0; c < chunks; c++) {
    mj_polys view = mj_geom_view(&job.made[c]);
    for (int64_t k = 0; k < view.n && !status; k++)
      if ((status = mj_geom_push_row(out, &view, k))) mj_fail(err, status, "out of memory");
    mj_geom_reset(&job.made[c]);
  }
  for (int i = 0; i < workers; i++) mj_overlay_close(job.overlay[i]);
  free(job.made);
  return status;
}

typedef struct {
  mj_polys polys;
  const mj_pair *pair;
} meet_job;

static mj_status make_common(const void *ctx, mj_overlay *overlay, int64_t k, mj_geom *out, mj_left *left,
                             mj_error *err) {
  const meet_job *job = ctx;
  return mj_overlay_meet(overlay, &job->polys, job->pair[k].a, &job->polys, job->pair[k].b, out, left, err);
}

mj_status mj__note_unknown(mj_park *park, mj_table_id id, int64_t row, mj_error *err) {
  mj_status status = mj__note(park, MJ_L_OVERLAY_FAILED, id, row, mj_table_id_name(MJ_CHECKS), NULL, NULL);
  return status ? mj_fail(err, status, "out of memory") : MJ_OK;
}

mj_status mj__common_shapes(mj_park *park, mj_table_id id, const mj_pairs *pairs, mj_geom *out, const mj_left **left,
                            mj_error *err) {
  meet_job job = {mj_geom_view(&park->table[id].geom), pairs->pair};
  MJ_TRY(mj__make_shapes(park, pairs->n, make_common, &job, out, left, err));
  for (int64_t k = 0; k < pairs->n; k++)
    if ((*left)[k] == MJ_LEFT_UNKNOWN) MJ_TRY(mj__note_unknown(park, id, pairs->pair[k].a, err));
  return MJ_OK;
}

double mj__width_m(const mj_park *park, const mj_polys *shape, const mj_left *left, int64_t k) {
  return left[k] == MJ_LEFT_UNKNOWN ? (double)NAN : mj_geom_width(shape, k) * park->frame.unit_m;
}

const char *mj__called(const mj_park *park, mj_table_id id, int64_t row, char out[64]) {
  const char *name = mj_park_identifier(park, id, row);
  if (name) snprintf(out, 64, "%.*s", (int)mj_utf8_cut(name, 60), name);
  else snprintf(out, 64, "#%lld", (long long)mj_table_source_row(&park->table[id], row));
  return out;
}

static void first_vertex(const mj_polys *g, int64_t row, mj_mark *m) {
  if (g->part0[row] == g->part0[row + 1]) return;
  int32_t v = g->vert0[g->ring0[g->part0[row]]];
  m->x = g->x[v];
  m->y = g->y[v];
}

mj_status mj__report(mj_park *park, mj_marks *marks, const mj__finding *f, const char *text, bool entry,
                     const mj_polys *shape, int64_t k) {
  char layer[MJ_WHERE], other[MJ_WHERE];
  mj_polys own = mj_geom_view(&park->table[f->id].geom);
  mj_mark m = {.code = f->code,
               .major = f->major,
               .layer = mj_park_where(park, f->id, f->row, layer),
               .id = mj_park_identifier(park, f->id, f->row),
               .row = mj_table_source_row(&park->table[f->id], f->row),
               .area_m2 = f->area_m2,
               .width_m = f->width_m,
               .x = (double)NAN,
               .y = (double)NAN,
               .text = text};
  if (f->other >= 0) {
    m.other_layer = mj_park_where(park, f->other_id, f->other, other);
    m.other_id = mj_park_identifier(park, f->other_id, f->other);
    m.other_row = mj_table_source_row(&park->table[f->other_id], f->other);
  }
  first_vertex(&own, f->row, &m);
  if (entry) MJ_TRY(mj__note(park, f->code, f->id, f->row, NULL, text, NULL));
  return mj_marks_add(marks, m, shape, k);
}

mj_status mj__measure_topology(mj_park *park, mj_error *err) {
  mj_marks marks = {0};
  mj_status status = mj__check_parcels(park, &marks, err);
  if (!status) status = mj__check_gaps(park, &marks, err);
  if (!status && (status = mj_marks_put(&marks, park))) mj_fail(err, status, "out of memory");
  mj_marks_reset(&marks);
  return status;
}
