/** @file ogr_source.h  What the readers of files share: an open file with its layers, GDAL's messages, texts of any
 * encoding. */
#ifndef MJ_GIS_OGR_SOURCE_H
#define MJ_GIS_OGR_SOURCE_H

#include "gis/ogr_read.h"
#include "gis/ogr_wkb.h"

/* ---- kinds of files ---- */

typedef enum {
  MJ_FILE_NONE,
  MJ_FILE_SHP,
  MJ_FILE_ZIP,
  MJ_FILE_GPKG,
  MJ_FILE_GDB,
  MJ_FILE_GEOJSON,
  MJ_FILE_FGB,
  MJ_FILE_CSV,
  MJ_FILE_XLSX,
  MJ_FILE_XLS,
  MJ_FILE_TXT
} mj_file_kind;

/** The kind that the ending of @p path names. */
mj_file_kind mj_file_kind_of(const char *path);
/** GDAL's name of the driver: "GPKG", ...; "" for a zip, whose members decide. */
const char *mj_file_driver(mj_file_kind kind);
/** Stat, first bytes, and the sizes that the header declares. Errors: MJ_ENOTFOUND, MJ_EIO, MJ_EFORMAT. */
MJ_NODISCARD mj_status mj_file_check(const char *path, mj_file_kind *kind, mj_error *err);

/* ---- encodings ---- */

/** What the texts of a file allow, fed cell by cell. Start with mj_vote_start. */
typedef struct {
  const char *declared;                      /**< iconv's name, NULL: none */
  bool weak;                                 /**< declared is a single-byte set, which fits any bytes */
  bool ascii, utf8, gb18030, big5, fits;     /**< so far; fits: the declared one */
  bool strange;                              /**< UTF-8 with two-byte characters that tables hardly have */
  int han;                                   /**< UTF-8 of three bytes and more, as far as they were counted */
  int64_t chars, gb_frequent, big5_frequent; /**< of two bytes that were counted, how many are frequent in either */
  void *cd;                                  /**< iconv of declared, where it is neither UTF-8 nor GB18030 */
} mj_vote;

/** @param declared iconv's name (mj_encoding_of), or NULL. Errors: MJ_EINVAL iconv knows no such encoding. */
MJ_NODISCARD mj_status mj_vote_start(mj_vote *vote, const char *declared);
/** @param cut the cell is full, so that its last character may be cut */
void mj_vote_feed(mj_vote *vote, const char *bytes, size_t n, bool cut);
/**
 * The encoding and whether it was declared (or all is ASCII); NULL: none fits. Ends the vote. What is declared holds
 * where every text is well-formed in it, unless the content speaks against it: valid UTF-8 with four Chinese
 * characters, or frequent characters of GB 2312 over those of Big5 (or the other way) by eight and a fifth of all.
 * Else UTF-8 where it validates, Big5 where its frequent characters lead by two and a fifth, GB 18030 where it
 * validates.
 */
const char *mj_vote_end(mj_vote *vote, bool *declared);
/** Bytes of the longest well-formed beginning of UTF-8, whole characters only; 0 where it is none. */
size_t mj_utf8_whole(const char *bytes, size_t n);
/** iconv's name of what a .cpg or a person calls it ("936", "GBK": "GB18030"); NULL where it names none ("ANSI"). */
const char *mj_encoding_of(const char *said, mj_arena *arena);
/** The same for the language byte of a .dbf; NULL: says nothing. */
const char *mj_encoding_of_ldid(int ldid);
bool mj_is_ascii(const char *bytes, size_t n);

typedef enum { MJ_TEXT_GOOD, MJ_TEXT_CUT, MJ_TEXT_BAD, MJ_TEXT_NO_MEMORY } mj_text_state;
/** Texts of one encoding to UTF-8. Valid when {0} (UTF-8, else GB18030). */
typedef struct {
  const char *from;
  void *cd;
  char *buffer;
  size_t cap;
} mj_decoder;
/** bytes[n] as UTF-8 into @p arena. CUT: half a character at the end was left out. BAD: *out is NULL. */
mj_text_state mj_decode(mj_decoder *decoder, mj_arena *arena, const char *bytes, size_t n, const char **out);
void mj_decoder_reset(mj_decoder *decoder);

/* ---- an open file ---- */

/** What GDAL said in a call: its first error and first warning, one line each, "" for none. */
typedef struct {
  char error[400], warning[400];
  char *before[5]; /**< settings of the thread to put back */
} mj_gdal_log;
/** Take GDAL's messages and settings of this thread; calls do not nest. */
void mj_gdal_enter(mj_gdal_log *log);
void mj_gdal_leave(mj_gdal_log *log);

typedef struct {
  void *layer;      /**< OGRLayerH; NULL for CSV and TXT */
  void *dataset;    /**< GDALDatasetH */
  const char *path; /**< of the .shp, for its .dbf and .shx; else NULL */
  mj_file_kind kind;
  mj_layer_info info;
  const char *const *raw; /**< names of fields as the driver has them */
  const char *encoding;   /**< of the texts */
  const char *said;       /**< what the file says of it ("936 (.cpg)"), NULL: nothing */
  const char *found;      /**< what the texts allow, NULL: nothing that is known */
  bool declared, all_utf8;
  bool given, ascii; /**< the caller named it; no text is other than ASCII */
  int64_t deleted;   /**< records of a .dbf marked as deleted */
} mj_slot;

