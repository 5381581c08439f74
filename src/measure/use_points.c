/* Enterprises that name no parcel but tell where they are. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "geom/index.h"
#include "geom/overlap.h"
#include "measure/lists.h"
#include "measure/uses.h"

typedef struct {
  mj_park *park;
  mj_polys polys; /* parcels in degrees of WGS 84 */
  const double *lon, *lat;
  mj_grid grid;
  mj_rows found;
} finder;

/* The only parcel that the point lies in; -1: none, or several. */
static mj_status parcel_at(finder *f, double lon, double lat, int32_t *parcel) {
  static const double NEAR_DEG = 1e-9;
  mj_box at = {lon - NEAR_DEG, lat - NEAR_DEG, lon + NEAR_DEG, lat + NEAR_DEG};
  *parcel = -1;
  MJ_TRY(mj_grid_find(&f->grid, &at, &f->found));
  for (int64_t k = 0; k < f->found.n; k++) {
    if (!mj_point_inside(&f->polys, f->found.row[k], lon, lat)) continue;
    if (*parcel >= 0) {
      *parcel = -1;
      return MJ_OK;
    }
    *parcel = f->found.row[k];
  }
  return MJ_OK;
}

static mj_status index_parcels(finder *f) {
  const mj_table *t = &f->park->table[MJ_PARCELS];
  mj_box *box = mj_arena_alloc(&f->park->scratch, (size_t)t->n + 1, sizeof *box);
  if (!box) return MJ_ENOMEM;
  f->polys = mj_geom_view(&t->geom);
  f->polys.x = f->park->lon_deg;
  f->polys.y = f->park->lat_deg;
  mj_geom_boxes(&f->polys, box);
  return mj_grid_build(box, t->n, NULL, 0, f->park->project.threads, &f->grid);
}

/* Points are tried on rows that name their parcel: addresses from web maps lie half a kilometre off (GCJ-02), and a
 * point that is off is somebody else's land. */
static mj_status try_points(finder *f, const mj__use_tables *t, int64_t *tried, int64_t *hit) {
  const mj_table *et = &f->park->table[MJ_ENTERPRISES];
  *tried = *hit = 0;
  for (int64_t i = 0; i < et->n; i++) {
    int32_t parcel;
    if (t->row_parcel[i] < 0 || isnan(f->lon[i]) || isnan(f->lat[i])) continue;
    MJ_TRY(parcel_at(f, f->lon[i], f->lat[i], &parcel));
    ++*tried;
    *hit += parcel == t->row_parcel[i];
  }
  return MJ_OK;
}

static mj_status note_points(mj_park *park, int64_t wanted, int64_t tried, int64_t hit) {
  char found[64], expected[64];
  if (!wanted) return MJ_OK;
  snprintf(found, sizeof found, "%lld / %lld", (long long)hit, (long long)tried);
  snprintf(expected, sizeof expected, ">= %g (%g)", park->project.checks.point_share,
           park->project.checks.point_rows_min);
  return mj__note(park, MJ_L_USE_POINTS_DOUBTED, MJ_ENTERPRISES, -1, "lon_deg", found, expected);
}

/* Parcels of the rows that name none, one entry a row of the run's year. */
static mj_status find_points(finder *f, mj__use_tables *t, const char **parcel) {
  mj_park *park = f->park;
  const mj_table *et = &park->table[MJ_ENTERPRISES];
  const char **id = mj_table_text(&park->table[MJ_PARCELS], "parcel_id");
  mj__faults told = {.park = park, .code = MJ_L_USE_FROM_POINT, .table = MJ_ENTERPRISES, .field = "lon_deg"};
  for (int64_t i = 0; i < et->n; i++) {
    char found[64];
    t->row_point[i] = -1;
    if ((parcel && parcel[i]) || isnan(f->lon[i]) || isnan(f->lat[i])) continue;
    MJ_TRY(parcel_at(f, f->lon[i], f->lat[i], &t->row_point[i]));
    if (t->row_point[i] < 0 || t->row_year[i] != park->project.year) continue;
    snprintf(found, sizeof found, "%.6f, %.6f", f->lon[i], f->lat[i]);
    MJ_TRY(mj__fault(&told, i, found, id ? id[t->row_point[i]] : NULL));
  }
  return mj__tell_faults(&told);
}

static mj_status look(finder *f, mj__use_tables *t) {
  const mj_table *et = &f->park->table[MJ_ENTERPRISES];
  const char **parcel = mj_table_text(et, "parcel_id");
  const mj_check_limits *limit = &f->park->project.checks;
  int64_t tried, hit, wanted = 0, told = 0;
  for (int64_t i = 0; i < et->n; i++) {
    bool here = !isnan(f->lon[i]) && !isnan(f->lat[i]);
    told += here;
    wanted += here && !(parcel && parcel[i]);
  }
  if (!told) return MJ_OK;
  MJ_TRY(index_parcels(f));
  MJ_TRY(try_points(f, t, &tried, &hit));
  t->points = (double)tried < limit->point_rows_min              ? MJ__POINTS_UNTRIED
              : (double)hit < limit->point_share * (double)tried ? MJ__POINTS_OFF
                                                                 : MJ__POINTS_FIT;
  if (t->points != MJ__POINTS_FIT) return note_points(f->park, wanted, tried, hit);
  if (!wanted) return MJ_OK;
  t->row_point = mj_arena_alloc(&f->park->scratch, (size_t)et->n + 1, sizeof *t->row_point);
  return t->row_point ? find_points(f, t, parcel) : MJ_ENOMEM;
}

mj_status mj__points_find(mj__use_tables *tables) {
  const mj_table *et = &tables->park->table[MJ_ENTERPRISES];
  finder f = {.park = tables->park, .lon = mj_table_f64(et, "lon_deg"), .lat = mj_table_f64(et, "lat_deg")};
  if (!f.lon || !f.lat || !f.park->lon_deg) return MJ_OK;
  mj_status status = look(&f, tables);
  mj_grid_reset(&f.grid);
  free(f.found.row);
  return status;
}
