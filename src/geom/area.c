#include <math.h>

#include "geom/ring.h"
#include "mujun/geom.h"

void mj_area_planar(const mj_polys *polys, double *area) {
  const int32_t *part0 = polys->part0, *ring0 = polys->ring0, *vert0 = polys->vert0;
  for (int64_t i = 0; i < polys->n; i++) {
    double sum = 0;
    for (int32_t p = part0[i]; p < part0[i + 1]; p++)
      for (int32_t r = ring0[p]; r < ring0[p + 1]; r++) {
        double a = fabs(mj_ring_area(vert0[r + 1] - vert0[r], polys->x + vert0[r], polys->y + vert0[r]));
        sum += r == ring0[p] ? a : -a;
      }
    area[i] = sum;
  }
}
