#include <math.h>
#include <string.h>

#include "base/text.h"
#include "judge/grades.h"

int mj_gr_find(const mj_gr_group *group, const char *name) {
  for (int i = 0; i < group->n; i++)
    if (!strcmp(group->ind[i].name, name)) return i;
  return -1;
}

int mj_gr_class_index(const mj_gr_cuts *cuts, const char *name) {
  for (int i = 0; i < cuts->n; i++)
    if (!strcmp(cuts->cls[i].name, name)) return i;
  return -1;
}

/* `unknown` in place of a number: the document was not found, and whoever has it fills it in. */
static bool says_unknown(const mj_yaml_node *n) {
  return n && n->kind == MJ_YAML_SCALAR && !strcmp(n->text, "unknown");
}

/* SQL as it stands, or a map with unit and text. */
static mj_status read_figure(const mj_yaml_doc *doc, const mj_yaml_node *map, const char *key, mj_gr_figure *out) {
  static const char *const keys[] = {"sql", "", "unit", "text", NULL};
  const mj_yaml_node *n = mj_yaml_get(map, key);
  if (!n || n->kind == MJ_YAML_SCALAR) return mj_rb_read_sql(doc, map, key, &out->sql);
  MJ_TRY(mj_yaml_keys(doc, n, key, keys));
  MJ_TRY(mj_rb_read_sql(doc, n, "sql", &out->sql));
  MJ_TRY(mj_yaml_text(doc, n, "unit", &out->unit));
  return mj_rb_read_words(doc, n, "text", &out->text);
}

/* A number, unknown, {sql}, or {mean: values | totals, of: this_year | last_year, times}. */
static mj_status read_base(const mj_yaml_doc *doc, const mj_yaml_node *map, mj_gr_base *out) {
  static const char *const keys[] = {"", "sql", "mean", "of", "times", NULL};
  static const char *const means[] = {"values", "totals", NULL}, *const years[] = {"this_year", "last_year", NULL};
  const mj_yaml_node *n = mj_yaml_get(map, "base");
  int mean, year;
  if (!n) return MJ_OK;
  out->kind = says_unknown(n) ? MJ_GR_NOT_FOUND : MJ_GR_NUMBER;
  if (out->kind == MJ_GR_NOT_FOUND) return MJ_OK;
  if (n->kind == MJ_YAML_SCALAR) {
    MJ_TRY(mj_yaml_number(doc, map, "base", (double)-INFINITY, &out->number));
    return out->number > 0 ? MJ_OK : mj_yaml_fail(doc, n, "'base': expected a number above 0 or unknown");
  }
  MJ_TRY(mj_yaml_keys(doc, n, "base", keys));
  MJ_TRY(mj_rb_read_sql(doc, n, "sql", &out->sql));
  MJ_TRY(mj_yaml_word(doc, n, "mean", means, -1, &mean));
  MJ_TRY(mj_yaml_word(doc, n, "of", years, 0, &year));
  MJ_TRY(mj_yaml_number(doc, n, "times", 0, &out->times));
  if ((out->sql.sql != NULL) == (mean >= 0)) return mj_yaml_fail(doc, n, "base: expected sql or mean");
  out->kind = mean >= 0 ? MJ_GR_MEAN : MJ_GR_SQL;
  out->totals = mean == 1;
  out->last_year = year == 1;
  if (isnan(out->times)) out->times = 1;
  return MJ_OK;
}

