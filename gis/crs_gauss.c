#include <cpl_conv.h>
#include <cpl_error.h>
#include <math.h>
#include <ogr_srs_api.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gis/crs.h"
#include "gis/crs_private.h"

static const double UTM_SCALE = 0.9996, HALF_MILLION = 500000, MILLION = 1e6;

/* What is put on the datum of another system. */
typedef struct {
  const char *name;
  double lat0_deg, lon0_deg, k0, fe_m, fn_m;
  double unit_m;
} gauss;

static mj_status build(const mj_crs *base, const gauss *g, mj_crs **out, mj_error *err) {
  OGRSpatialReferenceH below = mj__srs_parse(base->facts.wkt), plane = OSRNewSpatialReference(NULL);
  char *wkt = NULL;
  mj_status status = MJ_ECRS;
  if (below && plane && OSRSetProjCS(plane, g->name) == OGRERR_NONE && OSRCopyGeogCSFrom(plane, below) == OGRERR_NONE &&
      OSRSetTM(plane, g->lat0_deg, g->lon0_deg, g->k0, g->fe_m / g->unit_m, g->fn_m / g->unit_m) == OGRERR_NONE &&
      OSRSetLinearUnits(plane, g->unit_m == 1 ? SRS_UL_METER : "unit", g->unit_m) == OGRERR_NONE &&
      OSRExportToWkt(plane, &wkt) == OGRERR_NONE)
    status = mj_crs_reopen(wkt, out, err);
  else mj_fail(err, MJ_ECRS, "no 3-degree belt can be put on '%s'", base->facts.name);
  CPLFree(wkt);
  if (plane) OSRDestroySpatialReference(plane);
  if (below) OSRDestroySpatialReference(below);
  return status;
}

static mj_status build_quietly(const mj_crs *base, const gauss *g, mj_crs **out, mj_error *err) {
  CPLPushErrorHandler(CPLQuietErrorHandler);
  mj_status status = build(base, g, out, err);
  CPLPopErrorHandler();
  if (status || !base->bound) return status;
  mj_crs *bare = *out; /* the shift belongs to the datum and comes along */
  status = mj_crs_shift(bare, base->shift, out, err);
  mj_crs_close(bare);
  return status;
}

/* ---- the numbered zones ---- */

double mj_zone_meridian(int zone, double k0) {
  if (fabs(k0 - UTM_SCALE) < 1e-9) return zone >= 1 && zone <= 60 ? zone * 6 - 183 : (double)NAN;
  if (zone >= 25 && zone <= 45) return zone * 3;
  return zone >= 13 && zone <= 23 ? zone * 6 - 3 : (double)NAN;
}

/*
 * EPSG's codes of China's zones, 0: none. Of each datum the code of zone 0 of the 3-degree zones with prefix, of the
 * 6-degree zones with prefix, and the first (75E) of those without.
 */
static int zone_code(const mj_crs *like, int zone, double lon0_deg, bool prefixed) {
  static const struct {
    const char *datum;
    int zone3, zone6, plain3, plain6;
  } family[] = {{"China_2000|", 4488, 4478, 4534, 4502},
                {"Xian_1980|", 2324, 2314, 2370, 2338},
                {"Beijing_1954|", 2376, 21400, 2422, 21453}};
  const mj_crs_facts *f = &like->facts;
  if (like->bound || f->unit_m != 1 || f->k0 != 1 || f->lat0_deg != 0 || f->fn_m != 0 ||
      fmod(f->fe_m, MILLION) != HALF_MILLION || mj_zone_meridian(zone, 1) != lon0_deg)
    return 0;
  for (size_t i = 0; i < sizeof family / sizeof *family; i++) {
    if (strncmp(like->datum, family[i].datum, strlen(family[i].datum)) != 0) continue;
    if (zone < 25) return prefixed ? family[i].zone6 + zone : family[i].plain6 + zone - 13;
    return prefixed ? family[i].zone3 + zone : family[i].plain3 + zone - 25;
  }
  return 0;
}

