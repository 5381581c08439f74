#include "lists.h"
#include "measure/units.h"

enum { N = 14 };

/* Building H1 of 1000 m2 (A), H2 with one unit (B), H3 twice in the layer, H9 in none. */
static mj_table *units(mj_park *park) {
  five_parcels(park);
  texts(&park->table[MJ_PARCELS], "owner_code", (const char *[]){"OWN", NULL, NULL, NULL, NULL});
  mj_table *b = bare(park, MJ_BUILDINGS, 4), *t = bare(park, MJ_FACTORY_UNITS, N);
  texts(b, "building_id", (const char *[]){"H1", "H2", "H3", "H3"});
  whole(b, "year_built", (int[]){1999, 2010, 2001, 2002});
  numbers(b, "floor_area_m2", (double[]){1000, 500, 1, 1});
  texts(t, "unit_id", (const char *[]){"1", "2", "3", "4", "5", "6", "7", "8", "8", "1", "1", "2", "9", NULL});
  texts(t, "building_id",
        (const char *[]){"H1", "H1", "H1", "H1", "H1", "H1", "H1", "H1", "H1", "H2", "H3", "H9", NULL, "H1"});
  texts(t, "parcel_id", (const char *[]){"A", "A", "A", "A", "A", "A", "A", "A", "A", "B", "C", "D", "X", NULL});
  texts(t, "state",
        (const char *[]){"在用", "空置", "空置", " 空置 ", "自用", "停产", "In Use", "半停", NULL, "空置", "在用",
                         "在用", "租而未用", "在用"});
  texts(t, "credit_code",
        (const char *[]){"F1", NULL, "F2", "OWN", NULL, "F1", "F3", NULL, NULL, NULL, NULL, "F4", "F1", "F1"});
  numbers(t, "floor_area_m2", (double[]){100, 200, 100, 100, 100, 100, 100, 100, 100.06, 500, NAN, 10, 10, NAN});
  days(t, "since",
       (const char *[]){"2025-03-31", "2025-04-01", "2026-04-01", NULL, NULL, NULL, NULL, NULL, NULL, "2026-03-31",
                        NULL, NULL, NULL, NULL});
  return t;
}

static void enterprises(mj_park *park) {
  mj_table *e = bare(park, MJ_ENTERPRISES, 4);
  texts(e, "credit_code", (const char *[]){"F1", "F1", "F3", "F2"});
  texts(e, "enterprise_name", (const char *[]){"one before", "one", "three", NULL});
  years(e, (int[]){2024, 2025, 2025, 2025});
  numbers(e, "output_wan", (double[]){0, 5, 0, 0});
  numbers(e, "staff", (double[]){0, 0, 0, 0});
  numbers(e, "electricity_kwh", (double[]){0, 0, 0, NAN});
}

static const char *state(const mj_table *t, int row) { return mj_table_text(t, "use_state")[row]; }
static const char *why(const mj_table *t, int row) { return mj_table_text(t, "evidence")[row]; }

static void words_decide_and_a_tenant_contradicts_vacancy(void) {
  mj_park park;
  mj_table *t = units(&park);
  enterprises(&park);
  must(mj__measure_factory_units(&park, NULL));
  static const char *const want[N] = {"in_use", "vacant", "let_unused", "vacant", "in_use", "stopped",    "in_use",
                                      NULL,     NULL,     "vacant",     "in_use", "in_use", "let_unused", "in_use"};
  for (int i = 0; i < N; i++) ASSERT_TEXT(state(t, i), want[i]);
  ASSERT_TEXT(mj_table_text(t, "state")[3], " 空置 "); /* as delivered */
  ASSERT_TEXT(why(t, 2), "recorded as '空置'; tenant F2");
  ASSERT_TEXT(why(t, 3), "recorded as ' 空置 '; the code is that of the parcel's owner");
  ASSERT_TEXT(why(t, 7), "'半停' is no known word");
  ASSERT_TEXT(why(t, 8), "no state recorded");
  ASSERT_INT(entries(&park, MJ_L_UNIT_LET_UNUSED), 1);
  ASSERT_INT(first_entry(&park, MJ_L_UNIT_LET_UNUSED)->row, 3);
  ASSERT_INT(entries(&park, MJ_L_UNIT_STATE_UNKNOWN), 2);
  ASSERT_INT(entries(&park, MJ_L_UNIT_NO_TENANT), 1); /* row 11: in use, no code; row 5 is the owner's own */
  ASSERT_INT(first_entry(&park, MJ_L_UNIT_NO_TENANT)->row, 11);
  mj_park_reset(&park);
}

