#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../test.h"
#include "geom/overlap.h"
#include "shape.h"

#define SQUARE "0 0,10 0,10 10,0 10"
#define HOLED SQUARE ";4 4,6 4,6 6,4 6"

/* The one pair of two rows: its area, NaN where it is left over, -1 where there is no pair. */
static double overlap(const char *a, const char *b) {
  mj_geom g = {0}, h = {0};
  shape_row(&g, a);
  shape_row(&h, b);
  mj_polys v = mj_geom_view(&g), w = mj_geom_view(&h);
  mj_pairs pairs = {0};
  CU_ASSERT_EQUAL_FATAL(mj_overlap_pairs(&v, &w, 1, &pairs), MJ_OK);
  double area = pairs.n ? pairs.pair[0].area : -1;
  mj_pairs_reset(&pairs);
  CU_ASSERT_EQUAL_FATAL(mj_overlap_pairs(&w, &v, 1, &pairs), MJ_OK);
  double turned = pairs.n ? pairs.pair[0].area : -1;
  CU_ASSERT((isnan(area) && isnan(turned)) || fabs(area - turned) < 1e-9);
  mj_pairs_reset(&pairs);
  mj_geom_reset(&g);
  mj_geom_reset(&h);
  return area;
}

static void a_row_inside_another_counts_whole(void) {
  CU_ASSERT_EQUAL(overlap(SQUARE, "1 1,3 1,3 3,1 3"), 4);
  CU_ASSERT_EQUAL(overlap(SQUARE, "1 1,1 3,3 3,3 1"), 4); /* the other way round */
  CU_ASSERT_EQUAL(overlap(SQUARE, "1 1,3 1,3 3,1 3|5 5,6 5,6 6,5 6|50 5,60 5,60 6,50 6"), 5);
}

/* No edge crosses here, and yet 4 of the building's 64 m2 stand on the hole. */
static void a_hole_wholly_inside_the_other_row_is_not_missed(void) {
  CU_ASSERT_EQUAL(overlap(HOLED, "1 1,9 1,9 9,1 9"), 60);
  CU_ASSERT_EQUAL(overlap(HOLED, "1 1,9 1,9 9,1 9;3 3,7 3,7 7,3 7"), 48); /* 64 - 16: the holes lie in each other */
  CU_ASSERT_EQUAL(overlap(HOLED, "1 1,9 1,9 9,1 9;2 2,3 2,3 3,2 3"), 59); /* two holes side by side */
  CU_ASSERT_EQUAL(overlap(HOLED, "4.5 4.5,5.5 4.5,5.5 5.5,4.5 5.5"), -1); /* in the hole: apart */
  CU_ASSERT_EQUAL(overlap(HOLED, "-5 -5,15 -5,15 15,-5 15"), 96);
}

static void crossing_boundaries_give_the_common_area(void) {
  CU_ASSERT_DOUBLE_EQUAL(overlap(SQUARE, "5 5,15 5,15 15,5 15"), 25, 1e-12);
  CU_ASSERT_DOUBLE_EQUAL(overlap(SQUARE, "-5 3,15 3,15 5,-5 5"), 20, 1e-12); /* a bar across: two pieces of each */
  CU_ASSERT_DOUBLE_EQUAL(overlap(HOLED, "-5 3,15 3,15 5,-5 5"), 18, 1e-12);  /* it also crosses the hole */
  CU_ASSERT_DOUBLE_EQUAL(overlap(SQUARE, "5 -3,13 5,5 13,-3 5"), 100 - 4 * 2,
                         1e-12); /* a diamond cuts four corners of 2 */
  CU_ASSERT_DOUBLE_EQUAL(overlap(HOLED, "5 -3,13 5,5 13,-3 5"), 100 - 4 * 2 - 4, 1e-12); /* and holds the hole */
}

