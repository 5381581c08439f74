/** @file run.h  One judging run: the tables as rules see them, a store for each thread, and what the steps hand on. */
#ifndef MJ_JUDGE_RUN_H
#define MJ_JUDGE_RUN_H

#include "gis/store.h"
#include "judge/rulebook.h"
#include "mujun/text.h"

enum { MJ_RB_WORKERS = 64, MJ_RB_TRIED = 256 };

/** A field that has a name whether or not the input brought it. Texts are static or the run's. */
typedef struct {
  const char *table, *name, *zh, *en;
  mj_type type;
  const char *unit;
  mj_column *absent; /**< of NULLs, made when first needed: what is read is told apart by its address */
} mj_rb_field;

/** Judged rules of one rulebook in force. */
typedef struct {
  mj_rulebook *book;
  mj_rb_rule *rule; /**< of parcels, or of enterprises */
  int n_rules;
  uint8_t **result; /**< [n_rules][rows] */
} mj_rb_judged;

/** Which of the missing columns an expression needs: an answer of mj_rb_lacking. */
typedef struct {
  const char *expr;
  uint64_t missing, words, needed; /**< words: a hash of the row's words and truths, which a CASE may ask */
  bool sure;
} mj_rb_tried;

typedef struct {
  mj_park *park;
  mj_arena arena;  /**< of the run */
  mj_arena *texts; /**< where the texts of reasons go: the park's */
  int threads;
  mj_rb_field *field;
  int n_fields;
  mj_table view[MJ_REASONS]; /**< the park's tables with the fields that did not come as columns of NULL */
  mj_table rows, firms;      /**< parcels and enterprises once more, for the scan that a range drives */
  const mj_rb_fact **fact;
  int n_facts; /**< evaluated */
  mj_rb_tried tried[MJ_RB_TRIED];
  int n_tried;                      /**< ever; the oldest give way */
  mj_rb_reads industrial;           /**< what the definition of industrial land reads */
  const mj_rulebook **renewal_open; /**< [parcels] whose ladder leaves the tier open for want of data, or NULL */
  const mj_rulebook *book;          /**< whose constants SQL sees, or NULL */
  int32_t year;                     /**< of the figures, what :year is bound to */
  mj_table_id subject;              /**< whose rows are judged: parcels, or enterprises */
  bool tiers_stand;                 /**< the ladders have run: what they say may be read */
  bool alone;                       /**< only the parcels are there: who reads another table is refused */
  mj_store *store[MJ_RB_WORKERS];
  const mj_rulebook *store_book[MJ_RB_WORKERS]; /**< whose constants the store has */
} mj_rb_run;

/** Fill run->field from columns.def and fields.csv. */
MJ_NODISCARD mj_status mj_rb_read_fields(mj_rb_run *run, mj_error *err);
MJ_NODISCARD mj_status mj_rb_run_open(mj_rb_run *run, mj_park *park, mj_error *err);
void mj_rb_run_close(mj_rb_run *run);
/** Close the stores: the next one asked for is opened on the views as they then are. */
void mj_rb_run_forget(mj_rb_run *run);
/** Look at the parcels' columns again after some were added; the stores are opened anew. */
MJ_NODISCARD mj_status mj_rb_run_refresh(mj_rb_run *run, mj_error *err);
/** The answer of one rulebook on a matter joined to what stands in answer[parcels]: any 是 makes 是; else any unknown
 * 数据不足; else 否. */
void mj_rb_join_answer(const mj_rb_judged *judged, mj_rb_matter matter, int64_t parcels, uint8_t *answer);
/** Constants of @p book (NULL: only :as_of and :year) from now on. */
void mj_rb_run_book(mj_rb_run *run, const mj_rulebook *book);
/** The store of @p worker with the constants of the book, opened when first asked for. */
MJ_NODISCARD mj_status mj_rb_run_store(mj_rb_run *run, int worker, mj_store **out, mj_error *err);

/** A piece of work beside others: it writes nothing that another one reads or writes. What it takes from its run's
 * arena and texts stays. */
typedef struct {
  mj_status (*fn)(mj_rb_run *run, void *user, mj_error *err);
  void *user;
  mj_status status; /**< out */
  mj_error why;     /**< out */
} mj_rb_task;
/** Every task on a run of its own thread, whose tables are those of @p run, begun in their order. Errors: MJ_ENOMEM;
 * how each of them ended stands in it. */
