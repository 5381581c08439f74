#include "../test.h"
#include "plots.h"
#include "search.h"

#ifdef __SANITIZE_ADDRESS__ /* a tenth of the speed */
enum { PLOTS = 104, SEARCHES = 40 };
#else
enum { PLOTS = 1040, SEARCHES = 300 };
#endif

/* ---- the same plot in another place ---- */

/* Whether the plot placed as ground_moved says scores the same. */
static bool same_moved(mj_pack *pack, const mj_shelves *s, const ground *g, double angle, double mirror, double dx,
                       double dy, int start) {
  static ground moved;
  int64_t score = pack->score;
  int32_t n = pack->n_placed;
  ground_moved(g, &moved, angle, mirror, dx, dy, start);
  mj_plot p = ground_plot(&moved);
  CU_ASSERT_EQUAL_FATAL(mj_pack_plot(pack, &p, p.n_obstacles, false, s), MJ_OK);
  bool same = pack->score == score && pack->n_placed == n;
  pack->score = score, pack->n_placed = n;
  return same;
}

static bool one_ring(int kind) { return kind != 10 && kind != 11; }

static void a_plot_scores_the_same_wherever_and_however_it_lies(void) {
  static ground g;
  mj_shelves s;
  mj_pack pack = {0};
  uint64_t seed = 9;
  int differ[6] = {0};
  CU_ASSERT_EQUAL_FATAL(mj_shelves_make(&s, plot_sizes, 8, 10, 400), MJ_OK);
  for (int k = 0; k < PLOTS; k++) {
    plot_random(&g, k, &seed);
    mj_plot p = ground_plot(&g);
    CU_ASSERT_EQUAL_FATAL(mj_pack_plot(&pack, &p, p.n_obstacles, false, &s), MJ_OK);
    int start = one_ring(k % PLOT_KINDS) ? plot_one_of(&seed, g.edge0[0]) : 0;
    double angle = plot_between(&seed, 0, 6.3);
    bool same[6] = {
        same_moved(&pack, &s, &g, 0, 1, 0, 0, start),
        same_moved(&pack, &s, &g, angle, 1, 0, 0, start),
        same_moved(&pack, &s, &g, PLOT_PI / 2 * plot_one_of(&seed, 4), 1, 0, 0, 0),
        same_moved(&pack, &s, &g, angle, 1, plot_between(&seed, -1e3, 1e3), plot_between(&seed, -1e3, 1e3), start),
        same_moved(&pack, &s, &g, angle, -1, 0, 0, start),
        same_moved(&pack, &s, &g, 0, 1, 39412345.25, 3987654.5, start)};
    for (int i = 0; i < 6; i++) {
      differ[i] += !same[i];
      if (!same[i]) printf("\n    plot %d (kind %d): way %d", k, k % PLOT_KINDS, i);
    }
  }
  for (int i = 0; i < 6; i++) ASSERT_INT(differ[i], 0);
  mj_pack_reset(&pack);
  mj_shelves_reset(&s);
}

/* ---- the best, by search ---- */

typedef struct {
  int searched, missed;
  double worst; /* of what is missed: in the largest module of its catalogue */
} found;

static double tenths_between(uint64_t *seed, double lo, double hi) {
  return round(plot_between(seed, lo, hi) * 10) / 10;
}

/* A rectangle, or an L with the notch at its upper right, that nothing need be kept clear of; 5 cm more than whole
 * tenths of a metre, so that the tolerance decides nothing. Beside what the search finds. */
