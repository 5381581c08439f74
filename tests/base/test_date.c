#include "mujun/table.h"
#include "test.h"

static void known_days(void) {
  ASSERT_INT(mj_date_from_ymd(1970, 1, 1), 0);
  ASSERT_INT(mj_date_from_ymd(2000, 3, 1), 11017);  /* 30 years, 7 leap days, January and February 2000 */
  ASSERT_INT(mj_date_from_ymd(2026, 3, 31), 20543); /* date -ud 2026-03-31 +%s, over 86400 */
  ASSERT_INT(mj_date_from_ymd(1969, 12, 31), -1);
}

static void what_is_no_date_is_null(void) {
  ASSERT_INT(mj_date_from_ymd(2025, 2, 29), MJ_DATE_NULL);
  ASSERT_INT(mj_date_from_ymd(1900, 2, 29), MJ_DATE_NULL);
  CU_ASSERT(mj_date_from_ymd(2024, 2, 29) != MJ_DATE_NULL);
  const char *bad[] = {"",           "2025",        "2025-13-01", "2025-1", "25-01-01",
                       "2025-01/01", "2025-01-01x", "20250230",   "N/A",    "2025年3月"};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) ASSERT_INT(mj_date_parse(bad[i]), MJ_DATE_NULL);
  ASSERT_INT(mj_date_parse(NULL), MJ_DATE_NULL);
}

static void all_ways_of_writing_a_date_agree(void) {
  const char *same[] = {"2026-03-31",   "2026/3/31", "20260331",     "2026年3月31日",
                        "2026年03月31", "2026.3.31", "  2026-03-31 "};
  for (size_t i = 0; i < sizeof same / sizeof *same; i++) ASSERT_INT(mj_date_parse(same[i]), 20543);
}

static void every_day_of_400_years_comes_back(void) {
  char text[11];
  for (int32_t d = -100000; d < 46097; d++) {
    int y, m, day;
    mj_date_to_ymd(d, &y, &m, &day);
    if (mj_date_from_ymd(y, m, day) != d) CU_FAIL("date did not come back");
    mj_date_format(d, text);
    if (mj_date_parse(text) != d) CU_FAIL("text did not come back");
  }
  mj_date_format(MJ_DATE_NULL, text);
  ASSERT_TEXT(text, "");
}

SUITE_OF(date, T(known_days), T(what_is_no_date_is_null), T(all_ways_of_writing_a_date_agree),
         T(every_day_of_400_years_comes_back));
