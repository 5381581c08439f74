#include <math.h>
#include <stdlib.h>

#include "base/parallel.h"
#include "geom/index.h"
#include "geom/ring.h"

/* Edges in a run: 16, and the square root of the ring for long rings, where runs and the edges of one run then cost
 * alike. */
static int32_t run_length(int32_t n_edges) {
  int32_t root = (int32_t)sqrt((double)n_edges);
  return root > 16 ? root : 16;
}

/* Runs of a ring of n edges; short rings are read edge by edge. */
static int32_t run_count(int32_t n_edges) {
  if (n_edges <= 24) return 0;
  int32_t length = run_length(n_edges);
  return (n_edges - 1) / length + 1;
}

static mj_box chain_box(int32_t n_verts, const double *x, const double *y) {
  mj_box b = {(double)INFINITY, (double)INFINITY, -(double)INFINITY, -(double)INFINITY};
  for (int32_t i = 0; i < n_verts; i++) {
    if (x[i] < b.xmin) b.xmin = x[i];
    if (x[i] > b.xmax) b.xmax = x[i];
    if (y[i] < b.ymin) b.ymin = y[i];
    if (y[i] > b.ymax) b.ymax = y[i];
  }
  return b;
}

static int32_t min32(int32_t a, int32_t b) { return a < b ? a : b; }

static mj_status box_range(void *ctx, int64_t first, int64_t last, int worker) {
  mj_edges *edges = ctx;
  const mj_polys *g = &edges->polys;
  (void)worker;
  for (int64_t r = first; r < last; r++) {
    int32_t n = g->vert0[r + 1] - g->vert0[r] - 1, at = edges->run0[r], count = run_count(n);
    const double *x = g->x + g->vert0[r], *y = g->y + g->vert0[r];
    edges->ring_box[r] = chain_box(n + 1, x, y);
    for (int32_t k = 0, length = run_length(n > 0 ? n : 1); k < count; k++) {
      int32_t from = k * length;
      edges->run_box[at + k] = chain_box(min32(length, n - from) + 1, x + from, y + from);
    }
  }
  return MJ_OK;
}

mj_status mj_edges_build(const mj_polys *polys, int threads, mj_edges *edges) {
  enum { RINGS_A_CHUNK = 4096 };
  *edges = (mj_edges){.polys = *polys};
  int32_t n_rings = polys->ring0[polys->part0[polys->n]];
  const int32_t *vert0 = polys->vert0;
  edges->ring_box = malloc(((size_t)n_rings + 1) * sizeof *edges->ring_box);
  edges->run0 = malloc(((size_t)n_rings + 1) * sizeof *edges->run0);
  if (edges->run0) {
    edges->run0[0] = 0;
    for (int32_t r = 0; r < n_rings; r++) edges->run0[r + 1] = edges->run0[r] + run_count(vert0[r + 1] - vert0[r] - 1);
    edges->run_box = malloc(((size_t)edges->run0[n_rings] + 1) * sizeof *edges->run_box);
  }
  if (!edges->ring_box || !edges->run_box) {
    mj_edges_reset(edges);
    return MJ_ENOMEM;
  }
  return mj_parallel(threads, n_rings, RINGS_A_CHUNK, box_range, edges);
}

void mj_edges_reset(mj_edges *edges) {
  free(edges->ring_box);
  free(edges->run0);
  free(edges->run_box);
  *edges = (mj_edges){0};
}

static bool touch(const mj_box *a, const mj_box *b) {
  return a->xmin <= b->xmax && b->xmin <= a->xmax && a->ymin <= b->ymax && b->ymin <= a->ymax;
}

static int32_t near_chain(int32_t first, int32_t n, const double *x, const double *y, const mj_box *q, int32_t *out) {
  int32_t found = 0;
  for (int32_t v = first; v < first + n; v++) {
    if ((x[v] < q->xmin && x[v + 1] < q->xmin) || (x[v] > q->xmax && x[v + 1] > q->xmax)) continue;
    if ((y[v] < q->ymin && y[v + 1] < q->ymin) || (y[v] > q->ymax && y[v + 1] > q->ymax)) continue;
    out[found++] = v;
  }
  return found;
}

int32_t mj_edges_near(const mj_edges *edges, int64_t row, const mj_box *q, int32_t *out) {
  const mj_polys *g = &edges->polys;
  int32_t found = 0, r1 = g->ring0[g->part0[row + 1]];
  for (int32_t r = g->ring0[g->part0[row]]; r < r1; r++) {
    if (!touch(&edges->ring_box[r], q)) continue;
    int32_t v = g->vert0[r], n = g->vert0[r + 1] - v - 1, runs = edges->run0[r + 1] - edges->run0[r];
    if (!runs) found += near_chain(v, n, g->x, g->y, q, out + found);
    for (int32_t k = 0, length = run_length(n > 0 ? n : 1); k < runs; k++)
      if (touch(&edges->run_box[edges->run0[r] + k], q))
        found += near_chain(v + k * length, min32(length, n - k * length), g->x, g->y, q, out + found);
  }
  return found;
}

/* Parity of a long ring: a run east of the point counts by its ends alone, one beside or west of it not at all. */
static int ring_parity(const mj_edges *edges, int32_t r, double px, double py, int nudge) {
  const mj_polys *g = &edges->polys;
  int32_t v = g->vert0[r], n = g->vert0[r + 1] - v - 1, length = run_length(n);
  int odd = 0;
  for (int32_t k = 0; k < edges->run0[r + 1] - edges->run0[r]; k++) {
    const mj_box *box = &edges->run_box[edges->run0[r] + k];
    if (py < box->ymin || py > box->ymax || px > box->xmax) continue;
    int32_t first = v + k * length, count = min32(length, n - k * length);
    if (px < box->xmin) odd ^= mj_above(g->y[first], py, nudge) != mj_above(g->y[first + count], py, nudge);
    else odd ^= mj_chain_nudged(count, g->x + first, g->y + first, px, py, nudge);
  }
  return odd;
}

bool mj_edges_in_ring(const mj_edges *edges, int32_t r, double x, double y, int nudge) {
  const mj_polys *g = &edges->polys;
  const mj_box *box = &edges->ring_box[r];
  if (x < box->xmin || x > box->xmax || y < box->ymin || y > box->ymax) return false;
  if (edges->run0[r + 1] > edges->run0[r]) return ring_parity(edges, r, x, y, nudge);
  int32_t v = g->vert0[r];
  return mj_chain_nudged(g->vert0[r + 1] - v - 1, g->x + v, g->y + v, x, y, nudge);
}

bool mj_edges_locate(const mj_edges *edges, int64_t row, double x, double y, int nudge) {
  const mj_polys *g = &edges->polys;
  bool odd = false;
  int32_t r1 = g->ring0[g->part0[row + 1]];
  for (int32_t r = g->ring0[g->part0[row]]; r < r1; r++) odd ^= mj_edges_in_ring(edges, r, x, y, nudge);
  return odd;
}
