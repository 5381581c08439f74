/* Layers through OGR, with every answer checked. */
#include <cpl_conv.h>
#include <cpl_string.h>
#include <cpl_vsi.h>
#include <gdal.h>
#include <math.h>
#include <ogr_srs_api.h>
#include <stdio.h>
#include <string.h>

#include "sample.h"

OGRSpatialReferenceH reference(int epsg) {
  OGRSpatialReferenceH srs = OSRNewSpatialReference(NULL);
  need(OSRImportFromEPSG(srs, epsg) == OGRERR_NONE, "the EPSG registry is not there");
  OSRSetAxisMappingStrategy(srs, OAMS_TRADITIONAL_GIS_ORDER);
  return srs;
}

OGRGeometryH reprojected(OGRGeometryH geom, int epsg) {
  OGRSpatialReferenceH from = reference(EPSG_PARK), to = reference(epsg);
  OGRCoordinateTransformationH t = OCTNewCoordinateTransformation(from, to);
  OGRGeometryH copy = OGR_G_Clone(geom);
  need(t && OGR_G_Transform(copy, t) == OGRERR_NONE, "a geometry cannot be reprojected");
  OGR_G_AssignSpatialReference(copy, NULL);
  OCTDestroyCoordinateTransformation(t);
  OSRRelease(from);
  OSRRelease(to);
  return copy;
}

GDALDatasetH create_file(const char *driver, const char *dir, const char *name) {
  char *path = CPLStrdup(CPLFormFilename(dir, name, NULL)); /* its own buffer is used again by the drivers */
  GDALDriverH d = GDALGetDriverByName(driver);
  need(d != NULL, "a GDAL driver is missing");
  CPLPushErrorHandler(CPLQuietErrorHandler); /* nothing to delete is no error */
  GDALDeleteDataset(d, path);
  VSIUnlink(path);
  CPLPopErrorHandler();
  GDALDatasetH file = GDALCreate(d, path, 0, 0, 0, GDT_Unknown, NULL);
  need(file != NULL, "a file cannot be made in the folder");
  CPLFree(path);
  return file;
}

OGRLayerH create_layer(GDALDatasetH file, const char *name, int epsg, OGRwkbGeometryType type, char **options) {
  OGRSpatialReferenceH srs = epsg ? reference(epsg) : NULL;
  OGRLayerH layer = GDALDatasetCreateLayer(file, name, srs, type, options);
  need(layer != NULL, "a layer cannot be made");
  if (srs) OSRRelease(srs);
  return layer;
}

void add_fields(OGRLayerH layer, OGRFieldType type, const char *const *names) {
  for (; *names; names++) {
    OGRFieldDefnH field = OGR_Fld_Create(*names, type);
    if (type == OFTReal && strstr("建筑高度首层层高", *names)) {
      OGR_Fld_SetWidth(field, 8);
      OGR_Fld_SetPrecision(field, 2);
    }
    need(OGR_L_CreateField(layer, field, TRUE) == OGRERR_NONE, "a field cannot be made");
    OGR_Fld_Destroy(field);
  }
}

static int field_index(OGRFeatureH f, const char *field) {
  int i = OGR_F_GetFieldIndex(f, field);
  need(i >= 0, field);
  return i;
}

void set_text(OGRFeatureH f, const char *field, const char *text) {
  int i = field_index(f, field);
  if (text && *text) OGR_F_SetFieldString(f, i, text);
  else OGR_F_SetFieldNull(f, i);
}

void set_number(OGRFeatureH f, const char *field, double value) {
  int i = field_index(f, field);
  if (isnan(value)) OGR_F_SetFieldNull(f, i);
  else OGR_F_SetFieldDouble(f, i, value);
}

void set_flag(OGRFeatureH f, const char *field, int flag) { set_text(f, field, flag < 0 ? "" : flag ? "是" : "否"); }

void put_feature(OGRLayerH layer, OGRFeatureH f, OGRGeometryH geom) {
  if (geom) need(OGR_F_SetGeometry(f, geom) == OGRERR_NONE, "a geometry cannot be set");
  need(OGR_L_CreateFeature(layer, f) == OGRERR_NONE, "a row cannot be written");
  OGR_F_Destroy(f);
}
