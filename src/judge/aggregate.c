#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "judge/run.h"

/* One SELECT over the measures of one place. */
typedef struct {
  mj_rb_measure *measure;
  const int *list;
} asked;

static mj_status keep_values(void *user, int64_t row, int n, const mj_sql_value *value) {
  const asked *a = user;
  for (int i = 0; !row && i < n; i++)
    if (value[i].kind == MJ_SQL_NUMBER) a->measure[a->list[i]].value = value[i].number;
  return MJ_OK;
}

static mj_status ask(mj_rb_run *run, mj_rb_measure *m, const int *list, int n, mj_error *err) {
  mj_store *store;
  mj_text sql = {0};
  asked a = {m, list};
  const mj_rb_measure *first = &m[list[0]];
  MJ_TRY(mj_rb_run_store(run, 0, &store, err));
  MJ_TRY(mj_store_bind(store, "zone", first->zone, (double)NAN, err)); /* NaN is NULL: the whole park */
  for (int i = 0; i < n; i++) mj_text_format(&sql, "%s(%s\n)", i ? "," : "SELECT ", m[list[i]].at->sql);
  if (!first->constant) mj_text_format(&sql, " FROM parcels%s LIMIT 1", first->zone ? " WHERE zone = :zone" : "");
  mj_status status =
      sql.failed ? mj_fail(err, MJ_ENOMEM, "out of memory") : mj_store_query(store, sql.data, keep_values, &a, err);
  mj_text_reset(&sql);
  return status;
}

static bool same_place(const mj_rb_measure *a, const mj_rb_measure *b) {
  if (a->constant != b->constant || !a->zone != !b->zone) return false;
  return !a->zone || !strcmp(a->zone, b->zone);
}

static void name_of(const mj_rb_measure *m, mj_error *err, char what[160]) {
  snprintf(what, 160, "%s %s", mj_tr(err ? err->lang : MJ_EN, m->kind), m->code);
}

/* Together they failed: one by one says which of them it was. */
static mj_status ask_each(mj_rb_run *run, const mj_rulebook *book, mj_rb_measure *m, const int *list, int n,
                          bool in_force, mj_error *err) {
  for (int i = 0; i < n; i++) {
    char what[160];
    mj_status status = ask(run, m, &list[i], 1, err);
    if (!status || (status == MJ_ERULE && !in_force)) continue;
    name_of(&m[list[i]], err, what);
    return status == MJ_ERULE ? mj_rb_blame(book, m[list[i]].at, what, status, err) : status;
  }
  return MJ_OK;
}

mj_status mj_rb_measure_all(mj_rb_run *run, const mj_rulebook *book, mj_rb_measure *m, int n, mj_error *err) {
  bool in_force = mj_rb_in_force(book, run->park->project.as_of);
  bool *done = mj_arena_alloc(&run->arena, (size_t)n + 1, sizeof *done);
  int *list = mj_arena_alloc(&run->arena, (size_t)n + 1, sizeof *list);
  mj_store *store;
  if (!done || !list) return mj_fail(err, MJ_ENOMEM, "out of memory");
  mj_rb_run_book(run, book);
  MJ_TRY(mj_rb_run_store(run, 0, &store, err));
  MJ_TRY(mj_store_bind(store, "zone", NULL, (double)NAN, err)); /* known to the checks below */
  for (int i = 0; i < n; i++) {
    char what[160];
    m[i].value = (double)NAN;
    name_of(&m[i], err, what);
    mj_status status =
        m[i].at->sql ? mj_rb_check(run, book, what, mj_table_id_name(MJ_PARCELS), m[i].at, NULL, err) : MJ_OK;
    if (status && (status != MJ_ERULE || in_force)) return status; /* out of force facts are not computed */
    done[i] = status || !m[i].at->sql;
  }
  for (int i = 0; i < n; i++) {
    int k = 0;
    if (done[i]) continue;
    for (int j = i; j < n; j++)
      if (!done[j] && same_place(&m[i], &m[j])) done[list[k++] = j] = true;
    mj_status status = ask(run, m, list, k, err);
    if (status == MJ_ERULE) status = ask_each(run, book, m, list, k, in_force, err);
    if (status) return status;
  }
  return MJ_OK;
}
