#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/sum.h"
#include "judge/measures.h"

/* The zones that have a name, each once; the park is NULL before them. */
typedef struct {
  const char **zone;
  int64_t n;
} places;

static mj_status list_places(mj_rb_run *run, places *out, mj_error *err) {
  const mj_table *zones = &run->park->table[MJ_ZONES];
  const char **name = mj_table_text(zones, "zone");
  out->zone = mj_arena_alloc(&run->arena, (size_t)zones->n + 1, sizeof *out->zone);
  if (!out->zone) return mj_fail(err, MJ_ENOMEM, "out of memory");
  out->n = 1;
  for (int64_t z = 0; name && z < zones->n; z++) {
    bool known = !name[z];
    for (int64_t i = 1; i < out->n && !known; i++) known = !strcmp(out->zone[i], name[z]);
    if (!known) out->zone[out->n++] = name[z];
  }
  return MJ_OK;
}

/* min(1, value / ideal), or ideal / value where less is better. Source: TD/T 1029-2010 (from memory). */
static double score_of(const mj_rb_indicator *i, double value, double ideal) {
  double s = i->lower ? ideal / value : value / ideal;
  if (isnan(value) || isnan(ideal) || !(ideal > 0) || value < 0) return (double)NAN;
  return s < 1 ? s : 1;
}

typedef struct {
  mj_rb_run *run;
  const mj_rulebook *book;
  const char *called;
  int64_t row;
} writer;

static mj_status put_texts(const writer *w, const char *code, const char *zone, const char *text, const char *unit,
                           mj_error *err) {
  mj_table *t = &w->run->park->table[MJ_INDICATORS];
  const char *place = zone ? mj_arena_text(&t->arena, zone, strlen(zone)) : NULL;
  if (zone && !place) return mj_fail(err, MJ_ENOMEM, "out of memory");
  mj_table_text(t, "indicator")[w->row] = code;
  mj_table_text(t, "rulebook")[w->row] = w->called;
  mj_table_text(t, "zone")[w->row] = place;
  mj_table_text(t, "text")[w->row] = text;
  mj_table_text(t, "unit")[w->row] = mj_rb_unit(unit ? unit : "", w->run->park->project.lang);
  return MJ_OK;
}

static mj_status write_one(writer *w, const mj_rb_indicator *i, const char *zone, double value, double ideal,
                           mj_error *err) {
  mj_table *t = &w->run->park->table[MJ_INDICATORS];
  MJ_TRY(put_texts(w, i->code, zone, mj_rb_say(i->text, w->run->park->project.lang), i->unit, err));
  mj_table_f64(t, "value")[w->row] = value;
  mj_table_f64(t, "ideal")[w->row] = ideal;
  mj_table_f64(t, "score")[w->row] = score_of(i, value, ideal);
  mj_table_f64(t, "weight")[w->row] = i->weight;
  mj_table_f64(t, "points")[w->row] = i->weight * score_of(i, value, ideal);
  mj_table_text(t, "certainty")[w->row] = i->assumed ? "assumed" : "stated";
  w->row++;
  return MJ_OK;
}

/* Value and ideal of every indicator at every place: [n_indicators][places][2]. */
static mj_status list_book(mj_rb_run *run, const mj_rulebook *book, const places *at, mj_rb_measures *m,
                           mj_error *err) {
  for (int k = 0; k < book->n_indicators * (int)at->n; k++) {
    const mj_rb_indicator *i = &book->indicator[k / at->n];
    mj_rb_measure one = {
        .book = book, .kind = "indicator", .code = i->code, .at = &i->measure, .zone = at->zone[k % at->n]};
    MJ_TRY(mj_rb_measures_add(run, m, one, err));
    one.at = &i->ideal;
    MJ_TRY(mj_rb_measures_add(run, m, one, err));
  }
  return MJ_OK;
}

/* Places by value among the zones: rows first .. last - 1, the park's own row before them has none. */
static void rank_rows(mj_table *t, const char *by, int64_t first, int64_t last, bool lower) {
  const double *v = mj_table_f64(t, by);
  int64_t *rank = mj_table_i64(t, "rank");
  for (int64_t a = first; a < last; a++) {
    int64_t better = 0;
    for (int64_t b = first; b < last; b++) better += lower ? v[b] < v[a] : v[b] > v[a];
    if (!isnan(v[a])) rank[a] = better + 1;
  }
}

