#include "layers.h"

static mj_park park;
static mj_error err;

static mj_status run(const char *yaml) {
  mj_park_reset(&park);
  return take_in(yaml, &park, &err);
}

/* Two parcels, and enterprises of two years in two files: firm 1 in both, firm 2 with a dash for its tax in 2024. */
static void write_inputs(void) {
  write_layer(
      "p.geojson", "EPSG:4549",
      FEATURE("\"宗地代码\":\"A1\",\"宗地面积（亩）\":15,\"备注\":\"x\"", SQUARE_RING("500000", "500100")) "," FEATURE(
          "\"宗地代码\":\"A2\",\"宗地面积（亩）\":null,\"备注\":null", SQUARE_RING("500100", "500200")));
  write_text("e23.csv", "统一社会信用代码,宗地代码,税收（元）\n1,A1,100000\n2,A2,50000\n");
  write_text("e24.csv", "统一社会信用代码,宗地代码,税收（元）\n1,A1,100000\n2,A9,-\n");
}

static const char project[] =
    "year: 2024\nparcels: p.geojson\nenterprises:\n  - {file: e23.csv, year: 2023}\n"
    "  - {file: e24.csv, year: 2024}\ncorrections: c.csv\n";

static const char *cell(const char *column, int64_t row) {
  const char *text = mj_table_text(&park.table[MJ_CORRECTIONS], column)[row];
  return text ? text : "";
}

static double tax(int64_t row) { return mj_table_f64(&park.table[MJ_ENTERPRISES], "tax_wan")[row]; }

static void a_line_is_applied_where_the_old_value_stands_and_read_like_any_cell(void) {
  write_inputs();
  write_text("c.csv",
             "layer,id,field,old,new,reason,who\n"
             "parcels,A1,area_recorded_m2,15.0,30,slip,me\n"
             "宗地,A2,宗地面积,,12亩,,\n"
             "parcels,A1,备注, x ,y,,\n"
             "enterprises (e24.csv),2,税收,,80000,,\n"
             "企业（e24.csv）,2,宗地代码,A9,A2,,\n");
  CU_ASSERT_EQUAL_FATAL(run(project), MJ_OK);
  const mj_table *p = &park.table[MJ_PARCELS];
  ASSERT_NEAR(mj_table_f64(p, "area_recorded_m2")[0], 20000, 1e-9); /* 30 mu in a column of mu */
  ASSERT_NEAR(mj_table_f64(p, "area_recorded_m2")[1], 8000, 1e-9);
  ASSERT_TEXT(mj_table_text(p, "备注")[0], "y");
  ASSERT_NEAR(tax(3), 8, 1e-12); /* 80,000 yuan; the dash was an empty old value */
  ASSERT_TEXT(mj_table_text(&park.table[MJ_ENTERPRISES], "parcel_id")[3], "A2");
  ASSERT_NEAR(tax(1), 5, 1e-12); /* the same firm of the other file */
  for (int i = 0; i < 5; i++) ASSERT_TEXT(cell("state", i), "applied");
  ASSERT_TEXT(cell("reason", 0), "slip");
  ASSERT_TEXT(cell("who", 0), "me");
  ASSERT_TEXT(cell("found", 3), "-");
  ASSERT_INT(count_entries(&park, MJ_L_CORRECTION_APPLIED), 5);
  ASSERT_INT(count_entries(&park, MJ_L_CORRECTION_NOT_APPLIED), 0);
  const mj_ledger_entry *e = first_entry(&park, MJ_L_CORRECTION_APPLIED);
  ASSERT_TEXT(e->layer, "parcels");
  ASSERT_TEXT(e->field, "area_recorded_m2");
  ASSERT_TEXT(e->found, "15");
  ASSERT_TEXT(e->expected, "30");
  ASSERT_INT(e->row, 1);
}

