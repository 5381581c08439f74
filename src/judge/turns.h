/** @file turns.h  At which values of a figure the comparisons of a parcel's rules turn, and how it is treated there. */
#ifndef MJ_JUDGE_TURNS_H
#define MJ_JUDGE_TURNS_H

#include "judge/whatif.h"

enum { MJ_MOST_TURNS = 64 };

/** A comparison on one parcel: what it is where the figure does not move it, or the value at which it turns. */
typedef struct {
  double at;     /**< NaN: the figure does not move it */
  int8_t way;    /**< 1: the measure rises with the figure, -1: it falls */
  uint8_t truth; /**< where it is not moved */
} mj_rb_turn;

/** A rule on verdict inefficient, or a tier of a ladder, with its turns. */
typedef struct {
  const mj_rulebook *book;
  const mj_rb_rule *rule;
  const mj_rb_sql *scope;
  const mj_rb_ladder *ladder; /**< of a tier, else NULL */
  mj_rb_turn *leaf;           /**< [parcels * n_leaves] */
  uint8_t *open;              /**< [parcels] truth of the scope, and of the ladder having its inputs */
} mj_rb_clause;

/** The clauses that decide how parcels are treated, looked at for one figure. Valid when {.run = ...}. */
typedef struct {
  mj_rb_run *run;
  const mj_rb_figure *figure;
  const double *value; /**< of the figure by parcel, or NULL */
  mj_rb_clause *item, *now;
  int n;
} mj_rb_turns;

/** tier: number of the clause, -1: none, -2: cannot be told. */
typedef struct {
  uint8_t inefficient;
  int tier;
} mj_rb_treatment;

/** A place on the figure's axis: a value, or just below or above it. */
typedef struct {
  double at;
  int side; /**< -1, 0, 1 */
} mj_rb_place;

/** The rules of book[n] (in force) that decide what is inefficient, and their ladders, the higher first. Errors:
 * MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_rb_turns_open(mj_rb_turns *turns, const mj_rulebook *const *book, int n, mj_error *err);
void mj_rb_turns_close(mj_rb_turns *turns);
/** True where some comparison reads the figure, and no scope does: whole rules coming into force are not followed. */
bool mj_rb_turns_asked(const mj_rb_turns *turns, const mj_rb_figure *figure);
/** Find every parcel's turns for the figure. A comparison that is no straight line in it has none. Errors: MJ_ERULE,
 * MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_rb_turns_look(mj_rb_turns *turns, const mj_rb_figure *figure, mj_error *err);
/** How parcel @p row would be treated with the figure there. */
mj_rb_treatment mj_rb_treated(const mj_rb_turns *turns, int64_t row, mj_rb_place place);
#endif
