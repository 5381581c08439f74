/* What a rulebook file may say, and the message that meets what it may not. */
#include <stddef.h>

#include "fixture.h"

/* The refusal of @p yaml, its path left out. */
static void says(const char *yaml, const char *message) {
  fixture f;
  set_up(&f, 1, "2026-03-31");
  write_book(&f, "book", yaml);
  refuses(&f, MJ_EFORMAT, message);
  tear_down(&f);
}

static void a_broken_file_is_named_with_line_and_column(void) {
  says("", ": the file is empty");
  says("a: [1, 2", ":2:1: did not find expected ',' or ']'");
  says("- a\n", ":1:1: rulebook: expected 'key: value' lines, found a list");
}

static void the_head_is_checked(void) {
  says("rulebook: a\n", ":1:1: rulebook: key 'version' is missing");
  says("rulebook: a\nversio: 1\n",
       ":2:1: rulebook: unknown key 'versio'; known here: rulebook, version, document, level, effective, delegates, "
       "name, issuer, "
       "area, settings, limits, facts, rules, caps, ladder, targets, zone_strategies, grades, indicators, audits, "
       "enterprise_rules, modules, structures");
  says("{rulebook: a, version: 1, document: d, level: town, effective: {from: 2000-01-01}}",
       ":1:47: 'level': expected one of nation, province, city, district, found 'town'");
  says("{rulebook: a, version: 1, document: d, level: city, effective: {from: 2000-02-30}}",
       ":1:71: 'from': expected a date such as 2026-03-31, found '2000-02-30'");
  says("{rulebook: a, version: 1, document: d, level: city, effective: {from: 2000-01-02, to: 2000-01-01}}",
       ":1:64: effective: 'to' lies before 'from'");
  says("{rulebook: '', version: 1, document: d, level: city, effective: {from: 2000-01-01}}",
       ":1:12: 'rulebook': expected a text, found ''");
  says("{rulebook: ~, version: 1, document: d, level: city, effective: {from: 2000-01-01}}",
       ":1:12: rulebook: key 'rulebook' has no value");
  says(HEAD("a") "area: [鲤城]}", ":4:8: area: expected a division code such as \"350502\"");
}

static void settings_are_checked(void) {
  says(HEAD("a") "settings: {area_basis: [measured]}}",
       ":4:25: 'area_basis': expected one of recorded, contract, ellipsoid, planar, tuban, found 'measured'");
  says(HEAD("a") "settings: {area_basis: []}}", ":4:24: area_basis: the list is empty");
  says(HEAD("a") "settings: {area_basis: [planar, planar, planar, planar, planar, planar]}}",
       ":4:33: area basis 'planar' stands twice");
  says(HEAD("a") "settings: {area_basis: {tax: [planar]}}}",
       ":4:25: area_basis: unknown key 'tax'; known here: yield, plot_ratio, coverage");
  says(HEAD("a") "settings: {headroom_min_m2: much}}",
       ":4:29: 'headroom_min_m2': expected a number of at least 0, found 'much'");
  says(HEAD("a") "settings: {checks: {gap_width_m: 0}}}",
       ":4:34: 'gap_width_m': expected a number of at least 1e-12, found '0'");
  says(HEAD("a") "settings: {headroom_min_m2: -1}}",
       ":4:29: 'headroom_min_m2': expected a number of at least 0, found '-1'");
}

