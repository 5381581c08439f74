/* What each parcel is for, whose it is, what its contract says, and how far its building has come. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "sample.h"

/* Shares of kinds by piece, added up: OTHER, VACANT, STOPPED, CLOSED, SHARED; the rest are factories. */
static const double kinds[N_ZONES][5] = {
    {0.10, 0.34, 0.40, 0.51, 0.55}, {0.06, 0.11, 0.14, 0.21, 0.29}, {0.25, 0.42, 0.46, 0.50, 0.60}};

typedef struct {
  const char *due, *extended, *delivered;
  int started;
  const char *cause, *truth, *detail;
} vacancy;

/* As of 2026-03-31. A contract's start, its extension, the day the land was handed over, and what follows from them. */
static const vacancy vacancies[] = {
    {"2024-09-30", "", "2023-09-28", 0, NULL, "idle_1y",
     "start due 2024-09-30 passed by more than one year, under two"},
    {"2023-06-30", "", "2022-06-27", 0, NULL, "idle_2y", "start due 2023-06-30 passed by more than two years"},
    {"2025-08-31", "", "2024-08-30", 0, NULL, "not_yet_due_1y", "start due 2025-08-31 passed by under one year"},
    {"2023-05-31", "2024-05-30", "2022-05-20", 0, NULL, "idle_1y_extended",
     "extended start 2024-05-30 counts, passed by more than one year, under two"},
    {"2023-10-31", "2025-12-31", "2022-10-31", 0, NULL, "extended_unsigned",
     "put off by more than a year to 2025-12-31, no date of signature: not known how long it holds"},
    {"", "", "2023-09-15", 0, NULL, "idle_1y_delivered", "no agreed start; delivered 2023-09-15, so due 2024-09-15"},
    {"", "", "2025-06-20", 0, NULL, "delivered_not_due", "no agreed start; delivered 2025-06-20, so due 2026-06-20"},
    {"2023-12-31", "", "", 0, "政府原因：未按约定条件交地", "idle_2y_government",
     "start due 2023-12-31 passed by two years, cause is the government's"},
    {"", "", "", -1, NULL, "dates_missing", "no dates and not said whether started"},
    {"2025-03-31", "", "2024-03-29", 0, NULL, "idle_1y_exact", "start due 2025-03-31: one year to the day"},
    {"2025-04-01", "", "2024-03-29", 0, NULL, "idle_1y_short_by_a_day", "start due 2025-04-01: one year less a day"},
    {"2024-03-31", "", "2023-03-30", 0, NULL, "idle_2y_exact", "start due 2024-03-31: two years to the day"},
    {"2024-04-01", "", "2023-03-30", 0, NULL, "idle_2y_short_by_a_day", "start due 2024-04-01: two years less a day"},
    {"2024-06-30", "", "2023-06-30", -1, NULL, "started_missing", "start due 2024-06-30, not said whether started"},
    {"2026-09-30", "", "2025-12-25", 0, NULL, "start_in_future", "start due 2026-09-30"},
    {"2022-12-31", "", "2021-12-30", 0, "企业原因：资金不足", "idle_2y",
     "start due 2022-12-31 passed by more than two years"},
    {"2024-11-30", "", "2023-12-01", 0, "企业原因：方案调整", "idle_1y",
     "start due 2024-11-30 passed by more than one year, under two"},
    {"2024-12-31", "", "2024-01-10", 0, "政府原因：规划调整", "idle_1y_government",
     "start due 2024-12-31 passed by one year, cause is the government's"}};

typedef struct {
  const char *stopped;
  double developed, invested;
  const char *truth, *detail;
} halt;

/* Shares of the land to be developed and of the money to be invested; -1: not said. */
static const halt halts[] = {
    {"2024-10-15", 0.22, 0.41, "stopped_third", "stopped since 2024-10-15, developed 22 % < 1/3"},
    {"2024-07-01", 0.52, 0.19, "stopped_quarter", "stopped since 2024-07-01, developed 52 %, invested 19 % < 25 %"},
    {"2025-09-20", 0.18, 0.12, "stopped_under_1y", "stopped since 2025-09-20, under one year"},
    {"2024-05-10", 0.61, 0.55, "stopped_above_both", "stopped since 2024-05-10, above 1/3 and above 25 %"},
    {"2024-03-01", -1, -1, "stopped_shares_missing", "stopped since 2024-03-01, neither share known"},
    {"2025-03-31", 0.30, 0.21, "stopped_1y_exact",
     "stopped since 2025-03-31: one year to the day, developed 30 %, invested 21 %"},
    {"2023-11-30", -3, 0.25, "stopped_at_limits",
     "stopped since 2023-11-30, developed exactly 1/3 and invested exactly 25 %: on neither limit's side"},
    {"2024-01-15", -1, 0.60, "stopped_area_missing",
     "stopped since 2024-01-15, invested 60 %, developed area not known"}};

