#include "intake/kept_area.h"

#include <math.h>
#include <stdlib.h>

#include "base/sum.h"

double *mj_areas_before(const mj_part *p) {
  mj_polys g = mj_geom_view(&p->table.geom);
  double *area = malloc(((size_t)p->table.geom.n + 1) * sizeof *area);
  if (area && p->table.geom.kind == MJ_GEOM_POLYGON && g.n) mj_area_planar(&g, area);
  return area;
}

mj_status mj_areas_after(mj_part *p, const double *before, double unit_m) {
  mj_polys g = mj_geom_view(&p->table.geom);
  double *after = mj_areas_before(p), unit2 = unit_m * unit_m;
  mj_sum in = {0}, repaired = {0}, lost = {0};
  if (!after) return MJ_ENOMEM;
  for (int64_t i = 0; p->table.geom.kind == MJ_GEOM_POLYGON && i < g.n; i++) {
    if (!isfinite(before[i])) continue; /* a point without an image in the frame: it has no area there */
    mj_sum_add(&in, before[i]);
    if (g.part0[i] == g.part0[i + 1]) mj_sum_add(&lost, before[i]);
    else if (before[i] != after[i]) mj_sum_add(&repaired, before[i] - after[i]);
  }
  p->area_in_m2 = mj_sum_value(&in) * unit2 + p->area_misplaced_m2;
  p->area_repair_m2 = mj_sum_value(&repaired) * unit2;
  p->area_lost_m2 = mj_sum_value(&lost) * unit2 + p->area_misplaced_m2;
  free(after);
  return MJ_OK;
}
