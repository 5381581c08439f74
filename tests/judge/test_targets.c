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

SUITE_OF(targets, T(progress_is_measured_by_park_and_zone), T(a_lapsed_plan_shows_what_was_reached_as_expired),
         T(strategies_go_to_their_zones_while_in_force), T(a_target_that_cannot_be_computed_is_an_error));
