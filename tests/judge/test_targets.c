/* Targets measure progress and judge nobody; zone strategies. */
#include "fixture.h"

static int64_t find_target(const fixture *f, const char *code, const char *zone) {
  const mj_table *t = &f->park.table[MJ_TARGETS];
  for (int64_t i = 0; i < t->n; i++) {
    const char *z = mj_table_text(t, "zone")[i];
    if (!strcmp(mj_table_text(t, "target")[i], code) && (zone ? z && !strcmp(z, zone) : !z)) return i;
  }
  return -1;
}

static double reached(const fixture *f, const char *code, const char *zone) {
  int64_t i = find_target(f, code, zone);
  return i < 0 ? -1e9 : mj_table_f64(&f->park.table[MJ_TARGETS], "reached_value")[i];
}

static const char *state(const fixture *f, const char *code) {
  int64_t i = find_target(f, code, NULL);
  return i < 0 ? "" : mj_table_text(&f->park.table[MJ_TARGETS], "state")[i];
}

static void make_park(fixture *f, const char *as_of) {
  set_up(f, 3, as_of);
  double *tax = f64(f, "tax_wan"), *mu = f64(f, "area_mu");
  const char **zone = text(f, "zone");
  tax[0] = 300, mu[0] = 10, zone[0] = "北片区", tax[1] = 100, mu[1] = 10, zone[1] = "南片区", mu[2] = 80,
  zone[2] = "北片区";
  mj_table *zones = &f->park.table[MJ_ZONES], *projects = &f->park.table[MJ_PROJECTS],
           *firms = &f->park.table[MJ_ENTERPRISES];
  CU_ASSERT_EQUAL_FATAL(mj_table_init(zones, "zones", 2) || mj_table_init(projects, "projects", 2) ||
                            mj_table_init(firms, "enterprises", 3),
                        0);
  const char **name = mj_table_add(zones, "zone", MJ_TEXT)->text;
  name[0] = "北片区", name[1] = "南片区";
  const char **id = mj_table_add(projects, "parcel_id", MJ_TEXT)->text;
  int32_t *finish = mj_table_add(projects, "finish_on", MJ_DATE)->date;
  double *land = mj_table_add(projects, "land_area_m2", MJ_F64)->f64,
         *floor = mj_table_add(projects, "floor_area_m2", MJ_F64)->f64;
  id[0] = "P1", id[1] = "P2", finish[0] = mj_date_from_ymd(2023, 6, 30), finish[1] = mj_date_from_ymd(2030, 1, 1);
  land[0] = 2000, land[1] = 99999, floor[0] = 50000, floor[1] = 99999;
  int64_t *year = mj_table_add(firms, "year", MJ_I64)->i64;
  double *firm_tax = mj_table_add(firms, "tax_wan", MJ_F64)->f64,
         *output = mj_table_add(firms, "output_wan", MJ_F64)->f64;
  uint8_t *above = mj_table_add(firms, "above_scale", MJ_TRI)->tri;
  for (int i = 0; i < 3; i++)
    year[i] = i < 2 ? f->park.project.year : 2019, firm_tax[i] = 10000, output[i] = 20000, above[i] = i != 1;
}

