#include "fixture.h"
#include "measure/enterprises.h"

static const rect plots[] = {
    {0, 0, 100, 100}, {200, 0, 100, 100}, {400, 0, 100, 100}, {600, 0, 100, 100}, {800, 0, 100, 100}};
enum { A, B, C, D, E };

/* Parcels A, B, C and two that carry the same code D. */
static mj_table *parcels(mj_park *park) {
  new_park(park);
  mj_table *t = lay(park, MJ_PARCELS, 5, plots);
  texts(t, "parcel_id", (const char *[]){"A", "B", "C", "D", "D"});
  numbers(t, "area_recorded_m2", (double[]){20000, 10000, 10000, 10000, 10000});
  must(mj__measure_areas(park, NULL));
  must(mj__measure_basis(park, NULL));
  return t;
}

static mj_table *table(mj_park *park, mj_table_id id, int n) {
  must(mj_table_init(&park->table[id], mj_table_id_name(id), n));
  return &park->table[id];
}

static double reconciled(const mj_park *park, const char *measure, const char *item) {
  const mj_table *t = &park->table[MJ_RECONCILIATION];
  for (int64_t i = 0; i < t->n; i++)
    if (!strcmp(mj_table_text(t, "measure")[i], measure) && !strcmp(mj_table_text(t, "item")[i], item))
      return mj_table_f64(t, "value")[i];
  return NAN;
}

/* Seven rows: two of firm 1 on A, one on B without tax, an unknown code, no code, a repeated code, another year. */
static void fill_enterprises(mj_park *park) {
  mj_table *e = table(park, MJ_ENTERPRISES, 7);
  texts(e, "credit_code", (const char *[]){"1", "1", "2", "3", "4", "5", "1"});
  texts(e, "parcel_id", (const char *[]){"A", "A", "B", "X", NULL, "D", "A"});
  years(e, (int[]){2025, 2025, 2025, 2025, 2025, 2025, 2024});
  numbers(e, "tax_wan", (double[]){100, 50, NAN, 7, 8, 9, 30});
  numbers(e, "output_wan", (double[]){1000, 500, 300, 70, 80, 90, 400});
}

static void rows_go_to_the_parcel_they_name(void) {
  mj_park park;
  mj_table *t = parcels(&park);
  fill_enterprises(&park);
  must(mj__measure_enterprises(&park, NULL));
  const double *tax = mj_table_f64(t, "tax_wan"), *output = mj_table_f64(t, "output_wan");
  ASSERT_NEAR(tax[A], 150, 0);
  ASSERT_NEAR(mj_table_f64(t, "tax_wan_per_mu")[A], 5, 1e-12); /* 150 over 30 mu */
  ASSERT_INT(mj_table_i64(t, "enterprise_count")[A], 1);
  CU_ASSERT(isnan(tax[B])); /* its only row lacks the figure */
  ASSERT_NEAR(output[B], 300, 0);
  CU_ASSERT(isnan(tax[C]) && isnan(tax[D]) && isnan(tax[E]));
  CU_ASSERT_EQUAL(mj_table_i64(t, "enterprise_count")[C], MJ_I64_NULL);
  CU_ASSERT(isnan(mj_table_f64(t, "tax_3y_wan")[A])); /* 2023 is missing */
  ASSERT_INT(mj_table_i64(t, "years_known")[A], 2);
  ASSERT_INT(entries(&park, MJ_L_YEAR_REPEATED), 1);
  ASSERT_INT(entries(&park, MJ_L_JOIN_NO_PARCEL), 1);
  ASSERT_INT(entries(&park, MJ_L_JOIN_NO_KEY), 1);
  ASSERT_INT(entries(&park, MJ_L_JOIN_DUPLICATE_PARCEL), 1);
  ASSERT_INT(entries(&park, MJ_L_ENTERPRISE_VALUE_MISSING), 1);
  mj_park_reset(&park);
}

