#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/nearest.h"
#include "report/map.h"

/* Classes are bits of a number that SQLite adds up. */
enum { MOST_CLASSES = 62, MOST_WITH_HOUSES = 8000 };

static mj_status find_theme(mj_map *map, mj_error *err) {
  const char *asked = map->ask->theme ? map->ask->theme : "status";
  mj_text known = {0};
  int n;
  const mj_theme_fact *fact = mj_theme_facts(&n);
  for (int i = 0; i < n; i++) {
    if (!strcmp(fact[i].name, asked)) map->fact = &fact[i];
    mj_text_format(&known, "%s%s", i ? ", " : "", fact[i].name);
  }
  mj_status s =
      map->fact ? MJ_OK
                : mj_fail(err, MJ_EINVAL, "there is no theme '%s'; there are: %s", asked, known.data ? known.data : "");
  mj_text_reset(&known);
  return s;
}

static mj_status read_theme(mj_map *map, mj_error *err) {
  mj_text text = {0};
  const char *style = mj_theme_text(map->fact->file);
  if (!mj_dossier_has(&map->d, map->fact->layer))
    return mj_fail(err, MJ_ENOTFOUND, "the result in '%s' has no layer '%s', which theme '%s' paints", map->ask->dir,
                   map->fact->layer, map->fact->name);
  if (style) mj_style_words(style, strlen(style), map->d.lang, &text);
  mj_status s = text.failed ? mj_fail(err, MJ_ENOMEM, "out of memory")
                            : mj_theme_read(text.data ? text.data : "", text.n, &map->d.arena, &map->theme, err);
  mj_text_reset(&text);
  if (!s && map->theme.n_classes > MOST_CLASSES)
    s = mj_fail(err, MJ_EFORMAT, "the style has more classes than it says");
  if (s) return s;
  map->tally = mj_arena_alloc(&map->d.arena, (size_t)map->theme.n_classes + 1, sizeof *map->tally);
  for (int c = 0; map->tally && c <= map->theme.n_classes; c++) map->tally[c].amount = (double)NAN;
  return map->tally ? MJ_OK : mj_fail(err, MJ_ENOMEM, "out of memory");
}

/* A theme whose fields the layer all lacks has nothing to show. */
static mj_status check_fields(mj_map *map, const char *sql, mj_error *err) {
  char name[128] = "";
  for (const char *open = strchr(sql, '"'); open;) {
    const char *close = strchr(open + 1, '"');
    if (!close) break;
    snprintf(name, sizeof name, "%.*s", (int)(close - open - 1), open + 1);
    if (mj_dossier_has_column(&map->d, map->fact->layer, name)) return MJ_OK;
    open = strchr(close + 1, '"');
  }
  return *name ? mj_fail(err, MJ_ENOTFOUND, "layer '%s' of '%s' has no field '%s', by which theme '%s' paints",
                         map->fact->layer, map->ask->dir, name, map->fact->name)
               : MJ_OK;
}

static void set_scale(mj_map *map) {
  const mj_dossier *d = &map->d;
  double lat = isnan(d->lat_deg) ? 0 : d->lat_deg;
  map->north = d->degrees ? 110574 : d->unit_m;
  map->east = d->degrees ? 111320 * cos(lat * 3.14159265358979 / 180) : d->unit_m;
}

/* The box of the rows that @p from selects; false: they have no shape. */
static mj_status take_box(mj_map *map, const char *from, bool *found, mj_error *err) {
  mj_table t = {0};
  const char *sql = mj_arena_format(&map->d.arena,
                                    "SELECT min(ST_MinX(geom)) AS x0, min(ST_MinY(geom)) AS y0, max(ST_MaxX(geom)) AS "
                                    "x1, max(ST_MaxY(geom)) AS y1 FROM (%s) WHERE geom IS NOT NULL",
                                    from);
  if (!sql) return mj_fail(err, MJ_ENOMEM, "out of memory");
  MJ_TRY(mj_store_table(map->d.store, sql, "box", &t, err));
  mj_piece p = {.table = t};
  map->window = (mj_box){mj_piece_number(&p, 0, "x0"), mj_piece_number(&p, 0, "y0"), mj_piece_number(&p, 0, "x1"),
                         mj_piece_number(&p, 0, "y1")};
  *found = map->window.xmax >= map->window.xmin;
  mj_table_reset(&t);
  return MJ_OK;
}

