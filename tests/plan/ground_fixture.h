/** @file ground_fixture.h  Parks of a few shapes in metres, laid anywhere, and questions to the plot of a parcel. */
#ifndef TEST_PLAN_GROUND_FIXTURE_H
#define TEST_PLAN_GROUND_FIXTURE_H

#include <stdlib.h>

#include "geom/shape.h"
#include "plan/ground.h"
#include "test.h"

static inline void must(mj_status status) { CU_ASSERT_EQUAL_FATAL(status, MJ_OK); }

/** Lanes ask for 4 m, less than any setback. */
static inline void new_park(mj_park *park) {
  *park = (mj_park){.frame = {.unit_m = 1}};
  park->project.fit.limits = (mj_fit_limits){.setback_road_m = 10,
                                             .setback_neighbour_m = 5,
                                             .setback_water_m = 15,
                                             .setback_zone_m = 12,
                                             .setback_other_m = 6,
                                             .setback_easement_m = 3,
                                             .neighbour_reach_m = 2,
                                             .road_reach_m = 20,
                                             .fire_gap_m = 10,
                                             .fire_gap_high_m = 13,
                                             .fire_class3_m = 2,
                                             .fire_class4_m = 4,
                                             .multi_height_m = 24,
                                             .add_upper_m = 4.5,
                                             .lane_m = 4};
}

/** Table @p id of polygons, see shape.h: a row a text, NULL ends them. */
static inline mj_table *lay(mj_park *park, mj_table_id id, const char *const *rows) {
  mj_table *t = &park->table[id];
  int n = 0;
  while (rows[n]) n++;
  must(mj_table_init(t, mj_table_id_name(id), n));
  t->geom.kind = MJ_GEOM_POLYGON;
  for (int i = 0; i < n; i++) shape_row(&t->geom, rows[i]);
  return t;
}
#define LAY(park, id, ...) lay(park, id, (const char *const[]){__VA_ARGS__, NULL})

/** Table @p id of one line (or of points, by kind) of n vertices. */
static inline mj_table *lay_line(mj_park *park, mj_table_id id, mj_geom_kind kind, int n, const double *x,
                                 const double *y) {
  mj_table *t = &park->table[id];
  must(mj_table_init(t, mj_table_id_name(id), 1));
  t->geom.kind = kind;
  must(mj_geom_push_ring(&t->geom, n, x, y));
  must(mj_geom_end_part(&t->geom));
  must(mj_geom_end_row(&t->geom));
  return t;
}

static inline void numbers(mj_table *t, const char *name, const double *v) {
  memcpy(mj_table_add(t, name, MJ_F64)->f64, v, sizeof *v * (size_t)t->n);
}

static inline void texts(mj_table *t, const char *name, const char *const *v) {
  memcpy(mj_table_add(t, name, MJ_TEXT)->text, v, sizeof *v * (size_t)t->n);
}

/** Turn, move and scale all shapes: metres (x, y) come to lie at place(x, y) of the frame. */
typedef struct {
  double turn, x, y, unit_m;
} place;
static inline void put(const place *at, double *x, double *y) {
  double c = cos(at->turn), s = sin(at->turn), u = c * *x - s * *y, v = s * *x + c * *y;
  *x = at->x + u / at->unit_m;
  *y = at->y + v / at->unit_m;
}
static inline void move_park(mj_park *park, place at) {
  park->frame.unit_m = at.unit_m;
  for (int k = 0; k < MJ_ROLE_END; k++)
    for (int32_t v = 0; v < park->table[k].geom.verts; v++)
      put(&at, &park->table[k].geom.x[v], &park->table[k].geom.y[v]);
}

/** A parcel's site with the arena it lies in; release with drop. */
typedef struct {
  mj_arena arena;
  mj__site site;
} seen;
static inline seen look(const mj_park *park, int64_t row) {
  seen s = {0};
  mj__ground *ground;
  must(mj__ground_open(park, 1, &ground, NULL));
  must(mj__ground_plot(ground, row, &s.arena, &s.site));
  mj__ground_close(ground);
  return s;
}
static inline void drop(seen *s, mj_park *park) {
  mj_arena_reset(&s->arena);
  if (park) mj_park_reset(park);
}

/** Border edge that passes nearest to a point of the frame. */
static inline const mj_plot_edge *border_at(const seen *s, double x, double y) {
  const mj_plot *p = &s->site.plot;
  const mj_plot_edge *best = NULL;
  double least = (double)INFINITY, px = (x - s->site.x0) * s->site.unit_m, py = (y - s->site.y0) * s->site.unit_m;
  for (int32_t k = 0; k < p->edge0[0]; k++) {
    const mj_plot_edge *e = &p->edge[k];
    double dx = e->bx - e->ax, dy = e->by - e->ay, t = ((px - e->ax) * dx + (py - e->ay) * dy) / (dx * dx + dy * dy);
    t = t < 0 ? 0 : t > 1 ? 1 : t;
    double d = hypot(e->ax + t * dx - px, e->ay + t * dy - py);
    if (d < least) {
      least = d;
      best = e;
    }
  }
  CU_ASSERT_PTR_NOT_NULL_FATAL(best);
  return best;
}

/** Signed area of the border: the rings close and are turned as they should be. */
static inline double border_m2(const seen *s) {
  double sum = 0;
  for (int32_t k = 0; k < s->site.plot.edge0[0]; k++) {
    const mj_plot_edge *e = &s->site.plot.edge[k];
    sum += (e->ax * e->by - e->bx * e->ay) / 2;
  }
  return sum;
}

/** First edge of obstacle @p k. */
static inline const mj_plot_edge *obstacle(const seen *s, int k) {
  CU_ASSERT_FATAL(k < s->site.plot.n_obstacles);
  return &s->site.plot.edge[s->site.plot.edge0[k]];
}
#endif
