#include "gis/crs.h"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <math.h>
#include <ogr_srs_api.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gis/crs_private.h"

/* OSRFindMatches below this is a resemblance, not an identity: a city's own system has 64 of them at 25. */
enum { SURE_MATCH = 90 };

/* A fresh system in east, north order; NULL when GDAL refuses the definition. A web address would be fetched: never. */
static OGRSpatialReferenceH parse(const char *definition) {
  if (strstr(definition, "://")) return NULL;
  OGRSpatialReferenceH srs = OSRNewSpatialReference(NULL);
  if (srs && OSRSetFromUserInput(srs, definition) != OGRERR_NONE) {
    OSRDestroySpatialReference(srs);
    return NULL;
  }
  if (srs) OSRSetAxisMappingStrategy(srs, OAMS_TRADITIONAL_GIS_ORDER);
  return srs;
}

/* The system of the registry that this one surely is, or NULL. The registry's copy brings its name, area and code. */
static OGRSpatialReferenceH identify(OGRSpatialReferenceH srs) {
  int n = 0, *confidence = NULL, best = -1;
  OGRSpatialReferenceH *match = OSRFindMatches(srs, NULL, &n, &confidence), found = NULL;
  for (int i = 0; i < n; i++)
    if (confidence[i] >= SURE_MATCH && OSRGetAuthorityCode(match[i], NULL) &&
        (best < 0 || confidence[i] > confidence[best]))
      best = i;
  if (best >= 0) found = OSRClone(match[best]);
  if (found) OSRSetAxisMappingStrategy(found, OAMS_TRADITIONAL_GIS_ORDER);
  OSRFreeSRSArray(match);
  CPLFree(confidence);
  return found;
}

/* Copies a text that GDAL made and frees it. */
static const char *keep(mj_arena *arena, char *made) {
  const char *copy = made ? mj_arena_text(arena, made, strlen(made)) : NULL;
  CPLFree(made);
  return copy;
}

static const char *wkt_of(OGRSpatialReferenceH srs, mj_arena *arena) {
  const char *const options[] = {"FORMAT=WKT2_2019", NULL};
  char *text = NULL;
  if (OSRExportToWktEx(srs, &text, options) != OGRERR_NONE) {
    CPLFree(text);
    return NULL;
  }
  return keep(arena, text);
}

static const char *proj_of(OGRSpatialReferenceH srs, mj_arena *arena) {
  char *text = NULL;
  if (OSRExportToProj4(srs, &text) != OGRERR_NONE) {
    CPLFree(text);
    return mj_arena_text(arena, "", 0);
  }
  return keep(arena, text);
}

static bool one_of(const char *name, const char *const *list) {
  for (; *list; list++)
    if (!strcmp(name, *list)) return true;
  return false;
}

/* What tells two datums apart: name, ellipsoid, prime meridian. */
static const char *datum_of(OGRSpatialReferenceH srs, mj_arena *arena) {
  const char *name = OSRGetAttrValue(srs, "DATUM", 0);
  return mj_arena_format(arena, "%s|%.3f|%.9f|%.9f", name ? name : "", OSRGetSemiMajor(srs, NULL),
                         OSRGetInvFlattening(srs, NULL), OSRGetPrimeMeridian(srs, NULL));
}

static void describe_projection(OGRSpatialReferenceH srs, mj_crs_facts *f) {
  const char *method = OSRGetAttrValue(srs, "PROJECTION", 0);
  f->unit_m = OSRGetLinearUnits(srs, NULL);
  f->is_tmerc = method && !strcmp(method, SRS_PT_TRANSVERSE_MERCATOR);
  if (!f->is_tmerc) return;
  f->lon0_deg = OSRGetNormProjParm(srs, SRS_PP_CENTRAL_MERIDIAN, 0, NULL);
  f->k0 = OSRGetNormProjParm(srs, SRS_PP_SCALE_FACTOR, 1, NULL);
}

static mj_status describe(mj_crs *crs, OGRSpatialReferenceH srs) {
  static const char *const wgs84[] = {"WGS_1984", "World Geodetic System 1984", "World Geodetic System 1984 ensemble",
                                      NULL};
  static const char *const cgcs2000[] = {"China_2000", "China 2000", "D_China_2000", NULL};
  mj_crs_facts *f = &crs->facts;
  const char *name = OSRGetName(srs), *authority = OSRGetAuthorityName(srs, NULL),
             *code = OSRGetAuthorityCode(srs, NULL);
  const char *datum = OSRGetAttrValue(srs, "DATUM", 0);
  f->wkt = wkt_of(srs, &crs->arena);
  f->name = mj_arena_format(&crs->arena, "%s", name ? name : "");
  f->authority =
      authority && code ? mj_arena_format(&crs->arena, "%s:%s", authority, code) : mj_arena_text(&crs->arena, "", 0);
  crs->proj = proj_of(srs, &crs->arena);
  crs->datum = datum_of(srs, &crs->arena);
  if (!f->wkt || !f->name || !f->authority || !crs->proj || !crs->datum) return MJ_ENOMEM;
  f->geographic = OSRIsGeographic(srs);
  f->a_m = OSRGetSemiMajor(srs, NULL);
  f->inv_f = OSRGetInvFlattening(srs, NULL);
  if (!f->geographic) describe_projection(srs, f);
  crs->bound = !strncmp(f->wkt, "BOUNDCRS", 8);
  crs->greenwich = OSRGetPrimeMeridian(srs, NULL) == 0;
  crs->old_chinese = datum && (!strcmp(datum, "Beijing_1954") || !strcmp(datum, "Xian_1980"));
  f->like_wgs84 = !crs->bound && crs->greenwich && datum && (one_of(datum, wgs84) || one_of(datum, cgcs2000));
  f->has_area =
      OSRGetAreaOfUse(srs, &f->west_deg, &f->south_deg, &f->east_deg, &f->north_deg, NULL) && f->west_deg > -1000;
  return MJ_OK;
}

