#include "mujun/ledger.h"
#include "test.h"

static void entries_keep_their_own_texts_in_order(void) {
  mj_ledger ledger = {0};
  char id[] = "P-0";
  for (int i = 0; i < 1000; i++) {
    id[2] = (char)('0' + i % 10);
    ASSERT_INT(
        mj_ledger_add(&ledger, (mj_ledger_entry){.code = MJ_L_ID_DUPLICATE, .layer = "parcels", .id = id, .row = i}),
        MJ_OK);
  }
  ASSERT_INT(ledger.n, 1000);
  ASSERT_TEXT(ledger.entry[7].id, "P-7");
  ASSERT_INT(ledger.entry[999].row, 999);
  CU_ASSERT_PTR_NULL(ledger.entry[0].field);
  mj_ledger_reset(&ledger);
}

static void entries_are_counted_by_severity(void) {
  mj_ledger ledger = {0};
  const mj_ledger_code codes[] = {MJ_L_CRS_DEGREES, MJ_L_ID_MISSING, MJ_L_ROW_NO_GEOMETRY, MJ_L_ROW_NO_GEOMETRY};
  for (int i = 0; i < 4; i++) ASSERT_INT(mj_ledger_add(&ledger, (mj_ledger_entry){.code = codes[i]}), MJ_OK);
  ASSERT_INT(mj_ledger_count(&ledger, MJ_NOTE), 4);
  ASSERT_INT(mj_ledger_count(&ledger, MJ_WARN), 3);
  ASSERT_INT(mj_ledger_count(&ledger, MJ_SET_ASIDE), 2);
  ASSERT_INT(mj_ledger_set_aside(&ledger), 2);
  mj_ledger_entry many = {.code = MJ_L_YEAR_MISSING, .layer = "enterprises", .rows = 29};
  CU_ASSERT_EQUAL(mj_ledger_add(&ledger, many), MJ_OK);
  ASSERT_INT(mj_ledger_set_aside(&ledger), 31);
  mj_ledger_reset(&ledger);
}

static void every_code_says_what_it_means_and_what_to_do(void) {
  for (int c = 0; c < MJ_LEDGER_END; c++) {
    CU_ASSERT(*mj_ledger_code_name((mj_ledger_code)c) && *mj_ledger_touches((mj_ledger_code)c));
    for (int lang = MJ_EN; lang <= MJ_ZH; lang++) {
      CU_ASSERT(*mj_ledger_meaning((mj_ledger_code)c, (mj_lang)lang));
      CU_ASSERT(*mj_ledger_remedy((mj_ledger_code)c, (mj_lang)lang));
    }
  }
  ASSERT_TEXT(mj_severity_name(MJ_SET_ASIDE, MJ_ZH), "剔除");
}

SUITE_OF(ledger, T(entries_keep_their_own_texts_in_order), T(entries_are_counted_by_severity),
         T(every_code_says_what_it_means_and_what_to_do));
