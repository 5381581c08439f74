#include "judge/run.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "base/parallel.h"
#include "base/text.h"

enum { CHUNK_ROWS = 16384 };
static const char rows_name[] = "mj_rows", firms_name[] = "mj_firms";

static bool has_column(const mj_table *table, const char *name) { return mj_table_find(table, name) != NULL; }

/* Table @p id as rules see it: the park's columns, then those that did not come. A table that was not given has no
 * rows. */
static mj_status build_view(mj_rb_run *run, mj_table_id id) {
  const mj_table *table = &run->park->table[id];
  mj_table *view = &run->view[id];
  const char *name = mj_table_id_name(id);
  *view = (mj_table){.name = name, .n = table->n};
  view->columns =
      mj_arena_alloc(&run->arena, (size_t)table->n_columns + (size_t)run->n_fields + 1, sizeof *view->columns);
  if (!view->columns) return MJ_ENOMEM;
  for (int32_t i = 0; i < table->n_columns; i++) view->columns[view->n_columns++] = table->columns[i];
  for (int i = 0; i < run->n_fields; i++) {
    mj_rb_field *f = &run->field[i];
    if (strcmp(f->table, name) || has_column(view, f->name)) continue;
    if (!f->absent) f->absent = mj_arena_alloc(&run->arena, 1, sizeof *f->absent);
    if (!f->absent) return MJ_ENOMEM;
    f->absent->name = f->name;
    f->absent->type = f->type;
    view->columns[view->n_columns++] = f->absent;
  }
  return MJ_OK;
}

void mj_rb_run_forget(mj_rb_run *run) {
  for (int i = 0; i < MJ_RB_WORKERS; i++) {
    mj_store_close(run->store[i]);
    run->store[i] = NULL;
  }
}

mj_status mj_rb_run_refresh(mj_rb_run *run, mj_error *err) {
  mj_rb_run_forget(run);
  if (build_view(run, MJ_PARCELS) || build_view(run, MJ_ENTERPRISES)) return mj_fail(err, MJ_ENOMEM, "out of memory");
  run->rows = run->view[MJ_PARCELS];
  run->rows.name = rows_name;
  run->firms = run->view[MJ_ENTERPRISES];
  run->firms.name = firms_name;
  return MJ_OK;
}

mj_status mj_rb_run_open(mj_rb_run *run, mj_park *park, mj_error *err) {
  *run = (mj_rb_run){.park = park, .texts = &park->arena, .threads = park->project.threads, .year = park->project.year};
  MJ_TRY(mj_rb_read_fields(run, err));
  for (int id = 0; id < MJ_REASONS; id++)
    if (build_view(run, (mj_table_id)id)) return mj_fail(err, MJ_ENOMEM, "out of memory");
  return mj_rb_run_refresh(run, err);
}

void mj_rb_run_close(mj_rb_run *run) {
  mj_rb_run_forget(run);
  mj_arena_reset(&run->arena);
}

void mj_rb_run_book(mj_rb_run *run, const mj_rulebook *book) { run->book = book; }

static mj_status attach_all(mj_rb_run *run, mj_store *store, mj_error *err) {
  for (int id = 0; id < MJ_REASONS; id++) MJ_TRY(mj_store_attach(store, &run->view[id], err));
  MJ_TRY(mj_store_attach(store, &run->rows, err));
  return mj_store_attach(store, &run->firms, err);
}

static mj_status bind_all(mj_rb_run *run, mj_store *store, mj_error *err) {
  char as_of[11];
  mj_store_unbind(store);
  mj_date_format(run->park->project.as_of, as_of);
  MJ_TRY(mj_store_bind(store, "as_of", as_of, 0, err));
  MJ_TRY(mj_store_bind(store, "year", NULL, run->year, err));
  for (int i = 0; run->book && i < run->book->n_limits; i++) {
    const mj_rb_limit *l = &run->book->limit[i];
    if (!l->overridden) MJ_TRY(mj_store_bind(store, l->name, l->text, l->number, err));
  }
  for (int i = 0; run->book && i < run->book->n_targets; i++)
    MJ_TRY(mj_store_bind(store, run->book->target[i].name, NULL, run->book->target[i].target, err));
  return MJ_OK;
}

