#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "base/parallel.h"
#include "measure/enterprises.h"
#include "measure/lists.h"
#include "measure/use_places.h"

/* The rows of one year on their way to parcels; years are worked on side by side. */
typedef struct {
  const mj__use_tables *t;
  mj__places *out; /* of which only fate[] of the year's rows is written */
  int32_t year;
  mj__uses *uses;
  mj_arena arena;
  mj__groups lost;  /* numbers of uses->lost by firm */
  uint8_t *doubted; /* [firms] its places are in doubt already */
  uint8_t *filler;  /* [parcel codes] that many parcels bear: doubted already */
  mj__place *place; /* [cap] of all rows so far */
  int32_t n, cap;
  int32_t *first, *count; /* [rows] of each row in place */
  mj__doubt *doubt;
  int64_t n_doubts, cap_doubts;
  mj__lack *lack;
  int64_t n_lacks, cap_lacks;
} placing;

static const double UNKNOWN = (double)NAN;

/* ---- what cannot be placed ---- */

static mj_status push_doubt(placing *p, int32_t parcel, int64_t row) {
  mj__doubt *grown = mj_grown(p->doubt, p->n_doubts, &p->cap_doubts, sizeof *grown);
  if (!grown) return MJ_ENOMEM;
  p->doubt = grown;
  p->doubt[p->n_doubts++] = (mj__doubt){parcel, p->year, row};
  return MJ_OK;
}

/* The parcels that bear the code may hold a share of the row that went to none. */
static mj_status doubt_code(placing *w, int32_t k, int64_t row) {
  enum { MANY = 64 };
  const mj__use_tables *t = w->t;
  if (t->parcels.count[k] > MANY) { /* no code but a filler such as 0: once a year is enough */
    if (w->filler[k]) return MJ_OK;
    w->filler[k] = 1;
  }
  for (int32_t i = t->parcels.first[k]; i >= 0; i = t->same_code[i]) MJ_TRY(push_doubt(w, i, row));
  return MJ_OK;
}

static mj_status doubt_cell(placing *w, const char *cell, int64_t row) {
  int32_t code[MJ__MOST_PLACES], n = mj__known_codes(w->t, cell, code);
  for (int32_t k = 0; k < n; k++) MJ_TRY(doubt_code(w, code[k], row));
  return MJ_OK;
}

/* A row that was not placed: every parcel that it names, itself or by its uses, is in doubt for its year. */
static mj_status doubt_row(placing *w, int64_t i, int32_t firm) {
  const mj__uses *uses = w->uses;
  const char **own = mj_table_text(&w->t->park->table[MJ_ENTERPRISES], "parcel_id"),
             **used = mj_table_text(&w->t->park->table[MJ_OCCUPANCIES], "parcel_id");
  if (own) MJ_TRY(doubt_cell(w, own[i], i));
  if (w->doubted[firm]) return MJ_OK; /* its places, once for all its rows of the year */
  w->doubted[firm] = 1;
  for (int32_t k = uses->by_firm.at[firm]; k < uses->by_firm.at[firm + 1]; k++)
    if (uses->use[uses->by_firm.row[k]].source != MJ__FROM_CODE)
      MJ_TRY(push_doubt(w, uses->use[uses->by_firm.row[k]].parcel, i));
  for (int32_t k = w->lost.at[firm]; used && k < w->lost.at[firm + 1]; k++)
    MJ_TRY(doubt_cell(w, used[uses->lost[w->lost.row[k]].row], i));
  return MJ_OK;
}

static mj_status push_lack(placing *p, int64_t row, int32_t occupancy, const char *field) {
  mj__lack *grown = mj_grown(p->lack, p->n_lacks, &p->cap_lacks, sizeof *grown);
  if (!grown) return MJ_ENOMEM;
  p->lack = grown;
  p->lack[p->n_lacks++] = (mj__lack){row, occupancy, field};
  return MJ_OK;
}

/* What the occupancies of a row that was not placed lack: places that cannot be found, else the areas of the kind that
 * fewer of them are without. */
