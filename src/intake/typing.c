#include "intake/typing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "intake/units.h"

enum { FEW = 20 };

static mj_status note(const mj_typing *t, mj_ledger_code code, const char *field, int64_t row, const char *found,
                      const char *expected) {
  int64_t source = row < 0 ? 0 : t->table->source_row ? t->table->source_row[row] : row + 1;
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
  size_t skip = strspn(text, " \t\r\n"), n = strlen(text + skip);
  text += skip;
  size_t end = n;
  while (end && strchr(" \t\r\n", text[end - 1])) end--;
  return end == n ? text : mj_arena_text(arena, text, end);
}

static const char *number_text(mj_arena *arena, double v) {
  char out[32];
  if (v == floor(v) && fabs(v) < 9007199254740992.0) return mj_arena_format(arena, "%.0f", v);
  int n = mj_double_shortest(v, out);
  return mj_arena_text(arena, out, (size_t)n);
}

static const char *value_text(mj_arena *arena, const mj_column *column, int64_t row) {
  char date[11];
  static const char *const tri[] = {"0", "1"};
  switch (column->type) {
    case MJ_F64:
      return number_text(arena, column->f64[row]);
    case MJ_I64:
      return mj_arena_format(arena, "%lld", (long long)column->i64[row]);
    case MJ_DATE:
      mj_date_format(column->date[row], date);
      return mj_arena_text(arena, date, strlen(date));
    default:
      return tri[column->tri[row] == MJ_YES];
  }
}

bool mj_column_to_text(mj_table *table, mj_column *column) {
  if (column->type == MJ_TEXT) return true;
  const char **text = mj_arena_alloc(&table->arena, (size_t)table->n + 1, sizeof *text);
  if (!text) return false;
  for (int64_t i = 0; i < table->n; i++)
    if (!mj_column_is_null(column, i) && !(text[i] = value_text(&table->arena, column, i))) return false;
  column->type = MJ_TEXT;
  column->text = text;
  return true;
}

static bool has_values(const mj_input *input, const char *field) {
  for (int32_t i = 0; input && i < input->n_values; i++)
    if (!strcmp(input->values[i].field, field)) return true;
  return false;
}

static bool has_blanks(const char *text) {
  return (unsigned char)*text <= ' ' || (unsigned char)text[strlen(text) - 1] <= ' ';
}

/* Blanks around a code are taken off so that it can be joined, and that is said: a join that hangs on it can be
 * checked. */
static mj_status note_blanks(const mj_typing *t, const char *field, const mj_column *column) {
  static const char *const keys[] = {"parcel_id", "credit_code", "building_id"};
  int64_t n = 0;
  bool key = false;
  for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) key = key || !strcmp(field, keys[k]);
  for (int64_t i = 0; key && i < t->table->n; i++)
    n += column->text[i] && *column->text[i] && has_blanks(column->text[i]);
  for (int64_t i = 0; n && n <= FEW && i < t->table->n; i++)
    if (column->text[i] && *column->text[i] && has_blanks(column->text[i])) {
      char found[128];
      snprintf(found, sizeof found, "'%.120s'", column->text[i]);
      MJ_TRY(note(t, MJ_L_CODE_BLANKS, field, i, found, NULL));
    }
  char found[48];
  snprintf(found, sizeof found, "%lld", (long long)n);
  return n > FEW ? note(t, MJ_L_CODE_BLANKS, field, -1, found, NULL) : MJ_OK;
}

/* Trimmed, "" to NULL, value maps of the field applied. */
static mj_status clean_texts(const mj_typing *t, const char *field, mj_column *column) {
  bool maps = has_values(t->input, field);
  if (!mj_column_to_text(t->table, column)) return MJ_ENOMEM;
  MJ_TRY(note_blanks(t, field, column));
  for (int64_t i = 0; i < t->table->n; i++) {
    const char *text = column->text[i];
    if (!text) continue;
    if (has_blanks(text)) {
      text = blank_free(&t->table->arena, text);
      if (!text) return MJ_ENOMEM;
    }
    column->text[i] = *text ? text : NULL;
    for (int32_t k = 0; maps && *text && k < t->input->n_values; k++) {
      const mj_value_map *m = &t->input->values[k];
      if (strcmp(m->field, field) || strcmp(m->from, text)) continue;
      column->text[i] = m->to;
      break;
    }
  }
  return MJ_OK;
}

/* ---- reading one text as a value ---- */

/* What people write for "nothing". */
bool mj_says_nothing(const char *text) {
  static const char *const words[] = {"-",  "--",   "—",    "——",   "－",     "/",   "N/A", "n/a",
                                      "NA", "#N/A", "NULL", "null", "<Null>", "nan", "无",  "暂无"};
  if (*text >= '0' && *text <= '9') return false; /* most cells */
  text += strspn(text, " \t");
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (!strcmp(text, words[i])) return true;
  return !*text;
}

