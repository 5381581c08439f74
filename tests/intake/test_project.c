#include "files.h"

static mj_project project;
static mj_error err;

static mj_status load(const char *text) {
  mj_project_reset(&project);
  err = (mj_error){0};
  return mj_project_load(write_text("park.yaml", text), &project, &err);
}

/* What stands behind the path in a message. */
static const char *message(void) {
  const char *at = strstr(err.message, "park.yaml");
  return at ? at + strlen("park.yaml") : err.message;
}

static void norms_of_the_fit_are_the_project_s_own(void) {
  CU_ASSERT_EQUAL_FATAL(
      load("settings:\n  fit: {lane_m: 6, fire_gap_m: {value: 12, certainty: stated}, state_share: unknown}\n"
           "  modules:\n    - {code: A, depth_m: 24, lengths_m: [60], ground_m: 6, upper_m: 4, storeys: {min: 2, max: "
           "4}}\n"
           "  structures: [{fire_class: 2, storeys_add: 0}]\nparcels: p.gpkg\n"),
      MJ_OK);
  const mj_fit_norms *norms = &project.fit;
  ASSERT_NEAR(norms->limits.lane_m, 6, 0);
  ASSERT_NEAR(norms->limits.fire_gap_m, 12, 0);
  int said = 0, assumed = 0, unknown = 0;
  for (int i = 0; i < MJ_FIT_LIMITS; i++) {
    said += norms->said >> i & 1;
    assumed += norms->assumed >> i & 1;
    unknown += norms->unknown >> i & 1;
    if (norms->source[i]) ASSERT_TEXT(norms->source[i], "park.yaml");
  }
  ASSERT_INT(said, 2);
  ASSERT_INT(unknown, 1);
  ASSERT_INT(assumed, 2); /* lane_m and state_share: a number of the project is assumed unless it says stated */
  ASSERT_INT(norms->n_modules, 1);
  ASSERT_INT(norms->n_structures, 1);
  CU_ASSERT_EQUAL(load("settings: {fit: {lane_m: wide}}\nparcels: p.gpkg\n"), MJ_EFORMAT);
  ASSERT_TEXT(message(), ":1:26: 'lane_m': expected a number from 0 to 1000, found 'wide'");
  CU_ASSERT_EQUAL(load("settings: {fit_of: all}\nparcels: p.gpkg\n"), MJ_OK);
  ASSERT_INT(project.fit_of, MJ_FIT_ALL);
  CU_ASSERT_EQUAL(load("settings: {fit_of: none}\nparcels: p.gpkg\n"), MJ_OK);
  ASSERT_INT(project.fit_of, MJ_FIT_NONE);
  CU_ASSERT_EQUAL(load("parcels: p.gpkg\n"), MJ_OK);
  ASSERT_INT(project.fit_of, MJ_FIT_CANDIDATES);
  CU_ASSERT_EQUAL(load("settings: {fit_of: some}\nparcels: p.gpkg\n"), MJ_EFORMAT);
  CU_ASSERT_EQUAL(load("structures: s.gpkg\n"), MJ_EFORMAT); /* no layer, and not here */
  ASSERT_HAS(message(), ":1:1: project file: unknown key 'structures'; known here: ");
}

