/* Values at which a parcel would be treated otherwise, held against judging it anew with that value. */
#include "fixture.h"

#define BOOK                                                                                                     \
  HEAD("b")                                                                                                      \
  "limits: [{name: low, value: 5}],"                                                                             \
  " facts: [{name: benefit, sql: tax_3y_wan + rd_wan}, {name: per_mu, sql: benefit / area_mu}],"                 \
  " rules: [{code: R-1, verdict: inefficient, article: 一, scope: industrial, when: {any: [{all: ["             \
  "{measure: per_mu, op: '<', limit: ':low'}, {not: {measure: plot_ratio, op: '>=', limit: 1}}]},"               \
  "{measure: 900 - 2 * tax_3y_wan, op: '>', limit: 880}]}},"                                                     \
  " {code: R-2, verdict: inefficient, article: 二, when: {all: [{measure: tax_wan_per_mu, op: '<=', limit: 1}," \
  " {measure: plot_ratio, op: '<', limit: 0.5}]}}],"                                                             \
  " ladder: {code: L, inputs: [area_mu, tax_3y_wan], scope: industrial, tiers: ["                                \
  "{tier: a, when: {any: [{measure: per_mu, op: '<', limit: 3}, {measure: area_mu, op: '<', limit: 5}]}},"       \
  "{tier: b, when: {all: [{measure: per_mu, op: '<=', limit: 20}, {measure: plot_ratio, op: '<', limit: 2}]}},"  \
  "{tier: c, when: {all: [{measure: per_mu, op: '>', limit: 20}]}}]}}"

enum { PARCELS = 80 };

static uint32_t next(uint32_t *seed) { return (*seed = *seed * 1664525u + 1013904223u) >> 8; }

/* A park of all kinds: values missing here and there. figure[i] NaN leaves the column as drawn. */
static void draw(fixture *f, const char *column, const double *figure) {
  uint32_t seed = 7;
  set_up(f, PARCELS, "2026-03-31");
  write_book(f, "b", BOOK);
  for (int i = 0; i < PARCELS; i++) {
    static const char *const names[] = {"tax_3y_wan", "tax_wan", "rd_wan", "area_mu", "plot_ratio"};
    static const double most[] = {400, 60, 30, 30, 2.5};
    for (int c = 0; c < 5; c++) {
      double v = most[c] * (next(&seed) % 1000) / 1000;
      f64(f, names[c])[i] = next(&seed) % 12 ? v : (double)NAN;
    }
    text(f, "land_use")[i] = next(&seed) % 6 ? "1001" : next(&seed) % 2 ? "0701" : NULL;
    if (figure && !isnan(figure[i])) f64(f, column)[i] = figure[i];
    f64(f, "tax_wan_per_mu")[i] = f64(f, "tax_wan")[i] / f64(f, "area_mu")[i]; /* of room measure */
  }
  CU_ASSERT_EQUAL_FATAL(judge(f), MJ_OK);
}

/* What judging says of a parcel, in the words of the table. */
static void words(const fixture *f, int64_t i, char out[80]) {
  static const char *const verdicts[] = {[MJ_NO] = "不属低效", [MJ_YES] = "低效", [MJ_UNKNOWN] = "低效与否数据不足"};
  const mj_table *t = &f->park.table[MJ_PARCELS];
  const char *tier = mj_table_text(t, "renewal_tier")[i];
  snprintf(out, 80, "%s%s%s", verdicts[mj_table_tri(t, "inefficient")[i]], tier ? "；" : "", tier ? tier : "");
}

/* The table's words without the tier that cannot be told, which judging leaves out. */
static bool says(const char *table, const char *judged) {
  const char *open = strstr(table, "；分档数据不足");
  size_t n = open ? (size_t)(open - table) : strlen(table);
  return strlen(judged) == n && !strncmp(table, judged, n);
}

