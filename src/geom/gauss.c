#include "geom/gauss.h"

#include <math.h>

#define DEG_PER_RAD 57.295779513082320877

/* What the series below are good for; beyond it PROJ is asked. */
static const double widest = 0.12, farthest = 1.39;

void mj_gauss_make(mj_gauss *g, double a_m, double inv_f, double lon0_deg, double k0, double fe_m, double fn_m) {
  double f = 1 / inv_f, n = f / (2 - f), n2 = n * n, n3 = n2 * n, n4 = n2 * n2, n5 = n4 * n, n6 = n4 * n2;
  double radius = a_m * k0 / (1 + n) * (1 + n2 * (1 / 4.0 + n2 * (1 / 64.0 + n2 / 256.0)));
  *g = (mj_gauss){
      .lon0_deg = lon0_deg,
      .fe_m = fe_m,
      .fn_m = fn_m,
      .per_m = 1 / radius,
      .to_sphere = {n * (-1 / 2.0 + n * (2 / 3.0 + n * (-37 / 96.0 +
                                                        n * (1 / 360.0 + n * (81 / 512.0 + n * (-96199 / 604800.0)))))),
                    n2 * (-1 / 48.0 +
                          n * (-1 / 15.0 + n * (437 / 1440.0 + n * (-46 / 105.0 + n * (1118711 / 3870720.0))))),
                    n3 * (-17 / 480.0 + n * (37 / 840.0 + n * (209 / 4480.0 + n * (-5569 / 90720.0)))),
                    n4 * (-4397 / 161280.0 + n * (11 / 504.0 + n * (830251 / 7257600.0))),
                    n5 * (-4583 / 161280.0 + n * (108847 / 3991680.0)), n6 * (-20648693 / 638668800.0)},
      .to_lat = {n * (2 + n * (-2 / 3.0 + n * (-2 + n * (116 / 45.0 + n * (26 / 45.0 + n * (-2854 / 675.0)))))),
                 n2 * (7 / 3.0 + n * (-8 / 5.0 + n * (-227 / 45.0 + n * (2704 / 315.0 + n * (2323 / 945.0))))),
                 n3 * (56 / 15.0 + n * (-136 / 35.0 + n * (-1262 / 105.0 + n * (73814 / 2835.0)))),
                 n4 * (4279 / 630.0 + n * (-332 / 35.0 + n * (-399572 / 14175.0))),
                 n5 * (4174 / 315.0 + n * (-144838 / 6237.0)), n6 * (601676 / 22275.0)}};
  for (int k = -MJ_GAUSS_STEPS; k <= MJ_GAUSS_STEPS; k++) {
    g->sine[k + MJ_GAUSS_STEPS] = sin(k / 32.0);
    g->cosine[k + MJ_GAUSS_STEPS] = cos(k / 32.0);
  }
}

enum { BLOCK = 128 };

/* Points on their way. A loop a step, so that the compiler works on several points at once. */
typedef struct {
  double north[BLOCK], east[BLOCK];               /* on the sphere's cylinder, radians */
  double sine[BLOCK], cosine[BLOCK], rest[BLOCK]; /* of the multiple of 1/32 next to north, and what is left of it */
} block;

/* sinh and cosh of |v| below 0.13 */
static inline double small_sinh(double v) {
  double q = v * v;
  return v + v * q * (1 / 6.0 + q * (1 / 120.0 + q * (1 / 5040.0 + q * (1 / 362880.0 + q * (1 / 39916800.0)))));
}

static inline double small_cosh(double v) {
  double q = v * v;
  return 1 + q * (1 / 2.0 + q * (1 / 24.0 + q * (1 / 720.0 + q * (1 / 40320.0 + q * (1 / 3628800.0)))));
}

/* sin of |v| below 1/60 */
static inline double small_sin(double v) {
  double q = v * v;
  return v - v * q * (1 / 6.0 - q * (1 / 120.0 - q * (1 / 5040.0)));
}

static inline double small_cos(double v) {
  double q = v * v;
  return 1 - q * (1 / 2.0 - q * (1 / 24.0 - q * (1 / 720.0 - q * (1 / 40320.0))));
}

