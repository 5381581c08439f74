/* Park- and zone-level plans as shipped: what their targets, indicators and audits give on parks worked by hand. */
#include "fixture.h"

static mj_table *table(fixture *f, mj_table_id id, int64_t rows) {
  mj_table *t = &f->park.table[id];
  if (!t->name) CU_ASSERT_EQUAL_FATAL(mj_table_init(t, mj_table_id_name(id), rows), MJ_OK);
  return t;
}

#define TEXTS(t, column, ...) \
  memcpy(mj_table_add(t, column, MJ_TEXT)->text, (const char *[]){__VA_ARGS__}, (size_t)(t)->n * sizeof(char *))
#define NUMBERS(t, column, ...) \
  memcpy(mj_table_add(t, column, MJ_F64)->f64, (double[]){__VA_ARGS__}, (size_t)(t)->n * sizeof(double))
#define WHOLE(t, column, ...) \
  memcpy(mj_table_add(t, column, MJ_I64)->i64, (int64_t[]){__VA_ARGS__}, (size_t)(t)->n * sizeof(int64_t))
#define TRUTHS(t, column, ...) memcpy(mj_table_add(t, column, MJ_TRI)->tri, (uint8_t[]){__VA_ARGS__}, (size_t)(t)->n)
#define DATES(t, column, ...) \
  memcpy(mj_table_add(t, column, MJ_DATE)->date, (int32_t[]){__VA_ARGS__}, (size_t)(t)->n * sizeof(int32_t))

static void run(fixture *f, const char *book) {
  add_book(f, book);
  mj_status status = judge(f);
  if (status) printf("\n    %s", f->err.message);
  CU_ASSERT_EQUAL_FATAL(status, MJ_OK);
}

/* The number in @p column of the row with that code (and zone), -1e9 where there is no such row. */
static double found(const fixture *f, mj_table_id id, const char *key, const char *code, const char *zone,
                    const char *column) {
  const mj_table *t = &f->park.table[id];
  const char **at = mj_table_text(t, key), **z = mj_table_text(t, "zone");
  for (int64_t i = 0; i < t->n; i++)
    if (!strcmp(at[i], code) && (!z || (zone ? z[i] && !strcmp(z[i], zone) : !z[i]))) return mj_table_f64(t, column)[i];
  return -1e9;
}

static void near(const char *what, double got, double want) {
  bool same = isnan(want) ? isnan(got) : fabs(got - want) <= 1e-9 * (1 + fabs(want));
  if (!same) printf("\n    %s is %.12g, not %.12g", what, got, want);
  CU_ASSERT(same);
}

static void target_is(const fixture *f, const char *code, const char *zone, double want) {
  near(code, found(f, MJ_TARGETS, "target", code, zone, "reached_value"), want);
}
static void value_is(const fixture *f, const char *code, const char *zone, double want) {
  near(code, found(f, MJ_INDICATORS, "indicator", code, zone, "value"), want);
}
static void score_is(const fixture *f, const char *code, const char *zone, double want) {
  near(code, found(f, MJ_INDICATORS, "indicator", code, zone, "score"), want);
}
static void audit_is(const fixture *f, const char *code, const char *column, double want) {
  near(code, found(f, MJ_AUDITS, "audit", code, NULL, column), want);
}

/* Three parcels in two zones, four projects: one of each batch but 开工, one without. */
static void licheng_park(fixture *f) {
  set_up(f, 3, "2024-06-30");
  mj_table *p = &f->park.table[MJ_PARCELS], *zones = table(f, MJ_ZONES, 2), *projects = table(f, MJ_PROJECTS, 4),
           *contracts = table(f, MJ_CONTRACTS, 2);
  TEXTS(p, "zone", "北部片区", "南部片区", "北部片区");
  TRUTHS(p, "industrial", MJ_YES, MJ_YES, MJ_NO);
  TEXTS(p, "land_use", "1001", "1001", "0901");
  NUMBERS(p, "area_mu", 10, 30, 50);
  NUMBERS(p, "plot_ratio", 1, 0.6, 9);
  NUMBERS(p, "plot_ratio_cap", 2, 2.4, 9);
  NUMBERS(p, "tax_wan", 100, 600, NAN);
  NUMBERS(p, "invested_wan", 2000, NAN, NAN);
  TEXTS(zones, "zone", "北部片区", "南部片区");
  TEXTS(projects, "parcel_id", "P1", "P2", "P2", "P3");
  TEXTS(projects, "batch", "投用一批", "建设一批", "谋划一批", NULL);
  NUMBERS(projects, "land_area_m2", 2000, 4000, 6000, 8000);
  NUMBERS(projects, "floor_area_m2", 30000, 20000, 10000, 5000);
  NUMBERS(projects, "floor_area_before_m2", 10000, 5000, NAN, NAN);
  NUMBERS(projects, "floor_area_state_m2", 4000, 1000, NAN, NAN);
  NUMBERS(projects, "invest_total_wan", 30000, 10000, 20000, 5000);
  DATES(projects, "finish_on", mj_date_from_ymd(2023, 5, 1), MJ_DATE_NULL, MJ_DATE_NULL, MJ_DATE_NULL);
  TEXTS(contracts, "parcel_id", "P1", "P2");
  NUMBERS(contracts, "tax_wan_per_mu", 10, 21);
  NUMBERS(contracts, "invest_wan_per_mu", 201, 100);
}

