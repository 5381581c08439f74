#include "report/fixture.h"
#include "report/run.h"

static const mj_ledger_entry entries[] = {
    {.code = MJ_L_GEOM_INVALID, .layer = "parcels", .expected = "a valid polygon", .row = 3},
    {.code = MJ_L_VALUE_UNREADABLE,
     .layer = "enterprises (enterprises_2023.csv)",
     .field = "tax_wan",
     .found = "Point",
     .expected = "wan"},
    {.code = MJ_L_ROW_OTHER_KIND, .layer = "roads", .found = "Point", .expected = "Line String"},
    {.code = MJ_L_RULEBOOK_OUT_OF_FORCE, .layer = "rules", .id = "a"},
    {.code = MJ_L_TEXT_CUT, .layer = "parcels", .field = "MYFIELD", .found = "a number"},
    {.code = MJ_L_AREA_NOT_RECORDED, .layer = "parcels", .field = "area_recorded_m2", .expected = "ellipsoid"},
    {.code = MJ_L_JOIN_NO_PARCEL, .layer = "enterprises", .field = "parcel_id", .found = "P1"},
};
enum { N = sizeof entries / sizeof *entries };

typedef struct {
  const char *layer, *field, *found, *expected, *touches;
} words;

static const char *at(const mj_table *t, const char *name, int64_t row) {
  const char *text = mj_table_text(t, name)[row];
  return text ? text : "";
}

static void tell(mj_lang lang, const words want[N]) {
  mj_park park = {0};
  mj_run run = {.park = &park, .lang = lang, .folder = {.lock = -1}};
  for (int i = 0; i < N; i++) CU_ASSERT_EQUAL_FATAL(mj_ledger_add(&park.ledger, entries[i]), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(mj_run_ledger(&run, NULL), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(run.ledger.n, N);
  for (int i = 0; i < N; i++) {
    CU_ASSERT_STRING_EQUAL(at(&run.ledger, "layer", i), want[i].layer);
    CU_ASSERT_STRING_EQUAL(at(&run.ledger, "field", i), want[i].field);
    CU_ASSERT_STRING_EQUAL(at(&run.ledger, "found", i), want[i].found);
    CU_ASSERT_STRING_EQUAL(at(&run.ledger, "expected", i), want[i].expected);
    if (want[i].touches) CU_ASSERT_STRING_EQUAL(at(&run.ledger, "touches", i), want[i].touches);
  }
  CU_ASSERT_EQUAL(mj_table_i64(&run.ledger, "row")[0], 3);
  CU_ASSERT_EQUAL(mj_table_i64(&run.ledger, "row")[1], MJ_I64_NULL); /* 0 is the whole layer */
  mj_run_reset(&run);
  mj_park_reset(&park);
}

/* A cell that reads "Point" or "a number" is the input's: only what the program says is put in other words. */
static void layers_fields_and_own_words_are_chinese_and_values_stay(void) {
  static const words want[N] = {
      {"宗地", "", "", "合法的面", "各面积、片区占比、建筑基底面积"},
      {"企业（enterprises_2023.csv）", "税收 tax_wan", "Point", "万元", "税收"},
      {"道路", "", "点", "线", "该行全部列"},
      {"规则集", "", "", "", "疑似闲置、低效"},
      {"宗地", "MYFIELD", "a number", "", "MYFIELD"},
      {"宗地", "登记面积 area_recorded_m2", "", "椭球", "面积、亩均指标"},
      {"企业", "宗地代码 parcel_id", "P1", "", "全园区产值、全园区税收"},
  };
  tell(MJ_ZH, want);
}

static void in_english_the_codes_stand_as_they_are(void) {
  static const words want[N] = {
      {"parcels", "", "", "a valid polygon", NULL},
      {"enterprises (enterprises_2023.csv)", "tax_wan", "Point", "wan", "tax_wan"},
      {"roads", "", "Point", "Line String", "all columns of the row"},
      {"rules", "", "", "", "idle, inefficient"},
      {"parcels", "MYFIELD", "a number", "", "MYFIELD"},
      {"parcels", "area_recorded_m2", "", "ellipsoid", NULL},
      {"enterprises", "parcel_id", "P1", "", "park.output_wan, park.tax_wan"},
  };
  tell(MJ_EN, want);
}

/* The tables that people fill in: layers and fields as the ledger names them, the rest as it is. */
static void other_tables_get_the_same_words(void) {
  for (int lang = MJ_EN; lang <= MJ_ZH; lang++) {
    mj_park park = {0};
    mj_run run = {.park = &park, .lang = (mj_lang)lang, .folder = {.lock = -1}};
    mj_table *t = &park.table[MJ_FIXES];
    CU_ASSERT_EQUAL_FATAL(mj_table_init(t, "fixes", 2), MJ_OK);
    const char **layer = mj_table_add(t, "layer", MJ_TEXT)->text, **field = mj_table_add(t, "field", MJ_TEXT)->text;
    mj_table_add(t, "old_value", MJ_TEXT)->text[0] = "tax_wan";
    layer[0] = "enterprises (e.csv)", field[0] = "tax_wan", layer[1] = "buildings";
    const mj_table *got = mj_run_worded(&run, MJ_FIXES);
    CU_ASSERT_PTR_NOT_NULL_FATAL(got);
    ASSERT_TEXT(at(got, "layer", 0), lang == MJ_ZH ? "企业（e.csv）" : "enterprises (e.csv)");
    ASSERT_TEXT(at(got, "field", 0), lang == MJ_ZH ? "税收 tax_wan" : "tax_wan");
    ASSERT_TEXT(at(got, "old_value", 0), "tax_wan");
    ASSERT_TEXT(at(got, "layer", 1), lang == MJ_ZH ? "建筑物" : "buildings");
    ASSERT_TEXT(at(got, "field", 1), "");
    ASSERT_TEXT(layer[0], "enterprises (e.csv)"); /* the park's table stays */
    mj_run_reset(&run);
    mj_park_reset(&park);
  }
}

SUITE_OF(ledger, T(other_tables_get_the_same_words), T(layers_fields_and_own_words_are_chinese_and_values_stay),
         T(in_english_the_codes_stand_as_they_are));
