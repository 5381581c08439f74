/** @file rules_keys.h  A rulebook as keys and values, for a comparison that leaves nothing out. */
#ifndef MJ_JUDGE_RULES_KEYS_H
#define MJ_JUDGE_RULES_KEYS_H

#include "judge/rulebook.h"

/** "rules / QZ2025-1 / when / all / 1 / limit" and ":benefit_low"; a cell of a table: "control-2008.csv / 17 / least".
 */
typedef struct {
  const char *path, *value;
} mj_rb_key;

/** Every value that the rulebook's file and the tables beside it hold, in order of path, into @p arena. Items of a list
 * go by their code or name, else by number. Errors: MJ_ENOMEM. Cost: n log n. */
MJ_NODISCARD mj_status mj_rb_list_keys(mj_arena *arena, const mj_rulebook *book, mj_rb_key **out, int *n,
                                       mj_error *err);
#endif
