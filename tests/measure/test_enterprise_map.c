#include "lists.h"
#include "measure/enterprises.h"

enum { A, B, C };
static const rect plots[] = {{0, 0, 100, 100}, {200, 0, 100, 100}, {400, 0, 200, 100}};

/* A (north) and B (south) of a hectare, C in no zone of two; b1 of 20 m by 20 m stands on B. */
static void lay_parcels(mj_park *park) {
  new_park(park);
  park->project.lang = MJ_ZH;
  mj_table *t = lay(park, MJ_PARCELS, 3, plots);
  texts(t, "parcel_id", (const char *[]){"A", "B", "C"});
  texts(t, "zone", (const char *[]){"north", "south", NULL});
  numbers(t, "area_recorded_m2", (double[]){10000, 10000, 20000});
  texts(lay(park, MJ_BUILDINGS, 1, (const rect[]){{210, 10, 20, 20}}), "building_id", (const char *[]){"b1"});
  must(mj__measure_areas(park, NULL));
  must(mj__measure_basis(park, NULL));
  must(mj__measure_buildings(park, NULL));
}

/* The point of a row in metres from (X0, Y0), as said by @p from; NULL: there is none. */
static void stands(const mj_park *park, int64_t row, const char *from, double x, double y) {
  const mj_table *t = &park->table[MJ_ENTERPRISES];
  const char *said = mj_table_text(t, "point_from")[row];
  mj_polys g = mj_geom_view(&t->geom);
  CU_ASSERT_EQUAL_FATAL(g.n, t->n);
  int32_t parts = g.part0[row + 1] - g.part0[row];
  ASSERT_INT(parts, from != NULL);
  ASSERT_INT(from == NULL, said == NULL);
  if (!from || !said || !parts) return;
  CU_ASSERT_STRING_EQUAL(said, from);
  int32_t v = g.vert0[g.ring0[g.part0[row]]];
  ASSERT_NEAR(g.x[v], X0 + x, 2e-3);
  ASSERT_NEAR(g.y[v], Y0 + y, 2e-3);
}

static void says(const mj_park *park, const char *column, int64_t row, const char *want) {
  const char *said = mj_table_text(&park->table[MJ_ENTERPRISES], column)[row];
  CU_ASSERT(want ? said && !strcmp(said, want) : !said);
}

enum { FIRMS = 8 };
/* 1 names A; 2 has an occupancy in b1; 3 lists A and C; 4 names what is not there; 5 is of another year; 6 has
 * occupancies on A and C of which no area is known; 7 rents 60 m2 on A and 90 on B; 8 names B and has a unit in b1. */
static void eight_firms(mj_park *park) {
  lay_parcels(park);
  mj_table *e = bare(park, MJ_ENTERPRISES, FIRMS);
  texts(e, "credit_code", (const char *[]){"1", "2", "3", "4", "5", "6", "7", "8"});
  texts(e, "parcel_id", (const char *[]){"A", NULL, "A;C", "X", "A", NULL, NULL, "B"});
  texts(e, "industry_code", (const char *[]){"1711", NULL, "C3829", "?", "1711", NULL, NULL, NULL});
  years(e, (int[]){2025, 2025, 2025, 2025, 2024, 2025, 2025, 2025});
  numbers(e, "land_area_m2", (double[]){2000, 0, 3000, 2000, 2000, 1000, 1000, 1000});
  numbers(e, "output_wan", (double[]){300, 1, 1, NAN, 1, 1, 1, 1});
  numbers(e, "tax_wan", (double[]){30, 1, 1, 6, 1, 1, 1, 1});
  mj_table *o = bare(park, MJ_OCCUPANCIES, 5);
  texts(o, "credit_code", (const char *[]){"2", "6", "6", "7", "7"});
  texts(o, "parcel_id", (const char *[]){"B", "A", "C", "A", "B"});
  texts(o, "building_id", (const char *[]){"b1", NULL, NULL, NULL, NULL});
  numbers(o, "floor_area_m2", (double[]){100, NAN, NAN, 60, 90});
  mj_table *u = bare(park, MJ_FACTORY_UNITS, 2);
  texts(u, "unit_id", (const char *[]){"u1", "u2"});
  texts(u, "credit_code", (const char *[]){"8", "7"});
  texts(u, "building_id", (const char *[]){"b1", "b1"});
  texts(u, "state", (const char *[]){"在用", "在用"});
  numbers(u, "floor_area_m2", (double[]){50, 90});
  must(mj__measure_enterprises(park, NULL));
}

static void a_firm_stands_in_the_building_or_parcel_of_its_largest_place(void) {
  mj_park park;
  eight_firms(&park);
  stands(&park, 0, "parcel", 50, 50);
  stands(&park, 1, "building", 220, 20);
  stands(&park, 2, "parcel", 500, 50); /* C has two hectares, A one: two thirds of its land */
  stands(&park, 3, NULL, 0, 0);
  stands(&park, 4, NULL, 0, 0);
  stands(&park, 5, "parcel", 50, 50);    /* both are known, which is larger is not: the first */
  stands(&park, 6, "building", 220, 20); /* 90 m2 on B, where its unit tells the building */
  stands(&park, 7, "building", 220, 20);
  says(&park, "zone", 0, "north");
  says(&park, "zone", 1, "south");
  says(&park, "zone", 2, NULL);
  says(&park, "places", 1, "B");
  says(&park, "places", 2, "A;C");
  says(&park, "places", 3, NULL);
  says(&park, "places", 4, NULL);
  says(&park, "places", 5, "A;C");
  ASSERT_INT(entries(&park, MJ_L_POINT_NOT_USED), 0);
  mj_park_reset(&park);
}

