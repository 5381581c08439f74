/* Facts, three-valued verdicts, reasons with margins, force, and what a rule may not do. */
#include "fixture.h"

static void facts_become_typed_columns_and_feed_each_other(void) {
  fixture f;
  set_up(&f, 3, "2026-03-31");
  double *tax = f64(&f, "tax_wan"), *area = f64(&f, "area_mu");
  tax[0] = 30, area[0] = 10, tax[1] = 5, area[1] = 0, tax[2] = 7;
  date(&f, "start_due")[0] = mj_date_from_ymd(2024, 2, 29);
  text(&f, "zone")[0] = "北";
  write_book(&f, "book",
             HEAD("a") "limits: [{name: low, value: 5}, {name: word, value: \"7\"}],\n"
                       "facts: [{name: per_mu, sql: tax_wan / area_mu}, {name: twice, sql: per_mu * 2 + :low},\n"
                       " {name: due_1y, sql: \"date(start_due, '+1 year')\"}, {name: label, sql: zone || :word},\n"
                       " {name: mean, sql: per_mu - (SELECT avg(tax_wan) FROM parcels)}, {name: flag, sql: tax_wan > 6, type: truth},\n"
                       " {name: whole, sql: \":year\", type: integer}, {name: mixed, sql: \"CASE rowid WHEN 1 THEN 1.5 ELSE '2024-01-01' END\"}]}");
  CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
  CU_ASSERT_EQUAL(f64(&f, "per_mu")[0], 3);
  CU_ASSERT(isnan(f64(&f, "per_mu")[1])); /* division by 0 is NULL */
  CU_ASSERT_EQUAL(f64(&f, "twice")[0], 11);
  CU_ASSERT_EQUAL(date(&f, "due_1y")[0], mj_date_from_ymd(2025, 3, 1));
  CU_ASSERT_EQUAL(date(&f, "due_1y")[1], MJ_DATE_NULL);
  CU_ASSERT_STRING_EQUAL(text(&f, "label")[0], "北7");
  CU_ASSERT_EQUAL(f64(&f, "mean")[0], 3 - 14); /* a subquery sees every parcel: (30 + 5 + 7) / 3 */
  CU_ASSERT_EQUAL(tri(&f, "flag")[0], MJ_YES);
  CU_ASSERT_EQUAL(tri(&f, "flag")[1], MJ_NO);
  CU_ASSERT_EQUAL(mj_table_i64(&f.park.table[MJ_PARCELS], "whole")[2], 2025);
  CU_ASSERT_STRING_EQUAL(text(&f, "mixed")[0], "1.5");
  CU_ASSERT_STRING_EQUAL(text(&f, "mixed")[1], "2024-01-01");
  tear_down(&f);
}

static void names_may_not_clash(void) {
  fixture f;
  set_up(&f, 1, "2026-03-31");
  write_book(&f, "book", HEAD("a") "facts: [{name: tax_wan, sql: 1}]}");
  refuses(&f, MJ_ERULE, ":4:30: facts: fact 'tax_wan': the parcels have a column of that name");
  tear_down(&f);
  set_up(&f, 1, "2026-03-31");
  f64(&f, "lookup_far");
  write_book(&f, "book", HEAD("a") "facts: [{name: lookup_far, sql: 1}]}");
  refuses(&f, MJ_ERULE, ":4:33: facts: fact 'lookup_far': the parcels have a column of that name");
  tear_down(&f);
  set_up(&f, 1, "2026-03-31");
  write_book(&f, "one", HEAD("a") "facts: [{name: x, sql: 1}, {name: y, sql: 1}]}");
  write_book(&f, "two", HEAD("b") "facts: [{name: x, sql: 1}, {name: y, sql: 2}]}");
  refuses(&f, MJ_ERULE, ":4:43: facts: fact 'y' is defined differently in another rulebook");
  tear_down(&f);
}

