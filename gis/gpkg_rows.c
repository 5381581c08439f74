#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gis/gpkg.h"
#include "gis/sqlite_bytes.h"

/* SQLite's bound on a row (SQLITE_MAX_LENGTH as it is delivered), and what a cell of fixed size takes at most. */
enum { ROW_BYTES = 1000000000, CELL_BYTES = 10 };

/* A record: the serial types and the values grow apart from each other, and the types are then put before the values.
 */
typedef struct {
  unsigned char *type; /* [9 a cell] */
  size_t n_type;
  unsigned char *data; /* values begin at data + gap */
  size_t gap, n, cap;
} record;

static bool room(record *r, size_t more) {
  if (r->cap - r->n >= more) return true;
  size_t cap = 2 * r->cap + more;
  unsigned char *data = realloc(r->data, cap);
  if (!data) return false;
  r->data = data;
  r->cap = cap;
  return true;
}

static bool put_bytes(record *r, const char *bytes, size_t n) {
  r->n_type += mj_put_varint(r->type + r->n_type, 13 + 2 * (uint64_t)n);
  if (r->cap - r->n < n && !room(r, n)) return false;
  memcpy(r->data + r->n, bytes, n);
  r->n += n;
  return true;
}

static void put_null(record *r) { r->type[r->n_type++] = 0; }

static void put_integer(record *r, int64_t v) {
  r->n += mj_put_integer(r->data + r->n, r->type + r->n_type, v);
  r->n_type++;
}

/* As SQLite stores a REAL column: whole numbers that are shorter so as integers. */
static void put_number(record *r, double v) {
  const double most = 140737488355327.0; /* 2^47 - 1 */
  if (v >= -most && v <= most && (double)(int64_t)v == v) {
    put_integer(r, (int64_t)v);
    return;
  }
  uint64_t bits;
  memcpy(&bits, &v, 8);
  mj_put_be64(r->data + r->n, bits);
  r->n += 8;
  r->type[r->n_type++] = 7;
}

static bool put_date(record *r, int32_t date) {
  char text[11];
  mj_date_format(date, text);
  return put_bytes(r, text, 10);
}

static bool put_tri(record *r, const mj_gpkg_cell *cell, uint8_t v) {
  if (v == MJ_NO) return put_bytes(r, "no", 2);
  if (v == MJ_YES) return put_bytes(r, "yes", 3);
  if (cell->unknown) return put_bytes(r, "unknown", 7);
  put_null(r);
  return true;
}

static bool put_cell(record *r, const mj_gpkg_cell *cell, int64_t row) {
  const mj_column *c = cell->from->column;
  if (c->type == MJ_F64 && isfinite(c->f64[row])) put_number(r, c->f64[row]);
  else if (c->type == MJ_I64 && c->i64[row] != MJ_I64_NULL) put_integer(r, c->i64[row]);
  else if (c->type == MJ_TEXT && c->text[row]) return put_bytes(r, c->text[row], strlen(c->text[row]));
  else if (c->type == MJ_DATE && c->date[row] != MJ_DATE_NULL) return put_date(r, c->date[row]);
  else if (c->type == MJ_TRI) return put_tri(r, cell, c->tri[row]);
  else put_null(r);
  return true;
}

/* Little endian, as the geometry says of itself. */
static unsigned char *le32(unsigned char *p, uint32_t v) {
  for (int i = 0; i < 4; i++) p[i] = (unsigned char)(v >> (8 * i));
  return p + 4;
}

static unsigned char *le_double(unsigned char *p, double v) {
  uint64_t bits;
  memcpy(&bits, &v, 8);
  for (int i = 0; i < 8; i++) p[i] = (unsigned char)(bits >> (8 * i));
  return p + 8;
}

static unsigned char *wkb_head(unsigned char *p, uint32_t type) {
  *p = 1;
  return le32(p + 1, type);
}

static unsigned char *wkb_ring(unsigned char *p, const mj_polys *g, int32_t ring) {
  p = le32(p, (uint32_t)(g->vert0[ring + 1] - g->vert0[ring]));
  for (int32_t v = g->vert0[ring]; v < g->vert0[ring + 1]; v++) p = le_double(le_double(p, g->x[v]), g->y[v]);
  return p;
}

static unsigned char *wkb_row(unsigned char *p, const mj_polys *g, mj_geom_kind kind, int64_t row) {
  enum { POINT = 1, LINE = 2, POLYGON = 3, MULTI = 3 };
  int32_t p0 = g->part0[row], p1 = g->part0[row + 1], v = g->vert0[g->ring0[p0]];
  if (kind == MJ_GEOM_POINT) return le_double(le_double(wkb_head(p, POINT), g->x[v]), g->y[v]);
  bool area = kind == MJ_GEOM_POLYGON;
  p = le32(wkb_head(p, (area ? POLYGON : LINE) + MULTI), (uint32_t)(p1 - p0));
  for (int32_t part = p0; part < p1; part++) {
    p = wkb_head(p, area ? POLYGON : LINE);
    if (area) p = le32(p, (uint32_t)(g->ring0[part + 1] - g->ring0[part]));
    for (int32_t r = g->ring0[part]; r < g->ring0[part + 1]; r++) p = wkb_ring(p, g, r);
  }
  return p;
}

