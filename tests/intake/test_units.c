#include "intake/units.h"
#include "test.h"

static double factor(const char *name, const char *to) {
  double f = -1;
  const char *code = mj_unit_find(name);
  return code && mj_unit_factor(code, to, &f) ? f : -1;
}

static void a_mu_is_exactly_two_thousand_thirds_of_a_square_metre(void) {
  ASSERT_NEAR(factor("亩", "m2") * 3, 2000, 0); /* 1 mu = 10000/15 m2 */
  ASSERT_NEAR(factor("mu", "m2"), 10000.0 / 15, 0);
  ASSERT_NEAR(factor("公顷", "m2"), 1e4, 0);
  ASSERT_NEAR(factor("平方公里", "m2"), 1e6, 0);
  ASSERT_NEAR(factor("㎡", "m2"), 1, 0);
  ASSERT_NEAR(factor("m²", "m2"), 1, 0);
}

static void feet_of_both_kinds_have_their_own_factor(void) {
  ASSERT_NEAR(factor("sqft", "m2"), 0.3048 * 0.3048, 1e-17);
  ASSERT_NEAR(factor("sqft_us", "m2"), (1200.0 / 3937) * (1200.0 / 3937), 0);
  ASSERT_NEAR(factor("ft", "m"), 0.3048, 0);
  ASSERT_NEAR(factor("ft_us", "m"), 1200.0 / 3937, 0);
}

static void money_is_in_wan(void) {
  ASSERT_NEAR(factor("元", "wan"), 1e-4, 0);
  ASSERT_NEAR(factor("万元", "wan"), 1, 0);
  ASSERT_NEAR(factor("亿元", "wan"), 1e4, 0);
  ASSERT_NEAR(factor("万元/亩", "wan_per_mu"), 1, 0);
  ASSERT_NEAR(factor("元/㎡", "wan_per_mu"), 1e-4 * 2000 / 3, 1e-17); /* 1 yuan a m2 is 666.67 yuan a mu */
  ASSERT_NEAR(factor("万元/公顷", "wan_per_mu"), 1.0 / 15, 0);
}

static void a_unit_of_another_kind_or_unknown_has_no_factor(void) {
  double f = 0;
  CU_ASSERT_FALSE(mj_unit_factor("mu", "wan", &f));
  CU_ASSERT_PTR_NULL(mj_unit_find("顷"));
  CU_ASSERT_PTR_NULL(mj_unit_find(""));
  CU_ASSERT_PTR_NULL(mj_unit_find("|"));
}

static void the_list_names_the_codes_of_one_kind(void) {
  char list[200];
  mj_unit_list("m", list);
  ASSERT_TEXT(list, "m, km, ft, ft_us");
}

SUITE_OF(units, T(a_mu_is_exactly_two_thousand_thirds_of_a_square_metre), T(feet_of_both_kinds_have_their_own_factor),
         T(money_is_in_wan), T(a_unit_of_another_kind_or_unknown_has_no_factor),
         T(the_list_names_the_codes_of_one_kind));
