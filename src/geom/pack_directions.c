#include <math.h>
#include <stdlib.h>

#include "geom/pack.h"

/* Edges within this of a direction run along it; directions nearer than APART_DEG are one. */
static const double ALONG_DEG = 1, APART_DEG = 3;
static const double RIGHT_DEG = 90, DEG = 57.29577951308232;
/* Share of the border that a direction must have to be tried. */
static const double LEAST_SHARE = 0.1;
enum { MOST_EDGES = 256 };

typedef struct {
  double length, angle_deg, along, ux, uy;
  bool taken;
} course;

/* Difference of two angles modulo a right angle, 0 .. 45. */
static double apart(double a_deg, double b_deg) {
  double d = fmod(fabs(a_deg - b_deg), RIGHT_DEG);
  return d > RIGHT_DEG / 2 ? RIGHT_DEG - d : d;
}

static int longer_first(const void *a, const void *b) {
  double x = ((const course *)a)->length, y = ((const course *)b)->length;
  return (x < y) - (x > y);
}

static int32_t courses_of(const mj_plot *plot, course *out, double *border) {
  int32_t n = 0;
  *border = 0;
  for (int32_t i = 0; i < plot->edge0[0]; i++) {
    const mj_plot_edge *e = &plot->edge[i];
    double dx = e->bx - e->ax, dy = e->by - e->ay, length = hypot(dx, dy);
    if (!(length > 0)) continue;
    *border += length;
    course c = {.length = length, .angle_deg = atan2(dy, dx) * DEG, .ux = dx / length, .uy = dy / length};
    if (n == 2 * MOST_EDGES) { /* keep the longer half */
      qsort(out, (size_t)n, sizeof *out, longer_first);
      n = MOST_EDGES;
    }
    out[n++] = c;
  }
  qsort(out, (size_t)n, sizeof *out, longer_first);
  return n < MOST_EDGES ? n : MOST_EDGES;
}

int32_t mj_pack_directions(const mj_plot *plot, double ux[MJ_PACK_DIRECTIONS], double uy[MJ_PACK_DIRECTIONS]) {
  course c[2 * MOST_EDGES];
  double border;
  int32_t n = courses_of(plot, c, &border), found = 0;
  for (int32_t i = 0; i < n; i++)
    for (int32_t k = 0; k < n; k++)
      if (apart(c[i].angle_deg, c[k].angle_deg) < ALONG_DEG) c[i].along += c[k].length;
  while (found < MJ_PACK_DIRECTIONS) {
    int32_t best = -1;
    for (int32_t i = 0; i < n; i++) /* the longest of those that weigh the same, to a millimetre */
      if (!c[i].taken && (best < 0 || c[i].along > c[best].along + 1e-3)) best = i;
    if (best < 0 || (found && c[best].along < LEAST_SHARE * border)) break;
    ux[found] = c[best].ux;
    uy[found++] = c[best].uy;
    for (int32_t i = 0; i < n; i++) c[i].taken = c[i].taken || apart(c[i].angle_deg, c[best].angle_deg) < APART_DEG;
  }
  return found;
}
