#include <math.h>
#include <stdio.h>
#include <string.h>

#include "measure/measure.h"

/* Columns of the building table; NULL where it does not bring one. */
typedef struct {
  const double *registered, *floors, *height, *storey_height, *ground_height;
  double *footprint, *floor_area, *countable;
  const char **source;
} building_columns;

/* A storey counts twice when it is higher than this. Source: 国土资发〔2008〕24号, 工业项目建设用地控制指标:
 * 层高超过8米. */
static const double DOUBLE_COUNT_M = 8;

static bool over(const double *height, int64_t i) { return height && height[i] > DOUBLE_COUNT_M; }

/* Floor area that counts once more: every storey, the ground storey, or nothing; only where a height says so. */
static double counted_again(const building_columns *b, int64_t i) {
  double floors = b->floors && b->floors[i] > 0 ? b->floors[i] : (double)NAN;
  if (over(b->storey_height, i)) return b->floor_area[i];
  if (over(b->ground_height, i))
    return isnan(floors) ? fmin(b->footprint[i], b->floor_area[i]) : b->floor_area[i] / fmax(floors, 1);
  if (floors <= 1 && over(b->height, i) && !(b->storey_height && b->storey_height[i] > 0) &&
      !(b->ground_height && b->ground_height[i] > 0))
    return b->floor_area[i];
  return 0;
}

static mj_status own_areas(mj_park *park, building_columns *b) {
  mj_table *t = &park->table[MJ_BUILDINGS];
  mj_status status = MJ_OK;
  *b = (building_columns){.registered = mj_table_f64(t, "floor_area_registered_m2"),
                          .floors = mj_table_f64(t, "floors"),
                          .height = mj_table_f64(t, "height_m"),
                          .storey_height = mj_table_f64(t, "storey_height_m"),
                          .ground_height = mj_table_f64(t, "ground_storey_height_m")};
  b->footprint = mj__f64(t, "footprint_m2", &status);
  b->floor_area = mj__f64(t, "floor_area_m2", &status);
  b->countable = mj__f64(t, "countable_floor_area_m2", &status);
  b->source = mj__text(t, "floor_area_source", &status);
  if (status) return status;
  mj_polys polys = mj_geom_view(&t->geom);
  mj_area_planar(&polys, b->footprint);
  for (int64_t i = 0; i < t->n; i++) {
    b->footprint[i] *= park->frame.unit_m * park->frame.unit_m;
    if (b->registered && b->registered[i] > 0) {
      b->floor_area[i] = b->registered[i];
      b->source[i] = "registered";
    } else if (b->floors && b->floors[i] > 0) {
      b->floor_area[i] = b->footprint[i] * b->floors[i];
      b->source[i] = "storeys";
    }
    b->countable[i] = b->floor_area[i] + counted_again(b, i);
  }
  return MJ_OK;
}

static mj_status long_table(mj_park *park, const mj_pairs *pairs, const building_columns *b) {
  mj_table *t = &park->table[MJ_PARCEL_BUILDINGS];
  const char **pid = mj_table_text(&park->table[MJ_PARCELS], "parcel_id"),
             **bid = mj_table_text(&park->table[MJ_BUILDINGS], "building_id");
  mj_status status = mj_table_init(t, "parcel_buildings", pairs->n);
  int64_t *parcel_row = mj__i64(t, "parcel_row", &status), *building_row = mj__i64(t, "building_row", &status);
  const char **parcel = mj__text(t, "parcel_id", &status), **building = mj__text(t, "building_id", &status);
  double *footprint = mj__f64(t, "footprint_m2", &status), *share = mj__f64(t, "share", &status);
  double *floor_area = mj__f64(t, "floor_area_m2", &status);
  for (int64_t k = 0; k < pairs->n && !status; k++) {
    mj_pair p = pairs->pair[k];
    parcel_row[k] = p.a + 1;
    building_row[k] = p.b + 1;
    parcel[k] = pid ? pid[p.a] : NULL;
    building[k] = bid ? bid[p.b] : NULL;
    footprint[k] = p.area;
    share[k] = p.area / b->footprint[p.b];
    floor_area[k] = b->floor_area[p.b] * share[k];
  }
  return status;
}

/* Where the buildings' floor area came from, when they agree. */
static const char *joint(const char *a, const char *b) { return !a || !strcmp(a, b) ? b : "registered+storeys"; }

typedef struct {
  int64_t *count;
  double *footprint, *floor_area, *countable;
  const char **source;
} parcel_sums;

