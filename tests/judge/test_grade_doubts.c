/* How firm a grade is: the weight that has to move least, and the score in which no outlier counts much. Worked out in
   the comments. */
#include "grades.h"

#define PAIR                                                                                                               \
  "{name: tax, text: {zh: 税收, en: tax}, measure: tax_wan, weight: 50, base: 100}, {name: out, text: {zh: 产值, en: " \
  "output}, measure: output_wan, weight: 50, base: 100}"
#define LINES "by: score, classes: [{class: A, at_least: 60}, {class: B, at_least: 40}, {class: C}]"

static void weigh(fixture *f, const double *t, const double *o, int64_t n, const char *yaml, const char *want) {
  set_firms(f, n);
  tax(f, t);
  for (int64_t i = 0; i < n; i++) of(f, "output_wan")[i] = o[i];
  write_book(f, "g", yaml);
  classes_are(f, want);
}

static void flip_is(const fixture *f, int64_t row, const char *text, const char *indicator, double to,
                    const char *cls) {
  CU_ASSERT_STRING_EQUAL(cell(f, "weight_flip", row), text);
  CU_ASSERT_STRING_EQUAL(cell(f, "weight_flip_indicator", row), indicator);
  CU_ASSERT_STRING_EQUAL(cell(f, "weight_flip_class", row), cls);
  double got = number(f, "weight_flip_to", row);
  CU_ASSERT(isnan(to) ? isnan(got) : fabs(got - to) < 1e-9);
}

#define NEVER "任何一项权重单独变化都不改变类别"

/* 80 and 20 of 100: 0.8 w + 0.2 (100 - w) = 60 at w = 66.6667 (16.6667 more), 40 at 33.3333. Equal distances upwards
   and downwards: upwards. The other weight from 50 to 33.3333 is the same change: the first indicator is named; upwards
   it leads to C. 100 and 100 give 100 whatever the weights. */
static void a_line_is_reached_where_the_score_meets_it(void) {
  fixture f;
  weigh(&f, (double[]){80, 100, 58}, (double[]){20, 100, 64}, 3, SCHEME("", LINES, PAIR), "BAA");
  flip_is(&f, 0, "税收 50→66.6667：A", "税收", 200 / 3.0, "A");
  flip_is(&f, 1, NEVER, "", NAN, "");
  /* 0.58 w + 0.64 (100 - w) = 60 at w = 66.6667; 61 now. From there on below. */
  flip_is(&f, 2, "税收 50→66.6667：B", "税收", 200 / 3.0, "B");
  const mj_table *points = &f.park.table[MJ_GRADE_POINTS];
  ASSERT_NEAR(mj_table_f64(points, "weight_flip_to")[0], 200 / 3.0, 1e-9);
  ASSERT_NEAR(mj_table_f64(points, "weight_flip_to")[1], 200 / 3.0, 1e-9);
  CU_ASSERT_STRING_EQUAL(mj_table_text(points, "weight_flip_class")[1], "C");
  CU_ASSERT_PTR_NULL(mj_table_text(points, "weight_flip_class")[2]);
  tear_down(&f);
  weigh(&f, (double[]){80}, (double[]){20}, 1, SCHEME("bonus: tax_wan / 10,", LINES, PAIR), "B"); /* 50 + 8 */
  flip_is(&f, 0, "税收 50→53.3334：A", "税收", 160 / 3.0, "A"); /* 0.6 w = 60 - 20 - 8 */
  tear_down(&f);
}

/* w of 100 for tax: C1 w, C2 70 - 0.1 w, C3 85 - 0.45 w, C4 10 + 0.1 w; two are A. C1 meets C3 at 85/1.45 = 58.6207 */
static void the_border_moves_with_everyone(void) {
  fixture f;
  const double t[4] = {100, 60, 40, 20}, o[4] = {0, 70, 85, 10};
  weigh(&f, t, o, 4, SCHEME("", HALVES, PAIR), "BAAB");
  flip_is(&f, 0, "税收 50→58.6207：A", "税收", 85 / 1.45, "A");
  flip_is(&f, 1, NEVER, "", NAN, "");
  flip_is(&f, 2, "税收 50→58.6207：B", "税收", 85 / 1.45, "B");
  flip_is(&f, 3, NEVER, "", NAN, "");
  tear_down(&f);
  /* of three in order A, B, C: at w = 50 50, 65, 62.5; C1 passes C3 at 58.6207 (C to B), C2 at 63.6364; C3 passes C2
     at 42.8571, nearer than 58.6207 */
  weigh(&f, t, o, 3,
        SCHEME("", "by: rank, classes: [{class: A, share: 0.33}, {class: B, share: 0.33}, {class: C, share: 0.34}]",
               PAIR),
        "CAB");
  flip_is(&f, 0, "税收 50→58.6207：B", "税收", 85 / 1.45, "B");
  flip_is(&f, 1, "税收 50→42.8571：B", "税收", 15 / .35, "B");
  flip_is(&f, 2, "税收 50→42.8571：A", "税收", 15 / .35, "A");
  tear_down(&f);
}

