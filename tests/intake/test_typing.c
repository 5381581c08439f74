#include "intake/typing.h"
#include "test.h"

static mj_fields fields;
static mj_table table;
static mj_ledger ledger;

static int open_fields(void) { return mj_fields_open(&fields, NULL) != MJ_OK; }
static int close_fields(void) {
  mj_fields_close(&fields);
  mj_table_reset(&table);
  mj_ledger_reset(&ledger);
  return 0;
}

/* A table of one text column. */
static mj_column *texts(int n, const char *const *value) {
  mj_table_reset(&table);
  mj_ledger_reset(&ledger);
  CU_ASSERT_EQUAL_FATAL(mj_table_init(&table, "t", n), MJ_OK);
  mj_column *column = mj_table_add(&table, "source", MJ_TEXT);
  for (int i = 0; i < n; i++) column->text[i] = value[i];
  return column;
}

static mj_status type(mj_table_id role, const char *field, const char *unit_factor, mj_column *column) {
  mj_typing typing = {.table = &table, .label = "parcels", .ledger = &ledger};
  mj_mapped mapped = {.field = mj_fields_find(&fields, role, field), .factor = unit_factor ? 1e4 : 1};
  CU_ASSERT_PTR_NOT_NULL_FATAL(mapped.field);
  return mj_type_column(&typing, &mapped, column);
}

static void numbers_are_read_and_what_says_nothing_is_null(void) {
  const char *const v[] = {"12.5", " 1,234.5 ", "-", "N/A", "", NULL, "１２", "约五亩", "3亩"};
  mj_column *c = texts(9, v);
  CU_ASSERT_EQUAL(type(MJ_PARCELS, "area_recorded_m2", NULL, c), MJ_OK);
  CU_ASSERT_EQUAL(c->type, MJ_F64);
  ASSERT_TEXT(c->name, "area_recorded_m2");
  ASSERT_NEAR(c->f64[0], 12.5, 0);
  ASSERT_NEAR(c->f64[1], 1234.5, 0);
  for (int i = 2; i < 6; i++) CU_ASSERT_TRUE(isnan(c->f64[i]));
  ASSERT_NEAR(c->f64[6], 12, 0);
  CU_ASSERT_TRUE(isnan(c->f64[7]));
  ASSERT_NEAR(c->f64[8], 2000, 1e-9); /* 3 mu */
  ASSERT_INT(ledger.n, 4);
  ASSERT_INT(ledger.entry[0].code, MJ_L_VALUE_UNREADABLE);
  ASSERT_INT(ledger.entry[0].row, 8);
  ASSERT_TEXT(ledger.entry[0].found, "约五亩");
  ASSERT_TEXT(ledger.entry[0].field, "area_recorded_m2");
  for (int i = 1; i < 4; i++) ASSERT_INT(ledger.entry[i].code, MJ_L_VALUE_READ_AS);
  ASSERT_TEXT(ledger.entry[1].found, "1,234.5");
  ASSERT_TEXT(ledger.entry[1].expected, "1234.5 m2");
  ASSERT_TEXT(ledger.entry[3].found, "3亩");
  ASSERT_TEXT(ledger.entry[3].expected, "2000 m2");
  ASSERT_INT(ledger.entry[3].row, 9);
}

static void a_zero_area_and_a_negative_one_are_missing_but_a_loss_is_not(void) {
  const char *const v[] = {"0", "-5", "7"};
  mj_column *c = texts(3, v);
  CU_ASSERT_EQUAL(type(MJ_PARCELS, "area_recorded_m2", "ha", c), MJ_OK);
  CU_ASSERT_TRUE(isnan(c->f64[0]) && isnan(c->f64[1]));
  ASSERT_NEAR(c->f64[2], 70000, 0);
  ASSERT_INT(ledger.n, 2);
  ASSERT_INT(ledger.entry[0].code, MJ_L_VALUE_ZERO_MISSING);
  ASSERT_INT(ledger.entry[1].code, MJ_L_VALUE_NEGATIVE);
  ASSERT_TEXT(ledger.entry[1].found, "-50000");
  c = texts(3, v);
  CU_ASSERT_EQUAL(type(MJ_ENTERPRISES, "profit_wan", NULL, c), MJ_OK);
  ASSERT_NEAR(c->f64[0], 0, 0);
  ASSERT_NEAR(c->f64[1], -5, 0);
  ASSERT_INT(ledger.n, 0);
}