mj_status mj_rb_run_store(mj_rb_run *run, int worker, mj_store **out, mj_error *err) {
  mj_store *store = run->store[worker];
  bool fresh = !store;
  if (fresh) MJ_TRY(mj_store_open(&store, err));
  run->store[worker] = NULL; /* until it is filled */
  mj_status status = fresh ? attach_all(run, store, err) : MJ_OK;
  if (!status && (fresh || run->store_book[worker] != run->book)) status = bind_all(run, store, err);
  if (status) {
    mj_store_close(store);
    return status;
  }
  *out = run->store[worker] = store;
  run->store_book[worker] = run->book;
  return MJ_OK;
}

/* What one call of mj_rb_select shares between its threads. */
typedef struct {
  mj_rb_run *run;
  const char *sql, *rows;
  const int64_t *visit;
  mj_rb_row_fn fn;
  void *user;
  pthread_mutex_t lock; /* guards the two below */
  int64_t failed_at;
  mj_error *err;
} select_ctx;

typedef struct {
  const select_ctx *ctx;
  int64_t first;
  int worker;
  mj_error *err;
} chunk_ctx;

static mj_status chunk_row(void *user, int64_t row, int n, const mj_sql_value *value) {
  const chunk_ctx *chunk = user;
  const select_ctx *ctx = chunk->ctx;
  (void)n;
  row += chunk->first;
  return ctx->fn(ctx->user, chunk->worker, ctx->visit ? ctx->visit[row] : row, value, chunk->err);
}

static mj_status select_chunk(void *user, int64_t first, int64_t last, int worker) {
  select_ctx *ctx = user;
  mj_error own = {.lang = ctx->err ? ctx->err->lang : MJ_EN};
  chunk_ctx chunk = {ctx, first, worker, &own};
  mj_store *store;
  mj_status status = mj_rb_run_store(ctx->run, worker, &store, &own);
  if (!status) status = mj_store_visit(store, ctx->rows, ctx->visit, first, last, &own);
  if (!status) status = mj_store_query(store, ctx->sql, chunk_row, &chunk, &own);
  if (!status) return MJ_OK;
  pthread_mutex_lock(&ctx->lock); /* the lowest chunk's message, whatever the threads do */
  if (ctx->err && (ctx->failed_at < 0 || first < ctx->failed_at)) {
    ctx->failed_at = first;
    *ctx->err = own;
  }
  pthread_mutex_unlock(&ctx->lock);
  return status;
}

static mj_status select_rows(mj_rb_run *run, const char *rows, const char *called, const char *exprs,
                             const int64_t *visit, int64_t n, mj_rb_row_fn fn, void *user, mj_error *err) {
  mj_text sql = {0};
  /* the alias lets a rule write parcels.x, and a subquery over parcels still sees every row */
  mj_text_format(&sql, "SELECT %s FROM %s AS %s", exprs, rows, called);
  if (sql.failed) return mj_fail(err, MJ_ENOMEM, "out of memory");
  select_ctx ctx = {
      .run = run, .sql = sql.data, .rows = rows, .visit = visit, .fn = fn, .user = user, .failed_at = -1, .err = err};
  pthread_mutex_init(&ctx.lock, NULL);
  mj_status status = n ? mj_parallel(run->threads, n, CHUNK_ROWS, select_chunk, &ctx) : MJ_OK;
  pthread_mutex_destroy(&ctx.lock);
  mj_text_reset(&sql);
  return status;
}

mj_status mj_rb_select(mj_rb_run *run, const char *exprs, const int64_t *visit, int64_t n, mj_rb_row_fn fn, void *user,
                       mj_error *err) {
  if (run->subject == MJ_ENTERPRISES) return mj_rb_select_firms(run, exprs, visit, n, fn, user, err);
  return select_rows(run, rows_name, "parcels", exprs, visit, n, fn, user, err);
}

mj_status mj_rb_select_firms(mj_rb_run *run, const char *exprs, const int64_t *visit, int64_t n, mj_rb_row_fn fn,
                             void *user, mj_error *err) {
  return select_rows(run, firms_name, "enterprises", exprs, visit, n, fn, user, err);
}
