#include "fixture.h"
#include "measure/enterprises.h"

/*
 * Three parcels of 10,000 m2 (15 mu). O owns A and B, and lets floor on A to T1 and T2; Q owns C by the land record and
 * is in no other table; T2 rents half of what stands on C.
 *   A, 6,000 m2 of floor: O owns 6,000 and lets 3,000, so uses 3,000; T1 2,000; T2 1,000: shares 1/2, 1/3, 1/6
 *   B, 4,000: O          C, 1,000: T2 500, the rest is not known: 1/2, 1/2
 * Tax: O 70 by floor 3,000 : 4,000 = 30 on A, 40 on B; T1 30 on A; T2 30 by 1,000 : 500 = 20 on A, 10 on C.
 */
static const rect plots[] = {{0, 0, 100, 100}, {200, 0, 100, 100}, {400, 0, 100, 100}};

static void fill(mj_park *park) {
  new_park(park);
  mj_table *t = lay(park, MJ_PARCELS, 3, plots);
  texts(t, "parcel_id", (const char *[]){"A", "B", "C"});
  texts(t, "owner_code", (const char *[]){"O", "O", "Q"});
  numbers(t, "area_recorded_m2", (double[]){10000, 10000, 10000});
  must(mj__measure_areas(park, NULL));
  must(mj__measure_basis(park, NULL));
  numbers(t, "floor_area_m2", (double[]){6000, 4000, 1000});
  mj_table *e = &park->table[MJ_ENTERPRISES];
  must(mj_table_init(e, "enterprises", 3));
  texts(e, "credit_code", (const char *[]){"O", "T1", "T2"});
  years(e, (int[]){2025, 2025, 2025});
  numbers(e, "tax_wan", (double[]){70, 30, 30});
  mj_table *o = &park->table[MJ_OCCUPANCIES];
  must(mj_table_init(o, "occupancies", 5));
  texts(o, "credit_code", (const char *[]){"O", "O", "T1", "T2", "T2"});
  texts(o, "parcel_id", (const char *[]){"A", "B", "A", "A", "C"});
  texts(o, "occupancy_role", (const char *[]){"自有", "自有", "承租", "承租", "承租"});
  numbers(o, "floor_area_m2", (double[]){6000, 4000, 2000, 1000, 500});
}

/* Row of the table; FATAL where there is none. */
static int64_t find(const mj_park *park, const char *code, const char *way) {
  const mj_table *t = &park->table[MJ_ATTRIBUTIONS];
  for (int64_t i = 0; i < t->n; i++)
    if (!strcmp(mj_table_text(t, "credit_code")[i], code) && !strcmp(mj_table_text(t, "attribution")[i], way)) return i;
  CU_FAIL_FATAL("no such row");
  return -1;
}

static void is(const mj_park *park, const char *code, const char *way, const char *unit, int firms, int parcels,
               double mu, double tax) {
  const mj_table *t = &park->table[MJ_ATTRIBUTIONS];
  int64_t i = find(park, code, way);
  CU_ASSERT_STRING_EQUAL(mj_table_text(t, "unit_code")[i], unit);
  ASSERT_INT(mj_table_tri(t, "measured")[i], !strcmp(code, unit) ? MJ_YES : MJ_NO);
  ASSERT_INT(mj_table_i64(t, "unit_enterprises")[i], firms);
  ASSERT_INT(mj_table_i64(t, "unit_parcels")[i], parcels);
  ASSERT_NEAR(mj_table_f64(t, "land_mu")[i], mu, 1e-12 * mu);
  if (isnan(tax)) CU_ASSERT(isnan(mj_table_f64(t, "tax_wan")[i]))
  else ASSERT_NEAR(mj_table_f64(t, "tax_wan")[i], tax, 1e-12 * tax);
  if (!isnan(tax)) ASSERT_NEAR(mj_table_f64(t, "tax_wan_per_mu")[i], tax / mu, 1e-12 * tax);
}

static double item(const mj_park *park, const char *measure, const char *name) {
  const mj_table *t = &park->table[MJ_RECONCILIATION];
  for (int64_t i = 0; i < t->n; i++)
    if (!strcmp(mj_table_text(t, "measure")[i], measure) && !strcmp(mj_table_text(t, "item")[i], name))
      return mj_table_f64(t, "value")[i];
  return NAN;
}

