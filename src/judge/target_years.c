#include <ctype.h>
#include <string.h>

#include "judge/targets.h"

/* The constant :year, with or without a table that has the years. */
static bool names_year(const char *sql) {
  static const char word[] = ":year";
  for (const char *at = sql; at && (at = strstr(at, word)); at++)
    if (at[sizeof word - 1] != '_' && !isalnum((unsigned char)at[sizeof word - 1])) return true;
  return false;
}

static bool is_yearly(const mj_rb_run *run, const char *column) {
  return mj_rb_find_field(run, mj_table_id_name(MJ_PARCEL_YEARS), column) != NULL;
}

/* What the rules said of the figures of the run's year. */
static bool is_verdict(const char *column) {
  return !strcmp(column, mj_rb_matter_name(MJ_RB_INEFFICIENT)) || !strncmp(column, "renewal_", strlen("renewal_"));
}

static bool fact_is_of_year(const mj_rb_run *run, const mj_rb_fact *fact) {
  bool is = names_year(fact->sql.sql);
  for (int i = 0; i < fact->reads.n && !is; i++)
    is = is_yearly(run, fact->reads.column[i]->name) || is_verdict(fact->reads.column[i]->name);
  return is;
}

/* A column of contracts that compares it with what became of the parcel. */
static bool is_compared(const char *column) {
  return strstr(column, "actual") || strstr(column, "margin") || !strncmp(column, "meets_", 6) ||
         !strcmp(column, "met");
}

static mj_rb_by_year by_year(const mj_rb_run *run, const char *sql, const mj_operand *operand, int n) {
  const mj_table *years = &run->park->table[MJ_PARCEL_YEARS];
  bool moves = names_year(sql), stands = false;
  for (int i = 0; i < n; i++) {
    const char *column = operand[i].column;
    /* series and contracts hold figures of the run's year */
    if (!strcmp(operand[i].table, mj_table_id_name(MJ_ENTERPRISE_SERIES)) ||
        (!strcmp(operand[i].table, mj_table_id_name(MJ_CONTRACTS)) && is_compared(column)))
      stands = true;
    if (strcmp(operand[i].table, mj_table_id_name(MJ_PARCELS)) != 0) continue;
    const mj_rb_fact *fact = mj_rb_find_fact(run, column);
    if (fact) stands = stands || fact_is_of_year(run, fact);
    else if (mj_table_find(years, column)) moves = true;
    else stands = stands || is_yearly(run, column) || is_verdict(column);
  }
  if (stands || (moves && !years->name)) return MJ_RB_OF_THE_YEAR;
  return moves ? MJ_RB_OF_ANY_YEAR : MJ_RB_OF_NO_YEAR;
}

mj_status mj_rb_target_years(mj_rb_run *run, mj_rulebook *book, mj_error *err) {
  mj_store *store;
  if (!book->n_targets) return MJ_OK;
  mj_rb_run_book(run, book);
  MJ_TRY(mj_rb_run_store(run, 0, &store, err));
  MJ_TRY(mj_store_bind(store, "zone", NULL, (double)NAN, err));
  for (mj_rb_target *t = book->target; t < book->target + book->n_targets; t++) {
    const mj_operand *operand = NULL;
    int n = 0;
    t->by_year = MJ_RB_OF_NO_YEAR;
    if (!t->measure.sql) continue;
    mj_status s = mj_store_check(store, mj_table_id_name(MJ_PARCELS), t->measure.sql, &run->arena, &operand, &n, NULL);
    if (s == MJ_ERULE) continue; /* told where it is measured */
    if (s) return mj_fail(err, s, "out of memory");
    t->by_year = by_year(run, t->measure.sql, operand, n);
  }
  return MJ_OK;
}

int mj_rb_earlier_years(const mj_rb_run *run) {
  const mj_table *years = &run->park->table[MJ_PARCEL_YEARS], *parcels = &run->park->table[MJ_PARCELS];
  return years->name && parcels->n ? (int)(years->n / parcels->n) : 0;
}

/* The column of parcels from row @p first of its column in parcel_years on. */
static mj_column *column_from(mj_rb_run *run, const mj_column *of, int64_t first) {
  mj_column *c = mj_arena_alloc(&run->arena, 1, sizeof *c);
  if (!c) return NULL;
  *c = *of;
  if (of->type == MJ_F64) c->f64 = of->f64 + first;
  else c->i64 = of->i64 + first;
  return c;
}

int32_t mj_rb_year_back(const mj_rb_run *run, int k) {
  int64_t first = (int64_t)(k - 1) * run->park->table[MJ_PARCELS].n;
  return k ? (int32_t)mj_table_i64(&run->park->table[MJ_PARCEL_YEARS], "year")[first] : run->park->project.year;
}

mj_status mj_rb_run_year(mj_rb_run *run, int k, mj_error *err) {
  const mj_table *years = &run->park->table[MJ_PARCEL_YEARS];
  int32_t year = mj_rb_year_back(run, k);
  if (run->year == year) return MJ_OK;
  run->year = year;
  MJ_TRY(mj_rb_run_refresh(run, err));
  mj_table *view = &run->view[MJ_PARCELS];
  for (int32_t i = 0; k && i < view->n_columns; i++) {
    const mj_column *of = mj_table_find(years, view->columns[i]->name);
    if (!of || view->columns[i]->from_source || !strcmp(of->name, "year")) continue;
    view->columns[i] = column_from(run, of, (int64_t)(k - 1) * run->park->table[MJ_PARCELS].n);
    if (!view->columns[i]) return mj_fail(err, MJ_ENOMEM, "out of memory");
  }
  return MJ_OK;
}
