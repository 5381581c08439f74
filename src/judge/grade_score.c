#include <math.h>
#include <string.h>

#include "judge/grade_run.h"

double mj_gr_value(const mj_gr_work *w, const mj_gr_column *c, int64_t i) {
  double v = w->value[c->measure][i];
  if (c->per < 0) return v;
  double per = w->value[c->per][i];
  return per != 0 ? v / per : (double)NAN;
}

bool mj_gr_base_stands(const mj_gr_scheme *s, const mj_gr_indicator *ind) {
  if (s->min_max) return false;
  return ind->base.kind == MJ_GR_NUMBER || (ind->base.kind == MJ_GR_MEAN && ind->base.last_year);
}

double mj_gr_points(const mj_gr_scheme *s, const mj_gr_indicator *ind, const mj_gr_column *c, double value) {
  if (s->min_max) {
    if (c->clip) value = value < c->low ? c->low : value > c->high ? c->high : value;
    double t = (ind->lower ? c->high - value : value - c->low) / (c->high - c->low);
    return c->high > c->low ? ind->weight * (s->from + (s->to - s->from) * t) / 100 : (double)NAN;
  }
  double ratio = value / c->base;
  if (ind->lower) ratio = value > 0 ? c->base / value : value == 0 && !isnan(ind->cap) ? c->cap : (double)NAN;
  if (!(c->base > 0) || isnan(ratio)) return (double)NAN;
  if (ratio > c->cap) ratio = c->cap;
  if (ratio < ind->floor) ratio = ind->floor;
  return ind->weight * ratio;
}

bool mj_gr_belongs(const mj_gr_work *w, int64_t i, int group) {
  if (i < w->n) return w->firm[i].group == group && !w->firm[i].repeated;
  for (int e = 0; e < w->scheme->n_exempt; e++)
    if (w->value[w->exempt + e][i] != 0) return false; /* NaN too */
  for (int g = 0; g < group; g++)
    if (w->value[w->field[g].when][i] != 0) return false;
  double when = w->value[w->field[group].when][i];
  return when != 0 && !isnan(when);
}

static double mean_of_group(const mj_gr_work *w, int group, int k) {
  const mj_gr_base *base = &w->scheme->group[group].ind[k].base;
  const mj_gr_column *c = &w->field[group].col[k];
  double sum = 0, under = 0;
  for (int64_t i = base->last_year ? w->n : 0; i < (base->last_year ? w->n_all : w->n); i++) {
    double v = mj_gr_value(w, c, i);
    if (isnan(v) || !mj_gr_belongs(w, i, group)) continue;
    sum += base->totals ? w->value[c->measure][i] : v;
    under += base->totals && c->per >= 0 ? w->value[c->per][i] : 1;
  }
  return under > 0 ? base->times * sum / under : (double)NAN;
}

static void range_of_group(const mj_gr_work *w, const mj_gr_field *field, mj_gr_column *c) {
  c->low = c->high = (double)NAN;
  for (int64_t m = 0; m < field->n; m++) {
    double v = w->firm[field->member[m]].repeated ? (double)NAN : mj_gr_value(w, c, field->member[m]);
    if (isnan(v)) continue;
    if (!(v >= c->low)) c->n_low = 0;
    if (!(v >= c->low)) c->low = v;
    if (!(v <= c->high)) c->n_high = 0;
    if (!(v <= c->high)) c->high = v;
    c->n_low += v == c->low;
    c->n_high += v == c->high;
  }
}

void mj_gr_fill_points(const mj_gr_work *w, const mj_gr_field *field, const mj_gr_indicator *ind, mj_gr_column *c) {
  double sum = 0;
  int64_t known = 0;
  for (int64_t m = 0; m < field->n; m++) {
    int64_t i = field->member[m];
    double v = mj_gr_value(w, c, i);
    c->points[i] = isnan(v) ? (double)NAN : mj_gr_points(w->scheme, ind, c, v);
    if (isnan(v) && ind->missing == MJ_GR_MISSING_ZERO && !isnan(ind->weight)) c->points[i] = 0;
    if (isnan(c->points[i]) || w->firm[i].repeated) continue;
    sum += c->points[i];
    known++;
  }
  if (ind->missing != MJ_GR_MISSING_MEAN || !known) return;
  for (int64_t m = 0; m < field->n; m++) {
    int64_t i = field->member[m];
    if (!isnan(mj_gr_value(w, c, i))) continue;
    c->points[i] = sum / (double)known;
    c->filled++;
  }
}

/* A base that one SQL value gives is there already. */
static void score_group(const mj_gr_work *w, int g, double *room) {
  const mj_gr_group *group = &w->scheme->group[g];
  mj_gr_field *field = &w->field[g];
  for (int k = 0; k < group->n; k++) {
    mj_gr_column *c = &field->col[k];
    if (group->ind[k].base.kind == MJ_GR_NUMBER) c->base = group->ind[k].base.number;
    if (group->ind[k].base.kind == MJ_GR_MEAN) c->base = mean_of_group(w, g, k);
    if (w->scheme->min_max) range_of_group(w, field, c);
    c->cap = group->ind[k].cap;
    if (w->is_robust) mj_gr_robust_column(w, g, k, room);
    mj_gr_fill_points(w, field, &group->ind[k], c);
  }
  for (int64_t m = 0; m < field->n; m++) {
    int64_t i = field->member[m];
    mj_gr_firm *f = &w->firm[i];
    f->score = f->repeated ? (double)NAN : 0;
    for (int k = 0; k < group->n; k++) f->score += field->col[k].points[i];
    if (w->bonus >= 0) f->score += w->value[w->bonus][i];
    if (w->penalty >= 0) f->score -= w->value[w->penalty][i];
    field->held += isnan(f->score);
  }
}

/* The same figure above one fraction and below another: more of it is not simply better or worse. */
static bool is_mixed(const mj_gr_group *g) {
  for (int a = 0; a < g->n; a++)
    for (int b = 0; b < g->n; b++) {
      const mj_gr_indicator *x = &g->ind[a], *y = &g->ind[b];
      if (y->per.sql.sql && x->lower == y->lower && !strcmp(x->measure.sql.sql, y->per.sql.sql)) return true;
      if (x->lower == y->lower) continue;
      if (!strcmp(x->measure.sql.sql, y->measure.sql.sql)) return true;
      if (x->per.sql.sql && y->per.sql.sql && !strcmp(x->per.sql.sql, y->per.sql.sql)) return true;
    }
  return false;
}

mj_status mj_gr_score(mj_gr_work *w, mj_error *err) {
  double *room = mj_arena_alloc(&w->run->arena, (size_t)w->n_all + 1, sizeof *room);
  if (!room) return mj_fail(err, MJ_ENOMEM, "out of memory");
  for (int g = 0; g < w->scheme->n_groups; g++) {
    const mj_gr_group *group = &w->scheme->group[g];
    mj_gr_field *field = &w->field[g];
    for (int k = 0; k < group->n; k++) {
      field->col[k].points = mj_arena_alloc(&w->run->arena, (size_t)w->n + 1, sizeof(double));
      if (!field->col[k].points) return mj_fail(err, MJ_ENOMEM, "out of memory");
    }
    field->mixed = is_mixed(group);
    score_group(w, g, room);
  }
  return MJ_OK;
}
