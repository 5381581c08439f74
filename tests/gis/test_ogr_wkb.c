#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "gis/ogr_wkb.h"
#include "test.h"

/* A writer of well-known binary in either byte order. */
typedef struct {
  unsigned char bytes[2048];
  size_t n;
  bool big;
} writer;

static void put(writer *w, const void *value, size_t n) {
  const unsigned char *v = value;
  for (size_t i = 0; i < n; i++) w->bytes[w->n++] = w->big ? v[n - 1 - i] : v[i];
}

static void put_u32(writer *w, uint32_t v) { put(w, &v, 4); }
static void put_f64(writer *w, double v) { put(w, &v, 8); }

static void put_head(writer *w, uint32_t type) {
  w->bytes[w->n++] = !w->big;
  put_u32(w, type);
}

/* n vertices of dims numbers: x, y, then 99 for what must be dropped. */
static void put_vertices(writer *w, int n, const double *xy, int dims) {
  put_u32(w, (uint32_t)n);
  for (int v = 0; v < n; v++) {
    put_f64(w, xy[2 * v]);
    put_f64(w, xy[2 * v + 1]);
    for (int d = 2; d < dims; d++) put_f64(w, 99);
  }
}

static const double square[] = {0, 0, 4, 0, 4, 4, 0, 4, 0, 0}, hole[] = {1, 1, 1, 2, 2, 2, 1, 1};

static void put_polygon(writer *w, uint32_t type, int dims) {
  put_head(w, type);
  put_u32(w, 2);
  put_vertices(w, 5, square, dims);
  put_vertices(w, 4, hole, dims);
}

static mj_shape_state push(mj_shapes *shapes, const writer *w) {
  mj_shape_state state;
  unsigned kinds, type;
  unsigned char *exact = malloc(w->n ? w->n : 1); /* so that the sanitizer sees a read past the end */
  memcpy(exact, w->bytes, w->n);
  CU_ASSERT_EQUAL(mj_shapes_push(shapes, exact, w->n, &state, &kinds, &type), MJ_OK);
  free(exact);
  return state;
}

static void polygons_of_every_code_and_byte_order_give_the_same_rings(void) {
  static const struct {
    uint32_t type;
    int dims;
  } codes[] = {{3, 2}, {1003, 3}, {2003, 3}, {3003, 4}, {0x80000003U, 3}, {0x40000003U, 3}, {0xC0000003U, 4}, {17, 2}};
  for (size_t i = 0; i < 2 * sizeof codes / sizeof *codes; i++) {
    mj_shapes shapes = {.wanted = {[MJ_GEOM_POLYGON] = true}};
    writer w = {.big = i % 2};
    put_polygon(&w, codes[i / 2].type, codes[i / 2].dims);
    CU_ASSERT_EQUAL(push(&shapes, &w), MJ_SHAPE_FILLED);
    mj_geom *g = &shapes.geom[MJ_GEOM_POLYGON];
    CU_ASSERT_EQUAL(g->n, 1);
    CU_ASSERT_EQUAL(g->parts, 1);
    CU_ASSERT_EQUAL(g->rings, 2);
    CU_ASSERT_EQUAL(g->verts, 9);
    CU_ASSERT_EQUAL(g->x[2], 4);
    CU_ASSERT_EQUAL(g->y[7], 2);
    mj_shapes_reset(&shapes);
  }
}

static void an_srid_is_passed_over(void) {
  mj_shapes shapes = {.wanted = {[MJ_GEOM_POINT] = true}};
  writer w = {0};
  put_head(&w, 0x20000001U);
  put_u32(&w, 4549);
  put_f64(&w, 7);
  put_f64(&w, 8);
  CU_ASSERT_EQUAL(push(&shapes, &w), MJ_SHAPE_FILLED);
  CU_ASSERT_EQUAL(shapes.geom[MJ_GEOM_POINT].x[0], 7);
  CU_ASSERT_EQUAL(shapes.geom[MJ_GEOM_POINT].y[0], 8);
  mj_shapes_reset(&shapes);
}

