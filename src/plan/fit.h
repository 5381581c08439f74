/** @file fit.h  Standard factories on one parcel: what the ways of building there come to, and what holds them back. */
#ifndef MJ_PLAN_FIT_H
#define MJ_PLAN_FIT_H

#include "geom/pack.h"
#include "gis/overlay.h"
#include "plan/ground.h"
#include "plan/land.h"

/** The ways of renewal: on the open land beside what stands, storeys added to what stands, all cleared and rebuilt. */
typedef enum { MJ__FIT_OPEN, MJ__FIT_STOREYS, MJ__FIT_REBUILD, MJ__FIT_WAYS } mj__fit_way;

/** What can hold floor area back, in the order in which one of two that bind alike is named. */
typedef enum {
#define BIND(name, code) MJ__BIND_##name,
#include "plan/bind.def"
#undef BIND
  MJ__BINDS
} mj__bind;
/** "plot_ratio", ...; NULL for MJ__BIND_NONE. */
const char *mj__bind_code(mj__bind bind);

/* ---- the catalogue ---- */

/** The sizes of all modules, and how they fill bands at both fire distances. Read-only once made; valid when {0}. */
typedef struct {
  const mj_fit_norms *norms;
  mj_rect_size size[MJ_SHELF_SIZES];
  const mj_fit_module *module[MJ_SHELF_SIZES];
  int32_t n;
  int32_t smallest;     /**< size of the least plate */
  int storeys_max;      /**< most that any module has */
  mj_shelves low, high; /**< as far apart as multi-storey and high-rise factories, a lane between them */
} mj__catalogue;
/** The widest stretch, m, that any parcel of the park can have. Cost: a pass over the vertices. */
double mj__fit_widest_m(const mj_park *park);
/** @param widest_m  stretches that bands are filled for; see mj_shelves_make. Errors: MJ_EINVAL more than
 * MJ_SHELF_SIZES sizes; MJ_ENOMEM. */
MJ_NODISCARD mj_status mj__catalogue_make(mj__catalogue *out, const mj_fit_norms *norms, double widest_m,
                                          mj_error *err);
void mj__catalogue_reset(mj__catalogue *catalogue);

/** Storeys of a module within a height, at most its own most; 0 where that is fewer than its least. */
int mj__storeys_within(const mj_fit_module *module, double height_m);
/** Height of a module of so many storeys, m. */
double mj__storeys_height(const mj_fit_module *module, int storeys);
/** Storeys as they count in the plot ratio: one higher than @p double_m counts twice. */
int mj__storeys_counted(const mj_fit_module *module, int storeys, double double_m);

/* ---- storeys ---- */

/** A module that stands somewhere and how many storeys it may have. */
typedef struct {
  double plate_m2;
  const mj_fit_module *module;
  int least, most; /**< storeys; most 0: it cannot be built */
  int storeys;     /**< out: 0: left out */
} mj__tower;

/**
 * Storeys for the towers so that the countable floor area is great and at most @p room_m2 and the plates together at
 * most @p ground_m2 (INFINITY: no limit of either): all alike as far as they go, then one more on some; modules are
 * left out only where the least storeys of all are too much, or the ground. The area is less than the greatest possible
 * by less than the smallest plate. Returns it. Cost: n squared.
 */
double mj__storeys_choose(mj__tower *tower, int32_t n, double room_m2, double ground_m2, double double_m);

/* ---- one parcel ---- */

/** What the parcel's facts say; NaN is not known. */
typedef struct {
  int64_t row;
  double land_m2;     /**< the area behind the plot ratio */
  double cap;         /**< plot ratio; NaN: no cap is known */
  double height_m;    /**< greatest height: of the plan, else of the norms */
  double coverage;    /**< greatest coverage: of the plan, else of the norms */
  double floor_m2;    /**< countable floor area that stands */
  double standing_m2; /**< footprint that stands */
} mj__fit_facts;

