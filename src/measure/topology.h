/** @file topology.h  What the checks of parcels, gaps and buildings share: shapes by GEOS, entries with their places.
 */
#ifndef MJ_MEASURE_TOPOLOGY_H
#define MJ_MEASURE_TOPOLOGY_H

#include "base/marks.h"
#include "gis/overlay.h"
#include "measure/measure.h"

/** Makes shape k: appends exactly one row to @p out, an empty one where there is none. Called from several threads. */
typedef mj_status (*mj__shape_fn)(const void *ctx, mj_overlay *overlay, int64_t k, mj_geom *out, mj_error *err);
/** Shapes 0..n-1 in order into @p out; the same for any number of threads. Errors: of @p make, MJ_ENOMEM. */
MJ_NODISCARD mj_status mj__make_shapes(const mj_park *park, int64_t n, mj__shape_fn make, const void *ctx, mj_geom *out,
                                       mj_error *err);

/** What the two rows of each pair of table @p id have in common, one row a pair. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj__common_shapes(const mj_park *park, mj_table_id id, const mj_pairs *pairs, mj_geom *out,
                                         mj_error *err);

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
/** Identifier of a row for a sentence: its own, or "#12" by its source row; into @p out where it has none. */
const char *mj__called(const mj_park *park, mj_table_id id, int64_t row, char out[32]);

/** Overlaps, duplicates, parts, what lies outside the zones. */
MJ_NODISCARD mj_status mj__check_parcels(mj_park *park, mj_marks *marks, mj_error *err);
/** Gaps between parcels. */
MJ_NODISCARD mj_status mj__check_gaps(mj_park *park, mj_marks *marks, mj_error *err);
#endif
