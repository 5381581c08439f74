/** @file marks.h  Places of ledger entries on their way into the tables checks and check_points. */
#ifndef MJ_BASE_MARKS_H
#define MJ_BASE_MARKS_H

#include "mujun/park.h"

/** One place. Texts may be NULL, rows 0, numbers NaN where there is nothing to say. (x, y) is used where no polygon is
 * given. */
typedef struct {
  mj_ledger_code code;
  bool major; /**< graver than its kind */
  const char *layer, *id, *other_layer, *other_id, *text;
  int64_t row, other_row;
  double area_m2, width_m, x, y;
} mj_mark;

/** A growing list with copies of the texts; coordinates in the park's frame. Valid when {0}; mj_marks_reset frees it.
 */
typedef struct {
  mj_mark *item;
  int64_t n, cap;
  mj_geom shape; /**< [n] polygons; an empty row: the mark is a point */
  mj_arena arena;
} mj_marks;
void mj_marks_reset(mj_marks *marks);

/** Append a mark with row @p row of @p shape (NULL: a point). Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_marks_add(mj_marks *marks, mj_mark mark, const mj_polys *shape, int64_t row);
/** Append the marks to the park's tables checks (polygons) and check_points, which are made where they are missing.
 * Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_marks_put(const mj_marks *marks, mj_park *park);

#endif
