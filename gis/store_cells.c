#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "gis/store_sql.h"

static void read_cell(sqlite3_stmt *stmt, int i, mj_cell *out) {
  *out = (mj_cell){.kind = MJ_CELL_NULL};
  switch (sqlite3_column_type(stmt, i)) {
    case SQLITE_INTEGER:
      out->kind = MJ_CELL_INTEGER;
      out->integer = sqlite3_column_int64(stmt, i);
      out->real = (double)out->integer;
      return;
    case SQLITE_FLOAT:
      out->kind = MJ_CELL_REAL;
      out->real = sqlite3_column_double(stmt, i);
      return;
    case SQLITE_TEXT:
      out->text = (const char *)sqlite3_column_text(stmt, i);
      if (out->text) out->kind = MJ_CELL_TEXT;
      break;
    case SQLITE_BLOB:
      out->text = sqlite3_column_blob(stmt, i);
      out->kind = MJ_CELL_BYTES; /* none of them where the blob is empty */
      break;
    default:
      return;
  }
  out->n_bytes = sqlite3_column_bytes(stmt, i);
}

mj_status mj_store_cells(mj_store *store, const char *sql, mj_cells_fn fn, void *user, mj_error *err) {
  sqlite3_stmt *stmt = NULL;
  MJ_TRY(mj_store_prepare(store, sql, &stmt, err));
  int n = sqlite3_column_count(stmt), rc;
  mj_cell *cell = calloc((size_t)n + 1, sizeof *cell);
  mj_status status = cell ? MJ_OK : mj_fail(err, MJ_ENOMEM, "out of memory");
  store->steps = 0;
  if (store->file) mj_store_file_start(store);
  while (!status && (rc = sqlite3_step(stmt)) != SQLITE_DONE) {
    if (rc != SQLITE_ROW) {
      status = mj_store_fail(store, rc, NULL, err);
      break;
    }
    for (int i = 0; i < n; i++) read_cell(stmt, i, &cell[i]);
    status = fn(user, n, cell);
  }
  free(cell);
  sqlite3_finalize(stmt);
  return status;
}

mj_status mj_store_headings(mj_store *store, const char *sql, mj_arena *arena, const char *const **name, int *n,
                            mj_error *err) {
  sqlite3_stmt *stmt = NULL;
  MJ_TRY(mj_store_prepare(store, sql, &stmt, err));
  *n = sqlite3_column_count(stmt);
  const char **names = mj_arena_alloc(arena, (size_t)*n + 1, sizeof *names);
  bool ok = names != NULL;
  for (int i = 0; ok && i < *n; i++) {
    const char *text = sqlite3_column_name(stmt, i);
    ok = text && (names[i] = mj_arena_text(arena, text, strlen(text)));
  }
  *name = names;
  sqlite3_finalize(stmt);
  return ok ? MJ_OK : mj_fail(err, MJ_ENOMEM, "out of memory");
}
