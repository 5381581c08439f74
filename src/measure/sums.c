#include "measure/sums.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "base/parallel.h"
#include "measure/measure.h"

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

/* A parcel in doubt has no known number. */
mj_status mj__count_rows(mj__sums *s, int32_t first, int32_t last) {
  int32_t year = s->park->project.year;
  for (int32_t back = first; back < last; back++) {
    s->rows[back] = mj_arena_alloc(&s->park->scratch, (size_t)s->park->table[MJ_PARCELS].n + 1, sizeof(int64_t));
    if (!s->rows[back]) return MJ_ENOMEM;
  }
  for (int64_t r = 0; r < s->places.n; r++) {
    int32_t back = s->places.fate[r] ? -1 : year - s->places.year[r];
    for (int32_t k = s->places.at[r]; back >= first && back < last && k < s->places.at[r + 1]; k++)
      s->rows[back][s->places.place[k].parcel]++;
  }
  for (int64_t d = 0; d < s->places.n_doubts; d++) {
    int32_t back = year - s->places.doubt[d].year;
    if (back >= first && back < last) s->rows[back][s->places.doubt[d].parcel] = IN_DOUBT;
  }
  return MJ_OK;
}

/* Rows that lack a figure, in their order. */
typedef struct {
  int32_t *row;
  int64_t n, cap;
} lacking;

static mj_status push_lacking(lacking *l, int64_t row) {
  int32_t *grown = mj_grown(l->row, l->n, &l->cap, sizeof *grown);
  if (!grown) return MJ_ENOMEM;
  l->row = grown;
  l->row[l->n++] = (int32_t)row;
  return MJ_OK;
}

/* Rows of the year, in their order. */
static const int32_t *rows_of(const mj__sums *s, int32_t year, int32_t *n) {
  const mj__groups *of = &s->places.tables.of_year;
  bool known = year >= 0 && year <= MJ_YEAR_MAX;
  *n = known ? of->at[year + 1] - of->at[year] : 0;
  return known ? of->row + of->at[year] : NULL;
}

/* Sum one figure of one year over the parcels: unknown where a contributing row lacks it, 0 without rows in a complete
 * table. @p lacks NULL: not asked. */
static mj_status sum_figure(const mj__sums *s, int f, int32_t back, lacking *lacks, double *out) {
  const mj_table *pt = &s->park->table[MJ_PARCELS], *et = &s->park->table[MJ_ENTERPRISES];
  const double *value = mj_table_f64(et, figures[f].field);
  double nothing = s->complete[back] ? 0 : (double)NAN;
  int32_t n;
  const int32_t *row = rows_of(s, s->park->project.year - back, &n);
  for (int64_t i = 0; i < pt->n; i++)
    out[i] = s->rows[back][i] > 0 ? 0 : s->rows[back][i] == IN_DOUBT ? (double)NAN : nothing;
  for (int32_t i = 0; i < n; i++) {
    int32_t r = row[i];
    if (s->places.fate[r]) continue;
    for (int32_t k = s->places.at[r]; k < s->places.at[r + 1]; k++)
      out[s->places.place[k].parcel] += value[r] * s->places.place[k].share;
    if (lacks && isnan(value[r]) && !(back && !figures[f].mean)) MJ_TRY(push_lacking(lacks, r));
  }
  return MJ_OK;
}

/* Areas that enterprises state: the known ones add up, zeros and blanks take no part. */
static void sum_known(const mj__sums *s, int f, int32_t back, double *out) {
  const mj_table *et = &s->park->table[MJ_ENTERPRISES];
  const double *value = mj_table_f64(et, figures[f].field);
  int32_t n;
  const int32_t *row = rows_of(s, s->park->project.year - back, &n);
  for (int64_t i = 0; i < s->park->table[MJ_PARCELS].n; i++) out[i] = (double)NAN;
  for (int32_t i = 0; i < n; i++) {
    int32_t r = row[i];
    if (s->places.fate[r] || !(value[r] > 0)) continue;
    for (int32_t k = s->places.at[r]; k < s->places.at[r + 1]; k++) {
      double *sum = &out[s->places.place[k].parcel], add = value[r] * s->places.place[k].share;
      *sum = isnan(*sum) ? add : *sum + add;
    }
  }
}

/* Values of one year in a table that may lack the column. */
static double *f64_in(const mj_table *into, const char *name, int64_t at) {
  double *v = mj_table_f64(into, name);
  return v ? v + at : NULL;
}

