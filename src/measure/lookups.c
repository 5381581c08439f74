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
} lookup_map;

static mj_column *column_of(const mj_table *table, const char *name, const mj_lookup *l, mj_error *err) {
  mj_column *c = mj_table_find(table, name);
  if (!c) mj_fail(err, MJ_ENOTFOUND, "lookup '%s': table '%s' has no column '%s'", l->name, l->path, name);
  return c;
}

static mj_status read_map(mj_park *park, const mj_lookup *l, lookup_map *map, mj_error *err) {
  mj_source_file *file = NULL;
  mj_table table = {0};
  mj_read_options options = {.geometry = false};
  mj_status status = mj_source_open(l->path, park->project.encoding, &file, err);
  if (!status) status = mj_source_read(file, 0, l->name, &options, &table, &park->ledger, err);
  mj_column *key = status ? NULL : column_of(&table, l->key, l, err),
            *value = status ? NULL : column_of(&table, l->value, l, err);
  if (!status && (!key || !value)) status = MJ_ENOTFOUND;
  if (!status && !(map->value = mj_arena_alloc(&park->arena, (size_t)table.n + 1, sizeof *map->value)))
    status = MJ_ENOMEM;
  for (int64_t i = 0; i < table.n && !status; i++) {
    const char *k = cell(&park->arena, key, i);
    int32_t number;
    if (!k) continue;
    if (!(status = mj_keymap_add(&map->keys, k, (int32_t)i, &number)) && map->keys.count[number] == 1)
      map->value[number] = cell(&park->arena, value, i);
  }
  mj_table_reset(&table);
  mj_source_close(file);
  return status;
}

static bool all_numbers(const lookup_map *map) {
  double v;
  for (int32_t k = 0; k < map->keys.n; k++)
    if (map->value[k] && !mj_double_parse(map->value[k], &v)) return false;
  return true;
}

static mj_status fill(mj_park *park, const mj_lookup *l, const lookup_map *map, mj_error *err) {
  mj_table *t = &park->table[MJ_PARCELS];
  const mj_column *match = mj_table_find(t, l->match);
  if (!match) return mj_fail(err, MJ_ENOTFOUND, "lookup '%s': parcels have no column '%s' to match", l->name, l->match);
  if (mj_table_find(t, l->name))
    return mj_fail(err, MJ_EINVAL, "lookup '%s': parcels already have a column of that name", l->name);
  bool numbers = all_numbers(map);
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
    lookup_map map = {{0}, NULL};
    mj_status status = read_map(park, &park->project.lookups[i], &map, err);
    if (!status) status = fill(park, &park->project.lookups[i], &map, err);
    mj_keymap_reset(&map.keys);
    if (status) return status == MJ_ENOMEM ? mj_fail(err, status, "out of memory reading lookups") : status;
  }
  return MJ_OK;
}
