#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geom/ring.h"
#include "gis/ogr_txt.h"

/* Ring numbers say which points belong together, not which ring is a hole: files number holes and further parts alike.
   So a ring that lies in an odd number of others is a hole of the smallest of those. */

enum { MOST_RINGS = 2000, MOST_TESTS = 100000000 }; /* of one plot; rings times points: a second */

typedef struct {
  int64_t first; /* in x, y; closed */
  int32_t n;     /* with the closing vertex */
  double area;
  double box[4];
  int depth;
  int64_t parent;
} ring;

typedef struct {
  ring *ring;
  int64_t n_rings;
  double *x, *y;
  int64_t n;
} rings;

static bool same_place(const mj_txt_point *a, const mj_txt_point *b) {
  return a->north == b->north && a->east == b->east;
}

/* Points of one ring from @p at on: up to another ring number, or to the point that repeats the first. */
static int64_t ring_end(const mj_txt_point *p, int64_t at, int64_t n, bool *closed) {
  int64_t i = at + 1;
  *closed = false;
  for (; i < n && p[i].ring == p[at].ring; i++)
    if (i - at >= 2 && same_place(&p[i], &p[at])) {
      *closed = true;
      return i + 1;
    }
  return i;
}

static void add_ring(rings *r, const mj_txt_point *p, int64_t n) {
  ring *one = &r->ring[r->n_rings++];
  *one = (ring){.first = r->n, .n = (int32_t)n + 1, .box = {HUGE_VAL, HUGE_VAL, -HUGE_VAL, -HUGE_VAL}, .parent = -1};
  for (int64_t i = 0; i <= n; i++) {
    double x = p[i % n].east, y = p[i % n].north;
    r->x[r->n] = x;
    r->y[r->n++] = y;
    if (x < one->box[0]) one->box[0] = x;
    if (y < one->box[1]) one->box[1] = y;
    if (x > one->box[2]) one->box[2] = x;
    if (y > one->box[3]) one->box[3] = y;
  }
  one->area = fabs(mj_ring_area(one->n, r->x + one->first, r->y + one->first));
}

static void split(const mj_txt_point *p, int64_t n, rings *r, mj_txt_shape *out) {
  for (int64_t at = 0, end; at < n; at = end) {
    bool closed;
    end = ring_end(p, at, n, &closed);
    int64_t points = end - at - closed;
    out->closings += closed;
    if (points >= 3) {
      add_ring(r, p + at, points);
    } else {
      if (out->n_short < MJ_LEDGER_FEW) {
        out->too_short[out->n_short].ring = p[at].ring;
        out->too_short[out->n_short].points = (int)points;
      }
      out->n_short++;
    }
  }
}

/* True when a lies in b. Vertices on b's edges do not say; the first vertex or middle of an edge that is off them does.
 */
static bool lies_in(const rings *r, const ring *a, const ring *b) {
  if (!(a->area < b->area) || a->box[0] < b->box[0] || a->box[1] < b->box[1] || a->box[2] > b->box[2] ||
      a->box[3] > b->box[3])
    return false;
  const double *x = r->x + a->first, *y = r->y + a->first;
  for (int32_t i = 0; i + 1 < a->n; i++) {
    int side = mj_chain_parity(b->n - 1, r->x + b->first, r->y + b->first, x[i], y[i]);
    if (side < 0)
      side = mj_chain_parity(b->n - 1, r->x + b->first, r->y + b->first, (x[i] + x[i + 1]) / 2, (y[i] + y[i + 1]) / 2);
    if (side >= 0) return side == 1;
  }
  return false;
}

static void nest(rings *r) {
  for (int64_t i = 0; i < r->n_rings; i++)
    for (int64_t j = 0; j < r->n_rings; j++) {
      ring *a = &r->ring[i], *b = &r->ring[j];
      if (i == j || !lies_in(r, a, b)) continue;
      a->depth++;
      if (a->parent < 0 || b->area < r->ring[a->parent].area) a->parent = j;
    }
}

