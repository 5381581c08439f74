#include <string.h>

#include "report/map.h"

/* A bare field is named as one: a field that the layer lacks is then NULL. */
static bool is_name(const char *text) {
  for (; *text; text++)
    if (!((*text >= 'a' && *text <= 'z') || (*text >= '0' && *text <= '9') || *text == '_')) return false;
  return true;
}

/* "field" ~ 'a|b': the field has one of the words in it. Returns the text behind it, or NULL where none begins here. */
static const char *put_search(const char *at, mj_text *out) {
  const char *name_end = *at == '"' ? strchr(at + 1, '"') : NULL;
  if (!name_end || strncmp(name_end + 1, " ~ '", 4) != 0) return NULL;
  const char *word = name_end + 5, *end = strchr(word, '\'');
  if (!end) return NULL;
  mj_text_add(out, "(");
  for (const char *stop; word < end; word = stop + (*stop == '|')) {
    stop = word + strcspn(word, "|'");
    mj_text_format(out, "%.*s LIKE '%%%.*s%%'", (int)(name_end + 1 - at), at, (int)(stop - word), word);
    if (*stop == '|') mj_text_add(out, " OR ");
  }
  mj_text_add(out, ")");
  return end + 1;
}

static const char *translate(const char *sql, mj_arena *arena) {
  mj_text out = {0};
  for (const char *at = sql; *at;) {
    const char *behind = put_search(at, &out);
    if (!behind) mj_text_put(&out, at++, 1);
    else at = behind;
  }
  const char *made = out.failed ? NULL : mj_arena_text(arena, out.data ? out.data : "", out.n);
  mj_text_reset(&out);
  return made;
}

const char *mj_map_class_sql(const mj_theme *t, mj_arena *arena) {
  if (t->kind == MJ_THEME_SINGLE) return "NULL";
  if (t->kind != MJ_THEME_RULES) {
    const char *quote = is_name(t->attribute) ? "\"" : "", *attribute = translate(t->attribute, arena);
    return attribute ? mj_arena_format(arena, "CAST((%s%s%s) AS %s)", quote, attribute, quote,
                                       t->kind == MJ_THEME_VALUES ? "TEXT" : "REAL")
                     : NULL;
  }
  const char *sql = "0";
  for (int c = 0; c < t->n_classes && sql; c++) {
    const char *rule = translate(t->classes[c].rule ? t->classes[c].rule : "1", arena);
    sql = rule ? mj_arena_format(arena, "%s + ((coalesce((%s), 0) <> 0) << %d)", sql, rule, c) : NULL;
  }
  return sql;
}
