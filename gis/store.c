#include "gis/store.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "gis/store_sql.h"
#include "gis/store_vtab.h"

static bool is_declaring(const mj_store *store) {
  for (int i = 0; i < store->n_views; i++)
    if (store->view[i]->declaring) return true;
  return false;
}

/* Reading, and SQLite's own functions that give the same answer twice. */
static int authorize(void *user, int action, const char *a, const char *b, const char *database, const char *trigger) {
  (void)database, (void)trigger;
  static const char *const refused[] = {
      "load_extension", "random", "randomblob", "current_date", "current_time", "current_timestamp", "fts3_tokenizer"};
  switch (action) {
    case SQLITE_SELECT:
    case SQLITE_RECURSIVE:
      return SQLITE_OK;
    case SQLITE_READ:
      mj_record_read(user, a, b);
      return SQLITE_OK;
    case SQLITE_FUNCTION:
      for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        if (!sqlite3_stricmp(b, refused[i])) return SQLITE_DENY;
      return SQLITE_OK;
    default:
      return is_declaring(user) ? SQLITE_OK : SQLITE_DENY;
  }
}

static int count_steps(void *user) {
  mj_store *store = user;
  store->steps += MJ_STEP_CHUNK;
  return store->steps > store->step_limit;
}

mj_status mj_store_open(mj_store **out, mj_error *err) {
  *out = NULL;
  mj_store *store = calloc(1, sizeof *store);
  if (!store) return mj_fail(err, MJ_ENOMEM, "out of memory");
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX;
  if (sqlite3_open_v2(":memory:", &store->db, flags, NULL)) {
    mj_store_close(store);
    return mj_fail(err, MJ_ENOMEM, "out of memory");
  }
  /* "x" is a column and never quietly the text 'x'; one value stays under 16 MiB, whatever a rule multiplies */
  sqlite3_db_config(store->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
  sqlite3_db_config(store->db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
  sqlite3_limit(store->db, SQLITE_LIMIT_LENGTH, MJ_VALUE_BYTES);
  sqlite3_limit(store->db, SQLITE_LIMIT_ATTACHED, 0);
  store->step_limit = MJ_STEP_BASE;
  sqlite3_set_authorizer(store->db, authorize, store);
  sqlite3_progress_handler(store->db, MJ_STEP_CHUNK, count_steps, store);
  *out = store;
  return MJ_OK;
}

void mj_store_close(mj_store *store) {
  if (!store) return;
  sqlite3_close(store->db);
  if (store->file) mj_store_file_reset(store);
  for (int i = 0; i < store->n_views; i++) mj_view_free(store->view[i]);
  free(store->view);
  free(store->day);
  mj_arena_reset(&store->arena);
  free(store);
}

static mj_view *find_view(const mj_store *store, const char *name) {
  for (int i = 0; i < store->n_views; i++)
    if (!sqlite3_stricmp(store->view[i]->name, name)) return store->view[i];
  return NULL;
}

static mj_view *new_view(mj_store *store, const char *name) {
  mj_view **grown = realloc(store->view, ((size_t)store->n_views + 1) * sizeof *grown);
  if (!grown) return NULL;
  store->view = grown;
  mj_view *view = calloc(1, sizeof *view);
  char *copy = malloc(strlen(name) + 1);
  if (!view || !copy) {
    free(view);
    free(copy);
    return NULL;
  }
  view->name = strcpy(copy, name);
  return store->view[store->n_views++] = view;
}

mj_status mj_store_attach(mj_store *store, const mj_table *table, mj_error *err) {
  mj_view *view = find_view(store, table->name);
  if (!view && !(view = new_view(store, table->name))) return mj_fail(err, MJ_ENOMEM, "out of memory");
  if (!store->day) store->day = calloc(MJ_COMMON_DAYS, sizeof *store->day);
  view->day = store->day;
  view->table = table;
  view->visit = NULL;
  view->first = 0;
  view->last = INT64_MAX;
  if (mj_view_columns(view)) return mj_fail(err, MJ_ENOMEM, "out of memory");
  if (mj_view_register(store->db, view))
    return mj_fail(err, MJ_ENOMEM, "table '%s': %s", table->name, sqlite3_errmsg(store->db));
  store->step_limit = MJ_STEP_BASE;
  for (int i = 0; i < store->n_views; i++) store->step_limit += MJ_STEP_PER_ROW * store->view[i]->table->n;
  return MJ_OK;
}

mj_status mj_store_visit(mj_store *store, const char *table, const int64_t *rows, int64_t first, int64_t last,
                         mj_error *err) {
  mj_view *view = find_view(store, table);
  if (!view) return mj_fail(err, MJ_ENOTFOUND, "no such table: %s", table);
  view->visit = rows;
  view->first = first;
  view->last = last;
  return MJ_OK;
}

mj_status mj_store_bind(mj_store *store, const char *name, const char *text, double number, mj_error *err) {
  mj_binding *binding = NULL;
  for (mj_binding *b = store->bindings; b; b = b->next)
    if (!strcmp(b->name, name)) binding = b;
  if (!binding) {
    binding = mj_arena_alloc(&store->arena, 1, sizeof *binding);
    char *copy = mj_arena_text(&store->arena, name, strlen(name));
    if (!binding || !copy) return mj_fail(err, MJ_ENOMEM, "out of memory");
    *binding = (mj_binding){.next = store->bindings, .name = copy};
    store->bindings = binding;
  }
  binding->number = number;
  binding->text = text ? mj_arena_text(&store->arena, text, strlen(text)) : NULL;
  return !text || binding->text ? MJ_OK : mj_fail(err, MJ_ENOMEM, "out of memory");
}

void mj_store_unbind(mj_store *store) { store->bindings = NULL; }

mj_status mj_store_check(mj_store *store, const char *table, const char *expr, mj_arena *arena,
                         const mj_operand **operands, int *n_operands, mj_error *err) {
  sqlite3_stmt *stmt = NULL;
  mj_text sql = {0};
  mj_recorder recorder = {.arena = arena, .from = table};
  mj_text_format(&sql, "SELECT (%s\n) FROM \"%s\"", expr, table); /* the line break ends a comment of the rule */
  mj_status status = sql.failed ? mj_fail(err, MJ_ENOMEM, "out of memory") : MJ_OK;
  if (status) goto done;
  store->recorder = &recorder;
  status = mj_store_prepare(store, sql.data, &stmt, err);
  store->recorder = NULL;
  if (status) goto done;
  if (sqlite3_column_count(stmt) != 1) status = mj_fail(err, MJ_ERULE, "'%s' is not one expression", expr);
  if (!status && recorder.failed) status = mj_fail(err, MJ_ENOMEM, "out of memory");
  if (operands) *operands = recorder.operand;
  if (n_operands) *n_operands = recorder.n;
done:
  sqlite3_finalize(stmt);
  mj_text_reset(&sql);
  return status;
}

static bool prepares(mj_store *store, const mj_text *sql) {
  sqlite3_stmt *stmt = NULL;
  bool does = sqlite3_prepare_v2(store->db, sql->data, -1, &stmt, NULL) == SQLITE_OK && stmt;
  sqlite3_finalize(stmt);
  return does;
}

/* SQLite lets HAVING stand only where something is aggregated, not where that is done in a subquery. */
mj_status mj_store_shape(mj_store *store, const char *table, const char *expr, mj_arena *arena, mj_sql_shape *shape,
                         const mj_operand **operands, int *n_operands) {
  mj_text summary = {0}, none = {0};
  mj_recorder recorder = {.arena = arena, .from = table};
  mj_text_format(&summary, "SELECT (%s\n) FROM \"%s\" HAVING 1", expr, table);
  mj_text_format(&none, "SELECT (%s\n)", expr);
  bool failed = summary.failed || none.failed;
  *shape = MJ_SQL_OF_ROWS;
  store->recorder = &recorder;
  if (!failed && prepares(store, &summary)) *shape = MJ_SQL_OF_SUMMARY;
  store->recorder = NULL;
  if (!failed && *shape == MJ_SQL_OF_ROWS && prepares(store, &none)) *shape = MJ_SQL_OF_NONE;
  *operands = recorder.operand;
  *n_operands = *shape == MJ_SQL_OF_SUMMARY ? recorder.n : 0;
  mj_text_reset(&summary);
  mj_text_reset(&none);
  return failed || recorder.failed ? MJ_ENOMEM : MJ_OK;
}
