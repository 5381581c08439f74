/* Grade schemes on a handful of enterprises; every number is worked out in the comments. */
#include "grades.h"

#define ROUNDED(how)                                                                                                   \
  SCHEME(                                                                                                              \
      "",                                                                                                              \
      "by: rank, rounding: " how                                                                                       \
      ", classes: [{class: A, share: 0.2}, {class: B, share: 0.4}, {class: C, share: 0.35}, {class: D, share: 0.05}]", \
      TAX)

/* 11 enterprises: borders 2.2, 6.6, 10.45, 11 */
static void quotas_are_rounded_as_the_rulebook_says(void) {
  static const double down[20] = {20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1};
  fixture f;
  grade(&f, down, 11, ROUNDED("floor"), "AABBBBCCCCD");
  tear_down(&f);
  grade(&f, down, 11, ROUNDED("ceil"), "AAABBBBCCCC");
  tear_down(&f);
  grade(&f, down, 11, ROUNDED("round"), "AABBBBBCCCD");
  tear_down(&f);
  /* 20: 4, 12, 19 exactly, though 0.2 + 0.4 + 0.35 is not 0.95 in binary */
  grade(&f, down, 20, ROUNDED("floor"), "AAAABBBBBBBBCCCCCCCD");
  tear_down(&f);
  grade(&f, down, 20, ROUNDED("ceil"), "AAAABBBBBBBBCCCCCCCD");
  tear_down(&f);
}

static void equal_scores_at_a_border_share_a_class(void) {
  static const double value[4] = {9, 10, 9, 8};
  fixture f;
  grade(&f, value, 4, SCHEME("", HALVES, TAX), "AAAB");
  CU_ASSERT_EQUAL(mj_table_i64(grades(&f), "rank")[0], 2);
  CU_ASSERT_EQUAL(mj_table_i64(grades(&f), "rank")[2], 2);
  CU_ASSERT_EQUAL(mj_table_i64(grades(&f), "rank")[3], 4);
  tear_down(&f);
  grade(&f, value, 4, SCHEME("", HALVES ", ties: worse", TAX), "BABB");
  tear_down(&f);
}

/* k-th of the others: C2 (8) needs the second of 10, 6, 4 = 6 to stay; C3 (6) needs the second of 10, 8, 4 = 8 to rise.
 */
static void the_score_to_beat_is_that_of_the_last_place(void) {
  static const double value[4] = {10, 8, 6, 4};
  fixture f;
  grade(&f, value, 4, SCHEME("", HALVES, TAX), "AABB");
  ASSERT_NEAR(number(&f, "score_to_worse", 0), 4, 1e-12);
  ASSERT_NEAR(number(&f, "score_to_worse", 1), 2, 1e-12);
  ASSERT_NEAR(number(&f, "score_to_better", 2), 2, 1e-12);
  ASSERT_NEAR(number(&f, "score_to_better", 3), 4, 1e-12);
  CU_ASSERT_STRING_EQUAL(cell(&f, "to_better", 2), "差2分：税收+2万元");
  CU_ASSERT_STRING_EQUAL(cell(&f, "to_worse", 1), "高出界线2分：税收-2万元");
  CU_ASSERT(isnan(number(&f, "score_to_better", 0)) && isnan(number(&f, "score_to_worse", 3)));
  tear_down(&f);
  grade(&f, value, 4, SCHEME("", HALVES ", ties: worse", TAX), "AABB");
  CU_ASSERT_STRING_EQUAL(cell(&f, "to_better", 2), "差2分（须超过）：税收+2万元");
  tear_down(&f);
}

#define LINES "by: score, classes: [{class: A, at_least: 60}, {class: B, at_least: 40}, {class: C}]"
#define PER_MU(more)                                                                                               \
  "{name: tax, measure: tax_wan, per: {sql: land_area_m2 * 3 / 2000, unit: mu, text: 用地}, weight: 100, base: " \
  "10" more "}"

/* 50 万元 on 10 mu: 5 per mu, 50 points. 60 points are 6 per mu: tax 60, or land 50/6 = 8.3333; 40 are tax 40,
 * land 12.5 */
