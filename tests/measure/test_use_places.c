#include "lists.h"
#include "measure/use_places.h"

static mj_table *table(mj_park *park, mj_table_id id, int n) {
  must(mj_table_init(&park->table[id], mj_table_id_name(id), n));
  return &park->table[id];
}

/* ---- parts of a year ---- */

static int32_t day(int y, int m, int d) { return mj_date_from_ymd(y, m, d); }

static void a_part_of_the_year_counts_both_its_days(void) {
  const int32_t open = MJ_DATE_NULL;
  ASSERT_NEAR(mj__part_of_year(2025, open, open), 1, 0);
  ASSERT_NEAR(mj__part_of_year(2025, day(2020, 5, 1), day(2030, 1, 1)), 1, 0);
  ASSERT_NEAR(mj__part_of_year(2025, open, day(2025, 6, 30)), 181 / 365.0, 0);
  ASSERT_NEAR(mj__part_of_year(2025, day(2025, 7, 1), open), 184 / 365.0, 0);
  ASSERT_NEAR(mj__part_of_year(2024, day(2024, 2, 1), day(2024, 2, 29)), 29 / 366.0, 0); /* a leap year */
  ASSERT_NEAR(mj__part_of_year(2025, day(2025, 3, 3), day(2025, 3, 3)), 1 / 365.0, 0);
  ASSERT_NEAR(mj__part_of_year(2025, open, day(2024, 12, 31)), 0, 0);
  ASSERT_NEAR(mj__part_of_year(2025, day(2026, 1, 1), open), 0, 0);
  ASSERT_NEAR(mj__part_of_year(2025, day(2025, 9, 1), day(2025, 3, 1)), 0, 0); /* ends before it begins */
}

/* ---- cells that name parcels ---- */

enum { A, B, C, D, E };

/* Codes that end in 00001 .. 00003, and 00009 twice. Of A 6000 m2 of floor, of B 2000; C has none known, and 10 mu. */
static void open(mj_park *park, mj__use_tables *t) {
  *park = (mj_park){0};
  mj_table *p = table(park, MJ_PARCELS, 5);
  texts(p, "parcel_id", (const char *[]){"GB00001", "GB00002", "GB00003", "GB00009", "GB00009"});
  numbers(p, "floor_area_m2", (double[]){6000, 2000, NAN, 1, 1});
  numbers(p, "area_mu", (double[]){30, 20, 10, 1, 1});
  must(mj__use_tables_open(park, NULL, t, NULL));
}

static void close(mj_park *park, mj__use_tables *t) {
  mj__use_tables_close(t);
  mj_park_reset(park);
}

static void a_cell_may_list_codes_the_short_ones_in_the_form_of_the_one_before(void) {
  mj_park park;
  mj__use_tables t;
  mj__place place[MJ__MOST_PLACES];
  int32_t n;
  static const char *const cells[] = {"GB00001;00002",    "GB00001；GB00002",       "GB00001、2",
                                      " GB00001 / 02 ",   "GB00001,GB00002",        "GB00001，00002",
                                      "GB00001　GB00002", "GB00001|GB00002;GB00001"};
  open(&park, &t);
  for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
    ASSERT_INT(mj__find_places(&t, cells[i], place, &n), PLACED);
    ASSERT_INT(n, 2);
    CU_ASSERT(place[0].parcel == A && place[1].parcel == B);
    ASSERT_NEAR(place[0].share, .75, 1e-15); /* 6000 : 2000 */
  }
  ASSERT_INT(mj__find_places(&t, "GB00001;3", place, &n), PLACED); /* the floor of C is not known: 30 mu : 10 mu */
  ASSERT_NEAR(place[1].share, .25, 1e-15);
  ASSERT_INT(mj__find_places(&t, "GB00003", place, &n), PLACED);
  CU_ASSERT(n == 1 && place->parcel == C && place->share == 1);
  close(&park, &t);
}

