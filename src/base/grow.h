/** @file grow.h  Lists that grow as items come. */
#ifndef MJ_BASE_GROW_H
#define MJ_BASE_GROW_H

#include <stdint.h>
#include <stdlib.h>

/**
 * Room for one more item behind the first @p n: the list itself, or one twice as long that takes its place and its
 * items.
 * @param items  malloc'd, [*cap] items of @p size bytes; NULL with a cap of 0: no list yet
 * NULL when memory ends; the list then stands as it was.
 */
static inline void *mj_grown(void *items, int64_t n, int64_t *cap, size_t size) {
  if (n < *cap) return items;
  int64_t more = *cap ? 2 * *cap : 64;
  void *grown = realloc(items, (size_t)more * size);
  if (grown) *cap = more;
  return grown;
}
#endif