static void licheng_counts_its_batches_and_follows_its_enterprises(void) {
  fixture f;
  licheng_park(&f);
  run(&f, "licheng-2022");
  value_is(&f, "LC2022-B1-N", NULL, 1);
  value_is(&f, "LC2022-B1-LAND", NULL, 3);
  value_is(&f, "LC2022-B1-FLOOR", "北部片区", 3);
  value_is(&f, "LC2022-B1-N", "南部片区", 0); /* there are projects, none of them in use */
  value_is(&f, "LC2022-B2-INVEST", "南部片区", 1);
  value_is(&f, "LC2022-B3-N", NULL, 0);
  value_is(&f, "LC2022-B3-LAND", NULL, 0);
  value_is(&f, "LC2022-B4-LAND", NULL, 9);
  value_is(&f, "LC2022-B0", NULL, 1); /* a project of no batch is counted nowhere else */
  value_is(&f, "LC2022-S1", NULL, 2); /* 20000 m2 added: the second project is not finished */
  value_is(&f, "LC2022-S2", NULL, 0.2);
  value_is(&f, "LC2022-S3", NULL, 50); /* 1000000 yuan on 20000 m2 */
  value_is(&f, "LC2022-S2", "南部片区", NAN);
  value_is(&f, "LC2022-I1", NULL, 200);
  value_is(&f, "LC2022-I3", NULL, 17.5);
  score_is(&f, "LC2022-I3", "南部片区", 20 / 30.0);
  value_is(&f, "LC2022-I6", NULL, 0.5); /* 10 of 10 is reached, 20 of 21 is not */
  value_is(&f, "LC2022-I4", NULL, 0);   /* 200 of 201; the other is not known */
  tear_down(&f);
}

/* Finished the day before the plan's first year, on its first day with the floor area before, without it, and with no
 * floor area at all. */
static void licheng_counts_what_was_finished_since_2022(void) {
  fixture f;
  set_up(&f, 4, "2024-06-30");
  mj_table *p = &f.park.table[MJ_PARCELS], *projects = table(&f, MJ_PROJECTS, 4);
  NUMBERS(p, "area_mu", 10, 10, 10, 10);
  NUMBERS(p, "tax_wan", 500, 100, 100, 100);
  TEXTS(projects, "parcel_id", "P1", "P2", "P3", "P4");
  NUMBERS(projects, "land_area_m2", 2000, 2000, 2000, 2000);
  NUMBERS(projects, "floor_area_m2", 90000, 30000, 20000, NAN);
  NUMBERS(projects, "floor_area_before_m2", 0, 10000, NAN, 1000);
  NUMBERS(projects, "floor_area_state_m2", 90000, 4000, 9000, 6000);
  DATES(projects, "finish_on", mj_date_from_ymd(2021, 12, 31), mj_date_from_ymd(2022, 1, 1),
        mj_date_from_ymd(2024, 6, 30), mj_date_from_ymd(2023, 1, 1));
  run(&f, "licheng-2022");
  target_is(&f, "LC2022-LAND", NULL, 9);
  target_is(&f, "LC2022-FLOOR", NULL, 4); /* 20000 added and 20000 of which nothing is known before */
  target_is(&f, "LC2022-RENEW-TAX", NULL, 10);
  value_is(&f, "LC2022-S1", NULL, 2);
  value_is(&f, "LC2022-S2", NULL, 0.2);
  value_is(&f, "LC2022-S3", NULL, 50);
  tear_down(&f);
}

