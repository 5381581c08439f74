#include "plan/plots_fixture.h"

static const double caps[] = {1, 2, 3}, setbacks[] = {5, 10};
static const char *const sets[] = {"S", "M"};

static double f64(const mj_park *park, const char *name, int64_t row) {
  return mj_table_f64(&park->table[MJ_FIT_SWEEP], name)[row];
}
static int64_t i64(const mj_park *park, const char *name, int64_t row) {
  return mj_table_i64(&park->table[MJ_FIT_SWEEP], name)[row];
}

/* A, where nothing stands: 3, 6 and 8 storeys of 1058.4 m2 on 3600, 7200 and 10800 m2. B beside its 1,200 m2: the open
 * land takes none (2400 m2 are under 3 storeys), 5 and 8; cleared it takes as many as A, less 1,200. */
static void caps_are_tried_out_by_hand(void) {
  mj_park park;
  plots(&park);
  must(mj_fit_sweep(&park, &(mj_fit_values){.cap = caps, .n_caps = 3}, NULL));
  const mj_table *t = &park.table[MJ_FIT_SWEEP];
  CU_ASSERT_EQUAL_FATAL(t->n, 3);
  const double net[] = {3175.2 + 1975.2, 6350.4 + 5292, 2 * 8467.2}, gross[] = {2 * 3175.2, 6350.4 + 5292, 2 * 8467.2},
               open[] = {3175.2, 6350.4 + 5292, 2 * 8467.2}, rebuild[] = {1975.2, 0, 0};
  for (int k = 0; k < 3; k++) {
    ASSERT_NEAR(f64(&park, "cap", k), caps[k], 0);
    ASSERT_NEAR(f64(&park, "net_m2", k), net[k], 1e-6);
    ASSERT_NEAR(f64(&park, "gross_m2", k), gross[k], 1e-6);
    ASSERT_NEAR(f64(&park, "open_m2", k), open[k], 1e-6);
    ASSERT_NEAR(f64(&park, "rebuild_m2", k), rebuild[k], 1e-6);
    ASSERT_NEAR(f64(&park, "storeys_m2", k), 0, 0);
    ASSERT_NEAR(f64(&park, "cleared_m2", k), 0, 0);
    CU_ASSERT(isnan(f64(&park, "setback_m", k)));
    ASSERT_INT(i64(&park, "modules", k), 2);
    ASSERT_INT(i64(&park, "fitted_count", k), 2);
    ASSERT_INT(i64(&park, "gaining_count", k), 2);
    ASSERT_INT(i64(&park, "unknown_count", k), 0);
    ASSERT_TEXT(mj_table_text(t, "modules_used")[k], "S,M");
    ASSERT_TEXT(mj_table_text(t, "zone")[k], "park");
  }
  mj_park_reset(&park);
}

/* Setbacks outermost, then sets of modules, then caps. 10 m leave 40 m, and M is 58.8 m long. */
static void every_combination_has_its_rows_by_zone(void) {
  mj_park park;
  plots(&park);
  must(mj_fit_sweep(&park,
                    &(mj_fit_values){.cap = caps,
                                     .n_caps = 3,
                                     .setback_m = setbacks,
                                     .n_setbacks = 2,
                                     .modules = sets,
                                     .n_modules = 2,
                                     .by_zone = true},
                    NULL));
  const mj_table *t = &park.table[MJ_FIT_SWEEP];
  CU_ASSERT_EQUAL_FATAL(t->n, 2 * 2 * 3 * 3);
  for (int64_t k = 0; k < t->n; k++) {
    static const char *const zones[] = {"east", "outside", "park"};
    bool fits = k < 9; /* 5 m and S */
    ASSERT_INT(i64(&park, "combination", k), k / 3 + 1);
    ASSERT_TEXT(mj_table_text(t, "zone")[k], zones[k % 3]);
    ASSERT_TEXT(mj_table_text(t, "modules_used")[k], sets[k / 9 % 2]);
    ASSERT_NEAR(f64(&park, "setback_m", k), setbacks[k / 18], 0);
    ASSERT_NEAR(f64(&park, "cap", k), caps[k / 3 % 3], 0);
    CU_ASSERT_EQUAL(f64(&park, "net_m2", k) > 0, fits);
    ASSERT_INT(i64(&park, "fitted_count", k), k % 3 == 2 ? 2 : 1);
  }
  ASSERT_NEAR(f64(&park, "net_m2", 3), 6350.4, 1e-6);
  ASSERT_NEAR(f64(&park, "net_m2", 4), 5292, 1e-6);
  mj_park_reset(&park);
}

/* Without caps each parcel keeps its own: 2.0 and none. What stands unknown is in no net. */
static void what_is_not_tried_out_stays_as_it_is(void) {
  mj_park park;
  plots(&park);
  mj_table *parcels = &park.table[MJ_PARCELS];
  mj_table_f64(parcels, "footprint_m2")[1] = (double)NAN;
  int columns = parcels->n_columns;
  must(mj_fit_sweep(&park, &(mj_fit_values){.setback_m = setbacks, .n_setbacks = 2}, NULL));
  CU_ASSERT(isnan(f64(&park, "cap", 0)));
  ASSERT_NEAR(f64(&park, "net_m2", 0), 6350.4 + 8467.2 - 1200, 1e-6); /* clearing B needs no footprint */
  mj_table_f64(parcels, "countable_floor_area_m2")[1] = (double)NAN;
  must(mj_fit_sweep(&park, &(mj_fit_values){.setback_m = setbacks, .n_setbacks = 2}, NULL));
  ASSERT_NEAR(f64(&park, "net_m2", 0), 6350.4, 1e-6);
  ASSERT_NEAR(f64(&park, "cleared_m2", 0), 8467.2, 1e-6);
  ASSERT_INT(i64(&park, "unknown_count", 0), 1);
  ASSERT_INT(parcels->n_columns, columns);
  CU_ASSERT(!mj_park_has(&park, MJ_FIT_OPTIONS) && !mj_park_has(&park, MJ_FIT));
  ASSERT_NEAR(park.project.fit.limits.setback_road_m, 5, 0);
  mj_park_reset(&park);
}

/* The tables of a run with a value are those that trying it out sums up. */
static void a_run_of_its_own_agrees(void) {
  mj_park park;
  plots(&park);
  must(mj_fit_set(&park, &(mj_fit_values){.cap = &caps[1], .n_caps = 1}, NULL));
  must(mj_plan(&park, NULL));
  const mj_table *t = &park.table[MJ_FIT_OPTIONS];
  CU_ASSERT_EQUAL_FATAL(t->n, 6);
  double net = 0;
  for (int64_t i = 0; i < 6; i++)
    if (mj_table_tri(t, "chosen")[i] == MJ_YES) net += mj_table_f64(t, "net_m2")[i];
  ASSERT_NEAR(net, 6350.4 + 5292, 1e-6);
  ASSERT_NEAR(mj_table_f64(t, "land_m2")[0], 3600, 0);
  ASSERT_NEAR(mj_table_f64(t, "countable_floor_area_m2")[3], 1200, 0);
  mj_park_reset(&park);
}

CU_SuiteInfo fit_sweep_suite = {
    "fit_sweep",
    NULL,
    NULL,
    NULL,
    NULL,
    (CU_TestInfo[]){T(caps_are_tried_out_by_hand), T(every_combination_has_its_rows_by_zone),
                    T(what_is_not_tried_out_stays_as_it_is), T(a_run_of_its_own_agrees), CU_TEST_INFO_NULL}};
