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

static void plan_units_weigh_the_cap_by_area_where_they_know_one_for_half_of_the_parcel(void) {
  mj_park park;
  new_park(&park);
  mj_table *t =
      lay(&park, MJ_PARCELS, 4, (rect[]){{0, 0, 100, 100}, {0, 200, 100, 100}, {0, 400, 100, 100}, {0, 600, 100, 100}});
  mj_table *plan = lay(&park, MJ_PLAN_UNITS, 6,
                       (rect[]){{0, 0, 60, 100},
                                {60, 0, 40, 100},
                                {0, 200, 95, 100},
                                {95, 200, 5, 100},
                                {0, 400, 80, 100},
                                {0, 600, 100, 100}});
  numbers(plan, "plot_ratio_cap", (double[]){2, 3, NAN, 4, 1.5, 1});
  must(mj__measure_areas(&park, NULL));
  must(mj__measure_plans(&park, NULL));
  const double *cap = mj_table_f64(t, "plan_cap"), *share = mj_table_f64(t, "plan_share");
  ASSERT_NEAR(cap[0], 2.4, 1e-12);
  ASSERT_NEAR(share[0], 1, 1e-9);
  CU_ASSERT(isnan(cap[1])); /* a cap on 5 % does not speak for the parcel */
  ASSERT_NEAR(share[1], 0.05, 1e-12);
  ASSERT_INT(entries(&park, MJ_L_PLAN_TOO_LITTLE), 1);
  ASSERT_NEAR(cap[2], 1.5, 1e-12);
  ASSERT_NEAR(share[2], 0.8, 1e-12);
  ASSERT_INT(entries(&park, MJ_L_PLAN_PARTLY_COVERED), 1);
  ASSERT_INT(entries(&park, MJ_L_PLAN_OVERLAP), 0);
  mj_park_reset(&park);
}

static void units_over_each_other_are_told(void) {
  mj_park park;
  new_park(&park);
  mj_table *t = lay(&park, MJ_PARCELS, 1, (rect[]){{0, 0, 100, 100}});
  numbers(lay(&park, MJ_PLAN_UNITS, 2, (rect[]){{0, 0, 100, 100}, {-5, -5, 110, 110}}), "plot_ratio_cap",
          (double[]){1, 3});
  must(mj__measure_areas(&park, NULL));
  must(mj__measure_plans(&park, NULL));
  ASSERT_NEAR(mj_table_f64(t, "plan_share")[0], 1, 1e-9);
  ASSERT_INT(entries(&park, MJ_L_PLAN_OVERLAP), 1);
  mj_park_reset(&park);
}

/* 30 % under level 1, 29 % of it again under level 2: the lines hold 30 %, not 59 %. */
static void lines_over_each_other_cover_once(void) {
  mj_park park;
  new_park(&park);
  mj_table *t = lay(&park, MJ_PARCELS, 2, (rect[]){{0, 0, 100, 100}, {0, 200, 100, 100}});
  mj_table *lines = lay(&park, MJ_CONTROL_LINES, 3, (rect[]){{0, 0, 30, 100}, {1, 0, 29, 100}, {0, 200, 20, 100}});
  texts(lines, "level", (const char *[]){"一级", "二级", "二级"});
  must(mj__measure_areas(&park, NULL));
  must(mj__measure_plans(&park, NULL));
  ASSERT_NEAR(mj_table_f64(t, "control_share")[0], 0.3, 1e-9);
  ASSERT_TEXT(mj_table_text(t, "control_level")[0], "一级");
  ASSERT_NEAR(mj_table_f64(t, "control_share")[1], 0.2, 1e-9);
  mj_park_reset(&park);
}

/* Seventy sheets that all show the same three tenths: however many they are, they cover that ground once. */
static void any_number_of_units_over_each_other_cover_once(void) {
  enum { SHEETS = 70 };
  mj_park park;
  rect sheet[SHEETS];
  double cap[SHEETS];
  for (int i = 0; i < SHEETS; i++) {
    sheet[i] = (rect){-5, -5, 35, 110};
    cap[i] = 2;
  }
  new_park(&park);
  mj_table *t = lay(&park, MJ_PARCELS, 1, (rect[]){{0, 0, 100, 100}});
  numbers(lay(&park, MJ_PLAN_UNITS, SHEETS, sheet), "plot_ratio_cap", cap);
  must(mj__measure_areas(&park, NULL));
  must(mj__measure_plans(&park, NULL));
  ASSERT_NEAR(mj_table_f64(t, "plan_share")[0], 0.3, 1e-9);
  CU_ASSERT(isnan(mj_table_f64(t, "plan_cap")[0]));
  ASSERT_INT(entries(&park, MJ_L_PLAN_TOO_LITTLE), 1);
  mj_park_reset(&park);
}

