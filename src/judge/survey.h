/** @file survey.h  Which values to supply first, so that the most verdicts become firm for the fewest values. */
#ifndef MJ_JUDGE_SURVEY_H
#define MJ_JUDGE_SURVEY_H

#include <stdint.h>

#include "mujun/arena.h"

/** Verdicts and the values each needs all of: verdict v needs need[first[v]] .. need[first[v + 1] - 1], each once, in
 * ascending order, at least one. */
typedef struct {
  int64_t n_verdicts;
  const int64_t *first;
  const int32_t *need;
  int32_t n_values;
} mj_rb_needs;

/** Values in the order to supply them; firm[k] verdicts are firm when the first k + 1 are there. */
typedef struct {
  int32_t *value;
  int64_t *firm;
  int32_t n;
} mj_rb_survey;

/**
 * Step by step the set of values of one verdict that settles most verdicts a value, given what is there already; ties
 * go to the set that settles more, then to the verdict that comes first. Arrays of @p out live in @p arena. Errors:
 * MJ_ENOMEM. Cost: about the number of needs times the verdicts that share the rarest of them.
 */
MJ_NODISCARD mj_status mj_rb_survey_order(const mj_rb_needs *needs, mj_arena *arena, mj_rb_survey *out);
#endif
