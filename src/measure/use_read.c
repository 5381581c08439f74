#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/grow.h"
#include "measure/lists.h"
#include "measure/use_places.h"

/* Fields of an area. */
enum { FLOOR, LAND, SHARE, USED, N_AREAS };

/* What is told of rows while they are read. */
typedef struct {
  mj__faults no_place, dates, role, area[N_AREAS], unit_area;
} faults;

typedef struct {
  const mj__use_tables *t;
  mj__uses *out;
  int64_t listed_rows, listed_occupancies; /* cells with several codes */
  const char **parcel, **role, **unit_state;
  const int32_t *from, *to, *since;
  const double *floor, *land, *share, *used; /* of the occupancies */
  const double *unit_floor, *row_floor, *row_land, *built, *mu;
  faults *told; /* NULL: nothing is */
} reader;

static const double UNKNOWN = (double)NAN;

/* Room for one more use, not filled in. */
static mj__use *push(mj__uses *out) {
  mj__use *grown = out->n < INT32_MAX ? mj_grown(out->use, out->n, &out->cap, sizeof *grown) : NULL;
  if (!grown) return NULL;
  out->use = grown;
  return &grown[out->n++];
}

/* Room for as many more uses at once: most rows tell one. The list is there even where none comes. */
static mj_status expect(mj__uses *out, int32_t n) {
  int64_t cap = (int64_t)out->n + n + 1;
  if (cap <= out->cap) return MJ_OK;
  mj__use *grown = realloc(out->use, (size_t)cap * sizeof *grown);
  if (!grown) return MJ_ENOMEM;
  out->use = grown;
  out->cap = cap;
  return MJ_OK;
}

static mj_status push_lost(mj__uses *out, mj__lost_use lost) {
  mj__lost_use *grown = mj_grown(out->lost, out->n_lost, &out->cap_lost, sizeof *grown);
  if (!grown) return MJ_ENOMEM;
  out->lost = grown;
  out->lost[out->n_lost++] = lost;
  return MJ_OK;
}

static void open_faults(mj_park *park, faults *f) {
  static const char *const areas[N_AREAS] = {"floor_area_m2", "land_area_m2", "share", "used_area_m2"};
  const mj__faults one = {.park = park, .table = MJ_OCCUPANCIES, .code = MJ_L_USE_AREA, .field = "floor_area_m2"};
  *f = (faults){one, one, one, {one, one, one, one}, one};
  f->no_place.code = MJ_L_USE_NO_PLACE;
  f->no_place.field = "parcel_id";
  f->dates.code = MJ_L_USE_DATES;
  f->dates.field = "from_date";
  f->role.code = MJ_L_USE_ROLE_UNKNOWN;
  f->role.field = "occupancy_role";
  f->unit_area.table = MJ_FACTORY_UNITS;
  for (int a = 0; a < N_AREAS; a++) f->area[a].field = areas[a];
}

static mj_status tell_faults(const faults *f) {
  MJ_TRY(mj__tell_faults(&f->dates));
  MJ_TRY(mj__tell_faults(&f->no_place));
  MJ_TRY(mj__tell_faults(&f->role));
  for (int a = 0; a < N_AREAS; a++) MJ_TRY(mj__tell_faults(&f->area[a]));
  return mj__tell_faults(&f->unit_area);
}

/* ---- occupancies ---- */

static double number_of(const double *column, int64_t row) { return column ? column[row] : UNKNOWN; }

/* An area; one that is not above 0 is none. */
static mj_status area_of(mj__faults *told, const double *column, int64_t row, double *out) {
  char found[32];
  *out = number_of(column, row);
  if (isnan(*out) || *out > 0) return MJ_OK;
  snprintf(found, sizeof found, "%g", *out);
  *out = UNKNOWN;
  return told ? mj__fault(told, row, found, "> 0") : MJ_OK;
}

