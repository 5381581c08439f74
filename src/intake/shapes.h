/** @file shapes.h  Geometry health in the frame: what is invalid is repaired, and every place is kept. */
#ifndef MJ_INTAKE_SHAPES_H
#define MJ_INTAKE_SHAPES_H

#include "intake/layer.h"

/** One place of a ledger entry, in the frame. Texts live in the list's arena. */
typedef struct {
  mj_ledger_code code;
  const char *layer, *id, *text;
  double x, y;
} mj_check;
/** Valid when {0}; mj_checks_reset frees it. */
typedef struct {
  mj_check *item;
  int64_t n, cap;
  mj_arena arena;
} mj_checks;
void mj_checks_reset(mj_checks *checks);

/**
 * Repair the invalid rows of a polygon part (GEOM_INVALID with the reason and the area before and after,
 * GEOM_UNREPAIRABLE), empty rows with a coordinate that has no image (COORD_NOT_FINITE), and report parcels much
 * smaller than the layer's own area column (AREA_CLIPPED). Errors: MJ_ENOMEM. Cost: one pass where all rows are surely
 * valid.
 */
MJ_NODISCARD mj_status mj_shapes_check(mj_part *part, const mj_crs *working, double unit_m, int threads,
                                       mj_checks *checks, mj_error *err);
/** The table `checks` of all places. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_checks_table(const mj_checks *checks, mj_table *out);
#endif