mj_status mj_crs_zone(const mj_crs *like, int zone, double lon0_deg, bool prefixed, mj_crs **out, mj_error *err) {
  const mj_crs_facts *f = &like->facts;
  char text[256];
  int code = zone_code(like, zone, lon0_deg, prefixed);
  *out = NULL;
  if (code) {
    snprintf(text, sizeof text, "EPSG:%d", code);
    return mj_crs_open(text, out, err);
  }
  double fe_m = fmod(f->fe_m, MILLION) + (prefixed ? zone * MILLION : 0);
  snprintf(text, sizeof text, "%.180s (central meridian %.10g, false easting %.0f)", f->name, lon0_deg, fe_m);
  gauss g = {text, f->lat0_deg, lon0_deg, f->k0, fe_m, f->fn_m, f->unit_m};
  return build_quietly(like, &g, out, err);
}

/* ---- a belt for degrees ---- */

/* The nearest belt of 3 degrees, -177 .. 180. */
static int belt_of(double lon_deg) {
  int lon0 = 3 * (int)floor(lon_deg / 3 + 0.5);
  while (lon0 > 180) lon0 -= 360;
  while (lon0 <= -180) lon0 += 360;
  return lon0;
}

/* The geographic system that a projected one stands on, as its name: what is before " / " in EPSG's names. */
static int length_of_base(const char *name) {
  const char *slash = strstr(name, " / ");
  return slash ? (int)(slash - name) : (int)strlen(name);
}

mj_status mj_crs_belt(const mj_crs *base, double lon_deg, mj_crs **out, mj_error *err) {
  char text[256];
  *out = NULL;
  if (!(fabs(lon_deg) <= 360)) return mj_fail(err, MJ_EINVAL, "longitude %g: expected -180 to 180 degrees", lon_deg);
  int lon0 = belt_of(lon_deg);
  /* EPSG 4534 .. 4554: CGCS2000 / 3-degree Gauss-Kruger CM 75E .. 135E */
  if (strstr(base->datum, "China_2000") && !base->bound && lon0 >= 75 && lon0 <= 135) {
    snprintf(text, sizeof text, "EPSG:%d", 4534 + (lon0 - 75) / 3);
    return mj_crs_open(text, out, err);
  }
  int n = length_of_base(base->facts.name);
  snprintf(text, sizeof text, "%.*s / 3-degree Gauss-Kruger CM %d%c", n < 180 ? n : 180, base->facts.name, abs(lon0),
           lon0 < 0 ? 'W' : 'E');
  gauss g = {text, 0, lon0, 1, HALF_MILLION, 0, 1};
  return build_quietly(base, &g, out, err);
}

/* ---- a shift to WGS 84 ---- */

mj_status mj_crs_shift(const mj_crs *crs, const double shift[7], mj_crs **out, mj_error *err) {
  char *wkt = NULL;
  const char *const wkt2[] = {"FORMAT=WKT2_2019", NULL};
  *out = NULL;
  CPLPushErrorHandler(CPLQuietErrorHandler);
  OGRSpatialReferenceH srs = mj__srs_parse(crs->facts.wkt);
  bool ok = srs &&
            OSRSetTOWGS84(srs, shift[0], shift[1], shift[2], shift[3], shift[4], shift[5], shift[6]) == OGRERR_NONE &&
            OSRExportToWktEx(srs, &wkt, wkt2) == OGRERR_NONE;
  mj_status status =
      ok ? mj_crs_reopen(wkt, out, err)
         : mj_fail(err, MJ_ECRS, "reference system '%s': it cannot carry a datum shift", crs->facts.name);
  CPLFree(wkt);
  if (srs) OSRDestroySpatialReference(srs);
  CPLPopErrorHandler();
  return status;
}
