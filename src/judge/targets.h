/** @file targets.h  Targets over the years: which of them move with the figures, and the parcels as they were. */
#ifndef MJ_JUDGE_TARGETS_H
#define MJ_JUDGE_TARGETS_H

#include "judge/run.h"

/**
 * Fill by_year of the book's targets. A target moves that reads yearly columns of parcels (table parcel_years) or the
 * constant :year; it is of the run's year alone where it reads them through a fact or a verdict, which stand as they
 * are, or where no earlier year is known. Errors: MJ_ENOMEM; what cannot be checked is of no year.
 */
MJ_NODISCARD mj_status mj_rb_target_years(mj_rb_run *run, mj_rulebook *book, mj_error *err);
/** Number of earlier years that table parcel_years has. */
int mj_rb_earlier_years(const mj_rb_run *run);
/** Earlier year @p k: 1 is the latest of them; 0 is the run's own. */
int32_t mj_rb_year_back(const mj_rb_run *run, int k);
/** Show the parcels with the figures of year @p k, and bind :year to it. Cost: nothing where it is shown already, else
 * the stores are opened anew. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_rb_run_year(mj_rb_run *run, int k, mj_error *err);
#endif
