/** @file views.h  The tables of a park as SQL sees them. */
#ifndef MJ_REPORT_VIEWS_H
#define MJ_REPORT_VIEWS_H

#include "gis/store.h"
#include "mujun/park.h"

/** Every table of the park, with the columns it has (borrowed) and those it lacks (NULL in every row). Valid when {0}.
 */
typedef struct {
  mj_table table[MJ_TABLE_END];
} mj_views;

/**
 * SQL may name any column of columns.def and fields.csv, whether the input brought it or not; a table that was not
 * given has no rows. What a join would pay for with a sort stands beside the rows already: area_mu, industrial,
 * output_wan and tax_wan of the parcel in parcel_zones; land_area_m2, output_wan and tax_wan of the enterprise in
 * grades. Enterprises know whether they are of_year, and their industry_division ("17") and industry_name by GB/T
 * 4754-2017. Errors: MJ_ENOMEM.
 */
MJ_NODISCARD mj_status mj_views_open(const mj_park *park, mj_views *out, mj_error *err);
void mj_views_reset(mj_views *views);
/** Show all of them in @p store, with the constants :as_of, :year and :unknown (数据不足, insufficient data). */
MJ_NODISCARD mj_status mj_views_attach(const mj_views *views, const mj_park *park, mj_store *store, mj_error *err);
/** Was "table" or "table.column" given or computed? */
bool mj_views_given(const mj_park *park, const char *name, size_t n);
/** Is a row of enterprises one of the year that the run is about? */
bool mj_is_of_year(const mj_park *park, int64_t row);
#endif
