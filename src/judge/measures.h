/** @file measures.h  Aggregates over the park and its zones: targets, indicators, audits. */
#ifndef MJ_JUDGE_MEASURES_H
#define MJ_JUDGE_MEASURES_H

#include "judge/run.h"

/** An aggregate over the parcels, over those of a zone (where :zone is bound), or over nothing but constants. */
typedef struct {
  const mj_rulebook *book;
  const char *kind, *code; /**< "target" "LC2022-TAX", for messages */
  const mj_rb_sql *at;     /**< its sql may be NULL: no value */
  const char *zone;        /**< or NULL: the whole park */
  bool constant;
  int years_back; /**< 0: with the figures of the run's year; k: of the k-th earlier year, as mj_rb_run_year */
  double value;   /**< out: NaN where it is NULL */
  /* as mj_rb_measures_check finds them */
  int shape;               /**< mj_sql_shape: an aggregate, one value of the first row, or of no row at all */
  bool picks;              /**< an aggregate with MIN or MAX, which picks the row of what stands beside it */
  const mj_operand *reads; /**< what it reads */
  int n_reads;
  int same; /**< the measure before it that asks the same of the same place, or -1 */
} mj_rb_measure;

/** What is asked in one SELECT: measures list[first .. last) of one rulebook, place and year that do not touch each
 * other: aggregates, or values of the first row, or of none. */
typedef struct {
  struct mj_rb_measures *of;
  int first, last;
  size_t words; /**< bytes of their SQL: those that have most are begun first */
} mj_rb_ask;

/** Valid when {0}; arrays live in the run's arena. */
typedef struct mj_rb_measures {
  mj_rb_measure *item;
  int n, cap;
  int *list;
  mj_rb_ask *ask;
  int n_asks;
} mj_rb_measures;

/** Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_rb_measures_add(mj_rb_run *run, mj_rb_measures *m, mj_rb_measure one, mj_error *err);
/** Check every expression and find what is asked together: m->ask, those of the run's year first. Out of force an
 * expression that fails is NaN: its facts are not computed. Errors: MJ_ERULE with place and code, MJ_ENOMEM. Cost:
 * linear in the measures. */
MJ_NODISCARD mj_status mj_rb_measures_check(mj_rb_run *run, mj_rb_measures *m, mj_error *err);
/** A task for each of m->ask. Cost of one: a scan. */
void mj_rb_measures_tasks(mj_rb_measures *m, mj_rb_task *task);
/** Values of all, when those tasks have ended; the run then shows its own year. Errors: as mj_rb_measures_check. */
MJ_NODISCARD mj_status mj_rb_measures_end(mj_rb_run *run, mj_rb_measures *m, const mj_rb_task *task, mj_error *err);

/* each of them names what it wants measured, and writes its table when the values are there */
MJ_NODISCARD mj_status mj_rb_targets_list(mj_rb_run *run, mj_rb_measures *m, mj_error *err);
MJ_NODISCARD mj_status mj_rb_targets(mj_rb_run *run, const mj_rb_measure *m, int n, mj_error *err);
/** Table indicators, where a rulebook in force has some. */
MJ_NODISCARD mj_status mj_rb_indicators_list(mj_rb_run *run, mj_rb_measures *m, mj_error *err);
MJ_NODISCARD mj_status mj_rb_indicators(mj_rb_run *run, const mj_rb_measure *m, mj_error *err);
/** Table audits, where a rulebook has some, in force or not. */
MJ_NODISCARD mj_status mj_rb_audits_list(mj_rb_run *run, mj_rb_measures *m, mj_error *err);
MJ_NODISCARD mj_status mj_rb_audits(mj_rb_run *run, const mj_rb_measure *m, mj_error *err);
#endif