static void a_value_that_breaks_its_declared_type_is_an_error(void) {
  fixture f;
  set_up(&f, 2, "2026-03-31");
  text(&f, "zone")[1] = "北";
  write_book(&f, "book", HEAD("a") "facts: [{name: x, sql: zone, type: number}]}");
  refuses(&f, MJ_ERULE, ":4:24: facts: fact 'x': the value of parcel row 2 is not of type number");
  tear_down(&f);
}

/* One rule over tax_wan and area_mu of four parcels: yes, no, lacking data, out of scope. */
static void a_verdict_has_three_values_and_a_scope(void) {
  fixture f;
  set_up(&f, 5, "2026-03-31");
  double *tax = f64(&f, "tax_wan"), *area = f64(&f, "area_mu"), *share = f64(&f, "control_share");
  tax[0] = 10, tax[1] = 90, tax[3] = 10, tax[4] = 90;
  for (int i = 0; i < 5; i++) area[i] = 10;
  share[0] = share[1] = share[2] = 1, share[3] = 0;
  write_book(&f, "book",
             HEAD("a") "facts: [{name: per_mu, sql: tax_wan / area_mu, unit: wan_per_mu, text: {zh: 亩均税, en: yield}}],\n"
                       "rules: [{code: R1, verdict: inefficient, article: 第四条, scope: control_share >= 0.5,\n"
                       " when: {all: [{measure: per_mu, op: \"<\", limit: 5, unit: wan_per_mu}]}}]}");
  CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
  const uint8_t want[] = {MJ_YES, MJ_NO, MJ_UNKNOWN, MJ_NO,
                          MJ_NO}; /* the last: scope unknown, but the answer is no either way */
  CU_ASSERT_EQUAL(memcmp(tri(&f, "inefficient"), want, sizeof want), 0);
  CU_ASSERT_EQUAL(f.park.table[MJ_REASONS].n, 2);
  int64_t r = find_reason(&f, "P1", "R1", NULL);
  CU_ASSERT_STRING_EQUAL(reason_text(&f, r, "verdict_on"), "inefficient");
  CU_ASSERT_STRING_EQUAL(reason_text(&f, r, "rulebook"), "a 1");
  CU_ASSERT_STRING_EQUAL(reason_text(&f, r, "document"), "某办法 文件一号");
  CU_ASSERT_STRING_EQUAL(reason_text(&f, r, "article"), "第四条");
  CU_ASSERT_STRING_EQUAL(reason_text(&f, r, "measure"), "亩均税");
  CU_ASSERT_STRING_EQUAL(reason_text(&f, r, "measure_sql"), "per_mu");
  CU_ASSERT_STRING_EQUAL(reason_text(&f, r, "value"), "1");
  CU_ASSERT_STRING_EQUAL(reason_text(&f, r, "op"), "<");
  CU_ASSERT_STRING_EQUAL(reason_text(&f, r, "limit_value"), "5");
  CU_ASSERT_EQUAL(reason_margin(&f, r), -4);
  CU_ASSERT_STRING_EQUAL(reason_text(&f, r, "operands"),
                         "税收=10 万元; 面积=10 亩"); /* the fact's own operands, in reading order */
  CU_ASSERT_STRING_EQUAL(reason_text(&f, r, "certainty"), "stated");
  CU_ASSERT_STRING_EQUAL(reason_text(&f, r, "text"), "亩均税 1 < 5 万元/亩（差 4）");
  CU_ASSERT_STRING_EQUAL(text(&f, "reasons")[0], "R1 亩均税 1 < 5 万元/亩（差 4）");
  CU_ASSERT_PTR_NULL(text(&f, "reasons")[1]);
  r = find_reason(&f, "P3", "R1", NULL);
  CU_ASSERT_STRING_EQUAL(reason_text(&f, r, "operands"), "税收=缺; 面积=10 亩");
  CU_ASSERT_STRING_EQUAL(reason_text(&f, r, "text"), "缺少：税收");
  CU_ASSERT(isnan(reason_margin(&f, r)));
  CU_ASSERT_PTR_NULL(text(&f, "reasons")[2]);
  tear_down(&f);
}

