/* surroundings.gpkg: the centre lines of the streets, the river and its arm, strips that may not be built on. */
#include <gdal.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "sample.h"

typedef struct {
  double x, y;
} spot;

/* Points of a winding line through the given ones (Catmull-Rom), every dozen metres or so. */
static int wind(const spot *at, int n, spot *out, int per) {
  int k = 0;
  for (int i = 0; i + 1 < n; i++)
    for (int j = 0; j < per; j++) {
      spot a = at[i ? i - 1 : 0], b = at[i], c = at[i + 1], d = at[i + 2 < n ? i + 2 : n - 1];
      double t = (double)j / per, t2 = t * t, t3 = t2 * t;
      out[k].x = 0.5 * (2 * b.x + (c.x - a.x) * t + (2 * a.x - 5 * b.x + 4 * c.x - d.x) * t2 +
                        (3 * b.x - a.x - 3 * c.x + d.x) * t3);
      out[k++].y = 0.5 * (2 * b.y + (c.y - a.y) * t + (2 * a.y - 5 * b.y + 4 * c.y - d.y) * t2 +
                          (3 * b.y - a.y - 3 * c.y + d.y) * t3);
    }
  out[k++] = at[n - 1];
  return k;
}

static OGRGeometryH line_of(int n, const spot *at) {
  OGRGeometryH line = OGR_G_CreateGeometry(wkbLineString);
  for (int i = 0; i < n; i++) OGR_G_AddPoint_2D(line, round_to(at[i].x, 0.001), round_to(at[i].y, 0.001));
  return line;
}

static OGRGeometryH band_of(int n, const spot *at, double half, double wobble) {
  OGRGeometryH ring = OGR_G_CreateGeometry(wkbLinearRing), polygon = OGR_G_CreateGeometry(wkbPolygon);
  for (int side = 1; side >= -1; side -= 2)
    for (int m = 0; m < n; m++) {
      int i = side > 0 ? m : n - 1 - m, a = i ? i - 1 : 0, b = i + 1 < n ? i + 1 : n - 1;
      double dx = at[b].x - at[a].x, dy = at[b].y - at[a].y, d = hypot(dx, dy),
             w = side * (half + wobble * sin(i * 0.31 + side));
      OGR_G_AddPoint_2D(ring, round_to(at[i].x - dy / d * w, 0.001), round_to(at[i].y + dx / d * w, 0.001));
    }
  OGR_G_CloseRings(ring);
  OGR_G_AddPoint_2D(ring, OGR_G_GetX(ring, 0), OGR_G_GetY(ring, 0));
  OGR_G_AddGeometryDirectly(polygon, ring);
  return polygon;
}

static spot scaled(const park *p, double x, double y) {
  return (spot){p->zone[1].east + (x - p->zone[1].east) * p->scale,
                p->zone[1].north + (y - p->zone[1].north) * p->scale};
}

static void put_road(OGRLayerH layer, const char *name, double width, OGRGeometryH line) {
  OGRFeatureH f = OGR_F_Create(OGR_L_GetLayerDefn(layer));
  set_text(f, "名称", name);
  set_number(f, "红线宽度", width);
  put_feature(layer, f, line);
  OGR_G_DestroyGeometry(line);
}

/* The street on the low side (or, for the last, the high side) of a block, from corner to corner. */
static void street(OGRLayerH layer, const streets *s, const char *name, double width, double u0, double v0, double u1,
                   double v1) {
  spot at[13];
  for (int i = 0; i < 13; i++) place(s, u0 + (u1 - u0) * i / 12, v0 + (v1 - v0) * i / 12, &at[i].x, &at[i].y);
  put_road(layer, name, width, line_of(13, at));
}

static void write_streets(const park *p, OGRLayerH layer, int zone) {
  static const char *const word[N_ZONES] = {"科创", "机汽", "智谷"};
  const streets *s = &p->zone[zone];
  char name[64];
  double h = 8;
  for (int i = 0; i < p->n_blocks; i++) {
    const block *b = &p->block[i];
    if (b->zone != zone) continue;
    snprintf(name, sizeof name, "%s%d路", word[zone], b->row + 1);
    street(layer, s, name, 16, b->u0 - h, b->v0 - h, b->u1 + h, b->v0 - h);
    snprintf(name, sizeof name, "%s%d街", word[zone], b->column + 1);
    street(layer, s, name, 16, b->u0 - h, b->v0 - h, b->u0 - h, b->v1 + h);
    bool above = false, beside = false;
    for (int k = 0; k < p->n_blocks; k++) {
      const block *o = &p->block[k];
      above |= o->zone == zone && o->column == b->column && o->row == b->row + 1;
      beside |= o->zone == zone && o->row == b->row && o->column == b->column + 1;
    }
    snprintf(name, sizeof name, "%s%d路", word[zone], b->row + 2);
    if (!above) street(layer, s, name, 16, b->u0 - h, b->v1 + h, b->u1 + h, b->v1 + h);
    snprintf(name, sizeof name, "%s%d街", word[zone], b->column + 2);
    if (!beside) street(layer, s, name, 16, b->u1 + h, b->v0 - h, b->u1 + h, b->v1 + h);
  }
}

