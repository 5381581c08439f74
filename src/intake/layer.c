#include "intake/layer.h"

#include <stdio.h>
#include <string.h>

#include "intake/system.h"
#include "intake/typing.h"

bool mj_role_has_shape(mj_table_id role) { return role <= MJ_EASEMENTS; }
bool mj_role_may_shape(mj_table_id role) { return role == MJ_PROJECTS; }
bool mj_role_is_polygon(mj_table_id role) { return role <= MJ_CONTROL_LINES; }

bool mj_part_has_shape(const mj_part *p) {
  return mj_role_has_shape(p->input->role) || (mj_role_may_shape(p->input->role) && p->table.geom.kind);
}

void mj_part_reset(mj_part *part) {
  mj_table_reset(&part->table);
  mj_crs_close(part->crs);
  mj_ledger_reset(&part->ledger);
  mj_arena_reset(&part->arena);
  *part = (mj_part){0};
}

mj_box mj_box_of(const mj_geom *g) {
  mj_box b = {HUGE_VAL, HUGE_VAL, -HUGE_VAL, -HUGE_VAL};
  for (int32_t i = 0; i < g->verts; i++) {
    double x = g->x[i], y = g->y[i];
    if (!isfinite(x) || !isfinite(y)) continue;
    if (x < b.xmin) b.xmin = x;
    if (x > b.xmax) b.xmax = x;
    if (y < b.ymin) b.ymin = y;
    if (y > b.ymax) b.ymax = y;
  }
  return b;
}

/* ---- which layer ---- */

static bool fits(const mj_layer_info *info, mj_table_id role) {
  if (info->view || !strcmp(info->name, "layer_styles") || !strcmp(info->name, "qgis_projects")) return false;
  bool shape = strcmp(info->geometry, "None") != 0;
  if (mj_role_is_polygon(role)) return shape && !strstr(info->geometry, "Point") && !strstr(info->geometry, "Line");
  return mj_role_has_shape(role) ? shape : true;
}

void mj_layers_text(const mj_source_file *file, char out[320]) {
  size_t n = 0;
  for (int i = 0; i < mj_source_layers(file); i++) {
    const char *name = mj_source_layer(file, i)->name;
    if (n + strlen(name) + 2 > 300) {
      snprintf(out + n, 320 - n, "%s...", n ? ", " : "");
      return;
    }
    n += (size_t)snprintf(out + n, 320 - n, "%s%s", n ? ", " : "", name);
  }
  if (!n) snprintf(out, 320, "(none)");
}

mj_status mj_layer_pick(const mj_source_file *file, const char *path, mj_table_id role, const char *wanted, int *out,
                        mj_error *err) {
  int n = mj_source_layers(file), found = -1, n_found = 0;
  char names[320];
  mj_layers_text(file, names);
  for (int i = 0; wanted && i < n; i++)
    if (!strcmp(mj_source_layer(file, i)->name, wanted)) {
      *out = i;
      return MJ_OK;
    }
  if (wanted) return mj_fail(err, MJ_ENOTFOUND, "file '%s': no layer '%s'; layers are: %s", path, wanted, names);
  for (int i = 0; i < n; i++) {
    const mj_layer_info *info = mj_source_layer(file, i);
    if (!strcmp(info->name, mj_table_id_name(role))) {
      *out = i;
      return MJ_OK;
    }
    if (n > 1 && !fits(info, role)) continue;
    if (found < 0) found = i;
    n_found++;
  }
  *out = found;
  if (n_found == 1) return MJ_OK;
  if (!n_found)
    return mj_fail(err, MJ_EFORMAT, "file '%s': no layer fits %s; layers are: %s", path, mj_table_id_name(role), names);
  return mj_fail(err, MJ_EFORMAT, "file '%s': %d layers could be %s (%s); name one, as in '%s:%s'", path, n_found,
                 mj_table_id_name(role), names, path, mj_source_layer(file, found)->name);
}

/* ---- rows ---- */

/* The required identifier of a role, or NULL. */
static const char *needed(mj_table_id role) {
  return role == MJ_PARCELS ? "parcel_id" : role == MJ_ZONES ? "zone" : NULL;
}

