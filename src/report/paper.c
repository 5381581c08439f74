#include "report/paper.h"

#include <stdarg.h>
#include <stdio.h>

mj_block *mj_paper_add(mj_paper *paper, mj_block_kind kind, mj_tone tone, const char *text) {
  if (paper->n == paper->cap) {
    int cap = paper->cap ? 2 * paper->cap : 64;
    mj_block *grown = mj_arena_alloc(paper->arena, (size_t)cap, sizeof *grown);
    if (!grown) {
      paper->failed = true;
      return NULL;
    }
    if (paper->n) memcpy(grown, paper->block, (size_t)paper->n * sizeof *grown);
    paper->block = grown;
    paper->cap = cap;
  }
  mj_block *block = &paper->block[paper->n++];
  *block = (mj_block){.kind = kind, .tone = tone, .text = text ? text : ""};
  if (kind == MJ_BLOCK_FACTS) block->n_columns = 2;
  if (!text) paper->failed = true;
  return block;
}

mj_block *mj_paper_say(mj_paper *paper, mj_block_kind kind, mj_tone tone, const char *fmt, ...) {
  va_list args;
  va_start(args, fmt);
  va_list again;
  va_copy(again, args);
  int n = vsnprintf(NULL, 0, fmt, args);
  char *text = n < 0 ? NULL : mj_arena_alloc(paper->arena, (size_t)n + 1, 1);
  if (text) vsnprintf(text, (size_t)n + 1, fmt, again);
  va_end(again);
  va_end(args);
  return mj_paper_add(paper, kind, tone, text);
}

void mj_paper_verdict(mj_paper *paper, mj_tone tone, const char *lead, const char *text) {
  mj_block *block = mj_paper_add(paper, MJ_BLOCK_VERDICT, tone, text);
  if (block) block->lead = lead;
}

void mj_paper_table(mj_paper *paper, int n_columns, const char *const *heading, const bool *right) {
  mj_block *block = mj_paper_add(paper, MJ_BLOCK_TABLE, MJ_TONE_PLAIN, "");
  const char **copy = mj_arena_alloc(paper->arena, (size_t)n_columns, sizeof *copy);
  bool *numbers = mj_arena_alloc(paper->arena, (size_t)n_columns, sizeof *numbers);
  if (!block || !copy || !numbers) {
    paper->failed = true;
    return;
  }
  memcpy(copy, heading, (size_t)n_columns * sizeof *copy);
  if (right) memcpy(numbers, right, (size_t)n_columns * sizeof *numbers);
  block->n_columns = n_columns;
  block->heading = copy;
  block->right = numbers;
}

void mj_paper_cell(mj_paper *paper, const char *text) {
  mj_block *block = paper->n ? &paper->block[paper->n - 1] : NULL;
  if (!block || !block->n_columns) return;
  if (block->n_cells == block->cap_cells) {
    int64_t cap = block->cap_cells ? 2 * block->cap_cells : 32;
    const char **grown = mj_arena_alloc(paper->arena, (size_t)cap, sizeof *grown);
    if (!grown) {
      paper->failed = true;
      return;
    }
    if (block->n_cells) memcpy(grown, block->cell, (size_t)block->n_cells * sizeof *grown);
    block->cell = grown;
    block->cap_cells = cap;
  }
  const char *copy = text ? mj_arena_text(paper->arena, text, strlen(text)) : "";
  if (!copy) paper->failed = true;
  block->cell[block->n_cells++] = copy ? copy : "";
}

void mj_paper_fact(mj_paper *paper, const char *name, const char *value) {
  if (!paper->n || paper->block[paper->n - 1].kind != MJ_BLOCK_FACTS)
    mj_paper_add(paper, MJ_BLOCK_FACTS, MJ_TONE_PLAIN, "");
  mj_paper_cell(paper, name);
  mj_paper_cell(paper, value);
}
