/* 5,000 dirty parcels: the pairs that overlap are those that GEOS finds when it is asked about every pair. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../geom/shape.h"
#include "../test.h"
#include "geom/overlap.h"
#include "gis/overlay.h"

enum { ROWS = 5000, ACROSS = 60, KINDS = 10 };
static const double PITCH_X = 48.7, PITCH_Y = 61.3;

/* Where the lattice lies: turned so that no border is parallel to an axis and each vertex is rounded by itself. */
typedef struct {
  mj_geom geom;
  uint64_t seed;
  double east, north, turn;
  double x, y; /* lower left corner of the cell */
} town;

/* One ring, metres from the cell's corner; from vertex @p first on, back to front where @p back. */
static void ring(town *t, int n, const double (*at)[2], int first, bool back, double dx, double dy) {
  double x[16], y[16], c = cos(t->turn), s = sin(t->turn);
  for (int k = 0; k <= n; k++) {
    const double *p = at[((back ? n - k : k) + first) % n];
    double px = t->x + p[0] + dx, py = t->y + p[1] + dy;
    x[k] = t->east + c * px - s * py;
    y[k] = t->north + s * px + c * py;
  }
  x[n] = x[0];
  y[n] = y[0];
  CU_ASSERT_EQUAL_FATAL(mj_geom_push_ring(&t->geom, n + 1, x, y), MJ_OK);
}

static void end_part(town *t) { CU_ASSERT_EQUAL_FATAL(mj_geom_end_part(&t->geom), MJ_OK); }

static void row(town *t, int n, const double (*at)[2], int first, bool back, double dx, double dy) {
  ring(t, n, at, first, back, dx, dy);
  end_part(t);
  CU_ASSERT_EQUAL_FATAL(mj_geom_end_row(&t->geom), MJ_OK);
}

/* 1 mm to 1 m, and 1e-9 to 1e-3 m, evenly over the powers of ten. */
static double sliver(town *t) { return pow(10, -3 + 3 * shape_random(&t->seed)); }
static double slip(town *t) { return pow(10, -9 + 6 * shape_random(&t->seed)); }

/* The parcel of one cell, and what is wrong with it. */
static void cell(town *t, int kind) {
  const double w = PITCH_X, h = PITCH_Y, reach = 5 + 15 * shape_random(&t->seed),
               thick = 0.2 + 4 * shape_random(&t->seed);
  const double plain[][2] = {{0, 0}, {w, 0}, {w, h}, {0, h}};
  const double finger[][2] = {{0, 0},          {w, 0}, {w, 20}, {w + reach, 20}, {w + reach, 20 + thick},
                              {w, 20 + thick}, {w, h}, {0, h}};
  const double inner[][2] = {{9, 9}, {9 + reach, 9}, {9 + reach, 30}, {9, 30}};
  const double diamond[][2] = {{0, h / 2}, {w / 2, 0}, {w, h / 2}, {w / 2, h}};
  const double joints[][2] = {{0, 0}, {w / 3, 0}, {w, 0}, {w, h / 4}, {w, h}, {w / 2, h}, {0, h}, {0, 0.7 * h}};
  const double left[][2] = {{0, 0}, {w / 3, 0}, {w / 3, h}, {0, h}},
               right[][2] = {{w / 2, 0}, {w, 0}, {w, h}, {w / 2, h}};
  switch (kind) {
    case 1:
      row(t, 8, finger, 3, false, 0, 0);
      break;
    case 2: /* one inside another */
      row(t, 4, plain, 1, true, 0, 0);
      row(t, 4, inner, 2, false, 0, 0);
      break;
    case 3: /* twice, begun elsewhere and wound the other way */
      row(t, 4, plain, 0, false, 0, 0);
      row(t, 4, plain, 2, true, 0, 0);
      break;
    case 4:
      row(t, 4, plain, 0, false, sliver(t), 0);
      break;
    case 5:
      row(t, 4, plain, 0, false, slip(t), -slip(t));
      break;
    case 6: /* touches its neighbours in points */
      row(t, 4, diamond, 1, true, 0, 0);
      break;
    case 7: /* vertices where the neighbours have none */
      row(t, 8, joints, 5, false, 0, 0);
      break;
    case 8: /* a hole, and who fills it, nearly */
      ring(t, 4, plain, 0, false, 0, 0);
      ring(t, 4, inner, 0, false, 0, 0);
      end_part(t);
      CU_ASSERT_EQUAL_FATAL(mj_geom_end_row(&t->geom), MJ_OK);
      row(t, 4, inner, 3, true, shape_random(&t->seed) < 0.5 ? 0 : slip(t), sliver(t) - 0.3);
      break;
    case 9:
      ring(t, 4, left, 0, false, 0, 0);
      end_part(t);
      row(t, 4, right, 0, true, sliver(t), 0);
      break;
    default:
      row(t, 4, plain, 0, false, 0, 0);
  }
}