static mj_status areas_of(const reader *r, int64_t i, int32_t unit, mj__use *use, double *share) {
  faults *t = r->told;
  MJ_TRY(area_of(t ? &t->area[FLOOR] : NULL, r->floor, i, &use->stated_m2));
  MJ_TRY(area_of(t ? &t->area[LAND] : NULL, r->land, i, &use->land_m2));
  MJ_TRY(area_of(t ? &t->area[SHARE] : NULL, r->share, i, share));
  if (isnan(use->stated_m2) && unit >= 0)
    MJ_TRY(area_of(t ? &t->unit_area : NULL, r->unit_floor, unit, &use->stated_m2));
  use->own_m2 = number_of(r->used, i); /* 0 is an answer */
  if (use->own_m2 < 0) MJ_TRY(area_of(t ? &t->area[USED] : NULL, r->used, i, &use->own_m2));
  return MJ_OK;
}

/* One use on each of its places. A stated share is one of the parcel's floor and land. */
static mj_status push_places(reader *r, const mj__use *use, double share, mj__role role, const mj__place *place,
                             int32_t n) {
  bool shared = !isnan(share);
  for (int32_t k = 0; k < n; k++) {
    mj__use *one = push(r->out);
    if (!one) return MJ_ENOMEM;
    double part = use->year_share * place[k].share, part_of_parcel = share * use->year_share;
    *one = *use;
    one->parcel = place[k].parcel;
    one->stated_m2 *= part;
    one->own_m2 *= part;
    one->land_m2 *= part;
    if (shared && isnan(one->stated_m2)) one->stated_m2 = part_of_parcel * number_of(r->built, one->parcel);
    if (shared && isnan(one->land_m2)) one->land_m2 = part_of_parcel * number_of(r->mu, one->parcel) * MJ__M2_PER_MU;
    one->floor_m2 = one->unused_m2 = one->share = one->unused_share = UNKNOWN;
    one->role = (uint8_t)(role != MJ__N_ROLES                                             ? role
                          : one->firm >= 0 && r->t->firms.owner[one->parcel] == one->firm ? MJ__OWNER
                                                                                          : MJ__USER);
  }
  return MJ_OK;
}

static mj_status read_occupancy(reader *r, int64_t i, mj__place *place) {
  int32_t begins = r->from ? r->from[i] : MJ_DATE_NULL, ends = r->to ? r->to[i] : MJ_DATE_NULL, n = 0;
  const char *code = r->parcel ? r->parcel[i] : NULL;
  if (begins != MJ_DATE_NULL && ends != MJ_DATE_NULL && begins > ends) {
    char found[11], expected[16] = "<= ";
    if (!r->told) return MJ_OK;
    mj_date_format(begins, found);
    mj_date_format(ends, expected + 3);
    return mj__fault(&r->told->dates, i, found, expected);
  }
  mj__use use = {.firm = r->t->firms.of_occupancy[i],
                 .building = -1,
                 .row = (int32_t)i,
                 .source = MJ__FROM_OCCUPANCY,
                 .year_share = mj__part_of_year(r->out->year, begins, ends)};
  if (use.year_share == 0) return MJ_OK;
  mj__fate fate = mj__occupancy_places(r->t, i, place, &n);
  use.building = r->t->occ_building[i];
  if (fate) {
    MJ_TRY(push_lost(r->out, (mj__lost_use){use.firm, (int32_t)i, (uint8_t)fate}));
    return r->told ? mj__fault(&r->told->no_place, i, code, NULL) : MJ_OK;
  }
  mj__role role = (mj__role)r->t->occ_role[i];
  double share;
  if (r->told && role == MJ__N_ROLES && r->role && r->role[i]) MJ_TRY(mj__fault(&r->told->role, i, r->role[i], NULL));
  MJ_TRY(areas_of(r, i, r->t->occ_unit[i], &use, &share));
  r->listed_occupancies += n > 1 && code;
  return push_places(r, &use, share, role, place, n);
}

/* ---- what is inferred ---- */

