#include "intake/reading.h"
#include "intake/units.h"
#include "test.h"

static mj_fields fields;
static int open_fields(void) { return mj_fields_open(&fields, NULL) != MJ_OK; }
static int close_fields(void) {
  mj_fields_close(&fields);
  return 0;
}

typedef struct {
  const char *text;
  mj_cell cell;
  double value; /* of a number */
} reading;

static void assert_readings(mj_table_id role, const char *field, double factor, const reading *r, size_t n) {
  mj_mapped m = {.field = mj_fields_find(&fields, role, field), .factor = factor};
  mj_unit_memory memory = {0};
  CU_ASSERT_PTR_NOT_NULL_FATAL(m.field);
  for (size_t i = 0; i < 2 * n; i++) { /* twice, so that what is remembered is used */
    const reading *one = &r[i % n];
    double v = -1;
    mj_cell cell = mj_read_number(one->text, &m, &memory, &v);
    bool number = one->cell <= MJ_CELL_PERCENT;
    bool good = cell == one->cell && (number ? fabs(v - one->value) <= 1e-12 * fabs(one->value) : isnan(v));
    CU_ASSERT(good);
    if (!good) printf("\n    '%s' in %s: kind %d, %.17g", one->text, field, (int)cell, v);
  }
}
#define ASSERT_READINGS(role, field, factor, list) \
  assert_readings(role, field, factor, list, sizeof list / sizeof *list)

static void widths_signs_and_thousands_are_read(void) {
  static const reading list[] = {{"12.5", MJ_CELL_PLAIN, 12.5},
                                 {" -3e2 ", MJ_CELL_PLAIN, -300},
                                 {"1,234.5", MJ_CELL_READ, 1234.5},
                                 {"1，234.5", MJ_CELL_READ, 1234.5},
                                 {"１，２３４．５", MJ_CELL_READ, 1234.5},
                                 {"－５", MJ_CELL_READ, -5},
                                 {"−5", MJ_CELL_READ, -5},
                                 {"＋7", MJ_CELL_READ, 7},
                                 {"12,345,678", MJ_CELL_READ, 12345678},
                                 {"12,5", MJ_CELL_UNREADABLE, 0},
                                 {"0,125", MJ_CELL_UNREADABLE, 0},
                                 {"12,34,567", MJ_CELL_UNREADABLE, 0},
                                 {"1234,567", MJ_CELL_UNREADABLE, 0},
                                 {"12 5", MJ_CELL_UNREADABLE, 0},
                                 {"１２　５", MJ_CELL_UNREADABLE, 0},
                                 {"1.2.3", MJ_CELL_UNREADABLE, 0},
                                 {"1e999", MJ_CELL_UNREADABLE, 0},
                                 {"五", MJ_CELL_UNREADABLE, 0},
                                 {"#REF!", MJ_CELL_UNREADABLE, 0}};
  ASSERT_READINGS(MJ_ENTERPRISES, "profit_wan", 1, list);
}

/* A unit in the cell wins over that of the header, here 公顷 (1e4). 1 mu is 2000/3 m2. */
static void units_in_cells_are_converted_one_by_one(void) {
  static const reading area[] = {{"3", MJ_CELL_PLAIN, 30000},
                                 {"3亩", MJ_CELL_READ, 2000},
                                 {"3 亩", MJ_CELL_READ, 2000},
                                 {"6亩", MJ_CELL_READ, 4000},
                                 {"3畝", MJ_CELL_READ, 2000},
                                 {"0.2公顷", MJ_CELL_READ, 2000},
                                 {"2,000㎡", MJ_CELL_READ, 2000},
                                 {"2000.5平方米", MJ_CELL_READ, 2000.5},
                                 {"2000m²", MJ_CELL_READ, 2000},
                                 {"0.002平方公里", MJ_CELL_READ, 2000},
                                 {"12.5（亩）", MJ_CELL_READ, 12.5 * 2000 / 3},
                                 {"３．０亩", MJ_CELL_READ, 2000},
                                 {"3万元", MJ_CELL_UNREADABLE, 0},
                                 {"3亩2分", MJ_CELL_UNREADABLE, 0},
                                 {"2000㎡/3亩", MJ_CELL_UNREADABLE, 0}};
  static const reading money[] = {{"350000元", MJ_CELL_READ, 35}, {"35万元", MJ_CELL_READ, 35},
                                  {"35万", MJ_CELL_READ, 35},     {"1.2亿元", MJ_CELL_READ, 12000},
                                  {"0元", MJ_CELL_READ, 0},       {"-3.5万元", MJ_CELL_READ, -3.5},
                                  {"5%", MJ_CELL_UNREADABLE, 0}};
  static const reading floors[] = {{"6层", MJ_CELL_READ, 6}, {"地上6层", MJ_CELL_UNREADABLE, 0}};
  static const reading share[] = {
      {"35%", MJ_CELL_READ, 0.35}, {"３５％", MJ_CELL_READ, 0.35}, {"0.35", MJ_CELL_PLAIN, 0.35}};
  ASSERT_READINGS(MJ_PARCELS, "area_recorded_m2", 1e4, area);
  ASSERT_READINGS(MJ_ENTERPRISES, "tax_wan", 1, money);
  ASSERT_READINGS(MJ_BUILDINGS, "floors", 1, floors);
  ASSERT_READINGS(MJ_PARCELS, "coverage_recorded", 1, share);
}