static void progress_is_measured_by_park_and_zone(void) {
  fixture f;
  make_park(&f, "2024-12-31");
  add_book(&f, "licheng-2022");
  CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
  CU_ASSERT_EQUAL(reached(&f, "LC2022-TAX-MU", NULL), 20); /* 400 over the 20 mu that have figures */
  CU_ASSERT_EQUAL(reached(&f, "LC2022-TAX-MU", "北片区"), 30);
  CU_ASSERT_EQUAL(reached(&f, "LC2022-TAX-MU", "南片区"), 10);
  CU_ASSERT(isnan(reached(&f, "LC2022-OUT-MU", NULL)));       /* no output known: unknown, not 0 */
  CU_ASSERT_EQUAL(reached(&f, "LC2022-TAX", NULL), 2);        /* 20000 wan of the year; 2019 left out */
  CU_ASSERT_EQUAL(reached(&f, "LC2022-OUTPUT", NULL), 2);     /* one enterprise above scale */
  CU_ASSERT_EQUAL(reached(&f, "LC2022-RENEW-TAX", NULL), 30); /* P1 only: its project is finished */
  CU_ASSERT_EQUAL(reached(&f, "LC2022-LAND", NULL), 3);       /* 2000 m2 are 3 mu */
  CU_ASSERT_EQUAL(reached(&f, "LC2022-FLOOR", NULL), 5);
  CU_ASSERT_EQUAL(reached(&f, "LC2022-P2-COUNT", NULL), 1);
  CU_ASSERT(isnan(reached(&f, "LC2022-P1-COUNT", NULL)));
  const mj_table *t = &f.park.table[MJ_TARGETS];
  int64_t i = find_target(&f, "LC2022-TAX-MU", NULL);
  CU_ASSERT_EQUAL(mj_table_f64(t, "target_value")[i], 30);
  CU_ASSERT(fabs(mj_table_f64(t, "progress")[i] - 2.0 / 3) < 1e-15);
  CU_ASSERT_STRING_EQUAL(mj_table_text(t, "unit")[i], "万元/亩");
  CU_ASSERT_STRING_EQUAL(mj_table_text(t, "rulebook")[i], "licheng-2022 1");
  CU_ASSERT_EQUAL(mj_table_date(t, "due")[i], mj_date_from_ymd(2024, 12, 31));
  CU_ASSERT_STRING_EQUAL(state(&f, "LC2022-TAX-MU"), "open");
  CU_ASSERT_STRING_EQUAL(state(&f, "LC2022-P1-LAND"), "expired"); /* due 2022-12-31 */
  CU_ASSERT_EQUAL(tri(&f, "inefficient")[1], MJ_UNKNOWN);         /* 10 of 30, and no verdict */
  CU_ASSERT_EQUAL(f.park.table[MJ_REASONS].n, 0);
  tear_down(&f);
}

static void a_lapsed_plan_shows_what_was_reached_as_expired(void) {
  fixture f;
  make_park(&f, "2026-03-31");
  add_book(&f, "licheng-2022");
  CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
  CU_ASSERT_EQUAL(reached(&f, "LC2022-TAX-MU", NULL), 20);
  CU_ASSERT_STRING_EQUAL(state(&f, "LC2022-TAX-MU"), "expired");
  CU_ASSERT_EQUAL(f.park.ledger.entry[0].code, MJ_L_RULEBOOK_OUT_OF_FORCE);
  CU_ASSERT_PTR_NULL(mj_table_find(&f.park.table[MJ_ZONES], "strategy")); /* a lapsed strategy binds nobody */
  tear_down(&f);
}

static void strategies_go_to_their_zones_while_in_force(void) {
  fixture f;
  make_park(&f, "2024-12-31");
  add_book(&f, "licheng-2022");
  CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
  const char **strategy = mj_table_text(&f.park.table[MJ_ZONES], "strategy");
  CU_ASSERT_PTR_NOT_NULL_FATAL(strategy);
  CU_ASSERT_STRING_EQUAL(strategy[0], "空置低效用地收储和改造，打造高端产业发展示范区");
  CU_ASSERT_STRING_EQUAL(strategy[1], "探索新型产业用地M0，适度发展居住、商业配套");
  tear_down(&f);
}

static void a_target_that_cannot_be_computed_is_an_error(void) {
  fixture f;
  set_up(&f, 1, "2026-03-31");
  write_book(&f, "book", HEAD("a") "targets: [{code: T, measure: sum(tex_wan), target: 1}]}");
  refuses(&f, MJ_ERULE, ":4:30: target T: no such column: tex_wan (near: tax_wan, rd_wan, rent_wan)");
  tear_down(&f);
}

/* The parcels' tax in 2024 and in 2019, as measure hands it on. */
static void add_years(fixture *f) {
  static const double tax[] = {150, 50, NAN, 30, NAN, 80};
  mj_table *t = &f->park.table[MJ_PARCEL_YEARS];
  CU_ASSERT_EQUAL_FATAL(mj_table_init(t, "parcel_years", 6), MJ_OK);
  int64_t *year = mj_table_add(t, "year", MJ_I64)->i64;
  double *v = mj_table_add(t, "tax_wan", MJ_F64)->f64;
  for (int i = 0; i < 6; i++) year[i] = i < 3 ? 2024 : 2019, v[i] = tax[i];
}

