#include "fit_fixture.h"

/* A dumb-bell: two squares of 50 m with a neck of @p neck m between them; a road below the left one alone. Each square
 * has room for one module of 20 x 30. */
static void lay_bell(mj_park *park, double neck, bool road) {
  char text[200];
  fit_park(park);
  snprintf(text, sizeof text, "0 0,50 0,50 20,70 20,70 0,120 0,120 50,70 50,70 %g,50 %g,50 50,0 50", 20 + neck,
           20 + neck);
  LAY(park, MJ_PARCELS, text, "50 -40,200 -40,200 0,50 0", "120 0,200 0,200 90,120 90", "0 50,120 50,120 90,0 90",
      "-50 0,0 0,0 90,-50 90");
  if (road) LAY(park, MJ_ROADS, "-50 -20,50 -20,50 0,-50 0");
}

static void a_neck_that_a_vehicle_passes_reaches_both(void) {
  mj_park park;
  fitted f;
  lay_bell(&park, 5, true);
  fit_first(&park, &f);
  const mj__fit_result *r = &f.parcel.way[MJ__FIT_REBUILD];
  ASSERT_INT(f.parcel.site.access, MJ_YES);
  ASSERT_INT(r->modules, 2);
  ASSERT_NEAR(r->gross_m2, 2 * 3 * 600, 1e-6);
  CU_ASSERT(isnan(r->ceiling_m2[MJ__BIND_ACCESS]));
  CU_ASSERT(!r->failed);
  drop_fit(&f);
  mj_park_reset(&park);
}

static void what_lies_behind_a_neck_too_narrow_is_left_out(void) {
  mj_park park;
  fitted f;
  lay_bell(&park, 3, true);
  fit_first(&park, &f);
  const mj__fit_result *r = &f.parcel.way[MJ__FIT_REBUILD];
  ASSERT_INT(r->modules, 1);
  CU_ASSERT(f.parcel.module[MJ__FIT_REBUILD][0].place.x < 50);
  ASSERT_NEAR(r->gross_m2, 3 * 600, 1e-6);
  ASSERT_NEAR(r->ceiling_m2[MJ__BIND_DISTANCE], 2 * 3 * 600, 1e-6);
  ASSERT_NEAR(r->ceiling_m2[MJ__BIND_ACCESS], 3 * 600, 1e-6);
  ASSERT_INT(r->binding, MJ__BIND_ACCESS);
  drop_fit(&f);
  mj_park_reset(&park);
}

/* As wide as the lane, and 3 cm less. */
static void the_width_of_the_lane_decides(void) {
  for (int k = 0; k < 2; k++) {
    mj_park park;
    fitted f;
    lay_bell(&park, k ? 3.97 : 4, true);
    fit_first(&park, &f);
    ASSERT_INT(f.parcel.way[MJ__FIT_REBUILD].modules, k ? 1 : 2);
    drop_fit(&f);
    mj_park_reset(&park);
  }
}

static void without_roads_or_a_lane_nothing_is_checked(void) {
  for (int k = 0; k < 2; k++) {
    mj_park park;
    fitted f;
    lay_bell(&park, 3, k);
    if (k) park.project.fit.limits.lane_m = NAN;
    fit_first(&park, &f);
    ASSERT_INT(f.parcel.site.access, k ? MJ_YES : MJ_UNKNOWN);
    ASSERT_INT(f.parcel.way[MJ__FIT_REBUILD].modules, 2);
    drop_fit(&f);
    mj_park_reset(&park);
  }
}

/* A flag: 3 m of it touch the road. On empty land nothing can be built; where buildings stand there is a way. */
static void a_parcel_that_no_lane_enters(void) {
  for (int stands = 0; stands < 2; stands++) {
    mj_park park;
    fitted f;
    fit_park(&park);
    LAY(&park, MJ_PARCELS, "0 0,3 0,3 40,60 40,60 100,0 100", "3 0,60 0,60 40,3 40", "-50 0,0 0,0 100,-50 100",
        "60 0,99 0,99 100,60 100", "0 100,60 100,60 150,0 150");
    LAY(&park, MJ_ROADS, "-50 -20,99 -20,99 0,-50 0");
    if (stands) {
      LAY(&park, MJ_BUILDINGS, "50 90,55 90,55 95,50 95");
      mj_table *of = &park.table[MJ_PARCEL_BUILDINGS];
      must(mj_table_init(of, "parcel_buildings", 1));
      mj_table_add(of, "parcel_row", MJ_I64)->i64[0] = 1;
      mj_table_add(of, "building_row", MJ_I64)->i64[0] = 1;
      numbers(of, "share", (double[]){1});
    }
    fit_first(&park, &f);
    const mj__fit_result *r = &f.parcel.way[MJ__FIT_REBUILD];
    ASSERT_INT(f.parcel.site.access, MJ_YES);
    ASSERT_INT(f.parcel.site.plot.n_obstacles, stands);
    CU_ASSERT(stands ? r->modules > 0 : r->modules == 0);
    ASSERT_INT(r->binding == MJ__BIND_ACCESS, !stands);
    drop_fit(&f);
    mj_park_reset(&park);
  }
}

/* Water across the neck of 20 m closes it, an easement does not: vehicles cross pipelines. */
static void water_is_in_the_way_and_an_easement_is_not(void) {
  for (int k = 0; k < 2; k++) {
    mj_park park;
    fitted f;
    lay_bell(&park, 20, true);
    LAY(&park, k ? MJ_EASEMENTS : MJ_WATER, "58 -10,62 -10,62 60,58 60");
    park.project.fit.limits.setback_water_m = 3;
    fit_first(&park, &f);
    ASSERT_INT(f.parcel.site.plot.n_fixed, 1);
    ASSERT_INT(f.parcel.way[MJ__FIT_REBUILD].modules, k ? 2 : 1);
    drop_fit(&f);
    mj_park_reset(&park);
  }
}

static void inside_an_obstacle_is_even_odd(void) {
  const mj_plot_edge e[] = {{0, 0, 9, 0, 0, 0, 0}, {9, 0, 9, 9, 0, 0, 0}, {9, 9, 0, 9, 0, 0, 0}, {0, 9, 0, 0, 0, 0, 0},
                            {3, 3, 3, 6, 0, 0, 0}, {3, 6, 6, 6, 0, 0, 0}, {6, 6, 6, 3, 0, 0, 0}, {6, 3, 3, 3, 0, 0, 0}};
  mj_plot plot = {.edge = e, .edge0 = (int32_t[]){0, 8}, .n_obstacles = 1};
  CU_ASSERT(mj__fit_is_in(&plot, 0, 1, 1, 1));
  CU_ASSERT(!mj__fit_is_in(&plot, 0, 1, 4, 4));
  CU_ASSERT(!mj__fit_is_in(&plot, 0, 1, 10, 4));
  CU_ASSERT(!mj__fit_is_in(&plot, 1, 1, 1, 1));
}

SUITE_OF(fit_access, T(a_neck_that_a_vehicle_passes_reaches_both), T(what_lies_behind_a_neck_too_narrow_is_left_out),
         T(the_width_of_the_lane_decides), T(without_roads_or_a_lane_nothing_is_checked),
         T(a_parcel_that_no_lane_enters), T(water_is_in_the_way_and_an_easement_is_not),
         T(inside_an_obstacle_is_even_odd));
