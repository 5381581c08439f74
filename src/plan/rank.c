#include "plan/rank.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What a place in the list is decided by. */
typedef struct {
  int gravity; /* of the status: 0 idle, 1 inefficient, 2 headroom */
  double fits_m2, headroom_m2, area_mu;
  int64_t row;
} entry;

static int gravity_of(const char *status) {
  if (status && !strcmp(status, "idle")) return 0;
  return status && !strcmp(status, "inefficient") ? 1 : 2;
}

/* Larger first, not known last. */
static int larger_first(double a, double b) {
  if (isnan(a) || isnan(b)) return isnan(a) - isnan(b);
  return (a < b) - (a > b);
}

static int in_order(const void *one, const void *other) {
  const entry *a = one, *b = other;
  int by = a->gravity - b->gravity;
  if (!by) by = larger_first(a->fits_m2, b->fits_m2);
  if (!by) by = larger_first(a->headroom_m2, b->headroom_m2);
  if (!by) by = larger_first(a->area_mu, b->area_mu);
  return by ? by : (a->row > b->row) - (a->row < b->row);
}

static double at(const double *column, int64_t row) { return column ? column[row] : (double)NAN; }

/* What fits on land whose cap is not known is no promise: it counts as not known. */
static double capped(double fits_m2, double headroom_m2) { return isnan(headroom_m2) ? (double)NAN : fits_m2; }

mj_status mj__rank(mj_table *parcels) {
  const uint8_t *candidate = mj_table_tri(parcels, "candidate");
  const char **status = mj_table_text(parcels, "status");
  const double *fits = mj_table_f64(parcels, "fit_floor_area_m2"), *headroom = mj_table_f64(parcels, "headroom_m2"),
               *area = mj_table_f64(parcels, "area_mu");
  mj_column *rank = mj_table_add(parcels, "candidate_rank", MJ_I64);
  entry *list = malloc(((size_t)parcels->n + 1) * sizeof *list);
  int64_t n = 0;
  if (!rank || !list) {
    free(list);
    return MJ_ENOMEM;
  }
  for (int64_t i = 0; i < parcels->n && candidate && status; i++)
    if (candidate[i] == MJ_YES)
      list[n++] = (entry){gravity_of(status[i]), capped(at(fits, i), at(headroom, i)), at(headroom, i), at(area, i), i};
  qsort(list, (size_t)n, sizeof *list, in_order);
  for (int64_t k = 0; k < n; k++) rank->i64[list[k].row] = k + 1;
  free(list);
  return MJ_OK;
}
