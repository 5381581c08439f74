/* Blocks cut into parcels that share their borders vertex by vertex. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sample.h"

enum { MAX_CUTS = 64, MAX_POINTS = 512, MAX_LINE = 4 };

/* A line across a row of parcels, from the street to the spine: up to four points. */
typedef struct {
  int n;
  double u[MAX_LINE], v[MAX_LINE];
} cut;

/* A block on the way to parcels: one or two rows of cuts, and the spine between the rows. */
typedef struct {
  const block *b;
  int n_cuts[2];
  cut row[2][MAX_CUTS];
  int n_spine;
  double spine_u[2 * MAX_CUTS + 2], spine_v[2 * MAX_CUTS + 2];
} plan;

typedef struct {
  int n;
  double uv[2 * MAX_POINTS];
} ring;

static void push(ring *r, double u, double v) {
  if (r->n && r->uv[2 * r->n - 2] == u && r->uv[2 * r->n - 1] == v) return;
  need(r->n < MAX_POINTS, "a parcel has too many vertices");
  r->uv[2 * r->n] = u;
  r->uv[2 * r->n + 1] = v;
  r->n++;
}

static void add_spine(plan *l, double u, double v) {
  int i = l->n_spine++;
  for (; i > 0 && l->spine_u[i - 1] > u; i--) {
    l->spine_u[i] = l->spine_u[i - 1];
    l->spine_v[i] = l->spine_v[i - 1];
  }
  l->spine_u[i] = u;
  l->spine_v[i] = v;
}

/* Widths of n parcels by chance; returns n + 1 positions from u0 to u1. */
static void positions(chance *c, int n, double u0, double u1, double *at) {
  double sum = 0;
  for (int i = 0; i < n; i++) sum += at[i + 1] = chance_between(c, 0.72, 1.38);
  at[0] = u0;
  for (int i = 1; i <= n; i++) at[i] = at[i - 1] + at[i] / sum * (u1 - u0);
  at[n] = u1;
}

/* One row: straight cuts, slanted ones, and some with a jog half way. */
static void cut_row(chance *c, plan *l, int row, int n, double face, double back_low, double back_high, double step) {
  double at[MAX_CUTS + 1];
  positions(c, n, l->b->u0, l->b->u1, at);
  l->n_cuts[row] = n + 1;
  for (int i = 0; i <= n; i++) {
    cut *k = &l->row[row][i];
    bool edge = i == 0 || i == n;
    double foot = at[i], top = edge || l->b->single ? at[i] : at[i] + chance_between(c, -4, 4);
    if (fabs(top - step) < 6) top = foot = step + (top < step ? -7 : 7);
    double back = top < step ? back_low : back_high, middle = face + (back - face) * chance_between(c, 0.4, 0.6);
    if (edge || !chance_is(c, 0.18)) *k = (cut){2, {foot, top}, {face, back}};
    else *k = (cut){4, {foot, foot, top + 5, top + 5}, {face, middle, middle, back}};
    if (!l->b->single) add_spine(l, k->u[k->n - 1], back);
  }
}

static void push_cut(ring *r, const cut *k, bool down) {
  for (int i = 0; i < k->n; i++) {
    int j = down ? k->n - 1 - i : i;
    push(r, k->u[j], k->v[j]);
  }
}

/* The street side from ua to ub: rounded at the block's corners, followed closely where the street is curved. */
static void push_face(ring *r, const block *b, double ua, double ub, double v, double inward) {
  const double c = 6;
  int steps = b->curved ? (int)ceil(fabs(ub - ua) / 14) : 1;
  bool first = ua == b->u0 || ua == b->u1, last = ub == b->u0 || ub == b->u1;
  double way = ub > ua ? 1 : -1;
  for (int i = 0; i <= steps; i++) {
    double u = ua + (ub - ua) * i / steps;
    if (i == 0 && first) {
      push(r, ua, v + inward * c);
      push(r, ua + way * c * 0.3, v + inward * c * 0.3);
      push(r, ua + way * c, v);
    } else if (i == steps && last) {
      push(r, ub - way * c, v);
      push(r, ub - way * c * 0.3, v + inward * c * 0.3);
      push(r, ub, v + inward * c);
    } else {
      push(r, i == steps ? ub : u, v);
    }
  }
}

