/* Which weight has to move how far before a class changes. One weight goes from w to w + x or w - x; the others keep
   their proportions and the total. A score is linear in x: at x its own points are u (w + x), those of the others
   shrink as (total - w - x) / (total - w). */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/parallel.h"
#include "judge/grade_level.h"
#include "judge/grade_run.h"
#include "judge/grade_stages.h"

/* Stretches of a weight no longer than this part of the total are one point. */
static const double LEAST = 1e-9;

/* One weight of one group on its way in one direction; arrays by member. */
typedef struct {
  const mj_gr_work *w;
  int group, k;
  int64_t n;         /* members with a score */
  int64_t *member;   /* [n] places in the group's members */
  double *at, *rate; /* score, and its change a point of weight upwards */
  double *slope;     /* the same in the direction */
  double *first;     /* [borders][n] where each crosses the border behind each class */
  double *other;     /* [n] room */
  bool *above;       /* [n] */
  int *to;           /* [n] of two stages: the class beyond */
  double reach, sign;
} way;

static const mj_gr_firm *firm_of(const way *y, int64_t i) {
  return &y->w->firm[y->w->field[y->group].member[y->member[i]]];
}

/* Scores and how they change with the weight of indicator k; false: there is no other weight to take from. */
static bool set_lines(way *y, double *points) {
  const mj_gr_work *w = y->w;
  const mj_gr_group *g = &w->scheme->group[y->group];
  const mj_gr_field *field = &w->field[y->group];
  const mj_gr_indicator *ind = &g->ind[y->k];
  double rest = w->scheme->total - ind->weight;
  mj_gr_indicator unit = *ind;
  mj_gr_column c = field->col[y->k];
  unit.weight = 1;
  c.points = points;
  c.filled = 0;
  mj_gr_fill_points(w, field, &unit, &c);
  if (!(rest > LEAST * w->scheme->total)) return false;
  for (int64_t m = 0; m < field->n; m++) {
    int64_t i = field->member[m];
    if (isnan(w->firm[i].score)) continue;
    double others = 0;
    for (int k = 0; k < g->n; k++) others += k == y->k ? 0 : field->col[k].points[i];
    y->member[y->n] = m;
    y->at[y->n] = w->firm[i].score;
    y->rate[y->n++] = points[i] - others / rest;
  }
  return true;
}

/* Where each score crosses a fixed line. */
static void cross_line(way *y, double line, double *first) {
  double least = LEAST * y->w->scheme->total;
  for (int64_t i = 0; i < y->n; i++) {
    bool over = y->at[i] >= line;
    double x = over == (y->slope[i] < 0) ? (line - y->at[i]) / y->slope[i] : (double)INFINITY;
    bool reached = over ? x < y->reach - least : x <= y->reach + least; /* what falls to the line still has it */
    first[i] = reached ? fmin(x, y->reach) : (double)INFINITY;
  }
}

/* Where each score crosses the one that holds the k-th place; @p border: the class that k is the end of. */
static mj_status cross_place(way *y, const mj_gr_cuts *cuts, int border, int64_t k, double *first) {
  mj_gr_lines lines = {
      y->at, y->slope, y->n, cuts->ties_worse ? k + 1 : k, cuts->ties_worse, y->reach, LEAST * y->w->scheme->total};
  for (int64_t i = 0; i < y->n; i++) first[i] = (double)INFINITY;
  if (k < 1 || lines.k > y->n) return MJ_OK; /* all stand on one side, whatever the weights */
  for (int64_t i = 0; i < y->n; i++) {
    const mj_gr_firm *f = firm_of(y, i);
    y->above[i] = f->scored >= 0 && f->scored <= border;
  }
  return mj_gr_crossings(&lines, y->above, first);
}

/* Of rows that may yet stand anywhere: a row is sure of its class up to the best case of the border above it and the
   worst case of the one below. */
static mj_status cross_borders(way *y, const int64_t *place, int64_t held) {
  const mj_gr_cuts *cuts = y->w->scheme->group[y->group].cuts;
  for (int b = 0; b < cuts->n - 1; b++) {
    double *first = y->first + b * y->n;
    if (cuts->by == MJ_GR_BY_SCORE) {
      cross_line(y, cuts->cls[b].at_least, first);
      continue;
    }
    MJ_TRY(cross_place(y, cuts, b, place[b], first));
    if (!held) continue;
    MJ_TRY(cross_place(y, cuts, b, place[b] - held, y->other));
    for (int64_t i = 0; i < y->n; i++)
      if (firm_of(y, i)->scored <= b) first[i] = y->other[i];
  }
  return MJ_OK;
}

/* A bound of a veto would hide changes behind the first: then nothing is said. */
static mj_gr_flip flip_in_stages(const way *y, int64_t i, double *distance) {
  const mj_gr_firm *f = firm_of(y, i);
  mj_gr_flip out = {(double)NAN, -1, false};
  *distance = y->first[i];
  if (isinf(*distance)) return out;
  out.open = f->veto_null || f->veto;
  if (out.open) return out;
  out.cls = y->to[i];
  out.to = y->w->scheme->group[y->group].ind[y->k].weight + y->sign * *distance;
  return out;
}