static void a_whole_file_is_read(void) {
  CU_ASSERT_EQUAL_FATAL(
      load("park: 示例高新区\nas_of: 2026-03-31\nyear: 2025\nlang: zh\ncrs: EPSG:4549\nencoding: GBK\n"
           "rules: [quanzhou-2025, rules/my.yaml]\nsummaries: [sql/streets.sql, /data/b.sql]\n"
           "parcels: parcels.gpkg:north\n"
           "buildings:\n  file: b.shp\n  crs: EPSG:4548\n  encoding: GB18030\n  fields:\n    building_id: FWBH\n"
           "    floor_area_registered_m2: {column: JZMJ, unit: 亩}\n    structure: {value: steel}\n"
           "  values:\n    use: {\"3\": \"1001\"}\n"
           "enterprises:\n  - {file: e2024.csv, year: 2024, complete: true}\n  - {file: /data/e.xlsx, layer: Sheet1}\n"
           "lookups:\n  - {name: far, table: z.csv, key: Zone, match: ZoneDist1, value: R}\n"
           "settings:\n  area_basis: {yield: [contract, recorded], plot_ratio: planar}\n  headroom_min_m2: 0\n"
           "  area_tolerance: 0.03\n  facts: {benefit_3y_wan: profit_3y_wan}\n"),
      MJ_OK);
  char expected[128];
  ASSERT_TEXT(project.name, "示例高新区");
  ASSERT_INT(project.as_of, mj_date_from_ymd(2026, 3, 31));
  ASSERT_INT(project.year, 2025);
  ASSERT_INT(project.lang, MJ_ZH);
  ASSERT_TEXT(project.crs, "EPSG:4549");
  ASSERT_TEXT(project.encoding, "GBK");
  ASSERT_INT(project.n_rulebooks, 2);
  ASSERT_TEXT(project.rulebooks[0], "quanzhou-2025");
  snprintf(expected, sizeof expected, "%s/rules/my.yaml", folder);
  ASSERT_TEXT(project.rulebooks[1], expected);
  ASSERT_INT(project.n_summaries, 2);
  snprintf(expected, sizeof expected, "%s/sql/streets.sql", folder);
  ASSERT_TEXT(project.summaries[0], expected);
  ASSERT_TEXT(project.summaries[1], "/data/b.sql");
  ASSERT_INT(project.n_inputs, 4);
  const mj_input *in = project.inputs;
  snprintf(expected, sizeof expected, "%s/parcels.gpkg", folder);
  ASSERT_TEXT(in[0].path, expected);
  ASSERT_TEXT(in[0].layer, "north");
  ASSERT_INT(in[1].role, MJ_BUILDINGS);
  ASSERT_TEXT(in[1].crs, "EPSG:4548");
  ASSERT_INT(in[1].n_fields, 3);
  ASSERT_TEXT(in[1].fields[1].column, "JZMJ");
  ASSERT_TEXT(in[1].fields[1].unit, "mu");
  ASSERT_TEXT(in[1].fields[2].value, "steel");
  ASSERT_TEXT(in[1].values[0].from, "3");
  ASSERT_TEXT(in[1].values[0].to, "1001");
  ASSERT_INT(in[2].year, 2024);
  CU_ASSERT_TRUE(in[2].complete);
  ASSERT_TEXT(in[3].path, "/data/e.xlsx");
  ASSERT_TEXT(in[3].layer, "Sheet1");
  ASSERT_INT(in[3].year, MJ_DATE_NULL);
  ASSERT_TEXT(project.lookups[0].match, "ZoneDist1");
  ASSERT_INT(project.n_facts, 1);
  ASSERT_TEXT(project.facts[0].name, "benefit_3y_wan");
  ASSERT_TEXT(project.facts[0].sql, "profit_3y_wan");
  ASSERT_INT(project.basis_yield[0], MJ_BASIS_CONTRACT);
  ASSERT_INT(project.basis_yield[1], MJ_BASIS_RECORDED);
  ASSERT_INT(project.basis_yield[2], MJ_BASIS_NONE);
  ASSERT_INT(project.basis_plot_ratio[0], MJ_BASIS_PLANAR);
  ASSERT_INT(project.basis_coverage[0], MJ_BASIS_NONE);
  ASSERT_NEAR(project.headroom_min_m2, 0, 0);
  ASSERT_NEAR(project.area_tolerance, 0.03, 0);
}

static void what_is_not_said_stays_unsaid(void) {
  CU_ASSERT_EQUAL(load("parcels: p.gpkg\n"), MJ_OK);
  ASSERT_INT(project.as_of, MJ_DATE_NULL);
  ASSERT_INT(project.year, MJ_DATE_NULL);
  CU_ASSERT_TRUE(isnan(project.headroom_min_m2));
  CU_ASSERT_TRUE(isnan(project.area_tolerance));
  CU_ASSERT_PTR_NULL(project.crs);
  CU_ASSERT_PTR_NULL(project.land_use_scheme);
}

