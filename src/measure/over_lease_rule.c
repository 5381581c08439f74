/* When a lessee is beyond its peers, and what three figures say together. */
#include <math.h>

#include "measure/over_lease.h"

static const double UNKNOWN = (double)NAN;

double mj__median_without(const double *v, int64_t n, double own) {
  bool without = !isnan(own);
  n -= without;
  if (n <= 0) return UNKNOWN;
  int64_t low = (n - 1) / 2, high = n / 2; /* what is not below own moves up by one */
  double a = without && v[low] >= own ? v[low + 1] : v[low], b = without && v[high] >= own ? v[high + 1] : v[high];
  return a + (b - a) / 2;
}

void mj__hold(const mj_check_limits *limits, int figure, double median, mj__held *held) {
  static const double EXACT = 1e-9;
  const double limit[] = {limits->over_lease_area_times, limits->over_lease_power_share,
                          limits->over_lease_output_share};
  bool enough = held->peers > 0 && held->peers >= limits->over_lease_peers_min;
  double own = held->own, bound = limit[figure] * median;
  held->median = enough ? median : UNKNOWN;
  held->good = false;
  held->beyond = MJ_UNKNOWN;
  if (!enough || isnan(own) || isnan(median) || !(limit[figure] > 0)) return;
  bool beyond = figure == MJ__PER_PERSON ? own > bound * (1 + EXACT) : own < bound * (1 - EXACT);
  held->beyond = beyond ? MJ_YES : MJ_NO;
  held->good = figure == MJ__PER_PERSON ? own <= median : own >= median;
}

uint8_t mj__over_leased(const mj__held held[MJ__N_HELD]) {
  int beyond = 0, within = 0;
  bool good = false;
  for (int a = 0; a < MJ__N_HELD; a++) {
    beyond += held[a].beyond == MJ_YES;
    within += held[a].beyond == MJ_NO;
    good = good || held[a].good;
  }
  return within >= 2 ? MJ_NO : beyond >= 2 && !good ? MJ_YES : MJ_UNKNOWN;
}
