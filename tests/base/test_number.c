#include <stdlib.h>

#include "base/text.h"
#include "test.h"

static uint64_t state = UINT64_C(88172645463325252);
static uint64_t next(void) {
  state ^= state << 13, state ^= state >> 7, state ^= state << 17;
  return state;
}

/* Doubles of four kinds: scaled integers, three decimals, quotients, raw bits. */
static double some_double(int kind) {
  uint64_t s = next();
  double v;
  switch (kind % 4) {
    case 0:
      return (double)(int64_t)s / (double)(UINT64_C(1) << (s % 60));
    case 1:
      return (double)(s % 1000000000u) / 1000.0;
    case 2:
      return (double)(s % 1000000007u) / 997.0;
    default:
      memcpy(&v, &s, sizeof v);
      return isfinite(v) ? v : 0;
  }
}

/* Significant digits of a decimal text, leading and trailing zeros left out. */
static int significant(const char *text) {
  char digit[64];
  int n = 0, first = 0;
  for (; *text && *text != 'e'; text++)
    if (*text >= '0' && *text <= '9') digit[n++] = *text;
  while (first < n && digit[first] == '0') first++;
  while (n > first && digit[n - 1] == '0') n--;
  return n - first;
}

static void shortest_text_reads_back_and_none_is_shorter(void) {
  char out[32], by_printf[40];
  for (int i = 0; i < 200000; i++) {
    double v = some_double(i), back;
    ASSERT_INT(mj_double_shortest(v, out), strlen(out));
    if (strtod(out, NULL) != v || !mj_double_parse(out, &back) || back != v) CU_FAIL_FATAL("text does not read back");
    int digits = 1;
    while (snprintf(by_printf, sizeof by_printf, "%.*e", digits - 1, v), strtod(by_printf, NULL) != v) digits++;
    if (significant(out) > digits) CU_FAIL_FATAL("a shorter text exists");
  }
}

static void shortest_known_texts(void) {
  static const struct {
    double v;
    const char *text;
  } rows[] = {{0.1, "0.1"},           {-0.0, "0"},
              {1e21, "1e+21"},        {1e-7, "1e-7"},
              {0.000001, "0.000001"}, {123456789012345680.0, "123456789012345680"},
              {5e-324, "5e-324"},     {1.7976931348623157e308, "1.7976931348623157e+308"},
              {-2.5, "-2.5"},         {2251799813685248.5, "2251799813685248.5"}};
  char out[32];
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    mj_double_shortest(rows[i].v, out);
    ASSERT_TEXT(out, rows[i].text);
  }
  mj_double_shortest((double)NAN, out);
  ASSERT_TEXT(out, "null");
}

/* glibc's printf rounds the exact binary value half to even: the oracle, less its "-0". */
static void fixed_decimals_are_exactly_rounded(void) {
  char out[400], want[500];
  for (int i = 0; i < 100000; i++) {
    double v = some_double(i);
    if (fabs(v) > 1e15) continue;
    for (int decimals = 0; decimals <= 12; decimals++) {
      mj_double_fixed(v, decimals, out);
      snprintf(want, sizeof want, "%.*f", decimals, v);
      const char *w = want[0] == '-' && strtod(want, NULL) == 0 ? want + 1 : want;
      if (strcmp(out, w)) CU_FAIL_FATAL("rounded otherwise than printf");
    }
  }
  mj_double_fixed(0.5, 0, out);
  ASSERT_TEXT(out, "0");
  mj_double_fixed(1.5, 0, out);
  ASSERT_TEXT(out, "2");
  mj_double_fixed(0.125, 2, out);
  ASSERT_TEXT(out, "0.12");
  mj_double_fixed(1e17, 2, out);
  ASSERT_TEXT(out, "100000000000000000.00");
}

static void coordinates_drop_zeros_and_never_say_minus_0(void) {
  char out[32];
  mj_double_coord(116.9999991, 7, out);
  ASSERT_TEXT(out, "116.9999991");
  mj_double_coord(117.0, 8, out);
  ASSERT_TEXT(out, "117");
  mj_double_coord(-0.000000001, 8, out);
  ASSERT_TEXT(out, "0");
  mj_double_coord(-1.5, 8, out);
  ASSERT_TEXT(out, "-1.5");
  mj_double_coord(118.999999999, 8, out);
  ASSERT_TEXT(out, "119");
}

static void whole_numbers_of_every_size(void) {
  static const struct {
    int64_t v;
    const char *text;
  } rows[] = {{0, "0"},
              {7, "7"},
              {-10, "-10"},
              {1234567, "1234567"},
              {INT64_MAX, "9223372036854775807"},
              {INT64_MIN, "-9223372036854775808"}};
  char out[24];
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    ASSERT_INT(mj_int_text(rows[i].v, out), strlen(rows[i].text));
    ASSERT_TEXT(out, rows[i].text);
  }
}

static void numbers_are_read_strictly(void) {
  static const struct {
    const char *text;
    double v;
  } good[] = {{"1,234,567.5", 1234567.5},
              {" 12 ", 12},
              {"-0.5e3", -500},
              {"+7", 7},
              {".5", 0.5},
              {"1234,567", NAN},
              {"12,34", NAN},
              {"", NAN},
              {"1e400", NAN},
              {"nan", NAN},
              {"0x10", NAN},
              {"1 2", NAN},
              {"1.2.3", NAN},
              {"5亩", NAN},
              {"1,234,", NAN}};
  for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
    double v;
    bool ok = mj_double_parse(good[i].text, &v);
    if (ok == isnan(good[i].v)) printf("\n    '%s'", good[i].text);
    CU_ASSERT_EQUAL(ok, !isnan(good[i].v));
    if (ok) CU_ASSERT_EQUAL(v, good[i].v);
  }
}

static void people_read_numbers_in_groups_of_three(void) {
  static const struct {
    double v;
    int decimals;
    bool fixed;
    const char *text;
  } rows[] = {{0, 2, true, "0.00"},
              {999.995, 1, true, "1,000.0"},
              {-1234567.5, 2, false, "-1,234,567.5"},
              {3120000, 2, false, "3,120,000"},
              {-0.001, 2, false, "0"},
              {100, 0, true, "100"},
              {NAN, 2, true, ""},
              {1e15, 0, false, "1,000,000,000,000,000"}};
  char out[540];
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    ASSERT_INT(mj_double_grouped(rows[i].v, rows[i].decimals, rows[i].fixed, out), strlen(rows[i].text));
    ASSERT_TEXT(out, rows[i].text);
  }
}

SUITE_OF(number, T(people_read_numbers_in_groups_of_three), T(shortest_text_reads_back_and_none_is_shorter),
         T(shortest_known_texts), T(fixed_decimals_are_exactly_rounded),
         T(coordinates_drop_zeros_and_never_say_minus_0), T(whole_numbers_of_every_size), T(numbers_are_read_strictly));
