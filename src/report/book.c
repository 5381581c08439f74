#include "report/book.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "base/text.h"
#include "gis/zip.h"
#include "report/grid.h"
#include "report/sink.h"

enum { MAX_SHEETS = 64, MAX_ROWS = 1048576, MAX_TEXT = 30000, N_NUMBERS = 7 };
enum { HEADING_WIDTH = 18, LINE_HEIGHT = 15 };
enum { PROSE_WIDTH = 46 };
enum { PRINTED_COLUMNS = 16 }; /* what a page across takes at a size that can be read */

struct mj_book {
  lxw_workbook *book;
  const char *path, *shown;
  mj_lang lang;
  int memory; /* shared memory the zip goes to, so that a full disk is met by
                 our own writes; -1: written in place */
  lxw_format *head, *text, *prose, *date, *plain, *number[N_NUMBERS];
  int64_t cells[MAX_SHEETS]; /* sent to each sheet */
  int n_sheets;
  mj_text scratch, more;
};

static mj_status refused(const mj_book *book, const char *why, mj_error *err) {
  return mj_fail(err, MJ_EIO, "cannot write '%s': %s", book->shown, why);
}

static bool make_formats(mj_book *b) {
  static const char *const pattern[N_NUMBERS] = {"#,##0",      "#,##0.0",     "#,##0.00",    "#,##0.000",
                                                 "#,##0.0000", "#,##0.00000", "#,##0.000000"};
  bool ok = (b->head = workbook_add_format(b->book)) && (b->text = workbook_add_format(b->book)) &&
            (b->prose = workbook_add_format(b->book)) && (b->date = workbook_add_format(b->book)) &&
            (b->plain = workbook_add_format(b->book));
  for (int i = 0; ok && i < N_NUMBERS; i++) {
    ok = (b->number[i] = workbook_add_format(b->book)) != NULL;
    if (ok) format_set_num_format(b->number[i], pattern[i]);
  }
  if (!ok) return false;
  format_set_bold(b->head);
  format_set_text_wrap(b->head);
  format_set_align(b->head, LXW_ALIGN_CENTER);
  format_set_align(b->head, LXW_ALIGN_VERTICAL_CENTER);
  format_set_bg_color(b->head, 0xDDEBF7);
  format_set_border(b->head, LXW_BORDER_THIN);
  format_set_num_format(b->text, "@");
  format_set_indent(b->text, 1); /* clear of a number to its left */
  format_set_num_format(b->prose, "@");
  format_set_indent(b->prose, 1);
  format_set_text_wrap(b->prose);
  format_set_num_format(b->date, "yyyy-mm-dd");
  return true;
}

/* An unnamed piece of shared memory; -1 where the system has none. */
static int memory_file(const void *unique) {
  char name[64];
  snprintf(name, sizeof name, "/mujun-%ld-%llx", (long)getpid(), (unsigned long long)(uintptr_t)unique);
  int fd = shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0600);
  if (fd >= 0) shm_unlink(name);
  return fd;
}

static void free_book(mj_book *b) {
  if (b->memory >= 0) close(b->memory);
  mj_text_reset(&b->scratch);
  mj_text_reset(&b->more);
  free(b);
}

mj_status mj_book_open(const char *path, const char *shown, const char *title, int32_t as_of, mj_lang lang,
                       mj_book **out, mj_error *err) {
  mj_book *b = calloc(1, sizeof *b);
  if (!b) return mj_fail(err, MJ_ENOMEM, "out of memory");
  *b = (mj_book){.path = path, .shown = shown, .lang = lang, .memory = memory_file(b)};
  char name[64];
  snprintf(name, sizeof name, "/proc/self/fd/%d", b->memory);
  if (b->memory >= 0 && access(name, W_OK)) {
    close(b->memory);
    b->memory = -1;
  }
  lxw_workbook_options options = {.constant_memory = LXW_TRUE};
  b->book = workbook_new_opt(b->memory >= 0 ? name : path, &options);
  if (!b->book || !make_formats(b)) {
    if (b->book) lxw_workbook_free(b->book);
    free_book(b);
    return mj_fail(err, MJ_ENOMEM, "out of memory");
  }
  char *copy = mj_text_room(&b->scratch, strlen(title) + 1);
  if (copy) strcpy(copy, title);
  lxw_doc_properties properties = {.title = copy, .created = (time_t)as_of * 86400};
  workbook_set_properties(b->book, &properties);
  *out = b;
  return MJ_OK;
}

