#include <math.h>
#include <string.h>

#include "judge/grade_run.h"

/* Points of one indicator as a figure moves: slope x z between low and high, level outside. z is the figure, or one
   over it where less of it is better. */
typedef struct {
  double slope, low, high;
  bool ends; /* outside low .. high the formula itself changes (min-max) */
} term;
enum { MOST_TERMS = 64 };

typedef struct {
  term t[MOST_TERMS];
  int n;
} terms;

/* z at which the points have risen by @p gap from those at @p z; INFINITY: never. */
static double solve_up(const terms *s, double z, double gap) {
  for (;;) {
    double slope = 0, next = (double)INFINITY;
    bool ends = false;
    for (int j = 0; j < s->n; j++) {
      const term *t = &s->t[j];
      if (t->ends && z >= t->high) ends = true;
      if (z >= t->low && z < t->high) slope += t->slope;
      if (t->low > z && t->low < next) next = t->low;
      if (t->high > z && t->high < next) next = t->high;
    }
    if (ends) return (double)INFINITY;
    if (slope > 0 && gap <= slope * (next - z)) return z + gap / slope;
    if (isinf(next)) return (double)INFINITY;
    gap -= slope * (next - z);
    z = next;
  }
}

/* The same downwards; a figure does not fall below 0. */
static double solve_down(const terms *s, double z, double gap) {
  while (z > 0) {
    double slope = 0, next = 0;
    bool ends = false;
    for (int j = 0; j < s->n; j++) {
      const term *t = &s->t[j];
      if (t->ends && z <= t->low) ends = true;
      if (z > t->low && z <= t->high) slope += t->slope;
      if (t->low < z && t->low > next) next = t->low;
      if (t->high < z && t->high > next) next = t->high;
    }
    if (ends) break;
    if (slope > 0 && gap <= slope * (z - next)) return z - gap / slope;
    gap -= slope * (z - next);
    z = next;
  }
  return (double)INFINITY;
}

/* Does what others have, or the base, move along? Then nothing exact can be said. */
static bool stands(const mj_gr_scheme *s, const mj_gr_indicator *ind, const mj_gr_column *c, double value) {
  if (c->filled) return false;
  if (!s->min_max) return mj_gr_base_stands(s, ind);
  return !(value == c->low && c->n_low == 1) && !(value == c->high && c->n_high == 1);
}

/* The term of one indicator for a figure above (or below) its fraction; false: not to be told. */
static bool term_of(const mj_gr_work *w, const mj_gr_indicator *ind, const mj_gr_column *c, int64_t i, bool below,
                    term *out) {
  double above = w->value[c->measure][i], under = c->per >= 0 ? w->value[c->per][i] : 1;
  if (!stands(w->scheme, ind, c, above / under) || !(under > 0) || above < 0) return false;
  if (w->scheme->min_max) {
    double unit = below ? above : 1 / under; /* value = unit x z */
    if (ind->lower || !(c->high > c->low) || !(unit > 0)) return false;
    out->slope = ind->weight * (w->scheme->to - w->scheme->from) / 100 / (c->high - c->low) * unit;
    out->low = c->low / unit;
    out->high = c->high / unit;
    out->ends = true;
    return true;
  }
  double ratio = ind->lower ? (below ? c->base / above : c->base * under) : (below ? above : 1 / under) / c->base;
  if (!(c->base > 0) || !isfinite(ratio)) return false;
  out->slope = ind->weight * ratio;
  out->low = isnan(ind->floor) || !(ratio > 0) ? (double)-INFINITY : ind->floor / ratio;
  out->high = isnan(ind->cap) || !(ratio > 0) ? (double)INFINITY : ind->cap / ratio;
  return true;
}

static bool counts(const mj_gr_group *g, int k, int only) {
  if (only < 0) return true;
  const mj_gr_class *c = &g->cuts->cls[only];
  for (int i = 0; i < c->n_points; i++)
    if (!strcmp(c->points[i], g->ind[k].name)) return true;
  return false;
}

double mj_gr_change_needed(const mj_gr_work *w, const mj_gr_firm *f, int indicator, bool per, double gap, int only) {
  const mj_gr_group *g = &w->scheme->group[f->group];
  const mj_gr_field *field = &w->field[f->group];
  const mj_gr_column *own = &field->col[indicator];
  int64_t i = f - w->firm;
  int figure = per ? own->per : own->measure; /* the same SQL has the same number */
  double x = w->value[figure][i];
  bool inverse = per != g->ind[indicator].lower; /* less of it is better */
  terms s = {.n = 0};
  if (!(inverse ? x > 0 : x >= 0)) return (double)NAN;
  for (int k = 0; k < g->n; k++)
    for (int below = 0; below < 2; below++) {
      const mj_gr_column *c = &field->col[k];
      if ((below ? c->per : c->measure) != figure) continue;
      if ((below != g->ind[k].lower) != inverse || s.n == MOST_TERMS) return (double)NAN;
      if (isnan(mj_gr_value(w, c, i)) || !counts(g, k, only)) continue; /* its points stay */
      if (!term_of(w, &g->ind[k], c, i, below, &s.t[s.n])) return (double)NAN;
      s.n++;
    }
  double z = inverse ? 1 / x : x;
  double moved = gap > 0 ? solve_up(&s, z, gap) : solve_down(&s, z, -gap);
  return isinf(moved) ? moved : inverse ? 1 / moved - x : moved - x;
}

double mj_gr_value_needed(const mj_gr_work *w, const mj_gr_firm *f, int indicator, double gap) {
  const mj_gr_scheme *s = w->scheme;
  const mj_gr_indicator *ind = &s->group[f->group].ind[indicator];
  const mj_gr_column *c = &w->field[f->group].col[indicator];
  int64_t i = f - w->firm;
  double points = c->points[i] + gap, value = mj_gr_value(w, c, i);
  if (!stands(s, ind, c, value) || !(ind->weight > 0)) return (double)NAN;
  if (s->min_max) {
    double t = (points * 100 / ind->weight - s->from) / (s->to - s->from);
    if (!(t >= 0 && t <= 1) || isnan(value)) return (double)(isnan(t) || isnan(value) ? NAN : INFINITY);
    return ind->lower ? c->high - t * (c->high - c->low) : c->low + t * (c->high - c->low);
  }
  double ratio = points / ind->weight;
  if (ratio > ind->cap || (gap < 0 && ratio < ind->floor)) return (double)INFINITY;
  if (ind->lower) return ratio > 0 ? c->base / ratio : (double)INFINITY;
  return ratio * c->base;
}
