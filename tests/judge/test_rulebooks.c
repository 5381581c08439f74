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
static void states_follow_dates_and_verdicts(void) {
  static const char *const beside[] = {"national-idle-2012", "quanzhou-2025", NULL};
  run_table("supply-states", beside);
}

SUITE_OF(rulebooks, T(idle_land_follows_order_53), T(quanzhou_tells_low_output_and_the_tiers),
         T(states_follow_dates_and_verdicts));
