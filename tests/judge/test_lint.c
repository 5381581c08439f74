#include "judge/fixture.h"

static mj_text said;
static int doubts;

static mj_status check(const char *yaml) {
  fixture f = {.dir = "/tmp/mj_judge_XXXXXX"};
  CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(f.dir));
  write_book(&f, "book", yaml);
  mj_text_reset(&said);
  mj_status status = mj_rules_check(f.path[0], MJ_EN, &said, &doubts, &f.err);
  if (status) mj_text_add(&said, f.err.message);
  tear_down(&f);
  return status;
}

static bool holds(const char *part) {
  bool found = said.data && strstr(said.data, part);
  if (!found) printf("\n    no \"%s\" in \"%s\"", part, said.data ? said.data : "");
  return found;
}

#define RULE(scope, measure, op, limit)                                                       \
  HEAD("a")                                                                                   \
  "rules: [{code: R1, verdict: inefficient, article: 第一条, text: {zh: 某}, scope: \"" scope \
  "\",\n  when: {all: [{measure: \"" measure "\", op: \"" op "\", limit: \"" limit "\"}]}}]}\n"

static void a_plain_rule_raises_no_doubt(void) {
  CU_ASSERT_EQUAL(check(RULE("industrial", "tax_wan / area_mu", "<", "5")), MJ_OK);
  CU_ASSERT_EQUAL(doubts, 0);
  CU_ASSERT(holds("rules: 1, facts: 0, targets: 0, indicators: 0, audits: 0; doubts: 0\n"));
}

static void what_answers_for_missing_data_is_named_with_its_place(void) {
  CU_ASSERT_EQUAL(check(RULE("industrial", "COALESCE(tax_wan, 0)", "<", "5")), MJ_OK);
  CU_ASSERT_EQUAL(doubts, 1);
  CU_ASSERT(holds("book.yaml:5:26: rule R1: 'coalesce' can turn missing data into an answer"));
  CU_ASSERT_EQUAL(check(RULE("tax_wan IS NOT NULL", "CASE WHEN tax_wan > 1 THEN 1 ELSE 0 END", "=", "1")), MJ_OK);
  CU_ASSERT_EQUAL(doubts, 2);
  CU_ASSERT(holds("'is null'") && holds("'case'"));
  CU_ASSERT_EQUAL(check(RULE("land_use = 'case is null'", "tax_wan", "<", "5")), MJ_OK);
  CU_ASSERT_EQUAL(doubts, 0);
}

/* SQLite would hold '1001' against 5 by a rule of its own; the plain guard of a run sees columns alone. */
static void a_number_against_a_text_is_found_on_values(void) {
  CU_ASSERT_EQUAL(check(RULE("industrial", "land_use || ''", "<", "5")), MJ_OK);
  CU_ASSERT_EQUAL(doubts, 1);
  CU_ASSERT(holds("rule R1: 'land_use || ''' gives text, '5' gives integer"));
}

static void a_rule_without_an_article_is_a_doubt(void) {
  CU_ASSERT_EQUAL(check(HEAD("a") "rules: [{code: R1, verdict: idle, when: {all: [{measure: started, op: \"=\", limit: "
                                  "0}]}}]}\n"),
                  MJ_OK);
  CU_ASSERT(holds("R1: no article") && holds("R1: no Chinese text"));
}

static void what_a_book_says_of_the_fit_is_counted(void) {
  CU_ASSERT_EQUAL(check(HEAD("a") "settings: {fit: {lane_m: 5, state_share: unknown}},\n"
                                  "structures: [{fire_class: 2, storeys_add: 0}]}\n"),
                  MJ_OK);
  CU_ASSERT_EQUAL(doubts, 0);
  CU_ASSERT(holds("book.yaml: norms of the fit: 2, modules: 0, structures: 1\n"));
  CU_ASSERT_EQUAL(check(HEAD("a") "settings: {fit: {height_max_m: 12}}}\n"), MJ_EFORMAT);
  CU_ASSERT(holds("height_max_m 12 (a) is below the lowest module, S 15 (fit)")); /* beside what nobody else says */
  mj_error err = {0};
  mj_text_reset(&said);
  CU_ASSERT_EQUAL(mj_rules_check("fit", MJ_EN, &said, &doubts, &err), MJ_OK);
  CU_ASSERT(holds("fit: norms of the fit: 25, modules: 3, structures: 6\n"));
  CU_ASSERT_EQUAL(doubts, 0);
}

static void an_error_names_the_place(void) {
  CU_ASSERT_EQUAL(check(RULE("industrial", "tax_per_muu", "<", "5")), MJ_ERULE);
  CU_ASSERT(holds("book.yaml:5:26: rule R1: no such column"));
  CU_ASSERT_EQUAL(check("{rulebook: a}"), MJ_EFORMAT);
}

static void every_shipped_rulebook_is_without_doubt(void) {
  static const char *const names[] = {"quanzhou-2025", "national-idle-2012", "licheng-2022", "supply-states",
                                      "control-2008",  "control-2023",       "fujian-2013"};
  for (int i = 0; i < (int)(sizeof names / sizeof *names); i++) {
    mj_text_reset(&said);
    CU_ASSERT_EQUAL(mj_rules_check(names[i], MJ_ZH, &said, &doubts, NULL), MJ_OK);
    CU_ASSERT_EQUAL(doubts, 0);
  }
  mj_text_reset(&said);
}

static void rules_over_enterprises_are_tried_too(void) {
  check(HEAD(
      "a") "enterprise_rules: [{code: E, verdict: idle, article: 一, when: {all: [{measure: tex_wan, op: '<', limit: "
           "1}]}}]}");
  CU_ASSERT(holds("no such column: tex_wan"));
}

SUITE_OF(lint, T(rules_over_enterprises_are_tried_too), T(a_plain_rule_raises_no_doubt),
         T(what_answers_for_missing_data_is_named_with_its_place), T(a_number_against_a_text_is_found_on_values),
         T(a_rule_without_an_article_is_a_doubt), T(what_a_book_says_of_the_fit_is_counted),
         T(an_error_names_the_place), T(every_shipped_rulebook_is_without_doubt));
