#include <math.h>
#include <stdlib.h>

#include "base/grow.h"
#include "gis/overlay_private.h"

static const double QUARTER = 1.5707963267948966;
enum { CHORDS = 24, ARC_MOST = 4 * CHORDS + 4 };

/* A growing list of GEOS geometries, which it owns until they are united. */
typedef struct {
  mj_overlay *o;
  GEOSGeometry **g;
  int64_t n, cap;
  bool failed; /* GEOS refused one */
  bool memory; /* out of memory */
} heap;

static void put(heap *h, GEOSGeometry *g) {
  GEOSGeometry **list = g ? mj_grown(h->g, h->n, &h->cap, sizeof *list) : NULL;
  if (list) {
    h->g = list;
    list[h->n++] = g;
    return;
  }
  if (g) h->memory = true;
  else h->failed = true;
  GEOSGeom_destroy_r(h->o->geos, g);
}

/* All of them as one, and the heap is empty; NULL where GEOS failed. */
static GEOSGeometry *unite(heap *h) {
  GEOSContextHandle_t geos = h->o->geos;
  GEOSGeometry *all = NULL;
  if (h->failed || h->memory) {
    for (int64_t k = 0; k < h->n; k++) GEOSGeom_destroy_r(geos, h->g[k]);
  } else if (h->n == 1) {
    all = h->g[0];
  } else {
    GEOSGeometry *set = GEOSGeom_createCollection_r(geos, GEOS_GEOMETRYCOLLECTION, h->g, (unsigned)h->n);
    all = set ? GEOSUnaryUnion_r(geos, set) : NULL;
    GEOSGeom_destroy_r(geos, set);
  }
  free(h->g);
  h->g = NULL;
  h->n = h->cap = 0;
  return all;
}

/* a with b put in or taken off; both are freed; NULL in, NULL out. */
static GEOSGeometry *with(mj_overlay *o, GEOSGeometry *a, GEOSGeometry *b,
                          GEOSGeometry *(*how)(GEOSContextHandle_t, const GEOSGeometry *, const GEOSGeometry *)) {
  GEOSGeometry *c = a && b ? how(o->geos, a, b) : NULL;
  GEOSGeom_destroy_r(o->geos, a);
  GEOSGeom_destroy_r(o->geos, b);
  return c;
}

/* ---- single shapes ---- */

/* The polygon of n vertices; room in x and y for one more. */
static GEOSGeometry *polygon(mj_overlay *o, double *x, double *y, int32_t n) {
  x[n] = x[0];
  y[n] = y[0];
  GEOSCoordSequence *seq = GEOSCoordSeq_copyFromArrays_r(o->geos, x, y, NULL, NULL, (unsigned)n + 1);
  GEOSGeometry *ring = seq ? GEOSGeom_createLinearRing_r(o->geos, seq) : NULL;
  return ring ? GEOSGeom_createPolygon_r(o->geos, ring, NULL, 0) : NULL;
}

/* Points of the arc about (cx, cy) that turns left from @p from by @p turn, both ends with it. Returns their number. */
static int32_t arc(double cx, double cy, double r, double from, double turn, double *x, double *y) {
  int32_t n = (int32_t)ceil(turn / QUARTER * CHORDS - 1e-9);
  if (n < 1) n = 1;
  for (int32_t k = 0; k <= n; k++) {
    x[k] = cx + r * cos(from + turn * k / n);
    y[k] = cy + r * sin(from + turn * k / n);
  }
  return n + 1;
}

static GEOSGeometry *disc(mj_overlay *o, double cx, double cy, double r) {
  double x[ARC_MOST], y[ARC_MOST];
  int32_t n = arc(cx, cy, r, 0, 4 * QUARTER, x, y);
  return polygon(o, x, y, n - 1);
}

/* From an edge to what lies r to its left. */
static void normal(const mj_plot_edge *e, double r, double *nx, double *ny) {
  double dx = e->bx - e->ax, dy = e->by - e->ay, len = hypot(dx, dy);
  *nx = -dy / len * r;
  *ny = dx / len * r;
}

/* What lies within r of an edge and beside it. */
static GEOSGeometry *beside(mj_overlay *o, const mj_plot_edge *e, double r) {
  double nx, ny;
  normal(e, r, &nx, &ny);
  double x[5] = {e->ax - nx, e->bx - nx, e->bx + nx, e->ax + nx},
         y[5] = {e->ay - ny, e->by - ny, e->by + ny, e->ay + ny};
  return polygon(o, x, y, 4);
}

