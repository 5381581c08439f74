/** @file paper.h  A document for people, said once: headings, sentences, tables, a figure; three renderers write it. */
#ifndef MJ_REPORT_PAPER_H
#define MJ_REPORT_PAPER_H

#include "base/text.h"
#include "mujun/arena.h"

typedef enum {
  MJ_BLOCK_TITLE,
  MJ_BLOCK_HEADING,
  MJ_BLOCK_SUBHEADING,
  MJ_BLOCK_TEXT,    /**< a paragraph */
  MJ_BLOCK_ITEM,    /**< a line of a list */
  MJ_BLOCK_VERDICT, /**< an answer: its word in lead, what it answers in text */
  MJ_BLOCK_FACTS,   /**< names and values: a table of two columns without headings */
  MJ_BLOCK_TABLE,
  MJ_BLOCK_FIGURE /**< svg, with text below it; formats without figures leave the drawing out */
} mj_block_kind;

/** How a block is meant: a renderer may colour it. */
typedef enum { MJ_TONE_PLAIN, MJ_TONE_YES, MJ_TONE_NO, MJ_TONE_UNKNOWN, MJ_TONE_NOTE } mj_tone;

typedef struct {
  mj_block_kind kind;
  mj_tone tone;
  const char *text, *lead, *svg;
  int n_columns;
  const char **heading; /**< [n_columns] of a table */
  bool *right;          /**< [n_columns] numbers, which stand right */
  const char **cell;    /**< [n_cells], row by row */
  int64_t n_cells, cap_cells;
} mj_block;

/** Valid when {.arena = an arena}; cells are copied there, other texts are borrowed. failed: memory ended. */
typedef struct {
  mj_arena *arena;
  const char *title, *language; /**< "zh-CN" */
  mj_block *block;
  int n, cap;
  bool failed;
} mj_paper;

/** Append a block; NULL where memory ends (failed is set). */
mj_block *mj_paper_add(mj_paper *paper, mj_block_kind kind, mj_tone tone, const char *text);
/** As mj_paper_add with a text made of @p fmt. */
MJ_PRINTF(4, 5)
mj_block *mj_paper_say(mj_paper *paper, mj_block_kind kind, mj_tone tone, const char *fmt, ...);
/** Append an answer: "是" to "疑似闲置". */
void mj_paper_verdict(mj_paper *paper, mj_tone tone, const char *lead, const char *text);
/** Append a table; @p heading is copied. */
void mj_paper_table(mj_paper *paper, int n_columns, const char *const *heading, const bool *right);
/** The next cell of the last table or facts; NULL is an empty one. */
void mj_paper_cell(mj_paper *paper, const char *text);
/** A name and its value of the last facts, which are begun where the last block is none. */
void mj_paper_fact(mj_paper *paper, const char *name, const char *value);

/** For a terminal of @p width columns. */
void mj_paper_as_text(const mj_paper *paper, int width, mj_text *out);
/** Markdown with tables. */
void mj_paper_as_md(const mj_paper *paper, mj_text *out);
/** One file of HTML: its style inside, no script, nothing fetched; made for A4 paper too. */
void mj_paper_as_html(const mj_paper *paper, mj_text *out);
#endif
