#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/map.h"

/* Metres between zones that are drawn side by side, as a share of the widest. */
#define BETWEEN 0.06

typedef struct {
  mj_box box; /* of what belongs to the zone */
  double dx, dy;
  int order;
} cluster;

typedef struct {
  mj_map *map;
  cluster of[MJ_MAP_APART];
  int n;
  mj_map_layer *layers[4];
} apart;

static double wide(const apart *a, int i) { return (a->of[i].box.xmax - a->of[i].box.xmin) * a->map->east; }
static double high(const apart *a, int i) { return (a->of[i].box.ymax - a->of[i].box.ymin) * a->map->north; }

static void stretch(mj_box *box, double x, double y) {
  box->xmin = fmin(box->xmin, x);
  box->ymin = fmin(box->ymin, y);
  box->xmax = fmax(box->xmax, x);
  box->ymax = fmax(box->ymax, y);
}

/* Vertices of row i of one kind. */
static void vertices(const mj_geom *g, int64_t i, int32_t *first, int32_t *last) {
  *first = g->vert0[g->ring0[g->part0[i]]];
  *last = g->vert0[g->ring0[g->part0[i + 1]]];
}

/* The zone whose box is nearest to a point. */
static int nearest(const apart *a, const mj_box *box, double x, double y) {
  int best = 0;
  double least = HUGE_VAL;
  for (int i = 0; i < a->n; i++) {
    double east = fmax(fmax(box[i].xmin - x, x - box[i].xmax), 0) * a->map->east,
           north = fmax(fmax(box[i].ymin - y, y - box[i].ymax), 0) * a->map->north;
    if (hypot(east, north) >= least) continue;
    least = hypot(east, north);
    best = i;
  }
  return best;
}

/* Go through all rows: with @p move false the boxes take in what belongs to them, with true the rows are moved. */
static void visit(apart *a, const mj_box *zone, bool move) {
  for (int l = 0; l < 4; l++)
    for (int kind = MJ_GEOM_POINT; kind <= MJ_GEOM_POLYGON; kind++) {
      mj_geom *g = &a->layers[l]->shape[kind];
      for (int64_t i = 0; i < g->n; i++) {
        int32_t first, last;
        vertices(g, i, &first, &last);
        if (first == last) continue;
        cluster *c = &a->of[nearest(a, zone, g->x[first], g->y[first])];
        for (int32_t v = first; v < last; v++)
          if (move) {
            g->x[v] += c->dx;
            g->y[v] += c->dy;
          } else {
            stretch(&c->box, g->x[v], g->y[v]);
          }
      }
    }
}

static bool begin(apart *a, mj_box zone[MJ_MAP_APART]) {
  const mj_geom *g = &a->map->zones.shape[MJ_GEOM_POLYGON];
  for (int64_t i = 0; i < a->map->zones.n; i++) {
    int32_t first, last;
    vertices(g, i, &first, &last);
    if (first == last) continue;
    if (a->n == MJ_MAP_APART) return false;
    zone[a->n] = (mj_box){HUGE_VAL, HUGE_VAL, -HUGE_VAL, -HUGE_VAL};
    for (int32_t v = first; v < last; v++) stretch(&zone[a->n], g->x[v], g->y[v]);
    a->of[a->n].box = zone[a->n];
    a->n++;
  }
  return a->n > 1;
}

/* Share of the ground shown that holds anything. */
static double filled(const apart *a) {
  const mj_box *w = &a->map->window;
  double sum = 0;
  for (int i = 0; i < a->n; i++) sum += wide(a, i) * high(a, i);
  return sum / ((w->xmax - w->xmin) * a->map->east * (w->ymax - w->ymin) * a->map->north);
}

static int from_west(const void *p, const void *q) {
  const cluster *a = p, *b = q;
  if (a->box.xmin != b->box.xmin) return a->box.xmin < b->box.xmin ? -1 : 1;
  return a->order - b->order;
}

static int from_north(const void *p, const void *q) {
  const cluster *a = p, *b = q;
  if (a->box.ymax != b->box.ymax) return a->box.ymax > b->box.ymax ? -1 : 1;
  return a->order - b->order;
}

/* Put the zones into rows of @p across, each in a cell as wide as its column and as high as its row; the size of all,
 * in metres, and where each goes (into dx, dy, in units, from the upper left corner) and its cell. */