static void only_the_limbs_that_decide_are_reasons(void) {
  fixture f;
  set_up(&f, 2, "2026-03-31");
  double *tax = f64(&f, "tax_wan"), *out = f64(&f, "output_wan"), *staff = f64(&f, "staff");
  tax[0] = 1, out[0] = 100, staff[0] = 3; /* any: tax yes, output no; not (staff > 5): yes */
  tax[1] = 9, staff[1] = 3;               /* any: tax no, output unknown */
  write_book(&f, "book",
             HEAD("a") "rules: [{code: R, verdict: inefficient, when: {all: [\n"
                       " {any: [{measure: tax_wan, op: \"<\", limit: 5}, {measure: output_wan, op: \"<\", limit: 50}]},\n"
                       " {not: {measure: staff, op: \">\", limit: 5}}]}}]}");
  CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
  CU_ASSERT_EQUAL(f.park.table[MJ_REASONS].n, 3);
  CU_ASSERT_EQUAL(reason_margin(&f, find_reason(&f, "P1", "R", "tax_wan")), -4);
  CU_ASSERT_EQUAL(reason_margin(&f, find_reason(&f, "P1", "R", "staff")), -2);
  CU_ASSERT_EQUAL(find_reason(&f, "P1", "R", "output_wan"), -1);
  CU_ASSERT_STRING_EQUAL(text(&f, "reasons")[0], "R 税收 1 < 5（差 4），从业人数 3，不满足“> 5”（差 2）");
  CU_ASSERT_STRING_EQUAL(reason_text(&f, find_reason(&f, "P2", "R", "output_wan"), "operands"), "产值=缺");
  CU_ASSERT_EQUAL(find_reason(&f, "P2", "R", "tax_wan"), -1);
  tear_down(&f);
}

static void any_yes_wins_then_any_unknown_then_no(void) {
  fixture f;
  set_up(&f, 3, "2026-03-31");
  double *tax = f64(&f, "tax_wan"), *out = f64(&f, "output_wan");
  tax[0] = 1, tax[1] = 9, tax[2] = 9, out[2] = 99;
  write_book(&f, "one",
             HEAD("a") "rules: [{code: A, verdict: inefficient, when: {measure: tax_wan, op: \"<\", limit: 5}}]}");
  write_book(&f, "two",
             HEAD("b") "rules: [{code: B, verdict: inefficient, when: {measure: output_wan, op: \"<\", limit: 50}}]}");
  CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
  const uint8_t want[] = {MJ_YES, MJ_UNKNOWN, MJ_NO};
  CU_ASSERT_EQUAL(memcmp(tri(&f, "inefficient"), want, sizeof want), 0);
  CU_ASSERT_EQUAL(find_reason(&f, "P1", "B", NULL), -1); /* unknown there, but it does not matter */
  CU_ASSERT(find_reason(&f, "P2", "B", NULL) >= 0);
  tear_down(&f);
}

static void a_matter_without_a_rule_stays_open_and_the_ledger_says_so(void) {
  fixture f;
  set_up(&f, 2, "2026-03-31");
  write_book(&f, "book", HEAD("a") "rules: [{code: R, verdict: idle, when: {sql: \"1\"}}]}");
  CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
  CU_ASSERT_EQUAL(tri(&f, "idle")[0], MJ_YES);
  CU_ASSERT_EQUAL(tri(&f, "inefficient")[0], MJ_UNKNOWN);
  CU_ASSERT_EQUAL_FATAL(f.park.ledger.n, 1);
  CU_ASSERT_EQUAL(f.park.ledger.entry[0].code, MJ_L_NOT_JUDGED);
  CU_ASSERT_STRING_EQUAL(f.park.ledger.entry[0].field, "inefficient");
  tear_down(&f);
}