/* Parcel i of a row: street side, cut, back side (with every vertex of the spine), cut. */
static void trace(const plan *l, int row, int i, ring *r) {
  const block *b = l->b;
  const cut *left = &l->row[row][i], *right = &l->row[row][i + 1];
  bool low = row == 0, left_edge = i == 0, right_edge = i == l->n_cuts[row] - 2;
  r->n = 0;
  push_face(r, b, left->u[0], right->u[0], low ? b->v0 : b->v1, low ? 1 : -1);
  if (b->single) {
    if (!right_edge) push_cut(r, right, false);
    push_face(r, b, right->u[right->n - 1], left->u[left->n - 1], b->v1, -1);
    if (!left_edge) push_cut(r, left, true);
    return;
  }
  double from = left->u[left->n - 1], to = right->u[right->n - 1];
  if (right_edge) push(r, to, right->v[right->n - 1]);
  else push_cut(r, right, false);
  for (int k = l->n_spine - 1; k >= 0; k--)
    if (l->spine_u[k] > from && l->spine_u[k] < to) push(r, l->spine_u[k], l->spine_v[k]);
  if (left_edge) push(r, from, left->v[left->n - 1]);
  else push_cut(r, left, true);
}

static parcel *add_parcel(park *p, int zone, int block_index, OGRGeometryH geom) {
  parcel *q = &p->parcel[p->n_parcels++];
  memset(q, 0, sizeof *q);
  q->zone = zone;
  q->block = block_index;
  q->geom = geom;
  q->area_m2 = OGR_G_Area(geom);
  return q;
}

static void cut_block(park *p, int index, chance *c) {
  const block *b = &p->block[index];
  plan *l = grow(NULL, 1, sizeof *l);
  ring *r = grow(NULL, 1, sizeof *r);
  memset(l, 0, sizeof *l);
  l->b = b;
  double spine = b->v0 + (b->v1 - b->v0) * chance_between(c, 0.42, 0.58), shift = 0, step = -1e9;
  if (!b->single && chance_is(c, 0.45)) {
    step = b->u0 + (b->u1 - b->u0) * chance_between(c, 0.3, 0.7);
    shift = (b->v1 - b->v0) * (chance_is(c, 0.5) ? 0.14 : -0.14);
  }
  int n[2] = {b->single ? b->n_parcels : (b->n_parcels + 1) / 2, b->single ? 0 : b->n_parcels / 2};
  need(n[0] < MAX_CUTS, "a block has too many parcels");
  if (b->single) cut_row(c, l, 0, n[0], b->v0, b->v1, b->v1, -1e9);
  for (int row = 0; !b->single && row < 2; row++)
    cut_row(c, l, row, n[row], row ? b->v1 : b->v0, spine, spine + shift, step);
  if (step > b->u0) {
    add_spine(l, step, spine);
    add_spine(l, step, spine + shift);
  }
  for (int row = 0; row < 2; row++)
    for (int i = 0; i < n[row]; i++) {
      trace(l, row, i, r);
      parcel *q = add_parcel(p, b->zone, index, street_polygon(&p->zone[b->zone], r->n, r->uv));
      q->u0 = fmax(l->row[row][i].u[0], l->row[row][i].u[l->row[row][i].n - 1]);
      q->u1 = fmin(l->row[row][i + 1].u[0], l->row[row][i + 1].u[l->row[row][i + 1].n - 1]);
      q->v0 = b->single || row == 0 ? b->v0 : fmax(spine, spine + shift);
      q->v1 = b->single || row == 1 ? b->v1 : fmin(spine, spine + shift);
      if (b->centre) q->kind = CENTRE;
    }
  free(l);
  free(r);
}

void make_parcels(park *p) {
  chance c = chance_of(p->seed, 2);
  p->parcel = grow(NULL, (size_t)p->n_wanted, sizeof *p->parcel);
  for (int i = 0; i < p->n_blocks; i++) cut_block(p, i, &c);
  /* one parcel by itself, outside all pieces: the east side of the middle one, beyond the last street */
  const streets *s = &p->zone[1];
  double u = s->u_max + 420, uv[8] = {u, -45, u + 96, -38, u + 90, 44, u - 4, 40};
  parcel *q = add_parcel(p, NO_ZONE, -1, street_polygon(s, 4, uv));
  q->u0 = u;
  q->u1 = u + 90;
  q->v0 = -38;
  q->v1 = 40;
  need(p->n_parcels == p->n_wanted, "the parcels do not add up");
}
