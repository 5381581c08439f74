#include "intake/corrections.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "gis/ogr_read.h"
#include "intake/project.h"
#include "intake/typing.h"

void mj_corrections_reset(mj_corrections *c) {
  mj_arena_reset(&c->arena);
  *c = (mj_corrections){0};
}

/* ---- the columns of the file ---- */

enum { LAYER, ID, ROW, YEAR, FIELD, OLD, NEW, REASON, WHO, N_COLUMNS };
static const char *const headers[N_COLUMNS][7] = {[LAYER] = {"layer", "图层"},
                                                  [ID] = {"id", "identifier", "编号", "标识"},
                                                  [ROW] = {"row", "行号"},
                                                  [YEAR] = {"year", "年度", "年份"},
                                                  [FIELD] = {"field", "字段"},
                                                  [OLD] = {"old", "old_value", "oldvalue", "原值"},
                                                  [NEW] = {"new", "new_value", "newvalue", "新值", "建议值"},
                                                  [REASON] = {"reason", "理由", "原因"},
                                                  [WHO] = {"who", "经办人", "确认人"}};
static bool is_needed(int column) { return column == LAYER || column == FIELD || column == OLD || column == NEW; }

static int meaning_of(const char *header) {
  char folded[MJ_FOLD];
  mj_fold(header, folded);
  for (int i = 0; i < N_COLUMNS; i++)
    for (int k = 0; headers[i][k]; k++)
      if (!strcmp(folded, headers[i][k])) return i;
  return -1;
}

/* The first column that a corrections file needs and the layer lacks, or NULL. */
static const char *find_columns(const mj_layer_info *info, int at[N_COLUMNS]) {
  for (int i = 0; i < N_COLUMNS; i++) at[i] = -1;
  for (int i = 0; i < info->n_fields; i++) {
    int m = meaning_of(info->field[i]);
    if (m >= 0 && at[m] < 0) at[m] = i;
  }
  for (int i = 0; i < N_COLUMNS; i++)
    if (at[i] < 0 && (is_needed(i) || (i == ID && at[ROW] < 0))) return headers[i][0];
  return NULL;
}

/* The sheet that is named, the only one, or the only one of several whose headings fit. */
static mj_status pick_layer(const mj_source_file *file, const char *path, const char *wanted, int at[N_COLUMNS],
                            int *out, mj_error *err) {
  int n = mj_source_layers(file), found = -1, n_found = 0;
  char names[320];
  mj_layers_text(file, names);
  for (int i = 0; i < n; i++) {
    const mj_layer_info *info = mj_source_layer(file, i);
    if (wanted ? strcmp(info->name, wanted) != 0 : n > 1 && find_columns(info, at)) continue;
    if (found < 0) found = i;
    n_found++;
  }
  if (wanted && found < 0)
    return mj_fail(err, MJ_ENOTFOUND, "file '%s': no layer '%s'; layers are: %s", path, wanted, names);
  if (found < 0)
    return mj_fail(err, MJ_EFORMAT, "file '%s': no layer fits %s; layers are: %s", path,
                   mj_table_id_name(MJ_CORRECTIONS), names);
  if (n_found > 1)
    return mj_fail(err, MJ_EFORMAT, "file '%s': %d layers could be %s (%s); name one, as in '%s:%s'", path, n_found,
                   mj_table_id_name(MJ_CORRECTIONS), names, path, mj_source_layer(file, found)->name);
  const char *missing = find_columns(mj_source_layer(file, found), at);
  char columns[320];
  mj_columns_text(mj_source_layer(file, found), columns);
  if (missing)
    return mj_fail(err, MJ_EFORMAT, "file '%s': a corrections file needs the column '%s'; columns are: %s", path,
                   missing, columns);
  *out = found;
  return MJ_OK;
}

/* ---- its lines ---- */

/* Trimmed; without the apostrophe that our own tables put before what a spreadsheet would run; NULL where empty. */
static const char *clean(mj_arena *arena, const char *text, bool *ok) {
  if (!text) return NULL;
  size_t n;
  text = mj_trim(text, &n);
  if (n > 1 && *text == '\'' && strchr("=+-@", text[1])) {
    text++;
    n--;
  }
  const char *copy = n ? mj_arena_text(arena, text, n) : NULL;
  *ok = *ok && (copy || !n);
  return copy;
}

/* "parcels", "宗地", "plan-units", and a file behind it: "parcels (north.shp)", "宗地（north.shp）". */
static bool read_layer_name(mj_arena *arena, mj_correction *c) {
  static const char wide_open[] = "（", wide_close[] = "）";
  char word[MJ_FOLD];
  const char *text = c->layer ? c->layer : "", *open = strstr(text, wide_open);
  size_t width = open ? sizeof wide_open - 1 : 1, n = strlen(text), close = 0;
  if (!open) open = strchr(text, '(');
  if (open && n > 1 && text[n - 1] == ')') close = 1;
  if (open && n > 3 && !strcmp(text + n - 3, wide_close)) close = sizeof wide_close - 1;
  if (open && close) {
    c->file = mj_arena_text(arena, open + width, n - close - (size_t)(open + width - text));
    if (!c->file) return false;
    n = (size_t)(open - text);
  }
  const char *bare = mj_arena_text(arena, text, n);
  if (!bare) return false;
  mj_fold(bare, word);
  for (char *p = word; *p; p++)
    if (*p == '-') *p = '_';
  for (int role = 0; role < MJ_ROLE_END && c->role == MJ_ROLE_END; role++)
    if (!strcmp(word, mj_table_id_name((mj_table_id)role)) || !strcmp(word, mj_table_id_word((mj_table_id)role, MJ_ZH)))
      c->role = (mj_table_id)role;
  return true;
}

