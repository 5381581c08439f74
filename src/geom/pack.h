/** @file pack.h  Rectangles of a few sizes placed on a plot: in bands along the plot's own directions. */
#ifndef MJ_GEOM_PACK_H
#define MJ_GEOM_PACK_H

#include "geom/band.h"
#include "geom/shelf.h"

enum { MJ_PACK_MOST = 512 };

/** A rectangle on the plot: centre, unit vector along its first side, the two sides. */
typedef struct {
  double x, y, ux, uy, w_m, h_m;
  int32_t size;
} mj_placed;
/** Its corners, counter-clockwise. */
void mj_placed_corners(const mj_placed *p, double x[4], double y[4]);

/** What one packing may cost: edges looked at for free stretches, over all directions; some 0.1 s. When it is used up
 * the best so far stands, and spent says so. */
#define MJ_PACK_WORK 30000000

/** Scratch of one thread, and the last answer. Valid when {0}. */
typedef struct {
  mj_placed placed[MJ_PACK_MOST];
  int32_t n_placed;
  int64_t score;      /**< mj_shelf_score of them all */
  int32_t directions; /**< tried */
  bool spent;         /**< the limit of work was reached */
  mj_view view;
  struct mj_pack_row *row;
  mj_stretch *stretch;
  mj_plot_edge *edge; /**< the plot with what is placed */
  int32_t *edge0;
  int32_t cap_edges, cap_obstacles;
  int64_t work;
} mj_pack;
void mj_pack_reset(mj_pack *pack);

/**
 * Place rectangles so that their area is great: along each of the plot's directions (mj_pack_directions) and across it,
 * bands as high as a side are stacked by dynamic programming over the heights at which one may begin, each band filled
 * by mj_shelf_best; the best direction wins. Then, as long as more finds room, the same with what stands as obstacles.
 *
 * @param n_obstacles  how many of the plot's obstacles count
 * @param high         keep the distances of high-rise buildings
 *
 * A rectangle keeps every edge's distance, lies on ground, and is shelves->gap_dm from the others, all to
 * MJ_PLOT_TOLERANCE_M. Unless spent, the score depends on the shape alone, not on where the ring starts, where the plot
 * lies, how it is turned and whether it is mirrored. Stretches wider than the shelves are filled in several rounds:
 * make them as wide as the widest plot. Not always the best there is: see docs/methods.md. Errors: MJ_ENOMEM. Cost:
 * bounded by MJ_PACK_WORK.
 */
MJ_NODISCARD mj_status mj_pack_plot(mj_pack *pack, const mj_plot *plot, int32_t n_obstacles, bool high,
                                    const mj_shelves *shelves);

/** Make room for the answer of a plot; mj_pack_plot does it itself. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_pack_ready(mj_pack *pack, const mj_plot *plot, int32_t n_obstacles);
/**
 * Width, to a centimetre, of the widest strip of @p length_m that keeps all distances, along and across the plot's
 * directions, at most @p most_m; 0: there is none. Strips begin just above an edge, or at heights 1 m apart. Errors:
 * MJ_ENOMEM. Cost: some ten times a band at every metre.
 */
MJ_NODISCARD mj_status mj_pack_strip(mj_pack *pack, const mj_plot *plot, int32_t n_obstacles, double length_m,
                                     double most_m, double *strip_m);

enum { MJ_PACK_DIRECTIONS = 4 };
/** Directions, modulo a right angle, that most of the border runs along: unit vectors, the weightiest first, each with
 * at least a tenth of the border, or as much as the first. Returns their number, at least 1 where there is a border;
 * -1: no memory. Cost: the border's edges, sorted. */
int32_t mj_pack_directions(const mj_plot *plot, double ux[MJ_PACK_DIRECTIONS], double uy[MJ_PACK_DIRECTIONS]);
#endif
