#include <stdlib.h>

#include "mujun/rooms.h"
#include "report/run.h"

static mj_status need_parcels(const mj_project *project, mj_error *err) {
  for (int32_t i = 0; i < project->n_inputs; i++)
    if (project->inputs[i].role == MJ_PARCELS) return MJ_OK;
  return mj_fail(err, MJ_EINVAL, "no parcels among the inputs");
}

/* Verdicts need a reference date; everything else has a default. */
static mj_status run_rooms(mj_park *park, const mj_report_options *options, mj_error *err) {
  if (park->project.as_of == MJ_DATE_NULL || park->project.as_of == 0)
    return mj_fail(err, MJ_EINVAL, "no reference date (as_of): it decides which rules are in force");
  MJ_TRY(need_parcels(&park->project, err));
  if (options) MJ_TRY(mj_report_ready(options, err)); /* before the work: an answer after an hour would come late */
  MJ_TRY(mj_queries_load(park, err));
  MJ_TRY(mj_rules_load(park, err));
  if (options) mj_run_wants(park, options);
  MJ_TRY(mj_intake(park, err));
  MJ_TRY(mj_measure(park, err));
  MJ_TRY(mj_judge(park, err));
  MJ_TRY(mj_plan(park, err));
  return options ? mj_report(park, options, err) : MJ_OK;
}

mj_status mj_analyze(mj_park *park, const mj_report_options *options, mj_error *err) {
  mj_status status = run_rooms(park, options, err);
  mj_progress_stage(&park->progress, NULL);
  return status;
}

static int by_year(const void *a, const void *b) {
  int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
  return (x > y) - (x < y);
}

/* A year this much later than that of the middle row is a slip of the pen, and none to check the others by. */
enum { SLIP = 10 };

/* The latest year of the enterprise figures, where neither the year nor a reference date was said. */
static mj_status find_year(mj_park *park, mj_error *err) {
  const mj_table *t = &park->table[MJ_ENTERPRISES];
  const int64_t *year = t->name ? mj_table_i64(t, "year") : NULL;
  int32_t *latest = &park->project.year;
  if (!t->name || (*latest && *latest != MJ_DATE_NULL)) return MJ_OK;
  if (!year) return mj_fail(err, MJ_EINVAL, "the enterprise table has no year: give --year, or year: in park.yaml");
  int64_t n = 0, *sorted = mj_arena_alloc(&park->arena, (size_t)t->n + 1, sizeof *sorted);
  if (!sorted) return mj_fail(err, MJ_ENOMEM, "out of memory");
  for (int64_t i = 0; i < t->n; i++)
    if (year[i] >= MJ_YEAR_MIN && year[i] <= MJ_YEAR_MAX) sorted[n++] = year[i];
  if (!n)
    return mj_fail(err, MJ_EINVAL,
                   "the enterprise table names no year from %d to %d: give --year, or year: in park.yaml", MJ_YEAR_MIN,
                   MJ_YEAR_MAX);
  qsort(sorted, (size_t)n, sizeof *sorted, by_year);
  int64_t middle = sorted[(n - 1) / 2];
  while (sorted[n - 1] > middle + SLIP) n--;
  *latest = (int32_t)sorted[n - 1];
  return MJ_OK;
}

static mj_status run_checks(mj_park *park, const mj_report_options *options, mj_error *err) {
  MJ_TRY(need_parcels(&park->project, err));
  if (options) MJ_TRY(mj_report_ready(options, err));
  MJ_TRY(mj_rules_load(park, err));
  MJ_TRY(mj_intake(park, err));
  MJ_TRY(find_year(park, err));
  MJ_TRY(mj_measure(park, err));
  return options ? mj_report(park, options, err) : MJ_OK;
}

mj_status mj_check_data(mj_park *park, const mj_report_options *options, mj_error *err) {
  mj_status status = run_checks(park, options, err);
  mj_progress_stage(&park->progress, NULL);
  return status;
}
