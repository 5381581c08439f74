/** @file rooms.h  The five rooms, one door each, in the order data walks through them. */
#ifndef MUJUN_ROOMS_H
#define MUJUN_ROOMS_H

#include <stddef.h>

#include "mujun/park.h"
#include "mujun/text.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- intake: files to canonical tables ---- */

/** Read park.yaml into @p project (added to what options already said; options win). Paths in it are relative to the
 * file. Errors: MJ_ENOTFOUND, MJ_EFORMAT "file:line:column: ...". */
MJ_API MJ_NODISCARD mj_status mj_project_load(const char *path, mj_project *project, mj_error *err);
/** Add one input given as an option: "file", "file.gpkg:layer". Copies texts. Errors: MJ_ENOMEM. */
MJ_API MJ_NODISCARD mj_status mj_project_add(mj_project *project, mj_table_id role, const char *path, mj_error *err);
MJ_API void mj_project_reset(mj_project *project);
/** Every input of park->project into park->table[role], fields under their canonical names and units (fields.csv),
 * geometry repaired and in one frame. Fills frame, sources, ledger. */
MJ_API MJ_NODISCARD mj_status mj_intake(mj_park *park, mj_error *err);

/** What is in a file, for a person: layers, reference system, encoding, fields with guessed meaning and unit, rows,
 * geometry health. */
MJ_API MJ_NODISCARD mj_status mj_inspect(const char *path, const char *encoding, mj_lang lang, mj_text *out,
                                         mj_error *err);
/** A commented park.yaml for these files: roles, layers, fields, reference system and units it believes in. */
MJ_API MJ_NODISCARD mj_status mj_init_project(int n, const char *const *paths, mj_lang lang, mj_text *out,
                                              mj_error *err);

/* ---- judge, first half: rulebooks are needed by measure for their settings ---- */

/** Load project.rulebooks ("file.yaml", or a name found in the data folder) into park->rulebooks and let them fill
 * settings not said yet. Errors: MJ_EFORMAT "file:line:column: ...", MJ_ENOTFOUND. */
MJ_API MJ_NODISCARD mj_status mj_rules_load(mj_park *park, mj_error *err);

/** The rulebooks that come with the program, two lines each: code, level, dates, name; document. Errors: MJ_ENOMEM. */
MJ_API MJ_NODISCARD mj_status mj_rules_list(mj_lang lang, mj_text *out, mj_error *err);
/** One rulebook (a name or a path) in words: where it is in force, limits, facts, rules, caps, ladder and targets, each
 * number with its certainty. Errors: MJ_ENOTFOUND, MJ_EFORMAT. */
MJ_API MJ_NODISCARD mj_status mj_rules_show(const char *name, mj_lang lang, mj_text *out, mj_error *err);
/**
 * Read one rulebook and try every expression on a parcel that has all canonical columns. One line a doubt
 * ("file:line:column: ..."): what makes an answer of missing data (CASE, COALESCE, IS NULL in a rule), numbers compared
 * with texts, rules without an article. Columns of the input and lookups are not known here. @p doubts counts them.
 * Errors: MJ_EFORMAT, MJ_ERULE with the place.
 */
MJ_API MJ_NODISCARD mj_status mj_rules_check(const char *name, mj_lang lang, mj_text *out, int *doubts, mj_error *err);

/**
 * What @p b says otherwise than @p a (names or paths), in words: under each heading what was taken out ("-"), put in
 * ("+") or changed ("-" and "+"), then key by key every value of either file and of the tables beside it that is
 * not the other's. @p n counts those; code and version of the books themselves count too. Errors: as mj_rules_show.
 */
MJ_API MJ_NODISCARD mj_status mj_rules_diff(const char *a, const char *b, mj_lang lang, mj_text *out, int *n,
                                            mj_error *err);

/* ---- measure: facts per parcel ---- */
/** Adds the columns of room measure in columns.def, the tables parcel_zones and parcel_buildings, lon_deg and lat_deg,
 * joins, ledger entries. */
