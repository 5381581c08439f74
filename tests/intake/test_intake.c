#include "files.h"

static mj_park park;
static mj_error err;

static mj_status run(const char *yaml) {
  mj_park_reset(&park);
  return take_in(yaml, &park, &err);
}

static void write_parcels(void) {
  write_layer(
      "p.geojson", "EPSG:4549",
      FEATURE(
          "\"地块编号\":\"A1\",\"占地面积（亩）\":15,\"约定动工日期\":\"2024/05/01\",\"备注\":\"x\",\"zone\":\"old\"",
          SQUARE_RING("500000", "500100")) "," FEATURE("\"地块编号\":\"A2\",\"占地面积（亩）\":null,\"备注\":null",
                                                       SQUARE_RING("500100", "500200")));
}

static void fields_arrive_under_canonical_names_and_units(void) {
  write_parcels();
  CU_ASSERT_EQUAL_FATAL(run("as_of: 2026-03-31\nparcels: p.geojson\n"), MJ_OK);
  const mj_table *t = &park.table[MJ_PARCELS];
  ASSERT_INT(t->n, 2);
  ASSERT_TEXT(t->name, "parcels");
  ASSERT_TEXT(mj_table_text(t, "parcel_id")[0], "A1");
  ASSERT_NEAR(mj_table_f64(t, "area_recorded_m2")[0], 10000, 1e-9); /* 15 mu */
  CU_ASSERT_TRUE(isnan(mj_table_f64(t, "area_recorded_m2")[1]));
  ASSERT_INT(mj_table_date(t, "start_due")[0], mj_date_from_ymd(2024, 5, 1));
  CU_ASSERT_PTR_NULL(mj_table_find(t, "land_use"));
  ASSERT_INT(park.project.year, 2025);
}

static void own_columns_are_carried_and_never_take_one_of_our_names(void) {
  write_parcels();
  CU_ASSERT_EQUAL_FATAL(run("parcels: p.geojson\n"), MJ_OK);
  const mj_table *t = &park.table[MJ_PARCELS];
  CU_ASSERT_TRUE(mj_table_find(t, "备注")->from_source);
  CU_ASSERT_PTR_NULL(mj_table_find(t, "zone"));
  ASSERT_TEXT(mj_table_text(t, "src_zone")[0], "old");
  CU_ASSERT_FALSE(mj_table_find(t, "parcel_id")->from_source);
}

static void sources_say_what_was_read(void) {
  write_parcels();
  CU_ASSERT_EQUAL_FATAL(run("parcels: p.geojson\n"), MJ_OK);
  ASSERT_INT(park.n_sources, 1);
  ASSERT_INT(park.sources[0].rows_in, 2);
  ASSERT_INT(park.sources[0].rows_kept, 2);
  ASSERT_TEXT(park.sources[0].crs, "EPSG:4549");
  ASSERT_TEXT(park.sources[0].format, "GeoJSON");
  ASSERT_INT(strlen(park.sources[0].sha256), 64);
  ASSERT_TEXT(park.frame.source_name, "EPSG:4549");
  ASSERT_NEAR(park.frame.unit_m, 1, 0);
  CU_ASSERT_FALSE(park.frame.source_degrees);
}

static void a_row_that_the_reader_sets_aside_counts_as_read(void) {
  write_parcels();
  write_text("e.csv", "企业名称,宗地代码,年份\n甲,A1,2025\n乙,A2,2025,9\n丙,A2,2025\n");
  CU_ASSERT_EQUAL_FATAL(run("parcels: p.geojson\nenterprises: e.csv\n"), MJ_OK);
  ASSERT_INT(park.table[MJ_ENTERPRISES].n, 2);
  ASSERT_INT(park.sources[1].rows_in, 3);
  ASSERT_INT(park.sources[1].rows_kept, 2);
}

