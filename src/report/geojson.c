#include <math.h>
#include <string.h>

#include "report/write.h"

/* "\"area_mu\":" written once for all rows. */
typedef struct {
  const char *text;
  size_t n;
} key;

typedef struct {
  const mj_sheet *sheet;
  mj_polys polys; /* offsets of the table, longitude and latitude */
  int decimals;
  key *keys;
} geojson;

static void put_text(mj_text *out, const char *value) {
  size_t n = 0;
  for (const unsigned char *p = (const unsigned char *)value; *p >= 0x20 && *p < 0x7f && *p != '"' && *p != '\\'; p++)
    n++;
  if (value[n]) {
    mj_text_json(out, value);
    return;
  }
  char *at = mj_text_room(out, n + 2);
  if (!at) return;
  at[0] = '"';
  memcpy(at + 1, value, n);
  at[n + 1] = '"';
  out->n += n + 2;
}

static void put_date(mj_text *out, int32_t date) {
  char text[11];
  mj_date_format(date, text);
  put_text(out, text);
}

static void put_null(mj_text *out) { mj_text_put(out, "null", 4); }

static void put_value(const mj_out_column *column, int64_t row, mj_text *out) {
  const mj_column *c = column->column;
  char *at = mj_text_room(out, 40);
  if (!at) return;
  switch (c->type) {
    case MJ_F64:
      out->n += (size_t)mj_double_shortest(c->f64[row], at); /* "null" where it is not finite */
      break;
    case MJ_I64:
      if (c->i64[row] == MJ_I64_NULL) put_null(out);
      else out->n += (size_t)mj_int_text(c->i64[row], at);
      break;
    case MJ_TEXT:
      if (c->text[row]) put_text(out, c->text[row]);
      else put_null(out);
      break;
    case MJ_DATE:
      if (c->date[row] != MJ_DATE_NULL) put_date(out, c->date[row]);
      else put_null(out);
      break;
    default:
      if (column->ours || c->tri[row] != MJ_UNKNOWN) put_text(out, mj_tri_code(c->tri[row]));
      else put_null(out);
  }
}

static bool finite_row(const mj_polys *g, int64_t row) {
  int32_t p0 = g->part0[row], p1 = g->part0[row + 1];
  if (p0 == p1) return false;
  for (int32_t v = g->vert0[g->ring0[p0]]; v < g->vert0[g->ring0[p1]]; v++)
    if (!isfinite(g->x[v]) || !isfinite(g->y[v])) return false;
  return true;
}

/* Twice the signed area about the first vertex: positive where the ring runs
 * counter-clockwise. */
static double turn(const mj_polys *g, int32_t first, int32_t last) {
  double x0 = g->x[first], y0 = g->y[first], sum = 0;
  for (int32_t v = first + 1; v + 1 < last; v++)
    sum += (g->x[v] - x0) * (g->y[v + 1] - y0) - (g->x[v + 1] - x0) * (g->y[v] - y0);
  return sum;
}

static void put_ring(const geojson *g, int32_t ring, bool shell, mj_text *out) {
  int32_t first = g->polys.vert0[ring], last = g->polys.vert0[ring + 1], n = last - first;
  double area = turn(&g->polys, first, last);
  bool back = shell ? area < 0 : area > 0;
  char *start = mj_text_room(out, (size_t)n * 66 + 2), *at = start;
  if (!start) return;
  *at++ = '[';
  for (int32_t k = 0; k < n; k++) {
    int32_t v = back ? last - 1 - k : first + k;
    if (k) *at++ = ',';
    *at++ = '[';
    at += mj_double_coord(g->polys.x[v], g->decimals, at);
    *at++ = ',';
    at += mj_double_coord(g->polys.y[v], g->decimals, at);
    *at++ = ']';
  }
  *at++ = ']';
  out->n += (size_t)(at - start);
}

/* A row of points has one part of one ring of one vertex. */
static void put_point(const geojson *g, int64_t row, mj_text *out) {
  int32_t v = g->polys.vert0[g->polys.ring0[g->polys.part0[row]]];
  mj_text_add(out, "{\"type\":\"Point\",\"coordinates\":[");
  char *start = mj_text_room(out, 66), *at = start;
  if (!start) return;
  at += mj_double_coord(g->polys.x[v], g->decimals, at);
  *at++ = ',';
  at += mj_double_coord(g->polys.y[v], g->decimals, at);
  out->n += (size_t)(at - start);
  mj_text_put(out, "]}", 2);
}