static void a_cell_of_which_one_code_is_wrong_names_no_place(void) {
  mj_park park;
  mj__use_tables t;
  mj__place place[MJ__MOST_PLACES];
  int32_t n, known[MJ__MOST_PLACES];
  open(&park, &t);
  ASSERT_INT(mj__find_places(&t, NULL, place, &n), NO_PARCEL_CODE);
  ASSERT_INT(mj__find_places(&t, " ;、", place, &n), NO_PARCEL_CODE);
  ASSERT_INT(mj__find_places(&t, "GB00007", place, &n), UNKNOWN_PARCEL);
  ASSERT_INT(mj__find_places(&t, "GB00001;00007", place, &n), UNKNOWN_PARCEL);
  ASSERT_INT(n, 0);
  ASSERT_INT(mj__find_places(&t, "GB00009", place, &n), DUPLICATE_PARCEL);
  ASSERT_INT(mj__find_places(&t, "GB00001;00009", place, &n), DUPLICATE_PARCEL);
  ASSERT_INT(mj__known_codes(&t, "GB00007 00009;00001;GB00001", known), 2); /* its parcels all the same */
  ASSERT_TEXT(t.parcels.key[known[0]], "GB00009");
  ASSERT_TEXT(t.parcels.key[known[1]], "GB00001");
  ASSERT_INT(mj__known_codes(&t, NULL, known), 0);
  close(&park, &t);
}

/* A cell with more codes than a row may name, and one with just as many. */
static void very_long_cells_name_no_place(void) {
  enum { MANY = MJ__MOST_PLACES + 1 };
  static char codes[MANY][8], cell[MANY * 8 + 1];
  const char *id[MANY];
  mj_park park = {0};
  mj__use_tables t;
  mj__place place[MJ__MOST_PLACES];
  int32_t n, known[MJ__MOST_PLACES];
  for (int i = 0; i < MANY; i++) {
    snprintf(codes[i], sizeof codes[i], "P%03d000", i);
    id[i] = codes[i];
    snprintf(cell + 8 * i, 9, "P%03d000;", i);
  }
  texts(table(&park, MJ_PARCELS, MANY), "parcel_id", id);
  must(mj__use_tables_open(&park, NULL, &t, NULL));
  ASSERT_INT(mj__find_places(&t, cell, place, &n), UNKNOWN_PARCEL);
  ASSERT_INT(mj__known_codes(&t, cell, known), MJ__MOST_PLACES);
  cell[8 * (MANY - 1)] = '\0';
  ASSERT_INT(mj__find_places(&t, cell, place, &n), PLACED);
  ASSERT_INT(n, MJ__MOST_PLACES);
  CU_ASSERT(isnan(place[0].share)); /* neither floor nor land is known */
  close(&park, &t);
}

/* ---- buildings ---- */

/* Building 1 lies on A but for a sliver, 2 on A and B, 3 with a sliver on B and else on nothing, 4 is smaller than a
 * sliver may be. */
static void slivers_of_buildings_are_no_places(void) {
  mj_park park;
  mj__use_tables t;
  mj__place place[MJ__MOST_PLACES];
  int32_t n;
  open(&park, &t);
  mj__use_tables_close(&t);
  park.project.checks =
      (mj_check_limits){.building_sliver_m2 = 1, .building_sliver_share = 0.01, .building_inside_share = 0.5};
  table(&park, MJ_BUILDINGS, 4);
  mj_table *pairs = table(&park, MJ_PARCEL_BUILDINGS, 7);
  whole(pairs, "parcel_row", (int[]){A + 1, B + 1, A + 1, B + 1, B + 1, A + 1, B + 1});
  whole(pairs, "building_row", (int[]){1, 1, 2, 2, 3, 4, 4});
  numbers(pairs, "share", (double[]){0.981, 0.009, 0.8, 0.1, 0.02, 0.4, 0.6});
  numbers(pairs, "footprint_m2", (double[]){981, 9, 80, 10, 0.9, 0.2, 0.3});
  must(mj__use_tables_open(&park, NULL, &t, NULL));
  ASSERT_INT(mj__building_places(&t, 0, place, &n), PLACED); /* 9 m2 of 1000 */
  CU_ASSERT(n == 1 && place->parcel == A && place->share == 1);
  ASSERT_INT(mj__building_places(&t, 1, place, &n), PLACED);
  ASSERT_INT(n, 2);
  ASSERT_NEAR(place[0].share, 8 / 9.0, 1e-15);
  ASSERT_INT(mj__building_places(&t, 2, place, &n), UNKNOWN_PARCEL); /* 0.9 m2 of 45 */
  ASSERT_INT(n, 0);
  ASSERT_INT(mj__building_places(&t, 3, place, &n), PLACED); /* more than half of it */
  CU_ASSERT(n == 1 && place->parcel == B);
  close(&park, &t);
}

