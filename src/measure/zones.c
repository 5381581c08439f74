#include <math.h>
#include <string.h>

#include "measure/measure.h"

/* parcel_zones: one row a pair, with the overlap and its share of the parcel. */
static mj_status long_table(mj_park *park, const mj_pairs *pairs, const char **zone_name) {
  mj_table *t = &park->table[MJ_PARCEL_ZONES];
  const mj_table *parcels = &park->table[MJ_PARCELS];
  const char **id = mj_table_text(parcels, "parcel_id");
  const double *planar = mj_table_f64(parcels, "area_planar_m2");
  mj_status status = mj_table_init(t, "parcel_zones", pairs->n);
  int64_t *row = mj__i64(t, "parcel_row", &status);
  const char **pid = mj__text(t, "parcel_id", &status), **zone = mj__text(t, "zone", &status);
  double *overlap = mj__f64(t, "overlap_m2", &status), *share = mj__f64(t, "share", &status);
  for (int64_t k = 0; k < pairs->n && !status; k++) {
    mj_pair p = pairs->pair[k];
    row[k] = p.a + 1;
    pid[k] = id ? id[p.a] : NULL;
    zone[k] = zone_name ? zone_name[p.b] : NULL;
    overlap[k] = p.area;
    share[k] = p.area / planar[p.a];
  }
  return status;
}

/* Overlaps that add up to this much more than the parcel: zones lie over each other. */
static const double OVER_WHOLE = 1.001;

/* Overlap of one parcel with the zone of pair @p k, up to and with it: a zone may come in several features of one name.
 */
static double of_name(const mj_pairs *pairs, int64_t first, int64_t k, const char **zone_name) {
  const char *name = zone_name ? zone_name[pairs->pair[k].b] : NULL;
  double area = pairs->pair[k].area;
  for (int64_t j = first; j < k; j++) {
    const char *other = zone_name ? zone_name[pairs->pair[j].b] : NULL;
    if (name && other && !strcmp(name, other)) area += pairs->pair[j].area;
  }
  return area;
}

static mj_status assign(mj_park *park, const mj_pairs *pairs, const char **zone_name) {
  mj_table *t = &park->table[MJ_PARCELS];
  const double *planar = mj_table_f64(t, "area_planar_m2");
  mj_status status = MJ_OK;
  const char **zone = mj__text(t, "zone", &status);
  double *share = mj__f64(t, "zone_share", &status);
  int64_t k = 0;
  for (int64_t i = 0; i < t->n && !status; i++) {
    double best = 0, all = 0;
    bool unknown = false;
    int64_t first = k;
    for (; k < pairs->n && pairs->pair[k].a == i; k++) {
      double area = of_name(pairs, first, k, zone_name);
      all += pairs->pair[k].area;
      unknown = unknown || isnan(pairs->pair[k].area);
      if (area > best) {
        best = area;
        zone[i] = zone_name ? zone_name[pairs->pair[k].b] : NULL;
      }
    }
    if (unknown && !(best > planar[i] / 2)) { /* it was told where overlaps were measured */
      zone[i] = NULL;
      continue;
    }
    if (best > 0) share[i] = best / planar[i] > 1 ? 1 : best / planar[i];
    if (all > OVER_WHOLE * planar[i]) MJ_TRY(mj__note(park, MJ_L_ZONES_OVERLAP, MJ_PARCELS, i, "zone", zone[i], NULL));
    if (best > 0 || isnan(planar[i])) continue;
    share[i] = 0;
    status = mj__note(park, MJ_L_PARCEL_OUTSIDE_ZONES, MJ_PARCELS, i, "zone", NULL, NULL);
  }
  return status;
}

mj_status mj__measure_zones(mj_park *park, mj_error *err) {
  if (!mj_park_has(park, MJ_ZONES)) return MJ_OK;
  const char **zone_name = mj_table_text(&park->table[MJ_ZONES], "zone");
  mj_pairs pairs = {0};
  mj_status status = mj__measure_overlaps(park, MJ_ZONES, &pairs, err);
  if (!status && (status = long_table(park, &pairs, zone_name))) mj_fail(err, status, "out of memory assigning zones");
  if (!status && (status = assign(park, &pairs, zone_name))) mj_fail(err, status, "out of memory assigning zones");
  mj_pairs_reset(&pairs);
  return status;
}
