#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "geom/facing.h"
#include "measure/distinct.h"
#include "measure/topology.h"

/* Strips of one pair of parcels: strips first .. last-1. What lies on them: covers first_cover .. last_cover-1. */
typedef struct {
  int64_t first, last, first_cover, last_cover;
} pair_strips;

typedef struct {
  mj_polys parcels, strips;
  const pair_strips *pair;
  const mj_pair *cover;     /* strip a, parcel b that lies on it */
  double least_area, width; /* in units of the frame */
} gap_job;

/* Parcels lie on a strip where their overlap is more than its rounding. */
static const double COVERED = 1e-6;

static int by_number(const void *a, const void *b) {
  int32_t i = *(const int32_t *)a, j = *(const int32_t *)b;
  return (i > j) - (i < j);
}

/* Strips at a time: GEOS takes a few against a long boundary where they lie, many against all of it. */
enum { STRIPS_AT_ONCE = 256 };

/* What the parcels of list[n] leave of strips first .. last - 1, as one row of out. */
static mj_status rest_of(const gap_job *job, mj_overlay *overlay, int64_t first, int64_t last, const int32_t *list,
                         int32_t n, mj_geom *out, mj_left *left, mj_error *err) {
  mj_geom pieces = {.kind = MJ_GEOM_POLYGON};
  mj_status status = MJ_OK;
  bool known = true;
  if (last - first <= STRIPS_AT_ONCE)
    return mj_overlay_rest(overlay, &job->strips, first, last, &job->parcels, list, n, out, left, err);
  for (int64_t i = first; i < last && !status; i += STRIPS_AT_ONCE) {
    status = mj_overlay_rest(overlay, &job->strips, i, i + STRIPS_AT_ONCE < last ? i + STRIPS_AT_ONCE : last,
                             &job->parcels, list, n, &pieces, left, err);
    known = known && *left != MJ_LEFT_UNKNOWN;
  }
  mj_polys all = mj_geom_view(&pieces);
  if (!status) status = mj_overlay_rest(overlay, &all, 0, all.n, &job->parcels, NULL, 0, out, left, err);
  if (!known) *left = MJ_LEFT_UNKNOWN;
  mj_geom_reset(&pieces);
  return status;
}

/* The strips of the pair as one shape, less the parcels that lie on them. */
static mj_status open_ground(const gap_job *job, mj_overlay *overlay, const pair_strips *p, mj_geom *out, mj_left *left,
                             mj_error *err) {
  int64_t n = p->last_cover - p->first_cover;
  int32_t *list = malloc(((size_t)n + 1) * sizeof *list), m = 0;
  if (!list) return MJ_ENOMEM;
  for (int64_t k = 0; k < n; k++) list[k] = job->cover[p->first_cover + k].b;
  qsort(list, (size_t)n, sizeof *list, by_number);
  for (int64_t k = 0; k < n; k++)
    if (!m || list[m - 1] != list[k]) list[m++] = list[k];
  mj_status status = rest_of(job, overlay, p->first, p->last, list, m, out, left, err);
  free(list);
  return status;
}

static double part_area(const mj_polys *g, int32_t part) {
  const int32_t part0[2] = {part, part + 1};
  double area;
  mj_polys one = *g;
  one.n = 1;
  one.part0 = part0;
  mj_area_planar(&one, &area);
  return area;
}

/* The parts of row 0 that are gaps: large enough and nowhere too wide. */
static mj_status push_gaps(const gap_job *job, const mj_polys *g, mj_geom *out) {
  for (int32_t p = 0; p < g->part0[1]; p++) {
    const int32_t part0[2] = {p, p + 1};
    mj_polys one = *g;
    one.n = 1;
    one.part0 = part0;
    if (part_area(g, p) < job->least_area || mj_geom_width(&one, 0) > job->width * (1 + 1e-9)) continue;
    for (int32_t r = g->ring0[p]; r < g->ring0[p + 1]; r++)
      MJ_TRY(mj_geom_push_ring(out, g->vert0[r + 1] - g->vert0[r], g->x + g->vert0[r], g->y + g->vert0[r]));
    MJ_TRY(mj_geom_end_part(out));
  }
  return mj_geom_end_row(out);
}

static mj_status make_gap(const void *ctx, mj_overlay *overlay, int64_t k, mj_geom *out, mj_left *left, mj_error *err) {
  const gap_job *job = ctx;
  const pair_strips *p = &job->pair[k];
  mj_geom ground = {0};
  mj_status status;
  *left = MJ_LEFT_SHAPE;
  if (p->last - p->first == 1 && p->last_cover == p->first_cover)
    status = mj_geom_push_row(&ground, &job->strips, p->first); /* nothing to take off: no need of GEOS */
  else status = open_ground(job, overlay, p, &ground, left, err);
  mj_polys view = mj_geom_view(&ground);
  if (!status) status = push_gaps(job, &view, out);
  mj_geom_reset(&ground);
  return status;
}

