/* Zones and block lines in degrees, plan units in coordinates with the zone's prefix: what comes from other offices. */
#include <cpl_string.h>
#include <gdal.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "sample.h"

static GDALDatasetH create_geojson(const char *dir, const char *name, const char *layer_name, OGRwkbGeometryType type,
                                   OGRLayerH *layer) {
  GDALDatasetH file = create_file("GeoJSON", dir, name);
  char **options = CSLSetNameValue(NULL, "RFC7946", "YES");
  options = CSLSetNameValue(options, "COORDINATE_PRECISION", "8");
  *layer = create_layer(file, layer_name, 4326, type, options);
  CSLDestroy(options);
  return file;
}

/* The blocks of a piece with half a street around them, shifted a little, so that some parcels stick out. */
static OGRGeometryH outline(const park *p, int zone) {
  const streets *s = &p->zone[zone];
  OGRGeometryH all = OGR_G_CreateGeometry(wkbMultiPolygon);
  for (int i = 0; i < p->n_blocks; i++) {
    const block *b = &p->block[i];
    double shift = zone == 1 ? -26 : 0, uv[16] = {b->u0 + shift, b->v0, (b->u0 + b->u1) / 2, b->v0,
                                                  b->u1 + shift, b->v0, b->u1 + shift,       (b->v0 + b->v1) / 2,
                                                  b->u1 + shift, b->v1, (b->u0 + b->u1) / 2, b->v1,
                                                  b->u0 + shift, b->v1, b->u0 + shift,       (b->v0 + b->v1) / 2};
    if (b->zone == zone) OGR_G_AddGeometryDirectly(all, street_polygon(s, 8, uv));
  }
  OGRGeometryH wide = OGR_G_Buffer(all, 34, 4), close = OGR_G_Buffer(wide, -20, 4),
               simple = OGR_G_SimplifyPreserveTopology(close, 1.5);
  OGR_G_DestroyGeometry(all);
  OGR_G_DestroyGeometry(wide);
  OGR_G_DestroyGeometry(close);
  return simple;
}

static void write_zones(park *p, const char *dir) {
  static const char *const names[] = {"片区", "片区全称", NULL};
  OGRLayerH layer;
  GDALDatasetH file = create_geojson(dir, "zones.geojson", "zones", wkbUnknown, &layer);
  add_fields(layer, OFTString, names);
  for (int i = 0; i < N_ZONES; i++) {
    char whole[64];
    p->zone_outline[i] = outline(p, i);
    OGRFeatureH f = OGR_F_Create(OGR_L_GetLayerDefn(layer));
    snprintf(whole, sizeof whole, "示例高新区%s", p->zone[i].name);
    set_text(f, "片区", p->zone[i].name);
    set_text(f, "片区全称", whole);
    OGRGeometryH degrees = reprojected(p->zone_outline[i], 4326);
    put_feature(layer, f, degrees);
    OGR_G_DestroyGeometry(degrees);
  }
  GDALClose(file);
}

static OGRGeometryH band(const streets *s, double from, double to) {
  double u0 = s->u_min - 30, u1 = s->u_max + 30, a = s->v_min + (s->v_max - s->v_min) * from,
         b = s->v_min + (s->v_max - s->v_min) * to;
  double uv[24];
  for (int i = 0; i < 6; i++) {
    uv[2 * i] = u0 + (u1 - u0) * i / 5;
    uv[2 * i + 1] = a;
    uv[12 + 2 * i] = u1 - (u1 - u0) * i / 5;
    uv[12 + 2 * i + 1] = b;
  }
  return street_polygon(s, 12, uv);
}

/* First-level lines over the north and most of the middle, second-level over half of the south; the rest lies outside.
 */
static void write_lines(const park *p, const char *dir) {
  static const char *const names[] = {"编号", "控制线级别", NULL};
  static const struct {
    int zone;
    double from, to;
    const char *id, *level;
  } lines[] = {{0, -0.1, 1.1, "QKX-01", "一级"},
               {1, -0.1, 0.62, "QKX-02", "一级"},
               {1, 0.62, 0.9, "QKX-03", "二级"},
               {2, -0.1, 0.55, "QKX-04", "二级"}};
  OGRLayerH layer;
  GDALDatasetH file = create_geojson(dir, "control_lines.geojson", "control_lines", wkbPolygon, &layer);
  add_fields(layer, OFTString, names);
  for (int i = 0; i < 4; i++) {
    OGRFeatureH f = OGR_F_Create(OGR_L_GetLayerDefn(layer));
    OGRGeometryH flat = band(&p->zone[lines[i].zone], lines[i].from, lines[i].to), degrees = reprojected(flat, 4326);
    set_text(f, "编号", lines[i].id);
    set_text(f, "控制线级别", lines[i].level);
    put_feature(layer, f, degrees);
    OGR_G_DestroyGeometry(flat);
    OGR_G_DestroyGeometry(degrees);
  }
  GDALClose(file);
}