static mj_status no_zone(mj_map *map, const char *from, mj_error *err) {
  mj_table t = {0};
  mj_text near = {0};
  mj_nearest nearest;
  const char *sql = mj_arena_format(&map->d.arena, "SELECT DISTINCT zone FROM (%s) WHERE zone IS NOT NULL", from);
  mj_status s = sql ? mj_store_table(map->d.store, sql, "zones", &t, err) : mj_fail(err, MJ_ENOMEM, "out of memory");
  const char **zone = s ? NULL : mj_table_text(&t, "zone");
  mj_nearest_start(&nearest, map->ask->zone);
  for (int64_t i = 0; zone && i < t.n; i++) mj_nearest_offer(&nearest, zone[i]);
  mj_nearest_put(&nearest, &near);
  if (!near.n) /* a park has few zones: all of them */
    for (int64_t i = 0; zone && i < t.n && i < 12; i++) mj_text_format(&near, "%s%s", i ? ", " : "", zone[i]);
  if (!s)
    s = mj_fail(err, MJ_ENOTFOUND, "no zone '%s' in '%s' (there are: %s)", map->ask->zone, map->ask->dir,
                near.data ? near.data : "-");
  mj_text_reset(&near);
  mj_table_reset(&t);
  return s;
}

static mj_status aim_at_zone(mj_map *map, mj_error *err) {
  bool zones = mj_dossier_has(&map->d, "zones"), found;
  const char *all = zones ? "SELECT zone, geom FROM parcels UNION ALL SELECT zone, geom FROM zones"
                          : "SELECT zone, geom FROM parcels",
             *one = mj_arena_format(&map->d.arena, "SELECT geom FROM (%s) WHERE zone = :zone", all);
  if (!one) return mj_fail(err, MJ_ENOMEM, "out of memory");
  MJ_TRY(mj_store_bind(map->d.store, "zone", map->ask->zone, 0, err));
  MJ_TRY(take_box(map, one, &found, err));
  map->shown_name = map->ask->zone;
  return found ? MJ_OK : no_zone(map, all, err);
}

/* At least so much ground around a parcel, and at least as much again as it is wide. */
static mj_status aim_at_parcel(mj_map *map, mj_error *err) {
  enum { AROUND_M = 60 };
  const int64_t *fid;
  int n;
  bool found;
  MJ_TRY(mj_dossier_find(&map->d, &fid, &n, err));
  map->self = fid[0];
  map->shown_name = map->ask->parcel_id;
  MJ_TRY(mj_store_bind(map->d.store, "self", NULL, (double)fid[0], err));
  MJ_TRY(take_box(map, "SELECT geom FROM parcels WHERE fid = :self", &found, err));
  if (!found) return mj_fail(err, MJ_ENOTFOUND, "parcel '%s' has no shape to be shown", map->ask->parcel_id);
  mj_box *w = &map->window;
  double size = fmax((w->xmax - w->xmin) * map->east, (w->ymax - w->ymin) * map->north),
         more = fmax(AROUND_M, size / 2);
  w->xmin -= more / map->east;
  w->xmax += more / map->east;
  w->ymin -= more / map->north;
  w->ymax += more / map->north;
  return MJ_OK;
}

static void stretch(mj_box *box, const mj_map_layer *layer) {
  for (int kind = MJ_GEOM_POINT; kind <= MJ_GEOM_POLYGON; kind++) {
    const mj_geom *g = &layer->shape[kind];
    for (int32_t v = 0; v < g->verts; v++) {
      box->xmin = fmin(box->xmin, g->x[v]);
      box->ymin = fmin(box->ymin, g->y[v]);
      box->xmax = fmax(box->xmax, g->x[v]);
      box->ymax = fmax(box->ymax, g->y[v]);
    }
  }
}

static mj_status read_context(mj_map *map, const char *layer, const char *name, mj_map_layer *out, mj_error *err) {
  if (!strcmp(map->fact->layer, layer) || !mj_dossier_has(&map->d, layer)) return MJ_OK;
  return mj_map_rows(map, layer, NULL, "NULL", name, "0", NULL, out, err);
}

