#include <math.h>

#include "report/html.h"

/* What a row of a sheet's shapes comes to is written four times over: parts, rings, vertices, coordinates. */
typedef struct {
  const mj_sheet *sheet;
  mj_polys g; /* x and y in degrees */
  bool closed;
  mj_text *out;
  int64_t at[2]; /* the coordinate before this one */
  bool first;
} shapes;

static int64_t units(double deg) { return llround(deg * 1e7); }

static void put(shapes *s, int64_t v) {
  char *at = mj_text_room(s->out, 26);
  if (!at) return;
  if (!s->first) {
    *at++ = ',';
    s->out->n++;
  }
  s->first = false;
  s->out->n += (size_t)mj_int_text(v, at);
}

static bool is_finite(const mj_polys *g, int64_t row) {
  int32_t p0 = g->part0[row], p1 = g->part0[row + 1];
  if (p0 == p1) return false;
  for (int32_t v = g->vert0[g->ring0[p0]]; v < g->vert0[g->ring0[p1]]; v++)
    if (!isfinite(g->x[v]) || !isfinite(g->y[v])) return false;
  return true;
}

static int32_t vertices(const shapes *s, int32_t ring) {
  int32_t n = s->g.vert0[ring + 1] - s->g.vert0[ring];
  return s->closed && n > 1 ? n - 1 : n;
}

static void put_ring(shapes *s, int32_t ring) {
  for (int32_t k = 0, v = s->g.vert0[ring]; k < vertices(s, ring); k++, v++) {
    int64_t x = units(s->g.x[v]), y = units(s->g.y[v]);
    put(s, x - s->at[0]);
    put(s, y - s->at[1]);
    s->at[0] = x;
    s->at[1] = y;
  }
}

enum { PARTS, RINGS, VERTICES, COORDINATES };

static void put_row(shapes *s, int64_t row, int what) {
  const mj_polys *g = &s->g;
  bool there = is_finite(g, row);
  if (what == PARTS) put(s, there ? g->part0[row + 1] - g->part0[row] : 0);
  for (int32_t p = g->part0[row]; there && what != PARTS && p < g->part0[row + 1]; p++) {
    if (what == RINGS) put(s, g->ring0[p + 1] - g->ring0[p]);
    for (int32_t r = g->ring0[p]; what > RINGS && r < g->ring0[p + 1]; r++)
      if (what == VERTICES) put(s, vertices(s, r));
      else put_ring(s, r);
  }
}

mj_status mj_html_shapes(const mj_sheet *sheet, const double *lon_deg, const double *lat_deg, mj_text *out,
                         mj_error *err) {
  static const char *const member[] = {",\"p\":[", "],\"r\":[", "],\"v\":[", "],\"c\":["};
  static const char *const kind[] = {"none", "point", "line", "polygon"};
  mj_geom_kind of = sheet->table->geom.kind;
  shapes s = {.sheet = sheet, .g = mj_geom_view(&sheet->table->geom), .closed = of == MJ_GEOM_POLYGON, .out = out};
  s.g.x = lon_deg;
  s.g.y = lat_deg;
  mj_text_format(out, "{\"kind\":\"%s\"", kind[of]);
  for (int what = PARTS; what <= COORDINATES; what++) {
    mj_text_add(out, member[what]);
    s.first = true;
    for (int64_t i = 0; i < sheet->n; i++) put_row(&s, sheet->rows ? sheet->rows[i] : i, what);
  }
  mj_text_add(out, "]}");
  return out->failed ? mj_fail(err, MJ_ENOMEM, "out of memory") : MJ_OK;
}
