/* What a YAML text may hold, where each node stands, and the message that meets what may not be there. */
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "test.h"
#include "yaml/yaml.h"

static mj_arena arena;
static mj_error err;
static mj_yaml_doc doc = {.file = "f.yaml", .what = "test file", .arena = &arena, .err = &err};

static mj_status parse_bytes(const char *text, size_t n, mj_yaml_node **root) {
  err = (mj_error){0};
  return mj_yaml_parse(&doc, text, n, root);
}

static const mj_yaml_node *tree(const char *text) {
  mj_yaml_node *root;
  CU_ASSERT_EQUAL_FATAL(parse_bytes(text, strlen(text), &root), MJ_OK);
  return root;
}

static void refuses(const char *text, const char *message) {
  mj_yaml_node *root;
  ASSERT_INT(parse_bytes(text, strlen(text), &root), MJ_EFORMAT);
  ASSERT_TEXT(err.message, message);
  CU_ASSERT_PTR_NULL(root);
}

/* A reader that ends with this code and message. */
#define MEETS(call, code, words)     \
  do {                               \
    err = (mj_error){0};             \
    ASSERT_INT(call, code);          \
    ASSERT_TEXT(err.message, words); \
  } while (0)

static void a_tree_knows_its_lines_and_columns(void) {
  const mj_yaml_node *root = tree("park: 高新区\nrules:\n  - a\n  - \"b c\"\nmore: {x: 1}\n"), *n;
  ASSERT_INT(root->kind, MJ_YAML_MAP);
  n = mj_yaml_get(root, "park");
  ASSERT_TEXT(n->text, "高新区");
  ASSERT_INT(n->line, 1);
  ASSERT_INT(n->column, 7);
  n = mj_yaml_get(root, "rules");
  ASSERT_INT(n->kind, MJ_YAML_LIST);
  ASSERT_INT(n->key_line, 2);
  ASSERT_INT(n->key_column, 1);
  ASSERT_INT(n->first->line, 3);
  ASSERT_INT(n->first->column, 5);
  CU_ASSERT_FALSE(n->first->quoted);
  ASSERT_TEXT(n->first->next->text, "b c");
  CU_ASSERT_TRUE(n->first->next->quoted);
  CU_ASSERT_PTR_NULL(n->first->next->next);
  ASSERT_TEXT(mj_yaml_get(mj_yaml_get(root, "more"), "x")->text, "1");
  CU_ASSERT_PTR_NULL(mj_yaml_get(root, "other"));
}

static void a_byte_order_mark_and_a_document_start_are_no_content(void) {
  ASSERT_TEXT(mj_yaml_get(tree("\xef\xbb\xbf"
                               "a: 1\n"),
                          "a")
                  ->text,
              "1");
  ASSERT_TEXT(mj_yaml_get(tree("---\na: 1\n...\n"), "a")->text, "1");
}

static void nothing_is_an_empty_value_a_tilde_or_null_without_quotes(void) {
  const mj_yaml_node *root = tree("a:\nb: ~\nc: null\nd: ''\ne: 'null'\nf: 0\ng: Null\n");
  CU_ASSERT_PTR_NULL(mj_yaml_get(root, "a"));
  CU_ASSERT_PTR_NULL(mj_yaml_get(root, "b"));
  CU_ASSERT_PTR_NULL(mj_yaml_get(root, "c"));
  CU_ASSERT_PTR_NULL(mj_yaml_get(root, "g"));
  CU_ASSERT_PTR_NOT_NULL(mj_yaml_get(root, "d"));
  CU_ASSERT_PTR_NOT_NULL(mj_yaml_get(root, "e"));
  CU_ASSERT_PTR_NOT_NULL(mj_yaml_get(root, "f"));
  CU_ASSERT_PTR_NOT_NULL(mj_yaml_find(root, "a"));
}

static void an_empty_file_is_refused(void) {
  refuses("", "f.yaml: the file is empty");
  refuses("# only a comment\n", "f.yaml: the file is empty");
  refuses("---\n", "f.yaml: the file is empty");
  refuses("~\n", "f.yaml: the file is empty");
}

static void what_is_not_yaml_is_named_with_line_and_column(void) {
  refuses("a: [1, 2", "f.yaml:2:1: did not find expected ',' or ']'");
  refuses("a: b: c\n", "f.yaml:1:5: mapping values are not allowed in this context");
  refuses("a: \"open\n", "f.yaml:2:1: found unexpected end of stream");
}

