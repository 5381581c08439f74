/** @file keymap.h  From text keys to row numbers. */
#ifndef MJ_BASE_KEYMAP_H
#define MJ_BASE_KEYMAP_H

#include <stdint.h>

#include "mujun/status.h"

/** Valid when {0}; borrows the texts of its keys. Each distinct key gets a number 0, 1, 2 ... in order of first sight.
 */
typedef struct {
  const char **key; /**< [n] in order of number */
  int32_t *first;   /**< [n] row that brought the key first */
  int32_t *count;   /**< [n] rows that brought it */
  int32_t n, cap;
  struct mj_keymap_slot {
    uint32_t hash;
    int32_t number; /* + 1; 0: free */
  } * slot;         /**< [slots] open addressing */
  uint32_t slots;
} mj_keymap;

/** Number of @p key, added when new. Errors: MJ_ENOMEM. NULL keys are the caller's to leave out. */
MJ_NODISCARD mj_status mj_keymap_add(mj_keymap *map, const char *key, int32_t row, int32_t *number);
/** Room for @p n keys in all, so that the map does not grow on its way there. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_keymap_reserve(mj_keymap *map, int64_t n);
/** Number of @p key, or -1. */
int32_t mj_keymap_find(const mj_keymap *map, const char *key);
/** Numbers of keys 0 .. n-1, as mj_keymap_add gives them one by one, each row its own number; -1 where a key is NULL.
 * Several times as fast: memory is asked for ahead. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_keymap_add_all(mj_keymap *map, const char *const *key, int64_t n, int32_t *number);
/** The same of mj_keymap_find. */
void mj_keymap_find_all(const mj_keymap *map, const char *const *key, int64_t n, int32_t *number);
void mj_keymap_reset(mj_keymap *map);
#endif