static double reached_in(const fixture *f, const char *code, const char *zone, int64_t year, int64_t *row) {
  const mj_table *t = &f->park.table[MJ_TARGETS];
  for (int64_t i = 0; i < t->n; i++) {
    const char *z = mj_table_text(t, "zone")[i];
    if (strcmp(mj_table_text(t, "target")[i], code) != 0 || mj_table_i64(t, "year")[i] != year) continue;
    if (zone ? !z || strcmp(z, zone) != 0 : z != NULL) continue;
    if (row) *row = i;
    return mj_table_f64(t, "reached_value")[i];
  }
  return -1e9;
}

static void targets_over_figures_have_a_row_for_each_earlier_year(void) {
  fixture f;
  int64_t now, before, last;
  make_park(&f, "2024-12-31");
  add_years(&f);
  add_book(&f, "licheng-2022");
  CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
  CU_ASSERT_EQUAL(reached_in(&f, "LC2022-TAX-MU", NULL, 2025, &now), 20);
  CU_ASSERT_EQUAL(reached_in(&f, "LC2022-TAX-MU", NULL, 2024, &before), 10);
  ASSERT_NEAR(reached_in(&f, "LC2022-TAX-MU", NULL, 2019, &last), 110.0 / 90, 1e-12); /* 30 and 80 over 10 and 80 mu */
  CU_ASSERT_EQUAL(reached_in(&f, "LC2022-TAX-MU", "北片区", 2024, NULL), 15);
  CU_ASSERT_EQUAL(reached_in(&f, "LC2022-TAX-MU", "南片区", 2024, NULL), 5);
  CU_ASSERT(isnan(reached_in(&f, "LC2022-TAX-MU", "南片区", 2019, NULL)));
  CU_ASSERT_EQUAL(now, 0);
  CU_ASSERT_EQUAL(last, before + 1); /* the years of a target and place together, behind all rows of the year */
  CU_ASSERT_EQUAL(mj_table_i64(&f.park.table[MJ_TARGETS], "year")[before - 1], 2025);
  CU_ASSERT_EQUAL(reached_in(&f, "LC2022-TAX", NULL, 2025, NULL), 2);
  CU_ASSERT(isnan(reached_in(&f, "LC2022-TAX", NULL, 2024, NULL))); /* no enterprise row of that year */
  CU_ASSERT_EQUAL(reached_in(&f, "LC2022-TAX", NULL, 2019, NULL), 1);
  CU_ASSERT_EQUAL(reached_in(&f, "LC2022-RENEW-TAX", NULL, 2024, NULL), 15); /* projects as they are, tax of 2024 */
  CU_ASSERT_EQUAL(reached_in(&f, "LC2022-LAND", NULL, MJ_I64_NULL, NULL), 3);
  CU_ASSERT_EQUAL(reached_in(&f, "LC2022-LAND", NULL, 2024, NULL), -1e9);
  CU_ASSERT_EQUAL(f64(&f, "tax_wan")[0], 300); /* the parcels are what they were */
  CU_ASSERT(isnan(reached_in(&f, "LC2022-OUT-MU", NULL, 2025, NULL)));
  CU_ASSERT_EQUAL(reached_in(&f, "LC2022-OUT-MU", NULL, 2024, NULL), -1e9); /* no output of parcels is known by year */
  tear_down(&f);
}

