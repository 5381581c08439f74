/** @file book_inside.h  What the sources of the workbook share: its formats, and cells that are counted as they are
 * written. Rows are written from the top, each once: the workbook keeps one row in memory. */
#ifndef MJ_REPORT_BOOK_INSIDE_H
#define MJ_REPORT_BOOK_INSIDE_H

#include <xlsxwriter.h>

#include "report/book.h"

enum { MJ_BOOK_SHEETS = 64, MJ_BOOK_ROWS = 1048576, MJ_BOOK_NUMBERS = 7, MJ_BOOK_LINE = 15, MJ_BOOK_PROSE = 46 };
enum { MJ_BOOK_COLOURS = 48, MJ_BOOK_LINKS = 65000 };

/** What stands between the place of a cell and its value: ` s="5"><v>`. */
typedef struct {
  char text[48];
  int n;
} mj_lead;

/** One class of a style: how a map draws it, and the cell that says it. */
typedef struct {
  const char *style; /**< "parcels.qml" */
  char code[32];     /**< "idle" */
  lxw_color_t fill;
  bool hatched; /**< missing data: no colour of the scale */
  lxw_format *cell;
  mj_lead lead; /**< of the cells of tables; n = 0: no table has asked for it */
} mj_colour;

/** A table whose rows are still to come. */
typedef struct mj_book_table mj_book_table;

struct mj_book {
  lxw_workbook *book;
  const char *path, *shown;
  mj_lang lang;
  int threads;
  int memory; /* shared memory that libxlsxwriter's package goes to; -1: it goes to path, and is taken away there */
  const char *font; /* NULL: Excel's own */
  lxw_format *head, *text, *prose, *date, *plain, *link, *number_link, *number[MJ_BOOK_NUMBERS], *percent[3];
  struct {
    mj_lead word, text, prose, link, date, plain, number_link, number[MJ_BOOK_NUMBERS], percent[3];
  } lead; /* of the same formats */
  mj_colour colour[MJ_BOOK_COLOURS];
  int n_colours;
  mj_book_table *table[MJ_BOOK_SHEETS]; /* of each sheet; NULL: libxlsxwriter writes it whole */
  mj_arena arena;
  int64_t cells[MJ_BOOK_SHEETS]; /* sent to each sheet */
  int n_sheets;
  char footer[256];
  mj_text scratch, more;
};

/** The finished package of libxlsxwriter with the rows of the tables to the disk, looked at again as mj_book_close
 * says. Errors: MJ_EIO, MJ_EFORMAT, MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_book_deliver(mj_book *book, int64_t *bytes, mj_error *err);
/** "cannot write 'summary.xlsx': why". */
mj_status mj_book_refused(const mj_book *book, const char *why, mj_error *err);
/** The formats of tables and the colours of the styles; false: out of memory. */
bool mj_book_formats(mj_book *book);
/** A format in the book's font; NULL: out of memory. */
lxw_format *mj_book_format(mj_book *book);
/** How style @p style draws @p code; NULL: not at all. */
const mj_colour *mj_book_colour(const mj_book *book, const char *style, const char *code);
/** Which percent format a share with so many decimals takes, and that one. */
int mj_book_percent_at(int decimals);
lxw_format *mj_book_percent(const mj_book *book, int decimals);
/** A new sheet with paper, margins and footer. Errors: MJ_EIO. */
MJ_NODISCARD mj_status mj_book_add(mj_book *book, const char *title, lxw_worksheet **out, mj_error *err);

/** Width of a column: that of its heading, at most 13, and never so narrow that a number of it prints as ###. */
int mj_book_width(const mj_book *book, const mj_sheet *sheet, const mj_out_column *column);
/** Lines that a sentence takes in a column of prose: not every program makes a row higher by itself. */
int mj_book_lines_of(const char *text);

/** Cells. An empty text and a number that is not finite write nothing. */
lxw_error mj_book_text(mj_book *book, lxw_worksheet *ws, lxw_row_t row, lxw_col_t col, const char *text,
                       lxw_format *format);
lxw_error mj_book_number(mj_book *book, lxw_worksheet *ws, lxw_row_t row, lxw_col_t col, double v, lxw_format *format);
/** Cells of one row as one, with a text; also an empty one. */
lxw_error mj_book_merge(mj_book *book, lxw_worksheet *ws, lxw_row_t row, lxw_col_t from, lxw_col_t to, const char *text,
                        lxw_format *format);
/** The text as a cell takes it: cleaned, and cut where Excel takes no more. It may be in one of the two. */
const char *mj_book_clean(const char *text, mj_text *scratch, mj_text *more);
enum { MJ_BOOK_TEXT = 30000 }; /**< bytes of a cell; Excel takes 32,767 characters */
/** "internal:'TITLE'!A5" of a row from 0, in @p out; valid until it changes. */
const char *mj_book_place(const char *title, int64_t row, mj_text *out);
/** Bars behind the numbers of a column, a full cell being 1. */
lxw_error mj_book_bars(lxw_worksheet *ws, lxw_row_t from, lxw_row_t to, lxw_col_t col);
#endif
