#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "measure/attribute.h"
#include "measure/measure.h"
#include "measure/series.h"

/* Figures that are summed, with their three-year mean where a rule may ask for one. */
static const struct {
  const char *field, *column, *mean;
  bool zero_missing; /* an area of 0 says nothing */
} figures[] = {
    {"staff", "staff", NULL, false},
    {"output_wan", "output_wan", "output_3y_wan", false},
    {"tax_wan", "tax_wan", "tax_3y_wan", false},
    {"rd_wan", "rd_wan", NULL, false},
    {"profit_wan", "profit_wan", "profit_3y_wan", false},
    {"added_value_wan", "added_value_wan", NULL, false},
    {"energy_tce", "energy_tce", NULL, false},
    {"electricity_kwh", "electricity_kwh", NULL, false},
    {"land_area_m2", "enterprise_land_m2", NULL, true},
};
enum { N_FIGURES = sizeof figures / sizeof *figures, YEARS = MJ__YEARS, IN_DOUBT = MJ__IN_DOUBT };

typedef struct {
  mj_park *park;
  mj__places places;
  int64_t *rows[YEARS]; /* [parcels] enterprise rows of the year on the parcel, or IN_DOUBT */
  bool complete[YEARS]; /* no row means 0 */
} sums;

/* The first row of a file in the united table, and the first behind it; the whole table where files are not known. */
static void rows_of_file(const mj_park *park, int32_t file, int64_t *first, int64_t *last) {
  int64_t at = 0;
  *first = 0;
  *last = park->table[MJ_ENTERPRISES].n;
  for (int32_t i = 0, k = 0; i < park->n_sources; i++) {
    if (park->sources[i].role != MJ_ENTERPRISES) continue;
    if (k++ == file) {
      *first = at;
      *last = at + park->sources[i].rows_kept;
    }
    at += park->sources[i].rows_kept;
  }
}

/* A table declared complete makes "no row" mean 0: for the year it is declared for, else for the years it has rows of.
 */
static void find_complete_years(sums *s) {
  const mj_project *project = &s->park->project;
  for (int32_t i = 0, file = 0; i < project->n_inputs; i++) {
    const mj_input *in = &project->inputs[i];
    if (in->role != MJ_ENTERPRISES) continue;
    int64_t first, last;
    rows_of_file(s->park, file++, &first, &last);
    for (int32_t back = 0; in->complete && back < YEARS; back++) {
      int32_t year = project->year - back;
      s->complete[back] = s->complete[back] || in->year == year;
      for (int64_t r = first; r < last && in->year == MJ_DATE_NULL && !s->complete[back]; r++)
        s->complete[back] = s->places.year[r] == year;
    }
  }
}

/* Sum one figure of one year over the parcels: unknown where a contributing row lacks it, 0 without rows in a complete
 * table. */
static mj_status sum_figure(sums *s, int f, int32_t back, double *out) {
  mj_table *pt = &s->park->table[MJ_PARCELS], *et = &s->park->table[MJ_ENTERPRISES];
  const double *value = mj_table_f64(et, figures[f].field);
  int32_t year = s->park->project.year - back;
  double nothing = s->complete[back] && !figures[f].zero_missing ? 0 : (double)NAN;
  for (int64_t i = 0; i < pt->n; i++)
    out[i] = s->rows[back][i] > 0 ? 0 : s->rows[back][i] == IN_DOUBT ? (double)NAN : nothing;
  for (int64_t r = 0; r < et->n; r++) {
    if (s->places.year[r] != year || s->places.fate[r]) continue;
    for (int32_t k = s->places.at[r]; k < s->places.at[r + 1]; k++)
      out[s->places.place[k].parcel] += value[r] * s->places.place[k].share;
    if (!isnan(value[r]) || figures[f].zero_missing || (back && !figures[f].mean)) continue;
    char found[16];
    snprintf(found, sizeof found, "%d", year);
    MJ_TRY(mj__note(s->park, MJ_L_ENTERPRISE_VALUE_MISSING, MJ_ENTERPRISES, r, figures[f].field, found, NULL));
  }
  return MJ_OK;
}

