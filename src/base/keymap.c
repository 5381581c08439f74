#define _DEFAULT_SOURCE /* madvise */
#include "base/keymap.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* Eight bytes at a time: keys are hashed by the million. The order of bytes in a word changes no number. */
static uint32_t hash(const char *key) {
  size_t n = strlen(key);
  uint64_t h = n, word;
  for (; n >= sizeof word; n -= sizeof word, key += sizeof word) {
    memcpy(&word, key, sizeof word);
    h = (h ^ word) * UINT64_C(0x9E3779B97F4A7C15);
    h ^= h >> 32;
  }
  word = 0;
  memcpy(&word, key, n);
  h = (h ^ word) * UINT64_C(0x9E3779B97F4A7C15);
  h ^= h >> 32;
  return (uint32_t)(h ^ h >> 16);
}

/* The slot of the key, or the free one where it belongs. Keys are looked at only where the hashes agree. */
static struct mj_keymap_slot *place(const mj_keymap *map, const char *key, uint32_t h) {
  uint32_t at = h & (map->slots - 1);
  while (map->slot[at].number && (map->slot[at].hash != h || strcmp(map->key[map->slot[at].number - 1], key)))
    at = (at + 1) & (map->slots - 1);
  return &map->slot[at];
}

static void move_slots(const mj_keymap *map, struct mj_keymap_slot *to, uint32_t slots) {
  for (uint32_t i = 0; i < map->slots; i++) {
    uint32_t at = map->slot[i].hash & (slots - 1);
    if (!map->slot[i].number) continue;
    while (to[at].number) at = (at + 1) & (slots - 1);
    to[at] = map->slot[i];
  }
}

/* Free slots. They are met in no order: large ones are asked for in large pages, and written one after another before
 * they are read, which is one fault a page instead of two. */
static struct mj_keymap_slot *new_slots(uint32_t slots) {
  enum { LARGE = 1 << 21 };
  size_t bytes = slots * sizeof(struct mj_keymap_slot);
  void *slot = bytes < LARGE ? malloc(bytes) : aligned_alloc(LARGE, bytes);
  if (slot && bytes >= LARGE) madvise(slot, bytes, MADV_HUGEPAGE); /* only a wish */
  return slot ? memset(slot, 0, bytes) : NULL;
}

/* Room for @p cap keys, a power of two. */
static mj_status resize(mj_keymap *map, uint32_t cap) {
  if (cap > UINT32_C(1) << 30) return MJ_ENOMEM;
  struct mj_keymap_slot *slot = new_slots(cap * 2);
  const char **key = realloc(map->key, (size_t)cap * sizeof *key);
  if (key) map->key = key;
  int32_t *first = realloc(map->first, (size_t)cap * sizeof *first);
  if (first) map->first = first;
  int32_t *count = realloc(map->count, (size_t)cap * sizeof *count);
  if (count) map->count = count;
  if (!slot || !key || !first || !count) {
    free(slot);
    return MJ_ENOMEM;
  }
  move_slots(map, slot, cap * 2);
  free(map->slot);
  map->slot = slot;
  map->slots = cap * 2;
  map->cap = (int32_t)cap;
  return MJ_OK;
}

mj_status mj_keymap_reserve(mj_keymap *map, int64_t n) {
  uint32_t cap = map->cap ? (uint32_t)map->cap : 512;
  if (n > INT32_MAX) return MJ_ENOMEM;
  while (cap < (uint64_t)n) cap *= 2;
  return cap > (uint32_t)map->cap ? resize(map, cap) : MJ_OK;
}

static mj_status add_hashed(mj_keymap *map, const char *key, uint32_t h, int32_t row, int32_t *number) {
  if (map->n == map->cap) MJ_TRY(mj_keymap_reserve(map, (int64_t)map->n + 1));
  struct mj_keymap_slot *slot = place(map, key, h);
  if (!slot->number) {
    map->key[map->n] = key;
    map->first[map->n] = row;
    map->count[map->n] = 0;
    *slot = (struct mj_keymap_slot){h, ++map->n};
  }
  *number = slot->number - 1;
  map->count[*number]++;
  return MJ_OK;
}

mj_status mj_keymap_add(mj_keymap *map, const char *key, int32_t row, int32_t *number) {
  return add_hashed(map, key, hash(key), row, number);
}

int32_t mj_keymap_find(const mj_keymap *map, const char *key) {
  return map->slots ? place(map, key, hash(key))->number - 1 : -1;
}

/* Keys that are looked up together. */
enum { BLOCK = 32 };

/* Hash a block of keys, and ask for the memory that their places will be compared with, step by step. */
static void look_ahead(const mj_keymap *map, const char *const *key, int n, uint32_t *h) {
  const struct mj_keymap_slot *slot[BLOCK];
  for (int i = 0; i < n; i++)
    if (key[i]) __builtin_prefetch(key[i]);
  for (int i = 0; i < n; i++) {
    h[i] = key[i] ? hash(key[i]) : 0;
    slot[i] = map->slots ? &map->slot[h[i] & (map->slots - 1)] : NULL;
    if (slot[i]) __builtin_prefetch(slot[i]);
  }
  for (int i = 0; i < n; i++)
    if (slot[i] && slot[i]->number && slot[i]->hash == h[i]) __builtin_prefetch(&map->key[slot[i]->number - 1]);
  for (int i = 0; i < n; i++)
    if (slot[i] && slot[i]->number && slot[i]->hash == h[i]) __builtin_prefetch(map->key[slot[i]->number - 1]);
}

/* Room for the rest of @p n keys, of which @p seen brought the map's, if they go on so. */
static mj_status expect(mj_keymap *map, int64_t seen, int64_t n) {
  enum { LEAST = 4096 }; /* fewer tell nothing */
  if (seen < LEAST || map->n + BLOCK <= map->cap) return MJ_OK;
  return mj_keymap_reserve(map, (int64_t)((double)map->n / (double)seen * (double)n));
}

mj_status mj_keymap_add_all(mj_keymap *map, const char *const *key, int64_t n, int32_t *number) {
  uint32_t h[BLOCK];
  for (int64_t first = 0; first < n; first += BLOCK) {
    int m = n - first < BLOCK ? (int)(n - first) : BLOCK;
    MJ_TRY(expect(map, first, n));
    look_ahead(map, key + first, m, h);
    for (int i = 0; i < m; i++) {
      number[first + i] = -1;
      if (key[first + i]) MJ_TRY(add_hashed(map, key[first + i], h[i], (int32_t)(first + i), &number[first + i]));
    }
  }
  return MJ_OK;
}

void mj_keymap_find_all(const mj_keymap *map, const char *const *key, int64_t n, int32_t *number) {
  uint32_t h[BLOCK];
  for (int64_t first = 0; first < n; first += BLOCK) {
    int m = n - first < BLOCK ? (int)(n - first) : BLOCK;
    look_ahead(map, key + first, m, h);
    for (int i = 0; i < m; i++)
      number[first + i] = key[first + i] && map->slots ? place(map, key[first + i], h[i])->number - 1 : -1;
  }
}

void mj_keymap_reset(mj_keymap *map) {
  free(map->key);
  free(map->first);
  free(map->count);
  free(map->slot);
  *map = (mj_keymap){0};
}
