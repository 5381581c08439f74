#include <math.h>
#include <string.h>

#include "yaml/yaml.h"

/* What a type can be; further out it is a slip of the unit. */
static const double LEAST_SIDE_M = 3, MOST_SIDE_M = 1000, LEAST_STOREY_M = 2, MOST_STOREY_M = 30;
static const double MOST_STOREYS = 99, MOST_AGE_YEARS = 200;

static mj_status no_memory(const mj_yaml_doc *doc) { return mj_fail(doc->err, MJ_ENOMEM, "out of memory"); }

static int count(const mj_yaml_node *node) {
  int n = 0;
  for (const mj_yaml_node *i = NULL; (i = mj_yaml_each(node, i));) n++;
  return n;
}

static mj_status read_whole(const mj_yaml_doc *doc, const mj_yaml_node *map, const char *key, double least, double most,
                            int *out) {
  double value;
  MJ_TRY(mj_yaml_between(doc, map, key, least, most, &value));
  if (value != floor(value))
    return mj_yaml_fail(doc, mj_yaml_get(map, key), "'%s': expected a whole number, found '%s'", key,
                        mj_yaml_get(map, key)->text);
  *out = (int)value;
  return MJ_OK;
}

/* A side of a module: the fit counts in decimetres. */
static mj_status check_side(const mj_yaml_doc *doc, const mj_yaml_node *node, const char *key, double *value) {
  double tenths = rint(*value * 10);
  if (fabs(*value * 10 - tenths) > 1e-6)
    return mj_yaml_fail(doc, node, "'%s': expected a multiple of 0.1 m, found '%s'", key, node->text);
  *value = tenths / 10;
  return MJ_OK;
}

static mj_status read_lengths(const mj_yaml_doc *doc, const mj_yaml_node *map, mj_fit_module *m) {
  const mj_yaml_node *list = mj_yaml_get(map, "lengths_m");
  if (list->kind == MJ_YAML_LIST && !list->first) return mj_yaml_fail(doc, list, "%s: the list is empty", "lengths_m");
  if (count(list) > MJ_FIT_LENGTHS) return mj_yaml_fail(doc, list, "%s: at most %d", "lengths_m", MJ_FIT_LENGTHS);
  for (const mj_yaml_node *i = NULL; (i = mj_yaml_each(list, i));) {
    mj_yaml_node one = *i, holder = {.kind = MJ_YAML_MAP, .first = &one}; /* as if it stood under the key */
    double before = m->n_lengths ? m->length_m[m->n_lengths - 1] : m->depth_m, *at = &m->length_m[m->n_lengths];
    one.key = "lengths_m";
    one.next = NULL;
    MJ_TRY(mj_yaml_between(doc, &holder, "lengths_m", LEAST_SIDE_M, MOST_SIDE_M, at));
    if (isnan(*at)) return mj_yaml_fail(doc, i, "%s: key '%s' has no value", "modules", "lengths_m");
    MJ_TRY(check_side(doc, i, "lengths_m", at));
    if (*at < m->depth_m)
      return mj_yaml_fail(doc, i, "module '%s': length %g m is below the depth %g m", m->code, *at, m->depth_m);
    if (m->n_lengths && *at <= before)
      return mj_yaml_fail(doc, i, "module '%s': lengths ascend, but %g m stands behind %g m", m->code, *at, before);
    m->n_lengths++;
  }
  return MJ_OK;
}

static mj_status read_storeys(const mj_yaml_doc *doc, const mj_yaml_node *map, mj_fit_module *m) {
  static const char *const keys[] = {"min", "max", "", NULL};
  const mj_yaml_node *n = mj_yaml_get(map, "storeys");
  MJ_TRY(mj_yaml_keys(doc, n, "storeys", keys));
  MJ_TRY(read_whole(doc, n, "min", 1, MOST_STOREYS, &m->storeys_min));
  MJ_TRY(read_whole(doc, n, "max", 1, MOST_STOREYS, &m->storeys_max));
  if (m->storeys_max >= m->storeys_min) return MJ_OK;
  return mj_yaml_fail(doc, mj_yaml_get(n, "max"), "module '%s': at most %d storeys is below at least %d", m->code,
                      m->storeys_max, m->storeys_min);
}