static void a_second_document_is_refused(void) {
  refuses("a: 1\n---\nb: 2\n", "f.yaml:3:1: a second document begins; one is expected");
}

static void a_key_stands_once_and_is_a_word(void) {
  refuses("a: 1\nb: 2\n\na: 3\n", "f.yaml:4:1: key 'a' stands twice, first on line 1");
  refuses("x: {a: 1, \"a\": 2}\n", "f.yaml:1:11: key 'a' stands twice, first on line 1");
  refuses("[a]: 1\n", "f.yaml:1:1: a key must be one word");
  tree("a: {a: 1}\nb: {a: 1}\n"); /* in another map it may stand again */
}

static void anchors_aliases_and_tags_are_refused(void) {
  refuses("a: &x 1\n", "f.yaml:1:4: anchors and aliases are not used here");
  refuses("a: &x [1]\n", "f.yaml:1:4: anchors and aliases are not used here");
  refuses("&x a: 1\n", "f.yaml:1:1: anchors and aliases are not used here");
  refuses("a: 1\nb: {k: &x {c: 1}}\n", "f.yaml:2:8: anchors and aliases are not used here");
  refuses("a: !!int 5\n", "f.yaml:1:4: tags such as 'tag:yaml.org,2002:int' are not used here");
  refuses("a: !include b.yaml\n", "f.yaml:1:4: tags such as '!include' are not used here");
}

/* A list in a list ... @p levels deep, as flow text. */
static void nest(char *out, int levels) {
  memset(out, '[', (size_t)levels);
  memset(out + levels, ']', (size_t)levels);
  out[2 * levels] = 0;
}

static void thirty_two_levels_below_the_root_are_the_most(void) {
  char text[100];
  nest(text, 33);
  const mj_yaml_node *n = tree(text);
  int depth = 0;
  while ((n = n->first)) depth++;
  ASSERT_INT(depth, 32);
  nest(text, 34);
  refuses(text, "f.yaml:1:34: nested more than 32 levels deep");
}

static void bytes_that_are_no_utf8_are_named_where_they_stand(void) {
  /* the first bytes of 高新 in GBK, behind two characters of UTF-8 that take three bytes each */
  refuses("park: x\nname: 园区 \xb8\xdf\xd0\xc2\n",
          "f.yaml:2:10: expected text saved as UTF-8, found: invalid leading UTF-8 octet");
  refuses("a: \x01\n", "f.yaml:1:4: control characters are not allowed");
  refuses("a: \"x\\0y\"\n", "f.yaml:1:4: a text must not hold the character NUL");
}

static void a_map_of_many_keys_is_read_in_passing(void) {
  enum { KEYS = 200000 }; /* each against each would be 20 thousand million comparisons */
  char *text = malloc(KEYS * 12), *p = text;
  CU_ASSERT_PTR_NOT_NULL_FATAL(text);
  for (int i = 0; i < KEYS; i++) p += sprintf(p, "k%d: 1\n", i);
  mj_yaml_node *root;
  CU_ASSERT_EQUAL(parse_bytes(text, (size_t)(p - text), &root), MJ_OK);
  free(text);
}

static void keys_are_checked_against_the_known_ones(void) {
  static const char *const keys[] = {"name", "file", "", "year", NULL};
  CU_ASSERT_EQUAL(mj_yaml_keys(&doc, tree("{file: f, name: n}"), "input", keys), MJ_OK);
  MEETS(mj_yaml_keys(&doc, tree("{name: n, file: f,\n yaer: 2025}"), "input", keys), MJ_EFORMAT,
        "f.yaml:2:2: input: unknown key 'yaer'; known here: name, file, year");
  MEETS(mj_yaml_keys(&doc, tree("{name: n, file: f, '': 1}"), "input", keys), MJ_EFORMAT,
        "f.yaml:1:20: input: unknown key ''; known here: name, file, year");
  MEETS(mj_yaml_keys(&doc, tree("{name: n}"), "input", keys), MJ_EFORMAT, "f.yaml:1:1: input: key 'file' is missing");
  MEETS(mj_yaml_keys(&doc, tree("name:\nfile: f\n"), "input", keys), MJ_EFORMAT,
        "f.yaml:1:6: input: key 'name' has no value");
  MEETS(mj_yaml_keys(&doc, tree("- a"), "input", keys), MJ_EFORMAT,
        "f.yaml:1:1: input: expected 'key: value' lines, found a list");
  MEETS(mj_yaml_list(&doc, tree("a: 1"), "input"), MJ_EFORMAT,
        "f.yaml:1:1: input: expected a list, found 'key: value' lines");
}

