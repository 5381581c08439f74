#include "../geom/shape.h"
#include "fixture.h"
#include "measure/distinct.h"

#define SQUARE "0 0,10 0,10 10,0 10"

static void shapes_agree_whatever_their_first_vertex_direction_and_order_of_parts(void) {
  mj_geom g = {0};
  mj__distinct d;
  shape_row(&g, SQUARE);
  shape_row(&g, "50 0,60 0,60 5|80 0,90 0,90 5");
  shape_row(&g, "10 10,10 0,0 0,0 10");
  shape_row(&g, "90 5,80 0,90 0|60 0,60 5,50 0");
  shape_row(&g, "0 0,10 0,10 10.000000001,0 10");
  shape_row(&g, SQUARE ";4 4,6 4,6 6,4 6");
  shape_row(&g, "10 0,10 10,0 10,0 0");
  mj_polys v = mj_geom_view(&g);
  CU_ASSERT_EQUAL_FATAL(mj__distinct_make(&v, 2, &d), MJ_OK);
  static const int32_t rows[] = {0, 2, 6, 1, 3, 4, 5};
  static const int64_t first[] = {0, 3, 5, 6, 7};
  ASSERT_INT(d.polys.n, 4);
  CU_ASSERT_PTR_NOT_NULL_FATAL(d.row);
  CU_ASSERT(!memcmp(d.row, rows, sizeof rows));
  CU_ASSERT(!memcmp(d.first, first, sizeof first));
  ASSERT_INT(mj__distinct_row(&d, 1), 1);
  mj__distinct_reset(&d);
  mj_geom_reset(&g);
}

static void a_column_without_copies_is_taken_as_it_is(void) {
  mj_geom g = {0};
  mj__distinct d;
  shape_row(&g, SQUARE);
  shape_row(&g, "0 0,10 0,10 10");
  mj_polys v = mj_geom_view(&g);
  CU_ASSERT_EQUAL_FATAL(mj__distinct_make(&v, 2, &d), MJ_OK);
  CU_ASSERT(!d.row && d.polys.x == v.x);
  ASSERT_INT(mj__distinct_row(&d, 1), 1);
  mj__distinct_reset(&d);
  mj_geom_reset(&g);
}

/* Three copies and one beside that overlaps them: all six pairs, as if each had been laid over each. */
static void few_copies_give_every_pair(void) {
  mj_park park;
  mj_pairs pairs = {0};
  new_park(&park);
  lay(&park, MJ_PARCELS, 4, (rect[]){{0, 0, 10, 10}, {5, 0, 10, 10}, {0, 0, 10, 10}, {0, 0, 10, 10}});
  must(mj__self_overlaps(&park, MJ_PARCELS, 0.01, &pairs, NULL));
  static const mj_pair want[] = {{0, 1, 50}, {0, 2, 100}, {0, 3, 100}, {1, 2, 50}, {1, 3, 50}, {2, 3, 100}};
  ASSERT_INT(pairs.n, 6);
  for (int k = 0; k < 6 && k < pairs.n; k++) {
    ASSERT_INT(pairs.pair[k].a, want[k].a);
    ASSERT_INT(pairs.pair[k].b, want[k].b);
    ASSERT_NEAR(pairs.pair[k].area, want[k].area, 1e-6);
  }
  mj_pairs_reset(&pairs);
  mj_park_reset(&park);
}

/* 20,000 copies of one parcel are 200 million pairs: each is told once, as the same as the first. */
static void many_copies_are_each_told_once(void) {
  enum { N = 20000 };
  static rect r[N];
  mj_park park;
  mj_pairs pairs = {0};
  new_park(&park);
  for (int i = 0; i < N; i++) r[i] = (rect){0, 0, 10, 10};
  lay(&park, MJ_PARCELS, N, r);
  must(mj__self_overlaps(&park, MJ_PARCELS, 0.01, &pairs, NULL));
  ASSERT_INT(pairs.n, N - 1);
  ASSERT_INT(pairs.pair[N - 2].a, 0);
  ASSERT_INT(pairs.pair[N - 2].b, N - 1);
  mj_pairs_reset(&pairs);
  mj_park_reset(&park);
}

static void empty_rows_are_no_copies_of_each_other(void) {
  mj_park park;
  mj_pairs pairs = {0};
  new_park(&park);
  lay(&park, MJ_PARCELS, 3, (rect[]){{0, 0, 0, 0}, {0, 0, 10, 10}, {0, 0, 0, 0}});
  must(mj__self_overlaps(&park, MJ_PARCELS, 0.01, &pairs, NULL));
  ASSERT_INT(pairs.n, 0);
  mj_pairs_reset(&pairs);
  mj_park_reset(&park);
}

SUITE_OF(distinct, T(shapes_agree_whatever_their_first_vertex_direction_and_order_of_parts),
         T(a_column_without_copies_is_taken_as_it_is), T(few_copies_give_every_pair), T(many_copies_are_each_told_once),
         T(empty_rows_are_no_copies_of_each_other));
