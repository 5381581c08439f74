#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "measure/enterprises.h"
#include "measure/measure.h"

typedef struct {
  mj_park *park;
  mj_keymap parcels;             /* parcel_id */
  int32_t *same;                 /* [parcels] next row with the same parcel_id, or -1 */
  mj_keymap firms;               /* credit_code in occupancies */
  int32_t *occ_first, *occ_next; /* occupancies of a firm as a list, in row order */
  mj_keymap firm_years;          /* "code|year" with its number of rows */
  int32_t *row_firm_year;        /* [rows] number in firm_years, -1 without code */
  int32_t *doubted;              /* [parcels.n] year of the last doubt about a filler code */
  uint8_t *firm_doubted;         /* [firm_years.n] the places of that firm and year are in doubt */
} finder;

static mj_status key_parcels(finder *f) {
  const mj_table *t = &f->park->table[MJ_PARCELS];
  const char **id = mj_table_text(t, "parcel_id");
  int32_t number, *last = mj_arena_alloc(&f->park->arena, (size_t)t->n + 1, sizeof *last);
  f->same = mj_arena_alloc(&f->park->arena, (size_t)t->n + 1, sizeof *f->same);
  if (!last || !f->same) return MJ_ENOMEM;
  for (int64_t i = 0; id && i < t->n; i++) {
    f->same[i] = -1;
    if (!id[i]) continue;
    MJ_TRY(mj_keymap_add(&f->parcels, id[i], (int32_t)i, &number));
    if (f->parcels.count[number] > 1) f->same[last[number]] = (int32_t)i;
    last[number] = (int32_t)i;
  }
  return MJ_OK;
}

/* The parcels that bear the code @p parcel may hold a share of the row that went to none. */
static mj_status doubt(const finder *f, mj__places *p, const char *parcel, int64_t row) {
  enum { MANY = 64 };
  int32_t k = parcel ? mj_keymap_find(&f->parcels, parcel) : -1;
  if (k >= 0 && f->parcels.count[k] > MANY) { /* no code but a filler such as 0: once a year is enough */
    if (f->doubted[k] == p->year[row]) return MJ_OK;
    f->doubted[k] = p->year[row];
  }
  for (int32_t i = k < 0 ? -1 : f->parcels.first[k]; i >= 0; i = f->same[i]) {
    if (p->n_doubts == p->cap_doubts) {
      int64_t cap = p->cap_doubts ? 2 * p->cap_doubts : 64;
      mj__doubt *grown = realloc(p->doubt, (size_t)cap * sizeof *grown);
      if (!grown) return MJ_ENOMEM;
      p->doubt = grown;
      p->cap_doubts = cap;
    }
    p->doubt[p->n_doubts++] = (mj__doubt){i, p->year[row], row};
  }
  return MJ_OK;
}

/* Chain the occupancies of each firm, so that they are walked in row order. */
static mj_status key_occupancies(finder *f) {
  const mj_table *t = &f->park->table[MJ_OCCUPANCIES];
  const char **code = mj_table_text(t, "credit_code");
  if (!code || !mj_table_text(t, "parcel_id")) return MJ_OK;
  int32_t *number = mj_arena_alloc(&f->park->arena, (size_t)t->n + 1, sizeof *number);
  if (!number) return MJ_ENOMEM;
  for (int64_t i = 0; i < t->n; i++) {
    number[i] = -1;
    if (code[i]) MJ_TRY(mj_keymap_add(&f->firms, code[i], (int32_t)i, &number[i]));
  }
  f->occ_first = mj_arena_alloc(&f->park->arena, (size_t)f->firms.n + 1, sizeof *f->occ_first);
  f->occ_next = mj_arena_alloc(&f->park->arena, (size_t)t->n + 1, sizeof *f->occ_next);
  if (!f->occ_first || !f->occ_next) return MJ_ENOMEM;
  for (int32_t i = 0; i < f->firms.n; i++) f->occ_first[i] = -1;
  for (int64_t i = t->n - 1; i >= 0; i--) {
    if (number[i] < 0) continue;
    f->occ_next[i] = f->occ_first[number[i]];
    f->occ_first[number[i]] = (int32_t)i;
  }
  return MJ_OK;
}

