#include <string.h>

#include "judge/rulebook.h"

static mj_status read_cond(const mj_yaml_doc *doc, const mj_yaml_node *node, const mj_rulebook *book, mj_rb_rule *rule,
                           mj_rb_cond **out);

/* A limit that is one constant of the book brings its unit and certainty. */
static void inherit_limit(const mj_rulebook *book, mj_rb_cond *c, bool says_unit, bool says_certainty) {
  for (int i = 0; c->limit.sql && i < book->n_limits; i++) {
    const mj_rb_limit *l = &book->limit[i];
    if (l->overridden ? strcmp(l->name, c->limit.sql) : c->limit.sql[0] != ':' || strcmp(l->name, c->limit.sql + 1))
      continue;
    if (!says_unit && book->limit[i].unit) c->unit = book->limit[i].unit;
    if (!says_certainty) c->assumed = book->limit[i].assumed;
  }
}

static mj_status read_compare(const mj_yaml_doc *doc, const mj_yaml_node *node, const mj_rulebook *book,
                              const mj_rb_rule *rule, mj_rb_cond *c) {
  static const char *const keys[] = {"measure", "op", "limit", "", "unit", "certainty", "text", NULL};
  static const char *const ops[] = {"<", "<=", ">", ">=", "=", "!=", NULL};
  int op;
  c->kind = MJ_RB_COMPARE;
  MJ_TRY(mj_yaml_keys(doc, node, "comparison", keys));
  MJ_TRY(mj_rb_read_sql(doc, node, "measure", &c->measure));
  MJ_TRY(mj_yaml_word(doc, node, "op", ops, 0, &op));
  c->op = ops[op];
  MJ_TRY(mj_rb_read_sql(doc, node, "limit", &c->limit));
  MJ_TRY(mj_yaml_text(doc, node, "unit", &c->unit));
  if (!c->unit) c->unit = "";
  MJ_TRY(mj_rb_read_certainty(doc, node, rule->assumed, &c->assumed));
  inherit_limit(book, c, mj_yaml_get(node, "unit"), mj_yaml_get(node, "certainty"));
  return mj_rb_read_words(doc, node, "text", &c->text);
}

static mj_status read_raw(const mj_yaml_doc *doc, const mj_yaml_node *node, const mj_rb_rule *rule, mj_rb_cond *c) {
  static const char *const keys[] = {"sql", "", "certainty", "text", NULL};
  c->kind = MJ_RB_RAW;
  c->op = c->unit = "";
  MJ_TRY(mj_yaml_keys(doc, node, "sql", keys));
  MJ_TRY(mj_rb_read_sql(doc, node, "sql", &c->measure));
  MJ_TRY(mj_rb_read_certainty(doc, node, rule->assumed, &c->assumed));
  return mj_rb_read_words(doc, node, "text", &c->text);
}

static mj_status read_branch(const mj_yaml_doc *doc, const mj_yaml_node *node, const mj_rulebook *book,
                             mj_rb_rule *rule, mj_rb_cond *c) {
  const mj_yaml_node *branch = node->first;
  if (branch->next) return mj_yaml_fail(doc, node, "'%s' stands alone in its condition", branch->key);
  if (!strcmp(branch->key, "not")) {
    c->kind = MJ_RB_NOT;
    return read_cond(doc, branch, book, rule, &c->first);
  }
  c->kind = !strcmp(branch->key, "all") ? MJ_RB_ALL : MJ_RB_ANY;
  MJ_TRY(mj_yaml_list(doc, branch, branch->key));
  if (!branch->first) return mj_yaml_fail(doc, branch, "%s: the list is empty", branch->key);
  mj_rb_cond **tail = &c->first;
  for (const mj_yaml_node *i = branch->first; i; i = i->next, tail = &(*tail)->next)
    MJ_TRY(read_cond(doc, i, book, rule, tail));
  return MJ_OK;
}

