/* Summaries by industry, grade, owner, size, verdict and year on a park of twelve parcels; every number is worked out.
 */
#include "report/fixture.h"
#include "report/summaries.h"

static mj_park park;
static mj_summaries sums;

static const mj_table *summary(const char *name) {
  const mj_table *t = mj_summaries_find(&sums, name);
  CU_ASSERT_PTR_NOT_NULL_FATAL(t);
  return t;
}

static double at(const mj_table *t, const char *name, int64_t row) {
  const mj_column *c = mj_table_find(t, name);
  CU_ASSERT_PTR_NOT_NULL_FATAL(c);
  if (row >= t->n) return -1;
  return c->type == MJ_I64 ? (c->i64[row] == MJ_I64_NULL ? (double)NAN : (double)c->i64[row]) : c->f64[row];
}

static const char *text(const mj_table *t, const char *name, int64_t row) {
  return row < t->n ? mj_table_text(t, name)[row] : "(no row)";
}

/* Six enterprises: five of 2025, one of 2024. Tax, land in mu, division: */
static void set_up(void) {
  static const char *const code[] = {"C1711", "1761", "3829", NULL, "no code", "17"}, *const owner[] = {"民营", "国有",
                                                                                                        NULL,   "民营",
                                                                                                        "民营", "国有"};
  static const double tax[] = {10, 20, 90, 5, NAN, 7}, mu[] = {5, 10, 0, 1, 2, 7};
  make_park(&park, 12, 2);
  mj_table *t = &park.table[MJ_ENTERPRISES];
  mj_table_reset(t);
  sums = (mj_summaries){0};
  CU_ASSERT_EQUAL_FATAL(mj_table_init(t, "enterprises", 6), MJ_OK);
  mj_column *year = column(t, "year", MJ_I64), *industry = column(t, "industry_code", MJ_TEXT),
            *type = column(t, "owner_type", MJ_TEXT), *tax_wan = column(t, "tax_wan", MJ_F64),
            *land = column(t, "land_area_m2", MJ_F64);
  for (int i = 0; i < 6; i++) {
    year->i64[i] = i < 5 ? 2025 : 2024;
    industry->text[i] = code[i];
    type->text[i] = owner[i];
    tax_wan->f64[i] = tax[i];
    land->f64[i] = mu[i] * 2000 / 3;
  }
}

static void run(void) { CU_ASSERT_EQUAL_FATAL(mj_summaries_run(&park, NULL, &sums, NULL), MJ_OK); }

static void tear_down(void) {
  mj_summaries_reset(&sums);
  mj_park_reset(&park);
}

/* Division 17: 10 + 20 over 15 mu; 38: no land; no division: 5 over 1 mu, and 2 mu without a tax. */
static void industries_are_divisions_and_the_rest_lacks_data(void) {
  set_up();
  run();
  const mj_table *t = summary("industries");
  ASSERT_INT(t->n, 3);
  ASSERT_TEXT(text(t, "industry", 0), "17");
  ASSERT_TEXT(text(t, "industry_name", 0), "纺织业");
  ASSERT_NEAR(at(t, "enterprise_count", 0), 2, 0);
  ASSERT_NEAR(at(t, "tax_wan", 0), 30, 1e-12);
  ASSERT_NEAR(at(t, "tax_wan_per_mu", 0), 2, 1e-12);
  CU_ASSERT(isnan(at(t, "land_mu", 1)) && isnan(at(t, "tax_wan_per_mu", 1)));
  ASSERT_TEXT(text(t, "industry", 2), NULL);
  ASSERT_TEXT(text(t, "industry_name", 2), "数据不足");
  ASSERT_NEAR(at(t, "enterprise_count", 2), 2, 0);
  ASSERT_NEAR(at(t, "land_mu", 2), 3, 1e-12);
  ASSERT_NEAR(at(t, "tax_wan_per_mu", 2), 5, 1e-12);
  tear_down();
}

