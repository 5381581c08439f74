#include "base/codes.h"

#include <stdint.h>
#include <string.h>

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static bool are_digits(const char *text, size_t n) {
  size_t i = 0;
  while (i < n && is_digit(text[i])) i++;
  return i == n;
}

/* ---- parcels ---- */

/* A belongs to collective ownership and C (rural homesteads) to collective land alone. L and N came after the standard.
 */
static bool is_feature(char first, char second) {
  if (!first || !second || !strchr("GJZ", first) || !strchr("ABSXCDEFHGWYLN", second)) return false;
  return first == 'J' || (second != 'A' && second != 'C');
}

static bool is_unit(const char *tail) {
  if (!strchr("FLQW", *tail) || !are_digits(tail + 1, 8)) return false;
  return *tail != 'W' || !strcmp(tail + 1, "00000000");
}

mj_parcel_fault mj_parcel_code_check(const char *code) {
  size_t n = strlen(code);
  if (n != MJ_PARCEL_CODE && n != MJ_UNIT_CODE) return MJ_PARCEL_LENGTH;
  if (!are_digits(code, 12)) return MJ_PARCEL_DIGITS;
  if (!is_feature(code[12], code[13])) return MJ_PARCEL_FEATURE;
  if (!are_digits(code + 14, 5) || !strncmp(code + 14, "00000", 5)) return MJ_PARCEL_NUMBER;
  return n == MJ_PARCEL_CODE || is_unit(code + MJ_PARCEL_CODE) ? MJ_PARCEL_FINE : MJ_PARCEL_UNIT;
}

const char *mj_parcel_fault_text(mj_parcel_fault fault) {
  static const char *const text[] = {"",
                                     "19 characters (a parcel) or 28 (a real-estate unit)",
                                     "12 digits at the start",
                                     "feature letters such as GB in characters 13 and 14",
                                     "a number from 00001 to 99999 in characters 15 to 19",
                                     "F, L or Q and 8 digits, or W00000000, behind the parcel code"};
  return text[fault];
}

/* ---- enterprises ---- */

static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/* Place in the alphabet; -1: not of it. Codes are looked at by the million. */
static int credit_value(char c) {
  static const signed char letters[26] = {10, 11, 12, 13, 14, 15, 16, 17, -1, 18, 19, 20, 21,
                                          22, -1, 23, 24, 25, -1, 26, 27, -1, 28, 29, 30, -1};
  return is_digit(c) ? c - '0' : c >= 'A' && c <= 'Z' ? letters[c - 'A'] : -1;
}

char mj_credit_check_char(const char *code) {
  static const int weight[MJ_CREDIT_CODE - 1] = {1,  3,  9,  27, 19, 26, 16, 17, 20,
                                                 29, 25, 13, 8,  24, 10, 30, 28}; /* 3^i mod 31 */
  int sum = 0;
  for (int i = 0; i < MJ_CREDIT_CODE - 1; i++) {
    int value = credit_value(code[i]);
    if (value < 0) return '\0';
    sum += value * weight[i];
  }
  return alphabet[(31 - sum % 31) % 31];
}

/* Check character of an organisation code of eight; NUL where one of them is no digit or capital letter. */
static char organisation_check_char(const char *code) {
  static const int weight[8] = {3, 7, 9, 10, 5, 8, 4, 2};
  int sum = 0;
  for (int i = 0; i < 8; i++) {
    bool letter = code[i] >= 'A' && code[i] <= 'Z';
    if (!letter && !is_digit(code[i])) return '\0';
    sum += weight[i] * (letter ? code[i] - 'A' + 10 : code[i] - '0');
  }
  int rest = 11 - sum % 11;
  return rest == 10 ? 'X' : rest == 11 ? '0' : (char)('0' + rest);
}

/* 17 digits with a date from 1900 on in the place of the date of birth, and a check character of its own. Source: GB
 * 11643-1999 (ISO 7064 mod 11-2). */
static bool is_person(const char *code) {
  static const int weight[17] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  if (!are_digits(code, 17) || (strncmp(code + 6, "19", 2) != 0 && strncmp(code + 6, "20", 2) != 0)) return false;
  int month = (code[10] - '0') * 10 + code[11] - '0', day = (code[12] - '0') * 10 + code[13] - '0', sum = 0;
  for (int i = 0; i < 17; i++) sum += weight[i] * (code[i] - '0');
  char last = code[17] == 'x' ? 'X' : code[17];
  return month >= 1 && month <= 12 && day >= 1 && day <= 31 && last == "10X98765432"[sum % 11];
}

/* A number of another kind, or none. */
static mj_credit_fault other_kind(const char *code, size_t n) {
  if (n == 15 && are_digits(code, 15)) return MJ_CREDIT_LICENCE;
  if (n == 10 && code[8] == '-' && organisation_check_char(code) == code[9]) return MJ_CREDIT_ORGANISATION;
  if (n == 9 && organisation_check_char(code) == code[8]) return MJ_CREDIT_ORGANISATION;
  return MJ_CREDIT_LENGTH;
}

mj_credit_fault mj_credit_code_check(const char *code, char *expected) {
  size_t n = strlen(code);
  *expected = '\0';
  if (n != MJ_CREDIT_CODE) return other_kind(code, n);
  char last = mj_credit_check_char(code), inner = organisation_check_char(code + 8);
  if (last == code[17] && last && are_digits(code + 2, 6)) {
    if (inner == code[16]) return MJ_CREDIT_FINE;
    *expected = inner;
    return MJ_CREDIT_INNER;
  }
  if (is_person(code)) return MJ_CREDIT_PERSON;
  if (!last || credit_value(code[17]) < 0) return MJ_CREDIT_ALPHABET;
  if (!are_digits(code + 2, 6)) return MJ_CREDIT_DIVISION;
  *expected = last;
  return MJ_CREDIT_CHECK;
}

const char *mj_credit_fault_text(mj_credit_fault fault) {
  static const char *const text[] = {"",
                                     "",
                                     "",
                                     "18 characters",
                                     "digits and capital letters without I, O, S, V and Z",
                                     "6 digits of the division in characters 3 to 8",
                                     "18 characters; this is a licence or tax number from before 2015",
                                     "18 characters; this is an organisation code",
                                     "18 characters of an enterprise; this is an identity number of a person"};
  return text[fault];
}

/* ---- industries ---- */

int mj_industry_division(const char *code, char *letter) {
  *letter = '\0';
  if (*code >= 'a' && *code <= 't') *letter = (char)(*code++ - 'a' + 'A');
  else if (*code >= 'A' && *code <= 'T') *letter = *code++;
  size_t n = 0;
  while (is_digit(code[n])) n++;
  const char *tail = code + n;
  bool words = *tail == ' ' || (unsigned char)*tail >= 0x80;
  if (*tail && !words) return -1;
  if (!n) return *letter ? 0 : -1;
  return n >= 2 && n <= 4 ? (code[0] - '0') * 10 + code[1] - '0' : -1;
}
