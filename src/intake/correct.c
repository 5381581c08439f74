#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/keymap.h"
#include "base/text.h"
#include "intake/corrections.h"
#include "intake/reading.h"
#include "intake/typing.h"

/* ---- one cell as delivered ---- */

typedef struct {
  const char *at;
  size_t n;
  char number[40];
} cell;

static void read_cell(const mj_column *c, int64_t row, cell *out) {
  out->at = out->number;
  out->n = 0;
  if (!c || mj_column_is_null(c, row)) return;
  if (c->type == MJ_TEXT) out->at = mj_trim(c->text[row], &out->n);
  else out->n = mj_value_text(c, row, out->number);
}

static bool is_text(const cell *c, const char *text) { return strlen(text) == c->n && !memcmp(c->at, text, c->n); }

/* The same text, number or date; nothing and what says nothing ("-", "N/A") are an empty old value. */
static bool holds(const cell *c, const mj_column *column, const mj_field *field, const char *old) {
  char text[256];
  double a, b;
  if (!c->n) return !old;
  if (c->n >= sizeof text) return old && is_text(c, old);
  memcpy(text, c->at, c->n);
  text[c->n] = '\0';
  if (!old) return mj_says_nothing(text);
  if (!strcmp(text, old)) return true;
  bool code = field && field->type == MJ_TEXT; /* 007 is not 7 there */
  if (!code && mj_double_parse(text, &a) && mj_double_parse(old, &b)) return a == b;
  return column->type == MJ_DATE && mj_date_parse(old) == mj_date_parse(text);
}

/* ---- which column ---- */

static int column_named(const mj_part *p, const char *name) {
  for (int i = 0; i < p->n_columns; i++)
    if (!strcmp(p->column[i], name)) return i;
  return -1;
}

/* The canonical name, the column of the source, or what people call the field; of "税收 tax_wan" the last word too. */
static bool find_field(const mj_part *p, const char *name, mj_correction_look *out) {
  const char *last = strrchr(name, ' ');
  mj_table_id role = p->input->role;
  out->field = mj_fields_find(p->fields, role, name);
  out->column = out->field ? -1 : column_named(p, name);
  if (!out->field && out->column < 0) out->field = mj_fields_guess(p->fields, role, name, false).field;
  const mj_mapped *m = out->field ? mj_mapping_find(&p->mapping, out->field->name) : NULL;
  if (m) out->column = m->column;
  if (!out->field && out->column >= 0 && p->mapping.of_column[out->column] >= 0)
    out->field = p->mapping.item[p->mapping.of_column[out->column]].field;
  if (m && m->column < 0) return false; /* a constant of park.yaml, or the row number: no cell holds it */
  bool read = out->column < 0 || mj_table_find(&p->table, p->column[out->column]);
  if (read && (out->field || out->column >= 0)) return true;
  return last && find_field(p, last + 1, out);
}

/* ---- which rows ---- */

static const char *const id_fields[MJ_ROLE_END][2] = {
    [MJ_PARCELS] = {"parcel_id"},
    [MJ_ZONES] = {"zone", "zone_name"},
    [MJ_BUILDINGS] = {"building_id"},
    [MJ_PLAN_UNITS] = {"plan_id"},
    [MJ_CONTROL_LINES] = {"control_id"},
    [MJ_ROADS] = {"road_id"},
    [MJ_WATER] = {"water_id"},
    [MJ_EASEMENTS] = {"easement_id"},
    [MJ_ENTERPRISES] = {"credit_code", "enterprise_name"},
    [MJ_OCCUPANCIES] = {"credit_code", "enterprise_name"},
    [MJ_FACTORY_UNITS] = {"unit_id"},
    [MJ_PROJECTS] = {"project_id", "project_name"},
    [MJ_CONTRACTS] = {"contract_id"},
};

static const mj_column *source_column(const mj_part *p, const char *field) {
  const mj_mapped *m = field ? mj_mapping_find(&p->mapping, field) : NULL;
  return m && m->column >= 0 ? mj_table_find(&p->table, p->column[m->column]) : NULL;
}

static bool is_year(const mj_part *p, const mj_column *year, int64_t row, int64_t wanted) {
  cell c;
  if (!wanted) return true;
  if (!year) return p->input->year == wanted;
  read_cell(year, row, &c);
  return c.n >= 4 && strtoll(c.at, NULL, 10) == wanted;
}

/* Rows by identifier: for the texts that lines ask for only. */
typedef struct {
  mj_part *part;
  const mj_column *id[2], *year;
  mj_keymap wanted[2];
  int64_t *first[2], *next[2]; /* [wanted], [rows] a chain of the rows that bear it, or -1 */
} row_finder;

