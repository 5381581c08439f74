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
  mj_text_format(out, ",\"t\":\"%c\"", letter[c->column->type]);
}

/* A table on its way out: its texts stand once each. The lists are as long as the sheet. */
typedef struct {
  const mj_sheet *sheet;
  const char *themes;
  mj_lang lang;
  mj_keymap map;
  const char **key;
  int32_t *number;
  int64_t *whole;
  mj_text *head, bytes;
} writer;

static mj_status number_texts(writer *w, const mj_column *c) {
  for (int64_t i = 0; i < w->sheet->n; i++) w->key[i] = c->text[row_of(w->sheet, i)];
  MJ_TRY(mj_keymap_add_all(&w->map, w->key, w->sheet->n, w->number));
  for (int64_t i = 0; i < w->sheet->n; i++) w->whole[i] = w->number[i] < 0 ? MJ_I64_NULL : w->number[i];
  return MJ_OK;
}

/* Fill whole; false where the numbers are not whole ones of some decimals. */
static bool number_rows(writer *w, const mj_out_column *c) {
  const mj_column *col = c->column;
  if (col->type == MJ_F64 && (c->decimals < 0 || c->decimals > 6)) return false;
  for (int64_t i = 0; i < w->sheet->n; i++) {
    int64_t row = row_of(w->sheet, i), *out = &w->whole[i];
    if (col->type == MJ_F64) {
      *out = mj_html_scaled(col->f64[row], c->decimals);
      if (*out == MJ_I64_NULL && isfinite(col->f64[row])) return false;
    } else if (col->type == MJ_TRI) {
      *out = col->tri[row] > MJ_UNKNOWN ? MJ_UNKNOWN : col->tri[row];
    } else {
      *out = mj_column_is_null(col, row) ? MJ_I64_NULL : col->type == MJ_I64 ? col->i64[row] : col->date[row];
    }
  }
  return true;
}

static void put_shortest(mj_text *out, double v) {
  char *at = mj_text_room(out, 40);
  if (at) out->n += (size_t)mj_double_shortest(v, at);
}

/* Numbers as they are. */
static void put_plain(writer *w, const mj_out_column *c) {
  mj_text_add(w->head, ",\"v\":[");
  for (int64_t i = 0; i < w->sheet->n; i++) {
    int64_t row = row_of(w->sheet, i);
    if (i) mj_text_put(w->head, ",", 1);
    if (mj_column_is_null(c->column, row) || (c->column->type == MJ_F64 && !isfinite(c->column->f64[row])))
      mj_text_put(w->head, "null", 4);
    else if (c->column->type == MJ_F64) mj_put_number(w->head, c->column->f64[row], c->decimals, c->at_most);
    else put_int(w->head, c->column->i64[row]);
  }
  mj_text_add(w->head, "]");
}

/* Borders of classes have at most one decimal. A number that rounding brings onto one of them stands in full too, lest
 * its class be another than in QGIS: "e": [place, number, ...]. */
static void put_exact(const mj_sheet *sheet, const mj_out_column *c, mj_text *out) {
  bool first = true;
  double half = 0.5000001 * pow(10, -c->decimals);
  mj_text_add(out, ",\"e\":[");
  for (int64_t i = 0; i < sheet->n; i++) {
    double v = c->column->f64[row_of(sheet, i)], near = round(v * 10) / 10;
    if (!isfinite(v) || v == near || fabs(v - near) > half) continue;
    if (!first) mj_text_put(out, ",", 1);
    first = false;
    put_int(out, i);
    mj_text_put(out, ",", 1);
    put_shortest(out, v);
  }
  mj_text_add(out, "]");
}

/* Does a theme of the map paint by this column? */
static bool paints(const char *themes, const char *name) {
  char field[80];
  snprintf(field, sizeof field, "\\\"%s\\\"", name); /* in a text of JSON */
  if (themes && strstr(themes, field)) return true;
  snprintf(field, sizeof field, "\"of\":\"%s\"", name);
  return themes && strstr(themes, field);
}

static mj_status put_column(writer *w, const mj_out_column *c) {
  put_head(c, w->lang, w->head);
  bool whole = true;
  if (c->column->type == MJ_TEXT) MJ_TRY(number_texts(w, c->column));
  else whole = number_rows(w, c);
  if (!whole || !mj_html_planes(w->whole, w->sheet->n, w->head, &w->bytes)) put_plain(w, c);
  if (c->column->type == MJ_F64 && c->decimals >= 0 && paints(w->themes, c->name)) put_exact(w->sheet, c, w->head);
  mj_text_add(w->head, "}");
  return MJ_OK;
}

/* Numbers that mostly rise by one, each less the one before it. NULL: the places of the rows. */
static void put_rising(writer *w, const char *before, const int64_t *v) {
  int64_t last = 0;
  for (int64_t i = 0; i < w->sheet->n; i++) {
    int64_t now = v ? v[row_of(w->sheet, i)] : row_of(w->sheet, i);
    w->whole[i] = now - last;
    last = now;
  }
  mj_text_add(w->head, before);
  mj_html_planes(w->whole, w->sheet->n, w->head, &w->bytes);
  mj_text_add(w->head, "}");
}

static mj_status put_all(writer *w) {
  const mj_sheet *sheet = w->sheet;
  bool first = true;
  for (int k = 0; k < sheet->n_columns; k++) {
    if (!has_value(sheet, &sheet->columns[k])) continue;
    if (!first) mj_text_put(w->head, ",\n", 2);
    first = false;
    MJ_TRY(put_column(w, &sheet->columns[k]));
  }
  mj_text_add(w->head, "]");
  if (sheet->rows) put_rising(w, ",\"at\":{\"t\":\"r\"", NULL);
  if (sheet->table->source_row) put_rising(w, ",\"rows\":{\"t\":\"r\"", sheet->table->source_row);
  mj_text_add(w->head, ",\"words\":[");
  for (int32_t i = 0; i < w->map.n; i++) put_member(w->head, i ? "," : "", w->map.key[i]);
  mj_text_put(w->head, "]}", 3); /* with the NUL */
  mj_text_put(w->head, w->bytes.n ? w->bytes.data : "", w->bytes.n);
  return w->bytes.failed ? MJ_ENOMEM : MJ_OK;
}

mj_status mj_html_table(const mj_sheet *sheet, const char *themes, mj_lang lang, mj_text *out, mj_error *err) {
  writer w = {.sheet = sheet, .themes = themes, .lang = lang, .head = out};
  size_t n = (size_t)sheet->n + 1;
  w.key = malloc(n * sizeof *w.key);
  w.number = malloc(n * sizeof *w.number);
  w.whole = malloc(n * sizeof *w.whole);
  put_member(out, "{\"name\":", sheet->name);
  put_member(out, ",\"title\":", sheet->title ? sheet->title : sheet->name);
  mj_text_format(out, ",\"n\":%lld,\"columns\":[", (long long)sheet->n);
  mj_status s = w.key && w.number && w.whole ? put_all(&w) : MJ_ENOMEM;
  mj_keymap_reset(&w.map);
  mj_text_reset(&w.bytes);
  free((void *)w.key);
  free(w.number);
  free(w.whole);
  return s || out->failed ? mj_fail(err, MJ_ENOMEM, "out of memory") : MJ_OK;
}
