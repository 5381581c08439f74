/** @file mapping.h  Which column of a layer becomes which canonical field, said by park.yaml or found by the alias
 * table. */
#ifndef MJ_INTAKE_MAPPING_H
#define MJ_INTAKE_MAPPING_H

#include "gis/ogr_read.h"
#include "intake/fields.h"

/** mj_mapped.column of a constant, and of the row's own number in the source ("fid" where no column has that name). */
enum { MJ_COLUMN_CONSTANT = -1, MJ_COLUMN_ROW = -2 };

/** One canonical column to make. */
typedef struct {
  const mj_field *field;
  int column; /**< of the layer, or MJ_COLUMN_CONSTANT, MJ_COLUMN_ROW */
  const char *constant;
  const char *unit; /**< code, or NULL: the canonical one */
  double factor;    /**< to the canonical unit */
} mj_mapped;

/** All of a layer, in the order of fields.csv (so that identifiers come first). Texts are borrowed. */
typedef struct {
  mj_mapped *item;
  int n;
  int *of_column; /**< [n_fields] index of the item that takes the layer's column, or -1 */
} mj_mapping;

/** Where a layer stands, for messages and the ledger. */
typedef struct {
  const char *file, *layer, *label;
  bool dbf;
} mj_place;

/**
 * Map the columns of @p info for @p role. Mappings of @p input win; of two columns for one field the earlier alias
 * wins. A number whose header has words in brackets that are no unit is left out and entered as UNIT_UNKNOWN.
 * @param input may be NULL (nothing said)  @param ledger may be NULL
 * Errors: MJ_ENOTFOUND a mapped column that is not there; MJ_EFORMAT a unit that measures something else; MJ_ENOMEM.
 */
MJ_NODISCARD mj_status mj_mapping_make(const mj_fields *fields, mj_table_id role, const mj_input *input,
                                       const mj_place *place, const mj_layer_info *info, mj_arena *arena,
                                       mj_ledger *ledger, mj_mapping *out, mj_error *err);
/** The item of that canonical field, or NULL. */
const mj_mapped *mj_mapping_find(const mj_mapping *mapping, const char *field);
/** The columns of a layer as one text ("a, b, c"), at most 300 bytes, ending in "..." where cut. */
void mj_columns_text(const mj_layer_info *info, char out[320]);
#endif
