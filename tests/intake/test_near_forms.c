/* Keys that are one in a normal form: the only one is found, of several none, whatever the number of threads. */
#include "intake/near_find.h"
#include "test.h"

enum { MOST = 20000 };
static mj_near_found found[MOST];

static void fill(mj_keymap *map, const char *const *key, int32_t n) {
  int32_t number;
  for (int32_t i = 0; i < n; i++) CU_ASSERT_EQUAL_FATAL(mj_keymap_add(map, key[i], i, &number), MJ_OK);
}

static void find(const char *const *key, int32_t n, const char *const *missing, int32_t misses, int threads) {
  mj_keymap reference = {0}, miss = {0};
  fill(&reference, key, n);
  fill(&miss, missing, misses);
  for (int32_t m = 0; m < misses; m++) found[m].key = -1;
  CU_ASSERT_EQUAL_FATAL(mj_near_forms(&reference, &miss, MJ_KEY_PARCEL, threads, found), MJ_OK);
  mj_keymap_reset(&reference);
  mj_keymap_reset(&miss);
}

static void the_surest_ground_is_told(void) {
  static const char *const key[] = {"gb 17", "OO23", "350502001002GB00017", "0o45"}, *const missing[] = {
                                                                                         "GB17", "0023",
                                                                                         "350502001002GB00017F00010001",
                                                                                         "45", "99"};
  static const mj_near_reason how[] = {MJ_NEAR_FORM, MJ_NEAR_LOOKALIKE, MJ_NEAR_UNIT, MJ_NEAR_ZEROS};
  find(key, 4, missing, 5, 1);
  for (int m = 0; m < 4; m++) {
    ASSERT_INT(found[m].key, m);
    ASSERT_INT(found[m].reason, how[m]);
  }
  ASSERT_INT(found[4].key, -1);
}

static void a_form_of_two_keys_leads_nowhere(void) {
  static const char *const key[] = {"a 1", "A1", "0b2", "b2"}, *const missing[] = {"a1", "00b2"};
  find(key, 4, missing, 2, 1);
  ASSERT_INT(found[0].key, -1); /* both are a1 when folded, and in every further form */
  ASSERT_INT(found[1].key, -1); /* both are b2 without zeros */
}

static void what_is_found_already_stays(void) {
  static const char *const key[] = {"x1", "X 1"}, *const missing[] = {"X1"};
  mj_keymap reference = {0}, miss = {0};
  fill(&reference, key, 2);
  fill(&miss, missing, 1);
  found[0] = (mj_near_found){1, MJ_NEAR_EDIT};
  CU_ASSERT_EQUAL(mj_near_forms(&reference, &miss, MJ_KEY_OTHER, 2, found), MJ_OK);
  ASSERT_INT(found[0].key, 1);
  ASSERT_INT(found[0].reason, MJ_NEAR_EDIT);
  mj_keymap_reset(&reference);
  mj_keymap_reset(&miss);
}

/* Every key with blanks in it; of every fifth there are two, far apart. */
static void threads_change_nothing(void) {
  enum { N = MOST / 2 };
  static char text[MOST][16], asked[N][16];
  static const char *key[MOST], *missing[N];
  int32_t n = 0, wrong = 0;
  for (int i = 0; i < N; i++) {
    snprintf(text[n], sizeof text[n], "K %05d", i);
    key[n] = text[n];
    n++;
    snprintf(asked[i], sizeof asked[i], "k%05d", i);
    missing[i] = asked[i];
  }
  for (int i = 0; i < N; i += 5) {
    snprintf(text[n], sizeof text[n], "k  %05d", i);
    key[n] = text[n];
    n++;
  }
  for (int threads = 1; threads <= 7; threads += 3) {
    find(key, n, missing, N, threads);
    for (int i = 0; i < N; i++) wrong += found[i].key != (i % 5 ? i : -1);
  }
  ASSERT_INT(wrong, 0);
}

SUITE_OF(near_forms, T(the_surest_ground_is_told), T(a_form_of_two_keys_leads_nowhere), T(what_is_found_already_stays),
         T(threads_change_nothing));
