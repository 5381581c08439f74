#include "mujun/park.h"
#include "mujun/progress.h"
#include "test.h"

typedef struct {
  int calls;
  const char *stage;
  int64_t done, total;
} heard;
static void listen(void *user, const char *stage, int64_t done, int64_t total) {
  heard *h = user;
  h->calls++, h->stage = stage, h->done = done, h->total = total;
}

static void stages_are_told_and_timed(void) {
  heard h = {0};
  mj_progress p = {.report = listen, .user = &h};
  mj_progress_stage(&p, "read");
  mj_progress_step(&p, 5, 10);
  ASSERT_TEXT(h.stage, "read");
  ASSERT_INT(h.done, 5);
  mj_progress_stage(&p, "measure");
  mj_progress_stage(&p, NULL);
  ASSERT_INT(p.n_stages, 2);
  ASSERT_INT(h.calls, 3);
  CU_ASSERT(p.stage[0].seconds > 0 && p.stage[1].seconds > 0);
}

static void more_stages_than_room_are_left_out(void) {
  mj_progress p = {0};
  for (int i = 0; i < 200; i++) mj_progress_stage(&p, "s");
  ASSERT_INT(p.n_stages, MJ_MAX_STAGES);
}

static void what_runs_beside_is_kept_apart(void) {
  mj_progress p = {0};
  for (int i = 0; i < 20; i++) mj_progress_beside(&p, "hash", 0.5);
  ASSERT_INT(p.n_stages, 0);
  ASSERT_INT(p.n_beside, MJ_MAX_BESIDE);
  ASSERT_TEXT(p.beside[0].name, "hash");
  CU_ASSERT_DOUBLE_EQUAL(p.beside[0].seconds, 0.5, 0);
}

static void every_table_and_basis_has_a_name(void) {
  for (int i = 0; i < MJ_TABLE_END; i++) CU_ASSERT_PTR_NOT_NULL(mj_table_id_name((mj_table_id)i));
  ASSERT_TEXT(mj_table_id_name(MJ_PARCELS), "parcels");
  ASSERT_TEXT(mj_basis_name(MJ_BASIS_TUBAN), "tuban");
  ASSERT_TEXT(mj_basis_name(MJ_BASIS_NONE), "");
  mj_park park = {0};
  CU_ASSERT_FALSE(mj_park_has(&park, MJ_ZONES));
  mj_park_reset(&park);
}

SUITE_OF(progress, T(stages_are_told_and_timed), T(more_stages_than_room_are_left_out),
         T(what_runs_beside_is_kept_apart), T(every_table_and_basis_has_a_name));
