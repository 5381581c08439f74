#include "lists.h"

enum { N = 11 };

/* Finished, running, planned finish ahead, begun after the reference date, reversed, finished without a day, nothing
 * known, due and late, finished late; planned and under construction without days. */
static mj_table *projects(mj_park *park) {
  five_parcels(park);
  mj_table *t = bare(park, MJ_PROJECTS, N);
  texts(t, "project_id", (const char *[]){"1", "2", "3", "4", "5", "6", "7", "8", "1", "10", "11"});
  texts(t, "batch",
        (const char *[]){"投用一批", "建设一批", "建设一批", "谋划一批", "投用一批", "投用一批", NULL, "开工一批",
                         "投用一批", "谋划一批", "建设一批"});
  texts(t, "parcel_id", (const char *[]){"A", "B", "C", "D", "X", NULL, "A", "A", "A", "A", "A"});
  days(t, "start_on",
       (const char *[]){"2024-01-01", "2026-03-01", "2025-01-01", "2026-04-01", "2025-02-02", "2020-01-01", NULL,
                        "2025-03-31", "2024-01-01", NULL, NULL});
  days(t, "finish_on",
       (const char *[]){"2024-12-31", NULL, "2026-12-31", NULL, "2025-02-01", NULL, NULL, NULL, "2026-03-31", NULL,
                        NULL});
  days(t, "finish_due",
       (const char *[]){"2025-01-31", NULL, "2026-03-31", "2026-03-30", NULL, "2021-01-01", "2021-01-01", "2026-03-01",
                        "2026-03-21", "2026-03-01", NULL});
  numbers(t, "land_area_m2", (double[]){2000, NAN, 20000 / 3., 1, 1, 1, 1, 1, 1, 1, 1});
  numbers(t, "floor_area_m2", (double[]){5000, 5000, 100, 1, 1, 1, 1, 1, 1, 1, 1});
  numbers(t, "floor_area_before_m2", (double[]){2000, NAN, 150, 0, 0, 0, 0, 0, 0, 0, 0});
  numbers(t, "invest_total_wan", (double[]){100, 100, 0, 10, 10, 10, NAN, 10, 10, 1, 1});
  numbers(t, "invested_wan", (double[]){25, 101, 0, 10, NAN, -1, 5, 1, 1, 1, 1});
  return t;
}

static void days_say_where_a_project_stands(void) {
  mj_park park;
  mj_table *t = projects(&park);
  must(mj__measure_projects(&park, NULL));
  static const char *const want[N] = {"finished", "running", "running",  "not_started", NULL,     "finished",
                                      NULL,       "running", "finished", "not_started", "running"};
  static const int64_t running[N] = {365, 30, 454, -1, -1, -1, -1, 365, 820, -1, -1},
                       late[N] = {0, -1, 0, 1, -1, -1, -1, 30, 10, 30, -1},
                       year[N] = {2024, 2026, 2025, 2026, -1, -1, -1, 2025, 2026, -1, -1};
  for (int i = 0; i < N; i++) {
    ASSERT_TEXT(mj_table_text(t, "progress")[i], want[i]);
    ASSERT_INT(mj_table_i64(t, "days_running")[i], running[i] < 0 ? MJ_I64_NULL : running[i]);
    ASSERT_INT(mj_table_i64(t, "days_late")[i], late[i] < 0 ? MJ_I64_NULL : late[i]);
    ASSERT_INT(mj_table_i64(t, "batch_year")[i], year[i] < 0 ? MJ_I64_NULL : year[i]);
  }
  ASSERT_INT(entries(&park, MJ_L_PROJECT_DATES), 1);
  ASSERT_TEXT(first_entry(&park, MJ_L_PROJECT_DATES)->expected, "2025-02-02");
  ASSERT_INT(entries(&park, MJ_L_PROJECT_NO_FINISH), 1);
  ASSERT_INT(first_entry(&park, MJ_L_PROJECT_NO_FINISH)->row, 6);
  mj_park_reset(&park);
}

