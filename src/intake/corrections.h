/** @file corrections.h  The corrections file: what a person says a cell should hold, applied before a cell is read as a
 * value. Nothing is edited in place. */
#ifndef MJ_INTAKE_CORRECTIONS_H
#define MJ_INTAKE_CORRECTIONS_H

#include "intake/layer.h"

/** One line of the file. Texts are trimmed, NULL where empty, and belong to the list's arena. */
typedef struct {
  const char *layer, *id, *field, *old, *value, *reason, *who; /**< as given */
  mj_table_id role;                                            /**< MJ_ROLE_END: no layer of that name */
  const char *file;                                            /**< of "parcels (north.shp)": "north.shp", or NULL */
  int64_t row;                                                 /**< in its source; 0: not said */
  int64_t year;                                                /**< of an enterprise row; 0: not said */
  const char *unread; /**< "row" or "year": what stands there is no such number, so the line says not what it means */
  int64_t line;       /**< in the corrections file */
} mj_correction;

/** Valid when {0}; mj_corrections_reset frees it. Read only once loaded. */
typedef struct {
  mj_correction *item;
  int64_t n;
  const char *path, *layer, *format, *encoding; /**< as read, for the manifest; path NULL: no file was given */
  int64_t rows_in;
  mj_arena arena;
} mj_corrections;

/** What one part says to one line. Valid when {0}. */
typedef struct {
  bool here;             /**< the part is of that layer and file */
  const mj_field *field; /**< canonical field that is meant, or NULL */
  int column;            /**< of the part's columns; -1 where the layer has none for the field */
  bool known;            /**< field or column is one of the layer */
  int64_t rows, fits;    /**< rows that are named, and how many of them hold the old value */
  int64_t row;           /**< the first that fits, else the first that is named */
  const char *found;     /**< its cell, "" where empty; in the part's arena */
  bool key;              /**< the field says which parcel, building or enterprise: every row that fits is meant */
  int64_t *all, n_all;   /**< those rows; in the part's arena */
} mj_correction_look;

/**
 * Read project->corrections (nothing said: an empty list). Columns layer, id, field, old, new, reason, who, and where
 * wanted row and year, or the same in Chinese, in any order; of a workbook the one sheet that has them, or the one that
 * is named. Errors: MJ_EFORMAT a column is missing, several sheets have them; of the reader.
 */
MJ_NODISCARD mj_status mj_corrections_load(const mj_project *project, mj_ledger *ledger, mj_corrections *out,
                                           mj_error *err);
void mj_corrections_reset(mj_corrections *corrections);

/** Look for every line in the rows of @p part as delivered; out[n]. Errors: MJ_ENOMEM. Cost: one pass over the
 * identifiers of the part. */
MJ_NODISCARD mj_status mj_correction_find(const mj_corrections *corrections, mj_part *part, mj_correction_look *out);
/** Why typing would make nothing of the value ("many" for a number, an area of 0), in English; NULL where it takes it.
 * Such a value would only take a good one away; what says nothing ("-") clears the cell. */
const char *mj_correction_fault(const mj_part *part, const mj_correction_look *look, const char *value);
/** Put @p value into the cell that @p look found; a layer without a column for the field gets one. Errors: MJ_ENOMEM.
 */
MJ_NODISCARD mj_status mj_correction_put(mj_part *part, const mj_correction_look *look, const char *value);

/**
 * Apply every line that names exactly one cell with exactly the old value (of a key in a table: all rows that bear the
 * identifier and the old value), all compared with the delivered values, to
 * parts that are read but not typed; table `corrections` and the ledger say what became of each.
 * Errors: MJ_ENOMEM.
 */
MJ_NODISCARD mj_status mj_corrections_apply(const mj_corrections *corrections, mj_part *part, int n_parts,
                                            mj_park *park, mj_error *err);
#endif
