/** @file shape.h  Rows of polygons written as text, for tests: "x y,x y,..." is a ring (closed for you), ';' starts a
 * hole, '|' a part. */
#ifndef TEST_GEOM_SHAPE_H
#define TEST_GEOM_SHAPE_H
#include <CUnit/CUnit.h>
#include <stdlib.h>

#include "mujun/geom.h"

enum { SHAPE_VERTS = 4000 };

static inline void shape_ring(mj_geom *geom, const char **text) {
  double x[SHAPE_VERTS], y[SHAPE_VERTS];
  int32_t n = 0;
  for (const char *at = *text; n + 1 < SHAPE_VERTS; n++) {
    char *end;
    x[n] = strtod(at, &end);
    y[n] = strtod(end, &end);
    *text = at = end;
    if (*at != ',') break;
    at++;
  }
  n++;
  if (x[0] != x[n - 1] || y[0] != y[n - 1]) {
    x[n] = x[0];
    y[n++] = y[0];
  }
  CU_ASSERT_EQUAL_FATAL(mj_geom_push_ring(geom, n, x, y), MJ_OK);
}

/** Append one row; "" is an empty one. */
static inline void shape_row(mj_geom *geom, const char *text) {
  while (*text) {
    shape_ring(geom, &text);
    if (*text == '|' || !*text) CU_ASSERT_EQUAL_FATAL(mj_geom_end_part(geom), MJ_OK);
    if (*text) text++;
  }
  CU_ASSERT_EQUAL_FATAL(mj_geom_end_row(geom), MJ_OK);
}

/** Pseudo-random in [0, 1): the same on every machine. */
static inline double shape_random(uint64_t *seed) {
  *seed = *seed * 6364136223846793005u + 1442695040888963407u;
  return (double)(*seed >> 11) / 9007199254740992.0;
}
#endif
