#include "../test.h"
#include "geom/shelf.h"
#include "shape.h"

/* The best column of a width and height, and the best band, by recursion. Blocks: one to three rectangles beside each
 * other, and pinwheels of two sizes of one depth, in which one or two stand at each side. */
typedef struct {
  int w, h;
  int64_t score;
} block;

static int blocks_of(const mj_rect_size *s, int n, int gap, block *out) {
  int m = 0;
  for (int i = 0; i < n; i++)
    for (int k = 0; k < n; k++) {
      int d = s[i].depth_dm, l = s[i].length_dm, t = s[k].length_dm;
      int64_t own = (int64_t)d * l * MJ_SHELF_COUNTS - 1, other = (int64_t)d * t * MJ_SHELF_COUNTS - 1;
      if (i == k) {
        out[m++] = (block){l, d, own};
        out[m++] = (block){d, l, own};
        out[m++] = (block){d + gap + d, l, 2 * own};
        out[m++] = (block){d + gap + d + gap + d, l, 3 * own};
      }
      if (d != s[k].depth_dm) continue;
      out[m++] = (block){l + gap + d, t + gap + d, 2 * own + 2 * other};
      if (d + gap + d <= l) out[m++] = (block){l + gap + d + gap + d, t + gap + d, 2 * own + 4 * other};
    }
  return m;
}

static int64_t column(const block *b, int n, int gap, int w, int h) {
  int64_t best = 0;
  for (int i = 0; i < n; i++) {
    if (b[i].w > w || b[i].h > h) continue;
    int64_t score = b[i].score + column(b, n, gap, w, h - b[i].h - gap);
    if (score > best) best = score;
  }
  return best;
}

/* known[w]: the answer for that width, -1 where it is not worked out. */
static int64_t row(const block *b, int n, int gap, int w, int h, int64_t *known) {
  int64_t best = 0;
  if (w <= 0) return 0;
  if (known[w] >= 0) return known[w];
  for (int i = 0; i < n; i++) {
    if (b[i].w > w) continue;
    int64_t score = column(b, n, gap, b[i].w, h) + row(b, n, gap, w - b[i].w - gap, h, known);
    if (score > best) best = score;
  }
  return known[w] = best;
}

static const mj_rect_size three[3] = {{252, 420}, {252, 588}, {270, 720}};

static void bands_hold_what_a_recursion_finds(void) {
  mj_shelves s;
  block b[64];
  static int64_t known[2001];
  int n = blocks_of(three, 3, 100, b), differ = 0;
  CU_ASSERT_EQUAL_FATAL(mj_shelves_make(&s, three, 3, 10, 200), MJ_OK);
  for (int k = 0; k < s.n_sides; k++) {
    memset(known, -1, sizeof known);
    for (int w = 200; w <= 2000; w += 37)
      differ += mj_shelf_best(&s, k, w / 10.0) != row(b, n, 100, w, s.side[k], known);
  }
  ASSERT_INT(differ, 0);
  mj_shelves_reset(&s);
}

static bool apart(const mj_shelf_item *a, const mj_shelf_item *b, int gap) {
  return a->x_dm + a->w_dm + gap <= b->x_dm || b->x_dm + b->w_dm + gap <= a->x_dm ||
         a->y_dm + a->h_dm + gap <= b->y_dm || b->y_dm + b->h_dm + gap <= a->y_dm;
}

/* Number of rectangles that leave the band, lie too near, or have no size; their score in @p score. */
static int wrong_items(const mj_shelves *s, int k, int width_dm, const mj_shelf_item *item, int n, int64_t *score) {
  int wrong = 0;
  *score = 0;
  for (int i = 0; i < n; i++) {
    const mj_shelf_item *a = &item[i];
    int32_t d = s->size[a->size].depth_dm, l = s->size[a->size].length_dm;
    bool sized = (a->w_dm == d && a->h_dm == l) || (a->w_dm == l && a->h_dm == d);
    bool in = a->x_dm >= 0 && a->y_dm >= 0 && a->x_dm + a->w_dm <= width_dm && a->y_dm + a->h_dm <= s->side[k];
    wrong += !sized || !in;
    for (int j = 0; j < i; j++) wrong += !apart(a, &item[j], s->gap_dm);
    *score += (int64_t)d * l * MJ_SHELF_COUNTS - 1;
  }
  return wrong;
}

