/** @file text.h  Numbers to text and back, exactly and without a locale; UTF-8 checks. */
#ifndef MJ_BASE_TEXT_H
#define MJ_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "mujun/text.h"

/** Room for @p more bytes behind n after growing; NULL (and failed) when memory ends. The way of mj_text_room when the
 * bytes do not fit. */
char *mj_text_grow(mj_text *text, size_t more);

/** Make room for @p more bytes behind n; NULL (and failed) when memory ends. */
static inline char *mj_text_room(mj_text *text, size_t more) {
  return text->cap - text->n > more && !text->failed ? text->data + text->n : mj_text_grow(text, more);
}

/** Append n bytes. */
static inline void mj_text_put(mj_text *text, const char *bytes, size_t n) {
  char *at = mj_text_room(text, n);
  if (!at) return;
  memcpy(at, bytes, n);
  text->n += n;
  text->data[text->n] = 0;
}

/** Append a NUL-terminated text. */
void mj_text_add(mj_text *text, const char *more);
MJ_PRINTF(2, 3) void mj_text_format(mj_text *text, const char *fmt, ...);

/** Shortest decimal that reads back as the same double ("0.1", "28.743432518642136", "1e+300"); "null" for NaN and
 * infinities. Returns its length; out has 32 bytes. */
int mj_double_shortest(double v, char *out);
/** Fixed decimals, correctly rounded (half to even on the exact binary value), trailing zeros kept; out has 400 bytes;
 * decimals 0..12. */
int mj_double_fixed(double v, int decimals, char *out);
/** As mj_double_fixed with trailing zeros (and point) dropped and never "-0": for coordinates. Fast for |v| < 1e9. out
 * has 32 bytes there. */
int mj_double_coord(double v, int decimals, char *out);
/** The number as people write it, "12,345.6": at most @p decimals, and with @p fixed exactly so many; "" where it is
 * not finite. out has 540 bytes. Returns its length. */
int mj_double_grouped(double v, int decimals, bool fixed, char *out);
/** A whole number; out has 24 bytes. Returns its length. */
int mj_int_text(int64_t v, char *out);
/** The whole text as a double in the C locale; blanks around it and thousands commas in groups of three are allowed.
 * False: not a finite number. */
bool mj_double_parse(const char *text, double *out);
/** True for well-formed UTF-8 without surrogates. */
bool mj_utf8_valid(const char *text, size_t n);
/** The text without the blanks, tabs and line ends around it: where it begins, and its length in @p n. */
const char *mj_trim(const char *text, size_t *n);
/** Length of the longest beginning of at most @p n bytes that ends with a whole character: for "%.*s". */
size_t mj_utf8_cut(const char *text, size_t n);
/** The first character of @p text that is no part of a text, NULL where there is none: control characters except tab
 * and line ends (U+0000-1F, 7F-9F), what turns the direction of writing (U+202A-2E, 2066-69), and no characters
 * (U+FDD0-EF, the last two of every plane). @p text is UTF-8. Source: Unicode 15, 23.1, 23.7 and Annex 9. */
const char *mj_utf8_odd(const char *text);
/** Columns a terminal needs: 2 for CJK and full-width characters, none for combining marks, 1 for those of ambiguous
 * width. */
int mj_utf8_width(const char *text);
/** A JSON string with quotes; control characters and invalid bytes escaped. */
void mj_text_json(mj_text *text, const char *value);
/** A CSV cell: quoted where needed; text that a spreadsheet would run (=, +, -, @, tab, return at the start) gets a
 * leading apostrophe. */
void mj_text_csv(mj_text *text, const char *value);
#endif