/* On A: a code, the same enterprise by its name alone, another name twice, and a row that says neither. */
static void an_enterprise_is_counted_once_by_code_or_name(void) {
  mj_park park;
  mj_table *t = parcels(&park);
  mj_table *e = table(&park, MJ_ENTERPRISES, 6);
  texts(e, "credit_code", (const char *[]){"1", NULL, NULL, NULL, NULL, "1"});
  texts(e, "enterprise_name", (const char *[]){"甲", "甲", "乙", "乙", NULL, "甲"});
  texts(e, "parcel_id", (const char *[]){"A", "A", "A", "A", "A", "B"});
  years(e, (int[]){2025, 2025, 2025, 2025, 2025, 2025});
  must(mj__measure_enterprises(&park, NULL));
  ASSERT_INT(mj_table_i64(t, "enterprise_count")[A], 3);
  ASSERT_INT(mj_table_i64(t, "enterprise_count")[B], 1);
  ASSERT_INT(entries(&park, MJ_L_YEAR_REPEATED), 2);
  mj_park_reset(&park);
}

static void every_sum_reconciles_with_the_reasons_why_the_rest_did_not_arrive(void) {
  mj_park park;
  parcels(&park);
  fill_enterprises(&park);
  must(mj__measure_enterprises(&park, NULL));
  ASSERT_NEAR(reconciled(&park, "output_wan", "source"), 2040, 0);
  ASSERT_NEAR(reconciled(&park, "output_wan", "parcels"), 1800, 0);
  ASSERT_NEAR(reconciled(&park, "output_wan", "unknown_parcel"), 70, 0);
  ASSERT_NEAR(reconciled(&park, "output_wan", "no_parcel_code"), 80, 0);
  ASSERT_NEAR(reconciled(&park, "output_wan", "duplicate_parcel_id"), 90, 0);
  ASSERT_NEAR(reconciled(&park, "output_wan", "residual"), 0, 0);
  ASSERT_NEAR(reconciled(&park, "tax_wan", "source"), 174, 0);
  ASSERT_NEAR(reconciled(&park, "tax_wan", "residual"), 0, 0);
  mj_park_reset(&park);
}

/* Rulebooks whose targets name these words. */
static void ask(mj_park *park, const char **sql, int n) {
  park->rulebook_facts = mj_arena_alloc(&park->arena, 1, sizeof *park->rulebook_facts);
  CU_ASSERT_PTR_NOT_NULL_FATAL(park->rulebook_facts);
  park->rulebook_facts[0] = (mj_rulebook_facts){.measures = sql, .n_measures = n};
  park->n_rulebooks = 1;
}

