#include "gis/overlay.h"

#include <geos_c.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "gis/overlay_private.h"

enum { MIN_RING = 4 };

static void keep_message(const char *message, void *user) {
  mj_overlay *o = user;
  snprintf(o->message, sizeof o->message, "%s", message);
}

static void drop_message(const char *message, void *user) { (void)message, (void)user; }

mj_status mj_overlay_open(mj_overlay **out, mj_error *err) {
  *out = NULL;
  mj_overlay *o = calloc(1, sizeof *o);
  if (!o) return mj_fail(err, MJ_ENOMEM, "out of memory");
  o->geos = GEOS_init_r();
  o->repair = o->geos ? GEOSMakeValidParams_create_r(o->geos) : NULL;
  if (!o->repair || !GEOSMakeValidParams_setMethod_r(o->geos, o->repair, GEOS_MAKE_VALID_STRUCTURE) ||
      !GEOSMakeValidParams_setKeepCollapsed_r(o->geos, o->repair, 0)) {
    mj_overlay_close(o);
    return mj_fail(err, MJ_ENOMEM, "out of memory");
  }
  GEOSContext_setErrorMessageHandler_r(o->geos, keep_message, o);
  GEOSContext_setNoticeMessageHandler_r(o->geos, drop_message, o);
  *out = o;
  return MJ_OK;
}

void mj_overlay_close(mj_overlay *overlay) {
  if (!overlay) return;
  if (overlay->repair) GEOSMakeValidParams_destroy_r(overlay->geos, overlay->repair);
  if (overlay->geos) GEOS_finish_r(overlay->geos);
  free(overlay);
}

static bool is_closed(const mj_polys *g, int32_t r) {
  int32_t first = g->vert0[r], last = g->vert0[r + 1] - 1;
  return last > first && g->x[first] == g->x[last] && g->y[first] == g->y[last];
}

/* Ring r; with @p mend it is closed, and one too short is filled up with its first vertex so that the repair can drop
 * it. */
static GEOSGeometry *ring_of(mj_overlay *o, const mj_polys *g, int32_t r, bool mend) {
  int32_t v = g->vert0[r], n = g->vert0[r + 1] - v, more = 0;
  if (mend && n && !is_closed(g, r)) more = 1;
  while (mend && n && n + more < MIN_RING) more++;
  GEOSCoordSequence *seq = NULL;
  if (!more) {
    seq = GEOSCoordSeq_copyFromArrays_r(o->geos, g->x + v, g->y + v, NULL, NULL, (unsigned)n);
  } else {
    seq = GEOSCoordSeq_create_r(o->geos, (unsigned)(n + more), 2);
    for (int32_t k = 0; seq && k < n + more; k++) {
      int32_t at = k < n ? v + k : v;
      GEOSCoordSeq_setXY_r(o->geos, seq, (unsigned)k, g->x[at], g->y[at]);
    }
  }
  return seq ? GEOSGeom_createLinearRing_r(o->geos, seq) : NULL;
}

static GEOSGeometry *part_of(mj_overlay *o, const mj_polys *g, int32_t p, bool mend) {
  int32_t r0 = g->ring0[p], n = g->ring0[p + 1] - r0;
  if (n < 1) return GEOSGeom_createEmptyPolygon_r(o->geos);
  GEOSGeometry **ring = calloc((size_t)n, sizeof *ring), *polygon = NULL;
  int32_t made = 0;
  while (ring && made < n && (ring[made] = ring_of(o, g, r0 + made, mend))) made++;
  if (made == n) {
    polygon =
        GEOSGeom_createPolygon_r(o->geos, ring[0], ring + 1, (unsigned)n - 1); /* takes the rings, also when it fails */
  } else {
    for (int32_t k = 0; k < made; k++) GEOSGeom_destroy_r(o->geos, ring[k]);
  }
  free(ring);
  return polygon;
}

