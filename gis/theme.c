#include "gis/theme.h"

#include <cpl_error.h>
#include <cpl_minixml.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "gis/theme_private.h"

typedef struct {
  CPLXMLNode *renderer;
  mj_arena *arena;
  mj_theme_class *classes;
  int n, cap;
  mj_error *err;
} reading;

static const char *attribute(CPLXMLNode *node, const char *name, const char *fallback) {
  return CPLGetXMLValue(node, name, fallback);
}

static CPLXMLNode *child(CPLXMLNode *node, const char *name) { return node ? CPLGetXMLNode(node, name) : NULL; }

static bool is(CPLXMLNode *node, const char *name) {
  return node->eType == CXT_Element && !strcmp(node->pszValue, name);
}

static int count(CPLXMLNode *node, const char *name) {
  int n = 0;
  for (CPLXMLNode *c = node ? node->psChild : NULL; c; c = c->psNext) n += is(c, name);
  return n;
}

static mj_status copy(reading *r, const char *text, const char **out) {
  *out = mj_arena_text(r->arena, text, strlen(text));
  return *out ? MJ_OK : mj_fail(r->err, MJ_ENOMEM, "out of memory");
}

/* The symbol a class names. */
static mj_status take_symbol(reading *r, const char *name, mj_theme_class *out) {
  CPLXMLNode *symbols = child(r->renderer, "symbols");
  for (CPLXMLNode *s = symbols ? symbols->psChild : NULL; s; s = s->psNext)
    if (is(s, "symbol") && !strcmp(attribute(s, "name", ""), name)) {
      int n = count(s, "layer");
      mj_theme_layer *layers = mj_arena_alloc(r->arena, (size_t)n + 1, sizeof *layers);
      if (!layers) return mj_fail(r->err, MJ_ENOMEM, "out of memory");
      out->layers = layers;
      for (CPLXMLNode *c = s->psChild; c; c = c->psNext)
        if (is(c, "layer") && strcmp(attribute(c, "enabled", "1"), "0") != 0)
          MJ_TRY(mj__theme_layer(c, atof(attribute(s, "alpha", "1")), r->arena, &layers[out->n_layers++], r->err));
      return MJ_OK;
    }
  return mj_fail(r->err, MJ_EFORMAT, "the style has no symbol '%s'", name);
}

static mj_status add_class(reading *r, CPLXMLNode *node, const char *symbol, mj_theme_class **out) {
  if (r->n == r->cap) return mj_fail(r->err, MJ_EFORMAT, "the style has more classes than it says");
  *out = &r->classes[r->n++];
  (*out)->lower = (*out)->upper = (double)NAN;
  (*out)->shown = !strcmp(attribute(node, "render", "true"), "true");
  MJ_TRY(copy(r, attribute(node, "label", ""), &(*out)->label));
  return take_symbol(r, symbol, *out);
}

static mj_status make_room(reading *r, int n) {
  r->classes = mj_arena_alloc(r->arena, (size_t)n + 1, sizeof *r->classes);
  r->cap = n;
  return r->classes ? MJ_OK : mj_fail(r->err, MJ_ENOMEM, "out of memory");
}

/* One value, or several merged into one category; an empty one is all others. */
static mj_status take_values(reading *r, CPLXMLNode *category, mj_theme_class *out) {
  int listed = count(category, "val");
  const char *one = attribute(category, "value", "");
  if (!listed && !*one) return MJ_OK;
  const char **values = mj_arena_alloc(r->arena, (size_t)(listed ? listed : 1), sizeof *values);
  if (!values) return mj_fail(r->err, MJ_ENOMEM, "out of memory");
  out->values = values;
  if (!listed) return copy(r, one, &values[out->n_values++]);
  for (CPLXMLNode *c = category->psChild; c; c = c->psNext)
    if (is(c, "val")) MJ_TRY(copy(r, attribute(c, "value", ""), &values[out->n_values++]));
  return MJ_OK;
}

static mj_status read_values(reading *r) {
  CPLXMLNode *list = child(r->renderer, "categories");
  MJ_TRY(make_room(r, count(list, "category")));
  for (CPLXMLNode *c = list ? list->psChild : NULL; c; c = c->psNext) {
    mj_theme_class *made;
    if (!is(c, "category")) continue;
    MJ_TRY(add_class(r, c, attribute(c, "symbol", ""), &made));
    MJ_TRY(take_values(r, c, made));
  }
  return MJ_OK;
}

static mj_status read_ranges(reading *r) {
  CPLXMLNode *list = child(r->renderer, "ranges");
  MJ_TRY(make_room(r, count(list, "range")));
  for (CPLXMLNode *c = list ? list->psChild : NULL; c; c = c->psNext) {
    mj_theme_class *made;
    if (!is(c, "range")) continue;
    MJ_TRY(add_class(r, c, attribute(c, "symbol", ""), &made));
    if (!mj_double_parse(attribute(c, "lower", ""), &made->lower) ||
        !mj_double_parse(attribute(c, "upper", ""), &made->upper))
      return mj_fail(r->err, MJ_EFORMAT, "the style's range '%s' has no lower and upper number", made->label);
  }
  return MJ_OK;
}

static int count_rules(CPLXMLNode *node) {
  int n = 0;
  for (CPLXMLNode *c = node ? node->psChild : NULL; c; c = c->psNext)
    if (is(c, "rule")) n += 1 + count_rules(c);
  return n;
}

