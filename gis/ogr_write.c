#include "gis/ogr_write.h"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_string.h>
#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>
#include <stdlib.h>
#include <string.h>

#include "gis/gpkg.h"

static void CPL_STDCALL keep_first(CPLErr class, CPLErrorNum number, const char *message) {
  mj_gpkg *gpkg = CPLGetErrorHandlerUserData();
  (void)number;
  if (class < CE_Failure || gpkg->said[0]) return;
  strncpy(gpkg->said, message, sizeof gpkg->said - 1);
  for (char *c = gpkg->said; *c; c++)
    if ((unsigned char)*c < ' ') *c = ' ';
}

void mj_gpkg_quiet(mj_gpkg *gpkg) {
  gpkg->said[0] = 0;
  CPLPushErrorHandlerEx(keep_first, gpkg);
}

mj_status mj_gpkg_loud(mj_gpkg *gpkg, bool ok, mj_error *err) {
  CPLPopErrorHandler();
  if (ok && !gpkg->said[0]) return MJ_OK;
  gpkg->failed = true;
  return mj_fail(err, MJ_EIO, "cannot write '%s': %s", gpkg->path, gpkg->said[0] ? gpkg->said : "GDAL gives no reason");
}

bool mj_gpkg_grow(mj_arena *arena, void **list, int n, int *cap, size_t size) {
  if (n < *cap) return true;
  int more = *cap ? *cap * 2 : 16;
  void *wider = mj_arena_alloc(arena, (size_t)more, size);
  if (!wider) return false;
  if (n) memcpy(wider, *list, (size_t)n * size);
  *list = wider;
  *cap = more;
  return true;
}

/* Options of this thread only: times inside the file are the caller's date, SQLite leaves syncing to the caller, who
 * renames the file, and it keeps no map of pages, which mj_pages would have to keep too. */
static void set_options(const char *date) {
  CPLSetThreadLocalConfigOption("OGR_CURRENT_DATE", date);
  CPLSetThreadLocalConfigOption("OGR_SQLITE_SYNCHRONOUS", date ? "OFF" : NULL);
  CPLSetThreadLocalConfigOption("OGR_SQLITE_PRAGMA", date ? "auto_vacuum=0" : NULL);
}

mj_status mj_gpkg_create(const char *path, const char *date, mj_gpkg **out, mj_error *err) {
  mj_gpkg *gpkg = calloc(1, sizeof *gpkg);
  *out = NULL;
  if (gpkg) gpkg->path = mj_arena_text(&gpkg->arena, path, strlen(path));
  if (!gpkg || !gpkg->path) {
    free(gpkg);
    return mj_fail(err, MJ_ENOMEM, "out of memory");
  }
  if (!GDALGetDriverByName("GPKG")) GDALAllRegister();
  GDALDriverH driver = GDALGetDriverByName("GPKG");
  mj_gpkg_quiet(gpkg);
  set_options(date);
  gpkg->ds = driver ? GDALCreate(driver, path, 0, 0, 0, GDT_Unknown, NULL) : NULL;
  mj_status s = mj_gpkg_loud(gpkg, gpkg->ds != NULL, err);
  if (!s) {
    *out = gpkg;
    return MJ_OK;
  }
  if (gpkg->ds) GDALClose(gpkg->ds);
  set_options(NULL);
  mj_arena_reset(&gpkg->arena);
  free(gpkg);
  return s;
}

/* Add "code=label|code=label" as the coded values named @p name. The text is
 * cut up in place. */
static bool add_domain(mj_gpkg *gpkg, const char *name, char *text) {
  OGRCodedValue value[33] = {{0}};
  int n = 0;
  for (char *part = text, *next; part && *part && n < 32; part = next) {
    next = strchr(part, '|');
    if (next) *next++ = 0;
    char *label = strchr(part, '=');
    if (label) *label++ = 0;
    value[n].pszCode = part;
    value[n++].pszValue = label ? label : part;
  }
  OGRFieldDomainH domain = OGR_CodedFldDomain_Create(name, "", OFTString, OFSTNone, value);
  char *why = NULL;
  bool ok = domain && GDALDatasetAddFieldDomain(gpkg->ds, domain, &why);
  if (!ok && why && !gpkg->said[0]) strncpy(gpkg->said, why, sizeof gpkg->said - 1);
  OGR_FldDomain_Destroy(domain);
  CPLFree(why);
  return ok;
}