static void the_scheme_of_land_use_is_one_of_four(void) {
  CU_ASSERT_EQUAL(load("land_use_scheme: gbt21010\nparcels: p.gpkg\n"), MJ_OK);
  ASSERT_TEXT(project.land_use_scheme, "gbt21010");
  CU_ASSERT_EQUAL(load("land_use_scheme: gb\n"), MJ_EFORMAT);
  ASSERT_HAS(message(), "'land_use_scheme': expected one of mnr2023, td1055, gbt21010, gb50137, found 'gb'");
}

static void an_unknown_key_is_refused_with_its_place_and_the_known_ones(void) {
  CU_ASSERT_EQUAL(load("park: x\nparcel: p.gpkg\n"), MJ_EFORMAT);
  ASSERT_HAS(
      message(),
      ":2:1: project file: unknown key 'parcel'; known here: park, as_of, year, lang, crs, encoding, datum_shift, "
      "rules, lookups, settings, land_use_scheme, corrections, summaries, parcels, zones");
  CU_ASSERT_EQUAL(load("parcels:\n  file: p.gpkg\n  colums: {}\n"), MJ_EFORMAT);
  ASSERT_TEXT(
      message(),
      ":3:3: parcels: unknown key 'colums'; known here: file, layer, crs, encoding, fields, values, year, complete, "
      "datum_shift");
  CU_ASSERT_EQUAL(load("parcels:\n  file: p.gpkg\n  fields:\n    parcel: A\n"), MJ_EFORMAT);
  ASSERT_HAS(message(), ":4:5: unknown field 'parcel' of parcels; known: parcel_id, land_use, ");
  CU_ASSERT_EQUAL(load("settings:\n  headroom: 3\n"), MJ_EFORMAT);
  ASSERT_HAS(message(),
             ":2:3: settings: unknown key 'headroom'; known here: area_basis, headroom_min_m2, area_tolerance, checks");
}

static void a_broken_file_is_named_with_line_and_column(void) {
  CU_ASSERT_EQUAL(load("park: x\nparcels: [p.gpkg\nyear: 2025\n"), MJ_EFORMAT);
  ASSERT_HAS(message(), ":3:5: ");
  CU_ASSERT_EQUAL(load("park: \"open\n"), MJ_EFORMAT);
  ASSERT_HAS(message(), "found unexpected end of stream");
  CU_ASSERT_EQUAL(load(""), MJ_EFORMAT);
  ASSERT_TEXT(message(), ": the file is empty");
  CU_ASSERT_EQUAL(load("- a\n- b\n"), MJ_EFORMAT);
  ASSERT_TEXT(message(), ":1:1: project file: expected 'key: value' lines, found a list");
  CU_ASSERT_EQUAL(load("park: \xff\xfe\n"), MJ_EFORMAT);
  ASSERT_TEXT(message(), ":1:7: expected text saved as UTF-8, found: invalid leading UTF-8 octet");
  CU_ASSERT_EQUAL(load("park: a\n---\npark: b\n"), MJ_EFORMAT);
  ASSERT_TEXT(message(), ":3:1: a second document begins; one is expected");
}

