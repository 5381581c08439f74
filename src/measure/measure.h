/** @file measure.h  The parts of the measuring room, in the order measure.c calls them; each adds columns to the park's
 * parcels. */
#ifndef MJ_MEASURE_MEASURE_H
#define MJ_MEASURE_MEASURE_H

#include "base/sum.h"
#include "geom/overlap.h"
#include "mujun/park.h"

/** Planar, ellipsoidal and tuban areas; park->lon_deg, lat_deg in WGS 84. */
MJ_NODISCARD mj_status mj__measure_areas(mj_park *park, mj_error *err);
/** area_basis, area_mu, and the areas that plot ratio and coverage divide by. */
MJ_NODISCARD mj_status mj__measure_basis(mj_park *park, mj_error *err);
/** zone, zone_share, table parcel_zones. */
MJ_NODISCARD mj_status mj__measure_zones(mj_park *park, mj_error *err);
/** plan_share, plan_cap, plan_min; control_share, control_level. */
MJ_NODISCARD mj_status mj__measure_plans(mj_park *park, mj_error *err);
/** Buildings' own areas, table parcel_buildings, and their sums on each parcel. */
MJ_NODISCARD mj_status mj__measure_buildings(mj_park *park, mj_error *err);
/** coverage and plot_ratio, after basis and buildings. */
MJ_NODISCARD mj_status mj__measure_ratios(mj_park *park, mj_error *err);
/** Enterprise figures of the year and the three-year means, joins and the reconciliation of their sums; where
 * enterprises stand on a map. */
MJ_NODISCARD mj_status mj__measure_enterprises(mj_park *park, mj_error *err);
/** Project lookups as columns of parcels. */
MJ_NODISCARD mj_status mj__measure_lookups(mj_park *park, mj_error *err);
/** Ledger of standard-factory units: zone, shape, state of use with what contradicts it, months, tenant. After
 * enterprises.
 */
MJ_NODISCARD mj_status mj__measure_factory_units(mj_park *park, mj_error *err);
/** Projects: zone, shape, land in mu, added floor area, where they stand on the reference date and how many days. */
MJ_NODISCARD mj_status mj__measure_projects(mj_park *park, mj_error *err);
/** Contracts beside what became of their parcels: actual figures, margins, and whether each item is met. After
 * enterprises and ratios. */
MJ_NODISCARD mj_status mj__measure_contracts(mj_park *park, mj_error *err);
/** Figures that do not go together, as suspicions in the ledger (SUSPECT_...); changes nothing. Last of all. */
MJ_NODISCARD mj_status mj__measure_suspicions(mj_park *park, mj_error *err);

/** Table reconciliation of everything: rows of every layer, areas and floor areas on their way through, and before the
 * sums of the enterprise table. Last of all. */
MJ_NODISCARD mj_status mj__measure_conservation(mj_park *park, mj_error *err);

/**
 * Overlaps of parcels with the rows of table @p id in square metres, ordered by (parcel, row), areas of at most 1e-6 m2
 * dropped. GEOS decides the pairs that
 * touch or cross; one it fails on stays with NaN, so that what is summed over it is unknown, and gets a ledger entry.
 * Errors: MJ_ENOMEM.
 */
MJ_NODISCARD mj_status mj__measure_overlaps(mj_park *park, mj_table_id id, mj_pairs *out, mj_error *err);

/** Noise of coordinates near 4e7 m (7e-9 m) along a kilometre of shared border stays below this, in square metres. */
static const double mj__no_overlap_m2 = 1e-6;
/**
 * Pairs of rows a < b of table @p id that overlap by more than @p least_m2, areas in square metres, ordered by (a, b).
 * One that cannot be computed gets a ledger entry and is left out. Rows of one shape are found without overlaying
 * them, see mj__distinct_pairs. Errors: MJ_ENOMEM.
 */
MJ_NODISCARD mj_status mj__self_overlaps(mj_park *park, mj_table_id id, double least_m2, mj_pairs *out, mj_error *err);
/** Take off @p footprint[i], the footprints of the buildings on parcel i added up, what counts more than once: @p on
 * says what lies on parcels, @p overlaps which buildings lie on each other. NaN, with an entry, where GEOS fails.
 * Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj__footprints_once(mj_park *park, const mj_pairs *on, const mj_pairs *overlaps,
                                           double *footprint, mj_error *err);
/** once[j] from added[j], the m2 of building j on all parcels added up: where parcels lie over each other their common
 * ground counts once. NaN where it cannot be computed. Errors: MJ_ENOMEM. Cost: GEOS for buildings on parcels that
 * overlap. */
MJ_NODISCARD mj_status mj__ground_on_parcels(mj_park *park, const mj_pairs *on, const double *added, double *once,
                                             mj_error *err);
/** Entries and checks of buildings that lie on each other (@p overlaps: all such pairs), and that stand on no parcel.
 */
MJ_NODISCARD mj_status mj__check_buildings(mj_park *park, const mj_pairs *overlaps, mj_error *err);
/** Tables checks and check_points: where parcels lie on each other, apart, or outside. */
MJ_NODISCARD mj_status mj__measure_topology(mj_park *park, mj_error *err);

/** True for a building of which so little lies on parcels that it is told; NaN is not known. */
bool mj__is_off_parcels(const mj_park *park, double share);
/** True for a piece of a building on a parcel (@p area_m2, @p share of the footprint) that is an error of drawing:
 * under building_sliver_m2 or building_sliver_share, and not the main part of it (building_inside_share). An area that
 * is NaN is not asked. */
bool mj__is_sliver(const mj_park *park, double area_m2, double share);

/** Ledger entry about a row of parcels, buildings or enterprises: its layer (with the file where there are several),
 * identifier and source row; row -1: about the whole table. */
MJ_NODISCARD mj_status mj__note(mj_park *park, mj_ledger_code code, mj_table_id id, int64_t row, const char *field,
                                const char *found, const char *expected);

/** Column of parcels that is added, or MJ_ENOMEM through @p status. */
double *mj__f64(mj_table *table, const char *name, mj_status *status);
int64_t *mj__i64(mj_table *table, const char *name, mj_status *status);
const char **mj__text(mj_table *table, const char *name, mj_status *status);

/** The areas an indicator may divide by, in the order of its basis list. */
typedef struct {
  const double *area_m2[MJ_MAX_BASES];
  mj_basis basis[MJ_MAX_BASES];
  int n;
  const double *measured_m2; /**< ellipsoidal; a paper's area that slipped against it is passed over */
  const mj_check_limits *limits;
} mj__bases;
/** The columns behind @p said (nothing said: recorded, contract, ellipsoid) that parcels have. */
mj__bases mj__bases_of(const mj_park *park, const mj_basis *said);
/** True where a recorded or contract area is about ten times or more off the measured one: a slip of unit. */
bool mj__area_slipped(const mj_check_limits *limits, double paper, double measured);
/** First positive area of the row; NaN and MJ_BASIS_NONE where none is known. */
double mj__bases_area(const mj__bases *bases, int64_t row, mj_basis *used);
#endif