MJ_NODISCARD mj_status mj_rb_tasks(mj_rb_run *run, mj_rb_task *task, int n, mj_error *err);
/** How the task ended, with its message. */
mj_status mj_rb_task_end(const mj_rb_task *task, mj_error *err);

typedef mj_status (*mj_rb_row_fn)(void *user, int worker, int64_t row, const mj_sql_value *value, mj_error *err);
/** `SELECT exprs FROM parcels` (or the subject) for the rows visit[0..n) (NULL: rows 0..n), over threads. @p fn may be
 * called for different rows at once. */
MJ_NODISCARD mj_status mj_rb_select(mj_rb_run *run, const char *exprs, const int64_t *visit, int64_t n, mj_rb_row_fn fn,
                                    void *user, mj_error *err);

/** The same over enterprises. */
MJ_NODISCARD mj_status mj_rb_select_firms(mj_rb_run *run, const char *exprs, const int64_t *visit, int64_t n,
                                          mj_rb_row_fn fn, void *user, mj_error *err);

/** Check one expression over @p table; an error names @p what and the place. @p reads may be NULL; facts in it are
 * replaced by what they read. */
MJ_NODISCARD mj_status mj_rb_check(mj_rb_run *run, const mj_rulebook *book, const char *what, const char *table,
                                   const mj_rb_sql *sql, mj_rb_reads *reads, mj_error *err);
/** The message in @p err, with place and @p what before it. */
mj_status mj_rb_blame(const mj_rulebook *book, const mj_rb_sql *at, const char *what, mj_status status, mj_error *err);

/** Column of parcels as rules see it, or NULL. */
const mj_column *mj_rb_column(const mj_rb_run *run, const char *name);
/** Room that fills a column of parcels ("intake", "measure", "judge", "plan"); NULL: no column of ours. */
const char *mj_rb_room_of(const char *parcel_column);
const mj_rb_field *mj_rb_find_field(const mj_rb_run *run, const char *table, const char *name);
const mj_rb_fact *mj_rb_find_fact(const mj_rb_run *run, const char *name);
/** True when row of the column is NULL, or the column is known by name only. */
bool mj_rb_is_null(const mj_column *column, int64_t row);

/* the steps, one file each */
/** Ledger: rulebooks that are not in force on the reference date, or not where the parcels are. */
MJ_NODISCARD mj_status mj_rb_note_force(mj_rb_run *run, mj_error *err);
MJ_NODISCARD mj_status mj_rb_industrial(mj_rb_run *run, mj_error *err);
/** The facts of the rulebook that are columns of the parcels already; others are left out. */
MJ_NODISCARD mj_status mj_rb_facts_stand(mj_rb_run *run, mj_rulebook *book, mj_error *err);
/** Facts of the rulebook as columns of the parcels: @p after false, those that rules may read; true, those that may
 * read the verdicts. */
MJ_NODISCARD mj_status mj_rb_facts(mj_rb_run *run, mj_rulebook *book, bool after, mj_error *err);
MJ_NODISCARD mj_status mj_rb_caps(mj_rb_run *run, mj_error *err);
/** Check every expression of the rule and fill what it reads. */
MJ_NODISCARD mj_status mj_rb_bind_rule(mj_rb_run *run, const mj_rulebook *book, mj_rb_rule *rule, mj_error *err);
/** Answers of these rules of the book over the rows of the subject. */
MJ_NODISCARD mj_status mj_rb_verdicts(mj_rb_run *run, mj_rulebook *book, mj_rb_rule *rule, int n_rules,
                                      mj_rb_judged *out, mj_error *err);
/** Verdicts of enterprises and table enterprise_reasons, where a rulebook in force has rules over them. */
MJ_NODISCARD mj_status mj_rb_firms(mj_rb_run *run, mj_error *err);
MJ_NODISCARD mj_status mj_rb_strategies(mj_rb_run *run, mj_rulebook *book, mj_error *err);

/** One comparison that decided, or that lacks data. Texts live as long as the park. */
typedef struct {
  int64_t row;
  const mj_rulebook *book;
  const mj_rb_rule *rule;
  const mj_rb_cond *leaf; /**< NULL: the scope */
  uint8_t verdict;
  bool holds;   /**< the leaf is true */
  bool assumed; /**< the limit, or the fact it is held against */
  double margin;
  const char *measure;                           /**< in words */
  const char *value, *limit, *operands, *clause; /**< clause and operands: in the park's language; operands NULL where
                                                    the table of reasons is not wanted */
} mj_rb_reason;
typedef struct {
  mj_rb_reason *reason;
  int64_t n, cap;
} mj_rb_reasons;

