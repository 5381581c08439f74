#include <stdio.h>
#include <string.h>

#include "gis/ogr_csv.h"

typedef struct {
  mj_csv s;
  mj_reading *r;
  int *column_of; /* [n_fields] column of the reading, -1: not wanted */
  int n_fields;
  int64_t record;
} csv_reading;

static mj_status put(csv_reading *c, int cell, char *text, size_t n) {
  int column = c->column_of[cell];
  if (column < 0) return MJ_OK;
  if (!n || c->r->slot->all_utf8) {
    c->r->column[column]->text[c->r->row] = n ? text : NULL; /* the bytes stay where they were read */
    return MJ_OK;
  }
  return mj_reading_text(c->r, column, text, n, c->record);
}

static mj_status count_off(csv_reading *c, int cells, bool extra) {
  char found[32], expected[32];
  mj_lang lang = c->r->options->lang;
  snprintf(found, sizeof found, mj_tr(lang, "%d cells"), cells);
  snprintf(expected, sizeof expected, mj_tr(lang, "%d cells"), c->n_fields);
  for (int cell = cells; cell < c->n_fields; cell++)
    if (c->column_of[cell] >= 0) c->r->column[c->column_of[cell]]->text[c->r->row] = NULL;
  return mj_ledger_add(c->r->ledger, (mj_ledger_entry){.code = extra ? MJ_L_ROW_CELLS_EXTRA : MJ_L_ROW_CELLS_MISSING,
                                                       .layer = c->r->layer_name,
                                                       .found = found,
                                                       .expected = expected,
                                                       .row = c->record});
}

/* One record. A blank one leaves no row; one with texts beyond the last column is set aside, since which cell is which
 * is not known. */
static mj_status read_record(csv_reading *c, mj_csv_next *what) {
  bool extra = false, filled = false;
  int cells = 0;
  c->record++;
  MJ_TRY(mj_reading_room(c->r));
  do {
    char *text;
    size_t n;
    *what = mj_csv_cell(&c->s, &text, &n);
    if (*what == MJ_CSV_BROKEN)
      return mj_fail(c->r->err, MJ_EFORMAT, "%s: row %lld: %s", c->r->file->path, (long long)c->record,
                     mj_csv_why(&c->s, c->r->err));
    filled |= n > 0;
    if (cells < c->n_fields) MJ_TRY(put(c, cells, text, n));
    else extra |= n > 0;
    cells++;
  } while (*what == MJ_CSV_CELL);
  if (!filled) return MJ_OK;
  if (extra || cells < c->n_fields) MJ_TRY(count_off(c, cells, extra));
  if (!extra) mj_reading_end_row(c->r, c->record);
  return MJ_OK;
}

static int64_t count_lines(const char *text, const char *end) {
  int64_t n = 1;
  for (; text < end; text++) n += (*text == '\n') + (*text == '\r');
  return n;
}

static mj_status read_records(csv_reading *c) {
  mj_csv_next what = c->s.at < c->s.end ? MJ_CSV_LINE : MJ_CSV_END;
  while (what == MJ_CSV_LINE) {
    MJ_TRY(read_record(c, &what));
    if (c->record % 65536 == 0) mj_reading_step(c->r, c->s.at - c->s.begin, c->s.end - c->s.begin);
  }
  return MJ_OK;
}

mj_status mj_read_csv(mj_reading *r) {
  mj_source_file *file = r->file;
  csv_reading c = {.r = r, .n_fields = r->slot->info.n_fields};
  int64_t n = 0;
  char *text = NULL;
  c.column_of = mj_arena_alloc(&r->out->arena, (size_t)c.n_fields + 1, sizeof *c.column_of);
  if (!c.column_of) return mj_fail(r->err, MJ_ENOMEM, "out of memory");
  MJ_TRY(mj_csv_text(file, r->slot, &r->out->arena, &text, &n, r->err));
  if (n < (int64_t)file->head) return mj_fail(r->err, MJ_EIO, "%s: changed while it was read", file->path);
  MJ_TRY(mj_reading_columns(r, count_lines(text + file->head, text + n)));
  for (int f = 0; f < c.n_fields; f++) c.column_of[f] = -1;
  for (int i = 0; i < r->n_columns; i++) c.column_of[r->field[i]] = i;
  mj_csv_start(&c.s, text + file->head, n - (int64_t)file->head, file->delimiter);
  mj_status status = read_records(&c);
  if (status == MJ_ENOMEM) return mj_fail(r->err, MJ_ENOMEM, "out of memory");
  return status;
}
