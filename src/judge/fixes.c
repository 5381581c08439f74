#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "judge/needs.h"
#include "judge/survey.h"

/* A verdict that lacks data: needs need[first] .. need[last - 1] of the tracer. */
typedef struct {
  int64_t parcel, first, last;
  bool sure;
} open_verdict;

typedef struct {
  mj_rb_run *run;
  mj_rb_tracer tracer;
  open_verdict *verdict;
  int64_t n, cap;
  mj_arena arena;
} collector;

/* ---- the verdicts and what they lack ---- */

static void begin(collector *c) {
  c->tracer.first_need = c->tracer.n_need;
  c->tracer.sure = true;
}

static int by_number(const void *a, const void *b) {
  int32_t p = *(const int32_t *)a, q = *(const int32_t *)b;
  return p < q ? -1 : p > q;
}

static mj_status end(collector *c, int64_t parcel) {
  mj_rb_tracer *t = &c->tracer;
  open_verdict *grown = mj_grown(c->verdict, c->n, &c->cap, sizeof *grown);
  if (!grown) return MJ_ENOMEM;
  c->verdict = grown;
  open_verdict v = {parcel, t->first_need, t->n_need, t->sure && t->n_need > t->first_need};
  if (v.last > v.first) qsort(t->need + v.first, (size_t)(v.last - v.first), sizeof *t->need, by_number);
  for (int64_t k = v.first; k < v.last; k++) {
    mj_rb_fix *f = &t->fix[t->need[k]];
    f->part_of++;
    f->settles += v.sure && v.last - v.first == 1;
    if (f->first_parcel < 0) f->first_parcel = parcel;
  }
  c->verdict[c->n++] = v;
  return MJ_OK;
}

/* What one expression lacks on the row. One that has no value though nothing is missing contradicts itself: what is
 * corrected then decides. */
static mj_status lacks(collector *c, const mj_rulebook *book, const char *sql, const mj_rb_reads *reads, int64_t row,
                       bool known_open) {
  uint64_t mask;
  bool sure;
  MJ_TRY(mj_rb_lacking(c->run, book, sql, reads, row, &mask, &sure));
  c->tracer.sure = c->tracer.sure && sure;
  if (!mask && known_open) {
    c->tracer.sure = false;
    return reads->n ? mj_rb_trace(&c->tracer, row, reads->column[0]->name) : MJ_OK;
  }
  for (int i = 0; i < reads->n; i++)
    if (i >= 64 ? mj_rb_is_null(reads->column[i], row) : (mask >> i & 1) != 0)
      MJ_TRY(mj_rb_trace(&c->tracer, row, reads->column[i]->name));
  return MJ_OK;
}

/* Reasons of one matter that lack data, in order of parcels. */
static int64_t *order_reasons(const mj_rb_reasons *reasons, mj_rb_matter matter, int64_t parcels, int64_t *n) {
  int64_t *order = malloc(((size_t)reasons->n + 1) * sizeof *order), *at = calloc((size_t)parcels + 2, sizeof *at);
  *n = 0;
  for (int pass = 0; order && at && pass < 2; pass++) {
    for (int64_t i = 0; i < reasons->n; i++) {
      const mj_rb_reason *r = &reasons->reason[i];
      if (r->verdict != MJ_UNKNOWN || r->rule->matter != matter) continue;
      if (pass) order[at[r->row]++] = i;
      else at[r->row + 1]++;
      *n += !pass;
    }
    for (int64_t i = 0; !pass && i < parcels; i++) at[i + 1] += at[i];
  }
  if (!at) {
    free(order);
    order = NULL;
  }
  free(at);
  return order;
}

static mj_status collect_matter(collector *c, const mj_rb_reasons *reasons, mj_rb_matter matter) {
  int64_t n;
  int64_t *order = order_reasons(reasons, matter, c->run->park->table[MJ_PARCELS].n, &n);
  mj_status status = order ? MJ_OK : MJ_ENOMEM;
  for (int64_t i = 0; i < n && !status; i++) {
    const mj_rb_reason *r = &reasons->reason[order[i]];
    if (!i || reasons->reason[order[i - 1]].row != r->row) begin(c);
    if (r->leaf) status = lacks(c, r->book, r->leaf->sql, &r->leaf->reads, r->row, true);
    else status = lacks(c, r->book, r->rule->scope.sql, &r->rule->scope_reads, r->row, true);
    if (!status && (i + 1 == n || reasons->reason[order[i + 1]].row != r->row)) status = end(c, r->row);
  }
  free(order);
  return status;
}

