#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "folder.h"
#include "gis/sqlite_bytes.h"
#include "gis/sqlite_pages.h"

/* A database of an empty table t(id, bytes) in a folder of its own. */
static void make(char path[96], int page_bytes) {
  char sql[160];
  sqlite3 *db = NULL;
  CU_ASSERT_EQUAL_FATAL(folder_make(), 0);
  snprintf(path, 96, "%s/a.db", folder);
  snprintf(sql, sizeof sql,
           "PRAGMA page_size = %d; CREATE TABLE t(id INTEGER PRIMARY KEY, bytes BLOB); CREATE TABLE u(id)", page_bytes);
  CU_ASSERT_EQUAL_FATAL(sqlite3_open(path, &db), SQLITE_OK);
  CU_ASSERT_EQUAL_FATAL(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
  sqlite3_close(db);
}

/* Row i of so many holds as many bytes as this, of value i. Over the sizes at which a record leaves its leaf. */
static size_t size_of(int64_t i, int64_t large) { return i % 97 == 5 ? (size_t)large + (size_t)i : (size_t)(i % 1021); }

static bool put_rows(mj_pages *p, int64_t n, int64_t step, int64_t large) {
  unsigned char *record = malloc((size_t)(large + n) + 32);
  bool ok = record != NULL;
  for (int64_t i = 0; ok && i < n; i++) {
    size_t bytes = size_of(i, large), head = 2 + mj_put_varint(record + 2, 12 + 2 * bytes);
    record[0] = (unsigned char)head;
    record[1] = 0;
    memset(record + head, (int)(i & 255), bytes);
    ok = mj_pages_row(p, 1 + i * step, record, head + bytes);
  }
  free(record);
  return ok;
}

static void rows_are_there(const char *path, int64_t n, int64_t step, int64_t large) {
  sqlite3 *db = NULL;
  sqlite3_stmt *stmt = NULL;
  int64_t i = 0, bad = 0;
  CU_ASSERT_EQUAL(sqlite3_open(path, &db), SQLITE_OK);
  CU_ASSERT_EQUAL_FATAL(sqlite3_prepare_v2(db, "SELECT id, bytes FROM t ORDER BY id", -1, &stmt, NULL), SQLITE_OK);
  for (; sqlite3_step(stmt) == SQLITE_ROW; i++) {
    const unsigned char *bytes = sqlite3_column_blob(stmt, 1);
    size_t size = (size_t)sqlite3_column_bytes(stmt, 1);
    bad += sqlite3_column_int64(stmt, 0) != 1 + i * step || size != size_of(i, large);
    for (size_t k = 0; k < size; k++) bad += bytes[k] != (unsigned char)(i & 255);
  }
  CU_ASSERT_EQUAL(i, n);
  CU_ASSERT_EQUAL(bad, 0);
  sqlite3_finalize(stmt);
  CU_ASSERT_EQUAL_FATAL(sqlite3_prepare_v2(db, "PRAGMA integrity_check", -1, &stmt, NULL), SQLITE_OK);
  CU_ASSERT_EQUAL(sqlite3_step(stmt), SQLITE_ROW);
  CU_ASSERT_STRING_EQUAL((const char *)sqlite3_column_text(stmt, 0), "ok");
  sqlite3_finalize(stmt);
  /* and SQLite goes on from there */
  CU_ASSERT_EQUAL(
      sqlite3_exec(db, "INSERT INTO t VALUES (NULL, 'x'); DELETE FROM t WHERE id % 3 = 0", NULL, NULL, NULL),
      SQLITE_OK);
  sqlite3_close(db);
}

static void sqlite_reads_what_was_laid_down(void) {
  static const struct {
    int page_bytes;
    int64_t n, step, large;
  } tests[] = {
      {4096, 0, 1, 0},         {4096, 1, 1, 0},       {4096, 6, 1, 200000},        {4096, 5000, 1, 3900},
      {512, 4000, 1, 400},     {512, 3000, 1, 5000},  {512, 3000, 123456789, 440}, {1024, 2000, 1LL << 40, 900},
      {65536, 2000, 1, 65400}, {4096, 20000, 1, 8100}};
  for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) {
    char path[96];
    mj_pages p;
    make(path, tests[i].page_bytes);
    CU_ASSERT(mj_pages_open(&p, path));
    CU_ASSERT(mj_pages_begin(&p, 2));
    CU_ASSERT(put_rows(&p, tests[i].n, tests[i].step, tests[i].large));
    CU_ASSERT(mj_pages_end(&p));
    CU_ASSERT(mj_pages_close(&p));
    rows_are_there(path, tests[i].n, tests[i].step, tests[i].large);
    CU_ASSERT_EQUAL(folder_remove(), 0);
  }
}

static void whole_numbers_take_the_bytes_that_sqlite_gives_them(void) {
  static const struct {
    int64_t v;
    int type, n;
  } tests[] = {{0, 8, 0},
               {1, 9, 0},
               {-1, 1, 1},
               {127, 1, 1},
               {-128, 1, 1},
               {128, 2, 2},
               {-129, 2, 2},
               {8388607, 3, 3},
               {8388608, 4, 4},
               {-2147483648, 4, 4},
               {2147483648, 5, 6},
               {140737488355327, 5, 6},
               {140737488355328, 6, 8},
               {INT64_MAX, 6, 8},
               {INT64_MIN, 6, 8}};
  for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) {
    unsigned char bytes[8], type = 99;
    size_t n = mj_put_integer(bytes, &type, tests[i].v);
    int64_t back = n && bytes[0] & 128 ? -1 : 0;
    for (size_t k = 0; k < n; k++) back = (int64_t)((uint64_t)back << 8 | bytes[k]);
    CU_ASSERT_EQUAL((int64_t)n, (int64_t)tests[i].n);
    CU_ASSERT_EQUAL(type, tests[i].type);
    if (n) CU_ASSERT_EQUAL(back, tests[i].v);
  }
}

