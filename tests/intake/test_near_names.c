/* Normal forms of keys and names of enterprises. */
#include "intake/near.h"
#include "test.h"

static void one_enterprise_has_one_stem(void) {
  static const char *const same[] = {"示例机械有限公司",
                                     "示例机械有限责任公司",
                                     "示例机械股份有限公司",
                                     "泉州示例机械有限公司",
                                     "泉州市示例机械有限公司",
                                     "福建省泉州市示例机械有限责任公司",
                                     "示例机械（泉州）有限公司",
                                     "示例（鲤城区）机械有限公司",
                                     " 示例机械 有限公司",
                                     "示例机械(有限公司)",
                                     "示例机械"};
  char stem[MJ_FOLD];
  for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
    mj_name_stem(same[i], stem);
    ASSERT_TEXT(stem, "示例机械");
  }
}

static void others_have_another_or_none(void) {
  char stem[MJ_FOLD];
  mj_name_stem("示例机电有限公司", stem);
  ASSERT_TEXT(stem, "示例机电");
  mj_name_stem("泉州有限公司", stem); /* the place is all the name there is */
  ASSERT_TEXT(stem, "泉州");
  mj_name_stem("有限公司", stem);
  ASSERT_TEXT(stem, "");
  mj_name_stem("", stem);
  ASSERT_TEXT(stem, "");
  mj_name_stem("示例（集团）有限公司", stem); /* no place: only the brackets go */
  ASSERT_TEXT(stem, "示例集团");
  mj_name_stem("ACME LTD", stem);
  ASSERT_TEXT(stem, "acmeltd");
}

static void a_key_has_three_normal_forms(void) {
  char out[MJ_FOLD];
  mj_key_normal("３５０５０２ gb 0017　", MJ_KEY_PARCEL, MJ_NEAR_FORM, out);
  ASSERT_TEXT(out, "350502gb0017");
  mj_key_normal("35O5I2GBl7", MJ_KEY_PARCEL, MJ_NEAR_LOOKALIKE, out);
  ASSERT_TEXT(out, "350512gb17");
  mj_key_normal("9I35Z2S", MJ_KEY_CREDIT, MJ_NEAR_LOOKALIKE, out);
  ASSERT_TEXT(out, "9135225");
  mj_key_normal("9I35Z2S", MJ_KEY_PARCEL, MJ_NEAR_LOOKALIKE, out); /* Z is a feature letter of parcels */
  ASSERT_TEXT(out, "9135z2s");
  mj_key_normal("0O017", MJ_KEY_OTHER, MJ_NEAR_ZEROS, out);
  ASSERT_TEXT(out, "17");
  mj_key_normal("000", MJ_KEY_OTHER, MJ_NEAR_ZEROS, out);
  ASSERT_TEXT(out, "0");
}

SUITE_OF(near_names, T(one_enterprise_has_one_stem), T(others_have_another_or_none), T(a_key_has_three_normal_forms));