static void what_is_not_applied_says_why(void) {
  static const char *const why[] = {"no such layer",
                                    "no such field",
                                    "no such row",
                                    "the old value differs",
                                    "several rows fit; add the row number, the year or the file",
                                    "no input of that layer and file",
                                    "no new value"};
  write_inputs();
  write_text("c.csv",
             "layer,id,field,old,new\n"
             "fields,A1,area_recorded_m2,15,30\n"
             "parcels,A1,colour,15,30\n"
             "parcels,A7,area_recorded_m2,15,30\n"
             "parcels,A1,area_recorded_m2,16,30\n"
             "enterprises,1,tax_wan,100000,90000\n"
             "enterprises (e25.csv),1,tax_wan,100000,90000\n"
             "parcels,A1,area_recorded_m2,15,\n");
  CU_ASSERT_EQUAL_FATAL(run(project), MJ_OK);
  ASSERT_INT(park.table[MJ_CORRECTIONS].n, 7);
  for (int i = 0; i < 7; i++) {
    ASSERT_TEXT(cell("state", i), "not_applied");
    ASSERT_TEXT(cell("why", i), why[i]);
  }
  ASSERT_TEXT(cell("found", 3), "15");
  ASSERT_NEAR(mj_table_f64(&park.table[MJ_PARCELS], "area_recorded_m2")[0], 10000, 1e-9);
  ASSERT_NEAR(tax(0), 10, 1e-12);
  ASSERT_INT(count_entries(&park, MJ_L_CORRECTION_APPLIED), 0);
  ASSERT_INT(count_entries(&park, MJ_L_CORRECTION_NOT_APPLIED), 7);
}

static void a_year_a_file_or_a_row_says_which_of_several_is_meant(void) {
  write_inputs();
  write_text("c.csv",
             "图层,编号,年度,行号,字段,原值,新值\n"
             "enterprises,1,2024,,tax_wan,100000,90000\n"
             "enterprises (e23.csv),row:2,,,tax_wan,50000,40000\n"
             "enterprises (e23.csv),1,,1,tax_wan,100000,70000\n"
             "enterprises (e23.csv),1,,2,parcel_id,A2,A1\n");
  CU_ASSERT_EQUAL_FATAL(run(project), MJ_OK);
  ASSERT_NEAR(tax(2), 9, 1e-12);
  ASSERT_NEAR(tax(1), 4, 1e-12);
  ASSERT_NEAR(tax(0), 7, 1e-12);
  ASSERT_TEXT(cell("why", 3), "no such row"); /* row 2 is firm 2, not 1 */
}

/* Firm 2 has one row with a dash, of 2024: a line about "2023年" or row "1.5" must not find it. */
static void a_year_or_row_that_cannot_be_read_refuses_the_line(void) {
  write_inputs();
  write_text("c.csv",
             "图层,编号,年度,行号,字段,原值,新值\n"
             "enterprises,2,2023年,,tax_wan,-,90000\n"
             "enterprises (e24.csv),1,,1.5,tax_wan,100000,90000\n"
             "enterprises (e24.csv),,,first,tax_wan,100000,90000\n");
  CU_ASSERT_EQUAL_FATAL(run(project), MJ_OK);
  ASSERT_TEXT(cell("why", 0), "the year cannot be read");
  ASSERT_TEXT(cell("why", 1), "the row number cannot be read");
  ASSERT_TEXT(cell("why", 2), "the row number cannot be read");
  ASSERT_INT(count_entries(&park, MJ_L_CORRECTION_APPLIED), 0);
  CU_ASSERT(isnan(tax(3)));
}

static void only_one_row_of_an_identifier_with_the_old_value_is_enough(void) {
  write_inputs();
  write_text("c.csv", "layer,id,field,old,new\nenterprises,2,tax_wan,50000,60000\n");
  CU_ASSERT_EQUAL_FATAL(run(project), MJ_OK);
  ASSERT_NEAR(tax(1), 6, 1e-12);
  CU_ASSERT(isnan(tax(3)));
}

