#include "base/text.h"
#include "mujun/status.h"
#include "test.h"

static void every_code_has_a_name(void) {
  for (int i = 0; i < MJ_STATUS_END; i++) CU_ASSERT_PTR_NOT_NULL(mj_status_name((mj_status)i));
  ASSERT_TEXT(mj_status_name((mj_status)99), "unknown status");
}

static void long_messages_are_cut_between_characters(void) {
  mj_error err = {0};
  char big[3001];
  for (int i = 0; i < 1000; i++) memcpy(big + 3 * i, "亩", 3);
  big[3000] = 0;
  ASSERT_INT(mj_fail(&err, MJ_EIO, "x%s", big), MJ_EIO);
  CU_ASSERT(strlen(err.message) > sizeof err.message - 5);
  CU_ASSERT_TRUE(mj_utf8_valid(err.message, strlen(err.message)));
}

static void a_message_is_one_line_without_control_characters(void) {
  mj_error err = {0};
  ASSERT_INT(mj_fail(&err, MJ_EFORMAT, "layer '%s'", "a\nb\033[31m"), MJ_EFORMAT);
  ASSERT_TEXT(err.message, "layer 'a?b?[31m'");
}

static void an_unknown_text_stays_english(void) {
  ASSERT_TEXT(mj_tr(MJ_ZH, "no such message"), "no such message");
  ASSERT_INT(mj_fail(NULL, MJ_ECRS, "x"), MJ_ECRS);
}

SUITE_OF(status, T(every_code_has_a_name), T(long_messages_are_cut_between_characters),
         T(a_message_is_one_line_without_control_characters), T(an_unknown_text_stays_english));
