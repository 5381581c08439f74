#include <string.h>

#include "base/parallel.h"
#include "measure/use_places.h"

/* Key the codes of a table; *number [rows] are theirs. */
static mj_status key_codes(const mj_park *park, mj_arena *arena, mj_table_id id, const char *field, mj_keymap *out,
                           int32_t **number) {
  const mj_table *t = &park->table[id];
  const char **code = mj_table_text(t, field);
  *number = mj_arena_alloc(arena, (size_t)t->n + 1, sizeof **number);
  if (!*number) return MJ_ENOMEM;
  if (code) return mj_keymap_add_all(out, code, t->n, *number);
  for (int64_t i = 0; i < t->n; i++) (*number)[i] = -1;
  return MJ_OK;
}

/* Chain the rows that bear one code, in row order; *of_row [rows] are the numbers of the codes. */
static mj_status chain_codes(mj_park *park, mj_arena *arena, mj_table_id id, const char *field, mj_keymap *codes,
                             int32_t **of_row, int32_t **same) {
  const mj_table *table = &park->table[id];
  const char **code = mj_table_text(table, field);
  int32_t *last = mj_arena_alloc(arena, (size_t)table->n + 1, sizeof *last);
  *same = mj_arena_alloc(arena, (size_t)table->n + 1, sizeof **same);
  if (!last || !*same) return MJ_ENOMEM;
  MJ_TRY(key_codes(park, arena, id, field, codes, of_row));
  for (int64_t i = 0; code && i < table->n; i++) {
    (*same)[i] = -1;
    if (!code[i]) continue;
    int32_t k = (*of_row)[i];
    if (codes->first[k] != i) (*same)[last[k]] = (int32_t)i;
    last[k] = (int32_t)i;
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

/* Each word is looked up once: they are few, and the rows many. */
static mj_status read_roles(mj__use_tables *t, mj_arena *arena) {
  mj_keymap words = {0};
  int32_t *number;
  int64_t n = t->park->table[MJ_OCCUPANCIES].n;
  t->occ_role = mj_arena_alloc(arena, (size_t)n + 1, 1);
  mj_status status =
      t->occ_role ? key_codes(t->park, arena, MJ_OCCUPANCIES, "occupancy_role", &words, &number) : MJ_ENOMEM;
  uint8_t *role = status ? NULL : mj_arena_alloc(arena, (size_t)words.n + 1, 1);
  if (!status && !role) status = MJ_ENOMEM;
  for (int32_t k = 0; k < words.n && !status; k++) role[k] = (uint8_t)role_of(t, words.key[k]);
  for (int64_t i = 0; i < n && !status; i++) t->occ_role[i] = words.n && number[i] >= 0 ? role[number[i]] : MJ__N_ROLES;
  mj_keymap_reset(&words);
  return status;
}

static mj_status find_parcels(void *ctx, int64_t first, int64_t last, int worker) {
  const mj__use_tables *t = ctx;
  const char **parcel = mj_table_text(&t->park->table[MJ_ENTERPRISES], "parcel_id");
  (void)worker;
  mj__parcels_of(t, parcel + first, last - first, t->row_parcel + first);
  return MJ_OK;
}

static mj_status find_row_parcels(mj__use_tables *t, mj_arena *arena) {
  enum { CHUNK = 65536 };
  const mj_table *et = &t->park->table[MJ_ENTERPRISES];
  bool named = mj_table_text(et, "parcel_id") != NULL;
  t->row_parcel = mj_arena_alloc(arena, (size_t)et->n + 1, sizeof *t->row_parcel);
  if (!t->row_parcel) return MJ_ENOMEM;
  for (int64_t i = 0; i < et->n && !named; i++) t->row_parcel[i] = MJ__NO_PARCEL;
  return named ? mj_parallel(t->park->project.threads, et->n, CHUNK, find_parcels, t) : MJ_OK;
}

/* One of the parts that do not read each other, each in an arena of its own. */
static mj_status open_part(void *ctx, int64_t part, int64_t last, int worker) {
  mj__use_tables *t = ctx;
  mj_arena *arena = &t->arena[part];
  int32_t *unused;
  (void)last, (void)worker;
  if (part == 0) return mj__firms_find(t->park, &t->firms);
  if (part == 1) {
    MJ_TRY(chain_codes(t->park, arena, MJ_PARCELS, "parcel_id", &t->parcels, &t->parcel_code, &t->same_code));
    return find_row_parcels(t, arena);
  }
  MJ_TRY(key_codes(t->park, arena, MJ_BUILDINGS, "building_id", &t->buildings, &unused));
  MJ_TRY(chain_codes(t->park, arena, MJ_FACTORY_UNITS, "unit_id", &t->units, &unused, &t->same_unit));
  MJ_TRY(mj__group_buildings(t->park, arena, &t->on_building));
  MJ_TRY(read_roles(t, arena));
  return mj__group(arena, t->row_year, t->park->table[MJ_ENTERPRISES].n, MJ_YEAR_MAX + 1, &t->of_year);
}

mj_status mj__use_tables_open(mj_park *park, const int32_t *row_year, mj__use_tables *out, mj_error *err) {
  *out = (mj__use_tables){.park = park, .row_year = row_year};
  mj_status status = mj__use_words_open(&out->words, err);
  if (!status) status = mj_parallel(park->project.threads, MJ__TABLE_PARTS, 1, open_part, out);
  if (!status) status = mj__points_find(out);
  return status ? status : mj__occupancies_find(out);
}

void mj__use_tables_close(mj__use_tables *tables) {
  mj__firms_reset(&tables->firms);
  mj__use_words_reset(&tables->words);
  mj_keymap_reset(&tables->parcels);
  mj_keymap_reset(&tables->buildings);
  mj_keymap_reset(&tables->units);
  for (int i = 0; i < MJ__TABLE_PARTS; i++) mj_arena_reset(&tables->arena[i]);
}

double mj__part_of_year(int32_t year, int32_t from, int32_t to) {
  if (from == MJ_DATE_NULL && to == MJ_DATE_NULL) return 1;
  int32_t first = mj_date_from_ymd(year, 1, 1), last = mj_date_from_ymd(year, 12, 31), days = last - first + 1;
  if (from != MJ_DATE_NULL && from > first) first = from;
  if (to != MJ_DATE_NULL && to < last) last = to;
  return first > last ? 0 : (double)(last - first + 1) / days;
}
