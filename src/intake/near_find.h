/** @file near_find.h  From keys that match nothing to the one key each may be meant for. */
#ifndef MJ_INTAKE_NEAR_FIND_H
#define MJ_INTAKE_NEAR_FIND_H

#include "base/keymap.h"
#include "intake/near.h"

/** What a key that matches nothing may stand for: number of the reference key, or -1. */
typedef struct {
  int32_t key;
  mj_near_reason reason;
} mj_near_found;

/**
 * For each of the keys @p miss the only reference key that it nearly is, by the surest ground that gives one, in
 * @p out [miss->n]. Errors: MJ_ENOMEM. Cost: a few hashes of both.
 */
MJ_NODISCARD mj_status mj_near_find(const mj_keymap *reference, const mj_keymap *miss, mj_key_kind kind, int threads,
                                    mj_near_found *out);
/** The first grounds of it, MJ_NEAR_FORM to MJ_NEAR_ZEROS: keys that are the same in a normal form, which no other
 * reference key has. Entries of @p out that have a key stay. Errors: MJ_ENOMEM. Cost: one pass over the reference, on
 * @p threads, whose number changes nothing. */
MJ_NODISCARD mj_status mj_near_forms(const mj_keymap *reference, const mj_keymap *miss, mj_key_kind kind, int threads,
                                     mj_near_found *out);

/** From a text to the one value it stands beside: owners to parcels, names to enterprises. Valid when {0}. */
typedef struct {
  mj_keymap map;
  const char **value; /**< [map.n] NULL: several different ones */
  const char **name;  /**< [map.n] as it stands in the table that was indexed */
  mj_arena arena;     /**< owns the keys */
} mj_near_index;

/** Index @p value by @p text, or by the stem of names, over the rows of a table. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_near_index_make(mj_near_index *index, const char *const *text, const char *const *value,
                                          int64_t n, bool names);
void mj_near_index_reset(mj_near_index *index);
/** Number of @p text in the index where it stands for one value, else -1. */
int32_t mj_near_index_find(const mj_near_index *index, const char *text, bool names);
#endif