static mj_status read_indicator(const mj_yaml_doc *doc, const mj_yaml_node *n, const mj_gr_scheme *scheme,
                                mj_gr_indicator *out) {
  static const char *const keys[] = {"name",      "measure", "weight", "",        "per",  "unit",      "base",
                                     "direction", "cap",     "floor",  "missing", "text", "certainty", NULL};
  static const char *const directions[] = {"higher", "lower", NULL};
  static const char *const absences[] = {"unknown", "zero", "group_mean", NULL}; /* as mj_gr_missing */
  int missing, lower;
  MJ_TRY(mj_yaml_keys(doc, n, "indicators", keys));
  MJ_TRY(mj_yaml_text(doc, n, "name", &out->name));
  MJ_TRY(read_figure(doc, n, "measure", &out->measure));
  MJ_TRY(read_figure(doc, n, "per", &out->per));
  MJ_TRY(mj_yaml_text(doc, n, "unit", &out->unit));
  out->weight = (double)NAN;
  if (!says_unknown(mj_yaml_get(n, "weight"))) MJ_TRY(mj_yaml_number(doc, n, "weight", 0, &out->weight));
  MJ_TRY(read_base(doc, n, &out->base));
  if (scheme->min_max && out->base.kind) return mj_yaml_fail(doc, mj_yaml_get(n, "base"), "min_max has no base");
  if (!scheme->min_max && !out->base.kind) return mj_yaml_fail(doc, n, "%s: key '%s' is missing", "indicators", "base");
  MJ_TRY(mj_yaml_word(doc, n, "direction", directions, 0, &lower));
  MJ_TRY(mj_yaml_word(doc, n, "missing", absences, 0, &missing));
  out->lower = lower == 1;
  out->missing = (mj_gr_missing)missing;
  MJ_TRY(mj_yaml_number(doc, n, "cap", 0, &out->cap));
  MJ_TRY(mj_yaml_number(doc, n, "floor", (double)-INFINITY, &out->floor));
  MJ_TRY(mj_rb_read_words(doc, n, "text", &out->text));
  out->line = n->line;
  out->column = n->column;
  return mj_rb_read_certainty(doc, n, false, &out->assumed);
}

static mj_status read_indicators(const mj_yaml_doc *doc, const mj_yaml_node *map, const mj_gr_scheme *scheme,
                                 mj_gr_group *group) {
  const mj_yaml_node *n;
  void *items;
  double sum = 0, known = 0;
  MJ_TRY(mj_rb_read_items(doc, map, "indicators", sizeof *group->ind, &items, &n, &group->n));
  group->ind = items;
  if (!n) return mj_yaml_fail(doc, mj_yaml_get(map, "indicators"), "%s: the list is empty", "indicators");
  for (mj_gr_indicator *i = group->ind; n; n = n->next, i++) {
    MJ_TRY(read_indicator(doc, n, scheme, i));
    if (mj_gr_find(group, i->name) < i - group->ind)
      return mj_yaml_fail(doc, n, "indicator '%s' stands twice", i->name);
    sum += i->weight;
    known += isnan(i->weight) ? 0 : i->weight;
  }
  if (known > scheme->total * (1 + 1e-9)) sum = known;  /* too much already, whatever the unknown ones are */
  if (fabs(sum - scheme->total) > 1e-9 * scheme->total) /* false where one is unknown */
    return mj_yaml_fail(doc, mj_yaml_get(map, "indicators"), "group '%s': the weights add up to %.12g, not %.12g",
                        group->code, sum, scheme->total);
  return MJ_OK;
}

static mj_status read_class(const mj_yaml_doc *doc, const mj_yaml_node *n, mj_gr_class *out) {
  static const char *const keys[] = {"class", "", "text", "share", "at_least", "points", "measure", NULL};
  const mj_yaml_node *i;
  void *names;
  MJ_TRY(mj_yaml_keys(doc, n, "classes", keys));
  MJ_TRY(mj_yaml_text(doc, n, "class", &out->name));
  MJ_TRY(mj_rb_read_words(doc, n, "text", &out->text));
  MJ_TRY(mj_yaml_number(doc, n, "share", 0, &out->share));
  MJ_TRY(mj_yaml_number(doc, n, "at_least", (double)-INFINITY, &out->at_least));
  MJ_TRY(read_figure(doc, n, "measure", &out->measure));
  MJ_TRY(mj_rb_read_items(doc, n, "points", sizeof *out->points, &names, &i, &out->n_points));
  out->points = names;
  for (int k = 0; i; i = i->next, k++) MJ_TRY(mj_yaml_scalar(doc, i, "points", &out->points[k]));
  return MJ_OK;
}

