#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "intake/project.h"
#include "intake/yaml_node.h"
#include "mujun/rooms.h"

static mj_status no_memory(mj_yaml *r) { return mj_fail(r->err, MJ_ENOMEM, "out of memory"); }

static mj_status on_park(mj_yaml *r, void *target, const char *key, yaml_node_t *value) {
  const char *text;
  (void)target, (void)key;
  MJ_TRY(mj_yaml_text(r, value, &text));
  if (!r->project->name) r->project->name = text;
  return MJ_OK;
}
static mj_status on_crs(mj_yaml *r, void *target, const char *key, yaml_node_t *value) {
  const char *text;
  (void)target, (void)key;
  MJ_TRY(mj_yaml_text(r, value, &text));
  if (!r->project->crs) r->project->crs = text;
  return MJ_OK;
}
static mj_status on_encoding(mj_yaml *r, void *target, const char *key, yaml_node_t *value) {
  const char *text;
  (void)target, (void)key;
  MJ_TRY(mj_yaml_text(r, value, &text));
  if (!r->project->encoding) r->project->encoding = text;
  return MJ_OK;
}
static mj_status on_as_of(mj_yaml *r, void *target, const char *key, yaml_node_t *value) {
  int32_t date = MJ_DATE_NULL;
  (void)target, (void)key;
  MJ_TRY(mj_yaml_date(r, value, &date));
  if (r->project->as_of == MJ_DATE_NULL) r->project->as_of = date;
  return MJ_OK;
}
static mj_status on_year(mj_yaml *r, void *target, const char *key, yaml_node_t *value) {
  int32_t year = MJ_DATE_NULL;
  (void)target, (void)key;
  MJ_TRY(mj_yaml_year(r, value, &year));
  if (r->project->year == MJ_DATE_NULL) r->project->year = year;
  return MJ_OK;
}

static mj_status on_lang(mj_yaml *r, void *target, const char *key, yaml_node_t *value) {
  const char *text;
  (void)target, (void)key;
  MJ_TRY(mj_yaml_text(r, value, &text));
  if (text && strcmp(text, "zh") && strcmp(text, "en"))
    return mj_fail(r->err, MJ_EFORMAT, MJ_YAML_PLACE "'%s' is no language; expected zh or en", MJ_YAML_AT(r, value),
                   text);
  if (text) r->project->lang = strcmp(text, "zh") ? MJ_EN : MJ_ZH;
  return MJ_OK;
}

/* A path says so by a slash or its ending and is relative to the file; anything else is the name of a rulebook. */
static mj_status on_rule(mj_yaml *r, void *target, const char *key, yaml_node_t *value) {
  const char *text;
  mj_project *p = r->project;
  (void)target, (void)key;
  MJ_TRY(mj_yaml_text(r, value, &text));
  if (!text) return MJ_OK;
  if (strchr(text, '/') || mj_path_ends(text, ".yaml") || mj_path_ends(text, ".yml"))
    text = mj_path_join(&p->arena, r->folder, text);
  const char **grown = mj_arena_alloc(&p->arena, (size_t)p->n_rulebooks + 1, sizeof *grown);
  if (!text || !grown) return no_memory(r);
  if (p->n_rulebooks) memcpy(grown, p->rulebooks, (size_t)p->n_rulebooks * sizeof *grown);
  grown[p->n_rulebooks++] = text;
  p->rulebooks = grown;
  return MJ_OK;
}
static mj_status on_rules(mj_yaml *r, void *target, const char *key, yaml_node_t *value) {
  (void)target, (void)key;
  bool said = r->project->n_rulebooks > 0; /* options win as a whole: the order of rulebooks means something */
  return said ? MJ_OK : mj_yaml_each(r, value, on_rule, NULL);
}

