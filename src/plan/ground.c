#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "base/parallel.h"
#include "plan/ground_parts.h"

/* Boxes are this much wider than what they hold: a grid knows no box without a width. */
static const double HAIR_M = 0.01;

const char *mj__ground_code(mj__ground_kind kind) {
  static const char *const codes[] = {
#define GROUND(name, code, zh, en) code,
#include "plan/ground.def"
#undef GROUND
  };
  return codes[kind];
}

const char *mj__ground_word(mj__ground_kind kind, mj_lang lang) {
  static const char *const words[][2] = {
#define GROUND(name, code, zh, en) {zh, en},
#include "plan/ground.def"
#undef GROUND
  };
  return words[kind][lang == MJ_ZH ? 0 : 1];
}

double mj__ground_half(const mj__layer *layer, int64_t row, int32_t *unknown) {
  if (layer->kind != MJ_GEOM_LINE) return 0;
  double width = layer->width_m ? layer->width_m[row] : (double)NAN;
  if (width > 0) return width / 2;
  if (unknown) ++*unknown;
  return 0;
}

/* ---- layers ---- */

typedef struct {
  const mj_park *park;
  mj__ground *g;
} opening;

static mj_status index_layer(mj__layer *layer, const mj_table *t, double unit_m, const mj_table *parcels) {
  *layer = (mj__layer){.table = t, .kind = t->geom.kind, .width_m = mj_table_f64(t, "width_m")};
  if (t->geom.n != t->n || !t->n) return MJ_OK; /* a table without shapes */
  mj_polys polys = mj_geom_view(&t->geom);
  mj_box *hint = NULL;
  layer->rows = t->n;
  layer->box = malloc((size_t)t->n * sizeof *layer->box);
  if (!layer->box) return MJ_ENOMEM;
  mj_geom_boxes(&polys, layer->box);
  for (int64_t i = 0; i < t->n; i++) {
    double by = (mj__ground_half(layer, i, NULL) + HAIR_M) / unit_m;
    if (!(layer->box[i].xmin <= layer->box[i].xmax)) continue;
    layer->box[i] =
        (mj_box){layer->box[i].xmin - by, layer->box[i].ymin - by, layer->box[i].xmax + by, layer->box[i].ymax + by};
  }
  mj_polys asking = mj_geom_view(&parcels->geom);
  hint = malloc(((size_t)asking.n + 1) * sizeof *hint);
  if (!hint) return MJ_ENOMEM;
  mj_geom_boxes(&asking, hint);
  mj_status status = mj_grid_build(layer->box, t->n, hint, asking.n, 1, &layer->grid);
  free(hint);
  return status ? status : mj_edges_build(&polys, 1, &layer->edges);
}

static mj_status index_layers(void *ctx, int64_t first, int64_t last, int worker) {
  static const mj_table_id id[] = {MJ_PARCELS, MJ_ZONES, MJ_BUILDINGS, MJ_ROADS, MJ_WATER, MJ_EASEMENTS};
  const opening *o = ctx;
  (void)worker;
  for (int64_t k = first; k < last; k++)
    if (mj_park_has(o->park, id[k]))
      MJ_TRY(index_layer(&o->g->layer[k], &o->park->table[id[k]], o->g->unit_m, &o->park->table[MJ_PARCELS]));
  return MJ_OK;
}

/* Which parcel each building belongs to. */
static mj_status find_owners(const mj_park *park, mj__ground *g) {
  const mj_table *t = &park->table[MJ_PARCEL_BUILDINGS], *buildings = &park->table[MJ_BUILDINGS];
  const int64_t *parcel = mj_table_i64(t, "parcel_row"), *building = mj_table_i64(t, "building_row");
  const double *share = mj_table_f64(t, "share"), *inside = mj_table_f64(buildings, "parcel_share");
  int64_t *owner = mj_arena_alloc(&g->arena, (size_t)buildings->n + 1, sizeof *owner);
  double *most = mj_arena_alloc(&g->arena, (size_t)buildings->n + 1, sizeof *most);
  if (!owner || !most) return MJ_ENOMEM;
  for (int64_t b = 0; b < buildings->n; b++) owner[b] = -1;
  for (int64_t k = 0; k < t->n && parcel && building && share; k++) {
    int64_t b = building[k] - 1;
    if (b < 0 || b >= buildings->n || !(share[k] > most[b])) continue;
    if (inside && inside[b] < park->project.checks.building_inside_share) continue;
    most[b] = share[k];
    owner[b] = parcel[k] - 1;
  }
  g->owner = owner;
  return MJ_OK;
}

static double known(double v) { return v > 0 ? v : 0; }

static void find_reaches(mj__ground *g) {
  const mj_fit_limits *is = &g->norms.limits;
  g->reach_m = fmax(known(is->neighbour_reach_m), known(is->road_reach_m));
  g->inward_m = known(is->neighbour_reach_m);
  double fire = fmax(known(is->fire_gap_m), known(is->fire_gap_high_m)) +
                fmax(known(is->fire_class3_m), known(is->fire_class4_m));
  g->far_m = fmax(fire, fmax(known(is->setback_easement_m), known(is->setback_water_m)));
}

