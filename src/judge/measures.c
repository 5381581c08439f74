#include "judge/measures.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/keymap.h"
#include "base/text.h"

mj_status mj_rb_measures_add(mj_rb_run *run, mj_rb_measures *m, mj_rb_measure one, mj_error *err) {
  if (m->n == m->cap) {
    int cap = m->cap ? 2 * m->cap : 64;
    mj_rb_measure *grown = mj_arena_alloc(&run->arena, (size_t)cap, sizeof *grown);
    if (!grown) return mj_fail(err, MJ_ENOMEM, "out of memory");
    if (m->n) memcpy(grown, m->item, (size_t)m->n * sizeof *grown);
    m->item = grown;
    m->cap = cap;
  }
  one.value = (double)NAN;
  one.same = -1;
  m->item[m->n++] = one;
  return MJ_OK;
}

/* ---- asking ---- */

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
  mj_rb_run_book(run, first->book);
  MJ_TRY(mj_rb_run_store(run, 0, &store, err));
  MJ_TRY(mj_store_bind(store, "zone", first->zone, (double)NAN, err)); /* NaN is NULL: the whole park */
  for (int i = 0; i < n; i++) mj_text_format(&sql, "%s(%s\n)", i ? "," : "SELECT ", m[list[i]].at->sql);
  if (!first->constant) mj_text_format(&sql, " FROM parcels%s LIMIT 1", first->zone ? " WHERE zone = :zone" : "");
  mj_status status =
      sql.failed ? mj_fail(err, MJ_ENOMEM, "out of memory") : mj_store_query(store, sql.data, keep_values, &a, err);
  mj_text_reset(&sql);
  return status;
}

static mj_status ask_one(mj_rb_run *run, void *user, mj_error *err) {
  const mj_rb_ask *one = user;
  return ask(run, one->of->item, one->of->list + one->first, one->last - one->first, err);
}

void mj_rb_measures_tasks(mj_rb_measures *m, mj_rb_task *task) {
  for (int k = 0; k < m->n_asks; k++) task[k] = (mj_rb_task){.fn = ask_one, .user = &m->ask[k]};
}

/* ---- what is asked together ---- */

static void name_of(const mj_rb_measure *m, mj_error *err, char what[160]) {
  snprintf(what, 160, "%s %s", mj_tr(err ? err->lang : MJ_EN, m->kind), m->code);
}

/* True where it has a value to be asked for; what cannot be checked is an error, or out of force has no value. */
static mj_status check_one(mj_rb_run *run, const mj_rb_measure *m, bool *ask_it, mj_error *err) {
  mj_store *store;
  char what[160];
  *ask_it = false;
  if (!m->at->sql) return MJ_OK;
  name_of(m, err, what);
  mj_rb_run_book(run, m->book);
  MJ_TRY(mj_rb_run_store(run, 0, &store, err));
  MJ_TRY(mj_store_bind(store, "zone", NULL, (double)NAN, err));
  mj_status status = mj_rb_check(run, m->book, what, mj_table_id_name(MJ_PARCELS), m->at, NULL, err);
  *ask_it = !status;
  return status == MJ_ERULE && !mj_rb_in_force(m->book, run->park->project.as_of) ? MJ_OK : status;
}

/* Reads no constant of the rulebook: the same text means the same in another one. */
static bool is_common(const char *sql) {
  static const char *const known[] = {"zone", "year", "as_of"};
  for (const char *at = sql; (at = strchr(at, ':')); at++) {
    size_t n = strspn(at + 1, "abcdefghijklmnopqrstuvwxyz0123456789_");
    bool common = false;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
      common = common || (strlen(known[i]) == n && !strncmp(at + 1, known[i], n));
    if (!common) return false;
  }
  return true;
}

/* Number of the measures with the same key: of a place in a book, or of an expression there. */
static mj_status number_of(mj_rb_run *run, mj_keymap *map, const mj_rb_measure *m, int i, bool expression,
                           int32_t *number) {
  const void *book = expression && is_common(m->at->sql) ? NULL : (const void *)m->book;
  const char *key =
      mj_arena_format(&run->arena, "%d %p %zu %s %s", m->constant, book, m->zone ? strlen(m->zone) + 1 : 0,
                      m->zone ? m->zone : "", expression ? m->at->sql : "");
  return key ? mj_keymap_add(map, key, i, number) : MJ_ENOMEM;
}

