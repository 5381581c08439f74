/** @file dossier.h  The dossier of one parcel or one enterprise on its way: what was read of the result, and the paper
 * it is put on. */
#ifndef MJ_REPORT_DOSSIER_H
#define MJ_REPORT_DOSSIER_H

#include "gis/store.h"
#include "mujun/rooms.h"
#include "report/layout.h"
#include "report/paper.h"

/** Rows read of one table of the result, with the headings, units and words of its columns. */
typedef struct {
  mj_table table; /**< name NULL: the result has no such table */
  mj_sheet sheet;
} mj_piece;

/** Valid when {0}; free with mj_dossier_reset. */
typedef struct {
  const mj_dossier_options *ask;
  mj_lang lang, run_lang; /**< of the paper, and of the texts in the result */
  mj_store *store;
  const char *manifest, *crs;
  bool degrees;
  double unit_m, lat_deg; /**< metres of a unit of the layers, latitude of the park */
  mj_table run, books;    /**< of the manifest: one row; one a rulebook */
  int64_t fid;            /**< the parcel's row in the result, and its number among those of that id */
  int row, n_rows;
  const char *id;          /**< NULL: it has none */
  const char *code, *name; /**< of the enterprise, where it is one's dossier; code NULL: it has none */
  mj_piece parcel, reasons, proofs, breakpoints, buildings, enterprises, occupancies, grades, points, fixes, ledger,
      checks, neighbours;
  mj_piece fit;                              /**< fit_options of the parcel */
  mj_piece uses, units, projects, contracts; /**< who uses what; of the parcel, or of the enterprise's parcels */
  mj_piece ways, classes;                    /**< attributions and the classes in them, of each enterprise */
  mj_piece series, judged;                   /**< of the enterprise: its years, its rows of the year */
  const char *unproved;                      /**< why the rulebooks of the result do not prove its verdicts, or NULL */
  bool own_rules;     /**< some rulebook is not one that came with the program: its facts may hold anything */
  bool mixed_reasons; /**< reasons of rows with the same id cannot be told apart */
  mj_paper paper;
  mj_arena arena;
} mj_dossier;

/* dossier_open.c: the result and the rows asked for */

/** Read the manifest, open the GeoPackage, hold one against the other. Errors: MJ_ENOTFOUND no result, MJ_EFORMAT. */
MJ_NODISCARD mj_status mj_dossier_open(mj_dossier *d, mj_error *err);
/** Rows of the parcel that was asked for, in the arena. Errors: MJ_ENOTFOUND with near ids. */
MJ_NODISCARD mj_status mj_dossier_find(mj_dossier *d, const int64_t **fid, int *n, mj_error *err);
/** Free everything. */
void mj_dossier_reset(mj_dossier *d);

/* dossier_read.c: what the result says of row d->fid */

/** True where the result has that table. */
bool mj_dossier_has(mj_dossier *d, const char *table);
/** True where a table of the result has that column: columns come with the input. */
bool mj_dossier_has_column(mj_dossier *d, const char *table, const char *column);
/** The words of the layers under :parcels, :houses, :enterprises, :occupancies, :units. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_dossier_bind_layers(mj_dossier *d, mj_error *err);
/** Fill @p out with the rows of @p sql, worded as columns of @p layer. Errors: MJ_ERULE, MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_dossier_piece(mj_dossier *d, const char *sql, const char *layer, mj_piece *out,
                                        mj_error *err);
void mj_piece_reset(mj_piece *part);
/** Free every part that was read. */
void mj_dossier_forget(mj_dossier *d);
/** Read every part of row d->fid; those of the row before are freed. Errors: as mj_dossier_piece. */
MJ_NODISCARD mj_status mj_dossier_read(mj_dossier *d, mj_error *err);

/* dossier_read_uses.c: who uses the parcel, and what they are measured as */

/** Fill uses, units, projects and contracts of row d->fid (:id, :buildings bound). Errors: as mj_dossier_piece. */
MJ_NODISCARD mj_status mj_dossier_read_uses(mj_dossier *d, mj_error *err);
/** Bind :codes and :names, JSON arrays: the credit codes of the enterprises read so far; the names of those without.
 * Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_dossier_bind_people(mj_dossier *d, mj_error *err);
/** Fill grades, points, ways and classes of the enterprises in :codes and :names. Errors: as mj_dossier_piece. */
MJ_NODISCARD mj_status mj_dossier_read_classes(mj_dossier *d, mj_error *err);

/* dossier_firm_read.c */

/** The enterprise that was asked for, by credit code or name, into code and name. Errors: MJ_ENOTFOUND with near codes
 * and names; MJ_EINVAL several have that name. */
MJ_NODISCARD mj_status mj_dossier_find_firm(mj_dossier *d, mj_error *err);
/** Read every part of that enterprise. Errors: as mj_dossier_piece. */
MJ_NODISCARD mj_status mj_dossier_read_firm(mj_dossier *d, mj_error *err);

