#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "base/parallel.h"
#include "base/text.h"
#include "measure/measure.h"
#include "measure/series.h"

enum { YEARS = MJ_YEAR_MAX - MJ_YEAR_MIN + 1 };

typedef struct {
  mj_park *park;
  const mj__firms *firms;
  const int32_t *year;
  mj__histories *out;
  int32_t *firm; /* [rows] */
} maker;

/* Number the enterprises that have rows in the order of their first. */
static mj_status number_rows(maker *m) {
  const mj__firms *firms = m->firms;
  int32_t *number = malloc(((size_t)firms->n + 1) * sizeof *number);
  if (!number) return MJ_ENOMEM;
  for (int32_t f = 0; f < firms->n; f++) number[f] = -1;
  for (int64_t i = 0; i < m->park->table[MJ_ENTERPRISES].n; i++) {
    int32_t *of = &number[firms->of_row[i]];
    if (*of < 0) {
      m->out->example[m->out->n] = (int32_t)i;
      *of = m->out->n++;
    }
    m->firm[i] = *of;
  }
  free(number);
  return MJ_OK;
}

/* Index of a year of the run or before it, or -1. */
static int year_index(const mj_park *park, int32_t year) {
  return year < MJ_YEAR_MIN || year > MJ_YEAR_MAX || year > park->project.year ? -1 : year - MJ_YEAR_MIN;
}

/* Rows by year, then by enterprise: both sorts keep the order within. */
static mj_status sort_rows(maker *m) {
  mj__histories *f = m->out;
  int64_t n = m->park->table[MJ_ENTERPRISES].n, at[YEARS + 1] = {0};
  int32_t *by_year = malloc(((size_t)n + 1) * sizeof *by_year), *next = malloc(((size_t)f->n + 1) * sizeof *next);
  if (!by_year || !next) {
    free(by_year);
    free(next);
    return MJ_ENOMEM;
  }
  for (int64_t i = 0; i < n; i++) {
    int y = year_index(m->park, m->year[i]);
    if (y >= 0) at[y + 1]++;
    if (y >= 0) f->first[m->firm[i] + 1]++;
    else if (m->year[i] == MJ_DATE_NULL) f->undated[m->firm[i]] = 1;
  }
  for (int y = 0; y < YEARS; y++) at[y + 1] += at[y];
  for (int32_t i = 0; i < f->n; i++) f->first[i + 1] += f->first[i];
  for (int64_t i = 0; i < n; i++) {
    int y = year_index(m->park, m->year[i]);
    if (y >= 0) by_year[at[y]++] = (int32_t)i;
  }
  memcpy(next, f->first, (size_t)f->n * sizeof *next);
  for (int32_t k = 0; k < f->first[f->n]; k++) f->row[next[m->firm[by_year[k]]]++] = by_year[k];
  free(by_year);
  free(next);
  return MJ_OK;
}

mj_status mj__histories_make(mj_park *park, const mj__firms *firms, const int32_t *year, mj__histories *out) {
  size_t n = (size_t)park->table[MJ_ENTERPRISES].n + 2;
  maker m = {park, firms, year, out, malloc(n * sizeof *m.firm)};
  *out = (mj__histories){0, calloc(n, sizeof *out->first), malloc(n * sizeof *out->row),
                         malloc(n * sizeof *out->example), calloc(n, 1)};
  bool got = m.firm && out->first && out->row && out->example && out->undated;
  mj_status s = got ? number_rows(&m) : MJ_ENOMEM;
  if (!s) s = sort_rows(&m);
  free(m.firm);
  return s;
}

void mj__histories_reset(mj__histories *histories) {
  free(histories->first);
  free(histories->row);
  free(histories->example);
  free(histories->undated);
  *histories = (mj__histories){0};
}

/* ---- rows that contradict each other ---- */

static const char *const compared[] = {"output_wan", "tax_wan"};
enum { N_COMPARED = sizeof compared / sizeof *compared };

/* Two rows that say different values of one figure. */
typedef struct {
  int32_t row, other;
  int figure;
} conflict;
typedef struct {
  conflict *item;
  int64_t n, cap;
} conflicts;

static mj_status push(conflicts *c, conflict item) {
  conflict *grown = mj_grown(c->item, c->n, &c->cap, sizeof *grown);
  if (!grown) return MJ_ENOMEM;
  c->item = grown;
  c->item[c->n++] = item;
  return MJ_OK;
}

typedef struct {
  const char *parcel;
  int32_t row;
} placed;

static int by_parcel(const void *a, const void *b) {
  const placed *p = a, *q = b;
  int c = strcmp(p->parcel, q->parcel);
  return c ? c : (p->row > q->row) - (p->row < q->row);
}

