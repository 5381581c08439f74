#include "judge/survey.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"

/* Verdicts that need the same values are one group. */
typedef struct {
  int32_t *need; /* what is left, ascending */
  int32_t n;
  int32_t rarest; /* of what is left: where the group is listed */
  int64_t count;  /* verdicts */
  int64_t first;  /* the first of them */
  int64_t gain;   /* verdicts settled when all it needs is there */
  int32_t version;
  bool dirty;
} group;

typedef struct {
  int64_t gain;
  int32_t n, group, version;
} offer;

typedef struct {
  group *group;
  int32_t n_groups, n_values;
  int32_t *posting, *from; /* groups of value f: posting[from[f]] .. posting[from[f + 1] - 1] */
  int32_t *listed, *next;  /* [values], [groups] chains of the groups whose rarest value it is */
  int32_t *stamp, now;     /* [values] marks of the set that is looked at */
  int32_t *touched, n_touched;
  offer *heap; /* the best first; stale offers are dropped when they come up */
  int64_t n_heap, cap_heap;
} ranking;

/* ---- groups ---- */

typedef struct {
  const int32_t *need;
  int32_t n;
  int64_t verdict;
} wish;

static int same_wishes(const void *a, const void *b) {
  const wish *p = a, *q = b;
  if (p->n != q->n) return p->n < q->n ? -1 : 1;
  int c = memcmp(p->need, q->need, (size_t)p->n * sizeof *p->need);
  return c ? c : p->verdict < q->verdict ? -1 : p->verdict > q->verdict;
}

static bool is_same(const wish *a, const wish *b) {
  return a->n == b->n && !memcmp(a->need, b->need, (size_t)a->n * sizeof *a->need);
}

static mj_status make_groups(ranking *r, const mj_rb_needs *needs, mj_arena *arena) {
  size_t n = (size_t)needs->n_verdicts;
  wish *w = malloc((n + 1) * sizeof *w);
  int32_t *copy = mj_arena_alloc(arena, (size_t)needs->first[n] + 1, sizeof *copy);
  r->group = mj_arena_alloc(arena, n + 1, sizeof *r->group);
  if (!w || !copy || !r->group) {
    free(w);
    return MJ_ENOMEM;
  }
  for (size_t v = 0; v < n; v++)
    w[v] = (wish){needs->need + needs->first[v], (int32_t)(needs->first[v + 1] - needs->first[v]), (int64_t)v};
  qsort(w, n, sizeof *w, same_wishes);
  for (size_t v = 0; v < n; v++) {
    if (v && is_same(&w[v], &w[v - 1])) {
      r->group[r->n_groups - 1].count++;
      continue;
    }
    group *g = &r->group[r->n_groups++];
    *g = (group){.need = copy, .n = w[v].n, .count = 1, .first = w[v].verdict};
    memcpy(copy, w[v].need, (size_t)w[v].n * sizeof *copy);
    copy += w[v].n;
  }
  free(w);
  return MJ_OK;
}

static mj_status make_postings(ranking *r, mj_arena *arena) {
  size_t values = (size_t)r->n_values, total = 0;
  r->from = mj_arena_alloc(arena, values + 2, sizeof *r->from);
  r->listed = mj_arena_alloc(arena, values + 1, sizeof *r->listed);
  r->stamp = mj_arena_alloc(arena, values + 1, sizeof *r->stamp);
  r->next = mj_arena_alloc(arena, (size_t)r->n_groups + 1, sizeof *r->next);
  r->touched = mj_arena_alloc(arena, (size_t)r->n_groups + 1, sizeof *r->touched);
  if (!r->from || !r->listed || !r->stamp || !r->next || !r->touched) return MJ_ENOMEM;
  for (int32_t g = 0; g < r->n_groups; g++)
    for (int32_t k = 0; k < r->group[g].n; k++, total++) r->from[r->group[g].need[k] + 2]++;
  for (size_t f = 1; f < values + 1; f++) r->from[f + 1] += r->from[f];
  r->posting = mj_arena_alloc(arena, total + 1, sizeof *r->posting);
  if (!r->posting) return MJ_ENOMEM;
  for (int32_t g = 0; g < r->n_groups; g++)
    for (int32_t k = 0; k < r->group[g].n; k++) r->posting[r->from[r->group[g].need[k] + 1]++] = g;
  for (size_t f = 0; f < values; f++) r->listed[f] = -1;
  return MJ_OK;
}

static int32_t sharers(const ranking *r, int32_t value) { return r->from[value + 1] - r->from[value]; }

static void list_group(ranking *r, int32_t g) {
  group *at = &r->group[g];
  at->rarest = at->need[0];
  for (int32_t k = 1; k < at->n; k++)
    if (sharers(r, at->need[k]) < sharers(r, at->rarest)) at->rarest = at->need[k];
  r->next[g] = r->listed[at->rarest];
  r->listed[at->rarest] = g;
}

/* ---- what a set settles ---- */

static bool is_within(const ranking *r, const group *h) {
  for (int32_t k = 0; k < h->n; k++)
    if (r->stamp[h->need[k]] != r->now) return false;
  return h->n > 0;
}

/* Every group inside the set is listed under one of its values. */
static int64_t gain_of(ranking *r, const group *g) {
  int64_t gain = 0;
  r->now++;
  for (int32_t k = 0; k < g->n; k++) r->stamp[g->need[k]] = r->now;
  for (int32_t k = 0; k < g->n; k++)
    for (int32_t h = r->listed[g->need[k]]; h >= 0; h = r->next[h])
      if (r->group[h].rarest == g->need[k] && is_within(r, &r->group[h])) gain += r->group[h].count;
  return gain;
}