static mj_status list_lacks(placing *w, int64_t i, int32_t firm) {
  const mj__uses *uses = w->uses;
  const mj__groups *of = &uses->by_firm;
  int64_t missing[2] = {0};
  for (int32_t k = w->lost.at[firm]; k < w->lost.at[firm + 1]; k++)
    MJ_TRY(push_lack(w, i, uses->lost[w->lost.row[k]].row, "parcel_id"));
  if (w->lost.at[firm] < w->lost.at[firm + 1]) return MJ_OK;
  for (int32_t k = of->at[firm]; k < of->at[firm + 1]; k++) {
    missing[0] += isnan(uses->use[of->row[k]].stated_m2);
    missing[1] += isnan(uses->use[of->row[k]].land_m2);
  }
  bool land = missing[1] < missing[0];
  for (int32_t k = of->at[firm]; k < of->at[firm + 1]; k++) {
    const mj__use *u = &uses->use[of->row[k]];
    if (u->source == MJ__FROM_OCCUPANCY && isnan(land ? u->land_m2 : u->stated_m2))
      MJ_TRY(push_lack(w, i, u->row, land ? "land_area_m2" : "floor_area_m2"));
  }
  return MJ_OK;
}

/* ---- what can ---- */

/* How much a use weighs: by the floor in use, the floor owned or leased, the land. What the rest of a parcel is taken
 * for says nothing of figures where an occupancy should have. */
static double weight(const mj__use *u, int by) {
  if (by == 0) return u->rest && u->source == MJ__FROM_OCCUPANCY ? UNKNOWN : u->floor_m2;
  return by == 1 ? u->stated_m2 : u->land_m2;
}

/* Share the row over the *places uses of its enterprise; else say whether every use has at least one of the areas. */
static mj__fate weigh(const mj__uses *uses, const int32_t *number, int32_t *places, mj__place *place) {
  int32_t n = *places;
  bool some = true;
  if (n == 1) {
    *place = (mj__place){uses->on[*number], *number, 1}; /* whatever its area */
    return PLACED;
  }
  for (int by = 0; by < 3; by++) {
    double sum = 0;
    for (int32_t k = 0; k < n; k++) sum += weight(&uses->use[number[k]], by);
    if (!(sum > 0)) continue; /* not known, or nothing */
    for (int32_t k = 0; k < n; k++)
      place[k] = (mj__place){uses->use[number[k]].parcel, number[k], weight(&uses->use[number[k]], by) / sum};
    return PLACED;
  }
  for (int32_t k = 0; k < n; k++) {
    const mj__use *u = &uses->use[number[k]];
    if (u->parcel != uses->use[number[0]].parcel) break;
    if (k + 1 < n) continue;
    *place = (mj__place){u->parcel, number[0], 1}; /* all on one parcel, whatever their areas */
    *places = 1;
    return PLACED;
  }
  for (int32_t k = 0; k < n && some; k++)
    some = !isnan(uses->use[number[k]].stated_m2) || !isnan(uses->use[number[k]].land_m2);
  return some ? MIXED_AREAS : NO_AREA_TO_SHARE;
}

/* The parcels that the row names itself. */
static mj__fate own_places(const placing *w, int64_t i, int32_t firm, mj__place *place, int32_t *n) {
  mj__fate fate = mj__row_places(w->t, i, place, n);
  for (int32_t k = 0; k < *n && !fate; k++) {
    if (isnan(place[k].share)) fate = NO_AREA_TO_SHARE;
    place[k].use = mj__first_use(w->uses, firm, place[k].parcel);
  }
  return fate;
}

static mj_status room_for(placing *w, int32_t n) {
  if (w->n + n <= w->cap) return MJ_OK;
  int32_t cap = w->cap ? w->cap : 1024;
  while (cap < w->n + n) cap = cap > INT32_MAX / 2 ? INT32_MAX : 2 * cap;
  mj__place *grown = realloc(w->place, (size_t)cap * sizeof *grown);
  if (!grown) return MJ_ENOMEM;
  w->place = grown;
  w->cap = cap;
  return MJ_OK;
}

