/* Summaries of factory units, projects and contracts; every number is worked out. */
#include "report/fixture.h"
#include "report/summaries.h"

static mj_park park;
static mj_summaries sums;

static double at(const mj_table *t, const char *name, int64_t row) {
  const mj_column *c = mj_table_find(t, name);
  CU_ASSERT_PTR_NOT_NULL_FATAL(c);
  if (row >= t->n) return -1;
  return c->type == MJ_I64 ? (c->i64[row] == MJ_I64_NULL ? (double)NAN : (double)c->i64[row]) : c->f64[row];
}

static const char *text(const mj_table *t, const char *name, int64_t row) {
  return row < t->n ? mj_table_text(t, name)[row] : "(no row)";
}

static mj_table *list(mj_table_id id, int n) {
  make_park(&park, 12, 2);
  sums = (mj_summaries){0};
  CU_ASSERT_EQUAL_FATAL(mj_table_init(&park.table[id], mj_table_id_name(id), n), MJ_OK);
  return &park.table[id];
}

static const mj_table *summary(const char *name) {
  mj_summaries_reset(&sums);
  CU_ASSERT_EQUAL_FATAL(mj_summaries_run(&park, NULL, &sums, NULL), MJ_OK);
  const mj_table *t = mj_summaries_find(&sums, name);
  CU_ASSERT_PTR_NOT_NULL_FATAL(t);
  return t;
}

static void texts(mj_table *t, const char *name, const char *const *v) {
  mj_column *c = column(t, name, MJ_TEXT);
  for (int64_t i = 0; i < t->n; i++) c->text[i] = v[i];
}

static void numbers(mj_table *t, const char *name, const double *v) {
  mj_column *c = column(t, name, MJ_F64);
  for (int64_t i = 0; i < t->n; i++) c->f64[i] = v[i];
}

static void tear_down(void) {
  mj_summaries_reset(&sums);
  mj_park_reset(&park);
}

/* One zone with six units, two on parcels of none, one on no known parcel. */
static mj_table *units(void) {
  mj_table *t = list(MJ_FACTORY_UNITS, 9);
  const char *zone = mj_table_text(&park.table[MJ_ZONES], "zone")[0], *id = NULL;
  const char **parcel = mj_table_text(&park.table[MJ_PARCELS], "parcel_id");
  for (int i = 0; i < 12 && !id; i++) id = parcel[i];
  texts(t, "zone", (const char *[]){zone, zone, zone, zone, zone, zone, NULL, NULL, NULL});
  texts(t, "parcel_id", (const char *[]){id, id, id, id, id, id, id, id, "nowhere"});
  texts(t, "use_state",
        (const char *[]){"in_use", "in_use", "vacant", "stopped", "let_unused", NULL, "in_use", "vacant", NULL});
  numbers(t, "floor_area_m2", (double[]){500, NAN, 300, 100, 100, 50, NAN, 10, 7});
  mj_column *year = column(t, "year_built", MJ_I64);
  for (int i = 0; i < 9; i++) year->i64[i] = i < 3 ? 2021 : i < 5 ? 2020 : MJ_I64_NULL;
  numbers(t, "floor", (double[]){1, 1, 1, 2, 5, 9, NAN, 1, 1});
  return t;
}

/* Known 500 + 300 + 100 + 100, in use 500: 300 to 80 %, 400 to 90 %. */
static void utilisation_is_of_the_area_of_known_state(void) {
  units();
  const mj_table *t = summary("factory_use");
  ASSERT_INT(t->n, 4);
  ASSERT_NEAR(at(t, "unit_count", 0), 6, 0);
  ASSERT_NEAR(at(t, "in_use_count", 0), 2, 0);
  ASSERT_NEAR(at(t, "in_use_m2", 0), 500, 0);
  ASSERT_NEAR(at(t, "unknown_m2", 0), 50, 0);
  ASSERT_NEAR(at(t, "no_area_count", 0), 1, 0);
  ASSERT_NEAR(at(t, "utilisation", 0), 0.5, 1e-12);
  ASSERT_NEAR(at(t, "short_of_80_m2", 0), 300, 1e-9);
  ASSERT_NEAR(at(t, "short_of_90_m2", 0), 400, 1e-9);
  ASSERT_TEXT(text(t, "zone", 1), "outside");
  CU_ASSERT(isnan(at(t, "in_use_m2", 1)) && isnan(at(t, "utilisation", 1))); /* its only unit in use has no area */
  ASSERT_NEAR(at(t, "stopped_m2", 1), 0, 0);
  ASSERT_TEXT(text(t, "zone", 2), "unknown");
  CU_ASSERT(isnan(at(t, "utilisation", 2)) && isnan(at(t, "short_of_80_m2", 2)));
  ASSERT_TEXT(text(t, "zone", 3), "park");
  ASSERT_NEAR(at(t, "unit_count", 3), 9, 0);
  ASSERT_NEAR(at(t, "floor_area_m2", 3), 1067, 1e-9);
  ASSERT_NEAR(at(t, "utilisation", 3), 500 / 1010., 1e-12);
  tear_down();
}

