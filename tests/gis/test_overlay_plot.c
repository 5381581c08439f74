#include "../test.h"
#include "gis/overlay.h"

static const double PI = 3.141592653589793;

/* A plot written edge by edge; obstacles behind the border. */
enum { EDGES = 600, OBSTACLES = 8 };
typedef struct {
  mj_plot_edge edge[EDGES];
  int32_t edge0[OBSTACLES + 1];
  mj_plot plot;
} drawn;

/* A closed ring of n vertices (x, y by turns), all edges keeping @p clear. */
static void ring(drawn *d, int n, const double *xy, double clear) {
  int32_t at = d->edge0[d->plot.n_obstacles];
  for (int k = 0; k < n; k++) {
    int j = (k + 1) % n;
    d->edge[at++] = (mj_plot_edge){xy[2 * k], xy[2 * k + 1], xy[2 * j], xy[2 * j + 1], clear, clear + 3, 0};
  }
  d->edge0[d->plot.n_obstacles] = at;
  d->plot.edge = d->edge;
  d->plot.edge0 = d->edge0;
}
static void border(drawn *d, int n, const double *xy, double clear) {
  *d = (drawn){0};
  ring(d, n, xy, clear);
}
static void obstacle(drawn *d, int n, const double *xy, double clear) {
  int32_t at = d->edge0[d->plot.n_obstacles];
  d->edge0[++d->plot.n_obstacles] = at;
  ring(d, n, xy, clear);
}

static double area(const mj_geom *g) {
  double a = -1;
  mj_polys v = mj_geom_view(g);
  CU_ASSERT_EQUAL_FATAL(g->n, 1);
  mj_area_planar(&v, &a);
  return a;
}

