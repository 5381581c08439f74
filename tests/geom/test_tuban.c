#include <math.h>

#include "../test.h"
#include "geom/tuban.h"
#include "gis/crs.h"
#include "shape.h"

/*
 * Worked by a program of its own (series and rules of 国土调查办发〔2008〕32号, PROJ for the inverse projection) near
 * 118.55 E 24.91 N in EPSG:4528: shell 45757.5801 from 14 points, hole 2185.7491, the row 43571.83; a square of two
 * kilometres 4057863.24 from 118 points.
 */
#define SHELL                                                                                                         \
  "40353505.762 2756865.542,40353712.431 2756889.107,40353731.995 2757023.664,40353688.214 2757101.338,40353540.118 " \
  "2757084.446,40353489.330 2756990.271"
#define HOLE "40353590 2756950,40353640 2756955.5,40353636.5 2756999.25,40353588.25 2756994.75"
#define LARGE "40353000 2756000,40355000 2756100,40354900 2758200,40352950 2758000"

static const double a_m = 6378137, inv_f = 298.257222101;

typedef struct {
  mj_crs_op *op;
  int64_t points;
} counted;

static void to_lonlat(void *user, int64_t n, double *x, double *y) {
  counted *c = user;
  c->points += n;
  mj_crs_op_run(c->op, n, x, y);
}

static double tuban(const char *text, int64_t *points) {
  mj_geom g = {0};
  shape_row(&g, text);
  mj_polys v = mj_geom_view(&g);
  mj_crs *crs;
  counted c = {0};
  double area = -1;
  CU_ASSERT_EQUAL_FATAL(mj_crs_open("EPSG:4528", &crs, NULL), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(mj_crs_op_lonlat(crs, &c.op, NULL), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(mj_area_tuban(&v, a_m, inv_f, to_lonlat, &c, 0, 1, &area), MJ_OK);
  if (points) *points = c.points;
  mj_crs_op_close(c.op);
  mj_crs_close(crs);
  mj_geom_reset(&g);
  return area;
}

static void the_worked_example_comes_out(void) {
  int64_t points = 0;
  CU_ASSERT_DOUBLE_EQUAL(tuban(SHELL, &points), 45757.58, 1e-6);
  CU_ASSERT_EQUAL(points, 14);
  CU_ASSERT_DOUBLE_EQUAL(tuban(HOLE, &points), 2185.75, 1e-6);
  CU_ASSERT_EQUAL(points, 4);
  CU_ASSERT_DOUBLE_EQUAL(tuban(SHELL ";" HOLE, NULL), 43571.83, 1e-6);
  CU_ASSERT_DOUBLE_EQUAL(tuban(LARGE, &points), 4057863.24, 1e-6);
  CU_ASSERT_EQUAL(points, 118);
}

static void parts_add_and_an_empty_row_has_none(void) {
  CU_ASSERT_DOUBLE_EQUAL(tuban(SHELL "|" LARGE, NULL), 45757.5801 + 4057863.2403, 0.0051);
  CU_ASSERT_EQUAL(tuban("", NULL), 0);
}

/* Longitude and latitude given as such: one side of 0.001 degree, the cell of land-rules 8. */
static void stay(void *user, int64_t n, double *x, double *y) {
  (void)user;
  for (int64_t i = 0; i < n; i++) {
    x[i] = 118.5 + x[i] / 1e5;
    y[i] = 24.9 + y[i] / 1e5;
  }
}

static void a_cell_of_a_thousandth_degree_has_its_known_area(void) {
  mj_geom g = {0};
  shape_row(&g, "0 0,100 0,100 100,0 100");
  shape_row(&g, "0 0,0 100,100 100,100 0"); /* the other way round */
  shape_row(&g, "100 0,100 100,0 100,0 0"); /* from another vertex */
  mj_polys v = mj_geom_view(&g);
  double area[3] = {-1, -1, -1};
  CU_ASSERT_EQUAL_FATAL(mj_area_tuban(&v, a_m, inv_f, stay, NULL, 0, 3, area), MJ_OK);
  for (int i = 0; i < 3; i++) CU_ASSERT_DOUBLE_EQUAL(area[i], 11191.37, 1e-9);
  mj_geom_reset(&g);
}

static void lost(void *user, int64_t n, double *x, double *y) {
  (void)user;
  if (n) x[n - 1] = y[n - 1] = HUGE_VAL;
}

static void a_point_without_image_or_a_wild_edge_leaves_the_row_unknown(void) {
  mj_geom g = {0};
  shape_row(&g, "0 0,100 0,100 100");
  shape_row(&g, "0 0,1e300 0,100 100");
  shape_row(&g, "0 0,1 0,1 1");
  mj_polys v = mj_geom_view(&g);
  double area[3] = {-1, -1, -1};
  CU_ASSERT_EQUAL_FATAL(mj_area_tuban(&v, a_m, inv_f, lost, NULL, 0, 1, area), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(mj_area_tuban(&v, a_m, inv_f, stay, NULL, 1, 3, area), MJ_OK);
  CU_ASSERT(isnan(area[0]));
  CU_ASSERT(isnan(area[1]));
  CU_ASSERT(area[2] > 0);
  mj_geom_reset(&g);
}

SUITE_OF(tuban, T(the_worked_example_comes_out), T(parts_add_and_an_empty_row_has_none),
         T(a_cell_of_a_thousandth_degree_has_its_known_area),
         T(a_point_without_image_or_a_wild_edge_leaves_the_row_unknown));
