/* From verdicts that lack data to the values that would settle them. */
#include "fixture.h"

/* Row of the fixes with that layer, identifier and field, or -1. */
static int64_t fix(const fixture *f, const char *layer, const char *id, const char *field) {
  const mj_table *t = &f->park.table[MJ_FIXES];
  for (int64_t i = 0; i < t->n; i++) {
    const char *of = mj_table_text(t, "id")[i], *in = mj_table_text(t, "field")[i];
    if (!strcmp(mj_table_text(t, "layer")[i], layer) && !strcmp(of ? of : "", id) && !strcmp(in ? in : "", field))
      return i;
  }
  return -1;
}

static int64_t number(const fixture *f, int64_t row, const char *column) {
  return row < 0 ? -1 : mj_table_i64(&f->park.table[MJ_FIXES], column)[row];
}

static const char *word(const fixture *f, int64_t row, const char *column) {
  const char *text = row < 0 ? "(none)" : mj_table_text(&f->park.table[MJ_FIXES], column)[row];
  return text ? text : "";
}

#define RULE(when) "rules: [{code: R, verdict: inefficient, when: {all: [" when "]}}]}"

static void a_value_of_the_parcel_is_asked_for_by_its_field(void) {
  fixture f;
  set_up(&f, 3, "2026-03-31");
  double *a = f64(&f, "invested_wan"), *b = f64(&f, "invest_total_wan");
  a[0] = 1, b[0] = 2; /* firm */
  a[1] = 1;
  write_book(&f, "one", HEAD("a") RULE("{measure: invested_wan / invest_total_wan, op: \"<\", limit: 0.25}"));
  CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
  ASSERT_INT(f.park.open_verdicts, 2);
  ASSERT_INT(f.park.table[MJ_FIXES].n, 3);
  int64_t one = fix(&f, "parcels", "P2", "invest_total_wan"), two = fix(&f, "parcels", "P3", "invested_wan");
  ASSERT_INT(number(&f, one, "rank"), 1);
  ASSERT_INT(number(&f, one, "settles"), 1);
  ASSERT_INT(number(&f, one, "firm_after"), 1);
  ASSERT_TEXT(word(&f, one, "kind"), "value");
  ASSERT_INT(number(&f, two, "settles"), 0);
  ASSERT_INT(number(&f, two, "part_of"), 1);
  ASSERT_INT(number(&f, fix(&f, "parcels", "P3", "invest_total_wan"), "firm_after"), 2);
  tear_down(&f);
}

/* The name of a column that the layer lacks is the run's own; the table outlives the run. */
static void a_field_without_a_column_is_asked_for_by_its_name(void) {
  fixture f;
  set_up(&f, 2, "2026-03-31");
  write_book(&f, "one", HEAD("a") RULE("{measure: mortgaged, op: \"=\", limit: 1}"));
  CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
  ASSERT_INT(number(&f, fix(&f, "parcels", "P1", "mortgaged"), "rank"), 1);
  ASSERT_INT(number(&f, fix(&f, "parcels", "P2", "mortgaged"), "firm_after"), 2);
  tear_down(&f);
}

/* COALESCE needs one of its columns; the one that most parcels have is asked for. */
static void of_several_that_would_do_the_usual_one_is_asked_for(void) {
  fixture f;
  set_up(&f, 3, "2026-03-31");
  int32_t *due = date(&f, "start_due"), *given = date(&f, "delivered");
  given[0] = due[0] = due[1] = 18000;
  write_book(
      &f, "one",
      HEAD("a") "facts: [{name: due, sql: \"COALESCE(start_extended, start_due, date(delivered, '+1 year'))\"}], " RULE(
          "{measure: due, op: \"<\", limit: \":as_of\"}"));
  CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
  ASSERT_INT(f.park.table[MJ_FIXES].n, 1);
  ASSERT_INT(number(&f, fix(&f, "parcels", "P3", "start_due"), "settles"), 1);
  tear_down(&f);
}

