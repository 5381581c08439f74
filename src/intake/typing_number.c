#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "intake/reading.h"
#include "intake/typing.h"
#include "intake/units.h"

/* Columns of numbers: each text is read by itself, and what was no plain number is told. */

/* ---- what is not plausible at all ---- */

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

static bool counts_as_missing(const mj_field *field, double v) {
  if (field->type == MJ_I64) return v == 0 && !strcmp(field->unit, "year"); /* what registers write for "not known" */
  return (v < 0 && !may_be_negative(field)) || (v == 0 && zero_is_missing(field));
}

const char *mj_typing_number_fault(const mj_mapped *m, const char *text) {
  mj_unit_memory memory = {0};
  double v;
  mj_cell cell = m->field->type == MJ_I64 ? mj_read_whole(text, m, &memory, &v) : mj_read_number(text, m, &memory, &v);
  if (cell == MJ_CELL_RANGE || cell == MJ_CELL_UNREADABLE) return "the new value cannot be read";
  return counts_as_missing(m->field, v) ? "the new value would count as missing" : NULL;
}

static mj_status check_numbers(const mj_typing *t, const mj_field *field, double *v) {
  bool zeros = zero_is_missing(field), signs = !may_be_negative(field);
  int64_t n_zero = 0;
  mj_status status = MJ_OK;
  for (int64_t i = 0; zeros && i < t->table->n; i++) n_zero += v[i] == 0;
  for (int64_t i = 0; !status && i < t->table->n; i++) {
    if (signs && v[i] < 0) {
      char found[32];
      mj_double_shortest(v[i], found);
      status = mj_typing_note(t, MJ_L_VALUE_NEGATIVE, field->name, i, found, ">= 0");
      v[i] = (double)NAN;
    } else if (zeros && v[i] == 0) {
      if (n_zero <= MJ_LEDGER_FEW) status = mj_typing_note(t, MJ_L_VALUE_ZERO_MISSING, field->name, i, "0", "> 0");
      v[i] = (double)NAN;
    }
  }
  if (!status && n_zero > MJ_LEDGER_FEW) {
    char found[48];
    snprintf(found, sizeof found, "0 (%lld)", (long long)n_zero);
    status = mj_typing_note(t, MJ_L_VALUE_ZERO_MISSING, field->name, -1, found, "> 0");
  }
  return status;
}

/* ---- what was read otherwise than as a plain number ---- */

/* Entries of one kind about one column, gathered so that many become one with their number. */
typedef struct {
  int64_t n;
  struct {
    int64_t row;
    const char *text; /* NULL: before is what was found */
    double before, value;
  } first[MJ_LEDGER_FEW];
} told;

static void tell(told *list, int64_t row, const char *text, double before, double value) {
  if (list->n < MJ_LEDGER_FEW) {
    list->first[list->n].row = row;
    list->first[list->n].text = text;
    list->first[list->n].before = before;
    list->first[list->n].value = value;
  }
  list->n++;
}

/* "2000 m2", in Chinese "2000 平方米". */
static void reading_text(const mj_typing *t, const mj_field *field, double v, char out[80]) {
  char number[32] = "", unit[32];
  if (!isnan(v)) mj_double_shortest(v, number);
  snprintf(unit, sizeof unit, "%s", field->unit);
  if (t->project && t->project->lang == MJ_ZH) mj_unit_zh(field->unit, unit);
  snprintf(out, 80, "%s%s%s", number, *unit && *number ? " " : "", *number ? unit : "");
}

static mj_status say(const mj_typing *t, const mj_field *field, mj_ledger_code code, const told *list) {
  bool many = list->n > MJ_LEDGER_FEW;
  for (int64_t i = 0; i < (many ? 1 : list->n); i++) {
    char number[32], found[160], expected[80];
    const char *text = list->first[i].text;
    if (!text) mj_double_shortest(list->first[i].before, number);
    if (!text) text = number;
    snprintf(found, sizeof found, "%.*s", (int)mj_utf8_cut(text, 120), text);
    reading_text(t, field, list->first[i].value, expected);
    if (many) snprintf(found + strlen(found), sizeof found - strlen(found), " (%lld)", (long long)list->n);
    MJ_TRY(mj_typing_note(t, code, field->name, many ? -1 : list->first[i].row, found, *expected ? expected : NULL));
  }
  return MJ_OK;
}

typedef struct {
  told read, percent, not_set;
  mj_unit_memory memory;
} cells;

/* Enter what became of one text; values of the rows that need correcting are entered at once, row by row. */
static mj_status take_cell(const mj_typing *t, const mj_field *field, cells *c, mj_cell cell, int64_t row,
                           const char *text, double value, const char *expected) {
  if (cell == MJ_CELL_READ) tell(&c->read, row, text, 0, value);
  else if (cell == MJ_CELL_PERCENT) tell(&c->percent, row, text, 0, value);
  else if (cell == MJ_CELL_NOT_SET) tell(&c->not_set, row, text, 0, (double)NAN);
  else if (cell == MJ_CELL_RANGE) return mj_typing_note(t, MJ_L_VALUE_RANGE, field->name, row, text, expected);
  else if (cell == MJ_CELL_UNREADABLE)
    return mj_typing_note(t, MJ_L_VALUE_UNREADABLE, field->name, row, text, expected);
  return MJ_OK;
}

