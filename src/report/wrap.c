#include "report/grid.h"

/* Bytes of the character at @p p, and the places it takes. */
static size_t step_of(const char *p, int *width) {
  char one[5] = {0};
  size_t n = 1;
  while (n < 4 && (p[n] & 0xC0) == 0x80) n++;
  if (!(p[0] & 0x80)) n = 1;
  memcpy(one, p, n);
  *width = mj_utf8_width(one);
  return n;
}

static bool is_one_of(const char *p, size_t n, const char *marks) {
  for (const char *m = marks; *m;) {
    size_t k = 1;
    while ((m[k] & 0xC0) == 0x80) k++;
    if (k == n && !memcmp(m, p, n)) return true;
    m += k;
  }
  return false;
}

static bool closes(const char *p, size_t n) { return is_one_of(p, n, "，。；：、！？）】》”’％㎡…"); }

static bool opens(const char *p, size_t n) { return is_one_of(p, n, "（【《“‘"); }

size_t mj_wrap(const char *text, int width, size_t *skip) {
  size_t at = 0, good = 0, good_skip = 0, before = 0;
  int column = 0, w, w_before = 0;
  for (; text[at] && text[at] != '\n'; column += w) {
    size_t n = step_of(text + at, &w);
    bool edge = at && (w == 2 || w_before == 2) && !closes(text + at, n) && !opens(text + at - before, before);
    if (edge && text[at] != ' ') good = good_skip = at;
    if (text[at] == ' ' && at && text[at - 1] != ' ') good = at;
    if (text[at] == ' ') good_skip = good ? at + 1 : 0;
    if (column + w > width && at && !(text[at] == ' ' && column == width)) {
      if (!good) good = good_skip = at;
      while (text[good_skip] == ' ') good_skip++;
      *skip = good_skip;
      while (good && text[good - 1] == ' ') good--;
      return good;
    }
    before = n;
    w_before = w;
    at += n;
  }
  *skip = text[at] == '\n' ? at + 1 : at;
  while (at && text[at - 1] == ' ') at--;
  return at;
}

void mj_shown_put(mj_text *out, const char *text, size_t n) {
  for (size_t i = 0, step; i < n; i += step) {
    char one[5] = {text[i]};
    for (step = 1; step < 4 && i + step < n && ((unsigned char)text[i + step] & 0xC0) == 0x80; step++)
      one[step] = text[i + step];
    bool steers = (unsigned char)*one < ' ' || mj_utf8_odd(one);
    mj_text_put(out, steers ? "?" : one, steers ? 1 : step);
  }
}

void mj_wrap_put(mj_text *out, const char *text, int column, int indent, int right) {
  if (!*text) mj_text_add(out, "\n");
  while (*text) {
    size_t skip, n = mj_wrap(text, right > column ? right - column : 1, &skip);
    mj_shown_put(out, text, n);
    mj_text_add(out, "\n");
    text += skip;
    column = indent;
    for (int i = 0; *text && i < indent; i++) mj_text_put(out, " ", 1);
  }
}

/* Bytes of the character at @p p, its own width, and whether it must not be shown: a control character, a byte that is
 * no text, a sign of direction. */
static size_t shown_step(const char *p, int *width, bool *odd) {
  const unsigned char *u = (const unsigned char *)p;
  size_t n = step_of(p, width);
  bool turns = u[0] == 0xE2 && n == 3 &&
               ((u[1] == 0x80 && u[2] >= 0xAA && u[2] <= 0xAE) || (u[1] == 0x81 && u[2] >= 0xA6 && u[2] <= 0xA9) ||
                (u[1] == 0x80 && (u[2] == 0x8E || u[2] == 0x8F))); /* U+202A-202E, U+2066-2069, U+200E-200F */
  *odd = u[0] < ' ' || u[0] == 0x7f || (u[0] == 0xC2 && n == 2 && u[1] < 0xA0) || turns || !mj_utf8_valid(p, n);
  if (*odd) *width = 1;
  return n;
}

/* How much of the text is within so many columns; *used are those that it takes. */
static size_t within(const char *text, int width, int *used) {
  size_t at = 0;
  int w;
  bool odd;
  *used = 0;
  while (text[at]) {
    size_t n = shown_step(text + at, &w, &odd);
    if (*used + w > width) break;
    *used += w;
    at += n;
  }
  return at;
}

void mj_short_put(mj_text *out, const char *text, int width) {
  int used, w, marks = 0;
  bool odd;
  size_t all = within(text, width, &used), end = all;
  if (text[all]) end = within(text, width - 1, &used);
  for (size_t at = 0, n; at < end; at += n) {
    n = shown_step(text + at, &w, &odd);
    marks = w ? 0 : marks + 1;
    if (odd) mj_text_add(out, "?");
    else if (marks <= 2) mj_text_put(out, text + at, n);
  }
  if (text[all]) mj_text_add(out, "…");
  for (used += text[all] != 0; used < width; used++) mj_text_put(out, " ", 1);
}