static void beside_the_best(mj_pack *pack, const mj_shelves *s, bool is_l, double most_m, uint64_t *seed, found *f) {
  static ground g, turned;
  static search best;
  double w = tenths_between(seed, 40, most_m), h = tenths_between(seed, 40, 0.8 * most_m);
  double a = is_l ? tenths_between(seed, 0.3 * w, 0.8 * w) : w, b = is_l ? tenths_between(seed, 0.3 * h, 0.8 * h) : h;
  double more = 0.05, x[6] = {0, w + more, w + more, a + more, a + more, 0},
         y[6] = {0, 0, b + more, b + more, h + more, h + more};
  ground_start(&g);
  if (is_l) ground_ring(&g, 6, x, y, 0);
  if (!is_l) ground_box(&g, 0, 0, w + more, h + more, 0);
  g.edge0[0] = g.n;
  ground_moved(&g, &turned, PLOT_PI / 2 * plot_one_of(seed, 4), plot_one_of(seed, 2) ? 1 : -1, 7, 9, 0);
  mj_plot p = ground_plot(&turned);
  CU_ASSERT_EQUAL_FATAL(mj_pack_plot(pack, &p, 0, false, s), MJ_OK);
  long want = search_best(&best, (int)lround(w * 10), (int)lround(h * 10), (int)lround(a * 10), (int)lround(b * 10),
                          s->gap_dm, s->size, s->n_sizes);
  if (want < 0) return;
  double got = mj_shelf_area_m2(pack->score), module = 0;
  for (int i = 0; i < s->n_sizes; i++) module = fmax(module, s->size[i].depth_dm * s->size[i].length_dm / 100.0);
  CU_ASSERT(got <= want / 100.0 + 1e-6);
  f->searched++;
  f->missed += got < want / 100.0 - 1e-6;
  f->worst = fmax(f->worst, (want / 100.0 - got) / module);
}

/* @p n plots, each with @p n_sizes sizes of the catalogue that follow each other. */
static found many_beside_the_best(int n, int n_sizes, bool is_l, double most_m, uint64_t seed) {
  mj_pack pack = {0};
  found f = {0};
  for (int k = 0; k < n; k++) {
    mj_rect_size size[8];
    mj_shelves s;
    int first = plot_one_of(&seed, 8);
    for (int i = 0; i < n_sizes; i++) size[i] = plot_sizes[(first + i) % 8];
    CU_ASSERT_EQUAL_FATAL(mj_shelves_make(&s, size, n_sizes, 10, 200), MJ_OK);
    beside_the_best(&pack, &s, is_l, most_m, &seed, &f);
    mj_shelves_reset(&s);
  }
  mj_pack_reset(&pack);
  return f;
}

static void rectangles_of_up_to_a_hectare_get_the_best_of_up_to_three_sizes(void) {
  for (int sizes = 1; sizes <= 3; sizes++) {
    found f = many_beside_the_best(SEARCHES, sizes, false, 120, 20 + (uint64_t)sizes);
    ASSERT_INT(f.searched, SEARCHES);
    ASSERT_INT(f.missed, 0);
  }
}

static void rectangles_lose_little_of_all_sizes_and_where_they_are_larger(void) {
  found f = many_beside_the_best(SEARCHES / 2, 8, false, 110, 31);
  CU_ASSERT(f.searched > 0.95 * SEARCHES / 2);
  CU_ASSERT(f.missed <= f.searched / 30 + 1);
  CU_ASSERT(f.worst < 0.2);
  f = many_beside_the_best(SEARCHES / 2, 2, false, 160, 32);
  CU_ASSERT(f.searched > 0.95 * SEARCHES / 2);
  CU_ASSERT(f.missed <= f.searched / 30 + 1);
  CU_ASSERT(f.worst <= 1);
}

static void l_shapes_lose_at_most_one_module(void) {
  for (int sizes = 1; sizes <= 8; sizes += sizes == 3 ? 5 : 1) {
    found f = many_beside_the_best(SEARCHES, sizes, true, 120, 40 + (uint64_t)sizes);
    ASSERT_INT(f.searched, SEARCHES);
    CU_ASSERT(f.worst <= 1 + 1e-9);
    CU_ASSERT(f.missed <= f.searched / 10 + 3);
  }
}

/* ---- by hand ---- */

static double area_on(const ground *g, int32_t n_obstacles, bool high, mj_pack *pack) {
  mj_shelves s;
  mj_plot p = ground_plot(g);
  CU_ASSERT_EQUAL_FATAL(mj_shelves_make(&s, plot_sizes, 1, 10, 200), MJ_OK); /* 25.2 x 42 */
  CU_ASSERT_EQUAL_FATAL(mj_pack_plot(pack, &p, n_obstacles, high, &s), MJ_OK);
  mj_shelves_reset(&s);
  return mj_shelf_area_m2(pack->score);
}

