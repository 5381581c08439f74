#include "geom/facing.h"

#include <math.h>
#include <stdlib.h>

#include "base/parallel.h"
#include "geom/clip.h"
#include "geom/ring.h"

enum { ROWS_A_CHUNK = 512 };

typedef struct {
  mj_clip_side side;
  mj_grid grid;
  mj_facing facing;
  double cosine; /* of the greatest angle */
  mj_strips *found;
  mj_rows *rows;   /* [workers] */
  int32_t **edges; /* [2 workers] */
  int workers;
} work;

void mj_strips_reset(mj_strips *strips) {
  free(strips->a);
  free(strips->b);
  mj_geom_reset(&strips->shape);
  *strips = (mj_strips){0};
}

static mj_status push(mj_strips *s, int32_t a, int32_t b, int n, const double *x, const double *y) {
  if (s->shape.n == s->cap) {
    int64_t cap = s->cap ? 2 * s->cap : 64;
    int32_t *more_a = realloc(s->a, (size_t)cap * sizeof *more_a);
    if (more_a) s->a = more_a;
    int32_t *more_b = realloc(s->b, (size_t)cap * sizeof *more_b);
    if (more_b) s->b = more_b;
    if (!more_a || !more_b) return MJ_ENOMEM;
    s->cap = cap;
  }
  s->a[s->shape.n] = a;
  s->b[s->shape.n] = b;
  s->shape.kind = MJ_GEOM_POLYGON;
  MJ_TRY(mj_geom_push_ring(&s->shape, n, x, y));
  MJ_TRY(mj_geom_end_part(&s->shape));
  return mj_geom_end_row(&s->shape);
}

/* An edge with the row's interior on its left. */
typedef struct {
  double x0, y0, x1, y1;
} border;

static border border_of(const mj_clip_side *side, int64_t row, int32_t v) {
  const mj_polys *g = &side->edges.polys;
  border e = {g->x[v], g->y[v], g->x[v + 1], g->y[v + 1]};
  for (int32_t p = g->part0[row]; p < g->part0[row + 1]; p++)
    for (int32_t r = g->ring0[p]; r < g->ring0[p + 1]; r++)
      if (v < g->vert0[r + 1]) {
        bool left = (side->ring_area[r] < 0) != (r == g->ring0[p]);
        return left ? e : (border){e.x1, e.y1, e.x0, e.y0};
      }
  return e; /* not reached: v is an edge of the row */
}

/* The strip between e, an edge of row a, and f, of row b: over the length of e from s0 to s1, f is h0 to h1 away. */
static mj_status strip(const work *w, const border *e, const border *f, int32_t a, int32_t b, mj_strips *out) {
  double dx = e->x1 - e->x0, dy = e->y1 - e->y0, len = sqrt(dx * dx + dy * dy);
  double fx = f->x1 - f->x0, fy = f->y1 - f->y0, flen = sqrt(fx * fx + fy * fy);
  if (!(len > 0) || !(dx * fx + dy * fy < -w->cosine * len * flen)) return MJ_OK;
  dx /= len;
  dy /= len;
  /* along e, and away from it to its right; f runs the other way, so that its end comes first */
  double first = (f->x1 - e->x0) * dx + (f->y1 - e->y0) * dy, last = (f->x0 - e->x0) * dx + (f->y0 - e->y0) * dy;
  double near = (f->x1 - e->x0) * dy - (f->y1 - e->y0) * dx, far = (f->x0 - e->x0) * dy - (f->y0 - e->y0) * dx;
  double rise = (far - near) / (last - first), s0 = fmax(0, first), s1 = fmin(len, last);
  const double bound[2] = {0, w->facing.width};
  for (int k = 0; k < 2 && s0 < s1; k++) { /* only where 0 <= h <= width */
    double h0 = near + (s0 - first) * rise, h1 = near + (s1 - first) * rise, sign = k ? 1 : -1;
    bool out0 = sign * (h0 - bound[k]) > 0, out1 = sign * (h1 - bound[k]) > 0;
    if (out0 && out1) return MJ_OK;
    double at = first + (bound[k] - near) / rise;
    if (out0) s0 = fmin(fmax(s0, at), s1);
    if (out1) s1 = fmax(fmin(s1, at), s0);
  }
  double h0 = fmax(0, near + (s0 - first) * rise), h1 = fmax(0, near + (s1 - first) * rise);
  if (!(s1 - s0 > w->facing.least) || !(fmax(h0, h1) >= w->facing.least)) return MJ_OK;
  double x[5] = {e->x0 + s0 * dx, e->x0 + s1 * dx}, y[5] = {e->y0 + s0 * dy, e->y0 + s1 * dy};
  int n = 2;
  if (h1 > 0) {
    x[n] = x[1] + h1 * dy;
    y[n++] = y[1] - h1 * dx;
  }
  if (h0 > 0) {
    x[n] = x[0] + h0 * dy;
    y[n++] = y[0] - h0 * dx;
  }
  x[n] = x[0];
  y[n] = y[0];
  return push(out, a, b, n + 1, x, y);
}

static mj_box wider(const mj_box *b, double by) {
  return (mj_box){b->xmin - by, b->ymin - by, b->xmax + by, b->ymax + by};
}

enum { FEW_EDGES = 64 }; /* more are asked for edge by edge: a long border faced by another would cost their product */

