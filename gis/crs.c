#include "gis/crs.h"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <math.h>
#include <ogr_srs_api.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gis/crs_private.h"

/* OSRFindMatches gives 100 for a name and parameters that agree, 70 and 60 for the same parameters under another name
 * or method, 50 for another unit, and 25 for the likes of it: a city's own system has 64 of those. */
enum { SURE_MATCH = 90, NEAR_MATCH = 60 };

void *mj__srs_parse(const char *definition) {
  if (strstr(definition, "://")) return NULL;
  OGRSpatialReferenceH srs = OSRNewSpatialReference(NULL);
  if (srs && OSRSetFromUserInput(srs, definition) != OGRERR_NONE) {
    OSRDestroySpatialReference(srs);
    return NULL;
  }
  if (srs) OSRSetAxisMappingStrategy(srs, OAMS_TRADITIONAL_GIS_ORDER);
  return srs;
}

/* What the registry has that is most like it. */
typedef struct {
  int confidence;
  char label[160]; /* "EPSG:4548 CGCS2000 / 3-degree Gauss-Kruger CM 117E" */
} likeness;

/* The better of what is known already and the best match of this form. */
static void match(OGRSpatialReferenceH srs, likeness *like, OGRSpatialReferenceH *found) {
  int n = 0, *confidence = NULL, best = -1;
  OGRSpatialReferenceH *list = OSRFindMatches(srs, NULL, &n, &confidence);
  for (int i = 0; i < n; i++)
    if (OSRGetAuthorityCode(list[i], NULL) && (best < 0 || confidence[i] > confidence[best])) best = i;
  if (best >= 0 && confidence[best] > like->confidence) {
    like->confidence = confidence[best];
    snprintf(like->label, sizeof like->label, "%.20s:%.20s %.100s", OSRGetAuthorityName(list[best], NULL),
             OSRGetAuthorityCode(list[best], NULL), OSRGetName(list[best]));
    if (confidence[best] >= SURE_MATCH) *found = OSRClone(list[best]);
  }
  OSRFreeSRSArray(list);
  CPLFree(confidence);
}

static const char *const old_chinese[] = {
    "Beijing_1954", "Beijing 1954", "D_Beijing_1954", "Xian_1980", "Xian 1980", "D_Xian_1980", NULL};
static const char *const cgcs2000[] = {"China_2000", "China 2000", "D_China_2000", NULL};

static bool one_of(const char *name, const char *const *list) {
  for (; *list; list++)
    if (!strcmp(name, *list)) return true;
  return false;
}

/* All transverse Mercator systems that the registry has on China's datums have a multiple of 3 degrees as central
 * meridian; a city's own mostly has not, and needs no search. */
static bool of_a_city(OGRSpatialReferenceH srs) {
  const char *method = OSRGetAttrValue(srs, "PROJECTION", 0), *datum = OSRGetAttrValue(srs, "DATUM", 0);
  return method && datum && !strcmp(method, SRS_PT_TRANSVERSE_MERCATOR) &&
         (one_of(datum, old_chinese) || one_of(datum, cgcs2000)) &&
         fmod(OSRGetNormProjParm(srs, SRS_PP_CENTRAL_MERIDIAN, 0, NULL), 3) != 0;
}

/*
 * The system of the registry that this one surely is, or NULL. The registry's copy brings its name, area and code. What
 * ArcGIS wrote and another format rewrote matches by its names only in ArcGIS's form, so that is asked first. Cost: 10
 * ms where a name is known, 0.15 s for a projected one where none is.
 */
