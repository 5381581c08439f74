#include "measure/attribute.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The parcels' and enterprises' side, the same for all four ways. */
typedef struct {
  mj_park *park;
  const mj__places *places;
  int32_t firms;
  int32_t *owner;     /* [parcels] -1: not known, or several */
  uint8_t *in_year;   /* [firms] it has a row or a use in the year */
  uint8_t *in_doubt;  /* [parcels] a row that was not placed may belong to it */
  int32_t *component; /* [firms] the lowest enterprise that it is joined to by parcels that both use */
  int32_t *user;      /* [parcels] a user of it, -1: none */
} sides;

const char *mj__figure_name(int amount) {
  static const char *const names[] = {"output_wan", "tax_wan",         "staff",      "rd_wan",
                                      "profit_wan", "added_value_wan", "energy_tce", "electricity_kwh"};
  return names[amount - MJ__FIGURE];
}

/* ---- who owns, who shares ---- */

/* The owner that the occupancies name; of several the one that the land record names too. */
static int32_t owner_of(const mj__places *p, int64_t parcel) {
  const mj__uses *uses = &p->uses;
  int32_t record = p->tables.firms.owner[parcel], found = -1;
  for (int32_t u = uses->at[parcel]; u < uses->at[parcel + 1]; u++) {
    const mj__use *use = &uses->use[u];
    if (use->role != MJ__OWNER || use->firm < 0) continue;
    if (use->firm == record) return record;
    if (found >= 0 && found != use->firm) return -1;
    found = use->firm;
  }
  return found >= 0 ? found : record;
}

static int32_t root_of(int32_t *parent, int32_t f) {
  while (parent[f] != f) f = parent[f] = parent[parent[f]];
  return f;
}

/* Enterprises that use one parcel are joined, and so on from parcel to parcel. */
static void join_users(sides *s) {
  const mj__uses *uses = &s->places->uses;
  for (int32_t f = 0; f < s->firms; f++) s->component[f] = f;
  for (int64_t p = 0; p < s->park->table[MJ_PARCELS].n; p++) {
    int32_t first = -1;
    for (int32_t u = uses->at[p]; u < uses->at[p + 1]; u++) {
      int32_t firm = uses->use[u].firm;
      if (firm < 0) continue;
      if (first < 0) first = firm;
      int32_t a = root_of(s->component, first), b = root_of(s->component, firm);
      if (a != b) s->component[a > b ? a : b] = a > b ? b : a;
    }
    s->user[p] = first;
  }
  for (int32_t f = 0; f < s->firms; f++) s->component[f] = root_of(s->component, f);
}

static mj_status find_sides(mj_park *park, const mj__places *places, sides *s) {
  mj_arena *arena = &park->arena;
  size_t parcels = (size_t)park->table[MJ_PARCELS].n + 1, firms = (size_t)places->tables.firms.n + 1;
  *s = (sides){.park = park, .places = places, .firms = places->tables.firms.n};
  s->owner = mj_arena_alloc(arena, parcels, sizeof *s->owner);
  s->user = mj_arena_alloc(arena, parcels, sizeof *s->user);
  s->in_doubt = mj_arena_alloc(arena, parcels, 1);
  s->in_year = mj_arena_alloc(arena, firms, 1);
  s->component = mj_arena_alloc(arena, firms, sizeof *s->component);
  if (!s->owner || !s->user || !s->in_doubt || !s->in_year || !s->component) return MJ_ENOMEM;
  for (int64_t p = 0; p < park->table[MJ_PARCELS].n; p++) s->owner[p] = owner_of(places, p);
  for (int32_t f = 0; f < s->firms; f++)
    s->in_year[f] = places->first_row[f] >= 0 || places->uses.by_firm.at[f] < places->uses.by_firm.at[f + 1];
  for (int64_t d = 0; d < places->n_doubts; d++)
    if (places->doubt[d].year == park->project.year) s->in_doubt[places->doubt[d].parcel] = 1;
  join_users(s);
  return MJ_OK;
}

/* ---- units ---- */

/* The owner of the parcel where the enterprise has most land; -1 where that is not known. */
static int32_t landlord(const sides *s, int32_t firm) {
  const mj__uses *uses = &s->places->uses;
  int32_t owner = -1;
  double most = -1;
  for (int32_t k = uses->by_firm.at[firm]; k < uses->by_firm.at[firm + 1]; k++) {
    const mj__use *u = &uses->use[uses->by_firm.row[k]];
    double share = isnan(u->share) ? 0 : u->share;
    if (share <= most) continue;
    most = share;
    owner = s->owner[u->parcel];
  }
  return owner;
}

/* Who stands for the enterprise: itself, its owner, or the first that it is joined to. */
static int32_t stands_for(const sides *s, mj__way way, int32_t firm, const uint8_t *owns) {
  if (way == MJ__BY_OWNER) return owns[firm] ? firm : landlord(s, firm);
  return way == MJ__MERGED ? s->component[firm] : firm;
}

