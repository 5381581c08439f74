#include "run.h"
#include "test.h"

static void refused(const char *script, const char *line) {
  const run_result *r = run(script);
  CU_ASSERT_EQUAL(r->code, 2);
  CU_ASSERT(same(r->out, ""));
  CU_ASSERT(same(r->err, line));
}

static void what_is_missing_is_asked_for_before_any_file_is_opened(void) {
  refused("$M analyze", "mujun: no parcels: give --parcels FILE or a project file; see 'mujun analyze --help'\n");
  refused("$M analyze --parcels p.gpkg", "mujun: no folder for the results: give -o DIR; see 'mujun analyze --help'\n");
  refused("$M analyze a.yaml b.yaml", "mujun: one project file at most; see 'mujun analyze --help'\n");
  refused("$M analyze p.gpkg",
          "mujun: 'p.gpkg' is no project file (.yaml); give layers as --parcels p.gpkg; see 'mujun "
          "analyze --help'\n");
}

static void a_missing_reference_date_is_a_usage_error_that_says_why(void) {
  refused("$M analyze --parcels p.gpkg -o out",
          "mujun: no reference date: give --as-of YYYY-MM-DD or as_of in the project file (it decides which rules are "
          "in force and how long land has lain idle; today's date is never assumed, so that the same input gives the "
          "same result); see 'mujun analyze --help'\n");
  refused(
      "$M analyze --parcels p.gpkg -o out --lang zh",
      "mujun: 没有基准日：请用 --as-of YYYY-MM-DD 或项目文件的 as_of 给出（它决定哪些规则有效、土地闲置多久；不取当天"
      "日期，以保证同样输入得到同样结果）；参见 'mujun analyze --help'\n");
}

/* One line on stderr that starts with "mujun: " and holds the part. */
static void fails(const char *script, const char *part) {
  const run_result *r = run(script);
  CU_ASSERT_EQUAL(r->code, 1);
  CU_ASSERT(same(r->out, ""));
  CU_ASSERT(says(r->err, part));
  CU_ASSERT(!strncmp(r->err, "mujun: ", 7));
  CU_ASSERT_EQUAL(strcspn(r->err, "\n") + 1, strlen(r->err));
}

static void a_missing_file_is_one_line_and_leaves_no_folder(void) {
  fails("$M analyze --parcels none.gpkg --as-of 2026-03-31 -o out1", "none.gpkg");
  fails("$M analyze none.yaml -o out1", "none.yaml");
  CU_ASSERT_EQUAL(run("test ! -e out1")->code, 0);
  const run_result *r = run("$M analyze none.yaml -o out1 --progress=json");
  CU_ASSERT_EQUAL(r->code, 1);
  CU_ASSERT(says(r->err, "{\"event\":\"error\",\"message\":\""));
}

static void the_sample_park_gives_a_summary_and_a_result(void) {
  const run_result *r = run("$M analyze $S/samples/park/park.yaml -o out2 --lang en");
  CU_ASSERT_EQUAL(r->code, 0);
  CU_ASSERT(same(r->err, ""));
  CU_ASSERT(says(r->out, "\nResults: out2 (ledger: out2/ledger.csv)\n"));
  CU_ASSERT_EQUAL(run("test -s out2/manifest.json && test -s out2/ledger.csv && test -s out2/parcels.geojson")->code,
                  0);
}

static void a_result_is_replaced_only_when_told_so(void) {
  CU_ASSERT_EQUAL(run("$M analyze $S/samples/park/park.yaml -o out3 --only csv -q")->code, 0);
  CU_ASSERT_EQUAL(run("cp out3/manifest.json before && echo mine > out3/notes.txt")->code, 0);
  fails("$M analyze $S/samples/park/park.yaml -o out3 --only csv -q", "out3");
  CU_ASSERT_EQUAL(run("cmp before out3/manifest.json")->code, 0);
  CU_ASSERT_EQUAL(run("$M analyze $S/samples/park/park.yaml -o out3 --only csv -q --overwrite")->code, 0);
  CU_ASSERT_EQUAL(run("cmp before out3/manifest.json && grep -q mine out3/notes.txt")->code, 0);
}

