#include <string.h>

#include "intake/project.h"
#include "intake/units.h"
#include "intake/yaml_node.h"

/* What the handlers of one input fill; the lists grow in the project's arena. */
typedef struct {
  mj_input input;
  mj_field_map map;  /* the field being read */
  const char *field; /* whose values are being read */
  mj_field_map *fields;
  mj_value_map *values;
} draft;

static void *grow(mj_yaml *r, const void *list, int32_t n, size_t size) {
  char *grown = mj_arena_alloc(&r->project->arena, (size_t)n + 1, size);
  if (grown && n) memcpy(grown, list, (size_t)n * size);
  return grown;
}

static mj_status known_field(mj_yaml *r, mj_table_id role, const char *name, yaml_node_t *at, const mj_field **out) {
  char known[900];
  size_t n = 0;
  *out = mj_fields_find(r->fields, role, name);
  if (*out) return MJ_OK;
  for (int i = 0; i < r->fields->n; i++) {
    const mj_field *f = &r->fields->field[i];
    if (f->role != role || n + strlen(f->name) + 3 > sizeof known) continue;
    if (n) n += (size_t)(stpcpy(known + n, ", ") - (known + n));
    n += (size_t)(stpcpy(known + n, f->name) - (known + n));
  }
  return mj_fail(r->err, MJ_EFORMAT, MJ_YAML_PLACE "unknown field '%s' of %s; known: %s", MJ_YAML_AT(r, at), name,
                 mj_table_id_name(role), known);
}

static mj_status on_map_column(mj_yaml *r, void *target, const char *key, yaml_node_t *value) {
  (void)key;
  return mj_yaml_text(r, value, &((draft *)target)->map.column);
}
static mj_status on_map_value(mj_yaml *r, void *target, const char *key, yaml_node_t *value) {
  (void)key;
  return mj_yaml_text(r, value, &((draft *)target)->map.value);
}

static mj_status on_map_unit(mj_yaml *r, void *target, const char *key, yaml_node_t *value) {
  (void)key;
  draft *d = target;
  const mj_field *field = mj_fields_find(r->fields, d->input.role, d->map.field);
  char units[200];
  double factor;
  MJ_TRY(mj_yaml_text(r, value, &d->map.unit));
  const char *code = d->map.unit ? mj_unit_find(d->map.unit) : NULL;
  mj_unit_list(field->unit, units);
  if (d->map.unit && (!code || !mj_unit_factor(code, field->unit, &factor)))
    return mj_fail(r->err, MJ_EFORMAT,
                   MJ_YAML_PLACE "unit '%s' cannot be converted for field '%s'; expected one of: %s",
                   MJ_YAML_AT(r, value), d->map.unit, d->map.field, units);
  d->map.unit = code;
  return MJ_OK;
}

static mj_status on_field(mj_yaml *r, void *target, const char *key, yaml_node_t *value) {
  static const mj_yaml_key keys[] = {
      {"column", on_map_column}, {"unit", on_map_unit}, {"value", on_map_value}, {NULL, NULL}};
  draft *d = target;
  const mj_field *field;
  MJ_TRY(known_field(r, d->input.role, key, value, &field));
  d->map = (mj_field_map){.field = mj_arena_text(&r->project->arena, key, strlen(key))};
  if (!d->map.field) return mj_fail(r->err, MJ_ENOMEM, "out of memory");
  if (value->type == YAML_MAPPING_NODE) MJ_TRY(mj_yaml_mapping(r, value, keys, d));
  else MJ_TRY(mj_yaml_text(r, value, &d->map.column));
  if (!d->map.column == !d->map.value)
    return mj_fail(r->err, MJ_EFORMAT, MJ_YAML_PLACE "field '%s' needs either a column or a value",
                   MJ_YAML_AT(r, value), key);
  mj_field_map *fields = grow(r, d->fields, d->input.n_fields, sizeof *fields);
  if (!fields) return mj_fail(r->err, MJ_ENOMEM, "out of memory");
  fields[d->input.n_fields++] = d->map;
  d->input.fields = d->fields = fields;
  return MJ_OK;
}

static mj_status on_fields(mj_yaml *r, void *target, const char *key, yaml_node_t *value) {
  static const mj_yaml_key any[] = {{"*", on_field}, {NULL, NULL}};
  (void)key;
  return mj_yaml_mapping(r, value, any, target);
}

