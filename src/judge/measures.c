#include "judge/measures.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/keymap.h"
#include "base/text.h"
#include "judge/targets.h"

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
  one.shape = MJ_SQL_OF_ROWS;
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

static bool is_put_before(const mj_operand *read, const mj_rb_measure *m, const int *list, int i) {
  for (int k = 0; k <= i; k++)
    for (int r = 0; r < m[list[k]].n_reads; r++) {
      const mj_operand *other = &m[list[k]].reads[r];
      if (other == read) return false;
      if (!strcmp(other->table, read->table) && !strcmp(other->column, read->column)) return true;
    }
  return false;
}

/* The columns of parcels that the measures read, "a","b"; false where there are none that can be named so. */
static bool put_columns(mj_text *sql, const mj_rb_measure *m, const int *list, int n) {
  bool any = false;
  for (int i = 0; i < n; i++)
    for (int r = 0; r < m[list[i]].n_reads; r++) {
      const mj_operand *read = &m[list[i]].reads[r];
      if (!*read->column || strcmp(read->table, mj_table_id_name(MJ_PARCELS)) != 0) continue;
      if (strchr(read->column, '"')) return false;
      if (is_put_before(read, m, list, i)) continue;
      mj_text_format(sql, "%s\"%s\"", any ? "," : "", read->column);
      any = true;
    }
  return any;
}

/* A subquery has no rowid of its own. */
static bool names_rowid(const char *sql) {
  for (; *sql; sql++)
    if (!strncasecmp(sql, "rowid", 5) || !strncasecmp(sql, "oid", 3)) return true;
  return false;
}

/* Aggregates together read every column once a row, of a subquery that LIMIT keeps apart: SQLite asks the table for it
 * at each place where it is named otherwise. */
static void put_rows(mj_text *sql, const mj_rb_measure *m, const int *list, int n) {
  const char *where = m[list[0]].zone ? " WHERE zone = :zone" : "";
  mj_text columns = {0};
  bool named = n > 1 && m[list[0]].shape == MJ_SQL_OF_SUMMARY && put_columns(&columns, m, list, n);
  for (int i = 0; i < n; i++) named = named && !names_rowid(m[list[i]].at->sql);
  if (named) mj_text_format(sql, " FROM (SELECT %s FROM parcels%s LIMIT -1) AS parcels", columns.data, where);
  else mj_text_format(sql, " FROM parcels%s LIMIT 1", where);
  sql->failed = sql->failed || columns.failed;
  mj_text_reset(&columns);
}

