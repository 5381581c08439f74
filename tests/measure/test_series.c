#include "fixture.h"
#include "measure/series.h"

/* A row of the enterprise table: figures NAN where they lack. */
typedef struct {
  const char *code, *name, *parcel;
  int year;
  double output, tax, staff, kwh, land_m2;
} firm_row;
#define X NAN

enum { MOST = 64 };
static mj_table *enterprises(mj_park *park, int n, const firm_row *r) {
  static const char *const fields[] = {"output_wan", "tax_wan", "staff", "electricity_kwh", "land_area_m2"};
  const char *text[3][MOST];
  double number[5][MOST];
  int year[MOST];
  *park = (mj_park){.project = {.year = 2025, .lang = MJ_EN}};
  must(mj_rules_load(park, NULL)); /* the limits of rules/checks.yaml */
  mj_table *t = &park->table[MJ_ENTERPRISES];
  must(mj_table_init(t, "enterprises", n));
  for (int i = 0; i < n; i++) {
    const double of[] = {r[i].output, r[i].tax, r[i].staff, r[i].kwh, r[i].land_m2};
    text[0][i] = r[i].code, text[1][i] = r[i].name, text[2][i] = r[i].parcel;
    for (int f = 0; f < 5; f++) number[f][i] = of[f];
    year[i] = r[i].year;
  }
  texts(t, "credit_code", text[0]);
  texts(t, "enterprise_name", text[1]);
  texts(t, "parcel_id", text[2]);
  for (int f = 0; f < 5; f++) numbers(t, fields[f], number[f]);
  years(t, year);
  return t;
}

/* The series, with every year of the rows as it stands; 0 is no year. */
static mj_table *made(mj_park *park) {
  const mj_table *t = &park->table[MJ_ENTERPRISES];
  int32_t year[MOST];
  for (int64_t i = 0; i < t->n; i++) {
    int64_t y = mj_table_i64(t, "year")[i];
    year[i] = y ? (int32_t)y : MJ_DATE_NULL;
  }
  mj__firms firms;
  must(mj__firms_find(park, &firms));
  must(mj__enterprise_series(park, &firms, year));
  mj__firms_reset(&firms);
  return &park->table[MJ_ENTERPRISE_SERIES];
}
#define ROWS(...) \
  (sizeof((const firm_row[]){__VA_ARGS__}) / sizeof(firm_row)), (const firm_row[]) { __VA_ARGS__ }

static double f64(const mj_table *t, const char *column, int row) { return mj_table_f64(t, column)[row]; }
static int tri(const mj_table *t, const char *column, int row) { return mj_table_tri(t, column)[row]; }
static const char *text(const mj_table *t, const char *column, int row) {
  const char *s = mj_table_text(t, column)[row];
  return s ? s : "";
}

