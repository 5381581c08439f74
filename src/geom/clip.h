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
MJ_NODISCARD mj_status mj_clip_prepare(const mj_polys *polys, mj_clip_side *side);
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
 * Area common to row i of a and row j of b, whose boxes meet; 0 when they are apart; NaN when boundaries touch
 * otherwise than in shared vertices, or it cannot be said.
 *
 * By Green's theorem it is the sum over the pieces of a's boundary inside b and of b's boundary inside a, holes turned
 * against shells. Every crossing is proved by signs of areas under an error bound, so that the pieces close; a crossing
 * point is computed once and serves both boundaries. Vertices and edges shared to the last bit are settled by the signs
 * at the corner. Errors: MJ_ENOMEM.
 */
MJ_NODISCARD mj_status mj_clip_area(const mj_clip_side *a, int64_t i, const mj_clip_side *b, int64_t j,
                                    mj_clip_scratch *scratch, double *area);

#endif
