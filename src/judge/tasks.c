#include <stdlib.h>
#include <string.h>

#include "base/parallel.h"
#include "judge/run.h"

/* A run that shares the tables and keeps its own memory and stores. */
typedef struct {
  mj_rb_run run;
  mj_arena texts;
} seat;

typedef struct {
  mj_rb_run *run;
  mj_rb_task *task;
  seat *seat[MJ_RB_WORKERS];
} job;

static seat *seat_of(job *j, int worker) {
  seat *s = j->seat[worker];
  if (s || !(s = calloc(1, sizeof *s))) return s;
  s->run = *j->run;
  s->run.arena = (mj_arena){0};
  s->run.texts = &s->texts;
  s->run.threads = 1;
  memset(s->run.store, 0, sizeof s->run.store);
  return j->seat[worker] = s;
}

/* Runs to the end whatever becomes of one of them: who asks decides whose failure counts. */
static mj_status run_tasks(void *ctx, int64_t first, int64_t last, int worker) {
  job *j = ctx;
  seat *s = seat_of(j, worker);
  if (!s) return MJ_ENOMEM;
  for (mj_rb_task *t = j->task + first; t < j->task + last; t++) t->status = t->fn(&s->run, t->user, &t->why);
  return MJ_OK;
}

mj_status mj_rb_tasks(mj_rb_run *run, mj_rb_task *task, int n, mj_error *err) {
  job j = {.run = run, .task = task};
  for (int i = 0; i < n; i++) task[i].why = (mj_error){.lang = err ? err->lang : MJ_EN};
  mj_status status = mj_parallel(run->threads, n, 1, run_tasks, &j);
  for (int i = 0; i < MJ_RB_WORKERS; i++) {
    seat *s = j.seat[i];
    if (!s) continue;
    mj_arena_adopt(&run->arena, &s->run.arena);
    mj_arena_adopt(run->texts, &s->texts);
    mj_rb_run_close(&s->run);
    free(s);
  }
  return status ? mj_fail(err, status, "out of memory") : MJ_OK;
}

mj_status mj_rb_task_end(const mj_rb_task *task, mj_error *err) {
  if (task->status && err) *err = task->why;
  return task->status;
}
