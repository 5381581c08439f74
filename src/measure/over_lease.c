#include "measure/over_lease.h"

#include <math.h>
#include <stdlib.h>

#include "base/codes.h"
#include "base/parallel.h"
#include "measure/measure.h"

static const double UNKNOWN = (double)NAN;
static const char *const amount_names[MJ__N_HELD] = {"staff", "electricity_kwh", "output_wan"};

/* Uses with the figures that stand on them, and the values of all enterprises by division. */
typedef struct {
  mj_park *park;
  const mj__places *places;
  mj_arena arena;
  int8_t *division;           /* [firms] 0: not said; -1: its rows differ */
  uint8_t *lost;              /* [firms] a row of the year reached no parcel */
  uint8_t *told;              /* [uses] some row has its figures here */
  double *on_use[MJ__N_HELD]; /* [uses] */
  uint8_t *silent;            /* [parcels] floor is sub-let on it, and how much is not said */
  double *value[MJ__N_HELD];  /* [firms] of all the floor that it uses */
  double *sorted[MJ__N_HELD]; /* values by division, ascending in each */
  int32_t at[MJ__N_HELD][MJ__DIVISIONS + 1];
  mj__leases *out;
} maker;

static bool is_lease(const mj__use *u) { return u->role == MJ__LESSEE || u->role == MJ__SUBLESSEE; }

/* ---- what an enterprise has ---- */

static void read_divisions(maker *m) {
  const char **code = mj_table_text(&m->park->table[MJ_ENTERPRISES], "industry_code");
  const mj__places *p = m->places;
  char letter;
  for (int64_t r = 0; r < p->n; r++) {
    if (p->year[r] != m->park->project.year) continue;
    int32_t f = p->tables.firms.of_row[r];
    if (p->fate[r]) m->lost[f] = 1;
    int d = code && code[r] ? mj_industry_division(code[r], &letter) : 0;
    if (d <= 0 || d >= MJ__DIVISIONS || m->division[f] == d) continue;
    m->division[f] = (int8_t)(m->division[f] ? -1 : d);
  }
}

/* As in table occupancy_shares: each figure of a row on the use of its place. */
static void place_figures(maker *m) {
  const mj__places *p = m->places;
  const double *v[MJ__N_HELD];
  for (int a = 0; a < MJ__N_HELD; a++) v[a] = mj_table_f64(&m->park->table[MJ_ENTERPRISES], amount_names[a]);
  for (int64_t r = 0; r < p->n; r++) {
    if (p->fate[r] || p->year[r] != m->park->project.year) continue;
    for (int32_t k = p->at[r]; k < p->at[r + 1]; k++) {
      int32_t use = mj__use_of_place(p, r, k);
      if (use < 0) continue;
      m->told[use] = 1;
      for (int a = 0; a < MJ__N_HELD; a++) /* below 0 is no staff and no power */
        m->on_use[a][use] += v[a] && v[a][r] >= 0 ? v[a][r] * p->place[k].share : UNKNOWN;
    }
  }
}

/* The figures on the floor that it uses, or leases, on one parcel: uses number[0] .. number[n-1]. Where some of them
 * have none of their own, these stand on the others. */
static void add_parcel(const maker *m, const int32_t *number, int32_t n, bool leased, double sum[MJ__N_HELD]) {
  int32_t told = 0, leases = 0;
  for (int32_t k = 0; k < n; k++) {
    told += m->told[number[k]];
    leases += is_lease(&m->places->uses.use[number[k]]);
  }
  if (leased && !leases) return;
  bool known = told == n || (told && (!leased || leases == n));
  for (int a = 0; a < MJ__N_HELD && !known; a++) sum[a] = UNKNOWN;
  for (int32_t k = 0; k < n; k++)
    for (int a = 0; a < MJ__N_HELD && m->told[number[k]]; a++)
      if (!leased || is_lease(&m->places->uses.use[number[k]])) sum[a] += m->on_use[a][number[k]];
}

static void add_figures(const maker *m, int32_t firm, bool leased, double sum[MJ__N_HELD]) {
  const mj__uses *uses = &m->places->uses;
  const int32_t *number = uses->by_firm.row;
  for (int a = 0; a < MJ__N_HELD; a++) sum[a] = m->lost[firm] ? UNKNOWN : 0;
  for (int32_t k = uses->by_firm.at[firm], end = uses->by_firm.at[firm + 1], last; k < end; k = last) {
    for (last = k + 1; last < end && uses->use[number[last]].parcel == uses->use[number[k]].parcel;) last++;
    add_parcel(m, number + k, last - k, leased, sum);
  }
}

