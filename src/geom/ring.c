#include "geom/ring.h"

#include "geom/overlap.h"

double mj_ring_area(int32_t n, const double *x, const double *y) {
  double twice = 0;
  for (int32_t i = 1; i + 1 < n; i++) twice += (x[i] - x[0]) * (y[i + 1] - y[0]) - (x[i + 1] - x[0]) * (y[i] - y[0]);
  return twice / 2;
}

int mj_chain_parity(int32_t n, const double *x, const double *y, double px, double py) {
  int odd = 0;
  for (int32_t i = 0; i < n; i++) {
    bool up = y[i + 1] > py;
    if ((y[i] > py) == up) continue;
    if (px < x[i] && px < x[i + 1]) {
      odd ^= 1;
    } else if (px <= x[i] || px <= x[i + 1]) {
      int side = mj_side(x[i], y[i], x[i + 1], y[i + 1], px, py);
      if (!side) return -1;
      odd ^= (side > 0) == up;
    }
  }
  return odd;
}

int mj_chain_nudged(int32_t n, const double *x, const double *y, double px, double py, int nudge) {
  int odd = 0;
  for (int32_t i = 0; i < n; i++) {
    bool up = mj_above(y[i + 1], py, nudge);
    if (mj_above(y[i], py, nudge) == up) continue;
    if (px < x[i] && px < x[i + 1]) {
      odd ^= 1;
    } else if (px <= x[i] || px <= x[i + 1]) {
      double det = mj_orient(x[i], y[i], x[i + 1], y[i + 1], px, py);
      odd ^= (mj_nudged(det, x[i + 1] - x[i], y[i + 1] - y[i], nudge) > 0) == up;
    }
  }
  return odd;
}

bool mj_point_inside(const mj_polys *polys, int64_t row, double x, double y) {
  int odd = 0;
  int32_t r1 = polys->ring0[polys->part0[row + 1]];
  for (int32_t r = polys->ring0[polys->part0[row]]; r < r1; r++) {
    int32_t v = polys->vert0[r], n = polys->vert0[r + 1] - v;
    if (n < 2) continue;
    int parity = mj_chain_parity(n - 1, polys->x + v, polys->y + v, x, y);
    if (parity < 0) return true; /* on the boundary, where either answer is allowed */
    odd ^= parity;
  }
  return odd;
}