/* Excel takes 32,767 characters a cell; a longer text is cut at a character and
 * ends with an ellipsis. */
static const char *cell_text(mj_book *b, const char *text) {
  const char *clean = mj_clean_text(text, &b->scratch);
  if (strlen(clean) <= MAX_TEXT) return clean;
  b->more.n = 0;
  mj_text_put(&b->more, clean, mj_utf8_cut(clean, MAX_TEXT));
  mj_text_put(&b->more, "…", strlen("…"));
  return b->more.failed ? "" : b->more.data;
}

static lxw_error put_text(mj_book *b, lxw_worksheet *ws, lxw_row_t row, lxw_col_t col, const char *text,
                          lxw_format *format) {
  if (!*text)
    return LXW_NO_ERROR; /* an empty cell: nothing is sent and nothing counted
                          */
  b->cells[b->n_sheets - 1]++;
  return worksheet_write_string(ws, row, col, cell_text(b, text), format);
}

static lxw_error put_number(mj_book *b, lxw_worksheet *ws, lxw_row_t row, lxw_col_t col, double v, int decimals) {
  if (!isfinite(v)) return LXW_NO_ERROR;
  b->cells[b->n_sheets - 1]++;
  return worksheet_write_number(ws, row, col, v,
                                decimals < 0 ? b->plain : b->number[decimals < N_NUMBERS ? decimals : N_NUMBERS - 1]);
}

static lxw_error put_date(mj_book *b, lxw_worksheet *ws, lxw_row_t row, lxw_col_t col, int32_t date) {
  lxw_datetime at = {0};
  char text[11];
  mj_date_to_ymd(date, &at.year, &at.month, &at.day);
  mj_date_format(date, text);
  if (at.year < 1900 || at.year > 9999)
    return put_text(b, ws, row, col, text, b->text); /* Excel knows no earlier day */
  b->cells[b->n_sheets - 1]++;
  return worksheet_write_datetime(ws, row, col, &at, b->date);
}

/* As many decimals as the number needs, at most so many. */
static int decimals_of(double v, int most) {
  static const double ten[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};
  int d = 0;
  if (most < 0 || most >= N_NUMBERS) most = N_NUMBERS - 1;
  while (d < most && fabs(v * ten[d] - round(v * ten[d])) > 1e-9 * fabs(v * ten[d])) d++;
  return d;
}

static lxw_error put_cell(mj_book *b, lxw_worksheet *ws, lxw_row_t row, lxw_col_t col, const mj_out_column *c,
                          int64_t from, bool prose) {
  const mj_column *column = c->column;
  if (column->type == MJ_TRI)
    return c->ours || column->tri[from] != MJ_UNKNOWN
               ? put_text(b, ws, row, col, mj_tri_word(column->tri[from], b->lang), NULL)
               : LXW_NO_ERROR;
  if (mj_column_is_null(column, from)) return LXW_NO_ERROR;
  if (column->type == MJ_F64) {
    double v = column->f64[from];
    return put_number(b, ws, row, col, v, c->at_most ? decimals_of(v, c->decimals) : c->decimals);
  }
  if (column->type == MJ_I64)
    return put_number(b, ws, row, col, (double)column->i64[from],
                      c->ours && !c->at_most ? 0 : -1); /* a year takes no comma */
  if (column->type == MJ_DATE) return put_date(b, ws, row, col, column->date[from]);
  if (c->n_codes) {
    mj_text word = {0};
    lxw_error e = put_text(b, ws, row, col, mj_code_word(c, column->text[from], b->lang, &word), NULL);
    mj_text_reset(&word);
    return e;
  }
  return put_text(b, ws, row, col, column->text[from], prose ? b->prose : b->text);
}

static mj_status add_sheet(mj_book *b, const char *title, lxw_worksheet **out, mj_error *err) {
  if (b->n_sheets == MAX_SHEETS) return refused(b, "too many sheets", err);
  *out = workbook_add_worksheet(b->book, title);
  if (!*out) return refused(b, "the workbook takes no further sheet", err);
  b->n_sheets++;
  worksheet_freeze_panes(*out, 1, 1);
  worksheet_repeat_rows(*out, 0, 0);
  worksheet_set_landscape(*out);
  worksheet_set_paper(*out, 9);
  worksheet_fit_to_pages(*out, 1, 0);
  worksheet_set_margins(*out, 0.4, 0.4, 0.5, 0.5);
  return MJ_OK;
}