static void what_stands_on_the_years_verdicts_has_no_row_of_another(void) {
  static const struct {
    const char *code;
    int64_t year;
    int rows;
  } want[] = {{"FACT", 2025, 1},       {"MIXED", 2025, 1}, {"VERDICT", 2025, 1},    {"LAND", MJ_I64_NULL, 1},
              {"PLAIN-FACT", 2025, 3}, {"FIRMS", 2025, 3}, {"LAST", MJ_I64_NULL, 1}};
  fixture f;
  make_park(&f, "2026-03-31");
  add_years(&f);
  write_book(&f, "book",
             HEAD("a") "facts: [{name: good, sql: tax_wan > 100}, {name: large, sql: area_mu > 50}],\n"
                       "rules: [{code: R, verdict: inefficient, when: {measure: tax_wan, op: \"<\", limit: 1}}],\n"
                       "targets: [{code: FACT, measure: SUM(good), target: 1},\n"
                       " {code: MIXED, measure: SUM(tax_wan) FILTER (WHERE good), target: 1},\n"
                       " {code: VERDICT, measure: SUM(inefficient), target: 1},\n"
                       " {code: LAND, measure: SUM(area_mu), target: 1},\n"
                       " {code: PLAIN-FACT, measure: SUM(tax_wan) FILTER (WHERE NOT large), target: 1},\n"
                       " {code: FIRMS, measure: (SELECT COUNT(*) FROM enterprises WHERE year = :year), target: 1},\n"
                       " {code: LAST, measure: (SELECT MAX(year) FROM enterprises), target: 1}]}");
  CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
  const mj_table *t = &f.park.table[MJ_TARGETS];
  for (size_t k = 0; k < sizeof want / sizeof *want; k++) {
    int rows = 0;
    for (int64_t i = 0; i < t->n; i++) rows += !strcmp(mj_table_text(t, "target")[i], want[k].code);
    ASSERT_INT(rows, want[k].rows);
    CU_ASSERT_NOT_EQUAL(reached_in(&f, want[k].code, NULL, want[k].year, NULL), -1e9);
  }
  CU_ASSERT_EQUAL(reached_in(&f, "PLAIN-FACT", NULL, 2025, NULL), 400);
  CU_ASSERT_EQUAL(reached_in(&f, "PLAIN-FACT", NULL, 2024, NULL), 200);
  CU_ASSERT_EQUAL(reached_in(&f, "PLAIN-FACT", NULL, 2019, NULL), 30); /* the third parcel is large */
  CU_ASSERT_EQUAL(reached_in(&f, "FIRMS", NULL, 2025, NULL), 2);
  CU_ASSERT_EQUAL(reached_in(&f, "FIRMS", NULL, 2019, NULL), 1);
  tear_down(&f);
}

/* Two contracts, of 2019 and 2025: what is agreed, and what came of it in the run's year. */
static void add_contracts(fixture *f) {
  mj_table *t = &f->park.table[MJ_CONTRACTS];
  CU_ASSERT_EQUAL_FATAL(mj_table_init(t, "contracts", 2), MJ_OK);
  const char **id = mj_table_add(t, "parcel_id", MJ_TEXT)->text, **meets = mj_table_add(t, "meets_tax", MJ_TEXT)->text;
  int32_t *signed_on = mj_table_add(t, "signed_on", MJ_DATE)->date;
  double *agreed = mj_table_add(t, "tax_wan_per_mu", MJ_F64)->f64,
         *actual = mj_table_add(t, "tax_actual_wan_per_mu", MJ_F64)->f64,
         *margin = mj_table_add(t, "tax_margin_wan_per_mu", MJ_F64)->f64;
  uint8_t *met = mj_table_add(t, "met", MJ_TRI)->tri;
  signed_on[0] = mj_date_from_ymd(2019, 5, 1), signed_on[1] = mj_date_from_ymd(2025, 5, 1);
  for (int i = 0; i < 2; i++) {
    id[i] = i ? "P2" : "P1", meets[i] = i ? "no" : "yes", met[i] = !i;
    agreed[i] = 20, actual[i] = i ? 10 : 30, margin[i] = actual[i] - agreed[i];
  }
}

