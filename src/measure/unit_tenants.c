#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "measure/units.h"

/* A tenant: what the tables say of the one with that credit code. */
typedef struct {
  const char *name;
  bool known, of_year; /* it stands in the enterprise table; its name is of the run's year */
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
  mj_keymap firms;
  firm *firm;
} finder;

/* "JZ01\x1f" "101": units of two buildings may have one number. */
static const char *full_key(mj_arena *arena, const char *building, const char *unit) {
  return mj_arena_format(arena, "%s\x1f%s", building, unit);
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
    const char *key = u->building && u->building[i] ? full_key(arena, u->building[i], u->unit[i]) : NULL;
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
    const char *key = full_key(arena, building, unit);
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

static const char *code_of(const finder *f, int64_t row) {
  const mj__units *u = f->u;
  if (u->code && u->code[row]) return u->code[row];
  return u->occupancy[row] >= 0 && f->code ? f->code[u->occupancy[row]] : NULL;
}

static mj_status key_firms(finder *f, mj_arena *arena) {
  int32_t number;
  for (int64_t i = 0; i < f->u->t->n; i++)
    if (code_of(f, i)) MJ_TRY(mj_keymap_add(&f->firms, code_of(f, i), (int32_t)i, &number));
  f->firm = mj_arena_alloc(arena, (size_t)f->firms.n + 1, sizeof *f->firm);
  return f->firm ? MJ_OK : MJ_ENOMEM;
}

static bool is_zero(const double *v, int64_t row) { return v && v[row] == 0; }

static void read_firms(finder *f) {
  const mj_table *t = &f->u->park->table[MJ_ENTERPRISES];
  const char **code = mj_table_text(t, "credit_code"), **name = mj_table_text(t, "enterprise_name");
  const int64_t *year = mj_table_i64(t, "year");
  const double *output = mj_table_f64(t, "output_wan"), *staff = mj_table_f64(t, "staff"),
               *power = mj_table_f64(t, "electricity_kwh");
  for (int64_t r = 0; code && f->firms.n && r < t->n; r++) {
    int32_t k = code[r] ? mj_keymap_find(&f->firms, code[r]) : -1;
    if (k < 0) continue;
    firm *it = &f->firm[k];
    bool of_year = !year || year[r] == f->u->park->project.year;
    it->known = true;
    it->rows += of_year;
    it->zeros += of_year && is_zero(output, r) && is_zero(staff, r) && is_zero(power, r);
    if (!name || !name[r] || (it->name && (it->of_year || !of_year))) continue;
    it->name = name[r];
    it->of_year = of_year;
  }
}

static void read_names(finder *f) {
  const char **name = mj_table_text(f->occ, "enterprise_name");
  for (int64_t o = 0; name && f->code && o < f->occ->n; o++) {
    int32_t k = f->code[o] && name[o] ? mj_keymap_find(&f->firms, f->code[o]) : -1;
    if (k >= 0 && !f->firm[k].name) f->firm[k].name = name[o];
  }
}

static mj_status describe_tenants(finder *f) {
  mj__units *u = f->u;
  const char **named = mj_table_text(f->occ, "enterprise_name");
  bool table = mj_table_text(&u->park->table[MJ_ENTERPRISES], "credit_code") != NULL;
  mj__faults strangers = {
      .park = u->park, .code = MJ_L_OCCUPANCY_NO_ENTERPRISE, .table = MJ_FACTORY_UNITS, .field = "credit_code"};
  for (int64_t i = 0; i < u->t->n; i++) {
    const char *code = code_of(f, i);
    const firm *it = code ? &f->firm[mj_keymap_find(&f->firms, code)] : NULL;
    if (!u->name[i] && it) u->name[i] = it->name;
    if (!u->name[i] && !code && u->occupancy[i] >= 0 && named) u->name[i] = named[u->occupancy[i]];
    u->quiet[i] = it && it->rows && it->zeros == it->rows;
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
  find_owners(u);
  mj_status status = key_units(&f, &arena);
  if (!status) status = read_occupancies(&f, &arena);
  if (!status) status = key_firms(&f, &arena);
  if (!status) read_firms(&f);
  if (!status) read_names(&f);
  if (!status) status = describe_tenants(&f);
  mj_keymap_reset(&f.full);
  mj_keymap_reset(&f.bare);
  mj_keymap_reset(&f.parcels);
  mj_keymap_reset(&f.firms);
  mj_arena_reset(&arena);
  return status;
}
