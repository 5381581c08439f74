/** @file shapes.h  Geometry health in the frame: what is invalid is repaired, and every place is kept. */
#ifndef MJ_INTAKE_SHAPES_H
#define MJ_INTAKE_SHAPES_H

#include "base/marks.h"
#include "intake/layer.h"

/**
 * Repair the invalid rows of a polygon part (GEOM_INVALID with the reason and the area before and after,
 * GEOM_UNREPAIRABLE), empty those without area (GEOM_ZERO_AREA), empty rows with a coordinate that has no image
 * (COORD_NOT_FINITE), and report parcels much smaller than the layer's own area column (AREA_CLIPPED). Errors:
 * MJ_ENOMEM. Cost: one pass where all rows are surely valid.
 */
MJ_NODISCARD mj_status mj_shapes_check(mj_part *part, const mj_crs *working, double unit_m, int threads,
                                       mj_marks *marks, mj_error *err);
#endif
