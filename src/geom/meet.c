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

static bool boxes_apart(const double *px, const double *py, const double *qx, const double *qy) {
  return (px[0] < qx[0] && px[0] < qx[1] && px[1] < qx[0] && px[1] < qx[1]) ||
         (px[0] > qx[0] && px[0] > qx[1] && px[1] > qx[0] && px[1] > qx[1]) ||
         (py[0] < qy[0] && py[0] < qy[1] && py[1] < qy[0] && py[1] < qy[1]) ||
         (py[0] > qy[0] && py[0] > qy[1] && py[1] > qy[0] && py[1] > qy[1]);
}

static mj_status meet(const mj_edge_list *a, int32_t v, const mj_edge_list *b, int32_t w, mj_meetings *met) {
  const double *px = a->polys->x + v, *py = a->polys->y + v, *qx = b->polys->x + w, *qy = b->polys->y + w;
  if (boxes_apart(px, py, qx, qy)) return MJ_OK;
  double dx = px[1] - px[0], dy = py[1] - py[0], ex = qx[1] - qx[0], ey = qy[1] - qy[0];
  double q0 = mj_orient(px[0], py[0], px[1], py[1], qx[0], qy[0]);
  double q1 = mj_orient(px[0], py[0], px[1], py[1], qx[1], qy[1]);
  int b_end = mj_nudged(q1, dx, dy, 1);
  if (mj_nudged(q0, dx, dy, 1) == b_end) return MJ_OK;
  double p0 = mj_orient(qx[0], qy[0], qx[1], qy[1], px[0], py[0]);
  double p1 = mj_orient(qx[0], qy[0], qx[1], qy[1], px[1], py[1]);
  int a_end = mj_nudged(p1, ex, ey, -1);
  if (mj_nudged(p0, ex, ey, -1) == a_end) return MJ_OK;
  double x, y;
  if (dx * dx + dy * dy < ex * ex + ey * ey) {
    double t = p0 / (p0 - p1); /* 0 to 1: the ends are on different sides, and equal only when both are 0 */
    x = (px[0] - met->ox) + t * dx;
    y = (py[0] - met->oy) + t * dy;
  } else {
    double t = q0 / (q0 - q1);
    x = (qx[0] - met->ox) + t * ex;
    y = (qy[0] - met->oy) + t * ey;
  }
  return push(met, (mj_meeting){v, w, a_end, x, y}, (mj_meeting){w, v, b_end, x, y});
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
  while (p < p_end && q < q_end) {
    if (p->xmin <= q->xmin) {
      for (const mj_span *k = q; k < q_end && k->xmin <= p->xmax; k++) MJ_TRY(meet(a, p->v, b, k->v, met));
      p++;
    } else {
      for (const mj_span *k = p; k < p_end && k->xmin <= q->xmax; k++) MJ_TRY(meet(a, k->v, b, q->v, met));
      q++;
    }
  }
  return MJ_OK;
}

static int by_edge(const void *a, const void *b) {
  const mj_meeting *s = a, *t = b;
  return s->v != t->v ? (s->v > t->v) - (s->v < t->v) : (s->w > t->w) - (s->w < t->w);
}

mj_status mj_meet_lists(const mj_edge_list *a, const mj_edge_list *b, mj_meetings *met) {
  if ((int64_t)a->n * b->n > MANY_PAIRS) {
    MJ_TRY(sweep(a, b, met));
  } else {
    for (int32_t i = 0; i < a->n; i++)
      for (int32_t j = 0; j < b->n; j++) MJ_TRY(meet(a, a->edge[i], b, b->edge[j], met));
  }
  if (met->n < 2) return MJ_OK;
  qsort(met->on_a, (size_t)met->n, sizeof *met->on_a, by_edge);
  qsort(met->on_b, (size_t)met->n, sizeof *met->on_b, by_edge);
  return MJ_OK;
}
