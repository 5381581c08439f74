/** @file land_use_class.h  Which scheme a column of land-use codes is in, and the class of every parcel. */
#ifndef MJ_INTAKE_LAND_USE_CLASS_H
#define MJ_INTAKE_LAND_USE_CLASS_H

#include "intake/code_tally.h"
#include "intake/land_use.h"

/**
 * Columns land_use_class and land_use_scheme of the parcels, from land_use and land_use_name. The scheme is found over
 * all files together, else over each: the one whose codes the column is in (and whose names stand beside them), or what
 * park.yaml says. Codes on whose class the remaining schemes differ have none (LAND_USE_AMBIGUOUS), nor has a code of
 * no scheme (LAND_USE_UNKNOWN). Two-digit codes alone name no scheme. @p range [n] are the files of parcels. Errors:
 * MJ_ENOMEM. Cost: one pass, and one look into the table for each distinct code.
 */
MJ_NODISCARD mj_status mj_land_use_classify(mj_park *park, const mj_range *range, int n, mj_error *err);
#endif
