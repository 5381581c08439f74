#include "run.h"
#include "test.h"

/* The parcels of the sample are a GeoPackage themselves. */
#define PARCELS "\"$S/samples/park/parcels.gpkg\""

static void rows_come_as_a_table_as_csv_and_as_json(void) {
  static const char sql[] =
      "\"SELECT ZDDM, NULL AS absent, '' AS empty, round(ST_Area(geom), 3) AS m2 FROM ZD LIMIT 1\"";
  char script[600];
  snprintf(script, sizeof script, "$M query " PARCELS " %s", sql);
  const run_result *r = run(script);
  CU_ASSERT_EQUAL(r->code, 0);
  CU_ASSERT(same(r->out,
                 "ZDDM                 absent  empty       m2\n"
                 "-------------------  ------  -----  -------\n"
                 "350502901001GB00001    NULL         5491.52\n"));
  snprintf(script, sizeof script, "$M query " PARCELS " %s --format csv", sql);
  CU_ASSERT(same(run(script)->out, "ZDDM,absent,empty,m2\r\n350502901001GB00001,,\"\",5491.52\r\n"));
  snprintf(script, sizeof script, "$M query " PARCELS " %s --format json", sql);
  CU_ASSERT(same(run(script)->out,
                 "[\n{\"ZDDM\": \"350502901001GB00001\", \"absent\": null, \"empty\": \"\", \"m2\": 5491.52}\n]\n"));
}

static void the_select_may_come_from_a_file_or_standard_input(void) {
  CU_ASSERT_EQUAL(run("echo 'SELECT count(*) AS n FROM ZD' > q.sql && $M query " PARCELS " --file q.sql > a && "
                      "$M query " PARCELS " - < q.sql > b && cmp a b && grep -q 400 a")
                      ->code,
                  0);
}

static void what_a_format_cannot_hold_is_as_the_help_says(void) {
  CU_ASSERT(same(run("$M query " PARCELS " \"SELECT 9e999 AS n, '=1+1' AS t\" --format json")->out,
                 "[\n{\"n\": null, \"t\": \"=1+1\"}\n]\n"));
  CU_ASSERT(says(run("$M query " PARCELS " \"SELECT '=1+1' AS t\" --format csv")->out, "t\r\n\"'=1+1\"\r\n"));
  CU_ASSERT(says(run("$M query --help | tr -s ' \\n' ' '")->out, "an infinite number is null"));
}

static void the_tables_are_listed(void) {
  const run_result *r = run("$M query " PARCELS " --tables --format csv");
  CU_ASSERT_EQUAL(r->code, 0);
  CU_ASSERT(says(r->out, "table,rows,columns\r\nZD,400,\"fid, geom, ZDDM"));
}

static void errors_are_one_line_with_the_place(void) {
  const run_result *r = run("$M query " PARCELS " \"SELECT ZDDN FROM ZD\"");
  CU_ASSERT_EQUAL(r->code, 1);
  CU_ASSERT(same(r->err, "mujun: SQL line 1, column 8: no such column: ZDDN (near: ZDDM, ZDMJ)\n"));
  r = run("$M query --lang zh " PARCELS " \"SELECT 1 FROM ZDD\"");
  CU_ASSERT_EQUAL(r->code, 1);
  CU_ASSERT(same(r->err, "mujun: SQL 第 1 行第 15 列：no such table: ZDD（相近：ZD）\n"));
  CU_ASSERT_EQUAL(run("$M query " PARCELS " 'DELETE FROM ZD'")->code, 1);
  CU_ASSERT_EQUAL(run("$M query . 'SELECT 1'")->code, 1);
}

/* A function of SQLite's own that runs for hours: only the process can end it. */
static void one_long_function_is_ended_too(void) {
  const run_result *r = run("timeout 20 $M query " PARCELS
                            " --timeout 1 \"SELECT instr(hex(zeroblob(8000000)), hex(zeroblob(4000000)) || '1')\"");
  CU_ASSERT_EQUAL(r->code, 1);
  CU_ASSERT(same(r->err, "mujun: the query was stopped after 1 seconds; --timeout gives it more\n"));
  CU_ASSERT(same(r->out, ""));
}

static void rows_without_end_are_refused_in_every_format(void) {
  static const char *const formats[] = {"table", "csv", "json"};
  char script[600];
  for (int i = 0; i < 3; i++) {
    snprintf(script, sizeof script,
             "$M query " PARCELS
             " --format %s --timeout 0 \"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 "
             "FROM n) SELECT hex(zeroblob(4000000)) FROM n\"",
             formats[i]);
    const run_result *r = run(script);
    CU_ASSERT_EQUAL(r->code, 1);
    CU_ASSERT(same(
        r->err, "mujun: the rows take more than 256 MiB; ask for fewer with WHERE or LIMIT, or for fewer columns\n"));
  }
  /* one long cell makes a table's column wide in every row */
  CU_ASSERT_EQUAL(
      run("$M query " PARCELS " 'SELECT fid, CASE fid WHEN 9 THEN hex(zeroblob(4000000)) END, 1 FROM ZD'")->code, 1);
}

static void a_command_line_without_one_select_is_wrong(void) {
  static const char *const wrong[] = {"$M query", "$M query " PARCELS, "$M query " PARCELS " 'SELECT 1' --tables",
                                      "$M query " PARCELS " 'SELECT 1' 'SELECT 2'",
                                      "$M query " PARCELS " 'SELECT 1' --format xml"};
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) CU_ASSERT_EQUAL(run(wrong[i])->code, 2);
}

CLI_SUITE(query, T(rows_come_as_a_table_as_csv_and_as_json), T(the_select_may_come_from_a_file_or_standard_input),
          T(the_tables_are_listed), T(what_a_format_cannot_hold_is_as_the_help_says),
          T(errors_are_one_line_with_the_place), T(one_long_function_is_ended_too),
          T(rows_without_end_are_refused_in_every_format), T(a_command_line_without_one_select_is_wrong));