/* Only plane and geographic systems with degrees can hold a park. */
static const char *unusable(OGRSpatialReferenceH srs) {
  if (OSRIsLocal(srs)) return "a local system without a datum";
  if (OSRIsGeocentric(srs)) return "a geocentric system";
  if (!OSRIsGeographic(srs) && !OSRIsProjected(srs)) return "neither a projected nor a geographic system";
  /* the radian measure of a degree, as WKT writes it with 16 digits */
  if (OSRIsGeographic(srs) && fabs(OSRGetAngularUnits(srs, NULL) - 0.0174532925199433) > 1e-12)
    return "a system not in degrees";
  return NULL;
}

static mj_status open_quietly(const char *definition, mj_crs **out, mj_error *err) {
  OGRSpatialReferenceH srs = parse(definition), known = NULL;
  if (!srs)
    return mj_fail(err, MJ_ECRS,
                   "reference system '%.200s': unknown; expected a code such as EPSG:4549, WKT or PROJ text",
                   definition);
  if (OSRIsCompound(srs)) OSRStripVertical(srs);
  OSRDemoteTo2D(srs, NULL);
  mj_status status = MJ_OK;
  mj_crs *crs = calloc(1, sizeof *crs);
  const char *reason = unusable(srs);
  if (!crs) {
    status = mj_fail(err, MJ_ENOMEM, "out of memory");
  } else if (reason) {
    status = mj_fail(err, MJ_ECRS, "reference system '%.200s': is %s; expected a projected system or one in degrees",
                     definition, mj_tr(err ? err->lang : MJ_EN, reason));
  } else {
    /* a shift in the definition is the user's own and is not lost to the registry's system */
    bool shifted = OSRGetAttrValue(srs, "TOWGS84", 0) != NULL;
    if (!OSRGetAuthorityCode(srs, NULL) && !shifted) known = identify(srs);
    status = describe(crs, known ? known : srs);
    if (status) mj_fail(err, status, "out of memory");
  }
  if (known) OSRDestroySpatialReference(known);
  OSRDestroySpatialReference(srs);
  if (status) mj_crs_close(crs);
  else *out = crs;
  return status;
}

mj_status mj_crs_open(const char *definition, mj_crs **out, mj_error *err) {
  *out = NULL;
  CPLPushErrorHandler(CPLQuietErrorHandler);
  mj_status status = open_quietly(definition, out, err);
  CPLPopErrorHandler();
  return status;
}

void mj_crs_close(mj_crs *crs) {
  if (!crs) return;
  mj_arena_reset(&crs->arena);
  free(crs);
}

const mj_crs_facts *mj_crs_get(const mj_crs *crs) { return &crs->facts; }

/* The nearest belt of 3 degrees, -177 .. 180. */
static int belt_of(double lon_deg) {
  int lon0 = 3 * (int)floor(lon_deg / 3 + 0.5);
  while (lon0 > 180) lon0 -= 360;
  while (lon0 <= -180) lon0 += 360;
  return lon0;
}

static mj_status belt_quietly(const mj_crs *geographic, int lon0, mj_crs **out, mj_error *err) {
  OGRSpatialReferenceH base = parse(geographic->facts.wkt), belt = OSRNewSpatialReference(NULL);
  const char *base_name = base ? OSRGetName(base) : NULL;
  char name[256], *wkt = NULL;
  snprintf(name, sizeof name, "%.180s / 3-degree Gauss-Kruger CM %d%c", base_name ? base_name : "", abs(lon0),
           lon0 < 0 ? 'W' : 'E');
  mj_status status = MJ_ECRS;
  if (base && belt && OSRSetProjCS(belt, name) == OGRERR_NONE && OSRCopyGeogCSFrom(belt, base) == OGRERR_NONE &&
      OSRSetTM(belt, 0, lon0, 1, 500000, 0) == OGRERR_NONE && OSRSetLinearUnits(belt, SRS_UL_METER, 1) == OGRERR_NONE &&
      OSRExportToWkt(belt, &wkt) == OGRERR_NONE)
    status = mj_crs_open(wkt, out, err);
  else mj_fail(err, MJ_ECRS, "no 3-degree belt can be put on '%s'", geographic->facts.name);
  CPLFree(wkt);
  if (belt) OSRDestroySpatialReference(belt);
  if (base) OSRDestroySpatialReference(base);
  return status;
}

mj_status mj_crs_belt(const mj_crs *geographic, double lon_deg, mj_crs **out, mj_error *err) {
  *out = NULL;
  if (!(fabs(lon_deg) <= 360)) return mj_fail(err, MJ_EINVAL, "longitude %g: expected -180 to 180 degrees", lon_deg);
  int lon0 = belt_of(lon_deg);
  /* EPSG 4534 .. 4554: CGCS2000 / 3-degree Gauss-Kruger CM 75E .. 135E */
  if (strstr(geographic->datum, "China_2000") && !geographic->bound && lon0 >= 75 && lon0 <= 135) {
    char code[16];
    snprintf(code, sizeof code, "EPSG:%d", 4534 + (lon0 - 75) / 3);
    return mj_crs_open(code, out, err);
  }
  CPLPushErrorHandler(CPLQuietErrorHandler);
  mj_status status = belt_quietly(geographic, lon0, out, err);
  CPLPopErrorHandler();
  return status;
}