static void rows_that_share_vertices_and_edges_are_settled(void) {
  CU_ASSERT_EQUAL(overlap(SQUARE, SQUARE), 100);
  CU_ASSERT_EQUAL(overlap(SQUARE, "10 10,10 0,0 0,0 10"), 100); /* wound and begun otherwise */
  CU_ASSERT_EQUAL(overlap(HOLED, SQUARE), 96);
  CU_ASSERT_EQUAL(overlap(HOLED, HOLED), 96);
  CU_ASSERT_EQUAL(overlap(HOLED, "4 4,6 4,6 6,4 6"), -1);                      /* fills the hole */
  CU_ASSERT_EQUAL(overlap(SQUARE, "0 0,5 2,5 5"), 7.5);                        /* one vertex, inside */
  CU_ASSERT_EQUAL(overlap(SQUARE, "0 0,10 0,5 5"), 25);                        /* an edge, inside */
  CU_ASSERT_EQUAL(overlap("0 0,10 0,5 5", "0 0,10 0,5 -5"), -1);               /* an edge, outside */
  CU_ASSERT_EQUAL(overlap("0 0,4 2,5 9,0 9", "0 0,4 2,9 1,6 -1"), -1);         /* neighbours whose boxes overlap */
  CU_ASSERT_EQUAL(overlap("0 0,8 0,4 3", "4 3,8 6,0 6"), -1);                  /* tip to tip */
  CU_ASSERT_DOUBLE_EQUAL(overlap(SQUARE, "0 0,10 10,20 5"), 50 - 12.5, 1e-12); /* a vertex, then a crossing */
}

/* Borders that touch otherwise than in shared vertices: neighbours that were digitised apart. */
static void vertices_on_edges_and_borders_in_part_are_no_special_cases(void) {
  CU_ASSERT_DOUBLE_EQUAL(overlap(SQUARE, "5 5,10 5,10 7,5 7"), 10, 1e-12); /* a piece of an edge, inside */
  CU_ASSERT_EQUAL(overlap(SQUARE, "10 5,20 -5,20 15,10 7"), -1);           /* and outside */
  CU_ASSERT_DOUBLE_EQUAL(overlap(SQUARE, "5 5,10 6,5 7"), 5, 1e-12);       /* a vertex within an edge */
  CU_ASSERT_EQUAL(overlap(SQUARE, "11 -3,10 6,15 20,15 -3"), -1);
  CU_ASSERT_DOUBLE_EQUAL(overlap(SQUARE, "10 0,20 0,20 5,10 5,9 2"), 2.5,
                         1e-12);                                          /* an edge that runs on in the other's */
  CU_ASSERT_EQUAL(overlap("0 0,5 5,0 9|5 5,9 0,9 9", "5 5,6 1,4 1"), -1); /* a vertex that is two of the other row's */
  CU_ASSERT_DOUBLE_EQUAL(overlap(SQUARE, "0 0,10 0,10 0,10 10,5 10,0 10"), 100, 1e-12); /* repeated, and one more */
  CU_ASSERT_EQUAL(overlap("0 0,10 0,10 10,0 10;2 0,8 5,2 5", "2 0,8 5,2 5"), -1); /* a hole that touches its shell */
}

static void rows_apart_or_empty_make_no_pair(void) {
  CU_ASSERT_EQUAL(overlap(SQUARE, "11 0,20 0,20 9"), -1);
  CU_ASSERT_EQUAL(overlap(SQUARE, "10 0,20 0,20 10,10 10"), -1); /* boxes only touch */
  CU_ASSERT_EQUAL(overlap("0 0,10 0,0 10", "9 9,8 9,9 8"), -1);  /* boxes overlap, triangles do not */
  CU_ASSERT_EQUAL(overlap(SQUARE, ""), -1);
  CU_ASSERT_EQUAL(overlap("", ""), -1);
}

/* Two combs of 600 teeth whose teeth stand in each other's gaps: many edges near, none touching. */
static void combs_in_each_other_are_swept(void) {
  static char a[60000], b[60000];
  int na = 0, nb = 0;
  na += snprintf(a + na, sizeof a - (size_t)na, "0 -5,1200 -5");
  nb += snprintf(b + nb, sizeof b - (size_t)nb, "0 25,0 20.5");
  for (int k = 599; k >= 0; k--)
    na += snprintf(a + na, sizeof a - (size_t)na, ",%d 0,%g 20,%g 20", 2 * k + 1, 2 * k + 0.8, 2 * k + 0.2);
  for (int k = 0; k < 600; k++)
    nb += snprintf(b + nb, sizeof b - (size_t)nb, ",%g 20.5,%g 1,%g 20.5", 2 * k + 1.0, 2 * k + 1.02, 2 * k + 2.0);
  snprintf(a + na, sizeof a - (size_t)na, ",0 0");
  snprintf(b + nb, sizeof b - (size_t)nb, ",1200 25");
  CU_ASSERT_EQUAL(overlap(a, b), -1);
  /* a bar over y 10 to 12 cuts each tooth where it is 2 - 1.4 * 11 / 20 wide on average; the first has an upright side
   * and is 0.45 less */
  CU_ASSERT_DOUBLE_EQUAL(overlap(a, "-5 10,1300 10,1300 12,-5 12"), 2 * (600 * 1.23 - 0.45), 1e-8);
}

