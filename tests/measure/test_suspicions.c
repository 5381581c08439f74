#include "fixture.h"
#include "measure/doubts.h"

static const rect plots[] = {{0, 0, 100, 100}, {200, 0, 100, 100}, {400, 0, 100, 100}};
static const rect houses[] = {{10, 10, 50, 40}, {210, 10, 50, 40}, {410, 10, 50, 40}};

/* Three parcels of a hectare with a house of 2000 m2 on each. */
static mj_table *with_houses(mj_park *park) {
  new_park(park);
  lay(park, MJ_PARCELS, 3, plots);
  return lay(park, MJ_BUILDINGS, 3, houses);
}

static void run(mj_park *park) { must(mj_measure(park, NULL)); }

/* 12 m over 3 storeys is 4 m; 45 m is 15; 4 m over 2 is 2. A one-storey shed may be 25 m high, not 35. */
static void storeys_and_height_are_held_against_each_other(void) {
  static const struct {
    double floors, height;
    int doubted;
    const char *expected;
  } rows[] = {{3, 12, 0, ""},
              {3, 45, 1, "15 m a storey, usual: 2.2 to 9 m"},
              {2, 4, 1, "2 m a storey, usual: 2.2 to 9 m"},
              {1, 25, 0, ""},
              {1, 35, 1, "35 m a storey, usual: 2.2 to 30 m"},
              {3, NAN, 0, ""},
              {NAN, 45, 0, ""},
              {0, 45, 0, ""}};
  for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
    mj_park park;
    mj_table *b = with_houses(&park);
    numbers(b, "floors", (double[]){rows[k].floors, 2, 2});
    numbers(b, "height_m", (double[]){rows[k].height, 9, 9});
    run(&park);
    ASSERT_INT(entries(&park, MJ_L_SUSPECT_STOREYS), rows[k].doubted);
    const mj_ledger_entry *e = first_entry(&park, MJ_L_SUSPECT_STOREYS);
    if (rows[k].doubted) ASSERT_TEXT(e->expected, rows[k].expected);
    mj_park_reset(&park);
  }
}

/* 2000 m2 x 3 storeys = 6000 m2. */
static void floor_area_is_held_against_footprint_and_storeys(void) {
  static const struct {
    double registered, floors;
    mj_ledger_code code;
    const char *expected;
  } rows[] = {
      {6000, 3, MJ_LEDGER_END, ""},
      {3100, 3, MJ_LEDGER_END, ""},
      {11900, 3, MJ_LEDGER_END, ""},
      {13000, 3, MJ_L_SUSPECT_FLOOR_AREA, "footprint 2,000 m2 x 3 storeys = 6,000 m2, off by a factor of 2.2"},
      {2900, 3, MJ_L_SUSPECT_FLOOR_AREA, "footprint 2,000 m2 x 3 storeys = 6,000 m2, off by a factor of 2.1"},
      {1700, 1, MJ_L_SUSPECT_FLOOR_AREA, "footprint 2,000 m2 x 1 storeys = 2,000 m2, off by a factor of 1.2"},
      {1700, NAN, MJ_L_SUSPECT_FLOOR_AREA, "footprint 2,000 m2, storeys unknown"},
      {1900, NAN, MJ_LEDGER_END, ""},
      {0.6, 3, MJ_L_SUSPECT_UNIT,
       "footprint 2,000 m2 x 3 storeys = 6,000 m2, off by a factor of 1.0×10⁴; 0.6 ha (10k m2) = 6,000"},
      {9, 3, MJ_L_SUSPECT_UNIT, "footprint 2,000 m2 x 3 storeys = 6,000 m2, off by a factor of 666.7; 9 mu = 6,000"},
      {60000, 3, MJ_L_SUSPECT_UNIT,
       "footprint 2,000 m2 x 3 storeys = 6,000 m2, off by a factor of 10.0; 60,000 / 10 = 6,000, a digit too many"}};
  for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
    mj_park park;
    mj_table *b = with_houses(&park);
    numbers(b, "floors", (double[]){rows[k].floors, 2, 2});
    numbers(b, "floor_area_registered_m2", (double[]){rows[k].registered, NAN, 4000});
    run(&park);
    ASSERT_INT(entries(&park, MJ_L_SUSPECT_FLOOR_AREA), rows[k].code == MJ_L_SUSPECT_FLOOR_AREA);
    ASSERT_INT(entries(&park, MJ_L_SUSPECT_UNIT), rows[k].code == MJ_L_SUSPECT_UNIT);
    if (rows[k].code != MJ_LEDGER_END) {
      const mj_ledger_entry *e = first_entry(&park, rows[k].code);
      ASSERT_TEXT(e->expected, rows[k].expected);
      ASSERT_TEXT(e->field, "floor_area_registered_m2");
      ASSERT_TEXT(e->layer, "buildings");
      ASSERT_INT(e->row, 1);
    }
    ASSERT_NEAR(mj_table_f64(b, "floor_area_registered_m2")[0], rows[k].registered, 0); /* named, never corrected */
    mj_park_reset(&park);
  }
}

