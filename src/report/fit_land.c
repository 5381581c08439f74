#include <string.h>

#include "mujun/rooms.h"

/* What says something of the ground, not of one parcel of today. */
static bool counts_for_a_draft(mj_table_id role) {
  return role == MJ_ZONES || role == MJ_BUILDINGS || role == MJ_PLAN_UNITS || role == MJ_CONTROL_LINES ||
         role == MJ_ROADS || role == MJ_WATER || role == MJ_EASEMENTS;
}

/* The draft takes the place of the parcels. */
static mj_status take_draft(mj_project *p, const char *draft, mj_error *err) {
  int32_t n = 0;
  for (int32_t i = 0; i < p->n_inputs; i++)
    if (counts_for_a_draft(p->inputs[i].role)) p->inputs[n++] = p->inputs[i];
  p->n_inputs = n;
  p->n_lookups = 0;
  p->corrections = NULL;
  if (p->fit_of == MJ_FIT_CANDIDATES) p->fit_of = MJ_FIT_ALL;
  MJ_TRY(mj_project_add(p, MJ_PARCELS, draft, err));
  p->inputs[p->n_inputs - 1].nameless = true;
  return MJ_OK;
}

static mj_status need_parcels(const mj_project *project, mj_error *err) {
  for (int32_t i = 0; i < project->n_inputs; i++)
    if (project->inputs[i].role == MJ_PARCELS) return MJ_OK;
  return mj_fail(err, MJ_EINVAL, "no parcels among the inputs");
}

/* A draft has no figures to judge: its caps alone are worked out. */
static mj_status judge(mj_park *park, bool drafted, mj_error *err) {
  int32_t n = park->n_rulebooks;
  if (drafted) park->n_rulebooks = 0;
  mj_status status = mj_judge(park, err);
  park->n_rulebooks = n;
  return status;
}

static mj_status run_rooms(mj_park *park, const char *draft, const mj_fit_values *values,
                           const mj_report_options *options, mj_error *err) {
  mj_project *p = &park->project;
  bool sweeps = values->n_caps > 1 || values->n_setbacks > 1 || values->n_modules > 1;
  if (!draft && (p->as_of == MJ_DATE_NULL || p->as_of == 0))
    return mj_fail(err, MJ_EINVAL, "no reference date (as_of): it decides which rules are in force");
  if (draft) MJ_TRY(take_draft(p, draft, err));
  MJ_TRY(need_parcels(p, err));
  if (options) MJ_TRY(mj_report_ready(options, err));
  MJ_TRY(mj_rules_load(park, err));
  MJ_TRY(mj_fit_set(park, values, err));
  MJ_TRY(mj_intake(park, err));
  MJ_TRY(mj_fit_named(park, err));
  MJ_TRY(mj_measure(park, err));
  MJ_TRY(judge(park, draft, err));
  MJ_TRY(mj_plan(park, err));
  if (sweeps) MJ_TRY(mj_fit_sweep(park, values, err));
  return options ? mj_report(park, options, err) : MJ_OK;
}

mj_status mj_fit_land(mj_park *park, const char *draft, const mj_fit_values *values, const mj_report_options *options,
                      mj_error *err) {
  mj_status status = run_rooms(park, draft, values, options, err);
  mj_progress_stage(&park->progress, NULL);
  return status;
}
