/** @file land.h  The land behind a parcel's plot ratio. */
#ifndef MJ_PLAN_LAND_H
#define MJ_PLAN_LAND_H

#include "mujun/park.h"

/** The area columns of parcels, and which of them each plot ratio was worked out with. */
typedef struct {
  const char **basis;
  const double *area_m2[MJ_MAX_BASES];
} mj__land;
mj__land mj__land_of(const mj_table *parcels);
/** What the countable floor area of row i was divided by, m2; NaN where there is none. */
double mj__land_m2(const mj__land *land, int64_t i);
#endif
