#include <gdal.h>
#include <math.h>
#include <ogr_api.h>
#include <stdlib.h>
#include <string.h>

#include "gis/gpkg.h"

/* Well-known binary, little endian: what OGR takes without copying ring by
 * ring. */
typedef struct {
  unsigned char *data;
  size_t n, cap;
} wkb;

static bool room(wkb *b, size_t more) {
  if (b->cap - b->n >= more) return true;
  size_t cap = b->cap ? b->cap : 4096;
  while (cap - b->n < more) {
    if (cap > SIZE_MAX / 2) return false;
    cap *= 2;
  }
  unsigned char *data = realloc(b->data, cap);
  if (!data) return false;
  b->data = data;
  b->cap = cap;
  return true;
}

static void put_u32(wkb *b, uint32_t v) {
  for (int i = 0; i < 4; i++) b->data[b->n++] = (unsigned char)(v >> (8 * i));
}

static void put_f64(wkb *b, double v) {
  uint64_t bits;
  memcpy(&bits, &v, 8);
  for (int i = 0; i < 8; i++) b->data[b->n++] = (unsigned char)(bits >> (8 * i));
}

static void put_head(wkb *b, uint32_t type) {
  b->data[b->n++] = 1;
  put_u32(b, type);
}

static void put_point(wkb *b, const mj_polys *g, int32_t v) {
  put_f64(b, g->x[v]);
  put_f64(b, g->y[v]);
}

static void put_vertices(wkb *b, const mj_polys *g, int32_t ring) {
  int32_t first = g->vert0[ring], last = g->vert0[ring + 1];
  put_u32(b, (uint32_t)(last - first));
  for (int32_t v = first; v < last; v++) put_point(b, g, v);
}

/* True where every coordinate of the row is a number: GDAL's GeoPackage writer
 * makes broken SQL out of others. */
static bool finite_row(const mj_polys *g, int64_t row) {
  int32_t first = g->vert0[g->ring0[g->part0[row]]], last = g->vert0[g->ring0[g->part0[row + 1]]];
  for (int32_t v = first; v < last; v++)
    if (!isfinite(g->x[v]) || !isfinite(g->y[v])) return false;
  return last > first;
}

/* The row as WKB; n is 0 where it has no geometry. False when memory ends. */
static bool row_wkb(wkb *b, const mj_polys *g, mj_geom_kind kind, int64_t row) {
  b->n = 0;
  int32_t p0 = g->part0[row], p1 = g->part0[row + 1];
  if (p0 == p1 || !finite_row(g, row)) return true;
  size_t rings = (size_t)(g->ring0[p1] - g->ring0[p0]);
  size_t verts = (size_t)(g->vert0[g->ring0[p1]] - g->vert0[g->ring0[p0]]);
  if (!room(b, 9 + 9 * (size_t)(p1 - p0) + 4 * rings + 16 * verts)) return false;
  if (kind == MJ_GEOM_POINT) {
    put_head(b, wkbPoint);
    put_point(b, g, g->vert0[g->ring0[p0]]);
    return true;
  }
  bool area = kind == MJ_GEOM_POLYGON;
  put_head(b, area ? wkbMultiPolygon : wkbMultiLineString);
  put_u32(b, (uint32_t)(p1 - p0));
  for (int32_t p = p0; p < p1; p++) {
    put_head(b, area ? wkbPolygon : wkbLineString);
    if (area) put_u32(b, (uint32_t)(g->ring0[p + 1] - g->ring0[p]));
    for (int32_t r = g->ring0[p]; r < g->ring0[p + 1]; r++) put_vertices(b, g, r);
  }
  return true;
}

static void set_date(OGRFeatureH f, int i, int32_t date) {
  int year, month, day;
  mj_date_to_ymd(date, &year, &month, &day);
  OGR_F_SetFieldDateTime(f, i, year, month, day, 0, 0, 0, 0);
}

/* Where the coded values name "unknown", an undecided verdict is a value of its
 * own; else it is NULL. */
static void set_tri(OGRFeatureH f, int i, const mj_gpkg_column *c, uint8_t v) {
  static const char *const code[] = {"no", "yes", "unknown"};
  if (v < MJ_UNKNOWN || (c->domain && strstr(c->domain, "unknown="))) OGR_F_SetFieldString(f, i, code[v > 2 ? 2 : v]);
  else OGR_F_SetFieldNull(f, i);
}

static void set_field(OGRFeatureH f, int i, const mj_gpkg_column *c, int64_t row) {
  const mj_column *col = c->column;
  if (col->type == MJ_TRI) set_tri(f, i, c, col->tri[row]);
  else if (mj_column_is_null(col, row)) OGR_F_SetFieldNull(f, i);
  else if (col->type == MJ_F64 && isfinite(col->f64[row])) OGR_F_SetFieldDouble(f, i, col->f64[row]);
  else if (col->type == MJ_I64) OGR_F_SetFieldInteger64(f, i, col->i64[row]);
  else if (col->type == MJ_TEXT) OGR_F_SetFieldString(f, i, col->text[row]);
  else if (col->type == MJ_DATE) set_date(f, i, col->date[row]);
  else OGR_F_SetFieldNull(f, i);
}

static bool set_shape(OGRFeatureH f, wkb *b, const mj_polys *g, mj_geom_kind kind, int64_t row) {
  OGRGeometryH shape = NULL;
  if (!row_wkb(b, g, kind, row)) return false;
  if (b->n && OGR_G_CreateFromWkbEx(b->data, NULL, &shape, b->n) != OGRERR_NONE) return false;
  return OGR_F_SetGeometryDirectly(f, shape) == OGRERR_NONE;
}

bool mj_gpkg_rows(mj_gpkg *gpkg, void *layer, const mj_table *table, const int64_t *rows, int64_t n_rows,
                  const double *x, const double *y, const mj_gpkg_column *columns, int n_columns) {
  wkb b = {0};
  mj_polys g = mj_geom_view(&table->geom);
  bool shapes = table->geom.n > 0 && OGR_L_GetGeomType(layer) != wkbNone;
  if (x && y) {
    g.x = x;
    g.y = y;
  }
  OGRFeatureH f = OGR_F_Create(OGR_L_GetLayerDefn(layer));
  bool ok = f && GDALDatasetStartTransaction(gpkg->ds, FALSE) == OGRERR_NONE;
  for (int64_t i = 0; ok && i < n_rows; i++) {
    int64_t row = rows ? rows[i] : i;
    OGR_F_SetFID(f, OGRNullFID);
    for (int c = 0; c < n_columns; c++) set_field(f, c, &columns[c], row);
    if (shapes) ok = set_shape(f, &b, &g, table->geom.kind, row);
    ok = ok && OGR_L_CreateFeature(layer, f) == OGRERR_NONE;
  }
  ok = ok && GDALDatasetCommitTransaction(gpkg->ds) == OGRERR_NONE;
  OGR_F_Destroy(f);
  free(b.data);
  return ok;
}
