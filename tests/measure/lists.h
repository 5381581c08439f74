/** @file lists.h  Five parcels in two zones, one code twice, for the lists that hang on them. */
#ifndef TEST_MEASURE_LISTS_H
#define TEST_MEASURE_LISTS_H

#include "fixture.h"

static inline mj_table *bare(mj_park *park, mj_table_id id, int n) {
  must(mj_table_init(&park->table[id], mj_table_id_name(id), n));
  return &park->table[id];
}

static inline void days(mj_table *t, const char *name, const char *const *v) {
  mj_column *c = mj_table_add(t, name, MJ_DATE);
  CU_ASSERT_PTR_NOT_NULL_FATAL(c);
  for (int64_t i = 0; i < t->n; i++) c->date[i] = v[i] ? mj_date_parse(v[i]) : MJ_DATE_NULL;
}

static inline void whole(mj_table *t, const char *name, const int *v) {
  mj_column *c = mj_table_add(t, name, MJ_I64);
  CU_ASSERT_PTR_NOT_NULL_FATAL(c);
  for (int64_t i = 0; i < t->n; i++) c->i64[i] = v[i];
}

/** A and B in zone north, C in none, D twice; as of 31 March 2026. */
static inline mj_table *five_parcels(mj_park *park) {
  new_park(park);
  park->project.as_of = mj_date_from_ymd(2026, 3, 31);
  mj_table *t = bare(park, MJ_PARCELS, 5);
  texts(t, "parcel_id", (const char *[]){"A", "B", "C", "D", "D"});
  texts(t, "zone", (const char *[]){"north", "north", NULL, "south", "south"});
  return t;
}
#endif
