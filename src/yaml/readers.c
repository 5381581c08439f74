#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "yaml/yaml.h"

static mj_lang lang_of(const mj_yaml_doc *doc) { return doc->err ? doc->err->lang : MJ_EN; }

mj_status mj_yaml_fail(const mj_yaml_doc *doc, const mj_yaml_node *at, const char *fmt, ...) {
  char text[sizeof doc->err->message];
  va_list args;
  va_start(args, fmt);
  vsnprintf(text, sizeof text, mj_tr(lang_of(doc), fmt), args);
  va_end(args);
  return mj_fail(doc->err, MJ_EFORMAT, "%s:%d:%d: %s", doc->file, at->line, at->column, text);
}

mj_yaml_node mj_yaml_key(const mj_yaml_node *node) {
  return (mj_yaml_node){.line = node->key_line, .column = node->key_column};
}

/* ---- nodes ---- */

bool mj_yaml_nothing(const mj_yaml_node *node) {
  if (node->kind != MJ_YAML_SCALAR || node->quoted) return false;
  return !*node->text || !strcmp(node->text, "~") || !strcasecmp(node->text, "null");
}

const mj_yaml_node *mj_yaml_find(const mj_yaml_node *map, const char *key) {
  for (const mj_yaml_node *n = map->first; n; n = n->next)
    if (n->key && !strcmp(n->key, key)) return n;
  return NULL;
}

const mj_yaml_node *mj_yaml_get(const mj_yaml_node *map, const char *key) {
  const mj_yaml_node *n = mj_yaml_find(map, key);
  return n && !mj_yaml_nothing(n) ? n : NULL;
}

const mj_yaml_node *mj_yaml_each(const mj_yaml_node *node, const mj_yaml_node *last) {
  if (!node || last == node) return NULL;
  if (node->kind != MJ_YAML_LIST) return node;
  return last ? last->next : node->first;
}

/* What stands there, as a message says it. */
static const char *found(const mj_yaml_doc *doc, const mj_yaml_node *n) {
  if (n->kind == MJ_YAML_LIST) return mj_tr(lang_of(doc), "a list");
  if (n->kind == MJ_YAML_MAP) return mj_tr(lang_of(doc), "'key: value' lines");
  if (mj_yaml_nothing(n)) return mj_tr(lang_of(doc), "nothing");
  const char *quoted = mj_arena_format(doc->arena, "'%s'", n->text);
  return quoted ? quoted : n->text;
}

/* ---- the schema ---- */

/* The words that are not empty, with commas between. */
static void list_words(const char *const *words, mj_text *out) {
  for (; *words; words++)
    if (**words) mj_text_format(out, "%s%s", out->n ? ", " : "", *words);
}

static bool listed(const char *word, const char *const *words) {
  while (*words && strcmp(*words, word)) words++;
  return *words && **words;
}

mj_status mj_yaml_map(const mj_yaml_doc *doc, const mj_yaml_node *node, const char *what) {
  if (node->kind == MJ_YAML_MAP) return MJ_OK;
  return mj_yaml_fail(doc, node, "%s: expected 'key: value' lines, found %s", what, found(doc, node));
}

mj_status mj_yaml_list(const mj_yaml_doc *doc, const mj_yaml_node *node, const char *what) {
  if (node->kind == MJ_YAML_LIST) return MJ_OK;
  return mj_yaml_fail(doc, node, "%s: expected a list, found %s", what, found(doc, node));
}

static mj_status unknown_key(const mj_yaml_doc *doc, const mj_yaml_node *n, const char *what, const char *const *keys) {
  mj_yaml_node at = mj_yaml_key(n);
  mj_text known = {0};
  list_words(keys, &known);
  mj_status status =
      mj_yaml_fail(doc, &at, "%s: unknown key '%s'; known here: %s", what, n->key, known.data ? known.data : "");
  mj_text_reset(&known);
  return status;
}

mj_status mj_yaml_keys(const mj_yaml_doc *doc, const mj_yaml_node *node, const char *what, const char *const *keys) {
  MJ_TRY(mj_yaml_map(doc, node, what));
  for (const mj_yaml_node *n = node->first; n; n = n->next)
    if (!listed(n->key, keys)) return unknown_key(doc, n, what, keys);
  for (; *keys && **keys; keys++) {
    const mj_yaml_node *n = mj_yaml_find(node, *keys);
    if (!n) return mj_yaml_fail(doc, node, "%s: key '%s' is missing", what, *keys);
    if (mj_yaml_nothing(n)) return mj_yaml_fail(doc, n, "%s: key '%s' has no value", what, *keys);
  }
  return MJ_OK;
}

mj_status mj_yaml_scalar(const mj_yaml_doc *doc, const mj_yaml_node *node, const char *what, const char **out) {
  *out = NULL;
  if (node->kind != MJ_YAML_SCALAR)
    return mj_yaml_fail(doc, node, "'%s': expected a text, found %s", what, found(doc, node));
  if (!mj_yaml_nothing(node)) *out = node->text;
  return MJ_OK;
}

