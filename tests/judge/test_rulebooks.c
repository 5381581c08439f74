/* The tables beside the rulebooks: facts -> verdict, reason, margin, each line a park of one parcel. */
#include "fixture.h"
#include "judge/run.h"

enum { MOST_CELLS = 40, MOST_RULES = 16 };

typedef struct {
  char *cell[MOST_CELLS];
  int n;
} line;

static char *next_line(char **at) {
  char *start = *at, *end = start ? strchr(start, '\n') : NULL;
  if (!start || !*start) return NULL;
  if (end) *end = 0;
  *at = end ? end + 1 : NULL;
  return start;
}

static void split(char *text, line *out) {
  out->n = 0;
  for (char *p = text; p; out->n++) {
    out->cell[out->n] = p;
    p = strchr(p, ',');
    if (p) *p++ = 0;
  }
}

static char *read_all(const char *path) {
  FILE *file = fopen(path, "r");
  CU_ASSERT_PTR_NOT_NULL_FATAL(file);
  char *text = calloc(1, 1 << 16);
  size_t n = fread(text, 1, (1 << 16) - 1, file);
  CU_ASSERT_FATAL(n > 0 && n < (1 << 16) - 1);
  fclose(file);
  return text;
}

static const char *cell(const line *head, const line *row, const char *name) {
  for (int i = 0; i < head->n; i++)
    if (!strcmp(head->cell[i], name)) return row->cell[i];
  return "";
}

/* Fill one cell of the parcel by the field's type. */
static void set_cell(fixture *f, const mj_rb_run *fields, const char *name, const char *value) {
  const mj_rb_field *field = mj_rb_find_field(fields, "parcels", name);
  CU_ASSERT_PTR_NOT_NULL_FATAL(field);
  mj_column *column = mj_table_add(&f->park.table[MJ_PARCELS], name, field->type);
  CU_ASSERT_PTR_NOT_NULL_FATAL(column);
  if (!*value) return;
  if (field->type == MJ_F64) CU_ASSERT(mj_double_parse(value, &column->f64[0]));
  if (field->type == MJ_I64) column->i64[0] = strtoll(value, NULL, 10);
  if (field->type == MJ_DATE) column->date[0] = mj_date_parse(value);
  if (field->type == MJ_TRI) column->tri[0] = (uint8_t)(*value - '0');
  if (field->type == MJ_TEXT) column->text[0] = mj_arena_text(&f->park.table[MJ_PARCELS].arena, value, strlen(value));
}

/* ">idle" and the like: what must stand in the parcel's row afterwards, "" for NULL. */
static bool output_is(const fixture *f, const char *name, const char *want) {
  const mj_column *c = mj_table_find(&f->park.table[MJ_PARCELS], name);
  char got[32] = "";
  if (!c) return false;
  if (c->type == MJ_TRI && c->tri[0] != MJ_UNKNOWN) snprintf(got, sizeof got, "%d", c->tri[0]);
  if (c->type == MJ_F64 && !isnan(c->f64[0])) mj_double_shortest(c->f64[0], got);
  if (c->type == MJ_I64 && c->i64[0] != MJ_I64_NULL) snprintf(got, sizeof got, "%lld", (long long)c->i64[0]);
  if (c->type == MJ_DATE) mj_date_format(c->date[0], got);
  if (c->type == MJ_TEXT && c->text[0]) snprintf(got, sizeof got, "%s", c->text[0]);
  if (strcmp(got, want) != 0) printf("\n    %s is '%s', not '%s'", name, got, want);
  return !strcmp(got, want);
}

static bool reason_is(const fixture *f, const line *head, const line *row) {
  const char *verdict = cell(head, row, "verdict"), *measure = cell(head, row, "measure");
  double want;
  int64_t r = find_reason(f, "P1", cell(head, row, "rule"), *measure ? measure : NULL);
  if (!*measure) return r < 0;
  if (r < 0) return false;
  uint8_t got = mj_table_tri(&f->park.table[MJ_REASONS], "verdict")[r];
  bool same = got == (!strcmp(verdict, "是") ? MJ_YES : MJ_UNKNOWN) &&
              !strcmp(reason_text(f, r, "value"), cell(head, row, "value")) &&
              !strcmp(reason_text(f, r, "limit_value"), cell(head, row, "limit"));
  if (!same) printf("\n    got %d %s %s", got, reason_text(f, r, "value"), reason_text(f, r, "limit_value"));
  if (!mj_double_parse(cell(head, row, "margin"), &want)) return same && isnan(reason_margin(f, r));
  return same && fabs(reason_margin(f, r) - want) < 1e-9 * (1 + fabs(want));
}

