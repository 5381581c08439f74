#include <ctype.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

enum { LONGEST = 400 };

/* Copy the digits without blanks around them and thousands commas; false where a comma stands elsewhere or the text is
 * too long. */
static bool squeeze(const char *text, char *out) {
  size_t n = strlen(text), at = 0, since_comma = 0;
  bool comma = false, point = false;
  while (n && strchr(" \t\r\n", text[n - 1])) n--;
  for (size_t i = 0; i < n; i++) {
    char c = text[i];
    if (at == LONGEST) return false;
    if (c == ',') {
      if (point || !at || !isdigit((unsigned char)out[at - 1]) || (comma ? since_comma != 3 : since_comma > 3))
        return false;
      comma = true;
      since_comma = 0;
      continue;
    }
    if (!strchr("0123456789+-.eE", c)) return false;
    if (!isdigit((unsigned char)c) && comma && !point && since_comma != 3) return false;
    if (!isdigit((unsigned char)c) && c != '+' && c != '-') point = true;
    since_comma += isdigit((unsigned char)c) != 0;
    out[at++] = c;
  }
  out[at] = 0;
  return at > 0 && !(comma && !point && since_comma != 3);
}

/* Up to 15 digits and a small power of ten are exact in doubles, so one operation rounds once. Source: W. D. Clinger
 * (1990). */
static bool parse_fast(const char *p, double *out) {
  static const double ten[23] = {1,    1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
  bool minus = *p == '-';
  uint64_t m = 0;
  int digits = 0, scale = 0, seen = 0;
  if (*p == '-' || *p == '+') p++;
  for (; isdigit((unsigned char)*p); p++, seen++)
    if (m || *p != '0') {
      m = m * 10 + (uint64_t)(*p - '0');
      digits++;
    }
  if (*p == '.')
    for (p++; isdigit((unsigned char)*p); p++, seen++, scale++)
      if (m || *p != '0') {
        m = m * 10 + (uint64_t)(*p - '0');
        digits++;
      }
  if (*p || !seen || digits > 15 || scale > 22) return false;
  *out = (double)m / ten[scale];
  if (minus) *out = -*out;
  return true;
}

static bool parse_slow(const char *p, double *out) {
  locale_t c = newlocale(LC_NUMERIC_MASK, "C", (locale_t)0), before = c ? uselocale(c) : (locale_t)0;
  char *end = NULL;
  *out = strtod(p, &end);
  if (c) {
    uselocale(before);
    freelocale(c);
  }
  return end && end != p && !*end && isfinite(*out);
}

bool mj_double_parse(const char *text, double *out) {
  char digits[LONGEST + 1];
  if (!text) return false;
  text += strspn(text, " \t\r\n");
  if (parse_fast(text, out)) return true;
  if (!squeeze(text, digits)) return false;
  return parse_fast(digits, out) || parse_slow(digits, out);
}