/* The name of the coded values with that text, made when first asked for; NULL:
 * see said, or out of memory. */
static const char *domain_name(mj_gpkg *gpkg, const char *text) {
  int i = 0;
  while (i < gpkg->n_domains && strcmp(gpkg->domain_text[i], text)) i++;
  const char *name = mj_arena_format(&gpkg->arena, "codes_%d", i + 1);
  if (!name || i < gpkg->n_domains) return name;
  char *kept = mj_arena_text(&gpkg->arena, text, strlen(text)), *cut = mj_arena_text(&gpkg->arena, text, strlen(text));
  void *list = gpkg->domain_text;
  if (!kept || !cut || !mj_gpkg_grow(&gpkg->arena, &list, gpkg->n_domains, &gpkg->cap_domains, sizeof kept))
    return NULL;
  gpkg->domain_text = list;
  gpkg->domain_text[gpkg->n_domains++] = kept;
  return add_domain(gpkg, name, cut) ? name : NULL;
}

static bool add_field(mj_gpkg *gpkg, OGRLayerH layer, const mj_gpkg_column *column) {
  static const OGRFieldType type[] = {
      [MJ_F64] = OFTReal, [MJ_I64] = OFTInteger64, [MJ_TEXT] = OFTString, [MJ_DATE] = OFTDate, [MJ_TRI] = OFTString};
  OGRFieldDefnH field = OGR_Fld_Create(column->name, type[column->column->type]);
  const char *domain = column->domain ? domain_name(gpkg, column->domain) : NULL;
  if (domain) OGR_Fld_SetDomainName(field, domain);
  bool ok = OGR_L_CreateField(layer, field, FALSE) == OGRERR_NONE && (domain || !column->domain);
  OGR_Fld_Destroy(field);
  return ok;
}

/* Layer with its reference system and its fields; NULL: see said. */
static OGRLayerH add_layer(mj_gpkg *gpkg, const char *name, mj_geom_kind kind, const char *crs,
                           const mj_gpkg_column *columns, int n_columns) {
  static const OGRwkbGeometryType shape[] = {[MJ_GEOM_NONE] = wkbNone,
                                             [MJ_GEOM_POINT] = wkbPoint,
                                             [MJ_GEOM_LINE] = wkbMultiLineString,
                                             [MJ_GEOM_POLYGON] = wkbMultiPolygon};
  OGRSpatialReferenceH system = crs ? OSRNewSpatialReference(NULL) : NULL;
  OGRLayerH layer = NULL;
  char **options = CSLSetNameValue(NULL, "GEOMETRY_NAME", "geom");
  if (!crs || OSRSetFromUserInput(system, crs) == OGRERR_NONE) {
    if (system) OSRSetAxisMappingStrategy(system, OAMS_TRADITIONAL_GIS_ORDER);
    layer = GDALDatasetCreateLayer(gpkg->ds, name, system, crs ? shape[kind] : wkbNone, options);
  }
  for (int c = 0; layer && c < n_columns; c++)
    if (!add_field(gpkg, layer, &columns[c])) layer = NULL;
  if (layer) OGR_L_ResetReading(layer); /* GDAL makes the table when it is first looked at: so in the order of calls */
  CSLDestroy(options);
  if (system) OSRRelease(system);
  return layer;
}

/* What will be laid down when GDAL has closed the file. */
static bool remember(mj_gpkg *gpkg, const char *name, const mj_gpkg_sent *sent) {
  void *list = gpkg->sent;
  char *copy = mj_arena_text(&gpkg->arena, name, strlen(name));
  if (!copy || !mj_gpkg_grow(&gpkg->arena, &list, gpkg->n_sent, &gpkg->cap_sent, sizeof *gpkg->sent)) return false;
  gpkg->sent = list;
  gpkg->sent[gpkg->n_sent] = *sent;
  gpkg->sent[gpkg->n_sent++].name = copy;
  return true;
}

mj_status mj_gpkg_layer(mj_gpkg *gpkg, const char *name, const mj_table *table, const int64_t *rows, int64_t n_rows,
                        const char *crs, const double *x, const double *y, const mj_gpkg_column *columns, int n_columns,
                        mj_error *err) {
  mj_gpkg_sent sent = {.table = table, .row = rows, .n = rows ? n_rows : table->n, .column = columns};
  sent.n_columns = n_columns;
  if (crs) sent.geom = mj_geom_view(&table->geom);
  if (x && y) {
    sent.geom.x = x;
    sent.geom.y = y;
  }
  mj_gpkg_quiet(gpkg);
  OGRLayerH layer = add_layer(gpkg, name, table->geom.kind, crs, columns, n_columns);
  return mj_gpkg_loud(gpkg, layer && remember(gpkg, name, &sent), err);
}