/* A tier that cannot be told: whatever scope, inputs and tiers lack may be asked for before it can. */
static mj_status collect_renewal(collector *c) {
  for (int64_t row = 0; row < c->run->park->table[MJ_PARCELS].n; row++) {
    const mj_rulebook *book = c->run->renewal_open[row];
    const mj_rb_ladder *l = book ? book->ladder : NULL;
    if (!l) continue;
    begin(c);
    if (l->head.scope.sql) MJ_TRY(lacks(c, book, l->head.scope.sql, &l->head.scope_reads, row, false));
    for (int i = 0; i < l->n_inputs; i++) MJ_TRY(lacks(c, book, l->input[i].sql, &l->input_reads[i], row, false));
    for (int i = 0; i < l->n_tiers; i++)
      for (int k = 0; k < l->tier[i].rule.n_leaves; k++) {
        const mj_rb_cond *leaf = l->tier[i].rule.leaf[k];
        MJ_TRY(lacks(c, book, leaf->sql, &leaf->reads, row, false));
      }
    MJ_TRY(end(c, row));
  }
  return MJ_OK;
}

/* ---- the order, and the table ---- */

static mj_status rank(collector *c, mj_rb_survey *out) {
  int64_t n = 0, at = 0;
  int64_t *first = mj_arena_alloc(&c->arena, (size_t)c->n + 1, sizeof *first);
  int32_t *list = mj_arena_alloc(&c->arena, (size_t)c->tracer.n_need + 1, sizeof *list);
  if (!first || !list) return MJ_ENOMEM;
  for (int64_t v = 0; v < c->n; v++) {
    const open_verdict *o = &c->verdict[v];
    if (!o->sure) continue;
    first[n++] = at;
    for (int64_t k = o->first; k < o->last; k++) list[at++] = c->tracer.need[k];
  }
  first[n] = at;
  mj_rb_needs needs = {.n_verdicts = n, .first = first, .need = list, .n_values = c->tracer.n_fix};
  return mj_rb_survey_order(&needs, &c->arena, out);
}

/* Behind the ranked ones, those that promise nothing: the more verdicts they are part of the earlier. */
typedef struct {
  int64_t part_of, doubted;
  int32_t number;
} rest;

static int by_part(const void *a, const void *b) {
  const rest *p = a, *q = b;
  if (p->part_of != q->part_of) return p->part_of > q->part_of ? -1 : 1;
  if (p->doubted != q->doubted) return p->doubted > q->doubted ? -1 : 1;
  return p->number < q->number ? -1 : p->number > q->number;
}

static mj_status order_fixes(collector *c, const mj_rb_survey *ranked, int32_t **out) {
  int32_t n = c->tracer.n_fix, k = 0;
  bool *done = mj_arena_alloc(&c->arena, (size_t)n + 1, sizeof *done);
  rest *left = mj_arena_alloc(&c->arena, (size_t)n + 1, sizeof *left);
  *out = mj_arena_alloc(&c->arena, (size_t)n + 1, sizeof **out);
  if (!done || !left || !*out) return MJ_ENOMEM;
  for (int32_t i = 0; i < ranked->n; i++) done[(*out)[i] = ranked->value[i]] = true;
  for (int32_t i = 0; i < n; i++)
    if (!done[i]) left[k++] = (rest){c->tracer.fix[i].part_of, c->tracer.fix[i].doubted, i};
  qsort(left, (size_t)k, sizeof *left, by_part);
  for (int32_t i = 0; i < k; i++) (*out)[ranked->n + i] = left[i].number;
  return MJ_OK;
}

typedef struct {
  int64_t *rank, *firm, *settles, *part_of, *doubted, *row, *year;
  const char **kind, **layer, **id, **field, **old, **code, **parcel;
  const char *file, *where; /* the file that was named last, and how */
  mj_table_id file_of;
} fix_columns;

static fix_columns columns_of(const mj_table *t) {
  return (fix_columns){.rank = mj_table_i64(t, "rank"),
                       .firm = mj_table_i64(t, "firm_after"),
                       .settles = mj_table_i64(t, "settles"),
                       .part_of = mj_table_i64(t, "part_of"),
                       .doubted = mj_table_i64(t, "doubted"),
                       .row = mj_table_i64(t, "row"),
                       .year = mj_table_i64(t, "year"),
                       .kind = mj_table_text(t, "kind"),
                       .layer = mj_table_text(t, "layer"),
                       .id = mj_table_text(t, "id"),
                       .field = mj_table_text(t, "field"),
                       .old = mj_table_text(t, "old_value"),
                       .code = mj_table_text(t, "code"),
                       .parcel = mj_table_text(t, "parcel_id")};
}

