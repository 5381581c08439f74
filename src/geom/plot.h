/** @file plot.h  Ground that rectangles are placed on: borders and obstacles as edges, each with the distance to keep.
 */
#ifndef MJ_GEOM_PLOT_H
#define MJ_GEOM_PLOT_H

#include <stdbool.h>
#include <stdint.h>

/** An edge and how far a rectangle stays from it, in metres: of multi-storey and of high-rise buildings. 0: it may
 * touch. */
typedef struct {
  double ax, ay, bx, by;
  double clear_m, clear_high_m;
  int32_t kind; /**< the caller's */
} mj_plot_edge;

/**
 * A plot in metres about an origin near it, finite numbers all; owns nothing. Map coordinates of 4e7 m, which are good
 * to 1e-8 m, do too: the placing is the same as about the plot's own origin. Edges of the border come first: its rings
 * are closed, inside is even-odd over all of them. Then the obstacles: edges edge0[k] .. edge0[k+1]-1 belong to
 * obstacle k. Edges of it that follow each other back to where they began, to the last bit, are a ring; the inside of
 * its rings (even-odd) is no ground either. Other edges are lines, which have no inside. The first n_fixed obstacles
 * stand whatever is done; those behind them can be cleared away.
 */
typedef struct {
  const mj_plot_edge *edge; /**< [edge0[n_obstacles]] */
  const int32_t *edge0;     /**< [n_obstacles + 1]; edge0[0] is the number of border edges */
  int32_t n_obstacles, n_fixed;
} mj_plot;
#endif
