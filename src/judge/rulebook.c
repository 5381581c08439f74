#include "judge/rulebook.h"

#include <string.h>

const char *mj_rb_matter_name(mj_rb_matter matter) {
  static const char *const names[] = {"idle", "inefficient", "renewal"};
  return names[matter];
}

const char *mj_rb_cap_name(mj_rb_cap_source source) {
  static const char *const names[] = {"contract", "plan", "lookup", "zone", "land_use", "industry"};
  return names[source];
}

const char *mj_rb_say(mj_rb_words words, mj_lang lang) {
  const char *first = lang == MJ_ZH ? words.zh : words.en, *second = lang == MJ_ZH ? words.en : words.zh;
  return first ? first : second ? second : "";
}

bool mj_rb_in_force(const mj_rulebook *book, int32_t date) {
  return date >= book->from && (book->to == MJ_DATE_NULL || date <= book->to);
}

mj_status mj_rb_read_words(const mj_yaml_doc *doc, const mj_yaml_node *map, const char *key, mj_rb_words *out) {
  return mj_yaml_words(doc, map, key, &out->zh, &out->en);
}

mj_status mj_rb_read_sql(const mj_yaml_doc *doc, const mj_yaml_node *map, const char *key, mj_rb_sql *out) {
  const mj_yaml_node *n = mj_yaml_get(map, key);
  *out = (mj_rb_sql){0};
  if (!n) return MJ_OK;
  MJ_TRY(mj_yaml_text(doc, map, key, &out->sql));
  out->line = n->line;
  out->column = n->column;
  if (strlen(out->sql) != 10 || mj_date_parse(out->sql) == MJ_DATE_NULL) return MJ_OK;
  out->sql = mj_arena_format(doc->arena, "'%s'", out->sql); /* as SQL, 2026-03-31 would be a subtraction */
  return out->sql ? MJ_OK : mj_fail(doc->err, MJ_ENOMEM, "out of memory");
}

mj_status mj_rb_read_certainty(const mj_yaml_doc *doc, const mj_yaml_node *map, bool absent, bool *assumed) {
  return mj_yaml_certainty(doc, map, absent, assumed);
}

mj_status mj_rb_read_items(const mj_yaml_doc *doc, const mj_yaml_node *map, const char *key, size_t size, void **items,
                           const mj_yaml_node **first, int *n) {
  const mj_yaml_node *list = mj_yaml_get(map, key);
  *items = NULL;
  *first = NULL;
  *n = 0;
  if (!list) return MJ_OK;
  MJ_TRY(mj_yaml_list(doc, list, key));
  *first = list->first;
  for (const mj_yaml_node *i = list->first; i; i = i->next) ++*n;
  *items = mj_arena_alloc(doc->arena, (size_t)*n + 1, size);
  return *items ? MJ_OK : mj_fail(doc->err, MJ_ENOMEM, "out of memory");
}
