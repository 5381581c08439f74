/* Classes in the ways of table attributions; every figure is worked out in the comments. */
#include "grades.h"

#define LINES "by: score, classes: [{class: A, at_least: 60}, {class: B, at_least: 40}, {class: C}]"
/* 6 per mu are 60 points */
#define PER_MU                                                                                                     \
  "{name: tax, measure: tax_wan, per: {sql: land_area_m2 * 3 / 2000, unit: mu, text: 用地}, weight: 100, base: " \
  "10}"

enum { OWNER, MERGED, FLOOR, APART, WAYS };
static const char *const ways[WAYS] = {"owner", "merged", "floor_area", "apart"};

/* A row of table attributions: firm (from 0) is measured in the unit of firm `unit` (-1: one that has no row). */
typedef struct {
  int firm, way, unit;
  double mu, tax;
} line;

static void attribute(fixture *f, int n, const line *rows) {
  mj_table *t = &f->park.table[MJ_ATTRIBUTIONS];
  CU_ASSERT_EQUAL_FATAL(mj_park_new_table(&f->park, MJ_ATTRIBUTIONS, n, NULL), MJ_OK);
  for (int i = 0; i < n; i++) {
    mj_table_text(t, "attribution")[i] = ways[rows[i].way];
    mj_table_i64(t, "enterprise_row")[i] = rows[i].firm + 1;
    if (rows[i].unit >= 0) mj_table_i64(t, "unit_row")[i] = rows[i].unit + 1;
    mj_table_f64(t, "land_mu")[i] = rows[i].mu;
    mj_table_f64(t, "tax_wan")[i] = rows[i].tax;
  }
}

/*
 * C1 owns 20 mu and lets half; its table says 10 mu and 70: 7 per mu, A. C2, its tenant, says 10 mu and 30: 3, C.
 * owner, merged: 100 on 20 mu: 5, B for both. floor_area, apart: C1 70 on 15: 4.67, B; C2 30 on 5: 6, A.
 * C3: 50 on 10 mu in all ways: B. C4: its owner has no row; 20 on 10 mu otherwise: C.
 */
static const line park[] = {
    {0, OWNER, 0, 20, 100}, {0, MERGED, 0, 20, 100}, {0, FLOOR, 0, 15, 70}, {0, APART, 0, 15, 70},
    {1, OWNER, 0, 20, 100}, {1, MERGED, 0, 20, 100}, {1, FLOOR, 1, 5, 30},  {1, APART, 1, 5, 30},
    {2, OWNER, 2, 10, 50},  {2, MERGED, 2, 10, 50},  {2, FLOOR, 2, 10, 50}, {2, APART, 2, 10, 50},
    {3, OWNER, -1, 40, 90}, {3, MERGED, 3, 10, 20},  {3, FLOOR, 3, 10, 20}, {3, APART, 3, 10, 20}};

static void fill(fixture *f) {
  set_firms(f, 4);
  tax(f, (double[]){70, 30, 50, 20});
  for (int i = 0; i < 4; i++) of(f, "land_area_m2")[i] = 20000 / 3.0;
  attribute(f, sizeof park / sizeof *park, park);
}

static const char *compared(const fixture *f, const char *column, int64_t row) {
  const mj_table *t = &f->park.table[MJ_ATTRIBUTION_GRADES];
  const char *value = row < t->n ? mj_table_text(t, column)[row] : "(no row)";
  return value ? value : "-";
}

/* One letter a way: stated, owner, merged, floor_area, apart. */
static void stands(const fixture *f, int64_t row, const char *want, uint8_t depends) {
  static const char *const columns[] = {"class_stated", "class_owner", "class_merged", "class_floor_area",
                                        "class_apart"};
  char got[8] = "";
  for (int k = 0; k < 5; k++) strcat(got, compared(f, columns[k], row));
  CU_ASSERT_STRING_EQUAL(got, want);
  CU_ASSERT_EQUAL(mj_table_tri(&f->park.table[MJ_ATTRIBUTION_GRADES], "depends")[row], depends);
}

static void all_ways_stand_side_by_side(void) {
  fixture f;
  fill(&f);
  write_book(&f, "g", SCHEME("", LINES, PER_MU));
  classes_are(&f, "ACBC"); /* as the table states them: the rulebook says nothing else */
  stands(&f, 0, "ABBBB", MJ_YES);
  stands(&f, 1, "CBBAA", MJ_YES);
  stands(&f, 2, "BBBBB", MJ_NO);
  stands(&f, 3, "C-CCC", MJ_UNKNOWN); /* who stands for it has no row: no class to follow */
  CU_ASSERT_STRING_EQUAL(compared(&f, "attribution", 0), "stated");
  CU_ASSERT_EQUAL(f.park.table[MJ_ATTRIBUTION_GRADES].n, 4);
  tear_down(&f);
}

