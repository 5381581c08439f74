/** @file code_tally.h  Faults of one kind in one column of one file: few are told row by row, many as one entry. */
#ifndef MJ_INTAKE_CODE_TALLY_H
#define MJ_INTAKE_CODE_TALLY_H

#include "intake/layer.h"

/** Rows of a united table that came from one file: first .. first + n - 1. */
typedef struct {
  mj_table_id role;
  const char *label; /**< of the file's layer, for the ledger */
  int64_t first, n;
} mj_range;

/** More than half of the values of a column look like codes of the register: then the others are faults, else all are
 * numbers of somebody's own. */
static inline bool mj_mostly_codes(int64_t codes, int64_t values) { return 2 * codes > values; }

/** Valid when park, range, field and code are set. */
typedef struct {
  mj_park *park;
  const mj_range *range;
  const char *field;
  mj_ledger_code code;
  int64_t n;
  struct {
    int64_t row;
    const char *found, *expected; /**< borrowed until mj_tally_end */
  } few[MJ_LEDGER_FEW];
} mj_tally;

/** One more row (of the united table) with the fault. Errors: none. */
void mj_tally_add(mj_tally *tally, int64_t row, const char *found, const char *expected);
/** Up to MJ_LEDGER_FEW entries by row; more: one with the first as an example and their number. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_tally_end(mj_tally *tally);
/** An entry about the whole column. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_range_note(mj_park *park, const mj_range *range, mj_ledger_code code, const char *field,
                                     const char *found, const char *expected);
/** The same of @p n rows, of which @p example is one: "example (12)". */
MJ_NODISCARD mj_status mj_range_note_many(mj_park *park, const mj_range *range, mj_ledger_code code, const char *field,
                                          const char *example, int64_t n, const char *expected);
/** What names a row of @p role in the ledger and in a corrections file: its own code, else the enterprise's, else its
 * name; NULL where it has none. */
const char *mj_row_id(const mj_table *table, mj_table_id role, int64_t row);
#endif