typedef struct {
  const char *code, *name;
  double cap, min, density, height;
} control;

static control control_of(int zone, chance *c) {
  static const control of[N_ZONES][4] = {{{"100101", "一类工业用地", 2.5, 1.2, 0.50, 50},
                                          {"100101", "一类工业用地", 2.0, 1.2, 0.50, 40},
                                          {"100102", "二类工业用地", 2.0, 1.0, 0.55, 36},
                                          {"1101", "物流仓储用地", 1.5, 0.8, 0.50, 24}},
                                         {{"100102", "二类工业用地", 1.2, 0.8, 0.55, 24},
                                          {"100102", "二类工业用地", 1.5, 0.8, 0.55, 30},
                                          {"100102", "二类工业用地", 2.0, 1.0, 0.50, 36},
                                          {"100101", "一类工业用地", 2.0, 1.2, 0.50, 36}},
                                         {{"100101", "新型产业用地（M0）", 3.5, 2.0, 0.45, 80},
                                          {"100101", "新型产业用地（M0）", 3.0, 2.0, 0.45, 60},
                                          {"100101", "一类工业用地", 2.5, 1.5, 0.50, 50},
                                          {"070102", "二类城镇住宅用地", 2.5, EMPTY, 0.28, 60}}};
  return of[zone][chance_below(c, 4)];
}

/* One to three plan units a block, reaching a few metres into the streets and not meeting the parcels' borders. */
static void plan_block(const park *p, OGRLayerH layer, int index, chance *c) {
  const block *b = &p->block[index];
  int n = b->centre ? 1 : 1 + chance_below(c, 3);
  double at = b->u0 - chance_between(c, 1, 4), end = b->u1 + chance_between(c, 1, 4);
  for (int i = 0; i < n; i++) {
    double next = i == n - 1 ? end : b->u0 + (b->u1 - b->u0) * ((i + 1.0) / n + chance_between(c, -0.07, 0.07));
    double low = b->v0 - chance_between(c, 0.5, 3.5), high = b->v1 + chance_between(c, 0.5, 3.5),
           middle = (at + next) / 2;
    double uv[12] = {at, low, middle, low, next, low, next, high, middle, high, at, high};
    control k = control_of(b->zone, c);
    if (b->centre) k = (control){"100101", "一类工业用地", 3.0, 2.0, 0.50, 60};
    OGRFeatureH f = OGR_F_Create(OGR_L_GetLayerDefn(layer));
    char id[64];
    snprintf(id, sizeof id, "%c-%02d-%02d", "BZN"[b->zone], index + 1, i + 1);
    set_text(f, "地块编码", id);
    set_text(f, "用地代码", k.code);
    set_text(f, "用地名称", k.name);
    set_number(f, "容积率", k.cap);
    set_number(f, "容积率下限", k.min);
    set_number(f, "建筑密度", k.density);
    set_number(f, "建筑限高", chance_is(c, 0.9) ? k.height : EMPTY);
    OGRGeometryH flat = street_polygon(&p->zone[b->zone], 6, uv), prefixed = reprojected(flat, EPSG_PREFIXED);
    put_feature(layer, f, prefixed);
    OGR_G_DestroyGeometry(flat);
    OGR_G_DestroyGeometry(prefixed);
    at = next;
  }
}

static void write_units(const park *p, const char *dir) {
  static const char *const words[] = {"地块编码", "用地代码", "用地名称", NULL}, *const numbers[] = {
                                                                                     "容积率", "容积率下限", "建筑密度",
                                                                                     "建筑限高", NULL};
  chance c = chance_of(p->seed, 7);
  GDALDatasetH file = create_file("GPKG", dir, "plan_units.gpkg");
  OGRLayerH layer = create_layer(file, "plan_units", EPSG_PREFIXED, wkbPolygon, NULL);
  add_fields(layer, OFTString, words);
  add_fields(layer, OFTReal, numbers);
  need(GDALDatasetStartTransaction(file, FALSE) == OGRERR_NONE, "no transaction");
  for (int i = 0; i < p->n_blocks; i++)
    if (p->block[i].centre || i % 11 != 6) plan_block(p, layer, i, &c); /* some blocks have no detailed plan yet */
  need(GDALDatasetCommitTransaction(file) == OGRERR_NONE, "plan_units.gpkg cannot be written");
  GDALClose(file);
}

void write_plan(park *p, const char *dir) {
  write_zones(p, dir);
  write_lines(p, dir);
  write_units(p, dir);
}
