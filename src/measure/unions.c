#include <math.h>

#include "gis/overlay.h"
#include "measure/measure.h"

/* ---- buildings over each other, on one parcel ---- */

/* Tiers of one building, and others that lie over each other, cover their ground once: list[n] are the buildings of
 * parcel i that lie on another one; their footprints were added up. */
static double covered_once(mj_park *park, mj_overlay *overlay, int64_t i, const int32_t *list, int32_t n,
                           double added) {
  mj_polys parcels = mj_geom_view(&park->table[MJ_PARCELS].geom),
           houses = mj_geom_view(&park->table[MJ_BUILDINGS].geom);
  double once = mj_overlay_cover(overlay, &parcels, i, &houses, list, n) * park->frame.unit_m * park->frame.unit_m;
  return once < added ? once - added : isnan(once) ? once : 0;
}

static mj_status union_footprints(mj_park *park, const mj_pairs *pairs, const uint8_t *overlaps, double *footprint,
                                  mj_error *err) {
  int32_t *list = mj_arena_alloc(&park->arena, (size_t)park->table[MJ_BUILDINGS].n + 1, sizeof *list);
  mj_overlay *overlay = NULL;
  if (!list) return mj_fail(err, MJ_ENOMEM, "out of memory measuring buildings");
  MJ_TRY(mj_overlay_open(&overlay, err));
  mj_status status = MJ_OK;
  for (int64_t k = 0; k < pairs->n && !status;) {
    int32_t i = pairs->pair[k].a, n = 0;
    double added = 0;
    for (; k < pairs->n && pairs->pair[k].a == i; k++) {
      if (!overlaps[pairs->pair[k].b]) continue;
      added += pairs->pair[k].area;
      list[n++] = pairs->pair[k].b;
    }
    if (n < 2) continue;
    footprint[i] += covered_once(park, overlay, i, list, n, added);
    if (isnan(footprint[i]) && mj__note(park, MJ_L_OVERLAY_FAILED, MJ_PARCELS, i, "footprint_m2", NULL, NULL))
      status = mj_fail(err, MJ_ENOMEM, "out of memory measuring buildings");
  }
  mj_overlay_close(overlay);
  return status;
}

mj_status mj__footprints_once(mj_park *park, const mj_pairs *on, const mj_pairs *overlaps, double *footprint,
                              mj_error *err) {
  uint8_t *is = mj_arena_alloc(&park->arena, (size_t)park->table[MJ_BUILDINGS].n + 1, 1);
  if (!is) return mj_fail(err, MJ_ENOMEM, "out of memory measuring buildings");
  for (int64_t k = 0; k < overlaps->n; k++) is[overlaps->pair[k].a] = is[overlaps->pair[k].b] = 1;
  return overlaps->n ? union_footprints(park, on, is, footprint, err) : MJ_OK;
}

/* ---- parcels over each other, under one building ---- */

/* Noise of GEOS's areas, as a share of them. */
static const double NOISE = 1e-9;

/* Ground of building j on the parcels list[n], added up where they do not lie over each other. */
static double ground_of(mj_park *park, mj_overlay *overlay, int64_t j, const int32_t *list, int32_t n, double added) {
  mj_polys parcels = mj_geom_view(&park->table[MJ_PARCELS].geom),
           houses = mj_geom_view(&park->table[MJ_BUILDINGS].geom);
  double once = mj_overlay_cover(overlay, &houses, j, &parcels, list, n) * park->frame.unit_m * park->frame.unit_m;
  return isnan(once) || once < added * (1 - NOISE) - mj__no_overlap_m2 ? once : added;
}

/* Buildings on several parcels: parcels list[end[j]] .. list[end[j+1]-1] bear building j. */
typedef struct {
  int64_t n, *end;
  int32_t *list;
  uint8_t *over; /* [parcels] lies on another one that bears a building with it */
} bearers;

static mj_status find_bearers(mj_park *park, const mj_pairs *on, bearers *s) {
  int64_t n = s->n = park->table[MJ_BUILDINGS].n;
  s->end = mj_arena_alloc(&park->arena, (size_t)n + 2, sizeof *s->end);
  s->list = mj_arena_alloc(&park->arena, (size_t)on->n + 1, sizeof *s->list);
  s->over = mj_arena_alloc(&park->arena, (size_t)park->table[MJ_PARCELS].n + 1, 1);
  if (!s->end || !s->list || !s->over) return MJ_ENOMEM;
  for (int64_t k = 0; k < on->n; k++) s->end[on->pair[k].b + 2]++;
  for (int64_t j = 0; j < n; j++) s->end[j + 2] += s->end[j + 1];
  for (int64_t k = 0; k < on->n; k++) s->list[s->end[on->pair[k].b + 1]++] = on->pair[k].a; /* now end[j] begins j */
  return MJ_OK;
}

/* Which of the parcels that share a building lie over each other: most only meet, and signs tell that without GEOS. */
static mj_status find_overlaps(mj_park *park, bearers *s) {
  mj_polys parcels = mj_geom_view(&park->table[MJ_PARCELS].geom);
  int32_t *row = mj_arena_alloc(&park->arena, (size_t)parcels.n + 1, sizeof *row);
  mj_geom some = {.kind = MJ_GEOM_POLYGON};
  mj_pairs pairs = {0};
  mj_status status = row ? MJ_OK : MJ_ENOMEM;
  for (int64_t j = 0; j < s->n; j++)
    for (int64_t k = s->end[j]; s->end[j + 1] - s->end[j] > 1 && k < s->end[j + 1]; k++) s->over[s->list[k]] = 1;
  for (int64_t i = 0; i < parcels.n && !status; i++) {
    if (!s->over[i]) continue;
    s->over[i] = 0;
    row[some.n] = (int32_t)i;
    status = mj_geom_push_row(&some, &parcels, i);
  }
  mj_polys view = mj_geom_view(&some);
  if (!status) status = mj_overlap_self(&view, park->project.threads, &pairs);
  for (int64_t k = 0; k < pairs.n && !status; k++) {
    if (pairs.pair[k].area * park->frame.unit_m * park->frame.unit_m <= mj__no_overlap_m2) continue; /* NaN is one */
    s->over[row[pairs.pair[k].a]] = s->over[row[pairs.pair[k].b]] = 1;
  }
  mj_pairs_reset(&pairs);
  mj_geom_reset(&some);
  return status;
}

mj_status mj__ground_on_parcels(mj_park *park, const mj_pairs *on, const double *added, double *once, mj_error *err) {
  mj_overlay *overlay = NULL;
  bearers s;
  if (find_bearers(park, on, &s) || find_overlaps(park, &s))
    return mj_fail(err, MJ_ENOMEM, "out of memory measuring buildings");
  MJ_TRY(mj_overlay_open(&overlay, err));
  for (int64_t j = 0; j < s.n; j++) {
    int64_t first = s.end[j], over = 0;
    for (int64_t k = first; k < s.end[j + 1]; k++) over += s.over[s.list[k]];
    once[j] = added[j];
    if (over > 1 && !isnan(added[j]))
      once[j] = ground_of(park, overlay, j, s.list + first, (int32_t)(s.end[j + 1] - first), added[j]);
  }
  mj_overlay_close(overlay);
  return MJ_OK;
}
