/** @file geom.h  A column of multipolygons as flat arrays, and measures over it. */
#ifndef MUJUN_GEOM_H
#define MUJUN_GEOM_H

#include <stdbool.h>
#include <stdint.h>

#include "mujun/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * View of n multipolygons; owns nothing. Row i has parts part0[i] .. part0[i+1]-1, part p has rings
 * ring0[p] .. ring0[p+1]-1 (the first is the shell), ring r has vertices vert0[r] .. vert0[r+1]-1.
 * Rings are closed: the first vertex is repeated. A row without parts is NULL or empty.
 *
 * Shapes: part0[n+1]  ring0[parts+1]  vert0[rings+1]  x[verts]  y[verts]
 * Units:  those of the column's reference system; x is east or longitude, y is north or latitude.
 * Layout: GeoArrow multipolygon, separated coordinates.
 * Lines are parts of one open ring each, points are rings of one vertex: see mj_geom.kind.
 */
typedef struct {
  int64_t n;
  const int32_t *part0, *ring0, *vert0;
  const double *x, *y;
} mj_polys;

typedef enum { MJ_GEOM_NONE = 0, MJ_GEOM_POINT, MJ_GEOM_LINE, MJ_GEOM_POLYGON } mj_geom_kind;

/** A growing geometry column that owns its arrays. Valid when {0}; grow with the push calls, in order. */
typedef struct {
  mj_geom_kind kind;
  int64_t n;
  int32_t parts, rings, verts; /**< used */
  int64_t cap_rows;
  int32_t cap_parts, cap_rings, cap_verts; /**< allocated */
  int32_t *part0, *ring0, *vert0;
  double *x, *y;
} mj_geom;

/** Borrowed view of @p geom; valid until the next push or reset. */
MJ_API mj_polys mj_geom_view(const mj_geom *geom);

/** Room for so many in all, taken at once instead of by doubling; less than there is changes nothing. Errors:
 * MJ_ENOMEM, also past 2^31 vertices: the column then stands as it was. */
MJ_API MJ_NODISCARD mj_status mj_geom_reserve(mj_geom *geom, int64_t rows, int64_t parts, int64_t rings, int64_t verts);
/** Give back the room that nothing stands in. */
MJ_API void mj_geom_fit(mj_geom *geom);

/** Append n vertices as one ring. Errors: MJ_ENOMEM, also past 2^31 vertices. */
MJ_API MJ_NODISCARD mj_status mj_geom_push_ring(mj_geom *geom, int32_t n, const double *x, const double *y);
/** Close the part made of the rings pushed since the last part. Errors: MJ_ENOMEM. */
MJ_API MJ_NODISCARD mj_status mj_geom_end_part(mj_geom *geom);
/** Close the row made of the parts ended since the last row (none: an empty row). Errors: MJ_ENOMEM. */
MJ_API MJ_NODISCARD mj_status mj_geom_end_row(mj_geom *geom);
/** Append row @p row of @p from. Errors: MJ_ENOMEM. */
MJ_API MJ_NODISCARD mj_status mj_geom_push_row(mj_geom *geom, const mj_polys *from, int64_t row);
/** Free the arrays; the column is then {0}. */
MJ_API void mj_geom_reset(mj_geom *geom);

typedef struct {
  double xmin, ymin, xmax, ymax;
} mj_box;

/** Bounding box of every row, [n]; an empty row gives xmin > xmax. Errors: none. Cost: one pass. */
MJ_API void mj_geom_boxes(const mj_polys *polys, mj_box *box);

/**
 * Planar area of every row: shells positive, holes negative, whatever their winding.
 *
 * @param polys    n rows
 * @param area     [n] out, square units of the coordinates, >= 0 for valid rows; 0 for empty rows
 *
 * Errors: none. Cost: one pass over the vertices.
 * Source: the shoelace formula, taken about each ring's first vertex so that coordinates of
 *         order 1e6 m do not cancel (a 1 m square at (5e6, 5e6) is exact; see test_area.c).
 */
MJ_API void mj_area_planar(const mj_polys *polys, double *area);

#ifdef __cplusplus
}
#endif
#endif
