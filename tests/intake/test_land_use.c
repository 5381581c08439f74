/* Land-use codes of four schemes, told apart over the column. Codes and names: the crosswalk of land rules section 6.
 */
#include "files.h"
#include "intake/land_use.h"

static mj_park park;
static mj_error err;

/* Parcels whose land_use (and land_use_name) are given, as CSV-like rows "code|name;code|name"; "~" is no value. */
static const char *layer_of(const char *rows) {
  static char features[8192];
  size_t n = 0;
  int i = 0;
  for (const char *at = rows; *at; i++) {
    char code[64] = "", name[64] = "";
    sscanf(at, "%63[^|;]|%63[^;]", code, name);
    n += (size_t)snprintf(features + n, sizeof features - n,
                          "%s{\"type\":\"Feature\",\"properties\":{\"ZDDM\":\"P%d\",\"DLBM\":%s%s%s,\"DLMC\":%s%s%s},"
                          "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[%d,0],[%d,0],[%d,9],[%d,9],[%d,0]]]}}",
                          i ? "," : "", i, *code == '~' ? "" : "\"", *code == '~' ? "null" : code,
                          *code == '~' ? "" : "\"", *name ? "\"" : "", *name ? name : "null", *name ? "\"" : "",
                          500000 + 10 * i, 500009 + 10 * i, 500009 + 10 * i, 500000 + 10 * i, 500000 + 10 * i);
    at += strcspn(at, ";");
    at += *at == ';';
  }
  return features;
}

static void take(const char *rows, const char *more) {
  char yaml[512];
  write_layer("p.geojson", "EPSG:4549", layer_of(rows));
  snprintf(yaml, sizeof yaml, "%ssettings: {checks: {land_use_fit: 0.9, land_use_margin: 0.02}}\nparcels: p.geojson\n",
           more);
  mj_park_reset(&park);
  CU_ASSERT_EQUAL(take_in(yaml, &park, &err), MJ_OK);
}

static const char *class_of(int64_t row) { return mj_table_text(&park.table[MJ_PARCELS], "land_use_class")[row]; }
static const char *scheme_of(int64_t row) { return mj_table_text(&park.table[MJ_PARCELS], "land_use_scheme")[row]; }

static void the_table_holds_the_crosswalk(void) {
  static const struct {
    int scheme;
    const char *code, *use_class;
  } want[] = {{MJ_LAND_MNR2023, "1001", "industrial"},  {MJ_LAND_GB50137, "m", "industrial"},
              {MJ_LAND_GBT21010, "0601", "industrial"}, {MJ_LAND_TD1055, "0601", "industrial"},
              {MJ_LAND_MNR2023, "1101", "warehouse"},   {MJ_LAND_GB50137, "w", "warehouse"},
              {MJ_LAND_GBT21010, "0604", "warehouse"},  {MJ_LAND_TD1055, "0508", "warehouse"},
              {MJ_LAND_GBT21010, "1001", "transport"},  {MJ_LAND_TD1055, "1001", "transport"},
              {MJ_LAND_MNR2023, "0601", "farmland"},    {MJ_LAND_GBT21010, "0602", "mining"},
              {MJ_LAND_MNR2023, "0602", "farmland"},    {MJ_LAND_TD1055, "05h1", "commercial"}};
  mj_land_use t = {0};
  CU_ASSERT_EQUAL_FATAL(mj_land_use_open(&t, &err), MJ_OK);
  for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
    const mj_land_line *line = mj_land_use_find(&t, want[i].scheme, want[i].code);
    CU_ASSERT_PTR_NOT_NULL_FATAL(line);
    ASSERT_TEXT(line->use_class, want[i].use_class);
  }
  CU_ASSERT_PTR_NULL(mj_land_use_find(&t, MJ_LAND_TD1055, "0604")); /* 三调 has no such code */
  CU_ASSERT_PTR_NULL(mj_land_use_find(&t, MJ_LAND_GBT21010, "1101a"));
  CU_ASSERT_PTR_NULL(mj_land_use_find(&t, MJ_LAND_GB50137, "m1-4")); /* a zoning code of New York */
  CU_ASSERT_PTR_NULL(mj_land_use_find(&t, MJ_LAND_MNR2023, ""));
  CU_ASSERT_PTR_NULL(mj_land_use_find(&t, MJ_LAND_MNR2023, "7"));                        /* anybody's number */
  ASSERT_TEXT(mj_land_use_find(&t, MJ_LAND_MNR2023, "100100")->use_class, "industrial"); /* M0 of Chongqing */
  ASSERT_TEXT(mj_land_use_find(&t, MJ_LAND_MNR2023, "601")->use_class, "farmland");
  ASSERT_TEXT(mj_land_use_find(&t, MJ_LAND_GB50137, "a33")->use_class, "public");
  mj_land_use_close(&t);
}