/* Equal now, not with other weights: the tie gives both A, and any change parts them: upwards C2 falls behind,
 * downwards C1. */
static void a_tie_breaks_at_once(void) {
  fixture f;
  weigh(&f, (double[]){60, 40, 0}, (double[]){40, 60, 0}, 3,
        SCHEME("", "by: rank, classes: [{class: A, share: 0.33}, {class: B, share: 0.67}]", PAIR), "AAB");
  flip_is(&f, 0, "税收 50→50：B", "税收", 50, "B");
  flip_is(&f, 1, "税收 50→50：B", "税收", 50, "B");
  flip_is(&f, 2, NEVER, "", NAN, "");
  tear_down(&f);
}

/* C3 has no score and may stand anywhere. C1 is the first of the two others whatever the weights; with 100 and 0
   against 1 and 50 it is so above 33.6 only, and what it is below depends on C3. */
static void unknown_scores_that_matter_leave_it_open(void) {
  fixture f;
  weigh(&f, (double[]){100, 1, NAN}, (double[]){100, 1, 1}, 3, SCHEME("", HALVES, PAIR), "A--");
  flip_is(&f, 0, NEVER, "", NAN, "");
  flip_is(&f, 1, "", "", NAN, "");
  tear_down(&f);
  weigh(&f, (double[]){100, 1, NAN}, (double[]){0, 50, 1}, 3, SCHEME("", HALVES, PAIR), "A--");
  flip_is(&f, 0, "", "", NAN, "");
  tear_down(&f);
}

/* 70 is A for tax up to 100; a veto of class B fixes it; at_best B leaves the lower border, 40, at w = 0.8 w + 0 = 40
 */
static void vetoes_take_borders_away(void) {
  fixture f;
  weigh(&f, (double[]){100}, (double[]){40}, 1, SCHEME("vetoes: [{when: tax_wan > 1, class: B}],", LINES, PAIR), "B");
  flip_is(&f, 0, NEVER, "", NAN, "");
  tear_down(&f);
  weigh(&f, (double[]){80}, (double[]){0}, 1,
        SCHEME("bonus: staff, vetoes: [{when: tax_wan > 1, at_best: B}],", LINES, PAIR),
        "-"); /* the bonus is not known */
  flip_is(&f, 0, "", "", NAN, "");
  tear_down(&f);
  /* 0.8 w: 80 at most, 60 at 75, 40 at 50: it is B now, C just below 50, and A above 75 is barred */
  weigh(&f, (double[]){80}, (double[]){2}, 1, SCHEME("vetoes: [{when: tax_wan > 1, at_best: B}],", LINES, PAIR), "B");
  flip_is(&f, 0, "税收 50→48.7179：C", "税收", 38 / .78, "C");
  tear_down(&f);
}

static void one_indicator_has_no_other_to_take_from(void) {
  fixture f;
  grade(&f, (double[]){50}, 1, SCHEME("", LINES, TAX), "B");
  flip_is(&f, 0, NEVER, "", NAN, "");
  tear_down(&f);
}

