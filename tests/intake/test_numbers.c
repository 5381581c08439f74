#include "../test.h"
#include "intake/numbers.h"

static void reads(mj_box box, mj_numbers_kind kind, bool swapped, int zone, bool china) {
  mj_numbers n = mj_numbers_of(box);
  ASSERT_INT(n.kind, kind);
  ASSERT_INT(n.swapped, swapped);
  ASSERT_INT(n.zone, zone);
  ASSERT_INT(n.china, china);
}

static void digits_tell_degrees_and_gauss_and_their_order(void) {
  reads((mj_box){118.5, 24.9, 118.6, 25}, MJ_NUMBERS_DEGREES, false, 0, true);
  reads((mj_box){24.9, 118.5, 25, 118.6}, MJ_NUMBERS_DEGREES, true, 0, true);
  reads((mj_box){-74, 40, -73, 41}, MJ_NUMBERS_DEGREES, false, 0, false);
  reads((mj_box){656598, 2756976, 656698, 2757076}, MJ_NUMBERS_GAUSS, false, 0, true);
  reads((mj_box){2756976, 656598, 2757076, 656698}, MJ_NUMBERS_GAUSS, true, 0, true);
  reads((mj_box){39656598, 2756976, 39656698, 2757076}, MJ_NUMBERS_GAUSS, false, 39, true);
  reads((mj_box){2756976, 40353505, 2757076, 40353605}, MJ_NUMBERS_GAUSS, true, 40, true);
  reads((mj_box){20656598, 2756976, 20656698, 2757076}, MJ_NUMBERS_GAUSS, false, 20, true);
}

/* The bounds of the header, on either side. */
static void the_bounds_hold_to_the_metre(void) {
  reads((mj_box){73, 3, 136, 54}, MJ_NUMBERS_DEGREES, false, 0, true);
  reads((mj_box){72.9, 3, 136, 54}, MJ_NUMBERS_DEGREES, false, 0, false);
  reads((mj_box){3, 73, 54, 136}, MJ_NUMBERS_DEGREES, true, 0, true);
  reads((mj_box){3, 73, 54.1, 136}, MJ_NUMBERS_OPEN, false, 0, false);
  reads((mj_box){-180, -90, 180, 90}, MJ_NUMBERS_DEGREES, false, 0, false);
  reads((mj_box){-180.1, -90, 180, 90}, MJ_NUMBERS_OPEN, false, 0, false);
  reads((mj_box){100000, 1000000, 999999, 6200000}, MJ_NUMBERS_GAUSS, false, 0, true);
  reads((mj_box){99999, 1000000, 999999, 6200000}, MJ_NUMBERS_OPEN, false, 0, false);
  reads((mj_box){100000, 999999, 999999, 6200000}, MJ_NUMBERS_OPEN, false, 0, false);
  reads((mj_box){100000, 1000000, 999999, 6200001}, MJ_NUMBERS_OPEN, false, 0, false);
  reads((mj_box){39100000, 2e6, 39999999, 2e6}, MJ_NUMBERS_GAUSS, false, 39, true);
  reads((mj_box){39900000, 2e6, 40100000, 2e6}, MJ_NUMBERS_OPEN, false, 0, false); /* two zones */
  reads((mj_box){9500000, 2e6, 9500000, 2e6}, MJ_NUMBERS_OPEN, false, 0, false);
  reads((mj_box){61500000, 2e6, 61500000, 2e6}, MJ_NUMBERS_OPEN, false, 0, false);
  reads((mj_box){-39500000, 2e6, -39500000, 2e6}, MJ_NUMBERS_OPEN, false, 0, false);
  reads((mj_box){HUGE_VAL, HUGE_VAL, -HUGE_VAL, -HUGE_VAL}, MJ_NUMBERS_OPEN, false, 0, false);
}

static void fits(mj_box box, const char *text) {
  char out[320];
  mj_numbers_would_fit(box, MJ_EN, out);
  ASSERT_TEXT(out, text);
}

static void candidates_are_named_in_words(void) {
  fits((mj_box){39656598, 2756976, 39656698, 2757076},
       "by its numbers EPSG:4527 (CGCS2000 3-degree zone 39) would fit");
  fits((mj_box){13656598, 2756976, 13656698, 2757076},
       "by its numbers EPSG:4491 (CGCS2000 6-degree zone 13) would fit");
  fits((mj_box){24656598, 2756976, 24656698, 2757076}, ""); /* neither family has a zone 24 */
  fits((mj_box){1e8, 1e8, 1e8, 1e8}, "");
  char zh[320];
  mj_numbers_would_fit((mj_box){24.9, 118.5, 25, 118.6}, MJ_ZH, zh);
  ASSERT_TEXT(zh, "按数值看 X、Y 互换，可能是 EPSG:4490（CGCS2000 经纬度）");
}

SUITE_OF(numbers, T(digits_tell_degrees_and_gauss_and_their_order), T(the_bounds_hold_to_the_metre),
         T(candidates_are_named_in_words));
