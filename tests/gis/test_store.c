#include <stdio.h>
#include <string.h>

#include "gis/store.h"
#include "test.h"

/* Five parcels: an F64, an I64, a TEXT, a DATE and a TRI column, each with one NULL. */
static void make_table(mj_table *t) {
  CU_ASSERT_EQUAL_FATAL(mj_table_init(t, "parcels", 5), MJ_OK);
  double *area = mj_table_add(t, "area_mu", MJ_F64)->f64;
  int64_t *count = mj_table_add(t, "building_count", MJ_I64)->i64;
  const char **zone = mj_table_add(t, "zone", MJ_TEXT)->text;
  int32_t *due = mj_table_add(t, "start_due", MJ_DATE)->date;
  uint8_t *started = mj_table_add(t, "started", MJ_TRI)->tri;
  for (int i = 0; i < 4; i++) {
    area[i] = 1.5 * (i + 1);
    count[i] = i;
    zone[i] = i % 2 ? "南" : "北";
    due[i] = mj_date_from_ymd(2024, 1, i + 1);
    started[i] = i % 2 ? MJ_YES : MJ_NO;
  }
}

typedef struct {
  char text[400];
  int64_t rows;
} seen;

static mj_status see(void *user, int64_t row, int n, const mj_sql_value *value) {
  seen *s = user;
  char *end = s->text + strlen(s->text);
  s->rows = row + 1;
  for (int i = 0; i < n; i++, end += strlen(end)) {
    size_t room = (size_t)(s->text + sizeof s->text - end);
    if (value[i].kind == MJ_SQL_NULL) snprintf(end, room, "%s-", i ? "," : "");
    if (value[i].kind == MJ_SQL_NUMBER) snprintf(end, room, "%s%g", i ? "," : "", value[i].number);
    if (value[i].kind == MJ_SQL_TEXT) snprintf(end, room, "%s%s", i ? "," : "", value[i].text);
  }
  snprintf(end, (size_t)(s->text + sizeof s->text - end), ";");
  return MJ_OK;
}

typedef struct {
  mj_table table;
  mj_store *store;
  mj_error err;
  seen seen;
} fixture;

