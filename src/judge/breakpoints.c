#include <math.h>
#include <stdlib.h>

#include "base/grow.h"
#include "base/text.h"
#include "judge/turns.h"

static const mj_rb_figure figures[] = {
    {"tax_3y_wan", NULL}, {"tax_wan", "tax_wan_per_mu"}, {"output_3y_wan", NULL}, {"output_wan", "output_wan_per_mu"}};

/* ---- rows ---- */

typedef struct {
  int64_t parcel;
  const mj_rb_figure *figure;
  double value, at;
  bool enough; /* the value itself is treated otherwise, not only what lies beyond */
  mj_rb_treatment before, after;
  const mj_rb_clause *by;
} hit;

static bool same(mj_rb_treatment a, mj_rb_treatment b) { return a.inefficient == b.inefficient && a.tier == b.tier; }

typedef struct {
  hit *item;
  int64_t n, cap;
} hits;

static mj_status push(hits *h, hit one) {
  hit *grown = mj_grown(h->item, h->n, &h->cap, sizeof *grown);
  if (!grown) return MJ_ENOMEM;
  h->item = grown;
  h->item[h->n++] = one;
  return MJ_OK;
}

/* The clause that turns at this value. */
static const mj_rb_clause *who_turns(const mj_rb_turns *l, int64_t row, double at) {
  for (int k = 0; k < l->n; k++)
    for (int i = 0; i < l->item[k].rule->n_leaves; i++)
      if (l->item[k].leaf[row * l->item[k].rule->n_leaves + i].at == at) return &l->item[k];
  return NULL;
}

