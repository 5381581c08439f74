#include "intake/industry.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/codes.h"
#include "base/embed.h"

/* Divisions of this number and over are numbered otherwise in 2002; below, both editions agree in manufacturing. */
enum { FIRST_MOVED = 29, DIVISIONS = 100 };

/* One line: edition,section,first,last,... */
static bool read_line(mj_industries *t, const char *line) {
  char edition[8], section;
  int first, last;
  if (sscanf(line, "%7[0-9],%c,%2d,%2d,", edition, &section, &first, &last) != 4) return false;
  int e = !strcmp(edition, "2002") ? MJ_INDUSTRY_2002 : MJ_INDUSTRY_2017;
  for (int d = first; d <= last; d++) t->section[e][d] = section;
  return first >= 1 && first <= last;
}

mj_status mj_industries_open(mj_industries *t, mj_error *err) {
  *t = (mj_industries){0};
  for (const char *line = strchr(mj_embedded_industry[0].text, '\n'); line && line[1]; line = strchr(line + 1, '\n'))
    if (!read_line(t, line + 1)) return mj_fail(err, MJ_EFORMAT, "industry.csv: cannot be read at '%.40s'", line + 1);
  return MJ_OK;
}

bool mj_industry_in(const mj_industries *t, int edition, int division, char letter) {
  if (division < 0 || division >= DIVISIONS) return false;
  if (!division) return letter != '\0';
  char section = t->section[edition][division];
  return section && (!letter || letter == section);
}

/* What a column says of the editions. */
typedef struct {
  int64_t rows, codes;              /* with a value; that read as a code */
  int64_t in[MJ_INDUSTRY_EDITIONS]; /* codes that the edition has */
  int64_t moved;                    /* codes of divisions that are numbered otherwise */
  int only[MJ_INDUSTRY_EDITIONS];   /* a division that this edition alone has (with its letter), or 0 */
  bool seen[DIVISIONS];             /* moved divisions */
} evidence;

static void weigh(const mj_industries *t, int division, char letter, evidence *e) {
  bool in[MJ_INDUSTRY_EDITIONS];
  for (int k = 0; k < MJ_INDUSTRY_EDITIONS; k++) e->in[k] += in[k] = mj_industry_in(t, k, division, letter);
  for (int k = 0; k < MJ_INDUSTRY_EDITIONS; k++)
    if (in[k] && !in[1 - k] && !e->only[k]) e->only[k] = division;
  if (division < FIRST_MOVED || (!in[0] && !in[1])) return;
  e->moved++;
  e->seen[division] = true;
}

/* "29, 30, 38" */
static void list_moved(const evidence *e, char *out, size_t size) {
  size_t n = 0;
  *out = '\0';
  for (int d = FIRST_MOVED; d < DIVISIONS && n + 8 < size; d++)
    if (e->seen[d]) n += (size_t)snprintf(out + n, size - n, "%s%d", n ? ", " : "", d);
}

/* The edition that has all the codes, where the other lacks one; MJ_INDUSTRY_EDITIONS: it cannot be told. */
static int told(const evidence *e) {
  if (e->only[MJ_INDUSTRY_2017] && !e->only[MJ_INDUSTRY_2002]) return MJ_INDUSTRY_2017;
  if (e->only[MJ_INDUSTRY_2002] && !e->only[MJ_INDUSTRY_2017]) return MJ_INDUSTRY_2002;
  return MJ_INDUSTRY_EDITIONS;
}

/* What the codes of a file tell goes beside those whose edition nobody wrote down. */
static mj_status fill_edition(mj_park *park, const mj_range *range, const evidence *e) {
  static const int64_t year[] = {[MJ_INDUSTRY_2017] = 2017, [MJ_INDUSTRY_2002] = 2002};
  mj_table *t = &park->table[range->role];
  const char **code = mj_table_text(t, "industry_code");
  int edition = told(e);
  if (range->role != MJ_PARCELS || edition == MJ_INDUSTRY_EDITIONS) return MJ_OK;
  mj_column *column = mj_table_add(t, "industry_edition", MJ_I64);
  if (!column) return MJ_ENOMEM;
  for (int64_t i = range->first; i < range->first + range->n; i++)
    if (code[i] && column->i64[i] == MJ_I64_NULL) column->i64[i] = year[edition];
  return MJ_OK;
}

static mj_status say_edition(mj_park *park, const mj_range *range, const evidence *e) {
  mj_lang lang = park->project.lang;
  char found[320], list[200];
  list_moved(e, list, sizeof list);
  int edition = told(e);
  if (edition == MJ_INDUSTRY_2017)
    snprintf(found, sizeof found, mj_tr(lang, "GB/T 4754-2017 (or 2011): division %d is not in 2002"),
             e->only[edition]);
  else if (edition == MJ_INDUSTRY_2002)
    snprintf(found, sizeof found, mj_tr(lang, "GB/T 4754-2002: division %d is not in 2017"), e->only[edition]);
  else if (e->only[0])
    snprintf(found, sizeof found, mj_tr(lang, "editions are mixed: %d is in 2017 only, %d in 2002 only; divisions %s"),
             e->only[MJ_INDUSTRY_2017], e->only[MJ_INDUSTRY_2002], list);
  else
    snprintf(found, sizeof found,
             mj_tr(lang, "2002 and 2017 both fit; %lld rows mean another industry in each: divisions %s"),
             (long long)e->moved, list);
  return mj_range_note(park, range, MJ_L_INDUSTRY_EDITION, "industry_code", found, NULL);
}

mj_status mj_industry_check(mj_park *park, const mj_industries *table, const mj_range *range) {
  const char **code = mj_table_text(&park->table[range->role], "industry_code");
  mj_tally unknown = {.park = park, .range = range, .field = "industry_code", .code = MJ_L_INDUSTRY_CODE_UNKNOWN};
  evidence e = {0};
  const char *other = NULL;
  for (int64_t i = range->first; code && i < range->first + range->n; i++) {
    char letter;
    int division = code[i] ? mj_industry_division(code[i], &letter) : -1;
    if (!code[i]) continue;
    e.rows++;
    e.codes += division >= 0;
    if (division < 0 && !other) other = code[i];
    if (division >= 0) weigh(table, division, letter, &e);
    if (!mj_industry_in(table, 0, division, letter) && !mj_industry_in(table, 1, division, letter))
      mj_tally_add(&unknown, i, code[i], "a division of GB/T 4754, such as 17, C17 or 1711");
  }
  if (!e.rows) return MJ_OK;
  if (!mj_mostly_codes(e.codes, e.rows))
    return mj_range_note_many(park, range, MJ_L_CODE_OWN, "industry_code", other, e.rows - e.codes,
                              "a division of GB/T 4754, such as 17, C17 or 1711");
  MJ_TRY(mj_tally_end(&unknown));
  MJ_TRY(fill_edition(park, range, &e));
  return e.moved ? say_edition(park, range, &e) : MJ_OK;
}
