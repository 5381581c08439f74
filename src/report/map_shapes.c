#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/map.h"

/* Qt's hatches on paper: distance and width of the lines; dots and their width. */
#define HATCH 1.3
#define HATCH_LINE 0.18
#define DOTS 0.75
#define DOT 0.36
#define QUARTER 0.78539816339744831

void mj_map_colour(cairo_t *cr, uint32_t rgb, double alpha) {
  cairo_set_source_rgba(cr, (double)(rgb >> 16 & 255) / 255, (double)(rgb >> 8 & 255) / 255, (double)(rgb & 255) / 255,
                        alpha);
}

static void colour(cairo_t *cr, mj_rgba c) {
  mj_map_colour(cr, (uint32_t)c.r << 16 | (uint32_t)c.g << 8 | c.b, (double)c.a / 255);
}

void mj_map_path(cairo_t *cr, const mj_polys *g, int64_t row) {
  for (int32_t r = g->ring0[g->part0[row]]; r < g->ring0[g->part0[row + 1]]; r++) {
    for (int32_t v = g->vert0[r]; v + 1 < g->vert0[r + 1]; v++) cairo_line_to(cr, g->x[v], g->y[v]);
    cairo_close_path(cr);
    cairo_new_sub_path(cr);
  }
}

/* One set of parallel lines, cut to the row exactly: no clip and no pattern that a viewer could draw otherwise. */
static mj_status hatch(cairo_t *cr, const mj_polys *g, int64_t row, double angle, double step, double width, bool dots,
                       mj_map_spans *spans) {
  double c = cos(angle), s = sin(angle);
  MJ_TRY(mj_map_cross(g, row, angle, step, 0.5, spans));
  for (int64_t i = 0; i + 1 < spans->n; i += 2) {
    double v = ((double)spans->at[i].line + 0.5) * step, a = spans->at[i].at, b = spans->at[i + 1].at;
    double shift = spans->at[i].line & 1 ? 0.5 : 0;
    for (double u = dots ? (ceil(a / step - shift) + shift) * step : a; u <= b; u += dots ? step : b - a + 1) {
      cairo_move_to(cr, u * c - v * s, u * s + v * c);
      if (dots) cairo_close_path(cr);
      else cairo_line_to(cr, b * c - v * s, b * s + v * c);
    }
  }
  cairo_set_line_width(cr, width);
  cairo_set_line_cap(cr, dots ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT);
  cairo_stroke(cr);
  cairo_set_line_cap(cr, CAIRO_LINE_CAP_BUTT);
  return MJ_OK;
}

static mj_status fill(cairo_t *cr, const mj_polys *g, int64_t row, const mj_theme_layer *l, mj_map_spans *spans) {
  bool rising = l->brush == MJ_BRUSH_B_DIAGONAL || l->brush == MJ_BRUSH_DIAGONAL_X,
       falling = l->brush == MJ_BRUSH_F_DIAGONAL || l->brush == MJ_BRUSH_DIAGONAL_X,
       level = l->brush == MJ_BRUSH_HORIZONTAL || l->brush == MJ_BRUSH_CROSS,
       upright = l->brush == MJ_BRUSH_VERTICAL || l->brush == MJ_BRUSH_CROSS;
  if (l->brush == MJ_BRUSH_NO || !l->fill.a) return MJ_OK;
  colour(cr, l->fill);
  if (l->brush == MJ_BRUSH_SOLID) {
    mj_map_path(cr, g, row);
    cairo_fill(cr);
    return MJ_OK;
  }
  if (l->brush == MJ_BRUSH_DENSE) return hatch(cr, g, row, 0, DOTS, DOT, true, spans);
  if (l->brush == MJ_BRUSH_LINES) /* their angle goes anticlockwise, ours down the page */
    return hatch(cr, g, row, -l->angle_deg * QUARTER / 45, fmax(l->step_mm, 0.3), l->line_mm, false, spans);
  if (rising) MJ_TRY(hatch(cr, g, row, -QUARTER, HATCH, HATCH_LINE, false, spans));
  if (falling) MJ_TRY(hatch(cr, g, row, QUARTER, HATCH, HATCH_LINE, false, spans));
  if (level) MJ_TRY(hatch(cr, g, row, 0, HATCH, HATCH_LINE, false, spans));
  if (upright) MJ_TRY(hatch(cr, g, row, 2 * QUARTER, HATCH, HATCH_LINE, false, spans));
  return MJ_OK;
}

/* Qt's dashes, in widths of the line. */
static bool set_pen(cairo_t *cr, const mj_theme_layer *l, double thin) {
  static const double dash[][6] = {[MJ_PEN_DASH] = {4, 2},
                                   [MJ_PEN_DOT] = {1, 2},
                                   [MJ_PEN_DASH_DOT] = {4, 2, 1, 2},
                                   [MJ_PEN_DASH_DOT_DOT] = {4, 2, 1, 2, 1, 2}};
  static const int n_dash[] = {[MJ_PEN_DASH] = 2, [MJ_PEN_DOT] = 2, [MJ_PEN_DASH_DOT] = 4, [MJ_PEN_DASH_DOT_DOT] = 6};
  double width = fmax(l->outline_mm * thin, 0.03), scaled[6];
  if (l->pen == MJ_PEN_NO || !l->outline.a) return false;
  for (int i = 0; l->pen > MJ_PEN_SOLID && i < n_dash[l->pen]; i++) scaled[i] = dash[l->pen][i] * width;
  cairo_set_dash(cr, scaled, l->pen > MJ_PEN_SOLID ? n_dash[l->pen] : 0, 0);
  cairo_set_line_width(cr, width);
  cairo_set_line_join(cr, CAIRO_LINE_JOIN_MITER);
  colour(cr, l->outline);
  return true;
}

