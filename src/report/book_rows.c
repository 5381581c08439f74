#include "report/book_rows.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { CELLS_A_CHUNK = 8192, MOST_ROWS_A_CHUNK = 512 }; /* some 500 kB of XML */
enum { DIGITS_THAT_COUNT = 16 };
enum { DIGITS = 8 }; /* of the number of a row, with room to spare */
/* Days from 1970-01-01 of the first and last day that Excel knows; it takes 1900 for a leap year. */
enum { FIRST_DAY = -25567, LAST_DAY = 2932896, DAY_ZERO = 25569, AFTER_LEAP = 61 };

/* ---- what is the same in many cells ---- */

static void make_lead(mj_lead *lead, lxw_format *format, bool text) {
  int style = format ? lxw_format_get_xf_index(format) : 0;
  char of[16] = "";
  if (style > 0) snprintf(of, sizeof of, " s=\"%d\"", style);
  lead->n = snprintf(lead->text, sizeof lead->text, text ? "%s t=\"inlineStr\"><is><t>" : "%s><v>", of);
}

void mj_book_leads(mj_book *b) {
  make_lead(&b->lead.word, NULL, true);
  make_lead(&b->lead.text, b->text, true);
  make_lead(&b->lead.prose, b->prose, true);
  make_lead(&b->lead.link, b->link, true);
  make_lead(&b->lead.date, b->date, false);
  make_lead(&b->lead.plain, b->plain, false);
  make_lead(&b->lead.number_link, b->number_link, false);
  for (int i = 0; i < MJ_BOOK_NUMBERS; i++) make_lead(&b->lead.number[i], b->number[i], false);
  for (int i = 0; i < 3; i++) make_lead(&b->lead.percent[i], b->percent[i], false);
}

/* ---- one cell ---- */

/* Where the next cell goes. */
typedef struct {
  const mj_book_table *table;
  mj_text *out, *scratch; /* [MJ_BOOK_SCRATCH] */
  int next;               /* the column where a cell stands that does not say its place */
  char digits[24];        /* of the row, at most 7 */
  int n_digits;
} pen;

/* `<c r="B17" s="5"><v>` with room for @p more bytes behind it; NULL: out of memory. A cell right behind the one before
 * it leaves its place out, which makes the file half as large. Copies of fixed length are quick, and what is behind the
 * texts is written over. Source: ECMA-376, 18.3.1.4, r is optional. */
static char *put_place(pen *p, const mj_book_column *c, const mj_lead *lead, size_t more) {
  char *at = mj_text_room(p->out, sizeof c->place + DIGITS + sizeof lead->text + more);
  if (!at) return NULL;
  memcpy(at, c->place, sizeof c->place);
  if (c->number != p->next) {
    at += c->n_place;
    memcpy(at, p->digits, DIGITS);
    at += p->n_digits;
    *at++ = '"';
  } else {
    at += strlen("<c");
  }
  p->next = c->number + 1;
  memcpy(at, lead->text, sizeof lead->text);
  return at + lead->n;
}

/* At most 16 digits that count, as libxlsxwriter has them on the front sheet: figures of the workbook are the same
 * there and here. What needs 17 is rare, and printf rounds it. Returns the length. */
static int put_digits(double v, char *at) {
  int n = mj_double_shortest(v, at), digits = 0;
  for (int i = 0; n > DIGITS_THAT_COUNT && i < n && at[i] != 'e'; i++)
    digits += at[i] >= (digits ? '0' : '1') && at[i] <= '9';
  if (digits <= DIGITS_THAT_COUNT) return n;
  n = snprintf(at, 32, "%.16g", v);
  for (int i = 0; i < n; i++)
    if (at[i] == ',') at[i] = '.'; /* the point of a locale */
  return n;
}

static void put_number(pen *p, const mj_book_column *c, const mj_lead *lead, double v) {
  static const char end[] = "</v></c>";
  char *at = put_place(p, c, lead, 64);
  if (!at) return;
  at += put_digits(v, at);
  memcpy(at, end, sizeof end - 1);
  p->out->n = (size_t)(at + sizeof end - 1 - p->out->data);
}

/* A character that XML has a name for, at @p at; its end, NULL: it is none. */
static char *put_named(char c, char *at) {
  const char *name = c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : NULL;
  if (!name) return NULL;
  size_t n = strlen(name);
  memcpy(at, name, n);
  return at + n;
}