static void about_and_known_remarks_are_left_off_others_are_not(void) {
  static const reading list[] = {
      {"约12.5", MJ_CELL_READ, 12.5},          {"≈12.5", MJ_CELL_READ, 12.5},
      {"12.5左右", MJ_CELL_READ, 12.5},        {"约12.5亩", MJ_CELL_READ, 12.5 * 2000 / 3},
      {"12.5（暂定）", MJ_CELL_READ, 12.5},    {"12.5亩(暂定)", MJ_CELL_READ, 12.5 * 2000 / 3},
      {"12.5（作废）", MJ_CELL_UNREADABLE, 0}, {"12.5(其中2)", MJ_CELL_UNREADABLE, 0},
      {"100余", MJ_CELL_UNREADABLE, 0},        {"近100", MJ_CELL_UNREADABLE, 0}};
  ASSERT_READINGS(MJ_PARCELS, "area_recorded_m2", 1, list);
}

static void nothing_and_no_limit_are_told_apart(void) {
  static const reading list[] = {
      {"N/A", MJ_CELL_NOTHING, 0},      {"-", MJ_CELL_NOTHING, 0},        {"－", MJ_CELL_NOTHING, 0},
      {"/", MJ_CELL_NOTHING, 0},        {"／", MJ_CELL_NOTHING, 0},       {"无", MJ_CELL_NOTHING, 0},
      {"待定", MJ_CELL_NOTHING, 0},     {" 待 定 ", MJ_CELL_NOTHING, 0},  {"不详", MJ_CELL_NOTHING, 0},
      {"不予规定", MJ_CELL_NOT_SET, 0}, {"不作规定", MJ_CELL_NOT_SET, 0}, {"不限", MJ_CELL_NOT_SET, 0},
      {"不做要求", MJ_CELL_NOT_SET, 0}, {"不小", MJ_CELL_UNREADABLE, 0},  {"零", MJ_CELL_UNREADABLE, 0}};
  ASSERT_READINGS(MJ_PLAN_UNITS, "plot_ratio_cap", 1, list);
}

