#include <cpl_minixml.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "gis/theme_private.h"

typedef struct {
  CPLXMLNode *node;
  double alpha;
  mj_error *err;
} properties;

static const char *attribute(CPLXMLNode *node, const char *name) { return CPLGetXMLValue(node, name, ""); }

/* A property as QGIS writes it since 3.26 (<Option name value>) or before (<prop k v>); NULL: not there. */
static const char *property(const properties *p, const char *name) {
  CPLXMLNode *map = CPLGetXMLNode(p->node, "Option");
  for (CPLXMLNode *c = map ? map->psChild : NULL; c; c = c->psNext)
    if (c->eType == CXT_Element && !strcmp(attribute(c, "name"), name)) return attribute(c, "value");
  for (CPLXMLNode *c = p->node->psChild; c; c = c->psNext)
    if (c->eType == CXT_Element && !strcmp(c->pszValue, "prop") && !strcmp(attribute(c, "k"), name))
      return attribute(c, "v");
  return NULL;
}

static mj_status take_mm(const properties *p, const char *name, double fallback, double *out) {
  char unit_name[40];
  const char *value = property(p, name);
  *out = fallback;
  if (!value) return MJ_OK;
  snprintf(unit_name, sizeof unit_name, "%s_unit", name);
  const char *unit = property(p, unit_name);
  if ((unit && strcmp(unit, "MM") != 0) || !mj_double_parse(value, out))
    return mj_fail(p->err, MJ_EFORMAT, "the style's %s is '%s' %s, not a number of MM", name, value, unit ? unit : "");
  return MJ_OK;
}

/* "187,150,116,255", and what newer versions write behind it. */
static mj_status take_colour(const properties *p, const char *name, mj_rgba *out) {
  const char *value = property(p, name);
  int c[4] = {0, 0, 0, 255}, n = value ? 0 : 4;
  for (const char *at = value; n < 4 && at && *at; n++) {
    char *end;
    c[n] = (int)strtol(at, &end, 10);
    if (end == at || c[n] < 0 || c[n] > 255) break;
    at = *end == ',' ? end + 1 : NULL;
  }
  if (n < 3) return mj_fail(p->err, MJ_EFORMAT, "the style's %s is '%s', not red, green, blue", name, value);
  *out = (mj_rgba){(uint8_t)c[0], (uint8_t)c[1], (uint8_t)c[2], (uint8_t)lround(c[3] * p->alpha)};
  return MJ_OK;
}

static mj_status take_word(const properties *p, const char *name, const char *const *word, int n, int fallback,
                           int *out) {
  const char *value = property(p, name);
  *out = fallback;
  for (int i = 0; value && i < n; i++)
    if (!strcmp(word[i], value)) {
      *out = i;
      return MJ_OK;
    }
  /* QGIS would draw it solid without a word */
  return value ? mj_fail(p->err, MJ_EFORMAT, "the style's %s is '%s', which is not known", name, value) : MJ_OK;
}

static mj_status take_brush(const properties *p, mj_theme_layer *out) {
  static const char *const word[] = {"no",    "solid",      "horizontal", "vertical",
                                     "cross", "b_diagonal", "f_diagonal", "diagonal_x"};
  const char *value = property(p, "style");
  int brush = MJ_BRUSH_DENSE;
  if (!value || strncmp(value, "dense", 5) != 0)
    MJ_TRY(take_word(p, "style", word, sizeof word / sizeof *word, MJ_BRUSH_SOLID, &brush));
  out->brush = (mj_brush)brush;
  return take_colour(p, "color", &out->fill);
}

/* Outline of an area or a marker ("outline_"), or a line ("line_"). */
static mj_status take_pen(const properties *p, const char *prefix, double fallback_mm, mj_theme_layer *out) {
  static const char *const word[] = {"no", "solid", "dash", "dot", "dash dot", "dash dot dot"};
  char name[40];
  int pen;
  snprintf(name, sizeof name, "%s_style", prefix);
  MJ_TRY(take_word(p, name, word, sizeof word / sizeof *word, MJ_PEN_SOLID, &pen));
  out->pen = (mj_pen)pen;
  snprintf(name, sizeof name, "%s_color", prefix);
  MJ_TRY(take_colour(p, name, &out->outline));
  snprintf(name, sizeof name, "%s_width", prefix);
  return take_mm(p, name, fallback_mm, &out->outline_mm);
}

/* Parallel lines: angle and distance of the pattern, width and colour of the line that it repeats. */
static mj_status take_lines(const properties *p, mj_theme_layer *out) {
  mj_theme_layer line = {0};
  const char *angle = property(p, "angle");
  CPLXMLNode *repeated = CPLGetXMLNode(p->node, "symbol");
  double own = repeated ? atof(CPLGetXMLValue(repeated, "alpha", "1")) : 1;
  properties inner = {CPLGetXMLNode(p->node, "symbol.layer"), p->alpha * own, p->err};
  out->brush = MJ_BRUSH_LINES;
  if (angle && !mj_double_parse(angle, &out->angle_deg))
    return mj_fail(p->err, MJ_EFORMAT, "the style's %s is '%s', which is not known", "angle", angle);
  MJ_TRY(take_mm(p, "distance", 5, &out->step_mm));
  if (inner.node) {
    MJ_TRY(take_pen(&inner, "line", 0.26, &line));
    out->fill = line.outline;
    out->line_mm = line.outline_mm;
    return MJ_OK;
  }
  MJ_TRY(take_colour(p, "color", &out->fill));
  return take_mm(p, "line_width", 0.26, &out->line_mm);
}

static mj_status take_marker(const properties *p, mj_arena *arena, mj_theme_layer *out) {
  const char *name = property(p, "name");
  out->brush = MJ_BRUSH_SOLID;
  out->marker = mj_arena_text(arena, name ? name : "circle", strlen(name ? name : "circle"));
  if (!out->marker) return mj_fail(p->err, MJ_ENOMEM, "out of memory");
  MJ_TRY(take_colour(p, "color", &out->fill));
  MJ_TRY(take_mm(p, "size", 2, &out->size_mm));
  return take_pen(p, "outline", 0, out);
}

mj_status mj__theme_layer(CPLXMLNode *node, double alpha, mj_arena *arena, mj_theme_layer *out, mj_error *err) {
  properties p = {node, alpha, err};
  const char *kind = attribute(node, "class");
  *out = (mj_theme_layer){.pass = atoi(attribute(node, "pass"))};
  if (!strcmp(kind, "SimpleFill")) {
    MJ_TRY(take_brush(&p, out));
    return take_pen(&p, "outline", 0.26, out);
  }
  if (!strcmp(kind, "SimpleLine")) return take_pen(&p, "line", 0.26, out);
  if (!strcmp(kind, "LinePatternFill")) return take_lines(&p, out);
  if (!strcmp(kind, "SimpleMarker")) return take_marker(&p, arena, out);
  return mj_fail(err, MJ_EFORMAT, "the style has a symbol layer '%s', which is not known", kind);
}
