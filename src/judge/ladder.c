#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "judge/run.h"

typedef struct {
  const mj_rb_ladder *ladder;
  const char **tier, **text;
  mj_lang lang;
  double *cap;
  int *index; /* [parcels] the tier, or -1 */
  const mj_rulebook *book, **open;
} ladder_ctx;

const char *mj_rb_tier_text(const mj_rb_ladder *ladder, const mj_rb_rule *rule, mj_lang lang) {
  const char *text = mj_rb_say(rule->text, lang);
  for (int i = 0; !*text && i < ladder->n_tiers; i++)
    if (rule == &ladder->tier[i].rule) text = ladder->tier[i].tier;
  return text;
}

static bool is_true(const mj_sql_value *value) { return value->kind == MJ_SQL_NUMBER && value->number != 0; }
static bool is_false(const mj_sql_value *value) { return value->kind == MJ_SQL_NUMBER && value->number == 0; }

/* The first tier that holds; none outside the scope. Without an input, or where a tier before it cannot be told, it is
 * open. */
static mj_status keep_tier(void *user, int worker, int64_t row, const mj_sql_value *value, mj_error *err) {
  ladder_ctx *ctx = user;
  int n = ctx->ladder->n_tiers, i = 0;
  (void)worker, (void)err;
  ctx->index[row] = -1;
  if (is_false(&value[0]) || ctx->tier[row]) return MJ_OK; /* that of a higher rulebook, or one before, holds */
  while (i < n && is_false(&value[2 + i])) i++;
  bool known = is_true(&value[0]) && is_true(&value[1]);
  if (!known || (i < n && !is_true(&value[2 + i]))) {
    if ((i < n || !is_true(&value[1])) && !ctx->open[row]) ctx->open[row] = ctx->book;
    return MJ_OK;
  }
  if (i == n) return MJ_OK;
  ctx->open[row] = NULL;
  ctx->index[row] = i;
  ctx->tier[row] = ctx->ladder->tier[i].tier;
  ctx->text[row] = mj_rb_tier_text(ctx->ladder, &ctx->ladder->tier[i].rule, ctx->lang);
  if (value[2 + n + i].kind == MJ_SQL_NUMBER) ctx->cap[row] = value[2 + n + i].number;
  return MJ_OK;
}

/* The scope, whether all inputs are there, then every tier's condition, then every tier's cap. */
static void ladder_sql(const mj_rb_ladder *ladder, mj_text *out) {
  mj_text_format(out, "((%s\n) AND 1),1", ladder->head.scope.sql ? ladder->head.scope.sql : "1");
  for (int i = 0; i < ladder->n_inputs; i++) mj_text_format(out, " AND (%s\n) IS NOT NULL", ladder->input[i].sql);
  for (int i = 0; i < ladder->n_tiers; i++) {
    mj_text_add(out, ",");
    mj_rb_cond_sql(ladder->tier[i].rule.when, out);
  }
  for (int i = 0; i < ladder->n_tiers; i++)
    mj_text_format(out, ",(%s\n)", ladder->tier[i].cap.sql ? ladder->tier[i].cap.sql : "NULL");
}

static mj_status check_ladder(mj_rb_run *run, const mj_rulebook *book, mj_rb_ladder *ladder, mj_error *err) {
  const char *parcels = mj_table_id_name(MJ_PARCELS);
  char what[160];
  snprintf(what, sizeof what, mj_tr(err ? err->lang : MJ_EN, "rule %s"), ladder->head.code);
  MJ_TRY(mj_rb_check(run, book, what, parcels, &ladder->head.scope, &ladder->head.scope_reads, err));
  ladder->input_reads = mj_arena_alloc(&run->arena, (size_t)ladder->n_inputs + 1, sizeof *ladder->input_reads);
  if (!ladder->input_reads) return mj_fail(err, MJ_ENOMEM, "out of memory");
  for (int i = 0; i < ladder->n_inputs; i++)
    MJ_TRY(mj_rb_check(run, book, what, parcels, &ladder->input[i], &ladder->input_reads[i], err));
  for (int i = 0; i < ladder->n_tiers; i++) {
    MJ_TRY(mj_rb_bind_rule(run, book, &ladder->tier[i].rule, err));
    MJ_TRY(mj_rb_check(run, book, what, parcels, &ladder->tier[i].cap, NULL, err));
  }
  return MJ_OK;
}

static mj_status explain_tiers(mj_rb_run *run, const mj_rulebook *book, const ladder_ctx *ctx, mj_rb_reasons *out,
                               mj_error *err) {
  int64_t n = run->park->table[MJ_PARCELS].n;
  int64_t *visit = malloc(((size_t)n + 1) * sizeof *visit);
  mj_status status = visit ? MJ_OK : mj_fail(err, MJ_ENOMEM, "out of memory");
  for (int i = 0; !status && i < ctx->ladder->n_tiers; i++) {
    int64_t found = 0;
    for (int64_t row = 0; row < n; row++)
      if (ctx->index[row] == i) visit[found++] = row;
    status = mj_rb_explain(run, book, &ctx->ladder->tier[i].rule, MJ_YES, visit, found, out, err);
  }
  free(visit);
  return status;
}

mj_status mj_rb_ladder_run(mj_rb_run *run, mj_rulebook *book, mj_rb_reasons *out, mj_error *err) {
  mj_table *parcels = &run->park->table[MJ_PARCELS];
  mj_column *tier = mj_table_add(parcels, "renewal_tier", MJ_TEXT), *cap = mj_table_add(parcels, "renewal_cap", MJ_F64),
            *words = mj_table_add(parcels, "renewal_text", MJ_TEXT);
  mj_text sql = {0};
  if (!tier || !cap || !words) return mj_fail(err, MJ_ENOMEM, "out of memory");
  if (!book->ladder) return MJ_OK;
  MJ_TRY(check_ladder(run, book, book->ladder, err));
  ladder_ctx ctx = {.ladder = book->ladder,
                    .tier = tier->text,
                    .text = words->text,
                    .lang = run->park->project.lang,
                    .cap = cap->f64,
                    .book = book,
                    .open = run->renewal_open,
                    .index = malloc(((size_t)parcels->n + 1) * sizeof *ctx.index)};
  ladder_sql(book->ladder, &sql);
  mj_status status = ctx.index && !sql.failed ? MJ_OK : mj_fail(err, MJ_ENOMEM, "out of memory");
  mj_rb_run_book(run, book);
  if (!status) status = mj_rb_select(run, sql.data, NULL, parcels->n, keep_tier, &ctx, err);
  if (status == MJ_ERULE)
    status = mj_rb_blame(book, &(mj_rb_sql){NULL, book->ladder->head.line, book->ladder->head.column}, "ladder", status,
                         err);
  if (!status) status = explain_tiers(run, book, &ctx, out, err);
  mj_text_reset(&sql);
  free(ctx.index);
  return status;
}
