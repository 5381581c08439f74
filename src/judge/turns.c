#include "judge/turns.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"

/* A measure is tried at 0, STEP and 2 STEP: one that is not a straight line through them has no breakpoint that can be
 * told. */
#define STEP 4096
#define WORDS_OF(number) #number
#define TEXT_OF(number) WORDS_OF(number)
static const double STRAIGHT = 1e-9;

/* ---- looking ---- */

static uint8_t truth_of(const mj_sql_value *v) {
  return v->kind != MJ_SQL_NUMBER ? MJ_UNKNOWN : v->number != 0 ? MJ_YES : MJ_NO;
}

static bool holds(const char *op, int sign) {
  if (!strcmp(op, "=")) return !sign;
  if (!strcmp(op, "!=")) return sign != 0;
  if (op[0] == '<') return sign < 0 || (op[1] && !sign);
  return sign > 0 || (op[1] && !sign);
}

/* Of the measure less its limit: at 0, one step and two, where it should be 0, and as it stands. */
enum { AT_0, AT_STEP, AT_2_STEPS, AT_TURN, AS_IT_IS, LOOKED };

static bool near(double a, double b, double scale) { return fabs(a - b) <= STRAIGHT * (fabs(scale) + fabs(a)); }

static mj_rb_turn turn_of(const mj_rb_cond *c, const mj_sql_value *v, double figure) {
  mj_rb_turn t = {.at = (double)NAN, .truth = MJ_UNKNOWN};
  for (int i = AT_0; i <= AT_2_STEPS; i++)
    if (v[i].kind != MJ_SQL_NUMBER) return t;
  double zero = v[AT_0].number, rise = v[AT_STEP].number - zero;
  if (!near(v[AT_2_STEPS].number, zero + 2 * rise, zero)) return t;
  if (v[AS_IT_IS].kind == MJ_SQL_NUMBER && !isnan(figure) &&
      !near(v[AS_IT_IS].number, zero + rise / STEP * figure, zero))
    return t;
  if (rise == 0) {
    t.truth = holds(c->op, (zero > 0) - (zero < 0)) ? MJ_YES : MJ_NO;
    return t;
  }
  if (v[AT_TURN].kind != MJ_SQL_NUMBER || !near(v[AT_TURN].number, 0, zero)) return t;
  t.at = -zero / rise * STEP;
  t.way = rise > 0 ? 1 : -1;
  return t;
}

/* Columns of the SELECT: scope, inputs, then of each leaf its truth, or what a straight line takes. */
static mj_status keep_looks(void *user, int worker, int64_t row, const mj_sql_value *value, mj_error *err) {
  const mj_rb_turns *l = user;
  const mj_rb_rule *rule = l->now->rule;
  (void)worker, (void)err;
  l->now->open[row] = truth_of(value++);
  if (l->now->ladder && truth_of(value++) != MJ_YES && l->now->open[row] == MJ_YES) l->now->open[row] = MJ_UNKNOWN;
  for (int i = 0; i < rule->n_leaves; i++) {
    mj_rb_turn *t = &l->now->leaf[row * rule->n_leaves + i];
    const mj_rb_cond *c = rule->leaf[i];
    bool moved = c->kind == MJ_RB_COMPARE && mj_rb_reads_figure(&c->reads, l->figure);
    *t = moved ? turn_of(c, value, l->value ? l->value[row] : (double)NAN)
               : (mj_rb_turn){.at = (double)NAN, .truth = truth_of(value)};
    value += moved ? LOOKED : 1;
  }
  return MJ_OK;
}

/* The measure less its limit with the figure at @p value (NULL: as it stands). */
static void put_difference(const mj_rb_turns *l, const mj_rb_cond *c, const char *value, mj_text *sql) {
  mj_text_add(sql, "((");
  mj_rb_expand(l->run, c->measure.sql, l->figure, value, sql);
  mj_text_add(sql, "\n) - (");
  mj_rb_expand(l->run, c->limit.sql, l->figure, value, sql);
  mj_text_add(sql, "\n))");
}

