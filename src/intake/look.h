/** @file look.h  What a layer seems to be: its role, its fields, its health. Shared by inspect and init. */
#ifndef MJ_INTAKE_LOOK_H
#define MJ_INTAKE_LOOK_H

#include "intake/layer.h"

/** The role that fits a layer best; MJ_ROLE_END when nothing speaks for any. */
typedef struct {
  mj_table_id role;
  int known;
  char word[32];
} mj_role_guess;
/** By kind of shape, names of file and layer, and recognised fields. word: the part of the name that spoke for it, ""
 * for none. */
mj_role_guess mj_guess_role(const mj_fields *fields, const char *path, const mj_layer_info *info, bool dbf);

/** A field of a layer, looked at. Texts are borrowed from the look. */
typedef struct {
  const mj_mapped *mapped; /**< NULL: no meaning found */
  const char *unit; /**< code: named by the header, believed from the shapes, or the canonical one; "" for none */
  bool believed;    /**< the unit comes from comparing with the areas of the shapes */
  int64_t nulls;
  char example[64];
} mj_look_field;

/** A layer, read. Valid when {0}. */
typedef struct {
  const mj_layer_info *info; /**< the file's */
  mj_role_guess guess;
  mj_mapping mapping;
  mj_table table;
  mj_ledger ledger;
  mj_crs *crs;          /**< NULL: none, or unknown */
  mj_look_field *field; /**< [info->n_fields] */
  int64_t n_invalid, n_multipart, n_empty;
  mj_box box;
  int32_t last_year; /**< latest in the data, or MJ_DATE_NULL */
  mj_arena arena;
} mj_look;

/** Read layer @p i of @p file and look at it. Errors: of the reader. */
MJ_NODISCARD mj_status mj_look_layer(const mj_fields *fields, mj_source_file *file, const char *path, int i,
                                     mj_look *out, mj_error *err);
void mj_look_reset(mj_look *look);
/** Kind of shape of a layer in words: "Polygon", 面; "no geometry", 无图形. */
const char *mj_look_geometry(const mj_look *look, mj_lang lang);
#endif