/* Occupancies of somebody whom no row of the enterprises names. */
static mj_status note_strangers(const finder *f) {
  const mj_table *t = &f->park->table[MJ_OCCUPANCIES], *et = &f->park->table[MJ_ENTERPRISES];
  const char **code = mj_table_text(t, "credit_code"), **firm = mj_table_text(et, "credit_code");
  uint8_t *known = f->firms.n && firm ? mj_arena_alloc(&f->park->arena, (size_t)f->firms.n, 1) : NULL;
  int64_t strangers = 0;
  char found[24];
  if (!f->firms.n || !firm) return MJ_OK;
  if (!known) return MJ_ENOMEM;
  for (int64_t i = 0; i < et->n; i++) {
    int32_t k = firm[i] ? mj_keymap_find(&f->firms, firm[i]) : -1;
    if (k >= 0) known[k] = 1;
  }
  for (int64_t i = 0; i < t->n; i++) strangers += code[i] && !known[mj_keymap_find(&f->firms, code[i])];
  for (int64_t i = 0; strangers && strangers <= MJ_LEDGER_FEW && i < t->n; i++)
    if (code[i] && !known[mj_keymap_find(&f->firms, code[i])])
      MJ_TRY(mj__note(f->park, MJ_L_OCCUPANCY_NO_ENTERPRISE, MJ_OCCUPANCIES, i, "credit_code", code[i], NULL));
  if (strangers <= MJ_LEDGER_FEW) return MJ_OK;
  snprintf(found, sizeof found, "%lld", (long long)strangers);
  return mj__note(f->park, MJ_L_OCCUPANCY_NO_ENTERPRISE, MJ_OCCUPANCIES, -1, "credit_code", found, NULL);
}

/* Number of rows of each enterprise in each year: an enterprise reported once is shared out, one reported by place is
 * not. */
static mj_status key_firm_years(finder *f, const mj__places *p) {
  const char **code = mj_table_text(&f->park->table[MJ_ENTERPRISES], "credit_code");
  f->row_firm_year = mj_arena_alloc(&f->park->arena, (size_t)p->n + 1, sizeof *f->row_firm_year);
  if (!f->row_firm_year) return MJ_ENOMEM;
  for (int64_t i = 0; i < p->n; i++) {
    f->row_firm_year[i] = -1;
    if (!code || !code[i] || !f->firms.n) continue;
    const char *key = mj_arena_format(&f->park->arena, "%s|%d", code[i], p->year[i]);
    if (!key) return MJ_ENOMEM;
    MJ_TRY(mj_keymap_add(&f->firm_years, key, (int32_t)i, &f->row_firm_year[i]));
  }
  return MJ_OK;
}

static bool in_year(const mj_table *occ, int64_t i, int32_t year) {
  const int32_t *from = mj_table_date(occ, "from_date"), *to = mj_table_date(occ, "to_date");
  if (from && from[i] != MJ_DATE_NULL && from[i] > mj_date_from_ymd(year, 12, 31)) return false;
  return !(to && to[i] != MJ_DATE_NULL && to[i] < mj_date_from_ymd(year, 1, 1));
}

static mj__fate own_place(const finder *f, const char *parcel, mj__place *out) {
  if (!parcel) return NO_PARCEL_CODE;
  int32_t k = mj_keymap_find(&f->parcels, parcel);
  if (k < 0) return UNKNOWN_PARCEL;
  if (f->parcels.count[k] > 1) return DUPLICATE_PARCEL;
  *out = (mj__place){f->parcels.first[k], 1};
  return PLACED;
}

/* Weigh the places by the first area that all of them have; else say whether every place has at least one of the two.
 */
static mj__fate weigh(const mj_table *occ, const int32_t *row, mj__place *place, int32_t n) {
  const double *area[2] = {mj_table_f64(occ, "floor_area_m2"), mj_table_f64(occ, "land_area_m2")};
  bool some = true;
  for (int c = 0; c < 2; c++) {
    double sum = 0;
    bool all = area[c] != NULL;
    for (int32_t k = 0; k < n && all; k++) {
      all = area[c][row[k]] > 0;
      sum += area[c][row[k]];
    }
    for (int32_t k = 0; k < n && all; k++) place[k].share = area[c][row[k]] / sum;
    if (all) return PLACED;
  }
  for (int32_t k = 0; k < n && some; k++) some = (area[0] && area[0][row[k]] > 0) || (area[1] && area[1][row[k]] > 0);
  return some ? MIXED_AREAS : NO_AREA_TO_SHARE;
}

/* Occupancies of firm k in the year; n is 0 where it has none. A place that cannot be found spoils the sharing: its
 * share is unknown parcel. */