static void put(char *out, size_t size, const char *text) { snprintf(out, size, "%s", text); }

static void choose_kind(parcel *q, chance *c) {
  if (q->kind == CENTRE) return;
  double at = chance_between(c, 0, 1);
  const double *k = kinds[q->zone < 0 ? 1 : q->zone];
  q->kind = at < k[0]   ? OTHER
            : at < k[1] ? VACANT
            : at < k[2] ? STOPPED
            : at < k[3] ? CLOSED
            : at < k[4] ? SHARED
                        : FACTORY;
  if (q->area_m2 < 3600 && q->kind != OTHER) q->kind = FACTORY;
  if (q->zone < 0) q->kind = FACTORY;
}

static void choose_use(parcel *q, chance *c) {
  static const char *const others[N_ZONES][4][2] = {
      {{"110101", "一类物流仓储用地"}, {"0802", "科研用地"}, {"0901", "商业用地"}, {"1402", "防护绿地"}},
      {{"110101", "一类物流仓储用地"}, {"1303", "供电用地"}, {"0901", "商业用地"}, {"1208", "交通场站用地"}},
      {{"070102", "二类城镇住宅用地"}, {"0901", "商业用地"}, {"0804", "教育用地"}, {"1401", "公园绿地"}}};
  double at = chance_between(c, 0, 1);
  int zone = q->zone < 0 ? 1 : q->zone;
  if (q->kind == OTHER) {
    int i = zone == 2 && at < 0.45 ? 0 : chance_below(c, 4);
    q->use = others[zone][i][0];
    q->use_name = others[zone][i][1];
    return;
  }
  bool second = zone == 1 ? at < 0.7 : at < 0.3;
  q->use = second ? "100102" : "100101";
  q->use_name = second ? "二类工业用地" : "一类工业用地";
  if (zone == 1 && at > 0.97) {
    q->use = "100103";
    q->use_name = "三类工业用地";
  }
  if (q->kind == CENTRE) {
    q->use = "100101";
    q->use_name = "一类工业用地";
  }
}

static void choose_title(park *p, parcel *q, int index, chance *c) {
  q->recorded_m2 = round_to(q->area_m2 * chance_between(c, 0.996, 1.003), 0.01);
  q->contract_m2 = chance_is(c, 0.55) ? round_to(q->recorded_m2 * chance_between(c, 0.999, 1.001), 1) : EMPTY;
  double top = q->zone == 0 ? 2.0 : q->zone == 2 ? 2.5 : 1.6;
  q->cap = is_industrial(q) && chance_is(c, 0.3) ? round_to(chance_between(c, top - 0.6, top + 0.4), 0.1) : EMPTY;
  if (q->kind == CENTRE) q->cap = 3.0;
  q->price_wan =
      is_industrial(q) && chance_is(c, 0.6) ? round_to(mu_of(q->recorded_m2) * chance_between(c, 22, 46), 0.01) : EMPTY;
  q->tenure = q->kind == OTHER && chance_is(c, 0.5) ? "划拨" : chance_is(c, 0.05) ? "租赁" : "出让";
  int year = 2036 + chance_below(c, 34);
  snprintf(q->tenure_end, sizeof q->tenure_end, chance_is(c, 0.5) ? "%d-12-30" : "%d年12月30日", year);
  if (strcmp(q->tenure, "划拨") == 0) q->tenure_end[0] = '\0';
  q->mortgaged = chance_is(c, 0.1) ? -1 : chance_is(c, 0.3);
  q->seized = chance_is(c, 0.05) ? -1 : chance_is(c, q->kind == CLOSED || q->kind == STOPPED ? 0.18 : 0.01);
  q->industry = industry_for(q->zone, c);
  static const char *const roads[N_ZONES] = {"科创", "机汽", "智谷"};
  int zone = q->zone < 0 ? 1 : q->zone;
  snprintf(q->address, sizeof q->address, "示例高新区%s%s%d路%d号", q->zone < 0 ? "外围" : p->zone[zone].name,
           roads[zone], 1 + q->block % 7, 2 * index + 1);
}

