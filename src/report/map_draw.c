#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/map.h"

enum { GROUND = 0xFFFFFF, PALE = 0xF4F2EC, PALE_LINE = 0xB9BEC4, HOUSE = 0x2B3440, BORDER = 0x191970, SELF = 0xC4161C };

static void put_plain(cairo_t *cr, const mj_map_layer *layer, bool aside_only, double width) {
  mj_polys g = mj_geom_view(&layer->shape[MJ_GEOM_POLYGON]);
  for (int64_t i = 0; i < layer->n; i++) {
    if (aside_only && !(layer->aside[i] & MJ_MAP_PALE)) continue;
    mj_map_path(cr, &g, i);
    mj_map_colour(cr, PALE, 1);
    cairo_fill_preserve(cr);
    mj_map_colour(cr, PALE_LINE, 1);
    cairo_set_line_width(cr, width);
    cairo_stroke(cr);
  }
}

/* As QGIS draws: a shape with all its symbols, then the next; with symbol levels, pass by pass. */
static mj_status put_subject(cairo_t *cr, mj_map *map, double thin, mj_map_spans *spans) {
  const mj_map_layer *l = &map->subject;
  int last = 0;
  for (int c = 0; map->theme.levels && c < map->theme.n_classes; c++)
    for (int k = 0; k < map->theme.classes[c].n_layers; k++)
      last = map->theme.classes[c].layers[k].pass > last ? map->theme.classes[c].layers[k].pass : last;
  for (int pass = 0; pass <= last; pass++)
    for (int64_t i = 0; i < l->n; i++) {
      if (l->aside[i] & MJ_MAP_PALE) continue;
      for (int c = 0; c < map->theme.n_classes; c++) {
        const mj_theme_class *of = &map->theme.classes[c];
        if (!(l->in[i] >> c & 1) || !of->shown) continue;
        for (int k = 0; k < of->n_layers; k++)
          if (!map->theme.levels || of->layers[k].pass == pass)
            MJ_TRY(mj_map_symbol(cr, l, i, &of->layers[k], thin, spans));
      }
    }
  return MJ_OK;
}

static void put_houses(cairo_t *cr, const mj_map_layer *layer, double alpha, double thin) {
  mj_polys g = mj_geom_view(&layer->shape[MJ_GEOM_POLYGON]);
  for (int64_t i = 0; i < layer->n; i++) {
    mj_map_path(cr, &g, i);
    mj_map_colour(cr, HOUSE, alpha);
    cairo_fill_preserve(cr);
    mj_map_colour(cr, 0xFFFFFF, 0.45); /* seen on dark parcels too */
    cairo_set_line_width(cr, 0.1 * thin);
    cairo_stroke(cr);
  }
}

static void put_borders(cairo_t *cr, const mj_map_layer *layer) {
  static const double dash[] = {2.4, 1.2};
  mj_polys g = mj_geom_view(&layer->shape[MJ_GEOM_POLYGON]);
  cairo_set_dash(cr, dash, 2, 0);
  cairo_set_line_width(cr, 0.45);
  mj_map_colour(cr, BORDER, 1);
  for (int64_t i = 0; i < layer->n; i++) {
    mj_map_path(cr, &g, i);
    cairo_stroke(cr);
  }
  cairo_set_dash(cr, NULL, 0, 0);
}

/* The parcel that was asked for: red over a white rim. */
static void put_self(cairo_t *cr, const mj_map *map) {
  const mj_map_layer *layer = strcmp(map->fact->layer, "parcels") != 0 ? &map->parcels : &map->subject;
  mj_polys g = mj_geom_view(&layer->shape[MJ_GEOM_POLYGON]);
  for (int64_t i = 0; i < layer->n && map->self; i++)
    for (int pass = 0; layer->fid[i] == map->self && pass < 2; pass++) {
      mj_map_path(cr, &g, i);
      mj_map_colour(cr, pass ? SELF : 0xFFFFFF, 1);
      cairo_set_line_width(cr, pass ? 0.7 : 1.4);
      cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
      cairo_stroke(cr);
    }
}

/* The colour that a row ends up with: of the last symbol that fills it; white where none does. */
static uint32_t ground_of(const mj_map *map, const mj_map_layer *l, int64_t row) {
  uint32_t rgb = 0xFFFFFF;
  for (int c = 0; l == &map->subject && c < map->theme.n_classes; c++)
    for (int k = 0; l->in[row] >> c & 1 && map->theme.classes[c].shown && k < map->theme.classes[c].n_layers; k++) {
      const mj_theme_layer *symbol = &map->theme.classes[c].layers[k];
      if (symbol->brush == MJ_BRUSH_SOLID && symbol->fill.a > 127)
        rgb = (uint32_t)symbol->fill.r << 16 | (uint32_t)symbol->fill.g << 8 | symbol->fill.b;
    }
  return rgb;
}

static bool is_dark(uint32_t rgb) {
  return 299 * (rgb >> 16) + 587 * (rgb >> 8 & 255) + 114 * (rgb & 255) < 120 * 1000;
}

