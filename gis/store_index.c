#include <stdlib.h>
#include <string.h>

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

int32_t mj_text_index_first(const mj_text_index *index, const char *text) {
  return index->head[hash_text(text) & index->mask];
}

void mj_view_free(mj_view *view) {
  if (!view) return;
  for (int i = 0; view->index && i < view->n_columns; i++) {
    free(view->index[i].head);
    free(view->index[i].next);
  }
  mj_view_ungroup(view);
  free(view->index);
  free(view->can_group);
  free(view->column);
  free(view->name);
  free(view);
}