static void the_rectangles_of_a_band_lie_in_it_a_gap_apart_and_make_its_score(void) {
  const mj_rect_size all[8] = {{252, 420}, {252, 504}, {252, 588}, {252, 672},
                               {252, 756}, {270, 720}, {270, 810}, {270, 900}};
  mj_shelves s;
  mj_shelf_item item[256];
  int wrong = 0, most = 0;
  CU_ASSERT_EQUAL_FATAL(mj_shelves_make(&s, all, 8, 10, 500), MJ_OK);
  for (int k = 0; k < s.n_sides; k++)
    for (int w = 0; w <= 5000; w += 13) {
      int64_t score;
      int n = mj_shelf_items(&s, k, w / 10.0, item, 256);
      wrong += wrong_items(&s, k, w, item, n, &score) + (score != mj_shelf_best(&s, k, w / 10.0));
      if (n > most) most = n;
      CU_ASSERT(mj_shelf_best(&s, k, mj_shelf_needs_m(&s, k, w / 10.0)) == mj_shelf_best(&s, k, w / 10.0));
      CU_ASSERT(mj_shelf_needs_m(&s, k, w / 10.0) <= w / 10.0 + 1e-9);
    }
  ASSERT_INT(wrong, 0);
  CU_ASSERT(most > 20);
  ASSERT_INT(mj_shelf_items(&s, s.n_sides - 1, 500, item, 3), 3); /* no more than there is room for */
  mj_shelves_reset(&s);
}

static void four_of_one_size_turn_about_a_hole(void) {
  const mj_rect_size one = {252, 588};
  mj_shelves s;
  mj_shelf_item item[8];
  CU_ASSERT_EQUAL_FATAL(mj_shelves_make(&s, &one, 1, 10, 200), MJ_OK);
  ASSERT_INT(s.n_sides, 3); /* 25.2, 58.8 and 58.8 + 10 + 25.2 = 94.0 */
  ASSERT_INT(s.side[2], 940);
  ASSERT_INT(mj_shelf_items(&s, 2, 94, item, 8), 4);
  ASSERT_NEAR(mj_shelf_area_m2(mj_shelf_best(&s, 2, 94)), 4 * 25.2 * 58.8, 1e-6);
  ASSERT_INT(mj_shelf_items(&s, 2, 93.9, item, 8), 3); /* two stand, one lies above them: 60.4 wide, 94 high */
  mj_shelves_reset(&s);
}

/* 2 lie, 2 x 2 stand: 67.2 + 10 + 25.2 + 10 + 25.2 = 137.6 wide, 75.6 + 10 + 25.2 = 110.8 high; and one of 81 m that
 * lies below three that stand: 27 + 10 + 27 + 10 + 27 = 101 wide, 27 + 10 + 72 = 109 high. */
static void pairs_turn_about_a_hole_too_and_columns_hold_what_is_narrower(void) {
  const mj_rect_size two[2] = {{252, 672}, {252, 756}}, other[2] = {{270, 720}, {270, 810}};
  mj_shelves s;
  int k = 0;
  CU_ASSERT_EQUAL_FATAL(mj_shelves_make(&s, two, 2, 10, 200), MJ_OK);
  while (s.side[k] != 1108) k++;
  ASSERT_NEAR(mj_shelf_area_m2(mj_shelf_best(&s, k, 137.6)), 2 * 25.2 * 67.2 + 4 * 25.2 * 75.6, 1e-6);
  mj_shelves_reset(&s);
  CU_ASSERT_EQUAL_FATAL(mj_shelves_make(&s, other, 2, 10, 200), MJ_OK);
  for (k = 0; s.side[k] != 1090;) k++;
  ASSERT_NEAR(mj_shelf_area_m2(mj_shelf_best(&s, k, 101)), 27 * 81 + 3 * 27 * 72, 1e-6);
  mj_shelves_reset(&s);
}