/* @p beside: rulebooks whose verdicts or facts the one under test reads, ended by NULL. */
static void run_case(const char *book, const char *const *beside, const mj_rb_run *fields, const line *head,
                     line *row) {
  fixture f;
  set_up(&f, 1, cell(head, row, "as_of"));
  add_book(&f, book);
  while (*beside) add_book(&f, *beside++);
  int first = 8;
  for (int i = first; i < head->n; i++)
    if (head->cell[i][0] != '>') set_cell(&f, fields, head->cell[i], row->cell[i]);
  mj_status status = judge(&f);
  bool good = !status && reason_is(&f, head, row);
  for (int i = first; good && i < head->n; i++)
    if (head->cell[i][0] == '>') good = output_is(&f, head->cell[i] + 1, row->cell[i]);
  if (!good) printf("\n    %s: %s %s", book, row->cell[0], f.err.message);
  CU_ASSERT(good);
  tear_down(&f);
}

/* Which of 是, 否, 数据不足 a rule has a line for. */
typedef struct {
  char code[32];
  bool seen[3];
} covered;

static void note_case(covered *all, const line *head, const line *row) {
  static const char *const verdicts[] = {"是", "否", "数据不足"};
  covered *c = all;
  while (c->code[0] && strcmp(c->code, cell(head, row, "rule")) != 0) c++;
  CU_ASSERT_FATAL(c < all + MOST_RULES - 1);
  snprintf(c->code, sizeof c->code, "%s", cell(head, row, "rule"));
  for (int i = 0; i < 3; i++)
    if (!strcmp(cell(head, row, "verdict"), verdicts[i])) c->seen[i] = true;
}

static void check_covered(const char *book, const covered *all) {
  fixture f;
  set_up(&f, 1, "2026-03-31");
  add_book(&f, book);
  CU_ASSERT_EQUAL_FATAL(mj_rules_load(&f.park, &f.err), MJ_OK);
  const mj_rulebook *b = f.park.rulebooks[0];
  for (int i = 0; i < b->n_rules + (b->ladder != NULL); i++) {
    const char *code = i < b->n_rules ? b->rule[i].code : b->ladder->head.code;
    const covered *c = all;
    while (c->code[0] && strcmp(c->code, code) != 0) c++;
    if (!(c->seen[0] && c->seen[1] && c->seen[2])) printf("\n    %s %s lacks a case", book, code);
    CU_ASSERT(c->seen[0] && c->seen[1] && c->seen[2]);
  }
  tear_down(&f);
}

static void run_table(const char *book, const char *const *beside) {
  char path[1024];
  covered seen[MOST_RULES] = {0};
  line head, row;
  mj_park none = {0};
  mj_rb_run *fields = calloc(1, sizeof *fields);
  CU_ASSERT_PTR_NOT_NULL_FATAL(getenv("MUJUN_SOURCE"));
  snprintf(path, sizeof path, "%s/rules/tests/%s.csv", getenv("MUJUN_SOURCE"), book);
  CU_ASSERT_EQUAL_FATAL(mj_rb_run_open(fields, &none, NULL), MJ_OK);
  char *text = read_all(path), *at = text, *next = next_line(&at);
  split(next, &head);
  while ((next = next_line(&at))) {
    split(next, &row);
    CU_ASSERT_EQUAL_FATAL(row.n, head.n);
    note_case(seen, &head, &row);
    run_case(book, beside, fields, &head, &row);
  }
  check_covered(book, seen);
  free(text);
  mj_rb_run_close(fields);
  free(fields);
}

static const char *const alone[] = {NULL};

static void idle_land_follows_order_53(void) { run_table("national-idle-2012", alone); }
static void quanzhou_tells_low_output_and_the_tiers(void) { run_table("quanzhou-2025", alone); }
/* What counts as benefit is the project's to say, without a copy of the rulebook. */
static void what_counts_as_benefit_is_a_setting(void) {
  mj_fact_setting setting[] = {{"benefit_3y_wan", "profit_3y_wan + tax_3y_wan"}};
  static const char *const said[] = {NULL, "profit_3y_wan + tax_3y_wan", "output_3y_wan", "\"近三年经济效益\"",
                                     "profits_3y_wan"};
  static const uint8_t want[] = {MJ_YES, MJ_NO, MJ_UNKNOWN, MJ_YES};
  fixture f;
  for (int i = 0; i < 5; i++) {
    set_up(&f, 1, "2026-03-31");
    add_book(&f, "quanzhou-2025");
    setting[0].sql = said[i];
    f.park.project.facts = setting, f.park.project.n_facts = i > 0;
    f64(&f, "tax_3y_wan")[0] = 32, f64(&f, "profit_3y_wan")[0] = 18, f64(&f, "area_mu")[0] = 10;
    f64(&f, "control_share")[0] = 1, f64(&f, "近三年经济效益")[0] = 40;
    text(&f, "control_level")[0] = "1", text(&f, "land_use")[0] = "1001";
    mj_status status = judge(&f);
    CU_ASSERT_EQUAL(status, i < 4 ? MJ_OK : MJ_ERULE);
    if (i < 4) CU_ASSERT_EQUAL(tri(&f, "inefficient")[0], want[i]);
    if (i == 4) CU_ASSERT_PTR_NOT_NULL(strstr(f.err.message, "fact 'benefit_3y_wan' as the settings say"));
    tear_down(&f);
  }
  set_up(&f, 1, "2026-03-31");
  add_book(&f, "quanzhou-2025");
  setting[0] = (mj_fact_setting){"benefit", "profit_3y_wan"};
  f.park.project.facts = setting, f.park.project.n_facts = 1;
  CU_ASSERT_EQUAL(judge(&f), MJ_EFORMAT);
  CU_ASSERT_STRING_EQUAL(f.err.message, "settings: facts: no rulebook of this run has a fact 'benefit'");
  tear_down(&f);
}

