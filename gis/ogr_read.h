/** @file ogr_read.h  Files as layers: what is in them, and their rows as columns as they stand. */
#ifndef MJ_GIS_OGR_READ_H
#define MJ_GIS_OGR_READ_H

#include "mujun/ledger.h"
#include "mujun/progress.h"
#include "mujun/table.h"

/** A file opened for reading with the one driver of its kind; never changed, no side file made. */
typedef struct mj_source_file mj_source_file;

typedef struct {
  const char *name;     /**< UTF-8 */
  const char *geometry; /**< "Polygon", "MultiPolygon", "Line String", "None", ... as the format declares it */
  int64_t rows;         /**< -1: not known without reading */
  const char *crs;      /**< WKT, a code ("EPSG:4528", of boundary points), or "" */
  int n_fields;
  const char *const *field; /**< names, UTF-8 */
  const char *const *type;  /**< "Integer", "Real", "String", "Date", ... */
  bool view;                /**< a query in a GeoPackage's clothes: it is named, and neither counted nor read */
} mj_layer_info;

/**
 * Open "file", "file.gpkg:layer" is split by the caller. Shapefile (also inside a .zip), GeoPackage, FileGDB (folder or
 * .gdb.zip), GeoJSON, FlatGeobuf, CSV, XLSX, XLS, 界址点 TXT (a .txt without [地块坐标] is a table as CSV); the kind
 * comes from the name and is checked against the content. A
 * GeoPackage in WAL mode or with a journal is read as a private copy in $TMPDIR. One file, one thread; several files
 * may be open at once.
 * @param encoding NULL: find out (what the file declares if it fits, else UTF-8, Big5 or GB18030 as mj_vote_end
 * says) Errors: MJ_ENOTFOUND no such file; MJ_EFORMAT not of its kind or truncated, or texts of no known encoding;
 * MJ_EIO unreadable; MJ_EINVAL unknown encoding.
 */
MJ_NODISCARD mj_status mj_source_open(const char *path, const char *encoding, mj_source_file **out, mj_error *err);
void mj_source_close(mj_source_file *file);
const char *mj_source_format(const mj_source_file *file); /**< "GPKG", "ESRI Shapefile", ... */
int mj_source_layers(const mj_source_file *file);
const mj_layer_info *mj_source_layer(const mj_source_file *file, int i);
/**
 * Encoding used for texts: "UTF-8", "GB18030", ...; and whether it was declared: by the file, by the caller, by the
 * format (GeoPackage is UTF-8), or there is nothing to tell because all is ASCII. Of an archive: that of the layer read
 * last.
 */
const char *mj_source_encoding(const mj_source_file *file, bool *declared);

/** How the texts of the layer read last were read. Texts belong to the file; NULL where there is nothing to say. */
typedef struct {
  const char *used;     /**< "UTF-8", "GB18030", "BIG5-HKSCS", "UTF-16LE", ... */
  const char *said;     /**< what the file declares, with where: "UTF-8 (.cpg)", "0x4D (.dbf)" */
  const char *found;    /**< what the texts validate as */
  bool given;           /**< the caller named it */
  bool declared, ascii; /**< used is what the file declares; no text is other than ASCII, so all agree */
} mj_encoding_facts;
mj_encoding_facts mj_source_encoding_facts(const mj_source_file *file);
/** Enter what was chosen wherever it was a choice: the caller's, against what the file declares, or of a file that
 * declares nothing. UTF-8 that nothing is declared about is none: its structure proves it. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_source_note_encoding(const mj_source_file *file, const char *layer, mj_ledger *ledger);

typedef struct {
  bool geometry;         /**< read shapes into table->geom */
  bool may_lack;         /**< a row without a shape is none that is told: the layer is a list */
  mj_progress *progress; /**< may be NULL */
  const char *const *only;
  int n_only;               /**< fields to read; NULL: all */
  mj_lang lang;             /**< of what the ledger says it found and expected */
  double curve_tolerance_m; /**< greatest distance of a line from the arc it stands for; 0: a millimetre */
} mj_read_options;

/**
 * Rows of a layer as they stand: integer fields become MJ_I64, real MJ_F64, dates MJ_DATE, everything else MJ_TEXT
 * (list values joined by ';'); column names are the field's own. Polygons, lines and points fill geom by kind (Z and M
 * dropped, curves linearised within options->curve_tolerance_m, collections reduced to the kind that dominates the
 * layer; all of it is told, GEOM_Z_DROPPED, GEOM_CURVE, GEOM_COLLECTION); rows of another kind, without
 * geometry or with a coordinate that is not finite get an empty geometry and a ledger entry under @p layer_name.
 * source_row is the FID (GeoPackage, geodatabase), the row of the worksheet, or the 1-based record number. An empty
 * text is NULL; a moment at midnight is written as its day. A record without any value is no row of a CSV or worksheet;
 * one with more cells than the header is only in the ledger. What GDAL warns of becomes one SOURCE_WARNING. On failure
 * @p out is empty. Errors: MJ_EFORMAT a row cannot be read, other than the declared rows came, or the layer is a view;
 * MJ_ENOTFOUND no such layer or field; MJ_EIO; MJ_ENOMEM.
 */
MJ_NODISCARD mj_status mj_source_read(mj_source_file *file, int layer, const char *layer_name,
                                      const mj_read_options *options, mj_table *out, mj_ledger *ledger, mj_error *err);
#endif
