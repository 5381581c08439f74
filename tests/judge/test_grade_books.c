/* Grade schemes as files: what is refused and where, and what the shipped ones give. */
#include "grades.h"

static void bad_schemes_are_refused_with_their_place(void) {
  static const struct {
    const char *yaml, *message;
  } bad[] = {
      {SCHEME("", HALVES, "{name: t, measure: tax_wan, weight: 90, base: 1}"),
       ":6:47: group 'all': the weights add up to 90, not 100"},
      {SCHEME("", "by: rank, classes: [{class: A, share: 0.5}, {class: B, share: 0.6}]", TAX),
       ":5:28: the shares add up to 110 %: a quota over 100 %"},
      {SCHEME("", "by: rank, classes: [{class: A, share: 0.5}, {class: A, share: 0.5}]", TAX),
       ":5:53: class 'A' stands twice"},
      {SCHEME("", HALVES, TAX ", " TAX), ":6:103: indicator 'tax' stands twice"},
      {SCHEME("", HALVES, "{name: t, measure: tax_wan, weight: 100}"), ":6:48: indicators: key 'base' is missing"},
      {SCHEME("vetoes: [{when: tax_wan > 1, class: E}],", HALVES, TAX), ":6:11: group 'all' has no class 'E'"},
      {SCHEME("exempt: [{when: tax_wan > 1, at_best: A}],", HALVES, TAX), ":4:44: exempt: at_best belongs to vetoes"},
      {SCHEME("", "by: rank, classes: [{class: A, share: 0.5}]", TAX), ":5:28: the shares add up to 50 %, not 100 %"},
      {SCHEME("", HALVES,
              "{name: t, measure: tax_wan, weight: 60, base: 1}, {name: u, measure: tax_wan, weight: 60, base: 1}"),
       ":6:47: group 'all': the weights add up to 120, not 100"},
      {SCHEME(
           "", HALVES,
           "{name: t, measure: tax_wan, weight: 101, base: 1}, {name: u, measure: tax_wan, weight: unknown, base: 1}"),
       ":6:47: group 'all': the weights add up to 101, not 100"},
      {SCHEME("total: 200,", HALVES, TAX), ":6:47: group 'all': the weights add up to 100, not 200"},
      {SCHEME("", HALVES, ""), ":6:47: indicators: the list is empty"},
      {HEAD("g") "grades: {code: G, scoring: ratio, cuts: {" HALVES "},\n groups: [{group: all, when: '1'}]}}",
       ":5:11: groups: key 'indicators' is missing"},
      {HEAD("g") "grades: {code: G, scoring: ratio, cuts: {" HALVES "},\n groups: []}}",
       ":5:10: groups: the list is empty"},
      {SCHEME("", "by: score, classes: [{class: A, at_least: 50}, {class: B, at_least: 50}, {class: C}]", TAX),
       ":5:56: class 'B': at_least does not fall from class to class"},
      {SCHEME("", "by: score, classes: [{class: A}, {class: B}]", TAX),
       ":5:30: class 'A': every class but the last has at_least"},
      {SCHEME("", "by: rank, classes: [{class: A, share: -0.5}, {class: B, share: 1.5}]", TAX),
       ":5:47: 'share': expected a number of at least 0, found '-0.5'"},
      {SCHEME("",
              "by: two_stage, upper: 0.3, classes: [{class: A, share: 0.4, points: [tax]}, {class: B}, {class: C, "
              "share: 0.1, points: [tax]}]",
              TAX),
       ":5:45: two_stage: a share is larger than the part it is taken from"},
      {SCHEME("", HALVES, TAX "]}, {group: all, when: '0', indicators: [" TAX), ":6:105: group 'all' stands twice"},
  };
  fixture f;
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    set_firms(&f, 1);
    write_book(&f, "g", bad[i].yaml);
    refuses(&f, MJ_EFORMAT, bad[i].message);
    tear_down(&f);
  }
  set_firms(&f, 1);
  write_book(&f, "g", SCHEME("", HALVES, "{name: t, measure: taxes, weight: 100, base: 1}"));
  CU_ASSERT_EQUAL(judge(&f), MJ_ERULE);
  CU_ASSERT_PTR_NOT_NULL(strstr(f.err.message, "g.yaml:6:67: grades G: ")); /* the measure's own place */
  tear_down(&f);
  set_firms(&f, 1);
  mj_table_add(firms(&f), "state", MJ_TEXT)->text[0] = "x";
  write_book(&f, "g", SCHEME("", HALVES, "{name: t, measure: state, weight: 100, base: 1}"));
  refuses(&f, MJ_ERULE, ":6:67: G: 'x' is a text where a number is expected");
  tear_down(&f);
}

