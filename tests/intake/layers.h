/** @file layers.h  Layers of one rectangle, written by GDAL in the formats and systems that bureaus use. */
#ifndef TEST_INTAKE_LAYERS_H
#define TEST_INTAKE_LAYERS_H

#include <cpl_error.h>
#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>

#include "files.h"

static inline OGRGeometryH rectangle(double x, double y, double width, double height) {
  OGRGeometryH ring = OGR_G_CreateGeometry(wkbLinearRing), polygon = OGR_G_CreateGeometry(wkbPolygon);
  const double dx[] = {0, 0, width, width, 0}, dy[] = {0, height, height, 0, 0};
  for (int i = 0; i < 5; i++) OGR_G_AddPoint_2D(ring, x + dx[i], y + dy[i]);
  OGR_G_AddGeometryDirectly(polygon, ring);
  return polygon;
}

static inline const char *driver_of(const char *name) {
  const char *dot = strrchr(name, '.');
  return !strcmp(dot, ".gpkg") ? "GPKG" : !strcmp(dot, ".shp") ? "ESRI Shapefile" : "FlatGeobuf";
}

/** A layer "p.<ext>" with one text field and one rectangle, its first corner at (x, y) as the file has them. Of @p
 * system: a definition for GDAL, or "" for none. */
static inline void write_rectangle(const char *name, const char *field, const char *system, double x, double y,
                                   double width, double height) {
  const char *path = in_folder(name);
  OGRSpatialReferenceH srs = *system ? OSRNewSpatialReference(NULL) : NULL;
  GDALAllRegister();
  CPLPushErrorHandler(CPLQuietErrorHandler);
  if (srs) CU_ASSERT_EQUAL_FATAL(OSRSetFromUserInput(srs, system), OGRERR_NONE);
  if (srs) OSRSetAxisMappingStrategy(srs, OAMS_TRADITIONAL_GIS_ORDER);
  char prj[300];
  snprintf(prj, sizeof prj, "%.*s.prj", (int)(strlen(path) - strlen(strrchr(path, '.'))), path);
  remove(path);
  remove(prj);
  GDALDatasetH ds = GDALCreate(GDALGetDriverByName(driver_of(name)), path, 0, 0, 0, GDT_Unknown, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL(ds);
  OGRLayerH layer = GDALDatasetCreateLayer(ds, "p", srs, wkbPolygon, NULL);
  OGRFieldDefnH text = OGR_Fld_Create(field, OFTString);
  OGR_L_CreateField(layer, text, 1);
  OGRFeatureH row = OGR_F_Create(OGR_L_GetLayerDefn(layer));
  OGR_F_SetFieldString(row, 0, "A");
  OGR_F_SetGeometryDirectly(row, rectangle(x, y, width, height));
  CU_ASSERT_EQUAL_FATAL(OGR_L_CreateFeature(layer, row), OGRERR_NONE);
  OGR_F_Destroy(row);
  OGR_Fld_Destroy(text);
  GDALClose(ds);
  if (srs) OSRDestroySpatialReference(srs);
  CPLPopErrorHandler();
}

/** Add one more rectangle to a layer that write_rectangle wrote. */
static inline void add_rectangle(const char *name, const char *id, double x, double y, double width, double height) {
  GDALDatasetH ds = GDALOpenEx(in_folder(name), GDAL_OF_VECTOR | GDAL_OF_UPDATE, NULL, NULL, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL(ds);
  OGRLayerH layer = GDALDatasetGetLayer(ds, 0);
  OGRFeatureH row = OGR_F_Create(OGR_L_GetLayerDefn(layer));
  OGR_F_SetFieldString(row, 0, id);
  OGR_F_SetGeometryDirectly(row, rectangle(x, y, width, height));
  CU_ASSERT_EQUAL_FATAL(OGR_L_CreateFeature(layer, row), OGRERR_NONE);
  OGR_F_Destroy(row);
  GDALClose(ds);
}

/** The same as a shapefile whose .prj has this text, word for word. */
static inline void write_with_prj(const char *stem, const char *field, const char *prj, double x, double y,
                                  double width, double height) {
  char name[64];
  snprintf(name, sizeof name, "%s.shp", stem);
  write_rectangle(name, field, "", x, y, width, height);
  snprintf(name, sizeof name, "%s.prj", stem);
  write_text(name, prj);
}

/* ---- definitions as ArcGIS writes them ---- */

#define ESRI_GEOGCS(name, datum, spheroid, a, rf)                               \
  "GEOGCS[\"" name "\",DATUM[\"" datum "\",SPHEROID[\"" spheroid "\"," a "," rf \
  "]],PRIMEM[\"Greenwich\",0.0],UNIT["                                          \
  "\"Degree\",0.0174532925199433]]"
#define ESRI_GEOGCS_IN(unit)                                                                                         \
  "GEOGCS[\"own\",DATUM[\"D_China_2000\",SPHEROID[\"CGCS2000\",6378137.0,298.257222101]],PRIMEM[\"Greenwich\",0.0]," \
  "UNIT[" unit "]]"
#define ESRI_CHINA_2000 \
  ESRI_GEOGCS("GCS_China_Geodetic_Coordinate_System_2000", "D_China_2000", "CGCS2000", "6378137.0", "298.257222101")
#define ESRI_CHINA_2000_GRS \
  ESRI_GEOGCS("GCS_China_Geodetic_Coordinate_System_2000", "D_China_2000", "GRS_1980", "6378137.0", "298.257222101")
#define ESRI_XIAN ESRI_GEOGCS("GCS_Xian_1980", "D_Xian_1980", "Xian_1980", "6378140.0", "298.257")
#define ESRI_BEIJING ESRI_GEOGCS("GCS_Beijing_1954", "D_Beijing_1954", "Krasovsky_1940", "6378245.0", "298.3")
#define ESRI_WGS84 ESRI_GEOGCS("GCS_WGS_1984", "D_WGS_1984", "WGS_1984", "6378137.0", "298.257223563")
#define ESRI_PROJCS(name, geogcs, method, fe, fn, meridian, scale, lat0, unit)                \
  "PROJCS[\"" name "\"," geogcs ",PROJECTION[\"" method "\"],PARAMETER[\"False_Easting\"," fe \
  "],PARAMETER[\"False_Northing\"," fn "],PARAMETER[\"Central_Meridian\"," meridian           \
  "],PARAMETER[\"Scale_Factor\"," scale "],PARAMETER[\"Latitude_Of_Origin\"," lat0 "],UNIT[" unit "]]"
#define ESRI_GAUSS(name, geogcs, fe, meridian) \
  ESRI_PROJCS(name, geogcs, "Gauss_Kruger", fe, "0.0", meridian, "1.0", "0.0", "\"Meter\",1.0")
#endif
