#include "geom/pack.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Heights at which a band may begin are this far apart at most, and closer where borders run along the band. */
static const double STEP_M = 1;
/* Heights are told apart to this. */
static const double SAME_M = 1e-3;
/* A border runs along the bands where it rises by less than this. */
static const double FLAT = 0.02;
enum { MOST_ROWS = 320, MOST_STEPS = 120, MOST_ITEMS = 256 };

/* A height at which a band may begin, and the best from there upward. */
typedef struct mj_pack_row {
  double y;
  int64_t best;
  int32_t side; /* of the band that begins here, -1: none */
  int32_t next; /* the row that goes on above */
} row;

void mj_pack_reset(mj_pack *p) {
  mj_view_reset(&p->view);
  free(p->row);
  free(p->stretch);
  free(p->edge);
  free(p->edge0);
  *p = (mj_pack){0};
}

void mj_placed_corners(const mj_placed *p, double x[4], double y[4]) {
  static const double sx[4] = {-0.5, 0.5, 0.5, -0.5}, sy[4] = {-0.5, -0.5, 0.5, 0.5};
  for (int i = 0; i < 4; i++) {
    x[i] = p->x + sx[i] * p->w_m * p->ux - sy[i] * p->h_m * p->uy;
    y[i] = p->y + sx[i] * p->w_m * p->uy + sy[i] * p->h_m * p->ux;
  }
}

static double side_m(const mj_shelves *s, int32_t k) { return s->side[k] / 10.0; }

/* ---- heights ---- */

static int by_height(const void *a, const void *b) {
  double x = ((const row *)a)->y, y = ((const row *)b)->y;
  return (x > y) - (x < y);
}

/* Sorted, each once. */
static int64_t settle(row *r, int64_t n) {
  int64_t kept = 0;
  qsort(r, (size_t)n, sizeof *r, by_height);
  for (int64_t i = 0; i < n; i++)
    if (!kept || r[i].y - r[kept - 1].y > SAME_M) r[kept++] = r[i];
  return kept;
}

/* Heights just above the borders that run along the bands, and those that bands stacked from there lead to. */
static int64_t flush(mj_pack *p, const mj_shelves *s, double hi) {
  const mj_view *v = &p->view;
  double gap = s->gap_dm / 10.0;
  int64_t n = 0, first = 0;
  for (int32_t i = 0; i < v->n_edges && n < MOST_ROWS; i++) {
    const mj_view_edge *e = &v->edge[i];
    double y = e->yhi - MJ_PLOT_TOLERANCE_M;
    if (e->by - e->ay <= FLAT * fabs(e->bx - e->ax) && y >= v->ylo - SAME_M && y <= hi) p->row[n++].y = y;
  }
  n = settle(p->row, n);
  for (int64_t last = n; first < last; last = n) { /* a layer of bands at a time */
    for (int64_t i = first; i < last; i++)
      for (int32_t k = 0; k < s->n_sides && n < MOST_ROWS; k++) {
        double y = p->row[i].y + side_m(s, k) + gap;
        if (y <= hi) p->row[n++].y = y;
      }
    first = last;
    if (n < MOST_ROWS) continue;
    break;
  }
  return settle(p->row, n);
}

/* The heights of the view, ascending. */
static int64_t make_rows(mj_pack *p, const mj_shelves *s) {
  double lo = p->view.ylo, hi = p->view.yhi - side_m(s, 0), step = fmax(STEP_M, (hi - lo) / MOST_STEPS);
  if (hi < lo) return 0;
  int64_t n = flush(p, s, hi);
  for (int i = 0; i * step <= hi - lo + SAME_M; i++) p->row[n++].y = lo + i * step;
  return settle(p->row, n);
}

/* ---- bands ---- */

static int32_t band(mj_pack *p, const mj_shelves *s, double y, int32_t k, mj_stretch *out) {
  p->work += p->view.n_edges;
  return mj_view_band(&p->view, y, y + side_m(s, k), side_m(s, 0) - 1e-6, out);
}

static int64_t worth(const mj_shelves *s, int32_t k, const mj_stretch *stretch, int32_t n) {
  int64_t score = 0;
  for (int32_t i = 0; i < n; i++) score += mj_shelf_best(s, k, stretch[i].x1 - stretch[i].x0);
  return score;
}

