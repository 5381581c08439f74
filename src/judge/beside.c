#include "judge/measures.h"

typedef struct {
  const mj_rb_reasons *reasons;
} fixes_ctx;

static mj_status make_fixes(mj_rb_run *run, void *user, mj_error *err) {
  const fixes_ctx *ctx = user;
  return mj_rb_fixes(run, ctx->reasons, err);
}

/* Fixes first, which take longest, then the schemes and the scans. Ledger and tables are written in the order of the
 * rulebooks, when all have ended. */
mj_status mj_rb_beside(mj_rb_run *run, const mj_rb_reasons *reasons, mj_error *err) {
  mj_rb_measures m = {0};
  fixes_ctx fixes = {reasons};
  int grades, targets, indicators;
  MJ_TRY(mj_rb_targets_list(run, &m, err));
  targets = m.n;
  MJ_TRY(mj_rb_indicators_list(run, &m, err));
  indicators = m.n;
  MJ_TRY(mj_rb_audits_list(run, &m, err));
  MJ_TRY(mj_rb_measures_check(run, &m, err));
  size_t most = 1 + (size_t)m.n_asks + (size_t)mj_rb_grades_most(run->park);
  mj_rb_task *task = mj_arena_alloc(&run->arena, most, sizeof *task);
  if (!task) return mj_fail(err, MJ_ENOMEM, "out of memory");
  task[0] = (mj_rb_task){.fn = make_fixes, .user = &fixes};
  MJ_TRY(mj_rb_grades_list(run, task + 1, &grades, err));
  mj_rb_task *asks = task + 1 + grades;
  mj_rb_measures_tasks(&m, asks);
  MJ_TRY(mj_rb_tasks(run, task, 1 + grades + m.n_asks, err));
  MJ_TRY(mj_rb_task_end(&task[0], err));
  MJ_TRY(mj_rb_measures_end(run, &m, asks, err));
  MJ_TRY(mj_rb_targets(run, m.item, targets, err));
  MJ_TRY(mj_rb_indicators(run, m.item + targets, err));
  MJ_TRY(mj_rb_audits(run, m.item + indicators, err));
  return mj_rb_grades(run, task + 1, grades, err);
}