MJ_API MJ_NODISCARD mj_status mj_measure(mj_park *park, mj_error *err);

/* ---- judge, second half ---- */
/** Adds plot-ratio caps, ladder, verdicts, reasons and targets. */
MJ_API MJ_NODISCARD mj_status mj_judge(mj_park *park, mj_error *err);

/**
 * Prove the verdicts of a result's own parcels: @p park has rows of its table parcels, with facts and verdicts as
 * columns, the project's date, year and language, and its rulebooks loaded (project.rulebook_files). Fills table
 * reasons with what decided each rule in force, 是, 否 or 数据不足. Errors: MJ_ERULE where the rules now say otherwise
 * than the result, or read another table; MJ_ENOMEM.
 */
MJ_API MJ_NODISCARD mj_status mj_judge_proofs(mj_park *park, mj_error *err);

/* ---- plan: headroom, candidates, status ---- */
MJ_API MJ_NODISCARD mj_status mj_plan(mj_park *park, mj_error *err);

/** Values to fit standard factories with instead of what the norms and the parcels say. A list of one changes the run;
 * longer ones are tried out, every combination of them. Empty: as it stands. */
typedef struct {
  const double *cap; /**< [n_caps] plot ratio for every parcel */
  int n_caps;
  const double *setback_m; /**< [n_setbacks] from every border */
  int n_setbacks;
  const char *const *modules; /**< [n_modules] codes of the catalogue: "S,M" */
  int n_modules;
  bool by_zone; /**< what is tried out by zone too */
} mj_fit_values;
enum { MJ_FIT_MOST_VALUES = 64, MJ_FIT_MOST_COMBINATIONS = 512 };
/** Put the lists of one value into the project, whose norms are there (mj_rules_load). Errors: MJ_EINVAL a module that
 * is not in the catalogue, norms that contradict each other, too many combinations; MJ_ENOMEM. */
MJ_API MJ_NODISCARD mj_status mj_fit_set(mj_park *park, const mj_fit_values *values, mj_error *err);
/** Is every parcel of project.fit_parcels there? Errors: MJ_ENOTFOUND names the first that is not, and what is near. */
MJ_API MJ_NODISCARD mj_status mj_fit_named(const mj_park *park, mj_error *err);
/** Table fit_sweep: the sums of the fit for each combination of the values, caps innermost, of the park and, where
 * asked for, each zone. Nothing else of the park changes. Lists of one value are taken as set. Errors: as mj_fit_set.
 * Cost: of the fit, for each. */
MJ_API MJ_NODISCARD mj_status mj_fit_sweep(mj_park *park, const mj_fit_values *values, mj_error *err);

/* ---- report: what is written ---- */
typedef struct {
  const char *out_dir;
  bool overwrite;
  bool geojson, csv, gpkg, xlsx, html; /**< --only; all by default */
  bool pdf;                            /**< report.pdf too, where Chromium is; it goes with html */
  const char *const *files; /**< --files: of the files of the kinds csv and geojson, and mujun.gpkg, summary.xlsx and
                               report.html, only these [n_files]; ledger and manifest always */
  int n_files;              /**< 0: the kinds above say what is written */
  int decimals;             /**< of GeoJSON degrees; default 8 */
  bool checks_only;    /**< what the checks found, not the analysis: parcels, checks, ledger and what belongs to them */
  bool fit_only;       /**< the standard-factory fit alone: its parcels, ways, layers and summaries */
  bool no_sync;        /**< leave out fsync */
  const char *version; /**< of the program */
  const char *const *argv;
  int argc; /**< parameters, for the manifest */
} mj_report_options;
/** Read the files of project.summaries into park->queries: before the work, as mj_analyze does, so that a bad name is
 * told at once; mj_report runs them. Errors: MJ_ENOTFOUND, MJ_EFORMAT: not UTF-8, or a name that is taken or that no
 * file and sheet can have. */
