/* The park's share of ordinary dirt in the layers, each piece noted by identifier. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "sample.h"

typedef bool (*fits)(const parcel *q);

static bool plain(const parcel *q) { return q->kind == FACTORY && q->firms == 1 && !q->joined && q->zone >= 0; }
static bool big_vacant(const parcel *q) { return q->kind == VACANT && q->area_m2 > 6500 && is_industrial(q); }
static bool with_cap(const parcel *q) { return plain(q) && !isnan(q->cap); }
static bool with_dates(const parcel *q) { return plain(q) && q->due[0] != '\0'; }

/* The first parcel from a share of the list on that nothing else was done to. */
static int pick(park *p, double from, fits fit) {
  for (int k = 0; k < p->n_parcels; k++) {
    int i = ((int)(from * p->n_parcels) + k) % p->n_parcels;
    if (p->parcel[i].marked || !fit(&p->parcel[i]) || (i && p->parcel[i - 1].joined)) continue;
    p->parcel[i].marked = true;
    return i;
  }
  need(false, "too few parcels for the dirt; ask for more");
  return -1;
}

/* Puts points into the outer ring behind vertex k. */
static void insert_points(OGRGeometryH polygon, int k, int n, double xy[][2]) {
  OGRGeometryH old = OGR_G_GetGeometryRef(polygon, 0), ring = OGR_G_CreateGeometry(wkbLinearRing),
               whole = OGR_G_CreateGeometry(wkbPolygon);
  for (int i = 0; i < OGR_G_GetPointCount(old); i++) {
    OGR_G_AddPoint_2D(ring, OGR_G_GetX(old, i), OGR_G_GetY(old, i));
    for (int j = 0; i == k && j < n; j++) OGR_G_AddPoint_2D(ring, round_to(xy[j][0], 0.001), round_to(xy[j][1], 0.001));
  }
  OGR_G_AddGeometryDirectly(whole, ring);
  OGR_G_RemoveGeometry(polygon, -1, TRUE);
  OGR_G_AddGeometryDirectly(polygon, OGR_G_Clone(ring));
  OGR_G_DestroyGeometry(whole);
}

/* Point at `along` of edge k, `out` metres to its right. */
static void beside(OGRGeometryH polygon, int k, double along, double out, double xy[2]) {
  OGRGeometryH ring = OGR_G_GetGeometryRef(polygon, 0);
  double x0 = OGR_G_GetX(ring, k), y0 = OGR_G_GetY(ring, k), x1 = OGR_G_GetX(ring, k + 1), y1 = OGR_G_GetY(ring, k + 1),
         d = hypot(x1 - x0, y1 - y0);
  xy[0] = x0 + (x1 - x0) * along + (y1 - y0) / d * out;
  xy[1] = y0 + (y1 - y0) * along - (x1 - x0) / d * out;
}

static bool on_any_parcel(const park *p, const double xy[2]) {
  OGRGeometryH point = OGR_G_CreateGeometry(wkbPoint);
  OGR_G_SetPoint_2D(point, 0, xy[0], xy[1]);
  bool found = false;
  for (int i = 0; i < p->n_parcels && !found; i++) found = OGR_G_Contains(p->parcel[i].geom, point);
  OGR_G_DestroyGeometry(point);
  return found;
}

/* Two vertices in the wrong order on the longest side that faces a street. */
static void cross_itself(park *p) {
  int i = pick(p, 0.31, plain), best = -1;
  OGRGeometryH geom = p->parcel[i].geom, ring = OGR_G_GetGeometryRef(geom, 0);
  double most = 0, out = 0, xy[4][2];
  for (int k = 0; k + 1 < OGR_G_GetPointCount(ring); k++) {
    double d = hypot(OGR_G_GetX(ring, k + 1) - OGR_G_GetX(ring, k), OGR_G_GetY(ring, k + 1) - OGR_G_GetY(ring, k));
    for (int side = -1; side <= 1 && d > 10; side += 2) {
      beside(geom, k, 0.5, 4 * side, xy[0]);
      if (d > most && !on_any_parcel(p, xy[0])) {
        most = d;
        best = k;
        out = 3 * side;
      }
    }
  }
  need(best >= 0, "the parcel that should cross itself has no street on that side");
  beside(geom, best, 0.45, 0, xy[0]);
  beside(geom, best, 0.60, out, xy[1]);
  beside(geom, best, 0.40, out, xy[2]);
  beside(geom, best, 0.55, 0, xy[3]);
  insert_points(geom, best, 4, xy);
  note(p, "self_crossing_parcel", "parcels", i + 1, p->parcel[i].code,
       "two vertices in the wrong order on its street side");
}

