#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/bare_table.h"
#include "base/parallel.h"
#include "base/text.h"
#include "judge/grade_words.h"

/* The columns of grades, found once. */
typedef struct {
  const char **code, **name, **rulebook, **scheme, **group, **cls, **cls_text, **state, **better, **to_better, **worse,
      **to_worse, **reason, **flip, **flip_indicator, **flip_class, **robust_class;
  int64_t *row, *rank, *size;
  double *score, *up, *down, *flip_to, *robust;
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
                         .flip = mj_table_text(t, "weight_flip"),
                         .flip_indicator = mj_table_text(t, "weight_flip_indicator"),
                         .flip_class = mj_table_text(t, "weight_flip_class"),
                         .robust_class = mj_table_text(t, "class_robust"),
                         .row = mj_table_i64(t, "row"),
                         .rank = mj_table_i64(t, "rank"),
                         .size = mj_table_i64(t, "group_size"),
                         .score = mj_table_f64(t, "score"),
                         .up = mj_table_f64(t, "score_to_better"),
                         .down = mj_table_f64(t, "score_to_worse"),
                         .flip_to = mj_table_f64(t, "weight_flip_to"),
                         .robust = mj_table_f64(t, "score_robust"),
                         .stable = mj_table_tri(t, "stable")};
}

/* Who the enterprise is. */
typedef struct {
  const mj_table *enterprises;
  const char **code, **name;
} identity;

static identity identity_of(const mj_park *park) {
  const mj_table *t = &park->table[MJ_ENTERPRISES];
  return (identity){t, mj_table_text(t, "credit_code"), mj_table_text(t, "enterprise_name")};
}

/* The texts of a range of rows while a thread writes them: bytes side by side, and where each begins. */
enum { CHUNK_ROWS = 4096, TEXTS = 4 };
typedef struct {
  mj_text bytes;
  size_t at[CHUNK_ROWS * TEXTS], done; /* done: bytes of the texts that have ended */
  int n;
} chunk_texts;

/* Rows that say what the row before says share its text. */
static void end_text(chunk_texts *t) {
  mj_text_put(&t->bytes, "", 1);
  size_t before = t->n >= TEXTS ? t->at[t->n - TEXTS] : 0;
  bool same = !t->bytes.failed && t->n >= TEXTS && !strcmp(t->bytes.data + before, t->bytes.data + t->done);
  if (same) t->bytes.n = t->done;
  t->at[t->n++] = same ? before : t->done;
  t->done = t->bytes.n;
}

/* Which weight moves least before the class changes; the robust variant. */
static void fill_doubts(const mj_gr_work *w, const mj_gr_names *names, const mj_gr_firm *f, const grade_columns *c,
                        int64_t at) {
  c->robust[at] = w->robust[f - w->firm].score;
  c->robust_class[at] = w->robust[f - w->firm].cls;
  if (f->flip < 0) return;
  const mj_gr_class *cls = w->scheme->group[f->group].cuts->cls;
  const mj_gr_flip *flip = &w->field[f->group].col[f->flip].flip[f - w->firm];
  c->flip_indicator[at] = names->group[f->group].indicator[f->flip].label;
  c->flip_to[at] = flip->to;
  c->flip_class[at] = cls[flip->cls].name;
}

/* Appends four texts: to_better, to_worse, reason, weight_flip. */
static void fill_grade(const mj_gr_work *w, const mj_gr_names *names, const mj_gr_firm *f, const grade_columns *c,
                       int64_t at, chunk_texts *text) {
  static const char *const states[] = {"graded", "exempt", "outside", "small", "unknown", "follows"};
  mj_lang lang = w->run->park->project.lang;
  const mj_gr_group *g = f->group >= 0 ? &w->scheme->group[f->group] : NULL;
  c->state[at] = states[f->state];
  c->score[at] = f->score;
  c->stable[at] = f->stable;
  fill_doubts(w, names, f, c, at);
  if (f->exempt) c->cls[at] = f->exempt->cls;
  if (f->state == MJ_GR_FOLLOWS && f->follows >= 0) {
    const mj_gr_firm *whom = &w->firm[f->follows];
    if (whom->exempt) c->cls[at] = whom->exempt->cls;
    else if (whom->group >= 0 && whom->cls >= 0) c->cls[at] = w->scheme->group[whom->group].cuts->cls[whom->cls].name;
  }
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
  }
  bool told = g && f->cls >= 0;
  if (told) mj_gr_margin_text(w, names, f, true, &text->bytes);
  end_text(text);
  if (told) mj_gr_margin_text(w, names, f, false, &text->bytes);
  end_text(text);
  mj_gr_reason_text(w, names, f, &text->bytes);
  end_text(text);
  if (told) mj_gr_flip_text(w, names, f, &text->bytes);
  end_text(text);
}

