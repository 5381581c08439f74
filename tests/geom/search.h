/** @file search.h  The best packing of a rectangle or an L by search: every filling of the normal positions, cut off
 * where the ground that is left cannot beat the best. Lengths in tenths of a metre. */
#ifndef TEST_GEOM_SEARCH_H
#define TEST_GEOM_SEARCH_H
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "geom/shelf.h"

enum { SEARCH_NODES = 3000000, SEARCH_LENGTH = 4000, SEARCH_MOST = 32 };

typedef struct {
  int x, y, w, h;
} search_rect;

/** A box w x h without the box from (notch_x, notch_y) to its upper right corner. Every length is a gap longer, and so
 * are the rectangles: then they may touch. */
typedef struct {
  int w, h, notch_x, notch_y, n_kinds;
  search_rect kind[2 * MJ_SHELF_SIZES]; /* w and h */
  int area[2 * MJ_SHELF_SIZES];
  int xs[SEARCH_LENGTH], ys[SEARCH_LENGTH], nx, ny;
  double density; /* the greatest area per ground taken */
  search_rect placed[SEARCH_MOST];
  long best, nodes;
} search;

/* Sums of sides: whatever is packed can be pushed left and down until each rectangle stands at one. */
static inline int search_sums(const search *s, int length, bool across, int *out) {
  static char can[SEARCH_LENGTH];
  int n = 0;
  memset(can, 0, sizeof can);
  can[0] = 1;
  for (int v = 0; v < length; v++) {
    if (!can[v]) continue;
    out[n++] = v;
    for (int k = 0; k < s->n_kinds; k++) {
      int to = v + (across ? s->kind[k].w : s->kind[k].h);
      if (to < length) can[to] = 1;
    }
  }
  return n;
}

/* Ground at and above height y that none of the first n rectangles takes. */
static inline double search_left(const search *s, int y, int n) {
  int low = y < s->notch_y ? s->notch_y - y : 0, from = y > s->notch_y ? y : s->notch_y;
  double left = (double)s->w * low + (double)s->notch_x * (s->h - from);
  for (int i = 0; i < n; i++) {
    int top = s->placed[i].y + s->placed[i].h, foot = s->placed[i].y > y ? s->placed[i].y : y;
    if (top > foot) left -= (double)s->placed[i].w * (top - foot);
  }
  return left;
}

static inline bool search_fits(const search *s, const search_rect *r, int n) {
  if (r->x + r->w > s->w || r->y + r->h > s->h) return false;
  if (r->x + r->w > s->notch_x && r->y + r->h > s->notch_y) return false;
  for (int i = 0; i < n; i++) {
    const search_rect *o = &s->placed[i];
    if (o->x < r->x + r->w && r->x < o->x + o->w && o->y < r->y + r->h && r->y < o->y + o->h) return false;
  }
  return true;
}

/* Rectangles in the order of their lower left corners, from below and from the left. */
static inline void search_on(search *s, int from, int n, long area) {
  if (area > s->best) s->best = area;
  for (int p = from; p < s->nx * s->ny && n < SEARCH_MOST; p++) {
    int x = s->xs[p % s->nx], y = s->ys[p / s->nx];
    if ((p == from || p % s->nx == 0) && area + s->density * search_left(s, y, n) <= s->best) return;
    for (int k = 0; k < s->n_kinds && s->nodes < SEARCH_NODES; k++) {
      search_rect r = {x, y, s->kind[k].w, s->kind[k].h};
      if (!search_fits(s, &r, n)) continue;
      s->nodes++;
      s->placed[n] = r;
      search_on(s, p + 1, n + 1, area + s->area[k]);
    }
  }
}

/** The greatest area, in square tenths of a metre; -1 where the search does not end. No notch: notch_x = w, notch_y =
 * h.
 */
static inline long search_best(search *s, int w, int h, int notch_x, int notch_y, int gap, const mj_rect_size *size,
                               int n) {
  s->w = w + gap, s->h = h + gap, s->notch_x = notch_x + gap, s->notch_y = notch_y + gap;
  s->n_kinds = 0;
  s->density = 0;
  for (int i = n - 1; i >= 0; i--) {
    int d = size[i].depth_dm, l = size[i].length_dm, a = d * l;
    s->area[s->n_kinds] = s->area[s->n_kinds + 1] = a;
    s->kind[s->n_kinds++] = (search_rect){0, 0, d + gap, l + gap};
    s->kind[s->n_kinds++] = (search_rect){0, 0, l + gap, d + gap};
    double density = (double)a / ((d + gap) * (l + gap));
    if (density > s->density) s->density = density;
  }
  s->nx = search_sums(s, s->w, true, s->xs);
  s->ny = search_sums(s, s->h, false, s->ys);
  s->best = s->nodes = 0;
  search_on(s, 0, 0, 0);
  return s->nodes < SEARCH_NODES ? s->best : -1;
}
#endif