/* The row as one GEOS geometry; NULL where GEOS refuses (message kept) or memory ends (message empty). */
static GEOSGeometry *row_of(mj_overlay *o, const mj_polys *g, int64_t row, bool mend) {
  int32_t p0 = g->part0[row], n = g->part0[row + 1] - p0;
  o->message[0] = '\0';
  if (n == 1) return part_of(o, g, p0, mend);
  GEOSGeometry **part = calloc((size_t)n + 1, sizeof *part), *whole = NULL;
  int32_t made = 0;
  while (part && made < n && (part[made] = part_of(o, g, p0 + made, mend))) made++;
  if (part && made == n) {
    whole = GEOSGeom_createCollection_r(o->geos, GEOS_MULTIPOLYGON, part, (unsigned)n);
  } else {
    for (int32_t k = 0; k < made; k++) GEOSGeom_destroy_r(o->geos, part[k]);
  }
  free(part);
  return whole;
}

static void say(char reason[REASON_SIZE], const char *what, double x, double y) {
  if (isnan(x) || isnan(y)) {
    snprintf(reason, REASON_SIZE, "%.190s", what);
    return;
  }
  char at_x[400], at_y[400];
  mj_double_coord(x, 7, at_x); /* 7 decimals tell vertices apart in degrees too */
  mj_double_coord(y, 7, at_y);
  snprintf(reason, REASON_SIZE, "%.100s at %.40s %.40s", what, at_x, at_y);
}

static void place_of(mj_overlay *o, const GEOSGeometry *at, double *x, double *y) {
  if (!at || GEOSisEmpty_r(o->geos, at) != 0 || !GEOSGeomGetX_r(o->geos, at, x) || !GEOSGeomGetY_r(o->geos, at, y))
    *x = *y = (double)NAN;
}

bool mj_overlay_valid(mj_overlay *overlay, const mj_polys *polys, int64_t row, char reason[200], double *at_x,
                      double *at_y) {
  reason[0] = '\0';
  *at_x = *at_y = (double)NAN;
  int32_t p0 = polys->part0[row], p1 = polys->part0[row + 1];
  for (int32_t r = polys->ring0[p0]; r < polys->ring0[p1]; r++) {
    int32_t v = polys->vert0[r], n = polys->vert0[r + 1] - v;
    if (n >= MIN_RING && is_closed(polys, r)) continue;
    if (n) *at_x = polys->x[v];
    if (n) *at_y = polys->y[v];
    say(reason, n && !is_closed(polys, r) ? "Ring not closed" : "Ring of too few points", *at_x, *at_y);
    return false;
  }
  GEOSGeometry *g = row_of(overlay, polys, row, false), *at = NULL;
  char *why = NULL;
  char valid = g ? GEOSisValidDetail_r(overlay->geos, g, 0, &why, &at) : 2;
  if (valid == 0) {
    place_of(overlay, at, at_x, at_y);
    say(reason, why ? why : "Invalid", *at_x, *at_y);
  } else if (valid != 1) {
    say(reason, overlay->message[0] ? overlay->message : "Not tested", (double)NAN, (double)NAN);
  }
  if (why) GEOSFree_r(overlay->geos, why);
  GEOSGeom_destroy_r(overlay->geos, at);
  GEOSGeom_destroy_r(overlay->geos, g);
  return valid == 1;
}

/* A vertex that is no number: GEOS's repair drops it, which would be a guess, and its overlay throws and leaks. */
static bool is_finite(const mj_polys *g, int64_t row) {
  int32_t v1 = g->vert0[g->ring0[g->part0[row + 1]]];
  for (int32_t v = g->vert0[g->ring0[g->part0[row]]]; v < v1; v++)
    if (!isfinite(g->x[v]) || !isfinite(g->y[v])) return false;
  return true;
}