static mj_status place_row(placing *w, int64_t i) {
  const mj__uses *uses = w->uses;
  int32_t firm = w->t->firms.of_row[i], n = uses->by_firm.at[firm + 1] - uses->by_firm.at[firm];
  bool once = uses->rows[firm] == 1, lost = once && w->lost.at[firm] < w->lost.at[firm + 1];
  mj__fate fate;
  MJ_TRY(room_for(w, n > MJ__MOST_PLACES ? n : MJ__MOST_PLACES));
  mj__place *place = w->place + w->n;
  if (lost) fate = (mj__fate)uses->lost[w->lost.row[w->lost.at[firm]]].fate;
  else if (once && n) {
    fate = weigh(uses, uses->by_firm.row + uses->by_firm.at[firm], &n, place);
  } else fate = own_places(w, i, firm, place, &n);
  w->out->fate[i] = (uint8_t)fate;
  w->first[i] = w->n;
  w->count[i] = fate ? 0 : n;
  w->n += w->count[i];
  if (!fate) return MJ_OK;
  MJ_TRY(doubt_row(w, i, firm));
  return once ? list_lacks(w, i, firm) : MJ_OK;
}

/* ---- years side by side ---- */

static mj_status open_year(placing *w) {
  const mj__firms *firms = &w->t->firms;
  int32_t *firm = mj_arena_alloc(&w->arena, (size_t)w->uses->n_lost + 1, sizeof *firm);
  w->doubted = mj_arena_alloc(&w->arena, (size_t)firms->n + 1, 1);
  w->filler = mj_arena_alloc(&w->arena, (size_t)w->t->parcels.n + 1, 1);
  if (!firm || !w->doubted || !w->filler) return MJ_ENOMEM;
  for (int32_t k = 0; k < w->uses->n_lost; k++) firm[k] = w->uses->lost[k].firm;
  return mj__group(&w->arena, firm, w->uses->n_lost, firms->n, &w->lost);
}

static mj_status place_year(placing *w, int threads) {
  const mj__groups *of_year = &w->t->of_year;
  bool now = w->year == w->t->park->project.year;
  MJ_TRY(mj__uses_read(w->t, w->year, w->uses));
  MJ_TRY(mj__uses_share(w->t, threads, w->uses));
  if (now) MJ_TRY(mj__uses_doubt(w->t, w->uses)); /* no other year tells anything */
  MJ_TRY(open_year(w));
  for (int32_t k = of_year->at[w->year]; k < of_year->at[w->year + 1]; k++) MJ_TRY(place_row(w, of_year->row[k]));
  for (int32_t k = 0; k < w->n && !now; k++) w->place[k].use = -1; /* they are of another year */
  return MJ_OK;
}

/* All years. */
typedef struct {
  mj_park *park;
  mj__places *out;
  int32_t *first, *count;         /* [rows] of each row in its year's places */
  mj__uses *uses;                 /* [workers] of one year after another */
  placing *year;                  /* [n] the run's last */
  int32_t n, at[MJ_YEAR_MAX + 1]; /* number of a year in year[] */
} years;

static mj_status place_years_from(void *ctx, int64_t first, int64_t last, int worker) {
  years *all = ctx;
  int threads = mj_threads(all->park->project.threads), over = all->n % threads;
  (void)last;
  placing *w = &all->year[first];
  w->uses = &all->uses[worker];
  mj_status status = place_year(w, first < all->n - over ? 1 : threads / over);
  mj_arena_reset(&w->arena);
  if (w->year != all->park->project.year) return status;
  mj__uses *kept = &all->out->uses;
  *kept = *w->uses;
  *w->uses = (mj__uses){0};
  return status;
}

static void add_year(years *all, int32_t year) {
  mj__places *out = all->out;
  all->year[all->n] = (placing){.t = &out->tables, .out = out, .year = year, .first = all->first, .count = all->count};
  all->at[year] = all->n++;
}

/* Every year that has rows, and the run's: the last, so that its uses take the memory of the others'. */
static mj_status place_years(years *all) {
  const mj__groups *of_year = &all->out->tables.of_year;
  int32_t now = all->park->project.year;
  all->year = mj_arena_alloc(&all->out->arena, MJ_YEAR_MAX + 1, sizeof *all->year);
  all->uses = mj_arena_alloc(&all->out->arena, (size_t)mj_threads(all->park->project.threads), sizeof *all->uses);
  if (!all->year || !all->uses) return MJ_ENOMEM;
  for (int32_t y = 0; y <= MJ_YEAR_MAX; y++)
    if (y != now && of_year->at[y] < of_year->at[y + 1]) add_year(all, y);
  if (now >= 0 && now <= MJ_YEAR_MAX) add_year(all, now);
  return mj_parallel(all->park->project.threads, all->n, 1, place_years_from, all);
}

