/** @file map.h  A map of a result on its way to paper: what was read, where it stands on the page, how it is drawn.
 * Lengths are millimetres on the page, x to the right and y down, where a name says nothing else. */
#ifndef MJ_REPORT_MAP_H
#define MJ_REPORT_MAP_H

#include "gis/theme.h"
#include "report/dossier.h"
#include "report/map_cairo.h"
#include "report/style.h"

/** Longer side of every page. */
#define MJ_MAP_PAGE_MM 297.0

typedef struct {
  double x, y, w, h;
} mj_map_rect;

enum { MJ_MAP_PALE = 1, MJ_MAP_UNCOUNTED = 2 };
/** Shapes of one layer, in the order of the result. */
typedef struct {
  mj_geom shape[MJ_GEOM_POLYGON + 1]; /**< by kind; each has a row a shape; on the page once mj_map_project ran */
  int64_t n, cap;
  uint64_t *in;      /**< [n] bit c: it is in class c; 0: in none */
  const char **name; /**< [n] what it is labelled with, or NULL */
  uint8_t *aside;    /**< [n] around what was asked for: MJ_MAP_PALE and MJ_MAP_UNCOUNTED; 0: neither */
  int64_t *fid;
} mj_map_layer;

/** What the legend says of a class. */
typedef struct {
  int64_t n;
  double amount; /**< in the layer's unit; NaN: none of them has a figure */
} mj_map_tally;

/** Faces by weight, each a list of fonts of which the first that has a character draws it. */
typedef struct mj_map_fonts mj_map_fonts;
typedef enum { MJ_MAP_PLAIN, MJ_MAP_BOLD } mj_map_weight;

/** Most zones that are drawn apart. */
#define MJ_MAP_APART 12

/** One map. Valid when {0} with ask set; free with mj_map_reset. */
typedef struct {
  const mj_map_options *ask;
  mj_dossier_options as_dossier;
  mj_dossier d; /**< the result: store, run, words, arena */
  const mj_theme_fact *fact;
  mj_theme theme;
  mj_map_layer subject, parcels, buildings, zones; /**< parcels: under another subject */
  bool on_parcels;                                 /**< the subject's rows are parcels */
  mj_map_tally *tally;                             /**< [theme.n_classes + 1], the last: in no class */
  int64_t n_counted;                               /**< rows of the subject that are counted */
  double total;                                    /**< of their amounts; NaN: none */
  const char *amount;                              /**< column of the amounts; NULL: the layer has none */
  mj_box window;                                   /**< what is shown, in units of the layers */
  double east, north;                              /**< metres of a unit */
  bool apart;                                      /**< zones far from each other stand side by side, at one scale */
  mj_box cell[MJ_MAP_APART]; /**< metres east and (negative) south of the window's corner, one a zone */
  int n_cells;
  mj_geom locator;        /**< the zones where they really lie */
  int64_t self;           /**< fid of the parcel asked for; 0: none */
  const char *shown_name; /**< of that parcel or zone, or NULL */
  mj_map_fonts *fonts;
} mj_map;

/* map_read.c */

/** Read theme, layers and figures. Errors: as mj_map_write. */
MJ_NODISCARD mj_status mj_map_read(mj_map *map, mj_error *err);
void mj_map_reset(mj_map *map);
/* map_class.c */

/**
 * What mj_map_rows finds the class of a row by: a text, a number, or bits. "field" ~ 'a|b', by which QGIS looks for
 * words, becomes LIKE. In the arena; NULL when memory ends.
 */
const char *mj_map_class_sql(const mj_theme *theme, mj_arena *arena);

/* map_rows.c */

/**
 * Append the rows of @p layer.
 *
 * @param in     SQL of the class: a text (MJ_THEME_VALUES), a number (MJ_THEME_RANGES) or bits (MJ_THEME_RULES);
 *               "NULL" where theme is NULL
 * @param name   SQL of the label
 * @param aside  SQL: bits of mj_map_layer.aside
 */
MJ_NODISCARD mj_status mj_map_rows(mj_map *map, const char *layer, const mj_theme *theme, const char *in,
                                   const char *name, const char *aside, const char *amount, mj_map_layer *out,
                                   mj_error *err);
