#include "measure/doubts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/parallel.h"

enum { CHUNK = 8192, FEW = MJ_LEDGER_FEW };

/* What is doubted in a range of rows. */
typedef struct {
  int64_t n, worst; /* worst: the first row of the greatest doubt */
  double most;
  int64_t row[FEW]; /* the first of them */
} doubted;

typedef struct {
  const mj__suspicion *s;
  const void *facts;
  doubted *of_chunk;
} looking;

static mj_status look(void *ctx, int64_t first, int64_t last, int worker) {
  const looking *l = ctx;
  doubted *d = &l->of_chunk[first / CHUNK];
  (void)worker;
  *d = (doubted){0};
  for (int64_t i = first; i < last; i++) {
    double doubt = l->s->doubt(l->facts, i);
    if (!(doubt > 0)) continue;
    if (d->n < FEW) d->row[d->n] = i;
    d->n++;
    if (!(doubt > d->most)) continue;
    d->most = doubt;
    d->worst = i;
  }
  return MJ_OK;
}

/* All rows, ranges side by side and put together in their order. */
static mj_status look_at_all(looking *l, int threads, int64_t rows, doubted *all) {
  *all = (doubted){0};
  MJ_TRY(mj_parallel(threads, rows, CHUNK, look, l));
  for (int64_t c = 0; c * CHUNK < rows; c++) {
    const doubted *d = &l->of_chunk[c];
    for (int64_t k = 0; k < d->n && k < FEW && all->n + k < FEW; k++) all->row[all->n + k] = d->row[k];
    all->n += d->n;
    if (!(d->most > all->most)) continue;
    all->most = d->most;
    all->worst = d->worst;
  }
  return MJ_OK;
}

static mj_status tell(mj_park *park, const mj__suspicion *s, const void *facts, int64_t row, int64_t of, mj_text *found,
                      mj_text *expected) {
  const mj_table *t = &park->table[s->table];
  found->n = expected->n = 0;
  const char *file = mj_park_file(park, s->table, row);
  if (of)
    mj_text_format(found, mj_tr(park->project.lang, "%lld rows, the worst is %s%srow %lld: "), (long long)of,
                   file ? file : "", file ? " " : "", (long long)mj_table_source_row(t, row));
  s->say(facts, row, found, expected);
  if (found->failed || expected->failed) return MJ_ENOMEM;
  return mj__note(park, s->code, s->table, of ? -1 : row, s->field, found->data, expected->data);
}

mj_status mj__suspect(mj_park *park, const mj__suspicion *suspicions, int n, const void *facts) {
  mj_text found = {0}, expected = {0};
  mj_status status = MJ_OK;
  int64_t most = 0;
  for (int k = 0; k < n; k++)
    most = park->table[suspicions[k].table].n > most ? park->table[suspicions[k].table].n : most;
  looking l = {.facts = facts, .of_chunk = malloc((size_t)(most / CHUNK + 1) * sizeof *l.of_chunk)};
  if (!l.of_chunk) return MJ_ENOMEM;
  for (l.s = suspicions; l.s < suspicions + n && !status; l.s++) {
    doubted all;
    status = look_at_all(&l, park->project.threads, park->table[l.s->table].n, &all);
    if (!status && all.n > FEW) status = tell(park, l.s, facts, all.worst, all.n, &found, &expected);
    for (int64_t k = 0; k < all.n && all.n <= FEW && !status; k++)
      status = tell(park, l.s, facts, all.row[k], 0, &found, &expected);
  }
  free(l.of_chunk);
  mj_text_reset(&found);
  mj_text_reset(&expected);
  return status;
}

const char *mj__digits_of(double v, mj__digits *digits) {
  double size = fabs(v);
  if (size > 0 && size < 1e-3) mj_double_shortest(v, digits->text);
  else if (!mj_double_grouped(v, size < 1 ? 4 : 2, false, digits->text)) return "-";
  return digits->text;
}

