/** @file fixture.h  A small park in memory: axis-parallel rectangles near 118.55 E 24.91 N in CGCS2000 / 3-degree GK CM
 * 120E. */
#ifndef TEST_MEASURE_FIXTURE_H
#define TEST_MEASURE_FIXTURE_H

#include <stdlib.h>

#include "gis/crs.h"
#include "measure/measure.h"
#include "mujun/rooms.h"
#include "test.h"

static const double X0 = 353500, Y0 = 2756800;

/** One rectangle, metres from (X0, Y0). */
typedef struct {
  double x, y, w, h;
} rect;

static inline void must(mj_status status) { CU_ASSERT_EQUAL_FATAL(status, MJ_OK); }

static inline void push_rect(mj_geom *g, rect r) {
  double x[] = {X0 + r.x, X0 + r.x + r.w, X0 + r.x + r.w, X0 + r.x, X0 + r.x},
         y[] = {Y0 + r.y, Y0 + r.y, Y0 + r.y + r.h, Y0 + r.y + r.h, Y0 + r.y};
  must(mj_geom_push_ring(g, 5, x, y));
  must(mj_geom_end_part(g));
  must(mj_geom_end_row(g));
}

/** Table @p id of n rectangles; a rectangle of width 0 becomes a row without geometry. */
static inline mj_table *lay(mj_park *park, mj_table_id id, int n, const rect *r) {
  mj_table *t = &park->table[id];
  must(mj_table_init(t, mj_table_id_name(id), n));
  t->geom.kind = MJ_GEOM_POLYGON;
  for (int i = 0; i < n; i++)
    if (r[i].w > 0) push_rect(&t->geom, r[i]);
    else must(mj_geom_end_row(&t->geom));
  return t;
}

static inline void texts(mj_table *t, const char *name, const char *const *v) {
  mj_column *c = mj_table_add(t, name, MJ_TEXT);
  CU_ASSERT_PTR_NOT_NULL_FATAL(c);
  for (int64_t i = 0; i < t->n; i++) c->text[i] = v[i];
}

static inline void numbers(mj_table *t, const char *name, const double *v) {
  mj_column *c = mj_table_add(t, name, MJ_F64);
  CU_ASSERT_PTR_NOT_NULL_FATAL(c);
  for (int64_t i = 0; i < t->n; i++) c->f64[i] = v[i];
}

static inline void years(mj_table *t, const int *v) {
  mj_column *c = mj_table_add(t, "year", MJ_I64);
  CU_ASSERT_PTR_NOT_NULL_FATAL(c);
  for (int64_t i = 0; i < t->n; i++) c->i64[i] = v[i];
}

static inline void new_park(mj_park *park) {
  mj_crs *crs = NULL;
  *park = (mj_park){0};
  must(mj_crs_open("EPSG:4549", &crs, NULL));
  const mj_crs_facts *f = mj_crs_get(crs);
  size_t n = strlen(f->wkt) + 1;
  park->frame = (mj_frame){.wkt = malloc(n), .unit_m = f->unit_m, .a_m = f->a_m, .inv_f = f->inv_f};
  memcpy(park->frame.wkt, f->wkt, n);
  mj_crs_close(crs);
  park->project.year = 2025;
  park->project.area_tolerance = park->project.headroom_min_m2 = (double)NAN;
  must(mj_rules_load(park, NULL)); /* the limits of rules/checks.yaml */
}

/** Ledger entries of one code. */
static inline int entries(const mj_park *park, mj_ledger_code code) {
  int n = 0;
  for (int64_t i = 0; i < park->ledger.n; i++) n += park->ledger.entry[i].code == code;
  return n;
}

/** The first of them, or NULL. */
static inline const mj_ledger_entry *first_entry(const mj_park *park, mj_ledger_code code) {
  for (int64_t i = 0; i < park->ledger.n; i++)
    if (park->ledger.entry[i].code == code) return &park->ledger.entry[i];
  return NULL;
}
#endif
