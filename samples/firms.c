/* Who uses which land: owners on one parcel or several, tenants under one roof. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sample.h"

static firm *add_firm(park *p, int industry_index) {
  p->firm = grow(p->firm, (size_t)p->n_firms + 1, sizeof *p->firm);
  firm *f = &p->firm[p->n_firms];
  memset(f, 0, sizeof *f);
  f->industry = industry_index;
  firm_name(p->n_firms, industry_index, f->name, sizeof f->name);
  credit_code(p->n_firms, f->code);
  p->n_firms++;
  return f;
}

static void use(park *p, firm *f, int parcel_index, double land_m2, double floor_m2, const char *how) {
  f->use[f->n_uses++] = (firm_use){parcel_index, land_m2, floor_m2, how};
  p->parcel[parcel_index].firms++;
}

static void own(park *p, firm *f, int i) {
  parcel *q = &p->parcel[i];
  use(p, f, i, q->recorded_m2, q->floor_m2 > 0 ? round_to(q->floor_m2, 0.01) : EMPTY, "自有");
  snprintf(q->owner, sizeof q->owner, "%s", f->name);
  if (i % 10 < 7) snprintf(q->owner_code, sizeof q->owner_code, "%s", f->code);
}

/* An owner here, and now and then on one or two further parcels of the same piece. */
static void settle(park *p, int i, bool *taken, chance *c) {
  parcel *q = &p->parcel[i];
  if (taken[i]) return;
  firm *f = add_firm(p, q->industry);
  own(p, f, i);
  taken[i] = true;
  int more = q->joined ? 1 : chance_is(c, 0.07) ? 1 + chance_is(c, 0.35) : 0;
  for (int k = i + 1; more > 0 && k < p->n_parcels && k < i + 24; k++) {
    bool fits = p->parcel[k].kind == FACTORY && p->parcel[k].zone == q->zone && !taken[k];
    if (!fits || (!q->joined && (p->parcel[k].joined || p->parcel[k - 1].joined || chance_is(c, 0.5)))) continue;
    own(p, f, k);
    taken[k] = true;
    more--;
  }
  if (f->n_uses == 1) snprintf(f->parcel_key, sizeof f->parcel_key, "%s", q->key);
  else note(p, "enterprise_on_several_parcels", "occupancies", 0, f->code, "%d parcels, first %s", f->n_uses, q->key);
}

/* Tenants share floor area; one in three also states its part of the land. Part of the floor stands empty. */
static void let_out(park *p, int i, int tenants, double let, chance *c) {
  parcel *q = &p->parcel[i];
  double weight[16], sum = 0;
  q->let = let;
  for (int k = 0; k < tenants; k++) sum += weight[k] = chance_between(c, 0.5, 1.6);
  for (int k = 0; k < tenants; k++) {
    int trade = chance_is(c, 0.6) ? q->industry : industry_for(q->zone, c);
    firm *f = add_firm(p, trade);
    use(p, f, i, EMPTY, round_to(q->floor_m2 * let * weight[k] / sum, 0.01), "承租");
    snprintf(f->parcel_key, sizeof f->parcel_key, "%s", q->key);
  }
  snprintf(q->owner, sizeof q->owner, q->kind == CENTRE ? "示例科创中心运营有限公司" : "示例标准厂房运营有限公司");
  note(p, "several_tenants", "parcels", i + 1, q->code, "%d tenants on %.0f %% of the floor area", tenants, let * 100);
}

void make_firms(park *p) {
  chance c = chance_of(p->seed, 5);
  bool *taken = grow(NULL, (size_t)p->n_parcels, sizeof *taken);
  memset(taken, 0, (size_t)p->n_parcels * sizeof *taken);
  for (int i = 0; i < p->n_parcels; i++) {
    parcel *q = &p->parcel[i];
    bool half = chance_is(&c, 0.25);
    if (q->kind == FACTORY) settle(p, i, taken, &c);
    if (q->kind == CENTRE) let_out(p, i, 12, 0.72, &c);
    int tenants = 2 + chance_below(&c, 3);
    double let = half ? 0.45 : chance_between(&c, 0.75, 1);
    if (q->kind == SHARED && q->floor_m2 > 0) let_out(p, i, tenants, let, &c);
    if (q->kind == CLOSED) {
      snprintf(q->owner, sizeof q->owner, "示例停业%d号实业有限公司", i + 1);
      note(p, "closed_factory", "parcels", i + 1, q->code, "buildings vacant or idle, no enterprise row");
    }
  }
  free(taken);
}