mj_status mj_book_lines(mj_book *b, const char *title, const mj_line *line, int n, mj_error *err) {
  lxw_worksheet *ws;
  MJ_TRY(add_sheet(b, title, &ws, err));
  worksheet_set_column(ws, 0, 0, 54, NULL);
  worksheet_set_column(ws, 1, 1, 60, NULL);
  lxw_error e = put_text(b, ws, 0, 0, b->lang == MJ_ZH ? "项目" : "item", b->head);
  if (!e) e = put_text(b, ws, 0, 1, b->lang == MJ_ZH ? "数值" : "value", b->head);
  for (int i = 0; i < n && !e; i++) {
    lxw_row_t row = (lxw_row_t)i + 1;
    e = put_text(b, ws, row, 0, line[i].label, NULL);
    if (!e && line[i].text) e = put_text(b, ws, row, 1, line[i].text, NULL);
    else if (!e) e = put_number(b, ws, row, 1, line[i].number, line[i].decimals);
  }
  return e ? refused(b, lxw_strerror(e), err) : MJ_OK;
}

/* The column whose sentences are read whole, in a table of few rows; -1: none. */
static int prose_column(const mj_sheet *sheet) {
  static const char *const tables[] = {"targets", "indicators", "audits"};
  bool few = false;
  for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) few = few || !strcmp(sheet->name, tables[i]);
  for (int c = 0; few && c < sheet->n_columns; c++)
    if (sheet->columns[c].ours && !strcmp(sheet->columns[c].name, "text")) return c;
  return -1;
}

/* What a text column shows: a code as its word. */
static const char *shown_text(const mj_book *b, const mj_out_column *c, int64_t row, mj_text *scratch) {
  const char *text = c->column->text[row];
  return text && c->n_codes ? mj_code_word(c, text, b->lang, scratch) : text;
}

/* Lines that a sentence takes: not every program makes a row higher by itself. */
static int lines_of(const char *text) {
  int lines = 0;
  for (size_t skip; text && *text; text += skip, lines++) mj_wrap(text, PROSE_WIDTH - 4, &skip);
  return lines;
}

/* A column is as wide as its heading, and never so narrow that a number of it prints as ###. */
static int width_of(const mj_book *b, const mj_sheet *sheet, const mj_out_column *c) {
  int width = mj_utf8_width(c->label) + 2, most = 9;
  if (width > HEADING_WIDTH) width = HEADING_WIDTH; /* a longer one is wrapped */
  double largest = 0;
  const mj_column *column = c->column;
  for (int64_t i = 0; column->type == MJ_TEXT && i < sheet->n && i < 1000; i++) {
    mj_text word = {0};
    const char *text = shown_text(b, c, sheet->rows ? sheet->rows[i] : i, &word);
    int n = text ? mj_utf8_width(text) + 2 : 0;
    if (n > most) most = n < 30 ? n : 30;
    mj_text_reset(&word);
  }
  if (column->type == MJ_DATE) most = 12;
  for (int64_t i = 0; column->type == MJ_F64 && i < sheet->n; i++) {
    double v = fabs(column->f64[sheet->rows ? sheet->rows[i] : i]);
    if (isfinite(v) && v > largest) largest = v;
  }
  if (largest >= 1) {
    int digits = (int)log10(largest) + 1, decimals = c->decimals < 0 ? 6 : c->decimals;
    most = digits + (digits - 1) / 3 + 1 + decimals + 3; /* commas, point, sign and some air */
  }
  if (width < most) width = most;
  return width > 30 ? 30 : width;
}

static lxw_error put_heading(mj_book *b, lxw_worksheet *ws, const mj_sheet *sheet) {
  int lines = 1, prose = prose_column(sheet);
  lxw_error e = LXW_NO_ERROR;
  for (int c = 0; c < sheet->n_columns; c++) {
    int width = c == prose ? PROSE_WIDTH : width_of(b, sheet, &sheet->columns[c]),
        wrapped = mj_utf8_width(sheet->columns[c].label) / (width - 2) + 1;
    worksheet_set_column(ws, (lxw_col_t)c, (lxw_col_t)c, width, NULL);
    if (wrapped > lines) lines = wrapped < 4 ? wrapped : 4;
  }
  worksheet_set_row(ws, 0, lines * LINE_HEIGHT, NULL);
  for (int c = 0; c < sheet->n_columns && !e; c++)
    e = put_text(b, ws, 0, (lxw_col_t)c, sheet->columns[c].label, b->head);
  return e;
}

