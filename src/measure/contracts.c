#include <math.h>
#include <string.h>

#include "measure/lists.h"

/* A contract beside what became of its parcel. */
typedef struct {
  mj_park *park;
  mj_table *t;
  const mj_table *parcels;
  int32_t day;        /* the reference date, or MJ_DATE_NULL */
  int64_t *parcel;    /* [rows] or MJ__NO_CODE, ... */
  double *land_mu;    /* [rows] */
  uint8_t *not_due;   /* [rows] the agreed finish lies ahead, and it is not finished */
  uint8_t *met, *any; /* [rows] over the items so far: MJ_NO, MJ_YES, MJ_UNKNOWN; something is agreed */
} contracts;

static const char *const verdict[] = {[MJ_NO] = "no", [MJ_YES] = "yes", [MJ_UNKNOWN] = "unknown"};

/* A figure of the parcel of row i; the parcels may have no such column. */
static double fact(const contracts *c, const double *v, int64_t i) {
  return v && c->parcel[i] >= 0 ? v[c->parcel[i]] : (double)NAN;
}

/* One item of row i is answered. */
static void answer(const contracts *c, int64_t i, uint8_t is, const char **out) {
  *out = verdict[is];
  if (!c->any[i]) c->met[i] = is;
  else if (is == MJ_NO || c->met[i] == MJ_NO) c->met[i] = MJ_NO;
  else if (is == MJ_UNKNOWN) c->met[i] = MJ_UNKNOWN;
  c->any[i] = 1;
}

/* ---- land ---- */

/* The contract's own land, then the parcel's land by contract, then what its per-mu figures are over. */
static mj__bases land_bases(const contracts *c) {
  mj_basis said[MJ_MAX_BASES] = {MJ_BASIS_CONTRACT}, yield[MJ_MAX_BASES + 1];
  int n = 1, m = mj_bases_used(c->parcels, c->park->project.basis_yield, yield);
  for (int k = 0; k < m && n < MJ_MAX_BASES; k++)
    if (yield[k] != MJ_BASIS_CONTRACT) said[n++] = yield[k];
  return mj__bases_of(c->park, said);
}

static mj_status add_land(contracts *c) {
  mj_status status = MJ_OK;
  const double *own = mj_table_f64(c->t, "land_area_m2"), *measured = mj_table_f64(c->parcels, "area_ellipsoid_m2");
  const char **basis = mj__text(c->t, "land_basis", &status);
  mj__bases bases = land_bases(c);
  c->land_mu = mj__f64(c->t, "land_mu", &status);
  for (int64_t i = 0; i < c->t->n && !status; i++) {
    int64_t parcel = c->parcel[i];
    mj_basis used = MJ_BASIS_CONTRACT;
    bool slipped =
        own && parcel >= 0 && measured && mj__area_slipped(&c->park->project.checks, own[i], measured[parcel]);
    double m2 = own && own[i] > 0 && !slipped ? own[i] : (double)NAN;
    if (isnan(m2) && parcel >= 0) m2 = mj__bases_area(&bases, parcel, &used);
    c->land_mu[i] = m2 * 15 / 10000;
    if (!isnan(m2)) basis[i] = mj_basis_name(used);
  }
  return status;
}

/* ---- figures ---- */

/* Figures of one kind: what is agreed is a least one. */
typedef struct {
  const char *agreed, *actual, *margin, *met;
  const char *of_parcel; /* NULL: the investment */
} item;
static const item items[] = {
    {"invest_wan_per_mu", "invest_actual_wan_per_mu", "invest_margin_wan_per_mu", "meets_invest", NULL},
    {"output_wan_per_mu", "output_actual_wan_per_mu", "output_margin_wan_per_mu", "meets_output", "output_wan_per_mu"},
    {"tax_wan_per_mu", "tax_actual_wan_per_mu", "tax_margin_wan_per_mu", "meets_tax", "tax_wan_per_mu"},
    {"plot_ratio_min", "plot_ratio_actual", "plot_ratio_margin", "meets_plot_ratio", "plot_ratio"}};

/* Fixed investment, else what is invested so far, over the contract's land. */
static mj_status add_investment(contracts *c, double *actual) {
  const double *fixed = mj_table_f64(c->parcels, "fixed_investment_wan"),
               *so_far = mj_table_f64(c->parcels, "invested_wan");
  mj_status status = MJ_OK;
  const char **source = mj__text(c->t, "invest_source", &status);
  for (int64_t i = 0; i < c->t->n && !status; i++) {
    bool known = !isnan(fact(c, fixed, i));
    actual[i] = fact(c, known ? fixed : so_far, i) / c->land_mu[i];
    source[i] = known ? "fixed" : !isnan(fact(c, so_far, i)) ? "so_far" : NULL;
  }
  return status;
}

static void add_facts(contracts *c, const char *name, double *actual) {
  const double *v = mj_table_f64(c->parcels, name);
  for (int64_t i = 0; i < c->t->n; i++) actual[i] = fact(c, v, i);
}

