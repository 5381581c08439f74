/** @file table.h  A table is named columns of one length, with an optional geometry column. */
#ifndef MUJUN_TABLE_H
#define MUJUN_TABLE_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

#include "mujun/arena.h"
#include "mujun/geom.h"
#include "mujun/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Every type carries its own NULL, so that a kernel needs no second array. */
typedef enum {
  MJ_F64 = 1, /**< double; NULL is NaN (never any other meaning) */
  MJ_I64,     /**< int64_t; NULL is MJ_I64_NULL */
  MJ_TEXT,    /**< const char *, UTF-8, NUL-terminated; NULL is NULL */
  MJ_DATE,    /**< int32_t days since 1970-01-01; NULL is MJ_DATE_NULL */
  MJ_TRI      /**< uint8_t: MJ_NO, MJ_YES, MJ_UNKNOWN (否, 是, 数据不足); NULL is MJ_UNKNOWN */
} mj_type;

#define MJ_I64_NULL INT64_MIN
#define MJ_DATE_NULL INT32_MIN
enum { MJ_NO = 0, MJ_YES = 1, MJ_UNKNOWN = 2 };

typedef struct {
  const char *name; /**< ASCII where it is ours ("area_m2"); any UTF-8 where it came with the input */
  mj_type type;
  bool from_source;         /**< carried over from the input as it was, not one of columns.def or fields.csv */
  bool over_area_mu;        /**< a rulebook's fact that reads area_mu */
  const char *label, *unit; /**< of a rulebook's fact, in the run's language and its unit's code; NULL for the others */
  union {
    void *data; /**< [n] of the type */
    double *f64;
    int64_t *i64;
    const char **text;
    int32_t *date;
    uint8_t *tri;
  };
} mj_column;

/** Valid when {0}. The arena owns columns, names and texts; geom owns its arrays. */
typedef struct {
  const char *name; /**< "parcels", "zones", ... */
  int64_t n;
  int32_t n_columns, cap_columns;
  mj_column **columns; /**< stable pointers: adding a column moves none */
  mj_geom geom;        /**< geom.n is n, or 0 without geometry; coordinates in the park's frame */
  int64_t *source_row; /**< [n] 1-based row in the source (a FID where the format has one), or NULL */
  mj_arena arena;
} mj_table;

/** Make an empty table of @p n rows. Errors: MJ_ENOMEM. */
MJ_API MJ_NODISCARD mj_status mj_table_init(mj_table *table, const char *name, int64_t n);
/** Free everything; the table is then {0}. */
MJ_API void mj_table_reset(mj_table *table);

/** Append a column of NULLs; the existing one where name and type agree; NULL when memory ends or the type differs. */
MJ_API mj_column *mj_table_add(mj_table *table, const char *name, mj_type type);
/** Column by name, or NULL. Cost: one look at every column. */
MJ_API mj_column *mj_table_find(const mj_table *table, const char *name);
/** The array of a column of that name and type, or NULL when there is none. */
MJ_API double *mj_table_f64(const mj_table *table, const char *name);
MJ_API int64_t *mj_table_i64(const mj_table *table, const char *name);
MJ_API const char **mj_table_text(const mj_table *table, const char *name);
MJ_API int32_t *mj_table_date(const mj_table *table, const char *name);
MJ_API uint8_t *mj_table_tri(const mj_table *table, const char *name);

/** Number of a row in its source, from 1 (a FID where the format has one): what entries and outputs name. */
MJ_API int64_t mj_table_source_row(const mj_table *table, int64_t row);
/** True when the value of @p row is NULL (for MJ_TRI: MJ_UNKNOWN). */
MJ_API bool mj_column_is_null(const mj_column *column, int64_t row);

/** Years of figures lie between these; another number in a column of years is a slip. */
enum { MJ_YEAR_MIN = 1900, MJ_YEAR_MAX = 2200 };
/** Days since 1970-01-01 of a proleptic Gregorian date; MJ_DATE_NULL where it is no date. */
MJ_API int32_t mj_date_from_ymd(int year, int month, int day);
MJ_API void mj_date_to_ymd(int32_t date, int *year, int *month, int *day);
/** "2026-03-31", "2026/3/31", "20260331", "2026年3月31日", "2026.3.31" (whole text, blanks around it allowed), else
 * MJ_DATE_NULL. */
MJ_API int32_t mj_date_parse(const char *text);
/** "2026-03-31" into @p out[11]; "" for MJ_DATE_NULL. */
MJ_API void mj_date_format(int32_t date, char out[11]);

#ifdef __cplusplus
}
#endif
#endif
