#include "mujun/rooms.h"

/* Figures need a reference date and parcels; everything else has a default. */
static mj_status check_project(const mj_project *project, mj_error *err) {
  if (project->as_of == MJ_DATE_NULL || project->as_of == 0)
    return mj_fail(err, MJ_EINVAL, "no reference date (as_of): it decides which rules are in force");
  for (int32_t i = 0; i < project->n_inputs; i++)
    if (project->inputs[i].role == MJ_PARCELS) return MJ_OK;
  return mj_fail(err, MJ_EINVAL, "no parcels among the inputs");
}

static mj_status run_rooms(mj_park *park, const mj_report_options *options, mj_error *err) {
  MJ_TRY(check_project(&park->project, err));
  MJ_TRY(mj_report_ready(options, err)); /* before the work: an answer after an hour would come late */
  MJ_TRY(mj_rules_load(park, err));
  MJ_TRY(mj_intake(park, err));
  MJ_TRY(mj_measure(park, err));
  MJ_TRY(mj_judge(park, err));
  MJ_TRY(mj_plan(park, err));
  return mj_report(park, options, err);
}

mj_status mj_analyze(mj_park *park, const mj_report_options *options, mj_error *err) {
  mj_status status = run_rooms(park, options, err);
  mj_progress_stage(&park->progress, NULL);
  return status;
}
