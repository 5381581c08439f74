#include "gis/store_sql.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "base/nearest.h"

void mj_record_read(void *user, const char *table, const char *column) {
  mj_recorder *r = ((mj_store *)user)->recorder;
  if (!r || !table || !column || !sqlite3_strnicmp(table, "sqlite_", 7)) return; /* where tables are declared */
  if (!sqlite3_stricmp(column, "rowid")) column = "";
  if (!*column && !sqlite3_stricmp(table, r->from)) return;
  for (int i = 0; i < r->n; i++)
    if (!strcmp(r->operand[i].table, table) && !strcmp(r->operand[i].column, column)) return;
  if (r->n == r->cap) { /* the old piece stays in the arena: lists are short */
    int cap = r->cap ? r->cap * 2 : 4;
    mj_operand *grown = mj_arena_alloc(r->arena, (size_t)cap, sizeof *grown);
    if (grown && r->n) memcpy(grown, r->operand, (size_t)r->n * sizeof *grown);
    if (!grown) {
      r->failed = true;
      return;
    }
    r->operand = grown;
    r->cap = cap;
  }
  mj_operand *o = &r->operand[r->n++];
  o->table = mj_arena_text(r->arena, table, strlen(table));
  o->column = mj_arena_text(r->arena, column, strlen(column));
  if (!o->table || !o->column) r->failed = true;
}

/* Up to three names of attached columns that are nearest to @p name, nearest first. */
static void near_names(const mj_store *store, const char *name, mj_text *out) {
  mj_nearest near;
  mj_nearest_start(&near, name);
  for (int v = 0; v < store->n_views; v++)
    for (int c = 0; c < store->view[v]->n_columns; c++) {
      const char *other = store->view[v]->column[c]->name;
      if (sqlite3_stricmp(other, name)) mj_nearest_offer(&near, other); /* another table may have that very name */
    }
  mj_nearest_put(&near, out);
}

mj_status mj_store_fail(mj_store *store, int rc, const char *sql, mj_error *err) {
  static const char unknown[] = "no such column: ";
  const char *said = sqlite3_errmsg(store->db);
  if (store->file) return mj_store_file_fail(store, rc, sql, err);
  if ((rc & 0xff) == SQLITE_NOMEM) return mj_fail(err, MJ_ENOMEM, "out of memory");
  if ((rc & 0xff) == SQLITE_INTERRUPT)
    return mj_fail(err, MJ_ERULE, "stopped after %lld steps: the statement does not end in reasonable time",
                   (long long)store->step_limit);
  if ((rc & 0xff) == SQLITE_AUTH || !strncmp(said, "not authorized", 14) || strstr(said, "may not be modified"))
    return mj_fail(err, MJ_ERULE, "refused: SQL may only read, and must give the same answer every time (%s)", said);
  if (strncmp(said, unknown, sizeof unknown - 1)) return mj_fail(err, MJ_ERULE, "%s", said);
  mj_text near = {0};
  const char *name = said + sizeof unknown - 1, *dot = strrchr(name, '.');
  near_names(store, dot ? dot + 1 : name, &near);
  mj_status status = near.n ? mj_fail(err, MJ_ERULE, "no such column: %s (near: %s)", name, near.data)
                            : mj_fail(err, MJ_ERULE, "%s", said);
  mj_text_reset(&near);
  return status;
}

int mj_store_error_at(const mj_store *store) { return store->error_at; }

/* 'now' would make the answer depend on the day of the run. Its place, or NULL. */
static const char *find_now(const char *sql) {
  for (const char *p = sql; (p = strchr(p, '\'')); p++)
    if (!sqlite3_strnicmp(p, "'now'", 5)) return p;
  return NULL;
}

static mj_status bind_all(mj_store *store, const char *sql, sqlite3_stmt *stmt, mj_error *err) {
  for (int i = 1; i <= sqlite3_bind_parameter_count(stmt); i++) {
    const char *name = sqlite3_bind_parameter_name(stmt, i);
    const mj_binding *b = store->bindings;
    while (b && (!name || name[0] != ':' || strcmp(b->name, name + 1))) b = b->next;
    if (!b) {
      const char *at = strstr(sql, name ? name : "?");
      store->error_at = at ? (int)(at - sql) : -1;
      return mj_fail(err, MJ_ERULE, "unknown constant '%s'", name ? name : "?");
    }
    int rc = b->text ? sqlite3_bind_text(stmt, i, b->text, -1, SQLITE_STATIC) : sqlite3_bind_double(stmt, i, b->number);
    if (rc) return mj_store_fail(store, rc, NULL, err);
  }
  return MJ_OK;
}

/* Is there more than blanks and comments? */
static bool says_more(mj_store *store, const char *tail) {
  sqlite3_stmt *more = NULL;
  bool says = sqlite3_prepare_v2(store->db, tail, -1, &more, NULL) != SQLITE_OK || more;
  sqlite3_finalize(more);
  return says;
}

mj_status mj_store_prepare(mj_store *store, const char *sql, sqlite3_stmt **stmt, mj_error *err) {
  const char *tail = "";
  const char *now = find_now(sql);
  *stmt = NULL;
  store->error_at = now ? (int)(now - sql) : -1;
  if (!store->file && now) return mj_fail(err, MJ_ERULE, "'now' is refused: use :as_of, the reference date");
  int rc = sqlite3_prepare_v2(store->db, sql, -1, stmt, &tail);
  if (rc) {
    store->error_at = sqlite3_error_offset(store->db);
    return mj_store_fail(store, rc, sql, err);
  }
  mj_status status = MJ_OK;
  tail += strspn(tail, " \t\r\n;");
  bool more = *stmt && *tail && says_more(store, tail);
  if (more) store->error_at = (int)(tail - sql);
  if (!*stmt || more) status = mj_fail(err, MJ_ERULE, "one statement is expected");
  else if (!sqlite3_stmt_readonly(*stmt))
    status = mj_fail(err, MJ_ERULE,
                     store->file ? "refused: a query may only read (%s)"
                                 : "refused: SQL may only read, and must give the same answer every time (%s)",
                     "write");
  if (!status) status = bind_all(store, sql, *stmt, err);
  if (status) {
    sqlite3_finalize(*stmt);
    *stmt = NULL;
  }
  return status;
}
