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
  double lon0_deg, k0;         /**< transverse Mercator (Gauss-Krueger, UTM) with its central meridian and scale */
  double lat0_deg, fe_m, fn_m; /**< its origin; false easting and northing in metres, whatever the unit */
  bool like_wgs84;             /**< datum is WGS 84 or CGCS2000, taken as equal */
  const char *resembles;       /**< of a custom one: what the registry has of 60 to 89 % confidence, or "" */
  int resemblance;             /**< that confidence */
} mj_crs_facts;

/** Open any definition that GDAL/PROJ accepts: "EPSG:4549", WKT (also ESRI's), PROJ text. Errors: MJ_ECRS unknown. */
MJ_NODISCARD mj_status mj_crs_open(const char *definition, mj_crs **out, mj_error *err);
/** Open what mj_crs_facts.wkt said: as mj_crs_open, but a custom system is not compared with the registry again, which
 * takes 0.15 s, and resembles nothing. */
MJ_NODISCARD mj_status mj_crs_reopen(const char *wkt, mj_crs **out, mj_error *err);
void mj_crs_close(mj_crs *crs);
const mj_crs_facts *mj_crs_get(const mj_crs *crs);
/** True when both mean the same system (axis order aside). */
bool mj_crs_same(const mj_crs *a, const mj_crs *b);
/** A transverse Mercator belt (k 1, false easting 500000 m) on the datum of @p base, central meridian at the multiple
 * of 3 degrees nearest @p lon_deg. */
MJ_NODISCARD mj_status mj_crs_belt(const mj_crs *base, double lon_deg, mj_crs **out, mj_error *err);

/** Central meridian of a numbered zone: Gauss-Krueger 13 .. 23 of 6 degrees and 25 .. 45 of 3 degrees, the two ranges
 * that China's zone prefixes keep apart; where @p k0 is 0.9996, UTM 1 .. 60. NaN: no such zone. */
double mj_zone_meridian(int zone, double k0);
/**
 * The system on the datum of @p like, a transverse Mercator one, with that central meridian and the false easting that
 * @p like has below a million metres; @p prefixed puts the zone before it (39500000). A Chinese zone is the registry's
 * (EPSG 45xx for CGCS2000, 23xx for Xian 1980, 24xx and 214xx for Beijing 1954), anything else @p like with the false
 * easting and meridian replaced. Errors: MJ_ECRS.
 */
MJ_NODISCARD mj_status mj_crs_zone(const mj_crs *like, int zone, double lon0_deg, bool prefixed, mj_crs **out,
                                   mj_error *err);
/** @p crs with a shift to WGS 84: dx, dy, dz in metres, rx, ry, rz in arc-seconds (position vector rotation, as
 * +towgs84), s in ppm. It replaces one that the definition has. Errors: MJ_ECRS. */
MJ_NODISCARD mj_status mj_crs_shift(const mj_crs *crs, const double shift[7], mj_crs **out, mj_error *err);
/** True where longitude and latitude on WGS 84 can be had: the datum is WGS 84 or CGCS2000, or a shift is known well
 * enough. Cost: a search in PROJ's database for other datums. */
bool mj_crs_reaches_wgs84(const mj_crs *crs);
/** True where both stand on one datum, whatever shift they carry. */
bool mj_crs_same_datum(const mj_crs *a, const mj_crs *b);

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
/** n points in place from one system to another, as mj_crs_op_run does it, by @p threads threads. Errors: MJ_ECRS as
 * mj_crs_op_open has them, MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_crs_move(const mj_crs *from, const mj_crs *to, int threads, int64_t n, double *x, double *y,
                                   mj_error *err);

/** Geodesic area in m2 of rows [first, last) given as longitude, latitude degrees with the offsets of @p polys (its x,
 * y are not read). Holes subtract. [n] out, indexed by row. */
void mj_area_geodesic(const mj_polys *polys, const double *lon_deg, const double *lat_deg, double a_m, double inv_f,
                      int64_t first, int64_t last, double *area_m2);
#endif
