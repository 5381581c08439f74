/** @file codes.h  The structure of the codes that registers use: what is wrong with one, and what it should end in. */
#ifndef MJ_BASE_CODES_H
#define MJ_BASE_CODES_H

#include <stdbool.h>
#include <stddef.h>

enum { MJ_PARCEL_CODE = 19, MJ_UNIT_CODE = 28, MJ_CREDIT_CODE = 18, MJ_DIVISION_CODE = 6 };

/** What is wrong with a 宗地代码 (19) or 不动产单元代码 (28): the first fault from the left. */
typedef enum {
  MJ_PARCEL_FINE,
  MJ_PARCEL_LENGTH,  /**< neither 19 nor 28 characters */
  MJ_PARCEL_DIGITS,  /**< the first twelve (division 6, cadastral area 3, sub-area 3) are no digits */
  MJ_PARCEL_FEATURE, /**< no such pair of feature letters */
  MJ_PARCEL_NUMBER,  /**< not 00001 to 99999 */
  MJ_PARCEL_UNIT,    /**< not F, L, Q with eight digits, or W00000000 */
} mj_parcel_fault;

/**
 * Judge a parcel or real-estate unit code as it stands (no blanks are taken off). Source: GB/T 37346-2019, structure
 * 6+3+3+2+5 and 1+8. Errors: none. Cost: one look at each character.
 */
mj_parcel_fault mj_parcel_code_check(const char *code);
/** What was expected where @p fault stands, in English for mj_tr; "" for MJ_PARCEL_FINE. */
const char *mj_parcel_fault_text(mj_parcel_fault fault);

/** What is wrong with a 统一社会信用代码. */
typedef enum {
  MJ_CREDIT_FINE,
  MJ_CREDIT_CHECK,        /**< the last character does not fit the seventeen before it */
  MJ_CREDIT_INNER,        /**< the last fits, but character 17 does not fit the eight of the organisation before it */
  MJ_CREDIT_LENGTH,       /**< not 18 characters, and no other kind of number that is known */
  MJ_CREDIT_ALPHABET,     /**< a character that the alphabet has not (I O Z S V, small letters, signs) */
  MJ_CREDIT_DIVISION,     /**< characters 3 to 8 are no digits */
  MJ_CREDIT_LICENCE,      /**< 15 digits: a business licence or tax number from before 2015 */
  MJ_CREDIT_ORGANISATION, /**< 9 characters (or 8-1): an organisation code with the right check character */
  MJ_CREDIT_PERSON,       /**< 18 characters with a date of birth inside: an identity number of a person */
} mj_credit_fault;

/**
 * Judge a credit code as it stands. @p expected is the character that should stand where the fault is of
 * MJ_CREDIT_CHECK or MJ_CREDIT_INNER, else NUL. Source: GB 32100-2015 (weights 3^(i-1) mod 31, 31 characters), inside
 * it GB 11714-1997 (weights 3 7 9 10 5 8 4 2, mod 11). Errors: none.
 */
mj_credit_fault mj_credit_code_check(const char *code, char *expected);
/** What was expected, in English for mj_tr; "" for MJ_CREDIT_FINE and the two check characters. */
const char *mj_credit_fault_text(mj_credit_fault fault);
/** Check character of the first 17 of @p code, NUL where one of them is not of the alphabet. */
char mj_credit_check_char(const char *code);

/**
 * The two digits of the division (大类) in an industry code of GB/T 4754: "17", "1711", "C17", "C1711", also with words
 * behind ("C17 纺织业"). @p letter is the section's letter, or NUL. A lone letter gives 0; -1: no industry code. The
 * lost zero of "111" is not guessed: three digits are a group (中类). Errors: none.
 */
int mj_industry_division(const char *code, char *letter);
#endif
