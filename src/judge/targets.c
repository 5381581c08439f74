#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "judge/run.h"

static mj_status keep_first(void *user, int64_t row, int n, const mj_sql_value *value) {
  double *reached = user;
  (void)n;
  if (!row && value[0].kind == MJ_SQL_NUMBER) *reached = value[0].number;
  return MJ_OK;
}

mj_status mj_rb_aggregate(mj_rb_run *run, const mj_rulebook *book, const char *what, const mj_rb_sql *at,
                          const char *zone, bool parcels, double *out, mj_error *err) {
  mj_store *store;
  mj_text sql = {0};
  *out = (double)NAN;
  mj_rb_run_book(run, book);
  MJ_TRY(mj_rb_run_store(run, 0, &store, err));
  MJ_TRY(mj_store_bind(store, "zone", zone, (double)NAN, err)); /* NaN is NULL: the whole park */
  mj_status status = mj_rb_check(run, book, what, mj_table_id_name(MJ_PARCELS), at, NULL, err);
  if (!status) {
    mj_text_format(&sql, "SELECT (%s\n)%s%s", at->sql, parcels ? " FROM parcels" : "",
                   parcels && zone ? " WHERE zone = :zone" : "");
    status =
        sql.failed ? mj_fail(err, MJ_ENOMEM, "out of memory") : mj_store_query(store, sql.data, keep_first, out, err);
    if (status == MJ_ERULE) status = mj_rb_blame(book, at, what, status, err);
  }
  mj_text_reset(&sql);
  return status == MJ_ERULE && !mj_rb_in_force(book, run->park->project.as_of) ? MJ_OK : status;
}

static mj_status write_target(mj_rb_run *run, const mj_rulebook *book, const mj_rb_target *t, const char *zone,
                              int64_t row, mj_error *err) {
  mj_table *out = &run->park->table[MJ_TARGETS];
  mj_lang lang = run->park->project.lang;
  int32_t as_of = run->park->project.as_of, due = t->due != MJ_DATE_NULL ? t->due : book->to;
  bool over = (book->to != MJ_DATE_NULL && as_of > book->to) || (due != MJ_DATE_NULL && as_of > due);
  double reached;
  char what[160];
  snprintf(what, sizeof what, mj_tr(err ? err->lang : MJ_EN, "target %s"), t->code);
  MJ_TRY(mj_rb_aggregate(run, book, what, &t->measure, zone, true, &reached, err));
  const char *name = mj_arena_format(&out->arena, "%s %s", book->code, book->version);
  const char *place = zone ? mj_arena_text(&out->arena, zone, strlen(zone)) : NULL;
  if (!name || (zone && !place)) return mj_fail(err, MJ_ENOMEM, "out of memory");
  mj_table_text(out, "target")[row] = t->code;
  mj_table_text(out, "rulebook")[row] = name;
  mj_table_text(out, "zone")[row] = place;
  mj_table_text(out, "text")[row] = mj_rb_say(t->text, lang);
  mj_table_f64(out, "target_value")[row] = t->target;
  mj_table_f64(out, "reached_value")[row] = reached;
  mj_table_f64(out, "progress")[row] = t->target != 0 ? reached / t->target : (double)NAN;
  mj_table_text(out, "unit")[row] = mj_rb_unit(t->unit, lang);
  mj_table_date(out, "due")[row] = due;
  mj_table_text(out, "state")[row] = over ? "expired" : "open";
  return MJ_OK;
}

/* Rows of one target, written when @p row is not NULL: the park or its one zone, then each zone of the layer. */
static mj_status each_row(mj_rb_run *run, const mj_rulebook *book, const mj_rb_target *t, int64_t *row, bool write,
                          mj_error *err) {
  const mj_table *zones = &run->park->table[MJ_ZONES];
  const char **name = mj_table_text(zones, "zone");
  if (write) MJ_TRY(write_target(run, book, t, t->zone, *row, err));
  ++*row;
  for (int64_t z = 0; t->by_zone && name && z < zones->n; z++) {
    if (!name[z]) continue;
    if (write) MJ_TRY(write_target(run, book, t, name[z], *row, err));
    ++*row;
  }
  return MJ_OK;
}

static mj_status each_target(mj_rb_run *run, int64_t *rows, bool write, mj_error *err) {
  const mj_park *park = run->park;
  *rows = 0;
  for (int32_t b = 0; b < park->n_rulebooks; b++)
    for (int i = 0; i < park->rulebooks[b]->n_targets; i++)
      MJ_TRY(each_row(run, park->rulebooks[b], &park->rulebooks[b]->target[i], rows, write, err));
  return MJ_OK;
}

mj_status mj_rb_targets(mj_rb_run *run, mj_error *err) {
  int64_t n;
  MJ_TRY(each_target(run, &n, false, err));
  MJ_TRY(mj_park_new_table(run->park, MJ_TARGETS, n, err));
  return each_target(run, &n, true, err);
}

typedef struct {
  const char **out;
  const char *text;
} strategy_ctx;

static mj_status keep_strategy(void *user, int64_t row, int n, const mj_sql_value *value) {
  strategy_ctx *ctx = user;
  (void)n;
  if (!ctx->out[row] && value->kind == MJ_SQL_NUMBER && value->number != 0) ctx->out[row] = ctx->text;
  return MJ_OK;
}

mj_status mj_rb_strategies(mj_rb_run *run, mj_rulebook *book, mj_error *err) {
  mj_table *zones = &run->park->table[MJ_ZONES];
  mj_store *store;
  if (!mj_park_has(run->park, MJ_ZONES) || !book->n_strategies) return MJ_OK;
  mj_column *column = mj_table_add(zones, "strategy", MJ_TEXT);
  if (!column) return mj_fail(err, MJ_ENOMEM, "out of memory");
  mj_rb_run_book(run, book);
  for (int i = 0; i < book->n_strategies; i++) {
    const mj_rb_strategy *s = &book->strategy[i];
    strategy_ctx ctx = {column->text, mj_rb_say(s->strategy, run->park->project.lang)};
    MJ_TRY(mj_rb_run_store(run, 0, &store, err));
    MJ_TRY(mj_store_bind(store, "zone", s->zone, 0, err));
    MJ_TRY(mj_rb_check(run, book, "zone_strategies", zones->name, &s->where, NULL, err));
    const char *sql =
        mj_arena_format(&run->arena, "SELECT (%s\n) FROM zones", s->where.sql ? s->where.sql : "zone = :zone");
    if (!sql) return mj_fail(err, MJ_ENOMEM, "out of memory");
    MJ_TRY(mj_store_query(store, sql, keep_strategy, &ctx, err));
  }
  return MJ_OK;
}
