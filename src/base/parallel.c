#include "base/parallel.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

enum { MAX_THREADS = 64 };

typedef struct {
  mj_range_fn fn;
  void *ctx;
  int64_t n, chunk, chunks;
  _Atomic int64_t next, failed_chunk;
  pthread_mutex_t lock;
  mj_status status;
} job;

typedef struct {
  job *job;
  int worker;
} seat;

/* A file of the kernel, read once and not at each of fifty stages. */
static int processors(void) {
  static _Atomic int known;
  int n = atomic_load(&known);
  if (n) return n;
  long online = sysconf(_SC_NPROCESSORS_ONLN);
  n = online < 1 ? 1 : online > MAX_THREADS ? MAX_THREADS : (int)online;
  atomic_store(&known, n);
  return n;
}

int mj_threads(int wanted) {
  int n = wanted > 0 ? wanted : processors();
  return n > MAX_THREADS ? MAX_THREADS : n;
}

static void note_failure(job *j, int64_t chunk, mj_status status) {
  pthread_mutex_lock(&j->lock);
  if (chunk < atomic_load(&j->failed_chunk)) {
    atomic_store(&j->failed_chunk, chunk);
    j->status = status;
  }
  pthread_mutex_unlock(&j->lock);
}

static void *work(void *arg) {
  seat *s = arg;
  job *j = s->job;
  for (;;) {
    int64_t c = atomic_fetch_add(&j->next, 1);
    if (c >= j->chunks || c > atomic_load(&j->failed_chunk)) return NULL;
    int64_t last = j->n - c * j->chunk > j->chunk ? (c + 1) * j->chunk : j->n;
    mj_status status = j->fn(j->ctx, c * j->chunk, last, s->worker);
    if (status) note_failure(j, c, status);
  }
}

mj_status mj_parallel(int threads, int64_t n, int64_t chunk, mj_range_fn fn, void *ctx) {
  if (n <= 0) return MJ_OK;
  if (chunk < 1) chunk = 1;
  job j = {.fn = fn, .ctx = ctx, .n = n, .chunk = chunk, .chunks = (n - 1) / chunk + 1, .status = MJ_OK};
  atomic_store(&j.failed_chunk, INT64_MAX);
  int workers = mj_threads(threads);
  if (workers > j.chunks) workers = (int)j.chunks;
  pthread_mutex_init(&j.lock, NULL);

  pthread_t thread[MAX_THREADS];
  seat seats[MAX_THREADS];
  int started = 1; /* this thread works too */
  for (int i = 0; i < workers; i++) seats[i] = (seat){&j, i};
  while (started < workers && !pthread_create(&thread[started], NULL, work, &seats[started])) started++;
  work(&seats[0]);
  for (int i = 1; i < started; i++) pthread_join(thread[i], NULL);

  pthread_mutex_destroy(&j.lock);
  return j.status;
}
