#include "fixture.h"

/* Zones north and south meet at y = 100; the second parcel has a quarter in the south, the third lies outside, the
 * fourth has no shape. */
static const rect plots[] = {{0, 120, 50, 50}, {100, 75, 40, 100}, {5000, 5000, 10, 10}, {0, 0, 0, 0}};
static const rect bands[] = {{-10, 100, 1000, 500}, {-10, -400, 1000, 500}};

static mj_table *zoned(mj_park *park) {
  new_park(park);
  mj_table *t = lay(park, MJ_PARCELS, 4, plots);
  texts(t, "parcel_id", (const char *[]){"A", "B", "C", "D"});
  texts(lay(park, MJ_ZONES, 2, bands), "zone", (const char *[]){"北", "南"});
  must(mj__measure_areas(park, NULL));
  must(mj__measure_zones(park, NULL));
  return t;
}

static void the_zone_is_the_one_of_largest_overlap(void) {
  mj_park park;
  mj_table *t = zoned(&park);
  const char **zone = mj_table_text(t, "zone");
  const double *share = mj_table_f64(t, "zone_share");
  ASSERT_TEXT(zone[0], "北");
  ASSERT_TEXT(zone[1], "北");
  ASSERT_NEAR(share[0], 1, 1e-12);
  ASSERT_NEAR(share[1], 0.75, 1e-12);
  ASSERT_TEXT(zone[2], NULL);
  ASSERT_NEAR(share[2], 0, 0);
  ASSERT_TEXT(zone[3], NULL);
  CU_ASSERT(isnan(share[3]));
  ASSERT_INT(entries(&park, MJ_L_PARCEL_OUTSIDE_ZONES), 1);
  mj_park_reset(&park);
}

static void the_long_table_has_every_share_and_they_add_up(void) {
  mj_park park;
  zoned(&park);
  const mj_table *z = &park.table[MJ_PARCEL_ZONES];
  ASSERT_INT(z->n, 3);
  const double *overlap = mj_table_f64(z, "overlap_m2"), *share = mj_table_f64(z, "share");
  ASSERT_NEAR(overlap[0], 2500, 1e-9);
  ASSERT_NEAR(overlap[1], 3000, 1e-9);
  ASSERT_NEAR(overlap[2], 1000, 1e-9);
  ASSERT_NEAR(share[1] + share[2], 1, 1e-12);
  ASSERT_TEXT(mj_table_text(z, "parcel_id")[2], "B");
  ASSERT_TEXT(mj_table_text(z, "zone")[2], "南");
  mj_park_reset(&park);
}

static void plan_units_weigh_the_cap_by_area_where_they_know_one(void) {
  mj_park park;
  new_park(&park);
  mj_table *t = lay(&park, MJ_PARCELS, 2, (rect[]){{0, 0, 100, 100}, {0, 200, 100, 100}});
  mj_table *plan = lay(&park, MJ_PLAN_UNITS, 3, (rect[]){{0, 0, 60, 100}, {60, 0, 40, 100}, {0, 200, 50, 100}});
  numbers(plan, "plot_ratio_cap", (double[]){2, 3, NAN});
  mj_table *lines = lay(&park, MJ_CONTROL_LINES, 2, (rect[]){{0, 0, 30, 100}, {30, 0, 20, 100}});
  texts(lines, "level", (const char *[]){"一级", "二级"});
  must(mj__measure_areas(&park, NULL));
  must(mj__measure_plans(&park, NULL));
  ASSERT_NEAR(mj_table_f64(t, "plan_cap")[0], 2.4, 1e-12);
  ASSERT_NEAR(mj_table_f64(t, "plan_share")[0], 1, 1e-12);
  CU_ASSERT(isnan(mj_table_f64(t, "plan_cap")[1]));
  ASSERT_NEAR(mj_table_f64(t, "plan_share")[1], 0.5, 1e-12);
  ASSERT_INT(entries(&park, MJ_L_PLAN_PARTLY_COVERED), 1);
  ASSERT_NEAR(mj_table_f64(t, "control_share")[0], 0.5, 1e-12);
  ASSERT_TEXT(mj_table_text(t, "control_level")[0], "一级");
  ASSERT_NEAR(mj_table_f64(t, "control_share")[1], 0, 0);
  mj_park_reset(&park);
}

SUITE_OF(zones, T(the_zone_is_the_one_of_largest_overlap), T(the_long_table_has_every_share_and_they_add_up),
         T(plan_units_weigh_the_cap_by_area_where_they_know_one));
