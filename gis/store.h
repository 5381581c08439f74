/** @file store.h  Guarded SQL: over columns in place (what rules and summaries run on), or over a file. */
#ifndef MJ_GIS_STORE_H
#define MJ_GIS_STORE_H

#include "mujun/table.h"

/** An in-memory SQLite database whose tables are the caller's columns, read in place. Read-only; one a thread. */
typedef struct mj_store mj_store;
MJ_NODISCARD mj_status mj_store_open(mj_store **out, mj_error *err);
/**
 * The tables of a SQLite file, a GeoPackage among them: read only, and nothing but reading is let through (no write, no
 * ATTACH, no PRAGMA, no function that touches files). SpatiaLite's functions take GeoPackage geometry as it is and work
 * in the units of its reference system; ST_Transform takes EPSG codes. Errors: MJ_ENOTFOUND, MJ_EFORMAT no SQLite file.
 */
MJ_NODISCARD mj_status mj_store_open_file(const char *path, mj_store **out, mj_error *err);
/** End a query over a file after so many seconds; 0: never. */
void mj_store_timeout(mj_store *store, int seconds);
void mj_store_close(mj_store *store);

/**
 * Show @p table as a SQL table of its name. Columns added to it later, and values that have changed,
 * are seen after another call. NaN, NULL texts,
 * MJ_UNKNOWN and the null integers are SQL NULL; dates are 'YYYY-MM-DD'; verdicts are 1, 0, NULL; hidden column rowid
 * is the row number + 1. A column whose data is NULL is NULL in every row. Where two names differ only by case, a
 * column of ours hides the input's. `text column = value` is looked up in a hash index, so joins by code stay linear.
 * The table must outlive the store.
 */
MJ_NODISCARD mj_status mj_store_attach(mj_store *store, const mj_table *table, mj_error *err);
/**
 * Let scans of @p table visit visit[first] .. visit[last - 1] only (visit NULL: rows first .. last - 1), in that order;
 * @p visit is borrowed. (NULL, 0, INT64_MAX) is the whole table again. For row ranges on threads and for second looks
 * at few rows. Errors: MJ_ENOTFOUND.
 */
MJ_NODISCARD mj_status mj_store_visit(mj_store *store, const char *table, const int64_t *visit, int64_t first,
                                      int64_t last, mj_error *err);
/** A named constant for SQL: @p name is used as :name. text, or a number where text is NULL. */
MJ_NODISCARD mj_status mj_store_bind(mj_store *store, const char *name, const char *text, double number, mj_error *err);

/** Forget all constants. */
void mj_store_unbind(mj_store *store);

/** A column an expression reads; "" where it only counts another table's rows. */
typedef struct {
  const char *table, *column;
} mj_operand;
/**
 * Prepare `SELECT (expr) FROM table` alone and list the columns it reads, each once, in order of first reading (into @p
 * arena). Errors: MJ_ERULE with SQLite's text (unknown column, syntax, not read-only).
 */
MJ_NODISCARD mj_status mj_store_check(mj_store *store, const char *table, const char *expr, mj_arena *arena,
                                      const mj_operand **operands, int *n_operands, mj_error *err);

/** What an expression stands on: rows of the table, a summary (an aggregate) of them, or neither: no row of the table.
 */
typedef enum { MJ_SQL_OF_ROWS, MJ_SQL_OF_SUMMARY, MJ_SQL_OF_NONE } mj_sql_shape;
/** What @p expr, which mj_store_check lets through, stands on, and the columns that a summary reads as mj_store_check
 * lists them. Errors: MJ_ENOMEM. Cost: it is prepared up to twice. */
MJ_NODISCARD mj_status mj_store_shape(mj_store *store, const char *table, const char *expr, mj_arena *arena,
                                      mj_sql_shape *shape, const mj_operand **operands, int *n_operands);

/** A value of SQL: NULL, number or text (text lives until the next row). */
typedef struct {
  enum { MJ_SQL_NULL, MJ_SQL_NUMBER, MJ_SQL_TEXT } kind;
  double number;
  const char *text;
} mj_sql_value;
/** Called for each row of the result, in order. A return other than MJ_OK ends the query with that status. */
typedef mj_status (*mj_row_fn)(void *user, int64_t row, int n, const mj_sql_value *value);
/** Run one read-only SELECT. Errors: MJ_ERULE with SQLite's text, a constant that was not bound, or too many steps. */
MJ_NODISCARD mj_status mj_store_query(mj_store *store, const char *sql, mj_row_fn fn, void *user, mj_error *err);
/** A value as the file holds it, until the next row. */
typedef struct {
  enum { MJ_CELL_NULL, MJ_CELL_INTEGER, MJ_CELL_REAL, MJ_CELL_TEXT, MJ_CELL_BYTES } kind;
  int64_t integer;
  double real;
  const char *text; /**< of texts and bytes */
  int n_bytes;
} mj_cell;
/** As mj_row_fn. */
typedef mj_status (*mj_cells_fn)(void *user, int n, const mj_cell *cell);
/** As mj_store_query with each value of its own type. */
MJ_NODISCARD mj_status mj_store_cells(mj_store *store, const char *sql, mj_cells_fn fn, void *user, mj_error *err);
/** The column names of a SELECT, into @p arena. Errors: as mj_store_query. */
MJ_NODISCARD mj_status mj_store_headings(mj_store *store, const char *sql, mj_arena *arena, const char *const **name,
                                         int *n, mj_error *err);
/** One row a column of the tables and views of a file in their order, without those that GeoPackage and SQLite keep for
 * themselves: table, column, type. Errors: as mj_store_query. */
MJ_NODISCARD mj_status mj_store_schema(mj_store *store, mj_cells_fn fn, void *user, mj_error *err);
/** The result of a SELECT as a table named @p name: a column is MJ_F64 when all its values are numbers or NULL (MJ_I64
 * when all are integers), else MJ_TEXT. */
MJ_NODISCARD mj_status mj_store_table(mj_store *store, const char *sql, const char *name, mj_table *out, mj_error *err);
/** Byte in the SQL given to mj_store_query or mj_store_table that the last MJ_ERULE is about; -1: none in particular.
 */
int mj_store_error_at(const mj_store *store);
#endif
