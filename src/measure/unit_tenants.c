#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "measure/enterprises.h"
#include "measure/units.h"

/* What the enterprise table says of an enterprise. */
typedef struct {
  const char *name;    /* of the run's year */
  bool known;          /* it stands in the table */
  int64_t rows, zeros; /* rows of the year; those with 0 output, staff and electricity, all known */
} firm;

typedef struct {
  mj__units *u;
  const mj_table *occ;
  const char **code, **unit, **building, **parcel, **role; /* of the occupancies */
  const mj__use_words *words;
  mj_keymap full, bare, parcels; /* building and unit, unit alone, parcel: of the units */
  int32_t *parcel_number;        /* [units] */
  uint8_t *own_house, *own_parcel;
  mj__firms firms;
  firm *firm; /* [firms] */
} finder;

const char *mj__unit_key(mj_arena *arena, char kind, const char *place, const char *unit) {
  return mj_arena_format(arena, "%c\x1f%s\x1f%s", kind, place, unit);
}

static mj_status key_units(finder *f, mj_arena *arena) {
  const mj__units *u = f->u;
  const char **parcel = mj_table_text(u->t, "parcel_id");
  int32_t number;
  f->parcel_number = mj_arena_alloc(arena, (size_t)u->t->n + 1, sizeof *f->parcel_number);
  if (!f->parcel_number) return MJ_ENOMEM;
  for (int64_t i = 0; i < u->t->n; i++) {
    f->parcel_number[i] = -1;
    if (parcel && parcel[i]) MJ_TRY(mj_keymap_add(&f->parcels, parcel[i], (int32_t)i, &f->parcel_number[i]));
    if (!f->unit || !u->unit || !u->unit[i]) continue;
    MJ_TRY(mj_keymap_add(&f->bare, u->unit[i], (int32_t)i, &number));
    const char *key = u->building && u->building[i] ? mj__unit_key(arena, 'b', u->building[i], u->unit[i]) : NULL;
    if (u->building && u->building[i] && !key) return MJ_ENOMEM;
    if (key) MJ_TRY(mj_keymap_add(&f->full, key, (int32_t)i, &number));
  }
  f->own_house = mj_arena_alloc(arena, (size_t)u->houses.n + 1, 1);
  f->own_parcel = mj_arena_alloc(arena, (size_t)f->parcels.n + 1, 1);
  return f->own_house && f->own_parcel ? MJ_OK : MJ_ENOMEM;
}

static int64_t only_row(const mj_keymap *map, const char *key) {
  int32_t k = key ? mj_keymap_find(map, key) : -1;
  return k >= 0 && map->count[k] == 1 ? map->first[k] : -1;
}

/* The one unit that an occupancy names: by its number, or by its building where that has no other. */
static mj_status unit_of(const finder *f, int64_t o, mj_arena *arena, int64_t *row) {
  const char *unit = f->unit ? f->unit[o] : NULL, *building = f->building ? f->building[o] : NULL;
  *row = -1;
  if (!unit) {
    *row = only_row(&f->u->houses, building);
  } else if (building) {
    const char *key = mj__unit_key(arena, 'b', building, unit);
    if (!key) return MJ_ENOMEM;
    *row = only_row(&f->full, key);
  } else {
    *row = only_row(&f->bare, unit);
  }
  return MJ_OK;
}

/* On the reference date; an end that is not said is open. */
static bool in_force(const finder *f, int64_t o) {
  const int32_t *from = mj_table_date(f->occ, "from_date"), *to = mj_table_date(f->occ, "to_date");
  int32_t day = mj__as_of(f->u->park);
  if (day == MJ_DATE_NULL || (from && from[o] != MJ_DATE_NULL && from[o] > day)) return false;
  return !(to && to[o] != MJ_DATE_NULL && to[o] < day);
}

static void mark(const mj_keymap *map, const char *key, uint8_t *marked) {
  int32_t k = key ? mj_keymap_find(map, key) : -1;
  if (k >= 0) marked[k] = 1;
}

static mj_status read_occupancies(finder *f, mj_arena *arena) {
  mj__units *u = f->u;
  for (int64_t o = 0; o < f->occ->n; o++) {
    int64_t row;
    if (!in_force(f, o)) continue;
    bool owner = f->role && mj__use_word(f->words, "occupancy_role", f->role[o]) == MJ__SAYS_OWNER;
    if (owner && f->building) mark(&u->houses, f->building[o], f->own_house);
    if (owner && f->parcel) mark(&f->parcels, f->parcel[o], f->own_parcel);
    if (owner) continue;
    MJ_TRY(unit_of(f, o, arena, &row));
    if (row >= 0 && u->occupancy[row] < 0) u->occupancy[row] = o;
  }
  for (int64_t i = 0; i < u->t->n; i++) {
    bool house = u->house_number[i] >= 0 && f->own_house[u->house_number[i]],
         land = f->parcel_number[i] >= 0 && f->own_parcel[f->parcel_number[i]];
    u->owned[i] = u->owners_code[i] || u->means[i] == MJ__OWN_USE || house || land;
  }
  return MJ_OK;
}

