#include "intake/yaml_node.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

static const char *scalar(yaml_node_t *node) { return (const char *)node->data.scalar.value; }

static void list_keys(const mj_yaml_key *keys, char out[400]) {
  size_t n = 0;
  out[0] = '\0';
  for (; keys->key && n < 400; keys++) {
    int w = snprintf(out + n, 400 - n, "%s%s", n ? ", " : "", keys->key);
    if (w > 0) n += (size_t)w;
  }
}

static mj_status check_repeated(mj_yaml *r, yaml_node_t *node, yaml_node_pair_t *pair, yaml_node_t *key) {
  for (yaml_node_pair_t *p = node->data.mapping.pairs.start; p < pair; p++) {
    yaml_node_t *other = yaml_document_get_node(r->doc, p->key);
    if (other->type == YAML_SCALAR_NODE && !strcmp(scalar(other), scalar(key)))
      return mj_fail(r->err, MJ_EFORMAT, MJ_YAML_PLACE "key '%s' stands twice, first on line %zu", MJ_YAML_AT(r, key),
                     scalar(key), other->start_mark.line + 1);
  }
  return MJ_OK;
}

mj_status mj_yaml_mapping(mj_yaml *r, yaml_node_t *node, const mj_yaml_key *keys, void *target) {
  char known[400];
  if (node->type != YAML_MAPPING_NODE)
    return mj_fail(r->err, MJ_EFORMAT, MJ_YAML_PLACE "expected 'key: value' lines", MJ_YAML_AT(r, node));
  for (yaml_node_pair_t *p = node->data.mapping.pairs.start; p < node->data.mapping.pairs.top; p++) {
    yaml_node_t *key = yaml_document_get_node(r->doc, p->key), *value = yaml_document_get_node(r->doc, p->value);
    if (key->type != YAML_SCALAR_NODE)
      return mj_fail(r->err, MJ_EFORMAT, MJ_YAML_PLACE "a key must be one word", MJ_YAML_AT(r, key));
    MJ_TRY(check_repeated(r, node, p, key));
    const mj_yaml_key *k = keys;
    while (k->key && strcmp(k->key, scalar(key)) && strcmp(k->key, "*")) k++;
    list_keys(keys, known);
    if (!k->key)
      return mj_fail(r->err, MJ_EFORMAT, MJ_YAML_PLACE "unknown key '%s'; known here: %s", MJ_YAML_AT(r, key),
                     scalar(key), known);
    MJ_TRY(k->fn(r, target, scalar(key), value));
  }
  return MJ_OK;
}

mj_status mj_yaml_each(mj_yaml *r, yaml_node_t *node, mj_yaml_fn fn, void *target) {
  if (node->type != YAML_SEQUENCE_NODE) return fn(r, target, NULL, node);
  for (yaml_node_item_t *i = node->data.sequence.items.start; i < node->data.sequence.items.top; i++)
    MJ_TRY(fn(r, target, NULL, yaml_document_get_node(r->doc, *i)));
  return MJ_OK;
}

mj_status mj_yaml_text(mj_yaml *r, yaml_node_t *node, const char **out) {
  *out = NULL;
  if (node->type != YAML_SCALAR_NODE)
    return mj_fail(r->err, MJ_EFORMAT, MJ_YAML_PLACE "expected one value", MJ_YAML_AT(r, node));
  const char *text = scalar(node);
  if (node->data.scalar.style == YAML_PLAIN_SCALAR_STYLE && (!*text || !strcmp(text, "~") || !strcmp(text, "null")))
    return MJ_OK;
  *out = mj_arena_text(&r->project->arena, text, strlen(text));
  return *out ? MJ_OK : mj_fail(r->err, MJ_ENOMEM, "out of memory");
}

mj_status mj_yaml_date(mj_yaml *r, yaml_node_t *node, int32_t *out) {
  const char *text;
  MJ_TRY(mj_yaml_text(r, node, &text));
  if (!text) return MJ_OK;
  *out = mj_date_parse(text);
  if (*out != MJ_DATE_NULL) return MJ_OK;
  return mj_fail(r->err, MJ_EFORMAT, MJ_YAML_PLACE "'%s' is no date; expected 2026-03-31", MJ_YAML_AT(r, node), text);
}

mj_status mj_yaml_number(mj_yaml *r, yaml_node_t *node, double *out) {
  const char *text;
  MJ_TRY(mj_yaml_text(r, node, &text));
  if (!text || mj_double_parse(text, out)) return MJ_OK;
  return mj_fail(r->err, MJ_EFORMAT, MJ_YAML_PLACE "'%s' is no number", MJ_YAML_AT(r, node), text);
}

mj_status mj_yaml_year(mj_yaml *r, yaml_node_t *node, int32_t *out) {
  double year = (double)NAN;
  MJ_TRY(mj_yaml_number(r, node, &year));
  if (isnan(year)) return MJ_OK;
  if (year != floor(year) || year < 1900 || year > 2200)
    return mj_fail(r->err, MJ_EFORMAT, MJ_YAML_PLACE "'%s' is no year; expected 1900 to 2200", MJ_YAML_AT(r, node),
                   scalar(node));
  *out = (int32_t)year;
  return MJ_OK;
}

mj_status mj_yaml_bool(mj_yaml *r, yaml_node_t *node, bool *out) {
  const char *text;
  MJ_TRY(mj_yaml_text(r, node, &text));
  if (!text) return MJ_OK;
  *out = !strcmp(text, "true") || !strcmp(text, "yes") || !strcmp(text, "是");
  if (*out || !strcmp(text, "false") || !strcmp(text, "no") || !strcmp(text, "否")) return MJ_OK;
  return mj_fail(r->err, MJ_EFORMAT, MJ_YAML_PLACE "'%s' is neither true nor false", MJ_YAML_AT(r, node), text);
}