static mj_status write_fix(const mj_park *park, mj_arena *arena, const mj_rb_fix *f, fix_columns *c, int64_t i) {
  static const char *const kinds[] = {"value", "row", "layer", "shape"};
  const mj_table *t = &park->table[f->layer];
  c->kind[i] = kinds[f->kind];
  c->layer[i] = mj_table_id_name(f->layer);
  if (f->row >= 0) {
    const char *file = mj_park_file(park, f->layer, f->row);
    char where[MJ_WHERE];
    if (file && (file != c->file || f->layer != c->file_of)) {
      mj_park_where(park, f->layer, f->row, where);
      c->where = mj_arena_text(arena, where, strlen(where));
      c->file = file;
      c->file_of = f->layer;
    }
    if (file) c->layer[i] = c->where;
    c->id[i] = mj_park_identifier(park, f->layer, f->row);
    c->row[i] = mj_table_source_row(t, f->row);
  }
  const int64_t *year = f->layer == MJ_ENTERPRISES && f->row >= 0 ? mj_table_i64(t, "year") : NULL;
  c->year[i] = f->layer != MJ_ENTERPRISES ? MJ_I64_NULL : year ? year[f->row] : f->year;
  if (f->lookup) {
    c->layer[i] = f->lookup;
    c->id[i] = mj_arena_text(arena, f->old, strlen(f->old));
  }
  if (f->parcel >= 0) c->id[i] = mj_park_identifier(park, MJ_PARCELS, f->parcel);
  bool again = i && f->field && c->field[i - 1] && !strcmp(c->field[i - 1], f->field);
  c->field[i] = again      ? c->field[i - 1]
                : f->field ? mj_arena_text(arena, f->field, strlen(f->field))
                           : NULL; /* the run's, where the layer lacks it */
  c->old[i] = f->lookup ? NULL : f->old;
  c->code[i] = f->code;
  c->settles[i] = f->settles;
  c->part_of[i] = f->part_of;
  c->doubted[i] = f->doubted;
  if (f->first_parcel >= 0) c->parcel[i] = mj_park_identifier(park, MJ_PARCELS, f->first_parcel);
  return c->layer[i] && (c->field[i] || !f->field) ? MJ_OK : MJ_ENOMEM;
}

static mj_status write_table(collector *c, mj_error *err) {
  mj_park *park = c->run->park;
  mj_rb_survey ranked;
  int32_t *order;
  if (rank(c, &ranked) || order_fixes(c, &ranked, &order)) return mj_fail(err, MJ_ENOMEM, "out of memory");
  MJ_TRY(mj_park_new_table(park, MJ_FIXES, c->tracer.n_fix, err));
  mj_table *t = &park->table[MJ_FIXES];
  fix_columns columns = columns_of(t);
  for (int32_t i = 0; i < c->tracer.n_fix; i++) {
    if (write_fix(park, &t->arena, &c->tracer.fix[order[i]], &columns, i))
      return mj_fail(err, MJ_ENOMEM, "out of memory");
    if (i >= ranked.n) continue;
    columns.rank[i] = i + 1;
    columns.firm[i] = ranked.firm[i];
  }
  return MJ_OK;
}

mj_status mj_rb_fixes(mj_rb_run *run, const mj_rb_reasons *reasons, mj_error *err) {
  collector c = {.run = run};
  mj_status status = mj_rb_tracer_open(&c.tracer, run, &c.arena);
  for (int m = MJ_RB_IDLE; m <= MJ_RB_INEFFICIENT && !status; m++)
    status = collect_matter(&c, reasons, (mj_rb_matter)m);
  if (!status) status = collect_renewal(&c);
  run->park->open_verdicts = c.n;
  if (!status) status = mj_rb_fix_doubts(&c.tracer);
  if (!status) status = mj_rb_fix_entries(&c.tracer);
  status = status ? mj_fail(err, status, "out of memory") : write_table(&c, err);
  mj_rb_tracer_close(&c.tracer);
  free(c.verdict);
  mj_arena_reset(&c.arena);
  return status;
}
