/** @file sum.h  Sums of many figures. */
#ifndef MJ_BASE_SUM_H
#define MJ_BASE_SUM_H

#include <math.h>

/** Running sum that keeps the lost low bits; valid when {0}. Source: Neumaier (1974), ZAMM 54, 39-51. */
typedef struct {
  double sum, lost;
} mj_sum;
static inline void mj_sum_add(mj_sum *t, double v) {
  double next = t->sum + v;
  t->lost += fabs(t->sum) >= fabs(v) ? (t->sum - next) + v : (v - next) + t->sum;
  t->sum = next;
}
static inline double mj_sum_value(const mj_sum *t) { return t->sum + t->lost; }
#endif
