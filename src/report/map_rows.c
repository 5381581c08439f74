#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gis/ogr_wkb.h"
#include "report/map.h"

typedef struct {
  mj_map *map;
  const mj_theme *theme;
  mj_map_layer *out;
  mj_shapes shapes;
} rows;

/* The well-known binary behind a GeoPackage's own header, whose length hangs on the box in it; NULL: none. */
static const unsigned char *wkb_of(const mj_cell *cell, size_t *n) {
  static const int box[8] = {0, 32, 48, 48, 64, 0, 0, 0};
  const unsigned char *at = (const unsigned char *)cell->text;
  if (cell->kind != MJ_CELL_BYTES || cell->n_bytes < 8 || at[0] != 'G' || at[1] != 'P') return NULL;
  int head = 8 + box[at[3] >> 1 & 7];
  if (cell->n_bytes < head) return NULL;
  *n = (size_t)(cell->n_bytes - head);
  return at + head;
}

static uint64_t classes_of(const mj_theme *theme, const mj_cell *cell) {
  int one = -1;
  if (!theme) return 0;
  if (theme->kind == MJ_THEME_RULES) return cell->kind == MJ_CELL_INTEGER ? (uint64_t)cell->integer : 0;
  if (theme->kind == MJ_THEME_SINGLE) one = 0;
  else if (theme->kind == MJ_THEME_VALUES)
    one = mj_theme_of_text(theme, cell->kind == MJ_CELL_TEXT ? cell->text : NULL);
  else one = mj_theme_of_number(theme, cell->kind == MJ_CELL_REAL ? cell->real : (double)NAN);
  return one < 0 ? 0 : 1ULL << one;
}

static bool grow(mj_map_layer *l) {
  if (l->n < l->cap) return true;
  size_t cap = l->cap ? 2 * (size_t)l->cap : 1024;
  uint64_t *in = realloc(l->in, cap * sizeof *in);
  if (in) l->in = in;
  const char **name = realloc(l->name, cap * sizeof *name);
  if (name) l->name = name;
  uint8_t *aside = realloc(l->aside, cap * sizeof *aside);
  if (aside) l->aside = aside;
  int64_t *fid = realloc(l->fid, cap * sizeof *fid);
  if (fid) l->fid = fid;
  if (!in || !name || !aside || !fid) return false;
  l->cap = (int64_t)cap;
  return true;
}

static void sum(mj_map_tally *tally, double amount) {
  tally->n++;
  if (!isnan(amount)) tally->amount = isnan(tally->amount) ? amount : tally->amount + amount;
}

static void count(mj_map *map, uint64_t in, const mj_cell *cell) {
  double amount = cell->kind == MJ_CELL_REAL      ? cell->real
                  : cell->kind == MJ_CELL_INTEGER ? (double)cell->integer
                                                  : (double)NAN;
  mj_map_tally all = {map->n_counted, map->total};
  sum(&all, amount);
  map->n_counted = all.n;
  map->total = all.amount;
  for (int c = 0; c < map->theme.n_classes; c++)
    if (in >> c & 1) sum(&map->tally[c], amount);
  if (!in) sum(&map->tally[map->theme.n_classes], amount);
}

/* fid, geom, class, name, aside, amount */
static mj_status take_row(void *user, int n_cells, const mj_cell *cell) {
  rows *r = user;
  mj_map_layer *l = r->out;
  mj_shape_state state;
  unsigned kinds, type;
  size_t n = 0;
  (void)n_cells;
  const unsigned char *wkb = wkb_of(&cell[1], &n);
  if (!grow(l)) return MJ_ENOMEM;
  MJ_TRY(wkb ? mj_shapes_push(&r->shapes, wkb, n, &state, &kinds, &type) : mj_shapes_push_empty(&r->shapes));
  l->fid[l->n] = cell[0].integer;
  l->in[l->n] = classes_of(r->theme, &cell[2]);
  l->aside[l->n] = cell[4].kind == MJ_CELL_INTEGER ? (uint8_t)cell[4].integer : 0;
  l->name[l->n] = NULL;
  if (cell[3].kind == MJ_CELL_TEXT) {
    l->name[l->n] = mj_arena_text(&r->map->d.arena, cell[3].text, strlen(cell[3].text));
    if (!l->name[l->n]) return MJ_ENOMEM;
  }
  if (r->theme && !(l->aside[l->n] & MJ_MAP_UNCOUNTED)) count(r->map, l->in[l->n], &cell[5]);
  l->n++;
  return MJ_OK;
}