/* A block of parcels and buildings of all kinds, n of each. */
static void town(mj_geom *a, mj_geom *b, int n, double east) {
  uint64_t seed = 5;
  for (int i = 0; i < n; i++) {
    char text[200];
    double x = east + 100 * (i % 40), y = 100 * (i / 40), w = 20 + 90 * shape_random(&seed);
    snprintf(text, sizeof text, "%.3f %.3f,%.3f %.3f,%.3f %.3f,%.3f %.3f", x, y, x + 98, y + 1, x + 97, y + 96, x + 1,
             y + 98);
    shape_row(a, i % 50 == 49 ? "" : text);
    x += 60 * shape_random(&seed);
    snprintf(text, sizeof text, "%.3f %.3f,%.3f %.3f,%.3f %.3f", x, y + 9, x + w, y + 11, x + w, y + w);
    shape_row(b, text);
  }
}

static void pairs_are_ordered_and_the_same_for_any_number_of_threads(void) {
  mj_geom a = {0}, b = {0};
  town(&a, &b, 4000, 0);
  mj_polys v = mj_geom_view(&a), w = mj_geom_view(&b);
  mj_pairs one = {0}, many = {0};
  CU_ASSERT_EQUAL_FATAL(mj_overlap_pairs(&v, &w, 1, &one), MJ_OK);
  CU_ASSERT(one.n > 4000);
  int disorder = 0;
  for (int64_t k = 1; k < one.n; k++)
    disorder +=
        one.pair[k - 1].a > one.pair[k].a || (one.pair[k - 1].a == one.pair[k].a && one.pair[k - 1].b >= one.pair[k].b);
  CU_ASSERT_EQUAL(disorder, 0);
  for (int threads = 2; threads <= 5; threads++) {
    mj_pairs_reset(&many);
    CU_ASSERT_EQUAL_FATAL(mj_overlap_pairs(&v, &w, threads, &many), MJ_OK);
    CU_ASSERT_EQUAL_FATAL(many.n, one.n);
    int differ = 0;
    for (int64_t k = 0; k < one.n; k++)
      differ += one.pair[k].a != many.pair[k].a || one.pair[k].b != many.pair[k].b ||
                memcmp(&one.pair[k].area, &many.pair[k].area, sizeof(double)) != 0;
    CU_ASSERT_EQUAL(differ, 0);
  }
  int64_t before = many.n;
  CU_ASSERT_EQUAL_FATAL(mj_overlap_pairs(&v, &w, 2, &many), MJ_OK); /* appended */
  CU_ASSERT_EQUAL(many.n, 2 * before);
  mj_pairs_reset(&one);
  mj_pairs_reset(&many);
  mj_geom_reset(&a);
  mj_geom_reset(&b);
}

static void pairs_of_one_column_come_once_and_no_row_with_itself(void) {
  mj_geom g = {0};
  mj_pairs pairs = {0};
  shape_row(&g, "20 0,30 0,30 10,20 10");
  shape_row(&g, SQUARE);
  shape_row(&g, "");
  shape_row(&g, "5 5,25 5,25 9,5 9");
  shape_row(&g, SQUARE);
  mj_polys v = mj_geom_view(&g);
  CU_ASSERT_EQUAL_FATAL(mj_overlap_self(&v, 2, &pairs), MJ_OK);
  static const mj_pair want[] = {{0, 3, 20}, {1, 3, 20}, {1, 4, 100}, {3, 4, 20}};
  ASSERT_INT(pairs.n, 4);
  for (int k = 0; k < 4 && k < pairs.n; k++) {
    ASSERT_INT(pairs.pair[k].a, want[k].a);
    ASSERT_INT(pairs.pair[k].b, want[k].b);
    CU_ASSERT_DOUBLE_EQUAL(pairs.pair[k].area, want[k].area, 1e-12);
  }
  mj_pairs_reset(&pairs);
  mj_geom_reset(&g);
}

