#include <string.h>

#include "gis/crs.h"
#include "report/run.h"

static mj_status move(const mj_geom *geom, const char *from, const char *to, mj_arena *arena, const double **x,
                      const double **y, mj_error *err) {
  mj_crs *a = NULL, *b = NULL;
  mj_crs_op *op = NULL;
  size_t n = (size_t)geom->verts;
  double *u = mj_arena_alloc(arena, n + 1, sizeof *u), *v = mj_arena_alloc(arena, n + 1, sizeof *v);
  mj_status s = u && v ? MJ_OK : mj_fail(err, MJ_ENOMEM, "out of memory");
  if (!s) s = mj_crs_reopen(from, &a, err);
  if (!s) s = mj_crs_reopen(to, &b, err);
  if (!s) s = mj_crs_op_open(a, b, &op, err);
  if (!s && n) {
    memcpy(u, geom->x, n * sizeof *u);
    memcpy(v, geom->y, n * sizeof *v);
    mj_crs_op_run(op, geom->verts, u, v);
  }
  mj_crs_op_close(op);
  mj_crs_close(b);
  mj_crs_close(a);
  *x = u;
  *y = v;
  return s;
}

mj_status mj_shapes_lonlat(const mj_park *park, const mj_table *table, mj_arena *arena, const double **lon_deg,
                           const double **lat_deg, mj_error *err) {
  if (table == &park->table[MJ_PARCELS] && park->lon_deg && park->lat_deg) {
    *lon_deg = park->lon_deg;
    *lat_deg = park->lat_deg;
    return MJ_OK;
  }
  return move(&table->geom, park->frame.wkt, "EPSG:4326", arena, lon_deg, lat_deg, err);
}

mj_status mj_shapes_delivered(const mj_park *park, const mj_table *table, mj_arena *arena, const double **x,
                              const double **y, mj_error *err) {
  *x = *y = NULL;
  if (!park->frame.laid || table->geom.n == 0) return MJ_OK;
  mj_crs *source = NULL;
  MJ_TRY(mj_crs_reopen(park->frame.source_wkt, &source, err));
  bool lonlat = mj_crs_get(source)->like_wgs84 && mj_crs_get(source)->geographic;
  mj_crs_close(source);
  if (lonlat) return mj_shapes_lonlat(park, table, arena, x, y, err);
  return move(&table->geom, park->frame.wkt, park->frame.source_wkt, arena, x, y, err);
}
