#include "lists.h"
#include "measure/enterprises.h"

/* A of 5000 m2 and B of 3000. */
static void open(mj_park *park) {
  five_parcels(park);
  numbers(&park->table[MJ_PARCELS], "floor_area_m2", (double[]){5000, 3000, NAN, 1, 1});
}

static const mj__use *use_of(const mj__places *p, int parcel, int k) { return &p->uses.use[p->uses.at[parcel] + k]; }

/* Two cells of occupancies list codes, one of an enterprise whose uses nothing else tells. */
static void lists_are_told_of_the_table_that_they_stand_in(void) {
  mj_park park;
  mj__places places;
  open(&park);
  mj_table *o = bare(&park, MJ_OCCUPANCIES, 3), *e = bare(&park, MJ_ENTERPRISES, 1);
  texts(o, "credit_code", (const char *[]){"1", "2", "3"});
  texts(o, "parcel_id", (const char *[]){"A;B", "A", "B A"});
  texts(e, "credit_code", (const char *[]){"4"});
  texts(e, "parcel_id", (const char *[]){"A、B"});
  must(mj__enterprise_places(&park, &places));
  ASSERT_INT(entries(&park, MJ_L_USE_FROM_LIST), 2);
  const mj_ledger_entry *one = first_entry(&park, MJ_L_USE_FROM_LIST);
  ASSERT_TEXT(one->layer, "occupancies");
  ASSERT_TEXT(one->found, "2");
  for (int64_t i = 0; i < park.ledger.n; i++)
    if (park.ledger.entry[i].code == MJ_L_USE_FROM_LIST && &park.ledger.entry[i] != one) {
      ASSERT_TEXT(park.ledger.entry[i].layer, "enterprises");
      ASSERT_TEXT(park.ledger.entry[i].found, "1");
    }
  mj__places_reset(&places);
  mj_park_reset(&park);
}

/* One tenant, two leases of A: 100 m2 and 250; what the enterprise's own rows state of A, 70 and 30, adds up. */
static void areas_of_a_second_row_are_kept(void) {
  mj_park park;
  mj__places places;
  open(&park);
  mj_table *o = bare(&park, MJ_OCCUPANCIES, 2), *e = bare(&park, MJ_ENTERPRISES, 4);
  texts(o, "credit_code", (const char *[]){"1", "1"});
  texts(o, "parcel_id", (const char *[]){"A", "A"});
  texts(o, "occupancy_role", (const char *[]){"承租", "承租"});
  numbers(o, "floor_area_m2", (double[]){100, 250});
  texts(e, "credit_code", (const char *[]){"1", "2", "2", "2"});
  texts(e, "parcel_id", (const char *[]){"A", "B", "B", "A"});
  numbers(e, "floor_area_m2", (double[]){999, 70, 30, 11});
  must(mj__enterprise_places(&park, &places));
  ASSERT_INT(places.uses.at[1] - places.uses.at[0], 3); /* on A: two leases of 1, and 2 */
  ASSERT_NEAR(use_of(&places, 0, 0)->stated_m2, 100, 0);
  ASSERT_NEAR(use_of(&places, 0, 1)->stated_m2, 250, 0);
  ASSERT_NEAR(use_of(&places, 0, 2)->stated_m2, 11, 0);
  ASSERT_INT(places.uses.at[2] - places.uses.at[1], 1);
  ASSERT_NEAR(use_of(&places, 1, 0)->stated_m2, 100, 0);
  ASSERT_INT(places.uses.on[3], 1);
  ASSERT_INT(mj__first_use(&places.uses, places.tables.firms.of_row[1], 1), 3);
  ASSERT_INT(mj__first_use(&places.uses, places.tables.firms.of_row[0], 1), -1);
  mj__places_reset(&places);
  mj_park_reset(&park);
}

SUITE_OF(use_read, T(lists_are_told_of_the_table_that_they_stand_in), T(areas_of_a_second_row_are_kept));