/* dossier_proofs.c */

/** Fill proofs: what decided every rule in force, whatever it answered, found again from the result's own columns and
 * rulebooks; where that cannot be, unproved says why. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_dossier_prove(mj_dossier *d, mj_error *err);

/* dossier_words.c: values for people. Texts live in the arena, or are static. */

/** The one that is of the paper's language; a macro, so that formats stay literals. */
#define MJ_WORDS(d, zh, en) ((d)->lang == MJ_ZH ? (zh) : (en))
/** The raw text, or NULL where it is none or missing. */
const char *mj_piece_text(const mj_piece *piece, int64_t row, const char *column);
/** The number; NaN where it is none or missing. */
double mj_piece_number(const mj_piece *piece, int64_t row, const char *column);
/** A value in words, grouped digits, without unit; NULL where it is missing or there is no such column. */
const char *mj_piece_value(mj_dossier *d, const mj_piece *piece, int64_t row, const char *column);
/** Heading of a column with its unit; its name where the table has none such. */
const char *mj_piece_heading(const mj_piece *piece, const char *column);
/** What a column is called: in columns.def, in fields.csv, or by the run where a rulebook computes it; else its name.
 */
const char *mj_dossier_label(mj_dossier *d, const char *layer, const char *column);
/** "19,141.73 ㎡". */
const char *mj_dossier_number(mj_dossier *d, double v, int decimals, const char *unit);
/** Whether a public paper may show this column of a parcel: facts of the land, nothing of an enterprise. */
bool mj_dossier_open_column(const mj_dossier *d, const char *column);
/** Whether all that a line of reasons (or proofs) read may be shown. */
bool mj_dossier_open_reason(mj_dossier *d, const mj_piece *reasons, int64_t row);
/** A cell: the value, or that it is missing. */
const char *mj_dossier_cell(mj_dossier *d, const mj_piece *piece, int64_t row, const char *column);
/** "不公开". */
const char *mj_dossier_closed(const mj_dossier *d);
/** Put the columns named (ending with NULL) of a row as facts, missing ones as such; in a public paper those that are
 * not open stand there as not public. */
void mj_dossier_facts(mj_dossier *d, const mj_piece *piece, const char *layer, const char *const *columns);
/** Put a table of these columns of all rows. */
void mj_dossier_table(mj_dossier *d, const mj_piece *piece, const char *const *columns);

/* parts that sections share */

/** The rulebooks of the run, as facts. */
void mj_dossier_books(mj_dossier *d);
/** That reasons and ledger are quoted in another language, where they are. */
void mj_dossier_language(mj_dossier *d);
/** The years of the enterprise of that row of enterprises, a table. Returns the row behind its last. */
int64_t mj_dossier_years(mj_dossier *d, int64_t first);
/** An answer in the tone of its code: "yes", "no", else not known. */
void mj_dossier_answer(mj_dossier *d, const char *code, const char *what);
/** Reasons of one matter, each rule under its law. Returns how many. */
int64_t mj_dossier_proof(mj_dossier *d, const mj_piece *reasons, const char *matter);
/** Sum of a column of uses as a cell; says of how many users it lacks the figure. @p out (may be NULL): the sum, NaN
 * where none is known. */
const char *mj_dossier_sum(mj_dossier *d, const char *column, double *out);
/** Sum less figure; a difference in the last bits is none; NULL where one is missing. */
const char *mj_dossier_difference(mj_dossier *d, double sum, double figure);
/** The row of uses is of somebody who uses it: not let and unused, vacant, unknown or excess. */
bool mj_dossier_is_user(const mj_dossier *d, int64_t row);
/** Shares by role for the public; none that shows one enterprise's by itself or by what is left of the whole. */
void mj_dossier_roles(mj_dossier *d);

/* the sections, in the order of the paper */

void mj_dossier_head(mj_dossier *d);
MJ_NODISCARD mj_status mj_dossier_map(mj_dossier *d, mj_error *err);
void mj_dossier_land(mj_dossier *d);
void mj_dossier_uses(mj_dossier *d);
void mj_dossier_units(mj_dossier *d);
void mj_dossier_people(mj_dossier *d);
void mj_dossier_ways(mj_dossier *d);
void mj_dossier_verdicts(mj_dossier *d);
void mj_dossier_room(mj_dossier *d);
/** The ways of renewal with standard factories; nothing where none was worked out. */
void mj_dossier_fit(mj_dossier *d);
void mj_dossier_grades(mj_dossier *d);
void mj_dossier_projects(mj_dossier *d);
void mj_dossier_contracts(mj_dossier *d);
void mj_dossier_doubts(mj_dossier *d);

/** All sections of an enterprise. */
void mj_dossier_firm(mj_dossier *d);

#endif
