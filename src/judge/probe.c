#include <string.h>

#include "base/fnv.h"
#include "base/text.h"
#include "judge/lookup.h"
#include "judge/needs.h"

enum { MOST_MISSING = 6, MOST_READS = 64 };
static const char probe_name[] = "mj_probe";

static uint64_t missing_bits(const mj_rb_reads *reads, int64_t row, int *n) {
  uint64_t bits = 0;
  *n = 0;
  for (int i = 0; i < reads->n && i < MOST_READS; i++)
    if (mj_rb_is_null(reads->column[i], row)) {
      bits |= (uint64_t)1 << i;
      ++*n;
    }
  return bits;
}

/* A text that the column knows: a rule may ask for one of a list. */
static const char *known_text(const mj_rb_run *run, const mj_column *c) {
  for (int64_t i = 0; c->data && i < run->park->table[MJ_PARCELS].n; i++)
    if (c->text[i]) return c->text[i];
  return "1";
}

/* Value @p digit of a column under trial: 0 nothing, 1 and 2 far apart, so that they fall on both sides of a limit. */
static void put_trial(mj_column *to, int64_t at, int digit, const char *known) {
  static const double number[] = {(double)NAN, 1e9, -1e9};
  static const int64_t whole[] = {MJ_I64_NULL, 1000000000, -1000000000};
  static const uint8_t truth[] = {MJ_UNKNOWN, MJ_YES, MJ_NO};
  const int32_t day[] = {MJ_DATE_NULL, mj_date_from_ymd(2999, 12, 31), mj_date_from_ymd(1900, 1, 1)};
  if (to->type == MJ_F64) to->f64[at] = number[digit];
  else if (to->type == MJ_I64) to->i64[at] = whole[digit];
  else if (to->type == MJ_TRI) to->tri[at] = truth[digit];
  else if (to->type == MJ_DATE) to->date[at] = day[digit];
  else to->text[at] = digit == 0 ? NULL : digit == 1 ? known : "~";
}

static void copy_value(mj_column *to, int64_t at, const mj_column *from, int64_t row) {
  if (to->type == MJ_F64) to->f64[at] = from->f64[row];
  else if (to->type == MJ_I64) to->i64[at] = from->i64[row];
  else if (to->type == MJ_TRI) to->tri[at] = from->tri[row];
  else if (to->type == MJ_DATE) to->date[at] = from->date[row];
  else to->text[at] = from->text[row];
}

/* The parcel again and again: every missing column once empty and with both values, all of them together. */
static mj_table *make_trials(mj_rb_run *run, const mj_rb_reads *reads, int64_t row, uint64_t bits, int64_t n) {
  mj_table *t = mj_arena_alloc(&run->arena, 1, sizeof *t);
  if (!t) return NULL;
  *t = (mj_table){.name = probe_name, .n = n};
  t->columns = mj_arena_alloc(&run->arena, (size_t)reads->n + 1, sizeof *t->columns);
  if (!t->columns) return NULL;
  int64_t power = 1;
  for (int c = 0; c < reads->n; c++) {
    const mj_column *from = reads->column[c];
    mj_column *to = mj_arena_alloc(&run->arena, 1, sizeof *to);
    if (!to) return NULL;
    *to = (mj_column){.name = from->name, .type = from->type};
    to->data = mj_arena_alloc(&run->arena, (size_t)n, sizeof(double));
    if (!to->data) return NULL;
    bool tried = bits >> c & 1;
    const char *known = tried && to->type == MJ_TEXT ? known_text(run, from) : NULL;
    for (int64_t i = 0; i < n; i++)
      if (tried) put_trial(to, i, (int)(i / power % 3), known);
      else copy_value(to, i, from, row);
    if (tried) power *= 3;
    t->columns[t->n_columns++] = to;
  }
  return t;
}

static bool reads_only(const mj_rb_reads *some, const mj_rb_reads *all) {
  for (int i = 0; i < some->n; i++) {
    bool found = false;
    for (int k = 0; k < all->n; k++) found = found || all->column[k] == some->column[i];
    if (!found) return false;
  }
  return true;
}

/* The facts over the trials, one laid over the other as they were evaluated, then the expression. */
static const char *probe_sql(mj_rb_run *run, const char *expr, const mj_rb_reads *reads) {
  const char *from = mj_arena_format(&run->arena, "SELECT * FROM %s AS parcels", probe_name);
  for (int i = 0; from && i < run->n_facts; i++) {
    const mj_rb_fact *fact = run->fact[i];
    mj_text table = {0};
    if (!reads_only(&fact->reads, reads)) continue;
    if (fact->lookup) mj_rb_lookup_sql(fact, &table);
    from = table.failed ? NULL
                        : mj_arena_format(&run->arena, "SELECT parcels.*,(%s\n) AS \"%s\" FROM (%s) AS parcels",
                                          fact->lookup ? table.data : fact->sql.sql, fact->name, from);
    mj_text_reset(&table);
  }
  return from ? mj_arena_format(&run->arena, "SELECT (%s\n) IS NOT NULL FROM (%s) AS parcels", expr, from) : NULL;
}