static void lichengs_own_numbers_do_not_all_agree(void) {
  fixture f;
  licheng_park(&f);
  run(&f, "licheng-2022");
  audit_is(&f, "LC2022-A1", "policy_value", 1.5);
  audit_is(&f, "LC2022-A1", "park_value", (1 * 10 + 1.8 * 30) / 40);
  audit_is(&f, "LC2022-A2", "park_value", (1 * 10 + 0.6 * 30) / 40);
  audit_is(&f, "LC2022-A3", "park_value", (2 * 10 + 2.4 * 30) / 40);
  audit_is(&f, "LC2022-A4", "policy_value", 530e4 / 1100);
  audit_is(&f, "LC2022-A4", "against_value", 13e4 / 30);
  audit_is(&f, "LC2022-A4", "park_value", 40);
  audit_is(&f, "LC2022-A5", "difference", 0);
  audit_is(&f, "LC2022-A6", "policy_value", 26);
  audit_is(&f, "LC2022-A7", "policy_value", 2000 / 26.0);
  audit_is(&f, "LC2022-A8", "policy_value", 650);
  audit_is(&f, "LC2022-A9", "policy_value", (13e4 - 60 * 2000) / (13e4 / 30 - 2000)); /* 4.29 */
  const char **finding = mj_table_text(&f.park.table[MJ_AUDITS], "finding");
  CU_ASSERT_STRING_EQUAL(finding[3], "disagrees");
  CU_ASSERT_STRING_EQUAL(finding[4], "agrees");
  CU_ASSERT_STRING_EQUAL(finding[0], "stated");
  tear_down(&f);
}

/* 70 of 100 mu once utilities, streets and fields are taken off; a parcel of no class counts nowhere. */
static void land_park(fixture *f) {
  set_up(f, 7, "2024-06-30");
  mj_table *p = &f->park.table[MJ_PARCELS], *units = table(f, MJ_FACTORY_UNITS, 4);
  TEXTS(p, "land_use_class", "industrial", "warehouse", "commercial", "utility", "transport", "farmland", NULL);
  TRUTHS(p, "industrial", MJ_YES, MJ_YES, MJ_NO, MJ_NO, MJ_NO, MJ_NO, MJ_UNKNOWN);
  TEXTS(p, "land_use", "1001", "1101", "0901", "1301", "1207", "0101", NULL);
  NUMBERS(p, "area_mu", 70, 10, 20, 50, 60, 70, 80);
  NUMBERS(p, "output_wan", 21000, NAN, 5000, NAN, NAN, NAN, NAN);
  NUMBERS(p, "invested_wan", 14000, 2000, 1, NAN, NAN, NAN, NAN);
  NUMBERS(units, "floor_area_m2", 800, 150, 50, 700);
  TEXTS(units, "state", "在用", "空置", "停产", NULL);
  TEXTS(units, "credit_code", "C1", "C2", NULL, "C3");
}

static void guiyang_takes_infrastructure_off_before_it_divides(void) {
  fixture f;
  land_park(&f);
  mj_table *firms = table(&f, MJ_ENTERPRISES, 2);
  TEXTS(firms, "credit_code", "C1", "C2");
  WHOLE(firms, "year", 2025, 2025);
  TRUTHS(firms, "above_scale", MJ_YES, MJ_NO);
  run(&f, "guiyang-2021");
  CU_ASSERT_EQUAL(f.park.table[MJ_GRADES].n, 2); /* weights not found: nobody has a class */
  CU_ASSERT_STRING_EQUAL(mj_table_text(&f.park.table[MJ_GRADES], "state")[1], "unknown");
  target_is(&f, "GY-LAND", NULL, 0.7);
  target_is(&f, "GY-OUT-N", NULL, 300);
  target_is(&f, "GY-OUT-P", NULL, 300);
  target_is(&f, "GY-FACTORY", NULL, 0.8);
  value_is(&f, "GY-I2", NULL, 300);
  tear_down(&f);
}

static void qianxi_has_a_plan_of_its_own(void) {
  fixture f;
  land_park(&f);
  run(&f, "qianxi-2021");
  target_is(&f, "QX-LAND", NULL, 0.7);
  target_is(&f, "QX-OUT", NULL, 300);
  target_is(&f, "QX-INVEST", NULL, 200);
  CU_ASSERT_EQUAL(found(&f, MJ_TARGETS, "target", "GY-OUT-N", NULL, "reached_value"), -1e9);
  tear_down(&f);
}