mj_status mj_book_sheet(mj_book *b, const mj_sheet *sheet, mj_error *err) {
  lxw_worksheet *ws;
  MJ_TRY(add_sheet(b, sheet->title, &ws, err));
  bool cut = sheet->n > MAX_ROWS - 1;
  int64_t n = cut ? MAX_ROWS - 2 : sheet->n;
  int prose = prose_column(sheet);
  lxw_error e = put_heading(b, ws, sheet);
  for (int64_t i = 0; i < n && !e; i++) {
    int64_t row = sheet->rows ? sheet->rows[i] : i;
    int lines = prose < 0 ? 1 : lines_of(sheet->columns[prose].column->text[row]);
    if (lines > 1) e = worksheet_set_row(ws, (lxw_row_t)i + 1, lines * LINE_HEIGHT, NULL);
    for (int c = 0; c < sheet->n_columns && !e; c++)
      e = put_cell(b, ws, (lxw_row_t)i + 1, (lxw_col_t)c, &sheet->columns[c], row, c == prose);
  }
  if (cut && !e)
    e = put_text(b, ws, MAX_ROWS - 1, 0,
                 b->lang == MJ_ZH ? "行数超过 Excel 上限，完整数据见 tables 文件夹"
                                  : "more rows than Excel takes: see the folder tables",
                 NULL);
  if (!e && sheet->n_columns) e = worksheet_autofilter(ws, 0, 0, (lxw_row_t)n, (lxw_col_t)(sheet->n_columns - 1));
  if (sheet->n_columns > PRINTED_COLUMNS) worksheet_print_area(ws, 0, 0, (lxw_row_t)n, PRINTED_COLUMNS - 1);
  worksheet_ignore_errors(ws, LXW_IGNORE_NUMBER_STORED_AS_TEXT, "A1:XFD1048576");
  return e ? refused(b, lxw_strerror(e), err) : MJ_OK;
}

/* From shared memory to the disk, every write checked. */
static mj_status copy_out(mj_book *b, bool sync, int64_t *bytes, mj_error *err) {
  char piece[65536];
  mj_sink sink;
  off_t at = 0;
  ssize_t got = 0;
  MJ_TRY(mj_sink_open(&sink, b->path, b->shown, err));
  mj_status s = MJ_OK;
  while (!s && (got = pread(b->memory, piece, sizeof piece, at)) > 0) {
    s = mj_sink_put(&sink, piece, (size_t)got, err);
    at += got;
  }
  if (!s && got < 0) s = refused(b, strerror(errno), err);
  *bytes = sink.bytes;
  if (!s) return mj_sink_close(&sink, sync, err);
  mj_sink_drop(&sink);
  return s;
}

static mj_status count_again(const mj_book *b, mj_error *err) {
  for (int i = 0; i < b->n_sheets; i++) {
    char member[64];
    int64_t found;
    snprintf(member, sizeof member, "xl/worksheets/sheet%d.xml", i + 1);
    MJ_TRY(mj_zip_count(b->path, member, "<c r=", "</worksheet>", &found, err));
    if (found != b->cells[i])
      return mj_fail(err, MJ_EIO, "cannot write '%s': sheet %d: read again, %lld cells of %lld", b->shown, i + 1,
                     (long long)found, (long long)b->cells[i]);
  }
  return MJ_OK;
}

mj_status mj_book_close(mj_book *b, bool sync, int64_t *bytes, mj_error *err) {
  errno = 0;
  lxw_error e = workbook_close(b->book);
  mj_status s = b->scratch.failed || b->more.failed ? mj_fail(err, MJ_ENOMEM, "out of memory") : MJ_OK;
  if (!s && e) s = refused(b, errno ? strerror(errno) : lxw_strerror(e), err);
  if (!s) s = b->memory >= 0 ? copy_out(b, sync, bytes, err) : mj_sink_settle(b->path, b->shown, sync, bytes, err);
  if (!s) s = count_again(b, err);
  free_book(b);
  return s;
}

void mj_book_drop(mj_book *b) {
  if (!b) return;
  lxw_workbook_free(b->book);
  free_book(b);
}
