/** @file project_sheets.h  What stands on the sheets of the project beside their maps. */
#ifndef MJ_REPORT_PROJECT_SHEETS_H
#define MJ_REPORT_PROJECT_SHEETS_H

#include "report/project_layout.h"

/** Park, reference date, rulebooks and what holds for every sheet, as one label in small type. */
void mj_sheet_notes(mj_qgs *q, mj_place at);
/** Zones with their key figures, one row a zone and the park last; nothing without summaries. */
void mj_sheet_zones(mj_qgs *q, mj_place at);
/** Figures of the page's feature by expressions on its fields, two pairs of columns where @p wide; a field that the
 * layer lacks is left out. Returns the height it took. */
double mj_sheet_figures(mj_qgs *q, mj_place at, const mj_qgs_layer *layer, const char *const *fields, bool wide);
/** A field's heading in bold and its text below, by an expression; @p otherwise: what stands there where it is empty.
 */
void mj_sheet_words(mj_qgs *q, mj_place at, const mj_qgs_layer *layer, const char *field, const char *otherwise);
#endif
