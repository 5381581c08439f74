#include <math.h>

#include "report/book_inside.h"
#include "report/grid.h"

enum { HEADING_WIDTH = 13 };

/* What a text column shows: a code as its word. */
static const char *shown_text(const mj_book *b, const mj_out_column *c, int64_t row, mj_text *scratch) {
  const char *text = c->column->text[row];
  return text && c->n_codes ? mj_code_word(c, text, b->lang, scratch) : text;
}

int mj_book_lines_of(const char *text) {
  int lines = 0;
  for (size_t skip; text && *text; text += skip, lines++) mj_wrap(text, MJ_BOOK_PROSE - 4, &skip);
  return lines;
}

static int digits_of(const mj_sheet *sheet, const mj_out_column *c) {
  double largest = 0;
  for (int64_t i = 0; i < sheet->n; i++) {
    double v = fabs(c->column->f64[sheet->rows ? sheet->rows[i] : i]);
    if (isfinite(v) && v > largest) largest = v;
  }
  if (largest < 1) return 0;
  int digits = (int)log10(largest) + 1, decimals = c->decimals < 0 ? 6 : c->decimals;
  return digits + (digits - 1) / 3 + 1 + decimals + 3; /* commas, point, sign and some air */
}

int mj_book_width(const mj_book *b, const mj_sheet *sheet, const mj_out_column *c) {
  int width = mj_utf8_width(c->label) + 2, most = 9;
  if (width > HEADING_WIDTH) width = HEADING_WIDTH; /* a longer one is wrapped */
  const mj_column *column = c->column;
  for (int64_t i = 0; column->type == MJ_TEXT && i < sheet->n && i < 1000; i++) {
    mj_text word = {0};
    const char *text = shown_text(b, c, sheet->rows ? sheet->rows[i] : i, &word);
    int n = text ? mj_utf8_width(text) + 3 : 0;
    if (n > most) most = n < 30 ? n : 30;
    mj_text_reset(&word);
  }
  if (column->type == MJ_DATE) most = 12;
  if (column->type == MJ_F64 && !c->share && digits_of(sheet, c) > most) most = digits_of(sheet, c);
  if (width < most) width = most;
  return width > 30 ? 30 : width;
}
