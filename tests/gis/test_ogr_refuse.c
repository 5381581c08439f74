#include <errno.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gis/files.h"
#include "test.h"

static const char square[] =
    "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"v\":21},\"geometry\":"
    "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,0],[1,1],[0,0]]]}},{\"type\":\"Feature\",\"properties\":{\"v\":"
    "22},\"geometry\":"
    "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,0],[1,1],[0,0]]]}}]}";

static void assert_refused(const char *path, mj_status code, const char *part) {
  reading r = read_file(path, NULL, 0);
  assert_message(&r.err, code, part);
  CU_ASSERT_PTR_NULL(strchr(r.err.message, '\n'));
  CU_ASSERT_EQUAL(r.table.n_columns, 0);
  reading_end(&r);
}

static void paths_that_are_no_files_of_a_kind_are_refused(void) {
  CU_ASSERT_EQUAL_FATAL(folder_make(), 0);
  assert_refused(in_folder("none.gpkg"), MJ_ENOTFOUND, "none.gpkg: no such file");
  assert_refused("/vsimem/x.gpkg", MJ_ENOTFOUND, "no such file");
  assert_refused("CSV:/etc/passwd", MJ_ENOTFOUND, "no such file");
  assert_refused(write_text("a.doc", "x"), MJ_EFORMAT, "unknown kind of file; expected .shp, .zip");
  assert_refused(write_text("a.gdb", "x"), MJ_EFORMAT, "a file geodatabase is a folder");
  mkdir(in_folder("b.gpkg"), 0700);
  assert_refused(in_folder("b.gpkg"), MJ_EFORMAT, "b.gpkg: not a regular file");
  CU_ASSERT_EQUAL_FATAL(mkfifo(in_folder("c.csv"), 0600), 0);
  assert_refused(in_folder("c.csv"), MJ_EFORMAT, "c.csv: not a regular file"); /* and does not wait for a writer */
  CU_ASSERT_EQUAL(folder_remove(), 0);
}

static void content_that_is_not_what_the_ending_says_is_refused(void) {
  static const char *const names[] = {"a.shp", "a.zip", "a.gpkg", "a.geojson", "a.fgb", "a.xlsx", "a.xls", "a.gdb.zip"};
  CU_ASSERT_EQUAL_FATAL(folder_make(), 0);
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    assert_refused(write_text(names[i], "CSV:/etc/passwd\n"), MJ_EFORMAT, "the first bytes are of something else");
  assert_refused(write_bytes("a.xlsx", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8), MJ_EFORMAT, "save it as a plain .xlsx");
  assert_refused(write_text("a.json", "{\"type\":\"Topology\"}"), MJ_EFORMAT, "a.json");
  assert_refused(write_text("b.json", "{\"type\":\"FeatureCollection\",\"features\":[\xFF]}"), MJ_EFORMAT,
                 "Unexpected character (?)"); /* no byte of it leaks */
  mkdir(in_folder("e.gdb"), 0700);
  assert_refused(in_folder("e.gdb"), MJ_EFORMAT, "cannot be opened as OpenFileGDB");
  assert_refused(write_text("b.zip", "PK\3\4 and no more"), MJ_EFORMAT,
                 "neither a shapefile nor a .gdb, or is damaged");
  CU_ASSERT_EQUAL(folder_remove(), 0);
}

/* Cut at every tenth of the file: none may pass as whole. */
static void truncated_files_are_refused(void) {
  static const struct {
    const char *name, *words;
  } kinds[] = {{"b.gpkg", "-f GPKG"},
               {"b.shp", "-lco ENCODING=UTF-8"},
               {"b.fgb", "-f FlatGeobuf"},
               {"b.geojson", "-f GeoJSON"},
               {"b.xlsx", "-f XLSX"}};
  CU_ASSERT_EQUAL_FATAL(folder_make(), 0);
  write_text("a.geojson", square);
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
    struct stat st;
    const char *path = translate(in_folder("a.geojson"), kinds[i].name, kinds[i].words);
    CU_ASSERT_EQUAL_FATAL(stat(path, &st), 0);
    for (int tenth = 9; tenth >= 0; tenth--) {
      CU_ASSERT_EQUAL_FATAL(truncate(path, st.st_size * tenth / 10), 0);
      reading r = read_file(path, NULL, 0);
      CU_ASSERT_EQUAL(r.status, MJ_EFORMAT);
      if (r.status != MJ_EFORMAT)
        printf("\n    %s at %d/10: %s '%s'\n", kinds[i].name, tenth, mj_status_name(r.status), r.err.message);
      reading_end(&r);
    }
  }
  CU_ASSERT_EQUAL(folder_remove(), 0);
}