static void nothing_is_short_where_the_goal_is_reached(void) {
  mj_table *t = units();
  mj_table_f64(t, "floor_area_m2")[0] = 9500; /* of 10000 */
  ASSERT_NEAR(at(summary("factory_use"), "utilisation", 0), 0.95, 1e-12);
  ASSERT_NEAR(at(summary("factory_use"), "short_of_90_m2", 0), 0, 0);
  tear_down();
}

/* As of 2026: built 2021 is 5 years and in the class that begins with 5. */
static void vacancy_is_by_age_and_by_floor(void) {
  units();
  const mj_table *t = summary("factory_vacancy");
  ASSERT_INT(t->n, 12);
  ASSERT_TEXT(text(t, "class", 0), "under_5");
  ASSERT_NEAR(at(t, "unit_count", 0), 0, 0);
  ASSERT_TEXT(text(t, "class", 1), "from_5");
  ASSERT_NEAR(at(t, "unit_count", 1), 5, 0);
  ASSERT_NEAR(at(t, "vacant_m2", 1), 300, 0);
  ASSERT_NEAR(at(t, "vacancy", 1), 0.3, 1e-12);
  ASSERT_NEAR(at(t, "not_in_use_share", 1), 0.5, 1e-12);
  ASSERT_TEXT(text(t, "class", 5), "unknown");
  ASSERT_NEAR(at(t, "unit_count", 5), 4, 0);
  ASSERT_TEXT(text(t, "kind", 6), "floor");
  ASSERT_NEAR(at(t, "unit_count", 6), 5, 0);
  ASSERT_NEAR(at(t, "vacancy", 6), 310 / 810., 1e-12);
  ASSERT_NEAR(at(t, "unit_count", 10), 2, 0); /* fifth and ninth */
  tear_down();
}

/* Two batches; the finished one on a parcel of no zone and on one that is not known. */
static void projects_are_summed_by_batch_zone_and_year(void) {
  mj_table *t = list(MJ_PROJECTS, 5);
  const char *zone = mj_table_text(&park.table[MJ_ZONES], "zone")[0],
             *id = mj_table_text(&park.table[MJ_PARCELS], "parcel_id")[0];
  texts(t, "batch", (const char *[]){"建设一批", "投用一批", "建设一批", "建设一批", NULL});
  texts(t, "zone", (const char *[]){zone, NULL, zone, NULL, zone});
  texts(t, "parcel_id", (const char *[]){id, id, id, "nowhere", id});
  texts(t, "progress", (const char *[]){"running", "finished", "running", "running", NULL});
  numbers(t, "land_mu", (double[]){10, 20, NAN, 5, 1});
  numbers(t, "floor_area_m2", (double[]){100, 200, 300, 400, NAN});
  numbers(t, "invest_total_wan", (double[]){1000, 2000, 3000, 4000, NAN});
  mj_column *year = column(t, "batch_year", MJ_I64);
  for (int i = 0; i < 5; i++) year->i64[i] = i == 4 ? MJ_I64_NULL : i == 2 ? 2024 : 2025;
  const mj_table *sum = summary("project_batches");
  static const struct {
    const char *batch, *zone, *year;
    double n, mu, with_land, total;
  } want[] = {{"建设一批", "park", "all", 3, 15, 2, 8000}, {"建设一批", "z", "2024", 1, NAN, 0, 3000},
              {"建设一批", "z", "2025", 1, 10, 1, 1000},   {"建设一批", "unknown", "2025", 1, 5, 1, 4000},
              {"投用一批", "park", "all", 1, 20, 1, 2000}, {"投用一批", "outside", "2025", 1, 20, 1, 2000},
              {"数据不足", "park", "all", 1, 1, 1, NAN},   {"数据不足", "z", NULL, 1, 1, 1, NAN},
              {"all", "park", "all", 5, 36, 4, 10000}};
  ASSERT_INT(sum->n, sizeof want / sizeof *want);
  for (int i = 0; i < (int)(sizeof want / sizeof *want); i++) {
    ASSERT_TEXT(text(sum, "batch", i), want[i].batch);
    ASSERT_TEXT(text(sum, "zone", i), strcmp(want[i].zone, "z") ? want[i].zone : zone);
    ASSERT_TEXT(text(sum, "year", i), want[i].year);
    ASSERT_NEAR(at(sum, "project_count", i), want[i].n, 0);
    ASSERT_NEAR(at(sum, "with_land", i), want[i].with_land, 0);
    CU_ASSERT(isnan(want[i].mu) ? isnan(at(sum, "land_mu", i)) : at(sum, "land_mu", i) == want[i].mu);
    CU_ASSERT(isnan(want[i].total) ? isnan(at(sum, "invest_total_wan", i))
                                   : at(sum, "invest_total_wan", i) == want[i].total);
    CU_ASSERT(isnan(at(sum, "floor_area_added_m2", i)) && at(sum, "with_added", i) == 0);
  }
  tear_down();
}

