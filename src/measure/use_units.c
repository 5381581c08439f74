/* Factory units: where they lie, which stand empty. */
#include "measure/measure.h"
#include "measure/use_places.h"

mj__fate mj__unit_places(const mj__use_tables *t, int64_t unit, mj__place *place, int32_t *n, int32_t *building) {
  const mj_table *units = &t->park->table[MJ_FACTORY_UNITS];
  const char **parcel = mj_table_text(units, "parcel_id"), **house = mj_table_text(units, "building_id");
  mj__fate in_house = mj__find_building(t, house ? house[unit] : NULL, building);
  mj__fate fate = mj__find_parcel(t, parcel ? parcel[unit] : NULL, &place->parcel);
  place->share = 1;
  *n = !fate;
  if (fate != NO_PARCEL_CODE || !house || !house[unit]) return fate;
  return in_house ? in_house : mj__building_places(t, *building, place, n);
}

/* A unit whose tenant is not known and that is said to be empty. */
static bool is_vacant(const mj__use_tables *t, int64_t unit) {
  const char **state = mj_table_text(&t->park->table[MJ_FACTORY_UNITS], "state");
  return state && t->firms.of_unit[unit] < 0 && mj__use_word(&t->words, "state", state[unit]) == MJ__VACANT;
}

static double in_year(const mj__use_tables *t, int64_t unit, int32_t year) {
  const int32_t *since = mj_table_date(&t->park->table[MJ_FACTORY_UNITS], "since");
  return mj__part_of_year(year, since ? since[unit] : MJ_DATE_NULL, MJ_DATE_NULL);
}

void mj__vacant_units(const mj__use_tables *t, int32_t year, double *out, uint8_t *open) {
  const mj_table *units = &t->park->table[MJ_FACTORY_UNITS];
  const double *area = mj_table_f64(units, "floor_area_m2");
  mj__place place[MJ__MOST_PLACES];
  int32_t n, building;
  for (int64_t i = 0; i < units->n; i++) {
    double part = is_vacant(t, i) ? in_year(t, i, year) : 0;
    if (part == 0 || mj__unit_places(t, i, place, &n, &building)) continue;
    bool known = area && area[i] > 0;
    for (int32_t k = 0; k < n && known; k++) out[place[k].parcel] += area[i] * part * place[k].share;
    for (int32_t k = 0; k < n && !known; k++) open[place[k].parcel] = 1;
  }
}
