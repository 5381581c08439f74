#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "judge/whatif.h"

/* What the threads leave for the pass that writes: three values of every leaf, and the scope's truth. */
typedef struct {
  double number;
  const char *text;
} operand_value;
typedef struct {
  const mj_rb_rule *rule;
  int64_t n;
  operand_value *measure, *limit; /* [n * n_leaves] by position in visit */
  uint8_t *truth;                 /* [n * (n_leaves + 1)], the scope last */
  int64_t *at;                    /* [parcels] position of a row in visit */
  mj_arena text[MJ_RB_WORKERS];
} looked;

static mj_status keep_operand(looked *l, int worker, const mj_sql_value *value, operand_value *out) {
  *out = (operand_value){value->number, NULL};
  if (value->kind == MJ_SQL_NULL) out->number = (double)NAN;
  if (value->kind == MJ_SQL_TEXT && !(out->text = mj_arena_text(&l->text[worker], value->text, strlen(value->text))))
    return MJ_ENOMEM;
  return MJ_OK;
}

static uint8_t truth_of(const mj_sql_value *value) {
  return value->kind == MJ_SQL_NUMBER ? value->number != 0 ? MJ_YES : MJ_NO : MJ_UNKNOWN;
}

static mj_status keep_row(void *user, int worker, int64_t row, const mj_sql_value *value, mj_error *err) {
  looked *l = user;
  int leaves = l->rule->n_leaves;
  int64_t at = l->at[row];
  uint8_t *truth = &l->truth[at * (leaves + 1)];
  truth[leaves] = truth_of(&value[0]);
  for (int i = 0; i < leaves; i++, value += 3) {
    truth[i] = truth_of(&value[3]);
    if (keep_operand(l, worker, &value[1], &l->measure[at * leaves + i]) ||
        keep_operand(l, worker, &value[2], &l->limit[at * leaves + i]))
      return mj_fail(err, MJ_ENOMEM, "out of memory");
  }
  return MJ_OK;
}

static mj_status look(mj_rb_run *run, looked *l, const int64_t *visit, mj_error *err) {
  mj_text exprs = {0};
  const mj_rb_rule *rule = l->rule;
  mj_text_format(&exprs, "((%s\n) AND 1)", rule->scope.sql ? rule->scope.sql : "1");
  for (int i = 0; i < rule->n_leaves; i++) {
    const mj_rb_cond *c = rule->leaf[i];
    if (c->kind == MJ_RB_COMPARE) mj_text_format(&exprs, ",(%s\n),(%s\n),", c->measure.sql, c->limit.sql);
    else mj_text_format(&exprs, ",(%s\n),NULL,", c->measure.sql);
    mj_rb_cond_sql(c, &exprs);
  }
  mj_status status = exprs.failed ? mj_fail(err, MJ_ENOMEM, "out of memory") : MJ_OK;
  for (int64_t i = 0; !status && i < l->n; i++) l->at[visit[i]] = i;
  if (!status) status = mj_rb_select(run, exprs.data, visit, l->n, keep_row, l, err);
  mj_text_reset(&exprs);
  return status;
}

/* Mark the leaves that made @p c what it is: those with the same value below it, an inverted one below "not". */
static void mark_deciding(const mj_rb_cond *c, const uint8_t *truth, bool *mark) {
  if (c->kind >= MJ_RB_COMPARE) {
    mark[c->slot] = true;
    return;
  }
  uint8_t own = mj_rb_cond_truth(c, truth);
  for (const mj_rb_cond *i = c->first; i; i = i->next)
    if (c->kind == MJ_RB_NOT || mj_rb_cond_truth(i, truth) == own) mark_deciding(i, truth, mark);
}

static mj_status push(mj_rb_reasons *out, mj_rb_reason r) {
  if (out->n == out->cap) {
    int64_t cap = out->cap ? out->cap * 2 : 256;
    mj_rb_reason *grown = realloc(out->reason, (size_t)cap * sizeof *grown);
    if (!grown) return MJ_ENOMEM;
    out->reason = grown;
    out->cap = cap;
  }
  out->reason[out->n++] = r;
  return MJ_OK;
}

static const char *value_text(mj_rb_run *run, const operand_value *v, double beside) {
  char number[32];
  if (v->text) return mj_arena_text(run->texts, v->text, strlen(v->text));
  if (isnan(v->number)) return NULL;
  mj_rb_number_text(v->number, beside, number);
  return mj_arena_text(run->texts, number, strlen(number));
}

/* Value less limit; days between two dates; NaN where that means nothing. */
static double margin_of(const operand_value *measure, const operand_value *limit, bool *dates) {
  *dates = false;
  if (!measure->text && !limit->text) return measure->number - limit->number;
  if (!measure->text || !limit->text) return (double)NAN;
  int32_t a = mj_date_parse(measure->text), b = mj_date_parse(limit->text);
  *dates = a != MJ_DATE_NULL && b != MJ_DATE_NULL;
  return *dates ? (double)a - b : (double)NAN;
}

