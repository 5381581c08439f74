/** @file typing.h  A column as it was read becomes a column of the canonical type and unit. */
#ifndef MJ_INTAKE_TYPING_H
#define MJ_INTAKE_TYPING_H

#include "intake/mapping.h"

/** What typing needs beside the column. */
typedef struct {
  mj_table *table;
  const char *label;     /**< of the layer, for the ledger */
  const char *const *id; /**< [n] identifiers for the ledger, or NULL */
  const mj_input *input; /**< its value maps, may be NULL */
  mj_ledger *ledger;
} mj_typing;

/**
 * Change @p column of the table in place into field->name with its type and unit; texts are trimmed, value maps
 * applied. What cannot be read becomes NULL with a ledger entry; areas of land of 0 and negative measures become NULL,
 * with entries. Errors: MJ_ENOMEM. Cost: one pass.
 */
MJ_NODISCARD mj_status mj_type_column(const mj_typing *typing, const mj_mapped *mapped, mj_column *column);
/** A column of that field with the same value on every row. Errors: MJ_EFORMAT the constant is not of the type;
 * MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_type_constant(const mj_typing *typing, const mj_mapped *mapped, mj_error *err);
/** True for what people write for "nothing": "-", "N/A", 无, or blanks. */
bool mj_says_nothing(const char *text);
/** Text form of a value: integers without ".0" or exponent; NULL stays NULL. False: out of memory. */
bool mj_column_to_text(mj_table *table, mj_column *column);
#endif