/* The three figures of floor and what stands on it; floor with nobody who works on it has infinitely much a worker. */
static void divide(double floor, const double amount[MJ__N_HELD], double out[MJ__N_HELD]) {
  bool some = floor > 0;
  out[MJ__PER_PERSON] = !some ? UNKNOWN : amount[0] == 0 ? (double)INFINITY : floor / amount[0];
  out[MJ__POWER_PER_M2] = some ? amount[1] / floor : UNKNOWN;
  out[MJ__OUTPUT_PER_M2] = some ? amount[2] / floor : UNKNOWN;
}

/* ---- peers ---- */

/* What an enterprise needs shows where it works: values of 0 and floor without staff are no measure of others. */
static bool counts(double v) { return v > 0 && isfinite(v); }

static void find_values(maker *m, int32_t *member) {
  const mj__uses *uses = &m->places->uses;
  for (int32_t f = 0; f < m->places->tables.firms.n; f++) {
    double floor = 0, amount[MJ__N_HELD], value[MJ__N_HELD];
    bool any = false, uses_floor = uses->by_firm.at[f] < uses->by_firm.at[f + 1];
    for (int32_t k = uses->by_firm.at[f]; k < uses->by_firm.at[f + 1]; k++)
      floor += uses->use[uses->by_firm.row[k]].floor_m2;
    if (uses_floor && m->division[f] > 0) add_figures(m, f, false, amount);
    divide(uses_floor && m->division[f] > 0 ? floor : UNKNOWN, amount, value);
    for (int a = 0; a < MJ__N_HELD; a++) {
      m->value[a][f] = counts(value[a]) ? value[a] : UNKNOWN;
      any = any || counts(value[a]);
    }
    member[f] = any ? m->division[f] : -1;
  }
}

static int ascending(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return x < y ? -1 : x > y;
}

static mj_status sort_slices(void *ctx, int64_t first, int64_t last, int worker) {
  maker *m = ctx;
  (void)worker;
  for (int64_t i = first; i < last; i++) {
    int a = (int)(i % MJ__N_HELD), d = (int)(i / MJ__N_HELD);
    size_t n = (size_t)(m->at[a][d + 1] - m->at[a][d]);
    if (n > 1) qsort(m->sorted[a] + m->at[a][d], n, sizeof(double), ascending);
  }
  return MJ_OK;
}

/* Bring the values of each division in order. */
static mj_status sort_values(maker *m, const int32_t *member) {
  int32_t firms = m->places->tables.firms.n;
  MJ_TRY(mj__group(&m->arena, member, firms, MJ__DIVISIONS, &m->out->names.of));
  const mj__groups *of = &m->out->names.of;
  for (int a = 0; a < MJ__N_HELD; a++)
    for (int32_t d = 0, n = 0; d < MJ__DIVISIONS; m->at[a][++d] = n)
      for (int32_t k = of->at[d]; k < of->at[d + 1]; k++)
        if (!isnan(m->value[a][of->row[k]])) m->sorted[a][n++] = m->value[a][of->row[k]];
  return mj_parallel(m->park->project.threads, (int64_t)MJ__DIVISIONS * MJ__N_HELD, 1, sort_slices, m);
}

/* ---- the lessees ---- */

static void hold(const maker *m, mj__lease *l) {
  double amount[MJ__N_HELD], own[MJ__N_HELD];
  int32_t d = l->division;
  add_figures(m, l->firm, true, amount);
  l->staff = amount[0];
  l->power_kwh = amount[1];
  l->output_wan = amount[2];
  divide(l->leased_m2, amount, own);
  for (int a = 0; a < MJ__N_HELD; a++) {
    mj__held *h = &l->held[a];
    int64_t n = m->at[a][d + 1] - m->at[a][d];
    double in_list = m->value[a][l->firm];
    *h = (mj__held){.own = own[a], .peers = (int32_t)n - (d && !isnan(in_list))};
    mj__hold(&m->park->project.checks, a, mj__median_without(m->sorted[a] + m->at[a][d], n, in_list), h);
  }
  l->over = mj__over_leased(l->held);
}

