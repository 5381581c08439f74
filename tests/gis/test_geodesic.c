#include <geodesic.h>
#include <math.h>
#include <stdio.h>

#include "../geom/shape.h"
#include "../test.h"
#include "base/parallel.h"
#include "gis/crs.h"

static const double a_m = 6378137, inv_f = 298.257222101;

/* Rows given as longitude and latitude; area of row 0. */
static double area_of(const char *text) {
  mj_geom g = {0};
  shape_row(&g, text);
  mj_polys v = mj_geom_view(&g);
  double area = -1;
  mj_area_geodesic(&v, v.x, v.y, a_m, inv_f, 0, 1, &area);
  mj_geom_reset(&g);
  return area;
}

/* The same by geographiclib alone, ring by ring. */
static double by_geographiclib(const mj_polys *g, int64_t row) {
  struct geod_geodesic geod;
  geod_init(&geod, a_m, 1 / inv_f);
  double sum = 0;
  for (int32_t p = g->part0[row]; p < g->part0[row + 1]; p++)
    for (int32_t r = g->ring0[p]; r < g->ring0[p + 1]; r++) {
      double lat[64], lon[64], area, length;
      int n = g->vert0[r + 1] - g->vert0[r] - 1;
      for (int k = 0; k < n; k++) {
        lon[k] = g->x[g->vert0[r] + k];
        lat[k] = g->y[g->vert0[r] + k];
      }
      geod_polygonarea(&geod, lat, lon, n, &area, &length);
      sum += r == g->ring0[p] ? fabs(area) : -fabs(area);
    }
  return sum;
}

/* Stars of all sizes from 10 m to 200 km at all latitudes; rounding of geographiclib itself is near 1e-5 m2 an edge. */
static void it_agrees_with_geographiclib_at_every_size_and_latitude(void) {
  uint64_t seed = 21;
  int off = 0, small = 0;
  for (int k = 0; k < 3000; k++) {
    double r = pow(10, -4 + 4.3 * shape_random(&seed)), cx = 360 * shape_random(&seed) - 180,
           cy = 176 * shape_random(&seed) - 88;
    mj_geom g = {0};
    for (int ring = 0; ring < 2; ring++) {
      double x[20], y[20], scale = ring ? 0.3 : 1;
      for (int i = 0; i < 12; i++) {
        double t = 6.283185307179586 * i / 12, d = scale * r * (0.6 + 0.4 * shape_random(&seed));
        x[i] = cx + d * cos(t) / cos(cy * 0.0174532925);
        y[i] = fmax(-89.9, fmin(89.9, cy + d * sin(t)));
      }
      x[12] = x[0];
      y[12] = y[0];
      CU_ASSERT_EQUAL_FATAL(mj_geom_push_ring(&g, 13, x, y), MJ_OK);
    }
    CU_ASSERT_EQUAL_FATAL(mj_geom_end_part(&g), MJ_OK);
    CU_ASSERT_EQUAL_FATAL(mj_geom_end_row(&g), MJ_OK);
    mj_polys v = mj_geom_view(&g);
    double own = -1, want = by_geographiclib(&v, 0);
    mj_area_geodesic(&v, v.x, v.y, a_m, inv_f, 0, 1, &own);
    off += !(fabs(own - want) <= 1e-9 * want + 2e-4);
    small += r < 0.02 && fabs(cy) < 79;
    mj_geom_reset(&g);
  }
  CU_ASSERT_EQUAL(off, 0);
  CU_ASSERT(small > 1000);
}

/* Area between two parallels and two meridians, exact: b^2 dL [ s / (1 - e2 s^2) + atanh(e s) / e ] / 2 taken between
 * the sines. */
static double cell(double lat1, double lat2, double lon_deg) {
  double f = 1 / inv_f, e2 = f * (2 - f), e = sqrt(e2), b2 = a_m * a_m * (1 - e2), q[2], lat[] = {lat1, lat2};
  for (int k = 0; k < 2; k++) {
    double s = sin(lat[k] * 0.017453292519943295769);
    q[k] = s / (1 - e2 * s * s) + atanh(e * s) / e;
  }
  return b2 / 2 * (q[1] - q[0]) * lon_deg * 0.017453292519943295769;
}

/* land-rules 8: 11191.372222 m2 between parallels; its geodesic edges bulge north by less than 1e-5 of that. */
static void a_cell_of_a_thousandth_degree_has_its_known_area(void) {
  CU_ASSERT_DOUBLE_EQUAL(cell(24.9, 24.901, 0.001), 11191.372222, 1e-6);
  CU_ASSERT_DOUBLE_EQUAL(area_of("118.5 24.9,118.501 24.9,118.501 24.901,118.5 24.901"), 11191.372222, 1e-3);
}

