#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/text.h"
#include "gis/store_sql.h"
/* after sqlite3.h, which it needs */
#include <spatialite.h>

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int by_name(const void *a, const void *b) { return sqlite3_stricmp(*(char *const *)a, *(char *const *)b); }

/* SQLite's own functions but for those that load code, and of SpatiaLite's those on geometry: others read files, fetch
 * addresses or write tables. */
static bool may_call(const mj_store_file *file, const char *name) {
  static const char *const refused[] = {"load_extension", "fts3_tokenizer", "sqlite_log"};
  static const char *const prefix[] = {"st_",  "mbr",     "castto", "geomfrom", "as",
                                       "make", "sridget", "sridis", "gpkgmake"};
  static const char *const allowed[] = {
      "area",           "azimuth",       "boundary",         "buffer",       "buildmbr",  "centroid",  "collect",
      "contains",       "convexhull",    "crosses",          "difference",   "dimension", "disjoint",  "distance",
      "envelope",       "equals",        "extent",           "exteriorring", "geohash",   "geometryn", "geometrytype",
      "glength",        "gunion",        "intersects",       "intersection", "isempty",   "isvalid",   "isvaliddetail",
      "isvalidreason",  "numgeometries", "numinteriorrings", "numpoints",    "overlaps",  "perimeter", "pointn",
      "pointonsurface", "scalecoords",   "shiftcoords",      "ptdistwithin", "setsrid",   "simplify",  "srid",
      "symdifference",  "touches",       "transform",        "within",       "x",         "y"};
  for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
    if (!sqlite3_stricmp(name, refused[i])) return false;
  for (size_t i = 0; i < sizeof prefix / sizeof *prefix; i++)
    if (!sqlite3_strnicmp(name, prefix[i], (int)strlen(prefix[i]))) return true;
  for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++)
    if (!sqlite3_stricmp(name, allowed[i])) return true;
  return bsearch(&name, file->builtin, (size_t)file->n_builtin, sizeof name, by_name) != NULL;
}

static int authorize(void *user, int action, const char *a, const char *b, const char *database, const char *trigger) {
  (void)a, (void)database, (void)trigger;
  const mj_store_file *file = ((mj_store *)user)->file;
  if (file->trusted) return SQLITE_OK;
  if (action == SQLITE_SELECT || action == SQLITE_RECURSIVE || action == SQLITE_READ) return SQLITE_OK;
  return action == SQLITE_FUNCTION && may_call(file, b) ? SQLITE_OK : SQLITE_DENY;
}

static int out_of_time(void *user) {
  const mj_store_file *file = ((mj_store *)user)->file;
  return file->deadline > 0 && now() > file->deadline;
}

void mj_store_timeout(mj_store *store, int seconds) { store->file->seconds = seconds; }

void mj_store_file_start(mj_store *store) {
  store->file->deadline = store->file->seconds ? now() + store->file->seconds : 0;
}

void mj_store_file_reset(mj_store *store) {
  if (store->file->spatialite) spatialite_cleanup_ex(store->file->spatialite);
  free(store->file);
  store->file = NULL;
}

/* One text a row of @p sql, into the store's arena. */
static mj_status list(mj_store *store, const char *sql, const char ***out, int *n) {
  sqlite3_stmt *stmt = NULL;
  int cap = 0, rc = sqlite3_prepare_v2(store->db, sql, -1, &stmt, NULL);
  *out = NULL;
  *n = 0;
  while (!rc && (rc = sqlite3_step(stmt)) == SQLITE_ROW) {
    if (*n == cap) {
      const char **grown = mj_arena_alloc(&store->arena, (size_t)(cap = cap ? 2 * cap : 256), sizeof *grown);
      if (grown && *n) memcpy(grown, *out, (size_t)*n * sizeof *grown);
      *out = grown;
    }
    const char *text = (const char *)sqlite3_column_text(stmt, 0);
    if (!*out || !text || !((*out)[*n] = mj_arena_text(&store->arena, text, strlen(text)))) rc = SQLITE_NOMEM;
    else {
      ++*n;
      rc = SQLITE_OK;
    }
  }
  sqlite3_finalize(stmt);
  return rc == SQLITE_DONE ? MJ_OK : rc == SQLITE_NOMEM ? MJ_ENOMEM : MJ_EFORMAT;
}

/* The file names the module of each of its virtual tables, and some of SpatiaLite's open whatever file they are told:
 * only these stay known, so that a table of another kind cannot be opened at all. */
static const char *modules[] = {"rtree", "rtree_i32", "json_each", "json_tree", NULL};

/* A virtual table (a spatial index, json_each) asks for leave by SQL of its own when it is first opened: let it, before
 * the guard stands. */
static mj_status open_indexes(mj_store *store) {
  const char **name;
  int n;
  mj_status s = list(
      store,
      "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL%' UNION ALL VALUES ('json_each'), ('json_tree')",
      &name, &n);
  for (int i = 0; !s && i < n; i++) {
    sqlite3_stmt *stmt = NULL;
    char *sql = sqlite3_mprintf("SELECT 1 FROM \"%w\"", name[i]);
    if (!sql) return MJ_ENOMEM;
    sqlite3_prepare_v2(store->db, sql, -1, &stmt, NULL); /* one of another module stays closed */
    sqlite3_finalize(stmt);
    sqlite3_free(sql);
  }
  return s;
}