static void land_floor_area_and_money_add_up(void) {
  mj_park park;
  mj_table *t = projects(&park);
  must(mj__measure_projects(&park, NULL));
  ASSERT_NEAR(mj_table_f64(t, "land_mu")[0], 3, 1e-12);
  ASSERT_NEAR(mj_table_f64(t, "land_mu")[2], 10, 1e-12);
  CU_ASSERT(isnan(mj_table_f64(t, "land_mu")[1]) && isnan(mj_table_f64(t, "floor_area_added_m2")[1]));
  ASSERT_NEAR(mj_table_f64(t, "floor_area_added_m2")[0], 3000, 0);
  ASSERT_NEAR(mj_table_f64(t, "floor_area_added_m2")[2], -50, 0); /* torn down more than is built */
  ASSERT_NEAR(mj_table_f64(t, "invested_share")[0], 0.25, 0);
  CU_ASSERT(isnan(mj_table_f64(t, "invested_share")[2])); /* of a total of 0 */
  ASSERT_INT(entries(&park, MJ_L_PROJECT_INVESTMENT), 2); /* 101 of 100, and -1 */
  ASSERT_TEXT(first_entry(&park, MJ_L_PROJECT_INVESTMENT)->found, "101 (10k yuan)");
  ASSERT_INT(entries(&park, MJ_L_LIST_REPEATED), 1);
  ASSERT_TEXT(first_entry(&park, MJ_L_LIST_REPEATED)->found, "1, also row 1");
  mj_park_reset(&park);
}

static void a_project_has_the_zone_of_its_parcel(void) {
  mj_park park;
  mj_table *t = projects(&park);
  must(mj__measure_projects(&park, NULL));
  const char **zone = mj_table_text(t, "zone");
  ASSERT_TEXT(zone[0], "north");
  ASSERT_TEXT(zone[2], NULL);
  ASSERT_TEXT(zone[3], NULL);
  ASSERT_INT(entries(&park, MJ_L_LIST_NO_PARCEL), 2);
  ASSERT_INT(entries(&park, MJ_L_LIST_DUPLICATE_PARCEL), 1);
  mj_park_reset(&park);
}

static void without_a_reference_date_nothing_is_said_of_time(void) {
  mj_park park;
  mj_table *t = projects(&park);
  park.project.as_of = MJ_DATE_NULL;
  must(mj__measure_projects(&park, NULL));
  ASSERT_TEXT(mj_table_text(t, "progress")[0], NULL);
  ASSERT_INT(mj_table_i64(t, "days_running")[0], MJ_I64_NULL);
  mj_park_reset(&park);
}

/* 1 has a shape of its own, 2 that of its parcel; the parcel of 3 is not there, that of 4 has no shape; the code of 5
 * is two parcels'. */
static void a_project_has_its_own_shape_else_its_parcel_s(void) {
  mj_park park;
  new_park(&park);
  mj_table *p = lay(&park, MJ_PARCELS, 4, (const rect[]){{0, 0, 100, 100}, {0, 0, 0, 0}, {9, 9, 9, 9}, {8, 8, 8, 8}}),
           *t = lay(&park, MJ_PROJECTS, 5,
                    (const rect[]){{7, 7, 20, 20}, {0, 0, 0, 0}, {0, 0, 0, 0}, {0, 0, 0, 0}, {0, 0, 0, 0}});
  texts(p, "parcel_id", (const char *[]){"A", "B", "D", "D"});
  texts(t, "parcel_id", (const char *[]){"A", "A", "X", "B", "D"});
  must(mj__measure_projects(&park, NULL));
  double area[5];
  mj_polys g = mj_geom_view(&t->geom);
  ASSERT_INT(g.n, 5);
  ASSERT_INT(t->geom.kind, MJ_GEOM_POLYGON);
  mj_area_planar(&g, area);
  ASSERT_NEAR(area[0], 400, 1e-9);
  ASSERT_NEAR(area[1], 10000, 1e-9);
  for (int i = 2; i < 5; i++) ASSERT_INT(g.part0[i + 1] - g.part0[i], 0);
  const char **from = mj_table_text(t, "shape_from");
  CU_ASSERT_STRING_EQUAL(from[0], "own");
  CU_ASSERT_STRING_EQUAL(from[1], "parcel");
  CU_ASSERT(!from[2] && !from[3] && !from[4]);
  mj_park_reset(&park);
}

SUITE_OF(projects, T(days_say_where_a_project_stands), T(land_floor_area_and_money_add_up),
         T(a_project_has_the_zone_of_its_parcel), T(without_a_reference_date_nothing_is_said_of_time),
         T(a_project_has_its_own_shape_else_its_parcel_s));
