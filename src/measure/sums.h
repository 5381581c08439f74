/** @file sums.h  What enterprises do on parcels, added up by year. */
#ifndef MJ_MEASURE_SUMS_H
#define MJ_MEASURE_SUMS_H

#include "measure/enterprises.h"

/** Earlier years that table parcel_years goes back, and the years that their means need. */
enum { MJ__EARLIER = 5, MJ__BACK = MJ__EARLIER + MJ__YEARS };

/** Index: years back from the run's. rows [parcels] is NULL until counted. */
typedef struct {
  mj_park *park;
  mj__places places;
  int64_t *rows[MJ__BACK]; /**< enterprise rows of the year on the parcel, or MJ__IN_DOUBT */
  bool complete[MJ__BACK]; /**< no row means 0 */
} mj__sums;

/** Fill rows of the years [first, last) back. Errors: MJ_ENOMEM. Cost: a look at every place. */
MJ_NODISCARD mj_status mj__count_rows(mj__sums *s, int32_t first, int32_t last);
/** Columns of parcels for every figure that the enterprise table has. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj__add_sum_columns(const mj__sums *s);
/** True for a column of parcels that comes from the enterprise table. */
bool mj__is_summed(const mj__sums *s, const char *column);
/**
 * Sums, means, counts and per-mu figures of the year @p back, into those columns that @p into has: values
 * [at .. at + parcels). A per-mu figure or a mean needs the column of its sum. rows must be counted up to back + 2.
 * @param notes  tell rows that repeat or lack a figure (of the run's year)  Errors: MJ_ENOMEM.
 */
MJ_NODISCARD mj_status mj__sum_year(const mj__sums *s, int32_t back, bool notes, mj_table *into, int64_t at);

/**
 * Table parcel_years: parcels x earlier years that the enterprise table has (at most MJ__EARLIER back), year by year
 * from the latest, in each the order of parcels; the columns that the rulebooks' targets name. Not made where none asks
 * for a year. Errors: MJ_ENOMEM.
 */
MJ_NODISCARD mj_status mj__parcel_years(mj__sums *s);
#endif
