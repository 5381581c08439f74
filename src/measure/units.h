/** @file units.h  Factory units on their way to the ledger of use: what is recorded, who uses them, what contradicts
 * it. */
#ifndef MJ_MEASURE_UNITS_H
#define MJ_MEASURE_UNITS_H

#include "base/keymap.h"
#include "measure/lists.h"
#include "measure/use_words.h"

/** The units and what is known of each; arrays are [rows], in the park's arena or the table. */
typedef struct {
  mj_park *park;
  mj_table *t;
  const char **unit, **building, **code, **recorded; /* NULL where the input has no such column */
  const double *area;
  const int32_t *since;
  int64_t *parcel, *house; /* rows of parcels and buildings, or MJ__NO_CODE, ... */
  mj_keymap houses;        /* building_id of the units */
  int32_t *house_number;   /* its number there, or -1 */
  uint8_t *means;          /* of the state recorded */
  int64_t *occupancy;      /* an occupancy in force of somebody else than the owner that names this unit, or -1 */
  uint8_t *owned;          /* the owner's own use is known: by word, by code, by an occupancy of the owner's */
  uint8_t *owners_code;    /* the unit's code is that of the parcel's owner */
  uint8_t *quiet;          /* the tenant has 0 output, staff and electricity in the run's year, all known */
  const char **name;       /* column enterprise_name */
} mj__units;

/** Who uses each unit: fills occupancy, owned, owners_code, quiet, name; entries for codes without an enterprise.
 * Cost: one look at the occupancies and the enterprises. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj__unit_tenants(mj__units *u, const mj__use_words *words);
/** A unit by the place that its number belongs to, "b\x1fJZ01\x1f101": @p kind 'b' a building, 'p' a parcel. NULL: no
 * memory. */
const char *mj__unit_key(mj_arena *arena, char kind, const char *place, const char *unit);
/** Code and name of the tenant as people read them, "" where there is none. Returns @p out. */
const char *mj__unit_tenant(const mj__units *u, int64_t row, char *out, size_t size);
/** Entries for units without a building, an area or a day that can be, that stand twice, and for buildings whose units
 * add up to more than they have. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj__check_units(mj__units *u);
#endif
