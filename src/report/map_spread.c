#include <math.h>
#include <stdlib.h>

#include "report/map.h"

static int by_place(const void *p, const void *q) {
  const mj_map_spot *a = p, *b = q;
  if (a->x != b->x) return a->x < b->x ? -1 : 1;
  if (a->y != b->y) return a->y < b->y ? -1 : 1;
  return a->vertex - b->vertex;
}

mj_status mj_map_spread(mj_map_layer *layer, double size, mj_arena *arena) {
  mj_geom *g = &layer->shape[MJ_GEOM_POINT];
  mj_map_spot *spot = mj_arena_alloc(arena, (size_t)g->verts + 1, sizeof *spot);
  if (!spot) return MJ_ENOMEM;
  for (int32_t v = 0; v < g->verts; v++) spot[v] = (mj_map_spot){g->x[v], g->y[v], v};
  qsort(spot, (size_t)g->verts, sizeof *spot, by_place);
  for (int32_t first = 0, last; first < g->verts; first = last) {
    for (last = first + 1; last < g->verts && spot[last].x == spot[first].x && spot[last].y == spot[first].y;) last++;
    int n = last - first;
    double turn = 6.283185307179586 / n, r = n > 1 ? size / 2 / sin(turn / 2) : 0; /* neighbours touch */
    for (int i = 0; i < n; i++) {
      g->x[spot[first + i].vertex] += r * sin(i * turn);
      g->y[spot[first + i].vertex] -= r * cos(i * turn);
    }
  }
  return MJ_OK;
}
