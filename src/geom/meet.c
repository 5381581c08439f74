#include "geom/meet.h"

#include <stdlib.h>

#include "geom/ring.h"

/* Products of edges beyond this are swept instead of being tried one by one. */
enum { MANY_PAIRS = 4096 };

void mj_meetings_reset(mj_meetings *met) {
  free(met->on_a);
  free(met->on_b);
  *met = (mj_meetings){0};
}

static mj_status push(mj_meetings *met, mj_meeting a, mj_meeting b) {
  if (met->n == met->cap) {
    int64_t cap = met->cap ? 2 * met->cap : 64;
    mj_meeting *on_a = realloc(met->on_a, (size_t)cap * sizeof *on_a);
    if (on_a) met->on_a = on_a;
    mj_meeting *on_b = realloc(met->on_b, (size_t)cap * sizeof *on_b);
    if (on_b) met->on_b = on_b;
    if (!on_a || !on_b) return MJ_ENOMEM;
    met->cap = cap;
  }
  met->on_a[met->n] = a;
  met->on_b[met->n++] = b;
  return MJ_OK;
}

/* The vertex itself, or the first of its ring when it is the closing one. */
static int32_t named(const mj_edge_list *list, int32_t v) {
  const mj_polys *g = list->polys;
  int32_t r = g->ring0[g->part0[list->row]];
  while (v >= g->vert0[r + 1]) r++;
  return v == g->vert0[r + 1] - 1 ? g->vert0[r] : v;
}

static mj_status push_shared(mj_meetings *met, const mj_edge_list *a, int32_t v, const mj_edge_list *b, int32_t w) {
  double x = a->polys->x[v], y = a->polys->y[v];
  v = named(a, v);
  w = named(b, w);
  return push(met, (mj_meeting){v, w, 0, x, y}, (mj_meeting){w, v, 0, x, y});
}

/* Edge v of a and edge w of b, whose ends i and j are in the same place. */
static mj_status share_end(const mj_edge_list *a, int32_t v, int i, const mj_edge_list *b, int32_t w, int j,
                           mj_meetings *met) {
  const double *px = a->polys->x + v, *py = a->polys->y + v, *qx = b->polys->x + w, *qy = b->polys->y + w;
  if (px[1 - i] == qx[1 - j] && py[1 - i] == qy[1 - j]) {
    MJ_TRY(push_shared(met, a, v + 1 - i, b, w + 1 - j));
  } else if (!mj_turns(px[1 - i], py[1 - i], px[i], py[i], qx[1 - j], qy[1 - j])) {
    met->settled = false;
  }
  return push_shared(met, a, v + i, b, w + j);
}

static mj_status cross(const mj_edge_list *a, int32_t v, const mj_edge_list *b, int32_t w, mj_meetings *met) {
  const double *px = a->polys->x + v, *py = a->polys->y + v, *qx = b->polys->x + w, *qy = b->polys->y + w;
  double dx = px[1] - px[0], dy = py[1] - py[0], ex = qx[1] - qx[0], ey = qy[1] - qy[0];
  double fx = qx[0] - px[0], fy = qy[0] - py[0], det = dx * ey - dy * ex;
  double t = (fx * ey - fy * ex) / det, u = (fx * dy - fy * dx) / det;
  /* the sides proved a crossing; rounding may still push the fraction past an end, or out of the numbers where det
   * vanishes */
  t = t < 0 ? 0 : t > 1 ? 1 : t;
  u = u < 0 ? 0 : u > 1 ? 1 : u;
  met->settled = t >= 0 && u >= 0;
  met->crossings++;
  double x = px[0] + t * dx, y = py[0] + t * dy;
  return push(met, (mj_meeting){v, -1, t, x, y}, (mj_meeting){w, -1, u, x, y});
}

static bool boxes_apart(const double *px, const double *py, const double *qx, const double *qy) {
  return (px[0] < qx[0] && px[0] < qx[1] && px[1] < qx[0] && px[1] < qx[1]) ||
         (px[0] > qx[0] && px[0] > qx[1] && px[1] > qx[0] && px[1] > qx[1]) ||
         (py[0] < qy[0] && py[0] < qy[1] && py[1] < qy[0] && py[1] < qy[1]) ||
         (py[0] > qy[0] && py[0] > qy[1] && py[1] > qy[0] && py[1] > qy[1]);
}