/* None of the filters of the rule's siblings holds. */
static mj_status negate_siblings(reading *r, CPLXMLNode *around, char **out) {
  *out = mj_arena_format(r->arena, "1");
  for (CPLXMLNode *c = around->psChild; c && *out; c = c->psNext) {
    const char *filter = is(c, "rule") ? attribute(c, "filter", "") : "";
    if (*filter && strcmp(filter, "ELSE") != 0)
      *out = mj_arena_format(r->arena, "%s AND NOT coalesce((%s), 0)", *out, filter);
  }
  return *out ? MJ_OK : mj_fail(r->err, MJ_ENOMEM, "out of memory");
}

/* The rule's own condition and that of the rules around it. */
static mj_status condition(reading *r, CPLXMLNode *around, CPLXMLNode *rule, const char *outer, const char **out) {
  char *own = NULL;
  const char *filter = attribute(rule, "filter", "");
  if (!strcmp(filter, "ELSE")) MJ_TRY(negate_siblings(r, around, &own));
  else if (*filter) own = mj_arena_text(r->arena, filter, strlen(filter));
  *out = own && outer ? mj_arena_format(r->arena, "(%s) AND (%s)", outer, own) : own ? own : outer;
  return *out || (!*filter && !outer) ? MJ_OK : mj_fail(r->err, MJ_ENOMEM, "out of memory");
}

/* A rule with a symbol is a class; one without only holds others. */
static mj_status read_rules(reading *r, CPLXMLNode *around, const mj_theme_class *outer) {
  for (CPLXMLNode *c = around ? around->psChild : NULL; c; c = c->psNext) {
    mj_theme_class self = {.group = outer->group, .shown = outer->shown};
    if (!is(c, "rule")) continue;
    self.shown = self.shown && strcmp(attribute(c, "checkstate", "1"), "0") != 0;
    MJ_TRY(condition(r, around, c, outer->rule, &self.rule));
    const char *symbol = attribute(c, "symbol", NULL);
    if (symbol) {
      mj_theme_class *made;
      MJ_TRY(add_class(r, c, symbol, &made));
      made->rule = self.rule;
      made->group = self.group;
      made->shown = self.shown;
    }
    MJ_TRY(copy(r, attribute(c, "label", ""), &self.group));
    MJ_TRY(read_rules(r, c, &self));
  }
  return MJ_OK;
}

static mj_status read_single(reading *r) {
  MJ_TRY(make_room(r, 1));
  mj_theme_class *made;
  return add_class(r, r->renderer, "0", &made);
}

static mj_status read_renderer(reading *r, mj_theme *out) {
  const char *type = attribute(r->renderer, "type", "");
  if (!strcmp(type, "singleSymbol")) out->kind = MJ_THEME_SINGLE;
  else if (!strcmp(type, "categorizedSymbol")) out->kind = MJ_THEME_VALUES;
  else if (!strcmp(type, "graduatedSymbol")) out->kind = MJ_THEME_RANGES;
  else if (!strcmp(type, "RuleRenderer")) out->kind = MJ_THEME_RULES;
  else return mj_fail(r->err, MJ_EFORMAT, "the style's renderer is '%s', which is not known", type);
  out->levels = !strcmp(attribute(r->renderer, "symbollevels", "0"), "1");
  if (out->kind == MJ_THEME_SINGLE) return read_single(r);
  if (out->kind == MJ_THEME_RULES) {
    CPLXMLNode *rules = child(r->renderer, "rules");
    MJ_TRY(make_room(r, count_rules(rules)));
    return read_rules(r, rules, &(mj_theme_class){.shown = true});
  }
  MJ_TRY(copy(r, attribute(r->renderer, "attr", ""), &out->attribute));
  return out->kind == MJ_THEME_VALUES ? read_values(r) : read_ranges(r);
}

static mj_status read_tree(CPLXMLNode *tree, reading *r, mj_theme *out) {
  r->renderer = child(tree, "=qgis.renderer-v2");
  if (child(r->renderer, "renderer-v2")) r->renderer = child(r->renderer, "renderer-v2"); /* of scattered points */
  if (!r->renderer) return mj_fail(r->err, MJ_EFORMAT, "no QGIS style: no renderer in it");
  MJ_TRY(read_renderer(r, out));
  out->classes = r->classes;
  out->n_classes = r->n;
  return MJ_OK;
}

mj_status mj_theme_read(const char *text, size_t n, mj_arena *arena, mj_theme *out, mj_error *err) {
  reading r = {.arena = arena, .err = err};
  *out = (mj_theme){0};
  char *whole = mj_arena_text(arena, text, n);
  if (!whole) return mj_fail(err, MJ_ENOMEM, "out of memory");
  CPLPushErrorHandler(CPLQuietErrorHandler);
  CPLErrorReset();
  CPLXMLNode *tree = CPLParseXMLString(whole);
  mj_status s = tree ? read_tree(tree, &r, out) : mj_fail(err, MJ_EFORMAT, "no QGIS style: %s", CPLGetLastErrorMsg());
  CPLDestroyXMLNode(tree);
  CPLPopErrorHandler();
  if (s) *out = (mj_theme){0};
  return s;
}

int mj_theme_of_text(const mj_theme *theme, const char *value) {
  int others = -1;
  for (int c = 0; c < theme->n_classes; c++) {
    if (!theme->classes[c].n_values && others < 0) others = c;
    for (int v = 0; value && v < theme->classes[c].n_values; v++)
      if (!strcmp(theme->classes[c].values[v], value)) return c;
  }
  return others;
}

int mj_theme_of_number(const mj_theme *theme, double value) {
  if (theme->kind == MJ_THEME_SINGLE) return 0;
  for (int c = 0; c < theme->n_classes; c++)
    if (value >= theme->classes[c].lower && value <= theme->classes[c].upper) return c;
  return -1;
}