static bool is_named(const mj_map *map, const mj_map_layer *l, int64_t row) {
  bool shown = l != &map->subject || !l->in[row];
  for (int c = 0; c < map->theme.n_classes && !shown; c++) shown = (l->in[row] >> c & 1) && map->theme.classes[c].shown;
  return shown && l->name[row] && *l->name[row] && !(l->aside[row] & MJ_MAP_PALE);
}

/* Names where there is room for them, wholly inside what they name. */
static mj_status put_names(cairo_t *cr, mj_map *map, const mj_map_layer *l, const mj_map_type *type, bool whole,
                           const mj_map_page *page, mj_map_taken *taken, mj_map_spans *spans) {
  mj_polys g = mj_geom_view(&l->shape[MJ_GEOM_POLYGON]);
  for (int64_t i = 0; i < l->n; i++) {
    mj_map_type own = *type;
    mj_map_rect at;
    if (!is_named(map, l, i) || g.part0[i] == g.part0[i + 1]) continue;
    const char *name = whole ? mj_map_cut(map->fonts, l->name[i], type, 60, &map->d.arena) : mj_map_short(l->name[i]);
    if (!name) return MJ_ENOMEM;
    double pad = type->size * 0.22, w = mj_map_width(map->fonts, name, type) + 2 * pad, h = type->size + 2 * pad;
    if (!mj_map_room(&g, i, w, h, spans, &at) || !mj_map_take(taken, &page->frame, at)) continue;
    own.rim = ground_of(map, l, i);
    if (is_dark(own.rim)) own.rgb = 0xFFFFFF;
    mj_map_text(cr, map->fonts, name, at.x + pad, at.y + pad + type->size * 0.86, &own);
  }
  return MJ_OK;
}

static mj_status put_labels(cairo_t *cr, mj_map *map, const mj_map_page *page, mj_map_spans *spans) {
  static const mj_map_type zone = {4, MJ_MAP_BOLD, MJ_MAP_LEFT, BORDER, 0.6, 0xFFFFFF},
                           thing = {1.9, MJ_MAP_PLAIN, MJ_MAP_LEFT, 0x1D2733, 0.3, 0xFFFFFF},
                           large = {2.4, MJ_MAP_PLAIN, MJ_MAP_LEFT, 0x1D2733, 0.3, 0xFFFFFF};
  mj_map_taken taken = {0};
  mj_status s = MJ_OK;
  bool zones = !strcmp(map->fact->layer, "zones");
  if (page->place == MJ_MAP_INSIDE) (void)mj_map_take(&taken, &page->frame, page->legend);
  if (!map->ask->parcel_id)
    s = put_names(cr, map, zones ? &map->subject : &map->zones, &zone, true, page, &taken, spans);
  if (!s && !zones)
    s = put_names(cr, map, &map->subject, map->on_parcels && !map->ask->parcel_id ? &thing : &large, !map->on_parcels,
                  page, &taken, spans);
  free(taken.box);
  return s;
}

static void put_cells(cairo_t *cr, const mj_map *map, const mj_map_page *page) {
  cairo_set_line_width(cr, 0.2);
  mj_map_colour(cr, 0x8A949E, 1);
  for (int i = 0; i < map->n_cells; i++) {
    mj_map_rect c = mj_map_cell(map, page, i);
    cairo_rectangle(cr, c.x, c.y, c.w, c.h);
    cairo_stroke(cr);
  }
}

static mj_status put_map(cairo_t *cr, mj_map *map, const mj_map_page *page, mj_map_spans *spans) {
  const mj_map_rect *f = &page->frame;
  double thin = mj_map_thin(map->on_parcels ? &map->subject : &map->parcels, &map->d.arena);
  MJ_TRY(mj_map_spread(&map->subject, 2.5, &map->d.arena));
  cairo_save(cr);
  cairo_rectangle(cr, f->x, f->y, f->w, f->h);
  cairo_clip(cr);
  put_cells(cr, map, page);
  put_plain(cr, &map->parcels, false, 0.12 * thin);
  put_plain(cr, &map->subject, true, 0.12 * thin);
  if (!map->on_parcels) put_houses(cr, &map->buildings, 0.22, thin);
  bool places = !strncmp(map->fact->layer, "check", 5); /* as narrow as they are, they are to be seen */
  MJ_TRY(put_subject(cr, map, places ? 1 : thin, spans));
  if (map->on_parcels) put_houses(cr, &map->buildings, 0.34, thin);
  put_borders(cr, &map->zones);
  put_self(cr, map);
  mj_status s = put_labels(cr, map, page, spans);
  cairo_restore(cr);
  return s;
}

mj_status mj_map_draw(cairo_t *cr, mj_map *map, const mj_map_page *page, mj_error *err) {
  mj_map_spans spans = {0};
  mj_map_colour(cr, GROUND, 1);
  cairo_paint(cr);
  mj_status s = put_map(cr, map, page, &spans);
  free(spans.at);
  if (s) return mj_fail(err, s, "out of memory");
  mj_map_colour(cr, 0x8A949E, map->apart ? 0 : 1);
  cairo_set_line_width(cr, 0.2);
  cairo_rectangle(cr, page->frame.x, page->frame.y, page->frame.w, page->frame.h);
  cairo_stroke(cr);
  return mj_map_panel(cr, map, page, err);
}
