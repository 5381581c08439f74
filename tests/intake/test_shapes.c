#include "files.h"

static mj_park park;
static mj_error err;

static mj_status run(const char *yaml) {
  mj_park_reset(&park);
  return take_in(yaml, &park, &err);
}

static void area_of_all(double *area) {
  mj_polys g = mj_geom_view(&park.table[MJ_PARCELS].geom);
  mj_area_planar(&g, area);
}

/* Two triangles of 100 x 50 / 2 m2 that meet in the middle of a square, and a plain square behind it. */
#define BOWTIE "[500000,2755000],[500100,2755100],[500100,2755000],[500000,2755100],[500000,2755000]"

#define DEGREES_RING "[118.58,24.9],[118.59,24.9],[118.59,24.91],[118.58,24.91],[118.58,24.9]"

static void a_bowtie_is_repaired_and_its_place_kept(void) {
  double area[2];
  write_layer("p.geojson", "EPSG:4549",
              FEATURE("\"ZDDM\":\"A\"", BOWTIE) "," FEATURE("\"ZDDM\":\"B\"", SQUARE_RING("500200", "500300")));
  CU_ASSERT_EQUAL_FATAL(run("parcels: p.geojson\n"), MJ_OK);
  area_of_all(area);
  ASSERT_NEAR(area[0], 5000, 1e-6);
  ASSERT_NEAR(area[1], 10000, 1e-6);
  const mj_ledger_entry *e = first_entry(&park, MJ_L_GEOM_INVALID);
  CU_ASSERT_PTR_NOT_NULL_FATAL(e);
  ASSERT_TEXT(e->id, "A");
  ASSERT_HAS(e->found, "Self-intersection");
  ASSERT_HAS(e->found, "area 0.00 -> 5000.00 m2"); /* the two halves of a bowtie wind against each other */
  const mj_table *checks = &park.table[MJ_CHECK_POINTS];
  ASSERT_INT(checks->n, 1);
  ASSERT_INT(checks->geom.kind, MJ_GEOM_POINT);
  ASSERT_TEXT(mj_table_text(checks, "code")[0], "GEOM_INVALID");
  ASSERT_TEXT(mj_table_text(checks, "layer")[0], "parcels");
  ASSERT_TEXT(mj_table_text(checks, "id")[0], "A");
  ASSERT_TEXT(mj_table_text(checks, "severity")[0], "minor");
  ASSERT_INT(mj_table_i64(checks, "row")[0], 1);
  ASSERT_TEXT(mj_table_text(checks, "text")[0], e->found);
  ASSERT_INT(park.table[MJ_CHECKS].n, 0);
  ASSERT_NEAR(checks->geom.x[0], 500050, 1e-6);
  ASSERT_NEAR(checks->geom.y[0], 2755050, 1e-6);
}

static void the_ledger_says_it_in_the_language_of_the_run(void) {
  write_layer("p.geojson", "EPSG:4549", FEATURE("\"ZDDM\":\"A\"", BOWTIE));
  CU_ASSERT_EQUAL_FATAL(run("lang: zh\nparcels: p.geojson\n"), MJ_OK);
  const mj_ledger_entry *e = first_entry(&park, MJ_L_GEOM_INVALID);
  CU_ASSERT_PTR_NOT_NULL_FATAL(e);
  ASSERT_TEXT(e->found, "自相交，位于 500050 2755050；面积 0.00 → 5000.00 ㎡");
  write_text("e.csv", "企业名称,宗地代码,年份,税收（万元）\n甲,A,2024,1,2,3\n");
  CU_ASSERT_EQUAL_FATAL(run("lang: zh\nparcels: p.geojson\nenterprises: e.csv\n"), MJ_OK);
  e = first_entry(&park, MJ_L_ROW_CELLS_EXTRA);
  CU_ASSERT_PTR_NOT_NULL_FATAL(e);
  ASSERT_TEXT(e->found, "6 个单元格");
  ASSERT_TEXT(e->expected, "4 个单元格");
  write_layer("p.geojson", "", FEATURE("\"ZDDM\":\"A\"", DEGREES_RING));
  CU_ASSERT_EQUAL_FATAL(run("lang: zh\nparcels: p.geojson\n"), MJ_OK);
  e = first_entry(&park, MJ_L_CRS_DEGREES);
  CU_ASSERT_PTR_NOT_NULL_FATAL(e);
  ASSERT_TEXT(e->expected, "三度带，中央经线 120");
}

