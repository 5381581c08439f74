/** @file plots.h  Plots of many shapes for tests of the packing, the same on every machine. */
#ifndef TEST_GEOM_PLOTS_H
#define TEST_GEOM_PLOTS_H
#include "geom/pack.h"
#include "shape.h"

enum { PLOT_EDGES = 12000, PLOT_OBSTACLES = 1100 };
#define PLOT_PI 3.14159265358979323846

/** The sizes of the catalogue, in tenths of a metre. */
static const mj_rect_size plot_sizes[8] = {{252, 420}, {252, 504}, {252, 588}, {252, 672},
                                           {252, 756}, {270, 720}, {270, 810}, {270, 900}};

/** A plot with its edges. */
typedef struct {
  mj_plot_edge edge[PLOT_EDGES];
  int32_t edge0[PLOT_OBSTACLES + 1], n, n_obstacles;
} ground;

static inline mj_plot ground_plot(const ground *g) {
  return (mj_plot){.edge = g->edge, .edge0 = g->edge0, .n_obstacles = g->n_obstacles};
}

static inline void ground_edge(ground *g, double ax, double ay, double bx, double by, double clear_m) {
  g->edge[g->n++] = (mj_plot_edge){ax, ay, bx, by, clear_m, clear_m + 3, 0};
  g->edge0[g->n_obstacles] = g->n;
}

/** A ring of the border, or of the obstacle that was begun last. */
static inline void ground_ring(ground *g, int n, const double *x, const double *y, double clear_m) {
  for (int i = 0; i < n; i++) ground_edge(g, x[i], y[i], x[(i + 1) % n], y[(i + 1) % n], clear_m);
}
static inline void ground_box(ground *g, double x0, double y0, double x1, double y1, double clear_m) {
  ground_ring(g, 4, (double[]){x0, x1, x1, x0}, (double[]){y0, y0, y1, y1}, clear_m);
}
static inline void ground_obstacle(ground *g) { g->edge0[++g->n_obstacles] = g->n; }
static inline void ground_start(ground *g) { g->n = g->n_obstacles = g->edge0[0] = 0; }

static inline double plot_between(uint64_t *seed, double lo, double hi) { return lo + (hi - lo) * shape_random(seed); }
static inline int plot_one_of(uint64_t *seed, int n) { return (int)(n * shape_random(seed)); }

/* ---- borders ---- */

static inline void plot_l(ground *g, uint64_t *seed, double w, double h) {
  double a = w * plot_between(seed, 0.2, 0.8), b = h * plot_between(seed, 0.2, 0.8);
  ground_ring(g, 6, (double[]){0, w, w, a, a, 0}, (double[]){0, 0, b, b, h, h}, 5);
}
static inline void plot_u(ground *g, uint64_t *seed, double w, double h) {
  double a = w * plot_between(seed, 0.2, 0.45), c = w * plot_between(seed, 0.55, 0.8),
         b = h * plot_between(seed, 0.2, 0.8);
  ground_ring(g, 8, (double[]){0, w, w, c, c, a, a, 0}, (double[]){0, 0, h, h, b, b, h, h}, 5);
}
static inline void plot_t(ground *g, uint64_t *seed, double w, double h) {
  double a = w * plot_between(seed, 0.1, 0.4), c = w * plot_between(seed, 0.6, 0.9),
         b = h * plot_between(seed, 0.3, 0.7);
  ground_ring(g, 8, (double[]){a, c, c, w, w, 0, 0, a}, (double[]){0, 0, b, b, h, h, b, b}, 5);
}
/* Radii between lo and hi of an ellipse: 1 and 1 is convex. */
static inline void plot_star(ground *g, uint64_t *seed, int n, double w, double h, double lo, double hi) {
  double x[1000], y[1000];
  for (int i = 0; i < n; i++) {
    double r = plot_between(seed, lo, hi), t = 2 * PLOT_PI * (i + (lo < hi ? 0 : 0.8 * shape_random(seed))) / n;
    x[i] = w / 2 * r * cos(t), y[i] = h / 2 * r * sin(t);
  }
  ground_ring(g, n, x, y, 5);
}
static inline void plot_curved(ground *g, uint64_t *seed, int n, double w, double h) {
  double x[1000], y[1000], waves = 2 + plot_one_of(seed, 5), depth = plot_between(seed, 0, 0.3);
  for (int i = 0; i < n; i++) {
    double t = 2 * PLOT_PI * i / n, r = 1 + depth * sin(waves * t);
    x[i] = w / 2 * r * cos(t), y[i] = h / 2 * r * sin(t);
  }
  ground_ring(g, n, x, y, 5);
}
/* Two boxes that meet in one vertex, in one ring; or a box with a spike out and back. */
static inline void plot_touching(ground *g, uint64_t *seed, double w, double h) {
  double a = w * plot_between(seed, 0.3, 0.7), b = h * plot_between(seed, 0.3, 0.7);
  if (shape_random(seed) < 0.5)
    ground_ring(g, 8, (double[]){0, a, a, w, w, a, a, 0}, (double[]){0, 0, b, b, h, h, b, b}, 5);
  else ground_ring(g, 7, (double[]){0, w, w, a, a, a, 0}, (double[]){0, 0, h, h, b, h, h}, 5);
}