static void land_and_tax_in_all_four_ways(void) {
  mj_park park;
  fill(&park);
  must(mj__measure_enterprises(&park, NULL));
  is(&park, "O", "owner", "O", 2, 2, 30, 120); /* 30 + 30 + 20 on A, 40 on B */
  is(&park, "T1", "owner", "O", 2, 2, 30, 120);
  is(&park, "T2", "owner", "Q", 2, 1, 15, 10); /* half of C is more than a sixth of A */
  is(&park, "Q", "owner", "Q", 2, 1, 15, 10);
  is(&park, "O", "merged", "O", 3, 3, 45, 130);
  is(&park, "T2", "merged", "O", 3, 3, 45, 130); /* O uses most land and stands for all */
  is(&park, "O", "floor_area", "O", 1, 2, 22.5, 70);
  is(&park, "T1", "floor_area", "T1", 1, 1, 5, 30);
  is(&park, "T2", "floor_area", "T2", 1, 2, 10, 30);
  is(&park, "O", "apart", "O", 1, 2, 22.5, 70);
  ASSERT_NEAR(item(&park, "land_m2_by_floor_area", "source"), 30000, 1e-9);
  ASSERT_NEAR(item(&park, "land_m2_by_floor_area", "units"), 25000, 1e-9);
  ASSERT_NEAR(item(&park, "land_m2_by_floor_area", "unknown_use"), 5000, 1e-9);
  ASSERT_NEAR(item(&park, "tax_wan_by_owner", "units"), 130, 1e-9);
  for (int k = 0; k < 4; k++) {
    static const char *const ways[] = {"by_owner", "merged", "by_floor_area", "apart"};
    char land[64], tax[64];
    snprintf(land, sizeof land, "land_m2_%s", ways[k]);
    snprintf(tax, sizeof tax, "tax_wan_%s", ways[k]);
    ASSERT_NEAR(item(&park, land, "residual"), 0, 3e-5);
    ASSERT_NEAR(item(&park, tax, "residual"), 0, 1e-7);
  }
  mj_park_reset(&park);
}

/* T1 leases 2,000 m2 and uses 500; 400 m2 of A stand empty; O then uses
 * 6,000 - 2,000 - 1,000 - 400 = 2,600, as it says. */
static void what_is_leased_and_empty_is_the_tenants_when_it_is_measured_apart(void) {
  mj_park park;
  fill(&park);
  numbers(&park.table[MJ_OCCUPANCIES], "used_area_m2", (double[]){2600, NAN, 500, NAN, NAN});
  mj_table *u = &park.table[MJ_FACTORY_UNITS];
  must(mj_table_init(u, "factory_units", 1));
  texts(u, "unit_id", (const char *[]){"A-1"});
  texts(u, "parcel_id", (const char *[]){"A"});
  texts(u, "state", (const char *[]){"空置"});
  numbers(u, "floor_area_m2", (double[]){400});
  must(mj__measure_enterprises(&park, NULL));
  is(&park, "T1", "floor_area", "T1", 1, 1, 15 * 500 / 6000., 30);
  is(&park, "T1", "apart", "T1", 1, 1, 15 * 2000 / 6000., 30);
  is(&park, "O", "floor_area", "O", 1, 2, 15 * 2600 / 6000. + 15, 70);
  is(&park, "O", "apart", "O", 1, 2, 15 * 3000 / 6000. + 15, 70); /* with the 400 that stand empty */
  const mj_table *p = &park.table[MJ_PARCELS];
  ASSERT_NEAR(mj_table_f64(p, "floor_in_use_m2")[0], 2600 + 500 + 1000, 1e-9);
  ASSERT_NEAR(mj_table_f64(p, "floor_unused_m2")[0], 1500, 1e-9);
  ASSERT_NEAR(mj_table_f64(p, "floor_vacant_m2")[0], 400, 1e-9);
  mj_park_reset(&park);
}

static void one_missing_figure_leaves_its_units_without(void) {
  mj_park park;
  fill(&park);
  mj_table_f64(&park.table[MJ_ENTERPRISES], "tax_wan")[1] = NAN; /* T1 */
  must(mj__measure_enterprises(&park, NULL));
  is(&park, "O", "owner", "O", 2, 2, 30, NAN);
  is(&park, "O", "merged", "O", 3, 3, 45, NAN);
  is(&park, "O", "floor_area", "O", 1, 2, 22.5, 70);
  is(&park, "T2", "owner", "Q", 2, 1, 15, 10);
  ASSERT_NEAR(item(&park, "tax_wan_merged", "source"), 100, 1e-9);
  ASSERT_NEAR(item(&park, "tax_wan_merged", "in_units_that_lack_some"), 100, 1e-9);
  ASSERT_NEAR(item(&park, "tax_wan_by_owner", "in_units_that_lack_some"), 90, 1e-9);
  ASSERT_NEAR(item(&park, "tax_wan_by_owner", "residual"), 0, 1e-9);
  mj_park_reset(&park);
}

SUITE_OF(attribute, T(land_and_tax_in_all_four_ways),
         T(what_is_leased_and_empty_is_the_tenants_when_it_is_measured_apart),
         T(one_missing_figure_leaves_its_units_without));
