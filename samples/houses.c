/* Factories in rows, offices, slabs, sheds: what stands on each parcel. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sample.h"

/* The room to build in, in metres along and across the longer side of the parcel. */
typedef struct {
  double x, y, angle, length, depth;
  OGRGeometryH inside;
  int parcel;
} yard;

building *add_building(park *p, OGRGeometryH geom, int parcel_index) {
  if (p->n_buildings == p->cap_buildings) {
    p->cap_buildings = p->cap_buildings ? 2 * p->cap_buildings : 1024;
    p->building = grow(p->building, (size_t)p->cap_buildings, sizeof *p->building);
  }
  building *b = &p->building[p->n_buildings++];
  *b = (building){.geom = geom, .parcel = parcel_index, .height_m = EMPTY, .ground_m = EMPTY, .registered_m2 = EMPTY};
  snprintf(b->id, sizeof b->id, "JZ%05d", p->n_buildings);
  b->footprint_m2 = OGR_G_Area(geom);
  return b;
}

/* A house of the yard's parcel at (a, b) in the yard, made smaller until it stands inside; false where it never does.
 */
static bool put(park *p, const yard *r, double a, double b, double length, double depth) {
  double x = r->x + a * cos(r->angle) - b * sin(r->angle), y = r->y + a * sin(r->angle) + b * cos(r->angle);
  for (int i = 0; i < 7 && length > 4 && depth > 3.5; i++) {
    OGRGeometryH g = rectangle(x, y, length, depth, r->angle);
    if (OGR_G_Contains(r->inside, g)) {
      add_building(p, g, r->parcel);
      return true;
    }
    OGR_G_DestroyGeometry(g);
    length *= 0.94;
    depth *= 0.96;
  }
  return false;
}

static void finish(building *b, int floors, int year, const char *structure, const char *use, chance *c) {
  static const double ground[] = {7.9, 7.9, 6.0, 6.0, 5.4, 8.5, 8.0};
  b->floors = floors;
  b->year = year;
  b->structure = structure;
  b->use = use;
  b->state = "在用";
  bool tall = strcmp(use, "厂房") == 0;
  double first = tall ? ground[chance_below(c, year < 2005 ? 5 : 7)] : 3.6, upper = tall ? 4.5 : 3.3;
  if (floors == 1 && tall) first = chance_is(c, 0.4) ? 9.6 : chance_is(c, 0.5) ? 7.2 : 8.5;
  b->height_m =
      chance_is(c, 0.93) ? round_to(first + (floors - 1) * upper + (tall && floors > 1 ? 1.2 : 0), 0.1) : EMPTY;
  b->ground_m = tall && floors > 1 && chance_is(c, 0.7) ? first : EMPTY;
  b->registered_m2 =
      chance_is(c, 0.68) ? round_to(b->footprint_m2 * floors * chance_between(c, 0.975, 1.015), 0.01) : EMPTY;
}

static int storeys(int zone, int year, chance *c) {
  static const int old[] = {1, 1, 2, 2, 3, 3}, middle[] = {1, 2, 3, 3, 4, 4}, fresh[] = {3, 4, 4, 5, 5, 6};
  int shift = zone == 0 ? -1 : zone == 2 ? 1 : 0, i = chance_below(c, 6) + shift;
  i = i < 0 ? 0 : i > 5 ? 5 : i;
  return year < 2003 ? old[i] : year < 2015 ? middle[i] : fresh[i];
}

/* Rows of factories 24 to 30 m deep and up to 90 m long, with a yard left over, and an office where one fits. */
static void factories(park *p, const yard *r, int zone, double fill, int year, chance *c) {
  static const double depths[] = {24, 24, 25.2, 27, 30};
  double gap = chance_between(c, 10.5, 15), depth = fmin(r->depth, depths[chance_below(c, 5)]);
  int rows = (int)((r->depth + gap) / (depth + gap)), segments = (int)ceil(r->length / 96);
  double longest = fmin(90, (r->length - (segments - 1) * gap) / segments), side = chance_is(c, 0.5) ? 1 : -1;
  int placed = 0;
  for (int i = 0; i < rows; i++)
    for (int k = 0; k < segments; k++) {
      double length = longest * chance_between(c, 0.8, 1), a = -r->length / 2 + longest / 2 + k * (longest + gap);
      double b = side * (-r->depth / 2 + depth / 2 + i * (depth + gap));
      if ((placed && !chance_is(c, fill)) || !put(p, r, a, b, length, depth)) continue;
      bool shed = year < 2012 && chance_is(c, 0.2);
      int floors = shed ? 1 : storeys(zone, year, c), built = year + chance_below(c, 3);
      finish(&p->building[p->n_buildings - 1], floors, built,
             shed          ? "钢结构"
             : year < 2000 ? "砖混"
                           : "钢混",
             "厂房", c);
      placed++;
    }
  double left = r->depth - rows * (depth + gap);
  int office_floors = 4 + chance_below(c, 3);
  const char *use = chance_is(c, 0.6) ? "办公" : "宿舍";
  if (left > 13 && put(p, r, -r->length / 4, side * (r->depth / 2 - 7.5), fmin(42, r->length * 0.6), 13.5))
    finish(&p->building[p->n_buildings - 1], office_floors, year + 2, "钢混", use, c);
  if (chance_is(c, 0.28) && put(p, r, r->length / 2 - 3.5, side * (r->depth / 2 + 2.5), 6.4, 4.2))
    finish(&p->building[p->n_buildings - 1], 1, year, "砖混", "门卫", c);
}

