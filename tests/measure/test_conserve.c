#include "fixture.h"
#include "measure/enterprises.h"

/* Two parcels that overlap by 100 x 10 m, a third without a shape; buildings: on the overlap, half off the first
 * parcel, on no parcel, and one on the second whose floor area is not known. */
static const rect plots[] = {{0, 0, 100, 100}, {90, 0, 100, 100}, {0, 0, 0, 0}};
static const rect houses[] = {{90, 10, 10, 10}, {-10, 50, 20, 10}, {500, 500, 10, 10}, {150, 50, 10, 10}};

static void make(mj_park *park) {
  new_park(park);
  mj_table *t = lay(park, MJ_PARCELS, 3, plots);
  texts(t, "parcel_id", (const char *[]){"A", "B", "C"});
  numbers(t, "area_recorded_m2", (double[]){9999, NAN, 5000});
  mj_table *b = lay(park, MJ_BUILDINGS, 4, houses);
  texts(b, "building_id", (const char *[]){"1", "2", "3", "4"});
  numbers(b, "floors", (double[]){3, 2, 1, NAN});
  static mj_source sources[] = {
      {.role = MJ_PARCELS, .path = "p", .rows_in = 4, .rows_kept = 3, .area_in_m2 = 20050, .area_repair_m2 = 50},
      {.role = MJ_BUILDINGS, .path = "b", .rows_in = 4, .rows_kept = 4, .area_in_m2 = 500}};
  park->sources = sources, park->n_sources = 2;
  must(mj_ledger_add(&park->ledger, (mj_ledger_entry){.code = MJ_L_ROW_NO_GEOMETRY, .layer = "parcels", .row = 3}));
  must(mj_ledger_add(&park->ledger, (mj_ledger_entry){.code = MJ_L_GEOM_UNREPAIRABLE, .layer = "parcels", .row = 3}));
  must(mj_ledger_add(&park->ledger, (mj_ledger_entry){.code = MJ_L_ROW_CELLS_EXTRA, .layer = "parcels", .row = 4}));
  must(mj__measure_areas(park, NULL));
  must(mj__measure_basis(park, NULL));
  must(mj__measure_buildings(park, NULL));
  must(mj__measure_conservation(park, NULL));
}

static double line(const mj_park *park, const char *layer, const char *measure, const char *item) {
  const mj_table *t = &park->table[MJ_RECONCILIATION];
  for (int64_t i = 0; i < t->n; i++)
    if (!strcmp(mj_table_text(t, "layer")[i], layer) && !strcmp(mj_table_text(t, "measure")[i], measure) &&
        !strcmp(mj_table_text(t, "item")[i], item))
      return mj_table_f64(t, "value")[i];
  return (double)NAN;
}

static void every_row_is_in_the_table_or_told_of(void) {
  mj_park park;
  make(&park);
  ASSERT_NEAR(line(&park, "parcels", "rows", "source"), 4, 0);
  ASSERT_NEAR(line(&park, "parcels", "rows", "table"), 3, 0);
  ASSERT_NEAR(line(&park, "parcels", "rows", "ROW_CELLS_EXTRA"), 1, 0);
  ASSERT_NEAR(line(&park, "parcels", "rows", "residual"), 0, 0);
  ASSERT_NEAR(line(&park, "parcels", "rows_used", "used"), 2, 0);
  ASSERT_NEAR(line(&park, "parcels", "rows_used", "ROW_NO_GEOMETRY"), 1, 0); /* once, under its first entry */
  CU_ASSERT(isnan(line(&park, "parcels", "rows_used", "GEOM_UNREPAIRABLE")));
  ASSERT_NEAR(line(&park, "parcels", "rows_used", "residual"), 0, 0);
  mj_park_reset(&park);
}

