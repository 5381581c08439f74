#include "intake/unite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "intake/typing.h"

static mj_column *find(const mj_table *t, const char *name) { return mj_table_find(t, name); }

/* Source columns of one name and two types become texts, so that no value is lost. */
static bool agree_types(mj_part *const *part, int n) {
  for (int p = 1; p < n; p++)
    for (int32_t c = 0; c < part[p]->table.n_columns; c++) {
      mj_column *mine = part[p]->table.columns[c];
      bool differ = false;
      for (int q = 0; q < n; q++) {
        mj_column *other = find(&part[q]->table, mine->name);
        differ |= other && other->type != mine->type;
      }
      for (int q = 0; differ && q < n; q++) {
        mj_column *other = find(&part[q]->table, mine->name);
        if (other && !mj_column_to_text(&part[q]->table, other)) return false;
      }
    }
  return true;
}

static bool copy_values(mj_table *out, mj_column *to, const mj_column *from, int64_t first, int64_t n) {
  static const size_t size[] = {[MJ_F64] = 8, [MJ_I64] = 8, [MJ_DATE] = 4, [MJ_TRI] = 1};
  if (to->type != MJ_TEXT) {
    memcpy((char *)to->data + (size_t)first * size[to->type], from->data, (size_t)n * size[to->type]);
    return true;
  }
  for (int64_t i = 0; i < n; i++) {
    const char *text = from->text[i];
    if (text && !(to->text[first + i] = mj_arena_text(&out->arena, text, strlen(text)))) return false;
  }
  return true;
}

static bool add_columns(mj_table *out, const mj_table *from, int64_t first, bool from_source) {
  for (int32_t c = 0; c < from->n_columns; c++) {
    const mj_column *column = from->columns[c];
    if (column->from_source != from_source) continue;
    mj_column *to = mj_table_add(out, column->name, column->type);
    if (!to || !copy_values(out, to, column, first, from->n)) return false;
    to->from_source = from_source;
  }
  return true;
}

static mj_status add_shapes(mj_table *out, const mj_part *p, mj_error *err) {
  mj_polys g = mj_geom_view(&p->table.geom);
  if (!p->table.n || !(mj_role_has_shape(p->input->role) || mj_role_may_shape(p->input->role))) return MJ_OK;
  if (out->geom.kind && p->table.geom.kind != out->geom.kind && p->table.geom.kind)
    return mj_fail(err, MJ_EFORMAT, "layer '%s' of '%s' has another kind of shape than the other files of %s",
                   p->layer_name, p->input->path, mj_table_id_name(p->input->role));
  if (p->table.geom.kind) out->geom.kind = p->table.geom.kind;
  for (int64_t i = 0; i < p->table.n; i++)
    if (i < g.n ? mj_geom_push_row(&out->geom, &g, i) : mj_geom_end_row(&out->geom))
      return mj_fail(err, MJ_ENOMEM, "out of memory");
  return MJ_OK;
}

static mj_status unite_many(mj_part *const *part, int n, mj_table *out, mj_error *err) {
  int64_t rows = 0, first = 0;
  const mj_status no_memory = MJ_ENOMEM;
  for (int i = 0; i < n; i++) rows += part[i]->table.n;
  if (!agree_types(part, n) || mj_table_init(out, mj_table_id_name(part[0]->input->role), rows))
    return mj_fail(err, no_memory, "out of memory");
  for (int pass = 0; pass < 2; pass++) {
    first = 0;
    for (int i = 0; i < n; first += part[i++]->table.n)
      if (!add_columns(out, &part[i]->table, first, pass == 1)) return mj_fail(err, no_memory, "out of memory");
  }
  out->source_row = mj_arena_alloc(&out->arena, (size_t)rows + 1, sizeof *out->source_row);
  if (!out->source_row) return mj_fail(err, no_memory, "out of memory");
  first = 0;
  for (int i = 0; i < n; first += part[i++]->table.n) {
    const mj_table *t = &part[i]->table;
    for (int64_t k = 0; k < t->n; k++) out->source_row[first + k] = mj_table_source_row(t, k);
    MJ_TRY(add_shapes(out, part[i], err));
  }
  return MJ_OK;
}