static int by_value(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* Values at which some comparison turns, rising, each once; those below 0 are no figures. */
static int list_turns(const mj_rb_turns *l, int64_t row, double turns[MJ_MOST_TURNS]) {
  int n = 0, kept = 0;
  for (int k = 0; k < l->n; k++) {
    const mj_rb_clause *c = &l->item[k];
    for (int i = 0; i < c->rule->n_leaves && c->open[row] != MJ_NO && n < MJ_MOST_TURNS; i++) {
      double at = c->leaf[row * c->rule->n_leaves + i].at;
      if (at >= 0 && isfinite(at)) turns[n++] = at;
    }
  }
  qsort(turns, (size_t)n, sizeof *turns, by_value);
  for (int i = 0; i < n; i++)
    if (!kept || turns[i] != turns[kept - 1]) turns[kept++] = turns[i];
  return kept;
}

/* The first turn from @p i on in steps of @p step behind which the parcel is treated otherwise than now. */
static mj_status find_next(const mj_rb_turns *l, int64_t row, double value, mj_rb_treatment now, const double *turns,
                           int n, int i, int step, hits *out) {
  for (; i >= 0 && i < n; i += step) {
    mj_rb_treatment at = mj_rb_treated(l, row, (mj_rb_place){turns[i], 0}),
                    beyond = mj_rb_treated(l, row, (mj_rb_place){turns[i], step});
    bool enough = turns[i] != value && !same(at, now);
    if (!enough && same(beyond, now)) continue;
    return push(out,
                (hit){row, l->figure, value, turns[i], enough, now, enough ? at : beyond, who_turns(l, row, turns[i])});
  }
  return MJ_OK;
}

/* Nothing is known of the figure: how the parcel would be treated from 0 on, and from each turn that changes it. */
static mj_status find_all(const mj_rb_turns *l, int64_t row, const double *turns, int n, hits *out) {
  mj_rb_treatment now = mj_rb_treated(l, row, (mj_rb_place){(double)NAN, 0}),
                  last = mj_rb_treated(l, row, (mj_rb_place){0, 0});
  hit first = {row, l->figure, (double)NAN, 0, true, now, last, NULL};
  mj_status status = MJ_OK;
  int64_t from = out->n;
  for (int i = 0; i < n && !status; i++) {
    mj_rb_treatment at = mj_rb_treated(l, row, (mj_rb_place){turns[i], 0}),
                    beyond = mj_rb_treated(l, row, (mj_rb_place){turns[i], 1});
    bool enough = turns[i] > 0 && !same(at, last);
    if (same(beyond, last)) continue;
    if (out->n == from) status = push(out, first);
    last = beyond;
    if (!status)
      status =
          push(out, (hit){row, l->figure, (double)NAN, turns[i], enough, now, beyond, who_turns(l, row, turns[i])});
  }
  return status;
}

static mj_status find_hits(const mj_rb_turns *l, int64_t row, double value, hits *out) {
  double turns[MJ_MOST_TURNS];
  int n = list_turns(l, row, turns), above = 0;
  if (!n) return MJ_OK;
  if (isnan(value)) return find_all(l, row, turns, n, out);
  mj_rb_treatment now = mj_rb_treated(l, row, (mj_rb_place){value, 0});
  while (above < n && turns[above] < value) above++;
  MJ_TRY(find_next(l, row, value, now, turns, n, above < n && turns[above] == value ? above : above - 1, -1, out));
  return find_next(l, row, value, now, turns, n, above, 1, out);
}

/* ---- the table ---- */

static const char *tier_words(const mj_rb_turns *l, int tier) {
  mj_lang lang = l->run->park->project.lang;
  if (tier == -2) return mj_tr(lang, "tier cannot be told");
  return mj_rb_tier_text(l->item[tier].ladder, l->item[tier].rule, lang);
}

/* "inefficient; plot ratio up to 2.5". Said again and again, so kept in @p known, [n + 2][3]. */
static const char *words_of(const mj_rb_turns *l, mj_rb_treatment t, const char **known) {
  const char **place = &known[(t.tier + 2) * 3 + t.inefficient];
  static const char *const verdicts[] = {
      [MJ_NO] = "not inefficient", [MJ_YES] = "inefficient", [MJ_UNKNOWN] = "inefficient or not cannot be told"};
  mj_park *park = l->run->park;
  mj_lang lang = park->project.lang;
  if (*place) return *place;
  const char *verdict = mj_tr(lang, verdicts[t.inefficient]);
  *place = t.tier == -1
               ? verdict
               : mj_arena_format(&park->arena, lang == MJ_ZH ? "%s；%s" : "%s; %s", verdict, tier_words(l, t.tier));
  return *place;
}

static mj_status write_hits(const mj_rb_turns *l, const hits *h, mj_error *err) {
  mj_park *park = l->run->park;
  const mj_table *parcels = &park->table[MJ_PARCELS];
  const char **id = mj_table_text(parcels, "parcel_id"), **zone = mj_table_text(parcels, "zone");
  const char **known = mj_arena_alloc(&l->run->arena, (size_t)(l->n + 2) * 3, sizeof *known);
  MJ_TRY(mj_park_new_table(park, MJ_BREAKPOINTS, h->n, err));
  mj_table *t = &park->table[MJ_BREAKPOINTS];
  mj_status status = known ? MJ_OK : MJ_ENOMEM;
  const char **parcel = mj_table_text(t, "parcel_id"), **in = mj_table_text(t, "zone"),
             **figure = mj_table_text(t, "figure"), **before = mj_table_text(t, "before"),
             **after = mj_table_text(t, "after"), **rule = mj_table_text(t, "rule");
  int64_t *row = mj_table_i64(t, "row");
  double *value = mj_table_f64(t, "value"), *at = mj_table_f64(t, "breakpoint"), *change = mj_table_f64(t, "change");
  uint8_t *enough = mj_table_tri(t, "included");
  for (int64_t i = 0; i < h->n && !status; i++) {
    const hit *k = &h->item[i];
    parcel[i] = id ? id[k->parcel] : NULL;
    row[i] = mj_table_source_row(parcels, k->parcel);
    in[i] = zone ? zone[k->parcel] : NULL;
    figure[i] = k->figure->column;
    value[i] = k->value;
    at[i] = k->at;
    change[i] = k->at - k->value;
    enough[i] = k->enough ? MJ_YES : MJ_NO;
    before[i] = words_of(l, k->before, known);
    after[i] = words_of(l, k->after, known);
    rule[i] = k->by ? k->by->rule->code : NULL;
    if (!before[i] || !after[i]) status = MJ_ENOMEM;
  }
  return status ? mj_fail(err, status, "out of memory") : MJ_OK;
}

mj_status mj_rb_breakpoints(mj_rb_run *run, const mj_rulebook *const *book, int n, mj_error *err) {
  mj_rb_turns l = {.run = run};
  hits h = {0};
  const mj_table *parcels = &run->park->table[MJ_PARCELS];
  bool any = false;
  mj_status status = mj_rb_turns_open(&l, book, n, err);
  for (size_t f = 0; f < sizeof figures / sizeof *figures && !status; f++) {
    if (!mj_rb_turns_asked(&l, &figures[f])) continue;
    const double *value = mj_table_f64(parcels, figures[f].column);
    any = true;
    if (!mj_park_wants(run->park, MJ_BREAKPOINTS)) break;
    status = mj_rb_turns_look(&l, &figures[f], err);
    if (status == MJ_ERULE) { /* an expression that cannot be asked about other values has no breakpoints */
      status = MJ_OK;
      continue;
    }
    for (int64_t i = 0; i < parcels->n && !status; i++)
      if (find_hits(&l, i, value ? value[i] : (double)NAN, &h)) status = mj_fail(err, MJ_ENOMEM, "out of memory");
  }
  if (!status && any) status = write_hits(&l, &h, err);
  mj_rb_turns_close(&l);
  free(h.item);
  return status;
}
