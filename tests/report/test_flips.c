/* What two analyses of the same parcels decide differently. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "mujun/rooms.h"
#include "test.h"

enum { PARCELS = 4 };

/* Four parcels, with verdicts, tiers and caps as given, and the reasons of the parcels that have one. */
static void make(mj_park *park, const uint8_t *inefficient, const char *const *tier, const double *cap,
                 const char *rule) {
  *park = (mj_park){.project = MJ_PROJECT_DEFAULTS};
  park->project.lang = MJ_EN;
  mj_table *t = &park->table[MJ_PARCELS];
  int64_t n = 0, at = 0;
  CU_ASSERT_EQUAL_FATAL(mj_table_init(t, "parcels", PARCELS), MJ_OK);
  const char **id = mj_table_add(t, "parcel_id", MJ_TEXT)->text;
  for (int i = 0; i < PARCELS; i++) {
    id[i] = mj_arena_format(&t->arena, "P%d", i + 1);
    mj_table_add(t, "inefficient", MJ_TRI)->tri[i] = inefficient[i];
    mj_table_add(t, "idle", MJ_TRI)->tri[i] = MJ_NO;
    mj_table_add(t, "renewal_text", MJ_TEXT)->text[i] = tier[i];
    mj_table_add(t, "plot_ratio_cap", MJ_F64)->f64[i] = cap[i];
    mj_table_add(t, "area_mu", MJ_F64)->f64[i] = 10 * (i + 1);
    mj_table_add(t, "countable_floor_area_m2", MJ_F64)->f64[i] = i ? 1000 : (double)NAN;
    mj_table_add(t, "headroom_m2", MJ_F64)->f64[i] = isnan(cap[i]) ? (double)NAN : 100 * cap[i];
    n += inefficient[i] == MJ_YES;
  }
  CU_ASSERT_EQUAL_FATAL(mj_park_new_table(park, MJ_REASONS, n, NULL), MJ_OK);
  const mj_table *r = &park->table[MJ_REASONS];
  for (int i = 0; i < PARCELS; i++) {
    if (inefficient[i] != MJ_YES) continue;
    mj_table_i64(r, "row")[at] = i + 1;
    mj_table_text(r, "parcel_id")[at] = id[i];
    mj_table_text(r, "verdict_on")[at] = "inefficient";
    mj_table_tri(r, "verdict")[at] = MJ_YES;
    mj_table_text(r, "rule")[at++] = rule;
  }
}

static void two_parks(mj_park *a, mj_park *b) {
  make(a, (uint8_t[]){MJ_YES, MJ_NO, MJ_UNKNOWN, MJ_NO}, (const char *[]){"acquire", "keep", NULL, "keep"},
       (double[]){2, 2, (double)NAN, 2}, "A-1");
  make(b, (uint8_t[]){MJ_YES, MJ_YES, MJ_UNKNOWN, MJ_UNKNOWN}, (const char *[]){"acquire", "acquire", NULL, "keep"},
       (double[]){2, 2.5, 1, 2}, "B-1");
}

static void every_change_is_a_row_with_its_rules(void) {
  static const struct {
    const char *id, *matter, *before, *after, *was, *is;
  } want[] = {{"P2", "inefficient", "no", "yes", NULL, "B-1"},
              {"P4", "inefficient", "no", "insufficient data", NULL, NULL},
              {"P2", "renewal_text", "keep", "acquire", NULL, NULL},
              {"P2", "plot_ratio_cap", "2", "2.5", NULL, NULL},
              {"P3", "plot_ratio_cap", NULL, "1", NULL, NULL}};
  mj_park a, b;
  two_parks(&a, &b);
  CU_ASSERT_EQUAL_FATAL(mj_flips(&a, &b, NULL), MJ_OK);
  const mj_table *t = &b.table[MJ_FLIPS];
  CU_ASSERT_EQUAL_FATAL(t->n, 5);
  for (int i = 0; i < 5; i++) {
    static const char *const columns[] = {"parcel_id", "matter", "before", "after", "rules_before", "rules_after"};
    const char *const *texts = &want[i].id;
    for (int c = 0; c < 6; c++) {
      const char *got = mj_table_text(t, columns[c])[i];
      bool same = texts[c] ? got && !strcmp(got, texts[c]) : !got;
      if (!same) printf("\n    %s of %d is %s", columns[c], i, got ? got : "NULL");
      CU_ASSERT(same);
    }
  }
  CU_ASSERT_EQUAL(mj_table_f64(t, "headroom_before_m2")[3], 200);
  CU_ASSERT_EQUAL(mj_table_f64(t, "headroom_after_m2")[3], 250);
  CU_ASSERT_EQUAL(mj_table_f64(t, "area_mu")[1], 40);
  mj_park_reset(&a);
  mj_park_reset(&b);
}

