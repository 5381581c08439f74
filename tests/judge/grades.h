/* Enterprises of one year and a scheme over them, for the tests of grades. */
#ifndef JUDGE_GRADES_FIXTURE_H
#define JUDGE_GRADES_FIXTURE_H

#include "fixture.h"

enum { YEAR = 2025 };

static inline mj_table *firms(fixture *f) { return &f->park.table[MJ_ENTERPRISES]; }

/* n enterprises C1, C2 ... of 2025, nothing known of them. */
static inline void set_firms(fixture *f, int64_t n) {
  set_up(f, 1, "2026-03-31");
  CU_ASSERT_EQUAL_FATAL(mj_table_init(firms(f), "enterprises", n), MJ_OK);
  const char **code = mj_table_add(firms(f), "credit_code", MJ_TEXT)->text;
  int64_t *year = mj_table_add(firms(f), "year", MJ_I64)->i64;
  for (int64_t i = 0; i < n; i++) {
    code[i] = mj_arena_format(&firms(f)->arena, "C%lld", (long long)i + 1);
    year[i] = YEAR;
  }
}

static inline double *of(fixture *f, const char *name) { return mj_table_add(firms(f), name, MJ_F64)->f64; }

static inline void tax(fixture *f, const double *value) {
  for (int64_t i = 0; i < firms(f)->n; i++) of(f, "tax_wan")[i] = value[i];
}

/* The line of the indicators is 6. With weight 100 and base 100 the score is the value itself. */
#define SCHEME(more, cuts, indicators)                        \
  HEAD("g")                                                   \
  "grades: {code: G, scoring: ratio, " more "\n cuts: {" cuts \
  "},\n groups: [{group: all, when: '1', indicators: [" indicators "]}]}}"
#define TAX "{name: tax, measure: tax_wan, weight: 100, base: 100}"
#define HALVES "by: rank, classes: [{class: A, share: 0.5}, {class: B, share: 0.5}]"

static inline const mj_table *grades(const fixture *f) { return &f->park.table[MJ_GRADES]; }

static inline const char *cell(const fixture *f, const char *column, int64_t row) {
  const char *value = row < grades(f)->n ? mj_table_text(grades(f), column)[row] : "(no row)";
  return value ? value : "";
}

static inline double number(const fixture *f, const char *column, int64_t row) {
  return mj_table_f64(grades(f), column)[row];
}

/* The classes of all rows in one word, - for none. */
static inline void classes_are(fixture *f, const char *want) {
  char got[64] = "";
  mj_status status = judge(f);
  if (status) printf("\n    %s", f->err.message);
  CU_ASSERT_EQUAL_FATAL(status, MJ_OK);
  for (int64_t i = 0; i < grades(f)->n && i < 60; i++) strcat(got, *cell(f, "class", i) ? cell(f, "class", i) : "-");
  if (strcmp(got, want) != 0) printf("\n    classes %s, not %s", got, want);
  CU_ASSERT_STRING_EQUAL(got, want);
}

static inline void grade(fixture *f, const double *value, int64_t n, const char *yaml, const char *want) {
  set_firms(f, n);
  if (value) tax(f, value);
  write_book(f, "g", yaml);
  classes_are(f, want);
}
#endif
