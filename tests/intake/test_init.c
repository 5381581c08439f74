#include "intake/files.h"

static const char *const parcels = FEATURE("\"colour\":\"red\"", SQUARE_RING("500000", "500100"));

static char *proposed(int n, const char *const *paths, mj_text *out) {
  mj_error err = {0};
  CU_ASSERT_EQUAL_FATAL(mj_init_project(n, paths, MJ_EN, out, &err), MJ_OK);
  return out->data;
}

static void the_year_of_a_table_without_one_is_proposed_from_its_name(void) {
  mj_text out = {0};
  const char *paths[] = {write_text("enterprises_2023.csv", "credit_code,parcel_id,tax_wan\n1,A,5\n"),
                         write_text("enterprises_v12.csv", "credit_code,parcel_id,tax_wan\n1,A,5\n"),
                         write_text("enterprises_20231231.csv", "credit_code,parcel_id,year,tax_wan\n1,A,2024,5\n")};
  const char *text = proposed(3, paths, &out);
  ASSERT_HAS(text, "    year: 2023 ");
  ASSERT_HAS(text, "    # year: 2025 "); /* nothing to go by */
  ASSERT_HAS(text, "as_of: 2025-03-31"); /* the table that has the column */
  mj_text_reset(&out);
}

static void what_lies_beside_data_is_passed_over(void) {
  mj_text out = {0};
  const char *paths[] = {write_layer("land.geojson", "EPSG:4549", parcels), write_text("land.qml", "<qgis/>"),
                         write_text("land.cpg", "GBK"), write_text("readme.txt", "whom to ask\n"),
                         write_text("zd.txt",
                                    "[属性描述]\n坐标系=2000\n带号=40\n[地块坐标]\n4,1.5,DK1,,面,,,,@\n"
                                    "1,1,2755000,500000\n2,1,2755100,500000\n3,1,2755100,500100\n")};
  const char *text = proposed(5, paths, &out);
  CU_ASSERT_PTR_NULL(strstr(text, "land.qml"));
  CU_ASSERT_PTR_NULL(strstr(text, "readme"));
  ASSERT_HAS(text, "zd.txt"); /* boundary points are data */
  mj_text_reset(&out);
}

static void a_layer_without_a_code_is_proposed_with_its_row_numbers_and_runs(void) {
  mj_text out = {0};
  mj_project project = MJ_PROJECT_DEFAULTS;
  mj_error err = {0};
  const char *paths[] = {write_layer("parcels.geojson", "EPSG:4549", parcels)};
  const char *text = proposed(1, paths, &out);
  ASSERT_HAS(text, "parcel_id: fid");
  ASSERT_HAS(text, "rules: [national-idle-2012]");
  CU_ASSERT_EQUAL(mj_project_load(write_text("park.yaml", text), &project, &err), MJ_OK);
  ASSERT_TEXT(err.message, "");
  mj_project_reset(&project);
  mj_text_reset(&out);
}

static void parcels_of_quanzhou_are_proposed_with_its_rulebook(void) {
  mj_text out = {0};
  const char *paths[] = {write_layer("parcels.geojson", "EPSG:4549",
                                     FEATURE("\"ZDDM\":\"350502001001GB00001\"", SQUARE_RING("500000", "500100")))};
  ASSERT_HAS(proposed(1, paths, &out), "rules: [national-idle-2012, quanzhou-2025]");
  mj_text_reset(&out);
}

CU_SuiteInfo init_suite = {"init",
                           folder_make,
                           folder_remove,
                           NULL,
                           NULL,
                           (CU_TestInfo[]){T(the_year_of_a_table_without_one_is_proposed_from_its_name),
                                           T(what_lies_beside_data_is_passed_over),
                                           T(a_layer_without_a_code_is_proposed_with_its_row_numbers_and_runs),
                                           T(parcels_of_quanzhou_are_proposed_with_its_rulebook), CU_TEST_INFO_NULL}};
