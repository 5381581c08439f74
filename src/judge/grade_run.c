#include "judge/grade_run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/keymap.h"
#include "base/text.h"

/* ---- expressions ---- */

static mj_status add_expr(mj_gr_work *w, const mj_rb_sql *sql, int *number, mj_error *err) {
  char what[160];
  *number = -1;
  if (!sql->sql) return MJ_OK;
  snprintf(what, sizeof what, mj_tr(err ? err->lang : MJ_EN, "grades %s"), w->scheme->code);
  MJ_TRY(mj_rb_check(w->run, w->book, what, mj_table_id_name(MJ_ENTERPRISES), sql, NULL, err));
  for (int i = 0; i < w->n_exprs; i++) /* the tax of several indicators is read once */
    if (!strcmp(w->expr[i]->sql, sql->sql)) *number = i;
  if (*number >= 0) return MJ_OK;
  *number = w->n_exprs;
  w->expr[w->n_exprs++] = sql;
  return MJ_OK;
}

/* They lie side by side. */
static mj_status add_cases(mj_gr_work *w, const mj_gr_case *list, int n, int *first, mj_error *err) {
  char what[160];
  *first = w->n_exprs;
  snprintf(what, sizeof what, mj_tr(err ? err->lang : MJ_EN, "grades %s"), w->scheme->code);
  for (int i = 0; i < n; i++) {
    MJ_TRY(mj_rb_check(w->run, w->book, what, mj_table_id_name(MJ_ENTERPRISES), &list[i].when, NULL, err));
    w->expr[w->n_exprs++] = &list[i].when;
  }
  return MJ_OK;
}

static mj_status add_group(mj_gr_work *w, const mj_gr_group *g, mj_gr_field *field, mj_error *err) {
  field->col = mj_arena_alloc(&w->run->arena, (size_t)g->n + 1, sizeof *field->col);
  field->member = mj_arena_alloc(&w->run->arena, (size_t)w->n + 1, sizeof *field->member);
  if (!field->col || !field->member) return mj_fail(err, MJ_ENOMEM, "out of memory");
  MJ_TRY(add_expr(w, &g->when, &field->when, err));
  for (int k = 0; k < g->n; k++) {
    MJ_TRY(add_expr(w, &g->ind[k].measure.sql, &field->col[k].measure, err));
    MJ_TRY(add_expr(w, &g->ind[k].per.sql, &field->col[k].per, err));
    field->col[k].base = field->col[k].low = field->col[k].high = (double)NAN;
  }
  for (int c = 0; c < 3; c++) field->sub[c] = -1;
  for (int c = 0; c < g->cuts->n && c < 3; c++) MJ_TRY(add_expr(w, &g->cuts->cls[c].measure.sql, &field->sub[c], err));
  return MJ_OK;
}

static mj_status add_exprs(mj_gr_work *w, mj_error *err) {
  const mj_gr_scheme *s = w->scheme;
  size_t most = (size_t)s->n_exempt + (size_t)s->n_veto + 3;
  for (int g = 0; g < s->n_groups; g++) most += 2 * (size_t)s->group[g].n + 4;
  w->expr = mj_arena_alloc(&w->run->arena, most, sizeof *w->expr);
  w->field = mj_arena_alloc(&w->run->arena, (size_t)s->n_groups + 1, sizeof *w->field);
  if (!w->expr || !w->field) return mj_fail(err, MJ_ENOMEM, "out of memory");
  MJ_TRY(add_cases(w, s->exempt, s->n_exempt, &w->exempt, err));
  MJ_TRY(add_cases(w, s->veto, s->n_veto, &w->veto, err));
  MJ_TRY(add_expr(w, &s->bonus, &w->bonus, err));
  MJ_TRY(add_expr(w, &s->penalty, &w->penalty, err));
  for (int g = 0; g < s->n_groups; g++) MJ_TRY(add_group(w, &s->group[g], &w->field[g], err));
  return MJ_OK;
}

/* ---- values ---- */

/* Some of the expressions, over some of the rows. */
typedef struct {
  const mj_gr_work *w;
  int *number, n; /* of expressions */
  bool *has;      /* [expressions] */
} wanted;

static void want(wanted *list, int number) {
  if (number < 0 || list->has[number]) return;
  list->has[number] = true;
  list->number[list->n++] = number;
}