/* What each way of cutting needs of its classes. */
static mj_status check_classes(const mj_yaml_doc *doc, const mj_yaml_node *list, const mj_gr_cuts *cuts) {
  const mj_yaml_node *n = list->first;
  double sum = 0;
  for (int i = 0; i < cuts->n; i++, n = n->next) {
    const mj_gr_class *c = &cuts->cls[i];
    bool last = i == cuts->n - 1, edge = i == 0 || last;
    sum += isnan(c->share) ? 0 : c->share;
    if (cuts->by == MJ_GR_BY_RANK && isnan(c->share)) return mj_yaml_fail(doc, n, "class '%s' has no share", c->name);
    if (cuts->by == MJ_GR_BY_SCORE && isnan(c->at_least) != last)
      return mj_yaml_fail(doc, n, "class '%s': every class but the last has at_least", c->name);
    if (cuts->by == MJ_GR_BY_SCORE && i && !last && !(c->at_least < cuts->cls[i - 1].at_least))
      return mj_yaml_fail(doc, n, "class '%s': at_least does not fall from class to class", c->name);
    if (cuts->by == MJ_GR_TWO_STAGE && (isnan(c->share) == edge || (c->n_points > 0 || c->measure.sql.sql) != edge))
      return mj_yaml_fail(doc, n, "class '%s': in two_stage the first and the last have a share, and points or measure",
                          c->name);
  }
  if (cuts->by == MJ_GR_BY_RANK && sum > 1 + 1e-9)
    return mj_yaml_fail(doc, list, "the shares add up to %.12g %%: a quota over 100 %%", sum * 100);
  if (cuts->by == MJ_GR_BY_RANK && sum < 1 - 1e-9)
    return mj_yaml_fail(doc, list, "the shares add up to %.12g %%, not 100 %%", sum * 100);
  if (cuts->by != MJ_GR_TWO_STAGE) return MJ_OK;
  if (cuts->n != 3) return mj_yaml_fail(doc, list, "two_stage has three classes, found %d", cuts->n);
  if (cuts->cls[0].share > cuts->upper + 1e-9 || cuts->cls[2].share > 1 - cuts->upper + 1e-9)
    return mj_yaml_fail(doc, list, "two_stage: a share is larger than the part it is taken from");
  return MJ_OK;
}

static mj_status read_cuts(const mj_yaml_doc *doc, const mj_yaml_node *map, mj_gr_cuts *out) {
  static const char *const keys[] = {"by",      "classes", "",         "rounding",  "ties",
                                     "unknown", "upper",   "min_size", "certainty", NULL};
  static const char *const ways[] = {"rank", "score", "two_stage", "unknown", NULL}, *const ties[] = {"better", "worse",
                                                                                                      NULL};
  static const char *const roundings[] = {"floor", "ceil", "round", NULL}, *const absent[] = {"hold", "leave_out",
                                                                                              NULL};
  const mj_yaml_node *n = mj_yaml_get(map, "cuts"), *i;
  int by, tie, leave;
  void *items;
  if (!n) return MJ_OK;
  MJ_TRY(mj_yaml_keys(doc, n, "cuts", keys));
  MJ_TRY(mj_yaml_word(doc, n, "by", ways, 0, &by));
  MJ_TRY(mj_yaml_word(doc, n, "rounding", roundings, MJ_GR_ROUND, &out->rounding));
  MJ_TRY(mj_yaml_word(doc, n, "ties", ties, 0, &tie));
  MJ_TRY(mj_yaml_word(doc, n, "unknown", absent, 0, &leave));
  MJ_TRY(mj_yaml_number(doc, n, "upper", 0, &out->upper));
  MJ_TRY(mj_yaml_number(doc, n, "min_size", 0, &out->min_size));
  MJ_TRY(mj_rb_read_certainty(doc, n, false, &out->assumed));
  out->by = (mj_gr_by)by;
  out->ties_worse = tie == 1 && by != MJ_GR_BY_SCORE;
  out->leave_out = leave == 1;
  if (out->by == MJ_GR_TWO_STAGE && !(out->upper <= 1))
    return mj_yaml_fail(doc, n, "two_stage: 'upper' is a share of the group from 0 to 1");
  MJ_TRY(mj_rb_read_items(doc, n, "classes", sizeof *out->cls, &items, &i, &out->n));
  out->cls = items;
  for (mj_gr_class *c = out->cls; i; i = i->next, c++) {
    MJ_TRY(read_class(doc, i, c));
    if (mj_gr_class_index(out, c->name) < c - out->cls) return mj_yaml_fail(doc, i, "class '%s' stands twice", c->name);
  }
  if (!out->n) return mj_yaml_fail(doc, mj_yaml_get(n, "classes"), "%s: the list is empty", "classes");
  return check_classes(doc, mj_yaml_get(n, "classes"), out);
}