static void control_of_2008_follows_industry_and_edition(void) { run_table("control-2008", alone); }
static void control_of_2023_has_the_floor_of_2008(void) { run_table("control-2023", alone); }

/* They share facts, and each judges what was supplied under it. */
static void both_controls_stand_together(void) {
  static const char *const rule[] = {"C2008-1", "C2023-1"};
  fixture f;
  set_up(&f, 2, "2026-03-31");
  add_book(&f, "control-2008");
  add_book(&f, "control-2023");
  add_book(&f, "fujian-2013");
  for (int i = 0; i < 2; i++) {
    text(&f, "land_use")[i] = "1001", text(&f, "industry_code")[i] = "C17";
    f64(&f, "plot_ratio")[i] = 0.7, f64(&f, "building_coefficient")[i] = 0.5;
    date(&f, "supplied_on")[i] = mj_date_from_ymd(2023, 6, 24 + i);
  }
  CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
  for (int i = 0; i < 2; i++) {
    CU_ASSERT_EQUAL(tri(&f, "inefficient")[i], MJ_YES);
    CU_ASSERT(find_reason(&f, i ? "P2" : "P1", rule[i], NULL) >= 0);
    CU_ASSERT(find_reason(&f, i ? "P2" : "P1", rule[1 - i], NULL) < 0);
  }
  tear_down(&f);
}

/* A city's own rules decide: control indicators are no test of what stands, unless nobody else has one. */
static void control_gives_way_to_the_city(void) {
  fixture f;
  set_up(&f, 1, "2026-03-31");
  add_book(&f, "control-2008");
  add_book(&f, "quanzhou-2025");
  text(&f, "land_use")[0] = "1001", text(&f, "industry_code")[0] = "C17", text(&f, "control_level")[0] = "1";
  f64(&f, "plot_ratio")[0] = 0.7, f64(&f, "tax_3y_wan")[0] = 60, f64(&f, "area_mu")[0] = 10;
  f64(&f, "control_share")[0] = 1;
  date(&f, "supplied_on")[0] = mj_date_from_ymd(2015, 6, 1);
  CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
  CU_ASSERT_EQUAL(tri(&f, "inefficient")[0], MJ_NO);
  tear_down(&f);
}

/* Only land that has the figure counts, on both sides of the fraction; other land does not. */
static void fujian_holds_the_park_against_the_averages(void) {
  static const double invest[] = {1000, NAN, 500, 90000}, floor_area[] = {6000, 7000, NAN, 1e6};
  fixture f;
  set_up(&f, 4, "2026-03-31");
  add_book(&f, "fujian-2013");
  for (int i = 0; i < 4; i++) {
    text(&f, "land_use")[i] = i == 3 ? "0701" : "1001";
    f64(&f, "area_mu")[i] = i ? 7.5 : 15, f64(&f, "fixed_investment_wan")[i] = invest[i];
    f64(&f, "countable_floor_area_m2")[i] = floor_area[i];
  }
  CU_ASSERT_EQUAL_FATAL(judge(&f), MJ_OK);
  const mj_table *t = &f.park.table[MJ_INDICATORS];
  CU_ASSERT_FATAL(t->n >= 2);
  ASSERT_NEAR(mj_table_f64(t, "value")[0], 1500 / 22.5, 1e-12);
  ASSERT_NEAR(mj_table_f64(t, "ideal")[0], 2014.0 / 15, 1e-12);
  ASSERT_NEAR(mj_table_f64(t, "value")[1], 13000.0 / 15000, 1e-12);
  CU_ASSERT(isnan(f64(&f, "fujian_2013_plot_ratio_min")[0])); /* the table waits to be filled in */
  tear_down(&f);
}

static void states_follow_dates_and_verdicts(void) {
  static const char *const beside[] = {"national-idle-2012", "quanzhou-2025", NULL};
  run_table("supply-states", beside);
}

SUITE_OF(rulebooks, T(idle_land_follows_order_53), T(quanzhou_tells_low_output_and_the_tiers),
         T(what_counts_as_benefit_is_a_setting), T(control_of_2008_follows_industry_and_edition),
         T(control_of_2023_has_the_floor_of_2008), T(both_controls_stand_together), T(control_gives_way_to_the_city),
         T(fujian_holds_the_park_against_the_averages), T(states_follow_dates_and_verdicts));
