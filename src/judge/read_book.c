#include <math.h>
#include <string.h>

#include "base/text.h"
#include "judge/grades.h"
#include "judge/lookup.h"

/* A name that SQL takes without quotes. */
static bool is_name(const char *text) {
  if (!(*text >= 'a' && *text <= 'z')) return false;
  return text[strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_")] == 0;
}

bool mj_rb_is_bound(const char *name) {
  return !strcmp(name, "as_of") || !strcmp(name, "year") || !strcmp(name, "zone");
}

static mj_status read_name(const mj_yaml_doc *doc, const mj_yaml_node *map, const char **out) {
  MJ_TRY(mj_yaml_text(doc, map, "name", out));
  if (is_name(*out)) return MJ_OK;
  return mj_yaml_fail(doc, mj_yaml_get(map, "name"),
                      "'%s': a name has small letters, digits and _ and begins with a letter", *out);
}

/* A limit that differs from place to place is a fact: the first condition that holds gives its value, and one that
 * cannot be told leaves it open. */
static mj_status read_overrides(const mj_yaml_doc *doc, const mj_yaml_node *node, mj_rb_limit *l, mj_rb_fact *fact) {
  static const char *const keys[] = {"when", "value", "", "certainty", NULL};
  const mj_yaml_node *list = mj_yaml_get(node, "overrides");
  const char *sql = "", *value;
  double number;
  bool assumed;
  if (l->text) return mj_yaml_fail(doc, node, "limit '%s': overrides need numbers", l->name);
  MJ_TRY(mj_yaml_list(doc, list, "overrides"));
  for (const mj_yaml_node *i = list->first; i && sql; i = i->next) {
    mj_rb_sql when;
    MJ_TRY(mj_yaml_keys(doc, i, "overrides", keys));
    MJ_TRY(mj_rb_read_sql(doc, i, "when", &when));
    MJ_TRY(mj_yaml_number(doc, i, "value", -(double)INFINITY, &number));
    MJ_TRY(mj_yaml_text(doc, i, "value", &value));
    MJ_TRY(mj_rb_read_certainty(doc, i, l->assumed, &assumed));
    l->assumed = l->assumed || assumed;
    sql = mj_arena_format(doc->arena, "%sWHEN (%s\n) IS NULL THEN NULL WHEN (%s\n) THEN %s ", sql, when.sql, when.sql,
                          value);
  }
  MJ_TRY(mj_yaml_text(doc, node, "value", &value));
  *fact = (mj_rb_fact){.name = l->name, .unit = l->unit, .type = MJ_F64, .assumed = l->assumed, .text = l->words};
  fact->sql =
      (mj_rb_sql){sql ? mj_arena_format(doc->arena, "CASE %sELSE %s END", sql, value) : NULL, list->line, list->column};
  l->overridden = true;
  return fact->sql.sql ? MJ_OK : mj_fail(doc->err, MJ_ENOMEM, "out of memory");
}

static mj_status read_limits(const mj_yaml_doc *doc, const mj_yaml_node *root, mj_rulebook *book) {
  static const char *const keys[] = {"name", "value", "", "unit", "certainty", "text", "overrides", NULL};
  const mj_yaml_node *n;
  void *items;
  MJ_TRY(mj_rb_read_items(doc, root, "limits", sizeof *book->limit, &items, &n, &book->n_limits));
  book->limit = items;
  book->fact = mj_arena_alloc(doc->arena, (size_t)book->n_limits + 1, sizeof *book->fact);
  if (!book->fact) return mj_fail(doc->err, MJ_ENOMEM, "out of memory");
  for (mj_rb_limit *l = book->limit; n; n = n->next, l++) {
    MJ_TRY(mj_yaml_keys(doc, n, "limits", keys));
    MJ_TRY(read_name(doc, n, &l->name));
    for (const mj_rb_limit *other = book->limit; other < l; other++)
      if (!strcmp(other->name, l->name)) return mj_yaml_fail(doc, n, "limit '%s' stands twice", l->name);
    if (mj_rb_is_bound(l->name)) return mj_yaml_fail(doc, n, "limit '%s': the name is taken", l->name);
    MJ_TRY(mj_yaml_text(doc, n, "value", &l->text));
    MJ_TRY(mj_yaml_text(doc, n, "unit", &l->unit));
    MJ_TRY(mj_rb_read_certainty(doc, n, false, &l->assumed));
    MJ_TRY(mj_rb_read_words(doc, n, "text", &l->words));
    if (!mj_yaml_get(n, "value")->quoted && mj_double_parse(l->text, &l->number)) l->text = NULL;
    if (mj_yaml_get(n, "overrides")) MJ_TRY(read_overrides(doc, n, l, &book->fact[book->n_facts++]));
  }
  return MJ_OK;
}

static mj_status read_facts(const mj_yaml_doc *doc, const mj_yaml_node *root, mj_rulebook *book) {
  static const char *const keys[] = {"name", "", "sql", "lookup", "unit", "type", "after", "certainty", "text", NULL};
  static const char *const times[] = {"", "verdicts", NULL};
  static const char *const types[] = {"", "number", "integer", "text", "date", "truth", NULL}; /* as mj_type */
  const mj_yaml_node *n;
  void *ours;
  int after, own = book->n_facts; /* the limits that are facts come first */
  MJ_TRY(mj_rb_read_items(doc, root, "facts", sizeof *book->fact, &ours, &n, &book->n_facts));
  mj_rb_fact *fact = mj_arena_alloc(doc->arena, (size_t)(own + book->n_facts) + 1, sizeof *fact);
  if (!fact) return mj_fail(doc->err, MJ_ENOMEM, "out of memory");
  if (own) memcpy(fact, book->fact, (size_t)own * sizeof *fact);
  book->n_facts += own;
  book->fact = fact;
  for (mj_rb_fact *f = book->fact + own; n; n = n->next, f++) {
    MJ_TRY(mj_yaml_keys(doc, n, "facts", keys));
    MJ_TRY(read_name(doc, n, &f->name));
    for (const mj_rb_fact *other = book->fact; other < f; other++)
      if (!strcmp(other->name, f->name)) return mj_yaml_fail(doc, n, "fact '%s' stands twice", f->name);
    MJ_TRY(mj_yaml_text(doc, n, "unit", &f->unit));
    MJ_TRY(mj_yaml_word(doc, n, "type", types, 0, &f->type));
    MJ_TRY(mj_yaml_word(doc, n, "after", times, 0, &after));
    f->after = after == 1;
    MJ_TRY(mj_rb_read_sql(doc, n, "sql", &f->sql));
    const mj_yaml_node *lookup = mj_yaml_get(n, "lookup");
    if (!lookup == !f->sql.sql) return mj_yaml_fail(doc, n, "fact '%s': expected sql or lookup", f->name);
    if (lookup) MJ_TRY(mj_rb_read_lookup(doc, book->tables, lookup, f));
    MJ_TRY(mj_rb_read_certainty(doc, n, false, &f->assumed));
    MJ_TRY(mj_rb_read_words(doc, n, "text", &f->text));
  }
  return MJ_OK;
}

static mj_status read_caps(const mj_yaml_doc *doc, const mj_yaml_node *root, mj_rulebook *book) {
  static const char *const keys[] = {"source", "sql", "", NULL};
  static const char *const sources[] = {"contract", "plan", "lookup", "zone", "land_use", "industry", NULL};
  const mj_yaml_node *n;
  void *items;
  MJ_TRY(mj_rb_read_items(doc, root, "caps", sizeof *book->cap, &items, &n, &book->n_caps));
  book->cap = items;
  for (mj_rb_cap *c = book->cap; n; n = n->next, c++) {
    int source;
    MJ_TRY(mj_yaml_keys(doc, n, "caps", keys));
    MJ_TRY(mj_yaml_word(doc, n, "source", sources, 0, &source));
    c->source = (mj_rb_cap_source)source;
    MJ_TRY(mj_rb_read_sql(doc, n, "sql", &c->sql));
  }
  return MJ_OK;
}

static mj_status read_settings(const mj_yaml_doc *doc, const mj_yaml_node *root, mj_rulebook *book) {
  static const char *const keys[] = {"",       "area_basis", "headroom_min_m2", "area_tolerance",
                                     "checks", "fit",        "industrial",      NULL};
  const mj_yaml_node *n = mj_yaml_get(root, "settings");
  mj_yaml_by by = {.source = book->code};
  if (n) MJ_TRY(mj_yaml_keys(doc, n, "settings", keys));
  MJ_TRY(mj_yaml_read_settings(doc, n, &book->settings));
  MJ_TRY(mj_yaml_read_fit(doc, n, root, &by, &book->fit));
  return n ? mj_rb_read_sql(doc, n, "industrial", &book->industrial) : MJ_OK;
}

static mj_status read_force(const mj_yaml_doc *doc, const mj_yaml_node *root, mj_rulebook *book) {
  static const char *const keys[] = {"from", "", "to", NULL};
  const mj_yaml_node *n = mj_yaml_get(root, "effective");
  MJ_TRY(mj_yaml_keys(doc, n, "effective", keys));
  MJ_TRY(mj_yaml_date(doc, n, "from", &book->from));
  MJ_TRY(mj_yaml_date(doc, n, "to", &book->to));
  if (book->to != MJ_DATE_NULL && book->to < book->from)
    return mj_yaml_fail(doc, n, "effective: 'to' lies before 'from'");
  return MJ_OK;
}

static mj_status read_area(const mj_yaml_doc *doc, const mj_yaml_node *root, mj_rulebook *book) {
  const mj_yaml_node *n;
  void *items;
  MJ_TRY(mj_rb_read_items(doc, root, "area", sizeof *book->area, &items, &n, &book->n_areas));
  book->area = items;
  for (int i = 0; n; n = n->next, i++) {
    if (n->kind != MJ_YAML_SCALAR || !*n->text || n->text[strspn(n->text, "0123456789")])
      return mj_yaml_fail(doc, n, "area: expected a division code such as \"350502\"");
    book->area[i] = n->text;
  }
  return MJ_OK;
}

static mj_status read_delegates(const mj_yaml_doc *doc, const mj_yaml_node *root, mj_rulebook *book) {
  static const char *const matters[] = {"idle", "inefficient", "renewal", NULL}; /* as mj_rb_matter */
  int matter;
  for (const mj_yaml_node *i = NULL; (i = mj_yaml_each(mj_yaml_get(root, "delegates"), i));) {
    MJ_TRY(mj_yaml_choice(doc, i, "delegates", matters, &matter));
    book->delegates[matter] = true;
  }
  return MJ_OK;
}

static mj_status read_head(const mj_yaml_doc *doc, const mj_yaml_node *root, mj_rulebook *book) {
  static const char *const keys[] = {"rulebook",  "version",
                                     "document",  "level",
                                     "effective", "",
                                     "delegates", "name",
                                     "issuer",    "area",
                                     "settings",  "limits",
                                     "facts",     "rules",
                                     "caps",      "ladder",
                                     "targets",   "zone_strategies",
                                     "grades",    "indicators",
                                     "audits",    "enterprise_rules",
                                     "modules",   "structures",
                                     NULL};
  static const char *const levels[] = {"nation", "province", "city", "district", NULL};
  MJ_TRY(mj_yaml_keys(doc, root, doc->what, keys));
  MJ_TRY(mj_yaml_text(doc, root, "rulebook", &book->code));
  MJ_TRY(mj_yaml_text(doc, root, "version", &book->version));
  MJ_TRY(mj_yaml_text(doc, root, "document", &book->document));
  MJ_TRY(mj_yaml_text(doc, root, "issuer", &book->issuer));
  MJ_TRY(mj_rb_read_words(doc, root, "name", &book->name));
  MJ_TRY(mj_yaml_word(doc, root, "level", levels, 0, &book->level));
  MJ_TRY(read_area(doc, root, book));
  MJ_TRY(read_delegates(doc, root, book));
  return read_force(doc, root, book);
}

mj_status mj_rb_read(const mj_yaml_doc *doc, const mj_rulebook_file *tables, const mj_yaml_node *root,
                     mj_rulebook **out) {
  mj_rulebook *book = mj_arena_alloc(doc->arena, 1, sizeof *book);
  *out = NULL;
  if (!book) return mj_fail(doc->err, MJ_ENOMEM, "out of memory");
  book->file = doc->file;
  book->tables = tables;
  MJ_TRY(read_head(doc, root, book));
  MJ_TRY(read_settings(doc, root, book));
  MJ_TRY(read_limits(doc, root, book));
  MJ_TRY(read_facts(doc, root, book));
  MJ_TRY(mj_rb_read_rules(doc, root, book));
  MJ_TRY(read_caps(doc, root, book));
  MJ_TRY(mj_rb_read_ladder(doc, root, book));
  MJ_TRY(mj_rb_read_targets(doc, root, book));
  MJ_TRY(mj_rb_read_indicators(doc, root, book));
  MJ_TRY(mj_rb_read_grades(doc, root, book));
  *out = book;
  return MJ_OK;
}
