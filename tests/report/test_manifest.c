/* What the manifest says: the run id, the rulebooks, and how rows and sums reconcile. */
#include <stddef.h>

#include "base/text.h"
#include "measure/measure.h"
#include "report/fixture.h"
#include "report/run.h"

static mj_rulebook_facts facts[] = {{.code = "a",
                                     .version = "3",
                                     .name = "某办法",
                                     .document = "某文号",
                                     .from = 20454,
                                     .to = MJ_DATE_NULL,
                                     .in_force = true,
                                     .fnv1a64 = "00000000000000aa"}};
static const char *given[] = {"rules/a.yaml"};

static void a_park_with_rules(mj_park *park) {
  make_park(park, 70, 2);
  park->project.rulebooks = given;
  park->project.n_rulebooks = park->n_rulebooks = 1;
  park->rulebook_facts = facts;
  park->sources = mj_arena_alloc(&park->arena, 1, sizeof *park->sources);
  CU_ASSERT_PTR_NOT_NULL_FATAL(park->sources);
  park->n_sources = 1;
  park->sources[0] = (mj_source){
      .role = MJ_BUILDINGS, .path = "in/b.gpkg", .layer = "b", .rows_in = 9, .rows_kept = 7, .sha256 = "00"};
}

static void id_of(const mj_park *park, char id[17]) {
  mj_report_options o = {.decimals = 8, .geojson = true, .version = "1.2.3"};
  mj_run_id(park, &o, id);
}

static void the_run_id_follows_what_went_in_and_not_where_it_lay(void) {
  mj_park park;
  char first[17], id[17];
  a_park_with_rules(&park);
  id_of(&park, first);
  CU_ASSERT_EQUAL(strspn(first, "0123456789abcdef"), 16);
  park.sources[0].path = "elsewhere/b.gpkg";
  id_of(&park, id);
  CU_ASSERT_STRING_EQUAL(id, first);
  strcpy(park.sources[0].sha256, "01");
  id_of(&park, id);
  CU_ASSERT_STRING_NOT_EQUAL(id, first);
  strcpy(park.sources[0].sha256, "00");
  strcpy(facts[0].fnv1a64, "00000000000000ab");
  id_of(&park, id);
  CU_ASSERT_STRING_NOT_EQUAL(id, first);
  strcpy(facts[0].fnv1a64, "00000000000000aa");
  park.project.as_of++;
  id_of(&park, id);
  CU_ASSERT_STRING_NOT_EQUAL(id, first);
  park.project.as_of--;
  id_of(&park, id);
  CU_ASSERT_STRING_EQUAL(id, first);
  mj_report_options checks = {.decimals = 8, .geojson = true, .checks_only = true, .version = "1.2.3"};
  mj_run_id(&park, &checks, id);
  CU_ASSERT_STRING_NOT_EQUAL(id, first); /* other files come of it */
  mj_park_reset(&park);
}

