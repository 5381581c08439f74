#include <math.h>
#include <stdlib.h>

#include "base/parallel.h"
#include "geom/overlap.h"
#include "geom/ring.h"

/* Rows of up to so many edges are tried edge against edge; longer ones are swept. */
enum { FEW_EDGES = 64, ROWS_A_CHUNK = 512 };

/* One edge with its extent along the sweep (lo, hi) and across it (lo2, hi2). */
typedef struct {
  double lo, hi, lo2, hi2;
  int32_t v, ring;
} edge;

typedef struct {
  const mj_polys *polys;
  uint8_t *verdict;
  edge **edges; /* [workers] room for the longest row */
} work;

static bool ring_is_closed(const mj_polys *g, int32_t r) {
  int32_t first = g->vert0[r], last = g->vert0[r + 1] - 1;
  if (last - first < 3 || g->x[first] != g->x[last] || g->y[first] != g->y[last]) return false;
  double sum = 0;
  for (int32_t v = first; v <= last; v++) sum += g->x[v] * 0 + g->y[v] * 0; /* NaN where one is not finite */
  return sum == 0;
}

/* True when edges a and b (a.v < b.v) surely have no point in common but the vertex that neighbours share. */
static bool pair_is_clean(const mj_polys *g, const edge *a, const edge *b) {
  const double *x = g->x, *y = g->y;
  int32_t v = a->v, w = b->v;
  if (a->ring == b->ring) {
    if (w == v + 1) return mj_turns(x[v], y[v], x[w], y[w], x[w + 1], y[w + 1]);
    if (v == g->vert0[a->ring] && w == g->vert0[a->ring + 1] - 2)
      return mj_turns(x[w], y[w], x[v], y[v], x[v + 1], y[v + 1]);
  }
  return mj_segments_apart(x + v, y + v, x + w, y + w);
}

static bool pair_is_clean_either(const mj_polys *g, const edge *a, const edge *b) {
  return a->v < b->v ? pair_is_clean(g, a, b) : pair_is_clean(g, b, a);
}

static int by_lo(const void *p, const void *q) {
  const edge *a = p, *b = q;
  if (a->lo != b->lo) return a->lo < b->lo ? -1 : 1;
  return (a->v > b->v) - (a->v < b->v);
}

/* Edges of a row in order; returns how many. */
static int32_t list_edges(const mj_polys *g, int32_t r0, int32_t r1, edge *out) {
  int32_t n = 0;
  for (int32_t r = r0; r < r1; r++)
    for (int32_t v = g->vert0[r]; v + 1 < g->vert0[r + 1]; v++) {
      double x0 = g->x[v], x1 = g->x[v + 1], y0 = g->y[v], y1 = g->y[v + 1];
      out[n++] = (edge){x0 < x1 ? x0 : x1, x0 < x1 ? x1 : x0, y0 < y1 ? y0 : y1, y0 < y1 ? y1 : y0, v, r};
    }
  return n;
}

/* Sweep along the axis on which the edges together cover less of the row's extent: fewer are open at a time. */
static void choose_axis(edge *e, int32_t n) {
  double lo = e->lo, hi = e->hi, lo2 = e->lo2, hi2 = e->hi2, sum = 0, sum2 = 0;
  for (int32_t i = 0; i < n; i++) {
    lo = fmin(lo, e[i].lo);
    hi = fmax(hi, e[i].hi);
    lo2 = fmin(lo2, e[i].lo2);
    hi2 = fmax(hi2, e[i].hi2);
    sum += e[i].hi - e[i].lo;
    sum2 += e[i].hi2 - e[i].lo2;
  }
  if (sum * (hi2 - lo2) <= sum2 * (hi - lo)) return;
  for (int32_t i = 0; i < n; i++) e[i] = (edge){e[i].lo2, e[i].hi2, e[i].lo, e[i].hi, e[i].v, e[i].ring};
}

