#include <math.h>
#include <stdio.h>

#include "measure/lists.h"
#include "measure/use_places.h"

/* What is doubted, by kind and by the table whose row is named. */
typedef struct {
  mj__faults no_lessor, let_too_much[3], over_leased[3], over_built, over_land, two_owners;
} doubts;

static void open_doubts(mj_park *park, doubts *d) {
  static const mj_table_id ids[] = {MJ_OCCUPANCIES, MJ_FACTORY_UNITS, MJ_ENTERPRISES};
  const mj__faults one = {.park = park, .table = MJ_PARCELS, .field = "floor_area_m2"};
  *d = (doubts){one, {one, one, one}, {one, one, one}, one, one, one};
  for (int k = 0; k < 3; k++) {
    d->let_too_much[k].table = d->over_leased[k].table = ids[k];
    d->let_too_much[k].code = MJ_L_USE_LET_TOO_MUCH;
    d->over_leased[k].code = MJ_L_USE_OVER_LEASED;
    d->over_leased[k].field = "used_area_m2";
  }
  d->no_lessor.table = MJ_OCCUPANCIES; /* only an occupancy says that it is a sub-lease */
  d->no_lessor.code = MJ_L_USE_NO_LESSOR;
  d->no_lessor.field = "lessor_code";
  d->over_built.code = MJ_L_USE_OVER_BUILT;
  d->over_land.code = MJ_L_USE_OVER_LAND;
  d->over_land.field = "land_area_m2";
  d->two_owners.code = MJ_L_USE_TWO_OWNERS;
  d->two_owners.field = "owner_code";
}

static mj_status tell_doubts(const doubts *d) {
  MJ_TRY(mj__tell_faults(&d->two_owners));
  MJ_TRY(mj__tell_faults(&d->no_lessor));
  for (int k = 0; k < 3; k++) MJ_TRY(mj__tell_faults(&d->let_too_much[k]));
  for (int k = 0; k < 3; k++) MJ_TRY(mj__tell_faults(&d->over_leased[k]));
  MJ_TRY(mj__tell_faults(&d->over_built));
  return mj__tell_faults(&d->over_land);
}

static mj_status above(mj__faults *f, int64_t row, double found, double expected) {
  char have[32], want[40];
  if (f->n >= MJ_LEDGER_FEW) return mj__fault(f, row, NULL, NULL); /* it will be a number */
  snprintf(have, sizeof have, "%.2f", found);
  snprintf(want, sizeof want, "<= %.2f", expected);
  return mj__fault(f, row, have, want);
}

static mj_status doubt_use(doubts *d, const mj__use *u) {
  int k = u->source == MJ__FROM_OCCUPANCY ? 0 : u->source == MJ__FROM_UNIT ? 1 : 2;
  if (u->doubt & MJ__NO_LESSOR) MJ_TRY(mj__fault(&d->no_lessor, u->row, NULL, NULL));
  if (u->doubt & MJ__LET_TOO_MUCH) MJ_TRY(above(&d->let_too_much[k], u->row, u->let_m2, u->stated_m2));
  if (u->doubt & MJ__USED_TOO_MUCH) MJ_TRY(above(&d->over_leased[k], u->row, u->own_m2, u->stated_m2 - u->let_m2));
  return MJ_OK;
}

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
      sum[uses->use[u].building] += mj__known(uses->use[u].floor_m2) + mj__known(uses->use[u].unused_m2);
  mj__faults over = {.park = park, .code = MJ_L_USE_OVER_BUILDING, .table = MJ_BUILDINGS, .field = "floor_area_m2"};
  for (int64_t b = 0; b < bt->n; b++)
    if (sum[b] > built[b] * (1 + park->project.checks.use_tolerance)) MJ_TRY(above(&over, b, sum[b], built[b]));
  return mj__tell_faults(&over);
}

/* Two owners on one parcel, or one that the land record does not name. */
static mj_status doubt_owner(doubts *d, const mj__use_tables *t, const mj__use *use, int32_t n, int64_t parcel) {
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
    MJ_TRY(mj__fault(&d->two_owners, parcel, found, expected));
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
  doubts d;
  open_doubts(park, &d);
  for (int64_t p = 0; p < t->n; p++) {
    const mj__use *use = uses->use + uses->at[p];
    const mj__rest *rest = &uses->rest[p];
    int32_t n = uses->at[p + 1] - uses->at[p];
    MJ_TRY(doubt_owner(&d, tables, use, n, p));
    for (int32_t k = 0; k < n; k++)
      if (use[k].doubt) MJ_TRY(doubt_use(&d, &use[k]));
    if (rest->excess_m2 > tolerance * (built ? built[p] : 0) && rest->excess_m2 >= 1)
      MJ_TRY(above(&d.over_built, p, built[p] + rest->excess_m2, built[p]));
    double land = mu ? mu[p] * MJ__M2_PER_MU : (double)NAN;
    if (rest->over_land_m2 > tolerance * land && rest->over_land_m2 >= 1)
      MJ_TRY(above(&d.over_land, p, land + rest->over_land_m2, land));
  }
  MJ_TRY(tell_doubts(&d));
  MJ_TRY(doubt_houses(tables, uses));
  return doubt_buildings(tables, uses);
}