static void missing_and_repeated_identifiers_are_entered_and_no_row_is_dropped(void) {
  write_layer("p.geojson", "EPSG:4549",
              FEATURE("\"ZDDM\":\"A\"", SQUARE_RING("500000", "500100")) "," FEATURE("\"ZDDM\":null", SQUARE_RING("500100", "500200")) "," FEATURE(
                  "\"ZDDM\":\" A \"", SQUARE_RING("500200", "500300")) ",{\"type\":\"Feature\",\"properties\":{\"ZDDM\":\"B\"},\"geometry\":null}");
  CU_ASSERT_EQUAL_FATAL(run("parcels: p.geojson\n"), MJ_OK);
  ASSERT_INT(park.table[MJ_PARCELS].n, 4);
  ASSERT_INT(park.table[MJ_PARCELS].geom.n, 4);
  ASSERT_INT(count_entries(&park, MJ_L_ID_MISSING), 1);
  ASSERT_INT(count_entries(&park, MJ_L_ID_DUPLICATE), 2);
  ASSERT_TEXT(first_entry(&park, MJ_L_ID_DUPLICATE)->id, "A");
  ASSERT_INT(count_entries(&park, MJ_L_ROW_NO_GEOMETRY), 1);
}

static void files_of_one_role_become_one_table(void) {
  write_parcels();
  write_text("e24.csv", "企业名称,宗地代码,税收（元）\n甲,A1,150000\n");
  write_text("e25.csv", "企业名称,年份,地块编号,产值（万元）\n乙,2025年,A2,33\n丙,2025,A2,x\n");
  CU_ASSERT_EQUAL_FATAL(
      run("parcels: p.geojson\nenterprises:\n  - {file: e24.csv, year: 2024, complete: true}\n  - e25.csv\n"), MJ_OK);
  const mj_table *t = &park.table[MJ_ENTERPRISES];
  ASSERT_INT(t->n, 3);
  ASSERT_INT(mj_table_i64(t, "year")[0], 2024);
  ASSERT_INT(mj_table_i64(t, "year")[1], 2025);
  ASSERT_NEAR(mj_table_f64(t, "tax_wan")[0], 15, 1e-12);
  CU_ASSERT_TRUE(isnan(mj_table_f64(t, "tax_wan")[1]));
  ASSERT_NEAR(mj_table_f64(t, "output_wan")[1], 33, 0);
  ASSERT_TEXT(mj_table_text(t, "parcel_id")[2], "A2");
  const mj_ledger_entry *e = first_entry(&park, MJ_L_VALUE_UNREADABLE);
  CU_ASSERT_PTR_NOT_NULL_FATAL(e);
  ASSERT_TEXT(e->layer, "enterprises (e25.csv)");
  ASSERT_INT(e->row, 2);
  ASSERT_TEXT(e->found, "x");
  CU_ASSERT_TRUE(park.project.inputs[1].complete);
}

static void parcels_of_several_zones_are_appended_with_their_shapes(void) {
  write_layer("a.geojson", "EPSG:4549", FEATURE("\"ZDDM\":\"A\",\"k\":1", SQUARE_RING("500000", "500100")));
  write_layer("b.geojson", "EPSG:4549", FEATURE("\"ZDDM\":\"A\",\"k\":\"one\"", SQUARE_RING("500100", "500300")));
  CU_ASSERT_EQUAL_FATAL(run("parcels: [a.geojson, b.geojson]\n"), MJ_OK);
  const mj_table *t = &park.table[MJ_PARCELS];
  mj_polys g = mj_geom_view(&t->geom);
  double area[2];
  ASSERT_INT(g.n, 2);
  mj_area_planar(&g, area);
  ASSERT_NEAR(area[0], 10000, 1e-6);
  ASSERT_NEAR(area[1], 20000, 1e-6);
  ASSERT_TEXT(mj_table_text(t, "k")[0], "1"); /* a number here and a text there: both as texts */
  ASSERT_TEXT(mj_table_text(t, "k")[1], "one");
  ASSERT_TEXT(first_entry(&park, MJ_L_ID_DUPLICATE)->layer, "parcels (a.geojson)");
  ASSERT_INT(park.n_sources, 2);
}

