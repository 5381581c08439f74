/** @file fit.h  Do numbers fit the reference system that is stated for them? */
#ifndef MJ_INTAKE_FIT_H
#define MJ_INTAKE_FIT_H

#include "intake/layer.h"
#include "intake/numbers.h"

/** A system made ready to be asked often. Valid when {0}; mj_fit_close frees it. */
typedef struct {
  const mj_crs *crs;
  mj_crs_op *op; /**< NULL: its projection cannot be undone, and nothing fits */
} mj_fit;

void mj_fit_open(mj_fit *fit, const mj_crs *crs);
/**
 * True where the corners of the box lie on earth; in a transverse Mercator system not over 1,000 km from its false
 * easting; and where the system has an area of use, not over 3 degrees outside it: a park beside its zone still fits.
 */
bool mj_fits(const mj_fit *fit, mj_box box);
void mj_fit_close(mj_fit *fit);

/** x and y of a box exchanged. */
static inline mj_box mj_box_turned(mj_box b) { return (mj_box){b.ymin, b.xmin, b.ymax, b.xmax}; }
/** The zone before the false easting of a transverse Mercator system: 39 of 39500000; 0: none. */
int mj_zone_of(const mj_crs_facts *facts);

/** What is further apart than this in east or in north is not of one layer: 1,000 km, 10 degrees. */
enum { MJ_FAR_KM = 1000, MJ_FAR_DEGREES = 10 };
/**
 * Look at every row of a layer whose box as a whole does not fit or is wider than that, where some of its rows fit: one
 * survey sheet among many came in another order or form. Rows with x and y exchanged are exchanged back, rows with
 * another zone prefix of the same meridian get the system's, by the bounds of numbers.h and only if the result fits
 * (CRS_AXES_SWAPPED, CRS_ZONE_PREFIX, by row; over 20 of them as one entry with a count); what fits by none of these is
 * set aside (COORD_MISPLACED), and so is what lies further than 1,000 km or 10 degrees from the median of the rows that
 * fit, where these are the majority: (0, 0) is on earth. Where no row fits nothing is done. Errors: MJ_ENOMEM, in
 * part->err.
 */
MJ_NODISCARD mj_status mj_rows_settle(mj_part *part, const mj_fit *fit);
#endif