/* ---- what the edges of a plot take ---- */

typedef struct {
  heap *h;
  const mj_plot *plot;
  bool high;
  double *x, *y; /* room for a ring */
} taking;

static double clear_of(const taking *t, const mj_plot_edge *e) { return t->high ? e->clear_high_m : e->clear_m; }

/* First edge behind the ring that begins with edge @p first. */
static int32_t ring_end(const mj_plot *plot, int32_t first, int32_t last) {
  const mj_plot_edge *start = &plot->edge[first];
  for (int32_t k = first; k < last; k++) {
    const mj_plot_edge *e = &plot->edge[k];
    if (e->bx == start->ax && e->by == start->ay) return k + 1;
    if (k + 1 < last && (e[1].ax != e->bx || e[1].ay != e->by)) return k + 1;
  }
  return last;
}

/* What lies between the rectangles of edge e and the next, f, on the side that opens: the arc about where they meet. It
 * begins and ends in their very corners, so that no sliver stays between. */
static void corner(taking *t, const mj_plot_edge *e, const mj_plot_edge *f) {
  double dx = e->bx - e->ax, dy = e->by - e->ay, ux = f->bx - f->ax, uy = f->by - f->ay;
  double turn = atan2(dx * uy - dy * ux, dx * ux + dy * uy), r = clear_of(t, e), q = clear_of(t, f);
  double x[ARC_MOST], y[ARC_MOST], nx, ny, mx, my;
  if (r != q) put(t->h, disc(t->h->o, e->bx, e->by, fmax(r, q)));
  if (r != q || r <= 0 || turn == 0) return;
  normal(e, turn > 0 ? -r : r, &nx, &ny); /* to the right of what turns left, and the other way round */
  normal(f, turn > 0 ? -r : r, &mx, &my);
  double from = turn > 0 ? atan2(ny, nx) : atan2(my, mx);
  int32_t n = arc(e->bx, e->by, r, from, fabs(turn), x, y), ends = turn > 0 ? 0 : n - 1;
  x[ends] = e->bx + nx;
  y[ends] = e->by + ny;
  x[n - 1 - ends] = e->bx + mx;
  y[n - 1 - ends] = e->by + my;
  x[n] = e->bx;
  y[n] = e->by;
  put(t->h, polygon(t->h->o, x, y, n + 1));
}

/* The ring of edges first .. last-1. */
static void take_ring(taking *t, int32_t first, int32_t last) {
  for (int32_t k = first; k < last; k++) {
    const mj_plot_edge *e = &t->plot->edge[k], *f = &t->plot->edge[k + 1 < last ? k + 1 : first];
    if (e->ax == e->bx && e->ay == e->by) {
      if (clear_of(t, e) > 0) put(t->h, disc(t->h->o, e->ax, e->ay, clear_of(t, e)));
      continue;
    }
    if (clear_of(t, e) > 0) put(t->h, beside(t->h->o, e, clear_of(t, e)));
    corner(t, e, f);
  }
}

/* Inside the ring, sound; NULL where it has none. */
static GEOSGeometry *inside_ring(taking *t, int32_t first, int32_t last) {
  int32_t n = last - first;
  if (n < 3) return NULL;
  for (int32_t k = 0; k < n; k++) {
    t->x[k] = t->plot->edge[first + k].ax;
    t->y[k] = t->plot->edge[first + k].ay;
  }
  GEOSContextHandle_t geos = t->h->o->geos;
  GEOSGeometry *g = polygon(t->h->o, t->x, t->y, n);
  if (!g || GEOSisValid_r(geos, g) == 1) {
    if (!g) t->h->failed = true;
    return g;
  }
  GEOSGeometry *sound = GEOSMakeValidWithParams_r(geos, g, t->h->o->repair);
  GEOSGeom_destroy_r(geos, g);
  if (!sound) t->h->failed = true;
  return sound;
}

/* Even-odd over the rings of edges first .. last-1; NULL where nothing is inside. */
static GEOSGeometry *inside(taking *t, int32_t first, int32_t last) {
  GEOSGeometry *all = NULL;
  for (int32_t k = first; k < last;) {
    int32_t end = ring_end(t->plot, k, last);
    GEOSGeometry *one = inside_ring(t, k, end);
    if (one && all) {
      all = with(t->h->o, all, one, GEOSSymDifference_r);
      if (!all) t->h->failed = true;
    } else if (one) {
      all = one;
    }
    k = end;
  }
  return all;
}