static void idle_land_is_only_suspected(void) {
  fixture f;
  set_up(&f, 1, "2026-03-31");
  add_book(&f, "national-idle-2012");
  date(&f, "start_due")[0] = mj_date_from_ymd(2024, 5, 1);
  tri(&f, "started")[0] = MJ_NO;
  CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
  CU_ASSERT_STRING_EQUAL(
      text(&f, "reasons")[0],
      "疑似闲置（待调查认定）：IDLE53-1 未动工，应动工日满一年 2025-05-01 ≤ 2026-03-31（已超 334 天）");
  int64_t r = find_reason(&f, "P1", "IDLE53-1", "idle_from");
  CU_ASSERT_STRING_EQUAL(reason_text(&f, r, "text"),
                         "疑似闲置（待调查认定）：应动工日满一年 2025-05-01 ≤ 2026-03-31（已超 334 天）");
  ASSERT_TEXT(reason_text(&f, r, "operands"),
              "延期动工日期=缺; 约定动工日期=2024-05-01; 交地日期=缺; 补充协议签订日期=缺");
  f.park.project.lang = MJ_EN;
  tear_down(&f);
}

static void english_reasons_read_as_english(void) {
  fixture f;
  set_up(&f, 1, "2026-03-31");
  f.park.project.lang = MJ_EN;
  add_book(&f, "quanzhou-2025");
  f64(&f, "tax_3y_wan")[0] = 32, f64(&f, "area_mu")[0] = 10, f64(&f, "control_share")[0] = 1;
  text(&f, "control_level")[0] = "1", text(&f, "land_use")[0] = "100101";
  CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
  CU_ASSERT_STRING_EQUAL(text(&f, "reasons")[0], "QZ2025-1 three-year benefit per mu 3.2 < 5 10k yuan/mu (by 1.8)");
  CU_ASSERT_STRING_EQUAL(reason_text(&f, find_reason(&f, "P1", "QZ2025-1", NULL), "certainty"),
                         "assumed"); /* the benefit is a guess */
  tear_down(&f);
}

/* What was compared reads as words; the SQL stands beside it. */
static void an_expression_is_said_in_the_names_people_use(void) {
  fixture f;
  set_up(&f, 2, "2026-03-31");
  int64_t rows[] = {7, 9};
  f.park.table[MJ_PARCELS].source_row = rows;
  f64(&f, "tax_wan")[0] = 3, f64(&f, "area_mu")[0] = 10, tri(&f, "started")[0] = MJ_NO, tri(&f, "industrial")[0] = 1;
  write_book(&f, "book",
             HEAD("a") "limits: [{name: tax_wan, value: 1}],\n"
                       " rules: [{code: R, verdict: inefficient, scope: industrial AND started = 0, when:\n"
                       " {measure: \"tax_wan / area_mu + (zone = 'area_mu' OR 0) * :tax_wan\", op: \"<\", limit: 5}}]}");
  CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
  f.park.table[MJ_PARCELS].source_row = NULL;
  int64_t r = find_reason(&f, "P2", "R", "industrial AND started = 0");
  CU_ASSERT_STRING_EQUAL(reason_text(&f, r, "measure"), "工业用地 且 是否动工 = 0");
  CU_ASSERT_STRING_EQUAL(reason_text(&f, r, "operands"), "工业用地=缺; 是否动工=缺");
  CU_ASSERT_EQUAL(mj_table_i64(&f.park.table[MJ_REASONS], "row")[r], 9);
  r = find_reason(&f, "P1", "R", "tax_wan / area_mu + (zone = 'area_mu' OR 0) * :tax_wan");
  CU_ASSERT_EQUAL_FATAL(r, 0);
  CU_ASSERT_STRING_EQUAL(reason_text(&f, r, "measure"), "税收 / 面积 + (片区 = 'area_mu' 或 0) * :tax_wan");
  CU_ASSERT_EQUAL(mj_table_i64(&f.park.table[MJ_REASONS], "row")[r], 7);
  tear_down(&f);
}