static void open_rings_are_closed_and_repeated_vertices_stay(void) {
  static const double open[] = {0, 0, 4, 0, 4, 0, 4, 4};
  mj_shapes shapes = {.wanted = {[MJ_GEOM_POLYGON] = true}};
  writer w = {0};
  put_head(&w, 3);
  put_u32(&w, 1);
  put_vertices(&w, 4, open, 2);
  CU_ASSERT_EQUAL(push(&shapes, &w), MJ_SHAPE_FILLED);
  CU_ASSERT_EQUAL(shapes.geom[MJ_GEOM_POLYGON].verts, 5);
  CU_ASSERT_EQUAL(shapes.geom[MJ_GEOM_POLYGON].x[4], 0);
  CU_ASSERT_EQUAL(shapes.geom[MJ_GEOM_POLYGON].y[4], 0);
  mj_shapes_reset(&shapes);
}

static void members_of_a_collection_go_to_the_kinds_they_are_of(void) {
  mj_shapes shapes = {.wanted = {false, true, true, true}};
  writer w = {0};
  put_head(&w, 7);
  put_u32(&w, 3);
  put_polygon(&w, 3, 2);
  put_head(&w, 1);
  put_f64(&w, 5);
  put_f64(&w, 6);
  put_head(&w, 6);
  put_u32(&w, 1);
  put_polygon(&w, 3, 2);
  CU_ASSERT_EQUAL(push(&shapes, &w), MJ_SHAPE_FILLED);
  CU_ASSERT_EQUAL(shapes.geom[MJ_GEOM_POLYGON].parts, 2);
  CU_ASSERT_EQUAL(shapes.geom[MJ_GEOM_POINT].parts, 1);
  CU_ASSERT_EQUAL(shapes.geom[MJ_GEOM_LINE].parts, 0);
  CU_ASSERT_EQUAL(shapes.geom[MJ_GEOM_LINE].n, 1);
  mj_shapes_reset(&shapes);
}

/* Each leaves an empty row and nothing of the rings before the fault. */
static void rows_that_cannot_be_used_are_empty_and_say_why(void) {
  static const double inf_ring[] = {0, 0, 4, 0, INFINITY, 4, 0, 0}, nan_ring[] = {0, 0, NAN, 0, 4, 4, 0, 0};
  mj_shapes shapes = {.wanted = {[MJ_GEOM_POLYGON] = true}};
  writer w = {0};
  put_head(&w, 3);
  put_u32(&w, 2);
  put_vertices(&w, 5, square, 2);
  put_vertices(&w, 4, inf_ring, 2);
  CU_ASSERT_EQUAL(push(&shapes, &w), MJ_SHAPE_NOT_FINITE);
  w = (writer){0};
  put_head(&w, 3);
  put_u32(&w, 1);
  put_vertices(&w, 4, nan_ring, 2);
  CU_ASSERT_EQUAL(push(&shapes, &w), MJ_SHAPE_NOT_FINITE);
  w = (writer){0};
  put_head(&w, 3);
  put_u32(&w, 0);
  CU_ASSERT_EQUAL(push(&shapes, &w), MJ_SHAPE_EMPTY);
  w = (writer){0};
  put_head(&w, 2);
  put_vertices(&w, 2, square, 2);
  CU_ASSERT_EQUAL(push(&shapes, &w), MJ_SHAPE_OTHER);
  w = (writer){0};
  put_head(&w, 10);
  put_u32(&w, 0);
  CU_ASSERT_EQUAL(push(&shapes, &w), MJ_SHAPE_CURVED);
  CU_ASSERT_EQUAL(shapes.geom[MJ_GEOM_POLYGON].n, 5);
  CU_ASSERT_EQUAL(shapes.geom[MJ_GEOM_POLYGON].verts, 0);
  CU_ASSERT_EQUAL(shapes.geom[MJ_GEOM_POLYGON].rings, 0);
  mj_shapes_reset(&shapes);
}

