#include <math.h>
#include <stdio.h>
#include <string.h>

#include "measure/doubts.h"
#include "measure/units.h"

/* The columns of the projects; NULL where the input has none. */
typedef struct {
  mj_park *park;
  mj_table *t;
  int32_t day; /* the reference date, or MJ_DATE_NULL */
  const mj__use_words *words;
  const char **batch;
  const int32_t *start, *finish, *due;
  const double *total, *spent, *land, *floor, *before;
} projects;

static int32_t at(const int32_t *day, int64_t i) { return day ? day[i] : MJ_DATE_NULL; }

/* Where a project stands on the reference date. */
typedef enum { NOT_KNOWN, NOT_STARTED, RUNNING, FINISHED } progress;
static const char *const progress_names[] = {NULL, "not_started", "running", "finished"};

static bool reversed(const projects *p, int64_t i) {
  return at(p->start, i) != MJ_DATE_NULL && at(p->finish, i) != MJ_DATE_NULL && p->start[i] > p->finish[i];
}

static mj__meaning word_of(const projects *p, int64_t i) {
  return p->batch ? mj__use_word(p->words, "batch", p->batch[i]) : MJ__NO_WORD;
}

/* By its days; where they do not say it, by the word of its batch. */
static progress progress_of(const projects *p, int64_t i) {
  int32_t start = at(p->start, i), finish = at(p->finish, i);
  if (p->day == MJ_DATE_NULL || reversed(p, i)) return NOT_KNOWN;
  if (finish != MJ_DATE_NULL && finish <= p->day) return FINISHED;
  if (finish == MJ_DATE_NULL && word_of(p, i) == MJ__FINISHED) return FINISHED;
  if (start != MJ_DATE_NULL) return start > p->day ? NOT_STARTED : RUNNING;
  return word_of(p, i) == MJ__PLANNED ? NOT_STARTED : word_of(p, i) == MJ__RUNNING ? RUNNING : NOT_KNOWN;
}

static int64_t year_of(int32_t day) {
  int y, m, d;
  if (day == MJ_DATE_NULL) return MJ_I64_NULL;
  mj_date_to_ymd(day, &y, &m, &d);
  return y;
}

static mj_status add_days(const projects *p) {
  mj_status status = MJ_OK;
  const char **state = mj__text(p->t, "progress", &status);
  int64_t *running = mj__i64(p->t, "days_running", &status), *late = mj__i64(p->t, "days_late", &status),
          *year = mj__i64(p->t, "batch_year", &status);
  for (int64_t i = 0; i < p->t->n && !status; i++) {
    progress now = progress_of(p, i);
    int32_t start = at(p->start, i), finish = at(p->finish, i), due = at(p->due, i);
    int32_t end = now == FINISHED ? finish : now == NOT_KNOWN ? MJ_DATE_NULL : p->day;
    state[i] = progress_names[now];
    if (!reversed(p, i)) year[i] = year_of(now == FINISHED ? finish : start);
    if (end == MJ_DATE_NULL) continue;
    if (start != MJ_DATE_NULL && now != NOT_STARTED) running[i] = (int64_t)end - start;
    if (due != MJ_DATE_NULL) late[i] = end > due ? (int64_t)end - due : 0;
  }
  return status;
}

static mj_status add_figures(const projects *p) {
  mj_status status = MJ_OK;
  double *mu = mj__f64(p->t, "land_mu", &status), *added = mj__f64(p->t, "floor_area_added_m2", &status),
         *share = mj__f64(p->t, "invested_share", &status);
  for (int64_t i = 0; i < p->t->n && !status; i++) {
    if (p->land) mu[i] = p->land[i] * 15 / 10000;
    if (p->floor && p->before) added[i] = p->floor[i] - p->before[i];
    if (p->total && p->spent && p->total[i] > 0) share[i] = p->spent[i] / p->total[i];
  }
  return status;
}

/* ---- what cannot be ---- */

static mj_status check_days(const projects *p) {
  mj__faults dates = {.park = p->park, .code = MJ_L_PROJECT_DATES, .table = MJ_PROJECTS, .field = "finish_on"},
             open = {.park = p->park, .code = MJ_L_PROJECT_NO_FINISH, .table = MJ_PROJECTS, .field = "finish_on"};
  char start[11], finish[11];
  for (int64_t i = 0; i < p->t->n; i++) {
    if (reversed(p, i)) {
      mj_date_format(p->start[i], start);
      mj_date_format(p->finish[i], finish);
      MJ_TRY(mj__fault(&dates, i, finish, start));
    } else if (at(p->finish, i) == MJ_DATE_NULL && word_of(p, i) == MJ__FINISHED) {
      MJ_TRY(mj__fault(&open, i, p->batch[i], NULL));
    }
  }
  MJ_TRY(mj__tell_faults(&dates));
  return mj__tell_faults(&open);
}

static mj_status check_money(const projects *p) {
  mj__faults money = {.park = p->park, .code = MJ_L_PROJECT_INVESTMENT, .table = MJ_PROJECTS, .field = "invested_wan"};
  mj__digits total, spent;
  char found[200], expected[200];
  for (int64_t i = 0; p->spent && i < p->t->n; i++) {
    bool over = p->total && p->spent[i] > p->total[i];
    if (!over && !(p->spent[i] < 0)) continue;
    snprintf(found, sizeof found, mj_tr(p->park->project.lang, "%s (10k yuan)"), mj__digits_of(p->spent[i], &spent));
    snprintf(expected, sizeof expected, mj_tr(p->park->project.lang, "at most %s"),
             mj__digits_of(over ? p->total[i] : (double)NAN, &total));
    MJ_TRY(mj__fault(&money, i, found, over ? expected : ">= 0"));
  }
  return mj__tell_faults(&money);
}

static mj_status measure(projects *p) {
  int64_t *parcel;
  p->batch = mj_table_text(p->t, "batch");
  p->start = mj_table_date(p->t, "start_on");
  p->finish = mj_table_date(p->t, "finish_on");
  p->due = mj_table_date(p->t, "finish_due");
  p->total = mj_table_f64(p->t, "invest_total_wan");
  p->spent = mj_table_f64(p->t, "invested_wan");
  p->land = mj_table_f64(p->t, "land_area_m2");
  p->floor = mj_table_f64(p->t, "floor_area_m2");
  p->before = mj_table_f64(p->t, "floor_area_before_m2");
  MJ_TRY(mj__list_match(p->park, MJ_PROJECTS, "parcel_id", MJ_PARCELS, "parcel_id", &parcel));
  MJ_TRY(mj__list_zones(p->park, MJ_PROJECTS, parcel));
  const mj__shape_source source[] = {{MJ_PROJECTS, NULL, "own"}, {MJ_PARCELS, parcel, "parcel"}};
  MJ_TRY(mj__list_shapes(p->park, MJ_PROJECTS, 2, source));
  MJ_TRY(add_figures(p));
  MJ_TRY(add_days(p));
  MJ_TRY(check_days(p));
  MJ_TRY(check_money(p));
  return mj__list_repeats(p->park, MJ_PROJECTS, "project_id", MJ_L_LIST_REPEATED);
}

mj_status mj__measure_projects(mj_park *park, mj_error *err) {
  mj__use_words words = {0};
  projects p = {.park = park, .t = &park->table[MJ_PROJECTS], .day = mj__as_of(park), .words = &words};
  if (!mj_park_has(park, MJ_PROJECTS)) return MJ_OK;
  mj_status status = mj__use_words_open(&words, err);
  if (!status && (status = measure(&p))) mj_fail(err, status, "out of memory reading the projects");
  mj__use_words_reset(&words);
  return status;
}
