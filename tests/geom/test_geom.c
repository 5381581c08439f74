#include <limits.h>
#include <string.h>

#include "../test.h"
#include "mujun/geom.h"
#include "shape.h"

static void rows_parts_and_rings_come_back_as_pushed(void) {
  mj_geom g = {0};
  shape_row(&g, "0 0,10 0,10 10,0 10;4 4,6 4,6 6,4 6|20 0,21 0,21 1");
  shape_row(&g, "");
  shape_row(&g, "5 5,6 5,6 7");
  mj_polys v = mj_geom_view(&g);
  CU_ASSERT_EQUAL(v.n, 3);
  int32_t part0[] = {0, 2, 2, 3}, ring0[] = {0, 2, 3, 4}, vert0[] = {0, 5, 10, 14, 18};
  CU_ASSERT(!memcmp(v.part0, part0, sizeof part0));
  CU_ASSERT(!memcmp(v.ring0, ring0, sizeof ring0));
  CU_ASSERT(!memcmp(v.vert0, vert0, sizeof vert0));
  CU_ASSERT_EQUAL(v.x[10], 20);
  CU_ASSERT_EQUAL(v.y[17], 5);
  mj_geom_reset(&g);
  CU_ASSERT_EQUAL(g.n, 0);
  CU_ASSERT_PTR_NULL(g.x);
}

static void a_fresh_column_has_a_view_of_no_rows(void) {
  mj_geom g = {0};
  mj_polys v = mj_geom_view(&g);
  CU_ASSERT_EQUAL(v.n, 0);
  CU_ASSERT_EQUAL(v.part0[0], 0);
  CU_ASSERT_EQUAL(v.vert0[v.ring0[v.part0[0]]], 0);
}

static void a_copied_row_equals_its_source_after_much_growth(void) {
  mj_geom from = {0}, to = {0};
  shape_row(&from, "");
  shape_row(&from, "0 0,9 0,9 9,0 9;1 1,2 1,2 2|20 0,21 0,21 1");
  mj_polys v = mj_geom_view(&from);
  for (int i = 0; i < 1000; i++) CU_ASSERT_EQUAL_FATAL(mj_geom_push_row(&to, &v, i % 2), MJ_OK);
  mj_polys w = mj_geom_view(&to);
  CU_ASSERT_EQUAL(w.n, 1000);
  CU_ASSERT_EQUAL(w.part0[1000], 1000);
  CU_ASSERT_EQUAL(w.part0[999], w.part0[998]);
  int32_t p = w.part0[999], r = w.ring0[p], n = v.vert0[3];
  CU_ASSERT_EQUAL(w.ring0[p + 1] - r, 2);
  CU_ASSERT(!memcmp(w.x + w.vert0[r], v.x, (size_t)n * sizeof *v.x));
  CU_ASSERT(!memcmp(w.y + w.vert0[r], v.y, (size_t)n * sizeof *v.y));
  mj_geom_reset(&from);
  mj_geom_reset(&to);
}

/* The counts are those of a full column; no array behind them is touched because growth is refused first. */
static void past_the_limit_of_32_bits_nothing_is_written(void) {
  mj_geom g = {0};
  double x[2] = {0, 1}, y[2] = {0, 1};
  CU_ASSERT_EQUAL(mj_geom_push_ring(&g, -1, x, y), MJ_EINVAL);
  shape_row(&g, "0 0,1 0,1 1");
  mj_geom full = g;
  full.verts = full.cap_verts = INT32_MAX - 1;
  CU_ASSERT_EQUAL(mj_geom_push_ring(&full, 2, x, y), MJ_ENOMEM);
  CU_ASSERT_EQUAL(full.verts, INT32_MAX - 1);
  CU_ASSERT_EQUAL(full.rings, 1);
  full = g;
  full.rings = full.cap_rings = INT32_MAX - 1;
  CU_ASSERT_EQUAL(mj_geom_push_ring(&full, 2, x, y), MJ_ENOMEM);
  full = g;
  full.parts = full.cap_parts = INT32_MAX - 1;
  CU_ASSERT_EQUAL(mj_geom_end_part(&full), MJ_ENOMEM);
  mj_geom_reset(&g);
}

static void boxes_enclose_every_part_and_an_empty_row_has_none(void) {
  mj_geom g = {0};
  shape_row(&g, "0 1,10 1,10 11,0 11|-5 3,-4 3,-4 40");
  shape_row(&g, "");
  mj_polys v = mj_geom_view(&g);
  mj_box box[2];
  mj_geom_boxes(&v, box);
  CU_ASSERT(box[0].xmin == -5 && box[0].ymin == 1 && box[0].xmax == 10 && box[0].ymax == 40);
  CU_ASSERT(box[1].xmin > box[1].xmax && box[1].ymin > box[1].ymax);
  mj_geom_reset(&g);
}

static void room_is_taken_at_once_and_given_back(void) {
  mj_geom g = {.kind = MJ_GEOM_POLYGON};
  const double x[] = {0, 1, 1, 0}, y[] = {0, 0, 1, 0};
  CU_ASSERT_EQUAL_FATAL(mj_geom_reserve(&g, 100, 200, 300, 4000), MJ_OK);
  const double *before = g.x;
  for (int i = 0; i < 100; i++) {
    CU_ASSERT_EQUAL_FATAL(mj_geom_push_ring(&g, 4, x, y), MJ_OK);
    CU_ASSERT_EQUAL_FATAL(mj_geom_end_part(&g), MJ_OK);
    CU_ASSERT_EQUAL_FATAL(mj_geom_end_row(&g), MJ_OK);
  }
  CU_ASSERT_PTR_EQUAL(g.x, before);
  CU_ASSERT(g.cap_rows == 100 && g.cap_parts == 200 && g.cap_rings == 300 && g.cap_verts == 4000);
  CU_ASSERT_EQUAL(mj_geom_reserve(&g, 1, 1, 1, 1), MJ_OK); /* less than there is */
  CU_ASSERT_EQUAL(g.cap_verts, 4000);
  CU_ASSERT_EQUAL(mj_geom_reserve(&g, 1, 1, 1, INT64_C(1) << 31), MJ_ENOMEM);
  mj_geom_fit(&g);
  CU_ASSERT(g.cap_rows == 100 && g.cap_parts == 100 && g.cap_rings == 100 && g.cap_verts == 400);
  mj_polys v = mj_geom_view(&g);
  CU_ASSERT(v.n == 100 && v.part0[100] == 100 && v.ring0[100] == 100 && v.vert0[100] == 400 && v.x[398] == 1);
  CU_ASSERT_EQUAL_FATAL(mj_geom_push_ring(&g, 4, x, y), MJ_OK); /* it grows again */
  CU_ASSERT(g.verts == 404 && g.x[401] == 1);
  mj_geom_reset(&g);
}

static void nothing_is_fitted_into_no_room(void) {
  mj_geom g = {0};
  mj_geom_fit(&g);
  CU_ASSERT_EQUAL(mj_geom_view(&g).n, 0);
  mj_geom_reset(&g);
}

SUITE_OF(geom, T(room_is_taken_at_once_and_given_back), T(nothing_is_fitted_into_no_room),
         T(rows_parts_and_rings_come_back_as_pushed), T(a_fresh_column_has_a_view_of_no_rows),
         T(a_copied_row_equals_its_source_after_much_growth), T(past_the_limit_of_32_bits_nothing_is_written),
         T(boxes_enclose_every_part_and_an_empty_row_has_none));