static bool edges_are_clean(const mj_polys *g, edge *e, int32_t n) {
  bool sorted = n > FEW_EDGES;
  if (sorted) {
    choose_axis(e, n);
    qsort(e, (size_t)n, sizeof *e, by_lo);
  }
  for (int32_t i = 0; i < n; i++)
    for (int32_t j = i + 1; j < n; j++) {
      if (e[j].lo > e[i].hi) {
        if (sorted) break;
        continue;
      }
      if (e[j].hi < e[i].lo || e[j].lo2 > e[i].hi2 || e[j].hi2 < e[i].lo2) continue;
      if (!pair_is_clean_either(g, &e[i], &e[j])) return false;
    }
  return true;
}

/* Parity of ring s's first vertex in rings r0 .. r1-1, s itself left out; -1 when it cannot be said. */
static int rings_around(const mj_polys *g, int32_t s, int32_t r0, int32_t r1) {
  int odd = 0;
  double x = g->x[g->vert0[s]], y = g->y[g->vert0[s]];
  for (int32_t r = r0; r < r1; r++) {
    if (r == s) continue;
    int32_t v = g->vert0[r];
    int parity = mj_chain_parity(g->vert0[r + 1] - v - 1, g->x + v, g->y + v, x, y);
    if (parity < 0) return -1;
    odd += parity;
  }
  return odd;
}

/* With no two edges touching: each hole lies in its shell and in no other hole of the part, each shell outside the
 * other parts. */
static bool rings_are_nested(const mj_polys *g, int32_t p0, int32_t p1) {
  for (int32_t p = p0; p < p1; p++) {
    int32_t shell = g->ring0[p], end = g->ring0[p + 1];
    for (int32_t hole = shell + 1; hole < end; hole++)
      if (rings_around(g, hole, shell, shell + 1) != 1 || rings_around(g, hole, shell + 1, end) != 0) return false;
    for (int32_t q = p0; q < p1; q++) {
      if (q == p) continue;
      int around = rings_around(g, shell, g->ring0[q], g->ring0[q + 1]);
      if (around != 0 && around != 2) return false; /* 2: in the other part's shell and in one of its holes */
    }
  }
  return true;
}

static bool row_is_simple(const mj_polys *g, int64_t row, edge *scratch) {
  int32_t p0 = g->part0[row], p1 = g->part0[row + 1], r0 = g->ring0[p0], r1 = g->ring0[p1];
  for (int32_t p = p0; p < p1; p++)
    if (g->ring0[p] == g->ring0[p + 1]) return false; /* a part without rings */
  for (int32_t r = r0; r < r1; r++)
    if (!ring_is_closed(g, r)) return false;
  int32_t n = list_edges(g, r0, r1, scratch);
  if (!edges_are_clean(g, scratch, n)) return false;
  return r1 - r0 == 1 || rings_are_nested(g, p0, p1);
}

static mj_status judge_range(void *ctx, int64_t first, int64_t last, int worker) {
  work *w = ctx;
  const mj_polys *g = w->polys;
  for (int64_t i = first; i < last; i++) {
    bool empty = g->part0[i] == g->part0[i + 1];
    w->verdict[i] = empty || row_is_simple(g, i, w->edges[worker]) ? MJ_SIMPLE : MJ_DOUBTFUL;
  }
  return MJ_OK;
}

mj_status mj_geom_simple(const mj_polys *polys, int threads, uint8_t *verdict) {
  int workers = mj_threads(threads);
  int32_t most = 0;
  for (int64_t i = 0; i < polys->n; i++) {
    int32_t n = polys->vert0[polys->ring0[polys->part0[i + 1]]] - polys->vert0[polys->ring0[polys->part0[i]]];
    if (n > most) most = n;
  }
  work w = {polys, verdict, calloc((size_t)workers, sizeof(edge *))};
  mj_status status = w.edges ? MJ_OK : MJ_ENOMEM;
  for (int i = 0; i < workers && !status; i++) {
    w.edges[i] = malloc(((size_t)most + 1) * sizeof(edge));
    if (!w.edges[i]) status = MJ_ENOMEM;
  }
  if (!status) status = mj_parallel(threads, polys->n, ROWS_A_CHUNK, judge_range, &w);
  for (int i = 0; w.edges && i < workers; i++) free(w.edges[i]);
  free(w.edges);
  return status;
}
