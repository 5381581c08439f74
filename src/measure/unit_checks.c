#include <math.h>
#include <stdio.h>
#include <string.h>

#include "measure/doubts.h"
#include "measure/units.h"

static mj_status check_houses(mj__units *u) {
  mj__faults none = {.park = u->park, .code = MJ_L_UNIT_NO_BUILDING, .table = MJ_FACTORY_UNITS, .field = "building_id"};
  if (!mj_park_has(u->park, MJ_BUILDINGS)) return MJ_OK;
  for (int64_t i = 0; i < u->t->n; i++)
    if (u->house[i] < 0) MJ_TRY(mj__fault(&none, i, u->building ? u->building[i] : NULL, NULL));
  return mj__tell_faults(&none);
}

static mj_status check_areas(mj__units *u) {
  mj__faults none = {.park = u->park, .code = MJ_L_UNIT_NO_AREA, .table = MJ_FACTORY_UNITS, .field = "floor_area_m2"};
  char found[32];
  for (int64_t i = 0; i < u->t->n; i++) {
    bool said = u->area && !isnan(u->area[i]);
    if (said && u->area[i] > 0) continue;
    if (said) snprintf(found, sizeof found, "%g", u->area[i]);
    MJ_TRY(mj__fault(&none, i, said ? found : NULL, said ? "> 0" : NULL));
  }
  return mj__tell_faults(&none);
}

static mj_status check_days(mj__units *u) {
  mj__faults later = {.park = u->park, .code = MJ_L_UNIT_SINCE_LATER, .table = MJ_FACTORY_UNITS, .field = "since"};
  int32_t day = mj__as_of(u->park);
  char since[11], latest[11];
  for (int64_t i = 0; u->since && day != MJ_DATE_NULL && i < u->t->n; i++) {
    if (u->since[i] == MJ_DATE_NULL || u->since[i] <= day) continue;
    mj_date_format(u->since[i], since);
    mj_date_format(day, latest);
    MJ_TRY(mj__fault(&later, i, since, latest));
  }
  return mj__tell_faults(&later);
}

/* One unit twice: same number in the same building, or on the same parcel where no building is said. */
static mj_status check_repeats(mj__units *u) {
  mj__faults again = {.park = u->park, .code = MJ_L_UNIT_REPEATED, .table = MJ_FACTORY_UNITS, .field = "unit_id"};
  const char **parcel = mj_table_text(u->t, "parcel_id");
  mj_arena arena = {0};
  mj_keymap seen = {0};
  mj_status status = MJ_OK;
  int32_t number;
  char first[120];
  for (int64_t i = 0; u->unit && i < u->t->n && !status; i++) {
    const char *house = u->building ? u->building[i] : NULL, *land = parcel && parcel[i] ? parcel[i] : "";
    if (!u->unit[i]) continue;
    const char *key = mj__unit_key(&arena, house ? 'b' : 'p', house ? house : land, u->unit[i]);
    status = key ? mj_keymap_add(&seen, key, (int32_t)i, &number) : MJ_ENOMEM;
    if (status || seen.count[number] == 1) continue;
    snprintf(first, sizeof first, mj_tr(u->park->project.lang, "also row %lld"),
             (long long)mj_table_source_row(u->t, seen.first[number]));
    status = mj__fault(&again, i, first, NULL);
  }
  if (!status) status = mj__tell_faults(&again);
  mj_keymap_reset(&seen);
  mj_arena_reset(&arena);
  return status;
}

/* Areas come rounded to hundredths: so far their sum may be off without anything being wrong. */
static const double ROUNDED_M2 = 0.005;

static mj_status check_house(mj__units *u, mj__faults *over, int64_t house, double sum, int64_t n, double floor) {
  mj_lang lang = u->park->project.lang;
  mj__digits units, area, excess;
  char found[240], expected[120];
  if (!(sum > floor + ROUNDED_M2 * (double)(n + 1))) return MJ_OK;
  snprintf(found, sizeof found, mj_tr(lang, "%lld units of %s m2, %s m2 more than the building"), (long long)n,
           mj__digits_of(sum, &units), mj__digits_of(sum - floor, &excess));
  snprintf(expected, sizeof expected, mj_tr(lang, "floor area %s m2"), mj__digits_of(floor, &area));
  return mj__fault(over, house, found, expected);
}

static mj_status check_sums(mj__units *u) {
  const double *floor = mj_table_f64(&u->park->table[MJ_BUILDINGS], "floor_area_m2");
  mj__faults over = {
      .park = u->park, .code = MJ_L_UNITS_OVER_BUILDING, .table = MJ_BUILDINGS, .field = "floor_area_m2"};
  size_t houses = (size_t)u->houses.n + 1;
  mj_arena *arena = &u->park->arena;
  mj_sum *sum = mj_arena_alloc(arena, houses, sizeof *sum);
  int64_t *n = mj_arena_alloc(arena, houses, sizeof *n), *row = mj_arena_alloc(arena, houses, sizeof *row);
  if (!sum || !n || !row) return MJ_ENOMEM;
  for (int64_t i = 0; floor && u->area && i < u->t->n; i++) {
    int32_t k = u->house_number[i];
    if (k < 0 || u->house[i] < 0 || !(u->area[i] > 0)) continue;
    mj_sum_add(&sum[k], u->area[i]);
    n[k]++;
    row[k] = u->house[i];
  }
  for (int32_t k = 0; k < u->houses.n; k++)
    if (n[k]) MJ_TRY(check_house(u, &over, row[k], mj_sum_value(&sum[k]), n[k], floor[row[k]]));
  return mj__tell_faults(&over);
}

mj_status mj__check_units(mj__units *u) {
  MJ_TRY(check_houses(u));
  MJ_TRY(check_areas(u));
  MJ_TRY(check_days(u));
  MJ_TRY(check_repeats(u));
  return check_sums(u);
}