enum { PLOT_KINDS = 13 };
static inline void plot_border(ground *g, int kind, uint64_t *seed) {
  double w = plot_between(seed, 40, 220), h = plot_between(seed, 40, 220);
  if (shape_random(seed) < 0.3) w = 10 * round(w / 10), h = 10 * round(h / 10);
  switch (kind) {
    case 0:
      ground_box(g, 0, 0, w, h, 5);
      break;
    case 1:
      plot_l(g, seed, w, h);
      break;
    case 2:
      plot_u(g, seed, w, h);
      break;
    case 3:
      plot_t(g, seed, w, h);
      break;
    case 4:
      plot_star(g, seed, 3 + plot_one_of(seed, 9), w, h, 1, 1);
      break;
    case 5:
      plot_star(g, seed, 8 + plot_one_of(seed, 12), w, h, 0.5, 1.3);
      break;
    case 6:
      plot_curved(g, seed, 200 + plot_one_of(seed, 800), w, h);
      break;
    case 7:
      ground_box(g, 0, 0, 5 * w, plot_between(seed, 0.1, 45), 5);
      break; /* a sliver */
    case 8:
      ground_box(g, 0, 0, plot_between(seed, 10, 50), plot_between(seed, 10, 60), 5);
      break;
    case 9:
      plot_touching(g, seed, w, h);
      break;
    case 10: /* a hole */
      ground_box(g, 0, 0, w, h, 5);
      ground_box(g, w * 0.4, h * 0.3, w * 0.6, h * 0.5, 5);
      break;
    case 11: /* two parts */
      ground_box(g, 0, 0, w, h, 5);
      ground_box(g, w + plot_between(seed, 0, 20), 0, 2 * w, h, 5);
      break;
    default:
      ground_ring(g, 4, (double[]){0, w, w * 0.9, w * 0.2}, (double[]){0, h * 0.1, h, h * 0.8}, 5);
      break;
  }
}

/* ---- obstacles ---- */

static inline void plot_obstacle(ground *g, uint64_t *seed) {
  double x = plot_between(seed, -20, 200), y = plot_between(seed, -20, 200), r = plot_between(seed, 2, 20);
  double clear = (double[]){0, 1, 3.5, 6}[plot_one_of(seed, 4)], t = plot_between(seed, 0, 6.3), c = r * cos(t),
         s = r * sin(t);
  ground_obstacle(g);
  switch (plot_one_of(seed, 4)) {
    case 0:
      ground_box(g, x, y, x + r, y + 2 * r, clear);
      break;
    case 1:
      ground_ring(g, 4, (double[]){x + c, x - s, x - c, x + s}, (double[]){y + s, y + c, y - s, y - c}, clear);
      break;
    case 2:
      ground_edge(g, x - 9 * c, y - 9 * s, x + 9 * c, y + 9 * s, clear);
      break;
    default: /* a line with a bend, its ends on one side */
      ground_edge(g, x, y, x + 50, y + 3 * s, clear);
      ground_edge(g, x + 50, y + 3 * s, x + 50, y + 60, clear);
      ground_edge(g, x + 50, y + 60, x, y + 60, clear);
      break;
  }
}

/** Plot number @p k: each kind in turn, some to the millimetre, some turned, some with distances that differ by edge,
 * every third with obstacles. */
static inline void plot_random(ground *g, int k, uint64_t *seed) {
  ground_start(g);
  plot_border(g, k % PLOT_KINDS, seed);
  g->edge0[0] = g->n;
  if (shape_random(seed) < 0.5) {
    double a[4] = {5, 6, 8, 10};
    if (shape_random(seed) < 0.3) a[0] = a[1] = 0, a[2] = 2;
    for (int32_t i = 0; i < g->n; i++) {
      g->edge[i].clear_m = a[plot_one_of(seed, 4)];
      g->edge[i].clear_high_m = g->edge[i].clear_m + 3;
    }
  }
  if (shape_random(seed) < 0.35)
    for (int i = 1 + plot_one_of(seed, 5); i > 0; i--) plot_obstacle(g, seed);
  bool whole = shape_random(seed) < 0.5;
  double turn = whole ? 0 : plot_between(seed, 0, 6.3), c = cos(turn), s = sin(turn);
  for (int32_t i = 0; i < g->n; i++) {
    mj_plot_edge *e = &g->edge[i], o = *e;
    e->ax = o.ax * c - o.ay * s, e->ay = o.ax * s + o.ay * c;
    e->bx = o.bx * c - o.by * s, e->by = o.bx * s + o.by * c;
    if (!whole) continue;
    e->ax = round(e->ax * 1000) / 1000, e->ay = round(e->ay * 1000) / 1000;
    e->bx = round(e->bx * 1000) / 1000, e->by = round(e->by * 1000) / 1000;
  }
}

/** The same plot turned by an angle, mirrored where @p mirror is -1, moved, and each chain of the border begun @p start
 * edges later (one ring). */
static inline void ground_moved(const ground *g, ground *out, double angle, double mirror, double dx, double dy,
                                int start) {
  double c = cos(angle), s = sin(angle);
  int32_t ring = g->edge0[0];
  out->n = g->n;
  out->n_obstacles = g->n_obstacles;
  for (int32_t k = 0; k <= g->n_obstacles; k++) out->edge0[k] = g->edge0[k];
  for (int32_t i = 0; i < g->n; i++) {
    mj_plot_edge *e = &out->edge[i];
    const mj_plot_edge *o = &g->edge[i < ring ? (i + start) % ring : i];
    *e = *o;
    e->ax = mirror * o->ax * c - o->ay * s + dx, e->ay = mirror * o->ax * s + o->ay * c + dy;
    e->bx = mirror * o->bx * c - o->by * s + dx, e->by = mirror * o->bx * s + o->by * c + dy;
  }
}
#endif
