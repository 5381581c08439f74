/* What several rulebooks measure alike is asked once, and still each has its own constants and its own errors. */
#include "fixture.h"

static double reached(const fixture *f, const char *code) {
  const mj_table *t = &f->park.table[MJ_TARGETS];
  for (int64_t i = 0; i < t->n; i++)
    if (!strcmp(mj_table_text(t, "target")[i], code)) return mj_table_f64(t, "reached_value")[i];
  return -1e9;
}

/* 1 + 2 + 4 mu of which the limits let 2 + 4 and 4 in. */
static void make_park(fixture *f) {
  set_up(f, 3, "2026-03-31");
  double *mu = f64(f, "area_mu");
  for (int i = 0; i < 3; i++) mu[i] = 1 << i;
}

#define BODY(low, code)                                                          \
  "limits: [{name: low, value: " low                                             \
  "}], targets: [\n"                                                             \
  " {code: " code                                                                \
  "-OWN, measure: \"sum(area_mu) FILTER (WHERE area_mu > :low)\", target: 1},\n" \
  " {code: " code                                                                \
  "-ALL, measure: \"sum(area_mu) * (:year - 2024)\", target: 1},\n"              \
  " {code: " code "-TEXT, measure: \"sum(area_mu) || ':low'\", target: 1}]}"

static void the_same_words_with_other_constants_are_another_measure(void) {
  fixture f;
  make_park(&f);
  write_book(&f, "a", HEAD("a") BODY("1", "A"));
  write_book(&f, "b", HEAD("b") BODY("2", "B"));
  CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
  CU_ASSERT_EQUAL(reached(&f, "A-OWN"), 6);
  CU_ASSERT_EQUAL(reached(&f, "B-OWN"), 4);
  CU_ASSERT_EQUAL(reached(&f, "A-ALL"), 7);
  CU_ASSERT_EQUAL(reached(&f, "B-ALL"), 7);
  CU_ASSERT(isnan(reached(&f, "B-TEXT"))); /* a text is no value */
  tear_down(&f);
}

#define FAILS "abs(-9223372036854775807 - 1)"

static void an_error_while_it_runs_names_the_target(void) {
  fixture f;
  make_park(&f);
  write_book(&f, "a", HEAD("a") "targets: [{code: T, measure: sum(area_mu), target: 1}]}");
  write_book(&f, "b",
             HEAD("b") "targets: [{code: U, measure: sum(area_mu), target: 1},\n"
                       " {code: V, measure: " FAILS ", target: 1}]}");
  refuses(&f, MJ_ERULE, ":5:21: target V: integer overflow");
  tear_down(&f);
}

/* The rulebook out of force comes first, and what stands in both fails: only the one in force complains. */
static void out_of_force_a_failure_is_no_value(void) {
  static const char old[] =
      "{rulebook: old, version: \"1\", document: d, level: city, effective: {from: 2000-01-01, to: 2001-01-01},\n"
      "targets: [{code: T, measure: " FAILS ", target: 1}, {code: U, measure: sum(area_mu), target: 1}]}";
  fixture f;
  make_park(&f);
  write_book(&f, "old", old);
  CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
  CU_ASSERT(isnan(reached(&f, "T")));
  CU_ASSERT_EQUAL(reached(&f, "U"), 7); /* what was asked with it has its value */
  tear_down(&f);
  make_park(&f);
  write_book(&f, "old", old);
  write_book(&f, "now", HEAD("now") "targets: [{code: W, measure: " FAILS ", target: 1}]}");
  refuses(&f, MJ_ERULE, ":4:30: target W: integer overflow");
  tear_down(&f);
}

SUITE_OF(measures, T(the_same_words_with_other_constants_are_another_measure),
         T(an_error_while_it_runs_names_the_target), T(out_of_force_a_failure_is_no_value));
