#include "geom/shelf.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double MOST_SIDE_M = 1000, MOST_WIDTH_M = 1e5;

double mj_shelf_area_m2(int64_t score) { return (double)((score + MJ_SHELF_COUNTS - 1) / MJ_SHELF_COUNTS) / 100; }

static int64_t score_of(const mj_rect_size *s) { return (int64_t)s->depth_dm * s->length_dm * MJ_SHELF_COUNTS - 1; }

static void add_length(int32_t *length, int32_t *n, int32_t dm) {
  int32_t k = *n;
  for (int32_t i = 0; i < *n; i++)
    if (length[i] == dm) return;
  for (; k > 0 && length[k - 1] > dm; k--) length[k] = length[k - 1];
  length[k] = dm;
  (*n)++;
}

static void add_block(mj_shelves *s, mj_shelf_block b) {
  if (s->n_blocks == MJ_SHELF_BLOCKS) return;
  s->block[s->n_blocks++] = b;
  add_length(s->column, &s->n_columns, b.w_dm);
  if (b.across == 1) add_length(s->side, &s->n_sides, b.w_dm);
  add_length(s->side, &s->n_sides, b.h_dm);
  if (b.h_dm > s->tallest_dm) s->tallest_dm = b.h_dm;
}

/* Width of rectangles beside each other. */
static int32_t breadth(const mj_shelves *s, int32_t across, int32_t each_dm) {
  return across * each_dm + (across - 1) * s->gap_dm;
}

/* Two of size i lie, and so many of size k stand at two sides, round a hole in the middle. */
static void add_pinwheel(mj_shelves *s, int32_t i, int32_t k, int32_t across) {
  int32_t d = s->size[i].depth_dm, l = s->size[i].length_dm, t = s->size[k].length_dm, arm = breadth(s, across, d);
  if (s->size[k].depth_dm != d || d == l || d == t || arm > l) return;
  int64_t score = 2 * (score_of(&s->size[i]) + across * score_of(&s->size[k]));
  add_block(s, (mj_shelf_block){l + s->gap_dm + arm, t + s->gap_dm + d, across, i, k, score});
}

/* Every size in both positions, standing beside its like too, and every two of one depth as pinwheels. */
static void make_blocks(mj_shelves *s) {
  for (int32_t i = 0; i < s->n_sizes; i++) {
    int32_t d = s->size[i].depth_dm, l = s->size[i].length_dm;
    add_block(s, (mj_shelf_block){l, d, 1, i, -1, score_of(&s->size[i])});
    for (int32_t m = d != l ? 1 : 2; m <= MJ_SHELF_ACROSS; m++)
      add_block(s, (mj_shelf_block){breadth(s, m, d), l, m, i, -1, m * score_of(&s->size[i])});
  }
  for (int32_t across = 1; across < MJ_SHELF_ACROSS; across++)
    for (int32_t i = 0; i < s->n_sizes; i++)
      for (int32_t k = 0; k < s->n_sizes; k++) add_pinwheel(s, i, k, across);
}

static size_t stack_at(const mj_shelves *s, int32_t c, int32_t height_dm) {
  return (size_t)c * (size_t)(s->tallest_dm + 1) + (size_t)height_dm;
}
static size_t fill_at(const mj_shelves *s, int32_t k, int32_t width_dm) {
  return (size_t)k * (size_t)(s->widest_dm + 1) + (size_t)width_dm;
}

/* Columns of one width: the best stack for every height. */
static void fill_stack(mj_shelves *s, int32_t c) {
  int64_t *best = s->stack + stack_at(s, c, 0);
  int16_t *last = s->stack_last + stack_at(s, c, 0);
  best[0] = 0;
  last[0] = -1;
  for (int32_t h = 1; h <= s->tallest_dm; h++) {
    best[h] = best[h - 1];
    last[h] = -1;
    for (int32_t i = 0; i < s->n_blocks; i++) {
      const mj_shelf_block *b = &s->block[i];
      if (b->w_dm > s->column[c] || b->h_dm > h) continue;
      int32_t below = h - b->h_dm - s->gap_dm;
      int64_t score = b->score + (below > 0 ? best[below] : 0);
      if (score > best[h]) {
        best[h] = score;
        last[h] = (int16_t)i;
      }
    }
  }
}

/* Bands of one height: the best row of columns for every width. */
static void fill_band(mj_shelves *s, int32_t k) {
  int64_t *best = s->fill + fill_at(s, k, 0);
  int16_t *last = s->fill_last + fill_at(s, k, 0);
  int64_t column[MJ_SHELF_COLUMNS];
  for (int32_t c = 0; c < s->n_columns; c++) column[c] = s->stack[stack_at(s, c, s->side[k])];
  best[0] = 0;
  last[0] = -1;
  for (int32_t w = 1; w <= s->widest_dm; w++) {
    best[w] = best[w - 1];
    last[w] = -1;
    for (int32_t c = 0; c < s->n_columns && s->column[c] <= w; c++) {
      int32_t rest = w - s->column[c] - s->gap_dm;
      int64_t score = column[c] + (rest > 0 ? best[rest] : 0);
      if (column[c] && score > best[w]) {
        best[w] = score;
        last[w] = (int16_t)c;
      }
    }
  }
}

