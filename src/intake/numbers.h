/** @file numbers.h  What coordinates say of their reference system by themselves: digits, prefix, order. */
#ifndef MJ_INTAKE_NUMBERS_H
#define MJ_INTAKE_NUMBERS_H

#include "mujun/geom.h"

typedef enum { MJ_NUMBERS_OPEN, MJ_NUMBERS_DEGREES, MJ_NUMBERS_GAUSS } mj_numbers_kind;

/** The pattern that all vertices of a layer share. */
typedef struct {
  mj_numbers_kind kind;
  bool swapped; /**< x holds the northings or latitudes */
  bool china;   /**< degrees: within the box of China; Gauss-Krueger: always */
  int zone;     /**< the two digits before the six of the eastings, 0: none */
} mj_numbers;

/**
 * The pattern of a box of vertices, decided by these bounds and nothing else:
 * - degrees of China: longitude 73 .. 136 and latitude 3 .. 54; swapped where x holds the latitudes. The two cannot be
 *   mistaken for each other.
 * - degrees elsewhere: |x| <= 180 and |y| <= 90.
 * - Gauss-Krueger in metres: northings of seven digits, 1,000,000 .. 6,200,000 (9N to 56N), and eastings of six digits,
 *   100,000 .. 999,999, alone or behind a zone of 10 .. 60 that is the same for all; swapped where x holds the
 *   northings. An easting is never a northing by these bounds.
 * Anything else, and a box without vertices, is open. Errors: none. Cost: none.
 */
mj_numbers mj_numbers_of(mj_box box);
/**
 * What would fit, in words, for a layer that carries no system: "by its numbers EPSG:4527 (CGCS2000 3-degree zone 39)
 * would fit"; "" where the numbers leave all open. The datum is not in the numbers: CGCS2000 is named as the one in
 * force, WGS 84 for degrees elsewhere. Never a choice: somebody has to say it.
 */
void mj_numbers_would_fit(mj_box box, mj_lang lang, char out[320]);
#endif
