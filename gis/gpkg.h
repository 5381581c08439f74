/** @file gpkg.h  What the parts of the GeoPackage writer share. GDAL makes the container: layers, fields, domains,
 * styles, metadata, triggers, all of it empty. The rows are then laid down as pages of the file, which takes a seventh
 * of the time that inserting them through OGR and SQLite takes (docs/methods.md has the figures). */
#ifndef MJ_GIS_GPKG_H
#define MJ_GIS_GPKG_H

#include "gis/ogr_write.h"
#include "gis/sqlite_pages.h"

/** What is sent to one layer; the columns, rows and vertices are the caller's. */
typedef struct {
  char *name;
  const mj_table *table;
  const int64_t *row; /* [n]; NULL: all */
  int64_t n;
  mj_polys geom; /* n is 0 for a table without geometry */
  const mj_gpkg_column *column;
  int n_columns;
} mj_gpkg_sent;

struct mj_gpkg {
  void *ds;           /* GDALDatasetH */
  void *styles;       /* OGRLayerH of layer_styles, once a style was given */
  mj_gpkg_sent *sent; /* [n_sent], in the arena */
  int n_sent, cap_sent;
  const char **domain_text; /* [n_domains] coded values; its name is "codes_<index>" */
  int n_domains, cap_domains;
  bool failed; /* a call has failed: the file is not filled */
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

/** What a column of the file holds. */
typedef struct {
  enum { MJ_CELL_IS_ROWID, MJ_CELL_IS_GEOM, MJ_CELL_IS_COLUMN } is;
  const mj_gpkg_column *from;
  bool unknown; /* its coded values name "unknown", so that an undecided verdict is no NULL */
} mj_gpkg_cell;

/** Where a layer stands in the file that GDAL has made. */
typedef struct {
  uint32_t root;
  int32_t srs_id;
  mj_gpkg_cell *cell; /* [n_cells] the columns of the table in their order, in the arena */
  int n_cells;
  uint32_t node_bytes; /* of a node of its R-tree; 0: it has none */
  uint32_t node_root, rowid_root, parent_root;
} mj_gpkg_place;

/** A row's box as an R-tree has it: rounded outwards. */
typedef struct {
  float xmin, xmax, ymin, ymax;
  int64_t rowid;
} mj_gpkg_box;

/** The boxes of a layer's rows with geometry, ascending by rowid. Valid when {0}; free with free(boxes.box). */
typedef struct {
  mj_gpkg_box *box;
  int64_t n;
  mj_box all; /* of the coordinates as they are; of no meaning where n is 0 */
} mj_gpkg_boxes;

/** The largest float that is not above @p v, the smallest that is not below: SQLite's own rounding of R-tree boxes. */
float mj_float_below(double v);
float mj_float_above(double v);

/** Fill the layer's table with its rows, numbered from 1; their boxes into @p boxes. False: see pages->error. */
bool mj_gpkg_rows(mj_pages *pages, const mj_gpkg_sent *sent, const mj_gpkg_place *place, mj_gpkg_boxes *boxes);
/**
 * Fill the R-tree of a layer of @p rows rows: boxes along a Hilbert curve, full nodes, written from the leaves to the
 * root. Without a box the tree stays as it is, empty. False: see pages->error. Cost: linear.
 */
bool mj_gpkg_rtree(mj_pages *pages, const mj_gpkg_place *place, const mj_gpkg_boxes *boxes, int64_t rows);
/** Fill the container that GDAL has closed with all that was sent. Errors: MJ_EIO, MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_gpkg_fill(mj_gpkg *gpkg, mj_error *err);
/** Read the file again: SQLite's quick_check, and the rows of each layer. Errors: MJ_EIO. */
MJ_NODISCARD mj_status mj_gpkg_check(mj_gpkg *gpkg, mj_error *err);
#endif
