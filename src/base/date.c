#include <stdio.h>
#include <string.h>

#include "mujun/table.h"

/* Civil calendar by 400-year eras. Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms" (2013),
 * days_from_civil. */
static int32_t days_from_civil(int y, int m, int d) {
  y -= m <= 2;
  int era = (y >= 0 ? y : y - 399) / 400, yoe = y - era * 400;
  int doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
  int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
  return era * 146097 + doe - 719468;
}

void mj_date_to_ymd(int32_t date, int *year, int *month, int *day) {
  int z = date + 719468, era = (z >= 0 ? z : z - 146096) / 146097, doe = z - era * 146097;
  int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  int doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
  *day = doy - (153 * mp + 2) / 5 + 1;
  *month = mp < 10 ? mp + 3 : mp - 9;
  *year = yoe + era * 400 + (*month <= 2);
}

int32_t mj_date_from_ymd(int year, int month, int day) {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) return MJ_DATE_NULL;
  int32_t date = days_from_civil(year, month, day);
  int y, m, d;
  mj_date_to_ymd(date, &y, &m, &d);
  return m == month && d == day ? date : MJ_DATE_NULL;
}

static const char *skip(const char *p, const char *what) {
  size_t n = strlen(what);
  return strncmp(p, what, n) ? NULL : p + n;
}

static const char *digits(const char *p, int most, int *out) {
  int n = 0;
  for (*out = 0; n < most && *p >= '0' && *p <= '9'; p++, n++) *out = *out * 10 + (*p - '0');
  return n ? p : NULL;
}

/* What may stand behind year and month, and at the end, in the form the first separator chose. */
static const struct {
  const char *after_year, *after_month, *after_day;
} forms[] = {{"-", "-", ""}, {"/", "/", ""}, {".", ".", ""}, {"年", "月", "日"}, {"年", "月", ""}};

static int32_t parse_form(const char *text, int form) {
  int y, m, d;
  const char *p = digits(text, 4, &y);
  if (!p || p - text != 4) return MJ_DATE_NULL;
  if (!(p = skip(p, forms[form].after_year)) || !(p = digits(p, 2, &m))) return MJ_DATE_NULL;
  if (!(p = skip(p, forms[form].after_month)) || !(p = digits(p, 2, &d))) return MJ_DATE_NULL;
  if (!(p = skip(p, forms[form].after_day))) return MJ_DATE_NULL;
  return p[strspn(p, " \t\r\n")] ? MJ_DATE_NULL : mj_date_from_ymd(y, m, d);
}

static int32_t parse_compact(const char *text) {
  int all;
  const char *p = digits(text, 8, &all);
  if (!p || p - text != 8 || p[strspn(p, " \t\r\n")]) return MJ_DATE_NULL;
  return mj_date_from_ymd(all / 10000, all / 100 % 100, all % 100);
}

int32_t mj_date_parse(const char *text) {
  if (!text) return MJ_DATE_NULL;
  text += strspn(text, " \t\r\n");
  for (int form = 0; form < (int)(sizeof forms / sizeof *forms); form++) {
    int32_t date = parse_form(text, form);
    if (date != MJ_DATE_NULL) return date;
  }
  return parse_compact(text);
}

void mj_date_format(int32_t date, char out[11]) {
  int y, m, d;
  out[0] = 0;
  if (date == MJ_DATE_NULL) return;
  mj_date_to_ymd(date, &y, &m, &d);
  if (y < 0 || y > 9999) return;
  const int part[8] = {y / 1000, y / 100 % 10, y / 10 % 10, y % 10, m / 10, m % 10, d / 10, d % 10};
  for (int i = 0, at = 0; i < 8; i++) {
    out[at++] = (char)('0' + part[i]);
    if (i == 3 || i == 5) out[at++] = '-';
    out[at] = 0;
  }
}
