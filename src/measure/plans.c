#include <math.h>

#include "base/text.h"
#include "measure/measure.h"

/* Mean of value over the overlaps of one parcel where it is known, weighted by area; NaN where it is known nowhere. */
static double weighted(const mj_pairs *pairs, int64_t first, int64_t last, const double *value) {
  double sum = 0, area = 0;
  for (int64_t k = first; value && k < last; k++) {
    double v = value[pairs->pair[k].b];
    if (isnan(v)) continue;
    sum += v * pairs->pair[k].area;
    area += pairs->pair[k].area;
  }
  return area > 0 ? sum / area : (double)NAN;
}

/* Share of @p whole that the overlaps cover, at most 1 where units overlap each other; NaN where whole is. */
static double covered(const mj_pairs *pairs, int64_t first, int64_t last, double whole) {
  double area = 0;
  for (int64_t k = first; k < last; k++) area += pairs->pair[k].area;
  return area > whole ? 1 : area / whole;
}

static mj_status partly_covered(mj_park *park, int64_t i, double share) {
  char found[400];
  mj_double_fixed(share, 4, found);
  return mj__note(park, MJ_L_PLAN_PARTLY_COVERED, MJ_PARCELS, i, "plan_share", found, "1");
}

static mj_status plan_units(mj_park *park, mj_error *err) {
  mj_table *t = &park->table[MJ_PARCELS];
  const mj_table *plan = &park->table[MJ_PLAN_UNITS];
  const double *cap = mj_table_f64(plan, "plot_ratio_cap"), *min = mj_table_f64(plan, "plot_ratio_min");
  const double *planar = mj_table_f64(t, "area_planar_m2");
  mj_pairs pairs = {0};
  mj_status status = mj__measure_overlaps(park, MJ_PLAN_UNITS, &pairs, err);
  double *share = mj__f64(t, "plan_share", &status), *plan_cap = mj__f64(t, "plan_cap", &status),
         *plan_min = mj__f64(t, "plan_min", &status);
  int64_t k = 0;
  for (int64_t i = 0; i < t->n && !status; i++) {
    int64_t first = k;
    while (k < pairs.n && pairs.pair[k].a == i) k++;
    share[i] = covered(&pairs, first, k, planar[i]);
    plan_cap[i] = weighted(&pairs, first, k, cap);
    plan_min[i] = weighted(&pairs, first, k, min);
    if (share[i] > 0 && share[i] < 0.99) status = partly_covered(park, i, share[i]);
  }
  mj_pairs_reset(&pairs);
  return status == MJ_ENOMEM ? mj_fail(err, status, "out of memory overlaying layers") : status;
}

static mj_status control_lines(mj_park *park, mj_error *err) {
  mj_table *t = &park->table[MJ_PARCELS];
  const char **level = mj_table_text(&park->table[MJ_CONTROL_LINES], "level");
  const double *planar = mj_table_f64(t, "area_planar_m2");
  mj_pairs pairs = {0};
  mj_status status = mj__measure_overlaps(park, MJ_CONTROL_LINES, &pairs, err);
  double *share = mj__f64(t, "control_share", &status);
  const char **of = mj__text(t, "control_level", &status);
  int64_t k = 0;
  for (int64_t i = 0; i < t->n && !status; i++) {
    int64_t first = k;
    double best = 0;
    for (; k < pairs.n && pairs.pair[k].a == i; k++)
      if (pairs.pair[k].area > best) {
        best = pairs.pair[k].area;
        of[i] = level ? level[pairs.pair[k].b] : NULL;
      }
    share[i] = covered(&pairs, first, k, planar[i]);
  }
  mj_pairs_reset(&pairs);
  return status == MJ_ENOMEM ? mj_fail(err, status, "out of memory overlaying layers") : status;
}

mj_status mj__measure_plans(mj_park *park, mj_error *err) {
  if (mj_park_has(park, MJ_PLAN_UNITS)) MJ_TRY(plan_units(park, err));
  if (mj_park_has(park, MJ_CONTROL_LINES)) MJ_TRY(control_lines(park, err));
  return MJ_OK;
}
