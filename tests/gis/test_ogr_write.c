#include <float.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "gis/ogr_read.h"
#include "gis/ogr_write.h"
#include "gis/zip.h"
#include "test.h"

static const char date[] = "2026-03-31T00:00:00.000Z";

static void paths_of(char dir[64], char path[96]) {
  strcpy(dir, "/tmp/mujun-gpkg-XXXXXX");
  CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(dir));
  snprintf(path, 96, "%s/.a.tmp-0123456789abcdef.gpkg", dir);
}

static void remove_dir(const char *dir, const char *path) {
  unlink(path);
  CU_ASSERT_EQUAL(rmdir(dir), 0); /* fails where a journal was left behind */
}

static void push_square(mj_geom *g, double x, double side) {
  double px[] = {x, x + side, x + side, x, x}, py[] = {0, 0, side, side, 0};
  CU_ASSERT_EQUAL_FATAL(mj_geom_push_ring(g, 5, px, py), MJ_OK);
}

/* Three rows: a square with a hole, no shape, two squares. */
static void make_table(mj_table *t) {
  CU_ASSERT_EQUAL_FATAL(mj_table_init(t, "parcels", 3), MJ_OK);
  t->geom.kind = MJ_GEOM_POLYGON;
  mj_column *text = mj_table_add(t, "name", MJ_TEXT), *number = mj_table_add(t, "area_mu", MJ_F64),
            *whole = mj_table_add(t, "n", MJ_I64);
  mj_column *day = mj_table_add(t, "due", MJ_DATE), *idle = mj_table_add(t, "idle", MJ_TRI),
            *seized = mj_table_add(t, "seized", MJ_TRI);
  CU_ASSERT_FATAL(text && number && whole && day && idle && seized);
  text->text[0] = "片区'; DROP TABLE parcels; --";
  number->f64[0] = 0.1;
  number->f64[1] = INFINITY;
  whole->i64[0] = -9007199254740993;
  day->date[0] = mj_date_from_ymd(2024, 2, 29);
  idle->tri[0] = MJ_YES;
  seized->tri[0] = MJ_NO;
  push_square(&t->geom, 0, 10);
  push_square(&t->geom, 4, 2);
  CU_ASSERT_EQUAL_FATAL(mj_geom_end_part(&t->geom), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(mj_geom_end_row(&t->geom), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(mj_geom_end_row(&t->geom), MJ_OK);
  for (int i = 0; i < 2; i++) {
    push_square(&t->geom, 100 + 20 * i, 10);
    CU_ASSERT_EQUAL_FATAL(mj_geom_end_part(&t->geom), MJ_OK);
  }
  CU_ASSERT_EQUAL_FATAL(mj_geom_end_row(&t->geom), MJ_OK);
}

static mj_status write_all(const char *path, const mj_table *t, const int64_t *rows, int64_t n_rows, mj_error *err) {
  mj_gpkg *gpkg = NULL;
  mj_gpkg_column c[16] = {{0}};
  for (int i = 0; i < t->n_columns; i++) c[i] = (mj_gpkg_column){t->columns[i], t->columns[i]->name, NULL};
  c[4].domain = "no=否|yes=是|unknown=数据不足";
  c[5].domain = "no=否|yes=是";
  mj_status s = mj_gpkg_create(path, date, &gpkg, err);
  if (s) return s;
  s = mj_gpkg_note(gpkg, "mujun_run_id", "0123456789abcdef", err);
  if (!s) s = mj_gpkg_layer(gpkg, "parcels", t, rows, n_rows, "EPSG:4549", NULL, NULL, c, t->n_columns, err);
  if (!s) s = mj_gpkg_layer(gpkg, "list", t, NULL, 0, NULL, NULL, NULL, c, t->n_columns, err);
  if (!s) s = mj_gpkg_style(gpkg, "parcels", "status", "<qgis/>", date, true, err);
  mj_status closed = mj_gpkg_close(gpkg, s ? NULL : err);
  return s ? s : closed;
}

static void read_layer(const char *path, const char *name, mj_table *out) {
  mj_source_file *file = NULL;
  mj_ledger ledger = {0};
  mj_read_options o = {.geometry = true};
  CU_ASSERT_EQUAL_FATAL(mj_source_open(path, NULL, &file, NULL), MJ_OK);
  for (int i = 0; i < mj_source_layers(file); i++)
    if (!strcmp(mj_source_layer(file, i)->name, name))
      CU_ASSERT_EQUAL(mj_source_read(file, i, name, &o, out, &ledger, NULL), MJ_OK);
  mj_source_close(file);
  mj_ledger_reset(&ledger);
}

static void values_and_shapes_come_back_as_they_were(void) {
  char dir[64], path[96];
  mj_table t = {0}, back = {0}, list = {0};
  mj_error err = {0};
  paths_of(dir, path);
  make_table(&t);
  CU_ASSERT_EQUAL(write_all(path, &t, NULL, 0, &err), MJ_OK);
  CU_ASSERT_STRING_EQUAL(err.message, "");
  read_layer(path, "parcels", &back);
  CU_ASSERT_EQUAL_FATAL(back.n, 3);
  CU_ASSERT_STRING_EQUAL(mj_table_text(&back, "name")[0], "片区'; DROP TABLE parcels; --");
  CU_ASSERT(mj_table_f64(&back, "area_mu")[0] == 0.1);
  CU_ASSERT(isnan(mj_table_f64(&back, "area_mu")[1])); /* infinity is no value either */
  CU_ASSERT_EQUAL(mj_table_i64(&back, "n")[0], -9007199254740993);
  CU_ASSERT_EQUAL(mj_table_i64(&back, "n")[1], MJ_I64_NULL);
  CU_ASSERT_EQUAL(mj_table_date(&back, "due")[0], mj_date_from_ymd(2024, 2, 29));
  CU_ASSERT_STRING_EQUAL(mj_table_text(&back, "idle")[0], "yes");
  CU_ASSERT_STRING_EQUAL(mj_table_text(&back, "idle")[1], "unknown"); /* its domain has the value */
  CU_ASSERT_STRING_EQUAL(mj_table_text(&back, "seized")[0], "no");
  CU_ASSERT_PTR_NULL(mj_table_text(&back, "seized")[1]);
  CU_ASSERT_EQUAL(back.geom.parts, t.geom.parts);
  CU_ASSERT_EQUAL(back.geom.rings, t.geom.rings);
  CU_ASSERT(back.geom.verts == t.geom.verts && !memcmp(back.geom.x, t.geom.x, (size_t)t.geom.verts * sizeof(double)));
  read_layer(path, "list", &list);
  CU_ASSERT_EQUAL(list.n, 3);
  CU_ASSERT_EQUAL(list.geom.verts, 0);
  mj_table_reset(&t);
  mj_table_reset(&back);
  mj_table_reset(&list);
  remove_dir(dir, path);
}

/* Every length that SQLite has for a number, as the type that the column has. */
static void numbers_come_back_at_every_length(void) {
  static const int64_t whole[] = {0,          1,           -1,          127,       -128,      128,
                                  -129,       32767,       -32769,      8388607,   -8388609,  2147483647,
                                  2147483648, -2147483649, 1LL << 46,   1LL << 47, INT64_MAX, INT64_MIN + 1,
                                  2,          MJ_I64_NULL, -(1LL << 47)};
  static const double real[] = {0,
                                -0.0,
                                1,
                                -1,
                                0.1,
                                1e300,
                                DBL_MIN / 4,
                                140737488355327,
                                140737488355328,
                                -140737488355328,
                                9007199254740994,
                                1e19,
                                -1e19,
                                255,
                                -32768.5,
                                NAN,
                                INFINITY,
                                4294967296,
                                65536,
                                1e15,
                                3484001.594};
  enum { N = sizeof whole / sizeof *whole };
  char dir[64], path[96];
  mj_table t = {0};
  mj_gpkg *gpkg = NULL;
  sqlite3 *db = NULL;
  sqlite3_stmt *stmt = NULL;
  paths_of(dir, path);
  CU_ASSERT_EQUAL_FATAL(N, sizeof real / sizeof *real);
  CU_ASSERT_EQUAL_FATAL(mj_table_init(&t, "t", N), MJ_OK);
  mj_column *i64 = mj_table_add(&t, "i", MJ_I64), *f64 = mj_table_add(&t, "f", MJ_F64);
  memcpy(i64->i64, whole, sizeof whole);
  memcpy(f64->f64, real, sizeof real);
  const mj_gpkg_column c[] = {{i64, "i", NULL}, {f64, "f", NULL}};
  CU_ASSERT_EQUAL_FATAL(mj_gpkg_create(path, date, &gpkg, NULL), MJ_OK);
  CU_ASSERT_EQUAL(mj_gpkg_layer(gpkg, "t", &t, NULL, 0, NULL, NULL, NULL, c, 2, NULL), MJ_OK);
  CU_ASSERT_EQUAL(mj_gpkg_close(gpkg, NULL), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(sqlite3_open(path, &db), SQLITE_OK);
  CU_ASSERT_EQUAL_FATAL(sqlite3_prepare_v2(db, "SELECT i, f, fid FROM t ORDER BY fid", -1, &stmt, NULL), SQLITE_OK);
  for (int k = 0; k < N; k++) {
    CU_ASSERT_EQUAL(sqlite3_step(stmt), SQLITE_ROW);
    CU_ASSERT_EQUAL(sqlite3_column_type(stmt, 0), whole[k] == MJ_I64_NULL ? SQLITE_NULL : SQLITE_INTEGER);
    CU_ASSERT_EQUAL(sqlite3_column_type(stmt, 1), isfinite(real[k]) ? SQLITE_FLOAT : SQLITE_NULL);
    if (whole[k] != MJ_I64_NULL) ASSERT_INT(sqlite3_column_int64(stmt, 0), whole[k]);
    if (isfinite(real[k])) CU_ASSERT(sqlite3_column_double(stmt, 1) == real[k]);
    CU_ASSERT_EQUAL(sqlite3_column_int(stmt, 2), k + 1);
  }
  CU_ASSERT_EQUAL(sqlite3_step(stmt), SQLITE_DONE);
  sqlite3_finalize(stmt);
  sqlite3_close(db);
  mj_table_reset(&t);
  remove_dir(dir, path);
}

/* Of the contents GDAL counts and measures while rows go through it; they do not. */
static void the_file_says_how_many_rows_and_where_they_lie(void) {
  static const char sql[] =
      "SELECT min_x || ' ' || min_y || ' ' || max_x || ' ' || max_y, feature_count, seq, last_change FROM "
      "gpkg_contents c "
      "JOIN gpkg_ogr_contents o ON o.table_name = c.table_name JOIN sqlite_sequence s ON s.name = c.table_name "
      "WHERE c.table_name IN ('parcels', 'list') ORDER BY c.rowid";
  char dir[64], path[96];
  mj_table t = {0};
  sqlite3 *db = NULL;
  sqlite3_stmt *stmt = NULL;
  paths_of(dir, path);
  make_table(&t);
  CU_ASSERT_EQUAL(write_all(path, &t, NULL, 0, NULL), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(sqlite3_open(path, &db), SQLITE_OK);
  CU_ASSERT_EQUAL_FATAL(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK);
  for (int layer = 0; layer < 2; layer++) { /* in the order of the calls */
    CU_ASSERT_EQUAL_FATAL(sqlite3_step(stmt), SQLITE_ROW);
    if (!layer) ASSERT_TEXT((const char *)sqlite3_column_text(stmt, 0), "0.0 0.0 130.0 10.0");
    if (layer) CU_ASSERT_EQUAL(sqlite3_column_type(stmt, 0), SQLITE_NULL);
    ASSERT_INT(sqlite3_column_int(stmt, 1), 3);
    ASSERT_INT(sqlite3_column_int(stmt, 2), 3);
    ASSERT_TEXT((const char *)sqlite3_column_text(stmt, 3), date);
  }
  CU_ASSERT_EQUAL(sqlite3_step(stmt), SQLITE_DONE);
  sqlite3_finalize(stmt);
  sqlite3_close(db);
  mj_table_reset(&t);
  remove_dir(dir, path);
}

static void listed_rows_are_written_in_their_order(void) {
  char dir[64], path[96];
  mj_table t = {0}, back = {0};
  const int64_t rows[] = {2, 0};
  paths_of(dir, path);
  make_table(&t);
  CU_ASSERT_EQUAL(write_all(path, &t, rows, 2, NULL), MJ_OK);
  read_layer(path, "parcels", &back);
  CU_ASSERT_EQUAL_FATAL(back.n, 2);
  CU_ASSERT_PTR_NULL(mj_table_text(&back, "name")[0]);
  CU_ASSERT_PTR_NOT_NULL(mj_table_text(&back, "name")[1]);
  CU_ASSERT_EQUAL(back.geom.x[0], 100);
  mj_table_reset(&t);
  mj_table_reset(&back);
  remove_dir(dir, path);
}

static char *bytes_of(const char *path, size_t *n) {
  FILE *f = fopen(path, "rb");
  CU_ASSERT_PTR_NOT_NULL_FATAL(f);
  char *bytes = malloc(1 << 20);
  *n = bytes ? fread(bytes, 1, 1 << 20, f) : 0;
  fclose(f);
  return bytes;
}

static void two_files_of_the_same_table_have_the_same_bytes(void) {
  char dir[2][64], path[2][96], *bytes[2];
  size_t n[2];
  mj_table t = {0};
  make_table(&t);
  for (int i = 0; i < 2; i++) {
    paths_of(dir[i], path[i]);
    CU_ASSERT_EQUAL(write_all(path[i], &t, NULL, 0, NULL), MJ_OK);
    bytes[i] = bytes_of(path[i], &n[i]);
    remove_dir(dir[i], path[i]);
  }
  CU_ASSERT(n[0] > 0 && n[0] == n[1] && bytes[0] && bytes[1] && !memcmp(bytes[0], bytes[1], n[0]));
  free(bytes[0]);
  free(bytes[1]);
  mj_table_reset(&t);
}

static void a_full_disk_is_an_error_at_every_size(void) {
  char dir[64], path[96];
  mj_table t = {0};
  struct rlimit all, some;
  int failed = 0;
  mj_status s = MJ_EIO;
  paths_of(dir, path);
  make_table(&t);
  getrlimit(RLIMIT_FSIZE, &all);
  void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
  for (rlim_t limit = 4096; s && limit < 1 << 20; limit += 4096) {
    mj_error err = {0};
    some = all;
    some.rlim_cur = limit;
    setrlimit(RLIMIT_FSIZE, &some);
    s = write_all(path, &t, NULL, 0, &err);
    setrlimit(RLIMIT_FSIZE, &all);
    unlink(path);
    if (!s) break;
    CU_ASSERT_EQUAL(s, MJ_EIO);
    CU_ASSERT(!strncmp(err.message, "cannot write '", 14) && strstr(err.message, path) && !strchr(err.message, '\n'));
    failed++;
  }
  signal(SIGXFSZ, handler);
  CU_ASSERT_EQUAL(s, MJ_OK); /* at last it fits */
  CU_ASSERT(failed > 10);
  mj_table_reset(&t);
  remove_dir(dir, path);
}

static void a_place_or_system_that_is_no_good_is_told(void) {
  char dir[64], path[96];
  mj_table t = {0};
  mj_gpkg *gpkg = NULL;
  mj_error err = {0};
  paths_of(dir, path);
  make_table(&t);
  CU_ASSERT_EQUAL(mj_gpkg_create("/nowhere/a.gpkg", date, &gpkg, &err), MJ_EIO);
  CU_ASSERT(!strncmp(err.message, "cannot write '/nowhere/a.gpkg': ", 32));
  CU_ASSERT_PTR_NULL(gpkg);
  mj_gpkg_column c = {t.columns[0], "name", NULL};
  CU_ASSERT_EQUAL_FATAL(mj_gpkg_create(path, date, &gpkg, &err), MJ_OK);
  CU_ASSERT_EQUAL(mj_gpkg_layer(gpkg, "parcels", &t, NULL, 0, "EPSG:nonsense", NULL, NULL, &c, 1, &err), MJ_EIO);
  CU_ASSERT_PTR_NOT_NULL(strstr(err.message, "cannot write '"));
  mj_status closed = mj_gpkg_close(gpkg, NULL); /* a file without a layer is nothing to GDAL */
  CU_ASSERT_EQUAL(closed, MJ_EIO);
  CU_ASSERT_EQUAL(mj_gpkg_close(NULL, NULL), MJ_OK);
  mj_table_reset(&t);
  remove_dir(dir, path);
}

/* A stored (uncompressed) zip of one member "a" that holds "<c r=1><c r=2></end>", made with Python's zipfile. */
static void members_of_a_zip_are_counted_across_pieces_and_checked(void) {
  static const unsigned char zip[] = {
      0x50, 0x4b, 0x03, 0x04, 0x14, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x21, 0x00, 0x2a, 0x7b, 0x03, 0x06,
      0x14, 0x00, 0x00, 0x00, 0x14, 0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x61, 0x3c, 0x63, 0x20, 0x72, 0x3d,
      0x31, 0x3e, 0x3c, 0x63, 0x20, 0x72, 0x3d, 0x32, 0x3e, 0x3c, 0x2f, 0x65, 0x6e, 0x64, 0x3e, 0x50, 0x4b, 0x01,
      0x02, 0x14, 0x00, 0x14, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x21, 0x00, 0x2a, 0x7b, 0x03, 0x06, 0x14,
      0x00, 0x00, 0x00, 0x14, 0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
      0x00, 0x80, 0x01, 0x00, 0x00, 0x00, 0x00, 0x61, 0x50, 0x4b, 0x05, 0x06, 0x00, 0x00, 0x00, 0x00, 0x01, 0x00,
      0x01, 0x00, 0x2f, 0x00, 0x00, 0x00, 0x33, 0x00, 0x00, 0x00, 0x00, 0x00};
  char dir[64], path[96], expected[200];
  int64_t n;
  mj_error err = {0};
  paths_of(dir, path);
  FILE *f = fopen(path, "wb");
  CU_ASSERT_PTR_NOT_NULL_FATAL(f);
  fwrite(zip, 1, sizeof zip, f);
  fclose(f);
  CU_ASSERT_EQUAL(mj_zip_count(path, "a", "<c r=", "</end>", &n, &err), MJ_OK);
  CU_ASSERT_EQUAL(n, 2);
  CU_ASSERT_EQUAL(mj_zip_count(path, "a", "<c r=", "</other>", &n, &err), MJ_EIO);
  snprintf(expected, sizeof expected, "cannot write '%s': read again, 'a' is damaged", path);
  CU_ASSERT_STRING_EQUAL(err.message, expected);
  CU_ASSERT_EQUAL(mj_zip_count(path, "b", "<c r=", "</end>", &n, &err), MJ_EIO);
  remove_dir(dir, path);
}

SUITE_OF(ogr_write, T(values_and_shapes_come_back_as_they_were), T(numbers_come_back_at_every_length),
         T(the_file_says_how_many_rows_and_where_they_lie), T(listed_rows_are_written_in_their_order),
         T(two_files_of_the_same_table_have_the_same_bytes), T(a_full_disk_is_an_error_at_every_size),
         T(a_place_or_system_that_is_no_good_is_told), T(members_of_a_zip_are_counted_across_pieces_and_checked));
