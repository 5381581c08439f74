#include <math.h>
#include <stdlib.h>

#include "report/map.h"

static bool add(mj_map_spans *s, int64_t line, double at) {
  if (s->n == s->cap) {
    int64_t cap = s->cap ? 2 * s->cap : 256;
    mj_map_crossing *grown = realloc(s->at, (size_t)cap * sizeof *grown);
    if (!grown) return false;
    s->at = grown;
    s->cap = cap;
  }
  s->at[s->n++] = (mj_map_crossing){(int32_t)line, at};
  return true;
}

static int by_line(const void *a, const void *b) {
  const mj_map_crossing *p = a, *q = b;
  if (p->line != q->line) return p->line < q->line ? -1 : 1;
  return p->at < q->at ? -1 : p->at > q->at;
}

/* Lines that the edge from (u0, v0) to (u1, v1) crosses, its upper end left out so that a corner counts once. */
static bool cross_edge(mj_map_spans *s, double u0, double v0, double u1, double v1, double step, double offset) {
  double low = fmin(v0, v1), high = fmax(v0, v1);
  for (int64_t k = (int64_t)ceil(low / step - offset); (double)k + offset < high / step; k++) {
    double v = ((double)k + offset) * step;
    if (v >= low && v < high && !add(s, k, u0 + (v - v0) / (v1 - v0) * (u1 - u0))) return false;
  }
  return true;
}

mj_status mj_map_cross(const mj_polys *polys, int64_t row, double angle, double step, double offset,
                       mj_map_spans *out) {
  double c = cos(angle), s = sin(angle);
  out->n = 0;
  for (int32_t r = polys->ring0[polys->part0[row]]; r < polys->ring0[polys->part0[row + 1]]; r++)
    for (int32_t v = polys->vert0[r]; v + 1 < polys->vert0[r + 1]; v++) {
      double x0 = polys->x[v], y0 = polys->y[v], x1 = polys->x[v + 1], y1 = polys->y[v + 1];
      if (!cross_edge(out, x0 * c + y0 * s, y0 * c - x0 * s, x1 * c + y1 * s, y1 * c - x1 * s, step, offset))
        return MJ_ENOMEM;
    }
  if (out->n) qsort(out->at, (size_t)out->n, sizeof *out->at, by_line);
  return MJ_OK;
}
