#include <math.h>

#include "plan/ground_parts.h"

/* A vertex this close to the line of its neighbours is none; 1 mm, and a little for coordinates that are whole mm. */
static const double STRAIGHT_M = 1.001e-3;
/* Distances that differ by less are the same: which one is taken must not hang on rounding. */
static const double SAME_M = 1e-6;
/* A ring of no more than this is no ground. */
static const double LEAST_M2 = 1e-6;

static double square(double v) { return v * v; }

/* Distance of a point from a segment. */
static double off(mj__point a, mj__point b, mj__point p) {
  double dx = b.x - a.x, dy = b.y - a.y, len2 = dx * dx + dy * dy;
  double s = len2 > 0 ? ((p.x - a.x) * dx + (p.y - a.y) * dy) / len2 : 0;
  s = s < 0 ? 0 : s > 1 ? 1 : s;
  return sqrt(square(a.x + s * dx - p.x) + square(a.y + s * dy - p.y));
}

/* A ring that is being thinned: open, n vertices, kept or not. */
typedef struct {
  mj__point *p;
  bool *keep;
  int32_t *stack, n;
} ring;

static mj__point at(const ring *r, int32_t k) { return r->p[k < r->n ? k : k - r->n]; }

/* Middle of the outline, by length: the same wherever the ring starts. */
static mj__point middle(const ring *r) {
  mj__point m = {0, 0};
  double all = 0;
  for (int32_t k = 0; k < r->n; k++) {
    mj__point a = r->p[k], b = at(r, k + 1);
    double len = hypot(b.x - a.x, b.y - a.y);
    m.x += len * (a.x + b.x) / 2;
    m.y += len * (a.y + b.y) / 2;
    all += len;
  }
  return all > 0 ? (mj__point){m.x / all, m.y / all} : r->p[0];
}

/* The vertices farthest from the middle are corners in any case. Returns one of them. */
static int32_t keep_farthest(ring *r) {
  mj__point m = middle(r);
  double most = 0;
  int32_t one = 0;
  for (int32_t k = 0; k < r->n; k++) most = fmax(most, hypot(r->p[k].x - m.x, r->p[k].y - m.y));
  for (int32_t k = 0; k < r->n; k++)
    if (hypot(r->p[k].x - m.x, r->p[k].y - m.y) >= most - SAME_M) {
      r->keep[k] = true;
      one = k;
    }
  return one;
}

/* Between two vertices that are kept: the first and the last of those that lie farthest off the line, and so on.
 * D. H. Douglas, T. K. Peucker (1973), doi:10.3138/FM57-6770-U75U-7727; two of equal distance are kept both, so that
 * the direction of the ring does not matter. */
static void keep_between(ring *r, int32_t first, int32_t last) {
  int32_t n = 0;
  r->stack[n++] = first;
  r->stack[n++] = last;
  while (n) {
    int32_t b = r->stack[--n], a = r->stack[--n], from = -1, to = -1;
    double most = 0;
    for (int32_t k = a + 1; k < b; k++) most = fmax(most, off(at(r, a), at(r, b), at(r, k)));
    if (most <= STRAIGHT_M) continue;
    for (int32_t k = a + 1; k < b; k++)
      if (off(at(r, a), at(r, b), at(r, k)) >= most - SAME_M) {
        if (from < 0) from = k;
        to = k;
      }
    r->keep[from % r->n] = r->keep[to % r->n] = true;
    const int32_t cut[4] = {a, from, to, b};
    for (int k = 0; k < 3; k++)
      if (cut[k + 1] - cut[k] > 1) {
        r->stack[n++] = cut[k];
        r->stack[n++] = cut[k + 1];
      }
  }
}

/* The next that is kept, counted on past the end of the ring. */
static int32_t kept_after(const ring *r, int32_t k) {
  do k++;
  while (!r->keep[k % r->n]);
  return k;
}

/* Most that any vertex between a and b, which may pass the end, is off their line. */
static double most_off(const ring *r, int32_t a, int32_t b) {
  double most = 0;
  for (int32_t k = a + 1; k < b; k++) most = fmax(most, off(r->p[a % r->n], r->p[b % r->n], r->p[k % r->n]));
  return most;
}

/* Vertices that were kept though they are straight between those kept beside them: in each round those that are
 * straighter than the next on either side. Returns how many went. */
