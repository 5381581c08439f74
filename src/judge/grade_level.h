/** @file grade_level.h  Lines over one weight: where each first crosses the k-th highest of them. */
#ifndef MJ_JUDGE_GRADE_LEVEL_H
#define MJ_JUDGE_GRADE_LEVEL_H

#include <stdbool.h>
#include <stdint.h>

#include "mujun/status.h"

/** Line i has the height at[i] + slope[i] x, for x from 0 to reach. */
typedef struct {
  const double *at, *slope;
  int64_t n;
  int64_t k;           /**< the border is the k-th highest at each x, 1 .. n */
  bool on_it_is_below; /**< a line that is level with the border counts as below */
  double reach, least; /**< stretches of x no longer than `least` are one point */
} mj_gr_lines;

/**
 * @p first[i]: the smallest x beyond which line i stands on the other side of the border than @p above[i] says;
 * INFINITY: on no stretch up to reach. Windows of x are halved; of each only the lines that can meet the border within
 * it are kept, so the cost is about n log n. Errors: MJ_ENOMEM; MJ_EINVAL: more lines than can be told apart run
 * along the border, nothing is said.
 */
MJ_NODISCARD mj_status mj_gr_crossings(const mj_gr_lines *lines, const bool *above, double *first);
#endif