/* "row:12", "行号：12": the row instead of an identifier. */
static void read_row_name(mj_correction *c) {
  static const char *const prefixes[] = {"row:", "行号:", "行:"};
  char folded[MJ_FOLD];
  mj_fold(c->id ? c->id : "", folded);
  for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
    size_t n = strlen(prefixes[i]);
    if (strncmp(folded, prefixes[i], n) || !folded[n] || folded[n + strspn(folded + n, "0123456789")]) continue;
    c->row = strtoll(folded + n, NULL, 10);
    c->id = NULL;
  }
}

/* A whole number from 1 on; 0 where nothing stands, and where that is something else also @p unread. */
static int64_t whole(const char *text, const char *name, const char **unread) {
  double v;
  if (!text) return 0;
  if (mj_double_parse(text, &v) && v >= 1 && v < 9e15 && v == floor(v)) return (int64_t)v;
  *unread = name;
  return 0;
}

static bool read_line(mj_corrections *out, const mj_table *t, mj_column *const *columns, int64_t i) {
  mj_correction *c = &out->item[out->n];
  const char *text[N_COLUMNS] = {NULL};
  bool ok = true, any = false;
  for (int k = 0; k < N_COLUMNS; k++) {
    text[k] = columns[k] ? clean(&out->arena, columns[k]->text[i], &ok) : NULL;
    any = any || text[k];
  }
  if (!any) return ok;
  *c = (mj_correction){.layer = text[LAYER],
                       .id = text[ID],
                       .field = text[FIELD],
                       .old = text[OLD],
                       .value = text[NEW],
                       .reason = text[REASON],
                       .who = text[WHO],
                       .role = MJ_ROLE_END,
                       .line = mj_table_source_row(t, i)};
  c->row = whole(text[ROW], headers[ROW][0], &c->unread);
  c->year = whole(text[YEAR], headers[YEAR][0], &c->unread);
  read_row_name(c);
  out->n++;
  return ok && read_layer_name(&out->arena, c);
}

static mj_status read_lines(mj_corrections *out, mj_table *t, const mj_layer_info *info, const int at[N_COLUMNS]) {
  mj_column *columns[N_COLUMNS] = {NULL};
  for (int k = 0; k < N_COLUMNS; k++) {
    columns[k] = at[k] < 0 ? NULL : mj_table_find(t, info->field[at[k]]);
    if (columns[k] && !mj_column_to_text(t, columns[k])) return MJ_ENOMEM;
  }
  out->item = mj_arena_alloc(&out->arena, (size_t)t->n + 1, sizeof *out->item);
  if (!out->item) return MJ_ENOMEM;
  for (int64_t i = 0; i < t->n; i++)
    if (!read_line(out, t, columns, i)) return MJ_ENOMEM;
  return MJ_OK;
}

static const char *keep(mj_corrections *c, const char *text) {
  return mj_arena_text(&c->arena, text ? text : "", text ? strlen(text) : 0);
}

static mj_status read_file(mj_corrections *out, mj_source_file *file, const char *wanted, const mj_project *project,
                           mj_ledger *ledger, mj_error *err) {
  mj_table t = {0};
  mj_read_options options = {.lang = project->lang};
  int at[N_COLUMNS], layer = 0;
  MJ_TRY(pick_layer(file, out->path, wanted, at, &layer, err));
  const mj_layer_info *info = mj_source_layer(file, layer);
  mj_status status = mj_source_read(file, layer, "corrections", &options, &t, ledger, err);
  bool declared;
  out->layer = keep(out, info->name);
  out->format = keep(out, mj_source_format(file));
  out->encoding = keep(out, mj_source_encoding(file, &declared));
  out->rows_in = t.n;
  if (!status && (mj_source_note_encoding(file, mj_table_id_name(MJ_CORRECTIONS), ledger) || !out->layer ||
                  !out->format || !out->encoding || read_lines(out, &t, info, at)))
    status = mj_fail(err, MJ_ENOMEM, "out of memory");
  mj_table_reset(&t);
  return status;
}

mj_status mj_corrections_load(const mj_project *project, mj_ledger *ledger, mj_corrections *out, mj_error *err) {
  mj_source_file *file = NULL;
  const char *layer = NULL;
  *out = (mj_corrections){0};
  if (!project->corrections) return MJ_OK;
  if (!mj_path_split(&out->arena, project->corrections, &out->path, &layer))
    return mj_fail(err, MJ_ENOMEM, "out of memory");
  mj_status status = mj_source_open(out->path, project->encoding, &file, err);
  if (!status) status = read_file(out, file, layer, project, ledger, err);
  mj_source_close(file);
  return status;
}
