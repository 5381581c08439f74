#include "report/fixture.h"
#include "report/write.h"

/* What a sheet gives as GeoJSON or CSV; the caller frees it. */
static char *written(const mj_sheet *sheet, bool geojson, const double *x, const double *y, int decimals, mj_lang lang,
                     int threads) {
  char dir[64], path[96];
  mj_sink sink;
  temp_dir(dir);
  snprintf(path, sizeof path, "%s/a", dir);
  CU_ASSERT_EQUAL_FATAL(mj_sink_open(&sink, path, path, NULL), MJ_OK);
  mj_status s = geojson ? mj_geojson_write(&sink, sheet, NULL, x, y, decimals, threads, NULL)
                        : mj_csv_write(&sink, sheet, NULL, lang, threads, NULL);
  CU_ASSERT_EQUAL(s, MJ_OK);
  CU_ASSERT_EQUAL(mj_sink_close(&sink, NULL), MJ_OK);
  char *text = read_file(dir, "a", NULL);
  remove_tree(dir);
  return text;
}

static void fill_values(mj_table *t) {
  t->geom.kind = MJ_GEOM_POLYGON;
  column(t, "parcel_id", MJ_TEXT)->text[0] = "a\"b\\\n<script>";
  column(t, "industrial", MJ_TRI); /* unknown */
  column(t, "area_mu", MJ_F64)->f64[0] = 0.1 + 0.2;
  column(t, "building_count", MJ_I64)->i64[0] = -7;
  column(t, "tax_wan", MJ_F64); /* NULL */
  column(t, "start_due", MJ_DATE)->date[0] = mj_date_from_ymd(2024, 2, 29);
  column(t, "seized", MJ_TRI); /* not said by the input */
}

static mj_sheet one_row(mj_table *t, mj_arena *arena, mj_lang lang) {
  const mj_table *tables[] = {t};
  mj_sheet s = {.name = "parcels"};
  CU_ASSERT_EQUAL_FATAL(mj_sheet_make(&s, "parcels", 1, tables, &(mj_wording){.lang = lang}, arena, NULL), MJ_OK);
  return s;
}

