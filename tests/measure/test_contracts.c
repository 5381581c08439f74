#include "lists.h"

enum { N = 10 };

/* A finished in time, B not started, C nothing known of its finish; D is two parcels. */
static mj_table *contracts(mj_park *park) {
  mj_table *p = five_parcels(park), *t = bare(park, MJ_CONTRACTS, N);
  numbers(p, "area_recorded_m2", (double[]){20000, 10000, 10000, 1, 1});
  numbers(p, "area_contract_m2", (double[]){16000, NAN, 10000, 1, 1});
  numbers(p, "fixed_investment_wan", (double[]){7200, NAN, NAN, 1, 1});
  numbers(p, "invested_wan", (double[]){1, 3000, NAN, 1, 1});
  numbers(p, "output_wan_per_mu", (double[]){500, 400, NAN, 1, 1});
  numbers(p, "tax_wan_per_mu", (double[]){30, 20, 10, 1, 1});
  numbers(p, "plot_ratio", (double[]){1.5, 0, 0.9, 1, 1});
  days(p, "finished_on", (const char *[]){"2020-06-30", NULL, NULL, NULL, NULL});
  mj_column *started = mj_table_add(p, "started", MJ_TRI);
  CU_ASSERT_PTR_NOT_NULL_FATAL(started);
  started->tri[0] = MJ_YES;
  started->tri[1] = MJ_NO;
  texts(t, "contract_id", (const char *[]){"1", "2", "3", "4", "5", "6", "7", "8", "9", "1"});
  texts(t, "parcel_id", (const char *[]){"A", "B", "C", "A", "B", "A", "D", "X", "C", "C"});
  numbers(t, "land_area_m2", (double[]){NAN, NAN, NAN, 12000, NAN, NAN, NAN, NAN, NAN, NAN});
  numbers(t, "invest_wan_per_mu", (double[]){300, 250, 1, 300, 250, NAN, 1, 1, NAN, NAN});
  numbers(t, "output_wan_per_mu", (double[]){500, 300, 1, 500, 300, NAN, 1, 1, NAN, NAN});
  numbers(t, "tax_wan_per_mu", (double[]){30, 20, 9, 31, 10, NAN, NAN, NAN, NAN, NAN});
  numbers(t, "plot_ratio_min", (double[]){1.2, 1, 0.9, NAN, NAN, NAN, NAN, 1, NAN, NAN});
  days(t, "finish_due",
       (const char *[]){"2020-06-30", "2021-03-31", "2021-03-31", "2020-06-29", "2026-04-01", NULL, NULL, NULL,
                        "2026-03-31", NULL});
  return t;
}

static const char *text(const mj_table *t, const char *name, int row) { return mj_table_text(t, name)[row]; }

/* 7200 over 16000 m2 = 24 mu: 300; over the contract's own 12000 m2 = 18 mu: 400; B: 3000 over 15 mu recorded. */
static void investment_is_over_the_land_of_the_contract(void) {
  mj_park park;
  mj_table *t = contracts(&park);
  must(mj__measure_contracts(&park, NULL));
  const double *mu = mj_table_f64(t, "land_mu"), *is = mj_table_f64(t, "invest_actual_wan_per_mu");
  ASSERT_NEAR(mu[0], 24, 1e-12);
  ASSERT_TEXT(text(t, "land_basis", 0), "contract");
  ASSERT_NEAR(is[0], 300, 1e-9);
  ASSERT_TEXT(text(t, "invest_source", 0), "fixed");
  ASSERT_NEAR(is[3], 400, 1e-9);
  ASSERT_NEAR(mj_table_f64(t, "invest_margin_wan_per_mu")[3], 100, 1e-9);
  ASSERT_NEAR(mu[1], 15, 1e-12);
  ASSERT_TEXT(text(t, "land_basis", 1), "recorded");
  ASSERT_TEXT(text(t, "invest_source", 1), "so_far");
  ASSERT_NEAR(is[1], 200, 1e-9);
  ASSERT_TEXT(text(t, "invest_source", 2), NULL);
  CU_ASSERT(isnan(mu[7]) && isnan(is[7]));
  mj_park_reset(&park);
}

