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

/* Keys that repeat near and far, blanks, more than a block and more than the map holds at first. */
static void many_at_once_are_as_one_by_one(void) {
  enum { N = 5000 };
  static char text[N][16];
  static const char *key[N];
  static int32_t number[N], found[N];
  mj_keymap one = {0}, all = {0};
  mj_keymap_find_all(&all, key, N, found); /* nothing in it, and nothing asked */
  ASSERT_INT(found[N - 1], -1);
  for (int i = 0; i < N; i++) {
    snprintf(text[i], sizeof text[i], "k%d", i % 3 ? i : i % 91);
    key[i] = i % 7 ? text[i] : NULL;
  }
  ASSERT_INT(mj_keymap_add_all(&all, key, N, number), MJ_OK);
  mj_keymap_find_all(&all, key, N, found);
  int wrong = 0;
  for (int32_t i = 0, want; i < N; i++) {
    want = -1;
    if (key[i]) ASSERT_INT(mj_keymap_add(&one, key[i], i, &want), MJ_OK);
    wrong += number[i] != want || found[i] != want;
  }
  ASSERT_INT(wrong, 0);
  ASSERT_INT(all.n, one.n);
  CU_ASSERT(!memcmp(all.first, one.first, (size_t)one.n * sizeof *one.first));
  CU_ASSERT(!memcmp(all.count, one.count, (size_t)one.n * sizeof *one.count));
  key[0] = "strange";
  mj_keymap_find_all(&all, key, 1, found);
  ASSERT_INT(found[0], -1);
  mj_keymap_reset(&one);
  mj_keymap_reset(&all);
}

/* Every key is the one before it with one byte more, or with one byte changed at any place. */
static void keys_that_differ_in_one_byte_are_told_apart(void) {
  enum { LONGEST = 40 };
  static char text[LONGEST + 1][LONGEST + 1][LONGEST + 1];
  mj_keymap map = {0};
  int32_t number, n = 0;
  for (int length = 0; length <= LONGEST; length++)
    for (int at = 0; at <= length; at++) {
      char *key = text[length][at];
      memset(key, 'a', (size_t)length);
      if (at < length) key[at] = 'b';
      ASSERT_INT(mj_keymap_add(&map, key, n, &number), MJ_OK);
      ASSERT_INT(number, n++);
    }
  ASSERT_INT(mj_keymap_find(&map, text[LONGEST][8]), n - LONGEST - 1 + 8);
  ASSERT_INT(mj_keymap_find(&map, "aaaaaaac"), -1);
  mj_keymap_reset(&map);
}

SUITE_OF(keymap, T(keys_get_numbers_in_order_of_first_sight), T(many_keys_are_all_found_again),
         T(many_at_once_are_as_one_by_one), T(keys_that_differ_in_one_byte_are_told_apart));
