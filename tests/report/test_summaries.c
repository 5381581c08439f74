#include "report/fixture.h"
#include "report/summaries.h"

static double number(const mj_table *t, const char *name, int64_t row) {
  const mj_column *c = mj_table_find(t, name);
  CU_ASSERT_PTR_NOT_NULL_FATAL(c);
  if (c->type == MJ_I64) return c->i64[row] == MJ_I64_NULL ? (double)NAN : (double)c->i64[row];
  CU_ASSERT_EQUAL_FATAL(c->type, MJ_F64);
  return c->f64[row];
}

static int64_t row_named(const mj_table *t, const char *column_name, const char *name) {
  const char **text = mj_table_text(t, column_name);
  for (int64_t i = 0; text && i < t->n; i++)
    if (text[i] && !strcmp(text[i], name)) return i;
  CU_FAIL("no such row");
  return 0;
}

#define NEAR(got, want) CU_ASSERT_DOUBLE_EQUAL(got, want, 1e-9)

/* 12 parcels: 0, 2, 4, 8, 10 in 北片, 1, 3, 5, 7, 9, 11 in 南片, 6 in none; 15 mu each, but 4 and 9 without area. */
static void zones_carry_whole_parcels_and_shares(void) {
  mj_park park;
  mj_summaries s = {0};
  make_park(&park, 12, 2);
  CU_ASSERT_EQUAL_FATAL(mj_summaries_run(&park, NULL, &s, NULL), MJ_OK);
  const mj_table *z = mj_summaries_find(&s, "zones");
  CU_ASSERT_PTR_NOT_NULL_FATAL(z);
  CU_ASSERT_EQUAL_FATAL(z->n, 4);
  CU_ASSERT_EQUAL(row_named(z, "zone", "北片"), 0);
  CU_ASSERT_EQUAL(row_named(z, "zone", "南片"), 1);
  CU_ASSERT_EQUAL(row_named(z, "zone", "outside"), 2);
  CU_ASSERT_EQUAL(row_named(z, "zone", "park"), 3);
  const double counts[] = {5, 6, 1, 12}, mu[] = {60, 75, 15, 150}, idle[] = {2, 1, 0, 3};
  for (int i = 0; i < 4; i++) {
    NEAR(number(z, "parcel_count", i), counts[i]);
    NEAR(number(z, "assigned_mu", i), mu[i]);
    NEAR(number(z, "idle_count", i), idle[i]);
  }
  NEAR(number(z, "split_mu", 0), 67.5); /* half of parcel 6 */
  CU_ASSERT(isnan(number(z, "split_mu", 2)));
  NEAR(number(z, "split_planar_m2", 3), 4 * 9600 + 8 * 10000);
  NEAR(number(z, "tax_wan", 1), 6 * 20.3);
  CU_ASSERT(isnan(number(z, "tax_wan", 0)));           /* no figures is not 0 */
  NEAR(number(z, "tax_wan_per_mu", 1), 5 * 20.3 / 75); /* parcel 9 has tax but no area */
  NEAR(number(z, "plot_ratio", 2), 8002 / 10000.0);
  /* industrial: every parcel but 0, 4 and 8; headroom 1000.125 times the row modulo 5, none known for 3 and 8 */
  NEAR(number(z, "headroom_industrial_m2", 0), 2000.25);
  NEAR(number(z, "headroom_industrial_m2", 3), 11 * 1000.125);
  NEAR(number(z, "headroom_m2", 3), 15 * 1000.125);
  mj_summaries_reset(&s);
  mj_park_reset(&park);
}

/* Rows 0 to 11 have the statuses in turn, 15 mu each but those that are normal: rows 4 and 9 have no area. Zones by
 * row: even north, odd south, 6 in none. */
static void land_by_zone_and_status_adds_up_to_the_park(void) {
  static const char *const names[] = {"idle_mu", "inefficient_mu", "headroom_mu", "insufficient_mu", "normal_mu"};
  static const double mu[4][5] = {{30, 0, 15, 15, NAN}, {15, 30, 15, 15, NAN}, {0, 15, 0, 0, 0}, {45, 45, 30, 30, NAN}};
  mj_park park;
  mj_summaries s = {0};
  make_park(&park, 12, 2);
  CU_ASSERT_EQUAL_FATAL(mj_summaries_run(&park, NULL, &s, NULL), MJ_OK);
  const mj_table *t = mj_summaries_find(&s, "zone_status");
  CU_ASSERT_PTR_NOT_NULL_FATAL(t);
  CU_ASSERT_EQUAL_FATAL(t->n, 4);
  ASSERT_TEXT(mj_table_text(t, "zone")[1], "南片");
  for (int i = 0; i < 4; i++)
    for (int k = 0; k < 5; k++) {
      double got = number(t, names[k], i);
      CU_ASSERT(isnan(mu[i][k]) ? isnan(got) : got == mu[i][k]);
    }
  mj_summaries_reset(&s);
  mj_park_reset(&park);
}