/* Only the enterprises say an owner's type: no figures of parcels. Then the parcels say theirs too. */
static void owner_types_take_what_there_is(void) {
  set_up();
  run();
  const mj_table *t = summary("owner_types");
  ASSERT_INT(t->n, 3);
  for (int64_t i = 0; i < t->n; i++) CU_ASSERT(isnan(at(t, "parcel_count", i)));
  ASSERT_TEXT(text(t, "owner_type", 2), "数据不足");
  ASSERT_NEAR(at(t, "tax_wan", 2), 90, 1e-12);
  mj_summaries_reset(&sums);
  mj_column *type = column(&park.table[MJ_PARCELS], "owner_type", MJ_TEXT);
  for (int i = 0; i < 12; i++) type->text[i] = i < 4 ? "企业" : NULL; /* 15 mu each, idle is parcel 0 */
  run();
  t = summary("owner_types");
  ASSERT_INT(t->n, 4);
  ASSERT_TEXT(text(t, "owner_type", 0), "企业");
  ASSERT_NEAR(at(t, "parcel_count", 0), 4, 0);
  ASSERT_NEAR(at(t, "area_mu", 0), 60, 1e-12);
  ASSERT_NEAR(at(t, "idle_count", 0), 1, 0);
  CU_ASSERT(isnan(at(t, "enterprise_count", 0)));
  ASSERT_NEAR(at(t, "parcel_count", 3), 8, 0); /* no type */
  tear_down();
}

static void sizes_end_below_the_next_class(void) {
  static const double mu[12] = {4.999, 5, 19.9, 20, 50, 99, 100, 300, NAN, 1, 2, 3};
  set_up();
  memcpy(mj_table_f64(&park.table[MJ_PARCELS], "area_mu"), mu, sizeof mu);
  run();
  const mj_table *t = summary("sizes");
  const char *const size[] = {"under_5", "from_5", "from_20", "from_50", "from_100", "unknown"};
  const double n[] = {4, 2, 1, 2, 2, 1};
  ASSERT_INT(t->n, 6);
  for (int i = 0; i < 6; i++) {
    ASSERT_TEXT(text(t, "size", i), size[i]);
    ASSERT_NEAR(at(t, "parcel_count", i), n[i], 0);
  }
  ASSERT_NEAR(at(t, "area_mu", 4), 400, 1e-12);
  ASSERT_NEAR(at(t, "area_share", 4), 400 / 604.899, 1e-12);
  tear_down();
  set_up();
  memcpy(mj_table_f64(&park.table[MJ_PARCELS], "area_mu"), mu, sizeof mu);
  uint8_t *idle = mj_table_tri(&park.table[MJ_PARCELS], "idle");
  for (int i = 0; i < 12; i++) idle[i] = i == 3 ? MJ_YES : i == 6 || i == 7 ? MJ_UNKNOWN : MJ_NO;
  run();
  ASSERT_NEAR(at(summary("sizes"), "idle_count", 2), 1, 0);
  CU_ASSERT(isnan(at(summary("sizes"), "idle_count", 4))); /* nothing is known of any of them */
  tear_down();
  set_up();
  run();
  ASSERT_INT(summary("sizes")->n, 6); /* parcels 4 and 9 have no area */
  ASSERT_NEAR(at(summary("sizes"), "parcel_count", 0), 0, 0);
  ASSERT_NEAR(at(summary("sizes"), "parcel_count", 1), 10, 0);
  tear_down();
}

/* idle: rows 0, 5, 10 yes; 3, 8 unknown */
static void every_parcel_stands_once_under_each_verdict(void) {
  set_up();
  run();
  const mj_table *t = summary("verdicts");
  const uint8_t *answer = mj_table_tri(t, "answer");
  const double n[] = {3, 7, 2, 3, 9, 0, 8, 2, 2};
  ASSERT_INT(t->n, 9);
  for (int i = 0; i < 9; i++) {
    ASSERT_INT(answer[i], i % 3 == 0 ? MJ_YES : i % 3 == 1 ? MJ_NO : MJ_UNKNOWN);
    ASSERT_TEXT(text(t, "verdict_on", i), i < 3 ? "idle" : i < 6 ? "inefficient" : "candidate");
    ASSERT_NEAR(at(t, "parcel_count", i), n[i], 0);
  }
  tear_down();
}

static void years_count_who_knows_the_figure(void) {
  set_up();
  mj_table_i64(&park.table[MJ_ENTERPRISES], "year")[4] = MJ_I64_NULL;
  run();
  const mj_table *t = summary("years");
  ASSERT_INT(t->n, 3);
  ASSERT_TEXT(text(t, "year", 0), "2024");
  ASSERT_TEXT(text(t, "year", 1), "2025");
  ASSERT_TEXT(text(t, "year", 2), NULL);
  ASSERT_NEAR(at(t, "enterprise_count", 1), 4, 0);
  ASSERT_NEAR(at(t, "with_land", 1), 3, 0);
  ASSERT_NEAR(at(t, "tax_wan", 1), 125, 1e-12);
  ASSERT_NEAR(at(t, "tax_wan_per_mu", 1), 35 / 16., 1e-12);
  ASSERT_NEAR(at(t, "with_tax", 2), 0, 0);
  tear_down();
}