/* Areas that enterprises state: the known ones add up, zeros and blanks take no part. */
static void sum_known(const sums *s, int f, double *out) {
  const mj_table *et = &s->park->table[MJ_ENTERPRISES];
  const double *value = mj_table_f64(et, figures[f].field);
  for (int64_t i = 0; i < s->park->table[MJ_PARCELS].n; i++) out[i] = (double)NAN;
  for (int64_t r = 0; r < et->n; r++) {
    if (s->places.year[r] != s->park->project.year || s->places.fate[r] || !(value[r] > 0)) continue;
    for (int32_t k = s->places.at[r]; k < s->places.at[r + 1]; k++) {
      double *sum = &out[s->places.place[k].parcel], add = value[r] * s->places.place[k].share;
      *sum = isnan(*sum) ? add : *sum + add;
    }
  }
}

static mj_status add_figures(sums *s) {
  mj_table *pt = &s->park->table[MJ_PARCELS];
  mj_status status = MJ_OK;
  double *earlier = malloc(((size_t)pt->n + 1) * sizeof *earlier);
  if (!earlier) return MJ_ENOMEM;
  for (int f = 0; f < N_FIGURES && !status; f++) {
    if (!mj_table_f64(&s->park->table[MJ_ENTERPRISES], figures[f].field)) continue;
    double *now = mj__f64(pt, figures[f].column, &status);
    double *mean = figures[f].mean ? mj__f64(pt, figures[f].mean, &status) : NULL;
    if (status) break;
    if (figures[f].zero_missing) {
      sum_known(s, f, now);
      continue;
    }
    status = sum_figure(s, f, 0, now);
    if (!mean || status) continue;
    memcpy(mean, now, (size_t)pt->n * sizeof *mean);
    for (int32_t back = 1; back < YEARS && !status; back++) {
      status = sum_figure(s, f, back, earlier);
      for (int64_t i = 0; i < pt->n; i++) mean[i] += earlier[i];
    }
    for (int64_t i = 0; i < pt->n; i++) mean[i] /= YEARS;
  }
  free(earlier);
  return status;
}

/* A row of the enterprise table on its parcel, for counting distinct enterprises and rows that repeat. */
typedef struct {
  int32_t parcel;
  const char *code;
  int64_t row;
} presence;

static int by_parcel(const void *a, const void *b) {
  const presence *p = a, *q = b;
  if (p->parcel != q->parcel) return p->parcel < q->parcel ? -1 : 1;
  int c = strcmp(p->code ? p->code : "", q->code ? q->code : "");
  return c ? c : p->row < q->row ? -1 : 1;
}

/* enterprise_count: distinct credit codes, rows without one counting each for itself; rows that repeat a code go to the
 * ledger. */
static mj_status count_enterprises(sums *s) {
  mj_table *pt = &s->park->table[MJ_PARCELS], *et = &s->park->table[MJ_ENTERPRISES];
  const char **code = mj_table_text(et, "credit_code");
  mj_status status = MJ_OK;
  int64_t *count = mj__i64(pt, "enterprise_count", &status), n = 0;
  presence *seen = malloc(((size_t)s->places.at[et->n] + 1) * sizeof *seen);
  if (!seen) status = MJ_ENOMEM;
  for (int64_t i = 0; i < pt->n && !status && s->complete[0]; i++) count[i] = 0;
  for (int64_t r = 0; r < et->n && !status; r++)
    for (int32_t k = s->places.at[r];
         !s->places.fate[r] && s->places.year[r] == s->park->project.year && k < s->places.at[r + 1]; k++)
      seen[n++] = (presence){s->places.place[k].parcel, code ? code[r] : NULL, r};
  if (!status) qsort(seen, (size_t)n, sizeof *seen, by_parcel);
  for (int64_t i = 0; i < n && !status; i++) {
    int64_t *c = &count[seen[i].parcel];
    bool again = i && seen[i].code && seen[i - 1].parcel == seen[i].parcel && seen[i - 1].code &&
                 !strcmp(seen[i - 1].code, seen[i].code);
    *c = (*c == MJ_I64_NULL ? 0 : *c) + !again;
    if (again && seen[i].row != seen[i - 1].row)
      status = mj__note(s->park, MJ_L_YEAR_REPEATED, MJ_ENTERPRISES, seen[i].row, NULL, NULL, NULL);
  }
  for (int64_t i = 0; i < pt->n && !status; i++)
    if (s->rows[0][i] == IN_DOUBT) count[i] = MJ_I64_NULL;
  free(seen);
  return status;
}