static mj_status read_cases(const mj_yaml_doc *doc, const mj_yaml_node *map, const char *key, bool veto,
                            mj_gr_case **out, int *n) {
  static const char *const keys[] = {"when", "", "class", "at_best", "text", NULL};
  const mj_yaml_node *i;
  void *items;
  MJ_TRY(mj_rb_read_items(doc, map, key, sizeof **out, &items, &i, n));
  *out = items;
  if (*n > 64) return mj_yaml_fail(doc, mj_yaml_get(map, key), "%s: more than 64", key); /* a bit each */
  for (mj_gr_case *c = *out; i; i = i->next, c++) {
    const char *best;
    MJ_TRY(mj_yaml_keys(doc, i, key, keys));
    MJ_TRY(mj_rb_read_sql(doc, i, "when", &c->when));
    MJ_TRY(mj_yaml_text(doc, i, "class", &c->cls));
    MJ_TRY(mj_yaml_text(doc, i, "at_best", &best));
    MJ_TRY(mj_rb_read_words(doc, i, "text", &c->text));
    if ((best && !veto) || (veto && !best == !c->cls))
      return mj_yaml_fail(doc, i, veto ? "%s: expected class or at_best" : "%s: at_best belongs to vetoes", key);
    c->at_best = best != NULL;
    if (best) c->cls = best;
  }
  return MJ_OK;
}

/* The classes that vetoes name, and the indicators that two_stage adds up, must be there in each group. */
static mj_status check_names(const mj_yaml_doc *doc, const mj_yaml_node *n, const mj_gr_scheme *scheme,
                             const mj_gr_group *group) {
  const mj_gr_cuts *cuts = group->cuts;
  for (int i = 0; i < scheme->n_veto; i++)
    if (mj_gr_class_index(cuts, scheme->veto[i].cls) < 0)
      return mj_yaml_fail(doc, n, "group '%s' has no class '%s'", group->code, scheme->veto[i].cls);
  for (int c = 0; c < cuts->n; c++)
    for (int i = 0; i < cuts->cls[c].n_points; i++)
      if (mj_gr_find(group, cuts->cls[c].points[i]) < 0)
        return mj_yaml_fail(doc, n, "group '%s' has no indicator '%s'", group->code, cuts->cls[c].points[i]);
  return MJ_OK;
}