static mj_status want(row_finder *f, const mj_corrections *c, const mj_correction_look *look) {
  for (int64_t i = 0; i < c->n; i++)
    for (int k = 0; k < 2; k++) {
      int32_t number;
      if (look[i].here && c->item[i].id && !c->item[i].row && f->id[k])
        MJ_TRY(mj_keymap_add(&f->wanted[k], c->item[i].id, 0, &number));
    }
  return MJ_OK;
}

static mj_status chain_rows(row_finder *f, int k) {
  mj_part *p = f->part;
  char text[256];
  if (!f->wanted[k].n) return MJ_OK;
  f->first[k] = mj_arena_alloc(&p->arena, (size_t)f->wanted[k].n, sizeof **f->first);
  f->next[k] = mj_arena_alloc(&p->arena, (size_t)p->table.n + 1, sizeof **f->next);
  if (!f->first[k] || !f->next[k]) return MJ_ENOMEM;
  for (int32_t i = 0; i < f->wanted[k].n; i++) f->first[k][i] = -1;
  for (int64_t row = p->table.n; row-- > 0;) {
    cell c;
    read_cell(f->id[k], row, &c);
    if (!c.n || c.n >= sizeof text) continue;
    memcpy(text, c.at, c.n);
    text[c.n] = '\0';
    int32_t number = mj_keymap_find(&f->wanted[k], text);
    if (number < 0) continue;
    f->next[k][row] = f->first[k][number];
    f->first[k][number] = row;
  }
  return MJ_OK;
}

/* A wrong key stands on every row of its bearer, year by year; in the layer itself it is the identity of one row. */
static bool is_key(const mj_part *p, const mj_field *field) {
  static const char *const names[] = {"parcel_id", "building_id", "credit_code"};
  for (size_t i = 0; field && !mj_role_has_shape(p->input->role) && i < sizeof names / sizeof *names; i++)
    if (!strcmp(field->name, names[i])) return true;
  return false;
}

static bool keep_row(mj_part *p, mj_correction_look *out, int64_t row) {
  bool full = (out->n_all & (out->n_all - 1)) == 0; /* 0, 1, 2, 4, ...: room for as many again */
  int64_t *grown =
      full ? mj_arena_alloc(&p->arena, (size_t)(out->n_all ? 2 * out->n_all : 1), sizeof *grown) : out->all;
  if (!grown) return false;
  if (full && out->n_all) memcpy(grown, out->all, (size_t)out->n_all * sizeof *grown);
  out->all = grown;
  out->all[out->n_all++] = row;
  return true;
}

/* Count the row where it is the one that is meant; the first that fits is kept. */
static bool meet(const row_finder *f, const mj_correction *c, int64_t row, mj_correction_look *out) {
  mj_part *p = f->part;
  const mj_column *column = out->column < 0 ? NULL : mj_table_find(&p->table, p->column[out->column]);
  cell value;
  if (!is_year(p, f->year, row, c->year)) return true;
  read_cell(column, row, &value);
  bool fits = holds(&value, column, out->field, c->old);
  if (!out->rows || (fits && !out->fits)) {
    out->row = row;
    out->found = mj_arena_text(&p->arena, value.at, value.n);
  }
  out->rows++;
  out->fits += fits;
  if (fits && out->key && !keep_row(p, out, row)) return false;
  return out->found != NULL;
}

static int64_t row_numbered(const mj_table *t, int64_t number) {
  if (!t->source_row) return number <= t->n ? number - 1 : -1;
  if (number <= t->n && t->source_row[number - 1] == number) return number - 1;
  for (int64_t i = 0; i < t->n; i++)
    if (t->source_row[i] == number) return i;
  return -1;
}

/* A row number decides; an identifier beside it must not contradict it. */
static bool meet_numbered(const row_finder *f, const mj_correction *c, mj_correction_look *out) {
  int64_t row = row_numbered(&f->part->table, c->row);
  bool named = !c->id, empty = true;
  for (int k = 0; k < 2 && row >= 0 && !named; k++) {
    cell id;
    read_cell(f->id[k], row, &id);
    named = id.n && is_text(&id, c->id);
    empty = empty && !id.n;
  }
  return row < 0 || !(named || empty) || meet(f, c, row, out);
}

static bool meet_named(const row_finder *f, const mj_correction *c, mj_correction_look *out) {
  for (int k = 0; c->id && k < 2 && !out->rows; k++) {
    int32_t number = f->first[k] ? mj_keymap_find(&f->wanted[k], c->id) : -1;
    for (int64_t row = number < 0 ? -1 : f->first[k][number]; row >= 0; row = f->next[k][row])
      if (!meet(f, c, row, out)) return false;
  }
  return true;
}

