#include "plan/fit.h"
#include "test.h"

static const mj_fit_module PLAIN = {.code = "P", .ground_m = 6, .upper_m = 4.5, .storeys_min = 3, .storeys_max = 8};

static void storeys_end_at_the_height_and_at_the_modules_most(void) {
  ASSERT_INT(mj__storeys_within(&PLAIN, 24), 5); /* 6 + 4 x 4.5 = 24 */
  ASSERT_INT(mj__storeys_within(&PLAIN, 23.99), 4);
  ASSERT_INT(mj__storeys_within(&PLAIN, 15), 3);
  ASSERT_INT(mj__storeys_within(&PLAIN, 14.9), 0); /* two storeys are fewer than its least */
  ASSERT_INT(mj__storeys_within(&PLAIN, 5), 0);
  ASSERT_INT(mj__storeys_within(&PLAIN, 1000), 8);
  ASSERT_NEAR(mj__storeys_height(&PLAIN, 5), 24, 1e-12);
  ASSERT_NEAR(mj__storeys_height(&PLAIN, 0), 0, 0);
}

static void a_storey_over_the_limit_counts_twice(void) {
  mj_fit_module high = {.ground_m = 8.1, .upper_m = 4.5, .storeys_min = 1, .storeys_max = 4};
  ASSERT_INT(mj__storeys_counted(&PLAIN, 4, 8), 4);
  ASSERT_INT(mj__storeys_counted(&high, 1, 8), 2);
  ASSERT_INT(mj__storeys_counted(&high, 3, 8), 4);
  ASSERT_INT(mj__storeys_counted(&high, 3, 8.1), 3);
  high.upper_m = 9;
  ASSERT_INT(mj__storeys_counted(&high, 3, 8), 6);
  ASSERT_INT(mj__storeys_counted(&high, 0, 8), 0);
}

enum { MOST = 6 };
static mj__tower towers[MOST];

static double choose(int32_t n, const double *plates, double room, double ground) {
  for (int32_t i = 0; i < n; i++)
    towers[i] = (mj__tower){.plate_m2 = plates[i], .module = &PLAIN, .least = 3, .most = 8};
  return mj__storeys_choose(towers, n, room, ground, 8);
}

static void without_a_cap_all_stand_as_high_as_they_may(void) {
  ASSERT_NEAR(choose(2, (double[]){1000, 2000}, (double)INFINITY, (double)INFINITY), 24000, 1e-9);
  ASSERT_INT(towers[0].storeys, 8);
  ASSERT_INT(towers[1].storeys, 8);
}

static void the_cap_is_reached_by_storeys_alike_and_then_one_more(void) {
  /* 3000 m2 a storey: 4 storeys are 12000; of the 2500 left the larger takes 2000: 14000 */
  ASSERT_NEAR(choose(2, (double[]){1000, 2000}, 14500, (double)INFINITY), 14000, 1e-9);
  ASSERT_INT(towers[0].storeys, 4);
  ASSERT_INT(towers[1].storeys, 5);
  ASSERT_NEAR(choose(2, (double[]){1000, 2000}, 15000, (double)INFINITY), 15000, 1e-9); /* to the metre */
}

static void towers_are_left_out_where_the_least_storeys_are_too_many(void) {
  /* 3 storeys of all are 18000 */
  ASSERT_NEAR(choose(3, (double[]){1000, 2000, 3000}, 10000, (double)INFINITY), 9000, 1000);
  int standing = 0;
  for (int i = 0; i < 3; i++) standing += towers[i].storeys > 0;
  CU_ASSERT(standing < 3);
  ASSERT_NEAR(choose(2, (double[]){1000, 2000}, 2999, (double)INFINITY), 0, 0); /* not even the smallest */
  ASSERT_NEAR(choose(2, (double[]){1000, 2000}, -5, (double)INFINITY), 0, 0);
}

static void the_ground_bounds_the_plates(void) {
  ASSERT_NEAR(choose(3, (double[]){1000, 2000, 2500}, (double)INFINITY, 3600), 8 * 3500, 1e-9);
  ASSERT_INT(towers[1].storeys, 0);
  ASSERT_NEAR(choose(2, (double[]){1000, 2000}, (double)INFINITY, 999), 0, 0);
}

/* Against every combination of storeys, 0 or 3 .. 8 of each of four towers. */
static void it_is_close_to_the_best(void) {
  static const int storeys[] = {0, 3, 4, 5, 6, 7, 8};
  unsigned seed = 9;
  double all = 0, all_best = 0;
  for (int trial = 0; trial < 300; trial++) {
    double plate[4], least = 1e9, best = 0;
    for (int i = 0; i < 4; i++) {
      seed = seed * 1103515245u + 12345u;
      plate[i] = 1000 + (seed >> 16) % 1500;
      least = fmin(least, plate[i]);
    }
    seed = seed * 1103515245u + 12345u;
    double room = 15000 + (seed >> 16) % 30000;
    for (int code = 0; code < 7 * 7 * 7 * 7; code++) {
      double sum = plate[0] * storeys[code % 7] + plate[1] * storeys[code / 7 % 7] + plate[2] * storeys[code / 49 % 7] +
                   plate[3] * storeys[code / 343];
      if (sum <= room && sum > best) best = sum;
    }
    double got = choose(4, plate, room, (double)INFINITY);
    CU_ASSERT(got <= room + 1e-6);
    CU_ASSERT(got > best - 3 * least);
    all += got;
    all_best += best;
  }
  CU_ASSERT(all > 0.995 * all_best);
}

SUITE_OF(fit_storeys, T(storeys_end_at_the_height_and_at_the_modules_most), T(a_storey_over_the_limit_counts_twice),
         T(without_a_cap_all_stand_as_high_as_they_may), T(the_cap_is_reached_by_storeys_alike_and_then_one_more),
         T(towers_are_left_out_where_the_least_storeys_are_too_many), T(the_ground_bounds_the_plates),
         T(it_is_close_to_the_best));
