#include <math.h>
#include <string.h>

#include "../geom/shape.h"
#include "../test.h"
#include "gis/overlay.h"

static mj_overlay *opened(void) {
  mj_overlay *o;
  mj_error err = {0};
  CU_ASSERT_EQUAL_FATAL(mj_overlay_open(&o, &err), MJ_OK);
  return o;
}

static bool valid(const char *text, char reason[200], double *x, double *y) {
  mj_geom g = {0};
  shape_row(&g, text);
  mj_polys v = mj_geom_view(&g);
  mj_overlay *o = opened();
  bool ok = mj_overlay_valid(o, &v, 0, reason, x, y);
  mj_overlay_close(o);
  mj_geom_reset(&g);
  return ok;
}

static void a_valid_row_has_no_reason(void) {
  char reason[200] = "before";
  double x, y;
  CU_ASSERT(valid("0 0,10 0,10 10,0 10;4 4,6 4,6 6|20 0,30 0,30 9", reason, &x, &y));
  CU_ASSERT_STRING_EQUAL(reason, "");
  CU_ASSERT(isnan(x) && isnan(y));
  CU_ASSERT(valid("", reason, &x, &y));
}

static void an_invalid_row_says_why_and_where(void) {
  char reason[200];
  double x, y;
  CU_ASSERT(!valid("0 0,10 10,10 0,0 10", reason, &x, &y));
  CU_ASSERT_STRING_EQUAL(reason, "Self-intersection at 5 5");
  CU_ASSERT(x == 5 && y == 5);
  CU_ASSERT(!valid("500000.125 0,500010 0,500010 9;600000 1,600002 1,600002 2", reason, &x, &y));
  CU_ASSERT_STRING_EQUAL(reason, "Hole lies outside shell at 600000 1");
  CU_ASSERT(!valid("0 0,1 1", reason, &x, &y));
  CU_ASSERT_STRING_EQUAL(reason, "Ring of too few points at 0 0");
}

