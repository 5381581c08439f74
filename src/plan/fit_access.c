#include <math.h>
#include <string.h>

#include "plan/fit.h"

/* A part of the ground that comes this near to a border with a road begins there. */
static const double TOUCH_M = 0.001;
/* Of so many edges all pairs are looked at before the shapes are worked out. */
enum { SURE_EDGES = 64 };

void mj__fit_scratch_reset(mj__fit_scratch *s) {
  mj_pack_reset(&s->pack);
  mj_overlay_close(s->overlay);
  mj_geom_reset(&s->shape);
  mj_arena_reset(&s->arena);
  *s = (mj__fit_scratch){0};
}

bool mj__fit_is_in(const mj_plot *plot, int32_t first, int32_t last, double x, double y) {
  for (int32_t b = first; b < last; b++) {
    bool in = false;
    for (int32_t k = plot->edge0[b]; k < plot->edge0[b + 1]; k++) {
      const mj_plot_edge *e = &plot->edge[k];
      double side = (e->bx - e->ax) * (y - e->ay) - (e->by - e->ay) * (x - e->ax);
      if ((e->ay > y) != (e->by > y) && (side > 0) == (e->by > e->ay)) in = !in;
    }
    if (in) return true;
  }
  return false;
}

/* The plot as the middle of a vehicle keeps off it: lanes cross easements. */
static mj_status vehicle_plot(double half, double side, const mj__site *site, int32_t n_obstacles, mj_arena *arena,
                              mj_plot *out) {
  const mj_plot *plot = &site->plot;
  mj_plot_edge *edge = mj_arena_alloc(arena, (size_t)plot->edge0[n_obstacles] + 1, sizeof *edge);
  int32_t *edge0 = mj_arena_alloc(arena, (size_t)n_obstacles + 1, sizeof *edge0), n = plot->edge0[0];
  if (!edge || !edge0) return MJ_ENOMEM;
  memcpy(edge, plot->edge, (size_t)n * sizeof *edge);
  for (int32_t k = 0; k < n; k++) edge[k].clear_m = site->road[k] ? 0 : half + side;
  *out = (mj_plot){.edge = edge, .edge0 = edge0};
  edge0[0] = n;
  for (int32_t b = 0; b < n_obstacles; b++) {
    if (plot->edge[plot->edge0[b]].kind == MJ__GROUND_EASEMENT) continue;
    for (int32_t k = plot->edge0[b]; k < plot->edge0[b + 1]; k++) {
      edge[n] = plot->edge[k];
      edge[n++].clear_m = half;
    }
    edge0[++out->n_obstacles] = n;
  }
  return MJ_OK;
}

static double off(const mj_plot_edge *e, double x, double y) {
  double dx = e->bx - e->ax, dy = e->by - e->ay, len2 = dx * dx + dy * dy;
  double s = len2 > 0 ? ((x - e->ax) * dx + (y - e->ay) * dy) / len2 : 0;
  s = s < 0 ? 0 : s > 1 ? 1 : s;
  return hypot(e->ax + s * dx - x, e->ay + s * dy - y);
}

/* ---- surely all is reached ---- */

static double turn_of(const mj_plot_edge *e, double x, double y) {
  return (e->bx - e->ax) * (y - e->ay) - (e->by - e->ay) * (x - e->ax);
}

static bool nearer(const mj_plot_edge *e, const mj_plot_edge *f, double m) {
  if ((turn_of(e, f->ax, f->ay) > 0) != (turn_of(e, f->bx, f->by) > 0) &&
      (turn_of(f, e->ax, e->ay) > 0) != (turn_of(f, e->bx, e->by) > 0))
    return true;
  return off(e, f->ax, f->ay) < m || off(e, f->bx, f->by) < m || off(f, e->ax, e->ay) < m || off(f, e->bx, e->by) < m;
}

static bool is_one_ring(const mj_plot *p) {
  for (int32_t k = 0; k + 1 < p->edge0[0]; k++)
    if (p->edge[k].bx != p->edge[k + 1].ax || p->edge[k].by != p->edge[k + 1].ay) return false;
  return p->edge0[0] > 2;
}

/* True when an obstacle bends inward and is so wide that a yard of it might hold a module. */
static bool may_have_yard(const mj_plot *p, int32_t b, double depth_m) {
  double x0 = (double)INFINITY, y0 = x0, x1 = -x0, y1 = -x0;
  int32_t first = p->edge0[b], last = p->edge0[b + 1];
  bool left = false, right = false;
  for (int32_t k = first; k < last; k++) {
    const mj_plot_edge *e = &p->edge[k], *f = &p->edge[k + 1 < last ? k + 1 : first];
    double turn = turn_of(e, f->bx, f->by);
    if (turn > 0) left = true;
    if (turn < 0) right = true;
    x0 = fmin(x0, e->ax);
    x1 = fmax(x1, e->ax);
    y0 = fmin(y0, e->ay);
    y1 = fmax(y1, e->ay);
  }
  return left && right && hypot(x1 - x0, y1 - y0) > 2 * depth_m;
}

/* True where a vehicle comes in over the middle of an edge that faces a road. */
static bool has_gate(const mj__site *site, const mj_plot *p, double clear_m) {
  for (int32_t g = 0; g < p->edge0[0]; g++) {
    double x = (p->edge[g].ax + p->edge[g].bx) / 2, y = (p->edge[g].ay + p->edge[g].by) / 2;
    bool open = site->road[g];
    for (int32_t k = 0; k < p->edge0[p->n_obstacles] && open; k++)
      open = (k < p->edge0[0] && site->road[k]) || off(&p->edge[k], x, y) >= clear_m;
    if (open) return true;
  }
  return false;
}