static void tenants_have_the_name_of_the_year_and_quiet_ones_are_told(void) {
  mj_park park;
  mj_table *t = units(&park);
  enterprises(&park);
  must(mj__measure_factory_units(&park, NULL));
  const char **name = mj_table_text(t, "enterprise_name");
  ASSERT_TEXT(name[0], "one");
  ASSERT_TEXT(name[6], "three");
  ASSERT_TEXT(name[2], NULL);
  ASSERT_INT(entries(&park, MJ_L_UNIT_TENANT_QUIET), 1); /* F3; of F2 the electricity is not known, F1 has output */
  ASSERT_INT(first_entry(&park, MJ_L_UNIT_TENANT_QUIET)->row, 7);
  ASSERT_TEXT(why(t, 6), "recorded as 'In Use'; tenant F3 three; output, staff and electricity of 2025 are 0");
  ASSERT_INT(entries(&park, MJ_L_OCCUPANCY_NO_ENTERPRISE), 2); /* OWN, F4 */
  mj_park_reset(&park);
}

/* Whose year a row is of, and who an enterprise is, is told as everywhere else: one table without years is of the run's
 * year, and an occupancy by name alone is the only enterprise of that name. */
static void quiet_tenants_are_found_by_the_rules_of_all_tables(void) {
  mj_park park;
  five_parcels(&park);
  mj_table *t = bare(&park, MJ_FACTORY_UNITS, 2), *e = bare(&park, MJ_ENTERPRISES, 2),
           *o = bare(&park, MJ_OCCUPANCIES, 1);
  texts(t, "unit_id", (const char *[]){"1", "2"});
  texts(t, "parcel_id", (const char *[]){"A", "A"});
  texts(t, "state", (const char *[]){"在用", "在用"});
  texts(t, "credit_code", (const char *[]){"F1", NULL});
  texts(e, "credit_code", (const char *[]){"F1", "F2"});
  texts(e, "enterprise_name", (const char *[]){"one", "two"});
  numbers(e, "output_wan", (double[]){0, 0});
  numbers(e, "staff", (double[]){0, 0});
  numbers(e, "electricity_kwh", (double[]){0, 0});
  texts(o, "enterprise_name", (const char *[]){"two"});
  texts(o, "unit_id", (const char *[]){"2"});
  must(mj__measure_factory_units(&park, NULL));
  ASSERT_INT(entries(&park, MJ_L_UNIT_TENANT_QUIET), 2);
  ASSERT_TEXT(mj_table_text(t, "enterprise_name")[1], "two");
  ASSERT_INT(entries(&park, MJ_L_YEAR_ASSUMED), 0); /* it is told once, where the rows are placed */
  mj_park_reset(&park);
}

/* The building that has the code of a parcel is another place. */
static void a_building_and_a_parcel_of_one_code_are_two_places(void) {
  mj_park park;
  five_parcels(&park);
  mj_table *t = bare(&park, MJ_FACTORY_UNITS, 3);
  texts(t, "unit_id", (const char *[]){"1", "1", "1"});
  texts(t, "building_id", (const char *[]){"A", NULL, NULL});
  texts(t, "parcel_id", (const char *[]){"B", "A", "A"});
  must(mj__measure_factory_units(&park, NULL));
  ASSERT_INT(entries(&park, MJ_L_UNIT_REPEATED), 1);
  ASSERT_INT(first_entry(&park, MJ_L_UNIT_REPEATED)->row, 3);
  mj_park_reset(&park);
}

/* Six occupancies: of unit 2 in H1 by number, in force and ended; of H2 by building; of H1, which has many units; of
 * the owner on H1 and on C. */