/* The class of member i once the nearest border is crossed, and where. */
static mj_gr_flip flip_of(const way *y, int64_t i, int64_t held, double *distance) {
  const mj_gr_work *w = y->w;
  const mj_gr_cuts *cuts = w->scheme->group[y->group].cuts;
  const mj_gr_firm *f = firm_of(y, i);
  mj_gr_flip out = {(double)NAN, -1, false};
  int bound = f->veto && f->veto->at_best ? mj_gr_class_index(cuts, f->veto->cls) : 0, to = 0;
  double near = (double)INFINITY;
  if (cuts->by == MJ_GR_TWO_STAGE) return flip_in_stages(y, i, distance);
  for (int b = bound; b < cuts->n - 1; b++) near = fmin(near, y->first[b * y->n + i]);
  *distance = near;
  if (isinf(near)) return out;
  out.open = held || f->veto_null;
  for (; to < cuts->n - 1; to++) {
    bool crossed = y->first[to * y->n + i] <= near + LEAST * w->scheme->total;
    if ((f->scored <= to) != crossed) break;
  }
  if (out.open) return out;
  out.cls = to < bound ? bound : to;
  out.to = w->scheme->group[y->group].ind[y->k].weight + y->sign * near;
  return out;
}

/* Score and keys of the two stages as lines; false where a key is not known. A measure stays whatever the weights. */
static bool set_keys(const way *y, const double *points, double *lines, mj_gr_stages *out) {
  const mj_gr_work *w = y->w;
  const mj_gr_group *g = &w->scheme->group[y->group];
  const mj_gr_field *field = &w->field[y->group];
  double rest = w->scheme->total - g->ind[y->k].weight;
  out->at[0] = y->at;
  out->slope[0] = y->slope;
  for (int part = 0; part < 2; part++) {
    const mj_gr_class *c = &g->cuts->cls[2 * part];
    double *at = lines + 2 * part * y->n, *slope = at + y->n;
    out->at[1 + part] = at;
    out->slope[1 + part] = slope;
    for (int64_t i = 0; i < y->n; i++) {
      int64_t firm = field->member[y->member[i]];
      at[i] = c->n_points ? 0 : w->value[field->sub[2 * part]][firm];
      slope[i] = 0;
      for (int p = 0; p < c->n_points; p++) {
        int k = mj_gr_find(g, c->points[p]);
        at[i] += field->col[k].points[firm];
        slope[i] += y->sign * (k == y->k ? points[firm] : -field->col[k].points[firm] / rest);
      }
      if (isnan(at[i])) return false;
    }
  }
  return true;
}

/* One direction of a scheme of two stages: cross[0] becomes where the class changes, to the class. */
static mj_status go_in_stages(way *y, const double *points, int *to) {
  const mj_gr_cuts *cuts = y->w->scheme->group[y->group].cuts;
  double *lines = malloc((4 * (size_t)y->n + 1) * sizeof *lines);
  int *now = malloc(((size_t)y->n + 1) * sizeof *now);
  mj_gr_stages stages = {.n = y->n,
                         .upper = mj_gr_places(y->n, cuts->upper, cuts->rounding),
                         .best = mj_gr_places(y->n, cuts->cls[0].share, cuts->rounding),
                         .worst = mj_gr_places(y->n, cuts->cls[2].share, cuts->rounding),
                         .ties_worse = cuts->ties_worse,
                         .reach = y->reach,
                         .least = LEAST * y->w->scheme->total};
  mj_status status = lines && now ? MJ_OK : MJ_ENOMEM;
  for (int64_t i = 0; !status && i < y->n; i++) now[i] = firm_of(y, i)->scored;
  if (!status && !set_keys(y, points, lines, &stages)) status = MJ_EINVAL;
  if (!status) status = mj_gr_stage_flips(&stages, now, y->first, to);
  free(lines);
  free(now);
  return status;
}

/* Both directions; the nearer one counts, upwards where they are equal. */
static mj_status go(way *y, const double *points, mj_gr_flip *flip) {
  const mj_gr_work *w = y->w;
  const mj_gr_cuts *cuts = w->scheme->group[y->group].cuts;
  const mj_gr_firm *any = y->n ? firm_of(y, 0) : NULL;
  int64_t held = any && cuts->by == MJ_GR_BY_RANK ? any->held : 0, place[64] = {0};
  double weight = w->scheme->group[y->group].ind[y->k].weight, sum = 0;
  for (int b = 0; any && b < cuts->n - 1 && cuts->by == MJ_GR_BY_RANK; b++) {
    sum += cuts->cls[b].share;
    place[b] = mj_gr_places(any->size, sum, cuts->rounding);
  }
  for (int down = 0; down < 2; down++) {
    y->sign = down ? -1 : 1;
    y->reach = down ? weight : w->scheme->total - weight;
    for (int64_t i = 0; i < y->n; i++) y->slope[i] = y->sign * y->rate[i];
    if (cuts->by == MJ_GR_TWO_STAGE) MJ_TRY(go_in_stages(y, points, y->to));
    else MJ_TRY(cross_borders(y, place, held));
    for (int64_t i = 0; i < y->n; i++) {
      double distance, *nearest = &y->other[y->n + i];
      if (firm_of(y, i)->scored < 0) continue;
      mj_gr_flip found = flip_of(y, i, held, &distance);
      if (down && !(distance < *nearest - LEAST * w->scheme->total)) continue;
      *nearest = distance;
      flip[w->field[y->group].member[y->member[i]]] = found;
    }
  }
  return MJ_OK;
}

