#include "mujun/progress.h"

#include <time.h>

double mj_clock(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

void mj_progress_stage(mj_progress *progress, const char *stage) {
  double now = mj_clock();
  if (progress->started > 0 && progress->n_stages > 0)
    progress->stage[progress->n_stages - 1].seconds = now - progress->started;
  progress->started = 0;
  if (!stage || progress->n_stages == MJ_MAX_STAGES) return;
  progress->stage[progress->n_stages].name = stage;
  progress->stage[progress->n_stages++].seconds = 0;
  progress->started = now;
  if (progress->report) progress->report(progress->user, stage, 0, 0);
}

void mj_progress_beside(mj_progress *progress, const char *name, double seconds) {
  if (progress->n_beside < MJ_MAX_BESIDE)
    progress->beside[progress->n_beside++] = (mj_stage_time){.name = name, .seconds = seconds};
}

void mj_progress_step(mj_progress *progress, int64_t done, int64_t total) {
  if (progress->report && progress->n_stages)
    progress->report(progress->user, progress->stage[progress->n_stages - 1].name, done, total);
}