static void rules_are_checked(void) {
  says(HEAD("a") "rules: {}}", ":4:8: rules: expected a list, found 'key: value' lines");
  says(HEAD("a") "rules: [{code: R, verdict: idle}]}", ":4:9: rules: key 'when' is missing");
  says(HEAD("a") "rules: [{code: R, verdict: bad, when: {sql: 1}}]}",
       ":4:28: 'verdict': expected one of idle, inefficient, found 'bad'");
  says(HEAD("a") "rules: [{code: R, verdict: idle, when: {all: []}}]}", ":4:46: all: the list is empty");
  says(HEAD("a") "rules: [{code: R, verdict: idle, when: {all: [{sql: 1}], any: [{sql: 1}]}}]}",
       ":4:40: 'all' stands alone in its condition");
  says(HEAD("a") "rules: [{code: R, verdict: idle, when: 5}]}",
       ":4:40: a condition is all, any, not, sql, or measure with op and limit");
  says(HEAD("a") "rules: [{code: R, verdict: idle, when: {not: ~}}]}",
       ":4:46: a condition is all, any, not, sql, or measure with op and limit");
  says(HEAD("a") "rules: [{code: R, verdict: idle, when: {measure: a, op: '<'}}]}",
       ":4:40: comparison: key 'limit' is missing");
  says(HEAD("a") "rules: [{code: R, verdict: idle, when: {measure: a, op: '=<', limit: 1}}]}",
       ":4:57: 'op': expected one of <, <=, >, >=, =, !=, found '=<'");
  says(HEAD("a") "rules: [{code: R, verdict: idle, certainty: sure, when: {sql: 1}}]}",
       ":4:45: 'certainty': expected one of stated, assumed, found 'sure'");
  says(HEAD("a") "rules: [{code: R, verdict: idle, when: {sql: 1}}, {code: R, verdict: idle, when: {sql: 1}}]}",
       ":4:51: rule 'R' stands twice");
}

static void facts_limits_caps_ladders_and_targets_are_checked(void) {
  says(HEAD("a") "facts: [{name: Tax, sql: 1}]}",
       ":4:16: 'Tax': a name has small letters, digits and _ and begins with a letter");
  says(HEAD("a") "facts: [{name: t, sql: 1}, {name: t, sql: 2}]}", ":4:28: fact 't' stands twice");
  says(HEAD("a") "facts: [{name: t, sql: 1, type: colour}]}",
       ":4:33: 'type': expected one of number, integer, text, date, truth, found 'colour'");
  says(HEAD("a") "limits: [{name: as_of, value: 1}]}", ":4:10: limit 'as_of': the name is taken");
  says(HEAD("a") "limits: [{name: zone, value: 1}]}", ":4:10: limit 'zone': the name is taken");
  says(HEAD("a") "targets: [{code: T, measure: 1, target: 1},\n {measure: SUM(tax_wan) * (:year > 0), code: YEAR, target: 1}]}",
       ":5:46: target 'YEAR': its name in SQL, :year, is taken");
  says(HEAD("a") "targets: [{code: As-Of, measure: 1, target: 1}]}",
       ":4:18: target 'As-Of': its name in SQL, :as_of, is taken");
  says(HEAD("a") "targets: [{code: ZONE, measure: 1, target: 1}]}",
       ":4:18: target 'ZONE': its name in SQL, :zone, is taken");
  says(HEAD("a") "limits: [{name: x, value: 1}, {name: x, value: 1}]}", ":4:31: limit 'x' stands twice");
  says(HEAD("a") "caps: [{source: law, sql: 1}]}",
       ":4:17: 'source': expected one of contract, plan, lookup, zone, land_use, industry, found 'law'");
  says(HEAD("a") "ladder: {code: L, inputs: [], tiers: []}}", ":4:9: inputs: the list is empty");
  says(HEAD("a") "ladder: {code: L, inputs: [a], tiers: []}}", ":4:9: tiers: the list is empty");
  says(HEAD("a") "ladder: {code: L, inputs: [[a]], tiers: []}}", ":4:28: 'inputs': expected a text, found a list");
  says(HEAD("a") "targets: [{code: T, measure: 1, target: 1, zone: N, by_zone: true}]}",
       ":4:11: target 'T': zone and by_zone exclude each other");
  says(HEAD("a") "targets: [{code: T, measure: 1, target: 1, by_zone: maybe}]}",
       ":4:53: 'by_zone': expected one of true, false, yes, no, 是, 否, found 'maybe'");
  says(HEAD("a") "targets: [{code: T, measure: 1, target: 1}, {code: T, measure: 1, target: 1}]}",
       ":4:45: target 'T' stands twice");
}