static void a_stretch_wider_than_the_tables_counts_as_the_widest(void) {
  mj_shelves s;
  CU_ASSERT_EQUAL_FATAL(mj_shelves_make(&s, three, 3, 10, 100), MJ_OK);
  CU_ASSERT_EQUAL(mj_shelf_best(&s, 0, 1e9), mj_shelf_best(&s, 0, 100));
  CU_ASSERT_EQUAL(mj_shelf_best(&s, 0, -5), 0);
  CU_ASSERT_EQUAL(mj_shelf_best(&s, 0, 42 - 1e-9), mj_shelf_best(&s, 0, 42)); /* a rounding short */
  CU_ASSERT_EQUAL(mj_shelf_best(&s, 0, 41.9), 0);
  mj_shelves_reset(&s);
}

static void fewer_rectangles_win_where_areas_are_the_same(void) {
  const mj_rect_size two[2] = {{100, 100}, {100, 200}};
  mj_shelves s;
  mj_shelf_item item[4];
  CU_ASSERT_EQUAL_FATAL(mj_shelves_make(&s, two, 2, 0, 100), MJ_OK);
  ASSERT_INT(mj_shelf_items(&s, 0, 20, item, 4), 1);
  ASSERT_NEAR(mj_shelf_area_m2(mj_shelf_best(&s, 0, 50)), 500, 0);
  mj_shelves_reset(&s);
}

static void sizes_that_are_none_are_refused_and_many_are_not(void) {
  mj_shelves s;
  mj_rect_size many[MJ_SHELF_SIZES + 1];
  for (int i = 0; i <= MJ_SHELF_SIZES; i++) many[i] = (mj_rect_size){252, 420 + 10 * i};
  CU_ASSERT_EQUAL(mj_shelves_make(&s, many, MJ_SHELF_SIZES + 1, 10, 100), MJ_EINVAL);
  CU_ASSERT_EQUAL(mj_shelves_make(&s, many, 0, 10, 100), MJ_EINVAL);
  CU_ASSERT_EQUAL(mj_shelves_make(&s, &(mj_rect_size){0, 420}, 1, 10, 100), MJ_EINVAL);
  CU_ASSERT_EQUAL(mj_shelves_make(&s, &(mj_rect_size){420, 252}, 1, 10, 100), MJ_EINVAL);
  CU_ASSERT_EQUAL(mj_shelves_make(&s, many, 1, -1, 100), MJ_EINVAL);
  CU_ASSERT_EQUAL(mj_shelves_make(&s, many, 1, (double)NAN, 100), MJ_EINVAL);
  CU_ASSERT_EQUAL(mj_shelves_make(&s, many, 1, 10, (double)INFINITY), MJ_EINVAL);
  CU_ASSERT_EQUAL_FATAL(mj_shelves_make(&s, many, MJ_SHELF_SIZES, 10, 100), MJ_OK); /* some pinwheels less */
  CU_ASSERT(mj_shelf_best(&s, 0, 73) > 0);
  mj_shelves_reset(&s);
}

SUITE_OF(shelf, T(bands_hold_what_a_recursion_finds),
         T(the_rectangles_of_a_band_lie_in_it_a_gap_apart_and_make_its_score), T(four_of_one_size_turn_about_a_hole),
         T(pairs_turn_about_a_hole_too_and_columns_hold_what_is_narrower),
         T(a_stretch_wider_than_the_tables_counts_as_the_widest), T(fewer_rectangles_win_where_areas_are_the_same),
         T(sizes_that_are_none_are_refused_and_many_are_not));