static void a_cap_takes_the_upper_end_and_a_minimum_the_lower(void) {
  static const reading cap[] = {{"1.0-2.5", MJ_CELL_READ, 2.5},
                                {"1.0～2.0", MJ_CELL_READ, 2},
                                {"1.0—2.0", MJ_CELL_READ, 2},
                                {"1.0至2.0", MJ_CELL_READ, 2},
                                {"≤2.5", MJ_CELL_READ, 2.5},
                                {"<=2.5", MJ_CELL_READ, 2.5},
                                {"＜2.5", MJ_CELL_READ, 2.5},
                                {"不大于2.5", MJ_CELL_READ, 2.5},
                                {"不高于 2.5", MJ_CELL_READ, 2.5},
                                {"不超过2.5", MJ_CELL_READ, 2.5},
                                {"2.5以下", MJ_CELL_READ, 2.5},
                                {"2.5（含）以下", MJ_CELL_READ, 2.5},
                                {"≥1.0且≤2.5", MJ_CELL_READ, 2.5},
                                {"≥1.0，≤2.5", MJ_CELL_READ, 2.5},
                                {"≤2.5,≥1.0", MJ_CELL_READ, 2.5},
                                {"1.0≤R≤2.5", MJ_CELL_READ, 2.5},
                                {"1.0＜容积率≤2.5", MJ_CELL_READ, 2.5},
                                {"2.0~2.0", MJ_CELL_READ, 2},
                                {"180~200%", MJ_CELL_PERCENT, 2},
                                {"150%-200%", MJ_CELL_PERCENT, 2},
                                {"≥1.0", MJ_CELL_RANGE, 0},
                                {"不低于1.0", MJ_CELL_RANGE, 0},
                                {"1.0以上", MJ_CELL_RANGE, 0},
                                {"2.5-1.0", MJ_CELL_UNREADABLE, 0},
                                {"1.0~", MJ_CELL_UNREADABLE, 0},
                                {"~", MJ_CELL_UNREADABLE, 0},
                                {"1~2~3", MJ_CELL_UNREADABLE, 0},
                                {"≤", MJ_CELL_UNREADABLE, 0},
                                {"1约2", MJ_CELL_UNREADABLE, 0}};
  static const reading least[] = {{"1.0-2.5", MJ_CELL_READ, 1},    {"≥1.0", MJ_CELL_READ, 1},
                                  {"不低于1.0", MJ_CELL_READ, 1},  {"1.0以上", MJ_CELL_READ, 1},
                                  {"≥1.0且≤2.5", MJ_CELL_READ, 1}, {"1.0≤R≤2.5", MJ_CELL_READ, 1},
                                  {"≤2.5", MJ_CELL_RANGE, 0},      {"不高于2.5", MJ_CELL_RANGE, 0}};
  static const reading neither[] = {{"180~200", MJ_CELL_RANGE, 0},
                                    {"≥1.0", MJ_CELL_RANGE, 0},
                                    {"≤2.5", MJ_CELL_RANGE, 0},
                                    {"5～8亩", MJ_CELL_RANGE, 0},
                                    {"2024-05", MJ_CELL_UNREADABLE, 0}};
  static const reading height[] = {{"≤24m", MJ_CELL_READ, 24}, {"20~24米", MJ_CELL_READ, 24}};
  ASSERT_READINGS(MJ_PLAN_UNITS, "plot_ratio_cap", 1, cap);
  ASSERT_READINGS(MJ_PLAN_UNITS, "plot_ratio_min", 1, least);
  ASSERT_READINGS(MJ_PARCELS, "area_recorded_m2", 1, neither);
  ASSERT_READINGS(MJ_PLAN_UNITS, "height_cap_m", 1, height);
}

static void a_percent_sign_on_a_plot_ratio_is_told(void) {
  static const reading list[] = {{"180%", MJ_CELL_PERCENT, 1.8},
                                 {"１８０％", MJ_CELL_PERCENT, 1.8},
                                 {"1.8", MJ_CELL_PLAIN, 1.8},
                                 {"180", MJ_CELL_PLAIN, 180}}; /* the column decides */
  ASSERT_READINGS(MJ_PARCELS, "plot_ratio_recorded", 1, list);
}

/* Random texts of what cells are made of, and of any bytes: an answer, and no number where there is none. */
static void no_text_crashes_the_reader(void) {
  static const char *const pieces[] = {"1", "2.5", ",", "~", "≥",  "不", "高于", "亩",   "(",  ")",
                                       "%", "e",   "-", " ", "约", "且", "\xE4", "\xFF", "、", "r"};
  mj_mapped m = {.field = mj_fields_find(&fields, MJ_PLAN_UNITS, "plot_ratio_cap"), .factor = 1};
  mj_unit_memory memory = {0};
  unsigned long long x = 88172645463325252ULL;
  for (int round = 0; round < 20000; round++) {
    char text[400] = "";
    double v;
    for (int i = 0; i < round % 60; i++) {
      x ^= x << 13, x ^= x >> 7, x ^= x << 17;
      strcat(text, pieces[x % (sizeof pieces / sizeof *pieces)]);
    }
    mj_cell cell = mj_read_number(text, &m, &memory, &v);
    CU_ASSERT(cell < MJ_CELL_END && (cell <= MJ_CELL_PERCENT) == isfinite(v));
  }
}

CU_SuiteInfo reading_suite = {
    "reading",
    open_fields,
    close_fields,
    NULL,
    NULL,
    (CU_TestInfo[]){T(widths_signs_and_thousands_are_read), T(units_in_cells_are_converted_one_by_one),
                    T(about_and_known_remarks_are_left_off_others_are_not), T(nothing_and_no_limit_are_told_apart),
                    T(a_cap_takes_the_upper_end_and_a_minimum_the_lower), T(a_percent_sign_on_a_plot_ratio_is_told),
                    T(no_text_crashes_the_reader), CU_TEST_INFO_NULL}};
