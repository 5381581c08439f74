#include <stdlib.h>

#include "measure/attribute.h"
#include "measure/enterprise_map.h"
#include "measure/measure.h"
#include "measure/series.h"
#include "measure/sums.h"

/* The first row of a file in the united table, and the first behind it; the whole table where files are not known. */
static void rows_of_file(const mj_park *park, int32_t file, int64_t *first, int64_t *last) {
  int64_t at = 0;
  *first = 0;
  *last = park->table[MJ_ENTERPRISES].n;
  for (int32_t i = 0, k = 0; i < park->n_sources; i++) {
    if (park->sources[i].role != MJ_ENTERPRISES) continue;
    if (k++ == file) {
      *first = at;
      *last = at + park->sources[i].rows_kept;
    }
    at += park->sources[i].rows_kept;
  }
}

/* A table declared complete makes "no row" mean 0: for the year it is declared for, else for the years it has rows of.
 */
static void find_complete_years(mj__sums *s) {
  const mj_project *project = &s->park->project;
  for (int32_t i = 0, file = 0; i < project->n_inputs; i++) {
    const mj_input *in = &project->inputs[i];
    if (in->role != MJ_ENTERPRISES) continue;
    int64_t first, last;
    rows_of_file(s->park, file++, &first, &last);
    for (int32_t back = 0; in->complete && back < MJ__BACK; back++) {
      int32_t year = project->year - back;
      s->complete[back] = s->complete[back] || in->year == year;
      for (int64_t r = first; r < last && in->year == MJ_DATE_NULL && !s->complete[back]; r++)
        s->complete[back] = s->places.year[r] == year;
    }
  }
}

/* Where the sums went, and where the park tells its users, whose they are. */
static mj_status reconcile(mj_park *park, const mj__places *places) {
  mj__attribution way[MJ__N_WAYS];
  bool told = mj_park_has(park, MJ_OCCUPANCY_SHARES);
  if (told) MJ_TRY(mj__attribute(park, places, way));
  if (told) MJ_TRY(mj__attribution_table(park, places, way));
  return mj__reconcile(park, places, told ? way : NULL);
}

/* Who uses what, where no table says what it yields. */
static mj_status measure_uses(mj_park *park, mj_error *err) {
  mj__places places;
  mj_status status = mj__enterprise_places(park, &places);
  if (!status) status = mj__use_table(park, &places);
  if (!status) status = mj__over_leases(park, &places);
  if (!status) status = reconcile(park, &places);
  mj__places_reset(&places);
  return status ? mj_fail(err, status, "out of memory joining enterprises") : MJ_OK;
}

mj_status mj__measure_enterprises(mj_park *park, mj_error *err) {
  bool used = mj_park_has(park, MJ_OCCUPANCIES) || mj_park_has(park, MJ_FACTORY_UNITS);
  if (!mj_park_has(park, MJ_ENTERPRISES)) /* uses are of a year, which a check of the data may not know */
    return used && park->project.year >= MJ_YEAR_MIN ? measure_uses(park, err) : MJ_OK;
  mj__sums s = {.park = park};
  mj_status status = mj__enterprise_places(park, &s.places);
  if (!status) status = mj__count_rows(&s, 0, MJ__YEARS);
  if (!status) find_complete_years(&s);
  if (!status) status = mj__add_sum_columns(&s);
  if (!status) status = mj__sum_year(&s, 0, true, &park->table[MJ_PARCELS], 0);
  if (!status) status = mj__parcel_years(&s);
  if (!status) status = mj__use_table(park, &s.places);
  if (!status) status = mj__over_leases(park, &s.places);
  if (!status) status = reconcile(park, &s.places);
  if (!status) status = mj__enterprise_series(park, &s.places.tables.firms, s.places.year);
  if (!status) status = mj__enterprise_gaps(park, &s.places, s.rows, s.complete);
  mj_status mapped = status ? MJ_OK : mj__enterprise_map(park, &s.places, err);
  mj__places_reset(&s.places);
  if (mapped) return mapped;
  return status ? mj_fail(err, status, "out of memory joining enterprises") : MJ_OK;
}
