#include "report/grid.h"
#include "test.h"

static const char *kept(mj_text *out) {
  static char text[2000];
  snprintf(text, sizeof text, "%s", out->data ? out->data : "");
  mj_text_reset(out);
  return text;
}

static const char *wrapped(const char *text, int column, int indent, int right) {
  mj_text out = {0};
  mj_wrap_put(&out, text, column, indent, right);
  return kept(&out);
}

static void lines_end_at_blanks_or_around_chinese_but_not_before_a_mark(void) {
  ASSERT_TEXT(wrapped("one two three", 0, 0, 8), "one two\nthree\n");
  ASSERT_TEXT(wrapped("亩均税收很低。", 0, 0, 12), "亩均税收很\n低。\n");
  ASSERT_TEXT(wrapped("税收（万元）", 0, 2, 6), "税收\n  （万\n  元）\n");
  ASSERT_TEXT(wrapped("容积率 1.25", 0, 0, 9), "容积率\n1.25\n");
}

static void a_word_longer_than_the_line_is_broken_and_nothing_is_lost(void) {
  ASSERT_TEXT(wrapped("abcdefgh ij", 0, 1, 4), "abcd\n efg\n h\n ij\n");
  ASSERT_TEXT(wrapped("", 0, 0, 4), "\n");
  ASSERT_TEXT(wrapped("a\nb\x1b[2J\xc2\x9b"
                      "1m",
                      0, 0, 20),
              "a\nb?[2J?1m\n");
}

static const char *const heading[] = {"地块", "mu", "text"};
static const bool right[] = {false, true, false};

static const char *grid(const char *const *cell, int64_t rows, int width) {
  mj_text out = {0};
  mj_grid g = {3, heading, cell, right, rows, 0, width};
  mj_grid_put(&out, &g);
  return kept(&out);
}

static void chinese_takes_two_places_and_numbers_stand_right(void) {
  static const char *const cell[] = {"甲", "1.5", "x", "b2", "10", "疑似"};
  ASSERT_TEXT(grid(cell, 2, 0), "地块   mu  text\n----  ---  ----\n甲    1.5  x\nb2     10  疑似\n");
}

static void long_texts_go_on_below(void) {
  static const char *const cell[] = {"甲", "1.5", "one two three four"};
  ASSERT_TEXT(grid(cell, 1, 24),
              "地块   mu  text\n----  ---  -------------\n甲    1.5  one two three\n           four\n");
}

static void columns_that_cannot_fit_become_lines(void) {
  static const char *const cell[] = {"甲", "123456789012345678901234567890", "one two three four"};
  ASSERT_TEXT(grid(cell, 1, 30), "地块  甲\nmu    123456789012345678901234\n      567890\ntext  one two three four\n");
}

static void no_rows_leave_the_headings(void) { ASSERT_TEXT(grid(NULL, 0, 0), "地块  mu  text\n----  --  ----\n"); }

SUITE_OF(grid, T(lines_end_at_blanks_or_around_chinese_but_not_before_a_mark),
         T(a_word_longer_than_the_line_is_broken_and_nothing_is_lost),
         T(chinese_takes_two_places_and_numbers_stand_right), T(long_texts_go_on_below),
         T(columns_that_cannot_fit_become_lines), T(no_rows_leave_the_headings));
