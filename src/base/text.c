#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void mj_text_reset(mj_text *text) {
  free(text->data);
  *text = (mj_text){0};
}

char *mj_text_grow(mj_text *text, size_t more) {
  if (text->failed) return NULL;
  size_t cap = text->cap ? text->cap : 256;
  while (cap - text->n <= more && cap <= SIZE_MAX / 4) cap *= 2;
  char *grown = cap - text->n > more ? realloc(text->data, cap) : NULL;
  if (!grown) {
    text->failed = true;
    return NULL;
  }
  text->data = grown;
  text->cap = cap;
  return text->data + text->n;
}

void mj_text_add(mj_text *text, const char *more) { mj_text_put(text, more, strlen(more)); }

void mj_text_format(mj_text *text, const char *fmt, ...) {
  va_list args, again;
  va_start(args, fmt);
  va_copy(again, args);
  int n = vsnprintf(NULL, 0, fmt, args);
  char *at = n < 0 ? NULL : mj_text_room(text, (size_t)n + 1);
  if (at) {
    vsnprintf(at, (size_t)n + 1, fmt, again);
    text->n += (size_t)n;
  }
  if (n < 0) text->failed = true;
  va_end(again);
  va_end(args);
}

/* Length of the well-formed UTF-8 sequence at p (n bytes left), 0 where it is none. Source: Unicode 15, table 3-7. */
static size_t sequence(const unsigned char *p, size_t n) {
  unsigned char a = p[0], b = n > 1 ? p[1] : 0;
  if (a < 0x80) return 1;
  if (a >= 0xC2 && a <= 0xDF) return n > 1 && (b & 0xC0) == 0x80 ? 2 : 0;
  size_t want = a >= 0xE0 && a <= 0xEF ? 3 : a >= 0xF0 && a <= 0xF4 ? 4 : 0;
  if (!want || n < want) return 0;
  unsigned char low = a == 0xE0 ? 0xA0 : a == 0xF0 ? 0x90 : 0x80, high = a == 0xED ? 0x9F : a == 0xF4 ? 0x8F : 0xBF;
  if (b < low || b > high) return 0;
  for (size_t i = 2; i < want; i++)
    if ((p[i] & 0xC0) != 0x80) return 0;
  return want;
}

bool mj_utf8_valid(const char *text, size_t n) {
  const unsigned char *p = (const unsigned char *)text;
  for (size_t i = 0, step; i < n; i += step)
    if (!(step = sequence(p + i, n - i))) return false;
  return true;
}

/* Is the character whose first byte is @p p[0], not ASCII, no part of a text? */
static bool odd_character(const unsigned char *p) {
  switch (p[0]) {
    case 0xC2:
      return p[1] < 0xA0;
    case 0xE2:
      return (p[1] == 0x80 && p[2] >= 0xAA && p[2] <= 0xAE) || (p[1] == 0x81 && p[2] >= 0xA6 && p[2] <= 0xA9);
    case 0xEF:
      return (p[1] == 0xB7 && p[2] >= 0x90 && p[2] <= 0xAF) || (p[1] == 0xBF && p[2] >= 0xBE);
    default:
      return p[0] >= 0xF0 && (p[1] & 0xF) == 0xF && p[2] == 0xBF && p[3] >= 0xBE;
  }
}

/* Bytes that are no part of an odd character, or not its first: every text is gone through. */
static bool is_even(unsigned char c) {
  static const bool asked[256] = {
      [0x7F] = true, [0xC2] = true, [0xE2] = true, [0xEF] = true, [0xF0] = true, [0xF1] = true, [0xF2] = true,
      [0xF3] = true, [0xF4] = true, [0xF5] = true, [0xF6] = true, [0xF7] = true, [0xF8] = true, [0xF9] = true,
      [0xFA] = true, [0xFB] = true, [0xFC] = true, [0xFD] = true, [0xFE] = true, [0xFF] = true};
  return c >= 0x20 && !asked[c];
}

const char *mj_utf8_odd(const char *text) {
  for (const unsigned char *p = (const unsigned char *)text;; p++) {
    while (is_even(*p)) p++;
    if (!*p) return NULL;
    if (*p == '\t' || *p == '\n' || *p == '\r' || (*p >= 0x80 && !odd_character(p))) continue;
    return (const char *)p;
  }
}

static uint32_t code_point(const unsigned char *p, size_t n) {
  static const unsigned char mask[5] = {0, 0x7F, 0x1F, 0x0F, 0x07};
  uint32_t c = p[0] & mask[n];
  for (size_t i = 1; i < n; i++) c = c << 6 | (p[i] & 0x3F);
  return c;
}

/* Marks that stand on the character before them, joiners, and what steers direction: they take no place of their own.
 * To whole blocks; of scripts other than Latin, Cyrillic, Hebrew, Arabic and kana the marks are not told apart. */