/* Bytes that stand for themselves in a cell and in XML, from @p text on. */
static size_t plain_run(const char *text, const char *end) {
  const unsigned char *p = (const unsigned char *)text, *stop = (const unsigned char *)end;
  while (p < stop && *p >= ' ' && *p < 0x7F && *p != '&' && *p != '<' && *p != '>' && *p != '_') p++;
  return (size_t)(p - (const unsigned char *)text);
}

/* Characters above ASCII that are surely fit, from @p text on: those of two and three bytes that are not in the rows of
 * what is no character. */
static size_t wide_run(const char *text, const char *end) {
  const unsigned char *p = (const unsigned char *)text, *stop = (const unsigned char *)end;
  while (p < stop && *p >= 0x80) {
    if (*p >= 0xF0 || (*p == 0xEF && (stop - p < 3 || p[1] == 0xB7 || p[1] == 0xBF))) break;
    p++;
  }
  size_t n = (size_t)(p - (const unsigned char *)text);
  return mj_utf8_valid(text, n) ? n : 0;
}

/* The text with XML's names at @p at; its end, NULL where it needs more than that. */
static char *put_simple(const char *text, size_t n, char *at) {
  const char *end = text + n;
  while (text < end) {
    size_t run = (unsigned char)*text >= 0x80 ? wide_run(text, end) : plain_run(text, end);
    if (run) {
      memcpy(at, text, run);
      at += run;
      text += run;
      continue;
    }
    char *named = put_named(*text, at);
    bool fit = (*text == '_' && text[1] != 'x') || *text == '\t' || *text == '\n';
    if (!named && !fit) return NULL;
    if (fit) *at++ = *text;
    else at = named;
    text++;
  }
  return at;
}

/* A text that is cleaned, cut or has what looks like an escape first. A carriage return is written as one, for readers
 * of XML take it for a line end. Source: ECMA-376, 22.9.2.19 ST_Xstring. */
static char *put_other(const char *text, char *at) {
  static const char end_of_line[] = "_x000D_";
  for (; *text; text++) {
    char *named = put_named(*text, at);
    if (named) at = named;
    else if (*text == '\r') {
      memcpy(at, end_of_line, sizeof end_of_line - 1);
      at += sizeof end_of_line - 1;
    } else *at++ = *text;
  }
  return at;
}

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n'; }

static void put_text(pen *p, const mj_book_column *c, const mj_lead *lead, const char *text) {
  static const char kept[] = " xml:space=\"preserve\">", end[] = "</t></is></c>";
  size_t n = strlen(text), most = strlen("_x000D_");
  if (!n) return;
  bool simple = n <= MJ_BOOK_TEXT;
  for (;; simple = false) {
    if (!simple) n = strlen(text = mj_book_clean(text, &p->scratch[0], &p->scratch[1]));
    int next = p->next;
    char *at = put_place(p, c, lead, most * n + sizeof kept + sizeof end);
    if (!at) return;
    if (n && (is_blank(text[0]) || is_blank(text[n - 1]))) {
      memcpy(at - 1, kept, sizeof kept - 1); /* in the place of the '>' */
      at += sizeof kept - 2;
    }
    at = simple ? put_simple(text, n, at) : put_other(text, at);
    if (at) {
      memcpy(at, end, sizeof end - 1);
      p->out->n = (size_t)(at + sizeof end - 1 - p->out->data);
      return;
    }
    p->next = next;
  }
}

static void put_word(pen *p, const mj_book_column *c, const mj_book_word *word) {
  static const mj_lead none;
  char *at = put_place(p, c, &none, word->n);
  if (!at) return;
  memcpy(at, word->cell, word->n);
  p->out->n = (size_t)(at + word->n - p->out->data);
}

/* ---- columns ---- */

static const mj_lead *lead_of_code(const mj_book *b, const mj_book_column *c, const char *code) {
  const mj_colour *colour = c->style ? mj_book_colour(b, c->style, code) : NULL;
  return colour ? &colour->lead : &b->lead.word;
}