static void lines_turn_into_tax_or_land(void) {
  fixture f;
  set_firms(&f, 1);
  of(&f, "tax_wan")[0] = 50;
  of(&f, "land_area_m2")[0] = 20000 / 3.0;
  write_book(&f, "g", SCHEME("", LINES, PER_MU("")));
  classes_are(&f, "B");
  ASSERT_NEAR(number(&f, "score", 0), 50, 1e-9);
  ASSERT_NEAR(number(&f, "score_to_better", 0), 10, 1e-9);
  CU_ASSERT_STRING_EQUAL(cell(&f, "to_better", 0), "差10分：税收+10万元，或用地-1.6667亩");
  CU_ASSERT_STRING_EQUAL(cell(&f, "to_worse", 0), "高出界线10分：税收-10万元，或用地+2.5亩");
  const mj_table *points = &f.park.table[MJ_GRADE_POINTS];
  ASSERT_NEAR(mj_table_f64(points, "value_to_better")[0], 6, 1e-9);
  ASSERT_NEAR(mj_table_f64(points, "value_to_worse")[0], 4, 1e-9);
  tear_down(&f);
}

/* The same figure in two indicators moves both: tax 50 on 10 mu and 100 tce. 45 x 5/10 + 55 x 0.5/1 = 22.5 + 27.5 = 50
   points; one 万元 more gives 0.45 + 0.55 = 1 point, so 60 need 10. A cap of 0.6 on the second (33 points) is reached
   at tax 60; with 70 asked, 22.5 + 27.5 -> at 60: 27 + 33 = 60, then 0.45 a 万元: 10 / 0.45 = 22.2222 more: +32.2222 */
#define TWO(cap)                                                                                            \
  "{name: a, measure: tax_wan, per: land_area_m2, weight: 45, base: 10}, {name: b, measure: tax_wan, per: " \
  "energy_tce, "                                                                                            \
  "weight: 55, base: 1" cap "}"
static void a_figure_counts_wherever_it_stands_and_caps_end_it(void) {
  fixture f;
  set_firms(&f, 1);
  of(&f, "tax_wan")[0] = 50;
  of(&f, "land_area_m2")[0] = 10;
  of(&f, "energy_tce")[0] = 100;
  write_book(&f, "g", SCHEME("", LINES, TWO("")));
  classes_are(&f, "B");
  /* land: 45 x 50/(10 x) must give 32.5 -> x = 225/32.5 = 6.9230769, -3.0769230; energy: 55 x 50/x = 37.5 -> 73.3333 */
  CU_ASSERT_STRING_EQUAL(cell(&f, "to_better", 0),
                         "差10分：税收+10万元，或占地面积-3.077㎡，或综合能耗-26.6667吨标准煤");
  tear_down(&f);
  set_firms(&f, 1);
  of(&f, "tax_wan")[0] = 50;
  of(&f, "land_area_m2")[0] = 10;
  of(&f, "energy_tce")[0] = 100;
  write_book(&f, "g", SCHEME("", "by: score, classes: [{class: A, at_least: 70}, {class: B}]", TWO(", cap: 0.6")));
  classes_are(&f, "B");
  /* land: 45 x 5/x = 42.5 -> 5.2941176, -4.7058823; energy alone gives at most 33 - 27.5 = 5.5 points */
  CU_ASSERT_STRING_EQUAL(cell(&f, "to_better", 0), "差20分：税收+32.2223万元，或占地面积-4.7059㎡");
  tear_down(&f);
  set_firms(&f, 1);
  of(&f, "tax_wan")[0] = 4;
  write_book(&f, "g", SCHEME("", LINES, "{name: t, measure: tax_wan, weight: 100, base: 10, cap: 0.5}"));
  classes_are(&f, "B"); /* 40 points; the cap is 50 */
  CU_ASSERT_STRING_EQUAL(cell(&f, "to_better", 0), "差20分，单靠一项达不到");
  tear_down(&f);
}