static mj_status check_layer(mj_part *p, const mj_layer_info *info) {
  const char *need = needed(p->input->role);
  char columns[320];
  mj_columns_text(info, columns);
  if (mj_role_is_polygon(p->input->role) && !fits(info, p->input->role))
    return mj_fail(&p->err, MJ_EFORMAT, "file '%s': layer '%s' has no polygons (%s)", p->input->path, info->name,
                   info->geometry);
  if (!need && !mj_role_is_polygon(p->input->role) && !p->mapping.n)
    return mj_fail(
        &p->err, MJ_EFORMAT,
        "file '%s': layer '%s': no column has a meaning for %s; the first row must be the header; columns are: %s",
        p->input->path, info->name, mj_table_id_name(p->input->role), columns);
  if (need && !mj_mapping_find(&p->mapping, need))
    return mj_fail(&p->err, MJ_EFORMAT,
                   "file '%s': layer '%s' has no column for %s; map one under fields: in park.yaml; columns are: %s",
                   p->input->path, info->name, need, columns);
  return MJ_OK;
}

static mj_status check_rows(mj_part *p, const mj_layer_info *info) {
  mj_table *t = &p->table;
  if (mj_role_may_shape(p->input->role) && t->geom.kind != MJ_GEOM_POLYGON) mj_geom_reset(&t->geom);
  if (p->input->role == MJ_PARCELS && t->n == 0)
    return mj_fail(&p->err, MJ_EFORMAT, "file '%s': layer '%s' has no rows", p->input->path, info->name);
  if (mj_role_is_polygon(p->input->role) && t->n && t->geom.kind != MJ_GEOM_POLYGON)
    return mj_fail(&p->err, MJ_EFORMAT, "file '%s': layer '%s' has no polygons (%s)", p->input->path, info->name,
                   info->geometry);
  return MJ_OK;
}

/* Shapes of a list are wanted where they are polygons. */
static bool wants_shapes(mj_table_id role, const mj_layer_info *info) {
  bool polygons =
      strcmp(info->geometry, "None") != 0 && !strstr(info->geometry, "Point") && !strstr(info->geometry, "Line");
  return mj_role_has_shape(role) || (mj_role_may_shape(role) && polygons);
}

/* Fields to read: all for parcels, which keep their own columns; else those that are mapped. */
static mj_status read_rows(mj_part *p, mj_source_file *file, int layer, mj_progress *progress) {
  const mj_layer_info *info = mj_source_layer(file, layer);
  mj_read_options options = {.geometry = wants_shapes(p->input->role, info),
                             .may_lack = mj_role_may_shape(p->input->role),
                             .progress = progress,
                             .lang = p->project->lang,
                             .curve_tolerance_m = p->project->checks.curve_tolerance_m};
  const char **only = mj_arena_alloc(&p->arena, (size_t)info->n_fields + 1, sizeof *only);
  if (!only) return mj_fail(&p->err, MJ_ENOMEM, "out of memory");
  for (int i = 0; i < info->n_fields; i++)
    if (p->mapping.of_column[i] >= 0) only[options.n_only++] = info->field[i];
  if (p->input->role != MJ_PARCELS) options.only = only;
  else options.n_only = 0;
  MJ_TRY(mj_source_read(file, layer, p->label, &options, &p->table, &p->ledger, &p->err));
  p->rows_in = p->table.n;
  for (int64_t i = 0; i < p->ledger.n; i++) p->rows_in += p->ledger.entry[i].code == MJ_L_ROW_CELLS_EXTRA;
  p->box = mj_box_of(&p->table.geom);
  return check_rows(p, info);
}

/* ---- columns ---- */

#define COLUMN(layer, name, type, unit, decimals, zh, en, about_zh, about_en, room) {#layer, #name},
static const struct {
  const char *layer, *name;
} ours[] = {
#include "mujun/columns.def"
};
#undef COLUMN

static bool is_ours(const mj_part *p, const char *name) {
  const char *layer = mj_table_id_name(p->input->role);
  for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
    if (!strcmp(ours[i].name, name) && !strcmp(ours[i].layer, layer)) return true;
  return mj_fields_find(p->fields, p->input->role, name) != NULL;
}

/* Put a column of the source aside as source column; one of our names gets a prefix. */
static mj_status carry(mj_part *p, mj_column *column) {
  column->from_source = true;
  if (is_ours(p, column->name)) column->name = mj_arena_format(&p->table.arena, "src_%s", column->name);
  return column->name ? MJ_OK : MJ_ENOMEM;
}

