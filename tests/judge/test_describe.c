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
  holds(&text, "fit                  2000-01-01..长期  区县\n");
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

static void the_fit_reads_in_words_with_certainties_and_texts(void) {
  mj_text text = {0}, zh = {0};
  CU_ASSERT_EQUAL(mj_rules_show("fit", MJ_EN, &text, NULL), MJ_OK);
  holds(&text,
        "\nNorms of the standard-factory fit\n  setback_road_m = 8 m (assumed)  setback from an edge that faces a "
        "road: local rules ask for 5 to 15 m");
  holds(&text, "\n  green_share = 0.1 (assumed)  share of the land that is kept green: ");
  holds(&text, "\n  state_share = not known  share of the added floor area handed to the state company: ");
  holds(&text,
        "\nFactory modules\n  S  depth 25.2 m, length 42, 50.4 m, ground storey 6 m, upper storeys 4.5 m, 3 to 8 "
        "storeys (assumed)  small, ");
  holds(&text, "RC: fire class 2, 2 storeys can be added up to an age of 30 years (assumed)  ");
  holds(&text, "\n  砖木: fire class 3, no storeys added (assumed)  ");
  holds(&text, "\n  all others: fire class 2, whether storeys can be added is not known (assumed)");
  CU_ASSERT_EQUAL(mj_rules_show("fit", MJ_ZH, &zh, NULL), MJ_OK);
  holds(&zh, "\n  add_storeys_min_m2 = 300 ㎡（暂定）  加层起算面积：");
  holds(&zh, "\n  L  进深 27 m，长 72、81、90 m，首层 6 m，上层 4.5 m，3 至 8 层（暂定）  大型");
  holds(&zh, "RC：耐火等级 2 级，可加 2 层，建成不超过 30 年（暂定）");
  holds(&zh, "\n  其他建筑：耐火等级 2 级，能否加层未知（暂定）");
  mj_text_reset(&text);
  mj_text_reset(&zh);
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
         T(the_fit_reads_in_words_with_certainties_and_texts), T(a_name_nobody_knows_lists_the_known_ones));