/* Area of what is left; parts may be NULL. */
static double clear_area(const drawn *d, bool high, int *parts) {
  mj_overlay *o;
  mj_geom g = {0};
  mj_left left;
  CU_ASSERT_EQUAL_FATAL(mj_overlay_open(&o, NULL), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(mj_overlay_clear(o, &d->plot, d->plot.n_obstacles, high, &g, &left, NULL), MJ_OK);
  CU_ASSERT_EQUAL(left, g.parts ? MJ_LEFT_SHAPE : MJ_LEFT_NOTHING);
  double a = area(&g);
  if (parts) *parts = g.parts;
  mj_geom_reset(&g);
  mj_overlay_close(o);
  return a;
}

/* Round corners are inscribed with 24 chords: a quarter has sin(90/24)/2 x 24 of r2, in place of pi/4. */
static double quarter(double r) { return 12 * sin(PI / 48) * r * r; }

static const double SQUARE[] = {0, 0, 100, 0, 100, 80, 0, 80};

static void a_rectangle_shrinks_by_what_each_edge_keeps(void) {
  drawn d;
  border(&d, 4, SQUARE, 5);
  ASSERT_NEAR(clear_area(&d, false, NULL), 90. * 70, 1e-4);
  ASSERT_NEAR(clear_area(&d, true, NULL), 84. * 64, 1e-4);
  d.edge[0].clear_m = 8;
  ASSERT_NEAR(clear_area(&d, false, NULL), 90. * 67, 1e-4);
  d.edge[1].clear_m = 0;
  ASSERT_NEAR(clear_area(&d, false, NULL), 95. * 67, 1e-4);
  for (int k = 0; k < 4; k++) d.edge[k].clear_m = 0;
  ASSERT_NEAR(clear_area(&d, false, NULL), 8000, 1e-4);
  for (int k = 0; k < 4; k++) d.edge[k].clear_m = 41;
  ASSERT_NEAR(clear_area(&d, false, NULL), 0, 0);
}

static void what_stands_takes_its_ground_and_a_round_margin(void) {
  drawn d;
  border(&d, 4, SQUARE, 5);
  obstacle(&d, 4, (double[]){40, 30, 60, 30, 60, 45, 40, 45}, 10);
  ASSERT_NEAR(clear_area(&d, false, NULL), 6300 - (20 * 15 + 2 * (20 + 15) * 10 + 4 * quarter(10)), 1e-4);
  obstacle(&d, 3, (double[]){90, 10, 95, 10, 95, 20}, 0); /* on the margin but for 0 m2: x over 95 is none */
  obstacle(&d, 4, (double[]){10, 60, 20, 60, 20, 70, 10, 70}, 0);
  double both = clear_area(&d, false, NULL);
  ASSERT_NEAR(both, 6300 - (300 + 700 + 4 * quarter(10)) - 25 - 100, 1e-4);
  d.plot.n_obstacles = 0;
  ASSERT_NEAR(clear_area(&d, false, NULL), 6300, 1e-4);
}

/* A line there and back and a point have no inside. A court is ground. */
static void lines_points_and_courts(void) {
  drawn d;
  border(&d, 4, SQUARE, 0);
  obstacle(&d, 2, (double[]){30, 40, 70, 40}, 3);
  ASSERT_NEAR(clear_area(&d, false, NULL), 8000 - 40 * 6 - 4 * quarter(3), 1e-4);
  obstacle(&d, 1, (double[]){20, 20}, 2);
  ASSERT_NEAR(clear_area(&d, false, NULL), 8000 - 240 - 4 * quarter(3) - 4 * quarter(2), 1e-4);
  border(&d, 4, SQUARE, 0);
  obstacle(&d, 4, (double[]){20, 20, 60, 20, 60, 60, 20, 60}, 0);
  ring(&d, 4, (double[]){30, 30, 30, 50, 50, 50, 50, 30}, 0);
  ASSERT_NEAR(clear_area(&d, false, NULL), 8000 - 1600 + 400, 1e-4);
}

/* Where a longer distance ends on a straight side it rounds off: a quarter of 8 m beside 5 m. */
static void a_longer_distance_ends_round(void) {
  drawn d;
  border(&d, 5, (double[]){0, 0, 40, 0, 100, 0, 100, 80, 0, 80}, 5);
  d.edge[0].clear_m = 8;
  /* right of x = 40 the disc of 8 m about (40, 0) reaches above y = 5: a circular segment, halved */
  double half = acos(5. / 8), cap = (half - 5. / 8 * sin(half)) * 64 / 2;
  ASSERT_NEAR(clear_area(&d, false, NULL), 6300 - 3 * (40 - 5) - cap, 0.00075 * half * 32);
}

/* A side that bends in by 2 cm at every tenth vertex, where a plain buffer leaves the vertices out: the distance holds
 * to the vertex. What is left above the side is the trapezoids of height 5 above it. */
static void shallow_dents_keep_their_distance(void) {
  for (int sign = -1; sign <= 1; sign += 2) {
    drawn d;
    double xy[2 * 13];
    for (int k = 0; k <= 10; k++) {
      xy[2 * k] = 10 * k;
      xy[2 * k + 1] = k % 2 ? sign * 0.04 : 0;
    }
    xy[22] = 100, xy[23] = 80;
    xy[24] = 0, xy[25] = 80;
    border(&d, 13, xy, 8);
    mj_overlay *o;
    mj_geom g = {0};
    mj_left left;
    CU_ASSERT_EQUAL_FATAL(mj_overlay_open(&o, NULL), MJ_OK);
    CU_ASSERT_EQUAL_FATAL(mj_overlay_clear(o, &d.plot, 0, false, &g, &left, NULL), MJ_OK);
    double nearest = 1e9, at = 0;
    for (int32_t v = 0; v < g.verts; v++)
      for (int k = 0; k < 10; k++) {
        double ax = xy[2 * k], ay = xy[2 * k + 1], dx = xy[2 * k + 2] - ax, dy = xy[2 * k + 3] - ay;
        double s = fmin(fmax(((g.x[v] - ax) * dx + (g.y[v] - ay) * dy) / (dx * dx + dy * dy), 0), 1);
        nearest = fmin(nearest, hypot(ax + s * dx - g.x[v], ay + s * dy - g.y[v]));
        if (fabs(g.x[v] - 50) < 1 && g.y[v] < 40) at = fmax(at, g.y[v]);
      }
    ASSERT_NEAR(nearest, 8, 0.006); /* inscribed: 8 x 0.06 % */
    ASSERT_NEAR(area(&g), 84 * 64 - sign * 0.02 * 84, 0.3);
    mj_geom_reset(&g);
    mj_overlay_close(o);
  }
}

static void a_ground_in_two_lobes_comes_apart(void) {
  drawn d;
  int parts;
  static const double bell[] = {0,   0,  50, 0,  50, 20, 70, 20, 70, 0,  120, 0,
                                120, 50, 70, 50, 70, 24, 50, 24, 50, 50, 0,   50};
  border(&d, 12, bell, 1.9);
  clear_area(&d, false, &parts);
  ASSERT_INT(parts, 1);
  border(&d, 12, bell, 2.1);
  /* each lobe reaches into the neck between two discs: 4 - 2 sqrt(2.1^2 - t^2), t from where they meet to 2.1 */
  double r = 2.1, t = sqrt(r * r - 4), mouth = 4 * (r - t) - r * r * PI / 2 + 2 * t + r * r * asin(t / r);
  ASSERT_NEAR(clear_area(&d, false, &parts), 2 * ((50 - 2 * r) * (50 - 2 * r) + mouth), 0.01);
  ASSERT_INT(parts, 2);
}

static double lane_area(const drawn *d, const mj_placed *placed, int32_t n, mj_geom *g) {
  mj_overlay *o;
  mj_left left;
  CU_ASSERT_EQUAL_FATAL(mj_overlay_open(&o, NULL), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(mj_overlay_lanes(o, &d->plot, d->plot.n_obstacles, placed, n, 3, 4, g, &left, NULL), MJ_OK);
  mj_overlay_close(o);
  return area(g);
}

/* Square outside, round inside; two 10 m apart share the lane between them, in one shape with two holes. */
static void lanes_run_round_modules(void) {
  drawn d;
  mj_geom one = {0}, two = {0}, off = {0}, cut = {0};
  const mj_placed placed[] = {{.x = 25, .y = 40, .ux = 1, .w_m = 20, .h_m = 30},
                              {.x = 55, .y = 40, .ux = 1, .w_m = 20, .h_m = 30}};
  double inner = 20 * 30 + 2 * (20 + 30) * 3 + 4 * quarter(3);
  border(&d, 4, SQUARE, 5);
  ASSERT_NEAR(lane_area(&d, placed, 1, &one), 34 * 44 - inner, 1e-4);
  ASSERT_NEAR(lane_area(&d, placed, 2, &two), (34 + 30) * 44 - 2 * inner, 1e-4);
  ASSERT_INT(two.parts, 1);
  ASSERT_INT(two.rings, 3);
  obstacle(&d, 4, (double[]){60, 60, 64, 60, 64, 70, 60, 70}, 10); /* stands 2 m deep in the lane above the second */
  ASSERT_NEAR(lane_area(&d, placed, 2, &off), (34 + 30) * 44 - 2 * inner - 4 * 2, 1e-4);
  border(&d, 4, (double[]){10, 0, 100, 0, 100, 80, 10, 80}, 5); /* the lane of the first begins at 8 */
  ASSERT_NEAR(lane_area(&d, placed, 1, &cut), 34 * 44 - inner - 2 * 44, 1e-4);
  mj_geom_reset(&one);
  mj_geom_reset(&two);
  mj_geom_reset(&off);
  mj_geom_reset(&cut);
}

SUITE_OF(overlay_plot, T(a_rectangle_shrinks_by_what_each_edge_keeps),
         T(what_stands_takes_its_ground_and_a_round_margin), T(lines_points_and_courts),
         T(a_longer_distance_ends_round), T(shallow_dents_keep_their_distance), T(a_ground_in_two_lobes_comes_apart),
         T(lanes_run_round_modules));
