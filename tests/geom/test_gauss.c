#include <math.h>
#include <proj.h>
#include <stdio.h>
#include <stdlib.h>

#include "../test.h"
#include "geom/gauss.h"

#define DEG_PER_RAD 57.295779513082320877

/* A random number from 0 to 1, the same in every run. */
static double next(uint64_t *state) {
  *state = *state * 6364136223846793005u + 1442695040888963407u;
  return (double)(*state >> 11) / 9007199254740992.0;
}

typedef struct {
  double lon, lat; /* greatest difference, degrees; of longitude along the parallel */
  int far_off;     /* points left to PROJ */
} apart;

/* The closed form against PROJ at n points up to half_m from the meridian, between two northings. */
static apart compare(const char *definition, const mj_gauss *g, int n, double half_m, double south_m, double north_m) {
  PJ *pj = proj_create(NULL, definition);
  uint64_t state = 7;
  apart a = {0};
  CU_ASSERT_FATAL(pj != NULL);
  for (int i = 0; i < n; i++) {
    double x = g->fe_m + (2 * next(&state) - 1) * half_m, y = g->fn_m + south_m + next(&state) * (north_m - south_m);
    double lon, lat;
    PJ_COORD c = proj_trans(pj, PJ_INV, proj_coord(x, y, 0, 0));
    mj_gauss_inverse(g, 1, &x, &y, &lon, &lat);
    if (isnan(lon) || isnan(lat)) {
      a.far_off++;
      continue;
    }
    a.lon = fmax(a.lon, fabs(lon - c.lp.lam * DEG_PER_RAD) * cos(c.lp.phi));
    a.lat = fmax(a.lat, fabs(lat - c.lp.phi * DEG_PER_RAD));
  }
  proj_destroy(pj);
  return a;
}

static void a_belt_is_undone_as_proj_does_it(void) {
  mj_gauss g;
  mj_gauss_make(&g, 6378137, 298.257222101, 117, 1, 39500000, 0);
  apart a = compare("+proj=tmerc +lat_0=0 +lon_0=117 +k=1 +x_0=39500000 +y_0=0 +a=6378137 +rf=298.257222101", &g,
                    200000, 150000, -8000000, 8000000);
  CU_ASSERT_EQUAL(a.far_off, 0);
  CU_ASSERT(a.lon < 1e-13 && a.lat < 6e-14);
  /* another ellipsoid, scale and width: UTM on Krassowsky's, 3 degrees to the side and more */
  mj_gauss_make(&g, 6378245, 298.3, -63, 0.9996, 500000, 10000000);
  a = compare("+proj=tmerc +lat_0=0 +lon_0=-63 +k=0.9996 +x_0=500000 +y_0=10000000 +a=6378245 +rf=298.3", &g, 200000,
              340000, -9000000, 0);
  CU_ASSERT(a.far_off > 0 && a.far_off < 30000); /* near the pole */
  CU_ASSERT(a.lon < 1e-13 && a.lat < 6e-14);
}

static void what_is_far_off_is_left_to_proj(void) {
  mj_gauss g;
  mj_gauss_make(&g, 6378137, 298.257222101, 117, 1, 500000, 0);
  double x[] = {500000 + 770000, 500000, 500000, (double)NAN, 500000, HUGE_VAL},
         y[] = {3000000, 8900000, (double)NAN, 3000000, -HUGE_VAL, 3000000}, lon[6], lat[6];
  mj_gauss_inverse(&g, 6, x, y, lon, lat);
  for (int i = 0; i < 6; i++) CU_ASSERT(isnan(lon[i]) || isnan(lat[i]));
}

static void a_point_does_not_depend_on_its_neighbours(void) {
  enum { N = 1000 };
  mj_gauss g;
  double x[N], y[N], lon[N], lat[N], one_lon, one_lat;
  uint64_t state = 3;
  bool same = true;
  mj_gauss_make(&g, 6378137, 298.257222101, 120, 1, 500000, 0);
  for (int i = 0; i < N; i++) {
    x[i] = 400000 + 200000 * next(&state);
    y[i] = 2500000 + 2000000 * next(&state);
  }
  mj_gauss_inverse(&g, N, x, y, lon, lat);
  for (int i = 0; i < N; i++) {
    mj_gauss_inverse(&g, 1, &x[i], &y[i], &one_lon, &one_lat);
    same = same && one_lon == lon[i] && one_lat == lat[i];
  }
  CU_ASSERT(same);
  mj_gauss_inverse(&g, N, x, y, x, y); /* in place */
  for (int i = 0; i < N; i++) same = same && x[i] == lon[i] && y[i] == lat[i];
  CU_ASSERT(same);
}

SUITE_OF(gauss, T(a_belt_is_undone_as_proj_does_it), T(what_is_far_off_is_left_to_proj),
         T(a_point_does_not_depend_on_its_neighbours));
