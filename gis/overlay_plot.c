#include <geos_c.h>
#include <math.h>
#include <stdlib.h>

#include "gis/overlay_private.h"

static const double QUARTER = 1.5707963267948966;
enum { CHORDS = 24, CORNER_MOST = CHORDS + 2 };
/* GEOS leaves out vertices that a buffer's side sees as dents shallower than a hundredth of its width. Lines are cut at
 * them, for the ends of a line stay. Dents below NONE_M may go. */
static const double SHALLOW = 0.0101, NONE_M = 1e-7;

typedef GEOSGeometry *(*combine)(GEOSContextHandle_t, const GEOSGeometry *, const GEOSGeometry *);

/* What a question works on. */
typedef struct {
  mj_overlay *o;
  const mj_plot *plot;
  bool high;
  GEOSGeometry *ground; /* what is left so far; NULL: GEOS failed */
  double *x, *y;        /* room for a ring */
  GEOSGeometry **line;  /* room for as many as edges */
} clearing;

/* *a with b put in or taken off; b is freed. */
static void with(mj_overlay *o, GEOSGeometry **a, GEOSGeometry *b, combine how) {
  GEOSGeometry *c = *a && b ? how(o->geos, *a, b) : NULL;
  GEOSGeom_destroy_r(o->geos, *a);
  GEOSGeom_destroy_r(o->geos, b);
  *a = c;
}

/* ---- rings ---- */

/* The polygon of n vertices; room in x and y for one more. */
static GEOSGeometry *polygon(mj_overlay *o, double *x, double *y, int32_t n) {
  x[n] = x[0];
  y[n] = y[0];
  GEOSCoordSequence *seq = GEOSCoordSeq_copyFromArrays_r(o->geos, x, y, NULL, NULL, (unsigned)n + 1);
  GEOSGeometry *ring = seq ? GEOSGeom_createLinearRing_r(o->geos, seq) : NULL;
  return ring ? GEOSGeom_createPolygon_r(o->geos, ring, NULL, 0) : NULL;
}

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

/* Inside a ring of three edges or more, sound. */
static GEOSGeometry *inside_ring(clearing *c, int32_t first, int32_t last) {
  for (int32_t k = first; k < last; k++) {
    c->x[k - first] = c->plot->edge[k].ax;
    c->y[k - first] = c->plot->edge[k].ay;
  }
  GEOSGeometry *g = polygon(c->o, c->x, c->y, last - first);
  if (!g || GEOSisValid_r(c->o->geos, g) == 1) return g;
  GEOSGeometry *sound = GEOSMakeValidWithParams_r(c->o->geos, g, c->o->repair);
  GEOSGeom_destroy_r(c->o->geos, g);
  return sound;
}

/* Even-odd over the rings of edges first .. last-1; *none: nothing is inside. */
static GEOSGeometry *inside(clearing *c, int32_t first, int32_t last, bool *none) {
  GEOSGeometry *all = NULL;
  *none = true;
  for (int32_t k = first, end; k < last; k = end) {
    end = ring_end(c->plot, k, last);
    if (end - k < 3) continue;
    GEOSGeometry *one = inside_ring(c, k, end);
    if (*none) all = one;
    else with(c->o, &all, one, GEOSSymDifference_r);
    *none = false;
  }
  return all;
}

/* ---- distances ---- */

static double clear_of(const clearing *c, int32_t k) {
  return c->high ? c->plot->edge[k].clear_high_m : c->plot->edge[k].clear_m;
}

/* True where the side of a buffer @p r wide sees a shallow dent between edges e and f: the left side (side 1), the
 * right one (-1), either (0). */
static bool is_dent(const mj_plot_edge *e, const mj_plot_edge *f, double r, int side) {
  double dx = f->bx - e->ax, dy = f->by - e->ay, px = e->bx - e->ax, py = e->by - e->ay, len = hypot(dx, dy);
  double left = px * dy - py * dx; /* of the turn: over 0 to the left */
  if (!(len > 0) || left * side < 0) return false;
  double depth = fabs(left) / len;
  return depth > NONE_M && depth <= SHALLOW * r;
}

static bool has_dents(const clearing *c, int32_t first, int32_t last, double r, int side) {
  for (int32_t k = first, end; k < last; k = end) {
    end = ring_end(c->plot, k, last);
    for (int32_t i = k; i < end; i++)
      if (is_dent(&c->plot->edge[i], &c->plot->edge[i + 1 < end ? i + 1 : k], r, side)) return true;
  }
  return false;
}