enum { WORDINGS = 8, MOST_BITS = 64 };

/* What is said again and again about one leaf: which texts are missing depends only on which columns are NULL. */
typedef struct {
  const char *label, *measure, *all_null; /* measure: NULL where there is none */
  const mj_rb_called *called;             /* what it reads, by the names people use */
  bool assumed, truth;                    /* truth: a yes or no that is held against 1 or 0 */
  bool operands;                          /* they are told: the table of reasons is wanted */
  struct {
    uint64_t null;
    const char *clause;
  } missing[WORDINGS];
} wording;

static uint64_t null_bits(const mj_rb_reads *reads, int64_t row) {
  uint64_t bits = 0;
  for (int i = 0; i < reads->n && i < MOST_BITS; i++)
    if (mj_rb_is_null(reads->column[i], row)) bits |= (uint64_t)1 << i;
  return bits;
}

static mj_status take(mj_rb_run *run, mj_text *text, const char **out) {
  *out = text->failed ? NULL : mj_arena_text(run->texts, text->data ? text->data : "", text->n);
  text->n = 0;
  return *out ? MJ_OK : MJ_ENOMEM;
}

static mj_status describe_missing(mj_rb_run *run, const mj_rb_reads *reads, mj_rb_reason *r, wording *w,
                                  mj_text *scratch) {
  uint64_t null = null_bits(reads, r->row);
  bool few = reads->n < MOST_BITS, all = few && null == ((uint64_t)1 << reads->n) - 1;
  const char **known = &w->missing[null % WORDINGS].clause;
  if (!few || !*known || w->missing[null % WORDINGS].null != null) {
    mj_rb_missing_text(run, reads, r->row, scratch);
    MJ_TRY(take(run, scratch, known));
    w->missing[null % WORDINGS].null = null;
  }
  r->clause = *known;
  r->operands = all ? w->all_null : NULL;
  if (r->operands || !w->operands) return MJ_OK;
  mj_rb_operands_text(reads, w->called, r->row, run->park->project.lang, scratch);
  MJ_TRY(take(run, scratch, &r->operands));
  if (all) w->all_null = r->operands;
  return MJ_OK;
}

static mj_status describe(mj_rb_run *run, mj_rb_reason *r, bool dates, wording *w, mj_text *scratch) {
  const mj_rb_reads *reads = r->leaf ? &r->leaf->reads : &r->rule->scope_reads;
  r->assumed = w->assumed;
  r->measure = w->measure;
  if (r->verdict == MJ_UNKNOWN) return describe_missing(run, reads, r, w, scratch);
  if (w->operands) mj_rb_operands_text(reads, w->called, r->row, run->park->project.lang, scratch);
  if (w->operands) MJ_TRY(take(run, scratch, &r->operands));
  if (!r->leaf) {
    r->clause = mj_tr(run->park->project.lang, "outside the rule's scope");
    return MJ_OK;
  }
  mj_rb_clause_text(run, r, w->label, dates, scratch);
  return take(run, scratch, &r->clause);
}

/* A yes or no that is held against 1 or 0: said as such, without a margin. */
static bool is_truth(const mj_rb_run *run, const mj_rb_cond *leaf) {
  const mj_column *c = leaf->kind == MJ_RB_COMPARE ? mj_rb_column(run, leaf->measure.sql) : NULL;
  return c && c->type == MJ_TRI;
}

static const char *truth_text(const mj_rb_run *run, const operand_value *v) {
  if (isnan(v->number)) return NULL;
  return mj_rb_truth_word(v->number != 0, run->park->project.lang);
}

/* Reasons of one row: the scope where it lacks data, or leaves the row out, then the leaves that decided. */
static mj_status explain_row(mj_rb_run *run, const looked *l, int64_t at, mj_rb_reason base, bool *mark, wording *words,
                             mj_text *scratch, mj_rb_reasons *out) {
  const mj_rb_rule *rule = l->rule;
  int leaves = rule->n_leaves;
  const uint8_t *truth = &l->truth[at * (leaves + 1)];
  memset(mark, 0, (size_t)leaves * sizeof *mark);
  if (base.verdict != MJ_YES && truth[leaves] == base.verdict) {
    MJ_TRY(describe(run, &base, false, &words[leaves], scratch));
    MJ_TRY(push(out, base));
  }
  if (mj_rb_cond_truth(rule->when, truth) == base.verdict) mark_deciding(rule->when, truth, mark);
  for (int i = 0; i < leaves; i++) {
    if (!mark[i]) continue;
    mj_rb_reason r = base;
    const operand_value *measure = &l->measure[at * leaves + i], *limit = &l->limit[at * leaves + i];
    bool dates = false;
    r.leaf = rule->leaf[i];
    r.holds = truth[i] == MJ_YES;
    if (r.leaf->kind == MJ_RB_COMPARE) r.margin = margin_of(measure, limit, &dates);
    r.value = value_text(run, measure, limit->number);
    r.limit = value_text(run, limit, measure->number);
    if (words[i].truth) {
      r.margin = (double)NAN;
      r.value = truth_text(run, measure);
      r.limit = truth_text(run, limit);
    }
    MJ_TRY(describe(run, &r, dates, &words[i], scratch));
    MJ_TRY(push(out, r));
  }
  return MJ_OK;
}

