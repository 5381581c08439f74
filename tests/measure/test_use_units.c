#include "lists.h"
#include "measure/enterprises.h"

/* A of 5000 m2, B of 1000, C whose floor is not known, each with an owner that uses what it owns. */
static mj_table *units(mj_park *park, int n) {
  five_parcels(park);
  numbers(&park->table[MJ_PARCELS], "floor_area_m2", (double[]){5000, 1000, NAN, 1, 1});
  mj_table *o = bare(park, MJ_OCCUPANCIES, 3);
  texts(o, "credit_code", (const char *[]){"1", "2", "3"});
  texts(o, "parcel_id", (const char *[]){"A", "B", "C"});
  texts(o, "occupancy_role", (const char *[]){"自有", "自有", "自有"});
  numbers(o, "floor_area_m2", (double[]){5000, 600, 800});
  return bare(park, MJ_FACTORY_UNITS, n);
}

static double of(const mj_park *park, const char *column, int parcel) {
  return mj_table_f64(&park->table[MJ_PARCELS], column)[parcel];
}

/* Of A 200 m2 stand empty and another unit of which the area is not said; of C one without an area; of B 100. */
static void a_vacant_unit_without_an_area_is_not_0_m2(void) {
  mj_park park;
  mj_table *t = units(&park, 4);
  texts(t, "parcel_id", (const char *[]){"A", "A", "C", "B"});
  texts(t, "state", (const char *[]){"空置", "空置", "空置", "空置"});
  numbers(t, "floor_area_m2", (double[]){200, NAN, -3, 100});
  must(mj__measure_enterprises(&park, NULL));
  CU_ASSERT(isnan(of(&park, "floor_vacant_m2", 0)));
  CU_ASSERT(isnan(of(&park, "floor_in_use_m2", 0))); /* 5000 of the owner's, less what stands empty */
  CU_ASSERT(isnan(of(&park, "floor_vacant_m2", 2)));
  ASSERT_NEAR(of(&park, "floor_vacant_m2", 1), 100, 0);
  ASSERT_NEAR(of(&park, "floor_in_use_m2", 1), 600, 0); /* 600 and 100 stand side by side in 1000 */
  const mj_table *shares = &park.table[MJ_OCCUPANCY_SHARES];
  double vacant = 0, unknown = 0;
  for (int64_t i = 0; i < shares->n; i++) {
    const char *role = mj_table_text(shares, "use_role")[i];
    if (mj_table_i64(shares, "parcel_row")[i] != 1) continue;
    if (!strcmp(role, "vacant")) vacant += mj_table_f64(shares, "floor_m2")[i];
    if (!strcmp(role, "unknown")) unknown += mj_table_f64(shares, "floor_m2")[i];
  }
  ASSERT_NEAR(vacant, 200, 0);
  ASSERT_NEAR(unknown, 4800, 0);
  mj_park_reset(&park);
}

static void without_a_column_of_areas_no_vacant_floor_is_known(void) {
  mj_park park;
  mj_table *t = units(&park, 1);
  texts(t, "parcel_id", (const char *[]){"B"});
  texts(t, "state", (const char *[]){"空置"});
  must(mj__measure_enterprises(&park, NULL));
  CU_ASSERT(isnan(of(&park, "floor_vacant_m2", 1)));
  ASSERT_NEAR(of(&park, "floor_vacant_m2", 0), 0, 0);
  ASSERT_NEAR(of(&park, "floor_in_use_m2", 0), 5000, 0);
  mj_park_reset(&park);
}

/* A unit that a tenant has, or that stands empty from the next year on, is not vacant, whatever its area. */
static void only_what_stands_empty_in_the_year_is_unknown(void) {
  mj_park park;
  mj_table *t = units(&park, 2);
  texts(t, "parcel_id", (const char *[]){"A", "B"});
  texts(t, "state", (const char *[]){"空置", "空置"});
  texts(t, "credit_code", (const char *[]){"9", NULL});
  days(t, "since", (const char *[]){NULL, "2026-01-01"});
  must(mj__measure_enterprises(&park, NULL));
  ASSERT_NEAR(of(&park, "floor_vacant_m2", 0), 0, 0);
  ASSERT_NEAR(of(&park, "floor_vacant_m2", 1), 0, 0);
  mj_park_reset(&park);
}

/* H has .3 of its footprint on A, .3 on B (both north) and .4 on the last D (south): a unit of 100 m2 in it. */
static void a_unit_lies_on_its_buildings_parcels_and_is_listed_where_most_of_it_is(void) {
  mj_park park;
  mj_table *t = units(&park, 1);
  mj_table *b = bare(&park, MJ_BUILDINGS, 1), *pairs = bare(&park, MJ_PARCEL_BUILDINGS, 3);
  texts(b, "building_id", (const char *[]){"H"});
  whole(pairs, "parcel_row", (int[]){1, 2, 5});
  whole(pairs, "building_row", (int[]){1, 1, 1});
  numbers(pairs, "share", (double[]){.3, .3, .4});
  texts(t, "building_id", (const char *[]){"H"});
  texts(t, "state", (const char *[]){"空置"});
  numbers(t, "floor_area_m2", (double[]){100});
  must(mj__measure_enterprises(&park, NULL));
  ASSERT_NEAR(of(&park, "floor_vacant_m2", 0), 30, 1e-12);
  ASSERT_NEAR(of(&park, "floor_vacant_m2", 1), 30, 1e-12);
  ASSERT_NEAR(of(&park, "floor_vacant_m2", 4), 40, 1e-12);
  must(mj__measure_factory_units(&park, NULL));
  ASSERT_TEXT(mj_table_text(t, "zone")[0], "north");
  mj_park_reset(&park);
}

SUITE_OF(use_units, T(a_vacant_unit_without_an_area_is_not_0_m2), T(without_a_column_of_areas_no_vacant_floor_is_known),
         T(only_what_stands_empty_in_the_year_is_unknown),
         T(a_unit_lies_on_its_buildings_parcels_and_is_listed_where_most_of_it_is));