typedef struct {
  const char **code, **name, **scheme, **indicator, **unit, **note, **certainty, **flip_class;
  int64_t *row;
  double *value, *base, *low, *high, *weight, *points, *better, *worse, *flip;
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
                         .worse = mj_table_f64(t, "value_to_worse"),
                         .flip = mj_table_f64(t, "weight_flip_to"),
                         .flip_class = mj_table_text(t, "weight_flip_class")};
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
  if (c->flip && c->flip[i].cls >= 0) {
    p->flip[at] = c->flip[i].to;
    p->flip_class[at] = w->scheme->group[f->group].cuts->cls[c->flip[i].cls].name;
  }
  if (!isnan(f->down[0])) p->worse[at] = finite_or_nan(mj_gr_value_needed(w, f, k, -f->down[0]));
}

typedef struct {
  const mj_gr_work *w;
  const mj_gr_names *names;
  const char *book;
  grade_columns c;
  point_columns p;
  int64_t at;              /* row of the first firm */
  const int64_t *point_at; /* row of the first point of each chunk */
  pthread_mutex_t lock;
} grade_job;

/* The texts move into the table's arena at once, under the lock; an empty one is NULL. */
static mj_status keep_texts(grade_job *job, int64_t first, const chunk_texts *t) {
  const char **column[TEXTS] = {job->c.to_better, job->c.to_worse, job->c.reason, job->c.flip};
  pthread_mutex_lock(&job->lock);
  char *bytes = t->bytes.failed ? NULL : mj_arena_alloc(&job->w->run->park->table[MJ_GRADES].arena, t->bytes.n, 1);
  pthread_mutex_unlock(&job->lock);
  if (!bytes) return MJ_ENOMEM;
  memcpy(bytes, t->bytes.data, t->bytes.n);
  for (int k = 0; k < t->n; k++) {
    const char *text = bytes + t->at[k];
    if (*text) column[k % TEXTS][job->at + first + k / TEXTS] = text;
  }
  return MJ_OK;
}

static int points_of_firm(const mj_gr_work *w, int64_t i) {
  return w->firm[i].group >= 0 ? w->scheme->group[w->firm[i].group].n : 0;
}

/* The rows of firms first .. last - 1 in both tables. */
static void clear_rows(const grade_job *job, int64_t first, int64_t last) {
  mj_park *park = job->w->run->park;
  int64_t point = job->point_at[first / CHUNK_ROWS], n = 0;
  for (int64_t i = first; i < last; i++) n += points_of_firm(job->w, i);
  mj_table_clear(&park->table[MJ_GRADES], job->at + first, job->at + last);
  mj_table_clear(&park->table[MJ_GRADE_POINTS], point, point + n);
}

