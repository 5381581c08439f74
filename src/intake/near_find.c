#include "intake/near_find.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/codes.h"

/* ---- numbers that a spreadsheet cut ---- */

/* "9.13502E+17" is 913502 and twelve digits more; "913502000728319000" is what is left of 18 digits by one that
 * keeps 15. */
typedef struct {
  char low[24], high[24]; /* the first `digits` of what it may have been lie between them */
  size_t digits, length;
} cut_number;

static bool bounds(unsigned long long known, size_t n, size_t length, cut_number *out) {
  if (n < 3 || n > 16 || length <= n || length > MJ_UNIT_CODE) return false;
  snprintf(out->low, sizeof out->low, "%0*llu", (int)n + 1, known * 10 - 5); /* it may have been rounded up */
  snprintf(out->high, sizeof out->high, "%0*llu", (int)n + 1, known * 10 + 9);
  out->digits = n + 1;
  out->length = length;
  return true;
}

static bool read_cut(const char *text, cut_number *out) {
  unsigned long long known = 0;
  size_t n = 0, all = strlen(text), digits = strspn(text, "0123456789");
  if (digits == all && all > 15 && all <= MJ_UNIT_CODE && strspn(text + 15, "0") == all - 15) {
    for (n = 0; n < 15; n++) known = known * 10 + (unsigned)(text[n] - '0');
    return bounds(known, n, all, out);
  }
  if (digits != 1 || *text == '0') return false;
  const char *c = text;
  for (; (*c >= '0' && *c <= '9') || (*c == '.' && c == text + 1); c++)
    if (*c != '.' && n++ < 17) known = known * 10 + (unsigned)(*c - '0');
  if (*c != 'e' && *c != 'E') return false;
  c += 1 + (c[1] == '+');
  size_t power = 0, at = strspn(c, "0123456789");
  if (!at || at > 2 || c[at]) return false;
  for (size_t i = 0; i < at; i++) power = power * 10 + (size_t)(c[i] - '0');
  return bounds(known, n, power + 1, out);
}

static int by_length(const void *a, const void *b) {
  const char *x = *(const char *const *)a, *y = *(const char *const *)b;
  size_t n = strlen(x), m = strlen(y);
  return n != m ? (n < m ? -1 : 1) : strcmp(x, y);
}

/* The only key between the bounds, or NULL. */
static const char *only_between(const char **key, size_t n, const cut_number *cut) {
  size_t low = 0, high = n;
  while (low < high) {
    size_t mid = low + (high - low) / 2, length = strlen(key[mid]);
    bool before = length != cut->length ? length < cut->length : strncmp(key[mid], cut->low, cut->digits) < 0;
    if (before) low = mid + 1;
    else high = mid;
  }
  bool first = low < n && strlen(key[low]) == cut->length && strncmp(key[low], cut->high, cut->digits) <= 0;
  bool second =
      low + 1 < n && strlen(key[low + 1]) == cut->length && strncmp(key[low + 1], cut->high, cut->digits) <= 0;
  return first && !second ? key[low] : NULL;
}

static mj_status by_number(const mj_keymap *reference, const mj_keymap *miss, mj_near_found *out) {
  cut_number cut;
  bool any = false;
  for (int32_t m = 0; m < miss->n && !any; m++) any = out[m].key < 0 && read_cut(miss->key[m], &cut);
  if (!any) return MJ_OK;
  const char **key = malloc(((size_t)reference->n + 1) * sizeof *key);
  size_t n = 0;
  if (!key) return MJ_ENOMEM;
  for (int32_t k = 0; k < reference->n; k++)
    if (strspn(reference->key[k], "0123456789") == strlen(reference->key[k])) key[n++] = reference->key[k];
  qsort(key, n, sizeof *key, by_length);
  for (int32_t m = 0; n && m < miss->n; m++) {
    if (out[m].key >= 0 || !read_cut(miss->key[m], &cut)) continue;
    const char *found = only_between(key, n, &cut);
    if (found) out[m] = (mj_near_found){mj_keymap_find(reference, found), MJ_NEAR_NUMBER};
  }
  free(key);
  return MJ_OK;
}

/* ---- one edit ---- */

static mj_status by_edit(const mj_keymap *reference, const mj_keymap *miss, mj_key_kind kind, int threads,
                         mj_near_found *out) {
  size_t n = (size_t)miss->n + 1;
  const char **query = malloc(n * sizeof *query);
  int32_t *number = malloc(n * sizeof *number), *near = malloc(n * sizeof *near), left = 0;
  mj_status status = query && number && near ? MJ_OK : MJ_ENOMEM;
  for (int32_t m = 0; !status && m < miss->n; m++) {
    if (out[m].key >= 0) continue;
    query[left] = miss->key[m];
    number[left++] = m;
  }
  if (!status && left) status = mj_near_edits(reference->key, reference->n, query, left, kind, threads, near);
  for (int32_t i = 0; !status && i < left; i++)
    if (near[i] >= 0) out[number[i]] = (mj_near_found){near[i], MJ_NEAR_EDIT};
  free(query);
  free(number);
  free(near);
  return status;
}

mj_status mj_near_find(const mj_keymap *reference, const mj_keymap *miss, mj_key_kind kind, int threads,
                       mj_near_found *out) {
  for (int32_t m = 0; m < miss->n; m++) out[m].key = -1;
  MJ_TRY(mj_near_forms(reference, miss, kind, threads, out));
  MJ_TRY(by_number(reference, miss, out));
  return by_edit(reference, miss, kind, threads, out);
}

/* ---- owners and names ---- */

static const char *index_key(const char *text, bool names, char stem[MJ_FOLD]) {
  if (!names) return text;
  mj_name_stem(text, stem);
  return stem;
}

mj_status mj_near_index_make(mj_near_index *index, const char *const *text, const char *const *value, int64_t n,
                             bool names) {
  char stem[MJ_FOLD];
  index->value = mj_arena_alloc(&index->arena, (size_t)n + 1, sizeof *index->value);
  index->name = mj_arena_alloc(&index->arena, (size_t)n + 1, sizeof *index->name);
  bool *several = calloc((size_t)n + 1, sizeof *several);
  mj_status status = index->value && index->name && several ? MJ_OK : MJ_ENOMEM;
  for (int64_t i = 0; !status && text && value && i < n; i++) {
    const char *key = text[i] && value[i] ? index_key(text[i], names, stem) : "";
    int32_t number = *key ? mj_keymap_find(&index->map, key) : -1;
    if (!*key) continue;
    if (number < 0) {
      if (key == stem && !(key = mj_arena_text(&index->arena, stem, strlen(stem)))) status = MJ_ENOMEM;
      if (!status) status = mj_keymap_add(&index->map, key, (int32_t)i, &number);
      if (status) break;
      index->value[number] = value[i];
      index->name[number] = text[i];
    } else if (strcmp(index->value[number], value[i]) != 0) {
      several[number] = true;
    }
  }
  for (int32_t k = 0; !status && k < index->map.n; k++)
    if (several[k]) index->value[k] = NULL;
  free(several);
  return status;
}

void mj_near_index_reset(mj_near_index *index) {
  mj_keymap_reset(&index->map);
  mj_arena_reset(&index->arena);
  *index = (mj_near_index){0};
}

int32_t mj_near_index_find(const mj_near_index *index, const char *text, bool names) {
  char stem[MJ_FOLD];
  const char *key = index_key(text, names, stem);
  int32_t number = *key ? mj_keymap_find(&index->map, key) : -1;
  return number >= 0 && index->value[number] ? number : -1;
}
