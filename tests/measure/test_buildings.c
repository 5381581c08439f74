#include "fixture.h"

/* Two parcels side by side, a third apart, a fourth empty. */
static const rect plots[] = {{0, 0, 100, 100}, {100, 0, 100, 100}, {300, 0, 100, 100}, {500, 0, 100, 100}};
enum { PLOTS = 4 };

static mj_table *built(mj_park *park, int n, const rect *r) {
  new_park(park);
  mj_table *t = lay(park, MJ_PARCELS, PLOTS, plots);
  texts(t, "parcel_id", (const char *[]){"A", "B", "C", "D"});
  return lay(park, MJ_BUILDINGS, n, r);
}

static mj_table *measured(mj_park *park) {
  must(mj__measure_areas(park, NULL));
  park->project.basis_plot_ratio[0] = park->project.basis_coverage[0] = MJ_BASIS_PLANAR;
  must(mj__measure_basis(park, NULL));
  must(mj__measure_buildings(park, NULL));
  must(mj__measure_ratios(park, NULL));
  return &park->table[MJ_PARCELS];
}

static void a_building_over_a_border_is_split_by_area(void) {
  mj_park park;
  mj_table *b = built(&park, 2, (rect[]){{70, 10, 40, 50}, {300, 0, 20, 20}});
  numbers(b, "floors", (double[]){3, 2});
  mj_table *t = measured(&park);
  ASSERT_NEAR(mj_table_f64(t, "footprint_m2")[0], 1500, 1e-9);
  ASSERT_NEAR(mj_table_f64(t, "footprint_m2")[1], 500, 1e-9);
  ASSERT_NEAR(mj_table_f64(t, "floor_area_m2")[0], 4500, 1e-9);
  ASSERT_NEAR(mj_table_f64(t, "plot_ratio")[0], 0.45, 1e-12);
  ASSERT_NEAR(mj_table_f64(t, "coverage")[1], 0.05, 1e-12);
  ASSERT_INT(mj_table_i64(t, "building_count")[1], 1);
  ASSERT_INT(mj_table_i64(b, "parcel_count")[0], 2);
  ASSERT_TEXT(mj_table_text(t, "floor_area_source")[0], "storeys");
  ASSERT_INT(park.table[MJ_PARCEL_BUILDINGS].n, 3);
  mj_park_reset(&park);
}

static void a_parcel_without_buildings_has_none_and_not_unknown(void) {
  mj_park park;
  mj_table *b = built(&park, 1, (rect[]){{10, 10, 10, 10}});
  numbers(b, "floors", (double[]){1});
  mj_table *t = measured(&park);
  ASSERT_INT(mj_table_i64(t, "building_count")[3], 0);
  ASSERT_NEAR(mj_table_f64(t, "plot_ratio")[3], 0, 0);
  mj_park_reset(&park);
}

static void registered_area_comes_before_storeys_and_one_unknown_building_makes_the_sum_unknown(void) {
  mj_park park;
  mj_table *b = built(&park, 4, (rect[]){{0, 0, 10, 10}, {20, 0, 10, 10}, {110, 0, 10, 10}, {310, 0, 10, 10}});
  numbers(b, "floors", (double[]){3, 3, 2, NAN});
  numbers(b, "floor_area_registered_m2", (double[]){250, NAN, NAN, NAN});
  texts(b, "building_id", (const char *[]){"1", "2", "3", "4"});
  mj_table *t = measured(&park);
  ASSERT_NEAR(mj_table_f64(t, "floor_area_m2")[0], 550, 1e-9);
  ASSERT_TEXT(mj_table_text(t, "floor_area_source")[0], "registered+storeys");
  CU_ASSERT(isnan(mj_table_f64(t, "floor_area_m2")[2]) && isnan(mj_table_f64(t, "plot_ratio")[2]));
  ASSERT_NEAR(mj_table_f64(t, "footprint_m2")[2], 100, 1e-9);
  ASSERT_TEXT(mj_table_text(t, "floor_area_source")[2], NULL);
  ASSERT_INT(entries(&park, MJ_L_BUILDING_NO_FLOORS), 1);
  mj_park_reset(&park);
}