/* Rounding of a quotient is no shortfall. */
static const double NOISE = 1e-9;

static uint8_t is_met(double agreed, double actual, bool not_due) {
  if (isnan(actual)) return MJ_UNKNOWN;
  if (actual - agreed >= -NOISE * fabs(agreed)) return MJ_YES;
  return not_due ? MJ_UNKNOWN : MJ_NO;
}

static mj_status compare(contracts *c, const item *it) {
  mj_status status = MJ_OK;
  const double *agreed = mj_table_f64(c->t, it->agreed);
  double *actual = mj__f64(c->t, it->actual, &status), *margin = mj__f64(c->t, it->margin, &status);
  const char **met = mj__text(c->t, it->met, &status);
  if (status) return status;
  if (it->of_parcel) add_facts(c, it->of_parcel, actual);
  else status = add_investment(c, actual);
  for (int64_t i = 0; i < c->t->n && !status; i++) {
    if (!agreed || isnan(agreed[i])) continue;
    margin[i] = actual[i] - agreed[i];
    answer(c, i, is_met(agreed[i], actual[i], c->not_due[i]), &met[i]);
  }
  return status;
}

/* ---- the finish ---- */

/* True where the parcel is known not to be finished on the reference date; no day alone says nothing. */
static bool unfinished(const contracts *c, const uint8_t *started, int64_t i, int32_t finished) {
  if (c->day == MJ_DATE_NULL || c->parcel[i] < 0) return false;
  return finished != MJ_DATE_NULL ? finished > c->day : started && started[c->parcel[i]] == MJ_NO;
}

static mj_status add_finish(contracts *c) {
  mj_status status = MJ_OK;
  const int32_t *due = mj_table_date(c->t, "finish_due"), *of = mj_table_date(c->parcels, "finished_on");
  const uint8_t *started = mj_table_tri(c->parcels, "started");
  mj_column *day = mj_table_add(c->t, "finished_on", MJ_DATE);
  const char **state = mj__text(c->t, "due_state", &status), **met = mj__text(c->t, "meets_finish", &status);
  int64_t *margin = mj__i64(c->t, "finish_margin_days", &status);
  if (!day) status = MJ_ENOMEM;
  for (int64_t i = 0; i < c->t->n && !status; i++) {
    int32_t finished = day->date[i] = of && c->parcel[i] >= 0 ? of[c->parcel[i]] : MJ_DATE_NULL,
            last = due ? due[i] : MJ_DATE_NULL;
    bool done = finished != MJ_DATE_NULL && (c->day == MJ_DATE_NULL || finished <= c->day),
         open = unfinished(c, started, i, finished);
    uint8_t is = MJ_UNKNOWN;
    if (done) state[i] = "finished";
    else if (last != MJ_DATE_NULL && c->day != MJ_DATE_NULL) state[i] = last > c->day ? "not_due" : "due";
    c->not_due[i] = state[i] && !strcmp(state[i], "not_due");
    if (last == MJ_DATE_NULL) continue;
    if (done || (open && last < c->day)) {
      margin[i] = (int64_t)last - (done ? finished : c->day);
      is = margin[i] >= 0 ? MJ_YES : MJ_NO;
    }
    answer(c, i, is, &met[i]);
  }
  return status;
}

/* ---- what is told ---- */

static mj_status measure(contracts *c) {
  size_t n = (size_t)c->t->n + 1;
  mj_column *met = mj_table_add(c->t, "met", MJ_TRI);
  c->not_due = mj_arena_alloc(&c->park->arena, n, 1);
  c->any = mj_arena_alloc(&c->park->arena, n, 1);
  if (!met || !c->not_due || !c->any) return MJ_ENOMEM;
  c->met = met->tri;
  MJ_TRY(mj__list_match(c->park, MJ_CONTRACTS, "parcel_id", MJ_PARCELS, "parcel_id", &c->parcel));
  MJ_TRY(mj__list_zones(c->park, MJ_CONTRACTS, c->parcel));
  MJ_TRY(add_land(c));
  MJ_TRY(add_finish(c)); /* first: what is due depends on it */
  for (size_t k = 0; k < sizeof items / sizeof *items; k++) MJ_TRY(compare(c, &items[k]));
  MJ_TRY(mj__list_repeats(c->park, MJ_CONTRACTS, "contract_id", MJ_L_LIST_REPEATED));
  return mj__list_repeats(c->park, MJ_CONTRACTS, "parcel_id", MJ_L_CONTRACTS_ON_PARCEL);
}

mj_status mj__measure_contracts(mj_park *park, mj_error *err) {
  contracts c = {
      .park = park, .t = &park->table[MJ_CONTRACTS], .parcels = &park->table[MJ_PARCELS], .day = mj__as_of(park)};
  if (!mj_park_has(park, MJ_CONTRACTS)) return MJ_OK;
  mj_status status = measure(&c);
  return status ? mj_fail(err, status, "out of memory reading the contracts") : MJ_OK;
}
