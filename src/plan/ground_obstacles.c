#include <math.h>
#include <string.h>

#include "base/grow.h"
#include "plan/ground_parts.h"

/* Water and easements are cut off this far beyond anything they ask for. */
static const double CUT_M = 5;

/* ---- does it reach the ground? ---- */

static double off2(double px, double py, const mj_plot_edge *e) {
  double dx = e->bx - e->ax, dy = e->by - e->ay, len2 = dx * dx + dy * dy;
  double s = len2 > 0 ? ((px - e->ax) * dx + (py - e->ay) * dy) / len2 : 0;
  s = s < 0 ? 0 : s > 1 ? 1 : s;
  double x = e->ax + s * dx - px, y = e->ay + s * dy - py;
  return x * x + y * y;
}

static double turn_of(double ax, double ay, double bx, double by, double px, double py) {
  return (bx - ax) * (py - ay) - (by - ay) * (px - ax);
}

static bool cross(const mj_plot_edge *e, const mj_plot_edge *f) {
  double a = turn_of(e->ax, e->ay, e->bx, e->by, f->ax, f->ay), b = turn_of(e->ax, e->ay, e->bx, e->by, f->bx, f->by);
  double c = turn_of(f->ax, f->ay, f->bx, f->by, e->ax, e->ay), d = turn_of(f->ax, f->ay, f->bx, f->by, e->bx, e->by);
  return (a > 0) != (b > 0) && (c > 0) != (d > 0);
}

/* True when the edges are no farther apart than @p by. */
static bool within(const mj_plot_edge *e, const mj_plot_edge *f, double by) {
  if (cross(e, f)) return true;
  double near =
      fmin(fmin(off2(e->ax, e->ay, f), off2(e->bx, e->by, f)), fmin(off2(f->ax, f->ay, e), off2(f->bx, f->by, e)));
  return near <= by * by;
}

static bool in_plot(const mj__look *w, double x, double y) {
  bool in = false;
  for (int64_t k = 0; k < w->n_border; k++) {
    const mj_plot_edge *e = &w->edge[k];
    if ((e->ay > y) != (e->by > y) && (turn_of(e->ax, e->ay, e->bx, e->by, x, y) > 0) == (e->by > e->ay)) in = !in;
  }
  return in;
}

static mj_box box_of(const mj_plot_edge *e) {
  return (mj_box){fmin(e->ax, e->bx), fmin(e->ay, e->by), fmax(e->ax, e->bx), fmax(e->ay, e->by)};
}

static bool apart(const mj_box *a, const mj_box *b, double by) {
  return a->xmin > b->xmax + by || b->xmin > a->xmax + by || a->ymin > b->ymax + by || b->ymin > a->ymax + by;
}

/* True when edges [first, n_edges) come within @p by of the border, or lie on the plot. */
static bool reaches(const mj__look *w, int64_t first, double by) {
  mj_box all = {(double)INFINITY, (double)INFINITY, -(double)INFINITY, -(double)INFINITY};
  for (int64_t k = first; k < w->n_edges; k++) {
    const mj_plot_edge *e = &w->edge[k];
    if ((k == first || e->ax != e[-1].bx || e->ay != e[-1].by) && in_plot(w, e->ax, e->ay)) return true;
    mj_box b = box_of(e);
    all = (mj_box){fmin(all.xmin, b.xmin), fmin(all.ymin, b.ymin), fmax(all.xmax, b.xmax), fmax(all.ymax, b.ymax)};
  }
  for (int64_t i = 0; i < w->n_border; i++) {
    mj_box border = box_of(&w->edge[i]);
    if (apart(&border, &all, by)) continue;
    for (int64_t k = first; k < w->n_edges; k++) {
      mj_box b = box_of(&w->edge[k]);
      if (!apart(&border, &b, by) && within(&w->edge[i], &w->edge[k], by)) return true;
    }
  }
  return false;
}

