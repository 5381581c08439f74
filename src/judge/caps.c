#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "judge/run.h"

static const mj_rb_cap default_caps[] = {{MJ_RB_CONTRACT, {"plot_ratio_cap_contract", 0, 0}},
                                         {MJ_RB_PLAN, {"plan_cap", 0, 0}}};

typedef struct {
  const mj_rulebook *book;
  const mj_rb_cap *cap;
} source;

/* All caps of the rulebooks in force: by source, then as the rulebooks stand. */
static mj_status list_sources(mj_rb_run *run, source **out, int *n) {
  const mj_park *park = run->park;
  size_t most = sizeof default_caps / sizeof *default_caps;
  for (int32_t i = 0; i < park->n_rulebooks; i++) most += (size_t)park->rulebooks[i]->n_caps;
  *n = 0;
  *out = mj_arena_alloc(&run->arena, most, sizeof **out);
  if (!*out) return MJ_ENOMEM;
  for (int s = MJ_RB_CONTRACT; s <= MJ_RB_INDUSTRY; s++)
    for (int32_t i = 0; i < park->n_rulebooks; i++) {
      const mj_rulebook *book = park->rulebooks[i];
      for (int c = 0; mj_rb_in_force(book, park->project.as_of) && c < book->n_caps; c++)
        if ((int)book->cap[c].source == s) (*out)[(*n)++] = (source){book, &book->cap[c]};
    }
  if (!*n)
    for (size_t i = 0; i < sizeof default_caps / sizeof *default_caps; i++)
      (*out)[(*n)++] = (source){NULL, &default_caps[i]};
  return MJ_OK;
}

typedef struct {
  double *cap;
  const char **name;
  const char *source;
} cap_ctx;

/* A later source fills only what no earlier one gave; of one source the stricter cap holds. */
static mj_status keep_cap(void *user, int worker, int64_t row, const mj_sql_value *value, mj_error *err) {
  cap_ctx *ctx = user;
  (void)worker, (void)err;
  if (value->kind != MJ_SQL_NUMBER || !(value->number >= 0)) return MJ_OK;
  if (ctx->name[row] && (ctx->name[row] != ctx->source || value->number >= ctx->cap[row])) return MJ_OK;
  ctx->cap[row] = value->number;
  ctx->name[row] = ctx->source;
  return MJ_OK;
}

/* A cap that is one column needs no SQL. */
static mj_status use_column(const mj_column *column, int64_t n, cap_ctx *ctx, mj_error *err) {
  for (int64_t i = 0; column->data && i < n; i++) {
    mj_sql_value value = {isnan(column->f64[i]) ? MJ_SQL_NULL : MJ_SQL_NUMBER, column->f64[i], NULL};
    MJ_TRY(keep_cap(ctx, 0, i, &value, err));
  }
  return MJ_OK;
}

/* What was delivered as plot_ratio_cap is the contract's; the column itself is to hold the answer. */
static mj_status move_delivered(mj_table *parcels, mj_error *err) {
  mj_column *contract = mj_table_add(parcels, "plot_ratio_cap_contract", MJ_F64);
  mj_column *cap = mj_table_add(parcels, "plot_ratio_cap", MJ_F64);
  mj_column *least = mj_table_add(parcels, "plot_ratio_min", MJ_F64);
  const double *plan = mj_table_f64(parcels, "plan_min");
  if (!contract || !cap || !least) return mj_fail(err, MJ_ENOMEM, "out of memory");
  for (int64_t i = 0; i < parcels->n; i++) {
    contract->f64[i] = cap->f64[i];
    cap->f64[i] = (double)NAN;
    if (plan && isnan(least->f64[i])) least->f64[i] = plan[i];
  }
  return MJ_OK;
}

mj_status mj_rb_caps(mj_rb_run *run, mj_error *err) {
  mj_table *parcels = &run->park->table[MJ_PARCELS];
  source *sources;
  int n;
  MJ_TRY(move_delivered(parcels, err));
  mj_column *name = mj_table_add(parcels, "plot_ratio_cap_source", MJ_TEXT);
  if (!name || list_sources(run, &sources, &n)) return mj_fail(err, MJ_ENOMEM, "out of memory");
  MJ_TRY(mj_rb_run_refresh(run, err));
  for (int i = 0; i < n; i++) {
    const mj_rb_cap *cap = sources[i].cap;
    cap_ctx ctx = {mj_table_f64(parcels, "plot_ratio_cap"), name->text, mj_rb_cap_name(cap->source)};
    MJ_TRY(mj_rb_check(run, sources[i].book, "caps", mj_table_id_name(MJ_PARCELS), &cap->sql, NULL, err));
    const mj_column *column = mj_rb_column(run, cap->sql.sql);
    if (column && column->type == MJ_F64) {
      MJ_TRY(use_column(column, parcels->n, &ctx, err));
      continue;
    }
    mj_rb_run_book(run, sources[i].book);
    const char *expr = mj_arena_format(&run->arena, "(%s\n)", cap->sql.sql);
    if (!expr) return mj_fail(err, MJ_ENOMEM, "out of memory");
    MJ_TRY(mj_rb_select(run, expr, NULL, parcels->n, keep_cap, &ctx, err));
  }
  return MJ_OK;
}