static mj_status read_module(const mj_yaml_doc *doc, const mj_yaml_node *n, const mj_yaml_by *by, mj_fit_module *m) {
  static const char *const keys[] = {"code",    "depth_m", "lengths_m", "ground_m", "upper_m",
                                     "storeys", "",        "certainty", "text",     NULL};
  MJ_TRY(mj_yaml_keys(doc, n, "modules", keys));
  MJ_TRY(mj_yaml_text(doc, n, "code", &m->code));
  MJ_TRY(mj_yaml_between(doc, n, "depth_m", LEAST_SIDE_M, MOST_SIDE_M, &m->depth_m));
  MJ_TRY(check_side(doc, mj_yaml_get(n, "depth_m"), "depth_m", &m->depth_m));
  MJ_TRY(read_lengths(doc, n, m));
  MJ_TRY(mj_yaml_between(doc, n, "ground_m", LEAST_STOREY_M, MOST_STOREY_M, &m->ground_m));
  MJ_TRY(mj_yaml_between(doc, n, "upper_m", LEAST_STOREY_M, MOST_STOREY_M, &m->upper_m));
  MJ_TRY(read_storeys(doc, n, m));
  MJ_TRY(mj_yaml_certainty(doc, n, by->assumed, &m->assumed));
  MJ_TRY(mj_yaml_words(doc, n, "text", &m->zh, &m->en));
  if (!m->zh) m->zh = m->en ? m->en : m->code;
  if (!m->en) m->en = m->zh;
  m->source = by->source;
  return MJ_OK;
}

static mj_status read_modules(const mj_yaml_doc *doc, const mj_yaml_node *list, const mj_yaml_by *by,
                              mj_fit_norms *out) {
  MJ_TRY(mj_yaml_list(doc, list, "modules"));
  if (!list->first) return mj_yaml_fail(doc, list, "%s: the list is empty", "modules");
  if (count(list) > MJ_FIT_MODULES) return mj_yaml_fail(doc, list, "%s: at most %d", "modules", MJ_FIT_MODULES);
  mj_fit_module *m = mj_arena_alloc(doc->arena, MJ_FIT_MODULES, sizeof *m);
  if (!m) return no_memory(doc);
  out->module = m;
  for (const mj_yaml_node *i = list->first; i; i = i->next, out->n_modules++) {
    mj_fit_module *one = &m[out->n_modules];
    MJ_TRY(read_module(doc, i, by, one));
    for (const mj_fit_module *other = m; other < one; other++)
      if (!strcmp(other->code, one->code)) return mj_yaml_fail(doc, i, "module '%s' stands twice", one->code);
  }
  return MJ_OK;
}

/* ---- structures ---- */

static mj_status read_match(const mj_yaml_doc *doc, const mj_yaml_node *list, mj_fit_structure *s) {
  if (!list) return MJ_OK;
  if (list->kind == MJ_YAML_LIST && !list->first) return mj_yaml_fail(doc, list, "%s: the list is empty", "match");
  s->word = mj_arena_alloc(doc->arena, (size_t)count(list), sizeof *s->word);
  if (!s->word) return no_memory(doc);
  for (const mj_yaml_node *i = NULL; (i = mj_yaml_each(list, i));) {
    const char *word;
    MJ_TRY(mj_yaml_scalar(doc, i, "match", &word));
    if (!word || !*word) return mj_yaml_fail(doc, i, "'%s': expected a text, found %s", "match", "''");
    s->word[s->n_words++] = word;
  }
  return MJ_OK;
}

