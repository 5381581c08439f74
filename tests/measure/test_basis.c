#include "fixture.h"

static const rect plots[] = {{0, 0, 100, 100}, {200, 0, 100, 100}, {400, 0, 100, 100}, {0, 0, 0, 0}};

static mj_table *park_with_records(mj_park *park) {
  new_park(park);
  mj_table *t = lay(park, MJ_PARCELS, 4, plots);
  numbers(t, "area_recorded_m2", (double[]){10500, NAN, NAN, NAN});
  numbers(t, "area_contract_m2", (double[]){9000, 12000, NAN, NAN});
  must(mj__measure_areas(park, NULL));
  return t;
}

static void the_default_is_recorded_then_contract_then_ellipsoid(void) {
  mj_park park;
  mj_table *t = park_with_records(&park);
  must(mj__measure_basis(&park, NULL));
  const double *mu = mj_table_f64(t, "area_mu");
  const char **basis = mj_table_text(t, "area_basis");
  ASSERT_NEAR(mu[0], 15.75, 1e-12); /* 10500 m2 x 15 / 10000 */
  ASSERT_NEAR(mu[1], 18, 1e-12);
  ASSERT_NEAR(mu[2], mj_table_f64(t, "area_ellipsoid_m2")[2] * 0.0015, 1e-12);
  ASSERT_TEXT(basis[0], "recorded");
  ASSERT_TEXT(basis[1], "contract");
  ASSERT_TEXT(basis[2], "ellipsoid");
  ASSERT_TEXT(basis[3], NULL);
  CU_ASSERT(isnan(mu[3]));
  mj_park_reset(&park);
}

static void a_list_without_fallback_leaves_the_rest_unknown(void) {
  mj_park park;
  mj_table *t = park_with_records(&park);
  park.project.basis_yield[0] = MJ_BASIS_RECORDED;
  park.project.basis_plot_ratio[0] = MJ_BASIS_PLANAR;
  must(mj__measure_basis(&park, NULL));
  CU_ASSERT(isnan(mj_table_f64(t, "area_mu")[1]));
  ASSERT_TEXT(mj_table_text(t, "plot_ratio_basis")[1], "planar");
  mj_park_reset(&park);
}

static void a_record_off_by_more_than_the_tolerance_stands_in_the_ledger(void) {
  mj_park park;
  mj_table *t = park_with_records(&park);
  texts(t, "parcel_id", (const char *[]){"A", "B", "C", "D"});
  must(mj__measure_basis(&park, NULL));
  ASSERT_INT(entries(&park, MJ_L_AREA_DIFFERS), 1); /* 10500 against 9995: 5 % */
  ASSERT_TEXT(park.ledger.entry[0].id, "A");
  ASSERT_TEXT(park.ledger.entry[0].found, "10500.00");
  mj_park_reset(&park);
  park_with_records(&park);
  park.project.area_tolerance = 0.06;
  must(mj__measure_basis(&park, NULL));
  ASSERT_INT(entries(&park, MJ_L_AREA_DIFFERS), 0);
  mj_park_reset(&park);
}

/* 100 m by 100 m: 15 mu. A record of 15 (mu for m2) divides nothing, and the ledger names the unit it fits. */
static void a_record_in_the_wrong_unit_is_passed_over(void) {
  mj_park park;
  new_park(&park);
  mj_table *t = lay(&park, MJ_PARCELS, 4, plots);
  numbers(t, "area_recorded_m2", (double[]){15, 10000, 5000, NAN});
  must(mj__measure_areas(&park, NULL));
  must(mj__measure_basis(&park, NULL));
  ASSERT_TEXT(mj_table_text(t, "area_basis")[0], "ellipsoid");
  ASSERT_NEAR(mj_table_f64(t, "area_mu")[0], 15, 0.01);
  ASSERT_TEXT(mj_table_text(t, "area_basis")[2], "recorded"); /* half is a difference, not a slip of unit */
  ASSERT_INT(entries(&park, MJ_L_AREA_IMPLAUSIBLE), 1);
  ASSERT_HAS(park.ledger.entry[0].expected, "; 15 mu = 10000.00");
  ASSERT_INT(entries(&park, MJ_L_AREA_DIFFERS), 1);
  mj_park_reset(&park);
}

static void an_area_that_stands_in_for_a_missing_record_is_said(void) {
  mj_park park;
  mj_table *t = park_with_records(&park);
  must(mj__measure_basis(&park, NULL));
  ASSERT_INT(entries(&park, MJ_L_AREA_NOT_RECORDED), 2);
  CU_ASSERT_PTR_NOT_NULL(mj_table_f64(t, "area_mu"));
  mj_park_reset(&park);
}

SUITE_OF(basis, T(a_record_in_the_wrong_unit_is_passed_over), T(an_area_that_stands_in_for_a_missing_record_is_said),
         T(the_default_is_recorded_then_contract_then_ellipsoid), T(a_list_without_fallback_leaves_the_rest_unknown),
         T(a_record_off_by_more_than_the_tolerance_stands_in_the_ledger));
