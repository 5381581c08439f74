#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/keymap.h"
#include "report/html.h"

static int64_t row_of(const mj_sheet *sheet, int64_t i) { return sheet->rows ? sheet->rows[i] : i; }

static bool has_value(const mj_sheet *sheet, const mj_out_column *c) {
  for (int64_t i = 0; i < sheet->n; i++)
    if (!mj_column_is_null(c->column, row_of(sheet, i))) return true;
  return false;
}

static void put_int(mj_text *out, int64_t v) {
  char *at = mj_text_room(out, 24);
  if (at) out->n += (size_t)mj_int_text(v, at);
}

static void put_member(mj_text *out, const char *before, const char *value) {
  mj_text_add(out, before);
  mj_text_json(out, value);
}

static void put_codes(const mj_out_column *c, mj_lang lang, mj_text *out) {
  for (int i = 0; i < c->n_codes; i++) {
    put_member(out, i ? "," : ",\"c\":{", c->codes[i].code);
    put_member(out, ":", lang == MJ_ZH ? c->codes[i].zh : c->codes[i].en);
  }
  if (c->n_codes) mj_text_add(out, "}");
}

static void put_head(const mj_out_column *c, mj_lang lang, mj_text *out) {
  static const char letter[] = {[MJ_F64] = 'f', [MJ_I64] = 'i', [MJ_TEXT] = 's', [MJ_DATE] = 'd', [MJ_TRI] = 'b'};
  put_member(out, "{\"n\":", c->name);
  put_member(out, ",\"l\":", c->label);
  if (c->unit && *c->unit) put_member(out, ",\"u\":", c->unit);
  if (c->about && *c->about) put_member(out, ",\"a\":", c->about);
  if (c->column->type == MJ_F64) mj_text_format(out, ",\"d\":%d", c->decimals);
  if (c->at_most) mj_text_add(out, ",\"m\":1");
  if (c->ours) mj_text_add(out, ",\"o\":1");
  if (c->column->from_source) mj_text_add(out, ",\"x\":1");
  put_codes(c, lang, out);
  mj_text_format(out, ",\"t\":\"%c\",\"v\":[", letter[c->column->type]);
}

static void put_number(const mj_out_column *c, int64_t row, bool exact, mj_text *out) {
  double v = c->column->f64[row];
  if (isfinite(v)) mj_put_number(out, v, exact ? -1 : c->decimals, !exact && c->at_most);
  else mj_text_put(out, "null", 4);
}

static void put_value(const mj_out_column *c, int64_t row, bool exact, mj_text *out) {
  const mj_column *col = c->column;
  if (col->type == MJ_F64) put_number(c, row, exact, out);
  else if (col->type == MJ_TRI) put_int(out, col->tri[row] > MJ_UNKNOWN ? MJ_UNKNOWN : col->tri[row]);
  else if (mj_column_is_null(col, row)) mj_text_put(out, "null", 4);
  else put_int(out, col->type == MJ_I64 ? col->i64[row] : col->date[row]);
}

/* Texts of a sheet: each stands once. key and number are as long as the sheet. */
typedef struct {
  mj_keymap map;
  const char **key;
  int32_t *number;
} words;

static mj_status put_texts(const mj_sheet *sheet, const mj_column *c, words *w, mj_text *out) {
  for (int64_t i = 0; i < sheet->n; i++) w->key[i] = c->text[row_of(sheet, i)];
  MJ_TRY(mj_keymap_add_all(&w->map, w->key, sheet->n, w->number));
  for (int64_t i = 0; i < sheet->n; i++) {
    if (i) mj_text_put(out, ",", 1);
    put_int(out, w->number[i]);
  }
  return MJ_OK;
}

/* Does a theme of the map paint by this column? */
static bool paints(const char *themes, const char *name) {
  char field[80];
  snprintf(field, sizeof field, "\\\"%s\\\"", name); /* in a text of JSON */
  if (themes && strstr(themes, field)) return true;
  snprintf(field, sizeof field, "\"of\":\"%s\"", name);
  return themes && strstr(themes, field);
}

static mj_status put_column(const mj_sheet *sheet, const mj_out_column *c, bool exact, mj_lang lang, words *w,
                            mj_text *out) {
  put_head(c, lang, out);
  if (c->column->type == MJ_TEXT) MJ_TRY(put_texts(sheet, c->column, w, out));
  for (int64_t i = 0; i < sheet->n && c->column->type != MJ_TEXT; i++) {
    if (i) mj_text_put(out, ",", 1);
    put_value(c, row_of(sheet, i), exact, out);
  }
  mj_text_add(out, "]}");
  return MJ_OK;
}

/* Numbers that mostly rise by one, each less the one before it. */
static void put_rising(mj_text *out, const char *before, const int64_t *v, const mj_sheet *sheet) {
  int64_t last = 0;
  mj_text_add(out, before);
  for (int64_t i = 0; i < sheet->n; i++) {
    int64_t now = v ? v[row_of(sheet, i)] : row_of(sheet, i);
    if (i) mj_text_put(out, ",", 1);
    put_int(out, now - last);
    last = now;
  }
  mj_text_add(out, "]");
}

mj_status mj_html_table(const mj_sheet *sheet, const char *themes, mj_lang lang, mj_text *out, mj_error *err) {
  words w = {0};
  mj_status s = MJ_OK;
  w.key = malloc(((size_t)sheet->n + 1) * sizeof *w.key);
  w.number = malloc(((size_t)sheet->n + 1) * sizeof *w.number);
  if (!w.key || !w.number) s = MJ_ENOMEM;
  put_member(out, "{\"name\":", sheet->name);
  put_member(out, ",\"title\":", sheet->title ? sheet->title : sheet->name);
  mj_text_format(out, ",\"n\":%lld,\"columns\":[", (long long)sheet->n);
  bool first = true;
  for (int k = 0; k < sheet->n_columns && !s; k++) {
    if (!has_value(sheet, &sheet->columns[k])) continue;
    if (!first) mj_text_put(out, ",\n", 2);
    first = false;
    s = put_column(sheet, &sheet->columns[k], paints(themes, sheet->columns[k].name), lang, &w, out);
  }
  mj_text_add(out, "]");
  if (sheet->rows) put_rising(out, ",\"at\":[", NULL, sheet);
  if (sheet->table->source_row) put_rising(out, ",\"rows\":[", sheet->table->source_row, sheet);
  mj_text_add(out, ",\"words\":[");
  for (int32_t i = 0; i < w.map.n; i++) put_member(out, i ? "," : "", w.map.key[i]);
  mj_text_add(out, "]}");
  mj_keymap_reset(&w.map);
  free((void *)w.key);
  free(w.number);
  return s || out->failed ? mj_fail(err, MJ_ENOMEM, "out of memory") : MJ_OK;
}
