#include "report/grid.h"

#include <stdlib.h>

enum { GAP = 2, NARROW = 10, NUMBER = 6, CODE = 20 };

static void put_blanks(mj_text *out, int n) {
  for (; n > 0; n--) mj_text_put(out, " ", 1);
}

static int natural(const char *text) {
  int widest = 0;
  for (const char *p = text;;) {
    size_t n = strcspn(p, "\n");
    char one[5] = {0};
    int width = 0;
    for (size_t i = 0, step; i < n; i += step) {
      for (step = 1; i + step < n && step < 4 && (p[i + step] & 0xC0) == 0x80;) step++;
      memcpy(one, p + i, step);
      one[step] = 0;
      width += mj_utf8_width(one);
    }
    if (width > widest) widest = width;
    if (!p[n]) return widest;
    p += n + 1;
  }
}

static int heading_width(const mj_grid *g) {
  int widest = 0;
  for (int c = 0; c < g->n_columns; c++) {
    int w = natural(g->heading[c]);
    if (w > widest) widest = w;
  }
  return widest;
}

/* The longest word of ASCII in a text, but for words too long to be a code. */
static int longest_code(const char *text) {
  int longest = 0;
  for (const char *p = text; *p;) {
    int n = 0;
    for (; *p > ' ' && *p < 0x7f; p++) n++;
    if (n > longest && n <= CODE) longest = n;
    if (*p && n == 0) p++;
  }
  return longest;
}

/* Take columns off the widest, none below @p least, until all fit. False where they cannot. */
static bool shrink(const mj_grid *g, int *width, const int *least, int sum) {
  while (g->width > 0 && sum > g->width) {
    int widest = -1;
    for (int c = 0; c < g->n_columns; c++)
      if (width[c] > least[c] && (widest < 0 || width[c] > width[widest])) widest = c;
    if (widest < 0) return false;
    width[widest]--;
    sum--;
  }
  return true;
}

/* Texts are broken where they must be, headings over numbers too, codes only where there is no other way, numbers
 * never; false where nothing makes it fit. */
static bool choose_widths(const mj_grid *g, int *width, int *least) {
  int sum = g->indent - GAP;
  for (int c = 0; c < g->n_columns; c++) {
    width[c] = natural(g->heading[c]);
    least[c] = g->right[c] ? NUMBER : NARROW;
    for (int64_t r = 0; r < g->n_rows; r++) {
      const char *text = g->cell[r * g->n_columns + c];
      int w = natural(text), code = longest_code(text);
      if (w > width[c]) width[c] = w;
      if (g->right[c]) code = w;
      if (code > least[c]) least[c] = code;
    }
    sum += width[c] + GAP;
  }
  if (shrink(g, width, least, sum)) return true;
  sum = g->indent - GAP;
  for (int c = 0; c < g->n_columns; c++) {
    sum += width[c] + GAP;
    if (!g->right[c]) least[c] = NARROW;
  }
  return shrink(g, width, least, sum);
}

/* One line of each cell that still has some; false when all are at their end. */
static bool put_line(mj_text *out, const mj_grid *g, const int *width, const char **rest) {
  int last = g->n_columns - 1, column = 0;
  bool any = false;
  while (last >= 0 && !*rest[last]) last--;
  for (int c = 0; c <= last; c++) any = any || *rest[c];
  if (!any) return false;
  put_blanks(out, g->indent);
  for (int c = 0; c <= last; c++) {
    size_t skip, n = mj_wrap(rest[c], width[c], &skip), before = out->n;
    mj_text line = {0};
    mj_shown_put(&line, rest[c], n);
    int w = line.data ? mj_utf8_width(line.data) : 0;
    if (g->right[c]) put_blanks(out, width[c] - w);
    mj_text_add(out, line.data ? line.data : "");
    if (!g->right[c] && c < last) put_blanks(out, width[c] - w);
    if (c < last) put_blanks(out, GAP);
    out->failed |= line.failed;
    mj_text_reset(&line);
    rest[c] += skip;
    column += (int)(out->n - before);
  }
  mj_text_add(out, "\n");
  return column >= 0;
}

static void put_row(mj_text *out, const mj_grid *g, const int *width, const char *const *cell, const char **rest) {
  bool any = false;
  for (int c = 0; c < g->n_columns; c++) rest[c] = cell[c];
  while (put_line(out, g, width, rest)) any = true;
  if (!any) mj_text_add(out, "\n"); /* a row of empty texts is a row */
}

static void put_rule(mj_text *out, const mj_grid *g, const int *width) {
  put_blanks(out, g->indent);
  for (int c = 0; c < g->n_columns; c++) {
    for (int i = 0; i < width[c]; i++) mj_text_put(out, "-", 1);
    if (c + 1 < g->n_columns) put_blanks(out, GAP);
  }
  mj_text_add(out, "\n");
}

static void put_records(mj_text *out, const mj_grid *g) {
  int left = heading_width(g), most = g->width > 0 ? g->width : 80;
  if (left > most / 2) left = most / 2;
  for (int64_t r = 0; r < g->n_rows; r++) {
    if (r) mj_text_add(out, "\n");
    for (int c = 0; c < g->n_columns; c++) {
      int w = natural(g->heading[c]);
      put_blanks(out, g->indent);
      mj_text_add(out, g->heading[c]);
      put_blanks(out, w < left ? left - w + GAP : GAP);
      int column = g->indent + (w < left ? left : w) + GAP;
      mj_wrap_put(out, g->cell[r * g->n_columns + c], column, g->indent + left + GAP, most);
    }
  }
}

void mj_grid_put(mj_text *out, const mj_grid *grid) {
  int *width = calloc(2 * (size_t)grid->n_columns + 1, sizeof *width);
  const char **rest = calloc((size_t)grid->n_columns + 1, sizeof *rest);
  if (!width || !rest) {
    out->failed = true;
  } else if (!choose_widths(grid, width, width + grid->n_columns)) {
    put_records(out, grid);
  } else {
    put_row(out, grid, width, grid->heading, rest);
    put_rule(out, grid, width);
    for (int64_t r = 0; r < grid->n_rows; r++) put_row(out, grid, width, grid->cell + r * grid->n_columns, rest);
  }
  free(width);
  free(rest);
}