/* Edges from @p first on are an obstacle, row @p row of its layer, unless nothing of it reaches the ground: what is
 * no farther from the border than the border itself keeps free asks for nothing more. */
static mj_status keep(mj__look *w, int64_t first, int64_t row, bool around, bool *is) {
  *is = false;
  if (w->n_edges == first) return MJ_OK;
  double clear = fmax(w->edge[first].clear_m, w->edge[first].clear_high_m);
  if (!around && !reaches(w, first, fmax(clear - w->least_clear_m, 0))) {
    w->n_edges = first;
    return MJ_OK;
  }
  int32_t *edge0 = mj_grown(w->edge0, w->n_obstacles, &w->cap_edge0, sizeof *edge0);
  if (edge0) w->edge0 = edge0;
  int64_t *rows = mj_grown(w->obstacle, w->n_obstacles, &w->cap_obstacles, sizeof *rows);
  if (rows) w->obstacle = rows;
  if (!edge0 || !rows) return MJ_ENOMEM;
  rows[w->n_obstacles] = row;
  edge0[w->n_obstacles++] = (int32_t)w->n_edges;
  *is = true;
  return MJ_OK;
}

/* ---- shapes ---- */

/* The edges of a ring, without those of no length. */
static mj_status push_ring(mj__look *w, const mj__point *p, int32_t n, const mj_plot_edge *as) {
  for (int32_t k = 0; k < n; k++) {
    mj__point a = p[k], b = p[k + 1 < n ? k + 1 : 0];
    if (a.x == b.x && a.y == b.y) continue;
    mj_plot_edge e = *as;
    e.ax = a.x;
    e.ay = a.y;
    e.bx = b.x;
    e.by = b.y;
    MJ_TRY(mj__ground_push(w, e));
  }
  return MJ_OK;
}

/* What of a ring lies on one side of a line x (or y) = at: sign (v - at) >= 0. I. E. Sutherland, G. W. Hodgman (1974),
 * doi:10.1145/360767.360802. */
static int32_t cut(const mj__point *p, int32_t n, bool in_y, double at, double sign, mj__point *out) {
  int32_t kept = 0;
  for (int32_t k = 0; k < n; k++) {
    mj__point a = p[k], b = p[k + 1 < n ? k + 1 : 0];
    double u = sign * ((in_y ? a.y : a.x) - at), v = sign * ((in_y ? b.y : b.x) - at);
    if (u >= 0) out[kept++] = a;
    if ((u >= 0) == (v >= 0)) continue;
    double s = u / (u - v);
    out[kept++] = in_y ? (mj__point){a.x + s * (b.x - a.x), at} : (mj__point){at, a.y + s * (b.y - a.y)};
  }
  return kept;
}

/* What of a ring lies in the box, both about the origin in metres; *n changes. NULL: no memory. */
static mj__point *cut_to(mj__look *w, mj__point *p, int32_t *n, const mj_box *box) {
  const double line[4] = {box->xmin, box->xmax, box->ymin, box->ymax};
  for (int k = 0; k < 4; k++) {
    mj__point *q = mj_arena_alloc(w->arena, 2 * (size_t)*n + 2, sizeof *q);
    if (!q) return NULL;
    *n = cut(p, *n, k > 1, line[k], k % 2 ? -1 : 1, q);
    p = q;
  }
  return p;
}

static bool holds(const mj_box *a, const mj_box *b) {
  return b->xmin >= a->xmin && b->xmax <= a->xmax && b->ymin >= a->ymin && b->ymax <= a->ymax;
}