static void constants_row_numbers_and_values_fill_fields(void) {
  write_parcels();
  CU_ASSERT_EQUAL_FATAL(run("parcels:\n  file: p.geojson\n  fields: {parcel_id: fid, land_use: {value: \"1001\"}, "
                            "idle_cause: 备注, stopped_since: {value: 2024-01-01}}\n"
                            "  values: {idle_cause: {x: 企业原因}}\n"),
                        MJ_OK);
  const mj_table *t = &park.table[MJ_PARCELS];
  ASSERT_TEXT(mj_table_text(t, "land_use")[1], "1001");
  ASSERT_TEXT(mj_table_text(t, "idle_cause")[0], "企业原因");
  ASSERT_INT(mj_table_date(t, "stopped_since")[0], mj_date_from_ymd(2024, 1, 1));
  CU_ASSERT_STRING_NOT_EQUAL(mj_table_text(t, "parcel_id")[0], mj_table_text(t, "parcel_id")[1]);
  ASSERT_TEXT(mj_table_text(t, "地块编号")[0], "A1");
}

static void one_column_may_fill_two_fields(void) {
  write_parcels();
  CU_ASSERT_EQUAL_FATAL(run("parcels: {file: p.geojson, fields: {parcel_id: 地块编号, owner_code: 地块编号}}\n"),
                        MJ_OK);
  ASSERT_TEXT(mj_table_text(&park.table[MJ_PARCELS], "parcel_id")[0], "A1");
  ASSERT_TEXT(mj_table_text(&park.table[MJ_PARCELS], "owner_code")[1], "A2");
}

static void a_lookup_follows_its_column_to_the_canonical_name(void) {
  write_parcels();
  write_text("t.csv", "k,v\n1,2\n");
  CU_ASSERT_EQUAL_FATAL(
      run("parcels: p.geojson\nlookups: {name: cap, table: t.csv, key: k, match: 地块编号, value: v}\n"), MJ_OK);
  ASSERT_TEXT(park.project.lookups[0].match, "parcel_id");
  ASSERT_INT(park.n_sources, 2); /* the table is hashed too, without a role */
  ASSERT_INT(park.sources[1].role, MJ_TABLE_END);
  ASSERT_INT(strlen(park.sources[1].sha256), 64);
}

static void buildings_without_a_number_get_one(void) {
  write_parcels();
  write_layer("b.geojson", "EPSG:4549",
              FEATURE("\"层数\":\"3层\"", SQUARE_RING("500000", "500050")) "," FEATURE(
                  "\"层数\":2", SQUARE_RING("500050", "500090")));
  CU_ASSERT_EQUAL_FATAL(run("parcels: p.geojson\nbuildings: b.geojson\n"), MJ_OK);
  ASSERT_TEXT(mj_table_text(&park.table[MJ_BUILDINGS], "building_id")[1], "b2");
  ASSERT_NEAR(mj_table_f64(&park.table[MJ_BUILDINGS], "floors")[0], 3, 0);
}

/* ---- refusals ---- */

#define REFUSED(yaml, code, words)    \
  do {                                \
    CU_ASSERT_EQUAL(run(yaml), code); \
    ASSERT_HAS(err.message, words);   \
  } while (0)

static void no_identifier_names_the_columns_there_are(void) {
  write_layer("p.geojson", "EPSG:4549", FEATURE("\"a\":1,\"b\":2", SQUARE_RING("500000", "500100")));
  REFUSED("parcels: p.geojson\n", MJ_EFORMAT,
          "layer 'p' has no column for parcel_id; map one under fields: in park.yaml; columns are: a, b");
  write_parcels();
  write_layer("z.geojson", "EPSG:4549", FEATURE("\"a\":1", SQUARE_RING("500000", "500100")));
  REFUSED("parcels: p.geojson\nzones: z.geojson\n", MJ_EFORMAT, "layer 'z' has no column for zone; map one");
}

