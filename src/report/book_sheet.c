#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/book_inside.h"

enum { MOST_LINES = 5 }; /* of a heading */
/* A page across takes so much at a size that can be read. A wider table of few rows takes several pages, each with
 * the first column; a long one is made smaller, and of very many columns the first are printed. */
enum { PAGE_WIDTH = 210, FEW_ROWS = 60, MANY_COLUMNS = 40, PRINTED_COLUMNS = 17 };
enum { ROWS_WITH_BARS = 300 }; /* bars compare rows that are seen together */

/* A column on its way into the book. */
typedef struct {
  const mj_out_column *column;
  const char *style; /* whose colours its codes have; NULL: none */
  bool prose, to_sheet, to_page;
} cell_maker;

typedef struct {
  mj_book *book;
  lxw_worksheet *ws;
  const mj_sheet *sheet;
  const mj_links *links;
  cell_maker *maker; /* [n_columns] */
  const mj_column *id;
  int prose; /* -1: none */
  int width; /* of what is printed */
  mj_text target;
} writer;

static lxw_error put_date(mj_book *b, lxw_worksheet *ws, lxw_row_t row, lxw_col_t col, int32_t date) {
  lxw_datetime at = {0};
  char text[11];
  mj_date_to_ymd(date, &at.year, &at.month, &at.day);
  mj_date_format(date, text);
  if (at.year < 1900 || at.year > 9999)
    return mj_book_text(b, ws, row, col, text, b->text); /* Excel knows no earlier day */
  b->cells[b->n_sheets - 1]++;
  return worksheet_write_datetime(ws, row, col, &at, b->date);
}

/* As many decimals as the number needs, at most so many. */
static int decimals_of(double v, int most) {
  static const double ten[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};
  int d = 0;
  if (most < 0 || most >= MJ_BOOK_NUMBERS) most = MJ_BOOK_NUMBERS - 1;
  while (d < most && fabs(v * ten[d] - round(v * ten[d])) > 1e-9 * fabs(v * ten[d])) d++;
  return d;
}

static lxw_format *format_of(const mj_book *b, const mj_out_column *c, double v) {
  if (c->share) return mj_book_percent(b, c->decimals);
  int decimals = c->at_most ? decimals_of(v, c->decimals) : c->decimals;
  return decimals < 0 ? b->plain : b->number[decimals < MJ_BOOK_NUMBERS ? decimals : MJ_BOOK_NUMBERS - 1];
}

static lxw_error put_code(writer *w, lxw_row_t row, lxw_col_t col, const cell_maker *m, const char *code) {
  mj_book *b = w->book;
  const mj_colour *colour = m->style ? mj_book_colour(b, m->style, code) : NULL;
  mj_text word = {0};
  lxw_error e =
      mj_book_text(b, w->ws, row, col, mj_code_word(m->column, code, b->lang, &word), colour ? colour->cell : NULL);
  mj_text_reset(&word);
  return e;
}

/* "external:report.html#p=ID", the id as a URL takes it. */
static const char *page_of(const char *id, mj_text *out) {
  out->n = 0;
  mj_text_add(out, "external:report.html#p=");
  for (const unsigned char *p = (const unsigned char *)id; *p; p++) {
    bool plain = (*p >= '0' && *p <= '9') || (*p >= 'A' && *p <= 'Z') || (*p >= 'a' && *p <= 'z') || *p == '-' ||
                 *p == '_' || *p == '.';
    if (plain) mj_text_put(out, (const char *)p, 1);
    else mj_text_format(out, "%%%02X", *p);
  }
  return out->failed ? "" : out->data;
}

/* The place in the list leads to the dossier in the page. */
static lxw_error put_rank(writer *w, lxw_row_t row, lxw_col_t col, double v, int64_t from) {
  mj_book *b = w->book;
  const char *id = w->id ? w->id->text[from] : NULL, *target = id ? page_of(id, &w->target) : "";
  if (*target && strlen(target) < 2000)
    worksheet_write_url_opt(w->ws, row, col, target, b->number_link, "1",
                            b->lang == MJ_ZH ? "在报告中打开这一宗地" : "open this parcel in the report");
  return mj_book_number(b, w->ws, row, col, v, *target ? b->number_link : b->number[0]); /* in the link's place */
}

