#include <string.h>

#include "report/write.h"

typedef struct {
  const mj_sheet *sheet;
  mj_lang lang;
} csv;

static void put_date(mj_text *out, int32_t date) {
  char text[11];
  mj_date_format(date, text);
  mj_text_add(out, text);
}

static bool plain(unsigned char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '-' && c <= ';') || c == '_';
}

/* Most cells are short and plain (letters, digits and - . / : ; _): copied at once. A guard, a quote or a byte above
 * ASCII goes the careful way. */
static void put_text(mj_text *out, const char *value, mj_text *scratch) {
  size_t n = 0;
  while (plain((unsigned char)value[n])) n++;
  if (!value[n] && value[0] != '-') mj_text_put(out, value, n);
  else mj_text_csv(out, mj_clean_text(value, scratch));
}

static void put_cell(const csv *c, const mj_out_column *column, int64_t row, mj_text *out, mj_text *scratch) {
  const mj_column *col = column->column;
  if (col->type == MJ_TRI) {
    if (column->ours || col->tri[row] != MJ_UNKNOWN) mj_text_add(out, mj_tri_word(col->tri[row], c->lang));
  } else if (mj_column_is_null(col, row)) {
    return;
  } else if (col->type == MJ_F64) {
    mj_put_number(out, col->f64[row], column->decimals, column->at_most);
  } else if (col->type == MJ_I64) {
    char *at = mj_text_room(out, 24);
    if (at) out->n += (size_t)mj_int_text(col->i64[row], at);
  } else if (col->type == MJ_DATE) {
    put_date(out, col->date[row]);
  } else if (column->n_codes) {
    const char *word = mj_code_word(column, col->text[row], c->lang, scratch);
    mj_text_csv(out, word == col->text[row] ? mj_clean_text(word, scratch) : word); /* no code: the input's text */
  } else {
    put_text(out, col->text[row], scratch);
  }
}

static mj_status put_row(const void *ctx, int64_t i, mj_text *out, mj_text *scratch) {
  const csv *c = ctx;
  int64_t row = c->sheet->rows ? c->sheet->rows[i] : i;
  mj_sheet_ahead(c->sheet, i);
  for (int k = 0; k < c->sheet->n_columns; k++) {
    if (k) mj_text_put(out, ",", 1);
    put_cell(c, &c->sheet->columns[k], row, out, scratch);
  }
  mj_text_put(out, "\r\n", 2);
  return out->failed ? MJ_ENOMEM : MJ_OK;
}

mj_status mj_csv_write(mj_sink *sink, const mj_sheet *sheet, const mj_twin *twin, mj_lang lang, int threads,
                       mj_error *err) {
  csv c = {sheet, lang};
  mj_also also = twin ? (mj_also){twin->sink, twin->sheet->rows, twin->sheet->n} : (mj_also){0};
  mj_text head = {0}, scratch = {0};
  mj_text_add(&head, "\xEF\xBB\xBF");
  for (int k = 0; k < sheet->n_columns; k++) {
    if (k) mj_text_put(&head, ",", 1);
    mj_text_csv(&head, mj_clean_text(sheet->columns[k].label, &scratch));
  }
  mj_text_put(&head, "\r\n", 2);
  mj_status s = head.failed ? mj_fail(err, MJ_ENOMEM, "out of memory") : mj_sink_put(sink, head.data, head.n, err);
  if (!s && twin) s = mj_sink_put(twin->sink, head.data, head.n, err);
  mj_text_reset(&head);
  mj_text_reset(&scratch);
  return s ? s : mj_sink_rows(sink, sheet->n, threads, "", put_row, &c, twin ? &also : NULL, err);
}