static void facts_carry_their_words_and_unit(void) {
  for (int lang = MJ_EN; lang <= MJ_ZH; lang++) {
    fixture f;
    set_up(&f, 1, "2026-03-31");
    f.park.project.lang = (mj_lang)lang;
    write_book(&f, "book",
               HEAD("a") "facts: [{name: per_mu, sql: tax_wan / area_mu, unit: wan_per_mu, text: {zh: 亩均税, en: yield}},\n"
                         " {name: bare, sql: tax_wan}]}");
    CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
    const mj_column *c = mj_table_find(&f.park.table[MJ_PARCELS], "per_mu");
    CU_ASSERT_STRING_EQUAL(c->label, lang == MJ_ZH ? "亩均税" : "yield");
    CU_ASSERT_STRING_EQUAL(c->unit, "wan_per_mu");
    CU_ASSERT_PTR_NULL(mj_table_find(&f.park.table[MJ_PARCELS], "bare")->label);
    CU_ASSERT_STRING_EQUAL(f.park.rulebook_facts[0].code, "a");
    CU_ASSERT_STRING_EQUAL(f.park.rulebook_facts[0].name, lang == MJ_ZH ? "某办法" : "some rules");
    CU_ASSERT_STRING_EQUAL(f.park.rulebook_facts[0].document, "文件一号");
    CU_ASSERT_TRUE(f.park.rulebook_facts[0].in_force);
    tear_down(&f);
  }
}

static void raw_sql_knows_its_operands_but_no_margin(void) {
  fixture f;
  set_up(&f, 2, "2026-03-31");
  f64(&f, "tax_wan")[0] = 3;
  write_book(&f, "book",
             HEAD("a") "rules: [{code: R, verdict: inefficient, certainty: assumed, when: {sql: tax_wan BETWEEN 1 AND 4, text: 税收在一到四万元}}]}");
  CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
  int64_t r = find_reason(&f, "P1", "R", NULL);
  CU_ASSERT_STRING_EQUAL(reason_text(&f, r, "operands"), "税收=3 万元");
  CU_ASSERT_STRING_EQUAL(reason_text(&f, r, "op"), "");
  CU_ASSERT_STRING_EQUAL(reason_text(&f, r, "certainty"), "assumed");
  CU_ASSERT(isnan(reason_margin(&f, r)));
  CU_ASSERT_STRING_EQUAL(text(&f, "reasons")[0], "R 税收在一到四万元");
  CU_ASSERT_EQUAL(tri(&f, "inefficient")[1], MJ_UNKNOWN);
  tear_down(&f);
}

static void a_rulebook_outside_its_dates_gives_no_verdict(void) {
  static const struct {
    const char *as_of;
    uint8_t want;
    int64_t notes;
  } days[] = {{"2026-01-31", MJ_UNKNOWN, 2},
              {"2026-02-01", MJ_YES, 1},
              {"2027-12-31", MJ_YES, 1},
              {"2028-01-01", MJ_UNKNOWN, 2}};
  static const int64_t notes[] = {3, 1, 1, 3}; /* out of force, and two matters that nobody judges */
  for (int i = 0; i < 4; i++) {
    fixture f;
    set_up(&f, 1, days[i].as_of);
    add_book(&f, "quanzhou-2025");
    f64(&f, "tax_3y_wan")[0] = 32, f64(&f, "area_mu")[0] = 10, f64(&f, "control_share")[0] = 1;
    text(&f, "control_level")[0] = "一级", text(&f, "land_use")[0] = "1001";
    CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
    CU_ASSERT_EQUAL(tri(&f, "inefficient")[0], days[i].want);
    CU_ASSERT_EQUAL(f.park.ledger.n, notes[i]);
    if (notes[i] == 3) {
      CU_ASSERT_EQUAL(f.park.ledger.entry[0].code, MJ_L_RULEBOOK_OUT_OF_FORCE);
      CU_ASSERT_STRING_EQUAL(f.park.ledger.entry[0].id, "quanzhou-2025");
      CU_ASSERT_STRING_EQUAL(f.park.ledger.entry[0].expected, "2026-02-01..2027-12-31");
      CU_ASSERT_PTR_NULL(mj_table_find(&f.park.table[MJ_PARCELS], "benefit_wan_per_mu_3y"));
      CU_ASSERT_EQUAL(f.park.table[MJ_REASONS].n, 0);
    }
    tear_down(&f);
  }
}