static lxw_error put_cell(writer *w, lxw_row_t row, lxw_col_t col, int64_t from) {
  mj_book *b = w->book;
  const cell_maker *m = &w->maker[col];
  const mj_out_column *c = m->column;
  const mj_column *column = c->column;
  if (column->type == MJ_TRI)
    return c->ours || column->tri[from] != MJ_UNKNOWN
               ? mj_book_text(b, w->ws, row, col, mj_tri_word(column->tri[from], b->lang), NULL)
               : LXW_NO_ERROR;
  if (mj_column_is_null(column, from)) return LXW_NO_ERROR;
  if (column->type == MJ_F64)
    return mj_book_number(b, w->ws, row, col, column->f64[from], format_of(b, c, column->f64[from]));
  if (column->type == MJ_I64 && m->to_page && row <= MJ_BOOK_LINKS / 2)
    return put_rank(w, row, col, (double)column->i64[from], from);
  if (column->type == MJ_I64) /* a year takes no comma */
    return mj_book_number(b, w->ws, row, col, (double)column->i64[from],
                          c->ours && !c->at_most ? b->number[0] : b->plain);
  if (column->type == MJ_DATE) return put_date(b, w->ws, row, col, column->date[from]);
  if (c->n_codes) return put_code(w, row, col, m, column->text[from]);
  if (m->to_sheet && row <= MJ_BOOK_LINKS / 2)
    return mj_book_link(b, w->ws, row, col, mj_book_place(w->links->sheet, from + 1, &w->target), column->text[from],
                        b->lang == MJ_ZH ? "转到“宗地”表的这一行" : "to its row in the sheet of parcels", b->link);
  return mj_book_text(b, w->ws, row, col, column->text[from], m->prose ? b->prose : b->text);
}

static void set_table(lxw_worksheet *ws) {
  worksheet_freeze_panes(ws, 1, 1);
  worksheet_repeat_rows(ws, 0, 0);
}