static bool is_here(const mj_part *p, const mj_correction *c) {
  char label[256];
  if (c->role != p->input->role) return false;
  if (!c->file) return true;
  const char *slash = strrchr(p->input->path, '/'), *name = slash ? slash + 1 : p->input->path;
  snprintf(label, sizeof label, "%s:%s", name, p->layer_name);
  return !strcmp(c->file, name) || !strcmp(c->file, label) || !strcmp(c->file, p->input->path);
}

mj_status mj_correction_find(const mj_corrections *c, mj_part *p, mj_correction_look *out) {
  row_finder f = {.part = p, .year = source_column(p, "year")};
  for (int k = 0; k < 2; k++) f.id[k] = source_column(p, id_fields[p->input->role][k]);
  for (int64_t i = 0; i < c->n; i++) {
    out[i] = (mj_correction_look){.here = is_here(p, &c->item[i]), .column = -1};
    if (out[i].here && c->item[i].field) out[i].known = find_field(p, c->item[i].field, &out[i]);
    out[i].key = is_key(p, out[i].field);
  }
  mj_status status = want(&f, c, out);
  for (int k = 0; k < 2 && !status; k++) status = chain_rows(&f, k);
  for (int64_t i = 0; i < c->n && !status; i++) {
    const mj_correction *item = &c->item[i];
    if (!out[i].known) continue;
    if (!(item->row ? meet_numbered(&f, item, &out[i]) : meet_named(&f, item, &out[i]))) status = MJ_ENOMEM;
  }
  for (int k = 0; k < 2; k++) mj_keymap_reset(&f.wanted[k]);
  return status;
}

/* ---- putting a value ---- */

/* A column of NULLs for a field that the layer has no column for, at the end of the part's columns. */
static mj_status add_column(mj_part *p, const mj_field *field, int *out) {
  size_t n = (size_t)p->n_columns, m = (size_t)p->mapping.n;
  const char **column = mj_arena_alloc(&p->arena, n + 1, sizeof *column);
  int *of_column = mj_arena_alloc(&p->arena, n + 1, sizeof *of_column);
  mj_mapped *item = mj_arena_alloc(&p->arena, m + 1, sizeof *item);
  const char *name = mj_arena_format(&p->table.arena, "\x01new %s", field->name);
  if (!column || !of_column || !item || !name || !mj_table_add(&p->table, name, MJ_TEXT)) return MJ_ENOMEM;
  if (n) memcpy(column, p->column, n * sizeof *column);
  if (n) memcpy(of_column, p->mapping.of_column, n * sizeof *of_column);
  if (m) memcpy(item, p->mapping.item, m * sizeof *item);
  *out = p->n_columns++;
  column[n] = name;
  of_column[n] = p->mapping.n;
  item[p->mapping.n++] = (mj_mapped){.field = field, .column = *out, .factor = 1};
  p->column = column;
  p->mapping.of_column = of_column;
  p->mapping.item = item;
  return MJ_OK;
}

const char *mj_correction_fault(const mj_part *p, const mj_correction_look *look, const char *value) {
  const mj_mapped *m = look->field ? mj_mapping_find(&p->mapping, look->field->name) : NULL;
  mj_mapped plain = {.field = look->field, .factor = 1};
  return look->field ? mj_typing_fault(p->input, m ? m : &plain, value) : NULL;
}

mj_status mj_correction_put(mj_part *p, const mj_correction_look *look, const char *value) {
  const mj_mapped *m = look->field ? mj_mapping_find(&p->mapping, look->field->name) : NULL;
  int at = look->column >= 0 ? look->column : m ? m->column : -1;
  double v;
  if (at < 0) MJ_TRY(add_column(p, look->field, &at));
  mj_column *column = mj_table_find(&p->table, p->column[at]);
  bool number = mj_double_parse(value, &v);
  bool whole = number && v == floor(v) && fabs(v) < 9007199254740992.0;
  bool code = look->field && look->field->type == MJ_TEXT; /* a leading zero may be what is corrected */
  bool text = code || (!(column->type == MJ_F64 && number) && !(column->type == MJ_I64 && whole));
  const char *kept = text ? mj_arena_text(&p->table.arena, value, strlen(value)) : "";
  if (!kept || (text && !mj_column_to_text(&p->table, column))) return MJ_ENOMEM; /* "35亩" beside numbers */
  for (int64_t k = 0; k < (look->n_all ? look->n_all : 1); k++) {
    int64_t row = look->n_all ? look->all[k] : look->row;
    if (text) column->text[row] = kept;
    else if (column->type == MJ_F64) column->f64[row] = v;
    else column->i64[row] = (int64_t)v;
  }
  return MJ_OK;
}
