#include "base/text.h"
#include "report/fixture.h"

static void the_table_fits_eighty_columns_in_both_languages(void) {
  for (int lang = MJ_EN; lang <= MJ_ZH; lang++) {
    mj_park park;
    mj_text text = {0};
    make_park(&park, 3000, 30);
    park.project.lang = (mj_lang)lang;
    mj_table_text(&park.table[MJ_ZONES], "zone")[1] = "经济技术开发区东部新材料产业园\x1b[31m";
    CU_ASSERT_EQUAL_FATAL(mj_report_summary(&park, &text, NULL), MJ_OK);
    int lines = 0;
    for (char *line = text.data, *end; (end = strchr(line, '\n')); line = end + 1, lines++) {
      *end = 0;
      CU_ASSERT(mj_utf8_width(line) <= 80);
    }
    /* areas, heading, zones, how many more, outside, park, candidates, place, ledger */
    CU_ASSERT_EQUAL(lines, 1 + 1 + 15 + 1 + 1 + 1 + 4 + 1 + 1 + 1);
    mj_text_reset(&text);
    mj_park_reset(&park);
  }
}

static void figures_are_grouped_aligned_and_missing_ones_are_dashes(void) {
  mj_park park;
  mj_text text = {0};
  make_park(&park, 12, 2);
  CU_ASSERT_EQUAL_FATAL(mj_report_summary(&park, &text, NULL), MJ_OK);
  CU_ASSERT_PTR_EQUAL(strstr(text.data, "面积、亩均、容积率、建筑密度：登记\n片区"), text.data);
  CU_ASSERT_PTR_NOT_NULL(
      strstr(text.data, "\n全园区           12     150.0   0.80         11,001          1.35        3     3\n"));
  CU_ASSERT_PTR_NOT_NULL(
      strstr(text.data, "\n北片              5      60.0   0.80          2,000             -        2     0\n"));
  CU_ASSERT_PTR_NOT_NULL(strstr(text.data,
                                "再开发候选 8 宗 120.0 亩，其中（可并列）\n  疑似闲置 3 宗 45.0 亩\n  低效 3 宗 45.0 "
                                "亩\n  可增容 5 宗 75.0 亩\n"));
  CU_ASSERT_PTR_NOT_NULL(strstr(text.data, "\n宗地中心位置：118.5523°E 24.9087°N，EPSG:4549\n"));
  CU_ASSERT_PTR_NOT_NULL(strstr(text.data, "数据质量台账：剔除 1，警告 1，说明 0，见 ledger.csv\n"));
  mj_text_reset(&text);
  mj_park_reset(&park);
}

/* A verdict that no rulebook gave is not a count of 0. */
static void kinds_that_nobody_judged_are_dashes(void) {
  static const char *const said[] = {"  suspected idle -\n  inefficient 3, 45.0 mu\n",
                                     "  疑似闲置 -\n  低效 3 宗 45.0 亩\n"};
  for (int lang = MJ_EN; lang <= MJ_ZH; lang++) {
    mj_park park;
    mj_text text = {0};
    make_park(&park, 12, 2);
    park.project.lang = (mj_lang)lang;
    memset(mj_table_tri(&park.table[MJ_PARCELS], "idle"), MJ_UNKNOWN, 12);
    CU_ASSERT_EQUAL_FATAL(mj_report_summary(&park, &text, NULL), MJ_OK);
    CU_ASSERT_PTR_NOT_NULL(strstr(text.data, said[lang == MJ_ZH]));
    mj_text_reset(&text);
    mj_park_reset(&park);
  }
}

/* Ranked values and the verdicts that are firm by then: at most ten, and none of a set that is not complete. */
static void two_lines_say_what_to_fix_first(void) {
  static const struct {
    int n;
    const char *firm, *said;
  } cases[] = {{0, "", "verdicts that lack data: 41\n  what to supply: tables/fixes.csv\n"},
               {3, "133", "verdicts that lack data: 41\n  fix these 2 values and 3 become firm: tables/fixes.csv\n"},
               {12, "000000000002", "  fix these 12 values and 2 become firm: tables/fixes.csv\n"},
               {12, "123456789999", "  fix these 9 values and 9 become firm: tables/fixes.csv\n"}};
  for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
    mj_park park;
    mj_text text = {0};
    make_park(&park, 12, 2);
    park.project.lang = MJ_EN;
    park.open_verdicts = 41;
    mj_table *t = &park.table[MJ_FIXES];
    CU_ASSERT_EQUAL_FATAL(mj_table_init(t, "fixes", cases[k].n + 1), MJ_OK); /* the last is of no rank */
    int64_t *rank = mj_table_add(t, "rank", MJ_I64)->i64, *firm = mj_table_add(t, "firm_after", MJ_I64)->i64;
    for (int i = 0; i < cases[k].n; i++) rank[i] = i + 1, firm[i] = cases[k].firm[i] - '0';
    CU_ASSERT_EQUAL_FATAL(mj_report_summary(&park, &text, NULL), MJ_OK);
    ASSERT_HAS(text.data, cases[k].said);
    mj_text_reset(&text);
    mj_park_reset(&park);
  }
}

/* Of the park's targets of the year the first four of five; of those that can be
 * worked out one is reached. */
static void the_first_targets_of_the_park_stand_in_the_summary(void) {
  mj_park park;
  mj_text text = {0};
  make_park(&park, 12, 2);
  park.project.lang = MJ_EN;
  park.project.year = 2025;
  mj_table *t = &park.table[MJ_TARGETS];
  CU_ASSERT_EQUAL_FATAL(mj_table_init(t, "targets", 7), MJ_OK);
  mj_column *zone = column(t, "zone", MJ_TEXT), *said = column(t, "text", MJ_TEXT), *year = column(t, "year", MJ_I64),
            *aimed = column(t, "target_value", MJ_F64), *reached = column(t, "reached_value", MJ_F64),
            *progress = column(t, "progress", MJ_F64);
  for (int i = 0; i < 7; i++) {
    zone->text[i] = i == 1 ? "north" : NULL;
    year->i64[i] = i == 2 ? 2024 : i == 3 ? MJ_I64_NULL : 2025;
    said->text[i] = mj_arena_format(&t->arena, "target number %d", i);
    aimed->f64[i] = 40;
    reached->f64[i] = i == 4 ? (double)NAN : 10.4 * i;
    progress->f64[i] = reached->f64[i] / 40;
  }
  CU_ASSERT_EQUAL_FATAL(mj_report_summary(&park, &text, NULL), MJ_OK);
  ASSERT_HAS(text.data,
             "  target number 0                              0          40                0.0%\n"
             "  target number 3                          31.20          40               78.0%\n"
             "  target number 4                              -          40                   -\n"
             "  target number 5                             52          40              130.0%\n"
             "  5 in all, 4 can be worked out, of which 2 are reached");
  CU_ASSERT_PTR_NULL(strstr(text.data, "target number 6"));
  mj_text_reset(&text);
  mj_park_reset(&park);
}

SUITE_OF(terminal, T(the_first_targets_of_the_park_stand_in_the_summary), T(two_lines_say_what_to_fix_first),
         T(kinds_that_nobody_judged_are_dashes), T(the_table_fits_eighty_columns_in_both_languages),
         T(figures_are_grouped_aligned_and_missing_ones_are_dashes));