/** Why rows visit[0..n) got @p verdict by the rule: appended in order of rows. */
MJ_NODISCARD mj_status mj_rb_explain(mj_rb_run *run, const mj_rulebook *book, const mj_rb_rule *rule, uint8_t verdict,
                                     const int64_t *visit, int64_t n, mj_rb_reasons *out, mj_error *err);
/**
 * Whose word holds on a matter, by level and delegation: rank 0 decides; equal ranks decide together; -1: does not
 * judge it. [n] out. Cost: n^3 over a handful of rulebooks.
 */
void mj_rb_rank(const mj_rulebook *const *book, int n, mj_rb_matter matter, int *rank);
/** What a tier is called: its text, else its code. */
const char *mj_rb_tier_text(const mj_rb_ladder *ladder, const mj_rb_rule *rule, mj_lang lang);
/** The reasons table and parcels.reasons, by parcel; of enterprises the table enterprise_reasons. */
MJ_NODISCARD mj_status mj_rb_write_reasons(mj_rb_run *run, mj_rb_reasons *reasons, mj_error *err);
MJ_NODISCARD mj_status mj_rb_ladder_run(mj_rb_run *run, mj_rulebook *book, mj_rb_reasons *out, mj_error *err);

/** Table fixes: the values that would make verdicts firm, and in which order. */
MJ_NODISCARD mj_status mj_rb_fixes(mj_rb_run *run, const mj_rb_reasons *reasons, mj_error *err);

/** Most tasks that mj_rb_grades_list makes. */
int mj_rb_grades_most(const mj_park *park);
/** A task for the scheme of each rulebook in force that has one; [rulebooks] room. */
MJ_NODISCARD mj_status mj_rb_grades_list(mj_rb_run *run, mj_rb_task *task, int *n, mj_error *err);
/** Tables grades and grade_points, when those tasks have ended. */
MJ_NODISCARD mj_status mj_rb_grades(mj_rb_run *run, const mj_rb_task *task, int n, mj_error *err);

/** What is computed once the verdicts stand, side by side: fixes, targets, indicators, audits, grades. */
MJ_NODISCARD mj_status mj_rb_beside(mj_rb_run *run, const mj_rb_reasons *reasons, mj_error *err);

/* wording */
/** A text in words of one language, on its way. */
typedef struct {
  mj_text *out;
  mj_lang lang;
} mj_rb_page;
/** @p zh or @p en. */
const char *mj_rb_pick(mj_lang lang, const char *zh, const char *en);
/** That a document states it, or that it is assumed, in brackets. */
const char *mj_rb_certainty(mj_lang lang, bool assumed);
/** The shortest exact number; NaN: that it was not found. */
void mj_rb_put_number(const mj_rb_page *page, double v);
/** "疑似闲置（待调查认定）：": a bureau decides, not a program. */
const char *mj_rb_suspected(mj_lang lang);
const char *mj_rb_label(const mj_rb_run *run, const mj_rb_cond *leaf);
const char *mj_rb_unit(const char *unit, mj_lang lang);
/** Four decimals without trailing zeros, or as many more as it takes to differ from @p beside. out has 32 bytes. */
void mj_rb_number_text(double v, double beside, char out[32]);
/** The names people use for what an expression reads. */
typedef struct {
  const char *label, *unit;
} mj_rb_called;
/** 是, 否. */
const char *mj_rb_truth_word(uint8_t value, mj_lang lang);
/** Labels and units of the columns read, [reads->n] in the run's arena; NULL when memory ends. */
const mj_rb_called *mj_rb_call(mj_rb_run *run, const mj_rb_reads *reads);
/** Append the SQL with the names people use for its columns. */
void mj_rb_sql_words(const mj_rb_run *run, const char *sql, mj_text *out);
/** Append "税收=1 万元; 面积=缺": the columns and their values. */
void mj_rb_operands_text(const mj_rb_reads *reads, const mj_rb_called *called, int64_t row, mj_lang lang, mj_text *out);
/** Append which of them are missing, by the names people use. */
void mj_rb_missing_text(const mj_rb_run *run, const mj_rb_reads *reads, int64_t row, mj_text *out);
/** Append the comparison as a person reads it. @param label  of its measure @param dates  the margin is in days */
void mj_rb_clause_text(const mj_rb_run *run, const mj_rb_reason *r, const char *label, bool dates, mj_text *out);
/** Append the SQL of a condition. */
void mj_rb_cond_sql(const mj_rb_cond *cond, mj_text *out);
#endif