/* SpatiaLite looks reference systems up by their number in a table that a GeoPackage does not have: EPSG's own numbers
 * stand there, and PROJ knows the rest. */
static mj_status add_systems(mj_store *store) {
  static const char make[] =
      "CREATE TEMP TABLE spatial_ref_sys(srid INTEGER PRIMARY KEY, auth_name TEXT, auth_srid INTEGER, "
      "ref_sys_name TEXT, proj4text TEXT, srtext TEXT);"
      "WITH RECURSIVE n(i) AS (SELECT 1024 UNION ALL SELECT i + 1 FROM n WHERE i < 32767) "
      "INSERT INTO temp.spatial_ref_sys SELECT i, 'epsg', i, 'epsg:' || i, "
      "CASE WHEN i IN (4326, 4490) THEN '+proj=longlat +ellps=GRS80 +no_defs' ELSE '' END, '' FROM n;";
  const char **name;
  int n;
  mj_status s = list(store, "SELECT name FROM sqlite_master WHERE name IN ('gpkg_spatial_ref_sys', 'spatial_ref_sys')",
                     &name, &n);
  if (s || n != 1 || strcmp(name[0], "gpkg_spatial_ref_sys") != 0) return s;
  return sqlite3_exec(store->db, make, NULL, NULL, NULL) ? MJ_ENOMEM : MJ_OK;
}

static mj_status set_up(mj_store *store) {
  mj_store_file *file = store->file;
  /* what the file itself says (views, defaults, triggers) may call nothing but what is harmless */
  sqlite3_db_config(store->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config(store->db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
  sqlite3_db_config(store->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
  sqlite3_limit(store->db, SQLITE_LIMIT_ATTACHED, 0);
  sqlite3_limit(store->db, SQLITE_LIMIT_LENGTH, MJ_VALUE_BYTES);
  sqlite3_int64 heap = sqlite3_hard_heap_limit64(-1); /* of all connections; a lower one was set by the caller */
  if (heap <= 0 || heap > MJ_HEAP_BYTES) sqlite3_hard_heap_limit64(MJ_HEAP_BYTES);
  mj_status s = list(store, "SELECT DISTINCT name FROM pragma_function_list", &file->builtin, &file->n_builtin);
  if (s) return s;
  qsort(file->builtin, (size_t)file->n_builtin, sizeof *file->builtin, by_name);
  file->spatialite = spatialite_alloc_connection();
  if (!file->spatialite) return MJ_ENOMEM;
  spatialite_init_ex(store->db, file->spatialite, 0);
  sqlite3_drop_modules(store->db, modules);
  sqlite3_exec(store->db, "PRAGMA temp_store = MEMORY; SELECT EnableGpkgAmphibiousMode()", NULL, NULL, NULL);
  MJ_TRY(add_systems(store));
  MJ_TRY(open_indexes(store));
  sqlite3_set_authorizer(store->db, authorize, store);
  sqlite3_progress_handler(store->db, MJ_STEP_CHUNK, out_of_time, store);
  return MJ_OK;
}

mj_status mj_store_open_file(const char *path, mj_store **out, mj_error *err) {
  *out = NULL;
  mj_store *store = calloc(1, sizeof *store);
  mj_store_file *file = calloc(1, sizeof *file);
  mj_status s = store && file ? MJ_OK : MJ_ENOMEM;
  if (store) store->file = file;
  else free(file);
  if (!s && sqlite3_open_v2(path, &store->db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL)) s = MJ_ENOTFOUND;
  if (!s) s = set_up(store);
  if (s) mj_store_close(store);
  else *out = store;
  if (s == MJ_ENOMEM) return mj_fail(err, s, "out of memory");
  if (s == MJ_ENOTFOUND) return mj_fail(err, s, "cannot open '%s'", path);
  if (s) return mj_fail(err, s, "'%s' is no GeoPackage and no other SQLite file", path);
  return MJ_OK;
}

mj_status mj_store_schema(mj_store *store, mj_cells_fn fn, void *user, mj_error *err) {
  static const char tables[] =
      "SELECT name FROM sqlite_master WHERE (type = 'view' OR rootpage > 0 AND type = 'table') AND name NOT LIKE "
      "'gpkg\\_%' ESCAPE '\\' AND name NOT LIKE 'rtree\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
      "ORDER BY rowid";
  const char **name;
  int n;
  store->file->trusted = true;
  mj_status s = list(store, tables, &name, &n);
  if (s) s = mj_fail(err, s, s == MJ_ENOMEM ? "out of memory" : "no GeoPackage and no other SQLite file");
  for (int i = 0; !s && i < n; i++) {
    char *sql = sqlite3_mprintf("SELECT %Q, name, type FROM pragma_table_info(%Q) ORDER BY cid", name[i], name[i]);
    s = sql ? mj_store_cells(store, sql, fn, user, err) : mj_fail(err, MJ_ENOMEM, "out of memory");
    sqlite3_free(sql);
    if (s == MJ_ERULE) s = MJ_OK; /* a view that cannot be read is left out */
  }
  store->file->trusted = false;
  return s;
}
