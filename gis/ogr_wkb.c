#include "gis/ogr_wkb.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Type codes of OGC 06-103r4, table 7. */
enum {
  POINT = 1,
  LINESTRING,
  POLYGON,
  MULTIPOINT,
  MULTILINESTRING,
  MULTIPOLYGON,
  COLLECTION,
  FIRST_CURVED,
  LAST_CURVED = 14,
  SURFACES = 15,
  TIN = 16,
  TRIANGLE = 17
};
enum { DEEPEST = 32 }; /* collections in collections; deeper is taken as broken, to bound the stack */

typedef struct {
  const unsigned char *at, *end;
  bool swap;
  size_t stride; /* bytes a vertex */
  unsigned type;
} cursor;

typedef struct {
  mj_shapes *shapes;
  mj_shape_state state; /* FILLED until something else is met */
  mj_status status;
  unsigned kinds;
  bool any; /* a vertex was met, also of a kind that is not wanted */
} parser;

static bool host_is_little(void) {
  const uint16_t one = 1;
  unsigned char first;
  memcpy(&first, &one, 1);
  return first == 1;
}

static size_t left(const cursor *c) { return (size_t)(c->end - c->at); }

static bool take_u32(cursor *c, uint32_t *out) {
  if (left(c) < 4) return false;
  memcpy(out, c->at, 4);
  if (c->swap) *out = __builtin_bswap32(*out);
  c->at += 4;
  return true;
}

static double load_f64(const unsigned char *at, bool swap) {
  uint64_t bits;
  double v;
  memcpy(&bits, at, 8);
  if (swap) bits = __builtin_bswap64(bits);
  memcpy(&v, &bits, 8);
  return v;
}

/* Byte order and type; Z and M are told by the thousands (ISO) or by the high bits (extended, which may add an SRID).
 */
static bool take_head(cursor *c) {
  if (left(c) < 5 || c->at[0] > 1) return false;
  c->swap = (c->at[0] == 1) != host_is_little();
  c->at++;
  uint32_t code;
  if (!take_u32(c, &code)) return false;
  uint32_t flags = code & 0xE0000000U, dims = 2;
  code &= 0x1FFFFFFFU;
  if (code >= 4000) return false;
  dims += code / 1000 == 3 ? 2 : code / 1000 > 0 ? 1 : 0;
  if (flags & 0xC0000000U) dims = 2 + (flags >> 31) + (flags >> 30 & 1);
  uint32_t srid;
  if (flags & 0x20000000U && !take_u32(c, &srid)) return false;
  c->type = code % 1000;
  c->stride = (size_t)dims * 8;
  return true;
}

static bool fail(parser *p, mj_shape_state state) {
  p->state = state;
  return false;
}

static bool no_memory(parser *p) {
  p->status = MJ_ENOMEM;
  return false;
}

static bool scratch(parser *p, size_t n) {
  mj_shapes *s = p->shapes;
  if (n <= s->cap) return true;
  size_t cap = n < 1024 ? 1024 : n * 2;
  double *x = realloc(s->x, cap * sizeof *x);
  if (x) s->x = x;
  double *y = x ? realloc(s->y, cap * sizeof *y) : NULL;
  if (!y) return no_memory(p);
  s->y = y;
  s->cap = cap;
  return true;
}

/* n vertices as one ring of the column of that kind; shells and holes are closed. */
static bool take_ring(parser *p, cursor *c, size_t n, mj_geom_kind kind) {
  if (n > left(c) / c->stride || n >= INT32_MAX) return fail(p, MJ_SHAPE_BROKEN);
  if (!scratch(p, n + 1)) return false;
  double *x = p->shapes->x, *y = p->shapes->y;
  bool finite = true;
  const unsigned char *at = c->at;
  for (size_t v = 0; v < n; v++, at += c->stride) {
    x[v] = load_f64(at, c->swap);
    y[v] = load_f64(at + 8, c->swap);
    finite &= isfinite(x[v]) && isfinite(y[v]);
  }
  c->at = at;
  p->any |= n > 0;
  if (!finite) return fail(p, MJ_SHAPE_NOT_FINITE);
  if (kind == MJ_GEOM_POLYGON && n > 0 && !(x[0] == x[n - 1] && y[0] == y[n - 1])) {
    x[n] = x[0];
    y[n] = y[0];
    n++;
    p->shapes->unclosed++;
  }
  if (!p->shapes->wanted[kind] || n == 0) return true;
  if (mj_geom_push_ring(&p->shapes->geom[kind], (int32_t)n, x, y)) return no_memory(p);
  return true;
}

static bool end_part(parser *p, mj_geom_kind kind) {
  mj_geom *geom = &p->shapes->geom[kind];
  if (!p->shapes->wanted[kind]) return true;
  p->kinds |= 1U << kind;
  return mj_geom_end_part(geom) ? no_memory(p) : true;
}

