#include <stdlib.h>
#include <string.h>

#include "base/codes.h"
#include "base/fnv.h"
#include "intake/near.h"

enum { LEAST = 8, MOST = 64 };

/* A query without one of its characters (or whole), in a chain of its bucket. */
typedef struct {
  uint64_t hash;
  int32_t query, next; /* next entry + 1 */
} shadow;

typedef struct {
  const char *const *key, *const *query;
  int32_t *out;
  shadow *entry;
  uint32_t n;
  int32_t *bucket; /* [mask + 1] entry + 1 */
  uint32_t mask;
} shadows;

static uint64_t finish(uint64_t h) { return h ^ h >> 31; }

/* Hashes of the text whole and without each of its characters; a run of equal characters is left out once. Returns
 * their number. */
static int hashes(const char *text, size_t n, uint64_t out[MOST + 1]) {
  uint64_t before = MJ_FNV64_START;
  int k = 1;
  for (size_t i = 0; i < n; i++) {
    if (!i || text[i] != text[i - 1]) out[k++] = finish(mj_fnv64(before, text + i + 1, n - i - 1));
    before = mj_fnv64(before, text + i, 1);
  }
  out[0] = finish(before);
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

static mj_status cast(shadows *s, int32_t n_query, mj_key_kind kind) {
  size_t all = 0, n, buckets = 1024;
  uint64_t hash[MOST + 1];
  for (int32_t q = 0; q < n_query; q++) all += fits(s->query[q], &n) ? n + 1 : 0;
  while (buckets < all) buckets *= 2;
  s->mask = (uint32_t)(buckets - 1);
  s->entry = malloc((all + 1) * sizeof *s->entry);
  s->bucket = calloc(buckets, sizeof *s->bucket);
  if (!s->entry || !s->bucket || all > INT32_MAX) return MJ_ENOMEM;
  for (int32_t q = 0; q < n_query; q++) {
    s->out[q] = MJ_EDIT_NONE;
    if (!fits(s->query[q], &n) || (kind == MJ_KEY_CREDIT && has_check(s->query[q]))) continue;
    int k = hashes(s->query[q], n, hash);
    for (int i = 0; i < k; i++) enter(s, hash[i], q);
  }
  return MJ_OK;
}

static void meet(shadows *s, int32_t key, uint64_t hash) {
  for (int32_t at = s->bucket[hash & s->mask]; at; at = s->entry[at - 1].next) {
    const shadow *e = &s->entry[at - 1];
    int32_t *out = &s->out[e->query];
    if (e->hash != hash || *out == key || *out == MJ_EDIT_SEVERAL) continue;
    if (one_edit(s->key[key], s->query[e->query])) *out = *out == MJ_EDIT_NONE ? key : MJ_EDIT_SEVERAL;
  }
}

mj_status mj_near_edits(const char *const *key, int32_t n_key, const char *const *query, int32_t n_query,
                        mj_key_kind kind, int32_t *out) {
  shadows s = {.key = key, .query = query, .out = out};
  mj_status status = cast(&s, n_query, kind);
  for (int32_t k = 0; !status && s.n && k < n_key; k++) {
    uint64_t hash[MOST + 1];
    size_t n;
    if (!fits(key[k], &n) || (kind == MJ_KEY_CREDIT && !has_check(key[k]))) continue;
    int many = hashes(key[k], n, hash);
    for (int i = 0; i < many; i++) meet(&s, k, hash[i]);
  }
  free(s.entry);
  free(s.bucket);
  return status;
}
