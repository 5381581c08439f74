#include "measure/series.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/parallel.h"
#include "base/text.h"
#include "measure/measure.h"

enum { N = MJ__SERIES_FIGURES, YEARS = MJ_YEAR_MAX - MJ_YEAR_MIN + 1, MANY_CODES = 64 };
static const char *const fields[N] = {"output_wan",      "tax_wan",    "staff",
                                      "electricity_kwh", "energy_tce", "land_area_m2"};

/* The columns of the table, and what they are made from. */
typedef struct {
  mj_park *park;
  const int32_t *year_of; /* [rows] */
  const mj__firms *firms;
  mj__histories rows;
  bool has[YEARS]; /* some enterprise has a row of the year */
  const double *value[N];
  const char **name, **industry, **parcel;            /* of the rows */
  const char **codes, **names, **industries, **where; /* of the enterprises, as are all below */
  int64_t *first_year, *last_year, *years;
  double *now[MJ__LAND], *mean[2], *growth[2], *trend[2], *per_mu;
  uint8_t *is_new, *gone, *stopped, *half_stopped, *zombie;
  const char **evidence;
  struct desk *desk; /* [workers] */
} maker;

/* What one worker needs; texts go into its arena, which the table adopts. */
typedef struct desk {
  mj_arena arena;
  mj__states states;
  mj__firm_year year[YEARS]; /* of the enterprise at hand */
  double slope[YEARS * (YEARS - 1) / 2];
} desk;

