#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/book_rows.h"

enum { MOST_LINES = 5 }; /* of a heading */
/* A page across takes so much at a size that can be read. A wider table of few rows takes several pages, each with
 * the first column; a long one is made smaller, and of very many columns the first are printed. */
enum { PAGE_WIDTH = 210, FEW_ROWS = 60, MANY_COLUMNS = 40, PRINTED_COLUMNS = 17 };
enum { MAX_TARGET = 2000 };
enum { ROWS_WITH_BARS = 300 }; /* bars compare rows that are seen together */

typedef struct {
  mj_book *book;
  lxw_worksheet *ws;
  const mj_sheet *sheet;
  const mj_links *links;
  mj_book_table *table;
  int width; /* of what is printed */
  mj_text target;
} writer;

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

/* Excel takes no further link, or none so long: the cell stays as it is. */
static lxw_error put_link(writer *w, int64_t i, int c, const char *target, const char *text, lxw_format *format,
                          const char *tip) {
  if (!*target || strlen(target) > MAX_TARGET) return LXW_NO_ERROR;
  worksheet_write_url_opt(w->ws, (lxw_row_t)i + 1, (lxw_col_t)c, target, format, text, tip);
  return w->target.failed ? LXW_ERROR_MEMORY_MALLOC_FAILED : LXW_NO_ERROR;
}

/* Where the cells of one row lead. The text of a link is what its cell shows. */
static lxw_error put_links_of(writer *w, int64_t i, int c) {
  mj_book *b = w->book;
  const mj_book_column *column = &w->table->column[c];
  int64_t from = w->sheet->rows ? w->sheet->rows[i] : i;
  const char *id = w->table->id ? w->table->id->text[from] : NULL;
  bool zh = b->lang == MJ_ZH;
  if (mj_column_is_null(column->column->column, from)) return LXW_NO_ERROR;
  if (column->to_page && id)
    return put_link(w, i, c, page_of(id, &w->target), "1", b->number_link,
                    zh ? "在报告中打开这一宗地" : "open this parcel in the report");
  const char *text = column->to_sheet ? column->column->column->text[from] : "";
  if (!*text) return LXW_NO_ERROR;
  return put_link(w, i, c, mj_book_place(w->links->sheet, from + 1, &w->target),
                  mj_book_clean(text, &b->scratch, &b->more), b->link,
                  zh ? "转到“宗地”表的这一行" : "to its row in the sheet of parcels");
}

/* The place in the list leads to the dossier in the page, the code of a parcel to its row. The cells themselves come
 * with the rows. */
static lxw_error put_links(writer *w, int64_t n) {
  int column[2], n_columns = 0;
  for (int c = 0; c < w->sheet->n_columns && n_columns < 2; c++)
    if (w->table->column[c].to_page || w->table->column[c].to_sheet) column[n_columns++] = c;
  lxw_error e = LXW_NO_ERROR;
  for (int64_t i = 0; n_columns && i < n && i < MJ_BOOK_LINKS / 2; i++)
    for (int k = 0; k < n_columns && !e; k++) e = put_links_of(w, i, column[k]);
  return e;
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
    int width = c == w->table->prose ? MJ_BOOK_PROSE : mj_book_width(w->book, sheet, &sheet->columns[c]),
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

static bool plan_columns(writer *w) {
  mj_book_table *t = w->table;
  const char *to = w->links ? w->links->column : NULL, *page = w->links ? w->links->page_column : NULL;
  t->prose = prose_column(w->sheet);
  for (int c = 0; c < w->sheet->n_columns; c++) {
    const mj_out_column *column = &w->sheet->columns[c];
    mj_type type = column->column->type;
    bool coded = column->n_codes > 0;
    if (column->ours && type == MJ_TEXT && !strcmp(column->name, "parcel_id")) t->id = column->column;
    t->column[c] =
        (mj_book_column){.column = column,
                         .style = style_of(w->sheet, column),
                         .prose = c == t->prose,
                         .to_sheet = to && column->ours && type == MJ_TEXT && !coded && !strcmp(column->name, to),
                         .to_page = page && column->ours && type == MJ_I64 && !strcmp(column->name, page)};
    if (!mj_book_column_ready(w->book, &t->column[c], c)) return false;
  }
  return true;
}

/* The rows come when the book is closed: then formats have their numbers, and nothing waits on the disk. */
static mj_book_table *plan_table(mj_book *b, const mj_sheet *sheet) {
  mj_book_table *t = mj_arena_alloc(&b->arena, 1, sizeof *t);
  if (!t) return NULL;
  bool cut = sheet->n > MJ_BOOK_ROWS - 1;
  *t = (mj_book_table){.book = b, .sheet = *sheet, .number = b->n_sheets, .cut = cut};
  t->n = cut ? MJ_BOOK_ROWS - 2 : sheet->n;
  t->column = mj_arena_alloc(&b->arena, (size_t)sheet->n_columns + 1, sizeof *t->column);
  return t->column ? t : NULL;
}

/* Paper and filter of a table of @p n rows. */
static lxw_error set_pages(writer *w, int64_t n) {
  int n_columns = w->sheet->n_columns;
  lxw_row_t last = (lxw_row_t)n;
  lxw_error e = n_columns ? worksheet_autofilter(w->ws, 0, 0, last, (lxw_col_t)(n_columns - 1)) : LXW_NO_ERROR;
  if (n_columns) worksheet_print_area(w->ws, 0, 0, last, (lxw_col_t)(printed_columns(w->sheet) - 1));
  int across = w->sheet->n > FEW_ROWS ? 1 : (w->width + PAGE_WIDTH - 1) / PAGE_WIDTH;
  worksheet_fit_to_pages(w->ws, across > 0 ? (uint16_t)across : 1, 0);
  if (across > 1) worksheet_repeat_columns(w->ws, 0, 0);
  worksheet_ignore_errors(w->ws, LXW_IGNORE_NUMBER_STORED_AS_TEXT, "A1:XFD1048576");
  return e;
}

mj_status mj_book_sheet(mj_book *b, const mj_sheet *sheet, const mj_links *links, mj_error *err) {
  writer w = {.book = b, .sheet = sheet, .links = links};
  MJ_TRY(mj_book_add(b, sheet->title, &w.ws, err));
  mj_book_table *t = w.table = plan_table(b, sheet);
  if (!t || !plan_columns(&w)) return mj_fail(err, MJ_ENOMEM, "out of memory");
  set_table(w.ws);
  lxw_error e = put_heading(&w);
  if (!e) e = put_links(&w, t->n);
  if (!e) e = put_bars(&w, t->n);
  if (!e) e = set_pages(&w, t->n);
  mj_text_reset(&w.target);
  if (e) return mj_book_refused(b, lxw_strerror(e), err);
  if (sheet->n_columns) {
    b->table[b->n_sheets - 1] = t;
    w.ws->dim_rowmax = (lxw_row_t)(t->n + t->cut); /* "A1:Q191675", of rows that it does not see */
  }
  return MJ_OK;
}
