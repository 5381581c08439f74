/** @file front_draw.h  The charts of the front sheet. */
#ifndef MJ_REPORT_FRONT_DRAW_H
#define MJ_REPORT_FRONT_DRAW_H

#include "report/book_inside.h"
#include "report/front.h"

enum { MJ_FRONT_CHARTS = 3 };

/** Put up to three charts below each other with their upper left corners at @p row and @p col, @p rows rows apart: land
 * by zone and status, headroom on paper and what fits by zone, tax per mu by year. They show cells of the sheets in @p
 * tab; a chart whose sheet is not there is left out. Returns how many, -1 on failure. */
int mj_front_charts(const mj_run *run, mj_book *book, lxw_worksheet *ws, lxw_row_t row, lxw_col_t col, int rows,
                    const mj_tab *tab, int n_tabs);
#endif
