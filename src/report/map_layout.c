#include <math.h>
#include <string.h>

#include "report/map.h"

/* Around the page, between its parts, and inside the map's frame. */
#define EDGE 9.0
#define GAP 4.0
#define PAD 5.0
#define TITLE 13.0
#define FOOT 6.0
/* Head of a legend; scale and arrow behind its lines; inside its frame. */
#define HEAD 8.0
#define SCALE 15.0
#define INNER 3.5

double mj_map_legend_h(const mj_map_need *need, int columns) {
  double lines = HEAD + (need->lines + columns - 1) / columns * (double)MJ_MAP_LINE;
  return lines + SCALE + INNER + (need->locator ? MJ_MAP_LOCATOR_H : 0);
}

/* Below the map locator and scale stand at the right of the lines. */
static double below_h(const mj_map_need *need, int columns) {
  double lines = HEAD + (need->lines + columns - 1) / columns * (double)MJ_MAP_LINE;
  return fmax(lines, need->locator ? MJ_MAP_LOCATOR_H : SCALE);
}

static int columns_in(double w, const mj_map_need *need) {
  int most = (int)floor((w - 45 - (need->locator ? MJ_MAP_LOCATOR_W : 0)) / (need->w + 8));
  return most < 1 ? 1 : most > need->lines ? need->lines : most;
}

/* The ground in the middle of the frame. */
static void aim(mj_map_page *p, double ground_w, double ground_h, double pad) {
  double k = fmin((p->frame.w - 2 * pad) / ground_w, (p->frame.h - 2 * pad) / ground_h);
  p->mm_per_m = k;
  p->x0 = p->frame.x + (p->frame.w - k * ground_w) / 2;
  p->y0 = p->frame.y + (p->frame.h - k * ground_h) / 2;
}

/* A frame of the ground's own shape, as big as the page allows; a very long one is not followed all the way. */
mj_map_page mj_map_layout(double ground_w, double ground_h, const mj_map_need *need, mj_map_place place) {
  mj_map_page p = {.place = place, .columns = 1};
  double shape = fmin(fmax(ground_w / ground_h, 0.62), 2.6), more_w = 2 * EDGE, more_h = 2 * EDGE + TITLE + FOOT;
  double beside = place == MJ_MAP_BESIDE ? need->w + 2 * INNER + GAP : 0, below = 0;
  if (place == MJ_MAP_BELOW) {
    p.columns = columns_in(MJ_MAP_PAGE_MM - 2 * EDGE, need);
    below = below_h(need, p.columns) + GAP;
  }
  more_w += beside;
  more_h += below;
  double w = MJ_MAP_PAGE_MM - more_w, h = w / shape;
  if (place == MJ_MAP_BESIDE) h = fmax(h, mj_map_legend_h(need, 1));
  if (h + more_h > MJ_MAP_PAGE_MM) {
    h = MJ_MAP_PAGE_MM - more_h;
    w = fmax(h * shape, 90);
    if (place == MJ_MAP_BELOW && columns_in(w, need) < p.columns) { /* a narrow page has a higher legend */
      p.columns = columns_in(w, need);
      double higher = below_h(need, p.columns) + GAP;
      h -= higher - below;
      below = higher;
      w = fmax(h * shape, 90);
    }
  }
  p.w = w + more_w;
  p.h = h + 2 * EDGE + TITLE + FOOT + below;
  p.title = (mj_map_rect){EDGE, EDGE, p.w - 2 * EDGE, TITLE};
  p.frame = (mj_map_rect){EDGE, EDGE + TITLE, w, h};
  p.foot = (mj_map_rect){EDGE, p.h - EDGE - FOOT, p.w - 2 * EDGE, FOOT};
  double legend_h = place == MJ_MAP_BELOW ? below_h(need, p.columns) : mj_map_legend_h(need, 1);
  if (place == MJ_MAP_BELOW) p.legend = (mj_map_rect){EDGE, EDGE + TITLE + h + GAP, w, legend_h};
  else if (place == MJ_MAP_BESIDE)
    p.legend = (mj_map_rect){EDGE + w + GAP, EDGE + TITLE, need->w + 2 * INNER, legend_h};
  else if (need->locator) /* the place of a zone is wide: where the zones lie stands beside the lines */
    p.legend = (mj_map_rect){0, 0, need->w + 2 * INNER + MJ_MAP_LOCATOR_W, legend_h - MJ_MAP_LOCATOR_H};
  else p.legend = (mj_map_rect){0, 0, need->w + 2 * INNER, legend_h};
  p.margin = need->locator ? 0 : GAP;
  aim(&p, ground_w, ground_h, need->locator ? MJ_MAP_CELL : PAD);
  return p;
}