static void an_unknown_name_lists_the_known_ones(void) {
  fixture f;
  set_up(&f, 1, "2026-03-31");
  add_book(&f, "quanzhou");
  CU_ASSERT_EQUAL(judge(&f), MJ_ENOTFOUND);
  CU_ASSERT_PTR_EQUAL(strstr(f.err.message, "no rulebook 'quanzhou'; known: anhui-city, cixi-groups, "), f.err.message);
  CU_ASSERT_PTR_NOT_NULL(strstr(f.err.message, ", zunyi; another is given as a path to its .yaml file"));
  f.books[0] = "./no/such.yaml";
  CU_ASSERT_EQUAL(judge(&f), MJ_ENOTFOUND);
  CU_ASSERT_STRING_EQUAL(f.err.message, "rulebook './no/such.yaml': No such file or directory");
  tear_down(&f);
}

static void two_rulebooks_of_one_code_are_refused(void) {
  fixture f;
  char want[256];
  set_up(&f, 1, "2026-03-31");
  write_book(&f, "one", HEAD("same") "}");
  write_book(&f, "two", HEAD("same") "}");
  CU_ASSERT_EQUAL(judge(&f), MJ_EFORMAT);
  snprintf(want, sizeof want, "rulebook 'same' is given twice: %s and %s", f.path[0], f.path[1]);
  CU_ASSERT_STRING_EQUAL(f.err.message, want);
  tear_down(&f);
}

#define VERSION(v, from, to, limit)                                                                                  \
  "{rulebook: same, version: \"" v "\", document: 一, level: city, effective: {from: " from ", to: " to              \
  "},\n"                                                                                                             \
  " facts: [{name: f, sql: area_mu}], rules: [{code: R, verdict: idle, article: 一, when: {all: [{measure: f, op: " \
  "'<', limit: " limit "}]}}]}"

static void the_reference_date_chooses_among_versions(void) {
  for (int later = 0; later < 2; later++) {
    fixture f;
    set_up(&f, 1, later ? "2023-01-01" : "2022-12-31");
    f64(&f, "area_mu")[0] = 6;
    write_book(&f, "one", VERSION("1", "2020-01-01", "2022-12-31", "5"));
    write_book(&f, "two", VERSION("2", "2023-01-01", "2024-12-31", "8"));
    CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
    CU_ASSERT_EQUAL(tri(&f, "idle")[0], later ? MJ_YES : MJ_NO);
    tear_down(&f);
  }
}

static void versions_in_force_on_one_day_are_refused(void) {
  fixture f;
  char want[512];
  set_up(&f, 1, "2026-03-31");
  f.err.lang = MJ_EN;
  write_book(&f, "one", VERSION("1", "2020-01-01", "2023-01-01", "5"));
  write_book(&f, "two", VERSION("2", "2023-01-01", "2024-12-31", "8"));
  CU_ASSERT_EQUAL(judge(&f), MJ_EFORMAT);
  snprintf(want, sizeof want,
           "versions 1 and 2 of rulebook 'same' are in force on the same days: %s (2020-01-01..2023-01-01) and %s "
           "(2023-01-01..2024-12-31)",
           f.path[0], f.path[1]);
  CU_ASSERT_STRING_EQUAL(f.err.message, want);
  tear_down(&f);
}

static void settings_fill_only_what_was_not_said_and_the_first_rulebook_wins(void) {
  fixture f;
  set_up(&f, 1, "2026-03-31");
  write_book(&f, "one", HEAD("one") "settings: {area_basis: {plot_ratio: [planar]}, headroom_min_m2: 500}}");
  write_book(&f, "two",
             HEAD("two") "settings: {area_basis: [contract, recorded], headroom_min_m2: 900, area_tolerance: 0.05}}");
  f.park.project.basis_yield[0] = MJ_BASIS_TUBAN;
  CU_ASSERT_EQUAL(mj_rules_load(&f.park, &f.err), MJ_OK);
  CU_ASSERT_EQUAL(f.park.n_rulebooks, 2);
  CU_ASSERT_EQUAL(f.park.project.basis_yield[0], MJ_BASIS_TUBAN);
  CU_ASSERT_EQUAL(f.park.project.basis_yield[1], MJ_BASIS_NONE);
  CU_ASSERT_EQUAL(f.park.project.basis_plot_ratio[0], MJ_BASIS_PLANAR);
  CU_ASSERT_EQUAL(f.park.project.basis_plot_ratio[1], MJ_BASIS_NONE);
  CU_ASSERT_EQUAL(f.park.project.basis_coverage[0], MJ_BASIS_CONTRACT);
  CU_ASSERT_EQUAL(f.park.project.basis_coverage[1], MJ_BASIS_RECORDED);
  CU_ASSERT_EQUAL(f.park.project.headroom_min_m2, 500);
  CU_ASSERT_EQUAL(f.park.project.area_tolerance, 0.05);
  tear_down(&f);
}