static void set_up(fixture *f) {
  *f = (fixture){0};
  make_table(&f->table);
  CU_ASSERT_EQUAL_FATAL(mj_store_open(&f->store, &f->err), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(mj_store_attach(f->store, &f->table, &f->err), MJ_OK);
}

static void tear_down(fixture *f) {
  mj_store_close(f->store);
  mj_table_reset(&f->table);
}

static mj_status ask(fixture *f, const char *sql) {
  f->seen = (seen){0};
  f->err = (mj_error){0};
  return mj_store_query(f->store, sql, see, &f->seen, &f->err);
}

static void every_type_reads_as_sql_and_its_null_as_null(void) {
  fixture f;
  set_up(&f);
  CU_ASSERT_EQUAL(ask(&f, "SELECT rowid, area_mu, building_count, zone, start_due, started FROM parcels"), MJ_OK);
  CU_ASSERT_STRING_EQUAL(
      f.seen.text,
      "1,1.5,0,北,2024-01-01,0;2,3,1,南,2024-01-02,1;3,4.5,2,北,2024-01-03,0;4,6,3,南,2024-01-04,1;5,-,-,-,-,-;");
  tear_down(&f);
}

static void sql_has_three_values_and_dates_compare_as_text(void) {
  fixture f;
  set_up(&f);
  CU_ASSERT_EQUAL(ask(&f, "SELECT area_mu < 4, date(start_due, '+1 year') <= '2025-01-02', NOT started FROM parcels"),
                  MJ_OK);
  CU_ASSERT_STRING_EQUAL(f.seen.text, "1,1,1;1,1,0;0,0,1;0,0,0;-,-,-;");
  tear_down(&f);
}

static void aggregates_keep_dates_and_texts_of_their_own_row(void) {
  fixture f;
  set_up(&f);
  CU_ASSERT_EQUAL(ask(&f, "SELECT min(start_due), max(start_due), max(zone) FROM parcels"), MJ_OK);
  CU_ASSERT_STRING_EQUAL(f.seen.text, "2024-01-01,2024-01-04,南;");
  CU_ASSERT_EQUAL(ask(&f, "SELECT zone, sum(area_mu) FROM parcels GROUP BY zone ORDER BY 2"), MJ_OK);
  CU_ASSERT_STRING_EQUAL(f.seen.text, "-,-;北,6;南,9;");
  tear_down(&f);
}

static void added_columns_are_seen_after_attaching_again(void) {
  fixture f;
  set_up(&f);
  mj_table_add(&f.table, "late", MJ_F64)->f64[0] = 7;
  CU_ASSERT_EQUAL(ask(&f, "SELECT late FROM parcels"), MJ_ERULE);
  CU_ASSERT_EQUAL(mj_store_attach(f.store, &f.table, &f.err), MJ_OK);
  CU_ASSERT_EQUAL(ask(&f, "SELECT late FROM parcels WHERE late IS NOT NULL"), MJ_OK);
  CU_ASSERT_STRING_EQUAL(f.seen.text, "7;");
  tear_down(&f);
}

static void a_column_of_the_input_that_differs_by_case_is_hidden(void) {
  fixture f;
  set_up(&f);
  mj_column *other = mj_table_add(&f.table, "AREA_MU", MJ_F64);
  other->from_source = true;
  other->f64[0] = 99;
  mj_table_add(&f.table, "rowid", MJ_TEXT)->from_source = true;
  CU_ASSERT_EQUAL(mj_store_attach(f.store, &f.table, &f.err), MJ_OK);
  CU_ASSERT_EQUAL(ask(&f, "SELECT rowid, \"AREA_MU\" FROM parcels LIMIT 1"), MJ_OK);
  CU_ASSERT_STRING_EQUAL(f.seen.text, "1,1.5;");
  tear_down(&f);
}

static void a_visit_limits_the_scan_to_its_rows_in_its_order(void) {
  fixture f;
  set_up(&f);
  const int64_t rows[] = {4, 2, 0};
  CU_ASSERT_EQUAL(mj_store_visit(f.store, "parcels", rows, 1, 3, &f.err), MJ_OK);
  CU_ASSERT_EQUAL(ask(&f, "SELECT rowid FROM parcels"), MJ_OK);
  CU_ASSERT_STRING_EQUAL(f.seen.text, "3;1;");
  CU_ASSERT_EQUAL(ask(&f, "SELECT rowid FROM parcels WHERE zone = '北'"), MJ_OK);
  CU_ASSERT_STRING_EQUAL(f.seen.text, "3;1;");
  CU_ASSERT_EQUAL(mj_store_visit(f.store, "parcels", NULL, 1, 2, &f.err), MJ_OK);
  CU_ASSERT_EQUAL(ask(&f, "SELECT rowid FROM parcels"), MJ_OK);
  CU_ASSERT_STRING_EQUAL(f.seen.text, "2;");
  CU_ASSERT_EQUAL(mj_store_visit(f.store, "zones", NULL, 0, 1, &f.err), MJ_ENOTFOUND);
  CU_ASSERT_STRING_EQUAL(f.err.message, "no such table: zones");
  tear_down(&f);
}

/* 20,000 rows joined with 20,000 by code: 4e8 pairs without an index, which the step limit would stop. */
static void a_join_by_code_is_looked_up_and_keeps_the_order_of_rows(void) {
  enum { N = 20000 };
  fixture f = {0};
  mj_table left = {0}, right = {0};
  CU_ASSERT_EQUAL_FATAL(mj_table_init(&left, "a", N) || mj_table_init(&right, "b", N), 0);
  const char **lk = mj_table_add(&left, "k", MJ_TEXT)->text, **rk = mj_table_add(&right, "k", MJ_TEXT)->text;
  for (int i = 0; i < N; i++) {
    lk[i] = mj_arena_format(&left.arena, "P%05d", i);
    rk[i] = i % 10 ? mj_arena_format(&right.arena, "P%05d", i / 2) : NULL;
  }
  CU_ASSERT_EQUAL_FATAL(mj_store_open(&f.store, &f.err), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(mj_store_attach(f.store, &left, &f.err) || mj_store_attach(f.store, &right, &f.err), 0);
  CU_ASSERT_EQUAL(ask(&f, "SELECT count(*), count(DISTINCT a.k) FROM a CROSS JOIN b ON a.k = b.k"), MJ_OK);
  CU_ASSERT_STRING_EQUAL(
      f.seen.text, "18000,10000;"); /* 9 of 10 right rows have a code, each code of the lower half at least once */
  CU_ASSERT_EQUAL(ask(&f, "SELECT b.rowid FROM b WHERE k = 'P00003'"), MJ_OK);
  CU_ASSERT_STRING_EQUAL(f.seen.text, "7;8;");
  CU_ASSERT_EQUAL(ask(&f, "SELECT count(*) FROM b WHERE k = 3"), MJ_OK);
  CU_ASSERT_STRING_EQUAL(f.seen.text, "0;");
  /* a code that is missing is looked up too: it equals none, and no row is read to find that */
  CU_ASSERT_EQUAL(ask(&f, "SELECT count(*) FROM a CROSS JOIN b ON b.k = nullif(a.k, a.k)"), MJ_OK);
  CU_ASSERT_STRING_EQUAL(f.seen.text, "0;");
  mj_store_close(f.store);
  mj_table_reset(&left);
  mj_table_reset(&right);
}

static void constants_are_bound_and_unknown_ones_refused(void) {
  fixture f;
  set_up(&f);
  CU_ASSERT_EQUAL(mj_store_bind(f.store, "as_of", "2026-03-31", 0, &f.err), MJ_OK);
  CU_ASSERT_EQUAL(mj_store_bind(f.store, "low", NULL, 4, &f.err), MJ_OK);
  CU_ASSERT_EQUAL(mj_store_bind(f.store, "low", NULL, 5, &f.err), MJ_OK);
  CU_ASSERT_EQUAL(ask(&f, "SELECT :as_of, :low"), MJ_OK);
  CU_ASSERT_STRING_EQUAL(f.seen.text, "2026-03-31,5;");
  CU_ASSERT_EQUAL(ask(&f, "SELECT :high"), MJ_ERULE);
  CU_ASSERT_STRING_EQUAL(f.err.message, "unknown constant ':high'");
  CU_ASSERT_EQUAL(ask(&f, "SELECT ?"), MJ_ERULE);
  tear_down(&f);
}

static void an_expression_is_of_rows_of_a_summary_or_of_none(void) {
  static const struct {
    const char *expr;
    mj_sql_shape shape;
    int reads;
  } want[] = {{"area_mu", MJ_SQL_OF_ROWS, 0},
              {"max(area_mu, building_count)", MJ_SQL_OF_ROWS, 0},
              {"sum(area_mu) OVER ()", MJ_SQL_OF_ROWS, 0},
              {"(SELECT sum(area_mu + parcels.building_count) FROM parcels AS p)", MJ_SQL_OF_ROWS, 0},
              {"max(area_mu)", MJ_SQL_OF_SUMMARY, 1},
              {"sum(area_mu) FILTER (WHERE building_count > 1) -- a comment", MJ_SQL_OF_SUMMARY, 2},
              {"count(*)", MJ_SQL_OF_SUMMARY, 0},
              {"(SELECT sum(parcels.area_mu))", MJ_SQL_OF_SUMMARY, 1},
              {"30", MJ_SQL_OF_NONE, 0},
              {":low", MJ_SQL_OF_NONE, 0},
              {"(SELECT sum(area_mu) FROM parcels)", MJ_SQL_OF_NONE, 0}};
  fixture f;
  mj_arena arena = {0};
  set_up(&f);
  for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
    const mj_operand *operand;
    mj_sql_shape shape;
    int n;
    CU_ASSERT_EQUAL(mj_store_shape(f.store, "parcels", want[i].expr, &arena, &shape, &operand, &n), MJ_OK);
    ASSERT_INT(shape, want[i].shape);
    ASSERT_INT(n, want[i].reads);
  }
  mj_arena_reset(&arena);
  tear_down(&f);
}

static void constants_can_be_forgotten(void) {
  fixture f;
  set_up(&f);
  CU_ASSERT_EQUAL(mj_store_bind(f.store, "low", NULL, 4, &f.err), MJ_OK);
  mj_store_unbind(f.store);
  CU_ASSERT_EQUAL(ask(&f, "SELECT :low"), MJ_ERULE);
  CU_ASSERT_STRING_EQUAL(f.err.message, "unknown constant ':low'");
  CU_ASSERT_EQUAL(mj_store_bind(f.store, "low", NULL, 5, &f.err), MJ_OK);
  CU_ASSERT_EQUAL(ask(&f, "SELECT :low"), MJ_OK);
  CU_ASSERT_STRING_EQUAL(f.seen.text, "5;");
  tear_down(&f);
}

static void operands_come_once_in_order_of_reading(void) {
  fixture f;
  mj_arena arena = {0};
  const mj_operand *operand;
  int n;
  set_up(&f);
  const char *expr = "area_mu / building_count + area_mu -- a comment";
  CU_ASSERT_EQUAL(mj_store_check(f.store, "parcels", expr, &arena, &operand, &n, &f.err), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(n, 2);
  CU_ASSERT_STRING_EQUAL(operand[0].column, "area_mu");
  CU_ASSERT_STRING_EQUAL(operand[1].column, "building_count");
  CU_ASSERT_STRING_EQUAL(operand[1].table, "parcels");
  CU_ASSERT_EQUAL(
      mj_store_check(f.store, "parcels", "zone IN ('a', 'b') AND start_due > zone", &arena, &operand, &n, &f.err),
      MJ_OK);
  CU_ASSERT_EQUAL(n, 2);
  CU_ASSERT_EQUAL(mj_store_check(f.store, "parcels", "area_mu), (zone", &arena, &operand, &n, &f.err), MJ_ERULE);
  CU_ASSERT_STRING_EQUAL(f.err.message, "'area_mu), (zone' is not one expression");
  mj_arena_reset(&arena);
  tear_down(&f);
}

static void an_unknown_column_names_its_neighbours(void) {
  fixture f;
  set_up(&f);
  CU_ASSERT_EQUAL(ask(&f, "SELECT area_m FROM parcels"), MJ_ERULE);
  CU_ASSERT_STRING_EQUAL(f.err.message, "no such column: area_m (near: area_mu)");
  CU_ASSERT_EQUAL(ask(&f, "SELECT \"area\" FROM parcels"), MJ_ERULE); /* never quietly the text 'area' */
  CU_ASSERT_EQUAL(ask(&f, "SELECT qwertyuiop FROM parcels"), MJ_ERULE);
  CU_ASSERT_STRING_EQUAL(f.err.message, "no such column: qwertyuiop");
  CU_ASSERT_EQUAL(ask(&f, "SELECT area_mu FRM parcels"), MJ_ERULE);
  CU_ASSERT_STRING_EQUAL(f.err.message, "near \"parcels\": syntax error");
  tear_down(&f);
}

static void everything_but_reading_is_refused(void) {
  static const char *const sql[] = {"CREATE TABLE x(a)",
                                    "ATTACH 'x.db' AS x",
                                    "PRAGMA writable_schema = 1",
                                    "INSERT INTO parcels VALUES (1)",
                                    "DELETE FROM parcels",
                                    "DROP TABLE parcels",
                                    "SELECT load_extension('x')",
                                    "SELECT random()",
                                    "SELECT current_date",
                                    "VACUUM INTO 'x.db'",
                                    "SELECT * FROM pragma_database_list",
                                    "BEGIN"};
  fixture f;
  set_up(&f);
  for (size_t i = 0; i < sizeof sql / sizeof *sql; i++) {
    CU_ASSERT_EQUAL(ask(&f, sql[i]), MJ_ERULE);
    CU_ASSERT_PTR_NOT_NULL(
        strstr(f.err.message, "refused: SQL may only read, and must give the same answer every time"));
  }
  CU_ASSERT_EQUAL(ask(&f, "SELECT writefile('x', 'y')"), MJ_ERULE);
  CU_ASSERT_STRING_EQUAL(f.err.message, "no such function: writefile");
  CU_ASSERT_EQUAL(ask(&f, "SELECT date('NOW')"), MJ_ERULE);
  CU_ASSERT_STRING_EQUAL(f.err.message, "'now' is refused: use :as_of, the reference date");
  CU_ASSERT_EQUAL(ask(&f, "SELECT 1; SELECT 2"), MJ_ERULE);
  CU_ASSERT_STRING_EQUAL(f.err.message, "one statement is expected");
  CU_ASSERT_EQUAL(ask(&f, " "), MJ_ERULE);
  CU_ASSERT_EQUAL(ask(&f, "SELECT length(zeroblob(100000000))"), MJ_ERULE);
  tear_down(&f);
}

static void a_statement_without_end_is_stopped(void) {
  fixture f;
  set_up(&f);
  CU_ASSERT_EQUAL(ask(&f, "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT max(x) FROM c"),
                  MJ_ERULE);
  CU_ASSERT_STRING_EQUAL(f.err.message, "stopped after 50100000 steps: the statement does not end in reasonable time");
  CU_ASSERT_EQUAL(ask(&f, "SELECT count(*) FROM parcels"), MJ_OK); /* the count starts anew */
  CU_ASSERT_STRING_EQUAL(f.seen.text, "5;");
  tear_down(&f);
}

static mj_status stop_at_two(void *user, int64_t row, int n, const mj_sql_value *value) {
  (void)n, (void)value;
  *(int64_t *)user = row;
  return row == 1 ? MJ_EINVAL : MJ_OK;
}

static void the_callback_may_end_the_query(void) {
  fixture f;
  int64_t row = -1;
  set_up(&f);
  CU_ASSERT_EQUAL(mj_store_query(f.store, "SELECT 1 FROM parcels", stop_at_two, &row, &f.err), MJ_EINVAL);
  CU_ASSERT_EQUAL(row, 1);
  tear_down(&f);
}

/* zone || '' is no column, so SQLite sorts it itself: the same groups in the same order as those the columns hand over.
 */
static void groups_of_a_text_column_are_those_sqlite_would_sort(void) {
  static const char *const order[] = {"", " ORDER BY 1", " ORDER BY 1 DESC", " ORDER BY 2 DESC, 1"};
  fixture f;
  set_up(&f);
  for (int i = 0; i < 4; i++) {
    mj_table own = {0}, sorted = {0};
    char sql[200];
    snprintf(sql, sizeof sql, "SELECT zone AS z, count(*) AS n, sum(area_mu) AS mu FROM parcels GROUP BY zone%s",
             order[i]);
    CU_ASSERT_EQUAL_FATAL(mj_store_table(f.store, sql, "own", &own, &f.err), MJ_OK);
    snprintf(sql, sizeof sql, "SELECT zone || '' AS z, count(*) AS n, sum(area_mu) AS mu FROM parcels GROUP BY 1%s",
             order[i]);
    CU_ASSERT_EQUAL_FATAL(mj_store_table(f.store, sql, "sorted", &sorted, &f.err), MJ_OK);
    CU_ASSERT_EQUAL_FATAL(own.n, sorted.n);
    for (int64_t k = 0; k < own.n; k++) {
      const char *a = mj_table_text(&own, "z")[k], *b = mj_table_text(&sorted, "z")[k];
      CU_ASSERT(a && b ? !strcmp(a, b) : a == b);
      CU_ASSERT_EQUAL(mj_table_i64(&own, "n")[k], mj_table_i64(&sorted, "n")[k]);
    }
    mj_table_reset(&own);
    mj_table_reset(&sorted);
  }
  tear_down(&f);
}

/* Texts, answers and whole numbers at once; `+ 0` and `|| ''` are no columns, so SQLite sorts those itself. */
static void groups_of_several_columns_are_those_sqlite_would_sort(void) {
  enum { ROWS = 60 };
  static const char *const word[] = {NULL, "b", "a", "", "ab"};
  static const char select[] =
      "SELECT k || '' AS k, y + 0 AS y, t + 0 AS t, count(*) AS n, min(rowid) AS at, "
      "group_concat(rowid) AS which, sum(v) AS v FROM many GROUP BY ";
  fixture f;
  mj_table many;
  char sql[300];
  set_up(&f);
  CU_ASSERT_EQUAL_FATAL(mj_table_init(&many, "many", ROWS), MJ_OK);
  const char **k = mj_table_add(&many, "k", MJ_TEXT)->text;
  int64_t *y = mj_table_add(&many, "y", MJ_I64)->i64;
  uint8_t *t = mj_table_add(&many, "t", MJ_TRI)->tri;
  double *v = mj_table_add(&many, "v", MJ_F64)->f64;
  for (int i = 0; i < ROWS; i++) {
    k[i] = word[i * 7 % 5];
    y[i] = i % 11 ? 2020 + i % 3 : MJ_I64_NULL;
    t[i] = i % 4 == 0 ? MJ_YES : i % 4 == 1 ? MJ_NO : MJ_UNKNOWN;
    v[i] = 0.1 * i;
  }
  CU_ASSERT_EQUAL_FATAL(mj_store_attach(f.store, &many, &f.err), MJ_OK);
  for (int wide = 0; wide < 2; wide++) { /* years far apart are left to SQLite */
    mj_table own = {0}, sorted = {0};
    if (wide) y[5] = -4000000000;
    CU_ASSERT_EQUAL_FATAL(mj_store_attach(f.store, &many, &f.err), MJ_OK);
    snprintf(sql, sizeof sql, "%smany.y, many.k, many.t", select);
    CU_ASSERT_EQUAL_FATAL(mj_store_table(f.store, sql, "own", &own, &f.err), MJ_OK);
    snprintf(sql, sizeof sql, "%s2, 1, 3", select);
    CU_ASSERT_EQUAL_FATAL(mj_store_table(f.store, sql, "sorted", &sorted, &f.err), MJ_OK);
    CU_ASSERT_EQUAL_FATAL(own.n, sorted.n);
    CU_ASSERT(own.n > 30);
    for (int64_t i = 0; i < own.n; i++) {
      const char *a = mj_table_text(&own, "which")[i], *b = mj_table_text(&sorted, "which")[i];
      CU_ASSERT_STRING_EQUAL(a, b);
      CU_ASSERT_EQUAL(mj_table_f64(&own, "v")[i], mj_table_f64(&sorted, "v")[i]);
    }
    mj_table_reset(&own);
    mj_table_reset(&sorted);
  }
  tear_down(&f);
  mj_table_reset(&many);
}

/* `y + 0` is no column, so SQLite scans for it: the same rows in the same order. */
static void a_year_is_found_as_a_scan_finds_it(void) {
  enum { ROWS = 40 };
  static const char *const asked[] = {"2021", "2021.0", "2021.5", "'2021'", "NULL", "1999",
                                      "'2x'", "1e300",  "-1e300", "2019",   "2023", "(SELECT max(y) FROM years)"};
  fixture f;
  mj_table t;
  char sql[200];
  set_up(&f);
  CU_ASSERT_EQUAL_FATAL(mj_table_init(&t, "years", ROWS), MJ_OK);
  int64_t *y = mj_table_add(&t, "y", MJ_I64)->i64;
  for (int i = 0; i < ROWS; i++) y[i] = i % 9 ? 2019 + i * 7 % 5 : MJ_I64_NULL;
  CU_ASSERT_EQUAL_FATAL(mj_store_attach(f.store, &t, &f.err), MJ_OK);
  for (int wide = 0; wide < 2; wide++) { /* years far apart are scanned for */
    if (wide) y[3] = 4000000000;
    CU_ASSERT_EQUAL_FATAL(mj_store_attach(f.store, &t, &f.err), MJ_OK);
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
      char found[sizeof f.seen.text];
      snprintf(sql, sizeof sql, "SELECT rowid FROM years WHERE y = %s", asked[i]);
      CU_ASSERT_EQUAL(ask(&f, sql), MJ_OK);
      memcpy(found, f.seen.text, sizeof found);
      snprintf(sql, sizeof sql, "SELECT rowid FROM years WHERE CAST(y AS INTEGER) + 0 = CAST(%s AS NUMERIC)", asked[i]);
      CU_ASSERT_EQUAL(ask(&f, sql), MJ_OK);
      CU_ASSERT_STRING_EQUAL(found, f.seen.text);
      CU_ASSERT_EQUAL(*found != 0, i < 2 || i == 3 || i > 8); /* some of them have rows */
    }
  }
  int64_t some[] = {8, 1, 6}; /* a visit limits it as it limits a scan */
  CU_ASSERT_EQUAL(mj_store_visit(f.store, "years", some, 0, 3, &f.err), MJ_OK);
  snprintf(sql, sizeof sql, "SELECT rowid FROM years WHERE y = %lld", (long long)y[1]);
  CU_ASSERT_EQUAL(ask(&f, sql), MJ_OK);
  CU_ASSERT_STRING_EQUAL(f.seen.text, y[6] == y[1] ? "2;7;" : "2;");
  tear_down(&f);
  mj_table_reset(&t);
}

/* Inside and outside the two centuries whose texts are kept. */
static void days_of_any_century_read_the_same(void) {
  static const char *const day[] = {"1899-12-31", "1900-01-01", "2099-12-31", "2100-01-01", "0001-01-01"};
  fixture f;
  set_up(&f);
  for (int i = 0; i < 5; i++) mj_table_find(&f.table, "start_due")->date[i] = mj_date_parse(day[i]);
  for (int again = 0; again < 2; again++) {
    CU_ASSERT_EQUAL(ask(&f, "SELECT start_due, min(start_due) OVER (), length(start_due) FROM parcels"), MJ_OK);
    CU_ASSERT_STRING_EQUAL(f.seen.text,
                           "1899-12-31,0001-01-01,10;1900-01-01,0001-01-01,10;2099-12-31,0001-01-01,10;"
                           "2100-01-01,0001-01-01,10;0001-01-01,0001-01-01,10;");
  }
  tear_down(&f);
}

static void a_result_becomes_a_table_with_types_from_its_values(void) {
  fixture f;
  mj_table t = {0};
  set_up(&f);
  const char *sql =
      "SELECT zone AS z, count(*) AS n, sum(area_mu) AS mu, NULL AS empty FROM parcels GROUP BY zone ORDER BY zone";
  CU_ASSERT_EQUAL_FATAL(mj_store_table(f.store, sql, "summary", &t, &f.err), MJ_OK);
  CU_ASSERT_EQUAL(t.n, 3);
  CU_ASSERT_STRING_EQUAL(t.name, "summary");
  CU_ASSERT_PTR_NULL(mj_table_text(&t, "z")[0]);
  CU_ASSERT_STRING_EQUAL(mj_table_text(&t, "z")[1], "北");
  CU_ASSERT_EQUAL(mj_table_i64(&t, "n")[1], 2);
  CU_ASSERT_EQUAL(mj_table_f64(&t, "mu")[2], 9);
  CU_ASSERT(isnan(mj_table_f64(&t, "mu")[0]));
  CU_ASSERT(isnan(mj_table_f64(&t, "empty")[1]));
  mj_table_reset(&t);
  CU_ASSERT_EQUAL(mj_store_table(f.store, "SELECT 1 AS a, 2 AS a", "x", &t, &f.err), MJ_ERULE);
  CU_ASSERT_STRING_EQUAL(f.err.message, "two columns of the result are named 'a'");
  CU_ASSERT_PTR_NULL(t.name);
  CU_ASSERT_EQUAL(mj_store_table(f.store, "SELECT zone FROM parcels WHERE 0", "x", &t, &f.err), MJ_OK);
  CU_ASSERT_EQUAL(t.n, 0);
  CU_ASSERT_EQUAL(t.n_columns, 1);
  mj_table_reset(&t);
  tear_down(&f);
}

SUITE_OF(store, T(every_type_reads_as_sql_and_its_null_as_null), T(groups_of_a_text_column_are_those_sqlite_would_sort),
         T(groups_of_several_columns_are_those_sqlite_would_sort), T(sql_has_three_values_and_dates_compare_as_text),
         T(aggregates_keep_dates_and_texts_of_their_own_row), T(added_columns_are_seen_after_attaching_again),
         T(a_column_of_the_input_that_differs_by_case_is_hidden), T(a_visit_limits_the_scan_to_its_rows_in_its_order),
         T(a_join_by_code_is_looked_up_and_keeps_the_order_of_rows), T(constants_are_bound_and_unknown_ones_refused),
         T(an_expression_is_of_rows_of_a_summary_or_of_none), T(constants_can_be_forgotten),
         T(operands_come_once_in_order_of_reading), T(an_unknown_column_names_its_neighbours),
         T(a_year_is_found_as_a_scan_finds_it), T(days_of_any_century_read_the_same),
         T(everything_but_reading_is_refused), T(a_statement_without_end_is_stopped), T(the_callback_may_end_the_query),
         T(a_result_becomes_a_table_with_types_from_its_values));
