#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/map.h"

enum { MOST_LINES = 160, INK = 0x1D2733, GREY = 0x5B6B7C };
#define SWATCH 7.0
#define SPACE 3.0

static const mj_map_type word = {2.9, MJ_MAP_PLAIN, MJ_MAP_LEFT, INK, 0, 0},
                         figure = {2.9, MJ_MAP_PLAIN, MJ_MAP_RIGHT, INK, 0, 0},
                         group = {2.6, MJ_MAP_PLAIN, MJ_MAP_LEFT, GREY, 0, 0},
                         unit = {2.3, MJ_MAP_PLAIN, MJ_MAP_RIGHT, GREY, 0, 0},
                         heading = {3.3, MJ_MAP_BOLD, MJ_MAP_LEFT, INK, 0, 0};

/* One line of the legend. */
typedef struct {
  enum { LINE_CLASS, LINE_GROUP, LINE_NONE, LINE_TOTAL, LINE_PARCEL, LINE_HOUSE, LINE_BORDER, LINE_SELF } kind;
  int at; /* of the class */
  const char *text;
} line;

typedef struct {
  line line[MOST_LINES];
  int n;
  double label, count, amount; /* widths */
} legend;

bool mj_map_in_legend(const mj_map *map, int c) {
  const mj_theme_class *of = &map->theme.classes[c];
  if (!of->shown) return false;
  return map->theme.kind != MJ_THEME_VALUES || of->n_values || map->tally[c].n;
}

static void add(legend *l, int kind, int at, const char *text) {
  if (l->n == MOST_LINES) return;
  l->line[l->n].kind = kind;
  l->line[l->n].at = at;
  l->line[l->n++].text = text;
}

static const char *amount_unit(const mj_map *map) {
  if (!map->amount) return NULL;
  bool mu = strstr(map->amount, "_mu") != NULL, floor = !strcmp(map->amount, "floor_area_m2");
  return mu ? MJ_WORDS(&map->d, "亩", "mu") : floor ? MJ_WORDS(&map->d, "建筑面积 m²", "floor m²") : "m²";
}

static const char *count_unit(const mj_map *map) {
  if (map->self) return MJ_WORDS(&map->d, "本宗地", "of it");
  return map->on_parcels ? MJ_WORDS(&map->d, "宗", "parcels") : MJ_WORDS(&map->d, "个", "count");
}

static const char *count_text(int64_t n, char out[540]) {
  (void)mj_double_grouped((double)n, 0, true, out);
  return out;
}

static const char *amount_text(const mj_map *map, const mj_map_tally *t, char out[540]) {
  bool mu = map->amount && strstr(map->amount, "_mu");
  if (t->n && isnan(t->amount)) return "–"; /* none of them has a figure; of none the sum is 0 */
  (void)mj_double_grouped(t->n ? t->amount : 0, mu ? 1 : 0, true, out);
  return out;
}

static const mj_map_tally *tally_of(const mj_map *map, const line *l, mj_map_tally *all) {
  *all = (mj_map_tally){map->n_counted, map->total};
  if (l->kind == LINE_CLASS) return &map->tally[l->at];
  if (l->kind == LINE_NONE) return &map->tally[map->theme.n_classes];
  return l->kind == LINE_TOTAL ? all : NULL;
}

static void measure(mj_map *map, legend *l) {
  char text[540];
  mj_map_tally all;
  l->count = mj_map_width(map->fonts, count_unit(map), &unit);
  l->amount = map->amount ? mj_map_width(map->fonts, amount_unit(map), &unit) : 0;
  for (int i = 0; i < l->n; i++) {
    const mj_map_tally *t = tally_of(map, &l->line[i], &all);
    bool wide = l->line[i].kind == LINE_GROUP;
    double w = mj_map_width(map->fonts, l->line[i].text, wide ? &group : &word) - (wide ? SWATCH + SPACE : 0);
    l->label = fmax(l->label, w);
    if (!t) continue;
    l->count = fmax(l->count, mj_map_width(map->fonts, count_text(t->n, text), &figure));
    if (map->amount) l->amount = fmax(l->amount, mj_map_width(map->fonts, amount_text(map, t, text), &figure));
  }
}

static legend compose(mj_map *map) {
  legend l = {.n = 0};
  const mj_dossier *d = &map->d;
  const char *in_group = NULL;
  for (int c = 0; c < map->theme.n_classes; c++) {
    const mj_theme_class *of = &map->theme.classes[c];
    if (!mj_map_in_legend(map, c)) continue;
    if (of->group && *of->group && (!in_group || strcmp(in_group, of->group) != 0)) add(&l, LINE_GROUP, c, of->group);
    in_group = of->group;
    bool named = *of->label != 0;
    add(&l, LINE_CLASS, c, named ? of->label : MJ_WORDS(d, map->fact->zh, map->fact->en));
  }
  int n_classes = l.n;
  if (map->tally[map->theme.n_classes].n && map->theme.kind != MJ_THEME_RULES)
    add(&l, LINE_NONE, 0, MJ_WORDS(d, "未分类", "in no class"));
  if (n_classes > 1 && map->on_parcels && !map->self) add(&l, LINE_TOTAL, 0, MJ_WORDS(d, "合计", "total"));
  if (map->parcels.n) add(&l, LINE_PARCEL, 0, MJ_WORDS(d, "宗地", "parcels"));
  if (map->buildings.n) add(&l, LINE_HOUSE, 0, MJ_WORDS(d, "建筑物", "buildings"));
  if (map->zones.n) add(&l, LINE_BORDER, 0, MJ_WORDS(d, "片区界", "zone border"));
  if (map->self) add(&l, LINE_SELF, 0, MJ_WORDS(d, "所查宗地", "the parcel"));
  measure(map, &l);
  return l;
}