static void build(town *t) {
  for (int i = 0; t->geom.n < ROWS; i++) {
    t->x = PITCH_X * (i % ACROSS);
    t->y = PITCH_Y * (i / ACROSS) + (i % ACROSS % 4 == 3 ? PITCH_Y / 2 : 0); /* every fourth column is offset */
    cell(t, (int)(KINDS * shape_random(&t->seed)));
  }
}

static bool boxes_touch(const mj_box *a, const mj_box *b) {
  return a->xmin <= b->xmax && b->xmin <= a->xmax && a->ymin <= b->ymax && b->ymin <= a->ymax;
}

static void compare(town *t, double least) {
  build(t);
  mj_polys v = mj_geom_view(&t->geom);
  mj_overlay *o;
  mj_pairs pairs = {0};
  mj_box *box = malloc((size_t)v.n * sizeof *box);
  CU_ASSERT_PTR_NOT_NULL_FATAL(box);
  CU_ASSERT_EQUAL_FATAL(mj_overlay_open(&o, NULL), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(mj_overlap_self(&v, 2, &pairs), MJ_OK);
  mj_geom_boxes(&v, box);
  int64_t at = 0, found = 0, missed = 0, invented = 0, wrong = 0, asked = 0;
  for (int64_t i = 0; i < v.n; i++)
    for (int64_t j = i + 1; j < v.n; j++) {
      if (!boxes_touch(&box[i], &box[j])) continue;
      asked++;
      while (at < pairs.n && (pairs.pair[at].a < i || (pairs.pair[at].a == i && pairs.pair[at].b < j))) at++;
      bool listed = at < pairs.n && pairs.pair[at].a == i && pairs.pair[at].b == j;
      double own = listed ? pairs.pair[at].area : 0, want = mj_overlay_area(o, &v, i, &v, j);
      found += want > least;
      missed += want > least && !(own > least);
      invented += !(want > least) && !(own <= least);
      wrong += !(fabs(own - want) <= 1e-9 * want + least / 100);
    }
  ASSERT_INT(t->geom.n >= ROWS, 1);
  ASSERT_INT(missed, 0);
  ASSERT_INT(invented, 0);
  ASSERT_INT(wrong, 0);
  CU_ASSERT(found > 2000);
  CU_ASSERT(asked > 10000);
  mj_pairs_reset(&pairs);
  mj_overlay_close(o);
  mj_geom_reset(&t->geom);
  free(box);
}

/* The least overlap that rules/checks.yaml tells, where Chinese surveys lie: a coordinate there is stored to 7e-9 m. */
static void every_pair_that_geos_finds_and_no_other_in_belt_coordinates(void) {
  town t = {.seed = 21, .east = 39500000, .north = 2755000, .turn = 0.3};
  compare(&t, 0.01);
}

/* Near the origin a ten-millionth of a square metre is told apart from nothing. */
static void every_pair_that_geos_finds_and_no_other_near_the_origin(void) {
  town t = {.seed = 22, .turn = -0.7};
  compare(&t, 1e-7);
}

/* Not turned: borders lie on each other exactly, vertices exactly on edges. */
static void every_pair_that_geos_finds_and_no_other_along_the_axes(void) {
  town t = {.seed = 23};
  compare(&t, 1e-7);
}

SUITE_OF(overlap_dirty, T(every_pair_that_geos_finds_and_no_other_in_belt_coordinates),
         T(every_pair_that_geos_finds_and_no_other_near_the_origin),
         T(every_pair_that_geos_finds_and_no_other_along_the_axes));