static void take_obstacles(taking *t, int32_t n_obstacles, bool around) {
  for (int32_t b = 0; b < n_obstacles; b++) {
    int32_t first = t->plot->edge0[b], last = t->plot->edge0[b + 1];
    GEOSGeometry *in = inside(t, first, last);
    if (in) put(t->h, in);
    for (int32_t k = first; around && k < last;) {
      int32_t end = ring_end(t->plot, k, last);
      take_ring(t, k, end);
      k = end;
    }
  }
}

static bool ready(taking *t, heap *h, const mj_plot *plot, int32_t n_obstacles) {
  size_t room = (size_t)plot->edge0[n_obstacles] + 2;
  *t = (taking){.h = h, .plot = plot, .x = malloc(2 * room * sizeof *t->x)};
  t->y = t->x + room;
  return t->x != NULL;
}

/* ---- questions ---- */

/* ground less what the heap has; ground is freed. */
static mj_status finish(heap *h, GEOSGeometry *ground, mj_geom *out, mj_left *left, mj_error *err) {
  if (h->n || h->failed || h->memory) {
    GEOSGeometry *off = unite(h);
    ground = with(h->o, ground, off, GEOSDifference_r);
  }
  free(h->g);
  mj_status status =
      h->memory ? mj_fail(err, MJ_ENOMEM, "out of memory") : mj__overlay_push(h->o, ground, out, left, err);
  GEOSGeom_destroy_r(h->o->geos, ground);
  return status;
}

mj_status mj_overlay_clear(mj_overlay *overlay, const mj_plot *plot, int32_t n_obstacles, bool high, mj_geom *out,
                           mj_left *left, mj_error *err) {
  heap h = {.o = overlay};
  taking t;
  if (!ready(&t, &h, plot, n_obstacles)) return mj_fail(err, MJ_ENOMEM, "out of memory");
  t.high = high;
  GEOSGeometry *ground = inside(&t, 0, plot->edge0[0]);
  for (int32_t k = 0; k < plot->edge0[0];) {
    int32_t end = ring_end(plot, k, plot->edge0[0]);
    take_ring(&t, k, end);
    k = end;
  }
  take_obstacles(&t, n_obstacles, true);
  free(t.x);
  return finish(&h, ground, out, left, err);
}

/* The rectangle grown by d, round at the corners. */
static GEOSGeometry *grown_round(mj_overlay *o, const mj_placed *p, double d) {
  double cx[4], cy[4], x[ARC_MOST + 4], y[ARC_MOST + 4], from = atan2(p->uy, p->ux) - 2 * QUARTER;
  int32_t n = 0;
  mj_placed_corners(p, cx, cy);
  for (int k = 0; k < 4; k++) n += arc(cx[k], cy[k], d, from + k * QUARTER, QUARTER, x + n, y + n);
  return polygon(o, x, y, n);
}

static GEOSGeometry *grown_square(mj_overlay *o, const mj_placed *p, double d) {
  mj_placed q = *p;
  double x[5], y[5];
  q.w_m += 2 * d;
  q.h_m += 2 * d;
  mj_placed_corners(&q, x, y);
  return polygon(o, x, y, 4);
}

mj_status mj_overlay_lanes(mj_overlay *overlay, const mj_plot *plot, int32_t n_obstacles, const mj_placed *placed,
                           int32_t n, double side_m, double lane_m, mj_geom *out, mj_left *left, mj_error *err) {
  heap h = {.o = overlay};
  taking t;
  if (!ready(&t, &h, plot, n_obstacles)) return mj_fail(err, MJ_ENOMEM, "out of memory");
  for (int32_t i = 0; i < n; i++) put(&h, grown_square(overlay, &placed[i], side_m + lane_m));
  GEOSGeometry *lanes = unite(&h), *ground = inside(&t, 0, plot->edge0[0]);
  lanes = with(overlay, lanes, ground, GEOSIntersection_r);
  for (int32_t i = 0; i < n; i++)
    put(&h, side_m > 0 ? grown_round(overlay, &placed[i], side_m) : grown_square(overlay, &placed[i], 0));
  take_obstacles(&t, n_obstacles, false);
  free(t.x);
  return finish(&h, lanes, out, left, err);
}