static mj_status keep_values(void *user, int worker, int64_t row, const mj_sql_value *value, mj_error *err) {
  const wanted *list = user;
  const mj_gr_work *w = list->w;
  int64_t at = w->at[row];
  (void)worker;
  for (int k = 0; k < list->n; k++) {
    int i = list->number[k];
    if (value[k].kind == MJ_SQL_TEXT) {
      mj_fail(err, MJ_ERULE, "'%s' is a text where a number is expected", value[k].text);
      return mj_rb_blame(w->book, w->expr[i], w->scheme->code, MJ_ERULE, err);
    }
    w->value[i][at] = value[k].kind == MJ_SQL_NUMBER ? value[k].number : (double)NAN;
  }
  return MJ_OK;
}

/* A column of numbers, called by its name alone: SQL would say the same of it. */
static bool read_column(const mj_gr_work *w, int number, const int64_t *row, int64_t n) {
  const mj_column *c = mj_table_find(&w->run->view[MJ_ENTERPRISES], w->expr[number]->sql);
  if (!c || c->from_source || (c->type != MJ_F64 && c->type != MJ_I64 && c->type != MJ_TRI)) return false;
  for (int64_t k = 0; k < n; k++) {
    double *to = &w->value[number][w->at[row[k]]];
    if (mj_rb_is_null(c, row[k])) *to = (double)NAN;
    else *to = c->type == MJ_F64 ? c->f64[row[k]] : c->type == MJ_I64 ? (double)c->i64[row[k]] : c->tri[row[k]];
  }
  return true;
}

static mj_status read_wanted(mj_gr_work *w, wanted *list, const int64_t *row, int64_t n, mj_error *err) {
  mj_text exprs = {0};
  wanted of_sql = *list;
  of_sql.n = 0;
  for (int k = 0; k < list->n; k++) { /* those for SQL come to the front */
    int number = list->number[k];
    if (read_column(w, number, row, n)) continue;
    list->number[k] = list->number[of_sql.n];
    list->number[of_sql.n++] = number;
  }
  for (int k = 0; k < of_sql.n; k++) mj_text_format(&exprs, "%s(%s\n)", k ? "," : "", w->expr[of_sql.number[k]]->sql);
  mj_status status = exprs.failed ? mj_fail(err, MJ_ENOMEM, "out of memory") : MJ_OK;
  if (!status && of_sql.n && n) status = mj_rb_select_firms(w->run, exprs.data, row, n, keep_values, &of_sql, err);
  mj_text_reset(&exprs);
  return status;
}

static mj_status make_values(mj_gr_work *w, wanted *list, mj_error *err) {
  mj_arena *arena = &w->run->arena;
  size_t n = (size_t)w->n_exprs + 1;
  *list =
      (wanted){.w = w, .number = mj_arena_alloc(arena, n, sizeof(int)), .has = mj_arena_alloc(arena, n, sizeof(bool))};
  w->value = mj_arena_alloc(arena, n, sizeof *w->value);
  if (!list->number || !list->has || !w->value) return mj_fail(err, MJ_ENOMEM, "out of memory");
  for (int i = 0; i < w->n_exprs; i++) {
    w->value[i] = mj_arena_alloc(arena, (size_t)w->n_all + 1, sizeof(double));
    if (!w->value[i]) return mj_fail(err, MJ_ENOMEM, "out of memory");
    for (int64_t r = 0; r < w->n_all; r++) w->value[i][r] = (double)NAN;
  }
  return MJ_OK;
}

/* What says of every row where it belongs. */
static mj_status read_places(mj_gr_work *w, wanted *list, mj_error *err) {
  for (int i = 0; i < w->scheme->n_exempt; i++) want(list, w->exempt + i);
  for (int i = 0; i < w->scheme->n_veto; i++) want(list, w->veto + i);
  for (int g = 0; g < w->scheme->n_groups; g++) want(list, w->field[g].when);
  return read_wanted(w, list, w->row, w->n_all, err);
}

/* What a group reads of its members, of this year and the last: a figure may look all over the tables. */
static mj_status read_figures(mj_gr_work *w, int g, const wanted *places, int64_t *room, mj_error *err) {
  const mj_gr_field *field = &w->field[g];
  wanted list = *places;
  int64_t n = 0;
  list.number += places->n;
  list.n = 0;
  for (int k = 0; k < w->scheme->group[g].n; k++) {
    want(&list, field->col[k].measure);
    want(&list, field->col[k].per);
  }
  for (int c = 0; c < 3; c++) want(&list, field->sub[c]);
  want(&list, w->bonus);
  want(&list, w->penalty);
  for (int64_t m = 0; m < field->n; m++) room[n++] = w->row[field->member[m]];
  for (int64_t i = w->n; i < w->n_all; i++)
    if (mj_gr_belongs(w, i, g)) room[n++] = w->row[i];
  mj_status status = read_wanted(w, &list, room, n, err);
  for (int k = 0; k < list.n; k++) list.has[list.number[k]] = false; /* the next group has other members */
  return status;
}