static void one_rule(const char *rule, const char *message) {
  fixture f;
  char yaml[600];
  set_up(&f, 1, "2026-03-31");
  f64(&f, "tax_wan");
  snprintf(yaml, sizeof yaml, HEAD("a") "rules: [{code: R, verdict: idle, when: %s}]}", rule);
  write_book(&f, "book", yaml);
  refuses(&f, MJ_ERULE, message);
  tear_down(&f);
}

static void an_error_of_a_rule_names_place_rule_and_cause(void) {
  one_rule("{measure: tax_wam, op: \"<\", limit: 5}", ":4:50: rule R: no such column: tax_wam (near: tax_wan)");
  one_rule("{measure: tax_wan, op: \"<\", limit: 5 +}", ":4:75: rule R: near \")\": syntax error");
  one_rule("{measure: tax_wan, op: \"<\", limit: \":low\"}", ":4:75: rule R: unknown constant ':low'");
  one_rule("{sql: \"1); DELETE FROM parcels; --\"}", ":4:46: rule R: one statement is expected");
  one_rule("{sql: \"(SELECT load_extension('x'))\"}",
           ":4:46: rule R: refused: SQL may only read, and must give the same answer every time (not authorized to "
           "use function: "
           "load_extension)");
  one_rule("{measure: headroom_m2, op: \"<\", limit: 5}",
           ":4:50: rule R: column 'headroom_m2' is computed after the rules, which cannot read it");
  one_rule("{measure: zone, op: \"<\", limit: 5}",
           ":4:50: rule R: zone and 5: a number is compared with a text or date");
  one_rule("{measure: tax_wan, op: \"<\", limit: 2026-03-31}",
           ":4:50: rule R: tax_wan and '2026-03-31': a number is compared with a text or date");
}

static void fields_that_did_not_come_are_unknown_not_errors(void) {
  fixture f;
  set_up(&f, 1, "2026-03-31");
  write_book(&f, "book",
             HEAD("a") "rules: [{code: R, verdict: idle, when: {all: [{measure: start_due, op: \"<\", limit: \":as_of\"},\n"
                       " {measure: (SELECT count(*) FROM projects), op: \"=\", limit: 0}]}}]}");
  CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
  CU_ASSERT_EQUAL(tri(&f, "idle")[0], MJ_UNKNOWN);
  CU_ASSERT_PTR_NULL(mj_table_find(&f.park.table[MJ_PARCELS], "start_due")); /* and the input gains no column */
  CU_ASSERT_STRING_EQUAL(reason_text(&f, find_reason(&f, "P1", "R", "start_due"), "text"), "缺少：约定动工日期");
  tear_down(&f);
}

static void threads_change_nothing(void) {
  enum { N = 40000 };
  uint8_t *first = NULL;
  int64_t reasons = 0;
  for (int threads = 1; threads <= 3; threads++) {
    fixture f;
    set_up(&f, N, "2026-03-31");
    f.park.project.threads = threads;
    double *tax = f64(&f, "tax_wan"), *area = f64(&f, "area_mu");
    for (int i = 0; i < N; i++) {
      if (i % 7) tax[i] = i % 13;
      area[i] = 1 + i % 3;
    }
    write_book(&f, "book",
               HEAD("a") "facts: [{name: per_mu, sql: tax_wan / area_mu}, {name: word, sql: \"'w' || rowid\"}],\n"
                         "rules: [{code: R, verdict: inefficient, when: {measure: per_mu, op: \"<\", limit: 3}}]}");
    CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
    CU_ASSERT_STRING_EQUAL(text(&f, "word")[N - 1], "w40000");
    if (!first) {
      first = malloc(N);
      memcpy(first, tri(&f, "inefficient"), N);
      reasons = f.park.table[MJ_REASONS].n;
    }
    CU_ASSERT_EQUAL(memcmp(first, tri(&f, "inefficient"), N), 0);
    CU_ASSERT_EQUAL(f.park.table[MJ_REASONS].n, reasons);
    CU_ASSERT_STRING_EQUAL(mj_table_text(&f.park.table[MJ_REASONS], "parcel_id")[reasons - 1], "P39999");
    tear_down(&f);
  }
  free(first);
}

