#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/run.h"

/* What may flip, in order; verdicts by their words, tiers by theirs, caps by the number. */
static const struct {
  const char *column, *reasons_on; /* reasons_on: verdict_on of its reasons; NULL: nothing says why */
} matters[] = {{"idle", "idle"},
               {"inefficient", "inefficient"},
               {"renewal_text", "renewal"},
               {"renewal_cap", "renewal"},
               {"plot_ratio_cap", NULL}};
enum { N_MATTERS = sizeof matters / sizeof *matters };

static bool same_text(const char *a, const char *b) { return a && b ? !strcmp(a, b) : a == b; }

static bool equal(const mj_column *a, const mj_column *b, int64_t row) {
  bool no_a = !a || mj_column_is_null(a, row), no_b = !b || mj_column_is_null(b, row);
  if (no_a || no_b) return no_a == no_b;
  if (a->type == MJ_TRI) return a->tri[row] == b->tri[row];
  return a->type == MJ_F64 ? a->f64[row] == b->f64[row] : !strcmp(a->text[row], b->text[row]);
}

/* NULL for a tier or a cap that is not there. */
static const char *words_of(mj_arena *arena, const mj_column *c, int64_t row, mj_lang lang) {
  char number[32];
  if (c && c->type == MJ_TRI) return mj_tri_word(c->tri[row], lang);
  if (!c || mj_column_is_null(c, row)) return NULL;
  if (c->type == MJ_TEXT) return c->text[row];
  mj_double_shortest(c->f64[row], number);
  return mj_arena_text(arena, number, strlen(number));
}

/* Where each parcel's reasons begin: the table is in the order of parcels, which it knows by row and id. Rows of
 * several files have the same numbers. */
static int64_t *index_reasons(const mj_park *park) {
  const mj_table *parcels = &park->table[MJ_PARCELS], *reasons = &park->table[MJ_REASONS];
  const int64_t *row = mj_table_i64(reasons, "row");
  const char **id = mj_table_text(parcels, "parcel_id"), **of = mj_table_text(reasons, "parcel_id");
  int64_t *from = calloc((size_t)parcels->n + 1, sizeof *from), k = 0;
  for (int64_t i = 0; from && i < parcels->n; i++) {
    from[i] = k;
    while (row && k < reasons->n && row[k] == mj_table_source_row(parcels, i) &&
           same_text(id ? id[i] : NULL, of ? of[k] : NULL))
      k++;
  }
  if (from) from[parcels->n] = k;
  return from;
}

/* True where the rule is one of "A, B, C". */
static bool is_listed(const char *list, const char *rule) {
  size_t n = strlen(rule);
  for (const char *at = list; at; at = strchr(at, ' ') ? strchr(at, ' ') + 1 : NULL)
    if (!strncmp(at, rule, n) && (!at[n] || at[n] == ',')) return true;
  return false;
}

/* "QZ2025-1, IDLE53-1": the rules behind what the parcel has, each once; NULL where there are none. */
static const char *rules_of(mj_arena *arena, const mj_park *park, const int64_t *from, int64_t row, int matter,
                            const mj_column *verdict) {
  const mj_table *t = &park->table[MJ_REASONS];
  const char **on = mj_table_text(t, "verdict_on"), **rule = mj_table_text(t, "rule"), *list = NULL;
  const uint8_t *answer = mj_table_tri(t, "verdict");
  if (!matters[matter].reasons_on) {
    const char **source = mj_table_text(&park->table[MJ_PARCELS], "plot_ratio_cap_source");
    return source ? source[row] : NULL;
  }
  for (int64_t k = from[row]; on && k < from[row + 1]; k++) {
    if (strcmp(on[k], matters[matter].reasons_on) || is_listed(list, rule[k])) continue;
    if (verdict && verdict->type == MJ_TRI && answer[k] != verdict->tri[row]) continue;
    list = list ? mj_arena_format(arena, "%s, %s", list, rule[k]) : rule[k];
  }
  return list ? mj_arena_text(arena, list, strlen(list)) : NULL;
}