static void without_a_year_column_all_rows_are_of_the_runs_year(void) {
  set_up();
  mj_table *t = &park.table[MJ_ENTERPRISES];
  t->columns[0] = t->columns[--t->n_columns]; /* year */
  run();
  ASSERT_INT(summary("years")->n, 1);
  ASSERT_TEXT(text(summary("years"), "year", 0), "2025");
  ASSERT_NEAR(at(summary("years"), "enterprise_count", 0), 6, 0);
  tear_down();
}

/* Two schemes over the five enterprises of 2025; the land and tax of each come by its place. */
static void grades_are_summed_by_scheme_and_class(void) {
  static const char *const cls[] = {"A", "B", NULL, "B", "A"}, *const robust[] = {"A", "A", NULL, "B", "B"};
  set_up();
  mj_table *t = &park.table[MJ_GRADES];
  CU_ASSERT_EQUAL_FATAL(mj_table_init(t, "grades", 10), MJ_OK);
  mj_column *scheme = column(t, "scheme", MJ_TEXT), *state = column(t, "state", MJ_TEXT),
            *class = column(t, "class", MJ_TEXT), *other = column(t, "class_robust", MJ_TEXT),
            *row = column(t, "row", MJ_I64), *rank = column(t, "rank", MJ_I64);
  for (int i = 0; i < 10; i++) {
    scheme->text[i] = i < 5 ? "Z" : "M";
    class->text[i] = cls[i % 5];
    other->text[i] = robust[i % 5];
    state->text[i] = cls[i % 5] ? "graded" : "unknown";
    row->i64[i] = i % 5 + 1;
    rank->i64[i] = i % 5 == 4 ? 1 : i % 5 + 2;
  }
  run();
  const mj_table *sum = summary("grade_classes");
  ASSERT_INT(sum->n, 6);
  ASSERT_TEXT(text(sum, "scheme", 0), "Z"); /* in the order of the rulebooks */
  ASSERT_TEXT(text(sum, "class", 0), "A");
  ASSERT_NEAR(at(sum, "enterprise_count", 0), 2, 0);
  ASSERT_NEAR(at(sum, "land_mu", 0), 7, 1e-12);
  ASSERT_NEAR(at(sum, "tax_wan", 0), 10, 1e-12);
  ASSERT_NEAR(at(sum, "tax_wan_per_mu", 0), 2, 1e-12); /* 10 over 5: the other's tax is not known */
  ASSERT_NEAR(at(sum, "robust_differs", 0), 1, 0);
  ASSERT_NEAR(at(sum, "tax_wan", 1), 25, 1e-12);
  ASSERT_TEXT(text(sum, "class", 2), NULL);
  ASSERT_NEAR(at(sum, "tax_wan", 5), 90, 1e-12);
  tear_down();
}

static void a_summary_without_its_input_is_left_out(void) {
  make_park(&park, 12, 2); /* enterprises with name, year and output */
  sums = (mj_summaries){0};
  run();
  CU_ASSERT_PTR_NULL(mj_summaries_find(&sums, "industries"));
  CU_ASSERT_PTR_NULL(mj_summaries_find(&sums, "owner_types"));
  CU_ASSERT_PTR_NULL(mj_summaries_find(&sums, "grade_classes"));
  CU_ASSERT_PTR_NOT_NULL(mj_summaries_find(&sums, "years"));
  mj_summaries_reset(&sums);
  mj_table_reset(&park.table[MJ_ENTERPRISES]);
  run();
  CU_ASSERT_PTR_NULL(mj_summaries_find(&sums, "years"));
  tear_down();
}

SUITE_OF(summary_kinds, T(industries_are_divisions_and_the_rest_lacks_data), T(owner_types_take_what_there_is),
         T(sizes_end_below_the_next_class), T(every_parcel_stands_once_under_each_verdict),
         T(years_count_who_knows_the_figure), T(without_a_year_column_all_rows_are_of_the_runs_year),
         T(grades_are_summed_by_scheme_and_class), T(a_summary_without_its_input_is_left_out));
