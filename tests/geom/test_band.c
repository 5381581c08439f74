#include "../test.h"
#include "geom/band.h"
#include "plots.h"

#define TOL MJ_PLOT_TOLERANCE_M

static int stretches(const ground *g, bool high, bool mirrored, double y0, double y1, mj_stretch *out) {
  mj_view v = {0};
  mj_plot p = ground_plot(g);
  CU_ASSERT_EQUAL_FATAL(mj_view_set(&v, &p, p.n_obstacles, high, 1, 0, mirrored), MJ_OK);
  int n = mj_view_band(&v, y0, y1, y1, 5, out);
  mj_view_reset(&v);
  return n;
}

static void a_box_leaves_its_width_less_the_distances(void) {
  static ground g;
  mj_stretch s[8];
  ground_start(&g);
  ground_box(&g, 0, 0, 100, 60, 5);
  g.edge0[0] = g.n;
  ASSERT_INT(stretches(&g, false, false, 20, 40, s), 1);
  ASSERT_NEAR(s[0].x0, 5 - TOL, 1e-12);
  ASSERT_NEAR(s[0].x1, 95 + TOL, 1e-12);
  ASSERT_INT(stretches(&g, true, false, 20, 40, s), 1); /* 3 m more from high-rise buildings */
  ASSERT_NEAR(s[0].x0, 8 - TOL, 1e-12);
  ASSERT_INT(stretches(&g, false, false, 5 - 0.9 * TOL, 55 + 0.9 * TOL, s), 1);
  ASSERT_INT(stretches(&g, false, false, 4.98, 40, s), 0);
  ASSERT_INT(stretches(&g, false, false, 70, 90, s), 0); /* beside the plot */
  ASSERT_INT(stretches(&g, false, true, -40, -20, s), 1);
}

/* A post at (50, 30) kept clear of by 13 m: a band whose foot is 5 m above it is blocked by sqrt(13^2 - 5^2) = 12 m to
 * each side. */
static void a_corner_is_kept_clear_of_in_the_round(void) {
  static ground g;
  mj_stretch s[8];
  ground_start(&g);
  ground_box(&g, 0, 0, 100, 60, 0);
  g.edge0[0] = g.n;
  ground_obstacle(&g);
  ground_edge(&g, 50, 10, 50, 30, 13);
  ASSERT_INT(stretches(&g, false, false, 35 - TOL, 55, s), 2);
  ASSERT_NEAR(s[0].x0, -TOL, 1e-12);
  ASSERT_NEAR(s[0].x1, 38 + TOL, 1e-9);
  ASSERT_NEAR(s[1].x0, 62 - TOL, 1e-9);
  ASSERT_INT(stretches(&g, false, false, 43, 55, s), 1);
}

/* The border rises 3 to the right for every 4 up, from (0, 0): at height 20 it is at 15; 5 m from it lie 5 / 0.8 along
 * the band. The foot of the band is where it is nearest. */
static void a_slanted_border_counts_where_it_is_nearest(void) {
  static ground g;
  mj_stretch s[8];
  ground_start(&g);
  ground_ring(&g, 4, (double[]){0, 200, 200, 60}, (double[]){0, 0, 80, 80}, 5);
  g.edge0[0] = g.n;
  ASSERT_INT(stretches(&g, false, false, 20 - TOL, 40 + TOL, s), 1);
  ASSERT_NEAR(s[0].x0, 30 + 6.25 - TOL, 1e-9);
  ASSERT_NEAR(s[0].x1, 195 + TOL, 1e-12);
}

static void holes_and_rings_of_obstacles_are_no_ground_and_lines_take_only_their_distance(void) {
  static ground g;
  mj_stretch s[8];
  ground_start(&g);
  ground_box(&g, 0, 0, 200, 60, 0);
  ground_box(&g, 40, 10, 60, 50, 0);
  g.edge0[0] = g.n;
  ground_obstacle(&g);
  ground_box(&g, 100, 10, 120, 50, 1);
  ground_obstacle(&g);
  ground_edge(&g, 150, -5, 150, 65, 2); /* a line, and one with its ends on one side */
  ground_edge(&g, 210, 20, 170, 20, 0);
  ground_edge(&g, 170, 20, 170, 40, 0);
  ground_edge(&g, 170, 40, 210, 40, 0);
  ASSERT_INT(stretches(&g, false, false, 22, 38, s), 5);
  double want[5][2] = {{0, 40}, {60, 99}, {121, 148}, {152, 170}, {170, 200}};
  for (int i = 0; i < 5; i++) {
    ASSERT_NEAR(s[i].x0, want[i][0] - TOL, 1e-9);
    ASSERT_NEAR(s[i].x1, want[i][1] + TOL, 1e-9);
  }
}

/* ---- random plots, against distances worked out one by one ---- */

static double to_segment(double px, double py, double ax, double ay, double bx, double by) {
  double dx = bx - ax, dy = by - ay, ll = dx * dx + dy * dy, t = ll > 0 ? ((px - ax) * dx + (py - ay) * dy) / ll : 0;
  t = t < 0 ? 0 : t > 1 ? 1 : t;
  return hypot(ax + t * dx - px, ay + t * dy - py);
}

static double side(double ax, double ay, double bx, double by, double px, double py) {
  return (bx - ax) * (py - ay) - (by - ay) * (px - ax);
}