/* Rows [n] of one enterprise and year. */
static mj_status compare(const mj_table *t, const int32_t *row, int32_t n, conflicts *out) {
  const char **parcel = mj_table_text(t, "parcel_id");
  placed *p = malloc((size_t)n * sizeof *p);
  mj_status s = p ? MJ_OK : MJ_ENOMEM;
  for (int32_t k = 0; k < n && p; k++) p[k] = (placed){parcel && parcel[row[k]] ? parcel[row[k]] : "", row[k]};
  if (p) qsort(p, (size_t)n, sizeof *p, by_parcel);
  for (int c = 0; c < N_COMPARED && !s; c++) {
    const double *value = mj_table_f64(t, compared[c]);
    int32_t known = -1; /* the first row on the parcel that knows it */
    for (int32_t k = 0; k < n && value && !s; k++) {
      if (k && strcmp(p[k - 1].parcel, p[k].parcel) != 0) known = -1;
      if (isnan(value[p[k].row])) continue;
      if (known < 0) known = p[k].row;
      else if (value[p[k].row] != value[known]) s = push(out, (conflict){p[k].row, known, c});
    }
  }
  free(p);
  return s;
}

static int by_row(const void *a, const void *b) {
  const conflict *p = a, *q = b;
  return p->row != q->row ? (p->row > q->row) - (p->row < q->row) : p->figure - q->figure;
}

static mj_status note_conflicts(mj_park *park, const conflicts *c) {
  const mj_table *t = &park->table[MJ_ENTERPRISES];
  char found[32], expected[96], number[32];
  for (int64_t k = 0; k < c->n && c->n <= MJ_LEDGER_FEW; k++) {
    const conflict *i = &c->item[k];
    const double *value = mj_table_f64(t, compared[i->figure]);
    mj_double_shortest(value[i->row], found);
    mj_double_shortest(value[i->other], number);
    snprintf(expected, sizeof expected, mj_tr(park->project.lang, "%s (row %lld)"), number,
             (long long)mj_table_source_row(t, i->other));
    MJ_TRY(mj__note(park, MJ_L_YEAR_CONFLICT, MJ_ENTERPRISES, i->row, compared[i->figure], found, expected));
  }
  for (int f = 0; f < N_COMPARED && c->n > MJ_LEDGER_FEW; f++) {
    int64_t n = 0;
    for (int64_t k = 0; k < c->n; k++) n += c->item[k].figure == f;
    snprintf(found, sizeof found, "%lld", (long long)n);
    if (n) MJ_TRY(mj__note(park, MJ_L_YEAR_CONFLICT, MJ_ENTERPRISES, -1, compared[f], found, NULL));
  }
  return MJ_OK;
}

/* Enterprises side by side; each worker has a list of its own. */
typedef struct {
  const mj_park *park;
  const mj__firms *firms;
  const mj__histories *h;
  const int32_t *year;
  conflicts *of_worker;
} search;

static mj_status search_range(void *ctx, int64_t first, int64_t last, int worker) {
  const search *s = ctx;
  const mj__histories *h = s->h;
  const mj_table *t = &s->park->table[MJ_ENTERPRISES];
  for (int64_t i = first; i < last; i++) {
    if (!s->firms->code[s->firms->of_row[h->example[i]]]) continue;
    for (int32_t k = h->first[i], end; k < h->first[i + 1]; k = end) {
      for (end = k + 1; end < h->first[i + 1] && s->year[h->row[end]] == s->year[h->row[k]];) end++;
      if (end > k + 1) MJ_TRY(compare(t, h->row + k, end - k, &s->of_worker[worker]));
    }
  }
  return MJ_OK;
}

mj_status mj__year_conflicts(mj_park *park, const mj__firms *firms, const mj__histories *h, const int32_t *year) {
  enum { CHUNK = 4096 };
  int threads = mj_threads(park->project.threads);
  conflicts found = {0}, *of_worker = calloc((size_t)threads, sizeof *of_worker);
  search all = {park, firms, h, year, of_worker};
  mj_status s = of_worker ? mj_parallel(threads, h->n, CHUNK, search_range, &all) : MJ_ENOMEM;
  for (int w = 0; w < threads && of_worker; w++) {
    for (int64_t k = 0; k < of_worker[w].n && !s; k++) s = push(&found, of_worker[w].item[k]);
    free(of_worker[w].item);
  }
  if (found.n > 1) qsort(found.item, (size_t)found.n, sizeof *found.item, by_row);
  if (!s) s = note_conflicts(park, &found);
  free(found.item);
  free(of_worker);
  return s;
}
