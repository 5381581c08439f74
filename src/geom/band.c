#include "geom/band.h"

#include <math.h>
#include <stdlib.h>

static mj_view_edge turned(const mj_plot_edge *e, bool high, double ux, double uy) {
  mj_view_edge v = {.ax = e->ax * ux + e->ay * uy,
                    .ay = e->ay * ux - e->ax * uy,
                    .bx = e->bx * ux + e->by * uy,
                    .by = e->by * ux - e->bx * uy,
                    .r = high ? e->clear_high_m : e->clear_m};
  if (v.by < v.ay) {
    double x = v.ax, y = v.ay;
    v.ax = v.bx, v.ay = v.by;
    v.bx = x, v.by = y;
  }
  double dx = v.bx - v.ax, dy = v.by - v.ay, length = hypot(dx, dy);
  v.nx = length > 0 ? dy / length : 0;
  v.ny = length > 0 ? -dx / length : 0;
  v.ylo = v.ay - v.r;
  v.yhi = v.by + v.r;
  return v;
}

mj_status mj_view_set(mj_view *view, const mj_plot *plot, int32_t n_obstacles, bool high, double ux, double uy) {
  int32_t n = plot->edge0[n_obstacles];
  if (n > view->cap || !view->edge) {
    int32_t cap = n + n / 2 + 16;
    mj_view_edge *edge = malloc((size_t)cap * sizeof *edge);
    mj_stretch *blocked = malloc((size_t)cap * sizeof *blocked);
    if (!edge || !blocked) {
      free(edge);
      free(blocked);
      return MJ_ENOMEM;
    }
    mj_view_reset(view);
    view->edge = edge;
    view->blocked = blocked;
    view->cap = cap;
  }
  view->ux = ux, view->uy = uy;
  view->n_border = plot->edge0[0];
  view->n_edges = n;
  view->edge0 = plot->edge0;
  view->n_obstacles = n_obstacles;
  view->xlo = view->ylo = (double)INFINITY;
  view->xhi = view->yhi = -(double)INFINITY;
  for (int32_t i = 0; i < n; i++) {
    const mj_view_edge *e = &view->edge[i];
    view->edge[i] = turned(&plot->edge[i], high, ux, uy);
    if (i >= view->n_border) continue;
    view->xlo = fmin(view->xlo, fmin(e->ax, e->bx));
    view->xhi = fmax(view->xhi, fmax(e->ax, e->bx));
    view->ylo = fmin(view->ylo, e->ay);
    view->yhi = fmax(view->yhi, e->by);
  }
  return MJ_OK;
}

void mj_view_reset(mj_view *view) {
  free(view->edge);
  free(view->blocked);
  *view = (mj_view){0};
}

static double clamped(double v, double lo, double hi) { return v < lo ? lo : v > hi ? hi : v; }

/* How far the capsule reaches at height @p y to the side @p east (1 or -1), as east x. The capsule meets that height.
 */
static double reach(const mj_view_edge *e, double y, double east) {
  double best = -(double)INFINITY, da = y - e->ay, db = y - e->by, rr = e->r * e->r;
  if (da * da <= rr) best = fmax(best, east * e->ax + sqrt(rr - da * da));
  if (db * db <= rr) best = fmax(best, east * e->bx + sqrt(rr - db * db));
  double dy = e->by - e->ay, along = y - east * e->r * e->ny - e->ay;
  if (dy > 0 && along >= 0 && along <= dy)
    best = fmax(best, east * (e->ax + (e->bx - e->ax) * along / dy) + e->r * e->nx);
  return isinf(best) ? fmax(east * e->ax, east * e->bx) : best; /* at its very top or foot, by a rounding */
}

/* Extent of the capsule in the band; its border to each side bulges, so that it reaches furthest at the end that lies
 * furthest, or at the height of the band nearest to it. */
static mj_stretch extent(const mj_view_edge *e, double y0, double y1) {
  double right_y = e->bx > e->ax ? e->by : e->bx < e->ax ? e->ay : clamped(y0, e->ay, e->by);
  double left_y = e->bx > e->ax ? e->ay : e->bx < e->ax ? e->by : clamped(y0, e->ay, e->by);
  return (mj_stretch){-reach(e, clamped(left_y, y0, y1), -1), reach(e, clamped(right_y, y0, y1), 1)};
}

static bool inside(const mj_view_edge *e, int32_t n, double x, double y) {
  bool in = false;
  for (int32_t i = 0; i < n; i++)
    if (e[i].ay <= y && y < e[i].by && e[i].ax + (e[i].bx - e[i].ax) * (y - e[i].ay) / (e[i].by - e[i].ay) < x)
      in = !in;
  return in;
}

static bool on_ground(const mj_view *view, double x, double y) {
  if (!inside(view->edge, view->n_border, x, y)) return false;
  for (int32_t k = 0; k < view->n_obstacles; k++)
    if (inside(view->edge + view->edge0[k], view->edge0[k + 1] - view->edge0[k], x, y)) return false;
  return true;
}

/* What the edges block of the band, ordered by where it begins; returns how many. */
static int32_t blocked_of(const mj_view *view, double y0, double y1) {
  mj_stretch *b = view->blocked;
  int32_t n = 0;
  for (int32_t i = 0; i < view->n_edges; i++) {
    const mj_view_edge *e = &view->edge[i];
    if (e->yhi <= y0 || e->ylo >= y1) continue;
    mj_stretch s = extent(e, y0, y1);
    int32_t k = n++;
    for (; k > 0 && b[k - 1].x0 > s.x0; k--) b[k] = b[k - 1];
    b[k] = s;
  }
  return n;
}

int32_t mj_view_band(const mj_view *view, double y0, double y1, double least_m, mj_stretch *out) {
  const double tol = MJ_PLOT_TOLERANCE_M;
  double middle = (y0 + y1) / 2;
  int32_t n = blocked_of(view, y0 + tol, y1 - tol), found = 0;
  double end = -(double)INFINITY;
  for (int32_t i = 0; i < n; i++) {
    double x0 = end - tol, x1 = view->blocked[i].x0 + tol;
    if (i && x1 - x0 >= least_m && on_ground(view, (x0 + x1) / 2, middle)) out[found++] = (mj_stretch){x0, x1};
    end = fmax(end, view->blocked[i].x1);
  }
  return found;
}
