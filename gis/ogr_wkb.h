/** @file ogr_wkb.h  Well-known binary straight into geometry columns. */
#ifndef MJ_GIS_OGR_WKB_H
#define MJ_GIS_OGR_WKB_H

#include <stddef.h>

#include "mujun/geom.h"

/** What became of one shape. Only MJ_SHAPE_FILLED adds vertices; every other gives an empty row. */
typedef enum {
  MJ_SHAPE_FILLED,
  MJ_SHAPE_EMPTY,      /**< no vertices */
  MJ_SHAPE_NOT_FINITE, /**< a coordinate is NaN or infinite */
  MJ_SHAPE_OTHER,      /**< nothing of a wanted kind */
  MJ_SHAPE_CURVED,     /**< arcs, which the caller must linearise first */
  MJ_SHAPE_BROKEN      /**< the bytes are no well-known binary */
} mj_shape_state;

/** One column a kind, indexed by mj_geom_kind; all wanted ones grow a row with every push. Valid when {0}; fill in
 * wanted. */
typedef struct {
  mj_geom geom[MJ_GEOM_POLYGON + 1];
  bool wanted[MJ_GEOM_POLYGON + 1];
  int64_t with_z;   /**< shapes that carried Z or M */
  int64_t unclosed; /**< rings that were closed here */
  double *x, *y;    /**< one ring on its way */
  size_t cap;
} mj_shapes;

/**
 * Append the shape in wkb[n] as one row of every wanted column: its parts of that kind, Z and M dropped, rings closed.
 * ISO and extended codes of either byte order; a collection gives its members to the kinds they are of.
 *
 * @param kinds  out: bit 1 << kind for every kind that got vertices
 * @param type   out: the flat type code (3 polygon, 6 multipolygon, ...), 0 where there is none
 *
 * Nothing outside wkb[0..n) is read. Errors: MJ_ENOMEM.
 */
MJ_NODISCARD mj_status mj_shapes_push(mj_shapes *shapes, const unsigned char *wkb, size_t n, mj_shape_state *state,
                                      unsigned *kinds, unsigned *type);
/** Append an empty row to every wanted column. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_shapes_push_empty(mj_shapes *shapes);
/** Free everything; the struct is then {0}. */
void mj_shapes_reset(mj_shapes *shapes);
#endif
