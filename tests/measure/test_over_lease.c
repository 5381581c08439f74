#include "fixture.h"
#include "measure/over_lease.h"

#define X NAN

/* One enterprise with one row of 2025, and one occupancy; without a role a row alone. */
typedef struct {
  const char *code, *industry, *parcel, *role;
  double floor, used, staff, kwh, output;
} user;

static const rect plots[] = {{0, 0, 100, 100}, {200, 0, 100, 100}};

/*
 * Five owners of division 17 with 1,000 m2 each:
 *   m2 a worker 100, 50, 50, 40, 25: median 50     kWh a m2 10, 20, 30, 40, 50: median 30
 *   output a m2 1, 2, 3, 4, 5: median 3
 */
#define PEERS                                                                                                         \
  {"P1", "1711", "A", "自有", 1000, X, 10, 10000, 1000}, {"P2", "C17", "A", "自有", 1000, X, 20, 20000, 2000},        \
      {"P3", "1711", "A", "自有", 1000, X, 20, 30000, 3000}, {"P4", "1711", "A", "自有", 1000, X, 25, 40000, 4000}, { \
    "P5", "1799", "A", "自有", 1000, X, 40, 50000, 5000                                                               \
  }

enum { MOST = 16 };

static void column(mj_table *t, const char *name, const user *u, int n, size_t offset) {
  double v[MOST];
  for (int i = 0; i < n; i++) v[i] = *(const double *)((const char *)&u[i] + offset);
  numbers(t, name, v);
}

static void words(mj_table *t, const char *name, const user *u, int n, size_t offset) {
  const char *v[MOST];
  for (int i = 0; i < n; i++) v[i] = *(const char *const *)((const char *)&u[i] + offset);
  texts(t, name, v);
}

#define NUMBERS(t, name, field) column(t, name, u, n, offsetof(user, field))
#define WORDS(t, name, field) words(t, name, u, n, offsetof(user, field))

/* Two parcels with 100,000 m2 of floor each. A code that stands twice with a role has one row, its first, and both
 * occupancies; rows alone come last. */
static void fill(mj_park *park, int n, const user *u) {
  int now[MOST], rows = 0;
  new_park(park);
  mj_table *t = lay(park, MJ_PARCELS, 2, plots);
  texts(t, "parcel_id", (const char *[]){"A", "B"});
  texts(t, "zone", (const char *[]){"North", "South"});
  numbers(t, "area_recorded_m2", (double[]){10000, 10000});
  must(mj__measure_areas(park, NULL));
  must(mj__measure_basis(park, NULL));
  numbers(t, "floor_area_m2", (double[]){100000, 100000});
  mj_table *o = &park->table[MJ_OCCUPANCIES];
  const int all = n;
  while (!u[n - 1].role) n--;
  must(mj_table_init(o, "occupancies", n));
  WORDS(o, "credit_code", code);
  WORDS(o, "parcel_id", parcel);
  WORDS(o, "occupancy_role", role);
  NUMBERS(o, "floor_area_m2", floor);
  NUMBERS(o, "used_area_m2", used);
  user row[MOST];
  for (int i = 0; i < all; i++) {
    bool again = false;
    for (int k = 0; k < i && u[i].role; k++) again = again || !strcmp(u[k].code, u[i].code);
    if (!again) row[rows++] = u[i];
  }
  u = row;
  n = rows;
  mj_table *e = &park->table[MJ_ENTERPRISES];
  must(mj_table_init(e, "enterprises", n));
  for (int i = 0; i < n; i++) now[i] = 2025;
  years(e, now);
  WORDS(e, "credit_code", code);
  WORDS(e, "parcel_id", parcel);
  WORDS(e, "industry_code", industry);
  NUMBERS(e, "staff", staff);
  NUMBERS(e, "electricity_kwh", kwh);
  NUMBERS(e, "output_wan", output);
  must(mj__measure_enterprises(park, NULL));
}

