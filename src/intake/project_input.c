#include <string.h>

#include "base/text.h"
#include "intake/project.h"
#include "intake/units.h"

static mj_status no_memory(const mj_project_file *f) { return mj_fail(f->doc.err, MJ_ENOMEM, "out of memory"); }

/* A copy of the list in the project's arena with room for one item a child of @p map more. */
static void *grow(const mj_project_file *f, const void *list, int32_t n, size_t size, const mj_yaml_node *map) {
  size_t more = 0;
  for (const mj_yaml_node *i = map->first; i; i = i->next) more++;
  char *grown = mj_arena_alloc(&f->project->arena, (size_t)n + more, size);
  if (grown && n) memcpy(grown, list, (size_t)n * size);
  return grown;
}

/* The field that the key of @p node names. */
static mj_status known_field(const mj_project_file *f, mj_table_id role, const mj_yaml_node *node,
                             const mj_field **out) {
  mj_yaml_node at = mj_yaml_key(node);
  char known[900];
  size_t n = 0;
  *out = mj_fields_find(f->fields, role, node->key);
  if (*out) return MJ_OK;
  for (int i = 0; i < f->fields->n; i++) {
    const mj_field *field = &f->fields->field[i];
    if (field->role != role || n + strlen(field->name) + 3 > sizeof known) continue;
    if (n) n += (size_t)(stpcpy(known + n, ", ") - (known + n));
    n += (size_t)(stpcpy(known + n, field->name) - (known + n));
  }
  return mj_yaml_fail(&f->doc, &at, "unknown field '%s' of %s; known: %s", node->key, mj_table_id_name(role), known);
}

static mj_status read_unit(const mj_project_file *f, const mj_field *field, const mj_yaml_node *map, const char **out) {
  char units[200];
  double factor;
  const char *text;
  MJ_TRY(mj_yaml_text(&f->doc, map, "unit", &text));
  *out = text ? mj_unit_find(text) : NULL;
  if (!text || (*out && mj_unit_factor(*out, field->unit, &factor))) return MJ_OK;
  mj_unit_list(field->unit, units);
  return mj_yaml_fail(&f->doc, mj_yaml_get(map, "unit"),
                      "unit '%s' cannot be converted for field '%s'; expected one of: %s", text, field->name, units);
}

/* "field: column" or "field: {column:, unit:}" or "field: {value:}". */
static mj_status read_field(const mj_project_file *f, const mj_yaml_node *node, mj_table_id role, mj_field_map *out) {
  static const char *const keys[] = {"", "column", "unit", "value", NULL};
  const mj_field *field;
  MJ_TRY(known_field(f, role, node, &field));
  *out = (mj_field_map){.field = node->key};
  if (node->kind == MJ_YAML_MAP) {
    MJ_TRY(mj_yaml_keys(&f->doc, node, node->key, keys));
    MJ_TRY(mj_yaml_text(&f->doc, node, "column", &out->column));
    MJ_TRY(mj_yaml_text(&f->doc, node, "value", &out->value));
    MJ_TRY(read_unit(f, field, node, &out->unit));
  } else {
    MJ_TRY(mj_yaml_scalar(&f->doc, node, node->key, &out->column));
  }
  if (!out->column == !out->value)
    return mj_yaml_fail(&f->doc, node, "field '%s' needs either a column or a value", node->key);
  return MJ_OK;
}

static mj_status read_fields(const mj_project_file *f, const mj_yaml_node *node, mj_input *input) {
  const mj_yaml_node *map = mj_yaml_get(node, "fields");
  if (!map) return MJ_OK;
  MJ_TRY(mj_yaml_map(&f->doc, map, "fields"));
  mj_field_map *fields = grow(f, NULL, 0, sizeof *fields, map);
  if (!fields) return no_memory(f);
  input->fields = fields;
  for (const mj_yaml_node *n = map->first; n; n = n->next)
    MJ_TRY(read_field(f, n, input->role, &fields[input->n_fields++]));
  return MJ_OK;
}

