/** @file run.h  One report on its way: what is written, and where to. */
#ifndef MJ_REPORT_RUN_H
#define MJ_REPORT_RUN_H

#include "mujun/rooms.h"
#include "report/book.h"
#include "report/folder.h"
#include "report/summaries.h"

enum { MJ_TO_CSV = 1, MJ_TO_XLSX = 2, MJ_TO_GPKG = 4, MJ_TO_GEOJSON = 8, MJ_MAX_ITEMS = 64 };

/** A sheet and the files it goes to. */
typedef struct {
  mj_sheet sheet;
  int to;           /**< MJ_TO_... */
  const char *gpkg; /**< its layer or table there */
  bool shapes;      /**< written with geometry */
  const int64_t
      *ranked; /**< [sheet.n] its rows in the order that people read them, for CSV and XLSX; NULL: as they are */
} mj_item;

/** Valid when {.folder = {.lock = -1}}; free with mj_run_reset. */
typedef struct {
  const mj_park *park;
  mj_report_options options;
  mj_lang lang;
  mj_wording words; /**< mj_run_prepare fills it */
  mj_summaries summaries;
  mj_table ledger, ledger_codes, fields, rulebooks, zone_sums; /**< made here: the ledger as a table, the data
                                         dictionary, summaries beside the rows of zones */
  mj_item item[MJ_MAX_ITEMS];
  int n;
  mj_folder folder;
  mj_arena arena;
} mj_run;

/** Summaries, sheets and their columns; nothing is written. Errors: MJ_ENOMEM,
 * MJ_ERULE. */
MJ_NODISCARD mj_status mj_run_prepare(mj_run *run, mj_error *err);
void mj_run_reset(mj_run *run);

/** The vertices of a table in WGS 84. The arrays belong to the arena, or to the
 * park. Errors: MJ_ECRS, MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_shapes_lonlat(const mj_park *park, const mj_table *table, mj_arena *arena,
                                        const double **lon_deg, const double **lat_deg, mj_error *err);
/** The vertices of a table in the system the parcels came in; NULL where that
 * is the frame. Errors: MJ_ECRS, MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_shapes_delivered(const mj_park *park, const mj_table *table, mj_arena *arena,
                                           const double **x, const double **y, mj_error *err);

/** Kinds of files to write: those that options->files have, else as asked for, else all. */
void mj_run_kinds(mj_report_options *options);
/** Names of summaries that options->files need; NULL: all. They live as long as the run. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_run_wanted_summaries(mj_run *run, const char *const **only, mj_error *err);
/** Fill park->unread: tables that none of the files to write, no summary and no rule reads. Rulebooks and queries are
 * loaded. */
void mj_run_wants(mj_park *park, const mj_report_options *options);
/** Leave out what options->files don't name. Errors: MJ_EINVAL a file that this run has not, with those it has. */
MJ_NODISCARD mj_status mj_run_keep_files(mj_run *run, mj_error *err);

/** Fill run->ledger from the park's ledger: layers, fields and what the program itself says in the run's language.
 * Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_run_ledger(mj_run *run, mj_error *err);

/** Fill run->rulebooks: the files of the rulebooks as they were read. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_run_rulebooks(mj_run *run, mj_error *err);

/** Table @p id with its columns layer and field in the run's language; it lives as long as the run. NULL: out of
 * memory.
 */
const mj_table *mj_run_worded(mj_run *run, mj_table_id id);

/** The first values of table fixes that are worth naming, at most ten: @p values of them make @p firm verdicts firm; 0
 * and 0 where nothing can be promised. */
void mj_run_first_fixes(const mj_park *park, int64_t *values, int64_t *firm);

/** The ledger by code as the table `ledger_codes`, gravest first, then in the order of ledger.def. Errors: MJ_ENOMEM.
 */
MJ_NODISCARD mj_status mj_ledger_codes(const mj_park *park, mj_lang lang, mj_table *out);

/** Write mujun.gpkg of the run at @p path. Nothing of the run changes, so that other files may be written meanwhile.
 * Errors: MJ_EIO, MJ_ECRS, MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_run_gpkg(const mj_run *run, const char *path, const char *date, mj_error *err);
/** The key figures of the park, for the first sheet and the terminal. [*n]
 * lines in the run's arena. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_run_overview(mj_run *run, const mj_line **line, int *n, mj_error *err);

/** Where on earth the park is taken to be: "118.5523°E 24.9087°N, EPSG:4549", on the parcels' own datum. A wrong zone
 * shows on a map and not in a file. False, and "", where no parcel has a place. */
bool mj_run_place(const mj_park *park, mj_lang lang, char out[200]);

/** 16 hex digits that depend on the inputs' hashes, the settings and the
 * program, not on names of folders. */
void mj_run_id(const mj_park *park, const mj_report_options *options, char id[17]);
/** manifest.json. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_run_manifest(const mj_run *run, mj_text *out, mj_error *err);
/** Members of a JSON object: @p before as it is, then the text (NULL: null) or the number. */
void mj_run_put(mj_text *out, const char *before, const char *value);
void mj_run_put_number(mj_text *out, const char *before, double v);
/** ", "fit": {...}" of the manifest: every norm, module and structure with certainty and source. */
void mj_run_put_fit(const mj_fit_norms *fit, mj_text *out);
/** The hash @p h with what mj_run_put_fit writes; texts beside the numbers do not count. */
uint64_t mj_run_mix_fit(uint64_t h, const mj_fit_norms *fit);
/** True for a line of table reconciliation that is a figure of the enterprise table; the others are rows and areas. */
bool mj_run_is_figure(const char *layer, const char *measure);
/** Sums of parcels, zones and park with their residuals, as members of a JSON
 * object. */
void mj_run_reconcile(const mj_run *run, mj_text *out);
#endif
