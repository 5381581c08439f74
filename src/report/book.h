/** @file book.h  summary.xlsx: a front sheet, then sheets for people, with frozen headings, number formats and words.
 */
#ifndef MJ_REPORT_BOOK_H
#define MJ_REPORT_BOOK_H

#include "report/layout.h"

/** One line of the overview: a text, or a number where text is NULL (NaN: not
 * known). */
typedef struct {
  const char *label, *text;
  double number;
  int decimals;
} mj_line;

/** Where the rows of a sheet lead to; valid when {0}: nowhere. */
typedef struct {
  const char *column; /**< its cells lead to the row of the parcel in sheet @p sheet, which has all rows of the table */
  const char *sheet;
  const char *page_column; /**< its cells lead to report.html beside the workbook, at the parcel's dossier; NULL: no */
} mj_links;

typedef struct mj_book mj_book;
/** Begin a workbook dated @p as_of, whose tables are written on @p threads threads (0: one per core). @p shown is the
 * name for messages, @p title the park's name, in the footers too. Errors: MJ_ENOMEM, MJ_EIO. */
MJ_NODISCARD mj_status mj_book_open(const char *path, const char *shown, const char *title, int32_t as_of, mj_lang lang,
                                    int threads, mj_book **out, mj_error *err);
/** A sheet of two columns: what, how much. Errors: MJ_EIO. */
MJ_NODISCARD mj_status mj_book_lines(mj_book *book, const char *title, const mj_line *line, int n, mj_error *err);
/** A sheet of a table. Rows past Excel's limit are left out and the last row says so. The rows are written by
 * mj_book_close: columns and rows of @p sheet live until then. Errors: MJ_EIO, MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_book_sheet(mj_book *book, const mj_sheet *sheet, const mj_links *links, mj_error *err);
/** Write the file and look at it again: the rows of tables by what was sent, the cells of other sheets are counted.
 * Frees the book in any case. Errors: MJ_EIO, MJ_EFORMAT, MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_book_close(mj_book *book, int64_t *bytes, mj_error *err);
/** Give up: nothing is written. NULL is allowed. */
void mj_book_drop(mj_book *book);
#endif