/* Parcels of two files have the same row numbers, and one rule's code may begin another's. */
static void reasons_go_to_their_own_parcel_and_codes_are_whole(void) {
  static const char *const ids[] = {"P1", "P2", "P2", "P2"}, *const rules[] = {"M-1", "M-10", "M-1", "M-10"};
  mj_park a, b;
  two_parks(&a, &b);
  for (int64_t i = 0; i < PARCELS; i++) mj_table_tri(&a.table[MJ_PARCELS], "inefficient")[i] = MJ_NO;
  CU_ASSERT_EQUAL_FATAL(mj_park_new_table(&b, MJ_REASONS, 4, NULL), MJ_OK);
  const mj_table *r = &b.table[MJ_REASONS];
  int64_t *source = mj_arena_alloc(&b.table[MJ_PARCELS].arena, PARCELS, sizeof *source);
  for (int i = 0; i < PARCELS; i++) source[i] = 1; /* four files of one row */
  b.table[MJ_PARCELS].source_row = source;
  for (int i = 0; i < 4; i++) {
    mj_table_text(r, "parcel_id")[i] = ids[i];
    mj_table_i64(r, "row")[i] = 1;
    mj_table_text(r, "verdict_on")[i] = "inefficient";
    mj_table_tri(r, "verdict")[i] = MJ_YES;
    mj_table_text(r, "rule")[i] = rules[i];
  }
  CU_ASSERT_EQUAL_FATAL(mj_flips(&a, &b, NULL), MJ_OK);
  const char **after = mj_table_text(&b.table[MJ_FLIPS], "rules_after");
  CU_ASSERT_STRING_EQUAL(after[0], "M-1");
  CU_ASSERT_STRING_EQUAL(after[1], "M-10, M-1");
  mj_park_reset(&a);
  mj_park_reset(&b);
}

static void the_words_add_up_by_kind(void) {
  mj_park a, b;
  mj_text text = {0};
  two_parks(&a, &b);
  CU_ASSERT_EQUAL_FATAL(mj_flips(&a, &b, NULL), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(mj_flips_summary(&b, &text, NULL), MJ_OK);
  CU_ASSERT_PTR_NOT_NULL(
      strstr(text.data, "inefficient: no -> yes: 1 parcels, 20.0 mu, floor area 1,000 m2, headroom more by 50 m2\n"));
  CU_ASSERT_PTR_NOT_NULL(strstr(text.data, "plot ratio cap: none -> 1: 1 parcels, 30.0 mu"));
  CU_ASSERT_PTR_NOT_NULL(strstr(text.data, "  P2   inefficient: no -> yes (B-1)  20.00 mu\n"));
  mj_text_reset(&text);
  CU_ASSERT_EQUAL_FATAL(mj_flips(&b, &b, NULL), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(mj_flips_summary(&b, &text, NULL), MJ_OK);
  CU_ASSERT_STRING_EQUAL(text.data, "No parcel is judged differently.\n");
  mj_text_reset(&text);
  mj_park_reset(&a);
  mj_park_reset(&b);
}

static void the_file_is_whole_and_not_replaced_unasked(void) {
  char path[] = "/tmp/mj_flips_XXXXXX", line[400] = "";
  mj_park a, b;
  mj_error err = {.lang = MJ_EN};
  close(mkstemp(path));
  two_parks(&a, &b);
  CU_ASSERT_EQUAL_FATAL(mj_flips(&a, &b, NULL), MJ_OK);
  CU_ASSERT_EQUAL(mj_flips_write(&b, path, false, &err), MJ_EEXIST);
  CU_ASSERT_EQUAL_FATAL(mj_flips_write(&b, path, true, &err), MJ_OK);
  FILE *file = fopen(path, "r");
  CU_ASSERT_PTR_NOT_NULL_FATAL(file);
  int lines = 0;
  while (fgets(line, sizeof line, file)) lines++;
  fclose(file);
  CU_ASSERT_EQUAL(lines, 6);
  CU_ASSERT_PTR_NOT_NULL(strstr(line, "P3,3,,plot ratio cap,,1,"));
  CU_ASSERT_EQUAL(mj_flips_write(&b, "/no/such/folder/f.csv", false, &err), MJ_EIO);
  unlink(path);
  mj_park_reset(&a);
  mj_park_reset(&b);
}

static void other_parcels_are_refused(void) {
  mj_park a, b;
  two_parks(&a, &b);
  a.table[MJ_PARCELS].n--;
  mj_error err = {.lang = MJ_EN};
  CU_ASSERT_EQUAL(mj_flips(&a, &b, &err), MJ_EINVAL);
  a.table[MJ_PARCELS].n++;
  mj_park_reset(&a);
  mj_park_reset(&b);
}

SUITE_OF(flips, T(every_change_is_a_row_with_its_rules), T(reasons_go_to_their_own_parcel_and_codes_are_whole),
         T(the_words_add_up_by_kind), T(the_file_is_whole_and_not_replaced_unasked), T(other_parcels_are_refused));
