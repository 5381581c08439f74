#include <string.h>

#include "measure/use_places.h"

static mj_status key_codes(const mj_table *t, const char *field, mj_keymap *out) {
  const char **code = mj_table_text(t, field);
  int32_t number;
  for (int64_t i = 0; code && i < t->n; i++)
    if (code[i]) MJ_TRY(mj_keymap_add(out, code[i], (int32_t)i, &number));
  return MJ_OK;
}

/* Chain the parcels that bear one code, in row order. */
static mj_status chain_parcels(mj__use_tables *t) {
  const mj_table *pt = &t->park->table[MJ_PARCELS];
  const char **id = mj_table_text(pt, "parcel_id");
  int32_t number, *last = mj_arena_alloc(&t->park->arena, (size_t)pt->n + 1, sizeof *last);
  t->same_code = mj_arena_alloc(&t->park->arena, (size_t)pt->n + 1, sizeof *t->same_code);
  if (!last || !t->same_code) return MJ_ENOMEM;
  for (int64_t i = 0; id && i < pt->n; i++) {
    t->same_code[i] = -1;
    if (!id[i]) continue;
    MJ_TRY(mj_keymap_add(&t->parcels, id[i], (int32_t)i, &number));
    if (t->parcels.count[number] > 1) t->same_code[last[number]] = (int32_t)i;
    last[number] = (int32_t)i;
  }
  return MJ_OK;
}

/* A role that is not said, or by no known word, is the owner's where the land record names the user, else just a
 * user's. */
static mj__role role_of(const mj__use_tables *t, const char *said) {
  mj__meaning means = mj__use_word(&t->words, "occupancy_role", said);
  return means == MJ__SAYS_OWNER       ? MJ__OWNER
         : means == MJ__SAYS_LESSEE    ? MJ__LESSEE
         : means == MJ__SAYS_SUBLESSEE ? MJ__SUBLESSEE
                                       : MJ__N_ROLES;
}

static mj_status read_roles(mj__use_tables *t) {
  const mj_table *occ = &t->park->table[MJ_OCCUPANCIES];
  const char **said = mj_table_text(occ, "occupancy_role");
  t->occ_role = mj_arena_alloc(&t->park->arena, (size_t)occ->n + 1, 1);
  if (!t->occ_role) return MJ_ENOMEM;
  for (int64_t i = 0; i < occ->n; i++) t->occ_role[i] = (uint8_t)role_of(t, said ? said[i] : NULL);
  return MJ_OK;
}

static mj_status find_row_codes(mj__use_tables *t) {
  const mj_table *et = &t->park->table[MJ_ENTERPRISES];
  const char **parcel = mj_table_text(et, "parcel_id");
  t->row_code = mj_arena_alloc(&t->park->arena, (size_t)et->n + 1, sizeof *t->row_code);
  if (!t->row_code) return MJ_ENOMEM;
  for (int64_t i = 0; i < et->n; i++)
    t->row_code[i] = parcel && parcel[i] ? mj_keymap_find(&t->parcels, parcel[i]) : -1;
  return MJ_OK;
}

static mj_status group_buildings(mj__use_tables *t) {
  const mj_table *pairs = &t->park->table[MJ_PARCEL_BUILDINGS];
  const int64_t *building = mj_table_i64(pairs, "building_row");
  int32_t *of = mj_arena_alloc(&t->park->arena, (size_t)pairs->n + 1, sizeof *of);
  if (!of) return MJ_ENOMEM;
  for (int64_t k = 0; k < pairs->n; k++) of[k] = (int32_t)building[k] - 1;
  return mj__group(&t->park->arena, of, pairs->n, (int32_t)t->park->table[MJ_BUILDINGS].n, &t->on_building);
}

mj_status mj__use_tables_open(mj_park *park, const int32_t *row_year, mj__use_tables *out, mj_error *err) {
  *out = (mj__use_tables){.park = park, .row_year = row_year};
  mj_status status = mj__use_words_open(&out->words, err);
  if (!status) status = mj__firms_find(park, &out->firms);
  if (!status) status = chain_parcels(out);
  if (!status) status = find_row_codes(out);
  if (!status) status = key_codes(&park->table[MJ_BUILDINGS], "building_id", &out->buildings);
  if (!status) status = key_codes(&park->table[MJ_FACTORY_UNITS], "unit_id", &out->units);
  if (!status) status = group_buildings(out);
  if (!status) status = read_roles(out);
  if (!status) status = mj__occupancies_find(out);
  return status;
}

void mj__use_tables_close(mj__use_tables *tables) {
  mj__firms_reset(&tables->firms);
  mj__use_words_reset(&tables->words);
  mj_keymap_reset(&tables->parcels);
  mj_keymap_reset(&tables->buildings);
  mj_keymap_reset(&tables->units);
}

double mj__part_of_year(int32_t year, int32_t from, int32_t to) {
  int32_t first = mj_date_from_ymd(year, 1, 1), last = mj_date_from_ymd(year, 12, 31), days = last - first + 1;
  if (from != MJ_DATE_NULL && from > first) first = from;
  if (to != MJ_DATE_NULL && to < last) last = to;
  return first > last ? 0 : (double)(last - first + 1) / days;
}