static void repeated_lines_are_applied_once_and_contradictions_never(void) {
  write_inputs();
  write_text("c.csv",
             "layer,id,field,old,new\n"
             "parcels,A1,area_recorded_m2,15,30\n"
             "parcels,row:1,宗地面积,15,30\n"
             "parcels,A2,area_recorded_m2,,12\n"
             "parcels,A2,area_recorded_m2,,13\n"
             "parcels,A2,area_recorded_m2,12,14\n");
  CU_ASSERT_EQUAL_FATAL(run(project), MJ_OK);
  const double *area = mj_table_f64(&park.table[MJ_PARCELS], "area_recorded_m2");
  ASSERT_NEAR(area[0], 20000, 1e-9);
  CU_ASSERT(isnan(area[1]));
  ASSERT_TEXT(cell("state", 0), "applied");
  ASSERT_TEXT(cell("why", 1), "the same line stands before");
  ASSERT_TEXT(cell("why", 2), "contradicts another line");
  ASSERT_TEXT(cell("why", 3), "contradicts another line");
  ASSERT_TEXT(cell("why", 4), "the old value differs"); /* with the delivered value, not with what line 3 made of it */
}

/* A wrong code stands on the rows of every year; firm 1 names A1 in both files. The table of suggestions is copied with
 * its own headings, and one of two suggestions has a name to it. */
static void a_suggestion_is_taken_up_on_every_row_when_somebody_confirms_it(void) {
  write_inputs();
  write_text("c.csv",
             "图层,编号,字段,原值,建议值,理由,确认人,可信度\n"
             "enterprises,1,parcel_id,A1,A3,one_edit,,0.7\n"
             "enterprises,1,parcel_id,A1,A2,owner_code,me,0.85\n"
             "enterprises,1,tax_wan,100000,90000,,me,\n");
  CU_ASSERT_EQUAL_FATAL(run(project), MJ_OK);
  const char **parcel = mj_table_text(&park.table[MJ_ENTERPRISES], "parcel_id");
  ASSERT_TEXT(parcel[0], "A2");
  ASSERT_TEXT(parcel[2], "A2");
  ASSERT_TEXT(parcel[1], "A2"); /* as delivered */
  ASSERT_TEXT(cell("why", 0), "contradicts another line");
  ASSERT_TEXT(cell("state", 1), "applied");
  ASSERT_TEXT(cell("who", 1), "me");
  ASSERT_TEXT(cell("why", 2),
              "several rows fit; add the row number, the year or the file"); /* a figure is of one row */
}

/* The first line means firm 1 in both files, the second in the later one: what they say of that cell differs, whichever
 * comes first. Lines of firm 2 agree. */
static void lines_that_contradict_each_other_in_one_of_several_files_are_not_applied(void) {
  static const char *const orders[] = {"enterprises,1,parcel_id,A1,A3,\nenterprises (e24.csv),1,parcel_id,A1,A2,\n",
                                       "enterprises (e24.csv),1,parcel_id,A1,A2,\nenterprises,1,parcel_id,A1,A3,\n",
                                       "enterprises,1,parcel_id,A1,A3,\nenterprises,1,宗地代码,A1,A2,\n"};
  for (int k = 0; k < 3; k++) {
    char text[400];
    snprintf(text, sizeof text, "layer,id,field,old,new,who\n%s%s", orders[k],
             "enterprises (e24.csv),2,parcel_id,A9,A2,\nenterprises,2,parcel_id,A9,A2,\n");
    write_inputs();
    write_text("c.csv", text);
    CU_ASSERT_EQUAL_FATAL(run(project), MJ_OK);
    const char **parcel = mj_table_text(&park.table[MJ_ENTERPRISES], "parcel_id");
    ASSERT_TEXT(parcel[0], "A1");
    ASSERT_TEXT(parcel[2], "A1");
    ASSERT_TEXT(parcel[3], "A2");
    ASSERT_TEXT(cell("why", 0), "contradicts another line");
    ASSERT_TEXT(cell("why", 1), "contradicts another line");
    ASSERT_TEXT(cell("state", 2), "applied");
    ASSERT_TEXT(cell("why", 3), "the same line stands before");
  }
}

