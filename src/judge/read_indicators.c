#include <ctype.h>
#include <math.h>
#include <string.h>

#include "judge/rulebook.h"

/* "unknown" where the document's number was not found, SQL (a number is SQL too), or nothing. */
static mj_status read_ideal(const mj_yaml_doc *doc, const mj_yaml_node *n, mj_rb_indicator *i) {
  MJ_TRY(mj_rb_read_sql(doc, n, "ideal", &i->ideal));
  i->ideal_unknown = i->ideal.sql && !strcmp(i->ideal.sql, "unknown");
  if (i->ideal_unknown) i->ideal.sql = NULL;
  return MJ_OK;
}

static mj_status read_weight(const mj_yaml_doc *doc, const mj_yaml_node *n, mj_rb_indicator *i) {
  const char *text;
  MJ_TRY(mj_yaml_text(doc, n, "weight", &text));
  i->weighted = text != NULL;
  i->weight = (double)NAN;
  if (!text || !strcmp(text, "unknown")) return MJ_OK;
  return mj_yaml_number(doc, n, "weight", 0, &i->weight);
}

static mj_status read_indicators(const mj_yaml_doc *doc, const mj_yaml_node *root, mj_rulebook *book) {
  static const char *const keys[] = {"code",      "measure",   "",        "unit", "ideal", "weight",
                                     "direction", "certainty", "article", "text", NULL};
  static const char *const ways[] = {"higher", "lower", NULL};
  const mj_yaml_node *n;
  void *items;
  MJ_TRY(mj_rb_read_items(doc, root, "indicators", sizeof *book->indicator, &items, &n, &book->n_indicators));
  book->indicator = items;
  for (mj_rb_indicator *i = book->indicator; n; n = n->next, i++) {
    int way;
    MJ_TRY(mj_yaml_keys(doc, n, "indicators", keys));
    MJ_TRY(mj_yaml_text(doc, n, "code", &i->code));
    for (const mj_rb_indicator *other = book->indicator; other < i; other++)
      if (!strcmp(other->code, i->code)) return mj_yaml_fail(doc, n, "indicator '%s' stands twice", i->code);
    MJ_TRY(mj_rb_read_sql(doc, n, "measure", &i->measure));
    MJ_TRY(mj_yaml_text(doc, n, "unit", &i->unit));
    MJ_TRY(mj_yaml_text(doc, n, "article", &i->article));
    MJ_TRY(mj_yaml_word(doc, n, "direction", ways, 0, &way));
    i->lower = way == 1;
    MJ_TRY(mj_rb_read_certainty(doc, n, false, &i->assumed));
    MJ_TRY(mj_rb_read_words(doc, n, "text", &i->text));
    MJ_TRY(read_ideal(doc, n, i));
    MJ_TRY(read_weight(doc, n, i));
  }
  return MJ_OK;
}

static mj_status read_audits(const mj_yaml_doc *doc, const mj_yaml_node *root, mj_rulebook *book) {
  static const char *const keys[] = {"code", "policy", "",        "against", "tolerance",
                                     "park", "unit",   "article", "text",    NULL};
  const mj_yaml_node *n;
  void *items;
  MJ_TRY(mj_rb_read_items(doc, root, "audits", sizeof *book->audit, &items, &n, &book->n_audits));
  book->audit = items;
  for (mj_rb_audit *a = book->audit; n; n = n->next, a++) {
    MJ_TRY(mj_yaml_keys(doc, n, "audits", keys));
    MJ_TRY(mj_yaml_text(doc, n, "code", &a->code));
    for (const mj_rb_audit *other = book->audit; other < a; other++)
      if (!strcmp(other->code, a->code)) return mj_yaml_fail(doc, n, "audit '%s' stands twice", a->code);
    MJ_TRY(mj_rb_read_sql(doc, n, "policy", &a->policy));
    MJ_TRY(mj_rb_read_sql(doc, n, "against", &a->against));
    MJ_TRY(mj_rb_read_sql(doc, n, "park", &a->park));
    MJ_TRY(mj_yaml_number(doc, n, "tolerance", 0, &a->tolerance));
    if (isnan(a->tolerance)) a->tolerance = MJ_RB_AUDIT_TOLERANCE;
    MJ_TRY(mj_yaml_text(doc, n, "unit", &a->unit));
    MJ_TRY(mj_yaml_text(doc, n, "article", &a->article));
    MJ_TRY(mj_rb_read_words(doc, n, "text", &a->text));
  }
  return MJ_OK;
}

/* "LC2022-TAX-MU" as SQL names it: lc2022_tax_mu. */
static mj_status name_target(const mj_yaml_doc *doc, const mj_yaml_node *root, const mj_yaml_node *item,
                             const mj_rulebook *book, mj_rb_target *t) {
  char *name = mj_arena_text(doc->arena, t->code, strlen(t->code));
  if (!name) return mj_fail(doc->err, MJ_ENOMEM, "out of memory");
  for (char *p = name; *p; p++) *p = isalnum((unsigned char)*p) ? (char)tolower((unsigned char)*p) : '_';
  t->name = name;
  if (mj_rb_is_bound(name))
    return mj_yaml_fail(doc, mj_yaml_get(item, "code"), "target '%s': its name in SQL, :%s, is taken", t->code, name);
  for (const mj_rb_target *other = book->target; other < t; other++)
    if (!strcmp(other->name, name))
      return mj_yaml_fail(doc, mj_yaml_get(root, "targets"), "targets '%s' and '%s' have one name in SQL, :%s",
                          other->code, t->code, name);
  for (int i = 0; i < book->n_limits; i++)
    if (!strcmp(book->limit[i].name, name))
      return mj_yaml_fail(doc, mj_yaml_get(root, "targets"), "target '%s' and limit '%s' have one name in SQL", t->code,
                          name);
  return MJ_OK;
}

mj_status mj_rb_read_indicators(const mj_yaml_doc *doc, const mj_yaml_node *root, mj_rulebook *book) {
  const mj_yaml_node *item = book->n_targets ? mj_yaml_get(root, "targets")->first : NULL;
  for (int i = 0; i < book->n_targets; i++, item = item->next)
    MJ_TRY(name_target(doc, root, item, book, &book->target[i]));
  MJ_TRY(read_indicators(doc, root, book));
  return read_audits(doc, root, book);
}
