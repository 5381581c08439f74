/** @file parallel.h  Run a function over ranges of rows on several threads. */
#ifndef MJ_BASE_PARALLEL_H
#define MJ_BASE_PARALLEL_H

#include <stdint.h>

#include "mujun/status.h"

/** Work on rows [first, last); worker is 0 .. workers-1. Returns the first failure of its range. */
typedef mj_status (*mj_range_fn)(void *ctx, int64_t first, int64_t last, int worker);

/** Threads to use for @p wanted (0: one per core), at least 1, at most 64. */
int mj_threads(int wanted);
/**
 * Call @p fn over [0, n) in chunks of @p chunk rows handed out in order to mj_threads(threads) workers.
 * Chunks do not depend on the number of threads, so a per-chunk result does not either.
 * Returns MJ_OK or the failure of the lowest chunk that failed.
 */
MJ_NODISCARD mj_status mj_parallel(int threads, int64_t n, int64_t chunk, mj_range_fn fn, void *ctx);
#endif
