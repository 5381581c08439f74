/** @file enterprises.h  From enterprise rows to parcels: where each row belongs, and what then adds up. */
#ifndef MJ_MEASURE_ENTERPRISES_H
#define MJ_MEASURE_ENTERPRISES_H

#include "base/keymap.h"
#include "mujun/park.h"

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

/** Share of an enterprise row on a parcel. */
typedef struct {
  int32_t parcel;
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
  int64_t n_doubts, cap_doubts;
  mj__lack *lack; /**< [n_lacks], malloc'd: free it */
  int64_t n_lacks, cap_lacks;
} mj__places;

/**
 * Find the parcels of every enterprise row: its own parcel code, or, for an enterprise with one row in the year, its
 * occupancies of that year shared by floor area (where all have it) else by land area. Adds joins and ledger entries.
 * Arrays but doubt and lack live in park->arena. Errors: MJ_ENOMEM.
 */
MJ_NODISCARD mj_status mj__enterprise_places(mj_park *park, mj__places *out);

/** Years that a mean goes over, the year of the run first. */
enum { MJ__YEARS = 3, MJ__IN_DOUBT = -1 };

/**
 * Table gaps: for each parcel and year what keeps its sums from being known: a row that lacks the figure, no row at
 * all, an occupancy without an area, an identifier.
 * @param rows [MJ__YEARS][parcels] rows of the year on the parcel, or MJ__IN_DOUBT  @param complete no row means 0
 */
MJ_NODISCARD mj_status mj__enterprise_gaps(mj_park *park, const mj__places *places, int64_t *const *rows,
                                           const bool *complete);

/** Table reconciliation: for each sum of the year, source = parcels + what reached none and why + residual. Errors:
 * MJ_ENOMEM. */
MJ_NODISCARD mj_status mj__reconcile(mj_park *park, const mj__places *places);
#endif
