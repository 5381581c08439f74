#include "geom/clip.h"

#include <math.h>
#include <stdlib.h>

#include "base/parallel.h"
#include "geom/meet.h"
#include "geom/ring.h"

/* 8 units of rounding: of the terms of the sum, and of each crossing point against the rows' extent (see meet.h). */
static const double NOISE = 8.8817841970012523e-16;

/* Boxes of rows from those of their rings, and the areas of rings. */
static mj_status prepare_range(void *ctx, int64_t first, int64_t last, int worker) {
  mj_clip_side *side = ctx;
  const mj_polys *g = &side->edges.polys;
  (void)worker;
  for (int64_t i = first; i < last; i++) {
    mj_box b = {(double)INFINITY, (double)INFINITY, -(double)INFINITY, -(double)INFINITY};
    for (int32_t r = g->ring0[g->part0[i]]; r < g->ring0[g->part0[i + 1]]; r++) {
      const mj_box *ring = &side->edges.ring_box[r];
      if (ring->xmin < b.xmin) b.xmin = ring->xmin;
      if (ring->xmax > b.xmax) b.xmax = ring->xmax;
      if (ring->ymin < b.ymin) b.ymin = ring->ymin;
      if (ring->ymax > b.ymax) b.ymax = ring->ymax;
      side->ring_area[r] = mj_ring_area(g->vert0[r + 1] - g->vert0[r], g->x + g->vert0[r], g->y + g->vert0[r]);
    }
    side->box[i] = b;
  }
  return MJ_OK;
}

mj_status mj_clip_prepare(const mj_polys *polys, int threads, mj_clip_side *side) {
  enum { ROWS_A_CHUNK = 4096 };
  *side = (mj_clip_side){0};
  int32_t n_rings = polys->ring0[polys->part0[polys->n]];
  const int32_t *vert0 = polys->vert0;
  MJ_TRY(mj_edges_build(polys, threads, &side->edges));
  side->box = malloc(((size_t)polys->n + 1) * sizeof *side->box);
  side->ring_area = malloc(((size_t)n_rings + 1) * sizeof *side->ring_area);
  if (!side->box || !side->ring_area) {
    mj_clip_reset(side);
    return MJ_ENOMEM;
  }
  for (int64_t i = 0; i < polys->n; i++) {
    int32_t n = vert0[polys->ring0[polys->part0[i + 1]]] - vert0[polys->ring0[polys->part0[i]]];
    if (n > side->max_verts) side->max_verts = n;
  }
  return mj_parallel(threads, polys->n, ROWS_A_CHUNK, prepare_range, side);
}

void mj_clip_reset(mj_clip_side *side) {
  mj_edges_reset(&side->edges);
  free(side->box);
  free(side->ring_area);
  *side = (mj_clip_side){0};
}

mj_status mj_clip_scratch_init(const mj_clip_side *a, const mj_clip_side *b, mj_clip_scratch *s) {
  *s = (mj_clip_scratch){0};
  size_t na = (size_t)a->max_verts + 1, nb = (size_t)b->max_verts + 1;
  s->near_a = malloc(na * sizeof *s->near_a);
  s->near_b = malloc(nb * sizeof *s->near_b);
  s->span_a = malloc(na * sizeof(mj_span));
  s->span_b = malloc(nb * sizeof(mj_span));
  if (s->near_a && s->near_b && s->span_a && s->span_b) return MJ_OK;
  mj_clip_scratch_reset(s);
  return MJ_ENOMEM;
}

void mj_clip_scratch_reset(mj_clip_scratch *s) {
  free(s->near_a);
  free(s->near_b);
  free(s->span_a);
  free(s->span_b);
  mj_meetings_reset(&s->met);
  *s = (mj_clip_scratch){0};
}

/* A row of one column against a row of the other. */
typedef struct {
  const mj_clip_side *own, *other;
  int64_t row, other_row;
  double ox, oy; /* areas are taken about this point */
  int nudge;     /* of own points as the other row sees them */
  double terms;  /* sum of the sizes of what was added: how much rounding there may be */
  bool closes;
} view;

/* 1 when the interior of the row lies left of ring r as stored, -1 when right. */
static int turn_of(const mj_clip_side *side, int32_t r, bool shell) {
  return (side->ring_area[r] < 0) == shell ? -1 : 1;
}

/* The turn of the other row's ring that holds edge w. */
static int other_turn(const view *u, int32_t w) {
  const mj_polys *g = &u->other->edges.polys;
  for (int32_t p = g->part0[u->other_row]; p < g->part0[u->other_row + 1]; p++)
    for (int32_t r = g->ring0[p]; r < g->ring0[p + 1]; r++)
      if (w < g->vert0[r + 1]) return turn_of(u->other, r, r == g->ring0[p]);
  return 1; /* not reached: w is an edge of the row */
}