static void the_worked_rows_of_the_survey_rule_come_out(void) {
  mj_geom g = {0};
  shape_row(&g,
            "40353505.762 2756865.542,40353712.431 2756889.107,40353731.995 2757023.664,40353688.214 "
            "2757101.338,40353540.118 "
            "2757084.446,40353489.330 2756990.271;40353590 2756950,40353640 2756955.5,40353636.5 "
            "2756999.25,40353588.25 2756994.75");
  shape_row(&g, "40353000 2756000,40355000 2756100,40354900 2758200,40352950 2758000");
  mj_crs *crs;
  mj_crs_op *op;
  CU_ASSERT_EQUAL_FATAL(mj_crs_open("EPSG:4528", &crs, NULL), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(mj_crs_op_lonlat(crs, &op, NULL), MJ_OK);
  mj_crs_op_run(op, g.verts, g.x, g.y);
  mj_polys v = mj_geom_view(&g);
  double area[2];
  mj_area_geodesic(&v, v.x, v.y, a_m, inv_f, 0, 2, area);
  CU_ASSERT_DOUBLE_EQUAL(area[0], 43571.827607, 2e-5);
  CU_ASSERT_DOUBLE_EQUAL(area[1], 4057863.0023, 1e-4);
  mj_crs_op_close(op);
  mj_crs_close(crs);
  mj_geom_reset(&g);
}

static void winding_start_and_the_date_line_do_not_matter(void) {
  double want = area_of("118.5 24.9,118.501 24.9,118.501 24.902");
  CU_ASSERT_DOUBLE_EQUAL(area_of("118.501 24.902,118.501 24.9,118.5 24.9"), want, 1e-6);
  CU_ASSERT_DOUBLE_EQUAL(area_of("118.501 24.9,118.501 24.902,118.5 24.9"), want, 1e-6);
  CU_ASSERT_DOUBLE_EQUAL(area_of("179.9995 24.9,-179.9995 24.9,-179.9995 24.902"), want, 1e-3);
  CU_ASSERT_DOUBLE_EQUAL(area_of("118.5 -24.9,118.501 -24.9,118.501 -24.902"), want, 1e-6);
}

static void empty_rows_are_zero_and_lost_points_are_unknown(void) {
  double x[] = {0, 1, HUGE_VAL, 0}, y[] = {0, 0, HUGE_VAL, 0}, area;
  mj_geom g = {0};
  CU_ASSERT_EQUAL(area_of(""), 0);
  CU_ASSERT_EQUAL_FATAL(mj_geom_push_ring(&g, 4, x, y), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(mj_geom_end_part(&g), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(mj_geom_end_row(&g), MJ_OK);
  mj_polys v = mj_geom_view(&g);
  mj_area_geodesic(&v, v.x, v.y, a_m, inv_f, 0, 1, &area);
  CU_ASSERT(isnan(area));
  mj_geom_reset(&g);
}

typedef struct {
  mj_polys polys;
  double *area;
} job;

static mj_status range(void *ctx, int64_t first, int64_t last, int worker) {
  job *j = ctx;
  (void)worker;
  mj_area_geodesic(&j->polys, j->polys.x, j->polys.y, a_m, inv_f, first, last, j->area);
  return MJ_OK;
}

static void ranges_on_several_threads_give_the_same_bytes(void) {
  enum { N = 2000 };
  static double one[N], many[N];
  mj_geom g = {0};
  uint64_t seed = 22;
  for (int k = 0; k < N; k++) {
    char text[160];
    double x = 118 + shape_random(&seed), y = 24 + shape_random(&seed), d = 0.03 * shape_random(&seed);
    snprintf(text, sizeof text, "%.9f %.9f,%.9f %.9f,%.9f %.9f", x, y, x + d, y, x + d / 2, y + d);
    shape_row(&g, text);
  }
  job j = {mj_geom_view(&g), one};
  CU_ASSERT_EQUAL(mj_parallel(1, N, N, range, &j), MJ_OK);
  j.area = many;
  CU_ASSERT_EQUAL(mj_parallel(3, N, 7, range, &j), MJ_OK);
  int differ = 0;
  for (int k = 0; k < N; k++) differ += one[k] != many[k] || !(one[k] > 0);
  CU_ASSERT_EQUAL(differ, 0);
  mj_geom_reset(&g);
}

SUITE_OF(geodesic, T(it_agrees_with_geographiclib_at_every_size_and_latitude),
         T(a_cell_of_a_thousandth_degree_has_its_known_area), T(the_worked_rows_of_the_survey_rule_come_out),
         T(winding_start_and_the_date_line_do_not_matter), T(empty_rows_are_zero_and_lost_points_are_unknown),
         T(ranges_on_several_threads_give_the_same_bytes));
