#include "measure/distinct.h"

#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "base/parallel.h"

enum { FEW_COPIES = 100 };

void mj__distinct_reset(mj__distinct *distinct) {
  free(distinct->row);
  free(distinct->first);
  mj_geom_reset(&distinct->copy);
  *distinct = (mj__distinct){0};
}

/* 128 bits of a shape. */
typedef struct {
  uint64_t hash[2];
} print;

static uint64_t mix(uint64_t h) {
  h ^= h >> 30;
  h *= 0xBF58476D1CE4E5B9u;
  h ^= h >> 27;
  h *= 0x94D049BB133111EBu;
  return h ^ h >> 31;
}

static uint64_t vertex(double x, double y, uint64_t salt) {
  uint64_t bits[2];
  x += 0.0; /* -0 is 0 */
  y += 0.0;
  memcpy(bits, &x, 8);
  memcpy(bits + 1, &y, 8);
  return mix(mix(bits[0] + salt) ^ bits[1]);
}

/* Two sums over the edges, 128 bits: edges count without direction and order. */
static print print_of(const mj_polys *g, int32_t row) {
  print p = {{0, 0}};
  for (int32_t r = g->ring0[g->part0[row]]; r < g->ring0[g->part0[row + 1]]; r++)
    for (int32_t v = g->vert0[r]; v + 1 < g->vert0[r + 1]; v++)
      for (int k = 0; k < 2; k++) {
        uint64_t salt = k ? 0x9E3779B97F4A7C15u : 0xC2B2AE3D27D4EB4Fu;
        p.hash[k] += mix(vertex(g->x[v], g->y[v], salt) + vertex(g->x[v + 1], g->y[v + 1], salt));
      }
  return p;
}

static bool same(const print *p, const print *q) { return p->hash[0] == q->hash[0] && p->hash[1] == q->hash[1]; }

typedef struct {
  const mj_polys *polys;
  print *print;
} prints;

static mj_status print_range(void *ctx, int64_t first, int64_t last, int worker) {
  prints *p = ctx;
  (void)worker;
  for (int64_t i = first; i < last; i++) p->print[i] = print_of(p->polys, (int32_t)i);
  return MJ_OK;
}

/* next[i]: the following row of i's shape, or -1; is_first[i]: i is the first of its shape. @p slot [slots, a power of
 * 2, more than n] all 0, @p last [n] scratch. Returns the shapes. */
static int64_t chain(const print *p, int32_t n, int32_t *slot, uint32_t slots, int32_t *last, int32_t *next,
                     uint8_t *is_first) {
  int64_t shapes = 0;
  for (int32_t i = 0; i < n; i++) {
    uint32_t at = (uint32_t)p[i].hash[0] & (slots - 1);
    while (slot[at] && !same(&p[slot[at] - 1], &p[i])) at = (at + 1) & (slots - 1);
    int32_t first = slot[at] ? slot[at] - 1 : i;
    is_first[i] = first == i;
    shapes += is_first[i];
    next[i] = -1;
    if (first == i) slot[at] = i + 1;
    else next[last[first]] = i;
    last[first] = i;
  }
  return shapes;
}

static mj_status copy_shapes(const mj_polys *polys, const int32_t *next, const uint8_t *is_first, mj__distinct *out) {
  int64_t k = 0, at = 0;
  for (int32_t i = 0; i < polys->n; i++) {
    if (!is_first[i]) continue;
    out->first[k++] = at;
    for (int32_t r = i; r >= 0; r = next[r]) out->row[at++] = r;
    MJ_TRY(mj_geom_push_row(&out->copy, polys, i));
  }
  out->first[k] = at;
  out->polys = mj_geom_view(&out->copy);
  return MJ_OK;
}

mj_status mj__distinct_make(const mj_polys *polys, int threads, mj__distinct *out) {
  enum { CHUNK = 4096 };
  size_t n = (size_t)polys->n;
  uint32_t slots = 16;
  while (slots < 2 * n) slots *= 2;
  *out = (mj__distinct){.polys = *polys};
  prints p = {.polys = polys, .print = malloc((n + 1) * sizeof *p.print)};
  int32_t *next = malloc((n + 1) * sizeof *next), *last = malloc((n + 1) * sizeof *last),
          *slot = calloc(slots, sizeof *slot);
  uint8_t *is_first = malloc(n + 1);
  mj_status status = p.print && next && last && slot && is_first ? MJ_OK : MJ_ENOMEM;
  if (!status) status = mj_parallel(threads, polys->n, CHUNK, print_range, &p);
  int64_t shapes = status ? 0 : chain(p.print, (int32_t)polys->n, slot, slots, last, next, is_first);
  if (!status && shapes < polys->n) {
    out->row = malloc((n + 1) * sizeof *out->row);
    out->first = malloc(((size_t)shapes + 1) * sizeof *out->first);
    status = out->row && out->first ? copy_shapes(polys, next, is_first, out) : MJ_ENOMEM;
  }
  free(p.print);
  free(next);
  free(last);
  free(slot);
  free(is_first);
  if (status) mj__distinct_reset(out);
  return status;
}

static mj_status push(mj_pairs *out, int32_t a, int32_t b, double area) {
  mj_pair *grown = mj_grown(out->pair, out->n, &out->cap, sizeof *grown);
  if (!grown) return MJ_ENOMEM;
  out->pair = grown;
  out->pair[out->n++] = a < b ? (mj_pair){a, b, area} : (mj_pair){b, a, area};
  return MJ_OK;
}

static int64_t copies(const mj__distinct *d, int32_t shape, const int32_t **row) {
  *row = d->row + d->first[shape];
  return d->first[shape + 1] - d->first[shape];
}

static mj_status pairs_within(const mj__distinct *d, const double *area, mj_pairs *out) {
  for (int32_t k = 0; k < d->polys.n; k++) {
    const int32_t *row;
    int64_t n = copies(d, k, &row), most = n <= FEW_COPIES ? n : 1;
    if (!(area[k] > 0)) continue; /* empty rows agree, and are nowhere */
    for (int64_t i = 0; i < most; i++)
      for (int64_t j = i + 1; j < n; j++) MJ_TRY(push(out, row[i], row[j], area[k]));
  }
  return MJ_OK;
}

static int by_rows(const void *a, const void *b) {
  const mj_pair *p = a, *q = b;
  return p->a != q->a ? (p->a > q->a) - (p->a < q->a) : (p->b > q->b) - (p->b < q->b);
}

mj_status mj__distinct_pairs(const mj__distinct *d, const double *area, const mj_pairs *of_shapes, mj_pairs *out) {
  for (int64_t k = 0; k < of_shapes->n; k++) {
    mj_pair p = of_shapes->pair[k];
    if (!d->row) {
      MJ_TRY(push(out, p.a, p.b, p.area));
      continue;
    }
    const int32_t *one, *two;
    int64_t n = copies(d, p.a, &one), m = copies(d, p.b, &two);
    for (int64_t i = 0; i < n && i < FEW_COPIES; i++)
      for (int64_t j = 0; j < m && j < FEW_COPIES; j++) MJ_TRY(push(out, one[i], two[j], p.area));
  }
  if (d->row) MJ_TRY(pairs_within(d, area, out));
  if (out->n) qsort(out->pair, (size_t)out->n, sizeof *out->pair, by_rows);
  return MJ_OK;
}