/* The best band that begins at row i. A higher band is no freer than the lowest, whose stretches bound its worth. */
static void best_band(mj_pack *p, const mj_shelves *s, row *r, const int64_t *above, int64_t n) {
  mj_stretch *low = p->stretch, *own = p->stretch + p->cap_edges + 1;
  int32_t n_low = band(p, s, r->y, 0, low);
  if (!n_low) return;
  for (int32_t k = s->n_sides - 1; k >= 0 && p->work <= MJ_PACK_WORK; k--) {
    int64_t rest = above[k] < n ? p->row[above[k]].best : 0;
    if (r->y + side_m(s, k) > p->view.yhi || rest + worth(s, k, low, n_low) <= r->best) continue;
    int64_t score = rest + worth(s, k, own, band(p, s, r->y, k, own));
    if (score <= r->best) continue;
    r->best = score;
    r->side = k;
    r->next = (int32_t)above[k];
  }
}

/* The best from every height upward, from the top down. */
static void stack_bands(mj_pack *p, const mj_shelves *s, int64_t n) {
  int64_t above[MJ_SHELF_SIDES]; /* the first row that a band of that side leaves free */
  for (int32_t k = 0; k < s->n_sides; k++) above[k] = n;
  for (int64_t i = n - 1; i >= 0; i--) {
    row *r = &p->row[i];
    *r = (row){.y = r->y, .best = i + 1 < n ? p->row[i + 1].best : 0, .side = -1, .next = (int32_t)(i + 1)};
    for (int32_t k = 0; k < s->n_sides; k++)
      while (above[k] > 0 && p->row[above[k] - 1].y >= r->y + side_m(s, k) + s->gap_dm / 10.0 - SAME_M) above[k]--;
    best_band(p, s, r, above, n);
  }
}

/* Turn the chosen bands into rectangles of the plot, behind the first @p n_placed; returns what they are worth. */
static int64_t take_rows(mj_pack *p, const mj_shelves *s, int64_t n, int32_t n_placed) {
  const mj_view *v = &p->view;
  mj_shelf_item item[MOST_ITEMS];
  int64_t score = 0;
  p->n_placed = n_placed;
  for (int64_t i = 0; i < n; i = p->row[i].next) {
    const row *r = &p->row[i];
    int32_t m = r->side < 0 ? 0 : band(p, s, r->y, r->side, p->stretch);
    for (int32_t j = 0; j < m; j++) {
      int32_t got = mj_shelf_items(s, r->side, p->stretch[j].x1 - p->stretch[j].x0, item, MOST_ITEMS);
      for (int32_t k = 0; k < got && p->n_placed < MJ_PACK_MOST; k++) {
        double x = p->stretch[j].x0 + (item[k].x_dm + item[k].w_dm / 2.0) / 10;
        double y = r->y + (item[k].y_dm + item[k].h_dm / 2.0) / 10;
        score += (int64_t)item[k].w_dm * item[k].h_dm * MJ_SHELF_COUNTS - 1;
        p->placed[p->n_placed++] = (mj_placed){.x = x * v->ux - y * v->uy,
                                               .y = x * v->uy + y * v->ux,
                                               .ux = v->ux,
                                               .uy = v->uy,
                                               .w_m = item[k].w_dm / 10.0,
                                               .h_m = item[k].h_dm / 10.0,
                                               .size = item[k].size};
      }
    }
  }
  return score;
}

/* ---- directions and rounds ---- */

/* The plot seen along (ux, uy) or, upside down, against it: whichever has more border above its middle, or where that
 * is even more to its right. Bands are stacked from below, so one plot must not be seen both ways. */
static mj_status look(mj_pack *p, const mj_plot *plot, int32_t n_obstacles, bool high, double ux, double uy) {
  MJ_TRY(mj_view_set(&p->view, plot, n_obstacles, high, ux, uy));
  const mj_view *v = &p->view;
  double x = 0, y = 0, size = v->xhi - v->xlo + v->yhi - v->ylo;
  for (int32_t i = 0; i < v->n_edges; i++) {
    const mj_view_edge *e = &v->edge[i];
    double weight = hypot(e->bx - e->ax, e->by - e->ay) * (1 + e->r);
    x += weight * (e->ax + e->bx - v->xlo - v->xhi);
    y += weight * (e->ay + e->by - v->ylo - v->yhi);
  }
  double nothing = 1e-6 * size * size;
  bool over = fabs(y) > nothing ? y < 0 : x < -nothing;
  return over ? mj_view_set(&p->view, plot, n_obstacles, high, -ux, -uy) : MJ_OK;
}

