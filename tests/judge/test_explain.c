/* Why a verdict is 否: the condition that failed, and by how much. */
#include "fixture.h"

#define RULES                                                                                                          \
  HEAD("t")                                                                                                            \
  "rules: [{code: T-1, verdict: inefficient, article: 一, scope: industrial, when: {all: ["                           \
  "{measure: tax_wan, op: '<', limit: 5, unit: wan, text: {zh: 税收}}, {measure: plot_ratio, op: '<', limit: 1}]}}," \
  " {code: T-2, verdict: inefficient, article: 二, when: {any: [{not: {measure: staff, op: '>=', limit: 10}},"        \
  " {sql: start_due > :as_of, text: {zh: 未到期}}]}}]}"

static void set_up_park(fixture *f, bool all) {
  set_up(f, 4, "2026-03-31");
  write_book(f, "t", RULES);
  f->park.project.all_reasons = all;
  memcpy(f64(f, "tax_wan"), (double[]){7, 3, 7, 7}, 4 * sizeof(double));
  memcpy(f64(f, "plot_ratio"), (double[]){0.5, 0.5, 1.2, 2}, 4 * sizeof(double));
  memcpy(text(f, "land_use"), (const char *[]){"1001", "1001", "1001", "0701"}, 4 * sizeof(char *));
  for (int i = 0; i < 4; i++) {
    f64(f, "staff")[i] = 10 + i;
    date(f, "start_due")[i] = mj_date_parse("2026-01-01");
  }
  CU_ASSERT_EQUAL_FATAL(judge(f), MJ_OK);
}

static int64_t reasons_of(const fixture *f, const char *parcel, uint8_t verdict) {
  const mj_table *t = &f->park.table[MJ_REASONS];
  int64_t n = 0;
  for (int64_t i = 0; i < t->n; i++)
    n += !strcmp(mj_table_text(t, "parcel_id")[i], parcel) && mj_table_tri(t, "verdict")[i] == verdict;
  return n;
}

static void what_failed_is_said_where_it_is_asked_for(void) {
  fixture f;
  set_up_park(&f, true);
  int64_t r = find_reason(&f, "P1", "T-1", "tax_wan");
  CU_ASSERT_STRING_EQUAL(reason_text(&f, r, "text"), "税收 7 万元，不满足“< 5”（超出 2）");
  CU_ASSERT_EQUAL(reason_margin(&f, r), 2);
  CU_ASSERT_EQUAL(find_reason(&f, "P1", "T-1", "plot_ratio"), -1); /* that one held */
  r = find_reason(&f, "P1", "T-2", "staff");
  CU_ASSERT_STRING_EQUAL(reason_text(&f, r, "text"), "从业人数 10 ≥ 10（差 0）"); /* under "not": it held */
  r = find_reason(&f, "P1", "T-2", "start_due > :as_of");
  CU_ASSERT_STRING_EQUAL(reason_text(&f, r, "text"), "不是：未到期");
  CU_ASSERT_EQUAL(reasons_of(&f, "P1", MJ_NO), 3);
  CU_ASSERT_EQUAL(reasons_of(&f, "P3", MJ_NO), 4); /* both limbs of T-1 failed */
  tear_down(&f);
}

static void outside_the_scope_is_a_reason_too(void) {
  fixture f;
  set_up_park(&f, true);
  int64_t r = find_reason(&f, "P4", "T-1", "industrial");
  CU_ASSERT_STRING_EQUAL(reason_text(&f, r, "text"), "不在该规则的适用范围");
  CU_ASSERT_STRING_EQUAL(reason_text(&f, r, "operands"), "工业用地=否");
  tear_down(&f);
}

static void a_yes_has_only_its_own_reasons(void) {
  for (int all = 0; all < 2; all++) {
    fixture f;
    set_up_park(&f, all);
    CU_ASSERT_EQUAL(reasons_of(&f, "P2", MJ_YES), 2);
    CU_ASSERT_EQUAL(reasons_of(&f, "P2", MJ_NO), 0);
    CU_ASSERT_EQUAL(reasons_of(&f, "P1", MJ_NO) > 0, all);
    tear_down(&f);
  }
}

/* A verdict is as sure as what it rests on, however far down. */
static void what_rests_on_an_assumption_is_assumed(void) {
  fixture f;
  set_up(&f, 1, "2026-03-31");
  write_book(&f, "t",
             HEAD("t") "limits: [{name: guess, value: 2, certainty: assumed}, {name: low, value: 5}],"
                       " facts: [{name: a, sql: area_mu, certainty: assumed}, {name: b, sql: a * 2}, {name: c, sql: tax_wan * :guess}, {name: d, sql: \"tax_wan + ('a' = 'b')\"}],"
                       " rules: [{code: B, verdict: idle, article: 一, when: {all: [{measure: b, op: '<', limit: ':low'}]}},"
                       " {code: C, verdict: idle, article: 一, when: {all: [{measure: c, op: '<', limit: ':low'}]}},"
                       " {code: D, verdict: idle, article: 一, when: {all: [{measure: d, op: '<', limit: ':low'}]}}]}");
  f64(&f, "area_mu")[0] = f64(&f, "tax_wan")[0] = 1;
  CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
  CU_ASSERT_STRING_EQUAL(reason_text(&f, find_reason(&f, "P1", "B", NULL), "certainty"), "assumed");
  CU_ASSERT_STRING_EQUAL(reason_text(&f, find_reason(&f, "P1", "C", NULL), "certainty"), "assumed");
  CU_ASSERT_STRING_EQUAL(reason_text(&f, find_reason(&f, "P1", "D", NULL), "certainty"), "stated");
  tear_down(&f);
}

SUITE_OF(explain, T(what_rests_on_an_assumption_is_assumed), T(what_failed_is_said_where_it_is_asked_for),
         T(outside_the_scope_is_a_reason_too), T(a_yes_has_only_its_own_reasons));
