/* What files say of the standard-factory fit, and the message that meets what they may not. */
#include <stddef.h>

#include "test.h"
#include "yaml/yaml.h"

static mj_arena arena;
static mj_error err;
static mj_yaml_doc doc = {.file = "f.yaml", .what = "test file", .arena = &arena, .err = &err};
static mj_fit_norms norms;

/* As in park.yaml: all three under one map. */
static mj_status read_by(const char *text, const mj_yaml_by *by) {
  mj_yaml_node *root;
  err = (mj_error){0};
  norms = (mj_fit_norms){0};
  CU_ASSERT_EQUAL_FATAL(mj_yaml_parse(&doc, text, strlen(text), &root), MJ_OK);
  return mj_yaml_read_fit(&doc, root, root, by, &norms);
}

static void reads(const char *text) {
  static const mj_yaml_by by = {"book", false};
  mj_status status = read_by(text, &by);
  if (status) printf("\n    %s", err.message);
  CU_ASSERT_EQUAL_FATAL(status, MJ_OK);
}

static void refuses(const char *text, const char *message) {
  static const mj_yaml_by by = {"book", false};
  ASSERT_INT(read_by(text, &by), MJ_EFORMAT);
  ASSERT_TEXT(err.message, message);
}

#define AT(name) (offsetof(mj_fit_limits, name) / sizeof(double))
#define BIT(name) ((uint64_t)1 << AT(name))

static void numbers_stand_alone_or_with_certainty_and_text(void) {
  reads(
      "fit:\n  lane_edge_m: 0\n  green_share: 1\n"
      "  fire_gap_m: {value: 12.5, certainty: assumed, text: {zh: 表3.4.1, en: table 3.4.1}}\n"
      "  lane_m: {value: 4, text: 第七条}\n  state_share: unknown\n  add_upper_m: ~\n");
  ASSERT_INT(norms.said, BIT(lane_edge_m) | BIT(green_share) | BIT(fire_gap_m) | BIT(lane_m));
  ASSERT_INT(norms.assumed, BIT(fire_gap_m));
  ASSERT_INT(norms.unknown, BIT(state_share));
  ASSERT_NEAR(norms.limits.lane_edge_m, 0, 0);
  ASSERT_NEAR(norms.limits.green_share, 1, 0);
  ASSERT_NEAR(norms.limits.fire_gap_m, 12.5, 0);
  CU_ASSERT_TRUE(isnan(norms.limits.state_share));
  ASSERT_TEXT(norms.source[AT(fire_gap_m)], "book");
  ASSERT_TEXT(norms.source[AT(add_upper_m)], NULL);
  ASSERT_TEXT(norms.zh[AT(fire_gap_m)], "表3.4.1");
  ASSERT_TEXT(norms.en[AT(fire_gap_m)], "table 3.4.1");
  ASSERT_TEXT(norms.zh[AT(lane_m)], "第七条");
  ASSERT_TEXT(norms.en[AT(lane_m)], NULL);
  ASSERT_INT(norms.n_modules + norms.n_structures, 0);
  reads("fit: {state_share: {value: unknown, certainty: assumed}}");
  ASSERT_INT(norms.said, 0);
  ASSERT_INT(norms.unknown & norms.assumed, BIT(state_share));
  reads("{}");
  ASSERT_INT(norms.said | norms.unknown, 0);
}

static void what_has_no_certainty_is_as_its_file_says(void) {
  static const mj_yaml_by park = {"park.yaml", .assumed = true};
  CU_ASSERT_EQUAL(
      read_by("fit: {lane_m: 4, fire_gap_m: {value: 10, certainty: stated}}\n"
              "modules: [{code: A, depth_m: 20, lengths_m: 30, ground_m: 6, upper_m: 4, storeys: {min: 1, max: 2}}]\n"
              "structures: [{fire_class: 2, storeys_add: 0}]\n",
              &park),
      MJ_OK);
  ASSERT_INT(norms.assumed, BIT(lane_m));
  CU_ASSERT_TRUE(norms.module->assumed && norms.structure->assumed);
  ASSERT_TEXT(norms.module->source, "park.yaml");
  ASSERT_TEXT(norms.structure->source, "park.yaml");
}