static void a_code_of_one_scheme_alone_tells_the_column(void) {
  take("1001;0701;100102;1401", "");
  ASSERT_TEXT(scheme_of(0), "mnr2023");
  ASSERT_TEXT(class_of(0), "industrial");
  ASSERT_TEXT(class_of(1), "residential");
  ASSERT_TEXT(class_of(3), "green");
  ASSERT_INT(count_entries(&park, MJ_L_LAND_USE_SCHEME), 1);
  ASSERT_INT(count_entries(&park, MJ_L_LAND_USE_AMBIGUOUS) + count_entries(&park, MJ_L_LAND_USE_UNKNOWN), 0);
  ASSERT_TEXT(first_entry(&park, MJ_L_LAND_USE_SCHEME)->found, "mnr2023 (4 of 4 rows)");
  take("1001;0601;05H1;08H2", "");
  ASSERT_TEXT(scheme_of(0), "td1055");
  ASSERT_TEXT(class_of(0), "transport");
  ASSERT_TEXT(class_of(1), "industrial");
  take("0601;0604;0505;1005", "");
  ASSERT_TEXT(scheme_of(0), "gbt21010");
  ASSERT_TEXT(class_of(1), "warehouse");
  take("M1;m2;W1;R2;A33", "");
  ASSERT_TEXT(scheme_of(4), "gb50137");
  ASSERT_TEXT(class_of(1), "industrial");
  ASSERT_TEXT(class_of(4), "public");
}

static void codes_on_which_the_schemes_differ_have_no_class(void) {
  take("1001;0701;1001", "");
  CU_ASSERT_PTR_NULL(class_of(0));
  ASSERT_TEXT(class_of(1), "residential"); /* in every scheme that has it */
  CU_ASSERT_PTR_NULL(scheme_of(0));
  ASSERT_INT(count_entries(&park, MJ_L_LAND_USE_AMBIGUOUS), 2);
  ASSERT_TEXT(first_entry(&park, MJ_L_LAND_USE_AMBIGUOUS)->found, "1001");
  take("0601;0602", "");
  CU_ASSERT_PTR_NULL(class_of(0));
  CU_ASSERT_PTR_NULL(class_of(1));
  take("0601;0701;1005", ""); /* not 用地用海; the other two agree */
  ASSERT_TEXT(class_of(0), "industrial");
  CU_ASSERT_PTR_NULL(scheme_of(0));
  ASSERT_INT(count_entries(&park, MJ_L_LAND_USE_AMBIGUOUS), 0);
}

static void a_person_or_the_names_decide(void) {
  take("1001;0701", "land_use_scheme: mnr2023\n");
  ASSERT_TEXT(class_of(0), "industrial");
  take("1001;0701", "land_use_scheme: gbt21010\n");
  ASSERT_TEXT(class_of(0), "transport");
  take("1001|工业用地;0701|城镇住宅用地", "");
  ASSERT_TEXT(class_of(0), "industrial");
  ASSERT_TEXT(scheme_of(0), "mnr2023");
  take("0601|工业用地;0602|采矿用地;0701|城镇住宅用地", "");
  ASSERT_TEXT(class_of(0), "industrial");
  ASSERT_TEXT(class_of(1), "mining");
  take("01|耕地;10|工矿用地", ""); /* two digits, but the names say which */
  ASSERT_TEXT(class_of(1), "industrial");
}

static void numbers_of_somebodys_own_are_told_once(void) {
  char rows[400] = "";
  for (int i = 0; i < 30; i++) strcat(rows, i % 2 ? "04;" : "05;");
  take(rows, "");
  ASSERT_INT(count_entries(&park, MJ_L_LAND_USE_UNKNOWN), 1);
  ASSERT_TEXT(first_entry(&park, MJ_L_LAND_USE_UNKNOWN)->found, "05 (30)");
  CU_ASSERT_PTR_NULL(class_of(0));
  take("RES;COM;IND", "");
  ASSERT_INT(count_entries(&park, MJ_L_LAND_USE_UNKNOWN), 1);
  CU_ASSERT_PTR_NULL(class_of(2));
}

