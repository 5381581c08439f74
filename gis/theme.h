/** @file theme.h  The classes and colours of a QGIS style, so that a map and a page show what QGIS shows. */
#ifndef MJ_GIS_THEME_H
#define MJ_GIS_THEME_H

#include <stdbool.h>
#include <stdint.h>

#include "mujun/arena.h"

/** How a feature finds its class: there is one; by the text of attribute; by its number; by a condition a class. */
typedef enum { MJ_THEME_SINGLE, MJ_THEME_VALUES, MJ_THEME_RANGES, MJ_THEME_RULES } mj_theme_kind;
/** How an area is filled. MJ_BRUSH_LINES has its own angle and distance; the hatches before it are Qt's of 8 pixels. */
typedef enum {
  MJ_BRUSH_NO,
  MJ_BRUSH_SOLID,
  MJ_BRUSH_HORIZONTAL,
  MJ_BRUSH_VERTICAL,
  MJ_BRUSH_CROSS,
  MJ_BRUSH_B_DIAGONAL, /**< rising to the right: /// */
  MJ_BRUSH_F_DIAGONAL, /**< falling to the right */
  MJ_BRUSH_DIAGONAL_X,
  MJ_BRUSH_DENSE, /**< dots */
  MJ_BRUSH_LINES
} mj_brush;
typedef enum { MJ_PEN_NO, MJ_PEN_SOLID, MJ_PEN_DASH, MJ_PEN_DOT, MJ_PEN_DASH_DOT, MJ_PEN_DASH_DOT_DOT } mj_pen;

typedef struct {
  uint8_t r, g, b, a; /**< a: 0 invisible, 255 opaque; the symbol's own opacity is in it */
} mj_rgba;

/** One layer of a symbol; a symbol is drawn first layer first. Millimetres on paper. */
typedef struct {
  mj_brush brush;
  mj_rgba fill;                       /**< of the area, of its hatch, or of a marker */
  double step_mm, angle_deg, line_mm; /**< of MJ_BRUSH_LINES: anticlockwise from the east */
  mj_pen pen;
  mj_rgba outline;
  double outline_mm;
  const char *marker; /**< "circle", "triangle", "cross2", ...; NULL: no marker but an area or a line */
  double size_mm;
  int pass; /**< where symbol levels are on: all of pass 0 lies under all of pass 1 */
} mj_theme_layer;

typedef struct {
  const char *label;         /**< as the file has it */
  const char *group;         /**< label of the rule that holds this one; NULL: none */
  const char *const *values; /**< [n_values] of MJ_THEME_VALUES; none: every other value, NULL too */
  int n_values;
  double lower, upper; /**< of MJ_THEME_RANGES, both within it; the first class that fits is the one */
  const char *rule; /**< of MJ_THEME_RULES: condition in SQL over the layer's fields, with those of the rules around it;
                         NULL: every feature */
  bool shown;       /**< switched on when the layer is loaded */
  const mj_theme_layer *layers; /**< [n_layers] */
  int n_layers;
} mj_theme_class;

/** Texts and arrays belong to the arena. */
typedef struct {
  mj_theme_kind kind;
  const char *attribute; /**< field or expression; NULL of MJ_THEME_SINGLE and MJ_THEME_RULES */
  bool levels;           /**< symbol levels are on */
  const mj_theme_class *classes;
  int n_classes;
} mj_theme;

/**
 * Read the renderer of a QML style: singleSymbol, categorizedSymbol, graduatedSymbol, RuleRenderer, or one of these
 * inside a pointDisplacement. Rules are flattened to those with a symbol, in the order of the file; ELSE becomes the
 * negation of its siblings. Widths in units other than MM are refused.
 *
 * Errors: MJ_EFORMAT with the place (no XML, no renderer, or a renderer, symbol layer or brush that is not known);
 * MJ_ENOMEM. Cost: the file is parsed once. Source: QGIS 3.22's own files.
 */
MJ_NODISCARD mj_status mj_theme_read(const char *text, size_t n, mj_arena *arena, mj_theme *out, mj_error *err);

/** The class of a text (MJ_THEME_VALUES, MJ_THEME_SINGLE; NULL is SQL's NULL), or -1. */
int mj_theme_of_text(const mj_theme *theme, const char *value);
/** The class of a number (MJ_THEME_RANGES, MJ_THEME_SINGLE; NaN is NULL), or -1: no class, nothing is drawn. */
int mj_theme_of_number(const mj_theme *theme, double value);
#endif