/* Parallel slabs: flats, the innovation centre. */
static void slabs(park *p, const yard *r, double length, double depth, double gap, int floors, const char *use,
                  int year, chance *c) {
  int rows = (int)((r->depth + gap) / (depth + gap)), segments = (int)((r->length + gap * 0.7) / (length + gap * 0.7));
  if (segments < 1) {
    segments = 1;
    length = r->length;
  }
  for (int i = 0; i < rows; i++)
    for (int k = 0; k < segments; k++) {
      double a = -r->length / 2 + length / 2 + k * (length + gap * 0.7),
             b = -r->depth / 2 + depth / 2 + i * (depth + gap);
      if (put(p, r, a, b, length, depth)) finish(&p->building[p->n_buildings - 1], floors, year, "钢混", use, c);
    }
}

static yard yard_of(const park *p, const parcel *q, int index, double u1, OGRGeometryH inside) {
  const streets *s = &p->zone[q->zone < 0 ? 1 : q->zone];
  double u = (q->u0 + u1) / 2, v = (q->v0 + q->v1) / 2, setback = 6.5;
  yard r = {.inside = inside, .parcel = index, .angle = heading(s, u, v)};
  place(s, u, v, &r.x, &r.y);
  r.length = u1 - q->u0 - 2 * setback;
  r.depth = q->v1 - q->v0 - 2 * setback;
  if (r.depth > r.length) {
    double t = r.depth;
    r.depth = r.length;
    r.length = t;
    r.angle += 1.5707963267948966;
  }
  return r;
}

static void build(park *p, int i, const yard *r, chance *c) {
  parcel *q = &p->parcel[i];
  int zone = q->zone < 0 ? 1 : q->zone, first = p->n_buildings;
  int year = zone == 0   ? 1992 + chance_below(c, 22)
             : zone == 1 ? 1994 + chance_below(c, 24)
                         : 2001 + chance_below(c, 23);
  if (q->kind == FACTORY || q->kind == SHARED)
    factories(p, r, zone, zone == 0 ? 0.55 : zone == 1 ? 0.8 : 0.85, year, c);
  if (q->kind == CLOSED) factories(p, r, zone, 0.5, 1992 + chance_below(c, 14), c);
  if (q->kind == CENTRE) slabs(p, r, 78, 30, 19, 6, "厂房", 2021, c);
  if (q->kind == STOPPED && chance_is(c, 0.7) &&
      put(p, r, -r->length / 5, 0, fmin(60, r->length / 2), fmin(27, r->depth)))
    finish(&p->building[p->n_buildings - 1], 2, 2023, "钢混", "厂房", c);
  if (strncmp(q->use, "0701", 4) == 0) slabs(p, r, 48, 14, 24, 6, "住宅", 2008 + chance_below(c, 15), c);
  else if (strncmp(q->use, "09", 2) == 0) slabs(p, r, 55, 32, 30, 4, "商业", 2010 + chance_below(c, 14), c);
  else if (strncmp(q->use, "08", 2) == 0) slabs(p, r, 50, 18, 30, 5, "教学科研", 2005 + chance_below(c, 15), c);
  else if (strncmp(q->use, "1101", 4) == 0) slabs(p, r, 80, 36, 24, 1, "仓库", 2006 + chance_below(c, 15), c);
  else if (strncmp(q->use, "13", 2) == 0 && put(p, r, 0, 0, 24, 15))
    finish(&p->building[p->n_buildings - 1], 2, 2011, "钢混", "公用设施", c);
  q->house0 = first;
  q->house1 = p->n_buildings;
  for (int k = first; k < p->n_buildings; k++) {
    building *b = &p->building[k];
    if (b->year > 2025) b->year = 2025;
    if (q->kind == CLOSED) b->state = chance_is(c, 0.75) ? "空置" : "停产";
    if (q->kind == STOPPED) {
      b->state = "停建";
      b->registered_m2 = EMPTY;
    }
  }
}