/* The number of an entry's rows is its own field; its words are for reading. */
static void many_rows_told_as_one_count_by_their_number(void) {
  mj_park park;
  new_park(&park);
  must(mj_table_init(&park.table[MJ_ENTERPRISES], "enterprises", 40));
  must(mj_ledger_add(
      &park.ledger,
      (mj_ledger_entry){
          .code = MJ_L_YEAR_MISSING, .layer = "enterprises", .found = "rows without a year: 29", .rows = 29}));
  must(mj__measure_conservation(&park, NULL));
  ASSERT_NEAR(line(&park, "enterprises", "rows_used", "used"), 11, 0);
  ASSERT_NEAR(line(&park, "enterprises", "rows_used", "YEAR_MISSING"), 29, 0);
  ASSERT_NEAR(line(&park, "enterprises", "rows_used", "residual"), 0, 0);
  mj_park_reset(&park);
}

static void a_row_that_lost_its_shape_without_a_word_stands_in_the_residual(void) {
  mj_park park;
  new_park(&park);
  lay(&park, MJ_PARCELS, 3, plots);
  must(mj__measure_areas(&park, NULL));
  must(mj__measure_conservation(&park, NULL));
  ASSERT_NEAR(line(&park, "parcels", "rows_used", "used"), 2, 0);
  ASSERT_NEAR(line(&park, "parcels", "rows_used", "residual"), 1, 0);
  ASSERT_NEAR(line(&park, "parcels", "rows", "residual"), -3, 0); /* nobody said that rows were read */
  mj_park_reset(&park);
}

static void areas_differ_by_what_repair_took(void) {
  mj_park park;
  make(&park);
  ASSERT_NEAR(line(&park, "parcels", "area_planar_m2", "source"), 20050, 0);
  ASSERT_NEAR(line(&park, "parcels", "area_planar_m2", "table"), 20000, 1e-6);
  ASSERT_NEAR(line(&park, "parcels", "area_planar_m2", "repair"), 50, 0);
  ASSERT_NEAR(line(&park, "parcels", "area_planar_m2", "residual"), 0, 1e-6);
  CU_ASSERT(isnan(line(&park, "parcels", "area_recorded_m2", "source"))); /* what has one source reconciles nothing */
  ASSERT_NEAR(line(&park, "parcels", "area_mu", "recorded"), 14999 * 15 / 1e4,
              1e-9); /* C has no shape to doubt it by */
  ASSERT_NEAR(line(&park, "parcels", "area_mu", "residual"), 0, 1e-9);
  mj_park_reset(&park);
}

/* Known floor area: 300 on the overlap (counted on both), 400 of which half lies off, 100 on no parcel. B's sum is not
 * known for building 4, so what building 1 brings it, 300, is told apart. */
static void floor_area_is_followed_to_the_parcels(void) {
  mj_park park;
  make(&park);
  ASSERT_NEAR(line(&park, "buildings", "floor_area_m2", "source"), 800, 1e-6);
  ASSERT_NEAR(line(&park, "buildings", "floor_area_m2", "parcels"), 500, 1e-6);
  ASSERT_NEAR(line(&park, "buildings", "floor_area_m2", "on_parcels_with_missing_figures"), 300, 1e-6);
  ASSERT_NEAR(line(&park, "buildings", "floor_area_m2", "off_parcels"), 300, 1e-6);
  ASSERT_NEAR(line(&park, "buildings", "floor_area_m2", "counted_twice"), -300, 1e-6);
  ASSERT_NEAR(line(&park, "buildings", "floor_area_m2", "residual"), 0, 1e-6);
  ASSERT_NEAR(line(&park, "buildings", "footprint_m2", "residual"), 0, 1e-6);
  ASSERT_NEAR(line(&park, "buildings", "footprint_on_parcels_m2", "off_parcels"), 200, 1e-6);
  ASSERT_NEAR(line(&park, "buildings", "footprint_on_parcels_m2", "residual"), 0, 1e-6);
  mj_park_reset(&park);
}

SUITE_OF(conserve, T(every_row_is_in_the_table_or_told_of), T(many_rows_told_as_one_count_by_their_number),
         T(a_row_that_lost_its_shape_without_a_word_stands_in_the_residual), T(areas_differ_by_what_repair_took),
         T(floor_area_is_followed_to_the_parcels));