static void a_setting_of_0_is_said(void) {
  fixture f;
  set_up(&f, 1, "2026-03-31");
  f.park.project.headroom_min_m2 = 0;
  f.park.project.area_tolerance = 0;
  write_book(&f, "one", HEAD("one") "settings: {headroom_min_m2: 500, area_tolerance: 0.05}}");
  CU_ASSERT_EQUAL(mj_rules_load(&f.park, &f.err), MJ_OK);
  CU_ASSERT_EQUAL(f.park.project.headroom_min_m2, 0);
  CU_ASSERT_EQUAL(f.park.project.area_tolerance, 0);
  tear_down(&f);
}

static void limits_of_checks_come_from_the_project_then_a_rulebook_then_the_built_in_file(void) {
  fixture f;
  int n;
  CU_ASSERT_PTR_NOT_NULL(mj_check_facts(&n));
  set_up(&f, 1, "2026-03-31");
  f.park.project.checks.gap_width_m = 7;
  write_book(&f, "one",
             HEAD("one") "settings: {checks: {gap_width_m: 9, overlap_min_m2: {value: 3, certainty: stated}}}}");
  CU_ASSERT_EQUAL(mj_rules_load(&f.park, &f.err), MJ_OK);
  CU_ASSERT_EQUAL(f.park.n_rulebooks, 1);
  CU_ASSERT_EQUAL(f.park.project.checks.gap_width_m, 7);
  CU_ASSERT_EQUAL(f.park.project.checks.overlap_min_m2, 3);
  for (int i = 0; i < n; i++) /* every limit has a value in rules/checks.yaml */
    CU_ASSERT_TRUE(((const double *)&f.park.project.checks)[i] > 0);
  tear_down(&f);
}

#define FIT(name) (offsetof(mj_fit_limits, name) / sizeof(double))

static void norms_of_the_fit_come_from_the_project_then_rulebooks_in_their_order_then_the_built_in_file(void) {
  static const mj_fit_structure all = {.fire_class = 1};
  fixture f;
  set_up(&f, 1, "2026-03-31");
  mj_fit_norms *norms = &f.park.project.fit;
  *norms = (mj_fit_norms){.limits = {.lane_m = 6},
                          .said = (uint64_t)1 << FIT(lane_m),
                          .source = {[FIT(lane_m)] = "park.yaml"},
                          .structure = &all,
                          .n_structures = 1};
  write_book(&f, "one", HEAD("one") "settings: {fit: {lane_m: 5, lane_edge_m: 0, fire_gap_m: 12}}}");
  write_book(&f, "two",
             HEAD("two") "settings: {fit: {lane_edge_m: 1, green_share: {value: 0.2, certainty: assumed}}},\n"
                         "modules: [{code: X, depth_m: 24, lengths_m: [60], ground_m: 6, upper_m: 4, storeys: {min: "
                         "1, max: 4}}]}");
  CU_ASSERT_EQUAL_FATAL(mj_rules_load(&f.park, &f.err), MJ_OK);
  CU_ASSERT_EQUAL(norms->limits.lane_m, 6);
  CU_ASSERT_EQUAL(norms->limits.lane_edge_m, 0);
  CU_ASSERT_EQUAL(norms->limits.fire_gap_m, 12);
  CU_ASSERT_EQUAL(norms->limits.fire_gap_high_m, 13);
  CU_ASSERT_EQUAL(norms->limits.green_share, 0.2);
  ASSERT_TEXT(norms->source[FIT(lane_m)], "park.yaml");
  ASSERT_TEXT(norms->source[FIT(lane_edge_m)], "one");
  ASSERT_TEXT(norms->source[FIT(green_share)], "two");
  ASSERT_TEXT(norms->source[FIT(fire_gap_high_m)], "fit");
  CU_ASSERT_EQUAL(norms->assumed >> FIT(fire_gap_m) & 1, 0); /* a rulebook's number without certainty is stated */
  CU_ASSERT_EQUAL(norms->assumed >> FIT(green_share) & 1, 1);
  CU_ASSERT_EQUAL_FATAL(norms->n_modules, 1);
  ASSERT_TEXT(norms->module->code, "X");
  ASSERT_TEXT(norms->module->source, "two");
  CU_ASSERT_PTR_EQUAL(norms->structure, &all);
  for (size_t i = 0; i < MJ_FIT_LIMITS; i++) /* every number but one has a value, in rules/fit.yaml if nowhere else */
    CU_ASSERT_EQUAL(norms->said >> i & 1, i != FIT(state_share));
  CU_ASSERT_EQUAL(norms->unknown, (uint64_t)1 << FIT(state_share));
  tear_down(&f);
}