/* The tenant of a factory unit. */
static mj_status read_unit(reader *r, int64_t i, mj__place *place) {
  int32_t n;
  mj__use use = {.firm = r->t->firms.of_unit[i], .building = -1, .row = (int32_t)i, .source = MJ__FROM_UNIT};
  if (use.firm < 0) return MJ_OK;
  use.year_share = mj__part_of_year(r->out->year, r->since ? r->since[i] : MJ_DATE_NULL, MJ_DATE_NULL);
  if (use.year_share == 0 || mj__unit_places(r->t, i, place, &n, &use.building)) return MJ_OK;
  mj__meaning state = mj__use_word(&r->t->words, "state", r->unit_state ? r->unit_state[i] : NULL);
  use.own_m2 = state == MJ__VACANT || state == MJ__LET_UNUSED ? 0 : UNKNOWN; /* it has a tenant and stands empty */
  use.land_m2 = UNKNOWN;
  MJ_TRY(area_of(r->told ? &r->told->unit_area : NULL, r->unit_floor, i, &use.stated_m2));
  for (int32_t k = 0; k < n; k++) {
    mj__role role = r->t->firms.owner[place[k].parcel] == use.firm ? MJ__OWNER : MJ__LESSEE;
    MJ_TRY(push_places(r, &use, UNKNOWN, role, &place[k], 1));
  }
  return MJ_OK;
}

/* The code or codes in an enterprise row. Areas that the row states are of all its places together. */
static mj_status read_row(reader *r, int64_t i, mj__place *place) {
  int32_t firm = r->t->firms.of_row[i], n;
  if (mj__row_places(r->t, i, place, &n)) return MJ_OK;
  mj__use use = {.firm = firm,
                 .building = -1,
                 .row = (int32_t)i,
                 .source = n > 1                                        ? MJ__FROM_LIST
                           : r->t->row_point && r->t->row_point[i] >= 0 ? MJ__FROM_POINT
                                                                        : MJ__FROM_CODE,
                 .year_share = 1,
                 .own_m2 = UNKNOWN,
                 .stated_m2 = number_of(r->row_floor, i),
                 .land_m2 = number_of(r->row_land, i)};
  if (!(use.stated_m2 > 0)) use.stated_m2 = UNKNOWN;
  if (!(use.land_m2 > 0)) use.land_m2 = UNKNOWN;
  r->listed_rows += n > 1;
  return push_places(r, &use, UNKNOWN, MJ__N_ROLES, place, n);
}

/* Factory units that a use was inferred from. */
static int64_t count_units(const mj__uses *uses, uint8_t *seen) {
  int64_t n = 0;
  for (int32_t k = 0; k < uses->n; k++)
    if (uses->use[k].source == MJ__FROM_UNIT && !seen[uses->use[k].row]) n += seen[uses->use[k].row] = 1;
  return n;
}

static mj_status tell_lists(mj_park *park, mj_table_id id, int64_t listed) {
  char found[24];
  snprintf(found, sizeof found, "%lld", (long long)listed);
  return listed ? mj__note(park, MJ_L_USE_FROM_LIST, id, -1, "parcel_id", found, NULL) : MJ_OK;
}

static mj_status tell_inferred(const reader *r) {
  mj_park *park = r->t->park;
  uint8_t *seen = mj_arena_alloc(&r->out->arena, (size_t)park->table[MJ_FACTORY_UNITS].n + 1, 1);
  char found[24];
  if (!seen) return MJ_ENOMEM;
  int64_t units = count_units(r->out, seen);
  snprintf(found, sizeof found, "%lld", (long long)units);
  if (units) MJ_TRY(mj__note(park, MJ_L_USE_FROM_UNIT, MJ_FACTORY_UNITS, -1, "credit_code", found, NULL));
  MJ_TRY(tell_lists(park, MJ_OCCUPANCIES, r->listed_occupancies));
  return tell_lists(park, MJ_ENTERPRISES, r->listed_rows);
}

