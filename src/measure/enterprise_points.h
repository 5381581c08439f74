/** @file enterprise_points.h  Longitude and latitude that enterprises state, in the frame. */
#ifndef MJ_MEASURE_ENTERPRISE_POINTS_H
#define MJ_MEASURE_ENTERPRISE_POINTS_H

#include "measure/enterprises.h"
#include "measure/lists.h"

/** Valid when {0}: nobody states any. Arrays are in the park's scratch. */
typedef struct {
  mj_park *park;
  const mj__places *places;
  double *x, *y;   /**< [rows] in the frame; NaN: none, not of the run's year, or too far away */
  bool trusted;    /**< they lie on the parcels that their rows name; else there were too few to try */
  mj__faults far;  /**< too far from the parcels */
  int64_t refused; /**< rows that state one and may not stand there: theirs and others' lie elsewhere */
} mj__own_points;

/** Those of the run's year, transformed. None where the rows that name their parcel do not lie on it. Errors:
 * MJ_ENOMEM, MJ_ECRS. Cost: linear, one transformation a point, in parallel. */
MJ_NODISCARD mj_status mj__own_points_find(mj_park *park, const mj__places *places, mj__own_points *out, mj_error *err);
/** The point that the row states; false where it may not stand there. */
bool mj__own_point(const mj__own_points *points, int64_t row, double *x, double *y);
/** Ledger: points that are not used. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj__own_points_tell(const mj__own_points *points);
#endif
