/** @file grade_run.h  One scheme over one park: from enterprise rows to scores, classes and margins. */
#ifndef MJ_JUDGE_GRADE_RUN_H
#define MJ_JUDGE_GRADE_RUN_H

#include "judge/grades.h"
#include "judge/run.h"

typedef enum {
  MJ_GR_GRADED,
  MJ_GR_EXEMPT,
  MJ_GR_OUTSIDE,
  MJ_GR_SMALL,
  MJ_GR_UNKNOWN,
  MJ_GR_FOLLOWS /**< it is measured in the unit of another */
} mj_gr_state;

/** One enterprise row of the year. A gap of NaN: none, or not to be told exactly. */
typedef struct {
  int64_t row; /**< of enterprises */
  int group;   /**< -1: none */
  mj_gr_state state;
  int64_t follows;    /**< MJ_GR_FOLLOWS: place in firm of whom, or -1 where that is no enterprise row */
  bool repeated;      /**< its credit code stands on several rows of the year */
  int asks;           /**< the exemption (its number), or the group (n_exempt + its number) that is NULL, or -1 */
  uint64_t veto_null; /**< a bit for each veto that is NULL */
  const mj_gr_case *exempt, *veto;
  double score;
  int64_t rank, size, held; /**< held: rows of the group without a score, which may yet stand anywhere */
  int scored;               /**< class by the score, before vetoes; or -1 */
  int cls, better, worse;   /**< places in the group's cuts, or -1 */
  int best, worst;          /**< the classes that the held rows leave open, where cls is -1 for their sake; or -1 */
  double up[2], down[2];    /**< gaps to the border: of the score; of the points (measure) behind class `by` */
  int by;                   /**< class whose points or measure the second gaps are about: 0 or 2 */
  double sub;               /**< that sum or measure */
  uint8_t stable;
  uint8_t flips; /**< does one weight alone change the class? MJ_UNKNOWN: not to be told */
  int flip;      /**< the indicator whose weight has to move least, or -1; the column says where to */
} mj_gr_firm;

/** Where the weight of an indicator has to go before a class changes, and to which; NaN and -1: nowhere, or not told.
 */
typedef struct {
  double to;
  int cls;
  bool open; /**< something changes, but not to what can be told */
} mj_gr_flip;

/** What an indicator has in one group. */
typedef struct {
  int measure, per;      /**< numbers of their expressions; per -1: none */
  double base;           /**< NaN: not known */
  double low, high;      /**< of the known values; NaN where there is none */
  int64_t n_low, n_high; /**< rows that have them */
  double cap;            /**< of the ratio: the indicator's, or that of the robust variant; NaN: none */
  bool clip;             /**< values beyond low and high count as these */
  int64_t filled;        /**< rows that got the group's mean */
  double *points;        /**< [firms] NaN: not known */
  mj_gr_flip *flip;      /**< [firms]; NULL: not looked for */
} mj_gr_column;

typedef struct {
  int when;
  mj_gr_column *col;
  int sub[3];         /**< expressions of two_stage measures by class, or -1 */
  int64_t *member, n; /**< places in firm */
  int64_t held;       /**< members without a score, and rows that may be members */
  bool mixed;         /**< a figure stands above one fraction and below another */
} mj_gr_field;

/** What the robust variant says of a row. */
typedef struct {
  double score;
  const char *cls; /**< or NULL */
} mj_gr_robust_row;

typedef struct mj_gr_work {
  mj_rb_run *run;
  mj_rulebook *book;
  const mj_gr_scheme *scheme;
  int64_t n, n_all;   /**< rows of the year; with those of the year before behind, where a base wants them */
  const int64_t *row; /**< [n_all] of enterprises */
  const int32_t *at;  /**< [enterprises] place in row */
  double **value;     /**< [expressions][n_all]; NaN where nobody asks: a figure is read of the group's members only */
  const mj_rb_sql **expr;
  int n_exprs, exempt, veto, bonus, penalty;
  mj_gr_field *field;       /**< [groups] */
  mj_gr_firm *firm;         /**< [n] */
  mj_gr_robust_row *robust; /**< [n] scored so that no outlier counts much */
  const int64_t *head;      /**< [enterprises] row that stands for it, -1: none; NULL: each for itself */
  bool is_robust;
  bool classes_only; /**< no robust variant and no flips */
} mj_gr_work;