/* Figures side by side; what they lack is told afterwards, in order. */
typedef struct {
  const mj__sums *s;
  int32_t back;
  const mj_table *into;
  int64_t at;
  lacking (*lacks)[YEARS]; /* [N_FIGURES], or NULL */
} filling;

static mj_status fill_figure(void *ctx, int64_t f, int64_t last, int worker) {
  const filling *fill = ctx;
  const mj__sums *s = fill->s;
  int64_t n = s->park->table[MJ_PARCELS].n;
  double *now = f64_in(fill->into, figures[f].column, fill->at);
  double *mean = figures[f].mean ? f64_in(fill->into, figures[f].mean, fill->at) : NULL;
  (void)last, (void)worker;
  if (!now || !mj_table_f64(&s->park->table[MJ_ENTERPRISES], figures[f].field)) return MJ_OK;
  if (figures[f].zero_missing) {
    sum_known(s, (int)f, fill->back, now);
    return MJ_OK;
  }
  mj_status status = sum_figure(s, (int)f, fill->back, fill->lacks ? &fill->lacks[f][0] : NULL, now);
  double *earlier = mean && !status ? malloc(((size_t)n + 1) * sizeof *earlier) : NULL;
  if (status || !mean) return status;
  if (!earlier) return MJ_ENOMEM;
  memcpy(mean, now, (size_t)n * sizeof *mean);
  for (int32_t k = 1; k < YEARS && !status; k++) {
    status = sum_figure(s, (int)f, fill->back + k, fill->lacks ? &fill->lacks[f][k] : NULL, earlier);
    for (int64_t i = 0; i < n; i++) mean[i] += earlier[i];
  }
  for (int64_t i = 0; i < n; i++) mean[i] /= YEARS;
  free(earlier);
  return status;
}

static mj_status note_lacks(const filling *fill) {
  char found[16];
  for (int f = 0; f < N_FIGURES; f++)
    for (int k = 0; k < YEARS; k++) {
      const lacking *l = &fill->lacks[f][k];
      snprintf(found, sizeof found, "%d", fill->s->park->project.year - fill->back - k);
      for (int64_t i = 0; i < l->n; i++)
        MJ_TRY(mj__note(fill->s->park, MJ_L_ENTERPRISE_VALUE_MISSING, MJ_ENTERPRISES, l->row[i], figures[f].field,
                        found, NULL));
    }
  return MJ_OK;
}

static mj_status fill_figures(const mj__sums *s, int32_t back, bool notes, const mj_table *into, int64_t at) {
  lacking lacks[N_FIGURES][YEARS] = {{{0}}};
  filling fill = {.s = s, .back = back, .into = into, .at = at, .lacks = notes ? lacks : NULL};
  mj_status status = mj_parallel(s->park->project.threads, N_FIGURES, 1, fill_figure, &fill);
  if (!status && notes) status = note_lacks(&fill);
  for (int f = 0; f < N_FIGURES; f++)
    for (int k = 0; k < YEARS; k++) free(lacks[f][k].row);
  return status;
}

/* The places of one year's rows by parcel, in each as the rows stand. */
typedef struct {
  mj__groups on;
  int64_t *row; /* [places] of the enterprise table */
} presences;

static mj_status find_presences(const mj__sums *s, int32_t back, mj_arena *arena, presences *out) {
  const mj__places *p = &s->places;
  int32_t year = s->park->project.year - back, n = 0,
          *parcel = mj_arena_alloc(arena, (size_t)p->at[p->n] + 1, sizeof *parcel);
  out->row = mj_arena_alloc(arena, (size_t)p->at[p->n] + 1, sizeof *out->row);
  if (!parcel || !out->row) return MJ_ENOMEM;
  for (int64_t r = 0; r < p->n; r++)
    for (int32_t k = p->at[r]; !p->fate[r] && p->year[r] == year && k < p->at[r + 1]; k++) {
      parcel[n] = p->place[k].parcel;
      out->row[n++] = r;
    }
  return mj__group(arena, parcel, n, (int32_t)s->park->table[MJ_PARCELS].n, &out->on);
}

/* Where an enterprise was seen last: a parcel + 1, and its row. */
typedef struct {
  int32_t parcel;
  int64_t row;
} sighting;