mj_status mj_book_lines(mj_book *b, const char *title, const mj_line *line, int n, mj_error *err) {
  lxw_worksheet *ws;
  MJ_TRY(mj_book_add(b, title, &ws, err));
  set_table(ws);
  worksheet_fit_to_pages(ws, 1, 0);
  worksheet_set_column(ws, 0, 0, 54, NULL);
  worksheet_set_column(ws, 1, 1, 60, NULL);
  lxw_error e = mj_book_text(b, ws, 0, 0, b->lang == MJ_ZH ? "项目" : "item", b->head);
  if (!e) e = mj_book_text(b, ws, 0, 1, b->lang == MJ_ZH ? "数值" : "value", b->head);
  for (int i = 0; i < n && !e; i++) {
    lxw_row_t row = (lxw_row_t)i + 1;
    int d = line[i].decimals;
    e = mj_book_text(b, ws, row, 0, line[i].label, NULL);
    if (!e && line[i].text) e = mj_book_text(b, ws, row, 1, line[i].text, NULL);
    else if (!e)
      e = mj_book_number(b, ws, row, 1, line[i].number,
                         d < 0 ? b->plain : b->number[d < MJ_BOOK_NUMBERS ? d : MJ_BOOK_NUMBERS - 1]);
  }
  return e ? mj_book_refused(b, lxw_strerror(e), err) : MJ_OK;
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

/* The style that a map draws the column's codes in. */
static const char *style_of(const mj_sheet *sheet, const mj_out_column *c) {
  static const struct {
    const char *sheet, *column, *style;
  } of[] = {{"parcels", "status", "parcels.qml"},
            {"candidates", "status", "parcels.qml"},
            {"status", "status", "parcels.qml"},
            {"candidate_kinds", "kind", "parcels.qml"},
            {"checks", "severity", "checks.qml"},
            {"check_points", "severity", "checks.qml"},
            {"factory_units", "use_state", "factory_units.qml"}};
  for (size_t i = 0; i < sizeof of / sizeof *of && c->ours; i++)
    if (!strcmp(of[i].sheet, sheet->name) && !strcmp(of[i].column, c->name)) return of[i].style;
  return NULL;
}

static int printed_columns(const mj_sheet *sheet) {
  return sheet->n_columns > MANY_COLUMNS ? PRINTED_COLUMNS : sheet->n_columns;
}

static lxw_error put_heading(writer *w) {
  const mj_sheet *sheet = w->sheet;
  int lines = 1;
  lxw_error e = LXW_NO_ERROR;
  for (int c = 0; c < sheet->n_columns; c++) {
    int width = c == w->prose ? MJ_BOOK_PROSE : mj_book_width(w->book, sheet, &sheet->columns[c]),
        wrapped = mj_utf8_width(sheet->columns[c].label) / (width - 3) + 1;
    worksheet_set_column(w->ws, (lxw_col_t)c, (lxw_col_t)c, width, NULL);
    if (c < printed_columns(sheet)) w->width += width;
    if (wrapped > lines) lines = wrapped < MOST_LINES ? wrapped : MOST_LINES;
  }
  worksheet_set_row(w->ws, 0, lines * MJ_BOOK_LINE + 3, NULL);
  for (int c = 0; c < sheet->n_columns && !e; c++)
    e = mj_book_text(w->book, w->ws, 0, (lxw_col_t)c, sheet->columns[c].label, w->book->head);
  return e;
}

static lxw_error put_rows(writer *w, int64_t n) {
  lxw_error e = LXW_NO_ERROR;
  for (int64_t i = 0; i < n && !e; i++) {
    int64_t row = w->sheet->rows ? w->sheet->rows[i] : i;
    int lines = w->prose < 0 ? 1 : mj_book_lines_of(w->sheet->columns[w->prose].column->text[row]);
    if (lines > 1) e = worksheet_set_row(w->ws, (lxw_row_t)i + 1, lines * MJ_BOOK_LINE, NULL);
    for (int c = 0; c < w->sheet->n_columns && !e; c++) e = put_cell(w, (lxw_row_t)i + 1, (lxw_col_t)c, row);
  }
  return e;
}

/* A change may be below 0, and is no part of a whole. */
static bool is_part(const mj_sheet *sheet, const mj_out_column *c) {
  if (!c->share || c->column->type != MJ_F64) return false;
  for (int64_t i = 0; i < sheet->n; i++)
    if (c->column->f64[sheet->rows ? sheet->rows[i] : i] < 0) return false;
  return true;
}

static lxw_error put_bars(writer *w, int64_t n) {
  lxw_error e = LXW_NO_ERROR;
  for (int c = 0; c < w->sheet->n_columns && n > 0 && n <= ROWS_WITH_BARS && !e; c++)
    if (is_part(w->sheet, &w->sheet->columns[c])) e = mj_book_bars(w->ws, 1, (lxw_row_t)n, (lxw_col_t)c);
  return e;
}

static void plan_columns(writer *w) {
  w->prose = prose_column(w->sheet);
  for (int c = 0; c < w->sheet->n_columns; c++) {
    const mj_out_column *column = &w->sheet->columns[c];
    const char *to = w->links ? w->links->column : NULL, *page = w->links ? w->links->page_column : NULL;
    bool id = column->ours && column->column->type == MJ_TEXT && !strcmp(column->name, "parcel_id");
    if (id) w->id = column->column;
    w->maker[c] = (cell_maker){.column = column,
                               .style = style_of(w->sheet, column),
                               .prose = c == w->prose,
                               .to_sheet = to && column->ours && !strcmp(column->name, to),
                               .to_page = page && column->ours && !strcmp(column->name, page)};
  }
}

mj_status mj_book_sheet(mj_book *b, const mj_sheet *sheet, const mj_links *links, mj_error *err) {
  bool cut = sheet->n > MJ_BOOK_ROWS - 1;
  int64_t n = cut ? MJ_BOOK_ROWS - 2 : sheet->n;
  writer w = {.book = b, .sheet = sheet, .links = links};
  MJ_TRY(mj_book_add(b, sheet->title, &w.ws, err));
  w.maker = calloc((size_t)sheet->n_columns + 1, sizeof *w.maker);
  if (!w.maker) return mj_fail(err, MJ_ENOMEM, "out of memory");
  plan_columns(&w);
  set_table(w.ws);
  lxw_error e = put_heading(&w);
  if (!e) e = put_rows(&w, n);
  if (cut && !e)
    e = mj_book_text(b, w.ws, MJ_BOOK_ROWS - 1, 0,
                     b->lang == MJ_ZH ? "行数超过 Excel 上限，完整数据见 tables 文件夹"
                                      : "more rows than Excel takes: see the folder tables",
                     NULL);
  if (!e) e = put_bars(&w, n);
  if (!e && sheet->n_columns) e = worksheet_autofilter(w.ws, 0, 0, (lxw_row_t)n, (lxw_col_t)(sheet->n_columns - 1));
  if (sheet->n_columns) worksheet_print_area(w.ws, 0, 0, (lxw_row_t)n, (lxw_col_t)(printed_columns(sheet) - 1));
  int across = sheet->n > FEW_ROWS ? 1 : (w.width + PAGE_WIDTH - 1) / PAGE_WIDTH;
  worksheet_fit_to_pages(w.ws, across > 0 ? (uint16_t)across : 1, 0);
  if (across > 1) worksheet_repeat_columns(w.ws, 0, 0);
  worksheet_ignore_errors(w.ws, LXW_IGNORE_NUMBER_STORED_AS_TEXT, "A1:XFD1048576");
  mj_text_reset(&w.target);
  free(w.maker);
  return e ? mj_book_refused(b, lxw_strerror(e), err) : MJ_OK;
}
