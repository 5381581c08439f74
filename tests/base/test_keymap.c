#include "base/keymap.h"
#include "test.h"

static void keys_get_numbers_in_order_of_first_sight(void) {
  mj_keymap map = {0};
  const char *keys[] = {"a", "b", "a", "", "b", "a"};
  int32_t want[] = {0, 1, 0, 2, 1, 0}, number;
  for (int i = 0; i < 6; i++) {
    ASSERT_INT(mj_keymap_add(&map, keys[i], i, &number), MJ_OK);
    ASSERT_INT(number, want[i]);
  }
  ASSERT_INT(map.n, 3);
  ASSERT_INT(map.count[0], 3);
  ASSERT_INT(map.first[1], 1);
  ASSERT_INT(mj_keymap_find(&map, "b"), 1);
  ASSERT_INT(mj_keymap_find(&map, "c"), -1);
  mj_keymap_reset(&map);
  ASSERT_INT(mj_keymap_find(&map, "b"), -1);
}

static void many_keys_are_all_found_again(void) {
  enum { N = 20000 };
  static char key[N][16];
  mj_keymap map = {0};
  int32_t number;
  for (int i = 0; i < N; i++) {
    snprintf(key[i], sizeof key[i], "k%d", i);
    ASSERT_INT(mj_keymap_add(&map, key[i], i, &number), MJ_OK);
  }
  int wrong = 0;
  for (int i = 0; i < N; i++) wrong += mj_keymap_find(&map, key[i]) != i;
  ASSERT_INT(wrong, 0);
  mj_keymap_reset(&map);
}

SUITE_OF(keymap, T(keys_get_numbers_in_order_of_first_sight), T(many_keys_are_all_found_again));
