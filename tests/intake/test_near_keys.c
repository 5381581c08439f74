/* Keys that match nothing: what is proposed for each, and what is not. Nothing is joined by a proposal. */
#include "files.h"
#include "intake/near.h"

static mj_park park;
static mj_error err;

static const char **column(mj_table_id id, int64_t n, const char *name) {
  mj_table *t = &park.table[id];
  if (!t->name) CU_ASSERT_EQUAL_FATAL(mj_table_init(t, mj_table_id_name(id), n), MJ_OK);
  mj_column *c = mj_table_add(t, name, MJ_TEXT);
  CU_ASSERT_PTR_NOT_NULL_FATAL(c);
  return c->text;
}

static void begin(void) { mj_park_reset(&park); }

static void parcels(int n, const char *const *id) {
  const char **to = column(MJ_PARCELS, n, "parcel_id");
  for (int i = 0; i < n; i++) to[i] = id[i];
}

static const char *cell(const char *name, int64_t row) {
  const char **c = mj_table_text(&park.table[MJ_JOIN_CANDIDATES], name);
  return c && row < park.table[MJ_JOIN_CANDIDATES].n ? c[row] : "(no such line)";
}

static double score(int64_t row) { return mj_table_f64(&park.table[MJ_JOIN_CANDIDATES], "score")[row]; }
static int64_t lines(void) { return park.table[MJ_JOIN_CANDIDATES].n; }

/* One enterprise row that names @p key; the parcel that is proposed, or "" for none. */
static const char *proposed(const char *key, const char *reason, int n, const char *const *id) {
  begin();
  parcels(n, id);
  column(MJ_ENTERPRISES, 1, "parcel_id")[0] = key;
  CU_ASSERT_EQUAL(mj_near_keys(&park, &err), MJ_OK);
  if (!lines()) return "";
  ASSERT_TEXT(cell("reason", 0), reason);
  ASSERT_TEXT(cell("old", 0), key);
  ASSERT_INT(count_entries(&park, MJ_L_KEY_NEARLY), 1);
  return cell("new", 0);
}

static const char *const P[] = {"350502001002GB00017", "350502001002GB00123", "350502001003GB00045"};

static void a_key_that_matches_is_left_alone(void) {
  ASSERT_TEXT(proposed(P[1], "", 3, P), "");
  ASSERT_INT(count_entries(&park, MJ_L_KEY_NEARLY), 0);
  CU_ASSERT_FALSE(mj_park_has(&park, MJ_JOIN_CANDIDATES));
  ASSERT_TEXT(proposed("350599009009GB09999", "", 3, P), "");
}

static void each_code_of_a_list_is_looked_at(void) {
  static const char *const all_known[] = {"350502001002GB00017;350502001003GB00045", "350502001002GB00017、00123",
                                          "350502001002GB00123 / 350502001002GB00017；"};
  for (int i = 0; i < 3; i++) ASSERT_TEXT(proposed(all_known[i], "", 3, P), "");
  /* the cell is what a correction replaces */
  ASSERT_TEXT(proposed("350502001002GB00017;350502001003GB00054;00045", "one_edit", 3, P),
              "350502001002GB00017;350502001003GB00045;00045");
  ASSERT_TEXT(proposed("350502001002GB00017、00132", "one_edit", 3, P), "350502001002GB00017、350502001002GB00123");
  ASSERT_TEXT(proposed("350502001002GB00017;350599009009GB09999", "", 3, P), "");
  begin(); /* a factory unit lies on one parcel: its cell lists none */
  parcels(3, P);
  column(MJ_FACTORY_UNITS, 1, "parcel_id")[0] = "350502001002GB0001 7";
  CU_ASSERT_EQUAL(mj_near_keys(&park, &err), MJ_OK);
  ASSERT_TEXT(cell("new", 0), P[0]);
}