static void obstacles_count_as_many_as_are_asked_for(void) {
  static ground g;
  mj_pack pack = {0};
  ground_start(&g);
  ground_box(&g, 0, 0, 52, 35.2, 5); /* just one */
  g.edge0[0] = g.n;
  ground_obstacle(&g);
  ground_box(&g, 25, 15, 26, 16, 0);
  ASSERT_NEAR(area_on(&g, 0, false, &pack), 25.2 * 42, 1e-6);
  ASSERT_NEAR(pack.placed[0].x, 26, 0.011);
  ASSERT_NEAR(pack.placed[0].y, 17.6, 0.011);
  ASSERT_NEAR(area_on(&g, 1, false, &pack), 0, 0);
  ASSERT_NEAR(area_on(&g, 0, true, &pack), 0, 0); /* 3 m more from every edge */
  mj_pack_reset(&pack);
}

/* A wall that may be touched parts the plot: 25.2 m on each side, but 10 m must lie between the two. */
static void a_wall_does_not_bring_rectangles_nearer_to_each_other(void) {
  static ground g;
  mj_pack pack = {0};
  ground_start(&g);
  ground_box(&g, 0, 0, 50.4, 42, 0);
  g.edge0[0] = g.n;
  ground_obstacle(&g);
  ground_edge(&g, 25.2, -1, 25.2, 43, 0);
  ASSERT_NEAR(area_on(&g, 1, false, &pack), 25.2 * 42, 1e-6);
  ground_start(&g);
  ground_box(&g, 0, 0, 60.4, 42, 0);
  g.edge0[0] = g.n;
  ground_obstacle(&g);
  ground_edge(&g, 25.2, -1, 25.2, 43, 0); /* the right one need not touch the wall */
  ASSERT_NEAR(area_on(&g, 1, false, &pack), 2 * 25.2 * 42, 1e-6);
  mj_pack_reset(&pack);
}

static void a_plot_of_nothing_holds_nothing(void) {
  static ground g;
  mj_pack pack = {0};
  ground_start(&g);
  ASSERT_NEAR(area_on(&g, 0, false, &pack), 0, 0);
  ASSERT_INT(pack.directions, 0);
  ground_edge(&g, 3, 3, 3, 3, 5);
  ground_edge(&g, 3, 3, 3, 3, 5);
  g.edge0[0] = g.n;
  ASSERT_NEAR(area_on(&g, 0, false, &pack), 0, 0);
  ground_start(&g);
  ground_ring(&g, 3, (double[]){0, 100, 200}, (double[]){0, 0, 0}, 0); /* flat */
  g.edge0[0] = g.n;
  ASSERT_NEAR(area_on(&g, 0, false, &pack), 0, 0);
  mj_pack_reset(&pack);
}

/* ---- directions ---- */

static void directions_are_those_of_most_border_modulo_a_right_angle(void) {
  static ground g;
  double ux[MJ_PACK_DIRECTIONS], uy[MJ_PACK_DIRECTIONS];
  ground_start(&g);
  /* 100 along x, 80 along (0.8, 0.6) and (-0.6, 0.8), 80 back up: three courses, the slanted ones are one */
  ground_ring(&g, 5, (double[]){0, 100, 140, 116, 0}, (double[]){0, 0, 30, 62, 62}, 5);
  g.edge0[0] = g.n;
  mj_plot p = ground_plot(&g);
  ASSERT_INT(mj_pack_directions(&p, ux, uy), 2);
  ASSERT_NEAR(fabs(uy[0]), 0, 1e-12); /* 100 + 116 + 62 beside 50 + 40 */
  ASSERT_NEAR(ux[1] * 0.8 + uy[1] * 0.6, 1, 1e-12);
}

/* 400 pieces of one straight side weigh as much as the side. */
static void a_side_in_pieces_counts_as_one(void) {
  static ground g;
  double ux[MJ_PACK_DIRECTIONS], uy[MJ_PACK_DIRECTIONS], x[404], y[404];
  for (int i = 0; i <= 400; i++) x[i] = 0.8 * i, y[i] = 0.6 * i;
  x[401] = 0, y[401] = 390; /* the others: 339 and 390 m, in other directions */
  ground_start(&g);
  ground_ring(&g, 402, x, y, 5);
  g.edge0[0] = g.n;
  mj_plot p = ground_plot(&g);
  CU_ASSERT(mj_pack_directions(&p, ux, uy) >= 1);
  ASSERT_NEAR(fabs(ux[0] * 0.8 + uy[0] * 0.6), 1, 1e-9);
}