static int64_t find(const mj_park *park, const char *code) {
  const mj_table *t = &park->table[MJ_OVER_LEASES];
  for (int64_t i = 0; i < t->n; i++)
    if (!strcmp(mj_table_text(t, "credit_code")[i], code)) return i;
  CU_FAIL_FATAL("no such row");
  return -1;
}

static double number(const mj_park *park, const char *code, const char *column_name) {
  const mj_table *t = &park->table[MJ_OVER_LEASES];
  int64_t *whole = mj_table_i64(t, column_name);
  int64_t i = find(park, code);
  return whole ? (double)whole[i] : mj_table_f64(t, column_name)[i];
}

static int tri(const mj_park *park, const char *code, const char *column_name) {
  return mj_table_tri(&park->table[MJ_OVER_LEASES], column_name)[find(park, code)];
}

static const char *text(const mj_park *park, const char *code, const char *column_name) {
  const char *v = mj_table_text(&park->table[MJ_OVER_LEASES], column_name)[find(park, code)];
  return v ? v : "";
}

#define ROWS(...) \
  (int)(sizeof((user[]){__VA_ARGS__}) / sizeof(user)), (user[]) { __VA_ARGS__ }

/* What the five peers say of one lessee. */
static void says(user lessee, int person, int power, int output, int verdict, const char *evidence) {
  mj_park park;
  fill(&park, ROWS(PEERS, lessee));
  ASSERT_INT(tri(&park, lessee.code, "m2_per_person_beyond"), person);
  ASSERT_INT(tri(&park, lessee.code, "kwh_per_m2_beyond"), power);
  ASSERT_INT(tri(&park, lessee.code, "output_wan_per_m2_beyond"), output);
  ASSERT_INT(tri(&park, lessee.code, "over_leased"), verdict);
  if (evidence) CU_ASSERT_STRING_EQUAL(text(&park, lessee.code, "evidence"), evidence);
  mj_park_reset(&park);
}

/* L has 150 m2 a worker, 10 kWh and 2.7 (10k yuan) a m2. */
static void a_lessee_is_held_against_the_median_of_the_others(void) {
  mj_park park;
  fill(&park, ROWS(PEERS, {"L", "1721", "B", "承租", 3000, X, 20, 30000, 8100}));
  ASSERT_INT(park.table[MJ_OVER_LEASES].n, 1);
  CU_ASSERT_STRING_EQUAL(text(&park, "L", "industry_division"), "17");
  CU_ASSERT_STRING_EQUAL(text(&park, "L", "zone"), "South");
  ASSERT_NEAR(number(&park, "L", "leased_m2"), 3000, 0);
  ASSERT_INT(number(&park, "L", "leased_parcels"), 1);
  ASSERT_INT(number(&park, "L", "enterprise_row"), 6);
  ASSERT_NEAR(number(&park, "L", "m2_per_person"), 150, 0);
  ASSERT_NEAR(number(&park, "L", "m2_per_person_median"), 50, 0);
  ASSERT_NEAR(number(&park, "L", "m2_per_person_times"), 3, 0);
  ASSERT_NEAR(number(&park, "L", "kwh_per_m2"), 10, 0);
  ASSERT_INT(number(&park, "L", "kwh_per_m2_peers"), 5);
  ASSERT_NEAR(number(&park, "L", "kwh_per_m2_median"), 30, 0); /* 25 with itself */
  ASSERT_NEAR(number(&park, "L", "output_wan_per_m2_times"), 0.9, 1e-15);
  ASSERT_INT(tri(&park, "L", "over_leased"), MJ_YES);
  CU_ASSERT_STRING_EQUAL(text(&park, "L", "peers"), "P1, P2, P3, P4, P5");
  CU_ASSERT_STRING_EQUAL(
      text(&park, "L", "evidence"),
      "floor per worker 150 m2 beside a median of 5 peers of 50 m2: 3 times it, limit 2 (beyond); electricity 10 kWh "
      "per m2 beside a median of 5 peers of 30 kWh: 0.33 times it, limit 0.5 (beyond); output 2.7 (10k yuan) per m2 "
      "beside a median of 5 peers of 3: 0.9 times it, limit 0.5 (within)");
  mj_park_reset(&park);
}