/* False where the row has no vertex, or one that is no number: it is then written without geometry. */
static bool box_of(const mj_polys *g, mj_geom_kind kind, int64_t row, mj_box *box) {
  if (g->part0[row] == g->part0[row + 1]) return false;
  int32_t v = g->vert0[g->ring0[g->part0[row]]], end = g->vert0[g->ring0[g->part0[row + 1]]];
  if (v == end) return false;
  mj_box b = {g->x[v], g->y[v], g->x[v], g->y[v]};
  for (int32_t i = v; i < end; i++) {
    double x = g->x[i], y = g->y[i];
    if (!isfinite(x) || !isfinite(y)) return false;
    if (kind == MJ_GEOM_POINT) continue; /* of several the first is written */
    if (x < b.xmin) b.xmin = x;
    if (x > b.xmax) b.xmax = x;
    if (y < b.ymin) b.ymin = y;
    if (y > b.ymax) b.ymax = y;
  }
  *box = b;
  return true;
}

float mj_float_below(double v) {
  float f = (float)v;
  return (double)f > v ? (float)(v * (v < 0 ? 1 + 1.0 / 8388608 : 1 - 1.0 / 8388608)) : f;
}

float mj_float_above(double v) {
  float f = (float)v;
  return (double)f < v ? (float)(v * (v < 0 ? 1 - 1.0 / 8388608 : 1 + 1.0 / 8388608)) : f;
}

static void keep_box(mj_gpkg_boxes *boxes, const mj_box *b, int64_t rowid) {
  mj_box *all = &boxes->all;
  if (!boxes->n) *all = *b;
  if (b->xmin < all->xmin) all->xmin = b->xmin;
  if (b->ymin < all->ymin) all->ymin = b->ymin;
  if (b->xmax > all->xmax) all->xmax = b->xmax;
  if (b->ymax > all->ymax) all->ymax = b->ymax;
  boxes->box[boxes->n++] = (mj_gpkg_box){mj_float_below(b->xmin), mj_float_above(b->xmax), mj_float_below(b->ymin),
                                         mj_float_above(b->ymax), rowid};
}

/* GeoPackage's own head, the box (not of a point), and well-known binary: the bytes that GDAL writes. */
static bool put_geom(record *r, const mj_gpkg_sent *sent, int32_t srs_id, int64_t row, int64_t rowid,
                     mj_gpkg_boxes *boxes) {
  const mj_polys *g = &sent->geom;
  mj_geom_kind kind = sent->table->geom.kind;
  mj_box box;
  if (!g->n || !box_of(g, kind, row, &box)) {
    put_null(r);
    return true;
  }
  keep_box(boxes, &box, rowid);
  int32_t p0 = g->part0[row], p1 = g->part0[row + 1], r0 = g->ring0[p0], r1 = g->ring0[p1];
  size_t most = 8 + 32 + 9 + 9 * (size_t)(p1 - p0) + 4 * (size_t)(r1 - r0) + 16 * (size_t)(g->vert0[r1] - g->vert0[r0]);
  if (!room(r, most)) return false;
  bool point = kind == MJ_GEOM_POINT;
  unsigned char *start = r->data + r->n, *p = start;
  const unsigned char head[4] = {'G', 'P', 0, point ? 1 : 3};
  memcpy(p, head, 4);
  p = le32(p + 4, (uint32_t)srs_id);
  if (!point) p = le_double(le_double(le_double(le_double(p, box.xmin), box.xmax), box.ymin), box.ymax);
  p = wkb_row(p, g, kind, row);
  r->n_type += mj_put_varint(r->type + r->n_type, 12 + 2 * (uint64_t)(p - start));
  r->n += (size_t)(p - start);
  return true;
}

/* The record of a row; 0: memory has ended. Its bytes are at *record until the next call. */
static size_t put_row(record *r, const mj_gpkg_sent *sent, const mj_gpkg_place *place, int64_t rowid,
                      mj_gpkg_boxes *boxes, const unsigned char **bytes) {
  int64_t row = sent->row ? sent->row[rowid - 1] : rowid - 1;
  r->n = r->gap;
  r->n_type = 0;
  for (int i = 0; i < place->n_cells; i++) {
    const mj_gpkg_cell *cell = &place->cell[i];
    bool ok = r->cap - r->n >= CELL_BYTES || room(r, CELL_BYTES);
    if (!ok) return 0;
    if (cell->is == MJ_CELL_IS_COLUMN) ok = put_cell(r, cell, row);
    else if (cell->is == MJ_CELL_IS_GEOM) ok = put_geom(r, sent, place->srs_id, row, rowid, boxes);
    else put_null(r); /* the rowid itself */
    if (!ok) return 0;
  }
  size_t head = r->n_type + 1;
  while (mj_varint_bytes(head) + r->n_type > head) head++;
  unsigned char *start = r->data + r->gap - head;
  memcpy(start + mj_put_varint(start, head), r->type, r->n_type);
  *bytes = start;
  return head + r->n - r->gap;
}

bool mj_gpkg_rows(mj_pages *pages, const mj_gpkg_sent *sent, const mj_gpkg_place *place, mj_gpkg_boxes *boxes) {
  record r = {.gap = 9 * ((size_t)place->n_cells + 1)};
  r.type = malloc(r.gap);
  r.cap = r.gap + 4096;
  r.data = malloc(r.cap);
  boxes->box = sent->geom.n ? malloc((size_t)(sent->n + 1) * sizeof *boxes->box) : NULL;
  bool ok = r.type && r.data && (boxes->box || !sent->geom.n);
  ok = ok && mj_pages_begin(pages, place->root);
  for (int64_t rowid = 1; ok && rowid <= sent->n; rowid++) {
    const unsigned char *bytes;
    size_t n = put_row(&r, sent, place, rowid, boxes, &bytes);
    if (n > ROW_BYTES && !pages->error) pages->error = EFBIG;
    ok = n && mj_pages_row(pages, rowid, bytes, n);
  }
  ok = ok && mj_pages_end(pages);
  if (!ok && !pages->error) pages->error = ENOMEM;
  free(r.type);
  free(r.data);
  return ok;
}
