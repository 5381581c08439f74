#include "geom/band.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What an edge blocks of a band, and whether it changes what is inside to its east. */
typedef struct {
  double x0, x1;
  int32_t owner; /* -1: nothing's inside changes */
} block;

static mj_view_edge turned(const mj_view *v, const mj_plot_edge *p, bool high, int32_t owner) {
  mj_view_edge e = {.ax = p->ax * v->ux + p->ay * v->uy,
                    .ay = p->ax * v->vx + p->ay * v->vy,
                    .bx = p->bx * v->ux + p->by * v->uy,
                    .by = p->bx * v->vx + p->by * v->vy,
                    .r = high ? p->clear_high_m : p->clear_m,
                    .owner = owner};
  if (e.by < e.ay) {
    double x = e.ax, y = e.ay;
    e.ax = e.bx;
    e.ay = e.by;
    e.bx = x;
    e.by = y;
  }
  double dx = e.bx - e.ax, dy = e.by - e.ay, length = hypot(dx, dy);
  e.nx = length > 0 ? dy / length : 0;
  e.ny = length > 0 ? -dx / length : 0;
  e.ylo = e.ay - e.r;
  e.yhi = e.by + e.r;
  e.west = fmin(e.ax, e.bx) - e.r;
  e.east = fmax(e.ax, e.bx) + e.r;
  return e;
}

static mj_status room_for(mj_view *v, int32_t n_edges, int32_t n_obstacles) {
  if (n_edges > v->cap || n_obstacles >= v->cap_odd) {
    int32_t cap = n_edges + n_edges / 2 + 16, cap_odd = n_obstacles + n_obstacles / 2 + 16;
    mj_view_edge *edge = malloc((size_t)cap * sizeof *edge);
    block *blocked = malloc((size_t)cap * sizeof *blocked);
    int32_t *near = malloc((size_t)cap * sizeof *near);
    uint8_t *odd = malloc((size_t)cap_odd);
    if (!edge || !blocked || !near || !odd) {
      free(edge);
      free(blocked);
      free(near);
      free(odd);
      return MJ_ENOMEM;
    }
    int64_t work = v->work;
    mj_view_reset(v);
    *v = (mj_view){.edge = edge, .blocked = blocked, .near = near, .odd = odd, .cap = cap, .cap_odd = cap_odd};
    v->work = work;
  }
  return MJ_OK;
}

/* Where the chain of edges that begins at @p i ends, before @p n; *ring: it comes back to where it began. */
static int32_t chain_end(const mj_plot_edge *e, int32_t i, int32_t n, bool *ring) {
  int32_t first = i;
  for (;; i++) {
    *ring = e[i].bx == e[first].ax && e[i].by == e[first].ay;
    if (*ring || i + 1 == n || e[i + 1].ax != e[i].bx || e[i + 1].ay != e[i].by) return i + 1;
  }
}

static int from_west(const void *a, const void *b) {
  double x = ((const mj_view_edge *)a)->west, y = ((const mj_view_edge *)b)->west;
  return (x > y) - (x < y);
}

mj_status mj_view_set(mj_view *v, const mj_plot *plot, int32_t n_obstacles, bool high, double ux, double uy,
                      bool mirrored) {
  int32_t n = plot->edge0[n_obstacles], n_border = plot->edge0[0];
  MJ_TRY(room_for(v, n, n_obstacles));
  v->ux = ux;
  v->uy = uy;
  v->vx = mirrored ? uy : -uy;
  v->vy = mirrored ? -ux : ux;
  v->n_edges = n;
  v->n_near = 0;
  v->n_obstacles = n_obstacles;
  v->xlo = v->ylo = (double)INFINITY;
  v->xhi = v->yhi = -(double)INFINITY;
  for (int32_t i = 0; i < n_border; i++) {
    const mj_view_edge *e = &v->edge[i];
    v->edge[i] = turned(v, &plot->edge[i], high, 0);
    v->xlo = fmin(v->xlo, fmin(e->ax, e->bx));
    v->xhi = fmax(v->xhi, fmax(e->ax, e->bx));
    v->ylo = fmin(v->ylo, e->ay);
    v->yhi = fmax(v->yhi, e->by);
  }
  for (int32_t k = 0; k < n_obstacles; k++)
    for (int32_t i = plot->edge0[k]; i < plot->edge0[k + 1];) {
      bool ring;
      int32_t end = chain_end(plot->edge, i, plot->edge0[k + 1], &ring);
      for (; i < end; i++) v->edge[i] = turned(v, &plot->edge[i], high, ring ? k + 1 : -1);
    }
  qsort(v->edge, (size_t)n, sizeof *v->edge, from_west);
  return MJ_OK;
}

void mj_view_reset(mj_view *view) {
  free(view->edge);
  free(view->blocked);
  free(view->near);
  free(view->odd);
  *view = (mj_view){0};
}

/* How far the capsule reaches in the band to the side @p east (1 or -1), as east x. Its border on that side bulges, so
 * that it reaches furthest at the end that lies furthest, or at the height of the band nearest to it. */