static mj_status add_sums_columns(mj_table *t, parcel_sums *s) {
  mj_status status = MJ_OK;
  s->count = mj__i64(t, "building_count", &status);
  s->footprint = mj__f64(t, "footprint_m2", &status);
  s->floor_area = mj__f64(t, "floor_area_m2", &status);
  s->source = mj__text(t, "floor_area_source", &status);
  s->countable = mj__f64(t, "countable_floor_area_m2", &status);
  return status;
}

/* Sum the buildings of parcel i, pairs [k, end): one without a floor area makes the sum unknown. */
static void sum_parcel(const mj_pairs *pairs, int64_t k, int64_t end, const building_columns *b, const parcel_sums *s,
                       int64_t i) {
  s->count[i] = end - k;
  s->footprint[i] = s->floor_area[i] = s->countable[i] = 0;
  for (; k < end; k++) {
    mj_pair p = pairs->pair[k];
    double share = p.area / b->footprint[p.b];
    s->footprint[i] += p.area;
    s->floor_area[i] += b->floor_area[p.b] * share;
    s->countable[i] += b->countable[p.b] * share;
    if (b->source[p.b]) s->source[i] = joint(s->source[i], b->source[p.b]);
  }
  if (isnan(s->floor_area[i])) s->source[i] = NULL;
}

/* The parcel's own record stands where buildings say nothing, and where no building is mapped though the record has
 * floor area. */
static mj_status use_record(mj_park *park, const parcel_sums *s, bool mapped) {
  mj_table *t = &park->table[MJ_PARCELS];
  const double *record = mj_table_f64(t, "floor_area_recorded_m2");
  double least = park->project.checks.building_sliver_m2; /* a neighbour's wall is no building of its own */
  for (int64_t i = 0; record && i < t->n; i++) {
    bool conflict = mapped && s->footprint[i] <= least && record[i] > 0;
    if (!(record[i] >= 0) || !(isnan(s->floor_area[i]) || conflict)) continue;
    s->floor_area[i] = s->countable[i] = record[i];
    s->source[i] = "record";
    if (conflict) MJ_TRY(mj__note(park, MJ_L_BUILDING_RECORD_CONFLICT, MJ_PARCELS, i, "floor_area_m2", NULL, NULL));
  }
  return MJ_OK;
}

bool mj__is_off_parcels(const mj_park *park, double share) {
  return share == 0 || share < park->project.checks.building_inside_share;
}

bool mj__is_sliver(const mj_park *park, double area_m2, double share) {
  const mj_check_limits *is = &park->project.checks;
  bool small = area_m2 < is->building_sliver_m2 || share < is->building_sliver_share;
  return small && share < is->building_inside_share;
}

/* What stands on parcels, and how often it was counted: added[j] m2 of building j over all parcels, once[j] where they
 * lie over each other. */
static mj_status ledger_of_places(mj_park *park, const building_columns *b, const double *added, const double *once,
                                  double *share) {
  mj_lang lang = park->project.lang;
  double least = park->project.checks.overlap_min_m2;
  char found[120];
  for (int64_t j = 0; j < park->table[MJ_BUILDINGS].n; j++) {
    if (!(b->footprint[j] > 0)) continue;
    share[j] = once[j] > b->footprint[j] ? 1 : once[j] / b->footprint[j];
    if (isnan(share[j])) MJ_TRY(mj__note(park, MJ_L_OVERLAY_FAILED, MJ_BUILDINGS, j, "parcel_share", NULL, NULL));
    if (mj__is_off_parcels(park, share[j])) {
      snprintf(found, sizeof found, mj_tr(lang, "%.1f %% of %.2f m2 lies on parcels"), 100 * share[j], b->footprint[j]);
      MJ_TRY(mj__note(park, MJ_L_BUILDING_OFF_PARCEL, MJ_BUILDINGS, j, NULL, found, NULL));
    }
    double ground = fmin(once[j], b->footprint[j]);
    if (!(added[j] > ground + b->footprint[j] * 1e-9 + least)) continue;
    snprintf(found, sizeof found, mj_tr(lang, "%.2f m2 on parcels that overlap, footprint %.2f m2"), added[j],
             b->footprint[j]);
    MJ_TRY(mj__note(park, MJ_L_BUILDING_COUNTED_TWICE, MJ_BUILDINGS, j, NULL, found, NULL));
  }
  return MJ_OK;
}

