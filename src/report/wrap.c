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
