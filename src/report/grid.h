/** @file grid.h  Texts in columns for a terminal: Chinese characters take two places, long cells go on below. */
#ifndef MJ_REPORT_GRID_H
#define MJ_REPORT_GRID_H

#include "base/text.h"

/** What fits beside @p width columns of @p text: bytes of the line without blanks at its end; *skip is where the next
 * line begins. A line ends at a blank, around a wide character but not before a mark that closes, or in the middle of a
 * word that is longer than a line. */
size_t mj_wrap(const char *text, int width, size_t *skip);
/** Append @p n bytes of @p text, each tab, line end and mj_utf8_odd character as '?': what would steer the terminal
 * does not reach it. */
void mj_shown_put(mj_text *out, const char *text, size_t n);
/** Append as much of @p text as fits in @p width columns, whole characters with at most two of their marks, and blanks
 * up to @p width; what is cut ends with "…". What would steer the terminal or turn its direction is shown as '?'. */
void mj_short_put(mj_text *out, const char *text, int width);
/** Append @p text in lines of at most @p right columns, those after the first @p indent columns in; it begins at column
 * @p column. Control characters are shown as '?'. Ends with a line end. */
void mj_wrap_put(mj_text *out, const char *text, int column, int indent, int right);

/** A table of texts, cell[row * n_columns + column]; valid while they are. */
typedef struct {
  int n_columns;
  const char *const *heading;
  const char *const *cell;
  const bool *right; /**< of each column: numbers, which are not broken */
  int64_t n_rows;
  int indent, width; /**< columns of the terminal; 0: as many as it needs */
} mj_grid;

/** Append headings, a line, and the rows; where even narrow columns do not fit, each row as lines "heading  value".
 * Errors: out->failed. */
void mj_grid_put(mj_text *out, const mj_grid *grid);
#endif
