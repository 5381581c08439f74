/* From the codes that a row names to parcels. */
#include "measure/use_places.h"

#include <math.h>
#include <string.h>

#include "base/code_list.h"
#include "base/parallel.h"
#include "measure/measure.h"

/* The row of the parcel that bears the code with that number, or MJ__NO_PARCEL, ... */
static int32_t parcel_of(const mj__use_tables *t, int32_t code) {
  if (code < 0) return MJ__NO_PARCEL;
  return t->parcels.count[code] > 1 ? MJ__SEVERAL_PARCELS : t->parcels.first[code];
}

static mj__fate fate_of(int32_t parcel) {
  return parcel >= 0 ? PLACED : parcel == MJ__SEVERAL_PARCELS ? DUPLICATE_PARCEL : UNKNOWN_PARCEL;
}

mj__fate mj__find_parcel(const mj__use_tables *t, const char *code, int32_t *parcel) {
  *parcel = code ? parcel_of(t, mj_keymap_find(&t->parcels, code)) : MJ__NO_PARCEL;
  return code ? fate_of(*parcel) : NO_PARCEL_CODE;
}

void mj__parcels_of(const mj__use_tables *t, const char *const *code, int64_t n, int32_t *parcel) {
  mj_keymap_find_all(&t->parcels, code, n, parcel);
  for (int64_t i = 0; i < n; i++) parcel[i] = parcel_of(t, parcel[i]);
}

enum { PIECES = 2048 }; /* bytes: most lists are short */

/* The codes of a list while they are read: a short piece may be the end of the code before it. */
typedef struct {
  const mj__use_tables *t;
  const char *cell, *before;
  mj_arena arena;
  bool failed; /* no memory */
} pieces;

/* The next code of the list: its number among the parcels' codes, or -1. False at the end. */
static bool next_code(pieces *p, int32_t *code) {
  const char *piece, *whole;
  size_t n;
  if (!mj_code_list_next(&p->cell, &piece, &n)) return false;
  whole = mj_code_list_text(&p->arena, NULL, piece, n);
  *code = whole ? mj_keymap_find(&p->t->parcels, whole) : -1;
  if (whole && *code < 0 && p->before) {
    whole = mj_code_list_text(&p->arena, p->before, piece, n);
    *code = whole ? mj_keymap_find(&p->t->parcels, whole) : -1;
  }
  p->before = whole;
  p->failed = p->failed || !whole;
  return true;
}

static mj__fate find_list(pieces *p, mj__place *place, int32_t *n) {
  int32_t code;
  while (next_code(p, &code)) {
    if (*n == MJ__MOST_PLACES || p->failed) return UNKNOWN_PARCEL;
    place[*n].parcel = parcel_of(p->t, code);
    if (place[*n].parcel < 0) return fate_of(place[*n].parcel);
    bool again = false;
    for (int32_t k = 0; k < *n; k++) again = again || place[k].parcel == place[*n].parcel;
    *n += !again;
  }
  return *n ? PLACED : NO_PARCEL_CODE;
}

/* True where every place has a positive value, which then are the shares. */
static bool weigh(const double *value, mj__place *place, int32_t n) {
  double sum = 0;
  for (int32_t k = 0; k < n; k++) {
    if (!value || !(value[place[k].parcel] > 0)) return false;
    sum += value[place[k].parcel];
  }
  for (int32_t k = 0; k < n; k++) place[k].share = value[place[k].parcel] / sum;
  return true;
}

mj__fate mj__find_places(const mj__use_tables *t, const char *cell, mj__place *place, int32_t *n) {
  const mj_table *pt = &t->park->table[MJ_PARCELS];
  *n = 0;
  mj__fate fate = mj__find_parcel(t, cell, &place->parcel);
  if (!fate || !cell || fate == DUPLICATE_PARCEL || !mj_code_list_is(cell)) {
    place->share = 1;
    *n = !fate;
    return fate;
  }
  pieces list = {.t = t, .cell = cell, .arena = {.page_size = PIECES}};
  fate = find_list(&list, place, n);
  mj_arena_reset(&list.arena);
  if (fate) *n = 0;
  else if (!weigh(mj_table_f64(pt, "floor_area_m2"), place, *n) && !weigh(mj_table_f64(pt, "area_mu"), place, *n))
    for (int32_t k = 0; k < *n; k++) place[k].share = *n == 1 ? 1 : (double)NAN;
  return fate;
}