/* Whether storeys can be added, how many, and to how old a building. */
static mj_status read_adding(const mj_yaml_doc *doc, const mj_yaml_node *n, mj_fit_structure *s) {
  const mj_yaml_node *add = mj_yaml_get(n, "storeys_add");
  double age;
  s->known = add->kind != MJ_YAML_SCALAR || strcmp(add->text, "unknown") != 0;
  if (s->known) MJ_TRY(read_whole(doc, n, "storeys_add", 0, MOST_STOREYS, &s->storeys_add));
  MJ_TRY(mj_yaml_between(doc, n, "age_max_years", 0, MOST_AGE_YEARS, &age));
  if (s->storeys_add > 0 && isnan(age))
    return mj_yaml_fail(doc, n, "%s: key '%s' is missing", "structures", "age_max_years");
  s->age_max_years = s->storeys_add > 0 ? age : 0;
  return MJ_OK;
}

static mj_status read_structure(const mj_yaml_doc *doc, const mj_yaml_node *n, const mj_yaml_by *by,
                                mj_fit_structure *s) {
  static const char *const keys[] = {"fire_class",    "storeys_add", "",     "match",
                                     "age_max_years", "certainty",   "text", NULL};
  MJ_TRY(mj_yaml_keys(doc, n, "structures", keys));
  MJ_TRY(read_match(doc, mj_yaml_get(n, "match"), s));
  MJ_TRY(read_whole(doc, n, "fire_class", 1, 4, &s->fire_class));
  MJ_TRY(read_adding(doc, n, s));
  MJ_TRY(mj_yaml_certainty(doc, n, by->assumed, &s->assumed));
  MJ_TRY(mj_yaml_words(doc, n, "text", &s->zh, &s->en));
  s->source = by->source;
  return MJ_OK;
}

/* A word behind one that it begins with, or behind a line for all buildings, would never be asked. */
static mj_status check_reached(const mj_yaml_doc *doc, const mj_yaml_node *n, const mj_fit_structure *before,
                               const mj_fit_structure *s) {
  if (!before->n_words) return mj_yaml_fail(doc, n, "structures: never reached: the line before it has no match");
  for (int i = 0; i < s->n_words; i++)
    for (int k = 0; k < before->n_words; k++)
      if (!strncmp(s->word[i], before->word[k], strlen(before->word[k])))
        return mj_yaml_fail(doc, n, "structures: '%s' is never reached: '%s' stands before it", s->word[i],
                            before->word[k]);
  return MJ_OK;
}

static mj_status read_structures(const mj_yaml_doc *doc, const mj_yaml_node *list, const mj_yaml_by *by,
                                 mj_fit_norms *out) {
  MJ_TRY(mj_yaml_list(doc, list, "structures"));
  if (!list->first) return mj_yaml_fail(doc, list, "%s: the list is empty", "structures");
  mj_fit_structure *s = mj_arena_alloc(doc->arena, (size_t)count(list), sizeof *s);
  if (!s) return no_memory(doc);
  out->structure = s;
  for (const mj_yaml_node *i = list->first; i; i = i->next, out->n_structures++) {
    MJ_TRY(read_structure(doc, i, by, &s[out->n_structures]));
    for (int k = 0; k < out->n_structures; k++) MJ_TRY(check_reached(doc, i, &s[k], &s[out->n_structures]));
  }
  return MJ_OK;
}

mj_status mj_yaml_read_fit_types(const mj_yaml_doc *doc, const mj_yaml_node *lists, const mj_yaml_by *by,
                                 mj_fit_norms *out) {
  const mj_yaml_node *modules = lists ? mj_yaml_get(lists, "modules") : NULL,
                     *structures = lists ? mj_yaml_get(lists, "structures") : NULL;
  if (modules) MJ_TRY(read_modules(doc, modules, by, out));
  return structures ? read_structures(doc, structures, by, out) : MJ_OK;
}
