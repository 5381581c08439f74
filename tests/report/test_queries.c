/* A planner's own SELECT: what it gives, and where its faults are said to be. */
#include "report/fixture.h"
#include "report/run.h"
#include "report/summaries.h"

static mj_park park;
static mj_error err;
static mj_summaries sums;
static char dir[64], path[4][96];
static const char *paths[4];

static void set_up(void) {
  temp_dir(dir);
  make_park(&park, 12, 2);
  park.project.summaries = paths;
  park.project.n_summaries = 0;
  err = (mj_error){.lang = MJ_EN};
  sums = (mj_summaries){0};
}

static void add_file(const char *name, const char *sql) {
  int n = park.project.n_summaries++;
  write_file(dir, name, sql);
  snprintf(path[n], sizeof path[n], "%s/%s", dir, name);
  paths[n] = path[n];
}

static void tear_down(void) {
  mj_summaries_reset(&sums);
  park.project.summaries = NULL;
  mj_park_reset(&park);
  remove_tree(dir);
}

static mj_status run(void) {
  mj_status s = mj_queries_load(&park, &err);
  return s ? s : mj_summaries_run(&park, NULL, &sums, &err);
}

/* The message without the folder. */
static void refuses(const char *name, const char *sql, mj_status code, const char *want) {
  set_up();
  add_file(name, sql);
  CU_ASSERT_EQUAL(run(), code);
  const char *at = strstr(err.message, dir);
  ASSERT_TEXT(at == err.message ? at + strlen(dir) + 1 : err.message, want);
  tear_down();
}

static void a_select_becomes_a_table_with_its_own_headings(void) {
  set_up();
  add_file(
      "by_zone.sql",
      "\xEF\xBB\xBF-- title: 各片区\nSELECT zone AS 片区, count(*) AS \"宗地（宗）\", sum(area_mu) AS mu, :as_of AS "
      "day, "
      "CAST(:year AS INTEGER) AS year\nFROM parcels WHERE zone IS NOT NULL GROUP BY zone ORDER BY zone; -- done\n");
  CU_ASSERT_EQUAL_FATAL(run(), MJ_OK);
  ASSERT_TEXT(park.queries[0].name, "by_zone");
  ASSERT_TEXT(park.queries[0].title, "各片区");
  const mj_table *t = mj_summaries_find(&sums, "by_zone");
  CU_ASSERT_PTR_NOT_NULL_FATAL(t);
  ASSERT_INT(t->n, 2);
  ASSERT_TEXT(mj_table_text(t, "片区")[0], "北片");
  ASSERT_INT(mj_table_i64(t, "宗地（宗）")[1], 6);
  ASSERT_NEAR(mj_table_f64(t, "mu")[0], 60, 1e-12);
  ASSERT_TEXT(mj_table_text(t, "day")[0], "2026-03-31");
  ASSERT_INT(mj_table_i64(t, "year")[0], 2025);
  CU_ASSERT(t->columns[2]->from_source); /* mu stays mu and is no column of ours */
  tear_down();
}

/* Tables of the result, and canonical columns that nobody brought. */
static void it_reads_every_table_and_missing_columns_are_null(void) {
  set_up();
  add_file(
      "more.sql",
      "SELECT (SELECT count(*) FROM reasons) AS reasons, (SELECT count(*) FROM enterprises WHERE of_year) AS firms, "
      "(SELECT count(*) FROM occupancies) AS none, (SELECT count(owner_type) FROM parcels) AS types, "
      "(SELECT sum(tax_wan) FROM parcel_zones WHERE share < 1) AS tax");
  CU_ASSERT_EQUAL_FATAL(run(), MJ_OK);
  const mj_table *t = mj_summaries_find(&sums, "more");
  CU_ASSERT_PTR_NOT_NULL_FATAL(t);
  ASSERT_INT(mj_table_i64(t, "reasons")[0], 2);
  ASSERT_INT(mj_table_i64(t, "firms")[0], 2);
  ASSERT_INT(mj_table_i64(t, "none")[0], 0);
  ASSERT_INT(mj_table_i64(t, "types")[0], 0);
  CU_ASSERT(isnan(mj_table_f64(t, "tax")[0])); /* parcel 6 has no tax */
  tear_down();
}

