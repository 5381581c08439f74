#include <math.h>
#include <stdlib.h>

#include "report/html.h"

enum { PARTS, RINGS, VERTICES, EAST, NORTH, ARRAYS };

/* What a row of a sheet's shapes comes to is written five times over: parts, rings, vertices, coordinates. */
typedef struct {
  const mj_sheet *sheet;
  mj_polys g; /* x and y in degrees */
  bool closed;
  double units; /* of a degree */
  int64_t *list, n, last;
} shapes;

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

static void put_ring(shapes *s, int32_t ring, const double *from) {
  for (int32_t k = 0, v = s->g.vert0[ring]; k < vertices(s, ring); k++, v++) {
    int64_t now = llround(from[v] * s->units);
    s->list[s->n++] = now - s->last;
    s->last = now;
  }
}

static void put_row(shapes *s, int64_t row, int what) {
  const mj_polys *g = &s->g;
  bool there = is_finite(g, row);
  if (what == PARTS) s->list[s->n++] = there ? g->part0[row + 1] - g->part0[row] : 0;
  for (int32_t p = g->part0[row]; there && what != PARTS && p < g->part0[row + 1]; p++) {
    if (what == RINGS) s->list[s->n++] = g->ring0[p + 1] - g->ring0[p];
    for (int32_t r = g->ring0[p]; what > RINGS && r < g->ring0[p + 1]; r++)
      if (what == VERTICES) s->list[s->n++] = vertices(s, r);
      else put_ring(s, r, what == EAST ? g->x : g->y);
  }
}

mj_status mj_html_shapes(const mj_sheet *sheet, const double *lon_deg, const double *lat_deg, double units,
                         mj_text *out, mj_error *err) {
  static const char *const kind[] = {"none", "point", "line", "polygon"};
  const mj_geom *g = &sheet->table->geom;
  mj_text bytes = {0};
  shapes s = {.sheet = sheet, .g = mj_geom_view(g), .closed = g->kind == MJ_GEOM_POLYGON, .units = units};
  s.g.x = lon_deg;
  s.g.y = lat_deg;
  s.list = malloc(((size_t)g->verts + (size_t)sheet->n + 1) * sizeof *s.list); /* no list is longer */
  mj_text_format(out, "{\"kind\":\"%s\",\"s\":%.0f,\"arrays\":[", kind[g->kind], units);
  for (int what = PARTS; what < ARRAYS && s.list; what++) {
    s.n = s.last = 0;
    for (int64_t i = 0; i < sheet->n; i++) put_row(&s, sheet->rows ? sheet->rows[i] : i, what);
    mj_text_format(out, "%s{\"n\":%lld", what ? "," : "", (long long)s.n);
    mj_html_planes(s.list, s.n, out, &bytes);
    mj_text_add(out, "}");
  }
  mj_text_put(out, "]}", 3); /* with the NUL */
  mj_text_put(out, bytes.n ? bytes.data : "", bytes.n);
  bool ok = s.list && !bytes.failed && !out->failed;
  free(s.list);
  mj_text_reset(&bytes);
  return ok ? MJ_OK : mj_fail(err, MJ_ENOMEM, "out of memory");
}