typedef struct {
  const mj_gr_work *w;
  const int (*task)[2]; /* group, indicator */
} job;

static mj_status weigh_one(void *ctx, int64_t first, int64_t last, int worker) {
  const job *j = ctx;
  const mj_gr_work *w = j->w;
  way y = {.w = w, .group = j->task[first][0], .k = j->task[first][1]};
  const mj_gr_field *field = &w->field[y.group];
  size_t n = (size_t)field->n + 1, borders = (size_t)w->scheme->group[y.group].cuts->n;
  double *numbers = malloc((5 + borders) * n * sizeof *numbers), *points = malloc(((size_t)w->n + 1) * sizeof *points);
  mj_status status = MJ_ENOMEM;
  (void)last;
  (void)worker;
  y.member = malloc(n * sizeof *y.member);
  y.above = malloc(n * sizeof *y.above);
  y.to = malloc(n * sizeof *y.to);
  if (numbers && points && y.member && y.above && y.to) {
    y.at = numbers;
    y.rate = numbers + n;
    y.slope = numbers + 2 * n;
    y.other = numbers + 3 * n;
    y.first = numbers + 5 * n;
    status = set_lines(&y, points) ? go(&y, points, field->col[y.k].flip) : MJ_OK;
  }
  if (status == MJ_EINVAL) { /* not to be told apart */
    for (int64_t m = 0; m < field->n; m++) field->col[y.k].flip[field->member[m]] = (mj_gr_flip){(double)NAN, -1, true};
    status = MJ_OK;
  }
  free(numbers);
  free(points);
  free(y.member);
  free(y.above);
  free(y.to);
  return status;
}

/* The nearest of the indicators; the first of equal ones. Nothing is said where one of them may be nearer. */
static void choose(const mj_gr_work *w, int group, int64_t m) {
  const mj_gr_group *g = &w->scheme->group[group];
  int64_t i = w->field[group].member[m];
  mj_gr_firm *f = &w->firm[i];
  double near = (double)INFINITY;
  bool open = false;
  f->flips = MJ_UNKNOWN;
  if (f->cls < 0) return;
  if (f->veto && !f->veto->at_best) { /* the veto gives the class */
    for (int k = 0; k < g->n; k++) w->field[group].col[k].flip[i] = (mj_gr_flip){(double)NAN, -1, false};
    f->flips = MJ_NO;
    return;
  }
  for (int k = 0; k < g->n; k++) {
    const mj_gr_flip *flip = &w->field[group].col[k].flip[i];
    double distance = fabs(flip->to - g->ind[k].weight);
    open = open || flip->open;
    if (isnan(flip->to) || !(distance < near - LEAST * w->scheme->total)) continue;
    near = distance;
    f->flip = k;
  }
  f->flips = open ? MJ_UNKNOWN : f->flip >= 0 ? MJ_YES : MJ_NO;
  if (open) f->flip = -1;
}

/* The classes are cut somehow, and every weight is known. */
static bool can_weigh(const mj_gr_group *g) {
  bool known = g->cuts->by != MJ_GR_BY_UNKNOWN;
  for (int k = 0; k < g->n; k++) known = known && !isnan(g->ind[k].weight);
  return known && g->cuts->n <= 64;
}

mj_status mj_gr_weigh(mj_gr_work *w, mj_error *err) {
  int tasks = 0, most = 0;
  for (int g = 0; g < w->scheme->n_groups; g++) most += w->scheme->group[g].n;
  int(*task)[2] = mj_arena_alloc(&w->run->arena, (size_t)most + 1, sizeof *task);
  for (int g = 0; task && g < w->scheme->n_groups; g++)
    for (int k = 0; can_weigh(&w->scheme->group[g]) && k < w->scheme->group[g].n; k++) {
      mj_gr_column *c = &w->field[g].col[k];
      c->flip = mj_arena_alloc(&w->run->arena, (size_t)w->n + 1, sizeof *c->flip);
      if (!c->flip) return mj_fail(err, MJ_ENOMEM, "out of memory");
      for (int64_t i = 0; i < w->n; i++) c->flip[i] = (mj_gr_flip){(double)NAN, -1, false};
      task[tasks][0] = g;
      task[tasks++][1] = k;
    }
  job j = {w, (const int(*)[2])task};
  if (!task || mj_parallel(w->run->threads, tasks, 1, weigh_one, &j)) return mj_fail(err, MJ_ENOMEM, "out of memory");
  for (int g = 0; g < w->scheme->n_groups; g++)
    for (int64_t m = 0; can_weigh(&w->scheme->group[g]) && m < w->field[g].n; m++) choose(w, g, m);
  return MJ_OK;
}