static bool has_total(const mj_rulebook *book) {
  int weighted = 0;
  for (int i = 0; i < book->n_indicators; i++) {
    if (book->indicator[i].weighted && isnan(book->indicator[i].weight)) return false;
    weighted += book->indicator[i].weighted;
  }
  return weighted > 0;
}

/* Sum of the points of one place, whose rows stand @p step apart from @p first on; unknown where one of them is. */
static mj_status write_total(writer *w, const char *zone, int64_t first, int64_t step, mj_error *err) {
  mj_table *t = &w->run->park->table[MJ_INDICATORS];
  mj_sum sum = {0}, weight = {0};
  bool known = true, assumed = false;
  for (int i = 0; i < w->book->n_indicators; i++) {
    if (!w->book->indicator[i].weighted) continue;
    double points = mj_table_f64(t, "points")[first + i * step];
    known = known && !isnan(points);
    assumed = assumed || w->book->indicator[i].assumed;
    if (known) mj_sum_add(&sum, points);
    mj_sum_add(&weight, w->book->indicator[i].weight);
  }
  MJ_TRY(put_texts(w, "total", zone, mj_tr(w->run->park->project.lang, "sum of the points"), "", err));
  mj_table_f64(t, "points")[w->row] = known ? mj_sum_value(&sum) : (double)NAN;
  mj_table_f64(t, "weight")[w->row] = mj_sum_value(&weight);
  mj_table_text(t, "certainty")[w->row] = assumed ? "assumed" : "stated";
  w->row++;
  return MJ_OK;
}

static mj_status write_book(writer *w, const places *at, const mj_rb_measure *m, mj_error *err) {
  mj_table *t = &w->run->park->table[MJ_INDICATORS];
  int64_t first = w->row;
  for (int i = 0; i < w->book->n_indicators; i++) {
    for (int64_t z = 0; z < at->n; z++, m += 2)
      MJ_TRY(write_one(w, &w->book->indicator[i], at->zone[z], m[0].value, m[1].value, err));
    rank_rows(t, "value", w->row - at->n + 1, w->row, w->book->indicator[i].lower);
  }
  if (!has_total(w->book)) return MJ_OK;
  for (int64_t z = 0; z < at->n; z++) MJ_TRY(write_total(w, at->zone[z], first + z, at->n, err));
  rank_rows(t, "points", w->row - at->n + 1, w->row, false);
  return MJ_OK;
}

static bool judges(const mj_rb_run *run, const mj_rulebook *book) {
  return book->n_indicators && mj_rb_in_force(book, run->park->project.as_of);
}

mj_status mj_rb_indicators_list(mj_rb_run *run, mj_rb_measures *m, mj_error *err) {
  const mj_park *park = run->park;
  places at = {0};
  MJ_TRY(list_places(run, &at, err));
  for (int32_t b = 0; b < park->n_rulebooks; b++)
    if (judges(run, park->rulebooks[b])) MJ_TRY(list_book(run, park->rulebooks[b], &at, m, err));
  return MJ_OK;
}

mj_status mj_rb_indicators(mj_rb_run *run, const mj_rb_measure *m, mj_error *err) {
  const mj_park *park = run->park;
  places at = {0};
  int64_t rows = 0;
  writer w = {.run = run};
  MJ_TRY(list_places(run, &at, err));
  for (int32_t b = 0; b < park->n_rulebooks; b++)
    if (judges(run, park->rulebooks[b]))
      rows += (park->rulebooks[b]->n_indicators + has_total(park->rulebooks[b])) * at.n;
  if (!rows) return MJ_OK;
  MJ_TRY(mj_park_new_table(run->park, MJ_INDICATORS, rows, err));
  for (int32_t b = 0; b < park->n_rulebooks; b++) {
    w.book = park->rulebooks[b];
    if (!judges(run, w.book)) continue;
    w.called = mj_arena_format(&run->park->arena, "%s %s", w.book->code, w.book->version);
    if (!w.called) return mj_fail(err, MJ_ENOMEM, "out of memory");
    MJ_TRY(write_book(&w, &at, m, err));
    m += w.book->n_indicators * at.n * 2;
  }
  return MJ_OK;
}
