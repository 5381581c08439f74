/** @file ring.h  Small exact questions about edges and rings: on which side, apart or not, inside or not. */
#ifndef MJ_GEOM_RING_H
#define MJ_GEOM_RING_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

/** Area of one closed ring with its sign: counter-clockwise is positive. Taken about the first vertex. Cost: n. */
double mj_ring_area(int32_t n, const double *x, const double *y);

/**
 * Side of point (px, py) against the line from (ax, ay) to (bx, by): 1 left, -1 right, 0 on it or too close to say.
 * The bound on the rounding error is (3 + 16 u) u (|l| + |r|), u = 2^-53: J. R. Shewchuk (1997), "Adaptive precision
 * floating-point arithmetic and fast robust geometric predicates", doi:10.1007/PL00009321, section 4.1, orient2d A.
 */
static inline int mj_side(double ax, double ay, double bx, double by, double px, double py) {
  double l = (ax - px) * (by - py), r = (ay - py) * (bx - px);
  double det = l - r, bound = 3.3306690738754716e-16 * (fabs(l) + fabs(r));
  return det > bound ? 1 : det < -bound ? -1 : 0;
}

/** The same question answered to the last bit, see mj_orient. Cost: some ten times mj_side where all differences of the
 * coordinates are exact, which they are for points of one park. */
double mj_orient_exact(double ax, double ay, double bx, double by, double px, double py);
/**
 * Twice the area of the triangle a, b, p: positive where p lies left of the line from a to b, negative right, 0 exactly
 * on it. The sign is that of the exact value for any finite coordinates (no overflow, no underflow); the value is off
 * by at most 3.4e-16 (|l| + |r|). Source: as mj_side; behind the filter exact expansions, ibid. section 2.
 */
static inline double mj_orient(double ax, double ay, double bx, double by, double px, double py) {
  double l = (ax - px) * (by - py), r = (ay - py) * (bx - px);
  double det = l - r, bound = 3.3306690738754716e-16 * (fabs(l) + fabs(r));
  return det > bound || det < -bound ? det : mj_orient_exact(ax, ay, bx, by, px, py);
}

/**
 * Side of a point against a line of direction (ex, ey) when @p det = mj_orient of the line and the point: where that is
 * 0, the side the point takes when it is moved by @p nudge times (d, d d), d smaller than any number. A line of no
 * length has everything on one side. See mj_clip_area for why.
 */
static inline int mj_nudged(double det, double ex, double ey, int nudge) {
  if (det != 0) return det > 0 ? 1 : -1;
  if (ey != 0) return ey < 0 ? nudge : -nudge;
  return ex < 0 ? -nudge : nudge;
}

/** True when segments p and q surely have no point in common. False: they cross, touch, or it cannot be said. */
static inline bool mj_segments_apart(const double *px, const double *py, const double *qx, const double *qy) {
  int a = mj_side(px[0], py[0], px[1], py[1], qx[0], qy[0]);
  if (a && a == mj_side(px[0], py[0], px[1], py[1], qx[1], qy[1])) return true;
  int b = mj_side(qx[0], qy[0], qx[1], qy[1], px[0], py[0]);
  return b && b == mj_side(qx[0], qy[0], qx[1], qy[1], px[1], py[1]);
}

/**
 * True when the segments from v to p and from v to q surely share nothing but v: they turn there, or go on in the other
 * half-plane. The error bound is that of mj_side rounded up: two differences, two products, one sum.
 */
static inline bool mj_turns(double px, double py, double vx, double vy, double qx, double qy) {
  double l = (px - vx) * (qx - vx), r = (py - vy) * (qy - vy);
  return l + r < -4e-16 * (fabs(l) + fabs(r)) || mj_side(px, py, vx, vy, qx, qy) != 0;
}

/**
 * Parity of the edges of a chain of n edges (n + 1 vertices) that a ray from the point to the east crosses:
 * 1 odd, 0 even, -1 when the point is on an edge or too close to say. A closed ring: 1 is inside.
 */
int mj_chain_parity(int32_t n, const double *x, const double *y, double px, double py);
/** The same for the point moved by nudge (1 or -1) times (d, d d), d smaller than any number: 1 or 0, exactly. */
int mj_chain_nudged(int32_t n, const double *x, const double *y, double px, double py, int nudge);
/** True when (.., y) is above the nudged point. */
static inline bool mj_above(double y, double py, int nudge) { return nudge > 0 ? y > py : y >= py; }

#endif