/* The row's rings, those of water and easements cut to what lies about the parcel. */
static mj_status push_polygon(mj__look *w, const mj__layer *layer, int64_t row, bool whole, const mj_plot_edge *as) {
  const mj_polys *g = &layer->edges.polys;
  mj_box far = mj__ground_window(w, w->g->far_m + CUT_M);
  double unit = w->g->unit_m;
  mj_box about = {(far.xmin - w->x0) * unit, (far.ymin - w->y0) * unit, (far.xmax - w->x0) * unit,
                  (far.ymax - w->y0) * unit};
  for (int32_t r = g->ring0[g->part0[row]]; r < g->ring0[g->part0[row + 1]]; r++) {
    const mj_box *box = &layer->edges.ring_box[r];
    int32_t n = g->vert0[r + 1] - g->vert0[r] - 1;
    if (n < 3 || (!whole && apart(box, &far, 0))) continue;
    mj__point *p = mj_arena_alloc(w->arena, (size_t)n, sizeof *p);
    if (!p) return MJ_ENOMEM;
    for (int32_t k = 0; k < n; k++) p[k] = mj__local(w, g, g->vert0[r] + k);
    if (!whole && !holds(&far, box)) p = cut_to(w, p, &n, &about);
    if (!p) return MJ_ENOMEM;
    MJ_TRY(push_ring(w, p, n, as));
  }
  return MJ_OK;
}

/* There and back, so that no ray crosses it an odd number of times. */
static mj_status push_line(mj__look *w, const mj__layer *layer, int64_t row, const mj_plot_edge *as) {
  mj_box window = mj__ground_window(w, fmax(as->clear_m, as->clear_high_m));
  MJ_TRY(mj__ground_edges(w, layer, row, &window));
  for (int64_t k = 0; k < w->found.n; k++) {
    mj__point ends[2] = {mj__local(w, &layer->edges.polys, w->found.row[k]),
                         mj__local(w, &layer->edges.polys, w->found.row[k] + 1)};
    MJ_TRY(push_ring(w, ends, 2, as));
  }
  return MJ_OK;
}

static mj_status push_points(mj__look *w, const mj__layer *layer, int64_t row, const mj_plot_edge *as) {
  const mj_polys *g = &layer->edges.polys;
  for (int32_t v = g->vert0[g->ring0[g->part0[row]]]; v < g->vert0[g->ring0[g->part0[row + 1]]]; v++) {
    mj__point p = mj__local(w, g, v);
    mj_plot_edge e = *as;
    e.ax = e.bx = p.x;
    e.ay = e.by = p.y;
    MJ_TRY(mj__ground_push(w, e));
  }
  return MJ_OK;
}

/* True when a ring of the plot begins in the polygon: all of it may lie there. */
static bool is_around(const mj__look *w, const mj__layer *layer, int64_t row) {
  if (layer->kind != MJ_GEOM_POLYGON) return false;
  for (int32_t r = 0; r < w->outline.n_rings; r++) {
    mj__point p = w->outline.p[w->outline.ring0[r]];
    if (mj_edges_locate(&layer->edges, row, w->x0 + p.x / w->g->unit_m, w->y0 + p.y / w->g->unit_m, 1)) return true;
  }
  return false;
}

/* ---- water and easements ---- */

/* Polygons keep @p area_m, lines and points @p line_m and half their width. */
static mj_status ground_of(mj__look *w, int k, mj__ground_kind kind, double area_m, double line_m) {
  const mj__layer *layer = &w->g->layer[k];
  MJ_TRY(mj__ground_near(w, layer, fmax(area_m, line_m)));
  for (int64_t i = 0; i < w->rows.n; i++) {
    int32_t row = w->rows.row[i];
    int64_t first = w->n_edges;
    double clear = layer->kind == MJ_GEOM_POLYGON ? area_m : line_m + mj__ground_half(layer, row, NULL);
    mj_plot_edge as = {.clear_m = clear, .clear_high_m = clear, .kind = (int32_t)kind};
    bool kept;
    if (layer->kind == MJ_GEOM_POLYGON) MJ_TRY(push_polygon(w, layer, row, false, &as));
    else if (layer->kind == MJ_GEOM_LINE) MJ_TRY(push_line(w, layer, row, &as));
    else MJ_TRY(push_points(w, layer, row, &as));
    MJ_TRY(keep(w, first, row, is_around(w, layer, row), &kept));
  }
  return MJ_OK;
}