/* What the enterprise owns is no answer to a list. */
static void a_list_is_not_exchanged_for_the_parcel_of_an_owner(void) {
  begin();
  parcels(3, P);
  column(MJ_PARCELS, 3, "owner_code")[2] = "913502000728319549";
  column(MJ_ENTERPRISES, 1, "parcel_id")[0] = "350502001002GB00017;350599009009GB09999";
  column(MJ_ENTERPRISES, 1, "credit_code")[0] = "913502000728319549";
  CU_ASSERT_EQUAL(mj_near_keys(&park, &err), MJ_OK);
  ASSERT_INT(lines(), 0);
  begin(); /* one wrong code is, as before */
  parcels(3, P);
  column(MJ_PARCELS, 3, "owner_code")[2] = "913502000728319549";
  column(MJ_ENTERPRISES, 1, "parcel_id")[0] = "350599009009GB09999";
  column(MJ_ENTERPRISES, 1, "credit_code")[0] = "913502000728319549";
  CU_ASSERT_EQUAL(mj_near_keys(&park, &err), MJ_OK);
  ASSERT_TEXT(cell("new", 0), P[2]);
}

static void the_grounds_are_named(void) {
  static const char *const digits[] = {"913502000728319549", "913502000728400001", "350502001002000017"};
  static const char *const zeros[] = {"0017-2", "0018-2"};
  ASSERT_TEXT(proposed("350502001002gb00017", "form", 3, P), P[0]);
  ASSERT_TEXT(proposed("３５０５０２００１００２ＧＢ０００１７", "form", 3, P), P[0]);
  ASSERT_TEXT(proposed("350502 001002 GB00017", "form", 3, P), P[0]);
  ASSERT_TEXT(proposed("35O5O2OO1OO2GBOOO17", "lookalike", 3, P), P[0]);
  ASSERT_TEXT(proposed("350502001002GB000l7", "lookalike", 3, P), P[0]);
  ASSERT_TEXT(proposed("17-2", "leading_zeros", 2, zeros), zeros[0]);
  ASSERT_TEXT(proposed("350502001003GB00054", "one_edit", 3, P), P[2]);
  ASSERT_TEXT(proposed("350502001003GB0045", "one_edit", 3, P), P[2]);
  ASSERT_TEXT(proposed("9.135020007283E+17", "cut_number", 3, digits), digits[0]);
  ASSERT_TEXT(proposed("9.13502E+17", "", 3, digits), ""); /* two keys begin so */
  ASSERT_TEXT(proposed("3.505E+17", "cut_number", 3, digits), digits[2]);
  ASSERT_TEXT(proposed("913502000728319000", "cut_number", 3, digits), digits[0]);
}

static void a_unit_code_and_its_parcel_are_proposed_to_each_other(void) {
  static const char *const units[] = {"350502001002GB00017F00010001", "350502001002GB00123W00000000",
                                      "350502001003GB00045F00010001", "350502001003GB00045F00010002"};
  ASSERT_TEXT(proposed("350502001002GB00017F00010001", "unit_of_parcel", 3, P), P[0]);
  ASSERT_TEXT(proposed("350502001002GB00123", "unit_of_parcel", 4, units), units[1]);
  ASSERT_TEXT(proposed("350502001003GB00045", "", 4, units), ""); /* two units of the parcel */
  ASSERT_TEXT(mj_table_text(&park.table[MJ_ENTERPRISES], "parcel_id")[0], "350502001003GB00045");
}

static void a_code_on_two_parcels_is_proposed_to_nobody(void) {
  static const char *const twice[] = {"350502001002GB00017", "350502001002GB00017"};
  ASSERT_TEXT(proposed("350502001002gb00017", "", 2, twice), "");
}

static void rows_of_one_enterprise_are_one_line(void) {
  begin();
  parcels(3, P);
  const char **key = column(MJ_ENTERPRISES, 4, "parcel_id"), **code = column(MJ_ENTERPRISES, 4, "credit_code");
  for (int i = 0; i < 4; i++) {
    key[i] = "350502001002gb00017";
    code[i] = i < 3 ? "91350200MA2YJ1XR9G" : "91350503MA31DNG762";
  }
  CU_ASSERT_EQUAL(mj_near_keys(&park, &err), MJ_OK);
  ASSERT_INT(lines(), 2);
  ASSERT_TEXT(cell("layer", 0), "enterprises");
  ASSERT_TEXT(cell("id", 0), "91350200MA2YJ1XR9G");
  ASSERT_TEXT(cell("field", 0), "parcel_id");
  ASSERT_INT(mj_table_i64(&park.table[MJ_JOIN_CANDIDATES], "rows")[0], 3);
  CU_ASSERT_PTR_NULL(cell("who", 0));
  ASSERT_TEXT(first_entry(&park, MJ_L_KEY_NEARLY)->found, "4 rows; 2 lines in join_candidates");
  ASSERT_TEXT(key[0], "350502001002gb00017"); /* nothing is joined by it */
}

