/* A small park for the judge: parcels of NULLs whose cells a test fills, rulebooks by name or as YAML text. */
#ifndef JUDGE_FIXTURE_H
#define JUDGE_FIXTURE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "mujun/rooms.h"
#include "test.h"

typedef struct {
  mj_park park;
  mj_error err;
  char dir[64];
  char path[4][96];
  const char *books[4];
  int n_books;
} fixture;

static inline void set_up(fixture *f, int64_t parcels, const char *as_of) {
  *f = (fixture){.dir = "/tmp/mj_judge_XXXXXX"};
  CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(f->dir));
  f->park.project = (mj_project){.as_of = mj_date_parse(as_of),
                                 .year = 2025,
                                 .lang = MJ_ZH,
                                 .threads = 1,
                                 .headroom_min_m2 = NAN,
                                 .area_tolerance = NAN};
  CU_ASSERT_EQUAL_FATAL(mj_table_init(&f->park.table[MJ_PARCELS], "parcels", parcels), MJ_OK);
  const char **id = mj_table_add(&f->park.table[MJ_PARCELS], "parcel_id", MJ_TEXT)->text;
  for (int64_t i = 0; i < parcels; i++)
    id[i] = mj_arena_format(&f->park.table[MJ_PARCELS].arena, "P%lld", (long long)i + 1);
}

static inline void tear_down(fixture *f) {
  mj_park_reset(&f->park);
  for (int i = 0; i < f->n_books; i++)
    if (f->path[i][0]) unlink(f->path[i]);
  rmdir(f->dir);
}

/* A rulebook of the data folder. */
static inline void add_book(fixture *f, const char *name) {
  f->books[f->n_books++] = name;
  f->park.project.rulebooks = f->books;
  f->park.project.n_rulebooks = f->n_books;
}

/* A rulebook from text, in the file NAME.yaml of the fixture's folder. */
static inline void write_book(fixture *f, const char *name, const char *yaml) {
  char *path = f->path[f->n_books];
  snprintf(path, sizeof f->path[0], "%s/%s.yaml", f->dir, name);
  FILE *file = fopen(path, "w");
  CU_ASSERT_PTR_NOT_NULL_FATAL(file);
  fputs(yaml, file);
  CU_ASSERT_EQUAL_FATAL(fclose(file), 0);
  add_book(f, path);
}

/* The head that every rulebook needs, in force from 2000 on. Two lines and one more: the body begins in line 4. */
#define HEAD(code)                                                                                                            \
  "{rulebook: " code                                                                                                          \
  ", version: \"1\", document: 文件一号, level: city,\n effective: {from: 2000-01-01},\n name: {zh: 某办法, en: some " \
  "rules},\n"

static inline double *f64(fixture *f, const char *name) {
  return mj_table_add(&f->park.table[MJ_PARCELS], name, MJ_F64)->f64;
}
static inline int32_t *date(fixture *f, const char *name) {
  return mj_table_add(&f->park.table[MJ_PARCELS], name, MJ_DATE)->date;
}
static inline const char **text(fixture *f, const char *name) {
  return mj_table_add(&f->park.table[MJ_PARCELS], name, MJ_TEXT)->text;
}
static inline uint8_t *tri(fixture *f, const char *name) {
  return mj_table_add(&f->park.table[MJ_PARCELS], name, MJ_TRI)->tri;
}

static inline mj_status judge(fixture *f) {
  mj_status status = mj_rules_load(&f->park, &f->err);
  return status ? status : mj_judge(&f->park, &f->err);
}

/* The judge refuses with exactly this message behind the path of the last rulebook. */
static inline void refuses(fixture *f, mj_status code, const char *message) {
  char want[1100];
  mj_status got = judge(f);
  snprintf(want, sizeof want, "%s%s", f->n_books ? f->books[f->n_books - 1] : "", message);
  if (got != code || strcmp(f->err.message, want) != 0)
    printf("\n    got %s: %s\n    not %s", mj_status_name(got), f->err.message, want);
  CU_ASSERT_EQUAL(got, code);
  CU_ASSERT_STRING_EQUAL(f->err.message, want);
}

/* Row of the reasons with that rule and measure, as the rulebook writes it (NULL: any), or -1. */
static inline int64_t find_reason(const fixture *f, const char *parcel, const char *rule, const char *measure) {
  const mj_table *t = &f->park.table[MJ_REASONS];
  for (int64_t i = 0; i < t->n; i++) {
    const char *m = mj_table_text(t, "measure_sql")[i];
    if (strcmp(mj_table_text(t, "parcel_id")[i], parcel) || strcmp(mj_table_text(t, "rule")[i], rule)) continue;
    if (!measure || (m && !strcmp(m, measure))) return i;
  }
  return -1;
}

static inline const char *reason_text(const fixture *f, int64_t row, const char *column) {
  const char *value = row < 0 ? "(no such reason)" : mj_table_text(&f->park.table[MJ_REASONS], column)[row];
  return value ? value : "";
}

static inline double reason_margin(const fixture *f, int64_t row) {
  return row < 0 ? -1e9 : mj_table_f64(&f->park.table[MJ_REASONS], "margin")[row];
}
#endif
