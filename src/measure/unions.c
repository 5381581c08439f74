#include <math.h>

#include "base/parallel.h"
#include "gis/overlay.h"
#include "measure/measure.h"

/* Noise of areas of overlays, as a share of them. */
static const double NOISE = 1e-9;

/* ---- buildings over each other, on one parcel ---- */

/* Tiers of one building, and others that lie over each other, cover their ground once: house[0 .. n-1] are the
 * buildings of parcel i that lie on another one; their footprints were added up. */
typedef struct {
  int32_t i, n;
  const int32_t *house;
  const double *part; /* [n] m2 of each on the parcel */
  double added, once;
} stack;

typedef struct {
  mj_polys parcels, houses;
  const mj_pairs *overlaps;
  const double *footprint; /* [buildings] whole, m2 */
  double unit_m2;
  stack *stack;
  mj_overlay *overlay[64]; /* one a worker */
} stacks;

/* The overlap of buildings a < b; NULL: they have none. */
static const mj_pair *overlap_of(const mj_pairs *overlaps, int32_t a, int32_t b) {
  int64_t low = 0, high = overlaps->n;
  while (low < high) {
    int64_t mid = low + (high - low) / 2;
    const mj_pair *p = &overlaps->pair[mid];
    if (p->a < a || (p->a == a && p->b < b)) low = mid + 1;
    else high = mid;
  }
  const mj_pair *p = &overlaps->pair[low];
  return low < overlaps->n && p->a == a && p->b == b ? p : NULL;
}

/* Ground of a stack as the sum less the overlaps of its pairs. That is all of it where no ground lies under three of
 * them, as no three overlap each other, and each overlap is on the parcel, as one of the two wholly is. NaN: it is for
 * GEOS to say. */
static double once_by_pairs(const stacks *s, const stack *k) {
  enum { MOST = 16 };
  uint32_t with[MOST] = {0};
  double once = k->added;
  if (k->n > MOST) return (double)NAN;
  for (int i = 0; i < k->n; i++)
    for (int j = i + 1; j < k->n; j++) {
      const mj_pair *p = overlap_of(s->overlaps, k->house[i], k->house[j]);
      if (!p) continue;
      bool whole = k->part[i] >= s->footprint[k->house[i]] * (1 - NOISE) ||
                   k->part[j] >= s->footprint[k->house[j]] * (1 - NOISE);
      if (isnan(p->area) || !whole || with[i] & with[j]) return (double)NAN;
      with[i] |= 1u << j;
      with[j] |= 1u << i;
      once -= p->area;
    }
  return once;
}

static mj_status cover_range(void *ctx, int64_t first, int64_t last, int worker) {
  stacks *s = ctx;
  for (stack *k = s->stack + first; k < s->stack + last; k++) {
    k->once = once_by_pairs(s, k);
    if (!isnan(k->once)) continue;
    if (!s->overlay[worker]) MJ_TRY(mj_overlay_open(&s->overlay[worker], NULL));
    k->once = mj_overlay_cover(s->overlay[worker], &s->parcels, k->i, &s->houses, k->house, k->n) * s->unit_m2;
  }
  return MJ_OK;
}

/* Stacks in order of parcels; *n of them. */
static mj_status find_stacks(mj_park *park, const mj_pairs *on, const uint8_t *overlaps, stack **out, int64_t *n) {
  int32_t *house = mj_arena_alloc(&park->scratch, (size_t)on->n + 1, sizeof *house);
  double *part = mj_arena_alloc(&park->scratch, (size_t)on->n + 1, sizeof *part);
  stack *found = mj_arena_alloc(&park->scratch, (size_t)park->table[MJ_PARCELS].n + 1, sizeof *found);
  if (!house || !part || !found) return MJ_ENOMEM;
  *out = found;
  *n = 0;
  for (int64_t k = 0; k < on->n;) {
    stack s = {.i = on->pair[k].a, .house = house, .part = part};
    for (; k < on->n && on->pair[k].a == s.i; k++) {
      if (!overlaps[on->pair[k].b]) continue;
      s.added += on->pair[k].area;
      part[s.n] = on->pair[k].area;
      house[s.n++] = on->pair[k].b;
    }
    if (s.n < 2) continue;
    found[(*n)++] = s;
    house += s.n;
    part += s.n;
  }
  return MJ_OK;
}

static mj_status union_footprints(mj_park *park, const mj_pairs *on, const mj_pairs *overlaps, const uint8_t *is,
                                  double *footprint) {
  enum { CHUNK = 64 };
  stacks s = {.parcels = mj_geom_view(&park->table[MJ_PARCELS].geom),
              .houses = mj_geom_view(&park->table[MJ_BUILDINGS].geom),
              .overlaps = overlaps,
              .footprint = mj_table_f64(&park->table[MJ_BUILDINGS], "footprint_m2"),
              .unit_m2 = park->frame.unit_m * park->frame.unit_m};
  int64_t n;
  MJ_TRY(find_stacks(park, on, is, &s.stack, &n));
  mj_status status = mj_parallel(park->project.threads, n, CHUNK, cover_range, &s);
  for (int i = 0; i < 64; i++) mj_overlay_close(s.overlay[i]);
  for (const stack *k = s.stack; k < s.stack + n && !status; k++) {
    if (k->once < k->added || isnan(k->once)) footprint[k->i] += k->once - k->added;
    if (isnan(footprint[k->i]))
      status = mj__note(park, MJ_L_OVERLAY_FAILED, MJ_PARCELS, k->i, "footprint_m2", NULL, NULL);
  }
  return status;
}