static void write_roads(const park *p, GDALDatasetH file) {
  static const char *const names[] = {"名称", NULL}, *const widths[] = {"红线宽度", NULL};
  OGRLayerH layer = create_layer(file, "roads", EPSG_PARK, wkbLineString, NULL);
  add_fields(layer, OFTString, names);
  add_fields(layer, OFTReal, widths);
  for (int i = 0; i < N_ZONES; i++) write_streets(p, layer, i);
  /* the main road passes the three pieces on their west side */
  spot through[96], at[8] = {scaled(p, 351900, 2761300), scaled(p, 352450, 2760000), scaled(p, 353400, 2758950),
                             scaled(p, 354000, 2758000), scaled(p, 354250, 2757050), scaled(p, 355200, 2756150),
                             scaled(p, 356250, 2755200), scaled(p, 356500, 2753700)};
  int n = wind(at, 8, through, 12);
  put_road(layer, "示例大道", 50, line_of(n, through));
}

static void write_water(const park *p, GDALDatasetH file) {
  static const char *const names[] = {"名称", NULL};
  OGRLayerH layer = create_layer(file, "water", EPSG_PARK, wkbPolygon, NULL);
  add_fields(layer, OFTString, names);
  spot line[128], river[6] = {scaled(p, 351100, 2757300), scaled(p, 352600, 2758300), scaled(p, 354000, 2758850),
                              scaled(p, 355500, 2759250), scaled(p, 356900, 2760300), scaled(p, 358600, 2760900)};
  spot arm[4] = {scaled(p, 353500, 2754900), scaled(p, 354700, 2755800), scaled(p, 356300, 2756550),
                 scaled(p, 358600, 2757300)};
  int n = wind(river, 6, line, 16);
  OGRGeometryH g = band_of(n, line, 95, 14);
  OGRFeatureH f = OGR_F_Create(OGR_L_GetLayerDefn(layer));
  set_text(f, "名称", "示例江");
  put_feature(layer, f, g);
  OGR_G_DestroyGeometry(g);
  n = wind(arm, 4, line, 16);
  g = band_of(n, line, 16, 3);
  f = OGR_F_Create(OGR_L_GetLayerDefn(layer));
  set_text(f, "名称", "示例溪");
  put_feature(layer, f, g);
  OGR_G_DestroyGeometry(g);
}

static void write_easements(const park *p, GDALDatasetH file) {
  static const char *const words[] = {"编号", "类型", NULL};
  static const struct {
    int zone;
    double u, v;
    double half;
    const char *kind;
  } strips[] = {{0, 0.22, -1, 20, "高压走廊"},
                {1, -1, 0.33, 6, "燃气管线"},
                {1, 0.7, -1, 15, "高压走廊"},
                {2, -1, 0.61, 8, "排水箱涵"}};
  OGRLayerH layer = create_layer(file, "easements", EPSG_PARK, wkbPolygon, NULL);
  add_fields(layer, OFTString, words);
  for (int i = 0; i < 4; i++) {
    const streets *s = &p->zone[strips[i].zone];
    double u = s->u_min + (s->u_max - s->u_min) * strips[i].u, v = s->v_min + (s->v_max - s->v_min) * strips[i].v;
    bool along = strips[i].u < 0;
    spot line[13];
    for (int k = 0; k < 13; k++)
      place(s, along ? s->u_min + (s->u_max - s->u_min) * k / 12 : u,
            along ? v : s->v_min + (s->v_max - s->v_min) * k / 12, &line[k].x, &line[k].y);
    char id[16];
    snprintf(id, sizeof id, "YX-%02d", i + 1);
    OGRGeometryH g = band_of(13, line, strips[i].half, 0);
    OGRFeatureH f = OGR_F_Create(OGR_L_GetLayerDefn(layer));
    set_text(f, "编号", id);
    set_text(f, "类型", strips[i].kind);
    put_feature(layer, f, g);
    OGR_G_DestroyGeometry(g);
  }
}

void write_surroundings(const park *p, const char *dir) {
  GDALDatasetH file = create_file("GPKG", dir, "surroundings.gpkg");
  need(GDALDatasetStartTransaction(file, FALSE) == OGRERR_NONE, "no transaction");
  write_roads(p, file);
  write_water(p, file);
  write_easements(p, file);
  need(GDALDatasetCommitTransaction(file) == OGRERR_NONE, "surroundings.gpkg cannot be written");
  GDALClose(file);
}
