#include <math.h>
#include <string.h>

#include "base/text.h"
#include "judge/grade_words.h"

/* The columns of grades, found once. */
typedef struct {
  const char **code, **name, **rulebook, **scheme, **group, **cls, **cls_text, **state, **better, **to_better, **worse,
      **to_worse, **reason;
  int64_t *row, *rank, *size;
  double *score, *up, *down;
  uint8_t *stable;
} grade_columns;

static grade_columns columns_of(const mj_table *t) {
  return (grade_columns){.code = mj_table_text(t, "credit_code"),
                         .name = mj_table_text(t, "enterprise_name"),
                         .rulebook = mj_table_text(t, "rulebook"),
                         .scheme = mj_table_text(t, "scheme"),
                         .group = mj_table_text(t, "group_name"),
                         .cls = mj_table_text(t, "class"),
                         .cls_text = mj_table_text(t, "class_text"),
                         .state = mj_table_text(t, "state"),
                         .better = mj_table_text(t, "better_class"),
                         .to_better = mj_table_text(t, "to_better"),
                         .worse = mj_table_text(t, "worse_class"),
                         .to_worse = mj_table_text(t, "to_worse"),
                         .reason = mj_table_text(t, "reason"),
                         .row = mj_table_i64(t, "row"),
                         .rank = mj_table_i64(t, "rank"),
                         .size = mj_table_i64(t, "group_size"),
                         .score = mj_table_f64(t, "score"),
                         .up = mj_table_f64(t, "score_to_better"),
                         .down = mj_table_f64(t, "score_to_worse"),
                         .stable = mj_table_tri(t, "stable")};
}

/* Who the enterprise is. */
typedef struct {
  const char **code, **name;
  const int64_t *source_row;
} identity;

static identity identity_of(const mj_park *park) {
  const mj_table *t = &park->table[MJ_ENTERPRISES];
  return (identity){mj_table_text(t, "credit_code"), mj_table_text(t, "enterprise_name"), t->source_row};
}

static int64_t row_of(const identity *id, int64_t r) { return id->source_row ? id->source_row[r] : r + 1; }

/* The text so far as one of the park's; NULL for none. */
static mj_status keep(mj_park *park, mj_text *text, const char **out) {
  *out = text->n ? mj_arena_text(&park->table[MJ_GRADES].arena, text->data, text->n) : NULL;
  bool failed = text->failed || (text->n && !*out);
  text->n = 0;
  return failed ? MJ_ENOMEM : MJ_OK;
}

static mj_status fill_grade(const mj_gr_work *w, const mj_gr_names *names, const mj_gr_firm *f, const grade_columns *c,
                            int64_t at, mj_text *text) {
  static const char *const states[] = {"graded", "exempt", "outside", "small", "unknown"};
  mj_park *park = w->run->park;
  mj_lang lang = park->project.lang;
  const mj_gr_group *g = f->group >= 0 ? &w->scheme->group[f->group] : NULL;
  c->state[at] = states[f->state];
  c->score[at] = f->score;
  c->stable[at] = f->stable;
  if (f->exempt) c->cls[at] = f->exempt->cls;
  if (g) {
    c->group[at] = *mj_rb_say(g->text, lang) ? mj_rb_say(g->text, lang) : g->code;
    c->size[at] = f->size;
    if (f->rank) c->rank[at] = f->rank;
  }
  if (g && f->cls >= 0) {
    c->cls[at] = g->cuts->cls[f->cls].name;
    c->cls_text[at] = mj_rb_say(g->cuts->cls[f->cls].text, lang);
    if (f->better >= 0) c->better[at] = g->cuts->cls[f->better].name;
    if (f->worse >= 0) c->worse[at] = g->cuts->cls[f->worse].name;
    c->up[at] = f->up[0];
    c->down[at] = f->down[0];
    mj_gr_margin_text(w, names, f, true, text);
    MJ_TRY(keep(park, text, &c->to_better[at]));
    mj_gr_margin_text(w, names, f, false, text);
    MJ_TRY(keep(park, text, &c->to_worse[at]));
  }
  mj_gr_reason_text(w, names, f, text);
  return keep(park, text, &c->reason[at]);
}

static mj_status write_grades(const mj_gr_work *w, const mj_gr_names *names, int64_t *at) {
  mj_park *park = w->run->park;
  grade_columns c = columns_of(&park->table[MJ_GRADES]);
  identity id = identity_of(park);
  mj_text text = {0};
  mj_status status = MJ_OK;
  const char *book = mj_arena_format(&park->arena, "%s %s", w->book->code, w->book->version);
  if (!book) return MJ_ENOMEM;
  for (int64_t i = 0; i < w->n && !status; i++, ++*at) {
    int64_t r = w->firm[i].row;
    c.code[*at] = id.code ? id.code[r] : NULL;
    c.name[*at] = id.name ? id.name[r] : NULL;
    c.row[*at] = row_of(&id, r);
    c.rulebook[*at] = book;
    c.scheme[*at] = w->scheme->code;
    status = fill_grade(w, names, &w->firm[i], &c, *at, &text);
  }
  mj_text_reset(&text);
  return status;
}

typedef struct {
  const char **code, **name, **scheme, **indicator, **unit, **note, **certainty;
  int64_t *row;
  double *value, *base, *low, *high, *weight, *points, *better, *worse;
} point_columns;