static void put_shape(const geojson *g, int64_t row, mj_text *out) {
  if (!finite_row(&g->polys, row)) {
    mj_text_add(out, "null");
    return;
  }
  if (g->sheet->table->geom.kind == MJ_GEOM_POINT) {
    put_point(g, row, out);
    return;
  }
  mj_text_add(out, "{\"type\":\"MultiPolygon\",\"coordinates\":[");
  for (int32_t p = g->polys.part0[row]; p < g->polys.part0[row + 1]; p++) {
    mj_text_add(out, p == g->polys.part0[row] ? "[" : ",[");
    for (int32_t r = g->polys.ring0[p]; r < g->polys.ring0[p + 1]; r++) {
      if (r > g->polys.ring0[p]) mj_text_put(out, ",", 1);
      put_ring(g, r, r == g->polys.ring0[p], out);
    }
    mj_text_put(out, "]", 1);
  }
  mj_text_add(out, "]}");
}

static mj_status put_row(const void *ctx, int64_t i, mj_text *out, mj_text *scratch) {
  const geojson *g = ctx;
  int64_t row = g->sheet->rows ? g->sheet->rows[i] : i;
  mj_sheet_ahead(g->sheet, i);
  (void)scratch;
  mj_text_add(out, "{\"type\":\"Feature\",\"properties\":{");
  for (int c = 0; c < g->sheet->n_columns; c++) {
    mj_text_put(out, g->keys[c].text + !c, g->keys[c].n - !c); /* the first goes without its comma */
    put_value(&g->sheet->columns[c], row, out);
  }
  mj_text_add(out, "},\"geometry\":");
  put_shape(g, row, out);
  mj_text_put(out, "}", 1);
  return out->failed ? MJ_ENOMEM : MJ_OK;
}

static bool make_keys(geojson *g, mj_arena *arena) {
  mj_text t = {0};
  g->keys = mj_arena_alloc(arena, (size_t)g->sheet->n_columns + 1, sizeof *g->keys);
  bool ok = g->keys != NULL;
  for (int c = 0; ok && c < g->sheet->n_columns; c++) {
    t.n = 0;
    mj_text_put(&t, ",", 1);
    mj_text_json(&t, g->sheet->columns[c].name);
    mj_text_put(&t, ":", 1);
    g->keys[c].text = t.failed ? NULL : mj_arena_text(arena, t.data, t.n);
    g->keys[c].n = t.n;
    ok = g->keys[c].text != NULL;
  }
  mj_text_reset(&t);
  return ok;
}

static mj_status put_head(mj_sink *sink, const char *name, mj_error *err) {
  mj_text head = {0};
  mj_text_add(&head, "{\"type\":\"FeatureCollection\",\"name\":");
  mj_text_json(&head, name);
  mj_text_add(&head, ",\"features\":[\n");
  mj_status s = head.failed ? mj_fail(err, MJ_ENOMEM, "out of memory") : mj_sink_put(sink, head.data, head.n, err);
  mj_text_reset(&head);
  return s;
}

mj_status mj_geojson_write(mj_sink *sink, const mj_sheet *sheet, const mj_twin *twin, const double *lon_deg,
                           const double *lat_deg, int decimals, int threads, mj_error *err) {
  static const char end[] = "\n]}\n";
  mj_arena arena = {.page_size = 16384};
  geojson g = {.sheet = sheet, .polys = mj_geom_view(&sheet->table->geom), .decimals = decimals};
  mj_also also = twin ? (mj_also){twin->sink, twin->sheet->rows, twin->sheet->n} : (mj_also){0};
  g.polys.x = lon_deg;
  g.polys.y = lat_deg;
  mj_status s = make_keys(&g, &arena) ? put_head(sink, sheet->name, err) : mj_fail(err, MJ_ENOMEM, "out of memory");
  if (!s && twin) s = put_head(twin->sink, twin->sheet->name, err);
  if (!s) s = mj_sink_rows(sink, sheet->n, threads, ",\n", put_row, &g, twin ? &also : NULL, err);
  if (!s) s = mj_sink_put(sink, end, sizeof end - 1, err);
  if (!s && twin) s = mj_sink_put(twin->sink, end, sizeof end - 1, err);
  mj_arena_reset(&arena);
  return s;
}