static void put_moved(const mj_rb_turns *l, const mj_rb_cond *c, mj_text *sql) {
  static const char *const tried[] = {"0.0", TEXT_OF(STEP) ".0", "2 * " TEXT_OF(STEP) ".0"};
  mj_text at[2] = {{0}}, turn = {0};
  for (int t = 0; t < 3; t++) {
    put_difference(l, c, tried[t], sql);
    mj_text_add(sql, ",");
    if (t < 2) put_difference(l, c, tried[t], &at[t]);
  }
  mj_text_format(&turn, "-(%s) * " TEXT_OF(STEP) ".0 / (%s - %s)", at[0].data ? at[0].data : "",
                 at[1].data ? at[1].data : "", at[0].data ? at[0].data : "");
  put_difference(l, c, turn.data ? turn.data : "", sql);
  mj_text_add(sql, ",");
  put_difference(l, c, NULL, sql);
  sql->failed = sql->failed || turn.failed || at[0].failed || at[1].failed;
  mj_text_reset(&at[0]);
  mj_text_reset(&at[1]);
  mj_text_reset(&turn);
}

static void put_looks(const mj_rb_turns *l, mj_text *sql) {
  const mj_rb_clause *k = l->now;
  mj_text_format(sql, "((%s\n) AND 1)", k->scope->sql ? k->scope->sql : "1");
  if (k->ladder) mj_text_add(sql, ",1");
  for (int i = 0; k->ladder && i < k->ladder->n_inputs; i++) {
    mj_text_add(sql, " AND (");
    mj_rb_expand(l->run, k->ladder->input[i].sql, l->figure, TEXT_OF(STEP) ".0", sql);
    mj_text_add(sql, "\n) IS NOT NULL");
  }
  for (int i = 0; i < k->rule->n_leaves; i++) {
    const mj_rb_cond *c = k->rule->leaf[i];
    mj_text_add(sql, ",");
    if (c->kind == MJ_RB_COMPARE && mj_rb_reads_figure(&c->reads, l->figure)) put_moved(l, c, sql);
    else mj_rb_cond_sql(c, sql);
  }
}

mj_status mj_rb_turns_look(mj_rb_turns *l, const mj_rb_figure *figure, mj_error *err) {
  l->figure = figure;
  l->value = mj_table_f64(&l->run->park->table[MJ_PARCELS], figure->column);
  int64_t n = l->run->park->table[MJ_PARCELS].n;
  for (l->now = l->item; l->now < l->item + l->n; l->now++) {
    mj_text sql = {0};
    put_looks(l, &sql);
    mj_rb_run_book(l->run, l->now->book);
    mj_status status = sql.failed ? mj_fail(err, MJ_ENOMEM, "out of memory")
                                  : mj_rb_select(l->run, sql.data, NULL, n, keep_looks, l, err);
    mj_text_reset(&sql);
    if (status) return status;
  }
  return MJ_OK;
}

/* ---- treatments ---- */

static uint8_t leaf_at(const mj_rb_turn *t, const mj_rb_cond *c, mj_rb_place p) {
  if (isnan(t->at)) return t->truth;
  if (isnan(p.at)) return MJ_UNKNOWN;
  int sign = p.at > t->at ? 1 : p.at < t->at ? -1 : p.side;
  return holds(c->op, sign * t->way) ? MJ_YES : MJ_NO;
}

static uint8_t clause_at(const mj_rb_clause *k, int64_t row, mj_rb_place p) {
  uint8_t truth[64], scope = k->open[row];
  const mj_rb_rule *rule = k->rule;
  for (int i = 0; i < rule->n_leaves; i++) truth[i] = leaf_at(&k->leaf[row * rule->n_leaves + i], rule->leaf[i], p);
  uint8_t when = mj_rb_cond_truth(rule->when, truth);
  if (scope == MJ_NO || when == MJ_NO) return MJ_NO;
  return scope == MJ_YES ? when : MJ_UNKNOWN;
}

mj_rb_treatment mj_rb_treated(const mj_rb_turns *l, int64_t row, mj_rb_place p) {
  mj_rb_treatment t = {MJ_NO, -1};
  const mj_rb_ladder *over = NULL; /* a ladder whose tier is settled */
  bool any = false;
  for (int i = 0; i < l->n; i++) {
    const mj_rb_clause *k = &l->item[i];
    if (k->ladder && (t.tier >= 0 || k->ladder == over)) continue;
    uint8_t answer = clause_at(k, row, p);
    if (!k->ladder) {
      any = true;
      if (answer == MJ_YES || (answer == MJ_UNKNOWN && t.inefficient == MJ_NO)) t.inefficient = answer;
      continue;
    }
    if (k->open[row] == MJ_NO || answer == MJ_NO) continue;
    if (answer == MJ_YES) {
      t.tier = i;
    } else {
      t.tier = t.tier < 0 ? -2 : t.tier;
      over = k->ladder;
    }
  }
  if (!any) t.inefficient = MJ_UNKNOWN;
  return t;
}

