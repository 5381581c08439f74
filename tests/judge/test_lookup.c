/* Values from the CSV beside a rulebook, and limits that differ from place to place. */
#include "fixture.h"
#include "judge/lookup.h"

static void write_table(fixture *f, const char *name, const char *csv) {
  char path[96];
  snprintf(path, sizeof path, "%s/%s", f->dir, name);
  FILE *file = fopen(path, "w");
  CU_ASSERT_PTR_NOT_NULL_FATAL(file);
  fputs(csv, file);
  CU_ASSERT_EQUAL_FATAL(fclose(file), 0);
}

static void remove_table(const fixture *f, const char *name) {
  char path[96];
  snprintf(path, sizeof path, "%s/%s", f->dir, name);
  unlink(path);
}

#define LEAST                                                                                                      \
  " facts: [{name: least, type: number, lookup: {file: t.csv, key: code, value: least, match: industry_code, by: " \
  "%s}}],"                                                                                                         \
  " rules: [{code: T-1, verdict: inefficient, article: 一, when: {all: [{measure: plot_ratio, op: '<', limit: "   \
  "least}]}}]}\n"

static double least_of(const char *way, const char *csv, const char *code, uint8_t *verdict) {
  fixture f;
  char yaml[1024];
  set_up(&f, 1, "2026-03-31");
  write_table(&f, "t.csv", csv);
  snprintf(yaml, sizeof yaml, HEAD("t") LEAST, way);
  write_book(&f, "t", yaml);
  text(&f, "industry_code")[0] = code;
  f64(&f, "plot_ratio")[0] = 0.9;
  CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
  double least = mj_table_f64(&f.park.table[MJ_PARCELS], "least")[0];
  *verdict = mj_table_tri(&f.park.table[MJ_PARCELS], "inefficient")[0];
  remove_table(&f, "t.csv");
  tear_down(&f);
  return least;
}

static const char least_csv[] = "code,name,least\n13,农副食品,1.0\n29,橡胶和塑料,0.8\n292,塑料,1.0\n31,黑色金属,\n";

static void the_longest_prefix_or_the_equal_key_counts(void) {
  uint8_t v;
  CU_ASSERT_EQUAL(least_of("prefix", least_csv, "2921", &v), 1.0);
  CU_ASSERT_EQUAL(v, MJ_YES);
  CU_ASSERT_EQUAL(least_of("prefix", least_csv, "2911", &v), 0.8);
  CU_ASSERT_EQUAL(v, MJ_NO);
  CU_ASSERT_EQUAL(least_of("equal", least_csv, "13", &v), 1.0);
  CU_ASSERT(isnan(least_of("equal", least_csv, "1331", &v)));
  CU_ASSERT_EQUAL(v, MJ_UNKNOWN);
}

static void no_row_no_value_and_no_code_are_unknown(void) {
  static const char *const codes[] = {"44", "31", "3110", "", "2", NULL};
  for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
    uint8_t v;
    CU_ASSERT(isnan(least_of("prefix", least_csv, codes[i], &v)));
    CU_ASSERT_EQUAL(v, MJ_UNKNOWN);
  }
}

static void what_is_wrong_in_the_table_is_named(void) {
  static const char *const bad[][2] = {{"code,least\n13,1\n14,2\n13,3\n", "t.csv:4: '13' stands in line 2 already"},
                                       {"code,least\n13,high\n", "t.csv:2: 'high': the value is not of the type"},
                                       {"code,most\n13,1\n", "t.csv:1: no column 'least'"},
                                       {"code,least\n13\n", "t.csv:2: expected 2 cells, found 1"},
                                       {"code,least\n,1\n", "t.csv:2: no code"}};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    fixture f;
    char yaml[1024];
    set_up(&f, 1, "2026-03-31");
    f.err.lang = MJ_EN;
    write_table(&f, "t.csv", bad[i][0]);
    snprintf(yaml, sizeof yaml, HEAD("t") LEAST, "equal");
    write_book(&f, "t", yaml);
    CU_ASSERT_EQUAL(judge(&f), MJ_EFORMAT);
    CU_ASSERT_PTR_NOT_NULL(strstr(f.err.message, bad[i][1]));
    remove_table(&f, "t.csv");
    tear_down(&f);
  }
}

static void a_table_that_is_not_there_is_named_where_it_is_asked_for(void) {
  fixture f;
  char yaml[1024];
  set_up(&f, 1, "2026-03-31");
  f.err.lang = MJ_EN;
  snprintf(yaml, sizeof yaml, HEAD("t") LEAST, "equal");
  write_book(&f, "t", yaml);
  CU_ASSERT_EQUAL(judge(&f), MJ_EFORMAT);
  CU_ASSERT_PTR_NOT_NULL(strstr(f.err.message, "t.yaml:4:"));
  CU_ASSERT_PTR_NOT_NULL(strstr(f.err.message, "t.csv': No such file or directory"));
  tear_down(&f);
}

static void a_changed_table_is_another_rulebook(void) {
  char hash[2][17];
  for (int i = 0; i < 2; i++) {
    fixture f;
    char yaml[1024];
    set_up(&f, 1, "2026-03-31");
    write_table(&f, "t.csv", i ? "code,least\n13,1\n" : "code,least\n13,2\n");
    snprintf(yaml, sizeof yaml, HEAD("t") LEAST, "equal");
    write_book(&f, "t", yaml);
    CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
    memcpy(hash[i], f.park.rulebook_facts[0].fnv1a64, 17);
    remove_table(&f, "t.csv");
    tear_down(&f);
  }
  CU_ASSERT_STRING_NOT_EQUAL(hash[0], hash[1]);
}