static mj_status on_value(mj_yaml *r, void *target, const char *key, yaml_node_t *value) {
  draft *d = target;
  mj_value_map map = {.field = d->field, .from = mj_arena_text(&r->project->arena, key, strlen(key))};
  MJ_TRY(mj_yaml_text(r, value, &map.to));
  mj_value_map *values = grow(r, d->values, d->input.n_values, sizeof *values);
  if (!values || !map.from) return mj_fail(r->err, MJ_ENOMEM, "out of memory");
  values[d->input.n_values++] = map;
  d->input.values = d->values = values;
  return MJ_OK;
}

static mj_status on_values_field(mj_yaml *r, void *target, const char *key, yaml_node_t *value) {
  static const mj_yaml_key any[] = {{"*", on_value}, {NULL, NULL}};
  draft *d = target;
  const mj_field *field;
  MJ_TRY(known_field(r, d->input.role, key, value, &field));
  d->field = mj_arena_text(&r->project->arena, key, strlen(key));
  if (!d->field) return mj_fail(r->err, MJ_ENOMEM, "out of memory");
  return mj_yaml_mapping(r, value, any, d);
}

static mj_status on_values(mj_yaml *r, void *target, const char *key, yaml_node_t *value) {
  static const mj_yaml_key any[] = {{"*", on_values_field}, {NULL, NULL}};
  (void)key;
  return mj_yaml_mapping(r, value, any, target);
}

static mj_status on_file(mj_yaml *r, void *target, const char *key, yaml_node_t *value) {
  (void)key;
  const char *text;
  mj_input *input = &((draft *)target)->input;
  mj_arena *arena = &r->project->arena;
  MJ_TRY(mj_yaml_text(r, value, &text));
  if (!text) return mj_fail(r->err, MJ_EFORMAT, MJ_YAML_PLACE "expected a file name", MJ_YAML_AT(r, value));
  const char *joined = mj_path_join(arena, r->folder, text), *layer;
  if (!joined || !mj_path_split(arena, joined, &input->path, &layer))
    return mj_fail(r->err, MJ_ENOMEM, "out of memory");
  if (layer) input->layer = layer;
  return MJ_OK;
}
static mj_status on_layer(mj_yaml *r, void *target, const char *key, yaml_node_t *value) {
  (void)key;
  return mj_yaml_text(r, value, &((draft *)target)->input.layer);
}
static mj_status on_crs(mj_yaml *r, void *target, const char *key, yaml_node_t *value) {
  (void)key;
  return mj_yaml_text(r, value, &((draft *)target)->input.crs);
}
static mj_status on_encoding(mj_yaml *r, void *target, const char *key, yaml_node_t *value) {
  (void)key;
  return mj_yaml_text(r, value, &((draft *)target)->input.encoding);
}
static mj_status on_year(mj_yaml *r, void *target, const char *key, yaml_node_t *value) {
  (void)key;
  return mj_yaml_year(r, value, &((draft *)target)->input.year);
}
static mj_status on_complete(mj_yaml *r, void *target, const char *key, yaml_node_t *value) {
  (void)key;
  return mj_yaml_bool(r, value, &((draft *)target)->input.complete);
}

static mj_status on_input(mj_yaml *r, void *target, const char *key, yaml_node_t *value) {
  static const mj_yaml_key keys[] = {{"file", on_file},         {"layer", on_layer},       {"crs", on_crs},
                                     {"encoding", on_encoding}, {"fields", on_fields},     {"values", on_values},
                                     {"year", on_year},         {"complete", on_complete}, {NULL, NULL}};
  draft d = {.input = {.role = *(mj_table_id *)target, .year = MJ_DATE_NULL}};
  if (value->type == YAML_MAPPING_NODE) MJ_TRY(mj_yaml_mapping(r, value, keys, &d));
  else MJ_TRY(on_file(r, &d, key, value));
  if (!d.input.path) return mj_fail(r->err, MJ_EFORMAT, MJ_YAML_PLACE "an input needs 'file:'", MJ_YAML_AT(r, value));
  return r->said[d.input.role] ? MJ_OK : mj_project_push(r->project, &d.input, r->err);
}

mj_status mj_yaml_role(mj_yaml *r, void *target, const char *key, yaml_node_t *value) {
  (void)target;
  mj_table_id role = mj_role_find(key);
  return mj_yaml_each(r, value, on_input, &role);
}