/* Columns that the expression names in double quotes and the layer lacks are NULL, as in QGIS; SQLite would take such a
 * name for a text. */
static void put_source(mj_map *map, const char *layer, const char *expression, mj_text *out) {
  mj_text_add(out, " FROM (SELECT *");
  for (const char *open = strchr(expression, '"'); open;) {
    const char *close = strchr(open + 1, '"');
    char name[128];
    if (!close) break;
    snprintf(name, sizeof name, "%.*s", (int)(close - open - 1), open + 1);
    bool twice = false;
    for (const char *p = expression; p < open && !twice; p++) twice = !strncmp(p, open, (size_t)(close - open + 1));
    if (!twice && !mj_dossier_has_column(&map->d, layer, name)) mj_text_format(out, ", NULL AS \"%s\"", name);
    open = strchr(close + 1, '"');
  }
  mj_text_format(out, " FROM \"%s\") t", layer);
}

/* Only what the window meets, found by the layer's own index. */
static mj_status put_window(mj_map *map, const char *layer, mj_text *out, mj_error *err) {
  const mj_box *w = &map->window;
  char tree[80];
  if (!(w->xmax >= w->xmin)) return MJ_OK;
  snprintf(tree, sizeof tree, "rtree_%s_geom", layer);
  MJ_TRY(mj_store_bind(map->d.store, "west", NULL, w->xmin, err));
  MJ_TRY(mj_store_bind(map->d.store, "right", NULL, w->xmax, err));
  MJ_TRY(mj_store_bind(map->d.store, "bottom", NULL, w->ymin, err));
  MJ_TRY(mj_store_bind(map->d.store, "top", NULL, w->ymax, err));
  bool by_zone = map->ask->zone && mj_dossier_has_column(&map->d, layer, "zone"); /* a parcel without shape counts */
  if (mj_dossier_has(&map->d, tree))
    mj_text_format(out,
                   " WHERE %sfid IN (SELECT id FROM \"%s\" WHERE maxx >= :west AND minx <= :right AND maxy >= :bottom "
                   "AND miny <= :top)",
                   by_zone ? "zone IS :zone OR " : "", tree);
  return MJ_OK;
}

mj_status mj_map_rows(mj_map *map, const char *layer, const mj_theme *theme, const char *in, const char *name,
                      const char *aside, const char *amount, mj_map_layer *out, mj_error *err) {
  rows r = {.map = map, .theme = theme, .out = out};
  mj_text sql = {0};
  for (int kind = MJ_GEOM_POINT; kind <= MJ_GEOM_POLYGON; kind++) {
    r.shapes.wanted[kind] = true;
    r.shapes.geom[kind].kind = (mj_geom_kind)kind;
  }
  mj_text_format(&sql, "SELECT fid, geom, %s, %s, %s, %s", in, name, aside, amount ? amount : "NULL");
  put_source(map, layer, in, &sql);
  mj_status s = put_window(map, layer, &sql, err);
  mj_text_add(&sql, " ORDER BY fid");
  if (!s && sql.failed) s = MJ_ENOMEM;
  if (!s) s = mj_store_cells(map->d.store, sql.data, take_row, &r, err);
  if (!s && !out->n) s = mj_shapes_push_empty(&r.shapes); /* so that the arrays are there */
  for (int kind = MJ_GEOM_POINT; kind <= MJ_GEOM_POLYGON; kind++) {
    out->shape[kind] = r.shapes.geom[kind];
    r.shapes.geom[kind] = (mj_geom){0};
  }
  mj_shapes_reset(&r.shapes);
  mj_text_reset(&sql);
  return s == MJ_ENOMEM ? mj_fail(err, MJ_ENOMEM, "out of memory") : s;
}

void mj_map_layer_reset(mj_map_layer *l) {
  for (int kind = MJ_GEOM_POINT; kind <= MJ_GEOM_POLYGON; kind++) mj_geom_reset(&l->shape[kind]);
  free(l->in);
  free(l->name);
  free(l->aside);
  free(l->fid);
  *l = (mj_map_layer){0};
}