static void the_owner_of_the_parcel_speaks_for_or_against(void) {
  begin();
  parcels(3, P);
  const char **owner = column(MJ_PARCELS, 3, "owner_code");
  owner[0] = "91350200MA2YJ1XR9G", owner[2] = "91350503MA31DNG762";
  const char **key = column(MJ_ENTERPRISES, 3, "parcel_id"), **code = column(MJ_ENTERPRISES, 3, "credit_code");
  key[0] = "350502001003GB00046", code[0] = "91350503MA31DNG762"; /* near P[2], which is theirs */
  key[1] = "350502001003GB00047", code[1] = "91350200MA2YJ1XR9G"; /* near P[2], but they own P[0] */
  code[2] = "91350200MA2YJ1XR9G";                                 /* no key at all */
  CU_ASSERT_EQUAL(mj_near_keys(&park, &err), MJ_OK);
  ASSERT_INT(lines(), 4);
  CU_ASSERT(score(0) > mj_near_score(MJ_NEAR_EDIT) && score(0) < 1);
  ASSERT_TEXT(cell("new", 1), P[0]); /* the likelier stands first */
  ASSERT_TEXT(cell("reason", 1), "owner_code");
  ASSERT_TEXT(cell("new", 2), P[2]);
  CU_ASSERT(score(2) < mj_near_score(MJ_NEAR_EDIT));
  CU_ASSERT(score(1) > score(2));
  CU_ASSERT_PTR_NULL(cell("old", 3));
  ASSERT_TEXT(cell("new", 3), P[0]);
}

static void the_name_of_the_owner_leads_to_a_parcel_that_is_theirs_alone(void) {
  begin();
  parcels(3, P);
  const char **owner = column(MJ_PARCELS, 3, "owner_name");
  owner[0] = "泉州市示例机械有限公司", owner[1] = owner[2] = "示例电子有限公司";
  const char **name = column(MJ_ENTERPRISES, 2, "enterprise_name");
  column(MJ_ENTERPRISES, 2, "parcel_id")[0] = "X-17";
  name[0] = "示例机械（泉州）有限责任公司", name[1] = "示例电子有限公司"; /* the second has two parcels */
  CU_ASSERT_EQUAL(mj_near_keys(&park, &err), MJ_OK);
  ASSERT_INT(lines(), 1);
  ASSERT_TEXT(cell("old", 0), "X-17");
  ASSERT_TEXT(cell("new", 0), P[0]);
  ASSERT_TEXT(cell("reason", 0), "name_variant");
}

static void an_enterprise_that_its_occupancies_place_needs_no_parcel(void) {
  begin();
  parcels(3, P);
  column(MJ_PARCELS, 3, "owner_code")[0] = "91350200MA2YJ1XR9G";
  column(MJ_ENTERPRISES, 1, "parcel_id");
  column(MJ_ENTERPRISES, 1, "credit_code")[0] = "91350200MA2YJ1XR9G";
  column(MJ_OCCUPANCIES, 1, "credit_code")[0] = "91350200MA2YJ1XR9G";
  column(MJ_OCCUPANCIES, 1, "parcel_id")[0] = P[1];
  CU_ASSERT_EQUAL(mj_near_keys(&park, &err), MJ_OK);
  ASSERT_INT(lines(), 0);
}