/* Tax: 300 and 100 of 2025, 150 and 50 of 2024, none and 30 of 2019; each parcel has 10 mu and agreed 20 wan per mu. */
static void contracts_move_with_the_years_unless_they_are_compared(void) {
  static const char *const still[] = {"MET", "MEETS", "ACTUAL", "MARGIN"};
  fixture f;
  make_park(&f, "2026-03-31");
  add_years(&f);
  add_contracts(&f);
  write_book(
      &f, "book",
      HEAD("a") "targets: [{code: MET, measure: (SELECT SUM(met) FROM contracts) + 0 * SUM(tax_wan), target: 1},\n"
                " {code: MEETS, measure: SUM(tax_wan) FILTER (WHERE parcel_id IN (SELECT parcel_id FROM contracts WHERE "
                "meets_tax = 'yes')), target: 1},\n"
                " {code: ACTUAL, measure: (SELECT SUM(tax_actual_wan_per_mu) FROM contracts), target: 1},\n"
                " {code: MARGIN, measure: (SELECT MIN(tax_margin_wan_per_mu) FROM contracts), target: 1},\n"
                " {code: AGREED, measure: (SELECT SUM(tax_wan_per_mu) FROM contracts), target: 1},\n"
                " {code: SHARE, measure: (SELECT AVG(p.tax_wan / p.area_mu >= c.tax_wan_per_mu) FROM contracts AS c JOIN "
                "parcels AS p ON p.parcel_id = c.parcel_id), target: 1},\n"
                " {code: SIGNED, measure: \"(SELECT COUNT(*) FROM contracts WHERE CAST(substr(signed_on, 1, 4) AS "
                "INTEGER) = :year)\", target: 1}]}");
  CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
  for (size_t k = 0; k < sizeof still / sizeof *still; k++) {
    CU_ASSERT_NOT_EQUAL(reached_in(&f, still[k], NULL, 2025, NULL), -1e9);
    CU_ASSERT_EQUAL(reached_in(&f, still[k], NULL, 2024, NULL), -1e9);
    CU_ASSERT_EQUAL(reached_in(&f, still[k], NULL, 2019, NULL), -1e9);
  }
  CU_ASSERT_EQUAL(reached_in(&f, "MET", NULL, 2025, NULL), 1);
  CU_ASSERT_EQUAL(reached_in(&f, "MEETS", NULL, 2025, NULL), 300);
  CU_ASSERT_EQUAL(reached_in(&f, "ACTUAL", NULL, 2025, NULL), 40);
  CU_ASSERT_EQUAL(reached_in(&f, "MARGIN", NULL, 2025, NULL), -10);
  CU_ASSERT_EQUAL(reached_in(&f, "AGREED", NULL, MJ_I64_NULL, NULL), 40);
  CU_ASSERT_EQUAL(reached_in(&f, "AGREED", NULL, 2024, NULL), -1e9);
  CU_ASSERT_EQUAL(reached_in(&f, "SHARE", NULL, 2025, NULL), 0.5); /* 30 and 10 wan per mu, 20 agreed */
  CU_ASSERT_EQUAL(reached_in(&f, "SHARE", NULL, 2024, NULL), 0);   /* 15 and 5 */
  CU_ASSERT_EQUAL(reached_in(&f, "SHARE", NULL, 2019, NULL), 0);   /* not known, and 3 */
  CU_ASSERT_EQUAL(reached_in(&f, "SIGNED", NULL, 2025, NULL), 1);
  CU_ASSERT_EQUAL(reached_in(&f, "SIGNED", NULL, 2024, NULL), 0);
  CU_ASSERT_EQUAL(reached_in(&f, "SIGNED", NULL, 2019, NULL), 1);
  tear_down(&f);
}

/* It fails with the figures of 2019 only. */
static void a_failure_of_one_year_names_the_target(void) {
  fixture f;
  make_park(&f, "2026-03-31");
  add_years(&f);
  write_book(&f, "book",
             HEAD("a") "targets: [{code: T, measure: SUM(tax_wan), target: 1},\n"
                       " {code: U, measure: \"SUM(tax_wan) + CASE :year WHEN 2019 THEN abs(-9223372036854775807 - 1) ELSE "
                       "0 END\", target: 1}]}");
  refuses(&f, MJ_ERULE, ":5:21: target U: integer overflow");
  tear_down(&f);
}

SUITE_OF(targets, T(progress_is_measured_by_park_and_zone), T(a_lapsed_plan_shows_what_was_reached_as_expired),
         T(targets_over_figures_have_a_row_for_each_earlier_year),
         T(what_stands_on_the_years_verdicts_has_no_row_of_another), T(strategies_go_to_their_zones_while_in_force),
         T(a_target_that_cannot_be_computed_is_an_error), T(contracts_move_with_the_years_unless_they_are_compared),
         T(a_failure_of_one_year_names_the_target));
