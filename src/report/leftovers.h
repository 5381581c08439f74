/** @file leftovers.h  Our own files that a new result must not keep: temporary
 * ones of killed runs, and those only the old manifest names. */
#ifndef MJ_REPORT_LEFTOVERS_H
#define MJ_REPORT_LEFTOVERS_H

#include "base/text.h"
#include "report/folder.h"

/** Remove temporary files of ours in @p dir and its folder tables. Errors:
 * none, what cannot go stays. */
void mj_leftovers_remove(const char *dir);
/** Append the names, one a line, of files the old manifest lists and @p folder
 * does not write. Nothing where there is no manifest of ours. */
void mj_leftovers_stale(const char *manifest, const mj_folder *folder, mj_text *names);
#endif
