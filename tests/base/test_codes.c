/* Structure of parcel, credit and industry codes. Vectors: land rules of the project (GB/T 37346-2019, GB 32100-2015),
 * or worked out by hand where said. */
#include "base/codes.h"
#include "test.h"

static void a_parcel_code_has_19_characters_and_a_unit_28(void) {
  ASSERT_INT(mj_parcel_code_check("350502001002GB00017"), MJ_PARCEL_FINE);
  ASSERT_INT(mj_parcel_code_check("350502001002GB00017F00010001"), MJ_PARCEL_FINE);
  ASSERT_INT(mj_parcel_code_check("350502001002GB00017W00000000"), MJ_PARCEL_FINE);
  ASSERT_INT(mj_parcel_code_check("350502001002GB0001"), MJ_PARCEL_LENGTH);
  ASSERT_INT(mj_parcel_code_check("350502001002GB00017 "), MJ_PARCEL_LENGTH);
  ASSERT_INT(mj_parcel_code_check(""), MJ_PARCEL_LENGTH);
  ASSERT_INT(mj_parcel_code_check("3505O2001002GB00017"), MJ_PARCEL_DIGITS);
  ASSERT_INT(mj_parcel_code_check("350502001002GBO0017"), MJ_PARCEL_NUMBER);
  ASSERT_INT(mj_parcel_code_check("350502001002GB00000"), MJ_PARCEL_NUMBER);
}

static void feature_letters_go_in_pairs(void) {
  ASSERT_INT(mj_parcel_code_check("350502001002JA00017"), MJ_PARCEL_FINE);
  ASSERT_INT(mj_parcel_code_check("350502001002JC00017"), MJ_PARCEL_FINE);
  ASSERT_INT(mj_parcel_code_check("350502001002ZW00017"), MJ_PARCEL_FINE);
  ASSERT_INT(mj_parcel_code_check("350502001002GA00017"), MJ_PARCEL_FEATURE); /* A is collective ownership */
  ASSERT_INT(mj_parcel_code_check("350502001002GC00017"), MJ_PARCEL_FEATURE); /* C is a rural homestead */
  ASSERT_INT(mj_parcel_code_check("350502001002XB00017"), MJ_PARCEL_FEATURE);
  ASSERT_INT(mj_parcel_code_check("350502001002gb00017"), MJ_PARCEL_FEATURE);
}

static void a_unit_says_what_stands_on_the_land(void) {
  ASSERT_INT(mj_parcel_code_check("350502001002GB00017W00000001"), MJ_PARCEL_UNIT); /* W: nothing stands there */
  ASSERT_INT(mj_parcel_code_check("350502001002GB00017A00010001"), MJ_PARCEL_UNIT);
  ASSERT_INT(mj_parcel_code_check("350502001002GB00017F0001000X"), MJ_PARCEL_UNIT);
  for (int fault = MJ_PARCEL_LENGTH; fault <= MJ_PARCEL_UNIT; fault++)
    CU_ASSERT(*mj_parcel_fault_text((mj_parcel_fault)fault) != '\0');
}

static void a_credit_code_ends_in_its_check_character(void) {
  static const char *const fine[] = {"91350200MA2YJ1XR9G", "91350503MA31DNG762", "91350500798359476R",
                                     "913502000728319549"};
  char expected;
  for (int i = 0; i < 4; i++) {
    ASSERT_INT(mj_credit_code_check(fine[i], &expected), MJ_CREDIT_FINE);
    ASSERT_INT(expected, 0);
    ASSERT_INT(mj_credit_check_char(fine[i]), fine[i][17]);
  }
  /* issued like this and in use: the weighted sum of the first 17 is 22 modulo 31, and 31 - 22 = 9 */
  ASSERT_INT(mj_credit_code_check("91350203M0001QAY9B", &expected), MJ_CREDIT_CHECK);
  ASSERT_INT(expected, '9');
  ASSERT_INT(mj_credit_code_check("91350200MA2YJ1XR9H", &expected), MJ_CREDIT_CHECK);
  ASSERT_INT(expected, 'G');
}