static void no_polygons_and_no_rows_are_refused(void) {
  write_layer(
      "p.geojson", "EPSG:4549",
      "{\"type\":\"Feature\",\"properties\":{\"ZDDM\":\"A\"},\"geometry\":{\"type\":\"Point\",\"coordinates\":[1,2]}}");
  REFUSED("parcels: p.geojson\n", MJ_EFORMAT, "layer 'p' has no polygons (Point)");
  write_text("p.csv", "ZDDM\nA\n");
  REFUSED("parcels: p.csv\n", MJ_EFORMAT, "layer 'p' has no polygons (None)");
}

static void a_missing_file_layer_or_column_is_not_found(void) {
  write_parcels();
  REFUSED("parcels: nothere.gpkg\n", MJ_ENOTFOUND, "nothere.gpkg");
  REFUSED("parcels: {file: p.geojson, layer: north}\n", MJ_ENOTFOUND, "no layer 'north'; layers are: p");
  REFUSED("parcels: {file: p.geojson, fields: {parcel_id: CODE}}\n", MJ_ENOTFOUND,
          "no column 'CODE' for field 'parcel_id'; columns are: 地块编号");
}

/* 企业名称,宗地代码,年份 / 泉州甲公司,A1,2025 in GBK */
static const char gbk_table[] =
    "\xC6\xF3\xD2\xB5\xC3\xFB\xB3\xC6,\xD7\xDA\xB5\xD8\xB4\xFA\xC2\xEB,\xC4\xEA\xB7\xDD\n"
    "\xC8\xAA\xD6\xDD\xBC\xD7\xB9\xAB\xCB\xBE,A1,2025\n";

static void the_choice_of_an_encoding_stands_in_the_ledger(void) {
  write_parcels();
  write_text("e.csv", gbk_table);
  CU_ASSERT_EQUAL_FATAL(run("parcels: p.geojson\nenterprises: e.csv\n"), MJ_OK);
  ASSERT_TEXT(mj_table_text(&park.table[MJ_ENTERPRISES], "enterprise_name")[0], "泉州甲公司");
  const mj_ledger_entry *e = first_entry(&park, MJ_L_ENCODING_ASSUMED);
  CU_ASSERT_PTR_NOT_NULL_FATAL(e);
  ASSERT_TEXT(e->layer, "enterprises");
  ASSERT_TEXT(e->found, "GB18030");
  CU_ASSERT_PTR_NULL(e->expected);
  CU_ASSERT_EQUAL_FATAL(run("encoding: Big5\nparcels: p.geojson\nenterprises:\n  file: e.csv\n  encoding: GBK\n"),
                        MJ_OK);
  ASSERT_INT(count_entries(&park, MJ_L_ENCODING_ASSUMED), 0);
  e = first_entry(&park, MJ_L_ENCODING_GIVEN);
  CU_ASSERT_PTR_NOT_NULL_FATAL(e);
  ASSERT_TEXT(e->found, "GB18030");
  ASSERT_TEXT(e->expected, "GB18030");                         /* what its bytes validate as */
  write_text("e.csv", "企业名称,宗地代码,年份\n甲,A1,2025\n"); /* proved by its structure: no choice */
  CU_ASSERT_EQUAL_FATAL(run("parcels: p.geojson\nenterprises: e.csv\n"), MJ_OK);
  ASSERT_INT(count_entries(&park, MJ_L_ENCODING_ASSUMED), 0);
}

static void a_cpg_that_lies_is_told_with_what_it_said(void) {
  write_shapefile("s", "ZDDM", "\xC8\xAA\xD6\xDD\xBC\xD7"); /* 泉州甲 in GBK; the .cpg says UTF-8 */
  CU_ASSERT_EQUAL_FATAL(run("crs: EPSG:4549\nparcels: s.shp\n"), MJ_OK);
  ASSERT_TEXT(mj_table_text(&park.table[MJ_PARCELS], "parcel_id")[0], "泉州甲");
  const mj_ledger_entry *e = first_entry(&park, MJ_L_ENCODING_ASSUMED);
  CU_ASSERT_PTR_NOT_NULL_FATAL(e);
  ASSERT_TEXT(e->found, "GB18030");
  ASSERT_TEXT(e->expected, "UTF-8 (.cpg)");
  write_text("s.cpg", "GBK");
  CU_ASSERT_EQUAL_FATAL(run("crs: EPSG:4549\nparcels: s.shp\n"), MJ_OK);
  ASSERT_INT(count_entries(&park, MJ_L_ENCODING_ASSUMED) + count_entries(&park, MJ_L_ENCODING_GIVEN), 0);
}

