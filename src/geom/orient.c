#include <float.h>

#include "geom/ring.h"

/* a + b = *sum + *rest exactly. */
static void two_sum(double a, double b, double *sum, double *rest) {
  double s = a + b, bb = s - a;
  *rest = (a - (s - bb)) + (b - bb);
  *sum = s;
}

/* Add b to the expansion e[n] of parts that do not overlap, smallest first; zeros are left out. */
static int grow(double *e, int n, double b) {
  int m = 0;
  for (int i = 0; i < n; i++) {
    double rest;
    two_sum(b, e[i], &b, &rest);
    if (rest != 0) e[m++] = rest;
  }
  if (b != 0) e[m++] = b;
  return m;
}

static int grow_product(double *e, int n, double a, double b) {
  double high = a * b;
  n = grow(e, n, fma(a, b, -high));
  return grow(e, n, high);
}

/* Rounding must not take the sign that was found. */
static double with_sign(double value, int sign) {
  if (sign > 0) return value > 0 ? value : DBL_TRUE_MIN;
  return value < 0 ? value : -DBL_TRUE_MIN;
}

/* l0 l1 - r0 r1 for exact factors. Rounding keeps order, so that unequal rounded products decide. */
static double difference(double l0, double l1, double r0, double r1) {
  double l = l0 * l1, r = r0 * r1, l_rest = fma(l0, l1, -l), r_rest = fma(r0, r1, -r);
  if (l != r) return with_sign((l - r) + (l_rest - r_rest), l > r ? 1 : -1);
  return l_rest == r_rest ? 0 : with_sign(l_rest - r_rest, l_rest > r_rest ? 1 : -1);
}

double mj_orient_exact(double ax, double ay, double bx, double by, double px, double py) {
  double l[2], l_rest[2], r[2], r_rest[2];
  if ((px == ax && py == ay) || (px == bx && py == by)) return 0;
  two_sum(ax, -px, &l[0], &l_rest[0]);
  two_sum(by, -py, &l[1], &l_rest[1]);
  two_sum(ay, -py, &r[0], &r_rest[0]);
  two_sum(bx, -px, &r[1], &r_rest[1]);
  if (l_rest[0] == 0 && l_rest[1] == 0 && r_rest[0] == 0 && r_rest[1] == 0) return difference(l[0], l[1], r[0], r[1]);
  double e[16], sum = 0;
  int n = 0;
  n = grow_product(e, n, l_rest[0], l_rest[1]);
  n = grow_product(e, n, -r_rest[0], r_rest[1]);
  n = grow_product(e, n, l[0], l_rest[1]);
  n = grow_product(e, n, l_rest[0], l[1]);
  n = grow_product(e, n, -r[0], r_rest[1]);
  n = grow_product(e, n, -r_rest[0], r[1]);
  n = grow_product(e, n, l[0], l[1]);
  n = grow_product(e, n, -r[0], r[1]);
  for (int i = 0; i < n; i++) sum += e[i];
  return n ? with_sign(sum, e[n - 1] > 0 ? 1 : -1) : 0;
}
