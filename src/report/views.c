#include "report/views.h"

#include <stdlib.h>
#include <string.h>

#include "base/codes.h"
#include "base/embed.h"
#include "base/industry_names.h"
#include "report/layout.h"

static mj_status push(mj_table *view, mj_column *c) {
  if (view->n_columns == view->cap_columns) {
    int32_t cap = view->cap_columns * 2 + 8;
    mj_column **grown = realloc(view->columns, (size_t)cap * sizeof *grown);
    if (!grown) return MJ_ENOMEM;
    view->columns = grown;
    view->cap_columns = cap;
  }
  view->columns[view->n_columns++] = c;
  return MJ_OK;
}

/* A new column, NULL in every row; without data it takes no room. The input may have one of that name: ours hides it.
 */
static mj_status add(mj_table *view, const char *name, size_t n, mj_type type, bool data, mj_column **out) {
  mj_column *c = mj_arena_alloc(&view->arena, 1, sizeof *c);
  if (!c || !(c->name = mj_arena_text(&view->arena, name, n))) return MJ_ENOMEM;
  c->type = type;
  if (data && !(c->data = mj_arena_alloc(&view->arena, (size_t)view->n + 1, sizeof(double)))) return MJ_ENOMEM;
  for (int64_t i = 0; data && i < view->n; i++) {
    if (type == MJ_F64) c->f64[i] = (double)NAN;
    if (type == MJ_TRI) c->tri[i] = MJ_UNKNOWN;
  }
  if (out) *out = c;
  return push(view, c);
}

/* A column with data in the place of the one of that name. */
static mj_status replace(mj_table *view, const char *name, mj_type type, mj_column **out) {
  int32_t n = view->n_columns;
  MJ_TRY(add(view, name, strlen(name), type, true, out));
  for (int32_t i = 0; i < n; i++)
    if (!strcmp(view->columns[i]->name, name)) view->columns[i] = view->columns[--view->n_columns];
  return MJ_OK;
}

static mj_status name_column(mj_table *view, const char *name, size_t n, mj_type type) {
  for (int i = 0; i < view->n_columns; i++)
    if (!strncmp(view->columns[i]->name, name, n) && !view->columns[i]->name[n]) return MJ_OK;
  return add(view, name, n, type, false, NULL);
}

/* Lines "layer,field,type,..." of fields.csv. */
static mj_status name_fields(mj_table *view) {
  size_t n_layer = strlen(view->name);
  for (const char *line = mj_embedded_fields[0].text; line && *line; line = strchr(line, '\n')) {
    if (*line == '\n') line++;
    if (strncmp(line, view->name, n_layer) || line[n_layer] != ',') continue;
    const char *field = line + n_layer + 1, *type = field + strcspn(field, ",");
    mj_type is = !strncmp(type, ",num", 4) ? MJ_F64 : !strncmp(type, ",int", 4) ? MJ_I64 : MJ_TEXT;
    MJ_TRY(name_column(view, field, (size_t)(type - field), is));
  }
  return MJ_OK;
}

static mj_status widen(const mj_park *park, mj_table_id id, mj_table *view) {
  const mj_table *t = &park->table[id];
  int n_facts;
  const mj_column_fact *fact = mj_column_facts(&n_facts);
  MJ_TRY(mj_table_init(view, mj_table_id_name(id), t->n));
  for (int i = 0; i < t->n_columns; i++) MJ_TRY(push(view, t->columns[i]));
  for (int i = 0; i < n_facts; i++)
    if (!strcmp(fact[i].layer, view->name)) MJ_TRY(name_column(view, fact[i].name, strlen(fact[i].name), fact[i].type));
  MJ_TRY(name_fields(view));
  return id == MJ_PARCEL_ZONES ? name_column(view, "parcel_row", strlen("parcel_row"), MJ_I64) : MJ_OK;
}

/* Values of another table beside the rows that they belong to; from_row[i] < 0: none. */
static mj_status gather(const mj_table *from, const char *name, const int64_t *from_row, mj_table *to) {
  const mj_column *source = mj_table_find(from, name);
  if (!source || !source->data) return name_column(to, name, strlen(name), MJ_F64);
  mj_column *c;
  MJ_TRY(add(to, name, strlen(name), source->type, true, &c));
  for (int64_t i = 0; i < to->n; i++) {
    if (from_row[i] < 0 || from_row[i] >= from->n) continue;
    if (source->type == MJ_F64) c->f64[i] = source->f64[from_row[i]];
    if (source->type == MJ_TRI) c->tri[i] = source->tri[from_row[i]];
  }
  return MJ_OK;
}

static mj_status gather_shares(const mj_table *parcels, mj_table *shares, int64_t *from) {
  static const char *const names[] = {"area_mu", "industrial", "output_wan", "tax_wan"};
  const int64_t *row = mj_table_i64(shares, "parcel_row");
  for (int64_t i = 0; i < shares->n; i++) from[i] = row ? row[i] - 1 : -1;
  for (size_t k = 0; k < sizeof names / sizeof *names; k++) MJ_TRY(gather(parcels, names[k], from, shares));
  return MJ_OK;
}

