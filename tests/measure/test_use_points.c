#include "fixture.h"
#include "measure/enterprises.h"

static const rect plots[] = {{0, 0, 100, 100}, {200, 0, 100, 100}, {400, 0, 100, 100}};
enum { A, B, C, ROWS = 7 };

/* The middle of a parcel in degrees: its corners' mean. */
static void middle(const mj_park *park, int parcel, double *lon, double *lat) {
  *lon = *lat = 0;
  for (int k = 0; k < 4; k++) {
    *lon += park->lon_deg[5 * parcel + k] / 4;
    *lat += park->lat_deg[5 * parcel + k] / 4;
  }
}

/* Six enterprises that name A, B, C in turn and tell a place in its middle; a seventh names nothing and stands on C. */
static void fill(mj_park *park, double east_deg, int named) {
  double lon[ROWS], lat[ROWS];
  const char *code[ROWS] = {"1", "2", "3", "4", "5", "6", "7"}, *parcel[ROWS] = {0};
  static const char *const ids[] = {"A", "B", "C"};
  new_park(park);
  mj_table *t = lay(park, MJ_PARCELS, 3, plots);
  texts(t, "parcel_id", ids);
  numbers(t, "area_recorded_m2", (double[]){10000, 10000, 10000});
  must(mj__measure_areas(park, NULL));
  must(mj__measure_basis(park, NULL));
  for (int i = 0; i < ROWS; i++) {
    middle(park, i == ROWS - 1 ? C : i % 3, &lon[i], &lat[i]);
    lon[i] += east_deg;
    if (i < named) parcel[i] = ids[i % 3];
  }
  mj_table *e = &park->table[MJ_ENTERPRISES];
  must(mj_table_init(e, "enterprises", ROWS));
  texts(e, "credit_code", code);
  texts(e, "parcel_id", parcel);
  years(e, (int[]){2025, 2025, 2025, 2025, 2025, 2025, 2025});
  numbers(e, "tax_wan", (double[]){1, 2, 4, 8, 16, 32, 64});
  numbers(e, "lon_deg", lon);
  numbers(e, "lat_deg", lat);
  must(mj__measure_enterprises(park, NULL));
}

static void a_row_without_a_code_is_where_it_stands(void) {
  mj_park park;
  fill(&park, 0, 6);
  const double *tax = mj_table_f64(&park.table[MJ_PARCELS], "tax_wan");
  ASSERT_NEAR(tax[A], 1 + 8, 0);
  ASSERT_NEAR(tax[C], 4 + 32 + 64, 0);
  ASSERT_INT(entries(&park, MJ_L_USE_FROM_POINT), 1);
  CU_ASSERT_STRING_EQUAL(first_entry(&park, MJ_L_USE_FROM_POINT)->expected, "C");
  ASSERT_INT(entries(&park, MJ_L_JOIN_NO_KEY), 0);
  mj_park_reset(&park);
}

/* 0.002 degrees are about 200 m: every place then lies on the next parcel, or on none. */
static void places_that_are_off_are_not_trusted(void) {
  mj_park park;
  fill(&park, 0.002, 6);
  ASSERT_NEAR(mj_table_f64(&park.table[MJ_PARCELS], "tax_wan")[C], 4 + 32, 0);
  ASSERT_INT(entries(&park, MJ_L_USE_FROM_POINT), 0);
  ASSERT_INT(entries(&park, MJ_L_USE_POINTS_DOUBTED), 1);
  CU_ASSERT_STRING_EQUAL(first_entry(&park, MJ_L_USE_POINTS_DOUBTED)->found, "0 / 6");
  ASSERT_INT(entries(&park, MJ_L_JOIN_NO_KEY), 1);
  mj_park_reset(&park);
}

static void too_few_to_try_them_on_are_not_trusted(void) {
  mj_park park;
  fill(&park, 0, 4);
  ASSERT_INT(entries(&park, MJ_L_USE_FROM_POINT), 0);
  CU_ASSERT_STRING_EQUAL(first_entry(&park, MJ_L_USE_POINTS_DOUBTED)->found, "4 / 4");
  ASSERT_INT(entries(&park, MJ_L_JOIN_NO_KEY), 3);
  mj_park_reset(&park);
}

SUITE_OF(use_points, T(a_row_without_a_code_is_where_it_stands), T(places_that_are_off_are_not_trusted),
         T(too_few_to_try_them_on_are_not_trusted));