static mj_status keep_base(void *user, int64_t row, int n, const mj_sql_value *value) {
  double *base = user;
  (void)n;
  if (!row && value->kind == MJ_SQL_NUMBER) *base = value->number;
  return MJ_OK;
}

/* Bases that are one SQL value, an aggregate over enterprises. */
static mj_status read_bases(mj_gr_work *w, mj_error *err) {
  mj_store *store;
  char what[160];
  snprintf(what, sizeof what, mj_tr(err ? err->lang : MJ_EN, "grades %s"), w->scheme->code);
  for (int g = 0; g < w->scheme->n_groups; g++)
    for (int k = 0; k < w->scheme->group[g].n; k++) {
      const mj_gr_base *base = &w->scheme->group[g].ind[k].base;
      if (base->kind != MJ_GR_SQL) continue;
      MJ_TRY(mj_rb_check(w->run, w->book, what, mj_table_id_name(MJ_ENTERPRISES), &base->sql, NULL, err));
      MJ_TRY(mj_rb_run_store(w->run, 0, &store, err));
      const char *sql = mj_arena_format(&w->run->arena, "SELECT (%s\n) FROM enterprises", base->sql.sql);
      if (!sql) return mj_fail(err, MJ_ENOMEM, "out of memory");
      mj_status status = mj_store_query(store, sql, keep_base, &w->field[g].col[k].base, err);
      if (status) return status == MJ_ERULE ? mj_rb_blame(w->book, &base->sql, what, status, err) : status;
      w->field[g].col[k].base *= base->times;
    }
  return MJ_OK;
}

/* ---- rows and groups ---- */

static mj_status find_repeated(const mj_park *park, mj_gr_roll *r) {
  const char **code = mj_table_text(&park->table[MJ_ENTERPRISES], "credit_code");
  mj_keymap map = {0};
  mj_status status = MJ_OK;
  int32_t *number = malloc(((size_t)r->n + 1) * sizeof *number);
  if (!number) status = MJ_ENOMEM;
  for (int64_t i = 0; code && i < r->n && !status; i++)
    if (code[r->row[i]]) status = mj_keymap_add(&map, code[r->row[i]], (int32_t)i, &number[i]);
  for (int64_t i = 0; code && i < r->n && !status; i++)
    if (code[r->row[i]]) {
      r->repeated[i] = map.count[number[i]] > 1;
      r->n_repeated += r->repeated[i];
    }
  mj_keymap_reset(&map);
  free(number);
  return status;
}

mj_status mj_gr_call_roll(mj_rb_run *run, mj_gr_roll *r, mj_error *err) {
  const mj_park *park = run->park;
  const mj_table *t = &park->table[MJ_ENTERPRISES];
  const int64_t *year = mj_table_i64(t, "year");
  size_t n = (size_t)t->n + 1;
  *r = (mj_gr_roll){.row = mj_arena_alloc(&run->arena, 2 * n, sizeof *r->row),
                    .at = mj_arena_alloc(&run->arena, n, sizeof *r->at),
                    .repeated = mj_arena_alloc(&run->arena, n, sizeof *r->repeated)};
  if (!r->row || !r->at || !r->repeated) return mj_fail(err, MJ_ENOMEM, "out of memory");
  for (int back = 0; back < 2; back++) {
    for (int64_t i = 0; i < t->n; i++)
      if (year ? year[i] == park->project.year - back : !back) {
        r->at[i] = (int32_t)r->n_all;
        r->row[r->n_all++] = i;
      }
    if (!back) r->n = r->n_all;
  }
  return find_repeated(park, r) ? mj_fail(err, MJ_ENOMEM, "out of memory") : MJ_OK;
}

static bool wants_last_year(const mj_gr_scheme *s) {
  for (int g = 0; g < s->n_groups; g++)
    for (int k = 0; k < s->group[g].n; k++)
      if (s->group[g].ind[k].base.last_year) return true;
  return false;
}

