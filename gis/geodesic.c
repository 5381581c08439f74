#include <geodesic.h>
#include <math.h>
#include <stdlib.h>

#include "gis/crs.h"

#define RAD_PER_DEG 0.017453292519943295769

/*
 * An edge is short when its longitudes and its latitudes differ by less than this, 0.02 degree or 2.2 km: the series
 * below then leaves out less than 1e-6 m2 an edge. Longer ones, and rings that come near a pole, go to geographiclib.
 */
static const double short_deg = 0.02, far_north_deg = 80;

typedef struct {
  double a2, e2, e, b2;
} ellipsoid;

/* atanh(e sin phi) / e: on the earth e^2 is 0.0067, and eight terms of the series are all that a double holds. */
static double bulge(const ellipsoid *el, double sin_phi) {
  double q = el->e2 * sin_phi * sin_phi;
  if (q > 0.01) return atanh(el->e * sin_phi) / el->e;
  return sin_phi *
         (1 +
          q * (1 / 3.0 + q * (1 / 5.0 + q * (1 / 7.0 + q * (1 / 9.0 + q * (1 / 11.0 + q * (1 / 13.0 + q / 15.0)))))));
}

/* Area between the equator and latitude phi, m2 a radian of longitude (negative in the south); J. P. Snyder (1987),
 * USGS PP 1395, 3-12. */
static double below(const ellipsoid *el, double sin_phi) {
  double w = 1 - el->e2 * sin_phi * sin_phi;
  return el->b2 / 2 * (sin_phi / w + bulge(el, sin_phi));
}

/* The sine of a latitude less than 0.02 degree from one with sine s and cosine c. */
static double sin_near(double s, double c, double d) {
  double q = d * d;
  return s + (c * d * (1 - q * (1 / 6.0 - q * (1 / 120.0))) - s * q * (1 / 2.0 - q * (1 / 24.0)));
}

/*
 * Area of a ring of short edges. Under a geodesic from 1 to 2 the area down to the equator is, by the trapezoid rule
 * with its first correction, dL (A1 + A2) / 2 + dL sin(Bm) ((N cos Bm dL)^2 + 3 (M dB)^2) / 12: with A' = M N cos B and
 * Clairaut's relation, d2A/dL2 along a geodesic is -(N cos B)^2 sin B (1 + 3 cot^2 azimuth). A is taken from the first
 * vertex, which the closed sum allows.
 */
static double short_ring(const ellipsoid *el, int32_t n, const double *lon, const double *lat) {
  double start = sin(lat[0] * RAD_PER_DEG), cosine = cos(lat[0] * RAD_PER_DEG);
  double sin0 = start, first = below(el, sin0), above0 = 0, sum = 0;
  for (int32_t i = 0; i + 1 < n; i++) {
    double off = lat[i + 1] - lat[0];
    double sin1 = fabs(off) < short_deg ? sin_near(start, cosine, off * RAD_PER_DEG) : sin(lat[i + 1] * RAD_PER_DEG);
    double above1 = below(el, sin1) - first;
    double dl = (lon[i + 1] - lon[i]) * RAD_PER_DEG, db = (lat[i + 1] - lat[i]) * RAD_PER_DEG;
    double s = (sin0 + sin1) / 2, w = 1 - el->e2 * s * s, n2 = el->a2 / w,
           m2 = n2 * (1 - el->e2) * (1 - el->e2) / (w * w);
    sum += dl * ((above0 + above1) / 2 + s * (n2 * (1 - s * s) * dl * dl + 3 * m2 * db * db) / 12);
    sin0 = sin1;
    above0 = above1;
  }
  return fabs(sum);
}

static bool edges_are_short(int32_t n, const double *lon, const double *lat) {
  for (int32_t i = 0; i + 1 < n; i++)
    if (!(fabs(lon[i + 1] - lon[i]) < short_deg && fabs(lat[i + 1] - lat[i]) < short_deg &&
          fabs(lat[i]) < far_north_deg))
      return false;
  return true;
}

static double long_ring(const struct geod_geodesic *g, int32_t n, const double *lon, const double *lat) {
  struct geod_polygon polygon;
  double area = (double)NAN, length;
  geod_polygon_init(&polygon, 0);
  for (int32_t i = 0; i + 1 < n; i++) {
    if (!isfinite(lon[i]) || !isfinite(lat[i])) return (double)NAN;
    geod_polygon_addpoint(g, &polygon, lat[i], lon[i]);
  }
  geod_polygon_compute(g, &polygon, 0, 1, &area, &length);
  return fabs(area);
}

void mj_area_geodesic(const mj_polys *polys, const double *lon_deg, const double *lat_deg, double a_m, double inv_f,
                      int64_t first, int64_t last, double *area_m2) {
  struct geod_geodesic g;
  double f = inv_f > 0 ? 1 / inv_f : 0, e2 = f * (2 - f);
  ellipsoid el = {a_m * a_m, e2, sqrt(e2), a_m * a_m * (1 - e2)};
  geod_init(&g, a_m, f);
  for (int64_t i = first; i < last; i++) {
    double sum = 0;
    for (int32_t p = polys->part0[i]; p < polys->part0[i + 1]; p++)
      for (int32_t r = polys->ring0[p]; r < polys->ring0[p + 1]; r++) {
        int32_t v = polys->vert0[r], n = polys->vert0[r + 1] - v;
        if (n < 4) continue;
        const double *lon = lon_deg + v, *lat = lat_deg + v;
        double area = edges_are_short(n, lon, lat) ? short_ring(&el, n, lon, lat) : long_ring(&g, n, lon, lat);
        sum += r == polys->ring0[p] ? area : -area;
      }
    area_m2[i] = sum;
  }
}