static void two_beyond_are_yes_two_within_are_no(void) {
  says((user){"L", "17", "B", "承租", 3000, X, 20, 30000, 3000}, MJ_YES, MJ_YES, MJ_YES, MJ_YES, NULL);
  says((user){"L", "17", "B", "承租", 3000, X, 50, 30000, 4200}, MJ_NO, MJ_YES, MJ_YES, MJ_YES, NULL);     /* 60 m2 */
  says((user){"L", "17", "B", "承租", 3000, X, 60, 30000, 4200}, MJ_NO, MJ_YES, MJ_YES, MJ_UNKNOWN, NULL); /* 50 m2 */
  says((user){"L", "17", "B", "承租", 3000, X, 20, 60000, 6000}, MJ_YES, MJ_NO, MJ_NO, MJ_NO, "");
  says((user){"L", "17", "B", "承租", 3000, X, 60, 90000, 9000}, MJ_NO, MJ_NO, MJ_NO, MJ_NO, "");
}

/* 2 times the median, and half of it: not beyond. */
static void at_the_limit_is_within(void) {
  says((user){"L", "17", "B", "承租", 3000, X, 30, 45000, 4500}, MJ_NO, MJ_NO, MJ_NO, MJ_NO, NULL);
  says((user){"L", "17", "B", "承租", 3003, X, 30, 45000, 4500}, MJ_YES, MJ_YES, MJ_YES, MJ_YES, NULL);
}

/* Few workers and little power, and as much output as half of the peers: machines, perhaps. */
static void one_as_good_as_the_median_speaks_against_two(void) {
  says((user){"L", "17", "B", "承租", 3000, X, 20, 30000, 8999}, MJ_YES, MJ_YES, MJ_NO, MJ_YES, NULL);
  says((user){"L", "17", "B", "承租", 3000, X, 20, 30000, 9000}, MJ_YES, MJ_YES, MJ_NO, MJ_UNKNOWN,
       "floor per worker 150 m2 beside a median of 5 peers of 50 m2: 3 times it, limit 2 (beyond); electricity 10 kWh "
       "per m2 beside a median of 5 peers of 30 kWh: 0.33 times it, limit 0.5 (beyond); output 3 (10k yuan) per m2 "
       "beside a median of 5 peers of 3: 1 times it, limit 0.5 (as good as the median)");
}

static void what_is_missing_is_not_known(void) {
  says((user){"L", "17", "B", "承租", 3000, X, X, 30000, 3000}, MJ_UNKNOWN, MJ_YES, MJ_YES, MJ_YES, NULL);
  says((user){"L", "17", "B", "承租", 3000, X, X, 30000, 6000}, MJ_UNKNOWN, MJ_YES, MJ_NO, MJ_UNKNOWN,
       "floor per worker not known, missing: staff; electricity 10 kWh per m2 beside a median of 5 peers of 30 kWh: "
       "0.33 times it, limit 0.5 (beyond); output 2 (10k yuan) per m2 beside a median of 5 peers of 3: 0.67 times it, "
       "limit 0.5 (within)");
  says((user){"L", NULL, "B", "承租", 3000, X, 20, 30000, 3000}, MJ_UNKNOWN, MJ_UNKNOWN, MJ_UNKNOWN, MJ_UNKNOWN,
       "no industry code, or several that differ");
  says((user){"L", "17", "B", "承租", X, X, 20, 30000, 3000}, MJ_UNKNOWN, MJ_UNKNOWN, MJ_UNKNOWN, MJ_UNKNOWN,
       "the floor area leased is not known");
  says((user){"L", "18", "B", "承租", 3000, X, 20, 30000, 3000}, MJ_UNKNOWN, MJ_UNKNOWN, MJ_UNKNOWN, MJ_UNKNOWN,
       "floor per worker: 0 peers, at least 5 needed; electricity per m2: 0 peers, at least 5 needed; output per m2: 0 "
       "peers, at least 5 needed");
}