mj_status mj_unite(mj_part *const *part, int n, mj_table *out, mj_error *err) {
  if (n > 1) {
    MJ_TRY(unite_many(part, n, out, err));
    for (int i = 0; i < n; i++) {
      int64_t rows = part[i]->table.n;
      mj_table_reset(&part[i]->table);
      part[i]->table.n = rows; /* the rows of a part are still asked for by the identifiers' check */
    }
    return MJ_OK;
  }
  *out = part[0]->table;
  part[0]->table = (mj_table){.n = out->n};
  out->name = mj_table_id_name(part[0]->input->role);
  return MJ_OK;
}

/* ---- identifiers ---- */

static uint64_t hash_text(const char *text) {
  uint64_t h = 14695981039346656037u; /* FNV-1a */
  for (; *text; text++) h = (h ^ (unsigned char)*text) * 1099511628211u;
  return h ^ h >> 29;
}

/* Mark rows whose text stands on more than one row. slot holds row + 1 of the first with that text. */
static bool mark_repeated(const char *const *id, int64_t n, uint8_t *repeated) {
  size_t cap = 16;
  while (cap < (size_t)n * 2) cap *= 2;
  int64_t *slot = calloc(cap, sizeof *slot);
  for (int64_t i = 0; slot && i < n; i++) {
    if (!id[i]) continue;
    size_t at = hash_text(id[i]) & (cap - 1);
    while (slot[at] && strcmp(id[slot[at] - 1], id[i])) at = (at + 1) & (cap - 1);
    if (slot[at]) repeated[slot[at] - 1] = repeated[i] = 1;
    else slot[at] = i + 1;
  }
  free(slot);
  return slot != NULL;
}

static const char *label_of(mj_part *const *part, int n, int64_t row) {
  for (int i = 0; i < n; row -= part[i++]->table.n)
    if (row < part[i]->table.n) return part[i]->label;
  return "";
}

static mj_status check_keys(mj_part *const *part, int n, const mj_table *t, const char *field, bool unique,
                            mj_ledger *ledger) {
  const char *const *id = (const char *const *)mj_table_text(t, field);
  uint8_t *repeated = calloc((size_t)t->n + 1, 1);
  mj_status status = !repeated || (id && unique && !mark_repeated(id, t->n, repeated)) ? MJ_ENOMEM : MJ_OK;
  for (int64_t i = 0; id && !status && i < t->n; i++) {
    if (id[i] && !repeated[i]) continue;
    mj_ledger_entry e = {.code = id[i] ? MJ_L_ID_DUPLICATE : MJ_L_ID_MISSING,
                         .layer = label_of(part, n, i),
                         .field = field,
                         .row = mj_table_source_row(t, i),
                         .id = id[i],
                         .found = id[i]};
    status = mj_ledger_add(ledger, e);
  }
  free(repeated);
  return status;
}

static mj_status number_buildings(mj_table *t) {
  mj_column *id = mj_table_add(t, "building_id", MJ_TEXT);
  if (!id) return MJ_ENOMEM;
  for (int64_t i = 0; i < t->n; i++) {
    if (id->text[i]) continue;
    char made[24], *at = &made[sizeof made];
    for (int64_t k = i + 1; k; k /= 10) *--at = (char)('0' + k % 10);
    *--at = 'b';
    if (!(id->text[i] = mj_arena_text(&t->arena, at, (size_t)(&made[sizeof made] - at)))) return MJ_ENOMEM;
  }
  return MJ_OK;
}

mj_status mj_ids_check(mj_part *const *part, int n, mj_table *t, mj_ledger *ledger, mj_error *err) {
  mj_status status = MJ_OK;
  mj_table_id role = part[0]->input->role;
  if (role == MJ_PARCELS) status = check_keys(part, n, t, "parcel_id", true, ledger);
  if (role == MJ_ZONES) status = check_keys(part, n, t, "zone", false, ledger);
  if (role == MJ_BUILDINGS) status = number_buildings(t);
  return status ? mj_fail(err, status, "out of memory") : MJ_OK;
}