typedef struct {
  uint8_t failed[1 << MOST_MISSING]; /* by set of supplied columns: some values leave the expression without one */
  bool valued;                       /* some trial gave it one */
  int missing;
} trials;

static mj_status keep_trial(void *user, int64_t row, int n, const mj_sql_value *value) {
  trials *t = user;
  unsigned set = 0;
  (void)n;
  for (int k = 0; k < t->missing; k++, row /= 3)
    if (row % 3) set |= 1U << k;
  if (value[0].kind != MJ_SQL_NUMBER || value[0].number == 0) t->failed[set] = 1;
  else t->valued = true;
  return MJ_OK;
}

static int64_t parcels_with(const mj_rb_run *run, const mj_column *c) {
  int64_t n = 0;
  for (int64_t i = 0; c->data && i < run->park->table[MJ_PARCELS].n; i++) n += !mj_column_is_null(c, i);
  return n;
}

/* The set with the fewest columns; of several the one whose columns are filled in most often. */
static uint64_t best_set(const mj_rb_run *run, const mj_rb_reads *reads, uint64_t bits, const trials *t, bool *sure) {
  int column[MOST_MISSING], n = 0, fewest = MOST_MISSING + 1;
  int64_t filled[MOST_MISSING], most = -1;
  uint64_t best = bits;
  for (int c = 0; c < reads->n; c++)
    if (bits >> c & 1) {
      filled[n] = parcels_with(run, reads->column[c]);
      column[n++] = c;
    }
  for (unsigned set = 0; set < 1U << n; set++) {
    uint64_t mask = 0;
    int64_t sum = 0;
    int size = 0;
    for (int k = 0; k < n; k++)
      if (set >> k & 1) {
        mask |= (uint64_t)1 << column[k];
        sum += filled[k];
        size++;
      }
    if (t->failed[set] || size > fewest || (size == fewest && sum <= most)) continue;
    fewest = size;
    most = sum;
    best = mask;
  }
  *sure = fewest <= MOST_MISSING;
  return best;
}

static mj_status try_sets(mj_rb_run *run, const mj_rulebook *book, const char *expr, const mj_rb_reads *reads,
                          int64_t row, uint64_t bits, int missing, uint64_t *mask, bool *sure) {
  int64_t n = 1;
  for (int k = 0; k < missing; k++) n *= 3;
  trials t = {.missing = missing};
  mj_table *table = make_trials(run, reads, row, bits, n);
  const char *sql = probe_sql(run, expr, reads);
  mj_store *store;
  if (!table || !sql) return MJ_ENOMEM;
  mj_rb_run_book(run, book);
  mj_status status = mj_rb_run_store(run, 0, &store, NULL);
  if (!status) status = mj_store_attach(store, table, NULL);
  if (!status) status = mj_store_query(store, sql, keep_trial, &t, NULL);
  *mask = status     ? bits
          : t.valued ? best_set(run, reads, bits, &t, sure)
                     : 0; /* a fact of another rulebook's constants cannot be tried */
  return status == MJ_ENOMEM ? status : MJ_OK;
}

/* The row's words, yes and no, and whole numbers among what is read: what a CASE asks. Figures and dates are left out,
 * or hardly two rows would share an answer. */
static uint64_t words_of(const mj_rb_reads *reads, int64_t row) {
  uint64_t h = MJ_FNV64_START;
  for (int i = 0; i < reads->n; i++) {
    const mj_column *c = reads->column[i];
    if (!c->data || mj_column_is_null(c, row)) continue;
    if (c->type == MJ_TEXT) h = mj_fnv64(h, c->text[row], strlen(c->text[row]) + 1);
    if (c->type == MJ_TRI) h = mj_fnv64(h, &c->tri[row], 1);
    if (c->type == MJ_I64) h = mj_fnv64(h, &c->i64[row], sizeof c->i64[row]);
  }
  return h;
}

mj_status mj_rb_lacking(mj_rb_run *run, const mj_rulebook *book, const char *expr, const mj_rb_reads *reads,
                        int64_t row, uint64_t *mask, bool *sure) {
  int missing;
  uint64_t bits = missing_bits(reads, row, &missing);
  *mask = bits;
  *sure = true;
  if (!bits || missing > MOST_MISSING || reads->n > MOST_READS) return MJ_OK;
  uint64_t words = words_of(reads, row);
  for (int i = 0; i < run->n_tried && i < MJ_RB_TRIED; i++)
    if (run->tried[i].expr == expr && run->tried[i].missing == bits && run->tried[i].words == words) {
      *mask = run->tried[i].needed;
      *sure = run->tried[i].sure;
      return MJ_OK;
    }
  MJ_TRY(try_sets(run, book, expr, reads, row, bits, missing, mask, sure));
  run->tried[run->n_tried++ % MJ_RB_TRIED] = (mj_rb_tried){expr, bits, words, *mask, *sure};
  return MJ_OK;
}
