#include <math.h>

#include "mujun/geom.h"

void mj_geom_boxes(const mj_polys *polys, mj_box *box) {
  for (int64_t i = 0; i < polys->n; i++) {
    mj_box b = {(double)INFINITY, (double)INFINITY, -(double)INFINITY, -(double)INFINITY};
    int32_t v1 = polys->vert0[polys->ring0[polys->part0[i + 1]]];
    for (int32_t v = polys->vert0[polys->ring0[polys->part0[i]]]; v < v1; v++) {
      double x = polys->x[v], y = polys->y[v];
      if (x < b.xmin) b.xmin = x;
      if (x > b.xmax) b.xmax = x;
      if (y < b.ymin) b.ymin = y;
      if (y > b.ymax) b.ymax = y;
    }
    box[i] = b;
  }
}
