#include "base/code_list.h"
#include "test.h"

static void pieces_stand_between_separators_of_either_width(void) {
  const char *cell = " ；A1;B2、C3，D4,E5/F6|G7\t H8　I9\r\n", *piece;
  const char *const want[] = {"A1", "B2", "C3", "D4", "E5", "F6", "G7", "H8", "I9"};
  size_t n;
  for (int i = 0; i < 9; i++) {
    CU_ASSERT(mj_code_list_next(&cell, &piece, &n));
    ASSERT_INT(n, 2);
    CU_ASSERT(!strncmp(piece, want[i], n));
  }
  CU_ASSERT(!mj_code_list_next(&cell, &piece, &n));
  CU_ASSERT(!mj_code_list_next(&cell, &piece, &n)); /* and stays there */
}

static void a_cell_without_a_separator_is_no_list(void) {
  CU_ASSERT(!mj_code_list_is("") && !mj_code_list_is("350502901001GB00001") && !mj_code_list_is("（甲）地块"));
  CU_ASSERT(mj_code_list_is("A;B") && mj_code_list_is("（甲）、乙") && mj_code_list_is("甲　乙") &&
            mj_code_list_is("甲；"));
}

static void a_short_piece_is_the_end_of_the_code_before_it(void) {
  mj_arena arena = {0};
  ASSERT_TEXT(mj_code_list_text(&arena, NULL, "00002;3", 5), "00002");
  ASSERT_TEXT(mj_code_list_text(&arena, "GB00001", "00002;3", 5), "GB00002");
  ASSERT_TEXT(mj_code_list_text(&arena, "GB00001", "GB00002;3", 7), "GB00002");
  ASSERT_TEXT(mj_code_list_text(&arena, "GB1", "GB00002", 7), "GB00002"); /* as long as it or longer: itself */
  mj_arena_reset(&arena);
}

SUITE_OF(code_list, T(pieces_stand_between_separators_of_either_width), T(a_cell_without_a_separator_is_no_list),
         T(a_short_piece_is_the_end_of_the_code_before_it));
