#include "plan/ground_fixture.h"

/* One park for all: a bent parcel with a hole, neighbours that end on its sides, a road line at a slant, water, a zone,
 * an easement and buildings. Nothing of it is symmetric. */
static void lay_park(mj_park *park) {
  new_park(park);
  LAY(park, MJ_PARCELS, "0 0,97 3,120 40,80 91,33 70,-7 45;40 30,43 50,61 47,60 32",
      "97 3,160 -5,170 30,113 28.7391304");
  numbers(lay_line(park, MJ_ROADS, MJ_GEOM_LINE, 3, (double[]){-40, 60, 200}, (double[]){-13, -9, -30}), "width_m",
          (double[]){12});
  LAY(park, MJ_WATER, "60 99,150 49,160 120,70 130");
  LAY(park, MJ_ZONES, "-100 -100,0.5 0.2,-6.5 45.3,-60 200");
  LAY(park, MJ_EASEMENTS, "-20 50,200 70,200 73,-20 54");
  LAY(park, MJ_BUILDINGS, "10 10,30 12,29 25,9 23", "-9 20,-8 30,-20 33,-21 21");
}

static mj_geom *parcels(mj_park *park) { return &park->table[MJ_PARCELS].geom; }

/* Begin the closed ring of vertices [0, n] of the first row k vertices later. */
static void start_later(mj_park *park, int32_t n, int32_t k) {
  mj_geom *g = parcels(park);
  double x[SHAPE_VERTS], y[SHAPE_VERTS];
  for (int32_t i = 0; i <= n; i++) {
    x[i] = g->x[(i + k) % n];
    y[i] = g->y[(i + k) % n];
  }
  memcpy(g->x, x, sizeof *x * (size_t)(n + 1));
  memcpy(g->y, y, sizeof *y * (size_t)(n + 1));
}

static void turn_back(mj_park *park, int32_t n) {
  mj_geom *g = parcels(park);
  for (int32_t i = 0; i < n - i; i++) {
    double x = g->x[i], y = g->y[i];
    g->x[i] = g->x[n - i];
    g->y[i] = g->y[n - i];
    g->x[n - i] = x;
    g->y[n - i] = y;
  }
}

static void same_bytes(const seen *a, const seen *b) {
  ASSERT_INT(a->site.plot.n_obstacles, b->site.plot.n_obstacles);
  int32_t n = a->site.plot.edge0[a->site.plot.n_obstacles];
  ASSERT_INT(b->site.plot.edge0[b->site.plot.n_obstacles], n);
  for (int32_t k = 0; k < n; k++) {
    const mj_plot_edge *e = &a->site.plot.edge[k], *f = &b->site.plot.edge[k];
    CU_ASSERT(e->ax == f->ax && e->ay == f->ay && e->bx == f->bx && e->by == f->by && e->kind == f->kind &&
              e->clear_m == f->clear_m);
  }
}

static void where_a_ring_starts_and_how_it_turns_does_not_matter(void) {
  mj_park park;
  lay_park(&park);
  seen first = look(&park, 0);
  CU_ASSERT_FATAL(first.site.plot.edge0[0] > 12);
  CU_ASSERT_FATAL(first.site.plot.n_obstacles == 4);
  for (int k = 1; k < 6; k++) {
    start_later(&park, 6, 1);
    seen s = look(&park, 0);
    same_bytes(&first, &s);
    drop(&s, NULL);
    turn_back(&park, 6);
    s = look(&park, 0);
    same_bytes(&first, &s);
    drop(&s, NULL);
    turn_back(&park, 6);
  }
  drop(&first, &park);
}

/* Every edge of a, carried along, is one of b. */
static void same_place(const seen *a, const seen *b, const place *at) {
  ASSERT_INT(a->site.plot.n_obstacles, b->site.plot.n_obstacles);
  ASSERT_INT(a->site.plot.edge0[0], b->site.plot.edge0[0]);
  for (int k = 0; k < MJ__GROUND_KINDS; k++) ASSERT_NEAR(b->site.length_m[k], a->site.length_m[k], 1e-6);
  for (int32_t k = 0; k < a->site.plot.edge0[0]; k++) {
    const mj_plot_edge *e = &a->site.plot.edge[k];
    double x = a->site.x0 + e->ax, y = a->site.y0 + e->ay, mx = a->site.x0 + (e->ax + e->bx) / 2,
           my = a->site.y0 + (e->ay + e->by) / 2;
    put(at, &x, &y);
    put(at, &mx, &my);
    const mj_plot_edge *f = border_at(b, mx, my);
    ASSERT_NEAR(hypot(f->ax - (x - b->site.x0) * at->unit_m, f->ay - (y - b->site.y0) * at->unit_m), 0, 1e-6);
    ASSERT_INT(f->kind, e->kind);
    ASSERT_NEAR(f->clear_m, e->clear_m, 0);
  }
}

static void a_park_that_is_turned_and_moved_has_the_same_plots(void) {
  const place at[] = {
      {0.7, 40353500, 2756800, 1}, {3.1, 0, 0, 1}, {-1.2, -1000, 2e6, 1}, {0.7, 1e6, 2e6, 1200. / 3937}};
  mj_park park;
  lay_park(&park);
  seen first = look(&park, 0);
  mj_park_reset(&park);
  for (int k = 0; k <= MJ__GROUND_OTHER; k++) CU_ASSERT(first.site.length_m[k] > 5); /* every kind is in it */
  for (size_t k = 0; k < sizeof at / sizeof *at; k++) {
    lay_park(&park);
    move_park(&park, at[k]);
    seen s = look(&park, 0);
    ASSERT_NEAR(s.site.unit_m, at[k].unit_m, 0);
    same_place(&first, &s, &at[k]);
    ASSERT_NEAR(border_m2(&s), border_m2(&first), 1e-6 * 8000);
    drop(&s, &park);
  }
  drop(&first, NULL);
}

