#include <math.h>

#include "geom/pack.h"

static const double STEP_M = 1, EXACT_M = 0.01;
enum { MOST_STEPS = 120 };

/* True when a rectangle of that length and height has room along the view's bands: just above an edge, or at a step. */
static bool has_room(mj_pack *p, double length_m, double height_m, mj_stretch *stretch) {
  mj_view *v = &p->view;
  double range = v->yhi - v->ylo - height_m, step = fmax(STEP_M, range / MOST_STEPS);
  for (int32_t i = 0; i < v->n_edges; i++) {
    double y = v->edge[i].yhi - MJ_PLOT_TOLERANCE_M;
    if (y >= v->ylo && y <= v->ylo + range && mj_view_band(v, y, y + height_m, y + height_m, length_m, stretch))
      return true;
  }
  for (int i = 0; i * step <= range; i++) {
    double y = v->ylo + i * step;
    if (mj_view_band(v, y, y + height_m, y + height_m, length_m, stretch)) return true;
  }
  return false;
}

mj_status mj_pack_strip(mj_pack *p, const mj_plot *plot, int32_t n_obstacles, double length_m, double most_m,
                        double *strip_m) {
  double ux[MJ_PACK_DIRECTIONS], uy[MJ_PACK_DIRECTIONS];
  int32_t n = mj_pack_directions(plot, ux, uy);
  *strip_m = 0;
  MJ_TRY(mj_pack_ready(p, plot, n_obstacles));
  for (int32_t d = 0; d < 2 * n; d++) {
    MJ_TRY(mj_view_set(&p->view, plot, n_obstacles, false, d % 2 ? -uy[d / 2] : ux[d / 2],
                       d % 2 ? ux[d / 2] : uy[d / 2], false));
    double lo = *strip_m, hi = most_m;
    if (!has_room(p, length_m, lo + 10 * EXACT_M, p->stretch)) continue;
    while (hi - lo > EXACT_M) {
      double middle = (lo + hi) / 2;
      if (has_room(p, length_m, middle, p->stretch)) lo = middle;
      else hi = middle;
    }
    *strip_m = fmax(*strip_m, lo);
  }
  return MJ_OK;
}
