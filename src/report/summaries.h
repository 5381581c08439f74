/** @file summaries.h  The SQL summaries of gis/sql as tables. */
#ifndef MJ_REPORT_SUMMARIES_H
#define MJ_REPORT_SUMMARIES_H

#include "mujun/park.h"

enum { MJ_MAX_SUMMARIES = 32 };

/** Valid when {0}; free with mj_summaries_reset. Tables are named like their
 * file: "zones", "status". */
typedef struct {
  mj_table table[MJ_MAX_SUMMARIES];
  int n;
} mj_summaries;

/**
 * Run every SELECT of gis/sql in order of name over the tables of the park (views.h), then those of park->queries.
 * A file with lines `-- needs: table.column | ...` is left out where none of a line was given. Columns that columns.def
 * names for the summary get its type; those of the user's queries are taken as they come. @p only: names of ours to
 * run, none of the user's; NULL: all. Constants: :as_of, :year, :unknown. Errors: MJ_ERULE with the file's name and, of
 * the user's, line and column; MJ_ENOMEM.
 */
MJ_NODISCARD mj_status mj_summaries_run(const mj_park *park, const char *const *only, mj_summaries *out, mj_error *err);
/** The summary of that name, or NULL. */
const mj_table *mj_summaries_find(const mj_summaries *summaries, const char *name);
void mj_summaries_reset(mj_summaries *summaries);
#endif
