#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "gis/store_sql.h"

static void read_value(sqlite3_stmt *stmt, int i, mj_sql_value *out) {
  switch (sqlite3_column_type(stmt, i)) {
    case SQLITE_NULL:
      *out = (mj_sql_value){MJ_SQL_NULL, (double)NAN, NULL};
      break;
    case SQLITE_INTEGER:
    case SQLITE_FLOAT:
      *out = (mj_sql_value){MJ_SQL_NUMBER, sqlite3_column_double(stmt, i), NULL};
      break;
    default:
      *out = (mj_sql_value){MJ_SQL_TEXT, (double)NAN, (const char *)sqlite3_column_text(stmt, i)};
      if (!out->text) out->kind = MJ_SQL_NULL; /* an empty blob */
  }
}

mj_status mj_store_query(mj_store *store, const char *sql, mj_row_fn fn, void *user, mj_error *err) {
  sqlite3_stmt *stmt = NULL;
  mj_sql_value *value = NULL;
  mj_status status = mj_store_prepare(store, sql, &stmt, err);
  if (status) return status;
  int n = sqlite3_column_count(stmt), rc;
  value = calloc((size_t)n + 1, sizeof *value);
  if (!value) {
    status = mj_fail(err, MJ_ENOMEM, "out of memory");
    goto done;
  }
  store->steps = 0;
  if (store->file) mj_store_file_start(store);
  for (int64_t row = 0; (rc = sqlite3_step(stmt)) == SQLITE_ROW; row++) {
    for (int i = 0; i < n; i++) read_value(stmt, i, &value[i]);
    status = fn(user, row, n, value);
    if (status) goto done;
  }
  if (rc != SQLITE_DONE) status = mj_store_fail(store, rc, NULL, err);
done:
  free(value);
  sqlite3_finalize(stmt);
  return status;
}

/* A cell of a result whose length is not known yet. */
typedef struct {
  int kind; /* SQLITE_NULL, SQLITE_INTEGER, ... */
  int64_t integer;
  double number;
  const char *text; /* in the scratch arena */
} cell;

typedef struct {
  cell *cells;
  int64_t n, cap;
  mj_arena texts;
} cells;

static mj_status push_row(cells *c, sqlite3_stmt *stmt, int n, mj_error *err) {
  if (c->n + n > c->cap) {
    int64_t cap = (c->cap + n) * 2;
    cell *grown = realloc(c->cells, (size_t)cap * sizeof *grown);
    if (!grown) return mj_fail(err, MJ_ENOMEM, "out of memory");
    c->cells = grown;
    c->cap = cap;
  }
  for (int i = 0; i < n; i++) {
    cell *v = &c->cells[c->n++];
    *v = (cell){.kind = sqlite3_column_type(stmt, i),
                .integer = sqlite3_column_int64(stmt, i),
                .number = sqlite3_column_double(stmt, i)};
    if (v->kind == SQLITE_NULL) continue;
    const char *text = (const char *)sqlite3_column_text(stmt, i);
    v->text = mj_arena_text(&c->texts, text ? text : "", text ? strlen(text) : 0);
    if (!v->text) return mj_fail(err, MJ_ENOMEM, "out of memory");
  }
  return MJ_OK;
}

static mj_type column_type(const cells *c, int n, int i) {
  bool integers = true, any = false;
  for (int64_t k = i; k < c->n; k += n) {
    if (c->cells[k].kind == SQLITE_TEXT || c->cells[k].kind == SQLITE_BLOB) return MJ_TEXT;
    if (c->cells[k].kind == SQLITE_FLOAT) integers = false;
    if (c->cells[k].kind != SQLITE_NULL) any = true;
  }
  return any && integers ? MJ_I64 : MJ_F64;
}

static mj_status fill_column(mj_table *out, const cells *c, int n, int i, const char *name, mj_error *err) {
  mj_type type = column_type(c, n, i);
  if (mj_table_find(out, name)) return mj_fail(err, MJ_ERULE, "two columns of the result are named '%s'", name);
  mj_column *column = mj_table_add(out, name, type);
  if (!column) return mj_fail(err, MJ_ENOMEM, "out of memory");
  for (int64_t row = 0; row < out->n; row++) {
    const cell *v = &c->cells[row * n + i];
    if (v->kind == SQLITE_NULL) continue;
    if (type == MJ_F64) column->f64[row] = v->number;
    if (type == MJ_I64) column->i64[row] = v->integer;
    if (type != MJ_TEXT) continue;
    column->text[row] = mj_arena_text(&out->arena, v->text, strlen(v->text));
    if (!column->text[row]) return mj_fail(err, MJ_ENOMEM, "out of memory");
  }
  return MJ_OK;
}

mj_status mj_store_table(mj_store *store, const char *sql, const char *name, mj_table *out, mj_error *err) {
  sqlite3_stmt *stmt = NULL;
  cells all = {0};
  mj_table table = {0};
  mj_status status = mj_store_prepare(store, sql, &stmt, err);
  if (status) return status;
  int n = sqlite3_column_count(stmt), rc;
  store->steps = 0;
  if (store->file) mj_store_file_start(store);
  while ((rc = sqlite3_step(stmt)) == SQLITE_ROW)
    if ((status = push_row(&all, stmt, n, err))) goto done;
  if (rc != SQLITE_DONE) status = mj_store_fail(store, rc, NULL, err);
  if (!status && mj_table_init(&table, name, n ? all.n / n : 0)) status = mj_fail(err, MJ_ENOMEM, "out of memory");
  for (int i = 0; !status && i < n; i++) status = fill_column(&table, &all, n, i, sqlite3_column_name(stmt, i), err);
  if (!status) *out = table;
done:
  if (status) mj_table_reset(&table);
  free(all.cells);
  mj_arena_reset(&all.texts);
  sqlite3_finalize(stmt);
  return status;
}