static mj_status pair_strips(const work *w, int32_t a, int32_t b, int32_t *near_a, int32_t *near_b, mj_strips *out) {
  mj_box of_a = wider(&w->side.box[a], w->facing.width), of_b = wider(&w->side.box[b], w->facing.width);
  int32_t na = mj_edges_near(&w->side.edges, a, &of_b, near_a);
  int32_t nb = na ? mj_edges_near(&w->side.edges, b, &of_a, near_b) : 0;
  const mj_polys *g = &w->side.edges.polys;
  for (int32_t i = 0; i < na; i++) {
    border e = border_of(&w->side, a, near_a[i]);
    mj_box zone = {fmin(e.x0, e.x1), fmin(e.y0, e.y1), fmax(e.x0, e.x1), fmax(e.y0, e.y1)};
    zone = wider(&zone, w->facing.width);
    int32_t n = nb > FEW_EDGES ? mj_edges_near(&w->side.edges, b, &zone, near_b) : nb;
    for (int32_t j = 0; j < n; j++) {
      int32_t v = near_b[j];
      if (fmin(g->x[v], g->x[v + 1]) > zone.xmax || fmax(g->x[v], g->x[v + 1]) < zone.xmin) continue;
      if (fmin(g->y[v], g->y[v + 1]) > zone.ymax || fmax(g->y[v], g->y[v + 1]) < zone.ymin) continue;
      border f = border_of(&w->side, b, v);
      MJ_TRY(strip(w, &e, &f, a, b, out));
    }
  }
  return MJ_OK;
}

static mj_status find_range(void *ctx, int64_t first, int64_t last, int worker) {
  work *w = ctx;
  mj_rows *rows = &w->rows[worker];
  for (int64_t i = first; i < last; i++) {
    mj_box q = wider(&w->side.box[i], w->facing.width);
    MJ_TRY(mj_grid_find(&w->grid, &q, rows));
    for (int64_t k = 0; k < rows->n; k++)
      if (rows->row[k] > i)
        MJ_TRY(pair_strips(w, (int32_t)i, rows->row[k], w->edges[2 * worker], w->edges[2 * worker + 1],
                           &w->found[first / ROWS_A_CHUNK]));
  }
  return MJ_OK;
}

static mj_status prepare(work *w, const mj_polys *polys, int threads, int64_t chunks) {
  MJ_TRY(mj_clip_prepare(polys, threads, &w->side));
  MJ_TRY(mj_grid_build(w->side.box, polys->n, w->side.box, polys->n, threads, &w->grid));
  w->workers = mj_threads(threads);
  w->found = calloc((size_t)chunks + 1, sizeof *w->found);
  w->rows = calloc((size_t)w->workers, sizeof *w->rows);
  w->edges = calloc((size_t)w->workers * 2, sizeof *w->edges);
  if (!w->found || !w->rows || !w->edges) return MJ_ENOMEM;
  for (int i = 0; i < 2 * w->workers; i++) {
    w->edges[i] = malloc(((size_t)w->side.max_verts + 1) * sizeof **w->edges);
    if (!w->edges[i]) return MJ_ENOMEM;
  }
  return MJ_OK;
}

static void release(work *w, int64_t chunks) {
  for (int i = 0; i < w->workers; i++)
    if (w->rows) free(w->rows[i].row);
  for (int i = 0; w->edges && i < 2 * w->workers; i++) free(w->edges[i]);
  for (int64_t c = 0; w->found && c < chunks; c++) mj_strips_reset(&w->found[c]);
  free(w->rows);
  free(w->edges);
  free(w->found);
  mj_grid_reset(&w->grid);
  mj_clip_reset(&w->side);
}

static mj_status gather(const mj_strips *from, mj_strips *out) {
  const mj_geom *g = &from->shape;
  for (int64_t k = 0; k < g->n; k++) {
    int32_t v = g->vert0[g->ring0[g->part0[k]]], n = g->vert0[g->ring0[g->part0[k]] + 1] - v;
    MJ_TRY(push(out, from->a[k], from->b[k], n, g->x + v, g->y + v));
  }
  return MJ_OK;
}

mj_status mj_facing_strips(const mj_polys *polys, const mj_facing *facing, int threads, mj_strips *out) {
  if (polys->n > INT32_MAX) return MJ_ENOMEM;
  work w = {.facing = *facing, .cosine = cos(facing->angle_deg * 0.017453292519943295)};
  int64_t chunks = polys->n ? (polys->n - 1) / ROWS_A_CHUNK + 1 : 0;
  mj_status status = prepare(&w, polys, threads, chunks);
  if (!status) status = mj_parallel(threads, polys->n, ROWS_A_CHUNK, find_range, &w);
  for (int64_t c = 0; c < chunks && !status; c++) status = gather(&w.found[c], out);
  release(&w, chunks);
  return status;
}

static double outline(const mj_polys *g, int32_t r) {
  double sum = 0;
  for (int32_t v = g->vert0[r]; v + 1 < g->vert0[r + 1]; v++)
    sum += hypot(g->x[v + 1] - g->x[v], g->y[v + 1] - g->y[v]);
  return sum;
}

double mj_geom_width(const mj_polys *g, int64_t row) {
  double widest = 0;
  for (int32_t p = g->part0[row]; p < g->part0[row + 1]; p++) {
    double area = 0, around = 0;
    for (int32_t r = g->ring0[p]; r < g->ring0[p + 1]; r++) {
      double a = fabs(mj_ring_area(g->vert0[r + 1] - g->vert0[r], g->x + g->vert0[r], g->y + g->vert0[r]));
      area += r == g->ring0[p] ? a : -a;
      around += outline(g, r);
    }
    if (!(area > 0)) continue;
    double root = around * around - 16 * area; /* of 2 (w + l) = outline, w l = area */
    widest = fmax(widest, root > 0 ? 4 * area / (around + sqrt(root)) : sqrt(area));
  }
  return widest;
}