static mj_status read_all(reader *r) {
  mj_park *park = r->t->park;
  const mj__firms *firms = &r->t->firms;
  mj__place place[MJ__MOST_PLACES];
  for (int64_t i = 0; i < park->table[MJ_OCCUPANCIES].n; i++) MJ_TRY(read_occupancy(r, i, place));
  for (int64_t i = 0; i < park->table[MJ_FACTORY_UNITS].n; i++) MJ_TRY(read_unit(r, i, place));
  const mj__groups *of_year = &r->t->of_year;
  int32_t first = of_year->at[r->out->year], last = of_year->at[r->out->year + 1];
  int32_t *rows = r->out->rows = mj_arena_alloc(&r->out->arena, (size_t)firms->n + 1, sizeof *rows);
  uint8_t *told = mj_arena_alloc(&r->out->arena, (size_t)firms->n + 1, 1); /* what is above tells its uses */
  if (!rows || !told) return MJ_ENOMEM;
  for (int32_t u = 0; u < r->out->n; u++)
    if (r->out->use[u].firm >= 0) told[r->out->use[u].firm] = 1;
  for (int32_t k = 0; k < r->out->n_lost; k++)
    if (r->out->lost[k].firm >= 0) told[r->out->lost[k].firm] = 1;
  MJ_TRY(expect(r->out, last - first));
  for (int32_t k = first; k < last; k++) rows[firms->of_row[of_year->row[k]]]++;
  for (int32_t k = first; k < last; k++) {
    int32_t f = firms->of_row[of_year->row[k]]; /* one with several rows reports by place: each row tells a use */
    if (!told[f] || rows[f] > 1) MJ_TRY(read_row(r, of_year->row[k], place));
  }
  return MJ_OK;
}

/* Bring the uses into the order of the numbers @p from, each once, which are gone then. No second list: every circle of
 * uses that take each other's places is gone round. */
static void reorder(mj__use *use, int32_t *from, int32_t n) {
  for (int32_t first = 0; first < n; first++) {
    if (from[first] < 0) continue;
    mj__use held = use[first];
    int32_t at = first;
    for (int32_t next = from[at]; next != first; next = from[at]) {
      __builtin_prefetch(&use[from[next]]); /* they lie far apart */
      use[at] = use[next];
      from[at] = -1;
      at = next;
    }
    use[at] = held;
    from[at] = -1;
  }
}

static bool names_unit(const mj__use_tables *t, const mj__use *u) {
  return u->source == MJ__FROM_OCCUPANCY && t->occ_unit[u->row] >= 0;
}

/* What is said of an enterprise on the parcel that is looked at. */
typedef struct {
  int32_t parcel, first; /* + 1; its first use there */
  bool whole;            /* an occupancy that names no unit speaks of all that the enterprise has on the parcel */
} said;

/* True where the use is inferred and the same enterprise's use of the parcel is said: a unit's by an occupancy, a
 * code's by anything. */
static bool is_repeated(const mj__use_tables *t, mj__use *use, int32_t number, const uint8_t *named, said *s) {
  mj__use *u = &use[number];
  bool first = s->parcel != u->parcel + 1;
  if (first) *s = (said){u->parcel + 1, number, false};
  if (u->source == MJ__FROM_OCCUPANCY) s->whole = s->whole || !names_unit(t, u);
  if (u->source == MJ__FROM_UNIT) return s->whole || named[u->row];
  if (u->source < MJ__FROM_CODE || first) return false;
  mj__use *other = &use[s->first];
  if (other->source >= MJ__FROM_CODE) { /* a second row of it: what both state adds up */
    other->stated_m2 += u->stated_m2;
    other->land_m2 += u->land_m2;
  }
  return true;
}

/* Take out what is repeated. Uses are in order of parcels, and of sources in each. */
static mj_status drop_repeated(const mj__use_tables *t, mj__uses *out) {
  mj__use *use = out->use;
  uint8_t *named = mj_arena_alloc(&out->arena, (size_t)t->park->table[MJ_FACTORY_UNITS].n + 1, 1);
  said *of_firm = mj_arena_alloc(&out->arena, (size_t)t->firms.n + 1, sizeof *of_firm);
  if (!named || !of_firm) return MJ_ENOMEM;
  for (int32_t u = 0; u < out->n; u++)
    if (names_unit(t, &use[u])) named[t->occ_unit[use[u].row]] = 1;
  for (int32_t u = 0; u < out->n; u++)
    if (use[u].firm >= 0 && is_repeated(t, use, u, named, &of_firm[use[u].firm])) use[u].parcel = MJ__NO_PARCEL;
  int32_t kept = 0;
  for (int32_t u = 0; u < out->n; u++)
    if (use[u].parcel >= 0) use[kept++] = use[u];
  out->n = kept;
  return MJ_OK;
}