/* What a figure says of a row that is not graded is not asked. */
static void figures_are_read_of_the_members_alone(void) {
  static const char yaml[] =
      SCHEME("exempt: [{when: \"credit_code = 'C2'\", class: T, text: x}],", HALVES,
             "{name: t, measure: {sql: \"CASE WHEN credit_code = 'C2' THEN 'x' ELSE tax_wan END\"}, "
             "weight: 100, base: 100}");
  fixture f;
  set_firms(&f, 3);
  tax(&f, (const double[]){30, 20, 10});
  write_book(&f, "g", yaml);
  classes_are(&f, "ATB");
  tear_down(&f);
}

static void shipped(fixture *f, int64_t n, const char *book, double tax_wan, double mu, uint8_t above) {
  set_firms(f, n);
  for (int64_t i = 0; i < n; i++) {
    of(f, "tax_wan")[i] = tax_wan;
    of(f, "land_area_m2")[i] = mu * 2000 / 3;
    mj_table_add(firms(f), "above_scale", MJ_TRI)->tri[i] = above;
    mj_table_add(firms(f), "industry_code", MJ_TEXT)->text[i] = "3829";
  }
  add_book(f, book);
}

/* 黄岩规下: 11.5932 万元/亩 and 0.2352 万元/万千瓦时 are the bases: 50 + 50; twice the tax: 200 */
static void huangyan_scores_by_its_published_bases(void) {
  fixture f;
  shipped(&f, 2, "huangyan-2022", 115.932, 10, MJ_NO);
  of(&f, "electricity_kwh")[0] = of(&f, "electricity_kwh")[1] = 115.932 / 0.2352 * 10000;
  of(&f, "tax_wan")[1] *= 2;
  classes_are(&f, "--"); /* how classes are cut was not found */
  ASSERT_NEAR(number(&f, "score", 0), 100, 1e-9);
  ASSERT_NEAR(number(&f, "score", 1), 200, 1e-9);
  CU_ASSERT_STRING_EQUAL(cell(&f, "reason", 0), "规则集未载各类比例");
  tear_down(&f);
}

/* 20 above scale under huaian-2024: 4 A, 8 B, 7 C, 1 D; a power station is T and takes no place */
static void huaian_sorts_twenty_into_four_eight_seven_and_one(void) {
  fixture f;
  shipped(&f, 42, "huaian-2024", 100, 10, MJ_YES);
  for (int64_t i = 0; i < 42; i++) {
    mj_table_i64(firms(&f), "year")[i] = i < 21 ? YEAR : YEAR - 1;
    of(&f, "tax_wan")[i] = i < 21 ? 300 - (double)i : 100;
    of(&f, "output_wan")[i] = of(&f, "energy_tce")[i] = 1000;
  }
  mj_table_text(firms(&f), "industry_code")[0] = "4411";
  classes_are(&f, "TAAAABBBBBBBBCCCCCCCD");
  /* tax 299 on 10 mu, base 2 x 10: 45 x 29.9 / 20; sales at last year's level: 35 / 2; 20 x 0.299 / 0.2 */
  ASSERT_NEAR(number(&f, "score", 1), 67.275 + 17.5 + 29.9, 1e-9);
  tear_down(&f);
}

