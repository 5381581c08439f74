/** @file distinct.h  Rows of the same shape taken as one, so that a layer of many copies costs no more than its shapes.
 */
#ifndef MJ_MEASURE_DISTINCT_H
#define MJ_MEASURE_DISTINCT_H

#include "geom/overlap.h"

/** The shapes of a column, each once. Valid when {0}; mj__distinct_reset frees it. */
typedef struct {
  mj_polys polys; /**< the shapes in the order of their first rows; the column itself where no two rows agree */
  int32_t *row;   /**< rows by shape: those of shape k are row[first[k]] .. row[first[k + 1] - 1], ascending; NULL where
                     shape k is row k */
  int64_t *first; /**< [polys.n + 1], or NULL */
  mj_geom copy;
} mj__distinct;
void mj__distinct_reset(mj__distinct *distinct);

/** Shapes agree when they have the same edges to the last bit, wherever rings begin, whichever way they run and in
 * whatever order parts stand. Borrows @p polys. Errors: MJ_ENOMEM. Cost: one pass over the vertices, by threads. */
MJ_NODISCARD mj_status mj__distinct_make(const mj_polys *polys, int threads, mj__distinct *out);
/** First row of a shape. */
static inline int32_t mj__distinct_row(const mj__distinct *d, int32_t shape) {
  return d->row ? d->row[d->first[shape]] : shape;
}
/**
 * Pairs of shapes as pairs of rows a < b, ordered; rows of one shape are pairs of the area @p area[shape]. Of a shape
 * that more than 100 rows have, only the first 100 stand for it in pairs with others, and its rows pair with its first
 * row only. Errors: MJ_ENOMEM.
 */
MJ_NODISCARD mj_status mj__distinct_pairs(const mj__distinct *distinct, const double *area, const mj_pairs *of_shapes,
                                          mj_pairs *out);
#endif
