#include "report/grid.h"
#include "report/paper.h"

/* What Markdown would read as a mark of its own is written so that it is none; a cell is one line. It is looked at on a
 * terminal too. */
static void put(mj_text *out, const char *text) {
  for (size_t n; *text; text += n) {
    n = strcspn(text, "\\`*_[]<>|#\n");
    mj_shown_put(out, text, n);
    if (n || !*text) continue;
    if (*text != '\n') mj_text_put(out, "\\", 1);
    mj_text_put(out, *text == '\n' ? " " : text, 1);
    n = 1;
  }
}

static void put_rows(mj_text *out, const mj_block *b) {
  mj_text_add(out, "|");
  for (int c = 0; c < b->n_columns; c++) {
    mj_text_add(out, " ");
    if (b->heading) put(out, b->heading[c]);
    mj_text_add(out, " |");
  }
  mj_text_add(out, "\n|");
  for (int c = 0; c < b->n_columns; c++) mj_text_add(out, b->right && b->right[c] ? "---:|" : "---|");
  for (int64_t i = 0; i < b->n_cells; i++) {
    mj_text_add(out, i % b->n_columns ? " " : "\n| ");
    put(out, b->cell[i]);
    mj_text_add(out, " |");
  }
  mj_text_add(out, "\n");
}

void mj_paper_as_md(const mj_paper *paper, mj_text *out) {
  static const char *const mark[] = {"# ", "## ", "### "};
  mj_block_kind before = MJ_BLOCK_TITLE;
  for (int i = 0; i < paper->n; i++) {
    const mj_block *b = &paper->block[i];
    bool list = b->kind == MJ_BLOCK_ITEM && before == MJ_BLOCK_ITEM;
    if (i && !list) mj_text_add(out, "\n");
    before = b->kind;
    if (b->n_columns) {
      put_rows(out, b);
      continue;
    }
    if (b->kind <= MJ_BLOCK_SUBHEADING) mj_text_add(out, mark[b->kind]);
    if (b->kind == MJ_BLOCK_ITEM) mj_text_add(out, "- ");
    if (b->tone == MJ_TONE_NOTE) mj_text_add(out, "> ");
    if (b->lead) {
      mj_text_add(out, "**");
      put(out, b->lead);
      mj_text_add(out, "** ");
    }
    put(out, b->text);
    mj_text_add(out, "\n");
  }
}