static void an_occupancy_finds_its_enterprise_by_code_or_name(void) {
  begin();
  parcels(3, P);
  const char **code = column(MJ_ENTERPRISES, 2, "credit_code"), **name = column(MJ_ENTERPRISES, 2, "enterprise_name");
  code[0] = "91350200MA2YJ1XR9G", name[0] = "泉州市示例机械有限公司";
  code[1] = "91350503MA31DNG762", name[1] = "示例电子有限公司";
  const char **key = column(MJ_OCCUPANCIES, 4, "credit_code"), **called = column(MJ_OCCUPANCIES, 4, "enterprise_name");
  key[0] = "9135O200MA2YJIXR9G";                                 /* O and I */
  key[1] = "91350503MA31DNG726";                                 /* the last two swapped */
  called[2] = "示例机械（泉州）有限责任公司";                    /* no code */
  key[3] = "913505030000000000", called[3] = "示例电子有限公司"; /* another code, the same name */
  CU_ASSERT_EQUAL(mj_near_keys(&park, &err), MJ_OK);
  ASSERT_INT(lines(), 4);
  ASSERT_TEXT(cell("reason", 0), "lookalike");
  ASSERT_TEXT(cell("new", 0), code[0]);
  ASSERT_TEXT(cell("reason", 1), "one_edit");
  ASSERT_TEXT(cell("new", 1), code[1]);
  ASSERT_TEXT(cell("reason", 2), "name_variant");
  ASSERT_TEXT(cell("new", 2), code[0]);
  ASSERT_TEXT(cell("reason", 3), "name");
  ASSERT_TEXT(cell("new", 3), code[1]);
}

/* 20,000 keys that all miss by one letter: pairs would take minutes under a sanitizer. */
static void many_keys_are_no_pairs(void) {
  enum { N = 20000 };
  begin();
  const char **id = column(MJ_PARCELS, N, "parcel_id"), **key = column(MJ_ENTERPRISES, N, "parcel_id");
  for (int i = 0; i < N; i++) {
    id[i] = mj_arena_format(&park.arena, "350502%03d%03dGB%05d", i % 997, i % 991, i * 4 % 99991);
    key[i] = mj_arena_format(&park.arena, "350502%03d%03dGX%05d", i % 997, i % 991, i * 4 % 99991);
  }
  CU_ASSERT_EQUAL(mj_near_keys(&park, &err), MJ_OK);
  ASSERT_INT(lines(), N);
  ASSERT_TEXT(cell("new", N - 1), id[N - 1]);
  ASSERT_TEXT(cell("reason", 0), "one_edit");
}

static void the_tables_of_a_park_are_compared_on_reading(void) {
  write_layer("p.geojson", "EPSG:4549", FEATURE("\"ZDDM\":\"350502001002GB00017\"", SQUARE_RING("500000", "500100")));
  write_text("e.csv", "企业名称,宗地代码,年份\n示例机械有限公司,35O5O2001002GB00017,2025\n");
  mj_park_reset(&park);
  CU_ASSERT_EQUAL(take_in("parcels: p.geojson\nenterprises: e.csv\n", &park, &err), MJ_OK);
  ASSERT_INT(lines(), 1);
  ASSERT_TEXT(cell("id", 0), "示例机械有限公司");
  ASSERT_TEXT(cell("new", 0), "350502001002GB00017");
}

static int clean(void) {
  mj_park_reset(&park);
  return folder_remove();
}

CU_SuiteInfo near_keys_suite = {
    "near_keys",
    folder_make,
    clean,
    NULL,
    NULL,
    (CU_TestInfo[]){T(a_key_that_matches_is_left_alone), T(each_code_of_a_list_is_looked_at),
                    T(a_list_is_not_exchanged_for_the_parcel_of_an_owner), T(the_grounds_are_named),
                    T(a_unit_code_and_its_parcel_are_proposed_to_each_other),
                    T(a_code_on_two_parcels_is_proposed_to_nobody), T(rows_of_one_enterprise_are_one_line),
                    T(the_owner_of_the_parcel_speaks_for_or_against),
                    T(the_name_of_the_owner_leads_to_a_parcel_that_is_theirs_alone),
                    T(an_enterprise_that_its_occupancies_place_needs_no_parcel),
                    T(an_occupancy_finds_its_enterprise_by_code_or_name), T(many_keys_are_no_pairs),
                    T(the_tables_of_a_park_are_compared_on_reading), CU_TEST_INFO_NULL}};