/** What one way of building comes to. Areas are countable floor area in m2. */
typedef struct {
  bool known;  /**< false: what it needs is not known; reason says what */
  bool spent;  /**< the limit of work was reached: more may fit */
  bool failed; /**< GEOS could not work out a shape: it is missing, or access is not checked */
  bool high;   /**< built as high-rise, at the greater distances */
  double gross_m2, demolished_m2, net_m2;
  double plates_m2, plot_ratio, coverage, gap_m2; /**< afterwards; gap to the cap */
  double ceiling_m2[MJ__BINDS];                   /**< of gross; NaN: does not hold it back */
  double capacity_m2;                             /**< gross without a cap */
  double cap_breakpoint;                          /**< plot ratio from which on a higher cap brings nothing */
  double buildable_m2;      /**< ground where a factory of the way's height may stand; NaN: not worked out */
  double strip_m, need_m;   /**< widest strip and what the smallest module needs, where nothing fits; else NaN */
  int32_t modules, unknown; /**< unknown: buildings of which it is not known whether they carry storeys */
  int storeys_least, storeys_most;
  double height_m;
  mj__bind binding, second;
  const char *reason; /**< in the run's language, or NULL */
} mj__fit_result;

/** A module as it stands in the answer; metres from the site's origin. */
typedef struct {
  mj_placed place;
  const mj_fit_module *module;
  int storeys;
} mj__fit_module_at;

/** Storeys added to a building. */
typedef struct {
  int64_t row; /**< of buildings */
  double floor_m2;
  int storeys;
} mj__fit_added;

/** All of one parcel. Lists belong to the arena it was worked out in. */
typedef struct {
  mj__site site;
  mj__fit_facts facts;
  mj__fit_result way[MJ__FIT_WAYS];
  mj__fit_module_at *module[MJ__FIT_WAYS]; /**< [way.modules]; of added storeys NULL */
  mj__fit_added *added;                    /**< [way[MJ__FIT_STOREYS].modules] */
  const mj_geom *shapes;                   /**< holds the next two rows, in the frame */
  int64_t buildable, lane;                 /**< rows of shapes, of the way that speaks for the parcel; -1: none */
  int best;                                /**< mj__fit_way of the greatest net_m2 over 0; -1: none */
} mj__fit_parcel;

/** The columns of parcels that say how much may stand and what does; NULL where there is none. */
typedef struct {
  mj__land land;
  const double *cap, *countable, *footprint, *height_cap, *plan_height, *coverage_cap, *plan_coverage;
} mj__fit_columns;
mj__fit_columns mj__fit_columns_of(const mj_table *parcels);
/** Is the parcel of that id, in that row from 0, the one that @p name names: by its id, or "#17" by its row from 1? */
bool mj__fit_is_named(const char *name, const char *id, int64_t row);
/** The rows of parcels that the project asks for, in order, into @p row [parcels]; returns their number. Factories
 * stand on industrial land; a parcel that is named is fitted whatever it is. */
int64_t mj__fit_rows(const mj_park *park, int64_t *row);
/** What row @p i says, with the norms and the cap of the project. */
mj__fit_facts mj__fit_facts_of(const mj__fit_columns *columns, const mj_project *project, int64_t i);

/** What works on parcels of one park: shared, read-only. */
typedef struct {
  const mj_park *park;
  mj__catalogue catalogue;
  mj__ground *ground;
} mj__fit;

/** Scratch of one thread. Valid when {0}. */
typedef struct {
  mj_pack pack;
  mj__tower tower[MJ_PACK_MOST];
  mj_overlay *overlay; /**< opened when it is first asked */
  mj_geom shape;
  mj_arena arena; /**< of one build */
} mj__fit_scratch;
void mj__fit_scratch_reset(mj__fit_scratch *scratch);

/**
 * New buildings on the plot beside its first @p n_obstacles obstacles: once all multi-storey and once high-rise, at the
 * distances of each; the greater floor area wins, of equal ones the lower.
 *
 * @param standing_m2  footprint that stays
 * @param floor_m2     countable floor area that stays
 * @param free_m2      plates that find a place on the parcel when nothing stands on or about it
 *
 * Each ceiling is the floor area that its constraint alone would allow; the lowest binds. Cost: two packings.
 */
MJ_NODISCARD mj_status mj__fit_build(const mj__fit *fit, mj__fit_scratch *scratch, mj_arena *arena,
                                     const mj__fit_parcel *parcel, int32_t n_obstacles, double standing_m2,
                                     double floor_m2, double free_m2, mj__fit_result *out, mj__fit_module_at **modules);