/* Two suggestions that contradict each other, and the one that somebody confirmed, last. */
static void a_confirmed_line_settles_what_suggestions_dispute(void) {
  write_inputs();
  write_text("c.csv",
             "layer,id,field,old,new,who\n"
             "enterprises,1,parcel_id,A1,A2,\n"
             "enterprises,1,parcel_id,A1,A3,\n"
             "enterprises,1,parcel_id,A1,A2,me\n");
  CU_ASSERT_EQUAL_FATAL(run(project), MJ_OK);
  ASSERT_TEXT(mj_table_text(&park.table[MJ_ENTERPRISES], "parcel_id")[0], "A2");
  ASSERT_TEXT(cell("state", 2), "applied");
  ASSERT_TEXT(cell("why", 0), "contradicts another line");
  ASSERT_TEXT(cell("why", 1), "contradicts another line");
}

static void a_new_value_that_nobody_can_read_leaves_the_old_one(void) {
  write_inputs();
  write_text("c.csv", "layer,id,field,old,new\nparcels,A1,area_recorded_m2,15,many\n");
  CU_ASSERT_EQUAL_FATAL(run(project), MJ_OK);
  ASSERT_NEAR(mj_table_f64(&park.table[MJ_PARCELS], "area_recorded_m2")[0], 10000, 1e-9);
  ASSERT_TEXT(cell("why", 0), "the new value cannot be read");
}

/* What typing would drop takes no good value away; what a value map makes readable is one. */
static void a_new_value_is_read_as_typing_reads_it(void) {
  write_layer(
      "p.geojson", "EPSG:4549",
      FEATURE("\"宗地代码\":\"A1\",\"宗地面积（亩）\":15,\"是否动工\":\"甲\"", SQUARE_RING("500000", "500100")));
  write_text("e.csv", "统一社会信用代码,宗地代码,年份,税收（元）\n1,A1,2024,100000\n");
  write_text("c.csv",
             "layer,id,field,old,new\n"
             "parcels,A1,area_recorded_m2,15,0\n"
             "parcels,A1,area_recorded_m2,15,-3\n"
             "enterprises,1,year,2024,0\n"
             "enterprises,1,tax_wan,100000,-5\n"
             "parcels,A1,started,甲,乙\n");
  CU_ASSERT_EQUAL_FATAL(run("year: 2024\nparcels: {file: p.geojson, values: {started: {甲: 是, 乙: 否}}}\n"
                            "enterprises: e.csv\ncorrections: c.csv\n"),
                        MJ_OK);
  for (int i = 0; i < 3; i++) ASSERT_TEXT(cell("why", i), "the new value would count as missing");
  ASSERT_NEAR(mj_table_f64(&park.table[MJ_PARCELS], "area_recorded_m2")[0], 10000, 1e-9);
  ASSERT_INT(mj_table_i64(&park.table[MJ_ENTERPRISES], "year")[0], 2024);
  ASSERT_NEAR(tax(0), -5e-4, 1e-12); /* a refund */
  ASSERT_TEXT(cell("state", 4), "applied");
  ASSERT_INT(mj_table_tri(&park.table[MJ_PARCELS], "started")[0], MJ_NO);
}

/* A spreadsheet made a number of the code: what is corrected is its leading zero. */
static void a_code_that_came_as_a_number_gets_its_zeros_back(void) {
  write_layer("p.geojson", "EPSG:4549",
              FEATURE("\"宗地代码\":12345,\"宗地面积（亩）\":15", SQUARE_RING("500000", "500100")));
  write_text("c.csv", "layer,id,field,old,new\nparcels,12345,parcel_id,12345,012345\n");
  CU_ASSERT_EQUAL_FATAL(run("parcels: p.geojson\ncorrections: c.csv\n"), MJ_OK);
  ASSERT_TEXT(mj_table_text(&park.table[MJ_PARCELS], "parcel_id")[0], "012345");
  write_text("c.csv", "layer,id,field,old,new\nparcels,12345,parcel_id,012345,7\n");
  CU_ASSERT_EQUAL_FATAL(run("parcels: p.geojson\ncorrections: c.csv\n"), MJ_OK);
  ASSERT_TEXT(cell("why", 0), "the old value differs");
}

static void a_corrected_identifier_joins_under_its_new_name(void) {
  write_inputs();
  write_text("c.csv", "layer,id,field,old,new\nparcels,A2,parcel_id,A2,A9\n");
  CU_ASSERT_EQUAL_FATAL(run(project), MJ_OK);
  ASSERT_TEXT(mj_table_text(&park.table[MJ_PARCELS], "parcel_id")[1], "A9");
}

