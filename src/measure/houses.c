#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "geom/facing.h"
#include "measure/topology.h"

static bool same_value(const double *v, int32_t a, int32_t b) {
  return !v || v[a] == v[b] || (isnan(v[a]) && isnan(v[b]));
}

/* Shapes that agree with the storeys and the registered area are one building drawn twice; shapes of which one lies in
 * the other are tiers. */
static mj_ledger_code kind_of(const mj_park *park, const mj_pair *p) {
  const mj_table *t = &park->table[MJ_BUILDINGS];
  const mj_check_limits *is = &park->project.checks;
  const double *footprint = mj_table_f64(t, "footprint_m2");
  double one = footprint[p->a], two = footprint[p->b];
  if (p->area >= is->same_share * fmax(one, two) && same_value(mj_table_f64(t, "floors"), p->a, p->b) &&
      same_value(mj_table_f64(t, "height_m"), p->a, p->b) &&
      same_value(mj_table_f64(t, "floor_area_registered_m2"), p->a, p->b))
    return MJ_L_BUILDINGS_DUPLICATE;
  return p->area >= is->tier_inside_share * fmin(one, two) ? MJ_L_BUILDINGS_STACKED : MJ_L_BUILDINGS_OVERLAP;
}

static mj_status tell_pair(mj_park *park, mj_marks *marks, const mj_pair *pair, mj_ledger_code code, bool entry,
                           const mj_polys *common, const mj_left *left, int64_t k) {
  mj_lang lang = park->project.lang;
  const double *footprint = mj_table_f64(&park->table[MJ_BUILDINGS], "footprint_m2");
  bool swapped = footprint[pair->b] < footprint[pair->a] && code == MJ_L_BUILDINGS_STACKED; /* the smaller is on top */
  char text[240], name[64];
  mj__finding f = {.code = code,
                   .id = MJ_BUILDINGS,
                   .other_id = MJ_BUILDINGS,
                   .row = swapped ? pair->b : pair->a,
                   .other = swapped ? pair->a : pair->b,
                   .area_m2 = pair->area,
                   .width_m = mj__width_m(park, common, left, k),
                   .major = code == MJ_L_BUILDINGS_DUPLICATE};
  const char *other = mj__called(park, MJ_BUILDINGS, f.other, name);
  if (code == MJ_L_BUILDINGS_DUPLICATE)
    snprintf(text, sizeof text, mj_tr(lang, "the same shape as %s: %.2f m2 in common"), other, f.area_m2);
  else if (code == MJ_L_BUILDINGS_STACKED)
    snprintf(text, sizeof text, mj_tr(lang, "stands on %s: %.2f m2"), other, f.area_m2);
  else if (isnan(f.width_m)) snprintf(text, sizeof text, mj_tr(lang, "overlaps %s: %.2f m2"), other, f.area_m2);
  else snprintf(text, sizeof text, mj_tr(lang, "overlaps %s: %.2f m2, %.3f m wide"), other, f.area_m2, f.width_m);
  return mj__report(park, marks, &f, text, entry, common, k);
}

static mj_status tell_overlaps(mj_park *park, mj_marks *marks, const mj_pairs *pairs, const mj_geom *common,
                               const mj_left *left) {
  mj_polys g = mj_geom_view(common);
  int64_t stacked = 0;
  char text[80];
  for (int64_t k = 0; k < pairs->n; k++) stacked += kind_of(park, &pairs->pair[k]) == MJ_L_BUILDINGS_STACKED;
  for (int64_t k = 0; k < pairs->n; k++) {
    mj_ledger_code code = kind_of(park, &pairs->pair[k]);
    bool entry = code != MJ_L_BUILDINGS_STACKED || stacked <= MJ_LEDGER_FEW;
    MJ_TRY(tell_pair(park, marks, &pairs->pair[k], code, entry, &g, left, k));
  }
  if (stacked <= MJ_LEDGER_FEW) return MJ_OK;
  snprintf(text, sizeof text, mj_tr(park->project.lang, "%lld buildings"), (long long)stacked);
  return mj_ledger_add(&park->ledger,
                       (mj_ledger_entry){.code = MJ_L_BUILDINGS_STACKED, .layer = "buildings", .found = text});
}

static mj_status check_overlaps(mj_park *park, const mj_pairs *overlaps, mj_marks *marks, mj_error *err) {
  double least = park->project.checks.overlap_min_m2;
  mj_pairs told = {.pair = malloc(((size_t)overlaps->n + 1) * sizeof *told.pair)};
  mj_geom common = {0};
  const mj_left *left = NULL;
  if (!told.pair) return mj_fail(err, MJ_ENOMEM, "out of memory");
  for (int64_t k = 0; k < overlaps->n; k++)
    if (least > 0 && overlaps->pair[k].area > least) told.pair[told.n++] = overlaps->pair[k];
  mj_status status = mj__common_shapes(park, MJ_BUILDINGS, &told, &common, &left, err);
  if (!status && (status = tell_overlaps(park, marks, &told, &common, left))) mj_fail(err, status, "out of memory");
  mj_geom_reset(&common);
  free(told.pair);
  return status;
}

/* The entry was written where the buildings were measured; here is its place. */
static mj_status mark_off_parcels(mj_park *park, mj_marks *marks) {
  const mj_table *t = &park->table[MJ_BUILDINGS];
  const double *footprint = mj_table_f64(t, "footprint_m2"), *share = mj_table_f64(t, "parcel_share");
  mj_polys g = mj_geom_view(&t->geom);
  for (int64_t j = 0; share && j < t->n; j++) {
    if (!mj__is_off_parcels(park, share[j])) continue;
    mj__finding f = {.code = MJ_L_BUILDING_OFF_PARCEL,
                     .id = MJ_BUILDINGS,
                     .row = j,
                     .other = -1,
                     .area_m2 = footprint[j] * (1 - share[j]),
                     .width_m = (double)NAN};
    MJ_TRY(mj__report(park, marks, &f, NULL, false, &g, j));
  }
  return MJ_OK;
}

mj_status mj__check_buildings(mj_park *park, const mj_pairs *overlaps, mj_error *err) {
  mj_marks marks = {0};
  mj_status status = check_overlaps(park, overlaps, &marks, err);
  if (!status && (status = mark_off_parcels(park, &marks))) mj_fail(err, status, "out of memory");
  if (!status && (status = mj_marks_put(&marks, park))) mj_fail(err, status, "out of memory");
  mj_marks_reset(&marks);
  return status;
}