/* ---- limits ---- */

static void a_plot_that_is_too_much_work_still_gets_an_answer(void) {
  static ground g;
  mj_pack pack = {0};
  mj_shelves s;
  uint64_t seed = 3;
  double x[PLOT_EDGES], y[PLOT_EDGES];
  CU_ASSERT_EQUAL_FATAL(mj_shelves_make(&s, plot_sizes, 8, 10, 1000), MJ_OK);
  for (int i = 0; i < 10000; i++) { /* a saw all round */
    double t = 2 * PLOT_PI * i / 10000, r = 500 + (i % 2 ? 3 : 0);
    x[i] = r * cos(t), y[i] = r * sin(t);
  }
  ground_start(&g);
  ground_ring(&g, 10000, x, y, 5);
  g.edge0[0] = g.n;
  for (int k = 0; k < 3; k++) {
    if (k == 1) ground_start(&g), ground_box(&g, 0, 0, 1000, 1000, 5), g.edge0[0] = g.n;
    for (int i = 0; k == 2 && i < 1000; i++) {
      ground_obstacle(&g);
      double at_x = plot_between(&seed, 0, 990), at_y = plot_between(&seed, 0, 990);
      ground_box(&g, at_x, at_y, at_x + 6, at_y + 4, 1);
    }
    mj_plot p = ground_plot(&g);
    CU_ASSERT_EQUAL_FATAL(mj_pack_plot(&pack, &p, p.n_obstacles, false, &s), MJ_OK);
    ASSERT_INT(pack.spent, k == 0 || k == 2);
    CU_ASSERT(pack.n_placed > (k == 2 ? 5 : 100) && pack.n_placed <= MJ_PACK_MOST);
    CU_ASSERT(pack.work < MJ_PACK_WORK + MJ_PACK_WORK / 10);
  }
  mj_shelves_reset(&s);
  mj_pack_reset(&pack);
}

/* 2,025 of 10 m x 10 m would fit on 450 m x 450 m. */
static void more_rectangles_than_there_is_room_for_are_left_out(void) {
  static ground g;
  mj_pack pack = {0};
  mj_shelves s;
  const mj_rect_size small = {100, 100};
  CU_ASSERT_EQUAL_FATAL(mj_shelves_make(&s, &small, 1, 0, 5000), MJ_OK);
  ground_start(&g);
  ground_box(&g, 0, 0, 450, 450, 0);
  g.edge0[0] = g.n;
  mj_plot p = ground_plot(&g);
  CU_ASSERT_EQUAL_FATAL(mj_pack_plot(&pack, &p, 0, false, &s), MJ_OK);
  ASSERT_INT(pack.n_placed, MJ_PACK_MOST);
  ASSERT_NEAR(mj_shelf_area_m2(pack.score), MJ_PACK_MOST * 100.0, 1e-6);
  ground_start(&g);
  ground_box(&g, 0, 0, 4000, 10, 0); /* 400 in one stretch */
  g.edge0[0] = g.n;
  p = ground_plot(&g);
  CU_ASSERT_EQUAL_FATAL(mj_pack_plot(&pack, &p, 0, false, &s), MJ_OK);
  ASSERT_INT(pack.n_placed, 400);
  mj_shelves_reset(&s);
  mj_pack_reset(&pack);
}

SUITE_OF(pack, T(a_plot_scores_the_same_wherever_and_however_it_lies),
         T(rectangles_of_up_to_a_hectare_get_the_best_of_up_to_three_sizes),
         T(rectangles_lose_little_of_all_sizes_and_where_they_are_larger), T(l_shapes_lose_at_most_one_module),
         T(obstacles_count_as_many_as_are_asked_for), T(a_wall_does_not_bring_rectangles_nearer_to_each_other),
         T(a_plot_of_nothing_holds_nothing), T(directions_are_those_of_most_border_modulo_a_right_angle),
         T(a_side_in_pieces_counts_as_one), T(a_plot_that_is_too_much_work_still_gets_an_answer),
         T(more_rectangles_than_there_is_room_for_are_left_out));
