#include <math.h>

#include "../test.h"
#include "geom/overlap.h"
#include "shape.h"

#define SQUARE "0 0,10 0,10 10,0 10"

static int verdict(const char *text) {
  mj_geom g = {0};
  shape_row(&g, text);
  mj_polys v = mj_geom_view(&g);
  uint8_t out = 9;
  CU_ASSERT_EQUAL_FATAL(mj_geom_simple(&v, 1, &out), MJ_OK);
  mj_geom_reset(&g);
  return out;
}

static void plain_rows_are_simple(void) {
  CU_ASSERT_EQUAL(verdict(SQUARE), MJ_SIMPLE);
  CU_ASSERT_EQUAL(verdict("0 0,0 10,10 10,10 0"), MJ_SIMPLE);
  CU_ASSERT_EQUAL(verdict("0 0,5 0,10 0,10 10,0 10"), MJ_SIMPLE); /* a vertex within a straight side */
  CU_ASSERT_EQUAL(verdict("0 0,1 0,0 1"), MJ_SIMPLE);
  CU_ASSERT_EQUAL(verdict(""), MJ_SIMPLE);
  CU_ASSERT_EQUAL(verdict(SQUARE ";1 1,2 1,2 2;4 4,6 4,6 6"), MJ_SIMPLE);
  CU_ASSERT_EQUAL(verdict(SQUARE "|20 0,30 0,30 9"), MJ_SIMPLE);
  CU_ASSERT_EQUAL(verdict(SQUARE ";1 1,9 1,9 9,1 9|4 4,6 4,6 6"), MJ_SIMPLE); /* an island in the hole */
}

static void crossings_touches_and_repeats_are_doubtful(void) {
  CU_ASSERT_EQUAL(verdict("0 0,10 10,10 0,0 10"), MJ_DOUBTFUL);                /* a bow tie */
  CU_ASSERT_EQUAL(verdict("0 0,10 0,10 10,5 0,0 10"), MJ_DOUBTFUL);            /* a vertex on an edge */
  CU_ASSERT_EQUAL(verdict("0 0,10 0,10 10,10 5,15 5,10 5,0 10"), MJ_DOUBTFUL); /* a spike */
  CU_ASSERT_EQUAL(verdict("0 0,10 0,10 0,10 10"), MJ_DOUBTFUL);                /* a repeated vertex */
  CU_ASSERT_EQUAL(verdict("0 0,5 0,10 0"), MJ_DOUBTFUL);                       /* flat */
  CU_ASSERT_EQUAL(verdict("0 0,5 5"), MJ_DOUBTFUL);                            /* too few */
}

static void rings_in_the_wrong_place_are_doubtful(void) {
  CU_ASSERT_EQUAL(verdict(SQUARE ";20 1,22 1,22 2"), MJ_DOUBTFUL);              /* a hole outside */
  CU_ASSERT_EQUAL(verdict(SQUARE ";1 1,9 1,9 9,1 9;4 4,6 4,6 6"), MJ_DOUBTFUL); /* a hole in a hole */
  CU_ASSERT_EQUAL(verdict(SQUARE "|4 4,6 4,6 6"), MJ_DOUBTFUL);                 /* a part in a part */
  CU_ASSERT_EQUAL(verdict("4 4,6 4,6 6|" SQUARE), MJ_DOUBTFUL);
  CU_ASSERT_EQUAL(verdict(SQUARE ";0 0,5 1,5 2"), MJ_DOUBTFUL); /* a hole that touches: valid, but not surely */
  CU_ASSERT_EQUAL(verdict(SQUARE "|10 0,20 0,20 10,10 10"), MJ_DOUBTFUL); /* parts with a common side */
}

static void an_open_ring_or_a_coordinate_that_is_no_number_is_doubtful(void) {
  double x[] = {0, 1, 1, 0}, y[] = {0, 0, 1, 1}, nx[] = {0, 1, (double)NAN, 0, 0}, ny[] = {0, 0, 1, 1, 0};
  mj_geom g = {0};
  CU_ASSERT_EQUAL_FATAL(mj_geom_push_ring(&g, 4, x, y), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(mj_geom_end_part(&g), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(mj_geom_end_row(&g), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(mj_geom_push_ring(&g, 5, nx, ny), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(mj_geom_end_part(&g), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(mj_geom_end_row(&g), MJ_OK);
  mj_polys v = mj_geom_view(&g);
  uint8_t out[2] = {9, 9};
  CU_ASSERT_EQUAL_FATAL(mj_geom_simple(&v, 2, out), MJ_OK);
  CU_ASSERT_EQUAL(out[0], MJ_DOUBTFUL);
  CU_ASSERT_EQUAL(out[1], MJ_DOUBTFUL);
  mj_geom_reset(&g);
}

/* A saw of 1000 teeth along x or along y; then with two of its tips crossing a neighbour's. Over 64 edges, so it is
 * swept. */
static int saw(bool upright, bool broken) {
  static double x[2003], y[2003];
  int n = 0;
  for (int k = 0; k <= 2000; k++, n++) {
    x[n] = k;
    y[n] = k % 2 ? 50 : 0;
  }
  if (broken) x[1001] = 1003.5;
  x[n] = 1000;
  y[n++] = -10;
  x[n] = 0;
  y[n++] = 0;
  mj_geom g = {0};
  CU_ASSERT_EQUAL_FATAL(mj_geom_push_ring(&g, n, upright ? y : x, upright ? x : y), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(mj_geom_end_part(&g), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(mj_geom_end_row(&g), MJ_OK);
  mj_polys v = mj_geom_view(&g);
  uint8_t out = 9;
  CU_ASSERT_EQUAL_FATAL(mj_geom_simple(&v, 1, &out), MJ_OK);
  mj_geom_reset(&g);
  return out;
}

static void long_rings_are_swept_along_either_axis(void) {
  CU_ASSERT_EQUAL(saw(false, false), MJ_SIMPLE);
  CU_ASSERT_EQUAL(saw(true, false), MJ_SIMPLE);
  CU_ASSERT_EQUAL(saw(false, true), MJ_DOUBTFUL);
  CU_ASSERT_EQUAL(saw(true, true), MJ_DOUBTFUL);
}

SUITE_OF(simple, T(plain_rows_are_simple), T(crossings_touches_and_repeats_are_doubtful),
         T(rings_in_the_wrong_place_are_doubtful), T(an_open_ring_or_a_coordinate_that_is_no_number_is_doubtful),
         T(long_rings_are_swept_along_either_axis));
