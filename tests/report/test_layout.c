#include "report/fixture.h"
#include "report/layout.h"

static mj_sheet sheet_of(const mj_table *t, const char *layer, mj_lang lang, mj_arena *arena) {
  mj_sheet sheet = {.name = layer};
  CU_ASSERT_EQUAL_FATAL(mj_sheet_make(&sheet, layer, 1, &t, &(mj_wording){.lang = lang}, arena, NULL), MJ_OK);
  return sheet;
}

static void our_columns_come_first_then_fields_then_the_inputs_own(void) {
  mj_table t = {0};
  mj_arena arena = {0};
  CU_ASSERT_EQUAL_FATAL(mj_table_init(&t, "parcels", 1), MJ_OK);
  column(&t, "mine", MJ_F64)->from_source = true;
  column(&t, "start_due", MJ_DATE);
  column(&t, "tax_wan", MJ_F64);
  column(&t, "parcel_id", MJ_TEXT);
  mj_sheet s = sheet_of(&t, "parcels", MJ_ZH, &arena);
  CU_ASSERT_EQUAL_FATAL(s.n_columns, 4);
  const char *const names[] = {"parcel_id", "tax_wan", "start_due", "mine"};
  const char *const labels[] = {"宗地代码", "税收（万元）", "约定动工日期", "mine"};
  for (int i = 0; i < 4; i++) {
    CU_ASSERT_STRING_EQUAL(s.columns[i].name, names[i]);
    CU_ASSERT_STRING_EQUAL(s.columns[i].label, labels[i]);
  }
  CU_ASSERT_EQUAL(s.columns[1].decimals, 2);
  CU_ASSERT_EQUAL(s.columns[3].decimals, -1);
  s = sheet_of(&t, "parcels", MJ_EN, &arena);
  CU_ASSERT_STRING_EQUAL(s.columns[1].label, "tax (10k yuan)");
  CU_ASSERT_STRING_EQUAL(s.columns[2].label, "start due");
  mj_arena_reset(&arena);
  mj_table_reset(&t);
}

static void names_differ_by_more_than_case_and_leave_fid_and_geom_free(void) {
  mj_table t = {0};
  mj_arena arena = {0};
  CU_ASSERT_EQUAL_FATAL(mj_table_init(&t, "parcels", 1), MJ_OK);
  static const char *const theirs[] = {"ZONE", "Zone", "FID", "geom"};
  static const char *const written[] = {"ZONE_src", "Zone_src2", "FID_src", "geom_src"};
  column(&t, "zone", MJ_TEXT);
  for (int i = 0; i < 4; i++) column(&t, theirs[i], MJ_TEXT)->from_source = true;
  mj_sheet s = sheet_of(&t, "parcels", MJ_ZH, &arena);
  CU_ASSERT_EQUAL_FATAL(s.n_columns, 5);
  for (int i = 0; i < 4; i++) CU_ASSERT_STRING_EQUAL(s.columns[i + 1].name, written[i]);
  mj_arena_reset(&arena);
  mj_table_reset(&t);
}

static void codes_have_words_and_several_are_joined(void) {
  mj_table t = {0};
  mj_arena arena = {0};
  mj_text scratch = {0};
  bool ok = true;
  CU_ASSERT_EQUAL_FATAL(mj_table_init(&t, "parcels", 1), MJ_OK);
  column(&t, "status", MJ_TEXT);
  column(&t, "candidate_for", MJ_TEXT);
  column(&t, "idle", MJ_TRI);
  column(&t, "seized", MJ_TRI);
  column(&t, "floor_area_source", MJ_TEXT);
  mj_sheet s = sheet_of(&t, "parcels", MJ_ZH, &arena);
  CU_ASSERT_EQUAL_FATAL(s.n_columns, 5);
  CU_ASSERT_STRING_EQUAL(mj_code_word(&s.columns[0], "headroom", MJ_ZH, &scratch), "可增容");
  CU_ASSERT_STRING_EQUAL(mj_code_word(&s.columns[0], "other", MJ_ZH, &scratch), "other");
  CU_ASSERT_STRING_EQUAL(mj_code_word(&s.columns[1], "idle;headroom", MJ_ZH, &scratch), "疑似闲置、可增容");
  CU_ASSERT_STRING_EQUAL(mj_code_word(&s.columns[1], "idle;headroom", MJ_EN, &scratch), "suspected idle, headroom");
  CU_ASSERT_STRING_EQUAL(
      mj_domain_text(&s.columns[0], MJ_EN, &arena, &ok),
      "idle=suspected idle|inefficient=inefficient|headroom=headroom|insufficient=insufficient data|normal=normal");
  CU_ASSERT_PTR_NULL(mj_domain_text(&s.columns[1], MJ_ZH, &arena, &ok)); /* holds several codes */
  CU_ASSERT_STRING_EQUAL(mj_domain_text(&s.columns[2], MJ_ZH, &arena, &ok), "no=否|yes=是|unknown=数据不足");
  CU_ASSERT_STRING_EQUAL(mj_domain_text(&s.columns[4], MJ_ZH, &arena, &ok),
                         "no=否|yes=是"); /* the input's: blank, not a verdict */
  CU_ASSERT_STRING_EQUAL(s.columns[3].name, "floor_area_source");
  CU_ASSERT_STRING_EQUAL(mj_code_word(&s.columns[3], "registered+storeys", MJ_EN, &scratch), "registered, storeys");
  CU_ASSERT_TRUE(ok);
  mj_text_reset(&scratch);
  mj_arena_reset(&arena);
  mj_table_reset(&t);
}

