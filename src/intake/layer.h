/** @file layer.h  One input on its way into a table: its layer, its rows under canonical names, its reference system.
 */
#ifndef MJ_INTAKE_LAYER_H
#define MJ_INTAKE_LAYER_H

#include "gis/crs.h"
#include "intake/mapping.h"
#include "mujun/progress.h"

/** Valid when {0}; mj_part_reset frees it. Parts do not share anything that is written, so that they can be read at
 * once. */
typedef struct {
  const mj_input *input;
  const mj_project *project;
  const mj_fields *fields;
  char label[256];        /**< "parcels", or "parcels (north.shp)" where a role has several files */
  const char *layer_name; /**< of the layer that was read */
  const char *carried;    /**< its reference system as the file has it, "" for none */
  const char *format, *encoding;
  mj_table table; /**< rows read; canonical columns, geometry in the part's own system until it is moved */
  mj_crs *crs;    /**< NULL for a table without geometry */
  bool encoding_declared;
  mj_mapping mapping;
  const char *const *column; /**< [n_columns] source names that mapping's columns point to */
  int n_columns;
  int64_t rows_in;                                 /**< with those that are only in the ledger */
  double area_in_m2, area_repair_m2, area_lost_m2; /**< as in mj_source */
  double area_misplaced_m2; /**< of shapes that lay nowhere near and were taken out before the others were measured */
  mj_box box;               /**< of all vertices, in the part's own system until it is moved */
  mj_box delivered;         /**< the same as the file has them */
  bool project_shift;       /**< the project's datum_shift was put on its system */
  mj_ledger ledger;
  mj_arena arena;
  mj_error err;
} mj_part;

/** True for the roles that are shapes. */
bool mj_role_has_shape(mj_table_id role);
/** True for the lists that may come as a layer of polygons, and do without where they are tables. */
bool mj_role_may_shape(mj_table_id role);
/** True for the roles that must be polygons. */
bool mj_role_is_polygon(mj_table_id role);

/** True for a part whose rows have shapes to be brought into the frame: a layer, or a list that came as one. */
bool mj_part_has_shape(const mj_part *part);

/** Box of all vertices that are finite; xmin > xmax where there are none. */
mj_box mj_box_of(const mj_geom *geom);
/** The layers of a file as one text ("a, b, c"), at most 300 bytes, ending in "..." where cut. */
void mj_layers_text(const mj_source_file *file, char out[320]);
/** The layer of @p file that @p role and @p wanted (NULL: not said) mean. Errors: MJ_ENOTFOUND no such layer;
 * MJ_EFORMAT none or several fit. */
MJ_NODISCARD mj_status mj_layer_pick(const mj_source_file *file, const char *path, mj_table_id role, const char *wanted,
                                     int *out, mj_error *err);
/** Open, pick, map and read one input: rows as delivered. part->input, project, fields and label are set. Errors: as
 * the readers, in part->err too. */
MJ_NODISCARD mj_status mj_part_read(mj_part *part, mj_progress *progress);
/** The rows read become canonical columns. Errors: MJ_EFORMAT, MJ_ENOMEM, in part->err too. */
MJ_NODISCARD mj_status mj_part_type(mj_part *part);
void mj_part_reset(mj_part *part);
#endif