static bool better(const ranking *r, const offer *a, const offer *b) {
  int64_t x = a->gain * b->n, y = b->gain * a->n;
  if (x != y) return x > y;
  if (a->gain != b->gain) return a->gain > b->gain;
  return r->group[a->group].first < r->group[b->group].first;
}

static mj_status push(ranking *r, int32_t g) {
  group *at = &r->group[g];
  offer *grown = mj_grown(r->heap, r->n_heap, &r->cap_heap, sizeof *grown);
  if (!grown) return MJ_ENOMEM;
  r->heap = grown;
  offer o = {at->gain, at->n, g, ++at->version};
  int64_t i = r->n_heap++;
  for (; i && better(r, &o, &r->heap[(i - 1) / 2]); i = (i - 1) / 2) r->heap[i] = r->heap[(i - 1) / 2];
  r->heap[i] = o;
  return MJ_OK;
}

static offer pop(ranking *r) {
  offer top = r->heap[0], last = r->heap[--r->n_heap];
  int64_t i = 0;
  for (int64_t child; (child = 2 * i + 1) < r->n_heap; i = child) {
    if (child + 1 < r->n_heap && better(r, &r->heap[child + 1], &r->heap[child])) child++;
    if (!better(r, &r->heap[child], &last)) break;
    r->heap[i] = r->heap[child];
  }
  if (r->n_heap) r->heap[i] = last;
  return top;
}

/* ---- supplying ---- */

static void touch(ranking *r, int32_t g) {
  if (r->group[g].dirty || !r->group[g].n) return;
  r->group[g].dirty = true;
  r->touched[r->n_touched++] = g;
}

/* The value is there: it leaves every group that needs it. Returns how many verdicts that settles. */
static int64_t supply(ranking *r, int32_t value) {
  int64_t settled = 0;
  for (int32_t p = r->from[value]; p < r->from[value + 1]; p++) {
    group *g = &r->group[r->posting[p]];
    int32_t k = 0;
    while (k < g->n && g->need[k] != value) k++;
    if (k == g->n) continue;
    memmove(g->need + k, g->need + k + 1, (size_t)(g->n - k - 1) * sizeof *g->need);
    if (!--g->n) settled += g->count;
    else touch(r, r->posting[p]);
  }
  return settled;
}

/* Groups that need less now may lie inside others: all of those need the rarest of what is left. */
static mj_status offer_again(ranking *r) {
  int32_t shrunk = r->n_touched;
  for (int32_t i = 0; i < shrunk; i++) {
    group *g = &r->group[r->touched[i]];
    bool left = false;
    for (int32_t k = 0; k < g->n; k++) left = left || g->need[k] == g->rarest;
    if (g->n && !left) list_group(r, r->touched[i]);
  }
  for (int32_t i = 0; i < shrunk; i++) {
    const group *g = &r->group[r->touched[i]];
    for (int32_t p = r->from[g->rarest]; g->n && p < r->from[g->rarest + 1]; p++) {
      const group *other = &r->group[r->posting[p]];
      bool has = false;
      for (int32_t k = 0; k < other->n; k++) has = has || other->need[k] == g->rarest;
      if (has) touch(r, r->posting[p]);
    }
  }
  for (int32_t i = 0; i < r->n_touched; i++) {
    group *g = &r->group[r->touched[i]];
    g->dirty = false;
    if (!g->n) continue;
    g->gain = gain_of(r, g);
    MJ_TRY(push(r, r->touched[i]));
  }
  r->n_touched = 0;
  return MJ_OK;
}

/* Within a set the value that most verdicts need comes first. */
static int32_t next_of(const ranking *r, const group *g) {
  int32_t best = g->need[0];
  for (int32_t k = 1; k < g->n; k++)
    if (sharers(r, g->need[k]) > sharers(r, best)) best = g->need[k];
  return best;
}

static mj_status run(ranking *r, mj_rb_survey *out) {
  int64_t firm = 0;
  for (int32_t g = 0; g < r->n_groups; g++) list_group(r, g);
  for (int32_t g = 0; g < r->n_groups; g++) touch(r, g);
  MJ_TRY(offer_again(r));
  while (r->n_heap) {
    offer o = pop(r);
    group *g = &r->group[o.group];
    if (o.version != g->version || !g->n) continue;
    while (g->n) {
      int32_t value = next_of(r, g);
      firm += supply(r, value);
      out->value[out->n] = value;
      out->firm[out->n++] = firm;
    }
    MJ_TRY(offer_again(r));
  }
  return MJ_OK;
}

mj_status mj_rb_survey_order(const mj_rb_needs *needs, mj_arena *arena, mj_rb_survey *out) {
  ranking r = {.n_values = needs->n_values};
  *out = (mj_rb_survey){.value = mj_arena_alloc(arena, (size_t)needs->n_values + 1, sizeof *out->value),
                        .firm = mj_arena_alloc(arena, (size_t)needs->n_values + 1, sizeof *out->firm)};
  mj_status status = out->value && out->firm ? make_groups(&r, needs, arena) : MJ_ENOMEM;
  if (!status) status = make_postings(&r, arena);
  if (!status) status = run(&r, out);
  free(r.heap);
  return status;
}
