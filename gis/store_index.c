#include <stdlib.h>
#include <string.h>

#include "base/keymap.h"
#include "gis/store_vtab.h"

/* FNV-1a: short codes, no need for more. */
static uint32_t hash_text(const char *text) {
  uint32_t h = 2166136261U;
  for (; *text; text++) h = (h ^ (unsigned char)*text) * 16777619U;
  return h ^ (h >> 15);
}

bool mj_view_index(mj_view *view, int column) {
  mj_text_index *index = &view->index[column];
  const char *const *text = view->column[column]->text;
  int64_t n = view->table->n;
  if (index->head) return true;
  if (n >= INT32_MAX) return false;
  uint32_t mask = 15;
  while (mask < (uint64_t)n) mask = mask * 2 + 1;
  int32_t *head = malloc(((size_t)mask + 1) * sizeof *head);
  int32_t *next = malloc((size_t)(n ? n : 1) * sizeof *next);
  if (!head || !next) {
    free(head);
    free(next);
    return false;
  }
  memset(head, 0xff, ((size_t)mask + 1) * sizeof *head);
  for (int64_t i = n - 1; i >= 0; i--) { /* backwards, so that chains run upwards and rows come in their order */
    next[i] = -1;
    if (!text || !text[i]) continue;
    uint32_t slot = hash_text(text[i]) & mask;
    next[i] = head[slot];
    head[slot] = (int32_t)i;
  }
  index->head = head;
  index->next = next;
  index->mask = mask;
  return true;
}

typedef struct {
  const char *text;
  int32_t number;
} group_key;

static int by_text(const void *a, const void *b) {
  return strcmp(((const group_key *)a)->text, ((const group_key *)b)->text);
}

/* Number of each row's text in order of first sight; -1 for NULL. */
static bool number_texts(const char *const *text, int64_t n, mj_keymap *map, int32_t *group) {
  for (int64_t i = 0; i < n; i++) {
    group[i] = -1;
    if (text && text[i] && mj_keymap_add(map, text[i], (int32_t)i, &group[i])) return false;
  }
  return true;
}

/* First place of every group, [map.n + 1], NULL last: rows of NULL come first, then the texts by their bytes. */
static bool place_groups(const mj_keymap *map, int64_t n, int32_t *start) {
  group_key *key = malloc(((size_t)map->n + 1) * sizeof *key);
  int64_t at = n;
  if (!key) return false;
  for (int32_t k = 0; k < map->n; k++) {
    key[k] = (group_key){map->key[k], k};
    at -= map->count[k];
  }
  qsort(key, (size_t)map->n, sizeof *key, by_text);
  start[map->n] = 0;
  for (int32_t k = 0; k < map->n; k++) {
    start[key[k].number] = (int32_t)at;
    at += map->count[key[k].number];
  }
  free(key);
  return true;
}

bool mj_view_group(mj_view *view, int column) {
  mj_text_index *index = &view->index[column];
  int64_t n = view->table->n;
  mj_keymap map = {0};
  if (index->grouped) return true;
  if (n >= INT32_MAX) return false;
  int32_t *group = malloc(((size_t)n + 1) * sizeof *group), *rows = malloc(((size_t)n + 1) * sizeof *rows);
  bool ok = group && rows && number_texts(view->column[column]->text, n, &map, group);
  int32_t *start = ok ? malloc(((size_t)map.n + 1) * sizeof *start) : NULL;
  ok = start && place_groups(&map, n, start);
  for (int64_t i = 0; ok && i < n; i++) rows[start[group[i] < 0 ? map.n : group[i]]++] = (int32_t)i;
  if (ok) index->grouped = rows;
  else free(rows);
  free(start);
  free(group);
  mj_keymap_reset(&map);
  return ok;
}

int32_t mj_text_index_first(const mj_text_index *index, const char *text) {
  return index->head[hash_text(text) & index->mask];
}

void mj_view_free(mj_view *view) {
  if (!view) return;
  for (int i = 0; view->index && i < view->n_columns; i++) {
    free(view->index[i].head);
    free(view->index[i].next);
    free(view->index[i].grouped);
  }
  free(view->index);
  free(view->column);
  free(view->name);
  free(view);
}