void mj_map_layer_reset(mj_map_layer *layer);

/* map_apart.c */

/** Where zones lie so far apart that most of a map would be empty: move them together, keep where they were in
 * locator. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_map_draw_apart(mj_map *map, mj_error *err);

/* map_layout.c: nothing is drawn here */

/** Where things stand. The legend is in a free corner of the map, beside it, or below it in several columns. */
typedef enum { MJ_MAP_INSIDE, MJ_MAP_BESIDE, MJ_MAP_BELOW } mj_map_place;
typedef struct {
  double w, h; /**< the page; the longer is MJ_MAP_PAGE_MM */
  mj_map_rect frame, legend, title, foot;
  mj_map_place place;
  int columns;             /**< of the legend */
  double margin;           /**< of a legend in a corner of the frame */
  double mm_per_m, x0, y0; /**< a point e metres east and s metres south of the window's corner: (x0 + e k, y0 + s k) */
} mj_map_page;
/** What the legend needs: lines, the width of one column of them, and whether it shows where the zones lie. */
typedef struct {
  int lines;
  double w;
  bool locator;
} mj_map_need;
/** Between a zone that stands apart and its frame. */
#define MJ_MAP_CELL 2.0
/** Height and width of the locator with its words. */
#define MJ_MAP_LOCATOR_H 46.0
#define MJ_MAP_LOCATOR_W 44.0
enum { MJ_MAP_LINE = 6 }; /**< height of a legend's line */
/** Height of a legend of @p columns, with the scale and what is around it. */
double mj_map_legend_h(const mj_map_need *need, int columns);
/** Set the page for ground of @p ground_w by @p ground_h metres with the legend at @p place. */
mj_map_page mj_map_layout(double ground_w, double ground_h, const mj_map_need *need, mj_map_place place);
/** Of beside and below: the page that is nearer to the shape of a sheet of paper. */
mj_map_page mj_map_layout_best(double ground_w, double ground_h, const mj_map_need *need);
/** How far a page is from the shape of A4, and how small it draws: the less the better. */
double mj_map_badness(const mj_map_page *page);
/** 1, 2 or 5 times a power of ten metres, at most @p most_mm long. */
double mj_map_bar(double mm_per_m, double most_mm);
/** The frame of a zone that stands apart, on the page. */
mj_map_rect mj_map_cell(const mj_map *map, const mj_map_page *page, int i);
/** Move a layer from units of the park to the page. */
void mj_map_project(const mj_map *map, const mj_map_page *page, mj_map_layer *layer);
/** Move a layer from one page to another. */
void mj_map_move(mj_map_layer *layer, const mj_map_page *from, const mj_map_page *to);
/** Move the legend into the corner of the frame where no shape of the layers and none of the boxes is, lower left
 * first. False: none is free. */
bool mj_map_corner(mj_map_layer *const *layers, int n, const mj_map_rect *taken, int n_taken, mj_map_page *page);

/* map_spans.c */

typedef struct {
  int32_t line; /**< number of the line */
  double at;    /**< where on it */
} mj_map_crossing;
/** Room that is used again. Valid when {0}; free with free(at). */
typedef struct {
  mj_map_crossing *at;
  int64_t n, cap;
} mj_map_spans;
/**
 * The pieces of parallel lines inside a row: crossings sorted by line and place; two and two are the ends of a piece.
 * Line k is where -x sin + y cos = (k + offset) step; the place on it is x cos + y sin. Errors: MJ_ENOMEM.
 */
MJ_NODISCARD mj_status mj_map_cross(const mj_polys *polys, int64_t row, double angle, double step, double offset,
                                    mj_map_spans *out);

/* map_label.c */

/** Boxes on the page that are taken. Valid when {0}. */
typedef struct {
  mj_map_rect *box;
  int64_t n, cap;
} mj_map_taken;
/** Take @p box, unless it meets one that is taken or lies out of @p frame. */
bool mj_map_take(mj_map_taken *taken, const mj_map_rect *frame, mj_map_rect box);
/** Find where a text of @p w by @p h fits into row @p row, the widest place first; false: nowhere. */
bool mj_map_room(const mj_polys *polys, int64_t row, double w, double h, mj_map_spans *room, mj_map_rect *out);
/** The end of a code says which parcel of a neighbourhood it is. */
const char *mj_map_short(const char *code);