/* Judge anew with every parcel's k-th breakpoint times (1 + off): the answers must be those of the table. */
static int64_t check_at(const mj_table *t, const char *column, int64_t k, double off, bool behind) {
  double figure[PARCELS];
  int64_t hit[PARCELS], seen[PARCELS] = {0}, checked = 0;
  fixture f;
  for (int i = 0; i < PARCELS; i++) {
    figure[i] = (double)NAN;
    hit[i] = -1;
  }
  for (int64_t r = 0; r < t->n; r++) {
    int64_t i = mj_table_i64(t, "row")[r] - 1;
    if (strcmp(mj_table_text(t, "figure")[r], column) || seen[i]++ != k) continue;
    hit[i] = r;
    double at = mj_table_f64(t, "breakpoint")[r], value = mj_table_f64(t, "value")[r];
    int way = isnan(value) || at > value ? 1 : at < value ? -1 : k == 0 && mj_table_f64(t, "change")[r] == 0 ? 0 : 1;
    if (!way || (isnan(value) && !behind)) continue;
    figure[i] = at * (1 + (behind ? off : -off) * way);
  }
  draw(&f, column, figure);
  for (int i = 0; i < PARCELS; i++) {
    char judged[80];
    if (hit[i] < 0 || isnan(figure[i])) continue;
    words(&f, i, judged);
    const char *table = mj_table_text(t, behind ? "after" : "before")[hit[i]];
    if (!says(table, judged))
      printf("\n    P%d %s %.12g %s: table %s, judged %s", i + 1, column, figure[i], behind ? "behind" : "before",
             table, judged);
    CU_ASSERT(says(table, judged));
    checked++;
  }
  tear_down(&f);
  return checked;
}

static void every_breakpoint_is_where_judging_turns(void) {
  static const char *const columns[] = {"tax_3y_wan", "tax_wan"};
  fixture f;
  int64_t checked = 0;
  draw(&f, NULL, NULL);
  const mj_table *t = &f.park.table[MJ_BREAKPOINTS];
  CU_ASSERT_FATAL(t->name && t->n > PARCELS / 2);
  for (int c = 0; c < 2; c++)
    for (int64_t k = 0; k < 6; k++) {
      checked += check_at(t, columns[c], k, 1e-9, true);
      checked += check_at(t, columns[c], k, 1e-9, false);
    }
  CU_ASSERT(checked > PARCELS);
  tear_down(&f);
}

/* 10 mu under the policy of Quanzhou: 50 and 200 万元; the value itself counts with the upper tier. */
static void the_policy_of_quanzhou_turns_at_5_and_20_per_mu(void) {
  static const struct {
    double value, at[2];
    uint8_t included[2];
  } want[] = {{32, {50, 0}, {MJ_YES, 0}},
              {100, {50, 200}, {MJ_NO, MJ_YES}},
              {200, {200, 0}, {MJ_NO, 0}},
              {50, {50, 200}, {MJ_NO, MJ_YES}},
              {NAN, {50, 200}, {MJ_YES, MJ_YES}}};
  for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
    int zero = isnan(want[i].value); /* the first line of a missing value is 0 */
    fixture f;
    set_up(&f, 1, "2026-03-31");
    add_book(&f, "quanzhou-2025");
    f64(&f, "tax_3y_wan")[0] = want[i].value;
    f64(&f, "area_mu")[0] = 10;
    f64(&f, "control_share")[0] = 1;
    text(&f, "control_level")[0] = "一级";
    text(&f, "land_use")[0] = "1001";
    CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
    const mj_table *t = &f.park.table[MJ_BREAKPOINTS];
    CU_ASSERT_EQUAL_FATAL(t->n, 1 + (want[i].at[1] > 0) + zero);
    if (zero) {
      CU_ASSERT_EQUAL(mj_table_f64(t, "breakpoint")[0], 0);
      CU_ASSERT_STRING_EQUAL(mj_table_text(t, "before")[0], "低效与否数据不足；分档数据不足");
      CU_ASSERT_STRING_EQUAL(mj_table_text(t, "after")[0], "低效；原则上收储改造");
    }
    for (int64_t r = zero; r < t->n; r++) {
      CU_ASSERT_EQUAL(mj_table_f64(t, "breakpoint")[r], want[i].at[r - zero]);
      CU_ASSERT_EQUAL(mj_table_tri(t, "included")[r], want[i].included[r - zero]);
      CU_ASSERT(isnan(want[i].value) || mj_table_f64(t, "change")[r] == want[i].at[r - zero] - want[i].value);
    }
    tear_down(&f);
  }
}

