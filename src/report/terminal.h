/** @file terminal.h  Parts of the summary on the terminal. */
#ifndef MJ_REPORT_TERMINAL_H
#define MJ_REPORT_TERMINAL_H

#include "base/text.h"
#include "mujun/park.h"

/** One line: paper headroom against what can be built, from the last row of summary @p fit_zones; nothing where it is
 * NULL. */
void mj_terminal_fit(mj_text *out, const mj_table *fit_zones, mj_lang lang);
/** The first targets of the park as a table: reached, aimed at, progress; how many are reached and where the others
 * stand. Nothing where there is none. */
void mj_terminal_aims(mj_text *out, const mj_park *park);
#endif
