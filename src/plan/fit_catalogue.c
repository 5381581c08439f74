#include <math.h>

#include "plan/fit.h"

/* Stretches wider than this are taken as this wide: a module stands every hundred metres at the latest. */
static const double WIDEST_M = 3000;
/* Heights are added up from tenths of a metre. */
static const double SAME_HEIGHT_M = 1e-6;

static double at_least(double a, double b) { return a < b ? b : a; }

double mj__fit_widest_m(const mj_park *park) {
  const mj_geom *g = &park->table[MJ_PARCELS].geom;
  double widest = 0;
  for (int64_t i = 0; i < g->n; i++) {
    mj_polys one = {.n = 1, .part0 = g->part0 + i, .ring0 = g->ring0, .vert0 = g->vert0, .x = g->x, .y = g->y};
    mj_box box;
    mj_geom_boxes(&one, &box);
    if (box.xmin <= box.xmax) widest = fmax(widest, hypot(box.xmax - box.xmin, box.ymax - box.ymin));
  }
  return fmin(widest * park->frame.unit_m + 1, WIDEST_M);
}

mj_status mj__catalogue_make(mj__catalogue *c, const mj_fit_norms *norms, double widest_m, mj_error *err) {
  const mj_fit_limits *l = &norms->limits;
  double lane = l->lane_m + 2 * l->lane_side_m;
  *c = (mj__catalogue){.norms = norms};
  for (int m = 0; m < norms->n_modules; m++)
    for (int k = 0; k < norms->module[m].n_lengths; k++) {
      const mj_fit_module *module = &norms->module[m];
      if (c->n == MJ_SHELF_SIZES)
        return mj_fail(err, MJ_EINVAL, "the modules have more than %d sizes of depth and length", (int)MJ_SHELF_SIZES);
      mj_rect_size *size = &c->size[c->n], *least = &c->size[c->smallest];
      *size = (mj_rect_size){(int32_t)lround(module->depth_m * 10), (int32_t)lround(module->length_m[k] * 10)};
      if ((int64_t)size->depth_dm * size->length_dm < (int64_t)least->depth_dm * least->length_dm) c->smallest = c->n;
      if (module->storeys_max > c->storeys_max) c->storeys_max = module->storeys_max;
      c->module[c->n++] = module;
    }
  mj_status status = mj_shelves_make(&c->low, c->size, c->n, at_least(l->fire_gap_m, lane), widest_m);
  if (!status) status = mj_shelves_make(&c->high, c->size, c->n, at_least(l->fire_gap_high_m, lane), widest_m);
  if (!status) return MJ_OK;
  mj__catalogue_reset(c);
  return mj_fail(err, status,
                 status == MJ_ENOMEM ? "out of memory fitting factories" : "the modules have too many different sides");
}

void mj__catalogue_reset(mj__catalogue *c) {
  mj_shelves_reset(&c->low);
  mj_shelves_reset(&c->high);
  *c = (mj__catalogue){0};
}

int mj__storeys_within(const mj_fit_module *m, double height_m) {
  if (!(m->ground_m <= height_m + SAME_HEIGHT_M)) return 0;
  double more = floor((height_m - m->ground_m + SAME_HEIGHT_M) / m->upper_m);
  int storeys = more + 1 < m->storeys_max ? (int)more + 1 : m->storeys_max;
  return storeys < m->storeys_min ? 0 : storeys;
}

double mj__storeys_height(const mj_fit_module *m, int storeys) {
  return storeys > 0 ? m->ground_m + (storeys - 1) * m->upper_m : 0;
}

int mj__storeys_counted(const mj_fit_module *m, int storeys, double double_m) {
  if (storeys < 1) return 0;
  return storeys + (m->ground_m > double_m) + (m->upper_m > double_m) * (storeys - 1);
}
