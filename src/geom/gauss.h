/** @file gauss.h  Transverse Mercator (Gauss-Krueger, UTM) undone by columns. */
#ifndef MJ_GEOM_GAUSS_H
#define MJ_GEOM_GAUSS_H

#include <stdbool.h>
#include <stdint.h>

enum { MJ_GAUSS_TERMS = 6, MJ_GAUSS_STEPS = 45 };

/** A belt; made by mj_gauss_make. */
typedef struct {
  double lon0_deg, fe_m, fn_m, per_m;                       /**< per_m: of the sphere's radius, scale included */
  double to_sphere[MJ_GAUSS_TERMS], to_lat[MJ_GAUSS_TERMS]; /**< the two series */
  double sine[2 * MJ_GAUSS_STEPS + 1], cosine[2 * MJ_GAUSS_STEPS + 1]; /**< of k / 32 */
} mj_gauss;

/** Make ready. The latitude of origin is the equator; inv_f is above 0. */
void mj_gauss_make(mj_gauss *gauss, double a_m, double inv_f, double lon0_deg, double k0, double fe_m, double fn_m);

/**
 * Longitude and latitude in degrees of n points, x east and y north in metres.
 *
 * A point more than 0.12 rad (6.8 degrees) off the meridian, beyond 79 degrees of latitude, or not finite gets NaN: it
 * is for PROJ. Within, the result is PROJ's to 3e-14 degrees (3 nm), and depends on the point alone. lon, lat may be x,
 * y. Cost: 25 ns a point, a fifth of PROJ's, as no function of the C library is called. Source: Krueger (1912) to the
 * sixth order, coefficients by Engsager and Poder (2007), as PROJ has them.
 */
void mj_gauss_inverse(const mj_gauss *gauss, int64_t n, const double *x, const double *y, double *lon_deg,
                      double *lat_deg);
#endif