mj_status mj_yaml_choice(const mj_yaml_doc *doc, const mj_yaml_node *node, const char *what, const char *const *words,
                         int *out) {
  mj_text all = {0};
  for (int i = 0; node->kind == MJ_YAML_SCALAR && words[i]; i++)
    if (*words[i] && !strcmp(words[i], node->text)) {
      *out = i;
      return MJ_OK;
    }
  list_words(words, &all);
  mj_status status =
      mj_yaml_fail(doc, node, "'%s': expected one of %s, found %s", what, all.data ? all.data : "", found(doc, node));
  mj_text_reset(&all);
  return status;
}

/* ---- values under a key ---- */

mj_status mj_yaml_text(const mj_yaml_doc *doc, const mj_yaml_node *map, const char *key, const char **out) {
  const mj_yaml_node *n = mj_yaml_get(map, key);
  *out = NULL;
  if (!n) return MJ_OK;
  MJ_TRY(mj_yaml_scalar(doc, n, key, out));
  return **out ? MJ_OK : mj_yaml_fail(doc, n, "'%s': expected a text, found %s", key, found(doc, n));
}

mj_status mj_yaml_number(const mj_yaml_doc *doc, const mj_yaml_node *map, const char *key, double least, double *out) {
  const mj_yaml_node *n = mj_yaml_get(map, key);
  *out = (double)NAN;
  if (!n) return MJ_OK;
  if (n->kind == MJ_YAML_SCALAR && mj_double_parse(n->text, out) && *out >= least) return MJ_OK;
  if (isinf(least)) return mj_yaml_fail(doc, n, "'%s': expected a number, found %s", key, found(doc, n));
  return mj_yaml_fail(doc, n, "'%s': expected a number of at least %g, found %s", key, least, found(doc, n));
}

mj_status mj_yaml_between(const mj_yaml_doc *doc, const mj_yaml_node *map, const char *key, double least, double most,
                          double *out) {
  const mj_yaml_node *n = mj_yaml_get(map, key);
  *out = (double)NAN;
  if (!n) return MJ_OK;
  if (n->kind == MJ_YAML_SCALAR && mj_double_parse(n->text, out) && *out >= least && *out <= most) return MJ_OK;
  return mj_yaml_fail(doc, n, "'%s': expected a number from %g to %g, found %s", key, least, most, found(doc, n));
}

mj_status mj_yaml_date(const mj_yaml_doc *doc, const mj_yaml_node *map, const char *key, int32_t *out) {
  const mj_yaml_node *n = mj_yaml_get(map, key);
  *out = MJ_DATE_NULL;
  if (!n) return MJ_OK;
  if (n->kind == MJ_YAML_SCALAR) *out = mj_date_parse(n->text);
  if (*out != MJ_DATE_NULL) return MJ_OK;
  return mj_yaml_fail(doc, n, "'%s': expected a date such as 2026-03-31, found %s", key, found(doc, n));
}

mj_status mj_yaml_year(const mj_yaml_doc *doc, const mj_yaml_node *map, const char *key, int32_t *out) {
  const mj_yaml_node *n = mj_yaml_get(map, key);
  double year;
  *out = MJ_DATE_NULL;
  if (!n) return MJ_OK;
  if (n->kind != MJ_YAML_SCALAR || !mj_double_parse(n->text, &year) || year != floor(year) || year < MJ_YEAR_MIN ||
      year > MJ_YEAR_MAX)
    return mj_yaml_fail(doc, n, "'%s': expected a year from %d to %d, found %s", key, MJ_YEAR_MIN, MJ_YEAR_MAX,
                        found(doc, n));
  *out = (int32_t)year;
  return MJ_OK;
}

mj_status mj_yaml_word(const mj_yaml_doc *doc, const mj_yaml_node *map, const char *key, const char *const *words,
                       int absent, int *out) {
  const mj_yaml_node *n = mj_yaml_get(map, key);
  *out = absent;
  return n ? mj_yaml_choice(doc, n, key, words, out) : MJ_OK;
}

mj_status mj_yaml_flag(const mj_yaml_doc *doc, const mj_yaml_node *map, const char *key, bool *out) {
  static const char *const words[] = {"true", "false", "yes", "no", "是", "否", NULL};
  int i;
  mj_status status = mj_yaml_word(doc, map, key, words, 1, &i);
  *out = i % 2 == 0;
  return status;
}

mj_status mj_yaml_words(const mj_yaml_doc *doc, const mj_yaml_node *map, const char *key, const char **zh,
                        const char **en) {
  static const char *const keys[] = {"", "zh", "en", NULL};
  const mj_yaml_node *n = mj_yaml_get(map, key);
  *zh = *en = NULL;
  if (!n) return MJ_OK;
  if (n->kind == MJ_YAML_SCALAR) return mj_yaml_text(doc, map, key, zh);
  MJ_TRY(mj_yaml_keys(doc, n, key, keys));
  MJ_TRY(mj_yaml_text(doc, n, "zh", zh));
  return mj_yaml_text(doc, n, "en", en);
}

mj_status mj_yaml_certainty(const mj_yaml_doc *doc, const mj_yaml_node *map, bool absent, bool *assumed) {
  static const char *const words[] = {"stated", "assumed", NULL};
  int i;
  MJ_TRY(mj_yaml_word(doc, map, "certainty", words, absent, &i));
  *assumed = i == 1;
  return MJ_OK;
}
