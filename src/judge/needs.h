/** @file needs.h  From a verdict that lacks data to the delivered values that would settle it. */
#ifndef MJ_JUDGE_NEEDS_H
#define MJ_JUDGE_NEEDS_H

#include "judge/run.h"

/** What has to be supplied: a cell, a whole row, a layer or column, a shape. */
typedef enum { MJ_FIX_VALUE, MJ_FIX_ROW, MJ_FIX_LAYER, MJ_FIX_SHAPE } mj_rb_fix_kind;

/** One value that somebody can supply. Texts are static or the park's. */
typedef struct {
  mj_rb_fix_kind kind;
  mj_table_id layer;
  int64_t row;                       /**< of that table, -1: none */
  int64_t parcel;                    /**< for which a row is missing, -1: none */
  int64_t year;                      /**< of enterprise figures, or MJ_I64_NULL */
  const char *field, *code, *old;    /**< or NULL */
  const char *lookup;                /**< a row is missing in that lookup table, for the code in old; or NULL */
  int64_t part_of, settles, doubted; /**< verdicts */
  int64_t first_parcel;              /**< whose verdict lacks it */
} mj_rb_fix;

/** Where a value stands among those found: its number + 1; 0 is free. */
typedef struct {
  uint32_t hash;
  int32_t number;
} mj_rb_slot;

/** How a column of the parcels came to be: @p at is a place in the list of its kind. */
typedef struct {
  const char *name;
  enum {
    MJ_WAY_FIGURE,
    MJ_WAY_DERIVED,
    MJ_WAY_AREA,
    MJ_WAY_INDUSTRIAL,
    MJ_WAY_BUILDINGS,
    MJ_WAY_CAP,
    MJ_WAY_LAND_USE,
    MJ_WAY_LOOKUP,
    MJ_WAY_SHAPE,
    MJ_WAY_CELL
  } kind;
  int at;
} mj_rb_way;

/** Values found so far, and those of the verdict that is looked at. Valid when {0} but for run and arena. */
typedef struct {
  mj_rb_run *run;
  mj_arena *arena;
  mj_rb_fix *fix; /**< [n_fix], each value once */
  int32_t n_fix, cap_fix;
  mj_rb_slot *slot; /**< open addressing */
  uint32_t slots;
  int32_t *need; /**< of all verdicts, one after another */
  int64_t n_need, cap_need, first_need;
  bool sure;                      /**< the verdict is firm when all of it is supplied, whatever the values are */
  int64_t *gap_from, *house_from; /**< [parcels + 1] places in gap, rows of parcel_buildings */
  mj_rb_way seen[64];             /**< of the names traced, by address */
  int n_seen;
  int64_t *gap; /**< rows of the table gaps by parcel */
} mj_rb_tracer;

/** Indexes of the tables. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_rb_tracer_open(mj_rb_tracer *t, mj_rb_run *run, mj_arena *arena);
void mj_rb_tracer_close(mj_rb_tracer *t);
/** Number of the value, added when new; it is not yet one of the verdict's. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_rb_add_fix(mj_rb_tracer *t, mj_rb_fix fix, int32_t *number);
/** The value is one of the verdict's needs; @p sure: with it the verdict's expression gets its value. Errors:
 * MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_rb_need(mj_rb_tracer *t, mj_rb_fix fix, bool sure);
/** Add what column @p name of the parcels lacks on row @p parcel to the verdict's needs. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_rb_trace(mj_rb_tracer *t, int64_t parcel, const char *name);

/** What the ledger says of the values found: their code, and the cell as it was. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_rb_fix_entries(mj_rb_tracer *t);
/** Values of parcels that the ledger warns of though verdicts stand on them, with their number in doubted. Errors:
 * MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_rb_fix_doubts(mj_rb_tracer *t);

/**
 * Which of the columns @p reads (bit i: column i) must be given on @p row so that @p expr has a value whatever they
 * hold: the fewest, and of those the columns that most parcels have. 0 where it has a value already, where nothing is
 * missing, or where no value of what is missing gives it one: the values that are there contradict each other. More
 * than six missing columns, or an expression that cannot be tried: all of them. @p sure false: all of them, and some
 * values would still leave it open, as a code that a table of the rulebook lacks. Answers are kept by expression and
 * missing columns. Errors: MJ_ENOMEM.
 */
MJ_NODISCARD mj_status mj_rb_lacking(mj_rb_run *run, const mj_rulebook *book, const char *expr,
                                     const mj_rb_reads *reads, int64_t row, uint64_t *mask, bool *sure);
#endif
