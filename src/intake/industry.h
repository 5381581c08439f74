/** @file industry.h  Divisions of GB/T 4754 by edition (industry.csv, compiled in), and which edition a column is in.
 */
#ifndef MJ_INTAKE_INDUSTRY_H
#define MJ_INTAKE_INDUSTRY_H

#include "intake/code_tally.h"

/** Editions told apart: the divisions of manufacturing are the same in 2011 and 2017, and others from 29 on in 2002. */
enum { MJ_INDUSTRY_2017, MJ_INDUSTRY_2002, MJ_INDUSTRY_EDITIONS };

/** Section letter of each division in each edition, NUL for a division it has not. */
typedef struct {
  char section[MJ_INDUSTRY_EDITIONS][100];
} mj_industries;

/** Read the table that is compiled in. Errors: MJ_EFORMAT. */
MJ_NODISCARD mj_status mj_industries_open(mj_industries *table, mj_error *err);
/** True where the edition has @p division, under @p letter (NUL: not said). Division 0 stands for a letter alone. */
bool mj_industry_in(const mj_industries *table, int edition, int division, char letter);

/**
 * Judge the column industry_code of one file: INDUSTRY_CODE_UNKNOWN for what no edition has, INDUSTRY_EDITION for which
 * edition the whole column fits, or that it cannot be told and how many rows hang on it; CODE_OWN once for a column of
 * other codes. Of parcels, an edition that the codes tell is written to industry_edition (2002, or 2017 for 2011 too)
 * where the file does not say one. Errors: MJ_ENOMEM. Cost: one pass.
 */
MJ_NODISCARD mj_status mj_industry_check(mj_park *park, const mj_industries *table, const mj_range *range);
#endif