static double reach(const mj_view_edge *e, double y0, double y1, double east) {
  bool b_first = east * e->bx > east * e->ax;
  double px = b_first ? e->bx : e->ax, py = b_first ? e->by : e->ay;
  double y = py < y0 ? y0 : py > y1 ? y1 : py, dy = e->by - e->ay, along = y - east * e->r * e->ny - e->ay;
  if (y == py || (e->ax == e->bx && y1 >= e->ay && y0 <= e->by)) return east * px + e->r;
  if (dy > 0 && along >= 0 && along <= dy) return east * (e->ax + (e->bx - e->ax) * along / dy) + e->r * e->nx;
  if (dy > 0) { /* round an end */
    px = along < 0 ? e->ax : e->bx;
    py = along < 0 ? e->ay : e->by;
  }
  double half = e->r * e->r - (y - py) * (y - py);
  return east * px + (half > 0 ? sqrt(half) : 0);
}

/* The edges that reach into the heights y0 .. y1. */
static void find_near(mj_view *v, double y0, double y1) {
  v->n_near = 0;
  v->work += v->n_edges;
  for (int32_t i = 0; i < v->n_edges; i++)
    if (v->edge[i].yhi > y0 && v->edge[i].ylo < y1) v->near[v->n_near++] = i;
}

/* Of those, the edges that reach into a stretch. */
static void keep_near(mj_view *v, const mj_stretch *low, int32_t n_low) {
  int32_t kept = 0;
  for (int32_t i = 0; i < v->n_near; i++) {
    const mj_view_edge *e = &v->edge[v->near[i]];
    int32_t k = 0;
    while (k < n_low && low[k].x1 <= e->west) k++;
    v->work += k;
    if (k < n_low && low[k].x0 < e->east) v->near[kept++] = v->near[i];
  }
  v->n_near = kept;
}

/* What the edges block of the band, ordered by where it begins; returns how many. The edges are nearly so ordered. */
static int32_t blocked_of(mj_view *v, double y0, double y1) {
  block *b = v->blocked;
  double middle = (y0 + y1) / 2;
  int32_t n = 0;
  for (int32_t i = 0; i < v->n_near; i++) {
    const mj_view_edge *e = &v->edge[v->near[i]];
    if (e->yhi <= y0 || e->ylo >= y1) continue;
    block own = {-reach(e, y0, y1, -1), reach(e, y0, y1, 1), e->ay <= middle && middle < e->by ? e->owner : -1};
    int32_t k = n++;
    for (; k > 0 && b[k - 1].x0 > own.x0; k--) b[k] = b[k - 1];
    b[k] = own;
    v->work += n - k;
  }
  v->work += v->n_near;
  return n;
}

int32_t mj_view_band(mj_view *v, double y0, double y1, double top, double least_m, mj_stretch *out) {
  const double tol = MJ_PLOT_TOLERANCE_M;
  find_near(v, y0 + tol, fmax(y1, top) - tol);
  int32_t n = blocked_of(v, y0 + tol, y1 - tol), found = 0, in_obstacles = 0;
  const block *b = v->blocked;
  double end = -(double)INFINITY;
  memset(v->odd, 0, (size_t)v->n_obstacles + 1);
  for (int32_t i = 0; i < n; i++) { /* all that crosses the middle to the west of a gap says what the gap is in */
    double x0 = end - tol, x1 = b[i].x0 + tol;
    if (x1 - x0 >= least_m && v->odd[0] && !in_obstacles) out[found++] = (mj_stretch){x0, x1};
    if (b[i].x1 > end) end = b[i].x1;
    if (b[i].owner < 0) continue;
    v->odd[b[i].owner] ^= 1;
    if (b[i].owner > 0) in_obstacles += v->odd[b[i].owner] ? 1 : -1;
  }
  if (top > y1) keep_near(v, out, found);
  return found;
}

/* A rectangle of the higher band that meets no edge stands where it stands in the lower one: on ground. */
int32_t mj_view_higher(mj_view *v, double y0, double y1, double least_m, const mj_stretch *low, int32_t n_low,
                       mj_stretch *out) {
  const double tol = MJ_PLOT_TOLERANCE_M;
  int32_t n = blocked_of(v, y0 + tol, y1 - tol), found = 0, k = 0;
  const block *b = v->blocked;
  double end = -(double)INFINITY;
  for (int32_t i = 0; i <= n; i++) {
    double x0 = end - tol, x1 = i < n ? b[i].x0 + tol : (double)INFINITY;
    if (x1 - x0 >= least_m) {
      while (k < n_low && low[k].x1 <= x0) k++;
      for (int32_t j = k; j < n_low && low[j].x0 < x1; j++) {
        mj_stretch own = {fmax(x0, low[j].x0), fmin(x1, low[j].x1)};
        if (own.x1 - own.x0 >= least_m) out[found++] = own;
      }
    }
    if (i < n && b[i].x1 > end) end = b[i].x1;
  }
  return found;
}
