#include <math.h>
#include <string.h>

#include "base/grow.h"
#include "plan/ground_parts.h"

/* Samples of an edge lie at most this far apart. */
static const double SAMPLE_M = 10;
/* Looking starts this far outside the edge: outside also of a neighbour's border that has vertices ours has not. */
static const double OUT_M = 0.002;
/* A road that begins no nearer than the neighbour lies on it, or behind it. */
static const double BEFORE_M = 0.001;
/* An edge is split to this, and pieces shorter than a millimetre are none. */
static const double SPLIT_M = 1e-7, PIECE_M = 0.001;
/* Borders of a zone run along an edge that they open from by at most 15 degrees: sin 15. */
static const double ALONG = 0.25881904510252074;
/* How far either side of a zone's border its two sides are asked for their names. */
static const double ZONE_SIDE_M = 0.05;

/* An edge of the parcel in hand, its direction, its outward normal. */
typedef struct {
  mj__look *w;
  int32_t bar; /* its own */
  double ax, ay, bx, by, len, dx, dy, nx, ny;
} side;

/* ---- how far along a ray ---- */

typedef struct {
  double x, y, nx, ny;
} ray;

static double hit_segment(const ray *r, const mj__bar *s) {
  double dx = s->bx - s->ax, dy = s->by - s->ay, qx = s->ax - r->x, qy = s->ay - r->y;
  double det = r->nx * dy - r->ny * dx;
  if (fabs(det) <= 1e-12 * (fabs(dx) + fabs(dy))) return (double)INFINITY;
  double along = (qx * r->ny - qy * r->nx) / det;
  return along >= -1e-9 && along <= 1 + 1e-9 ? (qx * dy - qy * dx) / det : (double)INFINITY;
}

/* First t >= 0 at which the ray is within half_m of the point. */
static double hit_disc(const ray *r, double x, double y, double half) {
  double px = r->x - x, py = r->y - y, b = px * r->nx + py * r->ny, c = px * px + py * py - half * half;
  if (c <= 0) return 0;
  return b * b >= c && b < 0 ? -b - sqrt(b * b - c) : (double)INFINITY;
}

/* The same of a segment. */
static double hit_band(const ray *r, const mj__bar *s) {
  double ex = s->bx - s->ax, ey = s->by - s->ay, len = sqrt(ex * ex + ey * ey);
  double t = fmin(hit_disc(r, s->ax, s->ay, s->half_m), hit_disc(r, s->bx, s->by, s->half_m));
  if (!(len > 0)) return t;
  ex /= len;
  ey /= len;
  double px = r->x - s->ax, py = r->y - s->ay, along = px * ex + py * ey, aside = px * ey - py * ex;
  if (along >= 0 && along <= len && fabs(aside) <= s->half_m) return 0;
  double by = r->nx * ey - r->ny * ex, step = r->nx * ex + r->ny * ey;
  if (fabs(by) < 1e-12) return t;
  double to = ((aside > 0 ? s->half_m : -s->half_m) - aside) / by, where = along + to * step;
  return to >= 0 && where >= 0 && where <= len ? fmin(t, to) : t;
}

/* ---- what a point of an edge faces ---- */

/* Name of the zone at a point of the plane, NULL where there is none, or no name. */
static const char *zone_at(const mj__look *w, double x, double y) {
  const mj__layer *zones = &w->g->layer[MJ__G_ZONES];
  const char **name = mj_table_text(zones->table, "zone");
  for (int64_t k = 0; name && k < w->n_areas;) {
    int32_t row = w->area[k].row, layer = w->area[k].layer;
    bool in = false;
    for (; k < w->n_areas && w->area[k].row == row && w->area[k].layer == layer; k++)
      if (layer == MJ__G_ZONES)
        in ^= mj_edges_in_ring(&zones->edges, w->area[k].ring, w->x0 + x / w->g->unit_m, w->y0 + y / w->g->unit_m, 1);
    if (in) return name[row];
  }
  return NULL;
}

/* The border of a zone runs along the edge here: and not one between two features of one zone. */
static bool at_zone(const side *e, const ray *here, const mj__bar *s) {
  double t = hit_segment(here, s), dx = s->bx - s->ax, dy = s->by - s->ay;
  if (!(fabs(t) <= MJ__NORM(e->w, neighbour_reach_m))) return false;
  if (fabs(here->nx * dx + here->ny * dy) > ALONG * sqrt(dx * dx + dy * dy)) return false;
  double in = t - ZONE_SIDE_M, out = t + ZONE_SIDE_M;
  const char *a = zone_at(e->w, here->x + in * here->nx, here->y + in * here->ny),
             *b = zone_at(e->w, here->x + out * here->nx, here->y + out * here->ny);
  return !a || !b || strcmp(a, b);
}

