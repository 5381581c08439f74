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
} mj__doubt;

/** Every row's places: rows [n], row i has places at[i] .. at[i+1]-1; shares of a placed row add up to 1. */
typedef struct {
  int64_t n;
  int32_t *at;
  mj__place *place;
  uint8_t *fate;    /**< [n] mj__fate */
  int32_t *year;    /**< [n] MJ_DATE_NULL where it cannot be known: such a row is set aside */
  mj__doubt *doubt; /**< [n_doubts], malloc'd: free it */
  int64_t n_doubts, cap_doubts;
} mj__places;

/**
 * Find the parcels of every enterprise row: its own parcel code, or, for an enterprise with one row in the year, its
 * occupancies of that year shared by floor area (where all have it) else by land area. Adds joins and ledger entries.
 * Arrays but doubt live in park->arena. Errors: MJ_ENOMEM.
 */
MJ_NODISCARD mj_status mj__enterprise_places(mj_park *park, mj__places *out);

/** Table reconciliation: for each sum of the year, source = parcels + what reached none and why + residual. Errors:
 * MJ_ENOMEM. */
MJ_NODISCARD mj_status mj__reconcile(mj_park *park, const mj__places *places);
#endif
