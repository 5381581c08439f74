#include "fixture.h"

static mj_table *checked(mj_park *park, int n, const rect *r, const double *floors, const rect *plots, int n_plots) {
  new_park(park);
  park->project.checks = (mj_check_limits){
      .overlap_min_m2 = 0.01, .same_share = 0.999, .tier_inside_share = 0.9, .building_inside_share = 0.5};
  lay(park, MJ_PARCELS, n_plots, plots);
  numbers(lay(park, MJ_BUILDINGS, n, r), "floors", floors);
  must(mj__measure_areas(park, NULL));
  park->project.basis_plot_ratio[0] = park->project.basis_coverage[0] = MJ_BASIS_PLANAR;
  must(mj__measure_basis(park, NULL));
  must(mj__measure_buildings(park, NULL));
  must(mj__measure_ratios(park, NULL));
  must(mj__measure_topology(park, NULL));
  return &park->table[MJ_PARCELS];
}

static const rect plot[] = {{0, 0, 100, 100}};

/* A podium of 40 x 50 with three storeys, on it a tower of 20 x 20 with ten: 2000 m2 of ground, 6000 + 4000 of floor.
 */
static void a_tower_on_its_podium_covers_the_ground_once(void) {
  mj_park park;
  mj_table *t =
      checked(&park, 3, (rect[]){{10, 10, 40, 50}, {20, 20, 20, 20}, {70, 10, 10, 10}}, (double[]){3, 10, 1}, plot, 1);
  ASSERT_NEAR(mj_table_f64(t, "footprint_m2")[0], 2100, 1e-6);
  ASSERT_NEAR(mj_table_f64(t, "coverage")[0], 0.21, 1e-10);
  ASSERT_NEAR(mj_table_f64(t, "floor_area_m2")[0], 10100, 1e-6);
  ASSERT_INT(mj_table_i64(t, "building_count")[0], 3);
  const mj_table *c = &park.table[MJ_CHECKS];
  ASSERT_INT(c->n, 1);
  ASSERT_TEXT(mj_table_text(c, "code")[0], "BUILDINGS_STACKED");
  ASSERT_TEXT(mj_table_text(c, "severity")[0], "note");
  ASSERT_INT(mj_table_i64(c, "row")[0], 2); /* the tower stands on the podium */
  ASSERT_INT(mj_table_i64(c, "other_row")[0], 1);
  ASSERT_NEAR(mj_table_f64(c, "area_m2")[0], 400, 1e-6);
  mj_park_reset(&park);
}

/* Three tiers in each other, the top of which lies over the parcel's border. */
static void tiers_over_a_border_are_counted_once_on_each_side(void) {
  mj_park park;
  static const rect plots[] = {{0, 0, 100, 100}, {100, 0, 100, 100}};
  mj_table *t =
      checked(&park, 3, (rect[]){{60, 0, 60, 20}, {70, 0, 40, 20}, {90, 5, 20, 10}}, (double[]){2, 4, 6}, plots, 2);
  ASSERT_NEAR(mj_table_f64(t, "footprint_m2")[0], 800, 1e-6);
  ASSERT_NEAR(mj_table_f64(t, "footprint_m2")[1], 400, 1e-6);
  ASSERT_NEAR(mj_table_f64(t, "floor_area_m2")[0], 2 * 800 + 4 * 600 + 6 * 100, 1e-6);
  ASSERT_INT(entries(&park, MJ_L_BUILDINGS_STACKED), 3);
  mj_park_reset(&park);
}

static void one_building_drawn_twice_is_told_from_tiers_by_its_storeys(void) {
  mj_park park;
  static const rect twice[] = {{10, 10, 20, 20}, {10, 10, 20, 20}};
  mj_table *t = checked(&park, 2, twice, (double[]){3, 3}, plot, 1);
  ASSERT_INT(entries(&park, MJ_L_BUILDINGS_DUPLICATE), 1);
  ASSERT_INT(entries(&park, MJ_L_BUILDINGS_STACKED), 0);
  ASSERT_NEAR(mj_table_f64(t, "footprint_m2")[0], 400, 1e-6);
  ASSERT_TEXT(mj_table_text(&park.table[MJ_CHECKS], "severity")[0], "major");
  mj_park_reset(&park);
  checked(&park, 2, twice, (double[]){3, 5}, plot, 1);
  ASSERT_INT(entries(&park, MJ_L_BUILDINGS_DUPLICATE), 0);
  ASSERT_INT(entries(&park, MJ_L_BUILDINGS_STACKED), 1);
  mj_park_reset(&park);
}