mj_status mj__footprints_once(mj_park *park, const mj_pairs *on, const mj_pairs *overlaps, double *footprint,
                              mj_error *err) {
  uint8_t *is = mj_arena_alloc(&park->scratch, (size_t)park->table[MJ_BUILDINGS].n + 1, 1);
  if (!is) return mj_fail(err, MJ_ENOMEM, "out of memory measuring buildings");
  for (int64_t k = 0; k < overlaps->n; k++) is[overlaps->pair[k].a] = is[overlaps->pair[k].b] = 1;
  if (!overlaps->n) return MJ_OK;
  mj_status status = union_footprints(park, on, overlaps, is, footprint);
  return status ? mj_fail(err, status, "out of memory measuring buildings") : MJ_OK;
}

/* ---- parcels over each other, under one building ---- */

/* Ground of building j on the parcels list[n], added up where they do not lie over each other. */
static double ground_of(mj_park *park, mj_overlay *overlay, int64_t j, const int32_t *list, int32_t n, double added) {
  mj_polys parcels = mj_geom_view(&park->table[MJ_PARCELS].geom),
           houses = mj_geom_view(&park->table[MJ_BUILDINGS].geom);
  double once = mj_overlay_cover(overlay, &houses, j, &parcels, list, n) * park->frame.unit_m * park->frame.unit_m;
  return isnan(once) || once < added * (1 - NOISE) - mj__no_overlap_m2 ? once : added;
}

/* Buildings on several parcels: parcels list[end[j]] .. list[end[j+1]-1] bear building j. */
typedef struct {
  int64_t n, *end;
  int32_t *list;
  uint8_t *over; /* [parcels] lies on another one that bears a building with it */
} bearers;

static mj_status find_bearers(mj_park *park, const mj_pairs *on, bearers *s) {
  int64_t n = s->n = park->table[MJ_BUILDINGS].n;
  s->end = mj_arena_alloc(&park->scratch, (size_t)n + 2, sizeof *s->end);
  s->list = mj_arena_alloc(&park->scratch, (size_t)on->n + 1, sizeof *s->list);
  s->over = mj_arena_alloc(&park->scratch, (size_t)park->table[MJ_PARCELS].n + 1, 1);
  if (!s->end || !s->list || !s->over) return MJ_ENOMEM;
  for (int64_t k = 0; k < on->n; k++) s->end[on->pair[k].b + 2]++;
  for (int64_t j = 0; j < n; j++) s->end[j + 2] += s->end[j + 1];
  for (int64_t k = 0; k < on->n; k++) s->list[s->end[on->pair[k].b + 1]++] = on->pair[k].a; /* now end[j] begins j */
  return MJ_OK;
}

/* Which of the parcels that share a building lie over each other: most only meet, and signs tell that without GEOS. */
static mj_status find_overlaps(mj_park *park, bearers *s) {
  mj_polys parcels = mj_geom_view(&park->table[MJ_PARCELS].geom);
  int32_t *row = mj_arena_alloc(&park->scratch, (size_t)parcels.n + 1, sizeof *row);
  mj_geom some = {.kind = MJ_GEOM_POLYGON};
  mj_pairs pairs = {0};
  mj_status status = row ? MJ_OK : MJ_ENOMEM;
  for (int64_t j = 0; j < s->n; j++)
    for (int64_t k = s->end[j]; s->end[j + 1] - s->end[j] > 1 && k < s->end[j + 1]; k++) s->over[s->list[k]] = 1;
  for (int64_t i = 0; i < parcels.n && !status; i++) {
    if (!s->over[i]) continue;
    s->over[i] = 0;
    row[some.n] = (int32_t)i;
    status = mj_geom_push_row(&some, &parcels, i);
  }
  mj_polys view = mj_geom_view(&some);
  if (!status) status = mj_overlap_self(&view, park->project.threads, &pairs);
  for (int64_t k = 0; k < pairs.n && !status; k++) {
    if (pairs.pair[k].area * park->frame.unit_m * park->frame.unit_m <= mj__no_overlap_m2) continue; /* NaN is one */
    s->over[row[pairs.pair[k].a]] = s->over[row[pairs.pair[k].b]] = 1;
  }
  mj_pairs_reset(&pairs);
  mj_geom_reset(&some);
  return status;
}

mj_status mj__ground_on_parcels(mj_park *park, const mj_pairs *on, const double *added, double *once, mj_error *err) {
  mj_overlay *overlay = NULL;
  bearers s;
  if (find_bearers(park, on, &s) || find_overlaps(park, &s))
    return mj_fail(err, MJ_ENOMEM, "out of memory measuring buildings");
  MJ_TRY(mj_overlay_open(&overlay, err));
  for (int64_t j = 0; j < s.n; j++) {
    int64_t first = s.end[j], over = 0;
    for (int64_t k = first; k < s.end[j + 1]; k++) over += s.over[s.list[k]];
    once[j] = added[j];
    if (over > 1 && !isnan(added[j]))
      once[j] = ground_of(park, overlay, j, s.list + first, (int32_t)(s.end[j + 1] - first), added[j]);
  }
  mj_overlay_close(overlay);
  return MJ_OK;
}