static void single_files_are_those_of_the_whole_result(void) {
  const char *few = "$M analyze $S/samples/park/park.yaml --fit none --no-sync -q --lang en -o few --files ";
  char script[300];
  CU_ASSERT_EQUAL(run("$M analyze $S/samples/park/park.yaml --fit none --no-sync -q --lang en -o whole")->code, 0);
  snprintf(script, sizeof script, "%s parcels.geojson,zones.csv", few);
  CU_ASSERT_EQUAL(run(script)->code, 0);
  const run_result *r = run("cd few && find . -type f | LC_ALL=C sort | tr '\\n' ' '");
  CU_ASSERT(
      same(r->out, "./ledger.csv ./manifest.json ./parcels.geojson ./parcels.qml ./tables/zones.csv ./timings.json "));
  CU_ASSERT_EQUAL(
      run("cd few && for f in ledger.csv parcels.geojson parcels.qml tables/zones.csv; do cmp $f ../whole/$f "
          "|| exit 1; done")
          ->code,
      0);
  static const char *const tables[] = {"reasons.csv", "breakpoints.csv", "enterprise_series.csv"};
  for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) { /* made only where somebody reads them */
    snprintf(script, sizeof script, "%s %s --overwrite", few, tables[i]);
    CU_ASSERT_EQUAL(run(script)->code, 0);
    snprintf(script, sizeof script, "test -s few/tables/%s && cmp few/tables/%s whole/tables/%s", tables[i], tables[i],
             tables[i]);
    CU_ASSERT_EQUAL(run(script)->code, 0);
  }
  snprintf(script, sizeof script, "%s candidates.geojson,mujun.gpkg --overwrite", few);
  CU_ASSERT_EQUAL(run(script)->code, 0);
  CU_ASSERT_EQUAL(run("cd few && cmp candidates.geojson ../whole/candidates.geojson && test -s mujun.gpkg && "
                      "test ! -e parcels.geojson && test ! -e tables/zones.csv && test ! -e summary.xlsx")
                      ->code,
                  0);
  snprintf(script, sizeof script, "%s parcel.geojson --overwrite", few);
  r = run(script);
  CU_ASSERT_EQUAL(r->code, 1);
  CU_ASSERT(says(r->err, "mujun: this run writes no file 'parcel.geojson'; there are "));
  CU_ASSERT(says(r->err, "parcels.geojson, parcels.csv, "));
  CU_ASSERT_EQUAL(run("test -s few/candidates.geojson")->code, 0);
  CU_ASSERT_EQUAL(
      run("$M analyze $S/samples/park/park.yaml --fit none --no-sync --lang en -o few --only csv --overwrite")->code,
      0);
  CU_ASSERT_EQUAL(run("test ! -e few/mujun.qgs && test ! -e few/mujun.gpkg && test ! -e few/candidates.qml")->code, 0);
  CU_ASSERT_EQUAL(run("touch few/report.html")->code, 0);
  r = run("$M analyze $S/samples/park/park.yaml --fit none --no-sync --lang en -o few --only csv --overwrite");
  CU_ASSERT(!strstr(r->out, "report.html")); /* somebody else's */
  CU_ASSERT_EQUAL(
      run("$M analyze $S/samples/park/park.yaml --fit none --no-sync -q --lang en -o book --only xlsx")->code, 0);
  snprintf(script, sizeof script, "%s summary.xlsx --overwrite", few);
  CU_ASSERT_EQUAL(run(script)->code, 0);
  CU_ASSERT_EQUAL(
      run("for d in few book; do unzip -p $d/summary.xlsx 'xl/worksheets/*' | sed 's/[0-9a-f]\\{16\\}//g' > $d.xml; "
          "done; test -s few.xml && cmp few.xml book.xml")
          ->code,
      0); /* but for the run id */
  snprintf(script, sizeof script, "%s zones.csv --pdf --overwrite", few);
  CU_ASSERT_EQUAL(run(script)->code, 2);
  CU_ASSERT_EQUAL(run("$M check $S/samples/park/park.yaml --only html -o never")->code, 2);
  snprintf(script, sizeof script, "%s zones.csv --only csv", few);
  CU_ASSERT_EQUAL(run(script)->code, 2);
}

