#include "intake/typing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "intake/reading.h"
#include "intake/units.h"

mj_status mj_typing_note(const mj_typing *t, mj_ledger_code code, const char *field, int64_t row, const char *found,
                         const char *expected) {
  int64_t source = row < 0 ? 0 : mj_table_source_row(t->table, row);
  return mj_ledger_add(t->ledger, (mj_ledger_entry){.code = code,
                                                    .layer = t->label,
                                                    .row = source,
                                                    .field = field,
                                                    .id = row >= 0 && t->id ? t->id[row] : NULL,
                                                    .found = found,
                                                    .expected = expected});
}

/* ---- texts ---- */

static const char *blank_free(mj_arena *arena, const char *text) {
  size_t n;
  text = mj_trim(text, &n);
  return text[n] ? mj_arena_text(arena, text, n) : text;
}

size_t mj_value_text(const mj_column *column, int64_t row, char out[40]) {
  double v = column->type == MJ_F64 ? column->f64[row] : 0;
  if (column->type == MJ_DATE) mj_date_format(column->date[row], out);
  else if (column->type == MJ_TRI) snprintf(out, 40, "%d", column->tri[row] == MJ_YES);
  else if (column->type == MJ_I64) snprintf(out, 40, "%lld", (long long)column->i64[row]);
  else if (v == floor(v) && fabs(v) < 9007199254740992.0) snprintf(out, 40, "%.0f", v);
  else mj_double_shortest(v, out);
  return strlen(out);
}

bool mj_column_to_text(mj_table *table, mj_column *column) {
  if (column->type == MJ_TEXT) return true;
  const char **text = mj_arena_alloc(&table->arena, (size_t)table->n + 1, sizeof *text);
  if (!text) return false;
  for (int64_t i = 0; i < table->n; i++) {
    char value[40];
    if (mj_column_is_null(column, i)) continue;
    text[i] = mj_arena_text(&table->arena, value, mj_value_text(column, i, value));
    if (!text[i]) return false;
  }
  column->type = MJ_TEXT;
  column->text = text;
  return true;
}

/* What the input's value maps make of the text of a field. */
static const char *mapped_text(const mj_input *input, const char *field, const char *text) {
  for (int32_t k = 0; input && *text && k < input->n_values; k++) {
    const mj_value_map *m = &input->values[k];
    if (!strcmp(m->field, field) && !strcmp(m->from, text)) return m->to;
  }
  return text;
}

static bool has_values(const mj_input *input, const char *field) {
  for (int32_t i = 0; input && i < input->n_values; i++)
    if (!strcmp(input->values[i].field, field)) return true;
  return false;
}

static bool has_blanks(const char *text) {
  return (unsigned char)*text <= ' ' || (unsigned char)text[strlen(text) - 1] <= ' ';
}

static bool is_join_key(const char *field) {
  static const char *const keys[] = {"parcel_id", "credit_code", "building_id"};
  bool key = false;
  for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) key = key || !strcmp(field, keys[k]);
  return key;
}

/* Blanks around a code are taken off so that it can be joined, and that is said: a join that hangs on it can be
 * checked. @p n such texts. */
static mj_status note_blanks(const mj_typing *t, const char *field, const mj_column *column, int64_t n) {
  char found[128];
  for (int64_t i = 0; n && n <= MJ_LEDGER_FEW && i < t->table->n; i++)
    if (column->text[i] && *column->text[i] && has_blanks(column->text[i])) {
      snprintf(found, sizeof found, "'%.*s'", (int)mj_utf8_cut(column->text[i], 120), column->text[i]);
      MJ_TRY(mj_typing_note(t, MJ_L_CODE_BLANKS, field, i, found, NULL));
    }
  snprintf(found, sizeof found, "%lld", (long long)n);
  return n > MJ_LEDGER_FEW ? mj_typing_note(t, MJ_L_CODE_BLANKS, field, -1, found, NULL) : MJ_OK;
}

/* Characters that are no part of a text stay in the layers and are replaced in tables and on the terminal: that is said
 * before somebody looks for them. @p n such texts. */
