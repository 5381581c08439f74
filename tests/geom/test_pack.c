#include "../test.h"
#include "plots.h"

enum { PLOTS = 3900 };

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

SUITE_OF(pack, T(a_plot_scores_the_same_wherever_and_however_it_lies));
