#include <unistd.h>

#include "fixture.h"

static char folder[] = "/tmp/mujun-lookup-XXXXXX", path[64];

static int make_table(void) {
  if (!mkdtemp(folder)) return 1;
  snprintf(path, sizeof path, "%s/caps.csv", folder);
  FILE *f = fopen(path, "w");
  /* numbers with tabs and blanks inside, "-" for none, an empty last column: as the real table of a city has them */
  if (!f) return 1;
  fputs("zone,far,name,\nM1,\t3.44 ,light,\nM2,-,heavy,\nM3, 2.0,,\nM1,9,again,\n", f);
  return fclose(f);
}

static int remove_table(void) { return unlink(path) || rmdir(folder); }

static mj_table *parcels(mj_park *park) {
  new_park(park);
  mj_table *t =
      lay(park, MJ_PARCELS, 5, (rect[]){{0, 0, 1, 1}, {2, 0, 1, 1}, {4, 0, 1, 1}, {6, 0, 1, 1}, {8, 0, 1, 1}});
  texts(t, "class", (const char *[]){"M1", "M2", "M3", "X", NULL});
  return t;
}

static mj_status look_up(mj_park *park, mj_lookup l, mj_error *err) {
  park->project.lookups = &l, park->project.n_lookups = 1;
  mj_status status = mj__measure_lookups(park, err);
  park->project.n_lookups = 0;
  return status;
}

static void numbers_are_found_by_code_and_a_dash_is_none(void) {
  mj_park park;
  mj_table *t = parcels(&park);
  ASSERT_INT(look_up(&park, (mj_lookup){"far", path, "zone", "class", "far"}, NULL), MJ_OK);
  const double *far = mj_table_f64(t, "far");
  CU_ASSERT_PTR_NOT_NULL_FATAL(far);
  ASSERT_NEAR(far[0], 3.44, 0); /* the first of two rows with one key */
  CU_ASSERT(isnan(far[1]) && isnan(far[3]) && isnan(far[4]));
  ASSERT_NEAR(far[2], 2, 0);
  ASSERT_INT(entries(&park, MJ_L_LOOKUP_NO_ROW), 1);
  mj_park_reset(&park);
}

static void texts_stay_texts(void) {
  mj_park park;
  mj_table *t = parcels(&park);
  ASSERT_INT(look_up(&park, (mj_lookup){"label", path, "zone", "class", "name"}, NULL), MJ_OK);
  ASSERT_TEXT(mj_table_text(t, "label")[0], "light");
  ASSERT_TEXT(mj_table_text(t, "label")[2], NULL);
  mj_park_reset(&park);
}

static void what_is_not_there_is_named(void) {
  mj_park park;
  mj_error err = {0};
  parcels(&park);
  ASSERT_INT(look_up(&park, (mj_lookup){"far", path, "zone", "class", "nothing"}, &err), MJ_ENOTFOUND);
  ASSERT_HAS(err.message, "has no column 'nothing'");
  ASSERT_INT(look_up(&park, (mj_lookup){"far", path, "zone", "nowhere", "far"}, &err), MJ_ENOTFOUND);
  ASSERT_HAS(err.message, "parcels have no column 'nowhere'");
  ASSERT_INT(look_up(&park, (mj_lookup){"class", path, "zone", "class", "far"}, &err), MJ_EINVAL);
  ASSERT_INT(look_up(&park, (mj_lookup){"far", "/nonexistent.csv", "zone", "class", "far"}, &err), MJ_ENOTFOUND);
  mj_park_reset(&park);
}

CU_SuiteInfo lookups_suite = {"lookups",
                              make_table,
                              remove_table,
                              NULL,
                              NULL,
                              (CU_TestInfo[]){T(numbers_are_found_by_code_and_a_dash_is_none), T(texts_stay_texts),
                                              T(what_is_not_there_is_named), CU_TEST_INFO_NULL}};