static void many_zeros_make_one_entry_with_their_number(void) {
  const char *v[25];
  for (int i = 0; i < 25; i++) v[i] = i < 21 ? "0" : "1";
  mj_column *c = texts(25, v);
  CU_ASSERT_EQUAL(type(MJ_PARCELS, "area_recorded_m2", NULL, c), MJ_OK);
  ASSERT_INT(ledger.n, 1);
  ASSERT_INT(ledger.entry[0].row, 0);
  ASSERT_TEXT(ledger.entry[0].found, "0 (21)");
}

static void nothing_built_is_a_floor_area_of_zero(void) {
  const char *const v[] = {"0"};
  mj_column *c = texts(1, v);
  CU_ASSERT_EQUAL(type(MJ_PARCELS, "floor_area_recorded_m2", NULL, c), MJ_OK);
  ASSERT_NEAR(c->f64[0], 0, 0);
  c = texts(1, v);
  CU_ASSERT_EQUAL(type(MJ_PARCELS, "developed_area_m2", NULL, c), MJ_OK);
  ASSERT_NEAR(c->f64[0], 0, 0);
}

static void dates_come_in_many_forms(void) {
  const char *const v[] = {
      "2024-05-01", "2024/05/01", "20240501", "2024年5月1日", "2024/05/01 12:00:00", "2024-05-01T00:00:00",
      "45413",      "soon",       ""};
  mj_column *c = texts(9, v);
  CU_ASSERT_EQUAL(type(MJ_PARCELS, "start_due", NULL, c), MJ_OK);
  CU_ASSERT_EQUAL(c->type, MJ_DATE);
  for (int i = 0; i < 7; i++) ASSERT_INT(c->date[i], mj_date_from_ymd(2024, 5, 1)); /* 45413 days after 1899-12-30 */
  ASSERT_INT(c->date[7], MJ_DATE_NULL);
  ASSERT_INT(ledger.n, 1);
  ASSERT_TEXT(ledger.entry[0].found, "soon");
}

static void a_date_read_as_a_number_is_a_date(void) {
  mj_table_reset(&table);
  CU_ASSERT_EQUAL_FATAL(mj_table_init(&table, "t", 3), MJ_OK);
  mj_column *c = mj_table_add(&table, "source", MJ_F64);
  c->f64[0] = 20240501;
  c->f64[1] = 45413.75;
  CU_ASSERT_EQUAL(type(MJ_PARCELS, "start_due", NULL, c), MJ_OK);
  ASSERT_INT(c->date[0], mj_date_from_ymd(2024, 5, 1));
  ASSERT_INT(c->date[1], mj_date_from_ymd(2024, 5, 1));
  ASSERT_INT(c->date[2], MJ_DATE_NULL);
}

static void yes_and_no_come_in_many_words(void) {
  const char *const v[] = {"1",  "是", "Y",  "yes",   "TRUE", "有",     "已动工", "0",
                           "否", "N",  "no", "false", "无",   "未动工", "",       "不详"};
  mj_column *c = texts(16, v);
  CU_ASSERT_EQUAL(type(MJ_PARCELS, "started", NULL, c), MJ_OK);
  CU_ASSERT_EQUAL(c->type, MJ_TRI);
  for (int i = 0; i < 7; i++) ASSERT_INT(c->tri[i], MJ_YES);
  for (int i = 7; i < 14; i++) ASSERT_INT(c->tri[i], MJ_NO);
  ASSERT_INT(c->tri[14], MJ_UNKNOWN);
  ASSERT_INT(c->tri[15], MJ_UNKNOWN);
  ASSERT_INT(ledger.n, 0);
}

static void a_word_that_only_begins_like_yes_or_no_is_neither(void) {
  const char *const v[] = {"已解押", "已注销", "未到期", "未知", "不详", "未填", "未核实", "待核实", "不明", "未抵押"};
  mj_column *c = texts(10, v);
  CU_ASSERT_EQUAL(type(MJ_PARCELS, "mortgaged", NULL, c), MJ_OK);
  for (int i = 0; i < 9; i++) ASSERT_INT(c->tri[i], MJ_UNKNOWN);
  ASSERT_INT(c->tri[9], MJ_NO);
  ASSERT_INT(ledger.n, 3); /* the others say that it is not known */
  ASSERT_INT(ledger.entry[0].code, MJ_L_VALUE_UNREADABLE);
  ASSERT_TEXT(ledger.entry[0].found, "已解押");
  ASSERT_TEXT(ledger.entry[1].found, "已注销");
  ASSERT_TEXT(ledger.entry[2].found, "未到期");
}