typedef struct {
  const mj_park *a;
  mj_park *b;
  int64_t *reasons_a, *reasons_b;
} two;

static const mj_column *column_of(const mj_park *park, const char *name) {
  return mj_table_find(&park->table[MJ_PARCELS], name);
}

static double number_of(const mj_park *park, const char *name, int64_t row) {
  const double *v = mj_table_f64(&park->table[MJ_PARCELS], name);
  return v ? v[row] : (double)NAN;
}

static mj_status write_flip(const two *w, int64_t parcel, int matter, int64_t at) {
  mj_table *out = &w->b->table[MJ_FLIPS];
  const mj_table *parcels = &w->b->table[MJ_PARCELS];
  const char **id = mj_table_text(parcels, "parcel_id"), **zone = mj_table_text(parcels, "zone");
  const mj_column *a = column_of(w->a, matters[matter].column), *b = column_of(w->b, matters[matter].column);
  mj_lang lang = w->b->project.lang;
  mj_table_text(out, "parcel_id")[at] = id ? id[parcel] : NULL;
  mj_table_i64(out, "row")[at] = mj_table_source_row(parcels, parcel);
  mj_table_text(out, "zone")[at] = zone ? zone[parcel] : NULL;
  mj_table_text(out, "matter")[at] = matters[matter].column;
  mj_table_text(out, "before")[at] = words_of(&out->arena, a, parcel, lang);
  mj_table_text(out, "after")[at] = words_of(&out->arena, b, parcel, lang);
  mj_table_text(out, "rules_before")[at] = rules_of(&out->arena, w->a, w->reasons_a, parcel, matter, a);
  mj_table_text(out, "rules_after")[at] = rules_of(&out->arena, w->b, w->reasons_b, parcel, matter, b);
  mj_table_f64(out, "area_mu")[at] = number_of(w->b, "area_mu", parcel);
  mj_table_f64(out, "countable_floor_area_m2")[at] = number_of(w->b, "countable_floor_area_m2", parcel);
  mj_table_f64(out, "renewal_headroom_before_m2")[at] = number_of(w->a, "renewal_headroom_m2", parcel);
  mj_table_f64(out, "renewal_headroom_after_m2")[at] = number_of(w->b, "renewal_headroom_m2", parcel);
  mj_table_f64(out, "headroom_before_m2")[at] = number_of(w->a, "headroom_m2", parcel);
  mj_table_f64(out, "headroom_after_m2")[at] = number_of(w->b, "headroom_m2", parcel);
  return MJ_OK;
}

static int64_t count_flips(const mj_park *a, const mj_park *b) {
  int64_t n = 0;
  for (int m = 0; m < N_MATTERS; m++) {
    const mj_column *x = column_of(a, matters[m].column), *y = column_of(b, matters[m].column);
    for (int64_t i = 0; i < b->table[MJ_PARCELS].n; i++) n += !equal(x, y, i);
  }
  return n;
}

mj_status mj_flips(const mj_park *a, mj_park *b, mj_error *err) {
  two w = {a, b, index_reasons(a), index_reasons(b)};
  int64_t at = 0;
  if (a->table[MJ_PARCELS].n != b->table[MJ_PARCELS].n) {
    free(w.reasons_a);
    free(w.reasons_b);
    return mj_fail(err, MJ_EINVAL, "the two runs read different parcels");
  }
  mj_status status = w.reasons_a && w.reasons_b ? mj_park_new_table(b, MJ_FLIPS, count_flips(a, b), err) : MJ_ENOMEM;
  for (int m = 0; m < N_MATTERS && !status; m++) {
    const mj_column *x = column_of(a, matters[m].column), *y = column_of(b, matters[m].column);
    for (int64_t i = 0; i < b->table[MJ_PARCELS].n && !status; i++)
      if (!equal(x, y, i)) status = write_flip(&w, i, m, at++);
  }
  free(w.reasons_a);
  free(w.reasons_b);
  return status ? mj_fail(err, status, "out of memory") : MJ_OK;
}