static void an_occupancy_in_force_of_the_unit_contradicts_vacancy(void) {
  mj_park park;
  mj_table *t = units(&park);
  mj_table *o = bare(&park, MJ_OCCUPANCIES, 6);
  texts(o, "credit_code", (const char *[]){"F8", "F9", "F7", "F6", "OWN", "C"});
  texts(o, "enterprise_name", (const char *[]){"eight", "nine", "seven", "six", "own", "c"});
  texts(o, "building_id", (const char *[]){"H1", "H1", "H2", "H1", "H1", NULL});
  texts(o, "unit_id", (const char *[]){"2", "3", NULL, NULL, "4", NULL});
  texts(o, "parcel_id", (const char *[]){"A", "A", "B", "A", "A", "C"});
  texts(o, "occupancy_role", (const char *[]){"承租", "承租", "承租", "承租", "自有", "自有"});
  days(o, "from_date", (const char *[]){"2026-03-31", "2020-01-01", NULL, NULL, NULL, NULL});
  days(o, "to_date", (const char *[]){NULL, "2026-03-30", "2026-03-31", NULL, NULL, NULL});
  must(mj__measure_factory_units(&park, NULL));
  ASSERT_TEXT(state(t, 1), "let_unused");
  ASSERT_TEXT(why(t, 1), "recorded as '空置'; tenant F8 eight; an occupancy is in force (2026-03-31 to -)");
  ASSERT_TEXT(state(t, 2), "let_unused"); /* by its own code, not by the lease that ended */
  ASSERT_TEXT(why(t, 2), "recorded as '空置'; tenant F2");
  ASSERT_TEXT(state(t, 3), "vacant");     /* the owner's */
  ASSERT_TEXT(state(t, 9), "let_unused"); /* the only unit of H2 */
  ASSERT_TEXT(mj_table_text(t, "credit_code")[9], NULL);
  ASSERT_TEXT(mj_table_text(t, "enterprise_name")[9], "seven");
  ASSERT_INT(entries(&park, MJ_L_UNIT_NO_TENANT), 0); /* the owner is on C */
  ASSERT_INT(entries(&park, MJ_L_UNIT_LET_UNUSED), 3);
  mj_park_reset(&park);
}

static void places_days_areas_and_repeats_are_checked(void) {
  mj_park park;
  mj_table *t = units(&park);
  must(mj__measure_factory_units(&park, NULL));
  const int64_t *months = mj_table_i64(t, "months_in_state"), *built = mj_table_i64(t, "year_built");
  ASSERT_INT(months[0], 12);
  ASSERT_INT(months[1], 11);
  ASSERT_INT(months[2], MJ_I64_NULL); /* begins a day after the reference date */
  ASSERT_INT(months[9], 0);
  ASSERT_INT(entries(&park, MJ_L_UNIT_SINCE_LATER), 1);
  ASSERT_TEXT(mj_table_text(t, "zone")[0], "north");
  ASSERT_TEXT(mj_table_text(t, "zone")[10], NULL);
  ASSERT_TEXT(mj_table_text(t, "zone")[11], NULL); /* D is two parcels */
  ASSERT_INT(entries(&park, MJ_L_LIST_NO_PARCEL), 2);
  ASSERT_INT(entries(&park, MJ_L_LIST_DUPLICATE_PARCEL), 1);
  ASSERT_INT(built[0], 1999);
  ASSERT_INT(built[10], MJ_I64_NULL);
  ASSERT_INT(entries(&park, MJ_L_UNIT_NO_BUILDING), 3); /* H3 twice, H9, none */
  ASSERT_INT(entries(&park, MJ_L_UNIT_NO_AREA), 2);
  ASSERT_INT(entries(&park, MJ_L_UNIT_REPEATED), 1);
  ASSERT_INT(first_entry(&park, MJ_L_UNIT_REPEATED)->row, 9);
  ASSERT_INT(entries(&park, MJ_L_UNITS_OVER_BUILDING), 1); /* 1000.06 of nine; H2 has 500 of 500 */
  ASSERT_TEXT(first_entry(&park, MJ_L_UNITS_OVER_BUILDING)->found,
              "9 units of 1,000.06 m2, 0.06 m2 more than the building");
  mj_park_reset(&park);
}

