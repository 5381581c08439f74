/** @file clip.h  The common area of two rows from their boundaries alone. */
#ifndef MJ_GEOM_CLIP_H
#define MJ_GEOM_CLIP_H

#include "geom/index.h"
#include "geom/meet.h"

/** A polygon column made ready: boxes of rows, edges in runs, signed areas of rings. Valid when {0}. */
typedef struct {
  mj_edges edges;
  mj_box *box;       /**< [rows] */
  double *ring_area; /**< [rings] counter-clockwise positive */
  int32_t max_verts; /**< of one row */
} mj_clip_side;
/** Cost: two passes over the vertices, by @p threads threads. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_clip_prepare(const mj_polys *polys, int threads, mj_clip_side *side);
void mj_clip_reset(mj_clip_side *side);

/** Scratch of one thread. Valid when {0}. */
typedef struct {
  int32_t *near_a, *near_b; /**< edges near the common box */
  mj_span *span_a, *span_b; /**< the same, for sweeping */
  mj_meetings met;
} mj_clip_scratch;
MJ_NODISCARD mj_status mj_clip_scratch_init(const mj_clip_side *a, const mj_clip_side *b, mj_clip_scratch *scratch);
void mj_clip_scratch_reset(mj_clip_scratch *scratch);

/**
 * Area common to row i of a and row j of b, whose boxes meet; 0 when they are apart; NaN when a row is no valid polygon
 * in a way that keeps the pieces from closing.
 *
 * By Green's theorem it is the sum over the pieces of a's boundary inside b and of b's boundary inside a, holes turned
 * against shells. Area depends continuously on where b lies, so b is moved by (d, d d) with d smaller than any number
 * (H. Edelsbrunner, E. P. Muecke (1990), "Simulation of simplicity", doi:10.1145/77635.77639): shared vertices, shared
 * borders and vertices on edges are then no special cases, and every crossing follows from the exact signs of areas of
 * triangles. Only the places of crossings are rounded; a crossing point is computed once and serves both boundaries.
 *
 * Error: at most 8 u (T + n R R), u = 2^-53, T: sum of the sizes of the products added, n crossings, R: extent of the
 * two rows; what is not greater is given as 0. For parcels of 200 m that is below 1e-9 m2. Errors: MJ_ENOMEM.
 */
MJ_NODISCARD mj_status mj_clip_area(const mj_clip_side *a, int64_t i, const mj_clip_side *b, int64_t j,
                                    mj_clip_scratch *scratch, double *area);

#endif
