#include <math.h>
#include <stdio.h>

#include "measure/lists.h"
#include "measure/use_places.h"

static const mj_table_id source_table[] = {[MJ__FROM_OCCUPANCY] = MJ_OCCUPANCIES,
                                           [MJ__FROM_UNIT] = MJ_FACTORY_UNITS,
                                           [MJ__FROM_CODE] = MJ_ENTERPRISES,
                                           [MJ__FROM_LIST] = MJ_ENTERPRISES,
                                           [MJ__FROM_POINT] = MJ_ENTERPRISES};

static mj_status tell(mj_park *park, mj_ledger_code code, mj_table_id id, int64_t row, const char *field, double found,
                      double expected) {
  char have[32], want[40];
  snprintf(have, sizeof have, "%.2f", found);
  snprintf(want, sizeof want, "<= %.2f", expected);
  return mj__note(park, code, id, row, field, have, want);
}

static mj_status doubt_use(mj_park *park, const mj__use *u) {
  mj_table_id id = source_table[u->source];
  if (u->doubt & MJ__NO_LESSOR) MJ_TRY(mj__note(park, MJ_L_USE_NO_LESSOR, id, u->row, "lessor_code", NULL, NULL));
  if (u->doubt & MJ__LET_TOO_MUCH)
    MJ_TRY(tell(park, MJ_L_USE_LET_TOO_MUCH, id, u->row, "floor_area_m2", u->let_m2, u->stated_m2));
  if (u->doubt & MJ__USED_TOO_MUCH)
    MJ_TRY(tell(park, MJ_L_USE_OVER_LEASED, id, u->row, "used_area_m2", u->own_m2, u->stated_m2 - u->let_m2));
  return MJ_OK;
}

static double known(double v) { return isnan(v) ? 0 : v; }

/* Floor in use or let in each building against its floor area. */
static mj_status doubt_buildings(const mj__use_tables *t, const mj__uses *uses) {
  mj_park *park = t->park;
  const mj_table *bt = &park->table[MJ_BUILDINGS];
  const double *built = mj_table_f64(bt, "floor_area_m2");
  double *sum = built ? mj_arena_alloc(&park->arena, (size_t)bt->n + 1, sizeof *sum) : NULL;
  if (!built) return MJ_OK;
  if (!sum) return MJ_ENOMEM;
  for (int32_t u = 0; u < uses->n; u++)
    if (uses->use[u].building >= 0 && !uses->use[u].rest)
      sum[uses->use[u].building] += known(uses->use[u].floor_m2) + known(uses->use[u].unused_m2);
  for (int64_t b = 0; b < bt->n; b++)
    if (sum[b] > built[b] * (1 + park->project.checks.use_tolerance))
      MJ_TRY(tell(park, MJ_L_USE_OVER_BUILDING, MJ_BUILDINGS, b, "floor_area_m2", sum[b], built[b]));
  return MJ_OK;
}

/* Two owners on one parcel, or one that the land record does not name. */
static mj_status doubt_owner(const mj__use_tables *t, const mj__use *use, int32_t n, int64_t parcel) {
  int32_t owner = t->firms.owner[parcel], first = -1;
  for (int32_t k = 0; k < n; k++) {
    const mj__use *u = &use[k];
    if (u->role != MJ__OWNER || u->firm < 0 || u->source != MJ__FROM_OCCUPANCY || u->firm == first) continue;
    int32_t other = first >= 0 ? first : owner;
    if (first < 0) first = u->firm;
    if (other < 0 || other == u->firm) continue;
    const mj__firms *f = &t->firms;
    const char *found = f->code[u->firm] ? f->code[u->firm] : f->name[u->firm],
               *expected = f->code[other] ? f->code[other] : f->name[other];
    MJ_TRY(mj__note(t->park, MJ_L_USE_TWO_OWNERS, MJ_PARCELS, parcel, "owner_code", found, expected));
  }
  return MJ_OK;
}

/* Occupancies that are on a parcel and name a building that cannot be found. */
static mj_status doubt_houses(const mj__use_tables *t, const mj__uses *uses) {
  static const mj_table_id id = MJ_OCCUPANCIES;
  mj_park *park = t->park;
  const char **house = mj_table_text(&park->table[id], "building_id");
  uint8_t *lost = house ? mj_arena_alloc(&park->arena, (size_t)park->table[id].n + 1, 1) : NULL;
  mj__faults faults = {.park = park, .code = MJ_L_USE_NO_BUILDING, .table = id, .field = "building_id"};
  if (!house) return MJ_OK;
  if (!lost) return MJ_ENOMEM;
  for (int32_t k = 0; k < uses->n; k++) {
    const mj__use *u = &uses->use[k];
    if (u->source == MJ__FROM_OCCUPANCY && u->building < 0 && house[u->row]) lost[u->row] = 1;
  }
  for (int64_t i = 0; i < park->table[id].n; i++)
    if (lost[i]) MJ_TRY(mj__fault(&faults, i, house[i], NULL));
  return mj__tell_faults(&faults);
}

mj_status mj__uses_doubt(const mj__use_tables *tables, const mj__uses *uses) {
  mj_park *park = tables->park;
  const mj_table *t = &park->table[MJ_PARCELS];
  const double *built = mj_table_f64(t, "floor_area_m2"), *mu = mj_table_f64(t, "area_mu");
  double tolerance = park->project.checks.use_tolerance;
  for (int64_t p = 0; p < t->n; p++) {
    const mj__use *use = uses->use + uses->at[p];
    const mj__rest *rest = &uses->rest[p];
    int32_t n = uses->at[p + 1] - uses->at[p];
    MJ_TRY(doubt_owner(tables, use, n, p));
    for (int32_t k = 0; k < n; k++)
      if (use[k].doubt) MJ_TRY(doubt_use(park, &use[k]));
    if (rest->excess_m2 > tolerance * (built ? built[p] : 0) && rest->excess_m2 >= 1)
      MJ_TRY(tell(park, MJ_L_USE_OVER_BUILT, MJ_PARCELS, p, "floor_area_m2", built[p] + rest->excess_m2, built[p]));
    double land = mu ? mu[p] * MJ__M2_PER_MU : (double)NAN;
    if (rest->over_land_m2 > tolerance * land && rest->over_land_m2 >= 1)
      MJ_TRY(tell(park, MJ_L_USE_OVER_LAND, MJ_PARCELS, p, "land_area_m2", land + rest->over_land_m2, land));
  }
  MJ_TRY(doubt_houses(tables, uses));
  return doubt_buildings(tables, uses);
}