/* Two rulebooks may share a fact; one that would be another in the second is an error, whichever comes first. */
static void a_fact_is_shared_only_where_its_constants_and_table_are_the_same(void) {
  static const char *const limits[][2] = {{"0.2", "0.2"}, {"0.2", "9"}};
  for (int i = 0; i < 2; i++)
    for (int swap = 0; swap < 2; swap++) {
      fixture f;
      char yaml[2][600];
      set_up(&f, 1, "2026-03-31");
      f.err.lang = MJ_EN;
      f64(&f, "plot_ratio")[0] = 1;
      for (int b = 0; b < 2; b++)
        snprintf(yaml[b], sizeof yaml[b],
                 "{rulebook: b%d, version: \"1\", document: 一, level: city, effective: {from: 2000-01-01},\n"
                 " limits: [{name: lim, value: %s}], facts: [{name: low, sql: 'plot_ratio < :lim'}]}",
                 b, limits[i][b ^ swap]);
      write_book(&f, "one", yaml[0]);
      write_book(&f, "two", yaml[1]);
      CU_ASSERT_EQUAL(judge(&f), i ? MJ_ERULE : MJ_OK);
      if (i) CU_ASSERT_PTR_NOT_NULL(strstr(f.err.message, "fact 'low' is defined differently in another rulebook"));
      tear_down(&f);
    }
}

static void tables_are_the_same_by_their_bytes(void) {
  static const char *const csv[] = {"code,least\n13,1\n", "code,least\n13,2\n"};
  for (int same = 0; same < 2; same++) {
    fixture f, g;
    char yaml[2][1024], other[96];
    set_up(&f, 1, "2026-03-31");
    set_up(&g, 1, "2026-03-31"); /* for its folder */
    text(&f, "industry_code")[0] = "13";
    write_table(&f, "t.csv", csv[0]);
    write_table(&g, "t.csv", csv[!same]);
    snprintf(yaml[0], sizeof yaml[0], HEAD("t") LEAST, "equal");
    snprintf(yaml[1], sizeof yaml[1], HEAD("u") LEAST, "equal");
    write_book(&f, "t", yaml[0]);
    write_book(&g, "u", yaml[1]);
    snprintf(other, sizeof other, "%s", g.books[0]);
    add_book(&f, other);
    f.path[1][0] = 0;
    CU_ASSERT_EQUAL(judge(&f), same ? MJ_OK : MJ_ERULE);
    remove_table(&f, "t.csv");
    remove_table(&g, "t.csv");
    tear_down(&f);
    tear_down(&g);
  }
}

#define OVERRIDDEN                                                                                                   \
  " limits: [{name: low, value: 5, unit: wan_per_mu, overrides: [{when: \"zone = '北'\", value: 8, certainty: "     \
  "assumed},"                                                                                                        \
  " {when: \"substr(industry_code, 1, 2) = '39'\", value: 12}]}],"                                                   \
  " rules: [{code: T-1, verdict: inefficient, article: 一, when: {all: [{measure: tax_wan_per_mu, op: '<', limit: " \
  "%s}]}}]}\n"

/* Five parcels: by zone, by industry, by neither, zone unknown, industry unknown in another zone. */
static void a_limit_is_overridden_by_zone_and_industry(void) {
  static const char *const zone[] = {"北", "南", "南", NULL, "南"}, *const code[] = {"39", "3911", "13", "13", NULL};
  static const double low[] = {8, 12, 5, NAN, NAN};
  fixture f;
  char yaml[1024];
  set_up(&f, 5, "2026-03-31");
  snprintf(yaml, sizeof yaml, HEAD("t") OVERRIDDEN, "low");
  write_book(&f, "t", yaml);
  memcpy(text(&f, "zone"), zone, sizeof zone);
  memcpy(text(&f, "industry_code"), code, sizeof code);
  for (int i = 0; i < 5; i++) f64(&f, "tax_wan_per_mu")[i] = 6;
  CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
  for (int i = 0; i < 5; i++) {
    double got = mj_table_f64(&f.park.table[MJ_PARCELS], "low")[i];
    CU_ASSERT(got == low[i] || (isnan(got) && isnan(low[i])));
    uint8_t want = isnan(low[i]) ? MJ_UNKNOWN : low[i] > 6 ? MJ_YES : MJ_NO;
    CU_ASSERT_EQUAL(mj_table_tri(&f.park.table[MJ_PARCELS], "inefficient")[i], want);
  }
  int64_t r = find_reason(&f, "P1", "T-1", NULL);
  CU_ASSERT_FATAL(r >= 0);
  CU_ASSERT_EQUAL(reason_margin(&f, r), -2);
  tear_down(&f);
}

static void an_overridden_limit_is_no_constant(void) {
  fixture f;
  char yaml[1024];
  set_up(&f, 1, "2026-03-31");
  f.err.lang = MJ_EN;
  snprintf(yaml, sizeof yaml, HEAD("t") OVERRIDDEN, "\":low\"");
  write_book(&f, "t", yaml);
  CU_ASSERT_EQUAL(judge(&f), MJ_ERULE);
  CU_ASSERT_PTR_NOT_NULL(strstr(f.err.message, "has overrides: write low without the colon"));
  tear_down(&f);
}

SUITE_OF(lookup, T(a_fact_is_shared_only_where_its_constants_and_table_are_the_same),
         T(tables_are_the_same_by_their_bytes), T(the_longest_prefix_or_the_equal_key_counts),
         T(no_row_no_value_and_no_code_are_unknown), T(what_is_wrong_in_the_table_is_named),
         T(a_table_that_is_not_there_is_named_where_it_is_asked_for), T(a_changed_table_is_another_rulebook),
         T(a_limit_is_overridden_by_zone_and_industry), T(an_overridden_limit_is_no_constant));