static mj_status read_layers(mj_map *map, mj_error *err) {
  static const char *const amounts[] = {"area_mu",       "land_mu",      "assigned_mu",
                                        "floor_area_m2", "footprint_m2", "area_m2"};
  const char *layer = map->fact->layer, *in = mj_map_class_sql(&map->theme, &map->d.arena), *name = "NULL";
  bool by_zone = map->ask->zone && mj_dossier_has_column(&map->d, layer, "zone");
  bool by_parcel = map->self && mj_dossier_has_column(&map->d, layer, "parcel_id");
  if (!in) return mj_fail(err, MJ_ENOMEM, "out of memory");
  MJ_TRY(check_fields(map, in, err));
  map->on_parcels = !strcmp(layer, "parcels") || !strcmp(layer, "candidates");
  for (size_t i = 0; i < sizeof amounts / sizeof *amounts && !map->amount; i++)
    if (mj_dossier_has_column(&map->d, layer, amounts[i])) map->amount = amounts[i];
  if (map->on_parcels) name = "parcel_id";
  else if (!strcmp(layer, "zones")) name = "zone";
  else if (!strcmp(layer, "projects")) name = "project_name";
  else if (!strcmp(layer, "fit"))
    name = "CASE part WHEN 'module' THEN storeys || 'F' WHEN 'storeys' THEN '+' || storeys || 'F' END";
  /* of a parcel's surroundings only what is on the parcel counts; of a zone's, nothing is coloured */
  const char *aside = map->self && !strcmp(layer, "parcels") ? "2 * (fid <> :self)"
                      : map->self && by_parcel
                          ? "2 * (parcel_id IS NOT (SELECT parcel_id FROM parcels WHERE fid = :self))"
                      : map->self ? "2"
                      : by_zone   ? "3 * (zone IS NOT :zone)"
                                  : "0";
  MJ_TRY(mj_map_rows(map, layer, &map->theme, in, name, aside, map->amount, &map->subject, err));
  if (strcmp(layer, "parcels") != 0) MJ_TRY(read_context(map, "parcels", "NULL", &map->parcels, err));
  /* among so many parcels a building is a dot */
  bool houses = map->subject.n + map->parcels.n <= MOST_WITH_HOUSES || !strcmp(layer, "fit");
  if (houses && strcmp(layer, "factory_units") != 0)
    MJ_TRY(read_context(map, "buildings", "NULL", &map->buildings, err));
  return read_context(map, "zones", "zone", &map->zones, err);
}

mj_status mj_map_read(mj_map *map, mj_error *err) {
  map->as_dossier = (mj_dossier_options){.dir = map->ask->dir,
                                         .parcel_id = map->ask->parcel_id,
                                         .lang = map->ask->lang,
                                         .lang_given = map->ask->lang_given};
  map->d.ask = &map->as_dossier;
  map->total = (double)NAN;
  map->window = (mj_box){HUGE_VAL, HUGE_VAL, -HUGE_VAL, -HUGE_VAL};
  MJ_TRY(find_theme(map, err));
  MJ_TRY(mj_dossier_open(&map->d, err));
  set_scale(map);
  if (map->ask->parcel_id) MJ_TRY(aim_at_parcel(map, err));
  else if (map->ask->zone) MJ_TRY(aim_at_zone(map, err));
  MJ_TRY(read_theme(map, err));
  MJ_TRY(read_layers(map, err));
  if (map->ask->parcel_id || map->ask->zone) return MJ_OK;
  stretch(&map->window, &map->subject);
  stretch(&map->window, &map->parcels);
  stretch(&map->window, &map->zones);
  if (!(map->window.xmax > map->window.xmin && map->window.ymax > map->window.ymin))
    return mj_fail(err, MJ_ENOTFOUND, "the result in '%s' has no shapes to be drawn", map->ask->dir);
  return MJ_OK;
}

void mj_map_reset(mj_map *map) {
  mj_map_layer_reset(&map->subject);
  mj_map_layer_reset(&map->parcels);
  mj_map_layer_reset(&map->buildings);
  mj_map_layer_reset(&map->zones);
  mj_geom_reset(&map->locator);
  mj_map_fonts_close(map->fonts);
  map->fonts = NULL;
  mj_dossier_reset(&map->d);
}
