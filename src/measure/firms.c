#include "measure/firms.h"

#include <string.h>

/* What an enterprise with a code is called: its number, or SEVERAL. */
typedef struct {
  mj_keymap map;
  int32_t *firm; /* [map.n] */
} names;
enum { SEVERAL = -2 };

/* The number of the only enterprise with a code that is called so, else of the name. */
static mj_status number_of(mj__firms *f, const names *called, const char *name, int32_t *number) {
  *number = -1;
  if (!name) return MJ_OK;
  int32_t k = mj_keymap_find(&called->map, name);
  if (k >= 0 && called->firm[k] != SEVERAL) {
    *number = called->firm[k];
    return MJ_OK;
  }
  const char *key = mj_arena_format(&f->arena, "\x01%s", name); /* no credit code begins so */
  return key ? mj_keymap_add(&f->keys, key, 0, number) : MJ_ENOMEM;
}

static mj_status number_rows(const mj_park *park, mj__firms *f, const names *called, mj_table_id id,
                             const char *code_field, const char *name_field, int32_t **out) {
  const mj_table *t = &park->table[id];
  const char **code = mj_table_text(t, code_field), **name = name_field ? mj_table_text(t, name_field) : NULL;
  *out = mj_arena_alloc(&f->arena, (size_t)t->n + 1, sizeof **out);
  if (!*out) return MJ_ENOMEM;
  if (code) MJ_TRY(mj_keymap_add_all(&f->keys, code, t->n, *out));
  for (int64_t i = 0; i < t->n; i++)
    if (!code || !code[i]) MJ_TRY(number_of(f, called, name ? name[i] : NULL, &(*out)[i]));
  return MJ_OK;
}

/* True where a row of the table has a name and no code: it has to be found by its name. */
static bool asks_by_name(const mj_park *park, mj_table_id id, const char *code_field, const char *name_field) {
  const mj_table *t = &park->table[id];
  const char **code = mj_table_text(t, code_field), **name = mj_table_text(t, name_field);
  for (int64_t i = 0; name && i < t->n; i++)
    if (name[i] && !(code && code[i])) return true;
  return false;
}

/* Number the enterprise rows that have a code. */
static mj_status number_codes(const mj_park *park, mj__firms *f) {
  const mj_table *t = &park->table[MJ_ENTERPRISES];
  const char **code = mj_table_text(t, "credit_code");
  f->of_row = mj_arena_alloc(&f->arena, (size_t)t->n + 1, sizeof *f->of_row);
  if (!f->of_row) return MJ_ENOMEM;
  if (code) return mj_keymap_add_all(&f->keys, code, t->n, f->of_row);
  for (int64_t i = 0; i < t->n; i++) f->of_row[i] = -1;
  return MJ_OK;
}

/* The names of the enterprises that have a code. Most rows repeat the name that the code's first row has. */
static mj_status read_names(const mj_park *park, mj__firms *f, names *out) {
  const mj_table *t = &park->table[MJ_ENTERPRISES];
  const char **name = mj_table_text(t, "enterprise_name"),
             **said = mj_arena_alloc(&f->arena, (size_t)f->keys.n + 1, sizeof *said);
  out->firm = mj_arena_alloc(&f->arena, (size_t)t->n + 1, sizeof *out->firm);
  if (!out->firm || !said) return MJ_ENOMEM;
  for (int64_t i = 0; name && i < t->n; i++) {
    int32_t firm = f->of_row[i], k;
    if (firm < 0 || !name[i] || (said[firm] && !strcmp(said[firm], name[i]))) continue;
    if (!said[firm]) said[firm] = name[i];
    MJ_TRY(mj_keymap_add(&out->map, name[i], (int32_t)i, &k));
    bool first = out->map.count[k] == 1;
    out->firm[k] = first || out->firm[k] == firm ? firm : SEVERAL;
  }
  return MJ_OK;
}

/* Number the enterprise rows that have a name alone. */
static mj_status number_names(const mj_park *park, mj__firms *f, const names *called) {
  const mj_table *t = &park->table[MJ_ENTERPRISES];
  const char **name = mj_table_text(t, "enterprise_name");
  for (int64_t i = 0; name && i < t->n; i++)
    if (f->of_row[i] < 0) MJ_TRY(number_of(f, called, name[i], &f->of_row[i]));
  return MJ_OK;
}

