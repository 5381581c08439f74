#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/codes.h"
#include "base/parallel.h"
#include "intake/near.h"

enum { LEAST = 8, MOST = 64 };

/* A query without one of its characters (or whole), in a chain of its bucket. */
typedef struct {
  uint64_t hash;
  int32_t query, next; /* next entry + 1 */
} shadow;

typedef struct {
  const char *const *key, *const *query;
  mj_key_kind kind;
  _Atomic int32_t *out; /* [queries] */
  shadow *entry;
  uint32_t n;
  int32_t *bucket; /* [mask + 1] entry + 1 */
  uint32_t mask;
} shadows;

/* A text is a number of base 2^64 digits to BASE, so that the hash of one without a character is made of its head's and
 * its tail's. */
static const uint64_t BASE = UINT64_C(0x9E3779B97F4A7C15);
static uint64_t digit(char c) { return (unsigned char)c + UINT64_C(1); }
static uint64_t finish(uint64_t h) { return h ^ h >> 32 ^ h >> 17; }

/* Hashes of the text whole and without each of its characters; a run of equal characters is left out once. Returns
 * their number. */
static int hashes(const char *text, size_t n, uint64_t out[MOST + 1]) {
  uint64_t tail[MOST + 1], power[MOST + 1], head = 0;
  int k = 1;
  tail[n] = 0;
  power[n] = 1; /* of what stands behind */
  for (size_t i = n; i-- > 0;) {
    tail[i] = tail[i + 1] + digit(text[i]) * power[i + 1];
    power[i] = power[i + 1] * BASE;
  }
  for (size_t i = 0; i < n; i++) {
    if (!i || text[i] != text[i - 1]) out[k++] = finish(head * power[i + 1] + tail[i + 1]);
    head = head * BASE + digit(text[i]);
  }
  out[0] = finish(tail[0]);
  return k;
}

/* One character changed, one more or less, or two neighbours swapped. */
static bool one_edit(const char *a, const char *b) {
  size_t n = strlen(a), m = strlen(b), head = 0, tail = 0;
  if (n > m) return one_edit(b, a);
  while (head < n && a[head] == b[head]) head++;
  while (tail < n - head && a[n - 1 - tail] == b[m - 1 - tail]) tail++;
  size_t rest = n - head - tail;
  if (m == n + 1) return rest == 0;
  if (m != n) return false;
  return rest == 1 || (rest == 2 && a[head] == b[head + 1] && a[head + 1] == b[head]);
}

static bool has_check(const char *code) {
  char expected;
  mj_credit_fault fault = mj_credit_code_check(code, &expected);
  return fault == MJ_CREDIT_FINE || fault == MJ_CREDIT_INNER;
}

static bool fits(const char *text, size_t *n) {
  *n = strlen(text);
  return *n >= LEAST && *n <= MOST;
}

static void enter(shadows *s, uint64_t hash, int32_t query) {
  int32_t *slot = &s->bucket[hash & s->mask];
  s->entry[s->n] = (shadow){hash, query, *slot};
  *slot = (int32_t)++s->n;
}

static mj_status cast(shadows *s, int32_t n_query) {
  size_t all = 0, n, buckets = 1024;
  uint64_t hash[MOST + 1];
  for (int32_t q = 0; q < n_query; q++) all += fits(s->query[q], &n) ? n + 1 : 0;
  while (buckets < all) buckets *= 2;
  s->mask = (uint32_t)(buckets - 1);
  s->entry = malloc((all + 1) * sizeof *s->entry);
  s->bucket = calloc(buckets, sizeof *s->bucket);
  s->out = malloc(((size_t)n_query + 1) * sizeof *s->out);
  if (!s->entry || !s->bucket || !s->out || all > INT32_MAX) return MJ_ENOMEM;
  for (int32_t q = 0; q < n_query; q++) {
    atomic_init(&s->out[q], MJ_EDIT_NONE);
    if (!fits(s->query[q], &n) || (s->kind == MJ_KEY_CREDIT && has_check(s->query[q]))) continue;
    int k = hashes(s->query[q], n, hash);
    for (int i = 0; i < k; i++) enter(s, hash[i], q);
  }
  return MJ_OK;
}

/* Whichever key comes first: one that comes alone is left, of more none. */
static void meet(shadows *s, int32_t key, uint64_t hash) {
  for (int32_t at = s->bucket[hash & s->mask]; at; at = s->entry[at - 1].next) {
    const shadow *e = &s->entry[at - 1];
    _Atomic int32_t *out = &s->out[e->query];
    int32_t is = e->hash == hash ? atomic_load(out) : key;
    if (is == key || is == MJ_EDIT_SEVERAL || !one_edit(s->key[key], s->query[e->query])) continue;
    int32_t none = MJ_EDIT_NONE;
    if (!atomic_compare_exchange_strong(out, &none, key) && none != key) atomic_store(out, MJ_EDIT_SEVERAL);
  }
}

static mj_status meet_range(void *ctx, int64_t first, int64_t last, int worker) {
  enum { AHEAD = 16 }; /* keys lie far apart: their memory is asked for before it is read */
  shadows *s = ctx;
  uint64_t hash[MOST + 1];
  size_t n;
  (void)worker;
  for (int64_t k = first; k < last; k++) {
    if (k + AHEAD < last) __builtin_prefetch(s->key[k + AHEAD]);
    if (!fits(s->key[k], &n) || (s->kind == MJ_KEY_CREDIT && !has_check(s->key[k]))) continue;
    int many = hashes(s->key[k], n, hash);
    for (int i = 0; i < many; i++) meet(s, (int32_t)k, hash[i]);
  }
  return MJ_OK;
}

mj_status mj_near_edits(const char *const *key, int32_t n_key, const char *const *query, int32_t n_query,
                        mj_key_kind kind, int threads, int32_t *out) {
  enum { CHUNK = 4096 };
  shadows s = {.key = key, .query = query, .kind = kind};
  mj_status status = cast(&s, n_query);
  if (!status && s.n) status = mj_parallel(threads, n_key, CHUNK, meet_range, &s);
  for (int32_t q = 0; !status && q < n_query; q++) out[q] = atomic_load(&s.out[q]);
  free(s.entry);
  free(s.bucket);
  free(s.out);
  return status;
}
