#include "mujun/rooms.h"
#include "plan/fit.h"
#include "plan/ground_fixture.h"

/* One type, 20 x 40 m, 6 m and then 4.5 m high, 3 to 8 storeys: 5 are 24 m. */
static const mj_fit_module TYPE = {.code = "T",
                                   .depth_m = 20,
                                   .length_m = {40},
                                   .n_lengths = 1,
                                   .ground_m = 6,
                                   .upper_m = 4.5,
                                   .storeys_min = 3,
                                   .storeys_max = 8};
static const char *FRAME[] = {"框架"};
static const mj_fit_structure STRUCTURES[] = {
    {.word = FRAME, .n_words = 1, .fire_class = 2, .storeys_add = 2, .age_max_years = 30, .known = true},
    {.fire_class = 2}};

/* Borders ask for 6 m, nothing stands, no roads are known. */
static mj_table *land(mj_park *park, const char *shape, double land_m2, double cap) {
  new_park(park);
  mj_fit_norms *n = &park->project.fit;
  n->limits.coverage_max = 0.55;
  n->limits.height_max_m = 50;
  n->limits.double_height_m = 8;
  n->limits.state_share = (double)NAN;
  n->module = &TYPE;
  n->n_modules = 1;
  n->structure = STRUCTURES;
  n->n_structures = 2;
  park->project.fit_of = MJ_FIT_ALL;
  park->project.as_of = mj_date_from_ymd(2026, 3, 31);
  park->project.headroom_min_m2 = (double)NAN;
  mj_table *t = LAY(park, MJ_PARCELS, shape);
  numbers(t, "area_planar_m2", &land_m2);
  texts(t, "plot_ratio_basis", (const char *[]){"planar"});
  numbers(t, "plot_ratio_cap", &cap);
  numbers(t, "countable_floor_area_m2", (double[]){0});
  numbers(t, "footprint_m2", (double[]){0});
  return t;
}

static double way(const mj_park *park, const char *column, int k) {
  const double *v = mj_table_f64(&park->table[MJ_FIT_OPTIONS], column);
  CU_ASSERT_PTR_NOT_NULL_FATAL(v);
  return v[k];
}
static const char *said(const mj_park *park, const char *column, int k) {
  const char **v = mj_table_text(&park->table[MJ_FIT_OPTIONS], column);
  CU_ASSERT_PTR_NOT_NULL_FATAL(v);
  return v[k] ? v[k] : "";
}
enum { OPEN, STOREYS, REBUILD };

/* 52 x 62 m less 6 m all round is 40 x 50 m: two factories of 20 x 40 m, 10 m apart. At 2.0 the land of 3224 m2 takes
 * 6448 m2: 2 x 800 m2 x 4 storeys. */
static void a_rectangle_that_holds_two_factories_exactly(void) {
  mj_park park;
  land(&park, "0 0,52 0,52 62,0 62", 3224, 2);
  must(mj_plan(&park, NULL));
  ASSERT_INT(park.table[MJ_FIT_OPTIONS].n, 3);
  ASSERT_NEAR(way(&park, "gross_m2", OPEN), 6400, 1e-6);
  ASSERT_NEAR(way(&park, "net_m2", REBUILD), 6400, 1e-6);
  ASSERT_NEAR(way(&park, "plates_m2", OPEN), 1600, 1e-6);
  ASSERT_NEAR(way(&park, "plot_ratio_after", OPEN), 6400 / 3224.0, 1e-12);
  ASSERT_NEAR(way(&park, "coverage_after", OPEN), 1600 / 3224.0, 1e-12);
  ASSERT_NEAR(way(&park, "gap_to_cap_m2", OPEN), 48, 1e-6);
  ASSERT_NEAR(way(&park, "height_m", OPEN), 19.5, 1e-12);
  ASSERT_NEAR(way(&park, "ceiling_plot_ratio_m2", OPEN), 6448, 1e-6);
  ASSERT_NEAR(way(&park, "ceiling_coverage_m2", OPEN), 0.55 * 3224 * 8, 1e-6);
  ASSERT_NEAR(way(&park, "ceiling_shape_m2", OPEN), 1600 * 8, 1e-6);
  ASSERT_NEAR(way(&park, "ceiling_height_m2", OPEN), 1600 * 5, 1e-6); /* 24 m at this distance */
  ASSERT_TEXT(said(&park, "binding_constraint", OPEN), "plot_ratio");
  ASSERT_TEXT(said(&park, "second_constraint", OPEN), "height");
  ASSERT_NEAR(way(&park, "cap_breakpoint", OPEN), 8000 / 3224.0, 1e-12);
  ASSERT_INT(mj_table_i64(&park.table[MJ_FIT_OPTIONS], "modules")[OPEN], 2);
  ASSERT_TEXT(mj_table_text(&park.table[MJ_PARCELS], "fit_way")[0], "open"); /* of equal ones the gentlest */
  ASSERT_NEAR(mj_table_f64(&park.table[MJ_PARCELS], "fit_floor_area_m2")[0], 6400, 1e-6);
  ASSERT_INT(park.table[MJ_FIT].n, 6); /* two factories of each way; where to build and the lanes of the chosen one */
  ASSERT_INT(park.table[MJ_FIT].geom.n, 6);
  mj_park_reset(&park);
}