/* map_text.c */

typedef enum { MJ_MAP_LEFT, MJ_MAP_MIDDLE, MJ_MAP_RIGHT } mj_map_align;
typedef struct {
  double size; /**< height of the type, mm */
  mj_map_weight weight;
  mj_map_align align;
  uint32_t rgb;
  double halo;  /**< width of the rim; 0: none */
  uint32_t rim; /**< its colour */
} mj_map_type;
MJ_NODISCARD mj_status mj_map_fonts_open(mj_map_fonts **out, mj_error *err);
void mj_map_fonts_close(mj_map_fonts *fonts);
/** Some character drawn or measured was in no font. */
bool mj_map_fonts_lack(const mj_map_fonts *fonts);
double mj_map_width(mj_map_fonts *fonts, const char *text, const mj_map_type *type);
/** Draw on one line with its base at y. */
void mj_map_text(cairo_t *cr, mj_map_fonts *fonts, const char *text, double x, double y, const mj_map_type *type);
/** As much of the text as @p w has room for, with "…" where it is cut; in the arena, NULL when memory ends. */
const char *mj_map_cut(mj_map_fonts *fonts, const char *text, const mj_map_type *type, double w, mj_arena *arena);

/* map_shapes.c */

void mj_map_colour(cairo_t *cr, uint32_t rgb, double alpha);
/** Row @p row, in one class. thin: outlines are drawn so much thinner (0..1). */
MJ_NODISCARD mj_status mj_map_symbol(cairo_t *cr, const mj_map_layer *layer, int64_t row, const mj_theme_layer *symbol,
                                     double thin, mj_map_spans *spans);
/** A swatch of a legend: the symbol in a rectangle. */
MJ_NODISCARD mj_status mj_map_swatch(cairo_t *cr, const mj_map_rect *box, const mj_theme_class *of,
                                     mj_map_spans *spans);
/** The path of all polygons of a row. */
void mj_map_path(cairo_t *cr, const mj_polys *polys, int64_t row);
/** What shrinks outlines where parcels are small on the page: 1 of a typical shape of 4 mm and more. */
double mj_map_thin(const mj_map_layer *layer, mj_arena *arena);

/* map_spread.c */

typedef struct {
  double x, y;
  int32_t vertex;
} mj_map_spot;
/** Set points that stand in one place around it, @p size apart, as QGIS does. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_map_spread(mj_map_layer *layer, double size, mj_arena *arena);

/* map_draw.c, map_legend.c, map_panel.c */

/** Everything, in millimetres. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_map_draw(cairo_t *cr, mj_map *map, const mj_map_page *page, mj_error *err);
/** Title, legend, scale, arrow, foot. */
MJ_NODISCARD mj_status mj_map_panel(cairo_t *cr, mj_map *map, const mj_map_page *page, mj_error *err);
MJ_NODISCARD mj_status mj_map_legend(cairo_t *cr, mj_map *map, const mj_map_page *page, mj_error *err);
mj_map_need mj_map_legend_need(mj_map *map);
/** The legend as a sentence a line, for readers aloud: "idle 31 parcels 456.0 mu". */
void mj_map_describe(mj_map *map, mj_text *out);
/** "park: theme, zone"; in the arena, NULL when memory ends. */
const char *mj_map_title(mj_map *map);
/** Does the legend show class c? The others with none of them, and those switched off, it leaves out. */
bool mj_map_in_legend(const mj_map *map, int c);

/* map_surface.c */

typedef enum { MJ_MAP_PNG, MJ_MAP_SVG, MJ_MAP_PDF } mj_map_format;
/** By the end of a name. Errors: MJ_EINVAL. */
MJ_NODISCARD mj_status mj_map_format_of(const char *path, mj_map_format *out, mj_error *err);
/** Draw the page into the bytes of a file. */
MJ_NODISCARD mj_status mj_map_render(mj_map *map, const mj_map_page *page, mj_map_format format, mj_text *out,
                                     mj_error *err);
#endif