static void faults_are_named_with_line_and_column(void) {
  refuses("a.sql", "-- 片区\nSELECT zone,\n  taxes\nFROM parcels", MJ_ERULE, "a.sql:3:3: no such column: taxes");
  refuses("a.sql", "SELECT zone 片区,, FROM parcels", MJ_ERULE, "a.sql:1:16: near \",\": syntax error");
  refuses("a.sql", "SELECT 1;\n SELECT 2", MJ_ERULE, "a.sql:2:2: one statement is expected");
  refuses("a.sql", "SELECT\n:x", MJ_ERULE, "a.sql:2:1: unknown constant ':x'");
  refuses("a.sql", "SELECT date( 'now')", MJ_ERULE, "a.sql:1:14: 'now' is refused: use :as_of, the reference date");
  refuses("a.sql", "/* a\n b */ -- c\n\n SELECT zone, zone FROM parcels", MJ_ERULE,
          "a.sql:4:2: two columns of the result are named 'zone'");
  refuses("a.sql", "-- nothing\n", MJ_ERULE, "a.sql:2:1: one statement is expected");
  refuses("a.sql", "DELETE FROM parcels", MJ_ERULE,
          "a.sql:1:1: refused: SQL may only read, and must give the same answer every time (table parcels may not be "
          "modified)");
  refuses("a.sql", "SELECT random()", MJ_ERULE,
          "a.sql:1:8: refused: SQL may only read, and must give the same answer every time (not authorized to use "
          "function: random)");
}

static void a_select_that_does_not_end_is_stopped(void) {
  set_up();
  add_file("a.sql", "\n WITH RECURSIVE x(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM x) SELECT count(*) FROM x");
  CU_ASSERT_EQUAL(run(), MJ_ERULE);
  ASSERT_HAS(err.message, "/a.sql:2:2: stopped after ");
  tear_down();
}

static void names_and_titles_are_neither_ours_nor_broken(void) {
  static const char *const taken[] = {"zones.sql", "parcels.sql", "grade_classes.sql", "candidates.sql", "fields.sql"};
  char want[128];
  for (size_t i = 0; i < sizeof taken / sizeof *taken; i++) {
    snprintf(want, sizeof want, "%s:1:1: the name '%.*s' is taken: call the file otherwise", taken[i],
             (int)strlen(taken[i]) - 4, taken[i]);
    refuses(taken[i], "SELECT 1", MJ_EFORMAT, want);
  }
  refuses("Streets.sql", "SELECT 1", MJ_EFORMAT,
          "Streets.sql:1:1: 'Streets' becomes the name of a table: a letter, then a-z, 0-9 and _, 31 at most");
  refuses("a.sql", "SELECT 1\n-- title: a/b", MJ_EFORMAT,
          "a.sql:2:1: 'a/b' is no title of a sheet: 1 to 31 characters without []:*?/\\'");
  refuses("a.sql", "SELECT '\xD6\xD0'", MJ_EFORMAT, "a.sql:1:1: the file is not UTF-8 text");
  set_up();
  add_file("a.sql", "SELECT 1");
  paths[park.project.n_summaries++] = path[0];
  CU_ASSERT_EQUAL(run(), MJ_EFORMAT);
  ASSERT_HAS(err.message, "a.sql:1:1: the name 'a' is taken");
  paths[0] = "/nowhere/a.sql";
  CU_ASSERT_EQUAL(run(), MJ_ENOTFOUND);
  paths[0] = "a.txt";
  CU_ASSERT_EQUAL(run(), MJ_EINVAL);
  tear_down();
  set_up(); /* 片区 is the title of a sheet of ours */
  add_file("a.sql", "SELECT 1;\n-- title: 片区");
  mj_run r = {.park = &park, .lang = MJ_ZH, .folder = {.lock = -1}};
  CU_ASSERT_EQUAL_FATAL(mj_queries_load(&park, &err), MJ_OK);
  CU_ASSERT_EQUAL(mj_run_prepare(&r, &err), MJ_EFORMAT);
  ASSERT_HAS(err.message, "a.sql:2:1: the title '片区' is taken");
  mj_run_reset(&r);
  tear_down();
}

static void the_text_enters_the_run_id(void) {
  char first[17], second[17];
  mj_report_options o = {.decimals = 8, .csv = true};
  set_up();
  mj_run_id(&park, &o, first);
  add_file("a.sql", "SELECT 1");
  CU_ASSERT_EQUAL_FATAL(mj_queries_load(&park, &err), MJ_OK);
  mj_run_id(&park, &o, second);
  CU_ASSERT_STRING_NOT_EQUAL(first, second);
  write_file(dir, "a.sql", "SELECT 2");
  CU_ASSERT_EQUAL_FATAL(mj_queries_load(&park, &err), MJ_OK);
  mj_run_id(&park, &o, first);
  CU_ASSERT_STRING_NOT_EQUAL(first, second);
  tear_down();
}

SUITE_OF(queries, T(a_select_becomes_a_table_with_its_own_headings),
         T(it_reads_every_table_and_missing_columns_are_null), T(faults_are_named_with_line_and_column),
         T(a_select_that_does_not_end_is_stopped), T(names_and_titles_are_neither_ours_nor_broken),
         T(the_text_enters_the_run_id));