static mj_status on_lookup_name(mj_yaml *r, void *target, const char *key, yaml_node_t *value) {
  mj_lookup *l = target;
  const char **slot = !strcmp(key, "name")    ? &l->name
                      : !strcmp(key, "table") ? &l->path
                      : !strcmp(key, "key")   ? &l->key
                      : !strcmp(key, "match") ? &l->match
                                              : &l->value;
  MJ_TRY(mj_yaml_text(r, value, slot));
  if (!*slot) return mj_fail(r->err, MJ_EFORMAT, MJ_YAML_PLACE "'%s' is empty", MJ_YAML_AT(r, value), key);
  if (slot == &l->path) l->path = mj_path_join(&r->project->arena, r->folder, l->path);
  return *slot ? MJ_OK : no_memory(r);
}
static mj_status on_lookup(mj_yaml *r, void *target, const char *key, yaml_node_t *value) {
  static const mj_yaml_key keys[] = {{"name", on_lookup_name},  {"table", on_lookup_name}, {"key", on_lookup_name},
                                     {"match", on_lookup_name}, {"value", on_lookup_name}, {NULL, NULL}};
  mj_project *p = r->project;
  mj_lookup l = {0};
  (void)target, (void)key;
  MJ_TRY(mj_yaml_mapping(r, value, keys, &l));
  if (!l.name || !l.path || !l.key || !l.match || !l.value)
    return mj_fail(r->err, MJ_EFORMAT, MJ_YAML_PLACE "a lookup needs name, table, key, match and value",
                   MJ_YAML_AT(r, value));
  mj_lookup *grown = mj_arena_alloc(&p->arena, (size_t)p->n_lookups + 1, sizeof *grown);
  if (!grown) return no_memory(r);
  if (p->n_lookups) memcpy(grown, p->lookups, (size_t)p->n_lookups * sizeof *grown);
  grown[p->n_lookups++] = l;
  p->lookups = grown;
  return MJ_OK;
}
static mj_status on_lookups(mj_yaml *r, void *target, const char *key, yaml_node_t *value) {
  (void)target, (void)key;
  return mj_yaml_each(r, value, on_lookup, NULL);
}

/* ---- settings ---- */

typedef struct {
  mj_basis basis[MJ_MAX_BASES];
  int n;
} basis_list;

static mj_status on_basis(mj_yaml *r, void *target, const char *key, yaml_node_t *value) {
  basis_list *list = target;
  const char *text;
  (void)key;
  MJ_TRY(mj_yaml_text(r, value, &text));
  mj_basis basis = MJ_BASIS_RECORDED;
  while (text && basis <= MJ_BASIS_TUBAN && strcmp(mj_basis_name(basis), text)) basis = (mj_basis)(basis + 1);
  if (!text || basis > MJ_BASIS_TUBAN)
    return mj_fail(r->err, MJ_EFORMAT,
                   MJ_YAML_PLACE "'%s' is no area basis; known: recorded, contract, ellipsoid, planar, tuban",
                   MJ_YAML_AT(r, value), text ? text : "");
  for (int i = 0; i < list->n; i++)
    if (list->basis[i] == basis)
      return mj_fail(r->err, MJ_EFORMAT, MJ_YAML_PLACE "area basis '%s' stands twice", MJ_YAML_AT(r, value), text);
  list->basis[list->n++] = basis; /* five names, none twice: never more than MJ_MAX_BASES */
  return MJ_OK;
}

static mj_status on_basis_of(mj_yaml *r, void *target, const char *key, yaml_node_t *value) {
  mj_project *p = r->project;
  basis_list list = {0};
  (void)target;
  MJ_TRY(mj_yaml_each(r, value, on_basis, &list));
  mj_basis *slots[3] = {p->basis_yield, p->basis_plot_ratio, p->basis_coverage};
  const char *const names[3] = {"yield", "plot_ratio", "coverage"};
  for (int i = 0; i < 3; i++)
    if ((!key || !strcmp(key, names[i])) && slots[i][0] == MJ_BASIS_NONE)
      memcpy(slots[i], list.basis, sizeof list.basis);
  return MJ_OK;
}
static mj_status on_area_basis(mj_yaml *r, void *target, const char *key, yaml_node_t *value) {
  static const mj_yaml_key keys[] = {
      {"yield", on_basis_of}, {"plot_ratio", on_basis_of}, {"coverage", on_basis_of}, {NULL, NULL}};
  (void)key;
  return value->type == YAML_MAPPING_NODE ? mj_yaml_mapping(r, value, keys, target)
                                          : on_basis_of(r, target, NULL, value);
}

