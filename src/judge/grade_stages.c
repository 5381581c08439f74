#include "judge/grade_stages.h"

#include <math.h>
#include <stdlib.h>

#include "judge/grade_level.h"

/* Rows times events that are walked through: some seconds. */
enum { MOST_STEPS = 50000000 };

typedef struct {
  const mj_gr_stages *in;
  double *at, *slope, *first, *sorted; /* [n] */
  bool *above;                         /* [n] */
  int64_t *member;                     /* [n] */
  bool *upper;                         /* [n] */
  int *cls;                            /* [n] where the walk stands */
} walk;

static double value(const mj_gr_stages *s, int key, int64_t i, double x) {
  return s->at[key][i] + s->slope[key][i] * x;
}

static int falling(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return x > y ? -1 : x < y;
}

/* above[i] of the n members: does its key stand before the border behind place k? */
static void sides(walk *w, int key, int64_t n, int64_t k, double x) {
  for (int64_t i = 0; i < n; i++) w->sorted[i] = value(w->in, key, w->member[i], x);
  qsort(w->sorted, (size_t)n, sizeof *w->sorted, falling);
  for (int64_t i = 0; i < n; i++) {
    double own = value(w->in, key, w->member[i], x);
    if (w->in->ties_worse) w->above[i] = k >= 1 && (k >= n || own > w->sorted[k]);
    else w->above[i] = k >= 1 && (k >= n || own >= w->sorted[k - 1]);
  }
}

/* How far it is from x until a member crosses that border; above is filled. */
static mj_status next_crossing(walk *w, int key, int64_t n, int64_t k, double x, double *near) {
  int64_t place = w->in->ties_worse ? k + 1 : k;
  if (k < 1 || place > n) return MJ_OK;
  for (int64_t i = 0; i < n; i++) {
    w->at[i] = value(w->in, key, w->member[i], x);
    w->slope[i] = w->in->slope[key][w->member[i]];
  }
  mj_gr_lines lines = {w->at, w->slope, n, place, w->in->ties_worse, fmin(w->in->reach - x, *near), w->in->least};
  if (!(lines.reach > w->in->least)) return MJ_OK;
  MJ_TRY(mj_gr_crossings(&lines, w->above, w->first));
  for (int64_t i = 0; i < n; i++) *near = fmin(*near, w->first[i]);
  return MJ_OK;
}

static int64_t gather(walk *w, bool upper) {
  int64_t n = 0;
  for (int64_t i = 0; i < w->in->n; i++)
    if (w->upper[i] == upper) w->member[n++] = i;
  return n;
}

/* Classes just beyond x, and how far it is to the next change of them. */
static mj_status stand(walk *w, double x, double *near) {
  const mj_gr_stages *s = w->in;
  *near = (double)INFINITY;
  for (int64_t i = 0; i < s->n; i++) w->member[i] = i;
  sides(w, 0, s->n, s->upper, x);
  MJ_TRY(next_crossing(w, 0, s->n, s->upper, x, near));
  for (int64_t i = 0; i < s->n; i++) w->upper[i] = w->above[i];
  for (int lower = 0; lower < 2; lower++) {
    int64_t n = gather(w, !lower), k = lower ? n - s->worst : s->best;
    sides(w, 1 + lower, n, k, x);
    MJ_TRY(next_crossing(w, 1 + lower, n, k, x, near));
    for (int64_t i = 0; i < n; i++) w->cls[w->member[i]] = lower + !w->above[i];
  }
  return MJ_OK;
}

/* From event to event; each is passed by a stretch that is one point. */
static mj_status go(walk *w, const int *now, double *first, int *to) {
  const mj_gr_stages *s = w->in;
  int64_t steps = MOST_STEPS, left = s->n;
  double x = 0, near, pass = 2 * s->least;
  for (int64_t i = 0; i < s->n; i++) first[i] = (double)INFINITY;
  for (double event = 0; left && x + pass < s->reach; event = x + near, x = event) {
    x += pass;
    MJ_TRY(stand(w, x, &near));
    for (int64_t i = 0; i < s->n; i++)
      if (isinf(first[i]) && w->cls[i] != now[i]) {
        first[i] = event;
        to[i] = w->cls[i];
        left--;
      }
    if (isinf(near)) break;
    if ((steps -= s->n) < 0) return MJ_EINVAL;
  }
  return MJ_OK;
}

mj_status mj_gr_stage_flips(const mj_gr_stages *stages, const int *now, double *first, int *to) {
  size_t n = (size_t)stages->n + 1;
  walk w = {.in = stages};
  w.at = malloc(4 * n * sizeof *w.at);
  w.above = malloc(2 * n * sizeof *w.above);
  w.member = malloc(n * sizeof *w.member);
  w.cls = malloc(n * sizeof *w.cls);
  mj_status status = w.at && w.above && w.member && w.cls ? MJ_OK : MJ_ENOMEM;
  if (!status) {
    w.slope = w.at + n;
    w.first = w.at + 2 * n;
    w.sorted = w.at + 3 * n;
    w.upper = w.above + n;
    status = go(&w, now, first, to);
  }
  free(w.at);
  free(w.above);
  free(w.member);
  free(w.cls);
  return status;
}