/* base 10, weight 100: values -2, 30, missing, 5 */
static void caps_floors_and_missing_values_follow_their_rules(void) {
  static const double value[4] = {-2, 30, NAN, 5};
  fixture f;
  grade(&f, value, 4,
        SCHEME("", LINES, "{name: t, measure: tax_wan, weight: 100, base: 10, cap: 1.5, floor: 0, missing: zero}"),
        "CACB");
  ASSERT_NEAR(number(&f, "score", 0), 0, 1e-12);
  ASSERT_NEAR(number(&f, "score", 1), 150, 1e-12);
  ASSERT_NEAR(number(&f, "score", 2), 0, 1e-12);
  const char **note = mj_table_text(&f.park.table[MJ_GRADE_POINTS], "note");
  CU_ASSERT_STRING_EQUAL(note[0], "floored");
  CU_ASSERT_STRING_EQUAL(note[1], "capped");
  CU_ASSERT_STRING_EQUAL(note[2], "zero");
  CU_ASSERT_PTR_NULL(note[3]);
  tear_down(&f);
  /* mean points of -20, 300, 50 = 110 */
  grade(&f, value, 4, SCHEME("", LINES, "{name: t, measure: tax_wan, weight: 100, base: 10, missing: group_mean}"),
        "CAAB");
  ASSERT_NEAR(number(&f, "score", 2), 110, 1e-12);
  tear_down(&f);
  grade(&f, value, 4, SCHEME("", LINES, "{name: t, measure: tax_wan, weight: 100, base: 10}"), "CA-B");
  CU_ASSERT_STRING_EQUAL(cell(&f, "state", 2), "unknown");
  CU_ASSERT_STRING_EQUAL(cell(&f, "reason", 2), "缺少：税收");
  tear_down(&f);
}

/* lower is better: base 10; 20 gives half, 5 gives twice */
static void less_is_better_where_the_rulebook_says_so(void) {
  static const double value[3] = {20, 5, 0};
  fixture f;
  grade(&f, value, 3, SCHEME("", LINES, "{name: t, measure: tax_wan, weight: 100, base: 10, direction: lower}"), "BA-");
  ASSERT_NEAR(number(&f, "score", 0), 50, 1e-12);
  ASSERT_NEAR(number(&f, "score", 1), 200, 1e-12);
  /* 60 points: 10/x = 0.6, x = 16.6667 */
  CU_ASSERT_STRING_EQUAL(cell(&f, "to_better", 0), "差10分：税收-3.3334万元");
  tear_down(&f);
}

/* 10, 8, 6, 4 and one without a value. N is 5, border round(2.5) = 3. C2 is 2nd or 3rd: A. C3 is 3rd or 4th: open. */
static void rows_without_a_score_hold_a_place_that_decides(void) {
  static const double value[5] = {10, 8, 6, 4, NAN};
  fixture f;
  grade(&f, value, 5, SCHEME("", HALVES, TAX), "AA-B-");
  CU_ASSERT_STRING_EQUAL(cell(&f, "reason", 2), "另有1家没有得分，类别在A至B之间");
  CU_ASSERT_EQUAL(mj_table_i64(grades(&f), "group_size")[0], 5);
  /* C4 is sure of A only above the second of the others */
  ASSERT_NEAR(number(&f, "score_to_better", 3), 4, 1e-12);
  tear_down(&f);
  grade(&f, value, 5, SCHEME("", HALVES ", unknown: leave_out", TAX), "AABB-");
  CU_ASSERT_EQUAL(mj_table_i64(grades(&f), "group_size")[0], 4);
  tear_down(&f);
}

static void a_small_group_gets_no_classes(void) {
  static const double value[3] = {3, 2, 1};
  fixture f;
  grade(&f, value, 3, SCHEME("", HALVES ", min_size: 4", TAX), "---");
  CU_ASSERT_STRING_EQUAL(cell(&f, "state", 0), "small");
  ASSERT_NEAR(number(&f, "score", 0), 3, 1e-12);
  tear_down(&f);
  grade(&f, value, 3, SCHEME("", HALVES ", min_size: 3", TAX), "AAB"); /* round(1.5) = 2 */
  tear_down(&f);
}