/* ---- who is who ---- */

static void a_name_is_the_only_enterprise_that_bears_it_with_a_code(void) {
  mj_park park = {0};
  mj__firms f;
  mj_table *e = table(&park, MJ_ENTERPRISES, 6), *o = table(&park, MJ_OCCUPANCIES, 5), *p = table(&park, MJ_PARCELS, 2);
  texts(e, "credit_code", (const char *[]){"1", "2", NULL, NULL, "3", NULL});
  texts(e, "enterprise_name", (const char *[]){"甲", "乙", "甲", "丙", "乙", NULL});
  texts(o, "credit_code", (const char *[]){NULL, NULL, "4", NULL, NULL});
  texts(o, "enterprise_name", (const char *[]){"甲", "乙", "甲", "丙", NULL});
  texts(o, "lessor_code", (const char *[]){"1", NULL, "2", NULL, NULL});
  texts(p, "owner_name", (const char *[]){"丙", "丁"});
  must(mj__firms_find(&park, &f));
  CU_ASSERT(f.of_row[0] == f.of_row[2] && f.of_row[0] == f.of_occupancy[0] && f.of_row[0] == f.of_lessor[0]); /* 1 */
  CU_ASSERT(f.of_row[1] != f.of_row[4]);                                           /* two codes, one name: 乙 */
  CU_ASSERT(f.of_occupancy[1] != f.of_row[1] && f.of_occupancy[1] != f.of_row[4]); /* either of them: its own */
  CU_ASSERT(f.of_occupancy[2] != f.of_row[0]);                                     /* a code goes before a name */
  CU_ASSERT(f.of_row[3] == f.of_occupancy[3] && f.of_row[3] == f.owner[0]);        /* 丙, by the name alone */
  CU_ASSERT(f.of_occupancy[4] == -1 && f.of_lessor[1] == -1 && f.of_lessor[2] == f.of_row[1]);
  ASSERT_INT(f.n, 8); /* 1, 2, 3, 丙, 乙 without a code, 4, 丁, the row without either */
  ASSERT_INT(f.of_row[5], 7);
  ASSERT_TEXT(f.name[f.of_row[0]], "甲");
  ASSERT_TEXT(f.code[f.of_row[4]], "3");
  CU_ASSERT(!f.code[f.of_row[3]] && !f.name[f.of_row[5]]);
  mj__firms_reset(&f);
  mj_park_reset(&park);
}

static void rows_are_grouped_in_their_order(void) {
  mj_arena arena = {0};
  mj__groups g;
  must(mj__group(&arena, (int32_t[]){2, -1, 0, 2, 0, 2}, 6, 4, &g));
  CU_ASSERT(!memcmp(g.at, ((int32_t[]){0, 2, 2, 5, 5}), 5 * sizeof *g.at));
  CU_ASSERT(!memcmp(g.row, ((int32_t[]){2, 4, 0, 3, 5}), 5 * sizeof *g.row));
  must(mj__group(&arena, NULL, 0, 0, &g));
  ASSERT_INT(g.at[0], 0);
  mj_arena_reset(&arena);
}

SUITE_OF(use_places, T(a_part_of_the_year_counts_both_its_days),
         T(a_cell_may_list_codes_the_short_ones_in_the_form_of_the_one_before),
         T(a_cell_of_which_one_code_is_wrong_names_no_place), T(very_long_cells_name_no_place),
         T(slivers_of_buildings_are_no_places), T(a_name_is_the_only_enterprise_that_bears_it_with_a_code),
         T(rows_are_grouped_in_their_order));