static mj__fate occupied(const finder *f, int32_t k, int32_t year, mj__place *place, int32_t *row, int32_t *n) {
  const mj_table *occ = &f->park->table[MJ_OCCUPANCIES];
  const char **parcel = mj_table_text(occ, "parcel_id");
  *n = 0;
  for (int32_t i = f->occ_first[k]; i >= 0; i = f->occ_next[i]) {
    if (!in_year(occ, i, year)) continue;
    mj__fate fate = own_place(f, parcel[i], &place[*n]);
    if (fate) {
      *n = 1;
      return fate;
    }
    row[(*n)++] = i;
  }
  return *n < 2 ? PLACED : weigh(occ, row, place, *n);
}

/* A row that was not placed: every parcel that it names, itself or by its occupancies, is in doubt for its year. */
static mj_status doubt_row(const finder *f, mj__places *p, int64_t i, int32_t firm) {
  const mj_table *occ = &f->park->table[MJ_OCCUPANCIES];
  const char **own = mj_table_text(&f->park->table[MJ_ENTERPRISES], "parcel_id"),
             **used = mj_table_text(occ, "parcel_id");
  if (own) MJ_TRY(doubt(f, p, own[i], i));
  if (firm >= 0 && f->row_firm_year[i] >= 0) { /* its places, once for all rows of the firm and year */
    if (f->firm_doubted[f->row_firm_year[i]]) return MJ_OK;
    f->firm_doubted[f->row_firm_year[i]] = 1;
  }
  for (int32_t o = firm < 0 ? -1 : f->occ_first[firm]; o >= 0; o = f->occ_next[o])
    if (in_year(occ, o, p->year[i])) MJ_TRY(doubt(f, p, used[o], i));
  return MJ_OK;
}

static mj_status push_lack(mj__places *p, int64_t row, int32_t occupancy, const char *field) {
  if (p->n_lacks == p->cap_lacks) {
    int64_t cap = p->cap_lacks ? 2 * p->cap_lacks : 64;
    mj__lack *grown = realloc(p->lack, (size_t)cap * sizeof *grown);
    if (!grown) return MJ_ENOMEM;
    p->lack = grown;
    p->cap_lacks = cap;
  }
  p->lack[p->n_lacks++] = (mj__lack){row, occupancy, field};
  return MJ_OK;
}

/* What the occupancies of a row that was not placed lack: places that cannot be found, else the areas of the kind that
 * fewer of them are without. */
static mj_status list_lacks(const finder *f, mj__places *p, int64_t i, int32_t firm) {
  static const char *const kinds[] = {"floor_area_m2", "land_area_m2"};
  const mj_table *occ = &f->park->table[MJ_OCCUPANCIES];
  const char **parcel = mj_table_text(occ, "parcel_id");
  const double *area[2] = {mj_table_f64(occ, kinds[0]), mj_table_f64(occ, kinds[1])};
  int64_t missing[2] = {0};
  bool lost = false;
  for (int32_t o = firm < 0 ? -1 : f->occ_first[firm]; o >= 0; o = f->occ_next[o]) {
    mj__place place;
    if (!in_year(occ, o, p->year[i])) continue;
    for (int k = 0; k < 2; k++) missing[k] += !(area[k] && area[k][o] > 0);
    if (!own_place(f, parcel[o], &place)) continue;
    lost = true;
    MJ_TRY(push_lack(p, i, o, "parcel_id"));
  }
  int kind = missing[1] < missing[0];
  for (int32_t o = firm < 0 || lost ? -1 : f->occ_first[firm]; o >= 0; o = f->occ_next[o])
    if (in_year(occ, o, p->year[i]) && !(area[kind] && area[kind][o] > 0)) MJ_TRY(push_lack(p, i, o, kinds[kind]));
  return MJ_OK;
}