/* A breakpoint is one: just above it a higher cap brings nothing, just below it less. */
static void above_the_breakpoint_a_higher_cap_brings_nothing(void) {
  static const double caps[] = {8000 / 3224.0 - 0.01, 8000 / 3224.0 + 0.001, 5};
  static const double want[] = {7200, 8000, 8000};
  for (int k = 0; k < 3; k++) {
    mj_park park;
    land(&park, "0 0,52 0,52 62,0 62", 3224, caps[k]);
    must(mj_plan(&park, NULL));
    ASSERT_NEAR(way(&park, "gross_m2", OPEN), want[k], 1e-6);
    ASSERT_TEXT(said(&park, "binding_constraint", OPEN), k ? "height" : "plot_ratio");
    mj_park_reset(&park);
  }
}

/* Coverage of 0.3 leaves 967 m2 of ground: one factory, and it may be high-rise. The greater distance is then what
 * leaves out the second. */
static void high_rise_where_it_brings_more(void) {
  mj_park park;
  mj_table *t = land(&park, "0 0,52 0,52 62,0 62", 3224, 2);
  numbers(t, "coverage_cap", (double[]){0.3});
  must(mj_plan(&park, NULL));
  ASSERT_NEAR(way(&park, "gross_m2", OPEN), 6400, 1e-6);
  ASSERT_NEAR(way(&park, "plates_m2", OPEN), 800, 1e-6);
  ASSERT_NEAR(way(&park, "height_m", OPEN), 6 + 7 * 4.5, 1e-12);
  ASSERT_TEXT(said(&park, "binding_constraint", OPEN), "distance");
  mj_park_reset(&park);
  t = land(&park, "0 0,52 0,52 62,0 62", 3224, 2); /* 30 m high: 6 storeys of one against 4 of two */
  numbers(t, "height_cap_m", (double[]){30});
  numbers(t, "coverage_cap", (double[]){0.3});
  must(mj_plan(&park, NULL));
  ASSERT_NEAR(way(&park, "gross_m2", OPEN), 4800, 1e-6);
  ASSERT_TEXT(said(&park, "binding_constraint", OPEN), "height");
  mj_park_reset(&park);
}

/* 102 x 62 m with a building of 30 x 50 m, 3000 m2 countable, cap 1: 3324 m2 are left of 6324 m2. */
static void built_land(mj_park *park, const char *structure, int64_t year) {
  mj_table *t = land(park, "0 0,102 0,102 62,0 62", 6324, 1);
  numbers(t, "countable_floor_area_m2", (double[]){3000});
  numbers(t, "footprint_m2", (double[]){1500});
  mj_table *b = LAY(park, MJ_BUILDINGS, "66 6,96 6,96 56,66 56");
  texts(b, "structure", &structure);
  numbers(b, "height_m", (double[]){9});
  numbers(b, "floors", (double[]){2});
  mj_table_add(b, "year_built", MJ_I64)->i64[0] = year;
  mj_table *pb = &park->table[MJ_PARCEL_BUILDINGS];
  must(mj_table_init(pb, "parcel_buildings", 1));
  mj_table_add(pb, "parcel_row", MJ_I64)->i64[0] = 1;
  mj_table_add(pb, "building_row", MJ_I64)->i64[0] = 1;
  numbers(pb, "share", (double[]){1});
  numbers(pb, "footprint_m2", (double[]){1500});
}

