#include <math.h>

#include "../test.h"
#include "geom/overlap.h"
#include "geom/ring.h"
#include "shape.h"

static void a_side_is_said_only_where_it_is_sure(void) {
  CU_ASSERT_EQUAL(mj_side(0, 0, 10, 0, 5, 1), 1);
  CU_ASSERT_EQUAL(mj_side(0, 0, 10, 0, 5, -1), -1);
  CU_ASSERT_EQUAL(mj_side(0, 0, 10, 0, 5, 0), 0);
  CU_ASSERT_EQUAL(mj_side(0, 0, 10, 0, 5, (double)NAN), 0);
  /* 0.1, 0.2, 0.3 are not on one line as doubles, yet too near to it for this test to say so */
  CU_ASSERT_EQUAL(mj_side(0.1, 0.1, 0.3, 0.3, 0.2, 0.2), 0);
}

static bool apart(double ax, double ay, double bx, double by, double cx, double cy, double dx, double dy) {
  double px[] = {ax, bx}, py[] = {ay, by}, qx[] = {cx, dx}, qy[] = {cy, dy};
  return mj_segments_apart(px, py, qx, qy) && mj_segments_apart(qx, qy, px, py);
}

static void segments_that_cross_touch_or_lie_on_each_other_are_not_apart(void) {
  CU_ASSERT(!apart(0, 0, 2, 2, 0, 2, 2, 0));
  CU_ASSERT(!apart(0, 0, 4, 0, 2, 0, 2, 5));
  CU_ASSERT(!apart(0, 0, 4, 0, 4, 0, 6, 1));
  CU_ASSERT(!apart(0, 0, 4, 0, 1, 0, 3, 0));
  CU_ASSERT(apart(0, 0, 4, 0, 0, 1, 4, 1));
  CU_ASSERT(apart(0, 0, 2, 2, 3, 0, 5, 2));
  CU_ASSERT(apart(0, 0, 4, 0, 2, 1e-9, 2, 5));
}

static void a_point_is_in_a_row_unless_in_its_hole(void) {
  mj_geom g = {0};
  shape_row(&g, "0 0,10 0,10 10,0 10;4 4,6 4,6 6,4 6|20 0,30 0,25 10");
  mj_polys v = mj_geom_view(&g);
  CU_ASSERT(mj_point_inside(&v, 0, 1, 1));
  CU_ASSERT(mj_point_inside(&v, 0, 3, 4)); /* level with a vertex of the hole */
  CU_ASSERT(!mj_point_inside(&v, 0, 5, 5));
  CU_ASSERT(!mj_point_inside(&v, 0, 15, 5));
  CU_ASSERT(mj_point_inside(&v, 0, 25, 9));
  CU_ASSERT(!mj_point_inside(&v, 0, 20, 9));
  CU_ASSERT(!mj_point_inside(&v, 0, -1, 0)); /* a ray along an edge and through vertices */
  CU_ASSERT(!mj_point_inside(&v, 0, -1, 10));
  mj_geom_reset(&g);
}

static void parity_is_withheld_on_an_edge(void) {
  double x[] = {0, 10, 5, 0}, y[] = {0, 0, 10, 0};
  CU_ASSERT_EQUAL(mj_chain_parity(3, x, y, 5, 5), 1);
  CU_ASSERT_EQUAL(mj_chain_parity(3, x, y, 7.5, 5), -1);
  CU_ASSERT_EQUAL(mj_chain_parity(3, x, y, 9, 5), 0);
  CU_ASSERT_EQUAL(mj_chain_parity(0, x, y, 5, 5), 0);
}

/* The grid of Kettner et al. (2008), "Classroom examples of robustness problems": points a few units in the last place
 * around (0.5, 0.5), against the line from (12, 12) to (24, 24). The exact answer is the sign of y - x. */
static void the_exact_side_is_right_to_the_last_bit(void) {
  int wrong = 0, on = 0;
  for (int i = 0; i < 64; i++)
    for (int j = 0; j < 64; j++) {
      double x = 0.5 + i * 0x1p-53, y = 0.5 + j * 0x1p-53, det = mj_orient(12, 12, 24, 24, x, y);
      int want = (y > x) - (y < x);
      wrong += (det > 0) - (det < 0) != want;
      wrong += mj_orient(24, 24, 12, 12, x, y) * want > 0;
      on += det == 0;
    }
  ASSERT_INT(wrong, 0);
  CU_ASSERT(on >= 64);
  /* the differences themselves are rounded here: 1 - 0x1p-60 against 1, and back */
  CU_ASSERT(mj_orient(0, 0x1p-60, 1, 1, 1, 1) == 0);
  CU_ASSERT(mj_orient(0, 0, 1, 1, 0x1p-70, 0x1p-69) > 0);
  CU_ASSERT(mj_orient(1, 1, 0x1p-70, 0x1p-69, 0, 0) > 0);
  CU_ASSERT_EQUAL(mj_orient(3, 4, 3, 4, 100, -7), 0);      /* a line of no length */
  CU_ASSERT(mj_orient(0.1, 0.1, 0.3, 0.3, 0.2, 0.2) == 0); /* on the diagonal, exactly */
  CU_ASSERT(mj_orient(0.1, 0.1, 0.3, 0.3, 0.2, nextafter(0.2, 1)) > 0);
}

static void a_tie_goes_by_where_the_point_is_moved(void) {
  ASSERT_INT(mj_nudged(0, 1, 0, 1), 1); /* a line to the east: the point goes up */
  ASSERT_INT(mj_nudged(0, 1, 0, -1), -1);
  ASSERT_INT(mj_nudged(0, 0, 1, 1), -1);  /* to the north: to the right */
  ASSERT_INT(mj_nudged(0, -1, -1, 1), 1); /* the step to the east is infinitely longer than that to the north */
  ASSERT_INT(mj_nudged(5, 0, 1, 1), 1);
  double x[] = {0, 10, 10, 0, 0}, y[] = {0, 0, 10, 10, 0};
  static const struct {
    double x, y;
    int up, down;
  } at[] = {{0, 5, 1, 0}, {10, 5, 0, 1},  {5, 0, 1, 0},  {5, 10, 0, 1},
            {0, 0, 1, 0}, {10, 10, 0, 1}, {0, 10, 0, 0}, {5, 5, 1, 1}};
  for (size_t k = 0; k < sizeof at / sizeof *at; k++) {
    ASSERT_INT(mj_chain_nudged(4, x, y, at[k].x, at[k].y, 1), at[k].up);
    ASSERT_INT(mj_chain_nudged(4, x, y, at[k].x, at[k].y, -1), at[k].down);
  }
}

SUITE_OF(ring, T(a_side_is_said_only_where_it_is_sure), T(segments_that_cross_touch_or_lie_on_each_other_are_not_apart),
         T(a_point_is_in_a_row_unless_in_its_hole), T(parity_is_withheld_on_an_edge),
         T(the_exact_side_is_right_to_the_last_bit), T(a_tie_goes_by_where_the_point_is_moved));
