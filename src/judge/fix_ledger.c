#include <stdio.h>
#include <string.h>

#include "base/keymap.h"
#include "judge/needs.h"

enum { KEY = MJ_WHERE + 256 };

/* A cell, or with no field a row; @p key has KEY bytes. */
static const char *key_of(const char *layer, int64_t row, const char *field, char *key) {
  snprintf(key, KEY, "%lld %s %s", (long long)row, field ? field : "", layer ? layer : "");
  return key;
}

static const char *entry_key(mj_arena *arena, const char *layer, int64_t row, const char *field) {
  char key[KEY];
  key_of(layer, row, field, key);
  return mj_arena_text(arena, key, strlen(key));
}

/* The cell as it was found, where an entry about it says so. */
static bool says_cell(mj_ledger_code code) { return !strncmp(mj_ledger_code_name(code), "VALUE_", 6); }

static mj_status read_entries(mj_rb_tracer *t, mj_keymap *entries) {
  const mj_ledger *ledger = &t->run->park->ledger;
  for (int64_t i = 0; i < ledger->n; i++) {
    const mj_ledger_entry *e = &ledger->entry[i];
    int32_t number;
    if (e->row <= 0 || !says_cell(e->code)) continue;
    const char *key = entry_key(t->arena, e->layer, e->row, e->field);
    if (!key) return MJ_ENOMEM;
    MJ_TRY(mj_keymap_add(entries, key, (int32_t)i, &number));
  }
  return MJ_OK;
}

/* A column that was looked for before, by the address of its name. */
typedef struct {
  mj_table_id layer;
  const char *field;
  const mj_column *column;
} met_column;

static const mj_column *column_of(const mj_park *park, const mj_rb_fix *f, met_column met[16], int *n) {
  for (int i = 0; i < *n; i++)
    if (met[i].field == f->field && met[i].layer == f->layer) return met[i].column;
  const mj_column *column = mj_table_find(&park->table[f->layer], f->field);
  if (*n < 16) met[(*n)++] = (met_column){f->layer, f->field, column};
  return column;
}

mj_status mj_rb_fix_entries(mj_rb_tracer *t) {
  mj_park *park = t->run->park;
  mj_keymap entries = {0};
  mj_status status = read_entries(t, &entries);
  met_column met[16];
  int n_met = 0;
  for (int32_t i = 0; i < t->n_fix && !status; i++) {
    mj_rb_fix *f = &t->fix[i];
    char where[MJ_WHERE], key[KEY];
    if (f->kind != MJ_FIX_VALUE || f->row < 0) continue;
    const mj_column *column = column_of(park, f, met, &n_met);
    if (!f->old && column && column->type == MJ_TEXT && column->text[f->row]) f->old = column->text[f->row];
    if (!entries.n) continue;
    key_of(mj_park_where(park, f->layer, f->row, where), mj_table_source_row(&park->table[f->layer], f->row), f->field,
           key);
    int32_t number = mj_keymap_find(&entries, key);
    if (number < 0) continue;
    const mj_ledger_entry *e = &park->ledger.entry[entries.first[number]];
    if (!f->code) f->code = mj_ledger_code_name(e->code);
    f->old = e->found;
  }
  mj_keymap_reset(&entries);
  return status;
}

static bool names(const char *list, const char *name) {
  size_t n = strlen(name);
  for (const char *at = list; (at = strstr(at, name)); at += n)
    if ((at == list || at[-1] == ' ') && (!at[n] || at[n] == ',')) return true;
  return false;
}

/* Verdicts of the parcel that are 是 or 否 though the ledger warns of a value that the entry's code says they rest on.
 */
static int64_t doubted_of(const mj_park *park, mj_ledger_code code, int64_t row) {
  int64_t n = 0;
  for (int m = MJ_RB_IDLE; m <= MJ_RB_INEFFICIENT; m++) {
    const char *matter = mj_rb_matter_name((mj_rb_matter)m);
    const uint8_t *verdict = mj_table_tri(&park->table[MJ_PARCELS], matter);
    n += verdict && verdict[row] != MJ_UNKNOWN && names(mj_ledger_touches(code), matter);
  }
  return n;
}

static mj_status add_doubt(mj_rb_tracer *t, const mj_ledger_entry *e, int64_t row) {
  int64_t doubted = doubted_of(t->run->park, e->code, row);
  int32_t number;
  if (!doubted) return MJ_OK;
  MJ_TRY(mj_rb_add_fix(t,
                       (mj_rb_fix){.kind = MJ_FIX_VALUE,
                                   .layer = MJ_PARCELS,
                                   .row = row,
                                   .parcel = -1,
                                   .year = MJ_I64_NULL,
                                   .field = e->field,
                                   .code = mj_ledger_code_name(e->code),
                                   .old = e->found},
                       &number));
  mj_rb_fix *f = &t->fix[number];
  f->doubted += doubted;
  if (f->first_parcel < 0) f->first_parcel = row;
  return MJ_OK;
}

mj_status mj_rb_fix_doubts(mj_rb_tracer *t) {
  const mj_park *park = t->run->park;
  const mj_table *parcels = &park->table[MJ_PARCELS];
  mj_keymap rows = {0};
  mj_status status = MJ_OK;
  char where[MJ_WHERE];
  int32_t number;
  for (int64_t i = 0; i < park->ledger.n && !status; i++) {
    const mj_ledger_entry *e = &park->ledger.entry[i];
    bool of_parcels = e->layer && !strncmp(e->layer, "parcels", 7) && (!e->layer[7] || e->layer[7] == ' ');
    if (e->row <= 0 || !e->field || !of_parcels || mj_ledger_severity(e->code) != MJ_WARN) continue;
    for (int64_t r = rows.n ? parcels->n : 0; r < parcels->n && !status;
         r++) { /* only where there is something to doubt */
      const char *key =
          entry_key(t->arena, mj_park_where(park, MJ_PARCELS, r, where), mj_table_source_row(parcels, r), NULL);
      status = key ? mj_keymap_add(&rows, key, (int32_t)r, &number) : MJ_ENOMEM;
    }
    char of_entry[KEY];
    number = status ? -1 : mj_keymap_find(&rows, key_of(e->layer, e->row, NULL, of_entry));
    if (number >= 0) status = add_doubt(t, e, rows.first[number]);
  }
  mj_keymap_reset(&rows);
  return status;
}
