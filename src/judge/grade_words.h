/** @file grade_words.h  What people read of a grade: names of figures, margins, reasons. */
#ifndef MJ_JUDGE_GRADE_WORDS_H
#define MJ_JUDGE_GRADE_WORDS_H

#include "judge/grade_run.h"

typedef struct {
  const char *label, *unit; /**< in the run's language; unit "" where none */
} mj_gr_called;

typedef struct {
  mj_gr_called *indicator, *measure, *per; /**< [indicators] */
  bool *first[2]; /**< [indicators] the first that reads this measure, this per: a figure is spoken of once */
} mj_gr_group_names;
typedef struct {
  mj_gr_group_names *group;
} mj_gr_names;

/** Names of everything in the scheme, in the run's arena. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_gr_name(const mj_gr_work *w, mj_gr_names *out);
/** Append "差3.2分：税收+12.4万元，或用地-1.8亩" to the next better class (@p up), or how far above the next worse. */
void mj_gr_margin_text(const mj_gr_work *w, const mj_gr_names *names, const mj_gr_firm *f, bool up, mj_text *out);
/** Append "绿色 20→23.4：B": the weight that has to move least before the class changes, and to which; that none does;
 * nothing where it cannot be told. */
void mj_gr_flip_text(const mj_gr_work *w, const mj_gr_names *names, const mj_gr_firm *f, mj_text *out);
/** Append the exemption, the veto, or what is missing. */
void mj_gr_reason_text(const mj_gr_work *w, const mj_gr_names *names, const mj_gr_firm *f, mj_text *out);
#endif
