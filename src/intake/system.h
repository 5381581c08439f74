/** @file system.h  Which reference system a layer is in: what it carries, what it is told, what its numbers allow. */
#ifndef MJ_INTAKE_SYSTEM_H
#define MJ_INTAKE_SYSTEM_H

#include "intake/layer.h"

/**
 * Open the system of a part whose rows are read, and bring its coordinates into it: x east, y north, in metres or
 * degrees of that system. What the layer carries stands; a layer that carries none takes crs: or --crs, and without
 * them is refused with what its numbers would fit (numbers.h). Nothing is read from the numbers against a system that
 * they fit (fit.h). Where they do not, in this order:
 *
 * 1. Degrees of China with x and y exchanged, in a geographic system: exchanged back (CRS_AXES_SWAPPED).
 * 2. Gauss-Krueger metres, in a transverse Mercator system in metres:
 *    - x of seven-digit northings and y of eastings: exchanged back (CRS_AXES_SWAPPED);
 *    - eastings with a zone whose central meridian is the system's, and a false easting without it: read in the sibling
 *      that has the zone, and the other way round (CRS_ZONE_PREFIX);
 *    - eastings with a zone of another central meridian: refused, since either may be wrong.
 *    Both are done only if the result fits; else nothing is, and CRS_OUTSIDE_AREA tells where the data lie.
 * 3. Metres in a geographic system and degrees in a projected one: refused. Numbers of degrees of China within 5 by 5
 *    are refused in any projected system: no park is five metres wide.
 *
 * First of all, numbers of several patterns or over 1,000 km apart are looked at row by row (mj_rows_settle).
 *
 * Also entered: CRS_ASSIGNED, CRS_CUSTOM, CRS_SHIFT_GIVEN (datum_shift:). Errors: MJ_ECRS; in part->err.
 */
MJ_NODISCARD mj_status mj_system_open(mj_part *part);
/** One datum_shift: of the project cannot serve two datums: refused, naming both layers. Errors: MJ_ECRS. */
MJ_NODISCARD mj_status mj_systems_agree(const mj_part *part, int n, mj_error *err);
#endif
