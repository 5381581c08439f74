#include "geom/tuban.h"

#include <math.h>
#include <stdlib.h>

#define RAD_PER_SECOND (3.14159265358979323846 / 648000)

/* Edges longer than this are split; a ring that would need more points than the limit is no parcel (1.4 million km of
 * boundary). */
static const double split_m = 70;
enum { MOST_POINTS = 20000000 };

/* The semi-minor axis and the coefficients A .. E of the official series; see land-surveying rule
 * 国土调查办发〔2008〕32号. */
typedef struct {
  double b, c[5];
} series;

typedef struct {
  double *x, *y;
  int64_t n, cap;
} points;

static series series_of(double a_m, double inv_f) {
  double f = inv_f > 0 ? 1 / inv_f : 0, e2 = f * (2 - f), e4 = e2 * e2, e6 = e4 * e2, e8 = e4 * e4;
  return (series){a_m * (1 - f),
                  {1 + e2 * 3 / 6 + e4 * 30 / 80 + e6 * 35 / 112 + e8 * 630 / 2304,
                   e2 / 6 + e4 * 15 / 80 + e6 * 21 / 112 + e8 * 420 / 2304,
                   e4 * 3 / 80 + e6 * 7 / 112 + e8 * 180 / 2304, e6 / 112 + e8 * 45 / 2304, e8 * 5 / 2304}};
}

/* A latitude with its sine and cosine: those of others near by follow from a short series. */
typedef struct {
  double lat, sine, cosine;
} parallel;

static double cos_near(const parallel *at, double lat) {
  double d = lat - at->lat, q = d * d;
  if (!(fabs(d) < 1.0 / 64)) return cos(lat);
  double s = d * (1 - q * (1 / 6.0 - q * (1 / 120.0 - q * (1 / 5040.0)))),
         c = 1 - q * (1 / 2.0 - q * (1 / 24.0 - q * (1 / 720.0 - q * (1 / 40320.0))));
  return at->cosine * c - at->sine * s;
}

/* Signed m2 between the edge (latitudes b1 to b2) and a meridian dl away from its middle; radians. Sines and cosines of
 * the odd multiples follow from the first by sin(n + 2) = 2 cos 2 sin n - sin(n - 2), which spares eight calls an edge.
 */
static double strip(const series *s, const parallel *at, double dl, double b1, double b2) {
  double half = (b2 - b1) / 2, mid = (b1 + b2) / 2, sum = 0;
  double sine = half * (1 - half * half / 6), cosine = cos_near(at, mid); /* an edge of 70 m: half is below 1e-5 */
  if (fabs(half) > 1e-4) sine = sin(half);
  double sine_before = -sine, cosine_before = cosine;
  double turn_half = 2 - 4 * sine * sine, turn_mid = 4 * cosine * cosine - 2;
  for (int k = 0; k < 5; k++) {
    double term = s->c[k] * sine * cosine, next_sine = turn_half * sine - sine_before,
           next_cosine = turn_mid * cosine - cosine_before;
    sum += k % 2 ? -term : term;
    sine_before = sine;
    sine = next_sine;
    cosine_before = cosine;
    cosine = next_cosine;
  }
  return 2 * s->b * s->b * dl * sum;
}

/* Half away from zero; whole numbers above 2^52 are what they are. */
static double round_to(double v, double per_unit) {
  double scaled = v * per_unit;
  if (!(fabs(scaled) < 4503599627370496.0)) return v;
  return (double)(int64_t)(scaled + (scaled < 0 ? -0.5 : 0.5)) / per_unit;
}

static mj_status put(points *to, double x, double y) {
  if (to->n == to->cap) {
    int64_t cap = to->cap ? 2 * to->cap : 256;
    double *bx = realloc(to->x, (size_t)cap * sizeof *bx);
    if (bx) to->x = bx;
    double *by = realloc(to->y, (size_t)cap * sizeof *by);
    if (by) to->y = by;
    if (!bx || !by) return MJ_ENOMEM;
    to->cap = cap;
  }
  to->x[to->n] = round_to(x, 1e4);
  to->y[to->n++] = round_to(y, 1e4);
  return MJ_OK;
}

/* The ring without its closing vertex, long edges split evenly; *fits is cleared for a ring that is not finite or far
 * too long. */
static mj_status split_ring(int32_t n, const double *x, const double *y, points *out, bool *fits) {
  out->n = 0;
  for (int32_t i = 0; i + 1 < n; i++) {
    double dx = x[i + 1] - x[i], dy = y[i + 1] - y[i], length = sqrt(dx * dx + dy * dy);
    double pieces = length <= split_m ? 1 : ceil(length / split_m);
    if (!((double)out->n + pieces < MOST_POINTS)) {
      *fits = false;
      return MJ_OK;
    }
    for (int32_t k = 0; k < (int32_t)pieces; k++) MJ_TRY(put(out, x[i] + dx * k / pieces, y[i] + dy * k / pieces));
  }
  return MJ_OK;
}

/* Unsigned area of a ring of longitudes and latitudes in degrees, rounded to 1e-6 second; changes them to radians. */
static double ring_area(const series *s, points *ring) {
  double sum = 0;
  for (int64_t i = 0; i < ring->n; i++) {
    if (!isfinite(ring->x[i]) || !isfinite(ring->y[i])) return (double)NAN;
    ring->x[i] = round_to(ring->x[i] * 3600, 1e6) * RAD_PER_SECOND;
    ring->y[i] = round_to(ring->y[i] * 3600, 1e6) * RAD_PER_SECOND;
  }
  if (!ring->n) return 0;
  parallel at = {ring->y[0], sin(ring->y[0]), cos(ring->y[0])};
  for (int64_t i = 0; i < ring->n; i++) {
    int64_t j = i + 1 < ring->n ? i + 1 : 0;
    /* any meridian gives the same closed sum; the ring's own keeps the terms small */
    sum += strip(s, &at, (ring->x[i] + ring->x[j]) / 2 - ring->x[0], ring->y[i], ring->y[j]);
  }
  return fabs(sum);
}

mj_status mj_area_tuban(const mj_polys *polys, double a_m, double inv_f, mj_to_lonlat to_lonlat, void *user,
                        int64_t first, int64_t last, double *area_m2) {
  series s = series_of(a_m, inv_f);
  points ring = {0};
  mj_status status = MJ_OK;
  for (int64_t i = first; i < last && !status; i++) {
    double sum = 0;
    for (int32_t p = polys->part0[i]; p < polys->part0[i + 1] && !status; p++)
      for (int32_t r = polys->ring0[p]; r < polys->ring0[p + 1] && !status; r++) {
        int32_t v = polys->vert0[r];
        bool fits = true;
        status = split_ring(polys->vert0[r + 1] - v, polys->x + v, polys->y + v, &ring, &fits);
        if (status) break;
        if (fits) to_lonlat(user, ring.n, ring.x, ring.y);
        double area = fits ? ring_area(&s, &ring) : (double)NAN;
        sum += r == polys->ring0[p] ? area : -area;
      }
    area_m2[i] = round_to(sum, 100);
  }
  free(ring.x);
  free(ring.y);
  return status;
}
