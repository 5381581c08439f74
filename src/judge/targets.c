#include "judge/targets.h"

#include <string.h>

#include "base/text.h"
#include "judge/measures.h"

static mj_status write_target(mj_rb_run *run, const mj_rulebook *book, const mj_rb_target *t, const char *called,
                              const mj_rb_measure *m, int64_t row, mj_error *err) {
  mj_table *out = &run->park->table[MJ_TARGETS];
  mj_lang lang = run->park->project.lang;
  int32_t as_of = run->park->project.as_of, due = t->due != MJ_DATE_NULL ? t->due : book->to;
  bool over = (book->to != MJ_DATE_NULL && as_of > book->to) || (due != MJ_DATE_NULL && as_of > due);
  const char *place = m->zone ? mj_arena_text(&out->arena, m->zone, strlen(m->zone)) : NULL;
  if (m->zone && !place) return mj_fail(err, MJ_ENOMEM, "out of memory");
  mj_table_text(out, "target")[row] = t->code;
  mj_table_text(out, "rulebook")[row] = called;
  mj_table_text(out, "zone")[row] = place;
  mj_table_i64(out, "year")[row] = t->by_year == MJ_RB_OF_NO_YEAR ? MJ_I64_NULL : mj_rb_year_back(run, m->years_back);
  mj_table_text(out, "text")[row] = mj_rb_say(t->text, lang);
  mj_table_f64(out, "target_value")[row] = t->target;
  mj_table_f64(out, "reached_value")[row] = m->value;
  mj_table_f64(out, "progress")[row] = t->target != 0 ? m->value / t->target : (double)NAN;
  mj_table_text(out, "unit")[row] = mj_rb_unit(t->unit, lang);
  mj_table_date(out, "due")[row] = due;
  mj_table_text(out, "state")[row] = over ? "expired" : "open";
  return MJ_OK;
}

/* With the figures of the run's year, then of @p earlier years before it. */
static mj_status list_place(mj_rb_run *run, mj_rb_measure one, int earlier, mj_rb_measures *m, mj_error *err) {
  for (one.years_back = 0; one.years_back <= earlier; one.years_back++) MJ_TRY(mj_rb_measures_add(run, m, one, err));
  return MJ_OK;
}

/* The target at each of its places: the park or its one zone, then each zone of the layer. */
static mj_status list_target(mj_rb_run *run, const mj_rulebook *book, const mj_rb_target *t, mj_rb_measures *m,
                             mj_error *err) {
  const mj_table *zones = &run->park->table[MJ_ZONES];
  const char **name = mj_table_text(zones, "zone");
  int earlier = t->by_year == MJ_RB_OF_ANY_YEAR ? mj_rb_earlier_years(run) : 0;
  mj_rb_measure one = {.book = book, .kind = "target", .code = t->code, .at = &t->measure, .zone = t->zone};
  MJ_TRY(list_place(run, one, earlier, m, err));
  for (int64_t z = 0; t->by_zone && name && z < zones->n; z++) {
    one.zone = name[z];
    if (name[z]) MJ_TRY(list_place(run, one, earlier, m, err));
  }
  return MJ_OK;
}

mj_status mj_rb_targets_list(mj_rb_run *run, mj_rb_measures *m, mj_error *err) {
  for (int32_t b = 0; b < run->park->n_rulebooks; b++) {
    mj_rulebook *book = run->park->rulebooks[b];
    MJ_TRY(mj_rb_target_years(run, book, err));
    for (const mj_rb_target *t = book->target; t < book->target + book->n_targets; t++)
      MJ_TRY(list_target(run, book, t, m, err));
  }
  return MJ_OK;
}

/* The rows of earlier years stand behind those of the run's year, a target and place with its years together. */
mj_status mj_rb_targets(mj_rb_run *run, const mj_rb_measure *m, int n, mj_error *err) {
  const mj_rulebook *book = NULL;
  const mj_rb_target *t = NULL;
  const char *called = NULL;
  int64_t now = 0, earlier = 0;
  for (int i = 0; i < n; i++) earlier += !m[i].years_back;
  MJ_TRY(mj_park_new_table(run->park, MJ_TARGETS, n, err));
  for (int i = 0; i < n; i++) {
    if (m[i].book != book) {
      book = m[i].book;
      t = book->target;
      called = mj_arena_format(&run->park->arena, "%s %s", book->code, book->version);
      if (!called) return mj_fail(err, MJ_ENOMEM, "out of memory");
    }
    while (m[i].at != &t->measure) t++;
    MJ_TRY(write_target(run, book, t, called, &m[i], m[i].years_back ? earlier++ : now++, err));
  }
  return MJ_OK;
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