static bool take_point(parser *p, cursor *c) {
  if (left(c) < c->stride) return fail(p, MJ_SHAPE_BROKEN);
  if (isnan(load_f64(c->at, c->swap)) && isnan(load_f64(c->at + 8, c->swap))) { /* how WKB writes POINT EMPTY */
    c->at += c->stride;
    return true;
  }
  return take_ring(p, c, 1, MJ_GEOM_POINT) && end_part(p, MJ_GEOM_POINT);
}

static bool take_line(parser *p, cursor *c) {
  uint32_t n;
  if (!take_u32(c, &n)) return fail(p, MJ_SHAPE_BROKEN);
  if (!take_ring(p, c, n, MJ_GEOM_LINE)) return false;
  return n ? end_part(p, MJ_GEOM_LINE) : true;
}

/* A polygon whose shell is empty has no part; holes of it are dropped with it. */
static bool take_polygon(parser *p, cursor *c) {
  uint32_t rings;
  if (!take_u32(c, &rings) || rings > left(c) / 4) return fail(p, MJ_SHAPE_BROKEN);
  mj_geom *geom = &p->shapes->geom[MJ_GEOM_POLYGON];
  int32_t rings0 = geom->rings, verts0 = geom->verts;
  bool shell = false;
  for (uint32_t r = 0; r < rings; r++) {
    uint32_t n;
    if (!take_u32(c, &n)) return fail(p, MJ_SHAPE_BROKEN);
    if (!take_ring(p, c, n, MJ_GEOM_POLYGON)) return false;
    if (r == 0) shell = n > 0;
  }
  if (shell) return end_part(p, MJ_GEOM_POLYGON);
  geom->rings = rings0;
  geom->verts = verts0;
  return true;
}

static bool take_shape(parser *p, cursor *c, int depth);

static bool take_members(parser *p, cursor *c, int depth) {
  uint32_t n;
  if (!take_u32(c, &n) || n > left(c) / 5) return fail(p, MJ_SHAPE_BROKEN);
  for (uint32_t i = 0; i < n; i++)
    if (!take_shape(p, c, depth + 1)) return false;
  return true;
}

static bool take_shape(parser *p, cursor *c, int depth) {
  if (depth > DEEPEST || !take_head(c)) return fail(p, MJ_SHAPE_BROKEN);
  switch (c->type) {
    case POINT:
      return take_point(p, c);
    case LINESTRING:
      return take_line(p, c);
    case POLYGON:
    case TRIANGLE:
      return take_polygon(p, c);
    case MULTIPOINT:
    case MULTILINESTRING:
    case MULTIPOLYGON:
    case COLLECTION:
    case SURFACES:
    case TIN:
      return take_members(p, c, depth);
    default:
      return fail(p, c->type >= FIRST_CURVED && c->type <= LAST_CURVED ? MJ_SHAPE_CURVED : MJ_SHAPE_BROKEN);
  }
}

static mj_status end_rows(mj_shapes *shapes) {
  for (int kind = MJ_GEOM_POINT; kind <= MJ_GEOM_POLYGON; kind++)
    if (shapes->wanted[kind]) MJ_TRY(mj_geom_end_row(&shapes->geom[kind]));
  return MJ_OK;
}

mj_status mj_shapes_push(mj_shapes *shapes, const unsigned char *wkb, size_t n, mj_shape_state *state, unsigned *kinds,
                         unsigned *type) {
  parser p = {.shapes = shapes};
  cursor c = {.at = wkb, .end = wkb + n}, head = c;
  mj_geom before[MJ_GEOM_POLYGON + 1];
  memcpy(before, shapes->geom, sizeof before);
  *type = take_head(&head) ? head.type : 0;
  if (!take_shape(&p, &c, 0)) {
    for (int kind = MJ_GEOM_POINT; kind <= MJ_GEOM_POLYGON; kind++) { /* take back what the row had pushed so far */
      shapes->geom[kind].parts = before[kind].parts;
      shapes->geom[kind].rings = before[kind].rings;
      shapes->geom[kind].verts = before[kind].verts;
    }
    p.kinds = 0;
    if (p.status) return p.status;
  } else if (!p.kinds) {
    p.state = p.any ? MJ_SHAPE_OTHER : MJ_SHAPE_EMPTY;
  }
  shapes->with_z += p.kinds && head.stride > 16;
  *state = p.state;
  *kinds = p.kinds;
  return end_rows(shapes);
}

mj_status mj_shapes_push_empty(mj_shapes *shapes) { return end_rows(shapes); }

void mj_shapes_reset(mj_shapes *shapes) {
  for (int kind = MJ_GEOM_POINT; kind <= MJ_GEOM_POLYGON; kind++) mj_geom_reset(&shapes->geom[kind]);
  free(shapes->x);
  free(shapes->y);
  *shapes = (mj_shapes){0};
}
