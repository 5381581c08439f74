#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../test.h"
#include "geom/index.h"
#include "geom/overlap.h"
#include "shape.h"

/* Boxes of sides 0.1 to 1000 in a square of 1000, so that several levels of the grid are used. */
static void random_boxes(mj_box *box, int n, uint64_t seed) {
  for (int i = 0; i < n; i++) {
    double side = pow(10, 4 * shape_random(&seed) - 1), x = 1000 * shape_random(&seed), y = 1000 * shape_random(&seed);
    box[i] = (mj_box){x, y, x + side, y + side * shape_random(&seed)};
  }
}

static void check_against_all_pairs(const mj_box *stored, int n, const mj_box *asked, int m) {
  mj_grid grid;
  mj_rows found = {0};
  CU_ASSERT_EQUAL_FATAL(mj_grid_build(stored, n, asked, m, 2, &grid), MJ_OK);
  int64_t total = 0, wrong = 0;
  for (int i = 0; i < m; i++) {
    CU_ASSERT_EQUAL_FATAL(mj_grid_find(&grid, &asked[i], &found), MJ_OK);
    int64_t k = 0;
    for (int j = 0; j < n; j++)
      if (mj_boxes_meet(&stored[j], &asked[i]) && stored[j].xmin < stored[j].xmax && asked[i].xmin < asked[i].xmax) {
        if (k >= found.n || found.row[k] != j) wrong++;
        k++;
      }
    if (k != found.n) wrong++;
    total += k;
  }
  CU_ASSERT_EQUAL(wrong, 0);
  CU_ASSERT(total > 10);
  free(found.row);
  mj_grid_reset(&grid);
}

static void the_grid_finds_what_trying_all_boxes_finds(void) {
  static mj_box a[1500], b[1500];
  random_boxes(a, 1500, 1);
  random_boxes(b, 1500, 2);
  check_against_all_pairs(a, 1500, b, 1500);
  check_against_all_pairs(a, 1500, b, 10);
  check_against_all_pairs(a, 10, b, 1500);
}

static void stray_huge_flat_and_empty_boxes_are_borne(void) {
  static mj_box a[600];
  random_boxes(a, 600, 3);
  const double inf = (double)INFINITY;
  a[10] = (mj_box){4e7, 4e6, 4e7 + 1, 4e6 + 1};
  a[20] = (mj_box){-1e300, -1e300, 1e300, 1e300};
  a[30] = (mj_box){inf, inf, -inf, -inf};
  a[40] = (mj_box){5, 5, 5, 9};
  a[50] = (mj_box){-inf, 0, inf, 1};
  check_against_all_pairs(a, 600, a, 600);
}

static void a_grid_is_the_same_for_any_number_of_threads(void) {
  static mj_box a[20000];
  mj_grid one, other;
  random_boxes(a, 20000, 7);
  a[500] = (mj_box){-1e300, -1e300, 1e300, 1e300};
  CU_ASSERT_EQUAL_FATAL(mj_grid_build(a, 20000, NULL, 0, 1, &one), MJ_OK);
  size_t buckets = (size_t)one.mask + 2, entries = one.bucket0[buckets];
  CU_ASSERT(entries > 20000);
  for (int threads = 2; threads <= 7; threads += 5) {
    CU_ASSERT_EQUAL_FATAL(mj_grid_build(a, 20000, NULL, 0, threads, &other), MJ_OK);
    CU_ASSERT(!memcmp(one.bucket0, other.bucket0, (buckets + 1) * sizeof *one.bucket0));
    CU_ASSERT(!memcmp(one.row, other.row, entries * sizeof *one.row));
    CU_ASSERT(!memcmp(one.box, other.box, entries * sizeof *one.box));
    CU_ASSERT(!memcmp(one.level_rows, other.level_rows, sizeof one.level_rows));
    mj_grid_reset(&other);
  }
  mj_grid_reset(&one);
}

static void a_grid_of_nothing_finds_nothing(void) {
  mj_box one = {0, 0, 1, 1};
  mj_grid grid;
  mj_rows found = {0};
  CU_ASSERT_EQUAL_FATAL(mj_grid_build(NULL, 0, &one, 1, 2, &grid), MJ_OK);
  CU_ASSERT_EQUAL(mj_grid_find(&grid, &one, &found), MJ_OK);
  CU_ASSERT_EQUAL(found.n, 0);
  free(found.row);
  mj_grid_reset(&grid);
}

/* A star of 1500 vertices, long enough for runs, and a square, too short for them. */
static void runs_of_edges_answer_as_all_edges_do(void) {
  static double x[1501], y[1501];
  uint64_t seed = 4;
  for (int i = 0; i < 1500; i++) {
    double r = 50 + 50 * shape_random(&seed), turn = 6.283185307179586 * i / 1500;
    x[i] = r * cos(turn);
    y[i] = r * sin(turn);
  }
  x[1500] = x[0];
  y[1500] = y[0];
  mj_geom g = {0};
  CU_ASSERT_EQUAL_FATAL(mj_geom_push_ring(&g, 1501, x, y), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(mj_geom_end_part(&g), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(mj_geom_end_row(&g), MJ_OK);
  shape_row(&g, "0 0,1 0,1 1,0 1");
  mj_polys v = mj_geom_view(&g);
  mj_edges edges;
  CU_ASSERT_EQUAL_FATAL(mj_edges_build(&v, 2, &edges), MJ_OK);
  CU_ASSERT(edges.run0[1] > 1);
  CU_ASSERT_EQUAL(edges.run0[2], edges.run0[1]);
  int inside = 0, wrong = 0, near_wrong = 0;
  static int32_t near[1500];
  for (int k = 0; k < 2000; k++) {
    double px = 220 * shape_random(&seed) - 110, py = 220 * shape_random(&seed) - 110;
    bool in = mj_point_inside(&v, 0, px, py);
    wrong += mj_edges_locate(&edges, 0, px, py, k % 2 ? 1 : -1) != in;
    wrong += mj_edges_in_ring(&edges, 0, px, py, k % 2 ? 1 : -1) != in;
    wrong += mj_edges_in_ring(&edges, 1, px / 110, py / 110, 1) != (px > 0 && px < 110 && py > 0 && py < 110);
    inside += in;
    mj_box q = {px, py, px + 9, py + 4};
    int32_t n = mj_edges_near(&edges, 0, &q, near), want = 0;
    for (int32_t e = 0; e < 1500; e++) {
      bool misses = fmax(x[e], x[e + 1]) < q.xmin || fmin(x[e], x[e + 1]) > q.xmax || fmax(y[e], y[e + 1]) < q.ymin ||
                    fmin(y[e], y[e + 1]) > q.ymax;
      if (!misses && (want >= n || near[want] != e)) near_wrong++;
      want += !misses;
    }
    near_wrong += want != n;
  }
  CU_ASSERT_EQUAL(wrong, 0);
  CU_ASSERT_EQUAL(near_wrong, 0);
  CU_ASSERT(inside > 400 && inside < 1600);
  mj_edges_reset(&edges);
  mj_geom_reset(&g);
}

SUITE_OF(index, T(the_grid_finds_what_trying_all_boxes_finds), T(stray_huge_flat_and_empty_boxes_are_borne),
         T(a_grid_is_the_same_for_any_number_of_threads), T(a_grid_of_nothing_finds_nothing),
         T(runs_of_edges_answer_as_all_edges_do));
