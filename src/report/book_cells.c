#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/book_inside.h"

/* A longer text is cut at a character and ends with an ellipsis. */
const char *mj_book_clean(const char *text, mj_text *scratch, mj_text *more) {
  const char *clean = mj_workbook_text(mj_clean_text(text, scratch), more);
  if (strlen(clean) <= MJ_BOOK_TEXT) return clean;
  size_t kept = mj_utf8_cut(clean, MJ_BOOK_TEXT);
  if (clean != more->data) {
    more->n = 0;
    mj_text_put(more, clean, kept);
  }
  more->n = kept;
  mj_text_put(more, "…", strlen("…"));
  return more->failed ? "" : more->data;
}

lxw_error mj_book_text(mj_book *b, lxw_worksheet *ws, lxw_row_t row, lxw_col_t col, const char *text,
                       lxw_format *format) {
  if (!*text) return LXW_NO_ERROR; /* an empty cell: nothing is sent and nothing counted */
  b->cells[b->n_sheets - 1]++;
  return worksheet_write_string(ws, row, col, mj_book_clean(text, &b->scratch, &b->more), format);
}

lxw_error mj_book_number(mj_book *b, lxw_worksheet *ws, lxw_row_t row, lxw_col_t col, double v, lxw_format *format) {
  if (!isfinite(v)) return LXW_NO_ERROR;
  b->cells[b->n_sheets - 1]++;
  return worksheet_write_number(ws, row, col, v, format);
}

lxw_error mj_book_merge(mj_book *b, lxw_worksheet *ws, lxw_row_t row, lxw_col_t from, lxw_col_t to, const char *text,
                        lxw_format *format) {
  b->cells[b->n_sheets - 1] += format ? to - from + 1 : *text != 0; /* empty cells are written for their format */
  return worksheet_merge_range(ws, row, from, row, to, mj_book_clean(text, &b->scratch, &b->more), format);
}

const char *mj_book_place(const char *title, int64_t row, mj_text *out) {
  out->n = 0;
  mj_text_add(out, "internal:'");
  for (const char *p = title; *p; p++) mj_text_put(out, *p == '\'' ? "''" : p, *p == '\'' ? 2 : 1);
  mj_text_format(out, "'!A%lld", (long long)row + 1);
  return out->failed ? "" : out->data;
}

lxw_error mj_book_bars(lxw_worksheet *ws, lxw_row_t from, lxw_row_t to, lxw_col_t col) {
  lxw_conditional_format bars = {.type = LXW_CONDITIONAL_DATA_BAR,
                                 .min_rule_type = LXW_CONDITIONAL_RULE_TYPE_NUMBER,
                                 .min_value = 0,
                                 .max_rule_type = LXW_CONDITIONAL_RULE_TYPE_NUMBER,
                                 .max_value = 1,
                                 .bar_color = 0xA9C6E3,
                                 .bar_solid = LXW_TRUE,
                                 .bar_no_border = LXW_TRUE,
                                 .data_bar_2010 = LXW_TRUE};
  return worksheet_conditional_format_range(ws, from, col, to, col, &bars);
}
