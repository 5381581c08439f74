/** @file facing.h  Strips of ground between the borders of two rows that face each other: where gaps may be. */
#ifndef MJ_GEOM_FACING_H
#define MJ_GEOM_FACING_H

#include "mujun/geom.h"

/** What counts as facing, in units of the coordinates. */
typedef struct {
  double width;     /**< borders further apart do not face each other */
  double least;     /**< a strip nowhere as wide as this is none: borders that are meant to be one */
  double angle_deg; /**< borders that open by more do not face each other */
} mj_facing;

/** Strips between row a and row b > a, in order of (a, b): row k of shape is strip k, a triangle or a quadrangle.
 * Valid when {0}. */
typedef struct {
  int32_t *a, *b; /**< [shape.n] */
  int64_t cap;
  mj_geom shape;
} mj_strips;
void mj_strips_reset(mj_strips *strips);

/**
 * The strips between the edges of every two rows, each between an edge of a and the part of an edge of b that lies
 * before its outer side, runs the other way, and is between 0 and facing->width away. Other rows may lie in a strip,
 * and strips of one pair may lie over each other at corners; both are for the caller to take off. Borders that coincide
 * give nothing. Where a strip is open at an end it is cut square to the edge of a. Corners are exact to the rounding of
 * the coordinates. The same for any number of threads.
 *
 * @param polys   valid polygons; empty rows face nothing
 * @param facing  widths and angle
 * @param threads 0: one per core
 * @param out     appended
 *
 * Errors: MJ_ENOMEM. Cost: as mj_overlap_self: a grid over boxes, then edges near both boxes.
 */
MJ_NODISCARD mj_status mj_facing_strips(const mj_polys *polys, const mj_facing *facing, int threads, mj_strips *out);

/**
 * Width of a row: of the rectangle with the area and the outline of a part (holes' outlines too), the widest part
 * counts; the side of the square of that area where no rectangle has so short an outline. Exact for rectangles; 0 for
 * an empty row. Cost: one pass.
 */
double mj_geom_width(const mj_polys *polys, int64_t row);
#endif
