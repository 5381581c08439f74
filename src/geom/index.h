/** @file index.h  What makes overlap quick: which boxes meet (a hashed grid) and which edges lie near a box (runs of
 * edges). */
#ifndef MJ_GEOM_INDEX_H
#define MJ_GEOM_INDEX_H

#include "mujun/geom.h"

/** True when the open boxes meet; boxes that only touch do not, nor does an empty one. */
static inline bool mj_boxes_meet(const mj_box *a, const mj_box *b) {
  return a->xmin < b->xmax && b->xmin < a->xmax && a->ymin < b->ymax && b->ymin < a->ymax;
}

/** Boxes hashed by the cells they cover, in up to 16 sizes of cell, so that neither a huge box nor a stray one hurts.
 * Valid when {0}. */
typedef struct {
  int64_t n;
  double cell;            /**< side of the smallest cell; each level's is 4 times that of the one below */
  uint32_t mask;          /**< buckets - 1 */
  uint32_t *bucket0;      /**< [buckets + 1] */
  int32_t *row;           /**< [entries], by bucket, ascending within one */
  mj_box *box;            /**< [entries] the whole box of that row */
  int64_t level_rows[16]; /**< rows held at each level */
} mj_grid;

/** Index n boxes (n <= 2^29). @p other helps to choose the cell: the boxes that will be asked for, [n_other].
 * @p threads as in mj_parallel; the grid does not depend on them. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_grid_build(const mj_box *box, int64_t n, const mj_box *other, int64_t n_other, int threads,
                                     mj_grid *grid);
void mj_grid_reset(mj_grid *grid);

/** A list of row numbers; valid when {0}; free with free(list.row). */
typedef struct {
  int32_t *row;
  int64_t n, cap;
} mj_rows;
/** Rows whose boxes meet @p q, ascending, each once; replaces what is in @p found. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_grid_find(const mj_grid *grid, const mj_box *q, mj_rows *found);

/** Boxes of rings, and for long rings of runs of successive edges. Borrows the column. Valid when {0}. */
typedef struct {
  mj_polys polys;
  mj_box *ring_box; /**< [rings] */
  int32_t *run0;    /**< [rings + 1] offsets into run_box; a short ring has no runs */
  mj_box *run_box;  /**< [runs] */
} mj_edges;

/** Index the edges of a column. Errors: MJ_ENOMEM. Cost: one pass, by @p threads threads. */
MJ_NODISCARD mj_status mj_edges_build(const mj_polys *polys, int threads, mj_edges *edges);
void mj_edges_reset(mj_edges *edges);

/** Edges of @p row that touch the closed box @p q: numbers of their first vertices, ascending, into @p out which has
 * room for all of the row's. */
int32_t mj_edges_near(const mj_edges *edges, int64_t row, const mj_box *q, int32_t *out);
/** True when the point, moved by nudge (1 or -1) times (d, d d) with d smaller than any number, lies in the row
 * (even-odd): exact also for points on the boundary. */
bool mj_edges_locate(const mj_edges *edges, int64_t row, double x, double y, int nudge);
/** The same of ring @p r alone. */
bool mj_edges_in_ring(const mj_edges *edges, int32_t r, double x, double y, int nudge);

#endif
