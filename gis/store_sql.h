/** @file store_sql.h  What the files of the store share: the handle, its bindings, preparing one statement. */
#ifndef MJ_GIS_STORE_SQL_H
#define MJ_GIS_STORE_SQL_H

#include "gis/store.h"
#include "gis/store_vtab.h"

/* A query may take so many steps of SQLite's machine: enough for anything linear, and a runaway ends within seconds. */
enum { MJ_STEP_CHUNK = 20000, MJ_STEP_BASE = 50000000, MJ_STEP_PER_ROW = 20000 };
/* One value, and all memory that SQLite takes over a file of somebody else. */
enum { MJ_VALUE_BYTES = 16 << 20, MJ_HEAP_BYTES = 1 << 30 };

typedef struct mj_binding {
  struct mj_binding *next;
  const char *name, *text;
  double number;
} mj_binding;

/** Collects the columns a statement reads while it is prepared. */
typedef struct {
  mj_arena *arena;
  const char *from; /* the table the expression is over */
  mj_operand *operand;
  int n, cap;
  bool failed;
} mj_recorder;

/** What a store over a file has besides. */
typedef struct {
  void *spatialite;     /**< its memory for this connection */
  const char **builtin; /**< [n] SQLite's own functions, sorted */
  int n_builtin;
  bool trusted; /**< while the program's own SQL is prepared */
  int seconds;
  double deadline; /**< of the query that runs, on the monotonic clock; 0: none */
} mj_store_file;

struct sqlite3;
struct sqlite3_stmt;
struct mj_store {
  struct sqlite3 *db;
  mj_view **view;
  int n_views;
  mj_day_text *day; /**< [MJ_COMMON_DAYS] for all views, or NULL */
  mj_binding *bindings;
  mj_recorder *recorder; /**< of the check that runs, or NULL */
  int64_t steps, step_limit;
  int error_at;        /**< byte of the last statement that its error is about, or -1 */
  mj_arena arena;      /**< bindings */
  mj_store_file *file; /**< NULL: columns in memory */
};

/** Note that @p column of @p table is read; @p user is the store. */
void mj_record_read(void *user, const char *table, const char *column);
/** One read-only statement with its parameters bound. Errors: MJ_ERULE with SQLite's text. */
MJ_NODISCARD mj_status mj_store_prepare(mj_store *store, const char *sql, struct sqlite3_stmt **stmt, mj_error *err);
/** What SQLite said last, as a status. @p sql is the statement that was prepared, NULL while one runs. */
mj_status mj_store_fail(mj_store *store, int rc, const char *sql, mj_error *err);
/** mj_store_fail of a file: with line, column, and names that are near an unknown one. */
mj_status mj_store_file_fail(mj_store *store, int rc, const char *sql, mj_error *err);
/** Free what a file's store has besides; the connection is closed. */
void mj_store_file_reset(mj_store *store);
/** Begin to count the seconds of a query. */
void mj_store_file_start(mj_store *store);
#endif