static void what_has_no_area_cannot_be_repaired_but_stays_a_row(void) {
  double area[2];
  write_layer(
      "p.geojson", "EPSG:4549",
      FEATURE("\"ZDDM\":\"A\"", "[500000,2755000],[500100,2755000],[500000,2755000],[500000,2755000]") "," FEATURE(
          "\"ZDDM\":\"B\"", SQUARE_RING("500200", "500300")));
  CU_ASSERT_EQUAL_FATAL(run("parcels: p.geojson\n"), MJ_OK);
  area_of_all(area);
  ASSERT_INT(park.table[MJ_PARCELS].n, 2);
  ASSERT_NEAR(area[0], 0, 0);
  ASSERT_NEAR(area[1], 10000, 1e-6);
  ASSERT_INT(count_entries(&park, MJ_L_GEOM_ZERO_AREA), 1);
  ASSERT_TEXT(first_entry(&park, MJ_L_GEOM_ZERO_AREA)->id, "A");
}

static void valid_shapes_draw_no_entry_and_an_empty_list_of_checks(void) {
  write_layer("p.geojson", "EPSG:4549", FEATURE("\"ZDDM\":\"B\"", SQUARE_RING("500200", "500300")));
  CU_ASSERT_EQUAL_FATAL(run("parcels: p.geojson\n"), MJ_OK);
  ASSERT_INT(park.table[MJ_CHECKS].n, 0);
  ASSERT_INT(park.table[MJ_CHECK_POINTS].n, 0);
  CU_ASSERT_TRUE(mj_park_has(&park, MJ_CHECKS));
  CU_ASSERT_TRUE(mj_park_has(&park, MJ_CHECK_POINTS));
  ASSERT_INT(park.table[MJ_CHECKS].geom.kind, MJ_GEOM_POLYGON);
}

static void a_shape_much_smaller_than_its_own_area_column_was_clipped(void) {
  write_layer("p.geojson", "EPSG:4549",
              FEATURE("\"ZDDM\":\"A\",\"SHAPE_Area\":20000.5", SQUARE_RING("500000", "500100")) "," FEATURE(
                  "\"ZDDM\":\"B\",\"SHAPE_Area\":10100.5", SQUARE_RING("500200", "500300")));
  CU_ASSERT_EQUAL_FATAL(run("parcels: p.geojson\n"), MJ_OK);
  ASSERT_INT(count_entries(&park, MJ_L_AREA_CLIPPED), 1); /* 1 % is no clip */
  const mj_ledger_entry *e = first_entry(&park, MJ_L_AREA_CLIPPED);
  ASSERT_TEXT(e->id, "A");
  const mj_table *checks = &park.table[MJ_CHECKS]; /* the place is the shape itself */
  ASSERT_INT(checks->n, 1);
  ASSERT_INT(checks->geom.verts, 5);
  ASSERT_NEAR(mj_table_f64(checks, "area_m2")[0], 10000, 1e-6);
  ASSERT_TEXT(e->found, "10000.00 m2, 50.0 % less than SHAPE_Area");
  ASSERT_TEXT(e->expected, "20000.50 m2");
}

static void the_number_of_threads_changes_nothing(void) {
  static const char yaml[] = "parcels: p.geojson\nzones: z.geojson\n";
  char first[4096] = "", again[4096];
  write_layer("p.geojson", "EPSG:4549",
              FEATURE("\"ZDDM\":\"A\"", BOWTIE) "," FEATURE("\"ZDDM\":\"A\"", SQUARE_RING("500200", "500300")));
  write_layer("z.geojson", "EPSG:4549", FEATURE("\"zone\":\"N\"", BOWTIE));
  for (int threads = 1; threads <= 4; threads++) {
    size_t n = 0;
    mj_park_reset(&park);
    CU_ASSERT_EQUAL_FATAL(mj_project_load(write_text("park.yaml", yaml), &park.project, &err), MJ_OK);
    park.project.threads = threads;
    CU_ASSERT_EQUAL_FATAL(mj_intake(&park, &err), MJ_OK);
    for (int64_t i = 0; i < park.ledger.n; i++) {
      const mj_ledger_entry *e = &park.ledger.entry[i];
      n += (size_t)snprintf(again + n, sizeof again - n, "%s %s %lld %s\n", mj_ledger_code_name(e->code), e->layer,
                            (long long)e->row, e->found ? e->found : "");
    }
    if (threads == 1) strcpy(first, again);
    ASSERT_TEXT(again, first);
  }
  CU_ASSERT_TRUE(strlen(first) > 100);
}

static int clean(void) {
  mj_park_reset(&park);
  return folder_remove();
}

CU_SuiteInfo shapes_suite = {
    "shapes",
    folder_make,
    clean,
    NULL,
    NULL,
    (CU_TestInfo[]){T(a_bowtie_is_repaired_and_its_place_kept), T(the_ledger_says_it_in_the_language_of_the_run),
                    T(what_has_no_area_cannot_be_repaired_but_stays_a_row),
                    T(valid_shapes_draw_no_entry_and_an_empty_list_of_checks),
                    T(a_shape_much_smaller_than_its_own_area_column_was_clipped),
                    T(the_number_of_threads_changes_nothing), CU_TEST_INFO_NULL}};