static mj_status make_units(const sides *s, mj__way way, mj__attribution *out) {
  mj_arena *arena = &s->park->arena;
  int64_t parcels = s->park->table[MJ_PARCELS].n;
  int32_t *number = mj_arena_alloc(arena, (size_t)s->firms + 1, sizeof *number); /* of the unit that it heads, + 1 */
  uint8_t *owns = mj_arena_alloc(arena, (size_t)s->firms + 1, 1);
  out->of_firm = mj_arena_alloc(arena, (size_t)s->firms + 1, sizeof *out->of_firm);
  out->unit = mj_arena_alloc(arena, (size_t)s->firms + 1, sizeof *out->unit);
  if (!number || !owns || !out->of_firm || !out->unit) return MJ_ENOMEM;
  for (int64_t p = 0; p < parcels; p++)
    if (s->owner[p] >= 0) owns[s->owner[p]] = 1;
  for (int32_t f = 0; f < s->firms; f++) {
    bool counts = s->in_year[f] || (way == MJ__BY_OWNER && owns[f]);
    int32_t head = counts ? stands_for(s, way, f, owns) : -1;
    out->of_firm[f] = -1;
    if (head < 0) continue;
    if (!number[head]) {
      out->unit[out->n] = (mj__unit){.head = head};
      number[head] = ++out->n;
    }
    out->of_firm[f] = number[head] - 1;
    out->unit[out->of_firm[f]].firms++;
  }
  return MJ_OK;
}

/* ---- amounts ---- */

/* A way on its way: where each amount goes, first to sum the units, then to sum over them. */
typedef struct {
  const sides *s;
  mj__way way;
  mj__attribution *out;
  uint8_t *told; /* [units] some row gives it a figure, or ought to */
  int amount;
  bool over_units; /* second pass: units that are known, those that lack some, what is left */
} walk;

static void give(walk *w, int32_t unit, mj__left left, double v) {
  mj__attribution *out = w->out;
  if (!w->over_units) {
    if (unit >= 0) out->unit[unit].amount[w->amount] += v;
    if (unit >= 0 && w->amount >= MJ__FIGURE) w->told[unit] = 1;
    return;
  }
  if (isnan(v)) return;
  mj_sum_add(unit < 0                                   ? &out->left[w->amount][left]
             : isnan(out->unit[unit].amount[w->amount]) ? &out->left[w->amount][MJ__LEFT_LACKING]
                                                        : &out->units[w->amount],
             v);
}

static int32_t unit_of(const walk *w, int32_t firm) { return firm < 0 ? -1 : w->out->of_firm[firm]; }

/* Land or floor of one parcel among its uses. Where some use's part is not known, what is left may be its. */
static void give_uses(walk *w, int64_t p, double whole) {
  const mj__uses *uses = &w->s->places->uses;
  const mj__rest *rest = &uses->rest[p];
  bool land = w->amount == MJ__LAND_M2, apart = w->way == MJ__APART, open = false;
  double vacant = land ? rest->vacant_share * whole : rest->vacant_m2,
         unknown = land ? rest->unknown_share * whole : rest->unknown_m2 - rest->excess_m2;
  int32_t owner = apart ? unit_of(w, w->s->owner[p]) : -1;
  for (int32_t u = uses->at[p]; u < uses->at[p + 1]; u++) {
    const mj__use *use = &uses->use[u];
    double used = land ? use->share * whole : use->floor_m2, unused = land ? use->unused_share * whole : use->unused_m2;
    int32_t unit = unit_of(w, use->firm);
    give(w, unit, MJ__LEFT_NO_USER, used);
    give(w, apart ? unit : -1, apart ? MJ__LEFT_NO_USER : MJ__LEFT_UNUSED, unused);
    open = open || (isnan(used) && use->firm != w->s->owner[p]);
  }
  if (open && owner >= 0) give(w, owner, MJ__LEFT_UNKNOWN_USE, (double)NAN);
  give(w, open ? -1 : owner, MJ__LEFT_VACANT, vacant);
  give(w, open ? -1 : owner, MJ__LEFT_UNKNOWN_USE, unknown);
}

static void give_places(walk *w) {
  const mj_table *t = &w->s->park->table[MJ_PARCELS];
  const double *mu = mj_table_f64(t, "area_mu"), *floor = mj_table_f64(t, "floor_area_m2");
  for (int64_t p = 0; p < t->n; p++) {
    double whole = w->amount == MJ__FLOOR_M2 ? floor ? floor[p] : (double)NAN
                   : mu                      ? mu[p] * MJ__M2_PER_MU
                                             : (double)NAN;
    if (w->over_units && !isnan(whole)) mj_sum_add(&w->out->source[w->amount], whole);
    if (w->way == MJ__BY_OWNER) give(w, unit_of(w, w->s->owner[p]), MJ__LEFT_NO_OWNER, whole);
    else if (w->way == MJ__MERGED) give(w, unit_of(w, w->s->user[p]), MJ__LEFT_NO_USER, whole);
    else give_uses(w, p, whole);
  }
}

