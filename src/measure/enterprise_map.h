/** @file enterprise_map.h  Where the enterprises of the run's year stand on a map. */
#ifndef MJ_MEASURE_ENTERPRISE_MAP_H
#define MJ_MEASURE_ENTERPRISE_MAP_H

#include "measure/enterprises.h"

/**
 * Columns industry_name (all rows), zone, places, point_from, output_wan_per_mu and tax_wan_per_mu of the enterprises,
 * and their geometry: a point a row of the run's year, in the frame; no geometry where no place is known, and for the
 * rows of other years. The point is the first of these that is known:
 * 1. its longitude and latitude, where these were tried on rows that name their parcel (mj__use_tables.points) and lie
 *    within 100 km of the parcels;
 * 2. a point in the building, else in the parcel, of the place with the largest share of its figures; where they could
 *    not be shared, of the use with the largest floor, else land, else the first;
 * 3. its longitude and latitude, where too few rows could be tried.
 * Ledger: places that are not used. Errors: MJ_ENOMEM, MJ_ECRS. Cost: linear in rows and places; a pass over the shape
 * of each place once.
 */
MJ_NODISCARD mj_status mj__enterprise_map(mj_park *park, const mj__places *places, mj_error *err);
#endif
