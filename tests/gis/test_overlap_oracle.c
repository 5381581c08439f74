/* GEOS as the oracle of src/geom: every pair and every verdict, on thousands of random rows. */
#include <math.h>

#include "../geom/shape.h"
#include "../test.h"
#include "geom/overlap.h"
#include "gis/overlay.h"

enum { ROWS = 60, ROUNDS = 12 };

/* A star around (cx, cy), radii between lo and hi; grid > 0 snaps to that grid, so that vertices, edges and collinear
 * pieces coincide. */
static void star(mj_geom *g, uint64_t *seed, int n, double cx, double cy, double lo, double hi, double grid) {
  double x[64], y[64], turn = 6.283185307179586 * shape_random(seed);
  for (int k = 0; k < n; k++) {
    double r = lo + (hi - lo) * shape_random(seed), t = turn + 6.283185307179586 * k / n;
    x[k] = cx + r * cos(t);
    y[k] = cy + r * sin(t);
    if (grid > 0) x[k] = grid * round(x[k] / grid);
    if (grid > 0) y[k] = grid * round(y[k] / grid);
  }
  x[n] = x[0];
  y[n] = y[0];
  CU_ASSERT_EQUAL_FATAL(mj_geom_push_ring(g, n + 1, x, y), MJ_OK);
}

/* Some rows have a hole, some a second part, some a part in the hole. */
static void random_row(mj_geom *g, uint64_t *seed, double grid) {
  double cx = 60 * shape_random(seed), cy = 60 * shape_random(seed), r = 2 + 28 * shape_random(seed);
  int n = 3 + (int)(30 * shape_random(seed));
  star(g, seed, n, cx, cy, 0.7 * r, r, grid);
  bool hole = shape_random(seed) < 0.4;
  if (hole) star(g, seed, 5, cx, cy, 0.2 * r, 0.4 * r, grid);
  CU_ASSERT_EQUAL_FATAL(mj_geom_end_part(g), MJ_OK);
  if (hole && shape_random(seed) < 0.5) {
    star(g, seed, 4, cx, cy, 0.05 * r, 0.1 * r, grid);
    CU_ASSERT_EQUAL_FATAL(mj_geom_end_part(g), MJ_OK);
  }
  if (shape_random(seed) < 0.2) {
    star(g, seed, 4, cx + 3 * r, cy, 0.3 * r, 0.9 * r, grid);
    CU_ASSERT_EQUAL_FATAL(mj_geom_end_part(g), MJ_OK);
  }
  CU_ASSERT_EQUAL_FATAL(mj_geom_end_row(g), MJ_OK);
}

/* ROWS valid rows; the share of invalid ones among the tried must agree with mj_geom_simple on one side. */
static void valid_rows(mj_overlay *o, mj_geom *g, uint64_t *seed, double grid, int *false_simple, int *doubtful_valid) {
  while (g->n < ROWS) {
    mj_geom one = {0};
    random_row(&one, seed, grid);
    mj_polys v = mj_geom_view(&one);
    char reason[200];
    double x, y;
    uint8_t verdict;
    bool valid = mj_overlay_valid(o, &v, 0, reason, &x, &y);
    CU_ASSERT_EQUAL_FATAL(mj_geom_simple(&v, 1, &verdict), MJ_OK);
    *false_simple += !valid && verdict == MJ_SIMPLE;
    *doubtful_valid += valid && verdict == MJ_DOUBTFUL;
    if (valid) CU_ASSERT_EQUAL_FATAL(mj_geom_push_row(g, &v, 0), MJ_OK);
    mj_geom_reset(&one);
  }
}

typedef struct {
  int decided, left, missing, wrong, overlapping;
} tally;

static void compare(mj_overlay *o, const mj_polys *a, const mj_polys *b, tally *t) {
  mj_pairs pairs = {0};
  CU_ASSERT_EQUAL_FATAL(mj_overlap_pairs(a, b, 2, &pairs), MJ_OK);
  int64_t at = 0;
  for (int64_t i = 0; i < a->n; i++)
    for (int64_t j = 0; j < b->n; j++) {
      double want = mj_overlay_area(o, a, i, b, j);
      bool listed = at < pairs.n && pairs.pair[at].a == i && pairs.pair[at].b == j;
      double own = listed ? pairs.pair[at++].area : 0;
      t->overlapping += want > 0;
      t->left += isnan(own);
      if (isnan(own)) continue;
      t->decided += listed;
      bool far_off = !(fabs(own - want) <= 1e-9 * want + 1e-10); /* the second for GEOS's own rounding on slivers */
      t->missing += far_off && !listed;
      t->wrong += far_off && listed;
    }
  CU_ASSERT_EQUAL(at, pairs.n);
  mj_pairs_reset(&pairs);
}

static void run(double grid, uint64_t seed, tally *t, int *false_simple, int *doubtful_valid) {
  mj_overlay *o;
  CU_ASSERT_EQUAL_FATAL(mj_overlay_open(&o, NULL), MJ_OK);
  for (int round = 0; round < ROUNDS; round++) {
    mj_geom a = {0}, b = {0};
    valid_rows(o, &a, &seed, grid, false_simple, doubtful_valid);
    valid_rows(o, &b, &seed, grid, false_simple, doubtful_valid);
    mj_polys v = mj_geom_view(&a), w = mj_geom_view(&b);
    compare(o, &v, &w, t);
    mj_geom_reset(&a);
    mj_geom_reset(&b);
  }
  mj_overlay_close(o);
}

static void random_rows_overlap_by_what_geos_says(void) {
  tally t = {0};
  int false_simple = 0, doubtful_valid = 0;
  run(0, 11, &t, &false_simple, &doubtful_valid);
  CU_ASSERT_EQUAL(t.missing, 0);
  CU_ASSERT_EQUAL(t.wrong, 0);
  CU_ASSERT(t.decided > 10000);
  CU_ASSERT_EQUAL(t.left, 0);
  CU_ASSERT_EQUAL(t.decided, t.overlapping);
  CU_ASSERT_EQUAL(false_simple, 0);
  CU_ASSERT_EQUAL(doubtful_valid, 0);
}

/* On a grid of 2 vertices and edges meet all the time. */
static void rows_on_a_coarse_grid_overlap_by_what_geos_says(void) {
  tally t = {0};
  int false_simple = 0, doubtful_valid = 0;
  run(2, 12, &t, &false_simple, &doubtful_valid);
  CU_ASSERT_EQUAL(t.missing, 0);
  CU_ASSERT_EQUAL(t.wrong, 0);
  CU_ASSERT(t.decided > 10000);
  CU_ASSERT_EQUAL(t.left, 0);
  CU_ASSERT_EQUAL(false_simple, 0);
}

SUITE_OF(overlap_oracle, T(random_rows_overlap_by_what_geos_says), T(rows_on_a_coarse_grid_overlap_by_what_geos_says));