static void numbers_out_of_range_are_refused(void) {
  refuses("fit: {green_share: 10}", "f.yaml:1:20: 'green_share': expected a number from 0 to 1, found '10'");
  refuses("fit: {lane_m: -1}", "f.yaml:1:15: 'lane_m': expected a number from 0 to 1000, found '-1'");
  refuses("fit: {lane_m: {value: wide}}", "f.yaml:1:23: 'value': expected a number from 0 to 1000, found 'wide'");
  refuses("fit: {height_max_m: 0}", "f.yaml:1:21: 'height_max_m': expected a number from 2 to 1000, found '0'");
  refuses("fit: {add_storeys_min_m2: [1]}",
          "f.yaml:1:27: 'add_storeys_min_m2': expected a number from 0 to 1e+06, found a list");
  refuses("fit: {fire_gap_m: unknown}",
          "f.yaml:1:19: 'fire_gap_m': expected a number; of the fit only state_share may be unknown");
  refuses("fit: {lane_m: {value: 4, certainty: sure}}",
          "f.yaml:1:37: 'certainty': expected one of stated, assumed, found 'sure'");
  refuses("fit: {lane_m: {certainty: stated}}", "f.yaml:1:15: lane_m: key 'value' is missing");
  refuses("fit: 5", "f.yaml:1:6: fit: expected 'key: value' lines, found '5'");
  CU_ASSERT_EQUAL(read_by("fit: {lane: 5}", &(mj_yaml_by){0}), MJ_EFORMAT);
  ASSERT_HAS(err.message, "f.yaml:1:7: fit: unknown key 'lane'; known here: setback_road_m, ");
}

static void a_file_that_contradicts_itself_is_refused(void) {
  refuses("fit:\n  fire_gap_high_m: {value: 9}\n  fire_gap_m: 10\n",
          "f.yaml:2:20: norms of the fit contradict each other: fire_gap_high_m 9 is below fire_gap_m 10");
  refuses(
      "fit: {height_max_m: 9}\n"
      "modules: [{code: A, depth_m: 20, lengths_m: 30, ground_m: 6, upper_m: 4, storeys: {min: 2, max: 2}}]\n",
      "f.yaml:1:21: norms of the fit contradict each other: height_max_m 9 is below the lowest module, A 10");
}

#define MODULE "modules: [{code: A, depth_m: 25.2, lengths_m: "
#define REST ", ground_m: 6, upper_m: 4.5, storeys: {min: 3, max: 8}}]"

static void modules_are_read(void) {
  reads(
      "modules:\n"
      "  - {code: S, depth_m: 25.2, lengths_m: [42, 50.4], ground_m: 6, upper_m: 4.5, storeys: {min: 3, max: 8},\n"
      "     certainty: assumed, text: {zh: 小型, en: small}}\n"
      "  - {code: Q, depth_m: 30, lengths_m: 30, ground_m: 8, upper_m: 5, storeys: {min: 1, max: 1}}\n");
  ASSERT_INT(norms.n_modules, 2);
  const mj_fit_module *m = norms.module;
  ASSERT_TEXT(m->code, "S");
  ASSERT_TEXT(m->zh, "小型");
  ASSERT_TEXT(m->en, "small");
  ASSERT_NEAR(m->depth_m, 25.2, 0);
  ASSERT_INT(m->n_lengths, 2);
  ASSERT_NEAR(m->length_m[0], 42, 0);
  ASSERT_NEAR(m->length_m[1], 50.4, 0);
  ASSERT_NEAR(m->ground_m, 6, 0);
  ASSERT_NEAR(m->upper_m, 4.5, 0);
  ASSERT_INT(m->storeys_min, 3);
  ASSERT_INT(m->storeys_max, 8);
  CU_ASSERT_TRUE(m->assumed);
  ASSERT_TEXT(m->source, "book");
  ASSERT_INT(m[1].n_lengths, 1);
  CU_ASSERT_FALSE(m[1].assumed);
  ASSERT_TEXT(m[1].zh, "Q");
  ASSERT_TEXT(m[1].en, "Q");
}