/* A finger over the neighbour's border: the tip goes where the two have most border in common. */
static void overlap(park *p) {
  for (int i = (int)(0.45 * p->n_parcels); i + 1 < p->n_parcels; i++) {
    parcel *a = &p->parcel[i], *b = a + 1;
    if (!plain(a) || !plain(b) || a->marked || b->marked || a->block != b->block || a->v0 != b->v0 ||
        p->parcel[i - 1].joined)
      continue;
    OGRGeometryH ring = OGR_G_GetGeometryRef(a->geom, 0);
    for (int k = 0; k + 1 < OGR_G_GetPointCount(ring); k++) {
      double at[4][2], tip[2];
      beside(a->geom, k, 0.5, 3, tip);
      OGRGeometryH point = OGR_G_CreateGeometry(wkbPoint);
      OGR_G_SetPoint_2D(point, 0, tip[0], tip[1]);
      bool inside = OGR_G_Contains(b->geom, point) && hypot(OGR_G_GetX(ring, k + 1) - OGR_G_GetX(ring, k),
                                                            OGR_G_GetY(ring, k + 1) - OGR_G_GetY(ring, k)) > 30;
      OGR_G_DestroyGeometry(point);
      if (!inside) continue;
      beside(a->geom, k, 0.30, 0, at[0]);
      beside(a->geom, k, 0.32, 3, at[1]);
      beside(a->geom, k, 0.68, 3, at[2]);
      beside(a->geom, k, 0.70, 0, at[3]);
      insert_points(a->geom, k, 4, at);
      OGRGeometryH both = OGR_G_Intersection(a->geom, b->geom);
      note(p, "overlapping_parcels", "parcels", i + 1, a->code, "reaches over %s by %.2f m2", b->code,
           OGR_G_Area(both));
      OGR_G_DestroyGeometry(both);
      a->marked = b->marked = true;
      return;
    }
  }
  need(false, "no neighbours for the overlap; ask for more parcels");
}

static OGRGeometryH strip_through(const parcel *q, const streets *s, double width, double length) {
  double u = (q->u0 + q->u1) / 2, v = (q->v0 + q->v1) / 2, x, y;
  place(s, u, v, &x, &y);
  return rectangle(x, y, width, length, heading(s, u, v));
}

/* A canal cuts one parcel in two; a pond makes a hole in another. */
static void cut_out(park *p, double from, double width, double length, const char *kind, const char *detail) {
  int i = pick(p, from, big_vacant);
  parcel *q = &p->parcel[i];
  OGRGeometryH strip = strip_through(q, &p->zone[q->zone], width, length), rest = OGR_G_Difference(q->geom, strip);
  OGR_G_DestroyGeometry(strip);
  OGR_G_DestroyGeometry(q->geom);
  q->geom = rest;
  double area = OGR_G_Area(rest);
  q->recorded_m2 = round_to(area, 0.01);
  q->contract_m2 = EMPTY;
  note(p, kind, "parcels", i + 1, q->code, "%s; planar area %.2f m2", detail, area);
}