static OGRSpatialReferenceH identify(OGRSpatialReferenceH srs, likeness *like) {
  const char *const esri[] = {"FORMAT=WKT1_ESRI", NULL};
  OGRSpatialReferenceH found = NULL, again = NULL;
  char *text = NULL;
  if (of_a_city(srs)) return NULL;
  if (OSRExportToWktEx(srs, &text, esri) == OGRERR_NONE && text) again = mj__srs_parse(text);
  if (again) match(again, like, &found);
  if (!found && (!again || OSRIsGeographic(srs))) match(srs, like, &found);
  if (again) OSRDestroySpatialReference(again);
  CPLFree(text);
  if (found) OSRSetAxisMappingStrategy(found, OAMS_TRADITIONAL_GIS_ORDER);
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

/* Without a shift to WGS 84, which nobody reads here, and for which GDAL would search PROJ's database for 6 ms. */
static const char *proj_of(OGRSpatialReferenceH srs, mj_arena *arena) {
  static const char shift[] = "OSR_ADD_TOWGS84_ON_EXPORT_TO_PROJ4";
  const char *before = CPLGetThreadLocalConfigOption(shift, NULL);
  char *text = NULL, *own = before ? CPLStrdup(before) : NULL;
  CPLSetThreadLocalConfigOption(shift, "NO");
  bool said = OSRExportToProj4(srs, &text) == OGRERR_NONE;
  CPLSetThreadLocalConfigOption(shift, own);
  CPLFree(own);
  if (said) return keep(arena, text);
  CPLFree(text);
  return mj_arena_text(arena, "", 0);
}

/* A name goes into messages and tables, and a file may hold anything. */
static const char *one_line(mj_arena *arena, const char *name) {
  char *copy = mj_arena_text(arena, name, strlen(name));
  for (char *c = copy; c && *c; c++)
    if ((unsigned char)*c < ' ' || *c == 0x7f) *c = ' ';
  return copy;
}

/* What tells two datums apart: name, ellipsoid, prime meridian. */
static const char *datum_of(OGRSpatialReferenceH srs, const char *name, mj_arena *arena) {
  return mj_arena_format(arena, "%s|%.3f|%.9f|%.9f", name ? name : "", OSRGetSemiMajor(srs, NULL),
                         OSRGetInvFlattening(srs, NULL), OSRGetPrimeMeridian(srs, NULL));
}

/* Texts belong to the system. */
static void read_terms(OGRSpatialReferenceH srs, mj_crs_terms *out) {
  *out = (mj_crs_terms){.datum = OSRGetAttrValue(srs, "DATUM", 0)};
  if (!OSRIsGeographic(srs)) out->method = OSRGetAttrValue(srs, "PROJECTION", 0);
  if (!out->method || strcmp(out->method, SRS_PT_TRANSVERSE_MERCATOR) != 0) return;
  out->lon0_deg = OSRGetNormProjParm(srs, SRS_PP_CENTRAL_MERIDIAN, 0, NULL);
  out->k0 = OSRGetNormProjParm(srs, SRS_PP_SCALE_FACTOR, 1, NULL);
  out->lat0_deg = OSRGetNormProjParm(srs, SRS_PP_LATITUDE_OF_ORIGIN, 0, NULL);
  out->fe_m = OSRGetNormProjParm(srs, SRS_PP_FALSE_EASTING, 0, NULL);
  out->fn_m = OSRGetNormProjParm(srs, SRS_PP_FALSE_NORTHING, 0, NULL);
}

static void describe_projection(OGRSpatialReferenceH srs, const mj_crs_terms *t, mj_crs_facts *f) {
  f->unit_m = OSRGetLinearUnits(srs, NULL);
  f->is_tmerc = t->method && !strcmp(t->method, SRS_PT_TRANSVERSE_MERCATOR);
  if (!f->is_tmerc) return;
  f->lon0_deg = t->lon0_deg;
  f->k0 = t->k0;
  f->lat0_deg = t->lat0_deg;
  f->fe_m = t->fe_m;
  f->fn_m = t->fn_m;
}

static mj_status describe(mj_crs *crs, OGRSpatialReferenceH srs, const likeness *like) {
  static const char *const wgs84[] = {"WGS_1984", "World Geodetic System 1984", "World Geodetic System 1984 ensemble",
                                      NULL};
  mj_crs_facts *f = &crs->facts;
  mj_crs_terms t;
  const char *name = OSRGetName(srs), *authority = OSRGetAuthorityName(srs, NULL),
             *code = OSRGetAuthorityCode(srs, NULL);
  f->wkt = wkt_of(srs, &crs->arena);
  f->name = one_line(&crs->arena, name ? name : "");
  f->authority =
      authority && code ? mj_arena_format(&crs->arena, "%s:%s", authority, code) : mj_arena_text(&crs->arena, "", 0);
  if (!f->wkt || !f->authority) return MJ_ENOMEM;
  if (strncmp(f->authority, "EPSG:", 5) || !mj__crs_read_plain(f->wkt, &t)) read_terms(srs, &t);
  crs->proj = proj_of(srs, &crs->arena);
  crs->datum = datum_of(srs, t.datum, &crs->arena);
  bool near_one = !*f->authority && like->confidence >= NEAR_MATCH;
  f->resembles = mj_arena_format(&crs->arena, "%s", near_one ? like->label : "");
  if (near_one) f->resemblance = like->confidence;
  if (!f->name || !crs->proj || !crs->datum || !f->resembles) return MJ_ENOMEM;
  f->geographic = OSRIsGeographic(srs);
  f->a_m = OSRGetSemiMajor(srs, NULL);
  f->inv_f = OSRGetInvFlattening(srs, NULL);
  if (!f->geographic) describe_projection(srs, &t, f);
  crs->bound = !strncmp(f->wkt, "BOUNDCRS", 8);
  if (crs->bound && OSRGetTOWGS84(srs, crs->shift, 7) != OGRERR_NONE) memset(crs->shift, 0, sizeof crs->shift);
  crs->greenwich = OSRGetPrimeMeridian(srs, NULL) == 0;
  crs->old_chinese = t.datum && one_of(t.datum, old_chinese);
  f->like_wgs84 = !crs->bound && crs->greenwich && t.datum && (one_of(t.datum, wgs84) || one_of(t.datum, cgcs2000));
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

static mj_status open_quietly(const char *definition, bool look_up, mj_crs **out, mj_error *err) {
  OGRSpatialReferenceH srs = mj__srs_parse(definition), known = NULL;
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
    likeness like = {0};
    bool custom = look_up && !OSRGetAuthorityCode(srs, NULL);
    if (custom && !OSRGetAttrValue(srs, "TOWGS84", 0)) known = identify(srs, &like);
    status = describe(crs, known ? known : srs, &like);
    if (status) mj_fail(err, status, "out of memory");
  }
  if (known) OSRDestroySpatialReference(known);
  OSRDestroySpatialReference(srs);
  if (status) mj__crs_drop(crs);
  else *out = crs;
  return status;
}

static mj_status open_any(const char *definition, bool look_up, mj_crs **out, mj_error *err) {
  *out = NULL;
  CPLPushErrorHandler(CPLQuietErrorHandler);
  mj_status status = mj__crs_remember(open_quietly, definition, look_up, out, err);
  CPLPopErrorHandler();
  return status;
}

mj_status mj_crs_open(const char *definition, mj_crs **out, mj_error *err) {
  return open_any(definition, true, out, err);
}

mj_status mj_crs_reopen(const char *wkt, mj_crs **out, mj_error *err) { return open_any(wkt, false, out, err); }

const mj_crs_facts *mj_crs_get(const mj_crs *crs) { return &crs->facts; }
