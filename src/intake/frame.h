/** @file frame.h  The park's working system, and every layer brought into it. */
#ifndef MJ_INTAKE_FRAME_H
#define MJ_INTAKE_FRAME_H

#include "intake/layer.h"

/**
 * Choose the working system from the parcel parts: the first one's, unless it is in degrees or its plane makes areas
 * differ from the ellipsoid's by more than the check limit planar_excess (Web Mercator: 21 % at 25N); then a belt over
 * the middle of all parcels. Fill @p frame. Enters CRS_DEGREES or CRS_DISTORTED, CRS_AXIS_UNIT, CRS_OUTSIDE_AREA, and
 * of the way to WGS 84 CRS_DATUM_ASSUMED_EQUAL or CRS_SHIFT_MISSING. Errors: MJ_ECRS; MJ_ENOMEM.
 */
MJ_NODISCARD mj_status mj_frame_make(mj_part *const *parcels, int n, mj_frame *frame, mj_crs **working, mj_error *err);
/** Move a part's geometry into the working system. Enters CRS_REPROJECTED, CRS_DATUM_ASSUMED_EQUAL. Errors: MJ_ECRS no
 * operation, or more than 100 km from @p parcels; the message then says whether the numbers as delivered lie within 100
 * km of each other (one system, stated as two) or over 10,000 km apart in east (a zone prefix). */
MJ_NODISCARD mj_status mj_frame_enter(mj_part *part, const mj_part *parcels, const mj_crs *working,
                                      const mj_frame *frame, int threads, mj_error *err);

/** Sentence about data outside a system's area of use (a transverse Mercator system without one: 3 degrees either side
 * of its meridian), with the zone that fits and what the projection adds to areas;
 * false when all is well. Texts have 300 bytes. */
bool mj_frame_outside(const mj_crs *crs, mj_box box, mj_lang lang, char found[300], char expected[300]);
/** The box as longitude and latitude of its corners, by the operation of mj_crs_op_lonlat; false where it has none. */
bool mj_frame_lonlat(mj_crs_op *lonlat, mj_box box, mj_box *out);
/** What the projection adds to areas in the middle of the box, percent; NaN for degrees or where it cannot be said. */
double mj_frame_excess_percent(const mj_crs *crs, mj_box box);
/** "EPSG:4549", or the name of a system without a code. */
const char *mj_crs_label(const mj_crs *crs);
#endif