static void stroke(cairo_t *cr, const mj_theme_layer *l, double thin) {
  if (set_pen(cr, l, thin)) cairo_stroke(cr);
  cairo_set_dash(cr, NULL, 0, 0);
  cairo_new_path(cr);
}

/* Corners of a marker of size 2 around its middle; a circle has none, crosses are lines. */
static void marker(cairo_t *cr, const mj_theme_layer *l, double x, double y) {
  static const double triangle[] = {0, -1, 1, 1, -1, 1}, square[] = {-1, -1, 1, -1, 1, 1, -1, 1},
                      diamond[] = {0, -1, 1, 0, 0, 1, -1, 0};
  const double *corner = !strcmp(l->marker, "triangle")  ? triangle
                         : !strcmp(l->marker, "square")  ? square
                         : !strcmp(l->marker, "diamond") ? diamond
                                                         : NULL;
  double r = l->size_mm / 2;
  if (!strcmp(l->marker, "cross2") || !strcmp(l->marker, "cross")) {
    bool upright = l->marker[5] == 0;
    cairo_move_to(cr, x - r, upright ? y : y - r);
    cairo_line_to(cr, x + r, upright ? y : y + r);
    cairo_move_to(cr, upright ? x : x - r, y + r);
    cairo_line_to(cr, upright ? x : x + r, y - r);
    stroke(cr, l, 1);
    return;
  }
  for (int i = 0; corner && i < (corner == triangle ? 3 : 4); i++)
    cairo_line_to(cr, x + r * corner[2 * i], y + r * corner[2 * i + 1]);
  if (!corner) cairo_arc(cr, x, y, r, 0, 8 * QUARTER);
  cairo_close_path(cr);
  colour(cr, l->fill);
  cairo_fill_preserve(cr);
  stroke(cr, l, 1);
}

mj_status mj_map_symbol(cairo_t *cr, const mj_map_layer *layer, int64_t row, const mj_theme_layer *l, double thin,
                        mj_map_spans *spans) {
  mj_polys g = mj_geom_view(&layer->shape[MJ_GEOM_POLYGON]), lines = mj_geom_view(&layer->shape[MJ_GEOM_LINE]),
           points = mj_geom_view(&layer->shape[MJ_GEOM_POINT]);
  if (l->marker) {
    for (int32_t p = points.part0[row]; p < points.part0[row + 1]; p++) {
      int32_t v = points.vert0[points.ring0[p]];
      marker(cr, l, points.x[v], points.y[v]);
    }
    return MJ_OK;
  }
  MJ_TRY(fill(cr, &g, row, l, spans));
  mj_map_path(cr, &g, row);
  for (int32_t r = lines.ring0[lines.part0[row]]; r < lines.ring0[lines.part0[row + 1]]; r++) {
    cairo_new_sub_path(cr);
    for (int32_t v = lines.vert0[r]; v < lines.vert0[r + 1]; v++) cairo_line_to(cr, lines.x[v], lines.y[v]);
  }
  stroke(cr, l, thin);
  return MJ_OK;
}

mj_status mj_map_swatch(cairo_t *cr, const mj_map_rect *b, const mj_theme_class *of, mj_map_spans *spans) {
  double x[5] = {b->x, b->x + b->w, b->x + b->w, b->x, b->x}, y[5] = {b->y, b->y, b->y + b->h, b->y + b->h, b->y};
  int32_t row[2] = {0, 1}, verts[2] = {0, 5};
  mj_polys g = {1, row, row, verts, x, y};
  for (int i = 0; i < of->n_layers; i++) {
    const mj_theme_layer *l = &of->layers[i];
    if (l->marker) {
      marker(cr, l, b->x + b->w / 2, b->y + b->h / 2);
      continue;
    }
    MJ_TRY(fill(cr, &g, 0, l, spans));
    mj_map_path(cr, &g, 0);
    stroke(cr, l, 1);
  }
  return MJ_OK;
}

static int by_size(const void *a, const void *b) {
  double p = *(const double *)a, q = *(const double *)b;
  return p < q ? -1 : p > q;
}

double mj_map_thin(const mj_map_layer *layer, mj_arena *arena) {
  mj_polys g = mj_geom_view(&layer->shape[MJ_GEOM_POLYGON]);
  double *area = g.n ? mj_arena_alloc(arena, (size_t)g.n, sizeof *area) : NULL;
  if (!area) return 1;
  mj_area_planar(&g, area);
  qsort(area, (size_t)g.n, sizeof *area, by_size);
  return fmin(1, fmax(0.15, sqrt(area[g.n / 2]) / 4));
}
