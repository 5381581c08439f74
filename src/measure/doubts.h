/** @file doubts.h  How the measuring room names a suspicion: what is doubted, by how much, against what. */
#ifndef MJ_MEASURE_DOUBTS_H
#define MJ_MEASURE_DOUBTS_H

#include "base/text.h"
#include "measure/measure.h"

/** One suspicion about one column. Nothing is corrected by it. */
typedef struct {
  mj_ledger_code code;
  mj_table_id table;
  const char *field;
  /** > 0: the row is doubted, the more the worse; 0 or NaN: it is not. */
  double (*doubt)(const void *facts, int64_t row);
  /** What the row says, and what speaks against it. */
  void (*say)(const void *facts, int64_t row, mj_text *found, mj_text *expected);
} mj__suspicion;

/**
 * Ledger entries for the doubted rows of @p n suspicions, in their order and then by row; more than MJ_LEDGER_FEW about
 * one column are one entry for the layer with their number and the worst row. Cost: one look at every row; rows are
 * looked at side by side, so doubt only reads. Errors: MJ_ENOMEM.
 */
MJ_NODISCARD mj_status mj__suspect(mj_park *park, const mj__suspicion *suspicions, int n, const void *facts);

/** A number as evidence shows it: "3,120,000", "0.0312", at most two decimals from 1 on. */
typedef struct {
  char text[540];
} mj__digits;
const char *mj__digits_of(double v, mj__digits *digits);
/** A factor or its inverse, whichever is over 1: "15.2", "1.0×10⁴". */
const char *mj__factor_of(double factor, mj__digits *digits);

/** How many times off, at least 1: @p a over @p b or the other way round. NaN where one of them is not positive. */
double mj__times_off(double a, double b);
/** From so many times off a slip by 10000 (元 against 万元, 千瓦时 against 万千瓦时) is told; infinite where no bound
 * is said. */
double mj__least_slip(const mj_check_limits *limits);
/** True where @p value is off @p truth by a slip of unit (10, 15, 666.67, 10000, 1000000), to @p match relative. */
bool mj__slip_fits(double value, double truth, double match);
/** "; 13.91 mu = 9273.33": the slip of land units that fits, or nothing. */
void mj__slip_say(double value_m2, double truth_m2, double match, mj_lang lang, mj_text *out);

/** Middle of the positive values v[i], or v[i] / over[i] where @p over is not NULL; NaN with fewer than @p least. Of
 * more than 10,000 rows an even sample is taken. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj__median(const double *v, const double *over, int64_t n, double least, double *out);

/** Units of enterprise figures that slipped by 10000, of the land that enterprises state by 10, 15, 666.67 or 10000;
 * tax above output. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj__suspect_slips(mj_park *park);
/** Recorded, contract, planar and ellipsoidal area against each other: AREA_IMPLAUSIBLE, AREA_DIFFERS. Errors:
 * MJ_ENOMEM. */
MJ_NODISCARD mj_status mj__compare_records(mj_park *park);
#endif