/* "field: {from: to}": the texts of one field. */
static mj_status read_replacements(const mj_project_file *f, const mj_yaml_node *node, mj_input *input) {
  const mj_field *field;
  MJ_TRY(known_field(f, input->role, node, &field));
  MJ_TRY(mj_yaml_map(&f->doc, node, node->key));
  mj_value_map *values = grow(f, input->values, input->n_values, sizeof *values, node);
  if (!values) return no_memory(f);
  input->values = values;
  for (const mj_yaml_node *n = node->first; n; n = n->next) {
    mj_value_map *map = &values[input->n_values++];
    *map = (mj_value_map){.field = node->key, .from = n->key};
    MJ_TRY(mj_yaml_scalar(&f->doc, n, n->key, &map->to));
  }
  return MJ_OK;
}

static mj_status read_values(const mj_project_file *f, const mj_yaml_node *node, mj_input *input) {
  const mj_yaml_node *map = mj_yaml_get(node, "values");
  if (!map) return MJ_OK;
  MJ_TRY(mj_yaml_map(&f->doc, map, "values"));
  for (const mj_yaml_node *n = map->first; n; n = n->next) MJ_TRY(read_replacements(f, n, input));
  return MJ_OK;
}

/* "file" or "file.gpkg:layer". */
static mj_status read_file(const mj_project_file *f, const mj_yaml_node *node, mj_input *input) {
  mj_arena *arena = &f->project->arena;
  const char *text;
  MJ_TRY(mj_yaml_scalar(&f->doc, node, "file", &text));
  if (!text || !*text) return mj_yaml_fail(&f->doc, node, "expected a file name");
  const char *joined = mj_path_join(arena, f->folder, text);
  return joined && mj_path_split(arena, joined, &input->path, &input->layer) ? MJ_OK : no_memory(f);
}

mj_status mj_project_read_shift(const mj_project_file *f, const mj_yaml_node *map, const double **out) {
  const mj_yaml_node *list = mj_yaml_get(map, "datum_shift");
  int n = 0;
  if (!list) return MJ_OK;
  double *shift = mj_arena_alloc(&f->project->arena, 7, sizeof *shift); /* three numbers leave the others 0 */
  if (!shift) return no_memory(f);
  bool numbers = true;
  for (const mj_yaml_node *i = NULL; (i = mj_yaml_each(list, i)); n++)
    numbers = numbers && n < 7 && i->kind == MJ_YAML_SCALAR && mj_double_parse(i->text, &shift[n]);
  if (!numbers || (n != 3 && n != 7))
    return mj_yaml_fail(&f->doc, list,
                        "datum_shift: expected 3 or 7 numbers: dx, dy, dz in metres, rx, ry, rz in arc-seconds, s in "
                        "ppm");
  *out = shift;
  return MJ_OK;
}

static mj_status read_map(const mj_project_file *f, const mj_yaml_node *node, mj_input *input) {
  static const char *const keys[] = {"file",   "",     "layer",    "crs",         "encoding", "fields",
                                     "values", "year", "complete", "datum_shift", NULL};
  const char *layer;
  MJ_TRY(mj_yaml_keys(&f->doc, node, mj_table_id_name(input->role), keys));
  MJ_TRY(read_file(f, mj_yaml_get(node, "file"), input));
  MJ_TRY(mj_yaml_text(&f->doc, node, "layer", &layer));
  if (layer) input->layer = layer;
  MJ_TRY(mj_yaml_text(&f->doc, node, "crs", &input->crs));
  MJ_TRY(mj_yaml_text(&f->doc, node, "encoding", &input->encoding));
  MJ_TRY(mj_project_read_shift(f, node, &input->datum_shift));
  MJ_TRY(mj_yaml_year(&f->doc, node, "year", &input->year));
  MJ_TRY(mj_yaml_flag(&f->doc, node, "complete", &input->complete));
  MJ_TRY(read_fields(f, node, input));
  return read_values(f, node, input);
}

mj_status mj_project_read_role(const mj_project_file *f, mj_table_id role, const mj_yaml_node *node) {
  for (const mj_yaml_node *i = NULL; (i = mj_yaml_each(node, i));) {
    mj_input input = {.role = role, .year = MJ_DATE_NULL};
    MJ_TRY(i->kind == MJ_YAML_MAP ? read_map(f, i, &input) : read_file(f, i, &input));
    if (!f->said[role]) MJ_TRY(mj_project_push(f->project, &input, f->doc.err));
  }
  return MJ_OK;
}