static void give_figures(walk *w) {
  const mj__places *p = w->s->places;
  const mj_park *park = w->s->park;
  const double *value = mj_table_f64(&park->table[MJ_ENTERPRISES], mj__figure_name(w->amount));
  for (int64_t r = 0; r < p->n; r++) {
    if (p->year[r] != park->project.year) continue;
    double v = value ? value[r] : (double)NAN;
    if (w->over_units && !isnan(v)) mj_sum_add(&w->out->source[w->amount], v);
    if (w->way != MJ__BY_OWNER) give(w, unit_of(w, p->tables.firms.of_row[r]), MJ__LEFT_UNPLACED, v);
    else if (p->fate[r]) give(w, -1, MJ__LEFT_UNPLACED, v);
    for (int32_t k = p->at[r]; w->way == MJ__BY_OWNER && k < p->at[r + 1]; k++)
      give(w, unit_of(w, w->s->owner[p->place[k].parcel]), MJ__LEFT_NO_OWNER, v * p->place[k].share);
  }
  for (int64_t i = 0; w->way == MJ__BY_OWNER && i < park->table[MJ_PARCELS].n; i++)
    if (w->s->in_doubt[i]) give(w, unit_of(w, w->s->owner[i]), MJ__LEFT_NO_OWNER, (double)NAN);
}

static void count_parcels(const sides *s, mj__way way, mj__attribution *out) {
  const mj__uses *uses = &s->places->uses;
  for (int64_t p = 0; p < s->park->table[MJ_PARCELS].n; p++) {
    int32_t firm = way == MJ__BY_OWNER ? s->owner[p] : s->user[p];
    if (way <= MJ__MERGED && firm >= 0 && out->of_firm[firm] >= 0) out->unit[out->of_firm[firm]].parcels++;
  }
  for (int32_t f = 0; f < s->firms && way > MJ__MERGED; f++)
    for (int32_t k = uses->by_firm.at[f]; k < uses->by_firm.at[f + 1]; k++) {
      const int32_t *number = &uses->by_firm.row[k];
      bool again = k > uses->by_firm.at[f] && uses->use[number[-1]].parcel == uses->use[*number].parcel;
      out->unit[out->of_firm[f]].parcels += !again;
    }
}

/* The head of merged enterprises: the one with a row that uses most land; it lends them its industry and group. */
static mj_status choose_heads(const sides *s, mj__attribution *out, const mj__attribution *by_floor) {
  double *most = mj_arena_alloc(&s->park->arena, (size_t)out->n + 1, sizeof *most);
  if (!most) return MJ_ENOMEM;
  for (int32_t u = 0; u < out->n; u++) most[u] = -1;
  for (int32_t f = 0; f < s->firms; f++) {
    int32_t u = out->of_firm[f];
    if (u < 0 || s->places->first_row[f] < 0) continue;
    double land = by_floor->unit[by_floor->of_firm[f]].amount[MJ__LAND_M2];
    if (isnan(land)) land = 0;
    if (land <= most[u]) continue;
    most[u] = land;
    out->unit[u].head = f;
  }
  return MJ_OK;
}

static mj_status attribute_by(const sides *s, mj__way way, mj__attribution *out) {
  *out = (mj__attribution){0};
  MJ_TRY(make_units(s, way, out));
  uint8_t *told = mj_arena_alloc(&s->park->arena, (size_t)out->n + 1, 1);
  if (!told) return MJ_ENOMEM;
  count_parcels(s, way, out);
  for (int pass = 0; pass < 2; pass++) {
    for (int a = 0; a < MJ__N_AMOUNTS; a++) {
      walk w = {.s = s, .way = way, .out = out, .told = told, .amount = a, .over_units = pass};
      if (a < MJ__FIGURE) give_places(&w);
      else give_figures(&w);
    }
    for (int32_t u = 0; u < out->n && !pass; u++) /* without a row there are no figures, and not 0 */
      for (int a = MJ__FIGURE; a < MJ__N_AMOUNTS && !told[u]; a++) out->unit[u].amount[a] = (double)NAN;
  }
  return MJ_OK;
}

mj_status mj__attribute(mj_park *park, const mj__places *places, mj__attribution out[MJ__N_WAYS]) {
  sides s;
  MJ_TRY(find_sides(park, places, &s));
  for (int way = 0; way < MJ__N_WAYS; way++) MJ_TRY(attribute_by(&s, (mj__way)way, &out[way]));
  return choose_heads(&s, &out[MJ__MERGED], &out[MJ__BY_FLOOR]);
}
