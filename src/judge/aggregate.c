#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/parallel.h"
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

static mj_status ask(mj_rb_run *run, int worker, mj_rb_measure *m, const int *list, int n, mj_error *err) {
  mj_store *store;
  mj_text sql = {0};
  asked a = {m, list};
  const mj_rb_measure *first = &m[list[0]];
  MJ_TRY(mj_rb_run_store(run, worker, &store, err));
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
    mj_status status = ask(run, 0, m, &list[i], 1, err);
    if (!status || (status == MJ_ERULE && !in_force)) continue;
    name_of(&m[list[i]], err, what);
    return status == MJ_ERULE ? mj_rb_blame(book, m[list[i]].at, what, status, err) : status;
  }
  return MJ_OK;
}

/* The measures of one place: list[first .. last). */
typedef struct {
  int first, last;
  mj_status status;
} group;

typedef struct {
  mj_rb_run *run;
  mj_rb_measure *measure;
  const int *list;
  group *group;
} groups;

static mj_status ask_groups(void *user, int64_t first, int64_t last, int worker) {
  const groups *g = user;
  for (int64_t i = first; i < last; i++) {
    group *one = &g->group[i];
    one->status = ask(g->run, worker, g->measure, g->list + one->first, one->last - one->first, NULL);
  }
  return MJ_OK;
}

/* Leaves out what has no value; what cannot be checked is an error, or out of force has no value. */
static mj_status check_all(mj_rb_run *run, const mj_rulebook *book, mj_rb_measure *m, int n, bool in_force, bool *done,
                           mj_error *err) {
  mj_store *store;
  mj_rb_run_book(run, book);
  MJ_TRY(mj_rb_run_store(run, 0, &store, err));
  MJ_TRY(mj_store_bind(store, "zone", NULL, (double)NAN, err));
  for (int i = 0; i < n; i++) {
    char what[160];
    m[i].value = (double)NAN;
    name_of(&m[i], err, what);
    mj_status status =
        m[i].at->sql ? mj_rb_check(run, book, what, mj_table_id_name(MJ_PARCELS), m[i].at, NULL, err) : MJ_OK;
    if (status && (status != MJ_ERULE || in_force)) return status; /* out of force facts are not computed */
    done[i] = status || !m[i].at->sql;
  }
  return MJ_OK;
}

mj_status mj_rb_measure_all(mj_rb_run *run, const mj_rulebook *book, mj_rb_measure *m, int n, mj_error *err) {
  bool in_force = mj_rb_in_force(book, run->park->project.as_of);
  bool *done = mj_arena_alloc(&run->arena, (size_t)n + 1, sizeof *done);
  int *list = mj_arena_alloc(&run->arena, (size_t)n + 1, sizeof *list), k = 0;
  groups g = {run, m, list, mj_arena_alloc(&run->arena, (size_t)n + 1, sizeof *g.group)};
  int64_t n_groups = 0;
  if (!done || !list || !g.group) return mj_fail(err, MJ_ENOMEM, "out of memory");
  MJ_TRY(check_all(run, book, m, n, in_force, done, err));
  for (int i = 0; i < n; i++) {
    if (done[i]) continue;
    group *one = &g.group[n_groups++];
    one->first = k;
    for (int j = i; j < n; j++)
      if (!done[j] && same_place(&m[i], &m[j])) done[list[k++] = j] = true;
    one->last = k;
  }
  MJ_TRY(mj_parallel(run->park->project.threads, n_groups, 1, ask_groups, &g));
  for (const group *one = g.group; one < g.group + n_groups; one++) {
    mj_status status = one->status;
    if (status == MJ_ERULE) status = ask_each(run, book, m, list + one->first, one->last - one->first, in_force, err);
    else if (status) mj_fail(err, status, "out of memory");
    if (status) return status;
  }
  return MJ_OK;
}