bool mj_is_of_year(const mj_park *park, int64_t row) {
  const int64_t *year = mj_table_i64(&park->table[MJ_ENTERPRISES], "year");
  return !year || year[row] == park->project.year;
}

/* Every scheme grades the enterprises of the year in their order. */
static mj_status gather_grades(const mj_park *park, mj_table *grades, int64_t *from) {
  static const char *const names[] = {"land_area_m2", "output_wan", "tax_wan"};
  const mj_table *firms = &park->table[MJ_ENTERPRISES];
  const int64_t *row = mj_table_i64(grades, "row");
  int64_t at = -1;
  for (int64_t i = 0; i < grades->n && firms->n; i++) {
    int64_t tried = 0;
    do at = at + 1 < firms->n ? at + 1 : 0;
    while (!mj_is_of_year(park, at) && ++tried <= firms->n);
    from[i] = row && row[i] == mj_table_source_row(firms, at) ? at : -1;
  }
  for (size_t k = 0; k < sizeof names / sizeof *names; k++) MJ_TRY(gather(firms, names[k], from, grades));
  return MJ_OK;
}

/* measure has named the industries, where it was asked. */
static mj_status describe_firms(const mj_park *park, mj_table *firms) {
  const char *name[MJ_DIVISIONS], *number[MJ_DIVISIONS] = {0}, **code = mj_table_text(firms, "industry_code");
  mj_column *of_year, *division, *called = mj_table_find(firms, "industry_name");
  bool named = called && called->data;
  MJ_TRY(add(firms, "of_year", strlen("of_year"), MJ_TRI, true, &of_year));
  MJ_TRY(add(firms, "industry_division", strlen("industry_division"), MJ_TEXT, true, &division));
  if (!named) MJ_TRY(replace(firms, "industry_name", MJ_TEXT, &called));
  MJ_TRY(mj_industry_names(park->project.lang, &firms->arena, name));
  for (int64_t i = 0; i < firms->n; i++) {
    char letter;
    of_year->tri[i] = mj_is_of_year(park, i) ? MJ_YES : MJ_NO;
    int d = code && code[i] ? mj_industry_division(code[i], &letter) : -1;
    if (d < 1 || d >= MJ_DIVISIONS || !name[d]) continue;
    if (!number[d] && !(number[d] = mj_arena_format(&firms->arena, "%02d", d))) return MJ_ENOMEM;
    division->text[i] = number[d];
    if (!named) called->text[i] = name[d];
  }
  return MJ_OK;
}

mj_status mj_views_open(const mj_park *park, mj_views *out, mj_error *err) {
  int64_t most = park->table[MJ_GRADES].n;
  mj_status s = MJ_OK;
  for (int id = 0; id < MJ_TABLE_END && !s; id++) s = widen(park, (mj_table_id)id, &out->table[id]);
  if (park->table[MJ_PARCEL_ZONES].n > most) most = park->table[MJ_PARCEL_ZONES].n;
  int64_t *from = malloc(((size_t)most + 1) * sizeof *from);
  if (!from) s = MJ_ENOMEM;
  if (!s) s = gather_shares(&park->table[MJ_PARCELS], &out->table[MJ_PARCEL_ZONES], from);
  if (!s) s = gather_grades(park, &out->table[MJ_GRADES], from);
  if (!s) s = describe_firms(park, &out->table[MJ_ENTERPRISES]);
  free(from);
  return s ? mj_fail(err, MJ_ENOMEM, "out of memory") : MJ_OK;
}

void mj_views_reset(mj_views *views) {
  for (int id = 0; id < MJ_TABLE_END; id++) mj_table_reset(&views->table[id]);
}

mj_status mj_views_attach(const mj_views *views, const mj_park *park, mj_store *store, mj_error *err) {
  char as_of[11];
  mj_date_format(park->project.as_of, as_of);
  for (int id = 0; id < MJ_TABLE_END; id++) MJ_TRY(mj_store_attach(store, &views->table[id], err));
  MJ_TRY(mj_store_bind(store, "as_of", as_of, 0, err));
  MJ_TRY(mj_store_bind(store, "unknown", mj_tri_word(MJ_UNKNOWN, park->project.lang), 0, err));
  return mj_store_bind(store, "year", NULL, park->project.year, err);
}

bool mj_views_given(const mj_park *park, const char *name, size_t n) {
  size_t table = strcspn(name, ".") < n ? strcspn(name, ".") : n;
  for (int id = 0; id < MJ_TABLE_END; id++) {
    const char *of = mj_table_id_name((mj_table_id)id);
    if (strncmp(of, name, table) || of[table] || !mj_park_has(park, (mj_table_id)id)) continue;
    const mj_table *t = &park->table[id];
    for (int i = 0; table < n && i < t->n_columns; i++)
      if (!strncmp(t->columns[i]->name, name + table + 1, n - table - 1) && !t->columns[i]->name[n - table - 1] &&
          !t->columns[i]->from_source)
        return true;
    return table == n;
  }
  return false;
}