static mj_status ledger_of_floors(mj_park *park, const building_columns *b) {
  for (int64_t j = 0; j < park->table[MJ_BUILDINGS].n; j++)
    if (isnan(b->floor_area[j])) MJ_TRY(mj__note(park, MJ_L_BUILDING_NO_FLOORS, MJ_BUILDINGS, j, "floors", NULL, NULL));
  return MJ_OK;
}

/* Sums of each parcel; added[j] m2 of building j over all parcels. */
static mj_status sum_parcels(mj_park *park, const mj_pairs *pairs, const building_columns *b, const parcel_sums *s,
                             int64_t *on, double *added) {
  mj_table *t = &park->table[MJ_PARCELS], *bt = &park->table[MJ_BUILDINGS];
  const double *planar = mj_table_f64(t, "area_planar_m2");
  bool meets = pairs->n || !bt->n; /* a layer that lies elsewhere says nothing of these parcels */
  memset(on, 0, (size_t)bt->n * sizeof *on);
  for (int64_t i = 0, k = 0; i < t->n; i++) {
    int64_t first = k;
    for (; k < pairs->n && pairs->pair[k].a == i; k++) {
      on[pairs->pair[k].b]++;
      added[pairs->pair[k].b] += pairs->pair[k].area;
    }
    if (!isnan(planar[i]) && meets) sum_parcel(pairs, first, k, b, s, i);
  }
  MJ_TRY(use_record(park, s, meets));
  if (!meets)
    return mj_ledger_add(&park->ledger, (mj_ledger_entry){.code = MJ_L_BUILDINGS_MISS_PARCELS, .layer = "buildings"});
  return ledger_of_floors(park, b);
}

/* What each building has on parcels. */
static mj_status places_of(mj_park *park, const mj_pairs *pairs, const building_columns *b, const parcel_sums *s,
                           mj_error *err) {
  mj_table *bt = &park->table[MJ_BUILDINGS];
  mj_status status = MJ_OK;
  int64_t *on = mj__i64(bt, "parcel_count", &status);
  double *share = mj__f64(bt, "parcel_share", &status);
  double *added = mj_arena_alloc(&park->scratch, (size_t)bt->n + 1, sizeof *added);
  double *once = mj_arena_alloc(&park->scratch, (size_t)bt->n + 1, sizeof *once);
  if (status || !added || !once || sum_parcels(park, pairs, b, s, on, added))
    return mj_fail(err, MJ_ENOMEM, "out of memory measuring buildings");
  if (!pairs->n && bt->n) return MJ_OK;
  MJ_TRY(mj__ground_on_parcels(park, pairs, added, once, err));
  status = ledger_of_places(park, b, added, once, share);
  return status ? mj_fail(err, status, "out of memory measuring buildings") : MJ_OK;
}

static mj_status with_buildings(mj_park *park, const mj_pairs *pairs, mj_error *err) {
  building_columns b;
  parcel_sums s;
  mj_status status = own_areas(park, &b);
  if (!status) status = add_sums_columns(&park->table[MJ_PARCELS], &s);
  if (status) return mj_fail(err, status, "out of memory measuring buildings");
  MJ_TRY(places_of(park, pairs, &b, &s, err));
  if (long_table(park, pairs, &b)) return mj_fail(err, MJ_ENOMEM, "out of memory measuring buildings");
  mj_pairs overlaps = {0};
  status = mj__self_overlaps(park, MJ_BUILDINGS, mj__no_overlap_m2, &overlaps, err);
  if (!status) status = mj__footprints_once(park, pairs, &overlaps, s.footprint, err);
  if (!status) status = mj__check_buildings(park, &overlaps, err);
  mj_pairs_reset(&overlaps);
  return status;
}

mj_status mj__measure_buildings(mj_park *park, mj_error *err) {
  mj_pairs pairs = {0};
  mj_status status = MJ_OK;
  if (mj_park_has(park, MJ_BUILDINGS)) {
    status = mj__measure_overlaps(park, MJ_BUILDINGS, &pairs, err);
    if (!status) status = with_buildings(park, &pairs, err);
  } else if (mj_table_f64(&park->table[MJ_PARCELS], "floor_area_recorded_m2")) {
    parcel_sums s;
    status = add_sums_columns(&park->table[MJ_PARCELS], &s);
    if (!status) status = use_record(park, &s, false);
    if (status) mj_fail(err, status, "out of memory measuring buildings");
  }
  mj_pairs_reset(&pairs);
  return status;
}
