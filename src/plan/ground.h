/** @file ground.h  The ground of each parcel as rectangles are placed on it: its border by what lies outside, and what
 * stands in the way. */
#ifndef MJ_PLAN_GROUND_H
#define MJ_PLAN_GROUND_H

#include "geom/plot.h"
#include "mujun/park.h"

/** Kinds of edges of a plot, MJ__GROUND_ROAD ... */
typedef enum {
#define GROUND(name, code, zh, en) MJ__GROUND_##name,
#include "plan/ground.def"
#undef GROUND
  MJ__GROUND_KINDS
} mj__ground_kind;
/** "road", ... */
const char *mj__ground_code(mj__ground_kind kind);
/** "临道路", "road", ... */
const char *mj__ground_word(mj__ground_kind kind, mj_lang lang);

/** The layers of a park made ready for questions; see mj__ground_open. */
typedef struct mj__ground mj__ground;

/** The ground of one parcel; its arrays belong to the arena it was made with. Row i of the frame lies at
 * origin + metres / unit_m. */
typedef struct {
  mj_plot plot;                      /**< the kind of an edge is a mj__ground_kind; without edges: no shape */
  const int64_t *row;                /**< [plot.n_obstacles] row of the obstacle in its layer (by its kind), from 0 */
  const uint8_t *road;               /**< [border edges] true: faces a road, whatever setback decides there */
  double x0, y0, unit_m;             /**< origin in the frame, metres per unit of the frame */
  double length_m[MJ__GROUND_KINDS]; /**< of the border, by kind */
  double frontage_m;                 /**< of the border that faces a road, whatever setback decides there */
  uint8_t access; /**< MJ_YES: some of it faces a road; MJ_UNKNOWN: the park has no lines or polygons of roads */
  int32_t n_unknown_structure; /**< buildings of the plot whose structure is not known: taken as the rulebook's last */
  int32_t n_unknown_height;    /**< buildings without height and storeys: taken as multi-storey */
  int32_t n_unknown_width;     /**< roads and waters near it that are lines without a width: taken as the line alone */
  uint64_t missing;            /**< bit i: member i of mj_fit_limits is NaN and was needed here; taken as 0 */
} mj__site;

/**
 * Index the park's layers. The park must not change while it is open. Borders and obstacles come of the tables parcels,
 * zones, buildings, parcel_buildings, roads, water and easements as far as there are; norms of park->project.fit.
 *
 * A building belongs to the parcel that has its largest share (the first of those that have the same), where enough of
 * it lies on parcels at all (checks: building_inside_share); else to none.
 *
 * @param threads 0: one per core
 * Errors: MJ_ENOMEM. Cost: a pass over every layer.
 */
MJ_NODISCARD mj_status mj__ground_open(const mj_park *park, int threads, mj__ground **out, mj_error *err);
void mj__ground_close(mj__ground *ground);

/**
 * The plot of row @p row of parcels: the rings of all its parts, counter-clockwise shells and clockwise holes, without
 * vertices that deviate by 1 mm or less. The same for any start and direction of a ring.
 *
 * An edge is split where the setback changes or a road begins, found by samples at most 10 m apart and then by halving.
 * Along the outward normal of a sample lie: another parcel within neighbour_reach_m; a road or water (a polygon, or a
 * line widened by half its width) within road_reach_m and before any other parcel and any other edge of this one; the
 * border of a zone within neighbour_reach_m on either side, if it runs along. The greatest setback of these holds and
 * names the edge; nothing of them: other. clear_m is that or the room for a fire lane, whichever is more.
 *
 * Obstacles that stand: buildings that belong elsewhere, easements, water. Those that can be cleared away: the
 * buildings that belong to the parcel. One that is outside and farther than anything it asks for is left out; polygons
 * of water and easements are cut off well outside. Lines come there and back, so that they have no inside. A single
 * storey is never high; storeys without heights count add_upper_m each.
 *
 * @param scratch  takes what @p out needs, and is the caller's to reset; small pages (64 KiB) do
 * Safe from several threads with an arena each. Errors: MJ_ENOMEM. Cost: some 50 us for a parcel of
 * 10 vertices among others, 1.6 ms for one of 1,000.
 */
MJ_NODISCARD mj_status mj__ground_plot(const mj__ground *ground, int64_t row, mj_arena *scratch, mj__site *out);
#endif
