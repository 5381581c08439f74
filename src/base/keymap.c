#include "base/keymap.h"

#include <stdlib.h>
#include <string.h>

#include "base/fnv.h"

static uint64_t hash(const char *key) {
  uint64_t h = mj_fnv64(MJ_FNV64_START, key, strlen(key));
  return h ^ h >> 32;
}

static uint32_t place(const mj_keymap *map, const char *key) {
  uint32_t at = (uint32_t)hash(key) & (map->slots - 1);
  while (map->slot[at] && strcmp(map->key[map->slot[at] - 1], key)) at = (at + 1) & (map->slots - 1);
  return at;
}

static mj_status grow(mj_keymap *map) {
  uint32_t slots = map->slots ? map->slots * 2 : 1024;
  int32_t cap = (int32_t)(slots / 2), *slot = calloc(slots, sizeof *slot);
  const char **key = realloc(map->key, (size_t)cap * sizeof *key);
  if (key) map->key = key;
  int32_t *first = realloc(map->first, (size_t)cap * sizeof *first);
  if (first) map->first = first;
  int32_t *count = realloc(map->count, (size_t)cap * sizeof *count);
  if (count) map->count = count;
  if (!slot || !key || !first || !count || slots > UINT32_C(1) << 30) {
    free(slot);
    return MJ_ENOMEM;
  }
  free(map->slot);
  map->slot = slot;
  map->slots = slots;
  map->cap = cap;
  for (int32_t i = 0; i < map->n; i++) map->slot[place(map, map->key[i])] = i + 1;
  return MJ_OK;
}

mj_status mj_keymap_add(mj_keymap *map, const char *key, int32_t row, int32_t *number) {
  if (map->n == map->cap) MJ_TRY(grow(map));
  uint32_t at = place(map, key);
  if (!map->slot[at]) {
    map->key[map->n] = key;
    map->first[map->n] = row;
    map->count[map->n] = 0;
    map->slot[at] = ++map->n;
  }
  *number = map->slot[at] - 1;
  map->count[*number]++;
  return MJ_OK;
}

int32_t mj_keymap_find(const mj_keymap *map, const char *key) {
  return map->slots ? map->slot[place(map, key)] - 1 : -1;
}

void mj_keymap_reset(mj_keymap *map) {
  free(map->key);
  free(map->first);
  free(map->count);
  free(map->slot);
  *map = (mj_keymap){0};
}
