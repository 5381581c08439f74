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

#define TYPES(lane, lengths, add)                                                                               \
  HEAD("a")                                                                                                     \
  "settings: {fit: {lane_m: " lane ", lane_edge_m: 0}},\n modules: [{code: S, depth_m: 24, lengths_m: " lengths \
  ", ground_m: 6, upper_m: 4, storeys: {min: 1, max: 4}}],\n structures: [{match: 钢, fire_class: 2, "         \
  "storeys_add: " add "}]}"

static void norms_modules_and_structures_differ_one_by_one(void) {
  char said[2000];
  CU_ASSERT_EQUAL(differ(TYPES("4", "[60]", "0"), TYPES("5", "[60, 70]", "unknown"), said, sizeof said), 3);
  ASSERT_HAS(said,
             "Norms of the standard-factory fit\n-   lane_m = 4 m (stated)  width of a fire lane\n"
             "+   lane_m = 5 m (stated)  width of a fire lane\n");
  CU_ASSERT_PTR_NULL(strstr(said, "lane_edge_m"));
  ASSERT_HAS(said,
             "Factory modules\n-   S  depth 24 m, length 60 m, ground storey 6 m, upper storeys 4 m, 1 to 4 storeys "
             "(stated)\n+   S  depth 24 m, length 60, 70 m, ");
  ASSERT_HAS(said,
             "-   钢: fire class 2, no storeys added (stated)\n"
             "+   钢: fire class 2, whether storeys can be added is not known (stated)\n");
  ASSERT_HAS(said, "+ modules / S / lengths_m / 2: 70\n");
  ASSERT_HAS(said, "  settings / fit / lane_m: 4 → 5\n  structures / 1 / storeys_add: 0 → unknown\n");
}

static void books_of_two_codes_are_one_pair(void) {
  char said[2000];
  CU_ASSERT_EQUAL(differ(HEAD("a") "issuer: x}", HEAD("b") "issuer: x}", said, sizeof said), 1);
  CU_ASSERT_EQUAL(strncmp(said, "Document\n- a 1", strlen("Document\n- a 1")), 0);
}

SUITE_OF(rules_diff, T(the_same_book_differs_in_nothing), T(a_limit_shows_where_it_stands_and_where_it_is_used),
         T(what_one_lacks_has_one_sign), T(nothing_that_differs_is_left_out), T(books_of_two_codes_are_one_pair),
         T(norms_modules_and_structures_differ_one_by_one));
