#include "base/keymap.h"

#include <stdlib.h>
#include <string.h>

#include "base/fnv.h"

static uint32_t hash(const char *key) {
  uint64_t h = mj_fnv64(MJ_FNV64_START, key, strlen(key));
  return (uint32_t)(h ^ h >> 32);
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

static mj_status grow(mj_keymap *map) {
  uint32_t slots = map->slots ? map->slots * 2 : 1024;
  int32_t cap = (int32_t)(slots / 2);
  struct mj_keymap_slot *slot = calloc(slots, sizeof *slot);
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
  move_slots(map, slot, slots);
  free(map->slot);
  map->slot = slot;
  map->slots = slots;
  map->cap = cap;
  return MJ_OK;
}

mj_status mj_keymap_add(mj_keymap *map, const char *key, int32_t row, int32_t *number) {
  if (map->n == map->cap) MJ_TRY(grow(map));
  uint32_t h = hash(key);
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

int32_t mj_keymap_find(const mj_keymap *map, const char *key) {
  return map->slots ? place(map, key, hash(key))->number - 1 : -1;
}

void mj_keymap_reset(mj_keymap *map) {
  free(map->key);
  free(map->first);
  free(map->count);
  free(map->slot);
  *map = (mj_keymap){0};
}