static mj_status push_ring(mj_overlay *o, const GEOSGeometry *ring, mj_geom *out) {
  const GEOSCoordSequence *seq = GEOSGeom_getCoordSeq_r(o->geos, ring);
  unsigned n = 0;
  if (!seq || !GEOSCoordSeq_getSize_r(o->geos, seq, &n) || n > INT32_MAX) return MJ_ENOMEM;
  double *x = malloc(((size_t)n + 1) * 2 * sizeof *x), *y = x + n;
  mj_status status = MJ_ENOMEM;
  if (x && GEOSCoordSeq_copyToArrays_r(o->geos, seq, x, y, NULL, NULL))
    status = mj_geom_push_ring(out, (int32_t)n, x, y);
  free(x);
  return status;
}

/* Append the polygons of any geometry as parts, in GEOS's order. */
static mj_status push_parts(mj_overlay *o, const GEOSGeometry *g, mj_geom *out) {
  int type = GEOSGeomTypeId_r(o->geos, g);
  if (GEOSisEmpty_r(o->geos, g) != 0) return MJ_OK;
  if (type == GEOS_POLYGON) {
    MJ_TRY(push_ring(o, GEOSGetExteriorRing_r(o->geos, g), out));
    for (int k = 0, n = GEOSGetNumInteriorRings_r(o->geos, g); k < n; k++)
      MJ_TRY(push_ring(o, GEOSGetInteriorRingN_r(o->geos, g, k), out));
    return mj_geom_end_part(out);
  }
  if (type != GEOS_MULTIPOLYGON && type != GEOS_GEOMETRYCOLLECTION) return MJ_OK;
  for (int k = 0, n = GEOSGetNumGeometries_r(o->geos, g); k < n; k++)
    MJ_TRY(push_parts(o, GEOSGetGeometryN_r(o->geos, g, k), out)); /* depth: a collection of multipolygons at most */
  return MJ_OK;
}

mj_status mj__overlay_push(mj_overlay *o, const GEOSGeometry *g, mj_geom *out, mj_left *left, mj_error *err) {
  mj_geom one = {0};
  mj_status status = g ? push_parts(o, g, &one) : MJ_OK;
  *left = !g || status ? MJ_LEFT_UNKNOWN : one.parts > 0 ? MJ_LEFT_SHAPE : MJ_LEFT_NOTHING;
  if (!status) status = mj_geom_end_row(&one);
  if (!status) {
    mj_polys view = mj_geom_view(&one);
    status = mj_geom_push_row(out, &view, 0);
  }
  mj_geom_reset(&one);
  return status ? mj_fail(err, status, "out of memory") : MJ_OK;
}

mj_status mj_overlay_repair(mj_overlay *overlay, const mj_polys *polys, int64_t row, mj_geom *out, mj_left *left,
                            mj_error *err) {
  GEOSGeometry *broken = is_finite(polys, row) ? row_of(overlay, polys, row, true) : NULL;
  GEOSGeometry *sound = broken ? GEOSMakeValidWithParams_r(overlay->geos, broken, overlay->repair) : NULL;
  mj_status status = mj__overlay_push(overlay, sound, out, left, err);
  GEOSGeom_destroy_r(overlay->geos, sound);
  GEOSGeom_destroy_r(overlay->geos, broken);
  return status;
}

static GEOSGeometry *intersection(mj_overlay *o, const mj_polys *a, int64_t i, const mj_polys *b, int64_t j) {
  if (!is_finite(a, i) || !is_finite(b, j)) return NULL;
  GEOSGeometry *p = row_of(o, a, i, false), *q = row_of(o, b, j, false);
  GEOSGeometry *both = p && q ? GEOSIntersection_r(o->geos, p, q) : NULL;
  GEOSGeom_destroy_r(o->geos, q);
  GEOSGeom_destroy_r(o->geos, p);
  return both;
}

