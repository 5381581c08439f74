/** @file bare_table.h  Large tables whose rows are written by several threads: each clears what it writes. */
#ifndef MJ_BASE_BARE_TABLE_H
#define MJ_BASE_BARE_TABLE_H

#include "mujun/park.h"

/** As mj_park_new_table, but its numbers, dates and truths have no value, not even NULL, until mj_table_clear. Errors:
 * MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_park_bare_table(mj_park *park, mj_table_id id, int64_t n, mj_error *err);
/** Rows first .. last - 1 of every column become NULL; the texts of a bare table are NULL already. Each thread may do
 * so for rows of its own. */
void mj_table_clear(mj_table *table, int64_t first, int64_t last);
/** As mj_table_add of a column that @p table does not have, without values. */
mj_column *mj_table_add_bare(mj_table *table, const char *name, mj_type type);
#endif
