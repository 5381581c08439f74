/** @file over_lease.h  Lessees beside enterprises of their kind: do they lease much more floor than these need? */
#ifndef MJ_MEASURE_OVER_LEASE_H
#define MJ_MEASURE_OVER_LEASE_H

#include "measure/enterprises.h"

/** The three figures that are compared: m2 of floor a worker (the more, the worse), kWh and 万元 a m2 of floor (the
 * less, the worse). */
enum { MJ__PER_PERSON, MJ__POWER_PER_M2, MJ__OUTPUT_PER_M2, MJ__N_HELD };
/** Divisions of GB/T 4754 are 1 .. 99; 0: not known. */
enum { MJ__DIVISIONS = 100 };

/** One figure of a lessee held against its peers. NaN: not known. */
typedef struct {
  double own;    /**< infinite: floor and nobody who works on it */
  double median; /**< of the peers; NaN where they are fewer than the least group */
  int32_t peers;
  uint8_t beyond; /**< MJ_YES: beyond the limit */
  bool good;      /**< known, and as good as the median of the peers or better */
} mj__held;

/** A lessee of the year. NaN: not known. */
typedef struct {
  int32_t firm, division, parcels;
  int32_t largest; /**< parcel of its largest leased floor */
  double leased_m2, used_m2, unused_share;
  double staff, power_kwh, output_wan; /**< what of the enterprise's figures stands on the leased floor */
  mj__held held[MJ__N_HELD];
  uint8_t over; /**< mj__over_leased */
} mj__lease;

/** The enterprises of each division that have one of the figures: those of d are of.row[of.at[d]] .. */
typedef struct {
  mj__groups of;
  const char *named[MJ__DIVISIONS][7]; /**< the text for the first five, for another member, for one that is none */
} mj__peer_names;

/** The lessees of the year, by number of the enterprise. */
typedef struct {
  mj__lease *lease;
  int32_t n;
  mj__peer_names names;
} mj__leases;

/** Median of @p v [n], in ascending order, without one of those that equal @p own; NaN: of all of them. NaN where
 * nothing is left. Cost: none. */
double mj__median_without(const double *v, int64_t n, double own);
/** Set median, beyond and good from own and @p peers. Limits: checks.def; exact to 1e-9 relative, at the limit is
 * within. */
void mj__hold(const mj_check_limits *limits, int figure, double median, mj__held *held);
/** MJ_YES: at least two are beyond and none is as good as the median; MJ_NO: at least two are known and within; else
 * MJ_UNKNOWN. */
uint8_t mj__over_leased(const mj__held held[MJ__N_HELD]);

/** Table over_leases: yes first, then unknown, then no. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj__lease_table(mj_park *park, const mj__places *places, mj__leases *leases);
/** The evidence of yes and unknown in the run's language; NULL for no. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj__lease_evidence(mj_park *park, const mj__lease *lease, const char **evidence);
/** The first five peers by name, and how many more; NULL: none. Made once for all that have the same. Errors:
 * MJ_ENOMEM. */
MJ_NODISCARD mj_status mj__name_peers(mj_park *park, const mj__firms *firms, mj__peer_names *names, int32_t firm,
                                      int32_t division, const char **text);
#endif
