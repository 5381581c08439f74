#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "measure/units.h"
#include "measure/use_places.h"

/* Codes of column use_state; own use is use. */
static const char *const codes[] = {[MJ__IN_USE] = "in_use",   [MJ__OWN_USE] = "in_use",        [MJ__VACANT] = "vacant",
                                    [MJ__STOPPED] = "stopped", [MJ__LET_UNUSED] = "let_unused", [MJ__FINISHED] = NULL};

/* What is told of rows while they are decided. */
typedef struct {
  mj__faults unknown, let, alone, quiet;
} told;

static void next(mj_text *out, mj_lang lang) {
  if (out->n) mj_text_add(out, mj_tr(lang, "; "));
}

static void say_occupancy(const mj__units *u, int64_t row, mj_lang lang, mj_text *out) {
  const mj_table *occ = &u->park->table[MJ_OCCUPANCIES];
  const int32_t *from = mj_table_date(occ, "from_date"), *to = mj_table_date(occ, "to_date");
  int64_t o = u->occupancy[row];
  char first[11], last[11];
  mj_date_format(from ? from[o] : MJ_DATE_NULL, first);
  mj_date_format(to ? to[o] : MJ_DATE_NULL, last);
  next(out, lang);
  mj_text_format(out, mj_tr(lang, "an occupancy is in force (%s to %s)"), *first ? first : "-", *last ? last : "-");
}

/* What the unit says of itself and who is on it. */
static void say_facts(const mj__units *u, int64_t i, const char *tenant, mj_text *out) {
  mj_lang lang = u->park->project.lang;
  const char *word = u->recorded ? u->recorded[i] : NULL;
  out->n = 0;
  if (!word) mj_text_add(out, mj_tr(lang, "no state recorded"));
  else mj_text_format(out, mj_tr(lang, u->means[i] ? "recorded as '%s'" : "'%s' is no known word"), word);
  if (u->owners_code[i]) {
    next(out, lang);
    mj_text_add(out, mj_tr(lang, "the code is that of the parcel's owner"));
  } else if (*tenant) {
    next(out, lang);
    mj_text_format(out, mj_tr(lang, "tenant %s"), tenant);
  }
  if (u->occupancy[i] >= 0) say_occupancy(u, i, lang, out);
}

/* The state of one unit, and what speaks against the recorded one. */
static mj_status decide(const mj__units *u, int64_t i, const char *tenant, told *t, mj_text *out, const char **use) {
  mj_lang lang = u->park->project.lang;
  bool let = u->occupancy[i] >= 0 || (u->code && u->code[i] && !u->owners_code[i]);
  mj__meaning means = (mj__meaning)u->means[i];
  const char *word = u->recorded ? u->recorded[i] : NULL;
  *use = codes[means];
  say_facts(u, i, tenant, out);
  if (!means) return mj__fault(&t->unknown, i, word, NULL);
  if (means == MJ__VACANT && let) {
    *use = codes[MJ__LET_UNUSED];
    return mj__fault(&t->let, i, out->data, NULL);
  }
  if (*use != codes[MJ__IN_USE]) return MJ_OK;
  if (!let && !u->owned[i]) {
    next(out, lang);
    mj_text_add(out, mj_tr(lang, "no tenant, and no sign of the owner's own use"));
    MJ_TRY(mj__fault(&t->alone, i, word, NULL));
  }
  if (!u->quiet[i]) return MJ_OK;
  next(out, lang);
  mj_text_format(out, mj_tr(lang, "output, staff and electricity of %d are 0"), u->park->project.year);
  return mj__fault(&t->quiet, i, out->data, NULL);
}

static mj_status decide_all(mj__units *u) {
  const mj__faults one = {.park = u->park, .table = MJ_FACTORY_UNITS, .field = "state"};
  told t = {one, one, one, one};
  t.unknown.code = MJ_L_UNIT_STATE_UNKNOWN;
  t.let.code = MJ_L_UNIT_LET_UNUSED;
  t.alone.code = MJ_L_UNIT_NO_TENANT;
  t.quiet.code = MJ_L_UNIT_TENANT_QUIET;
  mj_status status = MJ_OK;
  mj_text out = {0};
  char tenant[400];
  const char **use = mj__text(u->t, "use_state", &status), **evidence = mj__text(u->t, "evidence", &status);
  for (int64_t i = 0; i < u->t->n && !status; i++) {
    mj__unit_tenant(u, i, tenant, sizeof tenant);
    status = decide(u, i, tenant, &t, &out, &use[i]);
    if (!status && (out.failed || !(evidence[i] = mj_arena_text(&u->t->arena, out.data, out.n)))) status = MJ_ENOMEM;
  }
  mj_text_reset(&out);
  if (!status) status = mj__tell_faults(&t.unknown);
  if (!status) status = mj__tell_faults(&t.let);
  if (!status) status = mj__tell_faults(&t.alone);
  return status ? status : mj__tell_faults(&t.quiet);
}

/* ---- where they stand, and since when ---- */

static bool same_zone(const char **zone, int32_t a, int32_t b) {
  return !zone || zone[a] == zone[b] || (zone[a] && zone[b] && !strcmp(zone[a], zone[b]));
}

