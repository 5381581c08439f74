#include "intake/fields.h"
#include "intake/mapping.h"
#include "test.h"

static mj_fields fields;

static mj_guess guess(mj_table_id role, const char *header) { return mj_fields_guess(&fields, role, header, false); }
static mj_guess guess_dbf(mj_table_id role, const char *header) { return mj_fields_guess(&fields, role, header, true); }
static const char *name_of(mj_guess g) { return g.field ? g.field->name : NULL; }

static int open_fields(void) { return mj_fields_open(&fields, NULL) != MJ_OK; }
static int close_fields(void) {
  mj_fields_close(&fields);
  return 0;
}

static void folding_makes_full_width_half_and_drops_blanks(void) {
  char out[MJ_FOLD];
  mj_fold(" ＺＤＤＭ　（㎡） ", out);
  ASSERT_TEXT(out, "zddm(m2)");
  mj_fold("面积【m²】\n", out);
  ASSERT_TEXT(out, "面积(m2)");
}

static void an_alias_is_found_whatever_its_case(void) {
  ASSERT_TEXT(name_of(guess(MJ_PARCELS, "zddm")), "parcel_id");
  ASSERT_TEXT(name_of(guess(MJ_PARCELS, "ZDDM")), "parcel_id");
  ASSERT_TEXT(name_of(guess(MJ_PARCELS, "宗地代码")), "parcel_id");
  ASSERT_TEXT(name_of(guess(MJ_PARCELS, "大类代码")), "land_use");
  CU_ASSERT_PTR_NULL(guess(MJ_PARCELS, "Shape_Area").field);
  CU_ASSERT_PTR_NULL(guess(MJ_PARCELS, "").field);
}

/* The fit keeps half of it free on either side of a line. */
static void lines_bring_their_width(void) {
  static const char *const headers[] = {"width_m", "宽度", "廊道宽度（米）", "KD"};
  for (size_t i = 0; i < sizeof headers / sizeof *headers; i++)
    ASSERT_TEXT(name_of(guess(MJ_EASEMENTS, headers[i])), "width_m");
  ASSERT_TEXT(name_of(guess(MJ_ROADS, "宽度")), "width_m");
  ASSERT_TEXT(guess(MJ_EASEMENTS, "宽度（米）").unit, "m");
}

static void the_unit_stands_in_brackets_or_behind(void) {
  mj_guess g = guess(MJ_ENTERPRISES, "占地面积（亩）");
  ASSERT_TEXT(name_of(g), "land_area_m2");
  ASSERT_TEXT(g.unit, "mu");
  g = guess(MJ_ENTERPRISES, "处置面积（公顷）");
  ASSERT_TEXT(name_of(g), "disposal_area_m2");
  ASSERT_TEXT(g.unit, "ha");
  ASSERT_TEXT(guess(MJ_PARCELS, "面积(㎡)").unit, "m2");
  ASSERT_TEXT(guess(MJ_ENTERPRISES, "产值（万元）").unit, "wan");
  ASSERT_TEXT(guess(MJ_ENTERPRISES, "tax(yuan)").unit, "yuan");
  ASSERT_TEXT(guess(MJ_ENTERPRISES, "综合能耗（吨标准煤）").unit, "tce");
  ASSERT_TEXT(guess(MJ_PARCELS, "area_mu").unit, "mu");
  ASSERT_TEXT(guess(MJ_PARCELS, "area_recorded_ha").unit, "ha");
  ASSERT_TEXT(name_of(guess(MJ_PARCELS, "area_recorded_ha")), "area_recorded_m2");
  ASSERT_TEXT(guess(MJ_PARCELS, "建筑密度（%）").unit, "percent");
  CU_ASSERT_PTR_NULL(guess(MJ_PARCELS, "area_recorded_m2").unit);
}

