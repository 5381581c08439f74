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

static double reached_at(const fixture *f, const char *code, const char *zone) {
  const mj_table *t = &f->park.table[MJ_TARGETS];
  for (int64_t i = 0; i < t->n; i++) {
    const char *z = mj_table_text(t, "zone")[i];
    if (!strcmp(mj_table_text(t, "target")[i], code) && (zone ? z && !strcmp(z, zone) : !z))
      return mj_table_f64(t, "reached_value")[i];
  }
  return -1e9;
}

/* Two zones that have parcels 1, 3 and 2, and one that has none. */
static void add_zones(fixture *f) {
  static const char *const names[] = {"a", "b", "empty"};
  double *tax = f64(f, "tax_wan");
  const char **zone = text(f, "zone");
  CU_ASSERT_EQUAL_FATAL(mj_table_init(&f->park.table[MJ_ZONES], "zones", 3), MJ_OK);
  const char **name = mj_table_add(&f->park.table[MJ_ZONES], "zone", MJ_TEXT)->text;
  for (int i = 0; i < 3; i++) {
    name[i] = names[i];
    zone[i] = names[i % 2];
    tax[i] = 10 << i;
  }
}

static void a_measure_does_not_take_its_row_from_another(void) {
  fixture f;
  make_park(&f);
  add_zones(&f);
  write_book(&f, "a",
             HEAD("a") "targets: [{code: MOST, measure: MAX(area_mu), target: 1, by_zone: true},\n"
                       " {code: ROW, measure: area_mu, target: 1, by_zone: true},\n"
                       " {code: TAX-OF-MOST, measure: MAX(area_mu) * 0 + tax_wan, target: 1},\n"
                       " {code: TAX-OF-LEAST, measure: min (area_mu) * 0 + tax_wan, target: 1},\n"
                       " {code: NOT-NEGATIVE, measure: \"SUM(MAX(0, area_mu - 1))\", target: 1}]}");
  CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
  CU_ASSERT_EQUAL(reached_at(&f, "MOST", NULL), 4);
  CU_ASSERT_EQUAL(reached_at(&f, "ROW", NULL), 1); /* the first row, not that of the maximum */
  CU_ASSERT_EQUAL(reached_at(&f, "ROW", "a"), 1);
  CU_ASSERT_EQUAL(reached_at(&f, "ROW", "b"), 2);
  CU_ASSERT(isnan(reached_at(&f, "ROW", "empty")));
  CU_ASSERT_EQUAL(reached_at(&f, "TAX-OF-MOST", NULL), 40);
  CU_ASSERT_EQUAL(reached_at(&f, "TAX-OF-LEAST", NULL), 10);
  CU_ASSERT_EQUAL(reached_at(&f, "NOT-NEGATIVE", NULL), 4); /* 0 + 1 + 3 */
  tear_down(&f);
}

/* With an aggregate beside it and without. */
static void what_reads_no_parcel_of_the_zone_has_its_value_in_an_empty_one(void) {
  static const char alone[] =
      "targets: [{code: A-NUMBER, measure: 30, target: 1, by_zone: true},\n"
      " {code: A-PARK, measure: (SELECT SUM(area_mu) FROM parcels), target: 1, by_zone: true},\n"
      " {code: A-ZONE, measure: \"(SELECT SUM(area_mu) FROM parcels WHERE zone = :zone)\", target: 1, by_zone: true}]}";
  static const char beside[] =
      "targets: [{code: B-NUMBER, measure: 30, target: 1, by_zone: true},\n"
      " {code: B-SUM, measure: SUM(area_mu), target: 1, by_zone: true},\n"
      " {code: B-COUNT, measure: COUNT(*), target: 1, by_zone: true}]}";
  char yaml[2][800];
  fixture f;
  make_park(&f);
  add_zones(&f);
  snprintf(yaml[0], sizeof yaml[0], "%s%s", HEAD("a"), alone);
  snprintf(yaml[1], sizeof yaml[1], "%s%s", HEAD("b"), beside);
  write_book(&f, "a", yaml[0]);
  write_book(&f, "b", yaml[1]);
  CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
  CU_ASSERT_EQUAL(reached_at(&f, "A-NUMBER", "empty"), 30);
  CU_ASSERT_EQUAL(reached_at(&f, "B-NUMBER", "empty"), 30);
  CU_ASSERT_EQUAL(reached_at(&f, "A-PARK", "empty"), 7);
  CU_ASSERT_EQUAL(reached_at(&f, "A-PARK", "a"), 7);
  CU_ASSERT_EQUAL(reached_at(&f, "A-ZONE", "a"), 5); /* 1 + 4 */
  CU_ASSERT_EQUAL(reached_at(&f, "A-ZONE", "b"), 2);
  CU_ASSERT(isnan(reached_at(&f, "A-ZONE", NULL)));
  CU_ASSERT(isnan(reached_at(&f, "B-SUM", "empty")));
  CU_ASSERT_EQUAL(reached_at(&f, "B-COUNT", "empty"), 0);
  CU_ASSERT_EQUAL(reached_at(&f, "B-COUNT", NULL), 3); /* of rows, not of the one value of no row */
  tear_down(&f);
}

/* What only the table itself has (rowid), an input's column with a quote in its name, and a subquery over all. */
static void aggregates_together_see_what_each_alone_would(void) {
  fixture f;
  make_park(&f);
  add_zones(&f);
  double *odd = f64(&f, "a\"b");
  for (int i = 0; i < 3; i++) odd[i] = 100 + i;
  write_book(&f, "a",
             HEAD("a") "targets: [{code: ROWID, measure: SUM(rowid), target: 1},\n"
                       " {code: MU, measure: SUM(area_mu), target: 1, by_zone: true},\n"
                       " {code: SHARE, measure: SUM(area_mu) / (SELECT SUM(area_mu) FROM parcels), target: 1, by_zone: true}]}");
  write_book(&f, "b",
             HEAD("b") "targets: [{code: ODD, measure: 'SUM(\"a\"\"b\")', target: 1},\n"
                       " {code: TAX, measure: SUM(tax_wan), target: 1}]}");
  CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
  CU_ASSERT_EQUAL(reached_at(&f, "ROWID", NULL), 6);
  CU_ASSERT_EQUAL(reached_at(&f, "MU", NULL), 7);
  CU_ASSERT_EQUAL(reached_at(&f, "MU", "b"), 2);
  CU_ASSERT_EQUAL(reached_at(&f, "SHARE", "b"), 2.0 / 7);
  CU_ASSERT_EQUAL(reached_at(&f, "ODD", NULL), 303);
  CU_ASSERT_EQUAL(reached_at(&f, "TAX", NULL), 70);
  tear_down(&f);
}

SUITE_OF(measures, T(the_same_words_with_other_constants_are_another_measure),
         T(an_error_while_it_runs_names_the_target), T(out_of_force_a_failure_is_no_value),
         T(a_measure_does_not_take_its_row_from_another),
         T(what_reads_no_parcel_of_the_zone_has_its_value_in_an_empty_one),
         T(aggregates_together_see_what_each_alone_would));
