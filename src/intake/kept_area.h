/** @file kept_area.h  What repairing shapes does to their sum of areas, so that input and output can be reconciled. */
#ifndef MJ_INTAKE_KEPT_AREA_H
#define MJ_INTAKE_KEPT_AREA_H

#include "intake/layer.h"

/** Planar area of every row of the part as it stands in the frame, [rows], square units; free it. Undefined where the
 * part has no polygons. NULL: out of memory. */
double *mj_areas_before(const mj_part *part);
/** Fill the part's area_in_m2, area_repair_m2 and area_lost_m2 from the areas taken before its shapes were checked.
 * Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_areas_after(mj_part *part, const double *before, double unit_m);
#endif