/* ---- what the enterprise table says of the tenants ---- */

/* The enterprise that its row names, else the occupancy; -1: none. */
static int32_t tenant_of(const finder *f, int64_t row) {
  const mj__units *u = f->u;
  if (u->code && u->code[row]) return f->firms.of_unit[row];
  return u->occupancy[row] >= 0 ? f->firms.of_occupancy[u->occupancy[row]] : -1;
}

static bool is_zero(const double *v, int64_t row) { return v && v[row] == 0; }

static mj_status read_firms(finder *f, mj_arena *arena) {
  const mj_park *park = f->u->park;
  const mj_table *t = &park->table[MJ_ENTERPRISES];
  const char **name = mj_table_text(t, "enterprise_name");
  const double *output = mj_table_f64(t, "output_wan"), *staff = mj_table_f64(t, "staff"),
               *power = mj_table_f64(t, "electricity_kwh");
  int32_t *year = mj_arena_alloc(arena, (size_t)t->n + 1, sizeof *year);
  f->firm = mj_arena_alloc(arena, (size_t)f->firms.n + 1, sizeof *f->firm);
  if (!year || !f->firm) return MJ_ENOMEM;
  mj__years_of(park, year);
  for (int64_t r = 0; r < t->n; r++) {
    firm *it = &f->firm[f->firms.of_row[r]];
    bool of_year = year[r] == park->project.year;
    it->known = true;
    it->rows += of_year;
    it->zeros += of_year && is_zero(output, r) && is_zero(staff, r) && is_zero(power, r);
    if (of_year && name && !it->name) it->name = name[r];
  }
  return MJ_OK;
}

static mj_status describe_tenants(finder *f) {
  mj__units *u = f->u;
  bool table = mj_table_text(&u->park->table[MJ_ENTERPRISES], "credit_code") != NULL;
  mj__faults strangers = {
      .park = u->park, .code = MJ_L_OCCUPANCY_NO_ENTERPRISE, .table = MJ_FACTORY_UNITS, .field = "credit_code"};
  for (int64_t i = 0; i < u->t->n; i++) {
    int32_t tenant = tenant_of(f, i);
    if (tenant < 0) continue;
    const firm *it = &f->firm[tenant];
    if (!u->name[i]) u->name[i] = it->name ? it->name : f->firms.name[tenant];
    u->quiet[i] = it->rows && it->zeros == it->rows;
    if (table && u->code && u->code[i] && !it->known) MJ_TRY(mj__fault(&strangers, i, u->code[i], NULL));
  }
  return mj__tell_faults(&strangers);
}

const char *mj__unit_tenant(const mj__units *u, int64_t row, char *out, size_t size) {
  const char **code = mj_table_text(&u->park->table[MJ_OCCUPANCIES], "credit_code");
  const char *own = u->code ? u->code[row] : NULL;
  if (!own && u->occupancy[row] >= 0 && code) own = code[u->occupancy[row]];
  snprintf(out, size, "%s%s%s", own ? own : "", own && u->name[row] ? " " : "", u->name[row] ? u->name[row] : "");
  return out;
}

/* A code that is the owner's names no tenant. */
static void find_owners(mj__units *u) {
  const char **owner = mj_table_text(&u->park->table[MJ_PARCELS], "owner_code");
  for (int64_t i = 0; owner && u->code && i < u->t->n; i++)
    if (u->parcel[i] >= 0 && u->code[i] && owner[u->parcel[i]])
      u->owners_code[i] = !strcmp(u->code[i], owner[u->parcel[i]]);
}

mj_status mj__unit_tenants(mj__units *u, const mj__use_words *words) {
  mj_arena arena = {0};
  finder f = {.u = u, .words = words, .occ = &u->park->table[MJ_OCCUPANCIES]};
  f.code = mj_table_text(f.occ, "credit_code");
  f.unit = mj_table_text(f.occ, "unit_id");
  f.building = mj_table_text(f.occ, "building_id");
  f.parcel = mj_table_text(f.occ, "parcel_id");
  f.role = mj_table_text(f.occ, "occupancy_role");
  mj_status status = mj__firms_find(u->park, &f.firms);
  find_owners(u);
  if (!status) status = key_units(&f, &arena);
  if (!status) status = read_occupancies(&f, &arena);
  if (!status) status = read_firms(&f, &arena);
  if (!status) status = describe_tenants(&f);
  mj_keymap_reset(&f.full);
  mj_keymap_reset(&f.bare);
  mj_keymap_reset(&f.parcels);
  mj__firms_reset(&f.firms);
  mj_arena_reset(&arena);
  return status;
}
