#include <math.h>
#include <stdlib.h>

#include "base/grow.h"
#include "plan/ground_parts.h"

static mj_status add_bar(mj__look *w, mj__bar bar) {
  mj__bar *list = mj_grown(w->bar, w->n_bars, &w->cap_bars, sizeof *list);
  if (!list) return MJ_ENOMEM;
  w->bar = list;
  list[w->n_bars++] = bar;
  return MJ_OK;
}

static mj_status add_area(mj__look *w, mj__area area) {
  mj__area *list = mj_grown(w->area, w->n_areas, &w->cap_areas, sizeof *list);
  if (!list) return MJ_ENOMEM;
  w->area = list;
  list[w->n_areas++] = area;
  return MJ_OK;
}

static mj_status own_edges(mj__look *w) {
  const mj__outline *o = &w->outline;
  for (int32_t r = 0; r < o->n_rings; r++)
    for (int32_t k = o->ring0[r]; k < o->ring0[r + 1]; k++) {
      mj__point a = o->p[k], b = o->p[k + 1 < o->ring0[r + 1] ? k + 1 : o->ring0[r]];
      MJ_TRY(add_bar(w, (mj__bar){a.x, a.y, b.x, b.y, 0, MJ__GROUND_OTHER}));
    }
  return MJ_OK;
}

static bool touch(const mj_box *a, const mj_box *b) {
  return a->xmin <= b->xmax && b->xmin <= a->xmax && a->ymin <= b->ymax && b->ymin <= a->ymax;
}

/* Rings of a row that a point of the window may be in. */
static mj_status areas_of(mj__look *w, int32_t k, int32_t row, const mj_box *window) {
  const mj_edges *edges = &w->g->layer[k].edges;
  const mj_polys *g = &edges->polys;
  for (int32_t r = g->ring0[g->part0[row]]; r < g->ring0[g->part0[row + 1]]; r++)
    if (touch(&edges->ring_box[r], window)) MJ_TRY(add_area(w, (mj__area){k, row, r}));
  return MJ_OK;
}

/* Rows of layer k that an edge may face within @p reach_m. */
static mj_status layer_around(mj__look *w, int32_t k, mj__ground_kind what, double reach_m) {
  const mj__layer *layer = &w->g->layer[k];
  if (layer->kind != MJ_GEOM_POLYGON && layer->kind != MJ_GEOM_LINE) return MJ_OK;
  MJ_TRY(mj__ground_near(w, layer, reach_m));
  for (int64_t i = 0; i < w->rows.n; i++) {
    int32_t row = w->rows.row[i];
    if (k == MJ__G_PARCELS && row == w->row) continue;
    double half = mj__ground_half(layer, row, &w->site->n_unknown_width);
    mj_box window = mj__ground_window(w, reach_m + half);
    if (layer->kind == MJ_GEOM_POLYGON) MJ_TRY(areas_of(w, k, row, &window));
    MJ_TRY(mj__ground_edges(w, layer, row, &window));
    for (int64_t e = 0; e < w->found.n; e++) {
      mj__point a = mj__local(w, &layer->edges.polys, w->found.row[e]),
                b = mj__local(w, &layer->edges.polys, w->found.row[e] + 1);
      MJ_TRY(add_bar(w, (mj__bar){a.x, a.y, b.x, b.y, half, what}));
    }
  }
  return MJ_OK;
}

static mj_status box_bars(mj__look *w) {
  int64_t n = (w->n_bars + MJ__BARS_A_BOX - 1) / MJ__BARS_A_BOX;
  w->box = malloc(((size_t)n + 1) * sizeof *w->box);
  w->near = malloc(((size_t)w->n_bars + 1) * sizeof *w->near);
  if (!w->box || !w->near) return MJ_ENOMEM;
  for (int64_t k = 0; k < n; k++) {
    mj_box b = {(double)INFINITY, (double)INFINITY, -(double)INFINITY, -(double)INFINITY};
    for (int64_t i = k * MJ__BARS_A_BOX; i < w->n_bars && i < (k + 1) * MJ__BARS_A_BOX; i++) {
      const mj__bar *s = &w->bar[i];
      b.xmin = fmin(b.xmin, fmin(s->ax, s->bx) - s->half_m);
      b.ymin = fmin(b.ymin, fmin(s->ay, s->by) - s->half_m);
      b.xmax = fmax(b.xmax, fmax(s->ax, s->bx) + s->half_m);
      b.ymax = fmax(b.ymax, fmax(s->ay, s->by) + s->half_m);
    }
    w->box[k] = b;
  }
  return MJ_OK;
}

mj_status mj__ground_surroundings(mj__look *w) {
  double reach = w->g->reach_m;
  MJ_TRY(own_edges(w));
  MJ_TRY(layer_around(w, MJ__G_PARCELS, MJ__GROUND_NEIGHBOUR, reach));
  MJ_TRY(layer_around(w, MJ__G_ROADS, MJ__GROUND_ROAD, reach));
  MJ_TRY(layer_around(w, MJ__G_WATER, MJ__GROUND_WATER, reach));
  MJ_TRY(layer_around(w, MJ__G_ZONES, MJ__GROUND_ZONE, reach));
  return box_bars(w);
}