static void years_lose_their_word(void) {
  const char *const v[] = {"2024年", "2024", "2024年度", "2024.0", "2024-12-31", "2024.5", NULL, "0", "1e300"};
  mj_column *c = texts(9, v);
  CU_ASSERT_EQUAL(type(MJ_ENTERPRISES, "year", NULL, c), MJ_OK);
  CU_ASSERT_EQUAL(c->type, MJ_I64);
  for (int i = 0; i < 5; i++) ASSERT_INT(c->i64[i], 2024);
  ASSERT_INT(c->i64[5], MJ_I64_NULL);
  ASSERT_INT(c->i64[6], MJ_I64_NULL);
  ASSERT_INT(c->i64[7], MJ_I64_NULL); /* there is no year 0 */
  ASSERT_INT(c->i64[8], MJ_I64_NULL);
  ASSERT_INT(ledger.n, 5);
  ASSERT_TEXT(ledger.entry[0].found, "2024.5"); /* a half year, and a number past all years */
  ASSERT_INT(ledger.entry[1].code, MJ_L_VALUE_UNREADABLE);
  for (int i = 2; i < 5; i++) ASSERT_INT(ledger.entry[i].code, MJ_L_VALUE_READ_AS);
  ASSERT_TEXT(ledger.entry[2].expected, "2024 year");
  ASSERT_TEXT(ledger.entry[4].found, "2024-12-31");
}

static void a_number_as_identifier_has_no_point_or_exponent(void) {
  mj_table_reset(&table);
  CU_ASSERT_EQUAL_FATAL(mj_table_init(&table, "t", 3), MJ_OK);
  mj_column *c = mj_table_add(&table, "BBL", MJ_F64);
  c->f64[0] = 1000160003;
  c->f64[1] = 330400000000000.0;
  CU_ASSERT_EQUAL(type(MJ_PARCELS, "parcel_id", NULL, c), MJ_OK);
  ASSERT_TEXT(c->text[0], "1000160003");
  ASSERT_TEXT(c->text[1], "330400000000000");
  CU_ASSERT_PTR_NULL(c->text[2]);
}

static void values_are_replaced_before_they_are_read(void) {
  const char *const v[] = {"高层", "2", " 3 "};
  const mj_value_map maps[] = {{"floors", "高层", "18"}, {"floors", "3", NULL}};
  mj_input input = {.values = maps, .n_values = 2};
  mj_column *c = texts(3, v);
  mj_typing typing = {.table = &table, .label = "buildings", .input = &input, .ledger = &ledger};
  mj_mapped mapped = {.field = mj_fields_find(&fields, MJ_BUILDINGS, "floors"), .factor = 1};
  CU_ASSERT_EQUAL(mj_type_column(&typing, &mapped, c), MJ_OK);
  ASSERT_NEAR(c->f64[0], 18, 0);
  ASSERT_NEAR(c->f64[1], 2, 0);
  CU_ASSERT_TRUE(isnan(c->f64[2]));
  ASSERT_INT(ledger.n, 0);
}

static void percent_becomes_a_share(void) {
  const char *const v[] = {"35%", "0.35", "３５％"};
  mj_column *c = texts(3, v);
  CU_ASSERT_EQUAL(type(MJ_PARCELS, "coverage_recorded", NULL, c), MJ_OK);
  for (int i = 0; i < 3; i++) ASSERT_NEAR(c->f64[i], 0.35, 1e-15);
}

static mj_status type_with(const mj_project *project, mj_table_id role, const char *field, mj_column *column) {
  mj_typing typing = {.table = &table, .label = "parcels", .project = project, .ledger = &ledger};
  mj_mapped mapped = {.field = mj_fields_find(&fields, role, field), .factor = 1};
  CU_ASSERT_PTR_NOT_NULL_FATAL(mapped.field);
  return mj_type_column(&typing, &mapped, column);
}

