#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/keymap.h"
#include "base/text.h"
#include "measure/measure.h"
#include "measure/series.h"

enum { YEARS = MJ_YEAR_MAX - MJ_YEAR_MIN + 1 };

/* Key of a row without a credit code; no code begins with this byte. Nothing to tell it by: an empty text. */
static void key_of(const char *name, const char *parcel, mj_text *key) {
  key->n = 0;
  if (name || parcel) mj_text_format(key, "\x1f%s\x1f%s", name ? name : "", parcel ? parcel : "");
  else mj_text_add(key, "");
}

typedef struct {
  mj_park *park;
  const int32_t *year;
  mj__histories *out;
  mj_keymap keys;
  int32_t *firm_of_key; /* [rows] */
  int32_t *firm;        /* [rows] */
} maker;

/* Key of the row that lives as long as the park, or NULL. */
static mj_status durable_key(maker *m, const char *code, const char *name, const char *parcel, mj_text *scratch,
                             const char **out) {
  *out = code;
  if (code) return MJ_OK;
  key_of(name, parcel, scratch);
  if (scratch->failed) return MJ_ENOMEM;
  if (!scratch->n) return MJ_OK;
  int32_t known = mj_keymap_find(&m->keys, scratch->data);
  *out = known >= 0 ? m->keys.key[known] : mj_arena_text(&m->park->arena, scratch->data, scratch->n);
  return *out ? MJ_OK : MJ_ENOMEM;
}

static mj_status number_rows(maker *m) {
  const mj_table *t = &m->park->table[MJ_ENTERPRISES];
  const char **code = mj_table_text(t, "credit_code"), **name = mj_table_text(t, "enterprise_name"),
             **parcel = mj_table_text(t, "parcel_id");
  mj_text scratch = {0};
  mj_status s = MJ_OK;
  int32_t next = 0;
  for (int64_t i = 0; i < t->n && !s; i++) {
    const char *key;
    int32_t number = -1, known = m->keys.n;
    s = durable_key(m, code ? code[i] : NULL, name ? name[i] : NULL, parcel ? parcel[i] : NULL, &scratch, &key);
    /* tables of several years mostly name the same enterprises in the same order: the next one is tried first */
    if (!s && key && next < known && !strcmp(m->keys.key[next], key)) number = next;
    else if (!s && key) s = mj_keymap_add(&m->keys, key, (int32_t)i, &number);
    if (s) break;
    if (number >= 0) next = number + 1;
    if (number < 0 || m->keys.n > known) { /* the first row of an enterprise */
      m->out->example[m->out->n] = (int32_t)i;
      if (number >= 0) m->firm_of_key[number] = m->out->n;
      m->firm[i] = m->out->n++;
    } else {
      m->firm[i] = m->firm_of_key[number];
    }
  }
  mj_text_reset(&scratch);
  return s;
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

mj_status mj__histories_make(mj_park *park, const int32_t *year, mj__histories *out) {
  size_t n = (size_t)park->table[MJ_ENTERPRISES].n + 2;
  maker m = {park, year, out, {0}, malloc(n * sizeof *m.firm_of_key), malloc(n * sizeof *m.firm)};
  *out = (mj__histories){0, calloc(n, sizeof *out->first), malloc(n * sizeof *out->row),
                         malloc(n * sizeof *out->example), calloc(n, 1)};
  bool got = m.firm_of_key && m.firm && out->first && out->row && out->example && out->undated;
  mj_status s = got ? number_rows(&m) : MJ_ENOMEM;
  if (!s) s = sort_rows(&m);
  mj_keymap_reset(&m.keys);
  free(m.firm_of_key);
  free(m.firm);
  return s;
}

void mj__histories_reset(mj__histories *firms) {
  free(firms->first);
  free(firms->row);
  free(firms->example);
  free(firms->undated);
  *firms = (mj__histories){0};
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
  if (c->n == c->cap) {
    int64_t cap = c->cap ? 2 * c->cap : 64;
    conflict *grown = realloc(c->item, (size_t)cap * sizeof *grown);
    if (!grown) return MJ_ENOMEM;
    c->item = grown;
    c->cap = cap;
  }
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

mj_status mj__year_conflicts(mj_park *park, const mj__histories *firms, const int32_t *year) {
  const mj_table *t = &park->table[MJ_ENTERPRISES];
  const char **code = mj_table_text(t, "credit_code");
  conflicts found = {0};
  mj_status s = MJ_OK;
  if (!code) return MJ_OK;
  for (int32_t i = 0; i < firms->n && !s; i++)
    for (int32_t k = firms->first[i], end; k < firms->first[i + 1] && !s; k = end) {
      for (end = k + 1; end < firms->first[i + 1] && year[firms->row[end]] == year[firms->row[k]];) end++;
      if (end > k + 1 && code[firms->row[k]]) s = compare(t, firms->row + k, end - k, &found);
    }
  if (found.n > 1) qsort(found.item, (size_t)found.n, sizeof *found.item, by_row);
  if (!s) s = note_conflicts(park, &found);
  free(found.item);
  return s;
}
