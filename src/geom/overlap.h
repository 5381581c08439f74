/** @file overlap.h  Which rows of two polygon columns overlap, and by how much, without a library; only boundaries that
 * touch are left over. */
#ifndef MJ_GEOM_OVERLAP_H
#define MJ_GEOM_OVERLAP_H

#include "mujun/geom.h"

/** One pair: row a of the first column, row b of the second. area is NaN where a row is no valid polygon: hand it to
 * mj_overlay_area. */
typedef struct {
  int32_t a, b;
  double area;
} mj_pair;
/** Growing list; valid when {0}; free with mj_pairs_reset. */
typedef struct {
  mj_pair *pair;
  int64_t n, cap;
} mj_pairs;
void mj_pairs_reset(mj_pairs *pairs);

/**
 * Every pair whose interiors may meet, ordered by (a, b); the same for any number of threads.
 *
 * @param a         a polygon column; rows must be valid polygons
 * @param b         another, in the same reference system
 * @param threads   0: one per core
 * @param out       appended; pairs found to be apart or only inside a hole are left out
 *
 * The area comes from the boundaries alone (Green's theorem): the pieces of a's boundary inside b and of b's inside a,
 * holes turned against shells, so that a hole wholly inside the other polygon is not missed. Crossings are decided by
 * exact signs, shared vertices, borders and vertices on edges included (mj_clip_area gives the error bound). Empty
 * rows pair with nothing. Errors: MJ_ENOMEM. Cost: a packed grid over boxes, then edges near the common box only; large
 * polygons (zones) are searched through an index over their edges, never edge by edge.
 */
MJ_NODISCARD mj_status mj_overlap_pairs(const mj_polys *a, const mj_polys *b, int threads, mj_pairs *out);

/** The same within one column: every pair of rows a < b whose interiors meet, ordered by (a, b). */
MJ_NODISCARD mj_status mj_overlap_self(const mj_polys *polys, int threads, mj_pairs *out);

/** Verdict of the quick validity test. */
typedef enum { MJ_SIMPLE, MJ_DOUBTFUL } mj_simple;
/**
 * Row by row: MJ_SIMPLE when the row is surely a valid polygon (closed rings of >= 4 vertices, no repeated vertex but
 * the closing one, no edges of the row that touch or cross except neighbours at their vertex, holes inside their shell
 * and apart, shells apart); MJ_DOUBTFUL: ask mj_overlay_valid. Empty rows are MJ_SIMPLE. Signs of area are decided with
 * an error bound; unsure is doubtful.
 */
MJ_NODISCARD mj_status mj_geom_simple(const mj_polys *polys, int threads, uint8_t *verdict);

/** True when the point lies inside the row (even-odd over all rings); on the boundary: either. */
bool mj_point_inside(const mj_polys *polys, int64_t row, double x, double y);
#endif