static void words_in_brackets_that_are_no_unit_leave_a_number_open(void) {
  mj_guess g = guess(MJ_ENTERPRISES, "占地面积（顷）");
  ASSERT_TEXT(name_of(g), "land_area_m2");
  ASSERT_TEXT(g.strange, "顷");
  ASSERT_TEXT(guess(MJ_PARCELS, "容积率（规划）").strange, "规划");
  ASSERT_TEXT(guess(MJ_ENTERPRISES, "企业名称（盖章）").strange, "");
  ASSERT_TEXT(name_of(guess(MJ_ENTERPRISES, "企业名称（盖章）")), "enterprise_name");
}

static void a_name_cut_at_ten_bytes_is_found_where_one_field_begins_so(void) {
  ASSERT_TEXT(name_of(guess_dbf(MJ_PARCELS, "plot_ratio_")), NULL);
  ASSERT_TEXT(name_of(guess_dbf(MJ_PARCELS, "land_price")), "land_price_wan");
  ASSERT_TEXT(name_of(guess_dbf(MJ_PARCELS, "地块编\xE5")), "parcel_id");       /* 地块编号 cut in mid-character */
  ASSERT_TEXT(name_of(guess_dbf(MJ_ENTERPRISES, "统一社会信")), "credit_code"); /* ten bytes of GBK */
  ASSERT_TEXT(name_of(guess_dbf(MJ_ENTERPRISES, "上年度亩均")), "tax_wan_per_mu_recorded");
  CU_ASSERT_PTR_NULL(guess_dbf(MJ_PARCELS, "plot_ratio").field); /* cap, minimum or recorded */
  CU_ASSERT_PTR_NULL(guess(MJ_PARCELS, "land_price").field);     /* not a DBF: nothing was cut */
}

static void every_header_of_the_enterprise_template_is_known(void) {
  static const char *const row[][2] = {{"区县名称", "district"},
                                       {"年份", "year"},
                                       {"企业名称", "enterprise_name"},
                                       {"开发区名称", "park_name"},
                                       {"社会统一信用代码", "credit_code"},
                                       {"占地面积（亩）", "land_area_m2"},
                                       {"坐落", "address"},
                                       {"上年度亩均税收", "tax_wan_per_mu_recorded"},
                                       {"上上年度亩均税收", "tax_wan_per_mu_before"},
                                       {"现状用途", "land_use_name"},
                                       {"低效类型", "inefficient_kind"},
                                       {"处置方式", "disposal"},
                                       {"当前状态", "disposal_state"},
                                       {"处置面积（公顷）", "disposal_area_m2"}};
  for (size_t i = 0; i < sizeof row / sizeof *row; i++)
    ASSERT_TEXT(name_of(guess(MJ_ENTERPRISES, row[i][0])), row[i][1]);
}

static void every_header_of_the_parcel_template_is_known(void) {
  static const char *const row[][2] = {{"地块编号", "parcel_id"},
                                       {"地块面积", "area_recorded_m2"},
                                       {"大类代码", "land_use"},
                                       {"现状用途", "land_use_name"},
                                       {"现状容积率", "plot_ratio_recorded"},
                                       {"现状建筑密度", "coverage_recorded"},
                                       {"规划用途", "land_use_planned"},
                                       {"规划容积率", "plot_ratio_cap"},
                                       {"规划建筑密度", "coverage_cap"},
                                       {"开发潜力", "development_potential"},
                                       {"再开发时序", "redevelopment_phase"}};
  for (size_t i = 0; i < sizeof row / sizeof *row; i++) ASSERT_TEXT(name_of(guess(MJ_PARCELS, row[i][0])), row[i][1]);
}