/* C1 on 2 mu in both years, C2 on 1 mu in one: two years, or it is left out. */
static void zunyi_looks_at_two_years(void) {
  fixture f;
  land_park(&f);
  mj_table *firms = table(&f, MJ_ENTERPRISES, 3);
  TEXTS(firms, "credit_code", "C1", "C1", "C2");
  WHOLE(firms, "year", 2024, 2025, 2025);
  NUMBERS(firms, "tax_wan", 20, 60, 1000);
  NUMBERS(firms, "output_wan", 200, 600, 1000);
  NUMBERS(firms, "land_area_m2", 4000 / 3.0, 4000 / 3.0, 2000 / 3.0);
  NUMBERS(firms, "energy_tce", 30, 10, 1);
  NUMBERS(firms, "added_value_wan", 100, 100, 1);
  run(&f, "zunyi");
  target_is(&f, "ZY-LAND", NULL, 0.7);
  target_is(&f, "ZY-FACTORY", NULL, 0.8);
  value_is(&f, "ZY-I1", NULL, 20);
  value_is(&f, "ZY-I2", NULL, 200);
  value_is(&f, "ZY-I3", NULL, 0.2);
  value_is(&f, "ZY-I4", NULL, 150 / 950.0);
  tear_down(&f);
}

/* 100 on 10 mu and 1000 on land of unknown area, 200 on 10 mu and 500 so: what a mu gives is known of two parcels. */
static void land_without_area(fixture *f, const char *book) {
  static const char *const columns[] = {"tax_wan", "output_wan", "invested_wan", "floor_area_m2", "footprint_m2"};
  set_up(f, 4, "2024-06-30");
  mj_table *p = &f->park.table[MJ_PARCELS], *zones = table(f, MJ_ZONES, 2), *projects = table(f, MJ_PROJECTS, 2);
  TEXTS(zones, "zone", "a", "b");
  TEXTS(p, "zone", "a", "a", "b", "b");
  TEXTS(p, "land_use", "1001", "1001", "1001", "1001");
  TEXTS(p, "land_use_class", "industrial", "industrial", "industrial", "industrial");
  TEXTS(p, "supply_state_recorded", "已建成", "已建成", "已建成", "已建成");
  TRUTHS(p, "industrial", MJ_YES, MJ_YES, MJ_YES, MJ_YES);
  NUMBERS(p, "area_mu", 10, NAN, 10, NAN);
  for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) NUMBERS(p, columns[i], 100, 1000, 200, 500);
  NUMBERS(p, "open_yard_m2", 0, 0, 0, 0);
  TEXTS(projects, "parcel_id", "P1", "P2");
  DATES(projects, "finish_on", mj_date_from_ymd(2023, 5, 1), mj_date_from_ymd(2023, 5, 1));
  run(f, book);
}

static void what_stands_on_land_of_unknown_area_counts_on_neither_side(void) {
  static const struct {
    const char *book, *code;
    double want;
  } of[] = {
      {"licheng-2022", "LC2022-TAX-MU", 15},
      {"licheng-2022", "LC2022-OUT-MU", 15},
      {"licheng-2022", "LC2022-I1", 15},
      {"licheng-2022", "LC2022-I2", 15},
      {"licheng-2022", "LC2022-I3", 15},
      {"licheng-2022", "LC2022-RENEW-TAX", 10},
      {"licheng-2022", "LC2022-A9", 20},
      {"guiyang-2021", "GY-OUT-N", 15},
      {"guiyang-2021", "GY-OUT-P", 15},
      {"qianxi-2021", "QX-OUT", 15},
      {"qianxi-2021", "QX-INVEST", 15},
      {"guiyang-2021", "GY-I1", 15},
      {"guiyang-2021", "GY-I2", 15},
      {"zunyi", "ZY-OUT-N", 15},
      {"zunyi", "ZY-OUT-P", 15},
      {"fuzhou", "FZ-TAX", 15},
      {"fuzhou", "FZ-I1", 15},
      {"fuzhou", "FZ-I2", 15},
      {"xuchang-2019", "XC-T1", 15},
      {"td1029", "TD-07", 300 / (20 * 2000 / 3.0)},
      {"td1029", "TD-11", 225},
      {"td1029", "TD-08", 300 / (20 * 2000 / 3.0)},
      {"td1029", "TD-12", 225},
      {"td1029", "TD-09", 300 / (20 * 2000 / 3.0)},
      {"td1029", "TD-13", 225},
      {"td1029", "TD-10", 300 / (20 * 2000 / 3.0)},
  };
  fixture f;
  for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
    land_without_area(&f, of[i].book);
    double got = found(&f, MJ_TARGETS, "target", of[i].code, NULL, "reached_value");
    if (got < -1) got = found(&f, MJ_INDICATORS, "indicator", of[i].code, NULL, "value");
    if (got < -1) got = found(&f, MJ_AUDITS, "audit", of[i].code, NULL, "park_value");
    near(of[i].code, got, of[i].want);
    if (!strcmp(of[i].book, "fuzhou")) {
      value_is(&f, "FZ-FIRST", "a", 2);
      value_is(&f, "FZ-LAST", "a", 1);
    }
    tear_down(&f);
  }
}

