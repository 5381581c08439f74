/** @file project_layout.h  The items of a print layout. Places and sizes in millimetres from the upper left. */
#ifndef MJ_REPORT_PROJECT_LAYOUT_H
#define MJ_REPORT_PROJECT_LAYOUT_H

#include "report/project.h"

typedef struct {
  double x, y, w, h;
} mj_place;

enum { MJ_LEFT = 1, MJ_RIGHT = 2, MJ_MIDDLE = 4 };

/** How a label looks. */
typedef struct {
  double points;
  bool bold, framed, top;
  int across;         /**< MJ_LEFT, ... */
  const char *ground; /**< "235,235,235", NULL: none */
} mj_look;

/** Open a layout on a page of w x h millimetres; @p name is plain text. */
void mj_layout_open(mj_qgs *q, const char *name, double w, double h);
/** Close it; with @p coverage it is an atlas over that layer, its pages called by the expression @p page. */
void mj_layout_close(mj_qgs *q, const mj_qgs_layer *coverage, const char *page);
/** A map of the map theme @p preset. @p room: of an atlas, how many times its page's feature fits in; the map follows
 * the pages at round scales. 0: it shows @p extent. The first of a layout is "map": scale bar and arrow are its. */
void mj_layout_map(mj_qgs *q, mj_place at, const char *preset, mj_box extent, double room);
/** A label of @p text as it is: nothing in it is evaluated. */
void mj_layout_text(mj_qgs *q, mj_place at, const char *text, mj_look look);
/** A label with [% expressions %], our own words only. */
void mj_layout_live(mj_qgs *q, mj_place at, const char *text, mj_look look);
/** The legend of some themes, in order; NULL ends them. */
void mj_layout_legend(mj_qgs *q, mj_place at, const char *const *themes, int columns);
/** The height it takes in one column. */
double mj_layout_legend_height(const mj_qgs *q, const char *const *themes);
/** Scale bar, the scale as a number, and a north arrow for the layout's map. */
void mj_layout_scale(mj_qgs *q, mj_place at);
void mj_layout_north(mj_qgs *q, mj_place at);
/** The round scale at which @p box fits into a map of that size. */
double mj_layout_scale_of(const mj_qgs *q, mj_box box, mj_place at);
/** The extent of a map of that size and scale round the middle of @p box. */
mj_box mj_layout_extent(const mj_qgs *q, mj_box box, mj_place at, double scale);
#endif
