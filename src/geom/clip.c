#include "geom/clip.h"

#include <math.h>
#include <stdlib.h>

#include "geom/meet.h"
#include "geom/ring.h"

mj_status mj_clip_prepare(const mj_polys *polys, mj_clip_side *side) {
  *side = (mj_clip_side){0};
  int32_t n_rings = polys->ring0[polys->part0[polys->n]];
  MJ_TRY(mj_edges_build(polys, &side->edges));
  side->box = malloc(((size_t)polys->n + 1) * sizeof *side->box);
  side->ring_area = malloc(((size_t)n_rings + 1) * sizeof *side->ring_area);
  if (!side->box || !side->ring_area) {
    mj_clip_reset(side);
    return MJ_ENOMEM;
  }
  mj_geom_boxes(polys, side->box);
  const int32_t *vert0 = polys->vert0;
  for (int32_t r = 0; r < n_rings; r++)
    side->ring_area[r] = mj_ring_area(vert0[r + 1] - vert0[r], polys->x + vert0[r], polys->y + vert0[r]);
  for (int64_t i = 0; i < polys->n; i++) {
    int32_t n = vert0[polys->ring0[polys->part0[i + 1]]] - vert0[polys->ring0[polys->part0[i]]];
    if (n > side->max_verts) side->max_verts = n;
  }
  return MJ_OK;
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

/* Where a piece of boundary runs as seen from the other row: its own boundary counts as SAME or OPPOSITE by the side of
 * the interiors. */
typedef enum { OUT, IN, SAME, OPPOSITE, LOST } place;

/* A row of one column against a row of the other. */
typedef struct {
  const mj_clip_side *own, *other;
  int64_t row, other_row;
  double ox, oy;   /* areas are taken about this point */
  bool takes_same; /* boundary that runs along the other's is counted on one side only */
} view;

/* 1 when the interior of the row lies left of ring r as stored, -1 when right. */
static int turn_of(const mj_clip_side *side, int32_t r, bool shell) {
  return (side->ring_area[r] < 0) == shell ? -1 : 1;
}

/* The ring of the other row that holds vertex w, and its turn. */
static int32_t ring_of(const view *u, int32_t w, int *turn) {
  const mj_polys *g = &u->other->edges.polys;
  for (int32_t p = g->part0[u->other_row]; p < g->part0[u->other_row + 1]; p++)
    for (int32_t r = g->ring0[p]; r < g->ring0[p + 1]; r++)
      if (w < g->vert0[r + 1]) {
        *turn = turn_of(u->other, r, r == g->ring0[p]);
        return r;
      }
  return -1; /* not reached: w is a vertex of the row */
}

/*
 * Place of the edge between a vertex shared with the other row (its vertex w) and own vertex c, that is the next one,
 * or where
 * @p arriving the one before. Signs at the corner of the other boundary decide; both are exact points, so none is
 * rounded.
 */
static place at_corner(const view *u, int turn, int32_t c, int32_t w, bool arriving) {
  const mj_polys *g = &u->own->edges.polys, *h = &u->other->edges.polys;
  int other_turn = 1;
  int32_t r = ring_of(u, w, &other_turn), last = h->vert0[r + 1] - 1;
  int32_t before = w == h->vert0[r] ? last - 1 : w - 1, after = w + 1;
  double x = g->x[c], y = g->y[c];
  bool on_before = x == h->x[before] && y == h->y[before], on_after = x == h->x[after] && y == h->y[after];
  if (on_before && on_after) return LOST;
  if (on_before || on_after) return (on_after != arriving) == (turn == other_turn) ? SAME : OPPOSITE;
  if (other_turn < 0) {
    int32_t swap = before;
    before = after;
    after = swap;
  }
  double bx = h->x[before], by = h->y[before], wx = h->x[w], wy = h->y[w], ax = h->x[after], ay = h->y[after];
  int bend = mj_side(bx, by, wx, wy, ax, ay), s = mj_side(bx, by, wx, wy, x, y), t = mj_side(wx, wy, ax, ay, x, y);
  if (s > 0 && t > 0) return IN;
  if (s < 0 && t < 0) return OUT;
  if (bend > 0 && (s < 0 || t < 0)) return OUT;
  if (bend < 0 && (s > 0 || t > 0)) return IN;
  return LOST;
}

static place at_start(const view *u, int32_t v) {
  int inside = mj_edges_locate(&u->other->edges, u->other_row, u->own->edges.polys.x[v], u->own->edges.polys.y[v]);
  return inside < 0 ? LOST : inside ? IN : OUT;
}

/* A point where ring r meets the other row changes the place: at a crossing it turns over, at a shared vertex the
 * corner says. */
static place pass(const view *u, int turn, int32_t r, const mj_meeting *m, place now) {
  if (m->w < 0) return now == IN ? OUT : now == OUT ? IN : LOST;
  const int32_t *vert0 = u->own->edges.polys.vert0;
  int32_t before = m->v == vert0[r] ? vert0[r + 1] - 2 : m->v - 1;
  place came = at_corner(u, turn, before, m->w, true);
  if (came != now) return LOST;
  return at_corner(u, turn, m->v + 1, m->w, false);
}

/* Twice the area swept from the origin by the counted pieces of a ring that meets the other row n times; NaN when they
 * do not close. */
static double pieces(const view *u, int32_t r, int turn, const mj_meeting *m, int64_t n) {
  const mj_polys *g = &u->own->edges.polys;
  int32_t first = g->vert0[r], end = g->vert0[r + 1] - 1;
  bool corner = m->v == first && m->w >= 0;
  place start = corner ? at_corner(u, turn, end - 1, m->w, true) : at_start(u, first), now = start;
  double sum = 0, x = g->x[first] - u->ox, y = g->y[first] - u->oy;
  for (int32_t v = first; v < end; v++) {
    for (; n && m->v == v; m++, n--) {
      double mx = m->x - u->ox, my = m->y - u->oy;
      if (now == IN || (now == SAME && u->takes_same)) sum += x * my - mx * y;
      now = pass(u, turn, r, m, now);
      if (now == LOST) return (double)NAN;
      x = mx;
      y = my;
    }
    double nx = g->x[v + 1] - u->ox, ny = g->y[v + 1] - u->oy;
    if (now == IN || (now == SAME && u->takes_same)) sum += x * ny - nx * y;
    x = nx;
    y = ny;
  }
  return now == start ? sum : (double)NAN;
}

static bool within(const mj_box *a, const mj_box *b) {
  return a->xmin >= b->xmin && a->xmax <= b->xmax && a->ymin >= b->ymin && a->ymax <= b->ymax;
}

/* Twice the share of the row's boundary inside the other row. m: its n meetings, in order along it. */
static double boundary_inside(const view *u, const mj_meeting *m, int64_t n) {
  const mj_polys *g = &u->own->edges.polys;
  double sum = 0;
  for (int32_t p = g->part0[u->row]; p < g->part0[u->row + 1]; p++)
    for (int32_t r = g->ring0[p]; r < g->ring0[p + 1]; r++) {
      int64_t here = 0;
      int turn = turn_of(u->own, r, r == g->ring0[p]);
      while (here < n && m[here].v < g->vert0[r + 1]) here++;
      if (here) {
        sum += turn * pieces(u, r, turn, m, here);
      } else if (g->vert0[r + 1] - g->vert0[r] >= 4 &&
                 within(&u->own->edges.ring_box[r], &u->other->box[u->other_row])) {
        place whole = at_start(u, g->vert0[r]); /* a ring that meets nothing is inside whole or not at all */
        if (whole == LOST) return (double)NAN;
        if (whole == IN) sum += turn * 2 * u->own->ring_area[r];
      }
      if (here) m += here; /* m is NULL where nothing meets */
      n -= here;
    }
  return sum;
}

mj_status mj_clip_area(const mj_clip_side *a, int64_t i, const mj_clip_side *b, int64_t j, mj_clip_scratch *s,
                       double *area) {
  const mj_box *p = &a->box[i], *q = &b->box[j];
  mj_box common = {fmax(p->xmin, q->xmin), fmax(p->ymin, q->ymin), fmin(p->xmax, q->xmax), fmin(p->ymax, q->ymax)};
  *area = (double)NAN;
  s->met.n = s->met.crossings = 0;
  s->met.settled = true;
  int32_t na = mj_edges_near(&a->edges, i, &common, s->near_a);
  int32_t nb = na ? mj_edges_near(&b->edges, j, &common, s->near_b) : 0;
  mj_edge_list la = {&a->edges.polys, i, s->near_a, na, s->span_a}, lb = {&b->edges.polys, j, s->near_b, nb, s->span_b};
  MJ_TRY(mj_meet_lists(&la, &lb, &s->met));
  if (!s->met.settled) return MJ_OK;
  view of_a = {a, b, i, j, common.xmin, common.ymin, true}, of_b = {b, a, j, i, common.xmin, common.ymin, false};
  double from_a = boundary_inside(&of_a, s->met.on_a, s->met.n), from_b = boundary_inside(&of_b, s->met.on_b, s->met.n);
  double twice = from_a + from_b;
  /* nothing inside at all is apart; anything else must come out positive */
  if (twice > 0 || (from_a == 0 && from_b == 0 && !s->met.crossings)) *area = twice / 2;
  return MJ_OK;
}