static void broken_utf8_and_control_characters_are_replaced(void) {
  mj_text scratch = {0};
  const char *plain = "园区\tA\n";
  CU_ASSERT_PTR_EQUAL(mj_clean_text(plain, &scratch), plain);
  CU_ASSERT_STRING_EQUAL(mj_clean_text("a\xff\x01园\xe5\x9b", &scratch),
                         "a\xEF\xBF\xBD\xEF\xBF\xBD园\xEF\xBF\xBD\xEF\xBF\xBD");
  /* U+FFFE, U+FFFF, U+FDD0, U+FDEF and U+10FFFF are no characters; U+FDF0, U+FFFD and U+1F3ED are */
  CU_ASSERT_STRING_EQUAL(mj_clean_text("\xEF\xBF\xBE\xEF\xBF\xBF-\xEF\xB7\x90\xEF\xB7\xAF-\xF4\x8F\xBF\xBF", &scratch),
                         "\xEF\xBF\xBD\xEF\xBF\xBD-\xEF\xBF\xBD\xEF\xBF\xBD-\xEF\xBF\xBD");
  const char *last = "\xEF\xB7\xB0\xEF\xBF\xBD\xF0\x9F\x8F\xAD";
  CU_ASSERT_PTR_EQUAL(mj_clean_text(last, &scratch), last);
  const char *name = "_x41_ x0041_ _x00G1_ _X0041_";
  CU_ASSERT_PTR_EQUAL(mj_workbook_text(name, &scratch), name);
  CU_ASSERT_STRING_EQUAL(mj_workbook_text("a_x003C_b_x005f_", &scratch), "a_x005F_x003C_b_x005F_x005f_");
  mj_text_reset(&scratch);
}

/* What a rulebook computes has its words, its unit and four decimals at most. */
static void a_fact_of_a_rulebook_has_its_words_and_unit(void) {
  mj_table t = {0};
  mj_arena arena = {0};
  CU_ASSERT_EQUAL_FATAL(mj_table_init(&t, "parcels", 1), MJ_OK);
  mj_column *yield = column(&t, "per_mu", MJ_F64), *share = column(&t, "share_3y", MJ_F64);
  yield->label = "近三年亩均效益", yield->unit = "wan_per_mu";
  share->label = "占比", share->unit = "share";
  column(&t, "bare_fact", MJ_F64);
  mj_sheet s = sheet_of(&t, "parcels", MJ_ZH, &arena);
  CU_ASSERT_EQUAL_FATAL(s.n_columns, 3);
  CU_ASSERT_STRING_EQUAL(s.columns[0].label, "近三年亩均效益（万元/亩）");
  CU_ASSERT_STRING_EQUAL(s.columns[0].name, "per_mu");
  CU_ASSERT_STRING_EQUAL(s.columns[0].unit, "万元/亩");
  CU_ASSERT_EQUAL(s.columns[0].decimals, 4);
  CU_ASSERT_TRUE(s.columns[0].at_most);
  CU_ASSERT_STRING_EQUAL(s.columns[1].label, "占比");
  CU_ASSERT_STRING_EQUAL(s.columns[2].label, "bare fact");
  mj_arena_reset(&arena);
  mj_table_reset(&t);
}

static void no_two_columns_have_one_heading(void) {
  static const char *const zh[] = {"容积率", "建筑面积（㎡）", "建筑面积（㎡）（登记）", "容积率（规则集）",
                                   "容积率（来源）"};
  static const char *const en[] = {"plot ratio", "floor area (m²)", "floor area recorded (m²)", "plot ratio (rulebook)",
                                   "容积率"};
  mj_table t = {0};
  mj_arena arena = {0};
  CU_ASSERT_EQUAL_FATAL(mj_table_init(&t, "parcels", 1), MJ_OK);
  column(&t, "容积率", MJ_F64)->from_source = true;
  column(&t, "floor_area_recorded_m2", MJ_F64);
  mj_column *fact = column(&t, "my_ratio", MJ_F64);
  column(&t, "plot_ratio", MJ_F64);
  column(&t, "floor_area_m2", MJ_F64);
  for (int lang = MJ_EN; lang <= MJ_ZH; lang++) {
    fact->label = lang == MJ_ZH ? "容积率" : "plot ratio";
    mj_sheet s = sheet_of(&t, "parcels", (mj_lang)lang, &arena);
    CU_ASSERT_EQUAL_FATAL(s.n_columns, 5);
    for (int i = 0; i < 5; i++) CU_ASSERT_STRING_EQUAL(s.columns[i].label, (lang == MJ_ZH ? zh : en)[i]);
  }
  mj_arena_reset(&arena);
  mj_table_reset(&t);
}

static void numbers_have_as_many_decimals_as_asked(void) {
  mj_text text = {0};
  mj_put_number(&text, -639, 4, true);
  mj_text_add(&text, " ");
  mj_put_number(&text, 53.36789, 4, true);
  mj_text_add(&text, " ");
  mj_put_number(&text, 2, 4, false);
  mj_put_number(&text, (double)NAN, 4, true);
  CU_ASSERT_STRING_EQUAL(text.data, "-639 53.3679 2.0000");
  mj_text_reset(&text);
}

SUITE_OF(layout, T(a_fact_of_a_rulebook_has_its_words_and_unit), T(no_two_columns_have_one_heading),
         T(numbers_have_as_many_decimals_as_asked), T(our_columns_come_first_then_fields_then_the_inputs_own),
         T(names_differ_by_more_than_case_and_leave_fid_and_geom_free), T(codes_have_words_and_several_are_joined),
         T(broken_utf8_and_control_characters_are_replaced));