static void the_record_stands_where_buildings_say_nothing(void) {
  mj_park park;
  mj_table *b = built(&park, 2, (rect[]){{10, 0, 10, 10}, {310, 0, 10, 10}});
  numbers(b, "floors", (double[]){2, NAN});
  numbers(&park.table[MJ_PARCELS], "floor_area_recorded_m2", (double[]){999, NAN, 700, 5000});
  mj_table *t = measured(&park);
  const double *area = mj_table_f64(t, "floor_area_m2");
  ASSERT_NEAR(area[0], 200, 1e-9);
  ASSERT_NEAR(area[1], 0, 0);
  ASSERT_NEAR(area[2], 700, 0);
  ASSERT_NEAR(area[3], 5000, 0);
  ASSERT_TEXT(mj_table_text(t, "floor_area_source")[3], "record");
  ASSERT_INT(entries(&park, MJ_L_BUILDING_RECORD_CONFLICT), 1); /* D: a record, no building mapped */
  mj_park_reset(&park);
}

static void storeys_over_8_m_count_twice_only_where_a_height_is_given(void) {
  mj_park park;
  rect r[7];
  for (int i = 0; i < 7; i++) r[i] = (rect){i * 12, 0, 10, 10};
  mj_table *b = built(&park, 7, r);
  numbers(b, "floors", (double[]){1, 1, 3, 3, 3, 1, NAN});
  numbers(b, "height_m", (double[]){8, 8.01, 30, NAN, NAN, 9, NAN});
  numbers(b, "ground_storey_height_m", (double[]){NAN, NAN, NAN, 8.5, NAN, 7.9, 9});
  numbers(b, "storey_height_m", (double[]){NAN, NAN, NAN, NAN, 8.2, NAN, NAN});
  numbers(b, "floor_area_registered_m2", (double[]){NAN, NAN, NAN, NAN, NAN, NAN, 80});
  measured(&park);
  const double *c = mj_table_f64(b, "countable_floor_area_m2");
  ASSERT_NEAR(c[0], 100, 1e-9); /* exactly 8 m does not double */
  ASSERT_NEAR(c[1], 200, 1e-9); /* one storey and its height */
  ASSERT_NEAR(c[2], 300, 1e-9); /* 30 m over three storeys says nothing of one storey */
  ASSERT_NEAR(c[3], 400, 1e-9); /* the ground storey once more */
  ASSERT_NEAR(c[4], 600, 1e-9); /* every storey */
  ASSERT_NEAR(c[5], 100, 1e-9); /* 9 m to the ridge, 7.9 m storey height */
  ASSERT_NEAR(c[6], 160, 1e-9); /* storeys unknown: the ground storey is at most the floor area */
  mj_park_reset(&park);
}

static void without_a_building_layer_only_the_record_counts(void) {
  mj_park park;
  new_park(&park);
  mj_table *t = lay(&park, MJ_PARCELS, PLOTS, plots);
  numbers(t, "floor_area_recorded_m2", (double[]){5000, NAN, 0, 1});
  measured(&park);
  ASSERT_NEAR(mj_table_f64(t, "plot_ratio")[0], 0.5, 1e-12);
  CU_ASSERT(isnan(mj_table_f64(t, "plot_ratio")[1]));
  ASSERT_NEAR(mj_table_f64(t, "plot_ratio")[2], 0, 0);
  CU_ASSERT_EQUAL(mj_table_i64(t, "building_count")[0], MJ_I64_NULL);
  CU_ASSERT(isnan(mj_table_f64(t, "footprint_m2")[0]));
  mj_park_reset(&park);
}

static void a_layer_that_meets_no_parcel_says_nothing_of_them(void) {
  mj_park park;
  mj_table *b = built(&park, 2, (rect[]){{5000, 0, 10, 10}, {5020, 0, 10, 10}});
  numbers(b, "floors", (double[]){2, 2});
  mj_table *t = measured(&park);
  CU_ASSERT(isnan(mj_table_f64(t, "plot_ratio")[0]) && isnan(mj_table_f64(t, "footprint_m2")[0]));
  CU_ASSERT_EQUAL(mj_table_i64(t, "building_count")[0], MJ_I64_NULL);
  ASSERT_INT(entries(&park, MJ_L_BUILDINGS_MISS_PARCELS), 1);
  mj_park_reset(&park);
}

static void a_neighbours_wall_is_no_building_of_the_parcels_own(void) {
  mj_park park;
  mj_table *b = built(&park, 1, (rect[]){{60, 0, 40.001, 40}}); /* 1 mm over the border of A and B: 0.04 m2 */
  numbers(b, "floors", (double[]){1});
  numbers(&park.table[MJ_PARCELS], "floor_area_recorded_m2", (double[]){NAN, 5000, NAN, NAN});
  mj_table *t = measured(&park);
  ASSERT_NEAR(mj_table_f64(t, "floor_area_m2")[1], 5000, 0);
  ASSERT_TEXT(mj_table_text(t, "floor_area_source")[1], "record");
  ASSERT_INT(entries(&park, MJ_L_BUILDING_RECORD_CONFLICT), 1);
  mj_park_reset(&park);
}

