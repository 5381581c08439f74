/* Which file's numbers hold, and which numbers cannot all hold. */
#include "base/fit.h"
#include "test.h"

#define BIT(name) ((uint64_t)1 << (offsetof(mj_fit_limits, name) / sizeof(double)))

static void every_norm_has_its_unit_and_both_words(void) {
  const mj_fit_fact *fact = mj_fit_facts();
  for (int i = 0; i < MJ_FIT_LIMITS; i++) {
    CU_ASSERT_TRUE(!strcmp(fact[i].unit, "m") || !strcmp(fact[i].unit, "m2") || !strcmp(fact[i].unit, "share"));
    CU_ASSERT_TRUE(*fact[i].zh && *fact[i].en);
    for (int k = 0; k < i; k++) CU_ASSERT_STRING_NOT_EQUAL(fact[i].name, fact[k].name);
  }
  ASSERT_TEXT(fact[0].name, "setback_road_m");
  ASSERT_TEXT(fact[MJ_FIT_LIMITS - 1].name, "state_share");
}

static void what_was_said_first_holds_0_and_unknown_too(void) {
  static const mj_fit_module small = {.code = "S"}, large = {.code = "L"};
  static const mj_fit_structure steel = {.fire_class = 2};
  enum {
    EDGE = offsetof(mj_fit_limits, lane_edge_m) / sizeof(double),
    LANE = offsetof(mj_fit_limits, lane_m) / sizeof(double)
  };
  mj_fit_norms project = {.limits = {.lane_edge_m = 0, .state_share = (double)NAN},
                          .said = BIT(lane_edge_m),
                          .unknown = BIT(state_share),
                          .source = {[EDGE] = "park.yaml"},
                          .module = &small,
                          .n_modules = 1};
  mj_fit_norms book = {.limits = {.lane_edge_m = 2, .lane_m = 5, .state_share = 0.3},
                       .said = BIT(lane_edge_m) | BIT(lane_m) | BIT(state_share),
                       .assumed = BIT(lane_edge_m) | BIT(lane_m),
                       .source = {[EDGE] = "book", [LANE] = "book"},
                       .zh = {[LANE] = "第七条"},
                       .module = &large,
                       .n_modules = 1,
                       .structure = &steel,
                       .n_structures = 1};
  mj_fit_norms later = {.limits = {.lane_m = 6, .green_share = 0.2}, .said = BIT(lane_m) | BIT(green_share)};
  mj_fit_norms norms = {0};
  mj_fit_norms_fill(&norms, &project);
  mj_fit_norms_fill(&norms, &book);
  mj_fit_norms_fill(&norms, &later);
  ASSERT_NEAR(norms.limits.lane_edge_m, 0, 0);
  ASSERT_NEAR(norms.limits.lane_m, 5, 0);
  ASSERT_NEAR(norms.limits.green_share, 0.2, 0);
  CU_ASSERT_TRUE(isnan(norms.limits.state_share));
  ASSERT_INT(norms.said, BIT(lane_edge_m) | BIT(lane_m) | BIT(green_share));
  ASSERT_INT(norms.unknown, BIT(state_share));
  ASSERT_INT(norms.assumed, BIT(lane_m));
  ASSERT_TEXT(norms.source[EDGE], "park.yaml");
  ASSERT_TEXT(norms.source[LANE], "book");
  ASSERT_TEXT(norms.zh[LANE], "第七条");
  ASSERT_INT(norms.n_modules, 1);
  ASSERT_TEXT(norms.module->code, "S");
  CU_ASSERT_PTR_EQUAL(norms.structure, &steel);
}

static const mj_fit_module modules[] = {
    {.code = "T", .ground_m = 8, .upper_m = 5, .storeys_min = 4, .storeys_max = 6, .source = "book"},  /* 23 m */
    {.code = "S", .ground_m = 6, .upper_m = 4.5, .storeys_min = 3, .storeys_max = 8, .source = "fit"}, /* 15 m */
};

static mj_fit_norms sound(void) {
  return (mj_fit_norms){.limits = {.fire_gap_m = 10,
                                   .fire_gap_high_m = 10,
                                   .fire_class3_m = 2,
                                   .fire_class4_m = 2,
                                   .height_max_m = 15,
                                   .green_share = 0.7,
                                   .parking_share = 0.3},
                        .said = ~(uint64_t)0 >> (64 - MJ_FIT_LIMITS),
                        .module = modules,
                        .n_modules = 2};
}

static void numbers_that_touch_agree(void) {
  mj_fit_norms norms = sound();
  char said[MJ_FIT_SAYING];
  CU_ASSERT_FALSE(mj_fit_contradicts(&norms, MJ_EN, false, NULL, said));
  CU_ASSERT_FALSE(mj_fit_contradicts(&(mj_fit_norms){0}, MJ_EN, false, NULL, said)); /* nothing said */
}

#define SAYS(name, value, words)                                             \
  do {                                                                       \
    mj_fit_norms norms = sound();                                            \
    char said[MJ_FIT_SAYING] = "";                                           \
    int member;                                                              \
    norms.limits.name = value;                                               \
    CU_ASSERT_TRUE(mj_fit_contradicts(&norms, MJ_EN, false, &member, said)); \
    ASSERT_TEXT(said, "norms of the fit contradict each other: " words);     \
    norms.said &= ~((uint64_t)1 << member);                                  \
    CU_ASSERT_FALSE(mj_fit_contradicts(&norms, MJ_EN, false, NULL, said));   \
  } while (0)

static void contradictions_name_both_numbers(void) {
  SAYS(fire_gap_high_m, 9.5, "fire_gap_high_m 9.5 is below fire_gap_m 10");
  SAYS(fire_class4_m, 1, "fire_class4_m 1 is below fire_class3_m 2");
  SAYS(parking_share, 0.31, "green_share 0.7 and parking_share 0.31 are more than all land");
  SAYS(height_max_m, 14.9, "height_max_m 14.9 is below the lowest module, S 15");
}

static void with_sources_they_name_who_said_them(void) {
  mj_fit_norms norms = sound();
  char said[MJ_FIT_SAYING];
  for (int i = 0; i < MJ_FIT_LIMITS; i++) norms.source[i] = "某办法";
  norms.limits.height_max_m = 12;
  CU_ASSERT_TRUE(mj_fit_contradicts(&norms, MJ_ZH, true, NULL, said));
  ASSERT_TEXT(said, "可建方案取值互相矛盾：height_max_m 12 (某办法) 小于最低的厂房类型 S 15 (fit)");
}

SUITE_OF(fit, T(every_norm_has_its_unit_and_both_words), T(what_was_said_first_holds_0_and_unknown_too),
         T(numbers_that_touch_agree), T(contradictions_name_both_numbers), T(with_sources_they_name_who_said_them));