static GEOSGeometry *line_of(clearing *c, int32_t first, int32_t last) {
  int32_t n = 0;
  for (int32_t k = first; k < last; k++, n++) {
    c->x[n] = c->plot->edge[k].ax;
    c->y[n] = c->plot->edge[k].ay;
  }
  c->x[n] = c->plot->edge[last - 1].bx;
  c->y[n] = c->plot->edge[last - 1].by;
  GEOSContextHandle_t geos = c->o->geos;
  if (n == 1 && c->x[0] == c->x[1] && c->y[0] == c->y[1]) return GEOSGeom_createPointFromXY_r(geos, c->x[0], c->y[0]);
  GEOSCoordSequence *seq = GEOSCoordSeq_copyFromArrays_r(geos, c->x, c->y, NULL, NULL, (unsigned)n + 1);
  return seq ? GEOSGeom_createLineString_r(geos, seq) : NULL;
}

/* Everything within @p r of the edges first .. last-1 that keep just that, off the ground. Lines go behind the first
 * @p used of the room for them. */
static void off_edges(clearing *c, int32_t first, int32_t last, double r, unsigned used) {
  GEOSGeometry **list = c->line + used;
  unsigned n = 0;
  bool failed = false;
  for (int32_t k = first, end; k < last; k = end) {
    for (end = k + 1; end < last && clear_of(c, end) == r && clear_of(c, k) == r; end++) {
      const mj_plot_edge *e = &c->plot->edge[end - 1], *f = e + 1;
      if (f->ax != e->bx || f->ay != e->by || is_dent(e, f, r, 0)) break;
    }
    if (clear_of(c, k) != r) continue;
    GEOSGeometry *line = line_of(c, k, end);
    if (line) list[n++] = line;
    else failed = true;
  }
  GEOSGeometry *lines = GEOSGeom_createCollection_r(c->o->geos, GEOS_GEOMETRYCOLLECTION, list, n), *off = NULL;
  if (lines && !failed) off = GEOSBuffer_r(c->o->geos, lines, r, CHORDS);
  GEOSGeom_destroy_r(c->o->geos, lines);
  with(c->o, &c->ground, off, GEOSDifference_r);
}

/* The ground shrunk by the least that all of the border keeps, then what more some of it keeps off it. */
static void off_border(clearing *c) {
  int32_t n = c->plot->edge0[0];
  double done = (double)INFINITY;
  for (int32_t k = 0; k < n; k++) done = fmin(done, clear_of(c, k));
  if (has_dents(c, 0, n, done, 1)) {
    done = 0; /* edge by edge then */
  } else if (done > 0 && c->ground) {
    GEOSGeometry *all = c->ground;
    c->ground = GEOSBuffer_r(c->o->geos, all, -done, CHORDS);
    GEOSGeom_destroy_r(c->o->geos, all);
  }
  for (double next; c->ground; done = next) {
    next = (double)INFINITY;
    for (int32_t k = 0; k < n; k++)
      if (clear_of(c, k) > done) next = fmin(next, clear_of(c, k));
    if (isinf(next)) break;
    off_edges(c, 0, n, next, 0);
  }
}

/* Off the ground: what lies inside obstacles that keep @p r about them, and what is that near; *next is the least that
 * more keep. Obstacles that GEOS may take as they are go together. */
static void off_obstacles(clearing *c, int32_t n_obstacles, double r, bool around, double *next) {
  const mj_plot *p = c->plot;
  unsigned n = 0;
  bool failed = false;
  *next = (double)INFINITY;
  for (int32_t b = 0; b < n_obstacles && c->ground; b++) {
    int32_t first = p->edge0[b], last = p->edge0[b + 1];
    double own = around && last > first ? clear_of(c, first) : 0;
    if (own > r) *next = fmin(*next, own);
    if (own != r) continue;
    bool none, dents = r > 0 && has_dents(c, first, last, r, 0);
    GEOSGeometry *in = inside(c, first, last, &none);
    if (!none && !in) failed = true;
    if (in && dents) with(c->o, &c->ground, in, GEOSDifference_r);
    else if (in) c->line[n++] = in;
    if (r > 0 && (dents || none) && c->ground) off_edges(c, first, last, r, n);
  }
  GEOSGeometry *set = GEOSGeom_createCollection_r(c->o->geos, GEOS_GEOMETRYCOLLECTION, c->line, n), *off = set;
  if (n && set) off = r > 0 ? GEOSBuffer_r(c->o->geos, set, r, CHORDS) : GEOSUnaryUnion_r(c->o->geos, set);
  if (n) with(c->o, &c->ground, failed ? NULL : off, GEOSDifference_r);
  if (failed && off != set) GEOSGeom_destroy_r(c->o->geos, off);
  GEOSGeom_destroy_r(c->o->geos, set);
}

