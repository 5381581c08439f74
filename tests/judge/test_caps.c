/* Plot-ratio caps by source, the industrial definition, ladders' guards. */
#include "fixture.h"

static bool cap_is(fixture *f, int64_t row, double cap, const char *source) {
  const char *got = text(f, "plot_ratio_cap_source")[row];
  double value = f64(f, "plot_ratio_cap")[row];
  if (!source) return !got && isnan(value);
  return got && !strcmp(got, source) && value == cap;
}

static void without_a_rulebook_the_contract_holds_then_the_plan(void) {
  fixture f;
  set_up(&f, 3, "2026-03-31");
  double *cap = f64(&f, "plot_ratio_cap"), *plan = f64(&f, "plan_cap"), *least = f64(&f, "plan_min");
  cap[0] = 2, plan[0] = 3, plan[1] = 2.5, least[0] = 1;
  f64(&f, "plot_ratio_min")[1] = 0.8;
  CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
  CU_ASSERT(cap_is(&f, 0, 2, "contract"));
  CU_ASSERT(cap_is(&f, 1, 2.5, "plan"));
  CU_ASSERT(cap_is(&f, 2, 0, NULL));
  CU_ASSERT_EQUAL(f64(&f, "plot_ratio_cap_contract")[0], 2);
  CU_ASSERT_EQUAL(f64(&f, "plot_ratio_min")[0], 1);
  CU_ASSERT_EQUAL(f64(&f, "plot_ratio_min")[1], 0.8);
  CU_ASSERT(isnan(f64(&f, "plot_ratio_min")[2]));
  tear_down(&f);
}

static void sources_stand_in_one_order_across_rulebooks(void) {
  fixture f;
  set_up(&f, 5, "2026-03-31");
  f64(&f, "plot_ratio_cap")[0] = 1.5;
  f64(&f, "plan_cap")[1] = 1.8;
  double *far = f64(&f, "far_zoning");
  const char **use = text(&f, "land_use");
  far[0] = far[1] = far[2] = 4, far[3] = -1, use[3] = "1001";
  write_book(&f, "one",
             HEAD("a") "caps: [{source: land_use, sql: \"CASE land_use WHEN '1001' THEN 2.2 END\"}, {source: lookup, sql: far_zoning}]}");
  write_book(&f, "two",
             HEAD("b") "caps: [{source: plan, sql: plan_cap}, {source: contract, sql: plot_ratio_cap_contract}]}");
  CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
  CU_ASSERT(cap_is(&f, 0, 1.5, "contract"));
  CU_ASSERT(cap_is(&f, 1, 1.8, "plan"));
  CU_ASSERT(cap_is(&f, 2, 4, "lookup"));
  CU_ASSERT(cap_is(&f, 3, 2.2, "land_use")); /* a negative cap is none */
  CU_ASSERT(cap_is(&f, 4, 0, NULL));
  tear_down(&f);
}

static void a_cap_of_a_rulebook_out_of_force_is_not_used(void) {
  fixture f;
  set_up(&f, 1, "1999-12-31");
  f64(&f, "plan_cap")[0] = 2;
  write_book(&f, "one", HEAD("a") "caps: [{source: zone, sql: \"9\"}]}");
  CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
  CU_ASSERT(cap_is(&f, 0, 2, "plan"));
  tear_down(&f);
}

static void an_error_in_a_cap_names_its_place(void) {
  fixture f;
  set_up(&f, 1, "2026-03-31");
  write_book(&f, "one", HEAD("a") "caps: [{source: zone, sql: far_zone}]}");
  refuses(&f, MJ_ERULE, ":4:28: caps: no such column: far_zone");
  tear_down(&f);
}

static void industrial_land_is_told_by_the_codes_of_four_schemes(void) {
  static const struct {
    const char *use;
    uint8_t want;
  } cases[] = {{"1001", MJ_YES}, {"100102", MJ_YES}, {"1101", MJ_YES},  {"M0", MJ_YES},
               {"W1", MJ_YES},   {"0601", MJ_YES},   {"0604", MJ_YES},  {"0508", MJ_YES},
               {"0701", MJ_NO},  {"1207", MJ_NO},    {NULL, MJ_UNKNOWN}};
  fixture f;
  set_up(&f, sizeof cases / sizeof *cases, "2026-03-31");
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) text(&f, "land_use")[i] = cases[i].use;
  CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) CU_ASSERT_EQUAL(tri(&f, "industrial")[i], cases[i].want);
  tear_down(&f);
}

/* 0601 in a column of 用地用海 codes is a farm road, 1001 in one of GB/T 21010 a railway. */
static void the_class_of_the_code_is_surer_than_the_code(void) {
  fixture f;
  set_up(&f, 4, "2026-03-31");
  static const char *const use[] = {"0601", "1001", "1102", "0601"}, *const of[] = {"farmland", "transport",
                                                                                    "warehouse", NULL};
  for (int i = 0; i < 4; i++) text(&f, "land_use")[i] = use[i], text(&f, "land_use_class")[i] = of[i];
  CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
  static const uint8_t want[] = {MJ_NO, MJ_NO, MJ_YES, MJ_YES};
  for (int i = 0; i < 4; i++) CU_ASSERT_EQUAL(tri(&f, "industrial")[i], want[i]);
  tear_down(&f);
}

