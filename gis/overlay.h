/** @file overlay.h  GEOS where exactness needs it: validity, repair, the overlap of rows that cross. */
#ifndef MJ_GIS_OVERLAY_H
#define MJ_GIS_OVERLAY_H

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
#endif