/* Sets first[what] to 0 where the point lies in it. */
static void locate(const mj__look *w, const ray *out, double *first) {
  static const mj__ground_kind what[MJ__G_LAYERS] = {
      [MJ__G_PARCELS] = MJ__GROUND_NEIGHBOUR, [MJ__G_ROADS] = MJ__GROUND_ROAD, [MJ__G_WATER] = MJ__GROUND_WATER};
  double x = w->x0 + out->x / w->g->unit_m, y = w->y0 + out->y / w->g->unit_m;
  for (int64_t k = 0; k < w->n_areas;) {
    int32_t row = w->area[k].row, layer = w->area[k].layer;
    bool in = false;
    for (; k < w->n_areas && w->area[k].row == row && w->area[k].layer == layer; k++)
      if (layer != MJ__G_ZONES) in ^= mj_edges_in_ring(&w->g->layer[layer].edges, w->area[k].ring, x, y, 1);
    if (in) first[what[layer]] = 0;
  }
}

/* Bits of the kinds that the edge faces @p s metres from its start; none: other. */
static unsigned faces(const side *e, double s) {
  mj__look *w = e->w;
  ray here = {e->ax + s * e->dx, e->ay + s * e->dy, e->nx, e->ny}, out = here;
  double first[MJ__GROUND_KINDS];
  unsigned bits = 0;
  out.x += OUT_M * e->nx;
  out.y += OUT_M * e->ny;
  for (int k = 0; k < MJ__GROUND_KINDS; k++) first[k] = (double)INFINITY;
  locate(w, &out, first);
  for (int64_t i = 0; i < w->n_near; i++) {
    const mj__bar *b = &w->bar[w->near[i]];
    if (w->near[i] == e->bar) continue;
    if (b->what == MJ__GROUND_ZONE) {
      if (!(bits & 1u << MJ__GROUND_ZONE) && at_zone(e, &here, b)) bits |= 1u << MJ__GROUND_ZONE;
      continue;
    }
    double t = b->half_m > 0 ? hit_band(&out, b) : hit_segment(&out, b);
    if (t >= 0 && t < first[b->what]) first[b->what] = t;
  }
  double road = MJ__NORM(w, road_reach_m), stop = fmin(first[MJ__GROUND_NEIGHBOUR], first[MJ__GROUND_OTHER]) - BEFORE_M;
  if (first[MJ__GROUND_ROAD] <= road && first[MJ__GROUND_ROAD] < stop) bits |= 1u << MJ__GROUND_ROAD;
  if (first[MJ__GROUND_WATER] <= road && first[MJ__GROUND_WATER] < stop) bits |= 1u << MJ__GROUND_WATER;
  if (first[MJ__GROUND_NEIGHBOUR] <= MJ__NORM(w, neighbour_reach_m) &&
      first[MJ__GROUND_NEIGHBOUR] < first[MJ__GROUND_OTHER])
    bits |= 1u << MJ__GROUND_NEIGHBOUR;
  return bits;
}

/* ---- pieces ---- */

static double setback(mj__look *w, mj__ground_kind kind) {
  switch (kind) {
    case MJ__GROUND_ROAD:
      return MJ__NORM(w, setback_road_m);
    case MJ__GROUND_WATER:
      return MJ__NORM(w, setback_water_m);
    case MJ__GROUND_ZONE:
      return MJ__NORM(w, setback_zone_m);
    case MJ__GROUND_NEIGHBOUR:
      return MJ__NORM(w, setback_neighbour_m);
    default:
      return MJ__NORM(w, setback_other_m);
  }
}

/* An edge of the border. */
static mj_status push_border(mj__look *w, mj_plot_edge edge, bool road) {
  uint8_t *list = mj_grown(w->road, w->n_edges, &w->cap_road, sizeof *list);
  if (!list) return MJ_ENOMEM;
  w->road = list;
  list[w->n_edges] = road;
  return mj__ground_push(w, edge);
}

/* The piece of the edge from s0 to s1; one that asks for the same as the piece before it goes on. */
static mj_status piece(const side *e, double s0, double s1, unsigned bits, int64_t first) {
  mj__look *w = e->w;
  mj__ground_kind kind = MJ__GROUND_OTHER;
  double most = bits ? -1 : setback(w, kind);
  for (int k = 0; k < MJ__GROUND_OTHER; k++)
    if (bits & 1u << k) {
      double m = setback(w, (mj__ground_kind)k);
      if (m > most) {
        most = m;
        kind = (mj__ground_kind)k;
      }
    }
  double lane = MJ__NORM(w, lane_edge_m) + MJ__NORM(w, lane_m) + MJ__NORM(w, lane_side_m), clear = fmax(most, lane);
  bool end = s1 >= e->len, road = bits & 1u << MJ__GROUND_ROAD;
  double bx = end ? e->bx : e->ax + s1 * e->dx, by = end ? e->by : e->ay + s1 * e->dy;
  w->site->length_m[kind] += s1 - s0;
  if (road) w->site->frontage_m += s1 - s0;
  w->least_clear_m = fmin(w->least_clear_m, clear);
  if (w->n_edges > first && w->edge[w->n_edges - 1].kind == (int32_t)kind && w->road[w->n_edges - 1] == road) {
    w->edge[w->n_edges - 1].bx = bx;
    w->edge[w->n_edges - 1].by = by;
    return MJ_OK;
  }
  double ax = w->n_edges > first ? w->edge[w->n_edges - 1].bx : e->ax,
         ay = w->n_edges > first ? w->edge[w->n_edges - 1].by : e->ay;
  return push_border(w, (mj_plot_edge){ax, ay, bx, by, clear, clear, (int32_t)kind}, road);
}

