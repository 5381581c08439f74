#include "fixture.h"

static const rect plots[] = {{0, 0, 100, 100}, {200, 0, 100, 100}, {400, 0, 100, 100}};
enum { FIRMS = 6, YEARS = 3, ROWS = FIRMS * YEARS };

/* Six enterprises on three parcels over three years: output 1000 to 6000, tax a twentieth of it. */
typedef struct {
  mj_park park;
  double output[ROWS], tax[ROWS], staff[ROWS], land[ROWS];
} firms;

static void set_up(firms *f) {
  for (int i = 0; i < ROWS; i++) {
    f->output[i] = 1000 * (i % FIRMS + 1);
    f->tax[i] = f->output[i] / 20;
    f->staff[i] = 20 * (i % FIRMS + 1);
    f->land[i] = 3000;
  }
}

static void run(firms *f, mj_lang lang) {
  static const char *const parcel[] = {"A", "B", "C"}, *const code[] = {"1", "2", "3", "4", "5", "6"};
  const char *codes[ROWS], *parcels[ROWS];
  int year[ROWS];
  new_park(&f->park);
  f->park.project.lang = lang;
  texts(lay(&f->park, MJ_PARCELS, 3, plots), "parcel_id", parcel);
  for (int i = 0; i < ROWS; i++) {
    codes[i] = code[i % FIRMS];
    parcels[i] = parcel[i % FIRMS / 2];
    year[i] = 2023 + i / FIRMS;
  }
  mj_table *e = &f->park.table[MJ_ENTERPRISES];
  must(mj_table_init(e, "enterprises", ROWS));
  texts(e, "credit_code", codes);
  texts(e, "parcel_id", parcels);
  years(e, year);
  numbers(e, "output_wan", f->output);
  numbers(e, "tax_wan", f->tax);
  numbers(e, "staff", f->staff);
  numbers(e, "land_area_m2", f->land);
  must(mj_measure(&f->park, NULL));
}

static int suspicions(const firms *f) {
  int n = 0;
  for (mj_ledger_code code = MJ_L_SUSPECT_TAX_PER_MU; code <= MJ_L_SUSPECT_UNIT; code++) n += entries(&f->park, code);
  return n;
}

static void good_figures_are_not_doubted(void) {
  firms f;
  set_up(&f);
  f.tax[2] = NAN;
  f.output[4] = 0;  /* closed, with tax still paid */
  f.staff[5] *= 60; /* grown sixtyfold: not a slip of 10000 */
  f.land[1] = 300;  /* grown by way of 800 to 3000 */
  f.land[1 + FIRMS] = 800;
  run(&f, MJ_EN);
  ASSERT_INT(suspicions(&f), 0);
  mj_park_reset(&f.park);
}

/* Enterprise 3 of 2024 in 元: 150 as 1500000. */
static void tax_in_yuan_is_told_by_the_other_years(void) {
  for (int lang = MJ_EN; lang <= MJ_ZH; lang++) {
    firms f;
    set_up(&f);
    f.tax[2 + FIRMS] *= 1e4;
    run(&f, (mj_lang)lang);
    ASSERT_INT(suspicions(&f), 1);
    const mj_ledger_entry *e = first_entry(&f.park, MJ_L_SUSPECT_UNIT);
    CU_ASSERT_PTR_NOT_NULL_FATAL(e);
    ASSERT_TEXT(e->field, "tax_wan");
    ASSERT_TEXT(e->id, "3");
    ASSERT_INT(e->row, 9);
    ASSERT_TEXT(e->found, lang == MJ_ZH ? "税收 1,500,000 万元" : "tax 1,500,000 (10k yuan)");
    ASSERT_TEXT(e->expected, lang == MJ_ZH ? "税收 150 万元（2023 年），相差 1.0×10⁴ 倍"
                                           : "tax 150 (10k yuan) in 2023, off by a factor of 1.0×10⁴");
    ASSERT_NEAR(mj_table_f64(&f.park.table[MJ_ENTERPRISES], "tax_wan")[2 + FIRMS], 1500000, 0);
    mj_park_reset(&f.park);
  }
}