static void figures_are_of_the_year_with_means_growth_and_trend(void) {
  mj_park park;
  enterprises(&park, ROWS({"1", "a", "P", 2023, 100, 8, 5, 1, 10000}, {"1", "b", "P", 2025, 121, 6, 7, 3, 10000},
                          {"1", "b", "P", 2024, 110, 4, 6, 2, 20000}, /* years in any order */
                          {"2", "c", "P", 2021, 100, 1, X, X, X}, {"2", "c", "P", 2022, 120, X, X, X, X},
                          {"2", "c", "P", 2023, 90, X, X, X, X}, {"2", "c", "Q", 2025, 150, 3, X, X, X},
                          {"3", "d", "P", 2024, -5, 0, X, X, 0}, {"3", "d", "P", 2025, 10, 2, X, X, 0}));
  const mj_table *t = made(&park);
  ASSERT_INT(t->n, 3);
  ASSERT_NEAR(f64(t, "output_wan", 0), 121, 0);
  ASSERT_NEAR(f64(t, "staff", 0), 7, 0);
  ASSERT_NEAR(f64(t, "output_3y_wan", 0), 331.0 / 3, 1e-12);
  ASSERT_NEAR(f64(t, "output_growth", 0), 0.1, 1e-12);
  ASSERT_NEAR(f64(t, "tax_growth", 0), 0.5, 1e-12);
  ASSERT_NEAR(f64(t, "output_trend_wan", 0), 10.5, 1e-12);                           /* of 10, 10.5, 11 */
  ASSERT_NEAR(f64(t, "tax_trend_wan", 0), -1, 1e-12);                                /* of -4, -1, 2 */
  ASSERT_NEAR(f64(t, "two_year_tax_wan_per_mu", 0), 4.0 / 15, 1e-12);                /* 6 over 15 mu, 4 over 30 mu */
  CU_ASSERT_STRING_EQUAL(text(t, "enterprise_name", 0), "b");                        /* as the latest year has it */
  ASSERT_NEAR(f64(t, "output_trend_wan", 1), 11.25, 1e-12);                          /* of -30, -5, 10, 12.5, 20, 30 */
  CU_ASSERT(isnan(f64(t, "output_3y_wan", 1)) && isnan(f64(t, "output_growth", 1))); /* no 2024 */
  CU_ASSERT(isnan(f64(t, "tax_trend_wan", 1)));                                      /* two known years */
  CU_ASSERT_STRING_EQUAL(text(t, "parcel_ids", 1), "Q");
  ASSERT_INT(mj_table_i64(t, "first_year")[1], 2021);
  ASSERT_INT(mj_table_i64(t, "last_year")[1], 2025);
  ASSERT_INT(mj_table_i64(t, "years")[1], 4);
  CU_ASSERT(isnan(f64(t, "output_growth", 2)) && isnan(f64(t, "tax_growth", 2))); /* bases -5 and 0 */
  CU_ASSERT(isnan(f64(t, "two_year_tax_wan_per_mu", 2)));                         /* no land is stated */
  mj_park_reset(&park);
}

static void rows_of_one_year_add_up_and_one_that_lacks_a_figure_makes_it_unknown(void) {
  mj_park park;
  enterprises(&park, ROWS({"1", "a", "P", 2025, 100, 8, 5, 1, 100}, {"1", "a", "Q", 2025, 20, X, 5, 1, 50},
                          {"1", "a", "P", 2025, 3, 1, 5, 1, 50}, {"1", "a", NULL, 2025, 0, 0, 0, 0, 0}));
  const mj_table *t = made(&park);
  ASSERT_INT(t->n, 1);
  ASSERT_NEAR(f64(t, "output_wan", 0), 123, 0);
  CU_ASSERT(isnan(f64(t, "tax_wan", 0)));
  ASSERT_INT(mj_table_i64(t, "years")[0], 1);
  CU_ASSERT_STRING_EQUAL(text(t, "parcel_ids", 0), "P;Q");
  mj_park_reset(&park);
}

/* As among the users of land. */
static void an_enterprise_is_its_code_else_its_name_else_the_row(void) {
  mj_park park;
  enterprises(&park,
              ROWS({"1", "a", "P", 2024, 1, X, X, X, X}, {NULL, "a", "P", 2025, 3, X, X, X, X},
                   {NULL, "a", "Q", 2025, 4, X, X, X, X}, /* 1, wherever it is */
                   {NULL, NULL, "P", 2025, 5, X, X, X, X}, {NULL, NULL, "P", 2025, 6, X, X, X, X},
                   {NULL, "b", "P", 2025, 7, X, X, X, X}, {NULL, "b", "Q", 2025, 70, X, X, X, X},
                   {"1", "z", "R", 2025, 8, X, X, X, X}, /* another name in another row */
                   {"2", "b", "R", 2025, 9, X, X, X, X}, {"3", "b", "R", 2025, 10, X, X, X, X}, /* 2, 3 or none */
                   {NULL, "c", "P", 2024, 0, X, X, X, X}, {"4", "c", "P", 2025, 11, X, X, X, X}));
  const mj_table *t = made(&park);
  const double want[] = {15, 5, 6, 77, 9, 10, 11}; /* in the order of their first rows */
  const char *const codes[] = {"1", "", "", "", "2", "3", "4"};
  ASSERT_INT(t->n, 7);
  for (int i = 0; i < 7 && i < t->n; i++) {
    ASSERT_NEAR(f64(t, "output_wan", i), want[i], 0);
    CU_ASSERT_STRING_EQUAL(text(t, "credit_code", i), codes[i]);
  }
  mj_park_reset(&park);
}