/* Beside it, 10 m off, 50 x 50 m take two plates; 3324 m2 are one of them with 4 storeys. On it 2 storeys more. All
 * cleared, 6324 m2 are two plates with 4 and 3 storeys. */
static void the_three_ways_beside_on_and_instead_of_what_stands(void) {
  mj_park park;
  built_land(&park, "框架结构", 2015);
  must(mj_plan(&park, NULL));
  ASSERT_NEAR(way(&park, "net_m2", OPEN), 3200, 1e-6);
  ASSERT_NEAR(way(&park, "coverage_after", OPEN), 2300 / 6324.0, 1e-12);
  ASSERT_NEAR(way(&park, "net_m2", STOREYS), 3000, 1e-6);
  ASSERT_NEAR(way(&park, "plot_ratio_after", STOREYS), 6000 / 6324.0, 1e-12);
  ASSERT_TEXT(said(&park, "binding_constraint", STOREYS), "structure");
  ASSERT_NEAR(way(&park, "gross_m2", REBUILD), 5600, 1e-6);
  ASSERT_NEAR(way(&park, "demolished_m2", REBUILD), 3000, 1e-6);
  ASSERT_NEAR(way(&park, "net_m2", REBUILD), 2600, 1e-6);
  ASSERT_TEXT(mj_table_text(&park.table[MJ_PARCELS], "fit_way")[0], "open");
  ASSERT_NEAR(mj_table_f64(&park.table[MJ_PARCELS], "fit_floor_area_m2")[0], 3200, 1e-6);
  mj_park_reset(&park);
}

static void storeys_are_added_by_structure_and_age_and_not_guessed(void) {
  static const struct {
    const char *structure;
    int64_t year;
    double net_m2;
  } is[] = {{"框架", 1996, 3000}, {"框架", 1995, 0}, {NULL, 2015, NAN}, {"框架", MJ_I64_NULL, NAN}};
  for (size_t k = 0; k < sizeof is / sizeof *is; k++) {
    mj_park park;
    built_land(&park, is[k].structure, is[k].year);
    must(mj_plan(&park, NULL));
    double net = way(&park, "net_m2", STOREYS);
    if (isnan(is[k].net_m2)) CU_ASSERT(isnan(net) && strstr(said(&park, "fit_reason", STOREYS), "1 buildings"))
    else ASSERT_NEAR(net, is[k].net_m2, 1e-6);
    mj_park_reset(&park);
  }
}

/* What stands is not known: only clearing all can be worked out, and not what it adds. */
static void an_unknown_floor_area_is_not_zero(void) {
  mj_park park;
  mj_table *t = land(&park, "0 0,52 0,52 62,0 62", 3224, 2);
  numbers(t, "countable_floor_area_m2", (double[]){NAN});
  must(mj_plan(&park, NULL));
  CU_ASSERT(isnan(way(&park, "net_m2", OPEN)) && isnan(way(&park, "net_m2", STOREYS)));
  CU_ASSERT(isnan(way(&park, "net_m2", REBUILD)));
  ASSERT_NEAR(way(&park, "gross_m2", REBUILD), 6400, 1e-6);
  ASSERT_TEXT(said(&park, "fit_reason", OPEN), "what stands on the parcel is not known");
  CU_ASSERT(isnan(mj_table_f64(t, "fit_floor_area_m2")[0]));
  mj_park_reset(&park);
}