/* output_wan stands for the exemption's and the veto's fact. Exempt rows leave the group: of 8, 6, 4, 2 two are A. */
static void exempt_rows_take_no_place_and_unknown_ones_may(void) {
  static const double value[5] = {10, 8, 6, 4, 2};
  fixture f;
  set_firms(&f, 5);
  tax(&f, value);
  for (int i = 0; i < 5; i++) of(&f, "output_wan")[i] = i == 0;
  write_book(&f, "g", SCHEME("exempt: [{when: output_wan > 0, class: T, text: 新办}],", HALVES, TAX));
  classes_are(&f, "TAABB");
  CU_ASSERT_STRING_EQUAL(cell(&f, "state", 0), "exempt");
  CU_ASSERT_STRING_EQUAL(cell(&f, "reason", 0), "新办");
  tear_down(&f);
  set_firms(&f, 5);
  tax(&f, value);
  for (int i = 1; i < 5; i++) of(&f, "output_wan")[i] = 0; /* C1: not known */
  write_book(&f, "g", SCHEME("exempt: [{when: output_wan > 0, class: T, text: 新办}],", HALVES, TAX));
  /* without C1 border 2 of 4, with it round(2.5) = 3 of 5: C4 is A only as the third of 5, with C1 behind it */
  classes_are(&f, "-AA-B");
  CU_ASSERT_STRING_EQUAL(cell(&f, "reason", 0), "不能判断：新办");
  tear_down(&f);
}

static void vetoes_fix_or_bound_the_class(void) {
  static const double value[4] = {10, 8, 6, NAN};
  fixture f;
  set_firms(&f, 4);
  tax(&f, value);
  for (int i = 0; i < 4; i++) of(&f, "output_wan")[i] = i == 0 || i == 3;
  write_book(&f, "g",
             SCHEME("vetoes: [{when: output_wan > 0, class: B, text: 违法用地}],", HALVES ", unknown: leave_out", TAX));
  classes_are(&f, "BABB"); /* N is 3, border 2: the vetoed one keeps its place; C4 is B without a score */
  CU_ASSERT_STRING_EQUAL(cell(&f, "reason", 0), "否决：违法用地");
  CU_ASSERT_STRING_EQUAL(cell(&f, "to_better", 0), "");
  tear_down(&f);
  set_firms(&f, 3);
  tax(&f, (double[]){70, 50, 30});
  of(&f, "output_wan")[0] = of(&f, "output_wan")[2] = 1;
  write_book(&f, "g", SCHEME("vetoes: [{when: output_wan > 0, at_best: B, text: 失信}],", LINES, TAX));
  classes_are(&f, "BBC"); /* C1 falls to B; C2's veto is not known but changes nothing; C3 is worse already */
  tear_down(&f);
  set_firms(&f, 1);
  tax(&f, (double[]){70});
  write_book(&f, "g", SCHEME("vetoes: [{when: output_wan > 0, at_best: B, text: 失信}],", LINES, TAX));
  classes_are(&f, "-");
  CU_ASSERT_STRING_EQUAL(cell(&f, "reason", 0), "不能判断：失信");
  tear_down(&f);
}

#define GROUPS                                                        \
  HEAD("g")                                                           \
  "grades: {code: G, scoring: ratio,\n cuts: {" HALVES                \
  "},\n groups: [{group: above, when: above_scale, indicators: [" TAX \
  "]},\n {group: below, when: not above_scale and land_area_m2 >= 2000, indicators: [" TAX "]}]}}"
static void groups_rank_apart_and_the_rest_stays_outside(void) {
  static const double value[6] = {1, 2, 30, 20, 99, 98};
  fixture f;
  set_firms(&f, 6);
  tax(&f, value);
  uint8_t *above = mj_table_add(firms(&f), "above_scale", MJ_TRI)->tri;
  for (int i = 0; i < 6; i++) of(&f, "land_area_m2")[i] = i == 4 ? 1999 : 2000;
  for (int i = 0; i < 5; i++) above[i] = i < 2 ? MJ_YES : MJ_NO;
  of(&f, "land_area_m2")[5] = 100; /* C6: scale not known, but too small for the second group */
  write_book(&f, "g", GROUPS);
  /* above: C1, C2 and perhaps C6: N 3, border 2: C2 is 1st or 2nd: A; C1 2nd or 3rd: open */
  classes_are(&f, "-AAB--");
  CU_ASSERT_STRING_EQUAL(cell(&f, "state", 4), "outside");
  CU_ASSERT_STRING_EQUAL(cell(&f, "reason", 5), "不能判断：above");
  tear_down(&f);
}

