#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/parallel.h"
#include "geom/tuban.h"
#include "gis/crs.h"
#include "measure/measure.h"

enum { CHUNK = 1024, MAX_WORKERS = 64 };

typedef struct {
  mj_polys polys;
  const mj_frame *frame;
  double *lon, *lat;         /* own datum */
  double *wgs_lon, *wgs_lat; /* the same arrays where the datum is WGS 84 or CGCS2000 */
  mj_crs_op *to_lonlat[MAX_WORKERS], *to_wgs84[MAX_WORKERS];
  double *ellipsoid, *tuban;
} area_job;

static void run_op(void *user, int64_t n, double *x, double *y) { mj_crs_op_run(user, n, x, y); }

static mj_status areas_of_range(void *ctx, int64_t first, int64_t last, int worker) {
  area_job *job = ctx;
  const mj_polys *p = &job->polys;
  int32_t v0 = p->vert0[p->ring0[p->part0[first]]], v1 = p->vert0[p->ring0[p->part0[last]]];
  size_t n = (size_t)(v1 - v0), bytes = n * sizeof(double);
  if (n) {
    memcpy(job->lon + v0, p->x + v0, bytes);
    memcpy(job->lat + v0, p->y + v0, bytes);
    mj_crs_op_run(job->to_lonlat[worker], (int64_t)n, job->lon + v0, job->lat + v0);
    if (job->to_wgs84[worker]) {
      memcpy(job->wgs_lon + v0, p->x + v0, bytes);
      memcpy(job->wgs_lat + v0, p->y + v0, bytes);
      mj_crs_op_run(job->to_wgs84[worker], (int64_t)n, job->wgs_lon + v0, job->wgs_lat + v0);
    }
  }
  mj_area_geodesic(p, job->lon, job->lat, job->frame->a_m, job->frame->inv_f, first, last, job->ellipsoid);
  if (job->frame->unit_m != 1) return MJ_OK; /* the official area is defined on metres only */
  return mj_area_tuban(p, job->frame->a_m, job->frame->inv_f, run_op, job->to_lonlat[worker], first, last, job->tuban);
}

static mj_status open_ops(area_job *job, int workers, mj_error *err) {
  mj_crs *frame = NULL, *wgs84 = NULL;
  mj_status status = mj_crs_reopen(job->frame->wkt, &frame, err);
  if (!status) status = mj_crs_open("EPSG:4326", &wgs84, err);
  bool shift = !status && !mj_crs_get(frame)->like_wgs84 && !job->frame->no_wgs84;
  for (int i = 0; i < workers && !status; i++) {
    status = mj_crs_op_lonlat(frame, &job->to_lonlat[i], err);
    if (!status && shift) status = mj_crs_op_open(frame, wgs84, &job->to_wgs84[i], err);
  }
  mj_crs_close(frame);
  mj_crs_close(wgs84);
  return status;
}

static mj_status alloc_lonlat(mj_park *park, area_job *job, bool shift) {
  size_t n = (size_t)park->table[MJ_PARCELS].geom.verts + 1;
  park->lon_deg = malloc(n * sizeof(double));
  park->lat_deg = malloc(n * sizeof(double));
  job->wgs_lon = park->lon_deg;
  job->wgs_lat = park->lat_deg;
  job->lon = shift ? malloc(n * sizeof(double)) : park->lon_deg;
  job->lat = shift ? malloc(n * sizeof(double)) : park->lat_deg;
  return park->lon_deg && park->lat_deg && job->lon && job->lat ? MJ_OK : MJ_ENOMEM;
}

/* On a datum without a known way to WGS 84 the longitudes serve the areas and nothing else. */
static void drop_lonlat(mj_park *park) {
  free(park->lon_deg);
  free(park->lat_deg);
  park->lon_deg = park->lat_deg = NULL;
}

static void differences(mj_table *parcels, const double *planar, const double *ellipsoid, mj_status *status) {
  const double *recorded = mj_table_f64(parcels, "area_recorded_m2");
  double *dr = recorded ? mj__f64(parcels, "area_recorded_diff_m2", status) : NULL;
  double *dp = mj__f64(parcels, "area_planar_diff_m2", status);
  for (int64_t i = 0; i < parcels->n && !*status; i++) {
    dp[i] = planar[i] - ellipsoid[i];
    if (dr) dr[i] = recorded[i] - ellipsoid[i];
  }
}

mj_status mj__measure_areas(mj_park *park, mj_error *err) {
  mj_table *t = &park->table[MJ_PARCELS];
  mj_status status = MJ_OK;
  area_job job = {.polys = mj_geom_view(&t->geom), .frame = &park->frame};
  int workers = mj_threads(park->project.threads);
  double *planar = mj__f64(t, "area_planar_m2", &status);
  job.ellipsoid = mj__f64(t, "area_ellipsoid_m2", &status);
  job.tuban = mj__f64(t, "area_tuban_m2", &status);
  if (status) return mj_fail(err, status, "out of memory measuring areas");

  status = open_ops(&job, workers, err);
  if (!status) status = alloc_lonlat(park, &job, job.to_wgs84[0] != NULL);
  if (!status) status = mj_parallel(park->project.threads, t->n, CHUNK, areas_of_range, &job);
  if (!status) {
    mj_area_planar(&job.polys, planar);
    for (int64_t i = 0; i < t->n; i++) {
      bool empty = job.polys.part0[i] == job.polys.part0[i + 1];
      planar[i] = empty ? (double)NAN : planar[i] * park->frame.unit_m * park->frame.unit_m;
      if (empty) job.ellipsoid[i] = job.tuban[i] = (double)NAN;
    }
    differences(t, planar, job.ellipsoid, &status);
  }
  for (int i = 0; i < workers; i++) {
    mj_crs_op_close(job.to_lonlat[i]);
    mj_crs_op_close(job.to_wgs84[i]);
  }
  if (job.lon != park->lon_deg) free(job.lon);
  if (job.lat != park->lat_deg) free(job.lat);
  if (park->frame.no_wgs84) drop_lonlat(park);
  return status == MJ_ENOMEM ? mj_fail(err, status, "out of memory measuring areas") : status;
}
