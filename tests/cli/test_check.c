#include "run.h"
#include "test.h"

static void findings_are_listed_by_code_without_a_date_or_a_folder(void) {
  const run_result *r = run("$M check $S/samples/park/park.yaml --lang en");
  CU_ASSERT_EQUAL(r->code, 0);
  CU_ASSERT(same(r->err, ""));
  CU_ASSERT(says(r->out, "\n  GEOM_INVALID                  1  the polygon is invalid"));
  CU_ASSERT(!strstr(r->out, "Results:"));
  CU_ASSERT_EQUAL(run("$M check --parcels $S/samples/park/parcels.gpkg -q && test ! -e out")->code, 0);
}

static void files_are_written_where_a_folder_is_given(void) {
  const run_result *r = run("$M check $S/samples/park/park.yaml -o out1 --lang en");
  CU_ASSERT_EQUAL(r->code, 0);
  CU_ASSERT(says(r->out, "\nResults: out1 (ledger: out1/ledger.csv)\n"));
  CU_ASSERT_EQUAL(run("test -s out1/ledger.csv && test -s out1/tables/ledger_codes.csv && test -s out1/mujun.gpkg && "
                      "test -s out1/summary.xlsx && test ! -e out1/candidates.geojson")
                      ->code,
                  0);
  CU_ASSERT_EQUAL(run("$M check $S/samples/park/park.yaml -o out1 -q")->code, 1);
}

/* 2 polygons, the second without a shape: a row that is set aside. */
static void strict_ends_with_3_when_rows_were_set_aside(void) {
  static const char make[] =
      "echo '{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"parcel_id\":\"a\"},"
      "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[118.5,24.9],[118.501,24.9],[118.501,24.901],[118.5,24.9]]"
      "]}},{\"type\":\"Feature\",\"properties\":{\"parcel_id\":\"b\"},\"geometry\":null}]}' > p.geojson";
  CU_ASSERT_EQUAL(run(make)->code, 0);
  CU_ASSERT_EQUAL(run("$M check --parcels p.geojson -q")->code, 0);
  const run_result *r = run("$M check --parcels p.geojson --strict");
  CU_ASSERT_EQUAL(r->code, 3);
  CU_ASSERT(says(r->out, "  ROW_NO_GEOMETRY               1  "));
  CU_ASSERT(says(r->err, "rows or values set aside: 1"));
}

static void a_table_without_years_asks_for_one(void) {
  CU_ASSERT_EQUAL(run("printf 'parcel_id,tax_wan\\na,1\\n' > e.csv")->code, 0);
  const run_result *r = run("$M check --parcels p.geojson --enterprises e.csv");
  CU_ASSERT_EQUAL(r->code, 1);
  CU_ASSERT(same(r->err, "mujun: the enterprise table has no year: give --year, or year: in park.yaml\n"));
  CU_ASSERT_EQUAL(run("$M check --parcels p.geojson --enterprises e.csv --year 2025 -q")->code, 0);
}

/* One year typed as 2199 does not turn all others into rows of no year that counts. */
static void the_year_of_a_check_is_the_latest_that_can_be(void) {
  const run_result *r;
  CU_ASSERT_EQUAL(run("printf 'parcel_id,year,tax_wan\na,,1\na,0,2\n' > empty.csv")->code, 0);
  r = run("$M check --parcels p.geojson --enterprises empty.csv");
  CU_ASSERT_EQUAL(r->code, 1);
  CU_ASSERT(same(r->err,
                 "mujun: the enterprise table names no year from 1900 to 2200: give --year, or year: in park.yaml\n"));
  CU_ASSERT_EQUAL(run("printf 'parcel_id,year,tax_wan\na,2024,1\na,2199,2\na,2025,3\na,2023,3\n' > typed.csv")->code,
                  0);
  CU_ASSERT_EQUAL(run("$M check --parcels p.geojson --enterprises typed.csv -o typed -q")->code, 0);
  r = run("grep '\"year\"' typed/manifest.json");
  CU_ASSERT(says(r->out, "\"year\": 2025,"));
}

CLI_SUITE(check, T(findings_are_listed_by_code_without_a_date_or_a_folder),
          T(files_are_written_where_a_folder_is_given), T(strict_ends_with_3_when_rows_were_set_aside),
          T(a_table_without_years_asks_for_one), T(the_year_of_a_check_is_the_latest_that_can_be));