static void arrange(apart *a, int across, double size[2], mj_box cell[MJ_MAP_APART]) {
  double column[MJ_MAP_APART] = {0}, row[MJ_MAP_APART] = {0}, between = 0, x = 0, y = 0;
  int rows = (a->n + across - 1) / across;
  cluster sorted[MJ_MAP_APART];
  memcpy(sorted, a->of, sizeof sorted);
  qsort(sorted, (size_t)a->n, sizeof *sorted, rows == 1 ? from_west : from_north);
  for (int r = 0; r < rows && rows > 1; r++) /* within a row from the west */
    qsort(sorted + r * across, (size_t)(r + 1 < rows ? across : a->n - r * across), sizeof *sorted, from_west);
  for (int i = 0; i < a->n; i++) {
    column[i % across] = fmax(column[i % across], wide(a, sorted[i].order));
    row[i / across] = fmax(row[i / across], high(a, sorted[i].order));
    between = fmax(between, wide(a, i) * BETWEEN);
  }
  size[0] = 0;
  for (int i = 0; i < a->n; i++) {
    if (i % across == 0) x = 0;
    if (i % across == 0 && i) y += row[i / across - 1] + between;
    int o = sorted[i].order;
    mj_box *c = &cell[o];
    *c = (mj_box){x, -y - row[i / across], x + column[i % across], -y};
    a->of[o].dx = (x + (column[i % across] - wide(a, o)) / 2) / a->map->east - a->of[o].box.xmin;
    a->of[o].dy = -(y + (row[i / across] - high(a, o)) / 2) / a->map->north - a->of[o].box.ymax;
    x += column[i % across] + between;
    size[0] = fmax(size[0], x - between);
  }
  size[1] = y + row[rows - 1];
}

mj_map_rect mj_map_cell(const mj_map *map, const mj_map_page *page, int i) {
  const mj_box *c = &map->cell[i];
  double k = page->mm_per_m, out = MJ_MAP_CELL;
  return (mj_map_rect){page->x0 + c->xmin * k - out, page->y0 - c->ymax * k - out, (c->xmax - c->xmin) * k + 2 * out,
                       (c->ymax - c->ymin) * k + 2 * out};
}

/* The page of an arrangement: the legend in the place of a zone that is not there, if it is large enough. */
static mj_map_page page_of(const apart *a, int across, const double size[2], const mj_box *cell,
                           const mj_map_need *need) {
  mj_map_page inside = mj_map_layout(size[0], size[1], need, MJ_MAP_INSIDE);
  double last = 0, row = 0, k = inside.mm_per_m;
  for (int i = 0; i < a->n; i++) { /* of the last row: where it ends, how high it is */
    if (cell[i].ymin > -size[1] + 1e-6) continue;
    last = fmax(last, cell[i].xmax);
    row = cell[i].ymax - cell[i].ymin;
  }
  if (a->n % across && (size[0] - last) * k > inside.legend.w + 4 && row * k > inside.legend.h + 4) return inside;
  return mj_map_layout_best(size[0], size[1], need);
}

/* The arrangement that is drawn largest on a page of a usual shape. */
static int best_across(apart *a, const mj_map_need *need) {
  double least = HUGE_VAL, size[2];
  mj_box cell[MJ_MAP_APART];
  int best = 1;
  for (int across = 1; across <= a->n; across++) {
    arrange(a, across, size, cell);
    mj_map_page page = page_of(a, across, size, cell, need);
    if (mj_map_badness(&page) >= least) continue;
    least = mj_map_badness(&page);
    best = across;
  }
  return best;
}

mj_status mj_map_draw_apart(mj_map *map, mj_error *err) {
  apart a = {.map = map, .layers = {&map->subject, &map->parcels, &map->buildings, &map->zones}};
  mj_box zone[MJ_MAP_APART];
  if (map->ask->zone || map->ask->parcel_id || map->ask->world || !strcmp(map->fact->layer, "zones")) return MJ_OK;
  if (!begin(&a, zone)) return MJ_OK;
  visit(&a, zone, false);
  if (filled(&a) > 0.45) return MJ_OK;
  map->apart = true;
  mj_polys view = mj_geom_view(&map->zones.shape[MJ_GEOM_POLYGON]);
  for (int64_t i = 0; i < map->zones.n; i++)
    if (mj_geom_push_row(&map->locator, &view, i)) return mj_fail(err, MJ_ENOMEM, "out of memory");
  for (int i = 0; i < a.n; i++) a.of[i].order = i;
  mj_map_need need = mj_map_legend_need(map);
  double size[2];
  int across = best_across(&a, &need);
  arrange(&a, across, size, map->cell);
  map->n_cells = a.n;
  visit(&a, zone, true);
  map->window = (mj_box){0, -size[1] / map->north, size[0] / map->east, 0};
  return MJ_OK;
}