/* All of it on one parcel, or on MJ__SEVERAL_PARCELS. */
static mj__fate whole_place(int32_t parcel, mj__place *place, int32_t *n) {
  *place = (mj__place){.parcel = parcel, .use = -1, .share = 1};
  *n = parcel >= 0;
  return fate_of(parcel);
}

mj__fate mj__row_places(const mj__use_tables *t, int64_t row, mj__place *place, int32_t *n) {
  if (t->row_point && t->row_point[row] >= 0) return whole_place(t->row_point[row], place, n);
  if (t->row_parcel[row] != MJ__NO_PARCEL) return whole_place(t->row_parcel[row], place, n);
  const char **parcel = mj_table_text(&t->park->table[MJ_ENTERPRISES], "parcel_id");
  return mj__find_places(t, parcel ? parcel[row] : NULL, place, n);
}

/* A text that occupancies have, and units in their stead. */
typedef struct {
  const char **own, **of_unit;
} words;

static words words_of(const mj_park *park, const char *field) {
  return (words){mj_table_text(&park->table[MJ_OCCUPANCIES], field),
                 mj_table_text(&park->table[MJ_FACTORY_UNITS], field)};
}

static const char *said(words w, int64_t row, int32_t unit) {
  return w.own && w.own[row] ? w.own[row] : w.of_unit && unit >= 0 ? w.of_unit[unit] : NULL;
}

mj__fate mj__occupancy_places(const mj__use_tables *t, int64_t row, mj__place *place, int32_t *n) {
  int32_t building = t->occ_building[row], unit = t->occ_unit[row];
  *n = 0;
  if (t->occ_parcel[row] != MJ__NO_PARCEL) return whole_place(t->occ_parcel[row], place, n);
  const char *parcel = said(words_of(t->park, "parcel_id"), row, unit),
             *house = said(words_of(t->park, "building_id"), row, unit);
  if (parcel) return mj__find_places(t, parcel, place, n);
  if (building < 0) return house ? mj__find_building(t, house, &building) : NO_PARCEL_CODE;
  return mj__building_places(t, building, place, n);
}

/* The only building of the code with that number. */
static mj__fate only_building(const mj__use_tables *t, int32_t code, int32_t *building) {
  *building = -1;
  if (code < 0) return UNKNOWN_PARCEL;
  if (t->buildings.count[code] > 1) return DUPLICATE_PARCEL;
  *building = t->buildings.first[code];
  return PLACED;
}

mj__fate mj__find_building(const mj__use_tables *t, const char *code, int32_t *building) {
  return only_building(t, code ? mj_keymap_find(&t->buildings, code) : -1, building);
}

/* The unit of that number: in the building that the row names, where it names one; else the only one so numbered. */
static int32_t find_unit(const mj__use_tables *t, const char **in, const char *unit, const char *house) {
  int32_t k = unit ? mj_keymap_find(&t->units, unit) : -1, found = -1;
  bool named = house && in;
  for (int32_t i = k < 0 ? -1 : t->units.first[k]; i >= 0; i = t->same_unit[i]) {
    if (named && in[i] && strcmp(in[i], house) != 0) continue;
    if (found >= 0) return -1;
    found = i;
  }
  return found;
}

/* Occupancies that are looked up together. */
enum { BLOCK = 256 };

