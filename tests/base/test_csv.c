#include <string.h>

#include "base/csv.h"
#include "test.h"

static mj_status parse(mj_arena *arena, const char *text, mj_csv *csv, mj_error *err) {
  return mj_csv_parse(arena, "t.csv", text, strlen(text), csv, err);
}

static void cells_are_unquoted_and_trimmed(void) {
  mj_arena arena = {0};
  mj_csv csv;
  CU_ASSERT_EQUAL_FATAL(parse(&arena,
                              "\xef\xbb\xbf"
                              "code, name ,v\r\n13,\"a, \"\"b\"\"\",1\r\n\r\n14,\"two\nlines\" ,\n15,x",
                              &csv, NULL),
                        MJ_OK);
  CU_ASSERT_EQUAL_FATAL(csv.n, 4);
  CU_ASSERT_EQUAL(mj_csv_column(&csv, "code"), 0);
  CU_ASSERT_EQUAL(mj_csv_column(&csv, "name"), 1);
  CU_ASSERT_EQUAL(mj_csv_column(&csv, "none"), -1);
  CU_ASSERT_STRING_EQUAL(csv.row[1].cell[1], "a, \"b\"");
  CU_ASSERT_STRING_EQUAL(csv.row[1].cell[2], "1");
  CU_ASSERT_EQUAL(csv.row[2].line, 4);
  CU_ASSERT_STRING_EQUAL(csv.row[2].cell[1], "two\nlines");
  CU_ASSERT_STRING_EQUAL(csv.row[2].cell[2], "");
  CU_ASSERT_EQUAL(csv.row[3].line, 6);
  CU_ASSERT_EQUAL(csv.row[3].n, 2);
  mj_arena_reset(&arena);
}

static void an_empty_text_has_no_rows(void) {
  mj_arena arena = {0};
  mj_csv csv;
  CU_ASSERT_EQUAL(parse(&arena, "", &csv, NULL), MJ_OK);
  CU_ASSERT_EQUAL(csv.n, 0);
  CU_ASSERT_EQUAL(mj_csv_column(&csv, "a"), -1);
  mj_arena_reset(&arena);
}

static void what_is_wrong_is_told_with_its_line(void) {
  static const char *const bad[][2] = {{"a,b\n\"x,1\n", "t.csv:2: a quoted cell does not end"},
                                       {"a\n\"x\"y\n", "t.csv:2: expected a comma behind a quoted cell"},
                                       {"a\n\xff\n", "t.csv: expected UTF-8"}};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    mj_arena arena = {0};
    mj_csv csv;
    mj_error err = {.lang = MJ_EN};
    CU_ASSERT_EQUAL(parse(&arena, bad[i][0], &csv, &err), MJ_EFORMAT);
    CU_ASSERT_STRING_EQUAL(err.message, bad[i][1]);
    mj_arena_reset(&arena);
  }
}

SUITE_OF(csv, T(cells_are_unquoted_and_trimmed), T(an_empty_text_has_no_rows), T(what_is_wrong_is_told_with_its_line));
