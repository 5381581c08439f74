#include "report/fixture.h"
#include "report/run.h"

static bool wants(mj_park *park, const mj_report_options *options, mj_table_id id) {
  mj_run_wants(park, options);
  return mj_park_wants(park, id);
}

static void a_table_is_wanted_where_a_file_has_it(void) {
  static const char *const files[] = {"parcels.geojson", "zones.csv", "reasons.csv", "mujun.gpkg"};
  mj_park park = {.project = MJ_PROJECT_DEFAULTS};
  CU_ASSERT(mj_park_wants(&park, MJ_REASONS)); /* nobody has said anything */
  mj_report_options o = {.files = files, .n_files = 2};
  CU_ASSERT(!wants(&park, &o, MJ_REASONS));
  CU_ASSERT(!wants(&park, &o, MJ_BREAKPOINTS));
  CU_ASSERT(!wants(&park, &o, MJ_ENTERPRISE_REASONS));
  CU_ASSERT(!wants(&park, &o, MJ_ENTERPRISE_SERIES));
  CU_ASSERT(wants(&park, &o, MJ_GAPS)); /* others are always made */
  o.n_files = 3;
  CU_ASSERT(wants(&park, &o, MJ_REASONS));
  CU_ASSERT(!wants(&park, &o, MJ_BREAKPOINTS));
  o.n_files = 4;
  CU_ASSERT(wants(&park, &o, MJ_BREAKPOINTS));
}

static void kinds_of_files_say_it_too(void) {
  mj_park park = {.project = MJ_PROJECT_DEFAULTS};
  CU_ASSERT(wants(&park, &(mj_report_options){0}, MJ_REASONS)); /* all */
  CU_ASSERT(!wants(&park, &(mj_report_options){.geojson = true}, MJ_REASONS));
  CU_ASSERT(wants(&park, &(mj_report_options){.geojson = true, .pdf = true}, MJ_REASONS));
  CU_ASSERT(wants(&park, &(mj_report_options){.csv = true}, MJ_REASONS));
  CU_ASSERT(wants(&park, &(mj_report_options){.gpkg = true}, MJ_REASONS));
  CU_ASSERT(wants(&park, &(mj_report_options){.xlsx = true}, MJ_REASONS));
  CU_ASSERT(wants(&park, &(mj_report_options){.html = true}, MJ_REASONS));
}

static void a_rule_or_a_query_may_read_it(void) {
  const mj_report_options o = {.geojson = true};
  mj_rulebook_file file[] = {{"a.yaml", "sql: (SELECT max(years) FROM enterprise_series)", 0}};
  mj_rulebook_facts book = {.files = file, .n_files = 1};
  mj_park park = {.project = MJ_PROJECT_DEFAULTS, .rulebook_facts = &book, .n_rulebooks = 1};
  CU_ASSERT(wants(&park, &o, MJ_ENTERPRISE_SERIES));
  CU_ASSERT(!wants(&park, &o, MJ_BREAKPOINTS));
  park.n_rulebooks = 0;
  CU_ASSERT(!wants(&park, &o, MJ_ENTERPRISE_SERIES));
  mj_fact_setting fact = {"f", "(SELECT 1 FROM enterprise_series)"};
  park.project.facts = &fact;
  park.project.n_facts = 1;
  CU_ASSERT(wants(&park, &o, MJ_ENTERPRISE_SERIES));
  park.project.n_facts = 0;
  park.n_queries = 1;
  CU_ASSERT(wants(&park, &o, MJ_BREAKPOINTS));
}

SUITE_OF(files, T(a_table_is_wanted_where_a_file_has_it), T(kinds_of_files_say_it_too),
         T(a_rule_or_a_query_may_read_it));