/* A number, or a number with a unit of the field behind it ("35%", "12.5亩", "2024年"); in the canonical unit. */
static bool read_number(const char *text, const mj_mapped *m, double *out) {
  if (mj_double_parse(text, out)) {
    *out *= m->factor;
    return true;
  }
  char folded[MJ_FOLD];
  double factor = m->factor;
  mj_fold(text, folded); /* full-width digits become plain ones */
  size_t n = strspn(folded, "+-0123456789.,");
  if (folded[n]) {
    const char *unit = !strcmp(folded + n, "年度") ? "year" : mj_unit_find(folded + n);
    if (!unit || !mj_unit_factor(unit, m->field->unit, &factor)) return false;
    folded[n] = '\0';
  }
  if (!mj_double_parse(folded, out)) return false;
  *out *= factor;
  return true;
}

static int32_t read_date(const char *text) {
  char head[64];
  double serial;
  int32_t date = mj_date_parse(text);
  if (date != MJ_DATE_NULL) return date;
  size_t n = strcspn(text, " T");
  if (text[n] && n < sizeof head) { /* a time behind the date */
    memcpy(head, text, n);
    head[n] = '\0';
    return mj_date_parse(head);
  }
  /* the serial number of a spreadsheet cell that lost its format: days since 1899-12-30; 1954 to 2119 */
  if (mj_double_parse(text, &serial) && serial >= 20000 && serial < 80000) return (int32_t)floor(serial) - 25569;
  return MJ_DATE_NULL;
}

static bool is_one_of(const char *text, const char *const *words) {
  while (*words && strcmp(text, *words)) words++;
  return *words;
}

/* Whole words only: 未 also begins 未知, 已 also 已解押 and 已注销, which say neither. */
static uint8_t read_tri(const char *text) {
  static const char *const yes[] = {"1",      "是",     "y",      "yes",    "true",   "t",      "有",     "已",
                                    "√",      "对",     "on",     "动工",   "开工",   "抵押",   "查封",   "办理",
                                    "已动工", "已开工", "已抵押", "已查封", "已办理", "已建成", "已竣工", NULL};
  static const char *const no[] = {"0",      "否",     "n",      "no",     "false",  "f",      "无",     "未",
                                   "×",      "没有",   "不是",   "off",    "未动工", "未开工", "未抵押", "未查封",
                                   "未办理", "未建成", "未竣工", "无抵押", "无查封", NULL};
  char folded[MJ_FOLD];
  mj_fold(text, folded);
  if (is_one_of(folded, yes)) return MJ_YES;
  if (is_one_of(folded, no)) return MJ_NO;
  double v;
  if (mj_double_parse(folded, &v) && (v == 0 || v == 1)) return v == 1 ? MJ_YES : MJ_NO;
  return MJ_UNKNOWN;
}

/* An answer that says that there is none yet: nothing to correct in the cell. */
static bool says_not_known(const char *text) {
  static const char *const words[] = {"未知", "不详", "未填", "未核实", "待核实", "不明", NULL};
  return mj_says_nothing(text) || is_one_of(text, words);
}

/* ---- columns ---- */

/* Land cannot have an area of 0, nor a building's floor, nor a parcel a contract that allows nothing; a plan unit can
 * allow nothing (green space), and what was built, opened up or paid can be 0. */
static bool zero_is_missing(const mj_field *field) {
  static const char *const names[] = {"area_recorded_m2", "area_contract_m2", "developable_area_m2", "land_area_m2",
                                      "floor_area_registered_m2"};
  bool floor = !strcmp(field->name, "floor_area_m2") && field->role != MJ_PROJECTS;
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (!strcmp(field->name, names[i])) return true;
  return floor || (!strcmp(field->name, "plot_ratio_cap") && field->role == MJ_PARCELS);
}

/* Money and its ratios may be negative (losses, refunds); sizes, counts and ratios of area may not. */
static bool may_be_negative(const mj_field *field) { return !strncmp(field->unit, "wan", 3); }

static mj_status check_numbers(const mj_typing *t, const mj_field *field, double *v) {
  bool zeros = zero_is_missing(field), signs = !may_be_negative(field);
  int64_t n_zero = 0;
  mj_status status = MJ_OK;
  for (int64_t i = 0; zeros && i < t->table->n; i++) n_zero += v[i] == 0;
  for (int64_t i = 0; !status && i < t->table->n; i++) {
    if (signs && v[i] < 0) {
      char found[32];
      mj_double_shortest(v[i], found);
      status = note(t, MJ_L_VALUE_NEGATIVE, field->name, i, found, ">= 0");
      v[i] = (double)NAN;
    } else if (zeros && v[i] == 0) {
      if (n_zero <= FEW) status = note(t, MJ_L_VALUE_ZERO_MISSING, field->name, i, "0", "> 0");
      v[i] = (double)NAN;
    }
  }
  if (!status && n_zero > FEW) {
    char found[48];
    snprintf(found, sizeof found, "0 (%lld)", (long long)n_zero);
    status = note(t, MJ_L_VALUE_ZERO_MISSING, field->name, -1, found, "> 0");
  }
  return status;
}

