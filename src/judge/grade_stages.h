/** @file grade_stages.h  Two stages over one weight: the better part by score, and of each part the ends by a second
 * key. */
#ifndef MJ_JUDGE_GRADE_STAGES_H
#define MJ_JUDGE_GRADE_STAGES_H

#include <stdbool.h>
#include <stdint.h>

#include "mujun/status.h"

/** Score and both keys are lines in x, from 0 to reach: at[i] + slope[i] x. */
typedef struct {
  const double *at[3], *slope[3]; /**< the score, the key of the upper part, the key of the lower part */
  int64_t n, upper, best, worst;  /**< how many the upper part, the first and the last class have; ties may add */
  bool ties_worse;
  double reach, least;
} mj_gr_stages;

/**
 * @p first[i]: the smallest x beyond which the class of i (0, 1, 2) is not @p now[i]; @p to[i] that class. INFINITY:
 * nowhere up to reach. Goes from event to event, so the cost is events x n log n. Errors: MJ_ENOMEM; MJ_EINVAL: too
 * many events, nothing is said.
 */
MJ_NODISCARD mj_status mj_gr_stage_flips(const mj_gr_stages *stages, const int *now, double *first, int *to);
#endif