/* A state that names idle land must say what the verdict says; sooner it would be NULL everywhere. */
static void facts_after_the_verdicts_read_them_and_others_may_not(void) {
  fixture f;
  set_up(&f, 3, "2026-03-31");
  f64(&f, "invested_wan")[0] = 1, f64(&f, "invested_wan")[1] = 9;
  write_book(&f, "a",
             HEAD("a") "facts: [{name: state, after: verdicts, type: text, sql: \"CASE WHEN inefficient = 1 THEN 'low' "
                       "WHEN inefficient = 0 THEN 'fine' END\"}],\n rules: [{code: R, verdict: inefficient, when: "
                       "{all: [{measure: invested_wan, op: \"<\", limit: 5}]}}]}");
  CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
  ASSERT_TEXT(text(&f, "state")[0], "low");
  ASSERT_TEXT(text(&f, "state")[1], "fine");
  CU_ASSERT_PTR_NULL(text(&f, "state")[2]);
  tear_down(&f);
  set_up(&f, 1, "2026-03-31");
  write_book(&f, "a", HEAD("a") "facts: [{name: state, sql: idle + 1}]}");
  refuses(&f, MJ_ERULE, ":4:28: fact 'state': column 'idle' is computed after the rules, which cannot read it");
  tear_down(&f);
  set_up(&f, 1, "2026-03-31");
  write_book(&f, "a", HEAD("a") "facts: [{name: state, after: verdicts, sql: idle + 1}],\n"
                                " rules: [{code: R, verdict: idle, when: {sql: state = 1}}]}");
  CU_ASSERT_EQUAL(judge(&f), MJ_ERULE);
  tear_down(&f);
}

static void no_parcels_and_no_rulebooks_are_fine(void) {
  fixture f;
  set_up(&f, 0, "2026-03-31");
  add_book(&f, "quanzhou-2025");
  CU_ASSERT_EQUAL(judge(&f), MJ_OK);
  tear_down(&f);
  set_up(&f, 1, "2026-03-31");
  CU_ASSERT_EQUAL(judge(&f), MJ_OK);
  CU_ASSERT_EQUAL(f.park.table[MJ_REASONS].n, 0);
  CU_ASSERT_EQUAL(f.park.table[MJ_TARGETS].n, 0);
  tear_down(&f);
}

SUITE_OF(verdicts, T(facts_become_typed_columns_and_feed_each_other), T(names_may_not_clash),
         T(a_value_that_breaks_its_declared_type_is_an_error), T(a_verdict_has_three_values_and_a_scope),
         T(only_the_limbs_that_decide_are_reasons), T(any_yes_wins_then_any_unknown_then_no),
         T(a_matter_without_a_rule_stays_open_and_the_ledger_says_so), T(idle_land_is_only_suspected),
         T(english_reasons_read_as_english), T(an_expression_is_said_in_the_names_people_use),
         T(facts_carry_their_words_and_unit), T(raw_sql_knows_its_operands_but_no_margin),
         T(a_rulebook_outside_its_dates_gives_no_verdict), T(an_error_of_a_rule_names_place_rule_and_cause),
         T(fields_that_did_not_come_are_unknown_not_errors), T(threads_change_nothing),
         T(facts_after_the_verdicts_read_them_and_others_may_not), T(no_parcels_and_no_rulebooks_are_fine));
