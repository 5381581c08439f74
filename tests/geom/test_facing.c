#include <math.h>

#include "../test.h"
#include "geom/facing.h"
#include "geom/overlap.h"
#include "shape.h"

static const mj_facing METRE = {.width = 1, .least = 0.001, .angle_deg = 20};

/* Strips of the rows, and the sum of their areas. */
static int64_t strips_of(int n, const char *const *rows, double *area) {
  mj_geom g = {0};
  mj_strips out = {0};
  for (int i = 0; i < n; i++) shape_row(&g, rows[i]);
  mj_polys v = mj_geom_view(&g);
  CU_ASSERT_EQUAL_FATAL(mj_facing_strips(&v, &METRE, 2, &out), MJ_OK);
  int64_t count = out.shape.n;
  *area = 0;
  if (count) {
    mj_polys s = mj_geom_view(&out.shape);
    double one[64];
    CU_ASSERT_FATAL(count <= 64);
    mj_area_planar(&s, one);
    for (int64_t k = 0; k < count; k++) *area += one[k];
  }
  mj_strips_reset(&out);
  mj_geom_reset(&g);
  return count;
}

#define STRIPS(want_n, want_area, ...)                                                 \
  do {                                                                                 \
    const char *rows_[] = {__VA_ARGS__};                                               \
    double area_;                                                                      \
    ASSERT_INT(strips_of((int)(sizeof rows_ / sizeof *rows_), rows_, &area_), want_n); \
    ASSERT_NEAR(area_, want_area, 1e-9);                                               \
  } while (0)

#define LEFT "0 0,10 0,10 20,0 20"

static void borders_apart_by_less_than_the_width_leave_a_strip(void) {
  STRIPS(1, 0.5 * 20, LEFT, "10.5 0,20 0,20 20,10.5 20");
  STRIPS(1, 0.5 * 20, LEFT, "10.5 0,10.5 20,20 20,20 0"); /* wound the other way */
  STRIPS(1, 0.5 * 7, LEFT, "10.5 5,20 5,20 12,10.5 12");  /* only where both are */
  STRIPS(1, 0.01 * 20, LEFT, "10.01 -5,20 -5,20 30,10.01 30");
  STRIPS(2, 0.3 * 20, LEFT, "10.3 0,20 0,20 20,10.3 20,10.3 8");                    /* two edges against one */
  STRIPS(1, 0.4 * 2, "0 0,10 0,10 10,0 10;4 4,6 4,6 6,4 6", "4.4 3.9,5 5,4.4 6.1"); /* within a hole */
}

static void borders_that_coincide_or_lie_apart_leave_none(void) {
  STRIPS(0, 0, LEFT, "10 0,20 0,20 20,10 20");
  STRIPS(0, 0, LEFT, "10 -5,20 -5,20 7,10 7");           /* a border in part */
  STRIPS(0, 0, LEFT, "10.0005 0,20 0,20 20,10.0005 20"); /* under the least width */
  STRIPS(0, 0, LEFT, "12 0,20 0,20 20,12 20");           /* a lane */
  STRIPS(0, 0, LEFT, "9.5 0,20 0,20 20,9.5 20");         /* an overlap */
  STRIPS(0, 0, LEFT, "10.5 20.5,20 20,20 30,10.5 30");   /* corner to corner */
  STRIPS(0, 0, LEFT, "");
}

/* From a shared corner to 2 m at the far end: a wedge, up to where it is 1 m wide. */
static void a_wedge_is_a_strip_up_to_the_width(void) {
  STRIPS(1, 0.5 * 10 * 1, LEFT, "10 0,20 0,20 20,12 20");
  STRIPS(0, 0, LEFT, "10 0,40 10,40 0"); /* 71 degrees: a corner */
}

static void the_width_is_that_of_the_rectangle(void) {
  static const struct {
    const char *shape;
    double width;
  } at[] = {{"0 0,100 0,100 0.25,0 0.25", 0.25},
            {"0 0,3 0,3 3,0 3", 3},
            {"0 0,100 0,100 0.25,0 0.25|0 5,10 5,10 6,0 6", 1},
            {"0 0,4 0,2 2.2", 0},
            {"", 0}};
  for (size_t k = 0; k < sizeof at / sizeof *at; k++) {
    mj_geom g = {0};
    shape_row(&g, at[k].shape);
    mj_polys v = mj_geom_view(&g);
    /* a triangle of 4.4 m2 has an outline of 9.95 m: no square has a longer one, its width solves w (4.97 - w) = 4.4 */
    double want = k == 3 ? (4 + 2 * hypot(2, 2.2) - sqrt(pow(4 + 2 * hypot(2, 2.2), 2) - 16 * 4.4)) / 4 : at[k].width;
    ASSERT_NEAR(mj_geom_width(&v, 0), want, 1e-12);
    mj_geom_reset(&g);
  }
}

SUITE_OF(facing, T(borders_apart_by_less_than_the_width_leave_a_strip),
         T(borders_that_coincide_or_lie_apart_leave_none), T(a_wedge_is_a_strip_up_to_the_width),
         T(the_width_is_that_of_the_rectangle));
