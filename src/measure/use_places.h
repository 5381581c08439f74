/** @file use_places.h  From the codes that a row names to parcels. */
#ifndef MJ_MEASURE_USE_PLACES_H
#define MJ_MEASURE_USE_PLACES_H

#include "measure/enterprises.h"
#include "measure/uses.h"

/** A cell that lists more codes than this names no place; a building on more parcels stands nowhere. */
enum { MJ__MOST_PLACES = 256 };

/** The only parcel of that code. */
mj__fate mj__find_parcel(const mj__use_tables *tables, const char *code, int32_t *parcel);
/** Rows of the parcels of codes 0 .. n-1, NULL where there is none, or MJ__NO_PARCEL, ...; many at once. */
void mj__parcels_of(const mj__use_tables *tables, const char *const *code, int64_t n, int32_t *parcel);
/**
 * The parcels of a cell: one code, or several between ; , 、 / | or blanks, where a short one is the end of the code
 * before it. Shares by the parcels' floor area where all have it, else by their land, else NaN.
 * @param place  [MJ__MOST_PLACES]
 */
mj__fate mj__find_places(const mj__use_tables *tables, const char *cell, mj__place *place, int32_t *n);
/** The same of an enterprise row, by what tables hold of it. */
mj__fate mj__row_places(const mj__use_tables *tables, int64_t row, mj__place *place, int32_t *n);
/** Which of the codes that a cell lists parcels bear: their numbers in tables->parcels. @param number [MJ__MOST_PLACES]
 */
int32_t mj__known_codes(const mj__use_tables *tables, const char *cell, int32_t *number);
/** The places that an occupancy names: its parcels; else those of its building. A unit tells what it does not say. */
mj__fate mj__occupancy_places(const mj__use_tables *tables, int64_t row, mj__place *place, int32_t *n);
/** Fill tables->occ_parcel, occ_building, occ_unit. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj__occupancies_find(mj__use_tables *tables);
/** The only building of that code. */
mj__fate mj__find_building(const mj__use_tables *tables, const char *code, int32_t *building);
/** The parcels that a building stands on, with the shares of its footprint on them; what lies on none and slivers
 * (mj__is_sliver) do not count. */
mj__fate mj__building_places(const mj__use_tables *tables, int32_t building, mj__place *place, int32_t *n);
/** The same, @p on being the rows of parcel_buildings by building. */
mj__fate mj__pieces(const mj_park *park, const mj__groups *on, int32_t building, mj__place *place, int32_t *n);
/** Rows of parcel_buildings by building. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj__group_buildings(const mj_park *park, mj_arena *arena, mj__groups *on);
/** The parcel that a factory unit names; where it names none, the parcels of its building, by its footprint on them. @p
 * building -1: none found. */
mj__fate mj__unit_places(const mj__use_tables *tables, int64_t unit, mj__place *place, int32_t *n, int32_t *building);
#endif