MJ_API MJ_NODISCARD mj_status mj_queries_load(mj_park *park, mj_error *err);
/** Write every output beside its name, check it, rename it, the manifest last. Errors: MJ_EEXIST without overwrite,
 * MJ_EIO. On failure the old output stands. */
MJ_API MJ_NODISCARD mj_status mj_report(mj_park *park, const mj_report_options *options, mj_error *err);
/** MJ_EEXIST when out_dir holds a result and overwrite is not set, MJ_EIO when it cannot be written: asked before the
 * work starts. */
MJ_API MJ_NODISCARD mj_status mj_report_ready(const mj_report_options *options, mj_error *err);
/** The short table for the terminal (80 columns, double-width characters aligned). */
MJ_API MJ_NODISCARD mj_status mj_report_summary(const mj_park *park, mj_text *out, mj_error *err);

/** What the checks found, by ledger code, for the terminal (80 columns). Errors: MJ_ENOMEM. */
MJ_API MJ_NODISCARD mj_status mj_report_findings(const mj_park *park, mj_text *out, mj_error *err);

/** Intake and measure only: everything the ledger can say without judging. @p options NULL: nothing is written; else
 * the checks and the ledger are, as by mj_report. No reference date is needed: without one every rulebook's settings
 * count, and the year is the latest in the enterprise table. Errors: as mj_analyze; MJ_EINVAL neither a year nor a date
 * is known and the enterprise table has none. */
MJ_API MJ_NODISCARD mj_status mj_check_data(mj_park *park, const mj_report_options *options, mj_error *err);

/* ---- asking a result ---- */

/** How rows are written: in columns for a terminal, or for programs. NULL is NULL, nothing, null. */
typedef enum { MJ_ROWS_TABLE, MJ_ROWS_CSV, MJ_ROWS_JSON } mj_rows_format;
typedef struct {
  const char *path; /**< a GeoPackage or other SQLite file, or the folder of a result */
  mj_rows_format format;
  int width;   /**< columns of the terminal; 0: as many as the table needs */
  int seconds; /**< after which a query is ended, but for one function that runs on; 0: never */
} mj_query_options;
/** Run one SELECT over the file; it is only read. SpatiaLite's functions take the geometry as it stands there. Errors:
 * MJ_ENOTFOUND, MJ_EFORMAT no SQLite file, MJ_ERULE with line, column and names near an unknown one, or the
 * bound it went over: 16 MiB a value, 256 MiB of rows, 1 GiB of SQLite's memory (of the whole process from then on). */
MJ_API MJ_NODISCARD mj_status mj_query(const mj_query_options *options, const char *sql, mj_text *out, mj_error *err);
/** The tables of the file with their rows and columns. Errors: as mj_query. */
MJ_API MJ_NODISCARD mj_status mj_query_tables(const mj_query_options *options, mj_text *out, mj_error *err);

typedef enum { MJ_DOSSIER_TEXT, MJ_DOSSIER_MD, MJ_DOSSIER_HTML } mj_dossier_format;
typedef struct {
  const char *dir;        /**< folder of a result of mj_analyze */
  const char *parcel_id;  /**< all rows that bear it; "#17" is row 17 of the result */
  const char *enterprise; /**< instead of a parcel: a credit code, or the name of one enterprise */
  mj_dossier_format format;
  bool open; /**< for the public: nothing of single enterprises, coordinates to 100 m */
  mj_lang lang;
  bool lang_given; /**< else the language of the run */
} mj_dossier_options;
/** Everything the result says of one parcel or enterprise, with the proof of each verdict. Errors: MJ_ENOTFOUND no
 * result, or no such parcel or enterprise (with near ones); MJ_EFORMAT GeoPackage and manifest are not of one run;
 * MJ_EINVAL an enterprise for the public, or a name that several enterprises have. */