static void earlier_years_are_kept_as_far_as_a_target_names_them(void) {
  static const char *sql[] = {"SUM(Tax_Wan_Per_Mu)", "SUM(tax_3y_wan) + SUM(staff_of_mine) + SUM(enterprise_count)"};
  mj_park park;
  parcels(&park);
  mj_table *e = table(&park, MJ_ENTERPRISES, 9);
  texts(e, "credit_code", (const char *[]){"1", "1", "2", "2", "1", "1", "3", "1", "1"});
  texts(e, "parcel_id", (const char *[]){"A", "A", "A", "B", "A", "A", "X", "A", "A"});
  years(e, (int[]){2025, 2024, 2024, 2024, 2022, 2021, 2023, 2020, 2019});
  numbers(e, "tax_wan", (double[]){100, 60, 30, NAN, 12, 6, 5, 3, 1});
  numbers(e, "output_wan", (double[]){1, 1, 1, 1, 1, 1, 1, 1, 1});
  numbers(e, "staff", (double[]){1, 1, 1, 1, 1, 1, 1, 1, 1});
  ask(&park, sql, 2);
  must(mj__measure_enterprises(&park, NULL));
  const mj_table *t = &park.table[MJ_PARCEL_YEARS];
  const double *tax = mj_table_f64(t, "tax_wan"), *mean = mj_table_f64(t, "tax_3y_wan"),
               *per_mu = mj_table_f64(t, "tax_wan_per_mu");
  const int64_t *year = mj_table_i64(t, "year"), *count = mj_table_i64(t, "enterprise_count");
  CU_ASSERT_PTR_NOT_NULL_FATAL(t->name);
  ASSERT_INT(t->n, 5 * 5); /* 2024, 2023, 2022, 2021, 2020: 2019 lies too far back */
  CU_ASSERT_FATAL(tax && mean && per_mu && year && count);
  ASSERT_INT(year[0], 2024);
  ASSERT_INT(year[24], 2020);
  ASSERT_NEAR(tax[A], 90, 0);
  ASSERT_NEAR(per_mu[A], 3, 1e-12); /* 30 mu */
  ASSERT_INT(count[A], 2);
  CU_ASSERT(isnan(tax[B]) && isnan(tax[5 + A])); /* a row lacks it; no row in 2023 */
  CU_ASSERT_EQUAL(count[5 + A], MJ_I64_NULL);
  CU_ASSERT(isnan(mean[A]));
  ASSERT_NEAR(tax[10 + A], 12, 0);
  ASSERT_NEAR(mean[10 + A], 7, 1e-12);                                      /* 12, 6, 3 */
  ASSERT_NEAR(mean[15 + A], 10.0 / 3, 1e-12);                               /* 6, 3, 1 */
  CU_ASSERT(!mj_table_find(t, "staff") && !mj_table_find(t, "output_wan")); /* named by nobody */
  ASSERT_INT(entries(&park, MJ_L_ENTERPRISE_VALUE_MISSING), 1);             /* for the run's mean, and not once more */
  mj_park_reset(&park);
  parcels(&park);
  fill_enterprises(&park);
  must(mj__measure_enterprises(&park, NULL));
  CU_ASSERT_PTR_NULL(park.table[MJ_PARCEL_YEARS].name); /* no target, no table */
  mj_park_reset(&park);
}

static void in_a_complete_table_no_row_means_nothing_in_the_years_it_has(void) {
  mj_park park;
  mj_input input[] = {{.role = MJ_ENTERPRISES, .complete = true, .year = MJ_DATE_NULL},
                      {.role = MJ_ENTERPRISES, .complete = true, .year = 2023}};
  for (int files = 1; files <= 2; files++) { /* the second file declares 2023, of which there are no rows */
    mj_table *t = parcels(&park);
    fill_enterprises(&park);
    park.project.inputs = input, park.project.n_inputs = files;
    must(mj__measure_enterprises(&park, NULL));
    ASSERT_NEAR(mj_table_f64(t, "tax_wan")[C], 0, 0);
    ASSERT_INT(mj_table_i64(t, "enterprise_count")[C], 0);
    ASSERT_INT(mj_table_i64(t, "years_known")[C], 1 + files);
    if (files == 2) ASSERT_NEAR(mj_table_f64(t, "tax_3y_wan")[A], 60, 1e-12); /* (150 + 30 + 0) / 3 */
    else CU_ASSERT(isnan(mj_table_f64(t, "tax_3y_wan")[A]));
    CU_ASSERT(isnan(mj_table_f64(t, "tax_wan")[D]) &&
              isnan(mj_table_f64(t, "tax_wan")[E])); /* firm 5 belongs to one of them */
    CU_ASSERT_EQUAL(mj_table_i64(t, "enterprise_count")[D], MJ_I64_NULL);
    mj_park_reset(&park);
  }
}