static int32_t drop_straight(ring *r, double *bend) {
  int32_t gone = 0, kept = 0, first = 0;
  for (int32_t k = 0; k < r->n; k++) kept += r->keep[k];
  while (!r->keep[first]) first++;
  if (kept < 4) return 0;
  int32_t a = first, k = kept_after(r, a);
  for (int32_t i = 0; i < kept; i++) {
    int32_t b = kept_after(r, k);
    bend[k % r->n] = most_off(r, a, b);
    a = k;
    k = b;
  }
  int32_t *list = r->stack;
  for (int32_t i = 0; i < kept; i++, a = kept_after(r, a)) list[i] = a % r->n;
  for (int32_t i = 0; i < kept; i++) {
    double own = bend[list[i]], before = bend[list[(i + kept - 1) % kept]], after = bend[list[(i + 1) % kept]];
    if (own > STRAIGHT_M || own >= fmin(before, after) - SAME_M) continue;
    r->keep[list[i]] = false;
    gone++;
  }
  return gone;
}

static void thin(ring *r, double *bend) {
  int32_t one = keep_farthest(r);
  for (int32_t k = one; k < one + r->n;) {
    int32_t next = kept_after(r, k);
    if (next - k > 1) keep_between(r, k % r->n, k % r->n + (next - k));
    k = next;
  }
  while (drop_straight(r, bend)) {}
  int32_t n = 0;
  for (int32_t k = 0; k < r->n; k++)
    if (r->keep[k]) r->p[n++] = r->p[k];
  r->n = n;
}

static double area_of(const mj__point *p, int32_t n) {
  double sum = 0;
  for (int32_t k = 2; k < n; k++)
    sum += (p[k - 1].x - p[0].x) * (p[k].y - p[0].y) - (p[k].x - p[0].x) * (p[k - 1].y - p[0].y);
  return sum / 2;
}

static bool same(mj__point a, mj__point b) { return square(a.x - b.x) + square(a.y - b.y) <= square(SAME_M); }

static void swap(mj__point *a, mj__point *b) {
  mj__point c = *a;
  *a = *b;
  *b = c;
}

static void turn(mj__point *p, int32_t from, int32_t to) {
  for (; from < --to; from++) swap(&p[from], &p[to]);
}

/* Start at the vertex that is lowest in x, then y: what follows is the same wherever the ring started. */
static void start_at_lowest(mj__point *p, int32_t n) {
  int32_t low = 0;
  for (int32_t k = 1; k < n; k++)
    if (p[k].x < p[low].x || (p[k].x == p[low].x && p[k].y < p[low].y)) low = k;
  turn(p, 0, low);
  turn(p, low, n);
  turn(p, 0, n);
}

/* Ring r of the layer in metres, turned as it should be, without vertices that are repeated or straight; behind
 * p[0 .. return) nothing is said. */
static int32_t ring_of(mj__look *w, const mj_polys *g, int32_t r, bool shell, ring *work, double *bend) {
  mj__point *p = work->p;
  int32_t n = 0;
  for (int32_t v = g->vert0[r]; v < g->vert0[r + 1]; v++) {
    mj__point next = mj__local(w, g, v);
    if (!n || !same(p[n - 1], next)) p[n++] = next;
  }
  while (n > 1 && same(p[0], p[n - 1])) n--;
  if (n < 3) return 0;
  if ((area_of(p, n) > 0) != shell) turn(p, 0, n);
  start_at_lowest(p, n);
  work->n = n;
  for (int32_t k = 0; k < n; k++) work->keep[k] = false;
  thin(work, bend);
  start_at_lowest(p, work->n);
  return work->n < 3 || fabs(area_of(p, work->n)) < LEAST_M2 ? 0 : work->n;
}

mj_status mj__ground_outline(mj__look *w) {
  const mj_polys *g = &w->g->layer[MJ__G_PARCELS].edges.polys;
  int32_t part0 = g->part0[w->row], part1 = g->part0[w->row + 1], ring0 = g->ring0[part0], ring1 = g->ring0[part1];
  size_t verts = (size_t)(g->vert0[ring1] - g->vert0[ring0]);
  mj__point *p = mj_arena_alloc(w->arena, verts + 1, sizeof *p);
  w->outline.ring0 = mj_arena_alloc(w->arena, (size_t)(ring1 - ring0) + 1, sizeof *w->outline.ring0);
  ring work = {.keep = mj_arena_alloc(w->arena, verts + 1, 1),
               .stack = mj_arena_alloc(w->arena, 2 * verts + 8, sizeof *work.stack)};
  double *bend = mj_arena_alloc(w->arena, verts + 1, sizeof *bend);
  if (!p || !w->outline.ring0 || !work.keep || !work.stack || !bend) return MJ_ENOMEM;
  int32_t at = 0, rings = 0;
  for (int32_t part = part0; part < part1; part++)
    for (int32_t r = g->ring0[part]; r < g->ring0[part + 1]; r++) {
      bool shell = r == g->ring0[part];
      work.p = p + at;
      int32_t n = ring_of(w, g, r, shell, &work, bend);
      if (!n && shell) break;
      if (!n) continue;
      at += n;
      w->outline.ring0[++rings] = at;
    }
  w->outline.p = p;
  w->outline.n_rings = rings;
  return MJ_OK;
}
