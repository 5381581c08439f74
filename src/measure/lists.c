#include "measure/lists.h"

#include <stdio.h>
#include <string.h>

#include "base/keymap.h"

/* The codes of the list are the map, so that a large layer costs one look at each of its rows. */
static mj_status match(const mj_table *t, const char **code, const char **of, int64_t n_of, mj_keymap *codes,
                       mj_arena *arena, int64_t *out) {
  int32_t *number = mj_arena_alloc(arena, (size_t)t->n + 1, sizeof *number);
  if (!number) return MJ_ENOMEM;
  for (int64_t i = 0; i < t->n; i++)
    if (code && code[i]) MJ_TRY(mj_keymap_add(codes, code[i], (int32_t)i, &number[i]));
  int64_t *row = mj_arena_alloc(arena, (size_t)codes->n + 1, sizeof *row);
  if (!row) return MJ_ENOMEM;
  for (int32_t k = 0; k < codes->n; k++) row[k] = MJ__NO_ROW;
  for (int64_t i = 0; of && codes->n && i < n_of; i++) {
    int32_t k = of[i] ? mj_keymap_find(codes, of[i]) : -1;
    if (k >= 0) row[k] = row[k] == MJ__NO_ROW ? i : MJ__SEVERAL_ROWS;
  }
  for (int64_t i = 0; i < t->n; i++) out[i] = code && code[i] ? row[number[i]] : MJ__NO_CODE;
  return MJ_OK;
}

mj_status mj__list_match(mj_park *park, mj_table_id id, const char *field, mj_table_id of, const char *of_field,
                         int64_t **out) {
  const mj_table *t = &park->table[id], *other = &park->table[of];
  mj_keymap codes = {0};
  *out = mj_arena_alloc(&park->arena, (size_t)t->n + 1, sizeof **out);
  if (!*out) return MJ_ENOMEM;
  mj_status status =
      match(t, mj_table_text(t, field), mj_table_text(other, of_field), other->n, &codes, &park->arena, *out);
  mj_keymap_reset(&codes);
  return status;
}

mj_status mj__list_zones(mj_park *park, mj_table_id id, const int64_t *parcel) {
  mj_table *t = &park->table[id];
  const char **of = mj_table_text(&park->table[MJ_PARCELS], "zone"), **code = mj_table_text(t, "parcel_id");
  mj__faults none = {.park = park, .code = MJ_L_LIST_NO_PARCEL, .table = id, .field = "parcel_id"},
             several = {.park = park, .code = MJ_L_LIST_DUPLICATE_PARCEL, .table = id, .field = "parcel_id"};
  mj_status status = MJ_OK;
  const char **zone = mj__text(t, "zone", &status);
  for (int64_t i = 0; i < t->n && !status; i++) {
    if (parcel[i] >= 0) zone[i] = of ? of[parcel[i]] : NULL;
    else status = mj__fault(parcel[i] == MJ__SEVERAL_ROWS ? &several : &none, i, code ? code[i] : NULL, NULL);
  }
  if (!status) status = mj__tell_faults(&none);
  return status ? status : mj__tell_faults(&several);
}

/* The row of the source that row i has its shape from; -1: none. */
static int64_t shape_row(const mj_polys *g, const mj__shape_source *source, int64_t i) {
  int64_t row = source->row ? source->row[i] : i;
  return row >= 0 && row < g->n && g->part0[row] < g->part0[row + 1] ? row : -1;
}

mj_status mj__list_shapes(mj_park *park, mj_table_id id, int n, const mj__shape_source *source) {
  mj_table *t = &park->table[id];
  mj_geom out = {.kind = MJ_GEOM_POLYGON};
  mj_status status = MJ_OK;
  const char **from = mj__text(t, "shape_from", &status);
  for (int64_t i = 0; i < t->n && !status; i++) {
    for (int k = 0; k < n && !from[i] && !status; k++) {
      mj_polys g = mj_geom_view(&park->table[source[k].of].geom);
      int64_t row = shape_row(&g, &source[k], i);
      if (row < 0) continue;
      from[i] = source[k].word;
      status = mj_geom_push_row(&out, &g, row);
    }
    if (!status && !from[i]) status = mj_geom_end_row(&out);
  }
  mj_geom_reset(status ? &out : &t->geom);
  if (!status) t->geom = out;
  return status;
}

static const char *kept(mj__faults *f, const char *text, mj_status *status) {
  const char *copy = text ? mj_arena_text(&f->park->arena, text, strlen(text)) : NULL;
  if (text && !copy) *status = MJ_ENOMEM;
  return copy;
}

mj_status mj__fault(mj__faults *f, int64_t row, const char *found, const char *expected) {
  mj_status status = MJ_OK;
  if (f->n < MJ_LEDGER_FEW) {
    f->row[f->n] = row;
    f->found[f->n] = kept(f, found, &status);
    f->expected[f->n] = kept(f, expected, &status);
  }
  f->n++;
  return status;
}

mj_status mj__tell_faults(const mj__faults *f) {
  char found[200];
  for (int64_t i = 0; i < f->n && f->n <= MJ_LEDGER_FEW; i++)
    MJ_TRY(mj__note(f->park, f->code, f->table, f->row[i], f->field, f->found[i], f->expected[i]));
  if (f->n <= MJ_LEDGER_FEW) return MJ_OK;
  const char *file = mj_park_file(f->park, f->table, f->row[0]);
  snprintf(found, sizeof found, mj_tr(f->park->project.lang, "%lld rows, the first is %s%srow %lld"), (long long)f->n,
           file ? file : "", file ? " " : "", (long long)mj_table_source_row(&f->park->table[f->table], f->row[0]));
  bool aside = mj_ledger_severity(f->code) == MJ_SET_ASIDE;
  return mj_ledger_add(&f->park->ledger, (mj_ledger_entry){.code = f->code,
                                                           .layer = mj_table_id_name(f->table),
                                                           .field = f->field,
                                                           .found = found,
                                                           .rows = aside ? f->n : 0});
}

mj_status mj__list_repeats(mj_park *park, mj_table_id id, const char *field, mj_ledger_code code) {
  const mj_table *t = &park->table[id];
  const char **text = mj_table_text(t, field);
  mj__faults again = {.park = park, .code = code, .table = id, .field = field};
  mj_keymap seen = {0};
  mj_status status = MJ_OK;
  int32_t number;
  char first[120];
  for (int64_t i = 0; text && i < t->n && !status; i++) {
    if (!text[i]) continue;
    status = mj_keymap_add(&seen, text[i], (int32_t)i, &number);
    if (status || seen.count[number] == 1) continue;
    snprintf(first, sizeof first, mj_tr(park->project.lang, "%s, also row %lld"), text[i],
             (long long)mj_table_source_row(t, seen.first[number]));
    status = mj__fault(&again, i, first, NULL);
  }
  mj_keymap_reset(&seen);
  return status ? status : mj__tell_faults(&again);
}

int32_t mj__as_of(const mj_park *park) { return park->project.as_of ? park->project.as_of : MJ_DATE_NULL; }

int64_t mj__whole_months(int32_t from, int32_t to) {
  int y0, m0, d0, y1, m1, d1;
  mj_date_to_ymd(from, &y0, &m0, &d0);
  mj_date_to_ymd(to, &y1, &m1, &d1);
  return (int64_t)(y1 - y0) * 12 + m1 - m0 - (d1 < d0);
}
