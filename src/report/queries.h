/** @file queries.h  Summaries that a planner writes: one file of SQL, one sheet. */
#ifndef MJ_REPORT_QUERIES_H
#define MJ_REPORT_QUERIES_H

#include "mujun/park.h"

/** Put "file:line:column: " before what @p err says, and hand @p status on; @p at is a byte of the query's text, -1:
 * where its statement begins. Columns are characters. */
mj_status mj_query_blame(const mj_own_query *query, int at, mj_status status, mj_error *err);
/** The byte of its line `-- title:`, or -1. */
int mj_query_title_at(const mj_own_query *query);
#endif