static bool is_mark(uint32_t c) {
  return (c >= 0x0300 && c <= 0x036F) || (c >= 0x0483 && c <= 0x0489) || (c >= 0x0591 && c <= 0x05BD) ||
         (c >= 0x064B && c <= 0x065F) || (c >= 0x1AB0 && c <= 0x1ACE) || (c >= 0x1DC0 && c <= 0x1DFF) ||
         (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2064) ||
         (c >= 0x2066 && c <= 0x206F) || (c >= 0x20D0 && c <= 0x20F0) || (c >= 0x3099 && c <= 0x309A) ||
         (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xFE20 && c <= 0xFE2F) || c == 0xFEFF || (c >= 0xE0100 && c <= 0xE01EF);
}

/* East Asian Wide and Fullwidth, to whole blocks. Ambiguous ones take one. Source: Unicode Annex 11. */
static int width_of(uint32_t c) {
  if (c >= 0x0300 && is_mark(c)) return 0;
  bool wide = (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0x303E) || (c >= 0x3041 && c <= 0xA4CF) ||
              (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE6F) ||
              (c >= 0xFF00 && c <= 0xFF60) || (c >= 0xFFE0 && c <= 0xFFE6) || (c >= 0x1F300 && c <= 0x1FAFF) ||
              (c >= 0x20000 && c <= 0x3FFFD);
  return wide ? 2 : 1;
}

const char *mj_trim(const char *text, size_t *n) {
  static const char blanks[] = " \t\r\n";
  text += strspn(text, blanks);
  *n = strlen(text);
  while (*n && strchr(blanks, text[*n - 1])) --*n;
  return text;
}

size_t mj_utf8_cut(const char *text, size_t n) {
  size_t cut = strnlen(text, n);
  while (cut == n && n && ((unsigned char)text[cut] & 0xC0) == 0x80) cut = --n;
  return cut;
}

int mj_utf8_width(const char *text) {
  const unsigned char *p = (const unsigned char *)text;
  size_t n = strlen(text);
  int width = 0;
  for (size_t i = 0; i < n;) {
    size_t step = sequence(p + i, n - i);
    width += step ? width_of(code_point(p + i, step)) : 1;
    i += step ? step : 1;
  }
  return width;
}

static void json_escape(mj_text *text, unsigned char c) {
  switch (c) {
    case '"':
      mj_text_put(text, "\\\"", 2);
      break;
    case '\\':
      mj_text_put(text, "\\\\", 2);
      break;
    case '\n':
      mj_text_put(text, "\\n", 2);
      break;
    case '\r':
      mj_text_put(text, "\\r", 2);
      break;
    case '\t':
      mj_text_put(text, "\\t", 2);
      break;
    default:
      if (c < 0x20 || c == 0x7f) mj_text_format(text, "\\u%04x", c);
      else mj_text_put(text, "\xEF\xBF\xBD", 3); /* U+FFFD for a byte that is no UTF-8 */
  }
}

void mj_text_json(mj_text *text, const char *value) {
  const unsigned char *p = (const unsigned char *)value;
  size_t n = strlen(value), plain = 0;
  mj_text_put(text, "\"", 1);
  for (size_t i = 0; i < n;) {
    size_t step = sequence(p + i, n - i);
    if (step > 1 || (step == 1 && p[i] >= 0x20 && p[i] != '"' && p[i] != '\\' && p[i] != 0x7f)) {
      i += step;
      continue;
    }
    mj_text_put(text, value + plain, i - plain);
    json_escape(text, p[i]);
    plain = ++i;
  }
  mj_text_put(text, value + plain, n - plain);
  mj_text_put(text, "\"", 1);
}

/* A cell that a spreadsheet would run as a formula. Source: OWASP, CSV Injection, with the full-width signs that East
 * Asian editions take alike. A plain number is none, nor is a lone sign ("="). */
static bool runs(const char *value) {
  static const char *const wide[] = {"＝", "＋", "－", "＠"};
  double number;
  const char *p = value;
  while (*p == ' ' || !strncmp(p, "\xC2\xA0", 2)) p += *p == ' ' ? 1 : 2;
  for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
    if (!strncmp(p, wide[i], 3)) return p[3] != 0;
  return *p && p[1] && strchr("=+-@\t\r", *p) && !mj_double_parse(value, &number);
}

void mj_text_csv(mj_text *text, const char *value) {
  bool guard = runs(value), quote = guard || value[strcspn(value, ",\"\r\n")] || value[0] == ' ';
  if (!quote) {
    mj_text_add(text, value);
    return;
  }
  mj_text_put(text, "\"", 1);
  if (guard) mj_text_put(text, "'", 1);
  for (const char *p = value; *p; p++) {
    if (*p == '"') mj_text_put(text, "\"", 1);
    mj_text_put(text, p, 1);
  }
  mj_text_put(text, "\"", 1);
}