/* Those of all distances. */
static void off_all_obstacles(clearing *c, int32_t n_obstacles, bool around) {
  double next = 0;
  for (double r = 0; n_obstacles && c->ground && !isinf(r); r = next) off_obstacles(c, n_obstacles, r, around, &next);
}

/* ---- questions ---- */

/* The ground inside the border. Errors: MJ_ENOMEM. */
static mj_status begin(clearing *c, mj_overlay *o, const mj_plot *plot, int32_t n_obstacles, bool high, mj_error *err) {
  size_t n = (size_t)plot->edge0[n_obstacles] + 2; /* an obstacle has an edge */
  bool none;
  *c = (clearing){.o = o, .plot = plot, .high = high, .x = malloc(n * (2 * sizeof *c->x + sizeof *c->line))};
  if (!c->x) return mj_fail(err, MJ_ENOMEM, "out of memory");
  c->y = c->x + n;
  c->line = (GEOSGeometry **)(c->y + n);
  c->ground = inside(c, 0, plot->edge0[0], &none);
  if (none) c->ground = GEOSGeom_createEmptyPolygon_r(o->geos);
  return MJ_OK;
}

/* Corners come to lie on whole micrometres, so that slivers finer than a coordinate of the frame can say do
 * not cross themselves there. */
static const double GRID_M = 1e-6;

static mj_status finish(clearing *c, mj_geom *out, mj_left *left, mj_error *err) {
  if (c->ground) {
    GEOSGeometry *exact = c->ground;
    c->ground = GEOSGeom_setPrecision_r(c->o->geos, exact, GRID_M, 0);
    GEOSGeom_destroy_r(c->o->geos, exact);
  }
  mj_status status = mj__overlay_push(c->o, c->ground, out, left, err);
  GEOSGeom_destroy_r(c->o->geos, c->ground);
  free(c->x);
  return status;
}

mj_status mj_overlay_clear(mj_overlay *overlay, const mj_plot *plot, int32_t n_obstacles, bool high, mj_geom *out,
                           mj_left *left, mj_error *err) {
  clearing c;
  MJ_TRY(begin(&c, overlay, plot, n_obstacles, high, err));
  off_border(&c);
  off_all_obstacles(&c, n_obstacles, true);
  return finish(&c, out, left, err);
}

/* The rectangle grown by d, round at the corners. */
static GEOSGeometry *grown_round(mj_overlay *o, const mj_placed *p, double d) {
  double cx[4], cy[4], x[4 * CORNER_MOST], y[4 * CORNER_MOST], from = atan2(p->uy, p->ux) - 2 * QUARTER;
  int32_t n = 0;
  mj_placed_corners(p, cx, cy);
  for (int k = 0; k < 4; k++)
    for (int i = 0; i <= CHORDS; i++, n++) {
      x[n] = cx[k] + d * cos(from + (k + (double)i / CHORDS) * QUARTER);
      y[n] = cy[k] + d * sin(from + (k + (double)i / CHORDS) * QUARTER);
    }
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

/* All rectangles grown; square ones become one shape, round ones do not meet. NULL where GEOS failed. */
static GEOSGeometry *grown_all(mj_overlay *o, const mj_placed *placed, int32_t n, double d, bool square) {
  GEOSGeometry **one = calloc((size_t)n + 1, sizeof *one), *set = NULL, *all = NULL;
  int32_t made = 0;
  while (one && made < n &&
         (one[made] = square || d <= 0 ? grown_square(o, &placed[made], d) : grown_round(o, &placed[made], d)))
    made++;
  if (one && made == n) {
    set = GEOSGeom_createCollection_r(o->geos, GEOS_MULTIPOLYGON, one, (unsigned)n); /* takes them */
    if (!square || n == 1) all = set;
    else if (set) all = GEOSUnaryUnion_r(o->geos, set);
    if (all != set) GEOSGeom_destroy_r(o->geos, set);
  } else {
    for (int32_t k = 0; one && k < made; k++) GEOSGeom_destroy_r(o->geos, one[k]);
  }
  free(one);
  return all;
}

mj_status mj_overlay_lanes(mj_overlay *overlay, const mj_plot *plot, int32_t n_obstacles, const mj_placed *placed,
                           int32_t n, double side_m, double lane_m, mj_geom *out, mj_left *left, mj_error *err) {
  clearing c;
  MJ_TRY(begin(&c, overlay, plot, n_obstacles, false, err));
  with(overlay, &c.ground, grown_all(overlay, placed, n, side_m + lane_m, true), GEOSIntersection_r);
  if (c.ground) with(overlay, &c.ground, grown_all(overlay, placed, n, side_m, false), GEOSDifference_r);
  off_all_obstacles(&c, n_obstacles, false);
  return finish(&c, out, left, err);
}