#define MIN_MAX(cuts)                                                     \
  HEAD("g")                                                               \
  "grades: {code: G, scoring: min_max, from: 20, to: 100,\n cuts: {" cuts \
  "},\n groups: [{group: all, when: '1', indicators: [{name: t, measure: tax_wan, weight: 100}]}]}}"
/* 0, 0, 5, 10: 20, 20, 60, 100 */
static void min_max_scores_within_the_group(void) {
  static const double value[4] = {0, 0, 5, 10};
  fixture f;
  grade(&f, value, 4, MIN_MAX("by: score, classes: [{class: A, at_least: 80}, {class: B, at_least: 30}, {class: C}]"),
        "CCBA");
  ASSERT_NEAR(number(&f, "score", 0), 20, 1e-12);
  ASSERT_NEAR(number(&f, "score", 2), 60, 1e-12);
  ASSERT_NEAR(number(&f, "score", 3), 100, 1e-12);
  CU_ASSERT_STRING_EQUAL(cell(&f, "to_better", 0), "差10分：税收+1.25万元"); /* 80 points over 10 万元 */
  CU_ASSERT_STRING_EQUAL(cell(&f, "to_better", 2), "差20分：税收+2.5万元");
  CU_ASSERT_STRING_EQUAL(cell(&f, "to_worse", 2), "高出界线30分：税收-3.75万元");
  CU_ASSERT_STRING_EQUAL(cell(&f, "to_worse", 3), "高出界线20分"); /* it is the highest itself: the scale would move */
  tear_down(&f);
  grade(&f, (double[]){7, 7}, 2, MIN_MAX(HALVES), "--");
  CU_ASSERT_STRING_EQUAL(cell(&f, "reason", 0), "缺少：t（组内最大等于最小）");
  tear_down(&f);
}

/* 8 enterprises, score = tax + output. Upper half by score: C1..C4; A is 2 of 8 by tax; lower half C5..C8; C is 1 of 8,
   the lowest output. tax: 10 40 30 20 | 5 6 7 8; output: 90 50 40 45 | 35 30 25 20; score: 100 90 70 65 | 40 36 32 28
 */
#define STAGES                                                                                                         \
  "by: two_stage, upper: 0.5, classes: [{class: A, share: 0.25, points: [tax]}, {class: B}, {class: C, share: 0.125, " \
  "points: [out]}]"
static void two_stages_pick_the_ends_by_second_measures(void) {
  static const double t[8] = {10, 40, 30, 20, 5, 6, 7, 8}, o[8] = {90, 50, 40, 45, 35, 30, 25, 20};
  fixture f;
  set_firms(&f, 8);
  tax(&f, t);
  for (int i = 0; i < 8; i++) of(&f, "output_wan")[i] = o[i];
  write_book(&f, "g", SCHEME("total: 200,", STAGES, TAX ", {name: out, measure: output_wan, weight: 100, base: 100}"));
  classes_are(&f, "BAABBBBC");
  /* C1 needs the tax of the second of the others, 30: +20; output does not help */
  CU_ASSERT_STRING_EQUAL(cell(&f, "to_better", 0), "第二步指标差20分：税收+20万元");
  /* C8: the lowest but one output, 25: +5; or into the upper half, above 65: +37. Output +5 is nearer than +37 */
  CU_ASSERT_STRING_EQUAL(cell(&f, "to_better", 7), "差37分，或第二步指标差5分：税收+37万元，或工业总产值+5万元");
  /* C3 keeps A while its tax is over 20 (10 less) and its score over 40 (30 less) */
  CU_ASSERT_STRING_EQUAL(cell(&f, "to_worse", 2),
                         "高出界线30分，或第二步指标高出界线10分：税收-10万元，或工业总产值-30万元");
  tear_down(&f);
  set_firms(&f, 8);
  tax(&f, t);
  for (int i = 0; i < 7; i++) of(&f, "output_wan")[i] = o[i];
  write_book(&f, "g", SCHEME("total: 200,", STAGES, TAX ", {name: out, measure: output_wan, weight: 100, base: 100}"));
  classes_are(&f, "--------"); /* one score more or less moves the middle */
  tear_down(&f);
}

