/* A rulebook as keys and values. */
#include "fixture.h"
#include "judge/rules_keys.h"

static const char *value_of(const mj_rb_key *key, int n, const char *path) {
  for (int i = 0; i < n; i++)
    if (!strcmp(key[i].path, path)) return key[i].value;
  return NULL;
}

static void items_go_by_their_name_and_nothing_is_left_out(void) {
  fixture f;
  mj_arena arena = {0};
  mj_rulebook *book;
  mj_rb_key *key;
  int n;
  set_up(&f, 1, "2026-03-31");
  write_book(&f, "a",
             HEAD("a") "delegates: [idle], settings: {headroom_min_m2: 500},"
                       " limits: [{name: low, value: 5}],"
                       " rules: [{code: R, verdict: idle, consequence: look, article: 一, when: {all: [{measure: area_mu, op: '<', limit: ':low'}]}}],"
                       " targets: [{code: T, measure: SUM(area_mu), target: 1, by_zone: true}]}");
  CU_ASSERT_EQUAL_FATAL(mj_rb_open(&arena, f.books[0], &book, NULL), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(mj_rb_list_keys(&arena, book, &key, &n, NULL), MJ_OK);
  CU_ASSERT_STRING_EQUAL(value_of(key, n, "delegates / 1"), "idle");
  CU_ASSERT_STRING_EQUAL(value_of(key, n, "settings / headroom_min_m2"), "500");
  CU_ASSERT_STRING_EQUAL(value_of(key, n, "limits / low / value"), "5");
  CU_ASSERT_STRING_EQUAL(value_of(key, n, "rules / R / consequence"), "look");
  CU_ASSERT_STRING_EQUAL(value_of(key, n, "rules / R / when / all / 1 / limit"), ":low");
  CU_ASSERT_STRING_EQUAL(value_of(key, n, "targets / T / by_zone"), "true");
  CU_ASSERT_EQUAL(n, 22);
  mj_arena_reset(&arena);
  tear_down(&f);
}

SUITE_OF(rules_keys, T(items_go_by_their_name_and_nothing_is_left_out));
