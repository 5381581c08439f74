/* Codes of whole columns: what is told row by row, what once, and what not at all. */
#include "base/text.h"
#include "files.h"

static mj_park park;
static mj_error err;

static void take(const char *yaml) {
  mj_park_reset(&park);
  CU_ASSERT_EQUAL(take_in(yaml, &park, &err), MJ_OK);
}

/* Parcels with these codes and the owner code of the first. */
static void write_parcels(int n, const char *const *code, const char *owner) {
  char features[6000] = "";
  size_t at = 0;
  for (int i = 0; i < n; i++)
    at += (size_t)snprintf(features + at, sizeof features - at,
                           "%s{\"type\":\"Feature\",\"properties\":{\"ZDDM\":\"%s\",\"QLRZJH\":%s%s%s},"
                           "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[%d,0],[%d,0],[%d,9],[%d,0]]]}}",
                           i ? "," : "", code[i], i ? "" : "\"", i ? "null" : owner, i ? "" : "\"", 500000 + 10 * i,
                           500009 + 10 * i, 500009 + 10 * i, 500000 + 10 * i);
  write_layer("p.geojson", "EPSG:4549", features);
}

static void a_wrong_parcel_code_among_right_ones_is_told(void) {
  static const char *const code[] = {
      "350502001002GB00017",         "350502001002GB00018", "350503001002GB00001", "350502001002XB00019", "P-001",
      "350502001002GB00020F00010001"};
  write_parcels(6, code, "91350200MA2YJ1XR9G");
  take("parcels: p.geojson\n");
  ASSERT_INT(count_entries(&park, MJ_L_PARCEL_CODE_FORM), 2);
  ASSERT_TEXT(first_entry(&park, MJ_L_PARCEL_CODE_FORM)->id, "350502001002XB00019");
  ASSERT_INT(first_entry(&park, MJ_L_PARCEL_CODE_FORM)->row, 4);
  ASSERT_INT(count_entries(&park, MJ_L_PARCEL_CODE_DIVISION), 1);
  const mj_ledger_entry *e = first_entry(&park, MJ_L_PARCEL_CODE_DIVISION);
  CU_ASSERT_PTR_NOT_NULL_FATAL(e);
  ASSERT_TEXT(e->id, "350503001002GB00001");
  ASSERT_TEXT(e->found, "350503 Fengze");
  ASSERT_TEXT(e->expected, "350502 Licheng");
  ASSERT_INT(count_entries(&park, MJ_L_CODE_OWN), 0);
  ASSERT_INT(count_entries(&park, MJ_L_CREDIT_CODE_CHECK), 0);
}

static void numbers_of_a_layers_own_are_told_once(void) {
  char text[30][8];
  const char *code[30];
  for (int i = 0; i < 30; i++) {
    snprintf(text[i], sizeof text[i], "P-%03d", i + 1);
    code[i] = text[i];
  }
  write_parcels(30, code, "350502197901011234"); /* no check of a person fits either */
  take("parcels: p.geojson\n");
  ASSERT_INT(count_entries(&park, MJ_L_PARCEL_CODE_FORM), 0);
  ASSERT_INT(count_entries(&park, MJ_L_CODE_OWN), 1);
  ASSERT_TEXT(first_entry(&park, MJ_L_CODE_OWN)->found, "P-001 (30)");
  ASSERT_INT(mj_ledger_severity(MJ_L_CODE_OWN), MJ_NOTE);
}

/* 1 + 3 x 60 bytes: 120 of them end inside a character. */
static void an_example_in_the_ledger_is_cut_between_characters(void) {
  char name[200] = "P", text[400];
  const char *code[] = {name};
  for (int i = 0; i < 60; i++) strcat(name, "亩");
  write_parcels(1, code, "91350200MA2YJ1XR9G");
  snprintf(text, sizeof text, "统一社会信用代码,宗地代码,年份\n %s,A1,2025\n", name);
  write_text("e.csv", text);
  take("parcels: p.geojson\nenterprises: e.csv\n");
  ASSERT_INT(count_entries(&park, MJ_L_CODE_OWN), 2);
  for (int64_t i = 0; i < park.ledger.n; i++) {
    const char *found = park.ledger.entry[i].found;
    if (found) CU_ASSERT(mj_utf8_valid(found, strlen(found)));
    if (park.ledger.entry[i].code == MJ_L_CODE_OWN) ASSERT_INT(strlen(found), 118 + 4);
  }
  ASSERT_INT(count_entries(&park, MJ_L_CODE_BLANKS), 1);
}