/* ---- what is asked ---- */

static mj_status add_clause(mj_rb_turns *l, const mj_rulebook *book, const mj_rb_rule *rule, const mj_rb_sql *scope,
                            const mj_rb_ladder *ladder, mj_error *err) {
  size_t n = (size_t)l->run->park->table[MJ_PARCELS].n;
  mj_rb_clause *k = &l->item[l->n++];
  *k = (mj_rb_clause){.book = book, .rule = rule, .scope = scope, .ladder = ladder};
  k->leaf = malloc((n * (size_t)rule->n_leaves + 1) * sizeof *k->leaf);
  k->open = malloc(n + 1);
  return k->leaf && k->open ? MJ_OK : mj_fail(err, MJ_ENOMEM, "out of memory");
}

mj_status mj_rb_turns_open(mj_rb_turns *l, const mj_rulebook *const *book, int n, mj_error *err) {
  int *rank = mj_arena_alloc(&l->run->arena, (size_t)n + 1, sizeof *rank), most = 0;
  for (int b = 0; b < n; b++) most += book[b]->n_rules + (book[b]->ladder ? book[b]->ladder->n_tiers : 0);
  l->item = mj_arena_alloc(&l->run->arena, (size_t)most + 1, sizeof *l->item);
  if (!rank || !l->item) return mj_fail(err, MJ_ENOMEM, "out of memory");
  mj_rb_rank(book, n, MJ_RB_INEFFICIENT, rank);
  for (int b = 0; b < n; b++)
    for (int r = 0; rank[b] == 0 && r < book[b]->n_rules; r++)
      if (book[b]->rule[r].matter == MJ_RB_INEFFICIENT)
        MJ_TRY(add_clause(l, book[b], &book[b]->rule[r], &book[b]->rule[r].scope, NULL, err));
  mj_rb_rank(book, n, MJ_RB_RENEWAL, rank);
  for (int k = 0; k < n; k++)
    for (int b = 0; b < n; b++)
      for (int i = 0; rank[b] == k && book[b]->ladder && i < book[b]->ladder->n_tiers; i++)
        MJ_TRY(
            add_clause(l, book[b], &book[b]->ladder->tier[i].rule, &book[b]->ladder->head.scope, book[b]->ladder, err));
  return MJ_OK;
}

/* Inside a subquery the figure's name may be another table's column. */
static bool has_subquery(const mj_rb_turns *l, const mj_rb_cond *c, const mj_rb_figure *figure) {
  mj_text sql = {0};
  mj_rb_expand(l->run, c->measure.sql, figure, NULL, &sql);
  if (c->limit.sql) mj_rb_expand(l->run, c->limit.sql, figure, NULL, &sql);
  bool found = sql.failed;
  for (const char *at = sql.data; at && *at && !found; at++) found = !strncasecmp(at, "select", 6);
  mj_text_reset(&sql);
  return found;
}

bool mj_rb_turns_asked(const mj_rb_turns *l, const mj_rb_figure *figure) {
  bool any = false;
  for (int k = 0; k < l->n; k++) {
    const mj_rb_clause *c = &l->item[k];
    const mj_rb_reads *scope = c->ladder ? &c->ladder->head.scope_reads : &c->rule->scope_reads;
    if (mj_rb_reads_figure(scope, figure) || c->rule->n_leaves > MJ_MOST_TURNS) return false;
    for (int i = 0; i < c->rule->n_leaves; i++) {
      if (!mj_rb_reads_figure(&c->rule->leaf[i]->reads, figure)) continue;
      if (has_subquery(l, c->rule->leaf[i], figure)) return false;
      any = true;
    }
  }
  return any;
}

void mj_rb_turns_close(mj_rb_turns *l) {
  for (int k = 0; k < l->n; k++) {
    free(l->item[k].leaf);
    free(l->item[k].open);
  }
  l->n = 0;
}