/* A list of texts is no guarantee: a level outside it makes the AND false, one inside leaves it to the share. */
static void both_are_asked_for_where_either_may_not_decide(void) {
  fixture f;
  set_up(&f, 2, "2026-03-31");
  text(&f, "industry_code")[0] = "C13";
  f64(&f, "invested_wan")[0] = 1;
  write_book(&f, "one", HEAD("a") RULE("{sql: \"invested_wan > 5 AND industry_code IN ('C13', 'C14')\"}"));
  CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
  ASSERT_INT(f.park.table[MJ_FIXES].n, 2);
  ASSERT_INT(number(&f, fix(&f, "parcels", "P2", "invested_wan"), "settles"), 0);
  ASSERT_INT(number(&f, fix(&f, "parcels", "P2", "industry_code"), "rank"), 2);
  tear_down(&f);
}

static void a_layer_that_is_not_there_is_one_value_for_all(void) {
  fixture f;
  set_up(&f, 3, "2026-03-31");
  write_book(&f, "one", HEAD("a") RULE("{measure: plot_ratio, op: \"<\", limit: 1}"));
  double *mu = f64(&f, "area_mu");
  mu[0] = mu[1] = mu[2] = 15;
  CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
  ASSERT_INT(f.park.table[MJ_FIXES].n, 1);
  int64_t row = fix(&f, "buildings", "", "");
  ASSERT_TEXT(word(&f, row, "kind"), "layer");
  ASSERT_INT(number(&f, row, "settles"), 3);
  ASSERT_INT(number(&f, row, "firm_after"), 3);
  tear_down(&f);
}

/* A code that the lookup table lacks is one row for all its parcels; a parcel without a code lacks the code. */
static void a_lookup_is_asked_for_by_its_code(void) {
  fixture f;
  static mj_lookup lookups[] = {{.name = "zoned", .path = "z.csv", .key = "code", .match = "land_use", .value = "far"}};
  set_up(&f, 4, "2026-03-31");
  f.park.project.lookups = lookups, f.park.project.n_lookups = 1;
  const char **use = text(&f, "land_use");
  use[0] = use[1] = "1001", use[2] = "1101";
  f64(&f, "zoned")[2] = 3;
  write_book(&f, "one", HEAD("a") RULE("{measure: zoned, op: \">\", limit: 2}"));
  CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
  ASSERT_INT(f.park.table[MJ_FIXES].n, 2);
  int64_t row = fix(&f, "zoned", "1001", "far");
  ASSERT_TEXT(word(&f, row, "kind"), "row");
  ASSERT_INT(number(&f, row, "settles"), 2);
  row = fix(&f, "parcels", "P4", "land_use"); /* with its code the table may still have no row */
  ASSERT_INT(number(&f, row, "part_of"), 1);
  CU_ASSERT(number(&f, row, "rank") == MJ_I64_NULL);
  tear_down(&f);
}

static void a_cap_of_the_contract_helps_only_where_it_is_a_source(void) {
  for (int k = 0; k < 2; k++) {
    fixture f;
    set_up(&f, 1, "2026-03-31");
    f64(&f, "plot_ratio_cap");
    write_book(
        &f, "one",
        k ? HEAD("a") "caps: [{source: plan, sql: plan_cap}], " RULE("{measure: plot_ratio_cap, op: \"<\", limit: 1}")
          : HEAD("a") RULE("{measure: plot_ratio_cap, op: \"<\", limit: 1}"));
    CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
    int64_t row = fix(&f, "parcels", "P1", "plot_ratio_cap");
    ASSERT_INT(number(&f, row, "part_of"), 1);
    CU_ASSERT((number(&f, row, "rank") == MJ_I64_NULL) == (k == 1));
    tear_down(&f);
  }
}