static void status_and_candidate_kinds_count_every_parcel(void) {
  mj_park park;
  mj_summaries s = {0};
  make_park(&park, 12, 2);
  CU_ASSERT_EQUAL_FATAL(mj_summaries_run(&park, NULL, &s, NULL), MJ_OK);
  const mj_table *status = mj_summaries_find(&s, "status"), *kinds = mj_summaries_find(&s, "candidate_kinds"),
                 *use = mj_summaries_find(&s, "land_use");
  CU_ASSERT_PTR_NOT_NULL_FATAL(status);
  CU_ASSERT_PTR_NOT_NULL_FATAL(kinds);
  CU_ASSERT_PTR_NOT_NULL_FATAL(use);
  const double n[] = {3, 3, 2, 2, 2};
  for (int i = 0; i < 5; i++) NEAR(number(status, "parcel_count", row_named(status, "status", statuses[i])), n[i]);
  NEAR(number(kinds, "parcel_count", row_named(kinds, "kind", "idle")), 3);
  NEAR(number(kinds, "parcel_count", row_named(kinds, "kind", "headroom")),
       5); /* 3 idle ones with headroom, 2 with headroom only */
  NEAR(number(kinds, "parcel_count", row_named(kinds, "kind", "any")), 8);
  NEAR(number(use, "parcel_count", row_named(use, "land_use", "0701")), 3);
  CU_ASSERT_EQUAL(mj_table_tri(use, "industrial")[row_named(use, "land_use", "1001")], MJ_YES);
  CU_ASSERT_EQUAL(mj_table_tri(use, "industrial")[row_named(use, "land_use", "0701")], MJ_NO);
  mj_summaries_reset(&s);
  mj_park_reset(&park);
}

static void a_kind_that_nobody_judged_is_null_not_0(void) {
  mj_park park;
  mj_summaries s = {0};
  make_park(&park, 12, 2);
  memset(mj_table_tri(&park.table[MJ_PARCELS], "idle"), MJ_UNKNOWN, 12);
  memset(mj_table_tri(&park.table[MJ_PARCELS], "inefficient"), MJ_NO, 12);
  for (int i = 0; i < 12; i++) mj_table_text(&park.table[MJ_PARCELS], "candidate_for")[i] = "headroom";
  CU_ASSERT_EQUAL_FATAL(mj_summaries_run(&park, NULL, &s, NULL), MJ_OK);
  const mj_table *kinds = mj_summaries_find(&s, "candidate_kinds");
  CU_ASSERT_PTR_NOT_NULL_FATAL(kinds);
  CU_ASSERT(isnan(number(kinds, "parcel_count", row_named(kinds, "kind", "idle"))));
  NEAR(number(kinds, "parcel_count", row_named(kinds, "kind", "inefficient")), 0); /* judged, and none is */
  NEAR(number(kinds, "parcel_count", row_named(kinds, "kind", "any")), 8);
  mj_summaries_reset(&s);
  mj_park_reset(&park);
}

static void a_park_without_zones_or_verdicts_has_one_row_and_blanks(void) {
  mj_park park = {.project = {.as_of = mj_date_from_ymd(2026, 3, 31), .year = 2025}};
  mj_summaries s = {0};
  CU_ASSERT_EQUAL_FATAL(mj_table_init(&park.table[MJ_PARCELS], "parcels", 2), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(mj_summaries_run(&park, NULL, &s, NULL), MJ_OK);
  const mj_table *z = mj_summaries_find(&s, "zones");
  CU_ASSERT_PTR_NOT_NULL_FATAL(z);
  CU_ASSERT_EQUAL_FATAL(z->n, 1);
  NEAR(number(z, "parcel_count", 0), 2);
  NEAR(number(z, "insufficient_count", 0), 2);
  CU_ASSERT(isnan(number(z, "assigned_mu", 0)));
  CU_ASSERT(isnan(number(z, "idle_count", 0)));
  CU_ASSERT(isnan(number(z, "idle_mu", 0)));
  mj_summaries_reset(&s);
  mj_park_reset(&park);
}

static void a_zone_without_parcels_stays_and_one_may_be_called_park(void) {
  mj_park park;
  mj_summaries s = {0};
  make_park(&park, 3, 5);
  mj_table_text(&park.table[MJ_ZONES], "zone")[4] = "park";
  CU_ASSERT_EQUAL_FATAL(mj_summaries_run(&park, NULL, &s, NULL), MJ_OK);
  const mj_table *z = mj_summaries_find(&s, "zones");
  CU_ASSERT_PTR_NOT_NULL_FATAL(z);
  CU_ASSERT_EQUAL_FATAL(z->n, 6);
  NEAR(number(z, "parcel_count", 3), 0);
  NEAR(number(z, "parcel_count", 4), 0); /* the zone */
  NEAR(number(z, "parcel_count", 5), 3); /* everything */
  NEAR(number(z, "idle_count", 3), 0);
  CU_ASSERT(isnan(number(z, "assigned_mu", 3)));
  mj_summaries_reset(&s);
  mj_park_reset(&park);
}

/* Were the cost zones x parcels, twice of both would take four times as long; it takes about twice. */
static void four_thousand_zones_do_not_take_quadratic_time(void) {
  double seconds[2];
  for (int k = 0; k < 2; k++) {
    mj_park park;
    make_park(&park, 2000 * (k + 1), 2000 * (k + 1));
    seconds[k] = 1e9;
    for (int i = 0; i < 3; i++) {
      mj_summaries s = {0};
      double start = mj_clock();
      CU_ASSERT_EQUAL_FATAL(mj_summaries_run(&park, NULL, &s, NULL), MJ_OK);
      if (mj_clock() - start < seconds[k]) seconds[k] = mj_clock() - start;
      mj_summaries_reset(&s);
    }
    mj_park_reset(&park);
  }
  printf("2000 zones %.3f s, 4000 zones %.3f s ", seconds[0], seconds[1]);
  CU_ASSERT(seconds[1] < 10); /* quadratic: 16 million steps of SQL, some minutes under valgrind */
}

SUITE_OF(summaries, T(zones_carry_whole_parcels_and_shares), T(land_by_zone_and_status_adds_up_to_the_park),
         T(status_and_candidate_kinds_count_every_parcel), T(a_kind_that_nobody_judged_is_null_not_0),
         T(a_park_without_zones_or_verdicts_has_one_row_and_blanks),
         T(a_zone_without_parcels_stays_and_one_may_be_called_park), T(four_thousand_zones_do_not_take_quadratic_time));
