/** @file store_vtab.h  The SQLite module behind store.c: the rows of one table of columns, and a hash index over its
 * texts. */
#ifndef MJ_GIS_STORE_VTAB_H
#define MJ_GIS_STORE_VTAB_H

#include "mujun/table.h"

/** Rows of one text column by the hash of their text; chains run upwards. */
typedef struct {
  int32_t *head; /**< [mask + 1] first row of the chain, or -1 */
  int32_t *next; /**< [n] next row of the chain, or -1 */
  uint32_t mask;
} mj_text_index;

enum { MJ_GROUPED_BY = 8 };
/** All rows by the values of some columns, NULL first; rows with the same values in their order. */
typedef struct mj_grouping {
  struct mj_grouping *next;
  int column[MJ_GROUPED_BY], n;
  int32_t *rows; /**< [rows of the table] */
} mj_grouping;

/** Texts of the days from 1900 to 2099, each written when it is first asked for. */
enum { MJ_FIRST_DAY = -25567, MJ_COMMON_DAYS = 73049 };
typedef struct {
  char text[11];
} mj_day_text;

/** One table as SQL sees it. Owned by the store. */
typedef struct {
  const mj_table *table;
  char *name;
  int n_columns;
  const mj_column **column; /**< in SQL order */
  mj_text_index *index;     /**< [n_columns], built when a join first asks */
  mj_grouping *grouping;    /**< built when GROUP BY first asks */
  uint8_t *can_group;       /**< [n_columns] answers of mj_view_can_group: MJ_UNKNOWN until it is asked */
  mj_day_text *day;         /**< [MJ_COMMON_DAYS], the store's, or NULL */
  const int64_t *visit;     /**< rows to visit, or NULL: the numbers themselves */
  bool declaring;           /**< while SQLite is told the columns, which it asks leave for like for a table */
  int64_t first, last;      /**< range of visit, or of the rows */
} mj_view;

/** Choose the columns SQL sees: ours first where two names differ only by case. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_view_columns(mj_view *view);
/** Register (again) as table view->name of the sqlite3 handle @p db. Returns SQLite's code. */
int mj_view_register(void *db, mj_view *view);
void mj_view_free(mj_view *view);

/** Build index @p column of the view unless it is there. False when memory ends or the table has 2^31 rows. */
bool mj_view_index(mj_view *view, int column);
/** Can rows be grouped by the column at little cost: texts, verdicts, whole numbers that lie close together? */
bool mj_view_can_group(const mj_view *view, int column);
/** The rows grouped by up to MJ_GROUPED_BY such columns, kept by the view. NULL as mj_view_index is false. */
const int32_t *mj_view_group(mj_view *view, const int *column, int n);
/** First place in rows grouped by whole-number column @p column whose value is at least @p least; behind the NULLs. */
int64_t mj_view_first(const mj_view *view, int column, const int32_t *rows, double least);
void mj_view_ungroup(mj_view *view);
/** First row of the chain of @p text, or -1. */
int32_t mj_text_index_first(const mj_text_index *index, const char *text);
#endif