/* Where what the edge faces stops being @p bits, between lo, where it is, and hi, where it is *other. */
static double change(const side *e, double lo, double *hi, unsigned bits, unsigned *other) {
  while (*hi - lo > SPLIT_M) {
    double mid = lo + (*hi - lo) / 2;
    unsigned at = faces(e, mid);
    if (at == bits) {
      lo = mid;
    } else {
      *hi = mid;
      *other = at;
    }
  }
  return lo + (*hi - lo) / 2;
}

static mj_status split(const side *e) {
  int64_t n = (int64_t)ceil(e->len / SAMPLE_M - 1e-9), first = e->w->n_edges;
  if (n < 1) n = 1;
  double from = 0, last = e->len / (double)n / 2;
  unsigned bits = faces(e, last);
  for (int64_t i = 1; i < n; i++) {
    double s = e->len * ((double)i + 0.5) / (double)n;
    unsigned at = faces(e, s);
    while (bits != at) {
      double hi = s;
      unsigned next = at;
      double to = change(e, last, &hi, bits, &next);
      if (to - from > PIECE_M) {
        MJ_TRY(piece(e, from, to, bits, first));
        from = to;
      }
      bits = next;
      last = hi;
    }
    last = s;
  }
  return piece(e, from, e->len, bits, first);
}

/* ---- edges ---- */

/* The box that the edge sweeps: as far as it looks outside, and inside for the borders of zones. */
static mj_box swept(const mj__look *w, const side *e) {
  double out = w->g->reach_m + OUT_M, in = w->g->inward_m + OUT_M;
  mj_box q = {fmin(e->ax, e->bx), fmin(e->ay, e->by), fmax(e->ax, e->bx), fmax(e->ay, e->by)};
  q.xmin += fmin(out * e->nx, -in * e->nx) - OUT_M;
  q.xmax += fmax(out * e->nx, -in * e->nx) + OUT_M;
  q.ymin += fmin(out * e->ny, -in * e->ny) - OUT_M;
  q.ymax += fmax(out * e->ny, -in * e->ny) + OUT_M;
  return q;
}

/* True when all of the bar lies before the edge's start, or all of it behind its end. */
static bool beside(const side *e, const mj__bar *s) {
  double a = (s->ax - e->ax) * e->dx + (s->ay - e->ay) * e->dy, b = (s->bx - e->ax) * e->dx + (s->by - e->ay) * e->dy;
  double before = -s->half_m - OUT_M, behind = e->len + s->half_m + OUT_M;
  return (a < before && b < before) || (a > behind && b > behind);
}

/* Bars that the edge may face, into w->near. */
static void find_near(mj__look *w, const side *e) {
  mj_box q = swept(w, e);
  w->n_near = 0;
  for (int64_t k = 0; k * MJ__BARS_A_BOX < w->n_bars; k++) {
    const mj_box *b = &w->box[k];
    if (b->xmin > q.xmax || b->xmax < q.xmin || b->ymin > q.ymax || b->ymax < q.ymin) continue;
    int64_t last = (k + 1) * MJ__BARS_A_BOX;
    for (int64_t i = k * MJ__BARS_A_BOX; i < w->n_bars && i < last; i++)
      if (!beside(e, &w->bar[i])) w->near[w->n_near++] = (int32_t)i;
  }
}

mj_status mj__ground_border(mj__look *w) {
  const mj__outline *o = &w->outline;
  w->least_clear_m = (double)INFINITY;
  int32_t n = o->n_rings ? o->ring0[o->n_rings] : 0;
  for (int32_t k = 0; k < n; k++) {
    const mj__bar *b = &w->bar[k];
    side e = {.w = w, .bar = k, .ax = b->ax, .ay = b->ay, .bx = b->bx, .by = b->by};
    e.len = hypot(e.bx - e.ax, e.by - e.ay);
    e.dx = (e.bx - e.ax) / e.len;
    e.dy = (e.by - e.ay) / e.len;
    e.nx = e.dy;
    e.ny = -e.dx;
    find_near(w, &e);
    MJ_TRY(split(&e));
  }
  w->n_border = w->n_edges;
  if (!w->g->roads || isnan(w->g->norms.limits.road_reach_m)) w->site->access = MJ_UNKNOWN;
  else w->site->access = w->site->frontage_m > 0 ? MJ_YES : MJ_NO;
  return MJ_OK;
}
