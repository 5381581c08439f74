#include "base/text.h"
#include "test.h"

static void json_strings_are_escaped_and_always_utf8(void) {
  mj_text t = {0};
  mj_text_json(&t, "a\"b\\c\n\t\x01 亩\xff");
  ASSERT_TEXT(t.data, "\"a\\\"b\\\\c\\n\\t\\u0001 亩\xEF\xBF\xBD\"");
  mj_text_reset(&t);
}

static void csv_cells_are_quoted_only_where_needed_and_never_run(void) {
  static const struct {
    const char *in, *out;
  } rows[] = {{"plain", "plain"},
              {"a,b", "\"a,b\""},
              {"say \"hi\"", "\"say \"\"hi\"\"\""},
              {"=cmd()", "\"'=cmd()\""},
              {" @x", "\"' @x\""},
              {"-5.5", "-5.5"},
              {"-x", "\"'-x\""},
              {"two\nlines", "\"two\nlines\""},
              {"=", "="},
              {"＝1+1", "\"'＝1+1\""},
              {"＠", "＠"},
              {"", ""}};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    mj_text t = {0};
    mj_text_csv(&t, rows[i].in);
    ASSERT_TEXT(t.data ? t.data : "", rows[i].out);
    mj_text_reset(&t);
  }
}

/* Bytes worked out from the code points: U+009B is C2 9B, U+202E is E2 80 AE, U+2067 E2 81 A7, U+FFFE EF BF BE, U+1FFFF
 * F0 9F BF BF. Neighbours of the ranges are texts: U+00A0, U+202F, U+2065, U+206A, U+FDF0, U+1FFFD. */
static void what_is_no_text_is_found(void) {
  static const char *const texts[] = {"",
                                      "甲公司",
                                      "a\tb\r\nc",
                                      "\xC2\xA0",
                                      "\xE2\x80\xAF",
                                      "\xE2\x81\xA5",
                                      "\xE2\x81\xAA",
                                      "\xEF\xB7\xB0",
                                      "\xEF\xBF\xBD",
                                      "\xF0\x9F\xBF\xBD",
                                      "🏭"};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) CU_ASSERT_PTR_NULL(mj_utf8_odd(texts[i]));
  static const char *const odd[] = {"\x01",         "\x1b[31m",     "\x7f",         "\xC2\x9B",     "\xE2\x80\xAE",
                                    "\xE2\x81\xA7", "\xEF\xB7\x90", "\xEF\xBF\xBE", "\xEF\xBF\xBF", "\xF0\x9F\xBF\xBF"};
  for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
    char text[16];
    snprintf(text, sizeof text, "甲a%s", odd[i]);
    CU_ASSERT_PTR_EQUAL(mj_utf8_odd(text), text + 4);
  }
}

static void utf8_is_checked_by_table_3_7(void) {
  static const struct {
    const char *bytes;
    size_t n;
    bool valid;
  } rows[] = {{"亩均", 6, true},          {"\xF0\x9F\x98\x80", 4, true},  {"\xC0\x80", 2, false},
              {"\xED\xA0\x80", 3, false}, {"\xF4\x90\x80\x80", 4, false}, {"\xE4\xBA", 2, false},
              {"\x80", 1, false},         {"\xC4\xB6", 2, true},          {"\xB9\xA4", 2, false}};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    CU_ASSERT_EQUAL(mj_utf8_valid(rows[i].bytes, rows[i].n), rows[i].valid);
}

static void chinese_takes_two_columns(void) {
  ASSERT_INT(mj_utf8_width("ab亩（）"), 8);
  ASSERT_INT(mj_utf8_width(""), 0);
  ASSERT_INT(mj_utf8_width("e\xCC\x81\xE2\x80\x8B\xE2\x80\xA6°"),
             3); /* an acute, a zero-width space; … and ° take one */
}

static void a_cut_leaves_whole_characters(void) {
  ASSERT_INT(mj_utf8_cut("亩均", 6), 6);
  ASSERT_INT(mj_utf8_cut("亩均", 5), 3);
  ASSERT_INT(mj_utf8_cut("亩均", 3), 3);
  ASSERT_INT(mj_utf8_cut("亩均", 2), 0);
  ASSERT_INT(mj_utf8_cut("亩均", 0), 0);
  ASSERT_INT(mj_utf8_cut("a亩", 90), 4);
  ASSERT_INT(mj_utf8_cut("\xF0\xA0\x80\x80", 3), 0);
  ASSERT_INT(mj_utf8_cut("", 4), 0);
}

static void blanks_around_a_text_are_left_off(void) {
  static const char *const texts[] = {" \t亩 均\r\n", "亩 均", "", " \n"}, *const want[] = {"亩 均", "亩 均", "", ""};
  for (int i = 0; i < 4; i++) {
    size_t n = 99;
    const char *at = mj_trim(texts[i], &n);
    ASSERT_INT(n, strlen(want[i]));
    CU_ASSERT(!strncmp(at, want[i], n));
  }
}

static void a_text_grows_and_formats(void) {
  mj_text t = {0};
  for (int i = 0; i < 1000; i++) mj_text_format(&t, "%d,", i % 10);
  ASSERT_INT(t.n, 2000);
  ASSERT_INT(strlen(t.data), 2000);
  CU_ASSERT_FALSE(t.failed);
  CU_ASSERT_PTR_NULL(mj_text_room(&t, SIZE_MAX / 2));
  CU_ASSERT_TRUE(t.failed);
  mj_text_add(&t, "x");
  ASSERT_INT(t.n, 2000);
  mj_text_reset(&t);
}

SUITE_OF(text, T(json_strings_are_escaped_and_always_utf8), T(csv_cells_are_quoted_only_where_needed_and_never_run),
         T(what_is_no_text_is_found), T(utf8_is_checked_by_table_3_7), T(chinese_takes_two_columns),
         T(a_cut_leaves_whole_characters), T(blanks_around_a_text_are_left_off), T(a_text_grows_and_formats));