double mj_map_badness(const mj_map_page *p) {
  return fabs(log(fmax(p->w, p->h) / fmin(p->w, p->h) / sqrt(2))) - 1.5 * log(p->mm_per_m);
}

mj_map_page mj_map_layout_best(double ground_w, double ground_h, const mj_map_need *need) {
  mj_map_page beside = mj_map_layout(ground_w, ground_h, need, MJ_MAP_BESIDE),
              below = mj_map_layout(ground_w, ground_h, need, MJ_MAP_BELOW);
  return mj_map_badness(&below) < mj_map_badness(&beside) - 0.15 ? below : beside;
}

double mj_map_bar(double mm_per_m, double most_mm) {
  double most = most_mm / mm_per_m, power = pow(10, floor(log10(most))), times = most / power;
  return power * (times >= 5 ? 5 : times >= 2 ? 2 : 1);
}

void mj_map_project(const mj_map *map, const mj_map_page *page, mj_map_layer *layer) {
  for (int kind = MJ_GEOM_POINT; kind <= MJ_GEOM_POLYGON; kind++) {
    mj_geom *g = &layer->shape[kind];
    for (int32_t v = 0; v < g->verts; v++) {
      g->x[v] = page->x0 + (g->x[v] - map->window.xmin) * map->east * page->mm_per_m;
      g->y[v] = page->y0 + (map->window.ymax - g->y[v]) * map->north * page->mm_per_m;
    }
  }
}

void mj_map_move(mj_map_layer *layer, const mj_map_page *from, const mj_map_page *to) {
  double k = to->mm_per_m / from->mm_per_m;
  for (int kind = MJ_GEOM_POINT; kind <= MJ_GEOM_POLYGON; kind++) {
    mj_geom *g = &layer->shape[kind];
    for (int32_t v = 0; v < g->verts; v++) {
      g->x[v] = to->x0 + (g->x[v] - from->x0) * k;
      g->y[v] = to->y0 + (g->y[v] - from->y0) * k;
    }
  }
}

/* Is a vertex of the layer in the box, or (of a polygon larger than it) the box in the polygon's own box? */
static bool meets(const mj_map_layer *layer, const mj_map_rect *box) {
  for (int kind = MJ_GEOM_POINT; kind <= MJ_GEOM_POLYGON; kind++) {
    mj_polys g = mj_geom_view(&layer->shape[kind]);
    for (int64_t i = 0; i < g.n; i++)
      for (int32_t p = g.part0[i]; p < g.part0[i + 1]; p++) {
        double x0 = HUGE_VAL, y0 = HUGE_VAL, x1 = -HUGE_VAL, y1 = -HUGE_VAL;
        for (int32_t v = g.vert0[g.ring0[p]]; v < g.vert0[g.ring0[p] + 1]; v++) {
          x0 = fmin(x0, g.x[v]);
          y0 = fmin(y0, g.y[v]);
          x1 = fmax(x1, g.x[v]);
          y1 = fmax(y1, g.y[v]);
        }
        if (x0 < box->x + box->w && x1 > box->x && y0 < box->y + box->h && y1 > box->y) return true;
      }
  }
  return false;
}

static bool meets_any(const mj_map_rect *box, const mj_map_rect *others, int n) {
  for (int i = 0; i < n; i++)
    if (box->x < others[i].x + others[i].w && others[i].x < box->x + box->w && box->y < others[i].y + others[i].h &&
        others[i].y < box->y + box->h)
      return true;
  return false;
}

bool mj_map_corner(mj_map_layer *const *layers, int n, const mj_map_rect *taken, int n_taken, mj_map_page *page) {
  const mj_map_rect *f = &page->frame, *l = &page->legend;
  double m = page->margin, x[2] = {f->x + m, f->x + f->w - l->w - m}, y[2] = {f->y + f->h - l->h - m, f->y + m};
  for (int corner = 0; corner < 4; corner++) {
    mj_map_rect wide = {x[corner & 1] - GAP, y[corner >> 1] - GAP, l->w + 2 * GAP, l->h + 2 * GAP};
    bool met = l->w + 2 * m > f->w || l->h + 2 * m > f->h ||
               meets_any(&(mj_map_rect){x[corner & 1], y[corner >> 1], l->w, l->h}, taken, n_taken);
    for (int i = 0; i < n && !met; i++) met = meets(layers[i], &wide);
    if (met) continue;
    page->legend.x = x[corner & 1];
    page->legend.y = y[corner >> 1];
    return true;
  }
  return false;
}