/* Every code with one wrong character fails: 31 is a prime, and no weight is a multiple of it. */
static void one_wrong_character_is_always_noticed(void) {
  static const char all[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  for (int i = 0; i < 18; i++)
    for (int k = 0; all[k]; k++) {
      char code[] = "91350200MA2YJ1XR9G", expected;
      if (code[i] == all[k]) continue;
      code[i] = all[k];
      CU_ASSERT(mj_credit_code_check(code, &expected) != MJ_CREDIT_FINE);
    }
}

/* Neighbours have weights w and 3w modulo 31: swapping values a and b moves the sum by 2w(a - b). */
static void two_swapped_neighbours_are_always_noticed(void) {
  for (int i = 0; i < 17; i++) {
    char code[] = "91350200MA2YJ1XR9G", expected, first = code[i];
    if (code[i] == code[i + 1]) continue;
    code[i] = code[i + 1];
    code[i + 1] = first;
    CU_ASSERT(mj_credit_code_check(code, &expected) != MJ_CREDIT_FINE);
  }
}

/* 91350200MA2YJ1XR9G with the 17th character 8: the organisation code inside is wrong; the weight of that place is 28,
 * so the check value G (16) grows by 28 to 44 = 13 modulo 31: D. */
static void the_organisation_code_inside_is_checked_by_itself(void) {
  char expected;
  ASSERT_INT(mj_credit_code_check("91350200MA2YJ1XR8D", &expected), MJ_CREDIT_INNER);
  ASSERT_INT(expected, '9');
}

static void older_numbers_and_persons_are_named_as_such(void) {
  char expected;
  ASSERT_INT(mj_credit_code_check("350500100012345", &expected), MJ_CREDIT_LICENCE);
  ASSERT_INT(mj_credit_code_check("798359476", &expected), MJ_CREDIT_ORGANISATION); /* inside a vector above */
  ASSERT_INT(mj_credit_code_check("79835947-6", &expected), MJ_CREDIT_ORGANISATION);
  ASSERT_INT(mj_credit_code_check("798359475", &expected), MJ_CREDIT_LENGTH);
  ASSERT_INT(mj_credit_code_check("11010519491231002X", &expected), MJ_CREDIT_PERSON); /* the example of GB 11643 */
  ASSERT_INT(mj_credit_code_check("E-17", &expected), MJ_CREDIT_LENGTH);
  ASSERT_INT(mj_credit_code_check("9135020OMA2YJ1XR9G", &expected), MJ_CREDIT_ALPHABET);
  ASSERT_INT(mj_credit_code_check("91350200MA2YJ1XR9g", &expected), MJ_CREDIT_ALPHABET);
  ASSERT_INT(mj_credit_code_check("9135A200MA2YJ1XR9G", &expected), MJ_CREDIT_DIVISION);
  for (int fault = MJ_CREDIT_LENGTH; fault <= MJ_CREDIT_PERSON; fault++)
    CU_ASSERT(*mj_credit_fault_text((mj_credit_fault)fault) != '\0');
}

static void an_industry_code_gives_its_division(void) {
  char letter;
  ASSERT_INT(mj_industry_division("17", &letter), 17);
  ASSERT_INT(letter, 0);
  ASSERT_INT(mj_industry_division("1711", &letter), 17);
  ASSERT_INT(mj_industry_division("171", &letter), 17);
  ASSERT_INT(mj_industry_division("C1711", &letter), 17);
  ASSERT_INT(letter, 'C');
  ASSERT_INT(mj_industry_division("c39", &letter), 39);
  ASSERT_INT(letter, 'C');
  ASSERT_INT(mj_industry_division("C17 纺织业", &letter), 17);
  ASSERT_INT(mj_industry_division("C17纺织业", &letter), 17);
  ASSERT_INT(mj_industry_division("0111", &letter), 1);
  ASSERT_INT(mj_industry_division("C", &letter), 0);
  ASSERT_INT(mj_industry_division("纺织业", &letter), -1);
  ASSERT_INT(mj_industry_division("17110", &letter), -1);
  ASSERT_INT(mj_industry_division("7", &letter), -1);
  ASSERT_INT(mj_industry_division("17-11", &letter), -1);
}

SUITE_OF(codes, T(a_parcel_code_has_19_characters_and_a_unit_28), T(feature_letters_go_in_pairs),
         T(a_unit_says_what_stands_on_the_land), T(a_credit_code_ends_in_its_check_character),
         T(one_wrong_character_is_always_noticed), T(two_swapped_neighbours_are_always_noticed),
         T(the_organisation_code_inside_is_checked_by_itself), T(older_numbers_and_persons_are_named_as_such),
         T(an_industry_code_gives_its_division));
