#include "geom/shelf.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double MOST_SIDE_M = 1000, MOST_WIDTH_M = 1e5;

double mj_shelf_area_m2(int64_t score) { return (double)((score + MJ_SHELF_COUNTS - 1) / MJ_SHELF_COUNTS) / 100; }

static int64_t score_of(const mj_rect_size *s) { return (int64_t)s->depth_dm * s->length_dm * MJ_SHELF_COUNTS - 1; }

static void add_side(mj_shelves *s, int32_t side_dm) {
  int32_t k = s->n_sides;
  for (int32_t i = 0; i < s->n_sides; i++)
    if (s->side[i] == side_dm) return;
  for (; k > 0 && s->side[k - 1] > side_dm; k--) s->side[k] = s->side[k - 1];
  s->side[k] = side_dm;
  s->n_sides++;
}

static void add_block(mj_shelves *s, mj_shelf_block b) {
  s->block[s->n_blocks++] = b;
  add_side(s, b.w_dm);
  add_side(s, b.h_dm);
  if (b.h_dm > s->tallest_dm) s->tallest_dm = b.h_dm;
}

/* Every size in both positions, and every two of one depth as a pinwheel: two lie, two stand, a hole in the middle. */
static void make_blocks(mj_shelves *s) {
  for (int32_t i = 0; i < s->n_sizes; i++) {
    int32_t d = s->size[i].depth_dm, l = s->size[i].length_dm;
    add_block(s, (mj_shelf_block){l, d, i, -1, score_of(&s->size[i])});
    if (d != l) add_block(s, (mj_shelf_block){d, l, i, -1, score_of(&s->size[i])});
  }
  for (int32_t i = 0; i < s->n_sizes; i++)
    for (int32_t k = 0; k < s->n_sizes; k++) {
      int32_t d = s->size[i].depth_dm, w = s->size[i].length_dm + s->gap_dm + d,
              h = s->size[k].length_dm + s->gap_dm + d;
      if (s->size[k].depth_dm != d || d == s->size[i].length_dm || d == s->size[k].length_dm) continue;
      if (s->n_blocks == MJ_SHELF_BLOCKS) return;
      add_block(s, (mj_shelf_block){w, h, i, k, 2 * (score_of(&s->size[i]) + score_of(&s->size[k]))});
    }
}

/* Columns of one width: the best stack for every height. */
static void fill_stack(mj_shelves *s, int32_t k) {
  int64_t *best = s->stack + (size_t)k * (size_t)(s->tallest_dm + 1);
  int8_t *last = s->stack_last + (size_t)k * (size_t)(s->tallest_dm + 1);
  best[0] = 0;
  last[0] = -1;
  for (int32_t h = 1; h <= s->tallest_dm; h++) {
    best[h] = best[h - 1];
    last[h] = -1;
    for (int32_t i = 0; i < s->n_blocks; i++) {
      const mj_shelf_block *b = &s->block[i];
      if (b->w_dm != s->side[k] || b->h_dm > h) continue;
      int32_t below = h - b->h_dm - s->gap_dm;
      int64_t score = b->score + (below > 0 ? best[below] : 0);
      if (score > best[h]) {
        best[h] = score;
        last[h] = (int8_t)i;
      }
    }
  }
}

/* Bands of one height: the best row of columns for every width. */
static void fill_band(mj_shelves *s, int32_t k) {
  int64_t *best = s->fill + (size_t)k * (size_t)(s->widest_dm + 1);
  int8_t *last = s->fill_last + (size_t)k * (size_t)(s->widest_dm + 1);
  int64_t column[MJ_SHELF_SIDES];
  for (int32_t c = 0; c < s->n_sides; c++)
    column[c] = s->stack[(size_t)c * (size_t)(s->tallest_dm + 1) + (size_t)s->side[k]];
  best[0] = 0;
  last[0] = -1;
  for (int32_t w = 1; w <= s->widest_dm; w++) {
    best[w] = best[w - 1];
    last[w] = -1;
    for (int32_t c = 0; c < s->n_sides && s->side[c] <= w; c++) {
      int32_t rest = w - s->side[c] - s->gap_dm;
      int64_t score = column[c] + (rest > 0 ? best[rest] : 0);
      if (column[c] && score > best[w]) {
        best[w] = score;
        last[w] = (int8_t)c;
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
  size_t sides = (size_t)s->n_sides, tall = (size_t)s->tallest_dm + 1, wide = (size_t)s->widest_dm + 1;
  s->stack = malloc(sides * tall * sizeof *s->stack);
  s->stack_last = malloc(sides * tall);
  s->fill = malloc(sides * wide * sizeof *s->fill);
  s->fill_last = malloc(sides * wide);
  if (!s->stack || !s->stack_last || !s->fill || !s->fill_last) {
    mj_shelves_reset(s);
    return MJ_ENOMEM;
  }
  for (int32_t k = 0; k < s->n_sides; k++) fill_stack(s, k);
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
  return s->fill[(size_t)k * (size_t)(s->widest_dm + 1) + (size_t)tenths(s, width_m)];
}

double mj_shelf_needs_m(const mj_shelves *s, int32_t k, double width_m) {
  int32_t w = tenths(s, width_m);
  while (w > 0 && s->fill_last[(size_t)k * (size_t)(s->widest_dm + 1) + (size_t)w] < 0) w--;
  return w / 10.0;
}

/* The rectangles of one block whose foot is at @p y. */
static void block_items(const mj_shelves *s, const mj_shelf_block *b, int32_t y, mj_shelf_item *out, int32_t room,
                        int32_t *n) {
  if (b->standing < 0) {
    if (*n < room) out[(*n)++] = (mj_shelf_item){0, y, b->w_dm, b->h_dm, b->lying};
    return;
  }
  int32_t d = s->size[b->lying].depth_dm, l = s->size[b->lying].length_dm, t = s->size[b->standing].length_dm;
  mj_shelf_item four[4] = {{0, y, l, d, b->lying},
                           {b->w_dm - d, y, d, t, b->standing},
                           {b->w_dm - l, y + b->h_dm - d, l, d, b->lying},
                           {0, y + b->h_dm - t, d, t, b->standing}};
  for (int i = 0; i < 4 && *n < room; i++) out[(*n)++] = four[i];
}

/* The rectangles of one column, from its foot; returns the height they take. */
static int32_t stack_items(const mj_shelves *s, int32_t c, int32_t height_dm, mj_shelf_item *out, int32_t room,
                           int32_t *n) {
  const int8_t *last = s->stack_last + (size_t)c * (size_t)(s->tallest_dm + 1);
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
  const int8_t *last = s->fill_last + (size_t)k * (size_t)(s->widest_dm + 1);
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
    x += s->side[c];
    w -= s->side[c] + s->gap_dm;
  }
  for (int32_t i = 0; i < n; i++) out[i].x_dm += (all - x) / 2;
  return n;
}