/* Pairs with enough ground between them; returns how many. */
static int64_t group(const mj_strips *s, const double *area, const mj_pairs *cover, double least, pair_strips *out) {
  int64_t n = 0, c = 0;
  for (int64_t i = 0, j; i < s->shape.n; i = j) {
    double sum = 0;
    for (j = i; j < s->shape.n && s->a[j] == s->a[i] && s->b[j] == s->b[i]; j++) sum += area[j];
    pair_strips p = {.first = i, .last = j};
    while (c < cover->n && cover->pair[c].a < i) c++;
    p.first_cover = c;
    while (c < cover->n && cover->pair[c].a < j) c++;
    p.last_cover = c;
    if (sum >= least) out[n++] = p;
  }
  return n;
}

static mj_status tell(mj_park *park, mj_marks *marks, const mj__distinct *shapes, const mj_strips *s,
                      const pair_strips *pair, int64_t n, const mj_geom *gaps, const mj_left *left) {
  mj_polys g = mj_geom_view(gaps);
  double unit = park->frame.unit_m, *area = mj_arena_alloc(&park->scratch, (size_t)n + 1, sizeof *area);
  if (!area) return MJ_ENOMEM;
  mj_area_planar(&g, area);
  for (int64_t k = 0; k < n; k++) {
    char text[200], name[64];
    if (left[k] == MJ_LEFT_UNKNOWN)
      MJ_TRY(mj__note_unknown(park, MJ_PARCELS, mj__distinct_row(shapes, s->a[pair[k].first]), NULL));
    if (g.part0[k] == g.part0[k + 1]) continue;
    mj__finding f = {.code = MJ_L_PARCELS_GAP,
                     .id = MJ_PARCELS,
                     .other_id = MJ_PARCELS,
                     .row = mj__distinct_row(shapes, s->a[pair[k].first]),
                     .other = mj__distinct_row(shapes, s->b[pair[k].first]),
                     .area_m2 = area[k] * unit * unit,
                     .width_m = mj_geom_width(&g, k) * unit};
    snprintf(text, sizeof text, mj_tr(park->project.lang, "gap to %s: %.2f m2, %.3f m wide"),
             mj__called(park, MJ_PARCELS, f.other, name), f.area_m2, f.width_m);
    MJ_TRY(mj__report(park, marks, &f, text, true, &g, k));
  }
  return MJ_OK;
}

/* Rows of @p cover that matter, the strips' own parcels too where they lie on them. */
static void drop_noise(mj_pairs *cover) {
  int64_t kept = 0;
  for (int64_t i = 0; i < cover->n; i++)
    if (!(cover->pair[i].area <= COVERED)) cover->pair[kept++] = cover->pair[i];
  cover->n = kept;
}

mj_status mj__check_gaps(mj_park *park, mj_marks *marks, mj_error *err) {
  const mj_check_limits *is = &park->project.checks;
  double unit = park->frame.unit_m;
  if (!(is->gap_width_m > 0)) return MJ_OK;
  mj_facing facing = {is->gap_width_m / unit, is->gap_least_m / unit, is->gap_angle_deg};
  mj_polys parcels = mj_geom_view(&park->table[MJ_PARCELS].geom);
  mj__distinct shapes;
  if (mj__distinct_make(&parcels, park->project.threads, &shapes)) return mj_fail(err, MJ_ENOMEM, "out of memory");
  gap_job job = {.parcels = shapes.polys, .least_area = is->gap_min_m2 / (unit * unit), .width = facing.width};
  mj_strips strips = {0};
  mj_pairs cover = {0};
  mj_geom gaps = {0};
  const mj_left *left = NULL;
  mj_status status = mj_facing_strips(&job.parcels, &facing, park->project.threads, &strips);
  int64_t n = strips.shape.n, pairs = 0;
  pair_strips *pair = malloc(((size_t)n + 1) * sizeof *pair);
  double *area = malloc(((size_t)n + 1) * sizeof *area);
  if (!pair || !area) status = MJ_ENOMEM;
  job.strips = mj_geom_view(&strips.shape);
  if (!status && n) status = mj_overlap_pairs(&job.strips, &job.parcels, park->project.threads, &cover);
  if (status) {
    mj_fail(err, status, "out of memory");
  } else {
    drop_noise(&cover);
    mj_area_planar(&job.strips, area);
    pairs = group(&strips, area, &cover, job.least_area, pair);
    job.pair = pair;
    job.cover = cover.pair;
    status = mj__make_shapes(park, pairs, make_gap, &job, &gaps, &left, err);
  }
  if (!status && (status = tell(park, marks, &shapes, &strips, pair, pairs, &gaps, left)))
    mj_fail(err, status, "out of memory");
  free(pair);
  free(area);
  mj_pairs_reset(&cover);
  mj_strips_reset(&strips);
  mj_geom_reset(&gaps);
  mj__distinct_reset(&shapes);
  return status;
}