/* A lattice of parcels turned by an angle that no double holds, each vertex computed for each parcel alone: borders
 * agree to the last bits only, and all sums of a town of neighbours stay nothing. */
static void neighbours_whose_borders_differ_in_the_last_bit_do_not_overlap(void) {
  mj_geom g = {0};
  mj_pairs pairs = {0};
  for (int i = 0; i < 400; i++) {
    double x[6], y[6], c = cos(0.3), s = sin(0.3);
    static const double u[] = {0, 1, 1, 1, 0, 0}, t[] = {0, 0, 0.4, 1, 1, 0};
    for (int k = 0; k < 6; k++) {
      double px = 37.1 * (i % 20 + u[k]), py = 53.3 * (i / 20 + t[k] + 0.5 * (i % 2));
      x[k] = 39500000 + c * px - s * py;
      y[k] = 2755000 + s * px + c * py;
    }
    CU_ASSERT_EQUAL_FATAL(mj_geom_push_ring(&g, 6, x, y), MJ_OK);
    CU_ASSERT_EQUAL_FATAL(mj_geom_end_part(&g), MJ_OK);
    CU_ASSERT_EQUAL_FATAL(mj_geom_end_row(&g), MJ_OK);
  }
  mj_polys v = mj_geom_view(&g);
  CU_ASSERT_EQUAL_FATAL(mj_overlap_self(&v, 1, &pairs), MJ_OK);
  double most = 0;
  int unknown = 0;
  for (int64_t k = 0; k < pairs.n; k++) {
    most = fmax(most, pairs.pair[k].area);
    unknown += isnan(pairs.pair[k].area);
  }
  ASSERT_INT(unknown, 0);
  CU_ASSERT(most < 1e-6); /* 7e-9 m of rounding along 53 m */
  mj_pairs_reset(&pairs);
  mj_geom_reset(&g);
}

static void a_block_moved_by_40_thousand_kilometres_keeps_its_areas(void) {
  mj_geom a = {0}, b = {0}, c = {0}, d = {0};
  town(&a, &b, 400, 0);
  town(&c, &d, 400, 40000000);
  mj_polys v = mj_geom_view(&a), w = mj_geom_view(&b), fv = mj_geom_view(&c), fw = mj_geom_view(&d);
  mj_pairs home = {0}, far = {0};
  CU_ASSERT_EQUAL_FATAL(mj_overlap_pairs(&v, &w, 2, &home), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(mj_overlap_pairs(&fv, &fw, 2, &far), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(home.n, far.n);
  double worst = 0;
  for (int64_t k = 0; k < home.n; k++) worst = fmax(worst, fabs(home.pair[k].area - far.pair[k].area));
  CU_ASSERT(worst < 2e-6); /* a coordinate of 4e7 is stored to 7e-9 m, times 200 m of boundary */
  mj_pairs_reset(&home);
  mj_pairs_reset(&far);
  mj_geom_reset(&a);
  mj_geom_reset(&b);
  mj_geom_reset(&c);
  mj_geom_reset(&d);
}

SUITE_OF(overlap, T(a_row_inside_another_counts_whole), T(a_hole_wholly_inside_the_other_row_is_not_missed),
         T(crossing_boundaries_give_the_common_area), T(rows_that_share_vertices_and_edges_are_settled),
         T(vertices_on_edges_and_borders_in_part_are_no_special_cases), T(rows_apart_or_empty_make_no_pair),
         T(combs_in_each_other_are_swept), T(pairs_are_ordered_and_the_same_for_any_number_of_threads),
         T(pairs_of_one_column_come_once_and_no_row_with_itself),
         T(neighbours_whose_borders_differ_in_the_last_bit_do_not_overlap),
         T(a_block_moved_by_40_thousand_kilometres_keeps_its_areas));
