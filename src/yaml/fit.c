#include "base/fit.h"

#include <math.h>
#include <string.h>

#include "yaml/yaml.h"

/* What a norm can be; further out it is a slip of the unit. */
typedef struct {
  double least, most;
} range;

static range range_of(const mj_fit_fact *fact) {
  static const char *const heights[] = {"multi_height_m", "height_max_m", "double_height_m", "add_upper_m"};
  for (size_t i = 0; i < sizeof heights / sizeof *heights; i++)
    if (!strcmp(fact->name, heights[i])) return (range){2, 1000};
  if (!strcmp(fact->unit, "share")) return (range){0, 1};
  return (range){0, strcmp(fact->unit, "m") ? 1e6 : 1000};
}

/* The share of the state company is agreed case by case; without any other number nothing can be laid out. */
static mj_status read_unknown(const mj_yaml_doc *doc, const mj_yaml_node *node, int i, mj_fit_norms *out) {
  static const char may_be[] = "state_share";
  const char *name = mj_fit_facts()[i].name;
  if (strcmp(name, may_be) != 0)
    return mj_yaml_fail(doc, node, "'%s': expected a number; of the fit only %s may be unknown", name, may_be);
  out->unknown |= (uint64_t)1 << i;
  ((double *)&out->limits)[i] = (double)NAN;
  return MJ_OK;
}

/* "lane_m: 4" or "lane_m: {value: 4, certainty: stated, text: ...}". */
static mj_status read_norm(const mj_yaml_doc *doc, const mj_yaml_node *map, int i, const mj_yaml_by *by,
                           mj_fit_norms *out) {
  static const char *const keys[] = {"value", "", "certainty", "text", NULL};
  const mj_fit_fact *fact = &mj_fit_facts()[i];
  const char *key = fact->name;
  const mj_yaml_node *node = mj_yaml_get(map, key);
  range may_be = range_of(fact);
  bool assumed = by->assumed;
  if (!node) return MJ_OK;
  if (node->kind == MJ_YAML_MAP) {
    MJ_TRY(mj_yaml_keys(doc, node, key, keys));
    MJ_TRY(mj_yaml_certainty(doc, node, by->assumed, &assumed));
    MJ_TRY(mj_yaml_words(doc, node, "text", &out->zh[i], &out->en[i]));
    map = node;
    key = "value";
    node = mj_yaml_get(map, key);
  }
  if (node->kind == MJ_YAML_SCALAR && !strcmp(node->text, "unknown")) {
    MJ_TRY(read_unknown(doc, node, i, out));
  } else {
    MJ_TRY(mj_yaml_between(doc, map, key, may_be.least, may_be.most, (double *)&out->limits + i));
    out->said |= (uint64_t)1 << i;
  }
  if (assumed) out->assumed |= (uint64_t)1 << i;
  out->source[i] = by->source;
  return MJ_OK;
}

static mj_status read_norms(const mj_yaml_doc *doc, const mj_yaml_node *map, const mj_yaml_by *by, mj_fit_norms *out) {
  const char *keys[MJ_FIT_LIMITS + 2] = {""}; /* none is required; the last stays NULL */
  for (int i = 0; i < MJ_FIT_LIMITS; i++) keys[i + 1] = mj_fit_facts()[i].name;
  MJ_TRY(mj_yaml_keys(doc, map, "fit", keys));
  for (int i = 0; i < MJ_FIT_LIMITS; i++) MJ_TRY(read_norm(doc, map, i, by, out));
  return MJ_OK;
}

mj_status mj_yaml_read_fit(const mj_yaml_doc *doc, const mj_yaml_node *settings, const mj_yaml_node *lists,
                           const mj_yaml_by *by, mj_fit_norms *out) {
  const mj_yaml_node *fit = settings ? mj_yaml_get(settings, "fit") : NULL;
  char saying[MJ_FIT_SAYING];
  int member;
  if (fit) MJ_TRY(read_norms(doc, fit, by, out));
  MJ_TRY(mj_yaml_read_fit_types(doc, lists, by, out));
  if (!fit || !mj_fit_contradicts(out, doc->err ? doc->err->lang : MJ_EN, false, &member, saying)) return MJ_OK;
  return mj_yaml_fail(doc, mj_yaml_get(fit, mj_fit_facts()[member].name), "%s", saying);
}