mj_status mj_overlay_meet(mj_overlay *overlay, const mj_polys *a, int64_t i, const mj_polys *b, int64_t j, mj_geom *out,
                          mj_left *left, mj_error *err) {
  GEOSGeometry *both = intersection(overlay, a, i, b, j);
  mj_status status = mj__overlay_push(overlay, both, out, left, err);
  GEOSGeom_destroy_r(overlay->geos, both);
  return status;
}

typedef GEOSGeometry *(*combine)(GEOSContextHandle_t, const GEOSGeometry *, const GEOSGeometry *);

/* all (which is freed; NULL stays NULL) with row i put in or taken off. */
static GEOSGeometry *with_row(mj_overlay *o, GEOSGeometry *all, const mj_polys *g, int64_t row, combine how) {
  GEOSGeometry *one = all && is_finite(g, row) ? row_of(o, g, row, false) : NULL;
  GEOSGeometry *more = one ? how(o->geos, all, one) : NULL;
  GEOSGeom_destroy_r(o->geos, one);
  GEOSGeom_destroy_r(o->geos, all);
  return more;
}

/* Union of the rows first .. first + n - 1, or of list[n] where there is one, in one sweep: one after the other would
 * cost the square of their number. NULL where a row cannot be taken in. */
static GEOSGeometry *union_of(mj_overlay *o, const mj_polys *g, int64_t first, const int32_t *list, int64_t n) {
  GEOSGeometry **one = n <= INT32_MAX ? calloc((size_t)n + 1, sizeof *one) : NULL, *set = NULL, *all = NULL;
  int64_t made = 0;
  for (; one && made < n; made++) {
    int64_t row = list ? list[made] : first + made;
    one[made] = is_finite(g, row) ? row_of(o, g, row, false) : NULL;
    if (!one[made]) break;
  }
  if (one && made == n) {
    set = GEOSGeom_createCollection_r(o->geos, GEOS_GEOMETRYCOLLECTION, one, (unsigned)n); /* takes them */
    all = set ? GEOSUnaryUnion_r(o->geos, set) : NULL;
    GEOSGeom_destroy_r(o->geos, set);
  } else {
    for (int64_t k = 0; one && k < made; k++) GEOSGeom_destroy_r(o->geos, one[k]);
  }
  free(one);
  return all;
}

mj_status mj_overlay_rest(mj_overlay *overlay, const mj_polys *a, int64_t first, int64_t last, const mj_polys *b,
                          const int32_t *list, int32_t n, mj_geom *out, mj_left *left, mj_error *err) {
  GEOSGeometry *all = union_of(overlay, a, first, NULL, last - first),
               *off = all && n ? union_of(overlay, b, 0, list, n) : NULL;
  if (n) {
    GEOSGeometry *rest = off ? GEOSDifference_r(overlay->geos, all, off) : NULL;
    GEOSGeom_destroy_r(overlay->geos, off);
    GEOSGeom_destroy_r(overlay->geos, all);
    all = rest;
  }
  mj_status status = mj__overlay_push(overlay, all, out, left, err);
  GEOSGeom_destroy_r(overlay->geos, all);
  return status;
}

double mj_overlay_area(mj_overlay *overlay, const mj_polys *a, int64_t i, const mj_polys *b, int64_t j) {
  double area = (double)NAN;
  GEOSGeometry *both = intersection(overlay, a, i, b, j);
  if (!both || !GEOSArea_r(overlay->geos, both, &area)) area = (double)NAN;
  GEOSGeom_destroy_r(overlay->geos, both);
  return area;
}

double mj_overlay_cover(mj_overlay *overlay, const mj_polys *a, int64_t i, const mj_polys *b, const int32_t *list,
                        int32_t n) {
  double area = (double)NAN;
  GEOSGeometry *all = union_of(overlay, b, 0, list, n);
  all = with_row(overlay, all, a, i, GEOSIntersection_r);
  if (!all || !GEOSArea_r(overlay->geos, all, &area)) area = (double)NAN;
  GEOSGeom_destroy_r(overlay->geos, all);
  return area;
}