static void the_way_of_the_rulebook_gives_the_classes(void) {
  fixture f;
  fill(&f);
  write_book(&f, "g", SCHEME("attribution: owner,", LINES, PER_MU));
  classes_are(&f, "BBB-");
  CU_ASSERT_STRING_EQUAL(cell(&f, "state", 0), "graded");
  ASSERT_NEAR(number(&f, "score", 0), 50, 1e-9);
  CU_ASSERT_STRING_EQUAL(cell(&f, "state", 1), "follows");
  CU_ASSERT_STRING_EQUAL(cell(&f, "reason", 1), "随评价单元主体：C1");
  CU_ASSERT_STRING_EQUAL(cell(&f, "reason", 3), "所在评价单元的主体不在企业表中");
  CU_ASSERT_STRING_EQUAL(compared(&f, "attribution", 0), "owner");
  stands(&f, 1, "CBBAA", MJ_YES);
  tear_down(&f);
}

/* Ranked among those that are measured: by owner C1 and C3 alone, 5 and 5. */
static void who_follows_takes_no_place_in_the_ranking(void) {
  fixture f;
  fill(&f);
  write_book(&f, "g", SCHEME("attribution: owner,", HALVES, PER_MU));
  classes_are(&f, "AAA-");
  CU_ASSERT_EQUAL(mj_table_i64(grades(&f), "group_size")[0], 2);
  tear_down(&f);
}

/* Parcel P1 is used by C3, whose class stands, and by C2, whose class depends. */
static void a_parcel_depends_with_any_of_its_users(void) {
  fixture f;
  fill(&f);
  CU_ASSERT_EQUAL_FATAL(mj_park_new_table(&f.park, MJ_OCCUPANCY_SHARES, 2, NULL), MJ_OK);
  mj_table *t = &f.park.table[MJ_OCCUPANCY_SHARES];
  for (int i = 0; i < 2; i++) {
    mj_table_i64(t, "parcel_row")[i] = 1;
    mj_table_text(t, "credit_code")[i] = i ? "C2" : "C3";
  }
  write_book(&f, "g", SCHEME("", LINES, PER_MU));
  classes_are(&f, "ACBC");
  CU_ASSERT_EQUAL(mj_table_tri(&f.park.table[MJ_PARCELS], "grade_depends")[0], MJ_YES);
  tear_down(&f);
}

/* C2 has no code here, only a name; then somebody whom no row of the year names. */
static void users_are_known_by_their_names_too(void) {
  for (int stranger = 0; stranger < 2; stranger++) {
    fixture f;
    fill(&f);
    mj_table_text(firms(&f), "credit_code")[1] = NULL;
    mj_table_add(firms(&f), "enterprise_name", MJ_TEXT)->text[1] = "Two";
    CU_ASSERT_EQUAL_FATAL(mj_park_new_table(&f.park, MJ_OCCUPANCY_SHARES, 2, NULL), MJ_OK);
    mj_table *t = &f.park.table[MJ_OCCUPANCY_SHARES];
    for (int i = 0; i < 2; i++) mj_table_i64(t, "parcel_row")[i] = 1;
    mj_table_text(t, "credit_code")[0] = "C3";
    mj_table_text(t, "enterprise_name")[1] = stranger ? "Nobody" : "Two";
    write_book(&f, "g", SCHEME("", LINES, PER_MU));
    classes_are(&f, "ACBC");
    CU_ASSERT_EQUAL(mj_table_tri(&f.park.table[MJ_PARCELS], "grade_depends")[0], stranger ? MJ_UNKNOWN : MJ_YES);
    tear_down(&f);
  }
}

static void without_occupancies_a_rulebooks_way_cannot_be_taken(void) {
  fixture f;
  set_firms(&f, 1);
  tax(&f, (double[]){70});
  of(&f, "land_area_m2")[0] = 20000 / 3.0;
  write_book(&f, "g", SCHEME("attribution: merged,", LINES, PER_MU));
  classes_are(&f, "A");
  int told = 0;
  for (int64_t i = 0; i < f.park.ledger.n; i++) told += f.park.ledger.entry[i].code == MJ_L_GRADE_NO_ATTRIBUTION;
  CU_ASSERT_EQUAL(told, 1);
  CU_ASSERT_PTR_NULL(f.park.table[MJ_ATTRIBUTION_GRADES].name);
  tear_down(&f);
}

/* A scheme that lacks a weight gives no class in any way: nothing is compared. */
static void nothing_is_compared_where_no_class_can_be(void) {
  fixture f;
  fill(&f);
  write_book(&f, "g", SCHEME("", LINES, "{name: tax, measure: tax_wan, weight: unknown, base: 10}"));
  classes_are(&f, "----");
  CU_ASSERT_PTR_NULL(f.park.table[MJ_ATTRIBUTION_GRADES].name);
  tear_down(&f);
}

SUITE_OF(grade_ways, T(all_ways_stand_side_by_side), T(the_way_of_the_rulebook_gives_the_classes),
         T(who_follows_takes_no_place_in_the_ranking), T(a_parcel_depends_with_any_of_its_users),
         T(users_are_known_by_their_names_too), T(without_occupancies_a_rulebooks_way_cannot_be_taken),
         T(nothing_is_compared_where_no_class_can_be));
