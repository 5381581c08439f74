#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "gis/ogr_write.h"
#include "gis/store.h"
#include "test.h"

typedef struct {
  char folder[64], path[96];
  mj_store *store;
  mj_error err;
  char text[400];
} fixture;

static void push_square(mj_geom *g, double x, double y, double side) {
  double px[] = {x, x + side, x + side, x, x}, py[] = {y, y, y + side, y + side, y};
  CU_ASSERT_EQUAL_FATAL(mj_geom_push_ring(g, 5, px, py), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(mj_geom_end_part(g), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(mj_geom_end_row(g), MJ_OK);
}

/* A GeoPackage of two squares, of 100 and 25 m2, written as a result is. */
static void set_up(fixture *f) {
  *f = (fixture){0};
  mj_table t;
  mj_gpkg *gpkg = NULL;
  strcpy(f->folder, "/tmp/mujun-store-XXXXXX");
  CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(f->folder));
  snprintf(f->path, sizeof f->path, "%s/park.gpkg", f->folder);
  CU_ASSERT_EQUAL_FATAL(mj_table_init(&t, "parcels", 2), MJ_OK);
  t.geom.kind = MJ_GEOM_POLYGON;
  push_square(&t.geom, 353000, 2759000, 10);
  push_square(&t.geom, 353005, 2759005, 5);
  mj_column *id = mj_table_add(&t, "parcel_id", MJ_TEXT), *mu = mj_table_add(&t, "area_mu", MJ_F64);
  id->text[0] = "宗地1";
  mu->f64[1] = 0.5;
  mj_gpkg_column columns[] = {{id, "parcel_id", NULL}, {mu, "area_mu", NULL}};
  CU_ASSERT_EQUAL_FATAL(mj_gpkg_create(f->path, "2026-03-31T00:00:00.000Z", &gpkg, NULL), MJ_OK);
  CU_ASSERT_EQUAL(mj_gpkg_layer(gpkg, "parcels", &t, NULL, 2, "EPSG:4549", NULL, NULL, columns, 2, NULL), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(mj_gpkg_close(gpkg, NULL), MJ_OK);
  mj_table_reset(&t);
  CU_ASSERT_EQUAL_FATAL(mj_store_open_file(f->path, &f->store, &f->err), MJ_OK);
}

static void tear_down(fixture *f) {
  mj_store_close(f->store);
  unlink(f->path);
  CU_ASSERT_EQUAL(rmdir(f->folder), 0); /* fails where something was left behind */
}

static mj_status see(void *user, int n, const mj_cell *cell) {
  fixture *f = user;
  for (int i = 0; i < n; i++) {
    size_t at = strlen(f->text), room = sizeof f->text - at;
    char *end = f->text + at;
    if (i) at = (size_t)snprintf(end, room, ","), end += at, room -= at;
    if (cell[i].kind == MJ_CELL_NULL) snprintf(end, room, "-");
    if (cell[i].kind == MJ_CELL_INTEGER) snprintf(end, room, "%lld", (long long)cell[i].integer);
    if (cell[i].kind == MJ_CELL_REAL) snprintf(end, room, "%.6g", cell[i].real);
    if (cell[i].kind == MJ_CELL_TEXT) snprintf(end, room, "%s", cell[i].text);
    if (cell[i].kind == MJ_CELL_BYTES) snprintf(end, room, "<%d>", cell[i].n_bytes);
  }
  strncat(f->text, ";", sizeof f->text - strlen(f->text) - 1);
  return MJ_OK;
}

static const char *ask(fixture *f, const char *sql) {
  f->text[0] = 0;
  f->err = (mj_error){0};
  return mj_store_cells(f->store, sql, see, f, &f->err) ? f->err.message : f->text;
}

static void values_keep_their_type(void) {
  fixture f;
  set_up(&f);
  ASSERT_TEXT(ask(&f, "SELECT fid, parcel_id, area_mu FROM parcels"), "1,宗地1,-;2,-,0.5;");
  ASSERT_TEXT(ask(&f, "SELECT 9007199254740993, 2.0, '', x'', x'0001'"), "9007199254740993,2,,<0>,<2>;");
  tear_down(&f);
}

static void spatialite_takes_the_geometry_as_it_stands(void) {
  fixture f;
  set_up(&f);
  ASSERT_TEXT(ask(&f, "SELECT ST_Area(geom), ST_SRID(geom) FROM parcels"), "100,4549;25,4549;");
  ASSERT_TEXT(ask(&f, "SELECT ST_Area(ST_Intersection(a.geom, b.geom)) FROM parcels a, parcels b WHERE a.fid < b.fid"),
              "25;");
  ASSERT_TEXT(ask(&f, "SELECT round(ST_X(ST_Transform(ST_Centroid(geom), 4490)), 2) FROM parcels LIMIT 1"), "118.54;");
  ASSERT_TEXT(ask(&f, "SELECT ST_Area(ST_Buffer(geom, -1)) FROM parcels LIMIT 1"), "64;");
  tear_down(&f);
}

static void the_spatial_index_can_be_asked(void) {
  fixture f;
  set_up(&f);
  ASSERT_TEXT(ask(&f, "SELECT id FROM rtree_parcels_geom WHERE minx > 353004"), "2;");
  tear_down(&f);
}

static void nothing_but_reading_is_let_through(void) {
  static const char *const refused[] = {
      "DELETE FROM parcels",          "INSERT INTO parcels(parcel_id) VALUES ('x')",
      "CREATE TEMP TABLE t(a)",       "DROP TABLE parcels",
      "ATTACH '/tmp/other.db' AS o",  "PRAGMA user_version = 1",
      "PRAGMA table_info(parcels)",   "SELECT * FROM pragma_database_list",
      "SELECT load_extension('x')",   "SELECT XB_SchemaValidate(x'00', 'http://example.com')",
      "SELECT InitSpatialMetadata()", "SELECT PROJ_SetDatabasePath('/tmp')",
      "VACUUM INTO '/tmp/copy.db'"};
  fixture f;
  set_up(&f);
  for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
    const char *said = ask(&f, refused[i]);
    ASSERT_INT(f.err.code, MJ_ERULE);
    ASSERT_HAS(said, "refused: a query may only read");
  }
  ASSERT_TEXT(ask(&f, "SELECT 1; SELECT 2"), "one statement is expected");
  ASSERT_TEXT(ask(&f, "SELECT count(*) FROM parcels"), "2;");
  tear_down(&f);
}

static void an_error_names_its_place_and_what_may_be_meant(void) {
  fixture f;
  set_up(&f);
  ASSERT_TEXT(ask(&f, "SELECT '宗地',\n  parcelid FROM parcels"),
              "SQL line 2, column 3: no such column: parcelid (near: parcel_id)");
  ASSERT_TEXT(ask(&f, "SELECT '宗地', p.area FROM parcels p"), "SQL line 1, column 14: no such column: p.area");
  ASSERT_TEXT(ask(&f, "SELECT 1 FROM parcel"), "SQL line 1, column 15: no such table: parcel (near: parcels)");
  ASSERT_TEXT(ask(&f, "SELECT ST_Aera(geom) FROM parcels"),
              "SQL line 1, column 8: no such function: ST_Aera (near: st_area)");
  ASSERT_TEXT(ask(&f, "SELECT 1 FORM parcels WHERE"), "SQL line 1, column 15: near \"parcels\": syntax error");
  tear_down(&f);
}

static void a_query_without_end_is_ended(void) {
  fixture f;
  set_up(&f);
  mj_store_timeout(f.store, 1);
  ASSERT_TEXT(ask(&f, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"),
              "the query was stopped after 1 seconds; --timeout gives it more");
  ASSERT_TEXT(ask(&f, "SELECT 7"), "7;");
  tear_down(&f);
}

static void a_query_has_bounds_of_memory(void) {
  fixture f;
  set_up(&f);
  ASSERT_TEXT(ask(&f, "SELECT length(hex(zeroblob(9000000)))"), "a value of the query has more than 16 MiB");
  ASSERT_TEXT(ask(&f,
                  "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 200) SELECT "
                  "count(DISTINCT i || hex(zeroblob(8000000))) FROM n"),
              "the query needs more than 1024 MiB of memory");
  ASSERT_TEXT(ask(&f, "SELECT 7"), "7;");
  tear_down(&f);
}

static void a_file_that_is_none_is_told(void) {
  mj_store *store = NULL;
  mj_error err = {0};
  ASSERT_INT(mj_store_open_file("/nowhere/park.gpkg", &store, &err), MJ_ENOTFOUND);
  ASSERT_TEXT(err.message, "cannot open '/nowhere/park.gpkg'");
  ASSERT_INT(mj_store_open_file("/bin/sh", &store, &err), MJ_EFORMAT);
  ASSERT_TEXT(err.message, "'/bin/sh' is no GeoPackage and no other SQLite file");
}

static void the_schema_leaves_out_what_the_format_keeps_for_itself(void) {
  fixture f;
  set_up(&f);
  ASSERT_INT(mj_store_schema(f.store, see, &f, &f.err), MJ_OK);
  ASSERT_TEXT(f.text, "parcels,fid,INTEGER;parcels,geom,MULTIPOLYGON;parcels,parcel_id,TEXT;parcels,area_mu,REAL;");
  tear_down(&f);
}

/* A file of somebody else: tables of modules that open files, and views that call what reads or waits. */
static void set_up_hostile(fixture *f) {
  sqlite3 *db = NULL;
  *f = (fixture){0};
  strcpy(f->folder, "/tmp/mujun-store-XXXXXX");
  CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(f->folder));
  snprintf(f->path, sizeof f->path, "%s/park.gpkg", f->folder);
  CU_ASSERT_EQUAL_FATAL(sqlite3_open(f->path, &db), SQLITE_OK);
  CU_ASSERT_EQUAL(
      sqlite3_exec(db,
                   "CREATE TABLE t(a); INSERT INTO t VALUES (7); CREATE VIEW v AS SELECT a FROM t;"
                   "CREATE VIEW w AS SELECT ST_Area(a) FROM t;"
                   "PRAGMA writable_schema = ON;"
                   "INSERT INTO sqlite_master VALUES ('table', 'passwd', 'passwd', 0, 'CREATE VIRTUAL TABLE passwd "
                   "USING VirtualText(\"/etc/passwd\", UTF-8, 0, POINT, NONE, \":\")'), ('table', 'geometry_columns', "
                   "'geometry_columns', 0, 'CREATE VIRTUAL TABLE geometry_columns USING VirtualText(/etc/passwd, "
                   "UTF-8, 0, POINT, NONE, \":\")')",
                   NULL, NULL, NULL),
      SQLITE_OK);
  sqlite3_close(db);
  CU_ASSERT_EQUAL_FATAL(mj_store_open_file(f->path, &f->store, &f->err), MJ_OK);
}

static void a_table_of_a_module_that_opens_files_stays_closed(void) {
  fixture f;
  set_up_hostile(&f);
  ASSERT_TEXT(ask(&f, "SELECT * FROM passwd"), "SQL: no such module: VirtualText");
  ASSERT_TEXT(ask(&f, "SELECT * FROM geometry_columns"), "SQL: no such module: VirtualText");
  ASSERT_TEXT(ask(&f, "SELECT * FROM t"), "7;");
  f.text[0] = 0;
  ASSERT_INT(mj_store_schema(f.store, see, &f, &f.err), MJ_OK);
  ASSERT_TEXT(f.text, "t,a,;v,a,;");
  tear_down(&f);
}

static void a_view_of_the_file_calls_nothing_that_is_not_harmless(void) {
  fixture f;
  set_up_hostile(&f);
  ASSERT_TEXT(ask(&f, "SELECT * FROM v"), "7;");
  ASSERT_HAS(ask(&f, "SELECT * FROM w"), "unsafe use of ST_Area()");
  tear_down(&f);
}

SUITE_OF(store_file, T(a_table_of_a_module_that_opens_files_stays_closed),
         T(a_view_of_the_file_calls_nothing_that_is_not_harmless), T(values_keep_their_type),
         T(spatialite_takes_the_geometry_as_it_stands), T(the_spatial_index_can_be_asked),
         T(nothing_but_reading_is_let_through), T(an_error_names_its_place_and_what_may_be_meant),
         T(a_query_without_end_is_ended), T(a_query_has_bounds_of_memory), T(a_file_that_is_none_is_told),
         T(the_schema_leaves_out_what_the_format_keeps_for_itself));
