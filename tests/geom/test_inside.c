#include <math.h>

#include "../test.h"
#include "geom/inside.h"
#include "geom/overlap.h"
#include "shape.h"

#define SQUARE "0 0,10 0,10 10,0 10"

/* The point is exactly this one. */
static void is_at(const char *shape, double want_x, double want_y) {
  mj_geom g = {0};
  mj_inside room = {0};
  double x = 0, y = 0;
  shape_row(&g, shape);
  mj_polys v = mj_geom_view(&g);
  CU_ASSERT_EQUAL_FATAL(mj_point_in(&room, &v, 0, &x, &y), MJ_OK);
  CU_ASSERT(isnan(want_x) ? isnan(x) && isnan(y) : x == want_x && y == want_y);
  mj_inside_reset(&room);
  mj_geom_reset(&g);
}

static void it_is_the_middle_of_the_widest_piece(void) {
  is_at(SQUARE, 5, 5);
  is_at("10 10,10 0,0 0,0 10", 5, 5);                            /* wound and begun otherwise */
  is_at("0 0,10 0,10 10,7 10,7 3,3 3,3 10,0 10", 1.5, 6.5);      /* a U: the line runs between 3 and 10 */
  is_at("0 0,10 0,10 10,6 10,6 3,3 3,3 10,0 10", 8, 6.5);        /* its right arm is the wider */
  is_at(SQUARE ";4 4,6 4,6 6,4 6", 2, 5);                        /* left of the hole, which is no part of it */
  is_at("0 0,1 0,1 1,0 1|100 50,110 50,110 60,100 60", 105, 55); /* of two parts the wider */
}

static void what_has_no_inside_has_no_point(void) {
  is_at("", (double)NAN, (double)NAN);
  is_at("0 5,10 5,20 5", (double)NAN, (double)NAN);
}

/* Stars with and without a hole, at coordinates as large as those of a belt with its zone. */
static void it_lies_inside_whatever_the_shape(void) {
  uint64_t seed = 7;
  mj_inside room = {0};
  for (int round = 0; round < 3000; round++) {
    mj_geom g = {0};
    double x[40], y[40], cx = 39500000 + 1000 * shape_random(&seed), cy = 2756800;
    for (int ring = 0; ring < 1 + round % 2; ring++) {
      int n = 3 + (int)(30 * shape_random(&seed));
      double low = ring ? 5 : 25, high = ring ? 20 : 100;
      if (n < 7) n = 7; /* so that the hole cannot reach over an edge of the shell */
      for (int k = 0; k <= n; k++) {
        double r = low + (high - low) * shape_random(&seed), t = 6.283185307179586 * k / n;
        x[k] = k == n ? x[0] : cx + r * cos(t);
        y[k] = k == n ? y[0] : cy + r * sin(t);
      }
      CU_ASSERT_EQUAL_FATAL(mj_geom_push_ring(&g, n + 1, x, y), MJ_OK);
    }
    CU_ASSERT_EQUAL_FATAL(mj_geom_end_part(&g), MJ_OK);
    CU_ASSERT_EQUAL_FATAL(mj_geom_end_row(&g), MJ_OK);
    mj_polys v = mj_geom_view(&g);
    double px, py;
    CU_ASSERT_EQUAL_FATAL(mj_point_in(&room, &v, 0, &px, &py), MJ_OK);
    CU_ASSERT(mj_point_inside(&v, 0, px, py));
    mj_geom_reset(&g);
  }
  mj_inside_reset(&room);
}

SUITE_OF(inside, T(it_is_the_middle_of_the_widest_piece), T(what_has_no_inside_has_no_point),
         T(it_lies_inside_whatever_the_shape));
