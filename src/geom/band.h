/** @file band.h  A plot seen along one direction, and the free stretches of a band across it. */
#ifndef MJ_GEOM_BAND_H
#define MJ_GEOM_BAND_H

#include "geom/plot.h"
#include "mujun/status.h"

/** How far a rectangle may reach into what it must keep clear of, along and across, in metres: borders are surveyed to
 * centimetres. Not a whole number of millimetres, so that no plot given in them just fits or just does not. */
#define MJ_PLOT_TOLERANCE_M 0.0096

/** An edge in the turned system: the lower end first, the distance to keep, the normal that points east. */
typedef struct {
  double ax, ay, bx, by, r, nx, ny;
  double ylo, yhi, west, east; /**< reach of its surroundings */
  int32_t owner;               /**< whose inside it bounds: 0 the border's, k + 1 obstacle k's, -1 none's */
} mj_view_edge;

/** A plot turned so that bands run along x. Owns its edges. Valid when {0}. */
typedef struct {
  double ux, uy, vx, vy; /**< the directions of x and y in the plot's system */
  mj_view_edge *edge;    /**< from west to east */
  int32_t n_edges, cap;
  int32_t n_obstacles;       /**< those that count */
  double xlo, ylo, xhi, yhi; /**< box of the border */
  int32_t *near, n_near;     /**< edges that bands with the foot of the last one may meet */
  int64_t work;              /**< edges looked at since it was {0} */
  void *blocked;             /**< scratch [cap] */
  uint8_t *odd;              /**< scratch [1 + n_obstacles] */
  int32_t cap_odd;
} mj_view;

/** A free stretch of a band. */
typedef struct {
  double x0, x1;
} mj_stretch;

/**
 * See the plot along the direction (ux, uy), of length 1, and across it to the left; or, mirrored, to the right.
 *
 * @param n_obstacles  how many of the plot's obstacles count, from the first
 * @param high         keep the distances of high-rise buildings
 *
 * Errors: MJ_ENOMEM; the view is as before. Cost: the edges, sorted.
 */
MJ_NODISCARD mj_status mj_view_set(mj_view *view, const mj_plot *plot, int32_t n_obstacles, bool high, double ux,
                                   double uy, bool mirrored);
void mj_view_reset(mj_view *view);

/**
 * The stretches of the band y0 .. y1 in which a rectangle of that height may stand anywhere: inside the border, outside
 * every obstacle, and every edge kept clear of, to MJ_PLOT_TOLERANCE_M. Exact: an edge with its distance is a capsule,
 * and what it blocks of a band is its extent there. The band is higher than twice the tolerance.
 *
 * @param top      height up to which mj_view_higher will be asked for higher bands with the same foot
 * @param least_m  narrower stretches are left out; greater than twice the tolerance
 * @param out      room for n_edges + 1; in order
 *
 * Returns their number. Cost: the edges, and those near the band sorted.
 */
int32_t mj_view_band(mj_view *view, double y0, double y1, double top, double least_m, mj_stretch *out);
/** The same for the band y0 .. y1, from the stretches of the lower one: the last that mj_view_band was asked for. Cost:
 * the edges above that band which reach into its stretches. */
int32_t mj_view_higher(mj_view *view, double y0, double y1, double least_m, const mj_stretch *low, int32_t n_low,
                       mj_stretch *out);
#endif
