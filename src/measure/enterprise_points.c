/* Longitude and latitude that enterprises state, in the frame. */
#include "measure/enterprise_points.h"

#include <math.h>
#include <stdio.h>

#include "gis/crs.h"

/* As far as a layer may lie from the parcels before it is refused. */
static const double FAR_M = 100000;

/* Points of WGS 84 into the frame. */
static mj_status move_all(const mj_park *park, int64_t n, double *x, double *y, mj_error *err) {
  mj_crs *wgs84 = NULL, *frame = NULL;
  mj_status status = mj_crs_open("EPSG:4326", &wgs84, err);
  if (!status) status = mj_crs_reopen(park->frame.wkt, &frame, err);
  if (!status) status = mj_crs_move(wgs84, frame, park->project.threads, n, x, y, err);
  mj_crs_close(frame);
  mj_crs_close(wgs84);
  return status;
}

/* Everything that a shape of the parcels covers. */
static mj_box box_of(const mj_geom *g) {
  mj_box b = {HUGE_VAL, HUGE_VAL, -HUGE_VAL, -HUGE_VAL};
  for (int32_t v = 0; v < g->verts; v++) {
    b.xmin = fmin(b.xmin, g->x[v]);
    b.xmax = fmax(b.xmax, g->x[v]);
    b.ymin = fmin(b.ymin, g->y[v]);
    b.ymax = fmax(b.ymax, g->y[v]);
  }
  return b;
}

static bool is_near(mj_box b, double x, double y, double far) {
  return x >= b.xmin - far && x <= b.xmax + far && y >= b.ymin - far && y <= b.ymax + far;
}

/* Put the points found at their rows; those far away are told. */
static mj_status keep(mj__own_points *o, const double *lon, const double *lat, const int64_t *row, int64_t n,
                      const double *x, const double *y) {
  mj_box all = box_of(&o->park->table[MJ_PARCELS].geom);
  char found[64];
  for (int64_t k = 0; k < n; k++) {
    if (is_near(all, x[k], y[k], FAR_M / o->park->frame.unit_m)) {
      o->x[row[k]] = x[k];
      o->y[row[k]] = y[k];
      continue;
    }
    snprintf(found, sizeof found, "%.6f, %.6f", lon[row[k]], lat[row[k]]);
    MJ_TRY(mj__fault(&o->far, row[k], found, mj_tr(o->park->project.lang, "within 100 km of the parcels")));
  }
  return MJ_OK;
}

static mj_status find(mj__own_points *o, const double *lon, const double *lat, mj_error *err) {
  mj_park *park = o->park;
  size_t rows = (size_t)park->table[MJ_ENTERPRISES].n;
  int64_t n = 0, *row = mj_arena_alloc(&park->scratch, rows + 1, sizeof *row);
  double *x = mj_arena_alloc(&park->scratch, rows + 1, sizeof *x),
         *y = mj_arena_alloc(&park->scratch, rows + 1, sizeof *y);
  o->x = mj_arena_alloc(&park->scratch, rows + 1, sizeof *o->x);
  o->y = mj_arena_alloc(&park->scratch, rows + 1, sizeof *o->y);
  if (!row || !x || !y || !o->x || !o->y) return mj_fail(err, MJ_ENOMEM, "out of memory");
  for (int64_t i = 0; i < (int64_t)rows; i++) {
    o->x[i] = o->y[i] = (double)NAN;
    if (o->places->year[i] != park->project.year || isnan(lon[i]) || isnan(lat[i])) continue;
    x[n] = lon[i];
    y[n] = lat[i];
    row[n++] = i;
  }
  if (o->places->tables.points == MJ__POINTS_OFF) {
    o->refused = n;
    return MJ_OK;
  }
  MJ_TRY(move_all(park, n, x, y, err));
  return keep(o, lon, lat, row, n, x, y) ? mj_fail(err, MJ_ENOMEM, "out of memory") : MJ_OK;
}

mj_status mj__own_points_find(mj_park *park, const mj__places *places, mj__own_points *out, mj_error *err) {
  const mj_table *t = &park->table[MJ_ENTERPRISES];
  const double *lon = mj_table_f64(t, "lon_deg"), *lat = mj_table_f64(t, "lat_deg");
  *out = (mj__own_points){
      .park = park, .places = places, .trusted = places->tables.points == MJ__POINTS_FIT, .far = {.park = park}};
  out->far.code = MJ_L_POINT_NOT_USED;
  out->far.table = MJ_ENTERPRISES;
  out->far.field = "lon_deg";
  return lon && lat && park->lon_deg ? find(out, lon, lat, err) : MJ_OK; /* no lon_deg: no way from WGS 84 */
}

bool mj__own_point(const mj__own_points *o, int64_t row, double *x, double *y) {
  if (!o->x || isnan(o->x[row])) return false;
  *x = o->x[row];
  *y = o->y[row];
  return true;
}

mj_status mj__own_points_tell(const mj__own_points *o) {
  char found[64];
  snprintf(found, sizeof found, mj_tr(o->park->project.lang, "%lld rows"), (long long)o->refused);
  if (o->refused) MJ_TRY(mj__note(o->park, MJ_L_POINT_NOT_USED, MJ_ENTERPRISES, -1, "lon_deg", found, NULL));
  return mj__tell_faults(&o->far);
}
