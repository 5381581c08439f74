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
  CU_ASSERT_EQUAL(differ(BOOK("5", ""), BOOK("8", ""), said, sizeof said), 2);
  CU_ASSERT_PTR_NOT_NULL(strstr(said, "Limits\n-   low = 5 mu (stated)\n+   low = 8 mu (stated)\n"));
  CU_ASSERT_PTR_NOT_NULL(strstr(said, "-     when: (f < 5 mu)\n"));
  CU_ASSERT_PTR_NOT_NULL(strstr(said, "+     when: (f < 8 mu)\n"));
  CU_ASSERT_PTR_NULL(strstr(said, "Facts"));
}

static void what_one_lacks_has_one_sign(void) {
  char said[2000];
  const char *more =
      BOOK("5", ", {code: T-2, verdict: idle, article: 二, when: {all: [{measure: f, op: '<', limit: 1}]}}");
  CU_ASSERT_EQUAL(differ(BOOK("5", ""), more, said, sizeof said), 1);
  CU_ASSERT_EQUAL(strncmp(said, "Rules\n+   T-2", strlen("Rules\n+   T-2")), 0);
  CU_ASSERT_EQUAL(differ(more, BOOK("5", ""), said, sizeof said), 1);
  CU_ASSERT_EQUAL(strncmp(said, "Rules\n-   T-2", strlen("Rules\n-   T-2")), 0);
}

static void books_of_two_codes_are_one_pair(void) {
  char said[2000];
  CU_ASSERT_EQUAL(differ(HEAD("a") "issuer: x}", HEAD("b") "issuer: x}", said, sizeof said), 1);
  CU_ASSERT_EQUAL(strncmp(said, "Document\n- a 1", strlen("Document\n- a 1")), 0);
}

SUITE_OF(rules_diff, T(the_same_book_differs_in_nothing), T(a_limit_shows_where_it_stands_and_where_it_is_used),
         T(what_one_lacks_has_one_sign), T(books_of_two_codes_are_one_pair));