static void take(const mj_gauss *g, int n, const double *x, const double *y, block *b) {
  for (int i = 0; i < n; i++) {
    double north = (y[i] - g->fn_m) * g->per_m, east = (x[i] - g->fe_m) * g->per_m;
    bool near = fabs(north) < farthest && fabs(east) < widest;
    int k = near ? (int)(north * 32 + (north < 0 ? -0.5 : 0.5)) : 0;
    b->north[i] = near ? north : (double)NAN;
    b->east[i] = east;
    b->rest[i] = b->north[i] - k / 32.0;
    b->sine[i] = g->sine[k + MJ_GAUSS_STEPS];
    b->cosine[i] = g->cosine[k + MJ_GAUSS_STEPS];
  }
}

/* From the ellipsoid's cylinder to the sphere's: what is added is a series of sines of multiples of a complex angle
 * (Clenshaw's sum). Leaves sine and cosine of the new north. */
static void to_sphere(const mj_gauss *g, int n, block *b) {
  for (int i = 0; i < n; i++) {
    double ds = small_sin(b->rest[i]), dc = small_cos(b->rest[i]);
    double s = b->sine[i] * dc + b->cosine[i] * ds, c = b->cosine[i] * dc - b->sine[i] * ds;
    double sh = small_sinh(b->east[i]), ch = small_cosh(b->east[i]);
    double s2 = 2 * s * c, c2 = 1 - 2 * s * s, sh2 = 2 * sh * ch, ch2 = 1 + 2 * sh * sh;
    double r = 2 * c2 * ch2, j = -2 * s2 * sh2; /* twice the cosine */
    double hr = g->to_sphere[5], hi = 0, hr1 = 0, hi1 = 0;
#pragma GCC unroll 5
    for (int k = MJ_GAUSS_TERMS - 2; k >= 0; k--) {
      double hr2 = hr1, hi2 = hi1;
      hr1 = hr;
      hi1 = hi;
      hr = -hr2 + r * hr1 - j * hi1 + g->to_sphere[k];
      hi = -hi2 + j * hr1 + r * hi1;
    }
    double sr = s2 * ch2, si = c2 * sh2; /* the sine */
    double north = sr * hr - si * hi, east = sr * hi + si * hr;
    ds = small_sin(north);
    dc = small_cos(north);
    b->north[i] += north;
    b->east[i] += east;
    b->sine[i] = s * dc + c * ds;
    b->cosine[i] = c * dc - s * ds;
  }
}

/* From the cylinder to the sphere, and from its latitude to the ellipsoid's. Where the pole of the cylinder is near,
 * the series of the arctangent is not enough. */
static void to_degrees(const mj_gauss *g, int n, const block *b, double *lon_deg, double *lat_deg) {
  for (int i = 0; i < n; i++) {
    double s = b->sine[i], c = b->cosine[i], sh = small_sinh(b->east[i]), ch = small_cosh(b->east[i]);
    double t = sh / c, q = t * t, root = sqrt(c * c + sh * sh), per = 1 / ch;
    double lon =
        t -
        t * q *
            (1 / 3.0 -
             q * (1 / 5.0 -
                  q * (1 / 7.0 - q * (1 / 9.0 - q * (1 / 11.0 - q * (1 / 13.0 - q * (1 / 15.0 - q * (1 / 17.0))))))));
    double u = s * sh * sh * per / (root + c), p = u * u; /* the sine of what the latitude is less */
    double lat = b->north[i] - (u + u * p * (1 / 6.0 + p * (3 / 40.0 + p * (15 / 336.0))));
    double sine = s * per, s2 = 2 * sine * root * per, twice = 2 - 4 * sine * sine;
    double h = g->to_lat[5], h1 = 0;
#pragma GCC unroll 5
    for (int k = MJ_GAUSS_TERMS - 2; k >= 0; k--) {
      double h2 = h1;
      h1 = h;
      h = twice * h1 - h2 + g->to_lat[k];
    }
    lat_deg[i] = (lat + s2 * h) * DEG_PER_RAD;
    lon_deg[i] = fabs(t) < widest ? g->lon0_deg + lon * DEG_PER_RAD : (double)NAN;
  }
}

void mj_gauss_inverse(const mj_gauss *gauss, int64_t n, const double *x, const double *y, double *lon_deg,
                      double *lat_deg) {
  block b;
  for (int64_t at = 0; at < n; at += BLOCK) {
    int m = n - at < BLOCK ? (int)(n - at) : BLOCK;
    take(gauss, m, x + at, y + at, &b);
    to_sphere(gauss, m, &b);
    to_degrees(gauss, m, &b, lon_deg + at, lat_deg + at);
  }
}