/* Those of one ask lie side by side in m->list, in their order. */
static mj_status make_asks(mj_rb_run *run, mj_rb_measures *m, const bool *ask_it) {
  mj_keymap places = {0}, expressions = {0};
  int32_t number, *place = mj_arena_alloc(&run->arena, (size_t)m->n + 1, sizeof *place);
  m->list = mj_arena_alloc(&run->arena, (size_t)m->n + 1, sizeof *m->list);
  m->ask = mj_arena_alloc(&run->arena, (size_t)m->n + 1, sizeof *m->ask);
  mj_status status = place && m->list && m->ask ? MJ_OK : MJ_ENOMEM;
  for (int i = 0; i < m->n && !status; i++) {
    place[i] = -1;
    if (!ask_it[i]) continue;
    status = number_of(run, &expressions, &m->item[i], i, true, &number);
    if (!status && expressions.first[number] != i) m->item[i].same = expressions.first[number];
    else if (!status) status = number_of(run, &places, &m->item[i], i, false, &place[i]);
  }
  m->n_asks = places.n;
  for (int k = 0, at = 0; k < m->n_asks && !status; k++) {
    m->ask[k] = (mj_rb_ask){.of = m, .first = at, .last = at + places.count[k]};
    at = m->ask[k].last;
    places.count[k] = m->ask[k].first; /* from now on where the next of them goes */
  }
  for (int i = 0; i < m->n && !status; i++)
    if (place[i] >= 0) m->list[places.count[place[i]]++] = i;
  mj_keymap_reset(&places);
  mj_keymap_reset(&expressions);
  return status;
}

mj_status mj_rb_measures_check(mj_rb_run *run, mj_rb_measures *m, mj_error *err) {
  bool *ask_it = mj_arena_alloc(&run->arena, (size_t)m->n + 1, sizeof *ask_it);
  if (!ask_it) return mj_fail(err, MJ_ENOMEM, "out of memory");
  for (int i = 0; i < m->n; i++) {
    if (i && m->item[i].at == m->item[i - 1].at) ask_it[i] = ask_it[i - 1]; /* at the next zone */
    else MJ_TRY(check_one(run, &m->item[i], &ask_it[i], err));
  }
  return make_asks(run, m, ask_it) ? mj_fail(err, MJ_ENOMEM, "out of memory") : MJ_OK;
}

/* ---- what came of it ---- */

/* Together they failed: one by one says which of them it was. */
static mj_status ask_alone(mj_rb_run *run, mj_rb_measures *m, int i, mj_error *err) {
  char what[160];
  mj_rb_measure *one = &m->item[i];
  mj_status status = ask(run, m->item, &i, 1, err);
  if (!status || (status == MJ_ERULE && !mj_rb_in_force(one->book, run->park->project.as_of))) return MJ_OK;
  name_of(one, err, what);
  return status == MJ_ERULE ? mj_rb_blame(one->book, one->at, what, status, err) : status;
}

mj_status mj_rb_measures_end(mj_rb_run *run, mj_rb_measures *m, const mj_rb_task *task, mj_error *err) {
  bool *failed = mj_arena_alloc(&run->arena, (size_t)m->n + 1, sizeof *failed);
  if (!failed) return mj_fail(err, MJ_ENOMEM, "out of memory");
  for (int k = 0; k < m->n_asks; k++) {
    if (task[k].status && task[k].status != MJ_ERULE) return mj_rb_task_end(&task[k], err);
    for (int j = m->ask[k].first; j < m->ask[k].last; j++) failed[m->list[j]] = task[k].status;
  }
  for (int i = 0; i < m->n; i++) {
    mj_rb_measure *one = &m->item[i];
    bool again = failed[one->same < 0 ? i : one->same];
    if (again) MJ_TRY(ask_alone(run, m, i, err));
    else if (one->same >= 0) one->value = m->item[one->same].value;
  }
  return MJ_OK;
}
