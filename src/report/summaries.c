#include "report/summaries.h"

#include <stdlib.h>
#include <string.h>

#include "base/embed.h"
#include "base/parallel.h"
#include "gis/store.h"
#include "report/layout.h"

enum { N_VIEWS = 3 };

/* The table with the columns it has (borrowed) and those it lacks (NULL), so
 * that SQL may name any column of columns.def. */
static mj_status widen(const mj_park *park, mj_table_id id, mj_table *view) {
  const mj_table *t = &park->table[id];
  int n_facts;
  const mj_column_fact *fact = mj_column_facts(&n_facts);
  MJ_TRY(mj_table_init(view, mj_table_id_name(id), t->n));
  view->columns = calloc((size_t)t->n_columns + 1, sizeof *view->columns);
  if (!view->columns) return MJ_ENOMEM;
  view->cap_columns = t->n_columns + 1;
  for (int i = 0; i < t->n_columns; i++) view->columns[view->n_columns++] = t->columns[i];
  for (int i = 0; i < n_facts; i++)
    if (!strcmp(fact[i].layer, view->name) && !mj_table_find(view, fact[i].name) &&
        !mj_table_add(view, fact[i].name, fact[i].type))
      return MJ_ENOMEM;
  if (id == MJ_PARCEL_ZONES && !mj_table_find(view, "parcel_row") && !mj_table_add(view, "parcel_row", MJ_I64))
    return MJ_ENOMEM;
  return MJ_OK;
}

static double number_at(const mj_column *c, int64_t row) {
  if (mj_column_is_null(c, row)) return (double)NAN;
  return c->type == MJ_F64 ? c->f64[row] : c->type == MJ_I64 ? (double)c->i64[row] : (double)NAN;
}

/* SQL knows no column types: bring a result column to the type columns.def
 * gives it. */
static mj_status retype(mj_table *t, const mj_column_fact *fact) {
  mj_column *c = mj_table_find(t, fact->name);
  if (!c || c->type == fact->type || fact->type == MJ_TEXT || fact->type == MJ_DATE) return MJ_OK;
  void *data = mj_arena_alloc(&t->arena, (size_t)t->n + 1, sizeof(double));
  if (!data) return MJ_ENOMEM;
  for (int64_t i = 0; i < t->n; i++) {
    double v = number_at(c, i);
    if (fact->type == MJ_F64) ((double *)data)[i] = v;
    else if (fact->type == MJ_I64) ((int64_t *)data)[i] = isnan(v) ? MJ_I64_NULL : (int64_t)v;
    else ((uint8_t *)data)[i] = isnan(v) ? MJ_UNKNOWN : v != 0;
  }
  c->type = fact->type;
  c->data = data;
  return MJ_OK;
}

/* What belongs to the parcel, beside each of its shares: a join that SQL would pay for with a sort. */
static mj_status gather(const mj_table *parcels, mj_table *shares) {
  static const char *const names[] = {"area_mu", "industrial", "output_wan", "tax_wan"};
  const int64_t *row = mj_table_i64(shares, "parcel_row");
  for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
    const mj_column *from = mj_table_find(parcels, names[k]);
    mj_column *to = mj_table_add(shares, names[k], from->type);
    if (!to) return MJ_ENOMEM;
    for (int64_t i = 0; i < shares->n; i++) {
      if (row[i] < 1 || row[i] > parcels->n) continue;
      if (from->type == MJ_F64) to->f64[i] = from->f64[row[i] - 1];
      if (from->type == MJ_TRI) to->tri[i] = from->tri[row[i] - 1];
    }
  }
  return MJ_OK;
}

/* Files to run, each with a store of its own. */
typedef struct {
  const mj_park *park;
  mj_table view[N_VIEWS];
  const mj_embedded *file[MJ_MAX_SUMMARIES];
  mj_error why[MJ_MAX_SUMMARIES];
  mj_summaries *out;
} batch;

static mj_status prepare(const batch *b, mj_store *store, mj_error *err) {
  char as_of[11];
  mj_date_format(b->park->project.as_of, as_of);
  for (int i = 0; i < N_VIEWS; i++) MJ_TRY(mj_store_attach(store, &b->view[i], err));
  MJ_TRY(mj_store_bind(store, "as_of", as_of, 0, err));
  return mj_store_bind(store, "year", NULL, b->park->project.year, err);
}

static mj_status type_columns(mj_table *t) {
  int n;
  const mj_column_fact *fact = mj_column_facts(&n);
  for (int i = 0; i < n; i++)
    if (!strcmp(fact[i].layer, t->name)) MJ_TRY(retype(t, &fact[i]));
  return MJ_OK;
}

static mj_status run_file(void *ctx, int64_t first, int64_t last, int worker) {
  batch *b = ctx;
  (void)last;
  (void)worker;
  char name[64] = "";
  mj_store *store = NULL;
  mj_error *err = &b->why[first];
  mj_table *t = &b->out->table[first];
  strncpy(name, b->file[first]->name, sizeof name - 1);
  name[strcspn(name, ".")] = 0;
  mj_status s = mj_store_open(&store, err);
  if (!s) s = prepare(b, store, err);
  if (!s) s = mj_store_table(store, b->file[first]->text, name, t, err);
  if (!s && type_columns(t)) s = mj_fail(err, MJ_ENOMEM, "out of memory");
  mj_store_close(store);
  return s;
}

static bool wanted(const char *const *only, const char *file) {
  if (!only) return true;
  for (; *only; only++)
    if (!strncmp(*only, file, strlen(*only)) && file[strlen(*only)] == '.') return true;
  return false;
}

static mj_status run_batch(batch *b, const char *const *only, mj_error *err) {
  int n = 0;
  for (const mj_embedded *file = mj_embedded_sql; file->name && n < MJ_MAX_SUMMARIES; file++)
    if (wanted(only, file->name)) b->file[n++] = file;
  for (int i = 0; i < n; i++) b->why[i].lang = err ? err->lang : MJ_EN;
  b->out->n = n;
  mj_status s = mj_parallel(b->park->project.threads, n, 1, run_file, b);
  for (int i = 0; i < n && s; i++)
    if (b->why[i].code) return mj_fail(err, s, "summary '%s': %s", b->file[i]->name, b->why[i].message);
  return s ? mj_fail(err, s, "out of memory") : MJ_OK;
}

mj_status mj_summaries_run(const mj_park *park, const char *const *only, mj_summaries *out, mj_error *err) {
  static const mj_table_id ids[N_VIEWS] = {MJ_PARCELS, MJ_ZONES, MJ_PARCEL_ZONES};
  batch b = {.park = park, .out = out};
  mj_status s = MJ_OK;
  for (int i = 0; i < N_VIEWS && !s; i++) s = widen(park, ids[i], &b.view[i]);
  if (!s) s = gather(&b.view[0], &b.view[2]);
  s = s ? mj_fail(err, s, "out of memory") : run_batch(&b, only, err);
  for (int i = 0; i < N_VIEWS; i++) mj_table_reset(&b.view[i]);
  return s;
}

const mj_table *mj_summaries_find(const mj_summaries *summaries, const char *name) {
  for (int i = 0; i < summaries->n; i++)
    if (!strcmp(summaries->table[i].name, name)) return &summaries->table[i];
  return NULL;
}

void mj_summaries_reset(mj_summaries *summaries) {
  for (int i = 0; i < summaries->n; i++) mj_table_reset(&summaries->table[i]);
  *summaries = (mj_summaries){0};
}
