/** @file layout.h  Which columns a written table has, in what order, under what
 * name and heading. */
#ifndef MJ_REPORT_LAYOUT_H
#define MJ_REPORT_LAYOUT_H

#include "base/text.h"
#include "mujun/park.h"

/** One line of columns.def. */
typedef struct {
  const char *layer, *name;
  mj_type type;
  const char *unit;
  int decimals;
  const char *zh, *en, *about_zh, *about_en, *room;
} mj_column_fact;

/** Every line of columns.def, in order. */
const mj_column_fact *mj_column_facts(int *n);

/** One line of codes.def. */
typedef struct {
  const char *layer, *column, *code, *zh, *en;
} mj_code;

/** A column on its way out. Texts belong to the arena given to mj_sheet_make,
 * or are static. */
typedef struct {
  const mj_column *column;
  const char *name;  /**< the table's own, made unique without regard to case;
                        "fid" and "geom" are kept free */
  const char *label; /**< heading for people, with the unit and the area it is over: "面积（亩，登记>椭球）" */
  const char *about; /**< description, "" where the column came with the input */
  const char *unit;  /**< unit for people, "" where none */
  int decimals;      /**< for CSV and XLSX; -1: as many as the value needs */
  bool share;        /**< a part of a whole, 0 to 1: the workbook shows it in percent */
  bool at_most;      /**< decimals are the most: a whole number has none */
  bool ours;         /**< of columns.def: an MJ_UNKNOWN is a verdict (数据不足), not a
                        blank */
  const mj_code *codes;
  int n_codes; /**< words of a coded text */
} mj_out_column;

/** Indicators with an area list of their own in the settings; and what is over the land that enterprises state, that
 * projects state, or that a contract is about. */
enum {
  MJ_OVER_YIELD,
  MJ_OVER_PLOT_RATIO,
  MJ_OVER_COVERAGE,
  MJ_OVER_STATED,
  MJ_OVER_PROJECT,
  MJ_OVER_CONTRACT,
  MJ_OVER_END
};
/** How a run words its headings: its language, and the areas that its indicators are over ("登记>合同>椭球"); NULL or
 * "": not said. */
typedef struct {
  mj_lang lang;
  const char *basis[MJ_OVER_END];
} mj_wording;
/** The wording of a run: of each list the areas that its parcels have. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_wording_of(const mj_park *park, mj_arena *arena, mj_wording *out);
/** What a column of bases.def is over; NULL where it names no area. */
const char *mj_basis_of_column(const mj_wording *words, const char *layer, const char *column);
/** One sentence of what areas, per-mu figures, plot ratio and coverage are over; NULL when memory ends. */
const char *mj_basis_sentence(const mj_wording *words, mj_arena *arena);

/** A table to write. */
typedef struct {
  const char *name;      /**< file stem and sheet key: "parcels" */
  const char *title;     /**< for people, in the run's language */
  const mj_table *table; /**< geometry, where it has one */
  const int64_t *rows;   /**< [n] rows to write, or NULL: all */
  int64_t n;
  mj_out_column *columns;
  int n_columns;
} mj_sheet;

/** Ask memory for the cells of a row that comes soon, and for the texts of the one after @p i: a row is put together
 * from as many places as there are columns, and waiting for each took half of the time of CSV. */
void mj_sheet_ahead(const mj_sheet *sheet, int64_t i);

/**
 * Lay out the columns of @p n_tables tables of equal length as one sheet: those
 * of columns.def for @p layer in its order, then the other canonical fields,
 * then what came with the input. The first table that has a column gives it.
 * Fills columns, table and n. Errors: MJ_ENOMEM.
 */
MJ_NODISCARD mj_status mj_sheet_make(mj_sheet *sheet, const char *layer, int n_tables, const mj_table *const *tables,
                                     const mj_wording *words, mj_arena *arena, mj_error *err);

/** Heading without unit of a column of columns.def or a field of fields.csv, for @p layer; NULL where it is neither.
 * English: its name in words. *ok is false when memory ends. */
const char *mj_field_heading(const char *layer, const char *name, mj_lang lang, mj_arena *arena, bool *ok);
/** A number as a table shows it: nothing where it is not finite. */
void mj_put_number(mj_text *out, double v, int decimals, bool at_most);
/** The word of a code, or of several joined by ';' or '+', in that language; the text
 * itself where it is no code. May use @p scratch. */
const char *mj_code_word(const mj_out_column *column, const char *code, mj_lang lang, mj_text *scratch);
/** The word of a code of codes.def; the code itself where it has none. */
const char *mj_code_of(const char *layer, const char *column, const char *code, mj_lang lang);
/** yes, no, unknown; 是, 否, 数据不足. */
const char *mj_tri_word(uint8_t value, mj_lang lang);
/** Stable code of a verdict: "no", "yes", "unknown". */
const char *mj_tri_code(uint8_t value);
/** "code=word|code=word" for a GeoPackage domain, NULL where the column has
 * none. Errors: NULL also when memory ends (*ok is then false). */
const char *mj_domain_text(const mj_out_column *column, mj_lang lang, mj_arena *arena, bool *ok);
/** Unit for people: "m2" -> "㎡", "wan_per_mu" -> "万元/亩". */
const char *mj_unit_word(const char *unit, mj_lang lang);
/** @p text where it is well-formed UTF-8 without non-characters and control characters other than
 * tab and line ends, else a cleaned copy in @p scratch. */
const char *mj_clean_text(const char *text, mj_text *scratch);
/** @p text where no part of it looks like _x0041_, which a workbook takes for the character U+0041; else a copy in @p
 * scratch whose first _ of each is itself written so. Source: ECMA-376, 22.9.2.19 ST_Xstring. */
const char *mj_workbook_text(const char *text, mj_text *scratch);
#endif
