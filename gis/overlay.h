/** @file overlay.h  GEOS where exactness needs it: validity, repair, the overlap of rows that cross. */
#ifndef MJ_GIS_OVERLAY_H
#define MJ_GIS_OVERLAY_H

#include "geom/pack.h"
#include "mujun/geom.h"
#include "mujun/status.h"

typedef struct mj_overlay mj_overlay; /* a GEOS context; one a thread */
MJ_NODISCARD mj_status mj_overlay_open(mj_overlay **out, mj_error *err);
void mj_overlay_close(mj_overlay *overlay);

/** True when GEOS finds the row valid; else @p reason gets its sentence with the place ("Self-intersection at ..."), at
 * most 200 bytes. */
bool mj_overlay_valid(mj_overlay *overlay, const mj_polys *polys, int64_t row, char reason[200], double *at_x,
                      double *at_y);
/** What an overlay leaves: nothing is an answer, a failure is none. */
typedef enum {
  MJ_LEFT_UNKNOWN, /**< GEOS cannot work it out; an empty row stands for it */
  MJ_LEFT_NOTHING, /**< nothing polygonal; an empty row */
  MJ_LEFT_SHAPE
} mj_left;
/** Append the polygonal part of MakeValid (structure method, collapsed parts dropped) to @p out. */
MJ_NODISCARD mj_status mj_overlay_repair(mj_overlay *overlay, const mj_polys *polys, int64_t row, mj_geom *out,
                                         mj_left *left, mj_error *err);
/** Area of the intersection of row i of a with row j of b in square units; NaN when GEOS fails on them. */
double mj_overlay_area(mj_overlay *overlay, const mj_polys *a, int64_t i, const mj_polys *b, int64_t j);
/** Append the polygonal part of the intersection of row i of a with row j of b to @p out. */
MJ_NODISCARD mj_status mj_overlay_meet(mj_overlay *overlay, const mj_polys *a, int64_t i, const mj_polys *b, int64_t j,
                                       mj_geom *out, mj_left *left, mj_error *err);
/** Append what the rows first..last-1 of a cover together and none of the rows list[n] of b does. */
MJ_NODISCARD mj_status mj_overlay_rest(mj_overlay *overlay, const mj_polys *a, int64_t first, int64_t last,
                                       const mj_polys *b, const int32_t *list, int32_t n, mj_geom *out, mj_left *left,
                                       mj_error *err);
/** Area of row i of a that lies in at least one of the rows list[n] of b, in square units; NaN when GEOS fails on them.
 */
double mj_overlay_cover(mj_overlay *overlay, const mj_polys *a, int64_t i, const mj_polys *b, const int32_t *list,
                        int32_t n);

/* ---- plots: shapes in metres about the plot's origin ---- */

/**
 * Append the ground of a plot on which everything keeps its distance: inside the border, outside its first
 * @p n_obstacles obstacles, and no nearer to any edge than its clear_m, or clear_high_m where @p high. Edges of 0 m
 * keep nothing. Rings of the border run with the inside on their left.
 *
 * Distances are round: an edge takes a rectangle and the arcs at its ends. Arcs are inscribed, 24 chords to a quarter:
 * what is left is too large by at most 0.06 % of the distance (8 mm of 13 m), at corners alone, and never too small.
 * Errors: MJ_ENOMEM. Cost: one union and one difference of as many shapes as edges.
 */
MJ_NODISCARD mj_status mj_overlay_clear(mj_overlay *overlay, const mj_plot *plot, int32_t n_obstacles, bool high,
                                        mj_geom *out, mj_left *left, mj_error *err);
/**
 * Append the lanes round the rectangles @p placed [n]: strips @p lane_m wide that begin @p side_m from the walls,
 * square outside and round inside, in one shape; off the strip beside every wall, outside the border and the obstacles
 * none. Errors: MJ_ENOMEM. Cost: as above.
 */
MJ_NODISCARD mj_status mj_overlay_lanes(mj_overlay *overlay, const mj_plot *plot, int32_t n_obstacles,
                                        const mj_placed *placed, int32_t n, double side_m, double lane_m, mj_geom *out,
                                        mj_left *left, mj_error *err);
#endif
