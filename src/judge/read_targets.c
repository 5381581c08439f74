#include <string.h>

#include "judge/rulebook.h"

static mj_status read_target(const mj_yaml_doc *doc, const mj_yaml_node *n, mj_rb_target *t) {
  static const char *const keys[] = {"code", "measure", "target", "", "unit", "due", "zone", "by_zone", "text", NULL};
  MJ_TRY(mj_yaml_keys(doc, n, "targets", keys));
  MJ_TRY(mj_yaml_text(doc, n, "code", &t->code));
  MJ_TRY(mj_yaml_text(doc, n, "zone", &t->zone));
  MJ_TRY(mj_yaml_flag(doc, n, "by_zone", &t->by_zone));
  MJ_TRY(mj_rb_read_sql(doc, n, "measure", &t->measure));
  MJ_TRY(mj_yaml_number(doc, n, "target", -(double)INFINITY, &t->target));
  MJ_TRY(mj_yaml_text(doc, n, "unit", &t->unit));
  if (!t->unit) t->unit = "";
  MJ_TRY(mj_yaml_date(doc, n, "due", &t->due));
  if (t->zone && t->by_zone) return mj_yaml_fail(doc, n, "target '%s': zone and by_zone exclude each other", t->code);
  return mj_rb_read_words(doc, n, "text", &t->text);
}

static mj_status read_strategies(const mj_yaml_doc *doc, const mj_yaml_node *root, mj_rulebook *book) {
  static const char *const keys[] = {"zone", "strategy", "", "where", "article", NULL};
  const mj_yaml_node *n;
  void *items;
  MJ_TRY(mj_rb_read_items(doc, root, "zone_strategies", sizeof *book->strategy, &items, &n, &book->n_strategies));
  book->strategy = items;
  for (mj_rb_strategy *s = book->strategy; n; n = n->next, s++) {
    MJ_TRY(mj_yaml_keys(doc, n, "zone_strategies", keys));
    MJ_TRY(mj_yaml_text(doc, n, "zone", &s->zone));
    MJ_TRY(mj_rb_read_sql(doc, n, "where", &s->where));
    MJ_TRY(mj_rb_read_words(doc, n, "strategy", &s->strategy));
    MJ_TRY(mj_yaml_text(doc, n, "article", &s->article));
  }
  return MJ_OK;
}

mj_status mj_rb_read_targets(const mj_yaml_doc *doc, const mj_yaml_node *root, mj_rulebook *book) {
  const mj_yaml_node *n;
  void *items;
  MJ_TRY(mj_rb_read_items(doc, root, "targets", sizeof *book->target, &items, &n, &book->n_targets));
  book->target = items;
  for (mj_rb_target *t = book->target; n; n = n->next, t++) {
    MJ_TRY(read_target(doc, n, t));
    for (const mj_rb_target *other = book->target; other < t; other++)
      if (!strcmp(other->code, t->code)) return mj_yaml_fail(doc, n, "target '%s' stands twice", t->code);
  }
  return read_strategies(doc, root, book);
}
