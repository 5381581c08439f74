#include <sqlite3.h>
#include <string.h>

#include "base/nearest.h"
#include "gis/store_sql.h"

/* What SQLite calls unknown, and where names that may be meant are found. */
static const struct {
  const char *said, *names;
} unknown[] = {{"no such column: ",
                "SELECT DISTINCT c.name FROM sqlite_master t, pragma_table_info(t.name) c WHERE (t.type = 'view' OR "
                "t.rootpage > 0) AND instr(lower(?1), lower(t.name))"},
               {"no such table: ", "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')"},
               {"no such function: ", "SELECT DISTINCT name FROM pragma_function_list"}};

static mj_status offer(mj_store *store, const char *names, const char *sql, const char *name, mj_text *out) {
  sqlite3_stmt *stmt = NULL;
  mj_nearest near;
  mj_arena kept = {.page_size = 4096};
  mj_nearest_start(&near, name);
  store->file->trusted = true;
  int rc = sqlite3_prepare_v2(store->db, names, -1, &stmt, NULL);
  if (!rc && sqlite3_bind_parameter_count(stmt)) rc = sqlite3_bind_text(stmt, 1, sql, -1, SQLITE_STATIC);
  while (!rc && sqlite3_step(stmt) == SQLITE_ROW) {
    const char *other = (const char *)sqlite3_column_text(stmt, 0);
    const char *copy = other ? mj_arena_text(&kept, other, strlen(other)) : NULL;
    if (copy) mj_nearest_offer(&near, copy);
  }
  store->file->trusted = false;
  sqlite3_finalize(stmt);
  mj_nearest_put(&near, out);
  mj_arena_reset(&kept);
  return out->failed ? MJ_ENOMEM : MJ_OK;
}

static bool in_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || (c & 0x80);
}

/* Where a name first stands alone; -1: nowhere. */
static int find_name(const char *sql, const char *name) {
  size_t n = strlen(name);
  for (const char *p = sql; n && *p; p++)
    if (!sqlite3_strnicmp(p, name, (int)n) && (p == sql || !in_name(p[-1])) && !in_name(p[n])) return (int)(p - sql);
  return -1;
}

/* Line and column, both from 1, the column in characters. */
static void place(const char *sql, int offset, int *line, int *column) {
  *line = *column = 1;
  for (int i = 0; i < offset && sql[i]; i++) {
    if (sql[i] == '\n') {
      ++*line;
      *column = 1;
    } else {
      *column += (sql[i + 1] & 0xC0) != 0x80;
    }
  }
}

mj_status mj_store_file_fail(mj_store *store, int rc, const char *sql, mj_error *err) {
  char said[500];
  int offset = sql ? sqlite3_error_offset(store->db) : -1, line, column;
  sqlite3_snprintf(sizeof said, said, "%s", sqlite3_errmsg(store->db)); /* the next statement would replace it */
  if ((rc & 0xff) == SQLITE_INTERRUPT)
    return mj_fail(err, MJ_ERULE, "the query was stopped after %d seconds; --timeout gives it more",
                   store->file->seconds);
  if ((rc & 0xff) == SQLITE_AUTH || !strncmp(said, "not authorized", 14))
    return mj_fail(err, MJ_ERULE, "refused: a query may only read (%s)", said);
  if ((rc & 0xff) == SQLITE_TOOBIG)
    return mj_fail(err, MJ_ERULE, "a value of the query has more than %d MiB", MJ_VALUE_BYTES >> 20);
  if ((rc & 0xff) == SQLITE_NOMEM)
    return mj_fail(err, MJ_ERULE, "the query needs more than %d MiB of memory", MJ_HEAP_BYTES >> 20);
  if (rc == SQLITE_NOTADB) return mj_fail(err, MJ_EFORMAT, "no GeoPackage and no other SQLite file");
  mj_text near = {0};
  mj_status s = MJ_OK;
  for (size_t i = 0; sql && i < sizeof unknown / sizeof *unknown; i++) {
    size_t n = strlen(unknown[i].said);
    if (strncmp(said, unknown[i].said, n) != 0) continue;
    const char *dot = strrchr(said + n, '.'), *name = dot ? dot + 1 : said + n;
    s = offer(store, unknown[i].names, sql, name, &near);
    if (offset < 0) offset = find_name(sql, name);
  }
  place(sql ? sql : "", offset, &line, &column);
  if (s) s = mj_fail(err, s, "out of memory");
  else if (offset < 0) s = mj_fail(err, MJ_ERULE, "SQL: %s", said);
  else if (!near.n) s = mj_fail(err, MJ_ERULE, "SQL line %d, column %d: %s", line, column, said);
  else s = mj_fail(err, MJ_ERULE, "SQL line %d, column %d: %s (near: %s)", line, column, said, near.data);
  mj_text_reset(&near);
  return s;
}
