#include <errno.h>
#include <gdal.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "gis/gpkg.h"

/* Why the file could not be filled: the system's word where there is one, else SQLite's. */
static mj_status told(const mj_gpkg *gpkg, sqlite3 *db, int error, mj_error *err) {
  if (error == ENOMEM || (!error && sqlite3_errcode(db) == SQLITE_NOMEM))
    return mj_fail(err, MJ_ENOMEM, "out of memory");
  const char *why = error == EPROTO ? "GDAL made another kind of file" : error ? strerror(error) : sqlite3_errmsg(db);
  return mj_fail(err, MJ_EIO, "cannot write '%s': %s", gpkg->path, why);
}

/* A statement with the layer's name as its first value; NULL: see the connection. */
static sqlite3_stmt *about(sqlite3 *db, const char *sql, const char *name) {
  sqlite3_stmt *stmt = NULL;
  if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) == SQLITE_OK &&
      sqlite3_bind_text(stmt, 1, name, -1, SQLITE_STATIC) == SQLITE_OK)
    return stmt;
  sqlite3_finalize(stmt);
  return NULL;
}

/* The first value of a query about a layer as a whole number; 0 without a row, -1 where it fails. */
static int64_t number(sqlite3 *db, const char *sql, const char *name) {
  sqlite3_stmt *stmt = about(db, sql, name);
  int rc = stmt ? sqlite3_step(stmt) : SQLITE_ERROR;
  int64_t found = rc == SQLITE_ROW ? sqlite3_column_int64(stmt, 0) : rc == SQLITE_DONE ? 0 : -1;
  return sqlite3_finalize(stmt) == SQLITE_OK && stmt ? found : -1;
}

static uint32_t root_of(sqlite3 *db, const char *prefix, const char *name, const char *suffix) {
  char *table = sqlite3_mprintf("%s%s%s", prefix, name, suffix);
  int64_t root = table ? number(db, "SELECT rootpage FROM sqlite_master WHERE type = 'table' AND name = ?1", table) : 0;
  sqlite3_free(table);
  return root > 0 ? (uint32_t)root : 0;
}

static mj_gpkg_cell cell_of(const mj_gpkg_sent *sent, const char *name, bool key) {
  if (key) return (mj_gpkg_cell){.is = MJ_CELL_IS_ROWID};
  if (!strcmp(name, "geom")) return (mj_gpkg_cell){.is = MJ_CELL_IS_GEOM};
  mj_gpkg_cell cell = {.is = MJ_CELL_IS_COLUMN};
  for (int i = 0; i < sent->n_columns && !cell.from; i++)
    if (!strcmp(sent->column[i].name, name)) cell.from = &sent->column[i];
  cell.unknown = cell.from && cell.from->domain && strstr(cell.from->domain, "unknown=");
  return cell;
}

/* The columns of the table in their order, each with what was sent for it. */
static int find_cells(mj_gpkg *gpkg, sqlite3 *db, const mj_gpkg_sent *sent, mj_gpkg_place *place) {
  sqlite3_stmt *stmt = about(db, "SELECT name, pk FROM pragma_table_info(?1) ORDER BY cid", sent->name);
  int cap = sent->n_columns + 2, error = 0, rc = SQLITE_ERROR;
  place->cell = mj_arena_alloc(&gpkg->arena, (size_t)cap, sizeof *place->cell);
  if (!place->cell) error = ENOMEM;
  while (stmt && !error && (rc = sqlite3_step(stmt)) == SQLITE_ROW) {
    const char *name = (const char *)sqlite3_column_text(stmt, 0);
    if (!name) error = ENOMEM;
    else if (place->n_cells == cap) error = EPROTO;
    else {
      mj_gpkg_cell *cell = &place->cell[place->n_cells++];
      *cell = cell_of(sent, name, sqlite3_column_int(stmt, 1) != 0);
      if (cell->is == MJ_CELL_IS_COLUMN && !cell->from) error = EPROTO;
    }
  }
  sqlite3_finalize(stmt);
  return error ? error : rc == SQLITE_DONE ? 0 : EPROTO;
}

static int find_place(mj_gpkg *gpkg, sqlite3 *db, const mj_gpkg_sent *sent, mj_gpkg_place *place) {
  place->root = root_of(db, "", sent->name, "");
  if (!place->root) return EPROTO;
  if (!sent->geom.n) return find_cells(gpkg, db, sent, place);
  int64_t srs_id = number(db, "SELECT srs_id FROM gpkg_geometry_columns WHERE table_name = ?1", sent->name);
  place->srs_id = (int32_t)srs_id;
  place->node_root = root_of(db, "rtree_", sent->name, "_geom_node");
  place->rowid_root = root_of(db, "rtree_", sent->name, "_geom_rowid");
  place->parent_root = root_of(db, "rtree_", sent->name, "_geom_parent");
  if (!place->node_root || !place->rowid_root || !place->parent_root) return find_cells(gpkg, db, sent, place);
  char *sql = sqlite3_mprintf("SELECT length(data), ?1 FROM \"rtree_%w_geom_node\" WHERE nodeno = 1", sent->name);
  int64_t bytes = sql ? number(db, sql, sent->name) : 0;
  sqlite3_free(sql);
  if (bytes <= 0 || bytes > 65536) return EPROTO;
  place->node_bytes = (uint32_t)bytes;
  return find_cells(gpkg, db, sent, place);
}

