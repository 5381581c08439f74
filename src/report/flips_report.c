#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/sum.h"
#include "report/run.h"
#include "report/write.h"

enum { MOST_KINDS = 64, LONGEST_LIST = 20 };

/* All flips of one kind, of one matter from one answer to another. */
typedef struct {
  const char *matter, *before, *after;
  int64_t n;
  mj_sum mu, floor, headroom, renewal;
} kind;

static bool same_text(const char *a, const char *b) { return a && b ? !strcmp(a, b) : a == b; }

static void add_known(mj_sum *sum, double v) {
  if (!isnan(v)) mj_sum_add(sum, v);
}

/* Kinds in order of first sight; behind the last that has room, one for all others. */
static int count_kinds(const mj_table *t, kind *kinds) {
  const char **matter = mj_table_text(t, "matter"), **before = mj_table_text(t, "before"),
             **after = mj_table_text(t, "after");
  const double *mu = mj_table_f64(t, "area_mu"), *floor = mj_table_f64(t, "countable_floor_area_m2"),
               *from = mj_table_f64(t, "headroom_before_m2"), *to = mj_table_f64(t, "headroom_after_m2"),
               *low = mj_table_f64(t, "renewal_headroom_before_m2"),
               *high = mj_table_f64(t, "renewal_headroom_after_m2");
  int n = 0;
  for (int64_t i = 0; i < t->n; i++) {
    int k = 0;
    while (k < n && !(kinds[k].matter == matter[i] && same_text(kinds[k].before, before[i]) &&
                      same_text(kinds[k].after, after[i])))
      k++;
    if (k == MOST_KINDS) k = MOST_KINDS - 1;
    else if (k == n) kinds[n++] = (kind){.matter = matter[i], .before = before[i], .after = after[i]};
    kinds[k].n++;
    add_known(&kinds[k].mu, mu[i]);
    add_known(&kinds[k].floor, floor[i]);
    add_known(&kinds[k].headroom, to[i] - from[i]);
    add_known(&kinds[k].renewal, high[i] - low[i]);
  }
  return n;
}

static void put_number(mj_text *out, double v, int decimals) {
  char text[540];
  mj_text_add(out, mj_double_grouped(v, decimals, true, text) ? text : "-");
}

static const char *or_none(const char *text, mj_lang lang) { return text ? text : mj_tr(lang, "none"); }

/* "剩余可建增加 1,200 ㎡"; nothing where it stays. */
static void put_change(mj_text *out, const char *what, double m2, mj_lang lang) {
  if (m2 == 0) return;
  mj_text_add(out, what);
  mj_text_add(out, mj_tr(lang, m2 > 0 ? "more by " : "less by "));
  put_number(out, fabs(m2), 0);
  mj_text_add(out, lang == MJ_ZH ? " ㎡" : " m2");
}

static void put_kind(mj_text *out, const kind *k, bool others, mj_lang lang) {
  if (others) mj_text_format(out, mj_tr(lang, "others: %lld flips, "), (long long)k->n);
  else
    mj_text_format(out, mj_tr(lang, "%s: %s -> %s: %lld parcels, "), mj_code_of("flips", "matter", k->matter, lang),
                   or_none(k->before, lang), or_none(k->after, lang), (long long)k->n);
  put_number(out, mj_sum_value(&k->mu), 1);
  mj_text_add(out, mj_tr(lang, " mu, floor area "));
  put_number(out, mj_sum_value(&k->floor), 0);
  mj_text_add(out, lang == MJ_ZH ? " ㎡" : " m2");
  put_change(out, mj_tr(lang, ", headroom "), mj_sum_value(&k->headroom), lang);
  put_change(out, mj_tr(lang, ", headroom of the tier "), mj_sum_value(&k->renewal), lang);
  mj_text_add(out, "\n");
}

static void put_flip(mj_text *out, const mj_table *t, int64_t i, mj_lang lang) {
  const char *id = mj_table_text(t, "parcel_id")[i], *zone = mj_table_text(t, "zone")[i];
  const char *was = mj_table_text(t, "rules_before")[i], *is = mj_table_text(t, "rules_after")[i];
  mj_text_format(out, "  %s %s  %s: %s", or_none(id, lang), zone ? zone : "",
                 mj_code_of("flips", "matter", mj_table_text(t, "matter")[i], lang),
                 or_none(mj_table_text(t, "before")[i], lang));
  if (was) mj_text_format(out, " (%s)", was);
  mj_text_format(out, lang == MJ_ZH ? " → %s" : " -> %s", or_none(mj_table_text(t, "after")[i], lang));
  if (is) mj_text_format(out, " (%s)", is);
  mj_text_add(out, "  ");
  put_number(out, mj_table_f64(t, "area_mu")[i], 2);
  mj_text_add(out, mj_tr(lang, " mu\n"));
}

mj_status mj_flips_summary(const mj_park *park, mj_text *out, mj_error *err) {
  const mj_table *t = &park->table[MJ_FLIPS];
  mj_lang lang = park->project.lang;
  kind *kinds = calloc(MOST_KINDS, sizeof *kinds);
  if (!kinds) return mj_fail(err, MJ_ENOMEM, "out of memory");
  int n = count_kinds(t, kinds);
  if (!t->n) mj_text_add(out, mj_tr(lang, "No parcel is judged differently.\n"));
  for (int k = 0; k < n; k++) put_kind(out, &kinds[k], k == MOST_KINDS - 1, lang);
  if (t->n) mj_text_add(out, "\n");
  for (int64_t i = 0; i < t->n && i < LONGEST_LIST; i++) put_flip(out, t, i, lang);
  if (t->n > LONGEST_LIST)
    mj_text_format(out, mj_tr(lang, "  ... and %lld more: give -o FILE.csv\n"), (long long)(t->n - LONGEST_LIST));
  free(kinds);
  return out->failed ? mj_fail(err, MJ_ENOMEM, "out of memory") : MJ_OK;
}

static mj_status write_csv(const mj_park *park, const char *beside, const char *path, mj_error *err) {
  mj_arena arena = {0};
  mj_wording words;
  mj_sink sink = {.fd = -1};
  const mj_table *t = &park->table[MJ_FLIPS];
  mj_sheet sheet = {.name = t->name, .title = t->name};
  mj_status status = mj_wording_of(park, &arena, &words);
  if (status) mj_fail(err, status, "out of memory");
  if (!status) status = mj_sheet_make(&sheet, t->name, 1, &t, &words, &arena, err);
  if (!status) status = mj_sink_open(&sink, beside, path, err);
  if (!status) status = mj_csv_write(&sink, &sheet, NULL, park->project.lang, park->project.threads, err);
  if (!status) status = mj_sink_close(&sink, err);
  else mj_sink_drop(&sink);
  mj_arena_reset(&arena);
  return status;
}

mj_status mj_flips_write(const mj_park *park, const char *path, bool overwrite, mj_error *err) {
  mj_arena arena = {0};
  struct stat st;
  const char *beside = mj_arena_format(&arena, "%s.%ld.tmp", path, (long)getpid());
  mj_status status = beside ? MJ_OK : mj_fail(err, MJ_ENOMEM, "out of memory");
  if (!status && !overwrite && !lstat(path, &st))
    status = mj_fail(err, MJ_EEXIST, "'%s' is already there; give --overwrite to replace it", path);
  if (!status) {
    status = write_csv(park, beside, path, err);
    if (!status) status = mj_sink_place(beside, path, err);
    if (status) unlink(beside);
  }
  mj_arena_reset(&arena);
  return status;
}