static void new_and_gone_are_told_where_the_table_speaks_of_the_years(void) {
  mj_park park;
  enterprises(&park, ROWS({"stays", "", "", 2024, X, X, X, X, X}, {"stays", "", "", 2025, X, X, X, X, X},
                          {"comes", "", "", 2025, X, X, X, X, X}, {"goes", "", "", 2023, X, X, X, X, X},
                          {"later", "", "", 2026, X, X, X, X, X}, {"undated", "", "", 0, X, X, X, X, X},
                          {"undated", "", "", 2024, X, X, X, X, X}, {"back", "", "", 2023, X, X, X, X, X},
                          {"back", "", "", 2025, X, X, X, X, X}));
  const mj_table *t = made(&park);
  static const int is_new[] = {MJ_NO, MJ_YES, MJ_NO, MJ_NO, MJ_NO, MJ_NO},
                   gone[] = {MJ_NO, MJ_NO, MJ_YES, MJ_NO, MJ_UNKNOWN, MJ_NO}, n_years[] = {2, 1, 1, 0, 1, 2};
  ASSERT_INT(t->n, 6);
  for (int i = 0; i < 6 && i < t->n; i++) {
    ASSERT_INT(tri(t, "is_new", i), is_new[i]);
    ASSERT_INT(tri(t, "gone", i), gone[i]);
    ASSERT_INT(mj_table_i64(t, "years")[i], n_years[i]);
  }
  CU_ASSERT_EQUAL(mj_table_i64(t, "first_year")[3], MJ_I64_NULL); /* only a year after the run's */
  CU_ASSERT_STRING_EQUAL(text(t, "evidence", 2), "no row of 2025");
  CU_ASSERT_EQUAL(tri(t, "stopped", 2), MJ_UNKNOWN);
  mj_park_reset(&park);
  enterprises(&park, ROWS({"1", "", "", 2023, X, X, X, X, X}, {"2", "", "", 2025, X, X, X, X, X}));
  t = made(&park);
  ASSERT_INT(tri(t, "is_new", 1), MJ_UNKNOWN); /* nothing of 2024: it may have come then */
  mj_park_reset(&park);
  enterprises(&park, ROWS({"1", "", "", 2023, X, X, X, X, X}));
  t = made(&park);
  ASSERT_INT(tri(t, "gone", 0), MJ_UNKNOWN); /* nothing of 2025 */
  ASSERT_INT(tri(t, "is_new", 0), MJ_NO);
  mj_park_reset(&park);
}

static void a_stopped_works_has_no_output_and_no_power(void) {
  mj_park park;
  enterprises(&park, ROWS({"off", "", "", 2023, 100, 1, 1, 5000, X}, {"off", "", "", 2024, 900, 1, 1, 50000, X},
                          {"off", "", "", 2025, 0, 1, 1, 5000, X}, /* exactly a tenth of the best */
                          {"on", "", "", 2024, 900, 1, 1, 50000, X}, {"on", "", "", 2025, 0, 1, 1, 5001, X},
                          {"dark", "", "", 2025, 0, 1, 1, 0, X}, {"first", "", "", 2025, 0, 1, 1, 70, X},
                          {"sells", "", "", 2025, 1, 1, 1, 0, X}, {"silent", "", "", 2025, X, 1, 1, 0, X},
                          {"unmetered", "", "", 2025, 0, 1, 1, X, X}));
  const mj_table *t = made(&park);
  static const int want[] = {MJ_YES, MJ_NO, MJ_YES, MJ_UNKNOWN, MJ_NO, MJ_UNKNOWN, MJ_UNKNOWN};
  for (int i = 0; i < 7 && i < t->n; i++) ASSERT_INT(tri(t, "stopped", i), want[i]);
  CU_ASSERT_STRING_EQUAL(text(t, "evidence", 0),
                         "stopped: 2025 output 0 (10k yuan), 2025 electricity 5,000 kWh (2024: 50,000)");
  ASSERT_INT(tri(t, "half_stopped", 1), MJ_YES); /* some power: what goes on is less than half */
  CU_ASSERT_STRING_EQUAL(text(t, "evidence", 2), "stopped: 2025 output 0 (10k yuan), 2025 electricity 0 kWh");
  CU_ASSERT_STRING_EQUAL(text(t, "evidence", 6),
                         "stopped not known, missing: 2025 electricity; "
                         "half stopped not known, missing: 2025 electricity");
  mj_park_reset(&park);
}

