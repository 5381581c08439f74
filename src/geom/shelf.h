/** @file shelf.h  How rectangles of a few sizes fill a band of a given height and width best: tables made once. */
#ifndef MJ_GEOM_SHELF_H
#define MJ_GEOM_SHELF_H

#include <stdint.h>

#include "mujun/status.h"

enum { MJ_SHELF_SIZES = 32, MJ_SHELF_BLOCKS = 500, MJ_SHELF_SIDES = 100, MJ_SHELF_COLUMNS = 250, MJ_SHELF_ACROSS = 3 };

/** One rectangle size, in tenths of a metre; it may be turned by a right angle. */
typedef struct {
  int32_t depth_dm, length_dm; /**< depth <= length */
} mj_rect_size;

/** What columns are stacked from: up to MJ_SHELF_ACROSS rectangles of one size beside each other, or a pinwheel of one
 * depth that turns about a middle: two lie, and at two sides one or two stand. */
typedef struct {
  int32_t w_dm, h_dm, across;
  int32_t lying, standing; /**< numbers of its sizes; standing is -1 where it is no pinwheel */
  int64_t score;
} mj_shelf_block;

/** A rectangle that lies in a band: its lower left corner from that of the free stretch, in tenths of a metre. */
typedef struct {
  int32_t x_dm, y_dm, w_dm, h_dm;
  int32_t size; /**< number in sizes */
} mj_shelf_item;

/**
 * The best filling of a band by columns, each a stack of blocks, all rectangles @c gap_dm apart. Best is
 * the greatest area, then the fewest rectangles: mj_shelf_score. Read-only once made; valid when {0}.
 */
typedef struct {
  mj_rect_size size[MJ_SHELF_SIZES];
  int32_t n_sizes, gap_dm, widest_dm, tallest_dm;
  mj_shelf_block block[MJ_SHELF_BLOCKS];
  int32_t n_blocks;
  int32_t side[MJ_SHELF_SIDES], n_sides; /**< heights of bands, ascending: sides of sizes and of simple pinwheels */
  int32_t column[MJ_SHELF_COLUMNS], n_columns; /**< widths of columns, ascending: those of all blocks */
  int64_t *stack;      /**< [n_columns][tallest + 1] best score of a column of that width and height */
  int16_t *stack_last; /**< the same: its topmost block, -1: that of a lower height */
  int64_t *fill;       /**< [n_sides][widest + 1] best score of a band of that height and width */
  int16_t *fill_last;  /**< the same: its last column, -1: that of a smaller width */
} mj_shelves;

/** Score of a set of rectangles: sums of scores compare as areas do, then the fewer rectangles the better. */
#define MJ_SHELF_COUNTS 4096
/** Area in m2 behind a score. */
double mj_shelf_area_m2(int64_t score);

/**
 * @param size     [n] sizes, 1 <= n <= MJ_SHELF_SIZES, sides of 0.1 m to 1 km. Pinwheels of the last ones are left out
 *                 where there are more than MJ_SHELF_BLOCKS blocks
 * @param gap_m    distance between rectangles, 0 to 1 km, rounded up to a tenth of a metre
 * @param widest_m greatest width of a band that will be asked for, 0 to 100 km
 *
 * Errors: MJ_EINVAL for anything else; MJ_ENOMEM. Cost: sides x columns x widest, in tenths of a metre.
 */
MJ_NODISCARD mj_status mj_shelves_make(mj_shelves *shelves, const mj_rect_size *size, int32_t n, double gap_m,
                                       double widest_m);
void mj_shelves_reset(mj_shelves *shelves);

/** Score of the best filling of a stretch @p width_m wide in a band as high as side @p k. A stretch wider than the
 * tables is taken as the widest. */
int64_t mj_shelf_best(const mj_shelves *shelves, int32_t k, double width_m);
/** Least width with the score of mj_shelf_best, in metres, as the stretch is rounded down. */
double mj_shelf_needs_m(const mj_shelves *shelves, int32_t k, double width_m);
/** Its rectangles, in @p out which has room for @p room; they stand in the middle of the stretch and of the band.
 * Returns their number, at most room. */
int32_t mj_shelf_items(const mj_shelves *shelves, int32_t k, double width_m, mj_shelf_item *out, int32_t room);
#endif
