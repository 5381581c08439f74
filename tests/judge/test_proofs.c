/* Verdicts of a result proved again from its own columns and rulebooks. */
#include "fixture.h"

#define RULES                                                                                                           \
  HEAD("t")                                                                                                             \
  "limits: [{name: low, value: 5}], facts: [{name: per_mu, sql: tax_wan / area_mu}],"                                   \
  " rules: [{code: T-1, verdict: inefficient, article: 一, when: {all: [{measure: per_mu, op: '<', limit: ':low'}]}}," \
  " {code: T-2, verdict: idle, article: 二, when: {all: [{measure: area_mu, op: '<', limit: 3}]}}]}"

/* A judged park, then another that has only its parcels. */
static void judged(fixture *f, fixture *again, const char *book) {
  set_up(f, 3, "2026-03-31");
  write_book(f, "t", book);
  memcpy(f64(f, "tax_wan"), (double[]){30, 90, NAN}, 3 * sizeof(double));
  memcpy(f64(f, "area_mu"), (double[]){10, 10, 10}, 3 * sizeof(double));
  CU_ASSERT_EQUAL_FATAL(judge(f), MJ_OK);
  set_up(again, 3, "2026-03-31");
  const mj_table *from = &f->park.table[MJ_PARCELS];
  mj_table *to = &again->park.table[MJ_PARCELS];
  for (int32_t i = 0; i < from->n_columns; i++) {
    const mj_column *c = from->columns[i];
    size_t size = c->type == MJ_TRI ? 1 : c->type == MJ_DATE ? 4 : 8;
    memcpy(mj_table_add(to, c->name, c->type)->data, c->data, size * 3);
  }
}

static mj_status prove(fixture *f, fixture *again) {
  mj_rulebook_file files[2] = {f->park.rulebook_facts[0].files[0]};
  const char *name = "t@1";
  CU_ASSERT_STRING_EQUAL(files[0].name, "t@1.yaml");
  again->park.project.rulebook_files = files;
  again->park.project.rulebooks = &name;
  again->park.project.n_rulebooks = 1;
  mj_status status = mj_rules_load(&again->park, &again->err);
  if (!status) status = mj_judge_proofs(&again->park, &again->err);
  again->park.project.n_rulebooks = 0;
  return status;
}

static void every_rule_is_proved_whatever_it_answers(void) {
  fixture f, again;
  judged(&f, &again, RULES);
  CU_ASSERT_EQUAL_FATAL(prove(&f, &again), MJ_OK);
  int64_t r = find_reason(&again, "P1", "T-1", NULL);
  CU_ASSERT_EQUAL(reason_margin(&again, r), -2);
  CU_ASSERT_STRING_EQUAL(reason_text(&again, r, "operands"), "税收=30 万元; 面积=10 亩");
  r = find_reason(&again, "P2", "T-1", NULL);
  CU_ASSERT_EQUAL(reason_margin(&again, r), 4);
  CU_ASSERT_EQUAL(mj_table_tri(&again.park.table[MJ_REASONS], "verdict")[r], MJ_NO);
  r = find_reason(&again, "P3", "T-1", NULL);
  CU_ASSERT_STRING_EQUAL(reason_text(&again, r, "text"), "缺少：税收");
  r = find_reason(&again, "P3", "T-2", NULL);
  CU_ASSERT_EQUAL(mj_table_tri(&again.park.table[MJ_REASONS], "verdict")[r], MJ_NO);
  CU_ASSERT_EQUAL(again.park.table[MJ_REASONS].n, 6);
  tear_down(&f);
  tear_down(&again);
}

static void a_result_that_its_rules_contradict_is_not_proved(void) {
  fixture f, again;
  judged(&f, &again, RULES);
  f64(&again, "per_mu")[1] = 1; /* somebody changed a figure, and not the verdict */
  again.err.lang = MJ_EN;
  CU_ASSERT_EQUAL(prove(&f, &again), MJ_ERULE);
  CU_ASSERT_STRING_EQUAL(again.err.message, "parcel P2: the result and its rulebooks do not agree on 'inefficient'");
  tear_down(&f);
  tear_down(&again);
}

static void a_rule_over_other_tables_is_not_guessed(void) {
  fixture f, again;
  judged(&f, &again,
         HEAD("t") "rules: [{code: T-1, verdict: idle, article: 一, when: {all: "
                   "[{measure: area_mu, op: '<', limit: (SELECT COUNT(*) FROM enterprises)}]}}]}");
  again.err.lang = MJ_EN;
  CU_ASSERT_EQUAL(prove(&f, &again), MJ_ERULE);
  CU_ASSERT_PTR_NOT_NULL(strstr(again.err.message, "it reads table 'enterprises', which is not there"));
  tear_down(&f);
  tear_down(&again);
}

SUITE_OF(proofs, T(every_rule_is_proved_whatever_it_answers), T(a_result_that_its_rules_contradict_is_not_proved),
         T(a_rule_over_other_tables_is_not_guessed));