static mj_status count_presences(const mj__sums *s, const presences *all, bool notes, sighting *of_firm,
                                 int64_t *count) {
  for (int32_t i = 0; i < s->park->table[MJ_PARCELS].n; i++) {
    for (int32_t k = all->on.at[i]; k < all->on.at[i + 1]; k++) {
      int64_t row = all->row[all->on.row[k]];
      sighting *last = &of_firm[s->places.tables.firms.of_row[row]];
      bool again = last->parcel == i + 1, repeats = again && last->row != row;
      count[i] = (count[i] == MJ_I64_NULL ? 0 : count[i]) + !again;
      *last = (sighting){i + 1, row};
      if (notes && repeats) MJ_TRY(mj__note(s->park, MJ_L_YEAR_REPEATED, MJ_ENTERPRISES, row, NULL, NULL, NULL));
    }
  }
  return MJ_OK;
}

/* enterprise_count: distinct enterprises (firms.h); rows that repeat one on a parcel go to the ledger. */
static mj_status count_enterprises(const mj__sums *s, int32_t back, bool notes, int64_t *count) {
  mj_arena arena = {0};
  presences all;
  sighting *of_firm = mj_arena_alloc(&arena, (size_t)s->places.tables.firms.n + 1, sizeof *of_firm);
  int64_t parcels = s->park->table[MJ_PARCELS].n;
  for (int64_t i = 0; i < parcels; i++) count[i] = s->complete[back] ? 0 : MJ_I64_NULL;
  mj_status status = of_firm ? find_presences(s, back, &arena, &all) : MJ_ENOMEM;
  if (!status) status = count_presences(s, &all, notes, of_firm, count);
  for (int64_t i = 0; i < parcels && !status; i++)
    if (s->rows[back][i] == IN_DOUBT) count[i] = MJ_I64_NULL;
  mj_arena_reset(&arena);
  return status;
}

static void count_years(const mj__sums *s, int32_t back, int64_t *known) {
  for (int64_t i = 0; i < s->park->table[MJ_PARCELS].n; i++) {
    known[i] = 0;
    for (int32_t k = back; k < back + YEARS; k++)
      known[i] += s->rows[k][i] > 0 || (s->complete[k] && s->rows[k][i] != IN_DOUBT);
  }
}

static const struct {
  const char *sum, *column;
} per_mu[] = {{"output_wan", "output_wan_per_mu"}, {"tax_wan", "tax_wan_per_mu"}};
enum { N_PER_MU = sizeof per_mu / sizeof *per_mu };

static void divide(const mj_table *pt, const mj_table *into, int64_t at) {
  const double *mu = mj_table_f64(pt, "area_mu");
  for (int k = 0; k < N_PER_MU; k++) {
    const double *value = f64_in(into, per_mu[k].sum, at);
    double *out = f64_in(into, per_mu[k].column, at);
    for (int64_t i = 0; value && out && i < pt->n; i++) out[i] = value[i] / mu[i];
  }
}

mj_status mj__add_sum_columns(const mj__sums *s) {
  mj_table *pt = &s->park->table[MJ_PARCELS];
  mj_status status = MJ_OK;
  mj__i64(pt, "enterprise_count", &status);
  for (int f = 0; f < N_FIGURES && !status; f++) {
    if (!mj_table_f64(&s->park->table[MJ_ENTERPRISES], figures[f].field)) continue;
    mj__f64(pt, figures[f].column, &status);
    if (figures[f].mean) mj__f64(pt, figures[f].mean, &status);
  }
  mj__i64(pt, "years_known", &status);
  for (int k = 0; k < N_PER_MU && !status; k++)
    if (mj_table_f64(pt, per_mu[k].sum)) mj__f64(pt, per_mu[k].column, &status);
  return status;
}

bool mj__is_summed(const mj__sums *s, const char *column) {
  if (!strcmp(column, "enterprise_count") || !strcmp(column, "years_known")) return true;
  for (int k = 0; k < N_PER_MU; k++)
    if (!strcmp(per_mu[k].column, column)) column = per_mu[k].sum;
  for (int f = 0; f < N_FIGURES; f++)
    if (!strcmp(figures[f].column, column) || (figures[f].mean && !strcmp(figures[f].mean, column)))
      return mj_table_f64(&s->park->table[MJ_ENTERPRISES], figures[f].field) != NULL;
  return false;
}

mj_status mj__sum_year(const mj__sums *s, int32_t back, bool notes, mj_table *into, int64_t at) {
  int64_t *count = mj_table_i64(into, "enterprise_count"), *years = mj_table_i64(into, "years_known");
  if (count) MJ_TRY(count_enterprises(s, back, notes, count + at));
  MJ_TRY(fill_figures(s, back, notes, into, at));
  if (years) count_years(s, back, years + at);
  divide(&s->park->table[MJ_PARCELS], into, at);
  return MJ_OK;
}