mj_status mj__ground_open(const mj_park *park, int threads, mj__ground **out, mj_error *err) {
  mj__ground *g = calloc(1, sizeof *g);
  *out = NULL;
  if (!g) return mj_fail(err, MJ_ENOMEM, "out of memory reading the ground of parcels");
  g->norms = park->project.fit;
  g->unit_m = park->frame.unit_m;
  find_reaches(g);
  opening o = {park, g};
  mj_status status = mj_parallel(threads, MJ__G_LAYERS, 1, index_layers, &o);
  if (!status) status = find_owners(park, g);
  const mj__layer *roads = &g->layer[MJ__G_ROADS];
  g->roads = roads->rows && (roads->kind == MJ_GEOM_LINE || roads->kind == MJ_GEOM_POLYGON);
  if (status) {
    mj__ground_close(g);
    return mj_fail(err, status, "out of memory reading the ground of parcels");
  }
  *out = g;
  return MJ_OK;
}

void mj__ground_close(mj__ground *g) {
  for (int k = 0; g && k < MJ__G_LAYERS; k++) {
    free(g->layer[k].box);
    mj_grid_reset(&g->layer[k].grid);
    mj_edges_reset(&g->layer[k].edges);
  }
  if (g) mj_arena_reset(&g->arena);
  free(g);
}

/* ---- one parcel ---- */

mj_box mj__ground_window(const mj__look *w, double by_m) {
  mj_box b = w->g->layer[MJ__G_PARCELS].box[w->row];
  double by = by_m / w->g->unit_m;
  return (mj_box){b.xmin - by, b.ymin - by, b.xmax + by, b.ymax + by};
}

mj_status mj__ground_near(mj__look *w, const mj__layer *layer, double by_m) {
  mj_box window = mj__ground_window(w, by_m);
  w->rows.n = 0;
  return layer->rows ? mj_grid_find(&layer->grid, &window, &w->rows) : MJ_OK;
}

mj_status mj__ground_edges(mj__look *w, const mj__layer *layer, int64_t row, const mj_box *window) {
  const mj_polys *g = &layer->edges.polys;
  int64_t most = g->vert0[g->ring0[g->part0[row + 1]]] - g->vert0[g->ring0[g->part0[row]]];
  if (w->found.cap < most) {
    int32_t *more = realloc(w->found.row, (size_t)most * sizeof *more);
    if (!more) return MJ_ENOMEM;
    w->found.row = more;
    w->found.cap = most;
  }
  w->found.n = mj_edges_near(&layer->edges, row, window, w->found.row);
  return MJ_OK;
}

mj_status mj__ground_push(mj__look *w, mj_plot_edge edge) {
  mj_plot_edge *list = mj_grown(w->edge, w->n_edges, &w->cap_edges, sizeof *list);
  if (!list) return MJ_ENOMEM;
  w->edge = list;
  list[w->n_edges++] = edge;
  return MJ_OK;
}

static void *kept(mj_arena *arena, const void *list, int64_t n, size_t size) {
  void *copy = mj_arena_alloc(arena, (size_t)n + 1, size);
  if (copy && n) memcpy(copy, list, (size_t)n * size);
  return copy;
}

/* What was found, into the arena. */
static mj_status hand_over(mj__look *w) {
  mj__site *site = w->site;
  int32_t *edge0 = mj_arena_alloc(w->arena, (size_t)w->n_obstacles + 1, sizeof *edge0);
  site->plot.edge = kept(w->arena, w->edge, w->n_edges, sizeof *w->edge);
  site->row = kept(w->arena, w->obstacle, w->n_obstacles, sizeof *w->obstacle);
  site->road = kept(w->arena, w->road, w->n_border, sizeof *w->road);
  if (!edge0 || !site->plot.edge || !site->row || !site->road) return MJ_ENOMEM;
  edge0[0] = (int32_t)w->n_border;
  for (int64_t k = 0; k < w->n_obstacles; k++) edge0[k + 1] = w->edge0[k];
  site->plot.edge0 = edge0;
  site->plot.n_obstacles = (int32_t)w->n_obstacles;
  return MJ_OK;
}

static void forget(mj__look *w) {
  free(w->rows.row);
  free(w->found.row);
  free(w->bar);
  free(w->area);
  free(w->box);
  free(w->near);
  free(w->edge);
  free(w->edge0);
  free(w->road);
  free(w->obstacle);
}

mj_status mj__ground_plot(const mj__ground *g, int64_t row, mj_arena *scratch, mj__site *out) {
  const mj__layer *parcels = &g->layer[MJ__G_PARCELS];
  *out = (mj__site){.unit_m = g->unit_m, .access = MJ_UNKNOWN};
  mj__look w = {.g = g, .row = row, .arena = scratch, .site = out};
  bool shape =
      row < parcels->rows && parcels->kind == MJ_GEOM_POLYGON && parcels->box[row].xmin < parcels->box[row].xmax;
  mj_status status = MJ_OK;
  if (shape) {
    w.x0 = out->x0 = parcels->box[row].xmin;
    w.y0 = out->y0 = parcels->box[row].ymin;
    status = mj__ground_outline(&w);
    if (!status) status = mj__ground_surroundings(&w);
    if (!status) status = mj__ground_border(&w);
    if (!status && w.n_border) status = mj__ground_obstacles(&w);
  }
  if (!status) status = hand_over(&w);
  forget(&w);
  return status;
}
