#include "judge/needs.h"

#include <stdlib.h>
#include <string.h>

#include "base/fnv.h"
#include "base/grow.h"

/* Where each parcel's rows begin in a table that is in order of parcel_row, or is brought into that order by count. */
static int64_t *index_rows(const mj_table *t, int64_t parcels, mj_arena *arena) {
  const int64_t *row = t->name ? mj_table_i64(t, "parcel_row") : NULL;
  int64_t *from = mj_arena_alloc(arena, (size_t)parcels + 2, sizeof *from);
  for (int64_t i = 0; from && row && i < t->n; i++)
    if (row[i] >= 1 && row[i] <= parcels) from[row[i]]++;
  for (int64_t i = 0; from && i < parcels; i++) from[i + 1] += from[i];
  return from;
}

mj_status mj_rb_tracer_open(mj_rb_tracer *t, mj_rb_run *run, mj_arena *arena) {
  const mj_park *park = run->park;
  int64_t n = park->table[MJ_PARCELS].n;
  *t = (mj_rb_tracer){.run = run, .arena = arena};
  const mj_table *gaps = &park->table[MJ_GAPS];
  const int64_t *row = gaps->name ? mj_table_i64(gaps, "parcel_row") : NULL;
  t->gap_from = index_rows(gaps, n, arena);
  t->house_from = index_rows(&park->table[MJ_PARCEL_BUILDINGS], n, arena); /* in order of parcels already */
  t->gap = mj_arena_alloc(arena, (size_t)gaps->n + 1, sizeof *t->gap);
  int64_t *next = mj_arena_alloc(arena, (size_t)n + 2, sizeof *next);
  if (!t->gap_from || !t->house_from || !t->gap || !next) return MJ_ENOMEM;
  memcpy(next, t->gap_from, ((size_t)n + 1) * sizeof *next);
  for (int64_t i = 0; row && i < gaps->n; i++)
    if (row[i] >= 1 && row[i] <= n) t->gap[next[row[i] - 1]++] = i;
  return MJ_OK;
}

void mj_rb_tracer_close(mj_rb_tracer *t) {
  free(t->slot);
  free(t->fix);
  free(t->need);
  *t = (mj_rb_tracer){0};
}

static bool same_text(const char *a, const char *b) { return a && b ? !strcmp(a, b) : a == b; }

/* What tells one value from another: a row of a lookup table by its code, all else by its place. */
static uint32_t hash_of(const mj_rb_fix *f) {
  int64_t place[] = {f->kind, f->layer, f->row, f->parcel, f->kind == MJ_FIX_ROW ? f->year : 0};
  const char *text = f->lookup ? f->old : f->field ? f->field : "";
  uint64_t h = MJ_FNV64_START;
  if (!f->lookup)
    for (size_t i = 0; i < sizeof place / sizeof *place; i++)
      h = (h ^ (uint64_t)place[i]) * UINT64_C(0x9E3779B97F4A7C15);
  return (uint32_t)mj_fnv64(h ^ h >> 29, text, strlen(text));
}

static bool same_fix(const mj_rb_fix *a, const mj_rb_fix *b) {
  if (a->lookup || b->lookup) return same_text(a->lookup, b->lookup) && same_text(a->old, b->old);
  return a->kind == b->kind && a->layer == b->layer && a->row == b->row && a->parcel == b->parcel &&
         (a->kind != MJ_FIX_ROW || a->year == b->year) && same_text(a->field, b->field);
}

/* Its place among the slots: taken by it, or free. */
static mj_rb_slot *slot_of(const mj_rb_tracer *t, const mj_rb_fix *fix, uint32_t hash) {
  uint32_t mask = t->slots - 1, at = hash & mask;
  while (t->slot[at].number && (t->slot[at].hash != hash || !same_fix(&t->fix[t->slot[at].number - 1], fix)))
    at = (at + 1) & mask;
  return &t->slot[at];
}

/* All of them are different: their hashes say where they go. */
static void move_slots(mj_rb_slot *to, uint32_t n, const mj_rb_slot *from, uint32_t n_from) {
  for (uint32_t i = 0; i < n_from; i++) {
    uint32_t at = from[i].hash & (n - 1);
    if (!from[i].number) continue;
    while (to[at].number) at = (at + 1) & (n - 1);
    to[at] = from[i];
  }
}

/* Room for one value more: at most half of the slots are taken. */
static mj_status grow(mj_rb_tracer *t) {
  if (t->n_fix < t->cap_fix) return MJ_OK;
  int32_t cap = t->cap_fix ? 2 * t->cap_fix : 256;
  mj_rb_fix *grown = realloc(t->fix, (size_t)cap * sizeof *grown);
  if (grown) t->fix = grown;
  mj_rb_slot *slot = calloc((size_t)cap * 2, sizeof *slot);
  if (!grown || !slot) {
    free(slot);
    return MJ_ENOMEM;
  }
  move_slots(slot, (uint32_t)cap * 2, t->slot, t->slots);
  free(t->slot);
  t->slot = slot;
  t->slots = (uint32_t)cap * 2;
  t->cap_fix = cap;
  return MJ_OK;
}

mj_status mj_rb_add_fix(mj_rb_tracer *t, mj_rb_fix fix, int32_t *number) {
  MJ_TRY(grow(t));
  uint32_t hash = hash_of(&fix);
  mj_rb_slot *slot = slot_of(t, &fix, hash);
  if (!slot->number) {
    fix.first_parcel = -1;
    t->fix[t->n_fix] = fix;
    *slot = (mj_rb_slot){hash, ++t->n_fix};
  }
  *number = slot->number - 1;
  return MJ_OK;
}

mj_status mj_rb_need(mj_rb_tracer *t, mj_rb_fix fix, bool sure) {
  int32_t number;
  t->sure = t->sure && sure;
  MJ_TRY(mj_rb_add_fix(t, fix, &number));
  for (int64_t i = t->first_need; i < t->n_need; i++)
    if (t->need[i] == number) return MJ_OK;
  int32_t *grown = mj_grown(t->need, t->n_need, &t->cap_need, sizeof *grown);
  if (!grown) return MJ_ENOMEM;
  t->need = grown;
  t->need[t->n_need++] = number;
  return MJ_OK;
}