static void a_half_stopped_works_has_less_than_half_of_output_and_of_power(void) {
  mj_park park;
  enterprises(&park, ROWS({"half", "", "", 2023, 1000, 1, 1, 40000, X}, {"half", "", "", 2024, 800, 1, 1, 50000, X},
                          {"half", "", "", 2025, 500, 1, 1, 25000, X}, {"cheap", "", "", 2024, 1000, 1, 1, 50000, X},
                          {"cheap", "", "", 2025, 400, 1, 1, 25001, X}, {"busy", "", "", 2024, 1000, 1, 1, X, X},
                          {"busy", "", "", 2025, 501, 1, 1, X, X}, {"low", "", "", 2024, 1000, 1, 1, X, X},
                          {"low", "", "", 2025, 400, 1, 1, 7, X}, {"stopped", "", "", 2024, 1000, 1, 1, 9, X},
                          {"stopped", "", "", 2025, 0, 1, 1, 0, X}));
  park.project.lang = MJ_ZH;
  const mj_table *t = made(&park);
  static const int want[] = {MJ_YES, MJ_NO, MJ_NO, MJ_UNKNOWN, MJ_NO};
  for (int i = 0; i < 5 && i < t->n; i++) ASSERT_INT(tri(t, "half_stopped", i), want[i]);
  CU_ASSERT_STRING_EQUAL(text(t, "evidence", 0),
                         "半停产：2025年产值 500 万元（2023年 1,000）、2025年用电量 25,000 千瓦时（2024年 50,000）");
  CU_ASSERT_STRING_EQUAL(text(t, "evidence", 1), ""); /* nothing holds and nothing is open */
  CU_ASSERT_STRING_EQUAL(text(t, "evidence", 3), "半停产数据不足，缺：更早年度的用电量");
  mj_park_reset(&park);
}

static void a_zombie_has_neither_tax_nor_staff_nor_power_two_years_running(void) {
  mj_park park;
  const firm_row rows[] = {{"dead", "", "", 2024, X, 0, 0, 0, X},      {"dead", "", "", 2025, X, -1, 0, 0, X},
                           {"pays", "", "", 2024, X, X, X, X, X},      {"pays", "", "", 2025, X, 1, X, X, X},
                           {"lives", "", "", 2024, X, 0, 3, 0, X},     {"lives", "", "", 2025, X, 0, 0, 0, X},
                           {"gap", "", "", 2023, X, 0, 0, 0, X},       {"gap", "", "", 2025, X, 0, 0, 0, X},
                           {"blank", "", "", 2024, X, 0, 0, 0, X},     {"blank", "", "", 2025, X, 0, X, 0, X},
                           {"guarded", "", "", 2023, X, 9, 9, 900, X}, {"guarded", "", "", 2024, X, 0, 0, 90, X},
                           {"guarded", "", "", 2025, X, 0, 0, 80, X}};
  enterprises(&park, sizeof rows / sizeof *rows, rows);
  const mj_table *t = made(&park);
  static const int want[] = {MJ_YES, MJ_NO, MJ_NO, MJ_UNKNOWN, MJ_UNKNOWN, MJ_YES};
  for (int i = 0; i < 6 && i < t->n; i++) ASSERT_INT(tri(t, "zombie", i), want[i]);
  CU_ASSERT_STRING_EQUAL(
      text(t, "evidence", 0),
      "stopped not known, missing: 2025 output; half stopped not known, missing: 2025 output; zombie: 2024 tax 0 (10k "
      "yuan), 2024 staff 0 persons, 2024 electricity 0 kWh, 2025 tax -1 (10k yuan), 2025 staff 0 persons, 2025 "
      "electricity 0 kWh");
  CU_ASSERT_PTR_NOT_NULL(
      strstr(text(t, "evidence", 3), "zombie not known, missing: 2024 electricity, 2024 tax, 2024 staff"));
  CU_ASSERT_PTR_NOT_NULL(strstr(text(t, "evidence", 5), "2025 electricity 80 kWh (2023: 900)"));
  mj_park_reset(&park);
  enterprises(&park, sizeof rows / sizeof *rows, rows);
  park.project.checks.zombie_years = 3; /* a setting: nobody is dead so long */
  t = made(&park);
  ASSERT_INT(tri(t, "zombie", 0), MJ_UNKNOWN); /* no row of 2023 */
  ASSERT_INT(tri(t, "zombie", 5), MJ_NO);
  mj_park_reset(&park);
}