static void quiet_says_nothing(void) {
  const run_result *r = run("$M analyze $S/samples/park/park.yaml -o out4 --only csv --quiet");
  CU_ASSERT_EQUAL(r->code, 0);
  CU_ASSERT(same(r->out, ""));
  CU_ASSERT(same(r->err, ""));
}

/* Every line of stderr is an object; the last is the end. */
static void progress_for_programs_is_json_lines(void) {
  const run_result *r = run("$M analyze $S/samples/park/park.yaml -o out5 --only csv --progress=json");
  CU_ASSERT_EQUAL(r->code, 0);
  CU_ASSERT(says(r->err, "{\"event\":\"progress\",\"stage\":\""));
  CU_ASSERT(says(r->err, "{\"event\":\"warning\",\"code\":\""));
  CU_ASSERT(says(r->err, "{\"event\":\"done\",\"output\":\"out5\",\"set_aside\":"));
  for (const char *p = r->err; *p; p += strcspn(p, "\n") + 1) {
    CU_ASSERT(!strncmp(p, "{\"event\":\"", 10));
    CU_ASSERT_EQUAL(p[strcspn(p, "\n") - 1], '}');
    if (!strchr(p, '\n')) break;
  }
}

/* Two parcels, the second without a shape: 0.001 degrees near the sample. */
static const char two_parcels[] =
    "echo '{\"type\":\"FeatureCollection\",\"features\":["
    "{\"type\":\"Feature\",\"properties\":{\"parcel_id\":\"A\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
    "[[[118.5,24.9],[118.501,24.9],[118.501,24.901],[118.5,24.901],[118.5,24.9]]]}},"
    "{\"type\":\"Feature\",\"properties\":{\"parcel_id\":\"B\"},\"geometry\":null}]}' > two.geojson";

static void strict_ends_with_3_when_rows_were_set_aside(void) {
  CU_ASSERT_EQUAL(run(two_parcels)->code, 0);
  const char *strict = "$M analyze --parcels two.geojson --as-of 2026-03-31 -o out6 --only csv --overwrite --strict -q";
  const run_result *r = run(strict);
  CU_ASSERT_EQUAL(r->code, 3);
  CU_ASSERT(same(r->err, "mujun: --strict: rows or values set aside: 1\n"));
  CU_ASSERT_EQUAL(run("test -s out6/manifest.json && grep -q ROW_NO_GEOMETRY out6/ledger.csv")->code, 0);
  r = run("$M analyze --parcels two.geojson --as-of 2026-03-31 -o out6 --only csv --overwrite -q");
  CU_ASSERT_EQUAL(r->code, 0);
  CU_ASSERT(same(r->err, ""));
}

static void the_profile_lists_the_stages(void) {
  const run_result *r = run("$M analyze $S/samples/park/park.yaml -o out7 --only csv --profile --lang en -q");
  CU_ASSERT_EQUAL(r->code, 0);
  CU_ASSERT(says(r->err, "all stages"));
  CU_ASSERT(says(r->err, "hashing the inputs"));
  CU_ASSERT(says(r->err, " s\n"));
}

/* The first event says that the run has begun; the signal comes while files are read. */
static void an_interrupted_run_ends_with_130_and_leaves_no_result(void) {
  const run_result *r =
      run("mkfifo events && { $M analyze $S/samples/park/park.yaml -o out8 --progress=json 2> events & }\n"
          "read -r first < events; kill -INT $!; wait $!");
  CU_ASSERT_EQUAL(r->code, 130);
  CU_ASSERT_EQUAL(run("test ! -e out8/manifest.json && ! ls out8 2> /dev/null | grep -q geojson")->code, 0);
}

CLI_SUITE(analyze, T(what_is_missing_is_asked_for_before_any_file_is_opened),
          T(a_missing_reference_date_is_a_usage_error_that_says_why),
          T(a_missing_file_is_one_line_and_leaves_no_folder), T(the_sample_park_gives_a_summary_and_a_result),
          T(a_result_is_replaced_only_when_told_so), T(single_files_are_those_of_the_whole_result),
          T(quiet_says_nothing), T(progress_for_programs_is_json_lines), T(strict_ends_with_3_when_rows_were_set_aside),
          T(the_profile_lists_the_stages), T(an_interrupted_run_ends_with_130_and_leaves_no_result));