static void many_readings_of_one_column_are_one_entry_in_the_language_of_the_run(void) {
  const mj_project project = {.lang = MJ_ZH};
  const char *v[25];
  for (int i = 0; i < 25; i++) v[i] = i < 21 ? "3亩" : i < 23 ? "≥3" : "不限";
  mj_column *c = texts(25, v);
  CU_ASSERT_EQUAL(type_with(&project, MJ_PARCELS, "area_recorded_m2", c), MJ_OK);
  ASSERT_INT(ledger.n, 5);
  ASSERT_INT(ledger.entry[0].code, MJ_L_VALUE_RANGE); /* each row of these needs a correction of its own */
  ASSERT_INT(ledger.entry[1].row, 23);
  ASSERT_INT(ledger.entry[2].code, MJ_L_VALUE_READ_AS);
  ASSERT_INT(ledger.entry[2].row, 0);
  ASSERT_TEXT(ledger.entry[2].found, "3亩 (21)");
  ASSERT_TEXT(ledger.entry[2].expected, "2000 平方米");
  ASSERT_INT(ledger.entry[3].code, MJ_L_VALUE_NOT_SET);
  ASSERT_INT(ledger.entry[4].row, 25);
}

static void mu_and_hectares_in_one_column_are_read_cell_by_cell(void) {
  const char *const v[] = {"3亩", "0.2公顷", "2000", "6亩", "1公顷"};
  static const double want[] = {2000, 2000, 2000, 4000, 10000};
  mj_column *c = texts(5, v);
  CU_ASSERT_EQUAL(type(MJ_PARCELS, "area_recorded_m2", NULL, c), MJ_OK);
  for (int i = 0; i < 5; i++) ASSERT_NEAR(c->f64[i], want[i], 1e-9);
  ASSERT_INT(ledger.n, 4);
}

/* 180, 200 and 250 are 1.8, 2 and 2.5; a zero says nothing about the column, and a cell with its sign is by itself. */
static void a_column_of_plot_ratios_in_percent_is_divided_and_told(void) {
  const mj_project project = {.checks = {.plot_ratio_percent_min = 20}};
  const char *const v[] = {"180", "200", "0", NULL, "250", "160%"};
  static const double want[] = {1.8, 2, 0, 0, 2.5, 1.6};
  mj_column *c = texts(6, v);
  CU_ASSERT_EQUAL(type_with(&project, MJ_PLAN_UNITS, "plot_ratio_cap", c), MJ_OK);
  for (int i = 0; i < 6; i++)
    if (i != 3) ASSERT_NEAR(c->f64[i], want[i], 1e-15);
  ASSERT_INT(ledger.n, 4);
  for (int i = 0; i < 4; i++) ASSERT_INT(ledger.entry[i].code, MJ_L_PLOT_RATIO_PERCENT);
  ASSERT_TEXT(ledger.entry[0].found, "160%");
  ASSERT_TEXT(ledger.entry[1].found, "180");
  ASSERT_TEXT(ledger.entry[1].expected, "1.8");
  mj_table_reset(&table);
  mj_ledger_reset(&ledger);
  CU_ASSERT_EQUAL_FATAL(mj_table_init(&table, "t", 2), MJ_OK);
  c = mj_table_add(&table, "RJL", MJ_I64);
  c->i64[0] = 180;
  c->i64[1] = MJ_I64_NULL;
  CU_ASSERT_EQUAL(type_with(&project, MJ_PARCELS, "plot_ratio_recorded", c), MJ_OK);
  ASSERT_NEAR(c->f64[0], 1.8, 0);
  CU_ASSERT_TRUE(isnan(c->f64[1]));
  ASSERT_INT(ledger.n, 1);
}

/* A share is never over 1, so 35 and 40 are percentages; 0.35 among them leaves the column as it is, and 1.2 is no
 * percentage. */
