#include <math.h>

#include "plan/fit.h"

/* Areas are equal to this. */
static const double SAME_M2 = 1e-6;
/* Towers beyond this number are only changed one at a time. */
enum { MOST_PAIRED = 48 };

/* Pick of n values, descending, those whose sum is great and at most @p room: each that still fits, then every swap of
 * one picked for one not picked that brings more. picked[n] out. Returns the sum. */
static double pick(const double *value, int32_t n, double room, bool *picked) {
  double sum = 0;
  for (int32_t i = 0; i < n; i++) {
    picked[i] = value[i] > 0 && sum + value[i] <= room + SAME_M2;
    if (picked[i]) sum += value[i];
  }
  for (int32_t i = 0; i < n; i++) {
    for (int32_t k = 0; k < n && picked[i]; k++) {
      if (picked[k] || value[k] <= value[i] + SAME_M2 || sum + value[k] - value[i] > room + SAME_M2) continue;
      picked[i] = false;
      picked[k] = true;
      sum += value[k] - value[i];
    }
  }
  return sum;
}

static double floors(const mj__tower *t, int storeys, double double_m) {
  return t->plate_m2 * mj__storeys_counted(t->module, storeys, double_m);
}

static double total(const mj__tower *t, int32_t n, double double_m) {
  double sum = 0;
  for (int32_t i = 0; i < n; i++) sum += floors(&t[i], t[i].storeys, double_m);
  return sum;
}

/* Largest plates first. */
static void sort(mj__tower *t, int32_t *order, int32_t n) {
  for (int32_t i = 0; i < n; i++) {
    int32_t k = i;
    for (; k > 0 && t[order[k - 1]].plate_m2 < t[i].plate_m2; k--) order[k] = order[k - 1];
    order[k] = i;
  }
}

/* Leave out towers until the values of the others, value[order], have room. */
static void leave_out(mj__tower *t, const int32_t *order, const double *value, int32_t n, double room) {
  double sum = 0, sorted[MJ_PACK_MOST] = {0};
  bool picked[MJ_PACK_MOST];
  for (int32_t i = 0; i < n; i++) sum += sorted[i] = t[order[i]].most ? value[order[i]] : 0;
  if (sum <= room + SAME_M2) return;
  pick(sorted, n, room, picked);
  for (int32_t i = 0; i < n; i++)
    if (!picked[i]) t[order[i]].most = 0;
}

/* As many storeys on all as the room allows, each within its own bounds. */
static void level(mj__tower *t, int32_t n, double room, double double_m, int top) {
  for (int s = 1; s <= top; s++) {
    double sum = 0;
    for (int32_t i = 0; i < n; i++) {
      int own = t[i].most < s ? t[i].most : s < t[i].least ? t[i].least : s;
      sum += floors(&t[i], own, double_m);
    }
    if (s > 1 && sum > room + SAME_M2) return;
    for (int32_t i = 0; i < n; i++) t[i].storeys = t[i].most < s ? t[i].most : s < t[i].least ? t[i].least : s;
  }
}

typedef struct {
  mj__tower *t;
  int32_t n;
  double room, ground, double_m; /* what all may come to */
  double floor, plates;          /* what they come to */
} stand;

static void set(stand *s, int32_t i, int storeys) {
  s->floor += floors(&s->t[i], storeys, s->double_m) - floors(&s->t[i], s->t[i].storeys, s->double_m);
  s->plates += s->t[i].plate_m2 * ((storeys > 0) - (s->t[i].storeys > 0));
  s->t[i].storeys = storeys;
}

/* The storeys of tower i that bring most beside the others as they stand. */
static int best_of(const stand *s, int32_t i) {
  const mj__tower *t = &s->t[i];
  double room = s->room - s->floor + floors(t, t->storeys, s->double_m);
  double ground = s->ground - s->plates + (t->storeys ? t->plate_m2 : 0);
  if (t->plate_m2 > ground + SAME_M2) return t->storeys;
  for (int k = t->most; k >= t->least && k > 0; k--)
    if (floors(t, k, s->double_m) <= room + SAME_M2) return k;
  return t->storeys;
}

/* One tower, or one lower and another as high as it then may: as long as either brings more. */
static void improve(stand *s) {
  for (bool more = true; more;) {
    more = false;
    for (int32_t i = 0; i < s->n; i++) {
      int to = best_of(s, i);
      if (floors(&s->t[i], to, s->double_m) <= floors(&s->t[i], s->t[i].storeys, s->double_m) + SAME_M2) continue;
      set(s, i, to);
      more = true;
    }
    for (int32_t i = 0; i < s->n && s->n <= MOST_PAIRED; i++)
      for (int32_t k = 0; k < s->n; k++) {
        int was = s->t[i].storeys, other = s->t[k].storeys;
        double before = s->floor;
        if (i == k || !was) continue;
        set(s, i, was > s->t[i].least ? was - 1 : 0);
        set(s, k, best_of(s, k));
        if (s->floor > before + SAME_M2) {
          more = true;
          continue;
        }
        set(s, k, other);
        set(s, i, was);
      }
  }
}

double mj__storeys_choose(mj__tower *t, int32_t n, double room_m2, double ground_m2, double double_m) {
  int32_t order[MJ_PACK_MOST] = {0};
  double value[MJ_PACK_MOST] = {0}, sorted[MJ_PACK_MOST] = {0};
  bool picked[MJ_PACK_MOST];
  int top = 1, most[MJ_PACK_MOST] = {0};
  if (n > MJ_PACK_MOST) n = MJ_PACK_MOST;
  sort(t, order, n);
  for (int32_t i = 0; i < n; i++) most[i] = t[i].most; /* leaving out takes it away for a while */
  for (int32_t i = 0; i < n; i++) value[i] = t[i].plate_m2;
  leave_out(t, order, value, n, ground_m2);
  for (int32_t i = 0; i < n; i++) value[i] = floors(&t[i], t[i].least, double_m);
  leave_out(t, order, value, n, room_m2);
  for (int32_t i = 0; i < n; i++)
    if (t[i].most > top) top = t[i].most;
  for (int32_t i = 0; i < n; i++) t[i].storeys = 0;
  level(t, n, room_m2, double_m, top);
  double sum = total(t, n, double_m);
  for (int32_t i = 0; i < n; i++) { /* one storey more on those that bring most within the rest */
    const mj__tower *one = &t[order[i]];
    bool more = one->most > one->storeys && one->storeys > 0;
    sorted[i] = more ? floors(one, one->storeys + 1, double_m) - floors(one, one->storeys, double_m) : 0;
  }
  pick(sorted, n, room_m2 - sum, picked);
  for (int32_t i = 0; i < n; i++) t[order[i]].storeys += picked[i];
  stand s = {.t = t, .n = n, .room = room_m2, .ground = ground_m2, .double_m = double_m};
  for (int32_t i = 0; i < n; i++) {
    t[i].most = most[i];
    s.plates += t[i].storeys ? t[i].plate_m2 : 0;
  }
  s.floor = total(t, n, double_m);
  if (s.floor < room_m2) improve(&s);
  return s.floor;
}