static void one_row_is_shared_over_its_occupancies_by_floor_then_land(void) {
  mj_park park;
  mj_table *t = parcels(&park);
  mj_table *e = table(&park, MJ_ENTERPRISES, 2);
  texts(e, "credit_code", (const char *[]){"1", "2"});
  years(e, (int[]){2025, 2025});
  numbers(e, "tax_wan", (double[]){100, 60});
  mj_table *o = table(&park, MJ_OCCUPANCIES, 4);
  texts(o, "credit_code", (const char *[]){"1", "1", "2", "2"});
  texts(o, "parcel_id", (const char *[]){"A", "B", "A", "C"});
  numbers(o, "floor_area_m2", (double[]){3000, 1000, 500, NAN});
  numbers(o, "land_area_m2", (double[]){1, 1, 2000, 1000});
  must(mj__measure_enterprises(&park, NULL));
  const double *tax = mj_table_f64(t, "tax_wan");
  ASSERT_NEAR(tax[A], 75 + 40, 1e-12); /* firm 1 by floor 3:1, firm 2 by land 2:1 */
  ASSERT_NEAR(tax[B], 25, 1e-12);
  ASSERT_NEAR(tax[C], 20, 1e-12);
  ASSERT_INT(mj_table_i64(t, "enterprise_count")[A], 2);
  ASSERT_NEAR(reconciled(&park, "tax_wan", "residual"), 0, 1e-12);
  mj_park_reset(&park);
}

/* Firm 1 has no common area on A and B, firm 2 lacks one on A; firm 3 is on A alone, firm 4 on C. */
static void a_firm_that_cannot_be_shared_leaves_its_parcels_unknown(void) {
  mj_park park;
  mj_table *t = parcels(&park);
  mj_table *e = table(&park, MJ_ENTERPRISES, 4);
  texts(e, "credit_code", (const char *[]){"1", "2", "3", "4"});
  texts(e, "parcel_id", (const char *[]){NULL, NULL, "A", "C"});
  years(e, (int[]){2025, 2025, 2025, 2025});
  numbers(e, "tax_wan", (double[]){40, 7, 1, 5});
  mj_table *o = table(&park, MJ_OCCUPANCIES, 4);
  texts(o, "credit_code", (const char *[]){"1", "1", "2", "2"});
  texts(o, "parcel_id", (const char *[]){"A", "B", "B", "A"});
  numbers(o, "floor_area_m2", (double[]){10, NAN, 5, NAN});
  numbers(o, "land_area_m2", (double[]){NAN, 10, NAN, NAN});
  must(mj__measure_enterprises(&park, NULL));
  const double *tax = mj_table_f64(t, "tax_wan");
  CU_ASSERT(isnan(tax[A]) && isnan(tax[B]));
  CU_ASSERT_EQUAL(mj_table_i64(t, "enterprise_count")[A], MJ_I64_NULL);
  ASSERT_INT(mj_table_i64(t, "years_known")[A], 0);
  ASSERT_INT(mj_table_i64(t, "years_known")[C], 1);
  ASSERT_NEAR(tax[C], 5, 0);
  ASSERT_INT(entries(&park, MJ_L_ALLOC_MIXED_AREA), 1);
  ASSERT_INT(entries(&park, MJ_L_ALLOC_NO_AREA), 1);
  ASSERT_NEAR(reconciled(&park, "tax_wan", "mixed_areas"), 40, 0);
  ASSERT_NEAR(reconciled(&park, "tax_wan", "no_area_to_share"), 7, 0);
  ASSERT_NEAR(reconciled(&park, "tax_wan", "on_parcels_with_missing_figures"), 1, 0);
  ASSERT_NEAR(reconciled(&park, "tax_wan", "residual"), 0, 1e-12);
  mj_park_reset(&park);
}

static void occupancies_of_another_time_and_firms_reported_by_place_are_not_shared(void) {
  mj_park park;
  mj_table *t = parcels(&park);
  mj_table *e = table(&park, MJ_ENTERPRISES, 3);
  texts(e, "credit_code", (const char *[]){"1", "2", "2"});
  texts(e, "parcel_id", (const char *[]){"B", "A", "B"});
  years(e, (int[]){2025, 2025, 2025});
  numbers(e, "tax_wan", (double[]){100, 10, 20});
  mj_table *o = table(&park, MJ_OCCUPANCIES, 2);
  texts(o, "credit_code", (const char *[]){"1", "2"});
  texts(o, "parcel_id", (const char *[]){"A", "C"});
  mj_column *to = mj_table_add(o, "to_date", MJ_DATE);
  to->date[0] = mj_date_from_ymd(2024, 12, 31);
  must(mj__measure_enterprises(&park, NULL));
  const double *tax = mj_table_f64(t, "tax_wan");
  ASSERT_NEAR(tax[B], 120, 0); /* firm 1 left A in 2024: its own code counts; firm 2 is reported by place */
  ASSERT_NEAR(tax[A], 10, 0);
  CU_ASSERT(isnan(tax[C]));
  mj_park_reset(&park);
}