static mj_status note_odd(const mj_typing *t, const char *field, const mj_column *column, int64_t n) {
  char found[128];
  for (int64_t i = 0; n && n <= MJ_LEDGER_FEW && i < t->table->n; i++) {
    const char *text = column->text[i], *odd = text ? mj_utf8_odd(text) : NULL;
    if (!odd) continue;
    snprintf(found, sizeof found, "%.*s", (int)mj_utf8_cut(text, 120), text);
    MJ_TRY(mj_typing_note(t, MJ_L_TEXT_CONTROL, field, i, found, NULL));
  }
  snprintf(found, sizeof found, "%lld", (long long)n);
  return n > MJ_LEDGER_FEW ? mj_typing_note(t, MJ_L_TEXT_CONTROL, field, -1, found, NULL) : MJ_OK;
}

static mj_status trim_texts(const mj_typing *t, const char *field, mj_column *column, bool maps) {
  for (int64_t i = 0; i < t->table->n; i++) {
    const char *text = column->text[i];
    if (!text) continue;
    if (has_blanks(text)) {
      text = blank_free(&t->table->arena, text);
      if (!text) return MJ_ENOMEM;
    }
    column->text[i] = !*text ? NULL : maps ? mapped_text(t->input, field, text) : text;
  }
  return MJ_OK;
}

/* Trimmed, "" to NULL, value maps of the field applied. Most columns have nothing to do: that is found in one pass. */
static mj_status clean_texts(const mj_typing *t, const char *field, mj_column *column) {
  int64_t blank = 0, empty = 0, odd = 0;
  bool maps = has_values(t->input, field);
  if (!mj_column_to_text(t->table, column)) return MJ_ENOMEM;
  for (int64_t i = 0; i < t->table->n; i++) {
    const char *text = column->text[i];
    if (!text) continue;
    odd += mj_utf8_odd(text) != NULL;
    empty += !*text;
    blank += *text && has_blanks(text);
  }
  if (is_join_key(field)) MJ_TRY(note_blanks(t, field, column, blank));
  MJ_TRY(note_odd(t, field, column, odd));
  return blank || empty || maps ? trim_texts(t, field, column, maps) : MJ_OK;
}

/* ---- columns ---- */

static mj_status type_date(const mj_typing *t, const mj_mapped *m, mj_column *column) {
  int64_t n = t->table->n;
  if (column->type == MJ_DATE) return MJ_OK;
  MJ_TRY(clean_texts(t, m->field->name, column)); /* 20240501 and serial numbers read as numbers become texts first */
  int32_t *out = mj_arena_alloc(&t->table->arena, (size_t)n + 1, sizeof *out);
  if (!out) return MJ_ENOMEM;
  for (int64_t i = 0; i < n; i++) {
    const char *text = column->text[i];
    out[i] = text ? mj_read_date(text) : MJ_DATE_NULL;
    if (out[i] == MJ_DATE_NULL && text && !mj_says_nothing(text) && strcmp(text, "0"))
      MJ_TRY(mj_typing_note(t, MJ_L_VALUE_UNREADABLE, m->field->name, i, text, "2026-03-31"));
  }
  column->type = MJ_DATE;
  column->date = out;
  return MJ_OK;
}

static mj_status type_tri(const mj_typing *t, const mj_mapped *m, mj_column *column) {
  int64_t n = t->table->n;
  if (column->type == MJ_TRI) return MJ_OK;
  uint8_t *out = mj_arena_alloc(&t->table->arena, (size_t)n + 1, sizeof *out);
  if (!out) return MJ_ENOMEM;
  bool plain = column->type == MJ_I64; /* the usual 1 and 0 need no texts */
  for (int64_t i = 0; plain && i < n; i++) {
    int64_t v = column->i64[i];
    plain = v == 0 || v == 1 || v == MJ_I64_NULL;
    out[i] = v == MJ_I64_NULL ? MJ_UNKNOWN : (uint8_t)(v == 1);
  }
  if (!plain) MJ_TRY(clean_texts(t, m->field->name, column));
  for (int64_t i = 0; !plain && i < n; i++) {
    const char *text = column->text[i];
    out[i] = text ? mj_read_tri(text) : MJ_UNKNOWN;
    if (out[i] == MJ_UNKNOWN && text && !mj_says_not_known(text))
      MJ_TRY(mj_typing_note(t, MJ_L_VALUE_UNREADABLE, m->field->name, i, text, "1/0, 是/否, Y/N"));
  }
  column->type = MJ_TRI;
  column->tri = out;
  return MJ_OK;
}

