#include "report/summaries.h"

#include <stdlib.h>
#include <string.h>

#include "base/embed.h"
#include "base/parallel.h"
#include "gis/store.h"
#include "report/layout.h"
#include "report/queries.h"
#include "report/views.h"

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

/* Statements to run, each with a store of its own: ours, then the user's. */
typedef struct {
  const char *name, *text;   /* "zones.sql" */
  const mj_own_query *query; /* NULL: ours */
} statement;

typedef struct {
  const mj_park *park;
  mj_views views;
  statement file[MJ_MAX_SUMMARIES];
  mj_error why[MJ_MAX_SUMMARIES];
  int order[MJ_MAX_SUMMARIES]; /* in which they are run */
  mj_summaries *out;
} batch;

static mj_status type_columns(mj_table *t) {
  int n;
  const mj_column_fact *fact = mj_column_facts(&n);
  for (int i = 0; i < n; i++)
    if (!strcmp(fact[i].layer, t->name)) MJ_TRY(retype(t, &fact[i]));
  return MJ_OK;
}

/* Headings of the user's are the names that the SELECT gives, as they are. */
static void keep_headings(mj_table *t) {
  for (int i = 0; i < t->n_columns; i++) t->columns[i]->from_source = true;
}

static mj_status run_file(void *ctx, int64_t first, int64_t last, int worker) {
  batch *b = ctx;
  (void)last;
  (void)worker;
  int at = b->order[first];
  char name[64] = "";
  mj_store *store = NULL;
  mj_error *err = &b->why[at];
  mj_table *t = &b->out->table[at];
  const statement *file = &b->file[at];
  strncpy(name, file->name, sizeof name - 1);
  name[strcspn(name, ".")] = 0;
  mj_status s = mj_store_open(&store, err);
  if (!s) s = mj_views_attach(&b->views, b->park, store, err);
  if (!s) s = mj_store_table(store, file->text, name, t, err);
  if (s == MJ_ERULE && file->query) s = mj_query_blame(file->query, mj_store_error_at(store), s, err);
  if (!s && file->query) keep_headings(t);
  else if (!s && type_columns(t)) s = mj_fail(err, MJ_ENOMEM, "out of memory");
  mj_store_close(store);
  return s;
}

static bool wanted(const char *const *only, const char *file) {
  if (!only) return true;
  for (; *only; only++)
    if (!strncmp(*only, file, strlen(*only)) && file[strlen(*only)] == '.') return true;
  return false;
}

/* A line "-- needs: enterprises.owner_type | parcels.owner_type": one of them must be there. */
static bool has_needs(const mj_park *park, const char *text) {
  static const char key[] = "-- needs:";
  for (const char *line = text; line && *line; line = strchr(line, '\n')) {
    if (*line == '\n') line++;
    if (strncmp(line, key, sizeof key - 1) != 0) continue;
    bool found = false;
    for (const char *at = line + sizeof key - 1; *at && *at != '\n' && !found;) {
      at += strspn(at, " |");
      size_t n = strcspn(at, " |\n");
      found = n && mj_views_given(park, at, n);
      at += n;
    }
    if (!found) return false;
  }
  return true;
}

/* What a statement costs, roughly: its length for every row of the largest table that it names. */
static double cost_of(const mj_park *park, const char *text) {
  int64_t rows = 0;
  for (int id = 0; id < MJ_TABLE_END; id++)
    if (park->table[id].n > rows && strstr(text, mj_table_id_name((mj_table_id)id))) rows = park->table[id].n;
  return (double)rows * (double)strlen(text);
}

/* Ours by their cost, so that no thread is left alone with a long one; then the user's in their order, of which the
 * first that fails is the one to name. */
static void set_order(batch *b, int n) {
  double cost[MJ_MAX_SUMMARIES];
  for (int i = 0; i < n; i++) {
    int at = i;
    double own = b->file[i].query ? -1 : cost_of(b->park, b->file[i].text);
    for (; at > 0 && own > cost[at - 1]; at--) {
      b->order[at] = b->order[at - 1];
      cost[at] = cost[at - 1];
    }
    b->order[at] = i;
    cost[at] = own;
  }
}

static mj_status run_batch(batch *b, const char *const *only, mj_error *err) {
  const mj_park *park = b->park;
  int n = 0;
  for (const mj_embedded *file = mj_embedded_sql; file->name && n < MJ_MAX_SUMMARIES; file++)
    if (wanted(only, file->name) && has_needs(park, file->text))
      b->file[n++] = (statement){file->name, file->text, NULL};
  for (int i = 0; i < park->n_queries && !only; i++) {
    if (n == MJ_MAX_SUMMARIES) return mj_fail(err, MJ_EINVAL, "more than %d summaries", MJ_MAX_SUMMARIES);
    b->file[n++] = (statement){park->queries[i].name, park->queries[i].text, &park->queries[i]};
  }
  for (int i = 0; i < n; i++) b->why[i].lang = err ? err->lang : MJ_EN;
  b->out->n = n;
  set_order(b, n);
  mj_status s = mj_parallel(park->project.threads, n, 1, run_file, b);
  for (int k = 0; k < n && s; k++) {
    int i = b->order[k];
    if (b->why[i].code && b->file[i].query) {
      if (err) *err = b->why[i];
      return s;
    } else if (b->why[i].code) {
      return mj_fail(err, s, "summary '%s': %s", b->file[i].name, b->why[i].message);
    }
  }
  return s ? mj_fail(err, s, "out of memory") : MJ_OK;
}

mj_status mj_summaries_run(const mj_park *park, const char *const *only, mj_summaries *out, mj_error *err) {
  batch *b = calloc(1, sizeof *b);
  if (!b) return mj_fail(err, MJ_ENOMEM, "out of memory");
  b->park = park;
  b->out = out;
  mj_status s = mj_views_open(park, &b->views, err);
  if (!s) s = run_batch(b, only, err);
  mj_views_reset(&b->views);
  free(b);
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