static void keys_are_counted_on_both_sides(void) {
  mj_park park;
  parcels(&park);
  fill_enterprises(&park);
  must(mj__measure_enterprises(&park, NULL));
  ASSERT_INT(park.n_joins, 1);
  const mj_join *j = &park.joins[0];
  ASSERT_INT(j->left_keys, 4);
  ASSERT_INT(j->right_keys, 4);
  ASSERT_INT(j->matched_keys, 3);
  ASSERT_INT(j->only_left, 1);
  ASSERT_INT(j->only_right, 1);
  ASSERT_INT(j->right_null, 1);
  ASSERT_INT(j->left_null, 0);
  ASSERT_INT(j->right_repeated, 1);
  ASSERT_INT(j->right_most, 3);
  mj_park_reset(&park);
}

static void stated_land_of_zero_is_neither_added_nor_averaged(void) {
  mj_park park;
  mj_table *t = parcels(&park);
  mj_table *e = table(&park, MJ_ENTERPRISES, 4);
  texts(e, "parcel_id", (const char *[]){"A", "A", "B", "A"});
  numbers(e, "land_area_m2", (double[]){500, NAN, 0, 200});
  must(mj__measure_enterprises(&park, NULL));
  ASSERT_NEAR(mj_table_f64(t, "enterprise_land_m2")[A], 700, 0);
  CU_ASSERT(isnan(mj_table_f64(t, "enterprise_land_m2")[B]));
  ASSERT_INT(mj_table_i64(t, "enterprise_count")[A], 3); /* rows without a credit code count each */
  ASSERT_INT(entries(&park, MJ_L_YEAR_ASSUMED), 1);
  mj_park_reset(&park);
}

static void a_row_without_year_beside_rows_with_one_counts_for_no_year(void) {
  mj_park park;
  mj_table *t = parcels(&park);
  mj_table *e = table(&park, MJ_ENTERPRISES, 2);
  texts(e, "parcel_id", (const char *[]){"A", "A"});
  years(e, (int[]){2025, 0});
  mj_table_i64(e, "year")[1] = MJ_I64_NULL;
  numbers(e, "tax_wan", (double[]){100, 40});
  must(mj__measure_enterprises(&park, NULL));
  ASSERT_NEAR(mj_table_f64(t, "tax_wan")[A], 100, 0);
  ASSERT_INT(entries(&park, MJ_L_YEAR_MISSING), 1);
  ASSERT_NEAR(reconciled(&park, "tax_wan", "no_year"), 40, 0);
  ASSERT_NEAR(reconciled(&park, "tax_wan", "residual"), 0, 0);
  mj_park_reset(&park);
}

static void a_year_after_the_reference_date_is_not_of_this_run(void) {
  mj_park park;
  mj_table *t = parcels(&park);
  mj_table *e = table(&park, MJ_ENTERPRISES, 3);
  park.project.as_of = mj_date_from_ymd(2025, 12, 31);
  texts(e, "parcel_id", (const char *[]){"A", "A", "A"});
  years(e, (int[]){2025, 2026, 2199});
  numbers(e, "tax_wan", (double[]){100, 40, 7});
  must(mj__measure_enterprises(&park, NULL));
  ASSERT_NEAR(mj_table_f64(t, "tax_wan")[A], 100, 0);
  ASSERT_INT(entries(&park, MJ_L_YEAR_LATER), 1);
  ASSERT_INT(entries(&park, MJ_L_YEAR_MISSING), 1);
  ASSERT_NEAR(reconciled(&park, "tax_wan", "residual"), 0, 0);
  mj_park_reset(&park);
}

