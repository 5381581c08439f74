#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "judge/run.h"

mj_status mj_rb_blame(const mj_rulebook *book, const mj_rb_sql *at, const char *what, mj_status status, mj_error *err) {
  char said[sizeof err->message];
  if (!err) return status;
  snprintf(said, sizeof said, "%s", err->message);
  return mj_fail(err, status, "%s:%d:%d: %s: %s", book ? book->file : "", at->line, at->column, what, said);
}

static bool add_read(mj_rb_run *run, mj_rb_reads *reads, int *cap, const mj_column *column) {
  for (int i = 0; i < reads->n; i++)
    if (reads->column[i] == column) return true;
  if (reads->n == *cap) {
    int more = *cap ? *cap * 2 : 8;
    const mj_column **grown = mj_arena_alloc(&run->arena, (size_t)more, sizeof *grown);
    if (!grown) return false;
    if (reads->n) memcpy(grown, reads->column, (size_t)reads->n * sizeof *grown);
    reads->column = grown;
    *cap = more;
  }
  reads->column[reads->n++] = column;
  return true;
}

static bool add_operand(mj_rb_run *run, mj_rb_reads *reads, int *cap, const char *name) {
  const mj_rb_fact *fact = mj_rb_find_fact(run, name);
  const mj_column *column = mj_rb_column(run, name);
  if (fact) {
    for (int i = 0; i < fact->reads.n; i++)
      if (!add_read(run, reads, cap, fact->reads.column[i])) return false;
    return true;
  }
  return !column || add_read(run, reads, cap, column);
}

/* Headroom, candidate and status come from the room behind this one, and verdicts after the rules: who reads them
 * sooner would find NULL for every parcel. */
static bool comes_later(const mj_rb_run *run, const char *column) {
  const char *room = mj_rb_room_of(column);
  bool tier = room && !strcmp(room, "judge") && !strncmp(column, "renewal_", strlen("renewal_"));
  if (tier) return !run->tiers_stand; /* a ladder over itself */
  if (!strcmp(column, mj_rb_matter_name(MJ_RB_IDLE)) || !strcmp(column, mj_rb_matter_name(MJ_RB_INEFFICIENT)))
    return !mj_table_find(&run->park->table[MJ_PARCELS], column);
  return room && (!strcmp(room, "plan") || !strcmp(column, "grade_depends")); /* grades come last in this one */
}

/* ":low" of a limit that is no constant, because it differs from parcel to parcel, is told so. */
static void tell_overridden(const mj_rulebook *book, const char *sql, mj_error *err) {
  for (int i = 0; book && i < book->n_limits; i++) {
    const char *name = book->limit[i].name, *at = book->limit[i].overridden ? sql : NULL;
    size_t n = strlen(name);
    while (at && (at = strchr(at, ':')) && (strncmp(++at, name, n) || at[n] == '_' || isalnum((unsigned char)at[n]))) {}
    if (at) mj_fail(err, MJ_ERULE, "limit '%s' has overrides: write %s without the colon", name, name);
  }
}

mj_status mj_rb_check(mj_rb_run *run, const mj_rulebook *book, const char *what, const char *table,
                      const mj_rb_sql *sql, mj_rb_reads *reads, mj_error *err) {
  const mj_operand *operand = NULL;
  int n = 0, cap = 0;
  mj_store *store;
  if (!sql->sql) return MJ_OK;
  mj_rb_run_book(run, book);
  MJ_TRY(mj_rb_run_store(run, 0, &store, err));
  mj_status status = mj_store_check(store, table, sql->sql, &run->arena, &operand, &n, err);
  if (status == MJ_ERULE) tell_overridden(book, sql->sql, err);
  for (int i = 0; i < n && !status && run->alone; i++)
    if (strcmp(operand[i].table, mj_table_id_name(MJ_PARCELS)) != 0)
      status = mj_fail(err, MJ_ERULE, "it reads table '%s', which is not there for a single parcel", operand[i].table);
  for (int i = 0; i < n && !status; i++)
    if (!strcmp(operand[i].table, mj_table_id_name(MJ_PARCELS)) && comes_later(run, operand[i].column))
      status =
          mj_fail(err, MJ_ERULE, "column '%s' is computed after the rules, which cannot read it", operand[i].column);
  if (status) return status == MJ_ERULE ? mj_rb_blame(book, sql, what, status, err) : status;
  if (!reads) return MJ_OK;
  *reads = (mj_rb_reads){0};
  for (int i = 0; i < n; i++)
    if (!strcmp(operand[i].table, mj_table_id_name(run->subject)) && !add_operand(run, reads, &cap, operand[i].column))
      return mj_fail(err, MJ_ENOMEM, "out of memory");
  return MJ_OK;
}