static void rows_that_contradict_each_other_are_told_with_both_values(void) {
  mj_park park;
  mj_table *t = enterprises(
      &park, ROWS({"1", "", "P", 2025, 100, 8, X, X, X}, {"1", "", "Q", 2025, 50, 2, X, X, X},
                  {"1", "", "P", 2025, 100, 9.5, X, X, X}, {"1", "", "P", 2024, 7, 7, X, X, X}, /* another year */
                  {"1", "", "P", 2025, X, 8, X, X, X},                                          /* says nothing else */
                  {"1", "", NULL, 2025, 1, 1, X, X, X}, {NULL, "", "P", 2025, 3, 3, X, X, X},
                  {NULL, "", "P", 2025, 4, 4, X, X, X}, {"2", "", "P", 2026, 3, 3, X, X, X},
                  {"2", "", "P", 2026, 4, 4, X, X, X})); /* after the run's year */
  made(&park);
  ASSERT_INT(entries(&park, MJ_L_YEAR_CONFLICT), 1);
  const mj_ledger_entry *e = first_entry(&park, MJ_L_YEAR_CONFLICT);
  CU_ASSERT_PTR_NOT_NULL_FATAL(e);
  ASSERT_INT(e->row, mj_table_source_row(t, 2));
  CU_ASSERT_STRING_EQUAL(e->field, "tax_wan");
  CU_ASSERT_STRING_EQUAL(e->found, "9.5");
  CU_ASSERT_STRING_EQUAL(e->expected, "8 (row 1)");
  mj_park_reset(&park);
  enterprises(&park, ROWS({"1", "", NULL, 2025, 1, 1, X, X, X}, {"1", "", NULL, 2025, 2, 1, X, X, X}));
  made(&park);
  e = first_entry(&park, MJ_L_YEAR_CONFLICT); /* nothing tells the two apart */
  CU_ASSERT_PTR_NOT_NULL_FATAL(e);
  CU_ASSERT_STRING_EQUAL(e->found, "2");
  CU_ASSERT_STRING_EQUAL(e->expected, "1 (row 1)");
  mj_park_reset(&park);
  firm_row many[22];
  for (int i = 0; i < 22; i++) many[i] = (firm_row){"1", "", "P", 2025, i, 1, X, X, X};
  enterprises(&park, 22, many);
  made(&park);
  ASSERT_INT(entries(&park, MJ_L_YEAR_CONFLICT), 1); /* 21 rows differ from the first: one line with their number */
  e = first_entry(&park, MJ_L_YEAR_CONFLICT);
  CU_ASSERT_STRING_EQUAL(e->found, "21");
  CU_ASSERT_STRING_EQUAL(e->field, "output_wan");
  mj_park_reset(&park);
}

SUITE_OF(series, T(figures_are_of_the_year_with_means_growth_and_trend),
         T(rows_of_one_year_add_up_and_one_that_lacks_a_figure_makes_it_unknown),
         T(an_enterprise_is_its_code_else_its_name_else_the_row),
         T(new_and_gone_are_told_where_the_table_speaks_of_the_years), T(a_stopped_works_has_no_output_and_no_power),
         T(a_half_stopped_works_has_less_than_half_of_output_and_of_power),
         T(a_zombie_has_neither_tax_nor_staff_nor_power_two_years_running),
         T(rows_that_contradict_each_other_are_told_with_both_values));