/* The scope and a tier of the ladder ask too; without its inputs it is open, outside its scope it is not. */
static void a_tier_that_cannot_be_told_asks_for_what_it_reads(void) {
  fixture f;
  set_up(&f, 4, "2026-03-31");
  double *a = f64(&f, "invested_wan"), *b = f64(&f, "land_price_wan");
  a[0] = 1, b[0] = 1; /* tier low */
  a[1] = 10;          /* in no tier, whatever b is: but b is an input */
  b[2] = 1;           /* a decides */
  b[3] = -1;          /* outside */
  write_book(&f, "one",
             HEAD("a") "ladder: {code: L, scope: land_price_wan >= 0 OR land_price_wan IS NULL, inputs: [land_price_wan], tiers: "
                       "[{tier: low, when: {all: [{measure: invested_wan, op: \"<\", limit: 5}]}, text: {zh: 低}}]}}");
  CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
  ASSERT_INT(f.park.open_verdicts, 2);
  ASSERT_TEXT(text(&f, "renewal_tier")[0], "low");
  ASSERT_INT(number(&f, fix(&f, "parcels", "P2", "land_price_wan"), "settles"), 1);
  ASSERT_INT(number(&f, fix(&f, "parcels", "P3", "invested_wan"), "settles"), 1);
  ASSERT_INT(f.park.table[MJ_FIXES].n, 2);
  tear_down(&f);
}

/* started says 0 though started_on has passed: nothing is missing, and what a person corrects decides. */
static void what_contradicts_itself_promises_nothing(void) {
  fixture f;
  set_up(&f, 1, "2026-03-31");
  tri(&f, "started")[0] = MJ_NO;
  date(&f, "started_on")[0] = 18000;
  date(&f, "start_due")[0] = 17000;
  add_book(&f, "national-idle-2012");
  CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
  ASSERT_INT(f.park.open_verdicts, 1);
  int64_t row = fix(&f, "parcels", "P1", "started_on");
  ASSERT_INT(number(&f, row, "part_of"), 1);
  CU_ASSERT(number(&f, row, "rank") == MJ_I64_NULL);
  tear_down(&f);
}

/* A figure beside a limit that a table gives: enough where the table has the code, no promise where the code is missing
 * too, for the table may lack it. */
static void a_table_of_the_rulebook_promises_what_it_has(void) {
  char path[96];
  fixture f;
  set_up(&f, 3, "2026-03-31");
  snprintf(path, sizeof path, "%s/t.csv", f.dir);
  FILE *file = fopen(path, "w");
  CU_ASSERT_PTR_NOT_NULL_FATAL(file);
  fputs("code,least\n13,5\n17,9\n", file);
  CU_ASSERT_EQUAL_FATAL(fclose(file), 0);
  write_book(&f, "one",
             HEAD("a") "facts: [{name: least, type: number, lookup: {file: t.csv, key: code, value: least, match: "
                       "industry_code, by: prefix}}]," RULE("{measure: invested_wan, op: \"<\", limit: least}"));
  text(&f, "industry_code")[0] = "1391", text(&f, "industry_code")[2] = "44";
  f64(&f, "invested_wan")[1] = 6;
  CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
  ASSERT_INT(f.park.open_verdicts, 3);
  ASSERT_INT(number(&f, fix(&f, "parcels", "P1", "invested_wan"), "settles"), 1);
  int64_t code = fix(&f, "parcels", "P2", "industry_code");
  ASSERT_INT(number(&f, code, "part_of"), 1);
  ASSERT_INT(number(&f, code, "settles"), 0);
  CU_ASSERT(number(&f, code, "rank") == MJ_I64_NULL);
  CU_ASSERT(number(&f, fix(&f, "parcels", "P3", "invested_wan"), "rank") == MJ_I64_NULL);
  unlink(path);
  tear_down(&f);
}