static void one_item_may_stand_for_a_list_of_one(void) {
  const mj_yaml_node *root = tree("many: [a, b]\none: a\nnone: []\nnext: z\n"), *i = NULL;
  i = mj_yaml_each(mj_yaml_get(root, "many"), i);
  ASSERT_TEXT(i->text, "a");
  i = mj_yaml_each(mj_yaml_get(root, "many"), i);
  ASSERT_TEXT(i->text, "b");
  CU_ASSERT_PTR_NULL(mj_yaml_each(mj_yaml_get(root, "many"), i));
  i = mj_yaml_each(mj_yaml_get(root, "one"), NULL);
  ASSERT_TEXT(i->text, "a");
  CU_ASSERT_PTR_NULL(mj_yaml_each(mj_yaml_get(root, "one"), i));
  CU_ASSERT_PTR_NULL(mj_yaml_each(mj_yaml_get(root, "none"), NULL));
  CU_ASSERT_PTR_NULL(mj_yaml_each(NULL, NULL));
}

static void texts_and_numbers_are_read_and_their_like_refused(void) {
  const char *text;
  double number;
  CU_ASSERT_EQUAL(mj_yaml_text(&doc, tree("k: 甲"), "k", &text), MJ_OK);
  ASSERT_TEXT(text, "甲");
  CU_ASSERT_EQUAL(mj_yaml_text(&doc, tree("k:"), "k", &text), MJ_OK);
  CU_ASSERT_PTR_NULL(text);
  MEETS(mj_yaml_text(&doc, tree("k: ''"), "k", &text), MJ_EFORMAT, "f.yaml:1:4: 'k': expected a text, found ''");
  MEETS(mj_yaml_text(&doc, tree("k: [a]"), "k", &text), MJ_EFORMAT, "f.yaml:1:4: 'k': expected a text, found a list");
  CU_ASSERT_EQUAL(mj_yaml_number(&doc, tree("k: -2.5"), "k", -INFINITY, &number), MJ_OK);
  ASSERT_NEAR(number, -2.5, 0);
  CU_ASSERT_EQUAL(mj_yaml_number(&doc, tree("other: 1"), "k", 0, &number), MJ_OK);
  CU_ASSERT_TRUE(isnan(number));
  MEETS(mj_yaml_number(&doc, tree("k: much"), "k", -INFINITY, &number), MJ_EFORMAT,
        "f.yaml:1:4: 'k': expected a number, found 'much'");
  MEETS(mj_yaml_number(&doc, tree("k: .inf"), "k", -INFINITY, &number), MJ_EFORMAT,
        "f.yaml:1:4: 'k': expected a number, found '.inf'");
  CU_ASSERT_EQUAL(mj_yaml_number(&doc, tree("k: 0"), "k", 0, &number), MJ_OK);
  MEETS(mj_yaml_number(&doc, tree("k: -0.1"), "k", 0, &number), MJ_EFORMAT,
        "f.yaml:1:4: 'k': expected a number of at least 0, found '-0.1'");
}

static void dates_and_years_are_read_and_their_like_refused(void) {
  int32_t day;
  CU_ASSERT_EQUAL(mj_yaml_date(&doc, tree("k: 1970-01-03"), "k", &day), MJ_OK);
  ASSERT_INT(day, 2);
  CU_ASSERT_EQUAL(mj_yaml_date(&doc, tree("k: ~"), "k", &day), MJ_OK);
  ASSERT_INT(day, MJ_DATE_NULL);
  MEETS(mj_yaml_date(&doc, tree("k: 2026-02-30"), "k", &day), MJ_EFORMAT,
        "f.yaml:1:4: 'k': expected a date such as 2026-03-31, found '2026-02-30'");
  MEETS(mj_yaml_date(&doc, tree("k: {a: 1}"), "k", &day), MJ_EFORMAT,
        "f.yaml:1:4: 'k': expected a date such as 2026-03-31, found 'key: value' lines");
  CU_ASSERT_EQUAL(mj_yaml_year(&doc, tree("k: 1900"), "k", &day), MJ_OK);
  ASSERT_INT(day, 1900);
  CU_ASSERT_EQUAL(mj_yaml_year(&doc, tree("k: 2200"), "k", &day), MJ_OK);
  CU_ASSERT_EQUAL(mj_yaml_year(&doc, tree("k:"), "k", &day), MJ_OK);
  ASSERT_INT(day, MJ_DATE_NULL);
  MEETS(mj_yaml_year(&doc, tree("k: 1899"), "k", &day), MJ_EFORMAT,
        "f.yaml:1:4: 'k': expected a year from 1900 to 2200, found '1899'");
  MEETS(mj_yaml_year(&doc, tree("k: 2025.5"), "k", &day), MJ_EFORMAT,
        "f.yaml:1:4: 'k': expected a year from 1900 to 2200, found '2025.5'");
  MEETS(mj_yaml_year(&doc, tree("k: [2025]"), "k", &day), MJ_EFORMAT,
        "f.yaml:1:4: 'k': expected a year from 1900 to 2200, found a list");
}