/* 2,000 m2 are 3 mu. */
static void yields_are_over_the_land_that_a_firm_states(void) {
  mj_park park;
  eight_firms(&park);
  const double *tax = mj_table_f64(&park.table[MJ_ENTERPRISES], "tax_wan_per_mu"),
               *output = mj_table_f64(&park.table[MJ_ENTERPRISES], "output_wan_per_mu");
  ASSERT_NEAR(tax[0], 10, 1e-12);
  ASSERT_NEAR(output[0], 100, 1e-12);
  ASSERT_NEAR(tax[2], 1 / 4.5, 1e-12);
  ASSERT_NEAR(tax[3], 2, 1e-12);
  CU_ASSERT(isnan(output[3]) && isnan(tax[1]) && isnan(tax[4]));
  says(&park, "industry_name", 0, "纺织业");
  says(&park, "industry_name", 2, "电气机械和器材制造业");
  says(&park, "industry_name", 3, NULL);
  mj_park_reset(&park);
}

/* ---- places of their own ---- */

enum { ROWS = 7 };
/* As in test_use_points.c: six firms name A, B, C in turn and tell a place 20 m east of its middle; a seventh names
 * nothing and stands on C. */
static void fill(mj_park *park, double east_deg, int named, double last_east_deg) {
  double lon[ROWS], lat[ROWS];
  const char *parcel[ROWS] = {0};
  static const char *const ids[] = {"A", "B", "C"};
  lay_parcels(park);
  for (int i = 0; i < ROWS; i++) {
    int k = i == ROWS - 1 ? C : i % 3;
    const double *x = park->lon_deg + 5 * k, *y = park->lat_deg + 5 * k, of_width = 0.5 + 20 / plots[k].w;
    lon[i] = (x[0] + x[3]) / 2 + (x[1] - x[0] + x[2] - x[3]) / 2 * of_width + east_deg;
    lat[i] = (y[0] + y[3]) / 2 + (y[1] - y[0] + y[2] - y[3]) / 2 * of_width;
    if (i < named) parcel[i] = ids[i % 3];
  }
  lon[ROWS - 1] += last_east_deg;
  mj_table *e = bare(park, MJ_ENTERPRISES, ROWS);
  texts(e, "credit_code", (const char *[]){"1", "2", "3", "4", "5", "6", "7"});
  texts(e, "parcel_id", parcel);
  years(e, (int[]){2025, 2025, 2025, 2025, 2025, 2025, 2025});
  numbers(e, "tax_wan", (double[]){1, 2, 4, 8, 16, 32, 64});
  numbers(e, "lon_deg", lon);
  numbers(e, "lat_deg", lat);
  must(mj__measure_enterprises(park, NULL));
}

static void places_that_agree_with_the_parcels_named_are_taken(void) {
  mj_park park;
  fill(&park, 0, 6, 0);
  stands(&park, 0, "coordinates", 70, 50);
  stands(&park, 1, "coordinates", 270, 50);
  stands(&park, 5, "coordinates", 520, 50);
  stands(&park, 6, "coordinates", 520, 50);
  says(&park, "places", 6, "C");
  ASSERT_INT(entries(&park, MJ_L_POINT_NOT_USED), 0);
  mj_park_reset(&park);
}

/* Every row names its parcel, so none is inferred, and yet the map must not follow places that are off. */
static void places_that_are_off_are_not_shown(void) {
  mj_park park;
  fill(&park, 0.02, 6, 0);
  stands(&park, 0, "parcel", 50, 50);
  stands(&park, 5, "parcel", 500, 50);
  stands(&park, 6, NULL, 0, 0);
  ASSERT_INT(entries(&park, MJ_L_POINT_NOT_USED), 1);
  CU_ASSERT_STRING_EQUAL(first_entry(&park, MJ_L_POINT_NOT_USED)->found, "7 行");
  mj_park_reset(&park);
}

static void places_that_could_not_be_tried_are_shown_where_nothing_else_is_known(void) {
  mj_park park;
  fill(&park, 0, 4, 0);
  stands(&park, 0, "parcel", 50, 50);
  stands(&park, 4, "unchecked", 270, 50);
  stands(&park, 6, "unchecked", 520, 50);
  ASSERT_INT(entries(&park, MJ_L_POINT_NOT_USED), 0);
  mj_park_reset(&park);
}

/* A degree is about 101 km here. */
static void a_place_far_from_the_parcels_is_told(void) {
  mj_park park;
  fill(&park, 0, 6, 1.1);
  stands(&park, 5, "coordinates", 520, 50);
  stands(&park, 6, NULL, 0, 0);
  ASSERT_INT(entries(&park, MJ_L_POINT_NOT_USED), 1);
  CU_ASSERT_STRING_EQUAL(first_entry(&park, MJ_L_POINT_NOT_USED)->expected, "距宗地 100 公里以内");
  ASSERT_INT(first_entry(&park, MJ_L_POINT_NOT_USED)->row, 7);
  mj_park_reset(&park);
}

SUITE_OF(enterprise_map, T(a_firm_stands_in_the_building_or_parcel_of_its_largest_place),
         T(yields_are_over_the_land_that_a_firm_states), T(places_that_agree_with_the_parcels_named_are_taken),
         T(places_that_are_off_are_not_shown), T(places_that_could_not_be_tried_are_shown_where_nothing_else_is_known),
         T(a_place_far_from_the_parcels_is_told));
