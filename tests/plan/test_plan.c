#include "mujun/rooms.h"
#include "test.h"

enum { N = 6 };

static void numbers(mj_table *t, const char *name, const double *v) {
  memcpy(mj_table_add(t, name, MJ_F64)->f64, v, sizeof(double) * (size_t)t->n);
}
static void verdicts(mj_table *t, const char *name, const uint8_t *v) {
  memcpy(mj_table_add(t, name, MJ_TRI)->tri, v, (size_t)t->n);
}

/* 10,000 m2 each, the last without a known area. */
static mj_table *planned(mj_park *park) {
  *park = (mj_park){0};
  park->project.headroom_min_m2 = (double)NAN;
  mj_table *t = &park->table[MJ_PARCELS];
  CU_ASSERT_EQUAL_FATAL(mj_table_init(t, "parcels", N), MJ_OK);
  numbers(t, "area_planar_m2", (double[]){10000, 10000, 10000, 10000, 10000, NAN});
  mj_column *basis = mj_table_add(t, "plot_ratio_basis", MJ_TEXT);
  for (int i = 0; i < N - 1; i++) basis->text[i] = "planar";
  numbers(t, "plot_ratio_cap", (double[]){2, 2, 2, NAN, 2, 2});
  numbers(t, "plot_ratio_min", (double[]){1, 1, NAN, 1, 1, 1});
  numbers(t, "countable_floor_area_m2", (double[]){5000, 25000, 19500, 5000, NAN, 5000});
  return t;
}

static void headroom_is_cap_times_land_less_floor_area_and_never_negative(void) {
  mj_park park;
  mj_table *t = planned(&park);
  ASSERT_INT(mj_plan(&park, NULL), MJ_OK);
  const double *h = mj_table_f64(t, "headroom_m2"), *over = mj_table_f64(t, "plot_ratio_excess_m2"),
               *under = mj_table_f64(t, "plot_ratio_shortfall_m2");
  ASSERT_NEAR(h[0], 15000, 0);
  ASSERT_NEAR(over[0], 0, 0);
  ASSERT_NEAR(under[0], 5000, 0);
  ASSERT_NEAR(h[1], 0, 0);
  ASSERT_NEAR(over[1], 5000, 0);
  ASSERT_NEAR(h[2], 500, 0);
  CU_ASSERT(isnan(h[3]) && isnan(h[4]) && isnan(h[5]) && isnan(over[5]) && isnan(under[2]));
  mj_park_reset(&park);
}

/* Judged with that cap, the headroom is the least that makes a candidate. */
static void the_breakpoint_of_the_cap_gives_the_least_headroom(void) {
  mj_park park;
  mj_table *t = planned(&park);
  park.project.headroom_min_m2 = 800;
  ASSERT_INT(mj_plan(&park, NULL), MJ_OK);
  const double *at = mj_table_f64(t, "plot_ratio_cap_breakpoint");
  ASSERT_NEAR(at[0], 0.58, 1e-15);
  ASSERT_NEAR(at[1], 2.58, 1e-15);
  ASSERT_NEAR(at[3], 0.58, 1e-15);
  CU_ASSERT(isnan(at[4]) && isnan(at[5]));
  double cap[N];
  for (int i = 0; i < N; i++) cap[i] = at[i] + 1e-9;
  mj_park_reset(&park);
  t = planned(&park);
  park.project.headroom_min_m2 = 800;
  memcpy(mj_table_f64(t, "plot_ratio_cap"), cap, sizeof cap);
  ASSERT_INT(mj_plan(&park, NULL), MJ_OK);
  for (int i = 0; i < 4; i++) ASSERT_NEAR(mj_table_f64(t, "headroom_m2")[i], 800, 1e-4);
  mj_park_reset(&park);
}

static void the_status_is_the_first_that_holds(void) {
  mj_park park;
  mj_table *t = planned(&park);
  verdicts(t, "idle", (uint8_t[]){MJ_YES, MJ_NO, MJ_NO, MJ_NO, MJ_UNKNOWN, MJ_NO});
  verdicts(t, "inefficient", (uint8_t[]){MJ_YES, MJ_YES, MJ_NO, MJ_NO, MJ_NO, MJ_UNKNOWN});
  ASSERT_INT(mj_plan(&park, NULL), MJ_OK);
  const char **status = mj_table_text(t, "status");
  const uint8_t *candidate = mj_table_tri(t, "candidate");
  const char *want[] = {"idle", "inefficient", "normal", "insufficient", "insufficient", "insufficient"};
  const uint8_t is[] = {MJ_YES, MJ_YES, MJ_NO, MJ_UNKNOWN, MJ_UNKNOWN, MJ_UNKNOWN};
  for (int i = 0; i < N; i++) {
    ASSERT_TEXT(status[i], want[i]);
    ASSERT_INT(candidate[i], is[i]);
  }
  mj_park_reset(&park);
}

static void headroom_makes_a_candidate_from_the_rulebooks_minimum_on(void) {
  mj_park park;
  mj_table *t = planned(&park);
  verdicts(t, "idle", (uint8_t[]){0, 0, 0, 0, 0, 0});
  verdicts(t, "inefficient", (uint8_t[]){0, 0, 0, 0, 0, 0});
  park.project.headroom_min_m2 = 500;
  ASSERT_INT(mj_plan(&park, NULL), MJ_OK);
  ASSERT_TEXT(mj_table_text(t, "status")[2], "headroom");
  ASSERT_INT(mj_table_tri(t, "candidate")[2], MJ_YES);
  ASSERT_TEXT(mj_table_text(t, "status")[1], "normal");
  mj_park_reset(&park);
}

static void land_that_is_not_industrial_is_no_candidate_by_its_headroom(void) {
  mj_park park;
  mj_table *t = planned(&park);
  verdicts(t, "idle", (uint8_t[]){0, 0, 0, 0, 0, 0});
  verdicts(t, "inefficient", (uint8_t[]){0, 0, 0, 0, 0, 0});
  verdicts(t, "industrial", (uint8_t[]){MJ_NO, MJ_YES, MJ_UNKNOWN, MJ_NO, MJ_NO, MJ_NO});
  park.project.headroom_min_m2 = 500;
  ASSERT_INT(mj_plan(&park, NULL), MJ_OK);
  ASSERT_TEXT(mj_table_text(t, "status")[0], "normal");
  ASSERT_INT(mj_table_tri(t, "candidate")[0], MJ_NO);
  ASSERT_NEAR(mj_table_f64(t, "headroom_m2")[0], 15000, 0);
  ASSERT_INT(mj_table_tri(t, "candidate")[2], MJ_YES);
  mj_park_reset(&park);
}

SUITE_OF(plan, T(land_that_is_not_industrial_is_no_candidate_by_its_headroom),
         T(headroom_is_cap_times_land_less_floor_area_and_never_negative),
         T(the_breakpoint_of_the_cap_gives_the_least_headroom), T(the_status_is_the_first_that_holds),
         T(headroom_makes_a_candidate_from_the_rulebooks_minimum_on));