/* A table names a parcel or enterprise by these: "-" in them names nothing. In the layer itself they stay as delivered.
 */
static bool is_key(const mj_field *field) {
  if (!strcmp(field->name, "parcel_id")) return field->role != MJ_PARCELS;
  return !strcmp(field->name, "credit_code") || !strcmp(field->name, "building_id");
}

mj_status mj_type_column(const mj_typing *t, const mj_mapped *m, mj_column *column) {
  if (column->type == MJ_TEXT || m->field->type == MJ_TEXT || has_values(t->input, m->field->name))
    MJ_TRY(clean_texts(t, m->field->name, column));
  for (int64_t i = 0; is_key(m->field) && i < t->table->n; i++)
    if (column->text[i] && mj_says_nothing(column->text[i])) column->text[i] = NULL;
  column->name = mj_arena_text(&t->table->arena, m->field->name, strlen(m->field->name));
  if (!column->name) return MJ_ENOMEM;
  column->from_source = false;
  switch (m->field->type) {
    case MJ_F64:
      return mj_type_number(t, m, column);
    case MJ_I64:
      return mj_type_integer(t, m, column);
    case MJ_DATE:
      return type_date(t, m, column);
    case MJ_TRI:
      return type_tri(t, m, column);
    default:
      return MJ_OK;
  }
}

const char *mj_typing_fault(const mj_input *input, const mj_mapped *m, const char *text) {
  const char *unread = "the new value cannot be read";
  text = mapped_text(input, m->field->name, text);
  if (m->field->type == MJ_TEXT || mj_says_nothing(text)) return NULL;
  if (m->field->type == MJ_DATE) return mj_read_date(text) != MJ_DATE_NULL ? NULL : unread;
  if (m->field->type == MJ_TRI) return mj_read_tri(text) != MJ_UNKNOWN || mj_says_not_known(text) ? NULL : unread;
  return mj_typing_number_fault(m, text);
}

mj_status mj_type_constant(const mj_typing *t, const mj_mapped *m, mj_error *err) {
  const mj_field *f = m->field;
  double number = (double)NAN;
  int32_t date = f->type == MJ_DATE ? mj_read_date(m->constant) : 0;
  uint8_t tri = f->type == MJ_TRI ? mj_read_tri(m->constant) : MJ_YES;
  bool numeric = f->type == MJ_F64 || f->type == MJ_I64;
  mj_unit_memory memory = {0};
  if ((numeric && mj_read_number(m->constant, m, &memory, &number) > MJ_CELL_PERCENT) || date == MJ_DATE_NULL ||
      tri == MJ_UNKNOWN || (f->type == MJ_I64 && number != floor(number)))
    return mj_fail(err, MJ_EFORMAT, "layer '%s': the constant '%s' for field '%s' cannot be read", t->label,
                   m->constant, f->name);
  mj_column *column = mj_table_add(t->table, f->name, f->type);
  const char *text = mj_arena_text(&t->table->arena, m->constant, strlen(m->constant));
  if (!column || !text) return mj_fail(err, MJ_ENOMEM, "out of memory");
  for (int64_t i = 0; i < t->table->n; i++) {
    if (f->type == MJ_F64) column->f64[i] = number;
    if (f->type == MJ_I64) column->i64[i] = (int64_t)number;
    if (f->type == MJ_TEXT) column->text[i] = text;
    if (f->type == MJ_DATE) column->date[i] = date;
    if (f->type == MJ_TRI) column->tri[i] = tri;
  }
  return MJ_OK;
}
