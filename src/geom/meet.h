/** @file meet.h  Where the edges of two rows cross, decided exactly. */
#ifndef MJ_GEOM_MEET_H
#define MJ_GEOM_MEET_H

#include "mujun/geom.h"

/**
 * A crossing seen from one row: on its edge that starts at vertex @p v, with edge @p w of the other row. side is where
 * the end of edge v lies against edge w: 1 left, -1 right. (x, y) is the point, taken from the meetings' origin.
 */
typedef struct {
  int32_t v, w;
  int side;
  double x, y;
} mj_meeting;

/** Crossings of a pair, once by a's edges, once by b's; those of one edge in any order. Valid when {0}. */
typedef struct {
  mj_meeting *on_a, *on_b; /**< [n] each */
  int64_t n, cap;
  double ox, oy; /**< origin: set it before */
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
  const int32_t *edge;
  int32_t n;
  mj_span *span;
} mj_edge_list;

/**
 * Crossings of every edge of a with every edge of b, b being moved by (d, d d) with d smaller than any number: then no
 * vertex lies on an edge and no edge on another, so that edges cross in a point or not at all, and signs decide which.
 * The point is on the shorter edge, and at most 4 u R from the other (u = 2^-53, R: the rows' extent). met comes in
 * without crossings. Errors: MJ_ENOMEM.
 */
MJ_NODISCARD mj_status mj_meet_lists(const mj_edge_list *a, const mj_edge_list *b, mj_meetings *met);

#endif
