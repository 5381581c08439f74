/** @file enterprises.h  From enterprise rows to parcels: where each row belongs, and what then adds up. */
#ifndef MJ_MEASURE_ENTERPRISES_H
#define MJ_MEASURE_ENTERPRISES_H

#include "measure/uses.h"

/** Why an enterprise row, or a share of it, reached no parcel; PLACED: it did. Names of the items in table
 * reconciliation. */
typedef enum {
  PLACED,
  NO_PARCEL_CODE,
  UNKNOWN_PARCEL,
  DUPLICATE_PARCEL,
  NO_AREA_TO_SHARE,
  MIXED_AREAS,
  NO_YEAR,
  N_FATES
} mj__fate;

/** The ledger code that tells of it; MJ_LEDGER_END: placed, or told elsewhere (the years). */
mj_ledger_code mj__fate_code(mj__fate fate);

/** Share of an enterprise row on a parcel. */
typedef struct {
  int32_t parcel;
  int32_t use; /**< number of the use in the run's year, or -1 */
  double share;
} mj__place;

/** A parcel that a row which was not placed may belong to: its sums of that year are unknown. */
typedef struct {
  int32_t parcel, year;
  int64_t row; /**< of the enterprise table */
} mj__doubt;

/** An occupancy that keeps an enterprise row from being placed: the field it lacks. */
typedef struct {
  int64_t row;       /**< of the enterprise table; ascending */
  int32_t occupancy; /**< row of the occupancies */
  const char *field; /**< "floor_area_m2", "land_area_m2" or "parcel_id" */
} mj__lack;

/** Every row's places: rows [n], row i has places at[i] .. at[i+1]-1; shares of a placed row add up to 1. */
typedef struct {
  int64_t n;
  int32_t *at;
  mj__place *place;
  uint8_t *fate;    /**< [n] mj__fate */
  int32_t *year;    /**< [n] MJ_DATE_NULL where it cannot be known: such a row is set aside */
  mj__doubt *doubt; /**< [n_doubts], malloc'd: free it */
  int64_t n_doubts;
  mj__lack *lack; /**< [n_lacks], malloc'd: free it */
  int64_t n_lacks;
  mj__use_tables tables;
  mj__uses uses;      /**< of the run's year, shared */
  int32_t *first_row; /**< [firms] the first row of the run's year, or -1 */
  mj_arena arena;     /**< of what is above */
} mj__places;

/**
 * Find the parcels of every enterprise row. An enterprise with several rows in a year reports by place: each row goes
 * to the parcel it names. One with a single row is shared over its uses of that year: by the floor it uses where all
 * are known, else by the floor it owns or leases, else by land. Adds joins and ledger entries; doubt, lack, tables and
 * uses are freed by mj__places_reset. Errors: MJ_ENOMEM. Cost: linear in rows and uses; occupancies for each year.
 * Years run side by side.
 */
MJ_NODISCARD mj_status mj__enterprise_places(mj_park *park, mj__places *out);
void mj__places_reset(mj__places *places);
/** The use that figures of place @p k of the row stand on: its own, else the enterprise's first on that parcel; -1:
 * none. */
int32_t mj__use_of_place(const mj__places *places, int64_t row, int32_t k);

/** How the keys of enterprises and parcels met, for the manifest. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj__count_join(mj_park *park, const mj__use_tables *tables);
/** Ledger: occupancies of somebody whom no row of the enterprises names. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj__note_strangers(mj_park *park, const mj__firms *firms);

/** The year that each enterprise row is of, [rows]; MJ_DATE_NULL where it cannot be known. One file without any year
 * speaks of the year of the run; beside files that say theirs a row without one belongs to no year. Ledger: years that
 * are missing, later or assumed. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj__row_years(mj_park *park, int32_t *year);
/** The same without a word in the ledger. */
void mj__years_of(const mj_park *park, int32_t *year);

/** Years that a mean goes over, the year of the run first. */
enum { MJ__YEARS = 3, MJ__IN_DOUBT = -1 };

/**
 * Table gaps: for each parcel and year what keeps its sums from being known: a row that lacks the figure, no row at
 * all, an occupancy without an area, an identifier.
 * @param rows [MJ__YEARS][parcels] rows of the year on the parcel, or MJ__IN_DOUBT  @param complete no row means 0
 */
MJ_NODISCARD mj_status mj__enterprise_gaps(mj_park *park, const mj__places *places, int64_t *const *rows,
                                           const bool *complete);

/** Table occupancy_shares of the run's year, and the parcels' floor by what becomes of it; where the park has
 * occupancies or factory units. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj__use_table(mj_park *park, const mj__places *places);
/** Table over_leases (over_lease.h): lessees beside the enterprises of their industry; where the park has occupancies
 * or factory units. Errors: MJ_ENOMEM. Cost: linear, and n log n to sort the figures of each industry. */
MJ_NODISCARD mj_status mj__over_leases(mj_park *park, const mj__places *places);
#endif
