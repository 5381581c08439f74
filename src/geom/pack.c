#include "geom/pack.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Heights at which a band may begin are this far apart at most, and closer where borders run along the band. */
static const double STEP_M = 1;
/* Heights are told apart to this: no whole number of millimetres, so that a rounding decides nothing. */
static const double SAME_M = 1.37e-3;
/* A band that lies on a border begins this much above it, for the same reason. */
static const double ABOVE_M = 1e-5;
/* A border runs along the bands where it rises by less than this. */
static const double FLAT = 0.02;
enum { MOST_ROWS = 320, MOST_STEPS = 400, MOST_ITEMS = MJ_PACK_MOST };

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
  int64_t n = 0, first = 0, last;
  for (int32_t i = 0; i < v->n_edges; i++) {
    const mj_view_edge *e = &v->edge[i];
    double y = e->yhi - MJ_PLOT_TOLERANCE_M + ABOVE_M;
    if (e->by - e->ay <= FLAT * fabs(e->bx - e->ax) && y >= v->ylo - MJ_PLOT_TOLERANCE_M && y <= hi) p->row[n++].y = y;
  }
  n = settle(p->row, n);
  for (; n > MOST_ROWS; n = (n + 1) / 2) /* every other one */
    for (int64_t i = 0; 2 * i < n; i++) p->row[i] = p->row[2 * i];
  for (last = n; first < last && n < MOST_ROWS; first = last, last = n) { /* a layer of bands at a time */
    for (int64_t i = first; i < last; i++)
      for (int32_t k = 0; k < s->n_sides && n < MOST_ROWS; k++) {
        double y = p->row[i].y + side_m(s, k) + gap;
        if (y <= hi) p->row[n++].y = y;
      }
    n = last + settle(p->row + last, n - last);
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

static double width(const mj_stretch *s) { return s->x1 - s->x0; }

static double least_m(const mj_shelves *s) { return side_m(s, 0) - 1e-6; }

/* Take @p short_m from the ends of two stretches that face each other, so that the least is lost. */
static void cut(const mj_shelves *s, int32_t k, mj_stretch *left, mj_stretch *right, double short_m) {
  double spare_l = width(left) - mj_shelf_needs_m(s, k, width(left));
  double spare_r = width(right) - mj_shelf_needs_m(s, k, width(right));
  double way[4] = {0, short_m, fmin(spare_l, short_m), fmax(short_m - spare_r, 0)}, from_left = 0;
  int64_t most = -1;
  for (int i = 0; i < 4; i++) {
    int64_t score = mj_shelf_best(s, k, width(left) - way[i]) + mj_shelf_best(s, k, width(right) - (short_m - way[i]));
    if (score <= most) continue;
    most = score;
    from_left = way[i];
  }
  left->x1 -= from_left;
  right->x0 += short_m - from_left;
}

/* Stretches on both sides of something thin are cut so that their rectangles are a gap apart; returns how many remain.
 */
static int32_t keep_apart(const mj_shelves *s, int32_t k, mj_stretch *stretch, int32_t n) {
  int32_t kept = 0;
  for (int32_t i = 0; i < n; i++) {
    mj_stretch own = stretch[i];
    while (kept) {
      mj_stretch *left = &stretch[kept - 1];
      double short_m = s->gap_dm / 10.0 - MJ_PLOT_TOLERANCE_M - (own.x0 - left->x1);
      if (short_m <= 0) break;
      cut(s, k, left, &own, short_m);
      if (width(left) >= least_m(s)) break;
      kept--;
    }
    if (width(&own) >= least_m(s)) stretch[kept++] = own;
  }
  return kept;
}

static int64_t worth(const mj_shelves *s, int32_t k, const mj_stretch *stretch, int32_t n) {
  int64_t score = 0;
  for (int32_t i = 0; i < n; i++) score += mj_shelf_best(s, k, width(&stretch[i]));
  return score;
}

static bool is_spent(const mj_pack *p) { return p->view.work > MJ_PACK_WORK; }

/* The best band that begins at row i. A higher band is no freer than the lowest, whose stretches bound its worth. */
static void best_band(mj_pack *p, const mj_shelves *s, row *r, const int64_t *above, int64_t n) {
  mj_stretch *low = p->stretch, *own = p->stretch + p->cap_edges + 1;
  double top = r->y + side_m(s, s->n_sides - 1), y = r->y;
  int32_t n_low = mj_view_band(&p->view, y, y + side_m(s, 0), top, least_m(s), low);
  if (!n_low) return;
  for (int32_t k = s->n_sides - 1; k >= 0 && !is_spent(p); k--) {
    int64_t rest = above[k] < n ? p->row[above[k]].best : 0;
    if (r->y + side_m(s, k) > p->view.yhi + MJ_PLOT_TOLERANCE_M || rest + worth(s, k, low, n_low) <= r->best) continue;
    int32_t n_own = keep_apart(s, k, own, mj_view_higher(&p->view, y, y + side_m(s, k), least_m(s), low, n_low, own));
    int64_t score = rest + worth(s, k, own, n_own);
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
    if (!is_spent(p)) best_band(p, s, r, above, n);
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
    if (r->side < 0) continue;
    double top = r->y + side_m(s, r->side);
    int32_t m = mj_view_band(&p->view, r->y, top, top, least_m(s), p->stretch);
    m = keep_apart(s, r->side, p->stretch, m);
    for (int32_t j = 0; j < m; j++) {
      int32_t got = mj_shelf_items(s, r->side, p->stretch[j].x1 - p->stretch[j].x0, item, MOST_ITEMS);
      for (int32_t k = 0; k < got && p->n_placed < MJ_PACK_MOST; k++) {
        double x = p->stretch[j].x0 + (item[k].x_dm + item[k].w_dm / 2.0) / 10;
        double y = r->y + (item[k].y_dm + item[k].h_dm / 2.0) / 10;
        score += (int64_t)item[k].w_dm * item[k].h_dm * MJ_SHELF_COUNTS - 1;
        p->placed[p->n_placed++] = (mj_placed){.x = x * v->ux + y * v->vx,
                                               .y = x * v->uy + y * v->vy,
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

/* The plot seen along (ux, uy), turned over and mirrored so that more of the border lies above and to the right of its
 * middle: bands are stacked from below, and one plot must not be seen in two ways. */
static mj_status look(mj_pack *p, const mj_plot *plot, int32_t n_obstacles, bool high, double ux, double uy) {
  MJ_TRY(mj_view_set(&p->view, plot, n_obstacles, high, ux, uy, false));
  const mj_view *v = &p->view;
  double x = 0, y = 0, size = v->xhi - v->xlo + v->yhi - v->ylo, all = 0;
  for (int32_t i = 0; i < v->n_edges; i++) {
    const mj_view_edge *e = &v->edge[i];
    double weight = hypot(e->bx - e->ax, e->by - e->ay) * (1 + e->r);
    double ex = (e->ax + e->bx - v->xlo - v->xhi) / size, ey = (e->ay + e->by - v->ylo - v->yhi) / size;
    x += weight * (ex + 3 * ex * ex * ex);
    y += weight * (ey + 3 * ey * ey * ey);
    all += weight;
  }
  bool left = x < -1e-7 * all, over = y < -1e-7 * all;
  double sign = left ? -1 : 1;
  return left || over ? mj_view_set(&p->view, plot, n_obstacles, high, sign * ux, sign * uy, left != over) : MJ_OK;
}

/* Which of two directions of the same worth is taken: what more edges run along or across, then what they extend
 * along. Of no meaning but to tell any two apart unless the plot is the same in both. */
static double liking(const mj_view *v) {
  double sum = 0, size = v->xhi - v->xlo + v->yhi - v->ylo;
  for (int32_t i = 0; i < v->n_edges; i++) {
    const mj_view_edge *e = &v->edge[i];
    double x = (e->ax + e->bx - v->xlo - v->xhi) / size, y = (e->ay + e->by - v->ylo - v->yhi) / size;
    double nx2 = e->nx * e->nx, ny2 = e->ny * e->ny, weight = hypot(e->bx - e->ax, e->by - e->ay) * (1 + e->r);
    sum += weight * (4 * (nx2 * nx2 + ny2 * ny2) + x * x * (1 + 0.3 * x + 0.2 * y));
  }
  return sum;
}

/* The best bands of all directions on @p plot, added to what is placed; *gain is what they are worth. */
static mj_status round_of(mj_pack *p, const mj_plot *plot, int32_t n_obstacles, bool high, const mj_shelves *s,
                          const double *ux, const double *uy, int32_t n_directions, int64_t *gain) {
  int32_t placed = p->n_placed;
  double liked = 0;
  *gain = 0;
  for (int32_t d = 0; d < 2 * n_directions && !is_spent(p); d++) {
    double x = ux[d / 2], y = uy[d / 2];
    MJ_TRY(look(p, plot, n_obstacles, high, d % 2 ? -y : x, d % 2 ? x : y));
    int64_t n = make_rows(p, s), best;
    stack_bands(p, s, n);
    best = n ? p->row[0].best : 0;
    if (!best || best < *gain || (best == *gain && liking(&p->view) <= liked * (1 + 1e-9))) continue;
    liked = liking(&p->view);
    *gain = take_rows(p, s, n, placed);
  }
  return MJ_OK;
}

mj_status mj_pack_ready(mj_pack *p, const mj_plot *plot, int32_t n_obstacles) {
  int32_t n_edges = plot->edge0[n_obstacles] + 4 * MJ_PACK_MOST;
  if (n_edges > p->cap_edges || n_obstacles + MJ_PACK_MOST > p->cap_obstacles) {
    mj_plot_edge *edge = realloc(p->edge, (size_t)n_edges * sizeof *edge);
    if (edge) p->edge = edge;
    int32_t *edge0 = realloc(p->edge0, (size_t)(n_obstacles + MJ_PACK_MOST + 1) * sizeof *edge0);
    if (edge0) p->edge0 = edge0;
    row *rows = realloc(p->row, (size_t)(n_edges + MOST_ROWS + MOST_STEPS + 2) * sizeof *rows);
    if (rows) p->row = rows;
    mj_stretch *stretch = realloc(p->stretch, 2 * (size_t)(n_edges + 1) * sizeof *stretch);
    if (stretch) p->stretch = stretch;
    if (!edge || !edge0 || !stretch || !rows) return MJ_ENOMEM;
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
  p->score = p->view.work = 0;
  p->directions = n;
  if (n < 0) return MJ_ENOMEM;
  MJ_TRY(mj_pack_ready(p, plot, n_obstacles));
  for (;;) {
    int64_t gain;
    mj_plot now = with_placed(p, plot, n_obstacles, s->gap_dm / 10.0);
    MJ_TRY(round_of(p, &now, now.n_obstacles, high, s, ux, uy, n, &gain));
    p->score += gain;
    if (!gain || p->n_placed == MJ_PACK_MOST || is_spent(p)) break;
  }
  p->spent = is_spent(p);
  p->work = p->view.work;
  return MJ_OK;
}