static void wrong_values_are_named_with_what_was_expected(void) {
  CU_ASSERT_EQUAL(load("as_of: 2026-02-30\n"), MJ_EFORMAT);
  ASSERT_TEXT(message(), ":1:8: 'as_of': expected a date such as 2026-03-31, found '2026-02-30'");
  CU_ASSERT_EQUAL(load("year: last\n"), MJ_EFORMAT);
  ASSERT_TEXT(message(), ":1:7: 'year': expected a year from 1900 to 2200, found 'last'");
  CU_ASSERT_EQUAL(load("year: 25\n"), MJ_EFORMAT);
  ASSERT_TEXT(message(), ":1:7: 'year': expected a year from 1900 to 2200, found '25'");
  CU_ASSERT_EQUAL(load("lang: de\n"), MJ_EFORMAT);
  ASSERT_TEXT(message(), ":1:7: 'lang': expected one of en, zh, found 'de'");
  CU_ASSERT_EQUAL(load("park: a\npark: b\n"), MJ_EFORMAT);
  ASSERT_TEXT(message(), ":2:1: key 'park' stands twice, first on line 1");
  CU_ASSERT_EQUAL(load("settings: {area_basis: [deed]}\n"), MJ_EFORMAT);
  ASSERT_TEXT(message(),
              ":1:25: 'area_basis': expected one of recorded, contract, ellipsoid, planar, tuban, found 'deed'");
  CU_ASSERT_EQUAL(load("parcels: {file: p, fields: {area_recorded_m2: {column: A, unit: wan}}}\n"), MJ_EFORMAT);
  ASSERT_HAS(message(),
             ":1:65: unit 'wan' cannot be converted for field 'area_recorded_m2'; expected one of: m2, mu, ha");
  CU_ASSERT_EQUAL(load("parcels: {layer: p}\n"), MJ_EFORMAT);
  ASSERT_TEXT(message(), ":1:10: parcels: key 'file' is missing");
  CU_ASSERT_EQUAL(load("parcels: {file: p, fields: {land_use: {unit: m2}}}\n"), MJ_EFORMAT);
  ASSERT_HAS(message(), "unit 'm2' cannot be converted for field 'land_use'");
  CU_ASSERT_EQUAL(load("lookups: {name: far, table: t.csv}\n"), MJ_EFORMAT);
  ASSERT_TEXT(message(), ":1:10: lookups: key 'key' is missing");
  CU_ASSERT_EQUAL(load("enterprises: {file: e.csv, complete: perhaps}\n"), MJ_EFORMAT);
  ASSERT_TEXT(message(), ":1:38: 'complete': expected one of true, false, yes, no, 是, 否, found 'perhaps'");
}

static void empty_values_say_nothing_but_an_input_needs_its_file(void) {
  CU_ASSERT_EQUAL(load("park:\nas_of: ~\nrules:\nsettings:\n  # area_tolerance: 0.03\n"
                       "parcels:\n  - file: p.gpkg\n    fields:\n    values:\n"),
                  MJ_OK);
  CU_ASSERT_PTR_NULL(project.name);
  ASSERT_INT(project.as_of, MJ_DATE_NULL);
  ASSERT_INT(project.n_rulebooks, 0);
  ASSERT_INT(project.inputs[0].n_fields, 0);
  CU_ASSERT_EQUAL(load("parcels:\n"), MJ_EFORMAT);
  ASSERT_TEXT(message(), ":1:9: expected a file name");
  CU_ASSERT_EQUAL(load("parcels: {file: p.gpkg, fields: {parcel_id: ~}}\n"), MJ_EFORMAT);
  ASSERT_TEXT(message(), ":1:45: field 'parcel_id' needs either a column or a value");
  CU_ASSERT_EQUAL(load("parcels: {file: p.gpkg, fields: {parcel_id: {column: A, value: b}}}\n"), MJ_EFORMAT);
  ASSERT_TEXT(message(), ":1:45: field 'parcel_id' needs either a column or a value");
  CU_ASSERT_EQUAL(load("rules: [a, '']\n"), MJ_EFORMAT);
  ASSERT_TEXT(message(), ":1:12: rules: expected the name or file of a rulebook");
  CU_ASSERT_EQUAL(load("settings: {headroom_min_m2: -1}\n"), MJ_EFORMAT);
  ASSERT_TEXT(message(), ":1:29: 'headroom_min_m2': expected a number of at least 0, found '-1'");
}

static void replaced_texts_of_several_fields_stay_in_order(void) {
  CU_ASSERT_EQUAL(
      load("parcels:\n  file: p.gpkg\n  values:\n    land_use: {a: \"1\", b: \"\"}\n    parcel_id: {c: ~}\n"), MJ_OK);
  const mj_input *in = &project.inputs[0];
  ASSERT_INT(in->n_values, 3);
  ASSERT_TEXT(in->values[0].field, "land_use");
  ASSERT_TEXT(in->values[1].from, "b");
  ASSERT_TEXT(in->values[1].to, "");
  ASSERT_TEXT(in->values[2].field, "parcel_id");
  CU_ASSERT_PTR_NULL(in->values[2].to);
}

