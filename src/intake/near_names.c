#include <stdio.h>
#include <string.h>

#include "base/embed.h"
#include "intake/near.h"

/* ---- keys ---- */

/* Digits that a letter is taken for. The alphabet of credit codes has no I, O, Z, S and V, so that any of them is
 * wrong; elsewhere Z and S are letters of their own. */
static char digit_like(char c, mj_key_kind kind) {
  if (c == 'o') return '0';
  if (c == 'i' || c == 'l') return '1';
  if (kind == MJ_KEY_CREDIT && c == 'z') return '2';
  return kind == MJ_KEY_CREDIT && c == 's' ? '5' : c;
}

void mj_key_further(char form[MJ_FOLD], mj_key_kind kind, mj_near_reason how) {
  if (how == MJ_NEAR_FORM) return;
  for (char *c = form; *c; c++) *c = digit_like(*c, kind);
  size_t zeros = 0;
  while (how == MJ_NEAR_ZEROS && form[zeros] == '0') zeros++;
  if (zeros && !form[zeros]) zeros--; /* "000" is 0 */
  if (zeros) memmove(form, form + zeros, strlen(form + zeros) + 1);
}

void mj_key_normal(const char *key, mj_key_kind kind, mj_near_reason how, char out[MJ_FOLD]) {
  mj_fold(key, out);
  mj_key_further(out, kind, how);
}

/* ---- names ---- */

static bool ends(const char *text, const char *tail) {
  size_t n = strlen(text), k = strlen(tail);
  return n >= k && !strcmp(text + n - k, tail);
}

static void strip_kind(char *name) {
  static const char *const kinds[] = {"股份有限公司", "有限责任公司", "有限公司", "股份公司", "公司"};
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (ends(name, kinds[i])) {
      name[strlen(name) - strlen(kinds[i])] = '\0';
      return;
    }
}

/* Bytes of the place that @p text begins with, with or without 省, 市, 区 or 县 behind it; 0: none of divisions.csv. */
static size_t place_size(const char *text) {
  size_t best = 0;
  for (const char *line = strchr(mj_embedded_divisions[0].text, '\n'); line && line[1]; line = strchr(line + 1, '\n')) {
    const char *name = strchr(line + 1, ',') + 1;
    size_t n = strcspn(name, ","), bare = n > 6 ? n - 3 : n; /* three bytes a character; two are a name by themselves */
    if (!strncmp(text, name, n) && n > best) best = n;
    if (!strncmp(text, name, bare) && bare > best) best = bare;
  }
  return best;
}

/* "(泉州)" goes, other brackets lose their marks. */
static void strip_brackets(char *name) {
  char *to = name;
  for (const char *from = name; *from;) {
    size_t place = *from == '(' ? place_size(from + 1) : 0;
    if (place && from[1 + place] == ')') from += place + 2;
    else if (*from == '(' || *from == ')') from++;
    else *to++ = *from++;
  }
  *to = '\0';
}

void mj_name_stem(const char *name, char out[MJ_FOLD]) {
  mj_fold(name, out);
  strip_brackets(out);
  strip_kind(out);
  size_t place;
  while ((place = place_size(out)) && strlen(out) >= place + 6) memmove(out, out + place, strlen(out + place) + 1);
  if (strlen(out) < 6) *out = '\0'; /* two characters of three bytes */
}