static void what_park_plans_speak_of_has_its_fields(void) {
  static const struct {
    mj_table_id role;
    const char *header, *field;
  } row[] = {{MJ_PARCELS, "供地状态", "supply_state_recorded"},
             {MJ_PARCELS, "露天堆场面积（平方米）", "open_yard_m2"},
             {MJ_ZONES, "常住人口", "population"},
             {MJ_PROJECTS, "改造前建筑面积（平方米）", "floor_area_before_m2"},
             {MJ_PROJECTS, "移交国企建筑面积（平方米）", "floor_area_state_m2"},
             {MJ_PROJECTS, "建筑面积（平方米）", "floor_area_m2"}};
  for (size_t i = 0; i < sizeof row / sizeof *row; i++)
    ASSERT_TEXT(name_of(guess(row[i].role, row[i].header)), row[i].field);
}

static void what_rulebooks_ask_of_parcels_has_its_fields(void) {
  static const char *const row[][2] = {{"施工许可证日期", "construction_permit_on"},
                                       {"基础类型", "foundation_type"},
                                       {"基础完成比例（%）", "foundation_share"},
                                       {"补充协议签订日期", "extension_signed_on"},
                                       {"竣工日期", "finished_on"},
                                       {"批准日期", "approved_on"},
                                       {"是否征收", "acquired"},
                                       {"征收完成日期", "acquired_on"},
                                       {"是否供地", "supplied"},
                                       {"供地日期", "supplied_on"},
                                       {"是否停产", "production_stopped"},
                                       {"停产日期", "production_stopped_since"},
                                       {"停工日期", "stopped_since"},
                                       {"行业分类版本", "industry_edition"},
                                       {"建筑系数", "building_coefficient"},
                                       {"建筑密度", "coverage_recorded"},
                                       {"构筑物占地面积（平方米）", "structure_area_m2"},
                                       {"行政办公及生活服务设施用地面积（平方米）", "office_land_area_m2"},
                                       {"行政办公建筑面积（平方米）", "office_floor_area_m2"},
                                       {"绿地面积（平方米）", "green_area_m2"},
                                       {"固定资产总投资（万元）", "fixed_investment_wan"},
                                       {"总投资额（万元）", "invest_total_wan"}};
  for (size_t i = 0; i < sizeof row / sizeof *row; i++) ASSERT_TEXT(name_of(guess(MJ_PARCELS, row[i][0])), row[i][1]);
}

static void no_alias_stands_for_two_fields_of_a_role(void) {
  int twice = 0;
  for (int i = 0; i < fields.n; i++)
    for (int a = 0; a < fields.field[i].n_alias; a++) {
      mj_guess g = guess(fields.field[i].role, fields.field[i].alias[a]);
      if (g.field == &fields.field[i]) continue;
      printf("\n    %s: '%s' means %s and %s", mj_table_id_name(fields.field[i].role), fields.field[i].alias[a],
             fields.field[i].name, name_of(g));
      twice++;
    }
  ASSERT_INT(twice, 0);
  CU_ASSERT(fields.n > 120);
}

/* ---- the columns of a layer ---- */

static mj_arena arena;

static mj_status map(const char *const *columns, int n, const mj_input *input, mj_ledger *ledger, mj_mapping *out,
                     mj_error *err) {
  mj_layer_info info = {.name = "l", .geometry = "Polygon", .crs = "", .n_fields = n, .field = columns};
  mj_place place = {"f.gpkg", "l", "parcels", false};
  return mj_mapping_make(&fields, MJ_PARCELS, input, &place, &info, &arena, ledger, out, err);
}

static void of_two_columns_the_earlier_alias_wins(void) {
  const char *const columns[] = {"土地面积", "ZDMJ", "地块编号"};
  mj_mapping m;
  CU_ASSERT_EQUAL(map(columns, 3, NULL, NULL, &m, NULL), MJ_OK);
  ASSERT_INT(mj_mapping_find(&m, "area_recorded_m2")->column, 1);
  ASSERT_INT(m.of_column[0], -1); /* stays a source column */
  mj_arena_reset(&arena);
}