/* What kind of value an expression has, where that is plain: a column, a number, a quoted text. */
static mj_sql_value plain_kind(const mj_rb_run *run, const char *sql, mj_type *type) {
  mj_sql_value kind = {MJ_SQL_NULL, 0, NULL};
  double number;
  const mj_column *column = mj_rb_column(run, sql);
  *type = column ? column->type : 0;
  if (column) kind.kind = *type == MJ_TEXT || *type == MJ_DATE ? MJ_SQL_TEXT : MJ_SQL_NUMBER;
  if (!column && mj_double_parse(sql, &number)) kind.kind = MJ_SQL_NUMBER;
  if (!column && sql[0] == '\'' && strchr(sql + 1, '\'') == sql + strlen(sql) - 1) kind.kind = MJ_SQL_TEXT;
  if (!strcmp(sql, ":as_of")) kind.kind = MJ_SQL_TEXT;
  for (int i = 0; sql[0] == ':' && run->book && i < run->book->n_limits; i++)
    if (!strcmp(run->book->limit[i].name, sql + 1)) kind.kind = run->book->limit[i].text ? MJ_SQL_TEXT : MJ_SQL_NUMBER;
  return kind;
}

/* SQLite would compare '4.0' with 5 by some rule; a planner never means it. */
static mj_status check_types(mj_rb_run *run, const mj_rulebook *book, const char *what, const mj_rb_cond *c,
                             mj_error *err) {
  mj_type a, b;
  mj_sql_value measure = plain_kind(run, c->measure.sql, &a), limit = plain_kind(run, c->limit.sql, &b);
  if (measure.kind == MJ_SQL_NULL || limit.kind == MJ_SQL_NULL || measure.kind == limit.kind) return MJ_OK;
  mj_fail(err, MJ_ERULE, "%s and %s: a number is compared with a text or date", c->measure.sql, c->limit.sql);
  return mj_rb_blame(book, &c->measure, what, MJ_ERULE, err);
}

mj_status mj_rb_bind_rule(mj_rb_run *run, const mj_rulebook *book, mj_rb_rule *rule, mj_error *err) {
  char what[160];
  const char *rows = mj_table_id_name(run->subject);
  snprintf(what, sizeof what, mj_tr(err ? err->lang : MJ_EN, "rule %s"), rule->code);
  MJ_TRY(mj_rb_check(run, book, what, rows, &rule->scope, &rule->scope_reads, err));
  for (int i = 0; i < rule->n_leaves; i++) {
    mj_rb_cond *c = rule->leaf[i];
    mj_rb_sql both = c->measure;
    MJ_TRY(mj_rb_check(run, book, what, rows, &c->measure, &c->reads, err));
    MJ_TRY(mj_rb_check(run, book, what, rows, &c->limit, NULL, err));
    c->sql = c->measure.sql;
    if (c->kind != MJ_RB_COMPARE) continue;
    both.sql = mj_arena_format(&run->arena, "(%s\n) %s (%s\n)", c->measure.sql, c->op, c->limit.sql);
    if (!both.sql) return mj_fail(err, MJ_ENOMEM, "out of memory");
    c->sql = both.sql;
    MJ_TRY(mj_rb_check(run, book, what, rows, &both, &c->reads, err)); /* operands in reading order, the limit's too */
    MJ_TRY(check_types(run, book, what, c, err));
  }
  return MJ_OK;
}

void mj_rb_cond_sql(const mj_rb_cond *c, mj_text *out) {
  if (c->kind == MJ_RB_COMPARE) {
    mj_text_format(out, "((%s\n) %s (%s\n))", c->measure.sql, c->op, c->limit.sql);
  } else if (c->kind == MJ_RB_RAW) {
    mj_text_format(out, "((%s\n) AND 1)", c->measure.sql); /* AND makes a truth of whatever it is */
  } else {
    mj_text_add(out, c->kind == MJ_RB_NOT ? "(NOT " : "(");
    for (const mj_rb_cond *i = c->first; i; i = i->next) {
      mj_rb_cond_sql(i, out);
      if (i->next) mj_text_add(out, c->kind == MJ_RB_ALL ? " AND " : " OR ");
    }
    mj_text_add(out, ")");
  }
}
