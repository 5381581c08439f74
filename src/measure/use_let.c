/* Who lets to whom: what a tenant has comes off the use of its lessor. */
#include <stdlib.h>

#include "measure/uses.h"

/* A use in the order of whom it is of (firm, or role) and where. */
typedef struct {
  int32_t who, building, number;
} key;
enum { ANYWHERE = -2, FEW = 64 };

static int by_key(const void *a, const void *b) {
  const key *p = a, *q = b;
  if (p->who != q->who) return p->who < q->who ? -1 : 1;
  if (p->building != q->building) return p->building < q->building ? -1 : 1;
  return p->number < q->number ? -1 : p->number > q->number;
}

/* Number of keys before those of @p who in buildings from @p building on. */
static int32_t lower(const key *keys, int32_t n, int32_t who, int32_t building) {
  int32_t low = 0;
  while (low < n) {
    int32_t middle = low + (n - low) / 2;
    bool before = keys[middle].who < who || (keys[middle].who == who && keys[middle].building < building);
    if (before) low = middle + 1;
    else n = middle;
  }
  return low;
}

/* How many uses @p who has in the building, or anywhere, but for @p self; if it is one, that is *only. */
static int32_t count(const key *keys, int32_t n, int32_t who, int32_t building, const key *self, int32_t *only) {
  int32_t first = lower(keys, n, who, building);
  int32_t end = building == ANYWHERE ? lower(keys, n, who + 1, ANYWHERE) : lower(keys, n, who, building + 1);
  bool own = self->who == who && (building == ANYWHERE || self->building == building);
  int32_t others = end - first - own;
  if (others == 1) *only = keys[first].number == self->number ? keys[first + 1].number : keys[first].number;
  return others;
}

/* The use that lets to use @p t: the only one of @p who in its building, else on the parcel; else -1. */
static int32_t find(const mj__use *use, int32_t t, const key *keys, int32_t n, int32_t who, int32_t own) {
  key self = {own, use[t].building, t};
  int32_t only = -1;
  if (count(keys, n, who, use[t].building, &self, &only) == 1) return only;
  return count(keys, n, who, ANYWHERE, &self, &only) == 1 ? only : -1;
}

static bool is_tenant(const mj__use *u) { return u->role == MJ__LESSEE || u->role == MJ__SUBLESSEE; }

/* The enterprise that an occupancy names as its lessor, -1: none. */
static int32_t named_lessor(const mj__use_tables *t, const mj__use *tenant) {
  return tenant->source == MJ__FROM_OCCUPANCY ? t->firms.of_lessor[tenant->row] : -1;
}

static void let(const mj__use_tables *t, mj__use *use, int32_t n, key *by_role, key *by_firm) {
  for (int32_t k = 0; k < n; k++) {
    by_role[k] = (key){use[k].role, use[k].building, k};
    by_firm[k] = (key){use[k].firm, use[k].building, k};
  }
  qsort(by_role, (size_t)n, sizeof *by_role, by_key);
  qsort(by_firm, (size_t)n, sizeof *by_firm, by_key);
  for (int32_t k = 0; k < n; k++) {
    if (!is_tenant(&use[k])) continue;
    bool sub = use[k].role == MJ__SUBLESSEE;
    int32_t named = named_lessor(t, &use[k]);
    int32_t lessor = named >= 0 ? find(use, k, by_firm, n, named, use[k].firm)
                                : find(use, k, by_role, n, sub ? MJ__LESSEE : MJ__OWNER, use[k].role);
    if (lessor >= 0) use[lessor].let_m2 += use[k].stated_m2; /* not known, where that is not */
    else if (sub) use[k].doubt |= MJ__NO_LESSOR;
  }
}

mj_status mj__let(const mj__use_tables *tables, mj__use *use, int32_t n) {
  key few[2][FEW];
  bool tenants = false;
  for (int32_t k = 0; k < n; k++) tenants = tenants || is_tenant(&use[k]);
  if (!tenants) return MJ_OK;
  if (n == 1) { /* nobody else is there */
    if (use->role == MJ__SUBLESSEE) use->doubt |= MJ__NO_LESSOR;
    return MJ_OK;
  }
  key *many = n > FEW ? malloc(2 * (size_t)n * sizeof *many) : NULL;
  if (n > FEW && !many) return MJ_ENOMEM;
  let(tables, use, n, many ? many : few[0], many ? many + n : few[1]);
  free(many);
  return MJ_OK;
}