static void norms_that_contradict_each_other_across_files_are_refused(void) {
  fixture f;
  set_up(&f, 1, "2026-03-31");
  write_book(&f, "one", HEAD("one") "settings: {fit: {fire_gap_m: 14}}}");
  CU_ASSERT_EQUAL(mj_rules_load(&f.park, &f.err), MJ_EFORMAT);
  ASSERT_TEXT(f.err.message,
              "norms of the fit contradict each other: fire_gap_high_m 13 (fit) is below fire_gap_m 14 (one)");
  tear_down(&f);
  set_up(&f, 1, "2026-03-31");
  write_book(&f, "one", HEAD("one") "settings: {fit: {height_max_m: 14}}}");
  CU_ASSERT_EQUAL(mj_rules_load(&f.park, &f.err), MJ_EFORMAT);
  ASSERT_TEXT(f.err.message,
              "norms of the fit contradict each other: height_max_m 14 (one) is below the lowest module, S 15 (fit)");
  tear_down(&f);
  set_up(&f, 1, "1999-12-31"); /* out of force it says nothing */
  write_book(&f, "one", HEAD("one") "settings: {fit: {fire_gap_m: 14}}}");
  CU_ASSERT_EQUAL(mj_rules_load(&f.park, &f.err), MJ_OK);
  CU_ASSERT_EQUAL(f.park.project.fit.limits.fire_gap_m, 10);
  tear_down(&f);
  set_up(&f, 1, "2026-03-31"); /* a check of data: no date, no fit */
  f.park.project.as_of = MJ_DATE_NULL;
  write_book(&f, "one", HEAD("one") "settings: {fit: {fire_gap_m: 14}}}");
  CU_ASSERT_EQUAL(mj_rules_load(&f.park, &f.err), MJ_OK);
  tear_down(&f);
}

/* A result keeps its rulebooks but not the numbers of park.yaml that made them agree. */
static void a_result_that_is_read_again_is_not_asked_whether_its_norms_agree(void) {
  fixture f;
  set_up(&f, 1, "2026-03-31");
  static const char text[] = HEAD("one") "settings: {fit: {fire_gap_m: 14}}}";
  const mj_rulebook_file files[] = {{"one@1.yaml", text, sizeof text - 1}, {0}};
  const char *name = "one@1";
  f.park.project.rulebooks = &name;
  f.park.project.n_rulebooks = 1;
  f.park.project.rulebook_files = files;
  CU_ASSERT_EQUAL(mj_rules_load(&f.park, &f.err), MJ_OK);
  CU_ASSERT_EQUAL(f.park.project.fit.limits.fire_gap_m, 14);
  tear_down(&f);
}

static void the_built_in_modules_and_structures(void) {
  fixture f;
  set_up(&f, 1, "2026-03-31");
  CU_ASSERT_EQUAL_FATAL(mj_rules_load(&f.park, &f.err), MJ_OK);
  const mj_fit_norms *norms = &f.park.project.fit;
  CU_ASSERT_EQUAL_FATAL(norms->n_modules, 3);
  for (int i = 0; i < 3; i++) { /* 5 storeys are just no high-rise */
    const mj_fit_module *m = &norms->module[i];
    CU_ASSERT_EQUAL(m->ground_m + 4 * m->upper_m, norms->limits.multi_height_m);
    CU_ASSERT_TRUE(m->assumed);
    double grid = strcmp(m->code, "L") ? 8.4 : 9; /* whole bays both ways */
    ASSERT_NEAR(m->depth_m, 3 * grid, 1e-9);
    for (int k = 0; k < m->n_lengths; k++) ASSERT_NEAR(m->length_m[k] / grid, rint(m->length_m[k] / grid), 1e-9);
  }
  CU_ASSERT_EQUAL(norms->structure[0].storeys_add, 2);
  CU_ASSERT_EQUAL(norms->structure[norms->n_structures - 1].n_words, 0);
  CU_ASSERT_FALSE(norms->structure[norms->n_structures - 1].known);
  tear_down(&f);
}