static void many_rows_without_a_year_are_one_entry_with_their_number(void) {
  enum { MANY = 30 };
  const char *ids[MANY];
  int y[MANY] = {2025};
  mj_park park;
  parcels(&park);
  mj_table *e = table(&park, MJ_ENTERPRISES, MANY);
  for (int i = 0; i < MANY; i++) ids[i] = "A";
  texts(e, "parcel_id", ids);
  years(e, y); /* one row of 2025, the others of no year */
  must(mj__measure_enterprises(&park, NULL));
  ASSERT_INT(entries(&park, MJ_L_YEAR_MISSING), 1);
  for (int64_t i = 0; i < park.ledger.n; i++)
    if (park.ledger.entry[i].code == MJ_L_YEAR_MISSING) {
      ASSERT_TEXT(park.ledger.entry[i].found, "29");
      ASSERT_INT(park.ledger.entry[i].rows, 29);
    }
  mj_park_reset(&park);
}

/* @p n occupancies that begin after they end, as many of parcels that are not there, as many that use more
 * than they lease, and as many enterprises on parcels that are not there. */
static void check_many(int n) {
  enum { MOST = 30 };
  const char *no[MOST], *at[3 * MOST];
  double floor[3 * MOST], used[3 * MOST];
  int y[MOST];
  mj_park park;
  parcels(&park);
  mj_table *e = table(&park, MJ_ENTERPRISES, n), *o = table(&park, MJ_OCCUPANCIES, 3 * n);
  mj_column *from = mj_table_add(o, "from_date", MJ_DATE), *to = mj_table_add(o, "to_date", MJ_DATE);
  for (int i = 0; i < n; i++) {
    no[i] = at[i] = "nowhere", at[n + i] = at[2 * n + i] = "A", y[i] = 2025;
    floor[i] = floor[n + i] = floor[2 * n + i] = 1, used[i] = used[n + i] = NAN, used[2 * n + i] = 2;
    from->date[i] = to->date[i] = from->date[n + i] = mj_date_from_ymd(2025, 6, 1);
    to->date[n + i] = mj_date_from_ymd(2025, 5, 1);
    from->date[2 * n + i] = to->date[2 * n + i] = MJ_DATE_NULL;
  }
  texts(e, "parcel_id", no);
  years(e, y);
  texts(o, "parcel_id", at);
  numbers(o, "floor_area_m2", floor);
  numbers(o, "used_area_m2", used);
  must(mj__measure_enterprises(&park, NULL));
  must(mj__measure_conservation(&park, NULL));
  int entries_of_each = n > MJ_LEDGER_FEW ? 1 : n;
  ASSERT_INT(entries(&park, MJ_L_USE_DATES), entries_of_each);
  ASSERT_INT(entries(&park, MJ_L_USE_NO_PLACE), entries_of_each);
  ASSERT_INT(entries(&park, MJ_L_JOIN_NO_PARCEL), entries_of_each);
  ASSERT_INT(entries(&park, MJ_L_USE_OVER_LEASED), entries_of_each);
  ASSERT_INT(first_entry(&park, MJ_L_USE_DATES)->rows, n > MJ_LEDGER_FEW ? n : 0);
  ASSERT_INT(first_entry(&park, MJ_L_USE_NO_PLACE)->rows, 0); /* it sets nothing aside */
  const mj_table *r = &park.table[MJ_RECONCILIATION];
  const char **item = mj_table_text(r, "item");
  double aside = NAN;
  for (int64_t i = 0; i < r->n; i++)
    if (!strcmp(item[i], "USE_DATES")) aside = mj_table_f64(r, "value")[i];
  ASSERT_NEAR(aside, n, 0);
  mj_park_reset(&park);
}

static void many_rows_with_one_fault_are_one_entry_with_their_number(void) {
  check_many(MJ_LEDGER_FEW);
  check_many(MJ_LEDGER_FEW + 1);
}