/* 1,000 vertices: those on the sides of a rectangle go, some a little off the line; those of a circle of 300 m stay,
 * where every second is 5.9 mm off the line of its neighbours. */
static void straight_vertices_go_and_bent_ones_stay(void) {
  enum { N = 1000 };
  double x[N + 1], y[N + 1];
  for (int round = 0; round < 2; round++) {
    for (int i = 0; i <= N; i++) {
      int side = i % N / (N / 4), k = i % (N / 4);
      double t = k / (N / 4.), off = k && i % 7 == 3 ? 0.0009 : 0;
      x[i] = side == 0 ? 100 * t : side == 1 ? 100 + off : side == 2 ? 100 - 100 * t : off;
      y[i] = side == 0 ? off : side == 1 ? 100 * t : side == 2 ? 100 + off : 100 - 100 * t;
      if (round) x[i] = 300 * cos(i % N * 6.283185307179586 / N), y[i] = 300 * sin(i % N * 6.283185307179586 / N);
    }
    mj_park park;
    new_park(&park);
    lay_line(&park, MJ_PARCELS, MJ_GEOM_POLYGON, N + 1, x, y);
    seen s = look(&park, 0);
    ASSERT_INT(s.site.plot.edge0[0], round ? N : 4);
    if (!round) ASSERT_NEAR(border_m2(&s), 10000, 0.2);
    drop(&s, &park);
  }
}

/* Half a disc of 40 m whose arc is drawn in 1,001 points, where 223 would do to stay within 1 mm: the same stay
 * wherever the park lies and whichever way the ring runs, though there are two of every distance. */
static void an_arc_is_thinned_alike_wherever_it_lies(void) {
  enum { N = 1000 };
  double x[N + 2], y[N + 2];
  for (int i = 0; i <= N; i++) {
    x[i] = 40 * cos(i * 3.141592653589793 / N);
    y[i] = 40 * sin(i * 3.141592653589793 / N);
  }
  x[N + 1] = x[0];
  y[N + 1] = y[0];
  mj_park park;
  new_park(&park);
  lay_line(&park, MJ_PARCELS, MJ_GEOM_POLYGON, N + 2, x, y);
  seen first = look(&park, 0);
  int32_t n = first.site.plot.edge0[0];
  CU_ASSERT(n >= 223 && n < 500);
  ASSERT_NEAR(border_m2(&first), 3.141592653589793 * 800, 0.2); /* 1 mm along 126 m, and the chords of the drawing */
  for (int k = 0; k < 8; k++) {
    seen s;
    start_later(&park, N + 1, 37);
    if (k % 2) turn_back(&park, N + 1);
    s = look(&park, 0);
    same_bytes(&first, &s);
    drop(&s, NULL);
  }
  mj_park_reset(&park);
  for (int k = 1; k < 12; k++) {
    const place at = {k, 40353500, 2756800 + k, 1};
    new_park(&park);
    lay_line(&park, MJ_PARCELS, MJ_GEOM_POLYGON, N + 2, x, y);
    move_park(&park, at);
    seen s = look(&park, 0);
    same_place(&first, &s, &at);
    drop(&s, &park);
  }
  drop(&first, NULL);
}

/* The hole that is no more than a line, the vertex given three times and the spike of nothing. */
static void edges_without_length_are_none(void) {
  mj_park park;
  new_park(&park);
  LAY(&park, MJ_PARCELS, "0 0,50 0,50 0,50 0,100 0,100 60,100 60,0 60,0 0.0000001;10 10,20 10,10 10");
  seen s = look(&park, 0);
  ASSERT_INT(s.site.plot.edge0[0], 4);
  for (int32_t k = 0; k < 4; k++) {
    const mj_plot_edge *e = &s.site.plot.edge[k];
    CU_ASSERT(hypot(e->bx - e->ax, e->by - e->ay) > 59);
    ASSERT_NEAR(e->bx, s.site.plot.edge[(k + 1) % 4].ax, 0);
    ASSERT_NEAR(e->by, s.site.plot.edge[(k + 1) % 4].ay, 0);
  }
  drop(&s, &park);
}

/* A dent of 1 mm is none, one of 2 mm is. Half a millimetre is none either where it is the farthest off the long axis
 * and so was taken for a corner first. */
static void a_dent_of_more_than_a_millimetre_stays(void) {
  mj_park park;
  new_park(&park);
  LAY(&park, MJ_PARCELS, "0 0,50 0.001,100 0,100 60,50 60,0 60", "200 0,250 0.002,300 0,300 60,250 60,200 60",
      "400 0,470 20,500 20.0005,530 20,600 0,530 -20,470 -20");
  seen a = look(&park, 0), b = look(&park, 1), c = look(&park, 2);
  ASSERT_INT(a.site.plot.edge0[0], 4);
  ASSERT_INT(b.site.plot.edge0[0], 5);
  ASSERT_INT(c.site.plot.edge0[0], 6);
  drop(&a, NULL);
  drop(&c, NULL);
  drop(&b, &park);
}

SUITE_OF(ground_outline, T(where_a_ring_starts_and_how_it_turns_does_not_matter),
         T(a_park_that_is_turned_and_moved_has_the_same_plots), T(straight_vertices_go_and_bent_ones_stay),
         T(an_arc_is_thinned_alike_wherever_it_lies), T(edges_without_length_are_none),
         T(a_dent_of_more_than_a_millimetre_stays));
