#include "intake/mapping.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "intake/units.h"

void mj_columns_text(const mj_layer_info *info, char out[320]) {
  size_t n = 0;
  out[0] = '\0';
  for (int i = 0; i < info->n_fields; i++) {
    size_t k = strlen(info->field[i]);
    if (n + k + 2 > 300) {
      snprintf(out + n, 320 - n, "%s...", n ? ", " : "");
      return;
    }
    n += (size_t)snprintf(out + n, 320 - n, "%s%s", n ? ", " : "", info->field[i]);
  }
  if (!n) snprintf(out, 320, "(none)");
}

/* By name as it stands, then folded. */
static int find_column(const mj_layer_info *info, const char *name) {
  char a[MJ_FOLD], b[MJ_FOLD];
  for (int i = 0; i < info->n_fields; i++)
    if (!strcmp(info->field[i], name)) return i;
  mj_fold(name, a);
  for (int i = 0; i < info->n_fields; i++) {
    mj_fold(info->field[i], b);
    if (!strcmp(a, b)) return i;
  }
  return -1;
}

/* Every column as the alias table sees it. */
typedef struct {
  mj_guess *guess; /* [n_fields] */
  int *best;       /* [fields.n] column that the alias table gives the field, or -1 */
} candidates;

static mj_status note_strange(mj_ledger *ledger, const mj_place *place, const char *column, const mj_guess *guess) {
  char expected[200];
  mj_unit_list(guess->field->unit, expected);
  if (!ledger) return MJ_OK;
  return mj_ledger_add(ledger, (mj_ledger_entry){.code = MJ_L_UNIT_UNKNOWN,
                                                 .layer = place->label,
                                                 .field = guess->field->name,
                                                 .found = column,
                                                 .expected = expected});
}

static mj_status guess_all(const mj_fields *fields, mj_table_id role, const mj_place *place, const mj_layer_info *info,
                           const bool *taken, mj_ledger *ledger, candidates *c) {
  for (int i = 0; i < fields->n; i++) c->best[i] = -1;
  for (int i = 0; i < info->n_fields; i++) {
    if (taken[i]) continue;
    mj_guess g = c->guess[i] = mj_fields_guess(fields, role, info->field[i], place->dbf);
    if (g.field && *g.strange) {
      MJ_TRY(note_strange(ledger, place, info->field[i], &g));
      continue;
    }
    if (!g.field) continue;
    int *best = &c->best[g.field - fields->field];
    if (*best < 0 || g.rank < c->guess[*best].rank) *best = i;
  }
  return MJ_OK;
}

static mj_status set_unit(mj_mapped *m, const char *unit, const mj_place *place, const mj_layer_info *info,
                          mj_error *err) {
  char known[200];
  m->unit = unit;
  m->factor = 1;
  if (!unit || m->field->type == MJ_TEXT || m->field->type == MJ_DATE || m->field->type == MJ_TRI) return MJ_OK;
  if (mj_unit_factor(unit, m->field->unit, &m->factor)) return MJ_OK;
  mj_unit_list(m->field->unit, known);
  return mj_fail(
      err, MJ_EFORMAT,
      "file '%s': layer '%s': column '%s': unit '%s' cannot be converted for field '%s'; expected one of: %s",
      place->file, place->layer, m->column < 0 ? m->constant : info->field[m->column], unit, m->field->name, known);
}

/* What park.yaml says about a field. */
static mj_status from_project(const mj_field_map *map, const mj_place *place, const mj_layer_info *info, mj_mapped *m,
                              mj_error *err) {
  char columns[320];
  m->constant = map->value;
  m->column = map->value ? MJ_COLUMN_CONSTANT : find_column(info, map->column);
  m->factor = 1;
  if (!map->value && m->column < 0 && !strcasecmp(map->column, "fid")) {
    m->column = MJ_COLUMN_ROW;
    return MJ_OK;
  }
  if (!map->value && m->column < 0) {
    mj_columns_text(info, columns);
    return mj_fail(err, MJ_ENOTFOUND, "file '%s': layer '%s': no column '%s' for field '%s'; columns are: %s",
                   place->file, place->layer, map->column, map->field, columns);
  }
  if (map->value || map->unit) return set_unit(m, map->unit, place, info, err);
  mj_guess words = {0}; /* the header itself may name the unit: "MJ（亩）" */
  char header[MJ_FOLD];
  mj_fold(info->field[m->column], header);
  char *open = strrchr(header, '(');
  if (open) {
    open[strcspn(open, ")")] = '\0';
    words.unit = mj_unit_find(open + 1);
  }
  return set_unit(m, words.unit, place, info, err);
}

static const mj_field_map *said(const mj_input *input, const char *field) {
  const mj_field_map *found = NULL;
  for (int32_t i = 0; input && i < input->n_fields; i++)
    if (!strcmp(input->fields[i].field, field)) found = &input->fields[i];
  return found;
}

static mj_status fill(const mj_fields *fields, mj_table_id role, const mj_input *input, const mj_place *place,
                      const mj_layer_info *info, const candidates *c, mj_mapping *out, mj_error *err) {
  for (int f = 0; f < fields->n; f++) {
    const mj_field *field = &fields->field[f];
    const mj_field_map *map = field->role == role ? said(input, field->name) : NULL;
    mj_mapped *m = &out->item[out->n];
    if (field->role != role || (!map && c->best[f] < 0)) continue;
    *m = (mj_mapped){.field = field, .column = c->best[f], .factor = 1};
    if (map) MJ_TRY(from_project(map, place, info, m, err));
    else MJ_TRY(set_unit(m, c->guess[m->column].unit, place, info, err));
    if (m->column >= 0 && out->of_column[m->column] < 0) out->of_column[m->column] = out->n;
    out->n++;
  }
  return MJ_OK;
}

mj_status mj_mapping_make(const mj_fields *fields, mj_table_id role, const mj_input *input, const mj_place *place,
                          const mj_layer_info *info, mj_arena *arena, mj_ledger *ledger, mj_mapping *out,
                          mj_error *err) {
  size_t n = (size_t)info->n_fields;
  bool *taken = mj_arena_alloc(arena, n + 1, sizeof *taken);
  candidates c = {.guess = mj_arena_alloc(arena, n + 1, sizeof *c.guess),
                  .best = mj_arena_alloc(arena, (size_t)fields->n + 1, sizeof *c.best)};
  *out = (mj_mapping){.item = mj_arena_alloc(arena, (size_t)fields->n + 1, sizeof *out->item),
                      .of_column = mj_arena_alloc(arena, n + 1, sizeof *out->of_column)};
  if (!taken || !c.guess || !c.best || !out->item || !out->of_column) return mj_fail(err, MJ_ENOMEM, "out of memory");
  for (size_t i = 0; i < n; i++) out->of_column[i] = -1;
  for (int32_t i = 0; input && i < input->n_fields; i++) {
    int column = input->fields[i].column ? find_column(info, input->fields[i].column) : -1;
    if (column >= 0) taken[column] = true;
  }
  if (guess_all(fields, role, place, info, taken, ledger, &c)) return mj_fail(err, MJ_ENOMEM, "out of memory");
  return fill(fields, role, input, place, info, &c, out, err);
}

const mj_mapped *mj_mapping_find(const mj_mapping *mapping, const char *field) {
  for (int i = 0; i < mapping->n; i++)
    if (!strcmp(mapping->item[i].field->name, field)) return &mapping->item[i];
  return NULL;
}
