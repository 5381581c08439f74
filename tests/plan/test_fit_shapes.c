#include "fit_fixture.h"

static double row_m2(const mj_geom *g, int64_t row) {
  double m2[8];
  mj_polys v = mj_geom_view(g);
  CU_ASSERT_FATAL(row >= 0 && row < g->n && g->n <= 8);
  mj_area_planar(&v, m2);
  return m2[row];
}

/* 44 x 34 leaves just one module of 30 x 20, whose lane runs along the border: all of the parcel but the ground beside
 * its walls. In feet and far from the origin the shapes lie where the parcel does. */
static void the_ground_and_the_lane_of_one_module(void) {
  mj_park park;
  fitted f;
  fit_park(&park);
  LAY(&park, MJ_PARCELS, "0 0,44 0,44 34,0 34");
  const place at = {.turn = 0, .x = 4e6, .y = 9e6, .unit_m = 0.3048};
  move_park(&park, at);
  fit_first(&park, &f);
  f.parcel.way[MJ__FIT_OPEN].known = false;
  must(mj__fit_shapes(&f.fit, &f.scratch, &f.arena, &f.parcel, &f.shapes));
  ASSERT_INT(f.parcel.way[MJ__FIT_REBUILD].modules, 1);
  ASSERT_NEAR(f.parcel.way[MJ__FIT_REBUILD].buildable_m2, 30 * 20, 1e-4);
  CU_ASSERT(isnan(f.parcel.way[MJ__FIT_OPEN].buildable_m2) && isnan(f.parcel.way[MJ__FIT_STOREYS].buildable_m2));
  ASSERT_INT(f.shapes.n, 2);
  double m2 = 0.3048 * 0.3048, corners = 4 * 12 * sin(3.141592653589793 / 48) * 9;
  ASSERT_NEAR(row_m2(&f.shapes, f.parcel.buildable) * m2, 600, 1e-3);
  ASSERT_NEAR(row_m2(&f.shapes, f.parcel.lane) * m2, 44 * 34 - (600 + 2 * 50 * 3 + corners), 0.5);
  for (int32_t v = 0; v < f.shapes.verts; v++)
    CU_ASSERT(f.shapes.x[v] > 4e6 - 0.1 && f.shapes.x[v] < 4e6 + 44 / 0.3048 + 0.1);
  drop_fit(&f);
  mj_park_reset(&park);
}

/* Beside a building the open land is less, and the way that speaks is the one whose shapes are kept. */
static void only_the_way_that_speaks_keeps_its_shapes(void) {
  mj_park park;
  fitted f;
  fit_park(&park);
  LAY(&park, MJ_PARCELS, "0 0,100 0,100 80,0 80");
  fit_first(&park, &f);
  f.parcel.way[MJ__FIT_OPEN].known = true;
  f.parcel.best = -1;
  ASSERT_INT(mj__fit_speaker(&f.parcel), MJ__FIT_REBUILD);
  must(mj__fit_shapes(&f.fit, &f.scratch, &f.arena, &f.parcel, &f.shapes));
  ASSERT_INT(f.shapes.n, 2);
  ASSERT_NEAR(f.parcel.way[MJ__FIT_OPEN].buildable_m2, 86 * 66, 1e-6);
  f.parcel.best = MJ__FIT_STOREYS;
  f.parcel.way[MJ__FIT_STOREYS].known = true;
  must(mj__fit_shapes(&f.fit, &f.scratch, &f.arena, &f.parcel, &f.shapes));
  ASSERT_INT(f.shapes.n, 2);
  CU_ASSERT(f.parcel.buildable == -1 && f.parcel.lane == -1);
  drop_fit(&f);
  mj_park_reset(&park);
}

SUITE_OF(fit_shapes, T(the_ground_and_the_lane_of_one_module), T(only_the_way_that_speaks_keeps_its_shapes));