/* 5 %: 70 x 0.95 / 1.05 = 63.3 stays above 60, 62 x 0.95 / 1.05 = 56.1 does not; 55 x 1.05 / 0.95 = 60.8 rises */
static void stability_takes_every_figure_off_by_five_percent(void) {
  fixture f;
  set_firms(&f, 3);
  tax(&f, (double[]){70, 62, 55});
  for (int i = 0; i < 3; i++) of(&f, "land_area_m2")[i] = 1;
  write_book(&f, "g", SCHEME("", LINES, "{name: t, measure: tax_wan, per: land_area_m2, weight: 100, base: 100}"));
  classes_are(&f, "AAB");
  const uint8_t *stable = mj_table_tri(grades(&f), "stable");
  CU_ASSERT_EQUAL(stable[0], MJ_YES);
  CU_ASSERT_EQUAL(stable[1], MJ_NO);
  CU_ASSERT_EQUAL(stable[2], MJ_NO);
  tear_down(&f);
  set_firms(&f, 3);
  tax(&f, (double[]){70, 62, 55});
  for (int i = 0; i < 3; i++) of(&f, "land_area_m2")[i] = 1;
  write_book(&f, "g",
             SCHEME("error: 0.01,", LINES, "{name: t, measure: tax_wan, per: land_area_m2, weight: 100, base: 100}"));
  classes_are(&f, "AAB");
  stable = mj_table_tri(grades(&f), "stable");
  CU_ASSERT(stable[0] == MJ_YES && stable[1] == MJ_YES && stable[2] == MJ_YES); /* 62 x 0.99 / 1.01 = 60.8 */
  tear_down(&f);
}

/* 2024: 30 on 10 and 10 on 10: mean of values 2, total over total 2; 20 on 5 and 10 on 10: 2.5 and 2. Twice that. */
static void the_base_may_be_last_years_mean_times_two(void) {
  fixture f;
  for (int totals = 0; totals < 2; totals++) {
    set_firms(&f, 3);
    tax(&f, (double[]){10, 20, 10});
    mj_table_i64(firms(&f), "year")[1] = mj_table_i64(firms(&f), "year")[2] = YEAR - 1;
    of(&f, "land_area_m2")[0] = of(&f, "land_area_m2")[2] = 10;
    of(&f, "land_area_m2")[1] = 5;
    write_book(&f, "g",
               totals ? SCHEME("", LINES,
                               "{name: t, measure: tax_wan, per: land_area_m2, weight: 100, base: {mean: totals, of: "
                               "last_year, times: 2}}")
                      : SCHEME("", LINES,
                               "{name: t, measure: tax_wan, per: land_area_m2, weight: 100, base: {mean: values, of: "
                               "last_year, times: 2}}"));
    classes_are(&f, "C");
    ASSERT_NEAR(mj_table_f64(&f.park.table[MJ_GRADE_POINTS], "base_value")[0], totals ? 4 : 5, 1e-12);
    ASSERT_NEAR(number(&f, "score", 0), totals ? 25 : 20, 1e-12); /* 1 per m2 */
    tear_down(&f);
  }
  set_firms(&f, 2);
  tax(&f, (double[]){10, 30});
  write_book(&f, "g",
             SCHEME("", LINES, "{name: t, measure: tax_wan, weight: 100, base: {sql: AVG(tax_wan), times: 2}}"));
  classes_are(&f, "CA");                                      /* base 40: 25 and 75 */
  CU_ASSERT_STRING_EQUAL(cell(&f, "to_better", 0), "差15分"); /* the base moves with the value: no figure is told */
  tear_down(&f);
}