static void what_no_text_was_found_for_stays_unknown_in_every_shipped_scheme(void) {
  static const char *const books[] = {"anhui-city",  "cixi-groups",   "henan-2019",   "jiangsu-five",
                                      "jingde-2022", "suichang-2023", "xuchang-2019", "zhejiang-2018"};
  fixture f;
  for (size_t b = 0; b < sizeof books / sizeof *books; b++)
    for (int above = MJ_NO; above <= MJ_YES; above++) {
      shipped(&f, 3, books[b], 50, 10, (uint8_t)above);
      for (int64_t i = 0; i < 3; i++)
        of(&f, "output_wan")[i] = of(&f, "energy_tce")[i] = of(&f, "staff")[i] = of(&f, "rd_wan")[i] =
            of(&f, "added_value_wan")[i] = of(&f, "profit_wan")[i] = 100 * (double)(i + 1);
      classes_are(&f, "---");
      for (int64_t i = 0; i < 3; i++) CU_ASSERT_STRING_EQUAL(cell(&f, "state", i), "unknown");
      tear_down(&f);
    }
}

/* C1 and C2 stand on P1 of 10 mu: 20 + 40 over 10 for both; C3 has P2 to itself; C4 names no parcel; of P3 one firm is
 * not known, so that nobody there has a figure */
static void suichang_adds_up_the_enterprises_of_a_parcel(void) {
  static const double per_mu[] = {6, 6, 3, 5};
  fixture f;
  shipped(&f, 6, "suichang-2023", 0, 2, MJ_YES);
  f64(&f, "area_mu")[0] = 10;
  for (int i = 0; i < 6; i++) {
    of(&f, "tax_wan")[i] = (double[]){20, 40, 6, 10, 50, NAN}[i];
    of(&f, "output_wan")[i] = 1;
    mj_table_add(firms(&f), "parcel_id", MJ_TEXT)->text[i] = (const char *[]){"P1", "P1", "P2", NULL, "P3", "P3"}[i];
  }
  classes_are(&f, "------");
  const mj_table *points = &f.park.table[MJ_GRADE_POINTS];
  CU_ASSERT_EQUAL_FATAL(points->n, 6);
  for (int i = 0; i < 4; i++) ASSERT_NEAR(mj_table_f64(points, "value")[i], per_mu[i], 1e-9);
  CU_ASSERT(isnan(mj_table_f64(points, "value")[4]) && isnan(mj_table_f64(points, "value")[5]));
  tear_down(&f);
}

static void rules_show_prints_the_scheme(void) {
  mj_text text = {0};
  mj_error err = {.lang = MJ_EN};
  CU_ASSERT_EQUAL_FATAL(mj_rules_show("huaian-2024", MJ_EN, &text, &err), MJ_OK);
  CU_ASSERT_PTR_NOT_NULL(strstr(text.data, "weight 45, base last year's total over total × 2\n"));
  CU_ASSERT_PTR_NOT_NULL(
      strstr(text.data, "A preferred 20 %; B encouraged 40 %; C supervised 35 %; D to be rectified 5 %"));
  mj_text_reset(&text);
  CU_ASSERT_EQUAL_FATAL(mj_rules_show("henan-2019", MJ_ZH, &text, &err), MJ_OK);
  CU_ASSERT_PTR_NOT_NULL(strstr(text.data, "权重 未载，基准 未载"));
  mj_text_reset(&text);
}

SUITE_OF(grade_books, T(huangyan_scores_by_its_published_bases), T(huaian_sorts_twenty_into_four_eight_seven_and_one),
         T(what_no_text_was_found_for_stays_unknown_in_every_shipped_scheme),
         T(suichang_adds_up_the_enterprises_of_a_parcel), T(rules_show_prints_the_scheme),
         T(bad_schemes_are_refused_with_their_place), T(figures_are_read_of_the_members_alone));
