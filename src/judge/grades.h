/** @file grades.h  Grade schemes (亩均效益综合评价): what a rulebook's `grades` says. */
#ifndef MJ_JUDGE_GRADES_H
#define MJ_JUDGE_GRADES_H

#include "judge/rulebook.h"
#include "mujun/text.h"

/** A number read from an enterprise row: SQL, unit, and what people call it. */
typedef struct {
  mj_rb_sql sql;
  const char *unit; /**< NULL: that of the column, where the SQL is one */
  mj_rb_words text;
} mj_gr_figure;

typedef enum { MJ_GR_NO_BASE, MJ_GR_NUMBER, MJ_GR_SQL, MJ_GR_MEAN, MJ_GR_NOT_FOUND } mj_gr_base_kind;
/** What a value is divided by: a number, one SQL value, or times the mean of the group. */
typedef struct {
  mj_gr_base_kind kind;
  double number, times;
  mj_rb_sql sql;
  bool totals, last_year; /**< the mean is sum over sum, not mean of values; of the year before */
} mj_gr_base;

typedef enum { MJ_GR_MISSING_UNKNOWN, MJ_GR_MISSING_ZERO, MJ_GR_MISSING_MEAN } mj_gr_missing;
/** value = measure / per (per.sql NULL: measure alone). */
typedef struct {
  const char *name, *unit;
  mj_rb_words text;
  mj_gr_figure measure, per;
  double weight; /**< NaN: not found in the document */
  mj_gr_base base;
  bool lower;        /**< less is better */
  double cap, floor; /**< of the ratio; NaN: none */
  mj_gr_missing missing;
  bool assumed;
  int line, column;
} mj_gr_indicator;

/** One class; the list runs from best to worst. */
typedef struct {
  const char *name;
  mj_rb_words text;
  double share, at_least; /**< of the group; lowest score; NaN where the cut is by other means */
  const char **points;    /**< two_stage: indicators whose points are added up */
  int n_points;
  mj_gr_figure measure; /**< two_stage: or this */
} mj_gr_class;

typedef enum { MJ_GR_BY_RANK, MJ_GR_BY_SCORE, MJ_GR_TWO_STAGE, MJ_GR_BY_UNKNOWN } mj_gr_by;
typedef enum { MJ_GR_FLOOR, MJ_GR_CEIL, MJ_GR_ROUND } mj_gr_rounding;
typedef struct {
  mj_gr_by by;
  int rounding;    /**< mj_gr_rounding, of size x cumulative share counted from the best */
  bool ties_worse; /**< equal scores at a border all get the worse class; else the better */
  bool leave_out;  /**< rows without a score do not count in the group */
  double upper;    /**< two_stage: the share by score that the best class is picked from */
  double min_size; /**< a smaller group gets no classes; NaN: none */
  mj_gr_class *cls;
  int n;
  bool assumed;
} mj_gr_cuts;

/** Exemption or veto. */
typedef struct {
  mj_rb_sql when;
  const char *cls; /**< the class given; NULL: not graded */
  bool at_best;    /**< veto: no better than cls, instead of cls */
  mj_rb_words text;
} mj_gr_case;

typedef struct {
  const char *code;
  mj_rb_words text;
  mj_rb_sql when;
  mj_gr_indicator *ind;
  int n;
  mj_gr_cuts *cuts;
} mj_gr_group;

/** Whose land and figures are measured: those that the enterprise table states, or as table attributions has them. */
typedef enum { MJ_GR_STATED, MJ_GR_BY_OWNER, MJ_GR_MERGED, MJ_GR_BY_FLOOR, MJ_GR_APART, MJ_GR_WAYS } mj_gr_way;
/** "stated", "owner", "merged", "floor_area", "apart". */
const char *mj_gr_way_name(mj_gr_way way);

typedef struct mj_gr_scheme {
  const char *code, *article; /**< article NULL where none */
  int way;                    /**< mj_gr_way */
  mj_rb_words text;
  bool min_max;
  double from, to; /**< min_max: points at the lowest and the highest value, of 100 */
  double total;    /**< what the weights add up to */
  double error;    /**< stability: every figure wrong by this share */
  mj_gr_case *exempt, *veto;
  int n_exempt, n_veto;
  mj_rb_sql bonus, penalty;
  mj_gr_group *group;
  int n_groups;
  mj_gr_cuts cuts; /**< of groups that say none; n is 0 where the scheme says none */
} mj_gr_scheme;

/** The indicator of that name in the group, or -1. */
int mj_gr_find(const mj_gr_group *group, const char *name);
/** "A 类" order: the place of the class in the cuts, or -1. */
int mj_gr_class_index(const mj_gr_cuts *cuts, const char *name);
/** Read `grades` of the rulebook, where it has it. Errors: MJ_EFORMAT "file:line:column: ...", MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_rb_read_grades(const mj_yaml_doc *doc, const mj_yaml_node *root, mj_rulebook *book);
/** The scheme in words, for `mujun rules show`. */
void mj_gr_describe(const mj_gr_scheme *scheme, mj_lang lang, mj_text *out);
#endif