static mj_status read_cond(const mj_yaml_doc *doc, const mj_yaml_node *node, const mj_rulebook *book, mj_rb_rule *rule,
                           mj_rb_cond **out) {
  mj_rb_cond *c = *out = mj_arena_alloc(doc->arena, 1, sizeof *c);
  if (!c) return mj_fail(doc->err, MJ_ENOMEM, "out of memory");
  if (node->kind != MJ_YAML_MAP || !node->first)
    return mj_yaml_fail(doc, node, "a condition is all, any, not, sql, or measure with op and limit");
  if (mj_yaml_find(node, "all") || mj_yaml_find(node, "any") || mj_yaml_find(node, "not")) {
    const char *key = node->first->key;
    if (strcmp(key, "all") && strcmp(key, "any") && strcmp(key, "not"))
      return mj_yaml_fail(doc, node, "a condition is all, any, not, sql, or measure with op and limit");
    return read_branch(doc, node, book, rule, c);
  }
  c->slot = rule->n_leaves++;
  return mj_yaml_find(node, "sql") ? read_raw(doc, node, rule, c) : read_compare(doc, node, book, rule, c);
}

static void list_leaves(mj_rb_cond *c, mj_rb_cond **leaf) {
  if (c->kind >= MJ_RB_COMPARE) leaf[c->slot] = c;
  for (mj_rb_cond *i = c->first; i; i = i->next) list_leaves(i, leaf);
}

/* The condition under "when"; none leaves rule->when NULL. */
static mj_status read_when(const mj_yaml_doc *doc, const mj_yaml_node *map, const mj_rulebook *book, mj_rb_rule *rule) {
  const mj_yaml_node *when = mj_yaml_get(map, "when");
  rule->line = map->line;
  rule->column = map->column;
  if (!when) return MJ_OK;
  MJ_TRY(read_cond(doc, when, book, rule, &rule->when));
  rule->leaf = mj_arena_alloc(doc->arena, (size_t)rule->n_leaves + 1, sizeof *rule->leaf);
  if (!rule->leaf) return mj_fail(doc->err, MJ_ENOMEM, "out of memory");
  list_leaves(rule->when, rule->leaf);
  return MJ_OK;
}

static mj_status read_rule(const mj_yaml_doc *doc, const mj_yaml_node *n, const mj_rulebook *book, mj_rb_rule *rule) {
  static const char *const keys[] = {"code",      "verdict", "when",        "",     "article",
                                     "certainty", "scope",   "consequence", "text", NULL};
  static const char *const verdicts[] = {"idle", "inefficient", NULL};
  int verdict;
  MJ_TRY(mj_yaml_keys(doc, n, "rules", keys));
  MJ_TRY(mj_yaml_text(doc, n, "code", &rule->code));
  MJ_TRY(mj_yaml_word(doc, n, "verdict", verdicts, 0, &verdict));
  rule->matter = (mj_rb_matter)verdict;
  MJ_TRY(mj_yaml_text(doc, n, "article", &rule->article));
  MJ_TRY(mj_yaml_text(doc, n, "consequence", &rule->consequence));
  MJ_TRY(mj_rb_read_certainty(doc, n, false, &rule->assumed));
  MJ_TRY(mj_rb_read_sql(doc, n, "scope", &rule->scope));
  MJ_TRY(mj_rb_read_words(doc, n, "text", &rule->text));
  return read_when(doc, n, book, rule);
}

static mj_status read_list(const mj_yaml_doc *doc, const mj_yaml_node *root, const mj_rulebook *book, const char *key,
                           mj_rb_rule **rules, int *count) {
  const mj_yaml_node *n;
  void *items;
  MJ_TRY(mj_rb_read_items(doc, root, key, sizeof **rules, &items, &n, count));
  *rules = items;
  for (mj_rb_rule *r = *rules; n; n = n->next, r++) {
    MJ_TRY(read_rule(doc, n, book, r));
    for (const mj_rb_rule *other = *rules; other < r; other++)
      if (!strcmp(other->code, r->code)) return mj_yaml_fail(doc, n, "rule '%s' stands twice", r->code);
  }
  return MJ_OK;
}

