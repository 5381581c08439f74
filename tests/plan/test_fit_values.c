#include "plan/plots_fixture.h"

static void one_value_changes_the_project(void) {
  mj_park park;
  plots(&park);
  const char *set = "M,S";
  must(mj_fit_set(&park,
                  &(mj_fit_values){.cap = (double[]){2.5},
                                   .n_caps = 1,
                                   .setback_m = (double[]){7},
                                   .n_setbacks = 1,
                                   .modules = &set,
                                   .n_modules = 1},
                  NULL));
  const mj_fit_norms *norms = &park.project.fit;
  ASSERT_NEAR(park.project.fit_cap, 2.5, 0);
  ASSERT_NEAR(norms->limits.setback_road_m, 7, 0);
  ASSERT_NEAR(norms->limits.setback_neighbour_m, 7, 0);
  ASSERT_NEAR(norms->limits.setback_water_m, 7, 0);
  ASSERT_NEAR(norms->limits.setback_zone_m, 7, 0);
  ASSERT_NEAR(norms->limits.setback_other_m, 7, 0);
  ASSERT_NEAR(norms->limits.setback_easement_m, 3, 0); /* no border */
  ASSERT_TEXT(norms->source[0], "--setback");
  CU_ASSERT(norms->assumed & 1);
  ASSERT_INT(norms->n_modules, 2); /* in the order of the catalogue */
  ASSERT_TEXT(norms->module[0].code, "S");
  set = "M";
  must(mj_fit_set(&park, &(mj_fit_values){.modules = &set, .n_modules = 1}, NULL));
  ASSERT_INT(norms->n_modules, 1);
  ASSERT_TEXT(norms->module[0].code, "M");
  ASSERT_NEAR(park.project.fit_cap, 2.5, 0); /* nothing said: as it was */
  mj_park_reset(&park);
}

static void several_values_change_nothing(void) {
  mj_park park;
  plots(&park);
  must(mj_fit_set(
      &park, &(mj_fit_values){.cap = (double[]){1, 2}, .n_caps = 2, .setback_m = (double[]){6, 7}, .n_setbacks = 2},
      NULL));
  ASSERT_NEAR(park.project.fit_cap, 0, 0);
  ASSERT_NEAR(park.project.fit.limits.setback_road_m, 5, 0);
  mj_park_reset(&park);
}

static void what_cannot_be_is_refused_in_one_line(void) {
  mj_park park;
  mj_error err = {0};
  double many[MJ_FIT_MOST_VALUES];
  plots(&park);
  for (int i = 0; i < MJ_FIT_MOST_VALUES; i++) many[i] = 1 + i;
  const char *const sets[] = {"S", "S,X"};
  ASSERT_INT(mj_fit_set(&park, &(mj_fit_values){.modules = sets, .n_modules = 2}, &err), MJ_EINVAL);
  ASSERT_TEXT(err.message, "no module 'X' in the catalogue, which has S, M");
  ASSERT_INT(
      mj_fit_set(&park,
                 &(mj_fit_values){
                     .cap = many, .n_caps = MJ_FIT_MOST_VALUES, .setback_m = many, .n_setbacks = MJ_FIT_MOST_VALUES},
                 &err),
      MJ_EINVAL);
  ASSERT_TEXT(err.message, "4096 combinations of values are more than 512");
  park.project.fit.limits.height_max_m = 10; /* three storeys have 15 m */
  ASSERT_INT(mj_fit_set(&park, &(mj_fit_values){.n_caps = 0}, &err), MJ_EINVAL);
  ASSERT_HAS(err.message, "height_max_m 10");
  mj_park_reset(&park);
}

static void parcels_are_named_by_id_or_row(void) {
  mj_park park;
  mj_error err = {0};
  const char *names[] = {"B", "#1"};
  plots(&park);
  park.project.fit_parcels = names;
  park.project.n_fit_parcels = 2;
  ASSERT_INT(mj_fit_named(&park, &err), MJ_OK);
  names[1] = "#3";
  ASSERT_INT(mj_fit_named(&park, &err), MJ_ENOTFOUND);
  ASSERT_TEXT(err.message, "no parcel '#3'");
  names[1] = "C1";
  ASSERT_INT(mj_fit_named(&park, &err), MJ_ENOTFOUND);
  ASSERT_TEXT(err.message, "no parcel 'C1'");
  names[1] = "#1";
  must(mj_plan(&park, NULL));
  ASSERT_INT(park.table[MJ_FIT_OPTIONS].n, 6);
  park.project.n_fit_parcels = 1;
  must(mj_plan(&park, NULL));
  ASSERT_INT(park.table[MJ_FIT_OPTIONS].n, 3);
  ASSERT_TEXT(mj_table_text(&park.table[MJ_FIT_OPTIONS], "parcel_id")[0], "B");
  mj_park_reset(&park);
}

CU_SuiteInfo fit_values_suite = {
    "fit_values",
    NULL,
    NULL,
    NULL,
    NULL,
    (CU_TestInfo[]){T(one_value_changes_the_project), T(several_values_change_nothing),
                    T(what_cannot_be_is_refused_in_one_line), T(parcels_are_named_by_id_or_row), CU_TEST_INFO_NULL}};