static mj_status read_groups(const mj_yaml_doc *doc, const mj_yaml_node *map, mj_gr_scheme *scheme) {
  static const char *const keys[] = {"group", "when", "indicators", "", "text", "cuts", NULL};
  const mj_yaml_node *n;
  void *items;
  MJ_TRY(mj_rb_read_items(doc, map, "groups", sizeof *scheme->group, &items, &n, &scheme->n_groups));
  scheme->group = items;
  if (!n) return mj_yaml_fail(doc, mj_yaml_get(map, "groups"), "%s: the list is empty", "groups");
  for (mj_gr_group *g = scheme->group; n; n = n->next, g++) {
    MJ_TRY(mj_yaml_keys(doc, n, "groups", keys));
    MJ_TRY(mj_yaml_text(doc, n, "group", &g->code));
    MJ_TRY(mj_rb_read_sql(doc, n, "when", &g->when));
    MJ_TRY(mj_rb_read_words(doc, n, "text", &g->text));
    MJ_TRY(read_indicators(doc, n, scheme, g));
    for (const mj_gr_group *other = scheme->group; other < g; other++)
      if (!strcmp(other->code, g->code)) return mj_yaml_fail(doc, n, "group '%s' stands twice", g->code);
    g->cuts = mj_arena_alloc(doc->arena, 1, sizeof *g->cuts);
    if (!g->cuts) return mj_fail(doc->err, MJ_ENOMEM, "out of memory");
    MJ_TRY(read_cuts(doc, n, g->cuts));
    if (!g->cuts->n) *g->cuts = scheme->cuts;
    if (!g->cuts->n) return mj_yaml_fail(doc, n, "%s: key '%s' is missing", "groups", "cuts");
    MJ_TRY(check_names(doc, n, scheme, g));
  }
  return MJ_OK;
}

mj_status mj_rb_read_grades(const mj_yaml_doc *doc, const mj_yaml_node *root, mj_rulebook *book) {
  static const char *const keys[] = {"code", "scoring",     "groups", "",       "article", "text",  "total",
                                     "from", "to",          "error",  "exempt", "vetoes",  "bonus", "penalty",
                                     "cuts", "attribution", NULL};
  static const char *const scorings[] = {"ratio", "min_max", NULL};
  const mj_yaml_node *n = mj_yaml_get(root, "grades");
  const char *ways[MJ_GR_WAYS + 1] = {NULL};
  int scoring;
  if (!n) return MJ_OK;
  for (int i = 0; i < MJ_GR_WAYS; i++) ways[i] = mj_gr_way_name((mj_gr_way)i);
  mj_gr_scheme *s = book->grades = mj_arena_alloc(doc->arena, 1, sizeof *s);
  if (!s) return mj_fail(doc->err, MJ_ENOMEM, "out of memory");
  MJ_TRY(mj_yaml_keys(doc, n, "grades", keys));
  MJ_TRY(mj_yaml_text(doc, n, "code", &s->code));
  MJ_TRY(mj_yaml_text(doc, n, "article", &s->article));
  MJ_TRY(mj_rb_read_words(doc, n, "text", &s->text));
  MJ_TRY(mj_yaml_word(doc, n, "scoring", scorings, 0, &scoring));
  s->min_max = scoring == 1;
  MJ_TRY(mj_yaml_word(doc, n, "attribution", ways, MJ_GR_STATED, &s->way));
  MJ_TRY(mj_yaml_number(doc, n, "total", 0, &s->total));
  MJ_TRY(mj_yaml_number(doc, n, "from", 0, &s->from));
  MJ_TRY(mj_yaml_number(doc, n, "to", 0, &s->to));
  MJ_TRY(mj_yaml_number(doc, n, "error", 0, &s->error));
  if (isnan(s->total)) s->total = 100;
  if (isnan(s->from)) s->from = 0;
  if (isnan(s->to)) s->to = 100;
  if (isnan(s->error)) s->error = 0.05;
  if (!(s->from < s->to)) return mj_yaml_fail(doc, n, "grades: 'from' does not lie below 'to'");
  if (!(s->error < 1)) return mj_yaml_fail(doc, n, "grades: 'error' is a share below 1");
  MJ_TRY(read_cases(doc, n, "exempt", false, &s->exempt, &s->n_exempt));
  MJ_TRY(read_cases(doc, n, "vetoes", true, &s->veto, &s->n_veto));
  MJ_TRY(mj_rb_read_sql(doc, n, "bonus", &s->bonus));
  MJ_TRY(mj_rb_read_sql(doc, n, "penalty", &s->penalty));
  MJ_TRY(read_cuts(doc, n, &s->cuts));
  return read_groups(doc, n, s);
}