mj_status mj_rb_read_rules(const mj_yaml_doc *doc, const mj_yaml_node *root, mj_rulebook *book) {
  MJ_TRY(read_list(doc, root, book, "rules", &book->rule, &book->n_rules));
  return read_list(doc, root, book, "enterprise_rules", &book->firm_rule, &book->n_firm_rules);
}

static mj_status read_tier(const mj_yaml_doc *doc, const mj_yaml_node *n, const mj_rulebook *book, mj_rb_tier *tier) {
  static const char *const keys[] = {"tier", "when", "", "cap", "article", "text", NULL};
  const mj_rb_rule *head = &book->ladder->head;
  MJ_TRY(mj_yaml_keys(doc, n, "tiers", keys));
  MJ_TRY(mj_yaml_text(doc, n, "tier", &tier->tier));
  MJ_TRY(mj_rb_read_sql(doc, n, "cap", &tier->cap));
  tier->rule =
      (mj_rb_rule){.code = head->code, .matter = MJ_RB_RENEWAL, .consequence = tier->tier, .assumed = head->assumed};
  MJ_TRY(mj_yaml_text(doc, n, "article", &tier->rule.article));
  if (!tier->rule.article) tier->rule.article = head->article;
  MJ_TRY(mj_rb_read_words(doc, n, "text", &tier->rule.text));
  return read_when(doc, n, book, &tier->rule);
}

mj_status mj_rb_read_ladder(const mj_yaml_doc *doc, const mj_yaml_node *root, mj_rulebook *book) {
  static const char *const keys[] = {"code", "inputs", "tiers", "", "scope", "article", "certainty", "text", NULL};
  const mj_yaml_node *n = mj_yaml_get(root, "ladder"), *item;
  void *items;
  if (!n) return MJ_OK;
  mj_rb_ladder *ladder = book->ladder = mj_arena_alloc(doc->arena, 1, sizeof *ladder);
  if (!ladder) return mj_fail(doc->err, MJ_ENOMEM, "out of memory");
  MJ_TRY(mj_yaml_keys(doc, n, "ladder", keys));
  ladder->head = (mj_rb_rule){.matter = MJ_RB_RENEWAL, .line = n->line, .column = n->column};
  MJ_TRY(mj_yaml_text(doc, n, "code", &ladder->head.code));
  MJ_TRY(mj_yaml_text(doc, n, "article", &ladder->head.article));
  MJ_TRY(mj_rb_read_certainty(doc, n, false, &ladder->head.assumed));
  MJ_TRY(mj_rb_read_sql(doc, n, "scope", &ladder->head.scope));
  MJ_TRY(mj_rb_read_words(doc, n, "text", &ladder->head.text));
  MJ_TRY(mj_rb_read_items(doc, n, "inputs", sizeof *ladder->input, &items, &item, &ladder->n_inputs));
  ladder->input = items;
  for (mj_rb_sql *in = ladder->input; item; item = item->next, in++) {
    *in = (mj_rb_sql){NULL, item->line, item->column};
    MJ_TRY(mj_yaml_scalar(doc, item, "inputs", &in->sql));
    if (!in->sql || !*in->sql) return mj_yaml_fail(doc, item, "'%s': expected a text, found %s", "inputs", "''");
  }
  if (!ladder->n_inputs) return mj_yaml_fail(doc, n, "%s: the list is empty", "inputs");
  MJ_TRY(mj_rb_read_items(doc, n, "tiers", sizeof *ladder->tier, &items, &item, &ladder->n_tiers));
  ladder->tier = items;
  for (mj_rb_tier *t = ladder->tier; item; item = item->next, t++) MJ_TRY(read_tier(doc, item, book, t));
  return ladder->n_tiers ? MJ_OK : mj_yaml_fail(doc, n, "%s: the list is empty", "tiers");
}