/* 0 is known: nobody, no power, no output. */
static void floor_with_nobody_on_it_is_beyond(void) {
  mj_park park;
  fill(&park, ROWS(PEERS, {"L", "17", "B", "承租", 3000, X, 0, 0, 0}));
  CU_ASSERT(isnan(number(&park, "L", "m2_per_person")));
  CU_ASSERT(isnan(number(&park, "L", "m2_per_person_times")));
  ASSERT_INT(tri(&park, "L", "m2_per_person_beyond"), MJ_YES);
  ASSERT_INT(tri(&park, "L", "over_leased"), MJ_YES);
  CU_ASSERT_PTR_NOT_NULL(strstr(text(&park, "L", "evidence"), "nobody works on 3,000 m2 (beyond); electricity 0 kWh"));
  mj_park_reset(&park);
}

/* P5 stands still: without power and staff it is no measure, and four peers are too few. */
static void who_stands_still_is_no_peer(void) {
  mj_park park;
  user u[] = {PEERS, {"L", "17", "B", "承租", 3000, X, 20, 30000, 3000}};
  u[4].staff = u[4].kwh = 0;
  fill(&park, 6, u);
  ASSERT_INT(number(&park, "L", "m2_per_person_peers"), 4);
  ASSERT_INT(number(&park, "L", "kwh_per_m2_peers"), 4);
  ASSERT_INT(number(&park, "L", "output_wan_per_m2_peers"), 5);
  CU_ASSERT(isnan(number(&park, "L", "kwh_per_m2_median")));
  ASSERT_INT(tri(&park, "L", "kwh_per_m2_beyond"), MJ_UNKNOWN);
  ASSERT_INT(tri(&park, "L", "output_wan_per_m2_beyond"), MJ_YES);
  ASSERT_INT(tri(&park, "L", "over_leased"), MJ_UNKNOWN);
  mj_park_reset(&park);
}

/* Two lessees are each other's peers, so both have six: 10, 20, 30, 35, 40, 50 for L, 10, 10, 20, 30, 40, 50 for M.
 * Yes comes first. */
static void lessees_are_peers_of_each_other(void) {
  mj_park park;
  fill(&park, ROWS(PEERS, {"M", "17", "B", "承租", 1000, X, 20, 35000, 3500},
                   {"L", "17", "B", "承租", 3000, X, 20, 30000, 3000}));
  ASSERT_INT(find(&park, "L"), 0);
  ASSERT_INT(number(&park, "L", "kwh_per_m2_peers"), 6);
  ASSERT_NEAR(number(&park, "L", "kwh_per_m2_median"), 32.5, 0);
  ASSERT_NEAR(number(&park, "M", "kwh_per_m2_median"), 25, 0);
  CU_ASSERT_STRING_EQUAL(text(&park, "L", "peers"), "P1, P2, P3, P4, P5 and 1 more");
  CU_ASSERT_STRING_EQUAL(text(&park, "M", "peers"), "P1, P2, P3, P4, P5 and 1 more");
  mj_park_reset(&park);
}

/* L leases 3,000 and uses 1,200: its lease is held against others, but what it needs is 1,200 / 20 = 60 m2 a worker. So
 * N, with 150 m2 a worker, has 25, 40, 50, 50, 60, 100: median 50; its power has 10, 20, 25, 30, 40, 50: 27.5. */
static void peers_count_by_the_floor_in_use(void) {
  mj_park park;
  fill(&park, ROWS(PEERS, {"L", "17", "B", "承租", 3000, 1200, 20, 30000, 3000},
                   {"N", "17", "B", "承租", 1500, X, 10, 15000, 1500}));
  ASSERT_NEAR(number(&park, "L", "used_m2"), 1200, 0);
  ASSERT_NEAR(number(&park, "L", "unused_share"), 0.6, 1e-15);
  ASSERT_NEAR(number(&park, "L", "m2_per_person"), 150, 0);
  ASSERT_NEAR(number(&park, "N", "m2_per_person_median"), 50, 0);
  ASSERT_NEAR(number(&park, "N", "kwh_per_m2_median"), 27.5, 0);
  CU_ASSERT(isnan(number(&park, "N", "unused_share")));
  CU_ASSERT_PTR_NOT_NULL(strstr(text(&park, "L", "evidence"), "; 1,200 of 3,000 m2 leased stated in use"));
  mj_park_reset(&park);
}

