#include "../test.h"
#include "mujun/geom.h"
#include "shape.h"

static double area_of(const char *text) {
  mj_geom g = {0};
  shape_row(&g, text);
  mj_polys v = mj_geom_view(&g);
  double area;
  mj_area_planar(&v, &area);
  mj_geom_reset(&g);
  return area;
}

/* Two rows: a 10 x 10 square with a 2 x 2 hole wound the same way; a unit square far from the origin. */
static void holes_subtract_and_far_squares_are_exact(void) {
  const double d = 5e6;
  double x[] = {0, 10, 10, 0, 0, 4, 6, 6, 4, 4, d, d + 1, d + 1, d, d};
  double y[] = {0, 0, 10, 10, 0, 4, 4, 6, 6, 4, d, d, d + 1, d + 1, d};
  int32_t part0[] = {0, 1, 2}, ring0[] = {0, 2, 3}, vert0[] = {0, 5, 10, 15};
  mj_polys polys = {2, part0, ring0, vert0, x, y};
  double area[2];
  mj_area_planar(&polys, area);
  CU_ASSERT_EQUAL(area[0], 96);
  CU_ASSERT_EQUAL(area[1], 1);
}

static void winding_and_first_vertex_do_not_matter(void) {
  CU_ASSERT_EQUAL(area_of("0 0,4 0,4 3"), 6);
  CU_ASSERT_EQUAL(area_of("4 3,4 0,0 0"), 6);
  CU_ASSERT_EQUAL(area_of("4 0,4 3,0 0"), 6);
}

static void parts_add_and_empty_or_flat_rows_have_none(void) {
  CU_ASSERT_EQUAL(area_of("0 0,2 0,2 2,0 2|10 10,11 10,11 11,10 11"), 5);
  CU_ASSERT_EQUAL(area_of(""), 0);
  CU_ASSERT_EQUAL(area_of("0 0,5 0,9 0"), 0);
}

static void no_rows_write_nothing(void) {
  int32_t zero[] = {0};
  mj_polys none = {0, zero, zero, zero, NULL, NULL};
  double untouched = 7;
  mj_area_planar(&none, &untouched);
  CU_ASSERT_EQUAL(untouched, 7);
}

SUITE_OF(area, T(holes_subtract_and_far_squares_are_exact), T(winding_and_first_vertex_do_not_matter),
         T(parts_add_and_empty_or_flat_rows_have_none), T(no_rows_write_nothing));