/*
 * Ground without a neck is one, and reached by any gate: where it shrinks apart, a circle less than a lane wide touches
 * its border at two opposite points, on edges that do not meet. Obstacles that keep a lane from each other and from the
 * border are driven round. False: it takes the shapes to know.
 */
static bool is_open(const mj__site *site, const mj_plot *p, double clear_m, double depth_m) {
  int32_t n = p->edge0[p->n_obstacles], of = 0, at = 0;
  if (n > SURE_EDGES || !is_one_ring(p)) return false;
  for (int32_t b = 0; b < p->n_obstacles; b++)
    if (may_have_yard(p, b, depth_m)) return false;
  for (int32_t i = 0; i < n; i++) {
    while (of < p->n_obstacles && i >= p->edge0[of]) of++; /* 0: the border, else obstacle of - 1 */
    at = i < p->edge0[0] ? i + 1 : p->edge0[of];           /* the first that is no edge of the same obstacle */
    for (int32_t k = at; k < n; k++) {
      const mj_plot_edge *e = &p->edge[i], *f = &p->edge[k];
      bool meet = k < p->edge0[0] && (k == i + 1 || (i == 0 && k == p->edge0[0] - 1));
      if (!meet && nearer(e, f, 2 * clear_m)) return false;
    }
  }
  return has_gate(site, p, clear_m);
}

/* ---- the parts of the ground ---- */

/* True when part @p p of the ground lies at the border that faces a road. */
static bool is_reached(const mj__site *site, const mj_geom *g, int32_t p) {
  for (int32_t v = g->vert0[g->ring0[p]]; v < g->vert0[g->ring0[p + 1]]; v++)
    for (int32_t k = 0; k < site->plot.edge0[0]; k++)
      if (site->road[k] && off(&site->plot.edge[k], g->x[v], g->y[v]) <= TOUCH_M) return true;
  return false;
}

/* Append the part as an obstacle that keeps nothing about it. */
static void push_part(const mj_geom *g, int32_t p, mj_plot_edge *edge, int32_t *edge0, mj_plot *out) {
  int32_t n = edge0[out->n_obstacles];
  for (int32_t r = g->ring0[p]; r < g->ring0[p + 1]; r++)
    for (int32_t v = g->vert0[r]; v + 1 < g->vert0[r + 1]; v++)
      edge[n++] =
          (mj_plot_edge){.ax = g->x[v], .ay = g->y[v], .bx = g->x[v + 1], .by = g->y[v + 1], .kind = MJ__GROUND_OTHER};
  edge0[++out->n_obstacles] = n;
}

static mj_status add_cut_off(const mj__site *site, int32_t n_obstacles, const mj_geom *g, mj_arena *arena,
                             mj_plot *out) {
  const mj_plot *plot = &site->plot;
  uint8_t *reached = mj_arena_alloc(arena, (size_t)g->parts + 1, sizeof *reached);
  int32_t n_reached = 0;
  if (!reached) return MJ_ENOMEM;
  for (int32_t p = 0; p < g->parts; p++) n_reached += reached[p] = is_reached(site, g, p);
  bool stands = plot->n_obstacles > plot->n_fixed;
  if (n_reached == g->parts || (!n_reached && stands)) return MJ_OK;
  mj_plot_edge *edge = mj_arena_alloc(arena, (size_t)plot->edge0[n_obstacles] + (size_t)g->verts, sizeof *edge);
  int32_t *edge0 = mj_arena_alloc(arena, (size_t)n_obstacles + (size_t)g->parts + 1, sizeof *edge0);
  if (!edge || !edge0) return MJ_ENOMEM;
  memcpy(edge, plot->edge, (size_t)plot->edge0[n_obstacles] * sizeof *edge);
  memcpy(edge0, plot->edge0, ((size_t)n_obstacles + 1) * sizeof *edge0);
  out->edge = edge;
  out->edge0 = edge0;
  for (int32_t p = 0; p < g->parts; p++)
    if (!reached[p]) push_part(g, p, edge, edge0, out);
  return MJ_OK;
}

mj_status mj__fit_cut_off(const mj__fit *fit, mj__fit_scratch *s, mj_arena *arena, const mj__site *site,
                          int32_t n_obstacles, mj_plot *out, bool *failed) {
  const mj_fit_limits *l = &fit->catalogue.norms->limits;
  mj_plot vehicle;
  mj_left left;
  *out = site->plot;
  out->n_obstacles = n_obstacles;
  if (site->access != MJ_YES || !(l->lane_m > 0)) return MJ_OK;
  double half = l->lane_m / 2 - MJ_PLOT_TOLERANCE_M, side = l->lane_edge_m > 0 ? l->lane_edge_m : 0;
  MJ_TRY(vehicle_plot(half, side, site, n_obstacles, arena, &vehicle));
  if (is_open(site, &vehicle, half + side, fit->catalogue.size[fit->catalogue.smallest].depth_dm / 10.0)) return MJ_OK;
  if (!s->overlay) MJ_TRY(mj_overlay_open(&s->overlay, NULL));
  s->shape.n = s->shape.parts = s->shape.rings = s->shape.verts = 0;
  MJ_TRY(mj_overlay_clear(s->overlay, &vehicle, vehicle.n_obstacles, false, &s->shape, &left, NULL));
  if (left == MJ_LEFT_UNKNOWN) *failed = true;
  return left == MJ_LEFT_SHAPE ? add_cut_off(site, n_obstacles, &s->shape, arena, out) : MJ_OK;
}