static mj_status ask(mj_rb_run *run, mj_rb_measure *m, const int *list, int n, mj_error *err) {
  mj_store *store;
  mj_text sql = {0};
  asked a = {m, list};
  const mj_rb_measure *first = &m[list[0]];
  MJ_TRY(mj_rb_run_year(run, first->years_back, err));
  mj_rb_run_book(run, first->book);
  MJ_TRY(mj_rb_run_store(run, 0, &store, err));
  MJ_TRY(mj_store_bind(store, "zone", first->zone, (double)NAN, err)); /* NaN is NULL: the whole park */
  for (int i = 0; i < n; i++) mj_text_format(&sql, "%s(%s\n)", i ? "," : "SELECT ", m[list[i]].at->sql);
  if (first->shape != MJ_SQL_OF_NONE) put_rows(&sql, m, list, n);
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

/* "max(area_mu)" picks a row, "max(0, area_mu)" does not; in a subquery it is taken for one that does. */
static bool picks_row(const char *sql) {
  for (const char *at = sql; *at; at++) {
    bool word = at > sql && (isalnum((unsigned char)at[-1]) || at[-1] == '_');
    if (word || (strncasecmp(at, "min", 3) != 0 && strncasecmp(at, "max", 3) != 0)) continue;
    const char *open = at + 3 + strspn(at + 3, " \t\r\n");
    int depth = 0;
    bool comma = false;
    for (const char *p = open; *open == '(' && *p; p++) {
      depth += (*p == '(') - (*p == ')');
      comma = comma || (*p == ',' && depth == 1);
      if (!depth) break;
    }
    if (*open == '(' && !comma) return true;
  }
  return false;
}

static mj_status find_shape(mj_rb_run *run, mj_store *store, mj_rb_measure *m, mj_error *err) {
  mj_sql_shape shape = MJ_SQL_OF_NONE;
  mj_status status = m->constant ? MJ_OK
                                 : mj_store_shape(store, mj_table_id_name(MJ_PARCELS), m->at->sql, &run->arena, &shape,
                                                  &m->reads, &m->n_reads);
  m->shape = (int)shape;
  m->picks = shape == MJ_SQL_OF_SUMMARY && picks_row(m->at->sql);
  return status ? mj_fail(err, status, "out of memory") : MJ_OK;
}

/* True where it has a value to be asked for; what cannot be checked is an error, or out of force has no value. */
static mj_status check_one(mj_rb_run *run, mj_rb_measure *m, bool *ask_it, mj_error *err) {
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
  if (!status) return find_shape(run, store, m, err);
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

/* Where it is asked; what stands on no row and does not name the zone is asked once for all. */
static const char *place_of(const mj_rb_measure *m) {
  return m->shape == MJ_SQL_OF_NONE && !strstr(m->at->sql, ":zone") ? NULL : m->zone;
}

/* Number of the measures with the same key: of what is asked together, or of one expression there. */
static mj_status number_of(mj_rb_run *run, mj_keymap *map, const mj_rb_measure *m, int i, bool expression,
                           int32_t *number) {
  const void *book = expression && is_common(m->at->sql) ? NULL : (const void *)m->book;
  const char *zone = place_of(m);
  const char *key =
      mj_arena_format(&run->arena, "%d %d %d %p %zu %s %s", m->shape, m->years_back, m->picks && !expression ? i : -1,
                      book, zone ? strlen(zone) + 1 : 0, zone ? zone : "", expression ? m->at->sql : "");
  return key ? mj_keymap_add(map, key, i, number) : MJ_ENOMEM;
}

/* The run's year before others, for which the stores are opened anew; then the longest first, so that no thread is left
 * alone with one at the end. */
static int before(const void *a, const void *b) {
  const mj_rb_ask *x = a, *y = b;
  int by_year = x->of->item[x->of->list[x->first]].years_back - y->of->item[y->of->list[y->first]].years_back;
  if (by_year) return by_year;
  if (x->words != y->words) return x->words > y->words ? -1 : 1;
  return x->first - y->first;
}

/* Those of one ask lie side by side in m->list, in their order. */
static void fill_asks(mj_rb_measures *m, mj_keymap *places, const int32_t *place) {
  for (int k = 0, at = 0; k < m->n_asks; k++) {
    m->ask[k] = (mj_rb_ask){.of = m, .first = at, .last = at + places->count[k]};
    at = m->ask[k].last;
    places->count[k] = m->ask[k].first; /* from now on where the next of them goes */
  }
  for (int i = 0; i < m->n; i++) {
    if (place[i] < 0) continue;
    m->list[places->count[place[i]]++] = i;
    m->ask[place[i]].words += strlen(m->item[i].at->sql);
  }
  qsort(m->ask, (size_t)m->n_asks, sizeof *m->ask, before);
}

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
  if (!status) fill_asks(m, &places, place);
  mj_keymap_reset(&places);
  mj_keymap_reset(&expressions);
  return status;
}

/* The expression that stands before it too, at another place or of another year. */
static void copy_check(mj_rb_measure *m, const mj_rb_measure *before) {
  m->shape = before->shape;
  m->picks = before->picks;
  m->reads = before->reads;
  m->n_reads = before->n_reads;
}

mj_status mj_rb_measures_check(mj_rb_run *run, mj_rb_measures *m, mj_error *err) {
  bool *ask_it = mj_arena_alloc(&run->arena, (size_t)m->n + 1, sizeof *ask_it);
  if (!ask_it) return mj_fail(err, MJ_ENOMEM, "out of memory");
  for (int i = 0; i < m->n; i++) {
    bool again = i && m->item[i].at == m->item[i - 1].at;
    if (!again) MJ_TRY(check_one(run, &m->item[i], &ask_it[i], err));
    else ask_it[i] = ask_it[i - 1];
    if (again) copy_check(&m->item[i], &m->item[i - 1]);
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
  return mj_rb_run_year(run, 0, err);
}
