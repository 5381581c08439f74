#include <math.h>
#include <string.h>

#include "plan/fit.h"

int mj__fit_speaker(const mj__fit_parcel *p) {
  if (p->best >= 0) return p->best;
  return p->way[MJ__FIT_REBUILD].known ? MJ__FIT_REBUILD : p->way[MJ__FIT_OPEN].known ? MJ__FIT_OPEN : -1;
}

/* The shape in hand as a row of @p shapes in the frame, whose number is *row. */
static mj_status keep(mj__fit_scratch *s, const mj__site *site, mj_geom *shapes, int64_t *row) {
  mj_polys one = mj_geom_view(&s->shape);
  int32_t first = shapes->verts;
  MJ_TRY(mj_geom_push_row(shapes, &one, 0));
  for (int32_t v = first; v < shapes->verts; v++) {
    shapes->x[v] = site->x0 + shapes->x[v] / site->unit_m;
    shapes->y[v] = site->y0 + shapes->y[v] / site->unit_m;
  }
  *row = shapes->n - 1;
  return MJ_OK;
}

static void none_in_hand(mj__fit_scratch *s) { s->shape.n = s->shape.parts = s->shape.rings = s->shape.verts = 0; }

static mj_status buildable(mj__fit_scratch *s, mj__fit_parcel *p, int way, bool speaks, mj_geom *shapes) {
  const mj_plot *plot = &p->site.plot;
  mj__fit_result *r = &p->way[way];
  int32_t n = way == MJ__FIT_OPEN ? plot->n_obstacles : plot->n_fixed;
  mj_left left;
  none_in_hand(s);
  MJ_TRY(mj_overlay_clear(s->overlay, plot, n, r->high, &s->shape, &left, NULL));
  if (left == MJ_LEFT_UNKNOWN) r->failed = true;
  if (left == MJ_LEFT_UNKNOWN) return MJ_OK;
  mj_polys one = mj_geom_view(&s->shape);
  mj_area_planar(&one, &r->buildable_m2);
  return speaks && left == MJ_LEFT_SHAPE ? keep(s, &p->site, shapes, &p->buildable) : MJ_OK;
}

/* What lanes keep off: lanes cross easements. */
static mj_status kept_plot(const mj_plot *plot, int32_t n_obstacles, mj_arena *arena, mj_plot *out) {
  mj_plot_edge *edge = mj_arena_alloc(arena, (size_t)plot->edge0[n_obstacles] + 1, sizeof *edge);
  int32_t *edge0 = mj_arena_alloc(arena, (size_t)n_obstacles + 1, sizeof *edge0), n = plot->edge0[0];
  if (!edge || !edge0) return MJ_ENOMEM;
  *out = (mj_plot){.edge = edge, .edge0 = edge0};
  memcpy(edge, plot->edge, (size_t)n * sizeof *edge);
  edge0[0] = n;
  for (int32_t b = 0; b < n_obstacles; b++) {
    int32_t first = plot->edge0[b], count = plot->edge0[b + 1] - first;
    if (plot->edge[first].kind == MJ__GROUND_EASEMENT) continue;
    memcpy(edge + n, plot->edge + first, (size_t)count * sizeof *edge);
    edge0[++out->n_obstacles] = n += count;
  }
  return MJ_OK;
}

static mj_status lanes(const mj__fit *fit, mj__fit_scratch *s, mj_arena *arena, mj__fit_parcel *p, int way,
                       mj_geom *shapes) {
  const mj_fit_limits *l = &fit->catalogue.norms->limits;
  mj__fit_result *r = &p->way[way];
  mj_left left;
  mj_plot plot;
  mj_placed *placed = mj_arena_alloc(arena, (size_t)r->modules + 1, sizeof *placed);
  if (!placed) return MJ_ENOMEM;
  if (!r->modules || !(l->lane_m > 0)) return MJ_OK;
  for (int32_t i = 0; i < r->modules; i++) placed[i] = p->module[way][i].place;
  MJ_TRY(kept_plot(&p->site.plot, way == MJ__FIT_OPEN ? p->site.plot.n_obstacles : p->site.plot.n_fixed, arena, &plot));
  double side = l->lane_side_m > 0 ? l->lane_side_m : 0;
  none_in_hand(s);
  MJ_TRY(mj_overlay_lanes(s->overlay, &plot, plot.n_obstacles, placed, r->modules, side, l->lane_m, &s->shape, &left,
                          NULL));
  if (left == MJ_LEFT_UNKNOWN) r->failed = true;
  return left == MJ_LEFT_SHAPE ? keep(s, &p->site, shapes, &p->lane) : MJ_OK;
}

mj_status mj__fit_shapes(const mj__fit *fit, mj__fit_scratch *s, mj_arena *arena, mj__fit_parcel *p, mj_geom *shapes) {
  int by = mj__fit_speaker(p);
  p->shapes = shapes;
  p->buildable = p->lane = -1;
  for (int way = 0; way < MJ__FIT_WAYS; way++) {
    p->way[way].buildable_m2 = (double)NAN;
    if (way == MJ__FIT_STOREYS || !p->way[way].known) continue;
    if (!s->overlay) MJ_TRY(mj_overlay_open(&s->overlay, NULL));
    MJ_TRY(buildable(s, p, way, way == by, shapes));
  }
  return by < 0 || by == MJ__FIT_STOREYS ? MJ_OK : lanes(fit, s, arena, p, by, shapes);
}