MJ_API MJ_NODISCARD mj_status mj_dossier_make(const mj_dossier_options *options, mj_text *out, mj_error *err);
/** As mj_dossier_make, into a file: written beside its name and renamed. Errors: as that; MJ_EEXIST, MJ_EIO. */
MJ_API MJ_NODISCARD mj_status mj_dossier_write(const mj_dossier_options *options, const char *path, bool overwrite,
                                               mj_error *err);

typedef struct {
  const char *dir;       /**< folder of a result of mj_analyze */
  const char *theme;     /**< a name of themes.def; NULL: "status" */
  const char *zone;      /**< only this zone; NULL: all */
  const char *parcel_id; /**< only this parcel and what is around it; NULL: all. As of mj_dossier_options */
  int size_px;           /**< longer side of the picture */
  mj_lang lang;
  bool lang_given; /**< else the language of the run */
  bool world;      /**< a world file beside a PNG: where its pixels lie in the layers' reference system */
  bool overwrite;
} mj_map_options;
/**
 * A map of a result to @p path, which ends in .png, .svg or .pdf: parcels (or another layer) in the classes of a theme,
 * with zones, legend, scale, north arrow and source. Written beside its name and renamed. The same result and options
 * give the same bytes where the fonts are the same. @p warnings gets a line where no font has Chinese characters.
 * Errors: MJ_ENOTFOUND no result, zone, parcel or layer; MJ_EINVAL the name's end, or a theme that is not known;
 * MJ_EEXIST, MJ_EIO.
 */
MJ_API MJ_NODISCARD mj_status mj_map_write(const mj_map_options *options, const char *path, mj_text *warnings,
                                           mj_error *err);

/** All rooms in order; @p options NULL: nothing is written. */
MJ_API MJ_NODISCARD mj_status mj_analyze(mj_park *park, const mj_report_options *options, mj_error *err);

/**
 * The standard-factory fit of a park: all rooms in order, with @p values set after the rulebooks are loaded and tried
 * out behind the fit (table fit_sweep). project.fit_of and fit_parcels say on which parcels. @p options NULL: nothing
 * is written; else what belongs to the fit is, as by mj_report.
 *
 * @param draft  a layer "file" or "file.gpkg:layer" fitted instead of the parcels, or NULL. Buildings, zones, plan
 * units, control lines, roads, water and easements of the project count; enterprises, contracts and what else says
 * something of parcels does not, and no rulebook judges it: its cap is that of the project, of its own field or of its
 * plan unit. No reference date is needed then.
 *
 * Errors: as mj_analyze, mj_fit_set and mj_fit_named.
 */
MJ_API MJ_NODISCARD mj_status mj_fit_land(mj_park *park, const char *draft, const mj_fit_values *values,
                                          const mj_report_options *options, mj_error *err);
/** The fit for the terminal (80 columns): paper against buildable by zone and way, what binds, caps, targets, norms
 * that are assumed, what was not known, what was tried out; of at most a few parcels a report of each. Errors:
 * MJ_ENOMEM. */
MJ_API MJ_NODISCARD mj_status mj_fit_summary(const mj_park *park, mj_text *out, mj_error *err);

/**
 * What two analyses of the same inputs decide differently: table flips of @p b, a row for every parcel and matter
 * (idle, inefficient, tier, cap) in the order of matters and parcels. Errors: MJ_EINVAL other parcels, MJ_ENOMEM. Cost:
 * linear.
 */
MJ_API MJ_NODISCARD mj_status mj_flips(const mj_park *a, mj_park *b, mj_error *err);
/** Table flips in words: by kind with number, mu, floor area and change of headroom, then the first of them. Errors:
 * MJ_ENOMEM. */
MJ_API MJ_NODISCARD mj_status mj_flips_summary(const mj_park *park, mj_text *out, mj_error *err);
/** Table flips as CSV at @p path. Errors: MJ_EEXIST without @p overwrite, MJ_EIO, MJ_ENOMEM. */
MJ_API MJ_NODISCARD mj_status mj_flips_write(const mj_park *park, const char *path, bool overwrite, mj_error *err);

#ifdef __cplusplus
}
#endif
#endif