const char *mj__factor_of(double factor, mj__digits *digits) {
  static const char *const power[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
  double v = fabs(factor) < 1 ? 1 / factor : factor;
  if (!(v >= 999.95) || !isfinite(v)) {
    mj_double_grouped(v, 1, true, digits->text);
    return digits->text;
  }
  int tens = (int)floor(log10(v)), n;
  if (v / pow(10, tens) >= 9.95) tens++; /* rounded up it has one more digit */
  char exponent[24];
  mj_int_text(tens, exponent);
  n = mj_double_grouped(v / pow(10, tens), 1, true, digits->text);
  n += snprintf(digits->text + n, sizeof digits->text - (size_t)n, "×10");
  for (const char *c = exponent; *c; c++)
    n += snprintf(digits->text + n, sizeof digits->text - (size_t)n, "%s", power[*c - '0']);
  return digits->text;
}

double mj__times_off(double a, double b) {
  if (!(a > 0) || !(b > 0)) return (double)NAN;
  return a > b ? a / b : b / a;
}

double mj__least_slip(const mj_check_limits *limits) {
  return limits->slip_growth > 0 ? 1e4 / limits->slip_growth : HUGE_VAL;
}

/* What a value in m2 must be multiplied with where its number is one of another unit, and how that is said. */
static const struct {
  double times;
  const char *by, *why;
} slips[] = {{2000.0 / 3, " mu", ""},
             {1e4, " ha (10k m2)", ""},
             {1e6, " km2", ""},
             {15, " x 15", ", as if ha were read as mu"},
             {10, " x 10", ", a digit too few"},
             {3 / 2000.0, " / 666.67", ", as if m2 were read as mu"},
             {1e-4, " / 10000", ", as if m2 were read as ha or 10k m2"},
             {1 / 15.0, " / 15", ", as if mu were read as ha"},
             {0.1, " / 10", ", a digit too many"}};
enum { N_SLIPS = sizeof slips / sizeof *slips };

static int slip_of(double value, double truth, double match) {
  for (int k = 0; k < N_SLIPS && value > 0 && truth > 0; k++)
    if (fabs(value * slips[k].times - truth) <= match * truth) return k;
  return -1;
}

bool mj__slip_fits(double value, double truth, double match) { return slip_of(value, truth, match) >= 0; }

void mj__slip_say(double value_m2, double truth_m2, double match, mj_lang lang, mj_text *out) {
  int k = slip_of(value_m2, truth_m2, match);
  mj__digits number, as;
  if (k < 0) return;
  mj_text_add(out, mj_tr(lang, "; "));
  mj_text_format(out, "%s%s = %s", mj__digits_of(value_m2, &number), mj_tr(lang, slips[k].by),
                 mj__digits_of(value_m2 * slips[k].times, &as));
  if (*slips[k].why) mj_text_add(out, mj_tr(lang, slips[k].why));
}

/* The value that stands at place k where v[n] is in order. Half of what is left goes at each step. Source: Hoare,
 * Algorithm 65: FIND. */
static double in_place(double *v, int64_t n, int64_t k) {
  for (int64_t low = 0, high = n - 1; low < high;) {
    double pivot = v[low + (high - low) / 2];
    int64_t i = low, j = high;
    while (i <= j) {
      while (v[i] < pivot) i++;
      while (v[j] > pivot) j--;
      if (i > j) break;
      double swap = v[i];
      v[i++] = v[j];
      v[j--] = swap;
    }
    if (k <= j) high = j;
    else if (k >= i) low = i;
    else break;
  }
  return v[k];
}

mj_status mj__median(const double *v, const double *over, int64_t n, double least, double *out) {
  enum { SAMPLE = 10000 };
  int64_t step = n / SAMPLE + 1, kept = 0;
  double *some = malloc(((size_t)(n / step) + 1) * sizeof *some);
  *out = (double)NAN;
  if (!some) return MJ_ENOMEM;
  for (int64_t i = 0; i < n; i += step) {
    double value = over ? v[i] / over[i] : v[i];
    if (value > 0 && isfinite(value)) some[kept++] = value;
  }
  if (kept && (double)kept >= least) *out = in_place(some, kept, (kept - 1) / 2);
  free(some);
  return MJ_OK;
}