static void what_is_no_straight_line_has_none(void) {
  static const char *const measures[] = {"tax_wan * tax_wan", "round(tax_wan / 5000)", "area_mu / tax_wan",
                                         "CASE WHEN tax_wan > 6000 THEN 1 ELSE tax_wan END"};
  for (size_t i = 0; i < sizeof measures / sizeof *measures; i++) {
    fixture f;
    char yaml[600];
    set_up(&f, 1, "2026-03-31");
    snprintf(yaml, sizeof yaml,
             HEAD("a") "rules: [{code: T, verdict: inefficient, article: 一, when: {all: [{measure: \"%s\", op: '<', limit: 5}]}}]}",
             measures[i]);
    write_book(&f, "a", yaml);
    f64(&f, "tax_wan")[0] = 3;
    f64(&f, "area_mu")[0] = 10;
    CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
    CU_ASSERT_EQUAL(f.park.table[MJ_BREAKPOINTS].n, 0);
    tear_down(&f);
  }
}

static double only_turn(const char *measure, const char *limit) {
  fixture f;
  char yaml[600];
  set_up(&f, 1, "2026-03-31");
  snprintf(yaml, sizeof yaml,
           HEAD("a") "facts: [{name: own, sql: tax_wan * 2}], rules: [{code: T, verdict: inefficient, article: 一, when: {all: [{measure: '%s', op: '<', limit: '%s'}]}}]}",
           measure, limit);
  write_book(&f, "a", yaml);
  f64(&f, "tax_wan")[0] = 3;
  f64(&f, "area_mu")[0] = 10;
  CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
  const mj_table *t = &f.park.table[MJ_BREAKPOINTS];
  double at = t->name && t->n == 1 ? mj_table_f64(t, "breakpoint")[0] : (double)NAN;
  tear_down(&f);
  return at;
}

/* The limit may read the figure too; names may be qualified, quoted or in capitals. */
static void both_sides_of_a_comparison_move(void) {
  CU_ASSERT_EQUAL(only_turn("tax_wan", "0.5 * tax_wan + 10"), 20);
  CU_ASSERT_EQUAL(only_turn("area_mu", "tax_wan / 2"), 20);
  CU_ASSERT_EQUAL(only_turn("own + 1", "own - tax_wan + 8"), 7);
  CU_ASSERT(isnan(only_turn("tax_wan + 1", "tax_wan")));
  CU_ASSERT_EQUAL(only_turn("parcels.tax_wan / parcels.area_mu", "5"), 50);
  CU_ASSERT_EQUAL(only_turn("\"tax_wan\"", "7"), 7);
  CU_ASSERT_EQUAL(only_turn("TAX_WAN", "7"), 7);
  CU_ASSERT_EQUAL(only_turn("parcels.own", "8"), 4);
}

static void a_subquery_is_not_asked_about(void) {
  CU_ASSERT(isnan(only_turn("tax_wan", "(SELECT COUNT(*) FROM enterprises AS e WHERE e.tax_wan > 1)")));
}

static void names_in_quotes_and_constants_are_no_figures(void) {
  fixture f;
  set_up(&f, 1, "2026-03-31");
  write_book(&f, "a", HEAD("a") "limits: [{name: tax_wan_limit, value: 7}],"
                                " facts: [{name: t2, sql: \"tax_wan + ('tax_wan' = 'x')\"}],"
                                " rules: [{code: T, verdict: inefficient, article: 一, when: {all: ["
                                "{measure: t2, op: '<', limit: ':tax_wan_limit'}]}}]}");
  f64(&f, "tax_wan")[0] = 3;
  CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(f.park.table[MJ_BREAKPOINTS].n, 1);
  CU_ASSERT_EQUAL(mj_table_f64(&f.park.table[MJ_BREAKPOINTS], "breakpoint")[0], 7);
  tear_down(&f);
}

SUITE_OF(breakpoints, T(every_breakpoint_is_where_judging_turns), T(the_policy_of_quanzhou_turns_at_5_and_20_per_mu),
         T(what_is_no_straight_line_has_none), T(both_sides_of_a_comparison_move), T(a_subquery_is_not_asked_about),
         T(names_in_quotes_and_constants_are_no_figures));