static void a_feature_is_one_line_with_shell_counter_clockwise_and_hole_clockwise(void) {
  mj_table t = {0};
  mj_arena arena = {0};
  CU_ASSERT_EQUAL_FATAL(mj_table_init(&t, "parcels", 1), MJ_OK);
  fill_values(&t);
  box(&t.geom, 118.5, 24.9, 0.5, true);
  box(&t.geom, 118.75, 25.0, 0.125, false);
  CU_ASSERT_EQUAL_FATAL(mj_geom_end_part(&t.geom), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(mj_geom_end_row(&t.geom), MJ_OK);
  mj_sheet s = one_row(&t, &arena, MJ_ZH);
  char *text = written(&s, true, t.geom.x, t.geom.y, 8, MJ_ZH, 1);
  CU_ASSERT_PTR_NOT_NULL_FATAL(text);
  CU_ASSERT_STRING_EQUAL(text,
                         "{\"type\":\"FeatureCollection\",\"name\":\"parcels\",\"features\":[\n"
                         "{\"type\":\"Feature\",\"properties\":{\"parcel_id\":\"a\\\"b\\\\\\n<script>\",\"industrial\":"
                         "\"unknown\",\"area_mu\":0.30000000000000004,"
                         "\"building_count\":-7,\"tax_wan\":null,\"start_due\":\"2024-02-29\",\"seized\":null},"
                         "\"geometry\":{\"type\":\"MultiPolygon\",\"coordinates\":"
                         "[[[[118.5,24.9],[119,24.9],[119,25.4],[118.5,25.4],[118.5,24.9]],"
                         "[[118.75,25],[118.75,25.125],[118.875,25.125],[118.875,25],[118.75,25]]]]}}\n]}\n");
  free(text);
  mj_arena_reset(&arena);
  mj_table_reset(&t);
}

static void decimals_round_to_even_on_the_exact_value_and_lose_trailing_zeros(void) {
  mj_table t = {0};
  mj_arena arena = {0};
  CU_ASSERT_EQUAL_FATAL(mj_table_init(&t, "parcels", 1), MJ_OK);
  t.geom.kind = MJ_GEOM_POLYGON;
  double x[] = {116.9999991, 117.25, 117.125, 116.9999991}, y[] = {25, 25.5, 26, 25};
  CU_ASSERT_EQUAL_FATAL(mj_geom_push_ring(&t.geom, 4, x, y), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(mj_geom_end_part(&t.geom), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(mj_geom_end_row(&t.geom), MJ_OK);
  mj_sheet s = one_row(&t, &arena, MJ_ZH);
  /* GDAL's writer snaps 116.9999991 to 117 at seven decimals; 117.25 at one decimal is a tie */
  char *seven = written(&s, true, t.geom.x, t.geom.y, 7, MJ_ZH, 1),
       *one = written(&s, true, t.geom.x, t.geom.y, 1, MJ_ZH, 1);
  CU_ASSERT_PTR_NOT_NULL(strstr(seven, "[[[[116.9999991,25],[117.25,25.5],[117.125,26],[116.9999991,25]]]]"));
  CU_ASSERT_PTR_NOT_NULL(strstr(one, "[[[[117,25],[117.2,25.5],[117.1,26],[117,25]]]]"));
  free(seven);
  free(one);
  mj_arena_reset(&arena);
  mj_table_reset(&t);
}

static void rows_without_a_finite_shape_get_null_and_no_rows_an_empty_list(void) {
  mj_table t = {0}, none = {0};
  mj_arena arena = {0};
  CU_ASSERT_EQUAL_FATAL(mj_table_init(&t, "parcels", 2), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(mj_table_init(&none, "parcels", 0), MJ_OK);
  column(&t, "parcel_id", MJ_TEXT);
  CU_ASSERT_EQUAL_FATAL(mj_geom_end_row(&t.geom), MJ_OK); /* empty */
  box(&t.geom, INFINITY, 0, 1, false);
  CU_ASSERT_EQUAL_FATAL(mj_geom_end_part(&t.geom), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(mj_geom_end_row(&t.geom), MJ_OK);
  mj_sheet s = one_row(&t, &arena, MJ_ZH), empty = one_row(&none, &arena, MJ_ZH);
  char *text = written(&s, true, t.geom.x, t.geom.y, 8, MJ_ZH, 1),
       *nothing = written(&empty, true, NULL, NULL, 8, MJ_ZH, 1);
  static const char feature[] = "{\"type\":\"Feature\",\"properties\":{\"parcel_id\":null},\"geometry\":null}";
  char expected[400];
  snprintf(expected, sizeof expected,
           "{\"type\":\"FeatureCollection\",\"name\":\"parcels\",\"features\":[\n%s,\n%s\n]}\n", feature, feature);
  CU_ASSERT_STRING_EQUAL(text, expected);
  CU_ASSERT_STRING_EQUAL(nothing, "{\"type\":\"FeatureCollection\",\"name\":\"parcels\",\"features\":[\n\n]}\n");
  free(text);
  free(nothing);
  mj_arena_reset(&arena);
  mj_table_reset(&t);
  mj_table_reset(&none);
}

static void a_table_has_words_units_decimals_and_blanks(void) {
  mj_table t = {0};
  mj_arena arena = {0};
  CU_ASSERT_EQUAL_FATAL(mj_table_init(&t, "parcels", 1), MJ_OK);
  fill_values(&t);
  mj_sheet zh = one_row(&t, &arena, MJ_ZH), en = one_row(&t, &arena, MJ_EN);
  char *a = written(&zh, false, NULL, NULL, 8, MJ_ZH, 1), *b = written(&en, false, NULL, NULL, 8, MJ_EN, 1);
  CU_ASSERT_STRING_EQUAL(a,
                         "\xEF\xBB\xBF宗地代码,工业用地,面积（亩）,建筑数,税收（万元）,约定动工日期,是否查封\r\n"
                         "\"a\"\"b\\\n<script>\",数据不足,0.3000,-7,,2024-02-29,\r\n");
  CU_ASSERT_STRING_EQUAL(b,
                         "\xEF\xBB\xBFparcel,industrial,area (mu),buildings,tax (10k yuan),start due,seized\r\n"
                         "\"a\"\"b\\\n<script>\",insufficient data,0.3000,-7,,2024-02-29,\r\n");
  free(a);
  free(b);
  mj_arena_reset(&arena);
  mj_table_reset(&t);
}

static void formulas_in_names_are_disarmed_and_numbers_are_not(void) {
  static const char *const found[] = {"=cmd()", "+1+1", "-5", "@x", "plain", "a,b"};
  static const char *const cell[] = {"\"'=cmd()\"", "\"'+1+1\"", "-5", "\"'@x\"", "plain", "\"a,b\""};
  mj_table t = {0};
  mj_arena arena = {0};
  char expected[400] = "\xEF\xBB\xBF企业名称\r\n";
  CU_ASSERT_EQUAL_FATAL(mj_table_init(&t, "enterprises", 6), MJ_OK);
  mj_column *name = column(&t, "enterprise_name", MJ_TEXT);
  for (int i = 0; i < 6; i++) {
    name->text[i] = found[i];
    strcat(strcat(expected, cell[i]), "\r\n");
  }
  const mj_table *tables[] = {&t};
  mj_sheet s = {.name = "enterprises"};
  CU_ASSERT_EQUAL_FATAL(mj_sheet_make(&s, "enterprises", 1, tables, &(mj_wording){.lang = MJ_ZH}, &arena, NULL), MJ_OK);
  char *text = written(&s, false, NULL, NULL, 8, MJ_ZH, 1);
  CU_ASSERT_STRING_EQUAL(text, expected);
  free(text);
  mj_arena_reset(&arena);
  mj_table_reset(&t);
}

static void bytes_do_not_depend_on_the_number_of_threads(void) {
  mj_park park;
  mj_arena arena = {0};
  make_park(&park, 3000, 2);
  mj_table *t = &park.table[MJ_PARCELS];
  mj_sheet s = one_row(t, &arena, MJ_ZH);
  for (int geojson = 0; geojson < 2; geojson++) {
    char *a = written(&s, geojson, t->geom.x, t->geom.y, 8, MJ_ZH, 1),
         *b = written(&s, geojson, t->geom.x, t->geom.y, 8, MJ_ZH, 7);
    CU_ASSERT_STRING_EQUAL(a, b);
    free(a);
    free(b);
  }
  mj_arena_reset(&arena);
  mj_park_reset(&park);
}

/* status has codes with words; another text goes through as it came, and is cleaned as any other. */
static void a_text_that_is_no_code_is_cleaned_too(void) {
  mj_table t = {0};
  mj_arena arena = {0};
  CU_ASSERT_EQUAL_FATAL(mj_table_init(&t, "parcels", 2), MJ_OK);
  mj_column *status = column(&t, "status", MJ_TEXT);
  status->text[0] = "a\x01\xEF\xBF\xBF";
  status->text[1] = "idle";
  mj_sheet s = one_row(&t, &arena, MJ_EN);
  CU_ASSERT(s.columns[0].n_codes > 0);
  char *text = written(&s, false, NULL, NULL, 0, MJ_EN, 1);
  CU_ASSERT_PTR_NOT_NULL_FATAL(text);
  CU_ASSERT_PTR_NOT_NULL(strstr(text, "\r\na\xEF\xBF\xBD\xEF\xBF\xBD\r\nsuspected idle\r\n"));
  free(text);
  mj_arena_reset(&arena);
  mj_table_reset(&t);
}

static void points_are_points_and_a_row_without_one_is_null(void) {
  const double x = 118.5, y = 24.9;
  mj_table t = {0};
  mj_arena arena = {0};
  CU_ASSERT_EQUAL_FATAL(mj_table_init(&t, "parcels", 2), MJ_OK);
  t.geom.kind = MJ_GEOM_POINT;
  column(&t, "parcel_id", MJ_TEXT)->text[0] = "A";
  CU_ASSERT_EQUAL_FATAL(mj_geom_push_ring(&t.geom, 1, &x, &y), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(mj_geom_end_part(&t.geom), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(mj_geom_end_row(&t.geom), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(mj_geom_end_row(&t.geom), MJ_OK);
  mj_sheet s = one_row(&t, &arena, MJ_ZH);
  char *text = written(&s, true, t.geom.x, t.geom.y, 8, MJ_ZH, 1);
  CU_ASSERT_PTR_NOT_NULL_FATAL(text);
  ASSERT_HAS(text, "\"geometry\":{\"type\":\"Point\",\"coordinates\":[118.5,24.9]}}");
  ASSERT_HAS(text, "{\"parcel_id\":null},\"geometry\":null}");
  free(text);
  mj_arena_reset(&arena);
  mj_table_reset(&t);
}

SUITE_OF(text_files, T(points_are_points_and_a_row_without_one_is_null),
         T(a_feature_is_one_line_with_shell_counter_clockwise_and_hole_clockwise),
         T(decimals_round_to_even_on_the_exact_value_and_lose_trailing_zeros),
         T(rows_without_a_finite_shape_get_null_and_no_rows_an_empty_list),
         T(a_table_has_words_units_decimals_and_blanks), T(formulas_in_names_are_disarmed_and_numbers_are_not),
         T(bytes_do_not_depend_on_the_number_of_threads), T(a_text_that_is_no_code_is_cleaned_too));