/* 0.05 m2: rounding of ten figures to hundredths is no excess. */
static void rounding_is_no_excess(void) {
  mj_park park;
  mj_table *t = units(&park);
  mj_table_f64(t, "floor_area_m2")[8] = 100.05;
  must(mj__measure_factory_units(&park, NULL));
  ASSERT_INT(entries(&park, MJ_L_UNITS_OVER_BUILDING), 0);
  mj_park_reset(&park);
}

/* The unit of 500 m2 that is the only one of H2 states 0 here, and one of H1 less: neither is an area. */
static void an_area_that_is_not_above_0_is_none(void) {
  mj_park park;
  mj_table *t = units(&park);
  mj_table_f64(t, "floor_area_m2")[8] = -100;
  mj_table_f64(t, "floor_area_m2")[9] = 0;
  must(mj__measure_factory_units(&park, NULL));
  ASSERT_INT(entries(&park, MJ_L_UNIT_NO_AREA), 4);
  ASSERT_INT(first_entry(&park, MJ_L_UNIT_NO_AREA)->row, 9);
  ASSERT_TEXT(first_entry(&park, MJ_L_UNIT_NO_AREA)->found, "-100");
  ASSERT_INT(entries(&park, MJ_L_UNITS_OVER_BUILDING), 0); /* 900 of 1000 */
  mj_park_reset(&park);
}

static void many_of_one_fault_are_one_entry(void) {
  mj_park park;
  five_parcels(&park);
  mj_table *t = bare(&park, MJ_FACTORY_UNITS, 21);
  mj_column *id = mj_table_add(t, "parcel_id", MJ_TEXT);
  CU_ASSERT_PTR_NOT_NULL_FATAL(id);
  for (int i = 0; i < 21; i++) id->text[i] = "A";
  must(mj__measure_factory_units(&park, NULL));
  ASSERT_INT(entries(&park, MJ_L_UNIT_STATE_UNKNOWN), 1);
  ASSERT_TEXT(first_entry(&park, MJ_L_UNIT_STATE_UNKNOWN)->found, "21 rows, the first is row 1");
  ASSERT_INT(entries(&park, MJ_L_UNIT_NO_BUILDING), 0); /* no layer to be in */
  ASSERT_INT(entries(&park, MJ_L_LIST_NO_PARCEL), 0);
  mj_park_reset(&park);
}

static void without_a_day_nothing_is_in_force(void) {
  mj_park park;
  mj_table *t = units(&park);
  park.project.as_of = MJ_DATE_NULL;
  mj_table *o = bare(&park, MJ_OCCUPANCIES, 1);
  texts(o, "building_id", (const char *[]){"H2"});
  must(mj__measure_factory_units(&park, NULL));
  ASSERT_TEXT(state(t, 9), "vacant");
  ASSERT_INT(mj_table_i64(t, "months_in_state")[0], MJ_I64_NULL);
  ASSERT_INT(entries(&park, MJ_L_UNIT_SINCE_LATER), 0);
  mj_park_reset(&park);
}

static void every_word_of_the_table_is_found(void) {
  mj__use_words w;
  must(mj__use_words_open(&w, NULL));
  CU_ASSERT(w.words.n > 60);
  ASSERT_INT(mj__use_word(&w, "state", "Vacant"), MJ__VACANT);
  ASSERT_INT(mj__use_word(&w, "state", "owner-occupied"), MJ__OWN_USE);
  ASSERT_INT(mj__use_word(&w, "state", "自有"), MJ__NO_WORD); /* a role, not a state */
  ASSERT_INT(mj__use_word(&w, "occupancy_role", "自有"), MJ__SAYS_OWNER);
  ASSERT_INT(mj__use_word(&w, "state", ""), MJ__NO_WORD);
  ASSERT_INT(mj__use_word(&w, "state", NULL), MJ__NO_WORD);
  for (int32_t k = 0; k < w.words.n; k++) {
    CU_ASSERT(w.means[k] != MJ__NO_WORD && w.words.count[k] == 1);
    CU_ASSERT(!strncmp(w.words.key[k], "state,", 6) == (w.means[k] < MJ__SAYS_OWNER));
  }
  mj__use_words_reset(&w);
}