/* A hectare built over with 1.2 ha, and with 11 ha of floor. */
static void plot_ratio_over_ten_and_coverage_over_one_are_doubted(void) {
  static const rect wide[] = {{0, 0, 100, 100}, {200, 0, 50, 40}, {410, 10, 50, 40}};
  mj_park park;
  new_park(&park);
  mj_table *t = lay(&park, MJ_PARCELS, 3, plots), *b = lay(&park, MJ_BUILDINGS, 3, wide);
  numbers(t, "area_recorded_m2", (double[]){9000, 10000, 10000}); /* the first is recorded a tenth too small */
  numbers(b, "floors", (double[]){1, 60, 2});
  run(&park);
  ASSERT_INT(entries(&park, MJ_L_SUSPECT_PLOT_RATIO), 2);
  const mj_ledger_entry *e = first_entry(&park, MJ_L_SUSPECT_PLOT_RATIO);
  ASSERT_TEXT(e[0].field, "plot_ratio");
  ASSERT_TEXT(e[0].found, "plot ratio 12");
  ASSERT_TEXT(e[0].expected, "at most 10; countable floor area 120,000 m2 over land 10,000 m2");
  ASSERT_TEXT(e[1].field, "coverage");
  ASSERT_TEXT(e[1].found, "coverage 1.11");
  ASSERT_TEXT(e[1].expected, "at most 1.03; footprint 10,000 m2 over land 9,000 m2");
  mj_park_reset(&park);
}

/* A parcel's own record of 1500 m2 where a house of 2000 m2 stands, and one of 6 mu for 4000 m2. */
static void the_parcels_record_is_held_against_its_buildings(void) {
  mj_park park;
  mj_table *b = with_houses(&park);
  numbers(b, "floors", (double[]){2, 2, 2});
  numbers(&park.table[MJ_PARCELS], "floor_area_recorded_m2", (double[]){1500, 6, 4100});
  run(&park);
  ASSERT_INT(entries(&park, MJ_L_SUSPECT_FLOOR_AREA), 1);
  ASSERT_TEXT(first_entry(&park, MJ_L_SUSPECT_FLOOR_AREA)->expected,
              "buildings on the parcel: footprint 2,000 m2, floor area 4,000 m2");
  ASSERT_INT(entries(&park, MJ_L_SUSPECT_UNIT), 1);
  ASSERT_TEXT(first_entry(&park, MJ_L_SUSPECT_UNIT)->expected,
              "buildings on the parcel: footprint 2,000 m2, floor area 4,000 m2; 6 mu = 4,000");
  mj_park_reset(&park);
}

