#include "base/nearest.h"
#include "test.h"

static const char *near(const char *name, const char *const *names, int n) {
  static char kept[200];
  mj_nearest found;
  mj_text out = {0};
  mj_nearest_start(&found, name);
  for (int i = 0; i < n; i++) mj_nearest_offer(&found, names[i]);
  mj_nearest_put(&found, &out);
  snprintf(kept, sizeof kept, "%s", out.data ? out.data : "");
  mj_text_reset(&out);
  return kept;
}

static void the_nearest_stands_first_and_equals_in_their_order(void) {
  static const char *const names[] = {"area_m2", "zone", "area_mu", "AREA_MU2", "aera_mu"};
  ASSERT_TEXT(near("area_mu", names, 5), "area_mu, area_m2, AREA_MU2");
  ASSERT_TEXT(near("zon", names, 5), "zone");
}

static void a_name_counts_once_and_a_far_one_not_at_all(void) {
  static const char *const names[] = {"parcels", "parcels", "ledger"};
  ASSERT_TEXT(near("parcel", names, 3), "parcels");
  ASSERT_TEXT(near("xyz", names, 3), "");
  ASSERT_TEXT(near("", names, 3), "");
}

static void codes_that_differ_in_two_places_are_near(void) {
  static const char *const names[] = {"350502901001GB00001", "350502901001GB00010", "350502903035GB00282"};
  ASSERT_TEXT(near("350502901001GB0001", names, 2), "350502901001GB00001, 350502901001GB00010");
}

SUITE_OF(nearest, T(the_nearest_stands_first_and_equals_in_their_order), T(a_name_counts_once_and_a_far_one_not_at_all),
         T(codes_that_differ_in_two_places_are_near));