static mj_status say_cells(const mj_typing *t, const mj_field *field, const cells *c) {
  MJ_TRY(say(t, field, MJ_L_VALUE_READ_AS, &c->read));
  MJ_TRY(say(t, field, MJ_L_PLOT_RATIO_PERCENT, &c->percent));
  return say(t, field, MJ_L_VALUE_NOT_SET, &c->not_set);
}

static bool has_percent(const char *text) { return text && (strchr(text, '%') || strstr(text, "％")); }

/* Values above 0 without a percent sign all lie within [least, most]: then the column is in percent as a whole. */
static bool all_within(const mj_typing *t, const mj_column *column, const double *v, double least, double most) {
  bool texts = column->type == MJ_TEXT, any = false;
  for (int64_t i = 0; i < t->table->n; i++) {
    if (!(v[i] > 0) || (texts && has_percent(column->text[i]))) continue;
    if (v[i] < least || v[i] > most) return false;
    any = true;
  }
  return any;
}

/* Parts of a whole, which are never over 1. */
static bool is_share(const char *field) {
  return !strncmp(field, "coverage_", 9) || !strcmp(field, "building_coefficient") ||
         !strcmp(field, "foundation_share");
}

/* A column of plot ratios that are all 20 or more is in percent as a whole, and one of coverages that are all from 5 to
 * 100 (the bounds are plot_ratio_percent_min and coverage_percent_min of the checks). Cells with a percent sign were
 * read by themselves. One such value among others says nothing about the column: it stays as it stands, and stands
 * out. */
static void read_percents(const mj_typing *t, const mj_mapped *m, const mj_column *column, double *v, cells *c) {
  bool texts = column->type == MJ_TEXT, ratio = strstr(m->field->name, "plot_ratio") != NULL;
  if (!t->project || m->factor != 1 || (!ratio && !is_share(m->field->name))) return;
  const mj_check_limits *limits = &t->project->checks;
  double least = ratio ? limits->plot_ratio_percent_min : limits->coverage_percent_min;
  if (!(least > 0)) return;
  if (!all_within(t, column, v, least, ratio ? HUGE_VAL : 100)) return;
  for (int64_t i = 0; i < t->table->n; i++) {
    if (!(v[i] > 0) || (texts && has_percent(column->text[i]))) continue;
    double before = v[i];
    v[i] /= 100;
    tell(ratio ? &c->percent : &c->read, i, NULL, before, v[i]);
  }
}

mj_status mj_type_number(const mj_typing *t, const mj_mapped *m, mj_column *column) {
  int64_t n = t->table->n;
  cells c = {0};
  double *v = column->type == MJ_F64 ? column->f64 : mj_arena_alloc(&t->table->arena, (size_t)n + 1, sizeof *v);
  if (!v) return MJ_ENOMEM;
  if (column->type == MJ_TRI || column->type == MJ_DATE) {
    if (!mj_column_to_text(t->table, column)) return MJ_ENOMEM;
  }
  for (int64_t i = 0; i < n; i++) {
    if (column->type == MJ_F64) {
      v[i] = isfinite(v[i]) ? v[i] * m->factor : (double)NAN;
    } else if (column->type == MJ_I64) {
      v[i] = column->i64[i] == MJ_I64_NULL ? (double)NAN : (double)column->i64[i] * m->factor;
    } else if (!column->text[i]) {
      v[i] = (double)NAN;
    } else {
      mj_cell cell = mj_read_number(column->text[i], m, &c.memory, &v[i]);
      if (cell != MJ_CELL_PLAIN)
        MJ_TRY(
            take_cell(t, m->field, &c, cell, i, column->text[i], v[i], *m->field->unit ? m->field->unit : "a number"));
    }
  }
  read_percents(t, m, column, v, &c);
  MJ_TRY(say_cells(t, m->field, &c));
  if (column->f64 != v) mj_arena_give_back(&t->table->arena, column->data); /* nobody asks for the texts again */
  column->type = MJ_F64;
  column->f64 = v;
  return check_numbers(t, m->field, v);
}

mj_status mj_type_integer(const mj_typing *t, const mj_mapped *m, mj_column *column) {
  int64_t n = t->table->n;
  bool is_year = !strcmp(m->field->unit, "year"), given = column->type == MJ_I64;
  char number[32];
  cells c = {0};
  if (column->type != MJ_F64 && !given && !mj_column_to_text(t->table, column)) return MJ_ENOMEM;
  int64_t *out = given ? column->i64 : mj_arena_alloc(&t->table->arena, (size_t)n + 1, sizeof *out);
  if (!out) return MJ_ENOMEM;
  for (int64_t i = 0; !given && i < n; i++) {
    double v = column->type == MJ_F64 ? column->f64[i] : (double)NAN;
    const char *text = column->type == MJ_TEXT ? column->text[i] : NULL;
    mj_cell cell = text ? mj_read_whole(text, m, &c.memory, &v) : MJ_CELL_PLAIN;
    bool whole = v == floor(v) && fabs(v) < 9e15;
    out[i] = whole ? (int64_t)v : MJ_I64_NULL;
    if (!isnan(v) && !whole) cell = MJ_CELL_UNREADABLE;
    if (!text && cell == MJ_CELL_UNREADABLE) mj_double_shortest(v, number);
    if (cell != MJ_CELL_PLAIN) MJ_TRY(take_cell(t, m->field, &c, cell, i, text ? text : number, v, "a whole number"));
  }
  for (int64_t i = 0; is_year && i < n; i++)
    if (counts_as_missing(m->field, (double)out[i])) out[i] = MJ_I64_NULL;
  column->type = MJ_I64;
  column->i64 = out;
  return say_cells(t, m->field, &c);
}
