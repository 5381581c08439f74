#include <stdio.h>

#include "measure/enterprises.h"
#include "measure/measure.h"

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

/* One file that says no year. */
static bool assumes_year(const mj_park *park) {
  return !mj_table_i64(&park->table[MJ_ENTERPRISES], "year") && files_of(park, MJ_ENTERPRISES) < 2;
}

void mj__years_of(const mj_park *park, int32_t *year_of) {
  const int64_t *year = mj_table_i64(&park->table[MJ_ENTERPRISES], "year"), n = park->table[MJ_ENTERPRISES].n;
  int64_t last = last_year(park);
  int32_t unsaid = assumes_year(park) ? park->project.year : MJ_DATE_NULL;
  for (int64_t i = 0; i < n; i++) {
    bool known = year && year[i] >= MJ_YEAR_MIN && year[i] <= last + YEARS_AHEAD && year[i] <= MJ_YEAR_MAX;
    year_of[i] = known ? (int32_t)year[i] : unsaid;
  }
}

mj_status mj__row_years(mj_park *park, int32_t *year_of) {
  const int64_t *year = mj_table_i64(&park->table[MJ_ENTERPRISES], "year"), n = park->table[MJ_ENTERPRISES].n;
  int64_t missing = 0, later = 0, last = last_year(park);
  bool assume = assumes_year(park);
  char found[24];
  mj__years_of(park, year_of);
  for (int64_t i = 0; i < n; i++) {
    missing += year_of[i] == MJ_DATE_NULL;
    later += year && year_of[i] != MJ_DATE_NULL && year_of[i] > last;
  }
  MJ_TRY(note_later(park, later));
  for (int64_t i = 0; missing && missing <= MJ_LEDGER_FEW && i < n; i++)
    if (year_of[i] == MJ_DATE_NULL) {
      bool said = year && year[i] != MJ_I64_NULL;
      if (said) snprintf(found, sizeof found, "%lld", (long long)year[i]);
      MJ_TRY(mj__note(park, MJ_L_YEAR_MISSING, MJ_ENTERPRISES, i, "year", said ? found : NULL, NULL));
    }
  if (missing > MJ_LEDGER_FEW) {
    snprintf(found, sizeof found, "%lld", (long long)missing);
    return mj_ledger_add(
        &park->ledger,
        (mj_ledger_entry){
            .code = MJ_L_YEAR_MISSING, .layer = "enterprises", .field = "year", .found = found, .rows = missing});
  }
  if (!assume || !n) return MJ_OK;
  snprintf(found, sizeof found, "%d", park->project.year);
  return mj_ledger_add(
      &park->ledger,
      (mj_ledger_entry){.code = MJ_L_YEAR_ASSUMED, .layer = "enterprises", .field = "year", .found = found});
}