static void buildings_that_overlap_in_part_are_doubted(void) {
  mj_park park;
  mj_table *t = checked(&park, 2, (rect[]){{10, 10, 20, 20}, {25, 10, 20, 20}}, (double[]){1, 1}, plot, 1);
  ASSERT_INT(entries(&park, MJ_L_BUILDINGS_OVERLAP), 1);
  ASSERT_NEAR(mj_table_f64(t, "footprint_m2")[0], 700, 1e-6);
  ASSERT_NEAR(mj_table_f64(&park.table[MJ_CHECKS], "width_m")[0], 5, 1e-6);
  mj_park_reset(&park);
}

static void a_building_mostly_off_parcels_is_told_with_its_place(void) {
  mj_park park;
  checked(&park, 4, (rect[]){{95, 0, 20, 10}, {92, 20, 10, 10}, {300, 0, 10, 10}, {10, 10, 10, 10}},
          (double[]){1, 1, 1, 1}, plot, 1);
  const mj_table *c = &park.table[MJ_CHECKS];
  const double *share = mj_table_f64(&park.table[MJ_BUILDINGS], "parcel_share");
  ASSERT_NEAR(share[0], 0.25, 1e-9);
  ASSERT_NEAR(share[1], 0.8, 1e-9);
  ASSERT_NEAR(share[2], 0, 0);
  ASSERT_NEAR(share[3], 1, 1e-9);
  ASSERT_INT(entries(&park, MJ_L_BUILDING_OFF_PARCEL), 2);
  ASSERT_INT(c->n, 2);
  ASSERT_INT(mj_table_i64(c, "row")[0], 1);
  ASSERT_NEAR(mj_table_f64(c, "area_m2")[0], 150, 1e-6); /* what lies beside the parcels */
  ASSERT_INT(mj_table_i64(c, "row")[1], 3);
  mj_park_reset(&park);
}

static void a_building_on_parcels_that_overlap_is_said_to_count_twice(void) {
  mj_park park;
  static const rect plots[] = {{0, 0, 100, 100}, {90, 0, 100, 100}};
  checked(&park, 2, (rect[]){{85, 0, 10, 10}, {50, 50, 10, 10}}, (double[]){2, 2}, plots, 2);
  ASSERT_INT(entries(&park, MJ_L_BUILDING_COUNTED_TWICE), 1);
  for (int64_t i = 0; i < park.ledger.n; i++)
    if (park.ledger.entry[i].code == MJ_L_BUILDING_COUNTED_TWICE)
      ASSERT_TEXT(park.ledger.entry[i].found, "150.00 m2 on parcels that overlap, footprint 100.00 m2");
  mj_park_reset(&park);
}

/* Two to six rectangles at random on each of 400 parcels of 30 x 30 m, some over the border, against a count of square
 * metres: most follow from the overlaps of pairs, those of three over each other from GEOS. */
static void random_stacks_cover_what_squares_count(void) {
  enum { PLOTS = 400, SIDE = 30, MOST = 6 };
  static rect plots[PLOTS], houses[PLOTS * MOST];
  static double floors[PLOTS * MOST];
  int n = 0, covered[PLOTS] = {0}, deep = 0;
  uint32_t state = 12345;
  for (int i = 0; i < PLOTS; i++) {
    int of = 2 + i % (MOST - 1), first = n;
    plots[i] = (rect){(i % 20) * 60, (i / 20) * 60, SIDE, SIDE};
    for (int k = 0; k < of; k++, n++) {
      int v[4];
      for (int j = 0; j < 4; j++) v[j] = (int)((state = state * 1664525u + 1013904223u) >> 16);
      houses[n] = (rect){plots[i].x - 3 + v[0] % 28, plots[i].y - 3 + v[1] % 28, 3 + v[2] % 12, 3 + v[3] % 12};
      floors[n] = 2;
    }
    for (int c = 0; c < SIDE * SIDE; c++) {
      double x = plots[i].x + c % SIDE + 0.5, y = plots[i].y + c / SIDE + 0.5;
      int over = 0;
      for (int k = first; k < n; k++)
        over += x > houses[k].x && x < houses[k].x + houses[k].w && y > houses[k].y && y < houses[k].y + houses[k].h;
      covered[i] += over > 0;
      deep += over > 2;
    }
  }
  CU_ASSERT(deep > 500); /* ground under three and more is among it */
  mj_park park;
  mj_table *t = checked(&park, n, houses, floors, plots, PLOTS);
  for (int i = 0; i < PLOTS; i++) ASSERT_NEAR(mj_table_f64(t, "footprint_m2")[i], covered[i], 1e-6);
  mj_park_reset(&park);
}

SUITE_OF(houses, T(a_tower_on_its_podium_covers_the_ground_once), T(tiers_over_a_border_are_counted_once_on_each_side),
         T(one_building_drawn_twice_is_told_from_tiers_by_its_storeys), T(buildings_that_overlap_in_part_are_doubted),
         T(random_stacks_cover_what_squares_count), T(a_building_mostly_off_parcels_is_told_with_its_place),
         T(a_building_on_parcels_that_overlap_is_said_to_count_twice));