/* Two years of three agree: the third is doubted, though it is the one near the park's middle. */
static void most_of_the_years_are_believed(void) {
  firms f;
  set_up(&f);
  f.staff[0] = f.staff[2 * FIRMS] = 0.003; /* always reported in 万人 but for 2024 */
  f.staff[FIRMS] = 30;
  run(&f, MJ_EN);
  ASSERT_INT(suspicions(&f), 1);
  const mj_ledger_entry *e = first_entry(&f.park, MJ_L_SUSPECT_UNIT);
  ASSERT_TEXT(e->found, "staff 30 persons");
  ASSERT_TEXT(e->expected, "staff 0.003 persons in 2023, off by a factor of 1.0×10⁴");
  mj_park_reset(&f.park);
}

/* The same where the enterprise has no other year: the ratio to output speaks, and names the one that is far off. */
static void without_other_years_the_ratio_to_output_tells(void) {
  firms f;
  set_up(&f);
  for (int y = 0; y < YEARS; y++) f.tax[y * FIRMS + 2] = y == 2 ? 150e4 : NAN;
  for (int y = 0; y < YEARS; y++) f.output[y * FIRMS + 4] = y == 2 ? 0.5 : NAN; /* in 亿元 */
  run(&f, MJ_EN);
  ASSERT_INT(suspicions(&f), 3);
  const mj_ledger_entry *e = first_entry(&f.park, MJ_L_SUSPECT_UNIT);
  ASSERT_TEXT(e[0].field, "output_wan");
  ASSERT_TEXT(e[0].id, "5");
  ASSERT_TEXT(e[0].expected,
              "tax 250 (10k yuan); over output 500, middle of the park 0.05, off by a factor of 1.0×10⁴");
  ASSERT_TEXT(e[1].field, "tax_wan");
  ASSERT_TEXT(e[1].expected,
              "output 3,000 (10k yuan); over output 500, middle of the park 0.05, off by a factor of 1.0×10⁴");
  ASSERT_INT(entries(&f.park, MJ_L_SUSPECT_TAX_PER_MU), 1); /* and the parcel's tax per mu */
  mj_park_reset(&f.park);
}

static void tax_above_output_is_doubted(void) {
  firms f;
  set_up(&f);
  f.tax[3] = 5000; /* output 4000 */
  run(&f, MJ_EN);
  ASSERT_INT(suspicions(&f), 1);
  const mj_ledger_entry *e = first_entry(&f.park, MJ_L_SUSPECT_TAX_PER_MU);
  ASSERT_TEXT(e->layer, "enterprises");
  ASSERT_TEXT(e->found, "tax 5,000 (10k yuan)");
  ASSERT_TEXT(e->expected, "output 4,000 (10k yuan); tax over output 1.25");
  mj_park_reset(&f.park);
}

/* 15 mu of land; 20000 of tax is 1333 a mu. */
static void tax_per_mu_beyond_the_bound_is_doubted(void) {
  firms f;
  set_up(&f);
  f.tax[2 * FIRMS] = 20000;
  f.output[2 * FIRMS] = 21000;
  run(&f, MJ_EN);
  ASSERT_INT(suspicions(&f), 1);
  const mj_ledger_entry *e = first_entry(&f.park, MJ_L_SUSPECT_TAX_PER_MU);
  ASSERT_TEXT(e->layer, "parcels");
  ASSERT_TEXT(e->id, "A");
  ASSERT_TEXT(e->field, "tax_wan_per_mu");
  ASSERT_HAS(e->expected, "at most 1,000; tax 20,100 (10k yuan) over 14.99 mu; output 1,53");
  mj_park_reset(&f.park);
}

/* Land of 4.5 mu in a column of square metres, and 3000 m2 read as mu: 2,000,000 m2 on a parcel of a hectare. */
static void land_in_mu_is_told_by_years_and_by_the_parcel(void) {
  firms f;
  set_up(&f);
  f.land[2] = 4.5;
  for (int y = 0; y < YEARS; y++) f.land[y * FIRMS + 4] = 15;     /* the whole parcel in mu, every year */
  for (int y = 0; y < YEARS; y++) f.land[y * FIRMS + 5] = 150000; /* ten mu a hectare too many */
  run(&f, MJ_EN);
  ASSERT_INT(entries(&f.park, MJ_L_SUSPECT_UNIT), 7);
  const mj_ledger_entry *e = first_entry(&f.park, MJ_L_SUSPECT_UNIT);
  ASSERT_TEXT(e[0].expected, "another year has 3,000 m2; 4.5 mu = 3,000");
  ASSERT_HAS(e[1].expected, "the parcel has 9,99");
  ASSERT_HAS(e[1].expected, " m2; 15 mu = 10,000");
  ASSERT_HAS(e[2].expected, " m2; 150,000 / 15 = 10,000, as if mu were read as ha");
  mj_park_reset(&f.park);
}

