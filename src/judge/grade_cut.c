#include <math.h>
#include <stdlib.h>

#include "judge/grade_run.h"

int64_t mj_gr_places(int64_t size, double share, int rounding) {
  double x = (double)size * share, whole = round(x);
  if (fabs(x - whole) < 1e-9 * (1 + fabs(x))) return (int64_t)whole; /* 20 x 0.15 is 3 */
  return (int64_t)(rounding == MJ_GR_FLOOR ? floor(x) : rounding == MJ_GR_CEIL ? ceil(x) : floor(x + 0.5));
}

double mj_gr_bar(const double *key, int64_t n, double own, int64_t k) {
  if (k < 1) return (double)INFINITY;
  if (k > n - 1) return (double)-INFINITY;
  return own >= key[k - 1] ? key[k] : key[k - 1]; /* own is among the first k: one more moves up */
}

static bool passes(const mj_gr_cuts *cuts, double key, double bar) { return cuts->ties_worse ? key > bar : key >= bar; }

static int falling(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return x > y ? -1 : x < y;
}

/* 1 + how many keys are larger. */
static int64_t rank_of(const double *key, int64_t n, double own) {
  int64_t low = 0, high = n;
  while (low < high) {
    int64_t middle = (low + high) / 2;
    if (key[middle] > own) low = middle + 1;
    else high = middle;
  }
  return low + 1;
}

/* Better and worse classes that have places. */
static void neighbours(mj_gr_firm *f, const int64_t *border, int n) {
  int up = f->cls - 1, down = f->cls + 1;
  while (up > 0 && border[up - 1] == border[up]) up--;
  while (down < n && border[down] == border[f->cls]) down++;
  f->better = up >= 0 && border[up] > 0 ? up : -1;
  f->worse = down < n ? down : -1;
}

/* The score where every figure is off by the scheme's error, to the bad or the good side. */
static double score_off(const mj_gr_work *w, const mj_gr_firm *f, double error) {
  const mj_gr_group *g = &w->scheme->group[f->group];
  const mj_gr_field *field = &w->field[f->group];
  int64_t i = f - w->firm;
  double score = f->score;
  for (int k = 0; k < g->n; k++) {
    const mj_gr_column *c = &field->col[k];
    double v = mj_gr_value(w, c, i), side = g->ind[k].lower ? -error : error;
    if (isnan(v)) continue;
    double away = v < 0 ? -side : side;
    double off = v * (1 + away) / (c->per < 0 ? 1 : 1 - away);
    score += mj_gr_points(w->scheme, &g->ind[k], c, off) - c->points[i];
  }
  return score;
}

/* 是, 否, or unknown where one enterprise's figures move the others' scores or bases. @p keep, @p rise: what its class
 * and the next better one ask. */
static uint8_t stability(const mj_gr_work *w, const mj_gr_firm *f, const mj_gr_cuts *cuts, double keep, double rise) {
  const mj_gr_group *g = &w->scheme->group[f->group];
  const mj_gr_field *field = &w->field[f->group];
  if (w->scheme->min_max || f->veto) return MJ_UNKNOWN;
  for (int k = 0; k < g->n; k++)
    if (!mj_gr_base_stands(w->scheme, &g->ind[k]) || field->col[k].filled) return MJ_UNKNOWN;
  double low = score_off(w, f, -w->scheme->error), high = score_off(w, f, w->scheme->error);
  if (isnan(low) || isnan(high)) return MJ_UNKNOWN;
  if (passes(cuts, low, keep) && !passes(cuts, high, rise)) return MJ_YES;
  return field->mixed || (f->held && cuts->by == MJ_GR_BY_RANK) ? MJ_UNKNOWN : MJ_NO; /* bounds wider than the truth */
}

/* One firm of a group cut by rank. @p bar: room for what each class asks */
static void cut_by_rank(const mj_gr_work *w, mj_gr_firm *f, const mj_gr_cuts *cuts, const double *key, int64_t n,
                        const int64_t *border, double *bar) {
  int best = 0, worst = 0;
  while (best < cuts->n - 1 && !passes(cuts, f->score, mj_gr_bar(key, n, f->score, border[best]))) best++;
  for (int c = 0; c < cuts->n; c++) bar[c] = mj_gr_bar(key, n, f->score, border[c] - f->held);
  while (worst < cuts->n - 1 && !passes(cuts, f->score, bar[worst])) worst++;
  if (best != worst) { /* the rows without a score decide */
    f->state = MJ_GR_UNKNOWN;
    f->best = best;
    f->worst = worst;
    return;
  }
  f->cls = best;
  neighbours(f, border, cuts->n);
  if (f->better >= 0 && isfinite(bar[f->better])) f->up[0] = bar[f->better] - f->score;
  if (f->worse >= 0) f->down[0] = f->score - bar[f->cls];
  double rise = best > 0 ? mj_gr_bar(key, n, f->score, border[best - 1]) : (double)INFINITY;
  f->stable = stability(w, f, cuts, bar[best], rise);
}