static mj_status meet(const mj_edge_list *a, int32_t v, const mj_edge_list *b, int32_t w, mj_meetings *met) {
  const double *px = a->polys->x + v, *py = a->polys->y + v, *qx = b->polys->x + w, *qy = b->polys->y + w;
  if (boxes_apart(px, py, qx, qy)) return MJ_OK;
  for (int i = 0; i < 2; i++)
    for (int j = 0; j < 2; j++)
      if (px[i] == qx[j] && py[i] == qy[j]) return share_end(a, v, i, b, w, j, met);
  int q0 = mj_side(px[0], py[0], px[1], py[1], qx[0], qy[0]), q1 = mj_side(px[0], py[0], px[1], py[1], qx[1], qy[1]);
  if (q0 && q0 == q1) return MJ_OK;
  int p0 = mj_side(qx[0], qy[0], qx[1], qy[1], px[0], py[0]), p1 = mj_side(qx[0], qy[0], qx[1], qy[1], px[1], py[1]);
  if (p0 && p0 == p1) return MJ_OK;
  if (q0 && q1 && p0 && p1) return cross(a, v, b, w, met);
  met->settled = false;
  return MJ_OK;
}

static int by_xmin(const void *a, const void *b) {
  const mj_span *s = a, *t = b;
  if (s->xmin != t->xmin) return s->xmin < t->xmin ? -1 : 1;
  return (s->v > t->v) - (s->v < t->v);
}

static void spans(const mj_edge_list *list) {
  for (int32_t i = 0; i < list->n; i++) {
    int32_t v = list->edge[i];
    double x0 = list->polys->x[v], x1 = list->polys->x[v + 1];
    list->span[i] = (mj_span){x0 < x1 ? x0 : x1, x0 < x1 ? x1 : x0, v};
  }
  qsort(list->span, (size_t)list->n, sizeof *list->span, by_xmin);
}

/* Long lists: both sorted by xmin; each edge meets those of the other list that start before it ends. */
static mj_status sweep(const mj_edge_list *a, const mj_edge_list *b, mj_meetings *met) {
  spans(a);
  spans(b);
  const mj_span *p = a->span, *q = b->span, *p_end = p + a->n, *q_end = q + b->n;
  while (p < p_end && q < q_end && met->settled) {
    if (p->xmin <= q->xmin) {
      for (const mj_span *k = q; k < q_end && k->xmin <= p->xmax && met->settled; k++)
        MJ_TRY(meet(a, p->v, b, k->v, met));
      p++;
    } else {
      for (const mj_span *k = p; k < p_end && k->xmin <= q->xmax && met->settled; k++)
        MJ_TRY(meet(a, k->v, b, q->v, met));
      q++;
    }
  }
  return MJ_OK;
}

static int along(const void *a, const void *b) {
  const mj_meeting *s = a, *t = b;
  if (s->v != t->v) return s->v < t->v ? -1 : 1;
  if ((s->w < 0) != (t->w < 0)) return s->w < 0 ? 1 : -1; /* the shared vertex is where the edge starts */
  if (s->at != t->at) return s->at < t->at ? -1 : 1;
  return (s->w > t->w) - (s->w < t->w);
}

/* In order along the boundary; a vertex is shared once, though up to four pairs of edges found it. False: it is shared
 * with two. */
static bool tidy(mj_meeting *m, int64_t n, int64_t *kept) {
  qsort(m, (size_t)n, sizeof *m, along);
  *kept = 0;
  for (int64_t i = 0; i < n; i++) {
    const mj_meeting *last = *kept ? &m[*kept - 1] : NULL;
    if (last && m[i].w >= 0 && last->w >= 0 && last->v == m[i].v) {
      if (last->w != m[i].w) return false;
      continue;
    }
    m[(*kept)++] = m[i];
  }
  return true;
}

mj_status mj_meet_lists(const mj_edge_list *a, const mj_edge_list *b, mj_meetings *met) {
  if ((int64_t)a->n * b->n > MANY_PAIRS) {
    MJ_TRY(sweep(a, b, met));
  } else {
    for (int32_t i = 0; i < a->n && met->settled; i++)
      for (int32_t j = 0; j < b->n && met->settled; j++) MJ_TRY(meet(a, a->edge[i], b, b->edge[j], met));
  }
  if (met->n < 2 || !met->settled) return MJ_OK;
  int64_t n_a = 0, n_b = 0;
  met->settled = tidy(met->on_a, met->n, &n_a) && tidy(met->on_b, met->n, &n_b) && n_a == n_b;
  met->n = n_a;
  return MJ_OK;
}
