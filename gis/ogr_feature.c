#include <cpl_conv.h>
#include <gdal.h>
#include <ogr_api.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "gis/ogr_source.h"

/* Row by row, for the formats of which GDAL builds features anyway, and for fields that are lists, times or bytes. */

typedef struct {
  mj_reading *r;
  unsigned char *wkb; /* one shape on its way */
  size_t cap;
  mj_text text; /* one list on its way */
} feature_reading;

static mj_status no_memory(const mj_reading *r) { return mj_fail(r->err, MJ_ENOMEM, "out of memory"); }

/* "2024-05-01", with "T08:30:00" where it is not midnight: the wall clock as recorded. */
static void put_time(mj_text *text, OGRFeatureH feature, int field) {
  int year, month, date, hour, minute, zone;
  float second;
  if (!OGR_F_GetFieldAsDateTimeEx(feature, field, &year, &month, &date, &hour, &minute, &second, &zone)) return;
  mj_text_format(text, "%04d-%02d-%02d", year, month, date);
  if (hour || minute || second > 0) mj_text_format(text, "T%02d:%02d:%02d", hour, minute, (int)second);
}

/* List values joined by ';'; anything else as GDAL writes it. */
static void put_text(mj_text *text, OGRFeatureH feature, int field, OGRFieldType type) {
  int n = 0;
  if (type == OFTStringList) {
    char **list = OGR_F_GetFieldAsStringList(feature, field);
    for (int i = 0; list && list[i]; i++) mj_text_format(text, i ? ";%s" : "%s", list[i]);
  } else if (type == OFTIntegerList) {
    const int *list = OGR_F_GetFieldAsIntegerList(feature, field, &n);
    for (int i = 0; i < n; i++) mj_text_format(text, i ? ";%d" : "%d", list[i]);
  } else if (type == OFTInteger64List) {
    const GIntBig *list = OGR_F_GetFieldAsInteger64List(feature, field, &n);
    for (int i = 0; i < n; i++) mj_text_format(text, i ? ";%lld" : "%lld", (long long)list[i]);
  } else if (type == OFTRealList) {
    const double *list = OGR_F_GetFieldAsDoubleList(feature, field, &n);
    for (int i = 0; i < n; i++) {
      char number[32];
      mj_double_shortest(list[i], number);
      mj_text_format(text, i ? ";%s" : "%s", number);
    }
  } else if (type == OFTDateTime) {
    put_time(text, feature, field);
  } else {
    mj_text_add(text, OGR_F_GetFieldAsString(feature, field));
  }
}

static mj_status take_text(feature_reading *f, int c, OGRFeatureH feature, OGRFieldType type, int64_t source_row) {
  int field = f->r->field[c];
  if (type == OFTString) {
    const char *text = OGR_F_GetFieldAsString(feature, field);
    return mj_reading_text(f->r, c, text, strlen(text), source_row);
  }
  f->text.n = 0;
  put_text(&f->text, feature, field, type);
  if (f->text.failed) return no_memory(f->r);
  return mj_reading_text(f->r, c, f->text.data ? f->text.data : "", f->text.n, source_row);
}

static mj_status take_value(feature_reading *f, int c, OGRFeatureH feature, int64_t source_row) {
  mj_reading *r = f->r;
  int field = r->field[c], year, month, date, hour, minute, second, zone;
  mj_column *column = r->column[c];
  if (!OGR_F_IsFieldSetAndNotNull(feature, field)) return MJ_OK;
  switch (column->type) {
    case MJ_I64:
      column->i64[r->row] = OGR_F_GetFieldAsInteger64(feature, field);
      return MJ_OK;
    case MJ_F64:
      column->f64[r->row] = OGR_F_GetFieldAsDouble(feature, field);
      return MJ_OK;
    case MJ_DATE:
      if (OGR_F_GetFieldAsDateTime(feature, field, &year, &month, &date, &hour, &minute, &second, &zone))
        column->date[r->row] = mj_date_from_ymd(year, month, date);
      return MJ_OK;
    default:
      return take_text(f, c, feature, OGR_Fld_GetType(OGR_F_GetFieldDefnRef(feature, field)), source_row);
  }
}

static mj_status take_shape(feature_reading *f, OGRFeatureH feature, int64_t source_row) {
  OGRGeometryH shape = OGR_F_GetGeometryRef(feature);
  if (!shape) return mj_reading_shape(f->r, NULL, 0, source_row);
  int n = OGR_G_WkbSize(shape);
  if (n > 0 && (size_t)n > f->cap) {
    unsigned char *grown = realloc(f->wkb, (size_t)n * 2);
    if (!grown) return no_memory(f->r);
    f->wkb = grown;
    f->cap = (size_t)n * 2;
  }
  if (n <= 0 || OGR_G_ExportToIsoWkb(shape, wkbNDR, f->wkb))
    return mj_fail(f->r->err, MJ_EFORMAT, "%s: layer '%s': row %lld: the geometry is too large", f->r->file->path,
                   f->r->slot->info.name, (long long)source_row);
  return mj_reading_shape(f->r, f->wkb, (size_t)n, source_row);
}

/* Rows of a worksheet below its last cell, and between, hold nothing and are no rows. */
static bool is_blank(const mj_reading *r, OGRFeatureH feature) {
  if (r->slot->kind != MJ_FILE_XLSX && r->slot->kind != MJ_FILE_XLS) return false;
  for (int f = 0; f < r->slot->info.n_fields; f++)
    if (OGR_F_IsFieldSetAndNotNull(feature, f) && *OGR_F_GetFieldAsString(feature, f)) return false;
  return true;
}

/* Shapefiles and FlatGeobuf count from 0 and GeoJSON where its features have no id; geodatabases have an OBJECTID,
 * worksheets their row. */
static int64_t row_number(const mj_reading *r, int64_t fid, int64_t met) {
  switch (r->slot->kind) {
    case MJ_FILE_SHP:
    case MJ_FILE_FGB:
      return fid + 1;
    case MJ_FILE_GEOJSON:
      return met + 1;
    default:
      return fid;
  }
}

static mj_status take_feature(feature_reading *f, OGRFeatureH feature, int64_t met) {
  mj_reading *r = f->r;
  MJ_TRY(mj_reading_room(r));
  int64_t source_row = row_number(r, OGR_F_GetFID(feature), met);
  for (int c = 0; c < r->n_columns; c++) MJ_TRY(take_value(f, c, feature, source_row));
  if (r->options->geometry) MJ_TRY(take_shape(f, feature, source_row));
  mj_reading_end_row(r, source_row);
  return MJ_OK;
}

mj_status mj_read_features(mj_reading *r, int64_t *rows_met) {
  feature_reading f = {.r = r};
  OGRFeatureH feature;
  mj_status status = MJ_OK;
  while (!status && (feature = OGR_L_GetNextFeature(r->slot->layer))) {
    if (!is_blank(r, feature)) status = take_feature(&f, feature, *rows_met);
    OGR_F_Destroy(feature);
    if (++*rows_met % 8192 == 0) mj_reading_step(r, *rows_met, r->cap);
  }
  free(f.wkb);
  mj_text_reset(&f.text);
  return status;
}