/* The manifest of a run over the park; freed by the caller. */
static char *manifest_of(const mj_park *park) {
  mj_run run = {.park = park, .options = {.decimals = 8, .geojson = true}, .lang = MJ_ZH, .folder = {.lock = -1}};
  mj_text text = {0};
  CU_ASSERT_EQUAL_FATAL(mj_run_prepare(&run, NULL), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(mj_run_manifest(&run, &text, NULL), MJ_OK);
  mj_run_reset(&run);
  return text.data;
}

#define BIT(name) ((uint64_t)1 << (offsetof(mj_fit_limits, name) / sizeof(double)))

static const char *steel = "钢";
static const mj_fit_structure structures[] = {
    {.word = &steel, .n_words = 1, .fire_class = 2, .storeys_add = 1, .age_max_years = 20, .known = true},
    {.fire_class = 3, .assumed = true, .source = "fit"}};

/* A park whose project says something of the fit, with @p module. */
static void a_park_with_a_fit(mj_park *park, mj_fit_module *module, char *code) {
  *module = (mj_fit_module){.code = code,
                            .zh = "小型",
                            .en = "small",
                            .depth_m = 24,
                            .length_m = {60, 70},
                            .n_lengths = 2,
                            .ground_m = 6,
                            .upper_m = 4.5,
                            .storeys_min = 3,
                            .storeys_max = 5,
                            .source = "a"};
  a_park_with_rules(park);
  park->project.fit = (mj_fit_norms){.limits = {.lane_m = 4, .state_share = (double)NAN},
                                     .said = BIT(lane_m) | BIT(lane_edge_m),
                                     .assumed = BIT(lane_edge_m),
                                     .unknown = BIT(state_share),
                                     .module = module,
                                     .n_modules = 1,
                                     .structure = structures,
                                     .n_structures = 2};
  park->project.fit.source[offsetof(mj_fit_limits, lane_m) / sizeof(double)] = "a";
}

static void the_fit_counts_by_what_it_says_and_not_where_it_lies(void) {
  mj_park park;
  char first[17], id[17], code[] = "S", same[] = "S";
  mj_fit_module module, again;
  a_park_with_a_fit(&park, &module, code);
  mj_fit_norms *fit = &park.project.fit, none = {0}, some = *fit;
  id_of(&park, first);
  *fit = none;
  id_of(&park, id);
  CU_ASSERT_STRING_NOT_EQUAL(id, first);
  *fit = some;
  again = module; /* another place, the same words */
  again.code = same;
  fit->module = &again;
  id_of(&park, id);
  CU_ASSERT_STRING_EQUAL(id, first);
  again.length_m[1] = 71;
  id_of(&park, id);
  CU_ASSERT_STRING_NOT_EQUAL(id, first);
  *fit = some;
  fit->assumed = 0;
  id_of(&park, id);
  CU_ASSERT_STRING_NOT_EQUAL(id, first);
  mj_park_reset(&park);
}

static void every_norm_module_and_structure_is_listed_with_its_origin(void) {
  mj_park park;
  char code[] = "S";
  mj_fit_module module;
  a_park_with_a_fit(&park, &module, code);
  char *text = manifest_of(&park);
  ASSERT_HAS(text, ", \"fit\": {\"setback_road_m\": null, ");
  ASSERT_HAS(text, ", \"lane_m\": {\"value\": 4, \"certainty\": \"stated\", \"source\": \"a\"}, ");
  ASSERT_HAS(text, ", \"lane_edge_m\": {\"value\": 0, \"certainty\": \"assumed\", \"source\": null}, ");
  ASSERT_HAS(text, ", \"state_share\": {\"value\": \"unknown\", \"certainty\": \"stated\", \"source\": null}}, ");
  ASSERT_HAS(text,
             ", \"modules\": [{\"code\": \"S\", \"depth_m\": 24, \"lengths_m\": [60, 70], \"ground_m\": 6, "
             "\"upper_m\": 4.5, \"storeys_min\": 3, \"storeys_max\": 5, \"certainty\": \"stated\", \"source\": "
             "\"a\"}], ");
  ASSERT_HAS(text,
             ", \"structures\": [{\"match\": [\"钢\"], \"fire_class\": 2, \"storeys_add\": 1, "
             "\"age_max_years\": 20, \"certainty\": \"stated\", \"source\": null}, {\"match\": null, "
             "\"fire_class\": 3, \"storeys_add\": \"unknown\", \"certainty\": \"assumed\", \"source\": "
             "\"fit\"}], ");
  free(text);
  mj_park_reset(&park);
}

static void every_rulebook_is_listed_with_its_force_and_hash(void) {
  mj_park park;
  a_park_with_rules(&park);
  char *text = manifest_of(&park);
  CU_ASSERT_PTR_NOT_NULL(strstr(text,
                                "\"rulebooks\": [\n    {\"rulebook\": \"a\", \"given\": \"rules/a.yaml\", "
                                "\"version\": \"3\", \"name\": \"某办法\", \"document\": \"某文号\", "
                                "\"from\": \"2026-01-01\", \"to\": null, \"in_force\": true, "
                                "\"fnv1a64\": \"00000000000000aa\"}],"));
  free(text);
  mj_park_reset(&park);
}

static void rows_set_aside_are_counted_once_whatever_is_said_of_them(void) {
  mj_park park;
  a_park_with_rules(&park);
  mj_table_reset(&park.table[MJ_BUILDINGS]);
  CU_ASSERT_EQUAL_FATAL(mj_table_init(&park.table[MJ_BUILDINGS], "buildings", 7), MJ_OK);
  const mj_ledger_entry e[] = {/* the fixture sets row 7 aside */
                               {.code = MJ_L_GEOM_UNREPAIRABLE, .layer = "buildings", .row = 7},
                               {.code = MJ_L_ROW_NO_GEOMETRY, .layer = "buildings (b.gpkg)", .row = 7},
                               {.code = MJ_L_GEOM_INVALID, .layer = "buildings", .row = 8},
                               {.code = MJ_L_ROW_NO_GEOMETRY, .layer = "buildings_old", .row = 9},
                               {.code = MJ_L_YEAR_MISSING, .layer = "enterprises", .found = "29", .rows = 29}};
  for (size_t i = 0; i < sizeof e / sizeof *e; i++) CU_ASSERT_EQUAL_FATAL(mj_ledger_add(&park.ledger, e[i]), MJ_OK);
  mj_table_reset(&park.table[MJ_ENTERPRISES]);
  CU_ASSERT_EQUAL_FATAL(mj_table_init(&park.table[MJ_ENTERPRISES], "enterprises", 40), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(mj__measure_conservation(&park, NULL), MJ_OK);
  char *text = manifest_of(&park);
  CU_ASSERT_PTR_NOT_NULL(strstr(text,
                                "{\"role\": \"enterprises\", \"rows_in\": 0, \"rows_kept\": 0, "
                                "\"rows_set_aside\": 29, ")); /* told as one, as the table has them */
  CU_ASSERT_PTR_NOT_NULL(strstr(text,
                                "{\"role\": \"buildings\", \"rows_in\": 9, \"rows_kept\": 7, \"rows_set_aside\": 2, "
                                "\"rows_in_table\": 7, \"residual\": 0}"));
  free(text);
  mj_park_reset(&park);
}

static double number_behind(const char *text, const char *measure, const char *key) {
  double v = (double)NAN;
  char find[64];
  snprintf(find, sizeof find, "{\"measure\": \"%s\"", measure);
  const char *at = strstr(text, find);
  snprintf(find, sizeof find, "\"%s\": ", key);
  at = at ? strstr(at, find) : NULL;
  CU_ASSERT_PTR_NOT_NULL_FATAL(at);
  CU_ASSERT_EQUAL(sscanf(at + strlen(find), "%lf", &v), 1);
  return v;
}

/* Every seventh parcel lies outside. Their area stands beside the zones'; without that row it is the residual. */
static void what_lies_outside_is_the_residual_when_it_is_left_out(void) {
  mj_park park;
  a_park_with_rules(&park);
  const mj_table *t = &park.table[MJ_PARCELS];
  double all = 0, outside = 0;
  for (int64_t i = 0; i < t->n; i++) {
    double mu = mj_table_f64(t, "area_mu")[i];
    if (isnan(mu)) continue;
    all += mu;
    if (!mj_table_text(t, "zone")[i]) outside += mu;
  }
  CU_ASSERT(outside > 1);
  mj_run run = {.park = &park, .options = {.decimals = 8, .geojson = true}, .lang = MJ_ZH, .folder = {.lock = -1}};
  mj_text text = {0};
  CU_ASSERT_EQUAL_FATAL(mj_run_prepare(&run, NULL), MJ_OK);
  mj_run_reconcile(&run, &text);
  CU_ASSERT_PTR_NOT_NULL_FATAL(text.data);
  CU_ASSERT_DOUBLE_EQUAL(number_behind(text.data, "area_mu", "parcels"), all, 1e-9);
  CU_ASSERT_DOUBLE_EQUAL(number_behind(text.data, "area_mu", "outside"), outside, 1e-9);
  CU_ASSERT_DOUBLE_EQUAL(number_behind(text.data, "area_mu", "residual_zones"), 0, 1e-9);
  mj_table *zones = (mj_table *)(uintptr_t)mj_summaries_find(&run.summaries, "zones");
  CU_ASSERT_PTR_NOT_NULL_FATAL(zones);
  mj_table_f64(zones, "assigned_mu")[zones->n - 2] = (double)NAN; /* the row "outside" */
  text.n = 0;
  mj_run_reconcile(&run, &text);
  CU_ASSERT_DOUBLE_EQUAL(number_behind(text.data, "area_mu", "residual_zones"), outside, 1e-9);
  CU_ASSERT_DOUBLE_EQUAL(number_behind(text.data, "area_mu", "residual_park"), 0, 1e-9);
  mj_text_reset(&text);
  mj_run_reset(&run);
  mj_park_reset(&park);
}

SUITE_OF(manifest, T(the_run_id_follows_what_went_in_and_not_where_it_lay),
         T(the_fit_counts_by_what_it_says_and_not_where_it_lies),
         T(every_norm_module_and_structure_is_listed_with_its_origin),
         T(every_rulebook_is_listed_with_its_force_and_hash),
         T(rows_set_aside_are_counted_once_whatever_is_said_of_them),
         T(what_lies_outside_is_the_residual_when_it_is_left_out));
