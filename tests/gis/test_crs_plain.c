#include <cpl_vsi.h>
#include <ogr_srs_api.h>
#include <stdio.h>
#include <string.h>

#include "../test.h"
#include "gis/crs_private.h"

/* GDAL's own answer, by way of WKT 1. */
static bool agrees(OGRSpatialReferenceH srs, const mj_crs_terms *t) {
  const char *datum = OSRGetAttrValue(srs, "DATUM", 0), *method = OSRGetAttrValue(srs, "PROJECTION", 0);
  if (strcmp(datum, t->datum) || !method != !t->method) return false;
  return !method ||
         (!strcmp(method, t->method) && t->lon0_deg == OSRGetNormProjParm(srs, SRS_PP_CENTRAL_MERIDIAN, -1, NULL) &&
          t->k0 == OSRGetNormProjParm(srs, SRS_PP_SCALE_FACTOR, -1, NULL) &&
          t->lat0_deg == OSRGetNormProjParm(srs, SRS_PP_LATITUDE_OF_ORIGIN, -1, NULL) &&
          t->fe_m == OSRGetNormProjParm(srs, SRS_PP_FALSE_EASTING, -1, NULL) &&
          t->fn_m == OSRGetNormProjParm(srs, SRS_PP_FALSE_NORTHING, -1, NULL));
}

static void the_systems_of_china_and_wgs84_are_read_as_gdal_reads_them(void) {
  static const int range[][2] = {{4490, 4490},   {4326, 4326},   {4610, 4610},  {4214, 4214},
                                 {4491, 4554},   {2327, 2390},   {2401, 2442},  {21413, 21423},
                                 {21453, 21463}, {32601, 32660}, {32701, 32760}};
  const char *const wkt2[] = {"FORMAT=WKT2_2019", NULL};
  int n = 0;
  for (size_t k = 0; k < sizeof range / sizeof *range; k++)
    for (int code = range[k][0]; code <= range[k][1]; code++, n++) {
      OGRSpatialReferenceH srs = OSRNewSpatialReference(NULL);
      char *wkt = NULL;
      mj_crs_terms t;
      CU_ASSERT_EQUAL_FATAL(OSRImportFromEPSG(srs, code), OGRERR_NONE);
      OSRExportToWktEx(srs, &wkt, wkt2);
      bool good = mj__crs_read_plain(wkt, &t) && agrees(srs, &t);
      if (!good) printf("EPSG:%d %s\n", code, wkt);
      CU_ASSERT(good);
      VSIFree(wkt);
      OSRDestroySpatialReference(srs);
    }
  ASSERT_INT(n, 4 + 64 + 64 + 42 + 11 + 11 + 60 + 60);
}

#define PLANE(datum, method, unit)                                                                 \
  "PROJCRS[\"a\",BASEGEOGCRS[\"b\",DATUM[\"" datum                                                 \
  "\",ELLIPSOID[\"e\",6378137,298.257222101]]],"                                                   \
  "CONVERSION[\"c\",METHOD[\"" method                                                              \
  "\",ID[\"EPSG\",9807]],PARAMETER[\"Latitude of natural origin\",1,"                              \
  "ANGLEUNIT[\"degree\",0.0174532925199433]],PARAMETER[\"Longitude of natural origin\",117.5,"     \
  "ANGLEUNIT[\"degree\",0.0174532925199433]],PARAMETER[\"Scale factor at natural origin\",0.9999," \
  "SCALEUNIT[\"unity\",1]],PARAMETER[\"False easting\",40500000," unit                             \
  "],PARAMETER[\"False northing\",-2,"                                                             \
  "LENGTHUNIT[\"metre\",1]]]]"

static void what_is_not_plain_is_left_to_gdal(void) {
  mj_crs_terms t;
  CU_ASSERT_FATAL(mj__crs_read_plain(PLANE("China 2000", "Transverse Mercator", "LENGTHUNIT[\"metre\",1]"), &t));
  ASSERT_TEXT(t.datum, "China_2000");
  CU_ASSERT(t.lat0_deg == 1 && t.lon0_deg == 117.5 && t.k0 == 0.9999 && t.fe_m == 40500000 && t.fn_m == -2);
  CU_ASSERT(!mj__crs_read_plain(PLANE("NAD83", "Transverse Mercator", "LENGTHUNIT[\"metre\",1]"), &t));
  CU_ASSERT(!mj__crs_read_plain(PLANE("China 2000", "Lambert Conic", "LENGTHUNIT[\"metre\",1]"), &t));
  CU_ASSERT(!mj__crs_read_plain(PLANE("China 2000", "Transverse Mercator", "LENGTHUNIT[\"metre\",1000]"), &t));
  CU_ASSERT(!mj__crs_read_plain("BOUNDCRS[SOURCECRS[GEOGCRS[\"a\",DATUM[\"China 2000\",", &t));
  CU_ASSERT(!mj__crs_read_plain("", &t));
}

SUITE_OF(crs_plain, T(the_systems_of_china_and_wgs84_are_read_as_gdal_reads_them),
         T(what_is_not_plain_is_left_to_gdal));