static void list_parcels(mj__uses *out) {
  for (int32_t u = 0; u < out->n; u++) out->on[u] = out->use[u].parcel;
}

/* Bring the uses in the order of parcels, without those that repeat others, and group them. */
static mj_status sort_uses(const mj__use_tables *t, mj__uses *out) {
  mj_arena *arena = &out->arena;
  int32_t parcels = (int32_t)t->park->table[MJ_PARCELS].n, all = out->n,
          *firm = mj_arena_alloc(arena, (size_t)all + 1, sizeof *firm);
  mj__groups by_parcel;
  out->on = mj_arena_alloc(arena, (size_t)all + 1, sizeof *out->on);
  if (!firm || !out->on) return MJ_ENOMEM;
  list_parcels(out);
  MJ_TRY(mj__group(arena, out->on, all, parcels, &by_parcel));
  reorder(out->use, by_parcel.row, all);
  MJ_TRY(drop_repeated(t, out));
  list_parcels(out);
  if (out->n < all) MJ_TRY(mj__group(arena, out->on, out->n, parcels, &by_parcel));
  out->at = by_parcel.at;
  for (int32_t u = 0; u < out->n; u++) firm[u] = out->use[u].firm;
  return mj__group(arena, firm, out->n, t->firms.n, &out->by_firm);
}

static void find_columns(reader *r) {
  const mj_table *table = r->t->park->table, *occ = &table[MJ_OCCUPANCIES];
  r->parcel = mj_table_text(occ, "parcel_id");
  r->role = mj_table_text(occ, "occupancy_role");
  r->from = mj_table_date(occ, "from_date");
  r->to = mj_table_date(occ, "to_date");
  r->floor = mj_table_f64(occ, "floor_area_m2");
  r->land = mj_table_f64(occ, "land_area_m2");
  r->share = mj_table_f64(occ, "share");
  r->used = mj_table_f64(occ, "used_area_m2");
  r->since = mj_table_date(&table[MJ_FACTORY_UNITS], "since");
  r->unit_state = mj_table_text(&table[MJ_FACTORY_UNITS], "state");
  r->unit_floor = mj_table_f64(&table[MJ_FACTORY_UNITS], "floor_area_m2");
  r->row_floor = mj_table_f64(&table[MJ_ENTERPRISES], "floor_area_m2");
  r->row_land = mj_table_f64(&table[MJ_ENTERPRISES], "land_area_m2");
  r->built = mj_table_f64(&table[MJ_PARCELS], "floor_area_m2");
  r->mu = mj_table_f64(&table[MJ_PARCELS], "area_mu");
}

mj_status mj__uses_read(const mj__use_tables *tables, int32_t year, mj__uses *out) {
  bool telling = year == tables->park->project.year;
  faults met;
  reader r = {.t = tables, .out = out, .told = telling ? &met : NULL};
  open_faults(tables->park, &met);
  find_columns(&r);
  mj__uses held = *out;
  mj_arena_reset(&held.arena);
  *out = (mj__uses){.year = year, .use = held.use, .cap = held.cap, .lost = held.lost, .cap_lost = held.cap_lost};
  MJ_TRY(read_all(&r));
  MJ_TRY(sort_uses(tables, out));
  if (!telling) return MJ_OK;
  MJ_TRY(tell_faults(&met));
  return tell_inferred(&r);
}

int32_t mj__first_use(const mj__uses *uses, int32_t firm, int32_t parcel) {
  int32_t low = uses->by_firm.at[firm], end = uses->by_firm.at[firm + 1], high = end;
  while (low < high) { /* a firm's uses are in order of parcels */
    int32_t middle = low + (high - low) / 2;
    if (uses->on[uses->by_firm.row[middle]] < parcel) low = middle + 1;
    else high = middle;
  }
  return low < end && uses->on[uses->by_firm.row[low]] == parcel ? uses->by_firm.row[low] : -1;
}

void mj__uses_reset(mj__uses *uses) {
  free(uses->use);
  free(uses->lost);
  mj_arena_reset(&uses->arena);
  *uses = (mj__uses){0};
}
