#include "report/grid.h"
#include "report/paper.h"

enum { INDENT = 2 };

static void underline(mj_text *out, const char *text, char with) {
  mj_shown_put(out, text, strlen(text));
  mj_text_add(out, "\n");
  for (int i = mj_utf8_width(text); i > 0; i--) mj_text_put(out, &with, 1);
  mj_text_add(out, "\n");
}

static void put_facts(mj_text *out, const mj_block *b, int width) {
  int left = 0;
  for (int64_t i = 0; i < b->n_cells; i += 2) {
    int w = mj_utf8_width(b->cell[i]);
    if (w > left) left = w;
  }
  for (int64_t i = 0; i + 1 < b->n_cells; i += 2) {
    mj_text_format(out, "%*s", INDENT, "");
    mj_shown_put(out, b->cell[i], strlen(b->cell[i]));
    for (int w = mj_utf8_width(b->cell[i]); w < left + 2; w++) mj_text_add(out, " ");
    mj_wrap_put(out, b->cell[i + 1], INDENT + left + 2, INDENT + left + 2, width);
  }
}

static void put_table(mj_text *out, const mj_block *b, int width) {
  mj_grid grid = {b->n_columns, b->heading, b->cell, b->right, b->n_cells / b->n_columns, INDENT, width};
  mj_grid_put(out, &grid);
}

void mj_paper_as_text(const mj_paper *paper, int width, mj_text *out) {
  mj_block_kind before = MJ_BLOCK_TITLE;
  for (int i = 0; i < paper->n; i++) {
    const mj_block *b = &paper->block[i];
    bool list = b->kind == MJ_BLOCK_ITEM && before == MJ_BLOCK_ITEM;
    if (i && !list) mj_text_add(out, "\n");
    before = b->kind;
    switch (b->kind) {
      case MJ_BLOCK_TITLE:
        underline(out, b->text, '=');
        break;
      case MJ_BLOCK_HEADING:
        underline(out, b->text, '-');
        break;
      case MJ_BLOCK_SUBHEADING:
        mj_text_add(out, "## ");
        mj_wrap_put(out, b->text, 3, 3, width);
        break;
      case MJ_BLOCK_VERDICT:
        mj_text_format(out, "%*s[", INDENT, "");
        mj_shown_put(out, b->lead, strlen(b->lead));
        mj_text_add(out, "] ");
        mj_wrap_put(out, b->text, INDENT + 3 + mj_utf8_width(b->lead), INDENT, width);
        break;
      case MJ_BLOCK_ITEM:
        mj_text_add(out, "  - ");
        mj_wrap_put(out, b->text, 4, 4, width);
        break;
      case MJ_BLOCK_FACTS:
        put_facts(out, b, width);
        break;
      case MJ_BLOCK_TABLE:
        put_table(out, b, width);
        break;
      default:
        mj_text_format(out, "%*s", INDENT, "");
        mj_wrap_put(out, b->text, INDENT, INDENT, width);
    }
  }
}