static point_columns points_of(const mj_table *t) {
  return (point_columns){.code = mj_table_text(t, "credit_code"),
                         .name = mj_table_text(t, "enterprise_name"),
                         .scheme = mj_table_text(t, "scheme"),
                         .indicator = mj_table_text(t, "indicator"),
                         .unit = mj_table_text(t, "unit"),
                         .note = mj_table_text(t, "note"),
                         .certainty = mj_table_text(t, "certainty"),
                         .row = mj_table_i64(t, "row"),
                         .value = mj_table_f64(t, "value"),
                         .base = mj_table_f64(t, "base_value"),
                         .low = mj_table_f64(t, "low_value"),
                         .high = mj_table_f64(t, "high_value"),
                         .weight = mj_table_f64(t, "weight"),
                         .points = mj_table_f64(t, "points"),
                         .better = mj_table_f64(t, "value_to_better"),
                         .worse = mj_table_f64(t, "value_to_worse")};
}

static const char *note_of(const mj_gr_scheme *s, const mj_gr_indicator *ind, const mj_gr_column *c, double value,
                           double points) {
  if (isnan(value)) {
    if (isnan(points)) return "missing";
    return ind->missing == MJ_GR_MISSING_ZERO ? "zero" : "group_mean";
  }
  if (s->min_max || isnan(points)) return NULL;
  double ratio = ind->lower ? c->base / value : value / c->base;
  return ratio > ind->cap ? "capped" : ratio < ind->floor ? "floored" : NULL;
}

/* The gap of the score alone is what one indicator's value can close. */
static double finite_or_nan(double v) { return isinf(v) ? (double)NAN : v; }

static void fill_point(const mj_gr_work *w, const mj_gr_names *names, const mj_gr_firm *f, int k,
                       const point_columns *p, int64_t at) {
  const mj_gr_indicator *ind = &w->scheme->group[f->group].ind[k];
  const mj_gr_column *c = &w->field[f->group].col[k];
  int64_t i = f - w->firm;
  p->scheme[at] = w->scheme->code;
  p->indicator[at] = names->group[f->group].indicator[k].label;
  p->unit[at] = names->group[f->group].indicator[k].unit;
  p->value[at] = mj_gr_value(w, c, i);
  p->base[at] = c->base;
  p->low[at] = c->low;
  p->high[at] = c->high;
  p->weight[at] = ind->weight;
  p->points[at] = c->points[i];
  p->note[at] = note_of(w->scheme, ind, c, p->value[at], p->points[at]);
  p->certainty[at] = ind->assumed ? "assumed" : "stated";
  if (!isnan(f->up[0])) p->better[at] = finite_or_nan(mj_gr_value_needed(w, f, k, f->up[0]));
  if (!isnan(f->down[0])) p->worse[at] = finite_or_nan(mj_gr_value_needed(w, f, k, -f->down[0]));
}

static void write_points(const mj_gr_work *w, const mj_gr_names *names, int64_t *at) {
  const mj_park *park = w->run->park;
  point_columns p = points_of(&park->table[MJ_GRADE_POINTS]);
  identity id = identity_of(park);
  for (int64_t i = 0; i < w->n; i++) {
    const mj_gr_firm *f = &w->firm[i];
    for (int k = 0; f->group >= 0 && k < w->scheme->group[f->group].n; k++, ++*at) {
      p.code[*at] = id.code ? id.code[f->row] : NULL;
      p.name[*at] = id.name ? id.name[f->row] : NULL;
      p.row[*at] = row_of(&id, f->row);
      fill_point(w, names, f, k, &p, *at);
    }
  }
}

/* Which number of the rulebook, or which figure of how many enterprises, is missing. */
static mj_status note_missing(const mj_gr_work *w, const mj_gr_names *names) {
  mj_park *park = w->run->park;
  for (int g = 0; g < w->scheme->n_groups; g++)
    for (int k = 0; k < w->scheme->group[g].n; k++) {
      const mj_gr_indicator *ind = &w->scheme->group[g].ind[k];
      const mj_gr_field *field = &w->field[g];
      bool number = isnan(ind->weight) || ind->base.kind == MJ_GR_NOT_FOUND;
      int64_t lacks = 0;
      for (int64_t m = 0; m < field->n; m++)
        lacks +=
            isnan(mj_gr_value(w, &field->col[k], field->member[m])) && isnan(field->col[k].points[field->member[m]]);
      const char *place = mj_arena_format(&park->arena, "%s:%d:%d", w->book->file, ind->line, ind->column);
      const char *found = mj_arena_format(&park->arena, "%lld", (long long)lacks);
      if (!place || !found) return MJ_ENOMEM;
      mj_ledger_entry e = {.code = number ? MJ_L_GRADE_NUMBER_UNKNOWN : MJ_L_GRADE_DATA_MISSING,
                           .layer = number ? "rules" : "enterprises",
                           .id = w->book->code,
                           .field = names->group[g].indicator[k].label,
                           .found = number ? place : found};
      if ((number || lacks) && mj_ledger_add(&park->ledger, e)) return MJ_ENOMEM;
    }
  return MJ_OK;
}

mj_status mj_gr_write(mj_gr_work *const *work, int n, mj_error *err) {
  mj_park *park = work[0]->run->park;
  int64_t grades = 0, points = 0, at = 0, point = 0;
  for (int b = 0; b < n; b++) {
    grades += work[b]->n;
    for (int64_t i = 0; i < work[b]->n; i++)
      if (work[b]->firm[i].group >= 0) points += work[b]->scheme->group[work[b]->firm[i].group].n;
  }
  MJ_TRY(mj_rb_new_table(park, MJ_GRADES, grades, err));
  MJ_TRY(mj_rb_new_table(park, MJ_GRADE_POINTS, points, err));
  for (int b = 0; b < n; b++) {
    mj_gr_names names;
    mj_status status = mj_gr_name(work[b], &names);
    if (!status) status = note_missing(work[b], &names);
    if (!status) status = write_grades(work[b], &names, &at);
    if (status) return mj_fail(err, status, "out of memory");
    write_points(work[b], &names, &point);
  }
  return MJ_OK;
}
