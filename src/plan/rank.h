/** @file rank.h  The order in which candidates are listed. */
#ifndef MJ_PLAN_RANK_H
#define MJ_PLAN_RANK_H

#include "mujun/park.h"

/** Column candidate_rank of the parcels, from 1: idle before inefficient before headroom; among those of one status
 * what adds most floor area by the fit (on
 * land whose headroom is known), then by the cap, then the larger area, then the order of the layer; what is
 * not known comes last. NULL for a row that is no candidate. Cost: n log n. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj__rank(mj_table *parcels);
#endif