/* Each item, then the whole. 0 and "-" stand for nothing agreed. */
static void items_are_met_or_not_or_not_known(void) {
  static const struct {
    const char *invest, *output, *tax, *ratio, *finish;
    uint8_t met;
  } want[N] = {{"yes", "yes", "yes", "yes", "yes", MJ_YES},
               {"no", "yes", "yes", "no", "no", MJ_NO},
               {"unknown", "unknown", "yes", "yes", "unknown", MJ_UNKNOWN},
               {"yes", "yes", "no", NULL, "no", MJ_NO},
               {"unknown", "yes", "yes", NULL, "unknown", MJ_UNKNOWN}, /* due tomorrow: 200 of 250 is no breach yet */
               {NULL, NULL, NULL, NULL, NULL, MJ_UNKNOWN},
               {"unknown", "unknown", NULL, NULL, NULL, MJ_UNKNOWN},
               {"unknown", "unknown", NULL, "unknown", NULL, MJ_UNKNOWN},
               {NULL, NULL, NULL, NULL, "unknown", MJ_UNKNOWN},
               {NULL, NULL, NULL, NULL, NULL, MJ_UNKNOWN}};
  mj_park park;
  mj_table *t = contracts(&park);
  must(mj__measure_contracts(&park, NULL));
  for (int i = 0; i < N; i++) {
    ASSERT_TEXT(text(t, "meets_invest", i), want[i].invest);
    ASSERT_TEXT(text(t, "meets_output", i), want[i].output);
    ASSERT_TEXT(text(t, "meets_tax", i), want[i].tax);
    ASSERT_TEXT(text(t, "meets_plot_ratio", i), want[i].ratio);
    ASSERT_TEXT(text(t, "meets_finish", i), want[i].finish);
    ASSERT_INT(mj_table_tri(t, "met")[i], want[i].met);
  }
  mj_park_reset(&park);
}

static void a_finish_is_judged_when_it_is_due(void) {
  mj_park park;
  mj_table *t = contracts(&park);
  must(mj__measure_contracts(&park, NULL));
  const int64_t *margin = mj_table_i64(t, "finish_margin_days");
  static const char *const state[N] = {"finished", "due", "due", "finished", "not_due", "finished", NULL, NULL, "due"};
  for (int i = 0; i < N; i++) ASSERT_TEXT(text(t, "due_state", i), state[i]);
  ASSERT_INT(margin[0], 0);
  ASSERT_INT(margin[3], -1);
  ASSERT_INT(margin[1], -1826); /* five years with one leap day: known not to be started */
  ASSERT_INT(margin[2], MJ_I64_NULL);
  ASSERT_INT(margin[4], MJ_I64_NULL);
  ASSERT_TEXT(text(t, "meets_finish", 8), "unknown"); /* due on the very day */
  mj_park_reset(&park);
}

static void codes_that_stand_twice_are_told(void) {
  mj_park park;
  mj_table *t = contracts(&park);
  must(mj__measure_contracts(&park, NULL));
  ASSERT_TEXT(text(t, "zone", 0), "north");
  ASSERT_INT(entries(&park, MJ_L_LIST_REPEATED), 1);
  ASSERT_INT(entries(&park, MJ_L_CONTRACTS_ON_PARCEL), 5); /* A and C three times, B twice */
  ASSERT_INT(entries(&park, MJ_L_LIST_NO_PARCEL), 1);
  ASSERT_INT(entries(&park, MJ_L_LIST_DUPLICATE_PARCEL), 1);
  mj_park_reset(&park);
}

/* A land of 16 m2 (ha read as m2) against 20,000 measured is no land to divide by. */
static void land_that_slipped_is_passed_over(void) {
  mj_park park;
  mj_table *t = contracts(&park);
  numbers(&park.table[MJ_PARCELS], "area_ellipsoid_m2", (double[]){20000, 10000, 10000, 1, 1});
  mj_table_f64(t, "land_area_m2")[0] = 16;
  must(mj__measure_contracts(&park, NULL));
  ASSERT_NEAR(mj_table_f64(t, "land_mu")[0], 24, 1e-12);
  mj_park_reset(&park);
}

SUITE_OF(contracts, T(investment_is_over_the_land_of_the_contract), T(items_are_met_or_not_or_not_known),
         T(a_finish_is_judged_when_it_is_due), T(codes_that_stand_twice_are_told), T(land_that_slipped_is_passed_over));
