/** @file industry_names.h  What the divisions of GB/T 4754-2017 are called. */
#ifndef MJ_BASE_INDUSTRY_NAMES_H
#define MJ_BASE_INDUSTRY_NAMES_H

#include "mujun/table.h"
#include "mujun/text.h"

enum { MJ_DIVISIONS = 100 };
/** Names of the divisions 1 .. 99 in that language, NULL where there is none; they belong to @p arena. Errors:
 * MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_industry_names(mj_lang lang, mj_arena *arena, const char *name[MJ_DIVISIONS]);
#endif
