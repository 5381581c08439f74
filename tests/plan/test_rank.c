#include "plan/rank.h"
#include "test.h"

enum { N = 9 };

/* Worked out by hand: 4 is idle; 1 and 7 are inefficient, 7 fits more; of the rest with headroom 2 fits, 0 and 5 fit
 * nothing that is known and go by headroom and then by area, 8 has no headroom that is known, so its fit is none. */
static void idle_comes_first_then_what_adds_most_and_the_unknown_last(void) {
  static const char *const status[N] = {"headroom", "inefficient", "headroom",    "normal",  "idle",
                                        "headroom", "headroom",    "inefficient", "headroom"};
  static const uint8_t candidate[N] = {MJ_YES, MJ_YES, MJ_YES, MJ_NO, MJ_YES, MJ_YES, MJ_UNKNOWN, MJ_YES, MJ_YES};
  static const double fits[N] = {NAN, 100, 5, 9e9, 0, NAN, 9e9, 200, 9e9},
                      room[N] = {70, 9e9, 1, 9e9, NAN, 70, 9e9, 1, NAN}, area[N] = {20, 1, 1, 1, 1, 10, 1, 1, 20};
  static const int64_t expected[N] = {5, 3, 4, MJ_I64_NULL, 1, 6, MJ_I64_NULL, 2, 7};
  mj_table t = {0};
  CU_ASSERT_EQUAL_FATAL(mj_table_init(&t, "parcels", N), MJ_OK);
  memcpy(mj_table_add(&t, "status", MJ_TEXT)->text, status, sizeof status);
  memcpy(mj_table_add(&t, "candidate", MJ_TRI)->tri, candidate, sizeof candidate);
  memcpy(mj_table_add(&t, "fit_floor_area_m2", MJ_F64)->f64, fits, sizeof fits);
  memcpy(mj_table_add(&t, "headroom_m2", MJ_F64)->f64, room, sizeof room);
  memcpy(mj_table_add(&t, "area_mu", MJ_F64)->f64, area, sizeof area);
  ASSERT_INT(mj__rank(&t), MJ_OK);
  const int64_t *rank = mj_table_i64(&t, "candidate_rank");
  for (int i = 0; i < N; i++) ASSERT_INT(rank[i], expected[i]);
  mj_table_reset(&t);
}

/* Without a fit and without areas the headroom and the layer's order remain. */
static void columns_that_are_not_there_decide_nothing(void) {
  mj_table t = {0};
  CU_ASSERT_EQUAL_FATAL(mj_table_init(&t, "parcels", 3), MJ_OK);
  mj_column *status = mj_table_add(&t, "status", MJ_TEXT), *candidate = mj_table_add(&t, "candidate", MJ_TRI),
            *room = mj_table_add(&t, "headroom_m2", MJ_F64);
  for (int i = 0; i < 3; i++) status->text[i] = "headroom", candidate->tri[i] = MJ_YES, room->f64[i] = i < 2 ? 10 : 20;
  ASSERT_INT(mj__rank(&t), MJ_OK);
  const int64_t *rank = mj_table_i64(&t, "candidate_rank");
  ASSERT_INT(rank[0], 2);
  ASSERT_INT(rank[1], 3);
  ASSERT_INT(rank[2], 1);
  mj_table_reset(&t);
}

SUITE_OF(rank, T(idle_comes_first_then_what_adds_most_and_the_unknown_last),
         T(columns_that_are_not_there_decide_nothing));
