/** @file code_checks.h  What is wrong with the codes of every table: parcels, enterprises, industries, land use. */
#ifndef MJ_INTAKE_CODE_CHECKS_H
#define MJ_INTAKE_CODE_CHECKS_H

#include "intake/layer.h"

/**
 * Judge the codes of all tables, file by file: structure and division of parcel codes, credit codes with their check
 * characters, industry codes with their edition, land-use codes with their scheme and class (two columns of parcels).
 * Nothing is changed. @p part are the parts by role, first[r] .. first[r + 1] - 1 those of role r. Errors: MJ_ENOMEM,
 * MJ_EFORMAT a compiled table cannot be read. Cost: one pass a column.
 */
MJ_NODISCARD mj_status mj_codes_check(mj_park *park, mj_part *const *part, const int *first, mj_error *err);
#endif
