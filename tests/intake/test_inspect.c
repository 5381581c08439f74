#include "files.h"

static mj_error err;

static void write_inputs(void) {
  write_layer(
      "宗地.geojson", "EPSG:4549",
      FEATURE("\"地块编号\":\"A1\",\"占地面积\":15.1,\"备注\":\"x\"", SQUARE_RING("500000", "500100")) "," FEATURE(
          "\"地块编号\":\"A2\",\"占地面积\":14.9,\"备注\":null",
          SQUARE_RING(
              "500100",
              "500200")) "," FEATURE("\"地块编号\":\"A3\",\"占地面积\":15,\"备注\":null",
                                     SQUARE_RING(
                                         "500200",
                                         "500300")) "," FEATURE("\"地块编号\":\"A4\",\"占地面积\":15,\"备注\":null",
                                                                "[500000,2755000],[500100,2755100],[500100,2755000],["
                                                                "500000,2755100],[500000,2755000]"));
  write_text("e.csv", "企业名称,宗地代码,年份,税收（元）\n甲,A1,2024,150000\n乙,A2,2023,1\n");
}

static void a_layer_is_described_with_meaning_unit_and_health(void) {
  mj_text out = {0};
  write_inputs();
  CU_ASSERT_EQUAL_FATAL(mj_inspect(in_folder("宗地.geojson"), NULL, MJ_EN, &out, &err), MJ_OK);
  ASSERT_HAS(out.data, "GeoJSON");
  ASSERT_HAS(out.data, ": 4 rows, Polygon");
  ASSERT_HAS(out.data, "looks like: parcels (its name has '宗地', 2 fields recognised)");
  ASSERT_HAS(out.data, "reference system: EPSG:4549 CGCS2000 / 3-degree Gauss-Kruger CM 120E, metres");
  ASSERT_HAS(out.data, "shapes: 1 invalid, 0 multipart, 0 empty");
  ASSERT_HAS(out.data, "extent: x 500000 .. 500300, y 2755000 .. 2755100");
  ASSERT_HAS(out.data, "area_recorded_m2  mu (by shape)"); /* 15.1 and 14.9 on 10,000 m2: only mu fits */
  ASSERT_HAS(out.data, "75%");
  mj_text_reset(&out);
}

static void a_table_is_described_in_chinese(void) {
  mj_text out = {0};
  write_inputs();
  CU_ASSERT_EQUAL_FATAL(mj_inspect(in_folder("e.csv"), NULL, MJ_ZH, &out, &err), MJ_OK);
  ASSERT_HAS(out.data, "图层 e: 2 行, 无图形");
  ASSERT_HAS(out.data, "看来是: enterprises 企业 (4 个字段已识别)");
  ASSERT_HAS(out.data, "tax_wan 税收");
  ASSERT_HAS(out.data, "yuan 元");
  ASSERT_HAS(out.data, "enterprise_name 企业名称");
  mj_text_reset(&out);
  CU_ASSERT_EQUAL_FATAL(mj_inspect(in_folder("宗地.geojson"), NULL, MJ_ZH, &out, &err), MJ_OK);
  ASSERT_HAS(out.data, ": 4 行, 面");
  ASSERT_HAS(out.data, "area_recorded_m2 宗地面积");
  ASSERT_HAS(out.data, "mu 亩（按图形）");
  mj_text_reset(&out);
}

static void a_file_that_is_not_there_is_an_error(void) {
  mj_text out = {0};
  CU_ASSERT_EQUAL(mj_inspect("/nonexistent.gpkg", NULL, MJ_EN, &out, &err), MJ_ENOTFOUND);
  ASSERT_HAS(err.message, "/nonexistent.gpkg");
  mj_text_reset(&out);
}