/* P1 idle, its term over, half its cap used; P2 neither; of P3 (30 mu) and P4 (40 mu) nothing is known but P4's use. */
static void td_park(fixture *f) {
  set_up(f, 4, "2024-06-30");
  mj_table *p = &f->park.table[MJ_PARCELS], *firms = table(f, MJ_ENTERPRISES, 3), *zones = table(f, MJ_ZONES, 2);
  TEXTS(zones, "zone", "a", "b");
  NUMBERS(zones, "population", 1500, NAN);
  TEXTS(p, "zone", "a", "a", "b", "b");
  TEXTS(p, "land_use", "1001", "1001", NULL, "0901");
  TEXTS(p, "land_use_class", "industrial", "industrial", NULL, "commercial");
  TEXTS(p, "supply_state_recorded", "已建成", "已建成", "已建成", "已建成");
  NUMBERS(p, "area_mu", 10, 20, 30, 40);
  NUMBERS(p, "plot_ratio", 1, 2, NAN, NAN);
  NUMBERS(p, "plot_ratio_cap", 2, 2, NAN, NAN);
  DATES(p, "start_due", mj_date_from_ymd(2020, 1, 1), mj_date_from_ymd(2024, 1, 1), MJ_DATE_NULL, MJ_DATE_NULL);
  TRUTHS(p, "started", MJ_NO, MJ_NO, MJ_NO, MJ_NO);
  DATES(p, "tenure_end", mj_date_from_ymd(2024, 6, 30), mj_date_from_ymd(2024, 7, 1), MJ_DATE_NULL, MJ_DATE_NULL);
  TEXTS(firms, "credit_code", "C1", "C2", "C3");
  TEXTS(firms, "parcel_id", "P1", "P2", "P3");
  WHOLE(firms, "year", 2025, 2025, 2025);
  TRUTHS(firms, "high_tech", MJ_YES, MJ_NO, MJ_UNKNOWN);
  NUMBERS(firms, "land_area_m2", 4000, NAN, 4000);
  add_book(f, "national-idle-2012");
  run(f, "td1029");
}

static void td1029_says_what_its_sums_leave_out(void) {
  fixture f;
  td_park(&f);
  value_is(&f, "TD-P4-IDLE", NULL, 10);
  value_is(&f, "TD-P4-IDLE-UNKNOWN", NULL, 70);
  value_is(&f, "TD-P4-IDLE-UNKNOWN", "a", 0);
  value_is(&f, "TD-P4-END", NULL, 10);
  value_is(&f, "TD-P4-END-UNKNOWN", NULL, 70);
  value_is(&f, "TD-P3-CAP", NULL, 5);
  value_is(&f, "TD-P3-CAP-UNKNOWN", NULL, 30); /* P4 is no industrial land, whatever its plot ratio */
  value_is(&f, "TD-06", NULL, NAN);            /* C3 may be high-tech */
  value_is(&f, "TD-06", "a", 6 / 30.0);
  value_is(&f, "TD-14", NULL, NAN); /* people of b are not known */
  value_is(&f, "TD-14", "a", 1500 / 2.0);
  tear_down(&f);
}

