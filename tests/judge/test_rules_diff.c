/* What one rulebook says otherwise than another. */
#include "fixture.h"

#define BOOK(limit, more)                                       \
  HEAD("a")                                                     \
  "limits: [{name: low, value: " limit                          \
  ", unit: mu}],"                                               \
  " facts: [{name: f, sql: area_mu}, {name: g, sql: area_mu}]," \
  " rules: [{code: T-1, verdict: idle, article: 一, when: {all: [{measure: f, op: '<', limit: ':low'}]}}" more "]}"

static int differ(const char *a, const char *b, char *said, size_t size) {
  fixture f;
  mj_text text = {0};
  int n;
  set_up(&f, 1, "2026-03-31");
  write_book(&f, "a", a);
  write_book(&f, "b", b);
  CU_ASSERT_EQUAL_FATAL(mj_rules_diff(f.books[0], f.books[1], MJ_EN, &text, &n, NULL), MJ_OK);
  snprintf(said, size, "%s", text.data ? text.data : "");
  mj_text_reset(&text);
  tear_down(&f);
  return n;
}

static void the_same_book_differs_in_nothing(void) {
  char said[2000];
  CU_ASSERT_EQUAL(differ(BOOK("5", ""), BOOK("5", ""), said, sizeof said), 0);
  CU_ASSERT_STRING_EQUAL(said, "");
}

static void a_limit_shows_where_it_stands_and_where_it_is_used(void) {
  char said[2000];
  CU_ASSERT_EQUAL(differ(BOOK("5", ""), BOOK("8", ""), said, sizeof said), 1);
  CU_ASSERT_PTR_NOT_NULL(strstr(said, "Limits\n-   low = 5 mu (stated)\n+   low = 8 mu (stated)\n"));
  CU_ASSERT_PTR_NOT_NULL(strstr(said, "-     when: (f < 5 mu)\n"));
  CU_ASSERT_PTR_NOT_NULL(strstr(said, "+     when: (f < 8 mu)\n"));
  CU_ASSERT_PTR_NULL(strstr(said, "Facts"));
}

static void what_one_lacks_has_one_sign(void) {
  char said[2000];
  const char *more =
      BOOK("5", ", {code: T-2, verdict: idle, article: 二, when: {all: [{measure: f, op: '<', limit: 1}]}}");
  CU_ASSERT_EQUAL(differ(BOOK("5", ""), more, said, sizeof said), 6);
  CU_ASSERT_EQUAL(strncmp(said, "Rules\n+   T-2", strlen("Rules\n+   T-2")), 0);
  CU_ASSERT_EQUAL(differ(more, BOOK("5", ""), said, sizeof said), 6);
  CU_ASSERT_EQUAL(strncmp(said, "Rules\n-   T-2", strlen("Rules\n-   T-2")), 0);
}

/* What the words leave out, and the cells of a table. */
static void nothing_that_differs_is_left_out(void) {
  static const char *const pairs[][3] = {
      {"targets: [{code: T, measure: SUM(area_mu), target: 1}]}",
       "targets: [{code: T, measure: SUM(tax_wan), target: 1}]}",
       "  targets / T / measure: SUM(area_mu) → SUM(tax_wan)\n"},
      {"settings: {headroom_min_m2: 1}}", "settings: {headroom_min_m2: 2}}", "  settings / headroom_min_m2: 1 → 2\n"},
      {"delegates: [idle]}", "delegates: [renewal]}", "  delegates / 1: idle → renewal\n"},
      {"indicators: [{code: I, measure: SUM(area_mu)}]}",
       "indicators: [{code: I, measure: SUM(area_mu), direction: lower}]}", "+ indicators / I / direction: lower\n"}};
  for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
    char said[2000], a[600], b[600];
    snprintf(a, sizeof a, "%s%s", HEAD("a"), pairs[i][0]);
    snprintf(b, sizeof b, "%s%s", HEAD("a"), pairs[i][1]);
    CU_ASSERT_EQUAL(differ(a, b, said, sizeof said), 1);
    CU_ASSERT_PTR_NOT_NULL(strstr(said, pairs[i][2]));
  }
}

static void books_of_two_codes_are_one_pair(void) {
  char said[2000];
  CU_ASSERT_EQUAL(differ(HEAD("a") "issuer: x}", HEAD("b") "issuer: x}", said, sizeof said), 1);
  CU_ASSERT_EQUAL(strncmp(said, "Document\n- a 1", strlen("Document\n- a 1")), 0);
}

SUITE_OF(rules_diff, T(the_same_book_differs_in_nothing), T(a_limit_shows_where_it_stands_and_where_it_is_used),
         T(what_one_lacks_has_one_sign), T(nothing_that_differs_is_left_out), T(books_of_two_codes_are_one_pair));
