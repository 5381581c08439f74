/** @file series.h  企业历年: what each enterprise did from year to year, and the state that it is in. */
#ifndef MJ_MEASURE_SERIES_H
#define MJ_MEASURE_SERIES_H

#include "measure/firms.h"

/** The enterprises of a table, as firms.h has them, and the rows of each. Arrays are malloc'd: mj__histories_reset. */
typedef struct {
  int32_t n;        /**< enterprises, in the order of their first rows */
  int32_t *first;   /**< [n + 1] */
  int32_t *row;     /**< rows of enterprise i, of years up to the run's: row[first[i]] .. row[first[i + 1] - 1],
                       ascending in year, then in place */
  int32_t *example; /**< [n] its first row of whatever year */
  uint8_t *undated; /**< [n] some of its rows are of no known year */
} mj__histories;
/** @param year [rows] as mj__places has it. Errors: MJ_ENOMEM. Cost: linear. */
MJ_NODISCARD mj_status mj__histories_make(mj_park *park, const mj__firms *firms, const int32_t *year,
                                          mj__histories *out);
void mj__histories_reset(mj__histories *histories);
/** Ledger YEAR_CONFLICT: rows of one year and enterprise that has a credit code, of one parcel code (or none), whose
 * output or tax differs from the first of them that knows it. Errors: MJ_ENOMEM. Cost: a look at every row, a sort of
 * those that repeat. */
MJ_NODISCARD mj_status mj__year_conflicts(mj_park *park, const mj__firms *firms, const mj__histories *h,
                                          const int32_t *year);

enum { MJ__OUTPUT, MJ__TAX, MJ__STAFF, MJ__POWER, MJ__ENERGY, MJ__LAND, MJ__SERIES_FIGURES };
/** An enterprise in one year: its rows added up, NaN where one of them lacks the figure. */
typedef struct {
  int32_t year;
  double figure[MJ__SERIES_FIGURES]; /**< 万元, 万元, persons, kWh, tce, m2 */
} mj__firm_year;

/** The state that figures speak of, three-valued, and the figures it rests on. */
typedef struct {
  uint8_t stopped, half_stopped, zombie;
  const char *evidence; /**< of what is 是 or 数据不足, in the run's language; NULL: all are 否 */
} mj__state;
/** What states are told by. Valid when {0} but for park and arena. Texts that only say what is missing are made once.
 */
typedef struct {
  const mj_park *park;
  mj_arena *arena; /**< of the texts */
  struct {
    uint64_t lacks[3];
    const char *text;
  } said[64];
  int n_said;
  const char *no_row;
} mj__states;
/**
 * State in the run's year. @p year [n] ascending, up to it. Without a row of the run's year all are 数据不足.
 * stopped: output 0 and power off; half_stopped: not stopped, output and power both low; zombie: for so many successive
 * years neither tax nor staff nor power. Limits: checks.def. Errors: MJ_ENOMEM.
 */
MJ_NODISCARD mj_status mj__tell_state(mj__states *states, const mj__firm_year *year, int n, mj__state *out);

/** Table enterprise_series. @param year [rows] as mj__places has it. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj__enterprise_series(mj_park *park, const mj__firms *firms, const int32_t *year);
#endif
