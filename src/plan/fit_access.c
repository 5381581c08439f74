#include <math.h>
#include <string.h>

#include "plan/fit.h"

/* A part of the ground that comes this near to a border with a road begins there. */
static const double TOUCH_M = 0.001;

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
static mj_status vehicle_plot(const mj_fit_limits *l, const mj__site *site, int32_t n_obstacles, mj_arena *arena,
                              mj_plot *out) {
  const mj_plot *plot = &site->plot;
  mj_plot_edge *edge = mj_arena_alloc(arena, (size_t)plot->edge0[n_obstacles] + 1, sizeof *edge);
  int32_t *edge0 = mj_arena_alloc(arena, (size_t)n_obstacles + 1, sizeof *edge0), n = plot->edge0[0];
  if (!edge || !edge0) return MJ_ENOMEM;
  double half = l->lane_m / 2 - MJ_PLOT_TOLERANCE_M, side = l->lane_edge_m > 0 ? l->lane_edge_m : 0;
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

static bool touches(const mj_plot_edge *e, double x, double y) {
  double dx = e->bx - e->ax, dy = e->by - e->ay, len2 = dx * dx + dy * dy;
  double s = len2 > 0 ? ((x - e->ax) * dx + (y - e->ay) * dy) / len2 : 0;
  s = s < 0 ? 0 : s > 1 ? 1 : s;
  return hypot(e->ax + s * dx - x, e->ay + s * dy - y) <= TOUCH_M;
}

/* True when part @p p of the ground lies at the border that faces a road. */
static bool is_reached(const mj__site *site, const mj_geom *g, int32_t p) {
  for (int32_t v = g->vert0[g->ring0[p]]; v < g->vert0[g->ring0[p + 1]]; v++)
    for (int32_t k = 0; k < site->plot.edge0[0]; k++)
      if (site->road[k] && touches(&site->plot.edge[k], g->x[v], g->y[v])) return true;
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
  if (!s->overlay) MJ_TRY(mj_overlay_open(&s->overlay, NULL));
  MJ_TRY(vehicle_plot(l, site, n_obstacles, arena, &vehicle));
  s->shape.n = s->shape.parts = s->shape.rings = s->shape.verts = 0;
  MJ_TRY(mj_overlay_clear(s->overlay, &vehicle, vehicle.n_obstacles, false, &s->shape, &left, NULL));
  if (left == MJ_LEFT_UNKNOWN) *failed = true;
  return left == MJ_LEFT_SHAPE ? add_cut_off(site, n_obstacles, &s->shape, arena, out) : MJ_OK;
}