/* Everything of a cell with @p text behind its place. */
static bool make_word(mj_book *b, mj_book_word *word, const mj_lead *lead, const char *text) {
  static const mj_book_column nowhere = {.place = "<c"};
  mj_text out = {0}, scratch[MJ_BOOK_SCRATCH] = {0};
  pen p = {.out = &out, .scratch = scratch};
  put_text(&p, &nowhere, lead, text);
  size_t place = out.n ? strlen(nowhere.place) : 0;
  word->n = out.n - place;
  word->cell = out.failed ? NULL : mj_arena_text(&b->arena, out.n ? out.data + place : "", word->n);
  mj_text_reset(&out);
  for (int i = 0; i < MJ_BOOK_SCRATCH; i++) mj_text_reset(&scratch[i]);
  return word->cell != NULL;
}

bool mj_book_column_ready(mj_book *b, mj_book_column *c, int number) {
  char letters[8] = "";
  int n = 0;
  for (int at = number + 1; at > 0; at = (at - 1) / 26, n++) letters[n] = (char)('A' + (at - 1) % 26);
  c->number = number;
  c->n_place = snprintf(c->place, sizeof c->place, "<c r=\"");
  while (n > 0) c->place[c->n_place++] = letters[--n];
  for (int i = 0; c->style && i < b->n_colours; i++)
    if (!strcmp(b->colour[i].style, c->style)) make_lead(&b->colour[i].lead, b->colour[i].cell, true);
  bool tri = c->column->column->type == MJ_TRI;
  c->n_words = tri ? MJ_UNKNOWN + 1 : c->column->n_codes;
  c->word = mj_arena_alloc(&b->arena, (size_t)c->n_words + 1, sizeof *c->word);
  if (!c->word) return false;
  for (int i = 0; i < c->n_words; i++) {
    const mj_code *code = tri ? NULL : &c->column->codes[i];
    const mj_lead *lead = tri ? &b->lead.word : lead_of_code(b, c, code->code);
    const char *text = tri ? mj_tri_word((uint8_t)i, b->lang) : b->lang == MJ_ZH ? code->zh : code->en;
    c->word[i].code = tri ? "" : code->code;
    if (!make_word(b, &c->word[i], lead, text)) return false;
  }
  return true;
}

/* As many decimals as the number needs, at most so many. */
static int decimals_of(double v, int most) {
  static const double ten[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};
  int d = 0;
  if (most < 0 || most >= MJ_BOOK_NUMBERS) most = MJ_BOOK_NUMBERS - 1;
  while (d < most && fabs(v * ten[d] - round(v * ten[d])) > 1e-9 * fabs(v * ten[d])) d++;
  return d;
}

static const mj_lead *lead_of_number(const mj_book *b, const mj_out_column *c, double v) {
  if (c->share) return &b->lead.percent[mj_book_percent_at(c->decimals)];
  int decimals = c->at_most ? decimals_of(v, c->decimals) : c->decimals;
  return decimals < 0 ? &b->lead.plain : &b->lead.number[decimals < MJ_BOOK_NUMBERS ? decimals : MJ_BOOK_NUMBERS - 1];
}

static void put_code(pen *p, const mj_book_column *c, const char *code) {
  for (int i = 0; i < c->n_words; i++)
    if (!strcmp(c->word[i].code, code)) {
      if (c->word[i].n) put_word(p, c, &c->word[i]);
      return;
    }
  const mj_book *b = p->table->book; /* several codes, or a text that is none */
  put_text(p, c, lead_of_code(b, c, code), mj_code_word(c->column, code, b->lang, &p->scratch[2]));
}

static void put_date(pen *p, const mj_book_column *c, int32_t date) {
  const mj_book *b = p->table->book;
  char text[11];
  if (date < FIRST_DAY || date > LAST_DAY) { /* Excel knows no earlier day */
    mj_date_format(date, text);
    put_text(p, c, &b->lead.text, text);
    return;
  }
  int32_t day = date + DAY_ZERO;
  put_number(p, c, &b->lead.date, day < AFTER_LEAP ? day - 1 : day);
}

static const mj_lead *lead_of_count(const mj_book_table *t, const mj_book_column *c, int64_t row, int64_t from) {
  const mj_book *b = t->book;
  if (c->to_page && row < MJ_BOOK_LINKS / 2)
    return t->id && t->id->text[from] ? &b->lead.number_link : &b->lead.number[0];
  return c->column->ours && !c->column->at_most ? &b->lead.number[0] : &b->lead.plain; /* a year takes no comma */
}

