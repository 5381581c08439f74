/** @file whatif.h  Expressions of a rulebook asked about another value of one figure. */
#ifndef MJ_JUDGE_WHATIF_H
#define MJ_JUDGE_WHATIF_H

#include "judge/run.h"

/** A figure of a parcel that somebody can change, and the column that is it over area_mu (or NULL). */
typedef struct {
  const char *column, *per_mu;
} mj_rb_figure;

/** True where one of the columns is the figure, or it over area. */
bool mj_rb_reads_figure(const mj_rb_reads *reads, const mj_rb_figure *figure);
/**
 * Append @p sql with its facts replaced by what they are computed from, and the figure by @p value (SQL; NULL: as it
 * stands). Texts and names in quotes stay. Errors: none; a fact of a lookup stays as its column.
 */
void mj_rb_expand(const mj_rb_run *run, const char *sql, const mj_rb_figure *figure, const char *value, mj_text *out);
/** True where the SQL, or a fact that it reads, or a fact of that, is assumed or reads a limit of @p book that is. */
bool mj_rb_rests_on_assumed(const mj_rb_run *run, const mj_rulebook *book, const char *sql);
/** Three-valued truth of a condition from those of its leaves. */
uint8_t mj_rb_cond_truth(const mj_rb_cond *cond, const uint8_t *leaf);
/** Table breakpoints: for each parcel the nearest values of a figure, above and below its own, at which the parcel
 * would be treated otherwise. Errors: MJ_ENOMEM. Cost: one look at every row for each figure that rules read. */
MJ_NODISCARD mj_status mj_rb_breakpoints(mj_rb_run *run, const mj_rulebook *const *book, int n, mj_error *err);
#endif
