/** @file use_words.h  What the words of delivered tables mean: states of use, roles, batches. */
#ifndef MJ_MEASURE_USE_WORDS_H
#define MJ_MEASURE_USE_WORDS_H

#include "base/keymap.h"
#include "mujun/arena.h"

/** What a word of use_words.csv means. */
typedef enum {
  MJ__NO_WORD,
  MJ__IN_USE,
  MJ__OWN_USE,
  MJ__VACANT,
  MJ__STOPPED,
  MJ__LET_UNUSED,
  MJ__SAYS_OWNER,
  MJ__SAYS_LESSEE,
  MJ__SAYS_SUBLESSEE,
  MJ__PLANNED,
  MJ__RUNNING,
  MJ__FINISHED
} mj__meaning;

/** The words of use_words.csv. Valid when {0}; free with mj__use_words_reset. */
typedef struct {
  mj_keymap words; /* "state,空置" */
  uint8_t *means;  /* [words] mj__meaning */
  mj_arena arena;
} mj__use_words;
/** Errors: MJ_ENOMEM; MJ_EFORMAT where the file of words cannot be read. */
MJ_NODISCARD mj_status mj__use_words_open(mj__use_words *words, mj_error *err);
/** The meaning of a cell of column "state", "occupancy_role" or "batch" (of projects), without regard to blanks around
 * it and to case. */
mj__meaning mj__use_word(const mj__use_words *words, const char *column, const char *cell);
void mj__use_words_reset(mj__use_words *words);
#endif