static void point_empty_is_empty(void) {
  mj_shapes shapes = {.wanted = {[MJ_GEOM_POINT] = true}};
  writer w = {0};
  put_head(&w, 1);
  put_f64(&w, NAN);
  put_f64(&w, NAN);
  CU_ASSERT_EQUAL(push(&shapes, &w), MJ_SHAPE_EMPTY);
  mj_shapes_reset(&shapes);
}

static void counts_beyond_the_bytes_are_broken(void) {
  mj_shapes shapes = {.wanted = {false, true, true, true}};
  static const uint32_t types[] = {2, 3, 4, 5, 6, 7, 15, 16, 17};
  for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
    writer w = {0};
    put_head(&w, types[i]);
    put_u32(&w, 0xFFFFFFFFU);
    CU_ASSERT_EQUAL(push(&shapes, &w), MJ_SHAPE_BROKEN);
  }
  writer w = {0};
  put_head(&w, 3);
  put_u32(&w, 1);
  put_u32(&w, 0x10000001U); /* times 16 wraps to 16 in 32 bits */
  put_f64(&w, 1);
  put_f64(&w, 2);
  CU_ASSERT_EQUAL(push(&shapes, &w), MJ_SHAPE_BROKEN);
  mj_shapes_reset(&shapes);
}

static void nesting_without_end_is_broken(void) {
  mj_shapes shapes = {.wanted = {[MJ_GEOM_POLYGON] = true}};
  writer w = {0};
  for (int i = 0; i < 200; i++) {
    put_head(&w, 7);
    put_u32(&w, 1);
  }
  put_polygon(&w, 3, 2);
  CU_ASSERT_EQUAL(push(&shapes, &w), MJ_SHAPE_BROKEN);
  mj_shapes_reset(&shapes);
}

static uint32_t next_random(uint32_t *seed) {
  *seed ^= *seed << 13;
  *seed ^= *seed >> 17;
  return *seed ^= *seed << 5;
}

/* Offsets stay in step and every pushed value finite, whatever the bytes. */
static void damaged_bytes_never_leave_a_damaged_column(void) {
  mj_shapes shapes = {.wanted = {false, true, true, true}};
  writer whole = {0};
  put_head(&whole, 7);
  put_u32(&whole, 2);
  put_polygon(&whole, 1003, 3);
  put_head(&whole, 5);
  put_u32(&whole, 1);
  put_head(&whole, 2);
  put_vertices(&whole, 5, square, 2);
  uint32_t seed = 2463534242U;
  for (int round = 0; round < 20000; round++) {
    writer w = whole;
    for (uint32_t k = next_random(&seed) % 6; k > 0; k--)
      w.bytes[next_random(&seed) % w.n] = (unsigned char)next_random(&seed);
    if (next_random(&seed) % 3 == 0) w.n = next_random(&seed) % (w.n + 1);
    push(&shapes, &w);
  }
  for (int kind = MJ_GEOM_POINT; kind <= MJ_GEOM_POLYGON; kind++) {
    mj_geom *g = &shapes.geom[kind];
    bool finite = true;
    for (int32_t v = 0; v < g->verts; v++) finite &= isfinite(g->x[v]) && isfinite(g->y[v]);
    CU_ASSERT_TRUE(finite);
    CU_ASSERT_EQUAL(g->n, 20000);
    CU_ASSERT_EQUAL(g->part0[g->n], g->parts);
    CU_ASSERT_TRUE(!g->parts || g->ring0[g->parts] == g->rings);
    CU_ASSERT_TRUE(!g->rings || g->vert0[g->rings] == g->verts);
  }
  mj_shapes_reset(&shapes);
}

SUITE_OF(ogr_wkb, T(polygons_of_every_code_and_byte_order_give_the_same_rings), T(an_srid_is_passed_over),
         T(open_rings_are_closed_and_repeated_vertices_stay), T(members_of_a_collection_go_to_the_kinds_they_are_of),
         T(rows_that_cannot_be_used_are_empty_and_say_why), T(point_empty_is_empty),
         T(counts_beyond_the_bytes_are_broken), T(nesting_without_end_is_broken),
         T(damaged_bytes_never_leave_a_damaged_column));
