#include "base/text.h"
#include "report/fixture.h"
#include "report/run.h"

static void add(mj_park *park, mj_ledger_code code, int times) {
  for (int i = 0; i < times; i++)
    CU_ASSERT_EQUAL(mj_ledger_add(&park->ledger, (mj_ledger_entry){.code = code, .layer = "parcels"}), MJ_OK);
}

static void make_ledger(mj_park *park, mj_lang lang) {
  *park = (mj_park){.project.lang = lang};
  add(park, MJ_L_CODE_BLANKS, 3);
  add(park, MJ_L_ROW_NO_GEOMETRY, 2);
  add(park, MJ_L_GEOM_INVALID, 1);
  add(park, MJ_L_AREA_IMPLAUSIBLE, 12);
}

static void codes_are_counted_gravest_first(void) {
  mj_park park;
  mj_table t = {0};
  make_ledger(&park, MJ_EN);
  CU_ASSERT_EQUAL_FATAL(mj_ledger_codes(&park, MJ_EN, &t), MJ_OK);
  static const char *const codes[] = {"ROW_NO_GEOMETRY", "GEOM_INVALID", "AREA_IMPLAUSIBLE", "CODE_BLANKS"};
  static const int64_t entries[] = {2, 1, 12, 3};
  CU_ASSERT_EQUAL_FATAL(t.n, 4);
  for (int i = 0; i < 4; i++) {
    CU_ASSERT_STRING_EQUAL(mj_table_text(&t, "code")[i], codes[i]);
    CU_ASSERT_EQUAL(mj_table_i64(&t, "entries")[i], entries[i]);
  }
  mj_table_reset(&t);
  mj_park_reset(&park);
}

static void the_terminal_shows_them_in_eighty_columns(void) {
  for (int lang = MJ_EN; lang <= MJ_ZH; lang++) {
    mj_park park;
    mj_text text = {0};
    make_ledger(&park, (mj_lang)lang);
    CU_ASSERT_EQUAL_FATAL(mj_report_findings(&park, &text, NULL), MJ_OK);
    CU_ASSERT_PTR_NOT_NULL(strstr(text.data, "  AREA_IMPLAUSIBLE             12  "));
    CU_ASSERT_PTR_NOT_NULL(
        strstr(text.data, lang == MJ_ZH ? "\n剔除 2，警告 13，说明 3\n" : "\nset aside: 2, warnings: 13, notes: 3\n"));
    for (char *line = text.data, *end; (end = strchr(line, '\n')); line = end + 1) {
      *end = 0;
      CU_ASSERT(mj_utf8_width(line) <= 80);
      const char *first = line + strspn(line, " ");
      CU_ASSERT(strncmp(first, "，", 3) != 0 && strncmp(first, "。", 3) != 0); /* no line begins with a comma */
    }
    mj_text_reset(&text);
    mj_park_reset(&park);
  }
}

/* A wrong zone shows on a map only, so every run says where it takes the park to be. */
static void the_place_on_earth_is_said(void) {
  mj_park park;
  mj_text text = {0};
  make_park(&park, 12, 2);
  park.project.lang = MJ_EN;
  park.frame.lat_deg = -24.9087;
  CU_ASSERT_EQUAL_FATAL(mj_report_findings(&park, &text, NULL), MJ_OK);
  CU_ASSERT_PTR_NOT_NULL(strstr(text.data, "middle of the parcels: 118.5523°E 24.9087°S, EPSG:4549\n"));
  text.n = 0;
  park.frame.lon_deg = (double)NAN;
  CU_ASSERT_EQUAL_FATAL(mj_report_findings(&park, &text, NULL), MJ_OK);
  CU_ASSERT_PTR_NULL(strstr(text.data, "middle of the parcels"));
  mj_text_reset(&text);
  mj_park_reset(&park);
}

SUITE_OF(findings, T(the_place_on_earth_is_said), T(codes_are_counted_gravest_first),
         T(the_terminal_shows_them_in_eighty_columns));