static void words_and_flags_are_read_and_their_like_refused(void) {
  static const char *const words[] = {"", "zone", "plan", NULL};
  int i;
  bool flag;
  CU_ASSERT_EQUAL(mj_yaml_word(&doc, tree("k: plan"), "k", words, 1, &i), MJ_OK);
  ASSERT_INT(i, 2);
  CU_ASSERT_EQUAL(mj_yaml_word(&doc, tree("k:"), "k", words, 1, &i), MJ_OK);
  ASSERT_INT(i, 1);
  MEETS(mj_yaml_word(&doc, tree("k: plans"), "k", words, 1, &i), MJ_EFORMAT,
        "f.yaml:1:4: 'k': expected one of zone, plan, found 'plans'");
  MEETS(mj_yaml_word(&doc, tree("k: ''"), "k", words, 1, &i), MJ_EFORMAT,
        "f.yaml:1:4: 'k': expected one of zone, plan, found ''");
  static const char *const yes[] = {"k: true", "k: yes", "k: 是"}, *const no[] = {"k: false", "k: no", "k: 否", "k:"};
  for (size_t n = 0; n < sizeof yes / sizeof *yes; n++) {
    CU_ASSERT_EQUAL(mj_yaml_flag(&doc, tree(yes[n]), "k", &flag), MJ_OK);
    CU_ASSERT_TRUE(flag);
  }
  for (size_t n = 0; n < sizeof no / sizeof *no; n++) {
    CU_ASSERT_EQUAL(mj_yaml_flag(&doc, tree(no[n]), "k", &flag), MJ_OK);
    CU_ASSERT_FALSE(flag);
  }
  MEETS(mj_yaml_flag(&doc, tree("k: perhaps"), "k", &flag), MJ_EFORMAT,
        "f.yaml:1:4: 'k': expected one of true, false, yes, no, 是, 否, found 'perhaps'");
}

static void the_areas_of_the_settings_are_one_list_or_three(void) {
  mj_yaml_settings s;
  CU_ASSERT_EQUAL(mj_yaml_read_settings(&doc, NULL, &s), MJ_OK);
  ASSERT_INT(s.basis[0][0], MJ_BASIS_NONE);
  CU_ASSERT_TRUE(isnan(s.headroom_min_m2));
  CU_ASSERT_TRUE(isnan(s.area_tolerance));
  CU_ASSERT_EQUAL(
      mj_yaml_read_settings(
          &doc, tree("area_basis: [recorded, contract, ellipsoid, planar, tuban]\nheadroom_min_m2: 0\n"), &s),
      MJ_OK);
  for (int i = 0; i < 3; i++)
    for (int k = 0; k < MJ_MAX_BASES; k++) ASSERT_INT(s.basis[i][k], k + 1);
  ASSERT_NEAR(s.headroom_min_m2, 0, 0);
  CU_ASSERT_EQUAL(mj_yaml_read_settings(&doc, tree("area_basis: {plot_ratio: planar, yield: ~}\n"), &s), MJ_OK);
  ASSERT_INT(s.basis[0][0], MJ_BASIS_NONE);
  ASSERT_INT(s.basis[1][0], MJ_BASIS_PLANAR);
  ASSERT_INT(s.basis[1][1], MJ_BASIS_NONE);
  ASSERT_INT(s.basis[2][0], MJ_BASIS_NONE);
  MEETS(mj_yaml_read_settings(&doc, tree("area_basis: [planar, tuban, planar]\n"), &s), MJ_EFORMAT,
        "f.yaml:1:29: area basis 'planar' stands twice");
  MEETS(mj_yaml_read_settings(&doc, tree("area_basis: []\n"), &s), MJ_EFORMAT,
        "f.yaml:1:13: area_basis: the list is empty");
  MEETS(mj_yaml_read_settings(&doc, tree("area_basis: [~]\n"), &s), MJ_EFORMAT,
        "f.yaml:1:14: 'area_basis': expected one of recorded, contract, ellipsoid, planar, tuban, found nothing");
}