/** The rows that every scheme grades. */
typedef struct {
  int64_t *row; /**< of the year, then of the year before */
  int32_t *at;  /**< [enterprises] place in row */
  int64_t n, n_all, n_repeated;
  bool *repeated; /**< [n] its credit code stands on several rows of the year */
} mj_gr_roll;
/** Fill @p r from the run's arena. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_gr_call_roll(mj_rb_run *run, mj_gr_roll *r, mj_error *err);
/** From the rows to scores, classes and what changes them; work has run, book, scheme and, where some follow others,
 * head. Errors: MJ_ERULE, MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_gr_grade(mj_gr_work *w, const mj_gr_roll *r, mj_error *err);
/** Ledger: credit codes on several rows. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_gr_note_repeated(const mj_gr_work *w, const mj_gr_roll *r, mj_error *err);

/** The value of an indicator of a row (a place in work->row): NaN where a figure is missing or the lower one is 0. */
double mj_gr_value(const mj_gr_work *w, const mj_gr_column *c, int64_t i);
/** Points of a value: ratio or min-max, cap and floor. NaN where it has none. */
double mj_gr_points(const mj_gr_scheme *s, const mj_gr_indicator *ind, const mj_gr_column *c, double value);
/** True where the base stays when one enterprise's figures move. */
bool mj_gr_base_stands(const mj_gr_scheme *s, const mj_gr_indicator *ind);
/** True where row @p i, of this year or the last, belongs to the group for certain. */
bool mj_gr_belongs(const mj_gr_work *w, int64_t i, int group);
/** Points of every member for @p ind (whose weight may be another than the scheme's) into c->points; what is missing by
 * the indicator's rule. */
void mj_gr_fill_points(const mj_gr_work *w, const mj_gr_field *field, const mj_gr_indicator *ind, mj_gr_column *c);
/** Bases, points and scores of every group's members. */
MJ_NODISCARD mj_status mj_gr_score(mj_gr_work *w, mj_error *err);
/** Ranks, classes and gaps of every group's members. */
MJ_NODISCARD mj_status mj_gr_cut(mj_gr_work *w, mj_error *err);

/** The same rows by the robust variant, before anything is scored: w->robust. */
MJ_NODISCARD mj_status mj_gr_robust(mj_gr_work *w, mj_error *err);
/** Base, range and cap of an indicator in the robust variant, from those that the scheme itself has. @p room holds as
 * many numbers as there are rows. */
void mj_gr_robust_column(const mj_gr_work *w, int group, int k, double *room);
/** The quantile of sorted numbers, linear between them (type 7 of Hyndman and Fan); NaN where there are none. */
double mj_gr_quantile(const double *rising, int64_t n, double p);

/** How far each weight may move before a class changes: f->flip and the columns' flips. */
MJ_NODISCARD mj_status mj_gr_weigh(mj_gr_work *w, mj_error *err);

/** Places counted from the best: @p share of @p size by the rounding rule; a product that is whole but for rounding is
 * whole. */
int64_t mj_gr_places(int64_t size, double share, int rounding);
/** The k-th largest of @p key[n] (from the largest down) without @p own, one of them: what own must reach to be among
 * the first k. INFINITY for k < 1, -INFINITY where there are no more than k. */
double mj_gr_bar(const double *key, int64_t n, double own, int64_t k);

/** The value of the indicator at which its points alone move by @p gap; NaN: not by this alone, or not exact. */
double mj_gr_value_needed(const mj_gr_work *w, const mj_gr_firm *f, int indicator, double gap);
/** Change of one figure (the measure, or the per, of @p indicator, wherever the group uses it) that moves the score by
 * @p gap while all other figures stay; @p only: count the points behind that class, -1 all. NaN as above. */
double mj_gr_change_needed(const mj_gr_work *w, const mj_gr_firm *f, int indicator, bool per, double gap, int only);

/** The class that the row has, of its own or of whom it follows; "outside", "exempt" where it gets none; NULL: not
 * known. */
const char *mj_gr_answer(const mj_gr_work *w, const mj_gr_firm *f);

/** The enterprises as one way of attribution has them. */
typedef struct {
  mj_table view;
  mj_column *column; /**< malloc'd, with their data */
  int n_columns;
  int64_t *head; /**< [enterprises] as mj_gr_work's */
} mj_gr_overlay;
/** From table attributions, for @p way but MJ_GR_STATED: rows of the year have the amounts of the unit that they stand
 * for; others NULL. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_gr_overlay_make(const mj_rb_run *run, mj_gr_way way, mj_gr_overlay *out);
void mj_gr_overlay_reset(mj_gr_overlay *overlay);

/** Answers of one scheme in one way. */
typedef struct {
  const mj_rulebook *book;
  mj_gr_way way;
  const char **answer; /**< [rows of the year] mj_gr_answer */
} mj_gr_answers;
/** Table attribution_grades and parcels' grade_depends from @p n answers: MJ_GR_WAYS of each scheme side by side.
 * @p row: the rows of the year. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_gr_compare(mj_rb_run *run, const int64_t *row, int64_t rows, const mj_gr_answers *answers,
                                     int n, mj_error *err);

/** Tables grades and grade_points. */
MJ_NODISCARD mj_status mj_gr_write(mj_gr_work *const *work, int n, mj_error *err);
#endif
