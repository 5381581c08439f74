/** @file tuban.h  图斑椭球面积: the official ellipsoidal area of the national land survey. */
#ifndef MJ_GEOM_TUBAN_H
#define MJ_GEOM_TUBAN_H

#include "mujun/geom.h"

/** Moves n points in place to longitude, latitude in degrees; user is the caller's (an mj_crs_op). */
typedef void (*mj_to_lonlat)(void *user, int64_t n, double *x, double *y);

/**
 * 图斑椭球面积 of rows [first, last), each rounded to 0.01 m2.
 * Edges over 70 m are split evenly (ceil), x and y rounded to 4 decimals, B and L to 1e-6 arc-second, holes subtract.
 *
 * @param polys     coordinates in metres on the projection plane
 * @param a_m inv_f ellipsoid
 * @param area_m2   [n] out, indexed by row; NaN where a point has no image
 *
 * Errors: MJ_ENOMEM. Source: 国土调查办发〔2008〕32号, reused by 第三次全国国土调查 with CGCS2000; worked example in
 * tests/geom/test_tuban.c.
 */
MJ_NODISCARD mj_status mj_area_tuban(const mj_polys *polys, double a_m, double inv_f, mj_to_lonlat to_lonlat,
                                     void *user, int64_t first, int64_t last, double *area_m2);
#endif