static void the_project_wins_over_everything(void) {
  const char *const columns[] = {"ZDMJ", "占地", "ZDDM"};
  mj_field_map said[] = {{.field = "area_recorded_m2", .column = "占地", .unit = "mu"},
                         {.field = "land_use", .value = "1001"}};
  mj_input input = {.role = MJ_PARCELS, .fields = said, .n_fields = 2};
  mj_mapping m;
  CU_ASSERT_EQUAL(map(columns, 3, &input, NULL, &m, NULL), MJ_OK);
  ASSERT_INT(mj_mapping_find(&m, "area_recorded_m2")->column, 1);
  ASSERT_NEAR(mj_mapping_find(&m, "area_recorded_m2")->factor * 3, 2000, 0);
  ASSERT_INT(mj_mapping_find(&m, "land_use")->column, MJ_COLUMN_CONSTANT);
  ASSERT_INT(m.of_column[0], -1);
  mj_arena_reset(&arena);
}

static void a_mapped_column_that_is_not_there_is_named_with_those_that_are(void) {
  const char *const columns[] = {"ZDMJ", "DKBH"};
  mj_field_map said = {.field = "parcel_id", .column = "CODE"};
  mj_input input = {.role = MJ_PARCELS, .fields = &said, .n_fields = 1};
  mj_mapping m;
  mj_error err = {0};
  CU_ASSERT_EQUAL(map(columns, 2, &input, NULL, &m, &err), MJ_ENOTFOUND);
  ASSERT_TEXT(err.message, "file 'f.gpkg': layer 'l': no column 'CODE' for field 'parcel_id'; columns are: ZDMJ, DKBH");
  mj_arena_reset(&arena);
}

static void a_unit_that_measures_something_else_is_refused(void) {
  const char *const columns[] = {"宗地面积（万元）"};
  mj_mapping m;
  mj_error err = {0};
  CU_ASSERT_EQUAL(map(columns, 1, NULL, NULL, &m, &err), MJ_EFORMAT);
  ASSERT_HAS(err.message, "column '宗地面积（万元）': unit 'wan' cannot be converted for field 'area_recorded_m2'");
  mj_arena_reset(&arena);
}

static void an_unknown_unit_is_entered_and_the_column_not_used(void) {
  const char *const columns[] = {"宗地面积（顷）"};
  mj_mapping m;
  mj_ledger ledger = {0};
  CU_ASSERT_EQUAL(map(columns, 1, NULL, &ledger, &m, NULL), MJ_OK);
  CU_ASSERT_PTR_NULL(mj_mapping_find(&m, "area_recorded_m2"));
  ASSERT_INT(ledger.n, 1);
  ASSERT_INT(ledger.entry[0].code, MJ_L_UNIT_UNKNOWN);
  ASSERT_TEXT(ledger.entry[0].found, "宗地面积（顷）");
  mj_ledger_reset(&ledger);
  mj_arena_reset(&arena);
}

CU_SuiteInfo fields_suite = {
    "fields",
    open_fields,
    close_fields,
    NULL,
    NULL,
    (CU_TestInfo[]){T(folding_makes_full_width_half_and_drops_blanks), T(an_alias_is_found_whatever_its_case),
                    T(the_unit_stands_in_brackets_or_behind), T(lines_bring_their_width),
                    T(words_in_brackets_that_are_no_unit_leave_a_number_open),
                    T(a_name_cut_at_ten_bytes_is_found_where_one_field_begins_so),
                    T(every_header_of_the_enterprise_template_is_known),
                    T(every_header_of_the_parcel_template_is_known), T(what_park_plans_speak_of_has_its_fields),
                    T(what_rulebooks_ask_of_parcels_has_its_fields), T(no_alias_stands_for_two_fields_of_a_role),
                    T(of_two_columns_the_earlier_alias_wins), T(the_project_wins_over_everything),
                    T(a_mapped_column_that_is_not_there_is_named_with_those_that_are),
                    T(a_unit_that_measures_something_else_is_refused),
                    T(an_unknown_unit_is_entered_and_the_column_not_used), CU_TEST_INFO_NULL}};