static void shapefiles_need_parts_that_agree(void) {
  CU_ASSERT_EQUAL_FATAL(folder_make(), 0);
  write_text("a.geojson", square);
  translate(in_folder("a.geojson"), "b.shp", "-lco ENCODING=UTF-8");
  CU_ASSERT_EQUAL(truncate(in_folder("b.dbf"), 70), 0);
  assert_refused(in_folder("b.shp"), MJ_EFORMAT, "its .dbf is truncated");
  remove(in_folder("b.dbf"));
  assert_refused(in_folder("b.shp"), MJ_EFORMAT, "its .dbf is missing");
  translate(in_folder("a.geojson"), "c.shp", "-lco ENCODING=UTF-8");
  setenv("SHAPE_RESTORE_SHX", "YES", 1);
  remove(in_folder("c.shx"));
  assert_refused(in_folder("c.shp"), MJ_EFORMAT, "c.shp");
  unsetenv("SHAPE_RESTORE_SHX");
  CU_ASSERT_NOT_EQUAL(access(in_folder("c.shx"), F_OK), 0); /* not built anew beside the input */
  translate(in_folder("a.geojson"), "d.shp", "-lco ENCODING=UTF-8");
  translate(in_folder("a.geojson"), "e.shp", "-lco ENCODING=UTF-8 -fid 0");
  CU_ASSERT_EQUAL(rename(in_folder("e.dbf"), in_folder("d.dbf")), 0);
  assert_refused(in_folder("d.shp"), MJ_EFORMAT, "2 shapes but 1 records in its .dbf");
  CU_ASSERT_EQUAL(folder_remove(), 0);
}

static size_t file_bytes(const char *path, char *to, size_t cap) {
  FILE *f = fopen(path, "rb");
  size_t n = f ? fread(to, 1, cap, f) : 0;
  if (f) fclose(f);
  return n;
}

/* A writer still holds the log when the file is read: the committed value comes from it, and no byte of the input
 * changes. */
static void a_write_ahead_log_is_read_and_left_alone(void) {
  static char before[1 << 18], after[1 << 18], log_before[1 << 18], log_after[1 << 18];
  sqlite3 *db = NULL;
  CU_ASSERT_EQUAL_FATAL(folder_make(), 0);
  write_text("a.geojson", square);
  const char *path = translate(in_folder("a.geojson"), "b.gpkg", "-f GPKG -nln t -lco SPATIAL_INDEX=NO");
  CU_ASSERT_EQUAL_FATAL(sqlite3_open(path, &db), SQLITE_OK);
  CU_ASSERT_EQUAL(
      sqlite3_exec(db, "PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0; UPDATE t SET v = 777 WHERE v = 21", NULL,
                   NULL, NULL),
      SQLITE_OK);
  size_t n = file_bytes(path, before, sizeof before),
         m = file_bytes(in_folder("b.gpkg-wal"), log_before, sizeof log_before);
  CU_ASSERT_TRUE(m > 0);
  reading r = read_file(in_folder("b.gpkg"), NULL, 0);
  CU_ASSERT_EQUAL_FATAL(r.status, MJ_OK);
  CU_ASSERT_EQUAL(mj_table_i64(&r.table, "v")[0], 777);
  CU_ASSERT_EQUAL(mj_table_i64(&r.table, "v")[1], 22);
  reading_end(&r);
  CU_ASSERT_EQUAL(file_bytes(in_folder("b.gpkg"), after, sizeof after), n);
  CU_ASSERT_EQUAL(memcmp(before, after, n), 0);
  CU_ASSERT_EQUAL(file_bytes(in_folder("b.gpkg-wal"), log_after, sizeof log_after), m);
  CU_ASSERT_EQUAL(memcmp(log_before, log_after, m), 0);
  sqlite3_close(db);
  CU_ASSERT_EQUAL(folder_remove(), 0);
}

