/** @file topology.h  What the checks of parcels, gaps and buildings share: shapes by GEOS, entries with their places.
 */
#ifndef MJ_MEASURE_TOPOLOGY_H
#define MJ_MEASURE_TOPOLOGY_H

#include "base/marks.h"
#include "gis/overlay.h"
#include "measure/measure.h"

/** Makes shape k: appends exactly one row to @p out, an empty one where there is none or where @p left says that it is
 * not known. Called from several threads. */
typedef mj_status (*mj__shape_fn)(const void *ctx, mj_overlay *overlay, int64_t k, mj_geom *out, mj_left *left,
                                  mj_error *err);
/** Shapes 0..n-1 in order into @p out; the same for any number of threads.
 * @param left  what each is, [n] of the park's scratch: a caller tells of those that are not known
 * Errors: of @p make, MJ_ENOMEM. */
MJ_NODISCARD mj_status mj__make_shapes(mj_park *park, int64_t n, mj__shape_fn make, const void *ctx, mj_geom *out,
                                       const mj_left **left, mj_error *err);

/** What the two rows of each pair of table @p id have in common, one row a pair; where that is not known, @p left and
 * an entry say so. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj__common_shapes(mj_park *park, mj_table_id id, const mj_pairs *pairs, mj_geom *out,
                                         const mj_left **left, mj_error *err);
/** Width of shape k in metres; NaN where the shape is not known. */
double mj__width_m(const mj_park *park, const mj_polys *shape, const mj_left *left, int64_t k);
/** Entry about a row of which the check found something that GEOS cannot work out. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj__note_unknown(mj_park *park, mj_table_id id, int64_t row, mj_error *err);

/** A finding about row @p row of table @p id, and about row @p other of @p other_id (-1: none). */
typedef struct {
  mj_ledger_code code;
  mj_table_id id, other_id;
  int64_t row, other;
  bool major;
  double area_m2, width_m;
} mj__finding;
/** Its mark with row @p k of @p shape (an empty one: the row's first vertex stands for it); with @p entry also its
 * ledger entry. @p text is what was found, in the run's language. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj__report(mj_park *park, mj_marks *marks, const mj__finding *f, const char *text, bool entry,
                                  const mj_polys *shape, int64_t k);
/** Identifier of a row for a sentence: its own, at most 60 bytes of it, or "#12" by its source row. */
const char *mj__called(const mj_park *park, mj_table_id id, int64_t row, char out[64]);

/** Overlaps, duplicates, parts, what lies outside the zones. */
MJ_NODISCARD mj_status mj__check_parcels(mj_park *park, mj_marks *marks, mj_error *err);
/** Gaps between parcels. */
MJ_NODISCARD mj_status mj__check_gaps(mj_park *park, mj_marks *marks, mj_error *err);
#endif