static void what_init_writes_can_be_loaded_and_run(void) {
  for (int lang = MJ_EN; lang <= MJ_ZH; lang++) {
    mj_text out = {0};
    mj_park park = {0};
    char parcels[256], table[256];
    write_inputs();
    snprintf(parcels, sizeof parcels, "%s", in_folder("宗地.geojson"));
    snprintf(table, sizeof table, "%s", in_folder("e.csv"));
    const char *const paths[] = {parcels, table};
    CU_ASSERT_EQUAL_FATAL(mj_init_project(2, paths, (mj_lang)lang, &out, &err), MJ_OK);
    ASSERT_HAS(out.data, "area_recorded_m2: {column: \"占地面积\", unit: mu}");
    ASSERT_HAS(out.data, "tax_wan: {column: \"税收（元）\", unit: yuan}");
    CU_ASSERT(lang != MJ_ZH || strstr(out.data, "unit: mu}  # 宗地面积（亩）；单位由与图形面积比较得出\n"));
    CU_ASSERT(lang != MJ_ZH || strstr(out.data, "unit: yuan}  # 税收（元）\n"));
    ASSERT_HAS(out.data, lang == MJ_ZH ? "2 行, 无图形" : "2 rows, no geometry");
    CU_ASSERT_EQUAL(take_in(out.data, &park, &err), MJ_OK);
    ASSERT_INT(park.project.as_of, mj_date_from_ymd(2025, 3, 31)); /* the quarter after the latest year in the data */
    ASSERT_INT(park.project.year, 2024);
    ASSERT_INT(park.table[MJ_PARCELS].n, 4);
    ASSERT_NEAR(mj_table_f64(&park.table[MJ_PARCELS], "area_recorded_m2")[2], 10000, 1e-9);
    ASSERT_NEAR(mj_table_f64(&park.table[MJ_ENTERPRISES], "tax_wan")[0], 15, 1e-12);
    mj_park_reset(&park);
    mj_text_reset(&out);
  }
}

static void init_asks_for_what_it_cannot_know(void) {
  mj_text out = {0};
  mj_project project = {0};
  char path[256];
  snprintf(path, sizeof path, "%s", write_shapefile("odd", "zddm", "1"));
  const char *const paths[] = {path};
  CU_ASSERT_EQUAL_FATAL(mj_init_project(1, paths, MJ_EN, &out, &err), MJ_OK);
  ASSERT_HAS(out.data, "# as_of: 2026-03-31       # reference date, required; nothing in the data tells it");
  ASSERT_HAS(out.data, "# crs: EPSG:4549          # name the reference system of layers that carry none: odd");
  ASSERT_HAS(out.data, "odd (by its numbers one of EPSG:4534 to EPSG:4554"); /* 500000 2755000 */
  CU_ASSERT_EQUAL(mj_project_load(write_text("park.yaml", out.data), &project, &err), MJ_OK);
  mj_project_reset(&project);
  mj_text_reset(&out);
}

static void what_the_numbers_would_fit_is_said_and_an_old_datum_asked_for_its_shift(void) {
  mj_text out = {0};
  char path[256];
  snprintf(path, sizeof path, "%s", write_shapefile("odd", "zddm", "1"));
  CU_ASSERT_EQUAL_FATAL(mj_inspect(path, NULL, MJ_EN, &out, &err), MJ_OK);
  ASSERT_HAS(out.data, "none; name it with --crs or crs: in park.yaml; by its numbers one of EPSG:4534");
  mj_text_reset(&out);
  snprintf(path, sizeof path, "%s",
           write_layer("zd.geojson", "EPSG:2385", FEATURE("\"ZDDM\":\"A\"", SQUARE_RING("500000", "500100"))));
  const char *const paths[] = {path};
  CU_ASSERT_EQUAL_FATAL(mj_init_project(1, paths, MJ_EN, &out, &err), MJ_OK);
  ASSERT_HAS(out.data, "\n# datum_shift: [dx, dy, dz, rx, ry, rz, s]  # EPSG:2385: parameters to WGS 84 or CGCS2000");
  mj_text_reset(&out);
  CU_ASSERT_EQUAL_FATAL(
      mj_init_project(1,
                      (const char *const[]){write_layer("zd.geojson", "EPSG:4549",
                                                        FEATURE("\"ZDDM\":\"A\"", SQUARE_RING("500000", "500100")))},
                      MJ_EN, &out, &err),
      MJ_OK);
  CU_ASSERT_PTR_NULL(strstr(out.data, "datum_shift"));
  mj_text_reset(&out);
}

CU_SuiteInfo inspect_suite = {
    "inspect",
    folder_make,
    folder_remove,
    NULL,
    NULL,
    (CU_TestInfo[]){T(a_layer_is_described_with_meaning_unit_and_health), T(a_table_is_described_in_chinese),
                    T(a_file_that_is_not_there_is_an_error), T(what_init_writes_can_be_loaded_and_run),
                    T(init_asks_for_what_it_cannot_know),
                    T(what_the_numbers_would_fit_is_said_and_an_old_datum_asked_for_its_shift), CU_TEST_INFO_NULL}};