/* Four contracts: met, not met, not due, nothing agreed. */
static void contracts_are_counted_by_zone_and_item(void) {
  mj_table *t = list(MJ_CONTRACTS, 4);
  const char *zone = mj_table_text(&park.table[MJ_ZONES], "zone")[0];
  texts(t, "zone", (const char *[]){zone, zone, zone, zone});
  texts(t, "due_state", (const char *[]){"finished", "due", "not_due", NULL});
  texts(t, "meets_invest", (const char *[]){"yes", "yes", "unknown", NULL});
  texts(t, "meets_tax", (const char *[]){"yes", "no", NULL, NULL});
  mj_column *met = column(t, "met", MJ_TRI);
  met->tri[0] = MJ_YES;
  met->tri[1] = MJ_NO;
  const mj_table *sum = summary("contract_compliance");
  static const struct {
    const char *item;
    double agreed, met, not_met, unknown, not_due, share;
  } want[] = {{"overall", 3, 1, 1, 1, 1, 0.5}, {"investment", 3, 2, 0, 1, 1, 1},   {"output", 0, 0, 0, 0, 0, NAN},
              {"tax", 2, 1, 1, 0, 0, 0.5},     {"plot_ratio", 0, 0, 0, 0, 0, NAN}, {"finish", 0, 0, 0, 0, 0, NAN}};
  ASSERT_INT(sum->n, 12); /* the zone and the park */
  for (int i = 0; i < 12; i++) {
    ASSERT_TEXT(text(sum, "zone", i), i < 6 ? zone : "park");
    ASSERT_TEXT(text(sum, "item", i), want[i % 6].item);
    ASSERT_NEAR(at(sum, "contract_count", i), 4, 0);
    ASSERT_NEAR(at(sum, "agreed_count", i), want[i % 6].agreed, 0);
    ASSERT_NEAR(at(sum, "met_count", i), want[i % 6].met, 0);
    ASSERT_NEAR(at(sum, "not_met_count", i), want[i % 6].not_met, 0);
    ASSERT_NEAR(at(sum, "unknown_count", i), want[i % 6].unknown, 0);
    ASSERT_NEAR(at(sum, "not_due_count", i), want[i % 6].not_due, 0);
    double share = at(sum, "met_share", i);
    CU_ASSERT(isnan(want[i % 6].share) ? isnan(share) : share == want[i % 6].share);
  }
  tear_down();
}

static void without_the_list_there_is_no_summary(void) {
  make_park(&park, 12, 2);
  sums = (mj_summaries){0};
  CU_ASSERT_EQUAL_FATAL(mj_summaries_run(&park, NULL, &sums, NULL), MJ_OK);
  static const char *const names[] = {"factory_use", "factory_vacancy", "project_batches", "contract_compliance"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) CU_ASSERT_PTR_NULL(mj_summaries_find(&sums, names[i]));
  tear_down();
}

SUITE_OF(list_summaries, T(utilisation_is_of_the_area_of_known_state), T(nothing_is_short_where_the_goal_is_reached),
         T(vacancy_is_by_age_and_by_floor), T(projects_are_summed_by_batch_zone_and_year),
         T(contracts_are_counted_by_zone_and_item), T(without_the_list_there_is_no_summary));
