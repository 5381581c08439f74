/* Rules over enterprises: verdicts, reasons, levels, and rows of other years. */
#include "fixture.h"

enum { FIRMS = 5 };

static void enterprises(fixture *f) {
  mj_table *t = &f->park.table[MJ_ENTERPRISES];
  CU_ASSERT_EQUAL_FATAL(mj_table_init(t, "enterprises", FIRMS), MJ_OK);
  memcpy(mj_table_add(t, "credit_code", MJ_TEXT)->text, (const char *[]){"A", "B", "C", "D", "A"},
         FIRMS * sizeof(char *));
  memcpy(mj_table_add(t, "enterprise_name", MJ_TEXT)->text, (const char *[]){"甲", "乙", "丙", "丁", "甲"},
         FIRMS * sizeof(char *));
  memcpy(mj_table_add(t, "year", MJ_I64)->i64, (int64_t[]){2025, 2025, 2025, 2025, 2024}, FIRMS * sizeof(int64_t));
  memcpy(mj_table_add(t, "tax_wan", MJ_F64)->f64, (double[]){3, 50, NAN, 3, 3}, FIRMS * sizeof(double));
  memcpy(mj_table_add(t, "land_area_m2", MJ_F64)->f64, (double[]){2000, 2000, 2000, 200, 2000}, FIRMS * sizeof(double));
  memcpy(mj_table_add(t, "staff", MJ_F64)->f64, (double[]){9, 9, 9, 9, 9}, FIRMS * sizeof(double));
}

#define LOW                                                                                                            \
  "limits: [{name: low, value: 5, unit: wan_per_mu}], enterprise_rules: [{code: E-1, verdict: inefficient, article: "  \
  "一,"                                                                                                               \
  " scope: land_area_m2 >= 1000, when: {all: [{measure: tax_wan / (land_area_m2 * 3 / 2000), op: '<', limit: ':low', " \
  "text: {zh: 亩均税收}}]},"                                                                                       \
  " text: {zh: 低效企业}}]}"

static int64_t reason_of(const fixture *f, const char *code) {
  const mj_table *t = &f->park.table[MJ_ENTERPRISE_REASONS];
  for (int64_t i = 0; i < t->n; i++)
    if (!strcmp(mj_table_text(t, "credit_code")[i], code)) return i;
  return -1;
}

static void an_enterprise_is_judged_with_its_reason(void) {
  fixture f;
  set_up(&f, 1, "2026-03-31");
  enterprises(&f);
  write_book(&f, "a", HEAD("a") LOW);
  CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
  const uint8_t want[FIRMS] = {MJ_YES, MJ_NO, MJ_UNKNOWN, MJ_NO, MJ_UNKNOWN};
  const uint8_t *got = mj_table_tri(&f.park.table[MJ_ENTERPRISES], "inefficient");
  CU_ASSERT_PTR_NOT_NULL_FATAL(got);
  for (int i = 0; i < FIRMS; i++) CU_ASSERT_EQUAL(got[i], want[i]);
  const mj_table *t = &f.park.table[MJ_ENTERPRISE_REASONS];
  CU_ASSERT_EQUAL(t->n, 2);
  int64_t a = reason_of(&f, "A"), c = reason_of(&f, "C");
  CU_ASSERT_FATAL(a >= 0 && c >= 0);
  CU_ASSERT_EQUAL(mj_table_f64(t, "margin")[a], -4);
  CU_ASSERT_STRING_EQUAL(mj_table_text(t, "enterprise_name")[a], "甲");
  CU_ASSERT_STRING_EQUAL(mj_table_text(t, "text")[a], "亩均税收 1 < 5 万元/亩（差 4）");
  CU_ASSERT_STRING_EQUAL(mj_table_text(t, "text")[c], "缺少：税收");
  CU_ASSERT_PTR_NULL(mj_table_find(&f.park.table[MJ_ENTERPRISES], "idle"));
  CU_ASSERT_EQUAL(mj_table_tri(&f.park.table[MJ_PARCELS], "inefficient")[0], MJ_UNKNOWN); /* no rule over parcels */
  tear_down(&f);
}

static void a_no_has_its_reason_where_it_is_asked_for(void) {
  fixture f;
  set_up(&f, 1, "2026-03-31");
  enterprises(&f);
  f.park.project.all_reasons = true;
  write_book(&f, "a", HEAD("a") LOW);
  CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
  const mj_table *t = &f.park.table[MJ_ENTERPRISE_REASONS];
  CU_ASSERT_EQUAL(t->n, 5); /* D fails twice: out of scope, and above the limit */
  CU_ASSERT_STRING_EQUAL(mj_table_text(t, "text")[reason_of(&f, "D")], "不在该规则的适用范围");
  tear_down(&f);
}

static void the_higher_rulebook_decides(void) {
  fixture f;
  set_up(&f, 1, "2026-03-31");
  enterprises(&f);
  write_book(&f, "a", HEAD("a") LOW);
  write_book(&f, "b",
             "{rulebook: b, version: \"1\", document: 一, level: nation, effective: {from: 2000-01-01},\n"
             " enterprise_rules: [{code: N-1, verdict: inefficient, article: 一, when: {all: [{measure: staff, op: "
             "'<', limit: 1}]}}]}");
  CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
  CU_ASSERT_EQUAL(mj_table_tri(&f.park.table[MJ_ENTERPRISES], "inefficient")[0], MJ_NO);
  tear_down(&f);
}

static void no_rule_adds_nothing_and_a_wrong_name_is_told(void) {
  fixture f;
  set_up(&f, 1, "2026-03-31");
  enterprises(&f);
  write_book(&f, "a", HEAD("a") "issuer: 某府}");
  CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
  CU_ASSERT_PTR_NULL(f.park.table[MJ_ENTERPRISE_REASONS].name);
  tear_down(&f);
  set_up(&f, 1, "2026-03-31");
  enterprises(&f);
  f.err.lang = MJ_EN;
  write_book(&f, "a", HEAD("a") "enterprise_rules: [{code: E, verdict: idle, article: 一, when: {all: [{measure: tex_wan, op: '<', limit: 1}]}}]}");
  CU_ASSERT_EQUAL(judge(&f), MJ_ERULE);
  CU_ASSERT_PTR_NOT_NULL(strstr(f.err.message, "rule E: no such column: tex_wan (near: tax_wan"));
  tear_down(&f);
}

SUITE_OF(firms, T(an_enterprise_is_judged_with_its_reason), T(a_no_has_its_reason_where_it_is_asked_for),
         T(the_higher_rulebook_decides), T(no_rule_adds_nothing_and_a_wrong_name_is_told));