static mj_status place_row(finder *f, mj__places *p, int64_t i, int32_t *at, int32_t *scratch) {
  static const mj_ledger_code codes[N_FATES] = {[NO_PARCEL_CODE] = MJ_L_JOIN_NO_KEY,
                                                [UNKNOWN_PARCEL] = MJ_L_JOIN_NO_PARCEL,
                                                [DUPLICATE_PARCEL] = MJ_L_JOIN_DUPLICATE_PARCEL,
                                                [NO_AREA_TO_SHARE] = MJ_L_ALLOC_NO_AREA,
                                                [MIXED_AREAS] = MJ_L_ALLOC_MIXED_AREA};
  const mj_table *t = &f->park->table[MJ_ENTERPRISES];
  const char **code = mj_table_text(t, "credit_code"), **parcel = mj_table_text(t, "parcel_id");
  int32_t firm = code && code[i] ? mj_keymap_find(&f->firms, code[i]) : -1, n = 0;
  mj__fate fate = PLACED;
  p->at[i] = *at;
  if (p->year[i] == MJ_DATE_NULL) {
    p->fate[i] = NO_YEAR; /* said where the years were read */
    return MJ_OK;
  }
  if (firm >= 0 && f->firm_years.count[f->row_firm_year[i]] == 1)
    fate = occupied(f, firm, p->year[i], p->place + *at, scratch, &n);
  if (n == 0) {
    fate = own_place(f, parcel ? parcel[i] : NULL, &p->place[*at]);
    n = 1;
  }
  p->fate[i] = (uint8_t)fate;
  if (!fate) *at += n;
  else MJ_TRY(doubt_row(f, p, i, firm));
  if (fate && firm >= 0 && f->firm_years.count[f->row_firm_year[i]] == 1) MJ_TRY(list_lacks(f, p, i, firm));
  return fate ? mj__note(f->park, codes[fate], MJ_ENTERPRISES, i, "parcel_id", parcel ? parcel[i] : NULL, NULL) : MJ_OK;
}

/* Most places all rows together can have: one each, and every occupancy once for each year of its firm, where one row
 * speaks for that year. */
static size_t most_places(const finder *f, const mj__places *p) {
  const char **code = mj_table_text(&f->park->table[MJ_ENTERPRISES], "credit_code");
  size_t most = (size_t)p->n + 1;
  for (int64_t i = 0; code && i < p->n; i++) {
    int32_t k = code[i] ? mj_keymap_find(&f->firms, code[i]) : -1;
    if (k >= 0 && f->firm_years.count[f->row_firm_year[i]] == 1) most += (size_t)f->firms.count[k];
  }
  return most + (size_t)f->park->table[MJ_OCCUPANCIES].n;
}

static int files_of(const mj_park *park, mj_table_id id) {
  int n = 0;
  for (int32_t i = 0; i < park->n_sources; i++) n += park->sources[i].role == id;
  return n;
}

/* The last year that figures can be of: that of the reference date. */
static int64_t last_year(const mj_park *park) {
  int year = MJ_YEAR_MAX, month, day;
  int32_t as_of = park->project.as_of;
  if (as_of && as_of != MJ_DATE_NULL) mj_date_to_ymd(as_of, &year, &month, &day);
  return year;
}

/* Figures of years after the reference date: delivered, right perhaps, and not of this run. A year further off than
 * this is none. */
enum { YEARS_AHEAD = 10 };

static mj_status note_later(mj_park *park, int64_t later) {
  char found[24];
  if (!later) return MJ_OK;
  snprintf(found, sizeof found, "%lld", (long long)later);
  return mj_ledger_add(
      &park->ledger,
      (mj_ledger_entry){.code = MJ_L_YEAR_LATER, .layer = "enterprises", .field = "year", .found = found});
}

/* One file without any year speaks of the year of the run. Beside files that say theirs, a row without one belongs to
 * no year. */
static mj_status years_of_rows(finder *f, mj__places *p) {
  const int64_t *year = mj_table_i64(&f->park->table[MJ_ENTERPRISES], "year");
  bool assume = !year && files_of(f->park, MJ_ENTERPRISES) < 2;
  int64_t missing = 0, later = 0, last = last_year(f->park);
  char found[24];
  for (int64_t i = 0; i < p->n; i++) {
    bool known = year && year[i] >= MJ_YEAR_MIN && year[i] <= last + YEARS_AHEAD && year[i] <= MJ_YEAR_MAX;
    later += known && year[i] > last;
    p->year[i] = known ? (int32_t)year[i] : assume ? f->park->project.year : MJ_DATE_NULL;
    missing += p->year[i] == MJ_DATE_NULL;
  }
  MJ_TRY(note_later(f->park, later));
  for (int64_t i = 0; missing && missing <= MJ_LEDGER_FEW && i < p->n; i++)
    if (p->year[i] == MJ_DATE_NULL) {
      bool said = year && year[i] != MJ_I64_NULL;
      if (said) snprintf(found, sizeof found, "%lld", (long long)year[i]);
      MJ_TRY(mj__note(f->park, MJ_L_YEAR_MISSING, MJ_ENTERPRISES, i, "year", said ? found : NULL, NULL));
    }
  if (missing > MJ_LEDGER_FEW) {
    snprintf(found, sizeof found, "%lld", (long long)missing);
    return mj_ledger_add(
        &f->park->ledger,
        (mj_ledger_entry){
            .code = MJ_L_YEAR_MISSING, .layer = "enterprises", .field = "year", .found = found, .rows = missing});
  }
  if (!assume || !p->n) return MJ_OK;
  snprintf(found, sizeof found, "%d", f->park->project.year);
  return mj_ledger_add(
      &f->park->ledger,
      (mj_ledger_entry){.code = MJ_L_YEAR_ASSUMED, .layer = "enterprises", .field = "year", .found = found});
}

