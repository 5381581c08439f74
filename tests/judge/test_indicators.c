/* Figures of the park and its zones held against ideals, and what follows from a policy's own numbers. */
#include "fixture.h"

#define PARK(f)                                                                                            \
  set_up(&f, 4, "2026-03-31");                                                                             \
  f.err.lang = MJ_EN;                                                                                      \
  memcpy(text(&f, "zone"), (const char *[]){"北", "北", "南", NULL}, 4 * sizeof(char *));                  \
  memcpy(f64(&f, "area_mu"), (double[]){10, 30, 20, 40}, 4 * sizeof(double));                              \
  memcpy(f64(&f, "tax_wan"), (double[]){100, 500, 600, NAN}, 4 * sizeof(double));                          \
  CU_ASSERT_EQUAL_FATAL(mj_table_init(&f.park.table[MJ_ZONES], "zones", 3), MJ_OK);                        \
  memcpy(mj_table_add(&f.park.table[MJ_ZONES], "zone", MJ_TEXT)->text, (const char *[]){"北", "南", "北"}, \
         3 * sizeof(char *))

#define SET                                                                                                            \
  "indicators: [{code: I1, measure: SUM(tax_wan) / SUM(area_mu) FILTER (WHERE tax_wan IS NOT NULL), unit: wan_per_mu," \
  " ideal: 30, weight: 60}, {code: I2, measure: SUM(area_mu), ideal: 20, weight: 40, direction: lower, certainty: "    \
  "assumed},"                                                                                                          \
  " {code: I3, measure: COUNT(*), ideal: unknown}]}"

static int64_t row_of(const mj_table *t, const char *code, const char *zone) {
  const char **i = mj_table_text(t, "indicator"), **z = mj_table_text(t, "zone");
  for (int64_t row = 0; row < t->n; row++)
    if (!strcmp(i[row], code) && (zone ? z[row] && !strcmp(z[row], zone) : !z[row])) return row;
  return -1;
}

static void has(const mj_table *t, const char *code, const char *zone, const char *column, double want) {
  int64_t row = row_of(t, code, zone);
  CU_ASSERT_FATAL(row >= 0);
  double got = mj_table_f64(t, column)[row];
  if (!(fabs(got - want) < 1e-12 || (isnan(got) && isnan(want))))
    printf("\n    %s %s %s is %.15g, not %.15g", code, zone ? zone : "", column, got, want);
  CU_ASSERT(fabs(got - want) < 1e-12 || (isnan(got) && isnan(want)));
}

static void figures_are_scored_weighted_and_ranked(void) {
  fixture f;
  PARK(f);
  write_book(&f, "a", HEAD("a") SET);
  CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
  const mj_table *t = &f.park.table[MJ_INDICATORS];
  CU_ASSERT_EQUAL(t->n, 12);
  has(t, "I1", NULL, "value", 20);
  has(t, "I1", "北", "value", 15);
  has(t, "I1", "南", "value", 30);
  has(t, "I1", "北", "score", 0.5);
  has(t, "I1", "北", "points", 30);
  has(t, "I2", "北", "score", 0.5);
  has(t, "I2", "南", "score", 1);
  has(t, "I2", NULL, "score", 0.2);
  has(t, "I3", NULL, "value", 4);
  has(t, "I3", NULL, "score", NAN);
  has(t, "I3", NULL, "points", NAN);
  has(t, "total", "北", "points", 50);
  has(t, "total", "南", "points", 100);
  const int64_t *rank = mj_table_i64(t, "rank");
  CU_ASSERT_EQUAL(rank[row_of(t, "I1", NULL)], MJ_I64_NULL);
  CU_ASSERT_EQUAL(rank[row_of(t, "I1", "北")], 2);
  CU_ASSERT_EQUAL(rank[row_of(t, "I2", "南")], 1);
  CU_ASSERT_EQUAL(rank[row_of(t, "total", "南")], 1);
  CU_ASSERT_STRING_EQUAL(mj_table_text(t, "certainty")[row_of(t, "total", NULL)], "assumed");
  CU_ASSERT_STRING_EQUAL(mj_table_text(t, "certainty")[row_of(t, "I1", NULL)], "stated");
  tear_down(&f);
}