static void a_wrong_code_among_right_ones_is_told_by_row(void) {
  take("100101;100102;1101;1401;100101;100101;100101;100102;100101;9999;100103;1208;1303", "");
  ASSERT_TEXT(scheme_of(0), "mnr2023");
  ASSERT_INT(count_entries(&park, MJ_L_LAND_USE_UNKNOWN), 1);
  ASSERT_TEXT(first_entry(&park, MJ_L_LAND_USE_UNKNOWN)->id, "P9");
  ASSERT_TEXT(first_entry(&park, MJ_L_LAND_USE_UNKNOWN)->expected, "mnr2023");
  CU_ASSERT_PTR_NULL(class_of(9));
}

static void lost_zeros_are_put_back_and_said(void) {
  take("601;602;505;1005;604", "");
  ASSERT_TEXT(scheme_of(0), "gbt21010");
  ASSERT_TEXT(class_of(0), "industrial");
  ASSERT_TEXT(mj_table_text(&park.table[MJ_PARCELS], "land_use")[0], "601"); /* as delivered */
  ASSERT_HAS(first_entry(&park, MJ_L_LAND_USE_SCHEME)->found, "4 codes read with the leading 0");
}

static void a_row_without_a_code_goes_by_its_name(void) {
  take("100101|一类工业用地;~|城镇住宅用地;~|乱写;1401", "");
  ASSERT_TEXT(class_of(1), "residential");
  CU_ASSERT_PTR_NULL(class_of(2));
}

static void words_in_the_column_of_codes_are_read_too(void) {
  take("100101 一类工业用地;1401（公园绿地）;工业用地;乱写", "");
  ASSERT_TEXT(class_of(0), "industrial");
  ASSERT_TEXT(class_of(1), "green");
  ASSERT_TEXT(class_of(2), "industrial");
  CU_ASSERT_PTR_NULL(class_of(3));
  ASSERT_INT(count_entries(&park, MJ_L_LAND_USE_UNKNOWN), 1);
  ASSERT_TEXT(first_entry(&park, MJ_L_LAND_USE_UNKNOWN)->found, "乱写");
  take("工业用地;城镇住宅用地", ""); /* names alone: no scheme is asked for */
  ASSERT_TEXT(class_of(1), "residential");
  ASSERT_INT(count_entries(&park, MJ_L_LAND_USE_SCHEME), 0);
}

static void files_of_two_schemes_are_told_apart_by_themselves(void) {
  write_layer("a.geojson", "EPSG:4549", layer_of("100101;1001;1401"));
  write_layer("b.geojson", "EPSG:4549", layer_of("05H1;1001;08H1"));
  mj_park_reset(&park);
  CU_ASSERT_EQUAL(
      take_in("settings: {checks: {land_use_fit: 0.9, land_use_margin: 0.02}}\nparcels: [a.geojson, b.geojson]\n",
              &park, &err),
      MJ_OK);
  ASSERT_TEXT(class_of(1), "industrial");
  ASSERT_TEXT(class_of(4), "transport");
  ASSERT_INT(count_entries(&park, MJ_L_LAND_USE_SCHEME), 2);
}

static int clean(void) {
  mj_park_reset(&park);
  return folder_remove();
}

CU_SuiteInfo land_use_suite = {
    "land_use",
    folder_make,
    clean,
    NULL,
    NULL,
    (CU_TestInfo[]){T(the_table_holds_the_crosswalk), T(a_code_of_one_scheme_alone_tells_the_column),
                    T(codes_on_which_the_schemes_differ_have_no_class), T(a_person_or_the_names_decide),
                    T(numbers_of_somebodys_own_are_told_once), T(a_wrong_code_among_right_ones_is_told_by_row),
                    T(lost_zeros_are_put_back_and_said), T(a_row_without_a_code_goes_by_its_name),
                    T(words_in_the_column_of_codes_are_read_too), T(files_of_two_schemes_are_told_apart_by_themselves),
                    CU_TEST_INFO_NULL}};
