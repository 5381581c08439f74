/** @file book_rows.h  The rows of tables as the XML of a sheet, made a chunk at a time on any thread.
 *
 * Why not libxlsxwriter's cells: with its constant_memory it prints each cell through fprintf into a file for each row
 * and copies that into another. The 5.5 million cells of 50,000 parcels took 4 s of CPU; here they take 0.4 s and
 * spread over the threads. The texts, values of numbers and styles are those of libxlsxwriter
 * 1.1.4. */
#ifndef MJ_REPORT_BOOK_ROWS_H
#define MJ_REPORT_BOOK_ROWS_H

#include "report/book_inside.h"

/** A word that cells repeat: what stands behind the place of the cell, ` s="9"...` to `</c>`. */
typedef struct {
  const char *code;
  const char *cell;
  size_t n;
} mj_book_word;

typedef struct {
  const mj_out_column *column;
  const char *style; /**< whose colours its codes have; NULL: none */
  bool prose, to_sheet, to_page;
  int number;     /**< from 0 */
  char place[16]; /**< `<c r="AB` */
  int n_place;
  mj_book_word *word; /**< of codes; of a three-valued column no, yes, unknown */
  int n_words;
} mj_book_column;

/** A table whose rows are written when the book is closed: its columns live as long as the book. */
struct mj_book_table {
  const mj_book *book;
  mj_sheet sheet;
  mj_book_column *column; /**< [sheet.n_columns] */
  const mj_column *id;    /**< parcel_id, NULL: none */
  int prose;              /**< column of sentences that are read whole; -1: none */
  int number;             /**< of the sheet, from 1 */
  int64_t n;              /**< rows of the table that are written */
  bool cut;               /**< a last row says that there are more */
  mj_text *scratch;       /**< [MJ_BOOK_SCRATCH a worker] */
};
enum { MJ_BOOK_SCRATCH = 3, MJ_BOOK_WORKERS = 64 };

/** The leads of the formats of tables; the formats are then in use. */
void mj_book_leads(mj_book *book);
/** Place and words of a column; the rest is filled. False: out of memory. */
bool mj_book_column_ready(mj_book *book, mj_book_column *column, int number);
/** Rows [first, last) of mj_book_table @p ctx as XML; an mj_chunk_fn. Errors: MJ_ENOMEM. */
mj_status mj_book_rows_text(void *ctx, int64_t first, int64_t last, int worker, mj_text *out);
/** Rows that make a good chunk of that table. */
int64_t mj_book_chunk(const mj_book_table *table);
#endif