static mj_status find_rows(mj_gr_work *w, const mj_gr_roll *r, mj_error *err) {
  w->n = r->n;
  w->n_all = wants_last_year(w->scheme) ? r->n_all : r->n;
  w->row = r->row;
  w->at = r->at;
  w->firm = mj_arena_alloc(&w->run->arena, (size_t)w->n + 1, sizeof *w->firm);
  return w->firm ? MJ_OK : mj_fail(err, MJ_ENOMEM, "out of memory");
}

mj_status mj_gr_note_repeated(const mj_gr_work *w, const mj_gr_roll *r, mj_error *err) {
  mj_park *park = w->run->park;
  const char *found = mj_arena_format(&park->arena, "%lld", (long long)r->n_repeated);
  mj_ledger_entry e = {
      .code = MJ_L_GRADE_REPEATED, .layer = "enterprises", .id = w->book->code, .field = "credit_code", .found = found};
  bool noted = found && (!r->n_repeated || !mj_ledger_add(&park->ledger, e));
  return noted ? MJ_OK : mj_fail(err, MJ_ENOMEM, "out of memory");
}

/* The first exemption that holds, else the first group; where one before it is NULL, neither can be told, and the row
 * may yet be a member of every group that it is not kept out of. */
static void place_firm(mj_gr_work *w, int64_t i, bool repeated) {
  const mj_gr_scheme *s = w->scheme;
  mj_gr_firm *f = &w->firm[i];
  *f = (mj_gr_firm){.row = w->row[i], .group = -1, .state = MJ_GR_OUTSIDE, .repeated = repeated, .asks = -1, .by = -1};
  f->score = f->sub = f->up[0] = f->up[1] = f->down[0] = f->down[1] = (double)NAN;
  f->scored = f->cls = f->better = f->worse = f->best = f->worst = f->flip = -1;
  f->stable = f->flips = MJ_UNKNOWN;
  f->follows = -1;
  if (w->head && w->head[f->row] != f->row) {
    f->state = MJ_GR_FOLLOWS;
    if (w->head[f->row] >= 0) f->follows = w->at[w->head[f->row]];
    return;
  }
  for (int e = 0; e < s->n_exempt; e++) {
    double holds = w->value[w->exempt + e][i];
    if (isnan(holds) && f->asks < 0) f->asks = e;
    if (isnan(holds) || holds == 0) continue;
    f->state = f->asks < 0 ? MJ_GR_EXEMPT : MJ_GR_UNKNOWN; /* exempt in any case, but by which? */
    if (f->asks < 0) f->exempt = &s->exempt[e];
    return;
  }
  for (int g = 0; g < s->n_groups; g++) {
    double in = w->value[w->field[g].when][i];
    if (in == 0) continue;
    if (isnan(in) && f->asks < 0) f->asks = s->n_exempt + g;
    if (f->asks >= 0) w->field[g].held++;
    else w->field[g].member[w->field[g].n++] = i;
    if (f->asks < 0) f->group = g;
    if (!isnan(in)) break;
  }
  if (f->group < 0 && f->asks < 0) return;
  f->state = f->asks < 0 ? MJ_GR_GRADED : MJ_GR_UNKNOWN;
  for (int v = 0; v < s->n_veto; v++) {
    double holds = w->value[w->veto + v][i];
    if (isnan(holds)) f->veto_null |= (uint64_t)1 << v;
    else if (holds != 0 && !f->veto) f->veto = &s->veto[v];
  }
}

mj_status mj_gr_grade(mj_gr_work *w, const mj_gr_roll *r, mj_error *err) {
  wanted places;
  int64_t *room = mj_arena_alloc(&w->run->arena, (size_t)r->n_all + 1, sizeof *room);
  if (!room) return mj_fail(err, MJ_ENOMEM, "out of memory");
  mj_rb_run_book(w->run, w->book);
  MJ_TRY(find_rows(w, r, err));
  MJ_TRY(add_exprs(w, err));
  MJ_TRY(make_values(w, &places, err));
  MJ_TRY(read_places(w, &places, err));
  for (int64_t i = 0; i < w->n; i++) place_firm(w, i, r->repeated[i] && !w->head);
  for (int g = 0; g < w->scheme->n_groups; g++) MJ_TRY(read_figures(w, g, &places, room, err));
  MJ_TRY(read_bases(w, err));
  if (!w->classes_only) MJ_TRY(mj_gr_robust(w, err));
  MJ_TRY(mj_gr_score(w, err));
  MJ_TRY(mj_gr_cut(w, err));
  return w->classes_only ? MJ_OK : mj_gr_weigh(w, err);
}