static void cut_by_score(const mj_gr_work *w, mj_gr_firm *f, const mj_gr_cuts *cuts, double *bar) {
  f->cls = 0;
  for (int c = 0; c < cuts->n; c++) bar[c] = cuts->cls[c].at_least;
  while (f->cls < cuts->n - 1 && !(f->score >= bar[f->cls])) f->cls++;
  f->better = f->cls - 1;
  f->worse = f->cls + 1 < cuts->n ? f->cls + 1 : -1;
  if (f->better >= 0) f->up[0] = bar[f->better] - f->score;
  if (f->worse >= 0) f->down[0] = f->score - bar[f->cls];
  double keep = f->worse >= 0 ? bar[f->cls] : (double)-INFINITY;
  f->stable = stability(w, f, cuts, keep, f->better >= 0 ? bar[f->better] : (double)INFINITY);
}

/* What the second stage sorts by: points added up, or a measure. */
static double second_key(const mj_gr_work *w, const mj_gr_firm *f, int cls) {
  const mj_gr_group *g = &w->scheme->group[f->group];
  const mj_gr_field *field = &w->field[f->group];
  const mj_gr_class *c = &g->cuts->cls[cls];
  int64_t i = f - w->firm;
  double sum = 0;
  if (!c->n_points) return w->value[field->sub[cls]][i];
  for (int k = 0; k < c->n_points; k++) sum += field->col[mj_gr_find(g, c->points[k])].points[i];
  return sum;
}

/* The members on one side of the middle: the best class from the upper, the worst from the lower. */
static void cut_half(const mj_gr_work *w, const mj_gr_group *g, const mj_gr_field *field, const double *key,
                     int64_t scored, double *sub, bool upper) {
  const mj_gr_cuts *cuts = g->cuts;
  int by = upper ? 0 : 2;
  int64_t n = 0, half = mj_gr_places(scored, cuts->upper, cuts->rounding);
  bool known = true;
  for (int64_t m = 0; m < field->n; m++) {
    mj_gr_firm *f = &w->firm[field->member[m]];
    if (isnan(f->score) || passes(cuts, f->score, mj_gr_bar(key, scored, f->score, half)) != upper) continue;
    f->by = by;
    f->sub = sub[n++] = second_key(w, f, by);
    known = known && !isnan(f->sub);
  }
  qsort(sub, (size_t)n, sizeof *sub, falling);
  int64_t places = mj_gr_places(scored, cuts->cls[by].share, cuts->rounding);
  if (!upper) places = n - places; /* those that are not the worst */
  for (int64_t m = 0; m < field->n; m++) {
    mj_gr_firm *f = &w->firm[field->member[m]];
    if (isnan(f->score) || f->by != by) continue;
    double bar = mj_gr_bar(sub, n, f->sub, places), middle = mj_gr_bar(key, scored, f->score, half);
    bool over = passes(cuts, f->sub, bar);
    if (!known) f->state = MJ_GR_UNKNOWN;
    if (!known) continue;
    f->cls = upper ? !over : over ? 1 : 2;
    f->better = f->cls == 1 ? (upper && places > 0 ? 0 : -1) : f->cls - 1;
    f->worse = f->cls == 0 ? 1 : f->cls == 1 && !upper && places < n ? 2 : -1;
    if (f->better >= 0 && isfinite(bar)) f->up[1] = bar - f->sub;
    if (f->cls == 2) f->up[0] = middle - f->score; /* into the upper part is enough */
    if (f->worse >= 0 && isfinite(bar)) f->down[1] = f->sub - bar;
    if (f->cls == 0 && isfinite(middle)) f->down[0] = f->score - middle;
    if (f->cls == 0 && !isfinite(middle) && !isfinite(bar)) f->worse = -1;
  }
}