static void an_owner_may_be_a_person(void) {
  static const char *const code[] = {"350502001002GB00017"};
  write_parcels(1, code, "11010519491231002X"); /* the example of GB 11643 */
  take("parcels: p.geojson\n");
  ASSERT_INT(count_entries(&park, MJ_L_CREDIT_CODE_CHECK) + count_entries(&park, MJ_L_CREDIT_CODE_FORM), 0);
  write_parcels(1, code, "91350200MA2YJ1XR9H");
  take("parcels: p.geojson\n");
  ASSERT_INT(count_entries(&park, MJ_L_CREDIT_CODE_CHECK), 1);
  ASSERT_TEXT(first_entry(&park, MJ_L_CREDIT_CODE_CHECK)->field, "owner_code");
}

static void credit_codes_are_doubted_and_kept(void) {
  static const char *const code[] = {"350502001002GB00017"};
  write_parcels(1, code, "91350200MA2YJ1XR9G");
  write_text("e.csv",
             "统一社会信用代码,企业名称,年份\n91350203M0001QAY9B,甲,2025\n91350503MA31DNG762,乙,2025\n"
             "350500100012345,丙,2025\n11010519491231002X,丁,2025\n9135020OMA2YJ1XR9G,戊,2025\n");
  take("parcels: p.geojson\nenterprises: e.csv\n");
  ASSERT_INT(count_entries(&park, MJ_L_CREDIT_CODE_CHECK), 1);
  const mj_ledger_entry *e = first_entry(&park, MJ_L_CREDIT_CODE_CHECK);
  CU_ASSERT_PTR_NOT_NULL_FATAL(e);
  ASSERT_TEXT(e->found, "91350203M0001QAY9B");
  ASSERT_TEXT(e->expected, "9 as the last character");
  ASSERT_INT(e->row, 1);
  ASSERT_INT(count_entries(&park, MJ_L_CREDIT_CODE_FORM), 3);
  for (int64_t i = 0; i < park.ledger.n; i++) /* a person's number is nobody's business */
    if (park.ledger.entry[i].code == MJ_L_CREDIT_CODE_FORM)
      CU_ASSERT_PTR_NULL(strstr(park.ledger.entry[i].found, "19491231"));
  ASSERT_TEXT(mj_table_text(&park.table[MJ_ENTERPRISES], "credit_code")[0], "91350203M0001QAY9B");
  ASSERT_INT(mj_ledger_severity(MJ_L_CREDIT_CODE_CHECK), MJ_WARN);
}

static void many_faults_of_one_kind_are_one_entry(void) {
  static const char *const code[] = {"350502001002GB00017"};
  char text[4096] = "统一社会信用代码,企业名称,年份\n";
  for (int i = 0; i < 25; i++) strcat(text, "91350203M0001QAY9B,甲,2025\n");
  write_parcels(1, code, "91350200MA2YJ1XR9G");
  write_text("e.csv", text);
  take("parcels: p.geojson\nenterprises: e.csv\n");
  ASSERT_INT(count_entries(&park, MJ_L_CREDIT_CODE_CHECK), 1);
  ASSERT_TEXT(first_entry(&park, MJ_L_CREDIT_CODE_CHECK)->found, "91350203M0001QAY9B (25)");
}

static int clean(void) {
  mj_park_reset(&park);
  return folder_remove();
}

CU_SuiteInfo code_checks_suite = {
    "code_checks",
    folder_make,
    clean,
    NULL,
    NULL,
    (CU_TestInfo[]){T(a_wrong_parcel_code_among_right_ones_is_told), T(numbers_of_a_layers_own_are_told_once),
                    T(an_example_in_the_ledger_is_cut_between_characters), T(an_owner_may_be_a_person),
                    T(credit_codes_are_doubted_and_kept), T(many_faults_of_one_kind_are_one_entry), CU_TEST_INFO_NULL}};
