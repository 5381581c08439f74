#include <math.h>
#include <string.h>

#include "plan/fit.h"

typedef struct {
  int64_t row; /* of buildings */
  double plate_m2;
  int storeys; /* that can be added; -1: not known */
} candidate;

/* Storeys that one building carries more, within @p height_m; -1 where its structure, age or height is not known and
 * decides. */
static int storeys_of(const mj_park *park, int64_t row, double height_m) {
  const mj_table *t = &park->table[MJ_BUILDINGS];
  const mj_fit_norms *norms = &park->project.fit;
  const char **structure = mj_table_text(t, "structure");
  const double *height = mj_table_f64(t, "height_m");
  const int64_t *built = mj_table_i64(t, "year_built");
  const mj_fit_structure *s = mj_fit_structure_of(norms, structure ? structure[row] : NULL);
  int year = 0, month, day;
  if (!s || !s->known) return -1;
  if (s->storeys_add < 1) return 0;
  bool dated = park->project.as_of != MJ_DATE_NULL; /* without a day no age is known */
  bool aged = dated && built && built[row] != MJ_I64_NULL;
  if (dated) mj_date_to_ymd(park->project.as_of, &year, &month, &day);
  if (aged && (double)(year - built[row]) > s->age_max_years) return 0;
  double now = height ? height[row] : (double)NAN;
  if (now >= height_m) return 0;
  if (!aged || isnan(now)) return -1;
  double most = now <= norms->limits.multi_height_m ? fmin(height_m, norms->limits.multi_height_m) : height_m;
  int more = (int)floor((most - now) / norms->limits.add_upper_m + 1e-9);
  return more < s->storeys_add ? (more > 0 ? more : 0) : s->storeys_add;
}

/* Footprint of a building on the parcel, m2. parcel_buildings is in order of parcels. */
static double footprint_on(const mj_park *park, int64_t parcel, int64_t building) {
  const mj_table *t = &park->table[MJ_PARCEL_BUILDINGS];
  const int64_t *p = mj_table_i64(t, "parcel_row"), *b = mj_table_i64(t, "building_row");
  const double *m2 = mj_table_f64(t, "footprint_m2");
  int64_t lo = 0, hi = p && b && m2 ? t->n : 0;
  while (lo < hi) {
    int64_t middle = lo + (hi - lo) / 2;
    if (p[middle] < parcel + 1) lo = middle + 1;
    else hi = middle;
  }
  for (; p && lo < t->n && p[lo] == parcel + 1; lo++)
    if (b[lo] == building + 1) return m2[lo];
  return 0;
}

static void largest_first(candidate *c, int32_t n) {
  for (int32_t i = 1; i < n; i++)
    for (int32_t k = i; k > 0 && c[k - 1].plate_m2 < c[k].plate_m2; k--) {
      candidate swap = c[k];
      c[k] = c[k - 1];
      c[k - 1] = swap;
    }
}

mj_status mj__fit_add_storeys(const mj__fit *fit, mj_arena *arena, const mj__fit_parcel *parcel, double standing_m2,
                              double floor_m2, mj__fit_result *out, mj__fit_added **added) {
  const mj_plot *plot = &parcel->site.plot;
  const mj__fit_facts *f = &parcel->facts;
  const mj_fit_limits *l = &fit->park->project.fit.limits;
  int32_t n = 0;
  candidate *c = mj_arena_alloc(arena, (size_t)(plot->n_obstacles - plot->n_fixed) + 1, sizeof *c);
  *added = mj_arena_alloc(arena, (size_t)(plot->n_obstacles - plot->n_fixed) + 1, sizeof **added);
  if (!c || !*added) return MJ_ENOMEM;
  for (int32_t k = plot->n_fixed; k < plot->n_obstacles; k++) {
    int64_t row = parcel->site.row[k];
    c[n++] = (candidate){row, footprint_on(fit->park, f->row, row), storeys_of(fit->park, row, f->height_m)};
  }
  largest_first(c, n);
  for (int k = 0; k < MJ__BINDS; k++) out->ceiling_m2[k] = (double)NAN;
  double room = isnan(f->cap) ? (double)INFINITY : f->cap * f->land_m2 - floor_m2, could = 0;
  if (!isnan(f->cap)) out->ceiling_m2[MJ__BIND_PLOT_RATIO] = fmax(room, 0);
  for (int32_t i = 0; i < n; i++) {
    if (c[i].plate_m2 < l->add_storeys_min_m2) continue;
    if (c[i].storeys < 0) out->unknown++;
    if (c[i].storeys < 1) continue;
    int fits = (int)fmin(floor(fmax(room - out->gross_m2, 0) / c[i].plate_m2 + 1e-9), c[i].storeys);
    could += c[i].plate_m2 * c[i].storeys;
    if (fits < 1) continue;
    out->gross_m2 += c[i].plate_m2 * fits;
    if (!out->modules || fits < out->storeys_least) out->storeys_least = fits;
    if (fits > out->storeys_most) out->storeys_most = fits;
    (*added)[out->modules++] = (mj__fit_added){c[i].row, c[i].plate_m2 * fits, fits};
  }
  out->known = out->gross_m2 > 0 || !out->unknown;
  out->ceiling_m2[MJ__BIND_STRUCTURE] = could;
  out->capacity_m2 = could;
  out->cap_breakpoint = (floor_m2 + could) / f->land_m2;
  bool structure = !(out->ceiling_m2[MJ__BIND_PLOT_RATIO] <= could);
  out->binding = structure ? MJ__BIND_STRUCTURE : MJ__BIND_PLOT_RATIO;
  out->second = isnan(f->cap) ? MJ__BIND_NONE : structure ? MJ__BIND_PLOT_RATIO : MJ__BIND_STRUCTURE;
  out->plot_ratio = (floor_m2 + out->gross_m2) / f->land_m2;
  out->coverage = standing_m2 / f->land_m2;
  out->gap_m2 = f->cap * f->land_m2 - floor_m2 - out->gross_m2;
  return MJ_OK;
}