static mj_status positive(mj_yaml *r, yaml_node_t *node, const char *key, double *slot) {
  double value = (double)NAN;
  MJ_TRY(mj_yaml_number(r, node, &value));
  if (value < 0)
    return mj_fail(r->err, MJ_EFORMAT, MJ_YAML_PLACE "'%s' must not be negative", MJ_YAML_AT(r, node), key);
  if (isnan(*slot)) *slot = value;
  return MJ_OK;
}
static mj_status on_headroom(mj_yaml *r, void *target, const char *key, yaml_node_t *value) {
  (void)target;
  return positive(r, value, key, &r->project->headroom_min_m2);
}
static mj_status on_tolerance(mj_yaml *r, void *target, const char *key, yaml_node_t *value) {
  (void)target;
  return positive(r, value, key, &r->project->area_tolerance);
}
static mj_status on_settings(mj_yaml *r, void *target, const char *key, yaml_node_t *value) {
  static const mj_yaml_key keys[] = {
      {"area_basis", on_area_basis}, {"headroom_min_m2", on_headroom}, {"area_tolerance", on_tolerance}, {NULL, NULL}};
  (void)key;
  return mj_yaml_mapping(r, value, keys, target);
}

/* ---- the document ---- */

static mj_status read_top(mj_yaml *r) {
  mj_yaml_key keys[MJ_ROLE_END + 10] = {{"park", on_park},   {"as_of", on_as_of},     {"year", on_year},
                                        {"lang", on_lang},   {"crs", on_crs},         {"encoding", on_encoding},
                                        {"rules", on_rules}, {"lookups", on_lookups}, {"settings", on_settings}};
  for (int i = 0; i < MJ_ROLE_END; i++) keys[9 + i] = (mj_yaml_key){mj_table_id_name((mj_table_id)i), mj_yaml_role};
  for (int32_t i = 0; i < r->project->n_inputs; i++) r->said[r->project->inputs[i].role] = true;
  yaml_node_t *root = yaml_document_get_root_node(r->doc);
  if (!root) return mj_fail(r->err, MJ_EFORMAT, "%s: the file is empty", r->path);
  return mj_yaml_mapping(r, root, keys, NULL);
}

/* One document, and nothing behind it. */
static mj_status parse(mj_yaml *r, yaml_parser_t *parser) {
  if (yaml_parser_load(parser, r->doc)) return MJ_OK;
  if (parser->error == YAML_MEMORY_ERROR) return no_memory(r);
  const char *problem = parser->problem ? parser->problem : "not YAML";
  if (parser->error == YAML_READER_ERROR)
    return mj_fail(r->err, MJ_EFORMAT, "%s: byte %zu: %s", r->path, parser->problem_offset, problem);
  return mj_fail(r->err, MJ_EFORMAT, MJ_YAML_PLACE "%s", r->path, parser->problem_mark.line + 1,
                 parser->problem_mark.column + 1, problem);
}

static mj_status read_stream(mj_yaml *r, FILE *file) {
  yaml_parser_t parser;
  yaml_document_t doc = {0};
  if (!yaml_parser_initialize(&parser)) return no_memory(r);
  yaml_parser_set_input_file(&parser, file);
  r->doc = &doc;
  mj_status status = parse(r, &parser);
  if (!status) {
    status = read_top(r);
    yaml_document_delete(&doc);
  }
  yaml_parser_delete(&parser);
  return status;
}

mj_status mj_project_load(const char *path, mj_project *project, mj_error *err) {
  struct stat st;
  mj_status status = MJ_OK;
  mj_fields fields = {0};
  FILE *file = NULL;
  mj_project_fresh(project);
  if (stat(path, &st)) return mj_fail(err, MJ_ENOTFOUND, "%s: %s", path, strerror(errno));
  if (!S_ISREG(st.st_mode)) return mj_fail(err, MJ_EIO, "%s: not a regular file", path);
  if (st.st_size > 16 << 20) return mj_fail(err, MJ_EFORMAT, "%s: larger than 16 MiB, which no project file is", path);
  mj_yaml r = {
      .path = path, .folder = mj_path_folder(&project->arena, path), .project = project, .fields = &fields, .err = err};
  if (!r.folder) return mj_fail(err, MJ_ENOMEM, "out of memory");
  if ((status = mj_fields_open(&fields, err))) goto done;
  file = fopen(path, "rb");
  status = file ? read_stream(&r, file) : mj_fail(err, MJ_EIO, "%s: %s", path, strerror(errno));
done:
  if (file) fclose(file);
  mj_fields_close(&fields);
  return status;
}
