#include "base/bare_table.h"
#include "test.h"

static void a_new_column_is_all_null(void) {
  mj_table t;
  ASSERT_INT(mj_table_init(&t, "parcels", 5), MJ_OK);
  const mj_type types[] = {MJ_F64, MJ_I64, MJ_TEXT, MJ_DATE, MJ_TRI};
  const char *names[] = {"a", "b", "c", "d", "e"};
  for (int k = 0; k < 5; k++) {
    mj_column *c = mj_table_add(&t, names[k], types[k]);
    CU_ASSERT_PTR_NOT_NULL_FATAL(c);
    for (int64_t i = 0; i < 5; i++) CU_ASSERT_TRUE(mj_column_is_null(c, i));
  }
  mj_table_i64(&t, "b")[2] = 0;
  CU_ASSERT_FALSE(mj_column_is_null(mj_table_find(&t, "b"), 2));
  mj_table_reset(&t);
  CU_ASSERT_PTR_NULL(t.columns);
}

static void adding_again_gives_the_same_column_or_nothing(void) {
  mj_table t;
  ASSERT_INT(mj_table_init(&t, "t", 3), MJ_OK);
  mj_column *first = mj_table_add(&t, "x", MJ_F64);
  for (int i = 0; i < 100; i++) {
    char name[8] = {'c', (char)('0' + i / 10), (char)('0' + i % 10)};
    CU_ASSERT_PTR_NOT_NULL(mj_table_add(&t, name, MJ_I64));
  }
  CU_ASSERT_PTR_EQUAL(mj_table_add(&t, "x", MJ_F64), first);
  CU_ASSERT_PTR_NULL(mj_table_add(&t, "x", MJ_TEXT));
  CU_ASSERT_PTR_NULL(mj_table_text(&t, "x"));
  CU_ASSERT_PTR_NULL(mj_table_f64(&t, "none"));
  ASSERT_INT(t.n_columns, 101);
  mj_table_reset(&t);
}

static void a_table_without_rows_is_fine(void) {
  mj_table t;
  ASSERT_INT(mj_table_init(&t, "t", 0), MJ_OK);
  CU_ASSERT_PTR_NOT_NULL(mj_table_add(&t, "x", MJ_DATE));
  mj_table_reset(&t);
  mj_table_reset(&t);
}

static void rows_are_called_by_the_number_of_their_source(void) {
  int64_t fid[2] = {7, 40};
  mj_table t;
  ASSERT_INT(mj_table_init(&t, "t", 2), MJ_OK);
  ASSERT_INT(mj_table_source_row(&t, 1), 2);
  int64_t *own = t.source_row;
  t.source_row = fid;
  ASSERT_INT(mj_table_source_row(&t, 1), 40);
  t.source_row = own;
  mj_table_reset(&t);
}

/* The grades of a run: numbers, counts, texts and truths. */
static void a_bare_table_is_null_where_it_was_cleared(void) {
  mj_park park = {0};
  mj_error err = {0};
  ASSERT_INT(mj_park_bare_table(&park, MJ_GRADES, 6, &err), MJ_OK);
  mj_table *t = &park.table[MJ_GRADES];
  ASSERT_INT(t->n, 6);
  for (int64_t i = 0; i < 6; i++) mj_table_f64(t, "score")[i] = 1, mj_table_i64(t, "rank")[i] = 1;
  for (int64_t i = 0; i < 6; i++) mj_table_tri(t, "stable")[i] = MJ_NO;
  mj_table_clear(t, 2, 4);
  for (int64_t i = 0; i < 6; i++) {
    bool cleared = i == 2 || i == 3;
    ASSERT_INT(mj_column_is_null(mj_table_find(t, "score"), i), cleared);
    ASSERT_INT(mj_column_is_null(mj_table_find(t, "rank"), i), cleared);
    ASSERT_INT(mj_column_is_null(mj_table_find(t, "stable"), i), cleared);
    CU_ASSERT_TRUE(mj_column_is_null(mj_table_find(t, "class"), i));
  }
  ASSERT_INT(mj_park_new_table(&park, MJ_GRADES, 2, &err), MJ_OK);
  CU_ASSERT_TRUE(mj_column_is_null(mj_table_find(&park.table[MJ_GRADES], "score"), 1));
  mj_park_reset(&park);
}

SUITE_OF(table, T(a_bare_table_is_null_where_it_was_cleared), T(a_new_column_is_all_null),
         T(adding_again_gives_the_same_column_or_nothing), T(a_table_without_rows_is_fine),
         T(rows_are_called_by_the_number_of_their_source));