/* Bring the places, found year by year, in the order of rows. */
static mj_status order_places(const years *all) {
  mj__places *out = all->out;
  int32_t at = 0;
  for (int32_t y = 0; y < all->n; y++) at += all->year[y].n;
  out->place = mj_arena_alloc(&out->arena, (size_t)at + 1, sizeof *out->place);
  if (!out->place) return MJ_ENOMEM;
  at = 0;
  for (int64_t i = 0; i < out->n; i++) {
    out->at[i] = at;
    for (int32_t k = 0; k < all->count[i]; k++)
      out->place[at++] = all->year[all->at[out->year[i]]].place[all->first[i] + k];
  }
  out->at[out->n] = at;
  return MJ_OK;
}

static int by_row_of_doubt(const void *a, const void *b) {
  const mj__doubt *d = a, *e = b;
  return d->row != e->row ? d->row < e->row ? -1 : 1 : d->parcel < e->parcel ? -1 : d->parcel > e->parcel;
}

static int by_row_of_lack(const void *a, const void *b) {
  const mj__lack *d = a, *e = b;
  return d->row != e->row ? d->row < e->row ? -1 : 1 : d->occupancy < e->occupancy ? -1 : d->occupancy > e->occupancy;
}

mj_ledger_code mj__fate_code(mj__fate fate) {
  static const mj_ledger_code codes[N_FATES] = {[PLACED] = MJ_LEDGER_END,
                                                [NO_PARCEL_CODE] = MJ_L_JOIN_NO_KEY,
                                                [UNKNOWN_PARCEL] = MJ_L_JOIN_NO_PARCEL,
                                                [DUPLICATE_PARCEL] = MJ_L_JOIN_DUPLICATE_PARCEL,
                                                [NO_AREA_TO_SHARE] = MJ_L_ALLOC_NO_AREA,
                                                [MIXED_AREAS] = MJ_L_ALLOC_MIXED_AREA,
                                                [NO_YEAR] = MJ_LEDGER_END};
  return codes[fate];
}

/* Doubts and lacks of all years, in the order of rows. */
static mj_status join_doubts(const years *all) {
  mj__places *out = all->out;
  for (int32_t y = 0; y < all->n; y++) {
    out->n_doubts += all->year[y].n_doubts;
    out->n_lacks += all->year[y].n_lacks;
  }
  mj__doubt *doubt = out->doubt = malloc(((size_t)out->n_doubts + 1) * sizeof *doubt);
  mj__lack *lack = out->lack = malloc(((size_t)out->n_lacks + 1) * sizeof *lack);
  if (!doubt || !lack) return MJ_ENOMEM;
  for (int32_t y = 0; y < all->n; y++) {
    const placing *w = &all->year[y];
    if (w->n_doubts) memcpy(doubt, w->doubt, (size_t)w->n_doubts * sizeof *doubt);
    if (w->n_lacks) memcpy(lack, w->lack, (size_t)w->n_lacks * sizeof *lack);
    doubt += w->n_doubts;
    lack += w->n_lacks;
  }
  if (out->n_doubts) qsort(out->doubt, (size_t)out->n_doubts, sizeof *out->doubt, by_row_of_doubt);
  if (out->n_lacks) qsort(out->lack, (size_t)out->n_lacks, sizeof *out->lack, by_row_of_lack);
  return MJ_OK;
}