static mj_status grade_chunk(void *ctx, int64_t first, int64_t last, int worker) {
  grade_job *job = ctx;
  const mj_gr_work *w = job->w;
  identity id = identity_of(w->run->park);
  int64_t point = job->point_at[first / CHUNK_ROWS];
  (void)worker;
  clear_rows(job, first, last);
  chunk_texts *text = calloc(1, sizeof *text);
  if (!text) return MJ_ENOMEM;
  for (int64_t i = first; i < last; i++) {
    int64_t r = w->firm[i].row, at = job->at + i;
    if (id.code) job->c.code[at] = id.code[r];
    if (id.name) job->c.name[at] = id.name[r];
    job->c.row[at] = mj_table_source_row(id.enterprises, r);
    job->c.rulebook[at] = job->book;
    job->c.scheme[at] = w->scheme->code;
    fill_grade(w, job->names, &w->firm[i], &job->c, at, text);
    for (int k = 0; k < points_of_firm(w, i); k++, point++) {
      job->p.code[point] = job->c.code[at];
      job->p.name[point] = job->c.name[at];
      job->p.row[point] = job->c.row[at];
      fill_point(w, job->names, &w->firm[i], k, &job->p, point);
    }
  }
  mj_status status = keep_texts(job, first, text);
  mj_text_reset(&text->bytes);
  free(text);
  return status;
}

/* Both tables; @p point: the row of the next point. */
static mj_status write_grades(const mj_gr_work *w, const mj_gr_names *names, int64_t at, int64_t *point) {
  mj_park *park = w->run->park;
  const char *book = mj_arena_format(&park->arena, "%s %s", w->book->code, w->book->version);
  int64_t *point_at = mj_arena_alloc(&w->run->arena, (size_t)(w->n / CHUNK_ROWS) + 1, sizeof *point_at);
  if (!book || !point_at) return MJ_ENOMEM;
  for (int64_t i = 0; i < w->n; i++) {
    if (i % CHUNK_ROWS == 0) point_at[i / CHUNK_ROWS] = *point;
    *point += points_of_firm(w, i);
  }
  grade_job job = {.w = w,
                   .names = names,
                   .book = book,
                   .c = columns_of(&park->table[MJ_GRADES]),
                   .p = points_of(&park->table[MJ_GRADE_POINTS]),
                   .at = at,
                   .point_at = point_at};
  pthread_mutex_init(&job.lock, NULL);
  mj_status status = w->n ? mj_parallel(park->project.threads, w->n, CHUNK_ROWS, grade_chunk, &job) : MJ_OK;
  pthread_mutex_destroy(&job.lock);
  return status;
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

/* The class under the first scheme beside the enterprises themselves, for the map; its rows of table grades are the
 * first. */
static mj_status mark_firms(const mj_gr_work *w) {
  mj_park *park = w->run->park;
  mj_table *t = &park->table[MJ_ENTERPRISES];
  const grade_columns c = columns_of(&park->table[MJ_GRADES]);
  mj_column *grade = mj_table_add(t, "grade", MJ_TEXT), *text = mj_table_add(t, "grade_text", MJ_TEXT),
            *scheme = mj_table_add(t, "grade_scheme", MJ_TEXT);
  if (!grade || !text || !scheme) return MJ_ENOMEM;
  for (int64_t i = 0; i < w->n; i++) {
    int64_t row = w->firm[i].row;
    grade->text[row] = c.cls[i];
    text->text[row] = c.cls_text[i];
    scheme->text[row] = c.scheme[i];
  }
  return MJ_OK;
}

mj_status mj_gr_write(mj_gr_work *const *work, int n, mj_error *err) {
  mj_park *park = work[0]->run->park;
  int64_t grades = 0, points = 0, at = 0, point = 0;
  for (int b = 0; b < n; b++) {
    grades += work[b]->n;
    for (int64_t i = 0; i < work[b]->n; i++) points += points_of_firm(work[b], i);
  }
  MJ_TRY(mj_park_bare_table(park, MJ_GRADES, grades, err)); /* cleared row by row as they are written */
  MJ_TRY(mj_park_bare_table(park, MJ_GRADE_POINTS, points, err));
  for (int b = 0; b < n; b++) {
    mj_gr_names names;
    mj_status status = mj_gr_name(work[b], &names);
    if (!status) status = note_missing(work[b], &names);
    if (!status) status = write_grades(work[b], &names, at, &point);
    at += work[b]->n;
    if (status) return mj_fail(err, status, "out of memory");
  }
  return mark_firms(work[0]) ? mj_fail(err, MJ_ENOMEM, "out of memory") : MJ_OK;
}