static void wrong_numbers(park *p) {
  int i = pick(p, 0.36, plain);
  p->parcel[i].recorded_m2 = round_to(mu_of(p->parcel[i].area_m2), 0.01);
  p->parcel[i].contract_m2 = EMPTY;
  note(p, "recorded_area_in_mu", "parcels", i + 1, p->parcel[i].code,
       "ZDMJ %.2f is in mu, not m2; the shape has %.2f m2", p->parcel[i].recorded_m2, p->parcel[i].area_m2);
  i = pick(p, 0.42, plain);
  p->parcel[i].recorded_m2 = 0;
  p->parcel[i].contract_m2 = EMPTY;
  note(p, "recorded_area_0", "parcels", i + 1, p->parcel[i].code, "ZDMJ is 0, no contract area; the shape has %.2f m2",
       p->parcel[i].area_m2);
  i = pick(p, 0.52, plain);
  p->parcel[i].recorded_m2 = EMPTY;
  note(p, "recorded_area_missing", "parcels", i + 1, p->parcel[i].code, "ZDMJ is empty");
  i = pick(p, 0.50, with_cap);
  p->parcel[i].cap = 0;
  note(p, "plot_ratio_cap_0", "parcels", i + 1, p->parcel[i].code, "GHRJL is 0");
  i = pick(p, 0.57, with_dates);
  p->parcel[i].due[0] = p->parcel[i].started_on[0] = '\0';
  p->parcel[i].developed_m2 = p->parcel[i].developable_m2 = p->parcel[i].invested_wan = p->parcel[i].invest_total_wan =
      EMPTY;
  p->parcel[i].started = -1;
  note(p, "dates_missing_built", "parcels", i + 1, p->parcel[i].code,
       "no date and not said whether started, though built over");
}

static void wrong_codes(park *p) {
  int i = pick(p, 0.27, plain), k = pick(p, 0.62, plain);
  memcpy(p->parcel[k].code, p->parcel[i].code, sizeof p->parcel[k].code);
  note(p, "duplicate_parcel_code", "parcels", i + 1, p->parcel[i].code,
       "the code stands on rows %d and %d; row %d should have %s", i + 1, k + 1, k + 1, p->parcel[k].key);
  note(p, "duplicate_parcel_code", "parcels", k + 1, p->parcel[k].code,
       "the code stands on rows %d and %d; row %d should have %s", i + 1, k + 1, k + 1, p->parcel[k].key);
  i = pick(p, 0.66, plain);
  p->parcel[i].code[0] = '\0';
  note(p, "parcel_without_code", "parcels", i + 1, p->parcel[i].key,
       "ZDDM is empty; the enterprise tables know the parcel by this code");
  i = pick(p, 0.70, plain);
  snprintf(p->parcel[i].code, sizeof p->parcel[i].code, "%s ", p->parcel[i].key);
  note(p, "parcel_code_trailing_blank", "parcels", i + 1, p->parcel[i].key,
       "ZDDM ends in a blank; the enterprise tables have it without");
}

static void houses(park *p) {
  int count = 0;
  for (int i = p->n_buildings / 3; i < p->n_buildings && count < 4; i += 7) {
    building *b = &p->building[i];
    if (strcmp(b->use, "厂房") != 0 || p->parcel[b->parcel].marked || p->parcel[b->parcel].kind != FACTORY) continue;
    b->floors = 0;
    b->registered_m2 = count < 2 ? EMPTY : round_to(b->footprint_m2 * 3, 0.01);
    note(p, count < 2 ? "building_without_storeys_or_area" : "building_without_storeys", "buildings", i + 1, b->id,
         count < 2 ? "on %s" : "on %s; the registered area is there", p->parcel[b->parcel].code);
    p->parcel[b->parcel].marked = true;
    count++;
  }
  const streets *s = &p->zone[1];
  double x, y;
  place(s, s->u_min - 120, (s->v_min + s->v_max) / 2, &x, &y);
  building *off = add_building(p, rectangle(x, y, 31, 17, 0.5), -1);
  off->floors = 2;
  off->height_m = 9;
  off->structure = "砖混";
  off->use = "厂房";
  off->state = "在用";
  off->year = 1998;
  note(p, "building_on_no_parcel", "buildings", p->n_buildings, off->id,
       "stands west of the middle piece on no parcel");
}

void make_dirt(park *p) {
  cross_itself(p);
  overlap(p);
  cut_out(p, 0.02, 8, 900, "multipart_parcel", "a canal of 8 m parts it in two");
  cut_out(p, 0.74, 26, 34, "parcel_with_hole", "a pond of 26 x 34 m in it is not part of it");
  wrong_numbers(p);
  wrong_codes(p);
  houses(p);
  note(p, "parcel_outside_zones", "parcels", p->n_parcels, p->parcel[p->n_parcels - 1].code,
       "lies in no zone, about 400 m off the middle piece");
}
