/** @file ground_parts.h  What the files of ground share: layers, outlines, one parcel's surroundings. */
#ifndef MJ_PLAN_GROUND_PARTS_H
#define MJ_PLAN_GROUND_PARTS_H

#include <stddef.h>

#include "geom/index.h"
#include "plan/ground.h"

/** A layer of the park; rows is 0 where the park has none. */
typedef struct {
  const mj_table *table;
  int64_t rows;
  mj_geom_kind kind;
  mj_box *box; /**< [rows] in the frame, a little wider than the row, by half its width where it is a line */
  mj_grid grid;
  mj_edges edges;
  const double *width_m; /**< NULL: no such column */
} mj__layer;

enum { MJ__G_PARCELS, MJ__G_ZONES, MJ__G_BUILDINGS, MJ__G_ROADS, MJ__G_WATER, MJ__G_EASEMENTS, MJ__G_LAYERS };

struct mj__ground {
  mj__layer layer[MJ__G_LAYERS];
  mj_fit_norms norms;
  double unit_m;
  double reach_m;       /**< the farthest that an edge looks */
  double inward_m;      /**< and inwards, for borders of zones */
  double far_m;         /**< the farthest that an obstacle reaches */
  bool roads;           /**< the park has a layer of roads, as lines or polygons */
  const int64_t *owner; /**< [buildings] row of parcels, or -1 */
  mj_arena arena;
};

typedef struct {
  double x, y;
} mj__point;

/** Rings in metres about the origin, open: ring r is p[ring0[r]] .. p[ring0[r + 1] - 1]. */
typedef struct {
  mj__point *p;
  int32_t *ring0, n_rings;
} mj__outline;

/** Something that an edge may face: a segment, widened. */
typedef struct {
  double ax, ay, bx, by, half_m;
  int32_t what; /**< mj__ground_kind; MJ__GROUND_OTHER: an edge of the parcel itself */
} mj__bar;

/** A ring that a point may be in. */
typedef struct {
  int32_t layer, row, ring;
} mj__area;

enum { MJ__BARS_A_BOX = 16 };

/** One parcel and what lies about it. Lists are malloc'd. Valid when {0}. */
typedef struct {
  const mj__ground *g;
  int64_t row;
  mj_arena *arena;
  mj__site *site;
  double x0, y0;
  mj__outline outline;
  mj_rows rows, found; /**< of a grid; edges of a row */
  mj__bar *bar;        /**< what edges may face; the parcel's own edges first, in order */
  int64_t n_bars, cap_bars;
  mj__area *area;
  int64_t n_areas, cap_areas;
  mj_box *box;   /**< [n_bars / MJ__BARS_A_BOX] of that many bars each */
  int32_t *near; /**< [n_near] bars near the edge in hand */
  int64_t n_near;
  mj_plot_edge *edge; /**< the plot's, border first */
  int64_t n_edges, cap_edges;
  int64_t n_border;
  uint8_t *road; /**< [n_border] */
  int64_t cap_road;
  double least_clear_m; /**< of the border */
  int32_t *edge0;
  int64_t *obstacle; /**< row of each */
  int64_t n_obstacles, cap_edge0, cap_obstacles;
} mj__look;

/** Bit of a member of mj_fit_limits. */
#define MJ__FIT_BIT(name) ((uint64_t)1 << offsetof(mj_fit_limits, name) / sizeof(double))
/** A norm; 0 where it is not known, which the site then tells. */
#define MJ__NORM(w, name) mj__norm((w)->site, (w)->g->norms.limits.name, MJ__FIT_BIT(name))
static inline double mj__norm(mj__site *site, double value, uint64_t bit) {
  if (value == value) return value;
  site->missing |= bit;
  return 0;
}

/** Metres about the origin of vertex @p v. */
static inline mj__point mj__local(const mj__look *w, const mj_polys *g, int32_t v) {
  return (mj__point){(g->x[v] - w->x0) * w->g->unit_m, (g->y[v] - w->y0) * w->g->unit_m};
}

/** w->outline of the row. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj__ground_outline(mj__look *w);
/** Border edges of w->edge by what they face, and what the site says of them. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj__ground_border(mj__look *w);
/** What lies about the parcel, into bars and areas. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj__ground_surroundings(mj__look *w);
/** Obstacles behind the border. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj__ground_obstacles(mj__look *w);

/** Rows of a layer whose boxes meet the row's, widened by @p by_m, into w->rows. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj__ground_near(mj__look *w, const mj__layer *layer, double by_m);
/** Box of the row in the frame, widened by @p by_m. */
mj_box mj__ground_window(const mj__look *w, double by_m);
/** Edges of a row that touch the box, into w->found. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj__ground_edges(mj__look *w, const mj__layer *layer, int64_t row, const mj_box *window);
/** Append an edge. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj__ground_push(mj__look *w, mj_plot_edge edge);
/** Half the width of a line in metres; 0 for other shapes and where it is not known, which *unknown then counts. */
double mj__ground_half(const mj__layer *layer, int64_t row, int32_t *unknown);
#endif
