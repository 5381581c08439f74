/* First crossings of the k-th highest line, held against looking at every crossing of every two lines. */
#include <math.h>
#include <stdlib.h>

#include "judge/grade_level.h"
#include "mujun/progress.h"
#include "test.h"

static const double LEAST = 1e-9;

static bool over(const mj_gr_lines *l, int64_t i, double x) {
  double own = l->at[i] + l->slope[i] * x;
  int64_t ahead = 0;
  for (int64_t j = 0; j < l->n; j++) {
    double y = l->at[j] + l->slope[j] * x;
    ahead += l->on_it_is_below ? y >= own : y > own;
  }
  return ahead < l->k; /* a line level with others counts itself where on it is below */
}

static int rising(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return x < y ? -1 : x > y;
}

static void brute(const mj_gr_lines *l, const bool *above, double *first) {
  int64_t n = l->n, cuts = 0;
  double *cut = malloc((size_t)(n * n + 2) * sizeof *cut);
  cut[cuts++] = 0;
  for (int64_t i = 0; i < n; i++)
    for (int64_t j = 0; j < i; j++) {
      double x = (l->at[j] - l->at[i]) / (l->slope[i] - l->slope[j]);
      if (x > 0 && x < l->reach) cut[cuts++] = x;
    }
  qsort(cut, (size_t)cuts, sizeof *cut, rising);
  cut[cuts] = l->reach;
  for (int64_t i = 0; i < n; i++) first[i] = (double)INFINITY;
  for (int64_t c = 0; c < cuts; c++)
    for (int64_t i = 0; i < n && cut[c + 1] - cut[c] > LEAST; i++)
      if (isinf(first[i]) && over(l, i, (cut[c] + cut[c + 1]) / 2) != above[i]) first[i] = cut[c];
  free(cut);
}

static double draw(uint64_t *seed, int whole) {
  *seed = *seed * 6364136223846793005u + 1442695040888963407u;
  double v = (double)(*seed >> 33) / (double)(1u << 31);
  return whole ? floor(v * whole) : v;
}

/* Whole numbers make ties, equal lines and lines that meet in one point. */
static void crossings_are_those_of_all_pairs(void) {
  uint64_t seed = 7;
  int moved = 0;
  for (int round = 0; round < 300; round++) {
    double at[70], slope[70], got[70], want[70];
    bool above[70];
    int whole = round % 3 == 0 ? 0 : round % 3 == 1 ? 12 : 4;
    mj_gr_lines l = {at, slope, 2 + round % 68, 1, round % 2 == 1, 3, LEAST};
    for (int64_t i = 0; i < l.n; i++) {
      at[i] = draw(&seed, whole);
      slope[i] = draw(&seed, whole) - (whole ? whole / 2 : 0.5);
    }
    l.k = 1 + (int64_t)(draw(&seed, 0) * (double)l.n);
    if (l.k > l.n) l.k = l.n;
    for (int64_t i = 0; i < l.n; i++) above[i] = over(&l, i, 0);
    CU_ASSERT_EQUAL_FATAL(mj_gr_crossings(&(mj_gr_lines){at, slope, l.n, l.k, l.on_it_is_below, 3, LEAST}, above, got),
                          MJ_OK);
    brute(&l, above, want);
    for (int64_t i = 0; i < l.n; i++) {
      bool same = isinf(want[i]) ? isinf(got[i]) : fabs(got[i] - want[i]) < 1e-8;
      if (!same) printf("\n    round %d line %d: %.17g, not %.17g", round, (int)i, got[i], want[i]);
      CU_ASSERT(same);
      moved += !isinf(want[i]);
    }
  }
  CU_ASSERT(moved > 1000);
}

/* 3, 2, 1 and slopes -1, 0, 1; the border is the second highest: until x = 1 the flat line, where all three meet;
   beyond it again, with the third above and the first below. */
static void lines_that_meet_in_one_point_change_places_there(void) {
  const double at[3] = {3, 2, 1}, slope[3] = {-1, 0, 1};
  const bool above[3] = {true, true, false};
  double first[3];
  CU_ASSERT_EQUAL_FATAL(mj_gr_crossings(&(mj_gr_lines){at, slope, 3, 2, false, 5, LEAST}, above, first), MJ_OK);
  CU_ASSERT_DOUBLE_EQUAL(first[0], 1, 1e-12);
  CU_ASSERT(isinf(first[1]));
  CU_ASSERT_DOUBLE_EQUAL(first[2], 1, 1e-12);
}

/* 100,000 lines take a moment; each against each other would be 10^10 */
static void many_lines_take_no_quadratic_time(void) {
  int64_t n = 100000;
  double *at = malloc((size_t)n * sizeof *at), *slope = malloc((size_t)n * sizeof *slope),
         *first = malloc((size_t)n * sizeof *first);
  bool *above = malloc((size_t)n);
  uint64_t seed = 3;
  for (int64_t i = 0; i < n; i++) {
    at[i] = draw(&seed, 0);
    slope[i] = draw(&seed, 0) - 0.5;
    above[i] = at[i] > 0.8; /* near enough to the border: those between change at 0 */
  }
  double start = mj_clock();
  CU_ASSERT_EQUAL(mj_gr_crossings(&(mj_gr_lines){at, slope, n, n / 5, false, 1, LEAST}, above, first), MJ_OK);
  printf("%.3f s ", mj_clock() - start);
  CU_ASSERT(mj_clock() - start < 20);
  int64_t moved = 0;
  for (int64_t i = 0; i < n; i++) moved += !isinf(first[i]);
  CU_ASSERT(moved > n / 10 && moved < n / 2);
  free(at);
  free(slope);
  free(first);
  free(above);
}

SUITE_OF(grade_level, T(crossings_are_those_of_all_pairs), T(lines_that_meet_in_one_point_change_places_there),
         T(many_lines_take_no_quadratic_time));
