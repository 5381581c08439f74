/** @file typing.h  A column as it was read becomes a column of the canonical type and unit. */
#ifndef MJ_INTAKE_TYPING_H
#define MJ_INTAKE_TYPING_H

#include "intake/mapping.h"

/** What typing needs beside the column. */
typedef struct {
  mj_table *table;
  const char *label;         /**< of the layer, for the ledger */
  const char *const *id;     /**< [n] identifiers for the ledger, or NULL */
  const mj_input *input;     /**< its value maps, may be NULL */
  const mj_project *project; /**< its language and the bounds of its checks, may be NULL */
  mj_ledger *ledger;
} mj_typing;

/**
 * Change @p column of the table in place into field->name with its type and unit; texts are trimmed, value maps
 * applied. What is no plain number is read as mj_read_number says, and entered; what cannot be read becomes NULL with a
 * ledger entry; areas of land of 0 and negative measures become NULL, with entries. Plot ratios are in percent where a
 * cell has a percent sign, or where all values above 0 of the column are at least
 * project->checks.plot_ratio_percent_min and its header names no unit: divided by 100 and entered; likewise coverages
 * that are all over 1 and at most 100. Errors: MJ_ENOMEM. Cost: one pass.
 */
MJ_NODISCARD mj_status mj_type_column(const mj_typing *typing, const mj_mapped *mapped, mj_column *column);
/** A column of that field with the same value on every row. Errors: MJ_EFORMAT the constant is not of the type;
 * MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_type_constant(const mj_typing *typing, const mj_mapped *mapped, mj_error *err);
/** Why typing would make nothing of @p text, a value for the field, in English (for mj_tr); NULL where it takes it, and
 * where the text itself says nothing ("-"). */
const char *mj_typing_fault(const mj_input *input, const mj_mapped *mapped, const char *text);
/** Text form of a value that is no text and not NULL: integers without ".0" or exponent. Returns its length. */
size_t mj_value_text(const mj_column *column, int64_t row, char out[40]);
/** Texts of all values; NULL stays NULL. False: out of memory. */
bool mj_column_to_text(mj_table *table, mj_column *column);

/* ---- between typing.c and typing_number.c ---- */

/** An entry about a value; row -1: about the column. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_typing_note(const mj_typing *typing, mj_ledger_code code, const char *field, int64_t row,
                                      const char *found, const char *expected);
/** mj_typing_fault of a number. */
const char *mj_typing_number_fault(const mj_mapped *mapped, const char *text);
/** The column as MJ_F64 in the field's unit, as MJ_I64. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_type_number(const mj_typing *typing, const mj_mapped *mapped, mj_column *column);
MJ_NODISCARD mj_status mj_type_integer(const mj_typing *typing, const mj_mapped *mapped, mj_column *column);
#endif
