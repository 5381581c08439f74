#include <math.h>
#include <stdlib.h>

#include "geom/pack.h"

/* Edges within this of a direction run along it; directions nearer than APART_DEG are one. Neither divides a right
 * angle, so that a regular polygon decides nothing by a rounding. */
static const double ALONG_DEG = 0.97, APART_DEG = 2.93;
static const double RIGHT_DEG = 90, DEG = 57.29577951308232;
/* Share of the border that a direction must have to be tried. */
static const double LEAST_SHARE = 0.1;
/* A border weighs this much more for every metre that is kept from it: of two that are as long, that of the street. */
static const double CLEAR_WEIGHT = 1e-3;
/* Sums of lengths this near are the same. */
static const double SAME_M = 1.37e-3;

typedef struct {
  double length, before, angle_deg, along, ux, uy; /* the angle from 0 to a right angle; lengths of those before it */
  bool taken;
} course;

/* Difference of two angles modulo a right angle, 0 .. 45. */
static double apart(double a_deg, double b_deg) {
  double d = fabs(a_deg - b_deg);
  return d > RIGHT_DEG / 2 ? RIGHT_DEG - d : d;
}

static int by_angle(const void *a, const void *b) {
  double x = ((const course *)a)->angle_deg, y = ((const course *)b)->angle_deg;
  return (x > y) - (x < y);
}

/* The border's edges by their angle; returns how many. */
static int32_t courses_of(const mj_plot *plot, course *out, double *border) {
  int32_t n = 0;
  *border = 0;
  for (int32_t i = 0; i < plot->edge0[0]; i++) {
    const mj_plot_edge *e = &plot->edge[i];
    double dx = e->bx - e->ax, dy = e->by - e->ay, length = hypot(dx, dy), angle;
    if (!(length > 0)) continue;
    dx /= length;
    dy /= length;
    length *= 1 + CLEAR_WEIGHT * e->clear_m;
    *border += length;
    angle = fmod(atan2(dy, dx) * DEG + 2 * RIGHT_DEG, RIGHT_DEG);
    out[n++] = (course){.length = length, .angle_deg = angle, .ux = dx, .uy = dy};
  }
  qsort(out, (size_t)n, sizeof *out, by_angle);
  for (int32_t i = 1; i < n; i++) out[i].before = out[i - 1].before + out[i - 1].length;
  return n;
}

/* Course k of those that go round the right angle again and again, and the length of those before it. */
static double angle_at(const course *c, int32_t n, int32_t k) {
  return c[(k + n) % n].angle_deg + RIGHT_DEG * ((k + n) / n - 1);
}
static double before_at(const course *c, int32_t n, int32_t k, double border) {
  return c[(k + n) % n].before + border * ((k + n) / n - 1);
}

/* The length of border that runs along each course. */
static void sum_along(course *c, int32_t n, double border) {
  int32_t from = -n, to = 0;
  for (int32_t i = 0; i < n; i++) {
    while (angle_at(c, n, to) < c[i].angle_deg + ALONG_DEG) to++;
    while (angle_at(c, n, from) <= c[i].angle_deg - ALONG_DEG) from++;
    c[i].along = before_at(c, n, to, border) - before_at(c, n, from, border);
  }
}

/* The longest of the weightiest courses that are left, -1: none is. */
static int32_t weightiest(const course *c, int32_t n) {
  double most = -1;
  int32_t best = -1;
  for (int32_t i = 0; i < n; i++)
    if (!c[i].taken && c[i].along > most) most = c[i].along;
  for (int32_t i = 0; i < n; i++)
    if (!c[i].taken && c[i].along > most - SAME_M && (best < 0 || c[i].length > c[best].length)) best = i;
  return best;
}

int32_t mj_pack_directions(const mj_plot *plot, double ux[MJ_PACK_DIRECTIONS], double uy[MJ_PACK_DIRECTIONS]) {
  course *c = malloc(((size_t)plot->edge0[0] + 1) * sizeof *c);
  if (!c) return -1;
  double border;
  double enough = 0; /* a tenth of the border, or as much as the first has */
  int32_t n = courses_of(plot, c, &border), found = 0;
  sum_along(c, n, border);
  while (found < MJ_PACK_DIRECTIONS) {
    int32_t best = weightiest(c, n);
    if (best < 0 || c[best].along < enough) break;
    if (!found) enough = fmin(LEAST_SHARE * border, c[best].along - SAME_M);
    ux[found] = c[best].ux;
    uy[found++] = c[best].uy;
    for (int32_t i = 0; i < n; i++) c[i].taken = c[i].taken || apart(c[i].angle_deg, c[best].angle_deg) < APART_DEG;
  }
  free(c);
  return found;
}
