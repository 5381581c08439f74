/** @file ogr_write.h  A GeoPackage with layers, tables, aliases as field domains, written beside its name and checked
 * by reading it again. */
#ifndef MJ_GIS_OGR_WRITE_H
#define MJ_GIS_OGR_WRITE_H

#include "mujun/park.h"

typedef struct mj_gpkg mj_gpkg;
/** Create @p path (must not exist). date: "2026-03-31T00:00:00.000Z" put wherever the format wants a time, so that
 * bytes repeat. */
MJ_NODISCARD mj_status mj_gpkg_create(const char *path, const char *date, mj_gpkg **out, mj_error *err);
/** One column of a layer to write: from the table, under that name, with a coded-value domain ("code=label|code=label",
 * NULL: none). */
typedef struct {
  const mj_column *column;
  const char *name, *domain;
} mj_gpkg_column;
/**
 * Add layer @p name of the table's rows listed in rows[n_rows] (NULL: all). crs is WKT, or NULL for a table without
 * geometry. x, y replace the table's vertices where not NULL (same offsets). Geometry is
 * MultiPolygon/MultiLineString/Point by kind; a row with a coordinate that is no number has none. All that is given but
 * the name is read in mj_gpkg_close, and must stand until then.
 */
MJ_NODISCARD mj_status mj_gpkg_layer(mj_gpkg *gpkg, const char *name, const mj_table *table, const int64_t *rows,
                                     int64_t n_rows, const char *crs, const double *x, const double *y,
                                     const mj_gpkg_column *columns, int n_columns, mj_error *err);
/** Store a QML text as a style of layer @p name under the name @p title (layer_styles); QGIS opens the layer with the
 * one that is @p standard. */
MJ_NODISCARD mj_status mj_gpkg_style(mj_gpkg *gpkg, const char *name, const char *title, const char *qml,
                                     const char *date, bool standard, mj_error *err);
/** Dataset metadata item. */
MJ_NODISCARD mj_status mj_gpkg_note(mj_gpkg *gpkg, const char *key, const char *value, mj_error *err);
/**
 * Write the rows (but after an error), close, open again, check the file and count rows of every layer against what was
 * sent. On the thread of mj_gpkg_create. Errors: MJ_EIO, MJ_ENOMEM. The file is the caller's to remove on failure.
 */
MJ_NODISCARD mj_status mj_gpkg_close(mj_gpkg *gpkg, mj_error *err);
#endif
