#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "judge/run.h"

static mj_status keep_verdicts(void *user, int worker, int64_t row, const mj_sql_value *value, mj_error *err) {
  const mj_rb_judged *j = user;
  (void)worker, (void)err;
  for (int i = 0; i < j->n_rules; i++)
    j->result[i][row] = value[i].kind == MJ_SQL_NUMBER ? value[i].number != 0 ? MJ_YES : MJ_NO : MJ_UNKNOWN;
  return MJ_OK;
}

/* Scope and condition are one AND: where the condition fails, an unknown scope cannot change the answer. */
mj_status mj_rb_verdicts(mj_rb_run *run, mj_rulebook *book, mj_rb_rule *rules, int n_rules, mj_rb_judged *out,
                         mj_error *err) {
  int64_t n = run->park->table[run->subject].n;
  mj_text exprs = {0};
  *out = (mj_rb_judged){.book = book, .rule = rules, .n_rules = n_rules};
  if (!n_rules) return MJ_OK;
  out->result = mj_arena_alloc(&run->arena, (size_t)n_rules, sizeof *out->result);
  if (!out->result) return mj_fail(err, MJ_ENOMEM, "out of memory");
  for (int i = 0; i < n_rules; i++) {
    mj_rb_rule *rule = &rules[i];
    mj_status status = mj_rb_bind_rule(run, book, rule, err);
    out->result[i] = mj_arena_alloc(&run->arena, (size_t)n + 1, 1);
    if (!status && !out->result[i]) status = mj_fail(err, MJ_ENOMEM, "out of memory");
    if (status) {
      mj_text_reset(&exprs);
      return status;
    }
    mj_text_format(&exprs, "%s(", i ? "," : "");
    if (rule->scope.sql) mj_text_format(&exprs, "(%s\n) AND ", rule->scope.sql);
    mj_rb_cond_sql(rule->when, &exprs);
    mj_text_add(&exprs, ")");
  }
  mj_status status = exprs.failed ? mj_fail(err, MJ_ENOMEM, "out of memory") : MJ_OK;
  mj_rb_run_book(run, book);
  if (!status) status = mj_rb_select(run, exprs.data, NULL, n, keep_verdicts, out, err);
  if (status == MJ_ERULE)
    status = mj_rb_blame(book, &(mj_rb_sql){NULL, rules[0].line, rules[0].column}, "rules", status, err);
  mj_text_reset(&exprs);
  return status;
}
