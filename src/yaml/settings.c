#include <math.h>
#include <string.h>

#include "yaml/yaml.h"

/* 0 stands for "not said": a bound that lets nothing pass is written as a very small number. */
static const double LEAST_CHECK = 1e-12;

/* One basis or a list of them, in the order of trust. */
static mj_status read_bases(const mj_yaml_doc *doc, const mj_yaml_node *node, mj_basis out[MJ_MAX_BASES]) {
  const char *words[MJ_MAX_BASES + 2] = {""}; /* as mj_basis; the last stays NULL */
  int n = 0, basis;
  for (int i = 1; i <= MJ_MAX_BASES; i++) words[i] = mj_basis_name((mj_basis)i);
  for (const mj_yaml_node *i = NULL; (i = mj_yaml_each(node, i));) {
    MJ_TRY(mj_yaml_choice(doc, i, "area_basis", words, &basis));
    for (int k = 0; k < n; k++)
      if (out[k] == (mj_basis)basis) return mj_yaml_fail(doc, i, "area basis '%s' stands twice", words[basis]);
    out[n++] = (mj_basis)basis; /* five names, none twice: never more than MJ_MAX_BASES */
  }
  return n ? MJ_OK : mj_yaml_fail(doc, node, "%s: the list is empty", "area_basis");
}

static mj_status read_area_basis(const mj_yaml_doc *doc, const mj_yaml_node *node, mj_yaml_settings *out) {
  static const char *const keys[] = {"", "yield", "plot_ratio", "coverage", NULL};
  if (node->kind == MJ_YAML_MAP) MJ_TRY(mj_yaml_keys(doc, node, "area_basis", keys));
  for (int i = 0; i < 3; i++) {
    const mj_yaml_node *list = node->kind == MJ_YAML_MAP ? mj_yaml_get(node, keys[i + 1]) : node;
    if (list) MJ_TRY(read_bases(doc, list, out->basis[i]));
  }
  return MJ_OK;
}

/* "gap_width_m: 1" or "gap_width_m: {value: 1, certainty: assumed, text: ...}". */
static mj_status read_check(const mj_yaml_doc *doc, const mj_yaml_node *map, const char *name, double *out) {
  static const char *const keys[] = {"value", "", "certainty", "text", NULL};
  const mj_yaml_node *node = mj_yaml_get(map, name);
  double value;
  bool assumed; /* asked so that a wrong word is refused */
  if (node && node->kind == MJ_YAML_MAP) {
    MJ_TRY(mj_yaml_keys(doc, node, name, keys));
    MJ_TRY(mj_yaml_certainty(doc, node, false, &assumed));
    map = node;
    name = "value";
  }
  MJ_TRY(mj_yaml_number(doc, map, name, LEAST_CHECK, &value));
  *out = isnan(value) ? 0 : value;
  return MJ_OK;
}

static mj_status read_checks(const mj_yaml_doc *doc, const mj_yaml_node *map, mj_check_limits *out) {
  const char *keys[sizeof *out / sizeof(double) + 2] = {""}; /* none is required; the last stays NULL */
  int n;
  const mj_check_fact *fact = mj_check_facts(&n);
  for (int i = 0; i < n; i++) keys[i + 1] = fact[i].name;
  MJ_TRY(mj_yaml_keys(doc, map, "checks", keys));
  for (int i = 0; i < n; i++) MJ_TRY(read_check(doc, map, fact[i].name, (double *)out + i));
  return MJ_OK;
}

mj_status mj_yaml_read_settings(const mj_yaml_doc *doc, const mj_yaml_node *map, mj_yaml_settings *out) {
  *out = (mj_yaml_settings){.headroom_min_m2 = (double)NAN, .area_tolerance = (double)NAN};
  if (!map) return MJ_OK;
  const mj_yaml_node *bases = mj_yaml_get(map, "area_basis");
  if (bases) MJ_TRY(read_area_basis(doc, bases, out));
  const mj_yaml_node *checks = mj_yaml_get(map, "checks");
  if (checks) MJ_TRY(read_checks(doc, checks, &out->checks));
  MJ_TRY(mj_yaml_number(doc, map, "headroom_min_m2", 0, &out->headroom_min_m2));
  return mj_yaml_number(doc, map, "area_tolerance", 0, &out->area_tolerance);
}