/**
 * The plot with its first @p n_obstacles obstacles and, behind them, the ground that no vehicle reaches from a road:
 * its middle keeps half a lane from buildings, water and the border that faces no road, and gets in where the border
 * faces one. Round a module there is always a lane, so what stands on ground that is reached is reached. The plot alone
 * where all is reached, and where it is not known whether: no frontage, no roads, no width of a lane; and where
 * buildings stand on the parcel and nothing is reached at all, for then they are by a way that is not on the map.
 *
 * @param arena   takes what @p out needs
 * @param failed  set where GEOS could not work it out; nothing is cut off then
 * Errors: MJ_ENOMEM. Cost: a mj_overlay_clear.
 */
MJ_NODISCARD mj_status mj__fit_cut_off(const mj__fit *fit, mj__fit_scratch *scratch, mj_arena *arena,
                                       const mj__site *site, int32_t n_obstacles, mj_plot *out, bool *failed);
/** True when (x, y) lies inside one of the plot's obstacles first .. last-1. */
bool mj__fit_is_in(const mj_plot *plot, int32_t first, int32_t last, double x, double y);
/** The way that speaks for a parcel: the best, where none brings anything the most that can be done, else what is left;
 * -1: none is known. */
int mj__fit_speaker(const mj__fit_parcel *parcel);
/**
 * Ground on which the modules of each way may stand, its area into way.buildable_m2; that of the way that speaks, and
 * the lanes round its modules, are appended to @p shapes, in the frame. Added storeys take no ground.
 * Errors: MJ_ENOMEM. Cost: a mj_overlay_clear a way and a mj_overlay_lanes.
 */
MJ_NODISCARD mj_status mj__fit_shapes(const mj__fit *fit, mj__fit_scratch *scratch, mj_arena *arena,
                                      mj__fit_parcel *parcel, mj_geom *shapes);
/** Storeys added to the buildings of the parcel, on the largest first; out->unknown counts those of which it is not
 * known whether they carry any. A building under add_storeys_min_m2 is left as it is. */
MJ_NODISCARD mj_status mj__fit_add_storeys(const mj__fit *fit, mj_arena *arena, const mj__fit_parcel *parcel,
                                           double standing_m2, double floor_m2, mj__fit_result *out,
                                           mj__fit_added **added);
/** All ways on the ground of @p parcel, whose site and facts are there, and which is best; without reasons. Errors:
 * MJ_ENOMEM. Cost: five packings. */
MJ_NODISCARD mj_status mj__fit_ways(const mj__fit *fit, mj__fit_scratch *scratch, mj_arena *arena,
                                    mj__fit_parcel *parcel);
/** Why a way brings nothing, or is not known: into way->reason, in the run's language. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj__fit_reason(const mj__fit *fit, mj__fit_scratch *scratch, mj_arena *arena,
                                      mj__fit_parcel *parcel, mj__fit_way way);
/** "open", "storeys", "rebuild". */
const char *mj__fit_way_code(mj__fit_way way);
/** @p text in the park's own memory: that of the workers goes. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj__fit_keep(mj_park *park, const char *text, const char **out);
/** The table fit_options: three rows a parcel. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj__fit_options(mj_park *park, const mj__fit_parcel *parcel, int64_t n);
/** The columns of parcels and the tables fit_options and fit from @p parcel [n], in order of rows. Errors: MJ_ENOMEM.
 */
MJ_NODISCARD mj_status mj__fit_tables(mj_park *park, const mj__fit_parcel *parcel, int64_t n);
/** The project's norms with another setback from every border (NaN: as they stand) and only the modules of the codes
 * "S,M" (NULL: all) into @p out; lists belong to the arena. Errors: MJ_EINVAL a code that is not in the catalogue,
 * norms that then contradict each other; MJ_ENOMEM. */
MJ_NODISCARD mj_status mj__fit_norms_with(const mj_fit_norms *norms, double setback_m, const char *modules,
                                          mj_arena *arena, mj_fit_norms *out, mj_error *err);
/**
 * Fit factories on the parcels that the project asks for (fit_of), and write what comes out into the park: columns of
 * parcels, tables fit_options and fit. Errors: MJ_EINVAL norms that say too much; MJ_ENOMEM. Cost: about 2 ms a parcel.
 */
MJ_NODISCARD mj_status mj__fit_run(mj_park *park, mj_error *err);
#endif
