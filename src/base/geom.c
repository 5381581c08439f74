#include "mujun/geom.h"

#include <limits.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

static const int32_t no_offsets[1] = {0};

mj_polys mj_geom_view(const mj_geom *geom) {
  return (mj_polys){.n = geom->n,
                    .part0 = geom->part0 ? geom->part0 : no_offsets,
                    .ring0 = geom->ring0 ? geom->ring0 : no_offsets,
                    .vert0 = geom->vert0 ? geom->vert0 : no_offsets,
                    .x = geom->x,
                    .y = geom->y};
}

/* The capacity after growth to hold @p need: doubled, but never past @p limit; 0 when need is past it. */
static int64_t grown(int64_t cap, int64_t need, int64_t limit) {
  if (need > limit) return 0;
  int64_t twice = cap > limit / 2 ? limit : cap * 2;
  if (twice < 16) twice = 16;
  return need > twice ? need : twice;
}

/* Offsets have one entry more than what they count; a fresh array starts with 0. */
static bool grow_offsets(int32_t **offsets, int64_t cap) {
  int32_t *bigger = realloc(*offsets, ((size_t)cap + 1) * sizeof **offsets);
  if (!bigger) return false;
  if (!*offsets) bigger[0] = 0;
  *offsets = bigger;
  return true;
}

static bool grow_doubles(double **values, int64_t cap) {
  double *bigger = realloc(*values, (size_t)cap * sizeof **values);
  if (!bigger) return false;
  *values = bigger;
  return true;
}

/* Room for so many more rows, parts, rings and vertices, so that what follows cannot fail halfway. */
static mj_status reserve(mj_geom *g, int64_t rows, int64_t parts, int64_t rings, int64_t verts) {
  int64_t cap;
  if (!g->part0 || rows > g->cap_rows - g->n) {
    cap = grown(g->cap_rows, g->n + rows, INT64_MAX / 16);
    if (!cap || !grow_offsets(&g->part0, cap)) return MJ_ENOMEM;
    g->cap_rows = cap;
  }
  if (!g->ring0 || parts > g->cap_parts - g->parts) {
    cap = grown(g->cap_parts, g->parts + parts, INT32_MAX - 1);
    if (!cap || !grow_offsets(&g->ring0, cap)) return MJ_ENOMEM;
    g->cap_parts = (int32_t)cap;
  }
  if (!g->vert0 || rings > g->cap_rings - g->rings) {
    cap = grown(g->cap_rings, g->rings + rings, INT32_MAX - 1);
    if (!cap || !grow_offsets(&g->vert0, cap)) return MJ_ENOMEM;
    g->cap_rings = (int32_t)cap;
  }
  if (verts > g->cap_verts - g->verts) {
    cap = grown(g->cap_verts, g->verts + verts, INT32_MAX - 1);
    if (!cap || !grow_doubles(&g->x, cap) || !grow_doubles(&g->y, cap)) return MJ_ENOMEM;
    g->cap_verts = (int32_t)cap;
  }
  return MJ_OK;
}

mj_status mj_geom_reserve(mj_geom *g, int64_t rows, int64_t parts, int64_t rings, int64_t verts) {
  const int64_t most = INT32_MAX - 1;
  if (rows > INT64_MAX / 16 || parts > most || rings > most || verts > most) return MJ_ENOMEM;
  if (rows > g->cap_rows) {
    if (!grow_offsets(&g->part0, rows)) return MJ_ENOMEM;
    g->cap_rows = rows;
  }
  if (parts > g->cap_parts) {
    if (!grow_offsets(&g->ring0, parts)) return MJ_ENOMEM;
    g->cap_parts = (int32_t)parts;
  }
  if (rings > g->cap_rings) {
    if (!grow_offsets(&g->vert0, rings)) return MJ_ENOMEM;
    g->cap_rings = (int32_t)rings;
  }
  if (verts > g->cap_verts) {
    if (!grow_doubles(&g->x, verts) || !grow_doubles(&g->y, verts)) return MJ_ENOMEM;
    g->cap_verts = (int32_t)verts;
  }
  return MJ_OK;
}

void mj_geom_fit(mj_geom *g) {
  if (g->part0 && grow_offsets(&g->part0, g->n)) g->cap_rows = g->n;
  if (g->ring0 && grow_offsets(&g->ring0, g->parts)) g->cap_parts = g->parts;
  if (g->vert0 && grow_offsets(&g->vert0, g->rings)) g->cap_rings = g->rings;
  if (g->verts && grow_doubles(&g->x, g->verts) && grow_doubles(&g->y, g->verts)) g->cap_verts = g->verts;
}

static void put_ring(mj_geom *g, int32_t n, const double *x, const double *y) {
  if (n > 0) {
    memcpy(g->x + g->verts, x, (size_t)n * sizeof *x);
    memcpy(g->y + g->verts, y, (size_t)n * sizeof *y);
  }
  g->verts += n;
  g->vert0[++g->rings] = g->verts;
}

mj_status mj_geom_push_ring(mj_geom *geom, int32_t n, const double *x, const double *y) {
  if (n < 0) return MJ_EINVAL;
  MJ_TRY(reserve(geom, 0, 0, 1, n));
  put_ring(geom, n, x, y);
  return MJ_OK;
}

mj_status mj_geom_end_part(mj_geom *geom) {
  MJ_TRY(reserve(geom, 0, 1, 0, 0));
  geom->ring0[++geom->parts] = geom->rings;
  return MJ_OK;
}

mj_status mj_geom_end_row(mj_geom *geom) {
  MJ_TRY(reserve(geom, 1, 0, 0, 0));
  geom->part0[++geom->n] = geom->parts;
  return MJ_OK;
}

mj_status mj_geom_push_row(mj_geom *geom, const mj_polys *from, int64_t row) {
  int32_t p0 = from->part0[row], p1 = from->part0[row + 1];
  int32_t r0 = from->ring0[p0], r1 = from->ring0[p1];
  MJ_TRY(reserve(geom, 1, p1 - p0, r1 - r0, (int64_t)from->vert0[r1] - from->vert0[r0]));
  for (int32_t p = p0; p < p1; p++) {
    for (int32_t r = from->ring0[p]; r < from->ring0[p + 1]; r++) {
      int32_t v = from->vert0[r], n = from->vert0[r + 1] - v;
      put_ring(geom, n, n ? from->x + v : NULL, n ? from->y + v : NULL);
    }
    geom->ring0[++geom->parts] = geom->rings;
  }
  geom->part0[++geom->n] = geom->parts;
  return MJ_OK;
}

void mj_geom_reset(mj_geom *geom) {
  free(geom->part0);
  free(geom->ring0);
  free(geom->vert0);
  free(geom->x);
  free(geom->y);
  *geom = (mj_geom){0};
}
