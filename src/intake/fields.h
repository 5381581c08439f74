/** @file fields.h  The alias table: which canonical field the header of a column means, and in which unit. */
#ifndef MJ_INTAKE_FIELDS_H
#define MJ_INTAKE_FIELDS_H

#include "mujun/park.h"

/** One line of fields.csv. Texts belong to the table's arena; aliases are folded. */
typedef struct {
  mj_table_id role;
  const char *name;
  mj_type type;       /**< of the canonical column */
  const char *unit;   /**< canonical unit, "" for none */
  const char **alias; /**< [n_alias] folded; the first is the name itself */
  int n_alias;
} mj_field;

/** All lines, in the order of the file. */
typedef struct {
  mj_arena arena;
  mj_field *field;
  int n;
} mj_fields;

/** Read the table that is compiled in. Errors: MJ_ENOMEM, MJ_EFORMAT. Cost: 0.1 ms. */
MJ_NODISCARD mj_status mj_fields_open(mj_fields *fields, mj_error *err);
void mj_fields_close(mj_fields *fields);
/** The field of that canonical name, or NULL. */
const mj_field *mj_fields_find(const mj_fields *fields, mj_table_id role, const char *name);
/** What a person calls the field: its first alias in Chinese, the name where it has none. */
const char *mj_field_zh(const mj_field *field);
/** The role of that name ("parcels"), or MJ_ROLE_END. */
mj_table_id mj_role_find(const char *name);

/** What a header means. field is NULL for none. */
typedef struct {
  const mj_field *field;
  const char *unit; /**< code of the unit that the header names, or NULL */
  int rank;         /**< position of the alias; the lower wins where two columns mean one field */
  char strange[64]; /**< words in brackets that are no unit, where the field needs one; the column is then not used */
} mj_guess;

/**
 * The field of @p role that @p header names: an alias as it stands, an alias with a unit in brackets or behind '_' or
 * '/', or, where @p dbf is set, the first ten bytes of aliases of one field (cut in mid-character too). Errors: none.
 */
mj_guess mj_fields_guess(const mj_fields *fields, mj_table_id role, const char *header, bool dbf);

enum { MJ_FOLD = 256 };
/** Lower case for ASCII, half-width for full-width, without blanks, "m2" for the square-metre signs; at most MJ_FOLD -
 * 1 bytes. */
void mj_fold(const char *text, char out[MJ_FOLD]);
#endif