static void cut_in_stages(const mj_gr_work *w, const mj_gr_group *g, const mj_gr_field *field, const double *key,
                          int64_t scored, double *sub) {
  bool told = !field->held || g->cuts->leave_out; /* one score more moves the middle */
  for (int64_t m = 0; m < field->n; m++) {
    w->firm[field->member[m]].by = -1;
    if (!told) w->firm[field->member[m]].state = MJ_GR_UNKNOWN;
  }
  if (told) cut_half(w, g, field, key, scored, sub, true);
  if (told) cut_half(w, g, field, key, scored, sub, false);
}

/* A veto that is NULL leaves the class open, unless it would change nothing; one that gives a class needs no score. */
static void apply_veto(const mj_gr_scheme *s, mj_gr_firm *f, const mj_gr_cuts *cuts) {
  for (int v = 0; v < s->n_veto; v++) {
    const mj_gr_case *veto = &s->veto[v];
    int to = mj_gr_class_index(cuts, veto->cls);
    bool holds = f->veto == veto, open = f->veto_null >> v & 1;
    if (!holds && !open) continue;
    if (f->cls == to || (veto->at_best && (f->cls > to || f->cls < 0))) continue;
    if (f->cls < 0 && !holds) continue;
    f->cls = holds ? to : -1;
    f->state = holds ? MJ_GR_GRADED : MJ_GR_UNKNOWN;
    f->better = f->worse = -1;
    f->up[0] = f->up[1] = f->down[0] = f->down[1] = (double)NAN;
    f->stable = MJ_UNKNOWN;
  }
}

static void cut_group(const mj_gr_work *w, int g, double *key, double *sub, int64_t *border, double *bar) {
  const mj_gr_group *group = &w->scheme->group[g];
  const mj_gr_field *field = &w->field[g];
  const mj_gr_cuts *cuts = group->cuts;
  int64_t n = 0;
  double sum = 0;
  for (int64_t m = 0; m < field->n; m++)
    if (!isnan(w->firm[field->member[m]].score)) key[n++] = w->firm[field->member[m]].score;
  int64_t size = n + (cuts->leave_out ? 0 : field->held);
  qsort(key, (size_t)n, sizeof *key, falling);
  for (int c = 0; c < cuts->n && cuts->by == MJ_GR_BY_RANK; c++) {
    sum += cuts->cls[c].share;
    border[c] = c == cuts->n - 1 ? size : mj_gr_places(size, sum, cuts->rounding);
  }
  for (int64_t m = 0; m < field->n; m++) {
    mj_gr_firm *f = &w->firm[field->member[m]];
    f->size = size;
    f->held = cuts->leave_out ? 0 : field->held;
    if (isnan(f->score)) {
      f->state = MJ_GR_UNKNOWN;
      continue;
    }
    f->rank = rank_of(key, n, f->score);
    if ((double)size < cuts->min_size) f->state = MJ_GR_SMALL;
    else if (cuts->by == MJ_GR_BY_RANK) cut_by_rank(w, f, cuts, key, n, border, bar);
    else if (cuts->by == MJ_GR_BY_SCORE) cut_by_score(w, f, cuts, bar);
    else if (cuts->by == MJ_GR_BY_UNKNOWN) f->state = MJ_GR_UNKNOWN;
  }
  if (cuts->by == MJ_GR_TWO_STAGE && !((double)size < cuts->min_size)) cut_in_stages(w, group, field, key, n, sub);
  for (int64_t m = 0; m < field->n; m++) {
    mj_gr_firm *f = &w->firm[field->member[m]];
    f->scored = f->cls;
    apply_veto(w->scheme, f, cuts);
  }
}

mj_status mj_gr_cut(mj_gr_work *w, mj_error *err) {
  size_t n = (size_t)w->n + 1;
  int most = 1;
  for (int g = 0; g < w->scheme->n_groups; g++)
    if (w->scheme->group[g].cuts->n > most) most = w->scheme->group[g].cuts->n;
  double *key = malloc(n * sizeof *key), *sub = malloc(n * sizeof *sub);
  int64_t *border = malloc((size_t)most * sizeof *border);
  double *bar = malloc((size_t)most * sizeof *bar);
  bool room = key && sub && border && bar;
  for (int g = 0; room && g < w->scheme->n_groups; g++) cut_group(w, g, key, sub, border, bar);
  free(key);
  free(sub);
  free(border);
  free(bar);
  return room ? MJ_OK : mj_fail(err, MJ_ENOMEM, "out of memory");
}
