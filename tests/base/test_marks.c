#include "base/marks.h"
#include "test.h"

static mj_park park;

static void push(mj_marks *marks, mj_ledger_code code, const char *id, const mj_polys *shape) {
  mj_mark m = {
      .code = code, .layer = "parcels", .id = id, .text = "t", .row = 3, .area_m2 = 2, .width_m = 1, .x = 7, .y = 8};
  CU_ASSERT_EQUAL_FATAL(mj_marks_add(marks, m, shape, 0), MJ_OK);
}

/* Marks put twice, as intake and measure do: the rows of the first stay in front. */
static void marks_go_to_the_table_of_their_kind_behind_what_is_there(void) {
  static const double x[] = {0, 2, 2, 0, 0}, y[] = {0, 0, 1, 1, 0};
  mj_geom square = {0};
  mj_marks marks = {0};
  CU_ASSERT_EQUAL_FATAL(mj_geom_push_ring(&square, 5, x, y), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(mj_geom_end_part(&square), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(mj_geom_end_row(&square), MJ_OK);
  mj_polys v = mj_geom_view(&square);
  for (int round = 0; round < 2; round++) {
    char id[2] = {round ? 'B' : 'A', 0}; /* the list keeps copies */
    push(&marks, MJ_L_PARCELS_OVERLAP, id, &v);
    push(&marks, MJ_L_GEOM_UNREPAIRABLE, id, NULL);
    if (round) push(&marks, MJ_L_PARCELS_GAP, id, &v);
    CU_ASSERT_EQUAL_FATAL(mj_marks_put(&marks, &park), MJ_OK);
    mj_marks_reset(&marks);
  }
  const mj_table *polygons = &park.table[MJ_CHECKS], *points = &park.table[MJ_CHECK_POINTS];
  ASSERT_INT(polygons->n, 3);
  ASSERT_INT(polygons->geom.n, 3);
  ASSERT_INT(polygons->geom.kind, MJ_GEOM_POLYGON);
  ASSERT_TEXT(mj_table_text(polygons, "id")[0], "A");
  ASSERT_TEXT(mj_table_text(polygons, "id")[1], "B");
  ASSERT_TEXT(mj_table_text(polygons, "severity")[0], "minor");
  ASSERT_TEXT(mj_table_text(polygons, "severity")[2], "note");
  ASSERT_INT(mj_table_i64(polygons, "row")[2], 3);
  CU_ASSERT(mj_table_i64(polygons, "other_row")[2] == MJ_I64_NULL);
  ASSERT_NEAR(mj_table_f64(polygons, "area_m2")[1], 2, 0);
  ASSERT_INT(points->n, 2);
  ASSERT_INT(points->geom.kind, MJ_GEOM_POINT);
  ASSERT_TEXT(mj_table_text(points, "severity")[1], "major"); /* set aside */
  ASSERT_NEAR(points->geom.x[1], 7, 0);
  CU_ASSERT_PTR_NULL(mj_table_find(points, "area_m2"));
  mj_geom_reset(&square);
  mj_park_reset(&park);
}

static void no_marks_make_empty_tables(void) {
  mj_marks marks = {0};
  CU_ASSERT_EQUAL_FATAL(mj_marks_put(&marks, &park), MJ_OK);
  CU_ASSERT(mj_park_has(&park, MJ_CHECKS) && mj_park_has(&park, MJ_CHECK_POINTS));
  ASSERT_INT(park.table[MJ_CHECKS].n, 0);
  mj_park_reset(&park);
}

SUITE_OF(marks, T(marks_go_to_the_table_of_their_kind_behind_what_is_there), T(no_marks_make_empty_tables));