static void nothing(const char *shape, double land_m2, double cap, const char *binding, const char *words) {
  mj_park park;
  land(&park, shape, land_m2, cap);
  must(mj_plan(&park, NULL));
  ASSERT_NEAR(way(&park, "gross_m2", OPEN), 0, 0);
  ASSERT_TEXT(said(&park, "binding_constraint", OPEN), binding);
  if (!strstr(said(&park, "fit_reason", OPEN), words)) ASSERT_TEXT(said(&park, "fit_reason", OPEN), words);
  ASSERT_NEAR(mj_table_f64(&park.table[MJ_PARCELS], "fit_floor_area_m2")[0], 0, 0);
  mj_park_reset(&park);
}

static void where_nothing_fits_the_reason_has_the_measure(void) {
  nothing("0 0,200 0,200 30,0 30", 6000, 2, "shape",
          "40.0 m long is 18.0 m wide; the smallest module (T) needs 20.0 m");
  nothing("0 0,52 0,52 30,0 30", 1560, 2, "area", "18.0 m wide"); /* (20 + 12) x (40 + 12) m is more */
  nothing("0 0,48 0,48 48,0 48", 2304, 2, "shape", "nowhere is there a strip of 40.0 m"); /* 36 m within setbacks */
  nothing("0 0,52 0,52 62,0 62", 3224, 0.7, "plot_ratio",
          "leaves 2257 m2; the smallest module (T) has at least 2400 m2");
}

static void a_parcel_without_a_cap_is_filled_and_says_no_gap(void) {
  mj_park park;
  land(&park, "0 0,52 0,52 62,0 62", 3224, NAN);
  must(mj_plan(&park, NULL));
  ASSERT_NEAR(way(&park, "gross_m2", OPEN), 8000, 1e-6);
  CU_ASSERT(isnan(way(&park, "gap_to_cap_m2", OPEN)) && isnan(way(&park, "ceiling_plot_ratio_m2", OPEN)));
  ASSERT_TEXT(said(&park, "binding_constraint", OPEN), "height");
  mj_park_reset(&park);
}

static void only_what_is_asked_for_is_fitted(void) {
  mj_park park;
  mj_table *t = land(&park, "0 0,52 0,52 62,0 62", 3224, 2);
  const char *one[] = {"P1"}, *other[] = {"P2"};
  uint8_t *industrial = mj_table_add(t, "industrial", MJ_TRI)->tri;
  texts(t, "parcel_id", one);
  industrial[0] = MJ_NO;
  must(mj_plan(&park, NULL));
  CU_ASSERT_FALSE(mj_park_has(&park, MJ_FIT_OPTIONS)); /* factories stand on industrial land */
  park.project.fit_parcels = other;
  park.project.n_fit_parcels = 1;
  must(mj_plan(&park, NULL));
  CU_ASSERT_FALSE(mj_park_has(&park, MJ_FIT_OPTIONS));
  park.project.fit_parcels = one; /* unless it is asked for by name */
  must(mj_plan(&park, NULL));
  CU_ASSERT_TRUE(mj_park_has(&park, MJ_FIT_OPTIONS));
  mj_park_reset(&park);
}

static void bands_are_worked_out_as_wide_as_the_widest_parcel(void) {
  mj_park park;
  land(&park, "0 0,30 0,30 40,0 40", 1200, 2);
  ASSERT_NEAR(mj__fit_widest_m(&park), 51, 1e-9); /* its diagonal and a metre */
  park.frame.unit_m = 100;
  ASSERT_NEAR(mj__fit_widest_m(&park), 3000, 0); /* and no wider than this */
  mj_park_reset(&park);
}

SUITE_OF(fit, T(bands_are_worked_out_as_wide_as_the_widest_parcel), T(a_rectangle_that_holds_two_factories_exactly),
         T(above_the_breakpoint_a_higher_cap_brings_nothing), T(high_rise_where_it_brings_more),
         T(the_three_ways_beside_on_and_instead_of_what_stands),
         T(storeys_are_added_by_structure_and_age_and_not_guessed), T(an_unknown_floor_area_is_not_zero),
         T(where_nothing_fits_the_reason_has_the_measure), T(a_parcel_without_a_cap_is_filled_and_says_no_gap),
         T(only_what_is_asked_for_is_fitted));
