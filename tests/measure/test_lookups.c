#include <unistd.h>

#include "fixture.h"

static char folder[] = "/tmp/mujun-lookup-XXXXXX", path[64];

static int make_table(void) {
  if (!mkdtemp(folder)) return 1;
  snprintf(path, sizeof path, "%s/caps.csv", folder);
  FILE *f = fopen(path, "w");
  /* numbers with tabs and blanks inside, "-" for none, an empty last column: as the real table of a city has them */
  if (!f) return 1;
  fputs("zone,far,name,\nM1,\t3.44 ,light,\nM2,-,heavy,\nM3, 2.0,,\nM1,3.440,light,\nM1,-,,\n", f);
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
  ASSERT_NEAR(far[0], 3.44, 0); /* twice in the table, with one value in two spellings */
  CU_ASSERT(isnan(far[1]) && isnan(far[3]) && isnan(far[4]));
  ASSERT_NEAR(far[2], 2, 0);
  ASSERT_INT(entries(&park, MJ_L_LOOKUP_NO_ROW), 1);
  ASSERT_INT(entries(&park, MJ_L_LOOKUP_REPEATED), 0);
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

/* Another table for one test. */
static void rewrite(const char *text) {
  FILE *f = fopen(path, "w");
  CU_ASSERT_PTR_NOT_NULL_FATAL(f);
  fputs(text, f);
  fclose(f);
}

static void a_code_with_two_values_has_none_and_is_said_once(void) {
  mj_park park;
  mj_table *t = parcels(&park);
  rewrite("zone,far\nM1,1\nM2,5\nM1,2\nM1,3\nM3,7\n");
  ASSERT_INT(look_up(&park, (mj_lookup){"far", path, "zone", "class", "far"}, NULL), MJ_OK);
  const double *far = mj_table_f64(t, "far");
  CU_ASSERT_PTR_NOT_NULL_FATAL(far);
  CU_ASSERT(isnan(far[0]));
  ASSERT_NEAR(far[1], 5, 0);
  ASSERT_NEAR(far[2], 7, 0);
  ASSERT_INT(park.ledger.n, 2); /* and that X has no row */
  const mj_ledger_entry *e = &park.ledger.entry[0];
  ASSERT_INT(e->code, MJ_L_LOOKUP_REPEATED);
  ASSERT_TEXT(e->layer, "far");
  ASSERT_TEXT(e->id, "M1");
  ASSERT_TEXT(e->expected, "1");
  ASSERT_TEXT(e->found, "2");
  ASSERT_INT(e->row, 3);
  mj_park_reset(&park);
}

static void one_word_in_ten_cells_leaves_a_column_of_numbers(void) {
  mj_park park;
  mj_table *t = parcels(&park);
  rewrite("zone,far\nM1,1\nM2,about 2\nM3,3\na,4\nb,5\nc,6\nd,7\ne,8\nf,9\ng,10\n");
  ASSERT_INT(look_up(&park, (mj_lookup){"far", path, "zone", "class", "far"}, NULL), MJ_OK);
  const double *far = mj_table_f64(t, "far");
  CU_ASSERT_PTR_NOT_NULL_FATAL(far);
  ASSERT_NEAR(far[0], 1, 0);
  CU_ASSERT(isnan(far[1]));
  ASSERT_NEAR(far[2], 3, 0);
  const mj_ledger_entry *e = &park.ledger.entry[0];
  ASSERT_INT(e->code, MJ_L_VALUE_UNREADABLE);
  ASSERT_TEXT(e->id, "M2");
  ASSERT_TEXT(e->found, "about 2");
  ASSERT_INT(e->row, 2);
  mj_park_reset(&park);
  t = parcels(&park);
  rewrite("zone,far\nM1,1\nM2,about 2\nM3,3\na,4\nb,5\nc,6\nd,7\ne,8\nf,9\n"); /* one in nine: texts */
  ASSERT_INT(look_up(&park, (mj_lookup){"far", path, "zone", "class", "far"}, NULL), MJ_OK);
  CU_ASSERT_PTR_NOT_NULL_FATAL(mj_table_text(t, "far"));
  ASSERT_TEXT(mj_table_text(t, "far")[1], "about 2");
  ASSERT_INT(entries(&park, MJ_L_VALUE_UNREADABLE), 0);
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

static void the_encoding_of_a_table_is_told(void) {
  mj_park park;
  mj_table *t = parcels(&park);
  rewrite("zone,name\nM1,\xB9\xA4\xD2\xB5\xD3\xC3\xB5\xD8\n"); /* 工业用地 in GBK */
  ASSERT_INT(look_up(&park, (mj_lookup){"label", path, "zone", "class", "name"}, NULL), MJ_OK);
  ASSERT_TEXT(mj_table_text(t, "label")[0], "工业用地");
  ASSERT_INT(entries(&park, MJ_L_ENCODING_ASSUMED), 1);
  mj_park_reset(&park);
}

CU_SuiteInfo lookups_suite = {
    "lookups",
    make_table,
    remove_table,
    NULL,
    NULL,
    (CU_TestInfo[]){T(numbers_are_found_by_code_and_a_dash_is_none), T(texts_stay_texts), T(what_is_not_there_is_named),
                    T(a_code_with_two_values_has_none_and_is_said_once),
                    T(one_word_in_ten_cells_leaves_a_column_of_numbers), T(the_encoding_of_a_table_is_told),
                    CU_TEST_INFO_NULL}};