static mj_status find_block(void *ctx, int64_t first, int64_t last, int worker) {
  mj__use_tables *t = ctx;
  const char **unit = mj_table_text(&t->park->table[MJ_OCCUPANCIES], "unit_id"), *parcel[BLOCK], *building[BLOCK];
  words lot = words_of(t->park, "parcel_id"), house = words_of(t->park, "building_id");
  (void)worker;
  for (int64_t i = first; i < last; i++) {
    t->occ_unit[i] = find_unit(t, house.of_unit, unit ? unit[i] : NULL, house.own ? house.own[i] : NULL);
    parcel[i - first] = said(lot, i, t->occ_unit[i]);
    building[i - first] = said(house, i, t->occ_unit[i]);
  }
  mj__parcels_of(t, parcel, last - first, t->occ_parcel + first);
  mj_keymap_find_all(&t->buildings, building, last - first, t->occ_building + first);
  for (int64_t i = first; i < last; i++) only_building(t, t->occ_building[i], &t->occ_building[i]);
  return MJ_OK;
}

mj_status mj__occupancies_find(mj__use_tables *t) {
  mj_arena *arena = &t->arena[0];
  int64_t rows = t->park->table[MJ_OCCUPANCIES].n;
  size_t n = (size_t)rows + 1;
  t->occ_parcel = mj_arena_alloc(arena, n, sizeof *t->occ_parcel);
  t->occ_building = mj_arena_alloc(arena, n, sizeof *t->occ_building);
  t->occ_unit = mj_arena_alloc(arena, n, sizeof *t->occ_unit);
  if (!t->occ_parcel || !t->occ_building || !t->occ_unit) return MJ_ENOMEM;
  return mj_parallel(t->park->project.threads, rows, BLOCK, find_block, t);
}

int32_t mj__known_codes(const mj__use_tables *t, const char *cell, int32_t *number) {
  int32_t n = 0, code;
  if (!cell) return 0;
  *number = mj_keymap_find(&t->parcels, cell);
  if (*number >= 0) return 1;
  pieces list = {.t = t, .cell = cell, .arena = {.page_size = PIECES}};
  while (n < MJ__MOST_PLACES && next_code(&list, &code)) {
    for (int32_t i = 0; i < n && code >= 0; i++)
      if (number[i] == code) code = -1;
    if (code >= 0) number[n++] = code;
  }
  mj_arena_reset(&list.arena);
  return n;
}

mj_status mj__group_buildings(const mj_park *park, mj_arena *arena, mj__groups *on) {
  const mj_table *pairs = &park->table[MJ_PARCEL_BUILDINGS];
  const int64_t *building = mj_table_i64(pairs, "building_row");
  int32_t *of = mj_arena_alloc(arena, (size_t)pairs->n + 1, sizeof *of);
  if (!of) return MJ_ENOMEM;
  for (int64_t k = 0; k < pairs->n; k++) of[k] = (int32_t)building[k] - 1;
  return mj__group(arena, of, pairs->n, (int32_t)park->table[MJ_BUILDINGS].n, on);
}

mj__fate mj__building_places(const mj__use_tables *t, int32_t building, mj__place *place, int32_t *n) {
  return mj__pieces(t->park, &t->on_building, building, place, n);
}

mj__fate mj__pieces(const mj_park *park, const mj__groups *on, int32_t building, mj__place *place, int32_t *n) {
  const mj_table *pairs = &park->table[MJ_PARCEL_BUILDINGS];
  const int64_t *parcel = mj_table_i64(pairs, "parcel_row");
  const double *share = mj_table_f64(pairs, "share"), *area = mj_table_f64(pairs, "footprint_m2");
  double sum = 0;
  *n = 0;
  for (int32_t k = on->at[building]; k < on->at[building + 1]; k++) {
    int32_t row = on->row[k];
    if (mj__is_sliver(park, area ? area[row] : (double)NAN, share[row])) continue;
    if (*n == MJ__MOST_PLACES) return UNKNOWN_PARCEL;
    place[(*n)++] = (mj__place){.parcel = (int32_t)parcel[row] - 1, .share = share[row], .use = -1};
    sum += share[row];
  }
  for (int32_t k = 0; k < *n; k++) place[k].share /= sum;
  return *n ? PLACED : UNKNOWN_PARCEL;
}
