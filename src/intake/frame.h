/** @file frame.h  The park's working system, and every layer brought into it. */
#ifndef MJ_INTAKE_FRAME_H
#define MJ_INTAKE_FRAME_H

#include "intake/layer.h"

/**
 * Choose the working system from the parcel parts: the first one's if projected, else a belt over the middle of them
 * all; fill @p frame. Enters CRS_DEGREES, CRS_AXIS_UNIT, CRS_DATUM_ASSUMED_EQUAL and CRS_OUTSIDE_AREA. Errors: MJ_ECRS
 * coordinates that cannot be degrees; MJ_ENOMEM.
 */
MJ_NODISCARD mj_status mj_frame_make(mj_part *const *parcels, int n, mj_frame *frame, mj_crs **working, mj_error *err);
/** Move a part's geometry into the working system. Enters CRS_REPROJECTED, CRS_DATUM_ASSUMED_EQUAL. Errors: MJ_ECRS no
 * operation, or more than 1,000 km from @p parcels. */
MJ_NODISCARD mj_status mj_frame_enter(mj_part *part, const mj_part *parcels, const mj_crs *working,
                                      const mj_frame *frame, int threads, mj_error *err);

/** Sentence about data outside a system's area of use, with the zone that fits and what the projection adds to areas;
 * false when all is well. Texts have 300 bytes. */
bool mj_frame_outside(const mj_crs *crs, mj_box box, mj_lang lang, char found[300], char expected[300]);
/** "EPSG:4549", or the name of a system without a code. */
const char *mj_crs_label(const mj_crs *crs);
#endif
