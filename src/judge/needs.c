#include "judge/needs.h"

#include <stdlib.h>
#include <string.h>

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
  mj_keymap_reset(&t->keys);
  free(t->fix);
  free(t->need);
  *t = (mj_rb_tracer){0};
}

mj_status mj_rb_add_fix(mj_rb_tracer *t, mj_rb_fix fix, int32_t *number) {
  const char *key = fix.lookup
                        ? mj_arena_format(t->arena, "%s %s", fix.lookup, fix.old)
                        : mj_arena_format(t->arena, "%d %d %lld %lld %lld %s", fix.kind, fix.layer, (long long)fix.row,
                                          (long long)fix.parcel, fix.kind == MJ_FIX_ROW ? (long long)fix.year : 0,
                                          fix.field ? fix.field : "");
  if (!key) return MJ_ENOMEM;
  int32_t before = t->keys.n;
  MJ_TRY(mj_keymap_add(&t->keys, key, 0, number));
  if (t->keys.n == before) return MJ_OK;
  if (t->keys.n > t->cap_fix) {
    int32_t cap = t->cap_fix ? 2 * t->cap_fix : 256;
    mj_rb_fix *grown = realloc(t->fix, (size_t)cap * sizeof *grown);
    if (!grown) return MJ_ENOMEM;
    t->fix = grown;
    t->cap_fix = cap;
  }
  fix.first_parcel = -1;
  t->fix[*number] = fix;
  return MJ_OK;
}

mj_status mj_rb_need(mj_rb_tracer *t, mj_rb_fix fix, bool sure) {
  int32_t number;
  t->sure = t->sure && sure;
  MJ_TRY(mj_rb_add_fix(t, fix, &number));
  for (int64_t i = t->first_need; i < t->n_need; i++)
    if (t->need[i] == number) return MJ_OK;
  if (t->n_need == t->cap_need) {
    int64_t cap = t->cap_need ? 2 * t->cap_need : 1024;
    int32_t *grown = realloc(t->need, (size_t)cap * sizeof *grown);
    if (!grown) return MJ_ENOMEM;
    t->need = grown;
    t->cap_need = cap;
  }
  t->need[t->n_need++] = number;
  return MJ_OK;
}