/* ---- buildings ---- */

static double number(const mj_table *t, const char *name, int64_t i) {
  const double *v = mj_table_f64(t, name);
  return v && v[i] > 0 ? v[i] : (double)NAN;
}

/* Height of a building; NaN where nothing says it. A single storey has none that matters here: 0. */
static double height_of(mj__look *w, const mj_table *t, int64_t i) {
  double height = number(t, "height_m", i), floors = number(t, "floors", i), storey = number(t, "storey_height_m", i);
  if (floors <= 1) return 0;
  if (!isnan(height) || isnan(floors)) return height;
  double ground = number(t, "ground_storey_height_m", i);
  if (isnan(storey)) storey = MJ__NORM(w, add_upper_m);
  return (isnan(ground) ? storey : ground) + (floors - 1) * storey;
}

/* Fire class by structure; 0 where the norms have none. */
static int fire_class(const mj__look *w, const mj_table *t, int64_t i, bool *known) {
  const char **structure = mj_table_text(t, "structure");
  const char *is = structure ? structure[i] : NULL;
  const mj_fit_structure *s = mj_fit_structure_of(&w->g->norms, is);
  *known = is && *is && s;
  return s ? s->fire_class : 0;
}

static mj_status building(mj__look *w, int64_t row, mj__ground_kind kind) {
  const mj__layer *layer = &w->g->layer[MJ__G_BUILDINGS];
  int64_t first = w->n_edges;
  bool structure, kept;
  int class = fire_class(w, layer->table, row, &structure);
  double height = height_of(w, layer->table, row), add = 0;
  if (class == 3) add = MJ__NORM(w, fire_class3_m);
  if (class == 4) add = MJ__NORM(w, fire_class4_m);
  double high = MJ__NORM(w, fire_gap_high_m) + add, low = MJ__NORM(w, fire_gap_m) + add;
  mj_plot_edge as = {
      .clear_m = height > MJ__NORM(w, multi_height_m) ? high : low, .clear_high_m = high, .kind = (int32_t)kind};
  MJ_TRY(push_polygon(w, layer, row, true, &as));
  bool around = kind == MJ__GROUND_BUILDING || is_around(w, layer, row);
  MJ_TRY(keep(w, first, row, around, &kept));
  if (kept && !structure) w->site->n_unknown_structure++;
  if (kept && isnan(height)) w->site->n_unknown_height++;
  return MJ_OK;
}

static mj_status buildings(mj__look *w, bool own) {
  const mj__layer *layer = &w->g->layer[MJ__G_BUILDINGS];
  if (layer->kind != MJ_GEOM_POLYGON) return MJ_OK;
  MJ_TRY(mj__ground_near(w, layer, w->g->far_m));
  for (int64_t i = 0; i < w->rows.n; i++)
    if ((w->g->owner[w->rows.row[i]] == w->row) == own)
      MJ_TRY(building(w, w->rows.row[i], own ? MJ__GROUND_BUILDING : MJ__GROUND_BUILDING_OUTSIDE));
  return MJ_OK;
}

mj_status mj__ground_obstacles(mj__look *w) {
  MJ_TRY(buildings(w, false));
  double easement = w->g->layer[MJ__G_EASEMENTS].rows ? MJ__NORM(w, setback_easement_m) : 0;
  double water = w->g->layer[MJ__G_WATER].rows ? MJ__NORM(w, setback_water_m) : 0;
  MJ_TRY(ground_of(w, MJ__G_EASEMENTS, MJ__GROUND_EASEMENT, 0, easement));
  MJ_TRY(ground_of(w, MJ__G_WATER, MJ__GROUND_WATER, water, water));
  w->site->plot.n_fixed = (int32_t)w->n_obstacles;
  return buildings(w, true);
}
