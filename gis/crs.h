/** @file crs.h  Reference systems: what a definition is, and moving coordinate columns between two of them. */
#ifndef MJ_GIS_CRS_H
#define MJ_GIS_CRS_H

#include <stdbool.h>
#include <stdint.h>

#include "mujun/geom.h"
#include "mujun/status.h"

typedef struct mj_crs mj_crs;

/** Plain facts of a system; texts belong to the mj_crs. */
typedef struct {
  const char *wkt;       /**< WKT2:2019 */
  const char *name;      /**< "CGCS2000 / 3-degree Gauss-Kruger CM 120E" */
  const char *authority; /**< "EPSG:4549", also when only identified with >= 90 % confidence; "" for a custom one */
  bool geographic;
  double unit_m;     /**< metres per unit of a projected system; 0 for degrees */
  double a_m, inv_f; /**< ellipsoid */
  bool has_area;
  double west_deg, south_deg, east_deg, north_deg; /**< area of use */
  bool is_tmerc;
  double lon0_deg, k0; /**< transverse Mercator with its central meridian and scale */
  bool like_wgs84;     /**< datum is WGS 84 or CGCS2000, taken as equal */
} mj_crs_facts;

/** Open any definition that GDAL/PROJ accepts: "EPSG:4549", WKT (also ESRI's), PROJ text. Errors: MJ_ECRS unknown. */
MJ_NODISCARD mj_status mj_crs_open(const char *definition, mj_crs **out, mj_error *err);
void mj_crs_close(mj_crs *crs);
const mj_crs_facts *mj_crs_get(const mj_crs *crs);
/** True when both mean the same system (axis order aside). */
bool mj_crs_same(const mj_crs *a, const mj_crs *b);
/** A transverse Mercator belt (k 1, false easting 500000 m) on the datum of @p geographic, central meridian at the
 * multiple of 3 degrees nearest @p lon_deg. */
MJ_NODISCARD mj_status mj_crs_belt(const mj_crs *geographic, double lon_deg, mj_crs **out, mj_error *err);

/** A ready operation; not for two threads at once: open one a thread (0.2 ms where it is built from parameters). */
typedef struct mj_crs_op mj_crs_op;
/**
 * The operation from one system to another; x is east/longitude, y is north/latitude on both sides, degrees for
 * geographic systems. A ballpark operation is refused, CGCS2000 <-> WGS 84 excepted. Errors: MJ_ECRS.
 */
MJ_NODISCARD mj_status mj_crs_op_open(const mj_crs *from, const mj_crs *to, mj_crs_op **out, mj_error *err);
/** To longitude, latitude in degrees on the system's own datum (always possible); for a geographic one: nothing
 * changes. */
MJ_NODISCARD mj_status mj_crs_op_lonlat(const mj_crs *from, mj_crs_op **out, mj_error *err);
/** n points in place. A point without image becomes HUGE_VAL. Errors: none. */
void mj_crs_op_run(mj_crs_op *op, int64_t n, double *x, double *y);
void mj_crs_op_close(mj_crs_op *op);

/** Geodesic area in m2 of rows [first, last) given as longitude, latitude degrees with the offsets of @p polys (its x,
 * y are not read). Holes subtract. [n] out, indexed by row. */
void mj_area_geodesic(const mj_polys *polys, const double *lon_deg, const double *lat_deg, double a_m, double inv_f,
                      int64_t first, int64_t last, double *area_m2);
#endif
