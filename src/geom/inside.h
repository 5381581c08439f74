/** @file inside.h  A point inside a polygon, to stand for it on a map. */
#ifndef MJ_GEOM_INSIDE_H
#define MJ_GEOM_INSIDE_H

#include "mujun/geom.h"

/** Room for the crossings of one line, used again for every row. Valid when {0}; mj_inside_reset frees it. */
typedef struct {
  double *at;
  int64_t cap;
} mj_inside;
void mj_inside_reset(mj_inside *room);

/**
 * A point in the interior of row @p row: the middle of the widest piece of a line that runs from west to east through
 * each part, half-way up between two vertices, so that it meets none. Of several parts the widest piece counts; the
 * first where two are equally wide. NaN, NaN for a row without an interior.
 *
 * @param room   scratch
 * @param polys  valid polygons, in any order of vertices
 * @param row    which
 * @param x      out, in the coordinates' own units
 * @param y      the same
 *
 * Errors: MJ_ENOMEM. Cost: two passes over the row's vertices. Source: as JTS InteriorPointArea.
 */
MJ_NODISCARD mj_status mj_point_in(mj_inside *room, const mj_polys *polys, int64_t row, double *x, double *y);
#endif
