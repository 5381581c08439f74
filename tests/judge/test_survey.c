/* Which values to supply first. */
#include "judge/survey.h"
#include "test.h"

static mj_arena arena;

/* Needs of up to eight verdicts as digits: "012" needs the values 0, 1 and 2. */
static mj_rb_survey order(int n, const char *const *needs) {
  int64_t first[9] = {0}, at = 0;
  int32_t need[64];
  mj_rb_survey out;
  for (int v = 0; v < n; v++) {
    for (const char *p = needs[v]; *p; p++) need[at++] = *p - '0';
    first[v + 1] = at;
  }
  mj_rb_needs all = {.n_verdicts = n, .first = first, .need = need, .n_values = 10};
  CU_ASSERT_EQUAL_FATAL(mj_rb_survey_order(&all, &arena, &out), MJ_OK);
  return out;
}

static void is(mj_rb_survey got, const char *values, const char *firm) {
  char v[16] = "", f[16] = "";
  for (int32_t i = 0; i < got.n; i++) v[i] = (char)('0' + got.value[i]), f[i] = (char)('0' + got.firm[i]);
  ASSERT_TEXT(v, values);
  ASSERT_TEXT(f, firm);
  mj_arena_reset(&arena);
}

static void the_value_that_settles_most_comes_first(void) {
  is(order(4, (const char *const[]){"1", "2", "2", "3"}), "213", "234");
}

/* 0 and 1 together settle three verdicts, 1.5 a value; 2 settles one. */
static void a_set_counts_the_verdicts_inside_it(void) {
  is(order(4, (const char *const[]){"2", "01", "0", "1"}), "012", "134");
}

/* Once 0 is there, "01" needs one value; "23" still needs two. */
static void what_is_there_already_makes_the_rest_cheaper(void) {
  is(order(4, (const char *const[]){"23", "0", "0", "01"}), "0123", "2334");
}

/* 4 alone settles one verdict a value, as do 5 and 6; the first verdict's goes first. */
static void ties_go_to_the_first_verdict(void) {
  is(order(3, (const char *const[]){"6", "4", "5"}), "645", "123");
  is(order(3, (const char *const[]){"56", "34", "12"}), "563412", "011223");
}

/* All need 9, the layer that is not there: with it each is one value from being firm. */
static void a_value_that_all_need_is_supplied_with_the_first(void) {
  is(order(3, (const char *const[]){"09", "19", "29"}), "9012", "0123");
}

static void nothing_to_settle_needs_nothing(void) { is(order(0, NULL), "", ""); }

/* Against trying: the first step settles as many a value as any verdict's set does, and the last firm number is all. */
static void every_first_step_is_as_good_as_the_best(void) {
  unsigned seed = 7;
  for (int round = 0; round < 200; round++) {
    char text[8][8];
    const char *needs[8];
    double best = 0;
    for (int v = 0; v < 8; v++) {
      int n = 0;
      seed = seed * 1103515245 + 12345;
      unsigned bits = (seed >> 16) & 31;
      if (!bits) bits = 1;
      for (int k = 0; k < 5; k++)
        if (bits >> k & 1) text[v][n++] = (char)('0' + k);
      text[v][n] = 0;
      needs[v] = text[v];
    }
    for (int v = 0; v < 8; v++) {
      int inside = 0;
      for (int w = 0; w < 8; w++) inside += strspn(text[w], text[v]) == strlen(text[w]);
      double rate = inside / (double)strlen(text[v]);
      if (rate > best) best = rate;
    }
    mj_rb_survey got = order(8, needs);
    double rate = 0;
    for (int32_t k = 0; k < got.n; k++)
      if ((double)got.firm[k] / (k + 1) > rate) rate = (double)got.firm[k] / (k + 1);
    CU_ASSERT(rate >= best - 1e-12);
    ASSERT_INT(got.firm[got.n - 1], 8);
    mj_arena_reset(&arena);
  }
}

SUITE_OF(survey, T(the_value_that_settles_most_comes_first), T(a_set_counts_the_verdicts_inside_it),
         T(what_is_there_already_makes_the_rest_cheaper), T(ties_go_to_the_first_verdict),
         T(a_value_that_all_need_is_supplied_with_the_first), T(nothing_to_settle_needs_nothing),
         T(every_first_step_is_as_good_as_the_best));