static void bonus_and_penalty_are_added_and_a_missing_one_is_missing(void) {
  fixture f;
  set_firms(&f, 3);
  tax(&f, (double[]){50, 50, 50});
  of(&f, "staff")[0] = 10;
  of(&f, "staff")[1] = 0;
  of(&f, "rd_wan")[0] = of(&f, "rd_wan")[2] = 0;
  of(&f, "rd_wan")[1] = 11;
  write_book(&f, "g", SCHEME("bonus: staff, penalty: rd_wan,", LINES, TAX));
  classes_are(&f, "AC-"); /* 60, 39 */
  CU_ASSERT_STRING_EQUAL(cell(&f, "reason", 2), "缺少：加分");
  tear_down(&f);
}

static void what_the_rulebook_lacks_gives_no_class(void) {
  fixture f;
  grade(&f, (double[]){1, 2}, 2, SCHEME("", HALVES, "{name: t, measure: tax_wan, weight: unknown, base: 1}"), "--");
  CU_ASSERT_STRING_EQUAL(cell(&f, "reason", 0), "缺少：t的权重（规则集未载）");
  int told = 0;
  for (int64_t i = 0; i < f.park.ledger.n; i++) told += f.park.ledger.entry[i].code == MJ_L_GRADE_NUMBER_UNKNOWN;
  CU_ASSERT_EQUAL(told, 1);
  tear_down(&f);
  grade(&f, (double[]){1, 2}, 2, SCHEME("", "by: unknown, classes: [{class: A}, {class: B}]", TAX), "--");
  ASSERT_NEAR(number(&f, "score", 1), 2, 1e-12);
  CU_ASSERT_STRING_EQUAL(cell(&f, "reason", 0), "规则集未载各类比例");
  tear_down(&f);
}

static void a_repeated_credit_code_gets_no_score(void) {
  static const double value[3] = {9, 8, 7};
  fixture f;
  set_firms(&f, 3);
  tax(&f, value);
  mj_table_text(firms(&f), "credit_code")[1] = mj_table_text(firms(&f), "credit_code")[0];
  write_book(&f, "g", SCHEME("", LINES, TAX));
  classes_are(&f, "--C");
  CU_ASSERT_STRING_EQUAL(cell(&f, "reason", 1), "同一信用代码有多行");
  tear_down(&f);
}

/* The whole is the same however many threads there are: 20000 rows are more than one chunk of either pass. */
static void threads_do_not_change_a_grade(void) {
  char *first = NULL;
  for (int threads = 1; threads <= 3; threads++) {
    fixture f;
    mj_text all = {0};
    set_firms(&f, 20000);
    f.park.project.threads = threads;
    for (int64_t i = 0; i < 20000; i++) of(&f, "tax_wan")[i] = (double)(i * 7919 % 20011);
    write_book(&f, "g", SCHEME("", HALVES, TAX));
    CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
    for (int64_t i = 0; i < 20000; i++)
      mj_text_format(&all, "%s %s %s\n", cell(&f, "class", i), cell(&f, "to_better", i), cell(&f, "to_worse", i));
    CU_ASSERT_FATAL(!all.failed);
    if (!first) first = strdup(all.data);
    CU_ASSERT_STRING_EQUAL(first, all.data);
    mj_text_reset(&all);
    tear_down(&f);
  }
  free(first);
}

SUITE_OF(grades, T(quotas_are_rounded_as_the_rulebook_says), T(equal_scores_at_a_border_share_a_class),
         T(the_score_to_beat_is_that_of_the_last_place), T(lines_turn_into_tax_or_land),
         T(a_figure_counts_wherever_it_stands_and_caps_end_it), T(caps_floors_and_missing_values_follow_their_rules),
         T(less_is_better_where_the_rulebook_says_so), T(rows_without_a_score_hold_a_place_that_decides),
         T(a_small_group_gets_no_classes), T(exempt_rows_take_no_place_and_unknown_ones_may),
         T(vetoes_fix_or_bound_the_class), T(groups_rank_apart_and_the_rest_stays_outside),
         T(min_max_scores_within_the_group), T(two_stages_pick_the_ends_by_second_measures),
         T(stability_takes_every_figure_off_by_five_percent), T(the_base_may_be_last_years_mean_times_two),
         T(bonus_and_penalty_are_added_and_a_missing_one_is_missing), T(what_the_rulebook_lacks_gives_no_class),
         T(threads_do_not_change_a_grade), T(a_repeated_credit_code_gets_no_score));