/* Floor that it leases and does not sub-let; false where it leases nothing. */
static bool add_leases(const maker *m, int32_t firm, mj__lease *l) {
  const mj__uses *uses = &m->places->uses;
  double most = -1;
  *l = (mj__lease){.firm = firm, .division = m->division[firm] > 0 ? m->division[firm] : 0, .largest = -1};
  for (int32_t k = uses->by_firm.at[firm], parcel = -1; k < uses->by_firm.at[firm + 1]; k++) {
    const mj__use *u = &uses->use[uses->by_firm.row[k]];
    if (!is_lease(u)) continue;
    bool unclear = u->role == MJ__LESSEE && m->silent[u->parcel];
    double floor = unclear || isnan(u->stated_m2) ? UNKNOWN : fmax(0, u->stated_m2 - u->let_m2);
    l->leased_m2 += floor;
    l->used_m2 += u->own_m2;
    l->parcels += u->parcel != parcel;
    parcel = u->parcel;
    if (!(l->largest < 0 || floor > most)) continue;
    l->largest = parcel;
    most = isnan(floor) ? -1 : floor;
  }
  l->unused_share = l->leased_m2 > 0 && !isnan(l->used_m2) ? fmax(0, 1 - l->used_m2 / l->leased_m2) : UNKNOWN;
  return l->largest >= 0;
}

static mj_status find_leases(maker *m) {
  const mj__uses *uses = &m->places->uses;
  int32_t firms = m->places->tables.firms.n;
  mj__lease lease;
  for (int32_t u = 0; u < uses->n; u++)
    if (uses->use[u].role == MJ__SUBLESSEE && isnan(uses->use[u].stated_m2)) m->silent[uses->use[u].parcel] = 1;
  for (int32_t f = 0; f < firms; f++) m->out->n += add_leases(m, f, &lease);
  m->out->lease = mj_arena_alloc(&m->arena, (size_t)m->out->n + 1, sizeof *m->out->lease);
  if (!m->out->lease) return MJ_ENOMEM;
  for (int32_t f = 0, at = 0; f < firms && at < m->out->n; f++)
    if (add_leases(m, f, &m->out->lease[at])) hold(m, &m->out->lease[at++]);
  return MJ_OK;
}

/* ---- all of it ---- */

static mj_status open(maker *m) {
  mj_arena *arena = &m->arena;
  size_t firms = (size_t)m->places->tables.firms.n + 1, uses = (size_t)m->places->uses.n + 1;
  m->division = mj_arena_alloc(arena, firms, sizeof *m->division);
  m->lost = mj_arena_alloc(arena, firms, 1);
  m->told = mj_arena_alloc(arena, uses, 1);
  m->silent = mj_arena_alloc(arena, (size_t)m->park->table[MJ_PARCELS].n + 1, 1);
  bool all = m->division && m->lost && m->told && m->silent;
  for (int a = 0; a < MJ__N_HELD; a++) {
    m->on_use[a] = mj_arena_alloc(arena, uses, sizeof *m->on_use[a]);
    m->value[a] = mj_arena_alloc(arena, firms, sizeof *m->value[a]);
    m->sorted[a] = mj_arena_alloc(arena, firms, sizeof *m->sorted[a]);
    all = all && m->on_use[a] && m->value[a] && m->sorted[a];
  }
  return all ? MJ_OK : MJ_ENOMEM;
}

static mj_status make(maker *m) {
  MJ_TRY(open(m));
  int32_t *member = mj_arena_alloc(&m->arena, (size_t)m->places->tables.firms.n + 1, sizeof *member);
  if (!member) return MJ_ENOMEM;
  read_divisions(m);
  place_figures(m);
  find_values(m, member);
  MJ_TRY(sort_values(m, member));
  MJ_TRY(find_leases(m));
  return mj__lease_table(m->park, m->places, m->out);
}

mj_status mj__over_leases(mj_park *park, const mj__places *places) {
  mj__leases leases = {0};
  maker m = {.park = park, .places = places, .out = &leases};
  if (!mj_park_has(park, MJ_OCCUPANCIES) && !mj_park_has(park, MJ_FACTORY_UNITS)) return MJ_OK;
  mj_status status = make(&m);
  mj_arena_reset(&m.arena);
  return status;
}
