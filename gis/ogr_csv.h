/** @file ogr_csv.h  Cells of a table of texts, one after another. */
#ifndef MJ_GIS_OGR_CSV_H
#define MJ_GIS_OGR_CSV_H

#include "gis/ogr_source.h"

/** What follows a cell. */
typedef enum { MJ_CSV_CELL, MJ_CSV_LINE, MJ_CSV_END, MJ_CSV_BROKEN } mj_csv_next;

/** A place in a text that ends with a NUL at end. Cells are cut out of it in place. */
typedef struct {
  char *begin, *at, *end;
  char delimiter;
  bool special[256];  /**< ends an unquoted cell */
  const char *broken; /**< why, after MJ_CSV_BROKEN */
} mj_csv;

void mj_csv_start(mj_csv *csv, char *text, int64_t n, char delimiter);
/** The next cell: text[n], NUL-terminated, quotes resolved. Not to be called after END or BROKEN. */
mj_csv_next mj_csv_cell(mj_csv *csv, char **text, size_t *n);
/** Why the last cell was BROKEN, in the language of @p err. */
const char *mj_csv_why(const mj_csv *csv, const mj_error *err);
/**
 * The whole file as one text with a NUL behind it, without a mark of the encoding: its bytes in slot->encoding, or
 * UTF-8 where that is UTF-16. The first call finds the encoding out and fills the slot. Errors: MJ_EIO; MJ_EFORMAT no
 * text, or of no known encoding; MJ_ENOMEM.
 */
MJ_NODISCARD mj_status mj_csv_text(mj_source_file *file, mj_slot *slot, mj_arena *arena, char **text, int64_t *n,
                                   mj_error *err);
#endif