static double width_of(const mj_map *map, const legend *l) {
  return SWATCH + SPACE + l->label + SPACE + l->count + (map->amount ? SPACE + l->amount : 0);
}

mj_map_need mj_map_legend_need(mj_map *map) {
  legend l = compose(map);
  double head = mj_map_width(map->fonts, MJ_WORDS(&map->d, map->fact->zh, map->fact->en), &heading) + SPACE + l.count +
                SPACE + l.amount;
  return (mj_map_need){l.n, fmax(fmax(width_of(map, &l), head), 48), map->apart};
}

/* What the map shows beside the theme. */
static void put_sample(cairo_t *cr, const line *l, const mj_map_rect *b) {
  static const double dash[] = {1.6, 0.8};
  cairo_rectangle(cr, b->x, b->y, b->w, b->h);
  if (l->kind == LINE_PARCEL || l->kind == LINE_HOUSE) {
    mj_map_colour(cr, l->kind == LINE_HOUSE ? 0x2B3440 : 0xF4F2EC, l->kind == LINE_HOUSE ? 0.34 : 1);
    cairo_fill_preserve(cr);
    mj_map_colour(cr, 0xB9BEC4, l->kind == LINE_HOUSE ? 0 : 1);
    cairo_set_line_width(cr, 0.16);
  } else if (l->kind == LINE_BORDER) {
    mj_map_colour(cr, 0x191970, 1);
    cairo_set_line_width(cr, 0.45);
    cairo_set_dash(cr, dash, 2, 0);
  } else {
    mj_map_colour(cr, 0xC4161C, 1);
    cairo_set_line_width(cr, 0.7);
  }
  cairo_stroke(cr);
  cairo_set_dash(cr, NULL, 0, 0);
}

static mj_status put_line(cairo_t *cr, mj_map *map, const line *l, const legend *all, double x, double y, double right,
                          mj_map_spans *spans) {
  char text[540];
  mj_map_tally whole;
  mj_map_rect swatch = {x, y + 1, SWATCH, MJ_MAP_LINE - 2};
  const mj_map_tally *t = tally_of(map, l, &whole);
  double base = y + MJ_MAP_LINE / 2.0 + 1.05;
  if (l->kind == LINE_CLASS) MJ_TRY(mj_map_swatch(cr, &swatch, &map->theme.classes[l->at], spans));
  else if (l->kind >= LINE_PARCEL) put_sample(cr, l, &swatch);
  if (l->kind == LINE_TOTAL) {
    mj_map_colour(cr, 0xB9BEC4, 1);
    cairo_set_line_width(cr, 0.2);
    cairo_move_to(cr, x, y + 0.2);
    cairo_line_to(cr, right, y + 0.2);
    cairo_stroke(cr);
  }
  bool left = l->kind == LINE_TOTAL || l->kind == LINE_GROUP;
  mj_map_text(cr, map->fonts, l->text, left ? x : x + SWATCH + SPACE, base, l->kind == LINE_GROUP ? &group : &word);
  if (!t) return MJ_OK;
  mj_map_text(cr, map->fonts, count_text(t->n, text), right - (map->amount ? all->amount + SPACE : 0), base, &figure);
  if (map->amount) mj_map_text(cr, map->fonts, amount_text(map, t, text), right, base, &figure);
  return MJ_OK;
}

mj_status mj_map_legend(cairo_t *cr, mj_map *map, const mj_map_page *page, mj_error *err) {
  legend l = compose(map);
  mj_map_need need = mj_map_legend_need(map);
  mj_map_spans spans = {0};
  mj_status s = MJ_OK;
  bool below = page->place == MJ_MAP_BELOW;
  double left = page->legend.x + (below ? 0 : 3.5), top = page->legend.y + (below ? 0 : 1.5);
  int rows = (l.n + page->columns - 1) / page->columns;
  mj_map_text(cr, map->fonts, MJ_WORDS(&map->d, map->fact->zh, map->fact->en), left, top + 5, &heading);
  for (int c = 0; c < page->columns; c++) {
    double x = left + c * (need.w + 8), right = x + need.w;
    bool counts = false;
    for (int i = c * rows; !s && i < l.n && i < (c + 1) * rows; i++) {
      s = put_line(cr, map, &l.line[i], &l, x, top + 8 + (i - c * rows) * MJ_MAP_LINE, right, &spans);
      counts |= l.line[i].kind <= LINE_TOTAL;
    }
    if (!counts) continue;
    mj_map_text(cr, map->fonts, count_unit(map), right - (map->amount ? l.amount + SPACE : 0), top + 5, &unit);
    if (map->amount) mj_map_text(cr, map->fonts, amount_unit(map), right, top + 5, &unit);
  }
  free(spans.at);
  return s ? mj_fail(err, s, "out of memory") : MJ_OK;
}

void mj_map_describe(mj_map *map, mj_text *out) {
  char text[540];
  mj_map_tally whole;
  legend l = compose(map);
  for (int i = 0; i < l.n; i++) {
    const mj_map_tally *t = tally_of(map, &l.line[i], &whole);
    if (!t) continue;
    mj_text_format(out, "%s%s %s %s", out->n ? "\n" : "", l.line[i].text, count_text(t->n, text), count_unit(map));
    if (map->amount) mj_text_format(out, " %s %s", amount_text(map, t, text), amount_unit(map));
  }
}