/* The classes of 12 enterprises with that weight of three. */
enum { MANY = 12 };
static void classes_at(const char *cuts, const double w[3], char got[MANY][8], fixture *kept) {
  static const double figure[3][MANY] = {{90, 15, 62, 33, 71, 8, 55, 47, 20, 84, 39, 28},
                                         {10, 77, 35, 81, 22, 95, 40, 58, 66, 5, 88, 31},
                                         {44, 50, 91, 12, 36, 60, 7, 83, 72, 25, 18, 97}};
  static const char *const column_of[3] = {"tax_wan", "output_wan", "rd_wan"};
  char yaml[2000];
  fixture f, *use = kept ? kept : &f;
  snprintf(yaml, sizeof yaml,
           SCHEME("", "%s",
                  "{name: tax, measure: tax_wan, weight: %.17g, base: 100}, {name: out, measure: output_wan, weight: "
                  "%.17g, base: 100}, {name: rd, measure: rd_wan, weight: %.17g, base: 100}"),
           cuts, w[0], w[1], w[2]);
  set_firms(use, MANY);
  for (int k = 0; k < 3; k++)
    for (int i = 0; i < MANY; i++) of(use, column_of[k])[i] = figure[k][i];
  write_book(use, "g", yaml);
  mj_status status = judge(use);
  if (status) printf("\n    %s", use->err.message);
  CU_ASSERT_EQUAL_FATAL(status, MJ_OK);
  for (int i = 0; i < MANY; i++) snprintf(got[i], sizeof got[i], "%.7s", cell(use, "class", i));
  if (!kept) tear_down(use);
}

/* One weight there, the others in their proportions. */
static void move(const double w[3], int k, double to, double out[3]) {
  to = fmin(fmax(to, 0), 100);
  for (int j = 0; j < 3; j++) out[j] = j == k ? to : w[j] * (100 - to) / (100 - w[k]);
}

/* Graded again with the weights on either side of each border that is told: just before it the class is the old one,
   just beyond it the one that was told; and nowhere between does it change. */
static int borders_hold(const char *cuts) {
  const double w[3] = {50, 30, 20};
  char now[MANY][8], then[MANY][8];
  fixture f;
  int told = 0;
  classes_at(cuts, w, now, &f);
  const mj_table *p = &f.park.table[MJ_GRADE_POINTS];
  for (int i = 0; i < MANY; i++)
    for (int k = 0; k < 3; k++) {
      double to = mj_table_f64(p, "weight_flip_to")[3 * i + k], moved[3];
      const char *cls = mj_table_text(p, "weight_flip_class")[3 * i + k];
      double far = isnan(to) ? fmax(w[k], 100 - w[k]) : fabs(to - w[k]);
      for (int step = 1; step < 4; step++)
        for (int side = -1; side < 2; side += 2) {
          double at = w[k] + side * far * step / 4;
          if (at < 0 || at > 100) continue;
          move(w, k, at, moved);
          classes_at(cuts, moved, then, NULL);
          CU_ASSERT_STRING_EQUAL(then[i], now[i]);
        }
      if (isnan(to)) continue;
      move(w, k, to + (to > w[k] ? -1e-5 : 1e-5), moved);
      classes_at(cuts, moved, then, NULL);
      CU_ASSERT_STRING_EQUAL(then[i], now[i]);
      move(w, k, to + (to > w[k] ? 1e-5 : -1e-5), moved);
      classes_at(cuts, moved, then, NULL);
      if (strcmp(then[i], cls) != 0)
        printf("\n    %s: row %d, weight %d to %.12g: %s, not %s", cuts, i, k, to, then[i], cls);
      CU_ASSERT_STRING_EQUAL(then[i], cls);
      told++;
    }
  tear_down(&f);
  return told;
}

static void grading_again_beyond_a_border_gives_the_class_that_was_told(void) {
  CU_ASSERT(borders_hold(
                "by: rank, classes: [{class: A, share: 0.25}, {class: B, share: 0.5}, {class: C, share: 0.25}]") > 15);
  CU_ASSERT(borders_hold("by: score, classes: [{class: A, at_least: 55}, {class: B, at_least: 40}, {class: C}]") > 15);
  CU_ASSERT(
      borders_hold("by: two_stage, upper: 0.5, classes: [{class: A, share: 0.25, points: [tax]}, {class: B}, {class: "
                   "C, share: 0.25, points: [out, rd]}]") > 15);
  CU_ASSERT(
      borders_hold("by: two_stage, upper: 0.6, ties: worse, classes: [{class: A, share: 0.2, measure: rd_wan}, {class: "
                   "B}, {class: C, share: 0.3, points: [out]}]") > 10);
}