static void modules_are_checked(void) {
  refuses("modules: []", "f.yaml:1:10: modules: the list is empty");
  refuses("modules: 3", "f.yaml:1:10: modules: expected a list, found '3'");
  refuses("modules: [{code: A}]", "f.yaml:1:11: modules: key 'depth_m' is missing");
  refuses(MODULE "[]" REST, "f.yaml:1:47: lengths_m: the list is empty");
  refuses(MODULE "[~]" REST, "f.yaml:1:48: modules: key 'lengths_m' has no value");
  refuses(MODULE "[30, long]" REST, "f.yaml:1:52: 'lengths_m': expected a number from 3 to 1000, found 'long'");
  refuses(MODULE "[42.05]" REST, "f.yaml:1:48: 'lengths_m': expected a multiple of 0.1 m, found '42.05'");
  refuses(MODULE "[25.1]" REST, "f.yaml:1:48: module 'A': length 25.1 m is below the depth 25.2 m");
  refuses(MODULE "[50, 50]" REST, "f.yaml:1:52: module 'A': lengths ascend, but 50 m stands behind 50 m");
  refuses(MODULE "[30,31,32,33,34,35,36,37,38,39,40,41,42,43,44,45,46]" REST, "f.yaml:1:47: lengths_m: at most 16");
  refuses("modules: [{code: A, depth_m: 25.25, lengths_m: 30" REST,
          "f.yaml:1:30: 'depth_m': expected a multiple of 0.1 m, found '25.25'");
  refuses(MODULE "30, ground_m: 60, upper_m: 4.5, storeys: {min: 3, max: 8}}]",
          "f.yaml:1:61: 'ground_m': expected a number from 2 to 30, found '60'");
  refuses(MODULE "30, ground_m: 6, upper_m: 4.5, storeys: {min: 3, max: 2}}]",
          "f.yaml:1:101: module 'A': at most 2 storeys is below at least 3");
  refuses(MODULE "30, ground_m: 6, upper_m: 4.5, storeys: {min: 2.5, max: 3}}]",
          "f.yaml:1:93: 'min': expected a whole number, found '2.5'");
  refuses(MODULE "30, ground_m: 6, upper_m: 4.5, storeys: {min: 0, max: 3}}]",
          "f.yaml:1:93: 'min': expected a number from 1 to 99, found '0'");
#define ONE(code)                \
  "{code: " code                 \
  ", depth_m: 20, lengths_m: 30" \
  ", ground_m: 6, upper_m: 4, storeys: {min: 1, max: 2}}"
  refuses("modules:\n  - " ONE("A") "\n  - " ONE("A") "\n", "f.yaml:3:5: module 'A' stands twice");
  char many[2400] = "modules:\n";
  for (int i = 0; i < 17; i++) snprintf(many + strlen(many), 128, "  - " ONE("M%d") "\n", i);
  refuses(many, "f.yaml:2:3: modules: at most 16");
}

static void structures_are_read_in_their_order(void) {
  reads(
      "structures:\n  - {match: [钢混, RC], fire_class: 2, storeys_add: 2, age_max_years: 30}\n"
      "  - {match: 钢, fire_class: 2, storeys_add: 0, certainty: assumed, text: {zh: 不加, en: none}}\n"
      "  - {fire_class: 3, storeys_add: unknown}\n");
  ASSERT_INT(norms.n_structures, 3);
  const mj_fit_structure *s = norms.structure;
  ASSERT_INT(s[0].n_words, 2);
  ASSERT_TEXT(s[0].word[1], "RC");
  ASSERT_INT(s[0].storeys_add, 2);
  ASSERT_NEAR(s[0].age_max_years, 30, 0);
  CU_ASSERT_TRUE(s[0].known && !s[0].assumed && s[1].known && s[1].assumed);
  ASSERT_TEXT(s[1].en, "none");
  ASSERT_INT(s[1].storeys_add, 0);
  ASSERT_INT(s[2].n_words, 0);
  ASSERT_INT(s[2].fire_class, 3);
  CU_ASSERT_FALSE(s[2].known);
}

static void structures_are_checked(void) {
  refuses("structures: []", "f.yaml:1:13: structures: the list is empty");
  refuses("structures: [{fire_class: 5, storeys_add: 0}]",
          "f.yaml:1:27: 'fire_class': expected a number from 1 to 4, found '5'");
  refuses("structures: [{fire_class: 2, storeys_add: 1}]", "f.yaml:1:14: structures: key 'age_max_years' is missing");
  refuses("structures: [{fire_class: 2, storeys_add: some}]",
          "f.yaml:1:43: 'storeys_add': expected a number from 0 to 99, found 'some'");
  refuses("structures: [{match: [], fire_class: 2, storeys_add: 0}]", "f.yaml:1:22: match: the list is empty");
  refuses("structures: [{match: ['']  , fire_class: 2, storeys_add: 0}]",
          "f.yaml:1:23: 'match': expected a text, found ''");
  refuses(
      "structures:\n  - {match: 钢, fire_class: 2, storeys_add: 0}\n  - {match: [木, 钢混], fire_class: 2, "
      "storeys_add: 0}\n",
      "f.yaml:3:5: structures: '钢混' is never reached: '钢' stands before it");
  refuses("structures:\n  - {fire_class: 2, storeys_add: 0}\n  - {match: 木, fire_class: 4, storeys_add: 0}\n",
          "f.yaml:3:5: structures: never reached: the line before it has no match");
}

SUITE_OF(fit, T(numbers_stand_alone_or_with_certainty_and_text), T(what_has_no_certainty_is_as_its_file_says),
         T(numbers_out_of_range_are_refused), T(a_file_that_contradicts_itself_is_refused), T(modules_are_read),
         T(modules_are_checked), T(structures_are_read_in_their_order), T(structures_are_checked));