static double swept(view *u, double x, double y, double nx, double ny) {
  u->terms += fabs(x * ny) + fabs(nx * y);
  return x * ny - nx * y;
}

/*
 * Twice the area swept from the origin by the pieces of a ring inside the other row, which it crosses n times. Each
 * crossing counts by its own kind, entering or leaving, so that the order of those on one edge, which rounding could
 * spoil, is not asked for.
 */
static double pieces(view *u, int32_t r, const mj_meeting *m, int64_t n) {
  const mj_polys *g = &u->own->edges.polys;
  int32_t first = g->vert0[r], end = g->vert0[r + 1] - 1;
  bool inside = mj_edges_locate(&u->other->edges, u->other_row, g->x[first], g->y[first], u->nudge), start = inside;
  double sum = 0;
  for (int32_t v = first; v < end; v++) {
    int entries = 0, exits = 0;
    bool any = n && m->v == v;
    if (!any && !inside) continue;
    double x = g->x[v] - u->ox, y = g->y[v] - u->oy;
    for (; n && m->v == v; m++, n--) {
      bool enters = m->side == other_turn(u, m->w);
      double piece = swept(u, x, y, m->x, m->y);
      sum += enters ? -piece : piece;
      entries += enters;
      exits += !enters;
    }
    int after = inside + entries - exits; /* more than one in, or out of the outside: no valid polygons */
    u->closes &= after == 0 || after == 1;
    inside = after > 0;
    if (inside) sum += swept(u, x, y, g->x[v + 1] - u->ox, g->y[v + 1] - u->oy);
  }
  u->closes &= inside == start;
  return sum;
}

static bool within(const mj_box *a, const mj_box *b) {
  return a->xmin >= b->xmin && a->xmax <= b->xmax && a->ymin >= b->ymin && a->ymax <= b->ymax;
}

/* Twice the share of the row's boundary inside the other row. m: its n meetings, by edge. */
static double boundary_inside(view *u, const mj_meeting *m, int64_t n) {
  const mj_polys *g = &u->own->edges.polys;
  double sum = 0;
  for (int32_t p = g->part0[u->row]; p < g->part0[u->row + 1]; p++)
    for (int32_t r = g->ring0[p]; r < g->ring0[p + 1]; r++) {
      int64_t here = 0;
      int turn = turn_of(u->own, r, r == g->ring0[p]);
      int32_t v = g->vert0[r];
      while (here < n && m[here].v < g->vert0[r + 1]) here++;
      if (here) {
        sum += turn * pieces(u, r, m, here);
        m += here;
        n -= here;
      } else if (g->vert0[r + 1] - v >= 4 && within(&u->own->edges.ring_box[r], &u->other->box[u->other_row]) &&
                 mj_edges_locate(&u->other->edges, u->other_row, g->x[v], g->y[v], u->nudge)) {
        sum += turn * 2 * u->own->ring_area[r]; /* a ring that crosses nothing is inside whole or not at all */
        u->terms += fabs(2 * u->own->ring_area[r]);
      }
    }
  return sum;
}

static double extent(const mj_box *a, const mj_box *b) {
  double w = fmax(a->xmax, b->xmax) - fmin(a->xmin, b->xmin), h = fmax(a->ymax, b->ymax) - fmin(a->ymin, b->ymin);
  return w > h ? w : h;
}

mj_status mj_clip_area(const mj_clip_side *a, int64_t i, const mj_clip_side *b, int64_t j, mj_clip_scratch *s,
                       double *area) {
  const mj_box *p = &a->box[i], *q = &b->box[j];
  mj_box common = {fmax(p->xmin, q->xmin), fmax(p->ymin, q->ymin), fmin(p->xmax, q->xmax), fmin(p->ymax, q->ymax)};
  s->met.n = 0;
  s->met.ox = common.xmin;
  s->met.oy = common.ymin;
  int32_t na = mj_edges_near(&a->edges, i, &common, s->near_a);
  int32_t nb = na ? mj_edges_near(&b->edges, j, &common, s->near_b) : 0;
  mj_edge_list la = {&a->edges.polys, s->near_a, na, s->span_a}, lb = {&b->edges.polys, s->near_b, nb, s->span_b};
  MJ_TRY(mj_meet_lists(&la, &lb, &s->met));
  view of_a = {a, b, i, j, common.xmin, common.ymin, -1, 0, true};
  view of_b = {b, a, j, i, common.xmin, common.ymin, 1, 0, true};
  double twice = boundary_inside(&of_a, s->met.on_a, s->met.n) + boundary_inside(&of_b, s->met.on_b, s->met.n);
  double reach = s->met.n ? extent(p, q) : 0;
  double doubt = NOISE * (of_a.terms + of_b.terms + (double)s->met.n * reach * reach);
  if (!of_a.closes || !of_b.closes || twice < -doubt) *area = (double)NAN;
  else *area = twice > doubt ? twice / 2 : 0;
  return MJ_OK;
}
