#include "fixture.h"

static const rect plots[] = {{0, 0, 100, 200}, {300, 0, 50, 40}, {0, 0, 0, 0}};

static void planar_is_the_rectangle_and_the_ellipsoid_half_a_thousandth_less(void) {
  mj_park park;
  new_park(&park);
  mj_table *t = lay(&park, MJ_PARCELS, 3, plots);
  numbers(t, "area_recorded_m2", (double[]){20100, NAN, 5});
  must(mj__measure_areas(&park, NULL));
  const double *planar = mj_table_f64(t, "area_planar_m2"), *ellipsoid = mj_table_f64(t, "area_ellipsoid_m2"),
               *tuban = mj_table_f64(t, "area_tuban_m2");
  ASSERT_NEAR(planar[0], 20000, 1e-9);
  ASSERT_NEAR(planar[1], 2000, 1e-9);
  ASSERT_NEAR(planar[0] / ellipsoid[0] - 1, 0.00053, 0.00001); /* land-rules.md 8: +494 to +530 ppm in zone 40 */
  ASSERT_NEAR(tuban[0], ellipsoid[0], 0.006);                  /* the official area is rounded to 0.01 m2 */
  ASSERT_NEAR(mj_table_f64(t, "area_recorded_diff_m2")[0], 20100 - ellipsoid[0], 1e-9);
  ASSERT_NEAR(mj_table_f64(t, "area_planar_diff_m2")[0], 20000 - ellipsoid[0], 1e-9);
  ASSERT_NEAR(park.lon_deg[0], 118.549945, 0.0005);
  ASSERT_NEAR(park.lat_deg[0], 24.9094, 0.0005);
  mj_park_reset(&park);
}

static void a_row_without_geometry_has_no_area(void) {
  mj_park park;
  new_park(&park);
  mj_table *t = lay(&park, MJ_PARCELS, 3, plots);
  must(mj__measure_areas(&park, NULL));
  CU_ASSERT(isnan(mj_table_f64(t, "area_planar_m2")[2]) && isnan(mj_table_f64(t, "area_ellipsoid_m2")[2]) &&
            isnan(mj_table_f64(t, "area_tuban_m2")[2]));
  mj_park_reset(&park);
}

static void threads_change_no_bit(void) {
  double first[5000], lon[100];
  for (int threads = 1; threads <= 7; threads += 3) {
    mj_park park;
    rect many[5000];
    new_park(&park);
    park.project.threads = threads;
    for (int i = 0; i < 5000; i++) many[i] = (rect){i % 70 * 20.25, i / 70 * 15.5, 11 + i % 7, 9 + i % 5};
    mj_table *t = lay(&park, MJ_PARCELS, 5000, many);
    must(mj__measure_areas(&park, NULL));
    const double *e = mj_table_f64(t, "area_ellipsoid_m2");
    if (threads == 1) memcpy(first, e, sizeof first), memcpy(lon, park.lon_deg, sizeof lon);
    CU_ASSERT_EQUAL(memcmp(first, e, sizeof first), 0);
    CU_ASSERT_EQUAL(memcmp(lon, park.lon_deg, sizeof lon), 0);
    mj_park_reset(&park);
  }
}

SUITE_OF(areas, T(planar_is_the_rectangle_and_the_ellipsoid_half_a_thousandth_less),
         T(a_row_without_geometry_has_no_area), T(threads_change_no_bit));