/* How the keys of enterprises and parcels met, for the manifest. */
static mj_status count_join(finder *f) {
  const mj_table *pt = &f->park->table[MJ_PARCELS], *et = &f->park->table[MJ_ENTERPRISES];
  const char **parcel = mj_table_text(et, "parcel_id");
  mj_join *join = mj_arena_alloc(&f->park->arena, (size_t)f->park->n_joins + 1, sizeof *join);
  mj_keymap right = {0};
  mj_status status = join ? MJ_OK : MJ_ENOMEM;
  int32_t number;
  if (status || !parcel) return status;
  if (f->park->n_joins) memcpy(join, f->park->joins, (size_t)f->park->n_joins * sizeof *join);
  mj_join *j = &join[f->park->n_joins];
  *j = (mj_join){.left = "parcels",
                 .right = "enterprises",
                 .key = "parcel_id",
                 .left_rows = pt->n,
                 .right_rows = et->n,
                 .left_keys = f->parcels.n};
  for (int64_t i = 0; i < et->n && !status; i++)
    if (parcel[i]) status = mj_keymap_add(&right, parcel[i], (int32_t)i, &number);
    else j->right_null++;
  j->right_keys = right.n;
  for (int32_t k = 0; k < right.n && !status; k++) {
    j->matched_keys += mj_keymap_find(&f->parcels, right.key[k]) >= 0;
    j->right_repeated += right.count[k] > 1;
    if (right.count[k] > j->right_most) j->right_most = right.count[k];
  }
  j->only_left = j->left_keys - j->matched_keys;
  j->only_right = j->right_keys - j->matched_keys;
  j->left_null = pt->n;
  for (int32_t k = 0; k < f->parcels.n; k++) j->left_null -= f->parcels.count[k];
  f->park->joins = join;
  f->park->n_joins++;
  mj_keymap_reset(&right);
  return status;
}

mj_status mj__enterprise_places(mj_park *park, mj__places *out) {
  finder f = {.park = park};
  mj_status status = MJ_OK;
  *out = (mj__places){.n = park->table[MJ_ENTERPRISES].n};
  out->at = mj_arena_alloc(&park->arena, (size_t)out->n + 1, sizeof *out->at);
  out->fate = mj_arena_alloc(&park->arena, (size_t)out->n + 1, 1);
  out->year = mj_arena_alloc(&park->arena, (size_t)out->n + 1, sizeof *out->year);
  if (!out->at || !out->fate || !out->year) status = MJ_ENOMEM;
  if (!status) status = years_of_rows(&f, out);
  if (!status) status = key_parcels(&f);
  if (!status) status = key_occupancies(&f);
  if (!status) status = note_strangers(&f);
  if (!status) status = key_firm_years(&f, out);
  if (!status) status = count_join(&f);
  int32_t *scratch = mj_arena_alloc(&park->arena, (size_t)park->table[MJ_OCCUPANCIES].n + 1, sizeof *scratch);
  out->place = status ? NULL : mj_arena_alloc(&park->arena, most_places(&f, out), sizeof *out->place);
  if (!status && (!scratch || !out->place)) status = MJ_ENOMEM;
  f.doubted = mj_arena_alloc(&park->arena, (size_t)f.parcels.n + 1, sizeof *f.doubted);
  f.firm_doubted = mj_arena_alloc(&park->arena, (size_t)f.firm_years.n + 1, 1);
  if (!status && (!f.doubted || !f.firm_doubted)) status = MJ_ENOMEM;
  int32_t at = 0;
  for (int64_t i = 0; i < out->n && !status; i++) status = place_row(&f, out, i, &at, scratch);
  if (!status) out->at[out->n] = at;
  mj_keymap_reset(&f.parcels);
  mj_keymap_reset(&f.firms);
  mj_keymap_reset(&f.firm_years);
  return status;
}