/* In force from 2000 on, asked of a day before. */
static void a_rulebook_out_of_force_sets_nothing_and_defines_nothing(void) {
  fixture f;
  set_up(&f, 2, "1999-12-31");
  const char **use = text(&f, "land_use");
  use[0] = "1001";
  use[1] = "0701";
  write_book(&f, "one",
             HEAD("one") "settings: {area_basis: [planar], headroom_min_m2: 500, area_tolerance: 0.05, industrial: "
                         "\"land_use = '0701'\"}}");
  CU_ASSERT_EQUAL(judge(&f), MJ_OK);
  CU_ASSERT_EQUAL(f.park.project.basis_yield[0], MJ_BASIS_NONE);
  CU_ASSERT_TRUE(isnan(f.park.project.headroom_min_m2) && isnan(f.park.project.area_tolerance));
  CU_ASSERT_EQUAL(mj_table_tri(&f.park.table[MJ_PARCELS], "industrial")[0], MJ_YES);
  CU_ASSERT_EQUAL(mj_table_tri(&f.park.table[MJ_PARCELS], "industrial")[1], MJ_NO);
  tear_down(&f);
}

static void a_rulebook_is_known_by_its_bytes(void) {
  fixture f;
  char first[17];
  for (int i = 0; i < 3; i++) {
    set_up(&f, 1, "2026-03-31");
    write_book(&f, "one", i < 2 ? HEAD("one") "}" : HEAD("one") "} ");
    CU_ASSERT_EQUAL(mj_rules_load(&f.park, &f.err), MJ_OK);
    const char *hash = f.park.rulebook_facts[0].fnv1a64;
    CU_ASSERT_EQUAL(strspn(hash, "0123456789abcdef"), 16);
    if (!i) strcpy(first, hash);
    CU_ASSERT_EQUAL(!strcmp(first, hash), i < 2);
    tear_down(&f);
  }
}

static void messages_come_in_the_language_asked_for(void) {
  fixture f;
  char want[256];
  set_up(&f, 1, "2026-03-31");
  write_book(&f, "book", HEAD("a") "rulez: []}");
  f.err.lang = MJ_ZH;
  CU_ASSERT_EQUAL(judge(&f), MJ_EFORMAT);
  snprintf(want, sizeof want, "%s:4:1：规则集：未知的键 'rulez'；此处可用：rulebook, version, ", f.path[0]);
  ASSERT_HAS(f.err.message, want);
  tear_down(&f);
}

SUITE_OF(load, T(a_broken_file_is_named_with_line_and_column), T(the_head_is_checked), T(settings_are_checked),
         T(rules_are_checked), T(facts_limits_caps_ladders_and_targets_are_checked),
         T(an_unknown_name_lists_the_known_ones), T(two_rulebooks_of_one_code_are_refused),
         T(the_reference_date_chooses_among_versions), T(versions_in_force_on_one_day_are_refused),
         T(settings_fill_only_what_was_not_said_and_the_first_rulebook_wins), T(a_setting_of_0_is_said),
         T(limits_of_checks_come_from_the_project_then_a_rulebook_then_the_built_in_file),
         T(norms_of_the_fit_come_from_the_project_then_rulebooks_in_their_order_then_the_built_in_file),
         T(norms_that_contradict_each_other_across_files_are_refused),
         T(a_result_that_is_read_again_is_not_asked_whether_its_norms_agree), T(the_built_in_modules_and_structures),
         T(a_rulebook_out_of_force_sets_nothing_and_defines_nothing), T(a_rulebook_is_known_by_its_bytes),
         T(messages_come_in_the_language_asked_for));