static void two_files_without_a_year_are_not_both_the_year_of_the_run(void) {
  mj_park park;
  mj_source sources[] = {{.role = MJ_ENTERPRISES, .path = "a.csv", .rows_kept = 1},
                         {.role = MJ_ENTERPRISES, .path = "b.csv", .rows_kept = 1}};
  mj_table *t = parcels(&park);
  mj_table *e = table(&park, MJ_ENTERPRISES, 2);
  texts(e, "parcel_id", (const char *[]){"A", "A"});
  numbers(e, "tax_wan", (double[]){100, 40});
  park.sources = sources, park.n_sources = 2;
  must(mj__measure_enterprises(&park, NULL));
  CU_ASSERT(isnan(mj_table_f64(t, "tax_wan")[A]));
  ASSERT_INT(entries(&park, MJ_L_YEAR_MISSING), 2);
  ASSERT_TEXT(park.ledger.entry[park.ledger.n - 1].layer, "enterprises (b.csv)");
  mj_park_reset(&park);
}

static void a_figure_missing_in_an_earlier_year_is_told_with_its_year(void) {
  mj_park park;
  mj_table *t = parcels(&park);
  mj_table *e = table(&park, MJ_ENTERPRISES, 3);
  texts(e, "parcel_id", (const char *[]){"A", "A", "A"});
  years(e, (int[]){2025, 2024, 2023});
  numbers(e, "tax_wan", (double[]){100, NAN, 40});
  numbers(e, "staff", (double[]){1, NAN, NAN});
  must(mj__measure_enterprises(&park, NULL));
  CU_ASSERT(isnan(mj_table_f64(t, "tax_3y_wan")[A]));
  ASSERT_INT(entries(&park, MJ_L_ENTERPRISE_VALUE_MISSING), 1); /* staff has no three-year mean that would miss it */
  for (int64_t i = 0; i < park.ledger.n; i++)
    if (park.ledger.entry[i].code == MJ_L_ENTERPRISE_VALUE_MISSING) ASSERT_TEXT(park.ledger.entry[i].found, "2024");
  mj_park_reset(&park);
}

/* A check of the data may know no year: then nobody uses anything in it. */
static void without_a_year_there_are_no_uses(void) {
  mj_park park;
  parcels(&park);
  mj_table *o = table(&park, MJ_OCCUPANCIES, 1);
  texts(o, "credit_code", (const char *[]){"1"});
  texts(o, "parcel_id", (const char *[]){"A"});
  park.project.year = MJ_DATE_NULL;
  must(mj__measure_enterprises(&park, NULL));
  CU_ASSERT_PTR_NULL(park.table[MJ_OCCUPANCY_SHARES].name);
  park.project.year = 2025;
  must(mj__measure_enterprises(&park, NULL));
  CU_ASSERT_PTR_NOT_NULL(park.table[MJ_OCCUPANCY_SHARES].name);
  mj_park_reset(&park);
}

SUITE_OF(enterprises, T(without_a_year_there_are_no_uses),
         T(a_row_without_year_beside_rows_with_one_counts_for_no_year),
         T(two_files_without_a_year_are_not_both_the_year_of_the_run),
         T(a_year_after_the_reference_date_is_not_of_this_run),
         T(many_rows_without_a_year_are_one_entry_with_their_number),
         T(many_rows_with_one_fault_are_one_entry_with_their_number),
         T(a_figure_missing_in_an_earlier_year_is_told_with_its_year), T(rows_go_to_the_parcel_they_name),
         T(an_enterprise_is_counted_once_by_code_or_name), T(earlier_years_are_kept_as_far_as_a_target_names_them),
         T(every_sum_reconciles_with_the_reasons_why_the_rest_did_not_arrive),
         T(in_a_complete_table_no_row_means_nothing_in_the_years_it_has),
         T(one_row_is_shared_over_its_occupancies_by_floor_then_land),
         T(a_firm_that_cannot_be_shared_leaves_its_parcels_unknown),
         T(occupancies_of_another_time_and_firms_reported_by_place_are_not_shared), T(keys_are_counted_on_both_sides),
         T(stated_land_of_zero_is_neither_added_nor_averaged));