static mj_status count_years(sums *s) {
  mj_status status = MJ_OK;
  mj_table *pt = &s->park->table[MJ_PARCELS];
  int64_t *known = mj__i64(pt, "years_known", &status);
  for (int64_t i = 0; i < pt->n && !status; i++) {
    known[i] = 0;
    for (int32_t back = 0; back < YEARS; back++)
      known[i] += s->rows[back][i] > 0 || (s->complete[back] && s->rows[back][i] != IN_DOUBT);
  }
  return status;
}

static mj_status per_mu(mj_table *pt, const char *sum, const char *column) {
  const double *value = mj_table_f64(pt, sum), *mu = mj_table_f64(pt, "area_mu");
  mj_status status = MJ_OK;
  double *out = value ? mj__f64(pt, column, &status) : NULL;
  for (int64_t i = 0; out && i < pt->n && !status; i++) out[i] = value[i] / mu[i];
  return status;
}

/* How many rows each parcel has in each of the years; a parcel in doubt has no known number. */
static mj_status count_rows(sums *s) {
  int32_t year = s->park->project.year;
  for (int32_t back = 0; back < YEARS; back++) {
    s->rows[back] = mj_arena_alloc(&s->park->arena, (size_t)s->park->table[MJ_PARCELS].n + 1, sizeof(int64_t));
    if (!s->rows[back]) return MJ_ENOMEM;
  }
  for (int64_t r = 0; r < s->places.n; r++) {
    int32_t back = s->places.fate[r] ? -1 : year - s->places.year[r];
    for (int32_t k = s->places.at[r]; back >= 0 && back < YEARS && k < s->places.at[r + 1]; k++)
      s->rows[back][s->places.place[k].parcel]++;
  }
  for (int64_t d = 0; d < s->places.n_doubts; d++) {
    int32_t back = year - s->places.doubt[d].year;
    if (back >= 0 && back < YEARS) s->rows[back][s->places.doubt[d].parcel] = IN_DOUBT;
  }
  return MJ_OK;
}

/* Where the sums went, and where the park tells its users, whose they are. */
static mj_status reconcile(mj_park *park, const mj__places *places) {
  mj__attribution way[MJ__N_WAYS];
  bool told = mj_park_has(park, MJ_OCCUPANCY_SHARES);
  if (told) MJ_TRY(mj__attribute(park, places, way));
  if (told) MJ_TRY(mj__attribution_table(park, places, way));
  return mj__reconcile(park, places, told ? way : NULL);
}

/* Who uses what, where no table says what it yields. */
static mj_status measure_uses(mj_park *park, mj_error *err) {
  mj__places places;
  mj_status status = mj__enterprise_places(park, &places);
  if (!status) status = mj__use_table(park, &places);
  if (!status) status = reconcile(park, &places);
  mj__places_reset(&places);
  return status ? mj_fail(err, status, "out of memory joining enterprises") : MJ_OK;
}

mj_status mj__measure_enterprises(mj_park *park, mj_error *err) {
  bool used = mj_park_has(park, MJ_OCCUPANCIES) || mj_park_has(park, MJ_FACTORY_UNITS);
  if (!mj_park_has(park, MJ_ENTERPRISES)) return used ? measure_uses(park, err) : MJ_OK;
  mj_table *pt = &park->table[MJ_PARCELS];
  sums s = {.park = park};
  mj_status status = mj__enterprise_places(park, &s.places);
  if (!status) status = count_rows(&s);
  if (!status) find_complete_years(&s);
  if (!status) status = count_enterprises(&s);
  if (!status) status = add_figures(&s);
  if (!status) status = count_years(&s);
  if (!status) status = per_mu(pt, "output_wan", "output_wan_per_mu");
  if (!status) status = per_mu(pt, "tax_wan", "tax_wan_per_mu");
  if (!status) status = mj__use_table(park, &s.places);
  if (!status) status = reconcile(park, &s.places);
  if (!status) status = mj__enterprise_series(park, s.places.year);
  if (!status) status = mj__enterprise_gaps(park, &s.places, s.rows, s.complete);
  mj__places_reset(&s.places);
  return status ? mj_fail(err, status, "out of memory joining enterprises") : MJ_OK;
}