/* A bow tie that no repair has seen, across the border of A and B: GEOS refuses to intersect it. */
static void an_overlap_that_cannot_be_computed_is_unknown_and_told(void) {
  double x[] = {X0 + 60, X0 + 140, X0 + 140, X0 + 60, X0 + 60}, y[] = {Y0 + 10, Y0 + 60, Y0 + 10, Y0 + 40, Y0 + 10};
  mj_park park;
  mj_table *b = built(&park, 1, (rect[]){{310, 0, 10, 10}});
  mj_geom_reset(&b->geom);
  b->geom.kind = MJ_GEOM_POLYGON;
  must(mj_geom_push_ring(&b->geom, 5, x, y));
  must(mj_geom_end_part(&b->geom));
  must(mj_geom_end_row(&b->geom));
  numbers(b, "floors", (double[]){2});
  mj_table *t = measured(&park);
  CU_ASSERT(entries(&park, MJ_L_OVERLAY_FAILED) > 0);
  CU_ASSERT(isnan(mj_table_f64(b, "parcel_share")[0])); /* not all of it */
  for (int64_t i = 0; i < park.ledger.n; i++)
    if (park.ledger.entry[i].code == MJ_L_OVERLAY_FAILED && !strcmp(park.ledger.entry[i].layer, "parcels"))
      CU_ASSERT(isnan(mj_table_f64(t, "floor_area_m2")[park.ledger.entry[i].row - 1]));
  ASSERT_NEAR(mj_table_f64(t, "floor_area_m2")[3], 0, 0);
  mj_park_reset(&park);
}

/* Two parcels drawn over each other: a building half on both of them is half off, though its halves add up to all of
 * it; and one whose overlap with a parcel is not known has no share. */
static void ground_on_parcels_that_overlap_counts_once(void) {
  mj_park park;
  new_park(&park);
  lay(&park, MJ_PARCELS, 2, (rect[]){{0, 0, 100, 100}, {-1, -1, 101, 102}});
  mj_table *b = lay(&park, MJ_BUILDINGS, 2, (rect[]){{90, 10, 20, 10}, {10, 10, 10, 10}});
  numbers(b, "floors", (double[]){1, 1});
  park.project.checks.building_inside_share = 0.6;
  measured(&park);
  ASSERT_NEAR(mj_table_f64(b, "parcel_share")[0], 0.5, 1e-9);
  ASSERT_NEAR(mj_table_f64(b, "parcel_share")[1], 1, 1e-9);
  ASSERT_INT(mj_table_i64(b, "parcel_count")[0], 2);
  ASSERT_INT(entries(&park, MJ_L_BUILDING_OFF_PARCEL), 1);
  ASSERT_INT(entries(&park, MJ_L_BUILDING_COUNTED_TWICE), 2);
  must(mj__measure_conservation(&park, NULL));
  const mj_table *t = &park.table[MJ_RECONCILIATION];
  double off = 0, twice = 0;
  for (int64_t i = 0; i < t->n; i++) {
    if (strcmp(mj_table_text(t, "measure")[i], "floor_area_m2")) continue;
    if (!strcmp(mj_table_text(t, "item")[i], "off_parcels")) off = mj_table_f64(t, "value")[i];
    if (!strcmp(mj_table_text(t, "item")[i], "counted_twice")) twice = mj_table_f64(t, "value")[i];
  }
  ASSERT_NEAR(off, 100, 1e-6);
  ASSERT_NEAR(twice, -200, 1e-6);
  mj_park_reset(&park);
}

SUITE_OF(buildings, T(ground_on_parcels_that_overlap_counts_once),
         T(an_overlap_that_cannot_be_computed_is_unknown_and_told),
         T(a_neighbours_wall_is_no_building_of_the_parcels_own), T(a_layer_that_meets_no_parcel_says_nothing_of_them),
         T(a_building_over_a_border_is_split_by_area), T(a_parcel_without_buildings_has_none_and_not_unknown),
         T(registered_area_comes_before_storeys_and_one_unknown_building_makes_the_sum_unknown),
         T(the_record_stands_where_buildings_say_nothing), T(storeys_over_8_m_count_twice_only_where_a_height_is_given),
         T(without_a_building_layer_only_the_record_counts));
