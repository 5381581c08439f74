/* Divisions of GB/T 4754 and the edition a column is in. Manufacturing: land rules section 2.3. */
#include "files.h"
#include "intake/industry.h"

static mj_park park;
static mj_error err;

static void divisions_differ_by_edition(void) {
  mj_industries t;
  CU_ASSERT_EQUAL_FATAL(mj_industries_open(&t, &err), MJ_OK);
  CU_ASSERT_TRUE(mj_industry_in(&t, MJ_INDUSTRY_2017, 38, 'C'));
  CU_ASSERT_FALSE(mj_industry_in(&t, MJ_INDUSTRY_2002, 38, 'C'));
  CU_ASSERT_TRUE(mj_industry_in(&t, MJ_INDUSTRY_2002, 43, '\0'));
  for (int d = 13; d <= 43; d++) CU_ASSERT_TRUE(mj_industry_in(&t, MJ_INDUSTRY_2017, d, 'C'));
  CU_ASSERT_FALSE(mj_industry_in(&t, MJ_INDUSTRY_2017, 17, 'D'));
  CU_ASSERT_FALSE(mj_industry_in(&t, MJ_INDUSTRY_2017, 99, '\0'));
  CU_ASSERT_FALSE(mj_industry_in(&t, MJ_INDUSTRY_2017, -1, '\0'));
}

static void take_industries(const char *codes) {
  char text[2048] = "企业名称,行业代码,年份\n", one[64];
  for (const char *at = codes; *at; at += strcspn(at, ";"), at += *at == ';') {
    snprintf(one, sizeof one, "甲,%.*s,2025\n", (int)strcspn(at, ";"), at);
    strcat(text, one);
  }
  write_layer("p.geojson", "EPSG:4549", FEATURE("\"ZDDM\":\"350502001002GB00017\"", SQUARE_RING("500000", "500100")));
  write_text("e.csv", text);
  mj_park_reset(&park);
  CU_ASSERT_EQUAL(take_in("parcels: p.geojson\nenterprises: e.csv\n", &park, &err), MJ_OK);
}

static void the_edition_is_told_where_a_division_tells_it(void) {
  take_industries("1711;C38;3971");
  ASSERT_HAS(first_entry(&park, MJ_L_INDUSTRY_EDITION)->found, "GB/T 4754-2017 (or 2011): division 38 is not in 2002");
  take_industries("1711;2900;3000");
  ASSERT_HAS(first_entry(&park, MJ_L_INDUSTRY_EDITION)->found,
             "2 rows mean another industry in each: divisions 29, 30");
  take_industries("17;98;30");
  ASSERT_HAS(first_entry(&park, MJ_L_INDUSTRY_EDITION)->found, "GB/T 4754-2002");
  take_industries("38;98");
  ASSERT_HAS(first_entry(&park, MJ_L_INDUSTRY_EDITION)->found, "mixed");
  take_industries("1711;C18;2770"); /* the same in every edition: nothing to say */
  ASSERT_INT(count_entries(&park, MJ_L_INDUSTRY_EDITION), 0);
}

static void an_unknown_division_is_told_and_words_once(void) {
  take_industries("1711;9912;C17 纺织业;A17");
  ASSERT_INT(count_entries(&park, MJ_L_INDUSTRY_CODE_UNKNOWN), 2);
  ASSERT_TEXT(first_entry(&park, MJ_L_INDUSTRY_CODE_UNKNOWN)->found, "9912");
  take_industries("纺织;电子;机械");
  ASSERT_INT(count_entries(&park, MJ_L_INDUSTRY_CODE_UNKNOWN), 0);
  ASSERT_INT(count_entries(&park, MJ_L_CODE_OWN), 1);
  take_industries("1711;纺织"); /* half of them is not most of them, as with every other code */
  ASSERT_INT(count_entries(&park, MJ_L_INDUSTRY_CODE_UNKNOWN), 0);
  ASSERT_INT(count_entries(&park, MJ_L_CODE_OWN), 1);
}

/* Two parcels with these codes; what industry_edition says of both, 0 for nothing. */
static void take_parcels(const char *more, const char *first, const char *second, int64_t edition[2]) {
  char text[1024];
  snprintf(text, sizeof text,
           FEATURE("\"ZDDM\":\"P1\",\"HYDM\":\"%s\"%s", SQUARE_RING("500000", "500100")) "," FEATURE(
               "\"ZDDM\":\"P2\",\"HYDM\":\"%s\"", SQUARE_RING("500200", "500300")),
           first, more, second);
  write_layer("p.geojson", "EPSG:4549", text);
  mj_park_reset(&park);
  CU_ASSERT_EQUAL_FATAL(take_in("parcels: p.geojson\n", &park, &err), MJ_OK);
  const int64_t *got = mj_table_i64(&park.table[MJ_PARCELS], "industry_edition");
  for (int i = 0; i < 2; i++) edition[i] = got && got[i] != MJ_I64_NULL ? got[i] : 0;
}

static void what_the_codes_tell_stands_beside_the_parcels(void) {
  int64_t edition[2];
  take_parcels("", "C38", "C30", edition);
  ASSERT_INT(edition[0], 2017);
  ASSERT_INT(edition[1], 2017);
  take_parcels("", "C29", "C30", edition); /* both editions fit: nothing is guessed */
  ASSERT_INT(edition[0] + edition[1], 0);
  take_parcels(",\"行业分类版本\":2011", "C38", "C30", edition); /* what the file says stays */
  ASSERT_INT(edition[0], 2011);
  ASSERT_INT(edition[1], 2017);
}

static int clean(void) {
  mj_park_reset(&park);
  return folder_remove();
}

CU_SuiteInfo industry_suite = {
    "industry",
    folder_make,
    clean,
    NULL,
    NULL,
    (CU_TestInfo[]){T(divisions_differ_by_edition), T(the_edition_is_told_where_a_division_tells_it),
                    T(an_unknown_division_is_told_and_words_once), T(what_the_codes_tell_stands_beside_the_parcels),
                    CU_TEST_INFO_NULL}};
