/** @file gpkg.h  What the parts of the GeoPackage writer share. */
#ifndef MJ_GIS_GPKG_H
#define MJ_GIS_GPKG_H

#include "gis/ogr_write.h"

/** What was sent to one layer, to be counted again after closing. */
typedef struct {
  char *name;
  int64_t rows;
} mj_gpkg_sent;

struct mj_gpkg {
  void *ds;           /* GDALDatasetH */
  void *styles;       /* OGRLayerH of layer_styles, once a style was given */
  mj_gpkg_sent *sent; /* [n_sent], in the arena */
  int n_sent, cap_sent;
  const char **domain_text; /* [n_domains] coded values; its name is "codes_<index>" */
  int n_domains, cap_domains;
  char *path;
  char said[600]; /* the first error GDAL reported since the last call began */
  mj_arena arena;
};

/** Send GDAL's messages of this thread to gpkg->said until mj_gpkg_loud; never
 * to stderr. */
void mj_gpkg_quiet(mj_gpkg *gpkg);
/** End mj_gpkg_quiet. MJ_EIO with the path and what GDAL said when it reported
 * an error or @p ok is false. */
MJ_NODISCARD mj_status mj_gpkg_loud(mj_gpkg *gpkg, bool ok, mj_error *err);
/** Make room in @p list for one more item of @p size bytes; false when memory
 * ends. */
bool mj_gpkg_grow(mj_arena *arena, void **list, int n, int *cap, size_t size);

/** Append the rows of one OGRLayerH inside one transaction. False: see gpkg->said.
 */
bool mj_gpkg_rows(mj_gpkg *gpkg, void *layer, const mj_table *table, const int64_t *rows, int64_t n_rows,
                  const double *x, const double *y, const mj_gpkg_column *columns, int n_columns);
#endif
