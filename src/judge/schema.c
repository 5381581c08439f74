#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "judge/yaml.h"
#include "mujun/table.h"

mj_status mj_rb_fail(const mj_rb_doc *doc, const mj_rb_node *at, mj_status code, const char *fmt, ...) {
  char text[800];
  va_list args;
  va_start(args, fmt);
  vsnprintf(text, sizeof text, mj_tr(doc->err ? doc->err->lang : MJ_EN, fmt), args);
  va_end(args);
  return mj_fail(doc->err, code, "%s:%d:%d: %s", doc->file, at->line, at->column, text);
}

const mj_rb_node *mj_rb_get(const mj_rb_node *map, const char *key) {
  for (const mj_rb_node *n = map->first; n; n = n->next)
    if (n->key && !strcmp(n->key, key)) return n;
  return NULL;
}

static bool listed(const char *word, const char *const *words) {
  for (int i = 0; words[i]; i++)
    if (!strcmp(words[i], word)) return true;
  return false;
}

mj_status mj_rb_keys(const mj_rb_doc *doc, const mj_rb_node *node, const char *what, const char *const *keys) {
  if (node->kind != MJ_RB_MAP) return mj_rb_fail(doc, node, MJ_EFORMAT, "%s: expected 'key: value' lines", what);
  for (const mj_rb_node *n = node->first; n; n = n->next) {
    mj_rb_node at = {.line = n->key_line, .column = n->key_column};
    if (!listed(n->key, keys) || !*n->key)
      return mj_rb_fail(doc, &at, MJ_EFORMAT, "%s: unknown key '%s'", what, n->key);
  }
  for (int i = 0; keys[i] && *keys[i]; i++)
    if (!mj_rb_get(node, keys[i])) return mj_rb_fail(doc, node, MJ_EFORMAT, "%s: key '%s' is missing", what, keys[i]);
  return MJ_OK;
}

mj_status mj_rb_list(const mj_rb_doc *doc, const mj_rb_node *node, const char *what) {
  return node->kind == MJ_RB_LIST ? MJ_OK : mj_rb_fail(doc, node, MJ_EFORMAT, "%s: expected a list", what);
}

mj_status mj_rb_text(const mj_rb_doc *doc, const mj_rb_node *map, const char *key, const char **out) {
  const mj_rb_node *n = mj_rb_get(map, key);
  *out = NULL;
  if (!n) return MJ_OK;
  if (n->kind != MJ_RB_SCALAR || !*n->text) return mj_rb_fail(doc, n, MJ_EFORMAT, "'%s': expected a text", key);
  *out = n->text;
  return MJ_OK;
}

mj_status mj_rb_number(const mj_rb_doc *doc, const mj_rb_node *map, const char *key, double *out) {
  const mj_rb_node *n = mj_rb_get(map, key);
  *out = (double)NAN;
  if (!n) return MJ_OK;
  if (n->kind == MJ_RB_SCALAR && mj_double_parse(n->text, out)) return MJ_OK;
  return mj_rb_fail(doc, n, MJ_EFORMAT, "'%s': expected a number", key);
}

mj_status mj_rb_date(const mj_rb_doc *doc, const mj_rb_node *map, const char *key, int *out) {
  const mj_rb_node *n = mj_rb_get(map, key);
  *out = MJ_DATE_NULL;
  if (!n) return MJ_OK;
  if (n->kind == MJ_RB_SCALAR) *out = mj_date_parse(n->text);
  return *out != MJ_DATE_NULL ? MJ_OK
                              : mj_rb_fail(doc, n, MJ_EFORMAT, "'%s': expected a date such as 2026-03-31, found '%s'",
                                           key, n->kind == MJ_RB_SCALAR ? n->text : "");
}

mj_status mj_rb_word(const mj_rb_doc *doc, const mj_rb_node *map, const char *key, const char *const *words, int absent,
                     int *out) {
  const mj_rb_node *n = mj_rb_get(map, key);
  mj_text all = {0};
  *out = absent;
  if (!n) return MJ_OK;
  for (int i = 0; n->kind == MJ_RB_SCALAR && words[i]; i++)
    if (!strcmp(words[i], n->text)) {
      *out = i;
      return MJ_OK;
    }
  for (int i = 0; words[i]; i++)
    if (*words[i]) mj_text_format(&all, "%s%s", all.n ? ", " : "", words[i]);
  mj_status status = mj_rb_fail(doc, n, MJ_EFORMAT, "'%s': expected one of %s, found '%s'", key,
                                all.data ? all.data : "", n->kind == MJ_RB_SCALAR ? n->text : "");
  mj_text_reset(&all);
  return status;
}

mj_status mj_rb_flag(const mj_rb_doc *doc, const mj_rb_node *map, const char *key, bool *out) {
  static const char *const words[] = {"false", "true", NULL};
  int i;
  mj_status status = mj_rb_word(doc, map, key, words, 0, &i);
  *out = i == 1;
  return status;
}