/* The best bands of all directions on @p plot, added to what is placed; *gain is what they are worth. */
static mj_status round_of(mj_pack *p, const mj_plot *plot, int32_t n_obstacles, bool high, const mj_shelves *s,
                          const double *ux, const double *uy, int32_t n_directions, int64_t *gain) {
  int32_t placed = p->n_placed;
  *gain = 0;
  for (int32_t d = 0; d < 2 * n_directions; d++) {
    double x = ux[d / 2], y = uy[d / 2];
    MJ_TRY(look(p, plot, n_obstacles, high, d % 2 ? -y : x, d % 2 ? x : y));
    int64_t n = make_rows(p, s);
    stack_bands(p, s, n);
    if (n && p->row[0].best > *gain) *gain = take_rows(p, s, n, placed);
  }
  return MJ_OK;
}

mj_status mj_pack_ready(mj_pack *p, const mj_plot *plot, int32_t n_obstacles) {
  if (!p->row) p->row = malloc((MOST_ROWS + MOST_STEPS + 2) * sizeof *p->row);
  if (!p->row) return MJ_ENOMEM;
  int32_t n_edges = plot->edge0[n_obstacles] + 4 * MJ_PACK_MOST;
  if (n_edges > p->cap_edges || n_obstacles + MJ_PACK_MOST > p->cap_obstacles) {
    mj_plot_edge *edge = realloc(p->edge, (size_t)n_edges * sizeof *edge);
    if (edge) p->edge = edge;
    int32_t *edge0 = realloc(p->edge0, (size_t)(n_obstacles + MJ_PACK_MOST + 1) * sizeof *edge0);
    if (edge0) p->edge0 = edge0;
    mj_stretch *stretch = realloc(p->stretch, 2 * (size_t)(n_edges + 1) * sizeof *stretch);
    if (stretch) p->stretch = stretch;
    if (!edge || !edge0 || !stretch) return MJ_ENOMEM;
    p->cap_edges = n_edges;
    p->cap_obstacles = n_obstacles + MJ_PACK_MOST;
  }
  return MJ_OK;
}

/* The plot with what is placed as obstacles. */
static mj_plot with_placed(mj_pack *p, const mj_plot *plot, int32_t n_obstacles, double gap_m) {
  int32_t n = plot->edge0[n_obstacles];
  memcpy(p->edge, plot->edge, (size_t)n * sizeof *p->edge);
  memcpy(p->edge0, plot->edge0, (size_t)(n_obstacles + 1) * sizeof *p->edge0);
  for (int32_t i = 0; i < p->n_placed; i++) {
    double x[4], y[4];
    mj_placed_corners(&p->placed[i], x, y);
    for (int k = 0; k < 4; k++)
      p->edge[n++] = (mj_plot_edge){x[k], y[k], x[(k + 1) % 4], y[(k + 1) % 4], gap_m, gap_m, 0};
    p->edge0[n_obstacles + i + 1] = n;
  }
  return (mj_plot){.edge = p->edge, .edge0 = p->edge0, .n_obstacles = n_obstacles + p->n_placed};
}

mj_status mj_pack_plot(mj_pack *p, const mj_plot *plot, int32_t n_obstacles, bool high, const mj_shelves *s) {
  double ux[MJ_PACK_DIRECTIONS], uy[MJ_PACK_DIRECTIONS];
  int32_t n = mj_pack_directions(plot, ux, uy);
  p->n_placed = 0;
  p->score = p->work = 0;
  p->directions = n;
  MJ_TRY(mj_pack_ready(p, plot, n_obstacles));
  for (;;) {
    int64_t gain;
    mj_plot now = with_placed(p, plot, n_obstacles, s->gap_dm / 10.0);
    MJ_TRY(round_of(p, &now, now.n_obstacles, high, s, ux, uy, n, &gain));
    p->score += gain;
    if (!gain || p->n_placed == MJ_PACK_MOST) break;
  }
  p->spent = p->work > MJ_PACK_WORK;
  return MJ_OK;
}
