/* Where and when a rulebook is in force. */
#include "fixture.h"

static int64_t entries(const fixture *f, mj_ledger_code code, int64_t *at) {
  int64_t n = 0;
  for (int64_t i = 0; i < f->park.ledger.n; i++)
    if (f->park.ledger.entry[i].code == code && !n++ && at) *at = i;
  return n;
}

#define PLACED "area: [\"350502\", \"4110\"]}"

static void codes_of_another_place_are_named_and_counted(void) {
  static const char *const ids[] = {
      "350502001002GB00017", "411002001002GB00001", "330302001002GB00001", "330302001002GB00002", "P-5", NULL};
  fixture f;
  int64_t at = 0;
  set_up(&f, 6, "2026-03-31");
  memcpy(text(&f, "parcel_id"), ids, sizeof ids);
  write_book(&f, "a", HEAD("a") PLACED);
  CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(entries(&f, MJ_L_RULEBOOK_ELSEWHERE, &at), 1);
  CU_ASSERT_STRING_EQUAL(f.park.ledger.entry[at].found, "330302 (2 / 4)");
  CU_ASSERT_STRING_EQUAL(f.park.ledger.entry[at].expected, "350502, 4110");
  CU_ASSERT_STRING_EQUAL(f.park.ledger.entry[at].id, "a");
  tear_down(&f);
}

static void no_area_and_no_codes_say_nothing(void) {
  for (int i = 0; i < 2; i++) {
    fixture f;
    set_up(&f, 1, "2026-03-31");
    if (i) text(&f, "parcel_id")[0] = "330302001002GB00001";
    write_book(&f, "a", i ? HEAD("a") "issuer: 某府}" : HEAD("a") PLACED);
    CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
    CU_ASSERT_EQUAL(entries(&f, MJ_L_RULEBOOK_ELSEWHERE, NULL), 0);
    tear_down(&f);
  }
}

static void out_of_its_dates_only_the_date_is_told(void) {
  fixture f;
  set_up(&f, 1, "1999-12-31");
  text(&f, "parcel_id")[0] = "330302001002GB00001";
  write_book(&f, "a", HEAD("a") PLACED);
  CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
  CU_ASSERT_EQUAL(entries(&f, MJ_L_RULEBOOK_ELSEWHERE, NULL), 0);
  CU_ASSERT_EQUAL(entries(&f, MJ_L_RULEBOOK_OUT_OF_FORCE, NULL), 1);
  tear_down(&f);
}

SUITE_OF(force, T(codes_of_another_place_are_named_and_counted), T(no_area_and_no_codes_say_nothing),
         T(out_of_its_dates_only_the_date_is_told));