/* Seven zones at 10, 20 ... 60, 60 万元/亩: the two best share the first place, the third place is the next. */
static void fuzhou_names_the_first_and_the_last_five(void) {
  static const char *const zone[] = {"a", "b", "c", "d", "e", "f", "g"};
  fixture f;
  set_up(&f, 7, "2024-06-30");
  mj_table *p = &f.park.table[MJ_PARCELS], *zones = table(&f, MJ_ZONES, 7);
  for (int i = 0; i < 7; i++) {
    text(&f, "zone")[i] = mj_table_add(zones, "zone", MJ_TEXT)->text[i] = zone[i];
    tri(&f, "industrial")[i] = MJ_YES;
    text(&f, "land_use")[i] = "1001";
    f64(&f, "area_mu")[i] = 10;
  }
  NUMBERS(p, "tax_wan", 100, 200, 300, 400, 500, 600, 600);
  run(&f, "fuzhou");
  target_is(&f, "FZ-TAX", "c", 30);
  target_is(&f, "FZ-TAX", NULL, 270 / 7.0);
  score_is(&f, "FZ-I1", "b", 20 / 30.0);
  value_is(&f, "FZ-FIRST", NULL, NAN);
  value_is(&f, "FZ-FIRST", "g", 1);
  value_is(&f, "FZ-FIRST", "e", 3);
  score_is(&f, "FZ-FIRST", "c", 1); /* the fifth */
  score_is(&f, "FZ-FIRST", "b", 5 / 6.0);
  value_is(&f, "FZ-LAST", "a", 1);
  score_is(&f, "FZ-LAST", "e", 5 / 6.0); /* the last but four */
  score_is(&f, "FZ-LAST", "f", 1);
  tear_down(&f);
}

/* 38: 750 of 1000; high-tech 300; the one firm of both years grew from 100 to 121 in two years on the same land */
static void sichuan_measures_shares_and_growth(void) {
  fixture f;
  set_up(&f, 1, "2023-06-30");
  f.park.project.year = 2022;
  mj_table *firms = table(&f, MJ_ENTERPRISES, 4);
  TEXTS(firms, "credit_code", "C1", "C1", "C2", "C3");
  WHOLE(firms, "year", 2020, 2022, 2022, 2022);
  TEXTS(firms, "industry_code", "3829", "3829", "3811", "1711");
  TRUTHS(firms, "high_tech", MJ_UNKNOWN, MJ_NO, MJ_NO, MJ_YES);
  NUMBERS(firms, "output_wan", 100, 121, 629, 250);
  NUMBERS(firms, "land_area_m2", 1000, 1000, 1000, 1000);
  run(&f, "sichuan-2021");
  target_is(&f, "SC-LEAD", NULL, 0.75);
  target_is(&f, "SC-HIGH", NULL, 0.25);
  target_is(&f, "SC-GROWTH", NULL, 0.1);
  tear_down(&f);
}

/* Sums over sums of the firms that have both figures; no emissions, no figure. */
static void jiangsu_measures_five(void) {
  fixture f;
  set_up(&f, 2, "2024-06-30");
  mj_table *firms = table(&f, MJ_ENTERPRISES, 3), *zones = table(&f, MJ_ZONES, 2);
  TEXTS(zones, "zone", "甲", "乙");
  TEXTS(&f.park.table[MJ_PARCELS], "zone", "甲", "乙");
  TEXTS(firms, "credit_code", "C1", "C2", "C3");
  TEXTS(firms, "parcel_id", "P1", "P2", "P2");
  WHOLE(firms, "year", 2025, 2025, 2025);
  NUMBERS(firms, "tax_wan", 30, 10, NAN);
  NUMBERS(firms, "land_area_m2", 2000 / 3.0, 2000 / 3.0, 2000 / 3.0);
  NUMBERS(firms, "output_wan", 1000, 500, 500);
  NUMBERS(firms, "energy_tce", 10, 10, 0);
  NUMBERS(firms, "rd_wan", 30, 10, 10);
  NUMBERS(firms, "added_value_wan", 200, 100, 100);
  NUMBERS(firms, "staff", 10, 10, 10);
  run(&f, "jiangsu-five");
  value_is(&f, "JS5-1", NULL, 20);
  value_is(&f, "JS5-1", "乙", 10);
  value_is(&f, "JS5-2", NULL, 75);
  value_is(&f, "JS5-3", NULL, NAN);
  value_is(&f, "JS5-4", NULL, 0.025);
  value_is(&f, "JS5-5", "乙", 10);
  tear_down(&f);
}

SUITE_OF(plan_books, T(licheng_counts_its_batches_and_follows_its_enterprises),
         T(licheng_counts_what_was_finished_since_2022), T(lichengs_own_numbers_do_not_all_agree),
         T(guiyang_takes_infrastructure_off_before_it_divides), T(qianxi_has_a_plan_of_its_own),
         T(zunyi_looks_at_two_years), T(what_stands_on_land_of_unknown_area_counts_on_neither_side),
         T(td1029_says_what_its_sums_leave_out), T(fuzhou_names_the_first_and_the_last_five),
         T(sichuan_measures_shares_and_growth), T(jiangsu_measures_five));