/* L sub-lets 1,000 of its 3,000 to S; then all of them; then S does not say how much. */
static void what_is_sublet_is_the_sublessees(void) {
  mj_park park;
  fill(&park, ROWS(PEERS, {"L", "17", "B", "承租", 3000, X, 20, 30000, 3000},
                   {"S", "17", "B", "转租", 1000, X, 20, 30000, 3000}));
  ASSERT_NEAR(number(&park, "L", "leased_m2"), 2000, 0);
  ASSERT_NEAR(number(&park, "L", "m2_per_person"), 100, 0);
  ASSERT_NEAR(number(&park, "S", "leased_m2"), 1000, 0);
  mj_park_reset(&park);
  fill(&park, ROWS(PEERS, {"L", "17", "B", "承租", 3000, X, 20, 30000, 3000},
                   {"S", "17", "B", "转租", 3000, X, 20, 30000, 3000}));
  ASSERT_NEAR(number(&park, "L", "leased_m2"), 0, 0);
  CU_ASSERT_STRING_EQUAL(text(&park, "L", "evidence"), "all leased floor is sub-let");
  mj_park_reset(&park);
  fill(&park, ROWS(PEERS, {"L", "17", "B", "承租", 3000, X, 20, 30000, 3000},
                   {"S", "17", "B", "转租", X, X, 20, 30000, 3000}));
  CU_ASSERT(isnan(number(&park, "L", "leased_m2")));
  mj_park_reset(&park);
}

/* L owns 1,000 m2 on A and leases 3,000 on B: by floor 10 of its 40 people work on A and 30 on B. */
static void only_what_stands_on_leased_floor_counts(void) {
  mj_park park;
  fill(&park,
       ROWS(PEERS, {"L", "17", "A", "自有", 1000, X, 40, 40000, 4000}, {"L", "17", "B", "承租", 3000, X, X, X, X}));
  ASSERT_NEAR(number(&park, "L", "staff"), 30, 1e-12);
  ASSERT_NEAR(number(&park, "L", "electricity_kwh"), 30000, 1e-9);
  ASSERT_NEAR(number(&park, "L", "output_wan"), 3000, 1e-9);
  ASSERT_NEAR(number(&park, "L", "leased_m2"), 3000, 0);
  ASSERT_NEAR(number(&park, "L", "m2_per_person"), 100, 1e-12);
  ASSERT_INT(number(&park, "L", "leased_parcels"), 1);
  mj_park_reset(&park);
}

/* L reports in two rows. One of them names a parcel that is not there: what stands on the lease is not known. Both on B
 * add up to 30 people; but they name two industries, and nothing is compared. */
static void rows_of_one_lessee_are_taken_together(void) {
  mj_park park;
  fill(&park,
       ROWS(PEERS, {"L", "17", "B", "承租", 3000, X, 20, 30000, 3000}, {"L", "17", "Z", NULL, X, X, 10, 3000, 300}));
  ASSERT_NEAR(number(&park, "L", "leased_m2"), 3000, 0);
  CU_ASSERT(isnan(number(&park, "L", "staff")));
  ASSERT_INT(tri(&park, "L", "over_leased"), MJ_UNKNOWN);
  mj_park_reset(&park);
  fill(&park,
       ROWS(PEERS, {"L", "17", "B", "承租", 3000, X, 20, 30000, 3000}, {"L", "17", "B", NULL, X, X, 10, 3000, 300}));
  ASSERT_NEAR(number(&park, "L", "m2_per_person"), 100, 0);
  ASSERT_INT(tri(&park, "L", "over_leased"), MJ_YES); /* 11 kWh, 1.1 */
  mj_park_reset(&park);
  fill(&park,
       ROWS(PEERS, {"L", "17", "B", "承租", 3000, X, 20, 30000, 3000}, {"L", "18", "B", NULL, X, X, 10, 3000, 300}));
  ASSERT_NEAR(number(&park, "L", "staff"), 30, 0);
  CU_ASSERT_STRING_EQUAL(text(&park, "L", "industry_division"), "");
  ASSERT_INT(tri(&park, "L", "over_leased"), MJ_UNKNOWN);
  mj_park_reset(&park);
}