/* Total investment 3000 on 15 mu everywhere, once in 元. */
static void investment_is_held_against_the_parks_middle(void) {
  mj_park park;
  rect many[8];
  double invested[8], paid[8];
  new_park(&park);
  for (int i = 0; i < 8; i++) {
    many[i] = (rect){200 * i, 0, 100, 100};
    invested[i] = i == 5 ? 3e7 : 3000;
    paid[i] = i == 2 ? 0.01 : i == 6 ? 1.5e7 : 1500; /* little is paid on the third yet; the seventh is in 元 */
  }
  mj_table *t = lay(&park, MJ_PARCELS, 8, many);
  numbers(t, "invest_total_wan", invested);
  numbers(t, "invested_wan", paid);
  numbers(t, "area_recorded_m2", (double[]){1e4, 1e4, 1e4, 1e4, 1e4, 1e4, 1e4, 1e4});
  must(mj_measure(&park, NULL));
  ASSERT_INT(park.ledger.n, 2);
  ASSERT_TEXT(park.ledger.entry[1].found, "invested so far 15,000,000 (10k yuan)");
  ASSERT_TEXT(park.ledger.entry[0].field, "invest_total_wan");
  ASSERT_TEXT(park.ledger.entry[0].found, "investment 30,000,000 (10k yuan)");
  ASSERT_TEXT(park.ledger.entry[0].expected, "2,000,000 per mu, middle of the park 200, off by a factor of 1.0×10⁴");
  mj_park_reset(&park);
}

/* A name that stands on thousands of rows is no enterprise: its rows are not held against each other. */
static void a_name_that_repeats_without_end_costs_no_time(void) {
  enum { MANY = 60000 };
  static const char *name[MANY];
  static double tax[MANY];
  static int year[MANY];
  mj_park park;
  new_park(&park);
  lay(&park, MJ_PARCELS, 3, plots);
  for (int i = 0; i < MANY; i++) {
    name[i] = "个体";
    tax[i] = i == 5 || i == MANY - 1 ? 1e5 : 1;
    year[i] = 2023 + i % 3;
  }
  mj_table *e = &park.table[MJ_ENTERPRISES];
  must(mj_table_init(e, "enterprises", MANY));
  texts(e, "enterprise_name", name);
  numbers(e, "tax_wan", tax);
  years(e, year);
  must(mj_measure(&park, NULL));
  ASSERT_INT(entries(&park, MJ_L_SUSPECT_UNIT), 1); /* only among its first 64 rows */
  ASSERT_INT(first_entry(&park, MJ_L_SUSPECT_UNIT)->row, 6);
  mj_park_reset(&park);
}

/* The tax of 2024 stands under the name alone: it is the same enterprise's, and speaks against 2025. */
static void a_name_alone_is_the_enterprise_that_has_a_code(void) {
  mj_park park;
  new_park(&park);
  lay(&park, MJ_PARCELS, 3, plots);
  mj_table *e = &park.table[MJ_ENTERPRISES];
  must(mj_table_init(e, "enterprises", 3));
  texts(e, "credit_code", (const char *[]){"1", NULL, "1"});
  texts(e, "enterprise_name", (const char *[]){"甲", "甲", "甲"});
  numbers(e, "tax_wan", (double[]){50, 52, 500000});
  years(e, (int[]){2023, 2024, 2025});
  must(mj_measure(&park, NULL));
  ASSERT_INT(entries(&park, MJ_L_SUSPECT_UNIT), 1);
  ASSERT_INT(first_entry(&park, MJ_L_SUSPECT_UNIT)->row, 3);
  CU_ASSERT_PTR_NOT_NULL(strstr(first_entry(&park, MJ_L_SUSPECT_UNIT)->expected, "2024"));
  mj_park_reset(&park);
}

SUITE_OF(slips, T(good_figures_are_not_doubted), T(tax_in_yuan_is_told_by_the_other_years),
         T(most_of_the_years_are_believed), T(without_other_years_the_ratio_to_output_tells),
         T(tax_above_output_is_doubted), T(tax_per_mu_beyond_the_bound_is_doubted),
         T(land_in_mu_is_told_by_years_and_by_the_parcel), T(investment_is_held_against_the_parks_middle),
         T(a_name_that_repeats_without_end_costs_no_time), T(a_name_alone_is_the_enterprise_that_has_a_code));