static void set_vacancy(park *p, parcel *q, int index, int turn) {
  const vacancy *v = &vacancies[turn % (int)(sizeof vacancies / sizeof *vacancies)];
  put(q->due, sizeof q->due, v->due);
  put(q->extended, sizeof q->extended, v->extended);
  put(q->delivered, sizeof q->delivered, v->delivered);
  q->started = v->started;
  q->cause = v->cause;
  put(q->owner, sizeof q->owner, turn % 5 == 4 ? "示例高新区土地储备中心" : "示例园区产业投资有限公司");
  note(p, v->truth, "parcels", index + 1, q->code, "%s", v->detail);
}

static void set_halt(park *p, parcel *q, int index, int turn, chance *c) {
  const halt *h = &halts[turn % (int)(sizeof halts / sizeof *halts)];
  put(q->due, sizeof q->due, "2022-09-30");
  put(q->delivered, sizeof q->delivered, "2021-09-18");
  put(q->started_on, sizeof q->started_on, "2022-08-26");
  put(q->stopped, sizeof q->stopped, h->stopped);
  put(q->owner, sizeof q->owner, "示例在建实业有限公司");
  q->started = 1;
  q->invest_total_wan = round_to(mu_of(q->recorded_m2) * chance_between(c, 260, 420), 100);
  q->developable_m2 = 3 * round_to(q->recorded_m2 / 3 - 40, 1);
  q->developed_m2 = h->developed == -3 ? q->developable_m2 / 3
                    : h->developed < 0 ? EMPTY
                                       : round_to(q->developable_m2 * h->developed, 1);
  q->invested_wan = h->invested < 0 ? EMPTY : round_to(q->invest_total_wan * h->invested, 0.01);
  note(p, h->truth, "parcels", index + 1, q->code, "%s", h->detail);
}

/* Built up long ago: the record says so, with what was developed and invested. */
static void set_built(parcel *q, chance *c) {
  int year = 1994 + chance_below(c, 28);
  q->started = 1;
  snprintf(q->due, sizeof q->due, "%d-%02d-01", year, 1 + chance_below(c, 12));
  snprintf(q->started_on, sizeof q->started_on, "%d-%02d-15", year, 1 + chance_below(c, 12));
  q->developable_m2 = round_to(q->recorded_m2, 1);
  q->developed_m2 = round_to(q->recorded_m2 * chance_between(c, 0.55, 1), 1);
  q->invest_total_wan = round_to(mu_of(q->recorded_m2) * chance_between(c, 90, 320), 10);
  q->invested_wan = round_to(q->invest_total_wan * chance_between(c, 0.7, 1.15), 0.01);
}

static void set_progress(park *p, parcel *q, int index, int *vacant, int *stopped, chance *c) {
  q->started = -1;
  q->developed_m2 = q->developable_m2 = q->invested_wan = q->invest_total_wan = EMPTY;
  if (q->kind == VACANT) set_vacancy(p, q, index, (*vacant)++);
  else if (q->kind == STOPPED) set_halt(p, q, index, (*stopped)++, c);
  else if (chance_is(c, is_industrial(q) ? 0.85 : 0.5)) set_built(q, c);
}

void make_land(park *p) {
  chance c = chance_of(p->seed, 3);
  int vacant = 0, stopped = 0;
  for (int i = 0; i < p->n_parcels; i++) {
    parcel *q = &p->parcel[i];
    choose_kind(q, &c);
    choose_use(q, &c);
    /* cadastral areas 901-903: the shape of a code of 350502, and nobody's land */
    snprintf(q->key, sizeof q->key, "350502%03d%03dGB%05d", 901 + (q->zone < 0 ? 3 : q->zone),
             q->block < 0 ? 1 : (q->block + 1) % 1000, (i + 1) % 100000);
    snprintf(q->code, sizeof q->code, "%s", q->key);
    choose_title(p, q, i, &c);
    set_progress(p, q, i, &vacant, &stopped, &c);
    if (q->kind == OTHER) put(q->owner, sizeof q->owner, "示例高新区管理委员会");
    if (q->kind == CENTRE) {
      put(q->owner, sizeof q->owner, "示例科创中心运营有限公司");
      note(p, "innovation_centre", "parcels", i + 1, q->code, "the innovation centre: one parcel, several tenants");
    }
  }
}