static void no_total_where_a_weight_was_not_found(void) {
  fixture f;
  PARK(f);
  write_book(&f, "a", HEAD("a") "indicators: [{code: I1, measure: SUM(area_mu), ideal: 200, weight: unknown},"
                                " {code: I2, measure: SUM(area_mu), ideal: 200, weight: 1}]}");
  CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
  const mj_table *t = &f.park.table[MJ_INDICATORS];
  CU_ASSERT_EQUAL(t->n, 6);
  has(t, "I1", NULL, "score", 0.5);
  has(t, "I1", NULL, "points", NAN);
  CU_ASSERT_EQUAL(row_of(t, "total", NULL), -1);
  tear_down(&f);
}

static void a_lapsed_rulebook_measures_nothing(void) {
  fixture f;
  PARK(f);
  write_book(
      &f, "a",
      "{rulebook: a, version: \"1\", document: 一, level: city, effective: {from: 2000-01-01, to: 2001-01-01},\n" SET);
  CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
  CU_ASSERT_PTR_NULL(f.park.table[MJ_INDICATORS].name);
  tear_down(&f);
}

#define AUDITS                                                                                                        \
  "limits: [{name: land, value: 2000, unit: mu}],"                                                                    \
  "targets: [{code: T-OUT, measure: SUM(tax_wan), target: 530}, {code: T.per, measure: SUM(tax_wan), target: 1100}]," \
  "audits: [{code: A1, policy: \":t_out * 10000 / :t_per\", against: 13 * 10000 / 30.0, park: SUM(area_mu), unit: "   \
  "mu},"                                                                                                              \
  " {code: A2, policy: \"2000000 / (:land * 2000 / 3.0)\"}, {code: A3, policy: 105, against: 100},"                   \
  " {code: A4, policy: 106, against: 100}, {code: A5, policy: 106, against: 100, tolerance: 0.06}, {code: A6, "       \
  "policy: 1 / 0}]}"

static void a_policy_is_held_against_itself(void) {
  static const char *const findings[] = {"disagrees", "stated", "agrees", "disagrees", "agrees", NULL};
  fixture f;
  PARK(f);
  write_book(&f, "a", HEAD("a") AUDITS);
  CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
  const mj_table *t = &f.park.table[MJ_AUDITS];
  CU_ASSERT_EQUAL_FATAL(t->n, 6);
  const double *policy = mj_table_f64(t, "policy_value");
  CU_ASSERT_DOUBLE_EQUAL(policy[0], 5300000 / 1100.0, 1e-9);
  CU_ASSERT_DOUBLE_EQUAL(mj_table_f64(t, "against_value")[0], 130000 / 30.0, 1e-9);
  CU_ASSERT_DOUBLE_EQUAL(mj_table_f64(t, "difference")[0], 53 * 30 / (11 * 130.0) - 1, 1e-12);
  CU_ASSERT_EQUAL(mj_table_f64(t, "park_value")[0], 100);
  CU_ASSERT_DOUBLE_EQUAL(policy[1], 1.5, 1e-12);
  for (int i = 0; i < 6; i++) {
    const char *got = mj_table_text(t, "finding")[i];
    CU_ASSERT(findings[i] ? got && !strcmp(got, findings[i]) : !got);
  }
  tear_down(&f);
}

static void refused(const char *yaml, const char *says) {
  fixture f;
  PARK(f);
  write_book(&f, "a", yaml);
  CU_ASSERT_NOT_EQUAL(judge(&f), MJ_OK);
  if (!strstr(f.err.message, says)) printf("\n    %s", f.err.message);
  CU_ASSERT_PTR_NOT_NULL(strstr(f.err.message, says));
  tear_down(&f);
}

static void what_is_wrong_is_named_with_its_place(void) {
  refused(HEAD("a") "indicators: [{code: I, measure: 1}, {code: I, measure: 2}]}",
          "a.yaml:4:37: indicator 'I' stands twice");
  refused(HEAD("a") "indicators: [{code: I, measure: SUM(tex_wan)}]}", "indicator I: no such column: tex_wan");
  refused(HEAD("a") "indicators: [{code: I, measure: 1, weight: -1}]}", "a.yaml:4:");
  refused(HEAD("a") "audits: [{code: A, policy: \":none\"}]}", "audit A: unknown constant");
  refused(HEAD("a") "audits: [{code: A, policy: SUM(area_mu)}]}", "audit A:");
  refused(HEAD("a") "targets: [{code: T-1, measure: 1, target: 1}, {code: T.1, measure: 1, target: 1}]}",
          "have one name in SQL");
}

SUITE_OF(indicators, T(figures_are_scored_weighted_and_ranked), T(no_total_where_a_weight_was_not_found),
         T(a_lapsed_rulebook_measures_nothing), T(a_policy_is_held_against_itself),
         T(what_is_wrong_is_named_with_its_place));