static void a_field_without_a_column_gets_one(void) {
  write_inputs();
  write_text("c.csv", "layer,id,field,old,new\nparcels,A2,是否动工,,是\nparcels,A1,started,,0\n");
  CU_ASSERT_EQUAL_FATAL(run(project), MJ_OK);
  const uint8_t *started = mj_table_tri(&park.table[MJ_PARCELS], "started");
  CU_ASSERT_PTR_NOT_NULL_FATAL(started);
  ASSERT_INT(started[0], MJ_NO);
  ASSERT_INT(started[1], MJ_YES);
}

static void the_file_is_one_of_the_inputs_and_an_option_wins(void) {
  write_inputs();
  write_text("c.csv", "layer,id,field,old,new\nparcels,A1,area_recorded_m2,15,30\n");
  write_text("d.csv", "layer,id,field,old,new\nparcels,A1,area_recorded_m2,15,45\n");
  CU_ASSERT_EQUAL_FATAL(run(project), MJ_OK);
  const mj_source *s = &park.sources[park.n_sources - 1];
  ASSERT_INT(s->role, MJ_CORRECTIONS);
  ASSERT_INT(strlen(s->sha256), 64);
  ASSERT_INT(s->rows_in, 1);
  mj_park_reset(&park);
  park.project.corrections = in_folder("d.csv");
  CU_ASSERT_EQUAL_FATAL(mj_project_load(write_text("park.yaml", project), &park.project, &err), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(mj_intake(&park, &err), MJ_OK);
  ASSERT_NEAR(mj_table_f64(&park.table[MJ_PARCELS], "area_recorded_m2")[0], 30000, 1e-9);
}

/* 图层,编号,字段,原值,新值 / 宗地,A1,备注,x,泉州 in GBK */
static void the_choice_of_its_encoding_stands_in_the_ledger(void) {
  write_inputs();
  write_text("c.csv",
             "\xCD\xBC\xB2\xE3,\xB1\xE0\xBA\xC5,\xD7\xD6\xB6\xCE,\xD4\xAD\xD6\xB5,\xD0\xC2\xD6\xB5\n"
             "\xD7\xDA\xB5\xD8,A1,\xB1\xB8\xD7\xA2,x,\xC8\xAA\xD6\xDD\n");
  CU_ASSERT_EQUAL_FATAL(run(project), MJ_OK);
  ASSERT_TEXT(mj_table_text(&park.table[MJ_PARCELS], "备注")[0], "泉州");
  const mj_ledger_entry *e = first_entry(&park, MJ_L_ENCODING_ASSUMED);
  CU_ASSERT_PTR_NOT_NULL_FATAL(e);
  ASSERT_TEXT(e->layer, "corrections");
  ASSERT_TEXT(e->found, "GB18030");
}

/* One sheet of a workbook: headings, then one row, NULL behind the last. */
static void add_sheet(GDALDatasetH ds, const char *name, const char *const *headings, const char *const *cells) {
  OGRLayerH layer = GDALDatasetCreateLayer(ds, name, NULL, wkbNone, NULL);
  for (int i = 0; headings[i]; i++) {
    OGRFieldDefnH field = OGR_Fld_Create(headings[i], OFTString);
    OGR_L_CreateField(layer, field, 1);
    OGR_Fld_Destroy(field);
  }
  OGRFeatureH row = OGR_F_Create(OGR_L_GetLayerDefn(layer));
  for (int i = 0; headings[i]; i++) OGR_F_SetFieldString(row, i, cells[i]);
  CU_ASSERT_EQUAL_FATAL(OGR_L_CreateFeature(layer, row), OGRERR_NONE);
  OGR_F_Destroy(row);
}

static void write_workbook(bool twice, bool any) {
  static const char *const about[] = {"说明", NULL}, *const hello[] = {"请填写"};
  static const char *const headings[] = {"layer", "id", "field", "old", "new", NULL};
  static const char *const cells[] = {"parcels", "A1", "area_recorded_m2", "15", "30"};
  remove(in_folder("c.xlsx"));
  GDALAllRegister();
  GDALDatasetH ds = GDALCreate(GDALGetDriverByName("XLSX"), in_folder("c.xlsx"), 0, 0, 0, GDT_Unknown, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL(ds);
  add_sheet(ds, "填表说明", about, hello);
  if (any) add_sheet(ds, "更正", headings, cells);
  if (twice) add_sheet(ds, "旧", headings, cells);
  if (!any) add_sheet(ds, "其他", about, hello);
  GDALClose(ds);
}

static void of_a_workbook_the_sheet_with_the_headings_is_read(void) {
  static const char yaml[] = "parcels: p.geojson\ncorrections: c.xlsx\n";
  write_inputs();
  write_workbook(false, true);
  CU_ASSERT_EQUAL_FATAL(run(yaml), MJ_OK);
  ASSERT_TEXT(cell("state", 0), "applied");
  ASSERT_TEXT(park.sources[park.n_sources - 1].layer, "更正");
  write_workbook(true, true);
  CU_ASSERT_EQUAL(run(yaml), MJ_EFORMAT);
  ASSERT_HAS(err.message, "c.xlsx': 2 layers could be corrections (填表说明, 更正, 旧); name one, as in '");
  CU_ASSERT_EQUAL(run("parcels: p.geojson\ncorrections: c.xlsx:旧\n"), MJ_OK);
  ASSERT_TEXT(park.sources[park.n_sources - 1].layer, "旧");
  CU_ASSERT_EQUAL(run("parcels: p.geojson\ncorrections: c.xlsx:新\n"), MJ_ENOTFOUND);
  ASSERT_HAS(err.message, "no layer '新'; layers are: 填表说明, 更正, 旧");
  write_workbook(false, false);
  CU_ASSERT_EQUAL(run(yaml), MJ_EFORMAT);
  ASSERT_HAS(err.message, "c.xlsx': no layer fits corrections; layers are: 填表说明, 其他");
  mj_park_reset(&park);
}

static void a_file_without_its_columns_is_refused(void) {
  write_inputs();
  write_text("c.csv", "layer,id,field,new\nparcels,A1,area_recorded_m2,30\n");
  CU_ASSERT_EQUAL(run(project), MJ_EFORMAT);
  ASSERT_HAS(err.message, "c.csv': a corrections file needs the column 'old'; columns are: layer, id, field, new");
  write_text("c.csv", "layer,field,old,new\nparcels,area_recorded_m2,15,30\n");
  CU_ASSERT_EQUAL(run(project), MJ_EFORMAT);
  ASSERT_HAS(err.message, "needs the column 'id'");
  mj_park_reset(&park);
}

CU_SuiteInfo corrections_suite = {
    "corrections",
    folder_make,
    folder_remove,
    NULL,
    NULL,
    (CU_TestInfo[]){
        T(a_line_is_applied_where_the_old_value_stands_and_read_like_any_cell), T(what_is_not_applied_says_why),
        T(a_year_a_file_or_a_row_says_which_of_several_is_meant), T(a_year_or_row_that_cannot_be_read_refuses_the_line),
        T(only_one_row_of_an_identifier_with_the_old_value_is_enough),
        T(repeated_lines_are_applied_once_and_contradictions_never),
        T(a_suggestion_is_taken_up_on_every_row_when_somebody_confirms_it),
        T(lines_that_contradict_each_other_in_one_of_several_files_are_not_applied),
        T(a_confirmed_line_settles_what_suggestions_dispute), T(a_new_value_that_nobody_can_read_leaves_the_old_one),
        T(a_new_value_is_read_as_typing_reads_it), T(a_code_that_came_as_a_number_gets_its_zeros_back),
        T(a_corrected_identifier_joins_under_its_new_name), T(a_field_without_a_column_gets_one),
        T(the_file_is_one_of_the_inputs_and_an_option_wins), T(the_choice_of_its_encoding_stands_in_the_ledger),
        T(of_a_workbook_the_sheet_with_the_headings_is_read), T(a_file_without_its_columns_is_refused),
        CU_TEST_INFO_NULL}};