/* Distance of an edge from the upright piece x, y0 .. y1. */
static double to_upright(const mj_plot_edge *e, double x, double y0, double y1) {
  if (side(x, y0, x, y1, e->ax, e->ay) * side(x, y0, x, y1, e->bx, e->by) < 0 &&
      side(e->ax, e->ay, e->bx, e->by, x, y0) * side(e->ax, e->ay, e->bx, e->by, x, y1) < 0)
    return 0;
  double d = fmin(to_segment(x, y0, e->ax, e->ay, e->bx, e->by), to_segment(x, y1, e->ax, e->ay, e->bx, e->by));
  return fmin(d, fmin(to_segment(e->ax, e->ay, x, y0, x, y1), to_segment(e->bx, e->by, x, y0, x, y1)));
}

static bool is_ground(const ground *g, double x, double y) {
  for (int32_t k = 0; k <= g->n_obstacles; k++) {
    bool in = false;
    int32_t first = k ? g->edge0[k - 1] : 0, end = g->edge0[k];
    const mj_plot_edge *e = g->edge;
    if (e[first].ax != e[end - 1].bx || e[first].ay != e[end - 1].by) {
      if (k) continue; /* a line */
    }
    for (int32_t i = first; i < end; i++)
      if ((e[i].ay <= y) != (e[i].by <= y) && e[i].ax + (e[i].bx - e[i].ax) * (y - e[i].ay) / (e[i].by - e[i].ay) < x)
        in = !in;
    if (in != (k == 0)) return false;
  }
  return true;
}

static bool free_at(const ground *g, double x, double y0, double y1) {
  for (int32_t i = 0; i < g->n; i++)
    if (to_upright(&g->edge[i], x, y0, y1) < fmax(g->edge[i].clear_m, 1e-9)) return false;
  return is_ground(g, x, (y0 + y1) / 2);
}

/* Places of one band where the view and the distances differ, but for those by the end of a stretch or in a gap
 * narrower than is listed. */
static int differences(const ground *g, mj_view *v, double y0, double y1, int *free_places) {
  static mj_stretch s[PLOT_EDGES + 1];
  const double step = 0.37, near = 0.02;
  int n = mj_view_band(v, y0, y1, y1, 0.05, s), wrong = 0, at = 0;
  for (double x = v->xlo - 1; x < v->xhi + 1; x += step) {
    while (at < n && s[at].x1 < x) at++;
    bool in = at < n && s[at].x0 < x;
    bool close = (at < n && (fabs(s[at].x0 - x) < near || fabs(s[at].x1 - x) < near)) ||
                 (at > 0 && fabs(s[at - 1].x1 - x) < near);
    if (close) continue;
    bool is_free = free_at(g, x, y0 + TOL, y1 - TOL);
    *free_places += is_free;

    wrong += in != is_free && !(is_free && !free_at(g, x - 0.03, y0 + TOL, y1 - TOL)) &&
             !(is_free && !free_at(g, x + 0.03, y0 + TOL, y1 - TOL));
  }
  return wrong;
}

static void stretches_are_where_the_distances_of_all_edges_are_kept(void) {
  static ground g;
  mj_view v = {0};
  uint64_t seed = 4;
  int wrong = 0, free_places = 0;
  for (int k = 0; k < 400; k++) {
    plot_random(&g, k, &seed);
    mj_plot p = ground_plot(&g);
    CU_ASSERT_EQUAL_FATAL(mj_view_set(&v, &p, p.n_obstacles, false, 1, 0, false), MJ_OK);
    for (int i = 0; i < 3; i++) {
      double y0 = plot_between(&seed, v.ylo - 5, v.yhi), y1 = y0 + plot_between(&seed, 1, 60);
      wrong += differences(&g, &v, y0, y1, &free_places);
    }
  }
  ASSERT_INT(wrong, 0);
  CU_ASSERT(free_places > 50000);
  mj_view_reset(&v);
}

static void higher_bands_are_the_same_from_the_lower_one_as_from_the_start(void) {
  static ground g;
  static mj_stretch low[PLOT_EDGES + 1], higher[PLOT_EDGES + 1], own[PLOT_EDGES + 1];
  mj_view v = {0};
  uint64_t seed = 8;
  int wrong = 0, some = 0;
  for (int k = 0; k < 2000; k++) {
    plot_random(&g, k, &seed);
    mj_plot p = ground_plot(&g);
    CU_ASSERT_EQUAL_FATAL(mj_view_set(&v, &p, p.n_obstacles, false, 0.6, 0.8, k % 2), MJ_OK);
    double y = plot_between(&seed, v.ylo, v.yhi), h = plot_between(&seed, 25.2, 120);
    int n_low = mj_view_band(&v, y, y + 25.2, y + 130, 25, low);
    int n = mj_view_higher(&v, y, y + h, 25, low, n_low, higher);
    int n_own = mj_view_band(&v, y, y + h, y + h, 25, own);
    wrong += n != n_own;
    some += n > 0;
    for (int i = 0; i < n && n == n_own; i++)
      wrong += fabs(higher[i].x0 - own[i].x0) > 1e-12 || fabs(higher[i].x1 - own[i].x1) > 1e-12;
  }
  ASSERT_INT(wrong, 0);
  CU_ASSERT(some > 300);
  mj_view_reset(&v);
}

SUITE_OF(band, T(a_box_leaves_its_width_less_the_distances), T(a_corner_is_kept_clear_of_in_the_round),
         T(a_slanted_border_counts_where_it_is_nearest),
         T(holes_and_rings_of_obstacles_are_no_ground_and_lines_take_only_their_distance),
         T(stretches_are_where_the_distances_of_all_edges_are_kept),
         T(higher_bands_are_the_same_from_the_lower_one_as_from_the_start));
