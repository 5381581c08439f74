/** @file csv.h  A small CSV in memory, RFC 4180. */
#ifndef MJ_BASE_CSV_H
#define MJ_BASE_CSV_H

#include "mujun/arena.h"
#include "mujun/status.h"

/** One line: its cells, unquoted and without blanks around, and the number of the line it begins in, from 1. */
typedef struct {
  const char **cell;
  int n, line;
} mj_csv_row;
typedef struct {
  mj_csv_row *row; /**< empty lines are left out */
  int n;
} mj_csv;

/** The rows of @p text into @p arena. A byte order mark is skipped; lines end with LF or CRLF; a quoted cell may hold
 * commas, doubled quotes and line ends. Errors: MJ_EFORMAT (a quote that does not end, bytes behind one, text that is
 * not UTF-8), with @p file and the line; MJ_ENOMEM. Cost: linear. */
MJ_NODISCARD mj_status mj_csv_parse(mj_arena *arena, const char *file, const char *text, size_t n, mj_csv *out,
                                    mj_error *err);
/** Column of that name in the first row, or -1. */
int mj_csv_column(const mj_csv *csv, const char *name);
#endif