enum { PAGE = 65536, LOCK_PAGE = (1 << 30) / PAGE + 1, ROWS = 12 };

/* A database that seems to have so many pages; the file is sparse. */
static void make_long(char path[96], uint32_t pages) {
  unsigned char size[4];
  make(path, PAGE);
  FILE *f = fopen(path, "r+b");
  CU_ASSERT_PTR_NOT_NULL_FATAL(f);
  mj_put_be32(size, pages);
  CU_ASSERT(!fseek(f, 28, SEEK_SET) && fwrite(size, 4, 1, f) == 1);
  fclose(f);
  CU_ASSERT_EQUAL_FATAL(truncate(path, (off_t)pages * PAGE), 0);
}

static void put_large_rows(const char *path) {
  mj_pages p;
  unsigned char *record = calloc(1, 3 * PAGE);
  CU_ASSERT_PTR_NOT_NULL_FATAL(record);
  size_t head = 2 + mj_put_varint(record + 2, 12 + 2 * (2 * PAGE));
  record[0] = (unsigned char)head;
  CU_ASSERT(mj_pages_open(&p, path) && mj_pages_begin(&p, 2));
  for (int i = 1; i <= ROWS; i++) CU_ASSERT(mj_pages_row(&p, i, record, head + 2 * PAGE));
  CU_ASSERT(mj_pages_end(&p) && mj_pages_close(&p));
  free(record);
}

/* The page of the byte at 1 GiB is SQLite's lock: a file that grows over it leaves it empty, be it a leaf's turn or
 * that of a page of a long row. */
static void the_page_of_the_lock_byte_stays_empty(void) {
  for (uint32_t before = 2; before < 9; before++) {
    char path[96];
    sqlite3 *db = NULL;
    sqlite3_stmt *stmt = NULL;
    int said = 0, wrong = 0;
    make_long(path, LOCK_PAGE - before);
    put_large_rows(path);
    CU_ASSERT_EQUAL_FATAL(sqlite3_open(path, &db), SQLITE_OK);
    CU_ASSERT_EQUAL(sqlite3_prepare_v2(db, "SELECT sum(length(bytes)), sum(hex(bytes) = hex(zeroblob(131072))) FROM t",
                                       -1, &stmt, NULL),
                    SQLITE_OK);
    CU_ASSERT_EQUAL(sqlite3_step(stmt), SQLITE_ROW);
    ASSERT_INT(sqlite3_column_int(stmt, 0), ROWS * 2 * PAGE);
    ASSERT_INT(sqlite3_column_int(stmt, 1), ROWS);
    sqlite3_finalize(stmt);
    CU_ASSERT_EQUAL(sqlite3_prepare_v2(db, "PRAGMA integrity_check(1000000)", -1, &stmt, NULL), SQLITE_OK);
    for (; sqlite3_step(stmt) == SQLITE_ROW; said++) /* of the hole, and of nothing else */
      wrong += !strstr((const char *)sqlite3_column_text(stmt, 0), "never used");
    sqlite3_finalize(stmt);
    sqlite3_close(db);
    CU_ASSERT(said > 0);
    ASSERT_INT(wrong, 0);
    CU_ASSERT_EQUAL(folder_remove(), 0);
  }
}

static void a_file_of_another_kind_is_refused(void) {
  char path[96];
  mj_pages p;
  CU_ASSERT_FALSE(mj_pages_open(&p, "/nowhere/a.db"));
  CU_ASSERT_EQUAL(p.error, ENOENT);
  CU_ASSERT_FALSE(mj_pages_close(&p));
  make(path, 4096);
  CU_ASSERT(mj_pages_open(&p, path));
  CU_ASSERT_FALSE(mj_pages_begin(&p, 9)); /* no such page */
  CU_ASSERT_EQUAL(p.error, EPROTO);
  CU_ASSERT_FALSE(mj_pages_close(&p));
  sqlite3 *db = NULL;
  CU_ASSERT_EQUAL(sqlite3_open(path, &db), SQLITE_OK);
  CU_ASSERT_EQUAL(sqlite3_exec(db, "PRAGMA auto_vacuum = FULL; VACUUM", NULL, NULL, NULL), SQLITE_OK);
  sqlite3_close(db);
  CU_ASSERT_FALSE(mj_pages_open(&p, path)); /* it would need a map of its pages */
  CU_ASSERT_EQUAL(p.error, EPROTO);
  CU_ASSERT_FALSE(mj_pages_close(&p));
  CU_ASSERT_EQUAL(folder_remove(), 0);
}

SUITE_OF(sqlite_pages, T(sqlite_reads_what_was_laid_down), T(whole_numbers_take_the_bytes_that_sqlite_gives_them),
         T(the_page_of_the_lock_byte_stays_empty), T(a_file_of_another_kind_is_refused));
