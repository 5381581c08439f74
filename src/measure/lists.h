/** @file lists.h  What the lists beside the layers share (factory units, projects, contracts): the rows that their
 * codes name, what is told of many rows, and time that has passed. */
#ifndef MJ_MEASURE_LISTS_H
#define MJ_MEASURE_LISTS_H

#include "measure/measure.h"

/** What a code names instead of a row: there is no code, no row has it, several have it. */
enum { MJ__NO_CODE = -1, MJ__NO_ROW = -2, MJ__SEVERAL_ROWS = -3 };

/** The one row of table @p of whose @p of_field is the @p field of each row of table @p id, or one of the above; [rows
 * of id] in the park's arena. A table that was not given has no rows. Cost: one look at the rows of both. Errors:
 * MJ_ENOMEM. */
MJ_NODISCARD mj_status mj__list_match(mj_park *park, mj_table_id id, const char *field, mj_table_id of,
                                      const char *of_field, int64_t **out);
/** Column zone of table @p id from the parcels of its rows, and entries for rows whose parcel code is missing, unknown
 * or not one parcel's. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj__list_zones(mj_park *park, mj_table_id id, const int64_t *parcel);

/** Where a row of a list may have its shape from: row[i] of table @p of, below 0: none; row NULL: row i itself. */
typedef struct {
  mj_table_id of;
  const int64_t *row;
  const char *word; /**< the code of column shape_from */
} mj__shape_source;
/** Geometry of table @p id and column shape_from: of each row the first of @p n sources whose row has one; none is a
 * row without geometry. The list's own shapes may be among the sources. Errors: MJ_ENOMEM. Cost: a copy of the shapes.
 */
MJ_NODISCARD mj_status mj__list_shapes(mj_park *park, mj_table_id id, int n, const mj__shape_source *source);

/** Entries for rows of table @p id whose @p field stands on an earlier row too. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj__list_repeats(mj_park *park, mj_table_id id, const char *field, mj_ledger_code code);

/** Rows of one table with one fault, for the ledger: told each for itself, or where they are more than MJ_LEDGER_FEW as
 * one entry with their number, which is how many rows it sets aside where the code does. Valid when park, code, table
 * and field are set. */
typedef struct {
  mj_park *park;
  mj_ledger_code code;
  mj_table_id table;
  const char *field;
  int64_t n, row[MJ_LEDGER_FEW];
  const char *found[MJ_LEDGER_FEW], *expected[MJ_LEDGER_FEW];
} mj__faults;
/** One more row; texts are copied, NULL where there is nothing to say. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj__fault(mj__faults *f, int64_t row, const char *found, const char *expected);
/** The entries. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj__tell_faults(const mj__faults *f);

/** The reference date, or MJ_DATE_NULL where a check of data has none. */
int32_t mj__as_of(const mj_park *park);
/** Whole months from one day to another: the last one counts when its day is reached. Source: as idle_months of
 * rules/national-idle-2012.yaml. */
int64_t mj__whole_months(int32_t from, int32_t to);
#endif