static void plain_inputs_get_no_neighbours(void) {
  char list[160];
  CU_ASSERT_EQUAL_FATAL(folder_make(), 0);
  write_text("a.geojson", square);
  translate(in_folder("a.geojson"), "b.gpkg", "-f GPKG");
  translate(in_folder("a.geojson"), "b.shp", "-lco ENCODING=UTF-8");
  CU_ASSERT_EQUAL(chmod(folder, 0500), 0);
  static const char *const names[] = {"a.geojson", "b.gpkg", "b.shp"};
  for (int i = 0; i < 3; i++) {
    reading r = read_file(in_folder(names[i]), NULL, 0);
    CU_ASSERT_EQUAL(r.status, MJ_OK);
    CU_ASSERT_EQUAL(r.table.n, 2);
    reading_end(&r);
  }
  CU_ASSERT_EQUAL(chmod(folder, 0700), 0);
  snprintf(list, sizeof list, "test $(ls -A %s | wc -l) = 7",
           folder); /* a.geojson, b.gpkg, b.shp .shx .dbf .prj .cpg */
  CU_ASSERT_EQUAL(system(list), 0);
  CU_ASSERT_EQUAL(folder_remove(), 0);
}

static void a_view_is_refused(void) {
  sqlite3 *db = NULL;
  CU_ASSERT_EQUAL_FATAL(folder_make(), 0);
  write_text("a.geojson", square);
  const char *path = translate(in_folder("a.geojson"), "b.gpkg", "-f GPKG -nln t");
  CU_ASSERT_EQUAL_FATAL(sqlite3_open(path, &db), SQLITE_OK);
  CU_ASSERT_EQUAL(
      sqlite3_exec(
          db,
          "CREATE VIEW w AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x AS fid FROM c;"
          "UPDATE gpkg_contents SET table_name = 'w', identifier = 'w', data_type = 'attributes';"
          "DELETE FROM gpkg_geometry_columns; DELETE FROM gpkg_ogr_contents",
          NULL, NULL, NULL),
      SQLITE_OK);
  sqlite3_close(db);
  assert_refused(in_folder("b.gpkg"), MJ_EFORMAT, "layer 'w' is a view");
  /* with shapes, GDAL runs it to name its columns and its system */
  CU_ASSERT_EQUAL_FATAL(sqlite3_open(path, &db), SQLITE_OK);
  CU_ASSERT_EQUAL(
      sqlite3_exec(
          db,
          "CREATE VIEW v AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x AS fid, NULL AS "
          "geom FROM c;"
          "UPDATE gpkg_contents SET table_name = 'v', identifier = 'v', data_type = 'features', srs_id = 4326;"
          "INSERT INTO gpkg_geometry_columns VALUES ('v', 'geom', 'POLYGON', 4326, 0, 0)",
          NULL, NULL, NULL),
      SQLITE_OK);
  sqlite3_close(db);
  assert_refused(in_folder("b.gpkg"), MJ_EFORMAT, "layer 'v' is a view");
  CU_ASSERT_EQUAL(folder_remove(), 0);
}

SUITE_OF(ogr_refuse, T(paths_that_are_no_files_of_a_kind_are_refused),
         T(content_that_is_not_what_the_ending_says_is_refused), T(truncated_files_are_refused),
         T(shapefiles_need_parts_that_agree), T(a_write_ahead_log_is_read_and_left_alone),
         T(plain_inputs_get_no_neighbours), T(a_view_is_refused));