static mj_status type_number(const mj_typing *t, const mj_mapped *m, mj_column *column) {
  int64_t n = t->table->n;
  double *v = column->type == MJ_F64 ? column->f64 : mj_arena_alloc(&t->table->arena, (size_t)n + 1, sizeof *v);
  if (!v) return MJ_ENOMEM;
  if (column->type == MJ_TRI || column->type == MJ_DATE) {
    if (!mj_column_to_text(t->table, column)) return MJ_ENOMEM;
  }
  for (int64_t i = 0; i < n; i++) {
    if (column->type == MJ_F64) v[i] = isfinite(v[i]) ? v[i] * m->factor : (double)NAN;
    else if (column->type == MJ_I64)
      v[i] = column->i64[i] == MJ_I64_NULL ? (double)NAN : (double)column->i64[i] * m->factor;
    else if (!column->text[i] || mj_says_nothing(column->text[i])) v[i] = (double)NAN;
    else if (!read_number(column->text[i], m, &v[i])) {
      v[i] = (double)NAN;
      MJ_TRY(note(t, MJ_L_VALUE_UNREADABLE, m->field->name, i, column->text[i],
                  *m->field->unit ? m->field->unit : "a number"));
    }
  }
  column->type = MJ_F64;
  column->f64 = v;
  return check_numbers(t, m->field, v);
}

/* The number in a text of a whole-number field; of a date in a year field, its year. */
static bool read_whole(const char *text, const mj_mapped *m, double *out) {
  int32_t date = strcmp(m->field->unit, "year") ? MJ_DATE_NULL : mj_date_parse(text);
  int year, month, day;
  if (date == MJ_DATE_NULL) return read_number(text, m, out);
  mj_date_to_ymd(date, &year, &month, &day);
  *out = year;
  return true;
}

static mj_status type_integer(const mj_typing *t, const mj_mapped *m, mj_column *column) {
  int64_t n = t->table->n;
  bool is_year = !strcmp(m->field->unit, "year"), given = column->type == MJ_I64;
  char found[32];
  if (column->type != MJ_F64 && !given && !mj_column_to_text(t->table, column)) return MJ_ENOMEM;
  int64_t *out = given ? column->i64 : mj_arena_alloc(&t->table->arena, (size_t)n + 1, sizeof *out);
  if (!out) return MJ_ENOMEM;
  for (int64_t i = 0; !given && i < n; i++) {
    double v = column->type == MJ_F64 ? column->f64[i] : (double)NAN;
    const char *text = column->type == MJ_TEXT ? column->text[i] : NULL;
    bool ok = !text || mj_says_nothing(text) || read_whole(text, m, &v);
    bool whole = ok && v == floor(v) && fabs(v) < 9e15;
    out[i] = whole ? (int64_t)v : MJ_I64_NULL;
    if (whole || (ok && isnan(v))) continue;
    if (!text) mj_double_shortest(v, found);
    MJ_TRY(note(t, MJ_L_VALUE_UNREADABLE, m->field->name, i, text ? text : found, "a whole number"));
  }
  for (int64_t i = 0; is_year && i < n; i++)
    if (out[i] == 0) out[i] = MJ_I64_NULL; /* there is no year 0: registers write it for "not known" */
  column->type = MJ_I64;
  column->i64 = out;
  return MJ_OK;
}

static mj_status type_date(const mj_typing *t, const mj_mapped *m, mj_column *column) {
  int64_t n = t->table->n;
  if (column->type == MJ_DATE) return MJ_OK;
  MJ_TRY(clean_texts(t, m->field->name, column)); /* 20240501 and serial numbers read as numbers become texts first */
  int32_t *out = mj_arena_alloc(&t->table->arena, (size_t)n + 1, sizeof *out);
  if (!out) return MJ_ENOMEM;
  for (int64_t i = 0; i < n; i++) {
    const char *text = column->text[i];
    out[i] = text ? read_date(text) : MJ_DATE_NULL;
    if (out[i] == MJ_DATE_NULL && text && !mj_says_nothing(text) && strcmp(text, "0"))
      MJ_TRY(note(t, MJ_L_VALUE_UNREADABLE, m->field->name, i, text, "2026-03-31"));
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
    out[i] = text ? read_tri(text) : MJ_UNKNOWN;
    if (out[i] == MJ_UNKNOWN && text && !says_not_known(text))
      MJ_TRY(note(t, MJ_L_VALUE_UNREADABLE, m->field->name, i, text, "1/0, 是/否, Y/N"));
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
      return type_number(t, m, column);
    case MJ_I64:
      return type_integer(t, m, column);
    case MJ_DATE:
      return type_date(t, m, column);
    case MJ_TRI:
      return type_tri(t, m, column);
    default:
      return MJ_OK;
  }
}

mj_status mj_type_constant(const mj_typing *t, const mj_mapped *m, mj_error *err) {
  const mj_field *f = m->field;
  double number = (double)NAN;
  int32_t date = f->type == MJ_DATE ? read_date(m->constant) : 0;
  uint8_t tri = f->type == MJ_TRI ? read_tri(m->constant) : MJ_YES;
  bool numeric = f->type == MJ_F64 || f->type == MJ_I64;
  if ((numeric && !read_number(m->constant, m, &number)) || date == MJ_DATE_NULL || tri == MJ_UNKNOWN ||
      (f->type == MJ_I64 && number != floor(number)))
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
