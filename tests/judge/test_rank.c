#include "judge/fixture.h"

#define BOOK(code, level, more)                                        \
  "{rulebook: " code ", version: \"1\", document: 文件, level: " level \
  ", effective: {from: 2000-01-01}, name: {zh: 某}, "                 \
  "rules: [{code: R-" code                                             \
  ", verdict: inefficient, article: 一, when: {all: [{measure: tax_wan, op: \"<\", limit: " more "}]}}]"

/* Three parcels with tax 1, 5, none; the district says under 10, the city under 3. */
static void set_up_two(fixture *f, const char *city) {
  set_up(f, 3, "2026-03-31");
  double *tax = f64(f, "tax_wan");
  tax[0] = 1;
  tax[1] = 5;
  tax[2] = (double)NAN;
  write_book(f, "district", BOOK("d", "district", "10") "}");
  write_book(f, "city", city);
  CU_ASSERT_EQUAL_FATAL(judge(f), MJ_OK);
}

static int64_t conflicts(const fixture *f, const char **by, const char **count, const char **of) {
  int64_t n = 0;
  for (int64_t i = 0; i < f->park.ledger.n; i++) {
    const mj_ledger_entry *e = &f->park.ledger.entry[i];
    if (e->code != MJ_L_RULES_CONFLICT) continue;
    *by = e->expected;
    *count = e->found;
    *of = e->id;
    n++;
  }
  return n;
}

static void the_higher_document_decides_and_the_conflict_names_both(void) {
  fixture f;
  const char *by = "", *count = "", *of = "";
  set_up_two(&f, BOOK("c", "city", "3") "}");
  const uint8_t *verdict = tri(&f, "inefficient");
  CU_ASSERT_EQUAL(verdict[0], MJ_YES);
  CU_ASSERT_EQUAL(verdict[1], MJ_NO); /* the district alone would say 是 */
  CU_ASSERT_EQUAL(verdict[2], MJ_UNKNOWN);
  CU_ASSERT_EQUAL(conflicts(&f, &by, &count, &of), 1);
  CU_ASSERT_STRING_EQUAL(by, "c");
  CU_ASSERT_STRING_EQUAL(of, "d");
  CU_ASSERT_STRING_EQUAL(count, "1");
  CU_ASSERT(find_reason(&f, "P1", "R-c", NULL) >= 0);
  CU_ASSERT_EQUAL(find_reason(&f, "P1", "R-d", NULL), -1);
  tear_down(&f);
}

static void a_delegated_matter_is_the_lower_ones(void) {
  fixture f;
  const char *by = "", *count = "", *of = "";
  set_up_two(&f, BOOK("c", "city", "3") ", delegates: [inefficient]}");
  CU_ASSERT_EQUAL(tri(&f, "inefficient")[1], MJ_YES);
  CU_ASSERT_EQUAL(conflicts(&f, &by, &count, &of), 1);
  CU_ASSERT_STRING_EQUAL(by, "d");
  tear_down(&f);
}

static void a_delegation_that_nobody_takes_up_leaves_it_with_the_higher(void) {
  fixture f;
  set_up(&f, 1, "2026-03-31");
  f64(&f, "tax_wan")[0] = 1;
  write_book(&f, "city", BOOK("c", "city", "3") ", delegates: [inefficient]}");
  CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
  CU_ASSERT_EQUAL(tri(&f, "inefficient")[0], MJ_YES);
  tear_down(&f);
}

static void rulebooks_of_one_level_decide_together(void) {
  fixture f;
  const char *by, *count, *of;
  set_up_two(&f, BOOK("c", "district", "3") "}");
  CU_ASSERT_EQUAL(tri(&f, "inefficient")[1], MJ_YES);
  CU_ASSERT_EQUAL(conflicts(&f, &by, &count, &of), 0);
  tear_down(&f);
}

#define LADDER(code, level, tier)                                                                              \
  "{rulebook: " code ", version: \"1\", document: 文件, level: " level                                         \
  ", effective: {from: 2000-01-01}, name: {zh: 某}, ladder: {code: L, inputs: [tax_wan], tiers: [{tier: " tier \
  ", when: {all: [{measure: tax_wan, op: \"<\", limit: 3}]}}]}"

static void the_higher_ladder_holds_whatever_the_order(void) {
  for (int delegated = 0; delegated < 2; delegated++) {
    fixture f;
    set_up(&f, 1, "2026-03-31");
    f64(&f, "tax_wan")[0] = 1;
    write_book(&f, "district", LADDER("d", "district", "low") "}");
    write_book(&f, "city",
               delegated ? LADDER("c", "city", "high") ", delegates: [renewal]}" : LADDER("c", "city", "high") "}");
    CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
    CU_ASSERT_STRING_EQUAL(text(&f, "renewal_tier")[0], delegated ? "low" : "high");
    tear_down(&f);
  }
}

static void of_one_source_the_stricter_cap_holds(void) {
  fixture f;
  set_up(&f, 1, "2026-03-31");
  write_book(&f, "one", HEAD("a") "caps: [{source: zone, sql: 2.5}]}");
  write_book(&f, "two", HEAD("b") "caps: [{source: zone, sql: 2}, {source: industry, sql: 1}]}");
  CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
  CU_ASSERT_EQUAL(f64(&f, "plot_ratio_cap")[0], 2);
  tear_down(&f);
}

SUITE_OF(rank, T(the_higher_document_decides_and_the_conflict_names_both), T(a_delegated_matter_is_the_lower_ones),
         T(a_delegation_that_nobody_takes_up_leaves_it_with_the_higher), T(rulebooks_of_one_level_decide_together),
         T(the_higher_ladder_holds_whatever_the_order), T(of_one_source_the_stricter_cap_holds));