/* The square of 100 m as surveys deliver it; 1.5 hectares in the record are 15 000 m2. */
static void boundary_points_are_parcels_with_the_system_that_the_file_names(void) {
  write_text("z.txt",
             "[属性描述]\n坐标系=2000国家大地坐标系\n几度分带=3\n带号=40\n[地块坐标]\n"
             "4,1.5,DK1,一号,面,,工业用地,0601,@\n1,1,2755000,40500000\n2,1,2755100,40500000\n3,1,2755100,40500100\n"
             "4,1,2755000,40500100\n4,30亩,DK2,二号,面,,,,@\n1,1,2755000,40500200\n2,1,2755100,40500200\n"
             "3,1,2755100,40500300\n");
  CU_ASSERT_EQUAL_FATAL(run("parcels: z.txt\n"), MJ_OK);
  const mj_table *t = &park.table[MJ_PARCELS];
  ASSERT_INT(t->n, 2);
  ASSERT_TEXT(mj_table_text(t, "parcel_id")[0], "DK1");
  ASSERT_TEXT(mj_table_text(t, "land_use")[0], "0601");
  ASSERT_TEXT(mj_table_text(t, "land_use_name")[0], "工业用地");
  ASSERT_NEAR(mj_table_f64(t, "area_recorded_m2")[0], 15000, 1e-9);
  ASSERT_NEAR(mj_table_f64(t, "area_recorded_m2")[1], 20000, 1e-9); /* 30 mu, whatever the form says */
  ASSERT_TEXT(park.frame.source_name, "EPSG:4528");
  ASSERT_TEXT(park.sources[0].format, "TXT");
  write_text("z.txt", "[地块坐标]\n4,1.5,DK1,,面,,,,@\n1,1,2755000,500000\n2,1,2755100,500000\n3,1,2755100,500100\n");
  CU_ASSERT_EQUAL(run("parcels: z.txt\n"), MJ_ECRS);
  ASSERT_HAS(err.message, "has no reference system; name it with --crs");
  CU_ASSERT_EQUAL(run("crs: EPSG:4549\nparcels: z.txt\n"), MJ_OK);
  ASSERT_INT(count_entries(&park, MJ_L_CRS_ASSIGNED), 1);
}

static void no_parcels_is_refused(void) {
  write_text("e.csv", "企业名称\n甲\n");
  REFUSED("enterprises: e.csv\n", MJ_EINVAL, "no parcels are given");
}

static int clean(void) {
  mj_park_reset(&park);
  return folder_remove();
}

CU_SuiteInfo intake_suite = {
    "intake",
    folder_make,
    clean,
    NULL,
    NULL,
    (CU_TestInfo[]){
        T(fields_arrive_under_canonical_names_and_units), T(own_columns_are_carried_and_never_take_one_of_our_names),
        T(sources_say_what_was_read), T(a_row_that_the_reader_sets_aside_counts_as_read),
        T(missing_and_repeated_identifiers_are_entered_and_no_row_is_dropped), T(files_of_one_role_become_one_table),
        T(parcels_of_several_zones_are_appended_with_their_shapes), T(constants_row_numbers_and_values_fill_fields),
        T(one_column_may_fill_two_fields), T(a_lookup_follows_its_column_to_the_canonical_name),
        T(buildings_without_a_number_get_one), T(no_identifier_names_the_columns_there_are),
        T(no_polygons_and_no_rows_are_refused), T(a_missing_file_layer_or_column_is_not_found),
        T(the_choice_of_an_encoding_stands_in_the_ledger), T(a_cpg_that_lies_is_told_with_what_it_said),
        T(boundary_points_are_parcels_with_the_system_that_the_file_names), T(no_parcels_is_refused),
        CU_TEST_INFO_NULL}};