/* Of H1 half a square metre lies on A and the rest on nothing; most of H2 lies on the last D. */
static void a_sliver_of_a_building_is_no_parcel_of_its_units(void) {
  mj_park park;
  five_parcels(&park);
  mj_table *b = bare(&park, MJ_BUILDINGS, 2), *pairs = bare(&park, MJ_PARCEL_BUILDINGS, 3),
           *t = bare(&park, MJ_FACTORY_UNITS, 2);
  texts(b, "building_id", (const char *[]){"H1", "H2"});
  whole(pairs, "parcel_row", (int[]){1, 2, 5});
  whole(pairs, "building_row", (int[]){1, 2, 2});
  numbers(pairs, "share", (double[]){0.02, 0.4, 0.6});
  numbers(pairs, "footprint_m2", (double[]){0.5, 40, 60});
  texts(t, "unit_id", (const char *[]){"1", "2"});
  texts(t, "building_id", (const char *[]){"H1", "H2"});
  must(mj__measure_factory_units(&park, NULL));
  CU_ASSERT_PTR_NULL(mj_table_text(t, "zone")[0]);
  ASSERT_TEXT(mj_table_text(t, "zone")[1], "south");
  ASSERT_INT(entries(&park, MJ_L_LIST_NO_PARCEL), 1);
  mj_park_reset(&park);
}

/* 1 in b1; 2 in a building that is not there, on A; 3 in b2, which has no shape, on A by its code; 4 nowhere. */
static void a_unit_has_the_shape_of_its_building_else_its_parcel_s(void) {
  mj_park park;
  new_park(&park);
  texts(lay(&park, MJ_PARCELS, 1, (const rect[]){{0, 0, 100, 100}}), "parcel_id", (const char *[]){"A"});
  texts(lay(&park, MJ_BUILDINGS, 2, (const rect[]){{10, 10, 20, 30}, {0, 0, 0, 0}}), "building_id",
        (const char *[]){"b1", "b2"});
  must(mj__measure_areas(&park, NULL));
  must(mj__measure_basis(&park, NULL));
  must(mj__measure_buildings(&park, NULL));
  mj_table *t = bare(&park, MJ_FACTORY_UNITS, 4);
  texts(t, "parcel_id", (const char *[]){NULL, "A", "A", NULL});
  texts(t, "building_id", (const char *[]){"b1", "b9", "b2", NULL});
  must(mj__measure_factory_units(&park, NULL));
  double area[4];
  mj_polys g = mj_geom_view(&t->geom);
  ASSERT_INT(g.n, 4);
  mj_area_planar(&g, area);
  ASSERT_NEAR(area[0], 600, 1e-9);
  ASSERT_NEAR(area[1], 10000, 1e-9);
  ASSERT_NEAR(area[2], 10000, 1e-9);
  ASSERT_INT(g.part0[4] - g.part0[3], 0);
  const char **from = mj_table_text(t, "shape_from");
  CU_ASSERT_STRING_EQUAL(from[0], "building");
  CU_ASSERT_STRING_EQUAL(from[2], "parcel");
  CU_ASSERT_PTR_NULL(from[3]);
  mj_park_reset(&park);
}

SUITE_OF(factory_units, T(words_decide_and_a_tenant_contradicts_vacancy),
         T(tenants_have_the_name_of_the_year_and_quiet_ones_are_told),
         T(an_occupancy_in_force_of_the_unit_contradicts_vacancy), T(places_days_areas_and_repeats_are_checked),
         T(rounding_is_no_excess), T(quiet_tenants_are_found_by_the_rules_of_all_tables),
         T(a_building_and_a_parcel_of_one_code_are_two_places), T(an_area_that_is_not_above_0_is_none),
         T(many_of_one_fault_are_one_entry), T(without_a_day_nothing_is_in_force), T(every_word_of_the_table_is_found),
         T(a_sliver_of_a_building_is_no_parcel_of_its_units),
         T(a_unit_has_the_shape_of_its_building_else_its_parcel_s));