static void put_column_text(pen *p, const mj_book_column *c, int64_t row, const char *text) {
  const mj_book *b = p->table->book;
  if (c->n_words) put_code(p, c, text);
  else if (c->to_sheet && row < MJ_BOOK_LINKS / 2) put_text(p, c, &b->lead.link, text);
  else put_text(p, c, c->prose ? &b->lead.prose : &b->lead.text, text);
}

/* Row @p row of the sheet, from 0, which is @p from of the table. NULL by the type: mj_column_is_null called through
 * the shared library for every cell was a twentieth of writing the workbook. */
static void put_cell(pen *p, const mj_book_column *c, int64_t row, int64_t from) {
  const mj_book *b = p->table->book;
  const mj_column *column = c->column->column;
  if (column->type == MJ_TRI) {
    uint8_t v = column->tri[from] > MJ_UNKNOWN ? MJ_UNKNOWN : column->tri[from];
    if (c->column->ours || v != MJ_UNKNOWN) put_word(p, c, &c->word[v]);
  } else if (column->type == MJ_F64) {
    double v = column->f64[from];
    if (isfinite(v)) put_number(p, c, lead_of_number(b, c->column, v), v);
  } else if (column->type == MJ_I64) {
    int64_t v = column->i64[from];
    if (v != MJ_I64_NULL) put_number(p, c, lead_of_count(p->table, c, row, from), (double)v);
  } else if (column->type == MJ_DATE) {
    if (column->date[from] != MJ_DATE_NULL) put_date(p, c, column->date[from]);
  } else if (column->text[from]) {
    put_column_text(p, c, row, column->text[from]);
  }
}

/* ---- rows ---- */

/* `<row r="2" ht="30" customHeight="1">`, where the sentences of the row take two lines. */
static void begin_row(pen *p, int64_t number, int64_t from) {
  const mj_book_table *t = p->table;
  int lines = t->prose < 0 ? 1 : mj_book_lines_of(t->sheet.columns[t->prose].column->text[from]);
  p->n_digits = mj_int_text(number, p->digits);
  p->next = 0;
  mj_text_put(p->out, "<row r=\"", 8);
  mj_text_put(p->out, p->digits, (size_t)p->n_digits);
  if (lines > 1) mj_text_format(p->out, "\" ht=\"%d\" customHeight=\"1\">", lines * MJ_BOOK_LINE);
  else mj_text_put(p->out, "\">", 2);
}

static void put_row(pen *p, int64_t i) {
  const mj_book_table *t = p->table;
  size_t begin = p->out->n, cells;
  int64_t from = t->sheet.rows ? t->sheet.rows[i] : i;
  begin_row(p, i + 2, from);
  cells = p->out->n;
  mj_sheet_ahead(&t->sheet, i);
  for (int c = 0; c < t->sheet.n_columns; c++) put_cell(p, &t->column[c], i, from);
  if (p->out->n == cells) p->out->n = begin; /* a row without a cell is not written */
  else mj_text_put(p->out, "</row>", 6);
}

static void put_note(pen *p) {
  const mj_book *b = p->table->book;
  p->n_digits = mj_int_text(MJ_BOOK_ROWS, p->digits);
  p->next = 0;
  mj_text_format(p->out, "<row r=\"%d\">", MJ_BOOK_ROWS);
  put_text(p, &p->table->column[0], &b->lead.word,
           b->lang == MJ_ZH ? "行数超过 Excel 上限，完整数据见 tables 文件夹"
                            : "more rows than Excel takes: see the folder tables");
  mj_text_put(p->out, "</row>", 6);
}

mj_status mj_book_rows_text(void *ctx, int64_t first, int64_t last, int worker, mj_text *out) {
  const mj_book_table *t = ctx;
  pen p = {.table = t, .out = out, .scratch = &t->scratch[worker * MJ_BOOK_SCRATCH]};
  for (int64_t i = first; i < last; i++) {
    if (i < t->n) put_row(&p, i);
    else put_note(&p);
  }
  for (int i = 0; i < MJ_BOOK_SCRATCH; i++)
    if (p.scratch[i].failed) return MJ_ENOMEM;
  return out->failed ? MJ_ENOMEM : MJ_OK;
}

int64_t mj_book_chunk(const mj_book_table *t) {
  int64_t rows = CELLS_A_CHUNK / (t->sheet.n_columns ? t->sheet.n_columns : 1);
  return rows < 1 ? 1 : rows < MOST_ROWS_A_CHUNK ? rows : MOST_ROWS_A_CHUNK;
}
