#include "base/code_list.h"

#include <string.h>

static const char *const separators[] = {";", "；", ",", "，", "、", "|", "/", " ", "\t", "\n", "\r", "　"};

/* Length of the separator that @p text begins with, or 0. */
static size_t separator(const char *text) {
  for (size_t i = 0; i < sizeof separators / sizeof *separators; i++) {
    size_t n = strlen(separators[i]);
    if (!strncmp(text, separators[i], n)) return n;
  }
  return 0;
}

bool mj_code_list_is(const char *cell) {
  const char *at = strpbrk(cell, ";,|/ \t\r\n\xEF\xE3"); /* the first bytes of the separators */
  for (; at && *at; at++)
    if (separator(at)) return true;
  return false;
}

bool mj_code_list_next(const char **cell, const char **piece, size_t *n) {
  for (size_t skip; (skip = separator(*cell)) > 0;) *cell += skip;
  *piece = *cell;
  *n = 0;
  while ((*piece)[*n] && !separator(*piece + *n)) ++*n;
  *cell += *n;
  return *n > 0;
}

const char *mj_code_list_text(mj_arena *arena, const char *before, const char *piece, size_t n) {
  size_t whole = before ? strlen(before) : 0;
  if (n >= whole) return mj_arena_text(arena, piece, n);
  return mj_arena_format(arena, "%.*s%.*s", (int)(whole - n), before, (int)n, piece);
}