struct mj_source_file {
  mj_file_kind kind;
  const char *path;   /**< as given, for messages */
  const char *opened; /**< as handed to GDAL: never taken for one of its prefixes */
  char *folder;       /**< private copy, removed on closing; NULL: none */
  const char *encoding_asked;
  mj_gdal_log *log;  /**< while opening */
  char warning[400]; /**< first warning on opening, until a layer is read */
  mj_slot *slot;
  int n_slots, last; /**< last: slot read last */
  void **dataset;
  int n_datasets;
  char delimiter;     /**< of CSV */
  size_t head;        /**< bytes of a CSV before its first record: its header */
  int64_t bytes;      /**< size of the file, 0 for a folder */
  struct mj_txt *txt; /**< of boundary points (ogr_txt.h), else NULL */
  mj_arena arena;
};

/** Every shapefile and .gdb in the archive. */
MJ_NODISCARD mj_status mj_zip_open(mj_source_file *file, mj_error *err);
/** Name of a member of a zip: CP437 as GDAL takes it, back to UTF-8 or GB18030. */
const char *mj_zip_name(mj_source_file *file, const char *name);
/** Open one dataset with one driver and add its layers. @p path is GDAL's. */
MJ_NODISCARD mj_status mj_dataset_add(mj_source_file *file, mj_file_kind kind, const char *path, mj_error *err);
/** Fill the slot's info from its OGR layer. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_slot_describe(mj_source_file *file, mj_slot *slot, mj_error *err);
/** A GeoPackage in WAL mode or with a journal: copy it with its parts to a private folder, fold the log in there; *path
 * is then the copy. */
MJ_NODISCARD mj_status mj_gpkg_settle(mj_source_file *file, const char **path, mj_error *err);
/** Sizes and counts of a shapefile's three parts agree; vote over the texts of the .dbf. @p path is GDAL's, of the
 * .shp. */
MJ_NODISCARD mj_status mj_shapefile_check(mj_source_file *file, mj_slot *slot, mj_error *err);
MJ_NODISCARD mj_status mj_csv_open(mj_source_file *file, mj_error *err);
/** Name and kind of the one layer of a file of texts. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_text_layer(mj_source_file *file, mj_slot *slot, const char *geometry, mj_error *err);
/** 界址点 (boundary point) files; any other .txt becomes a MJ_FILE_CSV. */
MJ_NODISCARD mj_status mj_txt_open(mj_source_file *file, mj_error *err);
/** A name that no earlier one of the n has: "name_2", ... NULL: no memory. */
const char *mj_unused_name(mj_arena *arena, const char *const *taken, int n, const char *name);

/* ---- rows on their way into a table ---- */

typedef struct {
  unsigned char state, kinds, type;
  bool mended; /**< a ring of it was not closed */
} mj_row_shape;

/** Shapes of which arcs were made lines: how many, and of the first ones row and areas (0: not known). */
typedef struct {
  int64_t n, row[MJ_LEDGER_FEW];
  double before_m2[MJ_LEDGER_FEW], after_m2[MJ_LEDGER_FEW];
} mj_arcs;

/** One reading of one layer. Columns keep the order of the fields. */
typedef struct {
  mj_source_file *file;
  mj_slot *slot;
  const char *layer_name;
  const mj_read_options *options;
  mj_table *out;
  mj_ledger *ledger;
  mj_error *err;
  int n_columns;
  int *field;                /**< [n_columns] index among the layer's fields */
  mj_column **column;        /**< [n_columns] */
  const char *(*recent)[64]; /**< [n_columns] texts met lately, to share repeated ones */
  mj_decoder decoder;
  mj_shapes shapes;
  mj_row_shape *shape; /**< [cap] */
  int64_t row, cap;    /**< rows filled, rows there is room for */
  bool said_encoding;
  mj_arcs arcs;
} mj_reading;

/** Add the wanted columns with room for @p cap rows. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_reading_columns(mj_reading *r, int64_t cap);
/** Put a text into column @p c of the row that is being filled; an empty one is NULL. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_reading_text(mj_reading *r, int c, const char *bytes, size_t n, int64_t source_row);
/** Put a shape (wkb NULL: none) into the row. Errors: MJ_ENOMEM, MJ_EFORMAT. */
MJ_NODISCARD mj_status mj_reading_shape(mj_reading *r, const unsigned char *wkb, size_t n, int64_t source_row);
/** As mj_shapes_push for a shape with arcs, which become lines within the tolerance. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_reading_arcs(mj_reading *r, const unsigned char *wkb, size_t n, int64_t source_row,
                                       mj_shape_state *state, unsigned *kinds, unsigned *type);
/** The entries about them. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_reading_tell_arcs(mj_reading *r);
/** Greatest distance of a line from its arc, in metres: what the options say, else a millimetre. */
double mj_arc_tolerance_m(const mj_read_options *options);
/** True while there is room for a row; else fills err. */
MJ_NODISCARD mj_status mj_reading_room(mj_reading *r);
/** An entry about the row, or (c >= 0) about its value in column c. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_reading_note(mj_reading *r, mj_ledger_code code, int c, const char *found,
                                       const char *expected, int64_t row);
bool mj_is_wanted(const mj_read_options *options, const char *name);
void mj_reading_end_row(mj_reading *r, int64_t source_row);
/** Say how far the reading is, where somebody listens. */
void mj_reading_step(const mj_reading *r, int64_t done, int64_t total);

MJ_NODISCARD mj_status mj_read_csv(mj_reading *r);
MJ_NODISCARD mj_status mj_read_txt(mj_reading *r);
MJ_NODISCARD mj_status mj_read_arrow(mj_reading *r, int64_t *rows_met);
MJ_NODISCARD mj_status mj_read_features(mj_reading *r, int64_t *rows_met);
/** True where GDAL delivers the layer's columns without building features. */
bool mj_arrow_suits(const mj_slot *slot);
#endif