/* A second field from the same column needs its own copy of it. */
static mj_column *copy_column(mj_table *table, const mj_column *from, const char *name) {
  mj_column *to = mj_table_add(table, name, from->type);
  size_t size = from->type == MJ_TRI ? 1 : from->type == MJ_DATE ? 4 : 8;
  if (to) memcpy(to->data, from->data, (size_t)table->n * size);
  return to;
}

/* Columns of the table as read, by their place in the layer; NULL where not read. */
static mj_column **raw_columns(mj_part *p) {
  mj_column **raw = mj_arena_alloc(&p->arena, (size_t)p->n_columns + 1, sizeof *raw);
  for (int i = 0; raw && i < p->n_columns; i++) raw[i] = mj_table_find(&p->table, p->column[i]);
  return raw;
}

/* Replace the list of columns by the canonical ones in the order of fields.csv, then the carried ones in the order of
 * the layer. */
static void order_columns(mj_table *table, mj_column **done, int n_done) {
  int32_t n = 0, kept = table->n_columns;
  mj_column **old = table->columns;
  for (int32_t i = 0; i < kept; i++) {
    bool carried = old[i]->from_source;
    if (carried) old[n++] = old[i];
  }
  memmove(old + n_done, old, (size_t)n * sizeof *old); /* every done column is one of the list, so there is room */
  memcpy(old, done, (size_t)n_done * sizeof *old);
  table->n_columns = n + n_done;
}

/* The row's own number as a column. */
static mj_column *row_numbers(mj_table *table) {
  mj_column *column = mj_table_add(table, "\x01row", MJ_I64);
  for (int64_t i = 0; column && i < table->n; i++) column->i64[i] = mj_table_source_row(table, i);
  return column;
}

static mj_status type_one(mj_part *p, mj_typing *typing, const mj_mapped *m, mj_column **raw, bool first,
                          mj_column **out) {
  if (m->column == MJ_COLUMN_CONSTANT) {
    MJ_TRY(mj_type_constant(typing, m, &p->err));
    *out = mj_table_find(&p->table, m->field->name);
    return MJ_OK;
  }
  mj_column *column = m->column == MJ_COLUMN_ROW ? row_numbers(&p->table) : raw[m->column];
  if (column && !first) column = copy_column(&p->table, column, mj_arena_format(&p->arena, "\x01%s", m->field->name));
  if (!column) return mj_fail(&p->err, MJ_ENOMEM, "out of memory");
  *out = column;
  return mj_type_column(typing, m, column) ? mj_fail(&p->err, MJ_ENOMEM, "out of memory") : MJ_OK;
}

static mj_status type_columns(mj_part *p) {
  mj_typing typing = {
      .table = &p->table, .label = p->label, .input = p->input, .project = p->project, .ledger = &p->ledger};
  mj_column **raw = raw_columns(p), **done = mj_arena_alloc(&p->arena, (size_t)p->mapping.n + 1, sizeof *done);
  if (!raw || !done) return mj_fail(&p->err, MJ_ENOMEM, "out of memory");
  for (int i = 0; i < p->n_columns; i++)
    if (raw[i] && p->mapping.of_column[i] < 0 && carry(p, raw[i])) return mj_fail(&p->err, MJ_ENOMEM, "out of memory");
  for (int i = p->mapping.n; i-- > 0;) { /* copies first: the first field of a column changes it in place */
    const mj_mapped *m = &p->mapping.item[i];
    if (m->column >= 0 && p->mapping.of_column[m->column] != i) MJ_TRY(type_one(p, &typing, m, raw, false, &done[i]));
  }
  for (int i = 0; i < p->mapping.n; i++) {
    const mj_mapped *m = &p->mapping.item[i];
    if (!done[i]) MJ_TRY(type_one(p, &typing, m, raw, true, &done[i]));
    if (!typing.id && m->field->type == MJ_TEXT) typing.id = (const char *const *)done[i]->text;
  }
  order_columns(&p->table, done, p->mapping.n);
  return MJ_OK;
}