/* 0, 1 ... 19 and 1000: the 5th percentile is 1, the 95th 19. 10 is half way: 50 points, officially 1. */
static void min_max_runs_between_percentiles(void) {
  double value[21];
  fixture f;
  for (int i = 0; i < 20; i++) value[i] = i;
  value[20] = 1000;
  set_firms(&f, 21);
  tax(&f, value);
  write_book(&f, "g",
             HEAD("g") "grades: {code: G, scoring: min_max, cuts: {by: score, classes: [{class: A, at_least: 50}, "
                       "{class: B}]}, groups: [{group: all, when: '1', indicators: [{name: t, measure: tax_wan, weight: "
                       "100}]}]}}");
  classes_are(&f, "BBBBBBBBBBBBBBBBBBBBA");
  ASSERT_NEAR(number(&f, "score", 10), 1, 1e-12);
  ASSERT_NEAR(number(&f, "score_robust", 10), 50, 1e-12);
  ASSERT_NEAR(number(&f, "score_robust", 0), 0, 1e-12);
  ASSERT_NEAR(number(&f, "score_robust", 20), 100, 1e-12);
  CU_ASSERT_STRING_EQUAL(cell(&f, "class_robust", 10), "A");
  CU_ASSERT_STRING_EQUAL(cell(&f, "class_robust", 9), "B");
  tear_down(&f);
}

/* 1, 2, 3, 4, 90: mean 20, median 3; without a cap of its own the ratios 1/3 2/3 1 4/3 30 are capped at
   4/3 + 0.8 (30 - 4/3) = 24.2667 */
#define MEAN(cap) "{name: t, measure: tax_wan, weight: 100, base: {mean: values}" cap "}"
static void ratios_stand_over_the_median(void) {
  const double value[5] = {1, 2, 3, 4, 90};
  fixture f;
  grade(&f, value, 5, SCHEME("", LINES, MEAN("")), "CCCCA");
  ASSERT_NEAR(number(&f, "score", 2), 15, 1e-12);
  ASSERT_NEAR(number(&f, "score_robust", 2), 100, 1e-12);
  ASSERT_NEAR(number(&f, "score_robust", 4), 100 * (4 / 3. + .8 * (30 - 4 / 3.)), 1e-9);
  CU_ASSERT_STRING_EQUAL(cell(&f, "class_robust", 1), "A"); /* 66.7 */
  tear_down(&f);
  grade(&f, value, 5, SCHEME("", LINES, MEAN(", cap: 1.5")), "CCCCA");
  ASSERT_NEAR(number(&f, "score_robust", 4), 150, 1e-12);
  tear_down(&f);
}

/* A base that is a number, and a cap: nothing is left to be robust about. Without a cap the 95th percentile caps. */
static void a_fixed_base_with_a_cap_gives_the_official_score(void) {
  const double value[5] = {1, 2, 3, 4, 90};
  fixture f;
  grade(&f, value, 5, SCHEME("", LINES, "{name: t, measure: tax_wan, weight: 100, base: 7, cap: 2}"), "CCBBA");
  for (int i = 0; i < 5; i++) {
    CU_ASSERT_EQUAL(number(&f, "score_robust", i), number(&f, "score", i));
    CU_ASSERT_STRING_EQUAL(cell(&f, "class_robust", i), cell(&f, "class", i));
  }
  tear_down(&f);
  grade(&f, value, 5, SCHEME("", LINES, "{name: t, measure: tax_wan, weight: 100, base: 10}"), "CCCBA");
  ASSERT_NEAR(number(&f, "score_robust", 4), 100 * (.4 + .8 * (9 - .4)), 1e-9);
  ASSERT_NEAR(number(&f, "score_robust", 3), 40, 1e-9);
  tear_down(&f);
}

SUITE_OF(grade_doubts, T(a_line_is_reached_where_the_score_meets_it), T(the_border_moves_with_everyone),
         T(a_tie_breaks_at_once), T(unknown_scores_that_matter_leave_it_open), T(vetoes_take_borders_away),
         T(one_indicator_has_no_other_to_take_from), T(grading_again_beyond_a_border_gives_the_class_that_was_told),
         T(min_max_runs_between_percentiles), T(ratios_stand_over_the_median),
         T(a_fixed_base_with_a_cap_gives_the_official_score));