/* Of the parcels that a building stands on, the one with most of it in the zone with most of it. */
static int64_t main_parcel(const mj_park *park, const mj__place *place, int32_t n) {
  const char **zone = mj_table_text(&park->table[MJ_PARCELS], "zone");
  double most = 0, largest = 0;
  int64_t parcel = MJ__NO_CODE;
  for (int32_t k = 0; k < n; k++) {
    double in_zone = 0;
    for (int32_t j = 0; j < n; j++) in_zone += same_zone(zone, place[k].parcel, place[j].parcel) ? place[j].share : 0;
    if (in_zone < most || (in_zone == most && place[k].share <= largest)) continue;
    most = in_zone;
    largest = place[k].share;
    parcel = place[k].parcel;
  }
  return parcel;
}

/* A unit without a parcel code lies on its building's parcels, as it does where uses are shared (use_units.c). It is
 * listed under one of them. */
static mj_status place_by_house(mj__units *u) {
  int64_t houses = u->park->table[MJ_BUILDINGS].n,
          *listed = mj_arena_alloc(&u->park->arena, (size_t)houses + 1, sizeof *listed); /* parcel + 1 */
  mj__groups on;
  mj__place place[MJ__MOST_PLACES];
  int32_t n;
  if (!listed) return MJ_ENOMEM;
  MJ_TRY(mj__group_buildings(u->park, &u->park->arena, &on));
  for (int64_t i = 0; i < u->t->n; i++) {
    int64_t house = u->parcel[i] == MJ__NO_CODE ? u->house[i] : -1;
    if (house < 0) continue;
    if (!listed[house])
      listed[house] = mj__pieces(u->park, &on, (int32_t)house, place, &n) ? -1 : main_parcel(u->park, place, n) + 1;
    if (listed[house] > 0) u->parcel[i] = listed[house] - 1;
  }
  return MJ_OK;
}

static mj_status place(mj__units *u) {
  mj_arena *arena = &u->park->arena;
  size_t n = (size_t)u->t->n + 1;
  MJ_TRY(mj__list_match(u->park, MJ_FACTORY_UNITS, "parcel_id", MJ_PARCELS, "parcel_id", &u->parcel));
  MJ_TRY(mj__list_match(u->park, MJ_FACTORY_UNITS, "building_id", MJ_BUILDINGS, "building_id", &u->house));
  MJ_TRY(place_by_house(u));
  u->means = mj_arena_alloc(arena, n, 1);
  u->owned = mj_arena_alloc(arena, n, 1);
  u->owners_code = mj_arena_alloc(arena, n, 1);
  u->quiet = mj_arena_alloc(arena, n, 1);
  u->house_number = mj_arena_alloc(arena, n, sizeof *u->house_number);
  u->occupancy = mj_arena_alloc(arena, n, sizeof *u->occupancy);
  if (!u->means || !u->owned || !u->owners_code || !u->quiet || !u->house_number || !u->occupancy) return MJ_ENOMEM;
  for (int64_t i = 0; i < u->t->n; i++) {
    u->occupancy[i] = u->house_number[i] = -1;
    if (u->building && u->building[i])
      MJ_TRY(mj_keymap_add(&u->houses, u->building[i], (int32_t)i, &u->house_number[i]));
  }
  return MJ_OK;
}

static mj_status add_facts(mj__units *u) {
  const int64_t *built = mj_table_i64(&u->park->table[MJ_BUILDINGS], "year_built");
  int32_t day = mj__as_of(u->park);
  mj_status status = MJ_OK;
  int64_t *year = mj__i64(u->t, "year_built", &status), *months = mj__i64(u->t, "months_in_state", &status);
  for (int64_t i = 0; i < u->t->n && !status; i++) {
    if (built && u->house[i] >= 0) year[i] = built[u->house[i]];
    if (u->since && u->since[i] != MJ_DATE_NULL && day != MJ_DATE_NULL && u->since[i] <= day)
      months[i] = mj__whole_months(u->since[i], day);
  }
  return status;
}

static mj_status measure(mj__units *u, const mj__use_words *words) {
  mj_status status = MJ_OK;
  u->unit = mj_table_text(u->t, "unit_id");
  u->building = mj_table_text(u->t, "building_id");
  u->code = mj_table_text(u->t, "credit_code");
  u->recorded = mj_table_text(u->t, "state");
  u->area = mj_table_f64(u->t, "floor_area_m2");
  u->since = mj_table_date(u->t, "since");
  u->name = mj__text(u->t, "enterprise_name", &status);
  if (!status) status = place(u);
  for (int64_t i = 0; u->recorded && i < u->t->n && !status; i++)
    u->means[i] = (uint8_t)mj__use_word(words, "state", u->recorded[i]);
  if (!status) status = mj__list_zones(u->park, MJ_FACTORY_UNITS, u->parcel);
  const mj__shape_source source[] = {{MJ_BUILDINGS, u->house, "building"}, {MJ_PARCELS, u->parcel, "parcel"}};
  if (!status) status = mj__list_shapes(u->park, MJ_FACTORY_UNITS, 2, source);
  if (!status) status = add_facts(u);
  if (!status) status = mj__unit_tenants(u, words);
  if (!status) status = decide_all(u);
  return status ? status : mj__check_units(u);
}

mj_status mj__measure_factory_units(mj_park *park, mj_error *err) {
  mj__units u = {.park = park, .t = &park->table[MJ_FACTORY_UNITS]};
  mj__use_words words = {0};
  if (!mj_park_has(park, MJ_FACTORY_UNITS)) return MJ_OK;
  mj_status status = mj__use_words_open(&words, err);
  if (!status && (status = measure(&u, &words))) mj_fail(err, status, "out of memory reading the factory units");
  mj_keymap_reset(&u.houses);
  mj__use_words_reset(&words);
  return status;
}