/* Rows and R-trees of all layers; what the layers' extents are stays in boxes[n_sent]. */
static int put_pages(const mj_gpkg *gpkg, const mj_gpkg_place *place, mj_gpkg_boxes *boxes) {
  mj_pages pages;
  bool ok = mj_pages_open(&pages, gpkg->path);
  for (int i = 0; ok && i < gpkg->n_sent; i++) {
    const mj_gpkg_sent *sent = &gpkg->sent[i];
    if (!sent->n) continue; /* as GDAL left it */
    ok = mj_gpkg_rows(&pages, sent, &place[i], &boxes[i]) && mj_gpkg_rtree(&pages, &place[i], &boxes[i], sent->n);
    free(boxes[i].box);
    boxes[i].box = NULL;
  }
  mj_pages_close(&pages);
  return pages.error;
}

static bool run(sqlite3_stmt *stmt) {
  int rc = stmt ? sqlite3_step(stmt) : SQLITE_ERROR;
  return sqlite3_finalize(stmt) == SQLITE_OK && rc == SQLITE_DONE;
}

/* What GDAL, and the triggers it made, would have written about the rows of a layer. */
static bool put_counts(sqlite3 *db, const mj_gpkg_sent *sent, const mj_gpkg_boxes *boxes) {
  static const char *const sql[] = {"INSERT INTO sqlite_sequence (name, seq) VALUES (?1, ?2)",
                                    "UPDATE gpkg_ogr_contents SET feature_count = ?2 WHERE table_name = ?1"};
  for (int i = 0; i < 2; i++) {
    sqlite3_stmt *stmt = about(db, sql[i], sent->name);
    if (stmt) sqlite3_bind_int64(stmt, 2, sent->n);
    if (!run(stmt)) return false;
  }
  if (!boxes->n) return true;
  const double side[] = {boxes->all.xmin, boxes->all.ymin, boxes->all.xmax, boxes->all.ymax};
  sqlite3_stmt *stmt = about(
      db, "UPDATE gpkg_contents SET min_x = ?2, min_y = ?3, max_x = ?4, max_y = ?5 WHERE table_name = ?1", sent->name);
  for (int i = 0; stmt && i < 4; i++) sqlite3_bind_double(stmt, 2 + i, side[i]);
  return run(stmt);
}

static bool exec(sqlite3 *db, const char *sql) { return sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK; }

static mj_status fill(mj_gpkg *gpkg, sqlite3 *db, mj_error *err) {
  size_t n = (size_t)gpkg->n_sent;
  mj_gpkg_place *place = mj_arena_alloc(&gpkg->arena, n + 1, sizeof *place);
  mj_gpkg_boxes *boxes = mj_arena_alloc(&gpkg->arena, n + 1, sizeof *boxes);
  int error = place && boxes ? 0 : ENOMEM;
  /* the caller syncs the file and removes it where anything fails */
  if (!exec(db, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")) return told(gpkg, db, error, err);
  for (size_t i = 0; !error && i < n; i++) error = find_place(gpkg, db, &gpkg->sent[i], &place[i]);
  if (!error) error = put_pages(gpkg, place, boxes);
  if (error) return told(gpkg, db, error, err);
  bool ok = exec(db, "BEGIN");
  for (size_t i = 0; ok && i < n; i++) ok = !gpkg->sent[i].n || put_counts(db, &gpkg->sent[i], &boxes[i]);
  return ok && exec(db, "COMMIT") ? MJ_OK : told(gpkg, db, 0, err);
}

mj_status mj_gpkg_fill(mj_gpkg *gpkg, mj_error *err) {
  sqlite3 *db = NULL;
  bool ok = sqlite3_open_v2(gpkg->path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK;
  mj_status s = ok ? fill(gpkg, db, err) : told(gpkg, db, 0, err);
  sqlite3_close(db);
  return s;
}

static mj_status count_again(const mj_gpkg *gpkg, sqlite3 *db, mj_error *err) {
  if (number(db, "SELECT count(*) FROM pragma_quick_check WHERE quick_check <> ?1", "ok") != 0)
    return mj_fail(err, MJ_EIO, "cannot write '%s': read again, it is damaged", gpkg->path);
  for (int i = 0; i < gpkg->n_sent; i++) {
    const mj_gpkg_sent *sent = &gpkg->sent[i];
    char *sql = sqlite3_mprintf("SELECT count(*), ?1 FROM \"%w\"", sent->name);
    if (!sql) return mj_fail(err, MJ_ENOMEM, "out of memory");
    int64_t found = number(db, sql, sent->name);
    sqlite3_free(sql);
    if (found != sent->n)
      return mj_fail(err, MJ_EIO, "cannot write '%s': layer '%s': read again, %lld rows of %lld", gpkg->path,
                     sent->name, (long long)found, (long long)sent->n);
  }
  return MJ_OK;
}

mj_status mj_gpkg_check(mj_gpkg *gpkg, mj_error *err) {
  static const char *const drivers[] = {"GPKG", NULL};
  mj_gpkg_quiet(gpkg);
  GDALDatasetH again = GDALOpenEx(gpkg->path, GDAL_OF_VECTOR | GDAL_OF_READONLY, drivers, NULL, NULL);
  if (again) GDALClose(again);
  mj_status s = mj_gpkg_loud(gpkg, again != NULL, err);
  if (s) return s;
  sqlite3 *db = NULL;
  if (sqlite3_open_v2(gpkg->path, &db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK)
    s = count_again(gpkg, db, err);
  else s = told(gpkg, db, 0, err);
  sqlite3_close(db);
  return s;
}