static int ascending(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* Add up the rows [k, end) of one year; a row that lacks a figure makes it NaN. */
static mj__firm_year add_up(const maker *m, int32_t k, int32_t end) {
  mj__firm_year y = {.year = m->year_of[m->rows.row[k]]};
  for (int f = 0; f < N; f++)
    for (int32_t r = k; r < end; r++) y.figure[f] += m->value[f] ? m->value[f][m->rows.row[r]] : (double)NAN;
  if (!(y.figure[MJ__LAND] > 0)) y.figure[MJ__LAND] = (double)NAN;
  return y;
}

static int list_years(const maker *m, desk *d, int32_t firm) {
  int n = 0;
  for (int32_t k = m->rows.first[firm], last = m->rows.first[firm + 1], end; k < last; k = end) {
    for (end = k + 1; end < last && m->year_of[m->rows.row[end]] == m->year_of[m->rows.row[k]];) end++;
    d->year[n++] = add_up(m, k, end);
  }
  return n;
}

static const mj__firm_year *of_year(const desk *d, int n, int32_t year) {
  for (int i = n - 1; i >= 0 && d->year[i].year >= year; i--)
    if (d->year[i].year == year) return &d->year[i];
  return NULL;
}

static double figure_of(const mj__firm_year *year, int figure) { return year ? year->figure[figure] : (double)NAN; }

/* Theil-Sen: the median of the slopes between all pairs of known years. */
static double trend_of(desk *d, int n, int figure) {
  int known = 0, pairs = 0;
  for (int i = 0; i < n; i++) {
    if (isnan(d->year[i].figure[figure])) continue;
    known++;
    for (int j = 0; j < i; j++)
      if (!isnan(d->year[j].figure[figure]))
        d->slope[pairs++] =
            (d->year[i].figure[figure] - d->year[j].figure[figure]) / (d->year[i].year - d->year[j].year);
  }
  if (known < 3) return (double)NAN;
  qsort(d->slope, (size_t)pairs, sizeof *d->slope, ascending);
  return pairs % 2 ? d->slope[pairs / 2] : (d->slope[pairs / 2 - 1] + d->slope[pairs / 2]) / 2;
}

static double tax_per_mu(const mj__firm_year *y) {
  return figure_of(y, MJ__TAX) / (figure_of(y, MJ__LAND) * 15 / 10000);
}

static void fill_figures(const maker *m, desk *d, int32_t i, int n) {
  int32_t year = m->park->project.year;
  const mj__firm_year *now = of_year(d, n, year), *before = of_year(d, n, year - 1), *third = of_year(d, n, year - 2);
  for (int f = 0; f < MJ__LAND; f++) m->now[f][i] = figure_of(now, f);
  for (int f = MJ__OUTPUT; f <= MJ__TAX; f++) {
    double v = figure_of(now, f), base = figure_of(before, f);
    m->mean[f][i] = (v + base + figure_of(third, f)) / 3;
    m->growth[f][i] = base > 0 ? (v - base) / base : (double)NAN;
    m->trend[f][i] = trend_of(d, n, f);
  }
  m->per_mu[i] = (tax_per_mu(now) + tax_per_mu(before)) / 2;
}

/* Come or gone: said only where the table has rows of the years that speak, and no row of the enterprise is undated. */
static void fill_presence(const maker *m, const desk *d, int32_t i, int n) {
  int32_t year = m->park->project.year, at = year - MJ_YEAR_MIN;
  bool here = of_year(d, n, year) != NULL, earlier = n > here, dated = !m->rows.undated[i];
  bool asked = at >= 0 && at < YEARS && m->has[at], before = at >= 1 && at <= YEARS && m->has[at - 1];
  if (earlier) m->is_new[i] = MJ_NO;
  else if (here) m->is_new[i] = before && dated ? MJ_YES : MJ_UNKNOWN;
  else m->is_new[i] = asked && dated ? MJ_NO : MJ_UNKNOWN;
  if (here) m->gone[i] = MJ_NO;
  else m->gone[i] = !asked || !dated ? MJ_UNKNOWN : earlier ? MJ_YES : MJ_NO;
}

static const char *known_last(const char **text, const int32_t *row, int32_t k, int32_t end) {
  const char *last = NULL;
  for (; text && k < end && !last; k++) last = text[row[k]];
  return last;
}

/* Parcel codes of rows [k, end), each once in order of rows; more than MANY_CODES end in "…". */
static mj_status join_codes(const maker *m, desk *d, int32_t k, int32_t end, const char **out) {
  const char *code[MANY_CODES];
  int n = 0;
  mj_text text = {0};
  for (; m->parcel && k < end && n <= MANY_CODES; k++) {
    const char *c = m->parcel[m->rows.row[k]];
    int seen = 0;
    while (c && seen < n && seen < MANY_CODES && strcmp(code[seen], c) != 0) seen++;
    if (!c || seen < n) continue;
    if (n < MANY_CODES) code[n] = c;
    n++;
  }
  *out = n ? code[0] : NULL;
  if (n < 2) return MJ_OK;
  for (int i = 0; i < n; i++) mj_text_format(&text, "%s%s", i ? ";" : "", i < MANY_CODES ? code[i] : "\xe2\x80\xa6");
  *out = text.failed ? NULL : mj_arena_text(&d->arena, text.data, text.n);
  mj_text_reset(&text);
  return *out ? MJ_OK : MJ_ENOMEM;
}

/* Names as the latest year has them. */
static mj_status fill_names(const maker *m, desk *d, int32_t i, int n) {
  const mj__histories *f = &m->rows;
  int32_t example = f->example[i], end = f->first[i + 1], k = end, year = n ? d->year[n - 1].year : 0;
  while (k > f->first[i] && m->year_of[f->row[k - 1]] == year) k--;
  m->codes[i] = m->firms->code[m->firms->of_row[example]];
  m->names[i] = n ? known_last(m->name, f->row, k, end) : m->name ? m->name[example] : NULL;
  m->industries[i] = n ? known_last(m->industry, f->row, k, end) : m->industry ? m->industry[example] : NULL;
  m->years[i] = n;
  if (n) {
    m->first_year[i] = d->year[0].year;
    m->last_year[i] = year;
  }
  return join_codes(m, d, k, end, &m->where[i]);
}

static mj_status fill_range(void *ctx, int64_t first, int64_t last, int worker) {
  const maker *m = ctx;
  desk *d = &m->desk[worker];
  mj__state is;
  for (int32_t i = (int32_t)first; i < last; i++) {
    int n = list_years(m, d, i);
    fill_figures(m, d, i, n);
    fill_presence(m, d, i, n);
    MJ_TRY(fill_names(m, d, i, n));
    MJ_TRY(mj__tell_state(&d->states, d->year, n, &is));
    m->stopped[i] = is.stopped;
    m->half_stopped[i] = is.half_stopped;
    m->zombie[i] = is.zombie;
    m->evidence[i] = is.evidence;
  }
  return MJ_OK;
}

/* Enterprises side by side. */
static mj_status fill(maker *m) {
  enum { CHUNK = 2048 };
  int threads = mj_threads(m->park->project.threads);
  m->desk = calloc((size_t)threads, sizeof *m->desk);
  if (!m->desk) return MJ_ENOMEM;
  for (int w = 0; w < threads; w++) m->desk[w].states = (mj__states){.park = m->park, .arena = &m->desk[w].arena};
  mj_status status = mj_parallel(threads, m->rows.n, CHUNK, fill_range, m);
  for (int w = 0; w < threads; w++) mj_arena_adopt(&m->park->table[MJ_ENTERPRISE_SERIES].arena, &m->desk[w].arena);
  free(m->desk);
  return status;
}

static void bind(maker *m) {
  static const char *const means[] = {"output_3y_wan", "tax_3y_wan"},
                           *const growths[] = {"output_growth", "tax_growth"},
                           *const trends[] = {"output_trend_wan", "tax_trend_wan"};
  const mj_table *t = &m->park->table[MJ_ENTERPRISE_SERIES], *rows = &m->park->table[MJ_ENTERPRISES];
  for (int f = 0; f < N; f++) m->value[f] = mj_table_f64(rows, fields[f]);
  m->name = mj_table_text(rows, "enterprise_name");
  m->industry = mj_table_text(rows, "industry_code");
  m->parcel = mj_table_text(rows, "parcel_id");
  m->codes = mj_table_text(t, "credit_code");
  m->names = mj_table_text(t, "enterprise_name");
  m->industries = mj_table_text(t, "industry_code");
  m->where = mj_table_text(t, "parcel_ids");
  m->first_year = mj_table_i64(t, "first_year");
  m->last_year = mj_table_i64(t, "last_year");
  m->years = mj_table_i64(t, "years");
  for (int f = 0; f < MJ__LAND; f++) m->now[f] = mj_table_f64(t, fields[f]);
  for (int f = MJ__OUTPUT; f <= MJ__TAX; f++) {
    m->mean[f] = mj_table_f64(t, means[f]);
    m->growth[f] = mj_table_f64(t, growths[f]);
    m->trend[f] = mj_table_f64(t, trends[f]);
  }
  m->per_mu = mj_table_f64(t, "two_year_tax_wan_per_mu");
  m->is_new = mj_table_tri(t, "is_new");
  m->gone = mj_table_tri(t, "gone");
  m->stopped = mj_table_tri(t, "stopped");
  m->half_stopped = mj_table_tri(t, "half_stopped");
  m->zombie = mj_table_tri(t, "zombie");
  m->evidence = mj_table_text(t, "evidence");
}

static mj_status make(maker *m) {
  MJ_TRY(mj__histories_make(m->park, m->firms, m->year_of, &m->rows));
  MJ_TRY(mj__year_conflicts(m->park, m->firms, &m->rows, m->year_of));
  bool wanted = mj_park_wants(m->park, MJ_ENTERPRISE_SERIES);
  MJ_TRY(mj_park_new_table(m->park, MJ_ENTERPRISE_SERIES, wanted ? m->rows.n : 0, NULL));
  if (!wanted) return MJ_OK;
  for (int64_t r = 0; r < m->park->table[MJ_ENTERPRISES].n; r++)
    if (m->year_of[r] >= MJ_YEAR_MIN && m->year_of[r] <= MJ_YEAR_MAX) m->has[m->year_of[r] - MJ_YEAR_MIN] = true;
  bind(m);
  return fill(m);
}

mj_status mj__enterprise_series(mj_park *park, const mj__firms *firms, const int32_t *year) {
  maker m = {.park = park, .firms = firms, .year_of = year};
  mj_status status = make(&m);
  mj__histories_reset(&m.rows);
  return status;
}