/* A park without enterprises. */
static void without_a_row_nothing_is_known(void) {
  mj_park park;
  new_park(&park);
  mj_table *t = lay(&park, MJ_PARCELS, 1, plots);
  texts(t, "parcel_id", (const char *[]){"A"});
  mj_table *o = &park.table[MJ_OCCUPANCIES];
  must(mj_table_init(o, "occupancies", 1));
  texts(o, "credit_code", (const char *[]){"L"});
  texts(o, "parcel_id", (const char *[]){"A"});
  texts(o, "occupancy_role", (const char *[]){"承租"});
  numbers(o, "floor_area_m2", (double[]){500});
  must(mj__measure_enterprises(&park, NULL));
  ASSERT_NEAR(number(&park, "L", "leased_m2"), 500, 0);
  CU_ASSERT(isnan(number(&park, "L", "staff")));
  ASSERT_INT(tri(&park, "L", "over_leased"), MJ_UNKNOWN);
  mj_park_reset(&park);
}

static int ascending(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return x < y ? -1 : x > y;
}

static void the_median_leaves_one_out(void) {
  static const double odd[] = {1, 2, 3, 4, 10}, even[] = {1, 2, 3, 4}, same[] = {2, 2, 2};
  ASSERT_NEAR(mj__median_without(odd, 5, X), 3, 0);
  ASSERT_NEAR(mj__median_without(odd, 5, 3), 3, 0); /* 1 2 4 10 */
  ASSERT_NEAR(mj__median_without(odd, 5, 10), 2.5, 0);
  ASSERT_NEAR(mj__median_without(odd, 5, 1), 3.5, 0);
  ASSERT_NEAR(mj__median_without(even, 4, X), 2.5, 0);
  ASSERT_NEAR(mj__median_without(even, 4, 2), 3, 0);
  ASSERT_NEAR(mj__median_without(even, 4, 4), 2, 0);
  ASSERT_NEAR(mj__median_without(same, 3, 2), 2, 0);
  CU_ASSERT(isnan(mj__median_without(odd, 1, 1)));
  CU_ASSERT(isnan(mj__median_without(odd, 0, X)));
  unsigned seed = 7;
  for (int round = 0; round < 2000; round++) { /* beside the median of what is really left */
    double v[12], left[12];
    int n = 2 + round % 10, k = 0;
    for (int i = 0; i < n; i++) v[i] = (double)((seed = seed * 1103515245 + 12345) >> 16 & 7);
    qsort(v, (size_t)n, sizeof *v, ascending);
    int out = (int)(seed >> 8) % n;
    out = out < 0 ? -out : out;
    for (int i = 0; i < n; i++)
      if (i != out) left[k++] = v[i];
    ASSERT_NEAR(mj__median_without(v, n, v[out]), (left[(k - 1) / 2] + left[k / 2]) / 2, 0);
  }
}

SUITE_OF(over_lease, T(a_lessee_is_held_against_the_median_of_the_others), T(two_beyond_are_yes_two_within_are_no),
         T(at_the_limit_is_within), T(one_as_good_as_the_median_speaks_against_two), T(what_is_missing_is_not_known),
         T(floor_with_nobody_on_it_is_beyond), T(who_stands_still_is_no_peer), T(lessees_are_peers_of_each_other),
         T(peers_count_by_the_floor_in_use), T(what_is_sublet_is_the_sublessees),
         T(only_what_stands_on_leased_floor_counts), T(rows_of_one_lessee_are_taken_together),
         T(without_a_row_nothing_is_known), T(the_median_leaves_one_out));
