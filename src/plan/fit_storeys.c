#include <math.h>

#include "plan/fit.h"

/* Areas are equal to this. */
static const double SAME_M2 = 1e-6;

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

double mj__storeys_choose(mj__tower *t, int32_t n, double room_m2, double ground_m2, double double_m) {
  int32_t order[MJ_PACK_MOST] = {0};
  double value[MJ_PACK_MOST] = {0}, sorted[MJ_PACK_MOST] = {0};
  bool picked[MJ_PACK_MOST];
  int top = 1;
  if (n > MJ_PACK_MOST) n = MJ_PACK_MOST;
  sort(t, order, n);
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
  sum += pick(sorted, n, room_m2 - sum, picked);
  for (int32_t i = 0; i < n; i++) t[order[i]].storeys += picked[i];
  return sum;
}