mj_status mj_shelves_make(mj_shelves *s, const mj_rect_size *size, int32_t n, double gap_m, double widest_m) {
  *s = (mj_shelves){0};
  if (n < 1 || n > MJ_SHELF_SIZES || !(gap_m >= 0 && gap_m <= MOST_SIDE_M && widest_m >= 0 && widest_m <= MOST_WIDTH_M))
    return MJ_EINVAL;
  for (int32_t i = 0; i < n; i++)
    if (size[i].depth_dm < 1 || size[i].depth_dm > size[i].length_dm || size[i].length_dm > MOST_SIDE_M * 10)
      return MJ_EINVAL;
  memcpy(s->size, size, (size_t)n * sizeof *size);
  s->n_sizes = n;
  s->gap_dm = (int32_t)ceil(gap_m * 10 - 1e-6);
  s->widest_dm = (int32_t)ceil(widest_m * 10);
  make_blocks(s);
  size_t stacks = stack_at(s, s->n_columns, 0), fills = fill_at(s, s->n_sides, 0);
  s->stack = malloc(stacks * sizeof *s->stack);
  s->stack_last = malloc(stacks * sizeof *s->stack_last);
  s->fill = malloc(fills * sizeof *s->fill);
  s->fill_last = malloc(fills * sizeof *s->fill_last);
  if (!s->stack || !s->stack_last || !s->fill || !s->fill_last) {
    mj_shelves_reset(s);
    return MJ_ENOMEM;
  }
  for (int32_t c = 0; c < s->n_columns; c++) fill_stack(s, c);
  for (int32_t k = 0; k < s->n_sides; k++) fill_band(s, k);
  return MJ_OK;
}

void mj_shelves_reset(mj_shelves *s) {
  free(s->stack);
  free(s->stack_last);
  free(s->fill);
  free(s->fill_last);
  *s = (mj_shelves){0};
}

/* Whole tenths of a metre in a stretch; one that is a rounding short of a whole number has it. */
static int32_t tenths(const mj_shelves *s, double width_m) {
  double w = floor(width_m * 10 + 1e-6);
  return w <= 0 ? 0 : w > s->widest_dm ? s->widest_dm : (int32_t)w;
}

int64_t mj_shelf_best(const mj_shelves *s, int32_t k, double width_m) {
  return s->fill[fill_at(s, k, tenths(s, width_m))];
}

double mj_shelf_needs_m(const mj_shelves *s, int32_t k, double width_m) {
  int32_t w = tenths(s, width_m);
  while (w > 0 && s->fill_last[fill_at(s, k, w)] < 0) w--;
  return w / 10.0;
}

/* So many rectangles beside each other. */
static void items_across(const mj_shelves *s, int32_t across, mj_shelf_item first, mj_shelf_item *out, int32_t room,
                         int32_t *n) {
  for (int32_t i = 0; i < across && *n < room; i++) {
    out[(*n)++] = first;
    first.x_dm += first.w_dm + s->gap_dm;
  }
}

/* The rectangles of one block whose foot is at @p y. */
static void block_items(const mj_shelves *s, const mj_shelf_block *b, int32_t y, mj_shelf_item *out, int32_t room,
                        int32_t *n) {
  if (b->standing < 0) {
    int32_t each = (b->w_dm - (b->across - 1) * s->gap_dm) / b->across;
    items_across(s, b->across, (mj_shelf_item){0, y, each, b->h_dm, b->lying}, out, room, n);
    return;
  }
  int32_t d = s->size[b->lying].depth_dm, l = s->size[b->lying].length_dm, t = s->size[b->standing].length_dm;
  items_across(s, 1, (mj_shelf_item){0, y, l, d, b->lying}, out, room, n);
  items_across(s, b->across, (mj_shelf_item){l + s->gap_dm, y, d, t, b->standing}, out, room, n);
  items_across(s, 1, (mj_shelf_item){b->w_dm - l, y + b->h_dm - d, l, d, b->lying}, out, room, n);
  items_across(s, b->across, (mj_shelf_item){0, y + b->h_dm - t, d, t, b->standing}, out, room, n);
}

/* The rectangles of one column, from its foot; returns the height they take. */
static int32_t stack_items(const mj_shelves *s, int32_t c, int32_t height_dm, mj_shelf_item *out, int32_t room,
                           int32_t *n) {
  const int16_t *last = s->stack_last + stack_at(s, c, 0);
  int32_t y = 0;
  for (int32_t h = height_dm; h > 0;) {
    if (last[h] < 0) {
      h--;
      continue;
    }
    const mj_shelf_block *b = &s->block[last[h]];
    y += y ? s->gap_dm : 0;
    block_items(s, b, y, out, room, n);
    y += b->h_dm;
    h -= b->h_dm + s->gap_dm;
  }
  return y;
}

int32_t mj_shelf_items(const mj_shelves *s, int32_t k, double width_m, mj_shelf_item *out, int32_t room) {
  const int16_t *last = s->fill_last + fill_at(s, k, 0);
  int32_t n = 0, x = 0, all = tenths(s, width_m);
  for (int32_t w = all; w > 0 && n < room;) {
    if (last[w] < 0) {
      w--;
      continue;
    }
    int32_t c = last[w], first = n;
    x = x ? x + s->gap_dm : 0;
    int32_t used = stack_items(s, c, s->side[k], out, room, &n);
    for (int32_t i = first; i < n; i++) {
      out[i].x_dm += x;
      out[i].y_dm += (s->side[k] - used) / 2;
    }
    x += s->column[c];
    w -= s->column[c] + s->gap_dm;
  }
  for (int32_t i = 0; i < n; i++) out[i].x_dm += (all - x) / 2;
  return n;
}