/* Where rings cross, the smallest that holds a ring may be a hole itself: then it is a part, and no ring is lost. */
static bool is_hole(const rings *r, const ring *one) {
  return one->depth % 2 == 1 && r->ring[one->parent].depth % 2 == 0;
}

/* ---- well-known binary ---- */

static bool room(mj_txt_shape *out, size_t need) {
  out->n = 0;
  if (need <= out->cap) return true;
  unsigned char *grown = realloc(out->wkb, need);
  if (!grown) return false;
  out->wkb = grown;
  out->cap = need;
  return true;
}

static void put(mj_txt_shape *out, const void *bytes, size_t n) {
  memcpy(out->wkb + out->n, bytes, n);
  out->n += n;
}

static void put_head(mj_txt_shape *out, uint32_t type, uint32_t count) {
  put(out, "\1", 1); /* little-endian, as every machine this runs on */
  put(out, &type, 4);
  if (type != 1) put(out, &count, 4);
}

static void put_ring(mj_txt_shape *out, const rings *r, const ring *one) {
  uint32_t n = (uint32_t)one->n;
  put(out, &n, 4);
  for (int64_t i = one->first; i < one->first + one->n; i++) {
    put(out, &r->x[i], 8);
    put(out, &r->y[i], 8);
  }
}

static bool write_polygons(const rings *r, mj_txt_shape *out) {
  uint32_t parts = 0, *holes = calloc((size_t)r->n_rings + 1, sizeof *holes);
  if (!holes || !room(out, 16 + (size_t)r->n_rings * 16 + (size_t)r->n * 16)) {
    free(holes);
    return false;
  }
  for (int64_t i = 0; i < r->n_rings; i++) {
    parts += !is_hole(r, &r->ring[i]);
    if (is_hole(r, &r->ring[i])) holes[r->ring[i].parent]++;
  }
  put_head(out, 6, parts);
  for (int64_t i = 0; i < r->n_rings; i++) {
    if (is_hole(r, &r->ring[i])) continue;
    put_head(out, 3, holes[i] + 1);
    put_ring(out, r, &r->ring[i]);
    for (int64_t j = 0; j < r->n_rings && holes[i]; j++)
      if (is_hole(r, &r->ring[j]) && r->ring[j].parent == i) put_ring(out, r, &r->ring[j]);
  }
  free(holes);
  return true;
}

static mj_status write_points(const mj_txt_point *p, int64_t n, uint32_t type, mj_txt_shape *out) {
  if (!room(out, 16 + (size_t)n * 16)) return MJ_ENOMEM;
  put_head(out, type, (uint32_t)n);
  for (int64_t i = 0; i < (type == 1 ? 1 : n); i++) {
    put(out, &p[i].east, 8);
    put(out, &p[i].north, 8);
  }
  return MJ_OK;
}

mj_status mj_txt_rings(const mj_txt_point *p, int64_t n, const char *kind, mj_txt_shape *out) {
  out->n = 0;
  out->n_short = 0;
  out->closings = 0;
  if (n && kind && !strcmp(kind, "点")) return write_points(p, n, 1, out);
  if (n > 1 && kind && !strcmp(kind, "线")) return write_points(p, n, 2, out);
  int64_t most = 0;
  for (int64_t at = 0; at < n; most++) {
    bool closed;
    at = ring_end(p, at, n, &closed);
  }
  if (most > MOST_RINGS || most * n > MOST_TESTS) return MJ_EFORMAT;
  rings r = {.ring = malloc((size_t)(most + 1) * sizeof *r.ring),
             .x = malloc((size_t)(n + most + 1) * sizeof *r.x),
             .y = malloc((size_t)(n + most + 1) * sizeof *r.y)};
  bool good = r.ring && r.x && r.y;
  if (good) {
    split(p, n, &r, out);
    nest(&r);
    if (r.n_rings) good = write_polygons(&r, out);
  }
  free(r.ring);
  free(r.x);
  free(r.y);
  return good ? MJ_OK : MJ_ENOMEM;
}