/* A gap that measure tells of: a row that lacks its tax, and a year without a row. */
static void figures_are_traced_to_the_rows_of_the_enterprise_table(void) {
  fixture f;
  set_up(&f, 1, "2026-03-31");
  mj_table *e = &f.park.table[MJ_ENTERPRISES], *g = &f.park.table[MJ_GAPS];
  CU_ASSERT_EQUAL_FATAL(mj_table_init(e, "enterprises", 1), MJ_OK);
  mj_table_add(e, "credit_code", MJ_TEXT)->text[0] = "F1";
  mj_table_add(e, "tax_wan", MJ_F64);
  mj_table_add(e, "year", MJ_I64)->i64[0] = 2025;
  CU_ASSERT_EQUAL_FATAL(mj_table_init(g, "gaps", 3), MJ_OK);
  for (int i = 0; i < 3; i++) {
    static const int64_t year[] = {2025, 2024, 2022};
    mj_table_add(g, "parcel_row", MJ_I64)->i64[i] = 1;
    mj_table_add(g, "year", MJ_I64)->i64[i] = year[i];
    mj_table_add(g, "layer", MJ_TEXT)->text[i] = "enterprises";
    mj_table_add(g, "sure", MJ_TRI)->tri[i] = MJ_YES;
  }
  mj_table_add(g, "row", MJ_I64)->i64[0] = 1;
  mj_table_add(g, "field", MJ_TEXT)->text[0] = "tax_wan";
  mj_table_add(g, "measure", MJ_TEXT)->text[0] = "tax_wan";
  mj_table_add(g, "code", MJ_TEXT)->text[0] = "ENTERPRISE_VALUE_MISSING";
  write_book(&f, "one", HEAD("a") RULE("{measure: tax_3y_wan, op: \"<\", limit: 5}"));
  CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
  ASSERT_INT(f.park.table[MJ_FIXES].n, 2); /* 2022 is none of the three years */
  int64_t value = fix(&f, "enterprises", "F1", "tax_wan"), row = fix(&f, "enterprises", "P1", "");
  ASSERT_INT(number(&f, value, "row"), 1);
  ASSERT_TEXT(word(&f, value, "code"), "ENTERPRISE_VALUE_MISSING");
  ASSERT_TEXT(word(&f, row, "kind"), "row");
  ASSERT_INT(number(&f, row, "year"), 2024);
  ASSERT_INT(number(&f, value, "part_of"), 1);
  tear_down(&f);
}

/* A verdict that stands, on an area that the ledger warns of; and a cell that could not be read is given as it stands.
 */
static void doubts_and_cells_are_taken_from_the_ledger(void) {
  fixture f;
  set_up(&f, 3, "2026-03-31");
  f64(&f, "invested_wan")[0] = f64(&f, "invested_wan")[2] = 1;
  mj_ledger_entry
      doubt = {.code = MJ_L_AREA_DIFFERS, .layer = "parcels", .row = 3, .field = "area_recorded_m2", .found = "9000"},
      read = {.code = MJ_L_VALUE_UNREADABLE, .layer = "parcels", .row = 2, .field = "invested_wan", .found = "many"};
  CU_ASSERT_EQUAL_FATAL(mj_ledger_add(&f.park.ledger, doubt), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(mj_ledger_add(&f.park.ledger, read), MJ_OK);
  write_book(&f, "one", HEAD("a") RULE("{measure: invested_wan, op: \"<\", limit: 5}"));
  CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
  int64_t area = fix(&f, "parcels", "P3", "area_recorded_m2"), cell = fix(&f, "parcels", "P2", "invested_wan");
  ASSERT_INT(number(&f, area, "doubted"), 1);
  ASSERT_INT(number(&f, area, "part_of"), 0);
  CU_ASSERT(number(&f, area, "rank") == MJ_I64_NULL);
  ASSERT_TEXT(word(&f, area, "old_value"), "9000");
  ASSERT_TEXT(word(&f, cell, "old_value"), "many");
  ASSERT_TEXT(word(&f, cell, "code"), "VALUE_UNREADABLE");
  tear_down(&f);
}

SUITE_OF(fixes, T(a_lookup_is_asked_for_by_its_code), T(a_cap_of_the_contract_helps_only_where_it_is_a_source),
         T(a_field_without_a_column_is_asked_for_by_its_name), T(a_value_of_the_parcel_is_asked_for_by_its_field),
         T(of_several_that_would_do_the_usual_one_is_asked_for), T(both_are_asked_for_where_either_may_not_decide),
         T(a_layer_that_is_not_there_is_one_value_for_all), T(a_tier_that_cannot_be_told_asks_for_what_it_reads),
         T(what_contradicts_itself_promises_nothing), T(a_table_of_the_rulebook_promises_what_it_has),
         T(figures_are_traced_to_the_rows_of_the_enterprise_table), T(doubts_and_cells_are_taken_from_the_ledger));