/* The table QGIS looks for, with the columns it makes itself. */
static OGRLayerH add_styles(mj_gpkg *gpkg) {
  static const struct {
    const char *name;
    OGRFieldType type;
    int width;
  } field[] = {{"f_table_catalog", OFTString, 256},
               {"f_table_schema", OFTString, 256},
               {"f_table_name", OFTString, 256},
               {"f_geometry_column", OFTString, 256},
               {"styleName", OFTString, 30},
               {"styleQML", OFTString, 0},
               {"styleSLD", OFTString, 0},
               {"useAsDefault", OFTInteger, 0},
               {"description", OFTString, 0},
               {"owner", OFTString, 30},
               {"ui", OFTString, 30},
               {"update_time", OFTDateTime, 0}};
  char **options = CSLSetNameValue(NULL, "FID", "id");
  OGRLayerH layer = GDALDatasetCreateLayer(gpkg->ds, "layer_styles", NULL, wkbNone, options);
  CSLDestroy(options);
  for (size_t i = 0; layer && i < sizeof field / sizeof *field; i++) {
    OGRFieldDefnH f = OGR_Fld_Create(field[i].name, field[i].type);
    if (field[i].width) OGR_Fld_SetWidth(f, field[i].width);
    if (field[i].type == OFTInteger) OGR_Fld_SetSubType(f, OFSTBoolean);
    if (field[i].type == OFTDateTime) OGR_Fld_SetDefault(f, "CURRENT_TIMESTAMP");
    if (OGR_L_CreateField(layer, f, FALSE) != OGRERR_NONE) layer = NULL;
    OGR_Fld_Destroy(f);
  }
  return layer;
}

static bool write_style(mj_gpkg *gpkg, const char *name, const char *title, const char *qml, const char *date,
                        bool standard) {
  if (!gpkg->styles) gpkg->styles = add_styles(gpkg);
  OGRFeatureH f = gpkg->styles ? OGR_F_Create(OGR_L_GetLayerDefn(gpkg->styles)) : NULL;
  if (!f) return false;
  /* QGIS compares catalogue and schema with '', so they are empty texts, not
   * NULL */
  const struct {
    const char *field, *value;
  } text[] = {{"f_table_catalog", ""}, {"f_table_schema", ""}, {"f_table_name", name}, {"f_geometry_column", "geom"},
              {"styleName", title},    {"styleQML", qml},      {"styleSLD", ""},       {"description", ""},
              {"owner", ""},           {"update_time", date}};
  for (size_t i = 0; i < sizeof text / sizeof *text; i++)
    OGR_F_SetFieldString(f, OGR_F_GetFieldIndex(f, text[i].field), text[i].value);
  OGR_F_SetFieldInteger(f, OGR_F_GetFieldIndex(f, "useAsDefault"), standard);
  bool ok = OGR_L_CreateFeature(gpkg->styles, f) == OGRERR_NONE;
  OGR_F_Destroy(f);
  return ok;
}

mj_status mj_gpkg_style(mj_gpkg *gpkg, const char *name, const char *title, const char *qml, const char *date,
                        bool standard, mj_error *err) {
  mj_gpkg_quiet(gpkg);
  return mj_gpkg_loud(gpkg, write_style(gpkg, name, title, qml, date, standard), err);
}

mj_status mj_gpkg_note(mj_gpkg *gpkg, const char *key, const char *value, mj_error *err) {
  mj_gpkg_quiet(gpkg);
  return mj_gpkg_loud(gpkg, GDALSetMetadataItem(gpkg->ds, key, value, NULL) == CE_None, err);
}

mj_status mj_gpkg_close(mj_gpkg *gpkg, mj_error *err) {
  if (!gpkg) return MJ_OK;
  bool failed = gpkg->failed;
  mj_gpkg_quiet(gpkg);
  GDALClose(gpkg->ds);
  set_options(NULL);
  mj_status s = mj_gpkg_loud(gpkg, true, err);
  if (!s && !failed) s = mj_gpkg_fill(gpkg, err);
  if (!s) s = mj_gpkg_check(gpkg, err);
  mj_arena_reset(&gpkg->arena);
  free(gpkg);
  return s;
}
