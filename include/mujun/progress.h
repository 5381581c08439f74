/** @file progress.h  What a long run says while it works, and how long each stage took. */
#ifndef MUJUN_PROGRESS_H
#define MUJUN_PROGRESS_H

#include <stdint.h>

#include "mujun/status.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { MJ_MAX_STAGES = 64, MJ_MAX_BESIDE = 8 };

/** What a piece of the run took. name is a literal. */
typedef struct {
  const char *name;
  double seconds;
} mj_stage_time;

/** Valid when {0}: silent. report is called at the start of each stage and now and then within it, from one thread. */
typedef struct {
  /** @param done rows done of @p total (0: not known). */
  void (*report)(void *user, const char *stage, int64_t done, int64_t total);
  void *user;
  mj_stage_time stage[MJ_MAX_STAGES];
  int n_stages;
  mj_stage_time beside[MJ_MAX_BESIDE]; /**< what went on beside the stages, and is no part of their sum */
  int n_beside;
  double started; /**< of the stage that runs, seconds of a steady clock; 0: none */
} mj_progress;

/** End the stage that runs, if any, and begin @p stage (a literal, English; NULL: none). */
MJ_API void mj_progress_stage(mj_progress *progress, const char *stage);
/** Note what ran beside the stages, on a thread of its own. */
MJ_API void mj_progress_beside(mj_progress *progress, const char *name, double seconds);
/** Say how far the stage is. */
MJ_API void mj_progress_step(mj_progress *progress, int64_t done, int64_t total);
/** Seconds of a steady clock. */
MJ_API double mj_clock(void);

#ifdef __cplusplus
}
#endif
#endif