static void an_open_ring_is_invalid_and_is_closed_by_repair(void) {
  double px[] = {3, 4, 4, 3}, py[] = {0, 0, 1, 1}, x, y, area;
  mj_geom g = {0}, mended = {0};
  CU_ASSERT_EQUAL_FATAL(mj_geom_push_ring(&g, 4, px, py), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(mj_geom_end_part(&g), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(mj_geom_end_row(&g), MJ_OK);
  mj_polys v = mj_geom_view(&g);
  mj_overlay *o = opened();
  char reason[200];
  CU_ASSERT(!mj_overlay_valid(o, &v, 0, reason, &x, &y));
  CU_ASSERT_STRING_EQUAL(reason, "Ring not closed at 3 0");
  mj_left kept = MJ_LEFT_UNKNOWN;
  CU_ASSERT_EQUAL(mj_overlay_repair(o, &v, 0, &mended, &kept, NULL), MJ_OK);
  CU_ASSERT_EQUAL(kept, MJ_LEFT_SHAPE);
  v = mj_geom_view(&mended);
  mj_area_planar(&v, &area);
  CU_ASSERT_EQUAL(area, 1);
  mj_overlay_close(o);
  mj_geom_reset(&g);
  mj_geom_reset(&mended);
}

/* Area and parts after repair; parts is -1 when nothing was kept. */
static double repaired(const char *text, int *parts) {
  mj_geom g = {0}, out = {0}, again = {0};
  shape_row(&g, text);
  mj_polys v = mj_geom_view(&g);
  mj_overlay *o = opened();
  mj_left kept = MJ_LEFT_UNKNOWN;
  CU_ASSERT_EQUAL_FATAL(mj_overlay_repair(o, &v, 0, &out, &kept, NULL), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(mj_overlay_repair(o, &v, 0, &again, &kept, NULL), MJ_OK);
  CU_ASSERT_EQUAL(out.n, 1);
  CU_ASSERT_EQUAL_FATAL(out.verts, again.verts);
  if (out.verts) CU_ASSERT(!memcmp(out.x, again.x, (size_t)out.verts * sizeof *out.x));
  double area, x, y;
  char reason[200];
  v = mj_geom_view(&out);
  mj_area_planar(&v, &area);
  CU_ASSERT(mj_overlay_valid(o, &v, 0, reason, &x, &y));
  *parts = kept == MJ_LEFT_SHAPE ? out.parts : -1;
  mj_overlay_close(o);
  mj_geom_reset(&g);
  mj_geom_reset(&out);
  mj_geom_reset(&again);
  return area;
}

static void repair_keeps_the_polygons_and_drops_what_collapses(void) {
  int parts;
  CU_ASSERT_DOUBLE_EQUAL(repaired("0 0,10 10,10 0,0 10", &parts), 50, 1e-9); /* a bow tie: two triangles */
  CU_ASSERT_EQUAL(parts, 2);
  CU_ASSERT_DOUBLE_EQUAL(repaired("0 0,10 0,10 10,10 5,15 5,10 5,0 10", &parts), 75, 1e-9); /* the spike goes */
  CU_ASSERT_EQUAL(parts, 1);
  CU_ASSERT_DOUBLE_EQUAL(repaired("0 0,4 0,4 4,0 4|2 0,6 0,6 4,2 4", &parts), 24,
                         1e-9); /* parts that overlap count once */
  CU_ASSERT_EQUAL(parts, 1);
  CU_ASSERT_EQUAL(repaired("0 0,5 0,9 0", &parts), 0);
  CU_ASSERT_EQUAL(parts, -1);
  CU_ASSERT_EQUAL(repaired("1 1,1 1", &parts), 0);
  CU_ASSERT_EQUAL(parts, -1);
  CU_ASSERT_EQUAL(repaired("", &parts), 0);
  CU_ASSERT_EQUAL(parts, -1);
}

static void a_coordinate_that_is_no_number_leaves_an_empty_row(void) {
  double x[] = {0, 1, (double)NAN, 0, 0}, y[] = {0, 0, 1, 1, 0}, ax, ay;
  mj_geom g = {0}, out = {0};
  CU_ASSERT_EQUAL_FATAL(mj_geom_push_ring(&g, 5, x, y), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(mj_geom_end_part(&g), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(mj_geom_end_row(&g), MJ_OK);
  mj_polys v = mj_geom_view(&g);
  mj_overlay *o = opened();
  char reason[200];
  CU_ASSERT(!mj_overlay_valid(o, &v, 0, reason, &ax, &ay));
  CU_ASSERT_PTR_NOT_NULL(strstr(reason, "Invalid Coordinate"));
  CU_ASSERT(isnan(mj_overlay_area(o, &v, 0, &v, 0)));
  mj_left kept = MJ_LEFT_SHAPE;
  CU_ASSERT_EQUAL(mj_overlay_repair(o, &v, 0, &out, &kept, NULL), MJ_OK);
  CU_ASSERT_EQUAL(kept, MJ_LEFT_UNKNOWN);
  CU_ASSERT_EQUAL(out.n, 1);
  CU_ASSERT_EQUAL(out.parts, 0);
  mj_overlay_close(o);
  mj_geom_reset(&g);
  mj_geom_reset(&out);
}

static void areas_of_rows_that_touch_are_those_of_the_overlap(void) {
  mj_geom g = {0};
  shape_row(&g, "0 0,10 0,10 10,0 10");
  shape_row(&g, "5 5,10 5,10 7,5 7");     /* inside, sharing a piece of edge */
  shape_row(&g, "10 0,20 0,20 10,10 10"); /* a neighbour */
  shape_row(&g, "");
  mj_polys v = mj_geom_view(&g);
  mj_overlay *o = opened();
  CU_ASSERT_DOUBLE_EQUAL(mj_overlay_area(o, &v, 0, &v, 1), 10, 1e-12);
  CU_ASSERT_EQUAL(mj_overlay_area(o, &v, 0, &v, 2), 0);
  CU_ASSERT_EQUAL(mj_overlay_area(o, &v, 0, &v, 0), 100);
  CU_ASSERT_EQUAL(mj_overlay_area(o, &v, 0, &v, 3), 0);
  mj_overlay_close(o);
  mj_geom_reset(&g);
}

/* Two squares that only touch have nothing in common, which is known; of one with a hole of two points GEOS makes
 * nothing. */
static void nothing_left_is_told_from_not_known(void) {
  double x[] = {0, 10, 10, 0, 0}, y[] = {0, 0, 10, 10, 0}, hx[] = {2, 2}, hy[] = {2, 2};
  mj_geom g = {0}, out = {0};
  mj_left left;
  shape_row(&g, "0 0,10 0,10 10,0 10");
  shape_row(&g, "10 0,20 0,20 10,10 10");
  CU_ASSERT_EQUAL_FATAL(mj_geom_push_ring(&g, 5, x, y), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(mj_geom_push_ring(&g, 2, hx, hy), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(mj_geom_end_part(&g), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(mj_geom_end_row(&g), MJ_OK);
  mj_polys v = mj_geom_view(&g);
  mj_overlay *o = opened();
  static const struct {
    int32_t a, b;
    mj_left meet, rest;
  } want[] = {{0, 1, MJ_LEFT_NOTHING, MJ_LEFT_SHAPE},
              {0, 0, MJ_LEFT_SHAPE, MJ_LEFT_NOTHING},
              {0, 2, MJ_LEFT_UNKNOWN, MJ_LEFT_UNKNOWN}};
  for (int k = 0; k < 3; k++) {
    CU_ASSERT_EQUAL(mj_overlay_meet(o, &v, want[k].a, &v, want[k].b, &out, &left, NULL), MJ_OK);
    CU_ASSERT_EQUAL(left, want[k].meet);
    CU_ASSERT_EQUAL(mj_overlay_rest(o, &v, want[k].a, want[k].a + 1, &v, &want[k].b, 1, &out, &left, NULL), MJ_OK);
    CU_ASSERT_EQUAL(left, want[k].rest);
  }
  ASSERT_INT(out.n, 6); /* a row each, whatever is left */
  mj_overlay_close(o);
  mj_geom_reset(&g);
  mj_geom_reset(&out);
}

/* A square of 10 x 10 under three rectangles of which two lie over each other: 30 + 29 of it again + 20. */
static void what_several_rows_cover_counts_once(void) {
  mj_geom a = {0}, b = {0};
  shape_row(&a, "0 0,10 0,10 10,0 10");
  shape_row(&b, "0 0,3 0,3 10,0 10");
  shape_row(&b, "0.1 0,3 0,3 10,0.1 10");
  shape_row(&b, "8 0,12 0,12 10,8 10");
  mj_polys va = mj_geom_view(&a), vb = mj_geom_view(&b);
  mj_overlay *o = opened();
  const int32_t all[] = {0, 1, 2};
  CU_ASSERT_DOUBLE_EQUAL(mj_overlay_cover(o, &va, 0, &vb, all, 3), 50, 1e-9);
  CU_ASSERT_DOUBLE_EQUAL(mj_overlay_cover(o, &va, 0, &vb, all, 0), 0, 0);
  mj_overlay_close(o);
  mj_geom_reset(&a);
  mj_geom_reset(&b);
}

SUITE_OF(overlay, T(nothing_left_is_told_from_not_known), T(what_several_rows_cover_counts_once),
         T(a_valid_row_has_no_reason), T(an_invalid_row_says_why_and_where),
         T(an_open_ring_is_invalid_and_is_closed_by_repair), T(repair_keeps_the_polygons_and_drops_what_collapses),
         T(a_coordinate_that_is_no_number_leaves_an_empty_row), T(areas_of_rows_that_touch_are_those_of_the_overlap));
