#include "judge/fixture.h"

static void holds(const mj_text *text, const char *part) {
  bool found = text->data && strstr(text->data, part);
  if (!found) printf("\n    no \"%s\"", part);
  CU_ASSERT(found);
}

static void the_list_has_every_shipped_rulebook_with_document_and_dates(void) {
  mj_text text = {0};
  CU_ASSERT_EQUAL(mj_rules_list(MJ_ZH, &text, NULL), MJ_OK);
  holds(&text, "quanzhou-2025        2026-02-01..2027-12-31  市\n");
  holds(&text, "泉政办规〔2025〕13号");
  holds(&text, "national-idle-2012   2012-07-01..长期  国\n");
  holds(&text, "licheng-2022 ");
  mj_text_reset(&text);
}

static void a_rulebook_reads_in_words_with_certainties_and_numbers_for_names(void) {
  mj_text text = {0};
  CU_ASSERT_EQUAL(mj_rules_show("quanzhou-2025", MJ_EN, &text, NULL), MJ_OK);
  holds(&text, "  block_share = 0.5 (assumed)  over half inside counts as inside\n");
  holds(&text, "  benefit_low = 5 10k yuan/mu (stated)  low output\n");
  holds(&text, "    when: (benefit_wan_per_mu_3y < 5 10k yuan/mu)\n");
  holds(&text, "    2. plot ratio up to 2.5: (benefit_wan_per_mu_3y < 20 10k yuan/mu); cap 2.5\n");
  CU_ASSERT_EQUAL(mj_rules_show("supply-states", MJ_EN, &text, NULL), MJ_OK);
  holds(&text, "  supply_state (assumed) (after the verdicts)  state of supply and use = CASE");
  mj_text_reset(&text);
}

static void a_name_nobody_knows_lists_the_known_ones(void) {
  mj_text text = {0};
  mj_error err = {0};
  CU_ASSERT_EQUAL(mj_rules_show("quanzhou", MJ_EN, &text, &err), MJ_ENOTFOUND);
  CU_ASSERT_PTR_NOT_NULL(strstr(err.message, "licheng-2022, national-idle-2012"));
  mj_text_reset(&text);
}

/* A verdict's document, the dossier and the manifest show the name, and none of them the comments of a file. */
static void dates_that_were_not_read_are_said_in_the_name(void) {
  static const char *const books[] = {"anhui-city",    "cixi-groups",  "control-2008",  "control-2023",
                                      "fuzhou",        "guiyang-2021", "huaian-2024",   "jiangsu-five",
                                      "jingde-2022",   "qianxi-2021",  "sichuan-2021",  "suichang-2023",
                                      "supply-states", "td1029",       "zhejiang-2018", "zunyi"};
  mj_error err = {0};
  for (size_t i = 0; i < sizeof books / sizeof *books; i++) {
    mj_text zh = {0}, en = {0};
    CU_ASSERT_EQUAL_FATAL(mj_rules_show(books[i], MJ_ZH, &zh, &err), MJ_OK);
    CU_ASSERT_EQUAL_FATAL(mj_rules_show(books[i], MJ_EN, &en, &err), MJ_OK);
    holds(&zh, "（施行日期暂定）");
    holds(&en, "(dates assumed)");
    mj_text_reset(&zh);
    mj_text_reset(&en);
  }
}

/* Article 30 was read where somebody quotes it, not in the order itself. */
static void a_third_of_the_foundation_is_assumed(void) {
  static const char *const books[] = {"national-idle-2012", "supply-states"};
  mj_error err = {0};
  for (int i = 0; i < 2; i++) {
    mj_text text = {0};
    CU_ASSERT_EQUAL_FATAL(mj_rules_show(books[i], MJ_EN, &text, &err), MJ_OK);
    holds(&text, "foundation_share_min = 0.3333333333333333 (assumed)");
    mj_text_reset(&text);
  }
}

SUITE_OF(describe, T(a_third_of_the_foundation_is_assumed), T(dates_that_were_not_read_are_said_in_the_name),
         T(the_list_has_every_shipped_rulebook_with_document_and_dates),
         T(a_rulebook_reads_in_words_with_certainties_and_numbers_for_names),
         T(a_name_nobody_knows_lists_the_known_ones));
