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
    /* areas, heading, zones, how many more, outside, park, candidates, ledger */
    CU_ASSERT_EQUAL(lines, 1 + 1 + 15 + 1 + 1 + 1 + 4 + 1);
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

SUITE_OF(terminal, T(kinds_that_nobody_judged_are_dashes), T(the_table_fits_eighty_columns_in_both_languages),
         T(figures_are_grouped_aligned_and_missing_ones_are_dashes));