static void a_file_that_is_not_there_is_not_found(void) {
  mj_project_reset(&project);
  CU_ASSERT_EQUAL(mj_project_load("/nonexistent/park.yaml", &project, &err), MJ_ENOTFOUND);
  ASSERT_TEXT(err.message, "project file '/nonexistent/park.yaml': No such file or directory");
  CU_ASSERT_EQUAL(mj_project_load(folder, &project, &err), MJ_EIO);
  ASSERT_HAS(err.message, ": not a regular file");
}

static void options_win_over_the_file(void) {
  const char *path = write_text(
      "park.yaml", "as_of: 2026-03-31\nyear: 2025\ncrs: EPSG:4549\nrules: [a]\nparcels: old.gpkg\nzones: z.gpkg\n");
  mj_project_reset(&project);
  CU_ASSERT_EQUAL(mj_project_add(&project, MJ_PARCELS, "new.gpkg:p", &err), MJ_OK);
  const char *rules[] = {"b"};
  project.as_of = mj_date_from_ymd(2024, 12, 31);
  project.crs = "EPSG:4548";
  project.rulebooks = rules;
  project.n_rulebooks = 1;
  CU_ASSERT_EQUAL(mj_project_load(path, &project, &err), MJ_OK);
  ASSERT_INT(project.as_of, mj_date_from_ymd(2024, 12, 31));
  ASSERT_INT(project.year, 2025);
  ASSERT_TEXT(project.crs, "EPSG:4548");
  ASSERT_INT(project.n_rulebooks, 1);
  ASSERT_INT(project.n_inputs, 2);
  ASSERT_TEXT(project.inputs[0].path, "new.gpkg");
  ASSERT_TEXT(project.inputs[0].layer, "p");
  ASSERT_INT(project.inputs[1].role, MJ_ZONES);
}

static void a_colon_splits_file_and_layer_but_not_a_file_with_a_colon(void) {
  mj_project_reset(&project);
  const char *odd = write_text("a:b.csv", "x\n1\n");
  CU_ASSERT_EQUAL(mj_project_add(&project, MJ_ENTERPRISES, odd, &err), MJ_OK);
  CU_ASSERT_EQUAL(mj_project_add(&project, MJ_PARCELS, "data.gdb:宗地", &err), MJ_OK);
  CU_ASSERT_EQUAL(mj_project_add(&project, MJ_PARCELS, "no:such", &err), MJ_OK);
  ASSERT_TEXT(project.inputs[0].path, odd);
  CU_ASSERT_PTR_NULL(project.inputs[0].layer);
  ASSERT_TEXT(project.inputs[1].path, "data.gdb");
  ASSERT_TEXT(project.inputs[1].layer, "宗地");
  ASSERT_TEXT(project.inputs[2].path, "no:such");
}

static int clean(void) {
  mj_project_reset(&project);
  return folder_remove();
}

CU_SuiteInfo project_suite = {
    "project",
    folder_make,
    clean,
    NULL,
    NULL,
    (CU_TestInfo[]){
        T(norms_of_the_fit_are_the_project_s_own), T(a_whole_file_is_read), T(what_is_not_said_stays_unsaid),
        T(the_scheme_of_land_use_is_one_of_four), T(an_unknown_key_is_refused_with_its_place_and_the_known_ones),
        T(a_broken_file_is_named_with_line_and_column), T(wrong_values_are_named_with_what_was_expected),
        T(empty_values_say_nothing_but_an_input_needs_its_file), T(replaced_texts_of_several_fields_stay_in_order),
        T(a_file_that_is_not_there_is_not_found), T(options_win_over_the_file),
        T(a_colon_splits_file_and_layer_but_not_a_file_with_a_colon), CU_TEST_INFO_NULL}};