static void coverages_over_one_are_percentages(void) {
  const char *const v[] = {"35", "40", "0", NULL, "30%"}, *const mixed[] = {"35", "0.35"}, *const wrong[] = {"1.2"};
  const mj_project project = {.checks = {.coverage_percent_min = 5}};
  static const double want[] = {0.35, 0.4, 0, 0, 0.3};
  mj_column *c = texts(5, v);
  CU_ASSERT_EQUAL(type_with(&project, MJ_PLAN_UNITS, "coverage_cap", c), MJ_OK);
  for (int i = 0; i < 5; i++)
    if (i != 3) ASSERT_NEAR(c->f64[i], want[i], 1e-15);
  ASSERT_INT(ledger.n, 3);
  for (int i = 0; i < 3; i++) ASSERT_INT(ledger.entry[i].code, MJ_L_VALUE_READ_AS);
  ASSERT_TEXT(ledger.entry[1].found, "35");
  ASSERT_TEXT(ledger.entry[1].expected, "0.35");
  c = texts(2, mixed);
  CU_ASSERT_EQUAL(type_with(&project, MJ_PLAN_UNITS, "coverage_cap", c), MJ_OK);
  ASSERT_NEAR(c->f64[0], 35, 0);
  c = texts(1, wrong);
  CU_ASSERT_EQUAL(type_with(&project, MJ_PLAN_UNITS, "coverage_cap", c), MJ_OK);
  ASSERT_NEAR(c->f64[0], 1.2, 0);
  ASSERT_INT(ledger.n, 0);
  static const char *const shares[] = {"building_coefficient", "foundation_share"};
  for (int i = 0; i < 2; i++) {
    const char *const whole[] = {"100", "50"};
    c = texts(2, whole);
    CU_ASSERT_EQUAL(type_with(&project, MJ_PARCELS, shares[i], c), MJ_OK);
    ASSERT_NEAR(c->f64[0], 1, 0);
    ASSERT_NEAR(c->f64[1], 0.5, 0);
  }
}

static void one_odd_plot_ratio_among_others_stays_as_it_stands(void) {
  const mj_project project = {.checks = {.plot_ratio_percent_min = 20}};
  const char *const v[] = {"1.2", "30", "1.8", "180%"};
  mj_column *c = texts(4, v);
  CU_ASSERT_EQUAL(type_with(&project, MJ_PARCELS, "plot_ratio_recorded", c), MJ_OK);
  ASSERT_NEAR(c->f64[1], 30, 0);
  ASSERT_NEAR(c->f64[3], 1.8, 1e-15);
  ASSERT_INT(ledger.n, 1);
  ASSERT_INT(ledger.entry[0].row, 4);
}

static void a_constant_that_cannot_be_read_is_refused(void) {
  mj_error err = {0};
  texts(1, (const char *const[]){"x"});
  mj_typing typing = {.table = &table, .label = "parcels", .ledger = &ledger};
  mj_mapped mapped = {.field = mj_fields_find(&fields, MJ_PARCELS, "start_due"), .constant = "soon", .factor = 1};
  CU_ASSERT_EQUAL(mj_type_constant(&typing, &mapped, &err), MJ_EFORMAT);
  ASSERT_TEXT(err.message, "layer 'parcels': the constant 'soon' for field 'start_due' cannot be read");
  mapped.constant = "2024-05-01";
  CU_ASSERT_EQUAL(mj_type_constant(&typing, &mapped, &err), MJ_OK);
  ASSERT_INT(mj_table_date(&table, "start_due")[0], mj_date_from_ymd(2024, 5, 1));
}

CU_SuiteInfo typing_suite = {
    "typing",
    open_fields,
    close_fields,
    NULL,
    NULL,
    (CU_TestInfo[]){T(numbers_are_read_and_what_says_nothing_is_null),
                    T(a_zero_area_and_a_negative_one_are_missing_but_a_loss_is_not),
                    T(many_zeros_make_one_entry_with_their_number), T(nothing_built_is_a_floor_area_of_zero),
                    T(dates_come_in_many_forms), T(a_date_read_as_a_number_is_a_date), T(yes_and_no_come_in_many_words),
                    T(a_word_that_only_begins_like_yes_or_no_is_neither), T(years_lose_their_word),
                    T(a_number_as_identifier_has_no_point_or_exponent), T(values_are_replaced_before_they_are_read),
                    T(percent_becomes_a_share), T(many_readings_of_one_column_are_one_entry_in_the_language_of_the_run),
                    T(mu_and_hectares_in_one_column_are_read_cell_by_cell),
                    T(a_column_of_plot_ratios_in_percent_is_divided_and_told), T(coverages_over_one_are_percentages),
                    T(one_odd_plot_ratio_among_others_stays_as_it_stands), T(a_constant_that_cannot_be_read_is_refused),
                    CU_TEST_INFO_NULL}};
