#include "base/parallel.h"
#include "test.h"

enum { N = 100000 };
typedef struct {
  unsigned char seen[N];
  int64_t fail_from;
} job;

static mj_status mark(void *ctx, int64_t first, int64_t last, int worker) {
  job *j = ctx;
  CU_ASSERT(worker >= 0 && worker < 64);
  for (int64_t i = first; i < last; i++) j->seen[i]++;
  return first >= j->fail_from ? (first / 1000 % 2 ? MJ_EIO : MJ_ECRS) : MJ_OK;
}

static void every_row_is_visited_once(void) {
  for (int threads = 1; threads <= 7; threads += 2)
    for (int64_t chunk = 1; chunk < 200000; chunk = chunk * 7 + 1) {
      job j = {.fail_from = N};
      ASSERT_INT(mj_parallel(threads, N, chunk, mark, &j), MJ_OK);
      int wrong = 0;
      for (int i = 0; i < N; i++) wrong += j.seen[i] != 1;
      ASSERT_INT(wrong, 0);
    }
}

static void the_lowest_failure_is_told(void) {
  for (int threads = 1; threads <= 4; threads++) {
    job j = {.fail_from = 5000};
    ASSERT_INT(mj_parallel(threads, N, 1000, mark, &j), MJ_EIO); /* chunk 5 fails with MJ_EIO, chunk 6 with MJ_ECRS */
  }
}

static void no_rows_call_nothing(void) { ASSERT_INT(mj_parallel(2, 0, 10, mark, NULL), MJ_OK); }

static void threads_are_at_least_one(void) {
  CU_ASSERT(mj_threads(0) >= 1);
  ASSERT_INT(mj_threads(3), 3);
  ASSERT_INT(mj_threads(1000), 64);
}

SUITE_OF(parallel, T(every_row_is_visited_once), T(the_lowest_failure_is_told), T(no_rows_call_nothing),
         T(threads_are_at_least_one));
