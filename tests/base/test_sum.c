#include "base/sum.h"
#include "test.h"

static void low_bits_are_kept(void) {
  const double v[] = {1, 1e100, 1, -1e100}; /* a running sum gives 0 */
  mj_sum sum = {0};
  for (int i = 0; i < 4; i++) mj_sum_add(&sum, v[i]);
  ASSERT_NEAR(mj_sum_value(&sum), 2, 0);
}

SUITE_OF(sum, T(low_bits_are_kept));