/* 25 houses of one storey and 40 to 64 m: one entry with their number and the highest. */
static void many_of_one_kind_are_one_entry_with_the_worst_row(void) {
  mj_park park;
  rect row[25];
  double floors[25], height[25];
  new_park(&park);
  lay(&park, MJ_PARCELS, 3, plots);
  for (int i = 0; i < 25; i++) {
    row[i] = (rect){10 + 20 * i, 10, 10, 10};
    floors[i] = 1;
    height[i] = 40 + (i + 5) % 25; /* the 20th is the highest: 64 */
  }
  mj_table *b = lay(&park, MJ_BUILDINGS, 25, row);
  numbers(b, "floors", floors);
  numbers(b, "height_m", height);
  park.project.lang = MJ_ZH;
  run(&park);
  ASSERT_INT(entries(&park, MJ_L_SUSPECT_STOREYS), 1);
  const mj_ledger_entry *e = first_entry(&park, MJ_L_SUSPECT_STOREYS);
  ASSERT_INT(e->row, 0);
  ASSERT_TEXT(e->id, NULL);
  ASSERT_TEXT(e->found, "共 25 条，最甚为第 20 行：1 层，高 64 米");
  ASSERT_TEXT(e->expected, "每层 64 米，通常 2.2 至 30 米");
  mj_park_reset(&park);
}

static void a_bound_that_is_not_said_doubts_nothing(void) {
  mj_park park;
  mj_table *b = with_houses(&park);
  numbers(b, "floors", (double[]){1, 100, 2});
  numbers(b, "height_m", (double[]){500, 3, 9});
  numbers(b, "floor_area_registered_m2", (double[]){1, 1, 1e9});
  park.project.checks = (mj_check_limits){0};
  run(&park);
  for (mj_ledger_code code = MJ_L_SUSPECT_TAX_PER_MU; code <= MJ_L_SUSPECT_UNIT; code++)
    ASSERT_INT(entries(&park, code), 0);
  mj_park_reset(&park);
}

static void factors_and_figures_are_readable(void) {
  static const struct {
    double factor;
    const char *text;
  } factors[] = {{15.2, "15.2"},   {1 / 666.67, "666.7"}, {1e4, "1.0×10⁴"},    {9999, "1.0×10⁴"},     {8312, "8.3×10³"},
                 {999.9, "999.9"}, {999.96, "1.0×10³"},   {1e-12, "1.0×10¹²"}, {2.5e300, "2.5×10³⁰⁰"}};
  static const struct {
    double v;
    const char *text;
  } figures[] = {{3120000, "3,120,000"}, {0.0312, "0.0312"}, {12.346, "12.35"},
                 {0.00002, "0.00002"},   {0, "0"},           {NAN, "-"}};
  mj__digits d;
  for (size_t k = 0; k < sizeof factors / sizeof *factors; k++)
    ASSERT_TEXT(mj__factor_of(factors[k].factor, &d), factors[k].text);
  for (size_t k = 0; k < sizeof figures / sizeof *figures; k++)
    ASSERT_TEXT(mj__digits_of(figures[k].v, &d), figures[k].text);
}

/* The middle of the positive ones; too few make none. */
static void the_middle_is_that_of_the_positive_values(void) {
  double v[] = {5, NAN, 0, -3, 1, 9, 7, 3}, middle;
  must(mj__median(v, NULL, 8, 5, &middle));
  ASSERT_NEAR(middle, 5, 0);
  must(mj__median(v, NULL, 8, 6, &middle));
  CU_ASSERT(isnan(middle));
  must(mj__median(v, NULL, 0, 1, &middle));
  CU_ASSERT(isnan(middle));
}

SUITE_OF(suspicions, T(factors_and_figures_are_readable), T(the_middle_is_that_of_the_positive_values),
         T(storeys_and_height_are_held_against_each_other), T(floor_area_is_held_against_footprint_and_storeys),
         T(plot_ratio_over_ten_and_coverage_over_one_are_doubted), T(the_parcels_record_is_held_against_its_buildings),
         T(many_of_one_kind_are_one_entry_with_the_worst_row), T(a_bound_that_is_not_said_doubts_nothing));