/* `year` of an enterprise table that has none, from what park.yaml says about the file. */
static mj_status fill_year(mj_part *p) {
  if (p->input->year == MJ_DATE_NULL || p->input->role != MJ_ENTERPRISES || mj_table_find(&p->table, "year"))
    return MJ_OK;
  mj_column *year = mj_table_add(&p->table, "year", MJ_I64);
  if (!year) return mj_fail(&p->err, MJ_ENOMEM, "out of memory");
  for (int64_t i = 0; i < p->table.n; i++) year->i64[i] = p->input->year;
  return MJ_OK;
}

static mj_status note_encoding(mj_part *p, const mj_source_file *file) {
  mj_encoding_facts f = mj_source_encoding_facts(file);
  p->encoding_declared = f.declared;
  p->encoding = mj_arena_text(&p->arena, f.used, strlen(f.used));
  if (!p->encoding || mj_source_note_encoding(file, p->label, &p->ledger))
    return mj_fail(&p->err, MJ_ENOMEM, "out of memory");
  return MJ_OK;
}

/* Names that outlive the file. */
static mj_status keep_names(mj_part *p, const mj_source_file *file, const mj_layer_info *info) {
  const char **column = mj_arena_alloc(&p->arena, (size_t)info->n_fields + 1, sizeof *column);
  const char *format = mj_source_format(file);
  p->layer_name = mj_arena_text(&p->arena, info->name, strlen(info->name));
  p->format = mj_arena_text(&p->arena, format, strlen(format));
  p->carried = mj_arena_text(&p->arena, info->crs, strlen(info->crs));
  for (int i = 0; column && i < info->n_fields; i++)
    column[i] = mj_arena_text(&p->arena, info->field[i], strlen(info->field[i]));
  p->column = column;
  p->n_columns = info->n_fields;
  return p->layer_name && p->format && p->carried && column ? MJ_OK : mj_fail(&p->err, MJ_ENOMEM, "out of memory");
}

/* A drawn layer may have no identifiers: row numbers are taken. */
static mj_status number_rows(mj_part *p, const mj_place *place, const mj_layer_info *info) {
  static const mj_field_map by_row = {.field = "parcel_id", .column = "fid"};
  if (!p->input->nameless || mj_mapping_find(&p->mapping, by_row.field)) return MJ_OK;
  mj_input *input = mj_arena_alloc(&p->arena, 1, sizeof *input);
  if (!input) return mj_fail(&p->err, MJ_ENOMEM, "out of memory");
  *input = *p->input;
  input->fields = &by_row;
  input->n_fields = 1;
  return mj_mapping_make(p->fields, input->role, input, place, info, &p->arena, NULL, &p->mapping, &p->err);
}

static mj_status read_layer(mj_part *p, mj_source_file *file, mj_progress *progress) {
  int layer = 0;
  MJ_TRY(mj_layer_pick(file, p->input->path, p->input->role, p->input->layer, &layer, &p->err));
  const mj_layer_info *info = mj_source_layer(file, layer);
  if (info->view)
    return mj_fail(&p->err, MJ_EFORMAT, "%s: layer '%s' is a view; save it as a table", p->input->path, info->name);
  mj_place place = {p->input->path, info->name, p->label, !strcmp(mj_source_format(file), "ESRI Shapefile")};
  MJ_TRY(keep_names(p, file, info));
  MJ_TRY(
      mj_mapping_make(p->fields, p->input->role, p->input, &place, info, &p->arena, &p->ledger, &p->mapping, &p->err));
  MJ_TRY(number_rows(p, &place, info));
  MJ_TRY(check_layer(p, info));
  MJ_TRY(read_rows(p, file, layer, progress));
  return note_encoding(p, file);
}

mj_status mj_part_read(mj_part *p, mj_progress *progress) {
  mj_source_file *file = NULL;
  const char *encoding = p->input->encoding ? p->input->encoding : p->project->encoding;
  mj_status status = mj_source_open(p->input->path, encoding, &file, &p->err);
  if (!status) status = read_layer(p, file, progress);
  mj_source_close(file);
  return status;
}

mj_status mj_part_type(mj_part *p) {
  MJ_TRY(type_columns(p));
  if (mj_part_has_shape(p)) MJ_TRY(mj_system_open(p)); /* behind the types: its entries name rows */
  return fill_year(p);
}