static void messages_come_in_the_language_asked_for(void) {
  const mj_yaml_node *root = tree("k: [1]");
  double number;
  err.lang = MJ_ZH;
  CU_ASSERT_EQUAL(mj_yaml_number(&doc, root, "k", 0, &number), MJ_EFORMAT);
  ASSERT_TEXT(err.message, "f.yaml:1:4：'k'：应为不小于 0 的数值，实际为列表");
  mj_yaml_doc silent = doc;
  silent.err = NULL;
  CU_ASSERT_EQUAL(mj_yaml_number(&silent, root, "k", 0, &number), MJ_EFORMAT);
}

static void only_a_regular_file_of_some_size_is_read(void) {
  char folder[] = "/tmp/mj_yaml_XXXXXX", path[64], want[128];
  mj_yaml_node *root;
  CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(folder));
  snprintf(path, sizeof path, "%s/f", folder);
  err = (mj_error){0};
  mj_yaml_doc file = {.file = path, .what = "test file", .arena = &arena, .err = &err};
  CU_ASSERT_EQUAL(mj_yaml_load(&file, &root), MJ_ENOTFOUND);
  snprintf(want, sizeof want, "test file '%s': No such file or directory", path);
  ASSERT_TEXT(err.message, want);
  CU_ASSERT_EQUAL_FATAL(mkfifo(path, 0600), 0);
  CU_ASSERT_EQUAL(mj_yaml_load(&file, &root), MJ_EIO);
  snprintf(want, sizeof want, "test file '%s': not a regular file", path);
  ASSERT_TEXT(err.message, want);
  unlink(path);
  FILE *f = fopen(path, "wb");
  CU_ASSERT_PTR_NOT_NULL_FATAL(f);
  fputs("a: 1\n", f);
  fclose(f);
  CU_ASSERT_EQUAL_FATAL(mj_yaml_load(&file, &root), MJ_OK);
  ASSERT_TEXT(mj_yaml_get(root, "a")->text, "1");
  CU_ASSERT_EQUAL_FATAL(truncate(path, (4 << 20) + 1), 0);
  CU_ASSERT_EQUAL(mj_yaml_load(&file, &root), MJ_EFORMAT);
  snprintf(want, sizeof want, "test file '%s': expected at most 4 MiB", path);
  ASSERT_TEXT(err.message, want);
  unlink(path);
  rmdir(folder);
}

static int clean(void) {
  mj_arena_reset(&arena);
  return 0;
}

CU_SuiteInfo yaml_suite = {"yaml",
                           NULL,
                           clean,
                           NULL,
                           NULL,
                           (CU_TestInfo[]){T(a_tree_knows_its_lines_and_columns),
                                           T(a_byte_order_mark_and_a_document_start_are_no_content),
                                           T(nothing_is_an_empty_value_a_tilde_or_null_without_quotes),
                                           T(an_empty_file_is_refused),
                                           T(what_is_not_yaml_is_named_with_line_and_column),
                                           T(a_second_document_is_refused),
                                           T(a_key_stands_once_and_is_a_word),
                                           T(anchors_aliases_and_tags_are_refused),
                                           T(thirty_two_levels_below_the_root_are_the_most),
                                           T(bytes_that_are_no_utf8_are_named_where_they_stand),
                                           T(a_map_of_many_keys_is_read_in_passing),
                                           T(keys_are_checked_against_the_known_ones),
                                           T(one_item_may_stand_for_a_list_of_one),
                                           T(texts_and_numbers_are_read_and_their_like_refused),
                                           T(dates_and_years_are_read_and_their_like_refused),
                                           T(words_and_flags_are_read_and_their_like_refused),
                                           T(the_areas_of_the_settings_are_one_list_or_three),
                                           T(messages_come_in_the_language_asked_for),
                                           T(only_a_regular_file_of_some_size_is_read),
                                           CU_TEST_INFO_NULL}};
