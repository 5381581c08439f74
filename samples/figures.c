/* What the enterprises yield, year by year, so that the park's totals look like a real one's. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "sample.h"

static const double year_factor[N_YEARS] = {0.91, 0.96, 1.0};

/* Low, middling and high yields: on both sides of 5 and of 20 万元/亩, more of the high ones in the south. */
static double yield(int zone, chance *c) {
  static const double low[N_ZONES] = {0.38, 0.27, 0.15}, middle[N_ZONES] = {0.80, 0.72, 0.58};
  int z = zone < 0 ? 1 : zone;
  double at = chance_between(c, 0, 1), more = chance_between(c, 0, 1);
  if (at < low[z]) return chance_between(c, 0.4, 4.9);
  if (at < middle[z]) return chance_between(c, 5.1, 19.5);
  return 20.5 + 95 * more * more;
}

static double money(double value) { return round_to(value, 0.01); }

static void fill_year(firm *f, int y, double tax, chance *c) {
  double ratio = industries[f->industry].output_per_tax * chance_between(c, 0.70, 1.15);
  f->tax_wan[y] = money(tax);
  f->output_wan[y] = money(tax * ratio);
  f->rd_wan[y] = money(f->output_wan[y] * (f->high_tech ? chance_between(c, 0.03, 0.06) : chance_between(c, 0, 0.012)));
  f->profit_wan[y] = money(chance_is(c, 0.07) ? -tax * chance_between(c, 0.1, 0.8) : tax * chance_between(c, 0.5, 1.9));
  f->added_wan[y] = money(f->output_wan[y] * chance_between(c, 0.19, 0.28));
  f->energy_tce[y] = round_to(f->output_wan[y] * chance_between(c, 0.02, 0.06), 0.1);
  f->power_kwh[y] = round_to(f->energy_tce[y] * chance_between(c, 3000, 4500), 1);
  f->staff[y] = 3 + round_to(f->output_wan[y] / chance_between(c, 55, 105), 1);
}

static double tax_of(const park *p, const firm *f) {
  double tax = 0;
  for (int i = 0; i < f->n_uses; i++) {
    const parcel *q = &p->parcel[f->use[i].parcel];
    bool owner = strcmp(f->use[i].how, "自有") == 0;
    tax += q->tax_per_mu * mu_of(q->recorded_m2) * (owner ? 1 : f->use[i].floor_m2 / q->floor_m2);
  }
  return tax;
}

static void fill(const park *p, firm *f, int index, chance *c) {
  double tax = tax_of(p, f);
  f->high_tech = chance_is(c, 0.36);
  for (int y = 0; y < N_YEARS; y++) {
    fill_year(f, y, tax * (f->flat ? 1 : year_factor[y] * chance_between(c, 0.86, 1.14)), c);
    f->listed[y] = true;
  }
  f->above_scale = f->output_wan[N_YEARS - 1] >= 2000;
  if (f->flat) return;
  if (index % 17 == 5) f->listed[0] = false;                 /* came in 2024 */
  if (index % 29 == 11) f->listed[0] = f->listed[1] = false; /* came in 2025 */
  if (index % 31 == 7) f->listed[1] = false;                 /* 2024 not reported */
  if (index % 37 == 13) f->listed[2] = false;                /* gone by 2025 */
}

/* A parcel of one enterprise whose recorded area comes out as whole multiples of 3 mu, so that the three-year mean is
 * exact. */
static int threshold_parcel(const park *p, int from) {
  for (int i = from; i < p->n_parcels; i++) {
    const parcel *q = &p->parcel[i];
    double whole = 2000 * rint(q->area_m2 / 2000);
    if (q->kind == FACTORY && q->firms == 1 && !q->marked && q->zone >= 0 && whole > 3500 &&
        fabs(q->area_m2 - whole) < 0.017 * whole)
      return i;
  }
  return -1;
}

static firm *only_firm(park *p, int parcel_index) {
  for (int i = 0; i < p->n_firms; i++)
    if (p->firm[i].n_uses == 1 && p->firm[i].use[0].parcel == parcel_index) return &p->firm[i];
  return NULL;
}

static void set_recorded(park *p, int i, firm *f, double recorded_m2, double tax_per_mu) {
  parcel *q = &p->parcel[i];
  q->recorded_m2 = f->use[0].land_m2 = recorded_m2;
  q->contract_m2 = EMPTY;
  q->tax_per_mu = tax_per_mu;
  q->marked = f->flat = true;
}

static void thresholds(park *p) {
  static const double at[] = {4.99, 5.00, 5.01, 19.99, 20.00, 20.01};
  int i = -1;
  for (int k = 0; k < 6; k++) {
    firm *f = NULL;
    while (!f && (i = threshold_parcel(p, i + 1)) >= 0) f = only_firm(p, i);
    if (!f) return;
    set_recorded(p, i, f, 2000 * rint(p->parcel[i].area_m2 / 2000), at[k]);
    note(p, "tax_per_mu_at_limit", "parcels", i + 1, p->parcel[i].code,
         "recorded %.0f m2, tax of each year, so three-year mean, exactly %.2f wan per mu", p->parcel[i].recorded_m2,
         at[k]);
  }
}

/* Parcels a hundredth of a square metre below and above 5 mu, and a smaller and a larger one. */
static void five_mu(park *p) {
  static const double recorded[] = {3333.33, 3333.34, 3300.00, 3366.67};
  for (int k = 0; k < 4; k++) {
    int best = -1;
    for (int i = 0; i < p->n_parcels; i++) {
      const parcel *q = &p->parcel[i];
      bool fits = q->kind == FACTORY && q->firms == 1 && !q->marked &&
                  fabs(q->area_m2 - recorded[k]) < 0.028 * recorded[k] && only_firm(p, i);
      if (fits && (best < 0 || fabs(q->area_m2 - recorded[k]) < fabs(p->parcel[best].area_m2 - recorded[k]))) best = i;
    }
    if (best < 0) continue;
    set_recorded(p, best, only_firm(p, best), recorded[k], 30);
    note(p, "area_at_5_mu", "parcels", best + 1, p->parcel[best].code,
         "recorded %.2f m2 = %.6f mu, tax about 30 wan per mu", recorded[k], mu_of(recorded[k]));
  }
}

void make_figures(park *p) {
  chance c = chance_of(p->seed, 6);
  for (int i = 0; i < p->n_parcels; i++) p->parcel[i].tax_per_mu = yield(p->parcel[i].zone, &c);
  thresholds(p);
  five_mu(p);
  for (int i = 0; i < p->n_firms; i++) fill(p, &p->firm[i], i, &c);
}