static void a_ladder_may_not_read_its_own_tier(void) {
  fixture f;
  set_up(&f, 1, "2026-03-31");
  f.err.lang = MJ_EN;
  write_book(&f, "a",
             HEAD("a") "ladder: {code: L, inputs: [area_mu], tiers: [{tier: a, when: {all: [{measure: renewal_cap, op: '<', limit: 2}]}}]}}");
  CU_ASSERT_EQUAL(judge(&f), MJ_ERULE);
  CU_ASSERT_PTR_NOT_NULL(strstr(f.err.message, "rule L: column 'renewal_cap' is computed after the rules"));
  tear_down(&f);
}

static void a_ladder_gives_no_tier_where_it_cannot_tell(void) {
  fixture f;
  set_up(&f, 6, "2026-03-31");
  double *tax = f64(&f, "tax_wan"), *mu = f64(&f, "area_mu"), *share = f64(&f, "control_share");
  for (int i = 0; i < 6; i++) tax[i] = 8, mu[i] = 10, share[i] = 1;
  tax[0] = 3;     /* first tier */
  tax[1] = NAN;   /* an input is missing */
  share[2] = 0;   /* outside */
  share[3] = NAN; /* unknown whether inside */
  mu[4] = NAN;    /* not an input, but the first tier cannot be told: the second must not catch it */
  write_book(&f, "book",
             HEAD("a") "ladder: {code: L, inputs: [tax_wan], scope: control_share >= 0.5, tiers: [\n"
                       " {tier: low, when: {any: [{measure: tax_wan, op: \"<\", limit: 5}, {measure: area_mu, op: \"<\", limit: 5}]}},\n"
                       " {tier: high, when: {sql: \"1\"}, cap: tax_wan / 4}]}}");
  CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
  const char **tier = text(&f, "renewal_tier");
  CU_ASSERT_STRING_EQUAL(tier[0], "low");
  for (int i = 1; i < 5; i++) CU_ASSERT_PTR_NULL(tier[i]);
  CU_ASSERT_STRING_EQUAL(tier[5], "high");
  CU_ASSERT_EQUAL(f64(&f, "renewal_cap")[5], 2);
  CU_ASSERT(isnan(f64(&f, "renewal_cap")[0]));
  CU_ASSERT_STRING_EQUAL(reason_text(&f, find_reason(&f, "P1", "L", "tax_wan"), "verdict_on"), "renewal");
  CU_ASSERT_EQUAL(find_reason(&f, "P1", "L", "area_mu"), -1);
  CU_ASSERT_PTR_NULL(text(&f, "reasons")[0]); /* a tier is no verdict */
  tear_down(&f);
}

static void a_tier_is_named_in_words_in_the_run_s_language(void) {
  static const char *const said[] = {"容积率可提至2.5：近三年亩均效益 10 < 20 万元/亩（差 10）",
                                     "plot ratio up to 2.5: three-year benefit per mu 10 < 20 10k yuan/mu (by 10)"};
  for (int lang = 0; lang < 2; lang++) {
    fixture f;
    set_up(&f, 2, "2026-03-31");
    f.park.project.lang = lang ? MJ_EN : MJ_ZH;
    add_book(&f, "quanzhou-2025");
    for (int i = 0; i < 2; i++) {
      f64(&f, "tax_3y_wan")[i] = i ? 300 : 100, f64(&f, "area_mu")[i] = 10, f64(&f, "control_share")[i] = 1;
      text(&f, "control_level")[i] = "1", text(&f, "land_use")[i] = "100101";
    }
    CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
    CU_ASSERT_STRING_EQUAL(text(&f, "renewal_tier")[0], "up_to_2.5");
    CU_ASSERT_STRING_EQUAL(text(&f, "renewal_text")[0], lang ? "plot ratio up to 2.5" : "容积率可提至2.5");
    CU_ASSERT_STRING_EQUAL(reason_text(&f, find_reason(&f, "P1", "QZ2025-L", NULL), "text"), said[lang]);
    if (!lang)
      CU_ASSERT_STRING_EQUAL(reason_text(&f, find_reason(&f, "P2", "QZ2025-L", NULL), "text"),
                             "容积率可提至2.5以上，个别地块可突破3.0：近三年亩均效益 30 ≥ 20 万元/亩（超出 10）");
    tear_down(&f);
  }
}

static void a_tier_without_words_keeps_its_code(void) {
  fixture f;
  set_up(&f, 1, "2026-03-31");
  f64(&f, "tax_wan")[0] = 3;
  write_book(&f, "book",
             HEAD("a") "ladder: {code: L, inputs: [tax_wan], tiers: [{tier: low, when: {measure: tax_wan, op: \"<\", limit: 5}}]}}");
  CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
  CU_ASSERT_STRING_EQUAL(text(&f, "renewal_text")[0], "low");
  CU_ASSERT_STRING_EQUAL(reason_text(&f, find_reason(&f, "P1", "L", NULL), "text"), "low：税收 3 < 5（差 2）");
  tear_down(&f);
}

SUITE_OF(caps, T(a_tier_is_named_in_words_in_the_run_s_language), T(a_tier_without_words_keeps_its_code),
         T(without_a_rulebook_the_contract_holds_then_the_plan), T(sources_stand_in_one_order_across_rulebooks),
         T(a_cap_of_a_rulebook_out_of_force_is_not_used), T(an_error_in_a_cap_names_its_place),
         T(industrial_land_is_told_by_the_codes_of_four_schemes), T(the_class_of_the_code_is_surer_than_the_code),
         T(a_ladder_may_not_read_its_own_tier), T(a_ladder_gives_no_tier_where_it_cannot_tell));