static mj_status note_fates(const years *w) {
  const char **parcel = mj_table_text(&w->park->table[MJ_ENTERPRISES], "parcel_id");
  mj__faults of[N_FATES];
  for (int f = 0; f < N_FATES; f++)
    of[f] = (mj__faults){
        .park = w->park, .code = mj__fate_code((mj__fate)f), .table = MJ_ENTERPRISES, .field = "parcel_id"};
  for (int64_t i = 0; i < w->out->n; i++) {
    mj__fate fate = (mj__fate)w->out->fate[i];
    if (mj__fate_code(fate) != MJ_LEDGER_END) MJ_TRY(mj__fault(&of[fate], i, parcel ? parcel[i] : NULL, NULL));
  }
  for (int f = 0; f < N_FATES; f++)
    if (mj__fate_code((mj__fate)f) != MJ_LEDGER_END) MJ_TRY(mj__tell_faults(&of[f]));
  return MJ_OK;
}

static mj_status open_places(years *all) {
  mj__places *out = all->out;
  mj_arena *arena = &out->arena;
  size_t n = (size_t)out->n + 1;
  out->at = mj_arena_alloc(arena, n, sizeof *out->at);
  out->fate = mj_arena_alloc(arena, n, 1);
  out->year = mj_arena_alloc(arena, n, sizeof *out->year);
  all->first = mj_arena_alloc(arena, n, sizeof *all->first);
  all->count = mj_arena_alloc(arena, n, sizeof *all->count);
  if (!out->at || !out->fate || !out->year || !all->first || !all->count) return MJ_ENOMEM;
  MJ_TRY(mj__row_years(all->park, out->year));
  for (int64_t i = 0; i < out->n; i++)
    if (out->year[i] == MJ_DATE_NULL) out->fate[i] = NO_YEAR;
  return mj__use_tables_open(all->park, out->year, &out->tables, NULL);
}

static void close_years(years *all) {
  for (int i = 0; all->uses && i < mj_threads(all->park->project.threads); i++) mj__uses_reset(&all->uses[i]);
  for (int32_t y = 0; y < all->n; y++) {
    free(all->year[y].place);
    free(all->year[y].doubt);
    free(all->year[y].lack);
  }
}

/* Whose each row is, for those who come later. */
static mj_status keep_firms(mj_park *park, const mj__firms *firms) {
  int64_t rows = park->table[MJ_ENTERPRISES].n;
  park->enterprise_of_row = mj_arena_alloc(&park->arena, (size_t)rows + 1, sizeof *park->enterprise_of_row);
  if (!park->enterprise_of_row) return MJ_ENOMEM;
  if (rows) memcpy(park->enterprise_of_row, firms->of_row, (size_t)rows * sizeof *firms->of_row);
  park->n_enterprises = firms->n;
  return MJ_OK;
}

static mj_status find_first_rows(mj_park *park, mj__places *out) {
  const mj__firms *firms = &out->tables.firms;
  out->first_row = mj_arena_alloc(&out->arena, (size_t)firms->n + 1, sizeof *out->first_row);
  if (!out->first_row) return MJ_ENOMEM;
  for (int32_t f = 0; f < firms->n; f++) out->first_row[f] = -1;
  for (int64_t r = out->n - 1; r >= 0; r--)
    if (out->year[r] == park->project.year) out->first_row[firms->of_row[r]] = (int32_t)r;
  return MJ_OK;
}

mj_status mj__enterprise_places(mj_park *park, mj__places *out) {
  years all = {.park = park, .out = out};
  *out = (mj__places){.n = park->table[MJ_ENTERPRISES].n};
  mj_status status = open_places(&all);
  if (!status) status = mj__note_strangers(park, &out->tables.firms);
  if (!status) status = mj__count_join(park, &out->tables);
  if (!status) status = place_years(&all);
  if (!status) status = order_places(&all);
  if (!status) status = join_doubts(&all);
  if (!status) status = note_fates(&all);
  if (!status) status = find_first_rows(park, out);
  if (!status) status = keep_firms(park, &out->tables.firms);
  close_years(&all);
  return status;
}

int32_t mj__use_of_place(const mj__places *p, int64_t row, int32_t k) {
  const mj__place *place = &p->place[k];
  return place->use >= 0 ? place->use : mj__first_use(&p->uses, p->tables.firms.of_row[row], place->parcel);
}

void mj__places_reset(mj__places *places) {
  free(places->doubt);
  free(places->lack);
  mj__uses_reset(&places->uses);
  mj__use_tables_close(&places->tables);
  mj_arena_reset(&places->arena);
}