/* What a leaf, or with NULL the scope, is called. */
static mj_status word_one(mj_rb_run *run, const mj_rb_rule *rule, const mj_rb_cond *leaf, mj_text *scratch,
                          wording *w) {
  const char *sql = leaf ? leaf->measure.sql : rule->scope.sql;
  w->called = mj_rb_call(run, leaf ? &leaf->reads : &rule->scope_reads);
  w->operands = mj_park_wants(run->park, run->subject == MJ_PARCELS ? MJ_REASONS : MJ_ENTERPRISE_REASONS);
  w->label = leaf ? mj_rb_label(run, leaf) : NULL;
  if (!w->called) return MJ_ENOMEM;
  if (!sql) return MJ_OK;
  w->truth = leaf && is_truth(run, leaf);
  if (w->truth) { /* the rule's own words are of the condition, not of what was looked at */
    mj_rb_sql_words(run, sql, scratch);
    return take(run, scratch, &w->measure);
  }
  if (w->label && w->label != sql) mj_text_add(scratch, w->label);
  else mj_rb_sql_words(run, sql, scratch);
  MJ_TRY(take(run, scratch, &w->measure));
  if (leaf) w->label = w->measure;
  return MJ_OK;
}

static wording *word_leaves(mj_rb_run *run, const mj_rulebook *book, const mj_rb_rule *rule, mj_text *scratch) {
  wording *words = calloc((size_t)rule->n_leaves + 1, sizeof *words);
  mj_status status = words ? MJ_OK : MJ_ENOMEM;
  for (int i = 0; !status && i < rule->n_leaves; i++) {
    const mj_rb_cond *c = rule->leaf[i];
    words[i].assumed = c->assumed || mj_rb_rests_on_assumed(run, book, c->measure.sql) ||
                       (c->limit.sql && mj_rb_rests_on_assumed(run, book, c->limit.sql));
    status = word_one(run, rule, rule->leaf[i], scratch, &words[i]);
  }
  if (!status) words[rule->n_leaves].assumed = rule->assumed || mj_rb_rests_on_assumed(run, book, rule->scope.sql);
  if (!status) status = word_one(run, rule, NULL, scratch, &words[rule->n_leaves]);
  if (!status) return words;
  free(words);
  return NULL;
}

static void free_looked(looked *l) {
  if (!l) return;
  for (int i = 0; i < MJ_RB_WORKERS; i++) mj_arena_reset(&l->text[i]);
  free(l->measure);
  free(l->limit);
  free(l->truth);
  free(l->at);
  free(l);
}

static looked *new_looked(const mj_rb_run *run, const mj_rb_rule *rule, int64_t n) {
  size_t leaves = (size_t)rule->n_leaves, cells = (size_t)n * leaves + 1;
  looked *l = calloc(1, sizeof *l);
  if (!l) return NULL;
  l->rule = rule;
  l->n = n;
  l->measure = malloc(cells * sizeof *l->measure);
  l->limit = malloc(cells * sizeof *l->limit);
  l->truth = malloc((size_t)n * (leaves + 1));
  l->at = malloc(((size_t)run->park->table[run->subject].n + 1) * sizeof *l->at);
  if (l->measure && l->limit && l->truth && l->at) return l;
  free_looked(l);
  return NULL;
}

mj_status mj_rb_explain(mj_rb_run *run, const mj_rulebook *book, const mj_rb_rule *rule, uint8_t verdict,
                        const int64_t *visit, int64_t n, mj_rb_reasons *out, mj_error *err) {
  if (!n) return MJ_OK;
  mj_text scratch = {0};
  looked *l = new_looked(run, rule, n);
  wording *words = word_leaves(run, book, rule, &scratch);
  bool *mark = calloc((size_t)rule->n_leaves + 1, sizeof *mark);
  mj_status status = l && words && mark ? MJ_OK : MJ_ENOMEM;
  mj_rb_run_book(run, book);
  if (!status) status = look(run, l, visit, err);
  for (int64_t i = 0; !status && i < n; i++) {
    mj_rb_reason base = {.row = visit[i], .book = book, .rule = rule, .verdict = verdict, .margin = (double)NAN};
    status = explain_row(run, l, i, base, mark, words, &scratch, out);
  }
  if (status == MJ_ENOMEM) mj_fail(err, MJ_ENOMEM, "out of memory");
  mj_text_reset(&scratch);
  free_looked(l);
  free(words);
  free(mark);
  return status;
}
