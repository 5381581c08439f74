#include <math.h>
#include <string.h>

#include "base/keymap.h"
#include "base/text.h"
#include "gis/ogr_read.h"
#include "measure/measure.h"

/* A cell of the lookup table without the blanks and tabs around it; "-" and nothing mean there is no value. */
static const char *cell(mj_arena *arena, const mj_column *c, int64_t row) {
  char number[32];
  if (mj_column_is_null(c, row)) return NULL;
  if (c->type == MJ_F64) {
    mj_double_shortest(c->f64[row], number);
    return mj_arena_text(arena, number, strlen(number));
  }
  if (c->type == MJ_I64) return mj_arena_format(arena, "%lld", (long long)c->i64[row]);
  if (c->type != MJ_TEXT) return NULL;
  const char *p = c->text[row] + strspn(c->text[row], " \t\r\n");
  size_t n = strlen(p);
  while (n && strchr(" \t\r\n", p[n - 1])) n--;
  return n == 0 || (n == 1 && *p == '-') ? NULL : mj_arena_text(arena, p, n);
}

typedef struct {
  mj_keymap keys;
  const char **value; /* by number of key */
  bool numbers;       /* nine values in ten are */
} lookup_map;

static mj_column *column_of(const mj_table *table, const char *name, const mj_lookup *l, mj_error *err) {
  mj_column *c = mj_table_find(table, name);
  if (!c) mj_fail(err, MJ_ENOTFOUND, "lookup '%s': table '%s' has no column '%s'", l->name, l->path, name);
  return c;
}

static bool is_number(const char *text) {
  double v;
  return mj_double_parse(text, &v);
}

static bool same_value(const char *a, const char *b) {
  double x, y;
  return !strcmp(a, b) || (mj_double_parse(a, &x) && mj_double_parse(b, &y) && x == y);
}

/* One table on its way into a map. */
typedef struct {
  mj_park *park;
  const mj_lookup *l;
  const mj_table *table;
  const mj_column *key, *value;
  const char **text; /* [rows] values */
  int32_t *number;   /* [rows] of the key, -1: none */
  bool *torn;        /* by number of key: its rows differ */
} reading;

static mj_status note(const reading *r, mj_ledger_code code, int64_t row, const char *found, const char *expected) {
  return mj_ledger_add(&r->park->ledger,
                       (mj_ledger_entry){.code = code,
                                         .layer = r->l->name,
                                         .id = r->number[row] < 0 ? NULL : cell(&r->park->arena, r->key, row),
                                         .row = mj_table_source_row(r->table, row),
                                         .field = r->l->value,
                                         .found = found,
                                         .expected = expected});
}

/* A key with two values has none: which of them is meant is not known. It is said once a key; a row without a value
 * says nothing against another. */
static mj_status read_values(const reading *r, lookup_map *map) {
  int64_t cells = 0, numbers = 0;
  for (int64_t i = 0; i < r->table->n; i++) {
    const char *k = cell(&r->park->arena, r->key, i), *v = cell(&r->park->arena, r->value, i);
    r->number[i] = -1;
    if (!k) continue;
    MJ_TRY(mj_keymap_add(&map->keys, k, (int32_t)i, &r->number[i]));
    r->text[i] = v;
    if (!v) continue;
    cells++;
    numbers += is_number(v);
    const char **first = &map->value[r->number[i]];
    if (!*first) *first = v;
    if (same_value(*first, v) || r->torn[r->number[i]]) continue;
    r->torn[r->number[i]] = true;
    MJ_TRY(note(r, MJ_L_LOOKUP_REPEATED, i, v, *first));
  }
  map->numbers = numbers * 10 >= cells * 9;
  return MJ_OK;
}

/* One word among numbers is a slip, and does not make a column of texts. */
static mj_status drop_unusable(const reading *r, lookup_map *map) {
  for (int64_t i = 0; map->numbers && i < r->table->n; i++)
    if (r->text[i] && !is_number(r->text[i])) MJ_TRY(note(r, MJ_L_VALUE_UNREADABLE, i, r->text[i], "a number"));
  for (int32_t k = 0; k < map->keys.n; k++)
    if (r->torn[k] || (map->numbers && map->value[k] && !is_number(map->value[k]))) map->value[k] = NULL;
  return MJ_OK;
}

static mj_status make_map(reading *r, lookup_map *map) {
  size_t n = (size_t)r->table->n + 1;
  mj_arena *arena = &r->park->arena;
  map->value = mj_arena_alloc(arena, n, sizeof *map->value);
  r->text = mj_arena_alloc(arena, n, sizeof *r->text);
  r->number = mj_arena_alloc(arena, n, sizeof *r->number);
  r->torn = mj_arena_alloc(arena, n, sizeof *r->torn);
  if (!map->value || !r->text || !r->number || !r->torn) return MJ_ENOMEM;
  MJ_TRY(read_values(r, map));
  return drop_unusable(r, map);
}

static mj_status read_map(mj_park *park, const mj_lookup *l, lookup_map *map, mj_error *err) {
  mj_source_file *file = NULL;
  mj_table table = {0};
  mj_read_options options = {.geometry = false};
  mj_status status = mj_source_open(l->path, park->project.encoding, &file, err);
  if (!status) status = mj_source_read(file, 0, l->name, &options, &table, &park->ledger, err);
  if (!status && mj_source_note_encoding(file, l->name, &park->ledger))
    status = mj_fail(err, MJ_ENOMEM, "out of memory");
  reading r = {.park = park, .l = l, .table = &table};
  r.key = status ? NULL : column_of(&table, l->key, l, err);
  r.value = status ? NULL : column_of(&table, l->value, l, err);
  if (!status && (!r.key || !r.value)) status = MJ_ENOTFOUND;
  if (!status) status = make_map(&r, map);
  mj_table_reset(&table);
  mj_source_close(file);
  return status;
}

static mj_status fill(mj_park *park, const mj_lookup *l, const lookup_map *map, mj_error *err) {
  mj_table *t = &park->table[MJ_PARCELS];
  const mj_column *match = mj_table_find(t, l->match);
  if (!match) return mj_fail(err, MJ_ENOTFOUND, "lookup '%s': parcels have no column '%s' to match", l->name, l->match);
  if (mj_table_find(t, l->name))
    return mj_fail(err, MJ_EINVAL, "lookup '%s': parcels already have a column of that name", l->name);
  bool numbers = map->numbers;
  mj_column *out = mj_table_add(t, l->name, numbers ? MJ_F64 : MJ_TEXT);
  mj_status status = out ? MJ_OK : MJ_ENOMEM;
  for (int64_t i = 0; i < t->n && !status; i++) {
    const char *key = cell(&park->arena, match, i);
    int32_t k = key ? mj_keymap_find(&map->keys, key) : -1;
    if (k >= 0 && map->value[k] && numbers) mj_double_parse(map->value[k], &out->f64[i]);
    if (k >= 0 && !numbers) out->text[i] = map->value[k];
    if (key && k < 0) status = mj__note(park, MJ_L_LOOKUP_NO_ROW, MJ_PARCELS, i, l->match, key, NULL);
  }
  return status;
}

mj_status mj__measure_lookups(mj_park *park, mj_error *err) {
  for (int32_t i = 0; i < park->project.n_lookups; i++) {
    lookup_map map = {0};
    mj_status status = read_map(park, &park->project.lookups[i], &map, err);
    if (!status) status = fill(park, &park->project.lookups[i], &map, err);
    mj_keymap_reset(&map.keys);
    if (status) return status == MJ_ENOMEM ? mj_fail(err, status, "out of memory reading lookups") : status;
  }
  return MJ_OK;
}
