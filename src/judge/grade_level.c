#include "judge/grade_level.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Equal lines are one with their number. */
typedef struct {
  double at, slope;
  int64_t many;
  double first;
  bool above;
} line;

typedef struct {
  double height;
  int64_t many;
} weighed;

/* Few enough that all their crossings are looked at. */
enum { FEW = 12 };

typedef struct {
  const mj_gr_lines *in;
  line *all;
  int64_t n, budget; /* windows that may yet be looked at: no more than some for each line */
  int32_t *live;     /* the lines of a window, those of its halves behind them */
  int64_t cap;
  weighed *scratch; /* [n] */
} sweep;

static double height(const line *l, double x) { return l->at + l->slope * x; }

static int falling(const void *a, const void *b) {
  const line *x = *(const line *const *)a, *y = *(const line *const *)b;
  if (x->at != y->at) return x->at > y->at ? -1 : 1;
  return x->slope > y->slope ? -1 : x->slope < y->slope;
}

static int rising(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return x < y ? -1 : x > y;
}

/* The k-th highest, each counted as often as it stands for. Moves the items. */
static double select_kth(weighed *v, int64_t n, int64_t k) {
  for (;;) {
    double a = v[0].height, b = v[n / 2].height, c = v[n - 1].height;
    double pivot = fmax(fmin(a, b), fmin(fmax(a, b), c));
    int64_t higher = 0, equal = 0, n_higher = 0, lower = n;
    for (int64_t i = 0; i < lower;) { /* [0, higher) above the pivot, [higher, i) equal, [lower, n) below */
      weighed item = v[i];
      if (item.height > pivot) {
        n_higher += item.many;
        v[i++] = v[higher];
        v[higher++] = item;
      } else if (item.height < pivot) {
        v[i] = v[--lower];
        v[lower] = item;
      } else {
        equal += item.many;
        i++;
      }
    }
    if (k <= n_higher) {
      n = higher;
    } else if (k <= n_higher + equal) {
      return pivot;
    } else {
      k -= n_higher + equal;
      v += lower;
      n -= lower;
    }
  }
}

static void settle(line *l, bool above, double x) {
  if (above != l->above && isinf(l->first)) l->first = x;
}

static bool is_above(const sweep *s, double y, double border) {
  return s->in->on_it_is_below ? y > border : y >= border;
}

/* Sides of the lines of a stretch without crossings. */
static void look(sweep *s, const int32_t *live, int64_t n, int64_t k, double from, double to) {
  double x = from + (to - from) / 2;
  for (int64_t i = 0; i < n; i++) s->scratch[i] = (weighed){height(&s->all[live[i]], x), s->all[live[i]].many};
  double border = select_kth(s->scratch, n, k);
  for (int64_t i = 0; i < n; i++) settle(&s->all[live[i]], is_above(s, height(&s->all[live[i]], x), border), from);
}

/* Every crossing of few lines, from left to right. */
static void look_closely(sweep *s, const int32_t *live, int64_t n, int64_t k, double from, double to) {
  double cut[FEW * FEW / 2 + 2];
  int cuts = 0;
  cut[cuts++] = from;
  for (int64_t i = 0; i < n; i++)
    for (int64_t j = 0; j < i; j++) {
      const line *a = &s->all[live[i]], *b = &s->all[live[j]];
      double x = (b->at - a->at) / (a->slope - b->slope);
      if (x > from && x < to) cut[cuts++] = x;
    }
  qsort(cut + 1, (size_t)cuts - 1, sizeof *cut, rising);
  cut[cuts] = to;
  for (int c = 0; c < cuts; c++)
    if (cut[c + 1] - cut[c] > s->in->least) look(s, live, n, k, cut[c], cut[c + 1]);
}

static bool room_for(sweep *s, int64_t n) {
  if (n <= s->cap) return true;
  int32_t *grown = realloc(s->live, (size_t)n * 2 * sizeof *grown);
  if (!grown) return false;
  s->live = grown;
  s->cap = n * 2;
  return true;
}

/* The border as the k-th highest of live[first .. first + n) between two places. */
static mj_status look_between(sweep *s, int64_t first, int64_t n, int64_t k, double from, double to) {
  if (to - from <= s->in->least) return MJ_OK;
  if (s->budget-- <= 0) return MJ_EINVAL;
  if (!room_for(s, first + 2 * n)) return MJ_ENOMEM;
  double bound[2]; /* the border stays between the k-th of what each line has at least and at most */
  for (int most = 0; most < 2; most++) {
    for (int64_t i = 0; i < n; i++) {
      const line *l = &s->all[s->live[first + i]];
      double a = height(l, from), b = height(l, to);
      s->scratch[i] = (weighed){most ? fmax(a, b) : fmin(a, b), l->many};
    }
    bound[most] = select_kth(s->scratch, n, k);
  }
  int64_t next = first + n, kept = 0;
  for (int64_t i = 0; i < n; i++) {
    int32_t at = s->live[first + i];
    line *l = &s->all[at];
    double a = height(l, from), b = height(l, to);
    if (fmin(a, b) > bound[1]) {
      settle(l, true, from);
      k -= l->many;
    } else if (fmax(a, b) < bound[0]) {
      settle(l, false, from);
    } else {
      s->live[next + kept++] = at;
    }
  }
  if (kept <= FEW) {
    look_closely(s, s->live + next, kept, k, from, to);
    return MJ_OK;
  }
  double middle = from + (to - from) / 2;
  MJ_TRY(look_between(s, next, kept, k, from, middle));
  return look_between(s, next, kept, k, middle, to);
}

/* Equal lines become one; group[i] is the place of line i in s->all. */
static void merge(sweep *s, const line *given, const line **order, int32_t *group, const bool *above) {
  for (int64_t i = 0; i < s->in->n; i++) order[i] = &given[i];
  qsort(order, (size_t)s->in->n, sizeof *order, falling);
  for (int64_t i = 0; i < s->in->n; i++) {
    if (!i || falling(&order[i - 1], &order[i])) {
      s->all[s->n] = *order[i];
      s->all[s->n].above = above[order[i] - given];
      s->n++;
    }
    s->all[s->n - 1].many++;
    group[order[i] - given] = (int32_t)(s->n - 1);
  }
}

mj_status mj_gr_crossings(const mj_gr_lines *in, const bool *above, double *first) {
  size_t n = (size_t)in->n + 1;
  sweep s = {.in = in, .budget = 4096 + 64 * in->n, .cap = in->n};
  line *given = malloc(n * sizeof *given);
  const line **order = malloc(n * sizeof *order);
  int32_t *group = malloc(n * sizeof *group);
  s.all = malloc(n * sizeof *s.all);
  s.live = malloc(n * sizeof *s.live);
  s.scratch = malloc(n * sizeof *s.scratch);
  mj_status status = given && order && group && s.all && s.live && s.scratch ? MJ_OK : MJ_ENOMEM;
  if (!status) {
    for (int64_t i = 0; i < in->n; i++) given[i] = (line){in->at[i], in->slope[i], 0, (double)INFINITY, false};
    merge(&s, given, order, group, above);
    for (int64_t i = 0; i < s.n; i++) s.live[i] = (int32_t)i;
    if (s.n) status = look_between(&s, 0, s.n, in->k, 0, in->reach);
    for (int64_t i = 0; i < in->n; i++) first[i] = s.all[group[i]].first;
  }
  free(given);
  free(order);
  free(group);
  free(s.all);
  free(s.live);
  free(s.scratch);
  return status;
}
