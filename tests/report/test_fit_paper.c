#include "base/text.h"
#include "report/fixture.h"

static const char *const ways[] = {"open", "storeys", "rebuild"};

/* Parcels of 10,000 m2, cap 2.0: 1,000 m2 fit on open land, storeys are not known, rebuilding loses. */
static void options_of(mj_park *park, int64_t parcels) {
  CU_ASSERT_EQUAL_FATAL(mj_park_new_table(park, MJ_FIT_OPTIONS, 3 * parcels, NULL), MJ_OK);
  mj_table *t = &park->table[MJ_FIT_OPTIONS];
  const char **id = mj_table_text(&park->table[MJ_PARCELS], "parcel_id"),
             **zone = mj_table_text(&park->table[MJ_PARCELS], "zone");
  mj_column *cap = column(&park->table[MJ_PARCELS], "plot_ratio_cap", MJ_F64);
  for (int64_t i = 0; i < 3 * parcels; i++) {
    int way = (int)(i % 3);
    mj_table_i64(t, "parcel_row")[i] = i / 3 + 1;
    mj_table_text(t, "parcel_id")[i] = id[i / 3];
    mj_table_text(t, "zone")[i] = zone[i / 3];
    mj_table_text(t, "fit_way")[i] = ways[way];
    mj_table_tri(t, "chosen")[i] = way == 0 ? MJ_YES : MJ_NO;
    mj_table_f64(t, "land_m2")[i] = 10000;
    mj_table_f64(t, "countable_floor_area_m2")[i] = 5000;
    mj_table_f64(t, "headroom_m2")[i] = 15000;
    if (way == 1) mj_table_text(t, "fit_reason")[i] = "说不清";
    if (way == 1) continue;
    mj_table_f64(t, "gross_m2")[i] = way ? 4000 : 1000;
    mj_table_f64(t, "demolished_m2")[i] = way ? 5000 : 0;
    mj_table_f64(t, "net_m2")[i] = way ? -1000 : 1000;
    mj_table_f64(t, "capacity_m2")[i] = way ? 4000 : 1500 + (double)(i / 3);
    mj_table_f64(t, "cap_breakpoint")[i] = way ? 0.4 : (6500 + (double)(i / 3)) / 10000;
    mj_table_i64(t, "modules")[i] = 1;
    mj_table_i64(t, "storeys_min")[i] = mj_table_i64(t, "storeys_max")[i] = 3;
    mj_table_text(t, "binding_constraint")[i] = "shape";
    cap->f64[i / 3] = 2;
  }
}

static void no_line_is_wider_than_80(const mj_text *text) {
  for (const char *at = text->data, *end; (end = strchr(at, '\n')); at = end + 1) {
    char one[1024];
    snprintf(one, sizeof one, "%.*s", (int)(end - at), at);
    CU_ASSERT(mj_utf8_width(one) <= 80);
  }
}

static void many_parcels_are_summed_up(void) {
  for (int lang = MJ_EN; lang <= MJ_ZH; lang++) {
    mj_park park;
    mj_text text = {0};
    make_park(&park, 12, 2);
    park.project.lang = (mj_lang)lang;
    options_of(&park, 12);
    CU_ASSERT_EQUAL_FATAL(mj_fit_summary(&park, &text, NULL), MJ_OK);
    no_line_is_wider_than_80(&text);
    if (lang == MJ_EN) {
      ASSERT_HAS(text.data, "Standard factories that fit, net countable floor area in m2:\n");
      ASSERT_HAS(text.data, "\nPlot ratio of the land fitted: 0.50, afterwards 0.60\n");
      /* capacities 1500 .. 1511, breakpoints 0.65 .. 0.6511; 50 % of 18066 is reached with the 7th, 90 % with the 11th
       */
      ASSERT_HAS(text.data, "A common cap of 0.65, 0.65, 0.65 gives");
      ASSERT_HAS(text.data, "(18,066 m2); above 0.6511 nothing more is gained");
      ASSERT_HAS(text.data, "not known: added storeys, on 12 parcels\n");
    }
    ASSERT_HAS(text.data, lang == MJ_ZH ? "\n全园区 " : "\npark ");
    ASSERT_HAS(text.data, "180,000");
    ASSERT_HAS(text.data, "12,000");
    mj_text_reset(&text);
    mj_park_reset(&park);
  }
}

static void few_parcels_are_reported_one_by_one(void) {
  mj_park park;
  mj_text text = {0};
  make_park(&park, 12, 2);
  park.project.lang = MJ_ZH;
  options_of(&park, 2);
  mj_table_text(&park.table[MJ_FIT_OPTIONS], "zone")[0] = NULL;
  CU_ASSERT_EQUAL_FATAL(mj_fit_summary(&park, &text, NULL), MJ_OK);
  no_line_is_wider_than_80(&text);
  ASSERT_HAS(text.data, "：用地 10,000 ㎡，现有 5,000 ㎡，容积率上限 2.00，剩余可建\n  15,000 ㎡\n");
  ASSERT_HAS(text.data, "1 x 3");
  ASSERT_HAS(text.data, "\n加层改造：说不清\n");
  ASSERT_HAS(text.data, "\n净增最多：空地新建\n");
  ASSERT_HAS(text.data, "\n不详：加层改造，2 宗\n");
  CU_ASSERT_PTR_NULL(strstr(text.data, "全园区"));
  mj_text_reset(&text);
  mj_park_reset(&park);
}

static void nothing_to_fit_is_said(void) {
  mj_park park;
  mj_text text = {0};
  make_park(&park, 12, 2);
  park.project.lang = MJ_EN;
  CU_ASSERT_EQUAL_FATAL(mj_fit_summary(&park, &text, NULL), MJ_OK);
  ASSERT_TEXT(text.data, "There is no parcel to fit factories on.\n");
  mj_text_reset(&text);
  mj_park_reset(&park);
}

CU_SuiteInfo fit_paper_suite = {"fit_paper",
                                NULL,
                                NULL,
                                NULL,
                                NULL,
                                (CU_TestInfo[]){T(many_parcels_are_summed_up), T(few_parcels_are_reported_one_by_one),
                                                T(nothing_to_fit_is_said), CU_TEST_INFO_NULL}};
