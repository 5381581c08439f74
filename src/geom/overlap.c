#include "geom/overlap.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/parallel.h"
#include "geom/clip.h"

enum { ROWS_A_CHUNK = 512, PAIRS_A_CHUNK = 1024 };

typedef struct {
  mj_clip_side a, other;
  const mj_clip_side *b; /* a itself, or other */
  mj_grid grid;
  mj_pairs *found;          /* [chunks of rows] candidates of each chunk */
  mj_rows *rows;            /* [workers] */
  mj_clip_scratch *scratch; /* [workers] */
  int workers;
  mj_pair *pair; /* candidates, all */
} work;

void mj_pairs_reset(mj_pairs *pairs) {
  free(pairs->pair);
  *pairs = (mj_pairs){0};
}

static mj_status reserve(mj_pairs *pairs, int64_t more) {
  if (pairs->cap - pairs->n >= more) return MJ_OK;
  int64_t cap = pairs->n + more > 2 * pairs->cap ? pairs->n + more : 2 * pairs->cap;
  mj_pair *bigger = realloc(pairs->pair, (size_t)cap * sizeof *bigger);
  if (!bigger) return MJ_ENOMEM;
  pairs->pair = bigger;
  pairs->cap = cap;
  return MJ_OK;
}

static mj_status find_range(void *ctx, int64_t first, int64_t last, int worker) {
  work *w = ctx;
  mj_pairs *out = &w->found[first / ROWS_A_CHUNK];
  mj_rows *rows = &w->rows[worker];
  for (int64_t i = first; i < last; i++) {
    MJ_TRY(mj_grid_find(&w->grid, &w->a.box[i], rows));
    MJ_TRY(reserve(out, rows->n));
    int64_t k = 0;
    while (w->b == &w->a && k < rows->n && rows->row[k] <= i) k++; /* ascending: each pair once, no row with itself */
    for (; k < rows->n; k++) out->pair[out->n++] = (mj_pair){(int32_t)i, rows->row[k], 0};
  }
  return MJ_OK;
}

static mj_status measure_range(void *ctx, int64_t first, int64_t last, int worker) {
  work *w = ctx;
  for (int64_t k = first; k < last; k++) {
    mj_pair *pair = &w->pair[k];
    MJ_TRY(mj_clip_area(&w->a, pair->a, w->b, pair->b, &w->scratch[worker], &pair->area));
  }
  return MJ_OK;
}

static mj_status prepare(work *w, const mj_polys *a, const mj_polys *b, int threads, int64_t chunks) {
  MJ_TRY(mj_clip_prepare(a, threads, &w->a));
  if (b) MJ_TRY(mj_clip_prepare(b, threads, &w->other));
  w->b = b ? &w->other : &w->a;
  MJ_TRY(mj_grid_build(w->b->box, b ? b->n : a->n, w->a.box, a->n, threads, &w->grid));
  w->workers = mj_threads(threads);
  w->found = calloc((size_t)chunks + 1, sizeof *w->found);
  w->rows = calloc((size_t)w->workers, sizeof *w->rows);
  w->scratch = calloc((size_t)w->workers, sizeof *w->scratch);
  if (!w->found || !w->rows || !w->scratch) return MJ_ENOMEM;
  for (int i = 0; i < w->workers; i++) MJ_TRY(mj_clip_scratch_init(&w->a, w->b, &w->scratch[i]));
  return MJ_OK;
}

static void release(work *w, int64_t chunks) {
  for (int i = 0; i < w->workers; i++) {
    if (w->rows) free(w->rows[i].row);
    if (w->scratch) mj_clip_scratch_reset(&w->scratch[i]);
  }
  for (int64_t c = 0; w->found && c < chunks; c++) mj_pairs_reset(&w->found[c]);
  free(w->rows);
  free(w->scratch);
  free(w->found);
  mj_grid_reset(&w->grid);
  mj_clip_reset(&w->a);
  mj_clip_reset(&w->other);
}

/* The candidates of all chunks behind what the list holds already, in order. */
static mj_status gather(work *w, int64_t chunks, mj_pairs *out) {
  int64_t total = 0;
  for (int64_t c = 0; c < chunks; c++) total += w->found[c].n;
  MJ_TRY(reserve(out, total));
  for (int64_t c = 0; c < chunks; c++) {
    if (w->found[c].n) memcpy(out->pair + out->n, w->found[c].pair, (size_t)w->found[c].n * sizeof *out->pair);
    out->n += w->found[c].n;
    mj_pairs_reset(&w->found[c]);
  }
  return MJ_OK;
}

/* b NULL: a with itself. */
static mj_status find_pairs(const mj_polys *a, const mj_polys *b, int threads, mj_pairs *out) {
  work w = {0};
  int64_t before = out->n, kept = before, chunks = a->n ? (a->n - 1) / ROWS_A_CHUNK + 1 : 0;
  if (a->n > INT32_MAX || (b && b->n > INT32_MAX)) return MJ_ENOMEM;
  mj_status status = prepare(&w, a, b, threads, chunks);
  if (!status) status = mj_parallel(threads, a->n, ROWS_A_CHUNK, find_range, &w);
  if (!status) status = gather(&w, chunks, out);
  if (!status && out->n > before) {
    w.pair = out->pair + before;
    status = mj_parallel(threads, out->n - before, PAIRS_A_CHUNK, measure_range, &w);
  }
  for (int64_t k = before; k < out->n && !status; k++)
    if (out->pair[k].area != 0) out->pair[kept++] = out->pair[k];
  out->n = kept;
  release(&w, chunks);
  return status;
}

mj_status mj_overlap_pairs(const mj_polys *a, const mj_polys *b, int threads, mj_pairs *out) {
  return find_pairs(a, b, threads, out);
}

mj_status mj_overlap_self(const mj_polys *polys, int threads, mj_pairs *out) {
  return find_pairs(polys, NULL, threads, out);
}
