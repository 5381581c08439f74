/** @file html.h  report.html: a page of its own with a map, the dossiers and the lists of a run, and its print. */
#ifndef MJ_REPORT_HTML_H
#define MJ_REPORT_HTML_H

#include "report/run.h"

/** Parcels that the page holds with everything about them. Of a larger park it holds candidates, at most as many. */
enum { MJ_HTML_PARCELS = 20000 };

/** What a page is made from. Valid when {0}; the run outlives it. */
typedef struct {
  mj_run *run;
  mj_arena arena;
  bool partly;           /**< the park is larger than the page: only kept parcels are in it */
  const int64_t *parcel; /**< [n_parcels] places in table parcels, rising */
  int64_t n_parcels;
  int64_t n_candidates; /**< of the park, where the page is partly; of them the first n_parcels are kept */
  int64_t most;         /**< parcels that it may hold; 0: MJ_HTML_PARCELS */
} mj_html;

/** The sheet of that name, or NULL. */
const mj_sheet *mj_html_sheet(const mj_run *run, const char *name);

/* html_pick.c */

/** Fill parcel: all of a small park; of a large one the candidates, suspected idle first, then inefficient, then by
 * headroom. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_html_pick(mj_html *page, mj_error *err);
/** The sheet with the rows of fit that are worth drawing: factories and added storeys of the way that adds most. NULL:
 * out of memory. */
const mj_sheet *mj_html_factories(mj_html *page, const mj_sheet *sheet);
/** The sheet with the rows that are about parcels of the page, in the arena; the sheet itself where it has all. NULL:
 * out of memory. */
const mj_sheet *mj_html_part(mj_html *page, const mj_sheet *sheet);

/* html_planes.c */

/**
 * Whole numbers as bytes: all lowest bytes, then all second ones, and so on, so that like stands by like and packs
 * well. 0 is none; else the number, folded (0, -1, 1, -2 ...) where some are negative, and 1 more. Appends ,"w": bytes
 * of a number and ,"z":1 where folded to @p head. False, and nothing is written: a number a browser does not hold
 * exactly, or out of memory (bytes->failed).
 */
bool mj_html_planes(const int64_t *v, int64_t n, mj_text *head, mj_text *bytes);
/** v times 10^decimals, rounded as mj_double_fixed rounds v; MJ_I64_NULL where it is not finite or past 2^52. decimals
 * 0..6. */
int64_t mj_html_scaled(double v, int decimals);

/* html_data.c */

/**
 * A sheet as a block: one JSON object, a NUL, the bytes of its numbers (mj_html_planes), column by column. {"n": rows,
 * "words": [...], "columns": [{"n": name, "l": heading, "u": unit, "d": decimals, "t": "f i s d b", "c": {code: word},
 * "w": ...}]}. Numbers are rounded as in the CSV twin and times 10^d; "v" has those that cannot be so, as they are; "e"
 * has places and full numbers where a theme (of @p themes, or NULL) paints by the column and rounding could change the
 * class. Texts are places in words; days since 1970; b: 0 no, 1 yes, 2 unknown. A column without a value is left out.
 * at: places of the rows in the table, where it is not all of them; rows: their numbers in the source; each less the
 * one before. Errors: MJ_ENOMEM.
 */
MJ_NODISCARD mj_status mj_html_table(const mj_sheet *sheet, const char *themes, mj_lang lang, mj_text *out,
                                     mj_error *err);
/**
 * Shapes of a sheet's rows as a block: {"kind": "polygon", "s": units of a degree, "arrays": [...]}, a NUL, the bytes
 * of parts of each row, rings of each part, vertices of each ring, eastings, northings: whole numbers of units, each
 * less the one before it; the last vertex of a ring is not repeated. A row with a coordinate that is not finite has no
 * part. Errors: MJ_ENOMEM.
 */
MJ_NODISCARD mj_status mj_html_shapes(const mj_sheet *sheet, const double *lon_deg, const double *lat_deg, double units,
                                      mj_text *out, mj_error *err);

/* html_meta.c */

/** What the page says of the run: park, dates, rulebooks, overview, and the themes of the map. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_html_meta(mj_html *page, mj_text *out, mj_error *err);

/* html_static.c */

/** Append a text with everything escaped that HTML knows; control characters are "?". */
void mj_html_put(mj_text *out, const char *text);
/** What stands in the page without JavaScript: key figures, zones, candidates. */
void mj_html_static(mj_html *page, mj_text *out);

/* html.c */

/** report.html into its folder, and report.pdf where it is asked for. Errors: MJ_EIO, MJ_ENOMEM, MJ_ECRS. */
MJ_NODISCARD mj_status mj_html_write(mj_run *run, mj_error *err);
/* pdf.c */

/** report.pdf, printed from the page at @p html by Chromium (chromium, chromium-browser, google-chrome in PATH) with a
 * profile of its own, in two minutes at most. Where it is not there or fails nothing is written. Errors: MJ_EIO,
 * MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_pdf_write(mj_run *report, const char *html, mj_error *err);
#endif