/* Rows of the enterprise table that have neither code nor name come behind all others. */
static void number_nameless(const mj_park *park, mj__firms *f) {
  f->n = f->keys.n;
  for (int64_t i = 0; i < park->table[MJ_ENTERPRISES].n; i++)
    if (f->of_row[i] < 0) f->of_row[i] = f->n++;
}

static void take_words(const mj_table *t, const int32_t *of, const char *code_field, const char *name_field,
                       mj__firms *f) {
  const char **code = mj_table_text(t, code_field), **name = name_field ? mj_table_text(t, name_field) : NULL;
  for (int64_t i = 0; i < t->n; i++) {
    if (of[i] < 0) continue;
    if (code && code[i]) f->code[of[i]] = code[i];
    if (name && name[i] && !f->name[of[i]]) f->name[of[i]] = name[i];
  }
}

static mj_status name_firms(const mj_park *park, mj__firms *f) {
  f->name = mj_arena_alloc(&f->arena, (size_t)f->n + 1, sizeof *f->name);
  f->code = mj_arena_alloc(&f->arena, (size_t)f->n + 1, sizeof *f->code);
  if (!f->name || !f->code) return MJ_ENOMEM;
  take_words(&park->table[MJ_ENTERPRISES], f->of_row, "credit_code", "enterprise_name", f);
  take_words(&park->table[MJ_OCCUPANCIES], f->of_occupancy, "credit_code", "enterprise_name", f);
  take_words(&park->table[MJ_OCCUPANCIES], f->of_lessor, "lessor_code", NULL, f);
  take_words(&park->table[MJ_FACTORY_UNITS], f->of_unit, "credit_code", NULL, f);
  take_words(&park->table[MJ_PARCELS], f->owner, "owner_code", "owner_name", f);
  return MJ_OK;
}

static mj_status find(const mj_park *park, mj__firms *f, names *called) {
  MJ_TRY(number_codes(park, f));
  if (asks_by_name(park, MJ_ENTERPRISES, "credit_code", "enterprise_name") ||
      asks_by_name(park, MJ_OCCUPANCIES, "credit_code", "enterprise_name") ||
      asks_by_name(park, MJ_PARCELS, "owner_code", "owner_name"))
    MJ_TRY(read_names(park, f, called));
  MJ_TRY(number_names(park, f, called));
  MJ_TRY(number_rows(park, f, called, MJ_OCCUPANCIES, "credit_code", "enterprise_name", &f->of_occupancy));
  MJ_TRY(number_rows(park, f, called, MJ_OCCUPANCIES, "lessor_code", NULL, &f->of_lessor));
  MJ_TRY(number_rows(park, f, called, MJ_FACTORY_UNITS, "credit_code", NULL, &f->of_unit));
  MJ_TRY(number_rows(park, f, called, MJ_PARCELS, "owner_code", "owner_name", &f->owner));
  number_nameless(park, f);
  return name_firms(park, f);
}

mj_status mj__firms_find(const mj_park *park, mj__firms *out) {
  names called = {0};
  *out = (mj__firms){0};
  mj_status status = find(park, out, &called);
  mj_keymap_reset(&called.map);
  return status;
}

void mj__firms_reset(mj__firms *firms) {
  mj_keymap_reset(&firms->keys);
  mj_arena_reset(&firms->arena);
}

mj_status mj__group(mj_arena *arena, const int32_t *of, int64_t n, int32_t groups, mj__groups *out) {
  out->at = mj_arena_alloc(arena, (size_t)groups + 2, sizeof *out->at);
  out->row = mj_arena_alloc(arena, (size_t)n + 1, sizeof *out->row);
  if (!out->at || !out->row) return MJ_ENOMEM;
  for (int64_t i = 0; i < n; i++)
    if (of[i] >= 0) out->at[of[i] + 2]++; /* at[k + 1] moves from the start of k to its end as rows come in */
  for (int32_t k = 2; k <= groups; k++) out->at[k] += out->at[k - 1];
  for (int64_t i = 0; i < n; i++)
    if (of[i] >= 0) out->row[out->at[of[i] + 1]++] = (int32_t)i;
  return MJ_OK;
}
