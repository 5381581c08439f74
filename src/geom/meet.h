/** @file meet.h  Where the edges of two rows meet: crossings proved, shared vertices found, the rest left unsettled. */
#ifndef MJ_GEOM_MEET_H
#define MJ_GEOM_MEET_H

#include "mujun/geom.h"

/**
 * Where a boundary is met: at fraction @p at of the edge that starts at vertex @p v, in the point (x, y). w is -1 at a
 * crossing; where a vertex is shared it is the other row's vertex, and at is 0. A ring's closing vertex goes by the
 * number of its first.
 */
typedef struct {
  int32_t v, w;
  double at, x, y;
} mj_meeting;

/** Meetings of a pair, once in order along a's boundary, once along b's. Valid when {0}. */
typedef struct {
  mj_meeting *on_a, *on_b; /**< [n] each */
  int64_t n, cap, crossings;
  bool settled; /**< false: edges touch in a way that signs cannot settle */
} mj_meetings;
void mj_meetings_reset(mj_meetings *met);

/** An edge as a sweep sees it. */
typedef struct {
  double xmin, xmax;
  int32_t v;
} mj_span;

/** Some edges of a row, by their first vertices; span has room for n. */
typedef struct {
  const mj_polys *polys;
  int64_t row;
  const int32_t *edge;
  int32_t n;
  mj_span *span;
} mj_edge_list;

/** Meetings of every edge of a with every edge of b. met comes in empty and settled. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_meet_lists(const mj_edge_list *a, const mj_edge_list *b, mj_meetings *met);

#endif