/* Each unit alone has its area by signs; together they need GEOS, which takes no hole of two points. */
static void units_that_cannot_be_put_together_leave_the_share_unknown(void) {
  double x[] = {X0 + 20, X0 + 20}, y[] = {Y0 + 20, Y0 + 20};
  mj_park park;
  new_park(&park);
  mj_table *t = lay(&park, MJ_PARCELS, 2, (rect[]){{0, 0, 100, 100}, {0, 200, 100, 100}});
  mj_table *plan = lay(&park, MJ_PLAN_UNITS, 1, (rect[]){{-5, -5, 65, 110}});
  plan->n = 2;
  double ox[] = {X0 - 7, X0 + 50, X0 + 50, X0 - 7, X0 - 7}, oy[] = {Y0 - 7, Y0 - 7, Y0 + 310, Y0 + 310, Y0 - 7};
  must(mj_geom_push_ring(&plan->geom, 5, ox, oy));
  must(mj_geom_push_ring(&plan->geom, 2, x, y));
  must(mj_geom_end_part(&plan->geom));
  must(mj_geom_end_row(&plan->geom));
  numbers(plan, "plot_ratio_cap", (double[]){1, 3});
  must(mj__measure_areas(&park, NULL));
  must(mj__measure_plans(&park, NULL));
  CU_ASSERT(isnan(mj_table_f64(t, "plan_share")[0]) && isnan(mj_table_f64(t, "plan_cap")[0]));
  ASSERT_NEAR(mj_table_f64(t, "plan_share")[1], 0.5, 1e-9);
  ASSERT_INT(entries(&park, MJ_L_OVERLAY_FAILED), 1);
  ASSERT_TEXT(first_entry(&park, MJ_L_OVERLAY_FAILED)->field, "plan_share");
  mj_park_reset(&park);
}

/* South comes in two features of 30 % each, north in one of 40 %; a second north lies over everything. */
static void a_zone_in_several_features_is_added_up_and_zones_over_each_other_are_told(void) {
  mj_park park;
  new_park(&park);
  mj_table *t = lay(&park, MJ_PARCELS, 1, (rect[]){{0, 0, 100, 100}});
  texts(lay(&park, MJ_ZONES, 3, (rect[]){{0, 0, 30, 100}, {30, 0, 40, 100}, {70, 0, 30, 100}}), "zone",
        (const char *[]){"南", "北", "南"});
  must(mj__measure_areas(&park, NULL));
  must(mj__measure_zones(&park, NULL));
  ASSERT_TEXT(mj_table_text(t, "zone")[0], "南");
  ASSERT_NEAR(mj_table_f64(t, "zone_share")[0], 0.6, 1e-9);
  ASSERT_INT(entries(&park, MJ_L_ZONES_OVERLAP), 0);
  mj_park_reset(&park);
  new_park(&park);
  lay(&park, MJ_PARCELS, 1, (rect[]){{0, 0, 100, 100}});
  texts(lay(&park, MJ_ZONES, 2, (rect[]){{0, 0, 100, 100}, {-5, -5, 110, 110}}), "zone", (const char *[]){"南", "北"});
  must(mj__measure_areas(&park, NULL));
  must(mj__measure_zones(&park, NULL));
  ASSERT_INT(entries(&park, MJ_L_ZONES_OVERLAP), 1);
  mj_park_reset(&park);
}

/* GEOS refuses a zone like a bow tie: it may hold more of the parcel than the other one, where that holds less than
 * half; and it does not lie outside all zones. */
static void an_overlap_that_is_not_known_leaves_the_zone_unknown(void) {
  double x[] = {X0 + 60, X0 + 140, X0 + 140, X0 + 60, X0 + 60}, y[] = {Y0 + 10, Y0 + 60, Y0 + 10, Y0 + 40, Y0 + 10};
  mj_park park;
  new_park(&park);
  mj_table *t = lay(&park, MJ_PARCELS, 2, (rect[]){{0, 0, 100, 100}, {0, 150, 100, 100}});
  mj_table *z = lay(&park, MJ_ZONES, 1, (rect[]){{0, 60, 100, 500}});
  z->n = 3;
  for (int k = 0; k < 2; k++) {
    must(mj_geom_push_ring(&z->geom, 5, x, y));
    must(mj_geom_end_part(&z->geom));
    must(mj_geom_end_row(&z->geom));
    for (int i = 0; i < 5; i++) y[i] += 150;
  }
  texts(z, "zone", (const char *[]){"北", "南", "南"});
  mj_polys lines = mj_geom_view(&z->geom);
  mj_table *c = &park.table[MJ_CONTROL_LINES];
  must(mj_table_init(c, "control_lines", 2));
  c->geom.kind = MJ_GEOM_POLYGON;
  for (int k = 0; k < 2; k++) must(mj_geom_push_row(&c->geom, &lines, k));
  texts(c, "level", (const char *[]){"一级", "二级"});
  must(mj__measure_areas(&park, NULL));
  must(mj__measure_zones(&park, NULL));
  ASSERT_INT(entries(&park, MJ_L_OVERLAY_FAILED), 2);
  ASSERT_TEXT(mj_table_text(t, "zone")[0], NULL);
  CU_ASSERT(isnan(mj_table_f64(t, "zone_share")[0]));
  ASSERT_TEXT(mj_table_text(t, "zone")[1], "北");
  ASSERT_INT(entries(&park, MJ_L_PARCEL_OUTSIDE_ZONES), 0);
  must(mj__measure_plans(&park, NULL));
  ASSERT_TEXT(mj_table_text(t, "control_level")[0], NULL); /* the broken line may be the larger one */
  CU_ASSERT(isnan(mj_table_f64(t, "control_share")[0]));
  ASSERT_TEXT(mj_table_text(t, "control_level")[1], "一级");
  mj_park_reset(&park);
}

SUITE_OF(zones, T(an_overlap_that_is_not_known_leaves_the_zone_unknown), T(the_zone_is_the_one_of_largest_overlap),
         T(the_long_table_has_every_share_and_they_add_up),
         T(plan_units_weigh_the_cap_by_area_where_they_know_one_for_half_of_the_parcel),
         T(units_over_each_other_are_told), T(any_number_of_units_over_each_other_cover_once),
         T(units_that_cannot_be_put_together_leave_the_share_unknown), T(lines_over_each_other_cover_once),
         T(a_zone_in_several_features_is_added_up_and_zones_over_each_other_are_told));