/* Roofs built over: an old house carries a second outline of one storey. */
static void annexes(park *p, chance *c) {
  int n = p->n_buildings, wanted = p->n_wanted / 22;
  for (int i = 0; i < n && wanted > 0; i++) {
    building *b = &p->building[i];
    if (b->year > 2004 || b->floors < 2 || b->footprint_m2 < 900 || !chance_is(c, 0.25)) continue;
    OGREnvelope e;
    OGR_G_GetEnvelope(b->geom, &e);
    const streets *s = &p->zone[1];
    const parcel *q = &p->parcel[b->parcel];
    if (q->zone >= 0) s = &p->zone[q->zone];
    OGRGeometryH g = rectangle((e.MinX + e.MaxX) / 2, (e.MinY + e.MaxY) / 2, 16, 11,
                               heading(s, (q->u0 + q->u1) / 2, (q->v0 + q->v1) / 2));
    if (!OGR_G_Contains(b->geom, g)) {
      OGR_G_DestroyGeometry(g);
      continue;
    }
    char below[16];
    snprintf(below, sizeof below, "%s", b->id);
    building *top = add_building(p, g, b->parcel);
    *top = (building){.geom = g,
                      .parcel = top->parcel,
                      .floors = 1,
                      .year = 2009,
                      .height_m = 3.6,
                      .ground_m = EMPTY,
                      .registered_m2 = EMPTY,
                      .structure = "钢结构",
                      .use = "楼顶搭盖",
                      .state = "在用",
                      .footprint_m2 = top->footprint_m2};
    snprintf(top->id, sizeof top->id, "JZ%05d", p->n_buildings);
    note(p, "stacked_annex", "buildings", p->n_buildings, top->id, "on the roof of %s, %.2f m2", below,
         top->footprint_m2);
    wanted--;
  }
}

/* Small houses by the gate until there are 9 buildings to 4 parcels. */
static void gatehouses(park *p, chance *c) {
  int wanted = p->n_wanted * 9 / 4 - 1; /* and the one on no parcel */
  for (int turn = 0; turn < 4; turn++)
    for (int i = 0; i < p->n_parcels && p->n_buildings < wanted; i++) {
      parcel *q = &p->parcel[i];
      if (q->kind == VACANT || q->kind == OTHER || q->joined || (i && p->parcel[i - 1].joined) || !chance_is(c, 0.6))
        continue;
      yard r = yard_of(p, q, i, q->u1, q->geom);
      double a = (turn & 1 ? 1 : -1) * (r.length / 2 + 2), b = (turn & 2 ? 1 : -1) * (r.depth / 2 + 2);
      if (!put(p, &r, a, b, 6.6, 4.5)) continue;
      building *g = &p->building[p->n_buildings - 1];
      bool free = true;
      for (int k = q->house0; k < q->house1 && free; k++) free = !OGR_G_Intersects(p->building[k].geom, g->geom);
      int year = 1998 + chance_below(c, 25);
      if (free) finish(g, 1, year, "砖混", year % 2 ? "门卫" : "配电房", c);
      else {
        OGR_G_DestroyGeometry(g->geom);
        p->n_buildings--;
      }
    }
}

/* Two neighbours of one owner, built over as one. */
static bool joins(const park *p, int i, chance *c) {
  if (i + 1 >= p->n_parcels) return false;
  const parcel *a = &p->parcel[i], *b = a + 1;
  bool near = a->block == b->block && a->kind == FACTORY && b->kind == FACTORY && a->v0 == b->v0 && a->v1 == b->v1 &&
              a->zone >= 0;
  return near && b->u1 - a->u0 < 190 && (i == 0 || !p->parcel[i - 1].joined) && chance_is(c, 0.11);
}

static void sum_up(park *p) {
  for (int i = 0; i < p->n_buildings; i++) {
    building *b = &p->building[i];
    double floor = isnan(b->registered_m2) ? b->footprint_m2 * b->floors : b->registered_m2;
    int last = b->parcel + (p->parcel[b->parcel].joined ? 1 : 0);
    for (int k = b->parcel; k <= last; k++) {
      OGRGeometryH part = OGR_G_Intersection(p->parcel[k].geom, b->geom);
      double area = part ? OGR_G_Area(part) : 0;
      OGR_G_DestroyGeometry(part);
      p->parcel[k].footprint_m2 += area;
      p->parcel[k].floor_m2 += floor * area / b->footprint_m2;
    }
    double a = 0;
    if (last > b->parcel && (a = OGR_G_Distance(p->parcel[last].geom, b->geom)) == 0 &&
        !OGR_G_Contains(p->parcel[b->parcel].geom, b->geom) && !OGR_G_Contains(p->parcel[last].geom, b->geom))
      note(p, "building_over_border", "buildings", i + 1, b->id, "stands on %s and %s", p->parcel[b->parcel].code,
           p->parcel[last].code);
  }
}

void make_buildings(park *p) {
  chance c = chance_of(p->seed, 4);
  for (int i = 0; i < p->n_parcels; i++) {
    parcel *q = &p->parcel[i];
    if (i && p->parcel[i - 1].joined) continue;
    q->joined = joins(p, i, &c);
    OGRGeometryH inside = q->joined ? OGR_G_Union(q->geom, p->parcel[i + 1].geom) : OGR_G_Clone(q->geom);
    yard r = yard_of(p, q, i, q->joined ? p->parcel[i + 1].u1 : q->u1, inside);
    if (r.length > 8 && r.depth > 6) build(p, i, &r, &c);
    OGR_G_DestroyGeometry(inside);
  }
  annexes(p, &c);
  gatehouses(p, &c);
  sum_up(p);
}
