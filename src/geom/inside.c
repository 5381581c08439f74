#include "geom/inside.h"

#include <math.h>
#include <stdlib.h>

#include "base/grow.h"

void mj_inside_reset(mj_inside *room) {
  free(room->at);
  *room = (mj_inside){0};
}

/* Half-way between the vertices next above and next below the middle of the part; NaN where it has no height. */
static double line_of(const mj_polys *g, int32_t first, int32_t last) {
  double low = HUGE_VAL, high = -HUGE_VAL;
  for (int32_t v = first; v < last; v++) {
    low = fmin(low, g->y[v]);
    high = fmax(high, g->y[v]);
  }
  if (!(low < high)) return (double)NAN;
  double middle = low + (high - low) / 2, below = low, above = high;
  for (int32_t v = first; v < last; v++) {
    if (g->y[v] <= middle && g->y[v] > below) below = g->y[v];
    if (g->y[v] > middle && g->y[v] < above) above = g->y[v];
  }
  return below + (above - below) / 2;
}

static mj_status cross(mj_inside *room, const mj_polys *g, int32_t part, double y, int64_t *n) {
  *n = 0;
  for (int32_t r = g->ring0[part]; r < g->ring0[part + 1]; r++)
    for (int32_t v = g->vert0[r]; v + 1 < g->vert0[r + 1]; v++) {
      double y0 = g->y[v], y1 = g->y[v + 1];
      if ((y0 <= y) == (y1 <= y)) continue;
      double *grown = mj_grown(room->at, *n, &room->cap, sizeof *grown);
      if (!grown) return MJ_ENOMEM;
      room->at = grown;
      room->at[(*n)++] = g->x[v] + (g->x[v + 1] - g->x[v]) * ((y - y0) / (y1 - y0));
    }
  return MJ_OK;
}

static int ascending(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

mj_status mj_point_in(mj_inside *room, const mj_polys *g, int64_t row, double *x, double *y) {
  double widest = 0;
  *x = *y = (double)NAN;
  for (int32_t p = g->part0[row]; p < g->part0[row + 1]; p++) {
    int64_t n;
    double line = line_of(g, g->vert0[g->ring0[p]], g->vert0[g->ring0[p + 1]]);
    if (!isfinite(line)) continue;
    MJ_TRY(cross(room, g, p, line, &n));
    if (n) qsort(room->at, (size_t)n, sizeof *room->at, ascending);
    for (int64_t k = 0; k + 1 < n; k += 2) {
      double width = room->at[k + 1] - room->at[k];
      if (!(width > widest)) continue;
      widest = width;
      *x = room->at[k] + width / 2;
      *y = line;
    }
  }
  return MJ_OK;
}
