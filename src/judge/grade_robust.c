#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "judge/grade_run.h"

/* The part of a group that is an outlier on either side: said in docs/methods.md, not in any document. */
static const double TAIL = 0.05;

static int rising(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return x < y ? -1 : x > y;
}

double mj_gr_quantile(const double *v, int64_t n, double p) {
  if (n < 1) return (double)NAN;
  double at = (double)(n - 1) * p;
  int64_t below = (int64_t)at;
  return below + 1 < n ? v[below] + (at - (double)below) * (v[below + 1] - v[below]) : v[n - 1];
}

/* Known values of those that are members for certain, of this year or the last; sorted. */
static int64_t values_of(const mj_gr_work *w, int group, int k, bool last_year, double *out) {
  const mj_gr_column *c = &w->field[group].col[k];
  int64_t n = 0;
  for (int64_t i = last_year ? w->n : 0; i < (last_year ? w->n_all : w->n); i++) {
    double v = mj_gr_value(w, c, i);
    if (!isnan(v) && mj_gr_belongs(w, i, group)) out[n++] = v;
  }
  qsort(out, (size_t)n, sizeof *out, rising);
  return n;
}

void mj_gr_robust_column(const mj_gr_work *w, int group, int k, double *room) {
  const mj_gr_indicator *ind = &w->scheme->group[group].ind[k];
  mj_gr_column *c = &w->field[group].col[k];
  int64_t n;
  if (w->scheme->min_max) {
    n = values_of(w, group, k, false, room);
    c->low = mj_gr_quantile(room, n, TAIL);
    c->high = mj_gr_quantile(room, n, 1 - TAIL);
    c->clip = true;
    return;
  }
  if (ind->base.kind == MJ_GR_MEAN) {
    n = values_of(w, group, k, ind->base.last_year, room);
    c->base = ind->base.times * mj_gr_quantile(room, n, 0.5);
  }
  if (!isnan(ind->cap) || !(c->base > 0)) return;
  n = values_of(w, group, k, false, room);
  int64_t known = 0;
  for (int64_t i = 0; i < n; i++)
    if (!ind->lower || room[i] > 0) room[known++] = ind->lower ? c->base / room[i] : room[i] / c->base;
  qsort(room, (size_t)known, sizeof *room, rising);
  c->cap = mj_gr_quantile(room, known, 1 - TAIL);
}

/* A second work over the same rows. */
static mj_status copy_work(const mj_gr_work *w, mj_gr_work *r, mj_error *err) {
  mj_arena *arena = &w->run->arena;
  *r = *w;
  r->is_robust = true;
  r->field = mj_arena_alloc(arena, (size_t)w->scheme->n_groups + 1, sizeof *r->field);
  r->firm = mj_arena_alloc(arena, (size_t)w->n + 1, sizeof *r->firm);
  if (!r->field || !r->firm) return mj_fail(err, MJ_ENOMEM, "out of memory");
  memcpy(r->firm, w->firm, (size_t)w->n * sizeof *r->firm);
  for (int g = 0; g < w->scheme->n_groups; g++) {
    size_t n = (size_t)w->scheme->group[g].n;
    r->field[g] = w->field[g];
    r->field[g].col = mj_arena_alloc(arena, n + 1, sizeof *r->field[g].col);
    if (!r->field[g].col) return mj_fail(err, MJ_ENOMEM, "out of memory");
    memcpy(r->field[g].col, w->field[g].col, n * sizeof *r->field[g].col);
  }
  return MJ_OK;
}

static const char *class_of(const mj_gr_work *r, const mj_gr_firm *f) {
  if (f->exempt) return f->exempt->cls;
  return f->cls >= 0 ? r->scheme->group[f->group].cuts->cls[f->cls].name : NULL;
}

/* Only its scores and classes stay. */
mj_status mj_gr_robust(mj_gr_work *w, mj_error *err) {
  mj_gr_work r;
  w->robust = mj_arena_alloc(&w->run->arena, (size_t)w->n + 1, sizeof *w->robust);
  if (!w->robust) return mj_fail(err, MJ_ENOMEM, "out of memory");
  mj_arena kept = w->run->arena;
  w->run->arena = (mj_arena){.page_size = kept.page_size};
  mj_status status = copy_work(w, &r, err);
  if (!status) status = mj_gr_score(&r, err);
  if (!status) status = mj_gr_cut(&r, err);
  for (int64_t i = 0; !status && i < w->n; i++)
    w->robust[i] = (mj_gr_robust_row){r.firm[i].score, class_of(&r, &r.firm[i])};
  mj_arena_reset(&w->run->arena);
  w->run->arena = kept;
  return status;
}
